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
  for (separator in c(" ", "'", "\u2019", group[group != ""])) {
    grouped <- grepl(separator, whole, fixed = TRUE)
    good <- grepl(paste0("^[-+]?[0-9]{1,3}([", separator, "][0-9]{3})+$"), whole) & !grepl("^[-+]?0+[ ,.'\u2019]", whole)
    whole[grouped] <- ifelse(good, gsub(separator, "", whole, fixed = TRUE), NA)[grouped]
  }
  bad <- is.na(whole) | grepl("[,.]", whole) | grepl("[,.]", rest)
  text <- ifelse(has_rest, paste0(whole, ".", rest), whole)
  text[bad | is.na(decimal(text))] <- NA
  text
}
number <- function(x, form) decimal(plain(x, form))

# A unit of time behind a number: the number, and the unit or NA.
with_time_unit <- function(x, form) {
  at <- regexpr("[\\p{L}/\u00d7*^\u00b7]", x, perl = TRUE)
  bare <- trim(substring(x, 1, at - 1))
  unit <- unname(unit_words[match(tolower(sub("[.]+$", "", substring(x, at))), names(unit_words))])
  split <- at > 1 & grepl("[0-9.]$", bare) & !is.na(unit) & is.na(plain(x, form))
  list(text = ifelse(split, bare, x), unit = ifelse(split, unit, NA))
}
days_in <- c(days = 1, weeks = 7, months = 30.4375, years = 365.25)

# ---- Dates: days since 1970-01-01 ------------------------------------------------------------------------------------

once_each <- function(x, read) { each <- unique(x); vapply(each, read, 0, USE.NAMES = FALSE)[match(x, each)] }
day_number <- function(year, month, day) {
  year <- suppressWarnings(as.integer(year)); month <- suppressWarnings(as.integer(month)); day <- suppressWarnings(as.integer(day))
  if (anyNA(c(year, month, day))) return(NA_real_)
  as.numeric(as.Date(sprintf("%04d-%02d-%02d", year, month, day), format = "%Y-%m-%d", optional = TRUE))
}
short <- function(part) nchar(part) <= 2
full_year <- function(part) {
  year <- suppressWarnings(as.integer(part))
  if (nchar(part) == 4) year else if (nchar(part) == 2) year + if (year >= 70) 1900L else 2000L else NA
}
month_named <- function(name) {
  fits <- vapply(month_names, function(names) any(startsWith(tolower(name), names)), TRUE)
  if (any(fits)) which(fits)[1] else NA
}
tokens_of <- function(x) regmatches(x, gregexpr("\\p{N}+|[\\p{L}?]+", x, perl = TRUE))[[1]]
# Signs for year, month and day as marks; a time of day is left out.
marks <- function(x) {
  at <- regexpr("[T ]", x)
  behind <- substring(x, at)
  timed <- at > 0 & grepl(":", behind, fixed = TRUE) & grepl("[0-9]", substring(x, 1, at - 1))
  x <- ifelse(timed, trim(substring(x, 1, at - 1)), x)
  wide <- grepl("[^ -~]", x)
  x[wide] <- gsub("\\s*-\\s*", "-", gsub("[\u5e74\u6708\ub144\uc6d4\uff0e\uff0f\uff0d\u2010\u2013]", "-", gsub("[\u65e5\uc77c]", "", x[wide])))
  trim(x)
}
three <- function(x) {
  pattern <- "^([0-9]{1,4}) *([-./])\\s*([0-9]{1,4})\\s*\\2\\s*([0-9]{1,4})\\s*(\\2\\s*(\\2.*)?)?$"
  if (!grepl(pattern, x, perl = TRUE)) return(NULL)
  vapply(c("\\1", "\\3", "\\4"), function(part) sub(pattern, part, x, perl = TRUE), "", USE.NAMES = FALSE)
}
# Year first, a name of the month, or dots (day first wherever they are used): read in any form.
eras <- list(list("[Rr]|\u4ee4\u548c|\u32ff", 2018, "2019-05-01"), list("[Hh]|\u5e73\u6210|\u337b", 1988, "1989-01-08"),
  list("[Ss]|\u662d\u548c|\u337c", 1925, "1926-12-25"), list("\u6c11[\u570b\u56fd]", 1911, "1912-01-01"))
