//! Workbooks and tables in words.

use cotside_words::en;

use crate::Fault;
use crate::grid::Table;
use crate::limits::{CELLS, COLUMNS, Large, PART, ROWS, SHEETS, SMALL_PART, TEXT};
use crate::tables::{self, Note};

/// Name of the column that says of each row whether it has a coloured cell, where some rows have and others not.
pub const COLOURED: &str = "Coloured row";

/// Why a workbook cannot be read, with the remedy.
pub fn refusal(name: &str, fault: Fault) -> String {
    let why = match fault {
        Fault::Foreign(format) => return format!("{name}: {}.", en::foreign(format)),
        Fault::TooLarge(what) => return format!("{name}: the file is too large: {}.", too_large(what)),
        Fault::Damaged(program) => {
            return format!(
                "{name}: the {program} file is damaged or cut off, or of a version that is not known here; copy it again, or \
                 save it as CSV in {program}."
            );
        }
        Fault::NoFrame(objects) => {
            let holds = if objects.is_empty() {
                "nothing".to_owned()
            } else {
                listed(&objects)
            };
            return format!(
                "{name}: the R file holds no data frame, but {holds}; save the table alone in R: \
                 saveRDS(as.data.frame(x), \"table.rds\")."
            );
        }
        Fault::Packed => {
            "this is a compressed file (.rds or .RData of R, or another) that is damaged or cut off; copy it again"
        }
        Fault::NoArchive => "this is not a valid workbook; save it again as .xlsx, or as CSV",
        Fault::Password => {
            "the workbook is protected by a password; save a copy without one (in Excel: File, Info, Protect Workbook)"
        }
        Fault::OldFormat => {
            "the workbook is of a version of Excel before 5 (1993); open it in a spreadsheet program and save it as .xlsx or CSV"
        }
        Fault::NoWorkbook => {
            "this is an archive or another document, not a workbook; save the table as .xlsx, .ods or CSV"
        }
        Fault::Broken => {
            "the workbook is damaged or cut off; copy it again, or open it in a spreadsheet program and save it as .xlsx or CSV"
        }
        Fault::NoSheet => "all sheets of the workbook are empty",
        Fault::NoRows => "the sheet has no rows under a header; add a row for each patient, or choose another sheet",
    };
    format!("{name}: {why}.")
}

/// Which limit is passed, with the remedy.
fn too_large(what: Large) -> String {
    let copy = "copy the rows of patients to a new workbook";
    let megabytes = |bytes: usize| grouped(bytes / 1_000_000);
    match what {
        Large::Part => format!(
            "a part of it holds more than {} MB, or {} MB without any cells; {copy}",
            megabytes(PART),
            megabytes(SMALL_PART)
        ),
        Large::Cells => format!(
            "more than {} cells hold something; leave out rows or columns",
            grouped(CELLS)
        ),
        Large::Merged => format!("it has more than {} merged cells; {copy}", grouped(CELLS)),
        Large::Text => format!(
            "its cells hold more than {} MB of text; leave out columns with long texts",
            megabytes(TEXT)
        ),
        Large::Spread => format!(
            "its cells stand so far apart that the table between them takes more than {} MB; {copy}",
            megabytes(TEXT)
        ),
        Large::Rows => format!(
            "a cell is below row {}, the last of a sheet; {copy}",
            grouped(ROWS as usize)
        ),
        Large::Columns => format!(
            "a cell is beyond column {}, the last of a sheet; {copy}",
            grouped(COLUMNS as usize)
        ),
        Large::Sheets => format!("it has more than {} sheets; {copy}", grouped(SHEETS)),
        Large::Nested | Large::Objects => {
            "it holds too many R objects beside the table; save the table alone in R: saveRDS(table, \"table.rds\")"
                .to_owned()
        }
    }
}

/// What the rows of a table are called: the file, and the table where there are several.
pub fn table_name(file: &str, table: &tables::Table, count: usize) -> String {
    match count {
        1 => file.to_owned(),
        _ => format!("{file}, table {}", table.name),
    }
}

