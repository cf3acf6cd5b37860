//! Words of headers and of cells in the languages of usual files, from tables that a clinician can review: `words/*.csv`.
//!
//! `headers.csv` gives the names of each role, and for death, events and censoring what `yes` means under the name;
//! `cells.csv` the words for the codes of a role, for yes and no, for missing values; `terms.csv` parts of names (units,
//! negations, words for dates) and the names of months. A word may be of several languages. Words are compared as
//! [`fold`] writes them, so that letter case, accents and half-width letters do not matter.

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::decompose_canonical;

use super::role::{Polarity, Role};

const HEADERS: &str = include_str!("words/headers.csv");
const CELLS: &str = include_str!("words/cells.csv");
const TERMS: &str = include_str!("words/terms.csv");

/// The rows of a table below its header, each of five cells; no cell has a comma.
fn rows(table: &'static str) -> impl Iterator<Item = [&'static str; 5]> {
    table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let row = [
            cells.next()?,
            cells.next()?,
            cells.next()?,
            cells.next()?,
            cells.next()?,
        ];
        cells.next().is_none().then_some(row)
    })
}

/// A word in lower case, with Latin letters without accents and half-width kana in full width.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let wide = composed(text);
    let mut folded = String::with_capacity(wide.len());
    for c in wide.chars().flat_map(char::to_lowercase) {
        push_plain(&mut folded, c);
    }
    folded
}

/// A text with one character for a letter and its accent, and half-width kana in full width.
pub(super) fn composed(text: &str) -> String {
    let wide: String = text.split_inclusive(|c| !is_half_width(c)).map(full_width).collect();
    wide.nfc().collect()
}

const fn is_half_width(c: char) -> bool {
    matches!(c, '\u{ff61}'..='\u{ff9f}')
}

/// A run of half-width kana, with at most one other character behind it, in full width.
fn full_width(run: &str) -> String {
    match run.chars().next() {
        Some(first) if is_half_width(first) => {
            let end = run.find(|c| !is_half_width(c)).unwrap_or(run.len());
            let (kana, behind) = run.split_at(end);
            kana.nfkc().chain(behind.chars()).collect()
        }
        _ => run.to_owned(),
    }
}

/// Appends a letter in lower case without its accent.
fn push_plain(folded: &mut String, c: char) {
    match c {
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'ø' => folded.push('o'),
        'ł' => folded.push('l'),
        'đ' => folded.push('d'),
        'ı' => folded.push('i'),
        'ё' => folded.push('е'),
        // The sign of micro has two code points.
        'µ' | 'μ' => folded.push('u'),
        // The dot above, behind an i that was a capital in Turkish.
        '\u{307}' => {}
        c => {
            let mut first = None;
            decompose_canonical(c, |part| {
                first.get_or_insert(part);
            });
            folded.push(first.filter(char::is_ascii_alphabetic).unwrap_or(c));
        }
    }
}

/// The German word with two letters for an umlaut, where that is another one.
fn in_two_letters(word: &str) -> Option<String> {
    let two = word.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
    (two != word).then(|| fold(&two))
}

/// The word as it is compared, and in German its other spelling.
fn spellings(languages: &str, word: &str) -> Vec<String> {
    let german = languages.split(' ').any(|language| language == "de");
    let other = german.then(|| in_two_letters(word)).flatten();
    [fold(word)].into_iter().chain(other).collect()
}

/// The name of a column in the tables.
#[derive(Debug, Clone)]
pub(super) struct HeaderName {
    pub(super) role: Role,
    /// What `yes` means in a column with this name, where the name says it.
    pub(super) polarity: Option<Polarity>,
    /// The name as it is compared.
    pub(super) name: String,
    /// True if the name leaves something open.
    pub(super) vague: bool,
}

/// The names of columns, those of a role that is tried first standing first.
pub(super) fn header_names() -> impl Iterator<Item = HeaderName> {
    rows(HEADERS).flat_map(|[languages, role, direction, written, note]| {
        let role = Role::from_code(role).unwrap_or_default();
        let polarity = match direction {
            "as_named" => Some(Polarity::AsNamed),
            "reversed" => Some(Polarity::Reversed),
            _ => None,
        };
        let vague = note.starts_with("vague");
        spellings(languages, written).into_iter().map(move |name| HeaderName {
            role,
            polarity,
            name,
            vague,
        })
    })
}

type Meanings = HashMap<&'static str, HashMap<String, &'static str>>;

/// The words of a table by role or kind.
fn meanings(table: &'static str) -> Meanings {
    let mut known = Meanings::new();
    for [languages, of, meaning, word, _] in rows(table) {
        let words = known.entry(of).or_default();
        for spelling in spellings(languages, word) {
            words.entry(spelling).or_insert(meaning);
        }
    }
    known
}

