# ---- Numbers, to be set beside those of the page ----------------------------------------------------------------------

numbers <- NULL
tell <- function(quantity, of, at, value) {
  if (length(value) > 0) {
    numbers <<- rbind(numbers, data.frame(quantity = quantity, of = of, at = at, value = as.numeric(value)))
  }
}
# At risk, events and estimate at the times asked for, up to the end of each curve.
within_follow_up <- function(group) at[at <= max(d$time[d$group == group])]

