//! Published estimates drawn: a forest plot of one endpoint, points on an axis of time. They are printed in English.

use cotside_core::evidence::{Estimate, IntervalOrigin};
use cotside_figures::forest::{ForestColumn, ForestFigure, ForestRow, ForestScale};
use cotside_figures::{DataTable, Lettering, PointsFigure, Scene, Style, TimedPoint};
use cotside_views::figure;
use cotside_words::en::evidence_results as results;
use cotside_words::{capital, decimal, en};
use maud::{Markup, html};

/// A figure with the numbers behind it.
pub struct Drawn {
    scene: Scene,
    data: DataTable,
}

impl Drawn {
    /// A figure.
    pub fn new(scene: Scene, data: DataTable) -> Self {
        Self { scene, data }
    }

    /// On the page, with its exports.
    pub fn html(&self, name: &str) -> Markup {
        figure(name, self.scene.to_svg(), &[], &Markup::default())
    }

    /// What a file of it is called: `cotside-published-forest-89mm.svg`; its data have no width.
    pub fn file_name(&self, figure: &str, kind: &str) -> String {
        match kind {
            "csv" => format!("cotside-published-{figure}-data.csv"),
            _ => format!(
                "cotside-published-{figure}-{:.0}mm.{kind}",
                self.scene.width * 25.4 / 96.0
            ),
        }
    }

    /// As a file.
    pub fn export(&self, kind: &str) -> Option<String> {
        cotside_figures::export(&self.scene, &self.data, kind)
    }
}

