//! The built site as one file for a hospital's own server, with the checksum of everything in it; and whether two clean
//! builds are the same to the last byte.

use crate::build::{self, Build, Place};
use crate::failure::{Explain, Failure, Outcome};
use crate::{offline, shell};
use sha2::{Digest, Sha256};
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
            .args(["build", "--public-url", "/cotside/", "--dist"])
            .arg(&dist);
        command.env("CARGO_TARGET_DIR", &target);
        shell::run(&mut command, "A clean build", "")?;
        sums.push(checksums(&site_files(&dist)?));
        if !options.keep {
            std::fs::remove_dir_all(&target).explain(format_args!("remove {}", shell::shown(&target)))?;
        }
    }
    let differing: Vec<&str> = sums[0].lines().filter(|line| !sums[1].contains(line)).collect();
    if sums[0] == sums[1] {
        println!("\nTwo clean builds are the same: {} files.", sums[0].lines().count());
        return Ok(());
    }
    Err(Failure::new(
        format!("Two clean builds differ:\n{}", differing.join("\n")),
        format!("compare the files in {}", shell::shown(&place)),
    ))
}

type Files = Vec<(String, Vec<u8>)>;

fn site_files(dist: &Path) -> Outcome<Files> {
    let read = |(name, path): (String, std::path::PathBuf)| {
        let content = std::fs::read(&path).explain(format_args!("read {}", shell::shown(&path)))?;
        Ok((name, content))
    };
    offline::files(dist).into_iter().map(read).collect()
}

/// The files of a site, and a list of their checksums.
fn contents(dist: &Path) -> Outcome<Files> {
    let mut files = site_files(dist)?;
    files.retain(|(name, _)| name != "SHA256SUMS");
    let sums = checksums(&files);
    files.push(("SHA256SUMS".to_owned(), sums.into_bytes()));
    Ok(files)
}

/// As `sha256sum` writes and checks them.
fn checksums(files: &[(String, Vec<u8>)]) -> String {
    let line = |(name, content): &(String, Vec<u8>)| format!("{}  {name}\n", hex(content));
    files.iter().map(line).collect()
}

fn hex(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The files in one. It has no times, so that the same files always give the same bytes.
fn pack(files: &[(String, Vec<u8>)]) -> Outcome<Vec<u8>> {
    // 1 January 1980, the first day in the format.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(name, options).explain(format_args!("pack {name}"))?;
        archive.write_all(content).explain(format_args!("pack {name}"))?;
    }
    Ok(archive.finish().explain("pack the site")?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_file_is_read_again_and_packing_is_always_the_same() {
        let files = vec![
            ("a/b.txt".to_owned(), b"infant ".repeat(100)),
            ("c".to_owned(), Vec::new()),
        ];
        let packed = pack(&files).unwrap();
        assert!(packed.len() < 400, "{}", packed.len());
        assert_eq!(packed, pack(&files).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        assert_eq!(archive.len(), files.len());
        for (name, content) in &files {
            let mut file = archive.by_name(name).unwrap();
            assert_eq!(file.last_modified(), Some(DateTime::default()));
            let mut read = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut read).unwrap();
            assert_eq!(&read, content);
        }
    }

    #[test]
    fn checksums_are_as_sha256sum_writes_them() {
        let sums = checksums(&[("abc".to_owned(), b"abc".to_vec())]);
        assert_eq!(
            sums,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  abc\n"
        );
    }
}
