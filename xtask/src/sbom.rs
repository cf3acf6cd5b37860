//! What the published programs are made of, as a bill of materials in CycloneDX 1.6: every crate with its version,
//! licence and checksum, and which crate needs which. The npm tools are not in it: nothing of them is published.
//!
//! It has no time and no number of its own, so that the same sources give the same file.

use crate::failure::{Failure, Outcome};
use crate::shell;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The packages whose programs are published: the page with its modules, and the command line.
const PUBLISHED: [&str; 6] = [
    "cotside-app",
    "cotside-worker",
    "cotside-workbooks",
    "cotside-exports",
    "cotside-wasm",
    "cotside-cli",
];

/// The systems for which they are published.
const SYSTEMS: [&str; 4] = [
    "wasm32-unknown-unknown",
    "x86_64-unknown-linux-gnu",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
];

/// What only tests turn on. `cargo metadata` turns on every feature that any package of the workspace asks for, in tests too.
const OF_TESTS: [&str; 1] = ["schemars"];

/// The bill of materials of this workspace.
pub fn document(version: &str) -> Outcome<String> {
    let mut packages = BTreeMap::new();
    let mut edges: BTreeMap<String, BTreeSet<Edge>> = BTreeMap::new();
    for system in SYSTEMS {
        let read = metadata(system)?;
        collect(&read, &mut packages, &mut edges);
    }
    let sums = checksums(&shell::read(&shell::root().join("Cargo.lock"))?);
    let text = serde_json::to_string_pretty(&bill(version, &packages, &edges, &sums));
    text.map(|text| format!("{text}\n"))
        .map_err(|error| Failure::new(format!("The list of parts could not be written: {error}."), ""))
}

/// What cargo says of the packages of a system.
fn metadata(system: &str) -> Outcome<Value> {
    let mut cargo = shell::cargo();
    cargo.args([
        "metadata",
        "--locked",
        "--format-version",
        "1",
        "--filter-platform",
        system,
    ]);
    let read = shell::output(&mut cargo).and_then(|text| serde_json::from_str(&text).ok());
    read.ok_or_else(|| {
        Failure::new(
            "`cargo metadata --locked` gave no list of packages.",
            "run it to see its message; `cargo update --workspace` makes Cargo.lock fit Cargo.toml",
        )
    })
}

/// A package that another one needs, in the program or only while it is compiled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    to: String,
    in_program: bool,
}

type Packages = BTreeMap<String, Value>;
type Edges = BTreeMap<String, BTreeSet<Edge>>;

/// Adds the packages of a system, and who needs whom. Dependencies of tests are left out.
fn collect(read: &Value, packages: &mut Packages, edges: &mut Edges) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut macros = BTreeSet::new();
    for package in list(&read["packages"]) {
        let id = text(&package["id"]);
        let kinds = list(&package["targets"])
            .into_iter()
            .flat_map(|target| list(&target["kind"]));
        if kinds.into_iter().any(|kind| kind == "proc-macro") {
            macros.insert(id.clone());
        }
        packages.insert(id, package);
    }
    for node in list(&read["resolve"]["nodes"]) {
        let needed = edges.entry(text(&node["id"])).or_default();
        for dependency in list(&node["deps"]) {
            if OF_TESTS.contains(&text(&dependency["name"]).as_str()) {
                continue;
            }
            let to = text(&dependency["pkg"]);
            for kind in list(&dependency["dep_kinds"]) {
                let in_program = kind["kind"].is_null() && !macros.contains(&to);
                if kind["kind"] != "dev" {
                    needed.insert(Edge {
                        to: to.clone(),
                        in_program,
                    });
                }
            }
        }
    }
}

/// Everything that is reached from some packages; with `in_program`, only what ends in the program.
fn reached(from: &BTreeSet<String>, edges: &Edges, in_program: bool) -> BTreeSet<String> {
    let mut found = from.clone();
    let mut open: Vec<String> = from.iter().cloned().collect();
    while let Some(package) = open.pop() {
        for edge in edges.get(&package).into_iter().flatten() {
            if (edge.in_program || !in_program) && found.insert(edge.to.clone()) {
                open.push(edge.to.clone());
            }
        }
    }
    found
}

/// The checksums in a lock file, by name and version.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let field = |part: &str, key: &str| {
        let line = part.lines().find_map(|line| line.strip_prefix(&format!("{key} = \"")));
        line.map(|rest| rest.trim_end_matches('"').to_owned())
    };
    let parts = lock.split("[[package]]").skip(1);
    parts
        .filter_map(|part| {
            Some((
                (field(part, "name")?, field(part, "version")?),
                field(part, "checksum")?,
            ))
        })
        .collect()
}

