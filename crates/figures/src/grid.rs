//! Small multiples: several drawings of one size under one title.

use crate::frame::{GAP, Lettering, QUIET, Sheet, Style};
use crate::labels::{Key, legend};
use crate::scene::{Mark, Scene};

/// The narrowest panel, in millimetres.
const NARROWEST_MM: f64 = 73.0;
/// Distance between panels, in pixels.
const BETWEEN: f64 = 4.0 * GAP;

/// How many panels stand side by side in a figure of this style: two where each is wide enough.
pub(crate) fn columns(style: &Style, panels: usize) -> usize {
    usize::from(panels > 1 && panel_width(style, 2) >= crate::scene::mm(NARROWEST_MM)) + 1
}

/// Width of one of several panels side by side, which have one quiet edge together.
fn panel_width(style: &Style, columns: usize) -> f64 {
    (style.width() - 2.0 * QUIET - BETWEEN * (columns - 1) as f64) / columns as f64
}

/// The style of one of the panels: no letter, caption or mark of its own, its title over it.
pub(crate) fn panel_style(style: &Style, columns: usize) -> Style {
    Style {
        width_mm: (panel_width(style, columns) + 2.0 * QUIET) * 25.4 / 96.0,
        panel: None,
        title: true,
        caption: false,
        mark: "",
        ..*style
    }
}

/// The panels in rows, with the lettering of the whole.
pub(crate) fn grid(style: Style, lettering: &Lettering, panels: Vec<Scene>, columns: usize) -> Scene {
    grid_with_legend(style, lettering, &[], panels, columns)
}

/// The same with a legend over all panels.
pub(crate) fn grid_with_legend(
    style: Style,
    lettering: &Lettering,
    names: &[(Key, &str)],
    panels: Vec<Scene>,
    columns: usize,
) -> Scene {
    let mut sheet = Sheet::new(style);
    sheet.heading(lettering);
    legend(&mut sheet, 0.0, names);
    let width = panels.first().map_or(0.0, |panel| panel.width - 2.0 * QUIET) + BETWEEN;
    let mut panels = panels.into_iter();
    loop {
        let row: Vec<Scene> = panels.by_ref().take(columns).collect();
        if row.is_empty() {
            break;
        }
        let height = row.iter().map(|panel| panel.height - 2.0 * QUIET).fold(0.0, f64::max);
        for (column, panel) in row.into_iter().enumerate() {
            let by = (column as f64 * width - QUIET, sheet.y - QUIET);
            sheet.marks.extend(panel.marks.into_iter().map(|mark| mark.moved(by)));
        }
        sheet.y += height + GAP;
    }
    sheet.caption(lettering);
    sheet.finish(lettering)
}

/// Whether a drawing names its curves at their ends.
pub(crate) fn has_labels(scene: &Scene) -> bool {
    let is_labels = |mark: &Mark| matches!(mark, Mark::Group { name: "labels", .. });
    scene.marks.iter().any(is_labels)
}
