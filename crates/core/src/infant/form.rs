//! Reads the form as typed: numbers with thousands separators, units in the text, and texts with two readings.
//!
//! [`Form::of`] turns the texts into those of the dictionary, which [`super::read()`] reads. A text with two readings
//! counts as unknown until a [`Question`] that offers the readings is answered.

use super::read::moved_by_decimal_places;
use super::{Entry, Field, Kind, MOST_WBC};
use crate::decimal;

/// An age below this number, without a chosen unit, may be in days or months.
const PLAIN_AGE: f64 = 13.0;

/// Where the unit of the age comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AgeUnit {
    /// The unit is the form's default.
    #[default]
    Assumed,
    /// It came with the text, from a file, a link or an example.
    Given,
    /// The unit was chosen in the form.
    Chosen,
}

/// Answers to questions about an entry, and chosen units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settled {
    /// The unit of the age.
    pub age: AgeUnit,
    /// A reading of the white cell count was chosen.
    pub wbc: bool,
}

impl Settled {
    /// For an entry whose columns name the units.
    pub const GIVEN: Self = Self {
        age: AgeUnit::Given,
        wbc: false,
    };

    /// Updates the answers and units after an edit of a field's text.
    pub fn edited(&mut self, field: Field) {
        match field {
            Field::AgeDays | Field::AgeMonths if self.age == AgeUnit::Given => self.age = AgeUnit::Assumed,
            Field::Wbc | Field::WbcPerUl => self.wbc = false,
            _ => {}
        }
    }
}

/// One reading of a held text: the field that it belongs to, and the number there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The field, which names the unit.
    pub field: Field,
    /// The number, without a thousands mark.
    pub text: String,
}

impl Choice {
    fn new(field: Field, text: &str) -> Self {
        Self {
            field,
            text: text.to_owned(),
        }
    }

    /// Puts this reading in the place of the held text.
    pub fn settle(&self, entry: &mut Entry, settled: &mut Settled) {
        for &field in same_value(self.field) {
            entry.set(field, "");
        }
        let text = match self.field {
            Field::WbcPerUl | Field::CsfWbc | Field::Day8Blasts => not_grouped(&self.text),
            _ => self.text.clone(),
        };
        entry.set(self.field, &text);
        match self.field {
            Field::AgeDays | Field::AgeMonths => settled.age = AgeUnit::Chosen,
            Field::Wbc | Field::WbcPerUl => settled.wbc = true,
            _ => {}
        }
    }
}

/// A held text and its readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The field into which it was typed.
    pub field: Field,
    /// Its readings, one where no other is possible.
    pub choices: Vec<Choice>,
}

/// The form's texts as read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// The texts as the dictionary writes them; those that are held are empty, those not understood are as typed.
    pub entry: Entry,
    /// The texts that are held.
    pub questions: Vec<Question>,
}

impl Form {
    /// Understands the texts of a form.
    #[must_use]
    pub fn of(typed: &Entry, settled: Settled) -> Self {
        let mut form = Self {
            entry: typed.clone(),
            questions: Vec::new(),
        };
        for &field in Field::ALL {
            let text = typed.get(field);
            if text.is_empty() {
                continue;
            }
            let meant = match field {
                Field::AgeDays | Field::AgeMonths => age(field, text, settled.age),
                Field::Wbc | Field::WbcPerUl => white_cells(field, text, settled.wbc),
                _ => other(field, text),
            };
            match meant {
                Meant::AsTyped => {}
                Meant::One(choice) => form.put(field, &choice),
                Meant::Open(choices) => {
                    form.questions.push(Question { field, choices });
                }
            }
        }
        for question in &form.questions {
            for &field in same_value(question.field) {
                form.entry.set(field, "");
            }
        }
        form
    }

    /// Writes a reading, unless the field of its unit has its own text.
    fn put(&mut self, from: Field, choice: &Choice) {
        if choice.field != from {
            if !self.entry.get(choice.field).is_empty() {
                return;
            }
            self.entry.set(from, "");
        }
        self.entry.set(choice.field, &choice.text);
    }
}

