//! The table of published outcomes: three CSV files that a clinician can edit, compiled in and read once.
//!
//! `published/sources.csv`: `source` (its short name in a sentence), `reference`, `identifier`.
//!
//! `published/studies.csv`, one row for each study (or report of a part of one): `study` (id), `name`, `from`, `to`
//! (years of enrolment), `n`, `kmt2a_rearranged` of `kmt2a_tested`, then per cent as printed: `complete_remission`,
//! `induction_death`, `death_in_remission`, `transplanted`; `age` (the limit as worded), `kmt2a` (`any`, `rearranged`,
//! `germline`, `t(4;11)`: who could enter), `infants` (names of the cohorts whose infants are in it, so that two
//! reports of the same children are known), `protocols` (ids), `time_origin` and `event_definition` (empty where not
//! read), `source`, `note`.
//!
//! `published/estimates.csv`, one row for each estimate: `id`, `study`, `endpoint` (code), `population`, `kmt2a` (of
//! that population: `all` as in the study, `rearranged`, `germline`, empty where not stated), `reached` (`remission` or
//! `transplant` where only infants who came so far are counted), `years` (empty where the source does not state it),
//! `n` of the population, `estimate` in per cent with the decimals printed, `spread` (`standard error`, `interval`,
//! `unclear` for a ± that is not certainly a standard error, or empty), `standard_error`, `lower`, `upper`, `source`,
//! `place`, `sure` (code of [`Read`]), `same_as` (ids, separated by spaces, of the rows that print the same figure of
//! the same infants: all are one estimate), `note`.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::{Citation, Interval95, Printed, PublishedEndpoint, Read, Source, Spread};
use crate::cohort::{Sheet, is_missing};

const SOURCES: &str = include_str!("published/sources.csv");
const STUDIES: &str = include_str!("published/studies.csv");
const ESTIMATES: &str = include_str!("published/estimates.csv");

/// What the id of a study of the reader's own begins with.
pub const OWN_STUDY_PREFIX: &str = "own:";

/// The files whose rows have a history: the code of what a row is, its column of ids, the text.
#[cfg(test)]
pub(super) const TABLES: [(&str, &str, &str); 3] = [
    ("source", "source", SOURCES),
    ("study", "study", STUDIES),
    ("estimate", "id", ESTIMATES),
];

/// A study, or a report of a part of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PublishedStudy {
    /// Id, as in addresses.
    pub id: &'static str,
    /// Name of the study.
    pub name: &'static str,
    /// First and last year of enrolment.
    pub years: Option<(u16, u16)>,
    /// Number of patients.
    pub n: Option<u32>,
    /// Number of patients with a KMT2A rearrangement.
    pub kmt2a_rearranged: Option<u32>,
    /// Number of patients tested for one.
    pub kmt2a_tested: Option<u32>,
    /// Complete remission, per cent.
    pub complete_remission: Option<Printed>,
    /// Death in induction, per cent.
    pub induction_death: Option<Printed>,
    /// Death in remission, per cent.
    pub death_in_remission: Option<Printed>,
    /// Transplanted, per cent.
    pub transplanted: Option<Printed>,
    /// Age limit as worded; empty where it could not be read.
    pub age: &'static str,
    /// Eligibility by KMT2A status: `any`, `rearranged`, `germline`, `t(4;11)`.
    pub kmt2a: &'static str,
    /// Names of the cohorts whose infants are in it, separated by spaces.
    pub infants: &'static str,
    /// Ids of the protocols, separated by spaces.
    pub protocols: &'static str,
    /// From when time counts; empty where it could not be read.
    pub time_origin: &'static str,
    /// Definition of an event; empty where it could not be read.
    pub event_definition: &'static str,
    /// Its own publication.
    pub source: &'static Source<'static>,
    /// Remark for the reader, or empty.
    pub note: &'static str,
}

/// KMT2A in the population of an estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kmt2aOf {
    /// All patients of the study.
    Study,
    /// Patients with rearranged KMT2A only.
    Rearranged,
    /// Patients with germline KMT2A only.
    Germline,
    /// KMT2A status of the population is not stated.
    NotStated,
}

/// The state that a child must have reached to be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reached {
    /// No further than entry to the study.
    Entry,
    /// First remission.
    Remission,
    /// Transplant.
    Transplant,
}