# The year of an era as one of the common era, and its first day.
without_era <- function(x) {
  for (era in eras) {
    if (!grepl(paste0("^(", era[[1]], ")"), x)) next
    rest <- sub("\u5143", "1", sub("^[. ]+", "", sub(paste0("^(", era[[1]], ")"), "", x)), fixed = TRUE)
    year <- suppressWarnings(as.integer(sub("[^0-9].*$", "", rest)))
    if (grepl("^[0-9]+[^0-9]", rest) && !is.na(year) && year >= 1 && year <= 150) {
      return(list(text = paste0(era[[2]] + year, sub("^[0-9]+", "", rest)), first = as.numeric(as.Date(era[[3]]))))
    }
    break
  }
  list(text = x, first = -Inf)
}
year_first <- function(x) {
  era <- without_era(x)
  x <- era$text
  if (grepl("^[0-9]{8}$", x)) {
    parts <- c(substring(x, 1, 4), substring(x, 5, 6), substring(x, 7, 8))
    if (as.integer(parts[1]) < 1900) return(NA_real_)
  } else {
    parts <- three(x)
    if (is.null(parts) || nchar(parts[1]) != 4) return(NA_real_)
  }
  if (!short(parts[2]) || !short(parts[3])) return(NA_real_)
  day <- day_number(parts[1], parts[2], parts[3])
  # No day is in an era that had not begun.
  if (is.na(day) || day < era$first) NA_real_ else day
}
# Years of the Republic of China, and of the Buddhist era.
minguo <- function(x) {
  parts <- if (grepl("^[0-9]{6,7}$", x)) {
    n <- nchar(x); c(substring(x, 1, n - 4), substring(x, n - 3, n - 2), substring(x, n - 1))
  } else three(x)
  if (is.null(parts) || !(nchar(parts[1]) %in% 2:3) || !short(parts[2]) || !short(parts[3])) return(NA_real_)
  year <- as.integer(parts[1])
  if (year < 29 || year > 134) NA_real_ else day_number(year + 1911L, parts[2], parts[3])
}
buddhist <- function(x) {
  year <- grep("^[0-9]{4}$", tokens_of(x), value = TRUE)[1]
  if (is.na(year) || as.integer(year) < 2483 || as.integer(year) > 2588) x else sub(year, as.integer(year) - 543L, x, fixed = TRUE)
}
named_month <- function(x) {
  tokens <- tokens_of(x)
  tokens <- tokens[tolower(tokens) != "de"]
  digits <- grepl("^[0-9]+$", tokens)
  if (length(tokens) != 3 || sum(digits) != 2) return(NA_real_)
  numbers <- tokens[digits]
  if (nchar(numbers[1]) == 4) numbers <- rev(numbers)
  if (!short(numbers[1])) return(NA_real_)
  day_number(full_year(numbers[2]), month_named(tokens[!digits]), numbers[1])
}
in_order <- function(x, day_at, month_at) {
  parts <- if (grepl("^[0-9]{8}$", x)) c(substring(x, 1, 2), substring(x, 3, 4), substring(x, 5, 8)) else three(x)
  if (is.null(parts) || !short(parts[day_at]) || !short(parts[month_at])) return(NA_real_)
  day_number(full_year(parts[3]), parts[month_at], parts[day_at])
}
day_first <- function(x) in_order(x, 1, 2)
month_first <- function(x) if (grepl(".", x, fixed = TRUE)) NA_real_ else in_order(x, 2, 1)
written_date <- function(x, form) {
  if (form == "minguo_year") { known <- minguo(x); if (!is.na(known)) return(known) }
  if (form == "buddhist_year") return(written_date(buddhist(x), "day_month_year"))
  known <- year_first(x)
  if (is.na(known)) known <- named_month(x)
  if (!is.na(known)) return(known)
  dots <- grepl(".", x, fixed = TRUE)
  day <- day_first(x); month <- month_first(x)
  if (form == "day_month_year" || dots) day
  else if (form == "month_day_year") month
  else if (!is.na(day) && !is.na(month) && day != month) NA_real_
  else if (is.na(day)) month else day
}
# Year and month alone, read as the 15th.
mid_month <- function(x) {
  tokens <- tokens_of(without_era(marks(x))$text)
  unknown <- tolower(tokens) %in% c("00", "0", "xx", "x", "un", "unk", "nk", "dd", "??", "tt")
  if (length(tokens) == 3) {
    at <- which(unknown)[1]
    if (is.na(at) || at == 2) return(NA_real_)
    tokens <- tokens[-at]
  }
  if (length(tokens) != 2) return(NA_real_)
  years <- grepl("^[0-9]{4}$", tokens)
  year <- if (years[1]) tokens[1] else if (years[2]) tokens[2] else return(NA_real_)
  month <- if (years[1]) tokens[2] else tokens[1]
  month <- if (grepl("^[0-9]+$", month)) { if (short(month)) as.integer(month) else NA } else month_named(month)
  if (is.na(month) || as.integer(year) < 1940 || as.integer(year) > 2045) NA_real_ else day_number(year, month, 15)
}
date_of <- function(x, form) {
  if (form == "spreadsheet") {
    days <- decimal(x)
    return(ifelse(!is.na(days) & days >= 10000 & days <= 80075, trunc(days) - 25569, NA))
  }
  if (form == "unix_seconds") {
    seconds <- decimal(x)
    return(ifelse(!is.na(seconds) & seconds >= 315532800 & seconds <= 2840140799, floor(seconds / 86400), NA))
  }
  once_each(marks(x), function(one) written_date(one, form))
}
counts_from_diagnosis <- function(column) column$form %in% c("days_since_diagnosis", "months_since_diagnosis")

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

