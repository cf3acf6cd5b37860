//! A cohort ready for analysis: follow-up and findings as columns, without the file that they came from.
//!
//! Rules of protocols are applied on demand, so that the statistics depend neither on files nor on protocols.

use std::cmp::Reverse;

use super::column::is_missing;
use super::course::{Cell, Course, Endpoint, Milestone};
use super::endpoints::{TimeSettings, TimeToEvent, Unusable, has_dates, missing_columns};
use super::kind::{ColumnKind, Profile};
use super::lenient::Import;
use super::mapping::{Cohort, ColumnUse, Mapping};
use super::protocol_groups::ProtocolGroups;
use super::role::Role;
use super::values::{Meaning, meaning};
use crate::infant::{Age, Field, Infant, Kind, MrdPoint};
use crate::shortest;
use std::collections::BTreeMap;

/// Columns of a file with more levels than this are not variables.
pub const MOST_GROUPS: usize = 8;

/// The patients of a file as columns; `row`, `course`, `age` and the values of each variable are equally long.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Study {
    /// Name of the file.
    pub name: String,
    /// The nature of its rows.
    pub nature: Nature,
    /// Number of rows of the file.
    pub rows: usize,
    /// Rows that cannot be used at all, ascending, from 0.
    pub set_aside: Vec<usize>,
    /// Cells and rows that could not be used, each named where the file was read.
    pub problems: usize,
    /// Row of each patient, ascending, from 0.
    pub row: Vec<usize>,
    /// The course of each patient.
    pub course: Vec<Course>,
    /// The age of each patient at diagnosis, as it is known.
    pub age: Vec<Option<Age>>,
    /// Variables of the patients: findings first, then columns of the file.
    pub variables: Vec<Variable>,
    /// The groups of the patients in each protocol, in the order of the protocols.
    pub protocols: Vec<ProtocolGroups>,
    /// Columns of the file that are not used because they have too many levels.
    pub manifold: Vec<Manifold>,
    /// The id of each patient as the file has it, empty where it has none; an empty list without a column of ids.
    pub ids: Vec<String>,
    /// Columns of texts that only tell which rows belong together: ids, and those with too many levels to be compared.
    pub labels: Vec<Variable>,
}

/// A column with too many levels to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifold {
    /// Header of the column.
    pub name: String,
    /// How many levels it has; `None` for more than [`MOST_LEVELS`](super::MOST_LEVELS).
    pub levels: Option<usize>,
}

impl Manifold {
    /// A column with more levels than [`MOST_GROUPS`] that a person did not call a group, or with too many for one.
    /// Dates and measured numbers have no levels.
    fn of(name: &str, profile: &Profile, used: &ColumnUse) -> Option<Self> {
        let has_levels = match profile.kind {
            ColumnKind::Text | ColumnKind::Category => true,
            ColumnKind::Number { .. } => !profile.more_levels,
            _ => false,
        };
        let levels = (!profile.more_levels).then_some(profile.levels.len());
        let is_manifold = match (used.role, levels) {
            (Role::Ignored, Some(levels)) => levels > MOST_GROUPS,
            (Role::Ignored | Role::Group, None) => true,
            _ => false,
        };
        (has_levels && is_manifold).then(|| Self {
            name: name.to_owned(),
            levels,
        })
    }
}

/// The nature of the rows of a file, given by a column `data` with one word in all its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Nature {
    /// Patients, unless the file says otherwise.
    #[default]
    Patients,
    /// An example: `example`.
    Example,
    /// Made by a program: `synthetic`.
    Synthetic,
    /// Taken back from a published curve: `reconstructed`.
    Reconstructed,
}

impl Nature {
    fn of(header: &[String], profiles: &[Profile]) -> Self {
        let mut words = header
            .iter()
            .zip(profiles)
            .filter_map(|(name, profile)| match &profile.levels[..] {
                [(word, _)] if name.eq_ignore_ascii_case("data") && profile.missing == 0 => Some(word.as_str()),
                _ => None,
            });
        match words.next() {
            Some("example") => Self::Example,
            Some("synthetic") => Self::Synthetic,
            Some("reconstructed") => Self::Reconstructed,
            _ => Self::Patients,
        }
    }
}

/// A variable of the patients.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// `finding:sex`, `column:4`.
    pub id: String,
    /// The column of the data dictionary, or the file's own header.
    pub name: String,
    /// One value for each patient.
    pub values: Values,
}

