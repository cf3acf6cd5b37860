# Makes the files of made-up patients that the tests of reading use: rows of visits, one row for each endpoint, days since
# diagnosis. Run from the top of the repository: Rscript tests/reference/workbench/make_files.R
set.seed(20261129)
n <- 30
folder <- "tests/reference/workbench"
diagnosis <- as.Date("2012-01-10") + sample(3000, n)
age_weeks <- sample(50, n, replace = TRUE)
kmt2a <- rbinom(n, 1, 0.7)
event <- rexp(n, ifelse(kmt2a == 1, 1 / 700, 1 / 3000))
death <- event + rexp(n, 1 / 400)
seen <- runif(n, 700, 2500)
relapsed <- event < seen
died <- death < seen
day <- function(time) diagnosis + round(time)

# Rows of visits: findings in the first, follow-up in the last; words, sentinels and half dates where there is no date.
words <- c("alive", "NED", "-", "9999-12-31", "00/00/0000")
relapse_text <- ifelse(relapsed, format(day(event), "%d-%b-%Y"), rep(c("no relapse", ""), length.out = n))
death_text <- ifelse(died, format(day(pmin(death, seen)), "%Y-%m-%d"), rep(words, length.out = n))
half <- which(died)[1]
death_text[half] <- format(diagnosis[half] + round(death[half]), "%Y-%m")
last <- day(pmin(death, seen))
wbc <- round(exp(rnorm(n, 4.5, 1.2)), 1)
wbc_text <- ifelse(seq_len(n) %% 5 == 0, paste0(format(wbc * 1000, big.mark = " ", trim = TRUE, scientific = FALSE), " /\u00b5L"), as.character(wbc))
wbc_text[3] <- "850500"
mrd_text <- rep(c("10^-3", "0.02%", "2x10^-2", "negative", "5e-4"), length.out = n)
first <- data.frame(id = seq_len(n), visit = "diagnosis", diagnosis_date = format(diagnosis, "%d.%m.%Y"), age_weeks, sex = sample(c("1", "2"), n, TRUE),
  "KMT2A germline" = ifelse(kmt2a == 1, "no", "yes"), "WBC (10^9/L)" = wbc_text, mrd_eoi = mrd_text,
  ldh = ifelse(seq_len(n) %% 7 == 0, "9999", as.character(200 + 7 * seq_len(n))), relapse_date = "", death_date = "", alive = "",
  last_follow_up = format(diagnosis + 100, "%Y-%m-%d"), check.names = FALSE)
later <- first
later[4:9] <- ""
later$visit <- "follow-up"
later$relapse_date <- relapse_text
later$death_date <- death_text
later$alive <- ifelse(died, 0, 1)
later$last_follow_up <- format(last, "%Y-%m-%d")
visits <- rbind(first, later)[order(c(seq_len(n), seq_len(n))), ]
mean_row <- visits[1, ]; mean_row[] <- ""; mean_row$id <- "Mean"; mean_row$ldh <- "310"
write.table(rbind(visits, mean_row), file.path(folder, "visits_file.csv"), sep = ";", row.names = FALSE, quote = FALSE, fileEncoding = "UTF-8")

# One row for each patient and endpoint (ADTTE).
rows_of <- function(name, time, had) data.frame(STUDYID = "S", USUBJID = sprintf("S-%03d", seq_len(n)), PARAMCD = name,
  AVAL = round(pmin(time, seen)), AVALU = "DAYS", CNSR = ifelse(had, 0, 1 + seq_len(n) %% 2), TRT01P = ifelse(kmt2a == 1, "A", "B"))
write.csv(rbind(rows_of("OS", death, died), rows_of("EFS", event, relapsed)), file.path(folder, "adtte_file.csv"), row.names = FALSE, quote = FALSE)

# Days since diagnosis.
blank <- function(time, had) ifelse(had, as.character(round(time)), "")
write.csv(data.frame(id = seq_len(n), sex = rep(c("boy", "girl"), length.out = n), relapse_day = blank(event, relapsed),
  death_day = blank(death, died), last_fu_day = round(pmin(death, seen))), file.path(folder, "days_file.csv"), row.names = FALSE, quote = FALSE)

# A title above the table, and a column of censoring in the language of the hospital.
connection <- file(file.path(folder, "censored_file.csv"), "w", encoding = "UTF-8")
writeLines(c("Registerauszug 2026;;;", "Pat-Nr;Geschlecht;Zeit (Monate);zensiert"), connection)
writeLines(paste(seq_len(n), rep(c("m", "w"), length.out = n), sub(".", ",", round(pmin(event, seen) / 30.4375, 3), fixed = TRUE),
  ifelse(relapsed, "nein", "ja"), sep = ";"), connection)
close(connection)
