# A file of made-up patients whose dates, numbers and units are written as hospitals of several countries write them:
# Japanese eras, years of the Republic of China, units behind numbers, names of months.
# Run from the top of the repository: Rscript tests/reference/workbench/make_written.R
set.seed(20261130)
n <- 60
diagnosis <- as.Date("2012-02-01") + sort(sample(0:3600, n))
birth <- diagnosis - sample(10:364, n, replace = TRUE)
died <- runif(n) < 0.4
days <- ifelse(died, sample(40:900, n, replace = TRUE), sample(900:2400, n, replace = TRUE))
last <- diagnosis + days
relapsed <- died & runif(n) < 0.6
relapse <- diagnosis + floor(days * 0.6)
part <- function(date, what) as.integer(format(date, what))
era <- function(date, how) {
  reiwa <- date >= as.Date("2019-05-01")
  year <- part(date, "%Y") - ifelse(reiwa, 2018L, 1988L)
  if (how == "letter") paste0(ifelse(reiwa, "R", "H"), year, ".", part(date, "%m"), ".", part(date, "%d"))
  else paste0(ifelse(reiwa, "\u4ee4\u548c", "\u5e73\u6210"), ifelse(year == 1, "\u5143", year), "\u5e74", part(date, "%m"), "\u6708",
              part(date, "%d"), "\u65e5")
}
months <- c("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre")
count <- round(exp(rnorm(n, 3.5, 1.2)), 1)
unit <- rep(c(" G/L", " \u00d710\u2079/L", "/nl", " /\u00b5L"), length.out = n)
wbc <- ifelse(unit == " /\u00b5L", paste0(count * 1000, unit), paste0(count, unit))
age <- as.integer(diagnosis - birth)
age_text <- ifelse(seq_len(n) %% 3 == 0, paste(age, "Tage"), ifelse(seq_len(n) %% 3 == 1, paste(age %/% 7, "Wochen"), paste(age %/% 31, "Monate")))
file <- data.frame(
  id = sprintf("W%03d", seq_len(n)), Diagnosedatum = era(diagnosis, "letter"),
  Geschlecht = ifelse(runif(n) < 0.5, "m\u00e4nnlich", "weiblich"), `Alter bei Diagnose` = age_text, Leukozyten = wbc,
  Rezidivdatum = ifelse(relapsed, era(relapse, "written"), ""),
  Todesdatum = ifelse(died, paste0(part(last, "%Y") - 1911L, "/", part(last, "%m"), "/", part(last, "%d")), ""),
  Vitalstatus = ifelse(died, "verstorben", "lebt"),
  `Letzter Kontakt` = paste0(part(last, "%d"), " de ", months[part(last, "%m")], " de ", part(last, "%Y")), check.names = FALSE)
write.csv(file, "tests/reference/workbench/written_file.csv", row.names = FALSE, quote = FALSE, fileEncoding = "UTF-8")
