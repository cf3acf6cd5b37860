//! Formats of dates in files: the order of day, month and year.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::course::TimeUnit;
use super::word_lists::month_names;
use crate::decimal;
use crate::infant::Date;

/// The order of day, month and year.
///
/// Every written format also reads dates that have only one order: a year of four digits in front, the name of a month,
/// and numbers with dots between them, which are written day first wherever dots are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum DateForm {
    /// `2024-03-15`, `2024/3/15`, `2024.03.15`, `20240315`, `2024年3月15日`.
    #[default]
    YearMonthDay,
    /// `15.03.2024`, `15/3/2024`, `15-03-24`, `15032024`.
    DayMonthYear,
    /// `3/15/2024`, `03-15-24`, `03152024`.
    MonthDayYear,
    /// `15-Mar-2024`, `15 March 2024`, `15MAR2024`, `Mar 15, 2024`, `2024-Mar-15`.
    DayMonthName,
    /// Years of the Republic of China, which begin 1911 years later: `107/01/05`, `民國107年1月5日`.
    MinguoYear,
    /// Years of the Buddhist era, which began 543 years earlier: `5/1/2561`, `2561-01-05`.
    BuddhistYear,
    /// Day first in some cells and month first in others: a cell that can be read both ways is not read.
    EitherOrder,
    /// Days since 1899-12-30, as spreadsheets store dates: `45366`.
    SpreadsheetDay,
    /// Seconds since 1970-01-01 (UTC), as databases store times: `1710460800`.
    UnixSeconds,
    /// Days since diagnosis: `365`.
    DaysSinceDiagnosis,
    /// Months of 30.4375 days since diagnosis: `12`.
    MonthsSinceDiagnosis,
}

/// First and last year of a date that is written with two digits: 70–99 are of the twentieth century (POSIX).
const FIRST_TWO_DIGIT_YEAR: i32 = 70;

/// Spreadsheet day numbers that are read as dates: 1927-05-18 to 2119-03-27.
const SPREADSHEET_DAYS: std::ops::RangeInclusive<f64> = 10_000.0..=80_075.0;

/// Seconds since 1970 that are read as dates: 1980-01-01 to 2059-12-31.
const UNIX_SECONDS: std::ops::RangeInclusive<f64> = 315_532_800.0..=2_840_140_799.0;

/// Years of a date in eight digits.
const COMPACT_YEARS: std::ops::RangeInclusive<i32> = 1_900..=9_999;

/// Years in which patients of a study are born, treated and seen; a date outside is a code.
const YEARS_OF_PATIENTS: std::ops::RangeInclusive<i32> = 1_940..=2_045;

