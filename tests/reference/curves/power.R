# Sample size and power by their formulas; the numbers stand in the tests of crates/core/src/survival/power.rs.
# Run: Rscript tests/reference/curves/power.R
show <- function(name, x) cat(sprintf("const %s: f64 = %.17g;\n", name, x))
z <- function(alpha, power, sides = 2) qnorm(1 - alpha / sides) + qnorm(power)
schoenfeld <- function(hr, p, z) z^2 / (p * (1 - p) * log(hr)^2)
freedman <- function(hr, p, z) { r <- p / (1 - p); z^2 * (1 + r * hr)^2 / (r * (1 - hr)^2) }
show("SCHOENFELD_HALF", schoenfeld(0.5, 0.5, z(0.05, 0.8)))
show("FREEDMAN_HALF", freedman(0.5, 0.5, z(0.05, 0.8)))
show("SCHOENFELD_THIRD", schoenfeld(1.8, 1 / 3, z(0.05, 0.9, 1)))
show("FREEDMAN_THIRD", freedman(1.8, 1 / 3, z(0.05, 0.9, 1)))
show("POWER_50", pnorm(sqrt(50 * 0.25 * log(0.5)^2) - qnorm(0.975)))
# The integral of 1 - exp(-rate * time under observation) over an even accrual of 3 and a follow-up of 2.
show("EVENT_PROBABILITY", integrate(function(u) (1 - exp(-0.25 * (u + 2))) / 3, 0, 3, rel.tol = 1e-14)$value)
theta <- function(s) log(-log(s))
variance <- (1 - 0.6) / (0.6 * log(0.6)^2)
show("ONE_GROUP", z(0.05, 0.9, 1)^2 * variance / (theta(0.6) - theta(0.432))^2)
show("ONE_GROUP_POWER", pnorm(sqrt(40 * (theta(0.6) - theta(0.432))^2 / variance) - qnorm(0.975)))
