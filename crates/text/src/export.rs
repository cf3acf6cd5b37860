//! Rows as CSV in which no spreadsheet evaluates a formula, whatever its separator of cells.
//!
//! A spreadsheet computes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return, also after quotes and
//! spaces. Where its separator is `;`, it splits a cell of a file with commas at each `;`, quoted or not. Therefore an
//! apostrophe is written before such a text: at the start of the cell, and in it after each `;`, comma, tab and end of
//! a line. A plain number such as `-0.5` has none, so that it stays a number. [`unguarded`] removes the apostrophes, as
//! the scripts in R do (`crates/worker/src/cohort_file/r/guard.R`); nothing else is changed, so that every text is read back
//! unchanged.

/// Behind these the next cell may begin.
const SEPARATORS: [char; 5] = [';', ',', '\t', '\r', '\n'];

/// Characters with which a formula, or a cell that hides one, may begin.
const DANGEROUS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// A row: cells as [`cell`] writes them, without an end of the line.
#[must_use]
pub fn row<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    joined(cells, cell)
}

/// Writes a row with every cell quoted, so that none is read as a missing value or a comment.
#[must_use]
pub fn quoted_row<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    joined(cells, quoted_cell)
}

fn joined<T: AsRef<str>>(cells: impl IntoIterator<Item = T>, write: impl Fn(&str) -> String) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| write(cell.as_ref())).collect();
    cells.join(",")
}

/// Writes a cell, guarded and, where necessary, quoted according to RFC 4180.
#[must_use]
pub fn cell(text: &str) -> String {
    let guarded = guarded(text);
    // A byte order mark at the start of a file would be dropped.
    let is_plain = guarded.len() == text.len() && !text.contains(SEPARATORS) && !text.contains(['"', '\u{feff}']);
    if is_plain { guarded } else { quotes(&guarded) }
}

/// A cell that is guarded and always quoted.
#[must_use]
pub fn quoted_cell(text: &str) -> String {
    quotes(&guarded(text))
}

fn quotes(text: &str) -> String {
    ["\"", &text.replace('"', "\"\""), "\""].concat()
}

/// The text with an apostrophe before everything that a spreadsheet would run.
#[must_use]
pub fn guarded(text: &str) -> String {
    if is_number(text) {
        return text.to_owned();
    }
    let mut guarded = String::with_capacity(text.len());
    for piece in text.split_inclusive(SEPARATORS) {
        if is_dangerous(piece) {
            guarded.push('\'');
        }
        guarded.push_str(piece);
    }
    guarded
}

/// The text without the apostrophes of [`guarded`].
#[must_use]
pub fn unguarded(text: &str) -> String {
    let without = |piece: &'_ str| match piece.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest) => rest.to_owned(),
        _ => piece.to_owned(),
    };
    text.split_inclusive(SEPARATORS).map(without).collect()
}

/// True if a text begins with a character that starts a formula, after characters that a spreadsheet may ignore.
fn is_dangerous(text: &str) -> bool {
    text.trim_start_matches(is_left_out).starts_with(DANGEROUS)
}

/// True for quotes, spaces and invisible characters, but not for separators of cells.
fn is_left_out(letter: char) -> bool {
    match letter {
        '\t' | '\r' | '\n' => false,
        '"' | '\'' | ' ' | '\u{ad}' | '\u{1680}' | '\u{3000}' | '\u{feff}' => true,
        '\u{1}'..='\u{1f}' | '\u{7f}'..='\u{a0}' => true,
        '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' => true,
        _ => false,
    }
}

/// True if a text is a number with digits, a point and an exponent, and nothing else.
fn is_number(text: &str) -> bool {
    crate::decimal::parse(text).is_some_and(f64::is_finite)
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_a_text() {
        for (text, written) in [
            ("=1+1", "\"'=1+1\""),
            ("\t=1+1", "\"'\t'=1+1\""),
            (" \"=1+1", "\"' \"\"=1+1\""),
            ("a;=1+1", "\"a;'=1+1\""),
            ("-2+3+cmd|' /C calc'!A0", "\"'-2+3+cmd|' /C calc'!A0\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("＝1+1", "\"'＝1+1\""),
            ("-", "\"'-\""),
            ("'=1", "\"''=1\""),
            ("a\n+1", "\"a\n'+1\""),
        ] {
            assert_eq!(cell(text), written, "{text:?}");
            assert_eq!(unguarded(&guarded(text)), text, "{text:?}");
        }
    }

    #[test]
    fn numbers_and_plain_texts_stay_as_they_are() {
        for text in ["-0.5", "+1", "-1.5e-7", "", "MLL-10", "'", "it's", "10^-3", "a=b"] {
            assert_eq!(cell(text), text);
        }
        assert_eq!(cell("a;b"), "\"a;b\"");
        assert_eq!(row(["a", "b,c", "-0.5"]), "a,\"b,c\",-0.5");
        assert_eq!(quoted_row(["a", "-0.5", "="]), "\"a\",\"-0.5\",\"'=\"");
    }

    /// Texts of the characters that matter here, in every order.
    fn awkward() -> impl Strategy<Value = String> {
        let letters = "[=+\\-@;,\t\r\n\"' a1.e\u{a0}\u{202e}\u{ff1d}\u{feff}]{0,12}";
        prop_oneof![letters, any::<String>()]
    }

    /// The cells that a program reads that separates them by this.
    fn read(text: &str, separator: u8) -> Vec<String> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let rows = reader.records().map(Result::unwrap);
        rows.flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>())
            .collect()
    }

    proptest! {
        #[test]
        fn every_text_survives(texts in prop::collection::vec(awkward(), 2..5)) {
            for written in [row(&texts), quoted_row(&texts)] {
                let cells: Vec<String> = read(&written, b',').iter().map(|cell| unguarded(cell)).collect();
                prop_assert_eq!(&cells, &texts);
            }
        }

        #[test]
        fn no_cell_can_be_run_whatever_separates_it(texts in prop::collection::vec(awkward(), 1..5)) {
            let written = row(&texts);
            let mut cells: Vec<String> = [b',', b';', b'\t'].iter().flat_map(|&each| read(&written, each)).collect();
            cells.extend(written.split(SEPARATORS).map(str::to_owned));
            for cell in &cells {
                let bare = cell.trim_start_matches(|letter: char| letter == '"' || letter.is_whitespace());
                let runs = bare.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
                prop_assert!(!runs || begins_with_number(bare), "{:?}", cell);
            }
        }
    }

    /// True if a text is the start of a row that begins with a number, which a spreadsheet cannot compute.
    fn begins_with_number(text: &str) -> bool {
        is_number(text.split(',').next().unwrap_or_default())
    }
}
