//! Rules of dependencies between the crates, the folders of `crates/core`, and the files of some of them; and rules of
//! error types. Each test names the file and line of a violation.

use crate::shell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Each crate with the crates of this workspace that it is built on, in their order: the lowest first.
const CRATES: &[(&str, &[&str])] = &[
    ("cotside-text", &[]),
    ("cotside-core", &["cotside-text"]),
    ("cotside-figures", &["cotside-text"]),
    ("cotside-words", &["cotside-core"]),
    ("cotside-views", &["cotside-core", "cotside-figures", "cotside-words"]),
    ("cotside-messages", &["cotside-core", "cotside-text"]),
    (
        "cotside-workbooks",
        &["cotside-core", "cotside-messages", "cotside-words"],
    ),
    ("cotside-exports", &["cotside-figures", "cotside-messages"]),
    (
        "cotside-worker",
        &[
            "cotside-core",
            "cotside-figures",
            "cotside-messages",
            "cotside-views",
            "cotside-words",
            "cotside-workbooks",
        ],
    ),
    ("cotside-documents", &["cotside-core", "cotside-views", "cotside-words"]),
    (
        "cotside-app",
        &["cotside-core", "cotside-messages", "cotside-views", "cotside-words"],
    ),
    ("cotside-bindings", &["cotside-core", "cotside-words"]),
    ("cotside-wasm", &["cotside-bindings", "cotside-core", "cotside-words"]),
    (
        "cotside-cli",
        &["cotside-core", "cotside-words", "cotside-workbooks", "cotside-worker"],
    ),
    (
        "xtask",
        &["cotside-core", "cotside-documents", "cotside-views", "cotside-words"],
    ),
];

/// The same of tests and examples alone.
const CRATES_OF_TESTS: &[(&str, &[&str])] = &[("cotside-figures", &["cotside-core"])];

/// Each folder of `crates/core/src` with those that it may name, the lowest first.
const FOLDERS: &[(&str, &[&str])] = &[
    ("infant", &[]),
    ("survival", &[]),
    ("schema", &[]),
    ("cohort", &["infant", "survival"]),
    ("evidence", &["infant", "survival", "cohort"]),
    ("protocols", &["infant", "survival", "cohort", "evidence"]),
    (
        "federated",
        &["infant", "survival", "schema", "cohort", "evidence", "protocols"],
    ),
];

/// Folders of `crates/core/src` in which no file names, by way of others, itself. Tests are left out.
const WITHOUT_CYCLES: [&str; 4] = ["infant", "survival", "cohort", "evidence"];

/// A word, `::`, or any other sign of a source; or a string.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// The tokens of a Rust source without comments, strings, numbers of characters and lifetimes.
fn tokens(source: &str) -> Vec<Token> {
    scan(source).0
}

/// The strings of a Rust source as they are written, with their quotation marks.
pub fn strings(source: &str) -> Vec<Token> {
    scan(source).1
}

/// Tokens and strings.
fn scan(source: &str) -> (Vec<Token>, Vec<Token>) {
    let signs: Vec<char> = source.chars().collect();
    let at = |place: usize| signs.get(place).copied().unwrap_or('\0');
    let (mut place, mut line) = (0, 1);
    let (mut found, mut literals) = (Vec::new(), Vec::new());
    while place < signs.len() {
        let start = place;
        let (mut text, mut is_string) = (None, false);
        match signs[place] {
            '/' if at(place + 1) == '/' => {
                while place < signs.len() && signs[place] != '\n' {
                    place += 1;
                }
            }
            '/' if at(place + 1) == '*' => place = end_of_comment(&signs, place),
            '"' => {
                place = end_of_string(&signs, place);
                is_string = true;
            }
            '\'' if at(place + 1) == '\\' || at(place + 2) == '\'' => place = end_of_character(&signs, place),
            '\'' => {
                place += 1;
                while is_of_word(at(place)) {
                    place += 1;
                }
            }
            sign if is_of_word(sign) => {
                while is_of_word(at(place)) {
                    place += 1;
                }
                let word: String = signs[start..place].iter().collect();
                match at(place) {
                    '"' | '#' if matches!(&*word, "r" | "br" | "cr") => {
                        place = end_of_raw_string(&signs, place);
                        is_string = true;
                    }
                    '"' if matches!(&*word, "b" | "c") => {
                        place = end_of_string(&signs, place);
                        is_string = true;
                    }
                    '\'' if word == "b" => place = end_of_character(&signs, place),
                    _ => text = Some(word),
                }
            }
            ':' if at(place + 1) == ':' => {
                place += 2;
                text = Some("::".to_owned());
            }
            sign => {
                place += 1;
                text = (!sign.is_whitespace()).then(|| sign.to_string());
            }
        }
        found.extend(text.map(|text| Token { text, line }));
        if is_string {
            let text = signs[start..place.min(signs.len())].iter().collect();
            literals.push(Token { text, line });
        }
        line += signs[start..place.min(signs.len())]
            .iter()
            .filter(|&&sign| sign == '\n')
            .count();
    }
    (found, literals)
}

