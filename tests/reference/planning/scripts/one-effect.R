# Cotside 0.2.0: one group against a fixed survival, complementary log-log scale. Base R; times in years.
reference <- 0.5
alpha <- 0.05
sides <- 1
z_alpha <- qnorm(1 - alpha / sides)
theta <- function(s) log(-log(s))
worth <- function(s) (theta(s) - theta(reference))^2 * s * log(s)^2 / (1 - s)
power_of <- function(s, patients) pnorm(sqrt(patients * worth(s)) - z_alpha)
patients <- 200
power <- 0.8
# The log ratio nearest to 0 with this power: stepped over, then refined.
nearest <- function(power_at, side) {
  steps <- side * seq(0.01, 6.9, by = 0.01)
  reached <- which(sapply(steps, power_at) >= power)[1]
  uniroot(function(x) power_at(x) - power, c(steps[reached] - side * 0.00999, steps[reached]), tol = 1e-12)$root
}
alternative <- reference^exp(nearest(function(x) power_of(reference^exp(x), patients), -1))
cat("alternative", format(alternative, digits = 10), "\n")
stopifnot(abs(alternative / 0.5917049405946552 - 1) < 1e-6)
cat("power", format(power, digits = 10), "\n")
stopifnot(abs(power / 0.8 - 1) < 1e-6)
cat("patients", format(patients, digits = 10), "\n")
stopifnot(abs(patients / 200 - 1) < 1e-6)
