//! What a site gives less by choice: analyses that it leaves out, levels that it takes together, an earlier end of follow-up.
//! Limits look at what is left, never at what was there before.

use super::columns::Rows;
use super::fault::{Fault, Why};
use super::merges::{Merges, not_allowed, together};
use super::plan::{Analysis, Design, Limits, Plan};
use super::site::plain_summary;
use super::summary::{Summary, Withheld};
use super::table_limits::hidden_patients;
use crate::cohort::Study;
use crate::shortest;

/// What a site gives less. The end of follow-up must be the same in all rounds of a plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choices {
    /// Analyses that it leaves out.
    pub without: Vec<Analysis>,
    /// Levels that it takes together, each list one of the plan's; in round 1, for later ones have no counts.
    pub merges: Merges,
    /// Follow-up ends here, in the plan's unit of time: an end of the plan's intervals, where it has any.
    pub end_follow_up: Option<f64>,
}

/// A plan and the patients, as choices leave them; hashes stay the plan's.
pub(super) struct Chosen {
    pub plan: Plan,
    pub rows: Rows,
}

impl Chosen {
    /// The same with levels taken together.
    pub(super) fn together(&self, merges: &Merges) -> Self {
        Self {
            plan: Plan {
                design: self.plan.design.merged(merges),
                ..self.plan.clone()
            },
            rows: self.rows.clone().merged(&self.plan.design, merges),
        }
    }
}

impl Choices {
    /// The name of the first choice that was made.
    pub(super) fn first(&self) -> Option<&'static str> {
        if !self.without.is_empty() {
            Some("without")
        } else if !self.merges.is_empty() {
            Some("merges")
        } else {
            self.end_follow_up.map(|_| "end_follow_up")
        }
    }

    /// Holds the choices against the plan.
    pub(super) fn check(&self, design: &Design) -> Result<(), Fault> {
        let wrong = |field: &str, why: String| Err(Fault::new("plan", field, Why::Site(why)));
        if let Some((field, levels)) = not_allowed(&self.merges, &design.merges) {
            let why = format!(
                "{} of {field} may not be taken together; ask for a plan that allows it",
                levels.join(" and ")
            );
            return wrong("design.merges", why);
        }
        let Some(end) = self.end_follow_up else { return Ok(()) };
        if !(end.is_finite() && end > 0.0) || !design.grid.is_empty() && !design.grid.contains(&end) {
            let ends: Vec<String> = design.grid.iter().map(|&end| shortest(end)).collect();
            let why = format!(
                "follow-up cannot end at {}; give a time above 0 that ends an interval of the plan ({})",
                shortest(end),
                ends.join(", ")
            );
            return wrong("design.grid", why);
        }
        Ok(())
    }

    /// The levels that are taken together in a round.
    pub(super) fn merges_in(&self, round: u32) -> Merges {
        if round == 1 {
            together(std::iter::once(&self.merges))
        } else {
            Merges::new()
        }
    }

    /// The plan and the patients with the site's end of follow-up, all levels apart.
    pub(super) fn apart(&self, plan: &Plan, study: &Study) -> Result<Chosen, Fault> {
        let mut plan = plan.clone();
        if let Some(end) = self.end_follow_up {
            let horizon = &mut plan.design.endpoint.horizon;
            *horizon = Some(horizon.map_or(end, |horizon| horizon.min(end)));
        }
        let mut rows = Rows::of(&plan.design, study)?;
        rows.end = self.end_follow_up;
        Ok(Chosen { plan, rows })
    }

    /// Levels of the plan that are still apart and would leave fewer patients in hidden counts if they were together.
    pub(super) fn may_merge(&self, apart: &Chosen, site: &str, limits: &Limits) -> Result<Merges, Fault> {
        let plan = &apart.plan;
        let mut found = Merges::new();
        if plan.round > 1 || plan.design.merges.is_empty() {
            return Ok(found);
        }
        let counts = Chosen {
            plan: Plan {
                design: Design {
                    analyses: vec![Analysis::Table1],
                    cox: None,
                    ..plan.design.clone()
                },
                ..plan.clone()
            },
            rows: apart.rows.clone(),
        };
        let hidden = |merges: &Merges| -> Result<u64, Fault> {
            let own = counts.together(merges);
            let plain = plain_summary(&own.plan, site, &own.rows)?;
            Ok(hidden_patients(&own.plan, &own.rows, limits, plain))
        };
        let now = hidden(&self.merges_in(plan.round))?;
        let each = plan.design.merges.iter();
        for (field, list) in each.flat_map(|(field, lists)| lists.iter().map(move |list| (field, list))) {
            let more: Merges = [(field.clone(), vec![list.clone()])].into();
            if hidden(&together([&self.merges, &more].into_iter()))? < now {
                found.entry(field.clone()).or_default().push(list.clone());
            }
        }
        Ok(found)
    }

    /// Takes away what is left out, and says what else was chosen.
    pub(super) fn left(&self, design: &Design, mut summary: Summary) -> Summary {
        let mut choice = |what: String, because: &str| {
            summary.withheld.push(Withheld {
                what,
                because: because.to_owned(),
                limit: None,
            });
        };
        for field in summary.merged.keys() {
            choice(format!("levels of {field} apart"), "site");
        }
        if let Some(end) = self.end_follow_up {
            choice(format!("follow-up after {}", shortest(end)), "site");
        }
        // Gray's scores of finer groups do not add up to those of coarser ones.
        let is_merged = design
            .groups
            .as_ref()
            .is_some_and(|by| summary.merged.contains_key(&by.field));
        if is_merged && summary.gray.take().is_some() {
            choice("gray".to_owned(), "merges");
        }
        for &analysis in &self.without {
            let what = match analysis {
                Analysis::Table1 => {
                    (summary.table1, summary.protocols, summary.reclassified) = (None, None, None);
                    "table1"
                }
                Analysis::Logrank => {
                    summary.logrank = None;
                    "logrank"
                }
                Analysis::Gray => {
                    summary.gray = None;
                    "gray"
                }
                Analysis::Km | Analysis::Cif | Analysis::Rmst => {
                    summary.grid = None;
                    "grid"
                }
                Analysis::Cox => {
                    (summary.cox, summary.cells) = (None, None);
                    "cox"
                }
                Analysis::TwoStage => {
                    summary.two_stage = None;
                    "two_stage"
                }
            };
            summary.withheld.push(Withheld {
                what: what.to_owned(),
                because: "site".to_owned(),
                limit: None,
            });
        }
        summary
    }
}
