//! `cotside adjusted`: survival curves of groups, adjusted for covariates.

use std::fmt::Write as _;

use clap::Args;
use cotside_core::cohort::{Cells, Wanted};
use cotside_core::survival::cox::{
    AdjustedSurvival, CoxError, CoxFit, Design, Fitted, GroupsAs, Model, NoBaseline, OneLevel, Population, Ties, fit,
};
use cotside_core::survival::{Confidence, Labels};
use cotside_words::en;
use serde::Serialize;

use crate::analysis::{Chosen, Common, Data, EventCodes, EventValues, File, NotChosen, Source, cross, left_out};
use crate::cox::{has_fractions, refusal_of};
use crate::csv::Csv;
use crate::flags::{name_of, named, number, present};
use crate::grouping::GroupingFlags;
use crate::km::Intervals;
use crate::people::{exact, name, p_value, shown};
use crate::terms::Terms;
use crate::{Refusal, output, people};

/// Options of `adjusted`.
#[derive(Debug, Args)]
#[command(after_help = "\
Each curve is the average, over all patients, of the survival that Cox's regression predicts if every one of them were in the
group: the groups differ by the group alone (direct adjustment). --group-as strata gives each group a baseline hazard of its
own, so that hazards need not be proportional between groups. Standard errors are those of the delta method, the covariates
taken as given. JSON always has every step; the text for people has them with --steps.

Examples:
  cotside adjusted --input cohort.csv --time years --event death --group arm --covariates age,wbc --at 1,3,5
  cotside adjusted --input cohort.csv --time years --event death --group kmt2a --factor cns --group-as strata --reference kmt2a=germline
  cotside adjusted --input cohort.csv --time years --event death --group arm --covariates age,wbc --csv > curves.csv")]
pub struct Adjusted {
    #[command(flatten)]
    source: Source,
    /// Print every step of all curves as CSV, with all digits; excludes --json
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print every step of the curves, also in the text for people
    #[arg(long)]
    steps: bool,
    #[command(flatten)]
    events: EventValues,
    /// Column of groups, a curve each
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    group: String,
    /// How the groups enter the model
    #[arg(long, value_name = "ROLE", default_value = "covariate", value_parser = named(&ROLES))]
    group_as: Role,
    #[command(flatten)]
    terms: Terms,
    #[command(flatten)]
    grouping: GroupingFlags,
    /// Column of delayed entry
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    entry: Option<String>,
    /// Columns of further strata, each with a baseline of its own; several are crossed
    #[arg(long, value_name = "COLUMN", num_args = 1.., value_parser = present)]
    strata: Vec<String>,
    /// Column of case weights
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    weights: Option<String>,
    /// Column of clusters for the robust variance
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    cluster: Option<String>,
    /// Method for tied event times
    #[arg(long, value_name = "TIES", default_value = "efron", value_parser = named(&TIES))]
    ties: Ties,
    /// Times of estimates and of differences from the reference
    #[arg(long, value_name = "TIME", num_args = 1.., value_delimiter = ',', value_parser = number)]
    at: Vec<f64>,
    #[command(flatten)]
    intervals: Intervals,
}

/// How groups enter the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Covariate,
    Strata,
}