/// The fields that give the same value in different units, this one among them.
#[must_use]
pub fn same_value(field: Field) -> &'static [Field] {
    match field {
        Field::AgeDays | Field::AgeMonths => &[Field::AgeDays, Field::AgeMonths],
        Field::Wbc | Field::WbcPerUl => &[Field::Wbc, Field::WbcPerUl],
        _ => &Field::ALL[field.index()..=field.index()],
    }
}

/// The number of a text that names a unit, where the form has a switch between units; `None` without a unit.
#[must_use]
pub fn without_unit(field: Field, text: &str) -> Option<String> {
    let text = plain_characters(text);
    let (number, unit) = split(&text);
    let is_known = match field {
        Field::AgeDays | Field::AgeMonths => matches!(age_unit(&unit), Some(Unit::Days | Unit::Months)),
        Field::Wbc | Field::WbcPerUl => wbc_unit(&unit).is_some(),
        _ => false,
    };
    is_known.then(|| number.to_owned())
}

/// The meaning of a text.
enum Meant {
    /// The text was not understood and is passed on as typed.
    AsTyped,
    One(Choice),
    Open(Vec<Choice>),
}

impl Meant {
    fn one(field: Field, text: &str) -> Self {
        Self::One(Choice::new(field, text))
    }
}

fn age(field: Field, text: &str, from: AgeUnit) -> Meant {
    let text = plain_characters(text);
    let (number, unit) = split(&text);
    let number = match Number::of(number) {
        Some(Number::One(number)) => number,
        Some(Number::Two { decimal, mark: '.', .. }) => decimal,
        Some(Number::Two { .. }) | None => return Meant::AsTyped,
    };
    if unit.is_empty() {
        let may_be_months = decimal::parse(&number).is_some_and(|age| (0.0..PLAIN_AGE).contains(&age));
        if from == AgeUnit::Assumed && may_be_months {
            let readings = [Field::AgeDays, Field::AgeMonths];
            return Meant::Open(readings.map(|field| Choice::new(field, &number)).to_vec());
        }
        return Meant::one(field, &number);
    }
    match age_unit(&unit) {
        Some(Unit::Days) => Meant::one(Field::AgeDays, &number),
        Some(Unit::Months) => Meant::one(Field::AgeMonths, &number),
        Some(Unit::Weeks) => Meant::one(Field::AgeDays, &format!("{number}w")),
        None => Meant::AsTyped,
    }
}

fn white_cells(field: Field, text: &str, settled: bool) -> Meant {
    let text = plain_characters(text);
    let (number, unit) = split(&text);
    let unit = match (unit.is_empty(), field) {
        (true, Field::Wbc) => Some(0),
        (true, _) => Some(PER_UL),
        (false, _) => wbc_unit(&unit),
    };
    let (Some(number), Some(unit)) = (Number::of(number), unit) else {
        return Meant::AsTyped;
    };
    match (unit, number) {
        (0, Number::One(number)) => per_nl(&number, &number, settled),
        (0, Number::Two { decimal, mark: '.', .. }) => per_nl(&decimal, &decimal, settled),
        (0, Number::Two { decimal, thousands, .. }) => per_nl(&decimal, &thousands, settled),
        (PER_UL, number) => count(Field::WbcPerUl, number),
        (power, Number::One(number)) => Meant::one(Field::Wbc, &moved_by_decimal_places(&number, power)),
        (_, Number::Two { .. }) => Meant::AsTyped,
    }
}

