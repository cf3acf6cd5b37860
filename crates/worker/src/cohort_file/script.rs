//! The first part of a script in R that reproduces the run: it reads the user's own file as it was read here.
//!
//! It holds names of columns and the texts that stand for codes, and no row of the file.

use cotside_core::cohort::{
    ColumnUse, DateForm, Encoding, Import, Meaning, NumberForm, Repeated, Role, RowFault, SetAside, Study, Values,
    month_names, negative_words, time_units,
};
use cotside_core::infant::{CNS3_CELLS_PER_UL, Field, Kind, OLDEST_DAYS, POOR_RESPONSE_BLASTS_PER_UL};
use cotside_words::{r_escaped, r_text};

use crate::cohort_file::{Loaded, project};

/// The part.
pub fn script(file: &Loaded, study: &Study) -> String {
    let import = &file.import;
    let mut lines = vec![
        format!(
            "# Made by Cotside {} for the file {}.",
            env!("CARGO_PKG_VERSION"),
            r_escaped(file.printed_name())
        ),
        HEAD.to_owned(),
        include_str!("r/guard.R").to_owned(),
        format!("{}file <- {}", origin(file), r_text(source(file))),
        ARGUMENTS.to_owned(),
        format!("rows <- {}L", import.sheet.rows()),
        format!(
            "set_aside <- c({})",
            joined(file.cohort.set_aside.iter().map(|row| format!("{}L", row + 1)))
        ),
        format!("oldest_days <- {OLDEST_DAYS}"),
        format!(
            "negative_words <- c({})",
            joined(negative_words().iter().map(|word| r_text(word)))
        ),
        format!(
            "month_names <- list({})",
            joined(
                month_names()
                    .iter()
                    .map(|names| { format!("c({})", joined(names.iter().map(|name| r_text(name)))) })
            )
        ),
        format!(
            "unit_words <- c({})",
            joined(
                time_units()
                    .iter()
                    .map(|(word, unit)| format!("{} = \"{unit}\"", r_text(word)))
            )
        ),
        format!("cns3_cells <- {CNS3_CELLS_PER_UL}"),
        format!("poor_response_blasts <- {POOR_RESPONSE_BLASTS_PER_UL}"),
        format!("fields <- list(\n  {})", fields().join(",\n  ")),
        format!("columns <- list(\n  {})", columns(file, study).join(",\n  ")),
        String::new(),
    ];
    let reads_rows = file.needs_rows().is_some();
    let (skip, separator, opened) = match (reads_rows, import.delimiter) {
        (true, _) => (0, ",".to_owned(), UTF_8.to_owned()),
        (false, ' ') => (import.lines_above, String::new(), connection(import)),
        (false, separator) => (import.lines_above, separator.to_string(), connection(import)),
    };
    lines.push(format!(
        "opened <- {opened}\nraw <- scan(opened, what = rep(list(\"\"), {}), sep = {}, quote = \"\\\"\", skip = {skip}L, fill = TRUE, flush = TRUE,\n            \
         multi.line = FALSE, na.strings = character(0), comment.char = \"\", strip.white = FALSE, quiet = TRUE, skipNul = TRUE)",
        if file.is_shaped_here() {
            import.sheet.header().len()
        } else {
            file.raw.sheet.header().len()
        },
        r_text(&separator),
    ));
    if reads_rows {
        lines.push("raw <- lapply(raw, unguarded)".to_owned());
    }
    lines.push(CHECK.to_owned());
    lines.push(include_str!("r/rows.R").to_owned());
    lines.push(shape(file));
    lines.push(include_str!("r/reading.R").to_owned());
    lines.push(include_str!("r/beside.R").to_owned());
    lines.join("\n")
}

/// Where the rows come from that R cannot read in the file itself.
fn origin(file: &Loaded) -> String {
    let why = match file.needs_rows() {
        None => return String::new(),
        Some(NeedsRows::Workbook) => "R reads no workbook",
        Some(NeedsRows::Pasted) => "The rows were pasted and are in no file",
        Some(NeedsRows::Prepared) => "Labels stand for codes here, or rows or columns were put together",
        Some(NeedsRows::NotUtf8) => "Some bytes of the file are not UTF-8",
        Some(NeedsRows::OpenQuotes) => "Some quotes in the file are never closed",
    };
    format!("# {why}: save {ROWS} with the button “Its rows as CSV” on the page.\n")
}

