
# ---- Cox's regression, each variable by itself (Efron's ties); no ratio where it would not be finite ------------------

for (covariate in covariates) {
  x <- if (is.null(covariate$names)) known(covariate$id)[d$row]
       else factor(levels_of(covariate)[d$row], covariate$names)
  if (!is.null(covariate$scale)) x <- covariate$scale(x)
  keep <- !is.na(x)
  one <- droplevels(data.frame(d[keep, c("time", "status")], x = x[keep]))
  fit <- cox(Surv(time, status) ~ x, one)
  rows_of <- summary(fit)$coefficients
  ends <- summary(fit)$conf.int
  of <- paste0(covariate$name, if (is.factor(one$x)) paste0("=", levels(one$x)[-1]) else "")
  finite <- of %in% covariate$finite
  tell("hazard_ratio", of[finite], NA, ends[finite, 1])
  tell("hazard_ratio_lower", of[finite], NA, ends[finite, 3])
  tell("hazard_ratio_upper", of[finite], NA, ends[finite, 4])
  tell("wald_p", of[finite], NA, rows_of[finite, 5])
}
