//! Decoding of a file's bytes, and the assumptions made.
//!
//! Registries send files as their spreadsheet saved them: UTF-8 with or without a byte order mark, UTF-16 ("Unicode
//! text"), or a legacy code page (see [`code_pages`](super::code_pages)). Decoding never fails; assumptions are
//! reported, so that a person can correct them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// How characters are written as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8 (and ASCII).
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// Windows-1252, of which Latin-1 (ISO 8859-1) is the printable part.
    Windows1252,
    /// Windows-1250: Polish, Czech, Hungarian, Croatian, Romanian.
    Windows1250,
    /// Windows-1251: Russian, Ukrainian, Bulgarian, Serbian.
    Windows1251,
    /// Windows-1253: Greek.
    Windows1253,
    /// Windows-1254: Turkish.
    Windows1254,
    /// Shift JIS as Windows has it (code page 932): Japanese.
    ShiftJis,
    /// EUC-JP: Japanese.
    EucJp,
    /// EUC-KR as Windows has it (code page 949): Korean.
    EucKr,
    /// GB18030, of which GBK and GB 2312 are parts: Chinese, simplified.
    Gb18030,
    /// Big5: Chinese, traditional.
    Big5,
    /// ISO-2022-JP: Japanese, in escape sequences of ASCII.
    Iso2022Jp,
    /// Mac Roman: western languages, as programs on old Macintosh computers wrote them.
    MacRoman,
    /// KOI8-R: Russian, of Unix.
    Koi8R,
    /// IBM 866: Russian, of DOS.
    Ibm866,
    /// ISO 8859-2, Latin-2: Polish, Czech, Hungarian, Croatian, Romanian.
    Latin2,
    /// Windows-1255: Hebrew.
    Windows1255,
    /// Windows-1256: Arabic.
    Windows1256,
    /// Windows-1257: Estonian, Latvian, Lithuanian.
    Windows1257,
    /// Windows-1258: Vietnamese.
    Windows1258,
}

impl Encoding {
    /// The encodings that a person may choose where the bytes do not say it, in the order in which equally likely ones
    /// are proposed. UTF-8 is the last of them: a file in which a few bytes are not.
    pub const CODE_PAGES: [Self; 20] = [
        Self::Windows1252,
        Self::ShiftJis,
        Self::EucKr,
        Self::Gb18030,
        Self::Big5,
        Self::Windows1250,
        Self::Windows1251,
        Self::Windows1253,
        Self::Windows1254,
        Self::EucJp,
        Self::MacRoman,
        Self::Koi8R,
        Self::Latin2,
        Self::Ibm866,
        Self::Windows1257,
        Self::Windows1255,
        Self::Windows1256,
        Self::Windows1258,
        Self::Iso2022Jp,
        Self::Utf8,
    ];

    /// Returns its name in the Encoding Standard (WHATWG), which settings and decoders use.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1252 => "windows-1252",
            Self::Windows1250 => "windows-1250",
            Self::Windows1251 => "windows-1251",
            Self::Windows1253 => "windows-1253",
            Self::Windows1254 => "windows-1254",
            Self::ShiftJis => "shift_jis",
            Self::EucJp => "euc-jp",
            Self::EucKr => "euc-kr",
            Self::Gb18030 => "gb18030",
            Self::Big5 => "big5",
            Self::Iso2022Jp => "iso-2022-jp",
            Self::MacRoman => "macintosh",
            Self::Koi8R => "koi8-r",
            Self::Ibm866 => "ibm866",
            Self::Latin2 => "iso-8859-2",
            Self::Windows1255 => "windows-1255",
            Self::Windows1256 => "windows-1256",
            Self::Windows1257 => "windows-1257",
            Self::Windows1258 => "windows-1258",
        }
    }

    /// The code page of a label.
    #[must_use]
    pub fn code_page(label: &str) -> Option<Self> {
        Self::CODE_PAGES.into_iter().find(|page| page.label() == label)
    }
}

