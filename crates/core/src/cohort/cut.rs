//! Numbers cut into groups at limits: in the unit of the data dictionary, at calendar months of age, or at the median.
//!
//! A value at a limit belongs to the upper group unless the cut says otherwise; the names of the groups say which. An age
//! is compared as the rules of protocols compare it: calendar months by dates where both are known, else only where
//! every calendar agrees, so that a group is never guessed.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::factor::Factor;
use crate::decimal::{self, fixed};
use crate::infant::{Age, AgeLimit, Field};
use crate::shortest;
use crate::survival::{quantile, sorted_by};

/// A limit between two groups of a number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Limit {
    /// A number, in the unit of the data dictionary.
    Number(f64),
    /// So many completed calendar months of age: younger is below, the very day on which they are complete is not.
    Months(u32),
    /// The median of the known values; a value at it belongs to the lower group.
    Median,
}

/// The highest limit in calendar months: beyond it no protocol has one, and spans of months are not tabulated.
pub const MOST_MONTHS: u32 = 13;

/// A text that is no limit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a limit: a number, so many months, or the median")]
pub struct NotALimit;

impl Limit {
    /// Reads a limit: `90`, `1e-4`, `90 d`, `6 months`, `6 mo`, `median`; a decimal comma is accepted.
    ///
    /// # Errors
    /// [`NotALimit`] for other texts.
    pub fn parse(text: &str) -> Result<Self, NotALimit> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("median") {
            return Ok(Self::Median);
        }
        for ending in ["months", "month", "mo"] {
            if let Some(months) = text.strip_suffix(ending) {
                let months = months
                    .trim()
                    .parse()
                    .ok()
                    .filter(|months| (1..=MOST_MONTHS).contains(months));
                return months.map(Self::Months).ok_or(NotALimit);
            }
        }
        let number = ["days", "day", "d"].iter().find_map(|ending| text.strip_suffix(ending));
        let number = number.unwrap_or(text).trim().replace(',', ".");
        decimal::parse(&number).map(Self::Number).ok_or(NotALimit)
    }

    /// Whether a number lies below this limit, or with `is_lower` at it; never for calendar months and medians.
    #[must_use]
    pub fn is_above(self, value: f64, is_lower: bool) -> Option<bool> {
        match self {
            Self::Number(_) => Some(self.edge(is_lower).is_above(value)),
            Self::Months(_) | Self::Median => None,
        }
    }

    /// The same of an age; `None` where the age as it is known leaves that open.
    #[must_use]
    pub fn is_above_age(self, age: Age, is_lower: bool) -> Option<bool> {
        self.edge(is_lower).is_above_age(age).filter(|_| self != Self::Median)
    }

    const fn edge(self, is_lower: bool) -> Edge {
        Edge {
            limit: self,
            is_lower,
            median: 0.0,
        }
    }

    /// Where it stands among other limits, in days of an age; the median has no place.
    fn place(self) -> f64 {
        match self {
            Self::Number(number) => number,
            Self::Months(months) => f64::from(months) * 30.4375,
            Self::Median => 0.0,
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => f.write_str(&shortest(*number)),
            Self::Months(months) => write!(f, "{months} months"),
            Self::Median => f.write_str("median"),
        }
    }
}

impl From<Limit> for String {
    fn from(limit: Limit) -> Self {
        limit.to_string()
    }
}

impl TryFrom<String> for Limit {
    type Error = NotALimit;

    fn try_from(text: String) -> Result<Self, NotALimit> {
        Self::parse(&text)
    }
}

/// Most limits of one cut.
pub const MOST_LIMITS: usize = 7;

/// Where a number is cut.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Cut {
    /// The limits.
    pub at: Vec<Limit>,
    /// Whether a value at a limit belongs to the lower group; it does not concern calendar months or the median.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub limit_is_lower: bool,
}

/// A limit in use: the names of a group need what it is and where the value at it belongs.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Edge {
    limit: Limit,
    /// Whether the value at the limit belongs to the lower group.
    is_lower: bool,
    /// The number of the median, where the limit is that.
    median: f64,
}

