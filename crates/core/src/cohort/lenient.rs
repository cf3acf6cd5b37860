//! Lenient reading of files as registries send them: in any encoding, with rows that are too short, too long or empty.
//!
//! [`Sheet::read`] refuses such a file, as a batch program should. Here every row keeps its position, and unreliable
//! rows are listed, so that a person can correct them while the others are used.

use super::description::Description;
use super::encoding::{Basis, Decoded, Encoding, decode};
use super::layout::{Layout, WHITE_SPACE, holds_values, layout, white_space_as_tabs, without_spaces_before_quotes};
use super::plain::plain_cell;
use super::sheet::{Lines, Sheet};
use super::table_error::TableError;

/// A file that was read with all its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// All rows, also those set aside (cut or filled up to the width of the header).
    pub sheet: Sheet,
    /// The encoding used.
    pub encoding: Encoding,
    /// Why this encoding was used.
    pub basis: Basis,
    /// Number of undecodable places.
    pub unreadable: usize,
    /// The separator of cells: `,`, `;`, `|`, `~`, `^` or tab, or what a first line `sep=` names; a space for runs of
    /// white space.
    pub delimiter: char,
    /// Lines above the header: a title, comments, a first line that names the delimiter.
    pub lines_above: usize,
    /// Text of these lines, cut at 120 characters.
    pub above: String,
    /// Rows that are not to be used, in the order of the file, each once.
    pub set_aside: Vec<SetAside>,
    /// True if spaces between separators and quotes were removed.
    pub spaces_before_quotes: bool,
    /// Columns whose cells have become those of other columns: they have no role of their own.
    pub taken_apart: Vec<usize>,
    /// What dictionaries say of each column of the file; empty where none says anything.
    pub described: Vec<Option<Description>>,
    /// Cells that were not used as another row of the same patient has another value.
    pub conflicts: Vec<Conflict>,
}

/// A cell of a patient's row beside the one that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict {
    /// Its row, from 0.
    pub row: usize,
    /// Its column, from 0.
    pub column: usize,
    /// The row whose cell counts.
    pub used: usize,
}

/// A row that is not to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetAside {
    /// Position in the sheet, from 0.
    pub row: usize,
    /// The kind of fault.
    pub fault: RowFault,
}

/// A fault of a row as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFault {
    /// Fewer cells than the header: which of them are missing is unknown.
    TooFewCells {
        /// Number of cells found.
        found: usize,
    },
    /// More cells than the header, not all of the rest empty.
    TooManyCells {
        /// Number of cells found.
        found: usize,
    },
    /// All cells are empty.
    Blank,
    /// A quote is opened and never closed; the row was cut at the end of its line.
    OpenQuote,
    /// Its cells are part of an earlier row of the same patient.
    Merged {
        /// Position of that row, from 0.
        into: usize,
    },
    /// An earlier row is of the same patient, and that is used.
    Repeated {
        /// Position of that row, from 0.
        first: usize,
    },
    /// It holds a mean, a total or a count, a legend or a note.
    NotAPatient,
    /// It is part of a second table below.
    SecondTable,
    /// It is not among the rows that a person chose.
    NotChosen,
}

/// Reading restarts after an unclosed quote until the bytes read in vain are this many times the file; then the rest is
/// read with quotes as plain characters.
const MOST_IN_VAIN: usize = 8;

impl Sheet {
    /// Reads a file in any encoding; rows that do not fit the header keep their position and are listed in
    /// [`Import::set_aside`]. Empty cells after the last column are allowed.
    ///
    /// # Errors
    /// [`TableError::Empty`], [`TableError::NoRows`], [`TableError::NoHeader`].
    pub fn read_lenient(bytes: &[u8]) -> Result<Import, TableError> {
        Self::read_decoded(&decode(bytes))
    }

    /// As [`read_lenient`](Self::read_lenient), of text that was read from bytes already.
    ///
    /// # Errors
    /// Those of `read_lenient`.
    pub fn read_decoded(decoded: &Decoded<'_>) -> Result<Import, TableError> {
        let text: &str = &decoded.text;
        if text.trim_matches(|c: char| c.is_whitespace() || c == '\0').is_empty() {
            return Err(TableError::Empty);
        }
        if let Some(tabs) = white_space_as_tabs(text) {
            let read = Import::of(&tabs, layout(&tabs))?;
            return Ok(Import {
                encoding: decoded.encoding,
                basis: decoded.basis,
                unreadable: decoded.unreadable,
                delimiter: char::from(WHITE_SPACE),
                ..read
            });
        }
        Ok(Import {
            encoding: decoded.encoding,
            basis: decoded.basis,
            unreadable: decoded.unreadable,
            ..Import::of_text(text)?
        })
    }

