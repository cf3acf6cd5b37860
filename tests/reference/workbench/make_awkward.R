# Makes files that a script in R could stumble over: Rscript tests/reference/workbench/make_awkward.R FOLDER
# Each is small, so that every choice on it can be run.
folder <- commandArgs(trailingOnly = TRUE)[1]
dir.create(folder, recursive = TRUE, showWarnings = FALSE)
set.seed(20261129)

# Text exactly as it is, in UTF-8.
put <- function(name, text) {
  connection <- file(file.path(folder, name), "wb")
  writeBin(charToRaw(enc2utf8(text)), connection)
  close(connection)
}
quoted <- function(x) paste0("\"", gsub("\"", "\"\"", x), "\"")
table_of <- function(columns, separator = ",", end = "\n") {
  lines <- do.call(paste, c(lapply(columns, function(x) quoted(x)), sep = separator))
  paste0(paste(c(paste(quoted(names(columns)), collapse = separator), lines), collapse = end), end)
}
times <- function(n = 40, mean = 900) list(id = seq_len(n), os_days = 1 + round(rexp(n, 1 / mean)), os_event = rbinom(n, 1, 0.6))
with_levels <- function(name, levels, header = "arm", n = 8 * length(levels)) {
  columns <- times(n)
  columns[[header]] <- rep(levels, length.out = n)
  put(name, table_of(columns))
}

# Names and levels.
with_levels("bidi \u202e \u2067.csv", c("\u202b\u05d0\u202c", "B\u2066", "C\u200e"), "arm \u202a1\u202c")
with_levels("control.csv", c("A\u000b", "B\u0001", "C\u009b", "_x000B_", "\u001b[31m", "\u0085"))
with_levels("marks.csv", c("#A", "B # 2", "a;b", "it's", "say \"x\"", "a\\n", "`q`", "%d"))
with_levels("formulas.csv", c("=1+1", "+1+1", "-2+3", "@SUM(A1)", " =1", "\"=1", "a;=1", "'=1"), "=cmd|' /C calc'!A0")
with_levels("codes.csv", c("T", "F", "TRUE", "na.", "01", "1", "1e3", "NULL"))
with_levels("places.csv", c("all", "none", "(missing)", "(empty)", "-", "="), "group")
with_levels("lines.csv", c("a\nb", "a\r\nb", "c\td", "a b"))
with_levels("case.csv", c("a", "A", "\u00e9", "e\u0301", "\u00df", "\U0001f600"))
with_levels("comma.csv", c("a, relapse", "a", "b=c", "b: c"), "arm, of = trial: x")
with_levels("many.csv", paste("Centre", 1:12), "centre", 120)
with_levels("stdin", c("A", "B"))
with_levels("clipboard", c("A", "B"))
with_levels("Pasted rows", c("A", "=B", "#C"))
with_levels("it's ~ (1) # & \"x\".csv", c("A", "B"))

# Lengths of follow-up.
ends <- function(name, days, event, arm) put(name, table_of(list(id = seq_along(days), os_days = days, os_event = event, arm = arm)))
ends("short-group.csv", c(rep(40, 8), 400 + 100 * 1:22), rep(c(1, 0), 15), rep(c("A", "B"), c(8, 22)))
ends("all-short.csv", 10 + 1:30, rep(c(1, 0), 15), rep(c("A", "B", "C"), 10))
ends("dies-at-once.csv", c(rep(0, 10), 300 + 50 * 1:20), c(rep(1, 10), rep(c(1, 0), 10)), rep(c("A", "B"), c(10, 20)))
ends("censored-first.csv", c(rep(5, 10), 300 + 50 * 1:20), c(rep(0, 10), rep(c(1, 0), 10)), rep(c("A", "B"), c(10, 20)))
ends("no-event-in-one.csv", 300 + 100 * 1:30, c(rep(0, 10), rep(1, 20)), rep(c("A", "B"), c(10, 20)))
ends("separated.csv", c(2000 + 10 * 1:15, 100 + 20 * 1:15), c(rep(0, 15), rep(1, 15)), rep(c("low", "high"), each = 15))
ends("tiny-group.csv", 300 + 100 * 1:20, c(0, 0, rep(c(1, 0, 1), 6)), rep(c("B", "A"), c(2, 18)))
ends("one-of-one.csv", 300 + 100 * 1:20, c(1, rep(c(1, 0), length.out = 19)), rep(c("B", "A"), c(1, 19)))
ends("same-time.csv", rep(700, 20), rep(c(1, 0), 10), rep(c("A", "B"), each = 10))
ends("nobody-dies.csv", 100 * 1:20, rep(0, 20), rep(c("A", "B"), 10))
ends("everybody-dies.csv", 100 * 1:20, rep(1, 20), rep(c("A", "B"), 10))
ends("at-zero.csv", rep(0, 12), rep(c(1, 0), 6), rep(c("A", "B"), 6))
ends("two.csv", c(500, 900), c(1, 0), c("A", "B"))
ends("one.csv", 500, 1, "A")

