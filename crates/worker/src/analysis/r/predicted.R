
# ---- Survival that this model predicts for them -------------------------------------------------------------------------

for (profile in profiles) {
  own_times <- at[at <= given_end(profile)]
  if (length(own_times) == 0 || (length(strata_of) > 0 && is.null(profile$stratum))) next
  s <- summary(survfit(fit, newdata = given_row(profile), conf.type = conf_type, conf.int = conf_level), times = own_times,
               extend = TRUE)
  tell("predicted_survival", profile$name, s$time, s$surv)
  shown <- s$surv < 1
  tell("predicted_survival_se", profile$name, s$time[shown], s$std.err[shown])
  tell("predicted_survival_lower", profile$name, s$time[shown], s$lower[shown])
  tell("predicted_survival_upper", profile$name, s$time[shown], s$upper[shown])
}
