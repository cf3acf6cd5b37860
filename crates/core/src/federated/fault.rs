//! Why a file or a plan is refused: its name, the field, what is wrong and what helps.

use super::canonical::FileFault;
use super::limits::Refusal;
use super::log::LogFault;
use super::mask::MaskFault;

/// A refusal.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{file}: {field}: {why}")]
pub struct Fault {
    /// Name of the file, or of what takes its place.
    pub file: String,
    /// The field, with those above it joined by dots.
    pub field: String,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong, and what helps.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Why {
    /// Not a file of this program, or changed on the way.
    #[error("{0}; ask for the file again")]
    File(FileFault),
    /// A field is missing, unknown or of the wrong type.
    #[error("{0}; ask for a file made by the same version of the program")]
    Shape(String),
    /// Another kind, version, study, plan, round or attempt.
    #[error("is {found}, expected {expected}; ask for a file of this plan and round")]
    Other {
        /// As in the file.
        found: String,
        /// As it should be.
        expected: String,
    },
    /// A site that the plan does not name.
    #[error("the plan has no site {0}; its sites are in the plan's field design.sites")]
    NoSuchSite(String),
    /// Two files of one site that differ.
    #[error("a second file of site {0} with other contents; give one file a site")]
    Twice(String),
    /// A site without a file.
    #[error("no file of site {0}; masks cancel only if all sites are there")]
    Missing(String),
    /// No file at all.
    #[error("no summary has been given; give those of the sites")]
    NoFile,
    /// A list of the wrong length.
    #[error("has {found} numbers, the plan asks for {expected}; ask for a file of this plan")]
    Length {
        /// As in the file.
        found: usize,
        /// As it should be.
        expected: usize,
    },
    /// A number beyond what any data give.
    #[error("{0} is not a possible number; ask the site for the file again")]
    Number(String),
    /// Counts that contradict each other.
    #[error("{0}; ask the site for the file again")]
    Counts(String),
    /// Sums that no rows can give.
    #[error("{0} is more than any rows with these events give; ask the site for the file again")]
    Impossible(String),
    /// A plan that contradicts itself.
    #[error("{0}; correct the plan")]
    Plan(String),
    /// The site's file does not fit the plan.
    #[error("{0}")]
    Site(String),
    /// A limit of disclosure stops the file.
    #[error("{0}")]
    Limit(Refusal),
    /// The log cannot be continued.
    #[error("{0}; open the log of this site as it was saved last, or begin a new one")]
    Log(LogFault),
    /// Numbers cannot be masked.
    #[error("{0}; ask for the key again")]
    Mask(MaskFault),
    /// What is asked for needs another way of sharing.
    #[error("{0}")]
    Sharing(String),
}

impl Fault {
    /// A refusal of a field of a file.
    #[must_use]
    pub fn new(file: &str, field: &str, why: Why) -> Self {
        Self {
            file: file.to_owned(),
            field: field.to_owned(),
            why,
        }
    }
}
