//! What the templates of results hold: no control, no sentence of their own, nothing unescaped but what we made.

use crate::shell;
use crate::structure::strings;

/// Where templates are.
const FOLDERS: [&str; 4] = [
    "crates/views/src",
    "crates/worker/src",
    "crates/workbooks/src",
    "xtask/src/validation",
];

/// Files with sentences of their own: texts in R, what programmers read, the topics of the validation page, workbooks.
const WITH_SENTENCES: [&str; 8] = [
    "crates/worker/src/analysis/script.rs",
    "crates/worker/src/cohort_file/script.rs",
    "crates/worker/src/planning/r.rs",
    "crates/worker/src/scope.rs",
    "crates/workbooks/src/comparison.rs",
    "crates/workbooks/src/words.rs",
    "xtask/src/validation/mod.rs",
    "xtask/src/validation/topics.rs",
];

/// Each source with its name, without its tests.
fn sources() -> Vec<(String, String)> {
    let files = FOLDERS
        .iter()
        .flat_map(|folder| shell::files_under(&shell::root().join(folder)));
    let rust = files.filter(|file| file.extension().is_some_and(|kind| kind == "rs"));
    let read = rust.map(|file| {
        let source = shell::read(&file).unwrap();
        let tested = source.find("#[cfg(test)]").unwrap_or(source.len());
        (shell::shown(&file), source[..tested].to_owned())
    });
    read.collect()
}

/// The control that a line of a template makes.
fn control(line: &str) -> Option<&'static str> {
    let line = line.trim_start();
    ["input", "select", "textarea"].into_iter().find(|name| {
        let rest = line.strip_prefix(name).unwrap_or("(");
        rest.starts_with([' ', '.', '#', ';', '{']) && !rest.trim_start().starts_with(['=', ':'])
    })
}

/// Whether a string reads as a sentence or a heading: three words or more, or a capital and another word.
fn is_sentence(text: &str) -> bool {
    let text = text.trim_matches('"');
    let is_word =
        |word: &&str| word.len() > 1 && word.chars().all(|sign| sign.is_alphabetic() || "’,.:;".contains(sign));
    let words: Vec<&str> = text.split_whitespace().filter(is_word).collect();
    let has_capital = text.starts_with(|first: char| first.is_ascii_uppercase());
    words.len() > 2 || (has_capital && words.len() > 1)
}

#[test]
fn results_have_no_controls_but_buttons() {
    let sources = sources();
    assert!(sources.len() > 60, "templates were not found");
    for (name, source) in sources {
        for (place, line) in source.lines().enumerate() {
            assert_eq!(control(line), None, "{name}:{}: {line}", place + 1);
        }
    }
}

#[test]
fn what_a_result_says_is_written_among_the_words() {
    let mut wrong = Vec::new();
    for (name, source) in sources() {
        if !WITH_SENTENCES.contains(&name.as_str()) {
            let found = strings(&source).into_iter().filter(|each| is_sentence(&each.text));
            wrong.extend(found.map(|each| format!("{name}:{}: {}", each.line, each.text)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Files that put HTML in as it is: the function itself, a drawing, the report, which joins parts made before.
const UNESCAPED: [&str; 4] = [
    "crates/views/src/figure.rs",
    "crates/views/src/parts.rs",
    "crates/views/src/text.rs",
    "crates/worker/src/analysis/outputs.rs",
];

#[test]
fn only_drawings_and_parts_made_before_are_put_in_unescaped() {
    let unescaped = |source: &str| source.contains("trusted(") || source.contains("PreEscaped");
    let found = sources().into_iter().filter(|(_, source)| unescaped(source));
    let found: Vec<String> = found.map(|(name, _)| name).collect();
    assert_eq!(found, UNESCAPED);
}

#[test]
fn controls_and_sentences_are_told_from_other_code() {
    for line in ["input type=\"text\";", "  select.wide {", "textarea {}", "input;"] {
        assert!(control(line).is_some(), "{line}");
    }
    for line in [
        "input: Vec<u8>,",
        "input = 3;",
        "select(a)",
        "inputs;",
        "let input = 1;",
    ] {
        assert_eq!(control(line), None, "{line}");
    }
    for text in [
        "\"Cox regression\"",
        "\"none of these patients\"",
        "\"No test: {why}.\"",
    ] {
        assert!(is_sentence(text), "{text}");
    }
    for text in [
        "\"remark contradiction\"",
        "\"{estimate} ({lower} to {upper})\"",
        "\"M{} 8H{}\"",
        "\"Print\"",
    ] {
        assert!(!is_sentence(text), "{text}");
    }
}
