//! What dictionaries say of the columns of a file, applied to its rows: a code becomes its label, a code for a missing
//! value an empty cell.
//!
//! A cell of a column with levels that is none of them keeps its text with [`NOT_DESCRIBED`](super::NOT_DESCRIBED) behind it, so that it has
//! no meaning of its own and is asked about.

use std::collections::HashMap;

use super::checkboxes::SEPARATOR;
use super::column::is_missing;
use super::description::{Description, NOT_DESCRIBED, is_unknown, shown};
use super::dictionary::{CodeLabel, ColumnContent, DescribedColumn, Dictionary};
use super::lenient::Import;
use super::word_lists::alphanumeric;
use crate::decimal;

/// What a cell becomes.
enum Becomes {
    Label(String),
    Missing(CodeLabel),
    Undescribed,
    Itself,
}

/// A column of a dictionary with its codes by text.
struct Codes<'a> {
    column: &'a DescribedColumn,
    by_text: HashMap<&'a str, &'a CodeLabel>,
    by_label: HashMap<String, &'a CodeLabel>,
}

impl<'a> Codes<'a> {
    fn of(column: &'a DescribedColumn) -> Self {
        let by_text = column.levels.iter().map(|level| (level.code.trim(), level)).collect();
        let named = column.levels.iter().filter(|level| !level.label.is_empty());
        Self {
            column,
            by_text,
            by_label: named.map(|level| (level.label.to_lowercase(), level)).collect(),
        }
    }

    /// The level of a cell: its code as it is written, the same number, or its label.
    fn level(&self, cell: &str) -> Option<&'a CodeLabel> {
        let same = |level: &&CodeLabel| is_same_number(&level.code, cell);
        let by_text = self.by_text.get(cell).copied();
        by_text
            .or_else(|| self.column.levels.iter().find(same))
            .or_else(|| self.by_label.get(&cell.to_lowercase()).copied())
    }

    /// The labels of several codes in one cell.
    fn choices(&self, cell: &str) -> Option<String> {
        let labels: Option<Vec<&str>> = cell
            .split(SEPARATOR)
            .map(|code| Some(shown(self.by_text.get(code).copied()?)))
            .collect();
        Some(labels?.join(SEPARATOR))
    }

    fn missing(&self, cell: &str) -> Option<&'a CodeLabel> {
        let is = |code: &&CodeLabel| {
            code.code.trim() == cell || is_same_number(&code.code, cell) || is_within(&code.code, cell)
        };
        self.column.missing.iter().find(is)
    }

    /// Whether the levels are the values of the column, or exceptions among numbers and other texts.
    fn is_category(&self, cells: &HashMap<&str, usize>) -> bool {
        let counts = |wanted: &dyn Fn(&str) -> bool| -> usize {
            let of = cells.iter().filter(|(cell, _)| wanted(cell));
            of.map(|(_, count)| count).sum()
        };
        let filled = counts(&|cell| self.missing(cell).is_none());
        let described = counts(&|cell| {
            self.missing(cell).is_none() && (self.level(cell).is_some() || self.choices(cell).is_some())
        });
        let other_values = cells.keys().any(|cell| {
            let fraction = decimal::parse(cell).is_some_and(|number| number.fract() != 0.0);
            fraction && self.level(cell).is_none() && self.missing(cell).is_none()
        });
        let most = if self.column.content == Some(ColumnContent::Category) {
            described * 2 >= filled
        } else {
            described * 5 >= filled * 4
        };
        !self.column.levels.is_empty() && !other_values && most
    }

    fn becomes(&self, cell: &str, is_category: bool) -> Becomes {
        if let Some(code) = self.missing(cell) {
            let label = self.by_text.get(code.code.trim()).map(|level| level.label.clone());
            let label = Some(code.label.clone()).filter(|label| !label.is_empty()).or(label);
            return Becomes::Missing(CodeLabel {
                code: code.code.clone(),
                label: label.unwrap_or_default(),
            });
        }
        match self.level(cell) {
            Some(level) if is_missing(shown(level)) => Becomes::Missing(level.clone()),
            Some(level) if is_category => Becomes::Label(shown(level).trim().to_owned()),
            // "0 = none" among numbers is the number.
            Some(level) if level.label.is_empty() || decimal::parse(cell) == Some(0.0) => Becomes::Itself,
            Some(level) if is_unknown(&level.label) => Becomes::Missing(level.clone()),
            Some(level) if level.label.contains(cell) => Becomes::Itself,
            Some(level) => Becomes::Label(level.label.clone()),
            None if is_category => self.choices(cell).map_or(Becomes::Undescribed, Becomes::Label),
            None => Becomes::Itself,
        }
    }
}

