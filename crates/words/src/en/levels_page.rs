//! What the controls of groups and subsets are called.

use cotside_core::cohort::Join;

/// The list of groups below “Group by”.
#[must_use]
pub fn levels_of(variable: &str) -> String {
    format!("Groups of {variable}")
}

/// Patients whose value is not known.
#[must_use]
pub fn missing(count: usize) -> String {
    format!("missing {count}")
}

/// The mark of the group with which others are compared.
pub const REFERENCE: &str = "ref.";
/// What the mark means.
pub const REFERENCE_MEANING: &str = "reference: ratios and differences are relative to it";

/// The name of the fold with the controls of one group.
#[must_use]
pub fn edit(group: &str) -> String {
    format!("Edit {group}")
}

/// The sign on that fold.
pub const EDIT: &str = "edit";
/// The name of a group.
pub const NAME: &str = "Name";
/// Buttons of one group.
pub const UP: &str = "Move up";
/// See [`UP`].
pub const DOWN: &str = "Move down";
/// See [`UP`].
pub const MAKE_REFERENCE: &str = "Make reference";
/// See [`UP`].
pub const SPLIT: &str = "Split";
/// The list of the groups that one can be merged with.
pub const MERGE: &str = "Merge with";
/// No group.
pub const MERGE_NONE: &str = "–";
/// The button that puts everything back.
pub const RESET: &str = "Reset groups";

/// The fold of cut-points, with those that hold.
#[must_use]
pub fn cut_points(at: &str, source: &str) -> String {
    if source.is_empty() {
        format!("Cut-points: {at}")
    } else {
        format!("Cut-points: {at} ({source})")
    }
}

/// The text field of cut-points.
pub const CUT_POINTS: &str = "Cut-points";
/// The buttons of usual cut-points.
pub const USUAL: &str = "Usual cut-points";
/// Where a value at a limit belongs.
pub const AT_LIMIT: &str = "A value at the limit";
/// It belongs to the upper group.
pub const UPPER: &str = "is in the upper group (≥)";
/// It belongs to the lower group.
pub const LOWER: &str = "is in the lower group (≤)";
/// What is wrong with cut-points.
pub const NO_CUT: &str =
    "Give numbers separated by commas, such as 90, 180; of age also months, such as 6 months; or median.";
/// The fold with the levels of variables that are not compared.
pub const OTHERS: &str = "Groups of other variables";
/// The list of them.
pub const VARIABLE: &str = "Variable";
/// No variable.
pub const CHOOSE: &str = "choose";

/// The conditions of the subset.
pub const SUBSET: &str = "Subset";
/// Without a condition.
pub const ALL_PATIENTS: &str = "All patients";
/// The button that opens the form of a condition.
pub const ADD_FILTER: &str = "+ filter";
/// How conditions are joined.
pub const JOIN: &str = "Patients who meet";
/// All of them.
pub const ALL_OF: &str = "all of these";
/// One of them.
pub const ANY_OF: &str = "any of these";

/// The word between two conditions that are joined.
#[must_use]
pub const fn joined_by(join: Join) -> &'static str {
    join.word()
}

/// Takes a condition away.
#[must_use]
pub fn remove(condition: &str) -> String {
    format!("Remove {condition}")
}

/// What is asked of a variable.
pub const TEST: &str = "Condition";
/// Codes and words of what can be asked: of levels the first two, of numbers the others.
pub const TESTS: [(&str, &str); 6] = [
    ("is", "is"),
    ("is_not", "is not"),
    ("below", "is below (<)"),
    ("at_least", "is at least (≥)"),
    ("at_most", "is at most (≤)"),
    ("above", "is above (>)"),
];
/// The levels that are asked for.
pub const VALUES: &str = "Values";
/// The number that is asked for.
pub const NUMBER: &str = "Value";
/// Where a new condition goes.
pub const COMBINE: &str = "Combine";

/// It goes beside the others.
#[must_use]
pub fn beside(word: &str) -> String {
    format!("{word}: a further condition")
}

/// It goes into a bracket with one of them.
#[must_use]
pub fn within(word: &str, condition: &str) -> String {
    format!("{word}, within “{condition}”")
}

/// The button that adds the condition.
pub const ADD: &str = "Add filter";
/// The button that closes the form.
pub const CANCEL: &str = "Cancel";
/// Why nothing can be added.
pub const NO_VALUE: &str = "Choose at least one value.";
/// Why nothing can be added.
pub const NO_NUMBER: &str = "Give a number, such as 90; of age also months with < or ≥, such as 6 months.";

/// Label.
pub const COLOUR: &str = "Colour";

/// Names of the colours of a palette, in their order.
#[must_use]
pub const fn colours(is_second: bool) -> &'static [&'static str; 8] {
    if is_second {
        &[
            "purple",
            "orange",
            "teal",
            "dark brown",
            "rust",
            "periwinkle",
            "pink",
            "midnight blue",
        ]
    } else {
        &[
            "blue",
            "vermillion",
            "dark green",
            "mauve",
            "sky blue",
            "ochre",
            "brown",
            "navy",
        ]
    }
}
