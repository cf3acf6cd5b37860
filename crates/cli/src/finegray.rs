//! `cotside finegray`: Fine and Gray's model of one cause.

use std::fmt::Write as _;

use cotside_core::survival::{ChiSquare, Confidence, FineGray, Scale, fine_gray};
use cotside_words::en;
use lexopt::prelude::*;
use serde::Serialize;

use crate::analysis::{Chosen, Common, EventCodes, Table, text_value};
use crate::arguments::{Command, HELP};
use crate::terms::Terms;
use crate::{Refusal, output};

/// Options of `finegray`.
pub struct FineGrayOptions {
    common: Common,
    terms: Terms,
    cause: u32,
    confidence: Confidence,
}

/// Reads the flags.
pub fn parse(parser: &mut lexopt::Parser) -> Result<Command, Refusal> {
    let mut options = FineGrayOptions {
        common: Common::new("finegray"),
        terms: Terms::default(),
        cause: 1,
        confidence: Confidence::default(),
    };
    while let Some(argument) = parser.next()? {
        let name = match argument {
            Short('h') | Long("help") => return Ok(Command::Help(HELP)),
            Long(name) => name.to_owned(),
            other => return Err(other.unexpected().into()),
        };
        let common = &mut options.common;
        match name.as_str() {
            "cause" => {
                let text = text_value(parser)?;
                options.cause = text.trim().parse().ok().filter(|&cause| cause > 0).ok_or_else(|| {
                    common.refusal(&format!("--cause “{text}” is no cause; give a whole number from 1"))
                })?;
            }
            "conf-level" => {
                let level = common.number("conf-level", &text_value(parser)?)?;
                options.confidence = Confidence::new(Scale::Log, level)
                    .ok_or_else(|| common.refusal("--conf-level must lie between 0 and 1; give 0.95"))?;
            }
            "event-value" => {
                return Err(common.refusal("--event-value has no meaning here: name the cause with --cause"));
            }
            name if common.accept(name, &[], parser)? || options.terms.accept(name, parser)? => {}
            _ => return Err(Long(&name).unexpected().into()),
        }
    }
    options.common.check()?;
    if options.terms.is_empty() {
        return Err(options.common.refusal("--covariates or --factor is needed"));
    }
    Ok(Command::FineGray(options))
}

#[derive(Serialize)]
struct Answer {
    cause: u32,
    n: usize,
    n_events: usize,
    n_competing: usize,
    n_excluded: usize,
    ties: &'static str,
    loglik_null: f64,
    loglik: f64,
    lr: Test,
    wald: Test,
    score: Test,
    concordance: Option<f64>,
    coefficients: Vec<Coefficient>,
    zph: Option<f64>,
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
    let common = &options.common;
    let mut wanted = common.wanted(EventCodes::Causes);
    wanted.extend(options.terms.wanted());
    let (table, columns) = Table::read(&common.input, &wanted)?;
    let mut rows = table.rows(columns);
    let chosen = Chosen::read(common, &mut rows, EventCodes::Causes)?;
    let terms = options.terms.read(common, &mut rows)?;
    let complete = rows.finish();
    let data = chosen.data(common, &complete)?;
    let design = terms.design(&complete)?;
    let names: Vec<String> = design.terms().iter().map(ToString::to_string).collect();
    let model = fine_gray(&data.follow_up, design.columns(), options.cause)
        .map_err(|error| common.refusal(&en::fine_gray_error(error, &names, options.cause)))?;
    let answer = answer(options, model, &names, data.n_excluded);
    data.say_note();
    if common.json {
        output::json(&answer)
    } else {
        output::print(&table_for_people(&answer))
    }
}

fn answer(options: &FineGrayOptions, model: FineGray, names: &[String], n_excluded: usize) -> Answer {
    let df = model.score.df as usize;
    let coefficient = |(k, name): (usize, &String)| {
        let estimate = model.estimates[k];
        let ratio = estimate.map(|each| each.hazard_ratio(options.confidence.z()));
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
    Answer {
        cause: options.cause,
        n: model.n,
        n_events: model.n_events,
        n_competing: model.n_competing,
        n_excluded,
        ties: "breslow",
        loglik_null: model.loglik_null,
        loglik: model.loglik,
        lr: Test::new(Some(model.likelihood_ratio), df),
        wald: Test::new(model.wald, df),
        score: Test::new(Some(model.score), df),
        concordance: None,
        coefficients: names.iter().enumerate().map(coefficient).collect(),
        zph: None,
        warnings: model
            .warnings
            .iter()
            .map(|&warning| en::fine_gray_warning(warning, names))
            .collect(),
    }
}

fn table_for_people(answer: &Answer) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "cause {}: {} events, {} competing, of {}",
        answer.cause, answer.n_events, answer.n_competing, answer.n
    );
    let _ = writeln!(
        text,
        "{:<24} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10}",
        "", "coef", "hr", "lower", "upper", "std_err", "p"
    );
    let cell = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.4}"));
    for row in &answer.coefficients {
        let p = row.p.map_or("-".to_owned(), |p| format!("{p:.3e}"));
        let _ = writeln!(
            text,
            "{:<24} {:>10} {:>10} {:>10} {:>10} {:>10} {p:>10}",
            row.name,
            cell(row.coef),
            cell(row.hr),
            cell(row.lower),
            cell(row.upper),
            cell(row.std_err)
        );
    }
    for (name, test) in [
        ("pseudo likelihood ratio", &answer.lr),
        ("Wald (robust)", &answer.wald),
        ("score", &answer.score),
    ] {
        let p = test.p.map_or("-".to_owned(), |p| format!("{p:.3e}"));
        let _ = writeln!(text, "{name}: chi2 {}, df {}, p {p}", cell(test.chi2), test.df);
    }
    for warning in &answer.warnings {
        let _ = writeln!(text, "{warning}");
    }
    if answer.n_excluded > 0 {
        let _ = writeln!(text, "{} rows left out: a value is missing", answer.n_excluded);
    }
    text
}
