//! `cotside cox`: proportional-hazards regression.

use std::fmt::Write as _;

use clap::Args;
use cotside_core::cohort::{Cells, Wanted};
use cotside_core::survival::cox::{
    CoxError, CoxFit, Design, Estimate, Fitted, Model, Proportionality, Test, Ties, TimeScale, fit, fit_firth,
};
use cotside_core::survival::{Confidence, FollowUp, Scale, concordance};
use cotside_words::en;
use serde::Serialize;

use crate::analysis::{Chosen, Common, Complete, EventCodes, EventValues, File, NotChosen, Source};
use crate::cox_prediction::{self, Prediction, predictions};
use crate::effects::{self, Joint, Spline, Within};
use crate::flags::{level, name_of, named, number, present};
use crate::grouping::GroupingFlags;
use crate::people::{name, p, p_value, ratio, shown};
use crate::predict::PredictFlag;
use crate::terms::Terms;
use crate::{Refusal, output, people};

/// Options of `cox`.
#[derive(Debug, Args)]
#[command(after_help = "\
Clusters, and weights that are not whole numbers, ask for the robust variance. --ties exact is the exact partial
likelihood of tied times (SAS: TIES=DISCRETE), not that of Kalbfleisch and Prentice (SAS: TIES=EXACT).

Examples:
  cotside cox --input cohort.csv --time years --event death --covariates age_days,wbc --scale age_days=per:30.4375 \\
    --scale wbc=log2 --factor kmt2a --interaction kmt2a:wbc
  cotside cox --input cohort.csv --time years --event death --factor kmt2a --spline age_days:3
  cotside cox --input cohort.csv --time years --event death --factor kmt2a --levels kmt2a=germline,rearranged --reference kmt2a=germline
  cotside cox --input cohort.csv --time years --event death --covariates age,wbc --factor arm --strata site
  cotside cox --input cohort.csv --time years --event death --covariates age --factor arm --predict age=3,arm=a --at 1,3,5
  cotside cox --input cohort.csv --time years --event death --covariates age --predict age=3 --predict age=9 --csv > predicted.csv")]
