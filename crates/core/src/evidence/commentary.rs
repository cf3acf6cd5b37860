//! The table of a commentary of 2020 that sets five studies of infant ALL side by side, whole, as printed.

use super::shared_sources::BLOOD_COMMENTARY_2020;
use super::{Citation, Printed};

/// The marks under a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Footnote {
    /// "*": any toxic death including induction therapy.
    AnyToxicDeath,
}

impl Footnote {
    /// Returns the mark as printed.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::AnyToxicDeath => "*",
        }
    }
}

/// A survival cell: rate in per cent, standard error in brackets, time in years after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateCell {
    /// "PGR" or "PPR" before the number, else empty.
    pub subgroup: &'static str,
    /// The rate in per cent, as printed.
    pub estimate: &'static str,
    /// Standard error, "NA" where not available.
    pub standard_error: &'static str,
    /// Time of the rate, in years.
    pub years: u8,
    /// The row of the table of published outcomes that has the same numbers.
    pub estimate_id: &'static str,
}

/// A row of the commentary's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommentaryRow {
    /// Id of the study in the table of published outcomes.
    pub study: &'static str,
    /// Name as printed.
    pub name: &'static str,
    /// Years of study as printed.
    pub years: &'static str,
    /// Number of patients.
    pub n: u32,
    /// Number of patients with rearranged KMT2A.
    pub kmt2a_rearranged: u32,
    /// Number of patients tested for KMT2A.
    pub kmt2a_tested: u32,
    /// Per cent rearranged as printed.
    pub kmt2a_percent: &'static str,
    /// Complete remission, per cent.
    pub complete_remission: &'static str,
    /// Induction death, per cent; "NA" where not available.
    pub induction_death: &'static str,
    /// Death in remission, per cent.
    pub death_in_remission: &'static str,
    /// The footnote of that cell.
    pub death_in_remission_note: Option<Footnote>,
    /// Event-free survival of all patients.
    pub event_free_all: RateCell,
    /// Event-free survival of rearranged patients; two cells in the first row.
    pub event_free_rearranged: &'static [RateCell],
    /// Overall survival of all patients.
    pub overall_all: RateCell,
    /// Transplant performed, per cent; "NA" where not available.
    pub transplanted: &'static str,
}

/// The commentary's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommentaryTable {
    /// Title of the table.
    pub title: &'static str,
    /// One row for each cohort.
    pub rows: &'static [CommentaryRow],
    /// Abbreviations under it: short, long.
    pub abbreviations: &'static [(&'static str, &'static str)],
    /// Its place in the source.
    pub cite: Citation<'static>,
}

const fn rate(
    subgroup: &'static str,
    estimate: &'static str,
    standard_error: &'static str,
    years: u8,
    estimate_id: &'static str,
) -> RateCell {
    RateCell {
        subgroup,
        estimate,
        standard_error,
        years,
        estimate_id,
    }
}

