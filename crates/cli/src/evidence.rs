//! `cotside evidence`: the table of published outcomes, a commentary's table, two rows compared.

use std::fmt::Write as _;

use clap::Args;
use cotside_core::evidence::{
    COMMENTARY, Comparison, Estimate, HistoryEntry, PublishedEndpoint, PublishedStudy, RowKind, changes_since, compare,
    evidence_versions, own_template, published,
};
use cotside_words::wire::evidence as wire;
use cotside_words::{decimal, en};
use cotside_worker::evidence::EvidencePage;
use serde::Serialize;

use crate::own_estimates::{OwnRows, RowId, row_id};
use crate::people::rounded;
use crate::{Refusal, flags, output, people};

/// Options of `evidence`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cotside evidence --study mll03 --endpoint EFS
  cotside evidence --compare interfant-06/2,mll-10/4
  cotside evidence --since 2026.11.2
  cotside evidence --csv > estimates.csv
  cotside evidence --own-template > own.csv
  cotside evidence --own own.csv --compare own/1,mll-10/4")]
pub struct Evidence {
    /// Studies by their ids
    #[arg(long, value_name = "ID", num_args = 1.., value_delimiter = ',', value_parser = known_study)]
    study: Vec<&'static str>,
    /// Endpoints by their codes, such as EFS
    #[arg(long, value_name = "CODE", num_args = 1.., value_delimiter = ',', value_parser = known_endpoint)]
    endpoint: Vec<PublishedEndpoint>,
    /// A commentary's table of five studies instead
    #[arg(long)]
    commentary: bool,
    /// Two rows to compare, with the reasons for caution; rows of --own are own/1 and so on
    #[arg(long, value_name = "ID,ID", value_parser = pair)]
    compare: Option<Pair>,
    /// CSV file of own estimates beside the table, marked as not checked
    #[arg(long, value_name = "FILE", value_parser = flags::present, conflicts_with_all = ["since", "commentary", "readme"])]
    own: Option<String>,
    /// A file of own estimates to begin with
    #[arg(long, conflicts_with_all = ["own", "csv", "json", "since", "compare", "commentary", "study", "endpoint", "readme"])]
    own_template: bool,
    /// What was added and corrected after this version of the evidence
    #[arg(long, value_name = "VERSION", value_parser = known_version, conflicts_with_all = ["compare", "commentary", "study", "endpoint"])]
    since: Option<String>,
    /// The whole table as CSV
    #[arg(long, conflicts_with_all = ["json", "since", "compare", "commentary", "study", "endpoint"])]
    csv: bool,
    /// What the table is: version, licence, how to cite
    #[arg(long, conflicts_with_all = ["csv", "json", "since", "compare", "commentary", "study", "endpoint"])]
    readme: bool,
    /// For a row without a standard error, use the smallest that its number of patients allows
    #[arg(long)]
    binomial: bool,
    /// Level of the intervals of a comparison
    #[arg(long, value_name = "LEVEL", default_value = "0.95", value_parser = flags::level)]
    level: f64,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

type Pair = (RowId, RowId);

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EvidenceAnswer {
    studies: Vec<wire::StudyWire>,
    estimates: Vec<wire::EstimateWire>,
}

fn known_study(id: &str) -> Result<&'static str, String> {
    let study = published().study(id.trim());
    study.map(|study| study.id).ok_or_else(|| {
        let ids: Vec<&str> = published().studies.iter().map(|study| study.id).collect();
        format!("is not a study; there are {}", ids.join(", "))
    })
}

fn known_endpoint(code: &str) -> Result<PublishedEndpoint, String> {
    PublishedEndpoint::with_code(code.trim()).ok_or_else(|| {
        let mut codes: Vec<&str> = Vec::new();
        for estimate in &published().estimates {
            if !codes.contains(&estimate.endpoint.code()) {
                codes.push(estimate.endpoint.code());
            }
        }
        format!("is not an endpoint; there are {}", codes.join(", "))
    })
}

fn known_version(version: &str) -> Result<String, String> {
    let version = version.trim();
    if changes_since(version).is_some() {
        return Ok(version.to_owned());
    }
    let versions: Vec<&str> = evidence_versions().into_iter().map(|(version, _)| version).collect();
    Err(format!(
        "is not a version of the evidence; there are {}",
        versions.join(", ")
    ))
}

/// A row of the table by its id.
pub fn known_estimate(id: &str) -> Result<&'static Estimate, String> {
    published()
        .estimate(id.trim())
        .ok_or_else(|| "is not in the table; cotside evidence lists the estimates, such as mll03/1".into())
}

