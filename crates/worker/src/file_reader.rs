//! The one door for a file of patients: text or workbook, with what is said of its rows and columns.

use cotside_words::en::working::step as words;

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
}

impl Default for FileReader {
    fn default() -> Self {
        Self {
            file: CohortFile::on(today()),
            workbook: None,
        }
    }
}

impl FileReader {
    /// Takes what is said of the file; `None` where it is another setting.
    pub fn set(&mut self, name: &str, value: &str, tell: Tell<'_>) -> Option<cohort_file::Reply> {
        match (name, value.parse()) {
            ("sheet", Ok(sheet)) if self.workbook.is_some() => Some(self.read_sheet(sheet, tell)),
            _ => self.file.set(name, value),
        }
    }

    /// The rows of a text file, or of a workbook where only one sheet holds some.
    pub fn open(&mut self, name: &str, bytes: Vec<u8>, source: &str, tell: Tell<'_>) -> cohort_file::Reply {
        if source.is_empty() && is_workbook(name, &bytes) {
            step(tell, words::READING_WORKBOOK);
            let opened = self.workbook.get_or_insert_default().open(name, bytes);
            return match opened.sheet {
                Some(sheet) => self.read_sheet(sheet, tell),
                None => cohort_file::Reply {
                    parts: [("workbook", opened.html)].into(),
                    refused: opened.refused,
                    ..cohort_file::Reply::default()
                },
            };
        }
        step(tell, words::READING_ROWS);
        let mut reply = self.file.open(name, source, &bytes);
        if reply.refused.is_none() {
            reply.parts.insert("workbook", String::new());
        }
        reply
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
        let mut reply = self.file.open_rows(&rows.name, &rows.report, &rows.rows);
        reply.parts.insert("workbook", rows.html);
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