/// Values of a variable; `None` where it is not known.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Numbers, in the unit of the data dictionary.
    Numbers(Vec<Option<f64>>),
    /// Positions in `names`.
    Levels {
        /// The levels, in the order of the dictionary or of the alphabet.
        names: Vec<String>,
        /// One value for each patient.
        codes: Vec<Option<u32>>,
    },
}

impl Study {
    /// Makes a study of the patients of a file under a confirmed mapping; their groups in protocols
    /// ([`protocol_groups`](crate::protocols::protocol_groups), which takes longest) is added afterwards.
    #[must_use]
    pub fn of(name: &str, import: &Import, profiles: &[Profile], mapping: &Mapping, cohort: &Cohort) -> Self {
        let infants = || cohort.patients.iter().map(|patient| &patient.infant);
        let findings = Field::ALL.iter().filter_map(|&field| finding(field, infants()));
        let columns = mapping.columns.iter().enumerate().filter_map(|(column, used)| {
            let wanted = matches!(used.role, Role::Ignored | Role::Group);
            let profile = profiles.get(column).filter(|_| wanted)?;
            column_of(import, profile, cohort, column, used)
        });
        let named = import.sheet.header().iter().zip(profiles).zip(&mapping.columns);
        let manifold = named.filter_map(|((name, profile), used)| Manifold::of(name, profile, used));
        Self {
            name: name.to_owned(),
            nature: Nature::of(import.sheet.header(), profiles),
            rows: import.sheet.rows(),
            set_aside: cohort.set_aside.clone(),
            problems: cohort.problems.len(),
            row: cohort.patients.iter().map(|patient| patient.row).collect(),
            course: cohort.patients.iter().map(|patient| patient.course.clone()).collect(),
            age: infants().map(|infant| infant.age).collect(),
            variables: findings.chain(columns).collect(),
            protocols: Vec::new(),
            manifold: manifold.collect(),
            ids: ids(import, mapping, cohort),
            labels: labels(import, profiles, mapping, cohort),
        }
    }

    /// True if the file times an endpoint itself and has no dates to compute it from.
    #[must_use]
    pub fn has_times_alone(&self, endpoint: Endpoint) -> bool {
        // Which columns there are is the same for all.
        self.course
            .first()
            .is_some_and(|course| !has_dates(course, endpoint) && course.time(endpoint) != Cell::NoColumn)
    }

    /// True if the file's own times are used: where they are asked for, or where the file has no dates and its times count
    /// from the same origin.
    #[must_use]
    pub fn is_timed_by_file(&self, endpoint: Endpoint, settings: TimeSettings) -> bool {
        settings.as_in_file || settings.is_usual(endpoint) && self.has_times_alone(endpoint)
    }

    /// Time to `endpoint` of every patient; from the file's own times where it has no dates.
    #[must_use]
    pub fn follow(&self, endpoint: Endpoint, settings: TimeSettings) -> TimeToEvent {
        let settings = TimeSettings {
            as_in_file: self.is_timed_by_file(endpoint, settings),
            ..settings
        };
        let courses = self.row.iter().copied().zip(&self.course);
        TimeToEvent::of_courses(courses, &self.set_aside, endpoint, settings)
    }

    /// Returns why rows cannot be followed to `endpoint`, each reason with its number of rows, the most frequent first.
    /// Where the file lacks needed columns, it returns only these.
    #[must_use]
    pub fn obstacles(&self, endpoint: Endpoint, settings: TimeSettings) -> Vec<(Unusable, usize)> {
        let as_in_file = self.is_timed_by_file(endpoint, settings);
        let origin = settings.origin_of(endpoint);
        let columns = self
            .course
            .first()
            .map(|course| missing_columns(course, endpoint, origin, as_in_file));
        let columns = columns.unwrap_or_default();
        if !columns.is_empty() {
            return columns.into_iter().map(|why| (why, self.course.len())).collect();
        }
        let mut reasons: BTreeMap<Unusable, usize> = BTreeMap::default();
        for excluded in self.follow(endpoint, settings).excluded {
            *reasons.entry(excluded.why).or_default() += 1;
        }
        let mut reasons: Vec<(Unusable, usize)> = reasons.into_iter().collect();
        reasons.sort_by_key(|(_, rows)| Reverse(*rows));
        reasons
    }

    /// The variable with an id.
    #[must_use]
    pub fn variable(&self, id: &str) -> Option<&Variable> {
        self.variables.iter().find(|variable| variable.id == id)
    }

