//! Estimates of the reader's own beside the published ones: their form, their file, and what is said of them.

use cotside_core::evidence::{LONGEST_CELL, MOST_OWN, OwnColumn, OwnFault, OwnFileError, OwnProblem, OwnRemark};

use super::fields;
use crate::decimal;

/// The mark of every row of the reader's own.
pub const MARK: &str = "yours, not checked";
/// A reason for caution in a comparison.
pub const CAUTION: &str = "One or both are yours and were not checked against a source.";
/// The same of one estimate over a curve.
pub const CAUTION_ONE: &str = "It is yours and was not checked against a source.";

/// The name of a study on the page; that of one of the reader’s own ends with the mark in English, as it is printed.
#[must_use]
pub fn study_name(name: &str) -> String {
    name.to_owned()
}

// ---- The form

/// Heading.
pub const TITLE: &str = "Own estimates";
/// What becomes of them.
pub const LEAD: &str = "Rows added here are marked “yours, not checked” in every table, figure and pool, and can be laid over a \
     curve under Analyse. They are kept in this tab only: save them as CSV to open them again. The same rules hold as for \
     published rows: no P where times, endpoints or eras differ, and no pool of two endpoints.";
/// Adds what was typed.
pub const ADD: &str = "Add";
/// Opens a file.
pub const OPEN: &str = "Open a CSV file";
/// Saves a file to begin with.
pub const TEMPLATE: &str = "Template (CSV)";
/// Saves the rows.
pub const SAVE: &str = "Save own estimates (CSV)";
/// Takes all rows out.
pub const REMOVE_ALL: &str = "Remove own estimates";
/// Takes one row out.
pub const REMOVE: &str = "remove";
/// The list of the rows.
pub const LISTED: &str = "Added";
/// Nothing is chosen in a list.
pub const NOT_STATED: &str = "not stated";
/// Under Analyse, where own estimates come from.
pub const UNDER_EVIDENCE: &str = "Own estimates are added under Evidence.";
/// A file with points of a curve came where estimates were awaited, or the other way round.
pub const NOT_ESTIMATES: &str = "The file has no columns study, endpoint, population, estimate and source. The template has all \
     columns.";
/// Estimates came where points of a curve were awaited.
pub const NOT_POINTS: &str = "The file has estimates, not points of a curve. Open it under Browse, “Own estimates”.";

/// The summary of the fold, with the number of rows.
#[must_use]
pub fn summary(count: usize) -> String {
    if count == 0 {
        "Add own estimates".to_owned()
    } else {
        format!("{TITLE}: {count}")
    }
}

/// What the button that takes a row out is called.
#[must_use]
pub fn remove_name(id: &str, study: &str) -> String {
    format!("Remove {id}, {study}")
}

/// Label, an example and the width of a field of the form.
#[must_use]
pub const fn label(column: OwnColumn) -> (&'static str, &'static str, u8) {
    match column {
        OwnColumn::Id => ("Id", "", 8),
        OwnColumn::Study => ("Study", "Registry A", 18),
        OwnColumn::EnrolledFrom => ("Enrolled from (year)", "2001", 6),
        OwnColumn::EnrolledTo => ("Enrolled to (year)", "2008", 6),
        OwnColumn::Endpoint => ("Endpoint", "", 8),
        OwnColumn::Population => ("Group", "all infants", 18),
        OwnColumn::Kmt2a => ("KMT2A of the group", "", 8),
        OwnColumn::Reached => ("Counted are", "", 8),
        OwnColumn::Years => ("Time (years)", "5", 5),
        OwnColumn::N => ("n", "60", 5),
        OwnColumn::Estimate => ("Estimate (%)", "45.0", 6),
        OwnColumn::StandardError => ("SE", "6.4", 5),
        OwnColumn::Lower => ("95% CI from", "32.1", 6),
        OwnColumn::Upper => ("95% CI to", "57.0", 6),
        OwnColumn::UnclearSpread => ("± undefined", "", 5),
        OwnColumn::Source => ("Source", "Author, journal, year", 24),
        OwnColumn::Place => ("Place in the source", "table 2", 14),
        OwnColumn::SameAs => ("Same figure as (ids)", "interfant-06/2", 14),
        OwnColumn::Note => ("Remark", "", 24),
    }
}

/// What a code of a list means.
#[must_use]
pub fn code_name(code: &str) -> &str {
    match code {
        "rearranged" => "rearranged",
        "germline" => "germline",
        "remission" => "only those who reached remission",
        "transplant" => "only those who reached transplant",
        "" => NOT_STATED,
        other => other,
    }
}

/// All who entered are counted.
pub const ALL_COUNTED: &str = "all who entered";

// ---- What came of a file or of the form

/// How many rows were added.
#[must_use]
pub fn added(count: usize) -> String {
    match count {
        0 => "No row was added.".to_owned(),
        1 => "1 row was added.".to_owned(),
        more => format!("{more} rows were added."),
    }
}

