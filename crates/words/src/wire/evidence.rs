//! The shapes of published evidence, of checks, comparisons, pooled estimates and reconstructed patients.

use cotside_core::cohort::TimeUnit;
use cotside_core::evidence::check::{Basis, BinomialCount, Finding, StandardErrorVerdict};
use cotside_core::evidence::{
    COMMENTARY, Caution, Comparison, EVIDENCE_LICENCE, EVIDENCE_VERSION, Effect, Estimate, HistoryEntry, Pool, Printed,
    PublishedStudy, Rate, RateCell, RateDifference, Reconstruction, RowKind, Spread, percent_on, percents_on,
    published,
};
use cotside_core::export::quoted_cell;
use cotside_core::survival::{Interval, Scale};
use serde::Serialize;
use serde_json::{Value, json};

use crate::en;

/// A study.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StudyWire {
    /// Id.
    pub study: &'static str,
    /// Name.
    pub name: &'static str,
    /// First year of enrolment.
    pub from: Option<u16>,
    /// Last.
    pub to: Option<u16>,
    /// Patients.
    pub n: Option<u32>,
    /// With a rearrangement.
    pub kmt2a_rearranged: Option<u32>,
    /// Tested.
    pub kmt2a_tested: Option<u32>,
    /// Per cent.
    pub complete_remission: Option<f64>,
    /// Per cent.
    pub induction_death: Option<f64>,
    /// Per cent.
    pub death_in_remission: Option<f64>,
    /// Per cent.
    pub transplanted: Option<f64>,
    /// Age limit as worded.
    pub age: Option<&'static str>,
    /// Who could enter by KMT2A.
    pub kmt2a: Option<&'static str>,
    /// Protocols.
    pub protocols: Vec<&'static str>,
    /// Cohorts whose infants are in it.
    pub infants: Vec<&'static str>,
    /// Its own publication.
    pub source: String,
    /// What a reader must know.
    pub note: Option<&'static str>,
}

/// An estimate of the table.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EstimateWire {
    /// Id.
    pub id: &'static str,
    /// Id of the study.
    pub study: &'static str,
    /// Abbreviation of the endpoint.
    pub endpoint: &'static str,
    /// Whom it describes.
    pub population: &'static str,
    /// Years.
    pub years: Option<f64>,
    /// Patients.
    pub n: Option<u32>,
    /// Per cent.
    pub estimate: f64,
    /// Standard error as printed, percentage points.
    pub standard_error: Option<f64>,
    /// 95 % interval as printed.
    pub interval95: Option<[f64; 2]>,
    /// A printed spread of uncertain meaning.
    pub unclear_spread: Option<f64>,
    /// The interval that may be drawn: printed, or computed from the standard error.
    pub drawn95: Option<[f64; 2]>,
    /// Where it was read.
    pub source: String,
    /// How sure we are.
    pub confidence: &'static str,
    /// What a reader must know.
    pub note: Option<&'static str>,
}

/// A finding of the checker.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FindingWire {
    /// The row checked, where it is one of the table.
    pub id: Option<&'static str>,
    /// What kind of check.
    pub check: &'static str,
    /// `follows`, `compatible`, `conditional` or `does_not_follow`.
    pub verdict: &'static str,
    /// With the arithmetic.
    pub text: String,
    /// The arithmetic as numbers; which ones hangs on the kind of check.
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Map<String, Value>"))]
    pub numbers: Value,
}

/// A caution.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CautionWire {
    /// Code.
    pub code: &'static str,
    /// The pair concerned.
    pub of: [&'static str; 2],
    /// The sentence.
    pub text: String,
}

