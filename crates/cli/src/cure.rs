//! `cotside cure`: mixture cure models.

use std::fmt::Write as _;

use clap::Args;
use cotside_core::survival::{
    Confidence, CureError, CureModel, FollowUp, Labels, Plateau, Scale, TimeDistribution, Z, cure_model,
    is_fraction_determined, plateau,
};
use cotside_words::en::adjusted as words;
use cotside_words::{en, fixed};
use serde::Serialize;

use crate::analysis::{Chosen, Common, EventCodes, EventValues, File, NotChosen, Source};
use crate::flags::{level, name_of, named, present};
use crate::grouping::GroupingFlags;
use crate::parametric::DISTRIBUTIONS;
use crate::people::{name, p, shown};
use crate::terms::Terms;
use crate::{Refusal, output, people};

/// Options of `cure`.
#[derive(Debug, Args)]
#[command(after_help = "\
A fraction of the patients never has the event; the others have it after a time of the distribution. The fraction is only
believable where follow-up is long after the last event (a plateau), in each group: read its lines and the warnings first. Covariates, factors and the group
enter both parts, unless --incidence-only leaves the times the same for all. Coefficients of the incidence are log odds ratios
of not being cured; those of the latency are as in cotside parametric. Times must be above 0.

Examples:
  cotside cure --input cohort.csv --time years --event death --dist weibull --group kmt2a
  cotside cure --input cohort.csv --time years --event death --dist lognormal --covariates age --incidence-only")]