    /// Reads rows whose separator is known, as those of a workbook; the rest as [`read_lenient`](Self::read_lenient).
    ///
    /// # Errors
    /// [`TableError::Empty`], [`TableError::NoRows`], [`TableError::NoHeader`].
    pub fn read_separated(text: &str, separator: u8) -> Result<Import, TableError> {
        Import::of(text, Layout::of_rows(text, separator))
    }
}

impl Import {
    /// Returns the names of the columns of a text, as far as they can be determined.
    pub(super) fn header_of(text: &str) -> Vec<String> {
        let tabs = white_space_as_tabs(text);
        let read = match &tabs {
            Some(tabs) => Self::of(tabs, layout(tabs)),
            None => Self::of_text(text),
        };
        read.map(|read| read.sheet.header).unwrap_or_default()
    }

    /// Reads a text. Quotes after a space (`1, "a, b"`) are quotes where only then the rows fit the header.
    fn of_text(text: &str) -> Result<Self, TableError> {
        let read = Self::of(text, layout(text))?;
        let misfits = |read: &Self| {
            read.set_aside
                .iter()
                .filter(|aside| aside.fault != RowFault::Blank)
                .count()
        };
        if misfits(&read) == 0 {
            return Ok(read);
        }
        let Some(plain) = without_spaces_before_quotes(text) else {
            return Ok(read);
        };
        let spaced = Self::of(&plain, layout(&plain))?;
        if misfits(&spaced) < misfits(&read) {
            return Ok(Self {
                spaces_before_quotes: true,
                ..spaced
            });
        }
        Ok(read)
    }

    fn of(text: &str, layout: Layout) -> Result<Self, TableError> {
        let Layout {
            separator,
            start,
            row_names,
        } = layout;
        let mut rows = Rows {
            row_names,
            ..Rows::default()
        };
        rows.sheet.comma_separated = separator == b',';
        rows.read(text, start, separator);
        if rows.sheet.header.is_empty() {
            return Err(TableError::Empty);
        }
        if rows.sheet.lines.is_empty() {
            return Err(TableError::NoRows);
        }
        if holds_values(&rows.sheet.header) {
            return Err(TableError::NoHeader);
        }
        Ok(Self {
            sheet: rows.sheet,
            encoding: Encoding::Utf8,
            basis: Basis::Valid,
            unreadable: 0,
            delimiter: char::from(separator),
            lines_above: lines_to(text, start),
            above: text
                .get(..start)
                .unwrap_or_default()
                .trim()
                .chars()
                .take(MOST_SHOWN)
                .collect(),
            set_aside: rows.set_aside,
            spaces_before_quotes: false,
            taken_apart: Vec::new(),
            described: Vec::new(),
            conflicts: Vec::new(),
        })
    }
}

/// Lines above a byte of a text.
fn lines_to(text: &str, start: usize) -> usize {
    let above = text.get(..start).unwrap_or_default();
    let returns = above.bytes().filter(|&byte| byte == b'\r').count();
    let feeds = above.bytes().filter(|&byte| byte == b'\n').count();
    returns.max(feeds)
}

/// Number of characters shown of the lines above a table.
const MOST_SHOWN: usize = 120;

#[derive(Default)]
struct Rows {
    sheet: Sheet,
    set_aside: Vec<SetAside>,
    row_names: bool,
}

impl Rows {
    /// Reads from byte `start` on; after a quote that is not properly closed it restarts on the next line.
    fn read(&mut self, text: &str, start: usize, separator: u8) {
        let mut lines = Lines::default();
        let (mut from, mut in_vain) = (start, 0);
        while let Some(open) = self.read_until_open_quote(text, from, separator, in_vain, &mut lines) {
            in_vain += open.in_vain;
            from = open.next;
        }
    }

    /// Reads to the end, or to a record with unpaired quotes, of which it reads the first line.
    fn read_until_open_quote(
        &mut self,
        text: &str,
        from: usize,
        separator: u8,
        in_vain: usize,
        lines: &mut Lines,
    ) -> Option<OpenQuote> {
        let rest = text.get(from..).unwrap_or_default();
        let quotes = in_vain / MOST_IN_VAIN <= text.len();
        let mut reader = reader(rest, separator, quotes);
        let mut record = csv::StringRecord::new();
        while let Ok(true) = reader.read_record(&mut record) {
            let begin = record.position().map_or(0, csv::Position::byte) as usize;
            let end = (reader.position().byte() as usize).min(rest.len());
            let line = lines.at(text.as_bytes(), from + begin);
            if quotes && let Some(cut) = first_line_of_unpaired(rest, begin, end, separator) {
                let mut alone = csv::StringRecord::new();
                let first_line = rest.get(begin..cut).unwrap_or_default().trim_end_matches(['\r', '\n']);
                let _ = self::reader(first_line, separator, false).read_record(&mut alone);
                self.add(&alone, line, Some(RowFault::OpenQuote));
                return Some(OpenQuote {
                    next: from + cut,
                    in_vain: end - begin,
                });
            }
            self.add(&record, line, None);
        }
        None
    }

