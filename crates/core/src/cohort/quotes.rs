//! Quotation marks of a file under a strict eye: what a quoted cell must not do is take in other rows.

use super::sheet::TableError;

/// Watches the bytes of a CSV text for a quoted cell that takes in rows.
///
/// A reader of CSV goes on to the end of the file where a quote is never closed, or to the opening quote of a later row,
/// and the rows between are gone. Three signs tell it: the file ends within a quoted cell; a quoted cell of several lines
/// is closed by a quote behind which its cell goes on; or one of its lines is itself a row, with as many separators as the
/// header, none with a space behind it as in prose.
#[derive(Debug)]
pub(super) struct Quotes {
    separator: u8,
    state: State,
    /// Line of the next byte.
    line: u64,
    /// Whether the byte before was a carriage return.
    after_return: bool,
    /// Separators of the header.
    header: usize,
    /// Whether the header has ended.
    in_rows: bool,
    opened: Opened,
    /// Line on which the first quote was opened that takes in rows.
    fault: Option<u64>,
    /// Line of the first NUL.
    nul: Option<u64>,
}

/// Where in a row the next byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the beginning of a cell.
    Start,
    /// In a cell without quotes, or behind one in quotes.
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
    /// Separators on its line so far.
    separators: usize,
    /// Whether a separator on its line has a space behind it.
    prose: bool,
    /// Whether the byte before is a separator.
    after_separator: bool,
}

impl Quotes {
    pub(super) fn new(separator: u8) -> Self {
        Self {
            separator,
            state: State::Start,
            line: 1,
            after_return: false,
            header: 0,
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

    /// What is wrong with the text, which has ended: it holds a NUL, or a quote takes in rows.
    pub(super) fn table_error(&self) -> Option<TableError> {
        let nul = self.nul.map(|line| TableError::Nul { line });
        nul.or_else(|| self.fault().map(|line| TableError::OpenQuote { line }))
    }

    /// Line of the first quote that takes in rows.
    fn fault(&self) -> Option<u64> {
        let open = match self.state {
            State::Quoted => true,
            State::Closing => self.line_is_row(),
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
            (State::Closing, b'"') => self.state = State::Quoted,
            (State::Quoted, _) => self.within(byte, ends_line),
            _ => self.outside(byte),
        }
        self.line += u64::from(ends_line);
        self.after_return = byte == b'\r';
    }

    /// A byte of a quoted cell.
    fn within(&mut self, byte: u8, ends_line: bool) {
        if ends_line {
            self.judge_line();
            self.opened.separators = 0;
            self.opened.prose = false;
        }
        let cell = &mut self.opened;
        cell.prose |= cell.after_separator && byte == b' ';
        cell.after_separator = byte == self.separator;
        cell.separators += usize::from(cell.after_separator);
    }

    /// The end of a line of a quoted cell, or of the cell.
    fn judge_line(&mut self) {
        if self.line_is_row() {
            self.fault.get_or_insert(self.opened.line);
        }
    }

    fn line_is_row(&self) -> bool {
        let cell = self.opened;
        let like_header = self.header > 0 && cell.separators == self.header;
        self.in_rows && like_header && self.line > cell.line && !cell.prose
    }

    /// A byte outside of quoted cells.
    fn outside(&mut self, byte: u8) {
        let ends_cell = byte == self.separator || matches!(byte, b'\n' | b'\r');
        if self.state == State::Closing {
            self.judge_line();
            if !ends_cell && self.line > self.opened.line {
                self.fault.get_or_insert(self.opened.line);
            }
        }
        if byte == self.separator {
            self.header += usize::from(!self.in_rows);
        } else if ends_cell {
            // Empty lines above the header are none.
            self.in_rows |= self.state != State::Start || self.header > 0;
        }
        self.state = if ends_cell { State::Start } else { State::Plain };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<u64> {
        let mut quotes = Quotes::new(b',');
        quotes.watch(text.as_bytes());
        quotes.fault()
    }

    #[test]
    fn a_quote_that_takes_in_rows_is_told_by_its_line() {
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
            // What is well formed, and what costs no row.
            ("a,b,c\n1,2,\"two\nlines\"\n", None),
            ("a,b,c\n1,2,\"relapse, CNS\nthen, later, death\"\n", None),
            ("a,b,c\n1,2,\"say \"\"x\"\"\"\n3,5\" tall,y\n", None),
            ("a,b,c\n1,2,\"x\"y\n", None),
            ("\"a\n,b\",\"b\n,c,\",c\n1,2,3", None),
        ] {
            assert_eq!(fault(text), line, "{text:?}");
        }
    }

    #[test]
    fn the_first_nul_is_told_by_its_line() {
        let mut quotes = Quotes::new(b',');
        quotes.watch(b"a,b\n1,2\n3,\0\n\0");
        assert_eq!(quotes.table_error(), Some(TableError::Nul { line: 3 }));
    }
}
