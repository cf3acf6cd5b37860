//! The mapping from cells to patients: the role of each column and how its cells are read, confirmed by a person.

use serde::{Deserialize, Serialize};

use super::column::is_missing;
use super::column_names::ColumnNames;
use super::course::{Cell, Course, Endpoint, Milestone, TimeUnit};
use super::date_form::DateForm;
use super::kind::{ColumnKind, Profile, profiles};
use super::lenient::{Conflict, Import};
use super::number_form::NumberForm;
use super::problem::{Problem, Trouble};
use super::role::{Polarity, Role};
use super::sheet::Sheet;
use super::values::ValueRule;
use crate::infant::{Date, Entry, Field, Infant, IssueKind, Severity, read};

/// How one column is used.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ColumnUse {
    /// Role of the column.
    pub role: Role,
    /// How its numbers are written.
    pub number: NumberForm,
    /// How its dates are written.
    pub date: DateForm,
    /// True if a date without a day (`2015-03`) is read as the 15th of its month; else it is not read.
    pub mid_month: bool,
    /// Unit of its times or ages.
    pub unit: TimeUnit,
    /// True if fractions of cells are given in per cent.
    pub percent: bool,
    /// How white cell counts are read that are too high for the unit of the column.
    pub high_counts: HighCounts,
    /// The meaning of yes, 1 and true, where its texts are answers.
    pub polarity: Option<Polarity>,
    /// Rules for the meaning of its texts.
    pub values: Vec<ValueRule>,
}

impl ColumnUse {
    /// Sets the unit of times or ages. A column of ages holds days, which weeks are too, or completed months.
    pub fn set_unit(&mut self, unit: TimeUnit) {
        self.unit = unit;
        if let Role::Finding(Field::AgeDays | Field::AgeMonths) = self.role {
            self.role = Role::Finding(match unit {
                TimeUnit::Days | TimeUnit::Weeks => Field::AgeDays,
                TimeUnit::Months | TimeUnit::Years => Field::AgeMonths,
            });
        }
    }
}

/// How white cell counts above [`MOST_WBC`](crate::infant::MOST_WBC) × 10⁹/L are read in a column of that unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum HighCounts {
    /// Not read: they are unknown until a person chooses.
    #[default]
    Held,
    /// As counts per µL.
    PerUl,
    /// As they are written.
    AsWritten,
}

impl HighCounts {
    /// Every way.
    pub const ALL: &'static [Self] = &[Self::Held, Self::PerUl, Self::AsWritten];
}

/// The roles of all columns of a sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mapping {
    /// One for each column.
    pub columns: Vec<ColumnUse>,
}

/// A row that can be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Patient {
    /// Position of the row in the sheet, from 0.
    pub row: usize,
    /// Findings at diagnosis and early in treatment; invalid or contradictory values are unknown.
    pub infant: Infant,
    /// Dates and events after diagnosis.
    pub course: Course,
}

/// The patients of a file. Every row of the sheet is a patient or set aside.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cohort {
    /// Rows that can be used, in the order of the file.
    pub patients: Vec<Patient>,
    /// Rows that cannot, in the order of the file.
    pub set_aside: Vec<usize>,
    /// Problems by row, those of columns first.
    pub problems: Vec<Problem>,
}

impl Import {
    /// True if each row can be used.
    #[must_use]
    pub fn usable(&self) -> Vec<bool> {
        let mut usable = vec![true; self.sheet.rows()];
        for aside in &self.set_aside {
            if let Some(row) = usable.get_mut(aside.row) {
                *row = false;
            }
        }
        usable
    }

    /// Returns the profile of each column.
    #[must_use]
    pub fn profiles(&self) -> Vec<Profile> {
        let mut found = profiles(&self.sheet, &self.usable());
        for (profile, described) in found.iter_mut().zip(&self.described) {
            let is_category = described.as_ref().is_some_and(|described| described.is_category);
            if is_category && !matches!(profile.kind, ColumnKind::Empty | ColumnKind::YesNo) {
                profile.kind = ColumnKind::Category;
            }
        }
        found
    }

