//! The pages beside the main one.

mod about;
mod home;
mod not_found;
mod privacy;
mod protocol;
mod protocols;

pub use about::About;
pub use home::Home;
pub use not_found::NotFound;
pub use privacy::Privacy;
pub use protocol::ProtocolPage;
pub use protocols::Protocols;
