//! `cotside finegray`: Fine and Gray's model of one cause.

use std::fmt::Write as _;

use clap::Args;
use cotside_core::survival::{ChiSquare, Confidence, FineGray, Scale, fine_gray};
use cotside_words::en;
use serde::Serialize;

use crate::analysis::{Chosen, Common, EventCodes, File, NotChosen, Source, left_out};
use crate::flags::level;
use crate::grouping::GroupingFlags;
use crate::people::{name, p, p_value, ratio, shown};
use crate::terms::{Knots, Splined, TermDesign, Terms};
use crate::{Refusal, output, people};

/// Options of `finegray`.
#[derive(Debug, Args)]
#[command(after_help = "\
The event column holds whole numbers: 0 is censored, 1, 2, … are the causes. Standard errors are robust.

Example:
  cotside finegray --input cohort.csv --time years --event cause --cause 1 --covariates age --factor arm")]
pub struct FineGrayOptions {
    #[command(flatten)]
    source: Source,
    #[arg(long = "event-value", hide = true, value_parser = no_event_value)]
    _event_value: Option<String>,
    /// The cause of interest
    #[arg(long, value_name = "CAUSE", default_value = "1", value_parser = cause)]
    cause: u32,
    #[command(flatten)]
    terms: Terms,
    #[command(flatten)]
    grouping: GroupingFlags,
    /// Level of the intervals
    #[arg(long, value_name = "LEVEL", default_value = "0.95", value_parser = level)]
    conf_level: f64,
}

fn no_event_value(_: &str) -> Result<String, String> {
    Err("has no meaning here: name the cause with --cause".into())
}

fn cause(text: &str) -> Result<u32, String> {
    let cause = text.trim().parse().ok().filter(|&cause| cause > 0);
    cause.ok_or_else(|| "is not a cause; give a whole number from 1".into())
}

