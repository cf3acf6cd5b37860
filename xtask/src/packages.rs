//! The packages for other languages: each is built as it would be published, installed in an empty place and tested there.

use crate::failure::{Explain, Failure, Outcome};
use crate::release::VERSION;
use crate::{build, setup, shell};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Package {
    /// For Node and browsers, by WebAssembly
    Npm,
    /// A wheel for Python, tested against lifelines
    Python,
    /// For R, over the command line, by R CMD check
    R,
}

/// Options of `cargo xtask packages`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// These alone [default: all]
    #[arg(long, value_name = "PACKAGES", value_delimiter = ',')]
    only: Vec<Package>,
    /// Without optimisation: sooner, to test them and not to publish them
    #[arg(long)]
    debug: bool,
}

/// What is copied from `packages/npm` beside the module.
const NPM_FILES: [&str; 3] = ["package.json", "node.js", "README.md"];

/// The tools of Python that a test needs.
const PYTHON_TOOLS: [&str; 4] = ["maturin>=1.9,<2", "pandas", "lifelines", "pytest"];

/// `cargo xtask packages`.
pub fn command(options: &Options) -> Outcome<()> {
    let wanted = |package: Package| options.only.is_empty() || options.only.contains(&package);
    let out = shell::target_dir().join("packages");
    std::fs::create_dir_all(&out).explain(format_args!("make the folder {}", shell::shown(&out)))?;
    if wanted(Package::Npm) {
        npm(&out, options.debug)?;
    }
    if wanted(Package::Python) {
        python(&out, options.debug)?;
    }
    if wanted(Package::R) {
        r(&out, options.debug)?;
    }
    println!("The packages are in {}.", shell::shown(&out));
    Ok(())
}

fn folder(package: &str) -> PathBuf {
    shell::root().join("packages").join(package)
}

fn emptied(folder: &Path) -> Outcome<()> {
    if folder.is_dir() {
        std::fs::remove_dir_all(folder).explain(format_args!("remove {}", shell::shown(folder)))?;
    }
    std::fs::create_dir_all(folder).explain(format_args!("make the folder {}", shell::shown(folder)))
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    std::fs::copy(from, to).explain(format_args!("copy {}", shell::shown(from)))?;
    Ok(())
}

/// Packs the module with its types, and uses the packed file under Node and in Chromium.
fn npm(out: &Path, debug: bool) -> Outcome<()> {
    let made = out.join("npm");
    emptied(&made)?;
    build::javascript(debug, &made)?;
    for file in NPM_FILES {
        copy(&folder("npm").join(file), &made.join(file))?;
    }
    for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy(&shell::root().join(file), &made.join(file))?;
    }
    let mut pack = shell::command("npm");
    pack.args(["pack", "--silent", "--pack-destination"]).arg(out);
    pack.current_dir(&made);
    shell::run(&mut pack, "`npm pack`", "")?;
    let browser = setup::for_test()?;
    let mut test = shell::command("node");
    test.arg(folder("npm").join("test.mjs"));
    test.arg(out.join(format!("cotside-{VERSION}.tgz")));
    test.env("COTSIDE_CHROMIUM", &browser.program);
    shell::run(&mut test, "The test of the npm package", "")
}

