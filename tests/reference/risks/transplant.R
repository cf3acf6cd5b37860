# Transplant as a time-dependent event: the Stanford heart transplant patients (survival::jasa).
# Mantel and Byar's test as the score test of coxph(ties = "exact"), Simon and Makuch's curves as survfit with delayed
# entry, the landmark analysis as survdiff. Run from the top of the repository: Rscript tests/reference/risks/transplant.R
library(survival)
here <- "tests/reference/risks/"
header <- sprintf("# %s, survival %s", R.version.string, packageVersion("survival"))
write_rows <- function(name, rows) {
  path <- paste0(here, name)
  cat(header, "\n", paste(names(rows), collapse = ","), "\n", sep = "", file = path)
  cells <- lapply(rows, function(x) if (is.numeric(x)) ifelse(is.na(x), "", sprintf("%.17g", x)) else as.character(x))
  cat(paste0(do.call(paste, c(cells, sep = ",")), "\n"), sep = "", file = path, append = TRUE)
}

d <- data.frame(id = seq_len(nrow(jasa)), time = pmax(0.5, jasa$futime), event = jasa$fustat,
                transplant = ifelse(jasa$transplant == 1, jasa$wait.time, NA))
write_rows("transplant.csv", d[, -1])
base <- tmerge(d, d, id = id, death = event(time, event))
long <- tmerge(base, d, id = id, transplanted = tdc(transplant))
write_rows("transplant_rows.csv", data.frame(patient = long$id - 1, entry = long$tstart, time = long$tstop,
  event = long$death, transplanted = long$transplanted))

tests <- NULL
fit <- coxph(Surv(tstart, tstop, death) ~ transplanted, data = long, ties = "exact")
expected <- 0
for (t in unique(long$tstop[long$death == 1])) {
  at_risk <- long$tstart < t & long$tstop >= t
  expected <- expected + sum(long$death[long$tstop == t]) * mean(long$transplanted[at_risk])
}
tests <- rbind(tests, data.frame(landmark = NA, observed = sum(long$death[long$transplanted == 1]),
  expected = expected, chi2 = fit$score, p = pchisq(fit$score, 1, lower.tail = FALSE)))
for (landmark in c(30, 90)) {
  s <- d[d$time > landmark, ]
  s$transplanted <- !is.na(s$transplant) & s$transplant <= landmark
  test <- survdiff(Surv(time - landmark, event) ~ transplanted, data = s)
  tests <- rbind(tests, data.frame(landmark = landmark, observed = test$obs[2], expected = test$exp[2],
    chi2 = test$chisq, p = pchisq(test$chisq, 1, lower.tail = FALSE)))
}
write_rows("transplant_tests.csv", tests)

cox <- coxph(Surv(tstart, tstop, death) ~ transplanted, data = long)
write_rows("transplant_cox.csv", data.frame(coef = coef(cox), std_err = sqrt(cox$var[1, 1]), score = cox$score))

curves <- NULL
for (from in c(0, 30)) {
  s <- long[long$tstop > from, ]
  s$tstart <- pmax(s$tstart, from)
  for (state in 0:1) {
    fit <- survfit(Surv(tstart, tstop, death) ~ 1, data = s[s$transplanted == state, ])
    curves <- rbind(curves, data.frame(from = from, transplanted = state, time = fit$time, at_risk = fit$n.risk,
                                       survival = fit$surv, std_err = fit$surv * fit$std.err))
  }
}
write_rows("transplant_curves.csv", curves[seq(1, nrow(curves), by = 3), ])
