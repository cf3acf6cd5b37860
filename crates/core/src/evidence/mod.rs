//! Published facts: where each comes from, how sure we are of it, and published survival estimates.

mod outcome;
mod source;

pub use outcome::{Endpoint, Interval, IntervalOrigin, Outcome, Spread};
pub use source::{Citation, Fact, Read, Source, fact};
