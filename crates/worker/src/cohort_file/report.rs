//! How a file is understood, for a program: the JSON of `cotside import`.

use cotside_core::cohort::{
    ColumnUse, EventKind, HighCounts, NotUsed, Polarity, Role, TimeSettings, Values, guess_roles_of,
};
use cotside_core::cohort::{Endpoint, Study};
use cotside_core::infant::{Age, Field, Kind};
use cotside_words::en;
use cotside_words::en::cohort_file as words;
use serde::Serialize;
use std::collections::BTreeMap;

use crate::cohort_file::{CohortFile, FromOrigin, Loaded, beside, code_page, script};

/// How a file is understood.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// `csv`, `xlsx` or `ods`.
    pub format: String,
    /// How characters are written; none in a workbook.
    pub encoding: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Rows below the header.
    pub n_rows: usize,
    /// What describes its columns or stands beside it, and what came of each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dictionaries: Vec<DictionaryReport>,
    /// One a column.
    pub columns: Vec<ColumnReport>,
    /// What a person should settle.
    pub questions: Vec<QuestionReport>,
    /// Cells that cannot be used.
    pub problems: Vec<ProblemReport>,
    /// Rows that are no patient of their own.
    pub set_aside: Vec<RowReport>,
    /// What would be analysed if every question were answered as proposed.
    pub patients: Vec<PatientReport>,
}

/// What describes the columns, or stands beside the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DictionaryReport {
    /// The format of the file itself, or the name of a file beside it.
    pub source: String,
    /// What came of it.
    pub text: String,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ColumnReport {
    /// Its header.
    pub name: String,
    /// What a dictionary calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What it is for, as settings write it.
    pub role: Option<String>,
    /// The unit of its values.
    pub unit: Option<String>,
    /// How its dates or numbers are written.
    pub form: Option<String>,
    /// `as_named` where yes or 1 is the event or death, `reversed` where it is alive or censored.
    pub polarity: Option<&'static str>,
    /// Whether nothing about it is open.
    pub sure: bool,
    /// Why it is not used.
    pub not_used_because: Option<String>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuestionReport {
    /// The column; none where it is about rows or the file.
    pub column: Option<String>,
    /// Its kind (`cotside import --codes`).
    pub code: &'static str,
    /// The question.
    pub text: String,
    /// The proposed answer; none where no reading is proposed.
    pub proposed: Option<String>,
}

/// A cell that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProblemReport {
    /// Number of the row below the header, from 1.
    pub row: Option<usize>,
    /// Its column.
    pub column: Option<String>,
    /// What stands there.
    pub value: String,
    /// Its kind.
    pub code: &'static str,
    /// What is the matter and what to do.
    pub text: String,
}

/// A row that is no patient of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RowReport {
    /// Number of the row below the header, from 1.
    pub row: usize,
    /// Why.
    pub reason: String,
}

/// A patient.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PatientReport {
    /// The id in the file.
    pub id: Option<String>,
    /// Number of the row below the header, from 1.
    pub row: usize,
    /// Event-free survival.
    pub efs: Option<FollowUp>,
    /// Overall survival.
    pub os: Option<FollowUp>,
    /// A time and event that name no endpoint.
    pub as_in_file: Option<FollowUp>,
    /// Times from another day, where they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<FromOrigin>,
    /// Findings in the units of the data dictionary.
    pub findings: BTreeMap<String, serde_value::Finding>,
}

/// A time and how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FollowUp {
    /// Days from diagnosis, or from where the file counts.
    pub days: f64,
    /// Whether there was an event.
    pub event: bool,
}

/// A finding as a number or a text.
pub mod serde_value {
    use serde::Serialize;

    /// A finding.
    #[derive(Debug, Clone, PartialEq, Serialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(untagged)]
    pub enum Finding {
        /// A number.
        Number(f64),
        /// A code of the data dictionary.
        Code(String),
    }
}

