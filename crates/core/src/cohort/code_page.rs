//! Detection of legacy code pages, the likeliest first.
//!
//! Bytes do not name their code page. Each is tried and ranked by whether all bytes are characters of it, whether names
//! of columns and words in cells are known in it, and how many of its characters are letters as its languages write them. The result is a
//! proposal that a person confirms. The tables of characters are those of `encoding_rs` in programs and of
//! `TextDecoder` in browsers, see [`DecodeCodePage`].

use std::cmp::Reverse;

use super::encoding::{Encoding, unreadable};
use super::lenient::Import;
use super::role_guess::is_known_name;
use super::word_lists::{fold, is_cell_word};

/// Decodes bytes in a code page; bytes that are not a character of it become U+FFFD. `None`: the code page is not
/// available.
pub type DecodeCodePage = fn(Encoding, &[u8]) -> Option<String>;

/// A code page in which a file can be read.
#[derive(Debug, Clone, PartialEq)]
pub struct CodePage {
    /// The code page.
    pub encoding: Encoding,
    /// The names of the columns, read so: for a person to look at.
    pub header: Vec<String>,
    /// Texts of cells with letters beyond ASCII, read so, where no name of a column has one.
    pub cells: Vec<String>,
    /// Number of undecodable places in the bytes examined.
    pub unreadable: usize,
    /// True if it is UTF-8 and most of the bytes beyond ASCII are in sequences of it, which other text has not.
    mostly_utf8: bool,
    /// Names of columns and different cells with letters beyond ASCII that are known words.
    known: usize,
    /// How much its characters beyond ASCII are letters as its languages write them, 0 to 1.
    share: f64,
}

impl CodePage {
    /// What a person looks at: the names of the columns, or cells where no name has a letter beyond ASCII.
    #[must_use]
    pub fn preview(&self) -> Vec<String> {
        self.cells.iter().chain(&self.header).cloned().collect()
    }
}

/// Number of bytes examined, and of those at the start that are always included.
const LOOKED_AT: usize = 64 * 1024;
const START: usize = 4 * 1024;

/// Number of code pages that are shown.
const MOST_SHOWN: usize = 6;

/// Returns the code pages in which these bytes can be read, the likeliest first; pages with undecodable bytes only
/// where all have some, and the first few of them. Windows-1252 is always included.
#[must_use]
pub fn code_pages(bytes: &[u8], decode: DecodeCodePage) -> Vec<CodePage> {
    let sample = sample(bytes);
    let read = |&encoding: &Encoding| Some(judge(encoding, &sample, &decode(encoding, &sample)?));
    let is_possible = |encoding: &&Encoding| match encoding {
        Encoding::Iso2022Jp => false,
        Encoding::Utf8 => matches!(utf8_sequences(&sample), (valid, invalid) if valid > 0 && valid >= invalid),
        _ => true,
    };
    let mut found: Vec<CodePage> = Encoding::CODE_PAGES
        .iter()
        .filter(is_possible)
        .filter_map(read)
        .collect();
    let rank = |page: &CodePage| (page.mostly_utf8, Reverse(page.unreadable), page.known);
    // The sort is stable: the order of the list decides between equals.
    found.sort_by(|a, b| rank(b).cmp(&rank(a)).then(b.share.total_cmp(&a.share)));
    let least = found.iter().map(|page| page.unreadable).min().unwrap_or(0);
    found.retain(|page| page.unreadable == least || page.encoding == Encoding::Windows1252);
    let mut shown = 0;
    found.retain(|page| {
        shown += 1;
        shown <= MOST_SHOWN || page.encoding == Encoding::Windows1252
    });
    found
}

/// The start of a file and its lines with bytes beyond ASCII.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    for line in bytes.split_inclusive(|&byte| byte == b'\n' || byte == b'\r') {
        if sample.len() >= START && line.is_ascii() {
            continue;
        }
        sample.extend_from_slice(line);
        if sample.len() >= LOOKED_AT {
            break;
        }
    }
    sample
}

