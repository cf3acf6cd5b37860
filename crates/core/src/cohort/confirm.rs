//! Answers of a person about a column, and the resulting interpretation of its cells.

use super::column_names::ColumnNames;
use super::course::{Cell, EventKind, Vital};
use super::kind::Profile;
use super::lenient::Import;
use super::mapping::ColumnUse;
use super::question::QuestionKind;
use super::role::Role;
use super::role_guess::polarity_named;
use super::values::{Meaning, ValueRule};
use crate::infant::{Date, Entry, Field, Reading, Severity, read};

/// The interpretation of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Understood {
    /// A missing value.
    Missing,
    /// Nothing: the cell cannot be used.
    Nothing,
    /// A calendar date.
    Date(Date),
    /// A time, in days.
    Days(f64),
    /// A code of the column's role.
    Code(&'static str),
    /// A finding: the text in the form of the data dictionary, and the result of reading it alone.
    Finding(Field, Box<(Entry, Reading)>),
    /// A text without interpretation: the name of a group, or a cell of an unused column.
    Text,
}

impl ColumnUse {
    /// Returns a column with a role chosen by a person: how its cells are read is guessed again, with the open
    /// questions.
    #[must_use]
    pub fn of_role(role: Role, import: &Import, column: usize, profile: &Profile) -> (Self, Vec<QuestionKind>) {
        let mut open = Vec::new();
        let name = import.sheet.header().get(column).map_or("", String::as_str);
        let described = import.description(column);
        let names = ColumnNames::of(name, described.and_then(|described| described.label.as_deref()));
        let polarity = polarity_named(role, &names);
        let used = Self::guess(role, polarity, &names, described, profile, &mut |kind| open.push(kind));
        (used, open)
    }

    /// Sets the meaning of a text (the empty text: missing cells); `None` removes it.
    pub fn say(&mut self, text: &str, meaning: Option<Meaning>) {
        self.values.retain(|rule| rule.text != text);
        if let Some(meaning) = meaning {
            // A person's answer for one text has priority over rules for other letter cases of it.
            let text = text.to_owned();
            self.values.insert(
                0,
                ValueRule {
                    text,
                    meaning,
                    sure: true,
                },
            );
        }
    }

    /// Returns the meaning set for a text, exactly as it is written.
    #[must_use]
    pub fn said(&self, text: &str) -> Option<Meaning> {
        let rule = self.values.iter().find(|rule| rule.text == text);
        rule.map(|rule| rule.meaning)
    }

    /// Returns the interpretation of a cell with this text.
    #[must_use]
    pub fn understood(&self, text: &str) -> Understood {
        let text = text.trim();
        match self.role {
            Role::Ignored | Role::Group => Understood::Text,
            Role::Milestone(_) if self.date.counts_from_diagnosis() => {
                of_cell(self.cell(text, |text| self.date.since_diagnosis(text)), |days| {
                    Understood::Days(days as f64)
                })
            }
            Role::Milestone(_) => of_cell(self.date_cell(text, None), Understood::Date),
            Role::Time(_) => of_cell(self.cell(text, |text| self.days(text)), Understood::Days),
            Role::FirstEvent | Role::Event(_) => of_cell(self.code(text, EventKind::from_file_code), |event| {
                Understood::Code(event.code())
            }),
            Role::VitalStatus => of_cell(self.code(text, Vital::from_code), |vital| {
                Understood::Code(vital.code())
            }),
            Role::Finding(field) => {
                let mut entry = Entry::default();
                if self.read_finding(field, text, &mut entry).is_some() {
                    return Understood::Nothing;
                }
                // A unit in the cell, or that of the column, may write another field of the dictionary.
                let field = match field {
                    Field::Wbc | Field::WbcPerUl if entry.get(field).is_empty() => Field::WbcPerUl,
                    Field::AgeDays if entry.get(field).is_empty() => Field::AgeMonths,
                    Field::AgeMonths if entry.get(field).is_empty() => Field::AgeDays,
                    field => field,
                };
                if entry.get(field).is_empty() {
                    return Understood::Missing;
                }
                let reading = read(&entry);
                let refused = |issue: &crate::infant::Issue| {
                    issue.fields.contains(&field) && issue.kind.severity() == Severity::Invalid
                };
                if reading.issues.iter().any(refused) {
                    Understood::Nothing
                } else {
                    Understood::Finding(field, Box::new((entry, reading)))
                }
            }
        }
    }
}

fn of_cell<T>(cell: Cell<T>, value: impl Fn(T) -> Understood) -> Understood {
    match cell {
        Cell::NoColumn | Cell::Missing => Understood::Missing,
        Cell::Unreadable => Understood::Nothing,
        Cell::Value(found) => value(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::{DateForm, Milestone, Sheet, TimeUnit};

    fn column(text: &str, role: Role) -> (ColumnUse, Vec<QuestionKind>) {
        let import = Sheet::read_lenient(text.as_bytes()).unwrap();
        let profiles = import.profiles();
        ColumnUse::of_role(role, &import, 0, &profiles[0])
    }

    #[test]
    fn a_role_that_is_given_asks_its_own_questions() {
        let (used, open) = column("x;y\n01/02/2020;1\n03/04/2021;1\n", Role::Milestone(Milestone::Relapse));
        assert_eq!(
            open,
            [QuestionKind::DateOrder(DateForm::DayMonthYear, DateForm::MonthDayYear)]
        );
        assert_eq!(
            used.understood("01/02/2020"),
            Understood::Date(Date::new(2020, 2, 1).unwrap())
        );
        assert_eq!(used.understood("32/02/2020"), Understood::Nothing);
        assert_eq!(used.understood(" "), Understood::Missing);
    }

    #[test]
    fn what_is_said_of_a_text_holds_and_can_be_taken_back() {
        let (mut used, open) = column("first;y\nA;1\nB;1\nA;1\nB;1\n", Role::FirstEvent);
        assert_eq!(open.len(), 2);
        assert_eq!(used.understood("A"), Understood::Nothing);
        used.say("A", Some(Meaning::Code("relapse")));
        used.say("B", Some(Meaning::Missing));
        used.say("", Some(Meaning::Code("none")));
        assert_eq!(used.understood("a"), Understood::Code("relapse"), "in any letter case");
        assert_eq!(used.understood("B"), Understood::Missing);
        assert_eq!(used.understood("NA"), Understood::Code("none"));
        used.say("A", None);
        assert_eq!((used.said("A"), used.understood("A")), (None, Understood::Nothing));
    }

    #[test]
    fn times_and_findings_in_their_units() {
        let (mut used, _) = column(
            "t;y\n1,5;1\n2,5;1\n",
            Role::Time(crate::cohort::Endpoint::OverallSurvival),
        );
        used.unit = TimeUnit::Years;
        assert_eq!(used.understood("1,5"), Understood::Days(547.875));
        assert_eq!(used.understood("-1"), Understood::Nothing);
        let (used, _) = column("w;y\n33,9;1\n2,5;1\n", Role::Finding(Field::Wbc));
        let Understood::Finding(Field::Wbc, read) = used.understood("33,9") else {
            panic!("a finding");
        };
        assert_eq!(read.1.infant.wbc, Some(33.9));
        assert_eq!(used.understood("high"), Understood::Nothing);
        let (used, _) = column("w;y\nred;1\nblue;1\n", Role::Group);
        assert_eq!(used.understood("red"), Understood::Text);
    }
}
