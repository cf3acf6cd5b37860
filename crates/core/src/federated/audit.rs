//! Whether a new file, together with those that left before, gives away what no single one does.
//!
//! Patients that are in the same sets in all files are an atom. A file is refused if the sum over at most three atoms with
//! fewer than m patients follows from the sums of all sets (`span.rs`); if it repeats a design with 1 to m − 1
//! patients added, removed or changed; if a later round of an attempt is of other patients or values at all; if it is
//! another file for the same round; after too many rounds on one selection; if
//! masked totals are asked for again with one site more or less; and if more numbers leave than there are values. Where
//! totals are masked, a site's own sums are not known to anyone; then two selections are compared, and no more.
//!
//! A refusal names earlier files and a number of patients, never the patients.

use std::collections::BTreeSet;

use super::limits::{Limit, Refusal};
use super::log::{Log, LogFault, Release};
use super::members::Members;
use super::plan::{Limits, Plan, Sharing};
use super::span::exposed;
use super::summary::LogState;

/// Up to so many earlier files are tried one by one to name those that matter.
const MOST_NAMED: usize = 60;

/// What a new file would tell.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What tells the patients of the selection apart: their ids or whole rows.
    pub ids: &'a [String],
    /// The values that are used of each of them, as text.
    pub values: &'a [String],
    /// Sets of them whose sums are in the file, with what they are; `true` for each patient in the set. The selection is
    /// not among them.
    pub sets: Vec<(String, Vec<bool>)>,
    /// How many numbers are in the file.
    pub numbers: u64,
    /// The variables that are used, the outcome as one.
    pub variables: Vec<String>,
}

/// The answer to a file that may leave.
#[derive(Debug, Clone, PartialEq)]
pub struct Allowed {
    /// What the file says of the log.
    pub state: LogState,
    /// Where many numbers were sent: how many with these, and how many values the patients have.
    pub many_numbers: Option<(u64, u64)>,
    log: Log,
    release: Release,
}

impl Allowed {
    /// Returns the log with the file in it, whose hash is known now.
    ///
    /// # Errors
    /// A [`Refusal`] where another file left for the same round.
    pub fn saved(self, file_sha256: &str) -> Result<Log, Refusal> {
        let release = Release {
            file_sha256: file_sha256.to_owned(),
            ..self.release
        };
        let same_round = |known: &&Release| known.is_round_of(&release.plan_sha256, release.round, release.attempt);
        let mut earlier = self.log.releases().iter().filter(same_round);
        if let Some(other) = earlier.find(|known| known.file_sha256 != file_sha256) {
            return Err(Refusal {
                limit: Limit::SameRound,
                field: "sha256".to_owned(),
                found: 2.0,
                limit_value: 1.0,
                earlier: vec![other.file_name(self.log.site())],
            });
        }
        let mut log = self.log;
        log.add(release);
        Ok(log)
    }
}

