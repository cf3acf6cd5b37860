//! The parts of a zip archive, by the crate `zip`. Unpacked bytes are counted, whatever sizes the archive states.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{Cursor, Read};

use cotside_core::cohort::ForeignFormat;
use zip::ZipArchive;
use zip::read::ZipFile;

use crate::Fault;
use crate::limits::{Large, PART, SMALL_PART};

/// The signature of an archive, which may have other bytes before it.
const START: &[u8] = b"PK\x03\x04";

/// How many bytes one byte of a deflated part can become.
const LARGEST_RATIO: u64 = 1032;

/// An archive and the positions of its parts.
pub struct Archive {
    /// Reading a part moves a place within the bytes.
    zip: RefCell<ZipArchive<Cursor<Vec<u8>>>>,
    /// Numbers of parts by their names in small letters.
    parts: HashMap<String, usize>,
}

/// Why bytes without the end of an archive are refused.
fn no_archive(bytes: &[u8]) -> Fault {
    match ForeignFormat::of(bytes) {
        None | Some(ForeignFormat::Xlsx | ForeignFormat::Ods | ForeignFormat::Binary) => Fault::NoArchive,
        Some(format) => Fault::Foreign(format),
    }
}

impl Archive {
    /// Finds the parts.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Fault> {
        // An archive that starts and does not end is cut off.
        let cut_off = if bytes.starts_with(START) {
            Fault::Broken
        } else {
            no_archive(&bytes)
        };
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| cut_off)?;
        let mut parts = HashMap::new();
        for (at, name) in zip.file_names_raw().enumerate() {
            parts
                .entry(String::from_utf8_lossy(name).replace('\\', "/").to_ascii_lowercase())
                .or_insert(at);
        }
        Ok(Self {
            zip: RefCell::new(zip),
            parts,
        })
    }

    /// True if there is a part with this name, in any letter case.
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&name.to_ascii_lowercase())
    }

    /// A part that holds cells unpacked; its checksum is tested.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, Fault> {
        self.read_up_to(name, PART)
    }

    /// A part that holds no cells unpacked; its checksum is tested.
    pub fn read_small(&self, name: &str) -> Result<Vec<u8>, Fault> {
        self.read_up_to(name, SMALL_PART)
    }

    fn read_up_to(&self, name: &str, most: usize) -> Result<Vec<u8>, Fault> {
        self.with(name, |part| {
            let size = part.size();
            if size > most as u64 {
                return Err(Fault::TooLarge(Large::Part));
            }
            // A part that unpacks to more than its stated size is damaged.
            let most_of_packed = part.compressed_size().saturating_mul(LARGEST_RATIO);
            let mut unpacked = Vec::with_capacity(size.min(most_of_packed) as usize);
            part.take(size + 1)
                .read_to_end(&mut unpacked)
                .map_err(|_| Fault::Broken)?;
            if unpacked.len() as u64 == size {
                Ok(unpacked)
            } else {
                Err(Fault::Broken)
            }
        })
    }

    /// Returns the first `most` bytes of a part, or fewer where it is damaged, which reading the whole part reports.
    pub fn start_of(&self, name: &str, most: usize) -> Result<Vec<u8>, Fault> {
        self.with(name, |part| {
            let mut start = Vec::new();
            let _ = part.take(most as u64).read_to_end(&mut start);
            Ok(start)
        })
    }

    /// Applies `read` to a part.
    fn with<T>(
        &self,
        name: &str,
        read: impl FnOnce(&mut ZipFile<'_, Cursor<Vec<u8>>>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let at = *self.parts.get(&name.to_ascii_lowercase()).ok_or(Fault::Broken)?;
        let mut zip = self.zip.try_borrow_mut().map_err(|_| Fault::Broken)?;
        if zip.by_index_raw(at).is_ok_and(|part| part.encrypted()) {
            return Err(Fault::Password);
        }
        let mut part = zip.by_index(at).map_err(|_| Fault::Broken)?;
        read(&mut part)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::CompressionMethod;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// An archive with one part.
    fn archive(content: &[u8]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file("a", stored).unwrap();
        zip.write_all(content).unwrap();
        zip.finish().unwrap().into_inner()
    }

    /// Makes an archive whose directory states another size.
    fn lying(size: usize) -> Vec<u8> {
        let mut bytes = archive(b"x");
        let directory = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
        bytes[directory + 24..directory + 28].copy_from_slice(&(size as u32).to_le_bytes());
        bytes
    }

    #[test]
    fn parts_up_to_a_size_are_read() {
        for (size, small, large) in [
            (1, Ok(()), Ok(())),
            (0, Err(Fault::Broken), Err(Fault::Broken)),
            (SMALL_PART, Err(Fault::Broken), Err(Fault::Broken)),
            (SMALL_PART + 1, Err(Fault::TooLarge(Large::Part)), Err(Fault::Broken)),
            (PART, Err(Fault::TooLarge(Large::Part)), Err(Fault::Broken)),
            (
                PART + 1,
                Err(Fault::TooLarge(Large::Part)),
                Err(Fault::TooLarge(Large::Part)),
            ),
            (
                u32::MAX as usize - 1,
                Err(Fault::TooLarge(Large::Part)),
                Err(Fault::TooLarge(Large::Part)),
            ),
        ] {
            let archive = Archive::open(lying(size)).unwrap();
            assert_eq!(archive.read_small("A").map(|_| ()), small, "{size}");
            assert_eq!(archive.read("A").map(|_| ()), large, "{size}");
        }
    }

    #[test]
    fn bytes_before_an_archive_move_its_parts() {
        for before in [0, 1, 10, 4000] {
            let bytes = [vec![b'#'; before], archive(b"hello")].concat();
            assert_eq!(
                Archive::open(bytes).unwrap().read("a"),
                Ok(b"hello".to_vec()),
                "{before}"
            );
        }
    }

    #[test]
    fn files_that_are_not_archives_are_identified() {
        let whole = archive(b"hello");
        for (bytes, fault) in [
            (&whole[..whole.len() - 22], Fault::Broken),
            (b"id,wbc", Fault::NoArchive),
            (b"<html><body><table><tr><td>id</td></tr></table>", Fault::Foreign(ForeignFormat::Html)),
            (b"\n<!DOCTYPE HTML>", Fault::Foreign(ForeignFormat::Html)),
            (b"<table><tr>", Fault::Foreign(ForeignFormat::Html)),
            (
                b"<html xmlns:x=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                Fault::Foreign(ForeignFormat::Html),
            ),
            (
                b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet><Table>",
                Fault::Foreign(ForeignFormat::Xml2003),
            ),
            (b"<?xml version=\"1.0\"?><a/>", Fault::Foreign(ForeignFormat::Xml)),
        ] {
            let found = Archive::open(bytes.to_vec()).err();
            assert_eq!(found, Some(fault), "{}", String::from_utf8_lossy(bytes));
        }
    }
}