fn pair(text: &str) -> Result<Pair, String> {
    match text.split_once(',') {
        Some((first, second)) => Ok((row_id(first)?, row_id(second)?)),
        None => Err("is not accepted; give two ids such as interfant-06/2,mll-10/4".into()),
    }
}

/// Prints the table, or the requested part of it.
pub fn run(options: &Evidence) -> Result<(), Refusal> {
    if options.own_template {
        return output::file(&own_template());
    }
    let own = OwnRows::read(options.own.as_deref())?;
    if let Some((first, second)) = &options.compare {
        let (first, second) = match own.named(&[first.clone(), second.clone()])?[..] {
            [first, second] => (first, second),
            _ => return Ok(()),
        };
        let Some(found) = compare(first, second, options.binomial, options.level) else {
            return Err(Refusal(
                "cotside evidence: --level must lie between 0 and 1, such as 0.95".into(),
            ));
        };
        return if options.json {
            output::json(&wire::comparison(first, second, &found))
        } else {
            output::print(&comparison_for_people(first, second, &found, options.level))
        };
    }
    if let Some(version) = &options.since {
        return since(version, options.json);
    }
    let file = match (options.csv, options.readme) {
        (true, _) => Some("estimates.csv"),
        (false, true) => Some("readme.txt"),
        (false, false) => None,
    };
    let mut page = EvidencePage::default();
    page.take_own(own.texts.clone());
    if let Some(file) = file.and_then(|name| page.export(name)) {
        return output::file(&file.text);
    }
    if options.commentary {
        return if options.json {
            output::json(&wire::commentary())
        } else {
            output::print(&commentary_for_people())
        };
    }
    let wanted = |estimate: &&Estimate| {
        (options.study.is_empty() || options.study.contains(&estimate.study.id))
            && (options.endpoint.is_empty() || options.endpoint.contains(&estimate.endpoint))
    };
    let all = published().estimates.iter().chain(own.rows.iter().copied());
    let estimates: Vec<&Estimate> = all.filter(wanted).collect();
    let mut studies_of_own: Vec<&PublishedStudy> = Vec::new();
    for row in &own.rows {
        if studies_of_own.iter().all(|study| study.id != row.study.id) {
            studies_of_own.push(row.study);
        }
    }
    let studies = published().studies.iter().chain(studies_of_own);
    let studies: Vec<&PublishedStudy> = studies
        .filter(|study| estimates.iter().any(|estimate| estimate.study.id == study.id))
        .collect();
    if options.json {
        return output::json(&EvidenceAnswer {
            studies: studies.iter().map(|study| wire::study(study)).collect(),
            estimates: estimates.iter().map(|estimate| wire::estimate(estimate)).collect(),
        });
    }
    output::print(&table_for_people(&studies, &estimates))
}

/// Prints what was added and corrected after a version.
fn since(version: &str, json: bool) -> Result<(), Refusal> {
    let entries = changes_since(version).unwrap_or_default();
    let date = evidence_versions().last().map_or("", |(_, date)| *date);
    if json {
        return output::json(&wire::changes(version, date, &entries));
    }
    let mut text = String::new();
    if entries.is_empty() {
        let _ = writeln!(text, "Nothing was added or corrected after evidence {version}.");
    }
    for entry in entries {
        let _ = writeln!(text, "{}", change_line(entry));
    }
    output::print(&text)
}

/// A change of a row in a line, with the row as it is now where an estimate was added.
fn change_line(entry: &HistoryEntry) -> String {
    let row = (entry.kind == RowKind::Estimate)
        .then(|| published().estimate(entry.id))
        .flatten();
    let what = match (entry.what, row) {
        ("", Some(row)) => format!(": {}", line(row)),
        ("", None) => format!(": {} {}", entry.kind.code(), entry.id),
        (what, _) => format!(": {} {}, {what}", entry.kind.code(), entry.id),
    };
    format!("{} ({}) {}{what}", entry.version, entry.date, entry.change.code())
}

