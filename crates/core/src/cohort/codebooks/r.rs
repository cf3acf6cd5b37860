//! Labels in an R script: `label(d$x) = "..."`, `factor(d$x, levels = c(...), labels = c(...))`, and
//! `levels(d$x.factor) = c(...)` as REDCap writes it.

use std::collections::BTreeMap;

use super::tokens::{Quotes, Token, tokens};
use super::{Codebook, CodebookKind, level};

pub(super) fn read(text: &str) -> Option<Codebook> {
    let tokens: Vec<Token> = tokens(text, Quotes::Escaped)
        .into_iter()
        .filter(|token| *token != Token::Mark('\n'))
        .collect();
    let mut book = Codebook::of(CodebookKind::R);
    let mut levels: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some((arguments, after)) = tokens.get(at + 1..).and_then(call) else {
            continue;
        };
        if token.is_word("factor") || token.is_word("ordered") {
            let Some(name) = arguments.first().and_then(|first| column(first)) else {
                continue;
            };
            let codes = named(&arguments, "levels").or_else(|| arguments.get(1).map(|second| vector(second)));
            let labels = named(&arguments, "labels").unwrap_or_default();
            let codes = codes.unwrap_or_default();
            if labels.len() == codes.len() && !codes.is_empty() {
                set_levels(&mut book, &name, &codes, &labels);
            } else if !codes.is_empty() {
                levels.insert(name, codes);
            }
        } else if let Some(name) = arguments.first().and_then(|first| column(first)) {
            let Some(value) = assigned(after) else {
                continue;
            };
            if token.is_word("label") {
                if let Some(Token::Text(label)) = value.first() {
                    book.column(&name).label = Some(super::choices::without_markup(label));
                }
            } else if token.is_word("levels") {
                let labels = vector(value);
                let of = name.strip_suffix(".factor").unwrap_or(&name).to_owned();
                if let Some(codes) = levels.get(&of).filter(|codes| codes.len() == labels.len()) {
                    set_levels(&mut book, &of, &codes.clone(), &labels);
                }
            }
        }
    }
    Some(book).filter(|book| !book.columns.is_empty())
}

fn set_levels(book: &mut Codebook, name: &str, codes: &[String], labels: &[String]) {
    let of = name.strip_suffix(".factor").unwrap_or(name);
    book.column(of).levels = codes
        .iter()
        .zip(labels)
        .map(|(code, label)| level(code, label))
        .collect();
}

/// The arguments of a call that begins here, and what follows it.
fn call(tokens: &[Token]) -> Option<(Vec<&[Token]>, &[Token])> {
    if tokens.first() != Some(&Token::Mark('(')) {
        return None;
    }
    let mut depth = 0_usize;
    let mut arguments = Vec::new();
    let mut start = 1;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Mark('(' | '[') => depth += 1,
            Token::Mark(')' | ']') => depth = depth.saturating_sub(1),
            Token::Mark(',') if depth == 1 => {
                arguments.push(&tokens[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        if depth == 0 {
            arguments.push(&tokens[start..at]);
            return Some((arguments, &tokens[at + 1..]));
        }
    }
    None
}

/// The column that `d$x` or `d[["x"]]` is.
fn column(tokens: &[Token]) -> Option<String> {
    match tokens {
        [Token::Word(_), Token::Mark('$'), name] => name.value().map(str::to_owned),
        [
            Token::Word(_),
            Token::Mark('$'),
            Token::Mark('`'),
            Token::Word(name),
            ..,
        ] => Some(name.clone()),
        [
            Token::Word(_),
            Token::Mark('['),
            ..,
            Token::Text(name),
            Token::Mark(']'),
        ]
        | [
            Token::Word(_),
            Token::Mark('['),
            ..,
            Token::Text(name),
            Token::Mark(']'),
            Token::Mark(']'),
        ] => Some(name.clone()),
        [Token::Word(name)] => Some(name.clone()),
        _ => None,
    }
}

/// The value of a named argument.
fn named(arguments: &[&[Token]], name: &str) -> Option<Vec<String>> {
    let found = arguments.iter().find_map(|argument| match argument {
        [word, Token::Mark('='), value @ ..] if word.is_word(name) => Some(value),
        _ => None,
    });
    found.map(vector)
}

/// The texts of `c("1", "2")`, `c(0, 1)`, `0:2` or of one value.
fn vector(tokens: &[Token]) -> Vec<String> {
    if let [Token::Word(from), Token::Mark(':'), Token::Word(to)] = tokens
        && let (Ok(from), Ok(to)) = (from.parse::<u32>(), to.parse::<u32>())
        && to.saturating_sub(from) < 100
    {
        return (from..=to).map(|number| number.to_string()).collect();
    }
    let is_value = |token: &&Token| !token.is_word("c");
    let values = tokens.iter().filter(is_value).filter_map(Token::value);
    // `0L` is the number 0.
    let plain = |value: &str| match value.strip_suffix('L') {
        Some(number) if number.parse::<i64>().is_ok() => number.to_owned(),
        _ => value.to_owned(),
    };
    values.map(plain).collect()
}

/// What is assigned by `=` or `<-`, which the tokens begin with.
fn assigned(tokens: &[Token]) -> Option<&[Token]> {
    let value = match tokens {
        [Token::Mark('='), rest @ ..] => rest,
        [Token::Mark('<'), Token::Word(dash), rest @ ..] if dash == "-" => rest,
        _ => return None,
    };
    let end = match value {
        [Token::Word(_), rest @ ..] => call(rest).map(|(_, after)| value.len() - after.len()),
        _ => None,
    };
    value.get(..end.unwrap_or(1.min(value.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_redcap_writes_and_what_people_write() {
        let text = "#Clear existing data\nrm(list=ls())\nlibrary(Hmisc)\ndata=read.csv('DATA.csv')\n#Setting Labels\n\nlabel(data$record_id)=\"Record ID\"\n\
            label(data$vital)=\"Vital status\"\n#Setting Factors(will create new variable for factors)\ndata$sex.factor = factor(data$sex,levels=c(\"1\",\"2\"))\n\
            data$vital.factor = factor(data$vital,levels=c(\"0\",\"1\"))\n\nlevels(data$sex.factor)=c(\"Male\",\"Female\")\nlevels(data$vital.factor)=c(\"Alive\",\"Dead\")\n\
            d$cns <- factor(d$cns, levels = 1:3, labels = c(\"CNS1\", \"CNS2\", \"CNS3\"))\nd[[\"rel\"]] <- factor(d[[\"rel\"]], c(0L, 1L), labels = c(\"no\", \"yes\"))\n";
        let book = Codebook::of_syntax(text).unwrap();
        assert_eq!(book.kind, CodebookKind::R);
        let column = |name: &str| book.columns.iter().find(|column| column.name == name).unwrap();
        assert_eq!(column("record_id").label.as_deref(), Some("Record ID"));
        assert_eq!(column("sex").levels, [level("1", "Male"), level("2", "Female")]);
        assert_eq!(column("vital").levels, [level("0", "Alive"), level("1", "Dead")]);
        assert_eq!(column("cns").levels.len(), 3);
        assert_eq!(column("rel").levels, [level("0", "no"), level("1", "yes")]);
    }
}
