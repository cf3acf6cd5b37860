//! Estimates of the reader's own beside the published ones: their form, their file, and what is said of them.

use cotside_core::evidence::{LONGEST_CELL, MOST_OWN, OwnColumn, OwnFault, OwnFileError, OwnProblem, OwnRemark};

use super::fields;
use crate::{decimal, en};

/// The mark of every row of the reader's own.
pub const MARK: &str = "사용자 입력, 미확인";
/// A reason for caution in a comparison.
pub const CAUTION: &str = "한쪽 또는 양쪽이 사용자가 입력한 것이며 출처와 대조하지 않았습니다.";
/// The same of one estimate over a curve.
pub const CAUTION_ONE: &str = "사용자가 입력한 것이며 출처와 대조하지 않았습니다.";

/// The name of a study on the page; that of one of the reader’s own ends with the mark in English, as it is printed.
#[must_use]
pub fn study_name(name: &str) -> String {
    let marked = name
        .strip_suffix(')')
        .and_then(|name| name.strip_suffix(en::own_estimates::MARK));
    marked
        .and_then(|name| name.strip_suffix(" ("))
        .map_or_else(|| name.to_owned(), |name| format!("{name}({MARK})"))
}

// ---- The form

/// Heading.
pub const TITLE: &str = "직접 추가한 추정치";
/// What becomes of them.
pub const LEAD: &str = "여기에서 추가한 행은 모든 표, 그림, 통합에 ‘사용자 입력, 미확인’으로 표시되며(그림에서는 영어), ‘코호트 분석’에서 곡선 \
     위에 겹칠 수 있습니다. 이 탭에만 보관됩니다: 다시 열려면 CSV로 저장합니다. 발표된 행과 같은 규칙을 적용합니다: 시점, 평가변수, \
     시대가 다르면 P값이 없고, 두 평가변수를 통합하지 않습니다.";
/// Adds what was typed.
pub const ADD: &str = "추가";
/// Opens a file.
pub const OPEN: &str = "CSV 파일 열기";
/// Saves a file to begin with.
pub const TEMPLATE: &str = "서식 (CSV)";
/// Saves the rows.
pub const SAVE: &str = "직접 추가한 추정치 저장 (CSV)";
/// Takes all rows out.
pub const REMOVE_ALL: &str = "직접 추가한 추정치 모두 제외";
/// Takes one row out.
pub const REMOVE: &str = "제외";
/// The list of the rows.
pub const LISTED: &str = "추가됨";
/// Nothing is chosen in a list.
pub const NOT_STATED: &str = "기재 없음";
/// Under Analyse, where own estimates come from.
pub const UNDER_EVIDENCE: &str = "추정치를 직접 추가하는 곳은 ‘발표 성적’입니다.";
/// A file with points of a curve came where estimates were awaited, or the other way round.
pub const NOT_ESTIMATES: &str =
    "파일에 study, endpoint, population, estimate, source 열이 없습니다. 서식에는 모든 열이 있습니다.";
/// Estimates came where points of a curve were awaited.
pub const NOT_POINTS: &str =
    "파일에 있는 것은 추정치이며 곡선의 점이 아닙니다. ‘목록’의 ‘직접 추가한 추정치’에서 엽니다.";

/// The summary of the fold, with the number of rows.
#[must_use]
pub fn summary(count: usize) -> String {
    if count == 0 {
        "추정치 직접 추가".to_owned()
    } else {
        format!("{TITLE}: {count}개")
    }
}

/// What the button that takes a row out is called.
#[must_use]
pub fn remove_name(id: &str, study: &str) -> String {
    format!("제외: {id}, {study}")
}

/// Label, an example and the width of a field of the form.
#[must_use]
pub const fn label(column: OwnColumn) -> (&'static str, &'static str, u8) {
    match column {
        OwnColumn::Id => ("ID", "", 8),
        OwnColumn::Study => ("연구", "레지스트리 A", 18),
        OwnColumn::EnrolledFrom => ("등록 시작(연도)", "2001", 6),
        OwnColumn::EnrolledTo => ("등록 종료(연도)", "2008", 6),
        OwnColumn::Endpoint => ("평가변수", "", 8),
        OwnColumn::Population => ("군", "모든 영아", 18),
        OwnColumn::Kmt2a => ("군의 KMT2A", "", 8),
        OwnColumn::Reached => ("집계된 환자", "", 8),
        OwnColumn::Years => ("시점(년)", "5", 5),
        OwnColumn::N => ("n", "60", 5),
        OwnColumn::Estimate => ("추정치(%)", "45.0", 6),
        OwnColumn::StandardError => ("SE", "6.4", 5),
        OwnColumn::Lower => ("95% 신뢰구간 하한", "32.1", 6),
        OwnColumn::Upper => ("95% 신뢰구간 상한", "57.0", 6),
        OwnColumn::UnclearSpread => ("정의되지 않은 ±", "", 5),
        OwnColumn::Source => ("출처", "저자, 학술지, 연도", 24),
        OwnColumn::Place => ("출처 안의 위치", "표 2", 14),
        OwnColumn::SameAs => ("같은 수치의 행(ID)", "interfant-06/2", 14),
        OwnColumn::Note => ("비고", "", 24),
    }
}

/// What a code of a list means.
#[must_use]
pub fn code_name(code: &str) -> &str {
    match code {
        "rearranged" => "재배열 있음",
        "germline" => "재배열 없음",
        "remission" => "관해에 도달한 환자만",
        "transplant" => "이식에 도달한 환자만",
        "" => NOT_STATED,
        other => other,
    }
}

/// All who entered are counted.
pub const ALL_COUNTED: &str = "등록된 모든 환자";