# Rows of a file that is written day first in some rows and month first in others: a cell that settles it settles its row.
either <- Filter(function(column) column$role == "date" && column$form == "either_order", columns)
row_order <- rep("either_order", rows)
if (length(either) > 0) {
  settles <- sapply(either, function(column) {
    x <- marks(texts_of(column))
    day <- once_each(x, function(one) written_date(one, "day_month_year"))
    month <- once_each(x, function(one) written_date(one, "month_day_year"))
    ifelse(!is.na(day) & is.na(month), 1, ifelse(is.na(day) & !is.na(month), 2, 0))
  })
  settles <- matrix(settles, rows)
  row_order <- ifelse(rowSums(settles == 1) > 0 & rowSums(settles == 2) == 0, "day_month_year",
                      ifelse(rowSums(settles == 2) > 0 & rowSums(settles == 1) == 0, "month_day_year", "either_order"))
}
dates_of <- function(column) {
  x <- texts_of(column)
  day <- date_of(x, column$form)
  if (column$form == "either_order") for (order in c("day_month_year", "month_day_year")) {
    day[row_order == order] <- date_of(x[row_order == order], order)
  }
  if (isTRUE(column$mid_month)) day <- ifelse(is.na(day), once_each(x, mid_month), day)
  day
}
# Days and months since diagnosis; without dates of diagnosis they count from the same nominal day.
from_diagnosis <- Filter(function(column) column$role == "date" && counts_from_diagnosis(column), columns)
date_cells <- function(of) {
  column <- column_for("date", of)
  if (is.null(column)) {
    if (of == "diagnosis_date" && length(from_diagnosis) > 0) return(list(state = rep("value", rows), value = rep(0, rows)))
    return(no_column)
  }
  x <- texts_of(column)
  day <- if (counts_from_diagnosis(column)) {
    since <- number(x, column$number) * if (column$form == "months_since_diagnosis") 30.4375 else 1
    date_cells("diagnosis_date")$value + ifelse(abs(since) <= 36525, sign(since) * floor(abs(since) + 0.5), NA)
  } else dates_of(column)
  with_state(x, is_missing(x) | meaning(column, x) %in% "(missing)", day)
}
time_cells <- function(of) {
  column <- column_for("time", of)
  if (is.null(column)) return(no_column)
  x <- texts_of(column)
  told <- with_time_unit(x, column$number)
  days <- number(told$text, column$number) * ifelse(is.na(told$unit), column$days, days_in[told$unit])
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
  "second_malignancy_date", "hsct_date", "death_date", "first_event_date", "last_follow_up_date", "relapse_after_hsct_date",
  "acute_gvhd_date", "chronic_gvhd_date"), date_cells)
