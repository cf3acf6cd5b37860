//! What is said of a file of patients that was opened: which it is, what could not be used, how a project fits it.

use cotside_core::cohort::{CodebookKind, Joined};
use serde_json::Value;

use super::grouped_count;

// ---- The file

/// Why a file cannot be read.
#[must_use]
pub fn refused(name: &str, why: &str) -> String {
    format!("{name}: {why}.")
}

/// Saves the rows as they were read.
pub const SAVE_ROWS: &str = "Its rows as CSV";

/// The file and its number of rows.
#[must_use]
pub fn file_and_rows(name: &str, rows: usize) -> String {
    match rows {
        1 => format!("{name}: 1 row."),
        rows => format!("{name}: {} rows.", grouped_count(rows)),
    }
}

/// From where the script in R reads the rows.
#[must_use]
pub fn script_reads(file: &str) -> String {
    format!("The script in R reads these rows from {file}.")
}

// ---- Files beside it

/// A file that waits for the one it stands beside.
#[must_use]
pub fn kept_beside(name: &str) -> String {
    format!("{name} describes the columns of another file: open the file of patients that it belongs to.")
}

/// What a file that describes columns is.
#[must_use]
pub const fn codebook_kind(kind: CodebookKind) -> &'static str {
    kind.name()
}

/// What a dictionary describes: `kind` says what it is.
#[must_use]
pub fn describes(kind: &str, described: usize, columns: usize) -> String {
    match described {
        0 => format!(
            "{kind}: describes none of the {columns} columns of this file. Is it the dictionary of another one?"
        ),
        described => format!("{kind}: describes {described} of {columns} columns."),
    }
}

/// How a table of subjects fits the endpoints.
#[must_use]
pub fn subjects(joined: &Joined) -> String {
    let parts = [
        (joined.without, "with endpoints are not in it"),
        (joined.only, "of it have no endpoint and are left out"),
        (
            joined.differ,
            "have another value in a column of both; that beside the endpoints is used",
        ),
    ];
    let told = parts.iter().filter(|(count, _)| *count > 0);
    let told: String = told.map(|(count, what)| format!(" {count} {what}.")).collect();
    format!("Table of subjects, joined by USUBJID: {} found.{told}", joined.both)
}

/// A file that is neither a dictionary nor a table of subjects; `found` are the names of its first columns.
#[must_use]
pub fn not_beside(name: &str, found: &str) -> String {
    let found = if found.is_empty() {
        String::new()
    } else {
        format!(" Its columns are {found}.")
    };
    format!(
        "{name} is no dictionary: it is neither a REDCap data dictionary, a Castor variable list, SPSS, Stata, SAS or R syntax with \
         labels, nor a table with columns such as variable, code and label.{found} Files of patients are opened one at a time."
    )
}

// ---- Cells and rows that could not be used

/// Of a table.
pub const ROW: &str = "Row";
/// Of a table: the place in a text file.
pub const LINE: &str = "Line";
/// Of a table: the place in a workbook.
pub const SHEET_ROW: &str = "Sheet row";
/// Of a table.
pub const COLUMN: &str = "Column";
/// Of a table: the text of the cell.
pub const CELL: &str = "Cell";
/// Of a table: why it could not be used.
pub const PROBLEM: &str = "Problem";
/// Of a table: the remedy.
pub const FIX: &str = "Fix";
/// What is not listed.
pub const OTHERS_USED: &str = "All other cells and rows are used.";
/// Saves the list.
pub const SAVE_PROBLEMS: &str = "Save the list (CSV)";
/// Of which column a problem is, where it is of none.
pub const WHOLE_ROWS: &str = "whole rows";

/// Of which column a problem is.
#[must_use]
pub fn of_column(name: &str) -> String {
    format!("column “{name}”")
}

/// Problems of a column, or of whole rows.
#[must_use]
pub fn count_of(count: usize, of: &str) -> String {
    format!("{count}: {of}")
}

/// Heading of the problems in a report.
#[must_use]
pub fn not_used(count: usize) -> String {
    format!("{count} cells or rows could not be used")
}

/// When and with what a report was made; `date` is empty where no clock is read.
#[must_use]
pub fn made(date: &str, version: &str) -> String {
    let on = if date.is_empty() {
        String::new()
    } else {
        format!(" on {date}")
    };
    format!("Made{on} with Cotside {version}.")
}

// ---- Columns that are not used

