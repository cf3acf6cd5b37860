//! `cotside transplant`: transplantation as an event in time.

use std::fmt::Write as _;

use clap::Args;
use cotside_core::cohort::{Cells, Expected, Wanted};
use cotside_core::survival::cox::{CoxError, Design, Model, fit};
use cotside_core::survival::{
    Confidence, CountingRows, FollowUp, Landmark, SurvivalCurve, TransplantComparison, TransplantError, Transplants,
    kaplan_meier,
};
use cotside_words::en;
use serde::Serialize;

use crate::analysis::{Chosen, Common, Complete, EventCodes, EventValues, File, NotChosen, Source, left_out};
use crate::cox::{Coefficient, coefficients, refusal_of};
use crate::csv::Csv;
use crate::flags::{number, present};
use crate::grouping::GroupingFlags;
use crate::km::Intervals;
use crate::people::{exact, name, p_value, shown};
use crate::terms::Terms;
use crate::{Refusal, output, people};

/// Options of `transplant`.
#[derive(Debug, Args)]
#[command(after_help = "\
The column of --transplant holds the time from the origin to transplantation, in the unit of --time; it is empty where there was
none during follow-up. Patients ever transplanted are never compared with the others as groups: the waiting time would count
for the transplanted (immortal time).

Examples:
  cotside transplant --input cohort.csv --time years --event death --transplant years_to_hsct --landmark 0.5
  cotside transplant --input cohort.csv --time years --event death --transplant years_to_hsct --covariates age --factor kmt2a
  cotside transplant --input cohort.csv --time years --event death --transplant years_to_hsct --csv > curves.csv")]
