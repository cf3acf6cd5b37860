//! Information in the name of a column besides its role: a unit, a coding, a negation.

use super::course::TimeUnit;
use super::role::Role;
use super::role_names::{by_joined_name, named_at};
use super::word_lists::{term, terms, words};

/// The parsed name of a column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Header {
    /// Its words in lower case, without fillers and without the coding.
    pub words: Vec<String>,
    /// The words outside parentheses.
    pub base: Vec<String>,
    /// Those that name neither a unit nor its origin.
    pub without_unit: Vec<String>,
    /// The name without what a Japanese, Chinese or Korean name adds to that of a finding; `None` where it adds nothing.
    pub core: Option<Vec<String>>,
    /// Those that do not negate; `None` where none negates.
    pub affirmed: Option<Vec<String>>,
    /// The coding that it writes out, in lower case: text and label, or label and text.
    pub coding: Vec<(String, String)>,
    /// The unit of a time or an age.
    pub unit: Option<TimeUnit>,
    /// The unit of a count of cells.
    pub count_unit: Option<CountUnit>,
    /// True if the name says that values are percentages.
    pub percent: bool,
    /// True if the name says that values are fractions.
    pub fraction: bool,
}

/// Unit of a count of white cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountUnit {
    /// 10⁹/L, which is 10³/µL.
    PerNl,
    /// /µL, which is /mm³.
    PerUl,
}

/// Endings of Japanese, Chinese and Korean names of ages and times that give the unit.
const ENDINGS: &[(&str, TimeUnit)] = &[
    ("日齢", TimeUnit::Days),
    ("日龄", TimeUnit::Days),
    ("일령", TimeUnit::Days),
    ("週齢", TimeUnit::Weeks),
    ("周龄", TimeUnit::Weeks),
    ("주령", TimeUnit::Weeks),
    ("月齢", TimeUnit::Months),
    ("月龄", TimeUnit::Months),
    ("월령", TimeUnit::Months),
    ("getsurei", TimeUnit::Months),
];

impl Header {
    /// Parses a name.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let (stated, coding) = coding(name);
        // "lebend=1", "dead=1 alive=0": the name itself is a label.
        let (stated, coding) = match &coding[..] {
            [(label, _), _, ..] if self::words(&stated).is_empty() => (label.clone(), coding),
            [(one, other)] if self::words(&stated).is_empty() => {
                let (label, text) = if one.bytes().all(|byte| byte.is_ascii_digit()) {
                    (other, one)
                } else {
                    (one, other)
                };
                (label.clone(), vec![(text.clone(), "yes".to_owned())])
            }
            _ => (stated, coding),
        };
        let outside = outside_parentheses(&stated);
        let words = words(&stated);
        let base = self::words(&outside);
        let negates = |word: &String| term("negation", word).is_some();
        let whole = words.concat();
        let is_known = is_known(&words) || is_known(&base);
        // "wild type" is one word in two.
        let wild = base.iter().any(|word| word == "wild");
        let rest = |word: &&String| !(negates(word) || wild && *word == "type");
        let affirmed = (!is_known && base.iter().any(negates)).then(|| base.iter().filter(rest).cloned().collect());
        let unit = ENDINGS
            .iter()
            .find(|(ending, _)| whole.contains(ending))
            .map(|(_, unit)| *unit)
            .or_else(|| unit_of(&words, &base));
        Self {
            without_unit: base
                .iter()
                .filter(|word| unit_word(word).is_none() && term("origin", word).is_none())
                .cloned()
                .collect(),
            core: core(&base),
            words,
            base,
            affirmed,
            coding,
            unit,
            count_unit: count_unit(name),
            percent: is_percent(name),
            fraction: is_fraction(name),
        }
    }
}

impl Header {
    /// True if no role is known by this name.
    #[must_use]
    pub(super) fn names_nothing(&self) -> bool {
        !is_known(&self.words) && !is_known(&self.base) && !is_known(&self.without_unit)
    }

    /// True if the name gives the meaning of yes in a column of this role.
    #[must_use]
    pub fn tells_direction(&self, role: Role) -> bool {
        let tells = |words: &[String]| {
            let mut named = by_joined_name(&words.concat()).iter().map(|&place| named_at(place));
            named.any(|(known, polarity)| known == role && polarity.is_some())
        };
        self.affirmed.is_some() || tells(&self.words) || tells(&self.base)
    }
}

/// The unit of time that a word names, as [`fold`] writes it.
pub(super) fn unit_word(word: &str) -> Option<TimeUnit> {
    TimeUnit::from_code(term("unit", word)?)
}