    /// The variable, or the column of labels, with an id.
    #[must_use]
    pub fn column(&self, id: &str) -> Option<&Variable> {
        self.variable(id)
            .or_else(|| self.labels.iter().find(|column| column.id == id))
    }

    /// Returns what tells a patient from others: its id, or without one all that the file says of it.
    #[must_use]
    pub fn identity(&self, patient: usize) -> String {
        if let Some(id) = self.ids.get(patient).filter(|id| !id.is_empty()) {
            return id.clone();
        }
        let columns = self.variables.iter().chain(&self.labels);
        let texts = columns.map(|column| format!("{}={}", column.name, column.values.text(patient)));
        let dates = Milestone::ALL.iter().filter_map(|&milestone| {
            let date = self.course.get(patient)?.date(milestone).value()?;
            Some(format!("{}={date}", milestone.code()))
        });
        texts.chain(dates).collect::<Vec<_>>().join("\u{1f}")
    }

    /// Returns the groups of the patients in a protocol.
    #[must_use]
    pub fn protocol(&self, id: &str) -> Option<&ProtocolGroups> {
        self.protocols.iter().find(|protocol| protocol.id == id)
    }
}

impl Values {
    /// Levels of texts, in the order in which `names` has them.
    fn of_texts<'a>(names: &[&str], texts: impl Iterator<Item = Option<&'a str>>) -> Self {
        let code = |text: &str| names.iter().position(|name| *name == text);
        let codes = texts.map(|text| code(text?).and_then(|code| u32::try_from(code).ok()));
        Self::Levels {
            codes: codes.collect(),
            names: names.iter().map(|&name| name.to_owned()).collect(),
        }
    }

    /// Patients whose value is known.
    #[must_use]
    pub fn known(&self) -> usize {
        match self {
            Self::Numbers(values) => values.iter().flatten().count(),
            Self::Levels { codes, .. } => codes.iter().flatten().count(),
        }
    }

    /// Returns the value of a patient as text, a number with all its digits; empty where it is not known.
    #[must_use]
    pub fn text(&self, patient: usize) -> String {
        match self {
            Self::Numbers(values) => values.get(patient).copied().flatten().map(shortest),
            Self::Levels { .. } => self.level(patient).map(str::to_owned),
        }
        .unwrap_or_default()
    }

    /// The level of each patient as text; `None` for numbers.
    #[must_use]
    pub fn level(&self, patient: usize) -> Option<&str> {
        match self {
            Self::Numbers(_) => None,
            Self::Levels { names, codes } => {
                let code = (*codes.get(patient)?)?;
                names.get(code as usize).map(String::as_str)
            }
        }
    }
}

/// A finding as a number or a code.
enum Finding {
    Number(f64),
    Code(&'static str),
}

/// Returns the value of one finding of an infant; `None` for fields that are not a finding themselves.
fn value(field: Field, infant: &Infant) -> Option<Finding> {
    let truth = |value: Option<bool>| value.map(|yes| if yes { "yes" } else { "no" });
    let number = match field {
        Field::AgeDays => infant.age.and_then(Age::days).map(f64::from),
        Field::Wbc => infant.wbc,
        Field::CsfWbc => infant.csf_wbc,
        Field::Day8Blasts => infant.day8_blasts,
        Field::FirstRemissionMonths => infant.first_remission_months,
        _ => MrdPoint::ALL
            .iter()
            .find(|&&point| Field::of_mrd(point) == field)
            .and_then(|point| infant.mrd[point.index()]),
    };
    let code = match field {
        Field::Sex => infant.sex.map(|each| each.code()),
        Field::Kmt2a => infant.kmt2a.map(|each| each.code()),
        Field::Kmt2aPartner => infant.kmt2a_partner.map(|each| each.code()),
        Field::Lineage => infant.lineage.map(|each| each.code()),
        Field::Cd10 => infant.cd10.map(|each| each.code()),
        Field::Cns => infant.cns.map(|each| each.code()),
        Field::PrednisoneResponse => infant.prednisone_response.map(|each| each.code()),
        Field::CsfBlasts => truth(infant.csf_blasts),
        Field::Testis => truth(infant.testis),
        Field::DownSyndrome => truth(infant.down_syndrome),
        Field::RemissionEoi => truth(infant.remission_eoi),
        Field::Relapse => truth(infant.relapse),
        Field::SalvageRemission => truth(infant.salvage_remission),
        _ => None,
    };
    number.map(Finding::Number).or(code.map(Finding::Code))
}

/// Returns a finding of all patients; `None` where it is unknown for all.
fn finding<'a>(field: Field, infants: impl Iterator<Item = &'a Infant>) -> Option<Variable> {
    let found: Vec<Option<Finding>> = infants.map(|infant| value(field, infant)).collect();
    let values = match field.kind() {
        Kind::Code(names) => {
            let code = |found: &Option<Finding>| match found {
                Some(Finding::Code(code)) => Some(*code),
                _ => None,
            };
            Values::of_texts(names, found.iter().map(code))
        }
        _ => Values::Numbers(
            found
                .iter()
                .map(|found| match found {
                    Some(Finding::Number(number)) => Some(*number),
                    _ => None,
                })
                .collect(),
        ),
    };
    (values.known() > 0).then(|| Variable {
        id: format!("finding:{}", field.column()),
        name: field.column().to_owned(),
        values,
    })
}

