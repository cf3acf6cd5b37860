# Made by Cotside 0.1.0 for the file synthetic-registry.csv.
# Run it in the folder of that file: Rscript cotside.R [file]. It needs R with the package survival (and cmprsk for
# Gray's test). Beside it belong cotside-values.csv and cotside-numbers.csv of the same run.
if (!isTRUE(l10n_info()[["UTF-8"]])) suppressWarnings(Sys.setlocale("LC_CTYPE", "C.UTF-8"))
named <- function(...) { values <- c(...); if (is.null(values)) character(0) else values }
# A mark at the start of UTF-16 tells the order of bytes and is no character.
utf16 <- function(path, order) {
  mark <- readBin(path, "raw", 2)
  if (identical(mark, as.raw(c(0xff, 0xfe))) || identical(mark, as.raw(c(0xfe, 0xff)))) "UTF-16" else order
}

file <- "synthetic-registry.csv"
arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) > 0) file <- arguments[1]
rows <- 120L
set_aside <- c()
oldest_days <- 6570
cns3_cells <- 5
poor_response_blasts <- 1000
fields <- list(
  age_days = c(0, 6570),
  age_months = c(0, 216),
  sex = c("female", "male"),
  wbc = c(0, 100000),
  wbc_per_ul = c(0, 100000000),
  kmt2a = c("rearranged", "germline", "ptd", "undetermined"),
  kmt2a_partner = c("AFF1", "MLLT1", "MLLT3", "MLLT10", "other"),
  lineage = c("b", "t", "mixed"),
  cd10 = c("positive", "negative"),
  cns = c("1", "2", "3"),
  csf_wbc = c(0, 1000000),
  csf_blasts = c("yes", "no"),
  testis = c("yes", "no"),
  down_syndrome = c("yes", "no"),
  day8_blasts = c(0, 100000000),
  prednisone_response = c("good", "poor"),
  remission_eoi = c("yes", "no"),
  mrd_eoi = "fraction",
  mrd_eoc = "fraction",
  mrd_tp4 = "fraction",
  mrd_blina1 = "fraction",
  relapse = c("yes", "no"),
  first_remission_months = c(0, 240),
  salvage_remission = c("yes", "no"))
columns <- list(
  list(at = 3, header = "birth_date", role = "date", of = "birth_date", form = "year_month_day", values = named()),
  list(at = 4, header = "diagnosis_date", role = "date", of = "diagnosis_date", form = "year_month_day", values = named()),
  list(at = 5, header = "sex", role = "finding", of = "sex", number = "point", percent = FALSE, values = named("female" = "female", "male" = "male")),
  list(at = 6, header = "wbc", role = "finding", of = "wbc", number = "point", percent = FALSE, values = named()),
  list(at = 7, header = "kmt2a", role = "finding", of = "kmt2a", number = "point", percent = FALSE, values = named("germline" = "germline", "rearranged" = "rearranged", "undetermined" = "undetermined")),
  list(at = 8, header = "kmt2a_partner", role = "finding", of = "kmt2a_partner", number = "point", percent = FALSE, values = named("AFF1" = "AFF1", "MLLT1" = "MLLT1", "MLLT10" = "MLLT10", "MLLT3" = "MLLT3", "other" = "other")),
  list(at = 9, header = "lineage", role = "finding", of = "lineage", number = "point", percent = FALSE, values = named("b" = "b")),
  list(at = 10, header = "cd10", role = "finding", of = "cd10", number = "point", percent = FALSE, values = named("negative" = "negative", "positive" = "positive")),
  list(at = 11, header = "cns", role = "finding", of = "cns", number = "point", percent = FALSE, values = named("1" = "1", "2" = "2", "3" = "3")),
  list(at = 12, header = "day8_blasts", role = "finding", of = "day8_blasts", number = "point", percent = FALSE, values = named()),
  list(at = 13, header = "centre", role = "column", of = "column:12"),
  list(at = 14, header = "remission_eoi", role = "finding", of = "remission_eoi", number = "point", percent = FALSE, values = named("no" = "no", "yes" = "yes")),
  list(at = 15, header = "mrd_eoi", role = "finding", of = "mrd_eoi", number = "point", percent = FALSE, values = named()),
  list(at = 16, header = "mrd_eoc", role = "finding", of = "mrd_eoc", number = "point", percent = FALSE, values = named()),
  list(at = 17, header = "first_remission_date", role = "date", of = "first_remission_date", form = "year_month_day", values = named()),
  list(at = 18, header = "hsct_date", role = "date", of = "hsct_date", form = "year_month_day", values = named()),
  list(at = 19, header = "relapse_date", role = "date", of = "relapse_date", form = "year_month_day", values = named()),
  list(at = 20, header = "second_malignancy_date", role = "date", of = "second_malignancy_date", form = "year_month_day", values = named()),
  list(at = 21, header = "death_date", role = "date", of = "death_date", form = "year_month_day", values = named()),
  list(at = 22, header = "last_follow_up_date", role = "date", of = "last_follow_up_date", form = "year_month_day", values = named()),
  list(at = 23, header = "first_event", role = "first_event", of = "", values = named("death" = "death", "induction_failure" = "induction_failure", "none" = "none", "relapse" = "relapse", "second_malignancy" = "second_malignancy")),
  list(at = 24, header = "vital_status", role = "vital", of = "", values = named("alive" = "alive", "dead" = "dead")))