/// A count × 10⁹/L; the two texts differ where a comma may mark decimals or thousands.
fn per_nl(decimal: &str, whole: &str, settled: bool) -> Meant {
    let (Some(value), Kind::Number { high, .. }) = (decimal::parse(whole), Field::WbcPerUl.kind()) else {
        return Meant::AsTyped;
    };
    if value > high || value <= MOST_WBC && decimal == whole {
        return Meant::one(Field::Wbc, whole);
    }
    let choice = |(field, text)| Choice::new(field, text);
    if value <= MOST_WBC {
        return Meant::Open([(Field::Wbc, decimal), (Field::Wbc, whole)].map(choice).to_vec());
    }
    let is_possible = value * 1000.0 <= high;
    if settled && is_possible {
        // A count per µL is unambiguous: answers, links and files read it alike.
        return Meant::one(Field::WbcPerUl, &thousandfold(whole));
    }
    // Three decimals after a comma are the count per µL: 33.900 × 10⁹/L is 33,900 per µL.
    let readings = [(Field::WbcPerUl, whole), (Field::Wbc, whole)];
    Meant::Open(
        readings
            .into_iter()
            .take(1 + usize::from(is_possible))
            .map(choice)
            .collect(),
    )
}

/// A thousand times a number, in its text.
fn thousandfold(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("{text}000")
    } else {
        moved_by_decimal_places(text, 3)
    }
}

/// A count of cells per µL, which has no decimals: a comma before three digits marks thousands.
fn count(field: Field, number: Number) -> Meant {
    match number {
        Number::One(number) => Meant::one(field, &number),
        Number::Two {
            decimal,
            thousands,
            mark: '.',
        } => Meant::Open(vec![Choice::new(field, &thousands), Choice::new(field, &decimal)]),
        Number::Two { thousands, .. } => Meant::one(field, &thousands),
    }
}

/// Writes a decimal number so that it raises no further question: without three decimals, which could be a group of
/// thousands.
fn not_grouped(decimal: &str) -> String {
    if !decimal.contains('.') {
        return decimal.to_owned();
    }
    let plain = decimal.trim_end_matches('0').trim_end_matches('.');
    match plain.split_once('.') {
        Some((_, decimals)) if decimals.len() == 3 => format!("{plain}0"),
        _ => plain.to_owned(),
    }
}

fn other(field: Field, text: &str) -> Meant {
    let text = plain_characters(text);
    let (text, sign) = match (field.kind(), text.strip_suffix('%')) {
        (Kind::Number { .. }, _) => (text.as_str(), ""),
        (Kind::Fraction, Some(number)) => (number, "%"),
        (Kind::Fraction, None) => (text.as_str(), ""),
        _ => return Meant::AsTyped,
    };
    match Number::of(text) {
        Some(number) if matches!(field, Field::CsfWbc | Field::Day8Blasts) => count(field, number),
        Some(Number::One(number)) => Meant::one(field, &format!("{number}{sign}")),
        Some(Number::Two { decimal, mark: '.', .. }) => Meant::one(field, &format!("{decimal}{sign}")),
        Some(Number::Two { .. }) | None => Meant::AsTyped,
    }
}

/// A number as written.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Number {
    /// One reading, as the dictionary writes it.
    One(String),
    /// One mark before exactly three digits: decimals or thousands.
    Two {
        decimal: String,
        thousands: String,
        mark: char,
    },
}

impl Number {
    /// Reads digits with marks of decimals and thousands; `None` where they are not placed as such marks are.
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => text.split_at(at),
            None => (text, ""),
        };
        let digits = mantissa.trim_start_matches(['-', '+']);
        let marks: Vec<char> = digits.chars().filter(|each| !each.is_ascii_digit()).collect();
        let (whole, decimals) = match marks[..] {
            [.., last] if matches!(last, '.' | ',') && marks.iter().filter(|&&mark| mark == last).count() == 1 => {
                let (whole, decimals) = digits.rsplit_once(last)?;
                (whole, Some(decimals))
            }
            _ => (digits, None),
        };
        let groups: Vec<&str> = whole.split(['.', ',', ' ', '\'']).collect();
        let is_grouped = |groups: &[&str]| match groups {
            [first, rest @ ..] => (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3),
            [] => false,
        };
        if groups.len() > 1 && !(is_grouped(&groups) && same_marks(whole)) {
            return None;
        }
        let sign = &mantissa[..mantissa.len() - digits.len()];
        let written = |whole: &str, decimals: Option<&str>| {
            let point = decimals.map(|decimals| format!(".{decimals}")).unwrap_or_default();
            let text = format!("{sign}{whole}{point}{exponent}");
            decimal::parse(&text).map(|_| text)
        };
        let one = written(&groups.concat(), decimals)?;
        match (marks[..].first(), decimals) {
            (Some(&mark), Some(decimals))
                if marks.len() == 1
                    && sign.is_empty()
                    && exponent.is_empty()
                    && is_grouped(&[whole, decimals])
                    && !whole.starts_with('0') =>
            {
                Some(Self::Two {
                    thousands: written(&format!("{whole}{decimals}"), None)?,
                    decimal: one,
                    mark,
                })
            }
            _ => Some(Self::One(one)),
        }
    }
}