# Dates: transplants whose curve begins late or ends early, causes that only one group has, other separators and encodings.
dated <- function(n, transplanted, seen = 700 + round(runif(n, 0, 1500))) {
  diagnosis <- as.Date("2012-01-01") + sample(2000, n)
  text <- function(day) ifelse(is.na(day), "", format(diagnosis + day))
  event <- ifelse(rbinom(n, 1, 0.5) == 1, round(runif(n, 30, 600)), NA)
  death <- ifelse(!is.na(event) & rbinom(n, 1, 0.6) == 1, event + 40, NA)
  list(id = seq_len(n), birth_date = format(diagnosis - 100), diagnosis_date = format(diagnosis), sex = rep(c("male", "female"), length.out = n),
    wbc = 1 + seq_len(n) * 7, kmt2a = rep(c("rearranged", "germline", ""), length.out = n), relapse_date = text(event),
    hsct_date = text(transplanted), death_date = text(death), last_follow_up_date = format(diagnosis + pmax(seen, death, na.rm = TRUE)))
}
n <- 36
put("transplant-late.csv", table_of(dated(n, ifelse(seq_len(n) %% 6 == 0, 600, NA))))
put("transplant-short.csv", table_of(dated(n, ifelse(seq_len(n) %% 2 == 0, 20, NA), 150 + seq_len(n))))
put("transplant-at-once.csv", table_of(dated(n, rep(0, n))))
put("transplant-one.csv", table_of(dated(n, ifelse(seq_len(n) == 1, 5, NA))))
two <- dated(n, rep(NA, n)); two$arm <- rep(c("A", "B"), length.out = n); two$relapse_date[two$arm == "A"] <- ""
put("causes-of-one-group.csv", table_of(two))
put("semicolons.csv", table_of(two, ";", "\r\n"))
put("tabs.tsv", table_of(two, "\t", "\r"))
put("title.csv", paste0("Export of 2026\n\n", table_of(two)))
twice <- two; twice$death <- two$death_date; names(twice)[names(twice) == "death"] <- "death_date"
put("twice.csv", table_of(c(two, list(death_date = rep("", n), arm = rep(c("x", "y", ""), length.out = n)))))
put("open-quote.csv", sub("\n\"20\"", "\n20,\"2012\n\"20\"", table_of(two)))
utf16 <- function(text) iconv(text, "UTF-8", "UTF-16LE", toRaw = TRUE)[[1]]
writeBin(c(as.raw(c(0xff, 0xfe)), utf16(enc2utf8(table_of(two)))), file.path(folder, "utf16.csv"))
two$arm <- rep(c("K\u00f6ln", "Li\u00e8ge"), length.out = n)
writeBin(iconv(enc2utf8(table_of(two, ";")), "UTF-8", "CP1252", toRaw = TRUE)[[1]], file.path(folder, "western.csv"))
nul <- charToRaw(table_of(c(times(20), list(arm = rep(c("A@", "B"), 10)))))
nul[nul == charToRaw("@")] <- as.raw(0)
writeBin(nul, file.path(folder, "nul.csv"))