impl DateForm {
    /// Every form, the likeliest first.
    pub const ALL: &'static [Self] = &[
        Self::YearMonthDay,
        Self::DayMonthYear,
        Self::MonthDayYear,
        Self::DayMonthName,
        Self::MinguoYear,
        Self::BuddhistYear,
        Self::EitherOrder,
        Self::SpreadsheetDay,
        Self::UnixSeconds,
        Self::DaysSinceDiagnosis,
        Self::MonthsSinceDiagnosis,
    ];

    /// Returns the date; `None` if there is none in this format. A time of day after it is ignored. A format that
    /// counts from diagnosis has no calendar date ([`since_diagnosis`](Self::since_diagnosis)).
    #[must_use]
    pub fn read(self, text: &str) -> Option<Date> {
        let text = &*plain_marks(without_time(text.trim()));
        match self {
            Self::SpreadsheetDay => {
                let days = decimal::parse(text).filter(|days| SPREADSHEET_DAYS.contains(days))?;
                Date::from_day_number(days as i64 + SPREADSHEET_EPOCH)
            }
            Self::UnixSeconds => {
                let seconds = decimal::parse(text).filter(|seconds| UNIX_SECONDS.contains(seconds))?;
                Date::from_day_number((seconds / 86_400.0).floor() as i64)
            }
            Self::DaysSinceDiagnosis | Self::MonthsSinceDiagnosis => None,
            Self::MinguoYear => minguo(text).or_else(|| self.in_order(text)),
            Self::BuddhistYear => match buddhist(text) {
                Some(text) => Self::DayMonthYear.in_order(&text),
                None => Self::DayMonthYear.in_order(text),
            },
            written => written.in_order(text),
        }
    }

    /// Whole days since diagnosis, where the form counts from it; negative before it.
    #[must_use]
    pub fn since_diagnosis(self, text: &str) -> Option<i64> {
        let days = match self {
            Self::DaysSinceDiagnosis => decimal::parse(text.trim())?,
            Self::MonthsSinceDiagnosis => decimal::parse(text.trim())? * TimeUnit::Months.days(),
            _ => return None,
        };
        (days.abs() <= LONGEST_DAYS).then(|| days.round() as i64)
    }

    /// True if years are counted from another day than that of the common era.
    #[must_use]
    pub const fn has_other_years(self) -> bool {
        matches!(self, Self::MinguoYear | Self::BuddhistYear)
    }

    /// True if the form counts from diagnosis.
    #[must_use]
    pub const fn counts_from_diagnosis(self) -> bool {
        matches!(self, Self::DaysSinceDiagnosis | Self::MonthsSinceDiagnosis)
    }

    fn in_order(self, text: &str) -> Option<Date> {
        if let Some(date) = year_first(text).or_else(|| named_month(text)) {
            return Some(date);
        }
        let (day_first, month_first) = (day_first(text), month_first(text));
        match self {
            Self::DayMonthYear => day_first,
            Self::MonthDayYear if has_dots(text) => day_first,
            Self::MonthDayYear => month_first,
            _ if has_dots(text) => day_first,
            _ => match (day_first, month_first) {
                (Some(one), Some(other)) if one != other => None,
                (one, other) => one.or(other),
            },
        }
    }
}

/// Year and month of a date without its day: `2015-03`, `03/2015`, `Mar 2015`, and days that are written as unknown
/// (`2015-03-00`, `UN-MAR-2015`).
#[must_use]
pub fn month_only(text: &str) -> Option<(i32, u8)> {
    let text = plain_marks(text.trim());
    let era = without_era(&text).map(|(text, _)| text);
    let mut parts: Vec<&str> = tokens(era.as_deref().unwrap_or(&text)).collect();
    if parts.len() == 3 {
        let unknown = |part: &&str| {
            let part = part.to_lowercase();
            matches!(
                part.as_str(),
                "00" | "0" | "xx" | "x" | "un" | "unk" | "nk" | "dd" | "??" | "tt"
            )
        };
        let at = parts.iter().position(unknown).filter(|&at| at != 1)?;
        parts.remove(at);
    }
    let [one, other] = parts[..] else {
        return None;
    };
    let (year, month) = if one.len() == 4 && is_digits(one) {
        (one, other)
    } else if other.len() == 4 && is_digits(other) {
        (other, one)
    } else {
        return None;
    };
    let month = match is_digits(month) {
        true => two_digits(month)?,
        false => month_named(month)?,
    };
    let year: i32 = year.parse().ok()?;
    ((1..=12).contains(&month) && YEARS_OF_PATIENTS.contains(&year)).then_some((year, month))
}

/// True if a text is a date that cannot be of a patient, as those that databases write for "none" or "unknown":
/// 1900-01-01, 9999-12-31, 8888-08-08.
#[must_use]
pub(super) fn is_out_of_range(text: &str) -> bool {
    let text = plain_marks(without_time(text.trim()));
    let year = |text: &str| text.parse::<i32>().ok().filter(|_| text.len() == 4);
    let fits = |text: &str, most: u8| text.parse::<u8>().is_ok_and(|number| number <= most);
    let compact = compact(&text, true).filter(|[first, month, day]| {
        year(first).is_some_and(|year| COMPACT_YEARS.contains(&year)) && fits(month, 12) && fits(day, 31)
    });
    let parts = compact.or_else(|| parts(&text));
    parts.is_some_and(|[first, middle, last]| {
        let year = year(first).or_else(|| year(last));
        let is_small = |part: &str| part.parse::<u8>().is_ok_and(|part| part <= 31);
        year.is_some_and(|year| !YEARS_OF_PATIENTS.contains(&year))
            && is_small(middle)
            && (is_small(first) || is_small(last))
    })
}

/// 1899-12-30 as days since 1970-01-01.
const SPREADSHEET_EPOCH: i64 = -25_569;