/// True if all thousands marks of a text are the same.
fn same_marks(text: &str) -> bool {
    let mut marks = text.chars().filter(|each| !each.is_ascii_digit());
    let first = marks.next();
    marks.all(|mark| Some(mark) == first)
}

/// Splits a text into the number at its start and the unit after it, without spaces.
fn split(text: &str) -> (&str, String) {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = bytes.iter().take_while(|byte| matches!(byte, b'-' | b'+')).count();
    while let Some(byte) = bytes.get(end) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'-' | b'+')));
        end += match byte {
            b'0'..=b'9' | b'.' | b',' | b' ' | b'\'' => 1,
            b'e' if is_digit(end + 1 + sign) => 1 + sign,
            _ => break,
        };
    }
    let (number, unit) = text.split_at(end);
    (number.trim(), unit.split(' ').collect())
}

/// The text in lower case with one character a meaning: ASCII digits and letters, one space, one apostrophe; `x` for
/// the signs of multiplication, `^3` for a raised 3, `ul` and `mm^3` for the signs of these units.
fn plain_characters(text: &str) -> String {
    let mut plain = String::new();
    let mut was_raised = false;
    for each in text.chars() {
        let each = match each {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(each) - 0xfee0).unwrap_or(each),
            each => each,
        };
        match each {
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            '’' | '‘' | 'ʼ' => plain.push('\''),
            '×' | '✕' | '·' | '⋅' | '∙' | '*' => plain.push('x'),
            'µ' | 'μ' => plain.push('u'),
            'ℓ' => plain.push('l'),
            '㎕' => plain.push_str("ul"),
            '㎣' => plain.push_str("mm^3"),
            '−' => plain.push('-'),
            _ if raised(each).is_some() => {
                plain.push_str(if was_raised { "" } else { "^" });
                plain.extend(raised(each));
            }
            _ if each.is_whitespace() => plain.push(' '),
            _ => plain.push(each.to_ascii_lowercase()),
        }
        was_raised = raised(each).is_some();
    }
    plain.trim().to_owned()
}

/// Returns the digit of a superscript character.
fn raised(each: char) -> Option<char> {
    let digit = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|raised| raised == each)?;
    char::from_digit(digit as u32, 10)
}

/// A unit of age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Days,
    Weeks,
    Months,
}

/// Returns the unit of age with this name. Years are not accepted: years with decimals give neither days nor completed
/// months.
fn age_unit(name: &str) -> Option<Unit> {
    const DAYS: &[&str] = &["d", "day", "days", "tag", "tage", "tagen", "日", "日齢", "일", "일령"];
    const WEEKS: &[&str] = &[
        "w", "wk", "wks", "week", "weeks", "woche", "wochen", "週", "週間", "週齢", "주", "주령",
    ];
    const MONTHS: &[&str] = &[
        "m",
        "mo",
        "mos",
        "mth",
        "mths",
        "month",
        "months",
        "monat",
        "monate",
        "monaten",
        "か月",
        "カ月",
        "ヶ月",
        "ケ月",
        "ヵ月",
        "箇月",
        "か月齢",
        "ヶ月齢",
        "カ月齢",
        "月齢",
        "개월",
        "개월령",
        "달",
    ];
    let name = name.trim_end_matches('.');
    let units = [(DAYS, Unit::Days), (WEEKS, Unit::Weeks), (MONTHS, Unit::Months)];
    units
        .into_iter()
        .find(|(names, _)| names.contains(&name))
        .map(|(_, unit)| unit)
}

