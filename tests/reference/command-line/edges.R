# What the command line reads at the edges: labels of numbers in several spellings, names and values with commas, two
# columns of strata whose names run together, scores of a trend, intervals of a parametric model. Writes edges.csv (the
# rows) and edges_expected.csv. Run from the top of the repository:
#   Rscript tests/reference/command-line/edges.R
library(survival)

folder <- "tests/reference/command-line"
set.seed(20261129)
n <- 90
rows <- data.frame(
  time = round(rexp(n, 0.05) + 0.01, 2),
  event = sample(c("relapse, CNS", "relapse", "none"), n, TRUE, c(0.3, 0.4, 0.3)),
  risk = rep(c("low", "medium", "high"), each = 30),
  dose = rep(c(1, 2, 10), each = 30),
  spelt = c("1", "1.0", "01", "2", "+2", "2.00", "10", "1e1", "10.")[rep(1:9, each = 10)],
  site = sample(c("A, B", "A"), n, TRUE),
  age = sample(30:360, n, TRUE)
)
rows$time <- round(rows$time / c(1, 1.6, 2.4)[match(rows$risk, c("low", "medium", "high"))] + 0.01, 2)
rows$unit <- ifelse(rows$site == "A", "B, C", "C")
rows$unit[sample(n, 20)] <- "D"
write <- rows
names(write)[names(write) == "age"] <- "age, days"
write.csv(write, file.path(folder, "edges.csv"), row.names = FALSE, quote = TRUE)

path <- file.path(folder, "edges_expected.csv")
cat(sprintf("# %s, survival %s\n", R.version.string, packageVersion("survival")), file = path)
cat("name,value\n", file = path, append = TRUE)
put <- function(name, value) cat(sprintf("%s,%.17g\n", name, value), file = path, append = TRUE)

any_relapse <- Surv(rows$time, rows$event != "none")
cns <- Surv(rows$time, rows$event == "relapse, CNS")
put("cns_events", sum(rows$event == "relapse, CNS"))
put("cns_survival_at_10", summary(survfit(cns ~ 1), times = 10)$surv)

trend <- function(score) {
  group <- factor(rows$risk, c("low", "medium", "high"))
  test <- survdiff(any_relapse ~ group)
  sum(score * (test$obs - test$exp))^2 / drop(t(score) %*% test$var %*% score)
}
put("trend_levels", trend(1:3))
put("trend_doses", trend(c(1, 2, 10)))

crossed <- paste(rows$site, rows$unit, sep = " | ")
put("strata_chi2", survdiff(any_relapse ~ risk + strata(crossed), rows)$chisq)
put("strata_loglik", coxph(any_relapse ~ age + strata(crossed), rows)$loglik[2])

spelt <- survfit(any_relapse ~ as.numeric(spelt), rows)
put("spelt_groups", length(spelt$n))
put("spelt_first_n", spelt$n[1])

weibull <- survreg(any_relapse ~ age, rows, dist = "weibull")
limits <- confint(weibull, level = 0.9)
put("weibull_age_lower", limits["age", 1])
put("weibull_age_upper", limits["age", 2])
z <- qnorm(0.95) * sqrt(weibull$var[3, 3])
put("weibull_log_scale_lower", log(weibull$scale) - z)
put("weibull_log_scale_upper", log(weibull$scale) + z)