const ROLES: [(&str, Role); 2] = [("covariate", Role::Covariate), ("strata", Role::Strata)];
const TIES: [(&str, Ties); 2] = [("efron", Ties::Efron), ("breslow", Ties::Breslow)];

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AdjustedAnswer {
    n: usize,
    n_events: usize,
    n_excluded: usize,
    #[serde(flatten)]
    not_chosen: NotChosen,
    group_as: &'static str,
    ties: &'static str,
    conf_type: &'static str,
    conf_level: f64,
    /// Names of the covariates.
    adjusted_for: Vec<String>,
    /// The reference first.
    groups: Vec<Group>,
    /// Each group less the reference.
    differences: Vec<Difference>,
    /// Warnings to print with the numbers.
    warnings: Vec<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Group {
    group: String,
    n: usize,
    n_events: usize,
    /// The last time to which all strata of the group are followed.
    last_time: f64,
    /// At the times of events, as far as the group is followed.
    steps: Vec<Step>,
    at: Vec<Step>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Step {
    time: f64,
    survival: f64,
    std_err: f64,
    lower: Option<f64>,
    upper: Option<f64>,
    /// True if the group is not followed so far, so that the last value is carried forward.
    carried_on: bool,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Difference {
    groups: [String; 2],
    time: f64,
    estimate: f64,
    std_err: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    p: Option<f64>,
    /// Why there is neither interval nor p.
    no_test: Option<String>,
}

/// Reads the file, fits the model, prints the averages.
pub fn run(options: &Adjusted) -> Result<(), Refusal> {
    let common = Common {
        group: Some(options.group.clone()),
        entry: options.entry.clone(),
        weights: options.weights.clone(),
        strata: options.strata.clone(),
        grouping: options.grouping.clone(),
        ..Common::new("adjusted", &options.source).with_events(&options.events)
    };
    let confidence = options.intervals.confidence(&common)?;
    let file = File::open(&common.input)?;
    let common = common.resolved(&file);
    let terms = options.terms.resolved(&common, &file)?;
    let others = terms.columns().any(|column| *column != options.group);
    if !others {
        return Err(
            common.refusal("name what to adjust for with --covariates or --factor, beside the column of --group")
        );
    }
    if terms.is_number(&options.group) {
        return Err(common
            .refusal("the column of --group has levels; name it with --factor, or leave it out of the covariates"));
    }
    let grouped = common.grouped(&file)?;
    let mut wanted = [common.wanted(EventCodes::Values), grouped.wanted()].concat();
    wanted.extend(terms.wanted());
    wanted.extend(options.cluster.iter().map(|name| Wanted {
        name,
        cells: Cells::Texts,
    }));
    let (table, columns) = file.read(&wanted)?;
    drop(wanted);
    let mut rows = table.rows(columns);
    let used: Vec<&String> = common.columns_of_groups().into_iter().chain(terms.factors()).collect();
    rows.group(&common, grouped, &used)?;
    let chosen = Chosen::read(&common, &mut rows, EventCodes::Values)?;
    let terms = terms.read(&common, &mut rows)?;
    let cluster = options.cluster.as_ref().map(|name| rows.texts(name)).transpose()?;
    let complete = rows.finish();
    let data = chosen.data(&common, &complete)?;
    let groups = compared(data.against_reference().unwrap_or_default(), &common)?;
    let design = terms.design(&complete)?.design;
    let (design, place) = with_groups(design, options, &groups, &common)?;
    let strata = strata_of(&data, &groups, options.group_as);
    let cluster = cluster.map(|column| complete.labels(&column));
    let model = Model {
        strata: strata.as_ref(),
        cluster: cluster.as_ref(),
        robust: has_fractions(&data.follow_up),
        ties: options.ties,
        ..Model::new(&data.follow_up, &design)
    };
    let refuse = |error: CoxError| refusal_of(error, &complete, &design);
    let found = fit(&model).map_err(refuse)?;
    if !found.has_all_estimates() {
        return Err(common.refusal(&en::adjusted::no_estimate_of(&without_estimate(&found, &design))));
    }
    let place = match place {
        Some(place) => GroupsAs::Factor(place),
        None => GroupsAs::Strata(data.strata.as_ref()),
    };
    let populations = Population::of_groups(&model, &groups, place);
    let no_baseline = |found: NoBaseline| {
        let group = groups.names.get(found.group).map_or("", String::as_str);
        common.refusal(&format!(
            "in one of the strata there is nobody of “{group}”, so that it has no baseline hazard there; use --group-as covariate, or \
             fewer strata"
        ))
    };
    let fitted = Fitted::new(&model, &found).map_err(refuse)?;
    let events = data.follow_up.event_times();
    let times = [&events[..], &options.at].concat();
    let adjusted = fitted
        .adjusted(&populations.map_err(no_baseline)?, &times)
        .map_err(refuse)?;
    let warnings = found.warnings.iter().map(|each| en::cox_warning(each, design.terms()));
    let answer = AdjustedAnswer {
        n: found.n,
        n_events: found.n_events,
        n_excluded: data.n_excluded,
        not_chosen: data.not_chosen,
        group_as: name_of(&ROLES, options.group_as),
        ties: name_of(&TIES, options.ties),
        conf_type: crate::km::scale_code(confidence.scale()),
        conf_level: confidence.level(),
        adjusted_for: design
            .variables()
            .iter()
            .filter(|each| **each != options.group)
            .cloned()
            .collect(),
        groups: (0..groups.len())
            .map(|group| of_group((&events, &options.at), &data, &groups, &adjusted, group, confidence))
            .collect(),
        differences: differences(options, &groups, &adjusted, confidence),
        warnings: warnings.chain(data.warnings()).collect(),
    };
    data.say_notes();
    if options.csv {
        if !options.at.is_empty() {
            output::say("cotside adjusted: --at is not in the CSV; --json has all");
        }
        return output::file(&steps_as_csv(&answer));
    }
    if options.source.json {
        output::json(&answer)
    } else {
        output::print(&for_people(&answer, options.steps))
    }
}

/// Groups with something to compare.
fn compared(groups: Labels, common: &Common) -> Result<Labels, Refusal> {
    if groups.len() < 2 {
        return Err(common.refusal(
            "the column of --group has one level only in the rows that are used; there is nothing to compare",
        ));
    }
    Ok(groups)
}

/// The design with the groups as a factor, and its position; the groups are no factor where they are strata.
fn with_groups(
    design: Design,
    options: &Adjusted,
    groups: &Labels,
    common: &Common,
) -> Result<(Design, Option<usize>), Refusal> {
    let place = design.variables().iter().position(|name| *name == options.group);
    match (options.group_as, place) {
        (Role::Covariate, Some(place)) => Ok((design, Some(place))),
        (Role::Covariate, None) => {
            let place = design.variables().len();
            let design = design.factor(&options.group, groups);
            let design = design.map_err(|OneLevel| common.refusal("the column of --group has one level only"))?;
            Ok((design, Some(place)))
        }
        (Role::Strata, None) => Ok((design, None)),
        (Role::Strata, Some(_)) => Err(common.refusal(
            "--group-as strata: the column of --group is a factor of the model too; leave it out of --factor",
        )),
    }
}

fn strata_of(data: &Data, groups: &Labels, role: Role) -> Option<Labels> {
    match (role, &data.strata) {
        (Role::Covariate, strata) => strata.clone(),
        (Role::Strata, None) => Some(groups.clone()),
        (Role::Strata, Some(strata)) => Some(cross(strata, groups)),
    }
}

fn without_estimate(found: &CoxFit, design: &Design) -> Vec<String> {
    let lacking = found.without_ratio().into_iter();
    lacking.map(|term| design.terms()[term].to_string()).collect()
}

fn of_group(
    (events, at): (&[f64], &[f64]),
    data: &Data,
    groups: &Labels,
    adjusted: &AdjustedSurvival,
    group: usize,
    confidence: Confidence,
) -> Group {
    let last_time = adjusted.last(group).unwrap_or_default();
    let step = |time: f64| {
        let at = adjusted.at(group, time, confidence)?;
        Some(Step {
            time,
            survival: at.survival,
            std_err: at.std_err,
            lower: at.interval.map(|interval| interval.lower),
            upper: at.interval.map(|interval| interval.upper),
            carried_on: time > last_time,
        })
    };
    let own = || (0..groups.codes.len()).filter(|&row| groups.codes[row] as usize == group);
    Group {
        group: groups.names[group].clone(),
        n: own().count(),
        n_events: own().filter(|&row| data.follow_up.event()[row] != 0).count(),
        last_time,
        steps: events
            .iter()
            .copied()
            .filter(|time| *time <= last_time)
            .filter_map(step)
            .collect(),
        at: at.iter().copied().filter_map(step).collect(),
    }
}

fn differences(
    options: &Adjusted,
    groups: &Labels,
    adjusted: &AdjustedSurvival,
    confidence: Confidence,
) -> Vec<Difference> {
    let names = &groups.names;
    let difference = |group: usize, time: f64| {
        let found = adjusted.difference(group, 0, time, confidence)?;
        let test = found.test.ok();
        Some(Difference {
            groups: [names[group].clone(), names[0].clone()],
            time,
            estimate: found.estimate,
            std_err: test.map(|test| test.std_err),
            lower: test.map(|test| test.interval.lower),
            upper: test.map(|test| test.interval.upper),
            p: test.map(|test| test.p),
            no_test: found
                .test
                .err()
                .map(|why| en::not_tested(why, &names[group], &names[0])),
        })
    };
    let others = 1..groups.len();
    others
        .flat_map(|group| {
            options
                .at
                .iter()
                .filter_map(move |&time| difference(group, time))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The steps of every curve.
fn steps_as_csv(answer: &AdjustedAnswer) -> String {
    let mut csv = Csv::new(["group", "time", "survival", "std_err", "lower", "upper"]);
    for group in &answer.groups {
        for step in &group.steps {
            let known = [step.time, step.survival, step.std_err].map(Some);
            csv.row(&[&group.group], &[&known[..], &[step.lower, step.upper]].concat());
        }
    }
    csv.text()
}

fn for_people(answer: &AdjustedAnswer, with_steps: bool) -> String {
    let level = people::level(answer.conf_level);
    let mut text = format!(
        "{} events of {}; survival adjusted for {} by Cox's regression (groups as {}), {} intervals of {level} %\n",
        answer.n_events,
        answer.n,
        answer
            .adjusted_for
            .iter()
            .map(|each| name(each))
            .collect::<Vec<_>>()
            .join(", "),
        answer.group_as,
        answer.conf_type,
    );
    text.push_str(&answer.not_chosen.line());
    for group in &answer.groups {
        let _ = writeln!(
            text,
            "\n{}: n = {}, events = {}",
            name(&group.group),
            group.n,
            group.n_events
        );
        if with_steps {
            table(&mut text, &group.steps);
        }
        match (&group.at[..], group.steps.last()) {
            ([], Some(last)) if !with_steps => {
                let _ = writeln!(
                    text,
                    "at the last event, {}: {} ({} to {}) (its steps: --steps, --json or --csv; survival at other times: --at)",
                    exact(last.time),
                    people::number(last.survival),
                    shown(last.lower),
                    shown(last.upper)
                );
            }
            ([], _) => {}
            (at, _) => table(&mut text, at),
        }
    }
    if !answer.differences.is_empty() {
        text.push('\n');
    }
    for difference in &answer.differences {
        let [first, second] = difference.groups.each_ref().map(|group| name(group));
        let test = match &difference.no_test {
            Some(why) => format!(", no interval and no p: {}", name(why)),
            None => format!(
                " ({level} % interval {} to {}), {}",
                shown(difference.lower),
                shown(difference.upper),
                p_value(difference.p)
            ),
        };
        let _ = writeln!(
            text,
            "at {}: {first} less {second} {}{test}",
            exact(difference.time),
            people::number(difference.estimate)
        );
    }
    for warning in &answer.warnings {
        let _ = writeln!(text, "warning: {}", name(warning));
    }
    if answer.warnings.is_empty() {
        text.extend(left_out(answer.n_excluded).map(|line| line + "\n"));
    }
    text
}

fn table(text: &mut String, steps: &[Step]) {
    let _ = writeln!(
        text,
        "{:>12} {:>10} {:>10} {:>10} {:>10}",
        "time", "survival", "std. err.", "lower", "upper"
    );
    for step in steps {
        let carried_on = if step.carried_on { crate::km::CARRIED_ON } else { "" };
        let _ = writeln!(
            text,
            "{:>12} {:>10} {:>10} {:>10} {:>10}{carried_on}",
            exact(step.time),
            people::number(step.survival),
            people::number(step.std_err),
            shown(step.lower),
            shown(step.upper)
        );
    }
}