/// Decimal places from a count per µL to one × 10⁹/L.
const PER_UL: i64 = -3;

/// Decimal places from a count in this unit to one × 10⁹/L.
fn wbc_unit(name: &str) -> Option<i64> {
    let (factor, volume) = name.split_once('/').or_else(|| name.split_once("per"))?;
    let factor = factor.trim_end_matches("cells");
    let power = match factor {
        "" => 0,
        "k" | "tsd" | "tsd." | "thou" | "thousand" | "千" | "천" => 3,
        "万" | "만" => 4,
        "g" | "gpt" => 9,
        _ => factor
            .trim_start_matches('x')
            .strip_prefix("10")?
            .trim_start_matches(['^', 'e', 'x'])
            .parse()
            .ok()
            .filter(|power| (0..=12).contains(power))?,
    };
    let volume = match volume {
        "ul" | "mcl" | "mm3" | "mm^3" | "cmm" | "cumm" => PER_UL,
        "nl" => 0,
        "ml" => -6,
        "l" => -9,
        _ => return None,
    };
    Some(power + volume)
}

#[cfg(test)]
mod tests {
    use super::super::{Age, Infant, IssueKind, Reading, read};
    use super::*;
    use proptest::prelude::*;

    const ASSUMED: Settled = Settled {
        age: AgeUnit::Assumed,
        wbc: false,
    };
    const CHOSEN: Settled = Settled {
        age: AgeUnit::Chosen,
        wbc: false,
    };

    fn form(field: Field, text: &str, settled: Settled) -> Form {
        Form::of(&Entry::from_pairs([(field, text)]), settled)
    }

    fn infant(field: Field, text: &str, settled: Settled) -> Infant {
        read(&form(field, text, settled).entry).infant
    }

    fn choices(form: &Form) -> Vec<(Field, &str)> {
        form.questions
            .iter()
            .flat_map(|question| &question.choices)
            .map(|choice| (choice.field, choice.text.as_str()))
            .collect()
    }

    #[test]
    fn an_age_below_13_without_a_chosen_unit_raises_a_question() {
        for field in [Field::AgeDays, Field::AgeMonths] {
            for text in ["0", "4", "12", "12.9", "12.999", " 4 ", "４", "4,5"] {
                let held = form(field, text, ASSUMED);
                assert_eq!(read(&held.entry), Reading::default(), "{text}");
                let readings = choices(&held);
                assert!(
                    matches!(readings[..], [(Field::AgeDays, days), (Field::AgeMonths, months)] if days == months),
                    "{text}: {readings:?}"
                );
                for settled in [CHOSEN, Settled::GIVEN] {
                    assert!(form(field, text, settled).questions.is_empty(), "{text}");
                    assert!(infant(field, text, settled).age.is_some(), "{text}");
                }
            }
            for text in ["13", "13.0", "14", "180", "-1", "", "x", "4 x", "NA"] {
                assert!(form(field, text, ASSUMED).questions.is_empty(), "{text}");
            }
        }
        assert_eq!(infant(Field::AgeDays, "13", ASSUMED).age, Some(Age::Days(13)));
    }

    #[test]
    fn a_reading_settles_the_age_and_an_edit_of_a_loaded_age_asks() {
        for (position, age) in [(0, Age::Days(4)), (1, Age::CompletedMonths(4))] {
            let mut entry = Entry::from_pairs([(Field::AgeDays, "4")]);
            let mut settled = ASSUMED;
            let held = Form::of(&entry, settled);
            held.questions[0].choices[position].settle(&mut entry, &mut settled);
            let form = Form::of(&entry, settled);
            assert_eq!((read(&form.entry).infant.age, form.questions.len()), (Some(age), 0));
        }
        let mut settled = Settled::GIVEN;
        settled.edited(Field::Wbc);
        assert_eq!(settled, Settled::GIVEN);
        settled.edited(Field::AgeDays);
        assert_eq!(settled, ASSUMED);
        let mut settled = CHOSEN;
        settled.edited(Field::AgeDays);
        assert_eq!(settled, CHOSEN);
    }

