//! The parts of a zip archive: enough of PKZIP's APPNOTE 6.3 for what office programs write (stored and deflated parts,
//! sizes of more than 32 bits).

use cotside_core::cohort::ForeignFormat;
use miniz_oxide::inflate::{DecompressError, decompress_to_vec_with_limit};

use crate::Fault;
use crate::limits::{Large, PART, SMALL_PART};

const END: &[u8] = b"PK\x05\x06";
const CENTRAL: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";
/// The longest end record: 22 bytes and a comment.
const LONGEST_END: usize = 22 + 65_535;

/// The bytes of an archive and where its parts stand.
pub struct Archive {
    bytes: Vec<u8>,
    parts: Vec<Part>,
}

struct Part {
    name: String,
    encrypted: bool,
    method: u16,
    crc: u32,
    packed: u64,
    size: u64,
    /// Of the local header.
    offset: u64,
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
        let from = bytes.len().saturating_sub(LONGEST_END);
        let tail = bytes.get(from..).unwrap_or_default();
        let end = tail.windows(END.len()).rposition(|window| window == END);
        // An archive that starts and does not end is cut off.
        let cut_off = if bytes.starts_with(LOCAL) {
            Fault::Broken
        } else {
            no_archive(&bytes)
        };
        let end = from + end.ok_or(cut_off)?;
        let field = |offset, length| number(&bytes, end + offset, length).ok_or(Fault::Broken);
        let (count, length, told) = (field(10, 2)?, field(12, 4)?, field(16, 4)?);
        // Places are told from the start of the archive; what was put before it moves them all.
        let is_central = |at: u64| number(&bytes, at as usize, 4) == number(CENTRAL, 0, 4);
        let before = match (end as u64)
            .checked_sub(length)
            .and_then(|start| start.checked_sub(told))
        {
            Some(moved) if !is_central(told) && is_central(told + moved) => moved,
            _ => 0,
        };
        let mut at = (told + before) as usize;
        let mut parts = Vec::new();
        for _ in 0..count {
            let (mut part, next) = central(&bytes, at).ok_or(Fault::Broken)?;
            part.offset = part.offset.saturating_add(before);
            parts.push(part);
            at = next;
        }
        Ok(Self { bytes, parts })
    }

    /// Whether there is a part with this name, in any letter case.
    pub fn has(&self, name: &str) -> bool {
        self.part(name).is_some()
    }

    fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name.eq_ignore_ascii_case(name))
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
        let part = self.part(name).ok_or(Fault::Broken)?;
        // What unpacks to more than it says is damaged.
        if part.size > most as u64 {
            return Err(Fault::TooLarge(Large::Part));
        }
        let packed = self.packed(part)?;
        let unpacked = match part.method {
            0 if packed.len() <= most => packed.to_vec(),
            8 => decompress_to_vec_with_limit(packed, part.size as usize).map_err(|_| Fault::Broken)?,
            _ => return Err(Fault::Broken),
        };
        if crc32(&unpacked) == part.crc {
            Ok(unpacked)
        } else {
            Err(Fault::Broken)
        }
    }

    /// The first bytes of a part, `most` of them.
    pub fn start_of(&self, name: &str, most: usize) -> Result<Vec<u8>, Fault> {
        let part = self.part(name).ok_or(Fault::Broken)?;
        let packed = self.packed(part)?;
        match part.method {
            0 => Ok(packed.get(..most.min(packed.len())).unwrap_or_default().to_vec()),
            8 => match decompress_to_vec_with_limit(packed, most) {
                Ok(all) => Ok(all),
                Err(DecompressError { output, .. }) if !output.is_empty() => Ok(output),
                Err(_) => Err(Fault::Broken),
            },
            _ => Err(Fault::Broken),
        }
    }

    fn packed(&self, part: &Part) -> Result<&[u8], Fault> {
        if part.encrypted {
            return Err(Fault::Password);
        }
        let at = usize::try_from(part.offset).map_err(|_| Fault::Broken)?;
        let found = || {
            (self.bytes.get(at..at.checked_add(4)?)? == LOCAL).then_some(())?;
            let name = number(&self.bytes, at + 26, 2)? as usize;
            let extra = number(&self.bytes, at + 28, 2)? as usize;
            let start = at.checked_add(30 + name + extra)?;
            self.bytes
                .get(start..start.checked_add(usize::try_from(part.packed).ok()?)?)
        };
        found().ok_or(Fault::Broken)
    }
}

