//! What is said where the columns of a file are listed: headings, labels, states.

use cotside_core::cohort::{ColumnKind, Role};

/// The heading, and the name of the result in the address.
pub const COLUMNS: &str = "Columns";
/// Above the settings that tell which rows are patients.
pub const ROWS: &str = "Rows and patients";
/// The button that confirms what was assumed of a column, of the rows or of the characters.
pub const CONFIRM: &str = "Confirm";
/// The button that confirms what was assumed of all columns.
pub const CONFIRM_ALL: &str = "Confirm all";
/// The link from the columns to the results.
pub const TO_RESULTS: &str = "Show the results";
/// Heads of the table.
pub const COLUMN: &str = "Column";
/// See [`COLUMN`].
pub const CONTENT: &str = "Content";
/// See [`COLUMN`].
pub const VARIABLE: &str = "Variable";
/// See [`COLUMN`].
pub const READ_AS: &str = "Read as";
/// See [`COLUMN`].
pub const MISSING: &str = "Missing";
/// See [`COLUMN`].
pub const STATE: &str = "State";
/// The state of a column that is used.
pub const READ: &str = "read";
/// The state of a column of which something was assumed.
pub const TO_CONFIRM: &str = "please confirm";
/// The state of a column of which something has no proposed answer.
pub const TO_ANSWER: &str = "please answer";
/// The state of a column that is not used.
pub const IGNORED: &str = "not used";
/// Heads of the table of texts and their meaning.
pub const TEXT: &str = "Text";
/// See [`TEXT`].
pub const CELLS: &str = "Cells";
/// See [`TEXT`].
pub const MEANS: &str = "Means";
/// Texts whose meaning follows from a setting.
pub const EACH_TEXT: &str = "Meaning of each text";
/// Missing cells, among the texts of a column.
pub const EMPTY: &str = "(empty)";
/// A column with more texts than can be listed.
pub const MORE_TEXTS: &str = "The column has too many different texts to say what each means.";
/// A cell that waits for an answer.
pub const AWAITS_ANSWER: &str = "not used until you choose";

/// Labels of settings.
pub mod label {
    /// The order of dates that can be read in several.
    pub const DATE_ORDER: &str = "Order of dates";
    /// How dates are written.
    pub const DATE_FORM: &str = "Dates written as";
    /// Dates with year and month alone.
    pub const MID_MONTH: &str = "Dates without a day";
    /// How numbers are written.
    pub const NUMBER_FORM: &str = "Numbers written";
    /// Of times and ages.
    pub const UNIT: &str = "Unit";
    /// Fractions or per cent.
    pub const PERCENT: &str = "Values are";
    /// White cell counts that are too high for the unit.
    pub const HIGH_COUNTS: &str = "Counts above 3,000";
    /// Death or alive, event or censored.
    pub const DIRECTION: &str = "Values mean";
    /// Rows of one visit alone.
    pub const ONLY_ROWS: &str = "Use only rows with";
    /// The code page of the file.
    pub const ENCODING: &str = "Characters";
}

/// Options of a setting.
pub mod choice {
    /// Dates without a day.
    pub const MID_MONTH: [&str; 2] = ["the 15th of the month", "not used"];
    /// Fractions of cells.
    pub const PERCENT: [&str; 2] = ["fractions (0.01 means 1 %)", "per cent (0.01 means 0.01 %)"];
    /// White cell counts that are not used.
    pub const HIGH_NOT_USED: &str = "not used";
    /// Rows whatever they hold.
    pub const ALL_ROWS: &str = "all rows";
}

/// A column without a name in the header.
#[must_use]
pub fn without_name(column: usize) -> String {
    format!("Column {} (without a name)", column + 1)
}

/// What a column seems to hold, in a word or two.
#[must_use]
pub const fn content(kind: &ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Empty => "empty",
        ColumnKind::Id => "different in each row",
        ColumnKind::Number { .. } => "numbers",
        ColumnKind::Date { .. } => "dates",
        ColumnKind::YesNo => "yes or no",
        ColumnKind::Category => "categories",
        ColumnKind::Text => "free text",
    }
}

/// The name of the list of roles of a column.
#[must_use]
pub fn variable_of(column: &str) -> String {
    format!("{VARIABLE}: {column}")
}

