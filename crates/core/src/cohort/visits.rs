//! Exports of a database with a row for each visit (REDCap's longitudinal and repeating projects): which of the cells of
//! a patient counts.
//!
//! Findings are those of the first row that has one, dates of events the earliest, the last contact the latest, the
//! status and times those of the last row that has one. Other values of a finding are reported.

use super::column::is_missing;
use super::course::{EventKind, Milestone};
use super::date_form::DateForm;
use super::kind::{ColumnKind, Profile};
use super::role::Role;
use super::sheet::Sheet;
use super::values::{Meaning, guess_values, meaning};

/// The columns of an export by the rule that chooses among the cells of a patient; the others are not used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Visits {
    /// Columns whose latest date counts, with its form.
    pub latest: Vec<(usize, DateForm)>,
    /// Columns whose earliest date counts.
    pub earliest: Vec<(usize, DateForm)>,
    /// The column of the first event, with its texts for none: the first other text counts.
    pub first_event: Option<(usize, Vec<String>)>,
    /// Columns whose first cell counts; other values are reported.
    pub findings: Vec<usize>,
}

/// Headers of the columns that tell the visits apart, in lower case: raw and with labels.
const VISITS: &[&str] = &[
    "redcap_event_name",
    "redcap_repeat_instrument",
    "redcap_repeat_instance",
    "event name",
    "repeat instrument",
    "repeat instance",
];

/// True if a column tells the visits of an export of REDCap apart. `Event Name` alone may be anything.
pub(super) fn is_of_visits(header: &[String]) -> bool {
    let known = |name: &&String| VISITS.contains(&name.trim().to_lowercase().as_str());
    let found: Vec<String> = header.iter().filter(known).map(|name| name.to_lowercase()).collect();
    found.iter().any(|name| name.starts_with("redcap_")) || found.len() > 1
}

impl Visits {
    /// The rules for the columns of an export; `None` where its rows are no visits.
    pub(super) fn of(header: &[String], roles: &[Role], profiles: &[Profile]) -> Option<Self> {
        if !is_of_visits(header) {
            return None;
        }
        let mut rules = Self::default();
        for (column, (role, profile)) in roles.iter().zip(profiles).enumerate() {
            let form = match profile.kind {
                ColumnKind::Date { form, .. } if form != DateForm::EitherOrder => Some(form),
                _ => None,
            };
            match (role, form) {
                (Role::Milestone(Milestone::LastFollowUp), Some(form)) => rules.latest.push((column, form)),
                (Role::Milestone(day), Some(form)) if !matches!(day, Milestone::Birth | Milestone::Diagnosis) => {
                    rules.earliest.push((column, form));
                }
                (Role::FirstEvent, _) => rules.first_event = Some((column, texts_of_none(profile))),
                (Role::Finding(_) | Role::Milestone(Milestone::Birth | Milestone::Diagnosis), _) => {
                    rules.findings.push(column);
                }
                _ => {}
            }
        }
        Some(rules)
    }

    /// The row among those of a patient with a filled cell whose cell counts; `None` where no rule is for the column.
    pub(super) fn pick(&self, sheet: &Sheet, column: usize, filled: &[usize]) -> Option<usize> {
        let form = |rules: &[(usize, DateForm)]| rules.iter().find(|(each, _)| *each == column).map(|(_, form)| *form);
        let by_date = |form: DateForm| -> Option<Vec<(i64, usize)>> {
            let dated = |&row: &usize| Some((form.read(sheet.cell(row, column).trim())?.day_number(), row));
            // One text that is no date leaves the order of the rows.
            filled.iter().map(dated).collect()
        };
        if let Some(form) = form(&self.latest) {
            return by_date(form)?.into_iter().max().map(|(_, row)| row);
        }
        if let Some(form) = form(&self.earliest) {
            return by_date(form)?.into_iter().min().map(|(_, row)| row);
        }
        let (_, none) = self.first_event.as_ref().filter(|(each, _)| *each == column)?;
        let is_event = |row: &&usize| !none.iter().any(|text| text == sheet.cell(**row, column).trim());
        filled.iter().find(is_event).or(filled.first()).copied()
    }

    /// Rows of a patient whose finding is another than the one that counts.
    pub(super) fn others(&self, sheet: &Sheet, column: usize, filled: &[usize]) -> Vec<usize> {
        let Some((&first, rest)) = filled.split_first().filter(|_| self.findings.contains(&column)) else {
            return Vec::new();
        };
        let counts = sheet.cell(first, column).trim();
        let differs = |row: &&usize| {
            let cell = sheet.cell(**row, column).trim();
            !is_missing(cell) && cell != counts
        };
        rest.iter().filter(differs).copied().collect()
    }
}

/// The texts of a column of first events that mean none.
fn texts_of_none(profile: &Profile) -> Vec<String> {
    let found = guess_values(Role::FirstEvent, profile, None, &[]);
    let is_none = |text: &&String| meaning(&found.rules, text) == Some(Meaning::Code(EventKind::None.code()));
    let texts = profile.levels.iter().map(|(text, _)| text);
    texts.filter(is_none).cloned().collect()
}
