//! Estimates of the reader's own, from a CSV file, beside those of the table.

use cotside_core::evidence::{Estimate, OWN_PREFIX, OwnEstimate, own_estimates, read_own};
use cotside_words::en::own_estimates as words;

use crate::evidence::known_estimate;
use crate::stratify::bytes;
use crate::{Refusal, output};

/// A row that a command names: of the table, or one of the file of own estimates.
#[derive(Debug, Clone)]
pub enum RowId {
    /// A row of the table.
    Table(&'static Estimate),
    /// The id of an own row.
    Own(String),
}

/// A row by its id; own rows have ids such as own/1.
pub fn row_id(id: &str) -> Result<RowId, String> {
    let id = id.trim();
    if id.starts_with(OWN_PREFIX) {
        return Ok(RowId::Own(id.to_owned()));
    }
    known_estimate(id).map(RowId::Table)
}

/// Rows of a file of own estimates.
#[derive(Debug, Default)]
pub struct OwnRows {
    /// As texts.
    pub texts: Vec<OwnEstimate>,
    /// As estimates, marked.
    pub rows: Vec<&'static Estimate>,
}

impl OwnRows {
    /// Reads a file, or nothing where none is given. Remarks go to standard error.
    ///
    /// # Errors
    /// Where a row is not accepted; each goes to standard error with its place and the remedy.
    pub fn read(file: Option<&str>) -> Result<Self, Refusal> {
        let Some(file) = file else {
            return Ok(Self::default());
        };
        let bytes = bytes(file).map_err(|error| Refusal(format!("{file}: cannot be read: {error}")))?;
        let read = read_own(&bytes, &[]).map_err(|error| Refusal(words::unread_file(file, &error)))?;
        if !read.problems.is_empty() {
            for problem in &read.problems {
                output::say(&format!("{file}: {}", words::problem(problem)));
            }
            return Err(Refusal(words::rows_not_accepted(file, read.problems.len())));
        }
        for remark in &read.remarks {
            output::say(&format!("{file}: {}", words::remark(remark)));
        }
        Ok(Self {
            rows: own_estimates(&read.rows, words::MARK),
            texts: read.rows,
        })
    }

    /// The rows that a command names.
    ///
    /// # Errors
    /// Where an own row is not in the file.
    pub fn named(&self, ids: &[RowId]) -> Result<Vec<&'static Estimate>, Refusal> {
        let one = |id: &RowId| match id {
            RowId::Table(row) => Ok(*row),
            RowId::Own(id) => self.rows.iter().find(|row| row.id == id).copied().ok_or_else(|| {
                let known: Vec<&str> = self.rows.iter().map(|row| row.id).collect();
                Refusal(if known.is_empty() {
                    format!("cotside: {id} is a row of your own; give its file with --own FILE")
                } else {
                    format!("cotside: {id} is not in the file of --own; it has {}", known.join(", "))
                })
            }),
        };
        ids.iter().map(one).collect()
    }
}

/// How a row is called in a result: its id, with the mark where it is the reader's own.
pub fn label(estimate: &Estimate) -> String {
    if estimate.is_own() {
        format!("{} ({})", estimate.id, words::MARK)
    } else {
        estimate.id.to_owned()
    }
}