// ---- What came of a file or of the form

/// How many rows were added.
#[must_use]
pub fn added(count: usize) -> String {
    match count {
        0 => "추가된 행이 없습니다.".to_owned(),
        count => format!("{count}행을 추가했습니다."),
    }
}

/// More rows were read in a session than it can hold.
pub const TOO_MANY_MADE: &str = "페이지를 불러온 뒤 읽은 서로 다른 행이 너무 많아 이번에는 한 행도 추가하지 않았습니다. 목록의 행을 CSV로 저장하고, \
     페이지를 새로 불러온 다음 파일을 엽니다.";
/// Heading of the rows that were not added.
pub const NOT_ADDED: &str = "추가하지 않은 행";

/// A row that is not taken: its place, what is wrong, the remedy.
#[must_use]
pub fn problem(problem: &OwnProblem) -> String {
    let OwnProblem {
        row,
        column,
        found,
        why,
    } = problem;
    let found = if found.is_empty() {
        String::new()
    } else {
        format!(" ‘{}’:", shortened(found))
    };
    format!("{row}행, {} 열:{found} {}.", column.code(), remedy(*column, why))
}

fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST).chain(['…']).collect()
}

fn remedy(column: OwnColumn, why: &OwnFault) -> String {
    let example = label(column).1;
    match why {
        OwnFault::Missing if example.is_empty() => "비어 있습니다. 입력이 필요합니다".to_owned(),
        OwnFault::Missing => format!("비어 있습니다. 입력이 필요합니다(예: {example})"),
        OwnFault::NotNumber => {
            format!("수치가 아닙니다. 수치를 쓰고(예: {example}), 소수는 점 또는 쉼표로 구분합니다")
        }
        OwnFault::NotWhole => "정수가 아닙니다. 60과 같은 정수를 씁니다".to_owned(),
        OwnFault::OutOfRange(low, high) => {
            format!("{}~{} 범위를 벗어납니다", decimal(*low, 0), decimal(*high, 0))
        }
        OwnFault::Fraction => {
            "분수일 수 있습니다. 퍼센트로 쓰고(0.417이 아니라 41.7), 1%보다 작으면 0.4%와 같이 기호를 붙입니다"
                .to_owned()
        }
        OwnFault::NotOneOf(codes) => format!("알 수 없는 값입니다. 다음 중 하나를 씁니다: {}", codes.join(", ")),
        OwnFault::TwoSpreads => "불확실성이 두 가지입니다. SE, 구간, 정의되지 않은 ± 가운데 하나만 씁니다".to_owned(),
        OwnFault::OneEnd => "값이 빠져 있습니다. 구간의 양 끝을 씁니다".to_owned(),
        OwnFault::OutsideInterval => "자신의 구간을 벗어납니다. 한 추정치의 세 수치를 퍼센트로 씁니다".to_owned(),
        OwnFault::YearsOfEnrolment => {
            "서로 맞지 않습니다. 등록의 첫해와 마지막 해를 모두 쓰거나 모두 비웁니다".to_owned()
        }
        OwnFault::NoId => "ID로 쓸 수 없습니다. 영문자, 숫자, -, _, . 만 사용하거나 비웁니다".to_owned(),
        OwnFault::IdTaken => "다른 행의 ID입니다. 다른 ID를 쓰거나 비웁니다".to_owned(),
        OwnFault::NoSuchRow => {
            "없는 행을 가리킵니다. interfant-06/2 또는 own/1과 같은 행의 ID를 빈칸으로 구분하여 씁니다".to_owned()
        }
        OwnFault::TooLong => format!("너무 깁니다. {LONGEST_CELL}자 이내로 씁니다"),
        OwnFault::Unseen => "보이지 않는 문자가 있습니다. 다시 씁니다".to_owned(),
        OwnFault::TooMany => format!("행이 너무 많습니다. {MOST_OWN}행까지만 보관합니다"),
    }
}

/// What should be known of a row.
#[must_use]
pub fn remark(remark: &OwnRemark) -> String {
    match remark {
        OwnRemark::There { row, id } => format!("{row}행: 이미 있으므로({id}) 다시 추가하지 않았습니다."),
        OwnRemark::LooksLike { id, other } => format!(
            "{id}의 수치가 {other}의 수치와 같습니다. 같은 영아의 같은 수치라면 한 번만 집계되도록 same_as에 그 ID({other})를 적습니다."
        ),
        OwnRemark::NotRead(column) => format!("알 수 없는 열이어서 읽지 않았습니다: ‘{}’.", shortened(column)),
    }
}

/// Why a file cannot be read.
#[must_use]
pub fn file_error(error: &OwnFileError) -> String {
    match error {
        OwnFileError::Table(error) => fields::table_error(error),
        OwnFileError::NoColumn(names) => format!(
            "머리글에 다음 열이 없습니다: {}. 서식에는 모든 열이 있습니다",
            names.join(", ")
        ),
        OwnFileError::TwoColumns(name) => format!("이름이 같은 열이 두 개 있습니다: {name}. 하나만 남깁니다"),
        OwnFileError::TooManyRows(rows) => format!("{rows}행이 있습니다. {MOST_OWN}행까지만 읽습니다"),
    }
}

/// Rows of a file that are not accepted.
#[must_use]
pub fn rows_not_accepted(file: &str, count: usize) -> String {
    format!("{file}: {count}행을 받지 않습니다. 고치거나 뺍니다")
}

/// A file that cannot be read, and why.
#[must_use]
pub fn unread_file(name: &str, error: &OwnFileError) -> String {
    format!("{name}: 파일을 읽지 못했습니다. {}.", file_error(error))
}
