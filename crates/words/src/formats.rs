//! Formats of files by their names, which are the same in each language.

use cotside_core::cohort::ForeignFormat as F;

/// Returns the name of a format with the usual ends of file names; empty where there is no name.
#[must_use]
pub fn format_name(format: F) -> &'static str {
    match format {
        F::Spss => "SPSS (.sav)",
        F::SpssPortable => "SPSS (.por)",
        F::Stata => "Stata (.dta)",
        F::SasTransport => "SAS (.xpt)",
        F::Sas => "SAS (.sas7bdat)",
        F::R | F::RCompressed => "R (.rds, .RData)",
        F::Compressed => "gzip, bzip2, xz, zstd",
        F::Archive => "zip, 7z, rar",
        F::Jamovi => "jamovi (.omv)",
        F::Parquet => "Parquet",
        F::Arrow => "Arrow, Feather",
        F::Sqlite => "SQLite",
        F::Hdf5 => "HDF5 (.h5, .mat)",
        F::Matlab => "MATLAB (.mat)",
        F::Access => "Access (.mdb, .accdb)",
        F::Dbase => "dBASE (.dbf)",
        F::Xlsx => "Excel (.xlsx)",
        F::Xlsb => "Excel (.xlsb)",
        F::Xls => "Excel (.xls)",
        F::Password => "Excel, Word",
        F::Ods => "OpenDocument (.ods)",
        F::FlatOds => "OpenDocument (.fods)",
        F::Xml2003 => "Excel 2003 XML",
        F::Numbers => "Numbers",
        F::TextDocument => "Word, OpenDocument (.docx, .doc, .odt)",
        F::Presentation => "PowerPoint, OpenDocument (.pptx, .ppt, .odp)",
        F::Pdf => "PDF",
        F::Rtf => "RTF",
        F::Html => "HTML",
        F::Xml => "XML",
        F::Json => "JSON",
        F::Png => "PNG",
        F::Jpeg => "JPEG",
        F::Gif => "GIF",
        F::Tiff => "TIFF",
        F::Heic => "HEIC",
        F::Webp => "WebP",
        F::Dicom => "DICOM",
        F::Utf32 => "UTF-32",
        F::Binary => "",
    }
}