fn bill(version: &str, packages: &Packages, edges: &Edges, sums: &BTreeMap<(String, String), String>) -> Value {
    let name = |package: &Value| package["name"].as_str().unwrap_or_default().to_owned();
    let published = packages
        .iter()
        .filter(|(_, package)| PUBLISHED.contains(&name(package).as_str()));
    let published: BTreeSet<String> = published.map(|(id, _)| id.clone()).collect();
    let (all, program) = (reached(&published, edges, false), reached(&published, edges, true));
    let component = |id: &String| {
        let package = packages.get(id)?;
        let scope = if program.contains(id) { "required" } else { "excluded" };
        Some(component(package, scope, sums))
    };
    let depends = |id: &String| {
        let needed: BTreeSet<String> = edges
            .get(id)
            .into_iter()
            .flatten()
            .filter_map(|edge| packages.get(&edge.to).map(purl))
            .collect();
        Some(json!({ "ref": purl(packages.get(id)?), "dependsOn": needed }))
    };
    let root = format!("cotside@{version}");
    let direct: BTreeSet<String> = published.iter().filter_map(|id| packages.get(id)).map(purl).collect();
    let mut dependencies = vec![json!({ "ref": root, "dependsOn": direct })];
    dependencies.extend(all.iter().filter_map(depends));
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": "cotside",
                "version": version,
                "licenses": [{ "expression": "MIT OR Apache-2.0" }],
            },
        },
        "components": all.iter().filter_map(component).collect::<Vec<_>>(),
        "dependencies": dependencies,
    })
}

fn component(package: &Value, scope: &str, sums: &BTreeMap<(String, String), String>) -> Value {
    let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let mut parts = Map::new();
    parts.insert("type".to_owned(), "library".into());
    parts.insert("bom-ref".to_owned(), purl(package).into());
    parts.insert("name".to_owned(), text("name").into());
    parts.insert("version".to_owned(), text("version").into());
    parts.insert("scope".to_owned(), scope.into());
    if let Some(sum) = sums.get(&(text("name"), text("version"))) {
        parts.insert("hashes".to_owned(), json!([{ "alg": "SHA-256", "content": sum }]));
    }
    let licence = text("license");
    if !licence.is_empty() {
        // Older crates separate their licences by a stroke.
        let expression = licence.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ");
        parts.insert("licenses".to_owned(), json!([{ "expression": expression }]));
    }
    parts.insert("purl".to_owned(), purl(package).into());
    Value::Object(parts)
}

