# Expected values of the rank tests. survdiff() gives the log-rank and rho tests (also stratified); the other weights,
# delayed entry and the trend are computed here by their definitions, and that code is first held against survdiff() and
# the score test of coxph(). Writes log_rank_expected.csv. Run from the top of the repository, after inputs.R:
#   Rscript tests/reference/curves/log_rank.R
library(survival)

folder <- "tests/reference/curves"
path <- file.path(folder, "log_rank_expected.csv")
cat(sprintf("# %s, survival %s\n", R.version.string, packageVersion("survival")), file = path)
cat("case,quantity,weight,stratified,group,a,b,c\n", file = path, append = TRUE)
digits <- function(x) ifelse(is.na(x) | is.infinite(x), "", sprintf("%.17g", x))
put <- function(case, quantity, weight, stratified, group, a, b, c = NA) {
  cat(paste(case, quantity, weight, stratified, group, digits(a), digits(b), digits(c), sep = ","),
    file = path, sep = "\n", append = TRUE)
}

by_definition <- function(entry, time, event, group, stratum, weight) {
  names <- levels(group)
  k <- length(names)
  O <- E <- numeric(k)
  V <- matrix(0, k, k)
  for (s in unique(stratum)) {
    here <- stratum == s
    survival <- 1
    peto <- 1
    for (t in sort(unique(time[here & event == 1]))) {
      risk <- here & entry < t & time >= t
      dies <- here & time == t & event == 1
      n <- sum(risk)
      d <- sum(dies)
      ng <- as.numeric(table(group[risk]))
      dg <- as.numeric(table(group[dies]))
      peto <- peto * (1 - d / (n + 1))
      w <- switch(weight$kind, logrank = 1, gehan = n, `tarone-ware` = sqrt(n), peto = peto,
        fh = survival^weight$rho * (1 - survival)^weight$gamma)
      survival <- survival * (1 - d / n)
      O <- O + w * dg
      E <- E + w * d * ng / n
      if (n > 1) V <- V + w^2 * d * (n - d) / (n - 1) * (diag(ng / n, k) - outer(ng / n, ng / n))
    }
  }
  keep <- which(E > 0)[-1]
  chi2 <- if (length(keep) && rcond(V[keep, keep, drop = FALSE]) > 1e-12) {
    drop((O - E)[keep] %*% solve(V[keep, keep, drop = FALSE], (O - E)[keep]))
  } else NA
  scores <- seq_len(k)
  variance <- drop(scores %*% V %*% scores)
  trend <- if (variance > 1e-12) sum(scores * (O - E))^2 / variance else NA
  list(O = O, E = E, chi2 = chi2, df = length(keep), trend = trend)
}

near <- function(a, b) stopifnot(isTRUE(all.equal(a, b, tolerance = 1e-9)))
upper <- function(chi2, df) pchisq(chi2, df, lower.tail = FALSE)
weights <- list(
  list(name = "logrank", kind = "logrank"), list(name = "gehan", kind = "gehan"),
  list(name = "tarone-ware", kind = "tarone-ware"), list(name = "peto", kind = "peto"),
  list(name = "fh:1:0", kind = "fh", rho = 1, gamma = 0), list(name = "fh:0.5:0", kind = "fh", rho = 0.5, gamma = 0),
  list(name = "fh:0:1", kind = "fh", rho = 0, gamma = 1), list(name = "fh:1:1", kind = "fh", rho = 1, gamma = 1),
  list(name = "fh:0.5:2", kind = "fh", rho = 0.5, gamma = 2))

cases <- sub("\\.csv$", "", list.files(folder, pattern = "^[a-z_]*\\.csv$"))
cases <- sort(cases[!grepl("expected", cases)], method = "radix")
for (case in cases) {
  data <- read.csv(file.path(folder, paste0(case, ".csv")), comment.char = "#")
  if (is.null(data$group)) next
  data$group <- factor(data$group, levels = sort(unique(data$group), method = "radix"))
  late <- "entry" %in% names(data)
  if (late) {
    data[c("entry", "time")] <- unclass(aeqSurv(Surv(data$entry, data$time, data$event)))[, 1:2]
  } else {
    data$time <- unclass(aeqSurv(Surv(data$time, data$event)))[, 1]
    data$entry <- -1
  }
  for (stratified in c(0, if (is.null(data$stratum)) NULL else 1)) {
    data$s <- if (stratified) data$stratum else 1
    for (scheme in weights) {
      found <- with(data, by_definition(entry, time, event, group, s, scheme))
      if (!late && scheme$kind %in% c("logrank", "fh") && (is.null(scheme$gamma) || scheme$gamma == 0) &&
          !is.na(found$chi2)) {
        rho <- if (is.null(scheme$rho)) 0 else scheme$rho
        test <- if (stratified) survdiff(Surv(time, event) ~ group + strata(s), data, rho = rho)
          else survdiff(Surv(time, event) ~ group, data, rho = rho)
        O <- if (is.matrix(test$obs)) rowSums(test$obs) else test$obs
        E <- if (is.matrix(test$exp)) rowSums(test$exp) else test$exp
        near(unname(O), found$O); near(unname(E), found$E); near(test$chisq, found$chi2)
        found$O <- O; found$E <- E; found$chi2 <- test$chisq
      }
      put(case, "group", scheme$name, stratified, levels(data$group), found$O, found$E)
      put(case, "test", scheme$name, stratified, "", found$chi2, found$df, upper(found$chi2, found$df))
      put(case, "trend", scheme$name, stratified, "", found$trend, 1, upper(found$trend, 1))
    }
    if (nrow(data) <= 9 && nlevels(data$group) == 2 && !stratified) {
      # Every way to choose the first group's rows.
      for (scheme in weights[1:4]) {
        one <- function(rows) {
          drawn <- factor(ifelse(seq_len(nrow(data)) %in% rows, 1, 2), levels = 1:2)
          chi2 <- with(data, by_definition(entry, time, event, drawn, s, scheme)$chi2)
          if (is.na(chi2)) 0 else chi2
        }
        observed <- one(which(as.integer(data$group) == 1))
        all <- combn(nrow(data), sum(as.integer(data$group) == 1), one)
        if (sum(data$event) > 0) {
          put(case, "exact", scheme$name, stratified, "", mean(all >= observed * (1 - 1e-12) - 1e-15), length(all))
        }
      }
    }
    if (!late && nlevels(data$group) > 2 && !stratified) {
      pairs <- combn(levels(data$group), 2)
      p <- apply(pairs, 2, function(two) {
        survdiff(Surv(time, event) ~ group, data[data$group %in% two, ])$pvalue
      })
      put(case, "pair", "logrank", stratified, apply(pairs, 2, paste, collapse = ":"), p, p.adjust(p, "holm"))
    }
  }
}

# The definitions against the score test of coxph where nothing is tied: groups, and the score as a number, also with
# delayed entry.
set.seed(1)
for (late in c(FALSE, TRUE)) {
  n <- 60
  group <- factor(rep(1:3, 20))
  time <- rexp(n, 0.5) + 0.3 * (group == 1) + 0.01
  entry <- if (late) time * runif(n, 0, 0.7) else rep(-1, n)
  event <- rbinom(n, 1, 0.7)
  found <- by_definition(entry, time, event, group, rep(1, n), list(kind = "logrank"))
  y <- if (late) Surv(entry, time, event) else Surv(time, event)
  near(found$chi2, summary(coxph(y ~ group))$sctest[["test"]])
  near(found$trend, summary(coxph(y ~ as.numeric(group)))$sctest[["test"]])
}
