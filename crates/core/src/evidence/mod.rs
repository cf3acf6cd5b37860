//! Published facts: where each comes from, how sure we are of it, and published survival estimates, which can be
//! checked, compared, pooled and taken back to times of single patients.

pub mod check;
mod commentary;
mod outcome;
mod printed;
mod published;
mod source;

pub use commentary::{COMMENTARY, CommentaryRow, CommentaryTable, Footnote, RateCell};
pub use outcome::{Endpoint, Interval, IntervalOrigin, Outcome, Spread};
pub use printed::{Printed, Range};
pub use published::{Estimate, Kmt2aOf, Published, PublishedError, Reached, Study, published};
pub use source::{Citation, Fact, Read, Source, fact};
