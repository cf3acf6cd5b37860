//! Laws of pooled analyses by files: words that their texts never use, and the one door through which numbers leave.

use crate::{shell, structure};

/// The files whose texts are shown, or stand in files, around a pooled analysis.
const TEXTS: [&str; 3] = [
    "crates/words/src/en",
    "crates/cli/src/federate",
    "crates/core/src/federated",
];

/// What no such text promises: it depends on what the recipient knows.
const NEVER: [&str; 5] = ["anonymous", "anonymis", "safe", "compliant", "cannot be identified"];

/// Sources of pooled analyses with their names.
fn sources() -> Vec<(String, String)> {
    let files = TEXTS
        .iter()
        .flat_map(|folder| shell::files_under(&shell::root().join(folder)));
    let named = files.map(|file| (shell::shown(&file), shell::read(&file).unwrap()));
    let is_of = |name: &str| {
        let words = name.starts_with("crates/words");
        name.ends_with(".rs")
            && (!words
                || ["federated", "pooled", "combine"]
                    .iter()
                    .any(|part| name.contains(part)))
    };
    named.filter(|(name, _)| is_of(&name.replace('\\', "/"))).collect()
}

#[test]
fn texts_promise_nothing() {
    let sources = sources();
    assert!(sources.len() > 20, "{} sources", sources.len());
    for (name, source) in sources {
        for literal in structure::strings(&source) {
            let text = literal.text.to_lowercase().replace("anonymiz", "anonymis");
            for word in NEVER {
                assert!(!text.contains(word), "{name}:{}: {}", literal.line, literal.text);
            }
        }
    }
    let chapter = shell::read(&shell::root().join("docs/handbook/pooled.md")).unwrap();
    let chapter = chapter.to_lowercase().replace("anonymiz", "anonymis");
    for word in NEVER {
        assert!(!chapter.contains(word), "docs/handbook/pooled.md: {word}");
    }
}

/// `plain_summary` makes a site's sums before any limit; a file comes from `site_file` alone.
#[test]
fn sums_leave_by_one_door() {
    let crates = shell::files_under(&shell::root().join("crates"));
    let sources = crates
        .into_iter()
        .filter(|file| file.extension().is_some_and(|kind| kind == "rs"));
    let mut uses_door = 0;
    for file in sources {
        let name = shell::shown(&file).replace('\\', "/");
        if name.starts_with("crates/core/src/federated") || name.contains("/tests/") {
            continue;
        }
        let source = shell::read(&file).unwrap();
        assert!(!source.contains("plain_summary"), "{name} takes sums around the limits");
        uses_door += usize::from(source.contains("site_file("));
    }
    assert!(uses_door > 0);
}
