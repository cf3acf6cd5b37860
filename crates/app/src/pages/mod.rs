//! The pages beside the main one.

mod prose;
mod protocols;

pub use prose::{About, Home, NotFound, Privacy};
pub use protocols::{ProtocolPage, Protocols};
