//! What R writes, one value after the other (R Internals, "Serialization Formats"): in binary, the highest byte first
//! or last, or as text. Nothing is kept but the place in the bytes.

use std::borrow::Cow;
use std::io::Read;

use super::bytes::Bytes;
use crate::Fault;
use crate::limits::{Large, PART};

/// The memory that a file packed by xz may take, in kB: R packs with 64 MB.
const XZ_MEMORY: u32 = 150_000;

/// How values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Binary,
    Text,
}

/// A place in what R wrote.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    at: Bytes<'a>,
    form: Form,
}

/// What stands before the objects of a file.
pub struct Start<'a> {
    pub source: Source<'a>,
    /// True for a file of several objects (.RData).
    pub has_names: bool,
    /// The encoding of the session that wrote it, where it is stated.
    pub encoding: Option<String>,
}

/// True if these are the first bytes of what R writes, or of a packed file that may hold it.
pub fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1f\x8b") || bytes.starts_with(b"BZh") || bytes.starts_with(b"\xfd7zXZ\0")
}

/// A file packed by gzip, bzip2 or xz, unpacked; nothing where it is not packed.
///
/// # Errors
/// [`Fault::Broken`] where it is damaged, [`Fault::TooLarge`] where it holds more than [`PART`].
pub fn unpacked(bytes: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
    match bytes {
        [0x1f, 0x8b, ..] => limited(flate2::read::MultiGzDecoder::new(bytes)).map(Some),
        [b'B', b'Z', b'h', ..] => limited(bzip2::read::MultiBzDecoder::new(bytes)).map(Some),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => {
            limited(lzma_rust2::XzReader::new_mem_limit(bytes, true, XZ_MEMORY)).map(Some)
        }
        _ => Ok(None),
    }
}

fn limited(packed: impl Read) -> Result<Vec<u8>, Fault> {
    let mut all = Vec::new();
    let read = packed.take(PART as u64 + 1).read_to_end(&mut all);
    if all.len() > PART {
        return Err(Fault::TooLarge(Large::Part));
    }
    read.map(|_| all).map_err(|_| Fault::Broken)
}

/// True if these are the first bytes of what R writes, not packed.
pub fn is_written(bytes: &[u8]) -> bool {
    start(bytes).is_ok()
}

/// The start of a file.
///
/// # Errors
/// [`Fault::Broken`] where R did not write it.
pub fn start(bytes: &[u8]) -> Result<Start<'_>, Fault> {
    let after = |marks: &[&[u8]]| marks.iter().find_map(|mark| bytes.strip_prefix(*mark));
    let named = after(&[b"RDX2\n", b"RDX3\n", b"RDA2\n", b"RDA3\n", b"RDB2\n", b"RDB3\n"]);
    let rest = named.unwrap_or(bytes);
    let (form, is_big_endian, rest) = match rest {
        [b'X', b'\n', rest @ ..] => (Form::Binary, true, rest),
        [b'B', b'\n', rest @ ..] => (Form::Binary, false, rest),
        [b'A', b'\n', rest @ ..] => (Form::Text, true, rest),
        [b'A', b'\r', b'\n', rest @ ..] => (Form::Text, true, rest),
        _ => return Err(Fault::Broken),
    };
    let mut source = Source {
        at: Bytes::new(rest, is_big_endian),
        form,
    };
    let version = source.int()?;
    let written_by = source.int()?;
    source.int()?;
    // Versions of R, as three bytes.
    if !(2..=3).contains(&version) || !(0x0001_0000..0x0100_0000).contains(&written_by) {
        return Err(Fault::Broken);
    }
    let encoding = match version {
        3 => {
            let length = source.length()?;
            let name = source.text(length)?;
            Some(String::from_utf8_lossy(&name).into_owned())
        }
        _ => None,
    };
    Ok(Start {
        source,
        has_names: named.is_some(),
        encoding,
    })
}

