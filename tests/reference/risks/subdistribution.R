# Fine and Gray's model with delayed entry, strata, clusters and weights: coxph on the rows of survival::finegray. Gray's test
# of pairs and differences of incidences. Needs R's survival and cmprsk (Debian: r-cran-cmprsk).
# Run from the top of the repository: Rscript tests/reference/risks/subdistribution.R
library(survival)
library(cmprsk)
options(warn = 2)
here <- "tests/reference/risks/"
header <- sprintf("# %s, survival %s, cmprsk %s", R.version.string, packageVersion("survival"), packageVersion("cmprsk"))
write_rows <- function(name, rows) {
  path <- paste0(here, name)
  cat(header, "\n", paste(names(rows), collapse = ","), "\n", sep = "", file = path)
  cells <- lapply(rows, function(x) if (is.numeric(x)) ifelse(is.na(x), "", sprintf("%.17g", x)) else as.character(x))
  cat(paste0(do.call(paste, c(cells, sep = ",")), "\n"), sep = "", file = path, append = TRUE)
}

m <- mgus2[seq(1, nrow(mgus2), by = 4), ]
n <- nrow(m)
time <- ifelse(m$pstat == 1, m$ptime, m$futime)
# Entry of two in three patients, in whole months before the end.
entry <- ifelse(seq_len(n) %% 3 == 0, 0, floor(time * ((seq_len(n) * 7) %% 10) / 25))
mgus <- data.frame(entry = entry, time = time, event = ifelse(m$pstat == 1, 1, 2 * m$death), age = m$age,
                   male = as.integer(m$sex == "M"), stratum = 1 + (m$mspike > 1.2), site = seq_len(n) %% 17,
                   weight = 0.5 + (seq_len(n) %% 4) / 2)
mgus <- mgus[!is.na(mgus$stratum) & mgus$time > mgus$entry, ]
awkward <- data.frame(entry = c(0, 0, 1, 0, 1, 2, 0, 3, 0, 2, 1, 0, 5, 0, 0, 3),
                      time = c(1, 1, 2, 2, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8, 9, 9),
                      event = c(1, 2, 0, 1, 2, 1, 0, 2, 1, 1, 0, 2, 0, 1, 2, 0), a = c(1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 1, 0),
                      b = c(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3), stratum = rep(1:2, 8), site = rep(1:5, length.out = 16),
                      weight = rep(c(1, 0.25, 2), length.out = 16))
sets <- list(mgus = mgus, awkward = awkward)

models <- c("plain", "breslow", "entry", "strata", "strata+pooled", "cluster", "weights", "entry+strata", "entry+weights",
            "strata+weights", "entry+strata+cluster+weights", "entry+strata+cluster+weights+breslow")