/// The longest follow-up that is read from a count of days: a hundred years.
const LONGEST_DAYS: f64 = 36_525.0;

/// True if the year of this date, in whatever order, is written with two digits.
pub(super) fn has_short_year(text: &str) -> bool {
    let text = without_time(text.trim());
    parts(text).is_some_and(|[first, _, last]| first.len() < 3 && last.len() == 2)
}

/// The date before `2024-03-15T10:30` or `15.03.2024 10:30`.
fn without_time(text: &str) -> &str {
    let at = text.find(['T', ' ']).filter(|&at| {
        let (date, time) = text.split_at(at);
        time.contains(':') && date.bytes().any(|byte| byte.is_ascii_digit())
    });
    at.map_or(text, |at| text[..at].trim_end())
}

/// The signs for year, month and day of Chinese, Japanese and Korean dates as marks.
fn plain_marks(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mark = |c: char| {
        if matches!(c, '年' | '月' | '년' | '월' | '．' | '／' | '－' | '‐' | '–') {
            '-'
        } else {
            c
        }
    };
    let plain: String = text.chars().filter(|c| !matches!(c, '日' | '일')).map(mark).collect();
    let spaced: Vec<&str> = plain.split('-').map(str::trim).collect();
    Cow::Owned(spaced.join("-"))
}

/// Three numbers with the same mark between them.
fn parts(text: &str) -> Option<[&str; 3]> {
    let mark = text.chars().find(|c| !c.is_ascii_digit() && *c != ' ')?;
    if !matches!(mark, '.' | '/' | '-') {
        return None;
    }
    let mut parts = text.split(mark).map(str::trim);
    let three = [parts.next()?, parts.next()?, parts.next()?];
    let digits = |part: &str| (1..=4).contains(&part.len()) && is_digits(part);
    (parts.next().is_none_or(str::is_empty) && three.into_iter().all(digits)).then_some(three)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn has_dots(text: &str) -> bool {
    text.contains('.')
}

fn two_digits(text: &str) -> Option<u8> {
    (text.len() <= 2).then(|| text.parse().ok()).flatten()
}

fn year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 if year >= FIRST_TWO_DIGIT_YEAR => Some(1900 + year),
        2 => Some(2000 + year),
        _ => None,
    }
}

/// Eight digits as parts of four, two and two, or of two, two and four.
fn compact(text: &str, year_first: bool) -> Option<[&str; 3]> {
    if text.len() != 8 || !is_digits(text) {
        return None;
    }
    let at = if year_first { [4, 6] } else { [2, 4] };
    Some([&text[..at[0]], &text[at[0]..at[1]], &text[at[1]..]])
}

/// Year, month and day.
type Day = [i32; 3];

/// The names of an era, the year before its first, and its first and last day.
type Era = (&'static [&'static str], i32, [Day; 2]);

/// Eras of dates that begin with the name of one.
const ERAS: [Era; 4] = [
    (&["R", "r", "令和", "㋿"], 2018, [[2019, 5, 1], [2118, 12, 31]]),
    (&["H", "h", "平成", "㍻"], 1988, [[1989, 1, 8], [2019, 4, 30]]),
    (&["S", "s", "昭和", "㍼"], 1925, [[1926, 12, 25], [1989, 1, 7]]),
    (&["民國", "民国"], 1911, [[1912, 1, 1], [2061, 12, 31]]),
];

/// A date that begins with an era (`H30.1.5`, `令和元-5-1`), with the year of the common era, and the first and last day
/// of the era.
fn without_era(text: &str) -> Option<(String, [Day; 2])> {
    let (mark, (_, before, days)) = ERAS
        .iter()
        .find_map(|era| Some((era.0.iter().find(|mark| text.starts_with(**mark))?, era)))?;
    let rest = text[mark.len()..].trim_start_matches(['.', ' ']).replacen('元', "1", 1);
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    let year: i32 = rest[..end].parse().ok().filter(|year| (1..=150).contains(year))?;
    Some((format!("{}{}", before + year, &rest[end..]), *days))
}

