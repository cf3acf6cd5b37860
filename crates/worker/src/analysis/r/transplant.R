
# ---- Transplant as an event in time -----------------------------------------------------------------------------------

# An empty date is read as not transplanted; rows whose date cannot be used, or is before the origin, are left out.
t <- d[d$hsct_state == "missing" | (d$hsct_state == "value" & d$hsct >= 0), ]
t$hsct[t$hsct_state == "missing"] <- NA
# A transplant after death contradicts itself; one after another event is no transplant within this follow-up.
if (endpoint == "os") t <- t[is.na(t$hsct) | t$hsct <= t$time, ] else t$hsct[!is.na(t$hsct) & t$hsct > t$time] <- NA
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
    tell("transplant_hazard_ratio_lower", "", NA, summary(fit, conf.int = conf_level)$conf.int[1, 3])
    tell("transplant_hazard_ratio_upper", "", NA, summary(fit, conf.int = conf_level)$conf.int[1, 4])
    tell("transplant_wald_p", "", NA, summary(fit)$coefficients[1, 5])
  }
  for (state in unique(long$after)) {
    curve <- survfit(Surv(entry, time, status) ~ 1, data = long[long$after == state, ], conf.type = conf_type, conf.int = conf_level)
    s <- curve_at(curve, at[at <= max(curve$time)])
    if (is.null(s)) next
    of <- c("before", "after")[state + 1]
    has_variance <- s$surv > 0 & s$surv < 1
    tell("simon_makuch", of, s$time, s$surv)
    tell("simon_makuch_lower", of, s$time[has_variance], s$lower[has_variance])
    tell("simon_makuch_upper", of, s$time[has_variance], s$upper[has_variance])
  }
}
# Weights and clusters are those of the models of variables.
beyond <- t[t$time > landmark, !names(t) %in% c("case_weight", "own_cluster")]
beyond$by_then <- !is.na(beyond$hsct) & beyond$hsct <= landmark
tell("landmark_left_out_events", "", landmark, sum(t$time <= landmark & t$status == 1))
tell("landmark_left_out_censored", "", landmark, sum(t$time <= landmark & t$status == 0))
if (length(unique(beyond$by_then)) == 2 && sum(beyond$status) > 0) {
  test <- tested(survdiff(Surv(time - landmark, status) ~ by_then, data = beyond))
  if (!is.null(test)) {
    tell("landmark_observed", "", landmark, test$obs[2])
    tell("landmark_expected", "", landmark, test$exp[2])
    tell("landmark_p", "", landmark, pchisq(test$chisq, 1, lower.tail = FALSE))
  }
}
if (length(unique(beyond$by_then)) == 2 && sum(beyond$status) > 0 && landmark_ratio_is_finite) {
  fit <- cox("by_then", beyond, quote(Surv(time - landmark, status)), "efron")
  tell("landmark_hazard_ratio", "", landmark, exp(coef(fit)))
  tell("landmark_hazard_ratio_lower", "", landmark, summary(fit, conf.int = conf_level)$conf.int[1, 3])
  tell("landmark_hazard_ratio_upper", "", landmark, summary(fit, conf.int = conf_level)$conf.int[1, 4])
  tell("landmark_wald_p", "", landmark, summary(fit)$coefficients[1, 5])
}

# ---- Transplant beside other covariates, of the patients of whom all are known -----------------------------------------

tell_adjusted <- function(quantity, at, fit, of, is_finite) {
  print(cbind(of, round(summary(fit, conf.int = conf_level)$conf.int, 4)))
  finite <- of %in% is_finite
  ends <- summary(fit, conf.int = conf_level)$conf.int
  tell(paste0(quantity, "_hazard_ratio"), of[finite], at, ends[finite, 1])
  tell(paste0(quantity, "_hazard_ratio_lower"), of[finite], at, ends[finite, 3])
  tell(paste0(quantity, "_hazard_ratio_upper"), of[finite], at, ends[finite, 4])
  tell(paste0(quantity, "_wald_p"), of[finite], at, summary(fit)$coefficients[finite, 5])
}
# Names of the terms: transplant, then each covariate that differs with its levels.
terms_in <- function(data, used) unlist(lapply(which(used), function(k) {
  x <- data[[paste0("x", k)]]
  paste0(adjusted_for[[k]]$name, if (is.factor(x)) paste0("=", levels(x)[-1]) else "")
}))
if (length(adjusted_for) > 0) {
  beside <- t[, c("time", "status", "hsct")]
  for (k in seq_along(adjusted_for)) {
    # On the scale of all who are analysed: a standard deviation is theirs.
    beside[[paste0("x", k)]] <- covariate_of(adjusted_for[[k]])[match(t$row, d$row)]
  }
  covariates_of <- paste0("x", seq_along(adjusted_for))
  beside <- beside[complete.cases(beside[, covariates_of, drop = FALSE]), ]
  terms_of <- function(used) c("after", covariates_of[used])
  if (length(adjusted_is_finite) > 0) {
    base <- beside[beside$time > 0, ]
    base$id <- seq_len(nrow(base))
    long <- tmerge(base[, c("id", covariates_of)], base, id = id, event = event(time, status))
    # A patient without a transplant has no time of it.
    if (any(!is.na(base$hsct))) long <- tmerge(long, base[!is.na(base$hsct), ], id = id, after = tdc(hsct)) else long$after <- 0
    long <- droplevels(as.data.frame(long))
    fit <- cox(terms_of(adjusted_used), long, quote(Surv(tstart, tstop, event)), "efron")
    tell_adjusted("transplant_adjusted", NA, fit, c("transplant (time-dependent)", terms_in(long, adjusted_used)),
                  adjusted_is_finite)
  }
  if (length(landmark_is_finite) > 0) {
    later <- droplevels(beside[beside$time > landmark, ])
    later$after <- as.numeric(!is.na(later$hsct) & later$hsct <= landmark)
    later$time <- later$time - landmark
    fit <- cox(terms_of(landmark_used), later, quote(Surv(time, status)), "efron")
    tell_adjusted("landmark_adjusted", landmark, fit, c("transplant by the landmark", terms_in(later, landmark_used)),
                  landmark_is_finite)
  }
}
