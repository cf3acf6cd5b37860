
# ---- Survival of the groups adjusted for the variables of the model: predictions averaged over all patients -------------

adjusting <- d[, c(own_columns, "group")]
for (k in seq_along(adjusted_for)) adjusting[[paste0("x", k)]] <- covariate_of(adjusted_for[[k]])
adjusting$base <- if (length(strata_of) == 0) factor(rep("all", nrow(d))) else own_strata()
adjusting <- droplevels(adjusting[usable & complete.cases(adjusting), ])
adjusting$group <- relevel(adjusting$group, group_reference)
adjusting$stratum <- if (group_as == "strata") interaction(adjusting$base, adjusting$group, drop = TRUE) else adjusting$base
labels <- c(paste0("x", which(!vapply(adjusted_for, function(one) isTRUE(one$left_out), TRUE))), if (group_as == "covariate") "group")
products <- vapply(adjusted_interactions, function(pair) paste(ifelse(pair > length(adjusted_for), "group", paste0("x", pair)), collapse = ":"), "")
fit <- cox(c(labels, products, if (nlevels(adjusting$stratum) > 1) "strata(stratum)"), adjusting)
terms_of <- delete.response(terms(reformulate(c(labels, products))))
columns_of <- function(data) model.matrix(terms_of, data)[, -1, drop = FALSE][, names(coef(fit)), drop = FALSE]
entry_time <- if (is.null(adjusting$entry)) rep(-Inf, nrow(adjusting)) else adjusting$entry
case <- if (is.null(adjusting$case_weight)) rep(1, nrow(adjusting)) else adjusting$case_weight
x <- columns_of(adjusting)
middle <- colMeans(x)
risk <- case * exp(drop(sweep(x, 2, middle) %*% coef(fit)))
# The hazard at the mean covariates up to t, its variance, and hazard-weighted mean covariates less the means.
hazard_to <- function(of, t) {
  found <- list(hazard = 0, variance = 0, mean = rep(0, ncol(x)))
  own <- adjusting$stratum == of
  for (now in sort(unique(adjusting$time[own & adjusting$status == 1 & adjusting$time <= t]))) {
    tied <- own & adjusting$time == now & adjusting$status == 1
    at_risk <- own & adjusting$time >= now & entry_time < now
    each <- sum(case[tied]) / sum(tied)
    for (k in seq_len(sum(tied)) - 1) {
      r <- risk * (at_risk - (if (cox_ties == "efron") k / sum(tied) else 0) * tied)
      found$hazard <- found$hazard + each / sum(r)
      found$variance <- found$variance + each / sum(r)^2
      found$mean <- found$mean + each / sum(r) * colSums(r * sweep(x, 2, middle)) / sum(r)
    }
  }
  found
}
groups <- levels(adjusting$group)
longest <- tapply(adjusting$time, adjusting$stratum, max)
for (t in at) {
  bases <- lapply(levels(adjusting$stratum), hazard_to, t)
  names(bases) <- levels(adjusting$stratum)
  averages <- lapply(groups, function(g) {
    as_if <- adjusting
    as_if$group <- factor(g, groups)
    of <- as.character(if (group_as == "strata") interaction(adjusting$base, as_if$group) else adjusting$base)
    z <- sweep(columns_of(as_if), 2, middle)
    theirs <- exp(drop(z %*% coef(fit)))
    hazard <- vapply(bases[of], `[[`, 0, "hazard")
    s <- exp(-hazard * theirs)
    slope <- case / sum(case) * s * theirs
    means <- matrix(unlist(lapply(bases[of], `[[`, "mean")), nrow(z), byrow = TRUE)
    list(known = all(t <= longest[of]), survival = sum(case / sum(case) * s),
         a = vapply(names(bases), function(one) sum(slope[of == one]), 0), b = colSums(slope * (z * hazard - means)))
  })
  variances <- vapply(bases, `[[`, 0, "variance")
  covariance <- function(f, g) sum(f$a * g$a * variances) + drop(f$b %*% vcov(fit) %*% g$b)
  for (k in seq_along(groups)) {
    one <- averages[[k]]
    first <- averages[[1]]
    if (!one$known) next
    tell("adjusted_survival", groups[k], t, one$survival)
    se <- sqrt(covariance(one, one))
    if (one$survival < 1) {
      ends <- interval_ends(one$survival, conf_z * se / one$survival)
      tell("adjusted_survival_se", groups[k], t, se)
      tell("adjusted_survival_lower", groups[k], t, ends[1])
      tell("adjusted_survival_upper", groups[k], t, ends[2])
    }
    if (k > 1 && first$known && se > 0 && covariance(first, first) > 0) {
      se <- sqrt(covariance(one, one) + covariance(first, first) - 2 * covariance(one, first))
      gap <- one$survival - first$survival
      tell("adjusted_difference", groups[k], t, gap)
      tell("adjusted_difference_lower", groups[k], t, gap - conf_z * se)
      tell("adjusted_difference_upper", groups[k], t, gap + conf_z * se)
      tell("adjusted_difference_p", groups[k], t, 2 * pnorm(-abs(gap / se)))
    }
  }
}
