//! Sentences for what the core returns, and the shapes in which answers leave Cotside as JSON.
//!
//! The core has no prose; each language is one module here that turns codes and numbers into sentences by exhaustive
//! matches, so that a new kind of clause does not compile before it has words.

mod brief;
mod content;
pub mod en;
mod exchanged;
mod formats;
pub mod ja;
pub mod ko;
pub mod languages;
mod letters;
mod numbers;
mod r;
pub mod wire;

pub use cotside_core::decimal::fixed;
/// The language of this build of the page, chosen by a feature: one site a language, so that none carries another's words.
#[cfg(not(any(feature = "lang-ja", feature = "lang-ko")))]
pub use en as lang;
pub use formats::format_name;
#[cfg(feature = "lang-ja")]
pub use ja as lang;
#[cfg(all(feature = "lang-ko", not(feature = "lang-ja")))]
pub use ko as lang;
pub use letters::capital;
pub use numbers::{decimal, grouped, percent_of_fraction, scientific, signed, significant};
pub use r::{r_escaped, r_text};

/// Which rules, evidence and program this is, in the language of this build of the page.
#[must_use]
pub fn versions(build: &str) -> String {
    use cotside_core::protocols::{EVIDENCE_DATE, RULES_VERSION};
    lang::page::versions(RULES_VERSION, EVIDENCE_DATE, env!("CARGO_PKG_VERSION"), build)
}
