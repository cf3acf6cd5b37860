//! What the texts of a column with codes mean: rules that are guessed, shown, and confirmed by a person.

use super::course::Endpoint;
use super::kind::{NO, Profile, YES};
use super::role::Role;
use crate::infant::Field;

/// What a text means.
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
    /// The text as it stands in cells, trimmed, in any letter case; empty for missing cells.
    pub text: String,
    /// What it means.
    pub meaning: Meaning,
    /// Whether the guess rests on a word; numbers that codes are known by (1 for male) are not sure.
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

/// Guesses a rule for each text of a column; texts without a rule are left to a person.
#[must_use]
pub fn guess_values(role: Role, profile: &Profile) -> Vec<ValueRule> {
    let texts: Vec<String> = profile.levels.iter().map(|(text, _)| text.to_lowercase()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let guess = |(text, _): &(String, usize)| {
        let (code, sure) = guess_code(role, &text.to_lowercase(), &texts)?;
        Some(ValueRule {
            text: text.clone(),
            meaning: Meaning::Code(code),
            sure,
        })
    };
    profile.levels.iter().filter_map(guess).collect()
}

/// The code of a text in lower case, among the texts of its column.
fn guess_code(role: Role, text: &str, all: &[&str]) -> Option<(&'static str, bool)> {
    let codes = role.codes();
    if let Some(code) = codes.iter().find(|code| code.eq_ignore_ascii_case(text)) {
        return Some((code, true));
    }
    if codes == ["yes", "no"] {
        let is = |words: &[&str]| words.contains(&text);
        return match text {
            _ if is(YES) => Some(("yes", true)),
            _ if is(NO) => Some(("no", true)),
            "1" => Some(("yes", false)),
            "0" => Some(("no", false)),
            "+" | "pos" | "positive" | "positiv" | "양성" => Some(("yes", true)),
            "neg" | "negative" | "negativ" | "음성" => Some(("no", true)),
            _ => None,
        };
    }
    if let Some(known) = code_by_number(role, text, all) {
        return Some((known, false));
    }
    let fits = |words: &&[&str]| words.contains(&text);
    let (code, _) = words_of(role).iter().find(|(_, words)| fits(words))?;
    Some((code, true))
}

/// Numbers that stand for codes by custom: never sure.
fn code_by_number(role: Role, text: &str, all: &[&str]) -> Option<&'static str> {
    let only = |numbers: &[&str]| {
        all.iter()
            .all(|each| numbers.contains(each) || each.parse::<f64>().is_err())
    };
    match role {
        // ISO/IEC 5218.
        Role::Finding(Field::Sex) if only(&["1", "2", "9"]) => pick(text, &[("1", "male"), ("2", "female")]),
        Role::Finding(Field::Kmt2a) if only(&["0", "1"]) => pick(text, &[("0", "germline"), ("1", "rearranged")]),
        Role::Finding(Field::Cd10) if only(&["0", "1"]) => pick(text, &[("0", "negative"), ("1", "positive")]),
        Role::VitalStatus if only(&["0", "1"]) => pick(text, &[("0", "alive"), ("1", "dead")]),
        Role::Event(Endpoint::OverallSurvival) if only(&["0", "1"]) => pick(text, &[("0", "none"), ("1", "death")]),
        Role::Event(Endpoint::OverallSurvival) if only(&["1", "2"]) => pick(text, &[("1", "none"), ("2", "death")]),
        Role::Event(Endpoint::TimeToRelapse) if only(&["0", "1", "2"]) => {
            pick(text, &[("0", "none"), ("1", "relapse"), ("2", "death")])
        }
        Role::FirstEvent | Role::Event(_) if only(&["0", "1"]) => pick(text, &[("0", "none"), ("1", "event")]),
        _ => None,
    }
}

