
# ---- Parametric models (accelerated failure time) -----------------------------------------------------------------------
# survreg() gives the start. With delayed entry, which it does not take, the likelihood is that of the time given survival to
# entry; Newton's steps end at its maximum.

time_errors <- list(
  weibull = list(density = function(z) list(z - exp(z), 1 - exp(z), -exp(z)), survival = function(z) list(-exp(z), -exp(z), -exp(z))),
  lognormal = list(density = function(z) list(dnorm(z, log = TRUE), -z, 0 * z - 1), survival = function(z) {
    h <- exp(dnorm(z, log = TRUE) - pnorm(z, lower.tail = FALSE, log.p = TRUE))
    list(pnorm(z, lower.tail = FALSE, log.p = TRUE), -h, -h * (h - z))
  }),
  loglogistic = list(density = function(z) list(dlogis(z, log = TRUE), 1 - 2 * plogis(z), -2 * dlogis(z)),
    survival = function(z) list(plogis(z, lower.tail = FALSE, log.p = TRUE), -plogis(z), -dlogis(z))))
time_errors$exponential <- time_errors$weibull
time_likelihood <- function(par, x, one, dist) {
  fixed <- dist == "exponential"
  k <- ncol(x)
  sigma <- if (fixed) 1 else exp(par[k + 1])
  centre <- as.vector(x %*% par[1:k])
  w <- if (is.null(one$case_weight)) rep(1, nrow(one)) else one$case_weight
  sums <- list(value = 0, gradient = 0 * par, hessian = matrix(0, length(par), length(par)))
  add <- function(sums, z, parts, w) {
    slopes <- cbind(-x / sigma, if (!fixed) -z)
    hessian <- t(slopes) %*% (w * parts[[3]] * slopes)
    if (!fixed) {
      cross <- colSums(w * parts[[2]] * x / sigma)
      hessian[1:k, k + 1] <- hessian[1:k, k + 1] + cross
      hessian[k + 1, 1:k] <- hessian[k + 1, 1:k] + cross
      hessian[k + 1, k + 1] <- hessian[k + 1, k + 1] + sum(w * parts[[2]] * z)
    }
    list(value = sums$value + sum(w * parts[[1]]), gradient = sums$gradient + colSums(w * parts[[2]] * slopes),
         hessian = sums$hessian + hessian)
  }
  z <- (log(one$time) - centre) / sigma
  dead <- one$status == 1
  of <- time_errors[[dist]]
  sums <- add(sums, z, Map(function(f, s) ifelse(dead, f, s), of$density(z), of$survival(z)), w)
  sums$value <- sums$value - sum((w * (log(sigma) + log(one$time)))[dead])
  if (!fixed) sums$gradient[k + 1] <- sums$gradient[k + 1] - sum(w[dead])
  if (is.null(one$entry) || !any(one$entry > 0)) return(sums)
  late <- one$entry > 0
  before <- ifelse(late, (log(ifelse(late, one$entry, 1)) - centre) / sigma, 0)
  add(sums, before, lapply(of$survival(before), function(part) ifelse(late, part, 0)), -w)
}
# The model of these terms; `of` names the columns behind the intercept.
times_model <- function(terms, of, one, dist) {
  x <- model.matrix(if (length(terms) > 0) reformulate(terms) else ~ 1, one)
  varies <- apply(x, 2, function(values) any(values != values[1])) | colnames(x) == "(Intercept)"
  x <- x[, varies, drop = FALSE]
  w <- if (is.null(one$case_weight)) rep(1, nrow(one)) else one$case_weight
  start <- suppressWarnings(survreg(Surv(one$time, one$status) ~ x - 1, weights = w, dist = dist))
  par <- unname(c(coef(start), if (dist != "exponential") log(start$scale)))
  target <- function(par) -time_likelihood(par, x, one, dist)$value
  slope <- function(par) -time_likelihood(par, x, one, dist)$gradient
  if (!is.null(one$entry)) par <- optim(par, target, slope, method = "BFGS", control = list(maxit = 1000, reltol = 1e-14))$par
  for (step in 1:100) {
    at <- time_likelihood(par, x, one, dist)
    move <- solve(-at$hessian, at$gradient)
    while (-target(par + move) < at$value - 1e-6) move <- move / 2
    par <- par + move
    if (max(abs(move)) < 1e-12) break
  }
  at <- time_likelihood(par, x, one, dist)
  list(par = par, var = solve(-at$hessian), loglik = at$value, n = nrow(one), of = of[varies[-1]], dist = dist,
       sigma = if (dist == "exponential") 1 else exp(par[length(par)]))
}
tell_times <- function(prefix, fit) {
  k <- length(fit$of)
  fixed <- fit$dist == "exponential"
  tell(paste0(prefix, "_coef"), "(Intercept)", NA, fit$par[1])
  if (!fixed) tell(paste0(prefix, "_coef"), "log_scale", NA, fit$par[length(fit$par)])
  ratio <- function(quantity, of, log, std_err) {
    tell(paste0(prefix, quantity), of, NA, exp(log))
    tell(paste0(prefix, quantity, "_lower"), of, NA, exp(log - conf_z * std_err))
    tell(paste0(prefix, quantity, "_upper"), of, NA, exp(log + conf_z * std_err))
  }
  for (j in seq_len(k)) {
    b <- fit$par[j + 1]
    std_err <- sqrt(fit$var[j + 1, j + 1])
    ratio("_time_ratio", fit$of[j], b, std_err)
    tell(paste0(prefix, "_wald_p"), fit$of[j], NA, 2 * pnorm(-abs(b / std_err)))
    if (!fit$dist %in% c("exponential", "weibull")) next
    slopes <- replace(0 * fit$par, j + 1, -1 / fit$sigma)
    if (!fixed) slopes[length(slopes)] <- b / fit$sigma
    ratio("_hazard_ratio", fit$of[j], -b / fit$sigma, sqrt(drop(slopes %*% fit$var %*% slopes)))
  }
}
tell_distributions <- function(terms, of, one) {
  for (dist in distributions) {
    fit <- times_model(terms, of, one, dist)
    tell("parametric_loglik", dist, NA, fit$loglik)
    tell("parametric_aic", dist, NA, 2 * length(fit$par) - 2 * fit$loglik)
    tell("parametric_bic", dist, NA, log(fit$n) * length(fit$par) - 2 * fit$loglik)
  }
}
