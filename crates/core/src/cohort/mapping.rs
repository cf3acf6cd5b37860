//! From cells to patients: what each column is for and how its cells are read, as data that a person confirms.

use super::column::is_missing;
use super::course::{Cell, Course, Endpoint, EventKind, Milestone, TimeUnit, Vital};
use super::date_form::DateForm;
use super::kind::{ColumnKind, Profile, profiles};
use super::lenient::Import;
use super::number_form::NumberForm;
use super::problem::{Problem, Trouble};
use super::role::{Role, guess_roles};
use super::sheet::Sheet;
use super::values::{Meaning, ValueRule, guess_values, meaning};
use crate::infant::{Entry, Field, Infant, IssueKind, Kind, Severity, read};

/// How one column is used.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ColumnUse {
    /// What it is for.
    pub role: Role,
    /// How its numbers are written.
    pub number: NumberForm,
    /// How its dates are written.
    pub date: DateForm,
    /// Unit of its times.
    pub unit: TimeUnit,
    /// Whether fractions of cells are given in per cent.
    pub percent: bool,
    /// What its texts mean.
    pub values: Vec<ValueRule>,
}

/// Something in a guessed mapping that a person should settle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The column.
    pub column: usize,
    /// What is open.
    pub kind: QuestionKind,
}

/// What is open about a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionKind {
    /// The role was guessed from a part of the name, or from a name that leaves something open.
    Role,
    /// Dates read in two orders.
    DateOrder(DateForm, DateForm),
    /// So many dates have years of two digits: 70–99 were read as 1970–1999.
    ShortYears(usize),
    /// Numbers read in several forms.
    NumberForm(NumberForm, Vec<NumberForm>),
    /// The unit of a time was guessed from the numbers' size, or not at all.
    Unit(TimeUnit),
    /// Fractions above 1: taken as per cent.
    Percent,
    /// A number was taken for a code by custom.
    Assumed(String, &'static str),
    /// A text has no meaning yet.
    NoMeaning(String),
    /// A text that may stand for a missing value.
    MayBeMissing(String),
}

/// What each column of a sheet is for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mapping {
    /// One a column.
    pub columns: Vec<ColumnUse>,
}

/// A row that can be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Patient {
    /// Position of the row in the sheet, from 0.
    pub row: usize,
    /// Findings at diagnosis and early in treatment; what was invalid or contradictory is unknown.
    pub infant: Infant,
    /// What happened later.
    pub course: Course,
}

/// The patients of a file. Every row of the sheet is a patient or set aside.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cohort {
    /// Rows that can be used, in the order of the file.
    pub patients: Vec<Patient>,
    /// Rows that cannot, in the order of the file.
    pub set_aside: Vec<usize>,
    /// What could not be used, by row; columns come first.
    pub problems: Vec<Problem>,
}

impl Import {
    /// Whether each row can be used.
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

    /// What each column seems to hold.
    #[must_use]
    pub fn profiles(&self) -> Vec<Profile> {
        profiles(&self.sheet, &self.usable())
    }
}

impl Mapping {
    /// Guesses what each column is for, and says what a person should settle.
    #[must_use]
    pub fn guess(header: &[String], profiles: &[Profile]) -> (Self, Vec<Question>) {
        let mut mapping = Self::default();
        let mut questions = Vec::new();
        for (column, guess) in guess_roles(header, profiles).into_iter().enumerate() {
            let Some(profile) = profiles.get(column) else {
                continue;
            };
            let mut asked = |kind| questions.push(Question { column, kind });
            if guess.role != Role::Ignored && !guess.exact {
                asked(QuestionKind::Role);
            }
            let name = header.get(column).map_or("", String::as_str);
            mapping
                .columns
                .push(ColumnUse::guess(guess.role, name, profile, &mut asked));
        }
        (mapping, questions)
    }

