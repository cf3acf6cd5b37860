# Expected values of the curves: steps, intervals, values at times, quantiles, restricted means, hazards, conditional
# survival. Reads the inputs of inputs.R, writes kaplan_meier_expected.csv in the same folder. Variances are those of
# survfit()'s default: robust where a weight has a fraction. Its restricted mean then still has Greenwood's (survival
# 3.5); the robust one is from the influence of each row on the curve. Run from the top of the repository: Rscript tests/reference/curves/kaplan_meier.R
library(survival)

folder <- "tests/reference/curves"
cases <- sub("\\.csv$", "", list.files(folder, pattern = "^[a-z_]*\\.csv$"))
cases <- sort(setdiff(cases, grep("expected", cases, value = TRUE)), method = "radix")
scales <- c("log-log", "log", "plain", "logit", "arcsin")
path <- file.path(folder, "kaplan_meier_expected.csv")
cat(sprintf("# %s, survival %s\n", R.version.string, packageVersion("survival")), file = path)
cat("case,quantity,setting,group,x,a,b,c,d,e\n", file = path, append = TRUE)

digits <- function(x) ifelse(is.na(x) | is.infinite(x), "", sprintf("%.17g", x))
put <- function(case, quantity, setting, group, x, ...) {
  values <- lapply(list(...), digits)
  while (length(values) < 5) values <- c(values, "")
  cat(do.call(paste, c(list(case, quantity, setting, group, digits(x)), values, sep = ",")),
    file = path, sep = "\n", append = TRUE)
}

# The weighted influence of each row on the area under the curve up to tau. survfit() takes influences on S.
robust_mean_error <- function(fit, tau) {
  steps <- which(fit$time <= tau)
  widths <- diff(c(fit$time[steps], tau))
  sqrt(sum((fit$influence.surv[, steps, drop = FALSE] %*% widths)^2))
}

curve_values <- function(case, group, data, formula, fit_of) {
  last <- max(data$time)
  fit <- fit_of("log-log", 0.95)
  fractional <- any(data$weight != floor(data$weight))
  error <- if (fit$logse) fit$std.err * fit$surv else fit$std.err
  detailed <- nrow(data) < 40 || (case == "veteran" && group == "")
  if (detailed || group == "") {
    put(case, "step", "", group, fit$time, fit$n.risk, fit$n.event, fit$n.censor, fit$surv, error)
  }
  for (scale in scales) {
    for (level in if (scale == "plain") c(0.95, 0.8) else 0.95) {
      one <- fit_of(scale, level)
      if (detailed) put(case, "interval", paste0(scale, ":", level), group, one$time, one$lower, one$upper)
      quantiles <- quantile(one, probs = c(0.25, 0.5, 0.75))
      put(case, "quantile", paste0(scale, ":", level), group, c(0.25, 0.5, 0.75),
        quantiles$quantile, quantiles$lower, quantiles$upper)
    }
  }
  times <- sort(unique(c(0.5, fit$time[1], last / 3, last / 2, last, last * 1.5)))
  times <- times[times > 0]
  at <- summary(fit, times = times, extend = TRUE)
  put(case, "at", "", group, at$time, at$n.risk, at$surv, at$std.err, at$lower, at$upper)
  for (tau in c(last / 2, last, 1.25 * last)) {
    if (tau < min(fit$time)) next
    rmean <- survival:::survmean(survival:::survfit0(fit), rmean = tau)$matrix
    put(case, "rmst", "", group, tau, rmean["rmean"],
      if (fractional) robust_mean_error(fit_of("log-log", 0.95, influence = TRUE), tau) else rmean["se(rmean)"])
  }
  for (ties in if (detailed) 1:2) {
    hazard <- fit_of("log-log", 0.95, stype = 2, ctype = ties, robust = FALSE)
    put(case, "hazard", ties, group, hazard$time, hazard$cumhaz, hazard$std.chaz, hazard$surv, hazard$lower, hazard$upper)
  }
  if (!"entry" %in% names(data)) {
    from <- last / 3
    late <- data[data$time > from, ]
    if (nrow(late) > 0) {
      late_fit <- survfit(Surv(time, event) ~ 1, late, weights = late$weight, conf.type = "log-log")
      at <- summary(late_fit, times = last * 2 / 3, extend = TRUE)
      if (at$surv < 1) put(case, "conditional", from, group, at$time, at$surv, at$std.err, at$lower, at$upper)
    }
    reverse <- survfit(Surv(time, 1 - event) ~ 1, data, weights = data$weight, conf.type = "log-log")
    median <- quantile(reverse, probs = c(0.25, 0.5, 0.75))
    put(case, "follow_up", "", group, 0.5, median$quantile[2], median$lower[2], median$upper[2])
  }
}

for (case in cases) {
  data <- read.csv(file.path(folder, paste0(case, ".csv")), comment.char = "#")
  if (is.null(data$weight)) data$weight <- 1
  # Times that differ by noise become one in the whole file, before it is split into groups.
  if ("entry" %in% names(data)) {
    data[c("entry", "time")] <- unclass(aeqSurv(Surv(data$entry, data$time, data$event)))[, 1:2]
  } else {
    data$time <- unclass(aeqSurv(Surv(data$time, data$event)))[, 1]
  }
  formula <- if ("entry" %in% names(data)) Surv(entry, time, event) ~ 1 else Surv(time, event) ~ 1
  groups <- if ("group" %in% names(data)) sort(unique(data$group), method = "radix") else NULL
  for (group in c("", as.character(groups))) {
    rows <- if (group == "") rep(TRUE, nrow(data)) else as.character(data$group) == group
    part <- data[rows, ]
    fit_of <- function(scale, level, ...) {
      survfit(formula, part, weights = part$weight, conf.type = scale, conf.int = level, ...)
    }
    curve_values(case, group, part, formula, fit_of)
  }
}
