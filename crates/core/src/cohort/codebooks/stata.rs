//! Labels in a Stata do-file: `label define`, `label values`, `label variable`, `mvdecode`.

use super::tokens::{Quotes, Token, tokens};
use super::{Codebook, CodebookKind, level};
use crate::cohort::dictionary::CodeLabel;

pub(super) fn read(text: &str) -> Option<Codebook> {
    let mut book = Codebook::of(CodebookKind::Stata);
    for command in commands(text) {
        let command = match command.first() {
            Some(token) if token.abbreviates("quietly", 3) || token.abbreviates("capture", 3) => &command[1..],
            _ => &command[..],
        };
        let Some((first, rest)) = command.split_first() else {
            continue;
        };
        if first.is_word("mvdecode") {
            decode(&mut book, rest);
        } else if first.abbreviates("label", 2)
            && let Some((what, rest)) = rest.split_first()
        {
            if what.abbreviates("define", 2) {
                define(&mut book, rest);
            } else if what.abbreviates("values", 3) {
                values(&mut book, rest);
            } else if what.abbreviates("variable", 3) {
                variable(&mut book, rest);
            }
        }
    }
    Some(book).filter(|book| !book.columns.is_empty() || !book.uses.is_empty())
}

/// The commands: one a line, unless the line goes on with `///` or commands end with a semicolon.
fn commands(text: &str) -> Vec<Vec<Token>> {
    let delimited = text
        .lines()
        .any(|line| line.trim_start().starts_with("#d") && line.contains(';'));
    let mut plain = String::new();
    for line in text.lines() {
        let line = line.trim();
        if line.starts_with('*') || line.starts_with("//") || line.starts_with('#') {
            plain.push('\n');
            continue;
        }
        match line.find("///") {
            Some(end) => plain.push_str(&line[..end]),
            None => {
                plain.push_str(line);
                plain.push('\n');
            }
        }
        plain.push(' ');
    }
    // Compound quotes: `"text"'.
    let plain = plain.replace("`\"", "\"").replace("\"'", "\"");
    let all = tokens(&plain, Quotes::Doubled);
    let ends = |token: &Token| match token {
        Token::Mark(';') => true,
        Token::Mark('\n') => !delimited,
        _ => false,
    };
    let commands = all.split(ends).map(|command| {
        let is_kept = |token: &&Token| **token != Token::Mark('\n');
        command.iter().filter(is_kept).cloned().collect::<Vec<Token>>()
    });
    commands.filter(|command| !command.is_empty()).collect()
}

/// The tokens before the comma that begins the options.
fn before_options(tokens: &[Token]) -> &[Token] {
    let end = tokens.iter().position(|token| *token == Token::Mark(','));
    &tokens[..end.unwrap_or(tokens.len())]
}

/// `sex_ 1 "Male" 2 "Female", add`.
fn define(book: &mut Codebook, tokens: &[Token]) {
    let mut words = before_options(tokens).iter().filter_map(Token::value);
    let Some(name) = words.next() else {
        return;
    };
    let mut levels: Vec<CodeLabel> = Vec::new();
    while let (Some(code), Some(label)) = (words.next(), words.next()) {
        levels.push(level(code, label));
    }
    match book.sets.iter_mut().find(|(known, _)| known == name) {
        Some((_, known)) => known.extend(levels),
        None => book.sets.push((name.to_owned(), levels)),
    }
}

/// `sex sex2 sex_`: the last is the set.
fn values(book: &mut Codebook, tokens: &[Token]) {
    let words: Vec<&str> = before_options(tokens).iter().filter_map(Token::value).collect();
    if let Some((set, names)) = words.split_last() {
        let uses = names.iter().map(|name| ((*name).to_owned(), (*set).to_owned()));
        book.uses.extend(uses);
    }
}

fn variable(book: &mut Codebook, tokens: &[Token]) {
    if let [Token::Word(name), Token::Text(label), ..] = tokens {
        book.column(name).label = Some(super::choices::without_markup(label));
    }
}

/// `wbc day8, mv(-99 -98)`, `sex, mv(9 = .a \ 8 = .b)`.
fn decode(book: &mut Codebook, tokens: &[Token]) {
    let names: Vec<String> = before_options(tokens)
        .iter()
        .filter_map(|token| token.value().map(str::to_owned))
        .collect();
    let open = tokens
        .iter()
        .position(|token| *token == Token::Mark('('))
        .unwrap_or(tokens.len());
    let mut codes: Vec<CodeLabel> = Vec::new();
    let mut after_equals = false;
    for token in &tokens[open..] {
        match token {
            Token::Mark('=') => after_equals = true,
            Token::Mark('\\') => after_equals = false,
            Token::Word(code) if !after_equals => codes.push(level(code, "")),
            _ => {}
        }
    }
    for name in names.iter().filter(|name| *name != "_all") {
        book.column(name).missing.extend(codes.iter().cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_defined_given_and_extended() {
        let text = "version 13\nclear\n\n* labels\nlabel define sex_ 1 \"Male\" 2 \"Female\" \nla de vital_ ///\n  0 `\"Alive\"' 1 \"Dead\"\n\
            label define vital_ 9 \"Lost, unknown\", add\nlabel values sex sex_\nlab val vital died vital_\n\
            label variable sex \"Sex of the child\"\nmvdecode wbc, mv(-99 -98)\nmvdecode ldh, mv(9 = .a \\ 8 = .b)\norder sex\n";
        let book = Codebook::of_syntax(text).unwrap();
        assert_eq!(book.kind, CodebookKind::Stata);
        let found = Codebook::dictionaries(&[("x.do".to_owned(), book)]).remove(0);
        let column = |name: &str| found.columns.iter().find(|column| column.name == name).unwrap();
        assert_eq!(column("sex").label.as_deref(), Some("Sex of the child"));
        assert_eq!(column("sex").levels, [level("1", "Male"), level("2", "Female")]);
        for name in ["vital", "died"] {
            assert_eq!(
                column(name).levels,
                [level("0", "Alive"), level("1", "Dead"), level("9", "Lost, unknown")]
            );
        }
        assert_eq!(column("wbc").missing, [level("-99", ""), level("-98", "")]);
        assert_eq!(column("ldh").missing, [level("9", ""), level("8", "")]);
    }

    #[test]
    fn commands_that_end_with_a_semicolon() {
        let text = "#delimit ;\nlabel define v\n 0 \"Alive\"\n 1 \"Dead\";\nlabel values status v;\n";
        let found = Codebook::dictionaries(&[("x.do".to_owned(), Codebook::of_syntax(text).unwrap())]);
        assert_eq!(found[0].columns[0].levels.len(), 2);
    }
}
