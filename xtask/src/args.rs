//! The few command-line options that the scripts take.

use crate::failure::{Failure, Outcome};

/// What stands after `cargo xtask`, consumed piece by piece; what is left at the end was not understood.
pub struct Args(Vec<String>);

impl Args {
    /// All words after the program's name.
    pub fn new(words: Vec<String>) -> Self {
        Self(words)
    }

    /// The first word.
    pub fn command(&mut self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// Whether `--name` was given.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|word| word != name);
        self.0.len() < before
    }

    /// The value of `--name value` or `--name=value`.
    pub fn value(&mut self, name: &str) -> Outcome<Option<String>> {
        let joined = format!("{name}=");
        if let Some(at) = self.0.iter().position(|word| word.starts_with(&joined)) {
            return Ok(Some(self.0.remove(at).split_off(joined.len())));
        }
        let Some(at) = self.0.iter().position(|word| word == name) else {
            return Ok(None);
        };
        if at + 1 >= self.0.len() {
            return Err(Failure::new(
                format!("`{name}` needs a value."),
                "`cargo xtask help` shows an example.",
            ));
        }
        self.0.remove(at);
        Ok(Some(self.0.remove(at)))
    }

    /// Everything after `--`, for another program.
    pub fn rest(&mut self) -> Vec<String> {
        match self.0.iter().position(|word| word == "--") {
            Some(at) => self.0.split_off(at).split_off(1),
            None => Vec::new(),
        }
    }

    /// Fails if a word was not understood.
    pub fn finish(self) -> Outcome<()> {
        match self.0.first() {
            None => Ok(()),
            Some(word) => Err(Failure::new(
                format!("`{word}` is not an option of this script."),
                "`cargo xtask help` lists the options.",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Args {
        Args::new(line.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn options_are_read_in_either_form() {
        let mut both = args("serve --port 9 --public-url=/x/ --no-build");
        assert_eq!(both.command().as_deref(), Some("serve"));
        assert_eq!(both.value("--port").unwrap().as_deref(), Some("9"));
        assert_eq!(both.value("--public-url").unwrap().as_deref(), Some("/x/"));
        assert!(both.flag("--no-build"));
        assert!(both.finish().is_ok());
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        assert!(args("--prot 9").finish().is_err());
        assert!(args("--port").value("--port").is_err());
    }
}
