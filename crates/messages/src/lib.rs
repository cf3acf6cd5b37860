//! What a page and its worker say to each other.
//!
//! A page sends [`Request`]s; the worker sends any number of [`Reply`]s for each, the last of which is its answer. The bytes
//! of a file travel as they are, without a copy in between.

mod settings;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use settings::*;

/// What a page asks of its worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Request {
    /// Opens a file.
    Open {
        /// Its name.
        name: String,
        /// Its bytes.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
        /// The code of a sample of this site, or empty.
        #[serde(default)]
        source: String,
    },
    /// Sets what a control says.
    Set {
        /// The control.
        name: String,
        /// Its value.
        value: String,
    },
    /// Follows a curve in a picture.
    Trace {
        /// The picture and the place.
        value: TracedPicture,
    },
    /// Asks for a file to keep.
    Export {
        /// Which.
        name: String,
    },
    /// Opens a file as it was before the worker was replaced, with what was said of it; nothing is computed.
    Restore {
        /// Its name.
        name: String,
        /// Its bytes.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
        /// The code of a sample of this site, or empty.
        #[serde(default)]
        source: String,
        /// What was set since, in its order.
        steps: Vec<Step>,
    },
}

/// What is done again to a file that is put back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Step {
    /// A project file is opened.
    Open {
        /// Its name.
        name: String,
        /// Its bytes.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// A control is set.
    Set {
        /// The control.
        name: String,
        /// Its value.
        value: String,
    },
}

/// A picture of a curve, with marked axes and the place from which the curve is followed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TracedPicture {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Four bytes a pixel: red, green, blue, opacity.
    #[serde(with = "serde_bytes")]
    pub pixels: Vec<u8>,
    /// The marks of the axes, as the control of this name holds them.
    pub marks: String,
    /// Pixels from the left.
    pub x: f64,
    /// Pixels from the top.
    pub y: f64,
}

/// What a worker says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Reply {
    /// HTML by the place in the page that it is for; a part that did not change is left out.
    pub parts: BTreeMap<String, String>,
    /// What is being done; a reply with it is not the answer yet.
    pub step: Option<Cow<'static, str>>,
    /// Whether it is a piece of what an answer left to be done, and no answer.
    pub part: bool,
    /// Whether pieces are still to be made; `None` where that did not change.
    pub more: Option<bool>,
    /// Which parts these are, the next one first; `None` where that did not change.
    pub waiting: Option<Vec<String>>,
    /// Values of controls by their names.
    pub values: BTreeMap<String, String>,
    /// The section of the page that is shown, where that may have changed.
    pub view: Option<String>,
    /// Why nothing could be done, with the remedy.
    pub refused: Option<String>,
    /// The file that was asked for.
    pub file: Option<Export>,
    /// Whether what was set is said of the file, and does not hold for another one.
    pub of_file: bool,
    /// Whether a file was put back.
    pub restored: bool,
    /// Whether the worker can put a file back without computing; said in the first message.
    pub restores: bool,
}

impl Reply {
    /// With a part of the page.
    #[must_use]
    pub fn part(mut self, name: &str, html: impl Into<String>) -> Self {
        self.parts.insert(name.to_owned(), html.into());
        self
    }

    /// With the file that was asked for, if there is one.
    #[must_use]
    pub fn file(file: Option<Export>) -> Self {
        Self {
            file,
            ..Self::default()
        }
    }
}

/// A file for the reader to keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: Cow<'static, str>,
    /// Its text.
    pub text: String,
}

/// What a workbook holds, and what is to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkbookOpened {
    /// HTML of the part `workbook`: which sheet there is to choose.
    pub html: String,
    /// The sheet to be read, where there is no choice.
    pub sheet: Option<usize>,
    /// Why nothing could be done, with the remedy.
    pub refused: Option<String>,
}

/// Rows of a sheet of a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRows {
    /// HTML of the part `workbook`, with this sheet chosen.
    pub html: String,
    /// What the rows are called: file and sheet.
    pub name: String,
    /// The rows, separated by commas; a line of text is a row of the sheet.
    pub rows: String,
    /// How they came out of the sheet, with what was assumed.
    pub report: String,
    /// Why they could not be read, with the remedy.
    pub refused: Option<String>,
}
