//! What a dictionary says of a column of the file that is open, and what of it occurs.

use super::dictionary::CodeLabel;
use super::kind::is_missing_word;

/// Stands behind a cell that is not among the levels of its column.
pub const NOT_DESCRIBED: &str = " (not in the dictionary)";

/// What a dictionary says of a column, and what of it occurs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Description {
    /// Where it comes from, for a person.
    pub source: String,
    /// The label or question of the column.
    pub label: Option<String>,
    /// The codes that have a label, in the order of the dictionary.
    pub levels: Vec<CodeLabel>,
    /// Codes of missing values that occur, with their reason and number of cells.
    pub missing: Vec<(CodeLabel, usize)>,
    /// Texts that are none of the levels, with their numbers of cells; empty where the levels are not all of its values.
    pub undescribed: Vec<(String, usize)>,
    /// True if its cells are codes with labels; else codes are exceptions among its numbers or texts.
    pub is_category: bool,
}

/// Labels of levels that say that the value is not known, besides the words that any file has for it.
const UNKNOWN: &[&str] = &[
    "refused",
    "not recorded",
    "not reported",
    "not stated",
    "not asked",
    "no information",
    "no data",
    "no answer",
    "missing value",
    "data missing",
    "not assessed",
    "not determined",
    "nicht erhoben",
    "nicht bestimmt",
    "non renseigné",
    "sin dato",
    "sin datos",
];

impl Description {
    /// The code whose label this is; `None` where it is none.
    #[must_use]
    pub fn code_of(&self, label: &str) -> Option<&str> {
        let found = self.levels.iter().find(|level| shown(level) == label);
        found.map(|level| level.code.as_str())
    }

    /// A cell as it is shown: `1 = dead`.
    #[must_use]
    pub fn with_code(&self, cell: &str) -> String {
        match self.code_of(cell) {
            Some(code) if code != cell => format!("{code} = {cell}"),
            _ => cell.to_owned(),
        }
    }

    /// True if a text is the label of a level that says that the value is not known.
    #[must_use]
    pub fn says_unknown(&self, text: &str) -> bool {
        self.is_category && self.code_of(text).is_some() && is_unknown(text)
    }
}

/// True if a label says that the value is not known. "None" is a value: no event, no partner.
pub(super) fn is_unknown(label: &str) -> bool {
    let plain = label.trim().to_lowercase();
    let plain = plain.trim_matches(['(', ')', '[', ']', '<', '>', '.']);
    let is_value = matches!(
        plain,
        "none" | "none recorded" | "-" | "--" | "–" | "—" | "?" | "nd" | "uk"
    );
    !is_value && (is_missing_word(plain) || UNKNOWN.contains(&plain))
}

/// The text of a cell with this level.
pub(super) fn shown(level: &CodeLabel) -> &str {
    if level.label.is_empty() {
        &level.code
    } else {
        &level.label
    }
}
