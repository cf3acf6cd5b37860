//! The site's page `/validation/`: every number of the reference tests next to ours, from a run of those tests.
//!
//! The tests record their comparisons (`crates/core/tests/ledger`), so that the page agrees with them; each number is
//! checked here again.

mod page;
mod reading;
mod topics;

use crate::failure::{Explain, Failure, Outcome};
use crate::shell;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;

pub use page::{DESCRIPTION, ROUTE, TITLE, body, page_head};
use reading::{READING, Readings};
use topics::{CASES, PUBLISHED, TESTS, TOPICS, VECTORS};

/// One comparison of a number or word.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    data: String,
    quantity: String,
    at: String,
    /// As written: all digits; empty where the number does not exist.
    expected: String,
    found: String,
    allowed: Option<Allowed>,
}

/// The tolerance of a number; words have none.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Allowed {
    /// Differences are relative to the expected number, or to this where it is smaller.
    unit: f64,
    tolerance: f64,
}

impl Line {
    fn read(text: &str) -> Option<Self> {
        let [data, quantity, at, expected, found, unit, tolerance] = text.split('\t').collect::<Vec<_>>()[..] else {
            return None;
        };
        let allowed = match (unit, tolerance) {
            ("", "") => None,
            _ => Some(Allowed {
                unit: unit.parse().ok()?,
                tolerance: tolerance.parse().ok()?,
            }),
        };
        Some(Self {
            data: data.to_owned(),
            quantity: quantity.to_owned(),
            at: at.to_owned(),
            expected: expected.to_owned(),
            found: found.to_owned(),
            allowed,
        })
    }

    /// True if there is a number to compare with.
    fn has_number(&self) -> bool {
        self.allowed.is_some() && !self.expected.is_empty()
    }

    /// Relative difference; 0 where neither number exists, `None` where they cannot be compared.
    fn difference(&self) -> Option<f64> {
        let Some(allowed) = self.allowed else {
            return (self.expected == self.found).then_some(0.0);
        };
        if self.expected.is_empty() && self.found.is_empty() {
            return Some(0.0);
        }
        let (expected, found): (f64, f64) = (self.expected.parse().ok()?, self.found.parse().ok()?);
        let gap = (found - expected).abs();
        let difference = if gap == 0.0 {
            0.0
        } else {
            gap / expected.abs().max(allowed.unit)
        };
        difference.is_finite().then_some(difference)
    }

    fn agrees(&self) -> bool {
        let tolerance = self.allowed.map_or(0.0, |allowed| allowed.tolerance);
        // The test multiplies where this divides: the last digit may fall otherwise.
        self.difference()
            .is_some_and(|difference| difference <= tolerance * (1.0 + 1e-12))
    }
}

/// Everything that was compared.
#[derive(Default)]
pub struct Comparisons {
    /// Numbers and words, by topic.
    topics: BTreeMap<String, Vec<Line>>,
    /// Files of patients.
    readings: Readings,
}

impl Comparisons {
    /// Runs the tests and reads what they wrote.
    pub fn run() -> Outcome<Self> {
        let folder = shell::target_dir().join("validation");
        if folder.is_dir() {
            std::fs::remove_dir_all(&folder).explain(format_args!("remove {}", shell::shown(&folder)))?;
        }
        let mut test = shell::cargo();
        test.args(["test", "--quiet", "--package", "cotside-core"]);
        for name in TESTS {
            test.args(["--test", name]);
        }
        // Property tests record nothing, and a fixture that was changed on purpose must not be recorded. One thread, so
        // that the order
        // of lines is fixed.
        test.args(["--", "--test-threads=1"]);
        for name in ["laws", "any_numbers", "a_changed_value"] {
            test.args(["--skip", name]);
        }
        test.env("COTSIDE_LEDGER", &folder);
        test.stdout(Stdio::null());
        let remedy = format!(
            "`cargo test --package cotside-core --test {}` says more",
            TESTS.join(" --test ")
        );
        shell::run(
            &mut test,
            "A reference test, of which the page /validation/ is made,",
            &remedy,
        )?;
        Self::read_files(&folder)?;
        Self::read(&folder)
    }