/// A published estimate of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// `study/number`.
    pub id: &'static str,
    /// The study of the estimate.
    pub study: &'static PublishedStudy,
    /// The endpoint of the estimate.
    pub endpoint: PublishedEndpoint,
    /// The population, in the words of the study.
    pub population: &'static str,
    /// KMT2A in that population.
    pub kmt2a: Kmt2aOf,
    /// The state that a child must have reached to be counted.
    pub reached: Reached,
    /// Years; `None` where the source does not state it.
    pub years: Option<f64>,
    /// Number of patients in the population.
    pub n: Option<u32>,
    /// The estimate in per cent.
    pub estimate: Printed,
    /// Standard error or ± as printed.
    pub standard_error: Option<Printed>,
    /// 95 % interval as printed.
    pub interval: Option<(Printed, Printed)>,
    /// True if the number in `standard_error` is certainly one.
    pub standard_error_is_clear: bool,
    /// Where it was read.
    pub cite: Citation<'static>,
    /// Ids of other rows that print the same figure of the same infants, perhaps under another time, separated by spaces.
    pub same_as: &'static str,
    /// Remark for the reader, or empty.
    pub note: &'static str,
}

/// The whole table, in the order of the files.
#[derive(Debug, Default)]
pub struct Published {
    /// All studies of `studies.csv`.
    pub studies: &'static [PublishedStudy],
    /// All estimates of `estimates.csv`.
    pub estimates: Vec<Estimate>,
}

/// A cell of the table that cannot be read. A test holds that there is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, row {row}, column {column}: cannot be read")]
pub struct PublishedError {
    /// Name of the file.
    pub file: &'static str,
    /// The row, from 1, the header not counted; 0 where the file as a whole cannot be read.
    pub row: usize,
    /// Name of the column.
    pub column: &'static str,
}

impl PublishedStudy {
    /// Share of infants with a rearrangement among those tested.
    #[must_use]
    pub fn kmt2a_share(&self) -> Option<f64> {
        let (rearranged, tested) = (self.kmt2a_rearranged?, self.kmt2a_tested?);
        (tested > 0).then(|| f64::from(rearranged) / f64::from(tested))
    }

    /// True if it is of the reader's own, and not of the table.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.id.starts_with(OWN_STUDY_PREFIX)
    }

    /// The cohorts whose infants are in it.
    pub fn cohorts(&self) -> impl Iterator<Item = &'static str> {
        self.infants.split_whitespace()
    }

    /// True if some children may be in both studies.
    #[must_use]
    pub fn shares_infants_with(&self, other: &Self) -> bool {
        self.cohorts().any(|cohort| other.cohorts().any(|each| each == cohort))
    }
}

impl Estimate {
    /// True if both are one estimate: the same row, or rows that print the same figure of the same infants.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.id == other.id
            || self
                .linked()
                .chain(other.linked())
                .any(|id| id == self.id || id == other.id)
    }

    /// True if it is of the reader's own, not checked, and not of the table.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.cite.read == Read::Unchecked
    }

    /// Ids of the rows that print the same figure of the same infants.
    pub fn linked(&self) -> impl Iterator<Item = &'static str> {
        self.same_as.split_whitespace()
    }

    /// True if it is 0 or 100 %, where the minimum standard error for n is 0 and not usable.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        self.estimate.value() <= 0.0 || self.estimate.value() >= 100.0
    }

    /// Returns its uncertainty as printed.
    #[must_use]
    pub fn spread(&self) -> Spread {
        match (self.interval, self.standard_error) {
            (Some((lower, upper)), _) => Spread::Interval95(lower.value(), upper.value()),
            (None, Some(error)) if self.standard_error_is_clear => Spread::StandardError(error.value()),
            (None, Some(error)) => Spread::Unclear(error.value()),
            (None, None) => Spread::NotStated,
        }
    }

    /// Returns the 95 % interval that may be drawn: printed, or computed from a printed standard error.
    #[must_use]
    pub fn interval95(&self) -> Option<Interval95> {
        self.spread().interval95(self.estimate.value())
    }

    /// Share of infants with a rearrangement in this population, where it follows from the data.
    #[must_use]
    pub fn kmt2a_share(&self) -> Option<f64> {
        match self.kmt2a {
            Kmt2aOf::Study => self.study.kmt2a_share(),
            Kmt2aOf::Rearranged => Some(1.0),
            Kmt2aOf::Germline => Some(0.0),
            Kmt2aOf::NotStated => None,
        }
    }
}

impl Published {
    /// The study with this id.
    #[must_use]
    pub fn study(&self, id: &str) -> Option<&'static PublishedStudy> {
        self.studies.iter().find(|study| study.id == id)
    }

    /// The estimate with this id.
    #[must_use]
    pub fn estimate(&self, id: &str) -> Option<&Estimate> {
        self.estimates.iter().find(|estimate| estimate.id == id)
    }
}

