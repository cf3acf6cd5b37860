//! `cotside federate plan`: the design of a pooled analysis from flags, or from a file.

use clap::Args;
use cotside_core::cohort::Endpoint;
use cotside_core::federated::limits::most_rounds;
use cotside_core::federated::{
    Analysis, Covariate, CoxPlan, Design, EndpointPlan, GroupBy, Limits, Merges, Plan, STANDARD_CELLS, Scaled,
    Selection, Sharing, TiesPlan, causes_of,
};
use cotside_core::protocols::RULES_VERSION;

use super::{read, refused, shown, write};
use crate::flags::{named, number, present};
use crate::{Refusal, output};

/// Analyses by their names in files.
pub const ANALYSES: [(&str, Analysis); 8] = {
    let mut named = [("", Analysis::Table1); 8];
    let mut at = 0;
    while at < named.len() {
        named[at] = (Analysis::ALL[at].code(), Analysis::ALL[at]);
        at += 1;
    }
    named
};

/// Ways of sharing.
const SHARING: [(&str, Sharing); 2] = [
    (Sharing::ALL[0].code(), Sharing::ALL[0]),
    (Sharing::ALL[1].code(), Sharing::ALL[1]),
];
/// Ways of treating ties.
const TIES: [(&str, TiesPlan); 2] = [("efron", TiesPlan::Efron), ("breslow", TiesPlan::Breslow)];
/// Largest number of cells.
const MOST_CELLS: f64 = 20_000.0;

/// What `--covariate` takes.
const COVARIATE: &str = "A covariate: wbc:log10:LO:HI:CENTRE:SCALE[:UNIT], age_days:identity:LO:HI:CENTRE:SCALE[:UNIT], \
    age_days<183[:UNIT], kmt2a=germline,rearranged with the reference first (repeatable)";