    /// The column with a role, the first if several have it.
    #[must_use]
    pub fn column_of(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == role)
    }

    /// Reads every row.
    #[must_use]
    pub fn read(&self, import: &Import) -> Cohort {
        let mut cohort = Cohort::default();
        let reader = self.reader(&mut cohort.problems);
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

impl ColumnUse {
    pub(super) fn guess(role: Role, name: &str, profile: &Profile, asked: &mut impl FnMut(QuestionKind)) -> Self {
        let mut used = Self {
            role,
            ..Self::default()
        };
        if role == Role::Ignored {
            return used;
        }
        match &profile.kind {
            ColumnKind::Number { form, or } => {
                used.number = *form;
                if role.is_number() && !or.is_empty() {
                    asked(QuestionKind::NumberForm(*form, or.clone()));
                }
                if matches!(role, Role::Milestone(_)) {
                    used.date = DateForm::SpreadsheetDay;
                }
            }
            ColumnKind::Date { form, or, short_years } => {
                used.date = *form;
                if let Some(or) = or {
                    asked(QuestionKind::DateOrder(*form, *or));
                }
                if *short_years > 0 {
                    asked(QuestionKind::ShortYears(*short_years));
                }
            }
            _ => {}
        }
        if let Role::Time(_) = role {
            let (unit, named) = guess_unit(name, profile.range);
            used.unit = unit;
            if !named {
                asked(QuestionKind::Unit(unit));
            }
        }
        if let Role::Finding(field) = role
            && field.kind() == Kind::Fraction
            && (name.contains('%') || profile.range.is_some_and(|(_, high)| high > 1.0))
        {
            used.percent = true;
            asked(QuestionKind::Percent);
        }
        used.guess_values(profile, asked);
        used
    }

    fn guess_values(&mut self, profile: &Profile, asked: &mut impl FnMut(QuestionKind)) {
        let has_codes = !self.role.codes().is_empty();
        if has_codes {
            self.values = guess_values(self.role, profile);
            for rule in self.values.iter().filter(|rule| !rule.sure) {
                if let Meaning::Code(code) = rule.meaning {
                    asked(QuestionKind::Assumed(rule.text.clone(), code));
                }
            }
        }
        let told = |text: &str| meaning(&self.values, text).is_some();
        let id = self.role == Role::Finding(Field::Id);
        for (text, _) in profile.missing_like.iter().filter(|(text, _)| !id && !told(text)) {
            // A number may stand for a missing value, and then it still is a number: a person looks.
            asked(QuestionKind::MayBeMissing(text.clone()));
        }
        let likely_missing = |text: &str| profile.missing_like.iter().any(|(known, _)| known == text);
        for (text, _) in profile.levels.iter().filter(|_| has_codes) {
            if !told(text) && !likely_missing(text) {
                asked(QuestionKind::NoMeaning(text.clone()));
            }
        }
    }
}

/// The unit that a name tells, and whether it does; else by the largest time: infants are rarely followed for 30 years.
fn guess_unit(name: &str, range: Option<(f64, f64)>) -> (TimeUnit, bool) {
    let name = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["month", "monat", "mos", "getsu", "개월"]) {
        (TimeUnit::Months, true)
    } else if has(&["year", "jahr", "yrs", "년"]) {
        (TimeUnit::Years, true)
    } else if has(&["day", "tag", "일"]) {
        (TimeUnit::Days, true)
    } else {
        let unit = match range.map_or(0.0, |(_, high)| high) {
            high if high > 480.0 => TimeUnit::Days,
            high if high > 30.0 => TimeUnit::Months,
            _ => TimeUnit::Years,
        };
        (unit, false)
    }
}

struct Reader<'a> {
    columns: Vec<(usize, &'a ColumnUse)>,
}

