//! The log of a site: a file that the user keeps, and opens before each new summary. The page stores nothing.
//!
//! It holds no value and no name, yet it tells who was in which group, so it is as sensitive as the data. A patient is the
//! first 8 bytes of HMAC-SHA256(salt, id or whole row), and so are the values that were used; sets of patients are bits.

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::canonical::{FileFault, from_hex, hex, open, sealed};
use super::members::Members;
use super::plan::{Sharing, VERSION};
use super::summary::LogState;

/// The kind of a log's file.
pub const KIND_LOG: &str = "cotside-disclosure-log";

/// Most releases of a log.
const MOST_RELEASES: usize = 500;

/// Why a text is no log that can be continued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogFault {
    /// Cut off, changed, or not a file of this program.
    #[error(transparent)]
    File(#[from] FileFault),
    /// Another kind of file, or another version.
    #[error("not a log of version {VERSION}")]
    OtherKind,
    /// A field is missing, unknown or of the wrong type.
    #[error("{0}")]
    Shape(String),
    /// A field whose content contradicts the rest.
    #[error("{field} does not fit the rest")]
    Inconsistent {
        /// The field.
        field: String,
    },
    /// The log of another site.
    #[error("the log of site {found}, not of {expected}")]
    OtherSite {
        /// The site of the log.
        found: String,
        /// The site that asks.
        expected: String,
    },
    /// None of the patients of the data is in it.
    #[error("no patient of this file is in the log")]
    OtherPatients,
}

/// A patient as the log knows it: 16 hexadecimal digits.
type Print = String;

/// The log of a site.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    site: String,
    salt: [u8; 32],
    people: Vec<Print>,
    releases: Vec<Release>,
}

/// What left the site in one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// Name of the study.
    pub study: String,
    /// Hash of the design.
    pub design_sha256: String,
    /// Hash of the plan.
    pub plan_sha256: String,
    /// Hash of the file.
    pub file_sha256: String,
    /// What the coordinator gets to see.
    pub sharing: Sharing,
    /// Sites of the plan.
    pub sites: Vec<String>,
    /// The round.
    pub round: u32,
    /// The attempt.
    pub attempt: u32,
    /// How many numbers about the patients are in the file.
    pub numbers: u64,
    /// The variables that were used, the outcome as one.
    pub variables: Vec<String>,
    /// For each patient of the first set, ascending, what was used of it.
    pub values: Vec<Print>,
    /// Sets of patients whose sums are in the file; the first is the selection.
    pub sets: Vec<Members>,
    /// What each set is.
    pub names: Vec<String>,
}

impl Release {
    /// Returns the patients that were selected.
    pub fn selection(&self) -> Option<&Members> {
        self.sets.first()
    }

    /// Returns the name of its file at a site.
    pub fn file_name(&self, site: &str) -> String {
        format!("{}-r{}-{site}.json, attempt {}", self.study, self.round, self.attempt)
    }