fn cell_meanings() -> &'static Meanings {
    static KNOWN: OnceLock<Meanings> = OnceLock::new();
    KNOWN.get_or_init(|| meanings(CELLS))
}

/// The meaning of a word in cells of a column of this role, or of a kind of cells: `answer`, `finding`, `any`, `date`.
pub(super) fn cell_meaning(role: &str, text: &str) -> Option<&'static str> {
    cell_meanings().get(role)?.get(&fold(text.trim())).copied()
}

/// True if a text is a known word in cells of some role.
pub(super) fn is_cell_word(text: &str) -> bool {
    let folded = fold(text.trim());
    cell_meanings().values().any(|words| words.contains_key(&folded))
}

/// The words of a role with one meaning, as they stand in the table.
pub(super) fn cell_words(role: &'static str, meaning: &'static str) -> impl Iterator<Item = &'static str> {
    rows(CELLS)
        .filter(move |[_, of, means, ..]| *of == role && *means == meaning)
        .map(|[_, _, _, word, _]| word)
}

/// Words for residual disease that was not found, in lower case.
#[must_use]
pub fn negative_words() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| cell_words("fraction", "negative").collect())
}

/// The meaning of a part of a name as [`fold`] writes it: of a unit its code, of others the empty text.
pub(super) fn term(kind: &str, word: &str) -> Option<&'static str> {
    static KNOWN: OnceLock<Meanings> = OnceLock::new();
    let known = KNOWN.get_or_init(|| meanings(TERMS));
    known.get(kind)?.get(word).copied()
}

/// The words of a kind of terms as they stand in the table, each with its meaning.
pub(super) fn terms(kind: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(TERMS)
        .filter(move |[_, of, ..]| *of == kind)
        .map(|[_, _, meaning, word, _]| (meaning, word))
}

/// Words for units of time, as they stand in the table and as `fold` writes them, each with the code of its unit.
#[must_use]
pub fn time_units() -> Vec<(String, &'static str)> {
    let written = terms("unit").flat_map(|(unit, word)| [(word.to_owned(), unit), (fold(word), unit)]);
    let mut units: Vec<(String, &'static str)> = written.collect();
    units.sort();
    units.dedup();
    units
}

/// Beginnings of the names of the twelve months, in lower case.
#[must_use]
pub fn month_names() -> &'static [Vec<&'static str>] {
    static MONTHS: OnceLock<Vec<Vec<&'static str>>> = OnceLock::new();
    MONTHS.get_or_init(|| {
        let of = |month: usize| {
            let month = month.to_string();
            terms("month")
                .filter(|(number, _)| *number == month)
                .map(|(_, word)| word)
                .collect()
        };
        (1..=12).map(of).collect()
    })
}

