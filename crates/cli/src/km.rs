//! `cotside km`: Kaplan–Meier curves.

use std::fmt::Write as _;

use clap::Args;
use cotside_core::survival::{
    Confidence, CurveVariance, Interval, Labels, MOST_GROUPS, Quantile, RestrictedMean, Scale, SurvivalCurve,
    kaplan_meier_by, restricted_mean_difference, reverse_kaplan_meier_by,
};
use cotside_words::en;
use serde::Serialize;

use crate::analysis::{Common, EventCodes, EventValues, NotChosen, Source, data};
use crate::flags::{level, name_of, named, number, present};
use crate::grouping::GroupingFlags;
use crate::people::{count, exact, name, p_value, shown, time};
use crate::{Refusal, output, people};

/// Options of `km`.
#[derive(Debug, Args)]
#[command(after_help = "\
Rows with a missing value in a column that is used are left out and counted.

Example:
  cotside km --input cohort.csv --time years --event death --group arm --at 1,2,5 --rmst 5
  cotside km --input cohort.csv --time years --event death --group age_days --cut age_days=90,180 --filter \"kmt2a=rearranged\"")]
pub struct Km {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    events: EventValues,
    /// Column of delayed entry
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    entry: Option<String>,
    /// Column of case weights; where one is not a whole number, standard errors are robust
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    weights: Option<String>,
    /// Column of groups, a curve each
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    group: Option<String>,
    #[command(flatten)]
    grouping: GroupingFlags,
    #[command(flatten)]
    intervals: Intervals,
    /// Times at which to show survival, instead of every step (JSON has both)
    #[arg(long, value_name = "TIME", num_args = 1.., value_delimiter = ',', value_parser = number)]
    at: Vec<f64>,
    /// Mean survival time up to this time
    #[arg(long, value_name = "TAU", value_parser = number)]
    rmst: Option<f64>,
}

/// Scale and level of pointwise intervals.
#[derive(Debug, Args)]
pub struct Intervals {
    /// Scale of the intervals
    #[arg(long, value_name = "SCALE", default_value = "log-log", value_parser = named(&SCALES))]
    conf_type: Scale,
    /// Level of the intervals
    #[arg(long, value_name = "LEVEL", default_value = "0.95", value_parser = level)]
    conf_level: f64,
}

impl Intervals {
    /// Scale and level.
    pub fn confidence(&self, common: &Common) -> Result<Confidence, Refusal> {
        let found = Confidence::new(self.conf_type, self.conf_level);
        found.ok_or_else(|| common.refusal("--conf-level must lie between 0 and 1, such as 0.95"))
    }
}

/// Name of the only group where no groups are requested.
const ALL: &str = "all";