    fn add(&mut self, record: &csv::StringRecord, line: u64, fault: Option<RowFault>) {
        let sheet = &mut self.sheet;
        if sheet.header.is_empty() {
            let names = record.iter().map(|name| plain_cell(name).trim().to_owned());
            sheet.header = self.row_names.then(String::new).into_iter().chain(names).collect();
            return;
        }
        let width = sheet.header.len();
        let row = sheet.lines.len();
        sheet.lines.push(line);
        for column in 0..width {
            sheet.text.push_str(&plain_cell(record.get(column).unwrap_or_default()));
            sheet.ends.push(sheet.text.len());
        }
        // Columns without a name behind the last one, as a separator at the end of the header makes them, may be missing.
        let named = sheet
            .header
            .iter()
            .rposition(|name| !name.is_empty())
            .map_or(width, |last| last + 1);
        if let Some(fault) = fault.or_else(|| fault_of(record, named, width)) {
            self.set_aside.push(SetAside { row, fault });
        }
    }
}

/// Where reading continues after a row with an open quote, and how many bytes were read in vain.
struct OpenQuote {
    next: usize,
    in_vain: usize,
}

fn reader(text: &str, separator: u8, quotes: bool) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(separator)
        .quoting(quotes)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

fn fault_of(record: &csv::StringRecord, named: usize, width: usize) -> Option<RowFault> {
    let found = record.len();
    if record.iter().all(|cell| cell.trim().is_empty()) {
        Some(RowFault::Blank)
    } else if found < named {
        Some(RowFault::TooFewCells { found })
    } else if record.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
        Some(RowFault::TooManyCells { found })
    } else {
        None
    }
}

/// Returns the end of the first line of a record, if the record has further lines and unpaired quotes.
fn first_line_of_unpaired(text: &str, begin: usize, end: usize, separator: u8) -> Option<usize> {
    let record = text.get(begin..end)?;
    let skipped = record.len() - record.trim_start_matches(['\r', '\n']).len();
    let cut = skipped + record.get(skipped..)?.find(['\r', '\n'])? + 1;
    (cut < record.len() && !quotes_are_paired(record.get(skipped..)?.as_bytes(), separator)).then_some(begin + cut)
}

