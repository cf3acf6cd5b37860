//! Cells as the values of their column: dates, times, codes, and findings as the data dictionary writes them.

use super::cell_unit::{with_count_unit, with_time_unit};
use super::column::is_missing;
use super::course::{Cell, Course, EventKind, Milestone, TimeUnit, Vital};
use super::date_form::month_only;
use super::header::CountUnit;
use super::number_form::NumberForm;
use super::problem::Trouble;
use super::role::Role;
use super::values::{Meaning, meaning};
use super::word_lists::negative_words;
use crate::decimal;
use crate::infant::{Age, Date, Entry, Field, Kind, MOST_WBC, OLDEST_DAYS};

use super::mapping::{ColumnUse, HighCounts};

impl ColumnUse {
    /// Reads a cell into its field; returns why it cannot be used. (Findings have their own issues.)
    pub(super) fn read_cell(
        &self,
        text: &str,
        diagnosis: Option<Date>,
        entry: &mut Entry,
        course: &mut Course,
    ) -> Option<Trouble> {
        match self.role {
            Role::Ignored | Role::Group => None,
            Role::Finding(field) => self.read_finding(field, text, entry),
            Role::Milestone(milestone) => {
                let cell = self.date_cell(text, diagnosis);
                course.set_date(milestone, cell);
                let field = match milestone {
                    Milestone::Birth => Some(Field::BirthDate),
                    Milestone::Diagnosis => Some(Field::DiagnosisDate),
                    _ => None,
                };
                // A date without its day gives no age in days.
                if let (Some(field), Some(date)) = (field, self.date.read(text).filter(|_| cell.value().is_some())) {
                    entry.set(field, &date.to_string());
                }
                (cell == Cell::Unreadable).then_some(Trouble::NotADate(self.date))
            }
            Role::Time(endpoint) => {
                let cell = self.cell(text, |text| self.days(text));
                course.set_time(endpoint, cell);
                (cell == Cell::Unreadable).then_some(Trouble::NotATime)
            }
            Role::FirstEvent => {
                course.first_event = self.code(text, EventKind::from_file_code);
                self.no_meaning(course.first_event)
            }
            Role::Event(endpoint) => {
                let event = self.code(text, EventKind::from_file_code);
                course.set_event(endpoint, event);
                self.no_meaning(event)
            }
            Role::VitalStatus => {
                course.vital = self.code(text, Vital::from_code);
                self.no_meaning(course.vital)
            }
        }
    }

    /// A time in days; a unit in the cell has priority over that of the column.
    pub(super) fn days(&self, text: &str) -> Option<f64> {
        let (value, unit) = match (self.number.read(text), with_time_unit(text)) {
            (None, Some((number, unit))) => (self.number.read(number)?, unit),
            (value, _) => (value?, self.unit),
        };
        Some(value * unit.days()).filter(|days| days.is_finite() && *days >= 0.0)
    }

    fn no_meaning<T: PartialEq>(&self, cell: Cell<T>) -> Option<Trouble> {
        (cell == Cell::Unreadable).then_some(Trouble::NoMeaning(self.role.codes()))
    }

    /// Reads a cell that is a value itself; texts that a rule makes missing are missing.
    pub(super) fn cell<T>(&self, text: &str, read: impl Fn(&str) -> Option<T>) -> Cell<T> {
        if is_missing(text) || meaning(&self.values, text) == Some(Meaning::Missing) {
            return Cell::Missing;
        }
        read(text).map_or(Cell::Unreadable, Cell::Value)
    }

    /// Reads a cell with a code. A rule for the empty text gives the meaning of missing cells.
    pub(super) fn code<T>(&self, text: &str, from_code: fn(&str) -> Option<T>) -> Cell<T> {
        let missing = is_missing(text);
        match meaning(&self.values, if missing { "" } else { text }) {
            Some(Meaning::Missing) => Cell::Missing,
            Some(Meaning::Code(code)) => from_code(code).map_or(Cell::Unreadable, Cell::Value),
            None if missing => Cell::Missing,
            None => from_code(text).map_or(Cell::Unreadable, Cell::Value),
        }
    }

    /// A date; one that counts from diagnosis needs that day.
    pub(super) fn date_cell(&self, text: &str, diagnosis: Option<Date>) -> Cell<Date> {
        self.cell(text, |text| {
            if self.date.counts_from_diagnosis() {
                let days = self.date.since_diagnosis(&self.number.plain(text)?)?;
                return Date::from_day_number(diagnosis?.day_number() + days);
            }
            let mid_month = || {
                month_only(text)
                    .filter(|_| self.mid_month)
                    .and_then(|(year, month)| Date::new(year, month, 15))
            };
            self.date.read(text).or_else(mid_month)
        })
    }

    /// Writes a finding into the entry in the form of the data dictionary; a text that is not understood is unchanged.
    /// Returns a value that must be confirmed before it is used.
    pub(super) fn read_finding(&self, field: Field, text: &str, entry: &mut Entry) -> Option<Trouble> {
        if is_missing(text) {
            return None;
        }
        match meaning(&self.values, text) {
            Some(Meaning::Missing) => return None,
            Some(Meaning::Code(code)) => {
                entry.set(field, code);
                return None;
            }
            None => {}
        }
        match field {
            Field::Wbc | Field::WbcPerUl => return self.read_count(field, text, entry),
            Field::AgeDays | Field::AgeMonths => return self.read_age(field, text, entry),
            _ => {}
        }
        match field.kind() {
            Kind::Number { .. } => match self.number.plain(text).or_else(|| self.per_ul(text)) {
                Some(plain) => entry.set(field, &plain),
                None => entry.set(field, text),
            },
            Kind::Fraction => match self.fraction(text) {
                Some(plain) => entry.set(field, &plain),
                None => entry.set(field, text),
            },
            Kind::Text | Kind::Date | Kind::Code(_) => entry.set(field, text),
        }
        None
    }

