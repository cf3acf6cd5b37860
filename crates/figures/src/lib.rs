//! Figures: data in, a [`Scene`] out, SVG from the scene. Pure: no browser, no statistics of its own.
//!
//! Screen and export are made from the same list of marks, so they cannot come apart.
//!
//! **Invariant: a published estimate is drawn only as it was published:** a point, its interval where there is one, and
//! never a curve.

pub mod axis;
mod ink;
mod outcomes;
mod scene;
mod svg;
mod text;

pub use ink::{Dash, Ink, SERIES, Stroke, Theme};
pub use outcomes::{Estimate, forest, strip};
pub use scene::{Anchor, Extent, Mark, Point, Scene, mm, overlap, pt};
pub use svg::StandaloneOptions;
pub use text::{shortened, text_width, wrapped};
