//! The built site as one file for a hospital's own server, with the checksum of everything in it; and whether two clean
//! builds are the same to the last byte.

use crate::build::{self, Build, Place};
use crate::failure::{Explain, Failure, Outcome};
use crate::{offline, shell};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Options of `cargo xtask zip`.
#[derive(Debug, clap::Args)]
pub struct Zip {
    #[command(flatten)]
    place: Place,
    /// The file to write
    #[arg(long, value_name = "FILE", default_value = "cotside-site.zip")]
    out: PathBuf,
    /// Pack what was built before
    #[arg(long)]
    no_build: bool,
}

/// Options of `cargo xtask reproduce`.
#[derive(Debug, clap::Args)]
pub struct Reproduce {
    /// The path under which the site stands on its server, as it is published
    #[arg(long, value_name = "PATH", default_value = "/cotside/")]
    public_url: String,
    /// Where the site stands for the public, as it is published
    #[arg(long, value_name = "URL")]
    site_url: Option<String>,
    /// A built site, or its zip unpacked: it must be the same as the two builds
    #[arg(long, value_name = "FOLDER")]
    published: Option<PathBuf>,
    /// Keep what was compiled
    #[arg(long)]
    keep: bool,
}

/// `cargo xtask zip`.
pub fn command(options: &Zip) -> Outcome<()> {
    let dist = options.place.dist();
    let out = shell::root().join(&options.out);
    if !options.no_build {
        build::run(&Build::release(&options.place.public_url, dist.clone()))?;
    }
    let base = build::public_url_of(&dist)?;
    let files = contents(&dist)?;
    let packed = pack(&files)?;
    std::fs::write(&out, &packed).explain(format_args!("write {}", shell::shown(&out)))?;
    println!("{}  {}", hex(&packed), shell::shown(&out));
    println!(
        "{} files, to stand under {base}; SHA256SUMS inside names each of them.",
        files.len()
    );
    println!("To check after unpacking: sha256sum --check SHA256SUMS");
    Ok(())
}

/// `cargo xtask reproduce`.
pub fn reproduce(options: &Reproduce) -> Outcome<()> {
    let script = std::env::current_exe().explain("find this script")?;
    let place = shell::target_dir().join("reproduce");
    let mut sums = Vec::new();
    for run in ["first", "second"] {
        println!("\n== {run} build");
        let dist = place.join(format!("site-{run}"));
        let target = place.join(format!("target-{run}"));
        let mut command = std::process::Command::new(&script);
        command.current_dir(shell::root());
        command
            .args(["build", "--public-url", &options.public_url, "--dist"])
            .arg(&dist);
        if let Some(url) = &options.site_url {
            command.args(["--site-url", url]);
        }
        command.env("CARGO_TARGET_DIR", &target);
        shell::run(&mut command, "A clean build", "")?;
        sums.push(checksums(&site_files(&dist)?));
        if !options.keep {
            std::fs::remove_dir_all(&target).explain(format_args!("remove {}", shell::shown(&target)))?;
        }
    }
    let [first, second] = &sums[..] else {
        return Err(Failure::new("There are no two builds.", ""));
    };
    let remedy = format!("compare the files in {}", shell::shown(&place));
    same(first, second)
        .map_err(|differing| Failure::new(format!("Two clean builds differ:\n{differing}"), &*remedy))?;
    println!("\nTwo clean builds are the same: {} files.", first.lines().count());
    let Some(published) = &options.published else {
        return Ok(());
    };
    let mut files = site_files(&shell::root().join(published))?;
    files.retain(|file| file.name != "SHA256SUMS");
    same(first, &checksums(&files)).map_err(|differing| {
        let remedy = "build the commit that was published, with its --public-url and --site-url, on the same system";
        Failure::new(format!("What was published differs from them:\n{differing}"), remedy)
    })?;
    println!("So is {}.", published.display());
    Ok(())
}

