//! The documents name files: each of them must exist.

use crate::shell;
use std::path::Path;

/// The documents that a reader of the repository meets first.
const DOCUMENTS: [&str; 9] = [
    "README.md",
    "ARCHITECTURE.md",
    "DESIGN.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/glossary.md",
    "docs/threat-model.md",
    "bench/README.md",
];

/// Folders whose names begin a path of the repository.
const FOLDERS: [&str; 9] = [
    "crates/",
    "xtask/",
    "www/",
    "tests/",
    "bench/",
    "docs/",
    "packages/",
    ".github/",
    ".ci/",
];

/// The pieces of a document in `code` and the targets of its links.
fn named(document: &str) -> Vec<&str> {
    let code = document.split('`').skip(1).step_by(2);
    let links = document.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    code.chain(links.filter(|link| !link.contains(':') && !link.starts_with('#')))
        .collect()
}

/// True if there is such a file. `<protocol>`, `ID` and `*` match any part of a name; a name without a folder is a
/// file anywhere.
fn exists(name: &str, beside: &str, files: &[String]) -> bool {
    let place = if FOLDERS.iter().any(|folder| name.starts_with(folder)) || !beside.contains('/') {
        name.to_owned()
    } else {
        format!("{}/{name}", beside.rsplit_once('/').map_or("", |(folder, _)| folder))
    };
    let pieces = pieces(&place);
    let matching = |file: &String| {
        let whole = fits(file, &pieces);
        let inside = file.match_indices('/').any(|(at, _)| {
            let folder = &file[..=at];
            fits(folder, &pieces) || fits(folder.trim_end_matches('/'), &pieces)
        });
        let anywhere = !name.contains('/') && file.rsplit('/').next() == Some(name);
        whole || inside || anywhere
    };
    files.iter().any(matching)
}

/// Returns the fixed parts of a name, between those that match anything.
fn pieces(name: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        plain.push('*');
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain.split('*').map(str::to_owned).collect()
}

fn fits(file: &str, pieces: &[String]) -> bool {
    let [first, middle @ .., last] = pieces else {
        return pieces.first().is_some_and(|whole| whole == file);
    };
    let Some(mut rest) = file
        .strip_prefix(first.as_str())
        .and_then(|rest| rest.strip_suffix(last.as_str()))
    else {
        return false;
    };
    for piece in middle {
        match rest.split_once(piece.as_str()) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    true
}

/// A word in `code` that is a path of the repository, or a file's name.
fn is_path(word: &str) -> bool {
    let plain = word
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "._-/<>* ".contains(c));
    let ending = [
        ".rs", ".R", ".js", ".mjs", ".md", ".csv", ".html", ".css", ".toml", ".yml", ".py",
    ];
    plain
        && (FOLDERS.iter().any(|folder| word.starts_with(folder))
            || !word.contains(['/', ' ', '*', '<']) && ending.iter().any(|ending| word.ends_with(ending)))
}

/// Names of files that a reader makes or that a build writes.
const OTHERS: [&str; 4] = ["patients.csv", "cohort.csv", "points.csv", "numbers.csv"];

/// The files of the repository, as git would list them.
fn files(root: &Path) -> Vec<String> {
    let mut all = Vec::new();
    for folder in FOLDERS {
        for file in shell::files_under(&root.join(folder)) {
            all.push(shell::shown(&file).replace('\\', "/"));
        }
    }
    let top = std::fs::read_dir(root).into_iter().flatten().flatten();
    all.extend(top.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    all
}

#[test]
fn every_file_that_the_documents_name_exists() {
    let root = shell::root();
    let files = files(&root);
    let mut missing = Vec::new();
    let mut seen = 0;
    for document in DOCUMENTS {
        let text = shell::read(&root.join(document)).unwrap();
        // Blocks of code hold commands.
        let prose: String = text.split("```").step_by(2).collect();
        for word in named(&prose) {
            let target = text.contains(&format!("]({word})"));
            if !(target || is_path(word)) || OTHERS.contains(&word) {
                continue;
            }
            seen += 1;
            if !exists(word, document, &files) {
                missing.push(format!("{document}: {word}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(seen > 100, "{seen}");
}

#[test]
fn names_with_parts_that_may_be_anything() {
    let files = [
        "crates/core/src/protocols/mll_10.rs".to_owned(),
        "xtask/src/setup/node.rs".to_owned(),
    ];
    for (name, there) in [
        ("crates/core/src/protocols/<protocol>.rs", true),
        ("crates/core/src/protocols/*.md", false),
        ("crates/*/src/protocols/", true),
        ("xtask/src/setup/", true),
        ("xtask/src/setup", true),
        ("xtask/src/setups", false),
        ("mll_10.rs", true),
        ("mll_11.rs", false),
    ] {
        assert_eq!(exists(name, "README.md", &files), there, "{name}");
    }
}

/// Names of functions that a module hands on to users of the crate (`pub use file::{Type, function}`), with their file.
fn exported_functions(module: &str) -> Vec<(&str, &str)> {
    let uses = module
        .split("pub use ")
        .skip(1)
        .filter_map(|rest| rest.split(';').next());
    uses.filter_map(|path| path.split_once("::"))
        .flat_map(|(file, names)| {
            let names = names.trim_matches(['{', '}']).split(',').map(str::trim);
            names.map(move |name| (file, name.trim_matches(['{', '}']).trim()))
        })
        .filter(|(_, name)| name.starts_with(|first: char| first.is_ascii_lowercase()))
        .collect()
}

/// True if the doc comment of a public function has an example, which `cargo test --doc` runs.
fn has_example(source: &str, function: &str) -> bool {
    let Some((before, _)) = source.split_once(&format!("\npub fn {function}(")) else {
        return false;
    };
    let lines = before.lines().rev();
    lines
        .take_while(|line| line.starts_with("///") || line.starts_with("#["))
        .any(|line| line == "/// ```")
}

#[test]
fn every_function_of_survival_analysis_has_an_example() {
    let mut missing = Vec::new();
    let mut seen = 0;
    for folder in ["crates/core/src/survival", "crates/core/src/survival/cox"] {
        let folder = shell::root().join(folder);
        let module = shell::read(&folder.join("mod.rs")).unwrap();
        for (file, name) in exported_functions(&module) {
            let source = shell::read(&folder.join(format!("{file}.rs"))).unwrap();
            seen += 1;
            if !has_example(&source, name) {
                missing.push(format!("{file}.rs: {name}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(seen > 30, "{seen}");
}
