//! What the page for cohorts says around its results.

/// In the box for files.
pub const DROP: &str = "Drop a file of patients here (CSV, Excel, OpenDocument), one row a patient: dates of birth, diagnosis, \
     remission, relapse, transplant, death and last follow-up, or times and events, and the findings at diagnosis. It is read \
     in this tab and sent nowhere.";
/// The button of the file chooser.
pub const CHOOSE_FILE: &str = "Choose a file";
/// The fold for pasted rows.
pub const PASTE: &str = "Paste rows from a spreadsheet";
/// The name of its text field.
pub const PASTE_LABEL: &str = "Rows with their header, as copied from a spreadsheet";
/// Its button.
pub const PASTE_READ: &str = "Read these rows";
/// The sentence around the buttons of the examples: before the first, between the two, after the second.
pub const EXAMPLES: [&str; 3] = [
    "Or look at an example: ",
    " of Severance Hospital, or ",
    " of 120, made up by a script.",
];
/// The buttons of the examples.
pub const SEVERANCE: &str = "Nine published infants";
/// See [`SEVERANCE`].
pub const REGISTRY: &str = "A synthetic registry";
