//! The words of the files of pooled analyses: what is open, what a plan asks, what a hospital's sums hold.

use cotside_core::federated::log::LogFault;
use cotside_core::federated::{Fault, FileFault, Limits, Plan, Sharing, Why};

use crate::decimal;

/// A refusal: the file, the field, what is wrong, what helps.
#[must_use]
pub fn fault(fault: &Fault) -> String {
    sentence(&fault.to_string())
}

/// What is wrong and what helps, without the file and the field.
#[must_use]
pub fn why(why: &Why) -> String {
    sentence(&why.to_string())
}

/// Why a text is no file of the program, as a part of a sentence.
#[must_use]
pub fn file_fault(fault: &FileFault) -> String {
    fault.to_string()
}

/// Why a log cannot be continued, as a part of a sentence.
#[must_use]
pub fn log_fault(fault: &LogFault) -> String {
    fault.to_string()
}

/// A warning of the core as a sentence of its own.
#[must_use]
pub fn sentence(text: &str) -> String {
    let text = text.trim_end_matches('.');
    format!("{text}.")
}

/// A file that is not text.
#[must_use]
pub fn not_utf8(name: &str) -> String {
    format!("{name}: not UTF-8 text; ask for the file again.")
}

/// A file whose content does not fit its own hash, or that was cut off.
#[must_use]
pub fn broken(name: &str, why: &str) -> String {
    format!("{name}: {why}; ask for the file again.")
}

/// A file of Cotside that has no place here.
#[must_use]
pub fn other_kind(name: &str, kind: &str) -> String {
    format!("{name}: a file of the kind “{kind}”, which this page does not open; open plans, sums, keys and logs.")
}

/// A plan.
#[must_use]
pub fn plan_file(study: &str, round: u32, is_used: bool) -> String {
    let used = if is_used {
        ""
    } else {
        " (not used: another plan of a later round is open)"
    };
    format!("plan of {study}, round {round}{used}")
}

/// A log.
pub const LOG_FILE: &str = "log of the files that left a hospital";
/// A key before its plan.
pub const KEY_FILE: &str = "key; open its plan";

/// A key.
#[must_use]
pub fn key_file(from: &str, to: &str) -> String {
    format!("key of {from} for {to}")
}

/// Sums before their plan.
#[must_use]
pub fn sums_without_plan(site: &str, round: u64) -> String {
    format!("sums of {site}, round {round}; open their plan")
}

/// Sums of this round.
#[must_use]
pub fn sums_file(site: &str, round: u64) -> String {
    format!("sums of {site}, round {round}")
}

/// Sums of another round.
#[must_use]
pub fn sums_of_another_round(site: &str, round: u64) -> String {
    format!("sums of {site}, round {round} (not used: the plan is of another round)")
}

/// Sums of another plan.
#[must_use]
pub fn sums_of_another_plan(site: &str) -> String {
    format!("sums of {site} for another plan; ask for a file of this plan")
}

/// Settings of a file of patients.
#[must_use]
pub fn settings_taken(name: &str) -> String {
    format!("{name}: settings of the file of patients, taken.")
}

// ---- The plan

/// What a plan asks for: names.
pub const STUDY: &str = "Study";
/// Of a plan.
pub const SITES: &str = "Hospitals";
/// Of a plan.
pub const SHARING: &str = "What the coordinator sees";
/// Of a plan.
pub const ENDPOINT: &str = "Endpoint";
/// Of a plan.
pub const WHO: &str = "Patients";
/// Of a plan.
pub const GROUPS: &str = "Groups";
/// Of a plan.
pub const STRATA: &str = "Strata besides the hospital";
/// Of a plan.
pub const MERGES: &str = "Levels that a hospital may take together";
/// Of a plan.
pub const MODEL: &str = "Cox model";
/// Of a plan.
pub const CELLS: &str = "Time intervals end at";
/// Of a plan.
pub const ANALYSES: &str = "Analyses";
/// Of a plan.
pub const LIMITS: &str = "Limits";
/// Of a plan.
pub const PROTOCOLS: &str = "Protocols whose groups are counted";
/// Of a plan: everybody.
pub const EVERYBODY: &str = "all in the file";
/// Between several things of one kind.
pub const BETWEEN: &str = "; ";

