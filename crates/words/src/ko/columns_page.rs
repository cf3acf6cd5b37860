//! What is said where the columns of a file are listed: headings, labels, states.

use cotside_core::cohort::{ColumnKind, Role};

use super::grouped_count;

pub use crate::en::columns_page::rows_with;

/// The heading, and the name of the result in the address.
pub const COLUMNS: &str = "열";
/// Above the settings that tell which rows are patients.
pub const ROWS: &str = "행과 환자";
/// The button that confirms what was assumed of a column, of the rows or of the characters.
pub const CONFIRM: &str = "확인";
/// The button that confirms what was assumed of all columns.
pub const CONFIRM_ALL: &str = "모두 확인";
/// The link from the columns to the results.
pub const TO_RESULTS: &str = "결과 보기";
/// Heads of the table.
pub const COLUMN: &str = "열";
/// See [`COLUMN`].
pub const CONTENT: &str = "내용";
/// See [`COLUMN`].
pub const VARIABLE: &str = "변수";
/// See [`COLUMN`].
pub const READ_AS: &str = "읽는 방법";
/// See [`COLUMN`].
pub const MISSING: &str = "결측";
/// See [`COLUMN`].
pub const STATE: &str = "상태";
/// The state of a column that is used.
pub const READ: &str = "읽음";
/// The state of a column of which something was assumed.
pub const TO_CONFIRM: &str = "확인 필요";
/// The state of a column of which something has no proposed answer.
pub const TO_ANSWER: &str = "답변 필요";
/// The state of a column that is not used.
pub const IGNORED: &str = "사용하지 않음";
/// Heads of the table of texts and their meaning.
pub const TEXT: &str = "문자열";
/// See [`TEXT`].
pub const CELLS: &str = "셀 수";
/// See [`TEXT`].
pub const MEANS: &str = "의미";
/// Texts whose meaning follows from a setting.
pub const EACH_TEXT: &str = "문자열별 의미";
/// Missing cells, among the texts of a column.
pub const EMPTY: &str = "(빈칸)";
/// A column with more texts than can be listed.
pub const MORE_TEXTS: &str = "이 열은 문자열의 종류가 너무 많아 각각의 의미를 지정할 수 없습니다.";
/// A cell that waits for an answer.
pub const AWAITS_ANSWER: &str = "선택할 때까지 사용하지 않음";

/// Labels of settings.
pub mod label {
    /// The order of dates that can be read in several.
    pub const DATE_ORDER: &str = "날짜의 순서";
    /// How dates are written.
    pub const DATE_FORM: &str = "날짜 표기 방식";
    /// Dates with year and month alone.
    pub const MID_MONTH: &str = "일이 없는 날짜";
    /// How numbers are written.
    pub const NUMBER_FORM: &str = "숫자 표기 방식";
    /// Of times and ages.
    pub const UNIT: &str = "단위";
    /// Fractions or per cent.
    pub const PERCENT: &str = "값의 종류";
    /// White cell counts that are too high for the unit.
    pub const HIGH_COUNTS: &str = "3,000을 넘는 수";
    /// Death or alive, event or censored.
    pub const DIRECTION: &str = "값의 의미";
    /// Rows of one visit alone.
    pub const ONLY_ROWS: &str = "사용할 행의 한정";
    /// The code page of the file.
    pub const ENCODING: &str = "문자 인코딩";
}

/// Options of a setting.
pub mod choice {
    /// Dates without a day.
    pub const MID_MONTH: [&str; 2] = ["그달 15일", "사용하지 않음"];
    /// Fractions of cells.
    pub const PERCENT: [&str; 2] = ["비율(0.01은 1 %)", "백분율(0.01은 0.01 %)"];
    /// White cell counts that are not used.
    pub const HIGH_NOT_USED: &str = "사용하지 않음";
    /// Rows whatever they hold.
    pub const ALL_ROWS: &str = "모든 행";
}

/// A column without a name in the header.
#[must_use]
pub fn without_name(column: usize) -> String {
    format!("{}번째 열(이름 없음)", column + 1)
}

/// What a column seems to hold, in a word or two.
#[must_use]
pub const fn content(kind: &ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Empty => "비어 있음",
        ColumnKind::Id => "행마다 다름",
        ColumnKind::Number { .. } => "숫자",
        ColumnKind::Date { .. } => "날짜",
        ColumnKind::YesNo => "예/아니요",
        ColumnKind::Category => "범주",
        ColumnKind::Text => "자유 서술",
    }
}

