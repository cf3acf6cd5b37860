//! Which rows are patients: what was assumed, and what a person says.

use cotside_core::cohort::{Repeated, RowsQuestion, Shape};
use cotside_words::en;
use cotside_words::html::{Html, element, option, plain, select, span, text};

use crate::Loaded;

/// The most texts of a column by which rows can be chosen.
const MOST_TEXTS: usize = 30;

/// Takes what a person says of the rows: whether the patients may have changed; `None` where the control is none of the rows.
pub fn set(file: &mut Loaded, name: &str, value: &str) -> Option<bool> {
    let (control, place) = name.split_once(':').filter(|(control, _)| *control == "rows")?;
    let _ = control;
    let before = file.shape.clone();
    match place {
        "repeated" => {
            file.shape.repeated = Repeated::from_code(value)?;
            close(file, |question| matches!(question, RowsQuestion::Repeated { .. }));
        }
        "patients" => {
            file.shape.not_patients = match value {
                "yes" => Vec::new(),
                _ => Shape::guess(&file.raw).0.not_patients,
            };
            close(file, |question| matches!(question, RowsQuestion::NotPatients(_)));
        }
        "endpoints" => {
            file.shape.endpoints = match value {
                "separate" => None,
                _ => Shape::guess(&file.raw).0.endpoints,
            };
            close(file, |question| matches!(question, RowsQuestion::Endpoints(_)));
        }
        "chosen" => {
            file.shape.chosen = value
                .split_once(':')
                .and_then(|(column, text)| Some((column.parse().ok()?, text.to_owned())));
        }
        "confirm" => file.rows_open.clear(),
        _ => return None,
    }
    let changed = file.shape != before;
    if changed {
        file.shape_rows(None);
    }
    Some(changed)
}

fn close(file: &mut Loaded, answered: impl Fn(&RowsQuestion) -> bool) {
    file.rows_open.retain(|question| !answered(question));
}

/// What is open about the rows, each with its control; nothing where each row is a patient.
pub fn html(file: &Loaded) -> Html {
    let told = &file.rows_told;
    if told.is_empty() && file.shape.chosen.is_none() {
        return Html::default();
    }
    let lines = told.iter().map(|question| line(file, question));
    let done = element(
        "button",
        &[("type", "button"), ("data-set", "rows:confirm")],
        &[text("Right as shown")],
    );
    element(
        "section",
        &[("class", "asked"), ("data-testid", "rows")],
        &[
            plain("h3", "Which rows are patients"),
            Html::all(lines),
            chosen(file),
            Html::when(!file.rows_open.is_empty(), || element("p", &[], &[done])),
        ],
    )
}

fn line(file: &Loaded, question: &RowsQuestion) -> Html {
    let is_open = file.rows_open.contains(question);
    let class = if is_open { "remark invalid" } else { "quiet" };
    let (control, label, options): (&str, &str, Vec<Html>) = match question {
        RowsQuestion::Repeated { .. } => (
            "rows:repeated",
            "Rows with one id",
            [
                (Repeated::Merge, "are one patient: merge them"),
                (Repeated::First, "are one patient: use the first row"),
                (Repeated::Separate, "are different patients"),
            ]
            .map(|(way, name)| option(way.code(), name, file.shape.repeated == way))
            .to_vec(),
        ),
        RowsQuestion::NotPatients(_) => (
            "rows:patients",
            "These rows",
            vec![
                option("no", "are not patients", !file.shape.not_patients.is_empty()),
                option("yes", "are patients", file.shape.not_patients.is_empty()),
            ],
        ),
        RowsQuestion::Endpoints(_) => (
            "rows:endpoints",
            "Each row",
            vec![
                option("merge", "is an endpoint of a patient", file.shape.endpoints.is_some()),
                option("separate", "is a patient", file.shape.endpoints.is_none()),
            ],
        ),
    };
    element(
        "div",
        &[("class", "line")],
        &[
            span("p", class, &en::rows_question(question, file.shape.repeated)),
            select(control, label, options.into_iter()),
        ],
    )
}

/// Rows of one visit or one parameter alone: a column whose texts stand in several rows of each id.
fn chosen(file: &Loaded) -> Html {
    if file.shape.id.is_none() || file.shape.endpoints.is_some() {
        return Html::default();
    }
    let sheet = &file.raw.sheet;
    let mut options = vec![option("", "all rows", file.shape.chosen.is_none())];
    for (column, (profile, name)) in file.raw.profiles().iter().zip(sheet.header()).enumerate() {
        let few = !profile.more_levels && (2..=MOST_TEXTS).contains(&profile.levels.len());
        if !few || profile.missing > 0 {
            continue;
        }
        for (level, _) in &profile.levels {
            let is_chosen = file.shape.chosen.as_ref() == Some(&(column, level.clone()));
            options.push(option(
                &format!("{column}:{level}"),
                &format!("{name}: {level}"),
                is_chosen,
            ));
        }
    }
    Html::when(options.len() > 1, || {
        element(
            "div",
            &[("class", "line")],
            &[
                span("span", "quiet", "Use only"),
                select("rows:chosen", "Use only rows with", options.into_iter()),
            ],
        )
    })
}
