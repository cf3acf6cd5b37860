//! `cotside finegray`: Fine and Gray's model of one cause.

use std::fmt::Write as _;

use clap::Args;
use cotside_core::cohort::{Cells, Wanted};
use cotside_core::survival::cox::Ties;
use cotside_core::survival::{
    ChiSquare, Confidence, FineGray, FineGrayError, FineGrayModel, PredictedIncidence, Scale, fine_gray,
    fine_gray_by_rows,
};
use cotside_words::en;
use serde::Serialize;

use crate::analysis::{Chosen, Common, Data, EventCodes, File, NotChosen, Source, left_out};
use crate::causes::CauseFlags;
use crate::cif_comparison::{cause_name, word_of};
use crate::csv::{self, PredictedCurve, flag};
use crate::flags::{level, name_of, named, number, present};
use crate::grouping::GroupingFlags;
use crate::km::{CARRIED_ON, SCALES, scale_code};
use crate::people::{name, p, p_value, ratio, shown};
use crate::predict::{PredictFlag, Profile};
use crate::terms::{Knots, Splined, TermDesign, Terms};
use crate::{Refusal, output, people};

/// Options of `finegray`.
#[derive(Debug, Args)]
#[command(after_help = "\
The event column holds whole numbers: 0 is censored, 1, 2, … are the causes; or words, which --causes and --censored name.
Standard errors are robust. Without --entry, --strata, --cluster, --weights and --ties the model is that of cmprsk's crr: ties
as Breslow, and a variance that allows for the estimated censoring. With one of them it is coxph on the rows of survival's
finegray (\"method\": \"finegray\"), whose ties are Efron's unless --ties says else, and censoring is estimated within the strata.
A predicted incidence is 1 - exp(-H); its interval is that of --conf-type for exp(-H), with the variance of Tsiatis.

Examples:
  cotside finegray --input cohort.csv --time years --event cause --cause 1 --covariates age --factor arm
  cotside finegray --input cohort.csv --time years --event first_event --causes relapse,death --censored none --cause relapse \\
    --covariates age --strata site --entry entered --predict age=3 --at 1,3,5")]
pub struct FineGrayOptions {
    #[command(flatten)]
    source: Source,
    /// Print the incidences predicted by --predict as CSV, with all digits; excludes --json
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    #[arg(long = "event-value", hide = true, value_parser = no_event_value)]
    _event_value: Option<String>,
    /// The cause of interest: its number, or its word where the event column holds words
    #[arg(long, value_name = "CAUSE", default_value = "1", value_parser = present)]
    cause: String,
    #[command(flatten)]
    causes: CauseFlags,
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
    /// Where the censoring and the entry are estimated: within each of the strata, or over all of them
    #[arg(long, value_name = "WHERE", default_value = "strata", action = clap::ArgAction::Set, value_parser = named(&CENSORING))]
    censoring: bool,
    /// Column of clusters for the robust variance
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    cluster: Option<String>,
    /// Column of case weights
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    weights: Option<String>,
    /// Method for tied event times
    #[arg(long, value_name = "TIES", value_parser = named(&TIES))]
    ties: Option<Ties>,
    #[command(flatten)]
    predict: PredictFlag,
    /// Times at which to predict, instead of every time of the cause
    #[arg(long, value_name = "TIME", num_args = 1.., value_delimiter = ',', value_parser = number)]
    at: Vec<f64>,
    /// Scale of the intervals of predicted incidences
    #[arg(long, value_name = "SCALE", default_value = "log-log", value_parser = named(&SCALES))]
    conf_type: Scale,
    /// Level of the intervals
    #[arg(long, value_name = "LEVEL", default_value = "0.95", value_parser = level)]
    conf_level: f64,
}

/// Methods for ties by name; the exact likelihood has no weights.
const TIES: [(&str, Ties); 2] = [("efron", Ties::Efron), ("breslow", Ties::Breslow)];

/// Whether censoring is pooled, by name.
const CENSORING: [(&str, bool); 2] = [("strata", false), ("pooled", true)];

fn no_event_value(_: &str) -> Result<String, String> {
    Err("has no meaning here: name the cause with --cause".into())
}

/// The number of the cause of interest.
fn cause(options: &FineGrayOptions, common: &Common, data: &Data) -> Result<u32, Refusal> {
    let asked = options.cause.trim();
    let words = &data.cause_words;
    if let Some(place) = words.iter().position(|word| word == asked) {
        return Ok(u32::try_from(place + 1).unwrap_or(u32::MAX));
    }
    let number = asked.parse().ok().filter(|&cause: &u32| cause > 0);
    let within = |&cause: &u32| words.is_empty() || usize::try_from(cause).is_ok_and(|cause| cause <= words.len());
    number.filter(within).ok_or_else(|| {
        let accepted = match words[..] {
            [] => "a whole number from 1, or a word with --causes".to_owned(),
            _ => format!("one of {}", words.join(", ")),
        };
        common.refusal(&format!("--cause “{asked}” is not a cause; give {accepted}"))
    })
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FineGrayAnswer {
    cause: u32,
    /// Its word, where the event column holds words.
    cause_name: Option<String>,
    /// `crr` or `finegray`.
    method: &'static str,
    n: usize,
    n_events: usize,
    n_competing: usize,
    n_excluded: usize,
    #[serde(flatten)]
    not_chosen: NotChosen,
    ties: &'static str,
    /// Where censoring was estimated, of a model with strata.
    censoring: Option<&'static str>,
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
    /// Scale of the intervals of predictions.
    conf_type: &'static str,
    conf_level: f64,
    predictions: Vec<Prediction>,
    warnings: Vec<String>,
}

/// Incidences for given covariates in a stratum.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Prediction {
    covariates: std::collections::BTreeMap<String, String>,
    stratum: Option<String>,
    at: Vec<Predicted>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Predicted {
    time: f64,
    estimate: f64,
    std_err: f64,
    lower: Option<f64>,
    upper: Option<f64>,
    /// True if follow-up ends before this time, so that the last value is carried forward.
    carried_on: bool,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Test {
    chi2: Option<f64>,
    df: usize,
    p: Option<f64>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
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

impl FineGrayOptions {
    fn common(&self) -> Result<Common, Refusal> {
        let common = Common {
            grouping: self.grouping.clone(),
            entry: self.entry.clone(),
            weights: self.weights.clone(),
            strata: self.strata.clone(),
            causes: self.causes.clone(),
            ..Common::new("finegray", &self.source)
        };
        if self.terms.is_empty() {
            return Err(common.refusal("--covariates or --factor is needed"));
        }
        if self.censoring && self.strata.is_empty() {
            return Err(common.refusal("--censoring pooled needs --strata: without strata all rows are together"));
        }
        if !self.at.is_empty() && self.predict.is_empty() {
            return Err(
                common.refusal("--at needs --predict: the covariates for which to predict, such as --predict age=3")
            );
        }
        if self.csv && self.predict.is_empty() {
            return Err(common.refusal(
                "--csv needs --predict: it prints predicted incidences, such as --predict age=3; --json has the model",
            ));
        }
        Ok(common)
    }

    /// True if the model is that of the rows of `finegray`.
    fn is_by_rows(&self) -> bool {
        let has_column = self.entry.is_some() || self.weights.is_some() || self.cluster.is_some();
        has_column || !self.strata.is_empty() || self.ties.is_some()
    }
}

/// Reads the file, prints the model.
pub fn run(options: &FineGrayOptions) -> Result<(), Refusal> {
    let common = options.common()?;
    let confidence = Confidence::new(options.conf_type, options.conf_level)
        .ok_or_else(|| common.refusal("--conf-level must lie between 0 and 1, such as 0.95"))?;
    let file = File::open(&common.input)?;
    let common = common.resolved(&file);
    let terms = options.terms.resolved(&common, &file)?;
    let profiles = options.predict.profiles(&common, &file)?;
    let grouped = common.grouped(&file)?;
    let mut wanted = [common.wanted(EventCodes::Causes), grouped.wanted()].concat();
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
    let chosen = Chosen::read(&common, &mut rows, EventCodes::Causes)?;
    let terms = terms.read(&common, &mut rows)?;
    let cluster = options.cluster.as_ref().map(|name| rows.texts(name)).transpose()?;
    let complete = rows.finish();
    let data = chosen.data(&common, &complete)?;
    let terms = terms.design(&complete)?;
    let cluster = cluster.map(|column| complete.labels(&column));
    let design = &terms.design;
    let names: Vec<String> = design.terms().iter().map(ToString::to_string).collect();
    let cause = cause(options, &common, &data)?;
    let model = if options.is_by_rows() {
        fine_gray_by_rows(&FineGrayModel {
            strata: data.strata.as_ref(),
            pools_censoring: options.censoring,
            cluster: cluster.as_ref(),
            ties: options.ties.unwrap_or(Ties::Efron),
            ..FineGrayModel::new(&data.follow_up, design.columns(), cause)
        })
    } else {
        fine_gray(&data.follow_up, design.columns(), cause)
    };
    let refused = |error: FineGrayError| common.refusal(&en::fine_gray_error(error, &names, cause));
    let model = model.map_err(refused)?;
    let predictions = predictions(options, &common, (&data, &terms, &model), &profiles, confidence)?;
    let mut answer = answer(cause, confidence, model, &names, data.n_excluded, &terms);
    answer.not_chosen = data.not_chosen;
    answer.cause_name = word_of(&data, cause);
    if options.is_by_rows() {
        answer.method = "finegray";
        answer.ties = name_of(&TIES, options.ties.unwrap_or(Ties::Efron));
    }
    answer.censoring = data.strata.as_ref().map(|_| name_of(&CENSORING, options.censoring));
    if !profiles.is_empty() && predictions.is_empty() {
        answer.warnings.push(NO_PREDICTION.to_owned());
    }
    answer.predictions = predictions;
    data.say_notes();
    if options.csv {
        if answer.predictions.is_empty() {
            output::say(&format!("cotside finegray: {NO_PREDICTION}"));
        }
        output::file(&as_csv(&answer.predictions))
    } else if options.source.json {
        answer.warnings.extend(data.warnings());
        output::json(&answer)
    } else {
        output::print(&table_for_people(&answer, options.conf_level))
    }
}

/// Warning where nothing can be predicted.
const NO_PREDICTION: &str = "nothing is predicted: a coefficient may be infinite, or a number is too large";

/// The predicted incidences of each profile in each stratum.
fn predictions(
    options: &FineGrayOptions,
    common: &Common,
    (data, terms, model): (&Data, &TermDesign, &FineGray),
    profiles: &[Profile],
    confidence: Confidence,
) -> Result<Vec<Prediction>, Refusal> {
    let last = data.follow_up.time().iter().copied().fold(0.0, f64::max);
    let shown = |at: PredictedIncidence| Predicted {
        time: at.time,
        estimate: at.estimate,
        std_err: at.std_err,
        lower: at.interval.map(|limits| limits.lower),
        upper: at.interval.map(|limits| limits.upper),
        carried_on: at.time > last,
    };
    let mut found = Vec::new();
    for profile in profiles {
        let row = terms.row_of(profile);
        let row = row.map_err(|why| common.refusal(&format!("--predict: {why}")))?;
        for stratum in model.strata() {
            let curve = if options.at.is_empty() {
                model.predicted(stratum, &row, confidence)
            } else {
                let at = options.at.iter();
                at.map(|&time| model.predicted_at(stratum, time, &row, confidence))
                    .collect()
            };
            let names = data.strata.as_ref().map(|strata| &strata.names);
            found.extend(curve.map(|curve| Prediction {
                covariates: profile.0.iter().cloned().collect(),
                stratum: names.and_then(|names| names.get(stratum as usize).cloned()),
                at: curve.into_iter().map(shown).collect(),
            }));
        }
    }
    Ok(found)
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
        cause_name: None,
        method: "crr",
        n: model.n,
        n_events: model.n_events,
        n_competing: model.n_competing,
        n_excluded,
        not_chosen: NotChosen::default(),
        ties: "breslow",
        censoring: None,
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
        conf_type: scale_code(confidence.scale()),
        conf_level: confidence.level(),
        predictions: Vec::new(),
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
        "{}: {} events, {} competing, of {}\nFine and Gray's model as {} ({} ties), Wald intervals of {} % of the subdistribution \
         hazard ratio, on the log scale",
        cause_name(answer.cause, answer.cause_name.as_ref()),
        answer.n_events,
        answer.n_competing,
        answer.n,
        answer.method,
        answer.ties,
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
    for prediction in &answer.predictions {
        prediction_for_people(&mut text, prediction, answer);
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

/// The predictions as CSV.
fn as_csv(predictions: &[Prediction]) -> String {
    let curves = predictions.iter().map(|prediction| PredictedCurve {
        covariates: &prediction.covariates,
        stratum: prediction.stratum.as_deref(),
        points: prediction
            .at
            .iter()
            .map(|at| {
                let [time, estimate, std_err] = [at.time, at.estimate, at.std_err].map(Some);
                [time, estimate, std_err, at.lower, at.upper, flag(at.carried_on)]
            })
            .collect(),
    });
    csv::predictions("estimate", &curves.collect::<Vec<_>>())
}

fn prediction_for_people(text: &mut String, prediction: &Prediction, answer: &FineGrayAnswer) {
    let values: Vec<String> = prediction
        .covariates
        .iter()
        .map(|(column, value)| format!("{} = {}", name(column), name(value)))
        .collect();
    let stratum = prediction.stratum.as_ref();
    let stratum = stratum.map_or_else(String::new, |stratum| format!(", stratum {}", name(stratum)));
    let _ = writeln!(
        text,
        "\npredicted incidence, {}{stratum} ({} intervals of {} %)\n{:>12} {:>10} {:>10} {:>10} {:>10}",
        values.join(", "),
        answer.conf_type,
        people::level(answer.conf_level),
        "time",
        "incidence",
        "std. err.",
        "lower",
        "upper"
    );
    for at in &prediction.at {
        let carried_on = if at.carried_on { CARRIED_ON } else { "" };
        let _ = writeln!(
            text,
            "{:>12} {:>10} {:>10} {:>10} {:>10}{carried_on}",
            people::exact(at.time),
            people::number(at.estimate),
            people::number(at.std_err),
            shown(at.lower),
            shown(at.upper)
        );
    }
}