opened <- file(file, "rt", encoding = "UTF-8-BOM")
raw <- scan(opened, what = rep(list(""), 24), sep = ",", quote = "\"", skip = 0L, fill = TRUE, flush = TRUE,
            multi.line = FALSE, na.strings = character(0), comment.char = "", strip.white = FALSE, quiet = TRUE)
close(opened)
raw <- lapply(raw, function(column) column[-1])
if (length(raw[[1]]) != rows) {
  stop("The page read ", rows, " rows in this file, R reads ", length(raw[[1]]),
       ". Is it the same file? Quotes that are never closed must be mended in it first.")
}

# ---- How cells are read ---------------------------------------------------------------------------------------------

trim <- function(x) trimws(x, whitespace = "[\\h\\v]")
is_missing <- function(x) x %in% c("", ".") | tolower(x) %in% c("na", "nan")

# A plain decimal number; NA for everything else.
decimal <- function(x) {
  good <- grepl("^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$", x)
  value <- rep(NA_real_, length(x))
  value[good] <- as.numeric(x[good])
  ifelse(is.finite(value), value, NA)
}

# A number of some country as plain text: decimal point, no groups.
plain <- function(x, form) {
  mark <- if (form %in% c("point", "point_grouped")) "." else ","
  group <- switch(form, point_grouped = ",", comma_grouped = ".", "")
  whole <- sub(paste0("[", mark, "].*$"), "", x)
  has_rest <- nchar(whole) < nchar(x)
  rest <- substring(x, nchar(whole) + 2)
  if (group != "") {
    grouped <- grepl(group, whole, fixed = TRUE)
    good <- grepl(paste0("^[-+]?[0-9]{1,3}([", group, "][0-9]{3})+$"), whole) & !grepl("^[-+]?0+[,.]", whole)
    whole[grouped] <- ifelse(good, gsub(group, "", whole, fixed = TRUE), NA)[grouped]
  }
  bad <- is.na(whole) | grepl("[,.]", whole) | grepl("[,.]", rest)
  text <- ifelse(has_rest, paste0(whole, ".", rest), whole)
  text[bad | is.na(decimal(text))] <- NA
  text
}
number <- function(x, form) decimal(plain(x, form))

# Days since 1970-01-01 of a date; NA where there is none of this form. A time of day behind it is left out.
date_of <- function(x, form) {
  first <- sub("[T ].*$", "", x)
  rest <- substring(x, nchar(first) + 2)
  x <- ifelse(grepl(":", rest, fixed = TRUE) & grepl("[0-9]", first), first, x)
  if (form == "spreadsheet") {
    days <- decimal(x)
    return(ifelse(!is.na(days) & days >= 10000 & days <= 80075, trunc(days) - 25569, NA))
  }
  if (form == "month_name") {
    parts <- "^([0-9]{1,2})[-. /]*(\\p{L}+)[-. /,]*([0-9]{4}|[0-9]{2})$"
    months <- c(jan = 1, "j\u00e4n" = 1, feb = 2, mar = 3, "m\u00e4r" = 3, mrz = 3, apr = 4, may = 5, mai = 5, jun = 6,
                jul = 7, aug = 8, sep = 9, oct = 10, okt = 10, nov = 11, dec = 12, dez = 12)
    month <- unname(months[substr(tolower(sub(parts, "\\2", x, perl = TRUE)), 1, 3)])
    cut <- list(sub(parts, "\\1", x, perl = TRUE), month, sub(parts, "\\3", x, perl = TRUE))
    order <- c(3, 2, 1)
  } else {
    compact <- form == "year_month_day" & grepl("^[0-9]{8}$", x)
    x[compact] <- sub("^(....)(..)(..)$", "\\1-\\2-\\3", x[compact])
    parts <- "^([0-9]{1,4})([-./])\\s*([0-9]{1,4})\\s*\\2\\s*([0-9]{1,4})\\s*(\\2\\s*(\\2.*)?)?$"
    cut <- lapply(c("\\1", "\\3", "\\4"), function(part) sub(parts, part, x, perl = TRUE))
    order <- switch(form, year_month_day = 1:3, day_month_year = 3:1, month_day_year = c(3, 1, 2))
  }
  good <- grepl(parts, x, perl = TRUE)
  cut <- lapply(cut, function(part) { part[!good] <- NA; as.character(part) })
  year <- cut[[order[1]]]
  wide <- nchar(year)
  year <- as.integer(year) + ifelse(wide == 2, ifelse(as.integer(year) >= 70, 1900L, 2000L), 0L)
  fits <- good & nchar(cut[[order[2]]]) <= 2 & nchar(cut[[order[3]]]) <= 2 &
    (wide == 4 | (wide == 2 & form != "year_month_day"))
  text <- sprintf("%04d-%02d-%02d", year, as.integer(cut[[order[2]]]), as.integer(cut[[order[3]]]))
  ifelse(fits, as.numeric(as.Date(text, format = "%Y-%m-%d")), NA)
}