/// Why a file may not leave.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AuditError {
    /// The log is of other patients.
    #[error(transparent)]
    Log(#[from] LogFault),
    /// A limit over all files.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// Decides whether a file may leave, given those that left before.
///
/// # Errors
/// An [`AuditError`] with the reason.
pub fn decide(log: &Log, asked: &Asked<'_>, limits: &Limits) -> Result<Allowed, AuditError> {
    let mut next = log.clone();
    let positions = next.positions(asked.ids)?;
    let release = release(&next, asked, &positions);
    let check = Check {
        log: &next,
        asked: &release,
        m: limits.smallest_cell as usize,
    };
    check.changed_rows()?;
    check.same_data()?;
    check.rounds(limits.rounds_per_selection)?;
    check.site_lists()?;
    let many_numbers = check.numbers()?;
    check.differences()?;
    Ok(Allowed {
        state: log.state(&release.plan_sha256, release.round, release.attempt),
        many_numbers,
        log: next,
        release,
    })
}

/// What the log will hold of the file, without the file's hash.
fn release(log: &Log, asked: &Asked<'_>, positions: &[usize]) -> Release {
    let plan = asked.plan;
    let people = log.people();
    let all = Members::of(people, positions.iter().copied());
    let mut prints: Vec<(usize, String)> = positions
        .iter()
        .zip(asked.values)
        .map(|(&position, values)| (position, log.print_of_values(values)))
        .collect();
    prints.sort_unstable();
    let set = |rows: &Vec<bool>| {
        let chosen = rows.iter().zip(positions).filter(|(is_in, _)| **is_in);
        Members::of(people, chosen.map(|(_, &position)| position))
    };
    let sets = asked.sets.iter().map(|(_, rows)| set(rows));
    let names = asked.sets.iter().map(|(name, _)| name.clone());
    Release {
        study: plan.design.study.clone(),
        design_sha256: plan.design_sha256.clone(),
        plan_sha256: plan.sha256.clone(),
        file_sha256: String::new(),
        sharing: plan.design.sharing,
        sites: plan.design.sites.clone(),
        round: plan.round,
        attempt: plan.attempt,
        numbers: asked.numbers,
        variables: asked.variables.clone(),
        values: prints.into_iter().map(|(_, print)| print).collect(),
        sets: std::iter::once(all).chain(sets).collect(),
        names: std::iter::once("selection".to_owned()).chain(names).collect(),
    }
}

struct Check<'a> {
    log: &'a Log,
    asked: &'a Release,
    m: usize,
}

