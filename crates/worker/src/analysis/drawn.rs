//! Figures on the page and as files.

use cotside_figures::curve::CurveFigure;
use cotside_figures::diagnostics::{LogLogFigure, SchoenfeldFigure};
use cotside_figures::difference::DifferenceFigure;
use cotside_figures::endpoint_panels::EndpointPanels;
use cotside_figures::fitted::FittedFigure;
use cotside_figures::forest::ForestFigure;
use cotside_figures::incidence::IncidenceFigure;
use cotside_figures::spline::SplineFigure;
use cotside_figures::{DataTable, Scene, export};
use cotside_views::{Columns, english, figure};
use cotside_words::en;
use cotside_words::lang::figures as words;
use maud::{Markup, html};

/// Rows of the numbers behind a figure that are listed below it; the file has all.
const LISTED: usize = 60;

/// A figure with the numbers behind it.
pub struct Drawn {
    scene: Scene,
    data: DataTable,
}

impl Drawn {
    /// Its width in CSS pixels.
    pub fn width(&self) -> f64 {
        self.scene.width
    }
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
    DifferenceFigure,
    EndpointPanels,
    IncidenceFigure,
    ForestFigure,
    SchoenfeldFigure,
    LogLogFigure,
    SplineFigure,
    FittedFigure
);

/// A figure on the page: the drawing, its caption, what can be done with it, the numbers behind it.
pub fn with_data_table(name: &str, drawn: &Drawn) -> Markup {
    figure(
        name,
        drawn.scene.to_svg(),
        &drawn.scene.caption,
        &data_table(&drawn.data),
    )
}

/// The numbers behind a figure, in English as they are in its file.
fn data_table(data: &DataTable) -> Markup {
    let (first, rest) = data
        .head
        .split_first()
        .map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    let columns = rest
        .iter()
        .fold(Columns::new(first), |columns, name| columns.text(name));
    let rows = data.rows.iter().take(LISTED).map(|row| {
        html! {
            tr { @for (name, value) in data.head.iter().zip(row) { td data-label=(name) { (shortened(value)) } } }
        }
    });
    let table = columns.wide_table("csv", en::figures::DATA_TABLE, rows);
    let more = data.rows.len().saturating_sub(LISTED);
    html! {
        details.more.data-table {
            summary { (words::DATA_TABLE) }
            @match english() {
                None => (table),
                Some(language) => { div lang=(language) { (table) } }
            }
            @if more > 0 { p.quiet { (words::more_rows(more)) } }
        }
    }
}

/// A number as the table below a figure shows it: six significant digits. The file has all.
fn shortened(value: &str) -> String {
    match value.parse::<f64>() {
        Ok(number) if value.len() > 8 && number.is_finite() => {
            let digits = format!("{number:.5e}").parse::<f64>().unwrap_or(number);
            digits.to_string()
        }
        _ => value.to_owned(),
    }
}

/// The text of an export.
pub fn exported(drawn: &Drawn, kind: &str) -> Option<String> {
    export(&drawn.scene, &drawn.data, kind)
}
