//! Where a table begins in a file: above its header there may be a title, comments or empty rows.

use super::column::is_missing;
use super::date_form::DateForm;
use super::header::Header;

/// Separators that are recognised, the likeliest first.
const SEPARATORS: [u8; 6] = [b',', b';', b'\t', b'|', b'~', b'^'];

/// The separator that represents runs of white space between cells, as R's `write.table` and fixed columns have them.
pub(super) const WHITE_SPACE: u8 = b' ';

/// Number of lines and records examined.
const LOOKED_AT: usize = 40;

/// How the rows of a text are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) separator: u8,
    /// Byte at which the header starts.
    pub(super) start: usize,
    /// True if rows have one cell more than the header has names, in front: the row names that R writes.
    pub(super) row_names: bool,
}

/// Returns the text without the spaces between a separator and a quote, which are not part of the cell; `None` where
/// there are none.
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

/// Returns the separator from a first line written by a spreadsheet (`sep=;`), and where the next line starts.
fn named_separator(text: &str) -> Option<(usize, u8)> {
    let end = text.find(['\n', '\r'])?;
    let (first, rest) = text.split_at(end);
    let (mark, named) = first.trim_matches('"').split_at_checked(4)?;
    if !mark.eq_ignore_ascii_case("sep=") {
        return None;
    }
    let ends = if rest.starts_with("\r\n") { 2 } else { 1 };
    match named.as_bytes() {
        [separator] if separator.is_ascii_punctuation() || *separator == b'\t' => Some((end + ends, *separator)),
        _ => None,
    }
}

/// Returns the text with tabs for runs of white space outside quotes, where it has no other separator and every line
/// has the same number of cells; `None` elsewhere.
pub(super) fn white_space_as_tabs(text: &str) -> Option<String> {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(LOOKED_AT)
        .collect();
    let has_separator = |line: &&str| SEPARATORS.iter().any(|separator| outside_quotes(line, *separator) > 0);
    if lines.len() < 2 || lines.iter().any(has_separator) {
        return None;
    }
    let cells = |line: &str| tabbed(line).matches('\t').count() + 1;
    let (header, rows) = (cells(lines[0]), cells(lines[1]));
    let fits =
        header >= 2 && (rows == header || rows == header + 1) && lines[1..].iter().all(|line| cells(line) == rows);
    fits.then(|| text.lines().map(tabbed).collect::<Vec<String>>().join("\n"))
}

/// A line with tabs for its runs of white space outside quotes.
fn tabbed(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let (mut quoted, mut space) = (false, false);
    for c in line.trim().chars() {
        quoted ^= c == '"';
        let is_space = c.is_whitespace() && !quoted;
        if is_space && !space {
            plain.push('\t');
        } else if !is_space {
            plain.push(c);
        }
        space = is_space;
    }
    plain
}

/// True if names of columns look like values: dates or numbers in a third of them, and no name of a role.
pub(super) fn holds_values(header: &[String]) -> bool {
    let filled: Vec<&String> = header.iter().filter(|name| !is_missing(name)).collect();
    let is_value = |name: &&&String| {
        crate::decimal::parse(name).is_some()
            || DateForm::DayMonthYear
                .read(name)
                .or(DateForm::MonthDayYear.read(name))
                .is_some()
    };
    let is_name = |name: &&String| !Header::of(name).names_nothing();
    filled.len() > 1 && filled.iter().filter(is_value).count() * 3 >= filled.len() && !filled.iter().any(is_name)
}

/// Returns the separator with the same frequency in most lines; a comma where there is none.
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
            // Among equals the more frequent one: a decimal comma occurs once in a line of ten semicolons.
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
    let is_header = |record: &csv::StringRecord| filled(record) > 0 && names(record) && !is_comment(record);
    let found = records.iter().position(|(_, record)| is_header(record));
    // Under headings of several columns there are their names.
    let known = |at: usize| -> usize {
        let cells = records.get(at).into_iter().flat_map(|(_, record)| record.iter());
        cells.filter(|name| !Header::of(name).names_nothing()).count()
    };
    let repeats = |at: usize| -> bool {
        let mut cells: Vec<&str> = records
            .get(at)
            .map_or(Vec::new(), |(_, record)| record.iter().map(str::trim).collect());
        cells.sort_unstable();
        cells.windows(2).any(|two| two[0] == two[1] && !two[0].is_empty())
    };
    let found = found.map(|mut at| {
        while repeats(at)
            && at + 2 < records.len()
            && records.get(at + 1).is_some_and(|(_, next)| is_header(next))
            && known(at + 1) > known(at) + 1
        {
            at += 1;
        }
        at
    });
    // A row of numbers below a short one is not a header: the first record is.
    found.unwrap_or(0)
}

fn has_row_names(records: &[(usize, csv::StringRecord)]) -> bool {
    let Some(((_, header), rows)) = records.split_first() else {
        return false;
    };
    // A CSV reader does not treat a quote after a space as one: it splits the cell at the separators within it.
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
    fn white_space_separates_where_nothing_else_does() {
        assert_eq!(
            white_space_as_tabs("id   wbc  sex\nP1   33.9 m\n").as_deref(),
            Some("id\twbc\tsex\nP1\t33.9\tm")
        );
        assert_eq!(
            white_space_as_tabs("\"id\" \"wbc\"\n\"1\" \"P 1\" 33.9\n").as_deref(),
            Some("\"id\"\t\"wbc\"\n\"1\"\t\"P 1\"\t33.9")
        );
        for text in ["id, wbc\nP1, 33.9\n", "note\nsome words here\n", "a b\n1\n", "id wbc\n"] {
            assert_eq!(white_space_as_tabs(text), None, "{text}");
        }
        assert!(holds_values(&["P1", "2015-01-01", "33.9"].map(str::to_owned)));
        assert!(!holds_values(&["id", "1", "2"].map(str::to_owned)) && !holds_values(&["2015".to_owned()]));
    }

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
            ("\"SEP=;\"\r\na;b\r\n1;2\r\n", b';', "a;b", false),
            (
                "patient,base,base,base\nid,sex,wbc,birth date\n1,m,2,2018-01-05\n2,f,3,2018-01-05\n",
                b',',
                "id,sex",
                false,
            ),
            ("id,wbc,wbc,sex\nP1,m,f,m\nP2,f,m,f\n", b',', "id,wbc", false),
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
