//! Subcommands and flags.

use cotside_core::protocols::{PROTOCOLS, Protocol, RULES, RULES_VERSION, protocol};
use lexopt::prelude::*;

use crate::{Refusal, check, cif, cox, evidence, finegray, import, km, logrank, own, parametric, pool, reconstruct};

/// The commands, for messages.
const COMMANDS: &str =
    "stratify, protocols, km, logrank, cox, cif, finegray, parametric, evidence, check, pool, reconstruct, import";

/// What to do.
pub enum Command {
    /// Print a text.
    Help(&'static str),
    /// Print rules, write one as a file, or check such a file.
    Protocols(Protocols),
    /// Cumulative incidences.
    Cif(cif::Cif),
    /// Fine and Gray's model.
    FineGray(finegray::FineGrayOptions),
    /// Accelerated-failure-time models.
    Parametric(parametric::ParametricOptions),
    /// Stratify a file of patients.
    Stratify(Stratify),
    /// Kaplan–Meier curves of a file of follow-up.
    Km(km::Km),
    /// Rank tests of groups.
    LogRank(logrank::LogRank),
    /// Cox's regression of a file of follow-up.
    Cox(cox::Cox),
    /// The table of published outcomes.
    Evidence(evidence::Evidence),
    /// Whether published numbers follow from each other.
    Check(check::Check),
    /// Pooled estimates.
    Pool(Box<pool::Pool>),
    /// How a cohort's file is understood.
    Import(import::Import),
    /// Patients from a published curve.
    Reconstruct(reconstruct::Reconstruct),
}

/// What to do with rules.
pub enum Protocols {
    /// Print every one.
    All {
        /// As JSON.
        json: bool,
    },
    /// Print one as a file: a copy to start from, or the definition itself.
    AsFile {
        /// The protocol.
        protocol: &'static Protocol,
        /// Under its own id.
        exact: bool,
    },
    /// Say what is wrong with a file.
    Check(String),
    /// Print the versions of the rules and what was corrected.
    Corrections,
}

/// Options of `stratify`.
pub struct Stratify {
    /// Path of the file; `-` is standard input.
    pub input: String,
    /// The protocols asked for, in the order of the catalogue, then those of the reader's own.
    pub protocols: Vec<&'static Protocol>,
    /// Version of the rules.
    pub rules: &'static str,
    /// As JSON.
    pub json: bool,
    /// Answer the good rows of a file that has bad ones.
    pub keep_going: bool,
}

/// How to call it.
pub const HELP: &str = "cotside: how the catalogue's infant ALL protocols classify a child