#[derive(Serialize)]
struct KaplanMeierAnswer {
    n: usize,
    n_excluded: usize,
    #[serde(flatten)]
    not_chosen: NotChosen,
    conf_type: &'static str,
    conf_level: f64,
    /// Of every standard error, interval and test here: `greenwood`, or `robust` where a weight has a fraction.
    variance: &'static str,
    groups: Vec<Group>,
    /// Differences of the restricted means, each pair of groups, the first less the second.
    rmst_differences: Vec<RmstDifference>,
    /// Warnings to print with the numbers.
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct Group {
    group: String,
    n: usize,
    events: f64,
    steps: Vec<Step>,
    quantiles: Vec<Quartile>,
    at: Vec<At>,
    rmst: Option<Rmst>,
    median_follow_up: FollowUpTime,
}

#[derive(Serialize)]
struct Step {
    time: f64,
    at_risk: f64,
    events: f64,
    censored: f64,
    survival: f64,
    std_err: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
}

#[derive(Serialize)]
struct Quartile {
    p: f64,
    time: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
}

#[derive(Serialize)]
struct At {
    time: f64,
    at_risk: f64,
    survival: f64,
    /// As in R, also where `no_interval` gives a reason why they are meaningless.
    std_err: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    /// Why there is no variance, and so no interval.
    no_interval: Option<String>,
    /// True if the curve ends before this time, so that its last value is carried forward.
    carried_on: bool,
}

#[derive(Serialize)]
struct Rmst {
    tau: f64,
    estimate: f64,
    /// As in R: 0 where `no_interval` gives a reason why it is meaningless.
    std_err: f64,
    /// Why there is no variance.
    no_interval: Option<String>,
    /// True if the curve ends before τ, so that its last value is carried forward.
    carried_on: bool,
}

#[derive(Serialize)]
struct RmstDifference {
    groups: [String; 2],
    estimate: f64,
    std_err: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    p: Option<f64>,
    /// Why there is neither interval nor p.
    no_test: Option<String>,
    /// Groups whose curve ends before τ with some patients event-free, so that the last value is carried forward.
    carried_on: Vec<String>,
}

#[derive(Serialize)]
struct FollowUpTime {
    time: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
}

/// Scales of intervals by name.
pub const SCALES: [(&str, Scale); 5] = [
    ("log-log", Scale::LogLog),
    ("log", Scale::Log),
    ("plain", Scale::Plain),
    ("logit", Scale::Logit),
    ("arcsin", Scale::Arcsin),
];

/// Returns the name of a scale as in `--conf-type`.
pub fn scale_code(scale: Scale) -> &'static str {
    name_of(&SCALES, scale)
}

impl Km {
    fn common(&self) -> Result<Common, Refusal> {
        let common = Common {
            entry: self.entry.clone(),
            weights: self.weights.clone(),
            group: self.group.clone(),
            grouping: self.grouping.clone(),
            ..Common::new("km", &self.source).with_events(&self.events)
        };
        match self.rmst {
            Some(tau) if tau <= 0.0 && self.entry.is_none() => {
                Err(common.refusal(&format!("--rmst {tau} is not accepted; give a time above 0")))
            }
            _ => Ok(common),
        }
    }
}

/// Which variance all curves carry: it is chosen by the weights of the whole file.
fn variance_code(curves: &[SurvivalCurve]) -> &'static str {
    match curves.first().map(SurvivalCurve::variance) {
        Some(CurveVariance::Robust) => "robust",
        _ => "greenwood",
    }
}

/// Reads the file and prints the curves.
pub fn run(options: &Km) -> Result<(), Refusal> {
    let common = options.common()?;
    let confidence = options.intervals.confidence(&common)?;
    let data = data(&common, EventCodes::Values)?;
    let labels = data
        .group
        .clone()
        .unwrap_or_else(|| Labels::single(data.follow_up.len(), ALL));
    let mislabelled = |error| common.refusal(&en::labels_error(error));
    let curves = kaplan_meier_by(&data.follow_up, &labels).map_err(mislabelled)?;
    let reverse = reverse_kaplan_meier_by(&data.follow_up, &labels).map_err(mislabelled)?;
    let groups = labels.names.iter().zip(curves.iter().zip(&reverse));
    let answer = KaplanMeierAnswer {
        n: data.follow_up.len(),
        n_excluded: data.n_excluded,
        not_chosen: data.not_chosen,
        conf_type: scale_code(confidence.scale()),
        conf_level: confidence.level(),
        variance: variance_code(&curves),
        groups: groups
            .map(|(name, (curve, reverse))| group(options, confidence, name, curve, reverse))
            .collect(),
        rmst_differences: differences(options.rmst, confidence, &labels, &curves),
        warnings: data.warnings(),
    };
    data.say_notes();
    if options.source.json {
        output::json(&answer)
    } else {
        output::print(&table(&answer))
    }
}