fn year_first(text: &str) -> Option<Date> {
    let era = without_era(text);
    let text = era.as_ref().map_or(text, |(text, _)| text);
    let [year, month, day] = match compact(text, true) {
        Some(parts) => Some(parts).filter(|[year, ..]| year.parse().is_ok_and(|year| COMPACT_YEARS.contains(&year)))?,
        None => parts(text).filter(|[year, ..]| year.len() == 4)?,
    };
    let (year, month, day) = (year.parse().ok()?, two_digits(month)?, two_digits(day)?);
    // No day is in an era that had not begun.
    let has_begun = era.is_none_or(|(_, [first, _])| first <= [year, i32::from(month), i32::from(day)]);
    Date::new(year, month, day).filter(|_| has_begun)
}

/// True if a text is a date in a year of an era that had ended by then; it is read as if the era had gone on.
#[must_use]
pub(super) fn is_past_its_era(text: &str) -> bool {
    let text = plain_marks(without_time(text.trim()));
    let era = without_era(&text).zip(year_first(&text));
    era.is_some_and(|((_, [_, last]), date)| {
        let (year, month, day) = date.parts();
        last < [year, i32::from(month), i32::from(day)]
    })
}

/// A date with a year of the Republic of China in front.
fn minguo(text: &str) -> Option<Date> {
    let [year, month, day] = match text.len() {
        6 | 7 if is_digits(text) => {
            let (rest, day) = text.split_at(text.len() - 2);
            let (year, month) = rest.split_at(rest.len() - 2);
            [year, month, day]
        }
        _ => parts(text).filter(|[year, ..]| matches!(year.len(), 2 | 3))?,
    };
    let year: i32 = year.parse().ok().filter(|year| MINGUO_YEARS.contains(year))?;
    Date::new(year + 1911, two_digits(month)?, two_digits(day)?)
}

/// True if a text is a date with a year of the Republic of China.
pub(super) fn minguo_year(text: &str) -> bool {
    minguo(&plain_marks(without_time(text.trim()))).is_some()
}

/// Years of the Republic of China, and of the Buddhist era, in which patients of a study are born, treated and seen.
const MINGUO_YEARS: std::ops::RangeInclusive<i32> = 29..=134;
const BUDDHIST_YEARS: std::ops::RangeInclusive<i32> = 2_483..=2_588;

/// A date with the year of the common era for one of the Buddhist era.
fn buddhist(text: &str) -> Option<String> {
    let year = tokens(text).find(|token| token.len() == 4 && is_digits(token))?;
    let number: i32 = year.parse().ok().filter(|year| BUDDHIST_YEARS.contains(year))?;
    Some(text.replacen(year, &(number - 543).to_string(), 1))
}

fn day_first(text: &str) -> Option<Date> {
    let [day, month, written_year] = compact(text, false).or_else(|| parts(text))?;
    Date::new(year(written_year)?, two_digits(month)?, two_digits(day)?)
}

fn month_first(text: &str) -> Option<Date> {
    let [month, day, written_year] = compact(text, false).or_else(|| parts(text))?;
    Date::new(year(written_year)?, two_digits(month)?, two_digits(day)?)
}

/// The runs of digits and of letters.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let class = |c: char| {
        if c.is_numeric() {
            1
        } else {
            2 * u8::from(c.is_alphabetic() || c == '?')
        }
    };
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c| class(c) == 0);
        let kind = class(rest.chars().next()?);
        let end = rest.find(|c| class(c) != kind).unwrap_or(rest.len());
        let (token, behind) = rest.split_at(end);
        rest = behind;
        Some(token)
    })
}

fn month_named(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let known = |names: &Vec<&str>| names.iter().any(|short| name.starts_with(short));
    let month = month_names().iter().position(known)?;
    u8::try_from(month + 1).ok()
}

/// Reads a date with the name of its month: a year of four digits may be anywhere, one of two digits last.
fn named_month(text: &str) -> Option<Date> {
    // "5 de enero de 2018".
    let mut found = tokens(text).filter(|token| !token.eq_ignore_ascii_case("de"));
    let three = [found.next()?, found.next()?, found.next()?];
    if found.next().is_some() {
        return None;
    }
    let name = three.iter().position(|token| !is_digits(token))?;
    let month = month_named(three[name])?;
    let numbers: Vec<&str> = three.iter().copied().filter(|token| is_digits(token)).collect();
    let [first, last] = numbers[..] else {
        return None;
    };
    let (day, written_year) = if first.len() == 4 { (last, first) } else { (first, last) };
    Date::new(year(written_year)?, month, two_digits(day)?)
}

