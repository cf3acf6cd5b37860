# 95 % intervals of a survival probability on the log(-log) scale, from the probability and its standard error:
# the formula of survival::survfit(conf.type = "log-log"). Writes tests/reference/log_log_interval.csv.
# Run from the top of the repository: Rscript tests/reference/log_log_interval.R
library(survival)

cases <- data.frame(
  survival  = c(0.432, 0.566, 0.05, 0.944, 0.364, 0.999, 0.5),
  std_err   = c(0.063, 0.068, 0.05, 0.054, 0.023, 0.0005, 0.1)
)
ends <- survival:::survfit_confint(
  p = cases$survival, se = cases$std_err / cases$survival, logse = TRUE,
  conf.type = "log-log", conf.int = 0.95
)
cases$lower <- ends$lower
cases$upper <- ends$upper

path <- "tests/reference/log_log_interval.csv"
cat(sprintf("# %s, survival %s\n", R.version.string, packageVersion("survival")), file = path)
cat("survival,std_err,lower,upper\n", file = path, append = TRUE)
cat(sprintf("%.17g,%.17g,%.17g,%.17g\n", cases$survival, cases$std_err, cases$lower, cases$upper),
    sep = "", file = path, append = TRUE)