/// Compares two lists of checksums; the error is the lines that only one of them has.
fn same(first: &str, second: &str) -> Result<(), String> {
    let alone = |here: &str, there: &str| {
        let there: HashSet<&str> = there.lines().collect();
        let lines = here.lines().filter(|line| !there.contains(line)).map(str::to_owned);
        lines.collect::<Vec<_>>()
    };
    let differing = [alone(first, second), alone(second, first)].concat();
    if differing.is_empty() {
        Ok(())
    } else {
        Err(differing.join("\n"))
    }
}

/// A file of an archive.
pub struct Entry {
    name: String,
    content: Vec<u8>,
    is_program: bool,
}

impl Entry {
    /// A file with its path in the archive.
    pub fn new(name: impl Into<String>, content: Vec<u8>) -> Self {
        Self {
            name: name.into(),
            content,
            is_program: false,
        }
    }

    /// A file that can be run.
    pub fn program(name: impl Into<String>, content: Vec<u8>) -> Self {
        Self {
            is_program: true,
            ..Self::new(name, content)
        }
    }
}

fn site_files(dist: &Path) -> Outcome<Vec<Entry>> {
    let read = |(name, path): (String, std::path::PathBuf)| {
        let content = std::fs::read(&path).explain(format_args!("read {}", shell::shown(&path)))?;
        Ok(Entry::new(name, content))
    };
    offline::files(dist).into_iter().map(read).collect()
}

/// The files of a site, and a list of their checksums.
pub fn contents(dist: &Path) -> Outcome<Vec<Entry>> {
    let mut files = site_files(dist)?;
    files.retain(|file| file.name != "SHA256SUMS");
    let sums = checksums(&files);
    files.push(Entry::new("SHA256SUMS", sums.into_bytes()));
    Ok(files)
}

/// As `sha256sum` writes and checks them.
fn checksums(files: &[Entry]) -> String {
    let line = |file: &Entry| format!("{}  {}\n", hex(&file.content), file.name);
    files.iter().map(line).collect()
}

/// The SHA-256 of a content.
pub fn hex(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The files in one. It has no times, so that the same files always give the same bytes.
pub fn pack(files: &[Entry]) -> Outcome<Vec<u8>> {
    // 1 January 1980, the first day in the format.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for Entry {
        name,
        content,
        is_program,
    } in files
    {
        let options = options.unix_permissions(if *is_program { 0o755 } else { 0o644 });
        archive.start_file(name, options).explain(format_args!("pack {name}"))?;
        archive.write_all(content).explain(format_args!("pack {name}"))?;
    }
    Ok(archive.finish().explain("pack the files")?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_file_is_read_again_and_packing_is_always_the_same() {
        let files = [
            Entry::new("a/b.txt", b"infant ".repeat(100)),
            Entry::program("c", Vec::new()),
        ];
        let packed = pack(&files).unwrap();
        assert!(packed.len() < 400, "{}", packed.len());
        assert_eq!(packed, pack(&files).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        assert_eq!(archive.len(), files.len());
        for Entry {
            name,
            content,
            is_program,
        } in &files
        {
            let mut file = archive.by_name(name).unwrap();
            assert_eq!(file.unix_mode().map(|mode| mode & 0o111 != 0), Some(*is_program));
            assert_eq!(file.last_modified(), Some(DateTime::default()));
            let mut read = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut read).unwrap();
            assert_eq!(&read, content);
        }
    }

    #[test]
    fn lists_of_checksums_are_compared_both_ways() {
        assert_eq!(same("1  a\n2  b\n", "1  a\n2  b\n"), Ok(()));
        assert_eq!(same("1  a\n", "1  a\n2  b\n"), Err("2  b".to_owned()));
        assert_eq!(same("1  a\n2  b\n", "3  a\n2  b\n"), Err("1  a\n3  a".to_owned()));
    }

    #[test]
    fn checksums_are_as_sha256sum_writes_them() {
        let sums = checksums(&[Entry::new("abc", b"abc".to_vec())]);
        assert_eq!(
            sums,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  abc\n"
        );
    }
}
