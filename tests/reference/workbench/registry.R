# What the page for cohorts says of the synthetic registry, by R's survival; writes registry_expected.csv.
# Run in the repository's folder: Rscript tests/reference/workbench/registry.R
suppressPackageStartupMessages(library(survival))
d <- read.csv("www/samples/synthetic-registry.csv", na.strings = "")
day <- function(x) as.numeric(as.Date(x))
first <- pmin(day(d$relapse_date), day(d$second_malignancy_date), day(d$death_date), na.rm = TRUE)
failed <- d$first_event == "induction_failure"
event <- as.integer(!is.na(first) | failed)
time <- ifelse(failed, 0, ifelse(is.na(first), day(d$last_follow_up_date), first) - day(d$diagnosis_date)) / 365.25
fit <- survfit(Surv(time, event) ~ 1, conf.type = "log-log")
s <- summary(fit, times = c(1, 3, 5))
test <- survdiff(Surv(time, event) ~ d$sex)
cox <- summary(coxph(Surv(time, event) ~ d$sex))$conf.int
of_age <- function(x) quantile(as.numeric(x), type = 7)[c(3, 2, 4)]
age <- day(d$diagnosis_date) - day(d$birth_date)
out <- rbind(
  # Median and quartiles in days; of the levels, number and per cent.
  data.frame(what = c("age_all", "age_female", "age_male"),
    rbind(of_age(age), of_age(age[d$sex == "female"]), of_age(age[d$sex == "male"])) |>
      (\(m) data.frame(value = m[, 1], lower = m[, 2], upper = m[, 3]))()),
  data.frame(what = paste0("rearranged_", c("all", "female", "male")),
    value = c(sum(d$kmt2a == "rearranged", na.rm = TRUE), tapply(d$kmt2a == "rearranged", d$sex, sum, na.rm = TRUE)),
    lower = 100 * c(mean(d$kmt2a == "rearranged", na.rm = TRUE), tapply(d$kmt2a == "rearranged", d$sex, mean, na.rm = TRUE)),
    upper = c(sum(is.na(d$kmt2a)), tapply(is.na(d$kmt2a), d$sex, sum))),
  data.frame(what = paste0("efs_", c(1, 3, 5)), value = 100 * s$surv, lower = 100 * s$lower, upper = 100 * s$upper),
  data.frame(what = "log_rank_sex", value = test$chisq, lower = NA, upper = NA),
  data.frame(what = "hazard_ratio_male", value = cox[1, 1], lower = cox[1, 3], upper = cox[1, 4]))
file <- "tests/reference/workbench/registry_expected.csv"
cat(sprintf("# %s, survival %s\n", R.version.string, packageVersion("survival")), file = file)
suppressWarnings(write.table(format(out, digits = 17), file, append = TRUE, sep = ",", row.names = FALSE, quote = FALSE))
