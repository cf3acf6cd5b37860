# Firth's profile limits in tiny random samples, by brute force: l*(b) = l(b) + log(det I(b)) / 2 from its definition, each
# risk set's rows at their distance from the mean, measured from the row that carries most, and the determinant from a QR
# decomposition, so that far coefficients lose no digits; profiles by optim from several starts along the way out, limits
# by uniroot. "Inf" where the profile stays above the goal however far the coefficient goes. Writes firth_limits.csv (a
# data set and its covariates a line). Run in this directory: Rscript firth_limits.R
library(survival)
set.seed(20261129)

risk_sets <- function(d) {
  sets <- list()
  for (t in sort(unique(d$t[d$e == 1]))) {
    at_risk <- which(d$t >= t)
    tied <- d$t[at_risk] == t & d$e[at_risk] == 1
    for (k in seq_len(sum(tied)) - 1) {
      sets[[length(sets) + 1]] <- list(rows = at_risk, tied = tied, left = d$w[at_risk] * ifelse(tied, 1 - k / sum(tied), 1),
        share = d$w[at_risk][tied] / sum(tied), weight = mean(d$w[at_risk][tied]))
    }
  }
  sets
}
star <- function(b, x, sets, gradient = FALSE) {
  eta <- drop(x %*% b)
  loglik <- 0
  score <- 0 * b
  all <- distances <- NULL
  for (s in sets) {
    h <- eta[s$rows] - max(eta[s$rows])
    r <- s$left * exp(h)
    share <- r / sum(r)
    from <- x[s$rows[which.max(r)], ]
    away <- sweep(x[s$rows, , drop = FALSE], 2, from)
    away <- sweep(away, 2, colSums(share * away))
    loglik <- loglik + sum(s$share * h[s$tied]) - s$weight * log(sum(r))
    score <- score + colSums(s$share * away[s$tied, , drop = FALSE])
    all <- rbind(all, sqrt(s$weight * share) * away)
    distances <- rbind(distances, away)
  }
  by_size <- order(-rowSums(abs(all)))
  q <- qr(all[by_size, , drop = FALSE], LAPACK = TRUE)
  value <- loglik + sum(log(abs(diag(qr.R(q)))))
  if (!gradient) return(if (is.finite(value)) value else -1e10)
  score + colSums(rowSums(qr.Q(q)^2) * distances[by_size, , drop = FALSE]) / 2
}
climb <- function(x, sets, fixed, value, starts) {
  p <- ncol(x)
  free <- setdiff(seq_len(p), fixed)
  whole <- function(b) { all <- numeric(p); all[fixed] <- value; all[free] <- b; all }
  if (length(free) == 0) return(list(b = value, value = star(value, x, sets)))
  best <- list(value = -Inf)
  for (start in starts) {
    for (again in 1:2) {
      found <- tryCatch(optim(start[free], function(b) -star(whole(b), x, sets), function(b) -star(whole(b), x, sets, TRUE)[free],
        method = "BFGS", control = list(reltol = 1e-16, maxit = 500)), error = function(e) NULL)
      if (is.null(found)) break
      start[free] <- found$par
    }
    if (!is.null(found) && -found$value > best$value) best <- list(b = whole(found$par), value = -found$value)
  }
  best
}
reference <- function(d, covariates) {
  x <- scale(as.matrix(d[covariates]))
  unit <- attr(x, "scaled:scale")
  sets <- risk_sets(d)
  p <- ncol(x)
  starts <- c(list(numeric(p)), lapply(1:4, function(i) rnorm(p, 0, 3)))
  top <- climb(x, sets, integer(), numeric(), starts)
  # Off the top by rounding: a gradient that is not small is no top.
  stopifnot(max(abs(star(top$b, x, sets, TRUE))) < 1e-4)
  depth <- qchisq(0.95, 1) / 2
  end <- function(j, sign) {
    near <- top
    before <- top$b[j]
    for (step in 0.25 * 1.3^(0:26)) {
      far <- top$b[j] + sign * step
      here <- climb(x, sets, j, far, list(near$b, near$b * far / before, numeric(p)))
      if (here$value < top$value - depth) {
        profile <- function(value) climb(x, sets, j, value, list(near$b, here$b, (near$b + here$b) / 2))$value - top$value + depth
        return(uniroot(profile, sort(c(before, far)), tol = 1e-12)$root / unit[j])
      }
      near <- here
      before <- far
    }
    sign * Inf
  }
  at_zero <- function(j) climb(x, sets, j, 0, c(list(top$b), starts))$value
  t(sapply(seq_len(p), function(j) c(coef = top$b[j] / unit[[j]], chi2 = max(0, 2 * (top$value - at_zero(j))), lower = end(j, -1), upper = end(j, 1))))
}
# The gradient against differences.
near <- function(a, b) stopifnot(isTRUE(all.equal(unname(a), unname(b), tolerance = 1e-5)))
draw <- function(n, p) {
  x <- list(rbinom(n, 1, 0.5), round(rnorm(n), 2), rbinom(n, 1, 0.4))[seq_len(p)]
  names(x) <- paste0("x", seq_len(p))
  data.frame(t = sample(1:12, n, TRUE), e = rbinom(n, 1, 0.6), w = sample(c(0.5, 1, 2), n, TRUE), x)
}
cat(sprintf("# %s, survival %s\n", R.version.string, packageVersion("survival")), "time,event,weight,covariates,coef,chi2,lower,upper\n",
  file = "firth_limits.csv", sep = "")
kept <- 0
while (kept < 30) {
  p <- sample(1:3, 1, prob = c(0.2, 0.45, 0.35))
  d <- draw(sample(5:11, 1), p)
  if (kept %% 2) d$w <- 1
  covariates <- paste0("x", seq_len(p))
  sets <- if (sum(d$e) > 0) risk_sets(d) else NULL
  if (length(sets) < 2) next
  x <- scale(as.matrix(d[covariates]))
  if (any(!is.finite(x))) next
  value <- tryCatch(star(numeric(p), x, sets), error = function(e) -1e10)
  # Covariates that depend on each other have no fit.
  if (value < -25) next
  if (kept < 5) near(star(rep(0.3, p), x, sets, TRUE), sapply(seq_len(p), function(j) {
    h <- replace(numeric(p), j, 1e-5)
    (star(rep(0.3, p) + h, x, sets) - star(rep(0.3, p) - h, x, sets)) / 2e-5
  }))
  found <- tryCatch(reference(d, covariates), error = function(e) { message(conditionMessage(e)); NULL })
  if (is.null(found)) next
  kept <- kept + 1
  number <- function(v) paste(ifelse(is.finite(v), sprintf("%.15g", v), ifelse(v > 0, "Inf", "-Inf")), collapse = " ")
  cat(paste(c(number(d$t), number(d$e), number(d$w), paste(sapply(d[covariates], number), collapse = ";"),
    apply(found, 2, number)), collapse = ","), "\n", file = "firth_limits.csv", append = TRUE, sep = "")
}
