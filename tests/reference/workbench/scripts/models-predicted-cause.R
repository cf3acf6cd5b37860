# Made by Cotside 0.2.0 for the file models_file.csv.
# Run it in the folder of that file: Rscript cotside.R [file]. It needs R with the package survival (and cmprsk for
# Gray's test). Beside it belong cotside-values.csv and cotside-numbers.csv of the same run.
if (!isTRUE(l10n_info()[["UTF-8"]])) suppressWarnings(Sys.setlocale("LC_CTYPE", "C.UTF-8"))
named <- function(...) { values <- c(...); if (is.null(values)) character(0) else values }
# A mark at the start of UTF-16 tells the order of bytes and is no character.
utf16 <- function(path, order) {
  mark <- readBin(path, "raw", 2)
  if (identical(mark, as.raw(c(0xff, 0xfe))) || identical(mark, as.raw(c(0xfe, 0xff)))) "UTF-16" else order
}

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

file <- "models_file.csv"
arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) > 0) file <- arguments[1]
# A file may be called stdin or clipboard.
if (basename(file) == file) file <- file.path(".", file)
if (!file.exists(file)) stop("There is no file ", file, " here: run this script in its folder, or name it behind the script.")
rows <- 180L
set_aside <- c()
oldest_days <- 6570
negative_words <- c("negative", "neg", "neg.", "negativ", "mrd-", "mrd negative", "mrd neg", "not detected", "undetectable", "not detectable", "nachweisgrenze unterschritten", "nicht nachweisbar", "négatif", "negativo", "陰性", "阴性", "음성", "検出せず", "не обнаружено", "отрицательно", "陰性(-)", "検出限界以下", "検出感度以下", "検出されず", "未検出", "感度以下", "検出限界未満", "検出なし", "陰性（検出せず）", "検出感度未満", "測定感度以下", "불검출", "검출안됨", "미검출", "검출한계미만", "검출 안됨", "검출되지 않음", "검출한계 미만", "음성(불검출)", "未检出", "未檢出", "检测不到", "检测下限以下", "未检测到", "測不到", "低于检测限", "未檢測到", "nicht nachgewiesen", "negativ (nicht nachweisbar)", "unter nachweisgrenze", "unterhalb der nachweisgrenze", "n. nachweisbar", "mrd negativ", "unter der nachweisgrenze", "mrd-negativ", "nicht detektierbar", "neg. (nn)", "n.n.", "n. n.", "nn", "négative", "nég", "non détecté", "indétectable", "non détectable", "non détectée", "mrd négative", "mrd négatif", "négatif (indétectable)", "neg (indétectable)", "negativa", "indetectable", "no detectable", "no detectado", "no detectada", "emr negativa", "emr neg", "por debajo del límite de detección", "indetectável", "não detectável", "não detectado", "não detectada", "drm negativa", "drm neg", "indetetável", "non rilevabile", "non rilevata", "non rilevato", "assente", "indosabile", "non determinabile", "mrd negativa", "non dosabile", "negatief", "niet aantoonbaar", "niet detecteerbaar", "niet gedetecteerd", "mrd negatief", "ondetecteerbaar", "ujemny", "ujemna", "ujemne", "niewykrywalna", "niewykrywalne", "niewykrywalny", "nie wykryto", "mrd ujemne", "poniżej progu detekcji", "negatywny", "отрицательный", "отрицательная", "отр", "отр.", "не обнаружена", "не выявлено", "негатив", "не определяется", "не выявлена", "моб отрицательная", "моб-негативный", "мрб отрицательная", "ниже порога", "негативная", "моб негативный", "mrd-negative", "below detection limit", "below limit of detection", "und", "neg (undetectable)", "undetected", "below lod", "< lod", "<lod", "undet", "none detected")
month_names <- list(c("jan", "jän", "janv", "ene", "gen", "sty", "янв"), c("feb", "fév", "fev", "lut", "фев", "févr"), c("mar", "mär", "mars", "maa", "мар", "mrz", "mrt"), c("apr", "avr", "abr", "kwi", "апр"), c("may", "mai", "mag", "mei", "maj", "мая", "май"), c("jun", "juin", "giu", "cze", "июн"), c("jul", "juil", "lug", "lip", "июл"), c("aug", "aoû", "ago", "sie", "авг", "aou"), c("sep", "sept", "set", "wrz", "сен"), c("oct", "okt", "out", "ott", "paź", "окт", "paz"), c("nov", "lis", "ноя"), c("dec", "dez", "déc", "dic", "gru", "дек"))
unit_words <- c("an" = "years", "annee" = "years", "annees" = "years", "anni" = "years", "anno" = "years", "année" = "years", "années" = "years", "ano" = "years", "anos" = "years", "anosno" = "years", "ans" = "years", "añosño" = "years", "d" = "days", "dag" = "days", "dagen" = "days", "day" = "days", "days" = "days", "dgn" = "days", "dia" = "days", "dias" = "days", "dni" = "days", "dnia" = "days", "doba" = "days", "dzien" = "days", "dzień" = "days", "día" = "days", "días" = "days", "getsu" = "months", "gg" = "days", "giorni" = "days", "giorno" = "days", "jaar" = "years", "jahr" = "years", "jahre" = "years", "jahren" = "years", "jaren" = "years", "jour" = "days", "jours" = "days", "jr" = "years", "kagetsu" = "months", "lat" = "years", "lata" = "years", "latach" = "years", "m" = "months", "maand" = "months", "maanden" = "months", "mes" = "months", "mese" = "months", "meses" = "months", "mesi" = "months", "mies" = "months", "miesiac" = "months", "miesiacach" = "months", "miesiace" = "months", "miesiecy" = "months", "miesiąc" = "months", "miesiącach" = "months", "miesiące" = "months", "miesięcy" = "months", "mnd" = "months", "mo" = "months", "mois" = "months", "mon" = "months", "monat" = "months", "monate" = "months", "monaten" = "months", "month" = "months", "months" = "months", "mos" = "months", "msc" = "months", "mt" = "months", "mth" = "months", "mths" = "months", "mês" = "months", "nen" = "years", "nichi" = "days", "rok" = "years", "rz" = "years", "rż" = "years", "semaine" = "weeks", "semaines" = "weeks", "semana" = "weeks", "semanas" = "weeks", "sett" = "weeks", "settimana" = "weeks", "settimane" = "weeks", "tag" = "days", "tage" = "days", "tagen" = "days", "tydzien" = "weeks", "tydzień" = "weeks", "tyg" = "weeks", "tygodni" = "weeks", "tygodnie" = "weeks", "w" = "weeks", "week" = "weeks", "weeks" = "weeks", "weken" = "weeks", "wk" = "weeks", "wkn" = "weeks", "wks" = "weeks", "wo" = "weeks", "woche" = "weeks", "wochen" = "weeks", "y" = "years", "year" = "years", "years" = "years", "yr" = "years", "yrs" = "years", "год" = "years", "года" = "years", "годы" = "years", "день" = "days", "дн" = "days", "дней" = "days", "дни" = "days", "лет" = "years", "мес" = "months", "месяц" = "months", "месяца" = "months", "месяцев" = "months", "месяцы" = "months", "нед" = "weeks", "недели" = "weeks", "недель" = "weeks", "сут" = "days", "сутки" = "days", "か月" = "months", "カ月" = "months", "ケ月" = "months", "ヵ月" = "months", "ヶ月" = "months", "ヶ月数" = "months", "个月" = "months", "個月" = "months", "周" = "weeks", "周数" = "weeks", "天" = "days", "天数" = "days", "天數" = "days", "岁" = "years", "年" = "years", "年数" = "years", "才" = "years", "日" = "days", "日数" = "days", "日間" = "days", "月" = "months", "月数" = "months", "月數" = "months", "歲" = "years", "歳" = "years", "週" = "weeks", "週間" = "weeks", "개월" = "months", "개월수" = "months", "년" = "years", "달" = "months", "살" = "years", "세" = "years", "연" = "years", "월" = "months", "일" = "days", "일수" = "days", "주" = "weeks", "주수" = "weeks")
cns3_cells <- 5
poor_response_blasts <- 1000
fields <- list(
  age_days = c(0, 6570),
  age_months = c(0, 216),
  sex = c("female", "male"),
  wbc = c(0, 3000),
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
  prednisone_response = c("good", "poor", "not_assessed"),
  remission_eoi = c("yes", "no"),
  mrd_eoi = "fraction",
  mrd_eoc = "fraction",
  mrd_tp4 = "fraction",
  mrd_blina1 = "fraction",
  relapse = c("yes", "no"),
  first_remission_months = c(0, 240),
  salvage_remission = c("yes", "no"))