/// Readings of many cells at once.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct DateCount {
    /// Cells that are dates in some form.
    dates: usize,
    /// Those with the year in front, and with the name of a month.
    year_first: usize,
    named: usize,
    /// Those that can only be read day first, only month first, and both ways as different dates.
    pub(super) day_first: usize,
    pub(super) month_first: usize,
    pub(super) either: usize,
    /// Those that read the same both ways.
    same: usize,
    /// Cells whose year has two digits.
    pub(super) short_years: usize,
    /// Cells with year and month alone.
    pub(super) months: usize,
    /// Cells with a year of three digits in front, and all that can be read with a year of the Republic of China.
    three_digits: usize,
    minguo: usize,
    /// Cells with a year of the Buddhist era.
    buddhist: usize,
}

/// Finds the format of the dates of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BestForm {
    pub(super) form: DateForm,
    /// Cells that are dates, with or without a day.
    pub(super) fits: usize,
    /// The other order, where it reads every cell as well, but some as other dates.
    pub(super) or: Option<DateForm>,
}

impl DateCount {
    /// Counts a text that occurs in `times` cells.
    pub(super) fn add(&mut self, text: &str, times: usize) {
        if !text.chars().any(char::is_numeric) || text.len() < 6 || text.len() > 40 {
            return;
        }
        let text = &*plain_marks(without_time(text));
        if minguo(text).is_some() {
            self.minguo += times;
            let has_three = parts(text).map_or(text.len() == 7, |[year, ..]| year.len() == 3);
            self.three_digits += if has_three { times } else { 0 };
        }
        let is_buddhist = buddhist(text).is_some_and(|text| DateForm::DayMonthYear.in_order(&text).is_some());
        self.buddhist += if is_buddhist { times } else { 0 };
        if year_first(text).is_some() {
            self.year_first += times;
        } else if named_month(text).is_some() {
            self.named += times;
        } else {
            let (day, month) = (day_first(text), month_first(text).filter(|_| !has_dots(text)));
            match (day, month) {
                (None, None) => {
                    self.months += if month_only(text).is_some() { times } else { 0 };
                    return;
                }
                (Some(one), Some(other)) if one != other => self.either += times,
                (Some(_), Some(_)) => self.same += times,
                (Some(_), None) => self.day_first += times,
                (None, Some(_)) => self.month_first += times,
            }
            if has_short_year(text) {
                self.short_years += times;
            }
        }
        self.dates += times;
    }

