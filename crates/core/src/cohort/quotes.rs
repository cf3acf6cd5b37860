//! A check of quotation marks: a quoted cell must not span other rows.

use super::table_error::TableError;

/// Checks the bytes of a CSV text for a quoted cell that spans rows.
///
/// Where a quote is never closed, a CSV reader continues to the end of the file, or to the opening quote of a later
/// row, and the rows between are lost. There are three signs: the file ends within a quoted cell; the cell continues
/// after the closing quote of a quoted part of several lines; or the lines of the cell are rows. A line is a row if it
/// has as many separators as the header, none followed by a space as in prose; the rest of the first line and the last
/// one are rows where they would complete their rows, as with a ditto mark in two rows of a column.
#[derive(Debug)]
pub(super) struct Quotes {
    separator: u8,
    state: State,
    /// Line of the next byte.
    line: u64,
    /// True if the byte before was a carriage return.
    after_return: bool,
    /// Number of separators in the header.
    header: usize,
    /// Separators of the record so far, outside of quoted cells.
    column: usize,
    /// True if the header has ended.
    in_rows: bool,
    opened: Opened,
    /// Line of the first opening quote that spans rows.
    fault: Option<u64>,
    /// Line of the first NUL.
    nul: Option<u64>,
}

/// The position of the next byte in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the beginning of a cell.
    Start,
    /// In a cell without quotes, or after one in quotes.
    Plain,
    /// In a quoted cell.
    Quoted,
    /// Behind a quote in a quoted cell: the end of it, or the first half of a doubled one.
    Closing,
}

/// A quoted cell.
#[derive(Debug, Clone, Copy, Default)]
struct Opened {
    /// Line of its opening quote.
    line: u64,
    /// The rest of the first line, once it has ended.
    first: Option<Piece>,
    /// The current line up to here.
    piece: Piece,
}

/// A line of a quoted cell, or the part of it in the cell.
#[derive(Debug, Clone, Copy, Default)]
struct Piece {
    /// Number of bytes.
    length: usize,
    /// Number of separators.
    separators: usize,
    /// True if a separator is followed by a space.
    prose: bool,
    /// True if the last byte is a separator.
    after_separator: bool,
}

impl Piece {
    fn push(&mut self, byte: u8, separator: u8) {
        self.prose |= self.after_separator && byte == b' ';
        self.after_separator = byte == separator;
        self.separators += usize::from(self.after_separator);
        self.length += 1;
    }
}

impl Quotes {
    pub(super) fn new(separator: u8) -> Self {
        Self {
            separator,
            state: State::Start,
            line: 1,
            after_return: false,
            header: 0,
            column: 0,
            in_rows: false,
            opened: Opened::default(),
            fault: None,
            nul: None,
        }
    }

    /// Takes the next bytes of the text.
    pub(super) fn watch(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.next(byte));
    }

    /// Returns the fault of the complete text: a NUL, or a quote that spans rows.
    pub(super) fn table_error(&self) -> Option<TableError> {
        let nul = self.nul.map(|line| TableError::Nul { line });
        nul.or_else(|| self.fault().map(|line| TableError::OpenQuote { line }))
    }

    /// Returns the line of the first quote that spans rows.
    fn fault(&self) -> Option<u64> {
        let open = match self.state {
            State::Quoted => true,
            State::Closing => self.ends_in_rows(),
            State::Start | State::Plain => false,
        };
        self.fault.or(open.then_some(self.opened.line))
    }

    fn next(&mut self, byte: u8) {
        let ends_line = match byte {
            b'\n' => !self.after_return,
            b'\r' => true,
            _ => false,
        };
        if byte == 0 {
            self.nul.get_or_insert(self.line);
        }
        match (self.state, byte) {
            (State::Start, b'"') => {
                self.state = State::Quoted;
                self.opened = Opened {
                    line: self.line,
                    ..Opened::default()
                };
            }
            (State::Quoted, b'"') => self.state = State::Closing,
            (State::Closing, b'"') => {
                self.state = State::Quoted;
                self.opened.piece.push(byte, self.separator);
            }
            (State::Quoted, b'\n' | b'\r') => self.line_within(ends_line),
            (State::Quoted, _) => self.opened.piece.push(byte, self.separator),
            _ => self.outside(byte),
        }
        self.line += u64::from(ends_line);
        self.after_return = byte == b'\r';
    }

    /// The end of a line of a quoted cell; `counts` where it is not the second byte of it.
    fn line_within(&mut self, counts: bool) {
        if !counts {
            return;
        }
        if self.line_is_row() {
            self.fault.get_or_insert(self.opened.line);
        }
        let piece = std::mem::take(&mut self.opened.piece);
        self.opened.first.get_or_insert(piece);
    }

    /// True if the line of a quoted cell, not its first, is a row.
    fn line_is_row(&self) -> bool {
        let piece = self.opened.piece;
        let like_header = self.header > 0 && piece.separators == self.header;
        self.in_rows && like_header && self.opened.first.is_some() && !piece.prose
    }

    /// True if a quoted cell that ends here spans rows, by its last line.
    fn ends_in_rows(&self) -> bool {
        let Some(first) = self.opened.first else { return false };
        let last = self.opened.piece;
        let completes = self.column + first.separators == self.header && last.separators == self.column;
        let is_prose = first.prose || last.prose || (self.column == 0 && last.length > 0);
        self.line_is_row() || (self.in_rows && self.header > 0 && completes && !is_prose)
    }

    /// A byte outside of quoted cells.
    fn outside(&mut self, byte: u8) {
        let ends_cell = byte == self.separator || matches!(byte, b'\n' | b'\r');
        if self.state == State::Closing {
            let goes_on = !ends_cell && self.opened.first.is_some();
            if goes_on || self.ends_in_rows() {
                self.fault.get_or_insert(self.opened.line);
            }
        }
        if byte == self.separator {
            self.column += 1;
        } else if ends_cell {
            // Empty lines above the header are none.
            if !self.in_rows && (self.state != State::Start || self.column > 0) {
                self.in_rows = true;
                self.header = self.column;
            }
            self.column = 0;
        }
        self.state = if ends_cell { State::Start } else { State::Plain };
    }
}