fn differences(
    rmst: Option<f64>,
    confidence: Confidence,
    labels: &Labels,
    curves: &[SurvivalCurve],
) -> Vec<RmstDifference> {
    let Some(tau) = rmst else {
        return Vec::new();
    };
    let means: Vec<(&String, RestrictedMean)> = labels
        .names
        .iter()
        .zip(curves)
        .filter_map(|(name, curve)| Some((name, curve.restricted_mean(tau)?)))
        .collect();
    let mut all = Vec::new();
    // The pairs of an identifier used as a group would fill the memory.
    let most = means.len().min(MOST_GROUPS);
    for (position, (first, mean)) in means[..most].iter().enumerate() {
        for (second, other) in &means[position + 1..most] {
            let difference = restricted_mean_difference(*mean, *other, confidence);
            let test = difference.test.ok();
            all.push(RmstDifference {
                groups: [(*first).clone(), (*second).clone()],
                estimate: difference.estimate,
                std_err: test.map(|test| test.std_err),
                lower: test.map(|test| test.interval.lower),
                upper: test.map(|test| test.interval.upper),
                p: test.map(|test| test.p),
                no_test: difference.test.err().map(|why| en::not_tested(why, first, second)),
                carried_on: [(*first, mean), (*second, other)]
                    .into_iter()
                    .filter(|(_, mean)| mean.carried_on)
                    .map(|(name, _)| name.clone())
                    .collect(),
            });
        }
    }
    all
}

fn group(options: &Km, confidence: Confidence, name: &str, curve: &SurvivalCurve, reverse: &SurvivalCurve) -> Group {
    let steps = (0..curve.len()).map(|step| {
        let (lower, upper) = ends(curve.interval(step, confidence));
        Step {
            time: curve.time()[step],
            at_risk: curve.at_risk()[step],
            events: curve.events()[step],
            censored: curve.censored()[step],
            survival: curve.survival()[step],
            std_err: curve.std_err(step),
            lower,
            upper,
        }
    });
    let at = options
        .at
        .iter()
        .filter_map(|&time| curve.at(time, confidence))
        .map(|at| {
            let (lower, upper) = ends(at.interval);
            At {
                time: at.time,
                at_risk: at.at_risk,
                survival: at.survival,
                std_err: at.std_err,
                lower,
                upper,
                no_interval: at.no_variance.map(|why| en::no_variance("", why)),
                carried_on: at.carried_on,
            }
        });
    let quartile = |each: &Quantile| Quartile {
        p: each.p,
        time: each.time,
        lower: each.lower,
        upper: each.upper,
    };
    let quantiles = curve.quantiles(&[0.25, 0.5, 0.75], confidence);
    // R computes all three fractions in one call, which matters to the last bit where a curve ends at one of them.
    let follow_up = reverse.quantiles(&[0.25, 0.5, 0.75], confidence);
    Group {
        group: name.to_owned(),
        n: curve.rows(),
        events: curve.all_events(),
        steps: steps.collect(),
        quantiles: quantiles.iter().map(quartile).collect(),
        at: at.collect(),
        rmst: options
            .rmst
            .and_then(|tau| curve.restricted_mean(tau))
            .map(|mean| Rmst {
                tau: mean.tau,
                estimate: mean.estimate,
                std_err: mean.std_err,
                no_interval: mean.no_variance.map(|why| en::no_variance("", why)),
                carried_on: mean.carried_on,
            }),
        median_follow_up: FollowUpTime {
            time: follow_up.get(1).and_then(|median| median.time),
            lower: follow_up.get(1).and_then(|median| median.lower),
            upper: follow_up.get(1).and_then(|median| median.upper),
        },
    }
}

fn ends(interval: Option<Interval>) -> (Option<f64>, Option<f64>) {
    (interval.map(|each| each.lower), interval.map(|each| each.upper))
}

/// Text after a value beyond the end of a curve.
pub const CARRIED_ON: &str = "; the curve ends earlier, its last value was carried on";

