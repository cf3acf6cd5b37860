//! The page as HTML without its own scripts, and the files next to it.

use super::topics::{CASES, ELSEWHERE, PUBLISHED, TOPICS, Topic, UNCOMPARED, VECTORS};
use super::{Comparisons, Line};
use crate::failure::Outcome;
use crate::shell;
use cotside_core::export;
use cotside_words::en::{self, page as words};
use cotside_words::html::{Html, element, head, list, plain, span, text, wide_table};
use std::collections::BTreeMap;
use std::path::Path;

/// Path of the page below the site's root.
pub const ROUTE: &str = "validation";
pub const TITLE: &str = "Validation";
pub const DESCRIPTION: &str = "Every number of Cotside that has been compared with R, beside R’s, with the largest difference \
    of each method; what was compared with papers and by hand; and what was compared with nothing.";

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
    let sections: Outcome<Vec<Html>> = TOPICS
        .iter()
        .map(|topic| section(topic, comparisons.of(topic.id)))
        .collect();
    let main = [
        plain("h1", TITLE),
        introduction(comparisons),
        summary(comparisons),
        plain("h2", "Numbers printed in papers"),
        published(comparisons.of(PUBLISHED)),
        plain("h2", "Infants worked out by hand"),
        by_hand(comparisons),
        plain("h2", "Method by method"),
        Html::all(sections?),
        plain("h2", "Compared in other tests, not listed here"),
        pairs(ELSEWHERE),
        plain("h2", "Not compared with any other program"),
        pairs(UNCOMPARED),
    ];
    let skip = [("class", "skip"), ("href", "validation/#main")];
    let whole = [
        element("a", &skip, &[text(words::SKIP)]),
        page_head(),
        element("main", &[("id", "main"), ("tabindex", "-1")], &main),
        element("footer", &[("class", "foot")], &[plain("p", en::INTENDED_USE)]),
    ];
    Ok(Html::all(whole).into_string())
}

/// Writes the same brand and links as the program's header; every link loads its page again.
fn page_head() -> Html {
    let pages = [
        ("stratify/", words::NAV_STRATIFY),
        ("analyse/", words::NAV_ANALYSE),
        ("protocols/", words::NAV_PROTOCOLS),
        ("evidence/", words::NAV_EVIDENCE),
        ("about/", words::NAV_ABOUT),
        ("privacy/", words::NAV_PRIVACY),
    ];
    let links = pages.map(|(to, name)| element("a", &[("href", to)], &[text(name)]));
    let brand = element("a", &[("class", "brand"), ("href", "./")], &[text("Cotside")]);
    let nav = element("nav", &[("aria-label", words::PAGES)], &links);
    element("header", &[("class", "head")], &[brand, nav])
}

fn introduction(comparisons: &Comparisons) -> Html {
    let lines = TOPICS.iter().flat_map(|topic| comparisons.of(topic.id));
    let numbers = lines.clone().filter(|line| line.has_number()).count();
    let none = lines.filter(|line| !line.has_number()).count();
    let counted = format!(
        "{} numbers are compared with R’s below; in {} further places R has no number and Cotside has none either. When this \
         page was made the tests computed them again from the data files of the tests. It cannot be made where one of them is \
         further from R’s than its method allows.",
        grouped(numbers),
        grouped(none)
    );
    let relative = "A difference is relative to R’s number. Where that is close to nought (most often below 0.001; of residuals, \
         less than the largest of their column) it is relative to that limit instead. Numbers are shown with ten digits; the \
         tables to download have all of them.";
    element(
        "div",
        &[("class", "prose")],
        &[
            span(
                "p",
                "lead",
                "How sure can one be of the arithmetic? This page sets it beside R’s, number by number.",
            ),
            plain("p", &counted),
            plain("p", relative),
            plain(
                "p",
                "It says nothing of the rules: whether they were read rightly from the papers only a reader of the papers can say.",
            ),
        ],
    )
}

fn summary(comparisons: &Comparisons) -> Html {
    let row = |topic: &Topic| {
        let lines = comparisons.of(topic.id);
        let sets: std::collections::BTreeSet<_> = lines.iter().map(|line| &line.data).collect();
        let to = format!("{ROUTE}/#{}", topic.id);
        element(
            "tr",
            &[],
            &[
                element(
                    "th",
                    &[("scope", "row")],
                    &[element("a", &[("href", &to)], &[text(topic.title)])],
                ),
                number(&scientific(largest(lines))),
                number(&grouped(lines.iter().filter(|line| line.has_number()).count())),
                number(&grouped(sets.len())),
                number(&tolerance(lines)),
            ],
        )
    };
    wide_table(
        "csv",
        "Summary",
        head(&[
            ("Method", ""),
            ("Largest difference", "number"),
            ("Numbers", "number"),
            ("Data sets", "number"),
            ("Allowed", "number"),
        ]),
        TOPICS.iter().map(row),
    )
}

