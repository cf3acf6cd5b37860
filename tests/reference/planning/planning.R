# Planning of studies of one and of two groups, in base R: probabilities by integrate(), what is sought by uniroot().
# Run from the top of the repository: Rscript tests/reference/planning/planning.R
here <- "tests/reference/planning/"
write_rows <- function(name, rows) {
  path <- paste0(here, name)
  cat("# ", R.version.string, ", stats ", format(packageVersion("stats")), "\n", paste(names(rows), collapse = ","), "\n", sep = "", file = path)
  cells <- lapply(rows, function(x) if (is.numeric(x)) ifelse(is.na(x), "", sprintf("%.17g", x)) else as.character(x))
  cat(paste0(do.call(paste, c(cells, sep = ",")), "\n"), sep = "", file = path, append = TRUE)
}

# Information of an event of the log-rank test.
worth <- function(hr, p, formula) {
  r <- p / (1 - p)
  if (formula == "schoenfeld") p * (1 - p) * log(hr)^2 else r * ((1 - hr) / (1 + r * hr))^2
}
# Probability of an observed event: the hazard times the chance of being under observation without an event, over the
# time that a subject can be seen, and that over an even entry.
seen <- function(hazard, loss, accrual, follow_up) {
  until <- function(u) integrate(function(s) hazard * exp(-(hazard + loss) * s), 0, u, rel.tol = 1e-13)$value
  if (accrual == 0) return(until(follow_up))
  integrate(Vectorize(function(x) until(follow_up + x)), 0, accrual, rel.tol = 1e-13)$value / accrual
}
root <- function(f, from, to) {
  if (f(from) * f(to) > 0) return(NA)
  uniroot(f, c(from, to), tol = 1e-15, maxiter = 10000)$root
}

design <- data.frame(
  survival  = c(0.5, 0.5, 0.36, 0.466, 0.75, 0.9, 0.6),
  time      = c(4, 4, 6, 4, 3, 5, 2),
  hr        = c(0.6, 0.6, 0.7, 0.65, 1.8, 0.5, 1.3),
  second    = c(0.5, 0.5, 0.5, 2 / 3, 0.25, 0.5, 0.4),
  accrual   = c(0, 4, 6, 5, 3, 2, 0),
  follow_up = c(4, 2, 3, 0, 3, 5, 5),
  loss      = c(0, 0, 0.02, 0.05, 0, 0.1, 0.03),
  alpha     = c(0.05, 0.05, 0.05, 0.1, 0.025, 0.05, 0.01),
  sides     = c(2, 2, 2, 2, 1, 2, 1),
  power     = c(0.8, 0.8, 0.9, 0.8, 0.8, 0.85, 0.7),
  n         = c(100, 200, 300, 120, 400, 500, 150),
  rate      = c(12, 40, 25, 15, 60, 80, 30)
)
rows <- NULL
for (formula in c("schoenfeld", "freedman")) for (k in seq_len(nrow(design))) {
  d <- design[k, ]
  hazard <- -log(d$survival) / d$time
  z <- qnorm(1 - d$alpha / d$sides)
  share <- function(hr, accrual) (1 - d$second) * seen(hazard, d$loss, accrual, d$follow_up) +
    d$second * seen(hazard * hr, d$loss, accrual, d$follow_up)
  power_of <- function(hr, events) pnorm(sqrt(events * worth(hr, d$second, formula)) - z)
  events <- (z + qnorm(d$power))^2 / worth(d$hr, d$second, formula)
  below <- function(power) root(function(log_hr) power(exp(log_hr)) - d$power, log(0.02), -1e-4)
  above <- function(power) root(function(log_hr) power(exp(log_hr)) - d$power, 1e-4, log(30))
  by_n <- function(hr) power_of(hr, d$n * share(hr, d$accrual))
  by_events <- function(hr) power_of(hr, d$n)
  rows <- rbind(rows, data.frame(
    formula = formula, d,
    first_fails = seen(hazard, d$loss, d$accrual, d$follow_up),
    second_fails = seen(hazard * d$hr, d$loss, d$accrual, d$follow_up),
    events = events,
    subjects = events / share(d$hr, d$accrual),
    power_of_n = by_n(d$hr),
    power_of_events = power_of(d$hr, d$n),
    better_of_n = exp(below(by_n)), worse_of_n = exp(above(by_n)),
    better_of_events = exp(below(by_events)), worse_of_events = exp(above(by_events)),
    recruitment = root(function(a) d$rate * a * share(d$hr, a) - events, 1e-3, 500)
  ))
}
write_rows("two_groups.csv", rows)