/// A column whose cells do not suit its name.
#[must_use]
pub fn unsuited(role: &str) -> String {
    format!("its name says “{role}”, and its cells are something else")
}

/// A column whose role another column has.
#[must_use]
pub fn taken(role: &str, column: &str) -> String {
    format!("“{role}” is read from the column {column}")
}

/// A column whose name says nothing.
pub const UNKNOWN_NAME: &str = "its name is not known; it can be used as a group or covariate";

/// The unit of white cells of which high counts are per µL.
pub const HIGH_COUNTS_PER_UL: &str = "10^9/L, above 3,000 per µL";

// ---- A file of settings

/// What stands in a file of settings.
#[must_use]
pub fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Array(_) => "a list",
        Value::String(_) => "a text",
        Value::Number(_) => "a number",
        Value::Bool(_) => "true or false",
        Value::Object(_) => "an object",
    }
}

/// A list in a file of settings: what stands in it, each kind once, and how many there are.
#[must_use]
pub fn list_of(kinds: &[&str], count: usize) -> String {
    let kinds = if kinds.is_empty() {
        "nothing".to_owned()
    } else {
        kinds.join(", ")
    };
    format!("a list of {kinds} ({count})")
}

/// A file that is none.
#[must_use]
pub fn no_settings_file(name: &str) -> String {
    format!("{name}: this is not a project or settings file of Cotside.")
}

/// A file with a fault in it; `wrong` says where and what.
#[must_use]
pub fn broken_settings_file(name: &str, wrong: &str) -> String {
    format!("{name} is a project file whose {wrong}. Save the settings again, or correct this in the file.")
}

/// A file of a later version.
#[must_use]
pub fn later_settings_file(name: &str) -> String {
    format!("{name} was saved by a later version of Cotside than this one. Reload the page, or update the program.")
}

/// Something stands where a list belongs; `kind` says what.
#[must_use]
pub fn not_a_list(name: &str, kind: &str) -> String {
    format!("“{name}” is {kind}, where a list belongs")
}

/// Something stands at a place of a list where texts belong.
#[must_use]
pub fn not_texts(name: &str, place: usize, kind: &str, texts: usize) -> String {
    format!("“{name}” has at place {place} {kind}, where a list of {texts} texts belongs")
}

// ---- A project of earlier settings

/// A project without its file.
pub const OPEN_ITS_FILE: &str = "The settings are kept: open the file that they are for.";
/// All columns of a project are there.
pub const PROJECT_FITS: &str = "The settings fit the columns of this file.";
/// Something of a project does not fit.
pub const PROJECT_OF_OTHER_FILE: &str = "The settings were saved with another file:";

/// What a project says of the encoding does not hold.
#[must_use]
pub fn unfit_encoding(label: &str) -> String {
    format!("What the settings say of the characters does not fit this file: {label}.")
}

/// What a project says of the rows does not hold: its name and its value.
#[must_use]
pub fn unfit_rows(name: &str, value: &str) -> String {
    format!("What the settings say of the rows does not fit this file: {name} = {value}.")
}

/// A column that is missing.
#[must_use]
pub fn missing_column(name: &str) -> String {
    format!("The settings have a column “{name}”; this file has none.")
}

/// A column of which something is not understood.
#[must_use]
pub fn unknown_setting(name: &str) -> String {
    format!("What the settings say of “{name}” is not understood; the column is read as guessed.")
}

/// A column with other values.
#[must_use]
pub fn other_content(name: &str) -> String {
    format!("“{name}” holds other values than the settings expect; the column is read as guessed.")
}

/// Columns that the project does not have.
#[must_use]
pub fn new_columns(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    format!("The settings do not name {}: read as guessed.", names.join(", "))
}

// ---- The samples

/// Before what a sample is.
pub const EXAMPLE: &str = "Example data";
/// Between the two.
pub const EXAMPLE_IS: &str = ": ";
/// The name of the published series.
pub const SEVERANCE: &str = "Severance series";
/// The name of the simulated registry.
pub const REGISTRY: &str = "Synthetic registry";
/// What the published series is.
pub const SEVERANCE_IS: &str = "nine published infants (Lee et al., Clin Pediatr Hematol Oncol 2011;18:86–91). Months of follow-up are not \
     printed there: they are computed from the printed ages, and one is placed; the sample's notes say which.";
/// What the simulated registry is.
pub const REGISTRY_IS: &str =
    "120 simulated infants, made by a script from stated parameters. Nothing here is a result.";
