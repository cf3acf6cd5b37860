//! Age at diagnosis, as it is known: from two dates, in days, in completed weeks, or in completed months.
//!
//! Protocols word their limits in days (MLL-10: 180) or in months (Interfant: 6). No source that could be read
//! converts one into the other, so neither do we: a month limit is settled by dates, or by days where every calendar
//! agrees; a day limit by days, or by months where every day of that month agrees. Otherwise the clause is unknown.

use super::date::Date;

/// Oldest age that is accepted, days (18 years less a few days): older is outside every rule here.
pub const OLDEST_DAYS: u32 = 6_570;

/// Last day of life that the page calls an infant; beyond it the page points out that the rules are for infants.
pub const LAST_DAY_IN_SCOPE: u32 = 365;

/// Age at diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Completed days of life.
    Days(u32),
    /// Completed weeks of life: any of seven days.
    CompletedWeeks(u32),
    /// Completed calendar months of life.
    CompletedMonths(u32),
    /// Both dates; `diagnosis` is not before `birth`.
    Dates {
        /// Date of birth.
        birth: Date,
        /// Date of diagnosis.
        diagnosis: Date,
    },
}

/// A limit of age as a protocol words it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgeLimit {
    /// Days of life.
    Days(u32),
    /// Completed calendar months.
    Months(u32),
}

/// One way in which an age can turn out in full: the day of life, and the calendar that it is counted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExactAge {
    /// Completed days of life.
    pub days: u32,
    calendar: Calendar,
}

/// How long this child's months are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Calendar {
    /// Birth date unknown: `m` months take `month_span(m).0 + shift` days, at most `month_span(m).1 + 1`.
    Shift(u32),
    /// The date of birth is known.
    Born(Date),
}

/// How many ways a calendar of unknown birth date is tried.
const SHIFTS: u32 = 6;

/// The fewest and the most days that `months` calendar months take, over all birth dates: (181, 184) for 6.
#[must_use]
pub const fn month_span(months: u32) -> (u32, u32) {
    const SPANS: [(u32, u32); 14] = [
        (0, 0),
        (28, 31),
        (59, 62),
        (89, 92),
        (120, 123),
        (150, 153),
        (181, 184),
        (212, 215),
        (242, 245),
        (273, 276),
        (303, 306),
        (334, 337),
        (365, 366),
        (393, 397),
    ];
    if (months as usize) < SPANS.len() {
        SPANS[months as usize]
    } else {
        // Beyond every limit of the protocols: a safe hull is enough.
        (months * 30, months * 31)
    }
}

impl ExactAge {
    /// The day of birth, on no particular calendar.
    #[must_use]
    pub const fn newborn() -> Self {
        Self {
            days: 0,
            calendar: Calendar::Shift(0),
        }
    }

    /// The day of life on which `months` months are complete.
    #[must_use]
    pub fn day_of_month(self, months: u32) -> u32 {
        match self.calendar {
            Calendar::Born(birth) => days_between(birth, birth.plus_months(months)),
            Calendar::Shift(shift) => {
                let (fewest, most) = month_span(months);
                // One day beyond the longest calendar: days are counted from 0 in some places and from 1 in others.
                (fewest + shift).min(most + 1)
            }
        }
    }

    /// The limit as a day of this child's life.
    #[must_use]
    pub fn limit_day(self, limit: AgeLimit) -> u32 {
        match limit {
            AgeLimit::Days(days) => days,
            AgeLimit::Months(months) => self.day_of_month(months),
        }
    }

    /// True if this is the day of the limit; false for limits beyond the calendar.
    #[must_use]
    pub fn is_on_day_of(self, limit: AgeLimit) -> bool {
        let possible = match limit {
            AgeLimit::Days(_) => true,
            AgeLimit::Months(months) => self.days <= month_span(months).1,
        };
        possible && self.days == self.limit_day(limit)
    }

    /// The same calendar on another day of life.
    #[must_use]
    pub fn on_day(self, days: u32) -> Self {
        Self { days, ..self }
    }
}