impl Edge {
    /// Whether a number lies in the lower group.
    fn is_above(self, value: f64) -> bool {
        match self.limit {
            Limit::Number(limit) if self.is_lower => value <= limit,
            Limit::Number(limit) => value < limit,
            Limit::Median => value <= self.median,
            Limit::Months(_) => false,
        }
    }

    /// Whether an age lies in the lower group; `None` where the age as it is known leaves that open.
    fn is_above_age(self, age: Age) -> Option<bool> {
        let limit = match self.limit {
            Limit::Months(months) => AgeLimit::Months(months),
            Limit::Number(days) => AgeLimit::Days(first_day_above(days, self.is_lower)),
            Limit::Median => return age.days().map(|days| f64::from(days) <= self.median),
        };
        let mut answers = Age::completions(Some(age), &[limit])
            .into_iter()
            .map(|exact| exact.days < exact.limit_day(limit));
        let first = answers.next()?;
        answers.all(|answer| answer == first).then_some(first)
    }

    /// The limit with its unit, for the name of a group.
    fn shown(self, is_age: bool) -> String {
        match self.limit {
            Limit::Number(number) if is_age => format!("{} days", shortest(number)),
            Limit::Number(number) => shown(number),
            Limit::Months(months) => format!("{months} months"),
            Limit::Median => {
                // As many decimals as are needed to separate the median from the neighbouring values.
                let places = (0..9).find(|&places| {
                    let shown = decimal::parse(&fixed(self.median, places));
                    shown.is_some_and(|shown| (shown - self.median).abs() <= 1e-9 * self.median.abs())
                });
                fixed(self.median, places.unwrap_or(9))
            }
        }
    }
}

/// The first completed day of life that is not in the lower group of a limit in days.
fn first_day_above(days: f64, is_lower: bool) -> u32 {
    let first = if is_lower { days.floor() + 1.0 } else { days.ceil() };
    // Saturates: an age has at most 18 years.
    first.max(0.0) as u32
}

/// A number of a limit; powers of ten below a hundredth as such: 10⁻⁴.
fn shown(number: f64) -> String {
    const POWERS: [&str; 7] = ["10⁻³", "10⁻⁴", "10⁻⁵", "10⁻⁶", "10⁻⁷", "10⁻⁸", "10⁻⁹"];
    const VALUES: [f64; 7] = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9];
    let power = VALUES.iter().position(|value| value.to_bits() == number.to_bits());
    power.map_or_else(|| shortest(number), |power| POWERS[power].to_owned())
}

/// The median of the known values, as R's `median`; `None` without values.
#[must_use]
pub fn median(numbers: &[Option<f64>]) -> Option<f64> {
    let known: Vec<f64> = numbers
        .iter()
        .copied()
        .flatten()
        .filter(|value| value.is_finite())
        .collect();
    let ascending: Vec<f64> = sorted_by(&known)
        .into_iter()
        .filter_map(|place| known.get(place as usize).copied())
        .collect();
    quantile(&ascending, 0.5)
}

impl Cut {
    /// At the median.
    #[must_use]
    pub fn at_median() -> Self {
        Self::of([Limit::Median])
    }

    /// At these limits, a value at a limit belonging to the upper group.
    #[must_use]
    pub fn of(at: impl IntoIterator<Item = Limit>) -> Self {
        Self {
            at: at.into_iter().collect(),
            limit_is_lower: false,
        }
    }

    /// Reads limits separated by commas or semicolons: `90, 180`; `6 months, 365`; `median`. In a list with semicolons a
    /// comma is a decimal comma.
    ///
    /// # Errors
    /// [`NotALimit`] where one of them is none, or there is none.
    pub fn parse(text: &str) -> Result<Self, NotALimit> {
        let separator = if text.contains(';') { ';' } else { ',' };
        let at: Result<Vec<Limit>, NotALimit> = text
            .split(separator)
            .filter(|part| !part.trim().is_empty())
            .map(Limit::parse)
            .collect();
        match at? {
            at if at.is_empty() => Err(NotALimit),
            at => Ok(Self::of(at)),
        }
    }

