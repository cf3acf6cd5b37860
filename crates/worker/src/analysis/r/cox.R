
# ---- Cox's regression, each variable by itself; no ratio where it would not be finite ----------------------------------

for (covariate in covariates) {
  one <- d[, own_columns]
  one$x <- covariate_of(covariate)
  one <- droplevels(one[usable & !is.na(one$x), ])
  fit <- cox("x", one)
  of <- paste0(covariate$name, if (is.factor(one$x)) paste0("=", levels(one$x)[-1]) else "")
  tell_ratios("hazard_ratio", "wald_p", fit, of, of %in% covariate$finite)
}
