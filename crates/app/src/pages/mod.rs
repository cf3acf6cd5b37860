//! The pages beside the main one.

mod prose;
mod protocol;
mod protocols;

pub use prose::{About, Home, NotFound, Privacy};
pub use protocol::ProtocolPage;
pub use protocols::Protocols;