fn is_of_word(sign: char) -> bool {
    sign == '_' || sign.is_alphanumeric()
}

fn end_of_comment(signs: &[char], mut place: usize) -> usize {
    let mut depth = 0;
    while place < signs.len() {
        match (signs[place], signs.get(place + 1)) {
            ('/', Some('*')) => depth += 1,
            ('*', Some('/')) => depth -= 1,
            _ => {
                place += 1;
                continue;
            }
        }
        place += 2;
        if depth == 0 {
            break;
        }
    }
    place
}

/// Behind the closing quotation mark of a string that begins here.
fn end_of_string(signs: &[char], mut place: usize) -> usize {
    place += 1;
    while place < signs.len() && signs[place] != '"' {
        place += if signs[place] == '\\' { 2 } else { 1 };
    }
    place + 1
}

fn end_of_character(signs: &[char], mut place: usize) -> usize {
    place += 1;
    while place < signs.len() && signs[place] != '\'' {
        place += if signs[place] == '\\' { 2 } else { 1 };
    }
    place + 1
}

/// Behind a raw string whose `#`s or quotation mark begin here. A raw word (`r#type`) ends with its `#`.
fn end_of_raw_string(signs: &[char], mut place: usize) -> usize {
    let hashes = signs[place..].iter().take_while(|&&sign| sign == '#').count();
    place += hashes;
    if signs.get(place) != Some(&'"') {
        return place;
    }
    place += 1;
    while place < signs.len() {
        let closes =
            signs[place] == '"' && signs[place + 1..].iter().take_while(|&&sign| sign == '#').count() >= hashes;
        place += 1;
        if closes {
            return place + hashes;
        }
    }
    place
}

/// A path that a source names.
#[derive(Debug, Clone, PartialEq)]
struct Named {
    /// From the root of the crate on: the words of the path, the last perhaps `*`.
    path: Vec<String>,
    line: usize,
    /// True if it is in a module of tests.
    in_test: bool,
    /// True if it gives the name on (`pub use`).
    given_on: bool,
}

/// Returns the names in the module `of` by `crate::`, `super::` and `self::`, and in `use` by its own modules
/// (`children`).
fn named(source: &str, of: &[String], children: &BTreeSet<String>) -> Vec<Named> {
    let tokens = tokens(source);
    let text = |place: usize| tokens.get(place).map_or("", |token| token.text.as_str());
    let mut found = Vec::new();
    // Modules within the file, each with the depth of its braces and whether it is one of tests.
    let mut inside: Vec<(String, usize, bool)> = Vec::new();
    let (mut depth, mut place) = (0, 0);
    while place < tokens.len() {
        let word = text(place);
        let starts_use = place > 0 && text(place - 1) == "use";
        let is_path = text(place + 1) == "::"
            && text(place.wrapping_sub(1)) != "::"
            && (matches!(word, "crate" | "super" | "self")
                || starts_use && inside.is_empty() && children.contains(word));
        match word {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inside.retain(|(_, of, _)| *of <= depth);
            }
            "mod" if text(place + 2) == "{" => {
                let is_test = place > 1 && text(place - 1) == "]" && text(place - 3) == "test";
                inside.push((text(place + 1).to_owned(), depth + 1, is_test));
            }
            _ if is_path => {
                let mut module = of.to_vec();
                module.extend(inside.iter().map(|(name, ..)| name.clone()));
                let before = if starts_use { text(place.wrapping_sub(2)) } else { "" };
                let context = Named {
                    path: module,
                    line: tokens[place].line,
                    in_test: inside.iter().any(|(.., is_test)| *is_test),
                    given_on: matches!(before, "pub" | ")"),
                };
                place = tree(&tokens, place, &context, &mut found);
                continue;
            }
            _ => {}
        }
        place += 1;
    }
    found
}

