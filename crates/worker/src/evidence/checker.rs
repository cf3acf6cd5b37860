//! The consistency check: numbers as somebody typed them, and whether they are consistent with each other.

use cotside_core::evidence::check::{Finding, PrintedP, TypedNumbers, Verdict, check_same_numbers};
use cotside_core::evidence::{Printed, published};
use cotside_messages::{CheckField as Field, EvidenceEvent, ReportedNumbers};
use cotside_views::Columns;
use cotside_words::lang;
use cotside_words::lang::evidence_page as words;
use cotside_words::lang::evidence_results as results;
use maud::{Markup, html};

use crate::Reply;
use crate::evidence::quoting;
use crate::evidence::sentence::{self, Understood};

/// What was typed.
#[derive(Debug, Clone, Default)]
pub struct Checker {
    numbers: ReportedNumbers,
}

/// A text that is not what its field takes.
struct Unread {
    field: Field,
    typed: String,
}

/// What came of numbers.
struct Answer {
    unread: Vec<Unread>,
    findings: Vec<Finding>,
    /// Whether a number is outside its range.
    impossible: bool,
    /// Whether there is any number.
    is_given: bool,
}

/// Lines that are read at most.
const MOST_LINES: usize = 200;

/// Reads what was pasted: a line goes to the fields of the page, of several each is answered by itself.
pub fn read(text: &str) -> Reply {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() > 1 {
        return Reply::default().part("check-lines", table_of_lines(&lines));
    }
    let Understood {
        numbers,
        unread,
        assumed,
    } = sentence::read(lines.first().copied().unwrap_or_default());
    let mut reply = Reply::default().part("check-lines", "");
    reply.evidence.push(EvidenceEvent::Numbers {
        numbers,
        unread,
        assumed,
    });
    reply
}

fn table_of_lines(lines: &[&str]) -> Markup {
    let columns = Columns::new(words::LINE).text(words::UNDERSTOOD).text(results::RESULT);
    let row = |line: &&str| {
        let found = sentence::read(line);
        let fields = found.numbers.fields.iter();
        let fields =
            fields.map(|(field, text)| words::understood_field(field.code(), text, found.numbers.level.code()));
        let fields: Vec<String> = fields.collect();
        let understood = html! {
            @if fields.is_empty() { span.quiet { (words::NOTHING_UNDERSTOOD) } } @else { (fields.join("; ")) }
            @for assumed in &found.assumed { p.quiet { (assumed) } }
            @if !found.unread.is_empty() { p.remark.invalid { (words::not_used(&found.unread)) } }
        };
        let checker = Checker { numbers: found.numbers };
        columns.row(*line, [understood, answered(&checker.answer())])
    };
    html! {
        (columns.table("lines", lines.iter().take(MOST_LINES).map(row)))
        @if lines.len() > MOST_LINES { p.remark.invalid { (words::more_lines(lines.len() - MOST_LINES)) } }
    }
}

/// What came of the numbers of a line.
fn answered(answer: &Answer) -> Markup {
    html! {
        @for Unread { field, typed } in &answer.unread {
            p.remark.invalid { (words::not_accepted(words::check_label(field.code()), typed)) }
        }
        @if answer.impossible {
            p.remark.invalid { (words::IMPOSSIBLE) }
        } @else if answer.findings.is_empty() {
            p.quiet { (words::UNDETERMINED) }
        }
        @for finding in &answer.findings {
            p data-verdict=(finding.verdict().code()) { (verdict_mark(finding)) " " (said(finding)) }
        }
    }
}

/// A finding with its arithmetic; what it quotes of the table is marked as English.
pub fn said(finding: &Finding) -> Markup {
    let text = lang::finding(finding);
    match finding {
        Finding::SameNumbers(pair) => {
            let quotes = [pair.first, pair.second].map(|row| [row.cite.source.short, row.cite.place]);
            quoting(&text, quotes.as_flattened())
        }
        _ => html! { (text) },
    }
}

/// What a finding comes to, with a mark that is not colour.
pub fn verdict_mark(finding: &Finding) -> Markup {
    let (class, mark) = match finding.verdict() {
        Verdict::Follows => ("state none", "✓"),
        Verdict::Compatible => ("state none", "–"),
        Verdict::Conditional => ("state open", "?"),
        Verdict::DoesNotFollow => ("state", "✗"),
    };
    html! { span class=(class) { (mark) " " (lang::finding_verdict(finding)) } }
}

impl Checker {
    /// Takes what was typed.
    pub fn set(&mut self, numbers: ReportedNumbers) {
        self.numbers = numbers;
    }

    fn answer(&self) -> Answer {
        let mut unread = Vec::new();
        let level = self.numbers.level.value();
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
        let same = same.filter(|pair| Some(pair.first.study.id) == self.numbers.study.as_deref());
        findings.extend(same.map(Finding::SameNumbers));
        let is_given = groups.iter().any(|numbers| !numbers.is_empty());
        Answer {
            unread,
            findings,
            impossible,
            is_given,
        }
    }

    /// The part `check`: the findings, and what cannot be read.
    pub fn html(&self) -> Markup {
        let Answer {
            unread,
            findings,
            impossible,
            is_given,
        } = self.answer();
        html! {
            @for Unread { field, typed } in &unread {
                p.remark.invalid { (words::not_accepted(words::check_label(field.code()), typed)) }
            }
            @if impossible {
                p.remark.invalid { (words::IMPOSSIBLE) }
            } @else if findings.is_empty() && is_given {
                p.remark { (words::UNDETERMINED) }
            }
            @if !findings.is_empty() { (table(&findings)) }
        }
    }

    /// The numbers of each part of the form.
    fn groups(&self, unread: &mut Vec<Unread>) -> [TypedNumbers; 4] {
        let mut reader = Reader { checker: self, unread };
        let rate = TypedNumbers {
            estimate: reader.take(Field::Rate, Printed::read),
            standard_error: reader.take(Field::StandardError, Printed::read),
            n: reader.take(Field::Patients, whole),
            interval: reader.take(Field::Interval, pair),
            parts: reader.take(Field::Parts, parts).unwrap_or_default(),
            ..TypedNumbers::default()
        };
        let ratio = TypedNumbers {
            hazard_ratio: reader.take(Field::HazardRatio, Printed::read),
            interval: reader.take(Field::HazardRatioInterval, pair),
            p: reader.take(Field::PValue, PrintedP::read),
            ..TypedNumbers::default()
        };
        let count = TypedNumbers {
            count: reader.take(Field::Count, count),
            percent: reader.take(Field::Percent, Printed::read),
            n: reader.take(Field::Total, whole),
            ..TypedNumbers::default()
        };
        let median = TypedNumbers {
            median: reader.take(Field::Median, Printed::read),
            range: reader.take(Field::Range, pair),
            values: reader.take(Field::Values, values).unwrap_or_default(),
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
    fn take<T>(&mut self, field: Field, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let typed = self.checker.numbers.text(field);
        if typed.is_empty() {
            return None;
        }
        let found = read(typed);
        if found.is_none() {
            self.unread.push(Unread {
                field,
                typed: typed.to_owned(),
            });
        }
        found
    }
}

fn table(findings: &[Finding]) -> Markup {
    let columns = Columns::new(results::CHECKED)
        .text(results::RESULT)
        .text(results::ARITHMETIC);
    let row = |finding: &Finding| {
        html! {
            tr data-verdict=(finding.verdict().code()) {
                th scope="row" { (lang::finding_kind(finding)) }
                (columns.cells([verdict_mark(finding), said(finding)]))
            }
        }
    };
    columns.table("checks", findings.iter().map(row))
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
