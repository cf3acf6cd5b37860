
# ---- Quantiles, conditional survival, cumulative hazards (Nelson–Aalen), restricted means --------------------------------

estimated <- list()
for (g in levels(d$group)) {
  own <- d[d$group == g, ]
  one <- survfit(Surv(time, status) ~ 1, data = own, conf.type = conf_type, conf.int = conf_level)
  if (length(quantiles) > 0) {
    found <- quantile(one, probs = quantiles / 100)
    tell("quantile", g, quantiles, found$quantile)
    tell("quantile_lower", g, quantiles, found$lower)
    tell("quantile_upper", g, quantiles, found$upper)
  }
  known_at <- within_follow_up(g)
  for (from in conditional_on) for (to in known_at[known_at > from]) {
    # Those who are event-free and followed then, from there on.
    late <- own[own$time > from, ]
    if (nrow(late) == 0) next
    late$from <- from
    s <- summary(survfit(Surv(from, time, status) ~ 1, data = late, conf.type = conf_type, conf.int = conf_level), times = to,
                 extend = TRUE)
    of <- paste(g, from, sep = " | ")
    tell("conditional_survival", of, to, s$surv)
    if (s$surv <= 0 || s$surv >= 1) next
    tell("conditional_survival_se", of, to, s$std.err)
    tell("conditional_survival_lower", of, to, s$lower)
    tell("conditional_survival_upper", of, to, s$upper)
  }
  hazard <- curve_at(survfit(Surv(time, status) ~ 1, data = own, stype = 2, ctype = 1, conf.type = conf_type,
                             conf.int = conf_level), known_at)
  if (!is.null(hazard)) {
    tell("cumulative_hazard", g, hazard$time, hazard$cumhaz)
    has_error <- hazard$std.chaz > 0
    tell("cumulative_hazard_se", g, hazard$time[has_error], hazard$std.chaz[has_error])
    closed <- has_error & is.finite(-log(hazard$lower))
    tell("cumulative_hazard_lower", g, hazard$time[closed], -log(hazard$upper[closed]))
    tell("cumulative_hazard_upper", g, hazard$time[closed], -log(hazard$lower[closed]))
  }
  if (is.null(horizon)) next
  # Before the first time of a group nobody has left it, and R gives no mean.
  mean_to <- if (horizon < min(own$time)) c(horizon, 0) else {
    table <- summary(one, rmean = horizon)$table
    unname(table[grep("rmean", names(table))])
  }
  if (!is.finite(mean_to[2])) mean_to[2] <- 0
  tell("rmst", g, horizon, mean_to[1])
  if (mean_to[2] > 0) tell("rmst_se", g, horizon, mean_to[2])
  estimated[[g]] <- mean_to
}
