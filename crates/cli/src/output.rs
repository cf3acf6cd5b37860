//! Standard output: JSON, text for people or a file; a closed pipe is not an error.

use std::io::Write as _;

use serde::Serialize;

use crate::{Refusal, people};

/// Prints lines for people. Text from a file cannot control the terminal.
pub fn print(text: &str) -> Result<(), Refusal> {
    file(&people::lines(text))
}

/// Prints a file as it is.
pub fn file(text: &str) -> Result<(), Refusal> {
    written(std::io::stdout().lock().write_all(text.as_bytes()))
}

/// Prints one line to standard error. Text from a file cannot control the terminal.
pub fn say(line: &str) {
    eprintln!("{}", people::name(line));
}

/// Prints one JSON document, without having all of it in memory.
pub fn json(value: &impl Serialize) -> Result<(), Refusal> {
    let mut out = Escaping(std::io::BufWriter::new(std::io::stdout().lock()));
    let document = serde_json::to_writer_pretty(&mut out, value);
    written(
        document
            .map_err(std::io::Error::from)
            .and_then(|()| out.write_all(b"\n"))
            .and_then(|()| out.flush()),
    )
}

/// Writes JSON with control characters of terminals escaped, which occur in strings only.
struct Escaping<W>(W);

impl<W: std::io::Write> std::io::Write for Escaping<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        // A piece of a text is written whole, so that no character is cut.
        let plays = |each: &char| *each != '\n' && people::is_control(*each);
        match std::str::from_utf8(bytes) {
            Ok(text) if text.chars().any(|each| plays(&each)) => {
                for each in text.chars() {
                    if plays(&each) {
                        write!(self.0, "\\u{:04x}", u32::from(each))?;
                    } else {
                        write!(self.0, "{each}")?;
                    }
                }
            }
            _ => self.0.write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

/// Treats a closed pipe as success.
fn written(done: std::io::Result<()>) -> Result<(), Refusal> {
    match done {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Refusal(format!("cotside: standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}