#[cfg(test)]
mod tests {
    use super::super::Sheet;
    use super::*;
    use proptest::prelude::*;

    fn fault(text: &str) -> Option<u64> {
        let mut quotes = Quotes::new(b',');
        quotes.watch(text.as_bytes());
        quotes.fault()
    }

    #[test]
    fn a_quote_that_spans_rows_is_reported_with_its_line() {
        for (text, line) in [
            ("a,b,c\n1,2,\"x\n3,4,y\n", Some(2)),
            ("a,b,c\n1,2,x\r\n3,4,\"y\r\n", Some(3)),
            ("a,b,c\r1,2,x\r3,\"4,y\r", Some(3)),
            // Closed by the opening quote of a later row.
            ("a,b,c\n1,2,\"x\n3,4,y\n5,6,\"z\n7,8,w\n", Some(2)),
            // Closed at the end of a later row, or alone in its cell.
            ("a,b,c\n1,2,\"x\n3,4,y\n5,6,z\"\n7,8,w\n", Some(2)),
            ("a,b,c\n1,\",x\n3,4,y\n5,\",z\n7,8,w\n", Some(2)),
            ("\n\"a\",b,c\n1,2,\"x\n3,4,y\"", Some(3)),
            ("a,b\n1,\"x\n3,y\"\n", Some(2)),
            // Ditto marks, in the last column, another, the first.
            ("a,b,c\n1,2,\"\n3,4,\"\n", Some(2)),
            ("a,b,c\n1,\",x\n3,\",z\n", Some(2)),
            ("a,b,c\n\",2,x\n\",4,z\n", Some(2)),
            // Well-formed texts, and faults that lose no row.
            ("a,b,c\n1,2,\"two\nlines\"\n", None),
            ("a,b,c\n1,2,\"relapse, CNS\nthen, later, death\"\n", None),
            ("a,b,c\n1,2,\"say \"\"x\"\"\"\n3,5\" tall,y\n", None),
            ("a,b,c\n1,2,\"x\"y\n", None),
            ("a,b\n\"x,y\nz\",1\n", None),
            ("a,b,c\n1,\"x, y\nz,w\",2\n", None),
            ("\"a\n,b\",\"b\n,c,\",c\n1,2,3", None),
        ] {
            assert_eq!(fault(text), line, "{text:?}");
        }
    }

    proptest! {
        /// Quotes at the start of any cells are reported, or lose no row, or leave rows of unequal length.
        #[test]
        fn stray_quotes_lose_no_row(
            rows in prop::collection::vec(prop::collection::vec("[a-z0-9]{0,3}", 3), 2..9),
            marks in prop::collection::vec((0..8_usize, 0..3_usize), 1..4),
        ) {
            let mut marked = rows.clone();
            for (row, column) in marks {
                let cell = &mut marked[row % rows.len()][column];
                if !cell.starts_with('"') {
                    cell.insert(0, '"');
                }
            }
            let text: String = marked.iter().map(|row| row.join(",") + "\n").collect();
            let empty = marked.iter().filter(|row| row.concat().is_empty()).count();
            prop_assume!(empty == 0);
            if let Ok(sheet) = Sheet::read(format!("a,b,c\n{text}").as_bytes()) {
                prop_assert_eq!(sheet.rows(), rows.len(), "{}", text);
            }
        }
    }

    #[test]
    fn the_first_nul_is_reported_with_its_line() {
        let mut quotes = Quotes::new(b',');
        quotes.watch(b"a,b\n1,2\n3,\0\n\0");
        assert_eq!(quotes.table_error(), Some(TableError::Nul { line: 3 }));
    }
}