    /// Runs the test that reads files of patients.
    fn read_files(folder: &Path) -> Outcome<()> {
        let mut test = shell::cargo();
        test.args(["test", "--quiet", "--package", "cotside-cli", "--test", "corpus"]);
        test.env("COTSIDE_LEDGER", folder);
        test.stdout(Stdio::null());
        shell::run(
            &mut test,
            "The test of files of patients, of which the page /validation/ is made,",
            "`cargo test --package cotside-cli --test corpus` says more",
        )
    }

    /// Reads what the tests wrote, and fails where a topic is missing or a number is too far away.
    fn read(folder: &Path) -> Outcome<Self> {
        let ids = TOPICS.iter().map(|topic| topic.id).chain([PUBLISHED, VECTORS, CASES]);
        let mut topics = BTreeMap::new();
        for id in ids {
            let text = shell::read(&folder.join(format!("{id}.tsv")))?;
            topics.insert(id.to_owned(), judged(id, &text)?);
        }
        let readings = Readings::read(&shell::read(&folder.join(format!("{READING}.tsv")))?)?;
        Ok(Self { topics, readings })
    }

    /// How many numbers were compared with R's, and how many answers with those worked by hand, for the first page.
    pub fn counts(&self) -> String {
        let numbers = TOPICS
            .iter()
            .flat_map(|topic| self.of(topic.id))
            .filter(|line| line.has_number());
        let by_hand = self.of(CASES).len() + self.of(VECTORS).len();
        format!("{} {by_hand}", numbers.count())
    }

    fn of(&self, topic: &str) -> &[Line] {
        self.topics.get(topic).map_or(&[], Vec::as_slice)
    }
}

/// A file of patients that was not read rightly, or a list of too few.
fn not_right(line: &str) -> Failure {
    Failure::new(
        format!("Validation, {READING}: `{}` is not right.", line.replace('\t', " | ")),
        "`cargo test --package cotside-cli --test corpus` says more",
    )
}

/// The lines of a topic, all of which agree.
fn judged(topic: &str, text: &str) -> Outcome<Vec<Line>> {
    let wrong = |line: &str| {
        Failure::new(
            format!("Validation, {topic}: `{}` does not agree.", line.replace('\t', " | ")),
            "mend the engine or the expected value; crates/core/tests compares them",
        )
    };
    let lines: Outcome<Vec<Line>> = text
        .lines()
        .map(|line| Line::read(line).filter(Line::agrees).ok_or_else(|| wrong(line)))
        .collect();
    match lines {
        Ok(lines) if lines.is_empty() => Err(wrong("nothing was compared")),
        lines => lines,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "lung\tcoef\tage\t0.017298474056277883\t0.01729847405627789\t0.001\t0.000000001";

    #[test]
    fn a_number_beyond_its_tolerance_fails_the_page() {
        assert_eq!(judged("cox", LINE).unwrap().len(), 1);
        for changed in [
            LINE.replace("0.017298474056277883", "0.017298475"),
            LINE.replace("0.017298474056277883", ""),
            LINE.replace("0.01729847405627789\t", "\t"),
            LINE.replace("0.01729847405627789\t", "NaN\t"),
            LINE.replace("\t0.001", ""),
        ] {
            assert!(judged("cox", &changed).is_err(), "{changed}");
        }
        assert!(judged("cox", "").is_err());
        assert!(judged("cases", "mll-10\tgroup\tline 3\thigh\thigh\t\t").is_ok());
        assert!(judged("cases", "mll-10\tgroup\tline 3\thigh\tintermediate\t\t").is_err());
    }

    /// Each data file and script that the page names exists.
    #[test]
    fn every_script_and_table_exists() {
        let folder = shell::root().join("tests").join("reference");
        for topic in TOPICS {
            assert!(folder.join(topic.script).is_file(), "{}", topic.script);
            let made_with = page::made_with(&shell::read(&folder.join(topic.versions)).unwrap());
            assert!(
                made_with.is_some_and(|text| text.starts_with("R ")),
                "{}",
                topic.versions
            );
        }
        for test in TESTS {
            let file = format!("{test}.rs");
            assert!(shell::root().join("crates/core/tests").join(&file).is_file(), "{file}");
        }
    }
}
