//! A file of patients: its sheets, how its rows and columns are read, and what a person says of that.

use cotside_core::cohort::{DateForm, Encoding, HighCounts, NumberForm, Polarity, Repeated, Role, TimeUnit};
use serde::{Deserialize, Serialize};

/// What a person says of a file of patients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileRequest {
    /// The sheet of the workbook that holds the patients: its place in the list.
    Sheet(usize),
    /// Without the file at this place beside it.
    WithoutBeside(usize),
    /// How the characters of the file are written.
    Encoding(Encoding),
    /// Which rows are patients.
    Rows(RowsRequest),
    /// All that was assumed of the rows is right.
    ConfirmRows,
    /// Something of one column.
    Column {
        /// Its place in the file, from 0.
        column: usize,
        /// What.
        request: ColumnRequest,
    },
    /// All that was assumed of the columns is right.
    ConfirmColumns,
}

/// What a person says of the rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowsRequest {
    /// What happens to rows with the same id.
    Repeated(Repeated),
    /// Whether rows that look like totals or notes are patients.
    TotalsArePatients(bool),
    /// Whether rows of one patient, one for each endpoint, are patients of their own.
    EndpointsAreSeparate(bool),
    /// Only rows with a text in a column; all where there is none.
    Only(Option<(usize, String)>),
}

/// What a person says of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnRequest {
    /// What it is for.
    Role(Role),
    /// How its dates are written.
    DateForm(DateForm),
    /// Whether dates without a day are read as the 15th of the month; else they are not used.
    MidMonth(bool),
    /// How its numbers are written.
    NumberForm(NumberForm),
    /// The unit of its times or ages.
    Unit(TimeUnit),
    /// How white cell counts above 3,000 × 10⁹/L are read.
    HighCounts(HighCounts),
    /// Which way round death, event or censoring is read.
    Direction(Polarity),
    /// Whether fractions of cells are in per cent.
    Percent(bool),
    /// What a text in it means.
    Text {
        /// The text as it is written; the empty one stands for missing cells.
        text: String,
        /// Its meaning.
        meaning: TextMeaning,
    },
    /// All that was assumed of it is right.
    Confirm,
}

/// What a text in a column means.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextMeaning {
    /// Nobody has said it.
    #[default]
    Unsaid,
    /// No value, or no date.
    Missing,
    /// A code of the column's role.
    Code(String),
}

/// The sheets of a workbook, where there is a choice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkbookSheets {
    /// The name of the workbook.
    pub file: String,
    /// Those that hold something, in their order; none where there is no choice.
    pub sheets: Vec<WorkbookSheet>,
    /// The one that is read.
    pub chosen: Option<usize>,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkbookSheet {
    /// Its name.
    pub name: String,
    /// Rows and columns, where the workbook tells them.
    pub size: Option<(usize, usize)>,
}

/// How the columns and rows of a file are read, and what is open about them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileColumns {
    /// Counts the files that were opened: another number is another file, or another reading of its characters.
    pub number: u32,
    /// What the file is called.
    pub file: String,
    /// In which code page it is read, where its bytes do not say.
    pub encoding: Option<FileSetting>,
    /// Which rows are patients, where there is a question.
    pub rows: Option<RowsView>,
    /// Columns in their order; of a wide file not all that are not used.
    pub columns: Vec<ColumnView>,
    /// Columns that are left out of the list.
    pub not_shown: usize,
    /// How many columns there are of each sort.
    pub counts: ColumnCounts,
    /// What nobody can be followed without; none where an endpoint has its columns.
    pub missing: Option<MissingColumns>,
    /// Cells and rows that cannot be used.
    pub problems: usize,
    /// What stands beside the file: dictionaries, a table of subjects.
    pub beside: Vec<BesideView>,
}

/// A file beside the one of patients.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BesideView {
    /// Its name.
    pub name: String,
    /// What it is and what came of it.
    pub text: String,
}