/// Why this encoding was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The file starts with a byte-order mark.
    Mark,
    /// All bytes are UTF-8.
    Valid,
    /// Every other byte is zero, as in UTF-16 without a mark.
    ZeroBytes,
    /// The bytes are not UTF-8; which code page they are in is assumed, and a question.
    NotUtf8,
    /// The file has the escape sequences of ISO-2022-JP, which nothing else has.
    Escapes,
    /// The encoding was chosen by a person.
    Said,
}

/// A decoded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text without byte-order mark.
    pub text: Cow<'a, str>,
    /// Encoding by which the bytes were read.
    pub encoding: Encoding,
    /// Why this encoding was used.
    pub basis: Basis,
    /// Number of undecodable places: U+FFFD in UTF-8 and UTF-16, a control character in Windows-1252.
    pub unreadable: usize,
}

/// Windows-1252 from 0x80 to 0x9F (WHATWG); the five bytes without a character stay control characters.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Number of bytes searched for the zeros of UTF-16.
const LOOKED_AT: usize = 4096;

/// Reads bytes as text: by their byte-order mark; else as UTF-16 where every other byte is mostly zero; else as UTF-8
/// where that is valid; else as Windows-1252.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        let text = String::from_utf8_lossy(rest);
        return found(text, Encoding::Utf8, Basis::Mark);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return found(utf16(rest, u16::from_le_bytes), Encoding::Utf16Le, Basis::Mark);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return found(utf16(rest, u16::from_be_bytes), Encoding::Utf16Be, Basis::Mark);
    }
    match zeros(bytes) {
        Some(Encoding::Utf16Le) => {
            return found(utf16(bytes, u16::from_le_bytes), Encoding::Utf16Le, Basis::ZeroBytes);
        }
        Some(_) => return found(utf16(bytes, u16::from_be_bytes), Encoding::Utf16Be, Basis::ZeroBytes),
        None => {}
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded {
            text: Cow::Borrowed(text),
            encoding: Encoding::Utf8,
            basis: Basis::Valid,
            unreadable: 0,
        },
        Err(_) => in_code_page(western_text(bytes), Encoding::Windows1252, Basis::NotUtf8),
    }
}

/// True if a file is ISO-2022-JP: bytes of ASCII with the sequences that begin Japanese letters.
#[must_use]
pub fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let begins = |sequence: &[u8; 3]| bytes.windows(3).any(|three| three == sequence);
    bytes.contains(&0x1b) && bytes.is_ascii() && (begins(b"\x1b$B") || begins(b"\x1b$@") || begins(b"\x1b(I"))
}

/// A file in UTF-8 of which some bytes are not, as text: these are read as Windows-1252, from which rows may have been
/// copied.
#[must_use]
pub fn damaged_utf8(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|&byte| western(byte)));
    }
    text
}

/// Text that came out of a code page.
#[must_use]
pub fn in_code_page(text: String, encoding: Encoding, basis: Basis) -> Decoded<'static> {
    Decoded {
        unreadable: unreadable(&text),
        text: Cow::Owned(text),
        encoding,
        basis,
    }
}

/// Bytes in Windows-1252 as text.
pub(super) fn western_text(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| western(byte)).collect()
}