pub struct Cox {
    #[command(flatten)]
    source: Source,
    /// Print the survival predicted by --predict as CSV, with all digits; excludes --json
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    #[command(flatten)]
    events: EventValues,
    #[command(flatten)]
    terms: Terms,
    #[command(flatten)]
    grouping: GroupingFlags,
    /// Column of delayed entry
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    entry: Option<String>,
    /// Columns of strata, each with a baseline of its own; several are crossed
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
    /// Firth's penalised likelihood, with profile intervals
    #[arg(long)]
    firth: bool,
    /// Test proportional hazards on this scale of time
    #[arg(long, value_name = "SCALE", value_parser = named(&SCALES))]
    zph: Option<TimeScale>,
    #[command(flatten)]
    predict: PredictFlag,
    /// Times at which to predict, instead of every time of an event
    #[arg(long, value_name = "TIME", num_args = 1.., value_delimiter = ',', value_parser = number)]
    at: Vec<f64>,
    /// Scale of the intervals of predicted survival
    #[arg(long, value_name = "SCALE", default_value = "log-log", value_parser = named(&crate::km::SCALES))]
    conf_type: Scale,
    /// Level of the intervals
    #[arg(long, value_name = "LEVEL", default_value = "0.95", value_parser = level)]
    conf_level: f64,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CoxAnswer {
    n: usize,
    n_events: usize,
    n_excluded: usize,
    #[serde(flatten)]
    not_chosen: NotChosen,
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
    joint: Vec<Joint>,
    within: Vec<Within>,
    spline: Option<Spline>,
    /// Scale of the intervals of predictions.
    conf_type: &'static str,
    predictions: Vec<Prediction>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ChiSquare {
    chi2: Option<f64>,
    df: usize,
    p: Option<f64>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct C {
    c: Option<f64>,
    std_err: Option<f64>,
}

/// A coefficient with its hazard ratio.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Coefficient {
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

impl Coefficient {
    /// That of an estimate; nothing but the name where there is none.
    pub fn new(name: String, estimate: Option<Estimate>) -> Self {
        Self {
            name,
            coef: estimate.map(|each| each.coef),
            hr: estimate.and_then(|each| each.hazard_ratio),
            std_err: estimate.map(|each| each.std_err),
            robust_std_err: estimate.and_then(|each| each.robust_std_err),
            z: estimate.map(|each| each.z),
            p: estimate.map(|each| each.p),
            lower: estimate.and_then(|each| each.lower),
            upper: estimate.and_then(|each| each.upper),
        }
    }

    /// Its hazard ratio for people: `0.52 (0.30 to 0.91), p = 0.022`.
    pub fn line(&self) -> String {
        match self.hr {
            None => "no finite estimate".to_owned(),
            hr => format!(
                "{} ({} to {}), {}",
                ratio(hr),
                ratio(self.lower),
                ratio(self.upper),
                p_value(self.p)
            ),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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

/// Name of the test of all variables together, as in R.
const GLOBAL: &str = "GLOBAL";

impl Cox {
    fn common(&self) -> Common {
        Common {
            entry: self.entry.clone(),
            weights: self.weights.clone(),
            strata: self.strata.clone(),
            grouping: self.grouping.clone(),
            ..Common::new("cox", &self.source).with_events(&self.events)
        }
    }

    fn check(&self, common: &Common) -> Result<(), Refusal> {
        let refuse = |error: CoxError| Err(common.refusal(&en::cox_error(&error, &[])));
        if self.terms.is_empty() {
            return refuse(CoxError::NoCovariate);
        }
        if !self.at.is_empty() && self.predict.is_empty() {
            return Err(
                common.refusal("--at needs --predict: the covariates for which to predict, such as --predict age=3")
            );
        }
        if self.csv && self.predict.is_empty() {
            return Err(common.refusal(
                "--csv needs --predict: it prints predicted survival, such as --predict age=3; --json has the model",
            ));
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
    let common = options.common();
    options.check(&common)?;
    let file = File::open(&common.input)?;
    let common = common.resolved(&file);
    let terms = options.terms.resolved(&common, &file)?;
    let profiles = options.predict.profiles(&common, &file)?;
    let confidence = Confidence::new(options.conf_type, options.conf_level)
        .ok_or_else(|| common.refusal("--conf-level must lie between 0 and 1, such as 0.95"))?;
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
    let used: Vec<&String> = common.strata.iter().chain(terms.factors()).collect();
    rows.group(&common, grouped, &used)?;
    let chosen = Chosen::read(&common, &mut rows, EventCodes::Values)?;
    let terms = terms.read(&common, &mut rows)?;
    let cluster = options.cluster.as_ref().map(|name| rows.texts(name)).transpose()?;
    let complete = rows.finish();
    let data = chosen.data(&common, &complete)?;
    let terms = terms.design(&complete)?;
    let design = &terms.design;
    let cluster = cluster.map(|column| complete.labels(&column));
    let model = Model {
        strata: data.strata.as_ref(),
        cluster: cluster.as_ref(),
        // Firth's intervals are those of the profile, as a warning states.
        robust: !options.firth && has_fractions(&data.follow_up),
        ties: options.ties,
        conf_level: options.conf_level,
        ..Model::new(&data.follow_up, design)
    };
    let refuse = |error: CoxError| refusal_of(error, &complete, design);
    let fitted = if options.firth { fit_firth(&model) } else { fit(&model) }.map_err(refuse)?;
    let mut answer = answer(options, &model, &fitted, data.n_excluded).map_err(refuse)?;
    answer.not_chosen = data.not_chosen;
    answer.joint = effects::joint(&model, &fitted, &terms);
    answer.within = effects::within(&fitted, &terms, options.conf_level);
    answer.spline = effects::spline(&model, &fitted, &terms, options.conf_level);
    answer.predictions = predictions(&common, (&model, &fitted, &terms), &profiles, &options.at, confidence)?;
    data.say_notes();
    if options.csv {
        output::file(&cox_prediction::as_csv(&answer.predictions))
    } else if options.source.json {
        answer.warnings.extend(data.warnings());
        output::json(&answer)
    } else {
        output::print(&for_people(&answer))
    }
}

/// True if R would use the robust variance.
pub fn has_fractions(follow_up: &FollowUp) -> bool {
    follow_up
        .weight()
        .is_some_and(|weight| weight.iter().any(|each| each.fract() != 0.0))
}

/// Why there is no model, with the row where one is to blame.
pub fn refusal_of(error: CoxError, complete: &Complete<'_>, design: &Design) -> Refusal {
    let why = en::cox_error(&error, design.terms());
    match error {
        CoxError::BadCovariate { covariate, row } => {
            let column = design.terms().get(covariate).map_or("", |term| term.column.as_str());
            complete.table.row_refusal(complete.row(row), column, &why)
        }
        _ => complete.table.refusal(&why),
    }
}

fn answer(options: &Cox, model: &Model<'_>, fit: &CoxFit, n_excluded: usize) -> Result<CoxAnswer, CoxError> {
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
    Ok(CoxAnswer {
        n: fit.n,
        n_events: fit.n_events,
        n_excluded,
        not_chosen: NotChosen::default(),
        ties: name_of(&TIES, model.ties),
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
        joint: Vec::new(),
        within: Vec::new(),
        spline: None,
        conf_type: name_of(&crate::km::SCALES, options.conf_type),
        predictions: Vec::new(),
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

/// Results that need the sorted rows, which are large.
struct AfterFit {
    /// The test of proportional hazards, where requested.
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

/// The coefficients of a model.
pub fn coefficients(fit: &CoxFit, design: &Design) -> Vec<Coefficient> {
    let rows = design.terms().iter().zip(&fit.estimates);
    rows.map(|(term, estimate)| Coefficient::new(term.to_string(), *estimate))
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

fn for_people(answer: &CoxAnswer) -> String {
    let level = people::level(answer.conf_level);
    let (penalty, intervals) = if answer.firth {
        (", Firth's penalty", "profile")
    } else {
        ("", "Wald")
    };
    let mut text = format!(
        "n = {}, events = {}, left out for a missing value: {}\n\
         Cox's regression, ties by {}{penalty}, {intervals} intervals of {level} % of the hazard ratio, on the log scale\n\n",
        answer.n, answer.n_events, answer.n_excluded, answer.ties,
    );
    text.push_str(&answer.not_chosen.line());
    let names: Vec<String> = answer.coefficients.iter().map(|row| name(&row.name)).collect();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let _ = writeln!(
        text,
        "{:width$} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "", "coef", "hr", "lower", "upper", "std. err.", "robust", "z", "p"
    );
    for (name, row) in names.iter().zip(&answer.coefficients) {
        let _ = writeln!(
            text,
            "{name:width$} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
            shown(row.coef),
            ratio(row.hr),
            ratio(row.lower),
            ratio(row.upper),
            shown(row.std_err),
            shown(row.robust_std_err),
            shown(row.z),
            p(row.p)
        );
    }
    let _ = writeln!(
        text,
        "\nlog-likelihood {}, without covariates {}; concordance {} (std. err. {})",
        people::number(answer.loglik),
        people::number(answer.loglik_null),
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
            "{name}: chi2 = {} on {} df, {}",
            shown(test.chi2),
            test.df,
            p_value(test.p)
        );
    }
    for row in answer.zph.iter().flatten() {
        let _ = writeln!(
            text,
            "proportional hazards, {}: chi2 = {} on {} df, {}",
            name(&row.name),
            people::number(row.chi2),
            row.df,
            p_value(row.p)
        );
    }
    text.push_str(&effects::for_people(
        &answer.joint,
        &answer.within,
        answer.spline.as_ref(),
    ));
    for prediction in &answer.predictions {
        cox_prediction::for_people(&mut text, prediction, answer.conf_type, &level);
    }
    for warning in &answer.warnings {
        let _ = writeln!(text, "warning: {}", name(warning));
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
