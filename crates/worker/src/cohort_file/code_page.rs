//! A file whose bytes are not UTF-8: in which code page it is read, the question about it, and the answer.

use cotside_core::cohort::{Basis, CodePage, Decoded, Encoding, code_pages, decode, in_code_page};
use cotside_views::untyped::{Html, element, option, select, span, text};
use cotside_words::en;

use crate::cohort_file::Loaded;
use crate::cohort_file::column::OPEN;

/// The control, and what settings call it.
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

/// Bytes in a code page, by the tables of `encoding_rs`.
#[cfg(not(target_family = "wasm"))]
fn in_page(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    let tables = encoding_rs::Encoding::for_label(encoding.label().as_bytes())?;
    Some(tables.decode_without_bom_handling(bytes).0.into_owned())
}

/// Bytes in a code page, by the tables of the browser.
#[cfg(target_family = "wasm")]
fn in_page(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    let decoder = web_sys::TextDecoder::new_with_label(encoding.label()).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}

impl CodePages {
    /// The bytes again and the chosen code page, where an answer of a person, or of settings, means one.
    pub fn answered(&self, label: &str) -> Option<(Vec<u8>, Encoding)> {
        let encoding = Encoding::code_page(label)?;
        (!self.bytes.is_empty()).then(|| (self.bytes.clone(), encoding))
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

/// The control, each code page with the names of the columns as they read in it; nothing where the bytes say how they are read.
pub fn html(file: &Loaded) -> Html {
    if !file.code_pages.is_asked() {
        return Html::default();
    }
    let now = file.raw.encoding;
    let found = file.code_pages.pages.iter().map(|page| {
        let shown = format!("{}: {}", en::encoding(page.encoding), en::header_preview(&page.header));
        option(page.encoding.label(), &shown, page.encoding == now)
    });
    let is_found = |encoding: &Encoding| file.code_pages.pages.iter().any(|page| page.encoding == *encoding);
    let others = Encoding::CODE_PAGES.iter().filter(|encoding| !is_found(encoding));
    let others = others.map(|&encoding| {
        let shown = format!("{}: not all of the file can be read in it", en::encoding(encoding));
        option(encoding.label(), &shown, encoding == now)
    });
    let confirm = [NAME, ":", now.label()].concat();
    let done = element(
        "button",
        &[("type", "button"), ("data-set", &confirm)],
        &[text("Right as shown")],
    );
    Html::all([
        element(
            "div",
            &[("class", "line"), ("data-testid", "encoding")],
            &[
                span("span", "quiet", "Characters"),
                Html::when(is_open(file), || span("p", OPEN, en::ENCODING_QUESTION)),
                select(NAME, "Characters of the file", found.chain(others)),
            ],
        ),
        Html::when(is_open(file), || element("p", &[], &[done])),
    ])
}
