
# ---- Simultaneous bands: the quantile in place of the normal one, and the ends on the scale of the intervals ------------

# Nair's: the tail of the largest |W0(u)| / sqrt(u (1 - u)) of a Brownian bridge between a and b (Miller and Siegmund).
equal_precision <- function(a, b) {
  stretch <- log(b * (1 - a) / (a * (1 - b)))
  tail_of <- function(x) 4 * dnorm(x) / x + dnorm(x) * (x - 1 / x) * stretch - (1 - conf_level)
  uniroot(tail_of, c(1, 30), tol = 1e-14)$root
}
# Hall and Wellner's: the integral over the places of the bridge at a (Gauss and Legendre) and at b (closed form).
gauss_legendre <- function(m) {
  i <- 1:(m - 1)
  recurrence <- matrix(0, m, m)
  recurrence[cbind(i, i + 1)] <- recurrence[cbind(i + 1, i)] <- i / sqrt(4 * i^2 - 1)
  found <- eigen(recurrence, symmetric = TRUE)
  list(node = found$values, weight = 2 * found$vectors[1, ]^2)
}
bridge_nodes <- gauss_legendre(200)
bridge_within <- function(a, b, x) {
  u <- min(x, 9 * sqrt(a)) * bridge_nodes$node
  spread <- sqrt((b - a) * (1 - b) / (1 - a))
  image <- function(centre) {
    mean <- centre * (1 - b) / (1 - a)
    dnorm(centre, 0, sqrt(1 - a)) * (pnorm((x - mean) / spread) - pnorm((-x - mean) / spread))
  }
  within <- 0
  for (k in -10:10) within <- within + image(u - 4 * k * x) - image(2 * x - u - 4 * k * x)
  sqrt(2 * pi) * sum(min(x, 9 * sqrt(a)) * bridge_nodes$weight * dnorm(u, 0, sqrt(a)) * within)
}
hall_wellner <- function(a, b) {
  if (a == b) return(qnorm(0.5 + conf_level / 2) * sqrt(a * (1 - a)))
  uniroot(function(x) bridge_within(a, b, x) - conf_level, c(0.01, 5), tol = 1e-14)$root
}
for (g in levels(d$group)) {
  one <- survfit(Surv(time, status) ~ 1, data = d[d$group == g, ])
  inside <- which(one$time >= band_from & one$time <= band_to & one$surv > 0 & one$surv < 1)
  if (length(inside) == 0) next
  # n times Greenwood's sum, and the times at which the band begins and ends on the scale of the bridge.
  precision <- one$n * one$std.err[inside]^2
  ends <- range(precision / (1 + precision))
  if (band == "equal-precision") {
    band_quantile <- equal_precision(ends[1], ends[2])
    reach <- band_quantile * one$std.err[inside]
  } else {
    band_quantile <- hall_wellner(ends[1], ends[2])
    reach <- band_quantile * (1 + precision) / sqrt(one$n)
  }
  tell("band_quantile", g, NA, band_quantile)
  limits <- interval_ends(one$surv[inside], reach)
  for (year in within_follow_up(g)) {
    step <- findInterval(year, one$time)
    if (!step %in% inside) next
    tell("band_lower", g, year, limits[match(step, inside), 1])
    tell("band_upper", g, year, limits[match(step, inside), 2])
  }
}
