//! From cells to patients: what each column is for and how its cells are read, as data that a person confirms.

use super::column::is_missing;
use super::confirm::Understood;
use super::course::{Cell, Course, Endpoint, EventKind, Milestone, TimeUnit, Vital};
use super::date_form::{DateForm, month_only};
use super::endpoints::{TimeSettings, TimeToEvent};
use super::header::{CountUnit, Header};
use super::kind::{ColumnKind, Profile, is_missing_like, profiles};
use super::lenient::Import;
use super::number_form::NumberForm;
use super::problem::{Problem, Trouble};
use super::role::{NotUsed, Role, guess_roles};
use super::sanity::{FollowedLonger, followed_longer};
use super::sheet::Sheet;
use super::values::{Meaning, Polarity, ValueRule, guess_values, meaning, tells_of_events, yes_no_codes};
use crate::decimal;
use crate::infant::{Age, Date, Entry, Field, Infant, IssueKind, Kind, MOST_WBC, OLDEST_DAYS, Severity, read};

/// How one column is used.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ColumnUse {
    /// What it is for.
    pub role: Role,
    /// How its numbers are written.
    pub number: NumberForm,
    /// How its dates are written.
    pub date: DateForm,
    /// Whether a date without a day (`2015-03`) is read as the 15th of its month; else it is not read.
    pub mid_month: bool,
    /// Unit of its times or ages.
    pub unit: TimeUnit,
    /// Whether fractions of cells are given in per cent.
    pub percent: bool,
    /// How white cell counts are read that are too high for the unit of the column.
    pub high_counts: HighCounts,
    /// What yes, 1 and true stand for, where its texts are answers.
    pub polarity: Option<Polarity>,
    /// What its texts mean.
    pub values: Vec<ValueRule>,
}

/// How white cell counts above [`MOST_WBC`] × 10⁹/L are read in a column of that unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HighCounts {
    /// Not at all: they are unknown until a person says what they are.
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

/// Something in a guessed mapping that a person should settle.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The column.
    pub column: usize,
    /// Other columns of which the same is asked: one answer is for all.
    pub also: Vec<usize>,
    /// What is open.
    pub kind: QuestionKind,
}

impl Question {
    /// A question about one column.
    #[must_use]
    pub const fn of(column: usize, kind: QuestionKind) -> Self {
        Self {
            column,
            also: Vec::new(),
            kind,
        }
    }

    /// Whether it is about a column.
    #[must_use]
    pub fn is_about(&self, column: usize) -> bool {
        self.column == column || self.also.contains(&column)
    }
}

/// What is open about a column.
#[derive(Debug, Clone, PartialEq)]
pub enum QuestionKind {
    /// The role was guessed from a part of the name, or from a name that leaves something open.
    Role,
    /// The name tells this role, and the cells are something else: the column is not used.
    Unsuited(Role),
    /// Dates read in two orders.
    DateOrder(DateForm, DateForm),
    /// Cells that can only be read day first, only month first, and both ways as different dates.
    DateOrdersMixed([usize; 3]),
    /// So many dates have years of two digits: 70–99 were read as 1970–1999.
    ShortYears(usize),
    /// So many dates have no day; read as the 15th.
    PartialDates(usize),
    /// Texts in a column of dates, with their numbers of cells, that were read as "no such date".
    NoDate(Vec<(String, usize)>),
    /// Dates that cannot be of a patient, with their numbers of cells, read as "no such date".
    OutOfRangeDates(Vec<(String, usize)>),
    /// Numbers read in several forms.
    NumberForm(NumberForm, Vec<NumberForm>),
    /// The unit of a time was guessed from the numbers' size, or not at all.
    Unit(TimeUnit),
    /// Fractions or per cent: the name does not tell, or the values speak against it.
    Percent(Percent),
    /// So many cells are written as 10e-4, which is 0.001 to programs and 10⁻⁴ in some texts.
    TenE(usize),
    /// So many white cell counts are too high for the unit of the column.
    HighCounts(usize),
    /// A number was taken for a code by custom.
    Assumed(String, &'static str),
    /// What yes and no stand for in a column of death, event or censoring.
    Direction(Direction),
    /// A text has no meaning yet.
    NoMeaning(String),
    /// A text that may stand for a missing value.
    MayBeMissing(String),
    /// Texts in a column of numbers that is not used for findings, with their numbers of cells: they are left out.
    NotNumbers(Vec<(String, usize)>),
    /// Texts that are many of the cells of a column, with their numbers of cells, and are no date or number in its form.
    NotUnderstood(Vec<(String, usize)>),
}

/// Why it is open whether fractions of cells are given in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Percent {
    /// Some values are above 1, and the name does not tell.
    SomeAboveOne,
    /// The name says per cent, and no value is above 1.
    NamedButSmall,
    /// The name does not tell, and the values would do for both.
    Either,
}

