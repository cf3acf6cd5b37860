//! Texts in scripts for R.

/// A text as R writes it. Characters that cannot be seen, and those that change the direction of writing, which R refuses to
/// read, are written as `\u202e`. Ends of lines are all one, as R reads them from a file; NUL, which R cannot hold, is left out.
#[must_use]
pub fn r_text(text: &str) -> String {
    ["\"", &r_escaped(text), "\""].concat()
}

/// The same without quotes, on one line, for a comment.
#[must_use]
pub fn r_escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' | '\r' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            '\0' => {}
            letter if is_unseen(letter) && u32::from(letter) > 0xffff => {
                escaped.push_str(&format!("\\U{:08x}", u32::from(letter)));
            }
            letter if is_unseen(letter) => escaped.push_str(&format!("\\u{:04x}", u32::from(letter))),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Control characters, spaces other than the plain one, joiners, marks of direction and tags.
fn is_unseen(letter: char) -> bool {
    let is_space = letter != ' ' && letter.is_whitespace();
    is_space
        || letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(letter, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
        || matches!(letter, '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_r_cannot_end_its_quotes() {
        assert_eq!(r_text("a\"); quit(); (\"\\"), "\"a\\\"); quit(); (\\\"\\\\\"");
        assert_eq!(r_text("≤ 2\n\u{7}\0"), "\"≤ 2\\n\\u0007\"");
    }

    #[test]
    fn what_r_refuses_to_read_is_escaped() {
        assert_eq!(r_text("\u{202b}אב\u{202c}"), "\"\\u202bאב\\u202c\"");
        assert_eq!(r_text("a\u{2066}b\u{e0041}"), "\"a\\u2066b\\U000e0041\"");
        assert_eq!(r_text("a\r\nb\rc"), "\"a\\nb\\nc\"");
        assert_eq!(r_escaped("a\n\u{2067}b"), "a\\n\\u2067b");
    }
}
