//! `cotside cox`: proportional-hazards regression.

use std::fmt::Write as _;

use cotside_core::cohort::{Cells, Wanted};
use cotside_core::survival::cox::{
    CoxError, CoxFit, Design, Fitted, Model, Proportionality, Test, Ties, TimeScale, fit, fit_firth,
};
use cotside_core::survival::{FollowUp, concordance};
use cotside_words::en;
use lexopt::prelude::*;
use serde::Serialize;

use crate::analysis::{Chosen, Common, Complete, EventCodes, Table, text_value};
use crate::arguments::{Command, HELP};
use crate::terms::Terms;
use crate::{Refusal, output};

/// Options of `cox`.
pub struct Cox {
    common: Common,
    terms: Terms,
    cluster: Option<String>,
    ties: Ties,
    firth: bool,
    zph: Option<TimeScale>,
    conf_level: f64,
}

#[derive(Serialize)]
struct Answer {
    n: usize,
    n_events: usize,
    n_excluded: usize,
    ties: &'static str,
    firth: bool,
    conf_level: f64,
    loglik_null: f64,
    loglik: f64,
    lr: ChiSquare,
    wald: ChiSquare,
    score: ChiSquare,
    concordance: C,
    coefficients: Vec<Coefficient>,
    zph: Option<Vec<Zph>>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct ChiSquare {
    chi2: Option<f64>,
    df: usize,
    p: Option<f64>,
}

#[derive(Serialize)]
struct C {
    c: Option<f64>,
    std_err: Option<f64>,
}

#[derive(Serialize)]
struct Coefficient {
    name: String,
    coef: Option<f64>,
    hr: Option<f64>,
    std_err: Option<f64>,
    robust_std_err: Option<f64>,
    z: Option<f64>,
    p: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
}

#[derive(Serialize)]
struct Zph {
    name: String,
    chi2: f64,
    df: usize,
    p: Option<f64>,
}

const TIES: [(&str, Ties); 3] = [
    ("efron", Ties::Efron),
    ("breslow", Ties::Breslow),
    ("exact", Ties::Exact),
];
const SCALES: [(&str, TimeScale); 4] = [
    ("km", TimeScale::KaplanMeier),
    ("identity", TimeScale::Identity),
    ("rank", TimeScale::Rank),
    ("log", TimeScale::Log),
];

/// The name by which the test of all variables together goes, as in R.
const GLOBAL: &str = "GLOBAL";

/// Reads the flags.
pub fn parse(parser: &mut lexopt::Parser) -> Result<Command, Refusal> {
    let mut options = Cox {
        common: Common::new("cox"),
        terms: Terms::default(),
        cluster: None,
        ties: Ties::Efron,
        firth: false,
        zph: None,
        conf_level: 0.95,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("ties") => options.ties = named(&options.common, "ties", &TIES, &text_value(parser)?)?,
            Long("zph") => options.zph = Some(named(&options.common, "zph", &SCALES, &text_value(parser)?)?),
            Long("firth") => options.firth = true,
            Long("cluster") => options.cluster = Some(text_value(parser)?),
            Long("conf-level") => {
                options.conf_level = options.common.number("conf-level", &text_value(parser)?)?;
            }
            Short('h') | Long("help") => return Ok(Command::Help(HELP)),
            Long(name) => {
                let name = name.to_owned();
                let known = options.terms.accept(&name, parser)?
                    || options.common.accept(&name, &["entry", "weights", "strata"], parser)?;
                if !known {
                    return Err(Long(&name).unexpected().into());
                }
            }
            other => return Err(other.unexpected().into()),
        }
    }
    options.check()?;
    Ok(Command::Cox(options))
}

fn named<T: Copy>(common: &Common, flag: &str, known: &[(&str, T)], name: &str) -> Result<T, Refusal> {
    let found = known.iter().find(|(each, _)| *each == name).map(|&(_, value)| value);
    found.ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|&(name, _)| name).collect();
        common.refusal(&format!(
            "--{flag} “{name}” is not known; there are {}",
            names.join(", ")
        ))
    })
}

impl Cox {
    fn check(&self) -> Result<(), Refusal> {
        let common = &self.common;
        common.check()?;
        let refuse = |error: CoxError| Err(common.refusal(&en::cox_error(&error, &[])));
        if self.terms.is_empty() {
            return refuse(CoxError::NoCovariate);
        }
        if !(self.conf_level > 0.0 && self.conf_level < 1.0) {
            return refuse(CoxError::BadLevel);
        }
        if self.firth && self.cluster.is_some() {
            return refuse(CoxError::RobustWithFirth);
        }
        if self.ties == Ties::Exact {
            if common.weights.is_some() {
                return refuse(CoxError::WeightsWithExact);
            }
            if self.cluster.is_some() {
                return refuse(CoxError::RobustWithExact);
            }
            if self.firth || self.zph.is_some() {
                let flag = if self.firth { "firth" } else { "zph" };
                let why = en::cox_error(&CoxError::NotForExact, &[]);
                return Err(common.refusal(&format!("--{flag}: {why}")));
            }
        }
        if self.firth && self.zph.is_some() {
            let why = en::cox_error(&CoxError::NotForFirth, &[]);
            return Err(common.refusal(&format!("--zph: {why}")));
        }
        Ok(())
    }
}