/// Options of `federate plan`.
#[derive(Debug, Args)]
pub struct PlanOptions {
    /// Name of the study; files are named by it
    #[arg(long, value_name = "NAME", value_parser = present)]
    study: Option<String>,
    /// Names of the sites, in the order in which keys are passed on
    #[arg(long, value_name = "NAMES", value_delimiter = ',', num_args = 1..)]
    sites: Vec<String>,
    /// What the coordinator sees: totals alone, or the sums of each site [default: masked from 3 sites on]
    #[arg(long, value_name = "WAY", value_parser = named(&SHARING))]
    sharing: Option<Sharing>,
    /// The design as a JSON file; every other flag but --out is then ignored
    #[arg(long, value_name = "FILE", value_parser = present)]
    design: Option<String>,
    /// What is counted: efs, os, dfs, relapse, lfs, grfs, as_in_file
    #[arg(long, value_name = "ID", default_value = "efs")]
    endpoint: String,
    /// Kinds of events, the first being cause 1 [default: those of the endpoint]
    #[arg(long, value_name = "KINDS", value_delimiter = ',', num_args = 1..)]
    causes: Vec<String>,
    /// Follow-up ends here
    #[arg(long, value_name = "TIME", value_parser = number)]
    horizon: Option<f64>,
    /// From when time is counted [default: that of the endpoint]
    #[arg(long, value_name = "DAY")]
    origin: Option<String>,
    /// Unit of times: day, week, month, year
    #[arg(long, value_name = "UNIT", default_value = "day")]
    time_unit: String,
    /// A condition on patients: age_days<366, wbc>=50, kmt2a=germline,rearranged (repeatable)
    #[arg(long, value_name = "CONDITION")]
    select: Vec<String>,
    /// The groups that are compared: kmt2a=germline,rearranged
    #[arg(long, value_name = "FIELD=LEVELS")]
    group: Option<String>,
    /// Strata besides the site: centre=A,B (repeatable)
    #[arg(long, value_name = "FIELD=LEVELS")]
    strata: Vec<String>,
    /// Levels that a site may take together where a count is small: kmt2a_partner=MLLT1,MLLT10 (repeatable)
    #[arg(long, value_name = "FIELD=LEVELS")]
    allow_merge: Vec<String>,
    #[arg(long, value_name = "COVARIATE", help = COVARIATE)]
    covariate: Vec<String>,
    /// Ties of Cox's model
    #[arg(long, value_name = "WAY", value_parser = named(&TIES), default_value = "efron")]
    ties: TiesPlan,
    /// Field with the time of delayed entry
    #[arg(long, value_name = "FIELD")]
    entry: Option<String>,
    /// Field with weights
    #[arg(long, value_name = "FIELD")]
    weights: Option<String>,
    /// Field with a known part of the linear predictor of Cox's model
    #[arg(long, value_name = "FIELD")]
    offset: Option<String>,
    /// Ends of the cells of time, or day:LAST for a cell each day [default: eleven from 91 to 3652 days]
    #[arg(long, value_name = "ENDS")]
    grid: Option<String>,
    /// A variable of Table 1: wbc:0,10,50,2000 with cuts, sex for the levels of the data dictionary (repeatable)
    #[arg(long, value_name = "VARIABLE")]
    table1: Vec<String>,
    /// Protocols whose groups are counted
    #[arg(long, value_name = "IDS", value_delimiter = ',', num_args = 1..)]
    protocols: Vec<String>,
    /// What is computed [default: all that the other flags allow]
    #[arg(long, value_name = "ANALYSES", value_delimiter = ',', num_args = 1.., value_parser = named(&ANALYSES))]
    analyses: Vec<Analysis>,
    /// Cox's model without strata by site, from risk sets averaged over the cells
    #[arg(long)]
    unstratified: bool,
    /// Coefficients of round 1 [default: 0]
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', value_parser = number, num_args = 1..)]
    start: Vec<f64>,
    /// Most rounds [default: 4, masked 8]
    #[arg(long, value_name = "N")]
    rounds: Option<u32>,
    /// The distance to the pooled fit, in standard errors, that ends the rounds
    #[arg(long, value_name = "NUMBER", value_parser = number, default_value = "0.001")]
    stop: f64,
    /// Patients expected at all sites together
    #[arg(long, value_name = "N")]
    expected_n: Option<u64>,
    /// Events expected at all sites together
    #[arg(long, value_name = "N")]
    expected_events: Option<u64>,
    /// The smallest count that leaves a site
    #[arg(long, value_name = "N", default_value = "5")]
    smallest_cell: u64,
    /// Keep numbers of single sites out of the result
    #[arg(long)]
    hide_sites: bool,
    /// Where to write the plan
    #[arg(long, value_name = "FILE", value_parser = present)]
    out: Option<String>,
}

/// Writes the plan, or prints it.
pub fn run(options: &PlanOptions) -> Result<(), Refusal> {
    let design = match &options.design {
        Some(path) => from_file(path)?,
        None => from_flags(options)?,
    };
    let plan = Plan::first(design).map_err(refused)?;
    match &options.out {
        Some(path) => {
            write(path, &plan.text())?;
            output::print(&format!("{}  sha256 {}\n", shown(path), plan.sha256))
        }
        None => output::file(&plan.text()),
    }
}

fn from_file(path: &str) -> Result<Design, Refusal> {
    serde_json::from_str(&read(path)?).map_err(|error| Refusal(format!("{}: {error}", shown(path))))
}

fn wrong(flag: &str, text: &str, remedy: &str) -> Refusal {
    Refusal(format!("cotside federate plan: --{flag} {text}: {remedy}"))
}

