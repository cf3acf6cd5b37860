
# ---- Cumulative incidence of competing causes (Aalen–Johansen) ---------------------------------------------------------

causes <- setdiff(levels(droplevels(d$event)), "none")
incidence_at <- list()
for (g in levels(d$group)) {
  one <- d[d$group == g, ]
  one$event <- factor(one$event, c("none", causes))
  one$id <- seq_len(nrow(one))
  s <- curve_at(survfit(Surv(time, event) ~ 1, data = one, id = id, conf.type = conf_type, conf.int = conf_level), within_follow_up(g))
  if (is.null(s)) next
  if (conf_type == "arcsin") {
    # survfit() of several states loses the two dimensions of these intervals.
    angle <- asin(sqrt(s$pstate))
    reach <- 0.5 * conf_z * s$std.err / sqrt(s$pstate * (1 - s$pstate))
    s$lower <- sin(pmax(angle - reach, 0))^2
    s$upper <- sin(pmin(angle + reach, pi / 2))^2
  }
  incidence_at[[g]] <- s
  for (cause in causes[causes %in% one$event]) {
    k <- match(cause, s$states)
    of <- paste(g, cause, sep = ", ")
    tell("incidence", of, s$time, s$pstate[, k])
    shown <- s$pstate[, k] > 0 & s$pstate[, k] < 1 - 1e-12
    tell("incidence_se", of, s$time[shown], s$std.err[shown, k])
    tell("incidence_lower", of, s$time[shown], s$lower[shown, k])
    tell("incidence_upper", of, s$time[shown], s$upper[shown, k])
  }
}
