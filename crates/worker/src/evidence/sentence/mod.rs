//! Numbers read out of a sentence, as one copies it from a paper: `41.7 (SE 9.2), n=115`, `43.2% (95% CI 30.7–55.1)`,
//! `HR 1.969 (0.903–4.291), p = .088`, `6 of 7 (66.7 %)`, `median 16.5 (range 10–23)`. What is not understood is handed
//! back, and what was assumed is said: nothing is dropped or guessed in silence.

mod pieces;

use cotside_core::evidence::Printed;
use cotside_messages::{CheckField as Field, IntervalLevel, ReportedNumbers};
use cotside_words::lang;
use cotside_words::lang::evidence_page as words;

use pieces::{Piece, pieces};

/// What was understood of a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Understood {
    /// The numbers by their fields.
    pub numbers: ReportedNumbers,
    /// What was not understood, as it was written.
    pub unread: Vec<String>,
    /// What had to be assumed.
    pub assumed: Vec<String>,
}

/// What the sentence is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    Rate,
    HazardRatio,
    Count,
    Median,
}

/// Reads a sentence.
pub fn read(sentence: &str) -> Understood {
    let pieces = pieces(sentence);
    let mut reader = Reader {
        subject: subject(&pieces),
        pieces,
        at: 0,
        depth: 0,
        numbers: ReportedNumbers::default(),
        unread: Vec::new(),
    };
    while reader.at < reader.pieces.len() {
        reader.step();
    }
    let mut found = Understood {
        numbers: reader.numbers,
        unread: reader.unread,
        assumed: Vec::new(),
    };
    if reader.subject == Subject::Rate && !is_in_percent(&reader.pieces) {
        found.read_fractions();
    }
    if reader.subject == Subject::Count {
        found.check_interval_of_count();
    }
    found
}

impl Understood {
    /// `0.417 (0.092)`: a rate of 1 or less without a per cent sign, with its spread, is a fraction.
    fn read_fractions(&mut self) {
        let is_fraction = |text: &str| {
            text.split('–')
                .all(|number| Printed::read(number).is_some_and(|number| (0.0..=1.0).contains(&number.value())))
        };
        let rate = self.numbers.text(Field::Rate).to_owned();
        let spreads = [Field::StandardError, Field::Interval].map(|field| (field, self.numbers.text(field).to_owned()));
        let is_rate = Printed::read(&rate).is_some_and(|rate| rate.places() > 0 && rate.value() > 0.0);
        let fits = |text: &str| text.is_empty() || is_fraction(text);
        if !(is_rate && is_fraction(&rate) && spreads.iter().all(|(_, text)| fits(text))) {
            return;
        }
        let percent = |number: &str| Printed::read(number).map(|number| lang::printed(number.scaled(2)));
        let in_percent = |text: &str| text.split('–').filter_map(percent).collect::<Vec<_>>().join("–");
        let level = self.numbers.level;
        for (field, text) in [(Field::Rate, rate.clone())].into_iter().chain(spreads) {
            if !text.is_empty() {
                self.numbers.set(field, &in_percent(&text));
            }
        }
        self.numbers.level = level;
        self.assumed.push(words::read_as_fraction(&rate, &in_percent(&rate)));
    }

    /// `48 of 115 (41.7%, 95% CI 33–51)`: the interval is of the percentage.
    fn check_interval_of_count(&mut self) {
        let percent = self.numbers.text(Field::Percent).to_owned();
        let total = self
            .numbers
            .text(Field::Count)
            .rsplit(' ')
            .next()
            .unwrap_or_default()
            .to_owned();
        if !self.numbers.text(Field::Interval).is_empty() && !percent.is_empty() {
            self.numbers.set(Field::Rate, &percent);
            self.numbers.set(Field::Patients, &total);
        }
    }
}

fn subject(pieces: &[Piece]) -> Subject {
    let says = |wanted: &[&str]| {
        let mut words = pieces.iter();
        words.any(|piece| matches!(piece, Piece::Word(word) if wanted.contains(&word.as_str())))
    };
    // "6 of 7" or "6/7", the percentage before or behind it.
    let of = Piece::Word("of".to_owned());
    let counted = pieces.windows(3).any(|three| {
        matches!(three, [Piece::Number(count), between, Piece::Number(total)]
            if is_whole(count) && is_whole(total) && (*between == Piece::Sign('/') || *between == of))
    });
    if says(&["hr", "hazard", "odds"]) {
        Subject::HazardRatio
    } else if says(&["median"]) {
        Subject::Median
    } else if counted {
        Subject::Count
    } else {
        Subject::Rate
    }
}

