//! The core of Cotside: what an infant's findings are, what each published protocol makes of them,
//! and (as the project grows) the survival maths of a cohort.
//!
//! **Invariant: no browser, no clock, no network, no prose.** Functions take values and return values: codes,
//! numbers and references to the protocols' own typed definitions. Sentences are made by the `words` crate.
//!
//! A patient's way through the house:
//! [`infant::Entry`] (text as typed) → [`infant::read`] (units settled, contradictions found) →
//! [`infant::Infant`] → [`protocols::assess`] for each [`protocols::Protocol`] → [`protocols::Assessment`].

pub mod cohort;
pub mod evidence;
pub mod infant;
pub mod protocols;
pub mod survival;

pub use cotside_text::decimal::shortest;
pub use cotside_text::{decimal, export, unseen};