# The meaning that a column's rules give to texts: a code, "(missing)", or NA.
meaning <- function(column, x) {
  x[x == ""] <- "(empty)"
  unname(column$values[match(tolower(x), tolower(names(column$values)))])
}

# Cells as "no_column", "missing", "unreadable" or "value", and the values.
with_state <- function(x, missing, value) {
  state <- ifelse(missing, "missing", ifelse(is.na(value), "unreadable", "value"))
  value[state != "value"] <- NA
  list(state = state, value = value)
}
no_column <- list(state = rep("no_column", rows), value = rep(NA, rows))
column_for <- function(role, of = "") Find(function(column) column$role == role && column$of == of, columns)
texts_of <- function(column) trim(raw[[column$at]])

date_cells <- function(of) {
  column <- column_for("date", of)
  if (is.null(column)) return(no_column)
  x <- texts_of(column)
  with_state(x, is_missing(x) | meaning(column, x) %in% "(missing)", date_of(x, column$form))
}
time_cells <- function(of) {
  column <- column_for("time", of)
  if (is.null(column)) return(no_column)
  x <- texts_of(column)
  days <- number(x, column$number) * column$days
  with_state(x, is_missing(x) | meaning(column, x) %in% "(missing)", ifelse(is.finite(days) & days >= 0, days, NA))
}
code_cells <- function(role, of, codes) {
  column <- column_for(role, of)
  if (is.null(column)) return(no_column)
  x <- texts_of(column)
  x[is_missing(x)] <- ""
  said <- meaning(column, x)
  text <- ifelse(is.na(said), x, said)
  with_state(x, said %in% "(missing)" | text == "", codes[match(tolower(text), tolower(codes))])
}

dates <- sapply(simplify = FALSE, c("birth_date", "diagnosis_date", "first_remission_date", "relapse_date",
  "second_malignancy_date", "hsct_date", "death_date", "first_event_date", "last_follow_up_date"), date_cells)
event_codes <- c("none", "relapse", "death", "second_malignancy", "induction_failure", "event")
first_event <- code_cells("first_event", "", event_codes)
vital <- code_cells("vital", "", c("alive", "dead"))
endpoints <- c("efs", "os", "dfs", "relapse", "as_in_file")
times <- sapply(simplify = FALSE, endpoints, time_cells)
events <- sapply(simplify = FALSE, endpoints, function(of) code_cells("event", of, event_codes))

# ---- Findings: what is invalid or contradictory is unknown ----------------------------------------------------------

entry <- function(field) {
  column <- column_for("finding", field)
  if (is.null(column)) return(rep("", rows))
  x <- texts_of(column)
  said <- meaning(column, x)
  kind <- fields[[field]]
  text <- x
  if (is.numeric(kind) && length(kind) == 2) {
    text <- plain(x, column$number)
  } else if (identical(kind, "fraction")) {
    sign <- ifelse(grepl("%$", x) | column$percent, "%", "")
    text <- paste0(plain(sub("%$", "", x), column$number), sign)
    text[is.na(plain(sub("%$", "", x), column$number))] <- NA
  }
  text <- ifelse(is.na(text), x, text)
  text <- ifelse(is.na(said), text, ifelse(said == "(missing)", "", said))
  ifelse(is_missing(x), "", text)
}
within <- function(value, field) {
  range <- if (is.numeric(fields[[field]])) fields[[field]] else c(0, 1)
  ifelse(!is.na(value) & value >= range[1] & value <= range[2], value, NA)
}
number_in <- function(field) within(decimal(entry(field)), field)
moved <- function(x, places) {
  exponent <- ifelse(grepl("[eE]", x), sub("^.*[eE]", "", x), "0")
  decimal(paste0(sub("[eE].*$", "", x), "e", suppressWarnings(as.integer(exponent)) + places))
}
fraction_in <- function(field) {
  x <- entry(field)
  value <- ifelse(grepl("%$", x), moved(trim(sub("%$", "", x)), -2), decimal(x))
  ifelse(tolower(x) %in% c("negative", "neg"), 0, within(value, field))
}
code_in <- function(field) fields[[field]][match(tolower(entry(field)), tolower(fields[[field]]))]
drop_where <- function(x, where) { x[where %in% TRUE] <- NA; x }

