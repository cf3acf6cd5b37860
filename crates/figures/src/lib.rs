//! Figures: data in, a [`Scene`] out, SVG from the scene. Pure: no browser, no statistics of its own.
//!
//! Screen and export are made from the same list of marks, so they cannot come apart.
//!
//! **Invariant: an estimate is drawn only as it was published:** a point, its interval where there is one, and never a
//! curve.

mod outcomes;
mod scene;

pub use outcomes::{Estimate, forest, strip};
pub use scene::{Anchor, Ink, Mark, Scene};
