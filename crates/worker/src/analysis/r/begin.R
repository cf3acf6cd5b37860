# ---- Numbers, to be set beside those of the page ----------------------------------------------------------------------

numbers <- NULL
tell <- function(quantity, of, at, value) {
  if (length(value) > 0) {
    numbers <<- rbind(numbers, data.frame(quantity = quantity, of = of, at = at, value = as.numeric(value)))
  }
}
# Which of the times asked for lie within the follow-up of a curve; one that has come to 0 stays there.
within_follow_up <- function(group) {
  one <- d[d$group == group, ]
  at[at <= max(one$time) | min(survfit(Surv(time, status) ~ 1, data = one)$surv) == 0]
}
# A curve at some times; nothing where there is none, at which summary() would stop.
curve_at <- function(curve, times) {
  if (length(times) > 0) summary(curve, times = times, extend = TRUE)
}
# A test; NULL where survdiff() stops because there is no variance, as where all have the event on one day.
tested <- function(test) tryCatch(test, error = function(why) cat("survdiff:", conditionMessage(why), "\n"))
# The ends of an interval of a survival s on the scale of the intervals; reach is the half-width on the scale of its logarithm.
interval_ends <- function(s, reach) {
  asin_reach <- 0.5 * reach * sqrt(s / (1 - s))
  switch(conf_type,
    "log-log" = cbind(s^exp(-reach / log(s)), s^exp(reach / log(s))),
    log = cbind(s * exp(-reach), pmin(1, s * exp(reach))),
    plain = cbind(pmax(0, s - reach * s), pmin(1, s + reach * s)),
    logit = cbind(plogis(qlogis(s) - reach / (1 - s)), plogis(qlogis(s) + reach / (1 - s))),
    arcsin = cbind(sin(pmax(0, asin(sqrt(s)) - asin_reach))^2, sin(pmin(pi / 2, asin(sqrt(s)) + asin_reach))^2))
}
