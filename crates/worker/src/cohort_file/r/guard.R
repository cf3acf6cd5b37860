# In the files of the page an apostrophe stands before what a spreadsheet would run, at the start of a cell and behind its
# separators: it is no part of the text.
unguarded <- function(x) {
  left_out <- "[\u0001-\u0008\u000b\u000c\u000e-\u001f \u007f-\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\"']"
  gsub(paste0("(^|[;,\t\r\n])'(?=", left_out, "*[-=+@\t\r\uff1d\uff0b\uff0d\uff20])"), "\\1", x, perl = TRUE)
}
# A table of the page; texts stay texts.
page_table <- function(path, classes) {
  table <- read.csv(path, check.names = FALSE, colClasses = classes, encoding = "UTF-8", na.strings = "", comment.char = "",
                    skipNul = TRUE)
  names(table) <- unguarded(names(table))
  text <- vapply(table, is.character, TRUE)
  table[text] <- lapply(table[text], unguarded)
  table
}
