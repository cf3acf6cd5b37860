//! Two published rates side by side.

use cotside_core::evidence::{Caution, Comparison, Estimate, Rate, RateDifference, compare};
use cotside_figures::axis::signed;
use cotside_messages::ComparedEstimates;
use cotside_views::{Columns, named_list, notice};
use cotside_words::lang::evidence_page as words;
use cotside_words::lang::evidence_results as results;
use cotside_words::{decimal, lang};
use maud::{Markup, html};

use crate::evidence::listing::{known, patients, population, spread, study_link, years};
use crate::evidence::own::OwnRows;
use crate::evidence::quoting;

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
    pub fn html(&self, own: &OwnRows) -> Markup {
        let estimate = |id: &Option<String>| own.estimate(id.as_deref()?);
        let (Some(first), Some(second)) = (estimate(&self.settings.first), estimate(&self.settings.second)) else {
            return html! { p.quiet { (words::CHOOSE_TWO) } };
        };
        let Some(found) = compare(first, second, self.settings.binomial, LEVEL) else {
            return Markup::default();
        };
        html! {
            h4 { (words::CAUTIONS) }
            (named_list("facts", found.cautions.iter().map(caution)))
            (rates(first, second, &found))
            (differences(first, second, &found))
        }
    }
}

/// A reason for caution; what it quotes of the table is marked as English.
pub fn caution(caution: &Caution) -> Markup {
    let text = lang::caution(caution);
    match caution {
        Caution::AgeLimit(a, b) | Caution::EventDefinition(a, b) | Caution::TimeOrigin(a, b) => quoting(&text, &[a, b]),
        _ => html! { (text) },
    }
}

fn rates(first: &'static Estimate, second: &'static Estimate, found: &Comparison) -> Markup {
    let columns = Columns::new(results::ESTIMATE)
        .text(results::ENDPOINT)
        .text(results::POPULATION)
        .number(results::YEARS)
        .number(results::N)
        .number(results::ESTIMATE_PERCENT)
        .text(results::SPREAD)
        .text(results::SE_USED);
    let row = |(which, row, rate): (&str, &'static Estimate, Option<Rate>)| {
        let used = rate.map_or_else(
            || results::NO_SE.to_owned(),
            |rate| results::se_used(&decimal(rate.std_err, 2), &lang::error_origin(rate.origin)),
        );
        let cells = [
            html! { (words::short_endpoint(row.endpoint)) },
            population(row),
            known(&years(row)),
            known(&patients(row.n)),
            html! { strong { (lang::printed(row.estimate)) } },
            known(&spread(row)),
            html! { (used) },
        ];
        columns.row(html! { (which) ": " (study_link(row.study)) }, cells)
    };
    let rows = [
        (words::FIRST, first, found.first),
        (words::SECOND, second, found.second),
    ];
    columns.table("estimates", rows.into_iter().map(row))
}

fn differences(first: &Estimate, second: &Estimate, found: &Comparison) -> Markup {
    if found.plain.is_none() {
        let rows = [(first, found.first), (second, found.second)];
        let helps = first.endpoint.compares_with(second.endpoint)
            && rows
                .iter()
                .all(|(row, rate)| rate.is_some() || (row.n.is_some() && !row.is_at_end()));
        let hint = if helps { words::MINIMUM_HELPS } else { "" };
        return notice(html! { (lang::no_difference(rows)) (hint) });
    }
    let why = lang::no_test(found);
    let columns = Columns::new(results::DIFFERENCE)
        .number(results::ESTIMATE)
        .number(results::CI);
    let columns = if why.is_none() {
        columns.number(results::P)
    } else {
        columns
    };
    let line = |name: &str, estimate: String, (low, high): (String, String), p: Option<f64>| {
        let cells = [
            html! { strong { (estimate) } },
            html! { (results::ends(&low, &high)) },
            html! { @if let Some(p) = p { (lang::p_cell(p)) } },
        ];
        columns.row(name, cells)
    };
    let difference = |name: &str, found: Option<RateDifference>, places: usize| {
        found.map(|found| {
            let ends = found.interval;
            let ends = (signed(ends.lower, places), signed(ends.upper, places));
            line(name, signed(found.estimate, places), ends, found.p)
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
    html! {
        (columns.table("compact", rows.into_iter().flatten()))
        @if let Some(why) = why { p.quiet.key { (why) } }
        @if found.log_log.is_none() { p.quiet.key { (lang::NO_LOG_LOG) } }
    }
}