    /// The names of each column. Those that have become other columns have none.
    #[must_use]
    pub fn names(&self) -> Vec<ColumnNames> {
        let header = self.sheet.header().iter().enumerate();
        // The id of a subject in a study is `USUBJID`; the other names of the standard are those of study and site.
        let has_subjects = self
            .sheet
            .header()
            .iter()
            .any(|name| name.eq_ignore_ascii_case("USUBJID"));
        let is_of_study = |name: &str| has_subjects && ["STUDYID", "SUBJID"].contains(&name.to_uppercase().as_str());
        let names = |(column, name): (usize, &String)| {
            if self.taken_apart.contains(&column) || is_of_study(name) {
                ColumnNames::of("", None)
            } else {
                let label = self
                    .description(column)
                    .and_then(|described| described.label.as_deref());
                ColumnNames::of(name, label)
            }
        };
        header.map(names).collect()
    }
}

impl Mapping {
    /// The column with a role, the first if several have it.
    #[must_use]
    pub fn column_of(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == role)
    }

    /// Reads every row that is not set aside.
    #[must_use]
    pub fn read(&self, import: &Import) -> Cohort {
        let mut cohort = Cohort::default();
        let reader = self.reader(&mut cohort.problems);
        cohort.problems.extend(self.conflicts(import));
        let mut aside = import.set_aside.iter().peekable();
        for row in 0..import.sheet.rows() {
            match aside.next_if(|aside| aside.row == row) {
                Some(found) => {
                    cohort.set_aside.push(row);
                    cohort.problems.push(Problem {
                        row: Some(row),
                        line: import.sheet.line(row),
                        column: None,
                        text: String::new(),
                        trouble: Trouble::Row(found.fault),
                    });
                }
                None => {
                    let patient = reader.patient(&import.sheet, row, &mut cohort.problems);
                    cohort.patients.push(patient);
                }
            }
        }
        cohort
    }

    /// Returns the findings of some rows as texts of the form, with the codes of the file translated to those of the
    /// fields; unreadable values are empty.
    #[must_use]
    pub fn entries(&self, import: &Import, rows: impl IntoIterator<Item = usize>) -> Vec<Entry> {
        let reader = self.reader(&mut Vec::new());
        let entry = |row| reader.texts(&import.sheet, row, &mut Vec::new()).0;
        rows.into_iter().map(entry).collect()
    }

    /// Cells of used columns beside those of another row of the patient.
    fn conflicts(&self, import: &Import) -> Vec<Problem> {
        let is_used = |column: usize| {
            let used = self.columns.get(column);
            used.is_some_and(|used| !matches!(used.role, Role::Ignored | Role::Group))
        };
        let conflicts = import.conflicts.iter().filter(|conflict| is_used(conflict.column));
        let problem = |conflict: &Conflict| Problem {
            row: Some(conflict.row),
            line: import.sheet.line(conflict.row),
            column: Some(conflict.column),
            text: import.sheet.cell(conflict.row, conflict.column).trim().to_owned(),
            trouble: Trouble::OtherRow {
                used: conflict.used,
                value: import.sheet.cell(conflict.used, conflict.column).trim().to_owned(),
            },
        };
        conflicts.map(problem).collect()
    }

    /// The columns that are read: of two with one role the first.
    fn reader(&self, problems: &mut Vec<Problem>) -> Reader<'_> {
        let mut columns: Vec<(usize, &ColumnUse)> = Vec::new();
        for (column, used) in self.columns.iter().enumerate() {
            if matches!(used.role, Role::Ignored | Role::Group) {
                continue;
            }
            match columns.iter().find(|(_, known)| known.role == used.role) {
                Some(&(first, _)) => problems.push(Problem {
                    row: None,
                    line: 1,
                    column: Some(column),
                    text: String::new(),
                    trouble: Trouble::RoleTwice(first),
                }),
                None => columns.push((column, used)),
            }
        }
        Reader { columns }
    }
}

struct Reader<'a> {
    columns: Vec<(usize, &'a ColumnUse)>,
}

