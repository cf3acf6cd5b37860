# Computes the combination of a pooled analysis again, from the plan and the summaries of one round whose sums are not masked.
# Base R and jsonlite.
#   Rscript combine.R PLAN.json SUMMARY.json SUMMARY.json ...
library(jsonlite)
options(digits = 10)

files <- commandArgs(TRUE)
plan <- fromJSON(files[1], simplifyVector = FALSE)
sums <- lapply(files[-1], fromJSON, simplifyVector = FALSE)
stopifnot(length(sums) > 0, all(sapply(sums, function(s) s$plan_sha256 == plan$sha256)))
if (plan$design$sharing == "masked") stop("masked sums cannot be added here: each number has 128 bits")
order <- match(sapply(sums, `[[`, "site"), unlist(plan$design$sites))
sums <- sums[order(order)]
numbers <- function(x) vapply(x, as.numeric, 0)
symmetric <- function(lower, size) {
  m <- matrix(0, size, size)
  m[upper.tri(m, TRUE)] <- numbers(lower)
  m[lower.tri(m)] <- t(m)[lower.tri(m)]
  m
}
added <- function(parts, pick) Reduce(`+`, lapply(parts, pick))
chi_square <- function(u, v) {
  keep <- diag(v) > 1e-11 * max(diag(v), 0)
  stat <- drop(u[keep] %*% solve(v[keep, keep, drop = FALSE], u[keep]))
  c(chi2 = stat, df = sum(keep), p = pchisq(stat, sum(keep), lower.tail = FALSE))
}

with_cox <- Filter(function(s) !is.null(s$cox), sums)
if (length(with_cox) > 0) {
  beta <- numbers(plan$beta)
  p <- length(beta)
  u <- added(with_cox, function(s) numbers(s$cox$score))
  i <- added(with_cox, function(s) symmetric(s$cox$information_lower, p))
  step <- solve(i, u)
  range <- unlist(lapply(plan$design$covariates, function(x) {
    if (x$form %in% c("identity", "log10")) (x$hi - x$lo) / abs(x$scale) else if (x$form == "level") rep(1, length(x$levels)) else 1
  }))
  length_of_step <- sum(range * abs(step))
  estimate <- beta + step * min(1, 3 / length_of_step)
  cat("Cox's model, round", plan$round, "of the sites", sapply(with_cox, `[[`, "site"), "\n")
  print(cbind(coef = estimate, hr = exp(estimate), se = sqrt(diag(solve(i)))))
  cat("Newton decrement", sqrt(sum(u * step)), "\n")
  q <- 0
  df <- -p
  for (s in with_cox) {
    own <- eigen(symmetric(s$cox$information_lower, p), symmetric = TRUE)
    keep <- own$values > 1e-8 * max(own$values, 1e-300)
    moved <- numbers(s$cox$score) - symmetric(s$cox$information_lower, p) %*% (estimate - beta)
    q <- q + sum((t(own$vectors[, keep, drop = FALSE]) %*% moved)^2 / own$values[keep])
    df <- df + sum(keep)
  }
  if (df > 0) cat("heterogeneity Q", q, "on", df, "p", pchisq(q, df, lower.tail = FALSE), "\n")
}

# Groups that a site took together are together at all sites: for each group of the plan the first one of its kind.
together <- function(sites) {
  levels <- unlist(plan$design$groups$levels)
  root <- seq_along(levels)
  for (s in sites) for (list in s$merged[[plan$design$groups$field]]) {
    own <- root[match(unlist(list), levels)]
    root[root %in% own] <- min(own)
  }
  root
}
# Observed less expected events and their covariance are 0 over all groups; so the last group's follow from the others.
with_last <- function(k) rbind(diag(1, k), rep(-1, k))
with_test <- Filter(function(s) !is.null(s$logrank), sums)
if (length(with_test) > 0) {
  coarse <- together(sums)
  sum_of <- function(s) {
    fine <- together(list(s))
    to <- coarse[unique(sort(fine))]
    outer(unique(sort(coarse)), to, `==`) %*% with_last(length(to) - 1)
  }
  groups <- length(unique(coarse)) - 1
  of_all <- seq_len(groups)
  cat("Log-rank test, stratified by site\n")
  print(chi_square(added(with_test, function(s) drop(sum_of(s) %*% numbers(s$logrank$difference))[of_all]),
                   added(with_test, function(s) {
                     a <- sum_of(s)
                     (a %*% symmetric(s$logrank$covariance_lower, ncol(a)) %*% t(a))[of_all, of_all, drop = FALSE]
                   })))
}
with_gray <- Filter(function(s) !is.null(s$gray), sums)
for (cause in seq_along(if (length(with_gray) > 0) plan$design$endpoint$causes)) {
  k <- length(plan$design$groups$levels) - 1
  v <- added(with_gray, function(s) symmetric(s$gray[[cause]]$variance_lower, k))
  if (max(diag(v)) <= 0) next
  cat("Gray's test of", plan$design$endpoint$causes[[cause]], "stratified by site\n")
  print(chi_square(added(with_gray, function(s) numbers(s$gray[[cause]]$score)), v))
}

with_grid <- Filter(function(s) !is.null(s$grid), sums)
ends <- if (length(with_grid) > 0) Reduce(intersect, lapply(with_grid, function(s) numbers(s$grid$boundaries)))
if (length(ends) > 0) {
  in_cells <- function(s, counts) {
    cell <- findInterval(numbers(s$grid$boundaries), ends, left.open = TRUE) + 1
    vapply(seq_along(ends), function(j) sum(counts[cell == j]), 0)
  }
  of_groups <- function(s, pick) added(s$grid$groups, function(group) in_cells(s, pick(group)))
  d <- added(with_grid, function(s) of_groups(s, function(g) Reduce(`+`, lapply(g$events, numbers))))
  left <- added(with_grid, function(s) of_groups(s, function(g) numbers(g$left)))
  n <- sum(vapply(with_grid, function(s) sum(vapply(s$grid$groups, function(g) as.numeric(g$n), 0)), 0))
  at_risk <- n - c(0, cumsum(d + left))[seq_along(d)]
  whole_days <- plan$design$time_unit == "day" && ends[1] == 0 && all(diff(ends) == 1)
  exposed <- if (whole_days) at_risk else at_risk - left / 2
  survival <- cumprod(ifelse(d > 0, 1 - d / exposed, 1))
  cat("Survival of all patients\n")
  print(data.frame(time = ends, at_risk = at_risk - d - left, survival = survival))
}