/// Behind a difference: whose curves end before the horizon.
fn carried_on_in(groups: &[String]) -> String {
    match groups {
        [] => String::new(),
        _ => format!("; the last value of {} was carried on", groups.join(" and ")),
    }
}

fn table(answer: &KaplanMeierAnswer) -> String {
    let mut text = format!(
        "n = {}, left out for a missing value: {}\n",
        answer.n, answer.n_excluded
    );
    text.push_str(&answer.not_chosen.line());
    let level = people::level(answer.conf_level);
    let _ = writeln!(text, "Kaplan–Meier, {} intervals of {level} %", answer.conf_type);
    if answer.variance == "robust" {
        text.push_str("a weight has a fraction: robust variance (infinitesimal jackknife), each row one subject\n");
    }
    for group in &answer.groups {
        group_for_people(&mut text, group);
    }
    for difference in &answer.rmst_differences {
        let [first, second] = difference.groups.each_ref().map(|group| name(group));
        let test = match &difference.no_test {
            Some(why) => format!(", no interval and no p: {}", name(why)),
            None => format!(
                " (plain {level} % interval {} to {}), {} (normal)",
                shown(difference.lower),
                shown(difference.upper),
                p_value(difference.p)
            ),
        };
        let _ = writeln!(
            text,
            "mean of {first} less that of {second}: {}{test}{}",
            people::number(difference.estimate),
            carried_on_in(&difference.carried_on)
        );
    }
    text
}

fn group_for_people(text: &mut String, group: &Group) {
    let _ = writeln!(
        text,
        "\n{}: n = {}, events = {}",
        name(&group.group),
        group.n,
        count(group.events)
    );
    if group.at.is_empty() {
        steps_for_people(text, &group.steps);
    }
    for at in &group.at {
        let interval = match &at.no_interval {
            Some(why) => format!("no interval: {why}"),
            None => format!(
                "std. err. {} ({} to {})",
                shown(at.std_err),
                shown(at.lower),
                shown(at.upper)
            ),
        };
        let carried_on = if at.carried_on { CARRIED_ON } else { "" };
        let _ = writeln!(
            text,
            "at {}: {}, {interval}, at risk {}{carried_on}",
            exact(at.time),
            people::number(at.survival),
            count(at.at_risk)
        );
    }
    for quantile in &group.quantiles {
        let median = if quantile.p == 0.5 { " (median)" } else { "" };
        let _ = writeln!(
            text,
            "{} % failed by{median} {} ({} to {})",
            quantile.p * 100.0,
            time(quantile.time),
            time(quantile.lower),
            time(quantile.upper)
        );
    }
    if let Some(mean) = &group.rmst {
        let carried_on = if mean.carried_on { CARRIED_ON } else { "" };
        let std_err = match &mean.no_interval {
            Some(why) => format!("no standard error: {why}"),
            None => format!("std. err. {}", people::number(mean.std_err)),
        };
        let _ = writeln!(
            text,
            "mean to {}: {}, {std_err}{carried_on}",
            exact(mean.tau),
            people::number(mean.estimate)
        );
    }
    let median = &group.median_follow_up;
    let _ = writeln!(
        text,
        "median follow-up (reverse Kaplan–Meier): {} ({} to {})",
        time(median.time),
        time(median.lower),
        time(median.upper)
    );
}

fn steps_for_people(text: &mut String, steps: &[Step]) {
    let _ = writeln!(
        text,
        "{:>12} {:>9} {:>8} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "time", "at risk", "events", "censored", "survival", "std. err.", "lower", "upper"
    );
    for step in steps {
        let _ = writeln!(
            text,
            "{:>12} {:>9} {:>8} {:>9} {:>9} {:>9} {:>9} {:>9}",
            exact(step.time),
            count(step.at_risk),
            count(step.events),
            count(step.censored),
            people::number(step.survival),
            shown(step.std_err),
            shown(step.lower),
            shown(step.upper)
        );
    }
}
