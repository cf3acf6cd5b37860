//! Cells and rows that could not be used, by row and column, with the remedy.

use std::collections::BTreeSet;

use cotside_core::cohort::{Problem, RowFault, Trouble};
use cotside_core::export;
use cotside_views::{Columns, export_button};
use cotside_words::lang::cohort_file as words;
use cotside_words::{en, lang};
use maud::{Markup, html};

use crate::cohort_file::Loaded;

/// Problems that are listed; the others are in the file that can be saved.
const LISTED: usize = 200;

/// Up to this many are shown, more are folded.
const SHOWN: usize = 20;

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
pub fn html(file: &Loaded) -> Markup {
    let problems = all(file);
    let rest = problems.len().saturating_sub(LISTED);
    html! {
        @if !problems.is_empty() {
            details.more data-testid="problems" open[problems.len() <= SHOWN] {
                summary { (lang::problems_tally(problems.len())) }
                p.quiet { (words::OTHERS_USED) }
                (table(file, problems.iter().take(LISTED).copied()))
                @if rest > 0 { p.quiet { (lang::problems_rest(rest)) } }
                p { (export_button("problems.csv", words::SAVE_PROBLEMS)) }
            }
        }
    }
}

/// What the place in the file is called.
fn line_name(file: &Loaded) -> &'static str {
    if file.workbook.is_some() {
        words::SHEET_ROW
    } else {
        words::LINE
    }
}

fn table<'a>(file: &'a Loaded, problems: impl Iterator<Item = &'a Problem>) -> Markup {
    let columns = Columns::numbered(words::ROW)
        .number(line_name(file))
        .text(words::COLUMN)
        .text(words::CELL)
        .text(words::PROBLEM)
        .text(words::FIX);
    let row = |problem: &Problem| {
        let said = lang::problem_parts(problem, file.import.sheet.header());
        let [row, line, column, content, matter, remedy] = parts(file, problem, said);
        let cells = [
            html! { (line) },
            html! { (column) },
            html! { span.cell-text { (content) } },
            html! { (matter) },
            html! { (remedy) },
        ];
        columns.row(row, cells)
    };
    columns.table("problems", problems.map(row))
}

/// Row, line, column, text, matter and remedy, as texts.
fn parts(file: &Loaded, problem: &Problem, (matter, remedy): (String, String)) -> [String; 6] {
    let header = file.import.sheet.header();
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

/// All of them as CSV.
pub fn csv(file: &Loaded) -> String {
    let mut csv = "row,line,column,text,problem,remedy\n".to_owned();
    for problem in all(file) {
        let said = en::problem_parts(problem, file.import.sheet.header());
        csv.push_str(&export::row(parts(file, problem, said)));
        csv.push('\n');
    }
    csv
}
