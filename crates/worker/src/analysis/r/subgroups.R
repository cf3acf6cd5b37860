
# ---- Two groups within the levels of each variable, and the likelihood-ratio test of the interaction --------------------

two <- d[d$group %in% subgroup_pair, c("row", "time", "status", "group")]
two$other <- as.numeric(two$group == subgroup_pair[2])
# Weights, entries, clusters and ties are those of the models of variables alone.
cox_of_two <- function(terms, rows) cox(terms, rows, quote(Surv(time, status)), "efron")
tell_within <- function(of, rows) {
  fit <- cox_of_two("other", rows)
  ends <- summary(fit, conf.int = conf_level)$conf.int
  tell("subgroup_hazard_ratio", of, NA, ends[1, 1])
  tell("subgroup_hazard_ratio_lower", of, NA, ends[1, 3])
  tell("subgroup_hazard_ratio_upper", of, NA, ends[1, 4])
  tell("subgroup_wald_p", of, NA, summary(fit)$coefficients[1, "Pr(>|z|)"])
}
if (pair_is_finite) tell_within("all", two)
for (one in subgroups) {
  parted <- two
  parted$level <- factor(levels_of(one)[parted$row], one$names)
  parted <- droplevels(parted[!is.na(parted$level), ])
  for (level in one$finite) tell_within(paste0(one$name, ": ", level), parted[parted$level == level, ])
  if (!one$tested) next
  main <- cox_of_two(c("other", "level"), parted)
  full <- cox_of_two("other * level", parted)
  gain <- 2 * (full$loglik[2] - main$loglik[2])
  df <- sum(!is.na(coef(full))) - sum(!is.na(coef(main)))
  tell("interaction_chi2", one$name, NA, gain)
  tell("interaction_p", one$name, NA, pchisq(gain, df, lower.tail = FALSE))
}
