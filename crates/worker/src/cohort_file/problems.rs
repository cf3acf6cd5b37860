//! Cells and rows that could not be used, by row and column, with the remedy.

use std::collections::BTreeSet;

use cotside_core::cohort::{Problem, RowFault, Trouble};
use cotside_core::export;
use cotside_words::en;
use cotside_words::en::columns_page as words;
use cotside_words::html::{Html, cell, element, head, plain, span, table, text};

use crate::cohort_file::Loaded;

/// Problems that are listed; the others are in the file that can be saved.
const LISTED: usize = 200;

/// Whether a problem is a row that is not a patient of its own, of which the part about rows tells.
fn is_not_a_patient(problem: &Problem) -> bool {
    matches!(
        problem.trouble,
        Trouble::Row(
            RowFault::Merged { .. }
                | RowFault::Repeated { .. }
                | RowFault::NotAPatient
                | RowFault::SecondTable
                | RowFault::NotChosen
        )
    )
}

/// What could not be used, without rows that are not patients of their own.
pub fn all(file: &Loaded) -> Vec<&Problem> {
    let problems = file.cohort.problems.iter();
    problems.filter(|problem| !is_not_a_patient(problem)).collect()
}

/// Rows that are not patients of their own.
pub fn not_patients(file: &Loaded) -> BTreeSet<usize> {
    let problems = file.cohort.problems.iter();
    problems
        .filter(|problem| is_not_a_patient(problem))
        .filter_map(|problem| problem.row)
        .collect()
}

/// The part; nothing where all could be used.
pub fn html(file: &Loaded) -> Html {
    let problems = all(file);
    let listed = problems.iter().take(LISTED).map(|problem| row(file, problem));
    let line = line_name(file);
    let head = head(&[
        (words::ROW, "number"),
        (line, "number"),
        (words::COLUMN, ""),
        (words::CELL, ""),
        (words::PROBLEM, ""),
        (words::FIX, ""),
    ]);
    let rest = problems.len().saturating_sub(LISTED);
    let save = element(
        "button",
        &[("type", "button"), ("data-export", "problems.csv")],
        &[text(words::SAVE_PROBLEMS)],
    );
    Html::when(!problems.is_empty(), || {
        element(
            "details",
            &[("class", "more"), ("data-testid", "problems")],
            &[
                plain("summary", &en::problems_tally(problems.len())),
                span("p", "quiet", words::OTHERS_USED),
                table("problems", head, listed),
                Html::when(rest > 0, || span("p", "quiet", &en::problems_rest(rest))),
                element("p", &[], &[save]),
            ],
        )
    })
}

/// What the place in the file is called.
fn line_name(file: &Loaded) -> &'static str {
    if file.workbook.is_some() {
        words::SHEET_ROW
    } else {
        words::LINE
    }
}

/// Row, line, column, text, matter and remedy, as texts.
fn parts(file: &Loaded, problem: &Problem) -> [String; 6] {
    let header = file.import.sheet.header();
    let (matter, remedy) = en::problem_parts(problem, header);
    [
        problem.row.map(|row| (row + 1).to_string()).unwrap_or_default(),
        problem.line.to_string(),
        problem
            .column
            .map(|column| header.get(column).cloned().unwrap_or_default())
            .unwrap_or_default(),
        problem.text.clone(),
        matter,
        remedy,
    ]
}

fn row(file: &Loaded, problem: &Problem) -> Html {
    let [row, line, column, content, matter, remedy] = parts(file, problem);
    element(
        "tr",
        &[],
        &[
            element("th", &[("scope", "row"), ("class", "number")], &[text(&row)]),
            cell(line_name(file), "number", &[text(&line)]),
            cell(words::COLUMN, "", &[text(&column)]),
            cell(words::CELL, "", &[span("span", "cell-text", &content)]),
            cell(words::PROBLEM, "", &[text(&matter)]),
            cell(words::FIX, "", &[text(&remedy)]),
        ],
    )
}

/// All of them as CSV.
pub fn csv(file: &Loaded) -> String {
    let mut csv = "row,line,column,text,problem,remedy\n".to_owned();
    for problem in all(file) {
        csv.push_str(&export::row(parts(file, problem)));
        csv.push('\n');
    }
    csv
}
