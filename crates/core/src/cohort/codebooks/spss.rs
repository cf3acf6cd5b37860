//! Labels and missing values in SPSS syntax: `VARIABLE LABELS`, `VALUE LABELS`, `MISSING VALUES`.

use super::tokens::{Quotes, Token, tokens, without_comments};
use super::{Codebook, CodebookKind, level};
use crate::cohort::dictionary::CodeLabel;

/// What a command of the syntax says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Command {
    VariableLabels,
    ValueLabels,
    MissingValues,
    Other,
}

pub(super) fn read(text: &str) -> Option<Codebook> {
    let tokens = tokens(&without_comments(text), Quotes::Doubled);
    let mut book = Codebook::of(CodebookKind::Spss);
    let mut command = Command::Other;
    let mut body: Vec<Token> = Vec::new();
    let mut starts_line = true;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let begun = starts_line.then(|| begins(&tokens[at..])).flatten();
        if let Some((next, words)) = begun {
            take(&mut book, command, &std::mem::take(&mut body));
            command = next;
            starts_line = false;
            at += words;
            continue;
        }
        let ends_line = matches!(tokens.get(at + 1), None | Some(Token::Mark('\n' | '\r')));
        match token {
            Token::Mark('\n') => starts_line = true,
            Token::Mark('.') if ends_line => {
                take(&mut book, command, &std::mem::take(&mut body));
                command = Command::Other;
            }
            token => {
                body.push(token.clone());
                starts_line = false;
            }
        }
        at += 1;
    }
    take(&mut book, command, &body);
    Some(book).filter(|book| !book.columns.is_empty())
}

/// The command that a line begins with, and its number of words.
fn begins(tokens: &[Token]) -> Option<(Command, usize)> {
    let is = |at: usize, word: &str, least: usize| tokens.get(at).is_some_and(|token| token.abbreviates(word, least));
    if is(0, "VARIABLE", 3) && is(1, "LABELS", 3) {
        Some((Command::VariableLabels, 2))
    } else if is(0, "VALUE", 3) && is(1, "LABELS", 3) {
        Some((Command::ValueLabels, 2))
    } else if is(0, "ADD", 3) && is(1, "VALUE", 3) && is(2, "LABELS", 3) {
        Some((Command::ValueLabels, 3))
    } else if is(0, "MISSING", 3) && is(1, "VALUES", 3) {
        Some((Command::MissingValues, 2))
    } else {
        let others = [
            "EXECUTE",
            "FORMATS",
            "DATA",
            "BEGIN",
            "END",
            "FILE",
            "GET",
            "SAVE",
            "RECODE",
            "COMPUTE",
            "FREQUENCIES",
            "SET",
            "DATASET",
            "RENAME",
        ];
        let level = is(0, "VARIABLE", 3) && (is(1, "LEVEL", 5) || is(1, "WIDTH", 5) || is(1, "ALIGNMENT", 5));
        (level || others.iter().any(|word| is(0, word, word.len()))).then_some((Command::Other, 1))
    }
}

fn take(book: &mut Codebook, command: Command, body: &[Token]) {
    match command {
        Command::VariableLabels => variable_labels(book, body),
        Command::ValueLabels => {
            for part in parts(body) {
                value_labels(book, part);
            }
        }
        Command::MissingValues => missing_values(book, body),
        Command::Other => {}
    }
}

/// The parts between slashes.
fn parts(body: &[Token]) -> impl Iterator<Item = &[Token]> {
    body.split(|token| *token == Token::Mark('/'))
        .filter(|part| !part.is_empty())
}

/// `record_id 'Record ID' /sex 'Sex'`, with or without slashes.
fn variable_labels(book: &mut Codebook, body: &[Token]) {
    let mut name: Option<&str> = None;
    let mut label = String::new();
    let mut labels: Vec<(String, String)> = Vec::new();
    for token in body {
        match token {
            Token::Word(word) if word == "+" => {}
            Token::Word(word) => {
                labels.extend(name.map(|name| (name.to_owned(), std::mem::take(&mut label))));
                name = Some(word);
            }
            // Texts in a row are one: `'a' + 'b'`.
            Token::Text(text) => label.push_str(text),
            Token::Mark(_) => {}
        }
    }
    labels.extend(name.map(|name| (name.to_owned(), label)));
    for (name, label) in labels.into_iter().filter(|(_, label)| !label.is_empty()) {
        book.column(&name).label = Some(super::choices::without_markup(&label));
    }
}

/// Names of variables, then codes each with its label.
fn value_labels(book: &mut Codebook, part: &[Token]) {
    let first_text = part.iter().position(|token| matches!(token, Token::Text(_)));
    // The last word before the first text is its code, unless the code is a text itself.
    let Some(first_text) = first_text else {
        return;
    };
    let codes_are_texts = matches!(part.get(first_text + 1), Some(Token::Text(_)));
    let names_end = if codes_are_texts {
        first_text
    } else {
        first_text.saturating_sub(1)
    };
    let names = expanded(&part[..names_end]);
    let mut levels: Vec<CodeLabel> = Vec::new();
    let mut values = part[names_end..]
        .iter()
        .filter_map(Token::value)
        .filter(|value| *value != "+");
    while let (Some(code), Some(label)) = (values.next(), values.next()) {
        levels.push(level(code, label));
    }
    for name in names {
        book.column(&name).levels.extend(levels.iter().cloned());
    }
}

