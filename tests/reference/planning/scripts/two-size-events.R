# Cotside 0.1.0: two groups, log-rank test. Base R; times in years.
second <- 0.5
alpha <- 0.05
sides <- 2
z_alpha <- qnorm(1 - alpha / sides)
worth <- function(hr) second * (1 - second) * log(hr)^2 # Schoenfeld
power_of <- function(hr, events) pnorm(sqrt(events * worth(hr)) - z_alpha)
hr <- 0.6
power <- 0.8
events <- (z_alpha + qnorm(power))^2 / worth(hr)
cat("hr", format(hr, digits = 10), "\n")
stopifnot(abs(hr / 0.6 - 1) < 1e-6)
cat("events", format(events, digits = 10), "\n")
stopifnot(abs(events / 120.31570437749926 - 1) < 1e-6)
cat("power", format(power, digits = 10), "\n")
stopifnot(abs(power / 0.8 - 1) < 1e-6)