/// What follows the level of an interval.
const OF_INTERVALS: [&str; 3] = ["ci", "confidence", "interval"];

/// Whether a number has a per cent sign, other than the level of an interval (`95% CI`).
fn is_in_percent(pieces: &[Piece]) -> bool {
    let is_level =
        |next: Option<&Piece>| matches!(next, Some(Piece::Word(word)) if OF_INTERVALS.contains(&word.as_str()));
    let mut signs = pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| **piece == Piece::Sign('%'));
    signs.any(|(at, _)| !is_level(pieces.get(at + 1)))
}

fn is_whole(number: &str) -> bool {
    number.bytes().all(|digit| digit.is_ascii_digit())
}

/// Words behind which a number is read as without them: what a number is of, and what only joins.
const KNOWN_BEFORE_NUMBERS: [&str; 26] = [
    "of",
    "among",
    "in",
    "at",
    "to",
    "and",
    "was",
    "is",
    "ci",
    "confidence",
    "interval",
    "limits",
    "from",
    "range",
    "hr",
    "ratio",
    "efs",
    "os",
    "dfs",
    "rfs",
    "cir",
    "nrm",
    "rate",
    "survival",
    "estimate",
    "median",
];

struct Reader {
    subject: Subject,
    pieces: Vec<Piece>,
    at: usize,
    /// How many brackets are open.
    depth: usize,
    numbers: ReportedNumbers,
    unread: Vec<String>,
}

impl Reader {
    /// The piece so many places ahead.
    fn ahead(&self, places: usize) -> Option<&Piece> {
        self.pieces.get(self.at + places)
    }

    fn number(&self, places: usize) -> Option<String> {
        match self.ahead(places) {
            Some(Piece::Number(number)) => Some(number.clone()),
            _ => None,
        }
    }

    fn is_word(&self, places: usize, wanted: &[&str]) -> bool {
        matches!(self.ahead(places), Some(Piece::Word(word)) if wanted.contains(&word.as_str()))
    }

    fn is_sign(&self, places: usize, wanted: &[char]) -> bool {
        matches!(self.ahead(places), Some(Piece::Sign(sign)) if wanted.contains(sign))
    }

    /// Sets a field that has no text yet; a second number for one field is handed back.
    fn set(&mut self, field: Field, text: &str) {
        if self.numbers.text(field).is_empty() {
            self.numbers.set(field, text);
        } else {
            self.unread.push(text.to_owned());
        }
    }

    /// Takes what is here.
    fn step(&mut self) {
        let taken = self
            .level()
            .or_else(|| self.named())
            .or_else(|| self.interval())
            .or_else(|| self.parts())
            .or_else(|| self.count())
            .or_else(|| self.foreign())
            .or_else(|| self.time())
            .or_else(|| self.alone());
        if let Some(taken) = taken {
            self.at += taken;
            return;
        }
        match self.ahead(0) {
            Some(Piece::Sign('(')) => self.depth += 1,
            Some(Piece::Sign(')')) => self.depth = self.depth.saturating_sub(1),
            Some(Piece::Name(name) | Piece::Unclear(name)) => self.unread.push(name.clone()),
            _ => {}
        }
        self.at += 1;
    }

    /// `SD 9.2`, `IQR 30–50`, `p > 0.05`: a number in brackets, or behind a sign, that has a name which is not known is not
    /// taken for anything else.
    fn foreign(&mut self) -> Option<usize> {
        let word = match self.ahead(0) {
            Some(Piece::Word(word)) if !KNOWN_BEFORE_NUMBERS.contains(&word.as_str()) => word.clone(),
            _ => return None,
        };
        let compared = self.is_sign(1, &['=', ':', '<', '>']);
        let number = self.number(1 + usize::from(compared))?;
        if self.depth == 0 && !self.is_sign(1, &['=', '<', '>']) {
            return None;
        }
        let mut taken = 2 + usize::from(compared);
        let mut text = number;
        let dash = self.is_sign(taken, &['-', ',', ';']) || self.is_word(taken, &["to"]);
        if let (true, Some(end)) = (dash, self.number(taken + 1)) {
            text = format!("{text}–{end}");
            taken += 2;
        }
        self.unread.push(format!("{word} {text}"));
        Some(taken)
    }

