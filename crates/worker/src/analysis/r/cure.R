
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
  # Derivatives by central differences of two widths, extrapolated.
  slopes <- function(f, b, h) sapply(seq_along(b), function(k) {
    by <- function(h) { e <- replace(0 * b, k, h); (f(b + e) - f(b - e)) / (2 * h) }
    (4 * by(h / 2) - by(h)) / 3
  })
  gradient <- function(b) slopes(loglik, b, 1e-3)
  start <- c(rep(0, p), mean(log(curing$time[curing$status == 1])), rep(0, q - 1), if (cure_distribution != "exponential") 0)
  negative <- function(b) { value <- loglik(b); if (is.finite(value)) -value else 1e10 }
  best <- list(value = Inf)
  for (first in c(0, 2)) {
    tried <- list(par = replace(start, 1, first))
    for (i in 1:6) tried <- optim(tried$par, negative, method = if (i %% 2 == 1) "BFGS" else "Nelder-Mead", control = list(maxit = 5000, reltol = 1e-14))
    if (tried$value < best$value) best <- tried
  }
  b <- best$par
  for (i in 1:6) {
    information <- -slopes(gradient, b, 1e-3)
    b <- b + solve((information + t(information)) / 2, gradient(b))
  }
  variance <- solve(-slopes(gradient, b, 1e-3))
  tell("cure_loglik", "", NA, loglik(b))
  scale <- if (cure_distribution == "exponential") 1 else exp(b[p + q + 1])
  half <- switch(cure_distribution, lognormal = 0, loglogistic = 0, log(log(2)))
  for (k in seq_along(levels(curing$group))) {
    own <- as.numeric(seq_len(p) == 1 | seq_len(p) == k)
    eta <- sum(own * b[1:p])
    reach <- qnorm(0.975) * sqrt(drop(own %*% variance[1:p, 1:p] %*% own))
    g <- levels(curing$group)[k]
    tell("cured", g, NA, plogis(-eta))
    tell("cured_lower", g, NA, plogis(-eta - reach))
    tell("cured_upper", g, NA, plogis(-eta + reach))
    location <- b[p + 1] + (if (q > 1 && k > 1) b[p + k] else 0)
    tell("cure_median_time", g, NA, exp(location + scale * half))
    if (k > 1) tell("not_cured_odds_ratio", g, NA, exp(b[k]))
  }
}
