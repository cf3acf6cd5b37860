//! The meaning of texts in a column with codes: rules that are guessed, shown, and confirmed by a person.

use super::course::Endpoint;
use super::description::NOT_DESCRIBED;
use super::kind::{Profile, answer, is_missing_like};
use super::role::{Polarity, Role};
use super::word_lists::cell_meaning;
use crate::infant::Field;

/// The meaning of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A missing value.
    Missing,
    /// This code of the column's role ([`Role::codes`]).
    Code(&'static str),
}

/// One text and its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueRule {
    /// The text as in cells, trimmed, in any letter case; empty for missing cells.
    pub text: String,
    /// The value that the text is read as.
    pub meaning: Meaning,
    /// True if the guess rests on a word; numbers that codes are known by (1 for male) are not sure.
    pub sure: bool,
}

/// The meaning that rules give to a text.
#[must_use]
pub fn meaning(rules: &[ValueRule], text: &str) -> Option<Meaning> {
    let fits = |rule: &&ValueRule| rule.text == text || same_letters(&rule.text, text);
    rules.iter().find(fits).map(|rule| rule.meaning)
}

fn same_letters(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || (!a.is_ascii() && a.to_lowercase() == b.to_lowercase())
}

/// The kind of answers in a column whose texts answer one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answers {
    /// `1` for yes and `0` for no.
    ZeroOne,
    /// `1` and `2`: which is yes differs (SPSS: 1; R: 2).
    OneTwo,
    /// `0` for no, or censored, and any higher number for a cause.
    Causes,
    /// Words for yes and no.
    Words,
}

impl Answers {
    /// Returns the kind of answers of texts in lower case; texts that may mean a missing value do not count.
    fn of(texts: &[&str]) -> Option<Self> {
        let mut telling: Vec<&str> = texts.iter().copied().filter(|text| !is_missing_like(text)).collect();
        // 8 and 9 together with 0 to 3 mean "unknown", as in surveys.
        let low = |text: &&str| matches!(*text, "0" | "1" | "2" | "3");
        if telling.iter().filter(|text| low(text)).count() >= 2 {
            telling.retain(|text| !matches!(*text, "8" | "9"));
        }
        let all = |wanted: &dyn Fn(&str) -> bool| !telling.is_empty() && telling.iter().all(|text| wanted(text));
        if all(&|text| answer(text).is_some()) {
            Some(Self::Words)
        } else if all(&|text| matches!(text, "0" | "1" | "0.0" | "1.0")) {
            Some(Self::ZeroOne)
        } else if all(&|text| matches!(text, "1" | "2" | "1.0" | "2.0")) {
            Some(Self::OneTwo)
        } else if telling.contains(&"0")
            && all(&|text| text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_digit()))
        {
            Some(Self::Causes)
        } else {
            None
        }
    }

    /// True if a text means yes; of two possible number codings that of R is used.
    fn says(self, text: &str) -> Option<bool> {
        let number = text.strip_suffix(".0").unwrap_or(text);
        match (self, number) {
            (Self::Words, _) => answer(text),
            (Self::ZeroOne | Self::Causes, "0") | (Self::OneTwo, "1") => Some(false),
            (Self::ZeroOne, "1") | (Self::OneTwo, "2") => Some(true),
            (Self::Causes, "8" | "9") => None,
            (Self::Causes, number) => number.bytes().all(|byte| byte.is_ascii_digit()).then_some(true),
            _ => None,
        }
    }
}

/// The codes for yes and no of a role whose columns answer one question; `None` where they cannot.
#[must_use]
pub fn yes_no_codes(role: Role) -> Option<(&'static str, &'static str)> {
    match role {
        Role::VitalStatus => Some(("dead", "alive")),
        Role::Event(Endpoint::OverallSurvival) => Some(("death", "none")),
        Role::Event(Endpoint::TimeToRelapse) => Some(("relapse", "none")),
        Role::FirstEvent | Role::Event(_) => Some(("event", "none")),
        Role::Finding(Field::Kmt2a) => Some(("rearranged", "germline")),
        Role::Finding(Field::Cd10) => Some(("positive", "negative")),
        Role::Finding(Field::Sex) => Some(("female", "male")),
        Role::Finding(Field::PrednisoneResponse) => Some(("good", "poor")),
        role if role.codes() == ["yes", "no"] => Some(("yes", "no")),
        _ => None,
    }
}