fn from_flags(options: &PlanOptions) -> Result<Design, Refusal> {
    let needed = |flag: &str| Refusal(format!("cotside federate plan: --{flag} is required, or --design FILE"));
    let study = options.study.clone().ok_or_else(|| needed("study"))?;
    if options.sites.is_empty() {
        return Err(needed("sites"));
    }
    let sharing = options.sharing.unwrap_or(if options.sites.len() > 2 {
        Sharing::Masked
    } else {
        Sharing::PerSite
    });
    let is_masked = sharing == Sharing::Masked;
    if is_masked && (options.expected_n.is_none() || options.expected_events.is_none()) {
        return Err(Refusal(
            "cotside federate plan: --expected-n and --expected-events are required where sums are masked: no site knows the total"
                .into(),
        ));
    }
    let endpoint = Endpoint::from_code(&options.endpoint).ok_or_else(|| {
        wrong(
            "endpoint",
            &options.endpoint,
            &format!("give one of {}", Endpoint::CODES.join(", ")),
        )
    })?;
    let origin = cotside_core::cohort::Origin::of(endpoint).code().to_owned();
    let covariates: Vec<Covariate> = each(&options.covariate, covariate)?;
    let columns: usize = covariates.iter().map(|covariate| covariate.columns().len()).sum();
    let mut design = Design {
        study,
        sharing,
        sites: options.sites.clone(),
        catalogue: RULES_VERSION.to_owned(),
        origin: options.origin.clone().unwrap_or(origin),
        time_unit: options.time_unit.clone(),
        endpoint: EndpointPlan {
            id: options.endpoint.clone(),
            causes: match options.causes.is_empty() {
                true => causes_of(endpoint).iter().map(|&cause| cause.to_owned()).collect(),
                false => options.causes.clone(),
            },
            horizon: options.horizon,
        },
        selection: each(&options.select, condition)?,
        groups: options.group.as_deref().map(|text| group("group", text)).transpose()?,
        strata: each(&options.strata, |text| group("strata", text))?,
        merges: merges("federate plan", "allow-merge", &options.allow_merge)?,
        cox: (columns > 0).then(|| CoxPlan {
            stratified: !options.unstratified,
            start: match options.start.is_empty() {
                true => vec![0.0; columns],
                false => options.start.clone(),
            },
            rounds_max: options.rounds.unwrap_or(most_rounds(sharing)),
            stop: options.stop,
        }),
        covariates,
        ties: options.ties,
        entry: options.entry.clone(),
        weights: options.weights.clone(),
        offset: options.offset.clone(),
        grid: grid(options)?,
        table1: each(&options.table1, variable)?.into_iter().collect(),
        protocols: options.protocols.clone(),
        analyses: options.analyses.clone(),
        limits: Limits {
            smallest_cell: options.smallest_cell,
            ..Limits::default()
        },
        expected_n: options.expected_n.unwrap_or_default(),
        expected_events: options.expected_events.unwrap_or_default(),
        publish_sites: !options.hide_sites,
    };
    if design.analyses.is_empty() {
        design.analyses = allowed(&design);
    }
    if !design.asks(Analysis::Cox) {
        design.cox = None;
    }
    Ok(design)
}

fn each<T>(texts: &[String], read: impl Fn(&str) -> Result<T, Refusal>) -> Result<Vec<T>, Refusal> {
    texts.iter().map(|text| read(text)).collect()
}

/// All analyses for which the design has what they need.
fn allowed(design: &Design) -> Vec<Analysis> {
    let is_plain = design.entry.is_none() && design.weights.is_none();
    let fits = |analysis: &Analysis| match analysis {
        Analysis::Table1 => true,
        Analysis::Logrank => design.groups.is_some() && design.weights.is_none(),
        Analysis::Gray => design.groups.is_some() && is_plain && design.endpoint.causes.len() > 1,
        Analysis::Km | Analysis::Rmst => is_plain && !design.grid.is_empty(),
        Analysis::Cif => is_plain && !design.grid.is_empty() && design.endpoint.causes.len() > 1,
        Analysis::Cox => !design.covariates.is_empty(),
        Analysis::TwoStage => !design.covariates.is_empty() && design.sharing == Sharing::PerSite,
    };
    Analysis::ALL.into_iter().filter(fits).collect()
}

fn grid(options: &PlanOptions) -> Result<Vec<f64>, Refusal> {
    let Some(text) = &options.grid else {
        return Ok(if options.time_unit == "day" {
            STANDARD_CELLS.to_vec()
        } else {
            Vec::new()
        });
    };
    if let Some(last) = text.strip_prefix("day:") {
        let last = number(last).map_err(|why| wrong("grid", text, &why))?;
        if !(1.0..=MOST_CELLS).contains(&last) {
            return Err(wrong("grid", text, "give a last day from 1 to 20000"));
        }
        return Ok((0..=last as u32).map(f64::from).collect());
    }
    numbers("grid", text)
}

