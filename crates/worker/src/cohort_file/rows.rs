//! Which rows are patients: what was assumed, and what a person says.

use std::collections::HashMap;

use cotside_core::cohort::{Import, Profile, Repeated, Role, RowsQuestion, Shape};
use cotside_views::untyped::{Html, element, option, plain, select, span, text};
use cotside_words::en;

use crate::cohort_file::Loaded;
use crate::cohort_file::column::{OPEN, choices_line};

/// The most texts of a column by which rows can be chosen.
const MOST_TEXTS: usize = 30;

/// Takes what a person says of the rows: whether the patients may have changed; `None` where the control is not about rows.
pub fn set(file: &mut Loaded, name: &str, value: &str) -> Option<bool> {
    let before = file.shape.clone();
    match name {
        "rows" if value == "confirm" => file.rows_open.clear(),
        _ => take(file, name.strip_prefix("rows:")?, value)?,
    }
    let changed = file.shape != before;
    if changed {
        file.shape_rows(None);
    }
    Some(changed)
}

/// Answers one question in the shape.
fn take(file: &mut Loaded, place: &str, value: &str) -> Option<()> {
    let guessed = &file.guessed.0;
    match place {
        "repeated" => file.shape.repeated = Repeated::from_code(value)?,
        "patients" => {
            file.shape.not_patients = match value {
                "yes" => Vec::new(),
                _ => guessed.not_patients.clone(),
            };
        }
        "endpoints" => {
            file.shape.endpoints = match value {
                "separate" => None,
                _ => guessed.endpoints.clone(),
            };
        }
        "chosen" => {
            file.shape.chosen = value
                .split_once(':')
                .and_then(|(column, text)| Some((column.parse().ok()?, text.to_owned())));
        }
        _ => return None,
    }
    file.rows_open.retain(|question| control(question) != place);
    Some(())
}

/// The control that answers a question.
const fn control(question: &RowsQuestion) -> &'static str {
    match question {
        RowsQuestion::Repeated { .. } => "repeated",
        RowsQuestion::NotPatients(_) => "patients",
        RowsQuestion::Endpoints(_) => "endpoints",
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
        .map(|question| (["rows:", control(question)].concat(), answer(file, question).to_owned()))
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
        let taken = match place.strip_prefix("chosen:") {
            Some(name) => {
                let column = file.raw.sheet.header().iter().position(|known| known == name);
                column.and_then(|column| take(file, "chosen", &format!("{column}:{how}")))
            }
            None => take(file, place, how),
        };
        if taken.is_none() {
            told.push(format!(
                "What the project says of the rows does not fit this file: {place} = {how}."
            ));
        }
    }
    if file.shape != before {
        file.shape_rows(None);
    }
    told
}

/// The questions about the rows, each with its control; nothing where each row is a patient.
pub fn html(file: &Loaded) -> Html {
    let asked = &file.guessed.1;
    if asked.is_empty() && file.shape.chosen.is_none() {
        return Html::default();
    }
    let patients = file.cohort.patients.len();
    let tally = format!(
        "{} rows, {} {}",
        en::grouped_count(file.raw.sheet.rows()),
        en::grouped_count(patients),
        if patients == 1 { "patient" } else { "patients" }
    );
    let done = element(
        "button",
        &[("type", "button"), ("data-set", "rows:confirm")],
        &[text("Right as shown")],
    );
    let controls = [
        Html::all(asked.iter().map(|question| line(file, question))),
        chosen(file),
        Html::when(!file.rows_open.is_empty(), || element("p", &[], &[done])),
    ];
    Html::all([
        plain("h2", "Rows and patients"),
        element(
            "section",
            &[("class", "asked"), ("data-testid", "rows")],
            &[
                element("div", &[], &[span("p", "tally", &tally)]),
                element("div", &[], &controls),
            ],
        ),
    ])
}

fn line(file: &Loaded, question: &RowsQuestion) -> Html {
    let subject = en::rows_subject(question);
    let now = answer(file, question);
    let answers = en::rows_answers(question).iter();
    let choices = answers.map(|(code, name)| (*code, (*name).to_owned(), *code == now));
    let open = Html::when(file.rows_open.contains(question), || {
        span("p", OPEN, &en::rows_question(question, file.shape.repeated))
    });
    choices_line(
        &["rows:", control(question)].concat(),
        &subject,
        &subject,
        choices,
        open,
    )
}

/// What columns hold where no rows are merged and rows that are not patients are left out; empty where no id is repeated.
pub fn visits(raw: &Import, (shape, asked): &(Shape, Vec<RowsQuestion>)) -> Vec<Profile> {
    if !asked.iter().any(|question| control(question) == "repeated") {
        return Vec::new();
    }
    let separate = Shape {
        not_patients: shape.not_patients.clone(),
        ..Shape::default()
    };
    separate.apply(raw).profiles()
}

/// Rows of one visit alone: by a column that is not used for anything else and whose texts differ between rows of one id.
fn chosen(file: &Loaded) -> Html {
    let header = file.raw.sheet.header();
    let mut options = vec![option("", "all rows", file.shape.chosen.is_none())];
    for (column, (profile, used)) in file.visits.iter().zip(&file.mapping.columns).enumerate() {
        let few = !profile.more_levels && (2..=MOST_TEXTS).contains(&profile.levels.len());
        let is_free = matches!(used.role, Role::Ignored | Role::Group) && Some(column) != file.shape.id;
        if !few || !is_free || profile.missing > 0 || !differs_within(file, column) {
            continue;
        }
        for (level, _) in &profile.levels {
            let is_chosen = file.shape.chosen.as_ref() == Some(&(column, level.clone()));
            let name = format!("{} = {level}", header.get(column).map_or("", String::as_str));
            options.push(option(&format!("{column}:{level}"), &name, is_chosen));
        }
    }
    Html::when(options.len() > 1, || {
        element(
            "div",
            &[("class", "line")],
            &[
                span("span", "quiet", "Use only rows with"),
                select("rows:chosen", "Use only rows with", options.into_iter()),
            ],
        )
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