    /// The limits as text: `90, 180`.
    #[must_use]
    pub fn text(&self) -> String {
        let at: Vec<String> = self.at.iter().map(Limit::to_string).collect();
        at.join(", ")
    }

    /// The limits that are used, ascending, at most [`MOST_LIMITS`]: none twice, the median only alone, months only of an
    /// age.
    #[must_use]
    pub fn used(&self, is_age: bool) -> Vec<Limit> {
        let is_used = |limit: &&Limit| match limit {
            Limit::Median => self.at.len() == 1,
            Limit::Months(_) => is_age,
            Limit::Number(_) => true,
        };
        let mut used: Vec<Limit> = self.at.iter().filter(is_used).copied().collect();
        used.sort_by(|a, b| a.place().total_cmp(&b.place()));
        used.dedup();
        used.truncate(MOST_LIMITS);
        used
    }

    fn edges(&self, numbers: &[Option<f64>], is_age: bool) -> Vec<Edge> {
        let edge = |limit: Limit| match limit {
            Limit::Median => median(numbers).map(|median| Edge {
                limit,
                is_lower: true,
                median,
            }),
            _ => Some(limit.edge(self.limit_is_lower && matches!(limit, Limit::Number(_)))),
        };
        self.used(is_age).into_iter().filter_map(edge).collect()
    }

    /// Cuts numbers. `ages` are those of the same patients where the numbers are days of age, else nothing.
    ///
    /// `None` where there is no limit that can be used: a median of nothing, or one above which nobody is.
    #[must_use]
    pub fn factor(&self, numbers: &[Option<f64>], ages: Option<&[Option<Age>]>) -> Option<Factor> {
        let edges = self.edges(numbers, ages.is_some());
        let highest = numbers.iter().copied().flatten().filter(|value| value.is_finite());
        let highest = highest.fold(f64::NEG_INFINITY, f64::max);
        let is_open = |edge: &Edge| edge.limit != Limit::Median || highest > edge.median;
        if edges.is_empty() || !edges.iter().all(is_open) {
            return None;
        }
        let below = |patient: usize, edge: Edge| match ages {
            Some(ages) => edge.is_above_age(ages.get(patient).copied().flatten()?),
            None => {
                let value = numbers.get(patient).copied().flatten()?;
                value.is_finite().then(|| edge.is_above(value))
            }
        };
        let code = |patient: usize| {
            let mut code = 0;
            for &edge in &edges {
                code += u32::from(!below(patient, edge)?);
            }
            Some(code)
        };
        Some(Factor {
            names: names(&edges, ages.is_some()),
            codes: (0..numbers.len()).map(code).collect(),
            is_ordered: true,
            ..Factor::default()
        })
    }
}

/// The names of the groups between limits: `< 90 days`, `90 days to < 180 days`, `≥ 180 days`.
fn names(edges: &[Edge], is_age: bool) -> Vec<String> {
    let below = |edge: &Edge| format!("{} {}", if edge.is_lower { "≤" } else { "<" }, edge.shown(is_age));
    let above = |edge: &Edge| format!("{} {}", if edge.is_lower { ">" } else { "≥" }, edge.shown(is_age));
    let between = |two: &[Edge]| {
        let from = if two[0].is_lower {
            above(&two[0])
        } else {
            two[0].shown(is_age)
        };
        format!("{from} to {}", below(&two[1]))
    };
    let first = edges.first().map(below);
    let last = edges.last().map(above);
    first
        .into_iter()
        .chain(edges.windows(2).map(between))
        .chain(last)
        .collect()
}

/// A limit at which a protocol of the catalogue cuts a finding, where none was chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StandardCut {
    /// The finding.
    pub field: Field,
    /// The limit.
    pub limit: Limit,
    /// The id of the protocol.
    pub protocol: &'static str,
}