/// Names of variables; `v1 TO v3` is each of them.
fn expanded(tokens: &[Token]) -> Vec<String> {
    let words: Vec<&str> = tokens.iter().filter_map(Token::value).collect();
    let mut names: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if word.eq_ignore_ascii_case("TO")
            && let (Some(from), Some(to)) = (names.last().cloned(), words.get(at + 1))
        {
            names.extend(between(&from, to));
            at += 2;
            continue;
        }
        names.push((*word).to_owned());
        at += 1;
    }
    names
}

/// The most names that `TO` stands for.
const MOST_NAMES: u32 = 500;

/// The names after one up to another that differ in their last number.
fn between(from: &str, to: &str) -> Vec<String> {
    let split = |name: &str| {
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
        let number = name[stem.len()..].parse::<u32>().ok();
        (stem, number, name.len())
    };
    let ((stem, Some(first), length), (other, Some(last), _)) = (split(from), split(to)) else {
        return vec![to.to_owned()];
    };
    if stem != other || last.saturating_sub(first) > MOST_NAMES {
        return vec![to.to_owned()];
    }
    let width = length - stem.len();
    (first + 1..=last)
        .map(|number| format!("{stem}{number:0width$}"))
        .collect()
}

/// `wbc day8 (-99, -98) / sex (LO THRU 0, 9)`.
fn missing_values(book: &mut Codebook, body: &[Token]) {
    let mut names: Vec<Token> = Vec::new();
    let mut tokens = body.iter();
    while let Some(token) = tokens.next() {
        if *token != Token::Mark('(') {
            names.push(token.clone());
            continue;
        }
        let inside: Vec<&Token> = tokens
            .by_ref()
            .take_while(|token| **token != Token::Mark(')'))
            .collect();
        let codes: Vec<CodeLabel> = inside
            .split(|token| **token == Token::Mark(','))
            .flat_map(missing_codes)
            .collect();
        for name in expanded(&std::mem::take(&mut names)) {
            book.column(&name).missing.extend(codes.iter().cloned());
        }
    }
}

/// Codes between commas or spaces; a range with `THRU` is one.
fn missing_codes(part: &[&Token]) -> Vec<CodeLabel> {
    let words: Vec<&str> = part.iter().filter_map(|token| token.value()).collect();
    let is_range = words
        .iter()
        .any(|word| word.eq_ignore_ascii_case("THRU") || word.eq_ignore_ascii_case("THROUGH"));
    match words[..] {
        [from, _, to, ref rest @ ..] if is_range => {
            let range = level(&format!("{from} THRU {to}"), "");
            std::iter::once(range)
                .chain(rest.iter().map(|code| level(code, "")))
                .collect()
        }
        _ => words.iter().map(|code| level(code, "")).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let book = Codebook::of_syntax(text).unwrap();
        assert_eq!(book.kind, CodebookKind::Spss);
        let codes = |levels: &[CodeLabel]| {
            let each = levels.iter().map(|level| format!("{}={}", level.code, level.label));
            each.collect::<Vec<_>>().join(",")
        };
        let column = |column: &crate::cohort::DescribedColumn| {
            let label = column.label.clone().unwrap_or_default();
            format!(
                "{}|{label}|{}|{}",
                column.name,
                codes(&column.levels),
                codes(&column.missing)
            )
        };
        book.columns.iter().map(column).collect()
    }

    #[test]
    fn what_redcap_writes() {
        let text = "FILE HANDLE data1 NAME='data_place_holder_name' LRECL=90000.\n\nDATA LIST FREE\nFILE = data1\n\
            /record_id (A500) sex (F1) vital (F1) .\n\nVARIABLE LEVEL sex (NOMINAL).\n\nVARIABLE LABELS\n\
            record_id 'Record ID'\n/sex 'Patient''s sex'\n/vital 'Vital status'.\n\nVALUE LABELS\n\
            /sex '1' 'Male' \n'2' 'Female'\n/vital '0' 'Alive' \n'1' 'Dead'.\n\nSET LOCALE=en_us.UTF-8.\n\nEXECUTE.\n";
        assert_eq!(
            shown(text),
            [
                "record_id|Record ID||",
                "sex|Patient's sex|1=Male,2=Female|",
                "vital|Vital status|0=Alive,1=Dead|"
            ]
        );
    }

    #[test]
    fn what_people_write() {
        let text = "* codes of the registry.\nvar lab v1 \"Date of \"\n + \"diagnosis\" v2 'Status'.\nvalue labels v2 os_event 0 'Alive' 1 'Dead'\n\
            / grp 'A' 'Arm A' 'B' 'Arm B'.\nADD VALUE LABELS v2 9 'Unknown'.\nMISSING VALUES wbc v3 TO v5 (-99, LO THRU -1) / v2 (9).\n";
        assert_eq!(
            shown(text),
            [
                "v1|Date of diagnosis||",
                "v2|Status|0=Alive,1=Dead,9=Unknown|9=",
                "os_event||0=Alive,1=Dead|",
                "grp||A=Arm A,B=Arm B|",
                "wbc|||-99=,LO THRU -1=",
                "v3|||-99=,LO THRU -1=",
                "v4|||-99=,LO THRU -1=",
                "v5|||-99=,LO THRU -1="
            ]
        );
    }

    #[test]
    fn a_table_of_patients_is_none() {
        for text in ["id,value labels\n1,2\n", "id,status\n1,dead\n", ""] {
            assert_eq!(Codebook::of_syntax(text), None, "{text}");
        }
    }
}
