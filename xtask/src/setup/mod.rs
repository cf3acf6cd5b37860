//! Installs the programs that the other scripts need, where they are missing, and prints the reason before each
//! installation.

mod browser;
mod node;
mod packages;
mod rust;

use crate::failure::Outcome;
use crate::shell;
pub use browser::{Browser, Engine, firefox, webkit};
pub use rust::deny;

/// Options of `cargo xtask setup`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Also what `test` needs
    #[arg(long)]
    test: bool,
}

/// `cargo xtask setup`.
pub fn command(options: &Options) -> Outcome<()> {
    let optimiser = for_build()?;
    println!(
        "Trunk {} and wasm-bindgen {} are in place.",
        rust::TRUNK,
        rust::bindgen_version()?
    );
    if optimiser == Optimiser::Present {
        println!("The npm tools of package-lock.json are in place.");
    }
    if options.test {
        let browser = for_test()?;
        println!("Browser: {} ({}).", browser.version, browser.program.display());
        println!("Its driver: {}.", browser.driver.display());
        for (name, engine) in [("Firefox", firefox()), ("WebKit", webkit())] {
            match engine {
                Ok(engine) => println!("{name}: {}.", engine.program.display()),
                Err(reason) => println!("{name} is not tested.{reason}"),
            }
        }
    }
    Ok(())
}

/// Whether the WebAssembly optimiser can run. The page works without it, some tens of kilobytes larger.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Optimiser {
    /// `wasm-opt` is there.
    Present,
    /// It could not be installed.
    Absent,
}

/// Everything that building and serving needs; no browser.
pub fn for_build() -> Outcome<Optimiser> {
    rust::wasm_target()?;
    rust::trunk()?;
    rust::bindgen()?;
    match node::tools() {
        Ok(()) => Ok(Optimiser::Present),
        Err(failure) => {
            println!("{failure}");
            println!("Going on without wasm-opt: the page is the same, its download larger.");
            Ok(Optimiser::Absent)
        }
    }
}

/// Installs the programs that the tests need beyond [`for_build`]: Node with its packages, Chromium and its driver.
pub fn for_test() -> Outcome<Browser> {
    node::tools()?;
    browser::chromium()
}

/// Prints what is missing and why it is needed, before it is installed.
fn announce(what: &str, why: &str) {
    println!("\n{what} is not here. {why}");
}

/// The first line that a program prints for `--version`.
fn version_of(program: &str) -> Option<String> {
    let text = shell::output(shell::command(program).arg("--version"))?;
    text.lines().next().map(str::to_owned)
}
