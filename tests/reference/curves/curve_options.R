# Expected values of the curves under every scale and several levels of the intervals: values at times, chosen
# quantiles, the cumulative hazard, conditional survival, and the ratio of two restricted means (the formula of
# survRM2::rmst2). Writes curve_options_expected.csv. Run from the top of the repository, after inputs.R:
#   Rscript tests/reference/curves/curve_options.R
library(survival)

folder <- "tests/reference/curves"
path <- file.path(folder, "curve_options_expected.csv")
cat(sprintf("# %s, survival %s\n", R.version.string, packageVersion("survival")), file = path)
cat("case,quantity,scale,level,group,x,a,b,c,d\n", file = path, append = TRUE)
digits <- function(x) {
  if (is.character(x)) return(x)
  ifelse(is.na(x) | is.infinite(x), "", sprintf("%.17g", x))
}
put <- function(...) {
  values <- lapply(list(...), digits)
  while (length(values) < 10) values <- c(values, "")
  cat(do.call(paste, c(values, sep = ",")), file = path, sep = "\n", append = TRUE)
}
probs <- c(0.1, 0.33, 0.5, 0.9)

for (case in c("aml", "veteran", "lung", "mgus_age", "everyone_dies", "no_event_in_a_group", "all_censored")) {
  data <- read.csv(file.path(folder, paste0(case, ".csv")), comment.char = "#")
  if (is.null(data$weight)) data$weight <- 1
  has_entry <- "entry" %in% names(data)
  formula <- if (has_entry) Surv(entry, time, event) ~ 1 else Surv(time, event) ~ 1
  times <- unname(quantile(data$time, c(0.3, 0.6)))
  groups <- as.character(sort(unique(data$group), method = "radix"))
  fits <- list()
  for (group in groups) {
    part <- data[as.character(data$group) == group, ]
    fits[[group]] <- survfit(formula, part, weights = weight, influence = any(part$weight != floor(part$weight)))
    for (scale in c("log-log", "log", "plain", "logit", "arcsin")) {
      for (level in c(0.5, 0.9, 0.99, 0.999)) {
        of <- function(rows, formula, ...) {
          survfit(formula, rows, weights = weight, conf.type = scale, conf.int = level, ...)
        }
        fit <- of(part, formula)
        at <- summary(fit, times = times, extend = TRUE)
        put(case, "at", scale, level, group, times, at$surv, at$std.err, at$lower, at$upper)
        quantiles <- quantile(fit, probs = probs)
        put(case, "quantile", scale, level, group, probs, quantiles$quantile, quantiles$lower, quantiles$upper)
        hazard <- of(part, formula, stype = 2, ctype = 1, robust = FALSE)
        step <- which(hazard$time <= times[2])
        if (length(step) > 0) {
          step <- max(step)
          ends <- -log(c(hazard$upper[step], hazard$lower[step]))
          # An interval that has no end is none.
          if (!all(is.finite(ends))) ends <- c(NA, NA)
          put(case, "hazard", scale, level, group, hazard$time[step], hazard$cumhaz[step], hazard$std.chaz[step], ends[1],
            ends[2])
        }
        # Those who are event-free at the first time, from there on.
        late <- part[part$time > times[1], ]
        if (nrow(late) == 0) next
        late$from <- if (has_entry) pmax(late$entry, times[1]) else times[1]
        conditional <- summary(of(late, Surv(from, time, event) ~ 1), times = times[2], extend = TRUE)
        # Where nobody has had the event since, R has an interval from 1 to 1, and the engine none.
        if (conditional$surv == 1) next
        put(case, "conditional", scale, level, group, times[2], conditional$surv, conditional$std.err, conditional$lower,
          conditional$upper)
      }
    }
  }
  mean_to <- function(fit, tau) {
    mean <- survival:::survmean(survival:::survfit0(fit), rmean = tau)$matrix
    error <- mean["se(rmean)"]
    # survmean() of survival 3.5 has Greenwood's error also where the variance is robust.
    if (!is.null(fit$influence.surv)) {
      steps <- which(fit$time <= tau)
      error <- sqrt(sum((fit$influence.surv[, steps, drop = FALSE] %*% diff(c(fit$time[steps], tau)))^2))
    }
    c(mean["rmean"], error)
  }
  for (other in groups[-1]) {
    for (tau in times) {
      for (level in c(0.9, 0.95)) {
        one <- mean_to(fits[[groups[1]]], tau)
        two <- mean_to(fits[[other]], tau)
        ratio <- log(one[1] / two[1])
        # Without a variance on both sides there is no test.
        error <- if (one[2] > 0 && two[2] > 0) sqrt((one[2] / one[1])^2 + (two[2] / two[1])^2) else NA
        z <- qnorm(1 - (1 - level) / 2)
        put(case, "rmst_ratio", "", level, other, tau, exp(ratio), exp(ratio - z * error), exp(ratio + z * error),
          2 * pnorm(-abs(ratio / error)))
      }
    }
  }
}
