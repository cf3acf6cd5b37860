//! The files of a release: the site, the command line of this machine's system, the published evidence, the list of all
//! parts (SBOM), notes, and the checksums of all.
//!
//! `.github/workflows/release.yml` calls the parts on several systems; here they can be made and looked at before a tag
//! is set.

use crate::archive::{self, Entry};
use crate::build::{self, Build};
use crate::failure::{Explain, Failure, Outcome};
use crate::{sbom, shell};
use cotside_core::evidence::EVIDENCE_VERSION;
use std::path::{Path, PathBuf};

/// The version of every crate of the workspace.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The list of checksums among the files of a release.
const CHECKSUMS: &str = "SHA256SUMS";

/// The text of a release; it is no file of it.
const NOTES: &str = "NOTES.md";

/// A part of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// The site in one file, for the root of a host
    Site,
    /// The command line for the system of this machine
    CommandLine,
    /// The tables of published outcomes
    Evidence,
    /// What the programs are made of, in CycloneDX
    Sbom,
    /// The changes of this version
    Notes,
}

/// Options of `cargo xtask release`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The tag that is released; it must be `v` and the version of Cargo.toml
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// The folder for the files
    #[arg(long, value_name = "FOLDER", default_value = "target/release-files")]
    out: PathBuf,
    /// These parts alone [default: all]
    #[arg(long, value_name = "PARTS", value_delimiter = ',')]
    only: Vec<Part>,
    /// Pack the site that was built before in `dist`
    #[arg(long)]
    no_build: bool,
}

/// `cargo xtask release`.
pub fn command(options: &Options) -> Outcome<()> {
    if let Some(tag) = &options.tag {
        check_tag(tag)?;
    }
    let changes = changes_of(&shell::read(&shell::root().join("CHANGELOG.md"))?, VERSION)?;
    let out = shell::root().join(&options.out);
    let wanted = |part: Part| options.only.is_empty() || options.only.contains(&part);
    std::fs::create_dir_all(&out).explain(format_args!("make the folder {}", shell::shown(&out)))?;
    if wanted(Part::Notes) {
        shell::write(&out.join(NOTES), &changes)?;
    }
    if wanted(Part::Sbom) {
        let text = sbom::document(VERSION)?;
        shell::write(&out.join(format!("cotside-{VERSION}.cdx.json")), &text)?;
    }
    if wanted(Part::Evidence) {
        write(&out, &format!("cotside-evidence-{EVIDENCE_VERSION}.zip"), &evidence()?)?;
    }
    if wanted(Part::CommandLine) {
        let target = host()?;
        let files = command_line(&target)?;
        write(&out, &format!("cotside-{VERSION}-{target}.zip"), &files)?;
    }
    if wanted(Part::Site) {
        let dist = shell::root().join("dist");
        if !options.no_build {
            build::run(&Build::release("/", dist.clone()))?;
        }
        let base = build::public_url_of(&dist)?;
        if base != "/" {
            return Err(Failure::new(
                format!("The site in dist is built to stand under {base}."),
                "leave --no-build out: a release has the site for the root of a host",
            ));
        }
        write(&out, &format!("cotside-site-{VERSION}.zip"), &archive::contents(&dist)?)?;
    }
    let sums = checksums(&out)?;
    shell::write(&out.join(CHECKSUMS), &sums)?;
    print!("{sums}");
    println!("These files are in {}.", shell::shown(&out));
    Ok(())
}

/// Refuses a tag that is not the version of the program, which the foot of every page shows.
fn check_tag(tag: &str) -> Outcome<()> {
    if tag == format!("v{VERSION}") {
        return Ok(());
    }
    Err(Failure::new(
        format!("The tag {tag} is not v{VERSION}, the version of Cargo.toml."),
        "set `version` in Cargo.toml, CITATION.cff and codemeta.json, and the heading in CHANGELOG.md, then tag that commit",
    ))
}

/// The section of a version in the list of changes.
fn changes_of(changelog: &str, version: &str) -> Outcome<String> {
    let missing = || {
        Failure::new(
            format!("CHANGELOG.md has no section \"## {version}\"."),
            "put the changes since the last version under such a heading, and a new \"## Unreleased\" above it",
        )
    };
    let sections = changelog.split("\n## ").skip(1);
    let found = sections
        .map(|section| section.split_once('\n').unwrap_or((section, "")))
        .find(|(heading, _)| heading.split_whitespace().next() == Some(version));
    let text = found.map(|(_, text)| text.trim()).filter(|text| !text.is_empty());
    text.map(|text| format!("{text}\n")).ok_or_else(missing)
}

fn write(out: &Path, name: &str, files: &[Entry]) -> Outcome<()> {
    let path = out.join(name);
    std::fs::write(&path, archive::pack(files)?).explain(format_args!("write {}", shell::shown(&path)))
}

