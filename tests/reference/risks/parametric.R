# Accelerated-failure-time models: survival::survreg with a tight tolerance.
# Run from the top of the repository: Rscript tests/reference/risks/parametric.R
library(survival)
options(warn = 2)
here <- "tests/reference/risks/"
header <- sprintf("# %s, survival %s", R.version.string, packageVersion("survival"))
write_rows <- function(name, rows) {
  path <- paste0(here, name)
  cat(header, "\n", paste(names(rows), collapse = ","), "\n", sep = "", file = path)
  cells <- lapply(rows, function(x) if (is.numeric(x)) ifelse(is.na(x), "", sprintf("%.17g", x)) else as.character(x))
  cat(paste0(do.call(paste, c(cells, sep = ",")), "\n"), sep = "", file = path, append = TRUE)
}

l <- na.omit(lung[, c("time", "status", "age", "sex", "ph.ecog")])
o <- ovarian
v <- veteran
sets <- list(
  lung = data.frame(time = l$time, event = l$status - 1, age = l$age, female = l$sex - 1, ecog = l$ph.ecog),
  ovarian = data.frame(time = o$futime, event = o$fustat, age = o$age, rx = o$rx),
  veteran = data.frame(time = v$time, event = v$status, trt = v$trt, karno = v$karno,
                       weight = 0.5 + (seq_len(nrow(v)) %% 4) / 2),
  awkward = data.frame(time = c(0.05, 5, 5, 5, 60, 3, 2), event = c(1, 1, 0, 1, 0, 1, 0))
)
fits <- coefficients <- NULL
for (name in names(sets)) {
  d <- sets[[name]]
  write_rows(paste0("parametric_", name, ".csv"), d)
  covariates <- setdiff(names(d), c("time", "event", "weight"))
  w <- if (is.null(d$weight)) rep(1, nrow(d)) else d$weight
  d$w <- w
  form <- reformulate(if (length(covariates)) covariates else "1", quote(Surv(time, event)))
  for (dist in c("exponential", "weibull", "lognormal", "loglogistic")) {
    fit <- survreg(form, data = d, dist = dist, weights = w,
                   control = survreg.control(rel.tolerance = 1e-15, maxiter = 200, toler.chol = 1e-14))
    scale <- if (dist == "exponential") NULL else log(fit$scale)
    k <- length(fit$coef) + length(scale)
    coefficients <- rbind(coefficients, data.frame(set = name, dist = dist, name = c(names(fit$coef), if (k > length(fit$coef)) "log_scale"),
      coef = c(fit$coef, scale), std_err = sqrt(diag(fit$var))))
    fits <- rbind(fits, data.frame(set = name, dist = dist, loglik_null = fit$loglik[1], loglik = fit$loglik[2],
      scale = fit$scale, aic = 2 * k - 2 * fit$loglik[2], bic = log(nrow(d)) * k - 2 * fit$loglik[2]))
  }
}
write_rows("parametric_coefficients.csv", coefficients)
write_rows("parametric_fits.csv", fits)
