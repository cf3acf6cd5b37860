//! The page as HTML without its own scripts, and the files next to it.

use super::topics::{CASES, ELSEWHERE, PUBLISHED, TOPICS, Topic, UNCOMPARED, VECTORS};
use super::{Comparisons, Line};
use crate::failure::Outcome;
use crate::shell;
use cotside_core::export;
use cotside_views::{Columns, list};
use cotside_words::en::validation as words;
use cotside_words::en::{self, page, site};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub use cotside_words::en::validation::{DESCRIPTION, TITLE};

/// Where the page stands below the site's root.
pub const ROUTE: &str = "validation";

/// Writes the page's tables and scripts into the site, and returns its body.
pub fn body(dist: &Path, comparisons: &Comparisons) -> Outcome<String> {
    let folder = dist.join(ROUTE);
    for topic in TOPICS {
        let script = shell::read(&shell::root().join("tests/reference").join(topic.script))?;
        shell::write(&folder.join(file_name(topic.script)), &script)?;
        shell::write(
            &folder.join(format!("{}.csv", topic.id)),
            &csv(comparisons.of(topic.id)),
        )?;
    }
    let sections = TOPICS.iter().map(|topic| section(topic, comparisons.of(topic.id)));
    let sections = sections.collect::<Outcome<Vec<Markup>>>()?;
    let whole = html! {
        a.skip href="validation/#main" { (page::SKIP) }
        (page_head("validation/"))
        main #main tabindex="-1" {
            h1 { (TITLE) }
            (introduction(comparisons))
            (summary(comparisons))
            h2 { (words::PAPERS) }
            (published(comparisons.of(PUBLISHED)))
            h2 { (words::BY_HAND) }
            (by_hand(comparisons))
            h2 { (words::READING) }
            (comparisons.readings.chapter())
            h2 { (words::METHODS) }
            @for section in sections { (section) }
            h2 { (words::ELSEWHERE) }
            (pairs(ELSEWHERE))
            h2 { (words::UNCOMPARED) }
            (pairs(UNCOMPARED))
        }
        footer.foot { p { (en::INTENDED_USE) } }
    };
    Ok(whole.into_string())
}

/// The same brand and pages as the program's own head, with the page of an address marked; every link loads its page anew.
pub fn page_head(address: &str) -> Markup {
    let pages = [
        ("stratify/", page::NAV_STRATIFY),
        ("analyse/", page::NAV_ANALYSE),
        ("protocols/", page::NAV_PROTOCOLS),
        ("evidence/", page::NAV_EVIDENCE),
        ("plan/", page::NAV_PLAN),
        ("validation/", site::NAV_VALIDATION),
        ("about/", page::NAV_ABOUT),
        ("privacy/", page::NAV_PRIVACY),
        ("handbook/", site::NAV_HANDBOOK),
    ];
    let current = |to: &str| address.starts_with(to).then_some("page");
    html! {
        header.head {
            a.brand href="./" { "Cotside" }
            nav.plain aria-label=(page::PAGES) {
                @for (to, name) in pages { a href=(to) aria-current=[current(to)] { (name) } }
            }
        }
    }
}

fn introduction(comparisons: &Comparisons) -> Markup {
    let lines = TOPICS.iter().flat_map(|topic| comparisons.of(topic.id));
    let numbers = lines.clone().filter(|line| line.has_number()).count();
    let none = lines.filter(|line| !line.has_number()).count();
    html! {
        div.prose {
            p.lead { (words::LEAD) }
            p { (words::counted(numbers, none)) }
            p { (words::RELATIVE) }
            p { (words::NOT_THE_RULES) }
        }
    }
}

fn summary(comparisons: &Comparisons) -> Markup {
    let columns =
        Columns::new(words::METHOD).numbers([words::LARGEST, words::NUMBERS, words::DATA_SETS, words::ALLOWED]);
    let row = |topic: &Topic| {
        let lines = comparisons.of(topic.id);
        let sets: BTreeSet<_> = lines.iter().map(|line| &line.data).collect();
        let cells = [
            scientific(largest(lines)),
            grouped(lines.iter().filter(|line| line.has_number()).count()),
            grouped(sets.len()),
            tolerance(lines),
        ];
        columns.row(html! { a href={ (ROUTE) "/#" (topic.id) } { (topic.title) } }, cells)
    };
    columns.wide_table("csv", words::SUMMARY, TOPICS.iter().map(row))
}

