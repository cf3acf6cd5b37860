# Makes the file of made-up patients for models with delayed entry, weights, clusters and strata.
# Run from the top of the repository: Rscript tests/reference/workbench/make_models.R
set.seed(20261130)
n <- 180
diagnosis <- as.Date("2008-03-01") + sample(3600, n)
sex <- sample(c("female", "male"), n, TRUE)
age_days <- sample(5:364, n, TRUE)
wbc <- round(exp(rnorm(n, 4.3, 1.2)), 1)
kmt2a <- sample(c("rearranged", "germline"), n, TRUE, c(0.7, 0.3))
arm <- sample(c("A", "B", "C"), n, TRUE)
site <- sprintf("Hospital %02d", sample(12, n, TRUE))
effect <- 0.9 * (kmt2a == "rearranged") + 0.25 * log2(wbc / 70) - 0.004 * age_days + 0.00001 * (age_days - 180)^2 +
  0.5 * (arm == "B") * (sex == "male")
event <- round(rexp(n, exp(effect) / 1500)) + 1
death_after <- round(rexp(n, 1 / 500)) + 1
seen <- round(runif(n, 300, 3500))
kind <- ifelse(runif(n) < 0.75, "relapse", "death")
had <- event < seen
relapse <- ifelse(had & kind == "relapse", event, NA)
death <- ifelse(had & kind == "death", event, ifelse(had & event + death_after < seen, event + death_after, NA))
last <- ifelse(is.na(death), seen, death)
remission <- ifelse(runif(n) < 0.92, round(runif(n, 25, 60)), NA)
remission[!is.na(remission) & remission >= pmin(event, seen)] <- NA
hsct <- ifelse(runif(n) < 0.3, round(runif(n, 90, 250)), NA)
hsct[!is.na(hsct) & hsct >= pmin(event, seen)] <- NA
day <- function(after) ifelse(is.na(after), "", format(diagnosis + after, "%Y-%m-%d"))
some <- function(x, share) ifelse(runif(n) < share, "", as.character(x))
file <- data.frame(id = sprintf("P%03d", seq_len(n)), diagnosis_date = day(rep(0, n)), sex, age_days, wbc = some(wbc, 0.04),
  kmt2a = some(kmt2a, 0.05), arm, site = some(site, 0.02), haemoglobin = some(round(rnorm(n, 85, 18), 1), 0.03),
  case_weight = some(round(runif(n, 0.4, 2.2), 2), 0.02), entry_delay = some(round(rexp(n, 1 / 40)), 0.03),
  first_remission_date = day(remission), hsct_date = day(hsct), relapse_date = day(relapse), death_date = day(death),
  last_follow_up_date = day(last))
file$family <- some(sprintf("F%02d", sample(60, n, TRUE)), 0.02)
file$case_weight[7] <- "0"
write.csv(file, "tests/reference/workbench/models_file.csv", row.names = FALSE, quote = FALSE)
