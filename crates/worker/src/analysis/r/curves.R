
# ---- Kaplan–Meier; log-rank test --------------------------------------------------------------------------------------

if (!is.na(read_otherwise)) tell("values_read_otherwise", "", NA, read_otherwise)
tell("followed", "", NA, nrow(d))
tell("events", "", NA, sum(d$status))
for (of in names(counts)) tell(of, "", NA, counts[[of]])
fit <- survfit(Surv(time, status) ~ group, data = d, conf.type = conf_type, conf.int = conf_level)
print(fit)
for (g in levels(d$group)) {
  one <- survfit(Surv(time, status) ~ 1, data = d[d$group == g, ], conf.type = conf_type, conf.int = conf_level)
  s <- curve_at(one, within_follow_up(g))
  if (is.null(s)) next
  # Where nobody has had the event, or everybody has, there is no variance.
  has_variance <- s$surv > 0 & s$surv < 1
  tell("at_risk", g, s$time, s$n.risk)
  tell("survival", g, s$time, s$surv)
  tell("survival_se", g, s$time[has_variance], s$std.err[has_variance])
  tell("survival_lower", g, s$time[has_variance], s$lower[has_variance])
  tell("survival_upper", g, s$time[has_variance], s$upper[has_variance])
}
tell("median_follow_up", "", NA, quantile(survfit(Surv(time, 1 - status) ~ 1, data = d), 0.5)$quantile)