/// More rows were read in a session than it can hold.
pub const TOO_MANY_MADE: &str = "Too many different rows were read since the page was loaded, and none was added now. Save what is \
     listed as CSV, load the page anew, and open the file.";
/// Heading of the rows that were not added.
pub const NOT_ADDED: &str = "Not added";

/// A row that is not taken: its place, what is wrong, the remedy.
#[must_use]
pub fn problem(problem: &OwnProblem) -> String {
    let OwnProblem {
        row,
        column,
        found,
        why,
    } = problem;
    let found = if found.is_empty() {
        String::new()
    } else {
        format!(" “{}”", shortened(found))
    };
    format!("Row {row}, column {}:{found} {}.", column.code(), remedy(*column, why))
}

fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST).chain(['…']).collect()
}

fn remedy(column: OwnColumn, why: &OwnFault) -> String {
    let example = label(column).1;
    match why {
        OwnFault::Missing if example.is_empty() => "is empty; it is needed".to_owned(),
        OwnFault::Missing => format!("is empty; it is needed, such as {example}"),
        OwnFault::NotNumber => {
            format!("is not a number; write one such as {example}, with a point or a comma before its decimals")
        }
        OwnFault::NotWhole => "is not a whole number; write one such as 60".to_owned(),
        OwnFault::OutOfRange(low, high) => {
            format!("is outside {} to {}", decimal(*low, 0), decimal(*high, 0))
        }
        OwnFault::Fraction => {
            "may be a fraction; write per cent, 41.7 for 0.417, or with the sign where it is below 1%, such as 0.4%"
                .to_owned()
        }
        OwnFault::NotOneOf(codes) => format!("is not known; write one of {}", codes.join(", ")),
        OwnFault::TwoSpreads => "is one of two spreads; give the SE, or the interval, or the undefined ±".to_owned(),
        OwnFault::OneEnd => "is missing; give both ends of the interval".to_owned(),
        OwnFault::OutsideInterval => {
            "lies outside its interval; give the three of one estimate, in per cent".to_owned()
        }
        OwnFault::YearsOfEnrolment => {
            "does not fit; give the first and the last year of enrolment, or neither".to_owned()
        }
        OwnFault::NoId => "is not an id; use letters, digits, -, _ and ., or leave it empty".to_owned(),
        OwnFault::IdTaken => "is the id of another row; give another, or leave it empty".to_owned(),
        OwnFault::NoSuchRow => {
            "names a row that is not there; give ids of rows such as interfant-06/2 or own/1, separated by spaces"
                .to_owned()
        }
        OwnFault::TooLong => format!("is too long; write at most {LONGEST_CELL} letters"),
        OwnFault::Unseen => "has characters that cannot be seen; write it again".to_owned(),
        OwnFault::TooMany => format!("is one row too many; at most {MOST_OWN} are kept"),
    }
}

/// What should be known of a row.
#[must_use]
pub fn remark(remark: &OwnRemark) -> String {
    match remark {
        OwnRemark::There { row, id } => format!("Row {row} is there already as {id} and was not added again."),
        OwnRemark::LooksLike { id, other } => format!(
            "{id} has the numbers of {other}. If it is the same figure of the same infants, name {other} in same_as, so that \
             it is counted once."
        ),
        OwnRemark::NotRead(column) => format!("The column “{}” is not known and was not read.", shortened(column)),
    }
}

/// Why a file cannot be read.
#[must_use]
pub fn file_error(error: &OwnFileError) -> String {
    match error {
        OwnFileError::Table(error) => fields::table_error(error),
        OwnFileError::NoColumn(names) => format!(
            "the header has no column {}; the template has all columns",
            names.join(", ")
        ),
        OwnFileError::TwoColumns(name) => format!("two columns are named {name}; keep one"),
        OwnFileError::TooManyRows(rows) => format!("it has {rows} rows; at most {MOST_OWN} are read"),
    }
}

/// Rows of a file that are not accepted.
#[must_use]
pub fn rows_not_accepted(file: &str, count: usize) -> String {
    match count {
        1 => format!("{file}: 1 row is not accepted; mend it or take it out"),
        more => format!("{file}: {more} rows are not accepted; mend them or take them out"),
    }
}

/// A file that cannot be read, and why.
#[must_use]
pub fn unread_file(name: &str, error: &OwnFileError) -> String {
    format!("{name} was not read: {}.", file_error(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_row_column_and_remedy() {
        let said = problem(&OwnProblem {
            row: 3,
            column: OwnColumn::Estimate,
            found: "0.417".to_owned(),
            why: OwnFault::Fraction,
        });
        assert!(
            said.starts_with("Row 3, column estimate: “0.417” may be a fraction; write per cent"),
            "{said}"
        );
    }
}
