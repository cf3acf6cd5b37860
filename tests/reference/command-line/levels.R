# Groups and subsets on the command line: levels chosen, merged and put in order, numbers cut, a reference, a filter.
# Writes levels.csv (the rows) and levels_expected.csv. Run from the top of the repository:
#   Rscript tests/reference/command-line/levels.R
suppressPackageStartupMessages({ library(survival); library(cmprsk) })

folder <- "tests/reference/command-line"
set.seed(20261130)
n <- 160
d <- data.frame(
  kmt2a = sample(c("germline", "rearranged", "ptd", "undetermined", NA), n, TRUE, c(0.3, 0.45, 0.08, 0.07, 0.1)),
  age_days = ifelse(runif(n) < 0.06, NA, sample(c(90, 180, 1:360), n, TRUE)),
  wbc = ifelse(runif(n) < 0.06, NA, round(exp(rnorm(n, 4.5, 1.3)), 1)),
  mrd = sample(c(0, 1e-4, 5e-4, 1e-3, 0.02, NA), n, TRUE),
  "sex, at birth" = sample(c("female", "male"), n, TRUE),
  check.names = FALSE
)
rate <- 0.1 * ifelse(d$kmt2a %in% "rearranged", 2.2, 1) * ifelse(is.na(d$age_days), 1, ifelse(d$age_days < 90, 1.8, 1))
d$time <- round(pmin(rexp(n, rate), runif(n, 2, 9)) + 0.001, 3)
d$cause <- ifelse(runif(n) < 0.35, 0, ifelse(runif(n) < 0.75, 1, 2))
d$event <- as.integer(d$cause > 0)
write.csv(d, file.path(folder, "levels.csv"), row.names = FALSE, quote = TRUE, na = "")

path <- file.path(folder, "levels_expected.csv")
cat(sprintf("# %s, survival %s, cmprsk %s\n", R.version.string, packageVersion("survival"), packageVersion("cmprsk")), file = path)
cat("name,value\n", file = path, append = TRUE)
put <- function(name, value) cat(sprintf("%s,%.17g\n", name, value), file = path, append = TRUE)
log_rank <- function(name, d, group) {
  test <- survdiff(Surv(time, event) ~ factor(group), data = d)
  put(paste0(name, "_n"), sum(test$n)); put(paste0(name, "_chi2"), test$chisq)
  put(paste0(name, "_df"), length(test$n) - 1)
}
at_3 <- function(name, d) put(name, summary(survfit(Surv(time, event) ~ 1, data = d), times = 3)$surv)

# Two of the levels; a merged one; the median.
two <- d[d$kmt2a %in% c("germline", "rearranged"), ]
log_rank("two", two, two$kmt2a)
put("two_left_out", sum(!is.na(d$kmt2a)) - nrow(two)); put("two_excluded", sum(is.na(d$kmt2a)))
merged <- d[!is.na(d$kmt2a) & d$kmt2a != "undetermined", ]
merged$group <- ifelse(merged$kmt2a == "germline", "germline", "KMT2A-r")
log_rank("merged", merged, merged$group)
wbc <- d[!is.na(d$wbc), ]
log_rank("median", wbc, wbc$wbc > median(wbc$wbc))

# A number cut: the value at a limit in the upper group, and in the lower one; the trend over three groups.
age <- d[!is.na(d$age_days), ]
upper <- cut(age$age_days, c(-Inf, 90, 180, Inf), right = FALSE)
lower <- cut(age$age_days, c(-Inf, 90, 180, Inf), right = TRUE)
for (k in 1:3) {
  put(paste0("upper_", k, "_n"), table(upper)[k]); at_3(paste0("upper_", k, "_at_3"), age[upper == levels(upper)[k], ])
  put(paste0("lower_", k, "_n"), table(lower)[k]); at_3(paste0("lower_", k, "_at_3"), age[lower == levels(lower)[k], ])
}
test <- survdiff(Surv(time, event) ~ upper, data = age)
put("trend_chi2", sum(1:3 * (test$obs - test$exp))^2 / drop(t(1:3) %*% test$var %*% 1:3))

# The reference of a factor.
fit <- coxph(Surv(time, event) ~ relevel(factor(kmt2a), ref = "rearranged") + wbc, data = d)
for (k in seq_along(coef(fit))) put(paste0("cox_", k), coef(fit)[k])
put("cox_n", fit$n)
one <- d[!is.na(d$age_days) & !is.na(d$kmt2a), ]
fit <- coxph(Surv(time, event) ~ relevel(cut(age_days, c(-Inf, 90, 180, Inf), right = FALSE), ref = 3), data = one,
             subset = kmt2a == "rearranged")
for (k in 1:2) put(paste0("cut_cox_", k), coef(fit)[k])
put("cut_cox_n", fit$n)

# Filters: R's & and | are those of three-valued logic.
put_filter <- function(name, meets) {
  put(paste0(name, "_n"), sum(meets, na.rm = TRUE)); put(paste0(name, "_unknown"), sum(is.na(meets)))
  at_3(paste0(name, "_at_3"), d[which(meets), ])
}
put_filter("and", d$age_days < 90 & d$kmt2a == "rearranged")
put_filter("or", d$age_days < 90 | d$kmt2a == "rearranged")
put_filter("nested", (d$wbc >= 100 | d$mrd > 1e-4) & d$kmt2a != "germline")
put_filter("several", d$kmt2a %in% c("rearranged", "ptd") & !is.na(d$kmt2a) & d[["sex, at birth"]] == "male")

# Cumulative incidence and Fine and Gray's model of chosen levels.
gray <- cuminc(two$time, two$cause, two$kmt2a)$Tests
put("gray_1", gray["1", "stat"]); put("gray_2", gray["2", "stat"])
x <- cbind(as.numeric(two$kmt2a == "germline"))
put("fine_gray", crr(two$time, two$cause, x, failcode = 1)$coef)