# Shortest and longest span of so many months, in days, over all dates of birth.
month_span <- function(months) {
  births <- as.POSIXlt(as.Date("2021-01-01") + 0:1460)
  later <- births; later$mday <- 1L; later$mon <- later$mon + months; later <- as.POSIXlt(as.Date(later))
  next_month <- later; next_month$mon <- next_month$mon + 1L
  last <- as.numeric(as.Date(next_month) - as.Date(later))
  range(as.numeric(as.Date(later) + pmin(births$mday, last) - 1 - as.Date(births)))
}
completed_months <- function(birth, diagnosis) {
  b <- as.POSIXlt(as.Date(birth, origin = "1970-01-01")); d <- as.POSIXlt(as.Date(diagnosis, origin = "1970-01-01"))
  last <- as.POSIXlt(as.Date(d)); last$mday <- 1L; last$mon <- last$mon + 1L
  last_day <- as.POSIXlt(as.Date(last) - 1)$mday
  12 * (d$year - b$year) + d$mon - b$mon - (d$mday < pmin(b$mday, last_day))
}

age_in_days <- function() {
  days <- trunc(number_in("age_days")); months <- trunc(number_in("age_months"))
  birth <- dates$birth_date$value; diagnosis <- dates$diagnosis_date$value
  between <- diagnosis - birth
  dated <- !is.na(between) & between >= 0 & between <= oldest_days
  exact <- ifelse(dated, between, days)
  agree <- is.na(days) | exact == days
  by_dates <- rep(NA_real_, rows)
  if (any(dated)) by_dates[dated] <- completed_months(birth[dated], diagnosis[dated])
  for (i in which(!is.na(months))) {
    if (dated[i]) agree[i] <- agree[i] && by_dates[i] == months[i]
    else if (!is.na(days[i])) {
      agree[i] <- agree[i] && days[i] >= month_span(months[i])[1] && days[i] <= month_span(months[i] + 1)[2]
    }
  }
  drop_where(exact, !agree)
}
white_cells <- function() {
  per_nl <- number_in("wbc")
  per_ul <- ifelse(is.na(number_in("wbc_per_ul")), NA, moved(entry("wbc_per_ul"), -3))
  differ <- abs(per_nl - per_ul) > 1e-9 * pmax(per_nl, per_ul)
  drop_where(ifelse(is.na(per_nl), per_ul, per_nl), differ)
}

findings <- function() {
  f <- list(age_days = age_in_days(), sex = code_in("sex"), wbc = white_cells(), kmt2a = code_in("kmt2a"),
            kmt2a_partner = code_in("kmt2a_partner"), lineage = code_in("lineage"), cd10 = code_in("cd10"),
            cns = code_in("cns"), csf_wbc = number_in("csf_wbc"), csf_blasts = code_in("csf_blasts"),
            testis = code_in("testis"), day8_blasts = number_in("day8_blasts"),
            prednisone_response = code_in("prednisone_response"), remission_eoi = code_in("remission_eoi"))
  for (point in c("mrd_eoi", "mrd_eoc", "mrd_tp4", "mrd_blina1")) f[[point]] <- fraction_in(point)
  f$relapse <- code_in("relapse"); f$salvage_remission <- code_in("salvage_remission")
  f$first_remission_months <- number_in("first_remission_months"); f$down_syndrome <- code_in("down_syndrome")

  # CNS status and fluid.
  many <- f$csf_wbc >= cns3_cells; blasts <- f$csf_blasts == "yes"; none <- f$csf_blasts == "no"
  fits <- function(status) switch(status, "1" = !(blasts %in% TRUE), "3" = rep(TRUE, rows),
                                  "2" = !(none %in% TRUE) & !(many %in% TRUE & blasts %in% TRUE))
  possible <- cbind(fits("1"), fits("2"), fits("3"))
  against <- !is.na(f$cns) & !possible[cbind(seq_len(rows), ifelse(is.na(f$cns), 1L, as.integer(f$cns)))]
  only <- is.na(f$cns) & rowSums(possible) == 1
  f$cns <- ifelse(only, c("1", "2", "3")[max.col(possible, "first")], f$cns)
  f$cns <- drop_where(f$cns, against); f$csf_wbc <- drop_where(f$csf_wbc, against)
  f$csf_blasts <- drop_where(f$csf_blasts, against)

  # Prednisone response and blasts on day 8.
  counted <- ifelse(f$day8_blasts < poor_response_blasts, "good", "poor")
  against <- counted != f$prednisone_response
  f$prednisone_response <- drop_where(ifelse(is.na(f$prednisone_response), counted, f$prednisone_response), against)
  f$day8_blasts <- drop_where(f$day8_blasts, against)

  # KMT2A and its partner; a status that is there but cannot be read is not overruled.
  has_partner <- !is.na(f$kmt2a_partner)
  against <- has_partner & !is.na(f$kmt2a) & f$kmt2a != "rearranged"
  unread <- has_partner & is.na(f$kmt2a) & entry("kmt2a") != ""
  f$kmt2a <- drop_where(ifelse(has_partner & is.na(f$kmt2a) & !unread, "rearranged", f$kmt2a), against)
  f$kmt2a_partner <- drop_where(f$kmt2a_partner, against | unread)

  against <- f$sex == "female" & f$testis == "yes"
  f$sex <- drop_where(f$sex, against); f$testis <- drop_where(f$testis, against)
  against <- f$relapse == "no" & !is.na(f$salvage_remission)
  f$relapse <- drop_where(f$relapse, against); f$salvage_remission <- drop_where(f$salvage_remission, against)
  names(f) <- paste0("finding:", names(f))
  f
}