/// The address of a package as other programs know it.
fn purl(package: &Value) -> String {
    let text = |key: &str| package[key].as_str().unwrap_or_default();
    format!("pkg:cargo/{}@{}", text("name"), text("version"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed() -> Value {
        serde_json::from_str(&document("1.2.3").unwrap()).unwrap()
    }

    fn scopes(bill: &Value) -> BTreeMap<String, String> {
        let components = bill["components"].as_array().unwrap().iter();
        let pair = |part: &Value| {
            let text = |key: &str| part[key].as_str().unwrap().to_owned();
            (text("name"), text("scope"))
        };
        components.map(pair).collect()
    }

    #[test]
    fn what_is_in_the_program_is_told_from_what_compiles_it() {
        let scopes = scopes(&listed());
        for (name, scope) in [
            ("cotside-core", "required"),
            ("leptos", "required"),
            ("clap", "required"),
            ("wasm-bindgen", "required"),
            ("serde_derive", "excluded"),
            ("maud_macros", "excluded"),
        ] {
            assert_eq!(scopes.get(name).map(String::as_str), Some(scope), "{name}");
        }
        // Of tests and scripts nothing is published.
        for name in ["proptest", "insta", "axum", "xtask", "schemars", "schemars_derive"] {
            assert!(!scopes.contains_key(name), "{name}");
        }
    }

    #[test]
    fn every_part_has_a_licence_and_every_part_of_others_a_checksum() {
        let bill = listed();
        let components = bill["components"].as_array().unwrap();
        assert!(components.len() > 100, "{}", components.len());
        let mut references = BTreeSet::from(["cotside@1.2.3".to_owned()]);
        for part in components {
            assert!(part["licenses"][0]["expression"].is_string(), "{part}");
            let own = part["name"].as_str().unwrap().starts_with("cotside-");
            assert_eq!(own, part["hashes"].is_null(), "{part}");
            assert!(
                references.insert(part["bom-ref"].as_str().unwrap().to_owned()),
                "{part}"
            );
        }
        let dependencies = bill["dependencies"].as_array().unwrap();
        assert_eq!(dependencies.len(), references.len());
        for entry in dependencies {
            let needed = entry["dependsOn"].as_array().unwrap().iter().chain([&entry["ref"]]);
            for reference in needed {
                assert!(references.contains(reference.as_str().unwrap()), "{reference}");
            }
        }
    }

    fn keys(value: &Value) -> Vec<&str> {
        value.as_object().unwrap().keys().map(String::as_str).collect()
    }

    fn is_one_of(value: &Value, allowed: &[&str]) -> bool {
        value.as_str().is_some_and(|text| allowed.contains(&text))
    }

    /// What the schema of CycloneDX 1.6 asks of the parts that are used here; the whole document was valid by that schema (its
    /// own file, a validator that is not ours) when this was written.
    #[test]
    fn its_shape_is_that_of_cyclonedx() {
        let bill = listed();
        let known = [
            "$schema",
            "bomFormat",
            "specVersion",
            "version",
            "metadata",
            "components",
            "dependencies",
        ];
        assert_eq!(keys(&bill), known);
        assert_eq!(
            (&bill["bomFormat"], &bill["specVersion"]),
            (&json!("CycloneDX"), &json!("1.6"))
        );
        assert!(bill["version"].as_u64() >= Some(1));
        let root = &bill["metadata"]["component"];
        for part in bill["components"].as_array().unwrap().iter().chain([root]) {
            let known = [
                "type", "bom-ref", "name", "version", "scope", "hashes", "licenses", "purl",
            ];
            assert!(keys(part).iter().all(|key| known.contains(key)), "{part}");
            assert!(is_one_of(&part["type"], &["application", "library"]), "{part}");
            assert!(
                part["scope"].is_null() || is_one_of(&part["scope"], &["required", "excluded"]),
                "{part}"
            );
            for key in ["bom-ref", "name", "version"] {
                assert!(part[key].as_str().is_some_and(|text| !text.is_empty()), "{part}: {key}");
            }
            for hash in part["hashes"].as_array().into_iter().flatten() {
                let digits = hash["content"].as_str().unwrap();
                assert!(
                    digits.len() == 64 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()),
                    "{part}"
                );
                assert_eq!((keys(hash), &hash["alg"]), (vec!["alg", "content"], &json!("SHA-256")));
            }
            // One expression of SPDX: names of licences, joined.
            assert_eq!(part["licenses"].as_array().map(Vec::len), Some(1), "{part}");
            assert_eq!(keys(&part["licenses"][0]), ["expression"]);
            let expression = part["licenses"][0]["expression"]
                .as_str()
                .unwrap()
                .replace(['(', ')'], "");
            let words: Vec<&str> = expression.split(' ').collect();
            let joins = |word: &&str| ["AND", "OR", "WITH"].contains(word);
            let is_name = |word: &&str| {
                word.chars()
                    .all(|each| each.is_ascii_alphanumeric() || "-.+".contains(each))
            };
            let in_turn = words
                .iter()
                .enumerate()
                .all(|(at, word)| (at % 2 == 1) == joins(word) && is_name(word));
            assert!(in_turn && words.len() % 2 == 1, "{part}");
        }
        for entry in bill["dependencies"].as_array().unwrap() {
            assert_eq!(keys(entry), ["ref", "dependsOn"]);
            let needed = entry["dependsOn"].as_array().unwrap();
            let different: BTreeSet<&str> = needed.iter().filter_map(Value::as_str).collect();
            assert_eq!(different.len(), needed.len(), "{entry}");
        }
    }

    #[test]
    fn a_package_that_only_a_macro_needs_is_not_in_the_program() {
        let edge = |to: &str, in_program| Edge {
            to: to.to_owned(),
            in_program,
        };
        let edges = BTreeMap::from([
            (
                "app".to_owned(),
                BTreeSet::from([edge("lib", true), edge("macro", false)]),
            ),
            ("macro".to_owned(), BTreeSet::from([edge("syn", true)])),
        ]);
        let from = BTreeSet::from(["app".to_owned()]);
        assert_eq!(
            reached(&from, &edges, true),
            BTreeSet::from(["app".to_owned(), "lib".to_owned()])
        );
        assert_eq!(reached(&from, &edges, false).len(), 4);
    }
}
