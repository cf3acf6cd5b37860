//! Published estimates set over the own curve: as points, with the reasons for caution.

use cotside_core::cohort::{Cell, Milestone, Values};
use cotside_core::evidence::{OverCurve, OwnCohort};
use cotside_figures::PublishedPoint;
use cotside_views::untyped::{Html, element, list, plain, span, text};
use cotside_words::{decimal, en};

use crate::analysis::selection::Analysis;

/// Published estimates of the endpoint.
pub fn offered<'a>(analysis: &Analysis<'a>) -> impl Iterator<Item = &'a OverCurve> {
    let endpoint = analysis.settings.endpoint;
    analysis.published.iter().filter(move |row| row.endpoint == endpoint)
}

/// Those that were chosen.
fn chosen<'a>(analysis: &Analysis<'a>) -> Vec<&'a OverCurve> {
    let settings = analysis.settings;
    offered(analysis)
        .filter(|row| settings.published.contains(&row.id))
        .collect()
}

/// The chosen ones as points of the figure.
pub fn points(analysis: &Analysis<'_>) -> Vec<PublishedPoint> {
    let point = |row: &OverCurve| PublishedPoint {
        label: format!("{}, {} ({})", row.study, row.population, row.source),
        time: row.years,
        value: row.percent / 100.0,
        interval: row.interval.map(|(low, high)| (low / 100.0, high / 100.0)),
        computed: row.computed,
    };
    chosen(analysis).into_iter().map(point).collect()
}

/// What speaks against comparing the curve with the published estimates that were chosen; nothing where none was.
pub fn html(analysis: &Analysis<'_>) -> Html {
    let chosen = chosen(analysis);
    let own = own(analysis);
    let cautions = chosen.iter().map(|row| {
        let reasons = row.cautions(&own).into_iter().map(|each| text(&en::own_caution(each)));
        Html::all([
            plain("h4", &format!("{}, {}", row.study, row.population)),
            list("", reasons),
        ])
    });
    let cautions = Html::all(cautions);
    Html::when(!chosen.is_empty(), || {
        element(
            "div",
            &[("data-testid", "published")],
            &[span("p", "quiet", en::OVER_CURVE), cautions],
        )
    })
}

/// A published estimate in a list.
pub fn name(row: &OverCurve) -> String {
    let interval = row.interval.map_or_else(String::new, |(low, high)| {
        format!(" ({}–{})", decimal(low, 1), decimal(high, 1))
    });
    let n = row.n.map_or_else(|| "n not stated".to_owned(), |n| format!("n = {n}"));
    format!(
        "{}: {} %{interval} at {} y, {n}; {}",
        row.population,
        decimal(row.percent, 1),
        decimal(row.years, 2),
        row.source
    )
}

/// What is known of the patients in the analysis.
fn own(analysis: &Analysis<'_>) -> OwnCohort {
    let patients = analysis.patients();
    let kmt2a = analysis
        .study
        .variable("finding:kmt2a")
        .map(|variable| &variable.values);
    let levels = || {
        patients
            .iter()
            .filter_map(|&patient| kmt2a.map(|values| Values::level(values, patient))?)
    };
    let rearranged = levels().filter(|level| *level == "rearranged").count();
    let known = levels()
        .filter(|level| ["rearranged", "germline"].contains(level))
        .count();
    let years =
        patients.iter().filter_map(
            |&patient| match analysis.study.course.get(patient)?.date(Milestone::Diagnosis) {
                Cell::Value(date) => u16::try_from(date.parts().0).ok(),
                _ => None,
            },
        );
    let years = years.fold(None, |span: Option<(u16, u16)>, year| {
        let (first, last) = span.unwrap_or((year, year));
        Some((first.min(year), last.max(year)))
    });
    OwnCohort {
        kmt2a_share: (known > 0).then(|| rearranged as f64 / known as f64),
        years,
    }
}
