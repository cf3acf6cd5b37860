# ---- Numbers, to be set beside those of the page ----------------------------------------------------------------------

numbers <- NULL
tell <- function(quantity, of, at, value) {
  if (length(value) > 0) {
    numbers <<- rbind(numbers, data.frame(quantity = quantity, of = of, at = at, value = as.numeric(value)))
  }
}
# At risk, events and estimate at the times asked for, up to the end of each curve; one that has come to 0 stays there.
within_follow_up <- function(group) {
  one <- d[d$group == group, ]
  at[at <= max(one$time) | min(survfit(Surv(time, status) ~ 1, data = one)$surv) == 0]
}

