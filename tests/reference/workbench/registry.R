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
out <- rbind(
  data.frame(what = paste0("efs_", c(1, 3, 5)), value = 100 * s$surv, lower = 100 * s$lower, upper = 100 * s$upper),
  data.frame(what = "log_rank_sex", value = test$chisq, lower = NA, upper = NA),
  data.frame(what = "hazard_ratio_male", value = cox[1, 1], lower = cox[1, 3], upper = cox[1, 4]))
file <- "tests/reference/workbench/registry_expected.csv"
cat(sprintf("# %s, survival %s\n", R.version.string, packageVersion("survival")), file = file)
suppressWarnings(write.table(format(out, digits = 17), file, append = TRUE, sep = ",", row.names = FALSE, quote = FALSE))