/// Numbers of sequences of UTF-8 beyond ASCII, and of places that are none.
fn utf8_sequences(bytes: &[u8]) -> (usize, usize) {
    bytes.utf8_chunks().fold((0, 0), |(valid, invalid), chunk| {
        let sequences = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (valid + sequences, invalid + usize::from(!chunk.invalid().is_empty()))
    })
}

fn judge(encoding: Encoding, sample: &[u8], text: &str) -> CodePage {
    let header = Import::header_of(text);
    let cells = cells_beyond_ascii(text);
    let is_plausible = |text: &str| has_pairs(encoding) || share_of_letters(encoding, text) > 0.99;
    // A letter with an accent alone is no word.
    let is_word = |text: &str| fold(text).len() > 1 && (is_known_name(text) || is_cell_word(text));
    let is_known = |text: &&String| is_word(text) && is_plausible(text);
    let (valid, invalid) = if encoding == Encoding::Utf8 {
        utf8_sequences(sample)
    } else {
        (0, 0)
    };
    CodePage {
        encoding,
        unreadable: unreadable(text),
        mostly_utf8: valid > 0 && valid >= 2 * invalid,
        known: cells.iter().filter(is_known).count(),
        share: if has_pairs(encoding) {
            share_of_pairs(encoding, sample)
        } else {
            share_of_letters(encoding, text)
        },
        cells: if header.iter().all(|name| name.is_ascii()) {
            cells.into_iter().take(CELLS_SHOWN).collect()
        } else {
            Vec::new()
        },
        header,
    }
}

/// Most texts of cells that are shown.
const CELLS_SHOWN: usize = 4;

/// Most different texts that are looked up.
const MOST_CELLS: usize = 200;

/// True if most letters of the code page have two bytes.
const fn has_pairs(encoding: Encoding) -> bool {
    matches!(
        encoding,
        Encoding::ShiftJis | Encoding::EucJp | Encoding::EucKr | Encoding::Gb18030 | Encoding::Big5
    )
}

/// The different names and cells with letters beyond ASCII, in the order of the file.
fn cells_beyond_ascii(text: &str) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    for cell in text.split([',', ';', '\t', '|', '~', '^', '"', '\n', '\r']) {
        let cell = cell.trim();
        if !cell.is_ascii() && cells.len() < MOST_CELLS && !cells.iter().any(|known| known == cell) {
            cells.push(cell.to_owned());
        }
    }
    cells
}

/// Of the characters of two bytes (and half-width kana), how many are in the rows of frequent letters. The rows of
/// frequent and of rare characters are those of JIS X 0208, KS X 1001, GB 2312 and Big5.
fn share_of_pairs(encoding: Encoding, bytes: &[u8]) -> f64 {
    let (mut sum, mut count, mut at) = (0.0, 0_u32, 0);
    while let Some(&lead) = bytes.get(at) {
        if lead < 0x80 {
            at += 1;
            continue;
        }
        count += 1;
        let trail = bytes.get(at + 1).copied().unwrap_or_default();
        let (weight, length) = match encoding {
            // Half-width kana, as old systems wrote them.
            Encoding::ShiftJis if (0xa1..=0xdf).contains(&lead) => (0.4, 1),
            Encoding::EucJp if lead == 0x8e => (0.4, 2),
            Encoding::EucJp if lead == 0x8f => (0.2, 3),
            Encoding::Gb18030 if trail.is_ascii_digit() => (0.0, 4),
            _ => (weight_of_pair(encoding, lead, trail), 2),
        };
        sum += weight;
        at += length;
    }
    if count == 0 { 0.0 } else { sum / f64::from(count) }
}