/// A method: where its numbers come from, and of each quantity of each data set the number that agrees least.
fn section(topic: &Topic, lines: &[Line]) -> Outcome<Markup> {
    let versions = shell::read(&shell::root().join("tests/reference").join(topic.versions))?;
    let versions = made_with(&versions).unwrap_or_default();
    let count = lines.iter().filter(|line| line.has_number()).count();
    let least = least_close(lines);
    Ok(html! {
        section id=(topic.id) {
            h3 { (topic.title) }
            p { (words::of_method(count, &scientific(largest(lines)), &tolerance(lines))) }
            p.quiet {
                (words::EXPECTED) (topic.by) " (" (versions) ")." (words::SCRIPT)
                a href={ (ROUTE) "/" (file_name(topic.script)) } { code { "tests/reference/" (topic.script) } }
                (words::ALL_NUMBERS)
                a href={ (ROUTE) "/" (topic.id) ".csv" } download="" { (words::TABLE) }
                "."
            }
            details { summary { (words::least_close(least.len())) } (least_close_table(topic.title, &least)) }
        }
    })
}

fn least_close_table(name: &str, least: &[(&Line, usize)]) -> Markup {
    let columns = Columns::new(words::DATA_SET)
        .text(words::QUANTITY)
        .number(words::NUMBERS)
        .text(words::LEAST_CLOSE_AT)
        .numbers([words::R, words::COTSIDE, words::DIFFERENCE]);
    let row = |(line, count): &(&Line, usize)| {
        html! {
            tr {
                td { (line.data) }
                td { (line.quantity) }
                td.number { (grouped(*count)) }
                td { (line.at) }
                td.number title=(line.expected) { (short(&line.expected)) }
                td.number title=(line.found) { (short(&line.found)) }
                td.number { (scientific(line.difference().unwrap_or_default())) }
            }
        }
    };
    columns.wide_table("csv", name, least.iter().map(row))
}

/// Of each quantity of each data set the number that agrees least, and how many there are.
fn least_close(lines: &[Line]) -> Vec<(&Line, usize)> {
    let mut order: Vec<(&str, &str)> = Vec::new();
    let mut found: BTreeMap<(&str, &str), (&Line, usize)> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.has_number()) {
        let key = (line.data.as_str(), line.quantity.as_str());
        let entry = found.entry(key).or_insert_with(|| {
            order.push(key);
            (line, 0)
        });
        entry.1 += 1;
        if line.difference() > entry.0.difference() {
            entry.0 = line;
        }
    }
    order.iter().filter_map(|key| found.get(key).copied()).collect()
}

fn published(lines: &[Line]) -> Markup {
    let columns = Columns::new(words::PAPER)
        .text(words::QUANTITY)
        .text(words::COMPUTED_FROM)
        .numbers([words::PRINTED, words::COTSIDE]);
    let row = |line: &Line| {
        html! {
            tr {
                td { (line.data) }
                td { (line.quantity) }
                td { (line.at) }
                td.number { (line.expected) }
                td.number { (rounded(line)) }
            }
        }
    };
    html! {
        p { (words::PAPERS_LEAD) }
        (columns.wide_table("csv", words::PAPERS, lines.iter().map(row)))
    }
}

/// Vectors and cases: how many of each protocol, all of which agree.
fn by_hand(comparisons: &Comparisons) -> Markup {
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for (column, topic) in [VECTORS, CASES].into_iter().enumerate() {
        for line in comparisons.of(topic) {
            counts.entry(&line.data).or_default()[column] += 1;
        }
    }
    let columns = Columns::new(words::PROTOCOL).numbers([words::CASES, words::VECTORS]);
    let row = |(id, [vectors, cases]): (&&str, &[usize; 2])| {
        let some = |count: usize| if count == 0 { "–".to_owned() } else { grouped(count) };
        columns.row(
            html! { a href={ "protocols/" (id) "/" } { (id) } },
            [some(*cases), some(*vectors)],
        )
    };
    html! {
        p { (words::by_hand(comparisons.of(CASES).len(), comparisons.of(VECTORS).len())) }
        (columns.wide_table("csv", words::BY_HAND, counts.iter().map(row)))
    }
}

fn pairs(pairs: &[(&str, &str)]) -> Markup {
    let item = |(what, instead): &(&str, &str)| {
        html! { strong { (what) } ": " (instead) @if !instead.ends_with('.') { "." } }
    };
    html! { div.prose { (list(pairs.iter().map(item))) } }
}

fn largest(lines: &[Line]) -> f64 {
    lines.iter().filter_map(Line::difference).fold(0.0, f64::max)
}

