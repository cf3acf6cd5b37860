# Simultaneous bands: the equal-precision quantile by root finding of its formula; Hall and Wellner's by a double
# integral over the bridge's places at both ends (the engine integrates one of them in closed form); bands of the lung
# set on two scales. Writes bands_expected.csv. Run from the top of the repository, after inputs.R:
#   Rscript tests/reference/curves/bands.R
library(survival)

folder <- "tests/reference/curves"
path <- file.path(folder, "bands_expected.csv")
cat(sprintf("# %s, survival %s\n", R.version.string, packageVersion("survival")), file = path)
cat("kind,scale,level,x,y,a,b\n", file = path, append = TRUE)
put <- function(...) {
  values <- lapply(list(...), function(x) if (is.numeric(x)) sprintf("%.17g", x) else x)
  cat(do.call(paste, c(values, sep = ",")), file = path, sep = "\n", append = TRUE)
}
equal_precision <- function(a, b, level) {
  stretch <- log(b * (1 - a) / (a * (1 - b)))
  uniroot(function(x) 4 * dnorm(x) / x + dnorm(x) * (x - 1 / x) * stretch - (1 - level), c(1.2, 12), tol = 1e-13)$root
}
within <- function(a, b, x, m = 400) {
  # Gauss-Legendre by the eigenvalues of its recurrence.
  i <- 1:(m - 1)
  J <- matrix(0, m, m)
  J[cbind(i, i + 1)] <- J[cbind(i + 1, i)] <- i / sqrt(4 * i^2 - 1)
  e <- eigen(J, symmetric = TRUE)
  node <- x * e$values
  weight <- x * 2 * e$vectors[1, ]^2
  u <- matrix(node, m, m)
  v <- t(u)
  moved <- 0
  for (k in -10:10) {
    moved <- moved + dnorm(v - u + 4 * k * x, 0, sqrt(b - a)) - dnorm(v + u - 2 * x + 4 * k * x, 0, sqrt(b - a))
  }
  sum(outer(weight, weight) * dnorm(u, 0, sqrt(a)) * moved * dnorm(v, 0, sqrt(1 - b))) * sqrt(2 * pi)
}
hall_wellner <- function(a, b, level) uniroot(function(x) within(a, b, x) - level, c(0.2, 3), tol = 1e-12)$root

for (ends in list(c(0.1, 0.6), c(0.02, 0.9), c(0.3, 0.4), c(0.05, 0.25))) {
  for (level in c(0.9, 0.95, 0.99)) {
    put("equal-precision", "", level, ends[1], ends[2], equal_precision(ends[1], ends[2], level), "")
    put("hall-wellner", "", level, ends[1], ends[2], hall_wellner(ends[1], ends[2], level), "")
  }
}

data <- read.csv(file.path(folder, "veteran.csv"), comment.char = "#")
fit <- survfit(Surv(time, event) ~ 1, data)
keep <- fit$time >= 10 & fit$time <= 300
G <- fit$std.err[keep]^2
S <- fit$surv[keep]
n <- nrow(data)
a <- n * G[1] / (1 + n * G[1])
b <- n * tail(G, 1) / (1 + n * tail(G, 1))
reach <- list(`equal-precision` = equal_precision(a, b, 0.95) * sqrt(G),
  `hall-wellner` = hall_wellner(a, b, 0.95) * (1 + n * G) / sqrt(n))
for (kind in names(reach)) {
  r <- reach[[kind]]
  theta <- exp(r / log(S))
  put(kind, "log-log", 0.95, fit$time[keep], "", S^(1 / theta), S^theta)
  arc <- 0.5 * r * sqrt(S / (1 - S))
  put(kind, "arcsin", 0.95, fit$time[keep], "", sin(pmax(0, asin(sqrt(S)) - arc))^2, sin(pmin(pi / 2, asin(sqrt(S)) + arc))^2)
}
