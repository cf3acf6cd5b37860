
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
  page <- page_table("cotside-numbers.csv", c("character", "character", "numeric", "numeric"))
  key <- function(rows) {
    of <- ifelse(is.na(rows$of), "", rows$of)
    paste(rows$quantity, of, ifelse(is.na(rows$at), "", sprintf("%.9g", rows$at)), sep = "\037")
  }
  both <- merge(data.frame(key = key(page), page = page$value), data.frame(key = key(numbers), here = numbers$value))
  off <- abs(both$page - both$here) / pmax(1e-300, abs(both$here))
  off[both$page == both$here | (is.na(both$page) & is.na(both$here))] <- 0
  cat(nrow(both), "numbers of", nrow(page), "on the page are also here; the largest relative difference is",
      format(max(off, 0, na.rm = TRUE)), "\n")
  lost <- page[!key(page) %in% key(numbers), ]
  if (nrow(lost) > 0) {
    cat("Not compared, as this script does not give them:\n")
    print(lost, row.names = FALSE)
  }
} else {
  print(numbers)
}
