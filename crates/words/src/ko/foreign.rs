//! Files that are not text tables: which format it is, and how to get a CSV file out of it.

use crate::format_name;
use cotside_core::cohort::ForeignFormat as F;

/// Returns why a file in a foreign format cannot be read, with the remedy.
#[must_use]
pub fn foreign(format: F) -> String {
    let (name, remedy) = (format_name(format), remedy(format));
    match format {
        F::Binary => format!("텍스트 표가 아닙니다. {remedy}"),
        F::Utf32 => format!("텍스트가 UTF-32로 저장되어 있습니다. {remedy}"),
        F::Password => format!("파일이 암호로 보호되어 있습니다. {remedy}"),
        F::RCompressed => format!("R 파일(.rds, .RData)이거나 gzip으로 압축한 다른 파일입니다. {remedy}"),
        F::Compressed => format!("압축 파일입니다({name}). {remedy}"),
        F::Archive => format!("압축 보관 파일입니다({name}). {remedy}"),
        F::Png | F::Jpeg | F::Gif | F::Tiff | F::Heic | F::Webp => {
            format!("이미지({name})이며 텍스트 표가 아닙니다. {remedy}")
        }
        _ => format!("{name} 형식이며 텍스트 표가 아닙니다. {remedy}"),
    }
}

/// Returns the same for bytes; `None` where they may be a text table. Workbooks are read where the name of the file says what
/// they are.
#[must_use]
pub fn foreign_format(bytes: &[u8]) -> Option<String> {
    let format = F::of(bytes)?;
    Some(match format {
        F::Xlsx => named("Excel 통합 문서", ".xlsx"),
        F::Xlsb => named("바이너리 Excel 통합 문서", ".xlsb"),
        F::Xls => named("이전 형식의 Excel 통합 문서", ".xls"),
        F::Ods => named("OpenDocument 스프레드시트", ".ods"),
        _ => foreign(format),
    })
}

/// What says that a workbook is one.
fn named(what: &str, end: &str) -> String {
    format!("내용은 {what}인데 파일 이름이 다릅니다. 파일 이름의 끝을 {end} 형태로 바꿉니다")
}

fn remedy(format: F) -> &'static str {
    match format {
        F::Spss | F::SpssPortable => {
            "SPSS에서 ‘파일 > 다른 이름으로 저장 > CSV’를 선택합니다. 또는 R: write.csv(haven::read_spss(\"file\"), \"file.csv\", row.names = FALSE)"
        }
        F::Stata => {
            "Stata: export delimited using file.csv 또는 R: write.csv(haven::read_dta(\"file\"), \"file.csv\", row.names = FALSE)"
        }
        F::SasTransport => {
            "SAS: proc export(dbms=csv) 또는 R: write.csv(haven::read_xpt(\"file\"), \"file.csv\", row.names = FALSE)"
        }
        F::Sas => {
            "SAS: proc export(dbms=csv) 또는 R: write.csv(haven::read_sas(\"file\"), \"file.csv\", row.names = FALSE)"
        }
        F::R => {
            "R: write.csv(readRDS(\"file.rds\"), \"file.csv\", row.names = FALSE). 또는 .RData 파일을 load()로 읽고 표를 write.csv()로 저장합니다"
        }
        F::RCompressed => {
            "R: write.csv(readRDS(\"file.rds\"), \"file.csv\", row.names = FALSE). 또는 .RData 파일을 load()로 읽고 표를 write.csv()로 저장합니다. \
             다른 파일은 압축을 풉니다"
        }
        F::Compressed => {
            "압축을 풉니다. R 파일(.rds, .RData)이면 R에서 readRDS() 또는 load()를 쓴 다음 write.csv()를 씁니다"
        }
        F::Archive => "압축을 풀고 표가 있는 파일을 선택합니다",
        F::Jamovi => "jamovi에서 ‘Export’를 선택하고 데이터를 CSV로 저장합니다",
        F::Parquet => "R: write.csv(arrow::read_parquet(\"file\"), \"file.csv\", row.names = FALSE)",
        F::Arrow => "R: write.csv(arrow::read_feather(\"file\"), \"file.csv\", row.names = FALSE)",
        F::Sqlite | F::Access => "데이터베이스 프로그램에서 표를 CSV로 내보냅니다",
        F::Hdf5 | F::Matlab => "MATLAB: writetable(T, 'file.csv')",
        F::Dbase => {
            "Excel이나 LibreOffice에서 열어 CSV로 저장합니다. 또는 R: write.csv(foreign::read.dbf(\"file\"), \"file.csv\", row.names = FALSE)"
        }
        F::Xlsx | F::Xlsb | F::Xls | F::Ods | F::FlatOds | F::Xml2003 | F::Numbers => {
            "스프레드시트 프로그램에서 열고 시트를 CSV로 저장합니다"
        }
        F::Password => "암호가 없는 사본을 저장합니다(Excel: ‘파일 > 정보 > 통합 문서 보호’)",
        F::TextDocument | F::Presentation | F::Rtf => "표를 스프레드시트 프로그램에 복사해 넣고 CSV로 저장합니다",
        F::Pdf => "표를 CSV 파일이나 통합 문서로 요청합니다. PDF의 표에는 확실하게 읽을 수 있는 열이 없습니다",
        F::Html => "Excel이나 LibreOffice에서 열어 CSV로 저장합니다",
        F::Xml | F::Json => "파일을 만든 프로그램에서 표를 CSV로 내보냅니다",
        F::Png | F::Jpeg | F::Gif | F::Tiff | F::Heic | F::Webp => "표를 CSV 파일이나 통합 문서로 요청합니다",
        F::Dicom => "환자 표를 CSV 파일로 선택합니다",
        F::Utf32 => "‘CSV UTF-8’로 저장합니다",
        F::Binary => "표를 ‘CSV UTF-8’로 저장합니다",
    }
}
