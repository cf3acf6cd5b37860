//! The glossary for translators, `docs/glossary.md`: each translation is among the words of its language, and both languages
//! have the same terms.

#![allow(clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use std::path::Path;

/// The rows of the table under a heading: term and translation.
fn rows(text: &str, heading: &str) -> Vec<(String, String)> {
    let (_, after) = text.split_once(&format!("\n## {heading}\n")).expect("a heading");
    let table = after.split("\n## ").next().unwrap_or_default();
    let rows = table.lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, term, translation, _, _] = cells[..] else {
            panic!("{row}: three cells are wanted")
        };
        (term.to_owned(), translation.to_owned())
    })
    .collect()
}

/// What the sources of a language say in quotation marks; a text may go on in the next line.
fn words(folder: &Path, of_language: &mut String) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            words(&path, of_language);
            continue;
        }
        let source = std::fs::read_to_string(&path).expect("a text");
        for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
            of_language.push_str(line.trim_start().trim_end_matches('\\'));
        }
    }
}

#[test]
fn every_translation_is_in_use() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(sources.join("../../docs/glossary.md")).expect("the glossary");
    let tables = [("Japanese", "ja"), ("Korean", "ko")].map(|(heading, code)| {
        let mut all = String::new();
        words(&sources.join("src").join(code), &mut all);
        let rows = rows(&text, heading);
        assert!(rows.len() > 30, "{heading}: {} rows", rows.len());
        for (term, translation) in &rows {
            assert!(
                all.contains(translation),
                "{heading}: {term} is not called {translation} anywhere"
            );
        }
        rows
    });
    let terms = tables.map(|rows| rows.into_iter().map(|(term, _)| term).collect::<Vec<String>>());
    assert_eq!(terms[0], terms[1], "the same terms in both languages");
}

/// As long as a language has not been reviewed, the glossary says so.
#[test]
fn unreviewed_is_said() {
    let text = include_str!("../../../docs/glossary.md");
    let waits =
        [cotside_words::ja::page::UNREVIEWED, cotside_words::ko::page::UNREVIEWED].map(|notice| !notice.is_empty());
    assert_eq!(text.contains("**Unreviewed:**"), waits.contains(&true));
}