columns <- list(
  list(at = 2, header = "diagnosis_date", role = "date", of = "diagnosis_date", form = "year_month_day", mid_month = FALSE, number = "point", values = named()),
  list(at = 3, header = "sex", role = "finding", of = "sex", number = "point", percent = FALSE, values = named("female" = "female", "male" = "male")),
  list(at = 4, header = "age_days", role = "finding", of = "age_days", number = "point", percent = FALSE, values = named(), unit = "days"),
  list(at = 5, header = "wbc", role = "finding", of = "wbc", number = "point", percent = FALSE, values = named(), high = "held"),
  list(at = 6, header = "kmt2a", role = "finding", of = "kmt2a", number = "point", percent = FALSE, values = named("germline" = "germline", "rearranged" = "rearranged")),
  list(at = 7, header = "arm", role = "column", of = "column:6", values = named()),
  list(at = 8, header = "site", role = "column", of = "column:7", values = named()),
  list(at = 9, header = "haemoglobin", role = "column", of = "column:8", number = "point", values = named()),
  list(at = 10, header = "case_weight", role = "column", of = "column:9", number = "point", values = named()),
  list(at = 11, header = "entry_delay", role = "column", of = "column:10", number = "point", values = named()),
  list(at = 12, header = "first_remission_date", role = "date", of = "first_remission_date", form = "year_month_day", mid_month = FALSE, number = "point", values = named()),
  list(at = 13, header = "hsct_date", role = "date", of = "hsct_date", form = "year_month_day", mid_month = FALSE, number = "point", values = named()),
  list(at = 14, header = "relapse_date", role = "date", of = "relapse_date", form = "year_month_day", mid_month = FALSE, number = "point", values = named()),
  list(at = 15, header = "death_date", role = "date", of = "death_date", form = "year_month_day", mid_month = FALSE, number = "point", values = named()),
  list(at = 16, header = "last_follow_up_date", role = "date", of = "last_follow_up_date", form = "year_month_day", mid_month = FALSE, number = "point", values = named()),
  list(at = 17, header = "family", role = "column", of = "column:16", values = named()))

opened <- file(file, "rt", encoding = "UTF-8-BOM")
raw <- scan(opened, what = rep(list(""), 17), sep = ",", quote = "\"", skip = 0L, fill = TRUE, flush = TRUE,
            multi.line = FALSE, na.strings = character(0), comment.char = "", strip.white = FALSE, quiet = TRUE, skipNul = TRUE)
close(opened)
raw <- lapply(raw, function(column) column[-1])
if (length(raw[[1]]) != rows) {
  stop("The page read ", rows, " rows in this file, R reads ", length(raw[[1]]),
       ". Is it the same file? Quotes that are never closed must be mended in it first.")
}

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

library(survival)

# ---- What was asked on the page ------------------------------------------------------------------------------------

origin <- "diagnosis"
endpoint <- "efs"
at <- c(0.1, 1, 2)
times_of_file <- FALSE
failure_at_zero <- TRUE
conf_type <- "plain"
conf_level <- 0.95
conf_z <- qnorm(1 - (1 - conf_level) / 2)
group_by <- NULL
only <- NULL

# ---- Numbers, to be set beside those of the page ----------------------------------------------------------------------

