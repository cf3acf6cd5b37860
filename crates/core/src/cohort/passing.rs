//! The bytes of a file on their way to a reader of rows: watched, not kept.

use std::io::{Error, ErrorKind, Read, Result};

use super::quotes::Quotes;
use super::sheet::Lines;
use super::table_error::TableError;

/// Bytes read at once.
pub(super) const BLOCK: usize = 1 << 16;

/// Passes bytes on to a reader, checks them for UTF-8 and with [`Quotes`], and keeps the line numbers of those that the
/// reader may still need.
pub(super) struct Passing<R> {
    input: R,
    /// The last bytes passed on, some of them already counted in `lines`.
    window: Vec<u8>,
    /// Position in the file of the first of them.
    start: u64,
    lines: Lines,
    /// How many of the last bytes are the beginning of a character.
    unfinished: usize,
    /// Line feeds among all bytes that passed.
    line_feeds: u64,
    quotes: Quotes,
    /// Line of the first byte that is not UTF-8.
    pub(super) not_utf8: Option<u64>,
}

impl<R: Read> Passing<R> {
    /// Cells are separated by `separator`.
    pub(super) fn new(input: R, separator: u8) -> Self {
        Self {
            input,
            quotes: Quotes::new(separator),
            window: Vec::new(),
            start: 0,
            lines: Lines::default(),
            unfinished: 0,
            line_feeds: 0,
            not_utf8: None,
        }
    }

    /// Returns the line of the first byte at or after `byte` that does not end a line. Requested positions must ascend,
    /// and be among the bytes passed since the last one.
    pub(super) fn line_at(&mut self, byte: u64) -> u64 {
        let at = usize::try_from(byte.saturating_sub(self.start)).unwrap_or(usize::MAX);
        self.lines.at(&self.window, at)
    }

    /// Returns the fault of the text read so far, or up to the first byte that is not UTF-8: a NUL, or a quote that
    /// spans rows.
    pub(super) fn fault(&self) -> Option<TableError> {
        self.quotes.table_error()
    }

    /// Notes the line where the bytes that came last are not UTF-8, or the file ends within a character.
    fn check(&mut self, came: usize) -> Result<()> {
        let unchecked = &self.window[self.window.len() - came - self.unfinished..];
        let (valid, ended) = match std::str::from_utf8(unchecked) {
            Ok(_) => (unchecked.len(), false),
            Err(error) => (error.valid_up_to(), error.error_len().is_some() || came == 0),
        };
        self.line_feeds += unchecked[..valid].iter().filter(|&&byte| byte == b'\n').count() as u64;
        self.unfinished = unchecked.len() - valid;
        if ended {
            self.not_utf8 = Some(self.line_feeds + 1);
            return Err(Error::from(ErrorKind::InvalidData));
        }
        Ok(())
    }
}

impl<R: Read> Read for Passing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let came = self.input.read(buffer)?;
        let known = self.lines.forget(self.window.len() - self.unfinished);
        self.window.drain(..known);
        self.start += known as u64;
        self.window.extend_from_slice(&buffer[..came]);
        self.quotes.watch(&buffer[..came]);
        self.check(came)?;
        Ok(came)
    }
}