/// The checksums of all files of a release in a folder, as `sha256sum` checks them.
fn checksums(out: &Path) -> Outcome<String> {
    let mut text = String::new();
    for path in shell::files_under(out) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name == CHECKSUMS || name == NOTES {
            continue;
        }
        let content = std::fs::read(&path).explain(format_args!("read {}", shell::shown(&path)))?;
        text.push_str(&format!("{}  {name}\n", archive::hex(&content)));
    }
    Ok(text)
}

/// A file of the repository, under its own name.
fn own(path: &str) -> Outcome<Entry> {
    let whole = shell::root().join(path);
    let content = std::fs::read(&whole).explain(format_args!("read {path}"))?;
    let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy();
    Ok(Entry::new(name, content))
}

/// The tables of published outcomes as they stand in the repository, the table of estimates with its sources in each row,
/// and what they are.
fn evidence() -> Outcome<Vec<Entry>> {
    let mut files = Vec::new();
    for (flag, name) in [("--readme", "README.txt"), ("--csv", "estimates-with-sources.csv")] {
        let mut cotside = shell::cargo();
        cotside.args([
            "run",
            "--locked",
            "--quiet",
            "--package",
            "cotside-cli",
            "--",
            "evidence",
            flag,
        ]);
        let text = shell::output(&mut cotside).ok_or_else(|| {
            Failure::new(
                format!("`cotside evidence {flag}` gave no table."),
                "run it to see its message",
            )
        })?;
        files.push(Entry::new(name, format!("{text}\n").into_bytes()));
    }
    for name in ["sources", "studies", "estimates", "history", "searches"] {
        files.push(own(&format!("crates/core/src/evidence/published/{name}.csv"))?);
    }
    files.extend([own("LICENSE-MIT")?, own("LICENSE-APACHE")?, own("CITATION.cff")?]);
    Ok(files)
}

/// The name of this machine's system, as Rust calls it.
fn host() -> Outcome<String> {
    let mut rustc = shell::command("rustc");
    let text = shell::output(rustc.arg("-vV")).unwrap_or_default();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| Failure::new("rustc does not say for which system it compiles.", "run `rustc -vV`"))
}

/// The program, built for speed, with its licences and how to use it.
fn command_line(target: &str) -> Outcome<Vec<Entry>> {
    let mut cargo = shell::cargo();
    cargo.args([
        "build",
        "--locked",
        "--profile",
        "native",
        "--package",
        "cotside-cli",
        "--target",
        target,
    ]);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", build::short_paths().join("\x1f"));
    shell::run(&mut cargo, "Compiling the command line", "")?;
    let name = format!("cotside{}", std::env::consts::EXE_SUFFIX);
    let program = shell::target_dir().join(target).join("native").join(&name);
    let content = std::fs::read(&program).explain(format_args!("read {}", shell::shown(&program)))?;
    let mut files = vec![Entry::program(name, content)];
    for path in [
        "README.md",
        "CHANGELOG.md",
        "CITATION.cff",
        "LICENSE-MIT",
        "LICENSE-APACHE",
    ] {
        files.push(own(path)?);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_the_version() {
        assert!(check_tag(&format!("v{VERSION}")).is_ok());
        for wrong in [VERSION, "v0.0.0", ""] {
            assert!(check_tag(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_changes_of_a_version_are_those_under_its_heading() {
        let log = "# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-11-30\n\n### Added\n- A.\n\n## 0.1.0\n\nB.\n";
        assert_eq!(changes_of(log, "0.2.0").unwrap(), "### Added\n- A.\n");
        assert_eq!(changes_of(log, "0.1.0").unwrap(), "B.\n");
        assert!(changes_of(log, "Unreleased").is_err(), "nothing stands there");
        assert!(changes_of(log, "0.2").is_err());
    }

    /// The version is written in four places; the list of changes has it too.
    #[test]
    fn every_file_names_the_version_of_the_program() {
        let read = |name: &str| shell::read(&shell::root().join(name)).unwrap();
        assert!(read("CITATION.cff").contains(&format!("\nversion: {VERSION}\n")));
        let log = read("CHANGELOG.md");
        assert!(changes_of(&log, VERSION).is_ok());
        assert!(log.contains("\n## Unreleased\n"), "others add their lines there");
        let year = cotside_words::en::methods::RELEASED;
        assert!(read("CITATION.cff").contains(&format!("\ndate-released: {year}-")));
        let meta: serde_json::Value = serde_json::from_str(&read("codemeta.json")).unwrap();
        assert_eq!(meta["version"], VERSION);
    }

    #[test]
    fn checksums_name_all_files_but_the_notes() {
        let out = std::env::temp_dir().join(format!("cotside-release-{}", std::process::id()));
        for (name, text) in [("a.zip", "abc"), (NOTES, "x"), (CHECKSUMS, "old")] {
            shell::write(&out.join(name), text).unwrap();
        }
        let sums = checksums(&out).unwrap();
        assert_eq!(
            sums,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.zip\n"
        );
        std::fs::remove_dir_all(&out).unwrap();
    }
}
