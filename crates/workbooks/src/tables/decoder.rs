//! Texts of files that state their encoding, or do not.

use cotside_core::cohort::{Basis, Encoding as CodePage, code_pages, decode};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::Fault;

/// Bytes beyond ASCII that are kept to find out their encoding.
const KEPT: usize = 64 * 1024;

/// Turns bytes into text.
pub struct Decoder {
    encoding: &'static Encoding,
    /// Texts beyond ASCII, one a line.
    seen: Vec<u8>,
    /// True if some bytes are no text in this encoding.
    is_wrong: bool,
}

impl Decoder {
    /// Bytes as text, without the blanks and NULs that fill it up.
    pub fn text(&mut self, bytes: &[u8]) -> String {
        let filled = bytes.iter().rposition(|byte| !matches!(byte, b' ' | 0));
        let bytes = bytes.get(..filled.map_or(0, |last| last + 1)).unwrap_or_default();
        if bytes.is_empty() {
            return String::new();
        }
        if !bytes.is_ascii() && self.seen.len() < KEPT {
            self.seen.extend_from_slice(bytes);
            self.seen.push(b'\n');
        }
        let (text, is_wrong) = self.encoding.decode_without_bom_handling(bytes);
        if !is_wrong {
            return text.into_owned();
        }
        // A text that was cut to fit its place may end within a character.
        let (text, is_wrong) = self.encoding.decode_without_bom_handling(self.whole_characters(bytes));
        if !is_wrong {
            return text.into_owned();
        }
        self.is_wrong = true;
        self.encoding.decode_without_bom_handling(bytes).0.into_owned()
    }

    /// The bytes without the start of a character at their end.
    fn whole_characters<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        let end = match std::str::from_utf8(bytes) {
            Err(error) if self.encoding == UTF_8 && error.error_len().is_none() => error.valid_up_to(),
            _ if self.encoding == UTF_8 || bytes.last().is_some_and(u8::is_ascii) => bytes.len(),
            _ => bytes.len().saturating_sub(1),
        };
        bytes.get(..end).unwrap_or_default()
    }
}

/// The encoding with this name, as programs write it.
pub fn named(name: &str) -> Option<&'static Encoding> {
    let name = name.trim().to_ascii_lowercase();
    let page = name
        .strip_prefix("cp")
        .or_else(|| name.strip_prefix("windows-"))
        .or_else(|| name.strip_prefix("ms"));
    match page.and_then(|page| page.parse().ok()) {
        Some(page) => of_code_page(page),
        None => Encoding::for_label(name.as_bytes()),
    }
}

/// The encoding with this number of a code page.
pub fn of_code_page(page: u32) -> Option<&'static Encoding> {
    let label = match page {
        65001 => "utf-8".to_owned(),
        874 => "windows-874".to_owned(),
        932 | 942 | 943 => "shift_jis".to_owned(),
        936 | 54936 => "gb18030".to_owned(),
        949 | 51949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        866 => "ibm866".to_owned(),
        20932 | 51932 => "euc-jp".to_owned(),
        1250..=1258 => format!("windows-{page}"),
        28591..=28606 => format!("iso-8859-{}", page - 28590),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// What a file says about its encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    /// This.
    As(&'static Encoding),
    /// Nothing that can be used.
    Nothing,
}

/// Reads a file in its encoding; where it states none, or its texts are not in it, in the likeliest, with its name.
///
/// # Errors
/// Those of `read`.
pub fn decoded<T>(
    stated: Stated,
    mut read: impl FnMut(&mut Decoder) -> Result<T, Fault>,
) -> Result<(T, Option<String>), Fault> {
    let mut in_encoding = |encoding: &'static Encoding| {
        let mut decoder = Decoder {
            encoding,
            seen: Vec::new(),
            is_wrong: false,
        };
        let found = read(&mut decoder)?;
        Ok((found, decoder))
    };
    if let Stated::As(encoding) = stated {
        let (found, decoder) = in_encoding(encoding)?;
        if !decoder.is_wrong {
            return Ok((found, None));
        }
    }
    // Every byte is a character.
    let (found, decoder) = in_encoding(WINDOWS_1252)?;
    if decoder.seen.is_empty() {
        return Ok((found, None));
    }
    let likeliest = likeliest(&decoder.seen);
    let found = match likeliest == WINDOWS_1252 {
        true => found,
        false => in_encoding(likeliest)?.0,
    };
    Ok((found, Some(likeliest.name().to_owned())))
}

