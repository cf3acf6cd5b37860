//! The paragraph on a pooled analysis by files for the methods section of a paper.

use cotside_core::federated::{Outcome, Plan, Sharing, TiesPlan};

use super::combine_results::{bound_in_words, small};

/// The paragraph: how sums were exchanged, what was fitted, how near the numbers are to those of all rows together.
#[must_use]
pub fn methods(plan: &Plan, outcome: &Outcome) -> String {
    let design = &plan.design;
    let masked = if design.sharing == Sharing::Masked {
        "masked "
    } else {
        ""
    };
    let hash: String = outcome.design_sha256.chars().take(12).collect();
    let mut text = format!(
        "Individual data stayed at the {} hospitals, which exchanged files of {masked}sums in {} (Cotside {}, design {hash}).",
        design.sites.len(),
        if outcome.rounds == 1 {
            "one round".to_owned()
        } else {
            format!("{} rounds", outcome.rounds)
        },
        env!("CARGO_PKG_VERSION"),
    );
    if let Some(cox) = &outcome.cox {
        text += &model(design.ties, cox.cells);
        if cox.rounding_se > 0.0 {
            text += &format!(
                " Sums were rounded; the effect has a standard deviation of at most {} standard errors.",
                small(cox.rounding_se)
            );
        }
        text += &match cox.bound_se {
            Some(bound) if outcome.converged => format!(
                " Apart from rounding, the estimates lie within {} standard errors of the fit to the pooled data.",
                bound_in_words(bound)
            ),
            _ => " The distance of the estimates to the fit to the pooled data has no bound.".to_owned(),
        };
    }
    let is_rounded = outcome.because_not_exact.iter().any(|why| why == "precision_bits");
    let tests: Vec<&str> = [
        outcome
            .logrank
            .as_ref()
            .is_some_and(|test| test.stratified.is_some())
            .then_some("the log-rank test"),
        outcome
            .cif
            .as_ref()
            .is_some_and(|cif| cif.gray.is_some())
            .then_some("Gray’s test"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !tests.is_empty() {
        let how = if is_rounded {
            "computed from rounded sums"
        } else {
            "computed from exact sums"
        };
        text += &format!(" Stratified by hospital and {how}: {}.", tests.join(" and "));
    }
    let curve = outcome.km.iter().flat_map(|km| &km.groups).next();
    if let Some(curve) = curve {
        let exact = curve.at.iter().all(|at| at.exact);
        let bounds = if exact {
            ""
        } else {
            ", with bounds where the order within an interval matters"
        };
        text += &format!(
            " Survival and incidence come from counts in {} intervals{bounds}.",
            curve.at.len()
        );
    }
    for (field, lists) in &outcome.merged {
        for levels in lists {
            text += &format!(
                " Taken together, since a hospital did so: {} of {field}.",
                levels.join(" and ")
            );
        }
    }
    text += &format!(" Counts below {} were not shared.", design.limits.smallest_cell);
    let absent: Vec<&str> = outcome
        .sites
        .iter()
        .filter(|site| !site.used)
        .map(|site| site.site.as_str())
        .collect();
    if !absent.is_empty() {
        text += &format!(" Without a contribution: {}.", absent.join(", "));
    }
    let partial: Vec<&str> = outcome
        .sites
        .iter()
        .filter(|site| !site.withheld.is_empty())
        .map(|site| site.site.as_str())
        .collect();
    if !partial.is_empty() {
        text += &format!(" Some sums were withheld by {}.", partial.join(", "));
    }
    text
}

fn model(ties: TiesPlan, cells: Option<u64>) -> String {
    match cells {
        Some(cells) => format!(
            " The Cox model was fitted by Newton’s method to sums over risk sets that were averaged in {cells} intervals of time; it is an approximation."
        ),
        None => {
            let ties = if ties == TiesPlan::Efron { "Efron" } else { "Breslow" };
            format!(
                " The Cox model, stratified by hospital ({ties}), was fitted by Newton’s method to the sum of the scores and informations."
            )
        }
    }
}
