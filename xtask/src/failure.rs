//! A failure with its message and a remedy for the reader.

use std::fmt;

/// The result of a script or of a step of it.
pub type Outcome<T> = Result<T, Failure>;

/// A failure with its remedy.
#[derive(Debug)]
pub struct Failure {
    what: String,
    remedy: String,
}

impl Failure {
    /// Makes a failure; the remedy may be empty where the message already contains it.
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            remedy: remedy.into(),
        }
    }
}

impl Failure {
    /// Returns the message without the remedy, for a line in a summary.
    pub fn reason(&self) -> &str {
        self.what.trim_end_matches('.')
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\nerror: {}", self.what)?;
        if !self.remedy.is_empty() {
            write!(f, "\n  what to do: {}", self.remedy)?;
        }
        Ok(())
    }
}

/// Adds words to the errors of the standard library.
pub trait Explain<T> {
    /// Adds what was being done when the error occurred.
    fn explain(self, doing: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> Explain<T> for Result<T, E> {
    fn explain(self, doing: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure::new(format!("Could not {doing}: {error}."), ""))
    }
}
