//! `cotside cif`: cumulative incidence of competing causes, and Gray's test.

use std::fmt::Write as _;

use clap::Args;
use cotside_core::export;
use cotside_core::survival::{
    Confidence, CumulativeIncidence, GrayError, IncidenceAt, IncidenceVariance, Labels, Multiplicity, causes,
    cumulative_incidence, gray_test,
};
use cotside_words::en;
use serde::Serialize;

use crate::analysis::{self, Common, Data, EventCodes, NotChosen, Source};
use crate::causes::CauseFlags;
use crate::cif_comparison::{self, CORRECTIONS, Difference, Pair, cause_name, word_of};
use crate::flags::{name_of, named, number, present};
use crate::grouping::GroupingFlags;
use crate::km::{CARRIED_ON, Intervals, scale_code};
use crate::people::{self, count, name, p_value, shown};
use crate::{Refusal, output};

/// Name of the only group where no groups are requested.
const ALL: &str = "all";

/// Variances by name.
const VARIANCES: [(&str, IncidenceVariance); 2] = [
    ("jackknife", IncidenceVariance::Jackknife),
    ("aalen", IncidenceVariance::Aalen),
];

/// Options of `cif`.
#[derive(Debug, Args)]
#[command(after_help = "\
The event column holds whole numbers: 0 is censored, 1, 2, … are the causes; or words, which --causes and --censored name.
jackknife is the infinitesimal jackknife, as R's survival has it, also with weights; aalen is Aalen's estimate.
JSON always has every step; the text for people has them with --steps. With --weights, events are sums of weights, as those at risk.

Examples:
  cotside cif --input cohort.csv --time years --event cause --group arm --at 1,2,5
  cotside cif --input cohort.csv --time years --event first_event --causes relapse,death --censored none,alive --group arm \\
    --pairwise --difference --reference arm=standard --at 1,2,5")]
pub struct Cif {
    #[command(flatten)]
    source: Source,
    #[arg(long = "event-value", hide = true, value_parser = no_event_value)]
    _event_value: Option<String>,
    #[command(flatten)]
    causes: CauseFlags,
    /// Column of delayed entry
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    entry: Option<String>,
    /// Column of case weights
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    weights: Option<String>,
    /// Column of groups, curves each, and Gray's test between them
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    group: Option<String>,
    #[command(flatten)]
    grouping: GroupingFlags,
    /// Columns of strata of Gray's test; several are crossed
    #[arg(long, value_name = "COLUMN", num_args = 1.., value_parser = present)]
    strata: Vec<String>,
    #[command(flatten)]
    intervals: Intervals,
    /// Times at which to show incidences
    #[arg(long, value_name = "TIME", num_args = 1.., value_delimiter = ',', value_parser = number)]
    at: Vec<f64>,
    /// Variance of the incidences
    #[arg(long, value_name = "VARIANCE", default_value = "jackknife", value_parser = named(&VARIANCES))]
    variance: IncidenceVariance,
    /// Add Gray's test of each pair of groups
    #[arg(long)]
    pairwise: bool,
    /// Correction of the p values of the pairs, each cause by itself
    #[arg(long, value_name = "CORRECTION", default_value = "holm", value_parser = named(&CORRECTIONS))]
    correction: Multiplicity,
    /// Add differences of the incidences at the times of --at, each group less the reference
    #[arg(long)]
    difference: bool,
    /// Print every step of the curves as CSV, with all digits; excludes --json
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print every step of the curves, also in the text for people
    #[arg(long)]
    steps: bool,
}

fn no_event_value(_: &str) -> Result<String, String> {
    Err("has no meaning here: 0 is censored, 1, 2, … are the causes".into())
}