impl Reader<'_> {
    fn patient(&self, sheet: &Sheet, row: usize, problems: &mut Vec<Problem>) -> Patient {
        let (entry, course) = self.texts(sheet, row, problems);
        let reading = read(&entry);
        for issue in reading.issues {
            let worth_a_look = matches!(issue.kind, IssueKind::WbcVeryHigh | IssueKind::TenE);
            if issue.kind.severity() == Severity::Notice && !worth_a_look {
                continue;
            }
            let column = issue.fields.first().and_then(|&field| self.column_of(field));
            problems.push(Problem {
                row: Some(row),
                line: sheet.line(row),
                column,
                text: column.map_or_else(String::new, |column| sheet.cell(row, column).trim().to_owned()),
                trouble: Trouble::Finding(issue),
            });
        }
        Patient {
            row,
            infant: reading.infant,
            course,
        }
    }

    /// Returns the content of a row: the findings as texts of the form, and the course.
    fn texts(&self, sheet: &Sheet, row: usize, problems: &mut Vec<Problem>) -> (Entry, Course) {
        let mut entry = Entry::default();
        let mut course = Course::default();
        let order = self.order_of_row(sheet, row);
        let read_dates = |used: &ColumnUse| {
            let date = order
                .filter(|_| used.date == DateForm::EitherOrder)
                .unwrap_or(used.date);
            ColumnUse { date, ..used.clone() }
        };
        let diagnosis = self.diagnosis(sheet, row, &mut course);
        for &(column, used) in &self.columns {
            let text = sheet.cell(row, column).trim();
            let in_order = (order.is_some() && matches!(used.role, Role::Milestone(_))).then(|| read_dates(used));
            let used = in_order.as_ref().unwrap_or(used);
            let trouble = used.read_cell(text, diagnosis, &mut entry, &mut course);
            problems.extend(trouble.map(|trouble| Problem {
                row: Some(row),
                line: sheet.line(row),
                column: Some(column),
                text: text.to_owned(),
                trouble,
            }));
        }
        (entry, course)
    }

    /// Returns the order of the dates of a row, where columns have both orders and its cells decide.
    fn order_of_row(&self, sheet: &Sheet, row: usize) -> Option<DateForm> {
        let either = self
            .columns
            .iter()
            .filter(|(_, used)| used.date == DateForm::EitherOrder);
        let mut found = [false, false];
        for (column, _) in either {
            let text = sheet.cell(row, *column).trim();
            let readings = [DateForm::DayMonthYear, DateForm::MonthDayYear].map(|form| form.read(text));
            found[0] |= readings[0].is_some() && readings[1].is_none();
            found[1] |= readings[1].is_some() && readings[0].is_none();
        }
        match found {
            [true, false] => Some(DateForm::DayMonthYear),
            [false, true] => Some(DateForm::MonthDayYear),
            _ => None,
        }
    }

    /// The day that columns of days since diagnosis count from. Where the file has no dates of diagnosis it is the same
    /// nominal day for all.
    fn diagnosis(&self, sheet: &Sheet, row: usize, course: &mut Course) -> Option<Date> {
        let counts = |used: &ColumnUse| matches!(used.role, Role::Milestone(_)) && used.date.counts_from_diagnosis();
        if !self.columns.iter().any(|(_, used)| counts(used)) {
            return None;
        }
        let role = Role::Milestone(Milestone::Diagnosis);
        match self.columns.iter().find(|(_, used)| used.role == role) {
            Some(&(column, used)) => used.date_cell(sheet.cell(row, column).trim(), None).value(),
            None => {
                let nominal = Date::from_day_number(0);
                course.set_date(Milestone::Diagnosis, nominal.map_or(Cell::NoColumn, Cell::Value));
                nominal
            }
        }
    }

    fn column_of(&self, field: Field) -> Option<usize> {
        let role = match field {
            Field::BirthDate => Role::Milestone(Milestone::Birth),
            Field::DiagnosisDate => Role::Milestone(Milestone::Diagnosis),
            field => Role::Finding(field),
        };
        self.columns
            .iter()
            .find(|(_, used)| used.role == role)
            .map(|(column, _)| *column)
    }
}

impl Cohort {
    /// Returns the text of a column for each patient, trimmed; missing cells are `None`.
    #[must_use]
    pub fn texts<'a>(&self, sheet: &'a Sheet, column: usize) -> Vec<Option<&'a str>> {
        let cell = |patient: &Patient| Some(sheet.cell(patient.row, column).trim()).filter(|text| !is_missing(text));
        self.patients.iter().map(cell).collect()
    }

    /// True if any patient has a time of the file's own to an endpoint.
    #[must_use]
    pub fn has_own_time(&self, endpoint: Endpoint) -> bool {
        let first = self.patients.first();
        first.is_some_and(|patient| patient.course.time(endpoint) != Cell::NoColumn)
    }
}
