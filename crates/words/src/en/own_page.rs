//! What the page of a custom protocol says around its form.

/// The heading.
pub const TITLE: &str = "A protocol of your own";
/// The sentence below it.
pub const LEAD: &str = "With the paper, the protocol document or your ward’s rule in hand: write it from the same clauses, see at once \
     what is wrong with it, try it on an infant, see it beside the others, save it as a file.";
/// The button of the file chooser.
pub const OPEN: &str = "Open a file";
/// The button that saves.
pub const SAVE: &str = "Save as a file";
/// Where it lives.
pub const LIVES: &str = "It lives in this tab until you save it; nothing is sent. To share it, send the file: whoever opens it here or on \
     the page that stratifies sees it marked as not checked. To have it join the catalogue, send the file to the project with \
     its sources.";
/// On the page that stratifies: before the link, the link, and behind it.
pub const BESIDE: [&str; 3] = [
    "A protocol’s file, written ",
    "on this page",
    " or sent by a colleague, answers for the findings above. It is read in this tab and sent nowhere.",
];
/// The button of the file chooser there.
pub const BESIDE_OPEN: &str = "Add a protocol of your own (file)";