impl Cif {
    fn common(&self) -> Result<Common, Refusal> {
        let common = Common {
            entry: self.entry.clone(),
            weights: self.weights.clone(),
            group: self.group.clone(),
            grouping: self.grouping.clone(),
            strata: self.strata.clone(),
            causes: self.causes.clone(),
            ..Common::new("cif", &self.source)
        };
        let needs = [("pairwise", self.pairwise), ("difference", self.difference)];
        if let Some((flag, _)) = needs.iter().find(|(_, asked)| *asked && self.group.is_none()) {
            return Err(common.refusal(&format!("--{flag} needs --group: it compares groups")));
        }
        if self.difference && self.at.is_empty() {
            return Err(
                common.refusal("--difference needs --at: the times at which groups are compared, such as --at 1,5")
            );
        }
        if !self.strata.is_empty() && self.group.is_none() {
            return Err(common.refusal("--strata needs --group: strata are those of Gray's test"));
        }
        Ok(common)
    }
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct IncidenceAnswer {
    n: usize,
    n_excluded: usize,
    #[serde(flatten)]
    not_chosen: NotChosen,
    conf_type: &'static str,
    conf_level: f64,
    /// Of the standard errors.
    variance: &'static str,
    groups: Vec<Group>,
    gray: Option<Vec<Gray>>,
    /// Gray's tests of each pair of groups, where requested.
    pairs: Option<Vec<Pair>>,
    /// Differences to the reference, where requested.
    differences: Option<Vec<Difference>>,
    /// Warnings to print with the numbers.
    warnings: Vec<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Group {
    group: String,
    n: usize,
    causes: Vec<Cause>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Cause {
    cause: u32,
    /// Its word, where the event column holds words.
    name: Option<String>,
    /// Sum of the weights of the rows with this event: their number without weights.
    #[serde(serialize_with = "count_or_sum")]
    events: f64,
    steps: Vec<Step>,
    at: Vec<At>,
}

/// A count as a whole number.
#[allow(clippy::trivially_copy_pass_by_ref)] // As serde calls it.
fn count_or_sum<S: serde::Serializer>(events: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = 9e15;
    if events.fract() == 0.0 && *events < EXACT {
        serializer.serialize_u64(*events as u64)
    } else {
        serializer.serialize_f64(*events)
    }
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Step {
    time: f64,
    /// Only of CSV rows: JSON has it at the times of `--at`.
    #[serde(skip)]
    at_risk: f64,
    estimate: f64,
    std_err: f64,
    lower: Option<f64>,
    upper: Option<f64>,
    /// Why there is no variance, and so no meaningful interval.
    #[serde(skip)]
    no_interval: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct At {
    at_risk: f64,
    /// Why there is no variance, and so no meaningful interval.
    no_interval: Option<String>,
    /// True if follow-up ends before this time with some patients event-free, so that the last value is carried
    /// forward.
    carried_on: bool,
    #[serde(flatten)]
    step: Step,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Gray {
    cause: u32,
    name: Option<String>,
    chi2: Option<f64>,
    df: usize,
    p: Option<f64>,
    /// Why there is no test.
    no_test: Option<String>,
}

/// Reads the file, prints the incidences.
pub fn run(options: &Cif) -> Result<(), Refusal> {
    let common = &options.common()?;
    let confidence = options.intervals.confidence(common)?;
    let data = analysis::data(common, EventCodes::Causes)?;
    let refuse = |error| common.refusal(&en::incidence_error(error));
    let single = Labels::single(data.follow_up.len(), ALL);
    let groups = data.group.as_ref().unwrap_or(&single);
    let curves = cumulative_incidence(&data.follow_up, groups, options.variance).map_err(refuse)?;
    let mut warnings = data.warnings();
    if causes(&data.follow_up).is_empty() {
        warnings.push(NO_EVENT.to_owned());
    }
    let pairs = if options.pairwise {
        let single = Labels::single(data.follow_up.len(), "");
        let strata = data.strata.as_ref().unwrap_or(&single);
        match cif_comparison::pairs(&data, groups, strata, options.correction) {
            Ok(pairs) => Some(pairs),
            Err(why) => {
                warnings.push(format!("no pairs: {why}"));
                None
            }
        }
    } else {
        None
    };
    let differences = options
        .difference
        .then(|| cif_comparison::differences(&data, groups, &curves, &options.at, confidence));
    let gray = match gray(common, &data)? {
        Tests::Done(tests) => tests,
        Tests::None(why) => {
            output::say(&format!("cotside cif: {why}"));
            warnings.push(why);
            None
        }
    };
    let answer = IncidenceAnswer {
        n: data.follow_up.len(),
        n_excluded: data.n_excluded,
        not_chosen: data.not_chosen,
        conf_type: scale_code(confidence.scale()),
        conf_level: confidence.level(),
        variance: name_of(&VARIANCES, options.variance),
        gray,
        pairs,
        differences,
        groups: groups
            .names
            .iter()
            .zip(&curves)
            .map(|(name, curves)| group(name, curves, &options.at, confidence, &data.cause_words))
            .collect(),
        warnings,
    };
    data.say_notes();
    if options.csv {
        output::file(&steps_as_csv(&answer))
    } else if options.source.json {
        output::json(&answer)
    } else {
        output::print(&table_for_people(&answer, options.steps))
    }
}

/// Warning for a file without events.
const NO_EVENT: &str = "no event of any cause: every row is censored, and there is no incidence to estimate";

/// Gray's tests, or why there is none.
enum Tests {
    Done(Option<Vec<Gray>>),
    None(String),
}

fn gray(common: &Common, data: &Data) -> Result<Tests, Refusal> {
    let Some(groups) = &data.group else {
        return Ok(Tests::Done(None));
    };
    let single = Labels::single(data.follow_up.len(), "");
    let strata = data.strata.as_ref().unwrap_or(&single);
    let mut tests = Vec::new();
    for cause in causes(&data.follow_up) {
        match gray_test(&data.follow_up, groups, strata, cause) {
            Ok(test) => tests.push(Gray {
                cause,
                name: word_of(data, cause),
                chi2: Some(test.chi_square),
                df: test.df,
                p: Some(test.p),
                no_test: None,
            }),
            Err(error @ GrayError::NoVariance) => tests.push(Gray {
                cause,
                name: word_of(data, cause),
                chi2: None,
                df: groups.len() - 1,
                p: None,
                no_test: Some(en::gray_error(error)),
            }),
            Err(error @ (GrayError::OneGroup | GrayError::NeedsPlainRows | GrayError::TooManyGroups { .. })) => {
                return Ok(Tests::None(en::gray_error(error)));
            }
            Err(error @ GrayError::Labels) => return Err(common.refusal(&en::gray_error(error))),
        }
    }
    Ok(Tests::Done(Some(tests)))
}

fn group(name: &str, curves: &CumulativeIncidence, at: &[f64], confidence: Confidence, words: &[String]) -> Group {
    let step = |time, at: IncidenceAt| {
        let limits = at.interval(confidence);
        Step {
            time,
            at_risk: at.at_risk,
            estimate: at.estimate,
            std_err: at.std_err,
            lower: limits.map(|limits| limits.lower),
            upper: limits.map(|limits| limits.upper),
            no_interval: at.no_variance().map(|why| en::no_variance("", why)),
        }
    };
    let cause = |k: usize| {
        let column = &curves.causes[k];
        let steps = (0..curves.time.len()).filter_map(|index| Some(step(curves.time[index], curves.step(k, index)?)));
        let asked = at.iter().filter_map(|&time| Some((time, curves.at(k, time)?)));
        let word = usize::try_from(column.cause)
            .ok()
            .and_then(|cause| words.get(cause.checked_sub(1)?));
        Cause {
            cause: column.cause,
            name: word.cloned(),
            events: column.event_weight,
            steps: steps.collect(),
            at: asked
                .map(|(time, at)| At {
                    at_risk: at.at_risk,
                    no_interval: at.no_variance().map(|why| en::no_variance("", why)),
                    carried_on: !curves.is_known_at(time),
                    step: step(time, at),
                })
                .collect(),
        }
    };
    Group {
        group: name.to_owned(),
        n: curves.n,
        causes: (0..curves.causes.len()).map(cause).collect(),
    }
}

fn table_for_people(answer: &IncidenceAnswer, with_steps: bool) -> String {
    let mut text = format!(
        "Aalen–Johansen, {} intervals of {} %, variance: {}\n",
        answer.conf_type,
        people::level(answer.conf_level),
        answer.variance
    );
    text.push_str(&answer.not_chosen.line());
    for group in &answer.groups {
        if group.causes.is_empty() {
            let _ = writeln!(text, "{}: no event, all {} are censored", name(&group.group), group.n);
        }
        for cause in &group.causes {
            let _ = writeln!(
                text,
                "\n{}, {}: n = {}, events = {}",
                name(&group.group),
                cause_name(cause.cause, cause.name.as_ref()),
                group.n,
                count(cause.events)
            );
            cause_for_people(&mut text, cause, with_steps);
        }
    }
    for test in answer.gray.iter().flatten() {
        let _ = match test.chi2 {
            Some(chi2) => writeln!(
                text,
                "Gray's test, {}: chi2 = {} on {} df, {}",
                cause_name(test.cause, test.name.as_ref()),
                people::number(chi2),
                test.df,
                p_value(test.p)
            ),
            None => writeln!(
                text,
                "Gray's test, {}: no test: {}",
                cause_name(test.cause, test.name.as_ref()),
                test.no_test.as_deref().unwrap_or_default()
            ),
        };
    }
    text.push_str(&cif_comparison::for_people(
        answer.pairs.as_deref().unwrap_or_default(),
        answer.differences.as_deref().unwrap_or_default(),
        &people::level(answer.conf_level),
    ));
    if let Some(left_out) = analysis::left_out(answer.n_excluded) {
        let _ = writeln!(text, "{left_out}");
    }
    text
}

/// The steps of every curve as rows of CSV, with all digits.
fn steps_as_csv(answer: &IncidenceAnswer) -> String {
    let header = [
        "group", "cause", "name", "time", "at_risk", "estimate", "std_err", "lower", "upper",
    ];
    let mut text = export::row(header) + "\n";
    for group in &answer.groups {
        for cause in &group.causes {
            for step in &cause.steps {
                let known = |value: Option<f64>| {
                    let value = value.filter(|_| step.no_interval.is_none());
                    value.map_or_else(String::new, |value| value.to_string())
                };
                let cells = [
                    group.group.clone(),
                    cause.cause.to_string(),
                    cause.name.clone().unwrap_or_default(),
                    step.time.to_string(),
                    step.at_risk.to_string(),
                    step.estimate.to_string(),
                    known(Some(step.std_err)),
                    known(step.lower),
                    known(step.upper),
                ];
                text.push_str(&export::row(cells));
                text.push('\n');
            }
        }
    }
    text
}

fn cause_for_people(text: &mut String, cause: &Cause, with_steps: bool) {
    let head = |at_risk: &str| {
        format!(
            "{:>12} {:>10} {:>10} {:>10} {:>10}{at_risk}\n",
            "time", "incidence", "std. err.", "lower", "upper"
        )
    };
    if with_steps {
        text.push_str(&head(""));
        for step in &cause.steps {
            let _ = writeln!(text, "{}{}", step_for_people(step), no_interval(step));
        }
    }
    if !cause.at.is_empty() {
        text.push_str(&head(&format!(" {:>9}", "at risk")));
    }
    for at in &cause.at {
        let carried_on = if at.carried_on { CARRIED_ON } else { "" };
        let (step, at_risk) = (&at.step, count(at.at_risk));
        let _ = writeln!(
            text,
            "{} {at_risk:>9}{}{carried_on}",
            step_for_people(step),
            no_interval(step)
        );
    }
    if let Some(last) = cause.steps.last().filter(|_| cause.at.is_empty() && !with_steps) {
        let limits = match &last.no_interval {
            Some(why) => format!("no interval: {why}"),
            None => format!("({} to {})", shown(last.lower), shown(last.upper)),
        };
        let _ = writeln!(
            text,
            "at the end, {}: {} {limits} (its steps: --steps, --json or --csv; incidences at other times: --at)",
            people::exact(last.time),
            people::number(last.estimate)
        );
    }
}

fn step_for_people(step: &Step) -> String {
    let known = |value: Option<f64>| shown(value.filter(|_| step.no_interval.is_none()));
    format!(
        "{:>12} {:>10} {:>10} {:>10} {:>10}",
        people::exact(step.time),
        people::number(step.estimate),
        known(Some(step.std_err)),
        known(step.lower),
        known(step.upper)
    )
}

fn no_interval(step: &Step) -> String {
    let why = step.no_interval.as_ref();
    why.map_or_else(String::new, |why| format!("  no interval: {why}"))
}
