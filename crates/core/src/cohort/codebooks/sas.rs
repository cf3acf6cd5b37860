//! Labels in a SAS program: `proc format` with `value`, and `label` and `format` statements.

use super::tokens::{Quotes, Token, tokens, without_comments};
use super::{Codebook, CodebookKind, level};
use crate::cohort::dictionary::CodeLabel;

pub(super) fn read(text: &str) -> Option<Codebook> {
    let mut book = Codebook::of(CodebookKind::Sas);
    let text = without_comments(text);
    let all = tokens(&text, Quotes::Doubled);
    for statement in all.split(|token| *token == Token::Mark(';')) {
        let statement: Vec<Token> = statement
            .iter()
            .filter(|token| **token != Token::Mark('\n'))
            .cloned()
            .collect();
        let Some((first, rest)) = statement.split_first() else {
            continue;
        };
        if first.is_word("value") {
            value(&mut book, rest);
        } else if first.is_word("label") {
            labels(&mut book, rest);
        } else if first.is_word("format") {
            format(&mut book, rest);
        }
    }
    Some(book).filter(|book| !book.columns.is_empty() || (!book.uses.is_empty() && !book.sets.is_empty()))
}

/// `sex_ 1='Male' 2, 3='Other' -99 - -90='Missing' other='?'`, `$grp_ 'A'='Arm A'`.
fn value(book: &mut Codebook, tokens: &[Token]) {
    let mut tokens: &[Token] = match tokens {
        [Token::Mark('$'), rest @ ..] => rest,
        all => all,
    };
    let Some((name, rest)) = tokens.split_first() else {
        return;
    };
    let Some(name) = name.value() else {
        return;
    };
    tokens = rest;
    // Options of the format: `(default=20)`.
    if tokens.first() == Some(&Token::Mark('('))
        && let Some(end) = tokens.iter().position(|token| *token == Token::Mark(')'))
    {
        tokens = &tokens[end + 1..];
    }
    let mut levels: Vec<CodeLabel> = Vec::new();
    let mut codes: Vec<String> = Vec::new();
    let mut tokens = tokens.iter();
    while let Some(token) = tokens.next() {
        match token {
            Token::Mark('=') => {
                let label = tokens.next().and_then(Token::value).unwrap_or_default();
                levels.extend(ranges(&codes).iter().map(|code| level(code, label)));
                codes.clear();
            }
            Token::Word(word) | Token::Text(word) => codes.push(word.clone()),
            Token::Mark(_) => {}
        }
    }
    let name = name.trim_end_matches('.');
    match book.sets.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        Some((_, known)) => *known = levels,
        None => book.sets.push((name.to_owned(), levels)),
    }
}

/// Codes before an equals sign; `-99 - -90` is a range, `other` and a full stop are no codes.
fn ranges(codes: &[String]) -> Vec<String> {
    match codes {
        [from, dash, to] if dash == "-" => vec![format!("{from} THRU {to}")],
        codes => codes
            .iter()
            .filter(|code| !code.eq_ignore_ascii_case("other") && *code != ".")
            .cloned()
            .collect(),
    }
}

/// `sex='Sex' dx='Date of diagnosis'`.
fn labels(book: &mut Codebook, tokens: &[Token]) {
    for pair in tokens.windows(3) {
        if let [Token::Word(name), Token::Mark('='), Token::Text(label)] = pair {
            book.column(name).label = Some(super::choices::without_markup(label));
        }
    }
}

/// `sex sex2 sex_. grp $grp_.`: names up to a format, which ends with a full stop.
fn format(book: &mut Codebook, tokens: &[Token]) {
    let mut names: Vec<String> = Vec::new();
    let mut tokens = tokens.iter().peekable();
    while let Some(token) = tokens.next() {
        let Some(word) = token.value() else {
            continue;
        };
        let ended = tokens.next_if(|next| **next == Token::Mark('.')).is_some();
        match word.strip_suffix('.').or(ended.then_some(word)) {
            Some(set) => {
                let uses = names.drain(..).map(|name| (name, set.to_owned()));
                book.uses.extend(uses);
            }
            None => names.push(word.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_defined_and_given() {
        let text = "OPTIONS nofmterr;\n\nproc format;\n\tvalue sex_ 1='Male' 2='Female';\n\tvalue vital_ 0='Alive' 1,2='Dead' .='Missing' other='?';\n\
            \tvalue $grp_ 'A'='Arm A' 'B'='Arm B';\n\trun;\n\ndata redcap; set redcap;\n\tlabel record_id='Record ID';\n\tlabel sex='Patient''s sex' vital='Vital status';\n\
            \tformat sex sex_.;\n\tformat vital died vital_. grp $grp_.;\n\tformat dx yymmdd10.;\nrun;\n";
        let book = Codebook::of_syntax(text).unwrap();
        assert_eq!(book.kind, CodebookKind::Sas);
        let found = Codebook::dictionaries(&[("x.sas".to_owned(), book)]).remove(0);
        let column = |name: &str| found.columns.iter().find(|column| column.name == name).unwrap();
        assert_eq!(column("sex").levels, [level("1", "Male"), level("2", "Female")]);
        assert_eq!(column("sex").label.as_deref(), Some("Patient's sex"));
        assert_eq!(
            column("died").levels,
            [level("0", "Alive"), level("1", "Dead"), level("2", "Dead")]
        );
        assert_eq!(column("grp").levels, [level("A", "Arm A"), level("B", "Arm B")]);
        assert!(found.columns.iter().all(|column| column.name != "dx"));
    }
}
