
# ---- The fraction cured: the plateau, and a mixture cure model by optim() and Newton's steps -----------------------------

curing <- d[, c("time", "status", "group")]
curing$time[curing$time <= 0] <- 0.5 / 365.25
curing$group <- relevel(droplevels(curing$group), group_reference)
for (g in levels(curing$group)) {
  one <- curing[curing$group == g, ]
  if (!any(one$status == 1)) next
  last_event <- max(one$time[one$status == 1])
  from <- 2 * last_event - max(one$time)
  late <- if (from < last_event) sum(one$status == 1 & one$time > from) else 0
  tell("plateau_alpha", g, NA, (1 - late / nrow(one))^nrow(one))
  tell("plateau_censored_beyond", g, NA, sum(one$time > last_event))
}
if (cure_is_told) {
  z <- model.matrix(~ group, if (nlevels(curing$group) > 1) curing else transform(curing, group = 1))
  if (nlevels(curing$group) == 1) z <- z[, 1, drop = FALSE]
  latency <- if (cure_times == "by-group") z else z[, 1, drop = FALSE]
  p <- ncol(z)
  q <- ncol(latency)
  log_density <- switch(cure_distribution, lognormal = function(u) dnorm(u, log = TRUE), loglogistic = function(u) dlogis(u, log = TRUE),
    function(u) u - exp(u))
  log_survival <- switch(cure_distribution, lognormal = function(u) pnorm(u, lower.tail = FALSE, log.p = TRUE),
    loglogistic = function(u) plogis(u, lower.tail = FALSE, log.p = TRUE), function(u) -exp(u))
  loglik <- function(b) {
    s <- if (cure_distribution == "exponential") 0 else b[p + q + 1]
    eta <- drop(z %*% b[1:p])
    u <- (log(curing$time) - drop(latency %*% b[p + 1:q])) / exp(s)
    sum(ifelse(curing$status == 1, plogis(eta, log.p = TRUE) + log_density(u) - s - log(curing$time),
               log(plogis(eta, lower.tail = FALSE) + plogis(eta) * exp(log_survival(u)))))
  }
  # First and second derivatives by deriv() in the linear predictor, the standardised log time and the log scale.
  density <- switch(cure_distribution, lognormal = "-u^2/2 - log(2*pi)/2", loglogistic = "u - 2*log(1 + exp(u))", "u - exp(u)")
  alive <- switch(cure_distribution, lognormal = "pnorm(-u)", loglogistic = "1/(1 + exp(u))", "exp(-exp(u))")
  of_rows <- lapply(c(paste0("log(1/(1 + exp(-eta))) + ", density, " - s"), paste0("log(1/(1 + exp(eta)) + 1/(1 + exp(-eta))*", alive, ")")),
    function(text) deriv3(parse(text = text), c("eta", "u", "s"), function(eta, u, s) NULL))
  derivatives <- function(b) {
    s <- if (cure_distribution == "exponential") 0 else b[p + q + 1]
    gradient <- rep(0, p + q + 1)
    hessian <- matrix(0, p + q + 1, p + q + 1)
    for (k in 1:2) {
      rows <- which(curing$status == 2 - k)
      own_x <- latency[rows, , drop = FALSE] * exp(-s)
      u <- (log(curing$time[rows]) - drop(latency[rows, , drop = FALSE] %*% b[p + 1:q])) * exp(-s)
      found <- of_rows[[k]](drop(z[rows, , drop = FALSE] %*% b[1:p]), u, rep(s, length(rows)))
      d1 <- attr(found, "gradient")
      d2 <- attr(found, "hessian")
      # Slopes of the linear predictor, of u and of s in the parameters.
      jacobian <- list(cbind(z[rows, , drop = FALSE], matrix(0, length(rows), q + 1)), cbind(matrix(0, length(rows), p), -own_x, -u),
        cbind(matrix(0, length(rows), p + q), 1))
      for (i in 1:3) {
        gradient <- gradient + colSums(d1[, i] * jacobian[[i]])
        for (j in 1:3) hessian <- hessian + crossprod(jacobian[[i]], d2[, i, j] * jacobian[[j]])
      }
      last <- p + q + 1
      for (j in 1:q) {
        curved <- sum(d1[, 2] * own_x[, j])
        hessian[p + j, last] <- hessian[p + j, last] + curved
        hessian[last, p + j] <- hessian[last, p + j] + curved
      }
      hessian[last, last] <- hessian[last, last] + sum(d1[, 2] * u)
    }
    own <- if (cure_distribution == "exponential") 1:(p + q) else 1:(p + q + 1)
    list(gradient = gradient[own], information = -hessian[own, own])
  }
  start <- c(rep(0, p), mean(log(curing$time[curing$status == 1])), rep(0, q - 1), if (cure_distribution != "exponential") 0)
  negative <- function(b) { value <- loglik(b); if (is.finite(value)) -value else 1e10 }
  best <- list(value = Inf)
  for (first in c(0, 2)) {
    tried <- list(par = replace(start, 1, first))
    for (i in 1:6) tried <- optim(tried$par, negative, method = if (i %% 2 == 1) "BFGS" else "Nelder-Mead", control = list(maxit = 5000, reltol = 1e-14))
    if (tried$value < best$value) best <- tried
  }
  b <- best$par
  for (i in 1:8) {
    at_b <- derivatives(b)
    b <- b + solve(at_b$information, at_b$gradient)
  }
  variance <- solve(derivatives(b)$information)
  tell("cure_loglik", "", NA, loglik(b))
  scale <- if (cure_distribution == "exponential") 1 else exp(b[p + q + 1])
  half <- switch(cure_distribution, lognormal = 0, loglogistic = 0, log(log(2)))
  for (k in seq_along(levels(curing$group))) {
    own <- as.numeric(seq_len(p) == 1 | seq_len(p) == k)
    eta <- sum(own * b[1:p])
    reach <- conf_z * sqrt(drop(own %*% variance[1:p, 1:p] %*% own))
    g <- levels(curing$group)[k]
    tell("cured", g, NA, plogis(-eta))
    tell("cured_lower", g, NA, plogis(-eta - reach))
    tell("cured_upper", g, NA, plogis(-eta + reach))
    location <- b[p + 1] + (if (q > 1 && k > 1) b[p + k] else 0)
    tell("cure_median_time", g, NA, exp(location + scale * half))
    if (k > 1) tell("not_cured_odds_ratio", g, NA, exp(b[k]))
  }
}
