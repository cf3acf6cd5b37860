//! What files of the results are called, and the buttons of each table. **Invariant: a name is of ASCII letters, digits and
//! hyphens; nothing of the reader's file is in it but the header of a column of letters.**

use cotside_words::capital;
use cotside_words::lang;
use cotside_words::lang::export_results::nature_mark;
use cotside_words::lang::figures as words;

use crate::analysis::choices::id_name;
use crate::analysis::selection::Analysis;
use crate::table_tools::with_tools;

/// Most letters of a name that the reader gave a column.
const LONGEST: usize = 24;

/// The tables whose names in the page say too little in a folder of files.
const TABLES: [(&str, &str); 6] = [
    ("describe", "table1"),
    ("at", "survival-at-times"),
    ("zph", "proportional-hazards"),
    ("joint", "joint-effects"),
    ("within", "effects-within-groups"),
    ("ranks", "tests-of-ranks"),
];

/// Tables that several parts have: the name of the part tells them apart.
const OF_PARTS: [&str; 1] = ["distributions"];

/// A table whose cells are the data of a figure, of which the page lists the first rows: the figure has the file.
const OF_FIGURE: &str = "csv";

/// Lower-case ASCII letters and digits of a text, with a hyphen between its words.
pub fn slug(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    words.join("-")
}

/// `-by-kmt2a`; empty without groups.
fn by_group(analysis: &Analysis<'_>) -> String {
    let group = analysis.settings.group.as_str();
    let name = match group.split_once(':') {
        Some(("column", place)) => {
            let header = analysis
                .study
                .variable(group)
                .map_or("", |variable| variable.name.as_str());
            let named = slug(header);
            let is_name = !named.is_empty()
                && header
                    .chars()
                    .all(|letter| letter.is_alphabetic() || " _-".contains(letter));
            if is_name && named.len() <= LONGEST {
                named
            } else {
                format!("column-{}", slug(place))
            }
        }
        Some((_, name)) => slug(name),
        None => String::new(),
    };
    if name.is_empty() { name } else { format!("-by-{name}") }
}

/// `cotside-efs-<what>-by-kmt2a`, or without `what`.
fn of_endpoint(analysis: &Analysis<'_>, what: &str) -> String {
    let endpoint = slug(analysis.settings.endpoint.code());
    let what = if what.is_empty() {
        String::new()
    } else {
        format!("-{}", slug(what))
    };
    format!("cotside-{endpoint}{what}{}", by_group(analysis))
}

/// The name of a file of a figure of this width in CSS pixels, which is in its name in millimetres: its data have none.
pub fn of_figure(analysis: &Analysis<'_>, figure: &str, width: f64, kind: &str) -> String {
    let what = if figure == "curves" { "" } else { figure };
    let name = of_endpoint(analysis, what);
    match kind {
        "csv" => format!("{name}-data.csv"),
        _ => format!("{name}-{:.0}mm.{kind}", width * 25.4 / 96.0),
    }
}

/// The name of the files of a table, without an ending. Table 1 is of no endpoint.
fn of_table(analysis: &Analysis<'_>, part: &str, table: &str) -> String {
    if OF_PARTS.contains(&table) {
        return of_endpoint(analysis, &format!("{part}-{table}"));
    }
    let renamed = TABLES.iter().find(|(own, _)| *own == table);
    match renamed.map_or(table, |(_, name)| name) {
        "table1" => format!("cotside-table1{}", by_group(analysis)),
        name => of_endpoint(analysis, name),
    }
}

/// A part with the buttons of each table behind it.
pub fn with_table_tools(analysis: &Analysis<'_>, part: &str, html: &str) -> String {
    let settings = analysis.settings;
    let group = id_name(analysis.study, &settings.group);
    let endpoint = capital(lang::origin::listed(settings.origin, settings.endpoint));
    let mark = nature_mark(analysis.study.nature);
    let source = words::table_source(&endpoint, &group, mark, env!("CARGO_PKG_VERSION"));
    let name = |table: &str| (table != OF_FIGURE).then(|| of_table(analysis, part, table));
    with_tools(html, &source, &endpoint, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_ascii_letters_digits_and_hyphens() {
        for (text, named) in [
            ("Event-free_survival (%)", "event-free-survival"),
            ("Größe", "gr-e"),
            ("生存", ""),
            ("../a\\b", "a-b"),
        ] {
            assert_eq!(slug(text), named);
        }
    }
}
