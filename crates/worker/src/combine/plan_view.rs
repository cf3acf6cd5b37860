//! A plan as it is read: what it asks of a hospital, and of whom.

use cotside_core::federated::{Covariate, GroupBy, Plan};
use cotside_messages::analyses_of;
use cotside_views::compact_table;
use cotside_words::lang::{self, combine_files as words};
use maud::{Markup, html};

use super::drawings::named_endpoint;
use super::numbers::cause_name;

/// A covariate with its constants.
fn covariate(covariate: &Covariate) -> String {
    match covariate {
        Covariate::Identity(each) => words::scaled(&each.name, false, (each.lo, each.hi), each.centre, each.scale),
        Covariate::Log10(each) => words::scaled(&each.name, true, (each.lo, each.hi), each.centre, each.scale),
        Covariate::Below { name, cut, .. } => words::below(name, *cut),
        Covariate::Level {
            name,
            reference,
            levels,
        } => words::against(name, levels, reference),
    }
}

/// The plan in a table.
pub fn html(plan: &Plan) -> Markup {
    let design = &plan.design;
    let who: Vec<String> = design
        .selection
        .iter()
        .map(|each| words::condition(&each.field, each.at_least, each.below, each.is.as_deref()))
        .collect();
    let who = if who.is_empty() {
        words::EVERYBODY.to_owned()
    } else {
        who.join(words::BETWEEN)
    };
    let causes: Vec<String> = design.endpoint.causes.iter().map(|cause| cause_name(cause)).collect();
    let model: Vec<String> = design.covariates.iter().map(covariate).collect();
    let analyses: Vec<&str> = analyses_of(design)
        .map(|analysis| words::analysis(analysis.code()))
        .collect();
    let by = |by: &GroupBy| words::levels_of(&by.field, &by.levels);
    let merges = design.merges.iter();
    let merges = merges.flat_map(|(field, lists)| lists.iter().map(move |levels| words::levels_of(field, levels)));
    let endpoint = words::counted(&named_endpoint(design, lang::endpoint_name), &causes);
    let rows = [
        (words::SITES, design.sites.join(", ")),
        (words::SHARING, words::sharing(design.sharing).to_owned()),
        (words::ENDPOINT, endpoint),
        (words::WHO, who),
        (words::GROUPS, design.groups.as_ref().map(by).unwrap_or_default()),
        (
            words::STRATA,
            design.strata.iter().map(by).collect::<Vec<_>>().join(words::BETWEEN),
        ),
        (words::MERGES, merges.collect::<Vec<_>>().join(words::BETWEEN)),
        (words::MODEL, model.join(words::BETWEEN)),
        (
            words::CELLS,
            if design.grid.is_empty() {
                String::new()
            } else {
                words::cells_of(&design.grid, &design.time_unit)
            },
        ),
        (words::ANALYSES, analyses.join(words::BETWEEN)),
        (words::PROTOCOLS, design.protocols.join(", ")),
        (words::LIMITS, words::limits(&design.limits)),
    ];
    html! {
        h3 data-testid="plan-title" { (words::plan_title(plan)) }
        (compact_table(rows.into_iter().filter(|(_, text)| !text.is_empty())))
        p.quiet { (words::hash(&plan.file_name(), &plan.sha256)) }
    }
}
