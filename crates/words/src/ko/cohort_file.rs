//! What is said of a file of patients that was opened: which it is, what could not be used, how a project fits it.

use cotside_core::cohort::{CodebookKind, Joined};
use serde_json::Value;

use super::grouped_count;

// What a program is told is in English.
pub use crate::en::cohort_file::{HIGH_COUNTS_PER_UL, UNKNOWN_NAME, taken, unsuited};

// ---- The file

/// Why a file cannot be read.
#[must_use]
pub fn refused(name: &str, why: &str) -> String {
    format!("{name}: {why}.")
}

/// Saves the rows as they were read.
pub const SAVE_ROWS: &str = "행을 CSV로 저장";

/// The file and its number of rows.
#[must_use]
pub fn file_and_rows(name: &str, rows: usize) -> String {
    format!("{name}: {}행.", grouped_count(rows))
}

/// From where the script in R reads the rows.
#[must_use]
pub fn script_reads(file: &str) -> String {
    format!("R 스크립트는 이 행을 {file} 파일에서 읽습니다.")
}

// ---- Files beside it

/// A file that waits for the one it stands beside.
#[must_use]
pub fn kept_beside(name: &str) -> String {
    format!("{name}: 다른 파일의 열을 설명하는 파일입니다. 해당하는 환자 파일을 엽니다.")
}

/// What a file that describes columns is.
#[must_use]
pub const fn codebook_kind(kind: CodebookKind) -> &'static str {
    match kind {
        CodebookKind::Redcap => "REDCap 데이터 사전",
        CodebookKind::Castor => "Castor 변수 목록",
        CodebookKind::Table => "코드북",
        CodebookKind::Spss => "SPSS 명령문",
        CodebookKind::Stata => "Stata do 파일",
        CodebookKind::Sas => "SAS 프로그램",
        CodebookKind::R => "R 스크립트",
    }
}

/// What a dictionary describes: `kind` says what it is.
#[must_use]
pub fn describes(kind: &str, described: usize, columns: usize) -> String {
    match described {
        0 => format!("{kind}: 이 파일의 열 {columns}개 중 설명된 것이 없습니다. 다른 파일의 사전입니까?"),
        described => format!("{kind}: 열 {columns}개 중 {described}개를 설명합니다."),
    }
}

/// How a table of subjects fits the endpoints.
#[must_use]
pub fn subjects(joined: &Joined) -> String {
    let Joined {
        both,
        without,
        only,
        differ,
    } = joined;
    let mut text = format!("대상자 표, USUBJID로 결합: {both}명 일치.");
    if *without > 0 {
        text.push_str(&format!(" 평가변수가 있는 {without}명이 이 표에 없습니다."));
    }
    if *only > 0 {
        text.push_str(&format!(" 이 표의 {only}명은 평가변수가 없어 제외합니다."));
    }
    if *differ > 0 {
        text.push_str(&format!(
            " {differ}명은 양쪽에 모두 있는 열의 값이 서로 다르며, 평가변수 쪽의 값을 사용합니다."
        ));
    }
    text
}

/// A file that is neither a dictionary nor a table of subjects; `found` are the names of its first columns.
#[must_use]
pub fn not_beside(name: &str, found: &str) -> String {
    let found = if found.is_empty() {
        String::new()
    } else {
        format!(" 열: {found}.")
    };
    format!(
        "{name}: 사전이 아닙니다. REDCap 데이터 사전, Castor 변수 목록, 라벨이 있는 SPSS·Stata·SAS·R 명령문, variable·code·label과 같은 열이 있는 표 \
         중 어느 것도 아닙니다.{found} 환자 파일은 한 번에 하나씩 엽니다."
    )
}

// ---- Cells and rows that could not be used

/// Of a table.
pub const ROW: &str = "행";
/// Of a table: the place in a text file.
pub const LINE: &str = "파일의 줄";
/// Of a table: the place in a workbook.
pub const SHEET_ROW: &str = "시트의 행";
/// Of a table.
pub const COLUMN: &str = "열";
/// Of a table: the text of the cell.
pub const CELL: &str = "셀";
/// Of a table: why it could not be used.
pub const PROBLEM: &str = "문제";
/// Of a table: the remedy.
pub const FIX: &str = "해결 방법";
/// What is not listed.
pub const OTHERS_USED: &str = "그 밖의 셀과 행은 모두 사용합니다.";
/// Saves the list.
pub const SAVE_PROBLEMS: &str = "목록 저장(CSV)";
/// Of which column a problem is, where it is of none.
pub const WHOLE_ROWS: &str = "행 전체";

/// Of which column a problem is.
#[must_use]
pub fn of_column(name: &str) -> String {
    format!("열 ‘{name}’")
}

/// Problems of a column, or of whole rows.
#[must_use]
pub fn count_of(count: usize, of: &str) -> String {
    format!("{of}: {count}")
}

/// Heading of the problems in a report.
#[must_use]
pub fn not_used(count: usize) -> String {
    format!("사용할 수 없었던 셀 또는 행 {count}개")
}

