//! CSV with a header, as text cells: UTF-8 with or without BOM; `,`, `;`, `|` or tab; RFC 4180 quoting.

use super::foreign::ForeignFormat;
use super::quotes::Quotes;
use super::table_error::TableError;

/// A table of rows with equally many cells, at least one row.
///
/// All cells are in one string, so that a million rows take little more memory than their text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    pub(super) header: Vec<String>,
    pub(super) text: String,
    /// End of each cell in `text`, row by row.
    pub(super) ends: Vec<usize>,
    /// Line of the file on which each row starts.
    pub(super) lines: Vec<u64>,
    /// True if commas separate its cells, so that a comma within a cell is not a decimal mark.
    pub(super) comma_separated: bool,
}

impl Sheet {
    /// Reads a file. The delimiter is the one that the header uses most.
    ///
    /// # Errors
    /// [`TableError`] where the file as a whole cannot be read.
    pub fn read(bytes: &[u8]) -> Result<Self, TableError> {
        if let Some(format) = ForeignFormat::of(bytes) {
            return Err(TableError::Foreign(format));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].iter().filter(|&&b| b == b'\n').count() as u64 + 1;
            TableError::NotUtf8(Some(line))
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(TableError::Empty);
        }
        let separator = delimiter(text.as_bytes());
        let mut quotes = Quotes::new(separator);
        quotes.watch(text.as_bytes());
        if let Some(fault) = quotes.table_error() {
            return Err(fault);
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut record = csv::StringRecord::new();
        let mut next =
            |record: &mut csv::StringRecord| reader.read_record(record).map_err(|_| TableError::NotUtf8(None));
        if !next(&mut record)? {
            return Err(TableError::Empty);
        }
        let mut sheet = Self {
            header: record.iter().map(|name| name.trim().to_owned()).collect(),
            comma_separated: separator == b',',
            ..Self::default()
        };
        let mut lines = Lines::default();
        while next(&mut record)? {
            let byte = record.position().map_or(0, csv::Position::byte);
            let line = lines.at(text.as_bytes(), usize::try_from(byte).unwrap_or(usize::MAX));
            if record.len() != sheet.header.len() {
                return Err(TableError::CellCount {
                    row: sheet.lines.len() + 1,
                    line,
                    found: record.len(),
                    expected: sheet.header.len(),
                });
            }
            sheet.lines.push(line);
            for cell in &record {
                sheet.text.push_str(cell);
                sheet.ends.push(sheet.text.len());
            }
        }
        if sheet.lines.is_empty() {
            return Err(TableError::NoRows);
        }
        Ok(sheet)
    }

    /// Names of the columns, trimmed.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Number of rows without the header.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// Line of the file on which row `row` (from 0) starts; the header is on line 1.
    #[must_use]
    pub fn line(&self, row: usize) -> u64 {
        self.lines.get(row).copied().unwrap_or_default()
    }

    /// Returns the text of a cell as in the file, rows and columns from 0; empty outside the sheet.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let index = row * self.header.len() + column;
        let start = index
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied()
            .unwrap_or(0);
        let end = self.ends.get(index).copied().unwrap_or(start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The same with other texts in some cells: row, column, text.
    #[must_use]
    pub(super) fn with_cells(&self, cells: &[(usize, usize, String)]) -> Self {
        if cells.is_empty() {
            return self.clone();
        }
        let changed: std::collections::HashMap<(usize, usize), &str> = cells
            .iter()
            .map(|(row, column, text)| ((*row, *column), text.as_str()))
            .collect();
        self.rebuilt(self.header.clone(), |row, column| {
            changed
                .get(&(row, column))
                .copied()
                .unwrap_or_else(|| self.cell(row, column))
        })
    }

    /// Returns the sheet with columns added after the others: name, and a text for each row.
    #[must_use]
    pub(super) fn with_columns(&self, columns: &[(String, Vec<String>)]) -> Self {
        let width = self.header.len();
        let header = self
            .header
            .iter()
            .cloned()
            .chain(columns.iter().map(|(name, _)| name.clone()))
            .collect();
        self.rebuilt(header, |row, column| match column.checked_sub(width) {
            None => self.cell(row, column),
            Some(added) => columns
                .get(added)
                .and_then(|(_, texts)| texts.get(row))
                .map_or("", String::as_str),
        })
    }

    fn rebuilt<'a>(&self, header: Vec<String>, cell: impl Fn(usize, usize) -> &'a str) -> Self {
        let (mut text, mut ends) = (String::new(), Vec::new());
        for row in 0..self.rows() {
            for column in 0..header.len() {
                text.push_str(cell(row, column));
                ends.push(text.len());
            }
        }
        Self {
            header,
            lines: self.lines.clone(),
            text,
            ends,
            comma_separated: self.comma_separated,
        }
    }

    /// The cells of a row.
    pub fn cells(&self, row: usize) -> impl Iterator<Item = &str> {
        (0..self.header.len()).map(move |column| self.cell(row, column))
    }
}

/// Counts lines up to a byte position, in one pass over the text. (The reader's own count stops before the line feed of
/// a carriage return.)
pub(super) struct Lines {
    counted_to: usize,
    line: u64,
}

impl Default for Lines {
    fn default() -> Self {
        Self { counted_to: 0, line: 1 }
    }
}

impl Lines {
    /// The line of the first byte of the text at or after `byte` that does not end a line.
    pub(super) fn at(&mut self, text: &[u8], byte: usize) -> u64 {
        let mut to = byte.min(text.len());
        while matches!(text.get(to), Some(b'\r' | b'\n')) {
            to += 1;
        }
        let passed = text.get(self.counted_to..to).unwrap_or_default();
        // A line ends with a line feed, or with a carriage return alone.
        let mut ends = passed.iter().filter(|&&byte| byte == b'\n').count();
        if passed.contains(&b'\r') {
            let next = passed.iter().skip(1).chain(&[0]);
            let alone = |(this, next): &(&u8, &u8)| **this == b'\r' && **next != b'\n';
            ends += passed.iter().zip(next).filter(alone).count();
        }
        self.line += ends as u64;
        self.counted_to = self.counted_to.max(to);
        self.line
    }

    /// Returns how many bytes of the text have been counted, at most `most`, and restarts after them: they can be
    /// dropped.
    pub(super) fn forget(&mut self, most: usize) -> usize {
        let counted = self.counted_to.min(most);
        self.counted_to -= counted;
        counted
    }
}

/// The delimiter that the header uses most, outside quotes; a comma where there is none.
pub(super) fn delimiter(text: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0), (b'|', 0)];
    for &byte in text {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| *delimiter == byte) {
                    *count += 1;
                }
            }
        }
    }
    counts
        .into_iter()
        .rev()
        .max_by_key(|&(_, count)| count)
        .map_or(b',', |(delimiter, _)| delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_keep_their_positions() {
        let sheet = Sheet::read(b"a; b;c\n1;\"x;\ny\";\n;;3\n");
        let sheet = sheet.unwrap_or_default();
        assert_eq!(sheet.header(), ["a", "b", "c"]);
        assert_eq!((sheet.rows(), sheet.line(0), sheet.line(1)), (2, 2, 4));
        assert_eq!(sheet.cells(0).collect::<Vec<_>>(), ["1", "x;\ny", ""]);
        assert_eq!(sheet.cells(1).collect::<Vec<_>>(), ["", "", "3"]);
        assert_eq!((sheet.cell(2, 0), sheet.cell(1, 9)), ("", ""));
    }
}
