//! Custom protocols: what the form and the trial ask, and what reading the draft gives.

use serde::{Deserialize, Serialize};

/// What the page of a custom protocol, or the place for such files beside the catalogue, asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProtocolRequest {
    /// The infants on whom a draft can be tried.
    Examples,
    /// A draft that is a copy of the catalogue's protocol with this id.
    CopyOf(String),
    /// Reads a draft and shows what it answers.
    Draft(DraftValues),
    /// Tries the draft on an infant: its findings, as lines of texts.
    Try(String),
    /// Answers for the findings that are entered, as lines of texts, beside the catalogue.
    Findings(String),
    /// Compares with this version of the rules.
    Rules(String),
    /// Takes the protocol with this id out of those beside the catalogue.
    Remove(String),
}

impl ProtocolRequest {
    /// Whether a worker that takes the place of another must be told it too.
    #[must_use]
    pub const fn is_kept(&self) -> bool {
        !matches!(self, Self::Examples | Self::CopyOf(_))
    }

    /// Whether it makes up for `other`, which was told before.
    #[must_use]
    pub fn replaces(&self, other: &Self) -> bool {
        !matches!(self, Self::Remove(_)) && std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// The values of a protocol's file, finished or not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftValues {
    /// JSON.
    pub json: String,
    /// The id of the catalogue's protocol of which it is a copy.
    pub copied_from: Option<String>,
}

/// What a worker says of custom protocols.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProtocolEvent {
    /// The infants on whom a draft can be tried.
    Examples(Vec<ExampleInfant>),
    /// A draft that the page takes over: from a file, or a copy. The worker does not keep it.
    Draft(DraftValues),
    /// What reading the draft gave.
    Read(DraftRead),
    /// What there is beside the catalogue.
    Beside(BesideCatalogue),
}

/// An infant on whom a draft can be tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExampleInfant {
    /// What it is called in the menu.
    pub name: String,
    /// Its findings, as lines of texts.
    pub findings: String,
}

/// What reading a draft gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRead {
    /// What is wrong or missing, errors first.
    pub problems: Vec<PlacedProblem>,
    /// Each clause of the list.
    pub clauses: Vec<ClauseRead>,
    /// The columns of the findings that it asks for; `None` while it cannot be used.
    pub asked: Option<Vec<String>>,
    /// The name of the catalogue's protocol whose outcomes it still has although it sorts otherwise.
    pub outcomes_of: Option<String>,
}

/// What a clause of a draft says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseRead {
    /// What it asks, in words.
    pub words: String,
    /// Whether its limit of age takes children who are older than infants.
    pub takes_older_children: bool,
}

/// Something wrong or missing at a place of a protocol's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedProblem {
    /// Where: a JSON pointer (RFC 6901), which is also the name of the control.
    pub place: String,
    /// The place in words.
    pub name: String,
    /// How grave it is.
    pub gravity: ProblemGravity,
    /// What is wrong and what to do, as a sentence.
    pub sentence: String,
}

/// How grave a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemGravity {
    /// Something that was entered cannot be used.
    Error,
    /// Something is still to be filled in.
    Missing,
    /// It can be used; the reader should look at it.
    Remark,
}

/// What there is beside the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BesideCatalogue {
    /// Protocols from files: id and name.
    pub files: Vec<(String, String)>,
    /// Versions of the rules, the present one first.
    pub versions: Vec<String>,
    /// The version that it is compared with.
    pub compared: String,
}