/// Reads the path at `place`, with all that its braces hold, as seen from the module `from`; returns the position after
/// it.
fn tree(tokens: &[Token], mut place: usize, from: &Named, found: &mut Vec<Named>) -> usize {
    let text = |place: usize| tokens.get(place).map_or("", |token| token.text.as_str());
    let mut path = from.path.clone();
    let line = tokens.get(place).map_or(from.line, |token| token.line);
    loop {
        match text(place) {
            "crate" => path.clear(),
            "super" => drop(path.pop()),
            "self" => {}
            "{" => {
                place += 1;
                while !matches!(text(place), "}" | "") {
                    let from = Named {
                        path: path.clone(),
                        ..from.clone()
                    };
                    place = tree(tokens, place, &from, found);
                    // Another name (`as …`), and the comma.
                    while !matches!(text(place), "," | "}" | "") {
                        place += 1;
                    }
                    place += usize::from(text(place) == ",");
                }
                return place + 1;
            }
            word => path.push(word.to_owned()),
        }
        place += 1;
        let next = text(place + 1);
        let goes_on = next == "{" || next == "*" || next.starts_with(|sign: char| is_of_word(sign));
        if text(place) != "::" || !goes_on {
            found.push(Named {
                path,
                line,
                ..from.clone()
            });
            return place;
        }
        place += 1;
    }
}

/// The sources of a crate by their modules.
struct Sources {
    modules: BTreeMap<Vec<String>, Module>,
}

struct Module {
    /// Path relative to the project's folder.
    file: String,
    named: Vec<Named>,
}

impl Sources {
    fn of_core() -> Self {
        let folder = shell::root().join("crates").join("core").join("src");
        let files = shell::files_under(&folder).into_iter();
        let files = files.filter(|file| file.extension().is_some_and(|kind| kind == "rs"));
        Self::new(files.map(|file| {
            let source = shell::read(&file).unwrap();
            (
                module_of(file.strip_prefix(&folder).unwrap()),
                shell::shown(&file),
                source,
            )
        }))
    }

    fn new(files: impl Iterator<Item = (Vec<String>, String, String)>) -> Self {
        let files: Vec<_> = files.collect();
        let modules = files.iter().map(|(module, file, source)| {
            let children = files
                .iter()
                .filter(|(other, ..)| other.split_last().is_some_and(|(_, parent)| parent == module));
            let children = children.filter_map(|(other, ..)| other.last().cloned()).collect();
            let named = named(source, module, &children);
            (
                module.clone(),
                Module {
                    file: file.clone(),
                    named,
                },
            )
        });
        Self {
            modules: modules.collect(),
        }
    }

    /// The module in whose file a path from the root of the crate ends, by way of the names that modules give on.
    fn owner(&self, path: &[String]) -> Vec<String> {
        let known = (0..=path.len())
            .rev()
            .find(|&length| self.modules.contains_key(&path[..length]));
        let module = path[..known.unwrap_or(0)].to_vec();
        let given_on = path.get(module.len()).and_then(|name| {
            let named = self.modules.get(&module)?.named.iter();
            let mut given = named.filter(|named| named.given_on && named.path.last() == Some(name));
            given.next().filter(|given| given.path != path)
        });
        given_on.map_or(module, |given| self.owner(&given.path))
    }

    /// Returns every use of another module: the module, the name, and the position.
    fn edges(&self) -> impl Iterator<Item = (&Vec<String>, Vec<String>, String, &Named)> {
        self.modules.iter().flat_map(move |(module, source)| {
            let each = source.named.iter();
            each.map(move |named| {
                (
                    module,
                    self.owner(&named.path),
                    format!("{}:{}", source.file, named.line),
                    named,
                )
            })
        })
    }

    /// Returns uses that violate the order of folders.
    fn against(&self, folders: &[(&str, &[&str])]) -> Vec<String> {
        let mut wrong = Vec::new();
        for (module, owner, place, _) in self.edges() {
            let (Some(from), Some(to)) = (module.first(), owner.first()) else {
                continue;
            };
            let known = folders.iter().find(|(folder, _)| folder == from);
            if from != to && known.is_none_or(|(_, below)| !below.contains(&to.as_str())) {
                wrong.push(format!("{place}: {from} names {}", owner.join("::")));
            }
        }
        wrong
    }