/// The file that R reads: the user's own, or the rows as they were read here.
fn source(file: &Loaded) -> &str {
    match (file.needs_rows(), file.sample) {
        (Some(_), _) => ROWS,
        (None, Some(sample)) => sample.file(),
        (None, None) => &file.name,
    }
}

/// Why R reads rows as the page saves them, and not the file itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeedsRows {
    /// They are of a workbook.
    Workbook,
    /// They were pasted.
    Pasted,
    /// Labels stand for codes, or columns or rows were put together.
    Prepared,
    /// R reads no file in UTF-8 of which some bytes are not.
    NotUtf8,
    /// R would read other rows behind a quote that is never closed.
    OpenQuotes,
}

/// The export of the rows as they were read.
pub const ROWS: &str = "cotside-rows.csv";

const HEAD: &str = "# Run it in the folder of that file: Rscript cotside.R [file]. It needs R with the package survival (and cmprsk for\n\
     # Gray's test). Beside it belong cotside-values.csv and cotside-numbers.csv of the same run.\n\
     if (!isTRUE(l10n_info()[[\"UTF-8\"]])) suppressWarnings(Sys.setlocale(\"LC_CTYPE\", \"C.UTF-8\"))\n\
     named <- function(...) { values <- c(...); if (is.null(values)) character(0) else values }\n\
     # A mark at the start of UTF-16 tells the order of bytes and is no character.\n\
     utf16 <- function(path, order) {\n  \
     mark <- readBin(path, \"raw\", 2)\n  \
     if (identical(mark, as.raw(c(0xff, 0xfe))) || identical(mark, as.raw(c(0xfe, 0xff)))) \"UTF-16\" else order\n\
     }\n";

const ARGUMENTS: &str = "arguments <- commandArgs(trailingOnly = TRUE)\nif (length(arguments) > 0) file <- arguments[1]\n\
     # A file may be called stdin or clipboard.\n\
     if (basename(file) == file) file <- file.path(\".\", file)\n\
     if (!file.exists(file)) stop(\"There is no file \", file, \" here: run this script in its folder, or name it behind the script.\")";

/// The header is the first row; another number of rows means that the file is another, or was read otherwise.
const CHECK: &str = "close(opened)\nraw <- lapply(raw, function(column) column[-1])\n\
     if (length(raw[[1]]) != rows) {\n  \
     stop(\"The page read \", rows, \" rows in this file, R reads \", length(raw[[1]]),\n       \
     \". Is it the same file? Quotes that are never closed must be mended in it first.\")\n}\n";

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<String>>().join(", ")
}

const UTF_8: &str = "file(file, \"rt\", encoding = \"UTF-8-BOM\")";

/// The file as R opens it.
fn connection(import: &Import) -> String {
    let opened = match import.encoding {
        Encoding::Utf8 => UTF_8,
        Encoding::Utf16Le => "file(file, \"rt\", encoding = utf16(file, \"UTF-16LE\"))",
        Encoding::Utf16Be => "file(file, \"rt\", encoding = utf16(file, \"UTF-16BE\"))",
        page => code_page(page),
    };
    if import.spaces_before_quotes {
        let spaced = r_text(&format!("{} +\"", import.delimiter));
        let plain = r_text(&format!("{}\"", import.delimiter));
        return format!("textConnection(gsub({spaced}, {plain}, readLines({opened})))");
    }
    opened.to_owned()
}

