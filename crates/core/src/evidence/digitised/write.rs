//! JSON for people to read: objects over several lines, lists of numbers in one.

use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Writes objects, and lists of anything but numbers and pairs, over several lines.
#[derive(Default)]
struct Lines {
    /// For each open bracket: whether its parts have lines of their own, and whether it has any part.
    open: Vec<(bool, bool)>,
}

impl Lines {
    fn begin(&mut self, lines: bool) {
        self.open.push((lines, false));
    }

    fn part<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        let depth = self.open.len();
        let lines = self.open.last_mut().is_some_and(|open| {
            open.1 = true;
            open.0
        });
        match (lines, first) {
            (true, true) => line(writer, depth),
            (true, false) => writer.write_all(b",").and_then(|()| line(writer, depth)),
            (false, true) => Ok(()),
            (false, false) => writer.write_all(b", "),
        }
    }

    fn end<W: ?Sized + io::Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        if self.open.pop() == Some((true, true)) {
            line(writer, self.open.len())?;
        }
        writer.write_all(bracket)
    }
}

fn line<W: ?Sized + io::Write>(writer: &mut W, depth: usize) -> io::Result<()> {
    writer.write_all(b"\n")?;
    (0..depth).try_for_each(|_| writer.write_all(b"  "))
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        // What is in a list that is in one line is in that line too.
        self.begin(false);
        writer.write_all(b"[")
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.part(writer, first)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"]")
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(true);
        writer.write_all(b"{")
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.part(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"}")
    }
}

/// Returns a value as JSON with a line end.
pub(super) fn indented(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    // Nothing of these files cannot be written.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut bytes, Lines::default()));
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}