/// The table. Empty if a file could not be read, which a test excludes.
#[must_use]
pub fn published() -> &'static Published {
    static TABLE: OnceLock<Published> = OnceLock::new();
    TABLE.get_or_init(|| read().unwrap_or_default())
}

/// Reads the three files.
fn read() -> Result<Published, PublishedError> {
    static FILES: [OnceLock<Sheet>; 3] = [const { OnceLock::new() }; 3];
    static LIST_OF_SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    static LIST_OF_STUDIES: OnceLock<Vec<PublishedStudy>> = OnceLock::new();
    let [sources, studies, estimates] = &FILES;
    let sources = File::open("sources.csv", SOURCES, sources)?.rows(|row| {
        Ok(Source {
            short: row.needed("source")?,
            reference: row.needed("reference")?,
            identifier: row.text("identifier")?,
        })
    })?;
    let sources = LIST_OF_SOURCES.get_or_init(|| sources);
    let studies = File::open("studies.csv", STUDIES, studies)?.rows(|row| study(row, sources))?;
    let studies = LIST_OF_STUDIES.get_or_init(|| studies);
    let estimates = File::open("estimates.csv", ESTIMATES, estimates)?;
    Ok(Published {
        studies,
        estimates: estimates.rows(|row| estimate(row, studies, sources))?,
    })
}

fn study(row: Row, sources: &'static [Source<'static>]) -> Result<PublishedStudy, PublishedError> {
    let (from, to) = (row.whole("from")?, row.whole("to")?);
    Ok(PublishedStudy {
        id: row.needed("study")?,
        name: row.needed("name")?,
        years: from.zip(to).map(|(from, to)| (from as u16, to as u16)),
        n: row.whole("n")?,
        kmt2a_rearranged: row.whole("kmt2a_rearranged")?,
        kmt2a_tested: row.whole("kmt2a_tested")?,
        complete_remission: row.printed("complete_remission")?,
        induction_death: row.printed("induction_death")?,
        death_in_remission: row.printed("death_in_remission")?,
        transplanted: row.printed("transplanted")?,
        age: row.text("age")?,
        kmt2a: row.one_of("kmt2a", &["any", "rearranged", "germline", "t(4;11)"])?,
        infants: row.needed("infants")?,
        protocols: row.text("protocols")?,
        time_origin: row.text("time_origin")?,
        event_definition: row.text("event_definition")?,
        source: row.source(sources)?,
        note: row.text("note")?,
    })
}

fn estimate(
    row: Row,
    studies: &'static [PublishedStudy],
    sources: &'static [Source<'static>],
) -> Result<Estimate, PublishedError> {
    let study = row.needed("study")?;
    let spread = row.one_of("spread", &["", "standard error", "interval", "unclear"])?;
    let standard_error = row.printed("standard_error")?;
    let interval = row.printed("lower")?.zip(row.printed("upper")?);
    let fits = match spread {
        "" => standard_error.is_none() && interval.is_none(),
        "interval" => standard_error.is_none() && interval.is_some(),
        _ => standard_error.is_some() && interval.is_none(),
    };
    if !fits {
        return Err(row.error("spread"));
    }
    let years = row.printed("years")?;
    Ok(Estimate {
        id: row.needed("id")?,
        study: studies.iter().find(|each| each.id == study).ok_or(row.error("study"))?,
        endpoint: PublishedEndpoint::with_code(row.needed("endpoint")?).ok_or(row.error("endpoint"))?,
        population: row.needed("population")?,
        kmt2a: match row.one_of("kmt2a", &["", "all", "rearranged", "germline"])? {
            "all" => Kmt2aOf::Study,
            "rearranged" => Kmt2aOf::Rearranged,
            "germline" => Kmt2aOf::Germline,
            _ => Kmt2aOf::NotStated,
        },
        reached: match row.one_of("reached", &["", "remission", "transplant"])? {
            "remission" => Reached::Remission,
            "transplant" => Reached::Transplant,
            _ => Reached::Entry,
        },
        years: years.map(Printed::value),
        n: row.whole("n")?,
        estimate: row.printed("estimate")?.ok_or(row.error("estimate"))?,
        standard_error,
        interval,
        standard_error_is_clear: spread == "standard error",
        cite: Citation {
            source: row.source(sources)?,
            place: row.text("place")?,
            read: Read::with_code(row.needed("sure")?).ok_or(row.error("sure"))?,
        },
        same_as: row.text("same_as")?,
        note: row.text("note")?,
    })
}

