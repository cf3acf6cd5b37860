//! A line of text in pieces: numbers, words, names and signs. A comma between two digits is a decimal mark, a mark of
//! thousands or a sign between two numbers; where the line does not say which, the piece is unclear and nothing is made
//! of it.

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// A number with a point before its decimals.
    Number(String),
    /// A word in small letters.
    Word(String),
    /// What has letters and digits, such as a study or a gene; not a number to check.
    Name(String),
    /// Digits with a comma that may mean one number or two.
    Unclear(String),
    /// Any other sign.
    Sign(char),
}

/// Letters behind which digits belong to a name: `Interfant-06`, `KMT2A`, `AALL0631`.
const FEWEST_OF_NAME: usize = 2;

/// Dashes and comparisons in one form each.
fn one_sign(sign: char) -> char {
    match sign {
        '–' | '—' | '−' | '‐' | '‑' => '-',
        '≤' => '<',
        '≥' => '>',
        '·' | '∙' | '⋅' => '·',
        '[' => '(',
        ']' => ')',
        other => other,
    }
}

/// What commas between digits are in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Commas {
    Decimal,
    BetweenNumbers,
    Unclear,
}

/// The pieces of a line.
pub fn pieces(sentence: &str) -> Vec<Piece> {
    let signs: Vec<char> = sentence.chars().map(one_sign).collect();
    let mut found: Vec<Piece> = Vec::new();
    let commas = commas(&signs);
    let mut place = 0;
    while place < signs.len() {
        let sign = at(&signs, place);
        if let Some((end, name)) = translocation(&signs, place).or_else(|| name(&signs, place)) {
            found.push(Piece::Name(name));
            place = end;
        } else if sign.is_ascii_digit() || (sign == '.' && at(&signs, place + 1).is_ascii_digit()) {
            let counted = is_counted(&found);
            let (end, piece) = number(&signs, place, commas, counted);
            found.push(piece);
            place = end;
        } else if sign.is_alphabetic() {
            let end = end_of(&signs, place, char::is_alphabetic);
            found.push(Piece::Word(text(&signs, place, end).to_lowercase()));
            place = end;
        } else {
            place += 1;
            found.extend((!sign.is_whitespace()).then_some(Piece::Sign(sign)));
        }
    }
    found
}

fn at(signs: &[char], place: usize) -> char {
    signs.get(place).copied().unwrap_or(' ')
}

fn end_of(signs: &[char], start: usize, holds: impl Fn(char) -> bool) -> usize {
    let length = signs.iter().skip(start).take_while(|sign| holds(**sign)).count();
    start + length
}

fn text(signs: &[char], start: usize, end: usize) -> String {
    signs.get(start..end).unwrap_or_default().iter().collect()
}

fn is_digit(sign: char) -> bool {
    sign.is_ascii_digit()
}

/// `t(4;11)`, and where it ends.
fn translocation(signs: &[char], start: usize) -> Option<(usize, String)> {
    if at(signs, start) != 't' || at(signs, start + 1) != '(' || !is_digit(at(signs, start + 2)) {
        return None;
    }
    let end = end_of(signs, start + 2, |sign| is_digit(sign) || sign == ';');
    (at(signs, end) == ')').then(|| (end + 1, text(signs, start, end + 1)))
}

/// Two letters or more with digits right behind them, or behind a dash; not the name of a number, as in `SE9.2`.
fn name(signs: &[char], start: usize) -> Option<(usize, String)> {
    let behind = end_of(signs, start, char::is_alphabetic);
    let word = text(signs, start, behind).to_lowercase();
    let dash = usize::from(at(signs, behind) == '-');
    let is_name = behind - start >= FEWEST_OF_NAME
        && is_digit(at(signs, behind + dash))
        && !["hr", "se", "sem", "ci", "or"].contains(&word.as_str());
    let end = end_of(signs, behind, |sign| sign.is_alphanumeric() || sign == '-');
    is_name.then(|| (end, text(signs, start, end)))
}

/// Whether a whole number comes next: `n =`, `of`.
fn is_counted(before: &[Piece]) -> bool {
    let words = |word: &str| ["n", "of", "among"].contains(&word);
    match before {
        [.., Piece::Word(word), Piece::Sign('=' | ':')] | [.., Piece::Word(word)] => words(word),
        _ => false,
    }
}

/// A comma between two digits that makes one number of thousands: `1,234`.
fn is_of_thousands(signs: &[char], start: usize, comma: usize) -> bool {
    let before = text(signs, start, comma);
    let behind = end_of(signs, comma + 1, is_digit) - comma - 1;
    before.len() <= 3 && before.chars().all(is_digit) && !before.starts_with('0') && behind == 3
}

