//! Published estimates set over the own curve: as points, with the reasons for caution.

use cotside_core::cohort::{Cell, Milestone, Origin, Values};
use cotside_core::evidence::{OverCurve, OwnCaution, OwnCohort, OwnEstimate, own_estimates};
use cotside_figures::PublishedPoint;
use cotside_views::{english, list, original};
use cotside_words::en::cohort_results as quoted;
use cotside_words::en::own_estimates::MARK;
use cotside_words::lang::cohort_results as words;
use maud::{Markup, html};

use crate::analysis::selection::Analysis;

/// Published estimates of all endpoints, then those of the reader, marked.
pub fn all(own: &[OwnEstimate]) -> Vec<OverCurve> {
    let mut all = OverCurve::all();
    all.extend(own_estimates(own, MARK).into_iter().filter_map(OverCurve::of));
    all
}

/// Published estimates of the endpoint; none where time is counted from another day than theirs.
pub fn offered<'a>(analysis: &Analysis<'a>) -> impl Iterator<Item = &'a OverCurve> {
    let endpoint = analysis.settings.endpoint;
    let is_usual = analysis.settings.origin == Origin::of(endpoint);
    let published = analysis.published.iter();
    published.filter(move |row| is_usual && row.endpoint == endpoint)
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
        label: quoted::published_point(&row.study, &row.population, &row.source),
        time: row.years,
        value: row.percent / 100.0,
        interval: row.interval.map(|(low, high)| (low / 100.0, high / 100.0)),
        computed: row.computed,
    };
    chosen(analysis).into_iter().map(point).collect()
}

/// Why the curve must not simply be compared with the published estimates that were chosen; nothing where none was.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let chosen = chosen(analysis);
    let own = own(analysis);
    html! {
        @if !chosen.is_empty() {
            div data-testid="published" {
                p.quiet { (words::OVER_CURVE) }
                @for row in chosen {
                    h4 lang=[english()] { (quoted::published_heading(&row.study, &row.population)) }
                    (list(row.cautions(&own).into_iter().map(caution)))
                }
            }
        }
    }
}

/// A reason for caution; what it quotes of the report is in English.
fn caution(caution: OwnCaution<'_>) -> Markup {
    let (before, quoted, behind) = words::own_caution(caution);
    html! { (before) (original(quoted)) (behind) }
}

/// A published estimate in a list, in English as its population and its source are.
pub fn name(row: &OverCurve) -> String {
    quoted::published_name(
        &row.population,
        row.percent,
        row.interval,
        row.years,
        row.n,
        &row.source,
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