fn numbers(flag: &str, text: &str) -> Result<Vec<f64>, Refusal> {
    let one = |part: &str| number(part).map_err(|why| wrong(flag, part, &why));
    text.split(',').map(one).collect()
}

/// Lists of levels by field, each from FIELD=LEVELS; `command` and `flag` are named in a refusal.
pub fn merges(command: &str, flag: &str, texts: &[String]) -> Result<Merges, Refusal> {
    let mut found = Merges::new();
    for text in texts {
        let by = by_levels(command, flag, text)?;
        found.entry(by.field).or_default().push(by.levels);
    }
    Ok(found)
}

fn group(flag: &str, text: &str) -> Result<GroupBy, Refusal> {
    by_levels("federate plan", flag, text)
}

fn by_levels(command: &str, flag: &str, text: &str) -> Result<GroupBy, Refusal> {
    let (field, levels) = text.split_once('=').ok_or_else(|| {
        let remedy = "give the field and its levels, such as kmt2a=germline,rearranged";
        Refusal(format!("cotside {command}: --{flag} {text}: {remedy}"))
    })?;
    Ok(GroupBy {
        field: field.trim().to_owned(),
        levels: levels.split(',').map(|level| level.trim().to_owned()).collect(),
    })
}

fn variable(text: &str) -> Result<(String, Vec<f64>), Refusal> {
    match text.rsplit_once(':') {
        Some((name, cuts)) => Ok((name.to_owned(), numbers("table1", cuts)?)),
        None => Ok((text.to_owned(), Vec::new())),
    }
}

fn condition(text: &str) -> Result<Selection, Refusal> {
    let mut found = Selection {
        field: String::new(),
        at_least: None,
        below: None,
        is: None,
    };
    let limit = |limit: &str| number(limit).map(Some).map_err(|why| wrong("select", text, &why));
    if let Some((field, value)) = text.split_once(">=") {
        found.field = field.trim().to_owned();
        found.at_least = limit(value)?;
    } else if let Some((field, value)) = text.split_once('<') {
        found.field = field.trim().to_owned();
        found.below = limit(value)?;
    } else {
        let by = group("select", text)?;
        (found.field, found.is) = (by.field, Some(by.levels));
    }
    Ok(found)
}

fn covariate(text: &str) -> Result<Covariate, Refusal> {
    let remedy =
        "give wbc:log10:0.5:3.5:2:1, age_days:identity:0:365:180:30, age_days<183 or kmt2a=germline,rearranged";
    let refusal = || wrong("covariate", text, remedy);
    if let Some((name, cut)) = text.split_once('<') {
        let (cut, unit) = cut
            .split_once(':')
            .map_or((cut, None), |(cut, unit)| (cut, Some(unit.to_owned())));
        return Ok(Covariate::Below {
            name: name.trim().to_owned(),
            cut: number(cut).map_err(|_| refusal())?,
            unit,
        });
    }
    if let Some((name, levels)) = text.split_once('=') {
        let mut levels = levels.split(',').map(|level| level.trim().to_owned());
        return Ok(Covariate::Level {
            name: name.trim().to_owned(),
            reference: levels.next().unwrap_or_default(),
            levels: levels.collect(),
        });
    }
    let parts: Vec<&str> = text.split(':').collect();
    let (&[name, form, lo, hi, centre, scale], unit) = match parts.len() {
        6 => (parts.first_chunk::<6>().ok_or_else(refusal)?, None),
        7 => (parts.first_chunk::<6>().ok_or_else(refusal)?, parts.last()),
        _ => return Err(refusal()),
    };
    let read = |text: &str| number(text).map_err(|_| refusal());
    let scaled = Scaled {
        name: name.trim().to_owned(),
        unit: unit.map(|unit| (*unit).to_owned()),
        lo: read(lo)?,
        hi: read(hi)?,
        centre: read(centre)?,
        scale: read(scale)?,
    };
    match form {
        "log10" => Ok(Covariate::Log10(scaled)),
        "identity" => Ok(Covariate::Identity(scaled)),
        _ => Err(refusal()),
    }
}