pub struct Transplant {
    #[command(flatten)]
    source: Source,
    /// Print every step of Simon and Makuch's curves as CSV, with all digits; excludes --json
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    #[command(flatten)]
    events: EventValues,
    /// Column of the time to transplantation; an empty cell is no transplantation
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    transplant: String,
    #[command(flatten)]
    terms: Terms,
    #[command(flatten)]
    grouping: GroupingFlags,
    /// Landmark: of those followed beyond this time, those transplanted by then against the others
    #[arg(long, value_name = "TIME", value_parser = number)]
    landmark: Option<f64>,
    /// Times of Simon and Makuch's curves
    #[arg(long, value_name = "TIME", num_args = 1.., value_delimiter = ',', value_parser = number)]
    at: Vec<f64>,
    #[command(flatten)]
    intervals: Intervals,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TransplantAnswer {
    n: usize,
    n_transplanted: usize,
    n_events: usize,
    n_excluded: usize,
    #[serde(flatten)]
    not_chosen: NotChosen,
    conf_level: f64,
    /// Patients without follow-up, who are in no comparison.
    without_follow_up: usize,
    /// Patients transplanted at the end of follow-up, who have no time after it.
    transplanted_at_the_end: usize,
    immortal_time: ImmortalTime,
    time_dependent: Regression,
    mantel_byar: Comparison,
    landmark: Option<FromLandmark>,
    /// Simon and Makuch's: without transplant, then after it.
    curves: Vec<Curve>,
    /// Warnings to print with the numbers.
    warnings: Vec<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ImmortalTime {
    patients: usize,
    waiting_time: f64,
    share: f64,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Regression {
    /// Transplantation first, then the covariates.
    coefficients: Vec<Coefficient>,
    /// Why there is no model.
    no_model: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Comparison {
    /// In each pair the first is without transplant, the second after it.
    patients: Option<[usize; 2]>,
    person_time: Option<[f64; 2]>,
    observed: Option<[f64; 2]>,
    expected: Option<[f64; 2]>,
    chi2: Option<f64>,
    p: Option<f64>,
    /// Why there is no test.
    no_test: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct FromLandmark {
    time: f64,
    n: usize,
    n_transplanted: usize,
    n_events: usize,
    excluded_events: usize,
    excluded_censored: usize,
    transplanted_later: usize,
    #[serde(flatten)]
    test: Comparison,
    regression: Regression,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Curve {
    state: &'static str,
    n: usize,
    n_events: usize,
    steps: Vec<Step>,
    at: Vec<Step>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Step {
    time: f64,
    at_risk: f64,
    survival: f64,
    std_err: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
}

/// The name of transplantation among the coefficients.
const TERM: &str = "transplant";
const STATES: [&str; 2] = ["without_transplant", "after_transplant"];

/// Reads the file, prints the comparisons.
pub fn run(options: &Transplant) -> Result<(), Refusal> {
    let common = Common {
        grouping: options.grouping.clone(),
        ..Common::new("transplant", &options.source).with_events(&options.events)
    };
    let confidence = options.intervals.confidence(&common)?;
    let file = File::open(&common.input)?;
    let terms = options.terms.resolved(&common, &file)?;
    let grouped = common.grouped(&file)?;
    let mut wanted = [common.wanted(EventCodes::Values), grouped.wanted()].concat();
    wanted.extend(terms.wanted());
    wanted.push(Wanted {
        name: &options.transplant,
        cells: Cells::Numbers(Expected::NotNegative),
    });
    let (table, columns) = file.read(&wanted)?;
    drop(wanted);
    let mut rows = table.rows(columns);
    let used: Vec<&String> = terms.factors().iter().collect();
    rows.group(&common, grouped, &used)?;
    let chosen = Chosen::read(&common, &mut rows, EventCodes::Values)?;
    let terms = terms.read(&common, &mut rows)?;
    let waits = rows.take_numbers(&options.transplant, Expected::NotNegative)?;
    let complete = rows.finish();
    let data = chosen.data(&common, &complete)?;
    let design = terms.design(&complete)?.design;
    let waits: Vec<Option<f64>> = complete
        .pick(waits)
        .into_iter()
        .map(|wait| Some(wait).filter(|wait| !wait.is_nan()))
        .collect();
    let n_transplanted = waits.iter().flatten().count();
    let follow_up = &data.follow_up;
    let patients = Transplants::new(follow_up.time().to_vec(), follow_up.event().to_vec(), waits);
    let patients = patients.map_err(|error| refused(error, options, &complete))?;
    let counting = patients
        .counting_rows()
        .map_err(|error| refused(error, options, &complete))?;
    let landmark = options.landmark.map(|time| {
        let found = patients
            .landmark(time)
            .map_err(|error| refused(error, options, &complete))?;
        from_landmark(&patients, time, &found, &design, confidence, &complete)
    });
    let immortal_time = patients.immortal_time();
    let answer = TransplantAnswer {
        n: follow_up.len(),
        n_transplanted,
        n_events: follow_up.n_events(),
        n_excluded: data.n_excluded,
        not_chosen: data.not_chosen,
        conf_level: confidence.level(),
        without_follow_up: counting.without_follow_up,
        transplanted_at_the_end: counting.transplanted_at_the_end,
        immortal_time: ImmortalTime {
            patients: immortal_time.patients,
            waiting_time: immortal_time.waiting_time,
            share: immortal_time.share,
        },
        time_dependent: regression(
            (&counting.follow_up, &counting.transplanted, &counting.patient),
            &design,
            confidence,
            &complete,
        )?,
        mantel_byar: comparison(&patients, TransplantComparison::MantelByar),
        landmark: landmark.transpose()?,
        curves: curves(&counting, options, confidence),
        warnings: data.warnings(),
    };
    data.say_notes();
    if options.csv {
        if !options.at.is_empty() {
            output::say("cotside transplant: --at is not in the CSV; --json has all");
        }
        output::file(&steps_as_csv(&answer.curves))
    } else if options.source.json {
        output::json(&answer)
    } else {
        output::print(&for_people(&answer))
    }
}

fn refused(error: TransplantError, options: &Transplant, complete: &Complete<'_>) -> Refusal {
    let why = en::transplant_error(error);
    match error {
        TransplantError::TransplantAfterEnd { row } => {
            let columns = format!("{}, {}", options.transplant, options.source.time);
            complete.table.row_refusal(complete.row(row), &columns, &why)
        }
        _ => complete.table.refusal(&why),
    }
}

/// Transplantation beside the covariates of each row's patient.
fn regression(
    (follow_up, transplanted, patient): (&FollowUp, &[bool], &[u32]),
    covariates: &Design,
    confidence: Confidence,
    complete: &Complete<'_>,
) -> Result<Regression, Refusal> {
    let column = transplanted.iter().map(|&yes| f64::from(u8::from(yes))).collect();
    let columns = covariates.terms().iter().zip(covariates.columns());
    let design = columns.fold(Design::new().numeric(TERM, column), |design, (term, column)| {
        design.numeric(
            &term.to_string(),
            patient.iter().map(|&row| column[row as usize]).collect(),
        )
    });
    let model = Model {
        conf_level: confidence.level(),
        ..Model::new(follow_up, &design)
    };
    match fit(&model) {
        Ok(found) => Ok(Regression {
            coefficients: coefficients(&found, &design),
            no_model: None,
        }),
        Err(error @ CoxError::NoEvents) => Ok(Regression {
            coefficients: Vec::new(),
            no_model: Some(en::cox_error(&error, design.terms())),
        }),
        Err(error) => Err(refusal_of(error, complete, &design)),
    }
}

fn comparison(patients: &Transplants, how: TransplantComparison) -> Comparison {
    let found = patients.compare(how);
    let test = found.ok();
    Comparison {
        patients: test.map(|test| test.patients),
        person_time: test.map(|test| test.person_time),
        observed: test.map(|test| test.observed),
        expected: test.map(|test| test.expected),
        chi2: test.map(|test| test.chi_square),
        p: test.map(|test| test.p),
        no_test: found.err().map(en::transplant_error),
    }
}

fn from_landmark(
    patients: &Transplants,
    time: f64,
    found: &Landmark,
    design: &Design,
    confidence: Confidence,
    complete: &Complete<'_>,
) -> Result<FromLandmark, Refusal> {
    Ok(FromLandmark {
        time,
        n: found.patient.len(),
        n_transplanted: found.transplanted.iter().filter(|yes| **yes).count(),
        n_events: found.follow_up.n_events(),
        excluded_events: found.excluded_events,
        excluded_censored: found.excluded_censored,
        transplanted_later: found.transplanted_later,
        test: comparison(patients, TransplantComparison::Landmark(time)),
        regression: regression(
            (&found.follow_up, &found.transplanted, &found.patient),
            design,
            confidence,
            complete,
        )?,
    })
}

fn curves(rows: &CountingRows, options: &Transplant, confidence: Confidence) -> Vec<Curve> {
    let curve = |(follow_up, state): (Option<FollowUp>, &'static str)| {
        let follow_up = follow_up?;
        let curve = kaplan_meier(&follow_up);
        Some(Curve {
            state,
            n: follow_up.len(),
            n_events: follow_up.n_events(),
            steps: curve
                .time()
                .iter()
                .filter_map(|&time| step(&curve, time, confidence))
                .collect(),
            at: options
                .at
                .iter()
                .filter_map(|&time| step(&curve, time, confidence))
                .collect(),
        })
    };
    rows.by_state().into_iter().zip(STATES).filter_map(curve).collect()
}

fn step(curve: &SurvivalCurve, time: f64, confidence: Confidence) -> Option<Step> {
    let at = curve.at(time, confidence).filter(|_| curve.is_known_at(time))?;
    Some(Step {
        time,
        at_risk: at.at_risk,
        survival: at.survival,
        std_err: at.std_err,
        lower: at.interval.map(|interval| interval.lower),
        upper: at.interval.map(|interval| interval.upper),
    })
}

/// The steps of both curves.
fn steps_as_csv(curves: &[Curve]) -> String {
    let mut csv = Csv::new(["state", "time", "at_risk", "survival", "std_err", "lower", "upper"]);
    for curve in curves {
        for step in &curve.steps {
            let known = [step.time, step.at_risk, step.survival].map(Some);
            csv.row(
                &[curve.state],
                &[&known[..], &[step.std_err, step.lower, step.upper]].concat(),
            );
        }
    }
    csv.text()
}

fn told(text: &mut String, title: &str, found: &Comparison) {
    let line = match (found.patients, found.observed, found.expected) {
        (Some(patients), Some(observed), Some(expected)) => format!(
            "{} and {} patients without and after transplant; after it {} events observed, {} expected; {}",
            patients[0],
            patients[1],
            people::count(observed[1]),
            people::number(expected[1]),
            p_value(found.p)
        ),
        _ => format!("no test: {}", found.no_test.as_deref().unwrap_or_default()),
    };
    let _ = writeln!(text, "{title}: {line}");
}

fn ratios(text: &mut String, title: &str, found: &Regression) {
    for row in &found.coefficients {
        let _ = writeln!(text, "{title}, hazard ratio of {}: {}", name(row.name()), row.line());
    }
    if let Some(why) = &found.no_model {
        let _ = writeln!(text, "{title}: no model: {why}");
    }
}

fn for_people(answer: &TransplantAnswer) -> String {
    let mut text = format!(
        "{} of {} patients transplanted, {} events; intervals of {} %\n",
        answer.n_transplanted,
        answer.n,
        answer.n_events,
        people::level(answer.conf_level)
    );
    text.push_str(&answer.not_chosen.line());
    ratios(
        &mut text,
        "transplant as a time-dependent covariate",
        &answer.time_dependent,
    );
    told(&mut text, "Mantel–Byar test", &answer.mantel_byar);
    if let Some(found) = &answer.landmark {
        let title = format!("from the landmark {} on", exact(found.time));
        let _ = writeln!(
            text,
            "{title}: {} patients, {} transplanted by then, {} events; left out: {} with an event and {} censored before; {} \
             transplanted later count as not transplanted",
            found.n,
            found.n_transplanted,
            found.n_events,
            found.excluded_events,
            found.excluded_censored,
            found.transplanted_later
        );
        ratios(&mut text, &title, &found.regression);
        told(&mut text, &title, &found.test);
    }
    for curve in &answer.curves {
        let _ = writeln!(
            text,
            "{}: {} patients, {} events",
            curve.state.replace('_', " "),
            curve.n,
            curve.n_events
        );
        for step in &curve.at {
            let _ = writeln!(
                text,
                "  at {}: {} ({} to {}), at risk {}",
                exact(step.time),
                people::number(step.survival),
                shown(step.lower),
                shown(step.upper),
                people::count(step.at_risk)
            );
        }
    }
    let _ = writeln!(
        text,
        "waiting times: {} of {} patients, {} % of the follow-up of the transplanted",
        people::number(answer.immortal_time.waiting_time),
        answer.immortal_time.patients,
        people::rounded(100.0 * answer.immortal_time.share, 1)
    );
    for warning in &answer.warnings {
        let _ = writeln!(text, "warning: {}", name(warning));
    }
    if answer.warnings.is_empty() {
        text.extend(left_out(answer.n_excluded).map(|line| line + "\n"));
    }
    text
}