/// A file in a code page as R opens it, by the names that iconv has everywhere.
const fn code_page(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Windows1250 => "file(file, \"rt\", encoding = \"CP1250\")",
        Encoding::Windows1251 => "file(file, \"rt\", encoding = \"CP1251\")",
        Encoding::Windows1253 => "file(file, \"rt\", encoding = \"CP1253\")",
        Encoding::Windows1254 => "file(file, \"rt\", encoding = \"CP1254\")",
        Encoding::ShiftJis => "file(file, \"rt\", encoding = \"CP932\")",
        Encoding::EucJp => "file(file, \"rt\", encoding = \"EUC-JP\")",
        Encoding::EucKr => "file(file, \"rt\", encoding = \"CP949\")",
        Encoding::Gb18030 => "file(file, \"rt\", encoding = \"GB18030\")",
        Encoding::Big5 => "file(file, \"rt\", encoding = \"BIG5-HKSCS\")",
        Encoding::Iso2022Jp => "file(file, \"rt\", encoding = \"ISO-2022-JP\")",
        Encoding::MacRoman => "file(file, \"rt\", encoding = \"MACINTOSH\")",
        Encoding::Koi8R => "file(file, \"rt\", encoding = \"KOI8-R\")",
        Encoding::Ibm866 => "file(file, \"rt\", encoding = \"CP866\")",
        Encoding::Latin2 => "file(file, \"rt\", encoding = \"ISO-8859-2\")",
        Encoding::Windows1255 => "file(file, \"rt\", encoding = \"CP1255\")",
        Encoding::Windows1256 => "file(file, \"rt\", encoding = \"CP1256\")",
        Encoding::Windows1257 => "file(file, \"rt\", encoding = \"CP1257\")",
        Encoding::Windows1258 => "file(file, \"rt\", encoding = \"CP1258\")",
        _ => "file(file, \"rt\", encoding = \"CP1252\")",
    }
}

