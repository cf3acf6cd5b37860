//! The coordinator's part: the sums of a round, which hospitals are missing, the result, and the plan of the next round.

use cotside_core::federated::{Combined, Fault, Outcome, Plan, R_SCRIPT, Sharing, combine};
use cotside_messages::Export;
use cotside_views::Columns;
use cotside_words::lang::{combine_files, combine_results as words};
use maud::{Markup, html};

use super::json_file;
use super::opened::Files;
use super::results::Results;

/// What there is to combine.
pub struct Combination<'a> {
    plan: Option<&'a Plan>,
    /// `None` without sums of the plan's round.
    found: Option<Result<Combined, Fault>>,
    has_sums: bool,
}

impl<'a> Combination<'a> {
    /// Combines the sums that are open.
    pub fn of(plan: Option<&'a Plan>, files: &Files) -> Self {
        let found = plan.and_then(|plan| {
            let sums = files.sums(plan);
            (!sums.is_empty()).then(|| combine(plan, &sums))
        });
        Self {
            plan,
            found,
            has_sums: files.has_sums(),
        }
    }

    /// Which hospitals gave what, and the results.
    pub fn html(&self) -> Markup {
        match (self.plan, &self.found) {
            (None, _) => html! {
                @if self.has_sums { p.remark.notice { (words::COMBINE_NEEDS_PLAN) } } @else { p { (words::COMBINE_NEEDS_PLAN) } }
            },
            (Some(_), None) => html! { p { (words::COMBINE_NEEDS_SUMS) } },
            (Some(_), Some(Err(fault))) => html! {
                p.remark.invalid data-testid="combine-refused" { (combine_files::fault(fault)) }
            },
            (Some(plan), Some(Ok(found))) => {
                let results = Results {
                    plan,
                    outcome: &found.outcome,
                    prefix: "",
                };
                html! {
                    p.reason data-testid="combine-status" { (words::status(&found.outcome, found.next.is_some())) }
                    @if !found.missing.is_empty() {
                        p.remark.notice { (words::missing(&found.missing, plan.design.sharing)) }
                    }
                    (hospitals(plan, &found.outcome))
                    (results.files(found.next.as_ref()))
                    (results.html())
                }
            }
        }
    }

    /// A file by its name.
    pub fn export(&self, name: &str) -> Option<Export> {
        let (plan, found) = (self.plan?, self.found.as_ref()?.as_ref().ok()?);
        exported(plan, found, name)
    }
}

/// A file of a combination: the next plan, the result, a figure or its data.
pub fn exported(plan: &Plan, found: &Combined, name: &str) -> Option<Export> {
    let study = &plan.design.study;
    match name {
        "next-plan.json" => found.next.as_ref().map(|next| json_file(next.file_name(), next.text())),
        "combine.R" => Some(Export {
            name: format!("{study}-combine.R"),
            media_type: "text/plain".into(),
            text: R_SCRIPT.to_owned(),
        }),
        "result.json" => Some(json_file(format!("{study}-result.json"), found.outcome.text())),
        name => {
            let (what, kind) = name.rsplit_once('.')?;
            let results = Results {
                plan,
                outcome: &found.outcome,
                prefix: "",
            };
            let drawn = results.figure(what)?;
            Some(Export {
                name: drawn.file_name(study, what, kind),
                media_type: crate::media_type(kind).into(),
                text: drawn.export(kind)?,
            })
        }
    }
}

/// The hospitals of the plan with what they gave.
pub fn hospitals(plan: &Plan, outcome: &Outcome) -> Markup {
    let columns = Columns::new(words::SITE)
        .numbers([words::N, words::EVENTS, words::ROUNDS])
        .text(words::THIS_ROUND)
        .text(combine_files::WITHHELD);
    let is_masked = plan.design.sharing == Sharing::Masked;
    let rows = outcome.sites.iter().map(|site| {
        let count = |count: Option<u64>| match count {
            Some(count) => count.to_string(),
            None if site.used => words::HIDDEN.to_owned(),
            None => String::new(),
        };
        let rounds: Vec<String> = site.rounds.iter().map(u32::to_string).collect();
        let this = if site.used { words::USED } else { words::MISSING };
        let cells = [
            count(site.n),
            count(site.events),
            rounds.join(", "),
            this.to_owned(),
            if is_masked {
                String::new()
            } else {
                combine_files::withheld_list(&site.withheld)
            },
        ];
        columns.row(&site.site, cells)
    });
    columns.table("sites", rows)
}
