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
