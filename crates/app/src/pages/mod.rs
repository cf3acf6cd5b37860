//! The pages beside the main one.

mod changes;
mod home;
mod prose;
mod protocols;

pub use changes::Changes;
pub use home::Home;
pub use prose::{About, NotFound, Privacy};
pub use protocols::{ProtocolPage, Protocols};