fn some(text: &'static str) -> Option<&'static str> {
    (!text.is_empty()).then_some(text)
}

fn ends(interval: Interval) -> [f64; 2] {
    [interval.lower, interval.upper]
}

/// A number that JSON can hold.
fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// A study.
#[must_use]
pub fn study(study: &PublishedStudy) -> StudyWire {
    StudyWire {
        study: study.id,
        name: study.name,
        from: study.years.map(|years| years.0),
        to: study.years.map(|years| years.1),
        n: study.n,
        kmt2a_rearranged: study.kmt2a_rearranged,
        kmt2a_tested: study.kmt2a_tested,
        complete_remission: study.complete_remission.map(Printed::value),
        induction_death: study.induction_death.map(Printed::value),
        death_in_remission: study.death_in_remission.map(Printed::value),
        transplanted: study.transplanted.map(Printed::value),
        age: some(study.age),
        kmt2a: some(study.kmt2a),
        protocols: study.protocols.split_whitespace().collect(),
        infants: study.cohorts().collect(),
        source: en::source(study.source),
        note: some(study.note),
    }
}

/// An estimate.
#[must_use]
pub fn estimate(estimate: &Estimate) -> EstimateWire {
    let spread = estimate.spread();
    EstimateWire {
        id: estimate.id,
        study: estimate.study.id,
        endpoint: estimate.endpoint.code(),
        population: estimate.population,
        years: estimate.years,
        n: estimate.n,
        estimate: estimate.estimate.value(),
        standard_error: match spread {
            Spread::StandardError(error) => Some(error),
            _ => None,
        },
        interval95: match spread {
            Spread::Interval95(lower, upper) => Some([lower, upper]),
            _ => None,
        },
        unclear_spread: match spread {
            Spread::Unclear(number) => Some(number),
            _ => None,
        },
        drawn95: estimate.interval95().map(|interval| [interval.low, interval.high]),
        source: en::citation(&estimate.cite),
        confidence: estimate.cite.read.code(),
        note: some(estimate.note),
    }
}

/// The changes of the table after a version, each with the row as it is now where it is an estimate.
#[must_use]
pub fn changes(since: &str, date: &str, entries: &[&HistoryEntry]) -> Value {
    let one = |entry: &&HistoryEntry| {
        let row = (entry.kind == RowKind::Estimate)
            .then(|| published().estimate(entry.id))
            .flatten();
        json!({
            "version": entry.version, "date": entry.date, "kind": entry.kind.code(), "id": entry.id,
            "change": entry.change.code(), "what": some(entry.what), "estimate": row.map(estimate),
        })
    };
    json!({
        "since": since, "version": EVIDENCE_VERSION, "date": date, "licence": EVIDENCE_LICENCE,
        "changes": entries.iter().map(one).collect::<Vec<Value>>(),
    })
}

/// The commentary's table of five studies.
#[must_use]
pub fn commentary() -> Value {
    let rate = |cell: &RateCell| {
        json!({
            "subgroup": some(cell.subgroup), "estimate": cell.estimate, "standard_error": cell.standard_error,
            "years": cell.years, "id": cell.estimate_id,
        })
    };
    let rows: Vec<Value> = COMMENTARY
        .rows
        .iter()
        .map(|row| {
            let rearranged: Vec<Value> = row.event_free_rearranged.iter().map(rate).collect();
            json!({
                "study": row.study, "name": row.name, "years": row.years, "n": row.n,
                "kmt2a_rearranged": row.kmt2a_rearranged, "kmt2a_tested": row.kmt2a_tested,
                "kmt2a_percent": row.kmt2a_percent, "complete_remission": row.complete_remission,
                "induction_death": row.induction_death, "death_in_remission": row.death_in_remission,
                "death_in_remission_mark": row.death_in_remission_note.map(|note| note.mark()),
                "efs_all": rate(&row.event_free_all), "efs_kmt2a_rearranged": rearranged,
                "os_all": rate(&row.overall_all), "transplanted": row.transplanted,
            })
        })
        .collect();
    let footnotes: Vec<Value> = COMMENTARY
        .rows
        .iter()
        .filter_map(|row| row.death_in_remission_note)
        .map(|note| json!({ "mark": note.mark(), "text": en::footnote(note) }))
        .collect();
    let abbreviations: Vec<Value> = COMMENTARY
        .abbreviations
        .iter()
        .map(|(short, long)| json!({ "short": short, "long": long }))
        .collect();
    json!({
        "title": COMMENTARY.title, "rows": rows, "footnotes": footnotes, "abbreviations": abbreviations,
        "source": en::citation(&COMMENTARY.cite),
    })
}

/// A finding, of the row with this id where there is one.
#[must_use]
pub fn finding(id: Option<&'static str>, finding: &Finding) -> FindingWire {
    FindingWire {
        id,
        check: finding.code(),
        verdict: finding.verdict().code(),
        text: en::finding(finding),
        numbers: numbers(finding),
    }
}

fn count(count: &BinomialCount) -> Value {
    json!({
        "count": count.count, "total": count.total, "percent": count.percent, "standard_error": count.standard_error,
    })
}

/// The arithmetic of a finding as numbers.
fn numbers(finding: &Finding) -> Value {
    match finding {
        Finding::StandardError(check) => {
            let (kind, of) = match check.verdict {
                StandardErrorVerdict::OfAll(of) => ("of_all", Some(of)),
                StandardErrorVerdict::OfFewer(of) => ("of_fewer", Some(of)),
                StandardErrorVerdict::Possible => ("possible", None),
                StandardErrorVerdict::FarAbove { .. } => ("far_above", None),
                StandardErrorVerdict::TooSmall { cut: true } => ("cut", None),
                StandardErrorVerdict::TooSmall { cut: false } => ("too_small", None),
            };
            json!({
                "n": check.n, "estimate": check.estimate.value(), "standard_error": check.standard_error.value(),
                "binomial": check.binomial, "ratio": check.ratio, "effective_n": check.effective_n, "kind": kind,
                "of": of.as_ref().map(count), "neighbours": check.neighbours.iter().map(count).collect::<Vec<_>>(),
            })
        }
        Finding::Interval(check) => {
            let scales: Vec<Value> = check
                .scales
                .iter()
                .map(|fit| {
                    json!({
                        "scale": en::scale_name(fit.scale), "symmetric": fit.symmetric,
                        "std_err_from_lower": fit.from_lower, "std_err_from_upper": fit.from_upper,
                        "below_binomial": fit.below_binomial,
                        "from_standard_error": fit.from_standard_error.map(|(found, _)| ends(found)),
                        "follows_from_standard_error": fit.follows_from(Basis::StandardError),
                        "from_n": fit.from_n.map(|(found, _)| ends(found)),
                        "follows_from_n": fit.follows_from(Basis::Binomial),
                    })
                })
                .collect();
            json!({
                "estimate": check.estimate.value(), "lower": check.interval.0.value(),
                "upper": check.interval.1.value(), "level": check.level, "n": check.n,
                "standard_error": check.standard_error.map(Printed::value), "scales": scales,
            })
        }
        Finding::HazardRatio(check) => json!({
            "hazard_ratio": check.hazard_ratio.value(), "lower": check.interval.0.value(),
            "upper": check.interval.1.value(), "level": check.level, "centre": check.centre,
            "centred": check.centred, "std_err": check.std_err, "z": check.z, "p": check.computed_p,
            "p_lower": check.p_range.low, "p_upper": check.p_range.high, "p_follows": check.p_follows,
            "agree_on_one": check.agree_on_one,
        }),
        Finding::Count(check) => json!({
            "count": check.count, "total": check.total, "percent": check.percent.value(), "exact": check.exact,
            "cut": check.cut, "other_totals": check.other_totals, "other_counts": check.other_counts,
        }),
        Finding::Percent(check) => json!({
            "percent": check.percent.value(), "total": check.total, "counts": check.counts,
            "neighbours": check.neighbours, "of_fewer": check.of_fewer,
        }),
        Finding::Median(check) => json!({
            "median": check.median.value(), "lower": check.range.0.value(), "upper": check.range.1.value(),
            "midpoint": check.midpoint, "is_midpoint": check.is_midpoint, "n": check.n,
            "median_of_values": check.median_of_values, "range_of_values": check.range_of_values,
        }),
        Finding::WeightedMean(check) => json!({
            "estimate": check.whole.value(), "mean": check.mean, "lower": check.range.low, "upper": check.range.high,
            "difference": check.difference(),
        }),
        Finding::SameNumbers(check) => json!({
            "ids": [check.first.id, check.second.id], "years": [check.first.years, check.second.years],
        }),
    }
}

/// Cautions of a pair of rows.
#[must_use]
pub fn cautions(first: &Estimate, second: &Estimate, cautions: &[Caution]) -> Vec<CautionWire> {
    let wire = |caution: &Caution| CautionWire {
        code: caution.code(),
        of: [first.id, second.id],
        text: en::caution(caution),
    };
    cautions.iter().map(wire).collect()
}

/// A comparison of two rows.
#[must_use]
pub fn comparison(first: &Estimate, second: &Estimate, found: &Comparison) -> Value {
    let rate = |rate: Option<Rate>| {
        rate.map(|rate| {
            json!({
                "percent": rate.percent, "standard_error": rate.std_err, "origin": en::error_origin_code(rate.origin),
                "origin_text": en::error_origin(rate.origin),
            })
        })
    };
    let difference = |difference: Option<RateDifference>| {
        difference.map(|difference| {
            json!({
                "estimate": difference.estimate, "std_err": difference.std_err, "lower": difference.interval.lower,
                "upper": difference.interval.upper, "p": difference.p,
            })
        })
    };
    let ratio = found.cumulative_hazard_ratio();
    json!({
        "first": estimate(first), "second": estimate(second),
        "first_rate": rate(found.first), "second_rate": rate(found.second),
        "difference": difference(found.plain), "log_log_difference": difference(found.log_log),
        "cumulative_hazard_ratio": ratio.map(|(estimate, interval)| {
            json!({ "estimate": estimate, "lower": interval.lower, "upper": interval.upper })
        }),
        "no_test": en::no_test(found), "cautions": cautions(first, second, &found.cautions),
    })
}

/// How pooled numbers are read back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PoolScale {
    /// As they are.
    Identity,
    /// Logarithms of ratios.
    LogRatio,
    /// Rates on a scale.
    Rate(Scale),
}

