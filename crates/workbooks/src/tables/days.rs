//! Days and times of day of statistics programs as text, all in the calendar of today (ISO 8601).

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::number_format::shortest;

/// Days from the first day of SPSS, 1582-10-14, to 1970-01-01.
const SPSS: f64 = 141_428.0;

/// Days from the first day of Stata and SAS, 1960-01-01, to 1970-01-01.
pub const OF_1960: f64 = 3_653.0;

/// Seconds of a day.
pub const SECONDS: f64 = 86_400.0;

/// What the numbers of a column are shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// Numbers.
    #[default]
    Number,
    /// Days.
    Day,
    /// Months and years; a stored first of a month stands for any of its days.
    Month,
    /// Days with the time of day.
    Moment,
    /// Times of day, or hours, minutes and seconds.
    Time,
}

/// A number of days since 1970-01-01 as `2024-03-15`; the number itself where it is no day.
pub fn day(days: f64) -> String {
    civil(days).map_or_else(|| shortest(days), |day| day.to_string())
}

/// The same as `2024-03`, where it is the first of a month.
pub fn month(days: f64) -> String {
    match civil(days) {
        Some(day) if day.day() == 1 => format!("{:04}-{:02}", day.year(), day.month()),
        _ => day(days),
    }
}

/// A number of seconds since 1970-01-01 as `2024-03-15 10:30:00`, without the time at midnight.
pub fn moment(seconds: f64) -> String {
    // Up to a tenth of a millisecond before a second counts as that second, the error of a calculation.
    let whole = (seconds + 1e-4).floor();
    let days = (whole / SECONDS).floor();
    match (civil(days), whole - days * SECONDS) {
        (None, _) => shortest(seconds),
        (Some(day), 0.0) => day.to_string(),
        (Some(day), rest) => format!("{day} {}", time(rest)),
    }
}

/// A number of seconds as `10:30:00`; fractions are left out.
pub fn time(seconds: f64) -> String {
    if !(0.0..1e9).contains(&seconds) {
        return shortest(seconds);
    }
    let whole = (seconds + 1e-4).floor() as u64;
    format!("{:02}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
}

/// A number of SPSS, seconds since its first day, as it is shown.
pub fn of_spss(number: f64, shown: Shown) -> String {
    let since_1970 = number - SPSS * SECONDS;
    match shown {
        Shown::Number => shortest(number),
        Shown::Day => day(since_1970 / SECONDS),
        Shown::Month => month(since_1970 / SECONDS),
        Shown::Moment => moment(since_1970),
        Shown::Time => time(number),
    }
}

/// The number of days since 1970-01-01 of a date by its parts.
pub fn of_date(year: f64, month: f64, day: f64) -> Option<f64> {
    let date = Date::new(year as i16, month as i8, day as i8).ok()?;
    Some(f64::from(date.since(self::date(1970, 1, 1)).ok()?.get_days()))
}

fn civil(days: f64) -> Option<Date> {
    let days = days.floor();
    // Years 1 to 9999.
    if !(-719_162.0..=2_932_896.0).contains(&days) {
        return None;
    }
    date(1970, 1, 1).checked_add((days as i64).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_moments_and_times() {
        assert_eq!(day(0.0), "1970-01-01");
        assert_eq!(day(19_797.0), "2024-03-15");
        assert_eq!(day(-SPSS), "1582-10-14");
        assert_eq!(day(2_932_896.0), "9999-12-31");
        assert_eq!(day(1e300), "1e300");
        assert_eq!(month(19_783.0), "2024-03");
        assert_eq!(month(19_784.0), "2024-03-02");
        assert_eq!(moment(19_797.0 * SECONDS), "2024-03-15");
        assert_eq!(moment(19_797.0 * SECONDS + 37_800.0), "2024-03-15 10:30:00");
        assert_eq!(moment(-1.0), "1969-12-31 23:59:59");
        assert_eq!(time(37_801.999_95), "10:30:02");
        assert_eq!(time(-1.0), "-1");
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN] {
            for text in [day(number), month(number), moment(number), time(number)] {
                assert!(!text.is_empty());
            }
        }
    }
}