/// How rows become patients, where they are not one each.
fn shape(file: &Loaded) -> String {
    let numbers = |columns: &mut dyn Iterator<Item = usize>| {
        format!("c({})", joined(columns.map(|column| format!("{}L", column + 1))))
    };
    let aside = |wanted: &dyn Fn(&SetAside) -> bool| {
        numbers(
            &mut file
                .import
                .set_aside
                .iter()
                .filter(|aside| wanted(aside))
                .map(|aside| aside.row),
        )
    };
    let shape = &file.shape;
    if file.is_shaped_here() {
        return String::new();
    }
    let (Some(id), true) = (shape.id, shape.endpoints.is_some() || shape.repeated == Repeated::Merge) else {
        return String::new();
    };
    let others = aside(&|aside| !matches!(aside.fault, RowFault::Merged { .. }));
    let mut lines = vec![format!(
        "raw <- merged_rows(raw, id = {}L, follow_up = {}, but_not = {others})",
        id + 1,
        numbers(&mut shape.follow_up.iter().copied())
    )];
    if let Some(endpoints) = &shape.endpoints {
        lines.insert(0, "before <- raw".to_owned());
        for name in &endpoints.names {
            lines.push(format!(
                "raw <- c(raw, rows_of_endpoint(before, {}, id = {}L, parameter = {}L, time = {}L, censor = {}L, but_not = {others}))",
                r_text(name),
                id + 1,
                endpoints.parameter + 1,
                endpoints.time + 1,
                endpoints.censor + 1
            ));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// What each finding accepts: the ends of a number, codes, a fraction.
fn fields() -> Vec<String> {
    let accepts = |field: &Field| {
        let what = match field.kind() {
            Kind::Number { low, high, .. } => format!("c({low}, {high})"),
            Kind::Fraction => "\"fraction\"".to_owned(),
            Kind::Code(codes) => format!("c({})", joined(codes.iter().map(|code| r_text(code)))),
            Kind::Text | Kind::Date => return None,
        };
        Some(format!("{} = {what}", field.column()))
    };
    Field::ALL.iter().filter_map(accepts).collect()
}

/// What each column that is used is for, and how its cells are read; of two with one role the first.
fn columns(file: &Loaded, study: &Study) -> Vec<String> {
    let header = file.import.sheet.header();
    let columns = file.mapping.columns.iter().enumerate();
    let listed = columns.filter_map(|(column, used)| {
        let first = file.mapping.column_of(used.role) == Some(column) || !used.role.is_single();
        let how = how(column, used, study).filter(|_| first)?;
        let comment = header.get(column).map_or("", String::as_str);
        Some(format!(
            "list(at = {}, header = {}, {how})",
            column + 1,
            r_text(comment)
        ))
    });
    listed.collect()
}

fn how(column: usize, used: &ColumnUse, study: &Study) -> Option<String> {
    let number = format!("number = \"{}\"", number_form(used.number));
    let values = || {
        let rules = used.values.iter().map(|rule| {
            let code = match rule.meaning {
                Meaning::Missing => MISSING,
                Meaning::Code(code) => code,
            };
            format!(
                "{} = {}",
                r_text(if rule.text.is_empty() { EMPTY } else { &rule.text }),
                r_text(code)
            )
        });
        format!("values = named({})", joined(rules))
    };
    let list = |role: &str, of: &str, rest: &[String]| {
        let start = format!("role = \"{role}\", of = {}", r_text(of));
        Some(joined(std::iter::once(start).chain(rest.iter().cloned())))
    };
    match used.role {
        Role::Ignored | Role::Group => {
            let id = format!("column:{column}");
            let is_number = matches!(study.column(&id)?.values, Values::Numbers(_));
            let number = is_number.then_some(number);
            let parts: Vec<String> = number.into_iter().chain([values()]).collect();
            list("column", &id, &parts)
        }
        Role::Finding(Field::Id) => {
            let id = format!("column:{column}");
            study.column(&id)?;
            list("column", &id, &[values()])
        }
        Role::Finding(field) => {
            let percent = format!("percent = {}", if used.percent { "TRUE" } else { "FALSE" });
            let unit = format!("unit = \"{}\"", used.unit.code());
            let high = format!("high = \"{}\"", project::high_counts(used.high_counts));
            let more: &[String] = match field {
                Field::AgeDays | Field::AgeMonths => &[unit],
                Field::Wbc => &[high],
                _ => &[],
            };
            list(
                "finding",
                field.column(),
                &[&[number, percent, values()], more].concat(),
            )
        }
        Role::Milestone(milestone) => {
            let form = format!("form = \"{}\"", date_form(used.date));
            let mid_month = format!("mid_month = {}", if used.mid_month { "TRUE" } else { "FALSE" });
            list("date", milestone.code(), &[form, mid_month, number, values()])
        }
        Role::Time(endpoint) => {
            let days = format!("days = {}", used.unit.days());
            list("time", endpoint.code(), &[number, days, values()])
        }
        Role::Event(endpoint) => list("event", endpoint.code(), &[values()]),
        Role::FirstEvent => list("first_event", "", &[values()]),
        Role::VitalStatus => list("vital", "", &[values()]),
    }
}

/// Stands for a missing value among codes.
pub const MISSING: &str = "(missing)";

/// Stands for the empty text, which cannot be a name in R.
const EMPTY: &str = "(empty)";

/// The name of a form of numbers in scripts and projects.
pub const fn number_form(form: NumberForm) -> &'static str {
    match form {
        NumberForm::Point => "point",
        NumberForm::Comma => "comma",
        NumberForm::PointGrouped => "point_grouped",
        NumberForm::CommaGrouped => "comma_grouped",
    }
}

/// The name of a form of dates in scripts and projects.
pub const fn date_form(form: DateForm) -> &'static str {
    match form {
        DateForm::YearMonthDay => "year_month_day",
        DateForm::DayMonthYear => "day_month_year",
        DateForm::MonthDayYear => "month_day_year",
        DateForm::DayMonthName => "month_name",
        DateForm::MinguoYear => "minguo_year",
        DateForm::BuddhistYear => "buddhist_year",
        DateForm::EitherOrder => "either_order",
        DateForm::SpreadsheetDay => "spreadsheet",
        DateForm::UnixSeconds => "unix_seconds",
        DateForm::DaysSinceDiagnosis => "days_since_diagnosis",
        DateForm::MonthsSinceDiagnosis => "months_since_diagnosis",
    }
}