/// "Reported outcomes of studies for infant ALL".
pub static COMMENTARY: CommentaryTable = CommentaryTable {
    title: "Reported outcomes of studies for infant ALL",
    rows: &[
        CommentaryRow {
            study: "bfm",
            name: "BFM 83, 86, and 90",
            years: "1983 to 1995",
            n: 106,
            kmt2a_rearranged: 29,
            kmt2a_tested: 59,
            kmt2a_percent: "49.2",
            complete_remission: "95.2",
            induction_death: "NA",
            death_in_remission: "3.8",
            death_in_remission_note: None,
            event_free_all: rate("", "43", "5", 6, "bfm/1"),
            event_free_rearranged: &[rate("PGR", "41", "12", 6, "bfm/3"), rate("PPR", "9", "9", 6, "bfm/4")],
            overall_all: rate("", "48", "6", 6, "bfm/2"),
            transplanted: "NA",
        },
        CommentaryRow {
            study: "ccg-1953",
            name: "CCG 1953",
            years: "1996 to 2000",
            n: 115,
            kmt2a_rearranged: 79,
            kmt2a_tested: 115,
            kmt2a_percent: "68.7",
            complete_remission: "82.5",
            induction_death: "8.7",
            death_in_remission: "34.8",
            death_in_remission_note: Some(Footnote::AnyToxicDeath),
            event_free_all: rate("", "41.7", "9.2", 5, "ccg-1953/1"),
            event_free_rearranged: &[rate("", "33.6", "NA", 5, "ccg-1953/2")],
            overall_all: rate("", "44.8", "5.6", 5, "ccg-1953/4"),
            transplanted: "33.0",
        },
        CommentaryRow {
            study: "interfant-99",
            name: "Interfant-99",
            years: "1999 to 2005",
            n: 482,
            kmt2a_rearranged: 314,
            kmt2a_tested: 396,
            kmt2a_percent: "79.3",
            complete_remission: "93.9",
            induction_death: "3.8",
            death_in_remission: "5.2",
            death_in_remission_note: None,
            event_free_all: rate("", "47.0", "2.6", 4, "interfant-99/1"),
            event_free_rearranged: &[rate("", "36.9", "3.1", 4, "interfant-99/2")],
            overall_all: rate("", "55.3", "2.7", 4, "interfant-99/3"),
            transplanted: "8.5",
        },
        CommentaryRow {
            study: "interfant-06",
            name: "Interfant-06",
            years: "2006 to 2016",
            n: 651,
            kmt2a_rearranged: 476,
            kmt2a_tested: 643,
            kmt2a_percent: "74.0",
            complete_remission: "92.9",
            induction_death: "3.7",
            death_in_remission: "7.1",
            death_in_remission_note: None,
            event_free_all: rate("", "46.1", "2.1", 6, "interfant-06/1"),
            event_free_rearranged: &[rate("", "36.4", "2.3", 6, "interfant-06/2")],
            overall_all: rate("", "58.2", "2.0", 6, "interfant-06/3"),
            transplanted: "17.1",
        },
        CommentaryRow {
            study: "mll-10",
            name: "MLL-10",
            years: "2011 to 2015",
            n: 90,
            kmt2a_rearranged: 75,
            kmt2a_tested: 90,
            kmt2a_percent: "83.3",
            complete_remission: "91.1",
            induction_death: "0.0",
            death_in_remission: "2.2",
            death_in_remission_note: None,
            event_free_all: rate("", "70.9", "4.9", 5, "mll-10/1"),
            event_free_rearranged: &[rate("", "66.2", "5.6", 5, "mll-10/2")],
            overall_all: rate("", "85.0", "3.9", 5, "mll-10/3"),
            transplanted: "47.8",
        },
    ],
    abbreviations: &[
        ("BFM", "Berlin-Frankfurt-Münster"),
        ("CCG", "Children's Cancer Group"),
        ("EFS", "event-free survival"),
        ("KMT2Ar", "KMT2A rearrangement"),
        ("N", "number"),
        ("NA", "not available"),
        ("OS", "overall survival"),
        ("PGR", "prednisone good response"),
        ("PPR", "prednisone poor response"),
        ("SE", "standard error"),
    ],
    cite: BLOOD_COMMENTARY_2020.secondary("table"),
};

impl CommentaryRow {
    /// Every survival cell of the row.
    pub fn rates(&self) -> impl Iterator<Item = &RateCell> {
        let first = std::iter::once(&self.event_free_all);
        first
            .chain(self.event_free_rearranged)
            .chain(std::iter::once(&self.overall_all))
    }
}

impl RateCell {
    /// The estimate as a number.
    #[must_use]
    pub fn printed(&self) -> Option<Printed> {
        Printed::read(self.estimate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::published;

    /// Numbers and years of the commentary are those of the table of published outcomes, and its percentages follow
    /// from its counts.
    #[test]
    fn agrees_with_the_table() {
        assert_eq!(COMMENTARY.rows.len(), 5);
        for row in COMMENTARY.rows {
            let study = published().study(row.study).unwrap();
            assert_eq!(study.n, Some(row.n));
            assert_eq!(study.kmt2a_rearranged, Some(row.kmt2a_rearranged));
            assert_eq!(study.kmt2a_tested, Some(row.kmt2a_tested));
            let (from, to) = study.years.unwrap();
            assert_eq!(row.years, format!("{from} to {to}"));
            let share = 100.0 * f64::from(row.kmt2a_rearranged) / f64::from(row.kmt2a_tested);
            assert!(
                Printed::read(row.kmt2a_percent).unwrap().is_rounded(share),
                "{}",
                row.name
            );
            for (cell, found) in [
                (row.complete_remission, study.complete_remission),
                (row.induction_death, study.induction_death),
                (row.death_in_remission, study.death_in_remission),
                (row.transplanted, study.transplanted),
            ] {
                assert_eq!(
                    Printed::read(cell).map(Printed::value),
                    found.map(Printed::value),
                    "{}",
                    row.name
                );
            }
            for rate in row.rates() {
                let estimate = published().estimate(rate.estimate_id).unwrap();
                assert_eq!(estimate.study.id, row.study);
                assert_eq!(rate.printed(), Some(estimate.estimate), "{}", estimate.id);
                assert_eq!(
                    Printed::read(rate.standard_error),
                    estimate.standard_error,
                    "{}",
                    estimate.id
                );
                assert_eq!(estimate.years, Some(f64::from(rate.years)), "{}", estimate.id);
            }
        }
    }
}
