//! Dates as files write them: in which order day, month and year stand.

use crate::decimal;
use crate::infant::Date;

/// In which order day, month and year stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum DateForm {
    /// `2024-03-15`, `2024/3/15`, `2024.03.15`, `20240315`.
    #[default]
    YearMonthDay,
    /// `15.03.2024`, `15/3/2024`, `15-03-24`.
    DayMonthYear,
    /// `3/15/2024`, `03-15-24`.
    MonthDayYear,
    /// `15-Mar-2024`, `15 March 2024`, `15MAR2024`; months in English or German.
    DayMonthName,
    /// Days since 1899-12-30, as spreadsheets store dates: `45366`.
    SpreadsheetDay,
}

/// First and last year of a date that is written with two digits: 70–99 are of the twentieth century (POSIX).
const FIRST_TWO_DIGIT_YEAR: i32 = 70;

/// Spreadsheet days that are taken as dates: 1927-05-18 to 2119-03-27.
const SPREADSHEET_DAYS: std::ops::RangeInclusive<f64> = 10_000.0..=80_075.0;

const MONTHS: [&[&str]; 12] = [
    &["jan", "jän"],
    &["feb"],
    &["mar", "mär", "mrz"],
    &["apr"],
    &["may", "mai"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec", "dez"],
];

impl DateForm {
    /// Every form, the likeliest first.
    pub const ALL: &'static [Self] = &[
        Self::YearMonthDay,
        Self::DayMonthYear,
        Self::MonthDayYear,
        Self::DayMonthName,
        Self::SpreadsheetDay,
    ];

    /// The forms that text can have; numbers are taken as dates only where a person or the header says so.
    pub(super) const WRITTEN: &'static [Self] = &[
        Self::YearMonthDay,
        Self::DayMonthYear,
        Self::MonthDayYear,
        Self::DayMonthName,
    ];

    /// The date; `None` if there is none in this form. A time of day behind it is left out.
    #[must_use]
    pub fn read(self, text: &str) -> Option<Date> {
        let text = without_time(text.trim());
        match self {
            Self::SpreadsheetDay => {
                let days = decimal::parse(text).filter(|days| SPREADSHEET_DAYS.contains(days))?;
                Date::from_day_number(days as i64 + SPREADSHEET_EPOCH)
            }
            Self::DayMonthName => day_month_name(text),
            Self::YearMonthDay if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) => {
                let (year, rest) = text.split_at(4);
                let (month, day) = rest.split_at(2);
                Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
            }
            Self::YearMonthDay => {
                let [year, month, day] = parts(text)?;
                (year.len() == 4).then_some(())?;
                Date::new(year.parse().ok()?, two_digits(month)?, two_digits(day)?)
            }
            Self::DayMonthYear => {
                let [day, month, written_year] = parts(text)?;
                Date::new(year(written_year)?, two_digits(month)?, two_digits(day)?)
            }
            Self::MonthDayYear => {
                let [month, day, written_year] = parts(text)?;
                Date::new(year(written_year)?, two_digits(month)?, two_digits(day)?)
            }
        }
    }
}

/// 1899-12-30 as days since 1970-01-01.
const SPREADSHEET_EPOCH: i64 = -25_569;

/// Whether the year of this date, in whatever order, is written with two digits.
pub(super) fn has_short_year(text: &str) -> bool {
    let text = without_time(text.trim());
    parts(text).is_some_and(|[first, _, last]| first.len() < 3 && last.len() == 2)
}

/// The date before `2024-03-15T10:30` or `15.03.2024 10:30`.
fn without_time(text: &str) -> &str {
    match text.split_once(['T', ' ']) {
        Some((date, time)) if time.contains(':') && date.bytes().any(|byte| byte.is_ascii_digit()) => date.trim_end(),
        _ => text,
    }
}

/// Three numbers with the same mark between them.
fn parts(text: &str) -> Option<[&str; 3]> {
    let mark = text.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(mark, '.' | '/' | '-') {
        return None;
    }
    let mut parts = text.split(mark).map(str::trim);
    let three = [parts.next()?, parts.next()?, parts.next()?];
    let digits = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    (parts.next().is_none_or(str::is_empty) && three.into_iter().all(digits)).then_some(three)
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

fn day_month_name(text: &str) -> Option<Date> {
    let digits = |c: char| c.is_ascii_digit();
    let rest = text.trim_start_matches(digits);
    let day = text.get(..text.len() - rest.len())?;
    let rest = rest.trim_start_matches(['.', '-', ' ', '/']);
    let name_end = rest.find(|c: char| !c.is_alphabetic())?;
    let (name, rest) = rest.split_at(name_end);
    let name = name.to_lowercase();
    let month = MONTHS
        .iter()
        .position(|names| names.iter().any(|short| name.starts_with(short)))?;
    let written_year = rest.trim_start_matches(['.', '-', ' ', '/', ',']);
    Date::new(year(written_year)?, month as u8 + 1, two_digits(day)?)
}

/// Readings of many cells under every written form at once.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct DateCount {
    /// Cells that are dates under each form.
    fits: [usize; DateForm::WRITTEN.len()],
    /// Whether day.month and month.day read some cell as different dates.
    orders_differ: bool,
    /// Cells whose year has two digits.
    pub(super) short_years: usize,
}

impl DateCount {
    /// Counts a text that stands in so many cells.
    pub(super) fn add(&mut self, text: &str, times: usize) {
        if !text.as_bytes().first().is_some_and(u8::is_ascii_digit) || text.len() < 6 {
            return;
        }
        let readings: [Option<Date>; DateForm::WRITTEN.len()] =
            std::array::from_fn(|index| DateForm::WRITTEN[index].read(text));
        for (count, reading) in self.fits.iter_mut().zip(&readings) {
            if reading.is_some() {
                *count += times;
            }
        }
        let [_, day_first, month_first, _] = readings;
        self.orders_differ |= day_first.is_some() && month_first.is_some() && day_first != month_first;
        if day_first.or(month_first).is_some() && has_short_year(text) {
            self.short_years += times;
        }
    }

    /// The form that reads most cells, how many, and the other order where it reads as many, but as other dates.
    pub(super) fn best(&self) -> (DateForm, usize, Option<DateForm>) {
        let most = self.fits.iter().copied().max().unwrap_or(0);
        let first = self.fits.iter().position(|&count| count == most).unwrap_or(0);
        let form = DateForm::WRITTEN[first];
        let [_, _, month_first, _] = self.fits;
        let both = form == DateForm::DayMonthYear && month_first == most && self.orders_differ;
        (form, most, both.then_some(DateForm::MonthDayYear))
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
        ] {
            let date = form.read(text).map(|date| date.to_string());
            assert_eq!(date.as_deref(), Some("2024-03-15"), "{text} {form:?}");
        }
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
        assert_eq!(
            best(&["01/02/2020", "03/04/2021"]),
            (F::DayMonthYear, 2, Some(F::MonthDayYear))
        );
        assert_eq!(best(&["01/02/2020", "13/04/2021"]), (F::DayMonthYear, 2, None));
        assert_eq!(best(&["01/02/2020", "03/14/2021"]), (F::MonthDayYear, 2, None));
        assert_eq!(
            best(&["01/01/2020", "02/02/2021"]),
            (F::DayMonthYear, 2, None),
            "the same either way"
        );
        assert_eq!(best(&["2020-01-02", "x"]), (F::YearMonthDay, 1, None));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_fail(text in "\\PC{0,20}") {
            for form in DateForm::ALL {
                let _ = form.read(&text);
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