/// A document as text: by its mark or the encoding that it names (`charset=…`), else as what it most likely is.
pub fn document(bytes: &[u8]) -> String {
    let known = decode(bytes);
    if known.basis != Basis::NotUtf8 {
        return known.text.into_owned();
    }
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(2048)).unwrap_or_default()).to_ascii_lowercase();
    let name = start
        .split("charset=")
        .nth(1)
        .map(|rest| rest.trim_start_matches(['"', '\'']));
    let name = name.and_then(|rest| rest.split(['"', '\'', ' ', ';', '>', '/']).next());
    let encoding = name.and_then(named).filter(|encoding| *encoding != UTF_8);
    let encoding = encoding.unwrap_or_else(|| likeliest(bytes));
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// UTF-8 where the texts are, else the likeliest code page.
fn likeliest(texts: &[u8]) -> &'static Encoding {
    let whole = texts
        .iter()
        .rposition(|&byte| byte == b'\n')
        .and_then(|end| texts.get(..end))
        .unwrap_or(texts);
    if std::str::from_utf8(whole).is_ok() {
        return UTF_8;
    }
    let pages = code_pages(texts, in_page);
    let first = pages.first().map(|page| page.encoding.label());
    first
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .unwrap_or(WINDOWS_1252)
}

fn in_page(page: CodePage, bytes: &[u8]) -> Option<String> {
    let encoding = Encoding::for_label(page.label().as_bytes())?;
    Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_encodings_as_programs_write_them() {
        for (name, found) in [
            ("UTF-8", "UTF-8"),
            ("windows-1252", "windows-1252"),
            ("CP932", "Shift_JIS"),
            ("ISO-8859-2", "ISO-8859-2"),
            ("cp949", "EUC-KR"),
        ] {
            assert_eq!(named(name).map(Encoding::name), Some(found), "{name}");
        }
        assert_eq!(named("CP850"), None);
        assert_eq!(named("any"), None);
    }

    #[test]
    fn a_text_that_is_cut_within_a_character_is_in_its_encoding() {
        let read = |bytes: &'static [u8]| decoded(Stated::As(UTF_8), move |decoder| Ok(decoder.text(bytes))).ok();
        assert_eq!(read(b"  "), Some((String::new(), None)));
        assert_eq!(read(b"fr\xc3"), Some(("fr".to_owned(), None)));
        assert_eq!(
            read(b"fr\xfch"),
            Some(("früh".to_owned(), Some("windows-1252".to_owned())))
        );
    }

    #[test]
    fn an_encoding_that_is_not_stated_is_found() {
        let read = |bytes: &'static [u8]| decoded(Stated::Nothing, move |decoder| Ok(decoder.text(bytes))).ok();
        let found = |text: &str, name: &str| Some((text.to_owned(), Some(name.to_owned())));
        assert_eq!(read(b"plain  \0"), Some(("plain".to_owned(), None)));
        assert_eq!(read("Diagnose früh".as_bytes()), found("Diagnose früh", "UTF-8"));
        assert_eq!(read(b"m\xe4nnlich"), found("männlich", "windows-1252"));
        assert_eq!(
            read(b"\x90\xab\x95\xca \x92j\x90\xab \x8f\x97\x90\xab \x8e\x80\x96S"),
            found("性別 男性 女性 死亡", "Shift_JIS")
        );
    }
}
