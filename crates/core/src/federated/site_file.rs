//! The one door through which a site's numbers leave: sums are computed, limited, checked against earlier files and, where
//! the plan says so, masked; only then is there a text to save.

use super::allow::allowed;
use super::audit::{Allowed, Asked, decide};
use super::choices::{Choices, Chosen};
use super::columns::Rows;
use super::fault::{Fault, Why};
use super::layout::{leaves, size};
use super::limits::{self, Limit, Refusal};
use super::log::Log;
use super::mask::{MaskKey, MaskUse, masked};
use super::merges::Merges;
use super::plan::{Key, Limits, Plan, Sharing};
use super::precision::Precision;
use super::shown_sets::shown_sets;
use super::site::plain_summary;
use super::summary::{Summary, Withheld};
use crate::cohort::Study;

/// What a site brings besides the plan.
#[derive(Debug, Clone, Copy)]
pub struct SiteInput<'a> {
    /// Its name in the plan.
    pub site: &'a str,
    /// Its patients.
    pub study: &'a Study,
    /// Stricter limits than the plan's.
    pub limits: Option<&'a Limits>,
    /// What it gives less by choice.
    pub choices: &'a Choices,
    /// The log of what left before.
    pub log: &'a Log,
    /// Its own key and the one received; for masked sums alone.
    pub keys: Option<(&'a Key, &'a Key)>,
}

/// A file that may be saved, and what goes with it.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteFile {
    /// Name of the file.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Its hash.
    pub sha256: String,
    /// The numbers that a person reads before saving: of a masked file those without masks.
    pub shown: Summary,
    /// The log with this file in it; it replaces the earlier one as soon as the file is saved.
    pub log: Log,
    /// Levels that the plan lets the site take together, and which would leave fewer counts out.
    pub may_merge: Merges,
    /// Where many numbers were sent over all files: how many with these, and how many values the patients have.
    pub many_numbers: Option<(u64, u64)>,
}

/// Makes the file of a site for a round of a plan.
///
/// # Errors
/// A [`Fault`]: what does not fit the plan, a limit that stops the whole file, or an earlier file that forbids this one.
pub fn site_file(plan: &Plan, input: &SiteInput<'_>) -> Result<SiteFile, Fault> {
    let refuse = |refusal: Refusal| Fault::new("plan", &refusal.field.clone(), Why::Limit(refusal));
    let in_force = limits::in_force(&plan.design.limits, input.limits).map_err(refuse)?;
    let sharing = plan.design.sharing;
    limits::sites(plan.design.sites.len(), sharing).map_err(|outside| refuse(outside.of("design.sites")))?;
    input.choices.check(&plan.design)?;
    let apart = input.choices.apart(plan, input.study)?;
    let own = apart.together(&input.choices.merges_in(plan.round));
    let rows = &own.rows;
    let plain = plain_summary(&own.plan, input.site, rows)?;
    let prepared = match sharing {
        Sharing::PerSite => {
            allowed(&own.plan, rows, &in_force, input.choices.left(&plan.design, plain)).map_err(refuse)?
        }
        Sharing::Masked => totals_alone(plan, rows, &in_force, plain, input.choices).map_err(refuse)?,
    };
    let (mut shown, answer) = audited(&own, &apart.rows, input, &in_force, prepared)?;
    shown.log = Some(answer.state);
    let many_numbers = answer.many_numbers;
    let written = match sharing {
        Sharing::PerSite => shown.clone(),
        Sharing::Masked => with_masks(plan, input, &shown)?,
    };
    let text = written.text();
    let sealed = Summary::read(plan, "summary", &text)?;
    let log = answer
        .saved(&sealed.sha256)
        .map_err(|refusal| Fault::new("log", "sha256", Why::Limit(refusal)))?;
    Ok(SiteFile {
        name: sealed.file_name(plan),
        sha256: sealed.sha256,
        text,
        may_merge: match sharing {
            Sharing::PerSite => input.choices.may_merge(&apart, input.site, &in_force)?,
            Sharing::Masked => Merges::new(),
        },
        shown,
        log,
        many_numbers,
    })
}

