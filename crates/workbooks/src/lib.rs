//! Workbooks as rows of text: `.xlsx` (ECMA-376), `.xlsb` and `.xls` (the binary formats of Excel, that of 2003 as XML,
//! and HTML under that name), `.ods` and `.fods` (OpenDocument) go in, the rows of one sheet come out, for the same reader
//! as any other file. So do the tables of statistics programs (SPSS, Stata, SAS, R, jamovi), with what they say about
//! their columns (`tables`).
//!
//! Numbers become the shortest decimal that is the stored number, with a percent sign as `0.1%` where they are shown
//! so, days as `2024-03-15`, truth values as `TRUE` and `FALSE`, formulas as the value that was stored with them, as
//! `#NOVALUE!` where none was, and an error of a formula as its text. It runs in the page's worker and does not use the
//! browser. **Invariants: a cell that cannot be read is never an empty cell; any file is read or refused within seconds
//! and 1 GB.**

mod archive;
mod binary;
#[cfg(test)]
mod comparison;
mod grid;
mod html;
mod limits;
mod number_format;
mod ods;
mod tables;
#[cfg(target_family = "wasm")]
mod web;
mod words;
mod xls;
mod xlsb;
mod xlsx;
mod xml;
mod xml2003;

use std::borrow::Cow;

use cotside_core::cohort::{Basis, ForeignFormat, decode};
use cotside_messages::{SheetRows, WorkbookOpened, WorkbookSheet};

use archive::Archive;
use grid::Grid;
use limits::{Large, SMALL_PART};
use tables::Format;

/// The text of a cell with a formula that was never computed.
const NO_VALUE: &str = "#NOVALUE!";

