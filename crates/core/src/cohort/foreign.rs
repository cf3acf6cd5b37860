//! Files that are not text tables, recognised by their bytes.
//!
//! Most formats start with a signature ([`MARKS`]). Archives and documents of old Office programs share one each and
//! are distinguished by the names inside; HTML, XML and JSON are text, recognised by its start. Other files with many
//! control characters are not text either. UTF-16 is text, see [`decode`].

use super::encoding::{Encoding, decode};

/// A format that the reader of text tables cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ForeignFormat {
    /// SPSS (.sav, .zsav).
    Spss,
    /// SPSS portable (.por).
    SpssPortable,
    /// Stata (.dta).
    Stata,
    /// SAS transport, version 5 or 8 (.xpt).
    SasTransport,
    /// SAS (.sas7bdat).
    Sas,
    /// R (.rds, .RData), not compressed.
    R,
    /// R (.rds, .RData) as R compresses it; other gzip files may start in the same way.
    RCompressed,
    /// Compressed by gzip, bzip2, xz or Zstandard.
    Compressed,
    /// A zip, 7z or rar archive that is none of the documents below.
    Archive,
    /// jamovi (.omv).
    Jamovi,
    /// Apache Parquet.
    Parquet,
    /// Arrow, Feather.
    Arrow,
    /// A database of SQLite.
    Sqlite,
    /// HDF5, also of MATLAB 7.3.
    Hdf5,
    /// MATLAB (.mat).
    Matlab,
    /// Access (.mdb, .accdb).
    Access,
    /// dBASE (.dbf).
    Dbase,
    /// A workbook (.xlsx). `crates/workbooks` reads it.
    Xlsx,
    /// A workbook in the binary format (.xlsb). `crates/workbooks` reads it.
    Xlsb,
    /// A workbook in the old format (.xls). `crates/workbooks` reads it from version 5 on.
    Xls,
    /// An Office document protected by a password.
    Password,
    /// A workbook (.ods). `crates/workbooks` reads it.
    Ods,
    /// A workbook as one XML text (.fods).
    FlatOds,
    /// A workbook of Excel 2003 as XML.
    Xml2003,
    /// A workbook of Numbers.
    Numbers,
    /// A text document (.docx, .doc, .odt).
    TextDocument,
    /// A presentation (.pptx, .ppt, .odp).
    Presentation,
    /// A document in PDF.
    Pdf,
    /// Rich text.
    Rtf,
    /// HTML; programs save tables as HTML under names ending in .xls.
    Html,
    /// XML of no known kind.
    Xml,
    /// JSON text.
    Json,
    /// An image in PNG.
    Png,
    /// An image in JPEG.
    Jpeg,
    /// An image in GIF.
    Gif,
    /// An image in TIFF.
    Tiff,
    /// An image in HEIC.
    Heic,
    /// An image in WebP.
    Webp,
    /// A DICOM image.
    Dicom,
    /// Text in UTF-32.
    Utf32,
    /// Not text, in no format that is known here.
    Binary,
}

use ForeignFormat as F;

/// A signature: bytes at a position of the file that identify its format.
struct Mark {
    at: usize,
    bytes: &'static [u8],
    format: F,
    /// The bytes could be the name of a column: the file must also hold bytes that text does not.
    like_text: bool,
}

const fn mark(bytes: &'static [u8], format: F) -> Mark {
    Mark {
        at: 0,
        bytes,
        format,
        like_text: false,
    }
}

impl Mark {
    const fn at(self, at: usize) -> Self {
        Self { at, ..self }
    }

    const fn like_text(self) -> Self {
        Self {
            like_text: true,
            ..self
        }
    }
}