/// The limits of a plan with masked totals: they look at the total, for one site's sums nobody sees.
fn totals_alone(
    plan: &Plan,
    rows: &Rows,
    limits: &Limits,
    mut summary: Summary,
    choices: &Choices,
) -> Result<Summary, Refusal> {
    let design = &plan.design;
    let total = design.expected_n;
    if let Some(choice) = choices.first() {
        // The layout follows from the plan, so that giving less needs another plan.
        return Err(limits::Outside {
            limit: Limit::Sites,
            found: 1.0,
            allowed: 0.0,
        }
        .of(choice));
    }
    if let Some(n) = plan.totals.as_ref().and_then(|totals| totals.n) {
        limits::other_sites(n, rows.len() as u64, limits).map_err(|outside| outside.of("totals.n"))?;
    }
    let precision = |ranges: &[f64]| Precision::of(ranges, total, design.expected_events, limits.precision_bits);
    round_tests(&mut summary, precision(&vec![1.0; design.group_count() - 1]));
    let Some(cox) = &design.cox else { return Ok(summary) };
    limits::rounds(plan.round, cox.rounds_max, design.sharing).map_err(|outside| outside.of("cox.rounds_max"))?;
    limits::coefficients(&plan.beta, &design.ranges()).map_err(|outside| outside.of("beta"))?;
    limits::columns(design.ranges().len(), total).map_err(|outside| outside.of("covariates"))?;
    if let (Some(sums), Some(precision)) = (&mut summary.cox, precision(&design.ranges())) {
        precision.round_score(&mut sums.score);
        precision.round_information(&mut sums.information_lower);
    }
    Ok(summary)
}

/// Rounds the scores of tests like those of 0/1 columns.
fn round_tests(summary: &mut Summary, precision: Option<Precision>) {
    let Some(precision) = precision else { return };
    if let Some(sums) = &mut summary.logrank {
        precision.round_score(&mut sums.difference);
        precision.round_information(&mut sums.covariance_lower);
    }
    for sums in summary.gray.iter_mut().flatten() {
        precision.round_score(&mut sums.score);
        precision.round_information(&mut sums.variance_lower);
    }
}

/// Asks the log. Where tables of counts are the reason of a refusal, they are withheld one kind after the other, and the rest
/// is asked for again; a selection cannot be withheld. What is used of each patient is read with all levels `apart`: they are
/// taken together in round 1 alone, and later rounds are of the same data.
fn audited(
    own: &Chosen,
    apart: &Rows,
    input: &SiteInput<'_>,
    limits: &Limits,
    mut summary: Summary,
) -> Result<(Summary, Allowed), Fault> {
    let Chosen { plan, rows } = own;
    let ids: Vec<String> = rows
        .patient
        .iter()
        .map(|&patient| input.study.identity(patient))
        .collect();
    let values: Vec<String> = (0..apart.len()).map(|row| apart.values_of(row)).collect();
    let mut first = None;
    loop {
        let fit = summary
            .two_stage
            .as_ref()
            .map_or(0, |fit| fit.coef.len() + fit.covariance_lower.len());
        let asked = Asked {
            plan,
            ids: &ids,
            values: &values,
            sets: shown_sets(plan, rows, &summary),
            numbers: (leaves(&summary).len() + fit) as u64,
            variables: variables(plan),
        };
        let refusal = match decide(input.log, &asked, limits) {
            Ok(answer) => return Ok((summary, answer)),
            Err(super::audit::AuditError::Log(fault)) => {
                return Err(Fault::new("log", "people", Why::Log(fault)));
            }
            Err(super::audit::AuditError::Refused(refusal)) => refusal,
        };
        let may_help = matches!(refusal.limit, Limit::Difference | Limit::Numbers);
        let dropped = (may_help && plan.design.sharing == Sharing::PerSite)
            .then(|| drop_tables(&mut summary))
            .flatten();
        let code = refusal.limit.code().to_owned();
        let first = first.get_or_insert(refusal);
        let Some(what) = dropped else {
            return Err(Fault::new("log", &first.field.clone(), Why::Limit(first.clone())));
        };
        summary.withheld.push(Withheld {
            what,
            because: code,
            limit: None,
        });
    }
}

/// Takes away the next kind of tables; `None` where none is left.
fn drop_tables(summary: &mut Summary) -> Option<String> {
    if summary.reclassified.take().is_some() {
        return Some("reclassified".to_owned());
    }
    if summary.protocols.take().is_some() {
        return Some("protocols".to_owned());
    }
    let mut by_group = summary
        .table1
        .iter_mut()
        .flat_map(|table| table.values_mut())
        .map(|sums| sums.by_group.take().is_some() | sums.moments_by_group.take().is_some());
    if by_group.by_ref().fold(false, |any, taken| any | taken) {
        return Some("table1 by group".to_owned());
    }
    if summary.table1.take().is_some() {
        return Some("table1".to_owned());
    }
    summary.grid.take().map(|_| "grid".to_owned())
}

