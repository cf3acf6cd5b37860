//! What is wrong with a file of follow-up, in words.

use cotside_core::cohort::{CellError, Expected};
use cotside_core::survival::FollowUpError;

/// What a cell must hold.
#[must_use]
pub fn expected_cell(expected: Expected) -> &'static str {
    match expected {
        Expected::Number => "a number",
        Expected::NotNegative => "a number that is 0 or more",
        Expected::Positive => "a number above 0",
        Expected::WholeNumber => "a whole number that is 0 or more",
    }
}

/// A cell or a column that cannot be used: where, what stands there, what would be accepted.
#[must_use]
pub fn cell_error(error: &CellError) -> String {
    match error {
        CellError::NoColumn { name, header } => {
            let names: Vec<String> = header.iter().map(|name| format!("“{name}”")).collect();
            format!(
                "row 1 (header): there is no column “{name}”; there are {}",
                names.join(", ")
            )
        }
        CellError::TwoColumns(name) => format!("row 1 (header): column {name} stands twice; rename one of them"),
        CellError::BadCell {
            column,
            row,
            line,
            text,
            expected,
        } => format!(
            "row {row} (line {line}), column {column}: “{text}” is not accepted; give {}, or leave it empty if it \
             is unknown",
            expected_cell(*expected)
        ),
    }
}

/// What is wrong with a row of follow-up and what would be accepted.
#[must_use]
pub fn follow_up_error(error: FollowUpError) -> &'static str {
    match error {
        FollowUpError::NoRows => "no row is complete; every row lacks a value in a column that is used",
        FollowUpError::Length { .. } => "columns differ in length",
        FollowUpError::BadTime { .. } => "the time is not accepted; give a finite number that is 0 or more",
        FollowUpError::BadEntry { .. } => "the entry is not accepted; give a finite number",
        FollowUpError::EmptyInterval { .. } => {
            "observation ends at or before entry; give an entry before the time, or leave the row out"
        }
        FollowUpError::BadWeight { .. } => "the weight is not accepted; give a number above 0",
        FollowUpError::TooManyRows => "there are more rows than can be counted; give at most 4,294,967,295",
    }
}
