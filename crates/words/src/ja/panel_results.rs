//! Words of two figures: endpoints in panels, and the difference of survival over time.

pub use crate::en::panel_results::{
    DIFFERENCE_AXIS, NO_OVERALL, difference_caption, difference_description, incidence_axis, less, number_of,
    panels_caption, panels_description, survival_axis, with_intervals,
};

/// Heading.
pub const PANELS: &str = "エンドポイント別のパネル";
/// Where there are none.
pub const NO_PANELS: &str =
    "各エンドポイントには再発と死亡の日付、または時間と種類が必要である。ここではそれらを区別できない。";

/// Heading of the differences.
#[must_use]
pub fn difference_heading(endpoint: &str) -> String {
    format!("{endpoint}の差の経時変化")
}