impl PoolScale {
    /// The code in flags and JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::LogRatio => "log-ratio",
            Self::Rate(Scale::Arcsin) => "arcsin",
            Self::Rate(scale) => en::scale_name(scale),
        }
    }

    /// An estimate with its interval as ratio or rate in per cent; `None` on the identity scale.
    #[must_use]
    pub fn back(self, estimate: f64, interval: Option<Interval>) -> Option<Value> {
        let ratios = |interval: Interval| Interval {
            lower: cotside_core::evidence::ratio_of(interval.lower),
            upper: cotside_core::evidence::ratio_of(interval.upper),
        };
        let (estimate, interval) = match self {
            Self::Identity => return None,
            Self::LogRatio => (cotside_core::evidence::ratio_of(estimate), interval.map(ratios)),
            Self::Rate(scale) => (
                percent_on(scale, estimate),
                interval.map(|interval| percents_on(scale, interval)),
            ),
        };
        Some(json!({
            "estimate": finite(estimate), "lower": interval.and_then(|interval| finite(interval.lower)),
            "upper": interval.and_then(|interval| finite(interval.upper)),
        }))
    }
}

/// A pooled estimate with its studies.
#[must_use]
pub fn pool(found: &Pool, scale: PoolScale, labels: &[String], effects: &[Effect], without: Option<&[Pool]>) -> Value {
    let heterogeneity = &found.heterogeneity;
    let studies: Vec<Value> = labels
        .iter()
        .zip(effects)
        .zip(&found.weights)
        .map(|((label, effect), weight)| {
            json!({ "study": label, "estimate": effect.estimate, "std_err": effect.std_err, "weight": weight })
        })
        .collect();
    let left_out = without.map(|pools| {
        let one = |(label, pool): (&String, &Pool)| {
            json!({
                "without": label, "estimate": pool.estimate, "std_err": pool.std_err,
                "lower": pool.interval.map(|interval| interval.lower),
                "upper": pool.interval.map(|interval| interval.upper), "tau2": pool.heterogeneity.tau2,
                "i2": pool.heterogeneity.i2, "back": scale.back(pool.estimate, pool.interval),
            })
        };
        labels.iter().zip(pools).map(one).collect::<Vec<Value>>()
    });
    // Of a rate, 0 on the scale is no hypothesis.
    let tested = !matches!(scale, PoolScale::Rate(_));
    json!({
        "k": found.k, "scale": scale.code(), "method": found.method.code(), "test": found.test.code(),
        "estimate": found.estimate, "std_err": found.std_err, "lower": found.interval.map(|interval| interval.lower),
        "upper": found.interval.map(|interval| interval.upper),
        "no_interval": found.interval.is_none().then_some(en::ALL_ALIKE), "statistic": found.statistic.filter(|_| tested),
        "p": found.p.filter(|_| tested),
        "prediction": found.prediction.map(|range| json!({ "lower": range.lower, "upper": range.upper })),
        "back": scale.back(found.estimate, found.interval),
        "prediction_back": found.prediction.and_then(|range| scale.back(found.estimate, Some(range))),
        "heterogeneity": {
            "q": heterogeneity.q, "df": heterogeneity.df, "p": heterogeneity.p, "i2": heterogeneity.i2,
            "h2": heterogeneity.h2, "tau2": heterogeneity.tau2, "tau2_lower": heterogeneity.tau2_interval.lower,
            "tau2_upper": heterogeneity.tau2_interval.upper,
        },
        "studies": studies, "leave_one_out": left_out,
    })
}

