# Curves of known patients, as a figure shows them, and what R computes of those patients.
# Rscript tests/reference/digitised/digitised.R, in the folder of the project
suppressPackageStartupMessages({library(survival); library(cmprsk)})
folder <- "tests/reference/digitised"
versions <- sprintf("# %s, survival %s, cmprsk %s", R.version.string, packageVersion("survival"), packageVersion("cmprsk"))
points <- at_risk <- expected <- NULL

# The corners of a step function: (t, height before), (t, height after), to the last time.
corners <- function(case, group, shows, time, height, start, end) {
  before <- c(start, head(height, -1))
  steps <- height != before
  rows <- rbind(c(0, start), do.call(rbind, Map(function(t, a, b) rbind(c(t, a), c(t, b)), time[steps], before[steps], height[steps])),
                c(end, tail(c(start, height), 1)))
  points <<- rbind(points, data.frame(case, group, shows, time = rows[, 1], height = rows[, 2]))
}
risk <- function(case, group, time, at) {
  at_risk <<- rbind(at_risk, data.frame(case, group, time = at, n = sapply(at, function(t) sum(time >= t))))
}
expect <- function(case, name, value) expected <<- rbind(expected, data.frame(case, name, value))
interval <- function(fit, row = 1) exp(coef(fit)[row] + c(0, -1, 1) * qnorm(0.975) * sqrt(diag(as.matrix(vcov(fit))))[row])

# Survival of several groups.
survival <- function(case, data, at) {
  for (group in levels(data$group)) {
    own <- data[data$group == group, ]
    fit <- survfit(Surv(time, event) ~ 1, own)
    corners(case, group, "survival", fit$time, fit$surv, 1, max(own$time))
    risk(case, group, own$time, at)
    expect(case, paste0("events:", group), sum(own$event))
    expect(case, paste0("median:", group), unname(quantile(fit, 0.5)$quantile))
  }
  test <- survdiff(Surv(time, event) ~ group, data)
  expect(case, "chi2", test$chisq)
  expect(case, "p", pchisq(test$chisq, nlevels(data$group) - 1, lower.tail = FALSE))
  fit <- coxph(Surv(time, event) ~ group, data, control = coxph.control(eps = 1e-11, toler.chol = 1e-13))
  for (row in seq_along(coef(fit))) {
    group <- levels(data$group)[row + 1]
    values <- interval(fit, row)
    for (k in 1:3) expect(case, paste0(c("hr", "lower", "upper")[k], ":", group), values[k])
  }
}

# Cumulative incidence of two groups: cause 1 of interest, 2 competing.
incidence <- function(case, data, at) {
  found <- cuminc(data$time, data$cause, data$group)
  for (group in levels(data$group)) {
    own <- data[data$group == group, ]
    end <- max(own$time)
    for (cause in 1:2) {
      curve <- summary(survfit(Surv(time, factor(cause, 0:2)) ~ 1, own), times = sort(unique(own$time)))
      corners(case, group, c("event", "competing")[cause], curve$time, curve$pstate[, cause + 1], 0, end)
      expect(case, paste0(c("events:", "competing:")[cause], group), sum(own$cause == cause))
    }
    risk(case, group, own$time, at)
  }
  expect(case, "chi2", found$Tests[1, "stat"])
  expect(case, "p", found$Tests[1, "pv"])
  second <- levels(data$group)[2]
  fit <- coxph(Surv(time, cause == 1) ~ group, data, control = coxph.control(eps = 1e-11, toler.chol = 1e-13))
  model <- crr(data$time, data$cause, as.numeric(data$group == second), maxiter = 100)
  for (k in 1:3) {
    name <- c("hr", "lower", "upper")[k]
    expect(case, paste0(name, ":", second), interval(fit)[k])
    expect(case, paste0("sub-", name, ":", second), exp(model$coef + c(0, -1, 1)[k] * qnorm(0.975) * sqrt(model$var[1, 1])))
  }
}

# Nobody is censored before the end of the study: the patients come back exactly.
set.seed(20120209)
closed <- function(n, rates) {
  data <- data.frame(group = factor(rep(names(rates), n), names(rates)), time = ceiling(100 * rexp(sum(n), rep(rates, n))) / 100)
  transform(data, event = as.integer(time < 6), time = pmin(time, 6))
}
survival("closed-two", closed(c(45, 38), c(standard = 0.18, high = 0.42)), 0:5)
survival("closed-three", closed(c(30, 41, 25), c(a = 0.1, b = 0.3, c = 0.35)), c(0, 2, 4))
data <- closed(c(60, 52), c(standard = 0.2, high = 0.5))
data$cause <- ifelse(data$event == 0, 0, 1 + (runif(nrow(data)) < 0.3))
incidence("closed-causes", data, 0:5)

# Censored in between: what R has of the patients, to which the reconstruction comes near.
censored <- veteran
censored <- data.frame(time = veteran$time, event = veteran$status, group = factor(veteran$trt, labels = c("standard", "test")))
survival("veteran", censored, seq(0, 500, 100))
liver <- subset(pbc, !is.na(trt))
liver <- data.frame(time = liver$time, cause = c(0, 2, 1)[liver$status + 1], group = factor(liver$edema > 0, labels = c("none", "edema")))
incidence("liver", liver, seq(0, 4000, 500))

digits <- function(data) transform(data, value = sprintf("%.17g", value))
write <- function(data, name) {
  file <- file.path(folder, name)
  writeLines(versions, file)
  suppressWarnings(write.table(data, file, sep = ",", quote = FALSE, row.names = FALSE, append = TRUE))
}
points$height <- sprintf("%.10g", points$height)
write(points, "points.csv")
write(at_risk, "at_risk.csv")
write(digits(expected), "expected.csv")
