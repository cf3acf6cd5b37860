# Cotside 0.1.0: two groups, log-rank test. Base R; times in years.
second <- 0.5
alpha <- 0.05
sides <- 2
z_alpha <- qnorm(1 - alpha / sides)
worth <- function(hr) { r <- second / (1 - second); r * ((1 - hr) / (1 + r * hr))^2 } # Freedman
power_of <- function(hr, events) pnorm(sqrt(events * worth(hr)) - z_alpha)
power <- 0.8
# The log ratio nearest to 0 with this power: stepped over, then refined.
nearest <- function(power_at, side) {
  steps <- side * seq(0.01, 6.9, by = 0.01)
  reached <- which(sapply(steps, power_at) >= power)[1]
  uniroot(function(x) power_at(x) - power, c(steps[reached] - side * 0.00999, steps[reached]), tol = 1e-12)$root
}
events <- 80
hr <- exp(nearest(function(x) power_of(exp(x), events), -1))
cat("hr", format(hr, digits = 10), "\n")
stopifnot(abs(hr / 0.5229662360854448 - 1) < 1e-6)
cat("events", format(events, digits = 10), "\n")
stopifnot(abs(events / 80 - 1) < 1e-6)
cat("power", format(power, digits = 10), "\n")
stopifnot(abs(power / 0.8 - 1) < 1e-6)
