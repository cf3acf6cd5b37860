//! Files that are not text tables: which format it is, and how to get a CSV file out of it.

use crate::format_name;
use cotside_core::cohort::ForeignFormat as F;

/// Returns why a file in a foreign format cannot be read, with the remedy.
#[must_use]
pub fn foreign(format: F) -> String {
    let (name, remedy) = (format_name(format), remedy(format));
    match format {
        F::Binary => format!("文字の表ではない。{remedy}"),
        F::Utf32 => format!("文字がUTF-32で保存されている。{remedy}"),
        F::Password => format!("ファイルがパスワードで保護されている。{remedy}"),
        F::RCompressed => format!("Rのファイル（.rds、.RData）か、gzipで圧縮された別のファイルである。{remedy}"),
        F::Compressed => format!("圧縮ファイル（{name}）である。{remedy}"),
        F::Archive => format!("アーカイブ（{name}）である。{remedy}"),
        F::Png | F::Jpeg | F::Gif | F::Tiff | F::Heic | F::Webp => {
            format!("画像（{name}）であり、文字の表ではない。{remedy}")
        }
        _ => format!("{name} の形式であり、文字の表ではない。{remedy}"),
    }
}

/// Returns the same for bytes; `None` where they may be a text table. Workbooks are read where the name of the file says what
/// they are.
#[must_use]
pub fn foreign_format(bytes: &[u8]) -> Option<String> {
    let format = F::of(bytes)?;
    Some(match format {
        F::Xlsx => named("Excelのブック", ".xlsx"),
        F::Xlsb => named("バイナリ形式のExcelのブック", ".xlsb"),
        F::Xls => named("古い形式のExcelのブック", ".xls"),
        F::Ods => named("OpenDocumentの表計算ファイル", ".ods"),
        _ => foreign(format),
    })
}

/// What says that a workbook is one.
fn named(what: &str, end: &str) -> String {
    format!("{what}だが、ファイル名がそれを示していない。名前の終わりを {end} に変える")
}

fn remedy(format: F) -> &'static str {
    match format {
        F::Spss | F::SpssPortable => {
            "SPSSで「ファイル > 名前を付けて保存 > CSV」を選ぶ。Rでは write.csv(haven::read_spss(\"file\"), \"file.csv\", row.names = FALSE)"
        }
        F::Stata => {
            "Stataでは export delimited using file.csv。Rでは write.csv(haven::read_dta(\"file\"), \"file.csv\", row.names = FALSE)"
        }
        F::SasTransport => {
            "SASでは proc export（dbms=csv）。Rでは write.csv(haven::read_xpt(\"file\"), \"file.csv\", row.names = FALSE)"
        }
        F::Sas => {
            "SASでは proc export（dbms=csv）。Rでは write.csv(haven::read_sas(\"file\"), \"file.csv\", row.names = FALSE)"
        }
        F::R => {
            "Rで write.csv(readRDS(\"file.rds\"), \"file.csv\", row.names = FALSE) とするか、.RDataのファイルを load() で読み、表を write.csv() で保存する"
        }
        F::RCompressed => {
            "Rで write.csv(readRDS(\"file.rds\"), \"file.csv\", row.names = FALSE) とするか、.RDataのファイルを load() で読み、表を write.csv() で保存\
             する。ほかのファイルは展開する"
        }
        F::Compressed => {
            "展開する。Rのファイル（.rds、.RData）であれば、Rで readRDS() または load() の後に write.csv() を用いる"
        }
        F::Archive => "展開し、表のあるファイルを選ぶ",
        F::Jamovi => "jamoviで「Export」を選び、データをCSVで保存する",
        F::Parquet => "Rで write.csv(arrow::read_parquet(\"file\"), \"file.csv\", row.names = FALSE)",
        F::Arrow => "Rで write.csv(arrow::read_feather(\"file\"), \"file.csv\", row.names = FALSE)",
        F::Sqlite | F::Access => "データベースソフトから表をCSVで書き出す",
        F::Hdf5 | F::Matlab => "MATLABで writetable(T, 'file.csv')",
        F::Dbase => {
            "ExcelまたはLibreOfficeで開いてCSVで保存する。Rでは write.csv(foreign::read.dbf(\"file\"), \"file.csv\", row.names = FALSE)"
        }
        F::Xlsx | F::Xlsb | F::Xls | F::Ods | F::FlatOds | F::Xml2003 | F::Numbers => {
            "表計算ソフトで開き、シートをCSVで保存する"
        }
        F::Password => "パスワードのない複製を保存する（Excelでは「ファイル > 情報 > ブックの保護」）",
        F::TextDocument | F::Presentation | F::Rtf => "表を表計算ソフトに貼り付け、CSVで保存する",
        F::Pdf => "表をCSVファイルまたはブックとして入手する。PDFの表には、確実に読み取れる列がない",
        F::Html => "ExcelまたはLibreOfficeで開き、CSVで保存する",
        F::Xml | F::Json => "ファイルを作成したプログラムから表をCSVで書き出す",
        F::Png | F::Jpeg | F::Gif | F::Tiff | F::Heic | F::Webp => "表をCSVファイルまたはブックとして入手する",
        F::Dicom => "患者の表をCSVファイルとして選ぶ",
        F::Utf32 => "「CSV UTF-8」で保存する",
        F::Binary => "表を「CSV UTF-8」で保存する",
    }
}
