//! Files beside the one of patients: dictionaries that describe its columns, and a table of subjects beside endpoints.

use cotside_core::cohort::{Codebook, Dictionary, Import, Joined, Sheet, decode};
use cotside_messages::BesideView;
use cotside_words::lang::cohort_file as words;

use crate::cohort_file::{Loaded, Reply, code_page};

/// A file that stands beside the one of patients.
#[derive(Debug, Clone)]
pub struct BesideFile {
    /// Its name.
    pub name: String,
    /// What it is.
    pub what: Beside,
    /// Whether it was opened together with the file that is opened next.
    pub is_new: bool,
}

/// What a file beside another is.
#[derive(Debug, Clone)]
pub enum Beside {
    /// It describes columns.
    Codebook(Codebook),
    /// It has a row for each subject, whose endpoints the other file has.
    Subjects(Box<Import>),
}

/// Texts that are longer are read as files of patients alone.
const MOST_BYTES: usize = 8 << 20;

/// What a text says of the columns of another file, by what it holds; `None` where it says nothing of any.
#[must_use]
pub fn codebook(bytes: &[u8]) -> Option<Codebook> {
    if bytes.len() > MOST_BYTES || bytes.contains(&0) && decode(bytes).unreadable > 0 {
        return None;
    }
    let (decoded, _) = code_page::read(bytes, None);
    let table = || Codebook::of_table(&Sheet::read_decoded(&decoded).ok()?.sheet);
    table().or_else(|| Codebook::of_syntax(&decoded.text))
}

/// What a sheet of a workbook says of the columns of another, from its rows with commas.
#[must_use]
pub fn codebook_of_rows(rows: &str) -> Option<Codebook> {
    if rows.len() > MOST_BYTES {
        return None;
    }
    Codebook::of_table(&Sheet::read_separated(rows, b',').ok()?.sheet)
}

/// The rows of a file with what stands beside it: subjects joined, choices of one field as one column, labels of codes.
pub fn prepared(plain: &Import, own: Option<&Dictionary>, beside: &[BesideFile]) -> (Import, Option<Joined>) {
    let mut read = plain.clone();
    let mut joined = None;
    for file in beside {
        if let Beside::Subjects(subjects) = &file.what {
            let (whole, fit) = read.with_subjects(subjects);
            (read, joined) = (whole, Some(fit));
        }
    }
    let read = read.with_checkboxes_joined();
    let all = dictionaries(own, beside);
    if all.is_empty() {
        return (read, joined);
    }
    (read.described_by(&all), joined)
}

/// The dictionary of the file itself, then those beside it.
pub fn dictionaries(own: Option<&Dictionary>, beside: &[BesideFile]) -> Vec<Dictionary> {
    let books: Vec<(String, Codebook)> = beside
        .iter()
        .filter_map(|file| match &file.what {
            Beside::Codebook(book) => Some((file.name.clone(), book.clone())),
            Beside::Subjects(_) => None,
        })
        .collect();
    own.cloned().into_iter().chain(Codebook::dictionaries(&books)).collect()
}

/// What stands beside the file, each with what comes of it.
pub fn views(file: &Loaded, beside: &[BesideFile]) -> Vec<BesideView> {
    let all = dictionaries(None, beside);
    let header = file.raw.sheet.header();
    let mut books = all.iter();
    let view = |file_beside: &BesideFile| match &file_beside.what {
        Beside::Codebook(book) => {
            let dictionary = books.next();
            let described = dictionary.map_or(0, |dictionary| dictionary.described(header));
            BesideView {
                name: file_beside.name.clone(),
                text: words::describes(words::codebook_kind(book.kind), described, header.len()),
            }
        }
        Beside::Subjects(_) => BesideView {
            name: file_beside.name.clone(),
            text: words::subjects(&file.joined.unwrap_or_default()),
        },
    };
    beside.iter().map(view).collect()
}

/// Says that a file which was chosen together with one of patients is neither a dictionary nor a table of its subjects.
#[must_use]
pub fn not_beside(name: &str, bytes: &[u8]) -> Reply {
    const SHOWN: usize = 5;
    let (decoded, _) = code_page::read(bytes, None);
    let read = Sheet::read_decoded(&decoded).ok();
    let header = read.iter().flat_map(|read| read.sheet.header());
    let found: Vec<&str> = header.take(SHOWN).map(String::as_str).collect();
    Reply {
        refused: Some(words::not_beside(name, &found.join(", "))),
        ..Reply::default()
    }
}
