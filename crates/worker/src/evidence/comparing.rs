//! Two published rates side by side.

use cotside_core::evidence::{Comparison, Estimate, Rate, RateDifference, Study, compare, published};
use cotside_figures::axis::signed;
use cotside_words::html::{Html, cell, element, head, list, option, plain, select, span, table, text, tick};
use cotside_words::{decimal, en};

use crate::evidence::listing::{known, patients, spread, study_link, years};

/// Level of intervals.
pub const LEVEL: f64 = 0.95;

/// Which two.
#[derive(Debug, Clone, Default)]
pub struct Comparing {
    first: Option<&'static Estimate>,
    second: Option<&'static Estimate>,
    binomial: bool,
}

/// A row in a list of choices.
pub fn name_of(estimate: &Estimate) -> String {
    let at = estimate.years.map_or_else(
        || ", time not reported".to_owned(),
        |years| format!(" at {} y", decimal(years, 1)),
    );
    format!(
        "{} {} %{at}: {}",
        estimate.endpoint.code(),
        en::printed(estimate.estimate),
        estimate.population
    )
}

/// All rows as choices, under their studies.
pub fn choices(chosen: Option<&Estimate>) -> Html {
    let of = |study: &'static Study| {
        let rows = published().estimates.iter().filter(|row| row.study.id == study.id);
        let rows = rows.map(|row| {
            option(
                row.id,
                &format!("{}, {}", study.name, name_of(row)),
                chosen.is_some_and(|each| each.id == row.id),
            )
        });
        element("optgroup", &[("label", study.name)], &[Html::all(rows)])
    };
    Html::all(published().studies.iter().map(of))
}

impl Comparing {
    /// Takes a setting.
    pub fn set(&mut self, name: &str, value: &str) {
        match name {
            "first" => self.first = published().estimate(value),
            "second" => self.second = published().estimate(value),
            "binomial" => self.binomial = value == "yes",
            _ => {}
        }
    }

    /// The controls.
    pub fn controls(&self) -> Html {
        let choice = |name: &str, label: &str, chosen: Option<&'static Estimate>| {
            let options = [option("", "choose", chosen.is_none()), choices(chosen)];
            element(
                "label",
                &[("class", "choice")],
                &[text(label), text(" "), select(name, label, options.into_iter())],
            )
        };
        Html::all([
            plain("h3", "Compare two"),
            element(
                "div",
                &[("class", "tools")],
                &[
                    choice("compare.first", "First", self.first),
                    choice("compare.second", "Second", self.second),
                    tick(
                        "compare.binomial",
                        "where no standard error is printed, use the least that n allows",
                        self.binomial,
                    ),
                ],
            ),
        ])
    }

    /// The answer.
    pub fn html(&self) -> Html {
        let (Some(first), Some(second)) = (self.first, self.second) else {
            return span("p", "quiet", "Choose two estimates.");
        };
        let Some(found) = compare(first, second, self.binomial, LEVEL) else {
            return Html::default();
        };
        Html::all([
            rates(first, second, &found),
            differences(first, second, &found),
            plain("h4", "Reasons for caution"),
            list(
                "facts",
                found.cautions.iter().map(|caution| text(&en::caution(caution))),
            ),
        ])
    }
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
                cell("Whom", "", &[text(row.population)]),
                cell("Years", "number", &[known(&years(row))]),
                cell("n", "number", &[known(&patients(row.n))]),
                cell("Estimate, %", "number", &[plain("strong", &en::printed(row.estimate))]),
                cell("SE or 95 % CI", "", &[known(&spread(row))]),
                cell("Standard error used", "", &[text(&used)]),
            ],
        )
    };
    let head = head(&[
        ("Estimate", ""),
        ("Endpoint", ""),
        ("Whom", ""),
        ("Years", "number"),
        ("n", "number"),
        ("Estimate, %", "number"),
        ("SE or 95 % CI", ""),
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
        let hint = if helps {
            " The least standard error that n allows can be used."
        } else {
            ""
        };
        return span("p", "remark notice", &format!("{}{hint}", en::no_difference(rows)));
    }
    let line = |name: &str, estimate: String, (low, high): (String, String), p: String| {
        element(
            "tr",
            &[],
            &[
                element("th", &[("scope", "row")], &[text(name)]),
                cell("Estimate", "number", &[plain("strong", &estimate)]),
                cell("95 % interval", "number", &[text(&format!("{low} to {high}"))]),
                cell("p", "number", &[text(&p)]),
            ],
        )
    };
    let difference = |name: &str, found: Option<RateDifference>, places: usize| {
        found.map(|found| {
            line(
                name,
                signed(found.estimate, places),
                (
                    signed(found.interval.lower, places),
                    signed(found.interval.upper, places),
                ),
                en::p_value(found.p),
            )
        })
    };
    let ratio = found.cumulative_hazard_ratio().map(|(ratio, interval)| {
        line(
            "Ratio of cumulative hazards, first to second",
            decimal(ratio, 2),
            (decimal(interval.lower, 2), decimal(interval.upper, 2)),
            String::new(),
        )
    });
    let rows = [
        difference("First less second, percentage points", found.plain, 1),
        difference("First less second, log(−log) scale", found.log_log, 3),
        ratio,
    ];
    let head = head(&[
        ("Difference", ""),
        ("Estimate", "number"),
        ("95 % interval", "number"),
        ("p", "number"),
    ]);
    Html::all([
        table("compact", head, rows.into_iter().flatten()),
        Html::when(found.log_log.is_none(), || span("p", "quiet key", en::NO_LOG_LOG)),
    ])
}
