
# ---- One variable as a restricted cubic spline (Harrell), with the other variables of the model -------------------------

rcs <- function(x, knots) {
  k <- length(knots)
  cube <- function(t) pmax(x - t, 0)^3
  curved <- sapply(seq_len(k - 2), function(j) {
    (cube(knots[j]) - cube(knots[k - 1]) * (knots[k] - knots[j]) / (knots[k] - knots[k - 1]) +
       cube(knots[k]) * (knots[k - 1] - knots[j]) / (knots[k] - knots[k - 1])) / (knots[k] - knots[1])^2
  })
  cbind(x, matrix(curved, length(x)))
}
splined <- d[, own_columns]
splined$x <- covariate_of(spline)
for (k in spline$others) splined[[paste0("x", k)]] <- covariate_of(model[[k]])
if (length(strata_of) > 0) splined$stratum <- own_strata()
splined <- droplevels(splined[usable & complete.cases(splined), ])
shares <- list("3" = c(0.1, 0.5, 0.9), "4" = c(0.05, 0.35, 0.65, 0.95), "5" = c(0.05, 0.275, 0.5, 0.725, 0.95))
knots <- quantile(splined$x, shares[[as.character(spline$knots)]], names = FALSE)
tell("spline_knot", spline$name, seq_along(knots), spline$back(knots))
splined$basis <- rcs(splined$x, knots)
pairs <- vapply(spline$interactions, function(pair) paste0("x", pair, collapse = ":"), "")
fit <- cox(c("basis", if (length(spline$kept) > 0) paste0("x", spline$kept), pairs,
             if (length(strata_of) > 0) "strata(stratum)"), splined)
own <- seq_along(knots[-1])
tell_wald("spline_wald", spline$name, fit, own)
tell_wald("spline_wald", paste0(spline$name, ", not linear"), fit, own[-1])
reference <- if (is.null(spline$reference)) median(splined$x) else spline$reference
for (value in unique(quantile(splined$x, c(0.1, 0.25, 0.5, 0.75, 0.9), names = FALSE))) {
  weights <- c(rcs(value, knots) - rcs(reference, knots), rep(0, length(coef(fit)) - length(own)))
  if (value != reference) tell_sum("spline_hazard_ratio", "spline_hazard_wald_p", spline$name, spline$back(value), fit, weights)
}