/// Over the plan.
#[must_use]
pub fn plan_title(plan: &Plan) -> String {
    format!("Plan {}, round {}", plan.design.study, plan.round)
}

/// How sums are shared.
#[must_use]
pub fn sharing(sharing: Sharing) -> &'static str {
    match sharing {
        Sharing::Masked => "totals of all hospitals only: every number is masked",
        Sharing::PerSite => "the sums of each hospital, within limits",
    }
}

/// An analysis by its code in a plan.
#[must_use]
pub fn analysis(code: &str) -> &'static str {
    match code {
        "table1" => "characteristics (Table 1)",
        "km" => "survival",
        "cif" => "cumulative incidence",
        "rmst" => "restricted mean survival time",
        "logrank" => "log-rank test",
        "gray" => "Gray’s test",
        "cox" => "Cox model",
        _ => "two-stage pooling of each hospital’s own fit",
    }
}

/// The limits of a plan.
#[must_use]
pub fn limits(limits: &Limits) -> String {
    format!(
        "no count from 1 to {}; at least {} patients and {} events; sums rounded to 1/{} of a unit",
        limits.smallest_cell.saturating_sub(1),
        limits.smallest_n,
        limits.smallest_events,
        1_u64 << limits.precision_bits.min(60)
    )
}

/// The ends of intervals.
#[must_use]
pub fn cells_of(ends: &[f64], unit: &str) -> String {
    let ends: Vec<String> = ends.iter().map(|end| decimal(*end, 2)).collect();
    format!("{} {unit}s", ends.join(", "))
}

/// An endpoint and what counts as its events.
#[must_use]
pub fn counted(endpoint: &str, causes: &[String]) -> String {
    format!("{endpoint} (events: {})", causes.join(", "))
}

/// What a hospital left out, as the result lists it: "cox: smallest_n".
#[must_use]
pub fn withheld_list(each: &[String]) -> String {
    const SHOWN: usize = 4;
    let said: Vec<String> = each
        .iter()
        .take(SHOWN)
        .map(|each| {
            each.split_once(": ")
                .map_or_else(|| each.clone(), |(what, _)| withheld_part(what))
        })
        .collect();
    let more = each.len().saturating_sub(SHOWN);
    match more {
        0 => said.join(", "),
        more => format!("{} and {more} more", said.join(", ")),
    }
}

/// Levels of a variable.
#[must_use]
pub fn levels_of(field: &str, levels: &[String]) -> String {
    format!("{field}: {}", levels.join(", "))
}

/// A condition of the selection.
#[must_use]
pub fn condition(field: &str, at_least: Option<f64>, below: Option<f64>, is: Option<&[String]>) -> String {
    match (at_least, below, is) {
        (_, _, Some(levels)) => format!("{field} is {}", levels.join(" or ")),
        (Some(low), Some(high), _) => format!("{field} from {} to below {}", decimal(low, 4), decimal(high, 4)),
        (Some(low), None, _) => format!("{field} {} or above", decimal(low, 4)),
        (None, Some(high), _) => format!("{field} below {}", decimal(high, 4)),
        (None, None, None) => field.to_owned(),
    }
}

/// A measured covariate: "log10 wbc (0.5 to 3.5, less 2)".
#[must_use]
pub fn scaled(name: &str, is_log: bool, (lo, hi): (f64, f64), centre: f64, scale: f64) -> String {
    let function = if is_log { "log10 " } else { "" };
    let centre = if centre == 0.0 {
        String::new()
    } else {
        format!(", less {}", decimal(centre, 4))
    };
    let scale = if scale == 1.0 {
        String::new()
    } else {
        format!(", per {}", decimal(scale, 4))
    };
    format!(
        "{function}{name} ({} to {}{centre}{scale})",
        decimal(lo, 4),
        decimal(hi, 4)
    )
}

