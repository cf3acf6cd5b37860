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
power <- 0.8
# The log ratio nearest to 0 with this power: stepped over, then refined.
nearest <- function(power_at, side) {
  steps <- side * seq(0.01, 6.9, by = 0.01)
  reached <- which(sapply(steps, power_at) >= power)[1]
  uniroot(function(x) power_at(x) - power, c(steps[reached] - side * 0.00999, steps[reached]), tol = 1e-12)$root
}
patients <- 200
accrual <- patients / per_year
hr <- exp(nearest(function(x) power_of(exp(x), patients * share(exp(x), accrual)), -1))
events <- patients * share(hr, accrual)
cat("hr", format(hr, digits = 10), "\n")
stopifnot(abs(hr / 0.6078463577245643 - 1) < 1e-6)
cat("events", format(events, digits = 10), "\n")
stopifnot(abs(events / 126.67767274197428 - 1) < 1e-6)
cat("power", format(power, digits = 10), "\n")
stopifnot(abs(power / 0.8 - 1) < 1e-6)
cat("patients", format(patients, digits = 10), "\n")
stopifnot(abs(patients / 200 - 1) < 1e-6)