/// The tolerances of a topic: one, or from the least to the largest.
fn tolerance(lines: &[Line]) -> String {
    let all = || {
        lines
            .iter()
            .filter_map(|line| line.allowed)
            .map(|allowed| allowed.tolerance)
    };
    let least = all().filter(|tolerance| *tolerance > 0.0).fold(f64::INFINITY, f64::min);
    let largest = all().fold(0.0, f64::max);
    if least < largest {
        format!("{} to {}", scientific(least), scientific(largest))
    } else {
        scientific(largest)
    }
}

fn scientific(value: f64) -> String {
    if value == 0.0 {
        "0".to_owned()
    } else {
        format!("{value:.0e}").replace("e-", "e−")
    }
}

/// Ten significant digits of a number that is written with all of its.
fn short(digits: &str) -> String {
    let Ok(value) = digits.parse::<f64>() else {
        return digits.to_owned();
    };
    let size = value.abs();
    let shown = if value == 0.0 || (1e-4..1e9).contains(&size) {
        let before = format!("{size:.0e}")
            .split_once('e')
            .and_then(|(_, power)| power.parse::<i32>().ok());
        let after = usize::try_from(9 - before.unwrap_or_default()).unwrap_or_default();
        let fixed = format!("{value:.after$}");
        if fixed.contains('.') {
            fixed.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            fixed
        }
    } else {
        format!("{value:.9e}")
    };
    shown.replace('-', "−")
}

/// Rounds a number to one digit more than printed in the paper; words are unchanged.
fn rounded(line: &Line) -> String {
    let places = line.expected.split_once('.').map_or(0, |(_, after)| after.len()) + 1;
    match (line.allowed, line.found.parse::<f64>()) {
        (Some(_), Ok(value)) => format!("{value:.places$}"),
        _ => line.found.clone(),
    }
}

pub(super) fn grouped(count: usize) -> String {
    cotside_words::grouped(count as f64)
}

/// Returns "R 4.2.2, survival 3.5.3" from the line in which a script records the versions.
pub(super) fn made_with(table: &str) -> Option<String> {
    let line = table.lines().find(|line| line.contains("R version"))?;
    let said = line.split_once("R version ")?.1.split('"').next()?;
    let (release, packages) = said.split_once(", ")?;
    Some(format!("R {}, {packages}", release.split_whitespace().next()?))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Every comparison of a topic.
fn csv(lines: &[Line]) -> String {
    let mut all = "data,quantity,place,expected,cotside,difference\n".to_owned();
    for line in lines {
        let difference = format!("{:e}", line.difference().unwrap_or_default());
        let cells = [
            &line.data,
            &line.quantity,
            &line.at,
            &line.expected,
            &line.found,
            &difference,
        ];
        all.push_str(&export::row(cells));
        all.push('\n');
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_with_ten_digits() {
        for (digits, shown) in [
            ("0.017298474056277883", "0.01729847406"),
            ("-739.37498368516458", "−739.3749837"),
            ("12", "12"),
            ("0", "0"),
            ("2.5071426500317935e-69", "2.507142650e−69"),
            ("", ""),
        ] {
            assert_eq!(short(digits), shown);
        }
        assert_eq!(scientific(4.2e-13), "4e−13");
    }

    #[test]
    fn tables_are_read_back_cell_by_cell_and_hold_no_formula() {
        let line = Line::read("a, b\tp \"x\"\t=1+1\t-0.5\t0.5\t1\t1").unwrap();
        let text = csv(&[line]);
        let second = text.lines().nth(1).unwrap();
        assert!(
            second.starts_with("\"a, b\",\"p \"\"x\"\"\",\"'=1+1\",-0.5,0.5,"),
            "{second}"
        );
    }

    #[test]
    fn the_least_close_number_represents_its_quantity() {
        let line = |at: &str, expected: &str| Line::read(&format!("a\tp\t{at}\t{expected}\t0.5\t1\t1")).unwrap();
        let lines = [line("1", "0.5"), line("2", "0.4"), line("3", "0.45"), line("4", "")];
        let least = least_close(&lines);
        assert_eq!(least.len(), 1);
        assert_eq!((least[0].0.at.as_str(), least[0].1), ("2", 3));
    }

    #[test]
    fn versions_are_read_from_each_kind_of_table() {
        let found =
            made_with("{\"made_with\": \"R version 4.2.2 Patched (2022-11-10 r83330), survival 3.5.3\",\n").unwrap();
        assert_eq!(found, "R 4.2.2, survival 3.5.3");
    }
}
