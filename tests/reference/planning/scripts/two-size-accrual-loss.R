# Cotside 0.1.0: two groups, log-rank test. Base R; times in years.
second <- 0.667
alpha <- 0.05
sides <- 2
z_alpha <- qnorm(1 - alpha / sides)
worth <- function(hr) second * (1 - second) * log(hr)^2 # Schoenfeld
power_of <- function(hr, events) pnorm(sqrt(events * worth(hr)) - z_alpha)
hazard <- -log(0.5) / 4
follow_up <- 3
loss <- 0.030459207484708546
# Probability of an observed event with uniform entry over `accrual`.
observed <- function(hazard, accrual) {
  leaves <- hazard + loss
  entry <- if (leaves * accrual > 0) -expm1(-leaves * accrual) / (leaves * accrual) else 1 # mean of exp(-leaves * u)
  hazard / leaves * (1 - exp(-leaves * follow_up) * entry)
}
share <- function(hr, accrual) (1 - second) * observed(hazard, accrual) + second * observed(hr * hazard, accrual)
per_year <- 20
hr <- 0.6
power <- 0.8
events <- (z_alpha + qnorm(power))^2 / worth(hr)
accrual <- 5
patients <- events / share(hr, accrual)
cat("hr", format(hr, digits = 10), "\n")
stopifnot(abs(hr / 0.6 - 1) < 1e-6)
cat("events", format(events, digits = 10), "\n")
stopifnot(abs(events / 135.42294660946473 - 1) < 1e-6)
cat("power", format(power, digits = 10), "\n")
stopifnot(abs(power / 0.8 - 1) < 1e-6)
cat("patients", format(patients, digits = 10), "\n")
stopifnot(abs(patients / 299.77742178238276 - 1) < 1e-6)
print(ceiling(patients * c(first = 1 - second, second = second)))
