# Reads guard_cells.csv as the page's scripts read its tables, and writes the bytes of every text to guard_expected.csv.
# Run from the top of the repository: Rscript tests/reference/workbench/guard.R
invisible(Sys.setlocale("LC_CTYPE", "C.UTF-8"))
source("crates/intake/src/r/guard.R", encoding = "UTF-8")
table <- page_table("tests/reference/workbench/guard_cells.csv", "character")
bytes <- function(x) ifelse(is.na(x), "", vapply(x, function(one) paste(as.character(charToRaw(enc2utf8(one))), collapse = ""), ""))
lines <- paste(table$row, bytes(table$text), bytes(table$again), sep = ",")
writeLines(c(sprintf("# %s", R.version.string), "row,text,again", lines), "tests/reference/workbench/guard_expected.csv")
