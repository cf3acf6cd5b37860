//! The checker: numbers as somebody typed them, and whether they follow from each other.

use std::collections::BTreeMap;

use cotside_core::evidence::check::{Finding, PrintedP, TypedNumbers, Verdict, check_same_numbers};
use cotside_core::evidence::{Printed, published};
use cotside_words::en;
use cotside_words::html::{
    Html, cell, element, head, input, labelled, option, plain, select, setter, span, table, text,
};

/// Levels of intervals.
const LEVELS: [(&str, f64); 3] = [("95", 0.95), ("90", 0.90), ("99", 0.99)];

/// Fields by part of the form: name, label, what it takes, width.
type Field = (&'static str, &'static str, &'static str, u8);

const RATE: [Field; 5] = [
    ("estimate", "Rate, %", "41.7", 6),
    ("se", "SE or ±", "9.2", 6),
    ("n", "n", "115", 6),
    ("ci", "Interval", "30.7–55.1", 12),
    ("parts", "n:rate of its parts", "19:94.4, 56:56.6", 20),
];
const RATIO: [Field; 3] = [
    ("hr", "Hazard ratio", "1.969", 6),
    ("hr-ci", "Interval", "0.903–4.291", 12),
    ("p", "p", ".088 or <.001", 10),
];
const COUNT: [Field; 3] = [
    ("count", "Count", "6 of 7", 8),
    ("percent", "Per cent", "66.7", 6),
    ("total", "or n alone", "115", 6),
];
const MEDIAN: [Field; 3] = [
    ("median", "Median", "16.5", 6),
    ("range", "Range", "10–23", 10),
    ("values", "Values", "12, 15, 23, 11, 12, 10", 24),
];

/// Published numbers to begin with: name, fields.
const EXAMPLES: [(&str, &[(&str, &str)]); 7] = [
    (
        "CCG-1953: 41.7 (9.2) % of 115",
        &[("estimate", "41.7"), ("se", "9.2"), ("n", "115")],
    ),
    (
        "Severance: 60 ± 21.9 % of 6 transplanted",
        &[("estimate", "60"), ("se", "21.9"), ("n", "6")],
    ),
    (
        "Severance: “6 of 7 (66.7 %)”",
        &[("count", "6 of 7"), ("percent", "66.7")],
    ),
    (
        "Severance: neutrophils at a median of 16.5 days",
        &[
            ("median", "16.5"),
            ("range", "10–23"),
            ("values", "12, 15, 23, 11, 12, 10"),
        ],
    ),
    (
        "MLL-10: 66.2 %, called 5-year and 3-year",
        &[("estimate", "66.2"), ("parts", "19:94.4, 56:56.6"), (SAME, "mll-10")],
    ),
    (
        "MLL03: 43.2 (30.7–55.1) % of 62",
        &[("estimate", "43.2"), ("n", "62"), ("ci", "30.7–55.1")],
    ),
    (
        "MLL03: hazard ratio 1.969 (0.903–4.291), p = .088",
        &[("hr", "1.969"), ("hr-ci", "0.903–4.291"), ("p", ".088")],
    ),
];

/// Not a field: the study of whose rows one number at two times is looked for.
const SAME: &str = "same";

/// What was typed, by field.
#[derive(Debug, Clone, Default)]
pub struct Checker {
    typed: BTreeMap<String, String>,
}

/// A text that is not what its field takes.
struct Unread {
    label: &'static str,
    typed: String,
    hint: &'static str,
}

/// A verdict with a mark that is not colour.
pub fn verdict_mark(verdict: Verdict) -> Html {
    let (class, mark) = match verdict {
        Verdict::Follows => ("state none", "✓"),
        Verdict::Compatible => ("state none", "–"),
        Verdict::Conditional => ("state open", "?"),
        Verdict::DoesNotFollow => ("state", "✗"),
    };
    span("span", class, &format!("{mark} {}", en::verdict(verdict)))
}

impl Checker {
    /// Takes a field; `true` where the form itself must be shown anew.
    pub fn set(&mut self, name: &str, value: &str) -> bool {
        match name {
            "example" => {
                let example = value.parse::<usize>().ok().and_then(|number| EXAMPLES.get(number));
                if let Some((_, fields)) = example {
                    let fields = fields.iter();
                    self.typed = fields
                        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                        .collect();
                }
                true
            }
            "clear" => {
                self.typed.clear();
                true
            }
            _ => {
                self.typed.remove(SAME);
                self.typed.insert(name.to_owned(), value.trim().to_owned());
                false
            }
        }
    }

    fn text(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    /// The form.
    pub fn controls(&self) -> Html {
        let group = |title: &str, fields: &[Field]| {
            let each = fields.iter().map(|&(name, label, hint, size)| {
                labelled(label, input(&format!("check.{name}"), self.text(name), size, hint))
            });
            let inside = element("div", &[("class", "tools")], &[Html::all(each)]);
            element("fieldset", &[("class", "group")], &[plain("legend", title), inside])
        };
        let examples = EXAMPLES
            .iter()
            .enumerate()
            .map(|(number, (name, _))| setter(&format!("check.example:{number}"), name));
        let chosen = self.text("level");
        let levels = LEVELS
            .iter()
            .map(|(value, _)| option(value, &format!("{value} %"), *value == chosen));
        let last = [
            labelled(
                "Level of intervals",
                select("check.level", "Level of intervals", levels),
            ),
            setter("check.clear:", "Clear"),
        ];
        Html::all([
            element("p", &[("class", "tools")], &[text("Published: "), Html::all(examples)]),
            group("A rate", &RATE),
            group("A hazard ratio", &RATIO),
            group("A count and its percentage", &COUNT),
            group("A median and its range", &MEDIAN),
            element("div", &[("class", "tools")], &last),
        ])
    }

    /// The answers.
    pub fn html(&self) -> Html {
        let mut unread = Vec::new();
        let level = LEVELS.iter().find(|(value, _)| *value == self.text("level"));
        let level = level.map_or(0.95, |(_, level)| *level);
        let groups = self.groups(&mut unread);
        let mut findings: Vec<Finding> = Vec::new();
        let mut impossible = false;
        for numbers in &groups {
            for finding in numbers.findings(level) {
                impossible |= finding.is_none();
                findings.extend(finding);
            }
        }
        let same = check_same_numbers(&published().estimates).into_iter();
        let same = same.filter(|pair| pair.first.study.id == self.text(SAME));
        findings.extend(same.map(Finding::SameNumbers));
        let unread = unread.iter().map(|field: &Unread| {
            let line = format!(
                "{}: “{}” is not accepted; give it as printed, such as {}.",
                field.label, field.typed, field.hint
            );
            span("p", "remark invalid", &line)
        });
        let remark = if impossible {
            span(
                "p",
                "remark invalid",
                "Some of these numbers are no rates, counts, ratios or ranges: rates are per cent from 0 to 100, a ratio and \
                 its interval lie above 0, the lower end comes first, a count is at most its total.",
            )
        } else if findings.is_empty() && groups.iter().any(|numbers| !numbers.is_empty()) {
            span(
                "p",
                "remark",
                "These numbers do not determine each other yet: a rate needs its SE and n, its interval, or its parts; a \
                 hazard ratio its interval; a percentage its count or n; a median its range.",
            )
        } else {
            Html::default()
        };
        Html::all([Html::all(unread), remark, answers(&findings)])
    }

    /// The numbers of each part of the form.
    fn groups(&self, unread: &mut Vec<Unread>) -> [TypedNumbers; 4] {
        let mut reader = Reader { checker: self, unread };
        let rate = TypedNumbers {
            estimate: reader.take(&RATE[0], Printed::read),
            standard_error: reader.take(&RATE[1], Printed::read),
            n: reader.take(&RATE[2], whole),
            interval: reader.take(&RATE[3], pair),
            parts: reader.take(&RATE[4], parts).unwrap_or_default(),
            ..TypedNumbers::default()
        };
        let ratio = TypedNumbers {
            hazard_ratio: reader.take(&RATIO[0], Printed::read),
            interval: reader.take(&RATIO[1], pair),
            p: reader.take(&RATIO[2], PrintedP::read),
            ..TypedNumbers::default()
        };
        let count = TypedNumbers {
            count: reader.take(&COUNT[0], count),
            percent: reader.take(&COUNT[1], Printed::read),
            n: reader.take(&COUNT[2], whole),
            ..TypedNumbers::default()
        };
        let median = TypedNumbers {
            median: reader.take(&MEDIAN[0], Printed::read),
            range: reader.take(&MEDIAN[1], pair),
            values: reader.take(&MEDIAN[2], values).unwrap_or_default(),
            ..TypedNumbers::default()
        };
        [rate, ratio, count, median]
    }
}

/// Reads fields and keeps those that cannot be read.
struct Reader<'a> {
    checker: &'a Checker,
    unread: &'a mut Vec<Unread>,
}

impl Reader<'_> {
    fn take<T>(&mut self, field: &Field, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let &(name, label, hint, _) = field;
        let typed = self.checker.text(name);
        if typed.is_empty() {
            return None;
        }
        let found = read(typed);
        if found.is_none() {
            self.unread.push(Unread {
                label,
                typed: typed.to_owned(),
                hint,
            });
        }
        found
    }
}

