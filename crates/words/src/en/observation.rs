//! An answer as a resource of FHIR: the texts beside its codes.

use cotside_core::protocols::Protocol;
use cotside_core::protocols::own::is_own;

use super::OWN_MARK;

/// Where no code says what a group is called.
pub const NO_CODE: &str = "No code of the value sets that were read means this group, so that it is given as text.";

/// What the observation is of.
#[must_use]
pub fn title(protocol: &Protocol) -> String {
    let mark = if is_own(protocol) {
        format!(" ({OWN_MARK})")
    } else {
        String::new()
    };
    format!("Risk group by the rule of {}{mark}", protocol.name)
}
