//! The words of the page that sets the numbers of Cotside beside those of R, of papers and of hand calculations.

use crate::grouped;

/// Title.
pub const TITLE: &str = "Validation";
/// What search engines say of it.
pub const DESCRIPTION: &str = "Every number of Cotside that has been compared with R, beside R’s, with the largest difference \
    of each method; what was compared with papers and by hand; and what was compared with nothing.";
/// Below the title.
pub const LEAD: &str = "How sure can one be of the arithmetic? This page sets it beside R’s, number by number.";
/// What a difference is.
pub const RELATIVE: &str = "A difference is relative to R’s number. Where that is close to zero (most often below 0.001; of residuals, \
     less than the largest of their column) it is relative to that limit instead. Numbers are shown with ten digits; the \
     tables to download have all of them.";
/// What the page does not say.
pub const NOT_THE_RULES: &str =
    "It says nothing of the rules: whether they were read rightly from the papers only a reader of the papers can say.";
/// Heading, and the name of its table.
pub const PAPERS: &str = "Numbers printed in papers";
/// Below it.
pub const PAPERS_LEAD: &str = "Computed again from what the same papers say of their patients, and printed with as many digits. The ends of \
     an interval are compared to a tenth of a percentage point, which is what a rounded estimate leaves open.";
/// Heading, and the name of its table.
pub const BY_HAND: &str = "Infants worked out by hand";
/// Heading.
pub const METHODS: &str = "Method by method";
/// Heading.
pub const ELSEWHERE: &str = "Compared in other tests, not listed here";
/// Heading.
pub const UNCOMPARED: &str = "Not compared with any other program";
/// The name of the first table.
pub const SUMMARY: &str = "Summary";
/// Before the program that made the expected numbers.
pub const EXPECTED: &str = "Expected numbers: ";
/// Before the link to its script.
pub const SCRIPT: &str = " The script: ";
/// Before the link to all numbers.
pub const ALL_NUMBERS: &str = ". All numbers with all digits: ";
/// The link to all numbers.
pub const TABLE: &str = "table (CSV)";

/// Head of a column.
pub const METHOD: &str = "Method";
/// Head of a column.
pub const LARGEST: &str = "Largest difference";
/// Head of a column.
pub const NUMBERS: &str = "Numbers";
/// Head of a column.
pub const DATA_SETS: &str = "Data sets";
/// Head of a column.
pub const ALLOWED: &str = "Allowed";
/// Head of a column.
pub const DATA_SET: &str = "Data set";
/// Head of a column.
pub const QUANTITY: &str = "Quantity";
/// Head of a column.
pub const LEAST_CLOSE_AT: &str = "Least close at";
/// Head of a column.
pub const R: &str = "R";
/// Head of a column.
pub const COTSIDE: &str = "Cotside";
/// Head of a column.
pub const DIFFERENCE: &str = "Difference";
/// Head of a column.
pub const PAPER: &str = "Paper";
/// Head of a column.
pub const COMPUTED_FROM: &str = "Computed from";
/// Head of a column.
pub const PRINTED: &str = "Printed";
/// Head of a column.
pub const PROTOCOL: &str = "Protocol";
/// Head of a column.
pub const CASES: &str = "Cases";
/// Head of a column.
pub const VECTORS: &str = "Vectors";

/// How many numbers are compared, and how many are missing on both sides.
#[must_use]
pub fn counted(numbers: usize, none: usize) -> String {
    format!(
        "{} numbers are compared with R’s below; in {} further places R has no number and Cotside has none either. When this \
         page was made the tests computed them anew from the data files of the tests. It cannot be made where one of them is \
         further from R’s than its method allows.",
        grouped(numbers as f64),
        grouped(none as f64)
    )
}

/// The numbers of a method: how many, and how far from R’s they are and may be.
#[must_use]
pub fn of_method(numbers: usize, largest: &str, allowed: &str) -> String {
    format!(
        "{} numbers; largest difference {largest}, allowed {allowed}.",
        grouped(numbers as f64)
    )
}

/// Opens the numbers of a method.
#[must_use]
pub fn least_close(count: usize) -> String {
    format!(
        "The least close number of each quantity and data set ({})",
        grouped(count as f64)
    )
}

/// The cases and vectors that agree.
#[must_use]
pub fn by_hand(cases: usize, vectors: usize) -> String {
    format!(
        "Cases worked out by hand from the published texts: below, at and above each limit, each finding unknown, and published \
         patients. Cotside gives all {} answers of the case tables, and all {} answers of four protocols to seventeen \
         infants at their limits (vectors). The tables can be read and edited: tests/cases in the repository.",
        grouped(cases as f64),
        grouped(vectors as f64)
    )
}

/// Heading of the chapter on files of patients.
pub const READING: &str = "Files of patients";
/// Heads of its columns behind the first.
pub const READING_COLUMNS: [&str; 6] = [
    "Files",
    "Right, nothing asked",
    "Right as proposed, asked",
    "File does not say, asked",
    "In part, and said",
    "Refused, with the reason",
];
/// What the files are counted by: names of the tables and heads of their first columns.
pub const READING_TABLES: [&str; 4] = ["Layout", "Language", "Coding of what ended follow-up", "Format"];

/// How the files of patients were read: all of them, and of these the columns of the tables.
#[must_use]
pub fn reading(files: usize, [unasked, asked, open, partly, refused]: [usize; 5]) -> String {
    let number = |count: usize| grouped(count as f64);
    format!(
        "{} registries of forty made-up infants, of whom times, events and findings are known, are read by the reader of the page \
         Analyse. Nearly each has a twin in which the codes mean the opposite: yes or 1 is alive or censored instead of dead or an event. \
         {} are read rightly with no question and {} rightly as proposed, with a question that names the column. In {} nothing \
         says which code is which, and that is asked. Read in part, with what is missing asked about or said: {}; refused \
         with the reason: {}. None is wrong without a word: this page cannot be made where one is.",
        number(files),
        number(unasked),
        number(asked),
        number(open),
        number(partly),
        number(refused)
    )
}

/// The name of a language by its code; the code where it has none here.
#[must_use]
pub fn language(code: &str) -> &str {
    match code {
        "de" => "German",
        "en" => "English",
        "es" => "Spanish",
        "fr" => "French",
        "it" => "Italian",
        "ja" => "Japanese",
        "ko" => "Korean",
        "nl" => "Dutch",
        "pl" => "Polish",
        "pt" => "Portuguese",
        "ru" => "Russian",
        "zh" => "Chinese",
        other => other,
    }
}
