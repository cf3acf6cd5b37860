//! The one door for a file of patients: text or workbook, with what is said of its rows and columns.

use cotside_core::cohort::Codebook;
use cotside_messages::{FileRequest, WorkbookSheets};
use cotside_words::lang::working::step as words;

use crate::cohort_file::{self, CohortFile};
use crate::reply::Reply;
use crate::today::today;
use crate::workbook::{Workbook, is_workbook};

/// Who hears what is being done.
pub type Tell<'a> = &'a mut dyn FnMut(Reply);

/// A file of patients, from its bytes on.
pub struct FileReader {
    /// What was read.
    pub file: CohortFile,
    workbook: Option<Workbook>,
    /// The sheets of the workbook, where there is a choice.
    sheets: WorkbookSheets,
    /// Whether a file of patients was opened of those that were chosen together.
    is_chosen: bool,
    /// What sheets of the workbook say of the columns of the others.
    book: Option<Codebook>,
}

impl Default for FileReader {
    fn default() -> Self {
        Self {
            file: CohortFile::on(today()),
            workbook: None,
            sheets: WorkbookSheets::default(),
            is_chosen: false,
            book: None,
        }
    }
}

impl FileReader {
    /// Takes what is said of the file; `None` where it does not fit the file.
    pub fn set(&mut self, request: FileRequest, tell: Tell<'_>) -> Option<cohort_file::Reply> {
        match request {
            FileRequest::Sheet(sheet) => self.workbook.is_some().then(|| self.read_sheet(sheet, tell)),
            request => self.file.set(request),
        }
    }

    /// The rows of a text file, or of a workbook where only one sheet holds some. A file that describes columns stands
    /// beside the one that is open, or that is opened next; `together` says that it was chosen with the one before.
    pub fn open(
        &mut self,
        name: &str,
        bytes: Vec<u8>,
        source: &str,
        together: bool,
        tell: Tell<'_>,
    ) -> cohort_file::Reply {
        if !together {
            self.file.end_of_choice();
            self.is_chosen = false;
        }
        let reply = self.open_one(name, bytes, source, tell);
        self.is_chosen |= reply.refused.is_none() && !reply.beside;
        reply
    }

    fn open_one(&mut self, name: &str, bytes: Vec<u8>, source: &str, tell: Tell<'_>) -> cohort_file::Reply {
        if source.is_empty() && is_workbook(name, &bytes) {
            step(tell, words::READING_WORKBOOK);
            return self.open_workbook(name, bytes, tell);
        }
        if source.is_empty() {
            if let Some(book) = cohort_file::codebook(&bytes) {
                return self.file.put_beside(name, book);
            }
            if let Some(reply) = self.file.open_beside(name, &bytes) {
                return reply;
            }
            if self.is_chosen {
                return cohort_file::not_beside(name, &bytes);
            }
            self.file.drop_beside();
        }
        step(tell, words::READING_ROWS);
        let mut reply = self.file.open(name, source, &bytes);
        if reply.refused.is_none() {
            self.sheets = WorkbookSheets::default();
            reply.sheets = Some(WorkbookSheets::default());
        }
        reply
    }

    /// Sheets that describe the columns of others stand beside them; a workbook of nothing else stands beside the file.
    fn open_workbook(&mut self, name: &str, bytes: Vec<u8>, tell: Tell<'_>) -> cohort_file::Reply {
        let opened = self.workbook.get_or_insert_default().open(name, bytes);
        if opened.refused.is_some() {
            return cohort_file::Reply {
                sheets: Some(self.sheets.clone()),
                refused: opened.refused,
                ..cohort_file::Reply::default()
            };
        }
        let books: Vec<Option<Codebook>> = (0..opened.sheets.len())
            .map(|sheet| self.codebook_of_sheet(sheet, opened.sheets.get(sheet)?.size))
            .collect();
        let others: Vec<usize> = (0..books.len())
            .filter(|sheet| books.get(*sheet).is_none_or(Option::is_none))
            .collect();
        let book = books.into_iter().flatten().reduce(|mut whole, book| {
            whole.join(book);
            whole
        });
        match book {
            Some(book) if others.is_empty() => return self.file.put_beside(name, book),
            _ if self.is_chosen => return cohort_file::not_beside(name, &[]),
            book => self.book = book,
        }
        self.file.drop_beside();
        if let [sheet] = others[..] {
            self.sheets = WorkbookSheets::default();
            return self.read_sheet(sheet, tell);
        }
        self.sheets = WorkbookSheets {
            file: name.to_owned(),
            sheets: opened.sheets,
            chosen: None,
        };
        cohort_file::Reply {
            sheets: Some(self.sheets.clone()),
            ..cohort_file::Reply::default()
        }
    }

    /// What a sheet says of the columns of others; sheets that are large are not looked at.
    fn codebook_of_sheet(&mut self, sheet: usize, size: Option<(usize, usize)>) -> Option<Codebook> {
        const MOST_CELLS: usize = 200_000;
        if size.is_some_and(|(rows, columns)| rows * columns > MOST_CELLS) {
            return None;
        }
        let rows = self.workbook.get_or_insert_default().rows(sheet);
        cohort_file::codebook_of_rows(&rows.rows)
    }

    fn read_sheet(&mut self, sheet: usize, tell: Tell<'_>) -> cohort_file::Reply {
        step(tell, words::READING_SHEET);
        let rows = self.workbook.get_or_insert_default().rows(sheet);
        if rows.refused.is_some() {
            return cohort_file::Reply {
                refused: rows.refused,
                ..cohort_file::Reply::default()
            };
        }
        step(tell, words::READING_ROWS);
        let mut reply = self
            .file
            .open_rows(&rows.name, &rows.report, &rows.rows, rows.dictionary);
        if let Some(book) = self.book.clone().filter(|_| reply.refused.is_none()) {
            reply = cohort_file::Reply {
                beside: false,
                ..self.file.put_beside(words::SHEETS_OF_THE_WORKBOOK, book)
            };
        }
        self.sheets.chosen = Some(sheet);
        reply.sheets = Some(self.sheets.clone());
        reply
    }
}

/// Says what is being done.
pub fn step(tell: Tell<'_>, text: &'static str) {
    tell(Reply {
        step: Some(text.into()),
        ..Reply::default()
    });
}
