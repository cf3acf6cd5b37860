//! The reader of workbooks: natively a crate, in the browser a module of its own beside this one.

use cotside_messages::{SheetRows, WorkbookOpened};

/// Whether a file is read as a workbook, by its name or by how its bytes begin.
#[must_use]
pub fn is_workbook(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_lowercase();
    let named = [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".fods"]
        .iter()
        .any(|end| name.ends_with(end));
    named || bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
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