    /// Returns a cycle between files of a folder, each step with its position; empty where there is none.
    fn cycles(&self, folder: &str) -> Vec<String> {
        let mut edges: BTreeMap<&Vec<String>, BTreeMap<Vec<String>, String>> = BTreeMap::new();
        for (module, owner, place, named) in self.edges() {
            let inside = |module: &[String]| module.first().is_some_and(|first| first == folder);
            if inside(module) && inside(&owner) && *module != owner && !named.in_test && !named.given_on {
                edges.entry(module).or_default().entry(owner).or_insert(place);
            }
        }
        // A file that uses no remaining file is in no cycle.
        loop {
            let left: BTreeSet<Vec<String>> = edges.keys().map(|module| (*module).clone()).collect();
            let before: usize = edges.values().map(BTreeMap::len).sum();
            edges
                .values_mut()
                .for_each(|named| named.retain(|owner, _| left.contains(owner)));
            edges.retain(|_, named| !named.is_empty());
            let named: BTreeSet<Vec<String>> = edges.values().flat_map(BTreeMap::keys).cloned().collect();
            edges.retain(|module, _| named.contains(*module));
            if edges.values().map(BTreeMap::len).sum::<usize>() == before {
                break;
            }
        }
        let steps = edges.into_values().flatten();
        steps
            .map(|(owner, place)| format!("{place} names {}", owner.join("::")))
            .collect()
    }
}

/// `survival/cox/mod.rs` is the module `survival::cox`.
fn module_of(file: &Path) -> Vec<String> {
    let mut module: Vec<String> = file
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if module.last().is_some_and(|last| last == "mod" || last == "lib") {
        module.pop();
    }
    module
}

/// Dependencies on crates of this workspace: of the crate itself, or of its tests.
fn dependencies(of_tests: bool) -> BTreeMap<String, BTreeSet<String>> {
    let mut cargo = shell::cargo();
    cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let said = shell::output(&mut cargo).expect("cargo metadata");
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    let packages = said["packages"].as_array().unwrap();
    let own = |package: &serde_json::Value| {
        let all = package["dependencies"].as_array().unwrap().iter();
        let wanted = all.filter(|each| (each["kind"] == "dev") == of_tests && !each["path"].is_null());
        wanted.map(|each| each["name"].as_str().unwrap().to_owned()).collect()
    };
    let named = packages
        .iter()
        .map(|package| (package["name"].as_str().unwrap().to_owned(), own(package)));
    named.collect()
}

fn table(rows: &[(&str, &[&str])]) -> BTreeMap<String, BTreeSet<String>> {
    let row = |(name, below): &(&str, &[&str])| {
        (
            String::from(*name),
            below.iter().map(|each| String::from(*each)).collect(),
        )
    };
    rows.iter().map(row).collect()
}

#[test]
fn crates_know_only_those_below_them() {
    let mut allowed = table(CRATES);
    assert_eq!(dependencies(false), allowed);
    for (name, below) in table(CRATES_OF_TESTS) {
        allowed.entry(name).or_default().extend(below);
    }
    for (name, found) in dependencies(true) {
        let extra: Vec<_> = found.difference(&allowed[&name]).collect();
        assert!(extra.is_empty(), "tests of {name} know {extra:?}");
    }
    let mut lower: BTreeSet<&str> = BTreeSet::new();
    for (name, below) in CRATES {
        assert!(
            below.iter().all(|each| lower.contains(each)),
            "{name} depends on a crate that is listed after it"
        );
        lower.insert(name);
    }
}