/// Returns the texts of the column of ids.
fn ids(import: &Import, mapping: &Mapping, cohort: &Cohort) -> Vec<String> {
    let is_id = |used: &ColumnUse| used.role == Role::Finding(Field::Id);
    let Some(column) = mapping.columns.iter().position(is_id) else {
        return Vec::new();
    };
    let text = |row: usize| import.sheet.cell(row, column).trim().to_owned();
    cohort.patients.iter().map(|patient| text(patient.row)).collect()
}

/// Returns the columns of texts that are no variable, and of which two rows at least have the same text.
fn labels(import: &Import, profiles: &[Profile], mapping: &Mapping, cohort: &Cohort) -> Vec<Variable> {
    let columns = mapping.columns.iter().enumerate();
    let found = columns.filter_map(|(column, used)| {
        let profile = profiles.get(column)?;
        let is_text = matches!(
            profile.kind,
            ColumnKind::Text | ColumnKind::Category | ColumnKind::Number { .. }
        );
        let is_label = match used.role {
            Role::Finding(Field::Id) => true,
            Role::Ignored | Role::Group => column_of(import, profile, cohort, column, used).is_none(),
            _ => false,
        };
        let texts = || {
            let rows = cohort
                .patients
                .iter()
                .map(|patient| import.sheet.cell(patient.row, column).trim());
            rows.map(|text| {
                let is_unknown = is_missing(text) || meaning(&used.values, text) == Some(Meaning::Missing);
                (!is_unknown).then_some(text)
            })
        };
        let mut names: Vec<&str> = texts().flatten().collect();
        let known = names.len();
        names.sort_unstable();
        names.dedup();
        let repeats = names.len() < known && names.len() > 1;
        let codes = texts().map(|text| {
            names
                .binary_search(&text?)
                .ok()
                .and_then(|code| u32::try_from(code).ok())
        });
        (is_text && is_label && repeats).then(|| Variable {
            id: format!("column:{column}"),
            name: import.sheet.header().get(column).cloned().unwrap_or_default(),
            values: Values::Levels {
                codes: codes.collect(),
                names: names.iter().map(|&name| name.to_owned()).collect(),
            },
        })
    });
    found.collect()
}

/// Returns a column of the file with few levels, or with numbers; `as_levels` where a person said that it is a group.
fn column_of(import: &Import, profile: &Profile, cohort: &Cohort, column: usize, used: &ColumnUse) -> Option<Variable> {
    let as_levels = used.role == Role::Group;
    let is_missing = |text: &str| is_missing(text) || meaning(&used.values, text) == Some(Meaning::Missing);
    let cells = || {
        let texts = cohort.patients.iter();
        let texts = texts.map(|patient| import.sheet.cell(patient.row, column).trim());
        texts.map(|text| (!is_missing(text)).then_some(text))
    };
    let few = (2..=MOST_GROUPS).contains(&profile.levels.len()) && !profile.more_levels;
    let values = match &profile.kind {
        ColumnKind::Number { form, .. } if !as_levels && !few => {
            let form = if used.role == Role::Ignored { used.number } else { *form };
            Values::Numbers(cells().map(|text| form.read(text?)).collect())
        }
        _ if few || as_levels && !profile.more_levels => {
            let names: Vec<&str> = profile
                .levels
                .iter()
                .map(|(name, _)| name.as_str())
                .filter(|name| !is_missing(name))
                .collect();
            Values::of_texts(&names, cells())
        }
        _ => return None,
    };
    Some(Variable {
        id: format!("column:{column}"),
        name: import.sheet.header().get(column).cloned().unwrap_or_default(),
        values,
    })
}