impl Age {
    /// Returns the exact ages that this age, or an unknown age (`None`), may be, one for each outcome of comparing it
    /// with `limits`.
    #[must_use]
    pub fn completions(age: Option<Self>, limits: &[AgeLimit]) -> Vec<ExactAge> {
        let shifted = |days| {
            (0..SHIFTS).map(move |shift| ExactAge {
                days,
                calendar: Calendar::Shift(shift),
            })
        };
        match age {
            Some(Self::Dates { birth, diagnosis }) => {
                vec![ExactAge {
                    days: days_between(birth, diagnosis),
                    calendar: Calendar::Born(birth),
                }]
            }
            Some(Self::Days(days)) => shifted(days).collect(),
            Some(Self::CompletedWeeks(weeks)) => {
                let (first, last) = week_span(weeks);
                shifted(0)
                    .flat_map(|calendar| within(calendar, limits, first, last))
                    .collect()
            }
            Some(Self::CompletedMonths(months)) => shifted(0)
                .flat_map(|calendar| {
                    let first = calendar.day_of_month(months);
                    // Eleven completed months are read as at most 364 days: only a child diagnosed on the eve of
                    // the first birthday, with a 29 February between, is 365 days old.
                    let last = (calendar.day_of_month(months + 1) - 1).min(if months == 11 { 364 } else { u32::MAX });
                    within(calendar, limits, first, last)
                })
                .collect(),
            None => shifted(0)
                .flat_map(|calendar| {
                    let mut days = around(calendar, limits);
                    days.push(0);
                    days.into_iter().map(move |day| calendar.on_day(day))
                })
                .collect(),
        }
    }

    /// Completed days, where they are known.
    #[must_use]
    pub fn days(self) -> Option<u32> {
        match self {
            Self::Days(days) => Some(days),
            Self::Dates { birth, diagnosis } => Some(days_between(birth, diagnosis)),
            Self::CompletedWeeks(_) | Self::CompletedMonths(_) => None,
        }
    }

    /// Completed months, where they are known: from dates, from months, or from days or weeks that every calendar
    /// agrees on.
    #[must_use]
    pub fn completed_months(self) -> Option<u32> {
        match self {
            Self::CompletedMonths(months) => Some(months),
            Self::CompletedWeeks(weeks) => {
                let (first, last) = week_span(weeks);
                let months = Self::Days(first).completed_months()?;
                (Self::Days(last).completed_months() == Some(months)).then_some(months)
            }
            Self::Dates { birth, diagnosis } => {
                let mut months = days_between(birth, diagnosis) / 31;
                while birth.plus_months(months + 1) <= diagnosis {
                    months += 1;
                }
                Some(months)
            }
            Self::Days(days) => {
                let months = (0..14)
                    .rev()
                    .find(|&months| month_span(months).1 < days || (months == 0))?;
                (days < month_span(months + 1).0).then_some(months)
            }
        }
    }
}

/// The first and the last day of life on which this many weeks are complete: (21, 27) for 3.
#[must_use]
pub const fn week_span(weeks: u32) -> (u32, u32) {
    (weeks * 7, weeks * 7 + 6)
}

/// Returns the first and the last of a range of days, and those between them at which a limit separates days.
fn within(calendar: ExactAge, limits: &[AgeLimit], first: u32, last: u32) -> impl Iterator<Item = ExactAge> + use<> {
    let mut days = around(calendar, limits);
    days.extend([first, last]);
    days.retain(|day| (first..=last).contains(day));
    days.into_iter().map(move |day| calendar.on_day(day))
}

/// The days just below, at and just above each limit on this calendar.
fn around(calendar: ExactAge, limits: &[AgeLimit]) -> Vec<u32> {
    limits
        .iter()
        .map(|&limit| calendar.limit_day(limit))
        .flat_map(|day| [day.saturating_sub(1), day, day + 1])
        .collect()
}

