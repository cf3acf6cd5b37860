
# ---- Transplant as an event in time -----------------------------------------------------------------------------------

# An empty date is read as not transplanted; rows whose date cannot be used, or is before the origin, are left out.
t <- d[d$hsct_state == "missing" | (d$hsct_state == "value" & d$hsct >= 0), ]
t$hsct[t$hsct_state == "missing"] <- NA
t$parted <- !is.na(t$hsct) & t$hsct < t$time
long <- rbind(
  data.frame(entry = 0, time = ifelse(t$parted, t$hsct, t$time), status = ifelse(t$parted, 0, t$status), after = 0),
  data.frame(entry = t$hsct, time = t$time, status = t$status, after = 1)[t$parted, ])
long <- long[long$entry < long$time, ]
# Mantel and Byar's test: the log-rank test over risk sets in which patients change groups at transplant.
mantel_byar <- function(long) {
  sums <- vapply(unique(long$time[long$status == 1]), function(at) {
    at_risk <- long$entry < at & long$time >= at
    n <- sum(at_risk); after <- sum(at_risk & long$after == 1)
    dead <- sum(long$status[at_risk & long$time == at])
    c(dead * after / n, if (n > 1) dead * (after / n) * (1 - after / n) * (n - dead) / (n - 1) else 0)
  }, c(0, 0))
  observed <- sum(long$status[long$after == 1])
  c(observed = observed, expected = sum(sums[1, ]), chi2 = (observed - sum(sums[1, ]))^2 / sum(sums[2, ]))
}
if (any(long$after == 1)) {
  test <- mantel_byar(long)
  print(test)
  tell("mantel_byar_observed", "", NA, test["observed"])
  tell("mantel_byar_expected", "", NA, test["expected"])
  tell("mantel_byar_p", "", NA, pchisq(test["chi2"], 1, lower.tail = FALSE))
  fit <- cox("after", long, quote(Surv(entry, time, status)), "efron")
  if (transplant_ratio_is_finite) {
    tell("transplant_hazard_ratio", "", NA, exp(coef(fit)))
    tell("transplant_hazard_ratio_lower", "", NA, summary(fit)$conf.int[1, 3])
    tell("transplant_hazard_ratio_upper", "", NA, summary(fit)$conf.int[1, 4])
    tell("transplant_wald_p", "", NA, summary(fit)$coefficients[1, 5])
  }
  for (state in unique(long$after)) {
    curve <- survfit(Surv(entry, time, status) ~ 1, data = long[long$after == state, ])
    s <- curve_at(curve, at[at <= max(curve$time)])
    if (!is.null(s)) tell("simon_makuch", c("before", "after")[state + 1], s$time, s$surv)
  }
}
beyond <- t[t$time > landmark, ]
beyond$by_then <- !is.na(beyond$hsct) & beyond$hsct <= landmark
tell("landmark_left_out_events", "", landmark, sum(t$time <= landmark & t$status == 1))
tell("landmark_left_out_censored", "", landmark, sum(t$time <= landmark & t$status == 0))
if (length(unique(beyond$by_then)) == 2 && sum(beyond$status) > 0) {
  test <- survdiff(Surv(time - landmark, status) ~ by_then, data = beyond)
  tell("landmark_observed", "", landmark, test$obs[2])
  tell("landmark_expected", "", landmark, test$exp[2])
  tell("landmark_p", "", landmark, pchisq(test$chisq, 1, lower.tail = FALSE))
}