impl CohortFile {
    /// How the file is understood; `None` without one. `format` and `sheet` are what the file is.
    #[must_use]
    pub fn understanding(&self, format: &str, sheet: Option<&str>) -> Option<Report> {
        let file = self.file.as_ref()?;
        let study = self.study()?;
        Some(Report {
            format: format.to_owned(),
            encoding: file
                .workbook
                .is_none()
                .then(|| en::encoding(file.import.encoding).to_owned()),
            sheet: sheet.map(str::to_owned),
            n_rows: file.import.sheet.rows(),
            dictionaries: self.dictionaries(file),
            columns: columns(file),
            questions: questions(file),
            problems: problems(file),
            set_aside: set_aside(file),
            patients: patients(file, &study),
        })
    }
}

impl CohortFile {
    fn dictionaries(&self, file: &Loaded) -> Vec<DictionaryReport> {
        let header = file.raw.sheet.header();
        let own = file.dictionary.iter().map(|own| DictionaryReport {
            source: own.source.clone(),
            text: words::describes(&own.source, own.described(header), header.len()),
        });
        let beside = beside::views(file, &self.beside).into_iter();
        let beside = beside.map(|view| DictionaryReport {
            source: view.name,
            text: view.text,
        });
        own.chain(beside).collect()
    }
}

fn columns(file: &Loaded) -> Vec<ColumnReport> {
    let guesses = guess_roles_of(&file.import.names(), &file.profiles);
    let used = file.mapping.columns.iter().zip(file.import.sheet.header()).enumerate();
    used.map(|(column, (used, name))| {
        let role = Some(used.role.code().into_owned());
        let not_used = (used.role == Role::Ignored).then(|| match guesses.get(column).and_then(|guess| guess.unused) {
            Some((role, NotUsed::Unsuited)) => words::unsuited(&en::role_of_column(role)),
            Some((role, NotUsed::Taken(first))) => words::taken(
                &en::role_of_column(role),
                file.import.sheet.header().get(first).map_or("", String::as_str),
            ),
            None => words::UNKNOWN_NAME.to_owned(),
        });
        ColumnReport {
            name: name.clone(),
            label: file
                .import
                .description(column)
                .and_then(|described| described.label.clone()),
            role: role.filter(|code| code != "ignored"),
            unit: unit(used),
            form: form(used),
            polarity: used
                .polarity
                .filter(|_| used.role.codes().len() > 1 && is_of_events(used.role))
                .map(|polarity| match polarity {
                    Polarity::AsNamed => "as_named",
                    Polarity::Reversed => "reversed",
                }),
            sure: !crate::cohort_file::column::is_open(file, column),
            not_used_because: not_used,
        }
    })
    .collect()
}

fn is_of_events(role: Role) -> bool {
    cotside_core::cohort::tells_of_events(role)
}

fn unit(used: &ColumnUse) -> Option<String> {
    let time = || Some(used.unit.code().to_owned());
    match used.role {
        Role::Time(_) | Role::Finding(Field::AgeDays | Field::AgeMonths) => time(),
        Role::Finding(Field::Wbc) => Some(
            if used.high_counts == HighCounts::PerUl {
                words::HIGH_COUNTS_PER_UL
            } else {
                "10^9/L"
            }
            .to_owned(),
        ),
        Role::Finding(Field::WbcPerUl) => Some("per µL".to_owned()),
        Role::Finding(field) if field.kind() == Kind::Fraction => {
            Some(if used.percent { "percent" } else { "fraction" }.to_owned())
        }
        _ => None,
    }
}

fn form(used: &ColumnUse) -> Option<String> {
    match used.role {
        Role::Milestone(_) => Some(script::date_form(used.date).to_owned()),
        role if role.is_number() => Some(script::number_form(used.number).to_owned()),
        _ => None,
    }
}