/// What a column of death, event or censoring was read as.
#[derive(Debug, Clone, PartialEq)]
pub struct Direction {
    /// Texts that were read as dead or as an event.
    pub yes: Vec<String>,
    /// Texts that were read as alive or as censored.
    pub no: Vec<String>,
    /// Cells with the first.
    pub events: usize,
    /// Cells with either.
    pub total: usize,
    /// Whether the column tells of death; else of an event.
    pub of_death: bool,
    /// Whether this reading is proposed: not where the name says one direction and the rest of the file the other.
    pub proposed: bool,
    /// What speaks against the reading.
    pub doubt: Option<Doubt>,
}

/// What speaks against the direction of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Doubt {
    /// Those with the event would have been followed longer than those without.
    FollowedLonger(FollowedLonger),
    /// So many who would be alive have a date of death, and so many who would be dead have one.
    DatesOfDeath {
        /// Alive, with a date of death.
        alive: usize,
        /// Dead, with a date of death.
        dead: usize,
    },
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
    pub fn guess(import: &Import, profiles: &[Profile]) -> (Self, Vec<Question>) {
        let header = import.sheet.header();
        let mut mapping = Self::default();
        let mut questions = Vec::new();
        let guesses = guess_roles(&names_in_use(import), profiles);
        for (column, guess) in guesses.into_iter().enumerate() {
            let Some(profile) = profiles.get(column) else {
                continue;
            };
            let mut asked = |kind| questions.push(Question::of(column, kind));
            if guess.role != Role::Ignored && !guess.exact {
                asked(QuestionKind::Role);
            }
            if let Some((role, NotUsed::Unsuited)) = guess.unused {
                asked(QuestionKind::Unsuited(role));
            }
            let name = header.get(column).map_or("", String::as_str);
            mapping
                .columns
                .push(ColumnUse::guess(guess.role, guess.polarity, name, profile, &mut asked));
        }
        mapping.settle_directions(import, &mut questions);
        mapping.settle_ambiguous_words(import, &mut questions);
        (mapping, ask_once(questions))
    }

    /// "NR" is "not reached" beside long times and "no response" beside short ones: it is proposed as the first where those who
    /// have it were followed longer than a year and than all with an event.
    fn settle_ambiguous_words(&mut self, import: &Import, questions: &mut [Question]) {
        for question in questions {
            let (QuestionKind::NoMeaning(text), Some(used)) =
                (question.kind.clone(), self.columns.get(question.column))
            else {
                continue;
            };
            if !text.eq_ignore_ascii_case("nr") || !matches!(used.role, Role::FirstEvent | Role::Event(_)) {
                continue;
            }
            let mut proposed = self.clone();
            let rule = ValueRule {
                text: text.clone(),
                meaning: Meaning::Code(EventKind::None.code()),
                sure: false,
            };
            if let Some(column) = proposed.columns.get_mut(question.column) {
                column.values.push(rule);
            }
            let cohort = proposed.read(import);
            let endpoint = Endpoint::ALL.iter().find(|endpoint| cohort.has_own_time(**endpoint));
            let Some(&endpoint) = endpoint else {
                continue;
            };
            let settings = TimeSettings {
                as_in_file: true,
                ..TimeSettings::default()
            };
            let followed = TimeToEvent::of(&cohort, endpoint, settings);
            let column = question.column;
            let (text, followed) = (&text, &followed);
            let times = move |wanted: bool| {
                let rows = followed.row.iter().zip(&followed.time).zip(&followed.event);
                rows.filter(move |((row, _), event)| {
                    let is = import.sheet.cell(**row, column).trim() == text;
                    is == wanted && (wanted || **event != EventKind::None)
                })
                .map(|((_, time), _)| *time)
            };
            let least = times(true).fold(f64::INFINITY, f64::min);
            let most = times(false).fold(0.0, f64::max);
            if least.is_finite() && least > TimeUnit::Years.days() && least > most {
                question.kind = QuestionKind::Assumed(text.clone(), EventKind::None.code());
                *self = proposed;
            }
        }
    }

    /// Looks at what the directions of columns of death, event and censoring imply, and withdraws a proposal that the rest of
    /// the file speaks against.
    fn settle_directions(&mut self, import: &Import, questions: &mut [Question]) {
        let open = |question: &&mut Question| matches!(question.kind, QuestionKind::Direction(_));
        if !questions.iter_mut().any(|question| open(&question)) {
            return;
        }
        let cohort = self.read(import);
        for Question { column, kind, .. } in questions.iter_mut() {
            let (QuestionKind::Direction(direction), Some(used)) = (kind, self.columns.get_mut(*column)) else {
                continue;
            };
            let named = Header::of(import.sheet.header().get(*column).map_or("", String::as_str));
            direction.doubt = doubt(&cohort, used.role);
            match direction.doubt {
                None => {}
                Some(Doubt::DatesOfDeath { .. }) if !named.tells_direction(used.role) => {
                    used.flip();
                    std::mem::swap(&mut direction.yes, &mut direction.no);
                    direction.events = direction.total - direction.events;
                    direction.doubt = None;
                }
                // Columns are named "censor" that hold the event; "alive" and "dead" are never mistaken so.
                Some(Doubt::FollowedLonger(longer))
                    if used.role == Role::VitalStatus && named.tells_direction(used.role)
                        || longer.share < SURE_DOUBT => {}
                Some(_) => {
                    direction.proposed = false;
                    let texts: Vec<String> = direction.yes.iter().chain(&direction.no).cloned().collect();
                    used.values.retain(|rule| !texts.contains(&rule.text));
                }
            }
        }
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

/// What is asked of the dates of several columns is asked once.
fn ask_once(questions: Vec<Question>) -> Vec<Question> {
    let mut asked: Vec<Question> = Vec::new();
    for question in questions {
        let known = asked
            .iter_mut()
            .find_map(|known| match (&mut known.kind, &question.kind) {
                (QuestionKind::DateOrder(form, _), QuestionKind::DateOrder(other, _)) if form == other => {
                    Some(&mut known.also)
                }
                (QuestionKind::DateOrdersMixed(counts), QuestionKind::DateOrdersMixed(more)) => {
                    counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
                    Some(&mut known.also)
                }
                (QuestionKind::ShortYears(cells), QuestionKind::ShortYears(more))
                | (QuestionKind::PartialDates(cells), QuestionKind::PartialDates(more)) => {
                    *cells += more;
                    Some(&mut known.also)
                }
                _ => None,
            });
        match known {
            Some(also) => also.push(question.column),
            None => asked.push(question),
        }
    }
    asked
}

/// The header, without the names of columns that have become other columns.
fn names_in_use(import: &Import) -> Vec<String> {
    let header = import.sheet.header().iter().enumerate();
    let name = |(column, name): (usize, &String)| {
        if import.taken_apart.contains(&column) {
            String::new()
        } else {
            name.clone()
        }
    };
    header.map(name).collect()
}

/// From this share of pairs on, the direction of a column is not proposed.
const SURE_DOUBT: f64 = 0.75;

/// What speaks against the direction of a column of this role, as it is read now.
fn doubt(cohort: &Cohort, role: Role) -> Option<Doubt> {
    if role == Role::VitalStatus {
        let with_death = |vital| {
            let of = |patient: &&Patient| {
                patient.course.vital == Cell::Value(vital) && patient.course.date(Milestone::Death).value().is_some()
            };
            cohort.patients.iter().filter(of).count()
        };
        let (alive, dead) = (with_death(Vital::Alive), with_death(Vital::Dead));
        if alive > dead {
            return Some(Doubt::DatesOfDeath { alive, dead });
        }
        if dead > 0 {
            return None;
        }
    }
    let endpoints = match role {
        Role::VitalStatus => vec![
            Endpoint::OverallSurvival,
            Endpoint::AsInFile,
            Endpoint::EventFreeSurvival,
        ],
        Role::Event(Endpoint::AsInFile) | Role::FirstEvent => Endpoint::ALL.to_vec(),
        Role::Event(endpoint) => vec![endpoint],
        _ => Vec::new(),
    };
    endpoints.into_iter().find_map(|endpoint| {
        let as_in_file = Cohort::has_own_time(cohort, endpoint);
        let settings = TimeSettings {
            as_in_file,
            ..TimeSettings::default()
        };
        let followed = TimeToEvent::of(cohort, endpoint, settings);
        let event: Vec<bool> = followed.event.iter().map(|event| *event != EventKind::None).collect();
        followed_longer(&followed.time, &event).map(Doubt::FollowedLonger)
    })
}

impl ColumnUse {
    pub(super) fn guess(
        role: Role,
        polarity: Option<Polarity>,
        name: &str,
        profile: &Profile,
        asked: &mut impl FnMut(QuestionKind),
    ) -> Self {
        let header = Header::of(name);
        let mut used = Self {
            role,
            ..Self::default()
        };
        if matches!(role, Role::Ignored | Role::Group) {
            used.guess_covariate(profile, asked);
            return used;
        }
        match &profile.kind {
            ColumnKind::Number { form, or } => {
                used.number = *form;
                if role.is_number() && !or.is_empty() {
                    asked(QuestionKind::NumberForm(*form, or.clone()));
                }
            }
            ColumnKind::Date {
                form,
                or,
                short_years,
                months,
                mixed,
            } => {
                used.date = *form;
                match (or, mixed) {
                    (_, Some(counts)) => asked(QuestionKind::DateOrdersMixed(*counts)),
                    (Some(or), None) => asked(QuestionKind::DateOrder(*form, *or)),
                    (None, None) => {}
                }
                if *short_years > 0 {
                    asked(QuestionKind::ShortYears(*short_years));
                }
                if *months > 0 && matches!(role, Role::Milestone(_)) {
                    used.mid_month = true;
                    asked(QuestionKind::PartialDates(*months));
                }
            }
            _ => {}
        }
        match role {
            Role::Milestone(_) => used.guess_dates(&header, profile, asked),
            Role::Time(_) => {
                used.unit = header.unit.unwrap_or_else(|| unit_by_size(profile.range));
                if header.unit.is_none() {
                    asked(QuestionKind::Unit(used.unit));
                }
            }
            Role::Finding(Field::AgeDays) => used.unit = header.unit.unwrap_or(TimeUnit::Days),
            Role::Finding(Field::AgeMonths) => {
                // Ages below 1 with decimals are years.
                let below_one = profile.range.is_some_and(|(_, high)| high < 1.0 && high > 0.0);
                let years = if below_one { TimeUnit::Years } else { TimeUnit::Months };
                used.unit = header.unit.unwrap_or(years);
            }
            Role::Finding(Field::Wbc) => {
                let high = profile.numbers_above(MOST_WBC);
                if high > 0 {
                    asked(QuestionKind::HighCounts(high));
                }
            }
            Role::Finding(field) if field.kind() == Kind::Fraction => used.guess_percent(&header, profile, asked),
            _ => {}
        }
        used.guess_values(profile, polarity, &header, asked);
        used.ask_for_odd_cells(profile, asked);
        used
    }

    /// Asks where many cells of a column of numbers or dates are neither: one or two are named as problems.
    fn ask_for_odd_cells(&self, profile: &Profile, asked: &mut impl FnMut(QuestionKind)) {
        let is_read = self.role.is_number() || matches!(self.role, Role::Milestone(_));
        // Cells that can be read both ways are asked about already.
        if !is_read || self.date == DateForm::EitherOrder {
            return;
        }
        let candidates = match profile.kind {
            ColumnKind::Date { .. } | ColumnKind::Number { .. } if profile.more_levels => &profile.odd,
            _ => &profile.levels,
        };
        // Counts that are held are asked about already.
        let is_held = |text: &str| self.role == Role::Finding(Field::Wbc) && self.number.read(text).is_some();
        let odd: Vec<(String, usize)> = candidates
            .iter()
            .filter(|(text, _)| self.understood(text) == Understood::Nothing && !is_held(text))
            .cloned()
            .collect();
        let cells: usize = odd.iter().map(|(_, cells)| cells).sum();
        // Of a column with too many different texts to list nothing is known to be understood.
        let is_listed = matches!(
            profile.kind,
            ColumnKind::Date { .. } | ColumnKind::Number { .. } | ColumnKind::Id
        ) || !profile.more_levels;
        if cells * 5 > profile.filled || !is_listed {
            asked(QuestionKind::NotUnderstood(odd));
        }
    }

    /// Columns that are no finding are checked like those that are.
    fn guess_covariate(&mut self, profile: &Profile, asked: &mut impl FnMut(QuestionKind)) {
        let ColumnKind::Number { form, .. } = &profile.kind else {
            return;
        };
        self.number = *form;
        for (text, count) in &profile.missing_like {
            self.take_as_missing(text);
            let _ = count;
            asked(QuestionKind::MayBeMissing(text.clone()));
        }
        let odd: Vec<(String, usize)> = profile
            .odd
            .iter()
            .filter(|(text, _)| !is_missing_like(text))
            .cloned()
            .collect();
        if !odd.is_empty() && self.role == Role::Ignored {
            asked(QuestionKind::NotNumbers(odd));
        }
    }

    fn take_as_missing(&mut self, text: &str) {
        self.values.push(ValueRule {
            text: text.to_owned(),
            meaning: Meaning::Missing,
            sure: false,
        });
    }

    /// Numbers in a column of dates are days of a spreadsheet, or days or months since diagnosis where the name counts; words
    /// for "none" are no date.
    fn guess_dates(&mut self, header: &Header, profile: &Profile, asked: &mut impl FnMut(QuestionKind)) {
        if !matches!(profile.kind, ColumnKind::Date { .. }) {
            let high = profile.range.map_or(0.0, |(_, high)| high);
            self.date = match (header.unit, high) {
                (_, high) if high > 1e8 => DateForm::UnixSeconds,
                (_, high) if high >= EARLIEST_DAY => DateForm::SpreadsheetDay,
                (Some(TimeUnit::Days), _) => DateForm::DaysSinceDiagnosis,
                (Some(TimeUnit::Months), _) => DateForm::MonthsSinceDiagnosis,
                _ => DateForm::default(),
            };
        }
        let candidates = match profile.kind {
            ColumnKind::Date { .. } | ColumnKind::Number { .. } => &profile.odd,
            _ => &profile.levels,
        };
        let unread = |text: &str| self.date.read(text).is_none() && self.date.since_diagnosis(text).is_none();
        let none: Vec<(String, usize)> = candidates
            .iter()
            .filter(|(text, _)| unread(text) && means_no_date(text))
            .cloned()
            .collect();
        for (text, _) in none.iter().chain(&profile.out_of_range) {
            self.take_as_missing(text);
        }
        if !none.is_empty() {
            asked(QuestionKind::NoDate(none));
        }
        if !profile.out_of_range.is_empty() {
            asked(QuestionKind::OutOfRangeDates(profile.out_of_range.clone()));
        }
    }

    fn guess_percent(&mut self, header: &Header, profile: &Profile, asked: &mut impl FnMut(QuestionKind)) {
        let high = profile.range.map_or(0.0, |(_, high)| high);
        let below_assay = profile.least_positive.is_some_and(|least| least < LEAST_PERCENT);
        // Where every cell has a sign of per cent nothing is open.
        if profile.percent_signs > 0 && profile.percent_signs + profile.misfits >= profile.filled {
            self.percent = header.percent;
            return;
        }
        if header.percent {
            self.percent = true;
            if high <= 1.0 && high > 0.0 {
                asked(QuestionKind::Percent(Percent::NamedButSmall));
            }
        } else if high > 1.0 {
            self.percent = !below_assay;
            asked(QuestionKind::Percent(Percent::SomeAboveOne));
        } else if profile.least_positive.is_some() && !below_assay {
            asked(QuestionKind::Percent(Percent::Either));
        }
        let ten_e = profile.ten_e;
        if ten_e > 0 {
            asked(QuestionKind::TenE(ten_e));
        }
    }

    fn guess_values(
        &mut self,
        profile: &Profile,
        polarity: Option<Polarity>,
        header: &Header,
        asked: &mut impl FnMut(QuestionKind),
    ) {
        let has_codes = !self.role.codes().is_empty();
        let of_events = tells_of_events(self.role);
        if has_codes {
            let found = guess_values(self.role, profile, polarity, &header.coding);
            self.polarity = found.polarity;
            if of_events && found.polarity.is_some() && found.rules.iter().any(|rule| !rule.sure) {
                asked(QuestionKind::Direction(direction(self.role, profile, &found.rules)));
            }
            for rule in found
                .rules
                .iter()
                .filter(|rule| !(rule.sure || of_events && found.polarity.is_some()))
            {
                if let Meaning::Code(code) = rule.meaning {
                    asked(QuestionKind::Assumed(rule.text.clone(), code));
                }
            }
            self.values.extend(found.rules);
        }
        let id = self.role == Role::Finding(Field::Id);
        let dates = matches!(self.role, Role::Milestone(_));
        for (text, _) in profile.missing_like.iter().filter(|_| !id && !dates) {
            if meaning(&self.values, text).is_some() {
                continue;
            }
            // A number may stand for a missing value, and then it still is a number: a person looks.
            asked(QuestionKind::MayBeMissing(text.clone()));
            self.take_as_missing(text);
        }
        for (text, _) in profile.levels.iter().filter(|_| has_codes) {
            if meaning(&self.values, text).is_none() {
                asked(QuestionKind::NoMeaning(text.clone()));
            }
        }
    }

    /// Reads the texts of a column of answers in this direction, as a person says.
    pub fn turn(&mut self, wanted: Polarity, profile: &Profile) {
        let found = guess_values(self.role, profile, Some(wanted), &[]);
        let texts: Vec<&String> = found.rules.iter().map(|rule| &rule.text).collect();
        self.values.retain(|rule| !texts.contains(&&rule.text));
        self.values
            .extend(found.rules.into_iter().map(|rule| ValueRule { sure: true, ..rule }));
        self.polarity = found.polarity;
    }

    /// Turns the direction of a column of answers round.
    pub fn flip(&mut self) {
        let Some((yes, no)) = yes_no_codes(self.role) else {
            return;
        };
        for rule in &mut self.values {
            rule.meaning = match rule.meaning {
                Meaning::Code(code) if code == yes => Meaning::Code(no),
                Meaning::Code(code) if code == no => Meaning::Code(yes),
                other => other,
            };
        }
        self.polarity = self.polarity.map(Polarity::flipped);
    }
}

/// What the rules of a column of death, event or censoring imply.
fn direction(role: Role, profile: &Profile, rules: &[ValueRule]) -> Direction {
    let no_code = yes_no_codes(role).map(|(_, no)| no);
    let (no, yes): (Vec<&ValueRule>, Vec<&ValueRule>) = rules
        .iter()
        .partition(|rule| matches!(rule.meaning, Meaning::Code(code) if Some(code) == no_code));
    let cells = |rules: &[&ValueRule]| -> usize {
        let of = |rule: &&ValueRule| {
            profile
                .levels
                .iter()
                .find(|(text, _)| *text == rule.text)
                .map_or(0, |(_, count)| *count)
        };
        rules.iter().map(of).sum()
    };
    let texts = |rules: &[&ValueRule]| rules.iter().map(|rule| rule.text.clone()).collect();
    Direction {
        events: cells(&yes),
        total: cells(&yes) + cells(&no),
        yes: texts(&yes),
        no: texts(&no),
        of_death: matches!(role, Role::VitalStatus | Role::Event(Endpoint::OverallSurvival)),
        proposed: true,
        doubt: None,
    }
}

/// Words in a column of dates that mean that there is none, in lower case; what means "unknown" is not among them.
const NO_DATE: &[&str] = &[
    "alive",
    "living",
    "ned",
    "none",
    "no",
    "never",
    "0",
    "-",
    "--",
    "–",
    "—",
    "#null!",
    "null",
    "(null)",
    "n/a",
    "#n/a",
    "n.a.",
    "na.",
    "n.a",
    "not applicable",
    "-8",
    "-9",
    "-1",
    "-7",
    "-88",
    "-99",
    "88",
    "99",
    "999",
    "9999",
    "no relapse",
    "no death",
    "no event",
    "no hsct",
    "no sct",
    "not transplanted",
    "cr",
    "ccr",
    "cr1",
    "remission",
    "in remission",
    "in cr",
    "in ccr",
    "none recorded",
    "not dead",
    "not relapsed",
    "censored",
    "lebt",
    "lebend",
    "nein",
    "kein",
    "keine",
    "entfällt",
    "kein rezidiv",
    "生存",
    "生存中",
    "なし",
    "無",
    "無し",
    "无",
    "없음",
    "무",
    "생존",
    "vivo",
    "viva",
    "vivant",
    "vivante",
    "non",
    "no aplica",
    "não",
    "нет",
    "жив",
    "жива",
    "f",
    "false",
    "x",
    "nan",
    "nat",
    "1.1.1",
    "n",
    "dnr",
    "nr",
    "not reached",
];

fn means_no_date(text: &str) -> bool {
    let plain = text.trim().to_lowercase();
    // 00/00/0000, 0000-00-00.
    let zeros = plain.contains('0') && plain.chars().all(|c| c == '0' || !c.is_alphanumeric());
    zeros || NO_DATE.contains(&plain.as_str())
}

/// Days since 1899-12-30 from which a number is taken as a day of a spreadsheet: 1964.
const EARLIEST_DAY: f64 = 23_500.0;

/// The least residual disease in per cent that an assay finds: 10⁻⁵ of cells.
const LEAST_PERCENT: f64 = 1e-3;

/// The unit of times by the largest: infants are rarely followed for 30 years.
fn unit_by_size(range: Option<(f64, f64)>) -> TimeUnit {
    match range.map_or(0.0, |(_, high)| high) {
        high if high > 480.0 => TimeUnit::Days,
        high if high > 30.0 => TimeUnit::Months,
        _ => TimeUnit::Years,
    }
}

struct Reader<'a> {
    columns: Vec<(usize, &'a ColumnUse)>,
}

impl Reader<'_> {
    fn patient(&self, sheet: &Sheet, row: usize, problems: &mut Vec<Problem>) -> Patient {
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

    /// The order in which the dates of a row are written, where its columns are written in both and its cells settle it.
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

impl ColumnUse {
    /// Reads a cell into its place; what it cannot be used for is returned. (Findings report for themselves.)
    fn read_cell(
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
                // A date without its day tells no age in days.
                if let (Some(field), Some(date)) = (field, self.date.read(text).filter(|_| cell.value().is_some())) {
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

    /// Writes a finding into the entry as the dictionary writes it; what is not understood stays as it is. What is held back
    /// until a person has said what it is is returned.
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
            Kind::Number { .. } => match self.number.plain(text) {
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

    /// A fraction of cells as the dictionary writes it: `0.0001`, `0.01%`, `2e-2`, `negative`.
    fn fraction(&self, text: &str) -> Option<String> {
        let lower = text.to_lowercase();
        if NEGATIVE_WORDS.contains(&lower.as_str()) {
            return Some("negative".to_owned());
        }
        let (number, sign) = match text.strip_suffix(['%', '％']) {
            Some(number) => (number.trim_end(), "%"),
            None => (text, if self.percent { "%" } else { "" }),
        };
        let plain = self.number.plain(number).or_else(|| power_of_ten(number))?;
        Some(format!("{plain}{sign}"))
    }

    /// A white cell count in the unit of the column; a unit in the cell goes before it.
    fn read_count(&self, field: Field, text: &str, entry: &mut Entry) -> Option<Trouble> {
        let at = text.find(|c: char| c.is_alphabetic() || matches!(c, '/' | '×' | '*' | '^'));
        let (number, unit) = match at.filter(|&at| at > 0) {
            // "1e5" is a number.
            Some(_) if self.number.plain(text).is_some() => (text, None),
            Some(at) => {
                // "x10^9/L": the 10 belongs to the unit.
                let (number, unit) = text.split_at(at);
                (number.trim(), Header::of(&format!("wbc {unit}")).count_unit)
            }
            None => (text, None),
        };
        let Some(plain) = self
            .number
            .plain(number)
            .filter(|_| at.is_none() || unit.is_some() || number == text)
        else {
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

    /// An age in the unit of the column. Weeks stay weeks; years do not tell the day: they are written as the completed months
    /// where every day that they may mean has the same.
    fn read_age(&self, field: Field, text: &str, entry: &mut Entry) -> Option<Trouble> {
        let Some(plain) = self.number.plain(text) else {
            entry.set(field, text);
            return None;
        };
        let days = match (self.unit, decimal::parse(&plain)) {
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

/// Words for residual disease that was not found, in lower case.
pub const NEGATIVE_WORDS: &[&str] = &[
    "negative",
    "neg",
    "neg.",
    "negativ",
    "mrd-",
    "mrd negative",
    "mrd neg",
    "not detected",
    "undetectable",
    "not detectable",
    "nachweisgrenze unterschritten",
    "nicht nachweisbar",
    "négatif",
    "negativo",
    "陰性",
    "阴性",
    "음성",
    "検出せず",
    "не обнаружено",
    "отрицательно",
];

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

impl Cohort {
    /// The text of a column for each patient, trimmed; missing cells are `None`.
    #[must_use]
    pub fn texts<'a>(&self, sheet: &'a Sheet, column: usize) -> Vec<Option<&'a str>> {
        let cell = |patient: &Patient| Some(sheet.cell(patient.row, column).trim()).filter(|text| !is_missing(text));
        self.patients.iter().map(cell).collect()
    }

    /// Whether anybody has a time of the file's own to an endpoint.
    #[must_use]
    pub fn has_own_time(&self, endpoint: Endpoint) -> bool {
        let first = self.patients.first();
        first.is_some_and(|patient| patient.course.time(endpoint) != Cell::NoColumn)
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
