//! Japanese and Korean have words of their own: what they take from English is named, the same in both, and each file of
//! English has its counterpart in both or a reason why not.

#![allow(clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Files of `ja` and `ko` that still take a module of English as a whole. A module that is translated leaves the list.
const ALLOWED: [&str; 1] = ["page.rs"];

/// Files of `en` that stay in English alone, and why.
const ENGLISH_ONLY: [(&str, &str); 7] = [
    ("adtte.rs", "texts of an exported file"),
    ("figure_results.rs", "figures are printed"),
    ("methods.rs", "the paragraph is printed in papers"),
    ("observation.rs", "texts of an exported file"),
    ("p_values.rs", "P values look alike in every language"),
    ("proof.rs", "sheets of proof are printed by the command line"),
    ("validation.rs", "the page of comparisons with R is in English"),
];

/// What is written in one of the languages as in English, with its signs alone.
const ALIKE: [&str; 3] = [
    "planning_page::printed",
    "planning_page::taken",
    "survival_results::BETWEEN",
];

const LANGUAGES: [&str; 2] = ["ja", "ko"];

fn folder(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(language)
}

/// The files of a language: their paths below its folder, and their texts.
fn files(language: &str) -> BTreeMap<String, String> {
    fn within(folder: &Path, before: &str, found: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
            let name = format!("{before}{name}");
            if path.is_dir() {
                within(&path, &format!("{name}/"), found);
            } else {
                found.insert(name, std::fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    let mut found = BTreeMap::new();
    within(&folder(language), "", &mut found);
    assert!(found.len() > 40, "{language}: {} files", found.len());
    found
}

/// What the public `use` declarations of a source take from English, each as its path below `en`: `cox_results::HR`,
/// `cox_results::*`.
fn taken(source: &str) -> BTreeSet<String> {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let code: Vec<&str> = lines.into_iter().filter(|line| !line.starts_with("//")).collect();
    let code = code.join(" ");
    let uses = code.split("pub use ").skip(1).filter_map(|rest| rest.split(';').next());
    let ways = ["crate::en::", "super::en::", "super::super::en::"];
    uses.filter_map(|path| ways.iter().find_map(|way| path.strip_prefix(way)))
        .flat_map(|path| names("", path))
        .collect()
}

/// The names of a path of a `use` declaration, with its braces opened.
fn names(before: &str, path: &str) -> Vec<String> {
    let path = path.trim();
    let Some((own, list)) = path.split_once('{') else {
        return if path.is_empty() {
            Vec::new()
        } else {
            vec![format!("{before}{path}")]
        };
    };
    let before = format!("{before}{own}");
    let list = list.strip_suffix('}').expect("a brace that closes");
    let mut depth = 0_usize;
    let parts = list.split(|sign| {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        sign == ',' && depth == 0
    });
    parts.flat_map(|part| names(&before, part)).collect()
}

/// What one list has and the other has not, for the text of a failure.
fn differ(wanted: &BTreeSet<&str>, found: &BTreeSet<&str>) -> Option<String> {
    let lines = |what: &str, names: Vec<&&str>| match names.is_empty() {
        true => String::new(),
        false => format!("\n  {what}: {names:?}"),
    };
    let more = lines("not in the list", found.difference(wanted).collect());
    let less = lines("in the list without need", wanted.difference(found).collect());
    Some(format!("{more}{less}")).filter(|text| !text.is_empty())
}

#[test]
fn paths_are_read_with_their_braces() {
    let source = "//! pub use crate::en::doc::*;\nuse crate::en::a::PRIVATE;\npub use crate::en::b::*;\n\
                  pub use super::en::c::{D, e::{F, G},\n    H};\npub use crate::en::i::J;\npub use other::K;\n";
    let found: Vec<String> = taken(source).into_iter().collect();
    assert_eq!(found, ["b::*", "c::D", "c::H", "c::e::F", "c::e::G", "i::J"]);
}

#[test]
fn no_module_of_english_is_taken_as_a_whole() {
    let allowed: BTreeSet<&str> = ALLOWED.into();
    for language in LANGUAGES {
        let files = files(language);
        let is_whole = |source: &str| taken(source).iter().any(|path| path.ends_with('*'));
        let whole = files.iter().filter(|(_, source)| is_whole(source));
        let whole: BTreeSet<&str> = whole.map(|(name, _)| name.as_str()).collect();
        if let Some(lists) = differ(&allowed, &whole) {
            panic!(
                "files of src/{language} that take a module of English with `*`, and ALLOWED of this test, are not the same.\n\
                 Name what stays in English, `pub use crate::en::MODULE::{{A, b}};`, and translate the rest; take a file that \
                 needs no `*` out of ALLOWED.{lists}"
            );
        }
    }
}

#[test]
fn both_languages_leave_the_same_in_english() {
    let [(ja, japanese), (ko, korean)] = LANGUAGES.map(|language| (language, files(language)));
    let mut found = BTreeSet::new();
    for (name, source) in &japanese {
        let other = korean.get(name).map(|source| taken(source));
        let Some(other) = other else {
            panic!("src/{ja}/{name} has no counterpart in src/{ko}")
        };
        found.extend(taken(source).symmetric_difference(&other).cloned());
    }
    let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    if let Some(lists) = differ(&ALIKE.into(), &found) {
        panic!(
            "What one of src/{ja} and src/{ko} takes from English and the other has words for, and ALIKE of this test, are not the \
             same.{lists}"
        );
    }
    let alone: Vec<&String> = korean.keys().filter(|name| !japanese.contains_key(*name)).collect();
    assert!(
        alone.is_empty(),
        "files of src/{ko} without a counterpart in src/{ja}: {alone:?}"
    );
}

#[test]
fn every_file_of_english_has_its_counterparts() {
    let english = files("en");
    for (name, why) in ENGLISH_ONLY {
        assert!(!why.is_empty(), "ENGLISH_ONLY: no reason for {name}");
        assert!(english.contains_key(name), "ENGLISH_ONLY: there is no src/en/{name}");
    }
    for language in LANGUAGES {
        let own = files(language);
        for (name, why) in ENGLISH_ONLY {
            assert!(
                !own.contains_key(name),
                "src/{language}/{name} is there: take it out of ENGLISH_ONLY (“{why}”)"
            );
        }
        let is_only_english = |name: &str| ENGLISH_ONLY.iter().any(|(only, _)| *only == name);
        let names = english.keys().map(String::as_str);
        let missing: Vec<&str> = names
            .filter(|name| !own.contains_key(*name) && !is_only_english(name))
            .collect();
        assert!(
            missing.is_empty(),
            "src/{language} has no counterpart of {missing:?}: translate it, or give the reason in ENGLISH_ONLY"
        );
    }
}