/// A file of the table.
#[derive(Clone, Copy)]
pub(super) struct File {
    name: &'static str,
    sheet: &'static Sheet,
}

/// A row of it.
#[derive(Clone, Copy)]
pub(super) struct Row {
    file: File,
    row: usize,
}

impl File {
    pub(super) fn open(
        name: &'static str,
        text: &str,
        place: &'static OnceLock<Sheet>,
    ) -> Result<Self, PublishedError> {
        let sheet = Sheet::read(text.as_bytes()).map_err(|_| PublishedError {
            file: name,
            row: 0,
            column: "",
        })?;
        Ok(Self {
            name,
            sheet: place.get_or_init(|| sheet),
        })
    }

    pub(super) fn rows<T>(self, read: impl Fn(Row) -> Result<T, PublishedError>) -> Result<Vec<T>, PublishedError> {
        (0..self.sheet.rows())
            .map(|row| read(Row { file: self, row }))
            .collect()
    }
}

impl Row {
    fn error(self, column: &'static str) -> PublishedError {
        PublishedError {
            file: self.file.name,
            row: self.row + 1,
            column,
        }
    }

    /// The cell, empty where missing.
    pub(super) fn text(self, column: &'static str) -> Result<&'static str, PublishedError> {
        let sheet = self.file.sheet;
        let position = sheet.column(column).map_err(|_| self.error(column))?;
        let text = sheet.cell(self.row, position).trim();
        Ok(if is_missing(text) { "" } else { text })
    }

    pub(super) fn needed(self, column: &'static str) -> Result<&'static str, PublishedError> {
        self.text(column)
            .and_then(|text| (!text.is_empty()).then_some(text).ok_or(self.error(column)))
    }

    pub(super) fn one_of(self, column: &'static str, known: &[&'static str]) -> Result<&'static str, PublishedError> {
        let text = self.text(column)?;
        known
            .iter()
            .copied()
            .find(|each| *each == text)
            .ok_or(self.error(column))
    }

