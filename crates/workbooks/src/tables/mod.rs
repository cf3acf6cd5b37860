//! Files of statistics programs: tables with what they say about their columns. One reader a format, each from the
//! published description of its format; DESIGN.md says why none is another's.
//!
//! A cell is what is stored, as text: a code is the code, a day `2024-03-15`. A missing value without a code is an empty
//! cell, one with a code is the code, which the description of its column then names. **Nothing is read outside of the
//! bytes, and memory is taken for what is there, not for what the file claims.**

mod bytes;
mod days;
mod decoder;
mod jamovi;
mod r;
mod r_objects;
mod r_source;
mod sas;
mod sas_transport;
mod sas_values;
mod spss;
mod spss_portable;
mod stata;
mod table;

use cotside_core::cohort::{Dictionary, ForeignFormat};

use crate::Fault;
use crate::archive::Archive;

pub use decoder::document;
pub use table::{Note, Table};

/// A format of a statistics program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Sav,
    Por,
    Dta,
    Xpt,
    Sas7bdat,
    Rds,
    RData,
    Omv,
}

impl Format {
    /// Its usual ending.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sav => "sav",
            Self::Por => "por",
            Self::Dta => "dta",
            Self::Xpt => "xpt",
            Self::Sas7bdat => "sas7bdat",
            Self::Rds => "rds",
            Self::RData => "rdata",
            Self::Omv => "omv",
        }
    }

    /// The program whose format it is.
    pub fn program(self) -> &'static str {
        match self {
            Self::Sav | Self::Por => "SPSS",
            Self::Dta => "Stata",
            Self::Xpt | Self::Sas7bdat => "SAS",
            Self::Rds | Self::RData => "R",
            Self::Omv => "jamovi",
        }
    }
}

/// The tables of a file of a statistics program that are not empty; `None` for other files.
///
/// # Errors
/// [`Fault::Damaged`] where it is damaged or cut off, [`Fault::TooLarge`] above the limits, [`Fault::NoFrame`] for a file
/// of R without a data frame, [`Fault::NoRows`] where all are empty.
pub fn open(bytes: &[u8]) -> Result<Option<(Format, Vec<Table>)>, Fault> {
    let one = |format, table: Result<Table, Fault>| Some((format, table.map(|table| vec![table])));
    let found = match ForeignFormat::of(bytes) {
        Some(ForeignFormat::Spss) => one(Format::Sav, spss::table(bytes)),
        Some(ForeignFormat::SpssPortable) => one(Format::Por, spss_portable::table(bytes)),
        Some(ForeignFormat::Stata) => one(Format::Dta, stata::table(bytes)),
        Some(ForeignFormat::SasTransport) => Some((Format::Xpt, sas_transport::tables(bytes))),
        Some(ForeignFormat::Sas) => one(Format::Sas7bdat, sas::table(bytes)),
        Some(ForeignFormat::R) => Some(of_r(bytes)),
        Some(format @ (ForeignFormat::RCompressed | ForeignFormat::Compressed)) if r_source::is_packed(bytes) => {
            let unpacked = r_source::unpacked(bytes).map_err(|fault| match fault {
                Fault::Broken => Fault::Packed,
                fault => fault,
            })?;
            let unpacked = unpacked.filter(|unpacked| r_source::is_written(unpacked));
            // Another file, packed.
            Some(of_r(&unpacked.ok_or(Fault::Foreign(format))?))
        }
        _ => None,
    };
    let Some((format, tables)) = found else {
        return Ok(None);
    };
    filled(format, tables).map(Some)
}

/// The table of an archive that is a document of jamovi; `None` for other archives.
///
/// # Errors
/// Those of [`open`].
pub fn open_archive(archive: &Archive) -> Result<Option<(Format, Vec<Table>)>, Fault> {
    if !archive.has(jamovi::METADATA) || !archive.has(jamovi::DATA) {
        return Ok(None);
    }
    let table = jamovi::table(archive).map(|table| vec![table]);
    filled(Format::Omv, table).map(Some)
}

fn of_r(bytes: &[u8]) -> (Format, Result<Vec<Table>, Fault>) {
    match r::tables(bytes) {
        Ok((tables, true)) => (Format::RData, Ok(tables)),
        Ok((tables, false)) => (Format::Rds, Ok(tables)),
        Err(fault) => (Format::Rds, Err(fault)),
    }
}

/// The tables that have rows.
fn filled(format: Format, tables: Result<Vec<Table>, Fault>) -> Result<(Format, Vec<Table>), Fault> {
    let mut tables = tables.map_err(damaged(format))?;
    tables.retain(|table| table.rows > 0);
    match tables.is_empty() {
        true => Err(Fault::NoRows),
        false => Ok((format, tables)),
    }
}

/// Names the program whose file is damaged.
fn damaged(format: Format) -> impl Fn(Fault) -> Fault {
    move |fault| match fault {
        Fault::Broken => Fault::Damaged(format.program()),
        fault => fault,
    }
}

impl Table {
    /// What the file says about the columns.
    pub fn dictionary(&self, format: Format) -> Dictionary {
        Dictionary {
            source: format.program().to_owned(),
            columns: self.columns.clone(),
        }
    }
}