/// How a table came out of the file of a statistics program, with what was assumed.
pub fn table_report(notes: &[Note]) -> String {
    let mut report = "The file names the columns.".to_owned();
    for note in notes {
        report.push(' ');
        report.push_str(&told(note));
    }
    report
}

fn told(note: &Note) -> String {
    match note {
        Note::Encoding(name) => {
            format!("The file does not say in which encoding its texts are: they were read as {name}.")
        }
        Note::UnknownEncoding(name) => {
            format!("The encoding that the file names ({name}) is not known here; look at texts with accents.")
        }
        Note::NoZone(column) => format!(
            "“{column}” has times without a time zone: their days are those of UTC, and may be a day off near midnight."
        ),
        Note::Midnights(column) => {
            format!("“{column}” has midnights of a time zone that the file does not name: they were read as days.")
        }
        Note::Lists(column) => format!("“{column}” is not read: its cells are lists or other objects of R."),
        Note::Others(objects) => format!("Not read, because no data frame: {}.", listed(objects)),
        Note::Deleted(rows) => format!("{} marked as deleted: left out.", counted(*rows, "row")),
        Note::Catalog(columns) => format!(
            "Formats that SAS keeps in a catalog, not in this file: {}; the codes in these columns have no labels here.",
            listed(columns)
        ),
    }
}

/// Names with their kinds, the first ten.
fn listed(objects: &[(String, String)]) -> String {
    let name = |(name, kind): &(String, String)| match name.is_empty() {
        true => format!("an object of the kind {kind}"),
        false => format!("{name} ({kind})"),
    };
    let mut names: Vec<String> = objects.iter().take(10).map(name).collect();
    if objects.len() > 10 {
        names.push(format!("{} more", objects.len() - 10));
    }
    names.join(", ")
}

/// A number with commas between thousands.
fn grouped(number: usize) -> String {
    match number {
        ..1000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1000), number % 1000),
    }
}

/// How rows came out of a sheet, with what was assumed.
pub fn report(table: &Table) -> String {
    let (first, height) = table.header;
    let mut report = match (first, height) {
        (1, 1) => "The first row of the sheet names the columns.".to_owned(),
        (first, 1) => format!("Row {first} of the sheet names the columns."),
        (first, height) => format!(
            "Rows {first} to {} of the sheet together name the columns.",
            first + height - 1
        ),
    };
    let mut say = |sentence: String| {
        report.push(' ');
        report.push_str(&sentence);
    };
    if !table.above.is_empty() {
        let above: String = table.above.chars().take(120).collect();
        say(format!("The text above is omitted: “{above}”."));
    }
    if table.numbered > 0 {
        let have = if table.numbered == 1 { "has" } else { "have" };
        say(format!(
            "{} {have} only the name of a merged cell, followed by a number.",
            counted(table.numbered, "column")
        ));
    }
    if table.merged > 0 {
        say(format!(
            "{} below the header: only the first of the cells has the value.",
            counted(table.merged, "merged cell")
        ));
    }
    if table.hidden_rows > 0 {
        say(format!(
            "{}, as by a filter: read too.",
            counted(table.hidden_rows, "hidden row")
        ));
    }
    if table.coloured > 0 {
        let have = if table.coloured == 1 { "has" } else { "have" };
        say(format!(
            "{} {have} coloured cells: the column “Coloured row” says which, to be used where the colour means something.",
            counted(table.coloured, "row")
        ));
    }
    if table.errors > 0 {
        let are = if table.errors == 1 { "is" } else { "are" };
        say(format!("{} {are} a formula's error.", counted(table.errors, "cell")));
    }
    if table.not_computed > 0 {
        let have = if table.not_computed == 1 { "has" } else { "have" };
        say(format!(
            "{} {have} a formula and no value (#NOVALUE!); open the workbook in a spreadsheet program and save it.",
            counted(table.not_computed, "cell")
        ));
    }
    report
}

fn counted(number: usize, word: &str) -> String {
    if number == 1 {
        format!("1 {word}")
    } else {
        format!("{number} {word}s")
    }
}