/// Why a workbook cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The file is not a zip archive, as a workbook is.
    NoArchive,
    /// The file has another format than its name says.
    Foreign(ForeignFormat),
    /// It is protected by a password.
    Password,
    /// It is of a version of Excel before 5.
    OldFormat,
    /// It is an archive, and no workbook.
    NoWorkbook,
    /// The file is damaged.
    Broken,
    /// The file of this statistics program is damaged.
    Damaged(&'static str),
    /// A packed file, of R or another, is damaged.
    Packed,
    /// A file of R holds no data frame, but these objects: names and kinds.
    NoFrame(Vec<(String, String)>),
    /// It holds more than can be read.
    TooLarge(Large),
    /// No sheet holds anything.
    NoSheet,
    /// The sheet holds no rows under its header.
    NoRows,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Sheet {
    name: String,
    /// Path in the archive.
    part: String,
    /// True if the workbook hides it.
    hidden: bool,
    /// Numbers of rows and columns, where the workbook states them.
    size: Option<(usize, usize)>,
}

/// A workbook, of which one sheet at a time is read.
#[derive(Default)]
pub struct Workbook {
    file: Option<Opened>,
}

struct Opened {
    name: String,
    kind: Kind,
    /// Those that are not empty, in their order; hidden ones only where all are.
    sheets: Vec<Sheet>,
}

enum Kind {
    Xlsx(Archive, xlsx::Tables),
    Xlsb(Archive, xlsb::Tables),
    Xls(xls::Book),
    Ods(Archive),
    /// A document without an archive.
    Flat(Vec<u8>),
    /// A workbook of Excel 2003 as XML.
    Xml2003(Vec<u8>),
    Html(Vec<u8>),
    /// The tables of a statistics program, one a sheet.
    Tables(Format, Vec<tables::Table>),
}

impl Workbook {
    /// Looks into a workbook. Where several sheets hold something, a person chooses.
    pub fn open(&mut self, name: &str, bytes: Vec<u8>) -> WorkbookOpened {
        self.file = None;
        match Opened::of(name, bytes) {
            Ok(file) => {
                let alone = file.sheets.len() == 1;
                let sheet = |sheet: &Sheet| WorkbookSheet {
                    name: sheet.name.clone(),
                    size: sheet.size,
                };
                let sheets = file.sheets.iter().map(sheet).collect();
                self.file = Some(file);
                WorkbookOpened {
                    sheets,
                    sheet: alone.then_some(0),
                    refused: None,
                }
            }
            Err(fault) => WorkbookOpened {
                sheets: Vec::new(),
                sheet: None,
                refused: Some(words::refusal(name, fault)),
            },
        }
    }

    /// Names of the sheets that hold something, in their order.
    #[must_use]
    pub fn sheets(&self) -> Vec<String> {
        let sheets = self.file.iter().flat_map(|file| &file.sheets);
        sheets.map(|sheet| sheet.name.clone()).collect()
    }

    /// `xlsx`, `xlsb`, `xls`, `ods`, `fods`, `html`, `sav`, `por`, `dta`, `xpt`, `sas7bdat`, `rds`, `rdata` or `omv`; empty without
    /// a file.
    #[must_use]
    pub fn format(&self) -> &'static str {
        match self.file.as_ref().map(|file| &file.kind) {
            Some(Kind::Xlsx(..)) => "xlsx",
            Some(Kind::Xlsb(..)) => "xlsb",
            Some(Kind::Xls(_) | Kind::Xml2003(_)) => "xls",
            Some(Kind::Html(_)) => "html",
            Some(Kind::Tables(format, _)) => format.code(),
            Some(Kind::Ods(_)) => "ods",
            Some(Kind::Flat(_)) => "fods",
            None => "",
        }
    }

    /// The rows of a sheet.
    pub fn rows(&self, sheet: usize) -> SheetRows {
        let nothing = |why: String| SheetRows {
            name: String::new(),
            rows: String::new(),
            report: String::new(),
            dictionary: None,
            refused: Some(why),
        };
        let Some((file, chosen)) = self
            .file
            .as_ref()
            .and_then(|file| Some((file, file.sheets.get(sheet)?)))
        else {
            return nothing(words::refusal("workbook", Fault::NoSheet));
        };
        if let Kind::Tables(format, tables) = &file.kind
            && let Some(table) = tables.get(sheet)
        {
            return SheetRows {
                name: words::table_name(&file.name, table, tables.len()),
                rows: table.text.clone(),
                report: words::table_report(&table.notes),
                dictionary: Some(table.dictionary(*format)),
                refused: None,
            };
        }
        let table = file.kind.grid(chosen).and_then(|grid| grid.table());
        match table {
            Err(fault) => nothing(words::refusal(&file.name, fault)),
            Ok(table) => SheetRows {
                name: format!("{}, sheet {}", file.name, chosen.name),
                report: words::report(&table),
                rows: table.text,
                dictionary: None,
                refused: None,
            },
        }
    }
}

impl Kind {
    /// The format of a workbook by its bytes, with its sheets.
    fn of(bytes: Vec<u8>) -> Result<(Self, Vec<Sheet>), Fault> {
        if ods::is_flat(&bytes) {
            let sheets = ods::sheets(&bytes)?;
            return Ok((Self::Flat(bytes), sheets));
        }
        if bytes.starts_with(xls::START) {
            let (book, sheets) = xls::open(bytes)?;
            return Ok((Self::Xls(book), sheets));
        }
        match ForeignFormat::of(&bytes) {
            Some(ForeignFormat::Xml2003) => {
                let sheets = xml2003::sheets(&bytes)?;
                return Ok((Self::Xml2003(bytes), sheets));
            }
            // Pages that a program saved with all their parts start so, and are not read.
            Some(ForeignFormat::Html) if !is_multipart(&bytes) => {
                let sheets = html::sheets(&bytes)?;
                return Ok((Self::Html(bytes), sheets));
            }
            _ => {}
        }
        if let Some(found) = tables::open(&bytes)? {
            return Ok(Self::tables(found));
        }
        let archive = Archive::open(bytes)?;
        if let Some(found) = tables::open_archive(&archive)? {
            return Ok(Self::tables(found));
        }
        if archive.has(ods::CONTENT) {
            let sheets = ods::sheets(&archive.read(ods::CONTENT)?);
            let sheets = sheets.map_err(|fault| if is_encrypted(&archive) { Fault::Password } else { fault })?;
            return Ok((Self::Ods(archive), sheets));
        }
        let part = xlsx::main_part(&archive)?;
        if part.ends_with(".bin") {
            let (tables, sheets) = xlsb::open(&archive, &part)?;
            return Ok((Self::Xlsb(archive, tables), sheets));
        }
        let (tables, sheets) = xlsx::open(&archive, &part)?;
        Ok((Self::Xlsx(archive, tables), sheets))
    }