/// When and with what a report was made; `date` is empty where no clock is read.
#[must_use]
pub fn made(date: &str, version: &str) -> String {
    let on = if date.is_empty() {
        String::new()
    } else {
        format!("{date}, ")
    };
    format!("작성: {on}Cotside {version}.")
}

// ---- A file of settings

/// What stands in a file of settings.
#[must_use]
pub fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Array(_) => "목록",
        Value::String(_) => "문자열",
        Value::Number(_) => "숫자",
        Value::Bool(_) => "참/거짓 값",
        Value::Object(_) => "객체",
    }
}

/// A list in a file of settings: what stands in it, each kind once, and how many there are.
#[must_use]
pub fn list_of(kinds: &[&str], count: usize) -> String {
    if kinds.is_empty() {
        return "빈 목록".to_owned();
    }
    format!("목록({}, {count}개)", kinds.join("·"))
}

/// A file that is none.
#[must_use]
pub fn no_settings_file(name: &str) -> String {
    format!("{name}: Cotside의 프로젝트 파일이나 설정 파일이 아닙니다.")
}

/// A file with a fault in it; `wrong` says where and what.
#[must_use]
pub fn broken_settings_file(name: &str, wrong: &str) -> String {
    format!("{name}: 프로젝트 파일에 잘못이 있습니다. {wrong}. 설정을 다시 저장하거나 파일에서 이 부분을 정정합니다.")
}

/// A file of a later version.
#[must_use]
pub fn later_settings_file(name: &str) -> String {
    format!("{name}: 이보다 나중 버전의 Cotside에서 저장했습니다. 페이지를 새로 고치거나 프로그램을 업데이트합니다.")
}

/// Something stands where a list belongs; `kind` says what.
#[must_use]
pub fn not_a_list(name: &str, kind: &str) -> String {
    format!("목록이 있어야 할 ‘{name}’에 있는 것: {kind}")
}

/// Something stands at a place of a list where texts belong.
#[must_use]
pub fn not_texts(name: &str, place: usize, kind: &str, texts: usize) -> String {
    format!("문자열 {texts}개의 목록이 있어야 할 ‘{name}’의 {place}번째에 있는 것: {kind}")
}

// ---- A project of earlier settings

/// A project without its file.
pub const OPEN_ITS_FILE: &str = "설정을 가지고 있습니다. 이 설정에 해당하는 파일을 엽니다.";
/// All columns of a project are there.
pub const PROJECT_FITS: &str = "설정이 이 파일의 열과 맞습니다.";
/// Something of a project does not fit.
pub const PROJECT_OF_OTHER_FILE: &str = "설정은 다른 파일에서 저장한 것입니다:";

/// What a project says of the encoding does not hold.
#[must_use]
pub fn unfit_encoding(label: &str) -> String {
    format!("설정의 문자 인코딩이 이 파일과 맞지 않습니다: {label}.")
}

/// What a project says of the rows does not hold: its name and its value.
#[must_use]
pub fn unfit_rows(name: &str, value: &str) -> String {
    format!("행에 관한 설정이 이 파일과 맞지 않습니다: {name} = {value}.")
}

/// A column that is missing.
#[must_use]
pub fn missing_column(name: &str) -> String {
    format!("설정에는 있으나 이 파일에는 없는 열: ‘{name}’.")
}

/// A column of which something is not understood.
#[must_use]
pub fn unknown_setting(name: &str) -> String {
    format!("‘{name}’에 관한 설정을 이해할 수 없습니다. 이 열은 추정한 대로 읽습니다.")
}

/// A column with other values.
#[must_use]
pub fn other_content(name: &str) -> String {
    format!("‘{name}’의 값이 설정에서 예상하는 것과 다릅니다. 이 열은 추정한 대로 읽습니다.")
}

/// Columns that the project does not have.
#[must_use]
pub fn new_columns(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("‘{name}’")).collect();
    format!("설정에 없어 추정한 대로 읽는 열: {}.", names.join(", "))
}

// ---- The samples

/// Before what a sample is.
pub const EXAMPLE: &str = "예시 데이터";
/// Between the two.
pub const EXAMPLE_IS: &str = ": ";
/// The name of the published series.
pub const SEVERANCE: &str = "세브란스 증례군";
/// The name of the simulated registry.
pub const REGISTRY: &str = "모의 레지스트리";
/// What the published series is.
pub const SEVERANCE_IS: &str = "발표된 영아 9명(Lee et al., Clin Pediatr Hematol Oncol 2011;18:86–91). 추적 개월 수는 논문에 없습니다. 논문에 적힌 연령에서 \
     계산했고, 한 값은 임의로 정했습니다. 어느 값인지는 예시의 설명에 있습니다.";
/// What the simulated registry is.
pub const REGISTRY_IS: &str =
    "모의 데이터 영아 120명. 명시한 매개변수로 스크립트가 만들었습니다. 여기에는 연구 결과가 없습니다.";
