//! Which rows are patients: what was assumed, and what a person says.

use std::collections::HashMap;

use cotside_core::cohort::{Import, Profile, Repeated, Role, RowsQuestion, Shape};
use cotside_messages::{FileRequest, FileSetting, RowsRequest, RowsView, SettingOption, SettingPlace};
use cotside_words::lang;
use cotside_words::lang::columns_page::{self as words, choice, label};

use crate::cohort_file::Loaded;

/// The most texts of a column by which rows can be chosen.
const MOST_TEXTS: usize = 30;

/// Takes what a person says of the rows: whether the patients may have changed.
pub fn set(file: &mut Loaded, request: RowsRequest) -> bool {
    let before = file.shape.clone();
    take(file, request);
    let changed = file.shape != before;
    if changed {
        file.shape_rows(None);
    }
    changed
}

/// Answers one question in the shape.
fn take(file: &mut Loaded, request: RowsRequest) {
    let guessed = &file.guessed.0;
    let answered = match request {
        RowsRequest::Repeated(way) => {
            file.shape.repeated = way;
            REPEATED
        }
        RowsRequest::TotalsArePatients(they_are) => {
            file.shape.not_patients = if they_are {
                Vec::new()
            } else {
                guessed.not_patients.clone()
            };
            PATIENTS
        }
        RowsRequest::EndpointsAreSeparate(they_are) => {
            file.shape.endpoints = if they_are { None } else { guessed.endpoints.clone() };
            ENDPOINTS
        }
        RowsRequest::Only(chosen) => {
            file.shape.chosen = chosen;
            CHOSEN
        }
    };
    file.rows_open.retain(|question| code(question) != answered);
}

/// What settings call the questions, and the choice of rows.
const REPEATED: &str = "repeated";
const PATIENTS: &str = "patients";
const ENDPOINTS: &str = "endpoints";
const CHOSEN: &str = "chosen";

/// What settings call a question.
const fn code(question: &RowsQuestion) -> &'static str {
    match question {
        RowsQuestion::Repeated { .. } => REPEATED,
        RowsQuestion::NotPatients(_) => PATIENTS,
        RowsQuestion::Endpoints(_) => ENDPOINTS,
    }
}

/// The answer to a question by its code in settings.
fn request(question: &str, answer: &str) -> Option<RowsRequest> {
    match question {
        REPEATED => Some(RowsRequest::Repeated(Repeated::from_code(answer)?)),
        PATIENTS => Some(RowsRequest::TotalsArePatients(answer == "yes")),
        ENDPOINTS => Some(RowsRequest::EndpointsAreSeparate(answer == "separate")),
        _ => None,
    }
}

/// The code of the answer that counts now.
fn answer(file: &Loaded, question: &RowsQuestion) -> &'static str {
    match question {
        RowsQuestion::Repeated { .. } => file.shape.repeated.code(),
        RowsQuestion::NotPatients(_) if file.shape.not_patients.is_empty() => "yes",
        RowsQuestion::NotPatients(_) => "no",
        RowsQuestion::Endpoints(_) if file.shape.endpoints.is_none() => "separate",
        RowsQuestion::Endpoints(_) => "merge",
    }
}

/// What settings say of the rows: what, how.
pub fn lines(file: &Loaded) -> Vec<(String, String)> {
    let asked = file.guessed.1.iter();
    let mut lines: Vec<(String, String)> = asked
        .map(|question| (["rows:", code(question)].concat(), answer(file, question).to_owned()))
        .collect();
    if let Some((column, text)) = &file.shape.chosen {
        let name = file.raw.sheet.header().get(*column).map_or("", String::as_str);
        lines.push((["rows:chosen:", name].concat(), text.clone()));
    }
    lines
}

/// Whether a line of settings is about rows.
pub fn is_line(what: &str) -> bool {
    what.starts_with("rows:")
}