/// Whole days from one date to a later one.
fn days_between(from: Date, to: Date) -> u32 {
    u32::try_from(to.day_number() - from.day_number()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn month_spans_hold_over_every_birth_date_of_a_leap_cycle() {
        for months in 0..14 {
            let lengths = (0..4 * 366).filter_map(|offset| {
                let (year, rest) = (2021 + offset / 366, offset % 366);
                let birth = Date::new(year, (rest / 31 + 1) as u8, (rest % 31 + 1) as u8)?;
                Some(days_between(birth, birth.plus_months(months)))
            });
            let lengths: Vec<u32> = lengths.collect();
            let span = (*lengths.iter().min().unwrap_or(&0), *lengths.iter().max().unwrap_or(&0));
            assert_eq!(span, month_span(months), "{months} months");
        }
    }

    #[test]
    fn six_months_are_unknown_from_181_to_184_days_and_certain_outside() {
        for (days, younger) in [
            (180, Some(true)),
            (181, None),
            (182, None),
            (184, None),
            (185, Some(false)),
            (0, Some(true)),
        ] {
            let limit = AgeLimit::Months(6);
            let answers: Vec<bool> = Age::completions(Some(Age::Days(days)), &[limit])
                .iter()
                .map(|age| age.days < age.limit_day(limit))
                .collect();
            let all = answers.iter().all(|&y| y == answers[0]).then_some(answers[0]);
            assert_eq!(all, younger, "{days} days");
        }
    }

    #[test]
    fn dates_decide_within_the_uncertain_days() {
        let date = |text| Date::parse_iso(text).unwrap_or_else(|| unreachable!());
        for (birth, diagnosis, months, days) in [
            ("2024-03-01", "2024-08-31", 5, 183),
            ("2024-03-01", "2024-09-01", 6, 184),
            ("2023-09-01", "2024-02-29", 5, 181),
            ("2022-09-01", "2023-03-01", 6, 181),
            ("2024-01-01", "2024-01-01", 0, 0),
        ] {
            let age = Age::Dates {
                birth: date(birth),
                diagnosis: date(diagnosis),
            };
            assert_eq!(
                (age.completed_months(), age.days()),
                (Some(months), Some(days)),
                "{birth} to {diagnosis}"
            );
        }
    }

    #[test]
    fn completed_months_from_days_only_where_every_calendar_agrees() {
        for (days, months) in [
            (0, Some(0)),
            (27, Some(0)),
            (28, None),
            (31, None),
            (32, Some(1)),
            (180, Some(5)),
            (183, None),
            (185, Some(6)),
        ] {
            assert_eq!(Age::Days(days).completed_months(), months, "{days} days");
        }
    }

    #[test]
    fn weeks_are_ambiguous_where_their_days_disagree() {
        let younger = |weeks, limit| {
            let ages = Age::completions(Some(Age::CompletedWeeks(weeks)), &[limit]);
            assert!(ages.iter().all(|age| age.days / 7 == weeks));
            let answer = |age: &ExactAge| age.days < age.limit_day(limit);
            let first = answer(&ages[0]);
            ages.iter().all(|age| answer(age) == first).then_some(first)
        };
        for (weeks, limit, expected) in [
            (12, AgeLimit::Days(91), Some(true)),
            (12, AgeLimit::Days(90), None),
            (12, AgeLimit::Days(84), Some(false)),
            (25, AgeLimit::Months(6), None),
            (24, AgeLimit::Months(6), Some(true)),
            (27, AgeLimit::Months(6), Some(false)),
        ] {
            assert_eq!(younger(weeks, limit), expected, "{weeks} weeks, {limit:?}");
        }
        for (weeks, months) in [(3, Some(0)), (4, None), (5, Some(1)), (26, None)] {
            assert_eq!(Age::CompletedWeeks(weeks).completed_months(), months, "{weeks} weeks");
        }
    }

    #[test]
    fn five_completed_months_leave_180_days_open() {
        let ages = Age::completions(Some(Age::CompletedMonths(5)), &[AgeLimit::Days(180)]);
        assert!(ages.iter().any(|age| age.days < 180) && ages.iter().any(|age| age.days >= 180));
        assert!(ages.iter().all(|age| (150..=184).contains(&age.days)));
    }
}
