
# ---- What the page says of the same rows ------------------------------------------------------------------------------

# Groups of protocols cannot be made in R: the page exports them by row. Its findings are compared with those read here.
page_values <- list()
read_otherwise <- NA
if (file.exists("cotside-values.csv")) {
  page_values <- page_table("cotside-values.csv", "character")
  read_otherwise <- 0
  for (id in intersect(names(page_values), names(variables))) {
    here <- variables[[id]][as.integer(page_values$row)]
    there <- if (is.numeric(here)) as.numeric(page_values[[id]]) else page_values[[id]]
    same <- (is.na(here) & is.na(there)) | (!is.na(here) & !is.na(there) &
      (if (is.numeric(here)) abs(here - there) <= 1e-12 * pmax(1, abs(there)) else here == there))
    read_otherwise <- read_otherwise + sum(!same)
    if (!all(same)) warning(sum(!same), " rows of ", id, " are read otherwise than on the page: ",
                            paste(head(page_values$row[!same]), collapse = ", "))
  }
  by_row <- function(x) { all_rows <- rep(NA_character_, rows); all_rows[as.integer(page_values$row)] <- x; all_rows }
  page_values <- lapply(as.list(page_values), by_row)
}