    /// A count per µL with its unit behind it.
    fn per_ul(&self, text: &str) -> Option<String> {
        let (number, unit) = with_count_unit(text)?;
        self.number.plain(number).filter(|_| unit == CountUnit::PerUl)
    }

    /// A fraction of cells as the dictionary writes it: `0.0001`, `0.01%`, `2e-2`, `negative`.
    fn fraction(&self, text: &str) -> Option<String> {
        let lower = text.to_lowercase();
        if negative_words().contains(&lower.as_str()) {
            return Some("negative".to_owned());
        }
        let (number, sign) = match text.strip_suffix(['%', '％']) {
            Some(number) => (number.trim_end(), "%"),
            None => (text, if self.percent { "%" } else { "" }),
        };
        let plain = self.number.plain(number).or_else(|| power_of_ten(number))?;
        Some(format!("{plain}{sign}"))
    }

    /// Reads a white cell count in the unit of the column; a unit in the cell has priority.
    fn read_count(&self, field: Field, text: &str, entry: &mut Entry) -> Option<Trouble> {
        let (number, unit) = match with_count_unit(text) {
            // "1e5" is a number.
            Some((number, unit)) if self.number.plain(text).is_none() => (number, Some(unit)),
            _ => (text, None),
        };
        let Some(plain) = self.number.plain(number) else {
            entry.set(field, text);
            return None;
        };
        let field = match unit {
            Some(CountUnit::PerUl) => Field::WbcPerUl,
            Some(CountUnit::PerNl) => Field::Wbc,
            None => field,
        };
        let is_high = field == Field::Wbc && decimal::parse(&plain).is_some_and(|count| count > MOST_WBC);
        match self.high_counts {
            HighCounts::Held if is_high => return Some(Trouble::HighCount),
            HighCounts::PerUl if is_high => entry.set(Field::WbcPerUl, &plain),
            // The dictionary has such counts per µL alone.
            HighCounts::AsWritten if is_high => {
                let per_ul = decimal::parse(&plain).map_or(0.0, |count| count * 1_000.0);
                entry.set(Field::WbcPerUl, &crate::shortest(per_ul));
            }
            _ => entry.set(field, &plain),
        }
        None
    }

    /// Reads an age in the unit of its cell, else in that of the column. Weeks stay weeks; years do not give the day: they become completed
    /// months where all possible days have the same number.
    fn read_age(&self, field: Field, text: &str, entry: &mut Entry) -> Option<Trouble> {
        let (number, unit) = match with_time_unit(text) {
            Some((number, unit)) if self.number.plain(text).is_none() => (number, unit),
            _ => (text, self.unit),
        };
        let Some(plain) = self.number.plain(number) else {
            entry.set(field, text);
            return None;
        };
        let field = match unit {
            TimeUnit::Days if number != text => Field::AgeDays,
            TimeUnit::Months if number != text => Field::AgeMonths,
            _ => field,
        };
        let days = match (unit, decimal::parse(&plain)) {
            (TimeUnit::Weeks, Some(weeks)) if (0.0..MOST_WEEKS).contains(&weeks) => {
                entry.set(Field::AgeDays, &format!("{}w", weeks.floor()));
                return None;
            }
            (TimeUnit::Years, Some(years)) if years >= 0.0 => {
                let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len()).min(9);
                let half = 0.5 / libm::pow(10.0, decimals as f64);
                // Whole years are completed years.
                let (low, high) = if decimals == 0 {
                    (years, years + 1.0)
                } else {
                    (years - half, years + half)
                };
                ((low.max(0.0) * 365.25).floor(), (high * 365.25).ceil())
            }
            _ => {
                entry.set(field, &plain);
                return None;
            }
        };
        if days.0 > f64::from(OLDEST_DAYS) {
            entry.set(Field::AgeDays, &format!("{}", days.0));
            return None;
        }
        let months = |days: f64| Age::Days(days as u32).completed_months();
        match (months(days.0), months(days.1)) {
            (Some(first), Some(last)) if first == last => {
                entry.set(Field::AgeMonths, &first.to_string());
                None
            }
            _ => Some(Trouble::AgeTooCoarse),
        }
    }
}

/// Ages of a thousand weeks and more are none.
const MOST_WEEKS: f64 = 1_000.0;

/// A product with a power of ten (`2x10^-2`, `10⁻³`) as a program writes it (`2e-2`).
fn power_of_ten(text: &str) -> Option<String> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '⁻' | '−' | '–' => '-',
            '⁰' => '0',
            '¹' => '1',
            '²' => '2',
            '³' => '3',
            '⁴'..='⁹' => char::from_digit(u32::from(c) - 0x2070, 10).unwrap_or(c),
            '×' | '*' | '·' | 'X' => 'x',
            c => c,
        })
        .collect();
    let (factor, exponent) = match plain.split_once('x') {
        Some((factor, power)) => (factor, power.strip_prefix("10")?),
        None => ("1", plain.strip_prefix("10")?),
    };
    let exponent = exponent
        .trim_start_matches("**")
        .trim_start_matches('^')
        .trim_start_matches(['('])
        .trim_end_matches(')');
    let factor = NumberForm::Point
        .plain(factor)
        .or_else(|| NumberForm::Comma.plain(factor))?;
    let exponent: i32 = exponent.parse().ok().filter(|exponent| (-12..0).contains(exponent))?;
    Some(format!("{factor}e{exponent}"))
}