/// Reads the file, fits the model and prints it.
pub fn run(options: &Cox) -> Result<(), Refusal> {
    let common = &options.common;
    let mut wanted = common.wanted(EventCodes::Values);
    wanted.extend(options.terms.wanted());
    wanted.extend(options.cluster.iter().map(|name| Wanted {
        name,
        cells: Cells::Texts,
    }));
    let (table, columns) = Table::read(&common.input, &wanted)?;
    let mut rows = table.rows(columns);
    let chosen = Chosen::read(common, &mut rows, EventCodes::Values)?;
    let terms = options.terms.read(common, &mut rows)?;
    let cluster = options.cluster.as_ref().map(|name| rows.texts(name)).transpose()?;
    let complete = rows.finish();
    let data = chosen.data(common, &complete)?;
    let design = terms.design(&complete)?;
    let cluster = cluster.map(|column| complete.labels(&column));
    let model = Model {
        strata: data.strata.as_ref(),
        cluster: cluster.as_ref(),
        // Firth's intervals are those of the profile, which a warning says.
        robust: !options.firth && has_fractions(&data.follow_up),
        ties: options.ties,
        conf_level: options.conf_level,
        ..Model::new(&data.follow_up, &design)
    };
    let refuse = |error: CoxError| refusal_of(error, &complete, &design);
    let fitted = if options.firth { fit_firth(&model) } else { fit(&model) }.map_err(refuse)?;
    let answer = answer(options, &model, &fitted, data.n_excluded).map_err(refuse)?;
    data.say_note();
    if common.json {
        output::json(&answer)
    } else {
        output::print(&for_people(&answer))
    }
}

/// As R, which then takes the robust variance.
fn has_fractions(follow_up: &FollowUp) -> bool {
    follow_up
        .weight()
        .is_some_and(|weight| weight.iter().any(|each| each.fract() != 0.0))
}

fn refusal_of(error: CoxError, complete: &Complete<'_>, design: &Design) -> Refusal {
    let why = en::cox_error(&error, design.terms());
    match error {
        CoxError::BadCovariate { covariate, row } => {
            let column = design.terms().get(covariate).map_or("", |term| term.column.as_str());
            complete.table.row_refusal(complete.row(row), column, &why)
        }
        _ => complete.table.refusal(&why),
    }
}

fn answer(options: &Cox, model: &Model<'_>, fit: &CoxFit, n_excluded: usize) -> Result<Answer, CoxError> {
    let terms = model.design.terms();
    let mut warnings: Vec<String> = fit
        .warnings
        .iter()
        .map(|warning| en::cox_warning(warning, terms))
        .collect();
    if options.firth && has_fractions(model.follow_up) {
        warnings.push(
            "case weights are not whole numbers, for which intervals would be robust; those of Firth's likelihood are of its \
             profile and are not"
                .to_owned(),
        );
    }
    let AfterFit { zph, scores } = AfterFit::new(options, model, fit)?;
    let zph = match zph {
        None => None,
        Some(Err(CoxError::NoEstimate)) => {
            warnings.push(format!(
                "proportional hazards were not tested: {}",
                en::cox_error(&CoxError::NoEstimate, terms)
            ));
            None
        }
        Some(found) => Some(rows_of(&found?, model.design)),
    };
    let name = TIES
        .iter()
        .find(|(_, ties)| *ties == model.ties)
        .map_or("", |&(name, _)| name);
    Ok(Answer {
        n: fit.n,
        n_events: fit.n_events,
        n_excluded,
        ties: name,
        firth: options.firth,
        conf_level: model.conf_level,
        loglik_null: fit.loglik_null,
        loglik: fit.loglik,
        lr: chi_square(&fit.likelihood_ratio),
        wald: fit.wald.as_ref().map_or(
            ChiSquare {
                chi2: None,
                df: fit.likelihood_ratio.df,
                p: None,
            },
            chi_square,
        ),
        score: chi_square(&fit.score),
        concordance: concordance_of(&scores, fit, model),
        coefficients: coefficients(fit, model.design),
        zph,
        warnings,
    })
}

fn chi_square(test: &Test) -> ChiSquare {
    ChiSquare {
        chi2: Some(test.chi2),
        df: test.df,
        p: test.p,
    }
}