/// True if the columns of a role are of death, events or censoring.
#[must_use]
pub const fn tells_of_events(role: Role) -> bool {
    matches!(role, Role::VitalStatus | Role::FirstEvent | Role::Event(_))
}

/// The guessed meaning of the texts of a column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GuessedValues {
    /// A rule for each text that is understood.
    pub rules: Vec<ValueRule>,
    /// The meaning of yes, where the column answers with yes and no, or with numbers for them.
    pub polarity: Option<Polarity>,
}

/// Guesses a rule for each text of a column; a person decides on texts without a rule. `named` is the direction in the
/// header, `stated` the coding that it gives: `0=dead, 1=alive`.
#[must_use]
pub fn guess_values(
    role: Role,
    profile: &Profile,
    named: Option<Polarity>,
    stated: &[(String, String)],
) -> GuessedValues {
    let is_level = |(text, _): &&(String, usize)| !text.ends_with(NOT_DESCRIBED);
    let levels: Vec<&String> = profile.levels.iter().filter(is_level).map(|(text, _)| text).collect();
    let texts: Vec<String> = levels.iter().map(|text| text.to_lowercase()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let stated = stated_rules(role, &texts, named, stated);
    let answers = Answers::of(&texts).filter(|&answers| match answers {
        // "sex" has no direction; "female" has.
        _ if role == Role::Finding(Field::Sex) && named.is_none() => false,
        Answers::Causes => matches!(
            role,
            Role::FirstEvent
                | Role::Event(
                    Endpoint::EventFreeSurvival
                        | Endpoint::DiseaseFreeSurvival
                        | Endpoint::TimeToRelapse
                        | Endpoint::AsInFile
                )
        ),
        _ => yes_no_codes(role).is_some(),
    });
    let mut found = GuessedValues::default();
    for text in levels {
        let plain = text.to_lowercase();
        let said = stated.iter().find(|(known, _)| *known == plain);
        let guess = match (said, answers) {
            (Some((_, code)), _) => Some((*code, true)),
            (None, Some(answers)) if stated.is_empty() => answered(role, answers, &plain, named, &texts),
            _ => code_of_word(role, &plain, &texts),
        };
        if let Some((code, sure)) = guess {
            found.rules.push(ValueRule {
                text: text.clone(),
                meaning: Meaning::Code(code),
                sure,
            });
        }
    }
    if answers.is_some() {
        found.polarity = polarity_of(role, &found.rules);
    }
    found
}

/// Returns the code of an answer, and whether it is certain: in a column of death, event or censoring it never is.
fn answered(
    role: Role,
    answers: Answers,
    text: &str,
    named: Option<Polarity>,
    all: &[&str],
) -> Option<(&'static str, bool)> {
    // Words of the role itself have priority where they are not an answer: `positive` over `yes`.
    let Some(says) = answers.says(text) else {
        return code_of_word(role, text, all);
    };
    if role == Role::Event(Endpoint::TimeToRelapse) && answers == Answers::Causes {
        return code_by_number(role, text, all).map(|code| (code, false));
    }
    let (yes, no) = yes_no_codes(role)?;
    let is_yes = says == (named != Some(Polarity::Reversed));
    let sure = answers == Answers::Words && !tells_of_events(role);
    // Numbers of codes by custom (1 for male) are not sure either.
    Some((if is_yes { yes } else { no }, sure))
}

/// Returns the meaning of yes under rules: whether the texts that mean yes have the code for it or the other.
fn polarity_of(role: Role, rules: &[ValueRule]) -> Option<Polarity> {
    let (yes, _) = yes_no_codes(role)?;
    let texts: Vec<String> = rules.iter().map(|rule| rule.text.to_lowercase()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let answers = Answers::of(&texts)?;
    let named = rules
        .iter()
        .zip(&texts)
        .find_map(|(rule, text)| match (answers.says(text)?, rule.meaning) {
            (says, Meaning::Code(code)) => Some(says == (code == yes)),
            _ => None,
        })?;
    Some(if named { Polarity::AsNamed } else { Polarity::Reversed })
}

/// Returns the codes given in a header, by text; where it gives one of two texts, the other is its opposite.
fn stated_rules(
    role: Role,
    texts: &[&str],
    named: Option<Polarity>,
    stated: &[(String, String)],
) -> Vec<(String, &'static str)> {
    let coded = |label: &str| {
        let says = answer(label).zip(yes_no_codes(role));
        match says {
            Some((says, (yes, no))) if role.codes() != ["yes", "no"] || named.is_some() => {
                Some(if says == (named != Some(Polarity::Reversed)) {
                    yes
                } else {
                    no
                })
            }
            _ => code_of_word(role, label, &[label])
                .filter(|(_, sure)| *sure)
                .map(|(code, _)| code),
        }
    };
    let mut found: Vec<(String, &'static str)> = Vec::new();
    for (one, other) in stated {
        // Written either way round: `1=dead`, `dead=1`.
        let (text, label) = if texts.contains(&other.as_str()) && !texts.contains(&one.as_str()) {
            (other, one)
        } else {
            (one, other)
        };
        if let Some(code) = coded(label) {
            found.push((text.clone(), code));
        }
    }
    if let ([(text, code)], Some((yes, no))) = (&found[..], yes_no_codes(role)) {
        let other = match text.as_str() {
            "0" => Some("1"),
            "1" if texts.contains(&"2") => Some("2"),
            "1" => Some("0"),
            "2" => Some("1"),
            _ => None,
        };
        let opposite = [(yes, no), (no, yes)]
            .iter()
            .find(|(one, _)| one == code)
            .map(|(_, other)| *other);
        if let (Some(other), Some(opposite)) = (other, opposite) {
            found.push((other.to_owned(), opposite));
        }
    }
    found
}

/// Words whose meaning depends on the author; a person chooses.
const AMBIGUOUS: &[&str] = &["nr", "if", "ed", "a", "d", "e", "c", "x"];

/// The words of a text that has its number before them, as exports with labels do: `1: deceased`, `0 = no`, `2,
/// female`.
fn without_number(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let words = rest.trim_start().strip_prefix([':', '=', ',', ')', '-', '.'])?.trim();
    (rest.len() < text.len() && words.contains(char::is_alphabetic)).then_some(words)
}

/// The code of a text in lower case, among the texts of its column.
fn code_of_word(role: Role, text: &str, all: &[&str]) -> Option<(&'static str, bool)> {
    if let Some(words) = without_number(text) {
        let others: Vec<&str> = all.iter().map(|each| without_number(each).unwrap_or(each)).collect();
        return code_of_word(role, words, &others);
    }
    let codes = role.codes();
    if role == Role::VitalStatus
        && all
            .iter()
            .all(|each| matches!(*each, "a" | "d") || is_missing_like(each))
    {
        return pick(text, &[("a", "alive"), ("d", "dead")]).map(|code| (code, false));
    }
    if let Some(code) = codes.iter().find(|code| code.eq_ignore_ascii_case(text)) {
        return Some((code, true));
    }
    if let Some(known) = code_by_number(role, text, all) {
        return Some((known, false));
    }
    if codes == ["yes", "no"] {
        let said = word_code(role, text).or_else(|| cell_meaning("finding", text));
        return said.or_else(|| cell_meaning("answer", text)).map(|code| (code, true));
    }
    if role == Role::Finding(Field::Sex)
        && let Some(code) = sex_of_a_letter(text, all)
    {
        return Some((code, false));
    }
    if tells_of_events(role) && AMBIGUOUS.contains(&text) {
        return None;
    }
    match word_code(role, text) {
        Some(code) => Some((code, true)),
        // "alive CR1", "dead (relapse)": the first word is the status, the rest a remark.
        None if role == Role::VitalStatus => {
            let first = text
                .split(|c: char| !c.is_alphanumeric())
                .next()
                .filter(|first| *first != text)?;
            word_code(role, first).map(|code| (code, false))
        }
        // "no" among kinds of events.
        None if matches!(role, Role::FirstEvent | Role::Event(_)) && answer(text) == Some(false) => {
            Some(("none", true))
        }
        None => None,
    }
}

/// Letters for the sexes that are not those of English and German: the pair in the column identifies them.
fn sex_of_a_letter(text: &str, all: &[&str]) -> Option<&'static str> {
    const PAIRS: &[(&str, &str)] = &[
        ("h", "m"),
        ("h", "f"),
        ("f", "n"),
        ("m", "k"),
        ("m", "v"),
        ("m", "ž"),
        ("u", "k"),
    ];
    let telling = |text: &&&str| !is_missing_like(text);
    let pair = PAIRS.iter().find(|(male, female)| {
        all.contains(male)
            && all.contains(female)
            && all.iter().filter(telling).all(|each| each == male || each == female)
    })?;
    Some(if text == pair.0 { "male" } else { "female" }).filter(|_| text == pair.0 || text == pair.1)
}

/// Returns the code of a number by convention, which is never certain.
fn code_by_number(role: Role, text: &str, all: &[&str]) -> Option<&'static str> {
    let only = |numbers: &[&str]| {
        all.iter()
            .all(|each| numbers.contains(each) || is_missing_like(each) || each.parse::<f64>().is_err())
    };
    match role {
        // ISO/IEC 5218.
        Role::Finding(Field::Sex) if only(&["1", "2", "9"]) => pick(text, &[("1", "male"), ("2", "female")]),
        Role::Finding(Field::Kmt2a) if only(&["1", "2"]) => pick(text, &[("1", "rearranged"), ("2", "germline")]),
        Role::Event(Endpoint::TimeToRelapse) if only(&["0", "1", "2"]) => {
            pick(text, &[("0", "none"), ("1", "relapse"), ("2", "death")])
        }
        _ => None,
    }
}

fn pick(text: &str, pairs: &[(&str, &'static str)]) -> Option<&'static str> {
    pairs.iter().find(|(number, _)| *number == text).map(|(_, code)| *code)
}

/// The name under which the words of a role stand in the table.
fn table_of(role: Role) -> Option<&'static str> {
    match role {
        Role::Finding(Field::SalvageRemission) => Some(Field::RemissionEoi.column()),
        Role::Finding(field) => Some(field.column()),
        Role::FirstEvent | Role::Event(_) => Some("first_event"),
        Role::VitalStatus => Some("vital_status"),
        Role::Ignored | Role::Milestone(_) | Role::Time(_) | Role::Group => None,
    }
}

/// The code that a word stands for in a column of a role; a full stop behind an abbreviation does not matter.
fn word_code(role: Role, text: &str) -> Option<&'static str> {
    let table = table_of(role)?;
    cell_meaning(table, text).or_else(|| cell_meaning(table, text.strip_suffix('.')?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::{Sheet, profile};

    fn guesses(role: Role, cells: &[&str]) -> Vec<(String, &'static str, bool)> {
        let text = format!(
            "x\ty\n{}",
            cells.iter().map(|cell| format!("{cell}\t1\n")).collect::<String>()
        );
        let import = Sheet::read_lenient(text.as_bytes()).unwrap();
        let rules = guess_values(role, &profile(&import.sheet, 0, &vec![true; cells.len()]), None, &[]).rules;
        let code = |rule: ValueRule| match rule.meaning {
            Meaning::Code(code) => (rule.text, code, rule.sure),
            Meaning::Missing => (rule.text, "", rule.sure),
        };
        rules.into_iter().map(code).collect()
    }

    #[test]
    fn words_are_sure_and_numbers_are_not() {
        let sex = Role::Finding(Field::Sex);
        let owned = |text: &str, code, sure| (text.to_owned(), code, sure);
        assert_eq!(
            guesses(sex, &["M", "w"]),
            [owned("M", "male", true), owned("w", "female", true)]
        );
        assert_eq!(
            guesses(sex, &["1", "2"]),
            [owned("1", "male", false), owned("2", "female", false)]
        );
        assert_eq!(guesses(sex, &["0", "1"]), [], "no custom says which is which");
        assert_eq!(
            guesses(sex, &["남", "여", "?"]).len(),
            2,
            "a mark of no known meaning is left to a person"
        );
        let remission = Role::Finding(Field::RemissionEoi);
        assert_eq!(
            guesses(remission, &["ja", "Nein"]),
            [owned("Nein", "no", true), owned("ja", "yes", true)]
        );
        assert_eq!(
            guesses(Role::FirstEvent, &["Relapse", "death in CR", "SMN", "none", "?"]),
            [
                owned("Relapse", "relapse", true),
                owned("SMN", "second_malignancy", true),
                owned("death in CR", "death", true),
                owned("none", "none", true),
            ]
        );
        let os = Role::Event(Endpoint::OverallSurvival);
        assert_eq!(
            guesses(os, &["1", "2"]),
            [owned("1", "none", false), owned("2", "death", false)]
        );
        assert_eq!(guesses(os, &["0", "1", "2"]), [], "three numbers are not two");
    }
}