    /// The form that reads most cells.
    pub(super) fn best(&self) -> BestForm {
        let calendars = [
            (DateForm::MinguoYear, self.minguo, self.three_digits > 0),
            (DateForm::BuddhistYear, self.buddhist, true),
        ];
        for (form, fits, is_certain) in calendars {
            if is_certain && fits > 0 && fits * 2 > self.dates + self.months {
                return BestForm { form, fits, or: None };
            }
        }
        let numbers = self.day_first + self.month_first + self.either + self.same;
        let form = if self.day_first > 0 && self.month_first > 0 {
            DateForm::EitherOrder
        } else if self.month_first > 0 {
            DateForm::MonthDayYear
        } else if numbers > 0 {
            DateForm::DayMonthYear
        } else if self.named > self.year_first {
            DateForm::DayMonthName
        } else {
            DateForm::YearMonthDay
        };
        let open = self.either > 0 && self.day_first == 0 && self.month_first == 0;
        BestForm {
            form,
            fits: self.dates + self.months,
            or: open.then_some(DateForm::MonthDayYear),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_day_in_every_form() {
        use DateForm as F;
        for (text, form) in [
            ("2024-03-15", F::YearMonthDay),
            ("2024/3/15", F::YearMonthDay),
            ("2024.03.15.", F::YearMonthDay),
            ("20240315", F::YearMonthDay),
            ("2024-03-15T10:30:00Z", F::YearMonthDay),
            ("2024-03-15 00:00:00", F::YearMonthDay),
            ("15.03.2024", F::DayMonthYear),
            ("15/3/24", F::DayMonthYear),
            ("15-03-2024 08:00", F::DayMonthYear),
            ("3/15/2024", F::MonthDayYear),
            ("03-15-24", F::MonthDayYear),
            ("15-Mar-2024", F::DayMonthName),
            ("15MAR2024", F::DayMonthName),
            ("15. März 2024", F::DayMonthName),
            ("15 March 24", F::DayMonthName),
            ("45366", F::SpreadsheetDay),
            ("45366.75", F::SpreadsheetDay),
            ("1710460800", F::UnixSeconds),
            ("2024-03-15", F::MonthDayYear),
            ("15-Mar-2024", F::YearMonthDay),
            ("15.03.2024", F::YearMonthDay),
            ("15.03.2024", F::MonthDayYear),
            ("15/03/2024", F::EitherOrder),
            ("03/15/2024", F::EitherOrder),
            ("15032024", F::DayMonthYear),
            ("03152024", F::MonthDayYear),
            (" 15 / 03 / 2024 ", F::DayMonthYear),
            ("Mar 15, 2024", F::DayMonthName),
            ("2024-Mar-15", F::DayMonthName),
            ("15 mars 2024", F::DayMonthName),
            ("15 марта 2024", F::DayMonthName),
            ("15 de marzo de 2024", F::DayMonthName),
            ("15 marca 2024", F::DayMonthName),
            ("15 mrt 2024", F::DayMonthName),
            ("2024年3月15日", F::YearMonthDay),
            ("2024년 3월 15일", F::YearMonthDay),
            ("R6.3.15", F::YearMonthDay),
            ("令和6年3月15日", F::YearMonthDay),
        ] {
            let date = form.read(text).map(|date| date.to_string());
            assert_eq!(date.as_deref(), Some("2024-03-15"), "{text} {form:?}");
        }
        for (text, form) in [
            ("113/03/15", F::MinguoYear),
            ("113.3.15", F::MinguoYear),
            ("1130315", F::MinguoYear),
            ("民國113年3月15日", F::MinguoYear),
            ("民國113年3月15日", F::YearMonthDay),
            ("2024-03-15", F::MinguoYear),
            ("15/3/2567", F::BuddhistYear),
            ("2567-03-15", F::BuddhistYear),
            ("15 Mar 2567", F::BuddhistYear),
            ("15/3/2024", F::BuddhistYear),
            ("R.6.3.15", F::YearMonthDay),
            ("㋿6年3月15日", F::YearMonthDay),
        ] {
            let date = form.read(text).map(|date| date.to_string());
            assert_eq!(date.as_deref(), Some("2024-03-15"), "{text} {form:?}");
        }
        // The last day of an era, the first of the next, and days that are in neither.
        for (text, date) in [
            ("H31.4.30", Date::new(2019, 4, 30)),
            ("R1.5.1", Date::new(2019, 5, 1)),
            ("平成元年1月8日", Date::new(1989, 1, 8)),
            ("S64.1.7", Date::new(1989, 1, 7)),
            ("H31.5.1", Date::new(2019, 5, 1)),
            ("H35/4/1", Date::new(2023, 4, 1)),
            ("令和元年4月30日", None),
            ("平成元年1月7日", None),
            ("H0.4.1", None),
        ] {
            assert_eq!(F::YearMonthDay.read(text), date, "{text}");
        }
        let past: Vec<&str> = [
            "H31.4.30",
            "H31.5.1",
            "H35/4/1",
            "S64.1.8",
            "S64.1.7",
            "R5.4.1",
            "2023-04-01",
        ]
        .into_iter()
        .filter(|text| is_past_its_era(text))
        .collect();
        assert_eq!(past, ["H31.5.1", "H35/4/1", "S64.1.8"]);
        assert_eq!(
            (month_only("H24.3"), month_only("令和5年4月")),
            (Some((2012, 3)), Some((2023, 4)))
        );
        assert_eq!(F::YearMonthDay.read("H31.1.5"), Date::new(2019, 1, 5));
        assert_eq!(F::YearMonthDay.read("令和元年5月1日"), Date::new(2019, 5, 1));
        for text in [
            "9999-12-31",
            "31.12.9999",
            "1900-01-01",
            "08-08-8888",
            "99991231",
            "2099-12-31 00:00:00",
        ] {
            assert!(is_out_of_range(text), "{text}");
        }
        for text in ["2019-01-05", "31.12.1999", "24122017", "9999", "1.2.3", "x"] {
            assert!(!is_out_of_range(text), "{text}");
        }
        assert_eq!(F::EitherOrder.read("01/02/2024"), None, "it can be read both ways");
        assert_eq!(F::EitherOrder.read("02/02/2024"), Date::new(2024, 2, 2));
        assert_eq!(F::DaysSinceDiagnosis.since_diagnosis("100.4"), Some(100));
        assert_eq!(F::MonthsSinceDiagnosis.since_diagnosis("12"), Some(365));
        assert_eq!(F::YearMonthDay.since_diagnosis("12"), None);
        assert_eq!(F::DayMonthYear.read("1.2.69"), Date::new(2069, 2, 1));
        assert_eq!(F::DayMonthYear.read("1.2.70"), Date::new(1970, 2, 1));
        for text in [
            "31.02.2024",
            "1.2",
            "1.2.3.4",
            "1.2/2024",
            "a.b.c",
            "",
            "00.01.2024",
            "12",
        ] {
            assert!(F::ALL.iter().all(|form| form.read(text).is_none()), "{text}");
        }
    }

    #[test]
    fn ambiguous_only_where_every_cell_reads_both_ways() {
        use DateForm as F;
        let best = |cells: &[&str]| {
            let mut count = DateCount::default();
            cells.iter().for_each(|cell| count.add(cell, 1));
            count.best()
        };
        for (cells, form, fits, or) in [
            (
                &["01/02/2020", "03/04/2021"][..],
                F::DayMonthYear,
                2,
                Some(F::MonthDayYear),
            ),
            (&["01/02/2020", "13/04/2021"], F::DayMonthYear, 2, None),
            (&["01/02/2020", "03/14/2021"], F::MonthDayYear, 2, None),
            (&["13/02/2020", "03/14/2021", "01/02/2020"], F::EitherOrder, 3, None),
            (&["01.02.2020", "03.04.2021"], F::DayMonthYear, 2, None),
            (&["01/01/2020", "02/02/2021"], F::DayMonthYear, 2, None),
            (&["2020-01-02", "x"], F::YearMonthDay, 1, None),
            (&["2020-01-02", "15.03.2021"], F::DayMonthYear, 2, None),
            (&["2020-01-02", "2020-03"], F::YearMonthDay, 2, None),
            (&["107/01/05", "99/12/30"], F::MinguoYear, 2, None),
            (&["99/12/30", "12/01/30"], F::DayMonthYear, 1, Some(F::MonthDayYear)),
            (&["5/1/2561", "30/12/2562"], F::BuddhistYear, 2, None),
            (&["2561-01-05", "2018-01-05", "2018-02-05"], F::YearMonthDay, 2, None),
            (&["5 janv. 2018", "1 août 2019"], F::DayMonthName, 2, None),
        ] {
            assert_eq!(best(cells), BestForm { form, fits, or }, "{cells:?}");
        }
    }

    #[test]
    fn months_without_a_day() {
        for text in [
            "2015-03",
            "2015/3",
            "03/2015",
            "3.2015",
            "Mar 2015",
            "März 2015",
            "2015-03-00",
            "00.03.2015",
            "UN-MAR-2015",
            "2015年3月",
        ] {
            assert_eq!(month_only(text), Some((2015, 3)), "{text}");
        }
        for text in [
            "2015",
            "2015-13",
            "2015-03-15",
            "15.03.2015",
            "0-0-2015",
            "9999-03",
            "mar",
            "",
            "3-15",
        ] {
            assert_eq!(month_only(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_fail(text in "\\PC{0,20}") {
            for form in DateForm::ALL {
                let _ = (form.read(&text), form.since_diagnosis(&text), month_only(&text));
            }
        }

        #[test]
        fn every_day_comes_back(number in -25_000_i64..80_000) {
            let date = Date::from_day_number(number).unwrap();
            prop_assert_eq!(date.day_number(), number);
            prop_assert_eq!(DateForm::YearMonthDay.read(&date.to_string()), Some(date));
        }
    }
}
