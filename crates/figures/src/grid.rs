//! Small multiples: several drawings of one size under one title.

use crate::frame::{GAP, Lettering, Sheet, Style};
use crate::scene::{Mark, Scene};

/// The narrowest panel, in millimetres.
const NARROWEST_MM: f64 = 75.0;
/// Distance between panels, in pixels.
const BETWEEN: f64 = 4.0 * GAP;

/// How many panels stand side by side in a figure of this style: two where each is wide enough.
pub(crate) fn columns(style: &Style, panels: usize) -> usize {
    let two = (style.width() - BETWEEN) / 2.0;
    usize::from(panels > 1 && two >= crate::scene::mm(NARROWEST_MM)) + 1
}

/// The style of one of the panels: no letter, caption or mark of its own, its title over it.
pub(crate) fn panel_style(style: &Style, columns: usize) -> Style {
    let width = (style.width() - BETWEEN * (columns - 1) as f64) / columns as f64;
    Style {
        width_mm: width * 25.4 / 96.0,
        panel: None,
        title: true,
        caption: false,
        mark: "",
        ..*style
    }
}

/// The panels in rows, with the lettering of the whole.
pub(crate) fn grid(style: Style, lettering: &Lettering, panels: Vec<Scene>, columns: usize) -> Scene {
    let mut sheet = Sheet::new(style);
    sheet.heading(lettering);
    let width = panels.first().map_or(0.0, |panel| panel.width) + BETWEEN;
    let mut panels = panels.into_iter();
    loop {
        let row: Vec<Scene> = panels.by_ref().take(columns).collect();
        if row.is_empty() {
            break;
        }
        let height = row.iter().map(|panel| panel.height).fold(0.0, f64::max);
        for (column, panel) in row.into_iter().enumerate() {
            let by = (column as f64 * width, sheet.y);
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