/// True if every cell that starts with a quote ends with one, as RFC 4180 has it: a quote that is closed by the opening
/// quote of a later row is followed by that cell's text.
fn quotes_are_paired(record: &[u8], separator: u8) -> bool {
    let mut bytes = record.iter().copied().peekable();
    let mut starts_cell = true;
    while let Some(byte) = bytes.next() {
        if !(starts_cell && byte == b'"') {
            starts_cell = byte == separator;
            continue;
        }
        loop {
            match bytes.next() {
                None => return false,
                Some(b'"') if bytes.peek() == Some(&b'"') => {
                    bytes.next();
                }
                Some(b'"') => break,
                Some(_) => {}
            }
        }
        match bytes.peek() {
            None | Some(b'\r' | b'\n') => return true,
            Some(&next) if next == separator => {}
            Some(_) => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn import(text: &str) -> Import {
        Sheet::read_lenient(text.as_bytes()).unwrap()
    }

    fn rows(import: &Import) -> Vec<Vec<&str>> {
        (0..import.sheet.rows())
            .map(|row| import.sheet.cells(row).collect())
            .collect()
    }

    #[test]
    fn bad_rows_stay_at_their_place_and_are_named() {
        use RowFault as F;
        let import = import("a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12,\n,,\n13,14,15\n");
        assert_eq!(import.sheet.rows(), 6);
        assert_eq!(import.sheet.cells(1).collect::<Vec<_>>(), ["4", "5", ""]);
        assert_eq!(import.sheet.cells(5).collect::<Vec<_>>(), ["13", "14", "15"]);
        let found: Vec<(usize, RowFault)> = import.set_aside.iter().map(|each| (each.row, each.fault)).collect();
        assert_eq!(
            found,
            [
                (1, F::TooFewCells { found: 2 }),
                (2, F::TooManyCells { found: 4 }),
                (4, F::Blank)
            ]
        );
        assert_eq!(import.sheet.line(5), 7);
    }

    #[test]
    fn a_quote_that_only_a_later_row_closes_costs_one_row() {
        let import = import("id,note\n1,ok\n2,\"open\n3,fine\n4,\"two\nlines\"\n5,\"say \"\"end\"\"\"\n");
        assert_eq!(
            rows(&import),
            [
                ["1", "ok"],
                ["2", "\"open"],
                ["3", "fine"],
                ["4", "two\nlines"],
                ["5", "say \"end\""]
            ]
        );
        assert_eq!(import.set_aside.len(), 1);
        assert_eq!(import.sheet.line(4), 7);
    }

    #[test]
    fn open_quotes_on_every_line_take_linear_time_and_lose_no_row() {
        let line = "\"x,\",\"\n";
        let import = import(&format!("a,b\n{}", line.repeat(2_000)));
        assert_eq!(import.sheet.rows(), 2_000);
    }

    #[test]
    fn an_open_quote_with_nothing_to_close_it() {
        let import = import("id,note\n1,ok\n2,\"open\n3,fine\n4,fine\n");
        assert_eq!(
            rows(&import),
            [["1", "ok"], ["2", "\"open"], ["3", "fine"], ["4", "fine"]]
        );
        assert_eq!(
            import.set_aside,
            [SetAside {
                row: 1,
                fault: RowFault::OpenQuote
            }]
        );
        assert_eq!(
            (0..4).map(|row| import.sheet.line(row)).collect::<Vec<_>>(),
            [2, 3, 4, 5]
        );
    }

    #[test]
    fn lines_that_end_with_a_carriage_return_alone() {
        let import = import("id,note\r1,ok\r2,\"open\r3,fine\r");
        assert_eq!(rows(&import), [["1", "ok"], ["2", "\"open"], ["3", "fine"]]);
        assert_eq!((0..3).map(|row| import.sheet.line(row)).collect::<Vec<_>>(), [2, 3, 4]);
    }

    #[test]
    fn delimiters_are_found_or_named() {
        for (text, delimiter) in [
            ("a,b\n1,2\n", ','),
            ("a;b\n1,5;2\n", ';'),
            ("a|b\n1|2\n", '|'),
            ("a\tb\n1\t2\n", '\t'),
            ("sep=;\r\na;b\r\n1;2\r\n", ';'),
            ("a\n1\n", ','),
        ] {
            let import = import(text);
            assert_eq!((import.delimiter, import.set_aside.len()), (delimiter, 0), "{text:?}");
            assert_eq!(import.sheet.header()[0], "a");
        }
        let named = import("sep=;\na;b\n1;2\n");
        assert_eq!((named.sheet.line(0), named.lines_above), (3, 1));
    }

    #[test]
    fn quotes_after_a_space_count_where_rows_fit_only_then() {
        let import = import("id,note,x\n1, \"a, b\",2\n3, \"c, d\",4\n");
        assert_eq!(rows(&import), [["1", "a, b", "2"], ["3", "c, d", "4"]]);
        assert!(import.spaces_before_quotes && import.set_aside.is_empty());
    }

    #[test]
    fn a_separator_at_the_end_of_the_header_alone_costs_no_row() {
        let import = import("id,wbc,\n1,5\n2,6\n3\n");
        assert_eq!(import.set_aside.len(), 1, "{:?}", import.set_aside);
        assert_eq!(rows(&import)[1], ["2", "6", ""]);
    }

    #[test]
    fn a_file_with_nothing_in_it() {
        assert_eq!(Sheet::read_lenient(b""), Err(TableError::Empty));
        assert_eq!(Sheet::read_lenient(b"\xff\xfe\0\0"), Err(TableError::Empty));
        assert_eq!(Sheet::read_lenient(b"a,b\n"), Err(TableError::NoRows));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_fail(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(import) = Sheet::read_lenient(&bytes) {
                prop_assert!(import.set_aside.windows(2).all(|two| two[0].row < two[1].row));
                prop_assert!(import.set_aside.iter().all(|each| each.row < import.sheet.rows()));
            }
        }

        #[test]
        fn quotes_and_delimiters_in_any_order(text in "[a\",;|\n\r]{0,80}") {
            let _ = Sheet::read_lenient(text.as_bytes());
        }

        #[test]
        fn where_the_strict_reader_is_content_both_read_the_same(cells in prop::collection::vec("[a-z0-9 ]{1,4}", 4..40)) {
            let lines: Vec<String> = cells.chunks_exact(2).map(|row| row.join(",")).collect();
            let text = format!("x,y\n{}\n", lines.join("\n"));
            let (strict, lenient) = (Sheet::read(text.as_bytes()), Sheet::read_lenient(text.as_bytes()));
            prop_assert_eq!(strict.ok(), lenient.ok().map(|import| import.sheet));
        }
    }
}