    /// True if this is the same round of the same plan.
    pub(super) fn is_round_of(&self, plan_sha256: &str, round: u32, attempt: u32) -> bool {
        self.plan_sha256 == plan_sha256 && self.round == round && self.attempt == attempt
    }
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenLog {
    kind: String,
    version: u32,
    site: String,
    salt: String,
    people: Vec<Print>,
    releases: Vec<WrittenRelease>,
    #[serde(default, skip_serializing)]
    #[allow(dead_code)] // `open` has checked it.
    sha256: String,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenRelease {
    study: String,
    design_sha256: String,
    plan_sha256: String,
    file_sha256: String,
    sharing: Sharing,
    sites: Vec<String>,
    round: u32,
    attempt: u32,
    numbers: u64,
    variables: Vec<String>,
    values: Vec<Print>,
    sets: Vec<WrittenSet>,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenSet {
    what: String,
    rows: String,
}

impl Log {
    /// Begins the log of a site. `salt` is 32 random bytes; they stay in the log.
    pub fn new(site: &str, salt: [u8; 32]) -> Self {
        Self {
            site: site.to_owned(),
            salt,
            people: Vec::new(),
            releases: Vec::new(),
        }
    }

    /// Reads the log of a site.
    ///
    /// # Errors
    /// The first fault found.
    pub fn read(text: &str, site: &str) -> Result<Self, LogFault> {
        let value = open(text)?;
        let field = |name: &str| value.get(name).cloned().unwrap_or_default();
        if field("kind") != KIND_LOG || field("version") != VERSION {
            return Err(LogFault::OtherKind);
        }
        let written: WrittenLog = serde_json::from_value(value).map_err(|error| LogFault::Shape(error.to_string()))?;
        if written.site != site {
            return Err(LogFault::OtherSite {
                found: written.site,
                expected: site.to_owned(),
            });
        }
        let wrong = |field: &str| LogFault::Inconsistent {
            field: field.to_owned(),
        };
        let is_print = |print: &Print| from_hex::<8>(print).is_some();
        let mut sorted: Vec<&Print> = written.people.iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        if sorted.len() != written.people.len() || !written.people.iter().all(is_print) {
            return Err(wrong("people"));
        }
        if written.releases.len() > MOST_RELEASES {
            return Err(wrong("releases"));
        }
        let people = written.people.len();
        let releases: Option<Vec<Release>> = written.releases.into_iter().map(|each| each.read(people)).collect();
        Ok(Self {
            salt: from_hex(&written.salt).ok_or_else(|| wrong("salt"))?,
            releases: releases.ok_or_else(|| wrong("releases"))?,
            people: written.people,
            site: written.site,
        })
    }

    /// Returns the text of its file.
    pub fn text(&self) -> String {
        let written = WrittenLog {
            kind: KIND_LOG.to_owned(),
            version: VERSION,
            site: self.site.clone(),
            salt: hex(&self.salt),
            people: self.people.clone(),
            releases: self.releases.iter().map(WrittenRelease::of).collect(),
            sha256: String::new(),
        };
        // Texts, whole numbers and lists: nothing in it can fail.
        sealed(serde_json::to_value(written).unwrap_or_default())
    }

    /// Returns the name of its file.
    pub fn file_name(&self) -> String {
        format!("{}-log.json", self.site)
    }

    /// The site.
    pub fn site(&self) -> &str {
        &self.site
    }

    /// What left so far, in its order.
    pub fn releases(&self) -> &[Release] {
        &self.releases
    }

    /// Number of patients that were in any file, or are asked for.
    pub(super) fn people(&self) -> usize {
        self.people.len()
    }

    /// What a summary of this round says of the log: new where no other file left before it.
    pub fn state(&self, plan_sha256: &str, round: u32, attempt: u32) -> LogState {
        match self.releases.first() {
            Some(first) if !first.is_round_of(plan_sha256, round, attempt) => LogState::Continued,
            _ => LogState::New,
        }
    }

    /// The print of a text under the log's salt.
    fn print(&self, text: &str) -> Print {
        // HMAC takes keys of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.salt) else {
            return String::new();
        };
        mac.update(text.as_bytes());
        hex(&mac.finalize().into_bytes()[..8])
    }

    /// Returns the prints of texts that tell patients apart; equal ones are numbered.
    fn prints_of_people(&self, ids: &[String]) -> Vec<Print> {
        let mut seen = std::collections::HashMap::<&str, usize>::new();
        let numbered = ids.iter().map(|id| {
            let count = seen.entry(id).or_insert(0);
            *count += 1;
            self.print(&format!("patient\u{1f}{count}\u{1f}{id}"))
        });
        numbered.collect()
    }

    /// Finds patients by their ids, or whole rows, and adds those that are new. Returns the position of each.
    ///
    /// # Errors
    /// [`LogFault::OtherPatients`] where files left before and none of the patients was in any.
    pub(super) fn positions(&mut self, ids: &[String]) -> Result<Vec<usize>, LogFault> {
        let mut known: std::collections::HashMap<Print, usize> = self.people.iter().cloned().zip(0..).collect();
        let had = self.people.len();
        let mut positions = Vec::with_capacity(ids.len());
        for print in self.prints_of_people(ids) {
            let next = self.people.len();
            let position = *known.entry(print.clone()).or_insert(next);
            if position == next {
                self.people.push(print);
            }
            positions.push(position);
        }
        if had > 0 && positions.iter().all(|&position| position >= had) {
            return Err(LogFault::OtherPatients);
        }
        Ok(positions)
    }

    /// The print of the values that are used of a patient.
    pub(super) fn print_of_values(&self, values: &str) -> Print {
        self.print(&format!("values\u{1f}{values}"))
    }

    /// Adds what leaves now. The same file again changes nothing.
    pub(super) fn add(&mut self, release: Release) {
        let is_there = |known: &Release| {
            known.is_round_of(&release.plan_sha256, release.round, release.attempt)
                && known.file_sha256 == release.file_sha256
        };
        if !self.releases.iter().any(is_there) {
            self.releases.push(release);
        }
    }
}

impl WrittenRelease {
    fn of(release: &Release) -> Self {
        let set = |(what, rows): (&String, &Members)| WrittenSet {
            what: what.clone(),
            rows: rows.to_hex(),
        };
        Self {
            study: release.study.clone(),
            design_sha256: release.design_sha256.clone(),
            plan_sha256: release.plan_sha256.clone(),
            file_sha256: release.file_sha256.clone(),
            sharing: release.sharing,
            sites: release.sites.clone(),
            round: release.round,
            attempt: release.attempt,
            numbers: release.numbers,
            variables: release.variables.clone(),
            values: release.values.clone(),
            sets: release.names.iter().zip(&release.sets).map(set).collect(),
        }
    }

    /// `None` where its parts contradict each other.
    fn read(self, people: usize) -> Option<Release> {
        let hashes = [&self.design_sha256, &self.plan_sha256, &self.file_sha256];
        let sets: Option<Vec<Members>> = self
            .sets
            .iter()
            .map(|set| Members::from_hex(&set.rows, people))
            .collect();
        let sets = sets?;
        let fits = hashes.iter().all(|hash| from_hex::<32>(hash).is_some())
            && sets
                .first()
                .is_some_and(|selection| selection.count() == self.values.len())
            && self.values.iter().all(|print| from_hex::<8>(print).is_some());
        fits.then(|| Release {
            study: self.study,
            design_sha256: self.design_sha256,
            plan_sha256: self.plan_sha256,
            file_sha256: self.file_sha256,
            sharing: self.sharing,
            sites: self.sites,
            round: self.round,
            attempt: self.attempt,
            numbers: self.numbers,
            variables: self.variables,
            values: self.values,
            names: self.sets.into_iter().map(|set| set.what).collect(),
            sets,
        })
    }
}