/// The words of a Japanese, Chinese or Korean name without what stands before or behind the name of the finding itself:
/// `診断時白血球数` (at diagnosis), `再発の有無` (whether there was one); `None` where there is nothing of the kind.
fn core(words: &[String]) -> Option<Vec<String>> {
    let whole = words.concat();
    let longest = |meaning: &'static str, fits: &dyn Fn(&str) -> bool| {
        let affixes = terms("affix").filter(|(of, word)| *of == meaning && word.len() < whole.len() && fits(word));
        affixes.map(|(_, word)| word.len()).max().unwrap_or(0)
    };
    if whole.is_ascii() {
        return None;
    }
    let before = longest("before", &|word| whole.starts_with(word));
    let behind = longest("after", &|word| whole.ends_with(word));
    let core = whole
        .get(before..whole.len() - behind)
        .filter(|core| !core.is_empty())?;
    (core.len() < whole.len()).then(|| vec![core.to_owned()])
}

/// Returns the last word that is a unit; a single letter only in parentheses, or as the last of several words.
fn unit_of(words: &[String], base: &[String]) -> Option<TimeUnit> {
    let inside = words.len() > base.len();
    let mut units = words.iter().enumerate().filter_map(|(at, word)| {
        let short = word.len() == 1;
        let counts = !short || inside || (at > 0 && at + 1 == words.len());
        unit_word(word).filter(|_| counts)
    });
    units.next_back()
}

/// True if a name is one of dates: a name of a day in the course, or with a word for a date.
#[must_use]
pub(super) fn is_date_name(name: &str) -> bool {
    let header = Header::of(name);
    let dated = |role: Role| matches!(role, Role::Milestone(_));
    let known = |words: &[String]| {
        by_joined_name(&words.concat())
            .iter()
            .any(|&place| dated(named_at(place).0))
    };
    known(&header.words) || known(&header.base)
}

/// True if a name is one of numbers: counts, ages, times, fractions of cells.
#[must_use]
pub(super) fn is_number_name(name: &str) -> bool {
    let header = Header::of(name);
    let known = |words: &[String]| {
        let mut places = by_joined_name(&words.concat()).iter();
        places.any(|&place| named_at(place).0.is_number())
    };
    known(&header.words)
        || known(&header.base)
        || known(&header.without_unit)
        || header.core.is_some_and(|core| known(&core))
}

/// True if a name has a word for a date.
#[must_use]
pub(super) fn name_holds_date_word(name: &str) -> bool {
    let words = words(name);
    let ends = words
        .last()
        .is_some_and(|last| terms("date_ending").any(|(_, end)| !end.is_ascii() && last.ends_with(end)));
    ends || words.iter().any(|word| term("date", word).is_some())
}

fn is_known(words: &[String]) -> bool {
    !by_joined_name(&words.concat()).is_empty()
}

/// A coding within a name (`Status (0=dead, 1=alive)`), and the name without it.
fn coding(name: &str) -> (String, Vec<(String, String)>) {
    if !name.contains('=') {
        return (name.to_owned(), Vec::new());
    }
    let first = name.find('=').unwrap_or(0);
    let before = &name[..first];
    // The name ends where the first pair begins: at a mark, or at the space before its text.
    let start = before
        .rfind(['(', '[', ':', ',', ';', '{', '\n'])
        .or_else(|| before.trim_end().rfind(' '))
        .unwrap_or(0);
    let pairs = name[start..].split(['(', ')', '[', ']', '{', '}', ',', ';', '\n', '/', '|', ':']);
    let mut found: Vec<(String, String)> = Vec::new();
    for part in pairs {
        // `0=dead 1=alive` without a separator: each piece after a "=" ends with the text of the next pair.
        let pieces: Vec<&str> = part.split('=').map(str::trim).collect();
        let mut text = pieces.first().copied().unwrap_or_default().to_owned();
        for (at, piece) in pieces.iter().enumerate().skip(1) {
            let last = at + 1 == pieces.len();
            let (label, next) = match piece.rsplit_once(' ') {
                Some((label, next)) if !last => (label.trim(), next),
                _ => (*piece, ""),
            };
            found.push((plain(&text), plain(label)));
            next.clone_into(&mut text);
        }
    }
    found.retain(|(text, label)| !text.is_empty() && !label.is_empty());
    let rest = name[start..]
        .rfind([')', ']', '}'])
        .map_or("", |end| &name[start + end + 1..]);
    (format!("{} {}", &name[..start], rest), found)
}

fn plain(text: &str) -> String {
    text.trim().trim_matches(['"', '\'', '“', '”', '„']).to_lowercase()
}

