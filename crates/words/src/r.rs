//! Texts as the language R writes them.

/// A text as R writes it, in quotes.
#[must_use]
pub fn r_text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            letter if letter.is_control() => quoted.push('\u{fffd}'),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_r_cannot_end_its_quotes() {
        assert_eq!(r_text("a\"); quit(); (\"\\"), "\"a\\\"); quit(); (\\\"\\\\\"");
        assert_eq!(r_text("≤ 2\n\u{7}"), "\"≤ 2\\n\u{fffd}\"");
    }
}