impl<'a> Check<'a> {
    /// Earlier files, without an earlier copy of this one.
    fn earlier(&self) -> impl Iterator<Item = &'a Release> {
        let asked = self.asked;
        let releases = self.log.releases().iter();
        releases.filter(|known| !known.is_round_of(&asked.plan_sha256, asked.round, asked.attempt))
    }

    fn refuse(&self, limit: Limit, found: usize, allowed: usize, earlier: &[&Release]) -> Refusal {
        Refusal {
            limit,
            field: "log".to_owned(),
            found: found as f64,
            limit_value: allowed as f64,
            earlier: earlier
                .iter()
                .map(|release| release.file_name(self.log.site()))
                .collect(),
        }
    }

    /// 1 to m − 1 patients added, removed or changed since a file of the same design, an earlier copy of this one included.
    fn changed_rows(&self) -> Result<(), Refusal> {
        for known in self.log.releases() {
            let changed = changed_rows(known, self.asked);
            if known.design_sha256 == self.asked.design_sha256 && (1..self.m).contains(&changed) {
                return Err(self.refuse(Limit::ChangedRows, changed, self.m, &[known]));
            }
        }
        Ok(())
    }

    /// The sums of one attempt's rounds belong together only where they are of the same patients with the same values.
    fn same_data(&self) -> Result<(), Refusal> {
        let asked = self.asked;
        let is_of_attempt =
            |known: &&Release| known.design_sha256 == asked.design_sha256 && known.attempt == asked.attempt;
        for known in self.earlier().filter(is_of_attempt) {
            let changed = changed_rows(known, asked);
            if changed > 0 {
                return Err(self.refuse(Limit::OtherData, changed, 0, &[known]));
            }
        }
        Ok(())
    }

    fn rounds(&self, most: u32) -> Result<(), Refusal> {
        let same: Vec<&Release> = self
            .earlier()
            .filter(|known| known.selection() == self.asked.selection())
            .collect();
        let rounds: BTreeSet<(&str, u32, u32)> = same
            .iter()
            .map(|known| (known.plan_sha256.as_str(), known.round, known.attempt))
            .collect();
        let count = rounds.len() + 1;
        if count <= most as usize {
            return Ok(());
        }
        Err(self.refuse(Limit::RoundsPerSelection, count, most as usize, &same[same.len() - 1..]))
    }

    /// Masked totals of the same patients with one site more or less are that site's sums.
    fn site_lists(&self) -> Result<(), Refusal> {
        if self.asked.sharing != Sharing::Masked {
            return Ok(());
        }
        let sites: BTreeSet<&String> = self.asked.sites.iter().collect();
        for known in self.earlier().filter(|known| known.sharing == Sharing::Masked) {
            let others: BTreeSet<&String> = known.sites.iter().collect();
            let is_near = selections_differ(known, self.asked) < self.m;
            if is_near && sites.symmetric_difference(&others).count() == 1 {
                return Err(self.refuse(Limit::SiteList, 1, 2, &[known]));
            }
        }
        Ok(())
    }

    /// Numbers of this site over all files, against the values of all patients in them. Masked ones tell nothing alone.
    fn numbers(&self) -> Result<Option<(u64, u64)>, Refusal> {
        if self.asked.sharing == Sharing::Masked {
            return Ok(None);
        }
        let open: Vec<&Release> = self
            .earlier()
            .filter(|known| known.sharing == Sharing::PerSite)
            .chain([self.asked])
            .collect();
        let sent: u64 = open.iter().map(|known| known.numbers).sum();
        let people: BTreeSet<usize> = open
            .iter()
            .filter_map(|known| known.selection())
            .flat_map(Members::positions)
            .collect();
        let variables: BTreeSet<&String> = open.iter().flat_map(|known| &known.variables).collect();
        let values = (people.len() * variables.len()) as u64;
        if sent > values {
            let refusal = self.refuse(Limit::Numbers, sent as usize, values as usize, &open[..open.len() - 1]);
            return Err(refusal);
        }
        Ok((2 * sent > values).then_some((sent, values)))
    }

    fn differences(&self) -> Result<(), Refusal> {
        match self.asked.sharing {
            Sharing::Masked => self.masked_selections(),
            Sharing::PerSite => self.span(),
        }
    }

    fn masked_selections(&self) -> Result<(), Refusal> {
        for known in self.earlier().filter(|known| known.sharing == Sharing::Masked) {
            let found = selections_differ(known, self.asked);
            if (1..self.m).contains(&found) {
                return Err(self.refuse(Limit::Difference, found, self.m, &[known]));
            }
        }
        Ok(())
    }

    fn span(&self) -> Result<(), Refusal> {
        let earlier: Vec<&Release> = self
            .earlier()
            .filter(|known| known.sharing == Sharing::PerSite)
            .collect();
        let Some(found) = self.exposed_with(&earlier) else {
            return Ok(());
        };
        // Those files without which the sum does not follow.
        let mut needed = earlier;
        let mut at = 0;
        while needed.len() <= MOST_NAMED && at < needed.len() {
            let mut fewer = needed.clone();
            fewer.remove(at);
            if self.exposed_with(&fewer).is_some() {
                needed = fewer;
            } else {
                at += 1;
            }
        }
        Err(self.refuse(Limit::Difference, found, self.m, &needed))
    }

    /// The number of patients whose sum follows from these files and the new one.
    fn exposed_with(&self, earlier: &[&Release]) -> Option<usize> {
        let mut sets: Vec<&Members> = Vec::new();
        let mut known = BTreeSet::new();
        for set in earlier
            .iter()
            .copied()
            .chain([self.asked])
            .flat_map(|release| &release.sets)
        {
            if known.insert(set.to_hex()) {
                sets.push(set);
            }
        }
        exposed(&sets, self.log.people(), self.m).map(|patients| patients.len())
    }
}

/// Patients that are in one selection and not in the other.
fn selections_differ(one: &Release, other: &Release) -> usize {
    match (one.selection(), other.selection()) {
        (Some(one), Some(other)) => one.difference(other),
        _ => 0,
    }
}

/// Patients added, removed or with other values.
fn changed_rows(one: &Release, other: &Release) -> usize {
    let values = |release: &Release| -> BTreeSet<(usize, String)> {
        let selection = release.selection().into_iter().flat_map(Members::positions);
        selection.zip(release.values.iter().cloned()).collect()
    };
    let (one, other) = (values(one), values(other));
    let changed = one.symmetric_difference(&other).map(|(patient, _)| *patient);
    changed.collect::<BTreeSet<usize>>().len()
}