pub struct Cure {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    events: EventValues,
    /// Distribution of the times of those not cured
    #[arg(long, value_name = "DIST", default_value = "weibull", value_parser = named(&DISTRIBUTIONS))]
    dist: TimeDistribution,
    /// Column of groups, each with its fraction cured
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    group: Option<String>,
    #[command(flatten)]
    terms: Terms,
    /// Covariates, factors and groups change the fraction alone, not the times
    #[arg(long)]
    incidence_only: bool,
    #[command(flatten)]
    grouping: GroupingFlags,
    /// Column of case weights
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    weights: Option<String>,
    /// Level of the intervals
    #[arg(long, value_name = "LEVEL", default_value = "0.95", value_parser = level)]
    conf_level: f64,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CureAnswer {
    dist: &'static str,
    n: usize,
    n_events: usize,
    n_excluded: usize,
    #[serde(flatten)]
    not_chosen: NotChosen,
    conf_level: f64,
    /// Of all patients, and of each group.
    plateau: Vec<End>,
    /// Log odds of not being cured, with the odds ratio.
    incidence: Vec<Coefficient>,
    /// Of the log times of those not cured.
    latency: Vec<Coefficient>,
    scale: f64,
    loglik: f64,
    aic: f64,
    loglik_without_cure: Option<f64>,
    aic_without_cure: Option<f64>,
    /// Of each group, where there are no other covariates of the incidence; of all patients where there are none at all.
    cured: Vec<Cured>,
    /// Warnings to print with the numbers.
    warnings: Vec<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct End {
    group: String,
    last_event: f64,
    last_time: f64,
    censored_beyond: usize,
    late_events: usize,
    alpha: f64,
    /// True where alpha is above 0.05: follow-up may be too short to tell cured patients from late events.
    insufficient: bool,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Coefficient {
    name: String,
    /// None where the covariate has one value in all rows.
    coef: Option<f64>,
    std_err: Option<f64>,
    z: Option<f64>,
    p: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    odds_ratio: Option<f64>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Cured {
    group: String,
    fraction: f64,
    lower: Option<f64>,
    upper: Option<f64>,
    /// False where the interval holds every fraction, from below 0.05 % to above 99.95 %.
    determined: bool,
    /// The median time of those not cured.
    median: Option<f64>,
}

/// Name of the only group where no groups are requested.
const ALL: &str = "all";

/// Reads the file, fits the model, prints it.
pub fn run(options: &Cure) -> Result<(), Refusal> {
    let common = Common {
        group: options.group.clone(),
        weights: options.weights.clone(),
        grouping: options.grouping.clone(),
        ..Common::new("cure", &options.source).with_events(&options.events)
    };
    let confidence = Confidence::new(Scale::Plain, options.conf_level)
        .ok_or_else(|| common.refusal("--conf-level must lie between 0 and 1, such as 0.95"))?;
    let file = File::open(&common.input)?;
    let terms = options.terms.resolved(&common, &file)?;
    if let Some(group) = options
        .group
        .as_ref()
        .filter(|group| terms.columns().any(|column| column == *group))
    {
        return Err(common.refusal(&format!(
            "“{group}” is named with --group and as a covariate; name it once"
        )));
    }
    let grouped = common.grouped(&file)?;
    let mut wanted = [common.wanted(EventCodes::Values), grouped.wanted()].concat();
    wanted.extend(terms.wanted());
    let (table, columns) = file.read(&wanted)?;
    drop(wanted);
    let mut rows = table.rows(columns);
    let used: Vec<&String> = common.columns_of_groups().into_iter().chain(terms.factors()).collect();
    rows.group(&common, grouped, &used)?;
    let chosen = Chosen::read(&common, &mut rows, EventCodes::Values)?;
    let terms = terms.read(&common, &mut rows)?;
    let complete = rows.finish();
    let data = chosen.data(&common, &complete)?;
    let single = || Labels::single(data.follow_up.len(), ALL);
    let groups = data.against_reference().unwrap_or_else(single);
    let mut design = terms.design(&complete)?.design;
    let others = 0..design.len();
    if let Some(column) = options.group.as_ref().filter(|_| groups.len() > 1) {
        design = design
            .factor(column, &groups)
            .map_err(|_| common.refusal("the column of --group has one level only"))?;
    }
    let latency = if options.incidence_only {
        &[][..]
    } else {
        design.columns()
    };
    let names: Vec<String> = design.terms().iter().map(ToString::to_string).collect();
    let model = cure_model(&data.follow_up, design.columns(), latency, options.dist).map_err(|error| {
        let words = en::cure_error(error, &names, &names);
        match error {
            CureError::ZeroTime { row } => table.row_refusal(complete.row(row), &common.time, &words),
            _ => common.refusal(&words),
        }
    })?;
    let plateau = ends(&model, &data.follow_up, &groups);
    let constant = (0..names.len()).filter(|place| !model.kept_incidence.contains(place));
    let constant = constant.map(|place| en::constant_covariate(&names[place]));
    let warnings = std::iter::once(words::WARNING.to_owned())
        .chain(doubts(&model, &plateau))
        .chain(constant)
        .chain(data.warnings());
    let warnings = warnings.collect();
    let others = model
        .kept_incidence
        .iter()
        .filter(|place| others.contains(place))
        .count();
    let answer = CureAnswer {
        dist: name_of(&DISTRIBUTIONS, model.distribution),
        n: model.n,
        n_events: model.n_events,
        n_excluded: data.n_excluded,
        not_chosen: data.not_chosen,
        conf_level: confidence.level(),
        plateau,
        incidence: coefficients(&model, &names, confidence, true),
        latency: coefficients(
            &model,
            if options.incidence_only { &[] } else { &names },
            confidence,
            false,
        ),
        scale: model.scale(),
        loglik: model.loglik,
        aic: model.aic,
        loglik_without_cure: model.loglik_without_cure,
        aic_without_cure: model.aic_without_cure(),
        cured: if others == 0 {
            cured(&model, &groups, confidence)
        } else {
            Vec::new()
        },
        warnings,
    };
    data.say_notes();
    if options.source.json {
        output::json(&answer)
    } else {
        output::print(&for_people(&answer))
    }
}

/// Reasons to doubt the model: its own, follow-up of a group by itself, and that it is no better than one without cure.
fn doubts(model: &CureModel, plateau: &[End]) -> Vec<String> {
    let own = model.warnings.iter().map(|each| en::cure_warning(*each).to_owned());
    // The first end is that of all patients.
    let short = plateau.iter().skip(1).filter(|end| end.insufficient);
    let short: Vec<String> = short.map(|end| end.group.clone()).collect();
    let short = (!short.is_empty()).then(|| words::short_follow_up_of(&short));
    let without = model.aic_as_good_without_cure();
    let not_needed = without.map(|without| words::not_needed(&fixed(model.aic, 1), &fixed(without, 1)));
    own.chain(short).chain(not_needed).collect()
}

fn ends(model: &CureModel, follow_up: &FollowUp, groups: &Labels) -> Vec<End> {
    let end = |group: &str, found: Plateau| End {
        group: group.to_owned(),
        last_event: found.last_event,
        last_time: found.last_time,
        censored_beyond: found.censored_beyond,
        late_events: found.late_events,
        alpha: found.alpha,
        insufficient: found.is_insufficient(),
    };
    let of_group = |(code, name): (usize, &String)| {
        let rows: Vec<usize> = (0..groups.codes.len())
            .filter(|&row| groups.codes[row] as usize == code)
            .collect();
        Some(end(name, plateau(&follow_up.subset(&rows)?)?))
    };
    let all = std::iter::once(end(ALL, model.plateau));
    let several = groups.names.iter().enumerate().filter(|_| groups.len() > 1);
    all.chain(several.filter_map(of_group)).collect()
}

fn coefficients(model: &CureModel, names: &[String], confidence: Confidence, incidence: bool) -> Vec<Coefficient> {
    let (first, estimates, kept) = if incidence {
        (0, &model.incidence, &model.kept_incidence)
    } else {
        (model.incidence.len(), &model.latency, &model.kept_latency)
    };
    let std_err = model.std_err();
    let coefficient = |name: &str, place: Option<usize>| {
        let coef = place.and_then(|place| estimates.get(place)).copied();
        let std_err = place.and_then(|place| std_err.as_ref()?.get(first + place).copied());
        let z = coef.zip(std_err).and_then(|(coef, std_err)| Z::new(coef, std_err));
        let limits = coef
            .zip(std_err)
            .map(|(coef, std_err)| [-1.0, 1.0].map(|side| coef + side * confidence.z() * std_err));
        let covariate = place.and_then(|place| place.checked_sub(1)).filter(|_| incidence);
        Coefficient {
            name: name.to_owned(),
            coef,
            std_err,
            z: z.map(|z| z.z),
            p: z.map(|z| z.p),
            lower: limits.map(|[lower, _]| lower),
            upper: limits.map(|[_, upper]| upper),
            odds_ratio: covariate
                .and_then(|covariate| model.odds_ratio(covariate, 0.0))
                .map(|(ratio, _)| ratio),
        }
    };
    // Places of the covariates among the coefficients: a constant one has none.
    let place = |covariate: usize| kept.iter().position(|&each| each == covariate).map(|place| place + 1);
    let named = names.iter().enumerate();
    std::iter::once(coefficient("(Intercept)", Some(0)))
        .chain(named.map(|(covariate, name)| coefficient(name, place(covariate))))
        .collect()
}

fn cured(model: &CureModel, groups: &Labels, confidence: Confidence) -> Vec<Cured> {
    let of_group = |(code, name): (usize, &String)| {
        let covariates = |count: usize| {
            (1..count)
                .map(|each| f64::from(u8::from(each == code)))
                .collect::<Vec<f64>>()
        };
        let (fraction, limits) = model.cured_fraction(&covariates(model.incidence.len()), confidence.z())?;
        Some(Cured {
            group: name.clone(),
            fraction,
            lower: limits.map(|(lower, _)| lower),
            upper: limits.map(|(_, upper)| upper),
            determined: limits.is_none_or(is_fraction_determined),
            median: model.latency_quantile(0.5, &covariates(model.latency.len())),
        })
    };
    groups.names.iter().enumerate().filter_map(of_group).collect()
}

fn for_people(answer: &CureAnswer) -> String {
    let mut text = format!("{}: {} events of {}\n", answer.dist, answer.n_events, answer.n);
    text.push_str(&answer.not_chosen.line());
    for warning in &answer.warnings {
        let _ = writeln!(text, "warning: {}", name(warning));
    }
    for end in &answer.plateau {
        let _ = writeln!(
            text,
            "plateau of {}: last event {}, followed to {}, event-free beyond the last event {}, Maller and Zhou's alpha {}",
            name(&end.group),
            people::number(end.last_event),
            people::number(end.last_time),
            end.censored_beyond,
            people::number(end.alpha)
        );
    }
    let level = people::level(answer.conf_level);
    for cured in &answer.cured {
        let interval = if cured.determined {
            format!("{} to {}", shown(cured.lower), shown(cured.upper))
        } else {
            words::NOT_DETERMINED.to_owned()
        };
        let _ = writeln!(
            text,
            "cured in {}: {} ({level} % interval {interval}), median time of the others {}",
            name(&cured.group),
            people::number(cured.fraction),
            shown(cured.median)
        );
    }
    for (title, rows) in [
        ("not cured (log odds)", &answer.incidence),
        ("log time of those not cured", &answer.latency),
    ] {
        let _ = writeln!(
            text,
            "{title:<28} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10}",
            "coef", "lower", "upper", "std. err.", "p", "odds ratio"
        );
        for row in rows {
            let _ = writeln!(
                text,
                "{:<28} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10}",
                name(&row.name),
                shown(row.coef),
                shown(row.lower),
                shown(row.upper),
                shown(row.std_err),
                p(row.p),
                row.odds_ratio.map_or_else(String::new, people::number)
            );
        }
    }
    let _ = writeln!(
        text,
        "scale {}, log-likelihood {}, AIC {}; without cure: log-likelihood {}, AIC {}",
        people::number(answer.scale),
        people::number(answer.loglik),
        people::number(answer.aic),
        shown(answer.loglik_without_cure),
        shown(answer.aic_without_cure)
    );
    text
}