    fn printed(self, column: &'static str) -> Result<Option<Printed>, PublishedError> {
        let text = self.text(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        Printed::read(text).map(Some).ok_or(self.error(column))
    }

    fn whole(self, column: &'static str) -> Result<Option<u32>, PublishedError> {
        let text = self.text(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| self.error(column))
    }

    fn source(self, sources: &'static [Source<'static>]) -> Result<&'static Source<'static>, PublishedError> {
        let short = self.needed("source")?;
        let found = sources.iter().find(|source| source.short == short);
        found.ok_or(self.error("source"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{NoEffect, rates_on};
    use crate::survival::Scale;

    /// Pairs that have the same figure of the same endpoint and number by chance: why they are two estimates.
    const TWO_BY_CHANCE: &[(&str, &str, &str)] = &[(
        "interfant-99/6",
        "interfant-99/8",
        "46.4 % at 6 years and 46 % at 5 years, of two reports, lie on one curve below 47.0 % at 4 years",
    )];

    /// Equal to the decimals of the one printed with fewer: 95.5 is printed as 96 too.
    fn prints_the_same(first: Printed, second: Printed) -> bool {
        let (more, fewer) = if first.places() < second.places() {
            (second, first)
        } else {
            (first, second)
        };
        let distance = (more.value() - fewer.value()).abs();
        let rounds = more.places() > fewer.places() && distance <= fewer.half_unit() + 1e-9;
        rounds || more.value() == fewer.value()
    }

    fn same_spread(first: &Estimate, second: &Estimate) -> bool {
        first.spread() == Spread::NotStated || second.spread() == Spread::NotStated || first.spread() == second.spread()
    }

    /// True if two rows look like one estimate: the same figure, endpoint and number of the same infants.
    fn looks_like_one(first: &Estimate, second: &Estimate) -> bool {
        let same_infants = first.n == second.n && (first.n.is_some() || first.population == second.population);
        first.endpoint.compares_with(second.endpoint)
            && first.kmt2a == second.kmt2a
            && first.reached == second.reached
            && same_infants
            && prints_the_same(first.estimate, second.estimate)
            && same_spread(first, second)
            && first.study.shares_infants_with(second.study)
    }

    /// The same figure of the same infants in two rows, perhaps at two times, counts once: the rows are linked, and
    /// cannot be pooled together.
    #[test]
    fn a_figure_printed_twice_is_linked() {
        let all = &published().estimates;
        for (position, first) in all.iter().enumerate() {
            for second in &all[position + 1..] {
                let by_chance = TWO_BY_CHANCE
                    .iter()
                    .any(|&(a, b, why)| (a, b) == (first.id, second.id) && !why.is_empty());
                assert_eq!(
                    looks_like_one(first, second) && !by_chance,
                    first.is_same_as(second),
                    "{} and {}",
                    first.id,
                    second.id
                );
            }
            for other in first.linked() {
                let other = published().estimate(other).unwrap();
                let named: Vec<&str> = other.linked().chain([other.id]).collect();
                let all_named = first.linked().chain([first.id]).all(|id| named.contains(&id));
                assert!(all_named, "{} and {}", first.id, other.id);
            }
        }
    }

    /// Rows that are one estimate are refused together in a pool, whatever the scale, and so is another endpoint.
    #[test]
    fn one_estimate_is_pooled_once() {
        let rows = ["mll-10/2", "interfant-06/2", "mll-10/4"].map(|id| published().estimate(id).unwrap());
        let refused = rates_on(&rows, Scale::LogLog, false).unwrap_err();
        assert_eq!((refused.id, refused.why), ("mll-10/4", NoEffect::SameAs("mll-10/2")));
        assert!(rates_on(&rows[..2], Scale::LogLog, false).is_ok());
        let all = &published().estimates;
        for (first, second) in all
            .iter()
            .flat_map(|first| all.iter().map(move |second| (first, second)))
        {
            let refused = rates_on(&[first, second], Scale::Plain, true)
                .err()
                .map(|error| error.why);
            if first.is_same_as(second) {
                assert_eq!(
                    refused,
                    Some(NoEffect::SameAs(first.id)),
                    "{} and {}",
                    first.id,
                    second.id
                );
            } else if !first.endpoint.compares_with(second.endpoint) {
                assert_eq!(
                    refused,
                    Some(NoEffect::OtherEndpoint(first.id)),
                    "{} and {}",
                    first.id,
                    second.id
                );
            }
        }
    }

    /// The shares in the table of studies are those of the rows of estimates, which have the source.
    #[test]
    fn shares_of_a_study_have_a_row() {
        use PublishedEndpoint as Of;
        for study in published().studies {
            let row = |endpoint| {
                let mut rows = published().estimates.iter();
                rows.find(|row| row.study.id == study.id && row.endpoint == endpoint && row.kmt2a == Kmt2aOf::Study)
            };
            for (share, endpoint) in [
                (study.complete_remission, Of::CrudeRemission),
                (study.induction_death, Of::CrudeInductionDeath),
                (study.death_in_remission, Of::CrudeDeathInRemission),
                (study.transplanted, Of::CrudeTransplanted),
            ] {
                if let Some(row) = row(endpoint) {
                    assert_eq!(Some(row.estimate), share, "{}", row.id);
                }
            }
        }
    }

    #[test]
    fn every_row_is_read() {
        let table = read().unwrap();
        assert_eq!(table.studies.len(), STUDIES.lines().count() - 1);
        assert_eq!(table.estimates.len(), 198);
        assert_eq!(ESTIMATES.lines().count(), 199);
        let study = table.study("interfant-06").unwrap();
        assert_eq!((study.n, study.years), (Some(651), Some((2006, 2016))));
        let ccg = table.estimate("ccg-1953/1").unwrap();
        assert_eq!(ccg.spread(), Spread::Unclear(9.2));
        assert_eq!(ccg.interval95(), None);
        assert_eq!(published().estimates, table.estimates);
    }

    #[test]
    fn ids_are_unique_and_say_their_study() {
        let table = read().unwrap();
        for (position, estimate) in table.estimates.iter().enumerate() {
            assert!(estimate.id.starts_with(estimate.study.id), "{}", estimate.id);
            let same = table.estimates.iter().position(|each| each.id == estimate.id);
            assert_eq!(same, Some(position), "{}", estimate.id);
        }
        for (position, study) in table.studies.iter().enumerate() {
            assert_eq!(
                table.studies.iter().position(|each| each.id == study.id),
                Some(position)
            );
            let counted = table.estimates.iter().filter(|each| each.study.id == study.id).count();
            assert!(counted > 0, "{} has no estimate", study.id);
        }
    }

    #[test]
    fn estimates_are_per_cent_and_lie_in_their_intervals() {
        for estimate in &published().estimates {
            let value = estimate.estimate.value();
            assert!((0.0..=100.0).contains(&value), "{}", estimate.id);
            if let Some((lower, upper)) = estimate.interval {
                assert!(lower.value() <= value && value <= upper.value(), "{}", estimate.id);
            }
            assert!(estimate.n.is_none_or(|n| n > 0), "{}", estimate.id);
        }
    }
}