numbers <- NULL
tell <- function(quantity, of, at, value) {
  if (length(value) > 0) {
    numbers <<- rbind(numbers, data.frame(quantity = quantity, of = of, at = at, value = as.numeric(value)))
  }
}
# Which of the times asked for lie within the follow-up of a curve; one that has come to 0 stays there.
within_follow_up <- function(group) {
  one <- d[d$group == group, ]
  at[at <= max(one$time) | min(survfit(Surv(time, status) ~ 1, data = one)$surv) == 0]
}
# A curve at some times; nothing where there is none, at which summary() would stop.
curve_at <- function(curve, times) {
  if (length(times) > 0) summary(curve, times = times, extend = TRUE)
}
# A test; NULL where survdiff() stops because there is no variance, as where all have the event on one day.
tested <- function(test) tryCatch(test, error = function(why) cat("survdiff:", conditionMessage(why), "\n"))
# The ends of an interval of a survival s on the scale of the intervals; reach is the half-width on the scale of its logarithm.
interval_ends <- function(s, reach) {
  asin_reach <- 0.5 * reach * sqrt(s / (1 - s))
  switch(conf_type,
    "log-log" = cbind(s^exp(-reach / log(s)), s^exp(reach / log(s))),
    log = cbind(s * exp(-reach), pmin(1, s * exp(reach))),
    plain = cbind(pmax(0, s - reach * s), pmin(1, s + reach * s)),
    logit = cbind(plogis(qlogis(s) - reach / (1 - s)), plogis(qlogis(s) + reach / (1 - s))),
    arcsin = cbind(sin(pmax(0, asin(sqrt(s)) - asin_reach))^2, sin(pmin(pi / 2, asin(sqrt(s)) + asin_reach))^2))
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

# The first of relapse, second malignancy and death by their own dates; on one day the first of this list counts. A relapse
# after transplantation is a relapse.
dated_events <- c(relapse = "relapse_date", relapse = "relapse_after_hsct_date", second_malignancy = "second_malignancy_date",
                  death = "death_date")
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
earliest <- function(...) { days <- c(...); if (all(is.na(days))) NA else min(days, na.rm = TRUE) }
relapse_day <- function(i) earliest(optional(i, "relapse_date"), optional(i, "relapse_after_hsct_date"))
no_event <- function(i, dated, named) {
  if (!is.null(dated)) unusable("no event, with the date of one")
  last <- dates$last_follow_up_date$value[i]
  if (!is.na(named) && !isTRUE(named == last)) unusable("no event, with the date of one")
}
by_death <- function(i) { day <- death(i); if (is.na(day)) NULL else list(kind = "death", day = day) }

event_of_kind <- function(i, kind, dated, named) {
  own <- NA
  if (kind == "death") {
    own <- tryCatch(death(i), unusable = function(why) {
      if (conditionMessage(why) %in% c("dead, without a date", "alive or dead is unknown")) NA else stop(why)
    })
  } else if (kind == "relapse") own <- relapse_day(i)
  else if (kind %in% names(dated_events)) own <- optional(i, dated_events[[kind]])
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
    no_event(i, dated, named)
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

# What the first event is given as; the state of its cell where that is no value.
first_kind <- function(i) if (first_event$state[i] == "value") first_event$value[i] else first_event$state[i]
when <- function(yes, day) if (yes) day else NA

# The day of the first relapse, where time is counted from it.
first_relapse <- function(i) {
  own <- relapse_day(i)
  named <- optional(i, "first_event_date")
  kind <- first_kind(i)
  if (kind == "unreadable" && is.na(own)) unusable("first event unreadable")
  if (kind == "missing" && is.na(own) && state(i, "relapse_date") == "no_column") unusable("unknown whether there was an event")
  if (kind == "event" && is.na(own)) unusable("the kind of the event is needed")
  if (kind == "relapse") {
    if (!is.na(own) && !is.na(named) && own != named) unusable("two dates for one event")
    day <- if (is.na(own)) named else own
    if (is.na(day)) unusable("an event without a date")
    return(day)
  }
  if (is.na(own)) unusable("no relapse")
  if (kind %in% c("none", "death") || (kind %in% event_codes && !is.na(named) && own < named)) unusable("another event came first")
  own
}

# The day of relapse after transplantation; NA where there was none. The date of relapse is that of the first one, so that
# behind an earlier one it tells nothing.
relapse_after <- function(i, transplant, died) {
  own <- optional(i, "relapse_date")
  named <- when(first_kind(i) == "relapse", optional(i, "first_event_date"))
  if (!is.na(own) && !is.na(named) && own != named) unusable("two dates for one event")
  first <- if (is.na(own)) named else own
  is_after <- !is.na(first) && first >= transplant
  if (state(i, "relapse_after_hsct_date") != "no_column") {
    later <- optional(i, "relapse_after_hsct_date")
    if (is_after && !is.na(later) && first != later) unusable("two dates for one event")
    return(if (is.na(later)) when(is_after, first) else later)
  }
  if (!is.na(first) && !is_after) unusable("a relapse after transplantation has no column")
  kind <- first_kind(i)
  if (kind == "unreadable") unusable("first event unreadable")
  if (is_after) return(first)
  if (kind == "relapse") unusable("an event without a date")
  if (kind == "event") unusable("the kind of the event is needed")
  is_told <- state(i, "relapse_date") != "no_column"
  if (kind == "missing" && (is.na(died) || !is_told)) unusable("unknown whether there was an event")
  if (is_told || kind %in% c("none", "death")) return(NA)
  if (kind == "no_column") {
    if (!is.na(optional(i, "first_event_date"))) unusable("the kind of the event is needed")
    return(NA)
  }
  unusable("a relapse after transplantation has no column")
}
day_of_death <- function(i) {
  named <- when(first_kind(i) == "death", optional(i, "first_event_date"))
  own <- tryCatch(death(i), unusable = function(why) {
    known <- conditionMessage(why) %in% c("dead, without a date", "alive or dead is unknown")
    if (known && !is.na(named)) NA else stop(why)
  })
  if (!is.na(own) && !is.na(named) && own != named) unusable("two dates for one event")
  day <- if (is.na(own)) named else own
  if (is.na(day) && first_kind(i) == "death") unusable("an event without a date")
  day
}
# The first event after transplantation; on one day relapse counts before graft-versus-host disease, and this before death.
# A second malignancy is no event.
after_transplant <- function(i, transplant) {
  remission <- dates$first_remission_date$value[i]
  if (first_kind(i) == "induction_failure" && (is.na(remission) || remission > transplant)) unusable("never in remission")
  if (first_kind(i) == "none") no_event(i, first_dated(i), optional(i, "first_event_date"))
  died <- day_of_death(i)
  relapse <- relapse_after(i, transplant, died)
  if (!is.na(relapse) && !is.na(died) && died < relapse) unusable("wrong order of dates")
  if (first_kind(i) == "death") {
    if (isTRUE(relapse_day(i) < died)) unusable("another event came first")
    relapse <- NA
  }
  gvhd <- if (endpoint == "grfs") c(acute_gvhd = optional(i, "acute_gvhd_date"), chronic_gvhd = optional(i, "chronic_gvhd_date"))
  days <- c(relapse = relapse, gvhd, death = died)
  if (all(is.na(days))) NULL else list(kind = names(days)[which.min(days)], day = min(days, na.rm = TRUE))
}

origin_dates <- c(diagnosis = "diagnosis_date", first_remission = "first_remission_date", transplant = "hsct_date",
                  relapse = "relapse_date")
origin_day <- function(i) {
  if (origin == "first_remission" && first_event$value[i] %in% "induction_failure") unusable("never in remission")
  if (origin == "transplant" && state(i, "hsct_date") == "missing") unusable("not transplanted")
  if (origin == "relapse") first_relapse(i) else needed(i, origin_dates[[origin]])
}

follow_dates <- function(i) {
  survival <- endpoint == "os"
  transplanted <- origin == "transplant"
  no_date <- function(of) state(i, of) == "no_column"
  no_kind <- first_event$state[i] == "no_column"
  if (no_date("last_follow_up_date")) unusable("no column: last follow-up")
  if (no_date("death_date") && vital$state[i] == "no_column" && (survival || no_kind)) unusable("no column: death")
  if (!survival && no_kind && no_date("relapse_date") && no_date("first_event_date") &&
      (!transplanted || no_date("relapse_after_hsct_date"))) unusable("no column: relapse")
  gvhd <- if (endpoint == "grfs") c("acute_gvhd_date", "chronic_gvhd_date")
  for (of in gvhd) if (no_date(of)) unusable(paste("no column:", of))
  start <- origin_day(i)
  diagnosis <- dates$diagnosis_date$value[i]
  if (!is.na(diagnosis) && start < diagnosis) unusable("wrong order of dates")
  hsct <- dates$hsct_date$value[i]
  if (!survival && isTRUE(optional(i, "relapse_after_hsct_date") < hsct)) unusable("wrong order of dates")
  used <- if (survival) NULL
          else if (transplanted) c("relapse_after_hsct_date", gvhd)
          else c("relapse_date", "relapse_after_hsct_date", "second_malignancy_date", "first_event_date")
  died <- dates$death_date$value[i]
  for (of in c(used, "death_date", "last_follow_up_date")) {
    day <- optional(i, of)
    if (is.na(day)) next
    if (day < start || (of != "last_follow_up_date" && !is.na(died) && died < day)) unusable("wrong order of dates")
  }
  found <- if (survival) by_death(i) else if (transplanted) after_transplant(i, start) else first_event_of(i, start)
  if (is.null(found)) {
    seen <- vapply(c("first_remission_date", "relapse_date", "second_malignancy_date", "hsct_date", "first_event_date",
                     "relapse_after_hsct_date", "acute_gvhd_date", "chronic_gvhd_date"),
                   function(of) dates[[of]]$value[i], 0)
    found <- list(kind = "none", day = max(needed(i, "last_follow_up_date"), seen, na.rm = TRUE))
  }
  hsct_state <- state(i, "hsct_date")
  if (hsct_state == "value" && !is.na(diagnosis) && hsct < diagnosis) hsct_state <- "unreadable"
  list(days = found$day - start, event = found$kind, hsct = hsct - start, hsct_state = hsct_state)
}

# How the file's own time ended: by the event of that endpoint, else by what else tells it. A column of events that names no
# endpoint belongs to the only time of the file.
by_vital <- list(state = vital$state, value = c(alive = "none", dead = "death")[vital$value])
has_column <- function(cells) cells$state[1] != "no_column"
only_event <- function() {
  found <- Filter(has_column, events)
  if (sum(vapply(times, has_column, TRUE)) == 1 && length(found) == 1) found[[1]] else no_column
}
event_in_file <- function() {
  others <- switch(endpoint, os = list(by_vital, only_event()), as_in_file = list(first_event, only_event(), by_vital),
                   list(first_event, only_event()))
  if (sum(vapply(times, has_column, TRUE)) == 1) others <- c(others, list(first_event))
  known <- Filter(has_column, c(list(events[[endpoint]]), others))
  if (length(known) > 0) known[[1]] else no_column
}
event_of_file <- if (times_of_file) event_in_file()
follow_file <- function(i) {
  if (times[[endpoint]]$state[i] != "value") unusable("no time")
  if (event_of_file$state[i] != "value") unusable("unknown whether there was an event")
  event <- unname(event_of_file$value[i])
  if (endpoint == "relapse" && event == "event") unusable("the kind of the event is needed")
  list(days = times[[endpoint]]$value[i], event = event, hsct = NA, hsct_state = "no_column")
}

follow <- if (times_of_file) follow_file else follow_dates
followed <- lapply(seq_len(rows), function(i) {
  if (i %in% set_aside) return("the row is set aside")
  tryCatch(follow(i), unusable = conditionMessage)
})
has_time <- vapply(followed, is.list, TRUE)
cat(sum(has_time), "rows followed,", sum(!has_time), "not:\n")
print(table(unlist(followed[!has_time])))
if (!any(has_time)) stop("Nobody can be followed to this endpoint.")
d <- data.frame(row = which(has_time),
  time = vapply(followed[has_time], `[[`, 0, "days") / 365.25,
  event = factor(vapply(followed[has_time], `[[`, "", "event"), c(event_codes, "acute_gvhd", "chronic_gvhd")),
  hsct = as.numeric(vapply(followed[has_time], function(one) as.numeric(one$hsct), 0)) / 365.25,
  hsct_state = vapply(followed[has_time], `[[`, "", "hsct_state"))

# ---- Who is compared --------------------------------------------------------------------------------------------------

# Whether a number, or an age, lies below a limit; NA where that is not known.
is_below <- function(id, limit) {
  if (id == "finding:age_days" && is.null(limit$median)) return(younger(limit$days, limit$months))
  x <- known(id)
  if (!is.numeric(x)) x <- suppressWarnings(as.numeric(x))
  if (isTRUE(limit$median)) x <= median(x, na.rm = TRUE) else if (isTRUE(limit$is_lower)) x <= limit$number else x < limit$number
}
# Levels of what patients are sorted by, numbers being cut at limits; then the groups that were made of levels, NA where one
# is left out.
levels_before <- function(one) {
  if (is.null(one$limits)) return(known(one$id))
  below <- lapply(one$limits, function(limit) is_below(one$id, limit))
  one$levels[1 + Reduce(`+`, lapply(below, function(below) as.integer(!below)))]
}
groups_of <- function(one, levels) {
  for (group in one$groups) levels[levels_before(one) %in% group$of] <- group$name
  levels
}
levels_of <- function(one) {
  groups <- groups_of(one, levels_before(one))
  left_out <- vapply(one$groups, function(group) isTRUE(group$left_out), TRUE)
  groups[groups %in% vapply(one$groups[left_out], `[[`, "", "name")] <- NA
  groups
}
# Whether a value is one of these: a group, a level, or a number; NA where it is not known.
is_one_of <- function(one, values) {
  levels <- levels_before(one)
  groups <- groups_of(one, levels)
  names_of_groups <- vapply(one$groups, `[[`, "", "name")
  x <- known(one$id)
  found <- lapply(values, function(value) {
    if (value %in% names_of_groups) groups == value
    else if (is.numeric(x) && !value %in% one$levels) is_number(x, value)
    else levels == value
  })
  Reduce(`|`, found)
}
# Halves of a number by their names, as earlier settings have them.
is_number <- function(x, value) {
  sign <- sub("^(<=|>=|!=|<>|[\u2264\u2265\u2260<>]?).*$", "\\1", value)
  number <- suppressWarnings(as.numeric(sub("^(<=|>=|!=|<>|[\u2264\u2265\u2260<>]?)", "", value)))
  if (is.na(number)) return(ifelse(is.na(x), NA, FALSE))
  switch(sign, "<" = x < number, "<=" = , "\u2264" = x <= number, ">=" = , "\u2265" = x >= number, ">" = x > number,
         "!=" = , "<>" = , "\u2260" = x != number, x == number)
}
known <- function(id) {
  x <- if (startsWith(id, "protocol:")) page_values[[id]] else variables[[id]]
  if (is.null(x)) stop("Nothing is known of ", id, "; is cotside-values.csv of the same run beside this script?")
  x
}
inside <- rep(TRUE, nrow(d))
if (!is.null(only)) inside <- only()[d$row]
outside_unknown <- sum(is.na(inside))
inside <- inside %in% TRUE
group <- rep("all", nrow(d))
left_out <- rep(FALSE, nrow(d))
if (!is.null(group_by)) {
  group <- levels_of(group_by)[d$row]
  left_out <- is.na(group) & !is.na(levels_before(group_by)[d$row])
}
cat(sum(!inside), "outside the subset,", sum(inside & left_out), "left out by choice,",
    sum(inside & is.na(group) & !left_out), "without a known group.\n")
counts <- c(outside_subset = sum(!inside), outside_subset_unknown = outside_unknown, left_out_by_choice = sum(inside & left_out),
            without_group = sum(inside & is.na(group) & !left_out))
d$group <- factor(group, if (is.null(group_by)) "all" else group_by$names)
d <- droplevels(d[inside & !is.na(d$group), ])
d$status <- as.integer(d$event != "none")

# ---- Kaplan–Meier; log-rank test --------------------------------------------------------------------------------------

if (!is.na(read_otherwise)) tell("values_read_otherwise", "", NA, read_otherwise)
tell("followed", "", NA, nrow(d))
tell("events", "", NA, sum(d$status))
for (of in names(counts)) tell(of, "", NA, counts[[of]])
fit <- survfit(Surv(time, status) ~ group, data = d, conf.type = conf_type, conf.int = conf_level)
print(fit)
for (g in levels(d$group)) {
  one <- survfit(Surv(time, status) ~ 1, data = d[d$group == g, ], conf.type = conf_type, conf.int = conf_level)
  s <- curve_at(one, within_follow_up(g))
  if (is.null(s)) next
  # Where nobody has had the event, or everybody has, there is no variance.
  has_variance <- s$surv > 0 & s$surv < 1
  tell("at_risk", g, s$time, s$n.risk)
  tell("survival", g, s$time, s$surv)
  tell("survival_se", g, s$time[has_variance], s$std.err[has_variance])
  tell("survival_lower", g, s$time[has_variance], s$lower[has_variance])
  tell("survival_upper", g, s$time[has_variance], s$upper[has_variance])
}
tell("median_follow_up", "", NA, quantile(survfit(Surv(time, 1 - status) ~ 1, data = d), 0.5)$quantile)

quantiles <- c(25, 50, 75)
conditional_on <- c()
horizon <- 2

# ---- Quantiles, conditional survival, cumulative hazards (Nelson–Aalen), restricted means --------------------------------

estimated <- list()
for (g in levels(d$group)) {
  own <- d[d$group == g, ]
  one <- survfit(Surv(time, status) ~ 1, data = own, conf.type = conf_type, conf.int = conf_level)
  if (length(quantiles) > 0) {
    found <- quantile(one, probs = quantiles / 100)
    tell("quantile", g, quantiles, found$quantile)
    tell("quantile_lower", g, quantiles, found$lower)
    tell("quantile_upper", g, quantiles, found$upper)
  }
  known_at <- within_follow_up(g)
  for (from in conditional_on) for (to in known_at[known_at > from]) {
    # Those who are event-free and followed then, from there on.
    late <- own[own$time > from, ]
    if (nrow(late) == 0) next
    late$from <- from
    s <- summary(survfit(Surv(from, time, status) ~ 1, data = late, conf.type = conf_type, conf.int = conf_level), times = to,
                 extend = TRUE)
    of <- paste(g, from, sep = " | ")
    tell("conditional_survival", of, to, s$surv)
    if (s$surv <= 0 || s$surv >= 1) next
    tell("conditional_survival_se", of, to, s$std.err)
    tell("conditional_survival_lower", of, to, s$lower)
    tell("conditional_survival_upper", of, to, s$upper)
  }
  hazard <- curve_at(survfit(Surv(time, status) ~ 1, data = own, stype = 2, ctype = 1, conf.type = conf_type,
                             conf.int = conf_level), known_at)
  if (!is.null(hazard)) {
    tell("cumulative_hazard", g, hazard$time, hazard$cumhaz)
    has_error <- hazard$std.chaz > 0
    tell("cumulative_hazard_se", g, hazard$time[has_error], hazard$std.chaz[has_error])
    closed <- has_error & is.finite(-log(hazard$lower))
    tell("cumulative_hazard_lower", g, hazard$time[closed], -log(hazard$upper[closed]))
    tell("cumulative_hazard_upper", g, hazard$time[closed], -log(hazard$lower[closed]))
  }
  if (is.null(horizon)) next
  # Before the first time of a group nobody has left it, and R gives no mean.
  mean_to <- if (horizon < min(own$time)) c(horizon, 0) else {
    table <- summary(one, rmean = horizon)$table
    unname(table[grep("rmean", names(table))])
  }
  if (!is.finite(mean_to[2])) mean_to[2] <- 0
  tell("rmst", g, horizon, mean_to[1])
  if (mean_to[2] > 0) tell("rmst_se", g, horizon, mean_to[2])
  estimated[[g]] <- mean_to
}

entry_of <- NULL
weights_of <- NULL
cluster_of <- NULL
cox_ties <- "efron"
strata_of <- list()

# ---- What every model of Cox's regression takes: delayed entry, case weights, clusters, ties ---------------------------

covariate_of <- function(one) {
  x <- if (is.null(one$names)) known(one$id)[d$row] else factor(levels_of(one)[d$row], one$names)
  if (is.null(one$scale)) x else one$scale(x)
}
# The strata of the rows: the levels of what strata_of names, crossed.
own_strata <- function() {
  strata_columns <- lapply(strata_of, function(one) if (is.null(one$names)) known(one$id)[d$row] else factor(levels_of(one)[d$row], one$names))
  do.call(interaction, c(strata_columns, list(drop = TRUE)))
}
usable <- rep(TRUE, nrow(d))
own_columns <- c("time", "status")
if (!is.null(entry_of)) {
  d$entry <- switch(entry_of$id,
    first_remission_date = (dates$first_remission_date$value - dates$diagnosis_date$value)[d$row] / 365.25,
    hsct_date = ifelse(d$hsct_state == "value", d$hsct, NA), as.numeric(known(entry_of$id)[d$row]) * entry_of$days / 365.25)
  usable <- usable & !is.na(d$entry) & d$entry < d$time
  own_columns <- c(own_columns, "entry")
}
if (!is.null(weights_of)) {
  d$case_weight <- as.numeric(known(weights_of)[d$row])
  usable <- usable & !is.na(d$case_weight) & d$case_weight > 0
  own_columns <- c(own_columns, "case_weight")
}
if (!is.null(cluster_of)) {
  d$own_cluster <- known(cluster_of)[d$row]
  usable <- usable & !is.na(d$own_cluster)
} else if (!is.null(weights_of) && any(d$case_weight[usable] %% 1 != 0)) d$own_cluster <- seq_len(nrow(d))
if (!is.null(d$own_cluster)) own_columns <- c(own_columns, "own_cluster")
cat(sum(!usable), "without what the models take.\n")
cox_response <- if (is.null(entry_of)) quote(Surv(time, status)) else quote(Surv(entry, time, status))
# Cox's regression as coxph() has it. Where it warns that an estimate runs away, which is not told, more and smaller steps
# bring the others to their end.
cox <- function(terms, data, response = cox_response, ties = cox_ties) {
  formula <- reformulate(terms, response)
  environment(formula) <- environment()
  asked <- list(quote(coxph), formula, data = quote(data), ties = ties)
  if (!is.null(data$case_weight)) asked$weights <- quote(case_weight)
  if (!is.null(data$own_cluster)) asked$cluster <- quote(own_cluster)
  fit <- tryCatch(eval(as.call(asked)), warning = function(why) {
    cat("coxph:", conditionMessage(why), "\n")
    asked$control <- coxph.control(iter.max = 200, eps = 1e-11)
    suppressWarnings(eval(as.call(asked)))
  })
  # With exact ties and delayed entry coxph() leaves the class of its answer out.
  class(fit) <- "coxph"
  fit
}
tell_ratios <- function(prefix, p, fit, of, finite) {
  ends <- summary(fit, conf.int = conf_level)$conf.int
  tell(prefix, of[finite], NA, ends[finite, 1])
  tell(paste0(prefix, "_lower"), of[finite], NA, ends[finite, 3])
  tell(paste0(prefix, "_upper"), of[finite], NA, ends[finite, 4])
  tell(p, of[finite], NA, summary(fit)$coefficients[finite, "Pr(>|z|)"])
}
tell_sum <- function(quantity, p, of, at, fit, weights) {
  log <- sum(weights * coef(fit), na.rm = TRUE)
  std_err <- sqrt(drop(weights %*% vcov(fit) %*% weights))
  reach <- conf_z * std_err
  tell(quantity, of, at, exp(log))
  tell(paste0(quantity, "_lower"), of, at, exp(log - reach))
  tell(paste0(quantity, "_upper"), of, at, exp(log + reach))
  tell(p, of, at, 2 * pnorm(-abs(log / std_err)))
}
tell_wald <- function(quantity, of, fit, own) {
  # No more clusters than coefficients: the variance has no inverse, and there is no test.
  inverse <- tryCatch(solve(vcov(fit)[own, own, drop = FALSE]), error = function(why) NULL)
  if (is.null(inverse)) return(invisible())
  chi2 <- drop(coef(fit)[own] %*% inverse %*% coef(fit)[own])
  tell(paste0(quantity, "_chi2"), of, NA, chi2)
  tell(paste0(quantity, "_p"), of, NA, pchisq(chi2, length(own), lower.tail = FALSE))
}

covariates <- list(
  list(id = "finding:age_days", name = "Age, per month", scale = function(x) x / 30.4375, finite = c("Age, per month")),
  list(id = "finding:sex", name = "Sex", names = c("female", "male"), finite = c("Sex=male")),
  list(id = "finding:wbc", name = "White cells, per doubling", scale = function(x) suppressWarnings(ifelse(x > 0, log2(x), NA)), finite = c("White cells, per doubling")),
  list(id = "finding:kmt2a", name = "KMT2A (MLL)", names = c("germline", "rearranged"), finite = c("KMT2A (MLL)=rearranged")),
  list(id = "column:6", name = "arm", names = c("A", "B", "C"), finite = c("arm=B", "arm=C")),
  list(id = "column:7", name = "site", names = c("Hospital 01", "Hospital 02", "Hospital 03", "Hospital 04", "Hospital 05", "Hospital 06", "Hospital 07", "Hospital 08", "Hospital 09", "Hospital 10", "Hospital 11", "Hospital 12"), finite = c("site=Hospital 02", "site=Hospital 03", "site=Hospital 04", "site=Hospital 05", "site=Hospital 06", "site=Hospital 07", "site=Hospital 08", "site=Hospital 09", "site=Hospital 10", "site=Hospital 11", "site=Hospital 12")),
  list(id = "column:8", name = "haemoglobin", finite = c("haemoglobin")),
  list(id = "column:9", name = "case_weight", finite = c("case_weight")),
  list(id = "column:10", name = "entry_delay", finite = c("entry_delay")))

# ---- Cox's regression, each variable by itself; no ratio where it would not be finite ----------------------------------

for (covariate in covariates) {
  one <- d[, own_columns]
  one$x <- covariate_of(covariate)
  one <- droplevels(one[usable & !is.na(one$x), ])
  fit <- cox("x", one)
  of <- paste0(covariate$name, if (is.factor(one$x)) paste0("=", levels(one$x)[-1]) else "")
  tell_ratios("hazard_ratio", "wald_p", fit, of, of %in% covariate$finite)
}

model <- list(
  list(id = "finding:sex", name = "Sex", names = c("female", "male")),
  list(id = "finding:wbc", name = "White cells, per doubling", scale = function(x) suppressWarnings(ifelse(x > 0, log2(x), NA))),
  list(id = "column:6", name = "arm", names = c("A", "B", "C")))
interactions <- list(c(1L, 3L))
told_within <- list(c(3L, 1L))
model_is_finite <- c("Sex=male", "White cells, per doubling", "arm=B", "arm=C", "Sex=male:arm=B", "Sex=male:arm=C")

# ---- The chosen variables together, of the patients of whom all are known ----------------------------------------------

together <- d[, c(own_columns, "event")]
for (k in seq_along(model)) together[[paste0("x", k)]] <- covariate_of(model[[k]])
if (length(strata_of) > 0) together$stratum <- own_strata()
together <- droplevels(together[usable & complete.cases(together), ])
column <- function(k) paste0("x", k)
names_of <- function(k) {
  x <- together[[column(k)]]
  paste0(model[[k]]$name, if (is.factor(x)) paste0("=", levels(x)[-1]) else "")
}
product_names <- function(pair) as.vector(outer(names_of(pair[1]), names_of(pair[2]), paste, sep = ":"))
kept <- which(!vapply(model, function(one) isTRUE(one$left_out), TRUE))
stratified <- if (length(strata_of) > 0) "strata(stratum)"
joint_variables <- c(lapply(kept, function(k) list(label = column(k), name = model[[k]]$name, terms = names_of(k))),
  lapply(interactions, function(pair) list(label = paste(column(pair), collapse = ":"), terms = product_names(pair),
    name = paste(vapply(pair, function(k) model[[k]]$name, ""), collapse = " \u00d7 "))))
labels_of <- function(variables) vapply(variables, `[[`, "", "label")
of <- unlist(lapply(joint_variables, `[[`, "terms"))
fit <- cox(c(labels_of(joint_variables), stratified), together)
print(cbind(of, round(summary(fit, conf.int = conf_level)$conf.int, 4)))
tell_ratios("adjusted_hazard_ratio", "adjusted_wald_p", fit, of, of %in% model_is_finite)
if (all(of %in% model_is_finite)) {
  # Tests of the variables that do not interact, and of the interactions.
  inside <- unique(unlist(interactions))
  for (variable in joint_variables) {
    if (variable$label %in% column(inside)) next
    tell_wald("joint_wald", variable$name, fit, match(variable$terms, of))
    if (!is.null(fit$naive.var)) next
    rest <- c(setdiff(labels_of(joint_variables), variable$label), stratified)
    without <- if (length(setdiff(rest, stratified)) > 0) cox(rest, together)$loglik[2] else fit$loglik[1]
    gain <- 2 * (fit$loglik[2] - without)
    tell("joint_lr_chi2", variable$name, NA, gain)
    tell("joint_lr_p", variable$name, NA, pchisq(gain, length(variable$terms), lower.tail = FALSE))
  }
  # Hazard ratios of the first within levels of the second, or of the number within the levels of the factor.
  for (pair in told_within) {
    factors <- vapply(pair, function(k) is.factor(together[[column(k)]]), TRUE)
    if (factors[1] && !factors[2]) { pair <- rev(pair); factors <- rev(factors) }
    x <- together[[column(pair[2])]]
    product <- function(own, other) if (pair[1] < pair[2]) paste(own, other, sep = ":") else paste(other, own, sep = ":")
    for (own in names_of(pair[1])) {
      at_own <- as.numeric(of == own)
      if (factors[2]) {
        for (k in seq_along(levels(x))) {
          added <- if (k > 1) as.numeric(of == product(own, names_of(pair[2])[k - 1])) else 0
          tell_sum("within_hazard_ratio", "within_wald_p", paste0(own, " | ", model[[pair[2]]]$name, ": ", levels(x)[k]), NA,
                   fit, at_own + added)
        }
      } else for (value in unique(quantile(x, c(0.25, 0.5, 0.75), names = FALSE))) {
        tell_sum("within_hazard_ratio", "within_wald_p", paste0(own, " | ", model[[pair[2]]]$name), value, fit,
                 at_own + value * (of == product(own, names_of(pair[2]))))
      }
    }
  }
  # Where all events are at one time there is no test.
  proportional <- if (cox_ties != "exact") tryCatch(cox.zph(fit, transform = "km")$table, error = function(why) NULL)
  if (!is.null(proportional)) {
    zph_of <- c(vapply(joint_variables, `[[`, "", "name"), "GLOBAL")
    if (nrow(proportional) == 1) proportional <- proportional[c(1, 1), , drop = FALSE]
    tell("zph_chi2", zph_of, NA, proportional[, "chisq"])
    tell("zph_p", zph_of, NA, proportional[, "p"])
  }
}

profiles <- list(
  list(name = "Profile 1", values = list(x1 = "male", x2 = 50, x3 = "C")),
  list(name = "Profile 2", values = list(x1 = "female", x2 = 300, x3 = "A")))
by_deviation <- c()

# ---- Values for which the models predict: one row for each profile, on the scales of the model --------------------------

given_value <- function(k, value) {
  one <- model[[k]]
  if (!is.null(one$names)) return(factor(value, levels(together[[column(k)]])))
  if (k %in% by_deviation) return(value / sd(known(one$id)[d$row], na.rm = TRUE))
  if (is.null(one$scale)) value else one$scale(value)
}
given_row <- function(profile) {
  values <- lapply(kept, function(k) given_value(k, profile$values[[column(k)]]))
  names(values) <- column(kept)
  if (!is.null(profile$stratum)) values$stratum <- factor(paste(profile$stratum, collapse = "."), levels(together$stratum))
  as.data.frame(values)
}
# The end of follow-up of the patients of the model; of those in the stratum of the profile where the model has strata.
given_end <- function(profile) max(together$time[if (is.null(profile$stratum)) TRUE else together$stratum == given_row(profile)$stratum])

# ---- Survival that this model predicts for them -------------------------------------------------------------------------

for (profile in profiles) {
  own_times <- at[at <= given_end(profile)]
  if (length(own_times) == 0 || (length(strata_of) > 0 && is.null(profile$stratum))) next
  s <- summary(survfit(fit, newdata = given_row(profile), conf.type = conf_type, conf.int = conf_level), times = own_times,
               extend = TRUE)
  tell("predicted_survival", profile$name, s$time, s$surv)
  shown <- s$surv < 1
  tell("predicted_survival_se", profile$name, s$time[shown], s$std.err[shown])
  tell("predicted_survival_lower", profile$name, s$time[shown], s$lower[shown])
  tell("predicted_survival_upper", profile$name, s$time[shown], s$upper[shown])
}

cause <- "relapse"
cause_is_finite <- c("Sex=male", "White cells, per doubling", "arm=B", "arm=C", "Sex=male:arm=B", "Sex=male:arm=C")

# ---- The same variables for one cause: its own hazard, and the subdistribution hazard of Fine and Gray ------------------

by_cause <- together
by_cause$status <- as.integer(by_cause$event == cause)
fit <- cox(c(labels_of(joint_variables), stratified), by_cause)
tell_ratios("cause_specific_hazard_ratio", "cause_specific_wald_p", fit, of, of %in% cause_is_finite)
# Variables of several terms as a whole, where every term has an estimate; places are those of of.
tell_joint <- function(quantity, fit, is_finite) {
  if (!all(of %in% is_finite)) return(invisible())
  for (variable in joint_variables) if (length(variable$terms) > 1) tell_wald(quantity, variable$name, fit, match(variable$terms, of))
}
tell_joint("cause_specific_joint_wald", fit, cause_is_finite)
subdistribution_is_finite <- c("Sex=male", "White cells, per doubling", "arm=B", "arm=C", "Sex=male:arm=B", "Sex=male:arm=C")
if (!requireNamespace("cmprsk", quietly = TRUE)) stop("Fine and Gray's model needs the package cmprsk: install.packages(\"cmprsk\")")
x <- unname(model.matrix(reformulate(labels_of(joint_variables)), together)[, -1, drop = FALSE])
codes <- match(together$event, event_codes) - 1L
fine_gray <- function(...) cmprsk::crr(together$time, codes, x[, varies, drop = FALSE], failcode = match(cause, event_codes) - 1L, ...)
varies <- match(subdistribution_is_finite, of)
fit <- fine_gray(gtol = 1e-10, maxiter = 30)
# The line search of crr() gives up near the top: Newton's steps by hand to the end.
for (i in 1:3) fit <- fine_gray(init = as.vector(fit$coef + fit$invinf %*% fit$score), maxiter = 0)
std_err <- sqrt(diag(fit$var))
tell("subdistribution_hazard_ratio", of[varies], NA, exp(fit$coef))
tell("subdistribution_hazard_ratio_lower", of[varies], NA, exp(fit$coef - conf_z * std_err))
tell("subdistribution_hazard_ratio_upper", of[varies], NA, exp(fit$coef + conf_z * std_err))
tell("subdistribution_wald_p", of[varies], NA, 2 * pnorm(-abs(fit$coef / std_err)))
# coef() and vcov() of what crr() gives.
vcov.crr_fit <- function(object, ...) object$var
tell_joint("subdistribution_joint_wald", structure(list(coefficients = fit$coef, var = fit$var), class = "crr_fit"), subdistribution_is_finite)

# ---- Cumulative incidence that this model predicts for the same values --------------------------------------------------

# Those with another event stay at risk with the weight of not being censored since then, as in crr().
censored <- survfit(Surv(together$time, together$event == "none") ~ 1)
free_before <- function(t) approx(c(0, censored$time), c(1, censored$surv), t * (1 - 100 * .Machine$double.eps), "constant", rule = 2)$y
free_own <- free_before(together$time)
middle <- colMeans(x)
away <- sweep(x, 2, middle)
risk <- exp(drop(away %*% fit$coef))
others <- !together$event %in% c("none", cause)
# The hazard at the mean covariates up to t, its variance, and hazard-weighted mean covariates less the means.
subdistribution_to <- function(t) {
  found <- list(hazard = 0, variance = 0, mean = rep(0, ncol(x)))
  for (now in sort(unique(together$time[together$event == cause & together$time <= t]))) {
    tied <- sum(together$event == cause & together$time == now)
    r <- risk * ifelse(together$time >= now, 1, ifelse(others, free_before(now) / free_own, 0))
    found$hazard <- found$hazard + tied / sum(r)
    found$variance <- found$variance + tied / sum(r)^2
    found$mean <- found$mean + tied / sum(r) * colSums(r * away) / sum(r)
  }
  found
}
for (profile in profiles) for (year in at[at <= given_end(profile)]) {
  z <- model.matrix(reformulate(labels_of(joint_variables)), given_row(profile))[1, -1] - middle
  base <- subdistribution_to(year)
  theirs <- exp(sum(z * fit$coef))
  distance <- z * base$hazard - base$mean
  reach <- theirs * sqrt(base$variance + drop(distance %*% fit$var %*% distance))
  free <- exp(-base$hazard * theirs)
  of_cause <- paste(profile$name, cause, sep = ", ")
  tell("predicted_incidence", of_cause, year, 1 - free)
  if (free == 1) next
  ends <- interval_ends(free, conf_z * reach)
  tell("predicted_incidence_se", of_cause, year, free * reach)
  tell("predicted_incidence_lower", of_cause, year, 1 - ends[2])
  tell("predicted_incidence_upper", of_cause, year, 1 - ends[1])
}

# ---- Cumulative incidence of competing causes (Aalen–Johansen) ---------------------------------------------------------

causes <- setdiff(levels(droplevels(d$event)), "none")
incidence_at <- list()
for (g in levels(d$group)) {
  one <- d[d$group == g, ]
  one$event <- factor(one$event, c("none", causes))
  one$id <- seq_len(nrow(one))
  s <- curve_at(survfit(Surv(time, event) ~ 1, data = one, id = id, conf.type = conf_type, conf.int = conf_level), within_follow_up(g))
  if (is.null(s)) next
  if (conf_type == "arcsin") {
    # survfit() of several states loses the two dimensions of these intervals.
    angle <- asin(sqrt(s$pstate))
    reach <- 0.5 * conf_z * s$std.err / sqrt(s$pstate * (1 - s$pstate))
    s$lower <- sin(pmax(angle - reach, 0))^2
    s$upper <- sin(pmin(angle + reach, pi / 2))^2
  }
  incidence_at[[g]] <- s
  for (cause in causes[causes %in% one$event]) {
    k <- match(cause, s$states)
    of <- paste(g, cause, sep = ", ")
    tell("incidence", of, s$time, s$pstate[, k])
    shown <- s$pstate[, k] > 0 & s$pstate[, k] < 1 - 1e-12
    tell("incidence_se", of, s$time[shown], s$std.err[shown, k])
    tell("incidence_lower", of, s$time[shown], s$lower[shown, k])
    tell("incidence_upper", of, s$time[shown], s$upper[shown, k])
  }
}

distribution <- "loglogistic"
distributions <- c("exponential", "weibull", "lognormal", "loglogistic")

# ---- Parametric models (accelerated failure time) -----------------------------------------------------------------------
# survreg() gives the start. With delayed entry, which it does not take, the likelihood is that of the time given survival to
# entry; Newton's steps end at its maximum.

time_errors <- list(
  weibull = list(density = function(z) list(z - exp(z), 1 - exp(z), -exp(z)), survival = function(z) list(-exp(z), -exp(z), -exp(z))),
  lognormal = list(density = function(z) list(dnorm(z, log = TRUE), -z, 0 * z - 1), survival = function(z) {
    h <- exp(dnorm(z, log = TRUE) - pnorm(z, lower.tail = FALSE, log.p = TRUE))
    list(pnorm(z, lower.tail = FALSE, log.p = TRUE), -h, -h * (h - z))
  }),
  loglogistic = list(density = function(z) list(dlogis(z, log = TRUE), 1 - 2 * plogis(z), -2 * dlogis(z)),
    survival = function(z) list(plogis(z, lower.tail = FALSE, log.p = TRUE), -plogis(z), -dlogis(z))))
time_errors$exponential <- time_errors$weibull
time_likelihood <- function(par, x, one, dist) {
  fixed <- dist == "exponential"
  k <- ncol(x)
  sigma <- if (fixed) 1 else exp(par[k + 1])
  centre <- as.vector(x %*% par[1:k])
  w <- if (is.null(one$case_weight)) rep(1, nrow(one)) else one$case_weight
  sums <- list(value = 0, gradient = 0 * par, hessian = matrix(0, length(par), length(par)))
  add <- function(sums, z, parts, w) {
    slopes <- cbind(-x / sigma, if (!fixed) -z)
    hessian <- t(slopes) %*% (w * parts[[3]] * slopes)
    if (!fixed) {
      cross <- colSums(w * parts[[2]] * x / sigma)
      hessian[1:k, k + 1] <- hessian[1:k, k + 1] + cross
      hessian[k + 1, 1:k] <- hessian[k + 1, 1:k] + cross
      hessian[k + 1, k + 1] <- hessian[k + 1, k + 1] + sum(w * parts[[2]] * z)
    }
    list(value = sums$value + sum(w * parts[[1]]), gradient = sums$gradient + colSums(w * parts[[2]] * slopes),
         hessian = sums$hessian + hessian)
  }
  z <- (log(one$time) - centre) / sigma
  dead <- one$status == 1
  of <- time_errors[[dist]]
  sums <- add(sums, z, Map(function(f, s) ifelse(dead, f, s), of$density(z), of$survival(z)), w)
  sums$value <- sums$value - sum((w * (log(sigma) + log(one$time)))[dead])
  if (!fixed) sums$gradient[k + 1] <- sums$gradient[k + 1] - sum(w[dead])
  if (is.null(one$entry) || !any(one$entry > 0)) return(sums)
  late <- one$entry > 0
  before <- ifelse(late, (log(ifelse(late, one$entry, 1)) - centre) / sigma, 0)
  add(sums, before, lapply(of$survival(before), function(part) ifelse(late, part, 0)), -w)
}
# The model of these terms; `of` names the columns behind the intercept.
times_model <- function(terms, of, one, dist) {
  x <- model.matrix(if (length(terms) > 0) reformulate(terms) else ~ 1, one)
  varies <- apply(x, 2, function(values) any(values != values[1])) | colnames(x) == "(Intercept)"
  x <- x[, varies, drop = FALSE]
  w <- if (is.null(one$case_weight)) rep(1, nrow(one)) else one$case_weight
  start <- suppressWarnings(survreg(Surv(one$time, one$status) ~ x - 1, weights = w, dist = dist))
  par <- unname(c(coef(start), if (dist != "exponential") log(start$scale)))
  target <- function(par) -time_likelihood(par, x, one, dist)$value
  slope <- function(par) -time_likelihood(par, x, one, dist)$gradient
  if (!is.null(one$entry)) par <- optim(par, target, slope, method = "BFGS", control = list(maxit = 1000, reltol = 1e-14))$par
  for (step in 1:100) {
    at <- time_likelihood(par, x, one, dist)
    move <- solve(-at$hessian, at$gradient)
    while (-target(par + move) < at$value - 1e-6) move <- move / 2
    par <- par + move
    if (max(abs(move)) < 1e-12) break
  }
  at <- time_likelihood(par, x, one, dist)
  list(par = par, var = solve(-at$hessian), loglik = at$value, n = nrow(one), of = of[varies[-1]], dist = dist,
       sigma = if (dist == "exponential") 1 else exp(par[length(par)]))
}
tell_times <- function(prefix, fit) {
  k <- length(fit$of)
  fixed <- fit$dist == "exponential"
  tell(paste0(prefix, "_coef"), "(Intercept)", NA, fit$par[1])
  if (!fixed) tell(paste0(prefix, "_coef"), "log_scale", NA, fit$par[length(fit$par)])
  ratio <- function(quantity, of, log, std_err) {
    tell(paste0(prefix, quantity), of, NA, exp(log))
    tell(paste0(prefix, quantity, "_lower"), of, NA, exp(log - conf_z * std_err))
    tell(paste0(prefix, quantity, "_upper"), of, NA, exp(log + conf_z * std_err))
  }
  for (j in seq_len(k)) {
    b <- fit$par[j + 1]
    std_err <- sqrt(fit$var[j + 1, j + 1])
    ratio("_time_ratio", fit$of[j], b, std_err)
    tell(paste0(prefix, "_wald_p"), fit$of[j], NA, 2 * pnorm(-abs(b / std_err)))
    if (!fit$dist %in% c("exponential", "weibull")) next
    slopes <- replace(0 * fit$par, j + 1, -1 / fit$sigma)
    if (!fixed) slopes[length(slopes)] <- b / fit$sigma
    ratio("_hazard_ratio", fit$of[j], -b / fit$sigma, sqrt(drop(slopes %*% fit$var %*% slopes)))
  }
}
tell_distributions <- function(terms, of, one) {
  for (dist in distributions) {
    fit <- times_model(terms, of, one, dist)
    tell("parametric_loglik", dist, NA, fit$loglik)
    tell("parametric_aic", dist, NA, 2 * length(fit$par) - 2 * fit$loglik)
    tell("parametric_bic", dist, NA, log(fit$n) * length(fit$par) - 2 * fit$loglik)
  }
}

distributions_by_groups <- FALSE
parametric_groups <- NULL
timed <- d[usable, c(own_columns, "group")]
timed$time[timed$time <= 0] <- 0.5 / 365.25
timed$group <- if (is.null(parametric_groups)) factor(as.character(timed$group)) else factor(as.character(timed$group), parametric_groups)
of_groups <- levels(timed$group)
group_term <- if (length(of_groups) > 1) "group"
fit <- times_model(group_term, of_groups[-1], timed, distribution)
print(setNames(fit$par, c("(Intercept)", fit$of, if (distribution != "exponential") "log_scale")))
tell_times("parametric_group", fit)
for (g in seq_along(of_groups)) for (year in at[at > 0]) {
  profile <- c(1, as.numeric(fit$of == of_groups[g]))
  z <- (log(year) - sum(profile * fit$par[seq_along(profile)])) / fit$sigma
  slopes <- c(-profile / fit$sigma, if (distribution != "exponential") -z)
  reach <- sqrt(drop(slopes %*% fit$var %*% slopes))
  s <- function(z) exp(time_errors[[distribution]]$survival(z)[[1]])
  tell("parametric_estimate", of_groups[g], year, s(z))
  tell("parametric_estimate_se", of_groups[g], year, exp(time_errors[[distribution]]$density(z)[[1]]) * reach)
  tell("parametric_estimate_lower", of_groups[g], year, s(z + conf_z * reach))
  tell("parametric_estimate_upper", of_groups[g], year, s(z - conf_z * reach))
}
if (distributions_by_groups) tell_distributions(group_term, of_groups[-1], timed)

adjusted_is_found <- TRUE
timed <- together
timed$time[timed$time <= 0] <- 0.5 / 365.25
adjusted_of <- unlist(lapply(joint_variables, `[[`, "terms"))
if (adjusted_is_found) tell_times("parametric", times_model(labels_of(joint_variables), adjusted_of, timed, distribution))
tell_distributions(labels_of(joint_variables), adjusted_of, timed)
# What this model predicts for the given values: survival, and the times by which so many per cent have had the event.
fit <- times_model(labels_of(joint_variables), adjusted_of, timed, distribution)
for (profile in profiles) {
  x <- model.matrix(reformulate(labels_of(joint_variables)), given_row(profile))[1, c(TRUE, adjusted_of %in% fit$of)]
  centre <- sum(x * fit$par[seq_along(x)])
  survival_to <- function(z) exp(time_errors[[distribution]]$survival(z)[[1]])
  spread <- function(slopes) sqrt(drop(slopes %*% fit$var %*% slopes))
  for (year in at[at > 0]) {
    z <- (log(year) - centre) / fit$sigma
    reach <- spread(c(-x / fit$sigma, if (distribution != "exponential") -z))
    tell("parametric_predicted", profile$name, year, survival_to(z))
    tell("parametric_predicted_se", profile$name, year, exp(time_errors[[distribution]]$density(z)[[1]]) * reach)
    tell("parametric_predicted_lower", profile$name, year, survival_to(z + conf_z * reach))
    tell("parametric_predicted_upper", profile$name, year, survival_to(z - conf_z * reach))
  }
  for (percent in quantiles) {
    z <- switch(distribution, lognormal = qnorm(percent / 100), loglogistic = qlogis(percent / 100), log(-log1p(-percent / 100)))
    log_time <- centre + fit$sigma * z
    reach <- spread(c(x, if (distribution != "exponential") fit$sigma * z))
    tell("parametric_predicted_quantile", profile$name, percent, exp(log_time))
    tell("parametric_predicted_quantile_se", profile$name, percent, exp(log_time) * reach)
    tell("parametric_predicted_quantile_lower", profile$name, percent, exp(log_time - conf_z * reach))
    tell("parametric_predicted_quantile_upper", profile$name, percent, exp(log_time + conf_z * reach))
  }
}
transplant_ratio_is_finite <- TRUE
landmark <- 0.5
landmark_ratio_is_finite <- TRUE
adjusted_for <- list(
  list(id = "finding:sex", name = "Sex", names = c("female", "male")),
  list(id = "finding:wbc", name = "White cells, per doubling", scale = function(x) suppressWarnings(ifelse(x > 0, log2(x), NA))),
  list(id = "column:6", name = "arm", names = c("A", "B", "C")))
adjusted_used <- c(TRUE, TRUE, TRUE)
adjusted_is_finite <- c("transplant (time-dependent)", "Sex=male", "White cells, per doubling", "arm=B", "arm=C")
landmark_used <- c(TRUE, TRUE, TRUE)
landmark_is_finite <- c("transplant by the landmark", "Sex=male", "White cells, per doubling", "arm=B", "arm=C")

# ---- Transplant as an event in time -----------------------------------------------------------------------------------

# An empty date is read as not transplanted; rows whose date cannot be used, or is before the origin, are left out.
t <- d[d$hsct_state == "missing" | (d$hsct_state == "value" & d$hsct >= 0), ]
t$hsct[t$hsct_state == "missing"] <- NA
# A transplant after death contradicts itself; one after another event is no transplant within this follow-up.
if (endpoint == "os") t <- t[is.na(t$hsct) | t$hsct <= t$time, ] else t$hsct[!is.na(t$hsct) & t$hsct > t$time] <- NA
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
  fit <- cox("after", long, quote(Surv(entry, time, status)), "efron")
  if (transplant_ratio_is_finite) {
    tell("transplant_hazard_ratio", "", NA, exp(coef(fit)))
    tell("transplant_hazard_ratio_lower", "", NA, summary(fit, conf.int = conf_level)$conf.int[1, 3])
    tell("transplant_hazard_ratio_upper", "", NA, summary(fit, conf.int = conf_level)$conf.int[1, 4])
    tell("transplant_wald_p", "", NA, summary(fit)$coefficients[1, 5])
  }
  for (state in unique(long$after)) {
    curve <- survfit(Surv(entry, time, status) ~ 1, data = long[long$after == state, ], conf.type = conf_type, conf.int = conf_level)
    s <- curve_at(curve, at[at <= max(curve$time)])
    if (is.null(s)) next
    of <- c("before", "after")[state + 1]
    has_variance <- s$surv > 0 & s$surv < 1
    tell("simon_makuch", of, s$time, s$surv)
    tell("simon_makuch_lower", of, s$time[has_variance], s$lower[has_variance])
    tell("simon_makuch_upper", of, s$time[has_variance], s$upper[has_variance])
  }
}
# Weights and clusters are those of the models of variables.
beyond <- t[t$time > landmark, !names(t) %in% c("case_weight", "own_cluster")]
beyond$by_then <- !is.na(beyond$hsct) & beyond$hsct <= landmark
tell("landmark_left_out_events", "", landmark, sum(t$time <= landmark & t$status == 1))
tell("landmark_left_out_censored", "", landmark, sum(t$time <= landmark & t$status == 0))
if (length(unique(beyond$by_then)) == 2 && sum(beyond$status) > 0) {
  test <- tested(survdiff(Surv(time - landmark, status) ~ by_then, data = beyond))
  if (!is.null(test)) {
    tell("landmark_observed", "", landmark, test$obs[2])
    tell("landmark_expected", "", landmark, test$exp[2])
    tell("landmark_p", "", landmark, pchisq(test$chisq, 1, lower.tail = FALSE))
  }
}
if (length(unique(beyond$by_then)) == 2 && sum(beyond$status) > 0 && landmark_ratio_is_finite) {
  fit <- cox("by_then", beyond, quote(Surv(time - landmark, status)), "efron")
  tell("landmark_hazard_ratio", "", landmark, exp(coef(fit)))
  tell("landmark_hazard_ratio_lower", "", landmark, summary(fit, conf.int = conf_level)$conf.int[1, 3])
  tell("landmark_hazard_ratio_upper", "", landmark, summary(fit, conf.int = conf_level)$conf.int[1, 4])
  tell("landmark_wald_p", "", landmark, summary(fit)$coefficients[1, 5])
}

# ---- Transplant beside other covariates, of the patients of whom all are known -----------------------------------------

tell_adjusted <- function(quantity, at, fit, of, is_finite) {
  print(cbind(of, round(summary(fit, conf.int = conf_level)$conf.int, 4)))
  finite <- of %in% is_finite
  ends <- summary(fit, conf.int = conf_level)$conf.int
  tell(paste0(quantity, "_hazard_ratio"), of[finite], at, ends[finite, 1])
  tell(paste0(quantity, "_hazard_ratio_lower"), of[finite], at, ends[finite, 3])
  tell(paste0(quantity, "_hazard_ratio_upper"), of[finite], at, ends[finite, 4])
  tell(paste0(quantity, "_wald_p"), of[finite], at, summary(fit)$coefficients[finite, 5])
}
# Names of the terms: transplant, then each covariate that differs with its levels.
terms_in <- function(data, used) unlist(lapply(which(used), function(k) {
  x <- data[[paste0("x", k)]]
  paste0(adjusted_for[[k]]$name, if (is.factor(x)) paste0("=", levels(x)[-1]) else "")
}))
if (length(adjusted_for) > 0) {
  beside <- t[, c("time", "status", "hsct")]
  for (k in seq_along(adjusted_for)) {
    # On the scale of all who are analysed: a standard deviation is theirs.
    beside[[paste0("x", k)]] <- covariate_of(adjusted_for[[k]])[match(t$row, d$row)]
  }
  covariates_of <- paste0("x", seq_along(adjusted_for))
  beside <- beside[complete.cases(beside[, covariates_of, drop = FALSE]), ]
  terms_of <- function(used) c("after", covariates_of[used])
  if (length(adjusted_is_finite) > 0) {
    base <- beside[beside$time > 0, ]
    base$id <- seq_len(nrow(base))
    long <- tmerge(base[, c("id", covariates_of)], base, id = id, event = event(time, status))
    # A patient without a transplant has no time of it.
    if (any(!is.na(base$hsct))) long <- tmerge(long, base[!is.na(base$hsct), ], id = id, after = tdc(hsct)) else long$after <- 0
    long <- droplevels(as.data.frame(long))
    fit <- cox(terms_of(adjusted_used), long, quote(Surv(tstart, tstop, event)), "efron")
    tell_adjusted("transplant_adjusted", NA, fit, c("transplant (time-dependent)", terms_in(long, adjusted_used)),
                  adjusted_is_finite)
  }
  if (length(landmark_is_finite) > 0) {
    later <- droplevels(beside[beside$time > landmark, ])
    later$after <- as.numeric(!is.na(later$hsct) & later$hsct <= landmark)
    later$time <- later$time - landmark
    fit <- cox(terms_of(landmark_used), later, quote(Surv(time, status)), "efron")
    tell_adjusted("landmark_adjusted", landmark, fit, c("transplant by the landmark", terms_in(later, landmark_used)),
                  landmark_is_finite)
  }
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
