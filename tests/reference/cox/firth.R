# Reference values for Firth's penalised likelihood, by its definition: l(b) + log(det I(b)) / 2, with l and I from
# survival::coxph at fixed b, climbed by optim and profiled by uniroot. Run in this directory: Rscript firth.R
library(survival)
options(digits = 17)

penalised <- function(b, y, x, ties) {
  fit <- tryCatch(coxph(y ~ x, init = b, ties = ties, control = coxph.control(iter.max = 0)), error = function(e) NULL)
  if (is.null(fit)) return(-1e10)
  fit$loglik[2] + 0.5 * as.numeric(determinant(solve(fit$var))$modulus)
}
climb <- function(f, start) {
  if (length(start) == 0) return(list(par = numeric(), value = f(numeric())))
  if (length(start) == 1) {
    best <- optimize(f, start + c(-6, 6), maximum = TRUE, tol = 1e-12)
    return(list(par = best$maximum, value = best$objective))
  }
  best <- list(par = start)
  for (round in 1:6) best <- optim(best$par, function(b) -f(b), method = if (round %% 2) "Nelder-Mead" else "BFGS", control = list(reltol = 1e-16, maxit = 5000))
  list(par = best$par, value = -best$value)
}
reference <- function(y, x, ties) {
  x <- as.matrix(x)
  p <- ncol(x)
  f <- function(b) penalised(b, y, x, ties)
  top <- climb(f, rep(0, p))
  fit <- coxph(y ~ x, init = top$par, ties = ties, control = coxph.control(iter.max = 0))
  profile <- function(j, value) climb(function(others) f(append(others, value, j - 1)), top$par[-j])$value
  one <- function(j) {
    depth <- function(value) profile(j, value) - top$value + qchisq(0.95, 1) / 2
    s <- sqrt(diag(fit$var))[j]
    lower <- uniroot(depth, top$par[j] - c(12, 0) * s, tol = 1e-11)$root
    upper <- uniroot(depth, top$par[j] + c(0, 12) * s, tol = 1e-11)$root
    c(coef = top$par[j], std_err = s, lower = exp(lower), upper = exp(upper), chi2 = 2 * (top$value - profile(j, 0)))
  }
  list(loglik = c(f(rep(0, p)), top$value), table = sapply(seq_len(p), one))
}

tied <- read.csv("tied.csv"); gap <- read.csv("gap.csv"); ovarian <- read.csv("ovarian.csv")
separated <- data.frame(time = c(1, 2, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10), status = c(1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0),
                        g = c(1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0), z = c(0.3, -1, 2, 0.1, 1, 0, -0.4, 0.7, 1.1, -0.2, 0, 0.5))
write.csv(separated, "separated.csv", row.names = FALSE, quote = FALSE)
rows <- list()
keep <- function(data, time, covariates, event = "status", entry = NA, ties) {
  frame <- get(data)
  y <- if (is.na(entry)) Surv(frame[[time]], frame[[event]]) else Surv(frame[[entry]], frame[[time]], frame[[event]])
  found <- reference(y, frame[, covariates, drop = FALSE], ties)
  for (j in seq_along(covariates)) rows[[length(rows) + 1]] <<- data.frame(data, time, event, entry = ifelse(is.na(entry), "", entry), ties, covariates = paste(covariates, collapse = " "),
    covariate = covariates[j], t(sprintf("%.17g", c(found$loglik, found$table[, j]))))
}
for (ties in c("efron", "breslow")) {
  keep("separated", "time", "g", ties = ties)
  keep("separated", "time", c("g", "z"), ties = ties)
  keep("tied", "time", c("x", "z"), ties = ties)
  keep("gap", "time", "x", entry = "entry", ties = ties)
  keep("ovarian", "futime", c("age", "rx"), event = "fustat", ties = ties)
}
table <- do.call(rbind, rows)
names(table)[8:14] <- c("loglik_null", "loglik", "coef", "std_err", "lower", "upper", "chi2")
cat(sprintf("# %s, survival %s\n", R.version.string, packageVersion("survival")), file = "firth.made_with.txt")
write.csv(table, "firth.csv", row.names = FALSE, quote = FALSE)