/// A level against its reference.
#[must_use]
pub fn against(name: &str, levels: &[String], reference: &str) -> String {
    format!("{name}: {} against {reference}", levels.join(", "))
}

/// A number below a cut.
#[must_use]
pub fn below(name: &str, cut: f64) -> String {
    format!("{name} below {}", decimal(cut, 4))
}

// ---- The sums of a site

/// Heading: what is still missing before there are sums.
pub const NEEDS: &str = "Still needed";
/// Without a plan.
pub const NEEDS_PLAN: &str = "The plan of the coordinator (STUDY-plan-r1.json).";
/// Without data.
pub const NEEDS_DATA: &str = "Your own file of patients. It stays in this page.";
/// Without a site.
pub const NEEDS_SITE: &str = "Which hospital of the plan the file is of.";
/// Without a log.
pub const NEEDS_LOG: &str = "The log of the files that left your hospital before, or a new log.";
/// Without the own key.
pub const NEEDS_OWN_KEY: &str =
    "Your own key: make it once, keep it, and pass it to the next hospital of the plan, never to the coordinator.";

/// Without the key of the site before.
#[must_use]
pub fn needs_received_key(from: &str) -> String {
    format!("The key of {from}, which comes from there by another way than from the coordinator.")
}

/// Columns of the file are not understood yet.
pub const NEEDS_COLUMNS: &str = "An answer to the questions about the columns of your file.";

/// The earlier files were checked.
pub const LOG_CONTINUED: &str = "The log was continued: earlier files were checked against this one.";
/// A file that may not leave.
pub const REFUSED: &str = "No file: a limit is not met";
/// Heading of the table of numbers.
pub const NUMBERS: &str = "Numbers in the file";
/// Heading of what was left out.
pub const WITHHELD: &str = "Left out";
/// Nothing is kept.
pub const NOT_SAVED: &str = "Nothing was saved, and nothing is kept. Take the files away, or close the page.";

/// What to do with the log.
#[must_use]
pub fn log_beside(name: &str) -> String {
    format!(
        "With the file, {name} is saved: keep it at your hospital and open it before the next round. It holds no value and no name, \
         yet it tells who was in which group: it is as sensitive as the data."
    )
}

/// The hash of the file.
#[must_use]
pub fn hash(name: &str, sha256: &str) -> String {
    format!("{name}, SHA-256 {sha256}")
}

/// What was left out, and why.
#[must_use]
pub fn withheld(what: &str, why: &str) -> String {
    format!("{}: {why}", withheld_part(what))
}

/// A part of a file of sums, by its name there.
#[must_use]
pub fn withheld_part(what: &str) -> String {
    if let Some(rest) = what.strip_prefix("table1.") {
        return format!("characteristics: {rest}");
    }
    if let Some(rest) = what.strip_prefix("grid") {
        return format!("intervals{rest}");
    }
    match what {
        "cox" | "logrank" | "gray" | "two_stage" => analysis(what).to_owned(),
        other => other.replace('_', " "),
    }
}

/// In place of a number that is left out.
pub const CELL_WITHHELD: &str = "left out";
/// Column of a table.
pub const NUMBER: &str = "Number";
/// Column of a table.
pub const VALUE: &str = "Value";
/// Where a number stands in the file.
pub const PLACE: &str = "Field of the file";
/// Of sums under masks.
pub const UNMASKED_TABLE: &str = "Your own numbers before their masks; they do not leave";
/// Of the file.
pub const MASKED_TABLE: &str = "As they stand in the file";

/// Saves a plan.
#[must_use]
pub fn save_next(name: &str) -> String {
    format!("Save {name}")
}
