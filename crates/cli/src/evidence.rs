//! `cotside evidence`: the table of published outcomes, a commentary's table, two rows compared.

use std::fmt::Write as _;

use cotside_core::evidence::{COMMENTARY, Comparison, Endpoint, Estimate, Study, compare, published};
use cotside_words::wire::evidence as wire;
use cotside_words::{decimal, en};
use lexopt::prelude::*;
use serde::Serialize;

use crate::analysis::comma_list;
use crate::arguments::{Command, HELP};
use crate::{Refusal, output};

/// Options of `evidence`.
pub struct Evidence {
    studies: Vec<&'static str>,
    endpoints: Vec<Endpoint>,
    commentary: bool,
    compare: Option<(&'static Estimate, &'static Estimate)>,
    binomial: bool,
    level: f64,
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    studies: Vec<wire::StudyWire>,
    estimates: Vec<wire::EstimateWire>,
}

/// Reads the flags.
pub fn parse(parser: &mut lexopt::Parser) -> Result<Command, Refusal> {
    let mut options = Evidence {
        studies: Vec::new(),
        endpoints: Vec::new(),
        commentary: false,
        compare: None,
        binomial: false,
        level: 0.95,
        json: false,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("study") => {
                for id in comma_list(&parser.value()?.string()?) {
                    options.studies.push(known_study(&id)?.id);
                }
            }
            Long("endpoint") => {
                for code in comma_list(&parser.value()?.string()?) {
                    options.endpoints.push(known_endpoint(&code)?);
                }
            }
            Long("compare") => options.compare = Some(pair(&parser.value()?.string()?)?),
            Long("binomial") => options.binomial = true,
            Long("level") => options.level = level("evidence", &parser.value()?.string()?)?,
            Long("commentary") => options.commentary = true,
            Long("json") => options.json = true,
            Short('h') | Long("help") => return Ok(Command::Help(HELP)),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Evidence(options))
}

/// A level of intervals.
pub fn level(command: &str, text: &str) -> Result<f64, Refusal> {
    let level = text
        .trim()
        .parse()
        .ok()
        .filter(|level: &f64| *level > 0.0 && *level < 1.0);
    level.ok_or_else(|| {
        Refusal(format!(
            "cotside {command}: --level “{text}” is not between 0 and 1; give one such as 0.95"
        ))
    })
}

fn known_study(id: &str) -> Result<&'static Study, Refusal> {
    published().study(id).ok_or_else(|| {
        let ids: Vec<&str> = published().studies.iter().map(|study| study.id).collect();
        Refusal(format!(
            "cotside evidence: no study “{id}”; there are {}",
            ids.join(", ")
        ))
    })
}

fn known_endpoint(code: &str) -> Result<Endpoint, Refusal> {
    Endpoint::with_code(code).ok_or_else(|| {
        let mut codes: Vec<&str> = Vec::new();
        for estimate in &published().estimates {
            if !codes.contains(&estimate.endpoint.code()) {
                codes.push(estimate.endpoint.code());
            }
        }
        Refusal(format!(
            "cotside evidence: no endpoint “{code}”; there are {}",
            codes.join(", ")
        ))
    })
}

/// A row of the table by its id.
pub fn known_estimate(command: &str, id: &str) -> Result<&'static Estimate, Refusal> {
    published().estimate(id).ok_or_else(|| {
        Refusal(format!(
            "cotside {command}: no estimate “{id}” in the table; cotside evidence lists them, such as mll03/1"
        ))
    })
}

fn pair(text: &str) -> Result<(&'static Estimate, &'static Estimate), Refusal> {
    match &comma_list(text)[..] {
        [first, second] => Ok((known_estimate("evidence", first)?, known_estimate("evidence", second)?)),
        _ => Err(Refusal(format!(
            "cotside evidence: --compare “{text}” is not accepted; give two ids such as interfant-06/2,mll-10/4"
        ))),
    }
}

/// Prints the table, or what was asked of it.
pub fn run(options: &Evidence) -> Result<(), Refusal> {
    if let Some((first, second)) = options.compare {
        let Some(found) = compare(first, second, options.binomial, options.level) else {
            return Err(Refusal(
                "cotside evidence: --level must lie between 0 and 1, such as 0.95".into(),
            ));
        };
        return if options.json {
            output::json(&wire::comparison(first, second, &found))
        } else {
            output::print(&comparison_for_people(first, second, &found))
        };
    }
    if options.commentary {
        return if options.json {
            output::json(&wire::commentary())
        } else {
            output::print(&commentary_for_people())
        };
    }
    let wanted = |estimate: &&Estimate| {
        (options.studies.is_empty() || options.studies.contains(&estimate.study.id))
            && (options.endpoints.is_empty() || options.endpoints.contains(&estimate.endpoint))
    };
    let estimates: Vec<&Estimate> = published().estimates.iter().filter(wanted).collect();
    let studies = published().studies.iter();
    let studies: Vec<&Study> = studies
        .filter(|study| estimates.iter().any(|estimate| estimate.study.id == study.id))
        .collect();
    if options.json {
        return output::json(&Answer {
            studies: studies.iter().map(|study| wire::study(study)).collect(),
            estimates: estimates.iter().map(|estimate| wire::estimate(estimate)).collect(),
        });
    }
    output::print(&table_for_people(&studies, &estimates))
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

fn table_for_people(studies: &[&Study], estimates: &[&Estimate]) -> String {
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

fn comparison_for_people(first: &Estimate, second: &Estimate, found: &Comparison) -> String {
    let mut text = format!("{}\n{}\n\n", line(first), line(second));
    match found.plain {
        Some(difference) => {
            let _ = writeln!(
                text,
                "difference {} points ({} to {}), {}",
                decimal(difference.estimate, 1),
                decimal(difference.interval.lower, 1),
                decimal(difference.interval.upper, 1),
                en::p_value(difference.p)
            );
        }
        None => {
            let rows = [(first, found.first), (second, found.second)];
            let _ = writeln!(text, "{}", en::no_difference(rows));
        }
    }
    if let Some((ratio, interval)) = found.cumulative_hazard_ratio() {
        let _ = writeln!(
            text,
            "ratio of cumulative hazards {} ({} to {})",
            decimal(ratio, 2),
            decimal(interval.lower, 2),
            decimal(interval.upper, 2)
        );
    } else if found.plain.is_some() {
        let _ = writeln!(text, "{}", en::NO_LOG_LOG);
    }
    for caution in &found.cautions {
        let _ = writeln!(text, "- {}", en::caution(caution));
    }
    text
}