fn line(estimate: &Estimate) -> String {
    let years = estimate.years.map_or_else(
        || "time not stated".to_owned(),
        |years| format!("{} y", decimal(years, 1)),
    );
    let spread = match (estimate.interval, estimate.standard_error) {
        (Some((lower, upper)), _) => format!(" ({}–{})", en::printed(lower), en::printed(upper)),
        (None, Some(error)) if estimate.standard_error_is_clear => format!(" (SE {})", en::printed(error)),
        (None, Some(error)) => format!(" (± {}, unclear)", en::printed(error)),
        (None, None) => String::new(),
    };
    let n = estimate
        .n
        .map_or_else(|| "n not stated".to_owned(), |n| format!("n = {n}"));
    let (sure, _) = en::read_mark(estimate.cite.read);
    format!(
        "{:<24} {:<6} {years:<16} {} %{spread}, {n}: {} [{}, {sure}]",
        estimate.id,
        estimate.endpoint.code(),
        en::printed(estimate.estimate),
        estimate.population,
        estimate.cite.source.short
    )
}

fn table_for_people(studies: &[&PublishedStudy], estimates: &[&Estimate]) -> String {
    let mut text = String::new();
    for study in studies {
        let years = study
            .years
            .map_or_else(String::new, |(from, to)| format!(", {from}–{to}"));
        let _ = writeln!(text, "{}{years}", study.name);
        for estimate in estimates.iter().filter(|estimate| estimate.study.id == study.id) {
            let _ = writeln!(text, "  {}", line(estimate));
        }
    }
    let _ = writeln!(text, "\n{}", en::INTENDED_USE);
    text
}

fn commentary_for_people() -> String {
    let mut text = format!("{}\n{}\n", COMMENTARY.title, en::citation(&COMMENTARY.cite));
    for row in COMMENTARY.rows {
        let mark = row.death_in_remission_note.map_or("", |note| note.mark());
        let _ = writeln!(
            text,
            "\n{} ({}): N {}, KMT2Ar {}/{} ({} %), complete remission {} %, induction death {} %, death in remission \
             {}{mark} %, HCT {} %",
            row.name,
            row.years,
            row.n,
            row.kmt2a_rearranged,
            row.kmt2a_tested,
            row.kmt2a_percent,
            row.complete_remission,
            row.induction_death,
            row.death_in_remission,
            row.transplanted
        );
        let cell = |rate: &cotside_core::evidence::RateCell| {
            let subgroup = if rate.subgroup.is_empty() {
                String::new()
            } else {
                format!("{}: ", rate.subgroup)
            };
            format!(
                "{subgroup}{} ({}) ({}-y)",
                rate.estimate, rate.standard_error, rate.years
            )
        };
        let rearranged: Vec<String> = row.event_free_rearranged.iter().map(cell).collect();
        let _ = writeln!(
            text,
            "  EFS {}; EFS KMT2Ar {}; OS {}",
            cell(&row.event_free_all),
            rearranged.join(", "),
            cell(&row.overall_all)
        );
    }
    for note in COMMENTARY.rows.iter().filter_map(|row| row.death_in_remission_note) {
        let _ = writeln!(text, "\n{} {}", note.mark(), en::footnote(note));
    }
    let short: Vec<String> = COMMENTARY
        .abbreviations
        .iter()
        .map(|(short, long)| format!("{short}, {long}"))
        .collect();
    let _ = writeln!(text, "{}.", short.join("; "));
    text
}

fn comparison_for_people(first: &Estimate, second: &Estimate, found: &Comparison, level: f64) -> String {
    let level = people::level(level);
    let mut text = format!("{}\n{}\n\n", line(first), line(second));
    match found.plain {
        Some(difference) => {
            let _ = writeln!(
                text,
                "difference {} points (plain {level} % interval {} to {}){}",
                rounded(difference.estimate, 1),
                rounded(difference.interval.lower, 1),
                rounded(difference.interval.upper, 1),
                difference
                    .p
                    .map_or_else(String::new, |p| format!(", {}", en::p_value(p)))
            );
            let _ = en::no_test(found).map(|why| writeln!(text, "{why}"));
        }
        None => {
            let rows = [(first, found.first), (second, found.second)];
            let _ = writeln!(text, "{}", en::no_difference(rows));
        }
    }
    if let Some((ratio, interval)) = found.cumulative_hazard_ratio() {
        let _ = writeln!(
            text,
            "ratio of cumulative hazards {} (log-log {level} % interval {} to {})",
            rounded(ratio, 2),
            rounded(interval.lower, 2),
            rounded(interval.upper, 2)
        );
    } else if found.plain.is_some() {
        let _ = writeln!(text, "{}", en::NO_LOG_LOG);
    }
    for caution in &found.cautions {
        let _ = writeln!(text, "- {}", en::caution(caution));
    }
    text
}
