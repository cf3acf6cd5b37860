# Cotside 0.2.0: one group against a fixed survival, complementary log-log scale. Base R; times in years.
reference <- 0.5
alpha <- 0.05
sides <- 1
z_alpha <- qnorm(1 - alpha / sides)
theta <- function(s) log(-log(s))
time <- 4
follow_up <- 3
loss <- 0
per_year <- 20
# Greenwood's integral with a constant hazard; G is the probability that follow-up lasts to u.
greenwood <- function(s, accrual) {
  if (s < 1e-200) return(Inf)
  hazard <- -log(s) / time
  G <- function(u) exp(-loss * u) * (if (accrual > 0) pmin(1, (accrual + follow_up - u) / accrual) else u <= follow_up)
  part <- function(from, to) if (to > from)
    integrate(function(u) hazard * exp(hazard * u) / G(u), from, to, rel.tol = 1e-10, subdivisions = 1000)$value else 0
  part(0, min(time, follow_up)) + part(follow_up, time)
}
worth <- function(s, accrual) (theta(s) - theta(reference))^2 * log(s)^2 / greenwood(s, accrual)
power_of <- function(s, patients) pnorm(sqrt(patients * worth(s, patients / per_year)) - z_alpha)
patients <- 200
power <- 0.8
# The log ratio nearest to 0 with this power: stepped over, then refined.
nearest <- function(power_at, side) {
  steps <- side * seq(0.01, 6.9, by = 0.01)
  reached <- which(sapply(steps, power_at) >= power)[1]
  uniroot(function(x) power_at(x) - power, c(steps[reached] - side * 0.00999, steps[reached]), tol = 1e-12)$root
}
alternative <- reference^exp(nearest(function(x) power_of(reference^exp(x), patients), 1))
cat("alternative", format(alternative, digits = 10), "\n")
stopifnot(abs(alternative / 0.4144870634328138 - 1) < 1e-6)
cat("power", format(power, digits = 10), "\n")
stopifnot(abs(power / 0.8 - 1) < 1e-6)
cat("patients", format(patients, digits = 10), "\n")
stopifnot(abs(patients / 200 - 1) < 1e-6)
