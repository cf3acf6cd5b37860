//! Two published rates side by side.

use cotside_core::evidence::{Caution, Comparison, Estimate, Rate, RateDifference, compare, published};
use cotside_figures::axis::signed;
use cotside_messages::ComparedEstimates;
use cotside_words::en::evidence_page as words;
use cotside_words::html::{Html, cell, element, head, list, plain, span, table, text};
use cotside_words::{decimal, en};

use crate::evidence::listing::{known, patients, spread, study_link, years};

/// Level of intervals.
pub const LEVEL: f64 = 0.95;

/// Which two.
#[derive(Debug, Clone, Default)]
pub struct Comparing {
    settings: ComparedEstimates,
}

impl Comparing {
    /// Takes the settings.
    pub fn set(&mut self, settings: ComparedEstimates) {
        self.settings = settings;
    }

    /// The part `compare`: reasons for caution, then the numbers.
    pub fn html(&self) -> Html {
        let estimate = |id: &Option<String>| published().estimate(id.as_deref()?);
        let (Some(first), Some(second)) = (estimate(&self.settings.first), estimate(&self.settings.second)) else {
            return span("p", "quiet", words::CHOOSE_TWO);
        };
        let Some(found) = compare(first, second, self.settings.binomial, LEVEL) else {
            return Html::default();
        };
        let cautions = found.cautions.iter().map(|caution| text(&en::caution(caution)));
        Html::all([
            plain("h4", words::CAUTIONS),
            list("facts", cautions),
            rates(first, second, &found),
            differences(first, second, &found),
        ])
    }
}

/// Why a test of the difference would not mean anything: another endpoint, time or era, or one that is not stated.
fn no_test(found: &Comparison) -> Vec<&'static str> {
    let why = |caution: &Caution| match caution {
        Caution::SameEstimate => Some(words::SAME_ESTIMATE),
        Caution::Endpoint => Some(words::OTHER_ENDPOINT),
        Caution::Time { .. } => Some(words::OTHER_TIME),
        Caution::TimeNotStated => Some(words::TIME_NOT_STATED),
        Caution::Era { .. } => Some(words::OTHER_ERA),
        Caution::EraNotStated => Some(words::ERA_NOT_STATED),
        Caution::NotRandomised
        | Caution::SharedInfants
        | Caution::AgeLimit(..)
        | Caution::Entry(..)
        | Caution::Kmt2aShare { .. }
        | Caution::Kmt2aShareNotStated
        | Caution::EventDefinition(..)
        | Caution::TimeOrigin(..)
        | Caution::Selected(..)
        | Caution::Few(..)
        | Caution::NumberNotStated
        | Caution::LeastStandardError
        | Caution::UnclearSpread
        | Caution::SecondHand => None,
    };
    found.cautions.iter().filter_map(why).collect()
}

fn rates(first: &'static Estimate, second: &'static Estimate, found: &Comparison) -> Html {
    let each = |(which, row, rate): (&str, &'static Estimate, Option<Rate>)| {
        let used = rate.map_or_else(
            || "none: no standard error".to_owned(),
            |rate| format!("{} ({})", decimal(rate.std_err, 2), en::error_origin(rate.origin)),
        );
        element(
            "tr",
            &[],
            &[
                element(
                    "th",
                    &[("scope", "row")],
                    &[text(which), text(": "), study_link(row.study)],
                ),
                cell("Endpoint", "", &[text(row.endpoint.code())]),
                cell("Population", "", &[text(row.population)]),
                cell("Years", "number", &[known(&years(row))]),
                cell("n", "number", &[known(&patients(row.n))]),
                cell("Estimate, %", "number", &[plain("strong", &en::printed(row.estimate))]),
                cell("SE or 95% CI", "", &[known(&spread(row))]),
                cell("Standard error used", "", &[text(&used)]),
            ],
        )
    };
    let head = head(&[
        ("Estimate", ""),
        ("Endpoint", ""),
        ("Population", ""),
        ("Years", "number"),
        ("n", "number"),
        ("Estimate, %", "number"),
        ("SE or 95% CI", ""),
        ("Standard error used", ""),
    ]);
    let rows = [("First", first, found.first), ("Second", second, found.second)];
    table("estimates", head, rows.into_iter().map(each))
}

fn differences(first: &Estimate, second: &Estimate, found: &Comparison) -> Html {
    if found.plain.is_none() {
        let rows = [(first, found.first), (second, found.second)];
        let helps = rows
            .iter()
            .all(|(row, rate)| rate.is_some() || (row.n.is_some() && !row.is_at_end()));
        let hint = if helps { words::MINIMUM_HELPS } else { "" };
        return span("p", "remark notice", &format!("{}{hint}", en::no_difference(rows)));
    }
    let why = no_test(found);
    let tested = why.is_empty();
    let line = |name: &str, estimate: String, (low, high): (String, String), p: Option<f64>| {
        let p = p.map_or_else(String::new, words::p_cell);
        element(
            "tr",
            &[],
            &[
                element("th", &[("scope", "row")], &[text(name)]),
                cell("Estimate", "number", &[plain("strong", &estimate)]),
                cell("95% CI", "number", &[text(&format!("{low} to {high}"))]),
                Html::when(tested, || cell("P", "number", &[text(&p)])),
            ],
        )
    };
    let difference = |name: &str, found: Option<RateDifference>, places: usize| {
        found.map(|found| {
            let ends = found.interval;
            let ends = (signed(ends.lower, places), signed(ends.upper, places));
            line(name, signed(found.estimate, places), ends, Some(found.p))
        })
    };
    let ratio = found.cumulative_hazard_ratio().map(|(ratio, interval)| {
        let ends = (decimal(interval.lower, 2), decimal(interval.upper, 2));
        line(words::HAZARD_RATIO, decimal(ratio, 2), ends, None)
    });
    let rows = [
        difference(words::DIFFERENCE, found.plain, 1),
        difference(words::DIFFERENCE_LOG_LOG, found.log_log, 3),
        ratio,
    ];
    let mut columns = vec![("Difference", ""), ("Estimate", "number"), ("95% CI", "number")];
    columns.extend(tested.then_some(("P", "number")));
    Html::all([
        table("compact", head(&columns), rows.into_iter().flatten()),
        Html::when(!tested, || span("p", "quiet key", &words::not_tested(&why))),
        Html::when(found.log_log.is_none(), || span("p", "quiet key", en::NO_LOG_LOG)),
    ])
}