/// A number, and where it ends.
fn number(signs: &[char], start: usize, commas: Commas, counted: bool) -> (usize, Piece) {
    let mut end = start;
    loop {
        let (sign, next) = (at(signs, end), at(signs, end + 1));
        let has_mark = || text(signs, start, end).contains(['.', '·', ',']);
        if is_digit(sign) || (matches!(sign, '.' | '·') && is_digit(next) && !has_mark()) {
            end += 1;
        } else if sign == ',' && is_digit(next) && !has_mark() {
            let thousands = is_of_thousands(signs, start, end);
            let behind = end_of(signs, end + 1, is_digit);
            if thousands && counted {
                return (behind, Piece::Number(text(signs, start, behind).replace(',', "")));
            }
            if commas == Commas::Unclear || (commas == Commas::BetweenNumbers && thousands) {
                return (behind, Piece::Unclear(text(signs, start, behind)));
            }
            if commas == Commas::BetweenNumbers {
                break;
            }
            end += 1;
        } else {
            break;
        }
    }
    (end, Piece::Number(text(signs, start, end).replace(['·', ','], ".")))
}

/// What commas between digits are: between numbers where the line has decimal points; decimal where the first number has
/// one, where one follows a 0 or a sign such as `=`, or where both ends of an interval have one.
fn commas(signs: &[char]) -> Commas {
    let between = |place: usize, mark: &[char]| {
        mark.contains(&at(signs, place))
            && place > 0
            && is_digit(at(signs, place - 1))
            && is_digit(at(signs, place + 1))
    };
    let has_point = (0..signs.len())
        .any(|place| between(place, &['.', '·']) || (at(signs, place) == '.' && is_digit(at(signs, place + 1))));
    let all: Vec<usize> = (0..signs.len()).filter(|place| between(*place, &[','])).collect();
    if has_point || all.is_empty() {
        return Commas::BetweenNumbers;
    }
    let start_of = |comma: usize| {
        let before = signs.get(..comma).unwrap_or_default().iter().rev();
        comma - before.take_while(|sign| is_digit(**sign)).count()
    };
    let first = signs.iter().position(|sign| is_digit(*sign));
    let is_decimal = |comma: &usize| {
        let start = start_of(*comma);
        let before = signs.get(..start).unwrap_or_default().iter().rev();
        let sign = before.copied().find(|sign| !sign.is_whitespace()).unwrap_or(' ');
        let is_zero = text(signs, start, *comma) == "0";
        let is_first = Some(start) == first && !is_of_thousands(signs, start, *comma);
        let behind = end_of(signs, comma + 1, is_digit);
        let is_end = at(signs, behind) == '-' && all.iter().any(|other| start_of(*other) == behind + 1);
        is_zero || is_first || is_end || (matches!(sign, '=' | '<' | '±') && !is_of_thousands(signs, start, *comma))
    };
    if all.iter().any(is_decimal) {
        Commas::Decimal
    } else {
        Commas::Unclear
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(line: &str) -> Vec<String> {
        let found = pieces(line).into_iter();
        found
            .filter_map(|piece| match piece {
                Piece::Number(number) => Some(number),
                Piece::Unclear(text) => Some(format!("?{text}")),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn a_comma_is_read_only_where_the_line_says_what_it_is() {
        for (line, expected) in [
            ("41,7 (9,2)", vec!["41.7", "9.2"]),
            (
                "HR 1,969 (0,903–4,291); p = 0,088",
                vec!["1.969", "0.903", "4.291", "0.088"],
            ),
            ("HR 2 (1–3), p=0,04", vec!["2", "1", "3", "0.04"]),
            ("43 (30,7–55,1)", vec!["43", "30.7", "55.1"]),
            ("43.2 (30.7,55.1)", vec!["43.2", "30.7", "55.1"]),
            ("43 (30,55)", vec!["43", "?30,55"]),
            ("41.7%, n = 1,234", vec!["41.7", "1234"]),
            ("41.7 of 1,234 infants", vec!["41.7", "1234"]),
            ("41.7 (1,234)", vec!["41.7", "?1,234"]),
            ("12, 15, 23", vec!["12", "15", "23"]),
            ("41·7 [32–51]", vec!["41.7", "32", "51"]),
        ] {
            assert_eq!(numbers(line), expected, "{line}");
        }
    }

    #[test]
    fn digits_of_names_are_no_numbers() {
        for line in ["Interfant-06", "KMT2A-r", "AALL0631", "t(4;11)", "CCG-1953"] {
            assert_eq!(numbers(&format!("{line}: 36.4 (2.3)")), ["36.4", "2.3"], "{line}");
        }
        assert_eq!(numbers("SE9.2 HR1.4 5y"), ["9.2", "1.4", "5"]);
    }
}
