
# ---- The rank test of choice by its definition, the test for trend, pairs of groups (Holm) ------------------------------

rank_test_of <- function(rows) {
  groups <- levels(rows$group)
  k <- length(groups)
  observed <- expected <- numeric(k)
  variance <- matrix(0, k, k)
  survival <- peto <- 1
  for (t in sort(unique(rows$time[rows$status == 1]))) {
    at_risk <- rows$time >= t
    n <- sum(at_risk)
    by_group <- as.numeric(table(rows$group[at_risk]))
    dead <- as.numeric(table(rows$group[rows$time == t & rows$status == 1]))
    d <- sum(dead)
    peto <- peto * (1 - d / (n + 1))
    weight <- switch(rank_weight, "log-rank" = 1, gehan = n, "tarone-ware" = sqrt(n), peto = peto,
      "fh-1-0" = survival, "fh-0-1" = 1 - survival)
    survival <- survival * (1 - d / n)
    observed <- observed + weight * dead
    expected <- expected + weight * d * by_group / n
    if (n > 1) variance <- variance + weight^2 * d * (n - d) / (n - 1) * (diag(by_group / n, k) - outer(by_group / n, by_group / n))
  }
  difference <- observed - expected
  # A group that nobody of is at risk at any event adds no degree of freedom.
  kept <- which(expected > 0)[-1]
  chi2 <- drop(difference[kept] %*% solve(variance[kept, kept, drop = FALSE], difference[kept]))
  scores <- seq_len(k) - mean(seq_len(k))
  list(chi2 = chi2, df = length(kept), trend = sum(scores * difference)^2 / drop(scores %*% variance %*% scores))
}
upper <- function(chi2, df) pchisq(chi2, df, lower.tail = FALSE)
found <- rank_test_of(d)
tell("rank_test_chi2", rank_weight, NA, found$chi2)
tell("rank_test_df", rank_weight, NA, found$df)
tell("rank_test_p", rank_weight, NA, upper(found$chi2, found$df))
if (trend_is_told) {
  tell("trend_chi2", rank_weight, NA, found$trend)
  tell("trend_p", rank_weight, NA, upper(found$trend, 1))
}
if (length(rank_pairs) > 0) {
  of_pairs <- lapply(rank_pairs, function(pair) rank_test_of(droplevels(d[d$group %in% pair, ])))
  pair_p <- vapply(of_pairs, function(found) upper(found$chi2, 1), 0)
  of <- vapply(rank_pairs, paste, "", collapse = " | ")
  tell("rank_pair_chi2", of, NA, vapply(of_pairs, `[[`, 0, "chi2"))
  tell("rank_pair_p", of, NA, pair_p)
  tell("rank_pair_p_holm", of, NA, p.adjust(pair_p, "holm"))
}
