//! A file whose bytes are not UTF-8: in which code page it is read, the question about it, and the answer.

use cotside_core::cohort::{
    Basis, CodePage, Decoded, Encoding, code_pages, damaged_utf8, decode, in_code_page, is_iso_2022_jp,
};
use cotside_messages::{FileRequest, FileSetting, SettingOption};
use cotside_words::lang::columns_page::{self as words, label};
use cotside_words::{en, lang};

use crate::cohort_file::Loaded;

/// What settings call it.
pub const NAME: &str = "encoding";

/// What is known of the bytes of a file that is not UTF-8.
#[derive(Debug, Clone, Default)]
pub struct CodePages {
    /// The file as it came, to be read again; empty where the bytes say how they are read.
    bytes: Vec<u8>,
    /// The likeliest first.
    pages: Vec<CodePage>,
}

/// The file as text, in the code page that a person chose or in the likeliest.
pub fn read<'a>(bytes: &'a [u8], chosen: Option<Encoding>) -> (Decoded<'a>, CodePages) {
    let decoded = decode(bytes);
    if is_iso_2022_jp(bytes)
        && let Some(text) = in_page(Encoding::Iso2022Jp, bytes)
    {
        let decoded = in_code_page(text, Encoding::Iso2022Jp, Basis::Escapes);
        return (decoded, CodePages::default());
    }
    if decoded.basis != Basis::NotUtf8 {
        return (decoded, CodePages::default());
    }
    let pages = code_pages(bytes, in_page);
    let likeliest = pages.first().map(|page| page.encoding);
    let basis = if chosen.is_some() { Basis::Said } else { Basis::NotUtf8 };
    let encoding = chosen.or(likeliest).unwrap_or(Encoding::Windows1252);
    let decoded = match in_page(encoding, bytes) {
        Some(text) => in_code_page(text, encoding, basis),
        None => decoded,
    };
    let bytes = bytes.to_vec();
    (decoded, CodePages { bytes, pages })
}

/// Bytes in a code page; `None` where it is not available.
fn in_page(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    match encoding {
        Encoding::Utf8 => Some(damaged_utf8(bytes)),
        page => by_tables(page, bytes),
    }
}

/// Bytes in a code page, by the tables of `encoding_rs`.
#[cfg(not(target_family = "wasm"))]
fn by_tables(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    let tables = encoding_rs::Encoding::for_label(encoding.label().as_bytes())?;
    Some(tables.decode_without_bom_handling(bytes).0.into_owned())
}

/// Bytes in a code page, by the tables of the browser.
#[cfg(target_family = "wasm")]
fn by_tables(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    let decoder = web_sys::TextDecoder::new_with_label(encoding.label()).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}

impl CodePages {
    /// The bytes, to be read again in a code page; `None` where they say how they are read.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        (!self.bytes.is_empty()).then(|| self.bytes.clone())
    }

    /// Whether it is a question at all.
    pub fn is_asked(&self) -> bool {
        !self.pages.is_empty()
    }
}

/// Whether nobody has said how the file is to be read.
pub fn is_open(file: &Loaded) -> bool {
    file.code_pages.is_asked() && file.raw.basis == Basis::NotUtf8
}

/// The question for a program.
pub fn asked(file: &Loaded) -> Option<en::Asked> {
    is_open(file).then(|| en::encoding_asked(&file.raw, &file.code_pages.pages))
}

/// What settings say of it.
pub fn line(file: &Loaded) -> Option<[String; 3]> {
    let label = file.raw.encoding.label();
    file.code_pages
        .is_asked()
        .then(|| [String::new(), NAME.to_owned(), label.to_owned()])
}

/// The setting, each code page with the names of the columns as they read in it; nothing where the bytes say how they are
/// read.
pub fn setting(file: &Loaded) -> Option<FileSetting> {
    if !file.code_pages.is_asked() {
        return None;
    }
    let pages = &file.code_pages.pages;
    let option = |encoding: Encoding, name: String| SettingOption {
        name,
        request: FileRequest::Encoding(encoding),
    };
    let found = pages.iter().map(|page| {
        let header = lang::header_preview(&page.preview());
        option(page.encoding, words::code_page(lang::encoding(page.encoding), &header))
    });
    let is_found = |encoding: &Encoding| pages.iter().any(|page| page.encoding == *encoding);
    let others = Encoding::CODE_PAGES.iter().filter(|encoding| !is_found(encoding));
    let others = others.map(|&encoding| option(encoding, words::other_code_page(lang::encoding(encoding))));
    let options: Vec<SettingOption> = found.chain(others).collect();
    let now = FileRequest::Encoding(file.raw.encoding);
    Some(FileSetting {
        name: NAME.to_owned(),
        label: label::ENCODING.to_owned(),
        chosen: options.iter().position(|option| option.request == now),
        options,
        questions: is_open(file)
            .then(|| lang::ENCODING_QUESTION.to_owned())
            .into_iter()
            .collect(),
        ..FileSetting::default()
    })
}