/// The variables of a plan, and the outcome.
fn variables(plan: &Plan) -> Vec<String> {
    let design = &plan.design;
    let covariates = design.covariates.iter().map(|covariate| covariate.name().to_owned());
    let by = design.groups.iter().chain(&design.strata).map(|by| by.field.clone());
    let protocols = design.protocols.iter().map(|id| format!("protocol:{id}"));
    let outcome = format!("outcome:{}:{}", design.endpoint.id, design.origin);
    let mut all: Vec<String> = covariates
        .chain(by)
        .chain(protocols)
        .chain(design.table1.keys().cloned())
        .chain(design.entry.clone())
        .chain(design.weights.clone())
        .chain(design.offset.clone())
        .chain([outcome])
        .collect();
    all.sort();
    all.dedup();
    all
}

impl Rows {
    /// All that is used of a patient, as text.
    fn values_of(&self, row: usize) -> String {
        let follow_up = &self.follow_up;
        let numbers = [
            Some(follow_up.time()[row]),
            follow_up.entry().map(|entry| entry[row]),
            follow_up.weight().map(|weight| weight[row]),
            self.offset.as_ref().map(|offset| offset[row]),
        ];
        let columns = self.design.columns().iter().map(|column| Some(column[row]));
        let coded = self
            .table
            .iter()
            .map(|column| column.coded.as_ref().and_then(|values| values[row]));
        let numbers = numbers.into_iter().chain(columns).chain(coded);
        let numbers: Vec<String> = numbers
            .map(|number| number.map(crate::shortest).unwrap_or_default())
            .collect();
        let codes = [follow_up.event()[row], self.groups.codes[row], self.strata.codes[row]];
        let cells = self.table.iter().map(|column| column.cell[row]);
        let cells: Vec<Option<usize>> = cells
            .chain(self.protocols.iter().map(|column| column.group[row]))
            .collect();
        format!("{} {codes:?} {cells:?}", numbers.join(" "))
    }
}

/// Puts masks on all numbers.
fn with_masks(plan: &Plan, input: &SiteInput<'_>, shown: &Summary) -> Result<Summary, Fault> {
    let wrong = |field: &str, why: &str| Fault::new("key", field, Why::Sharing(why.to_owned()));
    let Some((own, received)) = input.keys else {
        return Err(wrong(
            "key",
            "this plan masks all numbers; give the site's own key and the key it received",
        ));
    };
    let around = plan.design.neighbours(input.site);
    let (before, after) =
        around.ok_or_else(|| Fault::new("plan", "design.sites", Why::NoSuchSite(input.site.to_owned())))?;
    if own.from != input.site || own.to != after {
        return Err(wrong(
            "from",
            &format!("the own key goes from {} to {after}; give that file", input.site),
        ));
    }
    if received.from != before || received.to != input.site {
        return Err(wrong(
            "to",
            &format!("the received key goes from {before} to {}; give that file", input.site),
        ));
    }
    if own.design_sha256 != plan.design_sha256 || received.design_sha256 != plan.design_sha256 {
        return Err(wrong(
            "design_sha256",
            "a key of another plan; give the keys of this one",
        ));
    }
    let mask = |fault: super::mask::MaskFault| Fault::new("key", "key", Why::Mask(fault));
    let of = MaskUse::new(&plan.sha256, plan.round, plan.attempt).map_err(mask)?;
    let keys = (
        MaskKey::from_hex(&own.key).map_err(mask)?,
        MaskKey::from_hex(&received.key).map_err(mask)?,
    );
    let numbers: Vec<f64> = leaves(shown).into_iter().map(|leaf| leaf.value).collect();
    if numbers.len() != size(plan) {
        let why = Why::Length {
            found: numbers.len(),
            expected: size(plan),
        };
        return Err(Fault::new("summary", "masked", why));
    }
    let masked = masked(&numbers, &keys.0, &keys.1, &of).map_err(mask)?;
    Ok(shown.under_masks(masked))
}