/// Builds the wheel, installs it in an environment of its own, and runs its tests.
fn python(out: &Path, debug: bool) -> Outcome<()> {
    let missing = "install Python 3.9 or newer with venv, or leave it out: --only npm,r";
    let program =
        shell::find_any(&["python3", "python"]).ok_or_else(|| Failure::new("Python was not found.", missing))?;
    let environment = out.join("python");
    let programs = environment.join(if cfg!(windows) { "Scripts" } else { "bin" });
    if !programs.is_dir() {
        let mut make = Command::new(program);
        make.args(["-m", "venv"]).arg(&environment);
        shell::run(&mut make, "Making an environment of Python", missing)?;
    }
    let python = programs.join(if cfg!(windows) { "python.exe" } else { "python" });
    let pip = |words: &[&str], what: &str| {
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(words);
        shell::run(
            &mut pip,
            what,
            "check that this computer reaches the index of Python's packages",
        )
    };
    pip(&PYTHON_TOOLS, "Installing the tools of Python")?;
    let wheels = out.join("wheels");
    emptied(&wheels)?;
    let mut maturin = Command::new(&python);
    maturin.current_dir(folder("python")).env("PATH", shell::search_path());
    maturin
        .args(["-m", "maturin", "build", "--quiet", "--out"])
        .arg(&wheels);
    if !debug {
        maturin.arg("--release");
    }
    shell::run(&mut maturin, "Building the wheel", "")?;
    let wheel = shell::files_under(&wheels).pop();
    let wheel = wheel.ok_or_else(|| Failure::new("maturin made no wheel.", "read what it says above"))?;
    let wheel = wheel.to_string_lossy();
    pip(&["--force-reinstall", "--no-deps", &wheel], "Installing the wheel")?;
    let mut test = Command::new(&python);
    // Not from the folder of the sources, whose package has no module.
    test.current_dir(out)
        .args(["-m", "pytest", "-q"])
        .arg(folder("python").join("tests"));
    shell::run(&mut test, "A test of the Python package", "")?;
    let mut examples = Command::new(&python);
    let run = "import doctest, sys, cotside._functions as f; sys.exit(doctest.testmod(f, verbose=False).failed)";
    examples.current_dir(out).args(["-c", run]);
    shell::run(&mut examples, "An example of the Python package", "")
}

/// Builds the package for R and checks it with the command line of this workspace.
fn r(out: &Path, debug: bool) -> Outcome<()> {
    if shell::find("R").is_none() {
        return Err(Failure::new(
            "R was not found.",
            "install R with the packages jsonlite and survival, or leave it out: --only npm,python",
        ));
    }
    let mut cargo = shell::cargo();
    cargo.args(["build", "--locked", "--quiet", "--package", "cotside-cli"]);
    if !debug {
        cargo.args(["--profile", "native"]);
    }
    shell::run(&mut cargo, "Compiling the command line", "")?;
    let profile = if debug { "debug" } else { "native" };
    let program = shell::target_dir()
        .join(profile)
        .join(format!("cotside{}", std::env::consts::EXE_SUFFIX));
    let mut make = shell::command("R");
    make.current_dir(out).args(["CMD", "build"]).arg(folder("r"));
    shell::run(&mut make, "R CMD build", "")?;
    let mut check = shell::command("R");
    check.current_dir(out).env("COTSIDE", program);
    check
        .args(["CMD", "check", "--no-manual"])
        .arg(format!("cotside_{VERSION}.tar.gz"));
    shell::run(&mut check, "R CMD check", "read cotside.Rcheck beside the package")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The version of the program is that of every package.
    #[test]
    fn every_package_has_the_version_of_the_program() {
        let read = |path: &str| shell::read(&shell::root().join("packages").join(path)).unwrap();
        let npm: serde_json::Value = serde_json::from_str(&read("npm/package.json")).unwrap();
        assert_eq!(npm["version"], VERSION);
        assert!(read("python/Cargo.toml").contains(&format!("\nversion = \"{VERSION}\"\n")));
        assert!(read("r/DESCRIPTION").contains(&format!("\nVersion: {VERSION}\n")));
    }

    /// What the package lists is what is put into it.
    #[test]
    fn the_npm_package_lists_its_files() {
        let text = shell::read(&folder("npm").join("package.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
        let listed: Vec<&str> = manifest["files"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|file| file.as_str())
            .collect();
        for file in NPM_FILES.iter().filter(|file| **file != "package.json") {
            assert!(listed.contains(file), "{file}");
        }
        for target in ["cotside.js", "cotside.d.ts", "cotside_bg.wasm"] {
            assert!(listed.contains(&target), "{target}");
        }
    }
}