/// The name of the list of roles of a column.
#[must_use]
pub fn variable_of(column: &str) -> String {
    format!("{VARIABLE}: {column}")
}

/// The name of a setting of a column for those who do not see where it is.
#[must_use]
pub fn setting_of(label: &str, column: &str) -> String {
    format!("{label}: {column}")
}

/// The name of a button for those who do not see where it is.
#[must_use]
pub fn confirm_column(column: &str) -> String {
    format!("{CONFIRM}: {column}")
}

/// The name of the list of meanings of a text.
#[must_use]
pub fn meaning_of(text: &str, column: &str) -> String {
    format!("{column} 열에서 ‘{text}’의 의미")
}

/// The meaning of a text of which nothing is said: of missing cells, of a column of dates, of one without codes, of one
/// with codes.
#[must_use]
pub fn unsaid(role: Role, text: &str) -> &'static str {
    match (text, role) {
        ("", _) => "결측값",
        (_, Role::Milestone(_)) => "읽을 수 없는 날짜",
        _ if role.codes().is_empty() => "적힌 그대로",
        _ => "선택…(지금은 사용하지 않음)",
    }
}

/// The meaning of a text that stands for no value.
#[must_use]
pub const fn no_value(role: Role) -> &'static str {
    match role {
        Role::Milestone(_) => "날짜 없음",
        _ => "결측값",
    }
}

/// What the column whose question is about this one too is called.
#[must_use]
pub fn asked_at(column: &str) -> String {
    format!("‘{column}’ 열의 질문은 이 열에도 해당합니다.")
}

/// How many cells hold something, and what it seems to be.
#[must_use]
pub fn holds(filled: usize, missing: usize, kind: &str) -> String {
    match missing {
        0 => format!("셀 {filled}개: {kind}"),
        _ => format!("셀 {filled}개: {kind}, 결측 {missing}개"),
    }
}

/// Rows of a file and how many patients they are.
#[must_use]
pub fn rows_tally(rows: usize, patients: usize) -> String {
    format!("{}행, 환자 {}명", grouped_count(rows), grouped_count(patients))
}

/// What nobody can be followed without.
#[must_use]
pub fn missing_for(endpoint: &str, columns: &[String]) -> String {
    format!("{endpoint}에 필요하지만 없는 것: {}.", columns.join(", "))
}

/// Which sheet there is to choose, before and after one was chosen.
#[must_use]
pub fn sheets(file: &str, sheets: usize, is_chosen: bool) -> String {
    if is_chosen {
        format!("{file}의 시트:")
    } else {
        format!("{file}에 시트가 {sheets}개 있습니다. 한 행에 환자 한 명씩 있는 것은 어느 시트입니까?")
    }
}

/// A sheet, with its size where the workbook tells it.
#[must_use]
pub fn sheet(name: &str, size: Option<(usize, usize)>) -> String {
    match size {
        Some((rows, columns)) => format!("{name}(행 {rows}개, 열 {columns}개)"),
        None => name.to_owned(),
    }
}

/// A code page with the names of the columns as they read in it.
#[must_use]
pub fn code_page(name: &str, header: &str) -> String {
    format!("{name}: {header}")
}

/// A code page in which not all of the file can be read.
#[must_use]
pub fn other_code_page(name: &str) -> String {
    format!("{name}: 파일의 일부를 읽을 수 없음")
}

/// White cell counts that are read per µL, then those that are read as they are written.
#[must_use]
pub fn high_counts(cell: &str, per_litre: &str) -> [String; 2] {
    [format!("{cell}/µL({per_litre} × 10⁹/L)"), format!("{cell} × 10⁹/L")]
}

/// Cells that hold a code for a missing value; `label` is its reason, or empty.
#[must_use]
pub fn missing_code(code: &str, label: &str, cells: usize) -> String {
    let reason = if label.is_empty() { "결측값" } else { label };
    format!("{code} = {reason}: 셀 {cells}개, 결측값으로 읽음")
}

/// Cells that are not among the levels of the dictionary.
#[must_use]
pub fn not_described(texts: &[(String, usize)]) -> String {
    let shown: Vec<String> = texts
        .iter()
        .take(4)
        .map(|(text, cells)| format!("‘{text}’({cells})"))
        .collect();
    let more = if texts.len() > shown.len() { ", …" } else { "" };
    format!("사전에 없음: {}{more}", shown.join(", "))
}