/// What needs the rows in order again, which are large.
struct AfterFit {
    /// The test of proportional hazards, where asked for.
    zph: Option<Result<Proportionality, CoxError>>,
    /// Linear predictors.
    scores: Vec<f64>,
}

impl AfterFit {
    fn new(options: &Cox, model: &Model<'_>, fit: &CoxFit) -> Result<Self, CoxError> {
        let fitted = Fitted::new(model, fit)?;
        Ok(Self {
            zph: options.zph.map(|scale| fitted.proportionality(scale)),
            scores: fitted.linear_predictors(),
        })
    }
}

fn concordance_of(scores: &[f64], fit: &CoxFit, model: &Model<'_>) -> C {
    let found = fit
        .has_all_estimates()
        .then(|| concordance(model.follow_up, scores, model.strata, model.cluster));
    let found = found.flatten();
    C {
        c: found.and_then(|found| found.c),
        std_err: found.and_then(|found| found.std_err),
    }
}

fn coefficients(fit: &CoxFit, design: &Design) -> Vec<Coefficient> {
    let rows = design.terms().iter().zip(&fit.estimates);
    rows.map(|(term, estimate)| Coefficient {
        name: term.to_string(),
        coef: estimate.map(|each| each.coef),
        hr: estimate.and_then(|each| each.hazard_ratio),
        std_err: estimate.map(|each| each.std_err),
        robust_std_err: estimate.and_then(|each| each.robust_std_err),
        z: estimate.map(|each| each.z),
        p: estimate.map(|each| each.p),
        lower: estimate.and_then(|each| each.lower),
        upper: estimate.and_then(|each| each.upper),
    })
    .collect()
}

fn rows_of(found: &Proportionality, design: &Design) -> Vec<Zph> {
    let row = |name: &str, test: &Test| Zph {
        name: name.to_owned(),
        chi2: test.chi2,
        df: test.df,
        p: test.p,
    };
    let variables = found
        .variables
        .iter()
        .map(|(variable, test)| row(&design.variables()[*variable], test));
    variables.chain([row(GLOBAL, &found.global)]).collect()
}

/// A number for people, or a dash where there is none.
fn shown(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.4}"))
}

fn p_shown(value: Option<f64>) -> String {
    match value {
        Some(p) if p < 1e-300 => "<1e-300".to_owned(),
        Some(p) if p < 1e-4 => format!("{p:.2e}"),
        other => shown(other),
    }
}

fn for_people(answer: &Answer) -> String {
    let mut text = format!(
        "n = {}, events = {}, left out for a missing value: {}\nCox's regression, ties by {}{}, intervals of {} %\n\n",
        answer.n,
        answer.n_events,
        answer.n_excluded,
        answer.ties,
        if answer.firth { ", Firth's penalty" } else { "" },
        answer.conf_level * 100.0
    );
    let width = answer
        .coefficients
        .iter()
        .map(|row| row.name.chars().count())
        .max()
        .unwrap_or(0);
    let _ = writeln!(
        text,
        "{:width$} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "", "coef", "hr", "lower", "upper", "std. err.", "robust", "z", "p"
    );
    for row in &answer.coefficients {
        let _ = writeln!(
            text,
            "{:width$} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
            row.name,
            shown(row.coef),
            shown(row.hr),
            shown(row.lower),
            shown(row.upper),
            shown(row.std_err),
            shown(row.robust_std_err),
            shown(row.z),
            p_shown(row.p)
        );
    }
    let _ = writeln!(
        text,
        "\nlog-likelihood {:.4}, without covariates {:.4}; concordance {} (std. err. {})",
        answer.loglik,
        answer.loglik_null,
        shown(answer.concordance.c),
        shown(answer.concordance.std_err)
    );
    for (name, test) in [
        ("likelihood ratio", &answer.lr),
        ("Wald", &answer.wald),
        ("score", &answer.score),
    ] {
        let _ = writeln!(
            text,
            "{name}: chi2 {} on {} df, p {}",
            shown(test.chi2),
            test.df,
            p_shown(test.p)
        );
    }
    for row in answer.zph.iter().flatten() {
        let _ = writeln!(
            text,
            "proportional hazards, {}: chi2 {:.4} on {} df, p {}",
            row.name,
            row.chi2,
            row.df,
            p_shown(row.p)
        );
    }
    for warning in &answer.warnings {
        let _ = writeln!(text, "warning: {warning}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_weights_have_no_fractions() {
        let whole = FollowUp::new(vec![1.0, 2.0], vec![1, 0]).and_then(|rows| rows.weighted(vec![2.0, 1.0]));
        assert!(!has_fractions(&whole.unwrap()));
        let parts = FollowUp::new(vec![1.0, 2.0], vec![1, 0]).and_then(|rows| rows.weighted(vec![2.0, 0.5]));
        assert!(has_fractions(&parts.unwrap()));
    }
}
