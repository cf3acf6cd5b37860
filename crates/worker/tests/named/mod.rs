//! What is set, in short: settings by their names in a project file, and what is said of a column.
#![allow(dead_code)] // Not every file of tests sets everything.

use cotside_core::cohort::Role;
use cotside_messages::{ColumnRequest, FileRequest, TextMeaning};
use cotside_worker::analysis::{Reply, Results};

/// Changes one setting.
pub fn set(results: &mut Results, name: &str, value: &str) -> Reply {
    let mut requested = results.requested().clone();
    requested.read(name, value);
    results.change(requested)
}

/// Something is said of a column.
pub fn of(column: usize, request: ColumnRequest) -> FileRequest {
    FileRequest::Column { column, request }
}

/// A column gets the role with this code.
pub fn role(column: usize, code: &str) -> FileRequest {
    let role = Role::from_code(code).unwrap_or_else(|| panic!("{code} is not a role"));
    of(column, ColumnRequest::Role(role))
}

/// A text of a column gets a meaning: a code, `missing`, or none.
pub fn text(column: usize, text: &str, meaning: &str) -> FileRequest {
    let meaning = match meaning {
        "" => TextMeaning::Unsaid,
        "missing" => TextMeaning::Missing,
        code => TextMeaning::Code(code.to_owned()),
    };
    let text = text.to_owned();
    of(column, ColumnRequest::Text { text, meaning })
}
