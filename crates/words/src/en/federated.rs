//! The words before a site's file of a pooled analysis is saved: what it tells, to whom, and what the program does not
//! decide.

use cotside_core::federated::{Plan, Sharing, SiteFile};

use crate::exchanged::{count_of_numbers, neighbours};

/// The button that unfolds all numbers.
pub const SHOW_EVERY_NUMBER: &str = "Show every number";
/// The button that saves.
pub const SAVE_FILE: &str = "Save file";
/// The button that does not.
pub const DO_NOT_SAVE: &str = "Do not save";

/// What the file of a site holds, what its receiver learns, and what to ask before it goes.
#[must_use]
pub fn before_saving(plan: &Plan, made: &SiteFile) -> String {
    let shown = &made.shown;
    let n = shown.n.unwrap_or_default();
    let m = plan.design.limits.smallest_cell;
    let numbers = count_of_numbers(plan, shown);
    let mut text =
        format!("This file holds {numbers} numbers about the {n} infants in your file. It holds no row, date or name.");
    if plan.design.sharing == Sharing::Masked {
        text += " Each number is masked. The coordinator learns the totals of all sites";
        text += &match neighbours(plan, &shown.site) {
            Some((before, after)) => format!("; together with {before} and {after} it could unmask yours."),
            None => ".".to_owned(),
        };
    } else {
        text += &format!(
            " Marked numbers rest on fewer than {m} children and are left out. Whoever receives it learns how many children \
             and events you had, the counts and averages listed, and how each covariate relates to outcome at your hospital. \
             Someone who knows most of your patients could work out the rest."
        );
    }
    text += " This program does not decide whether the file is personal data; that depends on what the recipient knows and can \
             obtain. Ask your data protection officer: is there an agreement that forbids identification? Who receives the \
             file? Has another file on these children left before?";
    text
}

/// That earlier files could not be checked.
pub const NEW_LOG: &str = "A new log begins with this file: files that left before it cannot be checked against it. Keep the log \
     as carefully as the data; it tells who was in which group.";

/// That many numbers were sent.
#[must_use]
pub fn many_numbers(sent: u64, values: u64) -> String {
    format!(
        "With this file {sent} numbers about these children have left in all; they have {values} values. From {values} on \
         nothing more leaves."
    )
}

/// Levels that a site may take together, so that fewer counts are left out.
#[must_use]
pub fn may_merge(field: &str, levels: &[String]) -> String {
    format!(
        "The plan lets you take {} of {field} together: fewer counts would be left out.",
        levels.join(" and ")
    )
}

/// Levels that are together in the result.
#[must_use]
pub fn taken_together(field: &str, levels: &[String]) -> String {
    format!(
        "{} of {field} are taken together at all sites, since one site gave them so.",
        levels.join(" and ")
    )
}

/// Why something is left out, by its code in the file.
#[must_use]
pub fn because(code: &str, limit: Option<f64>) -> String {
    let limit = limit.map(cotside_core::shortest).unwrap_or_default();
    match code {
        "smallest_cell" => format!("a count below {limit}, or one that would give it away"),
        "smallest_n" => format!("fewer than {limit} patients"),
        "patients_per_column" => format!("fewer than {limit} patients for so many columns of covariates"),
        "smallest_events" => format!("fewer than {limit} events"),
        "largest_share" => "one child is more than half of the spread of a covariate".to_owned(),
        "largest_value" => "one value makes up almost all of the sum".to_owned(),
        "precision_bits" => format!("too precise for fewer than {limit} patients"),
        "columns" => format!("more than {limit} columns of covariates for so few patients"),
        "difference" => "with other numbers that are known, it would give the sum of a few children".to_owned(),
        "numbers" => "more numbers than values of these children would have left".to_owned(),
        "merges" => {
            "groups were taken together, and this test of coarser groups does not add up with that of finer ones"
                .to_owned()
        }
        "site" => "left out by choice of this site".to_owned(),
        other => other.to_owned(),
    }
}