fn weight_of_pair(encoding: Encoding, lead: u8, trail: u8) -> f64 {
    let in_rows = trail >= 0xa1;
    match (encoding, lead) {
        (Encoding::ShiftJis, 0x82 | 0x83) => 1.0,
        (Encoding::ShiftJis, 0x88..=0x97) => 0.95,
        (Encoding::ShiftJis, 0x81) => 0.8,
        (Encoding::ShiftJis, 0x98..=0x9f | 0xe0..=0xea) => 0.4,
        (Encoding::EucJp, 0xa3..=0xa5) if in_rows => 1.0,
        (Encoding::EucJp, 0xb0..=0xcf) if in_rows => 0.85,
        (Encoding::EucJp, 0xa1) if in_rows => 0.8,
        (Encoding::EucJp, 0xd0..=0xf4) if in_rows => 0.4,
        // Syllables; before and after them are Chinese letters and rare syllables.
        (Encoding::EucKr, 0xb0..=0xc8) if in_rows => 1.0,
        (Encoding::EucKr, 0xa1 | 0xa2) if in_rows => 0.6,
        (Encoding::EucKr, _) => 0.2,
        (Encoding::Gb18030, 0xb0..=0xd7) if in_rows => 0.9,
        (Encoding::Gb18030, 0xa1 | 0xa3) if in_rows => 0.6,
        (Encoding::Gb18030, 0xd8..=0xf7) if in_rows => 0.4,
        (Encoding::Gb18030, _) => 0.1,
        (Encoding::Big5, 0xa4..=0xc6) => 0.9,
        (Encoding::Big5, 0xa1..=0xa3) => 0.6,
        (Encoding::Big5, 0xc9..=0xf9) => 0.4,
        _ => 0.0,
    }
}

/// Characters that occur in names and notes of every language, and those of them that occur within words.
const SIGNS: &str = "µ°±²³×–—‘’“”„«»€§…";
const WITHIN_WORDS: &str = "’–";
const CLOSING: &str = "’”»";

/// The letters beyond ASCII that are frequent in each language of a code page of one byte, in lower case.
fn languages(encoding: Encoding) -> &'static [&'static str] {
    match encoding {
        // Polish, Czech and Slovak, Hungarian, Croatian and Slovene, Romanian.
        Encoding::Windows1250 => &["ąćęłńóśźż", "áčďéěíňóřšťúůýžäĺľôŕ", "áéíóöőúüű", "čćđšž", "ăâîşţ"],
        // Russian, Ukrainian, Serbian.
        Encoding::Windows1251 => &["оеаинтсрвлкмпудя", "оаинтсрвлкмпудяіїєь", "оеаинтсрвлкмпуј"],
        Encoding::Windows1253 => &["αοιετσνηυρπκμλςάέήίόύώ"],
        Encoding::Windows1254 => &["çğıiöşüâîû"],
        Encoding::Latin2 => languages(Encoding::Windows1250),
        Encoding::Koi8R | Encoding::Ibm866 => languages(Encoding::Windows1251),
        Encoding::Windows1255 => &["אבגדהוזחטיכךלמםנןסעפףצץקרשת"],
        Encoding::Windows1256 => &["ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءئؤأإآ"],
        // Lithuanian, Latvian, Estonian.
        Encoding::Windows1257 => &["ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"],
        Encoding::Windows1258 => &["àáâãèéêìíòóôõùúýăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"],
        // German, French, Spanish and Portuguese, Italian, the Nordic languages.
        _ => &["äöüß", "éèêëàâçîïôùûœ", "áéíóúüñãõâêôçàºª¿¡", "àèéìòù", "åäöæøé"],
    }
}

/// Returns the share of non-ASCII characters that are letters in a plausible place (Latin letters next to ASCII
/// letters, Cyrillic and Greek letters in words of their own script), for the best-fitting language of the code page.
fn share_of_letters(encoding: Encoding, text: &str) -> f64 {
    let has_own_script = matches!(
        encoding,
        Encoding::Windows1251
            | Encoding::Windows1253
            | Encoding::Windows1255
            | Encoding::Windows1256
            | Encoding::Koi8R
            | Encoding::Ibm866
    );
    let characters: Vec<char> = text.chars().collect();
    let shares = languages(encoding)
        .iter()
        .map(|frequent| share_in(frequent, has_own_script, &characters));
    shares.fold(0.0, f64::max)
}