/// A method: where its numbers come from, and of each quantity of each data set the number that agrees least.
fn section(topic: &Topic, lines: &[Line]) -> Outcome<Html> {
    let versions = shell::read(&shell::root().join("tests/reference").join(topic.versions))?;
    let versions = made_with(&versions).unwrap_or_default();
    let count = lines.iter().filter(|line| line.has_number()).count();
    let said = format!(
        "{} numbers; largest difference {}, allowed {}.",
        grouped(count),
        scientific(largest(lines)),
        tolerance(lines)
    );
    let script = format!("{ROUTE}/{}", file_name(topic.script));
    let table = format!("{ROUTE}/{}.csv", topic.id);
    let path = format!("tests/reference/{}", topic.script);
    let sources = [
        text("Expected numbers: "),
        text(topic.by),
        text(&format!(" ({versions}). The script: ")),
        element("a", &[("href", &script)], &[element("code", &[], &[text(&path)])]),
        text(". All numbers with all digits: "),
        element("a", &[("href", &table), ("download", "")], &[text("table (CSV)")]),
        text("."),
    ];
    let least = least_close(lines);
    let opened = format!(
        "The least close number of each quantity and data set ({})",
        grouped(least.len())
    );
    let row = |(line, count): &(&Line, usize)| {
        let value = |digits: &str| {
            let cell = [("class", "number"), ("title", digits)];
            element("td", &cell, &[text(&short(digits))])
        };
        element(
            "tr",
            &[],
            &[
                plain("td", &line.data),
                plain("td", &line.quantity),
                number(&grouped(*count)),
                plain("td", &line.at),
                value(&line.expected),
                value(&line.found),
                number(&scientific(line.difference().unwrap_or_default())),
            ],
        )
    };
    let columns = [
        ("Data set", ""),
        ("Quantity", ""),
        ("Numbers", "number"),
        ("Least close at", ""),
        ("R", "number"),
        ("Cotside", "number"),
        ("Difference", "number"),
    ];
    let rows = wide_table("csv", topic.title, head(&columns), least.iter().map(row));
    let details = element("details", &[], &[plain("summary", &opened), rows]);
    Ok(element(
        "section",
        &[("id", topic.id)],
        &[
            plain("h3", topic.title),
            plain("p", &said),
            element("p", &[("class", "quiet")], &sources),
            details,
        ],
    ))
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

fn published(lines: &[Line]) -> Html {
    let row = |line: &Line| {
        element(
            "tr",
            &[],
            &[
                plain("td", &line.data),
                plain("td", &line.quantity),
                plain("td", &line.at),
                number(&line.expected),
                number(&rounded(line)),
            ],
        )
    };
    let columns = [
        ("Paper", ""),
        ("Quantity", ""),
        ("Computed from", ""),
        ("Printed", "number"),
        ("Cotside", "number"),
    ];
    Html::all([
        plain(
            "p",
            "Computed again from what the same papers say of their patients, and printed with as many digits. The ends of an \
             interval are compared to a tenth of a percentage point, which is what a rounded estimate leaves open.",
        ),
        wide_table(
            "csv",
            "Numbers printed in papers",
            head(&columns),
            lines.iter().map(row),
        ),
    ])
}

/// Vectors and cases: how many of each protocol, all of which agree.
fn by_hand(comparisons: &Comparisons) -> Html {
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for (column, topic) in [VECTORS, CASES].into_iter().enumerate() {
        for line in comparisons.of(topic) {
            counts.entry(&line.data).or_default()[column] += 1;
        }
    }
    let said = format!(
        "Cases worked out by hand from the published texts: below, at and above each limit, each finding unknown, and published \
         patients. Cotside gives all {} answers of the case tables, and all {} answers of four protocols to seventeen \
         infants at their limits (vectors). The tables can be read and edited: {}.",
        grouped(comparisons.of(CASES).len()),
        grouped(comparisons.of(VECTORS).len()),
        "tests/cases in the repository"
    );
    let row = |(id, [vectors, cases]): (&&str, &[usize; 2])| {
        let to = format!("protocols/{id}/");
        let some = |count: usize| if count == 0 { "–".to_owned() } else { grouped(count) };
        element(
            "tr",
            &[],
            &[
                element(
                    "th",
                    &[("scope", "row")],
                    &[element("a", &[("href", &to)], &[text(id)])],
                ),
                number(&some(*cases)),
                number(&some(*vectors)),
            ],
        )
    };
    Html::all([
        plain("p", &said),
        wide_table(
            "csv",
            "Infants worked out by hand",
            head(&[("Protocol", ""), ("Cases", "number"), ("Vectors", "number")]),
            counts.iter().map(row),
        ),
    ])
}

fn pairs(pairs: &[(&str, &str)]) -> Html {
    let item = |(what, instead): &(&str, &str)| {
        Html::all([
            plain("strong", what),
            text(": "),
            text(instead),
            text(if instead.ends_with('.') { "" } else { "." }),
        ])
    };
    element("div", &[("class", "prose")], &[list("", pairs.iter().map(item))])
}

fn number(words: &str) -> Html {
    element("td", &[("class", "number")], &[text(words)])
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

fn grouped(count: usize) -> String {
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
