//! Node and the packages of package-lock.json: the WebAssembly optimiser, the browser driver, the accessibility checker.

use super::packages::{self, Software};
use super::{announce, version_of};
use crate::failure::{Failure, Outcome};
use crate::shell;
use serde_json::Value;

const OLDEST: u32 = 18;

/// Node, npm and the project's packages in the versions of package-lock.json.
pub fn tools() -> Outcome<()> {
    node()?;
    if missing_packages()?.is_empty() {
        return Ok(());
    }
    println!(
        "\nThe npm tools ({}) are not here as package-lock.json names them. \
         They shrink the page's WebAssembly and drive the tests; nothing of them is in the page. Running `npm ci`.",
        missing_packages()?.join(", ")
    );
    shell::run(
        shell::command("npm").args(["ci", "--omit=optional", "--no-audit", "--no-fund"]),
        "`npm ci`",
        "check that this computer reaches the npm registry, then run this again",
    )
}

fn node() -> Outcome<()> {
    if shell::find("npm").is_none() || shell::find("node").is_none() {
        announce(
            "Node with npm",
            "It runs the WebAssembly optimiser and the tests of the built page.",
        );
        packages::install(Software::Node)?;
    }
    let version = version_of("node").unwrap_or_default();
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= OLDEST => Ok(()),
        _ => Err(Failure::new(
            format!("Node {OLDEST} or newer is needed; what answers is \"{version}\"."),
            "install a newer Node and run this again",
        )),
    }
}

/// The packages of package.json that are not installed in their locked version.
fn missing_packages() -> Outcome<Vec<String>> {
    let lock = json(&shell::read(&shell::root().join("package-lock.json"))?);
    let wanted = lock["packages"][""]["devDependencies"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    let installed = |name: &str| {
        let manifest = shell::root().join("node_modules").join(name).join("package.json");
        json(&shell::read(&manifest).unwrap_or_default())["version"].clone()
    };
    let missing = wanted.into_iter().filter(|(name, version)| installed(name) != *version);
    Ok(missing
        .map(|(name, version)| format!("{name} {}", version.as_str().unwrap_or_default()))
        .collect())
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