/// Takes what settings say of the rows; what does not fit this file is told.
pub fn load<'a>(file: &mut Loaded, lines: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let before = file.shape.clone();
    let mut told = Vec::new();
    for (what, how) in lines {
        let place = what.strip_prefix("rows:").unwrap_or_default();
        let said = match place.strip_prefix("chosen:") {
            Some(name) => {
                let column = file.raw.sheet.header().iter().position(|known| known == name);
                column.map(|column| RowsRequest::Only(Some((column, how.to_owned()))))
            }
            None => request(place, how),
        };
        match said {
            Some(said) => take(file, said),
            None => told.push(lang::cohort_file::unfit_rows(place, how)),
        }
    }
    if file.shape != before {
        file.shape_rows(None);
    }
    told
}

/// The questions about the rows, each with its control; nothing where each row is a patient.
pub fn view(file: &Loaded) -> Option<RowsView> {
    let asked = &file.guessed.1;
    if asked.is_empty() && file.shape.chosen.is_none() {
        return None;
    }
    let settings = asked.iter().map(|question| setting(file, question));
    Some(RowsView {
        rows: file.raw.sheet.rows(),
        patients: file.cohort.patients.len(),
        settings: settings.chain(chosen(file)).collect(),
    })
}

fn setting(file: &Loaded, question: &RowsQuestion) -> FileSetting {
    let now = answer(file, question);
    let answers = lang::rows_answers(question).iter();
    let chosen = answers.clone().position(|(answer, _)| *answer == now);
    let options = answers.filter_map(|(answer, name)| option(*name, request(code(question), answer)?).into());
    let is_open = file.rows_open.contains(question);
    FileSetting {
        name: ["rows:", code(question)].concat(),
        label: lang::rows_subject(question),
        options: options.collect(),
        chosen,
        questions: is_open
            .then(|| lang::rows_question(question, file.shape.repeated))
            .into_iter()
            .collect(),
        place: SettingPlace::BelowOpen,
    }
}

fn option(name: impl Into<String>, request: RowsRequest) -> SettingOption {
    SettingOption {
        name: name.into(),
        request: FileRequest::Rows(request),
    }
}

/// What columns hold where no rows are merged and rows that are not patients are left out; empty where no id is repeated.
pub fn visits(raw: &Import, (shape, asked): &(Shape, Vec<RowsQuestion>)) -> Vec<Profile> {
    if !asked.iter().any(|question| code(question) == REPEATED) {
        return Vec::new();
    }
    let separate = Shape {
        not_patients: shape.not_patients.clone(),
        ..Shape::default()
    };
    separate.apply(raw).profiles()
}

/// Rows of one visit alone: by a column that is not used for anything else and whose texts differ between rows of one id.
fn chosen(file: &Loaded) -> Option<FileSetting> {
    let header = file.raw.sheet.header();
    let mut options = vec![option(choice::ALL_ROWS, RowsRequest::Only(None))];
    for (column, (profile, used)) in file.visits.iter().zip(&file.mapping.columns).enumerate() {
        let few = !profile.more_levels && (2..=MOST_TEXTS).contains(&profile.levels.len());
        let is_free = matches!(used.role, Role::Ignored | Role::Group) && Some(column) != file.shape.id;
        if !few || !is_free || profile.missing > 0 || !differs_within(file, column) {
            continue;
        }
        let name = header.get(column).map_or("", String::as_str);
        options.extend(profile.levels.iter().map(|(level, _)| {
            option(
                words::rows_with(name, level),
                RowsRequest::Only(Some((column, level.clone()))),
            )
        }));
    }
    let now = FileRequest::Rows(RowsRequest::Only(file.shape.chosen.clone()));
    let chosen = options.iter().position(|option| option.request == now);
    (options.len() > 1).then(|| FileSetting {
        name: ["rows:", CHOSEN].concat(),
        label: label::ONLY_ROWS.to_owned(),
        options,
        chosen,
        ..FileSetting::default()
    })
}

/// Whether some rows of one id have different texts in a column.
fn differs_within(file: &Loaded, column: usize) -> bool {
    let sheet = &file.raw.sheet;
    let Some(id) = file.shape.id else {
        return false;
    };
    let mut first: HashMap<&str, &str> = HashMap::new();
    (0..sheet.rows()).any(|row| {
        let text = sheet.cell(row, column).trim();
        *first.entry(sheet.cell(row, id).trim()).or_insert(text) != text
    })
}