/// The name of the endpoint that all rows share; `None` without rows or with several.
fn endpoint_of(rows: &[&'static Estimate]) -> Option<&'static str> {
    let first = rows.first()?.endpoint;
    rows.iter()
        .all(|row| row.endpoint == first)
        .then(|| en::endpoint(first))
}

fn lettering(endpoint: &str, rows: usize) -> Lettering {
    Lettering {
        title: results::published_title(endpoint),
        description: results::published_description(rows, endpoint),
        caption: vec![results::KEY.to_owned()],
    }
}

/// The interval that may be drawn, and whether it was computed.
fn interval(row: &Estimate) -> (Option<(f64, f64)>, bool) {
    let interval = row.interval95();
    (
        interval.map(|interval| (interval.low, interval.high)),
        interval.is_some_and(|interval| interval.origin == IntervalOrigin::FromStandardError),
    )
}

/// The marks of a row in a forest plot.
pub fn row(row: &Estimate) -> ForestRow {
    let (interval, computed) = interval(row);
    ForestRow {
        estimate: Some(row.estimate.value()),
        interval,
        computed,
        ..ForestRow::default()
    }
}

/// Width of [`interval_cell`] in pixels; one is half a per cent.
const CELL_WIDTH: f64 = 200.0;

/// The estimate and its interval on an axis from 0 to 100%, as high as a line. The numbers are in the cells beside it.
pub fn interval_cell(row: &Estimate) -> Markup {
    let at = |percent: f64| format!("{:.1}", percent.clamp(0.0, 100.0) / 100.0 * CELL_WIDTH);
    let (interval, computed) = interval(row);
    let line_class = if computed { "interval computed" } else { "interval" };
    let point_class = if interval.is_some() { "point" } else { "point hollow" };
    html! {
        svg class="row-interval" viewBox="-4 0 208 16" width="140" height="12" aria-hidden="true" {
            path class="grid" d="M0.5 0V16M100 0V16M199.5 0V16" {}
            @if let Some((low, high)) = interval { path class=(line_class) d={ "M" (at(low)) " 8H" (at(high)) } {} }
            circle class=(point_class) cx=(at(row.estimate.value())) cy="8" r="3.5" {}
        }
    }
}

/// The time and the number of patients of a row; `missing` stands for what was not reported.
pub fn cells(row: &Estimate, missing: &str) -> [String; 2] {
    [row.years.map(|years| decimal(years, 1)), row.n.map(|n| n.to_string())]
        .map(|cell| cell.unwrap_or_else(|| missing.to_owned()))
}

/// Its uncertainty as printed, in as many letters as a figure has room for.
fn spread(row: &Estimate) -> String {
    match (row.interval, row.standard_error) {
        (Some((lower, upper)), _) => format!("{}–{}", en::printed(lower), en::printed(upper)),
        (None, Some(error)) if row.standard_error_is_clear => results::standard_error(&en::printed(error)),
        (None, Some(error)) => results::undefined_spread(&en::printed(error)).replace(", undefined", " undefined"),
        (None, None) => results::NOT_REPORTED_SHORT.to_owned(),
    }
}

/// A forest plot; `None` unless all rows share an endpoint. Where rows of a study stand together it heads them.
pub fn forest(rows: &[&'static Estimate]) -> Option<Drawn> {
    let endpoint = endpoint_of(rows)?;
    let changes = rows
        .windows(2)
        .filter(|pair| pair[0].study.id != pair[1].study.id)
        .count()
        + 1;
    let mut studies: Vec<&str> = rows.iter().map(|row| row.study.id).collect();
    studies.sort_unstable();
    studies.dedup();
    let headed = changes == studies.len();
    let mut drawn: Vec<ForestRow> = Vec::new();
    let mut last = "";
    for row in rows {
        if headed && row.study.id != last {
            drawn.push(ForestRow {
                label: row.study.name.to_owned(),
                heading: true,
                ..ForestRow::default()
            });
        }
        last = row.study.id;
        let label = if headed {
            row.population.to_owned()
        } else {
            format!("{}: {}", row.study.name, row.population)
        };
        let [years, patients] = cells(row, results::NOT_REPORTED_SHORT);
        drawn.push(ForestRow {
            label,
            indented: headed,
            cells: vec![years, patients, en::printed(row.estimate), spread(row)],
            ..self::row(row)
        });
    }
    let column = |head: &str, after: bool| ForestColumn {
        head: head.to_owned(),
        after,
    };
    let mut lettering = lettering(endpoint, rows.len());
    lettering.caption.push(results::short_forms());
    let figure = ForestFigure {
        lettering,
        style: Style::TWO_COLUMNS,
        scale: ForestScale::Percent,
        label_head: results::STUDY_AND_POPULATION.to_owned(),
        axis_label: format!("{} (%)", capital(endpoint)),
        columns: vec![
            column(results::YEARS, false),
            column(results::N, false),
            column(results::PERCENT, true),
            column(results::SPREAD, true),
        ],
        rows: drawn,
        ..ForestFigure::default()
    };
    Some(Drawn::new(figure.scene(), figure.data()))
}

/// Points on an axis of time; `None` unless all rows share an endpoint and one has a time.
pub fn points(rows: &[&'static Estimate]) -> Option<Drawn> {
    let endpoint = endpoint_of(rows)?;
    let timed: Vec<(&Estimate, f64)> = rows.iter().filter_map(|row| Some((*row, row.years?))).collect();
    if timed.is_empty() {
        return None;
    }
    let mut lettering = lettering(endpoint, timed.len());
    let without = rows.len() - timed.len();
    lettering.caption.push(results::ONE_TIME.to_owned());
    if without > 0 {
        lettering.caption.push(results::without_time(without));
    }
    let figure = PointsFigure {
        lettering,
        style: Style::TWO_COLUMNS,
        time_label: results::YEARS.to_owned(),
        value_label: format!("{} (%)", capital(endpoint)),
        points: timed
            .iter()
            .map(|(row, years)| {
                let (interval, computed) = interval(row);
                TimedPoint {
                    label: format!("{}, {}", row.study.name, row.population),
                    years: *years,
                    value: row.estimate.value(),
                    interval,
                    computed,
                }
            })
            .collect(),
    };
    Some(Drawn::new(figure.scene(), figure.data()))
}
