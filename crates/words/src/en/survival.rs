//! What is wrong with a file of follow-up, in words.

use cotside_core::cohort::{CellError, Expected};
use cotside_core::survival::{FollowUpError, LabelsError, MOST_GROUPS, NoRankTest, RankTestError};

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
        CellError::Comma {
            column,
            row,
            line,
            text,
            readings,
        } => format!(
            "row {row} (line {line}), column {column}: “{text}” can be {}; write the numbers of this column with a decimal \
             point and without thousands separators",
            readings.join(" or ")
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
        FollowUpError::BadWeight { .. } => "the weight is not accepted; give a number from 1e-100 to 1e100",
        FollowUpError::TooManyRows => "there are more rows than can be counted; give at most 4,294,967,295",
    }
}

/// Why there is no rank test and what would be accepted.
#[must_use]
pub fn rank_test_error(error: RankTestError) -> String {
    match error {
        RankTestError::Groups(error) => format!("groups: {}", labels_error(error)),
        RankTestError::Strata(error) => format!("strata: {}", labels_error(error)),
        RankTestError::OneGroup => "there is only one group in the complete rows; a test takes two or more".to_owned(),
        RankTestError::TooManyGroups { found } => {
            format!("there are {found} groups; a test takes at most {MOST_GROUPS}")
        }
        RankTestError::Weighted => "rows have weights; the test takes rows without weights".to_owned(),
        RankTestError::TooLongToPermute { groups } => format!(
            "the permutation test of {groups} groups and so many event times would take minutes; join groups, or leave \
             --exact out: the chi-square test is for samples as large as this one"
        ),
        RankTestError::BadExponent => "rho and gamma must be finite numbers that are 0 or more".to_owned(),
    }
}

/// Why patients of whom nothing differs have no rank test, in words that fit behind "no test:".
#[must_use]
pub fn no_rank_test(why: NoRankTest) -> &'static str {
    match why {
        NoRankTest::NoEvent => "no event",
        NoRankTest::NoVariance => {
            "at each event all at risk are of one group, or all of them have it, or its weight is 0"
        }
    }
}

/// Why labels do not fit the rows.
#[must_use]
pub fn labels_error(error: LabelsError) -> String {
    match error {
        LabelsError::Length { expected, found } => {
            format!("{found} labels for {expected} rows; give one label a row")
        }
        LabelsError::UnknownCode { row } => format!("row {} has a label without a name", row + 1),
    }
}
