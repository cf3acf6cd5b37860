//! Files that are not text tables: which format it is, and how to get a CSV file out of it.

use crate::format_name;
use cotside_core::cohort::ForeignFormat as F;

/// Returns why a file in a foreign format cannot be read, with the remedy.
#[must_use]
pub fn foreign(format: F) -> String {
    let remedy = remedy(format);
    match format {
        F::Binary => format!("this is not a text table; {remedy}"),
        F::Utf32 => format!("the text is saved as UTF-32; {remedy}"),
        F::Password => format!("the file is protected by a password; {remedy}"),
        F::RCompressed => format!("this is an R file (.rds, .RData) or another file compressed by gzip; {remedy}"),
        F::Compressed => format!("this is a compressed file ({}); {remedy}", format_name(format)),
        F::Archive => format!("this is an archive ({}); {remedy}", format_name(format)),
        F::Png | F::Jpeg | F::Gif | F::Tiff | F::Heic | F::Webp => {
            format!("this is an image ({}), not a text table; {remedy}", format_name(format))
        }
        _ => format!("the format is {}, not a text table; {remedy}", format_name(format)),
    }
}

/// Returns the same for bytes; `None` where they may be a text table. Workbooks are read where the name of the file says what
/// they are.
#[must_use]
pub fn foreign_format(bytes: &[u8]) -> Option<String> {
    let format = F::of(bytes)?;
    Some(match format {
        F::Xlsx => named("an Excel workbook", ".xlsx"),
        F::Xlsb => named("a binary Excel workbook", ".xlsb"),
        F::Xls => named("an old Excel workbook", ".xls"),
        F::Ods => named("an OpenDocument workbook", ".ods"),
        _ => foreign(format),
    })
}

/// What says that a workbook is one.
fn named(what: &str, end: &str) -> String {
    format!("this is {what} under another name; rename the file so that its name ends in {end}")
}

fn remedy(format: F) -> &'static str {
    match format {
        F::Spss | F::SpssPortable => {
            "in SPSS choose File > Save As > CSV; or in R: write.csv(haven::read_spss(\"file\"), \"file.csv\", row.names = FALSE)"
        }
        F::Stata => {
            "in Stata: export delimited using file.csv; or in R: write.csv(haven::read_dta(\"file\"), \"file.csv\", row.names = FALSE)"
        }
        F::SasTransport => {
            "in SAS: proc export with dbms=csv; or in R: write.csv(haven::read_xpt(\"file\"), \"file.csv\", row.names = FALSE)"
        }
        F::Sas => {
            "in SAS: proc export with dbms=csv; or in R: write.csv(haven::read_sas(\"file\"), \"file.csv\", row.names = FALSE)"
        }
        F::R => {
            "in R: write.csv(readRDS(\"file.rds\"), \"file.csv\", row.names = FALSE), or load() the .RData file and write.csv() the table"
        }
        F::RCompressed => {
            "in R: write.csv(readRDS(\"file.rds\"), \"file.csv\", row.names = FALSE), or load() the .RData file and write.csv() the table; \
             unpack any other file"
        }
        F::Compressed => {
            "unpack it; if it is an R file (.rds, .RData), use readRDS() or load() and then write.csv() in R"
        }
        F::Archive => "unpack it and choose the file with the table",
        F::Jamovi => "in jamovi choose Export and save the data as CSV",
        F::Parquet => "in R: write.csv(arrow::read_parquet(\"file\"), \"file.csv\", row.names = FALSE)",
        F::Arrow => "in R: write.csv(arrow::read_feather(\"file\"), \"file.csv\", row.names = FALSE)",
        F::Sqlite | F::Access => "export the table as CSV from the database program",
        F::Hdf5 | F::Matlab => "in MATLAB: writetable(T, 'file.csv')",
        F::Dbase => {
            "open it in Excel or LibreOffice and save it as CSV, or in R: write.csv(foreign::read.dbf(\"file\"), \"file.csv\", row.names = FALSE)"
        }
        F::Xlsx | F::Xlsb | F::Xls | F::Ods | F::FlatOds | F::Xml2003 | F::Numbers => {
            "open it in the spreadsheet program and save the sheet as CSV"
        }
        F::Password => "save a copy without one (in Excel: File > Info > Protect Workbook)",
        F::TextDocument | F::Presentation | F::Rtf => "copy the table into a spreadsheet program and save it as CSV",
        F::Pdf => {
            "ask for the table as a CSV file or a workbook: a table in a PDF has no columns that can be read safely"
        }
        F::Html => "open it in Excel or LibreOffice and save it as CSV",
        F::Xml | F::Json => "export the table as CSV from the program that wrote the file",
        F::Png | F::Jpeg | F::Gif | F::Tiff | F::Heic | F::Webp => "ask for the table as a CSV file or a workbook",
        F::Dicom => "choose the table of patients as a CSV file",
        F::Utf32 => "save it as CSV UTF-8",
        F::Binary => "save the table as CSV UTF-8",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_and_remedy_are_named() {
        let told = |bytes: &[u8]| foreign_format(bytes).unwrap_or_default();
        assert_eq!(
            told(b"%PDF-1.4"),
            "the format is PDF, not a text table; ask for the table as a CSV file or a workbook: a table in a PDF has no \
             columns that can be read safely"
        );
        assert!(told(b"$FL2@(#)\0").contains("SPSS (.sav)"));
        assert!(told(b"$FL2@(#)\0").contains("File > Save As > CSV"));
        assert!(told(b"PK\x03\x04 xl/workbook.xml").contains("ends in .xlsx"));
        assert!(told(b"PK\x03\x04 xl/workbook.bin").contains("ends in .xlsb"));
        assert!(told(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").contains("ends in .xls"));
        assert!(foreign(F::Xlsx).contains("save the sheet as CSV"));
        assert_eq!(
            told(b"\xff\xfe\0\0"),
            "the text is saved as UTF-32; save it as CSV UTF-8"
        );
        assert_eq!(foreign_format(b"id,sex\n1,f\n"), None);
    }
}