fn answers(findings: &[Finding]) -> Html {
    if findings.is_empty() {
        return Html::default();
    }
    let each = |finding: &Finding| {
        element(
            "tr",
            &[("data-verdict", finding.verdict().code())],
            &[
                element("th", &[("scope", "row")], &[text(en::finding_kind(finding))]),
                cell("Comes to", "", &[verdict_mark(finding.verdict())]),
                cell("Arithmetic", "", &[text(&en::finding(finding))]),
            ],
        )
    };
    let head = head(&[("Checked", ""), ("Comes to", ""), ("Arithmetic", "")]);
    table("checks", head, findings.iter().map(each))
}

fn whole(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

/// Two numbers: `30.7–55.1`, `30.7-55.1`, `30.7, 55.1`, `30.7 to 55.1`.
fn pair(text: &str) -> Option<(Printed, Printed)> {
    let text = text.replace(" to ", ",");
    let mut ends = text.split(['–', '—', '-', ',', ';']);
    match (ends.next(), ends.next(), ends.next()) {
        (Some(low), Some(high), None) => Some((Printed::read(low)?, Printed::read(high)?)),
        _ => None,
    }
}

/// A count of a total: `6 of 7`, `6/7`.
fn count(text: &str) -> Option<(u32, u32)> {
    let (count, total) = text.split_once('/').or_else(|| text.split_once("of"))?;
    Some((whole(count)?, whole(total)?))
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';']).map(str::trim).filter(|piece| !piece.is_empty())
}

fn parts(text: &str) -> Option<Vec<(u32, Printed)>> {
    let part = |piece: &str| {
        let (n, rate) = piece.split_once(':')?;
        Some((whole(n)?, Printed::read(rate)?))
    };
    pieces(text).map(part).collect()
}

fn values(text: &str) -> Option<Vec<f64>> {
    pieces(text)
        .map(|piece| Printed::read(piece).map(Printed::value))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_and_counts_as_people_write_them() {
        for text in ["30.7–55.1", "30.7-55.1", "30.7, 55.1", "30.7 to 55.1", " 30.7 ; 55.1 "] {
            let (low, high) = pair(text).unwrap();
            assert_eq!((low.value(), high.value()), (30.7, 55.1), "{text}");
        }
        assert_eq!(
            (count("6 of 7"), count("6/7"), count("6")),
            (Some((6, 7)), Some((6, 7)), None)
        );
        assert!(pair("30.7").is_none() && pair("1-2-3").is_none());
        assert!(parts("19:94.4, 56").is_none());
    }
}