/// The first that fits decides.
const MARKS: &[Mark] = &[
    mark(b"$FL2", F::Spss).like_text(),
    mark(b"$FL3", F::Spss).like_text(),
    mark(b"<stata_dta>", F::Stata),
    mark(b"HEADER RECORD*******LIB", F::SasTransport),
    mark(
        b"\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\0\x09\xc7\x31\x8c\x18\x1f\x10\x11",
        F::Sas,
    ),
    mark(b"X\n\0\0\0", F::R),
    mark(b"B\n\x02\0\0\0", F::R),
    mark(b"B\n\x03\0\0\0", F::R),
    mark(b"RDX2\nX\n", F::R),
    mark(b"RDX3\nX\n", F::R),
    mark(b"RDA2\nA\n2\n", F::R),
    mark(b"RDA3\nA\n3\n", F::R),
    // No name, no time, as R writes it; programs that pack a file give at least one of them.
    mark(b"\x1f\x8b\x08\0\0\0\0\0\0", F::RCompressed),
    mark(b"\x1f\x8b", F::Compressed),
    mark(b"\xfd7zXZ\0", F::Compressed),
    mark(b"\x28\xb5\x2f\xfd", F::Compressed),
    mark(b"1AY&SY", F::Compressed).at(4).like_text(),
    mark(b"7z\xbc\xaf\x27\x1c", F::Archive),
    mark(b"Rar!\x1a\x07", F::Archive),
    mark(b"PAR1", F::Parquet).like_text(),
    mark(b"ARROW1\0\0", F::Arrow),
    mark(b"FEA1", F::Arrow).like_text(),
    mark(b"SQLite format 3\0", F::Sqlite),
    mark(b"\x89HDF\r\n\x1a\n", F::Hdf5),
    mark(b"MATLAB 7.3 MAT-file", F::Hdf5),
    mark(b"MATLAB 5.0 MAT-file", F::Matlab),
    mark(b"Standard Jet DB\0", F::Access).at(4),
    mark(b"Standard ACE DB\0", F::Access).at(4),
    mark(b"\x09\0\x04\0", F::Xls),
    mark(b"\x09\x02\x06\0", F::Xls),
    mark(b"\x09\x04\x06\0", F::Xls),
    mark(b"%PDF-", F::Pdf),
    mark(b"{\\rtf", F::Rtf),
    mark(b"\x89PNG\r\n\x1a\n", F::Png),
    mark(b"\xff\xd8\xff", F::Jpeg),
    mark(b"GIF87a", F::Gif).like_text(),
    mark(b"GIF89a", F::Gif).like_text(),
    mark(b"II*\0", F::Tiff),
    mark(b"MM\0*", F::Tiff),
    mark(b"WEBP", F::Webp).at(8).like_text(),
    mark(b"ftyphei", F::Heic).at(4).like_text(),
    mark(b"ftyphev", F::Heic).at(4).like_text(),
    mark(b"ftypmif1", F::Heic).at(4).like_text(),
    mark(b"DICM", F::Dicom).at(128).like_text(),
    mark(b"\xff\xfe\0\0", F::Utf32),
    mark(b"\0\0\xfe\xff", F::Utf32),
];

/// Names of parts that identify the kind of a zip archive; the first one found decides. A document may hold a workbook.
const PARTS: &[(&[u8], F)] = &[
    (b"opendocument.spreadsheet", F::Ods),
    (b"opendocument.text", F::TextDocument),
    (b"opendocument.presentation", F::Presentation),
    (b"word/", F::TextDocument),
    (b"ppt/", F::Presentation),
    (b"xl/workbook.bin", F::Xlsb),
    (b"xl/", F::Xlsx),
    (b"Index/Document.iwa", F::Numbers),
    (b"metadata.json", F::Jamovi),
    (b"", F::Archive),
];

/// Names of streams that identify documents of old Office programs, in UTF-16.
const STREAMS: &[(&str, F)] = &[
    ("EncryptedPackage", F::Password),
    ("WordDocument", F::TextDocument),
    ("PowerPoint Document", F::Presentation),
    ("", F::Xls),
];