/// The name of a setting of a column for those who do not see where it is.
#[must_use]
pub fn setting_of(label: &str, column: &str) -> String {
    format!("{label}: {column}")
}

/// The name of a button for those who do not see where it is.
#[must_use]
pub fn confirm_column(column: &str) -> String {
    format!("{CONFIRM}: {column}")
}

/// The name of the list of meanings of a text.
#[must_use]
pub fn meaning_of(text: &str, column: &str) -> String {
    format!("What “{text}” means in {column}")
}

/// The meaning of a text of which nothing is said: of missing cells, of a column of dates, of one without codes, of one
/// with codes.
#[must_use]
pub fn unsaid(role: Role, text: &str) -> &'static str {
    match (text, role) {
        ("", _) => "a missing value",
        (_, Role::Milestone(_)) => "a date that cannot be read",
        _ if role.codes().is_empty() => "what it says",
        _ => "choose … (now ignored)",
    }
}

/// The meaning of a text that stands for no value.
#[must_use]
pub const fn no_value(role: Role) -> &'static str {
    match role {
        Role::Milestone(_) => "no date",
        _ => "a missing value",
    }
}

/// What the column whose question is about this one too is called.
#[must_use]
pub fn asked_at(column: &str) -> String {
    format!("The question at “{column}” is about this column too.")
}

/// How many cells hold something, and what it seems to be.
#[must_use]
pub fn holds(filled: usize, missing: usize, kind: &str) -> String {
    match missing {
        0 => format!("{filled} cells: {kind}"),
        _ => format!("{filled} cells: {kind}; {missing} missing"),
    }
}

/// Rows of a file and how many patients they are.
#[must_use]
pub fn rows_tally(rows: usize, patients: usize) -> String {
    format!(
        "{} rows, {} {}",
        super::grouped_count(rows),
        super::grouped_count(patients),
        if patients == 1 { "patient" } else { "patients" }
    )
}

/// What nobody can be followed without.
#[must_use]
pub fn missing_for(endpoint: &str, columns: &[String]) -> String {
    format!("Missing for {endpoint}: {}.", columns.join(", "))
}

/// Which sheet there is to choose, before and after one was chosen.
#[must_use]
pub fn sheets(file: &str, sheets: usize, is_chosen: bool) -> String {
    if is_chosen {
        format!("Sheets of {file}:")
    } else {
        format!("{file} has {sheets} sheets. Which holds the patients, one row each?")
    }
}

/// A sheet, with its size where the workbook tells it.
#[must_use]
pub fn sheet(name: &str, size: Option<(usize, usize)>) -> String {
    match size {
        Some((rows, columns)) => format!("{name} ({rows} rows, {columns} columns)"),
        None => name.to_owned(),
    }
}

/// A code page with the names of the columns as they read in it.
#[must_use]
pub fn code_page(name: &str, header: &str) -> String {
    format!("{name}: {header}")
}

/// A code page in which not all of the file can be read.
#[must_use]
pub fn other_code_page(name: &str) -> String {
    format!("{name}: not all of the file can be read in it")
}

/// White cell counts that are read per µL, then those that are read as they are written.
#[must_use]
pub fn high_counts(cell: &str, per_litre: &str) -> [String; 2] {
    [
        format!("{cell} per µL ({per_litre} × 10⁹/L)"),
        format!("{cell} × 10⁹/L"),
    ]
}

/// A text of a column by which rows are chosen.
#[must_use]
pub fn rows_with(column: &str, text: &str) -> String {
    format!("{column} = {text}")
}

/// Cells that hold a code for a missing value; `label` is its reason, or empty.
#[must_use]
pub fn missing_code(code: &str, label: &str, cells: usize) -> String {
    let reason = if label.is_empty() { "a missing value" } else { label };
    let cells = if cells == 1 {
        "1 cell".to_owned()
    } else {
        format!("{cells} cells")
    };
    format!("{code} = {reason}: {cells}, read as missing")
}

/// Cells that are not among the levels of the dictionary.
#[must_use]
pub fn not_described(texts: &[(String, usize)]) -> String {
    let shown: Vec<String> = texts
        .iter()
        .take(4)
        .map(|(text, cells)| format!("“{text}” ({cells})"))
        .collect();
    let more = if texts.len() > shown.len() { ", …" } else { "" };
    format!("not in the dictionary: {}{more}", shown.join(", "))
}
