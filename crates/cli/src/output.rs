//! Standard output: JSON or text, and a closed pipe that is no error.

use std::io::Write as _;

use serde::Serialize;

use crate::Refusal;

/// Prints a text as it is.
pub fn print(text: &str) -> Result<(), Refusal> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Refusal(format!("cotside: standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints one JSON document.
pub fn json(value: &impl Serialize) -> Result<(), Refusal> {
    let mut text = serde_json::to_string_pretty(value)
        .map_err(|error| Refusal(format!("cotside: the answer cannot be written as JSON: {error}")))?;
    text.push('\n');
    print(&text)
}