impl Reader<'_> {
    fn patient(&self, sheet: &Sheet, row: usize, problems: &mut Vec<Problem>) -> Patient {
        let mut entry = Entry::default();
        let mut course = Course::default();
        for &(column, used) in &self.columns {
            let text = sheet.cell(row, column).trim();
            let trouble = used.read_cell(text, &mut entry, &mut course);
            problems.extend(trouble.map(|trouble| Problem {
                row: Some(row),
                line: sheet.line(row),
                column: Some(column),
                text: text.to_owned(),
                trouble,
            }));
        }
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

impl ColumnUse {
    /// Reads a cell into its place; what it cannot be used for is returned. (Findings report for themselves.)
    fn read_cell(&self, text: &str, entry: &mut Entry, course: &mut Course) -> Option<Trouble> {
        match self.role {
            Role::Ignored | Role::Group => None,
            Role::Finding(field) => {
                self.read_finding(field, text, entry);
                None
            }
            Role::Milestone(milestone) => {
                let cell = self.cell(text, |text| self.date.read(text));
                course.set_date(milestone, cell);
                let field = match milestone {
                    Milestone::Birth => Some(Field::BirthDate),
                    Milestone::Diagnosis => Some(Field::DiagnosisDate),
                    _ => None,
                };
                if let (Some(field), Some(date)) = (field, cell.value()) {
                    entry.set(field, &date.to_string());
                }
                (cell == Cell::Unreadable).then_some(Trouble::NotADate(self.date))
            }
            Role::Time(endpoint) => {
                let days = |value: f64| Some(value * self.unit.days()).filter(|days| days.is_finite() && *days >= 0.0);
                let cell = self.cell(text, |text| self.number.read(text).and_then(days));
                course.set_time(endpoint, cell);
                (cell == Cell::Unreadable).then_some(Trouble::NotATime)
            }
            Role::FirstEvent => {
                course.first_event = self.code(text, EventKind::from_code);
                self.no_meaning(course.first_event)
            }
            Role::Event(endpoint) => {
                let event = self.code(text, EventKind::from_code);
                course.set_event(endpoint, event);
                self.no_meaning(event)
            }
            Role::VitalStatus => {
                course.vital = self.code(text, Vital::from_code);
                self.no_meaning(course.vital)
            }
        }
    }

    fn no_meaning<T: PartialEq>(&self, cell: Cell<T>) -> Option<Trouble> {
        (cell == Cell::Unreadable).then_some(Trouble::NoMeaning(self.role.codes()))
    }

    /// A cell with a value of its own; texts that a rule makes missing are missing.
    pub(super) fn cell<T>(&self, text: &str, read: impl Fn(&str) -> Option<T>) -> Cell<T> {
        if is_missing(text) || meaning(&self.values, text) == Some(Meaning::Missing) {
            return Cell::Missing;
        }
        read(text).map_or(Cell::Unreadable, Cell::Value)
    }

    /// A cell with a code. A rule for the empty text says what missing cells mean.
    pub(super) fn code<T>(&self, text: &str, from_code: fn(&str) -> Option<T>) -> Cell<T> {
        let missing = is_missing(text);
        match meaning(&self.values, if missing { "" } else { text }) {
            Some(Meaning::Missing) => Cell::Missing,
            Some(Meaning::Code(code)) => from_code(code).map_or(Cell::Unreadable, Cell::Value),
            None if missing => Cell::Missing,
            None => from_code(text).map_or(Cell::Unreadable, Cell::Value),
        }
    }

    /// Writes a finding into the entry as the dictionary writes it; what is not understood stays as it is.
    pub(super) fn read_finding(&self, field: Field, text: &str, entry: &mut Entry) {
        if is_missing(text) {
            return;
        }
        match meaning(&self.values, text) {
            Some(Meaning::Missing) => return,
            Some(Meaning::Code(code)) => return entry.set(field, code),
            None => {}
        }
        match field.kind() {
            Kind::Number { .. } => match self.number.plain(text) {
                Some(plain) => entry.set(field, &plain),
                None => entry.set(field, text),
            },
            Kind::Fraction => {
                let (number, sign) = match text.strip_suffix('%') {
                    Some(number) => (number, "%"),
                    None => (text, if self.percent { "%" } else { "" }),
                };
                match self.number.plain(number) {
                    Some(plain) => entry.set(field, &format!("{plain}{sign}")),
                    None => entry.set(field, text),
                }
            }
            Kind::Text | Kind::Date | Kind::Code(_) => entry.set(field, text),
        }
    }
}

impl Cohort {
    /// The text of a column for each patient, trimmed; missing cells are `None`.
    #[must_use]
    pub fn texts<'a>(&self, sheet: &'a Sheet, column: usize) -> Vec<Option<&'a str>> {
        let cell = |patient: &Patient| Some(sheet.cell(patient.row, column).trim()).filter(|text| !is_missing(text));
        self.patients.iter().map(cell).collect()
    }

    /// Which endpoints the file times itself.
    #[must_use]
    pub fn timed(mapping: &Mapping) -> Vec<Endpoint> {
        let has = |&endpoint: &Endpoint| {
            mapping.column_of(Role::Time(endpoint)).is_some() && mapping.column_of(Role::Event(endpoint)).is_some()
        };
        Endpoint::ALL.iter().copied().filter(has).collect()
    }
}