impl<'a> Source<'a> {
    /// A whole number.
    ///
    /// # Errors
    /// [`Fault::Broken`] where there is none; so do all below.
    pub fn int(&mut self) -> Result<i32, Fault> {
        match self.form {
            Form::Binary => self.at.i32(),
            Form::Text => match self.word()? {
                b"NA" => Ok(i32::MIN),
                word => parsed(word),
            },
        }
    }

    /// A length.
    pub fn length(&mut self) -> Result<usize, Fault> {
        usize::try_from(self.int()?).map_err(|_| Fault::Broken)
    }

    /// A number.
    pub fn real(&mut self) -> Result<f64, Fault> {
        match self.form {
            Form::Binary => self.at.f64(),
            Form::Text => match self.word()? {
                b"NA" => Ok(f64::from_bits(NA)),
                b"NaN" => Ok(f64::NAN),
                b"Inf" => Ok(f64::INFINITY),
                b"-Inf" => Ok(f64::NEG_INFINITY),
                word => parsed(word),
            },
        }
    }

    /// The bytes of a text.
    pub fn text(&mut self, length: usize) -> Result<Cow<'a, [u8]>, Fault> {
        match self.form {
            Form::Binary => self.at.take(length).map(Cow::Borrowed),
            Form::Text => self.escaped(length).map(Cow::Owned),
        }
    }

    /// Goes over whole numbers.
    pub fn skip_ints(&mut self, count: usize) -> Result<(), Fault> {
        self.skip(count, 4)
    }

    /// Goes over numbers.
    pub fn skip_reals(&mut self, count: usize) -> Result<(), Fault> {
        self.skip(count, 8)
    }

    /// Goes over bytes.
    pub fn skip_bytes(&mut self, count: usize) -> Result<(), Fault> {
        self.skip(count, 1)
    }

    fn skip(&mut self, count: usize, size: usize) -> Result<(), Fault> {
        match self.form {
            Form::Binary => self.at.skip(count.checked_mul(size).ok_or(Fault::Broken)?),
            Form::Text => (0..count).try_for_each(|_| self.word().map(|_| ())),
        }
    }

    fn blanks(&mut self) -> Result<(), Fault> {
        let rest = self.at.rest();
        let blanks = rest.iter().position(|byte| !byte.is_ascii_whitespace());
        self.at.skip(blanks.unwrap_or(rest.len()))
    }

    /// The bytes up to the next blank.
    fn word(&mut self) -> Result<&'a [u8], Fault> {
        self.blanks()?;
        let rest = self.at.rest();
        let end = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
        match end {
            0 => Err(Fault::Broken),
            _ => self.at.take(end),
        }
    }

    /// A text in which bytes beyond ASCII and blanks are written with a backslash.
    fn escaped(&mut self, length: usize) -> Result<Vec<u8>, Fault> {
        self.blanks()?;
        let mut text = Vec::new();
        while text.len() < length {
            let byte = self.at.u8()?;
            if byte != b'\\' {
                text.push(byte);
                continue;
            }
            text.push(match self.at.u8()? {
                b'n' => b'\n',
                b't' => b'\t',
                b'v' => 0x0b,
                b'b' => 0x08,
                b'r' => b'\r',
                b'f' => 0x0c,
                b'a' => 0x07,
                digit @ b'0'..=b'7' => {
                    let mut code = u32::from(digit - b'0');
                    for _ in 0..2 {
                        match self.at.rest().first() {
                            Some(digit @ b'0'..=b'7') => code = code * 8 + u32::from(digit - b'0'),
                            _ => break,
                        }
                        self.at.skip(1)?;
                    }
                    u8::try_from(code).map_err(|_| Fault::Broken)?
                }
                other => other,
            });
        }
        Ok(text)
    }
}

/// The bits of a number that is missing.
pub const NA: u64 = 0x7ff0_0000_0000_07a2;

fn parsed<T: std::str::FromStr>(word: &[u8]) -> Result<T, Fault> {
    std::str::from_utf8(word)
        .ok()
        .and_then(|word| word.parse().ok())
        .ok_or(Fault::Broken)
}