fn pick(text: &str, pairs: &[(&str, &'static str)]) -> Option<&'static str> {
    pairs.iter().find(|(number, _)| *number == text).map(|(_, code)| *code)
}

type Words = (&'static str, &'static [&'static str]);

/// Words for the codes of a role, in lower case: English, and some German, romanised Japanese, Korean and Chinese ones.
fn words_of(role: Role) -> &'static [Words] {
    match role {
        Role::Finding(field) => finding_words(field),
        Role::FirstEvent | Role::Event(_) => EVENTS,
        Role::VitalStatus => VITAL,
        Role::Ignored | Role::Milestone(_) | Role::Time(_) | Role::Group => &[],
    }
}

const VITAL: &[Words] = &[
    (
        "alive",
        &[
            "alive", "living", "no", "lebt", "lebend", "nein", "a", "생존", "seizon", "censored",
        ],
    ),
    (
        "dead",
        &[
            "dead",
            "died",
            "deceased",
            "death",
            "yes",
            "verstorben",
            "tot",
            "gestorben",
            "ja",
            "d",
            "사망",
            "shibo",
        ],
    ),
];

const EVENTS: &[Words] = &[
    (
        "none",
        &[
            "none",
            "no",
            "no event",
            "censored",
            "ccr",
            "cr1",
            "continuous cr",
            "continuous remission",
            "alive",
            "kein",
            "keins",
            "kein ereignis",
            "nein",
            "없음",
            "nashi",
            "false",
        ],
    ),
    (
        "relapse",
        &[
            "relapse",
            "relapsed",
            "rel",
            "recurrence",
            "rezidiv",
            "재발",
            "saihatsu",
        ],
    ),
    (
        "death",
        &[
            "death",
            "died",
            "dead",
            "death in cr",
            "death in remission",
            "dcr",
            "dicr",
            "trm",
            "nrm",
            "toxic death",
            "death in cr1",
            "early death",
            "induction death",
            "ed",
            "tod",
            "tod in remission",
            "tod in cr",
            "gestorben",
            "death_in_remission",
            "사망",
            "shibo",
        ],
    ),
    (
        "second_malignancy",
        &[
            "second malignancy",
            "smn",
            "second malignant neoplasm",
            "secondary malignancy",
            "second cancer",
            "zweitmalignom",
            "이차암",
        ],
    ),
    (
        "induction_failure",
        &[
            "induction failure",
            "if",
            "failure",
            "no remission",
            "non-response",
            "nonresponse",
            "non response",
            "nr",
            "refractory",
            "resistant",
            "resistance",
            "no cr",
            "nonresponder",
            "non-responder",
            "therapieversagen",
            "관해실패",
        ],
    ),
    ("event", &["event", "yes", "true", "failed", "ereignis", "ja", "ari"]),
];

fn finding_words(field: Field) -> &'static [Words] {
    match field {
        Field::Sex => &[
            (
                "male",
                &[
                    "m",
                    "boy",
                    "man",
                    "männlich",
                    "maennlich",
                    "mann",
                    "junge",
                    "otoko",
                    "dansei",
                    "danji",
                    "남",
                    "남자",
                    "남아",
                    "남성",
                    "男",
                    "男性",
                    "男児",
                ],
            ),
            (
                "female",
                &[
                    "f", "w", "girl", "woman", "weiblich", "frau", "mädchen", "maedchen", "onna", "josei", "joji",
                    "여", "여자", "여아", "여성", "女", "女性", "女児",
                ],
            ),
        ],
        Field::Kmt2a => &[
            (
                "rearranged",
                &[
                    "r",
                    "rearrangement",
                    "kmt2a-r",
                    "kmt2ar",
                    "mll-r",
                    "mllr",
                    "kmt2a rearranged",
                    "positive",
                    "pos",
                    "positiv",
                    "+",
                    "yes",
                    "ja",
                    "rearrangiert",
                    "양성",
                    "yosei",
                ],
            ),
            (
                "germline",
                &[
                    "g",
                    "kmt2a-g",
                    "mll-g",
                    "mllg",
                    "kmt2ag",
                    "wild type",
                    "wildtype",
                    "wt",
                    "negative",
                    "neg",
                    "negativ",
                    "no",
                    "nein",
                    "nicht rearrangiert",
                    "음성",
                    "insei",
                ],
            ),
            (
                "ptd",
                &["partial tandem duplication", "mll-ptd", "kmt2a-ptd", "dupmll", "dup"],
            ),
            (
                "undetermined",
                &[
                    "not evaluable",
                    "inconclusive",
                    "failed",
                    "nicht bestimmbar",
                    "nicht auswertbar",
                ],
            ),
        ],
        Field::Kmt2aPartner => &[
            (
                "AFF1",
                &[
                    "af4",
                    "t(4;11)",
                    "t(4;11)(q21;q23)",
                    "kmt2a::aff1",
                    "kmt2a-aff1",
                    "mll-af4",
                    "mll::af4",
                    "mll/af4",
                ],
            ),
            (
                "MLLT1",
                &[
                    "enl",
                    "t(11;19)(q23;p13.3)",
                    "kmt2a::mllt1",
                    "kmt2a-mllt1",
                    "mll-enl",
                    "mll::enl",
                    "mll/enl",
                ],
            ),
            (
                "MLLT3",
                &[
                    "af9",
                    "t(9;11)",
                    "t(9;11)(p22;q23)",
                    "t(9;11)(p21;q23)",
                    "kmt2a::mllt3",
                    "kmt2a-mllt3",
                    "mll-af9",
                    "mll::af9",
                    "mll/af9",
                ],
            ),
            (
                "MLLT10",
                &[
                    "af10",
                    "t(10;11)",
                    "t(10;11)(p12;q23)",
                    "kmt2a::mllt10",
                    "kmt2a-mllt10",
                    "mll-af10",
                    "mll::af10",
                    "mll/af10",
                ],
            ),
            ("other", &["others", "andere", "anderes", "sonstige", "기타", "sonota"]),
        ],
        Field::Lineage => &[
            (
                "b",
                &[
                    "bcp",
                    "bcp-all",
                    "b-all",
                    "b cell",
                    "b-cell",
                    "b-cell precursor",
                    "b-lineage",
                    "pro-b",
                    "common",
                    "pre-b",
                    "b-vorläufer",
                ],
            ),
            ("t", &["t-all", "t cell", "t-cell", "t-lineage"]),
            (
                "mixed",
                &[
                    "mpal",
                    "biphenotypic",
                    "bilineage",
                    "mixed phenotype",
                    "ambiguous",
                    "gemischt",
                ],
            ),
        ],
        Field::Cd10 => &[
            ("positive", &["pos", "+", "yes", "positiv", "ja", "양성", "yosei"]),
            ("negative", &["neg", "-", "–", "no", "negativ", "nein", "음성", "insei"]),
        ],
        Field::Cns => &[
            ("1", &["cns1", "cns 1", "cns-1", "zns1", "zns 1", "1.0"]),
            (
                "2",
                &[
                    "cns2", "cns 2", "cns-2", "cns2a", "cns2b", "cns2c", "zns2", "zns 2", "2.0",
                ],
            ),
            (
                "3",
                &[
                    "cns3", "cns 3", "cns-3", "cns3a", "cns3b", "cns3c", "zns3", "zns 3", "3.0",
                ],
            ),
        ],
        Field::PrednisoneResponse => &[
            (
                "good",
                &["pgr", "g", "gut", "good response", "good responder", "good-response"],
            ),
            (
                "poor",
                &[
                    "ppr",
                    "p",
                    "schlecht",
                    "poor response",
                    "poor responder",
                    "poor-response",
                ],
            ),
        ],
        _ => &[],
    }
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
        let rules = guess_values(role, &profile(&import.sheet, 0, &vec![true; cells.len()]));
        let code = |rule: ValueRule| match rule.meaning {
            Meaning::Code(code) => (rule.text, code, rule.sure),
            Meaning::Missing => (rule.text, "", rule.sure),
        };
        rules.into_iter().map(code).collect()
    }

    #[test]
    fn every_word_stands_for_a_code_of_its_role() {
        let roles = Field::ALL.iter().map(|&field| Role::Finding(field));
        let others = [
            Role::FirstEvent,
            Role::Event(Endpoint::OverallSurvival),
            Role::VitalStatus,
        ];
        for role in roles.chain(others) {
            let mut seen: Vec<&str> = Vec::new();
            for (code, words) in words_of(role) {
                assert!(role.codes().contains(code), "{role:?} {code}");
                for word in *words {
                    assert_eq!(word.to_lowercase(), **word);
                    assert!(!seen.contains(word), "{role:?}: {word} stands twice");
                    seen.push(word);
                }
            }
        }
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