/// A little-endian number of up to eight bytes.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(
        bytes
            .iter()
            .rev()
            .fold(0, |number, &byte| number << 8 | u64::from(byte)),
    )
}

/// A record of the central directory, and where the next one starts.
fn central(bytes: &[u8], at: usize) -> Option<(Part, usize)> {
    (bytes.get(at..at.checked_add(4)?)? == CENTRAL).then_some(())?;
    let field = |offset, length| number(bytes, at + offset, length);
    let (name_length, extra_length) = (field(28, 2)? as usize, field(30, 2)? as usize);
    let name = bytes.get(at + 46..at + 46 + name_length)?;
    let extra = bytes.get(at + 46 + name_length..at + 46 + name_length + extra_length)?;
    let mut part = Part {
        name: String::from_utf8_lossy(name).replace('\\', "/"),
        encrypted: field(8, 2)? & 1 == 1,
        method: field(10, 2)? as u16,
        crc: field(16, 4)? as u32,
        packed: field(20, 4)?,
        size: field(24, 4)?,
        offset: field(42, 4)?,
    };
    large_numbers(&mut part, extra);
    let next = at + 46 + name_length + extra_length + field(32, 2)? as usize;
    Some((part, next))
}

/// Numbers that do not fit 32 bits stand in the extra field 1, in this order.
fn large_numbers(part: &mut Part, extra: &[u8]) {
    let mut at = 0;
    while let (Some(id), Some(length)) = (number(extra, at, 2), number(extra, at + 2, 2)) {
        if id == 1 {
            let mut from = at + 4;
            for value in [&mut part.size, &mut part.packed, &mut part.offset] {
                if *value == u64::from(u32::MAX)
                    && let Some(large) = number(extra, from, 8)
                {
                    *value = large;
                    from += 8;
                }
            }
        }
        at += 4 + length as usize;
    }
}

/// The checksum of ISO 3309, as zip archives use it.
fn crc32(bytes: &[u8]) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|index| {
        (0..8).fold(index as u32, |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 }
        })
    });
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        let index = (crc ^ u32::from(byte)) & 0xff;
        crc >> 8 ^ table[index as usize]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive with one part that is stored, and says this size.
    fn archive(content: &[u8], size: u32) -> Vec<u8> {
        let mut common = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        common.extend(crc32(content).to_le_bytes());
        common.extend((content.len() as u32).to_le_bytes());
        common.extend(size.to_le_bytes());
        common.extend([1, 0, 0, 0]);
        let local = [LOCAL, &common, b"a", content].concat();
        let central = [CENTRAL, &[20, 0], &common, &[0; 14], b"a"].concat();
        let (start, length) = (local.len() as u32, central.len() as u32);
        let end = [
            END,
            &[0, 0, 0, 0, 1, 0, 1, 0],
            &length.to_le_bytes(),
            &start.to_le_bytes(),
            &[0, 0],
        ]
        .concat();
        [local, central, end].concat()
    }

    #[test]
    fn parts_up_to_a_size_are_read() {
        for (size, small, large) in [
            (1, true, true),
            (SMALL_PART, true, true),
            (SMALL_PART + 1, false, true),
            (PART, false, true),
            (PART + 1, false, false),
            (u32::MAX as usize - 1, false, false),
        ] {
            let archive = Archive::open(archive(b"x", size as u32)).unwrap();
            let wanted = |fits| {
                if fits {
                    Ok(vec![b'x'])
                } else {
                    Err(Fault::TooLarge(Large::Part))
                }
            };
            assert_eq!(archive.read_small("A"), wanted(small), "{size}");
            assert_eq!(archive.read("A"), wanted(large), "{size}");
        }
    }

    #[test]
    fn bytes_before_an_archive_move_its_parts() {
        for before in [0, 1, 10, 4000] {
            let bytes = [vec![b'#'; before], archive(b"hello", 5)].concat();
            assert_eq!(
                Archive::open(bytes).unwrap().read("a"),
                Ok(b"hello".to_vec()),
                "{before}"
            );
        }
    }

    #[test]
    fn what_is_no_archive_says_what_it_is() {
        let whole = archive(b"hello", 5);
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

    #[test]
    fn the_checksum_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn numbers_outside_the_bytes_are_none() {
        assert_eq!(number(&[1, 2], 0, 2), Some(0x0201));
        assert_eq!(number(&[1, 2], 1, 2), None);
        assert_eq!(number(&[1, 2], usize::MAX, 2), None);
    }
}
