//! The guessed role of each column and how it is read, for a person to confirm, with the open questions.

use super::column_names::ColumnNames;
use super::confirm::Understood;
use super::course::{Cell, Endpoint, EventKind, Milestone, TimeUnit, Vital};
use super::date_form::DateForm;
use super::description::Description;
use super::endpoints::{TimeSettings, TimeToEvent};
use super::header::Header;
use super::kind::{ColumnKind, Profile, is_missing_like};
use super::lenient::Import;
use super::role::{Polarity, Role};
use super::role_guess::{EARLIEST_DAY, NotUsed, guess_roles_of};
use super::sanity::followed_longer;
use super::values::{Meaning, ValueRule, guess_values, meaning, tells_of_events, yes_no_codes};
use super::word_lists::cell_meaning;
use crate::infant::{Field, Kind, MOST_WBC};

use super::mapping::{Cohort, ColumnUse, Mapping, Patient};
use super::question::{Direction, Doubt, Percent, Question, QuestionKind};

impl Mapping {
    /// Guesses the role of each column; returns it with the questions for a person.
    #[must_use]
    pub fn guess(import: &Import, profiles: &[Profile]) -> (Self, Vec<Question>) {
        let mut mapping = Self::default();
        let mut questions = Vec::new();
        let names = import.names();
        let guesses = guess_roles_of(&names, profiles);
        for (column, guess) in guesses.into_iter().enumerate() {
            let Some(profile) = profiles.get(column) else {
                continue;
            };
            let mut asked = |kind| questions.push(Question::of(column, kind));
            if guess.role.is_always_asked() {
                asked(QuestionKind::Grades(guess.role));
            } else if guess.role != Role::Ignored && !guess.exact {
                asked(QuestionKind::Role);
            }
            if let Some((role, NotUsed::Unsuited)) = guess.unused {
                asked(QuestionKind::Unsuited(role));
            }
            let described = import.description(column);
            mapping.columns.push(ColumnUse::guess(
                guess.role,
                guess.polarity,
                &names[column],
                described,
                profile,
                &mut asked,
            ));
        }
        mapping.settle_directions(import, &mut questions);
        mapping.settle_ambiguous_words(import, &mut questions);
        (mapping, ask_once(questions))
    }

    /// "NR" means "not reached" with long follow-up and "no response" with short follow-up: the first is proposed where
    /// patients with it were followed longer than a year and longer than all patients with an event.
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
            let endpoint = Endpoint::WITH_TIMES
                .iter()
                .find(|endpoint| cohort.has_own_time(**endpoint));
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

    /// Checks what the directions of columns of death, event and censoring imply, and withdraws a proposal that
    /// contradicts the rest of the file.
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
}

