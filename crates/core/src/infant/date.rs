//! Calendar dates: just enough to turn a birth date and a diagnosis date into an age.

/// A date of the Gregorian calendar, valid by construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// Returns the date, if it exists and its year is in 1900–2199.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let exists = (1900..2200).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD` (ISO 8601), the one form that is never ambiguous.
    #[must_use]
    pub fn parse_iso(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        if parts.next().is_some() || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Year, month from 1 and day from 1.
    #[must_use]
    pub const fn parts(self) -> (i32, u8, u8) {
        (self.year, self.month, self.day)
    }

    /// Days since 1970-01-01 (negative before), by Howard Hinnant's civil-from-days algorithm.
    #[must_use]
    pub fn day_number(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month = i64::from(self.month);
        let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// Returns the date this many days after 1970-01-01 (before, where negative), if its year is in 1900–2199; the
    /// inverse of [`Date::day_number`], by Howard Hinnant's days-from-civil algorithm.
    #[must_use]
    pub fn from_day_number(number: i64) -> Option<Self> {
        let shifted = number.checked_add(719_468)?;
        let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        Self::new(i32::try_from(year).ok()?, month as u8, day as u8)
    }

    /// The first day on which `months` calendar months after this date are complete.
    ///
    /// Where the target month has no such day, they are complete on the first of the next month: a child born on
    /// 31 August is six months old on 1 March.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        let total = i64::from(self.year) * 12 + i64::from(self.month) - 1 + i64::from(months);
        let at = |total: i64| {
            (
                i32::try_from(total.div_euclid(12)).unwrap_or(i32::MAX),
                (total.rem_euclid(12) + 1) as u8,
            )
        };
        let (year, month) = at(total);
        if self.day <= days_in_month(year, month) {
            return Self {
                year,
                month,
                day: self.day,
            };
        }
        let (year, month) = at(total + 1);
        Self { year, month, day: 1 }
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn days_in_month(year: i32, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_numbers_known_from_elsewhere() {
        // GNU date: date -u -d 2000-03-01 +%s / 86400, and so on.
        for (text, number) in [
            ("1970-01-01", 0),
            ("2000-03-01", 11_017),
            ("2024-02-29", 19_782),
            ("1969-12-31", -1),
        ] {
            assert_eq!(Date::parse_iso(text).map(Date::day_number), Some(number), "{text}");
        }
    }

    #[test]
    fn only_dates_that_exist() {
        for text in [
            "2023-02-29",
            "2024-13-01",
            "2024-00-10",
            "24-01-01",
            "2024-1-1",
            "2024-01-01-01",
            "",
            "x",
        ] {
            assert_eq!(Date::parse_iso(text), None, "{text}");
        }
    }

    #[test]
    fn months_are_complete_on_the_same_day_or_the_first_of_the_next_month() {
        for (from, months, to) in [
            ("2024-03-15", 6, "2024-09-15"),
            ("2023-08-31", 6, "2024-03-01"),
            ("2024-02-29", 12, "2025-03-01"),
            ("2023-12-01", 1, "2024-01-01"),
        ] {
            let reached = Date::parse_iso(from).map(|date| date.plus_months(months).to_string());
            assert_eq!(reached.as_deref(), Some(to), "{from} + {months}");
        }
    }
}
