# Parametric models with delayed entry: the log-likelihood of left-truncated times, f(t)/S(entry) or S(t)/S(entry), maximised by
# Newton's method. survreg has no delayed entry. Also time ratios, hazard ratios, predicted survival and quantiles.
# Run from the top of the repository: Rscript tests/reference/risks/truncated.R
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

# log density and log survival of Z, and their first two derivatives.
errors <- list(
  weibull = list(f = function(z) list(z - exp(z), 1 - exp(z), -exp(z)), s = function(z) list(-exp(z), -exp(z), -exp(z))),
  lognormal = list(f = function(z) list(dnorm(z, log = TRUE), -z, -1 + 0 * z), s = function(z) {
    h <- exp(dnorm(z, log = TRUE) - pnorm(z, lower.tail = FALSE, log.p = TRUE))
    list(pnorm(z, lower.tail = FALSE, log.p = TRUE), -h, -h * (h - z))
  }),
  loglogistic = list(f = function(z) list(dlogis(z, log = TRUE), 1 - 2 * plogis(z), -2 * dlogis(z)),
                     s = function(z) list(plogis(z, lower.tail = FALSE, log.p = TRUE), -plogis(z), -dlogis(z))))
errors$exponential <- errors$weibull

# The log-likelihood at c(beta, log sigma) with its gradient and Hessian.
likelihood <- function(par, d, x, dist) {
  fixed <- dist == "exponential"
  k <- ncol(x)
  sigma <- if (fixed) 1 else exp(par[k + 1])
  centre <- as.vector(x %*% par[1:k])
  found <- list(value = 0, gradient = rep(0, length(par)), hessian = matrix(0, length(par), length(par)))
  add <- function(found, z, parts, sign) {
    slopes <- -x / sigma
    if (!fixed) slopes <- cbind(slopes, -z)
    w <- d$weight * sign
    found$value <- found$value + sum(w * parts[[1]])
    found$gradient <- found$gradient + colSums(w * parts[[2]] * slopes)
    hessian <- t(slopes) %*% (w * parts[[3]] * slopes)
    if (!fixed) {
      cross <- colSums(w * parts[[2]] * x / sigma)
      hessian[1:k, k + 1] <- hessian[1:k, k + 1] + cross
      hessian[k + 1, 1:k] <- hessian[k + 1, 1:k] + cross
      hessian[k + 1, k + 1] <- hessian[k + 1, k + 1] + sum(w * parts[[2]] * z)
    }
    found$hessian <- found$hessian + hessian
    found
  }
  z <- (log(d$time) - centre) / sigma
  e <- errors[[dist]]
  dead <- d$event == 1
  parts <- Map(function(f, s) ifelse(dead, f, s), e$f(z), e$s(z))
  found <- add(found, z, parts, 1)
  # The density of the time: f(z)/(sigma t).
  found$value <- found$value - sum((d$weight * (log(sigma) + log(d$time)))[dead])
  if (!fixed) found$gradient[k + 1] <- found$gradient[k + 1] - sum(d$weight[dead])
  late <- d$entry > 0
  before <- (log(pmax(d$entry, 1e-300)) - centre) / sigma
  add(found, ifelse(late, before, 0), lapply(e$s(ifelse(late, before, 0)), function(part) ifelse(late, part, 0)), -1)
}

maximise <- function(d, x, dist) {
  start <- survreg(Surv(time, event) ~ x - 1, data = d, weights = weight, dist = dist)
  par <- c(coef(start), if (dist != "exponential") log(start$scale))
  rough <- optim(par, function(p) -likelihood(p, d, x, dist)$value, function(p) -likelihood(p, d, x, dist)$gradient, method = "BFGS",
                 control = list(maxit = 1000, reltol = 1e-14))
  par <- rough$par
  for (step in 1:50) {
    at <- likelihood(par, d, x, dist)
    move <- solve(-at$hessian, at$gradient)
    par <- par + move
    if (max(abs(move)) < 1e-13) break
  }
  at <- likelihood(par, d, x, dist)
  stopifnot(max(abs(at$gradient)) < 1e-7, all(eigen(-at$hessian)$values > 0))
  list(par = unname(par), var = solve(-at$hessian), loglik = at$value)
}

l <- na.omit(lung[, c("time", "status", "age", "sex")])
l$entry <- ifelse(seq_len(nrow(l)) %% 3 == 0, 0, floor(l$time * (seq_len(nrow(l)) * 7 %% 10) / 15) %% l$time)
v <- veteran
sets <- list(
  lung = data.frame(entry = l$entry, time = l$time, event = l$status - 1, age = l$age, female = l$sex - 1),
  veteran = data.frame(entry = pmin(v$diagtime, v$time - 0.5), time = v$time, event = v$status, trt = v$trt, karno = v$karno,
                       weight = 0.5 + (seq_len(nrow(v)) %% 4) / 2),
  # Nobody enters late: survreg's model.
  plain = data.frame(entry = 0, time = ovarian$futime, event = ovarian$fustat, age = ovarian$age, rx = ovarian$rx),
  alone = data.frame(entry = c(0, 1, 4, 2, 10, 0, 1.5), time = c(0.5, 5, 5, 6, 60, 3, 2), event = c(1, 1, 0, 1, 0, 1, 1)))