/// Merges the same question about the dates of several columns into one.
fn ask_once(questions: Vec<Question>) -> Vec<Question> {
    let mut asked: Vec<Question> = Vec::new();
    for question in questions {
        let known = asked
            .iter_mut()
            .find_map(|known| match (&mut known.kind, &question.kind) {
                (QuestionKind::DateOrder(form, _), QuestionKind::DateOrder(other, _)) if form == other => {
                    Some(&mut known.also)
                }
                (QuestionKind::Calendar(form, cells), QuestionKind::Calendar(other, more)) if form == other => {
                    *cells += more;
                    Some(&mut known.also)
                }
                (QuestionKind::DateOrdersMixed(counts), QuestionKind::DateOrdersMixed(more)) => {
                    counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
                    Some(&mut known.also)
                }
                (QuestionKind::ShortYears(cells), QuestionKind::ShortYears(more))
                | (QuestionKind::PastEra(cells), QuestionKind::PastEra(more))
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

/// The direction of a column is not proposed from this share of contradicting pairs on.
const SURE_DOUBT: f64 = 0.75;

/// Returns the evidence against the current direction of a column of this role.
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
        Role::Event(Endpoint::AsInFile) | Role::FirstEvent => Endpoint::WITH_TIMES.to_vec(),
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
        names: &ColumnNames,
        described: Option<&Description>,
        profile: &Profile,
        asked: &mut impl FnMut(QuestionKind),
    ) -> Self {
        let header = &names.told;
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
                if profile.past_era > 0 {
                    asked(QuestionKind::PastEra(profile.past_era));
                }
                if form.has_other_years() {
                    asked(QuestionKind::Calendar(*form, profile.filled - profile.misfits));
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
            Role::Milestone(_) => used.guess_dates(header, profile, asked),
            Role::Time(_) => {
                used.unit = header.unit.unwrap_or_else(|| unit_by_size(profile.range));
                if header.unit.is_none() {
                    asked(QuestionKind::Unit(used.unit));
                }
            }
            Role::Finding(Field::AgeDays) => {
                used.unit = header
                    .unit
                    .filter(|unit| *unit == TimeUnit::Weeks)
                    .unwrap_or(TimeUnit::Days);
            }
            Role::Finding(Field::AgeMonths) => {
                // Ages below 1 with decimals are years.
                let below_one = profile.range.is_some_and(|(_, high)| high < 1.0 && high > 0.0);
                used.unit = match header.unit {
                    Some(TimeUnit::Years) => TimeUnit::Years,
                    None if below_one => TimeUnit::Years,
                    _ => TimeUnit::Months,
                };
            }
            Role::Finding(Field::Wbc) => {
                let high = profile.numbers_above(MOST_WBC);
                if high > 0 {
                    asked(QuestionKind::HighCounts(high));
                }
            }
            Role::Finding(field) if field.kind() == Kind::Fraction => used.guess_percent(header, profile, asked),
            _ => {}
        }
        used.guess_values(profile, polarity, names, described, asked);
        used.ask_for_odd_cells(profile, asked);
        used
    }

    /// Asks where many cells of a column of numbers or dates are neither; one or two are reported as problems.
    fn ask_for_odd_cells(&self, profile: &Profile, asked: &mut impl FnMut(QuestionKind)) {
        let is_read = self.role.is_number() || matches!(self.role, Role::Milestone(_));
        // There is already a question about cells that can be read both ways.
        if !is_read || self.date == DateForm::EitherOrder {
            return;
        }
        let candidates = match profile.kind {
            ColumnKind::Date { .. } | ColumnKind::Number { .. } if profile.more_levels => &profile.odd,
            _ => &profile.levels,
        };
        // There is already a question about these counts.
        let is_held = |text: &str| self.role == Role::Finding(Field::Wbc) && self.number.read(text).is_some();
        let odd: Vec<(String, usize)> = candidates
            .iter()
            .filter(|(text, _)| self.understood(text) == Understood::Nothing && !is_held(text))
            .cloned()
            .collect();
        let cells: usize = odd.iter().map(|(_, cells)| cells).sum();
        // The texts of a column with too many different ones are not listed.
        let is_listed = matches!(
            profile.kind,
            ColumnKind::Date { .. } | ColumnKind::Number { .. } | ColumnKind::Id
        ) || !profile.more_levels;
        if cells * 5 > profile.filled || !is_listed {
            asked(QuestionKind::NotUnderstood(odd));
        }
    }

    /// Checks columns that are not findings like those that are.
    fn guess_covariate(&mut self, profile: &Profile, asked: &mut impl FnMut(QuestionKind)) {
        let ColumnKind::Number { form, .. } = &profile.kind else {
            return;
        };
        self.number = *form;
        for (text, _) in &profile.missing_like {
            self.take_as_missing(text);
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

    /// Numbers in a column of dates are days of a spreadsheet, or days or months since diagnosis where the name counts;
    /// words for "none" mean that there is no date.
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
        // Where every cell has a percent sign there is no question.
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
        } else if profile.least_positive.is_some() && !below_assay && !header.fraction {
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
        names: &ColumnNames,
        described: Option<&Description>,
        asked: &mut impl FnMut(QuestionKind),
    ) {
        let has_codes = !self.role.codes().is_empty();
        let of_events = tells_of_events(self.role);
        if has_codes {
            let mut found = guess_values(self.role, profile, polarity, &names.told.coding);
            // Labels state their meaning; those of yes and no do under a name that says of what.
            let is_stated = described.is_some_and(|described| described.is_category);
            if is_stated && (!of_events || found.polarity.is_none() || names.tell_direction(self.role)) {
                found.rules.iter_mut().for_each(|rule| rule.sure = true);
            }
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
            // A number may be a code for a missing value: ask.
            if !described.is_some_and(|described| described.says_unknown(text)) {
                asked(QuestionKind::MayBeMissing(text.clone()));
            }
            self.take_as_missing(text);
        }
        for (text, _) in profile.levels.iter().filter(|_| has_codes) {
            if meaning(&self.values, text).is_some() {
                continue;
            }
            if described.is_some_and(|described| described.says_unknown(text)) {
                self.take_as_missing(text);
            } else {
                asked(QuestionKind::NoMeaning(text.clone()));
            }
        }
    }

    /// Sets the direction in which the texts of a column of answers are read.
    pub fn turn(&mut self, wanted: Polarity, profile: &Profile) {
        let found = guess_values(self.role, profile, Some(wanted), &[]);
        let texts: Vec<&String> = found.rules.iter().map(|rule| &rule.text).collect();
        self.values.retain(|rule| !texts.contains(&&rule.text));
        self.values
            .extend(found.rules.into_iter().map(|rule| ValueRule { sure: true, ..rule }));
        self.polarity = found.polarity;
    }

    /// Reverses the direction of a column of answers.
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

/// Returns what the rules of a column of death, event or censoring imply.
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

fn means_no_date(text: &str) -> bool {
    let plain = text.trim().to_lowercase();
    // 00/00/0000, 0000-00-00.
    let zeros = plain.contains('0') && plain.chars().all(|c| c == '0' || !c.is_alphanumeric());
    zeros || cell_meaning("date", &plain).is_some()
}

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
