# Characters that look alike as one: full-width letters and digits, the many spaces, and none that cannot be seen.
plain_cell <- function(x) {
  odd <- grepl("[^ -~]", x)
  wide <- intToUtf8(0xff01:0xff5e); narrow <- intToUtf8(0x21:0x7e)
  x[odd] <- gsub("[\u200b-\u200f\u2060\ufeff\u00ad]", "", x[odd], perl = TRUE)
  x[odd] <- gsub("[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]", " ", x[odd], perl = TRUE)
  x[odd] <- vapply(x[odd], function(one) {
    code <- utf8ToInt(one)
    at <- which(code >= 0xff01 & code <= 0xff5e)
    code[at] <- code[at] - 0xfee0
    code[code == 0x2212] <- 0x2d
    intToUtf8(code)
  }, "", USE.NAMES = FALSE)
  x
}
raw <- lapply(raw, plain_cell)

# Rows of one patient as one: of findings the first cell that is not empty, of follow-up the last; in the patient's first row.
empty_cell <- function(x) { x <- trimws(x); x %in% c("", ".") | tolower(x) %in% c("na", "nan") }
rows_by_id <- function(raw, id, but_not) {
  used <- setdiff(seq_along(raw[[1]]), but_not)
  ids <- trimws(raw[[id]])[used]
  known <- !empty_cell(ids)
  split(used[known], factor(ids[known], unique(ids[known])))
}
merged_rows <- function(raw, id, follow_up, but_not) {
  for (rows in rows_by_id(raw, id, but_not)) if (length(rows) > 1) for (column in seq_along(raw)) {
    filled <- rows[!empty_cell(raw[[column]][rows])]
    if (length(filled) > 0) {
      from <- if (column %in% follow_up) filled[length(filled)] else filled[1]
      raw[[column]][rows[1]] <- raw[[column]][from]
    }
  }
  raw
}
# One endpoint of a file with a row for each patient and endpoint: its time, and whether it was an event (CNSR = 0).
rows_of_endpoint <- function(raw, name, id, parameter, time, censor, but_not) {
  times <- events <- rep("", length(raw[[1]]))
  for (rows in rows_by_id(raw, id, but_not)) {
    of <- rows[trimws(raw[[parameter]][rows]) == name]
    if (length(of) > 0) {
      censored <- trimws(raw[[censor]][of[1]])
      times[rows[1]] <- trimws(raw[[time]][of[1]])
      events[rows[1]] <- if (empty_cell(censored)) "" else if (isTRUE(suppressWarnings(as.numeric(censored)) == 0)) "event"
                         else if (is.na(suppressWarnings(as.numeric(censored)))) censored else "censored"
    }
  }
  list(times, events)
}