/// How texts start that are not tables, in small letters and without white space before it; the first that fits
/// decides.
const TEXTS: &[(&str, F)] = &[
    ("<!doctype html", F::Html),
    ("<html", F::Html),
    ("<head", F::Html),
    ("<body", F::Html),
    ("<meta", F::Html),
    ("<style", F::Html),
    ("<table", F::Html),
    ("mime-version:", F::Html),
    ("<?xml", F::Xml),
    ("<!doctype", F::Xml),
];

/// Texts that identify a kind of XML, in lower case.
const KINDS_OF_XML: &[(&str, F)] = &[
    ("urn:schemas-microsoft-com:office:spreadsheet", F::Xml2003),
    ("urn:oasis:names:tc:opendocument", F::FlatOds),
    ("<html", F::Html),
];

/// Number of bytes examined from the start.
const HEAD: usize = 8192;

/// So many bytes at either end of an archive are searched for the names of its parts.
const NAMES: usize = 65_536;

impl ForeignFormat {
    /// Returns the format of a file, by its bytes; `None` for a text that may be a table.
    ///
    /// A few NULs and control characters in a text are no reason to refuse it: exports have them.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let head = first(bytes, HEAD);
        let is_binary = head.iter().any(|&byte| byte == 0 || is_control(byte));
        let fits = |mark: &&Mark| {
            let at_place = bytes.get(mark.at..).is_some_and(|rest| rest.starts_with(mark.bytes));
            at_place && (is_binary || !mark.like_text)
        };
        if let Some(mark) = MARKS.iter().find(fits) {
            return Some(mark.format);
        }
        if [b"PK\x03\x04", b"PK\x05\x06"]
            .iter()
            .any(|mark| bytes.starts_with(*mark))
        {
            let (start, end) = (first(bytes, NAMES), last(bytes, NAMES));
            let has = |name: &[u8]| contains(start, name) || contains(end, name);
            return PARTS.iter().find(|(name, _)| has(name)).map(|(_, format)| *format);
        }
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            let has = |name: &str| {
                let name: Vec<u8> = name.bytes().flat_map(|letter| [letter, 0]).collect();
                contains(bytes, &name)
            };
            return STREAMS.iter().find(|(name, _)| has(name)).map(|(_, format)| *format);
        }
        if is_old_stata(bytes) {
            return Some(Self::Stata);
        }
        if is_dbase(bytes) {
            return Some(Self::Dbase);
        }
        if is_ascii_r(bytes) {
            return Some(Self::R);
        }
        if contains(first(head, 200), b"SPSS PORT FILE") && contains(first(head, 600), b"SPSSPORT") {
            return Some(Self::SpssPortable);
        }
        if is_utf32(head) {
            return Some(Self::Utf32);
        }
        let decoded = decode(head);
        if let Some(format) = of_text(&decoded.text) {
            return Some(format);
        }
        let is_utf16 = matches!(decoded.encoding, Encoding::Utf16Le | Encoding::Utf16Be);
        (!is_utf16 && is_mostly_binary(head)).then_some(Self::Binary)
    }

    /// True if `crates/workbooks` reads files of this format, or says why it cannot: of the packed ones those of R.
    #[must_use]
    pub const fn has_reader(self) -> bool {
        matches!(
            self,
            F::Spss
                | F::SpssPortable
                | F::Stata
                | F::SasTransport
                | F::Sas
                | F::R
                | F::RCompressed
                | F::Compressed
                | F::Jamovi
                | F::Archive
                | F::Xlsx
                | F::Xlsb
                | F::Xls
                | F::Password
                | F::Ods
                | F::FlatOds
                | F::Xml2003
                | F::Html
        )
    }
}

fn first(bytes: &[u8], most: usize) -> &[u8] {
    &bytes[..bytes.len().min(most)]
}

fn last(bytes: &[u8], most: usize) -> &[u8] {
    &bytes[bytes.len().saturating_sub(most)..]
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    part.is_empty() || bytes.windows(part.len()).any(|window| window == part)
}