    #[test]
    fn units_of_age_in_the_text_win() {
        for (text, age) in [
            ("4 m", Age::CompletedMonths(4)),
            ("4m", Age::CompletedMonths(4)),
            ("4 mo", Age::CompletedMonths(4)),
            ("4 months", Age::CompletedMonths(4)),
            ("4 Monate", Age::CompletedMonths(4)),
            ("4 MONTHS", Age::CompletedMonths(4)),
            ("4 mo.", Age::CompletedMonths(4)),
            ("3か月", Age::CompletedMonths(3)),
            ("３ヶ月", Age::CompletedMonths(3)),
            ("4개월", Age::CompletedMonths(4)),
            ("10 d", Age::Days(10)),
            ("10 days", Age::Days(10)),
            ("1 Tag", Age::Days(1)),
            ("12일", Age::Days(12)),
            ("12\u{202f}日", Age::Days(12)),
            ("1 200 d", Age::Days(1200)),
            ("3 w", Age::CompletedWeeks(3)),
            ("3 weeks", Age::CompletedWeeks(3)),
            ("3 Wochen", Age::CompletedWeeks(3)),
            ("3週", Age::CompletedWeeks(3)),
            ("3주", Age::CompletedWeeks(3)),
            ("0 w", Age::CompletedWeeks(0)),
        ] {
            for field in [Field::AgeDays, Field::AgeMonths] {
                for settled in [ASSUMED, CHOSEN] {
                    let form = form(field, text, settled);
                    assert_eq!(read(&form.entry).infant.age, Some(age), "{field:?} {text}");
                    assert!(form.questions.is_empty(), "{text}");
                }
            }
        }
        for text in [
            "0.25 y",
            "1 Jahr",
            "4 m 10 d",
            "4 weeks ago",
            "3.5 w",
            "m",
            "1,234",
            "4월",
        ] {
            let reading = read(&form(Field::AgeDays, text, ASSUMED).entry);
            assert_eq!(reading.infant.age, None, "{text}");
            assert!(
                reading.issues.iter().any(|issue| issue.kind == IssueKind::NotANumber),
                "{text}"
            );
        }
        for (text, number) in [("4 m", Some("4")), ("10 d", Some("10")), ("3 w", None), ("4", None)] {
            assert_eq!(without_unit(Field::AgeDays, text).as_deref(), number, "{text}");
        }
    }

    #[test]
    fn white_cells_above_3_000_are_held_until_a_reading_is_chosen() {
        for (text, expected) in [("2999.9", 2999.9), ("3000", 3000.0), ("3 000", 3000.0)] {
            assert_eq!(infant(Field::Wbc, text, ASSUMED).wbc, Some(expected), "{text}");
        }
        for (text, per_ul, as_typed) in [
            ("3000.1", 3.0001, Some(3000.1)),
            ("3001", 3.001, Some(3001.0)),
            ("33900", 33.9, Some(33900.0)),
            ("33,900", 33.9, Some(33900.0)),
            ("33 900 ×10⁹/L", 33.9, Some(33900.0)),
            ("100000", 100.0, Some(100_000.0)),
            ("100001", 100.001, None),
            ("250,000", 250.0, None),
        ] {
            let mut values = Vec::new();
            let held = form(Field::Wbc, text, CHOSEN);
            assert_eq!(read(&held.entry), Reading::default(), "{text}");
            for choice in &held.questions[0].choices {
                let (mut entry, mut settled) = (Entry::from_pairs([(Field::Wbc, text)]), CHOSEN);
                choice.settle(&mut entry, &mut settled);
                let form = Form::of(&entry, settled);
                assert!(form.questions.is_empty(), "{text}");
                values.push(read(&form.entry).infant.wbc);
                settled.edited(Field::Wbc);
                let asks_again = choice.field == Field::Wbc;
                assert_eq!(Form::of(&entry, settled).questions.is_empty(), !asks_again, "{text}");
            }
            assert_eq!(values[0], Some(per_ul), "{text}");
            assert_eq!(values.get(1).copied().flatten(), as_typed, "{text}");
        }
        assert!(form(Field::WbcPerUl, "33900", ASSUMED).questions.is_empty());
    }