/// Returns the name without the parts in parentheses.
fn outside_parentheses(name: &str) -> String {
    let mut depth = 0_usize;
    let mut outside = String::new();
    for c in name.chars() {
        match c {
            '(' | '[' | '（' | '【' => depth += 1,
            ')' | ']' | '）' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    if outside.trim().is_empty() {
        name.to_owned()
    } else {
        outside
    }
}

/// Returns the unit of a count in a name: `WBC (10^9/L)`, `Leukozyten /µl`.
fn count_unit(name: &str) -> Option<CountUnit> {
    let plain: String = name
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            '⁰'..='⁹' => char::from_digit(u32::from(c) - 0x2070, 10),
            '²' => Some('2'),
            '³' => Some('3'),
            '¹' => Some('1'),
            'µ' | 'μ' => Some('u'),
            '×' | '*' | '·' => Some('x'),
            ' ' | '_' | '^' | '.' | '(' | ')' | '[' | ']' => None,
            c => Some(c),
        })
        .collect();
    let has = |parts: &[&str]| parts.iter().any(|part| plain.contains(part));
    let thousands = has(&[
        "103/", "10e3", "1000/u", "1000/m", "k/u", "k/m", "tsd/u", "tsd/m", "/nl", "pernl", "x1000", "x103",
    ]);
    if thousands
        || has(&[
            "109/l", "10e9", "1e9", "109perl", "g/l", "gpt/l", "giga", "x109", "10**9",
        ])
        || plain.ends_with("109l")
    {
        Some(CountUnit::PerNl)
    } else if has(&["/ul", "perul", "/mm3", "permm3", "/cmm", "/mcl", "/cumm"])
        || plain.ends_with("wbcul")
        || plain.ends_with("mm3")
    {
        Some(CountUnit::PerUl)
    } else {
        None
    }
}

/// True if a name says that its values are percentages.
fn is_percent(name: &str) -> bool {
    let words = words(name);
    name.contains(['%', '％'])
        || words.iter().any(|word| term("percent", word).is_some())
        || words.windows(2).any(|two| term("percent", &two.join(" ")).is_some())
}

/// True if a name says that its values are fractions of 1.
fn is_fraction(name: &str) -> bool {
    let known = |word: &String| matches!(word.as_str(), "fraction" | "proportion" | "anteil");
    words(name).iter().any(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codings_are_read_in_either_direction_and_leave_the_name() {
        let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs
                .iter()
                .map(|(text, label)| ((*text).to_owned(), (*label).to_owned()))
                .collect()
        };
        for (name, words, coding) in [
            (
                "Status (0=dead, 1=alive)",
                "status",
                pairs(&[("0", "dead"), ("1", "alive")]),
            ),
            (
                "status: 0 = Dead; 1 = Alive",
                "status",
                pairs(&[("0", "dead"), ("1", "alive")]),
            ),
            ("event [1=no; 0=yes]", "event", pairs(&[("1", "no"), ("0", "yes")])),
            (
                "vital status dead=1 alive=0",
                "vital status",
                pairs(&[("dead", "1"), ("alive", "0")]),
            ),
            ("Alive (1=yes)", "alive", pairs(&[("1", "yes")])),
            ("OS event 0=no 1=yes", "os event", pairs(&[("0", "no"), ("1", "yes")])),
            ("sex", "sex", pairs(&[])),
        ] {
            let header = Header::of(name);
            assert_eq!(
                (header.words.join(" ").as_str(), header.coding),
                (words, coding),
                "{name}"
            );
        }
    }

    #[test]
    fn units_are_named_in_words_marks_and_endings() {
        use TimeUnit as U;
        for (name, unit) in [
            ("os_months", Some(U::Months)),
            ("Age at diagnosis (months)", Some(U::Months)),
            ("age_m", Some(U::Months)),
            ("Age (y)", Some(U::Years)),
            ("EFS (Tage)", Some(U::Days)),
            ("age_weeks", Some(U::Weeks)),
            ("月齢", Some(U::Months)),
            ("日齢", Some(U::Days)),
            ("survival time", None),
            ("m", None),
            ("age", None),
        ] {
            assert_eq!(Header::of(name).unit, unit, "{name}");
        }
        for (name, unit) in [
            ("WBC (10^9/L)", Some(CountUnit::PerNl)),
            ("WBC ×10⁹/L", Some(CountUnit::PerNl)),
            ("White cells (10³/µL)", Some(CountUnit::PerNl)),
            ("Leukozyten (G/l, bei Diagnose)", Some(CountUnit::PerNl)),
            ("WBC K/uL", Some(CountUnit::PerNl)),
            ("Leukozyten /nl", Some(CountUnit::PerNl)),
            ("Leukozyten /µl", Some(CountUnit::PerUl)),
            ("wbc_per_ul", Some(CountUnit::PerUl)),
            ("白血球数 (/μL)", Some(CountUnit::PerUl)),
            ("WBC (cells/mm³)", Some(CountUnit::PerUl)),
            ("wbc", None),
        ] {
            assert_eq!(Header::of(name).count_unit, unit, "{name}");
        }
        assert!(Header::of("MRD (%)").percent && Header::of("mrd_pct").percent && !Header::of("mrd").percent);
    }

    #[test]
    fn negations_turn_a_name_round_and_known_names_are_none() {
        for (name, affirmed) in [
            ("Recurrence free", Some("recurrence")),
            ("No remission at EOI", Some("remission eoi")),
            ("Relapse free", None),
            ("CD10 negative", Some("cd10")),
            ("KMT2A germline", Some("kmt2a")),
            ("KMT2A wild type", Some("kmt2a")),
            ("not alive", Some("alive")),
            ("event free survival", None),
            ("no", None),
            ("relapse", None),
        ] {
            let found = Header::of(name).affirmed.map(|words| words.join(" "));
            assert_eq!(found.as_deref(), affirmed, "{name}");
        }
    }
}
