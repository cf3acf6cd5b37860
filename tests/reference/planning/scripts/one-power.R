# Cotside 0.2.0: one group against a fixed survival, complementary log-log scale. Base R; times in years.
reference <- 0.5
alpha <- 0.05
sides <- 1
z_alpha <- qnorm(1 - alpha / sides)
theta <- function(s) log(-log(s))
worth <- function(s) (theta(s) - theta(reference))^2 * s * log(s)^2 / (1 - s)
power_of <- function(s, patients) pnorm(sqrt(patients * worth(s)) - z_alpha)
alternative <- 0.66
patients <- 200
power <- power_of(alternative, patients)
cat("alternative", format(alternative, digits = 10), "\n")
stopifnot(abs(alternative / 0.66 - 1) < 1e-6)
cat("power", format(power, digits = 10), "\n")
stopifnot(abs(power / 0.9945316437278187 - 1) < 1e-6)
cat("patients", format(patients, digits = 10), "\n")
stopifnot(abs(patients / 200 - 1) < 1e-6)