/// How many columns there are of each sort.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnCounts {
    /// With a role and nothing open.
    pub recognised: usize,
    /// With an open question.
    pub to_confirm: usize,
    /// Without a role.
    pub ignored: usize,
}

/// Columns without which nobody can be followed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingColumns {
    /// The name of the endpoint.
    pub endpoint: String,
    /// Names of what is missing.
    pub columns: Vec<String>,
}

/// Which rows are patients.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowsView {
    /// Rows of the file.
    pub rows: usize,
    /// Patients.
    pub patients: usize,
    /// What was assumed.
    pub settings: Vec<FileSetting>,
}

/// How far a column is understood.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnState {
    /// It is not used.
    #[default]
    Ignored,
    /// It is used, and nothing is open.
    Read,
    /// What was assumed is to be confirmed.
    ToConfirm,
    /// Something has no proposed answer: what it is about is not used until then.
    ToAnswer,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnView {
    /// Its place in the file, from 0.
    pub column: usize,
    /// Its name for a reader.
    pub name: String,
    /// What a dictionary calls it.
    pub label: Option<String>,
    /// What a dictionary makes of cells that are not read.
    pub notes: Vec<String>,
    /// What its cells seem to hold.
    pub kind: String,
    /// Cells that hold something.
    pub filled: usize,
    /// Cells that do not.
    pub missing: usize,
    /// The first different cells, then those that do not fit the others.
    pub cells: Vec<CellView>,
    /// What it is for.
    pub role: Role,
    /// How far it is understood.
    pub state: ColumnState,
    /// Open questions that its role answers.
    pub questions: Vec<String>,
    /// The column whose question is about this one too.
    pub asked_at: Option<String>,
    /// Whether something can be confirmed.
    pub can_confirm: bool,
    /// How it is read.
    pub settings: Vec<FileSetting>,
    /// Texts whose meaning can be said.
    pub texts: Vec<TextView>,
    /// Whether it has too many texts to list them.
    pub more_texts: bool,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellView {
    /// What stands there.
    pub text: String,
    /// What it is read as; nothing in a column that is not read.
    pub read_as: String,
    /// Whether it does not fit the others.
    pub odd: bool,
}

/// Where a setting is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingPlace {
    /// As a list in the row of its column.
    Row,
    /// As a list under it.
    #[default]
    Below,
    /// Under it, with all options to be seen.
    BelowOpen,
}

/// A setting of how a file is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSetting {
    /// The name of its control.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What can be chosen.
    pub options: Vec<SettingOption>,
    /// Which option holds now; none while nothing is assumed.
    pub chosen: Option<usize>,
    /// Open questions that it answers.
    pub questions: Vec<String>,
    /// Where it is shown.
    pub place: SettingPlace,
}

/// An option of a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingOption {
    /// Its words.
    pub name: String,
    /// What choosing it says.
    pub request: FileRequest,
}

/// A text of a column whose meaning can be said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextView {
    /// The text as it is written; the empty one stands for missing cells.
    pub text: String,
    /// Cells with it.
    pub cells: usize,
    /// Its meaning.
    pub meaning: TextMeaning,
    /// What is open about it.
    pub question: Option<String>,
    /// Whether its meaning follows from a setting of the column.
    pub follows: bool,
}

impl FileColumns {
    /// Whether something has no proposed answer, or nobody can be followed although columns are left that are not used.
    #[must_use]
    pub fn blocks(&self) -> bool {
        let is_unanswered = |column: &ColumnView| column.state == ColumnState::ToAnswer;
        self.columns.iter().any(is_unanswered) || (self.missing.is_some() && self.counts.ignored > 0)
    }

    /// Open questions about the rows.
    #[must_use]
    pub fn rows_open(&self) -> usize {
        let settings = self.rows.iter().flat_map(|rows| &rows.settings);
        settings.filter(|setting| !setting.questions.is_empty()).count()
    }
}