/// Reconstructed patients. `reconstructed` is always true and stands first.
#[must_use]
pub fn reconstruction(found: &Reconstruction) -> Value {
    let fit = &found.fit;
    let at_risk: Vec<Value> = fit
        .at_risk
        .iter()
        .map(|(published, reconstructed)| {
            json!({ "time": published.time(), "published": published.patients, "reconstructed": reconstructed })
        })
        .collect();
    let rows: Vec<Value> = found
        .time
        .iter()
        .zip(&found.event)
        .map(|(time, event)| json!({ "time": time, "event": event }))
        .collect();
    json!({
        "reconstructed": true, "note": en::RECONSTRUCTED, "n": found.time.len(), "events": found.events(),
        "censoring_unknown": found.censoring_unknown,
        "missed": found.missed().into_iter().map(en::reconstruction_miss).collect::<Vec<String>>(),
        "fit": {
            "points": fit.points, "moved": fit.moved, "largest_move": fit.largest_move, "largest": fit.largest,
            "root_mean_square": fit.root_mean_square, "mean": fit.mean, "at_risk": at_risk,
            "published_events": fit.published_events,
        },
        "rows": rows,
    })
}

/// Reconstructed patients as a file of follow-up; the column `origin` marks every row for good. With a unit the columns
/// are named so that a reader of files of patients knows them and the unit.
#[must_use]
pub fn reconstruction_csv(found: &Reconstruction, unit: Option<TimeUnit>, group: Option<&str>) -> String {
    let columns = match unit {
        None => "time,event",
        Some(TimeUnit::Days) => "follow_up_days,event_status",
        Some(TimeUnit::Weeks) => "follow_up_weeks,event_status",
        Some(TimeUnit::Months) => "follow_up_months,event_status",
        Some(TimeUnit::Years) => "follow_up_years,event_status",
    };
    let quoted = group.map_or_else(String::new, |group| quoted_cell(group) + ",");
    let group = if group.is_some() { "group," } else { "" };
    let mut text = format!("{columns},{group}origin\n");
    for (time, event) in found.time.iter().zip(&found.event) {
        text.push_str(&format!("{time},{event},{quoted}reconstructed\n"));
    }
    text
}