fn share_in(frequent: &str, has_own_script: bool, characters: &[char]) -> f64 {
    let at = |index: Option<usize>| index.and_then(|index| characters.get(index)).copied().unwrap_or(' ');
    let is_other = |c: char| !c.is_ascii() && c.is_alphabetic();
    let (mut sum, mut count) = (0.0, 0_u32);
    for (index, &c) in characters.iter().enumerate().filter(|(_, c)| !c.is_ascii()) {
        let (before, after) = (at(index.checked_sub(1)), at(Some(index + 1)));
        let plain = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
        let within = before.is_alphabetic() && after.is_alphabetic() && !WITHIN_WORDS.contains(c);
        let beside = usize::from(is_other(before)) + usize::from(is_other(after));
        let is_frequent = c.to_lowercase().all(|lower| frequent.contains(lower));
        count += 1;
        sum += match (SIGNS.contains(c), c.is_alphabetic()) {
            (true, _) if within => 0.0,
            // An apostrophe or a closing quote has something before it.
            (true, _) if CLOSING.contains(c) && !before.is_alphanumeric() && after.is_alphabetic() => 0.0,
            (true, _) => 1.0,
            (_, false) => 0.0,
            // A capital within a word.
            _ if before.is_lowercase() && c.is_uppercase() => 0.0,
            _ if has_own_script && (plain || beside == 0) => 0.1,
            _ if !has_own_script && beside == 2 => 0.0,
            _ if is_frequent => 1.0,
            _ => 0.5,
        };
    }
    if count == 0 { 0.0 } else { sum / f64::from(count) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::encoding::western_text;
    use proptest::prelude::*;

    /// A decoder for Windows-1252, and for a page in which only `?` can be read.
    fn two(encoding: Encoding, bytes: &[u8]) -> Option<String> {
        match encoding {
            Encoding::Windows1252 => Some(western_text(bytes)),
            Encoding::Windows1251 => Some(
                bytes
                    .iter()
                    .map(|&b| if b == b'?' { '?' } else { '\u{fffd}' })
                    .collect(),
            ),
            _ => None,
        }
    }

    #[test]
    fn what_leaves_bytes_unread_is_not_among_them() {
        let found = code_pages(b"id;Gr\xf6\xdfe\n1;2\n", two);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].encoding, found[0].unreadable), (Encoding::Windows1252, 0));
        assert_eq!(found[0].header, ["id", "Größe"]);
    }

    #[test]
    fn letters_far_down_in_a_long_file_are_looked_at() {
        let rows = "1;2\n".repeat(30_000);
        let bytes = [b"a;b\n", rows.as_bytes(), b"1;M\xfcller\n", rows.as_bytes()].concat();
        let looked_at = sample(&bytes);
        assert!(looked_at.len() < 2 * START && looked_at.contains(&0xfc));
    }

    #[test]
    fn signs_within_words_and_letters_of_another_language_count_less() {
        let share = |encoding, text| share_of_letters(encoding, text);
        assert_eq!(share(Encoding::Windows1252, "Größe 3 µL ×10³"), 1.0);
        assert_eq!(share(Encoding::Windows1252, "p³eæ"), 0.5);
        assert_eq!(share(Encoding::Windows1250, "płeć"), 1.0);
        assert!(share(Encoding::Windows1252, "âîçðàñò") < 0.3);
        assert_eq!(share(Encoding::Windows1251, "Wцlk"), 0.1);
    }

    #[test]
    fn labels_name_code_pages() {
        for encoding in Encoding::CODE_PAGES {
            assert_eq!(Encoding::code_page(encoding.label()), Some(encoding));
        }
        assert_eq!(Encoding::code_page("utf-16le"), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_fail(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let found = code_pages(&bytes, two);
            prop_assert!(found.iter().any(|page| page.encoding == Encoding::Windows1252));
            for encoding in Encoding::CODE_PAGES {
                prop_assert!((0.0..=1.0).contains(&share_of_pairs(encoding, &bytes)));
            }
        }
    }
}
