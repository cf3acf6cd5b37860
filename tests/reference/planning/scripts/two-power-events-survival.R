# Cotside 0.1.0: two groups, log-rank test. Base R; times in years.
second <- 0.5
alpha <- 0.05
sides <- 2
z_alpha <- qnorm(1 - alpha / sides)
worth <- function(hr) second * (1 - second) * log(hr)^2 # Schoenfeld
power_of <- function(hr, events) pnorm(sqrt(events * worth(hr)) - z_alpha)
hazard <- -log(0.5) / 4
follow_up <- 3
loss <- 0
# Probability of an observed event with uniform entry over `accrual`.
observed <- function(hazard, accrual) {
  leaves <- hazard + loss
  entry <- if (leaves * accrual > 0) -expm1(-leaves * accrual) / (leaves * accrual) else 1 # mean of exp(-leaves * u)
  hazard / leaves * (1 - exp(-leaves * follow_up) * entry)
}
share <- function(hr, accrual) (1 - second) * observed(hazard, accrual) + second * observed(hr * hazard, accrual)
per_year <- 20
hr <- 0.6
events <- 80
accrual <- uniroot(function(a) per_year * a * share(hr, a) - events, c(1e-9, 1e6 / hazard), tol = 1e-10)$root
patients <- events / share(hr, accrual)
power <- power_of(hr, events)
cat("hr", format(hr, digits = 10), "\n")
stopifnot(abs(hr / 0.6 - 1) < 1e-6)
cat("events", format(events, digits = 10), "\n")
stopifnot(abs(events / 80 - 1) < 1e-6)
cat("power", format(power, digits = 10), "\n")
stopifnot(abs(power / 0.6272269206509181 - 1) < 1e-6)
cat("patients", format(patients, digits = 10), "\n")
stopifnot(abs(patients / 140.70008690428372 - 1) < 1e-6)