    /// `95% CI`, `95 % confidence interval`.
    fn level(&mut self) -> Option<usize> {
        let number = self.number(0)?;
        let behind = 1 + usize::from(self.is_sign(1, &['%']));
        if !self.is_word(behind, &OF_INTERVALS) {
            return None;
        }
        match IntervalLevel::from_code(&number) {
            Some(level) => self.numbers.level = level,
            None => self.unread.push(format!("{number}% CI")),
        }
        Some(behind + 1)
    }

    /// Whether the number so many places ahead is the level of an interval.
    fn is_level(&self, places: usize) -> bool {
        let behind = places + 1 + usize::from(self.is_sign(places + 1, &['%']));
        self.number(places).is_some() && self.is_word(behind, &OF_INTERVALS)
    }

    /// A number behind its name: `SE 9.2`, `± 9.2`, `n = 115`, `p < .001`.
    fn named(&mut self) -> Option<usize> {
        let (field, name) = if self.is_word(0, &["se", "sem"]) {
            (Field::StandardError, 1)
        } else if self.is_word(0, &["standard"]) && self.is_word(1, &["error"]) {
            (Field::StandardError, 2)
        } else if self.is_word(0, &["s"]) && self.is_sign(1, &['.']) && self.is_word(2, &["e"]) {
            (Field::StandardError, 3 + usize::from(self.is_sign(3, &['.'])))
        } else if self.is_sign(0, &['±']) {
            (Field::StandardError, 1)
        } else if self.is_sign(0, &['+']) && self.is_sign(1, &['/']) && self.is_sign(2, &['-']) {
            (Field::StandardError, 3)
        } else if self.is_word(0, &["n"]) {
            (self.patients(), 1)
        } else if self.is_word(0, &["p"]) {
            (Field::PValue, 1)
        } else {
            return None;
        };
        let equals = usize::from(self.is_sign(name, &['=', ':', '<']));
        let below = self.is_sign(name, &['<']);
        let number = self.number(name + equals)?;
        let text = if below { format!("<{number}") } else { number };
        self.set(field, &text);
        Some(name + equals + 1)
    }

    /// Which field takes a number of patients.
    fn patients(&self) -> Field {
        if self.subject == Subject::Count {
            Field::Total
        } else {
            Field::Patients
        }
    }

    /// `30.7–55.1`, `30.7 to 55.1`, and in brackets `30.7, 55.1`.
    fn interval(&mut self) -> Option<usize> {
        let (low, high) = (self.number(0)?, self.number(2)?);
        // Behind "range" it is of values, and of nothing else.
        let is_range =
            self.at > 0 && matches!(self.pieces.get(self.at - 1), Some(Piece::Word(word)) if word == "range");
        let between = self.is_sign(1, &['-']) || self.is_word(1, &["to"]);
        let pair = self.depth > 0 && !self.is_level(2) && self.is_sign(1, &[',', ';']) && !self.is_sign(3, &[',', ';']);
        if !between && !pair {
            return None;
        }
        if is_range && self.subject != Subject::Median {
            self.unread.push(format!("range {low}–{high}"));
            return Some(3);
        }
        let field = match self.subject {
            Subject::HazardRatio => Field::HazardRatioInterval,
            Subject::Median => Field::Range,
            Subject::Rate | Subject::Count => Field::Interval,
        };
        self.set(field, &format!("{low}–{high}"));
        Some(3)
    }

    /// `19:94.4, 56:56.6`: the parts of a whole.
    fn parts(&mut self) -> Option<usize> {
        let mut taken = 0;
        let mut parts = Vec::new();
        while let (Some(n), true, Some(rate)) = (
            self.number(taken),
            self.is_sign(taken + 1, &[':']),
            self.number(taken + 2),
        ) {
            parts.push(format!("{n}:{rate}"));
            taken += 3;
            taken += usize::from(self.is_sign(taken, &[',', ';']) && self.is_sign(taken + 2, &[':']));
        }
        if parts.is_empty() {
            return None;
        }
        self.set(Field::Parts, &parts.join(", "));
        Some(taken)
    }

