//! Figures: data in, a [`Scene`] out, SVG from the scene. Pure: no browser, no statistics of its own.
//!
//! Screen and export are made from the same list of marks, so that they are identical.
//!
//! **Invariant: a published estimate is drawn only as it was published:** a point, its interval where there is one, and
//! never a curve.

pub mod axis;
pub mod curve;
mod data;
pub mod diagnostics;
pub mod difference;
pub mod endpoint_panels;
pub mod fitted;
pub mod forest;
mod frame;
mod grid;
pub mod incidence;
mod incidence_panels;
mod ink;
mod labels;
mod mature;
mod outcomes;
mod panel;
mod placing;
mod points;
pub mod power;
mod scene;
pub mod spline;
mod steps;
mod svg;
mod table;
mod text;

pub use data::{DataTable, export, rows_csv};
pub use frame::{Lettering, QUIET, Style};
pub use ink::{Dash, Ink, Palette, SERIES, STYLESHEET, Stroke, Theme};
pub use mature::mature_end;
pub use outcomes::{Estimate, forest, strip};
pub use panel::{AxisUnit, LEAST_FOR_BAND, PlotOptions, PublishedPoint};
pub use points::{PointsFigure, TimedPoint};
pub use scene::{Anchor, Extent, Mark, Point, Scene, mm, overlap, pt};
pub use svg::StandaloneOptions;
pub use table::{Counts, Few, Followed, TableForm, TableWords};
pub use text::{shortened, text_width, wrapped};
