//! The built site as one file for a hospital's own server, with the checksum of everything in it; and whether two clean
//! builds are the same to the last byte.

use crate::args::Args;
use crate::build::{self, Build};
use crate::failure::{Explain, Failure, Outcome};
use crate::{offline, shell};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use sha2::{Digest, Sha256};
use std::io::Write as _;
use std::path::Path;

/// 1 January 1980, the first day that the format knows: the time of building says nothing.
const DATE: u16 = (1 << 5) | 1;
/// The version of the format that deflate needs.
const VERSION: u16 = 20;
const DEFLATE: u16 = 8;
/// File names are UTF-8.
const UTF8: u16 = 1 << 11;

/// `cargo xtask zip`.
pub fn command(mut args: Args) -> Outcome<()> {
    let public_url = args.value("--public-url")?.unwrap_or_else(|| "/".to_owned());
    let dist = build::dist_option(&mut args)?;
    let ready = args.flag("--no-build");
    let out = shell::root().join(args.value("--out")?.unwrap_or_else(|| "cotside-site.zip".to_owned()));
    args.finish()?;
    if !ready {
        build::run(&Build::release(&public_url, dist.clone()))?;
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
pub fn reproduce(mut args: Args) -> Outcome<()> {
    let keep = args.flag("--keep");
    args.finish()?;
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
        if !keep {
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

/// A zip file: local headers with the data, then the directory (APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12, 4.3.16).
fn pack(files: &[(String, Vec<u8>)]) -> Outcome<Vec<u8>> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in files {
        let mut crc = Crc::new();
        crc.update(content);
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        let data = encoder
            .write_all(content)
            .and_then(|()| encoder.finish())
            .explain("compress")?;
        let offset = length(archive.len())?;
        // What the local header and the directory's entry share.
        let mut shared = Vec::new();
        for word in [VERSION, UTF8, DEFLATE, 0, DATE] {
            shared.extend(word.to_le_bytes());
        }
        for word in [crc.sum(), length(data.len())?, length(content.len())?] {
            shared.extend(word.to_le_bytes());
        }
        let name_length = u16::try_from(name.len()).explain("write a name")?;
        shared.extend(name_length.to_le_bytes());
        shared.extend(0_u16.to_le_bytes());

        archive.extend(0x0403_4b50_u32.to_le_bytes());
        archive.extend(&shared);
        archive.extend(name.as_bytes());
        archive.extend(&data);

        directory.extend(0x0201_4b50_u32.to_le_bytes());
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&shared);
        // No comment, first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(files.len()).explain("count the files")?;
    let start = length(archive.len())?;
    archive.extend(&directory);
    archive.extend(0x0605_4b50_u32.to_le_bytes());
    archive.extend([0; 4]);
    archive.extend(count.to_le_bytes());
    archive.extend(count.to_le_bytes());
    archive.extend(length(directory.len())?.to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend(0_u16.to_le_bytes());
    Ok(archive)
}

fn length(bytes: usize) -> Outcome<u32> {
    u32::try_from(bytes).explain("write a zip file of more than 4 GB")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The file inside the first local header, as a reader of the format finds it.
    fn first(archive: &[u8]) -> (String, Vec<u8>) {
        let number = |at: usize, bytes: usize| {
            archive[at..at + bytes]
                .iter()
                .rev()
                .fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte))
        };
        let (packed, name) = (number(18, 4), number(26, 2));
        let start = 30 + name + number(28, 2);
        let mut content = Vec::new();
        let mut decoder = flate2::read::DeflateDecoder::new(&archive[start..start + packed]);
        std::io::Read::read_to_end(&mut decoder, &mut content).unwrap();
        (String::from_utf8(archive[30..30 + name].to_vec()).unwrap(), content)
    }

    #[test]
    fn a_packed_file_is_read_again_and_packing_is_always_the_same() {
        let files = vec![
            ("a/b.txt".to_owned(), b"infant ".repeat(100)),
            ("c".to_owned(), Vec::new()),
        ];
        let archive = pack(&files).unwrap();
        assert_eq!(first(&archive), files[0]);
        assert_eq!(archive, pack(&files).unwrap());
        assert_eq!(archive[archive.len() - 22..][10..12], [2, 0]);
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