/// The limits at which numbers are cut where none was chosen; a test holds them against the clauses of the protocols.
pub const STANDARD_CUTS: &[StandardCut] = &[
    StandardCut {
        field: Field::AgeDays,
        limit: Limit::Months(6),
        protocol: "interfant-06",
    },
    StandardCut {
        field: Field::Wbc,
        limit: Limit::Number(300.0),
        protocol: "interfant-06",
    },
    StandardCut {
        field: Field::MrdEoi,
        limit: Limit::Number(1e-4),
        protocol: "interfant-mrd",
    },
    StandardCut {
        field: Field::MrdEoc,
        limit: Limit::Number(1e-4),
        protocol: "interfant-mrd",
    },
    StandardCut {
        field: Field::Day8Blasts,
        limit: Limit::Number(1000.0),
        protocol: "bfm-83-86-90",
    },
];

impl StandardCut {
    /// That of a finding, by the name of its column.
    #[must_use]
    pub fn of(name: &str) -> Option<&'static Self> {
        let field = Field::from_column(name)?;
        STANDARD_CUTS.iter().find(|cut| cut.field == field)
    }
}

/// Limits that are offered for a finding, by the name of its column: those that protocols and papers use.
#[must_use]
pub fn usual_limits(name: &str) -> Vec<Limit> {
    let numbers = |numbers: &[f64]| numbers.iter().copied().map(Limit::Number).collect();
    match Field::from_column(name) {
        Some(Field::AgeDays) => vec![
            Limit::Number(90.0),
            Limit::Number(180.0),
            Limit::Months(6),
            Limit::Months(12),
        ],
        Some(Field::Wbc) => numbers(&[50.0, 100.0, 300.0]),
        Some(Field::MrdEoi | Field::MrdEoc | Field::MrdTp4 | Field::MrdBlina1) => numbers(&[1e-4, 1e-3]),
        Some(Field::Day8Blasts) => numbers(&[1000.0]),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infant::Date;
    use proptest::prelude::*;

    fn at(limits: &str) -> Cut {
        Cut::parse(limits).unwrap()
    }

    #[test]
    fn numbers_are_cut_at_their_median() {
        let numbers = [Some(4.0), None, Some(1.0), Some(2.5), Some(f64::NAN)];
        let found = at("median").factor(&numbers, None).unwrap();
        assert_eq!(found.names, ["≤ 2.5", "> 2.5"]);
        assert_eq!(found.codes, [Some(1), None, Some(0), Some(0), None]);
        // Nobody is above the median, or there is none.
        let same = [Some(1.0), Some(2.0), Some(2.0)];
        assert_eq!(at("median").factor(&same, None), None);
        assert_eq!(at("median").factor(&[None], None), None);
        assert_eq!(Cut::default().factor(&same, None), None);
    }

    #[test]
    fn the_value_at_a_limit_belongs_where_the_name_says() {
        let numbers = [89.0, 90.0, 91.0, 180.0, 181.0].map(Some);
        let upper = at("180, 90, 90").factor(&numbers, None).unwrap();
        assert_eq!(upper.names, ["< 90", "90 to < 180", "≥ 180"]);
        assert_eq!(upper.codes, [0, 1, 1, 2, 2].map(Some));
        let lower = Cut {
            limit_is_lower: true,
            ..at("90,180")
        };
        let lower = lower.factor(&numbers, None).unwrap();
        assert_eq!(lower.names, ["≤ 90", "> 90 to ≤ 180", "> 180"]);
        assert_eq!(lower.codes, [0, 0, 1, 1, 2].map(Some));
        let mrd = at("1e-4; 0,001").factor(&[Some(1e-4)], None).unwrap();
        assert_eq!(mrd.names, ["< 10⁻⁴", "10⁻⁴ to < 10⁻³", "≥ 10⁻³"]);
        assert_eq!(mrd.codes, [Some(1)]);
    }

    #[test]
    fn ages_are_compared_as_rules_compare_them() {
        let date = |text| Date::parse_iso(text).unwrap();
        let dates = |birth, diagnosis| Age::Dates {
            birth: date(birth),
            diagnosis: date(diagnosis),
        };
        let ages = [
            Age::Days(180),
            Age::Days(181),
            Age::Days(184),
            Age::Days(185),
            dates("2024-03-01", "2024-08-31"),
            dates("2022-09-01", "2023-03-01"),
            Age::CompletedMonths(5),
            Age::CompletedMonths(6),
            Age::CompletedWeeks(25),
        ]
        .map(Some);
        let numbers = ages.map(|age| age.and_then(Age::days).map(f64::from));
        let found = at("6 months").factor(&numbers, Some(&ages)).unwrap();
        assert_eq!(found.names, ["< 6 months", "≥ 6 months"]);
        let [no, yes, open] = [Some(1), Some(0), None];
        assert_eq!(found.codes, [yes, open, open, no, yes, no, yes, no, open]);
        // A limit in days is settled by months where every day of them agrees.
        let found = at("90").factor(&numbers, Some(&ages)).unwrap();
        assert_eq!(found.names, ["< 90 days", "≥ 90 days"]);
        assert_eq!(found.codes, [no; 9]);
        let found = at("180").factor(&numbers, Some(&ages)).unwrap();
        assert_eq!(found.codes, [no, no, no, no, no, no, open, no, open]);
        let lower = Cut {
            limit_is_lower: true,
            ..at("180, 6 months")
        };
        let found = lower.factor(&numbers, Some(&ages)).unwrap();
        assert_eq!(found.names, ["≤ 180 days", "> 180 days to < 6 months", "≥ 6 months"]);
        assert_eq!(found.codes[0], Some(0));
        // Months are of an age only.
        assert_eq!(at("6 months").factor(&numbers, None), None);
    }

    #[test]
    fn what_is_a_limit() {
        for (text, limit) in [
            ("90", Some(Limit::Number(90.0))),
            (" 90 d", Some(Limit::Number(90.0))),
            ("1e-4", Some(Limit::Number(1e-4))),
            ("0,5", Some(Limit::Number(0.5))),
            ("6 months", Some(Limit::Months(6))),
            ("12mo", Some(Limit::Months(12))),
            ("Median", Some(Limit::Median)),
            ("0 months", None),
            ("x", None),
            ("inf", None),
            ("", None),
        ] {
            assert_eq!(Limit::parse(text).ok(), limit, "{text}");
        }
        assert!(Cut::parse(",").is_err() && Cut::parse("90,x").is_err());
    }

    proptest! {
        #[test]
        fn each_known_number_is_in_the_group_that_its_name_says(
            numbers in prop::collection::vec(prop::option::of(0_i32..40), 0..30),
            limits in prop::collection::vec(0_i32..40, 1..6), limit_is_lower in any::<bool>()) {
            let numbers: Vec<Option<f64>> = numbers.into_iter().map(|number| number.map(f64::from)).collect();
            let at = limits.iter().map(|&limit| Limit::Number(f64::from(limit))).collect();
            let found = Cut { at, limit_is_lower }.factor(&numbers, None).unwrap();
            for (number, code) in numbers.iter().zip(&found.codes) {
                prop_assert_eq!(number.is_some(), code.is_some());
                let Some((number, code)) = number.zip(*code) else { continue };
                let mut sorted = limits.clone();
                sorted.sort_unstable();
                sorted.dedup();
                let passed = sorted.iter().map(|&limit| f64::from(limit));
                let passed = passed.filter(|&limit| if limit_is_lower { number > limit } else { number >= limit });
                prop_assert_eq!(passed.count(), code as usize);
            }
            prop_assert!(found.codes.iter().flatten().all(|&code| (code as usize) < found.names.len()));
        }

        #[test]
        fn a_limit_is_read_back(number in -1e9_f64..1e9, months in 1..=MOST_MONTHS) {
            for limit in [Limit::Number(number), Limit::Months(months), Limit::Median] {
                prop_assert_eq!(Limit::parse(&limit.to_string()), Ok(limit));
            }
        }
    }
}
