//! Words of two figures: endpoints in panels, and the difference of survival over time.

pub use crate::en::panel_results::{
    DIFFERENCE_AXIS, NO_OVERALL, difference_caption, difference_description, incidence_axis, less, number_of,
    panels_caption, panels_description, survival_axis, with_intervals,
};

/// Heading.
pub const PANELS: &str = "평가변수별 패널";
/// Where there are none.
pub const NO_PANELS: &str =
    "각 평가변수에는 재발과 사망의 날짜 또는 시간과 종류가 필요합니다. 여기서는 이들을 구별할 수 없습니다.";

/// Heading of the differences.
#[must_use]
pub fn difference_heading(endpoint: &str) -> String {
    format!("시간에 따른 {endpoint}의 차이")
}
