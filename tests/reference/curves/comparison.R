# Expected values of comparisons of two curves: at a fixed time on five scales (Klein and others 2007), and of the
# restricted means. From survfit's estimates. Writes comparison_expected.csv. Run from the top of the repository, after
# inputs.R: Rscript tests/reference/curves/comparison.R
library(survival)

folder <- "tests/reference/curves"
path <- file.path(folder, "comparison_expected.csv")
cat(sprintf("# %s, survival %s\n", R.version.string, packageVersion("survival")), file = path)
cat("case,quantity,first,second,x,a,b,c\n", file = path, append = TRUE)
put <- function(...) {
  values <- lapply(list(...), function(x) if (is.numeric(x)) sprintf("%.17g", x) else x)
  cat(do.call(paste, c(values, sep = ",")), file = path, sep = "\n", append = TRUE)
}
scales <- list(
  `log-log` = list(function(s) log(-log(s)), function(s) 1 / (s * log(s))),
  log = list(log, function(s) 1 / s),
  plain = list(identity, function(s) 1),
  logit = list(qlogis, function(s) 1 / (s * (1 - s))),
  arcsin = list(function(s) asin(sqrt(s)), function(s) 1 / (2 * sqrt(s * (1 - s)))))

for (case in c("aml", "lung", "veteran", "mgus_age")) {
  data <- read.csv(file.path(folder, paste0(case, ".csv")), comment.char = "#")
  if (is.null(data$weight)) data$weight <- 1
  groups <- as.character(sort(unique(data$group), method = "radix"))[1:2]
  fits <- lapply(groups, function(g) {
    part <- data[as.character(data$group) == g, ]
    formula <- if ("entry" %in% names(data)) Surv(entry, time, event) ~ 1 else Surv(time, event) ~ 1
    survfit(formula, part, weights = part$weight, influence = any(part$weight != floor(part$weight)))
  })
  for (x in quantile(data$time, c(0.3, 0.6))) {
    at <- lapply(fits, function(fit) summary(fit, times = x, extend = TRUE))
    if (any(sapply(at, function(a) a$surv %in% c(0, 1)))) next
    for (name in names(scales)) {
      f <- scales[[name]]
      gap <- f[[1]](at[[1]]$surv) - f[[1]](at[[2]]$surv)
      variance <- sum(sapply(at, function(a) (f[[2]](a$surv) * a$std.err)^2))
      put(case, name, groups[1], groups[2], x, gap^2 / variance, pchisq(gap^2 / variance, 1, lower.tail = FALSE), "")
    }
    means <- lapply(fits, function(fit) survival:::survmean(survival:::survfit0(fit), rmean = x)$matrix)
    difference <- means[[1]]["rmean"] - means[[2]]["rmean"]
    # survmean() of survival 3.5 has Greenwood's error also where the variance is robust.
    errors <- mapply(function(fit, mean) {
      if (is.null(fit$influence.surv)) return(mean["se(rmean)"])
      steps <- which(fit$time <= x)
      sqrt(sum((fit$influence.surv[, steps, drop = FALSE] %*% diff(c(fit$time[steps], x)))^2))
    }, fits, means)
    error <- sqrt(sum(errors^2))
    put(case, "rmst", groups[1], groups[2], x, difference, error, 2 * pnorm(-abs(difference / error)))
  }
}
