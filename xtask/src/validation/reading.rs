//! How files of patients are read: the registries of `crates/cli/tests/corpus.rs`, counted by layout, language, coding and
//! format.

use std::collections::BTreeMap;

use cotside_views::Columns;
use cotside_words::en::validation as words;
use maud::{Markup, html};

use super::not_right;
use super::page::grouped;
use crate::failure::Outcome;

/// The file that the test writes.
pub const READING: &str = "reading";

/// What may become of a registry, in the order of the columns; one that is wrong in silence stops the page.
const OUTCOMES: [&str; 5] = ["unasked", "asked", "open", "partly", "refused"];

/// Of how many registries there must be something to count.
const FEWEST: usize = 100;

/// One registry: what it is, and what became of it.
#[derive(Debug, PartialEq)]
struct Registry {
    /// Layout, language, coding and format.
    is: [String; 4],
    /// Its place in [`OUTCOMES`].
    outcome: usize,
}

impl Registry {
    fn read(line: &str) -> Option<Self> {
        let [layout, language, coding, format, outcome] = line.split('\t').collect::<Vec<_>>()[..] else {
            return None;
        };
        // A twin counts with the registry that it is the twin of.
        let coding = coding.trim_end_matches(", twin");
        Some(Self {
            is: [layout, words::language(language), coding, format].map(str::to_owned),
            outcome: OUTCOMES.iter().position(|known| *known == outcome)?,
        })
    }
}

/// Every registry that was read.
#[derive(Default)]
pub struct Readings(Vec<Registry>);

impl Readings {
    /// Reads what the test wrote; fails where a registry was wrong in silence, or where there are too few.
    pub fn read(text: &str) -> Outcome<Self> {
        let registries: Outcome<Vec<Registry>> = text
            .lines()
            .map(|line| Registry::read(line).ok_or_else(|| not_right(line)))
            .collect();
        match registries? {
            few if few.len() < FEWEST => Err(not_right(text)),
            registries => Ok(Self(registries)),
        }
    }

    /// The chapter: a sentence with all counts, and a table for each thing that a registry is.
    pub fn chapter(&self) -> Markup {
        let all = self.counts_by(|_| "").into_values().next().unwrap_or_default();
        html! {
            p { (words::reading(self.0.len(), all)) }
            @for (place, name) in words::READING_TABLES.into_iter().enumerate() {
                (table(name, &self.counts_by(|registry| &registry.is[place])))
            }
        }
    }

    fn counts_by(&self, key: impl Fn(&Registry) -> &str) -> BTreeMap<&str, [usize; 5]> {
        let mut counts: BTreeMap<&str, [usize; 5]> = BTreeMap::new();
        for registry in &self.0 {
            counts.entry(key(registry)).or_default()[registry.outcome] += 1;
        }
        counts
    }
}

fn table(name: &str, counts: &BTreeMap<&str, [usize; 5]>) -> Markup {
    let columns = Columns::new(name).numbers(words::READING_COLUMNS);
    let row = |(what, counts): (&&str, &[usize; 5])| {
        let some = |count: usize| if count == 0 { "–".to_owned() } else { grouped(count) };
        let all = counts.iter().sum::<usize>();
        columns.row(what, std::iter::once(all).chain(*counts).map(some))
    };
    columns.wide_table("csv", name, counts.iter().map(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(outcome: &str) -> String {
        let line = |number: usize| {
            let twin = if number.is_multiple_of(2) { ", twin" } else { "" };
            format!("dates\tde\tyes and no{twin}\txlsx\t{outcome}\n")
        };
        (0..FEWEST).map(line).collect()
    }

    #[test]
    fn a_registry_that_is_wrong_in_silence_fails_the_page() {
        assert!(Readings::read(&lines("asked")).is_ok());
        for changed in [
            lines("silent"),
            lines("asked").replacen("asked", "silent", 1),
            lines("asked").replacen('\t', "", 1),
            String::new(),
            lines("asked").lines().skip(1).map(|line| format!("{line}\n")).collect(),
        ] {
            assert!(Readings::read(&changed).is_err());
        }
    }

    /// The sentence and each table count the same registries.
    #[test]
    fn the_page_counts_what_the_test_wrote() {
        let text = lines("unasked")
            .replacen("unasked", "refused", 7)
            .replacen("de\t", "ja\t", 3);
        let readings = Readings::read(&text).unwrap();
        for place in 0..4 {
            let counts = readings.counts_by(|registry| &registry.is[place]);
            let sum = |outcome: usize| counts.values().map(|counts| counts[outcome]).sum::<usize>();
            assert_eq!((sum(0), sum(4)), (FEWEST - 7, 7), "{place}");
        }
        let page = readings.chapter().into_string();
        assert!(page.contains("93 are read rightly with no question"), "{page}");
        assert!(
            page.contains("German") && page.contains("Japanese") && !page.contains("twin<"),
            "{page}"
        );
    }
}