/// True if a byte does not occur in text: a control character other than NUL, white space, the end mark of DOS, escape
/// and the separators.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0x01..=0x08 | 0x0e..=0x19 | 0x7f)
}

/// True if half of the bytes are NUL, or one in fifty is another control character, four at least. Some programs fill
/// cells up with NULs.
fn is_mostly_binary(head: &[u8]) -> bool {
    let nuls = head.iter().filter(|&&byte| byte == 0).count();
    let controls = head.iter().filter(|&&byte| is_control(byte)).count();
    (nuls >= 4 && nuls * 2 > head.len()) || (controls >= 4 && controls * 50 > head.len())
}

/// Stata up to version 12: the version as a letter, the order of bytes, 1 for a file of data, 0.
fn is_old_stata(bytes: &[u8]) -> bool {
    matches!(bytes, [0x68..=0x74, 1 | 2, 1, 0, ..])
}

/// The version, the date of the last change, the number of rows, the sizes of header and row, and reserved bytes.
fn is_dbase(bytes: &[u8]) -> bool {
    let reserved = bytes.get(12..14);
    matches!(bytes, [0x03 | 0x83 | 0x8b, _, 1..=12, 1..=31, ..]) && reserved == Some(&[0, 0])
}

/// An .rds in ASCII: `A`, the version of the format, that of R, and the oldest R that reads it (2.3.0, 3.5.0).
fn is_ascii_r(bytes: &[u8]) -> bool {
    let mut lines = first(bytes, 64).split(|&byte| byte == b'\n');
    let mut next = || lines.next().map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let (letter, version, _, oldest) = (next(), next(), next(), next());
    letter == Some(b"A")
        && matches!(
            (version, oldest),
            (Some(b"2"), Some(b"131840")) | (Some(b"3"), Some(b"197888"))
        )
}

/// UTF-32 without a mark: all groups of four bytes are characters of one half of a line, the low byte first or last.
fn is_utf32(head: &[u8]) -> bool {
    let units = || head.chunks_exact(4).filter_map(|unit| <[u8; 4]>::try_from(unit).ok());
    let is_text = |code: u32| char::from_u32(code).is_some_and(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'));
    let all = |read: fn([u8; 4]) -> u32| units().all(|unit| is_text(read(unit)));
    head.len() >= 16 && (all(u32::from_le_bytes) || all(u32::from_be_bytes))
}

/// The format of a text by how it starts.
fn of_text(text: &str) -> Option<F> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if is_json(start) {
        return Some(F::Json);
    }
    let start: String = start.chars().take(2048).collect::<String>().to_ascii_lowercase();
    let (mark, format) = TEXTS.iter().find(|(mark, _)| start.starts_with(mark))?;
    // `<table` may continue as `<table>` or `<table border="1">`, not as `<tablets`.
    let goes_on = start[mark.len()..].starts_with(char::is_alphanumeric);
    if goes_on && !mark.ends_with(':') {
        return None;
    }
    let kind = KINDS_OF_XML.iter().find(|(kind, _)| start.contains(kind));
    match (format, kind) {
        (F::Xml, Some((_, kind))) => Some(*kind),
        _ => Some(*format),
    }
}