fn found(text: Cow<'_, str>, encoding: Encoding, basis: Basis) -> Decoded<'_> {
    Decoded {
        unreadable: text.matches('\u{fffd}').count(),
        text,
        encoding,
        basis,
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Cow<'static, str> {
    let pairs = bytes.chunks_exact(2);
    // Half a UTF-16 unit at the end is undecodable.
    let cut = (!pairs.remainder().is_empty()).then_some('\u{fffd}');
    let units = pairs.map(|pair| match pair {
        [first, second] => unit([*first, *second]),
        _ => 0xfffd,
    });
    let characters = char::decode_utf16(units).map(|read| read.unwrap_or('\u{fffd}'));
    Cow::Owned(characters.chain(cut).collect())
}

/// Which half of each pair of bytes is mostly zero, if one is: digits, delimiters and Latin letters are below 256.
fn zeros(bytes: &[u8]) -> Option<Encoding> {
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT)];
    let (mut first, mut second, mut pairs) = (0_usize, 0_usize, 0_usize);
    for pair in looked_at.chunks_exact(2) {
        pairs += 1;
        first += usize::from(pair.first() == Some(&0));
        second += usize::from(pair.last() == Some(&0));
    }
    let mostly = |zeros: usize, others: usize| pairs >= 2 && zeros * 4 >= pairs && others * 50 <= pairs;
    if mostly(second, first) {
        Some(Encoding::Utf16Le)
    } else if mostly(first, second) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

fn western(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Returns the number of undecodable places.
pub(super) fn unreadable(text: &str) -> usize {
    text.chars()
        .filter(|&c| matches!(c, '\u{fffd}' | '\u{80}'..='\u{9f}'))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn utf16_bytes(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn one_text_in_every_encoding() {
        use {Basis as B, Encoding as E};
        let text = "größe;n\r\n12,5;3\r\n";
        let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        let latin: Vec<u8> = text.chars().map(|c| u32::from(c) as u8).collect();
        for (bytes, encoding, basis) in [
            (text.as_bytes().to_vec(), E::Utf8, B::Valid),
            (marked(b"\xef\xbb\xbf", text.as_bytes().to_vec()), E::Utf8, B::Mark),
            (
                marked(b"\xff\xfe", utf16_bytes(text, u16::to_le_bytes)),
                E::Utf16Le,
                B::Mark,
            ),
            (
                marked(b"\xfe\xff", utf16_bytes(text, u16::to_be_bytes)),
                E::Utf16Be,
                B::Mark,
            ),
            (utf16_bytes(text, u16::to_le_bytes), E::Utf16Le, B::ZeroBytes),
            (utf16_bytes(text, u16::to_be_bytes), E::Utf16Be, B::ZeroBytes),
            (latin, E::Windows1252, B::NotUtf8),
        ] {
            let decoded = decode(&bytes);
            assert_eq!(decoded.text, text, "{encoding:?} {basis:?}");
            assert_eq!((decoded.encoding, decoded.basis), (encoding, basis));
            assert_eq!(decoded.unreadable, 0, "{encoding:?} {basis:?}");
        }
    }

    #[test]
    fn korean_in_utf16_without_a_mark_is_known_by_its_digits_and_delimiters() {
        let text = "번호,성별,백혈구\n1,남,33.9\n2,여,43.5\n";
        let decoded = decode(&utf16_bytes(text, u16::to_le_bytes)).text.into_owned();
        assert_eq!(decoded, text);
    }

    #[test]
    fn the_code_page_has_its_own_quotes_and_holes() {
        let decoded = decode(b"\x93x\x94 \x80 \x96\xfc\x81");
        assert_eq!(decoded.text, "“x” € –ü\u{81}");
        assert_eq!(decoded.unreadable, 1);
    }

    #[test]
    fn undecodable_places_are_counted() {
        assert_eq!(decode(b"\xff\xfea\0\0\xd8b\0").unreadable, 1, "half a surrogate pair");
        assert_eq!(decode(b"\xff\xfea\0b").unreadable, 1, "half a unit");
        assert_eq!(
            decode(b"\xef\xbb\xbfa\xffb").unreadable,
            1,
            "a mark, and a byte that is not UTF-8"
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_fail(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let decoded = decode(&bytes);
            prop_assert!(decoded.text.chars().count() <= bytes.len());
        }

        #[test]
        fn any_text_comes_back_from_utf16(text in "[a-z0-9,;\u{e4}\u{f6}\u{fc}\u{1f600}]{4,60}") {
            for (mark, bytes) in [
                (&b"\xff\xfe"[..], utf16_bytes(&text, u16::to_le_bytes)),
                (&b"\xfe\xff"[..], utf16_bytes(&text, u16::to_be_bytes)),
            ] {
                let bytes = [mark, &bytes].concat();
                let decoded = decode(&bytes);
                prop_assert_eq!(decoded.text, text.as_str());
            }
        }
    }
}