    fn tables((format, tables): (Format, Vec<tables::Table>)) -> (Self, Vec<Sheet>) {
        let sheet = |table: &tables::Table| Sheet {
            name: table.name.clone(),
            size: Some((table.rows, table.columns.len())),
            ..Sheet::default()
        };
        let sheets = tables.iter().map(sheet).collect();
        (Self::Tables(format, tables), sheets)
    }

    fn grid(&self, sheet: &Sheet) -> Result<Grid, Fault> {
        match self {
            Kind::Xlsx(archive, tables) => xlsx::grid(archive, tables, sheet),
            Kind::Xlsb(archive, tables) => xlsb::grid(archive, tables, sheet),
            Kind::Xls(book) => book.grid(sheet),
            Kind::Ods(archive) => ods::grid(&archive.read(ods::CONTENT)?, &sheet.name),
            Kind::Flat(bytes) => ods::grid(bytes, &sheet.name),
            Kind::Xml2003(bytes) => xml2003::grid(bytes, &sheet.name),
            Kind::Html(bytes) => html::grid(bytes, &sheet.name),
            Kind::Tables(..) => Err(Fault::NoSheet),
        }
    }
}

impl Opened {
    fn of(name: &str, bytes: Vec<u8>) -> Result<Self, Fault> {
        let (kind, sheets) = Kind::of(bytes)?;
        let all_hidden = sheets.iter().all(|sheet| sheet.hidden);
        let shown = |sheet: &Sheet| (all_hidden || !sheet.hidden) && sheet.size != Some((0, 0));
        let sheets: Vec<Sheet> = sheets.into_iter().filter(shown).collect();
        if sheets.is_empty() {
            return Err(Fault::NoSheet);
        }
        Ok(Self {
            name: name.to_owned(),
            kind,
            sheets,
        })
    }
}

/// True if a text is a message of several parts.
fn is_multipart(bytes: &[u8]) -> bool {
    let start = start_of_text(bytes.get(..bytes.len().min(64)).unwrap_or_default()).to_ascii_lowercase();
    start.trim_start().starts_with("mime-version:")
}

/// True if the parts of a document are encrypted, so that they are not XML.
fn is_encrypted(archive: &Archive) -> bool {
    let manifest = archive.read_small("META-INF/manifest.xml").unwrap_or_default();
    start_of_text(&manifest).contains("encryption-data")
}

/// Returns a part as text. Without a declared encoding it is UTF-8, and so is a large part, since text of another
/// encoding grows.
fn text_of(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    let utf_8 = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.len() > SMALL_PART {
        return std::str::from_utf8(utf_8).map(Cow::Borrowed).map_err(|_| Fault::Broken);
    }
    let decoded = decode(bytes);
    let declared = || {
        let declaration = decoded.text.split("?>").next().unwrap_or_default();
        declaration.contains("encoding=") && !declaration.to_ascii_lowercase().contains("utf-8")
    };
    if decoded.basis == Basis::NotUtf8 && !declared() {
        return Err(Fault::Broken);
    }
    Ok(decoded.text)
}

/// The start of a part as text; it may be cut within a character.
fn start_of_text(bytes: &[u8]) -> Cow<'_, str> {
    decode(bytes).text
}
