
# ---- The numbers of this script and those of the page -----------------------------------------------------------------

write_numbers <- function(path) {
  cells <- ifelse(is.na(numbers$value), "", sprintf("%.17g", numbers$value))
  at <- ifelse(is.na(numbers$at), "", sprintf("%.15g", numbers$at))
  quoted <- paste0("\"", gsub("\"", "\"\"", numbers$of), "\"")
  writeLines(c(made_with, "quantity,of,at,value", paste(numbers$quantity, quoted, at, cells, sep = ",")), path, useBytes = TRUE)
}
made_with <- sprintf("# %s, survival %s", R.version.string, packageVersion("survival"))
if (length(arguments) > 1) write_numbers(arguments[2])
if (file.exists("cotside-numbers.csv")) {
  page <- read.csv("cotside-numbers.csv", comment.char = "#", encoding = "UTF-8")
  key <- function(rows) paste(rows$quantity, rows$of, ifelse(is.na(rows$at), "", sprintf("%.9g", rows$at)))
  both <- merge(data.frame(key = key(page), page = page$value), data.frame(key = key(numbers), here = numbers$value))
  off <- abs(both$page - both$here) / pmax(1e-300, abs(both$here))
  off[both$page == both$here | (is.na(both$page) & is.na(both$here))] <- 0
  cat(nrow(both), "numbers of", nrow(page), "on the page are also here; the largest relative difference is",
      format(max(off, 0, na.rm = TRUE)), "\n")
} else {
  print(numbers)
}
