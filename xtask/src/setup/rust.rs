//! The parts that come from rustup and cargo: the WebAssembly target, Trunk, wasm-bindgen's programs.

use super::{announce, version_of};
use crate::failure::{Failure, Outcome};
use crate::shell;
use std::path::Path;
use std::process::Command;

/// The Trunk that the project is built with; later ones need a newer Rust.
pub const TRUNK: &str = "0.22.0-beta.1";
const GECKODRIVER: &str = "0.37.1";
const DENY: &str = "0.20.2";
const TARGET: &str = "wasm32-unknown-unknown";
const NETWORK: &str = "check that this computer reaches the crates registry and has a C compiler, then run this again";

/// The wasm-bindgen version: the program must be of the same version as the crate. Trunk.toml names it.
pub fn bindgen_version() -> Outcome<String> {
    let settings = shell::read(&shell::root().join("Trunk.toml"))?;
    let line = settings
        .lines()
        .find_map(|line| line.trim().strip_prefix("wasm_bindgen"));
    line.and_then(|line| line.split('"').nth(1))
        .map(str::to_owned)
        .ok_or_else(|| {
            Failure::new(
                "Trunk.toml names no wasm-bindgen version.",
                "add `wasm_bindgen = \"…\"` under [tools]",
            )
        })
}

/// The standard library for WebAssembly.
pub fn wasm_target() -> Outcome<()> {
    let sysroot = shell::output(Command::new(rustc()).args(["--print", "sysroot"])).unwrap_or_default();
    if Path::new(&sysroot)
        .join("lib")
        .join("rustlib")
        .join(TARGET)
        .join("lib")
        .is_dir()
    {
        return Ok(());
    }
    announce(
        "Rust's WebAssembly target",
        "The page is Rust compiled to WebAssembly. Adding it with rustup (a minute).",
    );
    shell::run(
        shell::command("rustup").args(["target", "add", TARGET]),
        "`rustup target add wasm32-unknown-unknown`",
        "install Rust with rustup, or the WebAssembly standard library from where your Rust came from",
    )
}

fn rustc() -> String {
    std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned())
}

/// Trunk, which builds the page.
pub fn trunk() -> Outcome<()> {
    install(
        "trunk",
        "trunk",
        TRUNK,
        &["--locked"],
        "It builds the page.",
        "5 to 20 minutes",
    )
}

/// wasm-bindgen and the runner of the browser tests, both in one package.
pub fn bindgen() -> Outcome<()> {
    let version = bindgen_version()?;
    let why = "It joins the compiled page to the browser.";
    install(
        "wasm-bindgen",
        "wasm-bindgen-cli",
        &version,
        &["--locked"],
        why,
        "4 to 10 minutes",
    )
}

/// Installs cargo-deny, which checks licences, sources and advisories of dependencies.
pub fn deny() -> Outcome<()> {
    let why = "It checks the licences, sources and advisories of the packages in Cargo.lock.";
    install("cargo-deny", "cargo-deny", DENY, &["--locked"], why, "5 to 10 minutes")
}

/// The driver of Firefox.
pub fn geckodriver() -> Outcome<()> {
    let why = "It drives Firefox in the tests.";
    install(
        "geckodriver",
        "geckodriver",
        GECKODRIVER,
        &["--locked"],
        why,
        "2 minutes",
    )
}

/// Installs a program unless it is here in the wanted version.
fn install(program: &str, package: &str, version: &str, options: &[&str], why: &str, takes: &str) -> Outcome<()> {
    let found = version_of(program);
    match &found {
        Some(found) if found.split_whitespace().nth(1) == Some(version) => return Ok(()),
        Some(found) => println!(
            "\n{program} is here as \"{found}\", but Cotside is built with {version}. {why} \
             Installing {version} with cargo in place of it ({takes})."
        ),
        None => announce(
            program,
            &format!("{why} Installing {package} {version} with cargo ({takes})."),
        ),
    }
    let mut cargo = shell::cargo();
    cargo.args(["install", package, "--version", version]).args(options);
    // A light build: these programs run for seconds, so the time to compile them counts more than their speed.
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "off");
    cargo.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    // Where a program of this name was installed by other means, cargo must be allowed to replace it.
    if found.is_some() {
        cargo.arg("--force");
    }
    shell::run(&mut cargo, &format!("Installing {package} {version}"), NETWORK)?;
    match version_of(program) {
        Some(found) if found.split_whitespace().nth(1) == Some(version) => Ok(()),
        other => Err(Failure::new(
            format!(
                "{program} was installed, but what answers is {}.",
                other.unwrap_or_else(|| "nothing".to_owned())
            ),
            "put cargo's bin folder (usually ~/.cargo/bin) before others on PATH",
        )),
    }
}

#[cfg(test)]
mod tests {
    /// The oldest Rust that is promised is the one with which everything is checked.
    #[test]
    fn the_compiler_that_is_pinned_is_the_oldest_that_is_promised() {
        let root = crate::shell::root();
        let pinned = crate::shell::read(&root.join("rust-toolchain.toml")).unwrap();
        let manifest = crate::shell::read(&root.join("Cargo.toml")).unwrap();
        let quoted = |text: &str, key: &str| {
            let line = text.lines().find_map(|line| line.trim().strip_prefix(key)).unwrap();
            line.split('"').nth(1).unwrap().to_owned()
        };
        let promised = quoted(&manifest, "rust-version");
        assert_eq!(quoted(&pinned, "channel"), format!("{promised}.0"));
    }

    #[test]
    fn crate_and_program_of_wasm_bindgen_have_one_version() {
        let manifest = crate::shell::read(&crate::shell::root().join("Cargo.toml")).unwrap();
        let wanted = format!("wasm-bindgen = \"={}\"", super::bindgen_version().unwrap());
        assert!(
            manifest.contains(&wanted),
            "Cargo.toml should hold {wanted}, as Trunk.toml does"
        );
    }
}