/// An object with a name in quotes and a colon, or a list of objects or lists.
fn is_json(start: &str) -> bool {
    let inside = |text: &str, open: char| text.strip_prefix(open).map(|rest| rest.trim_start().to_owned());
    let is_object = |text: &str| {
        let name = inside(text, '{').and_then(|rest| rest.strip_prefix('"').map(str::to_owned));
        let behind = name.as_deref().and_then(|name| name.split_once('"'));
        behind.is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
    };
    is_object(start) || inside(start, '[').is_some_and(|rest| is_object(&rest) || rest.starts_with('['))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns `start` padded with zeros to `length`.
    fn padded(start: &[u8], length: usize) -> Vec<u8> {
        let mut bytes = start.to_vec();
        bytes.resize(length.max(bytes.len()), 0);
        bytes
    }

    fn at(place: usize, mark: &[u8]) -> Vec<u8> {
        [&vec![0; place], mark, &[1, 0, 0, 0]].concat()
    }

    /// Makes the parts of a zip archive that are examined.
    fn zip(parts: &[&str]) -> Vec<u8> {
        let local = parts
            .iter()
            .flat_map(|name| [b"PK\x03\x04\x14\0\0\0\x08\0", name.as_bytes()].concat());
        local.chain(*b"PK\x05\x06\0\0").collect()
    }

    fn old_office(stream: &str) -> Vec<u8> {
        let name = stream.bytes().flat_map(|letter| [letter, 0]);
        padded(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 512)
            .into_iter()
            .chain(name)
            .collect()
    }

    fn utf16(text: &str) -> Vec<u8> {
        std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect()
    }

    fn utf32(text: &str, bytes: fn(u32) -> [u8; 4]) -> Vec<u8> {
        text.chars().flat_map(|c| bytes(u32::from(c))).collect()
    }

    #[test]
    fn each_format_is_known_by_its_bytes() {
        let portable = format!("{}{}SPSSPORT", "ASCII SPSS PORT FILE".repeat(10), "0".repeat(256));
        let table = "id,sex\nP1,female\n";
        let cases: Vec<(Vec<u8>, F)> = vec![
            (padded(b"$FL2@(#) SPSS DATA FILE", 200), F::Spss),
            (padded(b"$FL3@(#) SPSS DATA FILE", 200), F::Spss),
            (portable.into_bytes(), F::SpssPortable),
            (b"<stata_dta><header><release>118".to_vec(), F::Stata),
            (padded(b"\x73\x02\x01\0\x02\0", 60), F::Stata),
            (padded(b"\x69\x01\x01\0\x02\0", 60), F::Stata),
            (
                b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!".to_vec(),
                F::SasTransport,
            ),
            (
                b"HEADER RECORD*******LIBV8   HEADER RECORD!!!!!!!".to_vec(),
                F::SasTransport,
            ),
            (
                [
                    &[0; 12][..],
                    b"\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\0\x09\xc7\x31\x8c\x18\x1f\x10\x11",
                ]
                .concat(),
                F::Sas,
            ),
            (b"X\n\0\0\0\x03\0\x04\x02\x02".to_vec(), F::R),
            (b"RDX3\nX\n\0\0\0\x03".to_vec(), F::R),
            (b"RDX2\nX\n\0\0\0\x02".to_vec(), F::R),
            (b"RDA3\nA\n3\n262658\n197888\n".to_vec(), F::R),
            (b"A\n3\n262658\n197888\n5\nUTF-8\n".to_vec(), F::R),
            (b"A\n2\n197636\n131840\n787\n".to_vec(), F::R),
            (
                b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x8b\xe0\x62\x60".to_vec(),
                F::RCompressed,
            ),
            (
                b"\x1f\x8b\x08\x08\xfe\xd0\x0b\x6b\x02\xffa.csv\0".to_vec(),
                F::Compressed,
            ),
            (b"\xfd7zXZ\0\0\x01\x69\x22".to_vec(), F::Compressed),
            (b"BZh91AY&SY\xf8\x73\xf1\x83\0\0\x7c".to_vec(), F::Compressed),
            (b"\x28\xb5\x2f\xfd\x24\x05".to_vec(), F::Compressed),
            (b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), F::Archive),
            (b"Rar!\x1a\x07\x01\0".to_vec(), F::Archive),
            (zip(&["patients.csv", "notes.txt"]), F::Archive),
            (b"PK\x05\x06\0\0\0\0".to_vec(), F::Archive),
            (
                zip(&["META-INF/MANIFEST.MF", "metadata.json", "data.bin"]),
                F::Jamovi,
            ),
            (b"PAR1\x15\x04\x15\0\0\0PAR1".to_vec(), F::Parquet),
            (b"ARROW1\0\0\xff\xff".to_vec(), F::Arrow),
            (padded(b"FEA1\0\0\0\0", 40), F::Arrow),
            (b"SQLite format 3\0\x10\0".to_vec(), F::Sqlite),
            (b"\x89HDF\r\n\x1a\n\0\0".to_vec(), F::Hdf5),
            (b"MATLAB 5.0 MAT-file, Platform: GLNXA64".to_vec(), F::Matlab),
            (b"\0\x01\0\0Standard Jet DB\0\x01".to_vec(), F::Access),
            (b"\0\x01\0\0Standard ACE DB\0\x02".to_vec(), F::Access),
            (padded(b"\x03\x7b\x05\x11\x2a\0\0\0\x61\0\x20\0", 40), F::Dbase),
            (zip(&["[Content_Types].xml", "xl/workbook.xml"]), F::Xlsx),
            (zip(&["[Content_Types].xml", "xl/workbook.bin"]), F::Xlsb),
            (old_office("Workbook"), F::Xls),
            (old_office("Book"), F::Xls),
            (b"\x09\x04\x06\0\0\0\x10\0".to_vec(), F::Xls),
            (old_office("EncryptedPackage"), F::Password),
            (
                zip(&["mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "content.xml"]),
                F::Ods,
            ),
            (
                zip(&["mimetypeapplication/vnd.oasis.opendocument.text", "content.xml"]),
                F::TextDocument,
            ),
            (zip(&["word/document.xml", "word/embeddings/xl/workbook.xml"]), F::TextDocument),
            (old_office("WordDocument"), F::TextDocument),
            (zip(&["ppt/presentation.xml"]), F::Presentation),
            (old_office("PowerPoint Document"), F::Presentation),
            (zip(&["Index/Document.iwa"]), F::Numbers),
            (
                b"<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">"
                    .to_vec(),
                F::FlatOds,
            ),
            (
                b"<?xml version=\"1.0\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".to_vec(),
                F::Xml2003,
            ),
            (b"%PDF-1.4\n".to_vec(), F::Pdf),
            (b"{\\rtf1\\ansi id}".to_vec(), F::Rtf),
            (b"<table border=\"1\"><tr><td>id</td></tr></table>".to_vec(), F::Html),
            (b"\xef\xbb\xbf\r\n <HTML><TABLE>".to_vec(), F::Html),
            (b"<!DOCTYPE html>\n<title>".to_vec(), F::Html),
            (b"<?xml version=\"1.0\"?><html xmlns=\"x\">".to_vec(), F::Html),
            (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n".to_vec(), F::Html),
            (utf16("<html><table><tr>"), F::Html),
            (b"<?xml version=\"1.0\"?><patients>".to_vec(), F::Xml),
            (b"[{\"id\": \"P1\"}, {\"id\": \"P2\"}]".to_vec(), F::Json),
            (b"{ \"patients\": [] }".to_vec(), F::Json),
            (b"[[\"id\", \"sex\"], [1, 2]]".to_vec(), F::Json),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), F::Png),
            (b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), F::Jpeg),
            (b"GIF89a\x01\0\x01\0".to_vec(), F::Gif),
            (b"II*\0\x08\0\0\0".to_vec(), F::Tiff),
            (b"MM\0*\0\0\0\x08".to_vec(), F::Tiff),
            (b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), F::Heic),
            (b"RIFF\x10\0\0\0WEBPVP8 ".to_vec(), F::Webp),
            (at(128, b"DICM"), F::Dicom),
            ([b"\xff\xfe\0\0".to_vec(), utf32(table, u32::to_le_bytes)].concat(), F::Utf32),
            ([b"\0\0\xfe\xff".to_vec(), utf32(table, u32::to_be_bytes)].concat(), F::Utf32),
            (utf32(table, u32::to_le_bytes), F::Utf32),
            (utf32("번호,성별\n1,남\n", u32::to_be_bytes), F::Utf32),
            ((0..=255).cycle().take(3000).collect(), F::Binary),
            (padded(b"DATA", 400), F::Binary),
        ];
        for (bytes, format) in cases {
            let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
            assert_eq!(ForeignFormat::of(&bytes), Some(format), "{shown:?}");
        }
    }

    #[test]
    fn texts_that_look_like_something_else_are_tables() {
        let texts = [
            "",
            "id,wbc\n1,2\n",
            "PK,sex\nPK1,f\n",
            "PAR1,PAR2\n1,2\n",
            "GIF89a,GIF87a\n1,2\n",
            "FEA1\n1\n",
            "$FL2,$FL3\n1,2\n",
            "BZh9,x\n1,2\n",
            "BZh91AY&SY,x\n1,2\n",
            "RDX3,RDA3\nX,A\n",
            "A\n3\n262658\n5\n",
            "X\n0\n0\n",
            "ID;P;W\n1;2;3\n",
            "MATLAB,HEADER RECORD\n1,2\n",
            "WBC <10,x\n<5,1\n",
            "<5,>10\n1,2\n",
            "<tablets>,x\n1,2\n",
            "<0.01;<0.1\n1;2\n",
            "{id},[sex]\n1,f\n",
            "[id],[sex]\n1,f\n",
            "{\"id\",\"sex\"}\n",
            "%,PDF\n1,2\n",
            "SPSSPORT,x\n1,2\n",
            "stata_dta,id\n1,2\n",
            "번호,성별\n1,남\n",
            "id\u{1}\u{2},x\n1,2\n",
            "id,x\nP0\u{0}03,2\n",
            "id,x\nP003\u{0}\u{0}\u{0}\u{0},2\nP0004\u{0}\u{0}\u{0},3\n",
            "id,x\n1,2\n\u{1a}",
            "id\u{1f}x\u{1e}1\u{1f}2\u{1e}",
            "id,x\n\u{1b}$B4A;z\u{1b}(B,2\n",
        ];
        for text in texts {
            for bytes in [text.as_bytes().to_vec(), utf16(text)] {
                assert_eq!(ForeignFormat::of(&bytes), None, "{text:?}");
            }
        }
        // Shift JIS, EUC-KR, Windows-1252.
        for bytes in [
            &b"\x90\xab\x95\xca,\x92\x6a\n1,2\n"[..],
            b"\xbc\xba\xba\xb0,a\n1,2\n",
            b"Gr\xf6\xdfe,\xff\n1,2\n",
        ] {
            assert_eq!(ForeignFormat::of(bytes), None);
        }
    }

    proptest! {
        #[test]
        fn letters_digits_and_commas_are_a_table(text in "[A-Za-z0-9,\n]{0,300}") {
            prop_assert_eq!(ForeignFormat::of(text.as_bytes()), None);
            prop_assert_eq!(ForeignFormat::of(&utf16(&text)), None);
        }

        #[test]
        fn a_mark_that_could_be_a_name_is_one_in_a_text(mark in 0..MARKS.len(), rest in "[A-Za-z0-9,\n]{0,300}") {
            let mark = &MARKS[mark];
            prop_assume!(mark.like_text);
            let text = [&vec![b'a'; mark.at], mark.bytes, rest.as_bytes()].concat();
            prop_assert_eq!(ForeignFormat::of(&text), None);
        }

        #[test]
        fn any_bytes_get_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = ForeignFormat::of(&bytes);
        }

        #[test]
        fn random_bytes_are_not_a_table(bytes in prop::collection::vec(any::<u8>(), 4000)) {
            // A byte order mark of UTF-16 makes it text.
            prop_assume!(!bytes.starts_with(b"\xfe\xff") && !bytes.starts_with(b"\xff\xfe"));
            prop_assert!(ForeignFormat::of(&bytes).is_some());
        }
    }
}