# One group: S(t) against a fixed value on the complementary log-log scale.
one <- data.frame(
  reference   = c(0.5, 0.36, 0.466, 0.432, 0.9, 0.2),
  alternative = c(0.7, 0.5, 0.6, 0.3, 0.96, 0.35),
  alpha       = c(0.05, 0.05, 0.025, 0.05, 0.1, 0.05),
  sides       = c(1, 2, 1, 2, 1, 1),
  power       = c(0.8, 0.8, 0.9, 0.8, 0.8, 0.9),
  n           = c(40, 60, 80, 50, 100, 45)
)
theta <- function(s) log(-log(s))
# The survival nearest to the reference with the power: on the scale of the ratio of cumulative hazards, nearest to 1 first.
nearest <- function(d, side, power) {
  # Below a survival of 1e-100 Greenwood's integral overflows; no power is left there.
  steps <- seq(0.005, 6.99, by = 0.005) * side
  for (x in steps[d$reference^exp(steps) > 1e-100]) if (power(d$reference^exp(x), d$n) >= d$power) {
    return(d$reference^exp(root(function(x) power(d$reference^exp(x), d$n) - d$power, x - 0.005 * side * 0.999, x)))
  }
  NA
}
rows <- NULL
for (k in seq_len(nrow(one))) {
  d <- one[k, ]
  z <- qnorm(1 - d$alpha / d$sides)
  by <- function(s) (theta(s) - theta(d$reference))^2 / ((1 - s) / (s * log(s)^2))
  power <- function(s, n) pnorm(sqrt(n * by(s)) - z)
  rows <- rbind(rows, data.frame(d, subjects = (z + qnorm(d$power))^2 / by(d$alternative), power_of_n = power(d$alternative, d$n),
    better_of_n = nearest(d, -1, power), worse_of_n = nearest(d, 1, power)))
}
write_rows("one_group.csv", rows)

# The same with entry, follow-up and loss: the variance is Greenwood's integral with a constant hazard to the time, in which the
# probability G of being followed to u comes from an even entry and a constant hazard of loss (Nagashima et al. 2021). The last
# designs have a follow-up of the very time: without loss they must give the numbers of one_group.csv.
entered <- data.frame(
  one[c(1, 2, 3, 4, 5, 6, 1, 2, 1, 4), ],
  time      = c(2, 5, 4, 6, 3, 1, 2, 4, 2, 6),
  accrual   = c(3, 4, 5, 8, 2, 1, 4, 0, 3, 0),
  follow_up = c(1, 2, 0, 3, 1.5, 0.25, 1.999, 4, 2, 7),
  loss      = c(0, 0.02, 0.05, 0, 0.1, 0, 0, 0.03, 0, 0),
  rate      = c(12, 20, 15, 10, 80, 60, 12, 25, 12, 25)
)
rows <- NULL
for (k in seq_len(nrow(entered))) {
  d <- entered[k, ]
  z <- qnorm(1 - d$alpha / d$sides)
  greenwood <- function(s, accrual) {
    hazard <- -log(s) / d$time
    in_study <- function(u) if (accrual > 0) pmin(1, (accrual + d$follow_up - u) / accrual) else as.numeric(u <= d$follow_up)
    part <- function(from, to) if (to > from) integrate(function(u) hazard * exp(hazard * u) / (exp(-d$loss * u) * in_study(u)), from, to,
      rel.tol = 1e-13, subdivisions = 10000)$value else 0
    part(0, min(d$time, d$follow_up)) + part(d$follow_up, d$time)
  }
  by <- function(s, accrual) (theta(s) - theta(d$reference))^2 / (greenwood(s, accrual) / log(s)^2)
  power <- function(s, n) pnorm(sqrt(n * by(s, d$accrual)) - z)
  needed <- function(accrual) (z + qnorm(d$power))^2 / by(d$alternative, accrual)
  rows <- rbind(rows, data.frame(d, subjects = needed(d$accrual), power_of_n = power(d$alternative, d$n),
    better_of_n = nearest(d, -1, power), worse_of_n = nearest(d, 1, power),
    recruitment = root(function(a) d$rate * a - needed(a), max(d$time - d$follow_up, 0) + 1e-3, 500)))
}
write_rows("one_group_entered.csv", rows)