    #[test]
    fn a_comma_or_point_before_three_digits_is_asked_where_it_makes_a_difference() {
        use Field::{Day8Blasts, Wbc, WbcPerUl};
        for (field, text, readings) in [
            (Wbc, "1,234", vec![(Wbc, "1.234"), (Wbc, "1234")]),
            (Wbc, "3,000", vec![(Wbc, "3.000"), (Wbc, "3000")]),
            (Wbc, "3,001", vec![(WbcPerUl, "3001"), (Wbc, "3001")]),
            (WbcPerUl, "1.234", vec![(WbcPerUl, "1234"), (WbcPerUl, "1.234")]),
            (Wbc, "250.000 /µL", vec![(WbcPerUl, "250000"), (WbcPerUl, "250.000")]),
            (Day8Blasts, "1.000", vec![(Day8Blasts, "1000"), (Day8Blasts, "1.000")]),
        ] {
            let held = form(field, text, ASSUMED);
            assert_eq!(choices(&held), readings, "{text}");
            assert_eq!(read(&held.entry), Reading::default(), "{text}");
        }
    }

    #[test]
    fn numbers_and_units_as_people_write_them() {
        for (text, wbc) in [
            ("33.9", 33.9),
            ("33,9", 33.9),
            ("1.234", 1.234),
            ("0,123", 0.123),
            ("1234,567", 1234.567),
            ("1,234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("1 234,5", 1234.5),
            ("33,900 /µL", 33.9),
            ("250,000/µL", 250.0),
            ("250 000 /µL", 250.0),
            ("250\u{202f}000 /µL", 250.0),
            ("250\u{a0}000/ul", 250.0),
            ("250\u{2009}000/μL", 250.0),
            ("250’000 /µL", 250.0),
            ("250000/µl", 250.0),
            ("250000 /mm³", 250.0),
            ("250000 cells/µL", 250.0),
            ("250,000 per µL", 250.0),
            ("1,234,567 /µL", 1234.567),
            ("２５００００／μＬ", 250.0),
            ("250 G/l", 250.0),
            ("250 Gpt/L", 250.0),
            ("250 /nL", 250.0),
            ("33.9 x10^9/L", 33.9),
            ("33.9 × 10⁹/L", 33.9),
            ("33.9*10^9/l", 33.9),
            ("33.9 x10e9/L", 33.9),
            ("33.9 ×10³/µL", 33.9),
            ("33.9 K/uL", 33.9),
            ("33.9 Tsd./µl", 33.9),
            ("3.39万/μL", 33.9),
            ("339×10²/μL", 33.9),
            ("2.5×10¹¹/L", 250.0),
        ] {
            for field in [Field::Wbc, Field::WbcPerUl] {
                if field == Field::WbcPerUl && without_unit(field, text).is_none() {
                    continue;
                }
                assert_eq!(infant(field, text, ASSUMED).wbc, Some(wbc), "{field:?} {text}");
            }
        }
        for text in [
            "many",
            "25 00",
            "1.2.3",
            "1,2,3",
            "1'2",
            "33.9 mg/L",
            "33.9 10^9/L",
            "10⁹/L",
            "1,234 ×10²/µL",
        ] {
            let reading = read(&form(Field::Wbc, text, ASSUMED).entry);
            assert_eq!(reading.infant.wbc, None, "{text}");
            assert_eq!(reading.issues.len(), 1, "{text}");
        }
        assert_eq!(infant(Field::Day8Blasts, "1,000", ASSUMED).day8_blasts, Some(1000.0));
        assert_eq!(infant(Field::CsfWbc, "４,９", ASSUMED).csf_wbc, Some(4.9));
        assert_eq!(infant(Field::MrdEoi, "0,01 %", ASSUMED).mrd[0], Some(1e-4));
        assert_eq!(infant(Field::MrdEoi, "1e-4", ASSUMED).mrd[0], Some(1e-4));
    }

    #[test]
    fn a_text_does_not_replace_the_value_in_another_unit() {
        let both = Entry::from_pairs([(Field::Wbc, "250 /µL"), (Field::WbcPerUl, "250000")]);
        let reading = read(&Form::of(&both, ASSUMED).entry);
        assert!(!reading.is_sound());
        let both = Entry::from_pairs([(Field::Wbc, "33900"), (Field::WbcPerUl, "33900")]);
        assert_eq!(read(&Form::of(&both, ASSUMED).entry).infant.wbc, None);
    }

    /// Texts close to those that people type.
    fn texts() -> impl Strategy<Value = String> {
        prop_oneof![
            "\\PC{0,12}",
            "[-+]?[0-9]{0,7}([., '\u{202f}][0-9]{1,4}){0,3}(e-?[0-9])? ?(/µL|K/uL|G/l|×10⁹/L|x10\\^[0-9]/L|m|d|w|か月|y)?",
        ]
    }

    #[test]
    fn a_reading_that_was_pressed_is_not_asked_again() {
        for (field, text) in [
            (Field::WbcPerUl, "1.000"),
            (Field::WbcPerUl, "1.234"),
            (Field::WbcPerUl, "10.500"),
            (Field::Day8Blasts, "1.000"),
            (Field::CsfWbc, "2.125"),
            (Field::Wbc, "1,234"),
            (Field::Wbc, "33900"),
        ] {
            let entry = Entry::from_pairs([(field, text)]);
            let form = Form::of(&entry, ASSUMED);
            assert_eq!(form.questions.len(), 1, "{field:?} {text}");
            for choice in &form.questions[0].choices {
                let (mut entry, mut settled) = (entry.clone(), ASSUMED);
                choice.settle(&mut entry, &mut settled);
                assert_eq!(Form::of(&entry, settled).questions, [], "{field:?} {text} {choice:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_panics_and_ambiguous_text_stays_unknown(age in texts(), wbc in texts(), other in texts()) {
            let mut entry = Entry::default();
            for &field in Field::ALL {
                entry.set(field, &other);
            }
            let _ = read(&Form::of(&entry, ASSUMED).entry);
            for (age_field, wbc_field) in [(Field::AgeDays, Field::Wbc), (Field::AgeMonths, Field::WbcPerUl)] {
                let entry = Entry::from_pairs([(age_field, age.as_str()), (wbc_field, wbc.as_str())]);
                let form = Form::of(&entry, ASSUMED);
                let infant = read(&form.entry).infant;
                for question in &form.questions {
                    let is_known = if question.field == age_field { infant.age.is_some() } else { infant.wbc.is_some() };
                    prop_assert!(!is_known, "{:?}", question);
                    for choice in &question.choices {
                        let (mut entry, mut settled) = (entry.clone(), ASSUMED);
                        choice.settle(&mut entry, &mut settled);
                        let settled = Form::of(&entry, settled);
                        prop_assert!(settled.questions.iter().all(|left| left.field != choice.field), "{:?}", settled);
                    }
                }
            }
        }

        #[test]
        fn what_the_dictionary_accepts_means_the_same_or_is_held(text in texts()) {
            for &field in Field::ALL {
                let entry = Entry::from_pairs([(field, text.as_str())]);
                let strict = read(&entry);
                let form = Form::of(&entry, ASSUMED);
                if strict.is_sound() && form.questions.is_empty() {
                    prop_assert_eq!(read(&form.entry).infant, strict.infant, "{:?} {:?}", field, text);
                }
            }
        }
    }
}