  cotside stratify --input FILE [--protocol ID ...] [--own FILE ...] [--rules VERSION]
             [--keep-going] [--json]
      FILE is CSV with a header (UTF-8; comma, semicolon or tab); - reads standard input.
      Empty cells, NA, NaN and . are unknown. --keep-going answers the good rows of a
      file that has bad ones and reports the bad ones on standard error. --own adds protocols of
      your own beside the others, marked; --rules answers by an earlier version of the rules.
  cotside protocols [--json | --as-file ID [--exact] | --check FILE | --corrections]
      Every rule, boundary and citation. --as-file prints one as a file to start a protocol of
      your own from; --check says what is wrong with such a file, and where; --corrections lists
      the versions of the rules and what each changed.
  cotside km --input FILE --time COLUMN --event COLUMN [--event-value V ...] [--entry COLUMN]
             [--weights COLUMN] [--group COLUMN] [--conf-type log-log|log|plain|logit|arcsin]
             [--conf-level 0.95] [--at 1,2,5] [--rmst TAU] [--json]
      Kaplan-Meier curves. --event-value names what counts as the event (1 if not given); every
      other value is censored. Rows with a missing value are left out and counted.
  cotside logrank --input FILE --time COLUMN --event COLUMN --group COLUMN [--event-value V ...]
             [--entry COLUMN] [--strata COLUMN] [--weight logrank|gehan|tarone-ware|peto|fh:RHO,GAMMA]
             [--trend] [--pairwise] [--exact] [--replicates 100000] [--seed 1] [--json]
      Rank tests. --exact adds a permutation p: every assignment of the groups where there are at
      most two million, else as many drawn as --replicates says.
  cotside cox --input FILE --time COLUMN --event COLUMN [--event-value V ...] [--entry COLUMN]
              --covariates A,B [--factor C ...] [--strata S] [--ties efron|breslow|exact] [--cluster ID]
              [--weights COLUMN] [--firth] [--zph km|identity|rank|log] [--conf-level 0.95] [--json]
      Cox's regression. A factor's first level in sorted order is its reference. Clusters, and
      weights that are not whole numbers, ask for the robust variance.
  cotside cif --input FILE --time COLUMN --event COLUMN [--group COLUMN] [--strata COLUMN]
              [--entry COLUMN] [--weights COLUMN] [--conf-type log-log|log|plain|logit|arcsin]
              [--conf-level 0.95] [--at 1,2,5] [--variance jackknife|aalen] [--json]
      Cumulative incidence of competing causes (0 censored; 1, 2, ... the causes), and Gray's
      test between groups.
  cotside finegray --input FILE --time COLUMN --event COLUMN --cause 1 --covariates a,b
              [--factor c] [--conf-level 0.95] [--json]
      Fine and Gray's model of one cause's subdistribution hazard; robust standard errors.
  cotside parametric --input FILE --time COLUMN --event COLUMN [--event-value V ...]
              --dist exponential|weibull|lognormal|loglogistic [--covariates a,b] [--factor c]
              [--weights COLUMN] [--json]
      Accelerated-failure-time models; BIC counts rows.
  cotside evidence [--study ID,...] [--endpoint EFS,...] [--commentary]
             [--compare ID,ID [--binomial] [--level 0.95]] [--json]
      Published outcomes, each with its source; a commentary's table of five studies; two rows
      compared, with the reasons for caution.
  cotside check [--id ID,...] [--estimate P --se SE --n N] [--estimate P --ci L,U [--se SE] [--n N]]
             [--hr HR --ci L,U [--p P]] [--percent P --count K/N | --percent P --n N]
             [--median M --range L,U [--values V,...]] [--parts N:P,... --estimate P]
             [--level 0.95] [--json]
      Whether numbers as printed follow from each other; without numbers, the whole table.
  cotside pool (--ids ID,... [--binomial] | --input FILE --estimate COLUMN --std-err COLUMN |
             --input FILE --ratio COLUMN --lower COLUMN --upper COLUMN) [--label COLUMN]
             [--scale log-log|plain|log|logit|arcsin|identity] [--method reml|dersimonian-laird|fixed]
             [--test hartung-knapp|normal] [--leave-one-out] [--level 0.95] [--json]
      Pooled estimates of three or more studies. With a scale of rates the columns are per cent;
      --lower and --upper are of 95 % intervals, --level is that of the answer.
  cotside reconstruct --input FILE --time COLUMN --survival COLUMN --at-risk TIME:PATIENTS,...
             [--events N] [--group NAME] [--json]
      Times and events that draw a published curve, from digitised points and the numbers at
      risk. Without --json a file that the other commands read, every row marked.
  cotside import --input FILE [--sheet NAME] [--mapping FILE] [--mapping-out FILE] [--json]
  cotside import --codes [--json]
      How the page reads a cohort's file (CSV, .xlsx, .ods): what each column is for, every
      question with the proposed answer, what cannot be used, and the patients that would be
      analysed. --mapping takes answers, --mapping-out writes them; --codes lists the codes.
  cotside --version

For education, research and reference to published protocols. Not a medical device.
Verify in the protocol.
";

const VERSION: &str = concat!("cotside ", env!("CARGO_PKG_VERSION"), "\n");

impl From<lexopt::Error> for Refusal {
    fn from(error: lexopt::Error) -> Self {
        Self(format!("cotside: {error}; see cotside --help"))
    }
}

/// Reads the command line.
pub fn parse() -> Result<Command, Refusal> {
    let mut parser = lexopt::Parser::from_env();
    match parser.next()? {
        None | Some(Short('h') | Long("help")) => Ok(Command::Help(HELP)),
        Some(Short('V') | Long("version")) => Ok(Command::Help(VERSION)),
        Some(Value(name)) => match name.to_string_lossy().as_ref() {
            "stratify" => stratify(&mut parser),
            "protocols" => protocols(&mut parser),
            "cox" => cox::parse(&mut parser),
            "cif" => cif::parse(&mut parser),
            "finegray" => finegray::parse(&mut parser),
            "parametric" => parametric::parse(&mut parser),
            "km" => km::parse(&mut parser),
            "logrank" => logrank::parse(&mut parser),
            "evidence" => evidence::parse(&mut parser),
            "check" => check::parse(&mut parser),
            "pool" => pool::parse(&mut parser),
            "reconstruct" => reconstruct::parse(&mut parser),
            "import" => import::parse(&mut parser),
            "help" => Ok(Command::Help(HELP)),
            other => Err(Refusal(format!(
                "cotside: no command “{other}”; the commands are {COMMANDS}"
            ))),
        },
        Some(other) => Err(other.unexpected().into()),
    }
}

fn protocols(parser: &mut lexopt::Parser) -> Result<Command, Refusal> {
    let (mut json, mut exact) = (false, false);
    let mut chosen = None;
    while let Some(argument) = parser.next()? {
        let what = match argument {
            Long("json") => {
                json = true;
                continue;
            }
            Long("exact") => {
                exact = true;
                continue;
            }
            Long("as-file") => {
                let protocol = known(&parser.value()?.string()?)?;
                Protocols::AsFile { protocol, exact: false }
            }
            Long("check") => Protocols::Check(parser.value()?.string()?),
            Long("corrections") => Protocols::Corrections,
            Short('h') | Long("help") => return Ok(Command::Help(HELP)),
            other => return Err(other.unexpected().into()),
        };
        if json || chosen.replace(what).is_some() {
            return Err(Refusal(
                "cotside protocols: give one of --json, --as-file, --check and --corrections".into(),
            ));
        }
    }
    let chosen = match chosen {
        Some(Protocols::AsFile { protocol, .. }) if !json => Protocols::AsFile { protocol, exact },
        Some(other) if !json && !exact => other,
        None if !exact => Protocols::All { json },
        _ => {
            return Err(Refusal(
                "cotside protocols: --exact goes with --as-file, and --json with neither".into(),
            ));
        }
    };
    Ok(Command::Protocols(chosen))
}

fn stratify(parser: &mut lexopt::Parser) -> Result<Command, Refusal> {
    let mut input = None;
    let mut chosen: Vec<&'static Protocol> = Vec::new();
    let mut files: Vec<String> = Vec::new();
    let mut rules = RULES_VERSION.to_owned();
    let (mut json, mut keep_going) = (false, false);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("input") => input = Some(parser.value()?.string()?),
            Long("protocol") => {
                // Several ids may follow one flag.
                for id in parser.values()? {
                    chosen.push(known(&id.string()?)?);
                }
            }
            Long("own") => {
                for file in parser.values()? {
                    files.push(file.string()?);
                }
            }
            Long("rules") => rules = parser.value()?.string()?,
            Long("json") => json = true,
            Long("keep-going") => keep_going = true,
            Short('h') | Long("help") => return Ok(Command::Help(HELP)),
            other => return Err(other.unexpected().into()),
        }
    }
    let input =
        input.ok_or_else(|| Refusal("cotside stratify: --input FILE is needed (- for standard input)".into()))?;
    let (rules, catalogue) = version(&rules)?;
    let asked = |protocol: &Protocol| chosen.is_empty() || chosen.iter().any(|each| each.id == protocol.id);
    let mut protocols: Vec<&'static Protocol> = catalogue.into_iter().filter(|protocol| asked(protocol)).collect();
    for file in &files {
        let own = own::read_file(file)?;
        if let Some(twice) = protocols.iter().find(|known| known.id == own.id) {
            return Err(Refusal(format!(
                "{file}: another file has the id “{}” too; change one",
                twice.id
            )));
        }
        protocols.push(own);
    }
    Ok(Command::Stratify(Stratify {
        input,
        protocols,
        rules,
        json,
        keep_going,
    }))
}

/// A version of the rules and its catalogue.
fn version(wanted: &str) -> Result<(&'static str, Vec<&'static Protocol>), Refusal> {
    let versions = RULES.versions();
    let found = versions.iter().find(|version| **version == wanted).copied();
    found.zip(RULES.catalogue(wanted)).ok_or_else(|| {
        Refusal(format!(
            "cotside stratify: no version “{wanted}” of the rules; there are {}",
            versions.join(", ")
        ))
    })
}

fn known(id: &str) -> Result<&'static Protocol, Refusal> {
    protocol(id).ok_or_else(|| {
        let ids: Vec<&str> = PROTOCOLS.iter().map(|protocol| protocol.id).collect();
        Refusal(format!(
            "cotside: no protocol “{id}” in rules {RULES_VERSION}; there are {}",
            ids.join(", ")
        ))
    })
}
