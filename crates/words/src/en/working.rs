//! What a page says while its worker loads, reads and computes, and why it could not.

/// Beside what is being done.
pub const CANCEL: &str = "Cancel";
/// Beside why the worker stopped while a file was being opened.
pub const TRY_AGAIN: &str = "Try again";
/// The way out of a sealed page.
pub const RELOAD: &str = "Reload to leave the sealed page";
/// Behind it.
pub const RELOAD_END: &str = ".";
/// The name of rows that were typed or pasted.
pub const PASTED: &str = "Pasted rows";
/// A part of the page could not be loaded, on a sealed page.
pub const MISSING_WHEN_SEALED: &str = "This page is sealed and can load nothing more, so this part of it is missing.";
/// The same on another page.
pub const MISSING: &str = "This part of the page could not be loaded: the network is away, a new version of Cotside is here, or the \
     browser is too old. Reload the page, or update the browser.";
/// A sample could not be loaded, on a sealed page.
pub const NO_SAMPLE_WHEN_SEALED: &str = "This page is sealed and cannot load the sample.";
/// The same on another page.
pub const NO_SAMPLE: &str = "The sample could not be loaded.";
/// What reads a file could not be loaded, on a sealed page.
pub const NO_READER_WHEN_SEALED: &str = "This page is sealed and cannot load what reads this file.";
/// The same on another page.
pub const NO_READER: &str = "What reads this file could not be loaded: the network is away, or a new version of Cotside is here. \
     Reload the page and open it again.";
/// The browser does not run the worker.
pub const NOT_HERE: &str =
    "This part of the page does not run in this browser. Reload the page, or update the browser.";
/// Why the worker stopped, within [`stopped`].
pub const UNREADABLE_MESSAGE: &str = "a message could not be read";
/// A drawing could not be painted.
pub const NOT_PAINTED: &str = "The browser could not paint this picture. Save it as SVG instead.";
/// What makes files of this kind could not be loaded, on a sealed page.
pub const NO_MAKER_WHEN_SEALED: &str =
    "This page is sealed and cannot load what makes files of this kind. Save the figure as SVG, or the table as CSV.";
/// The same on another page.
pub const NO_MAKER: &str = "What makes files of this kind could not be loaded: the network is away, or a new version of Cotside is \
     here. Save the figure as SVG, the table as CSV, or reload the page.";
/// A file could not be made.
pub const NOT_MADE: &str = "This file could not be made. Save the figure as SVG, or the table as CSV.";
/// A figure or table is in the clipboard.
pub const FIGURE_COPIED: &str = "The figure is in the clipboard, as a picture.";
/// The same of a table.
pub const TABLE_COPIED: &str = "The table is in the clipboard, as cells for Word and spreadsheets.";
/// The browser does not let a page write to the clipboard.
pub const CLIPBOARD_REFUSED: &str = "This browser did not take it into the clipboard. Download a file instead.";
/// A text is in the clipboard.
pub const COPIED: &str = "Copied.";
/// A text could only be selected.
pub const SELECTED: &str = "Selected: copy it with the keyboard.";
/// In place of a part that was not computed because somebody cancelled it.
pub const NOT_COMPUTED_CANCELLED: &str = "Not computed: cancelled. Change a setting to compute it again.";
/// In place of a part that was not computed for another reason.
pub const NOT_COMPUTED: &str = "Not computed.";

/// Steps of the work.
pub mod step {
    /// Between a request and its answer.
    pub const COMPUTING: &str = "Computing";
    /// A file for the reader is made.
    pub const EXPORTING: &str = "Making the file";
    /// What reads files is loaded.
    pub const LOADING: &str = "Loading what reads the file";
    /// The browser reads a file.
    pub const READING: &str = "Reading the file";
    /// A workbook is opened.
    pub const READING_WORKBOOK: &str = "Reading the workbook";
    /// What other sheets of a workbook are called that describe its columns.
    pub const SHEETS_OF_THE_WORKBOOK: &str = "Other sheets of the workbook";
    /// The rows of a sheet are taken out of a workbook.
    pub const READING_SHEET: &str = "Reading the sheet";
    /// Rows become patients.
    pub const READING_ROWS: &str = "Reading the rows";
    /// Patients are followed to the endpoint.
    pub const FOLLOWING: &str = "Following the patients";
    /// Every protocol classifies every patient.
    pub const APPLYING_PROTOCOLS: &str = "Applying the protocols";
    /// A worker is told what the one before was told.
    pub const RESTORING: &str = "Putting the file back";
}

/// The font of PDF files has not these letters.
#[must_use]
pub fn no_letters(letters: &str) -> String {
    format!(
        "The font of PDF files has Latin, Greek and Cyrillic letters only, and not “{letters}”, so no file was made. Save the figure as \
         SVG or PNG instead."
    )
}

/// What was being done when work was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancelled {
    /// A change.
    Change,
    /// A file for the reader.
    Export,
    /// A file was being opened.
    Opening,
    /// Parts of the results.
    Parts,
}

/// What holds after work was cancelled: a change that the worker had not taken yet is undone, one that it had taken stays.
#[must_use]
pub fn cancelled(what: Cancelled, file: Option<&str>) -> String {
    let kept = kept(file);
    match what {
        Cancelled::Parts => {
            "Cancelled. What was opened and set holds; the parts that were not computed say so.".to_owned()
        }
        Cancelled::Change => format!("Cancelled: this change was not made.{kept}"),
        Cancelled::Export => format!("Cancelled: no file was made.{kept}"),
        Cancelled::Opening => format!("Cancelled.{kept}"),
    }
}

/// Why the worker stopped, in the engine's words, which may be none; `file` is the name of the one that is put back.
#[must_use]
pub fn stopped(why: &str, file: Option<&str>) -> String {
    let kept = kept(file);
    let of_memory = ["memory", "RangeError", "RuntimeError", "unreachable"];
    if !why.is_empty() && !of_memory.iter().any(|word| why.contains(word)) {
        return format!("The computation stopped because of a fault in Cotside ({why}).{kept}");
    }
    let why = if why.is_empty() {
        String::new()
    } else {
        format!(" ({why})")
    };
    format!(
        "The computation stopped{why}, perhaps because the browser had no more memory.{kept} If it happens again: close other \
         tabs, leave out columns that are not needed, or use the command-line program cotside."
    )
}

/// The browser could not read a file.
#[must_use]
pub fn unreadable(name: &str) -> String {
    format!("The browser could not read {name}: it was moved or changed, or is larger than the browser can hold.")
}

fn kept(file: Option<&str>) -> String {
    file.map_or_else(String::new, |name| {
        let name = if name.is_empty() { "The sample" } else { name };
        format!(" {name} and the settings before are as they were.")
    })
}
