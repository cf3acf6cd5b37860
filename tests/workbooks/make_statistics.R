# Makes files of R in this folder: Rscript make_statistics.R (R 4.2.2, survival 3.5). The rows are those of
# make_statistics.py. Labelled columns are as the package haven makes them.

library(survival)

labelled <- function(x, label, labels, ...) {
  structure(x, label = label, labels = labels, class = c("haven_labelled_spss", "haven_labelled", "vctrs_vctr", "double"), ...)
}

# A missing value with a letter, as haven stores it: the letter in the fifth byte of NA.
tagged <- function(letter) {
  bytes <- writeBin(NA_real_, raw(), endian = "little")
  bytes[5] <- charToRaw(letter)
  readBin(bytes, "double", endian = "little")
}

cohort <- data.frame(
  id = c("P001", "P002", "P003", "P004", "P005", "P006"),
  sex = factor(c("male", "female", "male", "female", "male", NA)),
  dx = as.Date(c("2015-03-01", "2015-04-15", "2016-02-29", "2016-12-31", "2017-01-01", "2017-06-30")),
  stringsAsFactors = FALSE
)
# Midnights of Berlin, and the same instants without their zone.
cohort$last <- as.POSIXct(c("2016-05-22", "2019-08-22", "2020-07-07", "2022-03-04", "2017-02-23", "2022-02-24"), tz = "Europe/Berlin")
cohort$seen <- cohort$last
attr(cohort$seen, "tzone") <- NULL
cohort$dead <- labelled(c(1, 0, 0, 1, 1, 9), "vital status", c(alive = 0, dead = 1, unknown = 9), na_values = 9)
cohort$wbc <- labelled(c(33.9, 310, 5.2, 850.5, -1, NA), "white cells (10^9/L)", NULL, na_range = c(-5, -1))
cohort$kmt2a <- structure(
  c(1, 1, 2, 1, tagged("a"), tagged("h")), labels = c(rearranged = 1, germline = 2, "not done" = tagged("h")),
  class = c("haven_labelled", "vctrs_vctr", "double")
)
cohort$remission <- c(TRUE, FALSE, NA, TRUE, TRUE, TRUE)
cohort$followed <- as.difftime(c(448, 1590, 1590, 1889, 53, 1700), units = "days")
cohort$os <- Surv(c(448, 1590, 1590, 1889, 53, 1700), c(1, 0, 0, 1, 1, 0))
cohort$number <- 1:6
cohort$text <- as.character(1:6)
cohort$visits <- I(list(1, 2, 3, 4, 5, 6))
cohort$note <- c("", "fr\u00fch", "\u65e5\u672c", "a \"b\", c", NA, " lead")
class(cohort) <- c("tbl_df", "tbl", "data.frame")

saveRDS(cohort, "statistics.rds")
saveRDS(cohort, "statistics_ascii.rds", ascii = TRUE, compress = FALSE)
saveRDS(cohort, "statistics_2.rds", version = 2, compress = "bzip2")

codes <- data.frame(code = 0:1, meaning = c("alive", "dead"))
plus <- compiler::cmpfun(function(a, b) if (a > b) for (i in 1:3) print(i) else switch(a, x = 1, a + b))
model <- lm(dist ~ speed, cars)
place <- new.env()
assign("kept", 1:3, place)
save(codes, plus, model, cohort, place, file = "statistics.RData", compress = "xz")
save(plus, place, file = "no_table.RData", compress = FALSE)