fn is_same_number(one: &str, other: &str) -> bool {
    let (one, other) = (decimal::parse(one.trim()), decimal::parse(other));
    one.is_some() && one == other
}

/// True if a number is within a range of codes: `-99 THRU -90`, `LO THRU 0`.
fn is_within(range: &str, cell: &str) -> bool {
    let upper = range.to_uppercase();
    let (Some((from, to)), Some(number)) = (upper.split_once(" THRU "), decimal::parse(cell)) else {
        return false;
    };
    let from = match from.trim() {
        "LO" | "LOWEST" => Some(f64::NEG_INFINITY),
        number => decimal::parse(number),
    };
    let to = match to.trim() {
        "HI" | "HIGHEST" => Some(f64::INFINITY),
        number => decimal::parse(number),
    };
    from.zip(to).is_some_and(|(from, to)| number >= from && number <= to)
}

fn is_of_standard(name: &str) -> bool {
    ["PARAMCD", "PARAM", "AVALU"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

impl Dictionary {
    /// The column of this dictionary that describes one with this header: by its name, in any letter case, or by its
    /// label where the header is the question.
    #[must_use]
    pub fn column(&self, header: &str) -> Option<&DescribedColumn> {
        let header = header.trim();
        let named = |wanted: &dyn Fn(&DescribedColumn) -> bool| self.columns.iter().find(|column| wanted(column));
        named(&|column| column.name == header)
            .or_else(|| named(&|column| column.name.eq_ignore_ascii_case(header)))
            .or_else(|| {
                let wanted = alphanumeric(header);
                let is = |column: &DescribedColumn| {
                    column
                        .label
                        .as_deref()
                        .is_some_and(|label| alphanumeric(label) == wanted)
                };
                if wanted.len() > 3 { named(&is) } else { None }
            })
    }

    /// How many columns of a header it describes.
    #[must_use]
    pub fn described(&self, header: &[String]) -> usize {
        header.iter().filter(|name| self.column(name).is_some()).count()
    }
}

impl Import {
    /// The rows with the labels of dictionaries in the place of codes. Of two that describe a column the later counts.
    #[must_use]
    pub fn described_by(&self, dictionaries: &[Dictionary]) -> Self {
        let mut read = self.clone();
        let mut cells: Vec<(usize, usize, String)> = Vec::new();
        read.described = Vec::new();
        let of_endpoints = self.holds_endpoints();
        for (column, name) in self.sheet.header().iter().enumerate() {
            let found = dictionaries
                .iter()
                .rev()
                .find_map(|dictionary| Some((dictionary.source.as_str(), dictionary.column(name)?)))
                // Names of endpoints are those of the standard, and stay.
                .filter(|_| !(of_endpoints && is_of_standard(name)));
            read.described
                .push(found.map(|(source, described)| self.describe(column, source, described, &mut cells)));
        }
        if read.described.iter().all(Option::is_none) {
            read.described.clear();
        }
        read.sheet = self.sheet.with_cells(&cells);
        read
    }

    fn describe(
        &self,
        column: usize,
        source: &str,
        described: &DescribedColumn,
        cells: &mut Vec<(usize, usize, String)>,
    ) -> Description {
        let codes = Codes::of(described);
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let filled = |row: usize| Some(self.sheet.cell(row, column).trim()).filter(|cell| !cell.is_empty());
        for cell in (0..self.sheet.rows()).filter_map(filled) {
            *counts.entry(cell).or_default() += 1;
        }
        counts.retain(|cell, _| !is_missing(cell) || codes.by_text.contains_key(cell) || codes.missing(cell).is_some());
        let is_category = codes.is_category(&counts);
        let mut description = Description {
            source: source.to_owned(),
            label: described.label.clone().filter(|label| !label.trim().is_empty()),
            levels: described.levels.clone(),
            is_category,
            ..Description::default()
        };
        let mut texts: HashMap<&str, String> = HashMap::new();
        let mut found: Vec<(&str, usize)> = counts.into_iter().collect();
        found.sort_unstable();
        for (cell, count) in found {
            match codes.becomes(cell, is_category) {
                Becomes::Itself => {}
                Becomes::Label(label) => drop(texts.insert(cell, label)),
                Becomes::Missing(code) => {
                    texts.insert(cell, String::new());
                    description.missing.push((code, count));
                }
                Becomes::Undescribed => {
                    texts.insert(cell, format!("{cell}{NOT_DESCRIBED}"));
                    description.undescribed.push((cell.to_owned(), count));
                }
            }
        }
        let changed = (0..self.sheet.rows()).filter_map(|row| {
            let text = texts.get(filled(row)?)?;
            Some((row, column, text.clone()))
        });
        cells.extend(changed);
        description
    }

    /// What a dictionary says of a column; `None` where none does.
    #[must_use]
    pub fn description(&self, column: usize) -> Option<&Description> {
        self.described.get(column)?.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::{Cohort, Mapping, Question, QuestionKind, Shape, Sheet};

    fn coded(pairs: &[(&str, &str)]) -> Vec<CodeLabel> {
        let level = |(code, label): &(&str, &str)| CodeLabel {
            code: (*code).to_owned(),
            label: (*label).to_owned(),
        };
        pairs.iter().map(level).collect()
    }

    fn column(name: &str, label: &str, levels: &[(&str, &str)], missing: &[(&str, &str)]) -> DescribedColumn {
        DescribedColumn {
            name: name.to_owned(),
            label: Some(label.to_owned()).filter(|label| !label.is_empty()),
            levels: coded(levels),
            missing: coded(missing),
            content: None,
        }
    }

    fn read(text: &str, columns: Vec<DescribedColumn>) -> (Import, Vec<Question>, Cohort, Mapping) {
        let dictionary = Dictionary {
            source: "SPSS".to_owned(),
            columns,
        };
        let raw = Sheet::read_lenient(text.as_bytes())
            .unwrap()
            .described_by(&[dictionary]);
        let (shape, _) = Shape::guess(&raw);
        let import = shape.apply(&raw);
        let (mapping, questions) = Mapping::guess(&import, &import.profiles());
        let cohort = mapping.read(&import);
        (import, questions, cohort, mapping)
    }

    fn vitals(cohort: &Cohort) -> Vec<&'static str> {
        let of = |cell| match cell {
            crate::cohort::Cell::Value(crate::cohort::Vital::Dead) => "dead",
            crate::cohort::Cell::Value(crate::cohort::Vital::Alive) => "alive",
            crate::cohort::Cell::Missing => "",
            _ => "?",
        };
        cohort.patients.iter().map(|patient| of(patient.course.vital)).collect()
    }

    const FOLLOWED: &str =
        "v1,v2,v3,v4\nA,2015-01-01,2016-01-01,1\nB,2015-02-01,2017-01-01,0\nC,2015-03-01,2018-01-01,0\n";

    #[test]
    fn labels_of_columns_and_codes_leave_no_question() {
        for (levels, label, wanted) in [
            (
                &[("0", "Alive"), ("1", "Dead")][..],
                "Vital status",
                ["dead", "alive", "alive"],
            ),
            (
                &[("0", "Dead"), ("1", "Alive")],
                "Vital status",
                ["alive", "dead", "dead"],
            ),
            (
                &[("0", "No"), ("1", "Yes")],
                "Has the patient died?",
                ["dead", "alive", "alive"],
            ),
            (
                &[("0", "No"), ("1", "Yes")],
                "Is the patient alive?",
                ["alive", "dead", "dead"],
            ),
            (
                &[("1", "Yes"), ("0", "No"), ("9", "Unknown")],
                "Deceased",
                ["dead", "alive", "alive"],
            ),
        ] {
            let (_, questions, cohort, _) = read(
                FOLLOWED,
                vec![
                    column("V1", "Patient ID", &[], &[]),
                    column("V2", "Date of diagnosis", &[], &[]),
                    column("V3", "Date of last contact", &[], &[]),
                    column("V4", label, levels, &[]),
                ],
            );
            assert_eq!(vitals(&cohort), wanted, "{label}");
            assert_eq!(questions, [], "{label}");
        }
    }

    #[test]
    fn yes_under_a_name_without_a_direction_is_asked() {
        let (_, questions, ..) = read(
            "id,diagnosis_date,last_follow_up,vital_status\nA,2015-01-01,2016-01-01,1\nB,2015-02-01,2017-01-01,0\n",
            vec![column(
                "vital_status",
                "Vital status",
                &[("1", "Yes"), ("0", "No")],
                &[],
            )],
        );
        assert!(
            questions
                .iter()
                .any(|question| matches!(question.kind, QuestionKind::Direction(_))),
            "{questions:?}"
        );
    }

    #[test]
    fn a_cell_that_is_no_level_is_asked_about_and_not_read_by_its_own_text() {
        let (import, questions, cohort, _) = read(
            "id,cns,x\nA,0,1\nB,1,2\nC,2,3\nD,3,4\nE,1.0,5\n",
            vec![column("cns", "", &[("0", "CNS1"), ("1", "CNS2"), ("2", "CNS3")], &[])],
        );
        assert_eq!(import.sheet.cell(3, 1), "3 (not in the dictionary)");
        let found: Vec<Option<&str>> = cohort
            .patients
            .iter()
            .map(|patient| patient.infant.cns.map(crate::infant::Cns::code))
            .collect();
        assert_eq!(found, [Some("1"), Some("2"), Some("3"), None, Some("2")]);
        assert_eq!(
            questions,
            [Question::of(
                1,
                QuestionKind::NoMeaning("3 (not in the dictionary)".to_owned())
            )]
        );
        assert_eq!(import.description(1).unwrap().undescribed, [("3".to_owned(), 1)]);
        assert_eq!(import.description(1).unwrap().with_code("CNS2"), "1 = CNS2");
    }

    #[test]
    fn codes_of_missing_values_are_missing_with_their_reason() {
        let (import, questions, cohort, _) = read(
            "id,wbc,day8,sex\nA,33.9,-99,1\nB,-99.0,0,2\nC,12.5,-95,9\nD,9999,4,1\n",
            vec![
                column("wbc", "", &[("9999", "not done")], &[("-99", "refused")]),
                column("day8", "", &[], &[("-99 THRU -90", "")]),
                column("sex", "", &[("1", "Male"), ("2", "Female"), ("9", "Unknown")], &[]),
            ],
        );
        let counts: Vec<Option<f64>> = cohort.patients.iter().map(|patient| patient.infant.wbc).collect();
        assert_eq!(counts, [Some(33.9), None, Some(12.5), None]);
        assert_eq!((questions, &cohort.problems), (vec![], &vec![]));
        let wbc = import.description(1).unwrap();
        assert_eq!(wbc.missing.len(), 2);
        assert_eq!((wbc.missing[0].0.label.as_str(), wbc.missing[0].1), ("refused", 1));
        assert_eq!(import.sheet.cell(0, 2), "");
    }

    #[test]
    fn an_exception_among_numbers_that_is_no_missing_value_is_reported() {
        let (_, _, cohort, _) = read(
            "id,wbc,x\nA,33.9,1\nB,9999,2\nC,12.5,3\nD,0,4\n",
            vec![column(
                "wbc",
                "",
                &[("9999", "too many to count"), ("0", "none seen")],
                &[],
            )],
        );
        let counts: Vec<Option<f64>> = cohort.patients.iter().map(|patient| patient.infant.wbc).collect();
        assert_eq!(counts, [Some(33.9), None, Some(12.5), Some(0.0)]);
        assert_eq!(cohort.problems.len(), 1);
    }
}