    /// `6 of 7`, `6/7`.
    fn count(&mut self) -> Option<usize> {
        if self.subject != Subject::Count || !(self.is_word(1, &["of"]) || self.is_sign(1, &['/'])) {
            return None;
        }
        let (count, total) = (self.number(0)?, self.number(2)?);
        self.set(Field::Count, &format!("{count} of {total}"));
        Some(3)
    }

    /// `6-year`, `at 3 years`: the time of a rate, which no check uses.
    fn time(&mut self) -> Option<usize> {
        const UNITS: [&str; 11] = [
            "year", "years", "yr", "y", "month", "months", "mo", "week", "weeks", "day", "days",
        ];
        let number = self.number(0)?;
        let behind = 1 + usize::from(self.is_sign(1, &['-']));
        if self.subject == Subject::Median || !self.is_word(behind, &UNITS) {
            return None;
        }
        if let Some(Piece::Word(unit)) = self.ahead(behind) {
            self.unread.push(format!("{number} {unit}"));
        }
        Some(behind + 1)
    }

    /// A number without a name: the estimate first, then in brackets its standard error; `of 115`, `115 patients`.
    fn alone(&mut self) -> Option<usize> {
        if self.is_word(0, &["of", "among", "in"]) {
            let number = self.number(1).filter(|number| is_whole(number))?;
            self.set(self.patients(), &number);
            return Some(2);
        }
        let number = self.number(0)?;
        let counted = self.is_word(1, &["patients", "infants", "children", "cases"]);
        let field = match self.subject {
            _ if counted => self.patients(),
            Subject::Rate if self.numbers.text(Field::Rate).is_empty() => Field::Rate,
            Subject::Rate if self.depth > 0 => Field::StandardError,
            Subject::HazardRatio => Field::HazardRatio,
            Subject::Count => Field::Percent,
            Subject::Median if self.numbers.text(Field::Median).is_empty() => Field::Median,
            Subject::Median | Subject::Rate => {
                self.unread.push(number);
                return Some(1);
            }
        };
        self.set(field, &number);
        Some(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Field as F;

    #[test]
    fn sentences_as_papers_print_them() {
        let cases: [(&str, &[(Field, &str)]); 27] = [
            (
                "41.7 (SE 9.2), n=115",
                &[(F::Rate, "41.7"), (F::StandardError, "9.2"), (F::Patients, "115")],
            ),
            (
                "41.7 (9.2) % of 115",
                &[(F::Rate, "41.7"), (F::StandardError, "9.2"), (F::Patients, "115")],
            ),
            (
                "41.7% ± 9.2%, N = 115",
                &[(F::Rate, "41.7"), (F::StandardError, "9.2"), (F::Patients, "115")],
            ),
            (
                "41.7 +/- 9.2 in 115 infants",
                &[(F::Rate, "41.7"), (F::StandardError, "9.2"), (F::Patients, "115")],
            ),
            ("36·4% [s.e. 2·3]", &[(F::Rate, "36.4"), (F::StandardError, "2.3")]),
            (
                "43.2% (95% CI 30.7–55.1), n=62",
                &[(F::Rate, "43.2"), (F::Interval, "30.7–55.1"), (F::Patients, "62")],
            ),
            (
                "43.2 (95 % CI, 30.7 to 55.1)",
                &[(F::Rate, "43.2"), (F::Interval, "30.7–55.1")],
            ),
            ("43.2 (30.7, 55.1)", &[(F::Rate, "43.2"), (F::Interval, "30.7–55.1")]),
            (
                "43.2 (30.7-55.1) 62 patients",
                &[(F::Rate, "43.2"), (F::Interval, "30.7–55.1"), (F::Patients, "62")],
            ),
            (
                "HR 1.969 (95% confidence interval 0.903–4.291), p = .088",
                &[
                    (F::HazardRatio, "1.969"),
                    (F::HazardRatioInterval, "0.903–4.291"),
                    (F::PValue, ".088"),
                ],
            ),
            (
                "hazard ratio, 2.75 (1.36-5.56); P<0.001",
                &[
                    (F::HazardRatio, "2.75"),
                    (F::HazardRatioInterval, "1.36–5.56"),
                    (F::PValue, "<0.001"),
                ],
            ),
            ("6 of 7 (66.7 %)", &[(F::Count, "6 of 7"), (F::Percent, "66.7")]),
            ("6/7 (66.7%)", &[(F::Count, "6 of 7"), (F::Percent, "66.7")]),
            ("median 16.5 (range 10–23)", &[(F::Median, "16.5"), (F::Range, "10–23")]),
            (
                "66.2, 19:94.4, 56:56.6",
                &[(F::Rate, "66.2"), (F::Parts, "19:94.4, 56:56.6")],
            ),
            (
                "41.7% (95% CI 33.1–50.2)",
                &[(F::Rate, "41.7"), (F::Interval, "33.1–50.2")],
            ),
            ("41·7 [32–51]", &[(F::Rate, "41.7"), (F::Interval, "32–51")]),
            (
                "41,7 (9,2), n = 115",
                &[(F::Rate, "41.7"), (F::StandardError, "9.2"), (F::Patients, "115")],
            ),
            (
                "HR 1.42 (1.01–2.0), P=0.04",
                &[
                    (F::HazardRatio, "1.42"),
                    (F::HazardRatioInterval, "1.01–2.0"),
                    (F::PValue, "0.04"),
                ],
            ),
            (
                "HR = 1.42 (1.01–2.0)",
                &[(F::HazardRatio, "1.42"), (F::HazardRatioInterval, "1.01–2.0")],
            ),
            ("EFS: 41.7% (SE 9.2)", &[(F::Rate, "41.7"), (F::StandardError, "9.2")]),
            (
                "better EFS (HR 1.42; 95% CI 1.01–2.0)",
                &[(F::HazardRatio, "1.42"), (F::HazardRatioInterval, "1.01–2.0")],
            ),
            ("0.417 (0.092)", &[(F::Rate, "41.7"), (F::StandardError, "9.2")]),
            ("0.4% (0.1)", &[(F::Rate, "0.4"), (F::StandardError, "0.1")]),
            ("41.7% (48/115)", &[(F::Percent, "41.7"), (F::Count, "48 of 115")]),
            (
                "48 of 115 (41.7%, 95% CI 33–51)",
                &[
                    (F::Count, "48 of 115"),
                    (F::Percent, "41.7"),
                    (F::Interval, "33–51"),
                    (F::Rate, "41.7"),
                    (F::Patients, "115"),
                ],
            ),
            ("", &[]),
        ];
        for (sentence, expected) in cases {
            let Understood { numbers, unread, .. } = read(sentence);
            let found: Vec<(Field, &str)> = numbers
                .fields
                .iter()
                .map(|(field, text)| (*field, text.as_str()))
                .collect();
            assert_eq!(found, expected, "{sentence}");
            assert_eq!(unread, Vec::<String>::new(), "{sentence}");
        }
        assert_eq!(read("43.2 (90% CI 33–53)").numbers.level, IntervalLevel::P90);
    }

    #[test]
    fn what_is_assumed_is_said() {
        let found = read("0.417 (95% CI 0.33 to 0.51)");
        assert_eq!(found.numbers.text(F::Interval), "33–51");
        assert_eq!(found.assumed.len(), 1);
        assert_eq!(read("41.7 (9.2)").assumed.len(), 0);
        // A spread above 1 is none of a fraction.
        assert_eq!(read("0.4 (9.2)").numbers.text(F::Rate), "0.4");
    }

    #[test]
    fn what_is_not_understood_is_handed_back() {
        for (sentence, unread) in [
            ("41.7 and 38.2", ["38.2"]),
            ("6-year EFS 41.7 (9.2)", ["6 year"]),
            ("41.7 (9.2) at 3 years", ["3 years"]),
            ("41.7 (80% CI 30–50)", ["80% CI"]),
            ("n = 115, n = 116", ["116"]),
            ("41.7 (SD 9.2)", ["sd 9.2"]),
            ("41.7, SD = 9.2", ["sd 9.2"]),
            ("41.7 (IQR 30–50)", ["iqr 30–50"]),
            ("41.7 (range 30–50)", ["range 30–50"]),
            ("41.7 (p > 0.05)", ["p 0.05"]),
            ("43 (30,55)", ["30,55"]),
            ("MLL-10: 66.2 (5.6)", ["MLL-10"]),
        ] {
            assert_eq!(read(sentence).unread, unread, "{sentence}");
        }
    }
}