fits <- coefficients <- predicted <- NULL
for (set in names(sets)) {
  write_rows(paste0("subdistribution_", set, ".csv"), sets[[set]])
  covariates <- if (set == "mgus") c("age", "male") else c("a", "b")
  for (name in models) for (cause in 1:2) {
    # Here a covariate separates, and there is no model.
    if (set == "awkward" && cause == 2 && grepl("entry[+]strata", name)) next
    asked <- strsplit(name, "[+]")[[1]]
    has <- function(what) what %in% asked
    d <- sets[[set]]
    d$id <- seq_len(nrow(d))
    d$state <- factor(d$event, 0:2)
    d$w <- if (has("weights")) d$weight else 1
    surv <- if (has("entry")) "Surv(entry, time, state)" else "Surv(time, state)"
    # Stratum by stratum: with strata in its formula, finegray (3.5-3) gives the rows of the second and later strata the weights of
    # other rows (user.weights[split$row] counts within the stratum).
    expanded <- function(d) finegray(as.formula(paste0(surv, " ~ age_or_a + male_or_b + stratum + site + id + w")), weights = w, id = id,
                                     data = d, etype = cause)
    d <- transform(d, age_or_a = d[[covariates[1]]], male_or_b = d[[covariates[2]]])
    parts <- if (has("strata") && !has("pooled")) split(d, d$stratum) else list(d)
    rows <- do.call(rbind, lapply(parts, expanded))
    form <- paste0("Surv(fgstart, fgstop, fgstatus) ~ age_or_a + male_or_b", if (has("strata")) " + strata(stratum)")
    rows$of <- if (has("cluster")) rows$site else rows$id
    ties <- if (has("breslow")) "breslow" else "efron"
    fit <- coxph(as.formula(form), data = rows, weights = fgwt, cluster = of, ties = ties, control = coxph.control(timefix = FALSE))
    coefficients <- rbind(coefficients, data.frame(set = set, model = name, cause = cause, name = covariates, coef = unname(coef(fit)),
      std_err = sqrt(diag(vcov(fit))), model_std_err = sqrt(diag(fit$naive.var))))
    fits <- rbind(fits, data.frame(set = set, model = name, cause = cause, loglik_null = fit$loglik[1], loglik = fit$loglik[2],
      score = fit$score, wald = fit$wald.test))
    at <- data.frame(age_or_a = if (set == "mgus") 60 else 1, male_or_b = if (set == "mgus") 1 else 4, stratum = 1:2)
    curves <- summary(survfit(fit, newdata = if (has("strata")) at else at[1, ], conf.type = "log-log"),
                      times = if (set == "mgus") c(24, 120, 240) else c(2, 5, 9), extend = TRUE)
    stratum <- if (is.null(curves$strata)) rep(1, length(curves$time)) else as.integer(curves$strata)
    predicted <- rbind(predicted, data.frame(set = set, model = name, cause = cause, stratum = stratum, time = curves$time,
      estimate = 1 - curves$surv, std_err = curves$std.err, lower = 1 - curves$upper, upper = 1 - curves$lower))
  }
}
write_rows("subdistribution_coefficients.csv", coefficients)
write_rows("subdistribution_fits.csv", fits)
write_rows("subdistribution_predicted.csv", predicted)

# Gray's test of each pair of groups, with the rows of the two alone.
p <- pbc[!is.na(pbc$stage), ]
stages <- data.frame(time = p$time, event = p$status, group = p$stage, stratum = ifelse(p$sex == "f", 1, 2))
write_rows("gray_pairs_pbc.csv", stages)
pairs <- NULL
for (stratified in c(0, 1)) for (cause in 1:2) {
  found <- NULL
  for (first in 1:3) for (second in (first + 1):4) {
    d <- stages[stages$group %in% c(first, second), ]
    strata <- if (stratified) d$stratum else rep(1, nrow(d))
    test <- cuminc(d$time, d$event, d$group, strata)$Tests[as.character(cause), ]
    found <- rbind(found, data.frame(stratified = stratified, cause = cause, first = first, second = second, chi2 = test[["stat"]],
                                     p = test[["pv"]]))
  }
  pairs <- rbind(pairs, transform(found, holm = p.adjust(p, "holm"), bonferroni = p.adjust(p, "bonferroni")))
}
write_rows("gray_pairs.csv", pairs)

# Differences of incidences between two stages: survfit's infinitesimal jackknife, and cuminc's variance.
differences <- NULL
of <- survfit(Surv(time, factor(event, 0:2)) ~ group, data = stages)
gray <- cuminc(stages$time, stages$event, stages$group)
for (second in 2:4) for (cause in 1:2) for (time in c(1000, 3000)) {
  s <- summary(of[c(1, second), ], times = time)
  found <- c(s$pstate[, 1 + cause], s$std.err[, 1 + cause])
  estimate <- found[2] - found[1]
  points <- timepoints(gray, time)
  aalen <- sqrt(sum(points$var[paste(c(1, second), cause), 1]))
  # Without an event in one of the groups there is no variance of the difference.
  std_err <- if (min(found[1:2]) > 0) sqrt(found[3]^2 + found[4]^2) else NA
  if (is.na(std_err)) aalen <- NA
  differences <- rbind(differences, data.frame(first = second, second = 1, cause = cause, time = time, estimate = estimate,
    std_err = std_err, lower = estimate - qnorm(0.975) * std_err, upper = estimate + qnorm(0.975) * std_err,
    p = 2 * pnorm(-abs(estimate / std_err)), aalen_std_err = aalen))
}
write_rows("incidence_differences.csv", differences)
