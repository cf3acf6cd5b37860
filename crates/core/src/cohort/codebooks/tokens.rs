//! Words, quoted texts and marks of a program.

/// A piece of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A word or number, as it is written.
    Word(String),
    /// A text in quotes, without them.
    Text(String),
    /// A mark of one character: `/ , ( ) = ; .` and the end of a line as `\n`.
    Mark(char),
}

/// A program without the lines that begin with an asterisk: comments of SPSS and SAS.
pub(super) fn without_comments(text: &str) -> String {
    let is_comment = |line: &&str| line.trim_start().starts_with('*');
    let lines: Vec<&str> = text.lines().filter(|line| !is_comment(line)).collect();
    lines.join("\n")
}

impl Token {
    /// The text of a word or of a text in quotes.
    pub(super) fn value(&self) -> Option<&str> {
        match self {
            Self::Word(text) | Self::Text(text) => Some(text),
            Self::Mark(_) => None,
        }
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(text) if text.eq_ignore_ascii_case(word))
    }

    /// True if a word begins one in full: `lab` of `label`, at least so many letters.
    pub(super) fn abbreviates(&self, word: &str, least: usize) -> bool {
        matches!(self, Self::Word(text) if text.len() >= least
            && word.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text)))
    }
}

/// How a quote within a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// Twice: SPSS, SAS, Stata.
    Doubled,
    /// Behind a backslash: R.
    Escaped,
}

/// The pieces of a program. Comments are left out: `/* */` everywhere but in R, where they begin with `#`.
pub(super) fn tokens(program: &str, quotes: Quotes) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = program.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' => tokens.push(Token::Mark('\n')),
            '#' if quotes == Quotes::Escaped => while chars.next_if(|c| *c != '\n').is_some() {},
            '/' if quotes == Quotes::Doubled && chars.peek() == Some(&'*') => skip_comment(&mut chars),
            '"' | '\'' => tokens.push(Token::Text(quoted(&mut chars, c, quotes))),
            c if c.is_whitespace() || c == '\u{feff}' => {}
            c if is_of_word(c) => {
                let mut word = String::from(c);
                while let Some(next) = chars.next_if(|c| is_of_word(*c)) {
                    word.push(next);
                }
                push_word(&mut tokens, word, chars.peek().copied());
            }
            c => tokens.push(Token::Mark(c)),
        }
    }
    tokens
}

/// A word; a full stop that ends a line is a mark of its own.
fn push_word(tokens: &mut Vec<Token>, mut word: String, next: Option<char>) {
    let ends = word.ends_with('.') && next.is_none_or(|c| c == '\n' || c == '\r' || c == ' ' || c == ';');
    if ends {
        word.pop();
    }
    if !word.is_empty() {
        tokens.push(Token::Word(word));
    }
    if ends {
        tokens.push(Token::Mark('.'));
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '@' | '#' | '-' | '+')
}

fn skip_comment(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    let mut before = ' ';
    chars.next();
    for c in chars.by_ref() {
        if before == '*' && c == '/' {
            return;
        }
        before = c;
    }
}

fn quoted(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, quote: char, quotes: Quotes) -> String {
    let mut text = String::new();
    while let Some(c) = chars.next() {
        match c {
            '\\' if quotes == Quotes::Escaped => match chars.next() {
                Some('n' | 't' | 'r') => text.push(' '),
                Some(escaped) => text.push(escaped),
                None => {}
            },
            c if c == quote && quotes == Quotes::Doubled && chars.peek() == Some(&quote) => {
                chars.next();
                text.push(quote);
            }
            c if c == quote => break,
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_texts_and_marks() {
        let shown = |program: &str, quotes| -> String {
            let shown = tokens(program, quotes).into_iter().map(|token| match token {
                Token::Word(text) => text,
                Token::Text(text) => format!("<{text}>"),
                Token::Mark('\n') => "|".to_owned(),
                Token::Mark(c) => c.to_string(),
            });
            shown.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            shown("VALUE LABELS sex 1 'it''s' /* x */ -9 \"a\".\n", Quotes::Doubled),
            "VALUE LABELS sex 1 <it's> -9 <a> . |"
        );
        assert_eq!(
            shown("label(d$x)=\"a \\\"b\\\"\" # c\n", Quotes::Escaped),
            "label ( d $ x ) = <a \"b\"> |"
        );
        assert_eq!(shown("EXECUTE.", Quotes::Doubled), "EXECUTE .");
    }
}