# What is known of each row, under the names of the page: finding:sex, column:4.
variables <- findings()
for (column in Filter(function(column) column$role == "column", columns)) {
  x <- texts_of(column)
  variables[[column$of]] <- if (is.null(column$number)) ifelse(is_missing(x), NA, x)
                            else ifelse(is_missing(x), NA, number(x, column$number))
}


# ---- What the page says of the same rows ------------------------------------------------------------------------------

# Groups of protocols cannot be made in R: the page exports them by row. Its findings are compared with those read here.
page_values <- list()
read_otherwise <- NA
if (file.exists("cotside-values.csv")) {
  page_values <- read.csv("cotside-values.csv", check.names = FALSE, colClasses = "character", encoding = "UTF-8",
                          na.strings = "")
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

library(survival)

# ---- What was asked on the page ------------------------------------------------------------------------------------

endpoint <- "os"
at <- c(1, 3, 5)
times_of_file <- FALSE
failure_at_zero <- TRUE
group_by <- list(id = "column:12", names = c("A", "B", "C", "D"))
only <- NULL

# ---- Numbers, to be set beside those of the page ----------------------------------------------------------------------

numbers <- NULL
tell <- function(quantity, of, at, value) {
  if (length(value) > 0) {
    numbers <<- rbind(numbers, data.frame(quantity = quantity, of = of, at = at, value = as.numeric(value)))
  }
}
# At risk, events and estimate at the times asked for, up to the end of each curve; one that has come to 0 stays there.
within_follow_up <- function(group) {
  one <- d[d$group == group, ]
  at[at <= max(one$time) | min(survfit(Surv(time, status) ~ 1, data = one)$surv) == 0]
}

# ---- Times to the endpoint, and why a row has none ------------------------------------------------------------------

unusable <- function(why) stop(structure(class = c("unusable", "error", "condition"), list(message = why, call = NULL)))
state <- function(i, of) dates[[of]]$state[i]
needed <- function(i, of) {
  if (state(i, of) != "value") unusable(paste(of, state(i, of)))
  dates[[of]]$value[i]
}
optional <- function(i, of) {
  if (state(i, of) == "unreadable") unusable(paste(of, "unreadable"))
  dates[[of]]$value[i]
}

# The day of death; NA where the child lives. Without a column for it, the last contact of the dead is that day.
death <- function(i) {
  day <- optional(i, "death_date")
  alive <- vital$state[i] == "value" && vital$value[i] == "alive"
  if (alive && !is.na(day)) unusable("alive, with a date of death")
  if (alive || !is.na(day)) return(day)
  switch(vital$state[i], missing = unusable("alive or dead is unknown"), unreadable = unusable("vital status unreadable"),
         no_column = NA, value = if (state(i, "death_date") == "no_column") needed(i, "last_follow_up_date")
                                 else unusable("dead, without a date"))
}

# The first of relapse, second malignancy and death by their own dates; on one day the first of this list counts.
dated_events <- c(relapse = "relapse_date", second_malignancy = "second_malignancy_date", death = "death_date")
first_dated <- function(i) {
  days <- vapply(dated_events, function(of) optional(i, of), 0)
  if (all(is.na(days))) return(NULL)
  kind <- names(days)[which.min(days)]
  if (kind == "death" && vital$state[i] == "value" && vital$value[i] == "alive") unusable("alive, with a date of death")
  list(kind = kind, day = min(days, na.rm = TRUE))
}
any_of <- function(dated, named) {
  if (!is.null(dated) && (is.na(named) || named >= dated$day)) return(dated)
  if (is.na(named)) NULL else list(kind = "event", day = named)
}
by_death <- function(i) { day <- death(i); if (is.na(day)) NULL else list(kind = "death", day = day) }

event_of_kind <- function(i, kind, dated, named) {
  own <- NA
  if (kind == "death") {
    own <- tryCatch(death(i), unusable = function(why) {
      if (conditionMessage(why) %in% c("dead, without a date", "alive or dead is unknown")) NA else stop(why)
    })
  } else if (kind %in% names(dated_events)) own <- optional(i, dated_events[[kind]])
  if (!is.na(own) && !is.na(named) && own != named) unusable("two dates for one event")
  day <- if (is.na(own)) named else own
  if (is.na(day)) unusable("an event without a date")
  if (!is.null(dated) && dated$kind != kind && dated$day < day) unusable("another event came first")
  list(kind = kind, day = day)
}

first_event_of <- function(i, origin) {
  named <- optional(i, "first_event_date")
  dated <- first_dated(i)
  kind <- if (first_event$state[i] == "value") first_event$value[i] else first_event$state[i]
  found <- if (kind == "unreadable") unusable("first event unreadable")
  else if (kind == "none") {
    if (!is.null(dated)) unusable("no event, with the date of one")
    last <- dates$last_follow_up_date$value[i]
    if (!is.na(named) && !isTRUE(named == last)) unusable("no event, with the date of one")
    by_death(i)
  } else if (kind == "induction_failure") {
    if (failure_at_zero) list(kind = kind, day = origin)
    else if (is.na(named)) unusable("an event without a date") else list(kind = kind, day = named)
  } else if (kind == "event") {
    found <- any_of(dated, named)
    if (is.null(found)) unusable("an event without a date") else found
  } else if (kind %in% c("missing", "no_column")) {
    found <- any_of(dated, named)
    if (!is.null(found)) found else if (kind == "missing") unusable("unknown whether there was an event") else by_death(i)
  } else event_of_kind(i, kind, dated, named)
  if (endpoint == "relapse" && !is.null(found) && found$kind == "event") unusable("the kind of the event is needed")
  found
}

follow_dates <- function(i) {
  survival <- endpoint == "os"
  from_remission <- endpoint %in% c("dfs", "relapse")
  no_date <- function(of) state(i, of) == "no_column"
  no_kind <- first_event$state[i] == "no_column"
  if (no_date("last_follow_up_date")) unusable("no column: last follow-up")
  if (no_date("death_date") && vital$state[i] == "no_column" && (survival || no_kind)) unusable("no column: death")
  if (!survival && no_kind && no_date("relapse_date") && no_date("first_event_date")) unusable("no column: relapse")
  if (from_remission && first_event$value[i] %in% "induction_failure") unusable("never in remission")
  origin <- needed(i, if (from_remission) "first_remission_date" else "diagnosis_date")
  diagnosis <- dates$diagnosis_date$value[i]
  if (!is.na(diagnosis) && origin < diagnosis) unusable("wrong order of dates")
  used <- c(if (!survival) c("relapse_date", "second_malignancy_date", "first_event_date"), "death_date", "last_follow_up_date")
  died <- dates$death_date$value[i]
  for (of in used) {
    day <- optional(i, of)
    if (is.na(day)) next
    if (day < origin || (of != "last_follow_up_date" && !is.na(died) && died < day)) unusable("wrong order of dates")
  }
  found <- if (survival) by_death(i) else first_event_of(i, origin)
  if (is.null(found)) {
    seen <- vapply(c("first_remission_date", "relapse_date", "second_malignancy_date", "hsct_date", "first_event_date"),
                   function(of) dates[[of]]$value[i], 0)
    found <- list(kind = "none", day = max(needed(i, "last_follow_up_date"), seen, na.rm = TRUE))
  }
  hsct <- dates$hsct_date$value[i]
  hsct_state <- state(i, "hsct_date")
  if (hsct_state == "value" && !is.na(diagnosis) && hsct < diagnosis) hsct_state <- "unreadable"
  list(days = found$day - origin, event = found$kind, hsct = hsct - origin, hsct_state = hsct_state)
}

follow_file <- function(i) {
  if (times[[endpoint]]$state[i] != "value") unusable("no time")
  if (events[[endpoint]]$state[i] != "value") unusable("unknown whether there was an event")
  event <- events[[endpoint]]$value[i]
  if (endpoint == "relapse" && event == "event") unusable("the kind of the event is needed")
  list(days = times[[endpoint]]$value[i], event = event, hsct = NA, hsct_state = "no_column")
}

follow <- if (times_of_file) follow_file else follow_dates
followed <- lapply(seq_len(rows), function(i) {
  if (i %in% set_aside) return("the row does not fit the header")
  tryCatch(follow(i), unusable = conditionMessage)
})
has_time <- vapply(followed, is.list, TRUE)
cat(sum(has_time), "rows followed,", sum(!has_time), "not:\n")
print(table(unlist(followed[!has_time])))
d <- data.frame(row = which(has_time),
  time = vapply(followed[has_time], `[[`, 0, "days") / 365.25,
  event = factor(vapply(followed[has_time], `[[`, "", "event"), event_codes),
  hsct = as.numeric(vapply(followed[has_time], function(one) as.numeric(one$hsct), 0)) / 365.25,
  hsct_state = vapply(followed[has_time], `[[`, "", "hsct_state"))

# ---- Who is compared --------------------------------------------------------------------------------------------------

# Levels of what patients are sorted by; numbers are cut at their median.
levels_of <- function(id, names) {
  x <- known(id)
  if (is.numeric(x)) names[1 + (x > median(x, na.rm = TRUE))] else x
}
known <- function(id) {
  x <- if (startsWith(id, "protocol:")) page_values[[id]] else variables[[id]]
  if (is.null(x)) stop("Nothing is known of ", id, "; is cotside-values.csv of the same run beside this script?")
  x
}
inside <- rep(TRUE, nrow(d))
if (!is.null(only)) inside <- levels_of(only$id, only$names)[d$row] %in% only$level
group <- rep("all", nrow(d))
if (!is.null(group_by)) group <- levels_of(group_by$id, group_by$names)[d$row]
cat(sum(!inside), "outside the part of the patients,", sum(inside & is.na(group)), "without a known group.\n")
d$group <- factor(group, if (is.null(group_by)) "all" else group_by$names)
d <- droplevels(d[inside & !is.na(d$group), ])
d$status <- as.integer(d$event != "none")

# ---- Kaplan–Meier, intervals on the log(−log) scale; log-rank test ----------------------------------------------------

if (!is.na(read_otherwise)) tell("values_read_otherwise", "", NA, read_otherwise)
tell("followed", "", NA, nrow(d))
tell("events", "", NA, sum(d$status))
fit <- survfit(Surv(time, status) ~ group, data = d, conf.type = "log-log")
print(fit)
for (g in levels(d$group)) {
  one <- survfit(Surv(time, status) ~ 1, data = d[d$group == g, ], conf.type = "log-log")
  s <- summary(one, times = within_follow_up(g), extend = TRUE)
  # Where nobody has had the event, or everybody has, there is no variance.
  has_variance <- s$surv > 0 & s$surv < 1
  tell("at_risk", g, s$time, s$n.risk)
  tell("survival", g, s$time, s$surv)
  tell("survival_se", g, s$time[has_variance], s$std.err[has_variance])
  tell("survival_lower", g, s$time[has_variance], s$lower[has_variance])
  tell("survival_upper", g, s$time[has_variance], s$upper[has_variance])
}
tell("median_follow_up", "", NA, quantile(survfit(Surv(time, 1 - status) ~ 1, data = d), 0.5)$quantile)
test <- survdiff(Surv(time, status) ~ group, data = d)
print(test)
tell("log_rank_chi2", "", NA, test$chisq)
# A group that nobody of is at risk at any event adds no degree of freedom.
df <- sum(test$exp > 0) - 1
tell("log_rank_df", "", NA, df)
tell("log_rank_p", "", NA, pchisq(test$chisq, df, lower.tail = FALSE))

covariates <- list(
  list(id = "finding:age_days", name = "Age, per month", scale = function(days) days / 30.4375, finite = c("Age, per month")),
  list(id = "finding:sex", name = "Sex", names = c("female", "male"), finite = c("Sex=male")),
  list(id = "finding:wbc", name = "White cells, per doubling", scale = function(wbc) ifelse(wbc > 0, log2(wbc), NA), finite = c("White cells, per doubling")),
  list(id = "finding:kmt2a", name = "KMT2A (MLL)", names = c("germline", "rearranged", "undetermined"), finite = c("KMT2A (MLL)=rearranged", "KMT2A (MLL)=undetermined")),
  list(id = "finding:kmt2a_partner", name = "KMT2A partner", names = c("AFF1", "MLLT1", "MLLT10", "MLLT3", "other"), finite = c("KMT2A partner=MLLT1", "KMT2A partner=MLLT10", "KMT2A partner=MLLT3", "KMT2A partner=other")),
  list(id = "finding:cd10", name = "CD10", names = c("negative", "positive"), finite = c("CD10=positive")),
  list(id = "finding:cns", name = "CNS status", names = c("1", "2", "3"), finite = c("CNS status=2", "CNS status=3")),
  list(id = "finding:day8_blasts", name = "Day-8 blood blasts, per doubling of count + 1", scale = function(count) ifelse(count >= 0, log2(count + 1), NA), finite = c("Day-8 blood blasts, per doubling of count + 1")),
  list(id = "finding:prednisone_response", name = "Prednisone response", names = c("good", "poor"), finite = c("Prednisone response=poor")),
  list(id = "finding:remission_eoi", name = "Complete remission, end of induction", names = c("no", "yes"), finite = c("Complete remission, end of induction=yes")),
  list(id = "finding:mrd_eoi", name = "MRD, end of induction", names = c("≤ 0.00093", "> 0.00093"), finite = c("MRD, end of induction=> 0.00093")),
  list(id = "finding:mrd_eoc", name = "MRD, end of consolidation", names = c("≤ 0.000115", "> 0.000115"), finite = c("MRD, end of consolidation=> 0.000115")),
  list(id = "column:12", name = "centre", names = c("A", "B", "C", "D"), finite = c("centre=B", "centre=C", "centre=D")))

# ---- Cox's regression, each variable by itself (Efron's ties); no ratio where it would not be finite ------------------

for (covariate in covariates) {
  x <- if (is.null(covariate$names)) known(covariate$id)[d$row]
       else factor(levels_of(covariate$id, covariate$names)[d$row], covariate$names)
  if (!is.null(covariate$scale)) x <- covariate$scale(x)
  keep <- !is.na(x)
  one <- droplevels(data.frame(d[keep, c("time", "status")], x = x[keep]))
  fit <- coxph(Surv(time, status) ~ x, data = one, ties = "efron")
  rows_of <- summary(fit)$coefficients
  ends <- summary(fit)$conf.int
  of <- paste0(covariate$name, if (is.factor(one$x)) paste0("=", levels(one$x)[-1]) else "")
  finite <- of %in% covariate$finite
  tell("hazard_ratio", of[finite], NA, ends[finite, 1])
  tell("hazard_ratio_lower", of[finite], NA, ends[finite, 3])
  tell("hazard_ratio_upper", of[finite], NA, ends[finite, 4])
  tell("wald_p", of[finite], NA, rows_of[finite, 5])
}
transplant_ratio_is_finite <- TRUE
landmark <- 0.5

# ---- Transplant as an event in time -----------------------------------------------------------------------------------

# An empty date is read as not transplanted; rows whose date cannot be used, or is before the origin, are left out.
t <- d[d$hsct_state == "missing" | (d$hsct_state == "value" & d$hsct >= 0), ]
t$hsct[t$hsct_state == "missing"] <- NA
t$parted <- !is.na(t$hsct) & t$hsct < t$time
long <- rbind(
  data.frame(entry = 0, time = ifelse(t$parted, t$hsct, t$time), status = ifelse(t$parted, 0, t$status), after = 0),
  data.frame(entry = t$hsct, time = t$time, status = t$status, after = 1)[t$parted, ])
long <- long[long$entry < long$time, ]
# Mantel and Byar's test: the log-rank test over risk sets in which patients change groups at transplant.
mantel_byar <- function(long) {
  sums <- vapply(unique(long$time[long$status == 1]), function(at) {
    at_risk <- long$entry < at & long$time >= at
    n <- sum(at_risk); after <- sum(at_risk & long$after == 1)
    dead <- sum(long$status[at_risk & long$time == at])
    c(dead * after / n, if (n > 1) dead * (after / n) * (1 - after / n) * (n - dead) / (n - 1) else 0)
  }, c(0, 0))
  observed <- sum(long$status[long$after == 1])
  c(observed = observed, expected = sum(sums[1, ]), chi2 = (observed - sum(sums[1, ]))^2 / sum(sums[2, ]))
}
if (any(long$after == 1)) {
  test <- mantel_byar(long)
  print(test)
  tell("mantel_byar_observed", "", NA, test["observed"])
  tell("mantel_byar_expected", "", NA, test["expected"])
  tell("mantel_byar_p", "", NA, pchisq(test["chi2"], 1, lower.tail = FALSE))
  fit <- coxph(Surv(entry, time, status) ~ after, data = long, ties = "efron")
  if (transplant_ratio_is_finite) {
    tell("transplant_hazard_ratio", "", NA, exp(coef(fit)))
    tell("transplant_hazard_ratio_lower", "", NA, summary(fit)$conf.int[1, 3])
    tell("transplant_hazard_ratio_upper", "", NA, summary(fit)$conf.int[1, 4])
    tell("transplant_wald_p", "", NA, summary(fit)$coefficients[1, 5])
  }
  for (state in 0:1) {
    curve <- survfit(Surv(entry, time, status) ~ 1, data = long[long$after == state, ])
    s <- summary(curve, times = at[at <= max(curve$time)])
    tell("simon_makuch", c("before", "after")[state + 1], s$time, s$surv)
  }
}
beyond <- t[t$time > landmark, ]
beyond$by_then <- !is.na(beyond$hsct) & beyond$hsct <= landmark
tell("landmark_left_out_events", "", landmark, sum(t$time <= landmark & t$status == 1))
tell("landmark_left_out_censored", "", landmark, sum(t$time <= landmark & t$status == 0))
if (length(unique(beyond$by_then)) == 2 && sum(beyond$status) > 0) {
  test <- survdiff(Surv(time - landmark, status) ~ by_then, data = beyond)
  tell("landmark_observed", "", landmark, test$obs[2])
  tell("landmark_expected", "", landmark, test$exp[2])
  tell("landmark_p", "", landmark, pchisq(test$chisq, 1, lower.tail = FALSE))
}

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
