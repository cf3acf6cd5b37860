
# ---- Differences of survival at the times, differences and ratios of restricted means, from the reference ---------------

tell_normal <- function(quantity, of, at, estimate, std_err, back = identity) {
  # What rounding leaves between two equal estimates is no difference.
  if (abs(estimate) < 1e-12) estimate <- 0
  tell(quantity, of, at, back(estimate))
  if (is.na(std_err)) return(invisible())
  tell(paste0(quantity, "_lower"), of, at, back(estimate - conf_z * std_err))
  tell(paste0(quantity, "_upper"), of, at, back(estimate + conf_z * std_err))
  tell(paste0(quantity, "_p"), of, at, 2 * pnorm(-abs(estimate / std_err)))
}
# A comparison needs a variance on both sides.
both_errors <- function(one, two) if (isTRUE(one > 0) && isTRUE(two > 0)) sqrt(one^2 + two^2) else NA
survival_at <- function(g, time) {
  s <- summary(survfit(Surv(time, status) ~ 1, data = d[d$group == g, ]), times = time, extend = TRUE)
  c(s$surv, if (s$surv > 0 && s$surv < 1) s$std.err else 0)
}
for (g in setdiff(levels(d$group), reference_group)) {
  for (time in intersect(within_follow_up(g), within_follow_up(reference_group))) {
    one <- survival_at(g, time)
    two <- survival_at(reference_group, time)
    tell_normal("survival_difference", g, time, one[1] - two[1], both_errors(one[2], two[2]))
  }
  if (is.null(horizon)) next
  one <- estimated[[g]]
  two <- estimated[[reference_group]]
  tell_normal("rmst_difference", g, horizon, one[1] - two[1], both_errors(one[2], two[2]))
  if (one[1] > 0 && two[1] > 0) {
    tell_normal("rmst_ratio", g, horizon, log(one[1] / two[1]), both_errors(one[2] / one[1], two[2] / two[1]), exp)
  }
}
