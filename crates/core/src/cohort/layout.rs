//! Where a table begins in a file: above its header there may be a title, comments or empty rows.

use super::column::is_missing;

/// Separators that are told apart, the likeliest first.
const SEPARATORS: [u8; 6] = [b',', b';', b'\t', b'|', b'~', b'^'];

/// Lines and records that are looked at.
const LOOKED_AT: usize = 40;

/// How the rows of a text are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) separator: u8,
    /// Byte at which the header starts.
    pub(super) start: usize,
    /// Whether rows have one cell more than the header has names, in front: the row names that R writes.
    pub(super) row_names: bool,
}

/// The text without the spaces between a separator and a quote, which are no part of the cell; `None` where there are none.
pub(super) fn without_spaces_before_quotes(text: &str) -> Option<String> {
    let separator = char::from(layout(text).separator);
    let spaced = format!("{separator} \"");
    text.contains(&spaced).then(|| {
        let mut plain = text.to_owned();
        while plain.contains(&spaced) {
            plain = plain.replace(&spaced, &format!("{separator}\""));
        }
        plain
    })
}

/// Finds the separator, the header and row names without a header.
pub(super) fn layout(text: &str) -> Layout {
    let named = named_separator(text);
    let (start, separator) = named.unwrap_or_else(|| (0, likely_separator(text)));
    let records = records(text.get(start..).unwrap_or_default(), separator);
    let header = header_of(&records);
    let start = start + records.get(header).map_or(0, |(at, _)| *at);
    // Empty lines before a record are part of it.
    let behind = text.get(start..).unwrap_or_default();
    let start = start + (behind.len() - behind.trim_start_matches(['\r', '\n']).len());
    Layout {
        separator,
        start,
        row_names: has_row_names(records.get(header..).unwrap_or_default()),
    }
}

impl Layout {
    /// Finds the header of rows whose separator is known.
    pub(super) fn of_rows(text: &str, separator: u8) -> Self {
        let records = records(text, separator);
        Self {
            separator,
            start: records.get(header_of(&records)).map_or(0, |(at, _)| *at),
            row_names: false,
        }
    }
}

/// The separator that a spreadsheet wrote on a first line of its own (`sep=;`), and where the next line starts.
fn named_separator(text: &str) -> Option<(usize, u8)> {
    let end = text.find(['\n', '\r'])?;
    let (first, rest) = text.split_at(end);
    let named = first.trim_matches('"').strip_prefix("sep=")?;
    let ends = if rest.starts_with("\r\n") { 2 } else { 1 };
    match named.as_bytes() {
        [separator] if separator.is_ascii_punctuation() || *separator == b'\t' => Some((end + ends, *separator)),
        _ => None,
    }
}

/// The separator that stands equally often in most lines; a comma where there is none.
fn likely_separator(text: &str) -> u8 {
    let lines: Vec<&str> = text
        .split(['\n', '\r'])
        .filter(|line| !line.trim().is_empty())
        .take(LOOKED_AT)
        .collect();
    let mut best = (0, 0, b',');
    for separator in SEPARATORS {
        let counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, separator)).collect();
        for &count in &counts {
            let alike = counts.iter().filter(|other| **other == count).count();
            // Among equals the one that stands more often: a decimal comma stands once in a line of ten semicolons.
            if count > 0 && (alike, count) > (best.0, best.1) {
                best = (alike, count, separator);
            }
        }
    }
    best.2
}

fn outside_quotes(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    line.bytes()
        .filter(|&byte| {
            quoted ^= byte == b'"';
            byte == separator && !quoted
        })
        .count()
}

/// The first records, each with the byte at which it starts.
fn records(text: &str, separator: u8) -> Vec<(usize, csv::StringRecord)> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut found = Vec::new();
    let mut record = csv::StringRecord::new();
    while found.len() < LOOKED_AT && matches!(reader.read_record(&mut record), Ok(true)) {
        let start = record.position().map_or(0, csv::Position::byte) as usize;
        found.push((start, record.clone()));
    }
    found
}

/// The first record that names most of the columns: a title or a comment has fewer cells than the rows below it.
fn header_of(records: &[(usize, csv::StringRecord)]) -> usize {
    let filled = |record: &csv::StringRecord| record.iter().filter(|cell| !cell.trim().is_empty()).count();
    let widest = records.iter().map(|(_, record)| filled(record)).max().unwrap_or(0);
    let is_comment = |record: &csv::StringRecord| {
        record
            .get(0)
            .is_some_and(|cell| cell.trim_start().starts_with('#') && record.len() < widest.max(2))
    };
    let names = |record: &csv::StringRecord| {
        let texts = record.iter().map(str::trim).filter(|cell| !is_missing(cell));
        let numbers = texts.filter(|cell| crate::decimal::parse(cell).is_some()).count();
        2 * filled(record) > widest && numbers * 2 <= filled(record)
    };
    let found = records
        .iter()
        .position(|(_, record)| filled(record) > 0 && names(record) && !is_comment(record));
    // A row of numbers below a short one is no header: the first record stays.
    found.unwrap_or(0)
}

fn has_row_names(records: &[(usize, csv::StringRecord)]) -> bool {
    let Some(((_, header), rows)) = records.split_first() else {
        return false;
    };
    // A quote behind a space is none to a reader of rows: the cell is cut at the separators within it.
    let cut = rows
        .iter()
        .any(|(_, row)| row.iter().any(|cell| cell.trim_start().starts_with('"')));
    !rows.is_empty()
        && !cut
        && rows.iter().all(|(_, row)| row.len() == header.len() + 1)
        && header.iter().all(|name| !name.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_titles_comments_and_row_names() {
        for (text, separator, header, row_names) in [
            ("a,b\n1,2\n", b',', "a,b", false),
            ("a;b\n1,5;2\n2,5;3\n", b';', "a;b", false),
            ("Registry 2024\n\na;b;c\n1,5;2;3\n", b';', "a;b;c", false),
            (
                "# exported, 2024-05-01\n# 6 patients\nid,a,b\n1,2,3\n4,5,6\n",
                b',',
                "id,a,b",
                false,
            ),
            (",,,\nid,a,b,c\n1,2,3,4\n", b',', "id,a,b,c", false),
            ("Title;Version;;;\nid;a;b;c;d\n1;2;3;4;5\n", b';', "id;a;b;c;d", false),
            (
                "id;birth, date;sex (m, f)\n1;2018-01-05;m\n2;2018-01-05;m\n",
                b';',
                "id;birth, date;sex (m, f)",
                false,
            ),
            ("sep=;\ra;b\r1;2\r", b';', "a;b", false),
            ("id~a\n1~2\n", b'~', "id~a", false),
            ("a,b\n1,x,2\n2,y,3\n", b',', "a,b", true),
            ("a,b\n1,x,2\n2,y\n", b',', "a,b", false),
            ("a,b\n1, \"x, y\"\n2, \"x, z\"\n", b',', "a,b", false),
            ("a\n1\n", b',', "a", false),
            ("1,2\n3,4\n", b',', "1,2", false),
        ] {
            let found = layout(text);
            assert_eq!((found.separator, found.row_names), (separator, row_names), "{text:?}");
            assert!(text[found.start..].starts_with(header), "{text:?} {found:?}");
        }
    }
}