fits <- coefficients <- ratios <- predicted <- NULL
for (name in names(sets)) {
  d <- sets[[name]]
  write_rows(paste0("truncated_", name, ".csv"), d)
  covariates <- setdiff(names(d), c("entry", "time", "event", "weight"))
  if (is.null(d$weight)) d$weight <- 1
  x <- cbind(1, as.matrix(d[, covariates, drop = FALSE]))
  for (dist in c("exponential", "weibull", "lognormal", "loglogistic")) {
    fit <- maximise(d, x, dist)
    null <- maximise(d, x[, 1, drop = FALSE], dist)
    if (name == "plain") {
      known <- survreg(Surv(time, event) ~ x - 1, data = d, dist = dist)
      stopifnot(abs(known$loglik[2] - fit$loglik) < 1e-7, max(abs(coef(known) - fit$par[1:ncol(x)])) < 1e-4)
    }
    fixed <- dist == "exponential"
    k <- ncol(x)
    beta <- fit$par[1:k]
    sigma <- if (fixed) 1 else exp(fit$par[k + 1])
    coefficients <- rbind(coefficients, data.frame(set = name, dist = dist, name = c("(Intercept)", covariates, if (!fixed) "log_scale"),
      coef = fit$par, std_err = sqrt(diag(fit$var))))
    size <- length(fit$par)
    fits <- rbind(fits, data.frame(set = name, dist = dist, loglik_null = null$loglik, loglik = fit$loglik, aic = 2 * size - 2 * fit$loglik,
      bic = log(nrow(d)) * size - 2 * fit$loglik))
    z95 <- qnorm(0.975)
    for (j in seq_along(covariates)) {
      b <- beta[j + 1]
      se <- sqrt(fit$var[j + 1, j + 1])
      slopes <- replace(rep(0, size), j + 1, -1 / sigma)
      if (!fixed) slopes[k + 1] <- b / sigma
      log_hazard <- sqrt(drop(slopes %*% fit$var %*% slopes))
      hazard <- if (dist %in% c("exponential", "weibull")) exp(-b / sigma + c(0, -1, 1) * z95 * log_hazard) else rep(NA, 3)
      ratios <- rbind(ratios, data.frame(set = name, dist = dist, name = covariates[j], time_ratio = exp(b),
        time_lower = exp(b - z95 * se), time_upper = exp(b + z95 * se), hazard_ratio = hazard[1], hazard_lower = hazard[2],
        hazard_upper = hazard[3]))
    }
    profile <- x[1, ]
    centre <- sum(profile * beta)
    for (time in quantile(d$time, c(0.2, 0.6), names = FALSE)) {
      z <- (log(time) - centre) / sigma
      slopes <- c(-profile / sigma, if (!fixed) -z)
      se <- sqrt(drop(slopes %*% fit$var %*% slopes))
      s <- function(z) exp(errors[[dist]]$s(z)[[1]])
      predicted <- rbind(predicted, data.frame(set = name, dist = dist, what = "survival", at = time, estimate = s(z),
        std_err = exp(errors[[dist]]$f(z)[[1]]) * se, lower = s(z + z95 * se), upper = s(z - z95 * se)))
    }
    for (p in c(0.25, 0.5)) {
      z <- switch(dist, lognormal = qnorm(p), loglogistic = qlogis(p), log(-log(1 - p)))
      slopes <- c(profile, if (!fixed) sigma * z)
      se <- sqrt(drop(slopes %*% fit$var %*% slopes))
      time <- exp(centre + sigma * z)
      predicted <- rbind(predicted, data.frame(set = name, dist = dist, what = "quantile", at = p, estimate = time, std_err = time * se,
        lower = time * exp(-z95 * se), upper = time * exp(z95 * se)))
      if (name == "plain") {
        known <- predict(survreg(Surv(time, event) ~ age + rx, data = d, dist = dist), d[1, ], type = "quantile", p = p, se.fit = TRUE)
        stopifnot(abs(known$fit / time - 1) < 1e-4, abs(known$se.fit / (time * se) - 1) < 1e-3)
      }
    }
  }
}
write_rows("truncated_coefficients.csv", coefficients)
write_rows("truncated_fits.csv", fits)
write_rows("truncated_ratios.csv", ratios)
write_rows("truncated_predicted.csv", predicted)
