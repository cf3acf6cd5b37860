//! Figures on the page and as files.

use cotside_core::cohort::Nature;
use cotside_figures::curve::CurveFigure;
use cotside_figures::diagnostics::{LogLogFigure, SchoenfeldFigure};
use cotside_figures::forest::ForestFigure;
use cotside_figures::incidence::IncidenceFigure;
use cotside_figures::{DataTable, Scene, export};
use cotside_views::untyped::{Html, cell, element, figure, head, plain, span, text, wide_table};

/// Rows of the numbers behind a figure that are listed below it; the file has all.
const LISTED: usize = 60;

/// A figure with the numbers behind it.
pub struct Drawn {
    scene: Scene,
    data: DataTable,
}

/// Figures with what all of them have.
macro_rules! drawn {
    ($($figure:ty),+) => {
        $(impl From<$figure> for Drawn {
            fn from(figure: $figure) -> Self {
                Self {
                    scene: figure.scene(),
                    data: figure.data(),
                }
            }
        })+
    };
}

drawn!(
    CurveFigure,
    IncidenceFigure,
    ForestFigure,
    SchoenfeldFigure,
    LogLogFigure
);

/// What stands under every figure whose data are no patients' of a registry.
pub const fn mark(nature: Nature) -> &'static str {
    match nature {
        Nature::Patients => "",
        Nature::Example => "Example data.",
        Nature::Synthetic => "Synthetic data: no row is a patient.",
        Nature::Reconstructed => "Reconstructed from a published curve: no row is a patient.",
    }
}

/// A figure on the page: the drawing, its caption, what can be done with it, the numbers behind it.
pub fn shown(name: &str, drawn: &Drawn) -> Html {
    figure(name, drawn.scene.to_svg(), &drawn.scene.caption, numbers(&drawn.data))
}

/// The numbers behind a figure, folded.
fn numbers(data: &DataTable) -> Html {
    let names: Vec<(&str, &str)> = data.head.iter().map(|name| (name.as_str(), "")).collect();
    let rows = data.rows.iter().take(LISTED).map(|row| {
        let cells = data
            .head
            .iter()
            .zip(row)
            .map(|(name, value)| cell(name, "", &[text(value)]));
        element("tr", &[], &[Html::all(cells)])
    });
    let more = data.rows.len().saturating_sub(LISTED);
    element(
        "details",
        &[("class", "more")],
        &[
            plain("summary", "The numbers behind this figure"),
            wide_table("csv", "The numbers behind this figure", head(&names), rows),
            Html::when(more > 0, || {
                span("p", "quiet", &format!("{more} more rows are in the file “Data (CSV)”."))
            }),
        ],
    )
}

/// The text of an export.
pub fn exported(drawn: &Drawn, kind: &str) -> Option<String> {
    export(&drawn.scene, &drawn.data, kind)
}
