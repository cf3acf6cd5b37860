
# ---- Cumulative incidence that this model predicts for the same values --------------------------------------------------

for (profile in profiles) {
  own_times <- at[at <= given_end(profile)]
  if (length(own_times) == 0 || (length(strata_of) > 0 && is.null(profile$stratum))) next
  s <- summary(survfit(fit, newdata = given_row(profile), conf.type = conf_type, conf.int = conf_level), times = own_times,
               extend = TRUE)
  of_cause <- paste(profile$name, cause, sep = ", ")
  tell("predicted_incidence", of_cause, s$time, 1 - s$surv)
  shown <- s$surv < 1
  tell("predicted_incidence_se", of_cause, s$time[shown], s$std.err[shown])
  tell("predicted_incidence_lower", of_cause, s$time[shown], 1 - s$upper[shown])
  tell("predicted_incidence_upper", of_cause, s$time[shown], 1 - s$lower[shown])
}