event_codes <- c("none", "relapse", "death", "second_malignancy", "induction_failure", "event")
first_event <- code_cells("first_event", "", event_codes)
vital <- code_cells("vital", "", c("alive", "dead"))
endpoints <- c("efs", "os", "dfs", "relapse", "as_in_file")
times <- sapply(simplify = FALSE, endpoints, time_cells)
events <- sapply(simplify = FALSE, endpoints, function(of) code_cells("event", of, event_codes))

# ---- Findings: what is invalid or contradictory is unknown ----------------------------------------------------------

# 2x10^-2 and 10^-3 as a program writes them.
power_of_ten <- function(x) {
  x <- gsub("\\s", "", x)
  x <- gsub("[\u207b\u2212\u2013]", "-", x)
  x <- chartr("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u00d7*\u00b7X", "0123456789xxxx", x)
  pattern <- "^(?:([^x]*)x)?10(?:xx|\\^)*\\(?(-[0-9]+)\\)?$"
  factor <- sub(pattern, "\\1", x, perl = TRUE)
  factor <- ifelse(grepl("x", x, fixed = TRUE) & !grepl("^10xx", x), factor, "1")
  value <- ifelse(is.na(plain(factor, "point")), plain(factor, "comma"), plain(factor, "point"))
  exponent <- suppressWarnings(as.integer(sub(pattern, "\\2", x, perl = TRUE)))
  ifelse(grepl(pattern, x, perl = TRUE) & !is.na(value) & exponent >= -12 & exponent < 0, paste0(value, "e", exponent), NA)
}
# Weeks stay weeks; years are completed months where every day that they may mean has the same.
age_text <- function(x, form, unit) {
  text <- plain(x, form)
  value <- decimal(text)
  weeks <- ifelse(!is.na(value) & value >= 0 & value < 1000, paste0(floor(value), "w"), text)
  decimals <- pmin(nchar(ifelse(grepl(".", text, fixed = TRUE), sub("^[^.]*[.]", "", text), "")), 9)
  half <- 0.5 / 10^decimals
  low <- floor(pmax(ifelse(decimals == 0, value, value - half), 0) * 365.25)
  high <- ceiling(ifelse(decimals == 0, value + 1, value + half) * 365.25)
  spans <- vapply(0:14, month_span, c(0, 0))
  months <- function(days) vapply(days, function(day) {
    at <- which(c(-1, spans[2, 2:14]) < day | c(TRUE, rep(FALSE, 13)))
    at <- if (is.na(day)) NA else max(at) - 1
    if (!is.na(at) && day < spans[1, at + 2]) at else NA_real_
  }, 0)
  first <- months(low); last <- months(high)
  years <- ifelse(is.na(value) | value < 0, text, ifelse(!is.na(first) & !is.na(last) & first == last, as.character(first), ""))
  ifelse(unit == "weeks", weeks, ifelse(unit == "years", years, text))
}
# Ages in days or in months: those of the column, and those whose cells name the other unit.
age_entry <- function(field) {
  found <- rep("", rows)
  for (of in c("age_days", "age_months")) {
    column <- column_for("finding", of)
    if (is.null(column)) next
    x <- texts_of(column)
    told <- with_time_unit(x, column$number)
    unit <- ifelse(is.na(told$unit), column$unit, told$unit)
    text <- age_text(told$text, column$number, unit)
    text <- ifelse(is.na(text), x, text)
    family <- ifelse(is.na(told$unit), of, ifelse(told$unit %in% c("days", "weeks"), "age_days", "age_months"))
    said <- meaning(column, x)
    text <- ifelse(is.na(said), text, ifelse(said == "(missing)", "", said))
    mine <- family == field & !is_missing(x) & text != ""
    found[mine] <- text[mine]
  }
  found
}