#[derive(Serialize)]
struct FineGrayAnswer {
    cause: u32,
    n: usize,
    n_events: usize,
    n_competing: usize,
    n_excluded: usize,
    #[serde(flatten)]
    not_chosen: NotChosen,
    ties: &'static str,
    loglik_null: f64,
    loglik: f64,
    lr: Test,
    wald: Test,
    score: Test,
    concordance: Option<f64>,
    coefficients: Vec<Coefficient>,
    zph: Option<f64>,
    joint: Vec<Joint>,
    spline: Option<Knots>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct Test {
    chi2: Option<f64>,
    df: usize,
    p: Option<f64>,
}

#[derive(Serialize)]
struct Coefficient {
    name: String,
    coef: Option<f64>,
    hr: Option<f64>,
    std_err: Option<f64>,
    robust_std_err: Option<f64>,
    model_std_err: Option<f64>,
    z: Option<f64>,
    p: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
}

#[derive(Serialize)]
struct Joint {
    name: String,
    wald: Test,
}

impl Test {
    fn new(test: Option<ChiSquare>, df: usize) -> Self {
        Self {
            chi2: test.map(|test| test.chi2),
            df,
            p: test.map(|test| test.p),
        }
    }
}

/// Reads the file, prints the model.
pub fn run(options: &FineGrayOptions) -> Result<(), Refusal> {
    let common = Common {
        grouping: options.grouping.clone(),
        ..Common::new("finegray", &options.source)
    };
    if options.terms.is_empty() {
        return Err(common.refusal("--covariates or --factor is needed"));
    }
    let confidence = Confidence::new(Scale::Log, options.conf_level)
        .ok_or_else(|| common.refusal("--conf-level must lie between 0 and 1, such as 0.95"))?;
    let file = File::open(&common.input)?;
    let terms = options.terms.resolved(&common, &file)?;
    let grouped = common.grouped(&file)?;
    let mut wanted = [common.wanted(EventCodes::Causes), grouped.wanted()].concat();
    wanted.extend(terms.wanted());
    let (table, columns) = file.read(&wanted)?;
    drop(wanted);
    let mut rows = table.rows(columns);
    rows.group(&common, grouped, &terms.factors().iter().collect::<Vec<_>>())?;
    let chosen = Chosen::read(&common, &mut rows, EventCodes::Causes)?;
    let terms = terms.read(&common, &mut rows)?;
    let complete = rows.finish();
    let data = chosen.data(&common, &complete)?;
    let terms = terms.design(&complete)?;
    let design = &terms.design;
    let names: Vec<String> = design.terms().iter().map(ToString::to_string).collect();
    let model = fine_gray(&data.follow_up, design.columns(), options.cause)
        .map_err(|error| common.refusal(&en::fine_gray_error(error, &names, options.cause)))?;
    let mut answer = answer(options.cause, confidence, model, &names, data.n_excluded, &terms);
    answer.not_chosen = data.not_chosen;
    data.say_notes();
    if options.source.json {
        answer.warnings.extend(data.warnings());
        output::json(&answer)
    } else {
        output::print(&table_for_people(&answer, options.conf_level))
    }
}

fn answer(
    cause: u32,
    confidence: Confidence,
    model: FineGray,
    names: &[String],
    n_excluded: usize,
    terms: &TermDesign,
) -> FineGrayAnswer {
    let df = model.score.df as usize;
    let coefficient = |(k, name): (usize, &String)| {
        let estimate = model.estimates[k];
        let ratio = estimate.map(|each| each.hazard_ratio(confidence.z()));
        let [hr, lower, upper] = ratio.unwrap_or_default();
        let z = estimate.and_then(|each| each.z);
        let std_err = estimate.map(|each| each.std_err);
        Coefficient {
            name: name.clone(),
            coef: estimate.map(|each| each.coef),
            hr,
            std_err,
            robust_std_err: std_err,
            model_std_err: estimate.map(|each| each.model_std_err),
            z: z.map(|z| z.z),
            p: z.map(|z| z.p),
            lower,
            upper,
        }
    };
    FineGrayAnswer {
        cause,
        n: model.n,
        n_events: model.n_events,
        n_competing: model.n_competing,
        n_excluded,
        not_chosen: NotChosen::default(),
        ties: "breslow",
        loglik_null: model.loglik_null,
        loglik: model.loglik,
        lr: Test::new(Some(model.likelihood_ratio), df),
        wald: Test::new(model.wald, df),
        score: Test::new(Some(model.score), df),
        concordance: None,
        coefficients: names.iter().enumerate().map(coefficient).collect(),
        zph: None,
        joint: joint(&model, terms),
        spline: terms.spline.as_ref().map(Splined::knots),
        warnings: model
            .warnings
            .iter()
            .map(|&warning| en::fine_gray_warning(warning, names))
            .collect(),
    }
}

/// Wald's test of each variable with several coefficients, and of a spline's departure from a straight line.
fn joint(model: &FineGray, terms: &TermDesign) -> Vec<Joint> {
    let design = &terms.design;
    let mut tests = Vec::new();
    for (variable, name) in design.variables().iter().enumerate() {
        let columns = design.columns_of(variable);
        if columns.len() > 1 {
            tests.push(Joint {
                name: name.clone(),
                wald: Test::new(model.wald_of(&columns), columns.len()),
            });
        }
    }
    if let Some(splined) = &terms.spline {
        let curved = design.columns_of(splined.variable);
        let curved = curved.get(1..).unwrap_or_default();
        tests.push(Joint {
            name: format!("{}, not linear", splined.column),
            wald: Test::new(model.wald_of(curved), curved.len()),
        });
    }
    tests
}

fn table_for_people(answer: &FineGrayAnswer, level: f64) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "cause {}: {} events, {} competing, of {}\nFine and Gray's model, Wald intervals of {} % of the subdistribution \
         hazard ratio, on the log scale",
        answer.cause,
        answer.n_events,
        answer.n_competing,
        answer.n,
        people::level(level)
    );
    let _ = writeln!(
        text,
        "{:<24} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10}",
        "", "coef", "hr", "lower", "upper", "std. err.", "p"
    );
    for row in &answer.coefficients {
        let _ = writeln!(
            text,
            "{:<24} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10}",
            name(&row.name),
            shown(row.coef),
            ratio(row.hr),
            ratio(row.lower),
            ratio(row.upper),
            shown(row.std_err),
            p(row.p)
        );
    }
    for (name, test) in [
        ("pseudo likelihood ratio", &answer.lr),
        ("Wald (robust)", &answer.wald),
        ("score", &answer.score),
    ] {
        let _ = writeln!(
            text,
            "{name}: chi2 = {} on {} df, {}",
            shown(test.chi2),
            test.df,
            p_value(test.p)
        );
    }
    text.extend(answer.spline.iter().map(Knots::line));
    for row in &answer.joint {
        let _ = writeln!(
            text,
            "{}: Wald chi2 = {} on {} df, {}",
            name(&row.name),
            shown(row.wald.chi2),
            row.wald.df,
            p_value(row.wald.p)
        );
    }
    for warning in &answer.warnings {
        let _ = writeln!(text, "warning: {}", name(warning));
    }
    if let Some(left_out) = left_out(answer.n_excluded) {
        let _ = writeln!(text, "{left_out}");
    }
    text.push_str(&answer.not_chosen.line());
    text
}
