
# ---- Cumulative incidence that this model predicts for the same values --------------------------------------------------

# Those with another event stay at risk with the weight of not being censored since then, as in crr().
censored <- survfit(Surv(together$time, together$event == "none") ~ 1)
free_before <- function(t) approx(c(0, censored$time), c(1, censored$surv), t * (1 - 100 * .Machine$double.eps), "constant", rule = 2)$y
free_own <- free_before(together$time)
middle <- colMeans(x)
away <- sweep(x, 2, middle)
risk <- exp(drop(away %*% fit$coef))
others <- !together$event %in% c("none", cause)
# The hazard at the mean covariates up to t, its variance, and hazard-weighted mean covariates less the means.
subdistribution_to <- function(t) {
  found <- list(hazard = 0, variance = 0, mean = rep(0, ncol(x)))
  for (now in sort(unique(together$time[together$event == cause & together$time <= t]))) {
    tied <- sum(together$event == cause & together$time == now)
    r <- risk * ifelse(together$time >= now, 1, ifelse(others, free_before(now) / free_own, 0))
    found$hazard <- found$hazard + tied / sum(r)
    found$variance <- found$variance + tied / sum(r)^2
    found$mean <- found$mean + tied / sum(r) * colSums(r * away) / sum(r)
  }
  found
}
for (profile in profiles) for (year in at[at <= given_end(profile)]) {
  z <- model.matrix(reformulate(labels_of(joint_variables)), given_row(profile))[1, -1] - middle
  base <- subdistribution_to(year)
  theirs <- exp(sum(z * fit$coef))
  distance <- z * base$hazard - base$mean
  reach <- theirs * sqrt(base$variance + drop(distance %*% fit$var %*% distance))
  free <- exp(-base$hazard * theirs)
  of_cause <- paste(profile$name, cause, sep = ", ")
  tell("predicted_incidence", of_cause, year, 1 - free)
  if (free == 1) next
  ends <- interval_ends(free, conf_z * reach)
  tell("predicted_incidence_se", of_cause, year, free * reach)
  tell("predicted_incidence_lower", of_cause, year, 1 - ends[2])
  tell("predicted_incidence_upper", of_cause, year, 1 - ends[1])
}