#[test]
fn folders_of_core_name_only_those_below_them() {
    let sources = Sources::of_core();
    let folders: BTreeSet<&String> = sources.modules.keys().filter_map(|module| module.first()).collect();
    let listed: BTreeSet<String> = table(FOLDERS).into_keys().collect();
    assert_eq!(folders, listed.iter().collect());
    for (place, (_, below)) in FOLDERS.iter().enumerate() {
        let lower = |each: &&str| FOLDERS[..place].iter().any(|(folder, _)| folder == each);
        assert!(below.iter().all(lower), "the order of folders is none");
    }
    let wrong = sources.against(FOLDERS);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_do_not_name_themselves_by_way_of_others() {
    let sources = Sources::of_core();
    for folder in WITHOUT_CYCLES {
        let found = sources.cycles(folder);

        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

/// The types of a source whose names end with `Error`, each with its line and the attributes before it.
fn errors(source: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = source.lines().collect();
    let is_error = |line: &str| {
        let name = line.strip_prefix("pub enum ").or(line.strip_prefix("pub struct "));
        let name = name.and_then(|rest| rest.split(|sign| !is_of_word(sign)).next());
        name.is_some_and(|name| name.ends_with("Error"))
    };
    let found = (0..lines.len()).filter(|&place| is_error(lines[place]));
    found
        .map(|place| {
            let before = lines[..place].iter().rev().take_while(|line| line.starts_with('#'));
            (place + 1, before.copied().collect())
        })
        .collect()
}

#[test]
fn what_is_called_an_error_is_one() {
    let mut seen = 0;
    for name in ["core", "figures", "bindings", "cli"] {
        for file in shell::files_under(&shell::root().join("crates").join(name).join("src")) {
            for (line, attributes) in errors(&shell::read(&file).unwrap()) {
                seen += 1;
                let place = format!("{}:{line}", shell::shown(&file));
                assert!(
                    attributes.contains("thiserror::Error"),
                    "{place} does not implement std::error::Error"
                );
            }
        }
    }
    assert!(seen > 15, "no error was found");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[(&str, &str)]) -> Sources {
        Sources::new(
            files
                .iter()
                .map(|(file, source)| (module_of(Path::new(file)), (*file).to_owned(), (*source).to_owned())),
        )
    }

    #[test]
    fn comments_and_strings_name_nothing() {
        let source = "// crate::a\n/* crate::b /* */ crate::c */ let x: &'a str = \"crate::d \\\" crate::e\";\n\
                      let y = ('\"', b'\"', '\\'', r#\"crate::f \" crate::g\"#, br\"crate::h\"); crate::here();";
        let found = named(source, &[], &BTreeSet::new());
        assert_eq!(
            found
                .iter()
                .map(|each| (each.path.join("::"), each.line))
                .collect::<Vec<_>>(),
            [("here".to_owned(), 3)]
        );
    }

    #[test]
    fn a_name_against_the_order_is_found_with_its_line() {
        let files = [
            ("lib.rs", "pub mod low; pub mod high; pub use high::Shared;"),
            ("low/mod.rs", "mod a; mod b;\npub use a::{A, other as O};"),
            (
                "low/a.rs",
                "use super::b::{\n    One,\n    two::{self, Three},\n};\nuse crate::{Shared, low::A};",
            ),
            (
                "low/b.rs",
                "fn f() -> crate::high::Thing<super::A> {\n    crate::high::f::<u8>()\n}",
            ),
            ("high.rs", "use crate::low::A;"),
        ];
        let order: &[(&str, &[&str])] = &[("low", &[]), ("high", &["low"])];
        assert_eq!(
            sources(&files).against(order),
            [
                "low/a.rs:5: low names high",
                "low/b.rs:1: low names high",
                "low/b.rs:2: low names high",
            ]
        );
        let all: &[(&str, &[&str])] = &[("low", &["high"]), ("high", &["low"])];
        assert!(sources(&files).against(all).is_empty());
    }

    #[test]
    fn a_cycle_of_files_is_found_by_way_of_a_name_that_is_given_on() {
        let files = [
            (
                "low/mod.rs",
                "mod a; mod b; mod c;\npub use a::A;\npub use b::B;\npub struct Shared;",
            ),
            ("low/a.rs", "use super::{B, Shared};"),
            ("low/b.rs", "use super::c;"),
            ("low/c.rs", "use crate::low::A;"),
            ("low/d.rs", "use super::A;"),
        ];
        let found = [
            "low/a.rs:1 names low::b",
            "low/b.rs:1 names low::c",
            "low/c.rs:1 names low::a",
        ];
        assert_eq!(sources(&files).cycles("low"), found);
        let tested = "#[cfg(test)]\nmod tests {\n    use super::*;\n    use crate::low::A;\n}\nuse super::Shared;";
        let mut without = files;
        without[3].1 = tested;
        assert!(sources(&without).cycles("low").is_empty());
    }
}
