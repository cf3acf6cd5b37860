//! The shapes of digitised figures: their rows as CSV, what is known of their groups, how two readings agree.

use cotside_core::cohort::TimeUnit;
use cotside_core::evidence::{
    Agreement, CauseFit, DigitisedFigure, FigureKind, NotCompared, Ratio, Rebuilt, between_groups,
};
use cotside_core::export::quoted_cell;
use serde_json::{Value, json};

use crate::en;

/// The rows of every group as a file of follow-up; the column `origin` marks every row for good. With `for_cohorts` the
/// columns are named so that a reader of files of patients knows them and the unit.
#[must_use]
pub fn rows_csv(figure: &DigitisedFigure, for_cohorts: bool) -> String {
    let columns = match (for_cohorts, figure.input().unit) {
        (false, _) => "time,event",
        (true, TimeUnit::Days) => "follow_up_days,event_status",
        (true, TimeUnit::Weeks) => "follow_up_weeks,event_status",
        (true, TimeUnit::Months) => "follow_up_months,event_status",
        (true, TimeUnit::Years) => "follow_up_years,event_status",
    };
    let named = figure.input().groups.iter().any(|group| !group.name.is_empty());
    let group = if named { "group," } else { "" };
    let mut text = format!("{columns},{group}origin\n");
    for (group, rebuilt) in figure.groups() {
        let name = if named {
            quoted_cell(&group.name) + ","
        } else {
            String::new()
        };
        for (time, event) in rebuilt.time().iter().zip(rebuilt.event()) {
            text.push_str(&format!("{time},{event},{name}reconstructed\n"));
        }
    }
    text
}

fn ratio(ratio: Option<Ratio>) -> Value {
    ratio.map_or(
        Value::Null,
        |ratio| json!({ "ratio": ratio.ratio, "lower": ratio.lower, "upper": ratio.upper, "p": ratio.p }),
    )
}

fn cause_fit(fit: &CauseFit) -> Value {
    json!({
        "points": fit.points, "moved": fit.moved, "largest_move": fit.largest_move, "largest": fit.largest,
        "root_mean_square": fit.root_mean_square, "events": fit.events, "published_events": fit.published_events,
    })
}

fn group(figure: &DigitisedFigure, place: usize) -> Value {
    let (read, rebuilt) = (&figure.input().groups[place], &figure.rebuilt()[place]);
    let at_risk: Vec<Value> = rebuilt
        .at_risk()
        .iter()
        .map(|(published, found)| {
            json!({ "time": published.time(), "published": published.patients, "reconstructed": found })
        })
        .collect();
    let (fit, missed) = match rebuilt {
        Rebuilt::Survival(found) => (
            json!({ "survival": {
                "points": found.fit.points, "moved": found.fit.moved, "largest_move": found.fit.largest_move,
                "largest": found.fit.largest, "root_mean_square": found.fit.root_mean_square,
                "events": found.events(), "published_events": found.fit.published_events,
            } }),
            found.missed(),
        ),
        Rebuilt::Incidence(found) => (
            json!({
                "event": cause_fit(&found.event_fit), "competing": found.competing_fit.as_ref().map(cause_fit),
            }),
            found.missed(),
        ),
    };
    let range = match rebuilt {
        Rebuilt::Incidence(found) => found.event_range,
        Rebuilt::Survival(_) => None,
    };
    json!({
        "group": read.name, "n": rebuilt.time().len(), "events": rebuilt.events(1),
        "competing_events": (figure.input().kind == FigureKind::Incidence && !rebuilt.competing_unknown())
            .then(|| rebuilt.events(2)),
        "event_range": range.map(|(least, most)| [least, most]),
        "median": rebuilt.median(), "censoring_unknown": rebuilt.censoring_unknown(),
        "missed": missed.into_iter().map(en::reconstruction_miss).collect::<Vec<String>>(),
        "fit": fit, "at_risk": at_risk,
        "rows": rebuilt.time().iter().zip(rebuilt.event())
            .map(|(time, event)| json!({ "time": time, "event": event })).collect::<Vec<Value>>(),
    })
}

/// A digitised figure, its groups compared with one of them. `reconstructed` is always true and stands first.
#[must_use]
pub fn figure(figure: &DigitisedFigure, reference: usize) -> Value {
    let (source, input) = (&figure.provenance, figure.input());
    let name = |place: usize| input.groups.get(place).map_or("", |group| group.name.as_str());
    let between = match between_groups(figure, reference) {
        Ok(found) => {
            let ratios: Vec<Value> = found
                .ratios
                .iter()
                .map(|each| {
                    let printed = input.printed.as_ref().filter(|printed| {
                        printed.group == name(each.group) && printed.reference == name(found.reference)
                    });
                    json!({
                        "group": name(each.group), "hazard_ratio": ratio(each.hazard),
                        "subdistribution_ratio": ratio(each.subdistribution),
                        "printed": printed.map(|printed| json!({
                            "ratio": printed.ratio, "interval": printed.interval,
                            "reconstructed_over_printed": each.hazard.map(|hazard| hazard.ratio / printed.ratio),
                        })),
                    })
                })
                .collect();
            let test = found.test.map(|test| {
                let name = if input.kind == FigureKind::Incidence {
                    "gray"
                } else {
                    "log-rank"
                };
                json!({ "test": name, "chi2": test.chi2, "df": test.df, "p": test.p })
            });
            json!({
                "note": en::digitised::OF_RECONSTRUCTION, "reference": name(found.reference), "test": test,
                "ratios": ratios,
            })
        }
        Err(NotCompared::OneGroup) => Value::Null,
        Err(why) => json!({ "not_compared": en::digitised::not_compared(why) }),
    };
    json!({
        "reconstructed": true, "note": en::RECONSTRUCTED,
        "study": source.study, "figure": source.figure, "page": source.page, "digitised_by": source.digitised_by,
        "date": source.date, "remark": source.note,
        "kind": input.kind.code(), "time_unit": input.unit.code(),
        "groups": (0..input.groups.len()).map(|place| group(figure, place)).collect::<Vec<Value>>(),
        "between_groups": between,
    })
}

/// How two readings agree.
#[must_use]
pub fn agreement(found: &Agreement) -> Value {
    let curves: Vec<Value> = found
        .curves
        .iter()
        .map(|curve| {
            let at = |each: &cotside_core::evidence::Difference| {
                json!({
                    "time": each.time, "first": each.first, "second": each.second, "difference": each.difference(),
                })
            };
            json!({
                "group": curve.group, "shows": curve.of.code(), "n": curve.patients, "events": curve.events,
                "median": curve.median, "largest": at(&curve.largest),
                "at": curve.at.iter().map(at).collect::<Vec<Value>>(),
                "times": curve.even.len(), "mean_difference": curve.mean,
                "limits_of_agreement": [curve.limits.0, curve.limits.1],
            })
        })
        .collect();
    let ratios: Vec<Value> = found
        .ratios
        .iter()
        .map(|each| {
            json!({
                "group": each.group, "reference": each.reference, "first": ratio(each.ratios[0]),
                "second": ratio(each.ratios[1]), "second_over_first": each.ratio_of_ratios(),
            })
        })
        .collect();
    json!({
        "differs": found.differs.iter().map(|each| en::digitised::figure_differs(*each)).collect::<Vec<&str>>(),
        "note": en::digitised::LIMITS_DESCRIBE, "curves": curves, "in_one_only": found.alone,
        "hazard_ratios": ratios,
    })
}
