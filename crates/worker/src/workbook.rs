//! The reader of workbooks and of files of statistics programs: natively a crate, in the browser a module of its own beside this one.

use cotside_core::cohort::ForeignFormat;
use cotside_messages::{SheetRows, WorkbookOpened};

/// Whether a file goes to the reader of workbooks, by its bytes; by its name only where they are no text and of no known
/// format. Many programs name tables of text .xls.
#[must_use]
pub fn is_workbook(name: &str, bytes: &[u8]) -> bool {
    let Some(format) = ForeignFormat::of(bytes) else {
        return false;
    };
    let name = name.to_lowercase();
    let named = [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".fods"]
        .iter()
        .any(|end| name.ends_with(end));
    format.has_reader() || named
}

/// A workbook, of which one sheet at a time is read.
#[derive(Default)]
pub struct Workbook {
    #[cfg(not(target_family = "wasm"))]
    reader: cotside_workbooks::Workbook,
}

#[cfg(not(target_family = "wasm"))]
impl Workbook {
    /// Looks into a workbook.
    pub fn open(&mut self, name: &str, bytes: Vec<u8>) -> WorkbookOpened {
        self.reader.open(name, bytes)
    }

    /// The rows of a sheet.
    pub fn rows(&self, sheet: usize) -> SheetRows {
        self.reader.rows(sheet)
    }
}

#[cfg(target_family = "wasm")]
mod other_module {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        /// Defined in `www/scripts/worker.js`; what fails there ends the worker.
        #[wasm_bindgen(js_name = openWorkbook)]
        pub fn open_workbook(name: &str, bytes: Vec<u8>) -> JsValue;
        #[wasm_bindgen(js_name = workbookRows)]
        pub fn workbook_rows(sheet: usize) -> JsValue;
    }
}

#[cfg(target_family = "wasm")]
impl Workbook {
    /// Looks into a workbook.
    pub fn open(&mut self, name: &str, bytes: Vec<u8>) -> WorkbookOpened {
        crate::scope::value(other_module::open_workbook(name, bytes))
    }

    /// The rows of a sheet.
    pub fn rows(&self, sheet: usize) -> SheetRows {
        crate::scope::value(other_module::workbook_rows(sheet))
    }
}