/// The letters and digits of a text in lower case, by which headers and labels are compared.
pub(super) fn alphanumeric(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Returns the words of a name in lower case: split at punctuation, at spaces and where a capital follows a lower-case
/// letter, without accents. Filler words are omitted.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in composed(name).chars() {
        if (before.is_lowercase() && c.is_uppercase()) || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(c);
        }
        before = c;
    }
    let mut words: Vec<String> = words.iter().map(|word| fold(word)).collect();
    words.retain(|word| !word.is_empty() && term("filler", word).is_none());
    words
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::infant::Field;

    /// The languages of which every role that usual files have must know a word.
    const LANGUAGES: [&str; 12] = ["en", "ja", "ko", "zh", "de", "fr", "es", "pt", "it", "nl", "pl", "ru"];

    /// Roles whose names are written out in every language; of the others the abbreviations are international.
    const EVERYWHERE: [&str; 29] = [
        "id",
        "birth_date",
        "diagnosis_date",
        "first_remission_date",
        "relapse_date",
        "second_malignancy_date",
        "hsct_date",
        "death_date",
        "first_event_date",
        "last_follow_up_date",
        "first_event",
        "vital_status",
        "time:os",
        "time:efs",
        "time:as_in_file",
        "group",
        "age_days",
        "age_months",
        "sex",
        "wbc",
        "kmt2a",
        "kmt2a_partner",
        "lineage",
        "cns",
        "prednisone_response",
        "remission_eoi",
        "mrd_eoi",
        "relapse",
        "event:as_in_file",
    ];

    /// Meanings of cells that are words in every language.
    const CELLS_EVERYWHERE: [(&str, &str); 21] = [
        ("answer", "yes"),
        ("answer", "no"),
        ("any", "missing"),
        ("date", "none"),
        ("fraction", "negative"),
        ("row", "not_patient"),
        ("vital_status", "alive"),
        ("vital_status", "dead"),
        ("first_event", "none"),
        ("first_event", "relapse"),
        ("first_event", "death"),
        ("first_event", "second_malignancy"),
        ("first_event", "induction_failure"),
        ("sex", "male"),
        ("sex", "female"),
        ("kmt2a", "rearranged"),
        ("kmt2a", "germline"),
        ("prednisone_response", "good"),
        ("prednisone_response", "poor"),
        ("remission_eoi", "yes"),
        ("remission_eoi", "no"),
    ];

    #[test]
    fn letters_that_look_alike_are_alike() {
        for (text, folded) in [
            ("Décès", "deces"),
            ("DE\u{301}CE\u{300}S", "deces"),
            ("Größe", "grosse"),
            ("Płeć", "plec"),
            ("ｾｲﾍﾞﾂ", "セイベツ"),
            ("x ｶﾞﾝ日", "x ガン日"),
            ("사망\u{1109}\u{1161}", "사망사"),
            ("Отёк Й", "отек й"),
            ("がん", "がん"),
            ("－ 10⁻⁴", "－ 10⁻⁴"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn every_row_of_the_tables_is_read_and_names_what_there_is() {
        for table in [HEADERS, CELLS, TERMS] {
            let mut reader = csv::Reader::from_reader(table.as_bytes());
            assert_eq!(reader.headers().unwrap().len(), 5);
            assert_eq!(reader.records().count(), rows(table).count());
            for row in csv::Reader::from_reader(table.as_bytes()).records() {
                let row = row.unwrap();
                assert!(!row[0].is_empty() && !row[3].is_empty(), "{row:?}");
                assert_eq!(row[3].trim().to_lowercase(), row[3], "{row:?}");
            }
        }
        for [_, role, direction, ..] in rows(HEADERS) {
            assert!(Role::from_code(role).is_some(), "{role}");
            assert!(["", "as_named", "reversed"].contains(&direction), "{direction}");
        }
        for [_, role, meaning, word, _] in rows(CELLS) {
            let known = match role {
                "answer" | "finding" => meaning == "yes" || meaning == "no",
                "any" => meaning == "missing",
                "date" => meaning == "none",
                "fraction" => meaning == "negative",
                "row" => meaning == "not_patient",
                role => Role::from_code(role).is_some_and(|role| role.codes().contains(&meaning)),
            };
            assert!(known, "{role} {meaning} {word}");
        }
    }

    #[test]
    fn no_word_has_two_meanings_in_one_role() {
        for table in [CELLS, TERMS] {
            let mut seen: BTreeMap<(&str, String), &str> = BTreeMap::new();
            for [_, role, meaning, word, _] in rows(table) {
                let before = *seen.entry((role, fold(word))).or_insert(meaning);
                assert_eq!(before, meaning, "{role}: {word}");
            }
        }
        let mut seen: BTreeMap<(&str, String), &str> = BTreeMap::new();
        for [_, role, direction, word, _] in rows(HEADERS) {
            let before = *seen.entry((role, fold(word))).or_insert(direction);
            let is_turned = before != direction && !before.is_empty() && !direction.is_empty();
            assert!(!is_turned, "{role}: {word}");
        }
    }

    #[test]
    fn every_role_and_meaning_has_a_word_in_each_language() {
        let languages = |rows: &mut dyn Iterator<Item = [&'static str; 5]>| -> BTreeSet<&'static str> {
            rows.flat_map(|[languages, ..]| languages.split(' ')).collect()
        };
        for role in EVERYWHERE {
            let known = languages(&mut rows(HEADERS).filter(|[_, of, ..]| *of == role));
            let missing: Vec<&&str> = LANGUAGES
                .iter()
                .filter(|language| !known.contains(**language))
                .collect();
            assert!(missing.is_empty(), "{role}: {missing:?}");
        }
        for (role, meaning) in CELLS_EVERYWHERE {
            let known = languages(&mut rows(CELLS).filter(|[_, of, means, ..]| *of == role && *means == meaning));
            let missing: Vec<&&str> = LANGUAGES
                .iter()
                .filter(|language| !known.contains(**language))
                .collect();
            assert!(missing.is_empty(), "{role} {meaning}: {missing:?}");
        }
        for kind in ["unit", "negation", "month"] {
            let known = languages(&mut rows(TERMS).filter(|[_, of, ..]| *of == kind));
            let western = LANGUAGES
                .iter()
                .filter(|language| kind != "month" || !["ja", "ko", "zh"].contains(language));
            let missing: Vec<&&str> = western.filter(|language| !known.contains(**language)).collect();
            assert!(missing.is_empty(), "{kind}: {missing:?}");
        }
    }

    #[test]
    fn every_field_of_the_dictionary_names_itself() {
        for &field in Field::ALL {
            let column = field.column().replace('_', " ");
            assert!(header_names().any(|known| known.name == column), "{column}");
        }
    }
}