fn questions(file: &Loaded) -> Vec<QuestionReport> {
    let of_rows = file
        .rows_open
        .iter()
        .map(|question| (None, en::rows_asked(question, file.shape.repeated)));
    let header = file.import.sheet.header();
    let of_columns = (0..header.len()).flat_map(|column| {
        let open: Vec<_> = file
            .questions
            .iter()
            .filter(|question| question.column == column)
            .collect();
        en::asked(&open, header)
            .into_iter()
            .map(move |asked| (Some(header[column].clone()), asked))
    });
    let garbled = file.workbook.is_none() && !file.code_pages.is_asked() && file.import.unreadable > 0;
    let garbled = garbled.then(|| en::encoding_asked(&file.import, &[]));
    let of_file = garbled.or_else(|| code_page::asked(file)).map(|asked| (None, asked));
    of_file
        .into_iter()
        .chain(of_rows)
        .chain(of_columns)
        .map(|(column, asked)| QuestionReport {
            column,
            code: asked.code,
            text: asked.text,
            proposed: asked.proposed,
        })
        .collect()
}

fn problems(file: &Loaded) -> Vec<ProblemReport> {
    let header = file.import.sheet.header();
    let of_cells = file.cohort.problems.iter().filter(|problem| problem.column.is_some());
    of_cells
        .map(|problem| ProblemReport {
            row: problem.row.map(|row| row + 1),
            column: problem.column.and_then(|column| header.get(column).cloned()),
            value: problem.text.clone(),
            code: en::problem_code(&problem.trouble),
            text: en::problem(problem, header),
        })
        .collect()
}

fn set_aside(file: &Loaded) -> Vec<RowReport> {
    let header = file.import.sheet.header();
    let of_rows = file.cohort.problems.iter().filter(|problem| problem.column.is_none());
    of_rows
        .filter_map(|problem| {
            Some(RowReport {
                row: problem.row? + 1,
                reason: en::problem_parts(problem, header).0,
            })
        })
        .collect()
}

fn patients(file: &Loaded, study: &Study) -> Vec<PatientReport> {
    let mut all: Vec<PatientReport> = file
        .cohort
        .patients
        .iter()
        .enumerate()
        .map(|(patient, each)| PatientReport {
            id: each.infant.id.clone(),
            row: each.row + 1,
            efs: None,
            os: None,
            as_in_file: None,
            from: None,
            findings: findings(study, patient, each.infant.age),
        })
        .collect();
    for endpoint in [
        Endpoint::EventFreeSurvival,
        Endpoint::OverallSurvival,
        Endpoint::AsInFile,
    ] {
        let followed = study.follow(endpoint, TimeSettings::default());
        for ((&patient, &days), event) in followed.patient.iter().zip(&followed.time).zip(&followed.event) {
            let found = Some(FollowUp {
                days,
                event: *event != EventKind::None,
            });
            if let Some(patient) = all.get_mut(patient) {
                match endpoint {
                    Endpoint::EventFreeSurvival => patient.efs = found,
                    Endpoint::OverallSurvival => patient.os = found,
                    _ => patient.as_in_file = found,
                }
            }
        }
    }
    all
}

fn findings(study: &Study, patient: usize, age: Option<Age>) -> BTreeMap<String, serde_value::Finding> {
    use serde_value::Finding;
    let mut found = BTreeMap::new();
    for variable in &study.variables {
        let Some(name) = variable.id.strip_prefix("finding:") else {
            continue;
        };
        let value = match &variable.values {
            Values::Numbers(numbers) => numbers.get(patient).copied().flatten().map(Finding::Number),
            Values::Levels { .. } => variable
                .values
                .level(patient)
                .map(|level| Finding::Code(level.to_owned())),
        };
        if let Some(value) = value {
            found.insert(name.to_owned(), value);
        }
    }
    if let Some(Age::CompletedMonths(months)) = age {
        found.insert(Field::AgeMonths.column().to_owned(), Finding::Number(f64::from(months)));
    }
    found
}
