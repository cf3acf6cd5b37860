//! What a page and its worker say to each other.
//!
//! A page sends [`Request`]s; the worker sends [`Event`]s, in lists, and [`Event::Done`] once for each request. The bytes of a
//! file travel as they are.

#[macro_use]
mod settings;
mod adjusted;
mod choices;
mod columns;
mod combine;
mod curve_options;
mod custom_protocol;
mod digitise;
mod evidence;
mod file_order;
mod group_colours;
mod incidence;
mod levels;
mod model;
mod origin;
mod planning;
mod prediction;
mod risks;
mod table;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use adjusted::*;
pub use choices::*;
pub use columns::*;
pub use combine::*;
pub use curve_options::*;
pub use custom_protocol::*;
pub use digitise::*;
pub use evidence::*;
pub use file_order::*;
pub use group_colours::*;
pub use incidence::*;
pub use levels::*;
pub use model::*;
pub use planning::*;
pub use prediction::*;
pub use risks::*;
pub use settings::*;
pub use table::{Cell, Place, Table};

/// The parts of the results of a cohort, as they stand on the page and are made: what takes long comes last.
pub const RESULT_PARTS: [&str; 29] = [
    "included",
    "key_numbers",
    "curves",
    "estimates",
    "comparison",
    "difference",
    "panels",
    "describe",
    "competing",
    "causes",
    "transplant",
    "models",
    "predicted",
    "adjusted",
    "cure",
    "parametric",
    "subgroups",
    "protocols",
    "discrimination",
    "survival_methods",
    "competing_methods",
    "transplant_methods",
    "cox_methods",
    "adjusted_methods",
    "cure_methods",
    "parametric_methods",
    "subgroups_methods",
    "reporting",
    "outputs",
];

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
        /// Whether it was chosen together with the file before.
        #[serde(default)]
        together: bool,
    },
    /// Says something of the file that is open, or of its workbook.
    File {
        /// What.
        request: FileRequest,
    },
    /// Asks something of a custom protocol.
    Protocol {
        /// What.
        request: ProtocolRequest,
    },
    /// Asks for these analyses of the cohort.
    Settings(Box<Settings>),
    /// Says which parts of the results are shown: they are made first, and of a large cohort no others.
    Show {
        /// Names of [`RESULT_PARTS`].
        parts: Vec<String>,
    },
    /// Asks something of the published evidence.
    Evidence {
        /// What.
        value: EvidenceRequest,
    },
    /// Asks something of a pooled analysis.
    Combine {
        /// What.
        value: CombineRequest,
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
    /// Analyses are asked for.
    Settings(Box<Settings>),
    /// Parts of the results are shown.
    Show {
        /// Names of [`RESULT_PARTS`].
        parts: Vec<String>,
    },
    /// A project file is opened.
    Open {
        /// Its name.
        name: String,
        /// Its bytes.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// Something is said of the file.
    File {
        /// What.
        request: FileRequest,
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

/// What a worker says. Those of one answer come together, [`Event::Done`] last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Event {
    /// The worker takes requests.
    Ready {
        /// Whether it can put a file back without computing ([`Request::Restore`]).
        restores: bool,
    },
    /// What is being done.
    Progress(Cow<'static, str>),
    /// A part of the page.
    Part {
        /// Its place.
        name: String,
        /// Its HTML.
        html: String,
    },
    /// Sheets of the workbook that is open; none where there is no choice.
    Sheets(WorkbookSheets),
    /// How the columns and rows of the file are read.
    Columns(Box<FileColumns>),
    /// What can be chosen for the cohort.
    Choices(Box<Choices>),
    /// What the page of published evidence is told.
    Evidence(EvidenceEvent),
    /// The patients of a file, as far as they could be read, and the name of the file.
    Patients {
        /// What the file is called.
        file: String,
        /// One a patient, in the order of the file.
        patients: Vec<Patient>,
    },
    /// What there is to say of custom protocols.
    Protocol(ProtocolEvent),
    /// What the page of pooled analyses is told.
    Combine(Box<CombineView>),
    /// The parts that are still to be made, the next one first.
    Waiting(Vec<String>),
    /// The file that was asked for.
    File(Export),
    /// Why nothing could be done, with the remedy.
    Refused(String),
    /// Whether work was left that is done between other requests.
    More(bool),
    /// A request is answered.
    Done {
        /// Whether what was set is said of the file, and does not hold for another one.
        of_file: bool,
        /// Whether a file was put back.
        restored: bool,
        /// Whether the file that was opened stands beside the one of patients.
        #[serde(default)]
        beside: bool,
    },
}

/// A patient of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patient {
    /// The number of the row, the first behind the header being 1.
    pub row: usize,
    /// The line of the file on which the row starts; the header is on line 1.
    pub line: u64,
    /// Findings: the name of a field and its value, as a form takes it.
    pub findings: Vec<(String, String)>,
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
    /// Its sheets that hold something.
    pub sheets: Vec<WorkbookSheet>,
    /// The sheet to be read, where there is no choice.
    pub sheet: Option<usize>,
    /// Why nothing could be done, with the remedy.
    pub refused: Option<String>,
}

/// Rows of a sheet of a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRows {
    /// What the rows are called: file and sheet.
    pub name: String,
    /// The rows, separated by commas; a line of text is a row of the sheet.
    pub rows: String,
    /// How they came out of the sheet, with what was assumed.
    pub report: String,
    /// What the file says about its columns, where its format can.
    pub dictionary: Option<cotside_core::cohort::Dictionary>,
    /// Why they could not be read, with the remedy.
    pub refused: Option<String>,
}
