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
/// Where this is set, as for the published site, programs are installed with the very versions that they were released with.
const LOCKED: &str = "COTSIDE_LOCKED";
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
    install("trunk", "trunk", TRUNK, "It builds the page.", "5 to 20 minutes")
}

/// wasm-bindgen and the runner of the browser tests, both in one package.
pub fn bindgen() -> Outcome<()> {
    let version = bindgen_version()?;
    let why = "It joins the compiled page to the browser.";
    install("wasm-bindgen", "wasm-bindgen-cli", &version, why, "4 to 10 minutes")
}

/// Installs cargo-deny, which checks licences, sources and advisories of dependencies.
pub fn deny() -> Outcome<()> {
    let why = "It checks the licences, sources and advisories of the packages in Cargo.lock.";
    install("cargo-deny", "cargo-deny", DENY, why, "5 to 10 minutes")
}

/// The driver of Firefox.
pub fn geckodriver() -> Outcome<()> {
    let why = "It drives Firefox in the tests.";
    install("geckodriver", "geckodriver", GECKODRIVER, why, "2 minutes")
}

/// Installs a program unless it is here in the wanted version.
fn install(program: &str, package: &str, version: &str, why: &str, takes: &str) -> Outcome<()> {
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
    if prebuilt(program, package, version) {
        return Ok(());
    }
    let what = format!("Installing {package} {version}");
    let locked = shell::run(
        cargo_install(package, version, found.is_some()).arg("--locked"),
        &what,
        NETWORK,
    );
    if locked.is_err() && std::env::var_os(LOCKED).is_none() {
        println!(
            "\nThat failed, perhaps because the registry that this computer uses has not every version that {package} was \
             released with. Trying again with the newest ones that fit."
        );
        shell::run(&mut cargo_install(package, version, found.is_some()), &what, NETWORK)?;
    } else {
        locked?;
    }
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

/// Takes a program that its makers built, where cargo-binstall is installed and finds one: a minute in the place of many. What is
/// published is made with tools that were compiled from the registry.
fn prebuilt(program: &str, package: &str, version: &str) -> bool {
    if std::env::var_os(LOCKED).is_some() || shell::find("cargo-binstall").is_none() {
        return false;
    }
    println!("Looking for a built {package} {version} with cargo-binstall.");
    let mut binstall = shell::command("cargo-binstall");
    binstall.args(["--no-confirm", "--force", "--disable-strategies", "compile"]);
    binstall.arg(format!("{package}@{version}"));
    let is_there = || version_of(program).is_some_and(|found| found.split_whitespace().nth(1) == Some(version));
    binstall.status().is_ok_and(|status| status.success()) && is_there()
}

/// `cargo install`, in place of a program of this name where there is one.
fn cargo_install(package: &str, version: &str, in_place: bool) -> Command {
    let mut cargo = shell::cargo();
    cargo.args(["install", package, "--version", version]);
    // A light build: these programs run for seconds, so the time to compile them counts more than their speed.
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "off");
    cargo.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    // Where a program of this name was installed by other means, cargo must be allowed to replace it.
    if in_place {
        cargo.arg("--force");
    }
    cargo
}