entry <- function(field) {
  if (field %in% c("age_days", "age_months")) return(age_entry(field))
  column <- column_for("finding", field)
  if (is.null(column)) return(rep("", rows))
  x <- texts_of(column)
  said <- meaning(column, x)
  kind <- fields[[field]]
  text <- x
  if (is.numeric(kind) && length(kind) == 2) {
    text <- plain(x, column$number)
    # A count with its unit behind it.
    at <- regexpr("[\\p{L}/\u00d7*^\u00b7]", x, perl = TRUE)
    told <- is.na(text) & at > 1 & unit_in_cell(substring(x, at)) %in% "per_ul"
    text <- ifelse(told, plain(trim(substring(x, 1, at - 1)), column$number), text)
  } else if (identical(kind, "fraction")) {
    told <- grepl("[%\uff05]$", x)
    bare <- trim(sub("[%\uff05]$", "", x))
    value <- plain(bare, column$number)
    value <- ifelse(is.na(value), power_of_ten(bare), value)
    text <- ifelse(is.na(value), NA, paste0(value, ifelse(told | column$percent, "%", "")))
    text[tolower(x) %in% negative_words] <- "negative"
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
  12 * (d$year - b$year) + d$mon - b$mon - (d$mday < b$mday)
}

# The age as it is known, from dates, days, weeks or months, and whether these agree.
age_known <- function() {
  days <- trunc(number_in("age_days")); months <- trunc(number_in("age_months"))
  weeks <- suppressWarnings(as.integer(ifelse(grepl("^[0-9]+w$", entry("age_days")), sub("w$", "", entry("age_days")), NA)))
  birth <- dates$birth_date$value; diagnosis <- dates$diagnosis_date$value
  between <- diagnosis - birth
  dated <- !is.na(between) & between >= 0 & between <= oldest_days
  exact <- ifelse(dated, between, days)
  agree <- (is.na(days) | exact == days) & (is.na(weeks) | is.na(exact) | exact %/% 7 == weeks)
  by_dates <- rep(NA_real_, rows)
  if (any(dated)) by_dates[dated] <- completed_months(birth[dated], diagnosis[dated])
  for (i in which(!is.na(months))) {
    if (dated[i]) agree[i] <- agree[i] && by_dates[i] == months[i]
    else if (!is.na(days[i])) {
      agree[i] <- agree[i] && days[i] >= month_span(months[i])[1] && days[i] <= month_span(months[i] + 1)[2]
    } else if (!is.na(weeks[i])) {
      agree[i] <- agree[i] && month_span(months[i])[1] <= weeks[i] * 7 + 6 && weeks[i] * 7 <= month_span(months[i] + 1)[2]
    }
  }
  list(exact = drop_where(exact, !agree), by_dates = ifelse(dated, by_dates, NA),
       weeks = drop_where(weeks, !agree | !is.na(exact)), months = drop_where(months, !agree | !is.na(exact) | !is.na(weeks)))
}
age_in_days <- function() age_known()$exact
# Whether a child is younger than so many days, or calendar months; NA where the age as it is known leaves that open.
younger <- function(days = NULL, months = NULL) {
  age <- age_known()
  span <- vapply(0:13, month_span, c(0, 0))
  of_month <- function(row, month) span[row, pmin(pmax(month, 0), 13) + 1]
  first <- ifelse(!is.na(age$exact), age$exact, ifelse(!is.na(age$weeks), age$weeks * 7, of_month(1, age$months)))
  last <- ifelse(!is.na(age$exact), age$exact, ifelse(!is.na(age$weeks), age$weeks * 7 + 6,
                 ifelse(age$months == 11, 364, of_month(2, age$months + 1))))
  if (is.null(months)) return(ifelse(last < days, TRUE, ifelse(first >= days, FALSE, NA)))
  completed <- ifelse(!is.na(age$exact), age$by_dates, age$months)
  by_days <- ifelse(last < span[1, months + 1], TRUE, ifelse(first > span[2, months + 1], FALSE, NA))
  ifelse(is.na(completed), by_days, completed < months)
}
# The unit that a cell names itself: 250 000 /uL, 33.9 G/l.
unit_in_cell <- function(x) {
  text <- tolower(gsub("[ _^.()\\[\\]]", "", x, perl = TRUE))
  text <- chartr("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u00b5\u03bc\u00d7*\u00b7", "0123456789uuxxx", text)
  per_nl <- grepl("103/|10e3|1000/u|1000/m|k/u|k/m|tsd/u|tsd/m|/nl|pernl|x1000|x103|109/l|10e9|1e9|109perl|g/l|gpt/l|giga|x109|109l$", text)
  per_ul <- grepl("/ul|perul|/mm3|permm3|/cmm|/mcl|/cumm|mm3$", text)
  ifelse(per_nl, "per_nl", ifelse(per_ul, "per_ul", NA))
}
# White cells of one column in 10^9/L, whatever the unit of column and cell.
counts_of <- function(field) {
  column <- column_for("finding", field)
  if (is.null(column)) return(rep(NA_real_, rows))
  x <- texts_of(column)
  at <- regexpr("[\\p{L}/\u00d7*^]", x, perl = TRUE)
  split <- at > 1 & is.na(plain(x, column$number))
  bare <- ifelse(split, trim(substring(x, 1, at - 1)), x)
  unit <- ifelse(split, unit_in_cell(substring(x, at)), if (field == "wbc") "per_nl" else "per_ul")
  text <- ifelse(is.na(unit), NA, plain(bare, column$number))
  missing <- is_missing(x) | meaning(column, x) %in% "(missing)"
  value <- decimal(text)
  per_ul <- unit %in% "per_ul"
  high <- !per_ul & !is.na(value) & value > fields$wbc[2]
  if (field == "wbc" && column$high == "per_ul") { per_ul <- per_ul | high; high <- rep(FALSE, rows) }
  as_written <- field == "wbc" && column$high == "as_written"
  value <- ifelse(per_ul, within(value, "wbc_per_ul"), ifelse(high & !as_written, NA, value))
  moved_down <- rep(NA_real_, rows)
  if (any(per_ul & !is.na(value))) moved_down[per_ul & !is.na(value)] <- moved(text[per_ul & !is.na(value)], -3)
  value <- ifelse(per_ul, ifelse(is.na(value), NA, moved_down), value)
  ifelse(missing | (!is.na(value) & value < 0), NA, value)
}
white_cells <- function() {
  per_nl <- counts_of("wbc"); per_ul <- counts_of("wbc_per_ul")
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
  none <- is_missing(x) | meaning(column, x) %in% "(missing)"
  variables[[column$of]] <- if (is.null(column$number)) ifelse(none, NA, x) else ifelse(none, NA, number(x, column$number))
}

# ---- What the texts of this file were read as: look at it before any result -------------------------------------------

used_rows <- setdiff(seq_len(rows), set_aside)
for (column in Filter(function(column) column$role %in% c("vital", "event", "first_event"), columns)) {
  x <- texts_of(column)[used_rows]
  x[is_missing(x)] <- ""
  read <- switch(column$role, vital = vital, event = events[[column$of]], first_event = first_event)
  read <- ifelse(read$state == "value", read$value, paste0("(", read$state, ")"))[used_rows]
  said <- as.data.frame(table(text = x, read_as = read), responseName = "rows", stringsAsFactors = FALSE)
  cat("Column ", column$header, ":\n", sep = "")
  print(said[said$rows > 0, ], row.names = FALSE)
}
for (column in Filter(function(column) column$role == "date", columns)) {
  x <- texts_of(column)[used_rows]
  none <- meaning(column, x) %in% "(missing)"
  if (any(none)) {
    cat("Column ", column$header, ", read as no date:\n", sep = "")
    print(as.data.frame(table(text = x[none]), responseName = "rows"), row.names = FALSE)
  }
}
