# Expected values of pooling by metafor: fixed effect, DerSimonian-Laird and REML, with normal and Hartung-Knapp tests,
# Q-profile intervals of tau2, prediction intervals on k - 2 degrees of freedom, leave-one-out. Writes inputs.csv and
# expected.csv. Run from the top of the repository:
#   Rscript tests/reference/pooling/pooling.R
suppressMessages(library(metafor))

folder <- "tests/reference/pooling"
head_line <- sprintf("# %s, metafor %s", R.version.string, packageVersion("metafor"))
digits <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))

log_log <- function(percent, se) {
  p <- percent / 100
  list(yi = log(-log(p)), vi = (se / 100 / (p * log(p)))^2)
}
infants <- log_log(c(33.6, 36.9, 36.4, 66.2, 43.2, 34.0), c(5.3, 3.1, 2.3, 5.6, 6.3, 7.5))
bcg <- escalc(measure = "RR", ai = c(4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27),
  bi = c(119, 300, 228, 13536, 5036, 1361, 2537, 87886, 7470, 1699, 50448, 2493, 16886),
  ci = c(11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29),
  di = c(128, 274, 209, 12619, 5761, 1079, 619, 87892, 7232, 1600, 27197, 2338, 17825))
cases <- list(
  infants = infants,
  bcg = list(yi = as.numeric(bcg$yi), vi = as.numeric(bcg$vi)),
  three = list(yi = c(0.1, 0.5, 0.9), vi = c(0.04, 0.09, 0.02)),
  alike = list(yi = c(0.30, 0.31, 0.29, 0.30), vi = c(0.05, 0.02, 0.03, 0.08)),
  apart = list(yi = c(-3, -1, 0, 2, 5), vi = c(0.01, 0.02, 0.015, 0.03, 0.01)),
  uneven = list(yi = c(0.2, 0.25, 1.4, -0.6), vi = c(1e-4, 2, 0.5, 0.9)),
  large = list(yi = 1e3 * c(1.1, 1.5, 0.9, 1.3, 0.7), vi = 1e6 * c(0.04, 0.09, 0.02, 0.01, 0.05))
)

inputs <- file.path(folder, "inputs.csv")
cat(head_line, "case,estimate,variance", file = inputs, sep = "\n")
for (name in names(cases)) {
  cat(paste(name, digits(cases[[name]]$yi), digits(cases[[name]]$vi), sep = ","), file = inputs, sep = "\n", append = TRUE)
}

expected <- file.path(folder, "expected.csv")
cat(head_line, "case,method,test,quantity,value", file = expected, sep = "\n")
put <- function(case, method, test, ...) {
  values <- c(...)
  cat(paste(case, method, test, names(values), digits(values), sep = ","), file = expected, sep = "\n", append = TRUE)
}
# REML by Fisher scoring ends early at metafor's default threshold; the estimate is polished to the root of its score.
reml_tau2 <- function(yi, vi, start) {
  score <- function(t2) {
    w <- 1 / (vi + t2)
    mu <- sum(w * yi) / sum(w)
    sum(w^2 * (yi - mu)^2) - (sum(w) - sum(w^2) / sum(w))
  }
  if (score(0) <= 0) return(0)
  uniroot(score, c(start / 2, start * 2), tol = 1e-17 * (1 + start), maxiter = 10000)$root
}
fit <- function(yi, vi, method, test) {
  if (method == "REML") {
    first <- rma(yi, vi, method = "REML", control = list(threshold = 1e-10, maxiter = 10000))
    exact <- reml_tau2(yi, vi, max(first$tau2, 1e-12))
    stopifnot(abs(exact - first$tau2) < 1e-6 * (1 + first$tau2))
    res <- rma(yi, vi, tau2 = exact, test = test)
    res$method <- "REML"
    return(res)
  }
  rma(yi, vi, method = method, test = test)
}
for (name in names(cases)) {
  yi <- cases[[name]]$yi
  vi <- cases[[name]]$vi
  k <- length(yi)
  for (method in c("FE", "DL", "REML")) {
    for (test in if (method == "FE") "z" else c("z", "knha")) {
      res <- fit(yi, vi, method, test)
      put(name, method, test, estimate = as.numeric(res$beta), std_err = res$se, statistic = res$zval, p = res$pval,
        lower = res$ci.lb, upper = res$ci.ub, tau2 = res$tau2, q = res$QE, q_p = res$QEp, i2 = res$I2, h2 = res$H2)
      weights <- as.numeric(weights(res))
      names(weights) <- paste0("weight", seq_along(weights))
      put(name, method, test, weights)
      if (method != "FE") {
        reach <- qt(0.975, k - 2) * sqrt(res$se^2 + res$tau2)
        put(name, method, test, prediction_lower = as.numeric(res$beta) - reach, prediction_upper = as.numeric(res$beta) + reach)
      }
      if (k > 3) {
        left <- sapply(seq_len(k), function(i) as.numeric(fit(yi[-i], vi[-i], method, test)$beta))
        names(left) <- paste0("without", seq_along(left))
        put(name, method, test, left)
      }
    }
  }
  interval <- confint(rma(yi, vi, method = "DL"), control = list(tol = 1e-14, tau2.max = 1e9))$random["tau^2", ]
  put(name, "profile", "", tau2_lower = interval[["ci.lb"]], tau2_upper = interval[["ci.ub"]])
}
