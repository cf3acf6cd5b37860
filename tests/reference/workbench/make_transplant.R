# Makes files of made-up transplanted patients: one with every date after transplantation and rows whose dates contradict each
# other, one where only the first event is told. Run from the top of the repository:
# Rscript tests/reference/workbench/make_transplant.R
set.seed(20261130)
folder <- "tests/reference/workbench"
n <- 110
day <- function(time) diagnosis + round(time)
text <- function(day, there) ifelse(rep(there, length.out = length(day)), format(day, "%Y-%m-%d"), "")
diagnosis <- as.Date("2008-01-10") + sample(4000, n)
wbc <- round(exp(rnorm(n, 4.5, 1.2)), 1)
sex <- sample(c("female", "male"), n, TRUE)
donor <- sample(c("sibling", "unrelated", "haploidentical"), n, TRUE)
remission <- 25 + rexp(n, 1 / 15)
wait <- remission + 60 + rexp(n, 1 / 60)
relapse <- remission + rexp(n, ifelse(wbc > 100, 1 / 500, 1 / 1500))
death <- ifelse(relapse < 4000, relapse + rexp(n, 1 / 500), remission + rexp(n, 1 / 4000))
death <- pmin(death, remission + rexp(n, 1 / 3000))
seen <- 400 + runif(n, 0, 3000)
second <- remission + rexp(n, 1 / 20000)
end <- pmin(death, seen)
transplanted <- rbinom(n, 1, 0.8) == 1 & wait < end
relapsed <- relapse < end
died <- death < seen
again <- wait + rexp(n, 1 / 900)
after <- ifelse(relapsed & relapse > wait, relapse, again)
relapsed_after <- transplanted & after < end & relapsed
acute <- wait + rexp(n, 1 / 40)
has_acute <- transplanted & acute < pmin(end, wait + 100) & rbinom(n, 1, 0.3) == 1
chronic <- wait + 100 + rexp(n, 1 / 200)
has_chronic <- transplanted & chronic < end & rbinom(n, 1, 0.4) == 1
has_second <- second < end
first <- ifelse(relapsed & !(has_second & second < relapse), "relapse", ifelse(has_second, "second_malignancy", ifelse(died, "death", "none")))
d <- data.frame(data = "synthetic", id = sprintf("T%03d", seq_len(n)), diagnosis_date = text(diagnosis, TRUE), sex, wbc, donor,
  first_remission_date = text(day(remission), TRUE), hsct_date = text(day(wait), transplanted),
  relapse_date = text(day(relapse), relapsed), relapse_after_hsct_date = text(day(after), relapsed_after),
  acute_gvhd_date = text(day(acute), has_acute), chronic_gvhd_date = text(day(chronic), has_chronic),
  second_malignancy_date = text(day(second), has_second), death_date = text(day(death), died),
  last_follow_up_date = text(day(end), TRUE), first_event = first, vital_status = ifelse(died, "dead", "alive"))
# Contradictions and gaps: each row of the second half loses or moves one cell.
dates <- c("diagnosis_date", "first_remission_date", "hsct_date", "relapse_date", "relapse_after_hsct_date", "acute_gvhd_date",
           "chronic_gvhd_date", "second_malignancy_date", "death_date", "last_follow_up_date")
for (row in 71:n) {
  column <- c(dates, "first_event", "vital_status")[1 + (row - 71) %% 12]
  moved <- function(by) format(as.Date(d[row, column]) + by, "%Y-%m-%d")
  d[row, column] <- if (column == "first_event") sample(c("", "none", "event", "death", "induction_failure", "relapse"), 1)
    else if (column == "vital_status") sample(c("", "alive", "dead"), 1)
    else if (d[row, column] == "") format(diagnosis[row] + sample(600, 1), "%Y-%m-%d")
    else switch(1 + row %% 3, "", "soon", moved(sample(c(-300, -60, 60, 300), 1)))
}
write.csv(d, file.path(folder, "transplant_file.csv"), row.names = FALSE, quote = FALSE)

# Only the kind and day of the first event, and whether the patient lives.
first_day <- ifelse(first == "relapse", relapse, ifelse(first == "second_malignancy", second, ifelse(first == "death", death, NA)))
told <- data.frame(id = seq_len(n), diagnosis_date = text(diagnosis, TRUE), sex, hsct_date = text(day(wait), transplanted),
  first_event = ifelse(seq_len(n) %% 17 == 0, "", first), first_event_date = text(diagnosis + round(first_day), !is.na(first_day)),
  last_follow_up_date = text(day(end), TRUE), vital_status = ifelse(died, "dead", "alive"))
write.csv(told, file.path(folder, "first_event_file.csv"), row.names = FALSE, quote = FALSE)
