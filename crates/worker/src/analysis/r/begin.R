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
