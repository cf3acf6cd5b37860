//! The core of Cotside: an infant's findings, their classification by each published protocol, cohorts of patients,
//! survival analysis and published evidence.
//!
//! **Invariant: no browser, no clock, no network, no prose.** Functions take values and return values: codes, numbers
//! and references to the protocols' own typed definitions. The `words` crate makes the sentences.
//!
//! The path of one patient: [`infant::Entry`] (text as typed) → [`infant::read`] (units converted, contradictions
//! found) → [`infant::Infant`] → [`protocols::assess`] for each [`protocols::Protocol`] → [`protocols::Assessment`].

pub mod cohort;
pub mod evidence;
pub mod federated;
pub mod infant;
pub mod protocols;
#[cfg(feature = "schema")]
pub mod schema;
pub mod survival;

pub use cotside_text::decimal::shortest;
pub use cotside_text::{decimal, export, unseen};
