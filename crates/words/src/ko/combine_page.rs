//! The words of the page of pooled analyses by files: its controls and headings.

pub use crate::en::combine_page::View;

use super::combine_files::time_unit;
use crate::decimal;

/// What the page does.
pub const LEAD: &str = "여러 기관이 환자의 행을 하나도 공유하지 않고 함께 분석합니다. 각 기관은 합계 파일을 저장하고 총괄 담당자가 그 파일들을 통합합니다. \
     파일은 사용자가 직접 보냅니다. 이 페이지에서는 아무것도 전송되지 않습니다.";

/// A view.
pub const PLAN: View = View {
    route: "plan",
    name: "계획서 작성",
    lead: "총괄 담당자용. 계획서는 모든 기관이 같은 방식으로 계산할 내용을 정합니다. 저장하여 각 기관에 보냅니다.",
};
/// A view.
pub const SUMS: View = View {
    route: "sums",
    name: "합계 제공",
    lead: "각 기관용. 계획서와 자기 기관의 환자 파일을 열고, 밖으로 나갈 수치를 모두 읽은 뒤 합계 파일을 저장하여 총괄 담당자에게 보냅니다.",
};
/// A view.
pub const COMBINE: View = View {
    route: "combine",
    name: "통합",
    lead: "총괄 담당자용. 계획서와 합계 파일을 엽니다. Cox 모형에는 여러 라운드가 필요하고, 나머지는 첫 라운드에서 끝납니다.",
};
/// A view.
pub const EXAMPLE: View = View {
    route: "example",
    name: "학습용 예",
    lead: "4개 기관, 영아 120명의 모의 데이터. 계획서부터 결과까지 한 번의 클릭으로 보여 줍니다.",
};

/// Leads to the page from the page for cohorts.
pub const FROM_ANALYSE: &str = "여러 기관 통합";
/// The views.
pub const VIEWS: &str = "단계";
/// Chooses files.
pub const CHOOSE_FILES: &str = "파일 열기";
/// What can be opened.
pub const DROP: &str = "계획서, 합계, 키, 로그 또는 자기 기관의 환자 파일: 여러 개를 한꺼번에, 순서와 관계없이 열 수 있습니다. 여기에 끌어다 놓아도 됩니다.";
/// Heading.
pub const FILES: &str = "열린 파일";
/// Takes a file away.
pub const TAKE_AWAY: &str = "제거";

/// The same with the name of the file.
#[must_use]
pub fn take_away(name: &str) -> String {
    format!("{name} 제거")
}

/// Heading.
pub const THE_PLAN: &str = "계획서";
/// Heading.
pub const YOUR_PATIENTS: &str = "자기 기관의 환자";
/// Heading.
pub const YOUR_SUMS: &str = "자기 기관의 합계";
/// Heading.
pub const RESULT: &str = "결과";
/// A list.
pub const WHICH_SITE: &str = "계획서에서 자기 기관";
/// No hospital is chosen.
pub const CHOOSE: &str = "선택";
/// Begins a log.
pub const NEW_LOG: &str = "새 로그 시작";
/// What follows from that.
pub const NEW_LOG_MEANS: &str =
    "지금까지 나간 파일이 없는 경우에만 해당합니다. 새 로그로는 이전 파일을 대조할 수 없습니다.";
/// Makes a key.
pub const NEW_KEY: &str = "자기 기관의 키 만들기";
/// Saves a key.
pub const SAVE_KEY: &str = "자기 기관의 키 저장";
/// What to do with it.
pub const KEY_MEANS: &str =
    "모든 라운드에서 쓰도록 보관하고, 계획서의 다음 기관에 총괄 담당자를 거치지 않는 다른 방법으로 전달합니다.";
/// Analyses that are left out.
pub const LEAVE_OUT: &str = "제공 줄이기";
/// Analyses that are left out.
pub const WITHOUT: &str = "제공하지 않을 분석";
/// Levels that are taken together.
pub const TAKE_TOGETHER: &str = "합칠 수준";

/// A list of levels of a variable.
#[must_use]
pub fn levels_together(field: &str, levels: &[String]) -> String {
    format!("{field}: {}", levels.join(", "))
}

/// Follow-up ends earlier.
pub const END_FOLLOW_UP: &str = "추적 종료 시점";
/// Follow-up does not end earlier.
pub const WHOLE_FOLLOW_UP: &str = "계획서대로";
/// What follows from it.
pub const END_FOLLOW_UP_MEANS: &str = "그 이후의 사건과 이탈은 세지 않습니다. 모든 라운드에서 같은 시점을 고릅니다. 다른 시점은 거부됩니다. 모든 제한을 다시 확인합니다.";

/// An end of follow-up.
#[must_use]
pub fn time_of(end: f64, unit: &str) -> String {
    format!("{}{}", decimal(end, 2), time_unit(unit))
}

/// Saves the log again.
pub const SAVE_LOG: &str = "로그 다시 저장";
/// Opens the example.
pub const OPEN_EXAMPLE: &str = "예 열기";
/// A choice in the example.
pub const EXAMPLE_SHARING: &str = "총괄 담당자가 볼 수 있는 범위";
/// A way of sharing.
pub const MASKED: &str = "총계만(마스크 적용)";
/// A way of sharing.
pub const PER_SITE: &str = "각 기관의 합계";

// ---- The form of a plan

/// Over the faults.
pub const PLAN_WRONG: &str = "다음 항목을 입력하거나 고치면 여기에 계획서가 표시됩니다:";
/// A field.
pub const STUDY: &str = "연구 이름";
/// A field.
pub const SHARING: &str = "총괄 담당자에게 보이는 범위";
/// A field.
pub const SITES: &str = "기관(키를 전달하는 순서)";
/// A group of fields.
pub const WHO_AND_WHAT: &str = "환자와 평가변수";
/// A field.
pub const AGE_BELOW: &str = "진단 시 연령(이 일수 미만)";
/// A field.
pub const ORIGIN: &str = "시간의 기점";
/// A field.
pub const ENDPOINT: &str = "평가변수";
/// A field.
pub const CAUSES: &str = "집계하는 사건";
/// A field.
pub const HORIZON: &str = "추적 종료 시점(일)";
/// A field.
pub const GROUPS: &str = "군을 나누는 변수";
/// A field.
pub const GROUP_LEVELS: &str = "군(순서대로)";
/// A field.
pub const STRATA: &str = "기관 이외의 층";
/// A field.
pub const STRATA_LEVELS: &str = "층(순서대로)";
/// A field.
pub const MERGES: &str = "인원이 적을 때 기관이 합칠 수 있는 수준: 한 줄에 변수 하나와 그 수준";
/// What is wrong with it.
pub const A_FIELD_AND_LEVELS: &str = "변수, 콜론, 수준이 필요함(예: cns: 2, 3)";
/// A group of fields.
pub const COVARIATES: &str = "Cox 모형의 공변량";
/// A field.
pub const VARIABLE: &str = "변수";
/// A field.
pub const FORM: &str = "처리 방식";
/// A field.
pub const UNIT: &str = "단위";
/// A field.
pub const LO: &str = "최솟값";
/// A field.
pub const HI: &str = "최댓값";
/// A field.
pub const CENTRE: &str = "뺄 값";
/// A field.
pub const SCALE: &str = "나눌 값";
/// A field.
pub const CUT: &str = "경계(미만)";
/// A field.
pub const REFERENCE: &str = "기준";
/// A field.
pub const LEVELS: &str = "그 밖의 수준";
/// Adds a covariate.
pub const ADD: &str = "공변량 추가";

/// Takes a covariate away.
#[must_use]
pub fn without_covariate(name: &str) -> String {
    format!("공변량 {name} 제거")
}

/// A group of fields.
pub const ANALYSES: &str = "분석";
/// A field.
pub const GRID: &str = "시간 구간의 끝(일)";
/// A field.
pub const TABLE1: &str = "표 1: 한 줄에 변수 하나와 구분값";
/// A field.
pub const PROTOCOLS: &str = "군을 집계하는 프로토콜(코드)";
/// A group of fields.
pub const LIMITS: &str = "제한";
/// A field.
pub const SMALLEST_CELL: &str = "공유하는 최소 인원";
/// A field.
pub const SMALLEST_N: &str = "한 기관의 최소 환자 수";
/// A field.
pub const SMALLEST_EVENTS: &str = "한 기관의 최소 사건 수";
/// A field.
pub const EXPECTED_N: &str = "전체 예상 환자 수";
/// A field.
pub const EXPECTED_EVENTS: &str = "전체 예상 사건 수";
/// A field.
pub const PUBLISH_SITES: &str = "결과에 기관별 수치를 표시해도 됨";
/// Efron.
pub const TIES: &str = "동시 사건은 Efron 방법으로 처리합니다. Cox 모형은 기관별로 층화합니다.";

/// How a covariate is taken.
#[must_use]
pub fn form(code: &str) -> &'static str {
    match code {
        "log10" => "수치의 상용로그(log10)",
        "below" => "구분값 미만",
        "level" => "수준",
        _ => "수치",
    }
}

/// What is wrong with a field.
#[must_use]
pub fn wrong(field: &str, why: &str) -> String {
    format!("{field}: {why}.")
}

/// A covariate.
#[must_use]
pub fn of_covariate(name: &str) -> String {
    format!("공변량 {name}")
}

/// A setting of a covariate.
#[must_use]
pub fn of_setting(covariate: &str, setting: &str) -> String {
    format!("{covariate}, {setting}")
}

/// A fault.
pub const A_NUMBER: &str = "수를 입력하십시오";
/// A fault.
pub const A_COUNT: &str = "정수를 입력하십시오";
/// A fault.
pub const A_NAME: &str = "각 변수의 이름을 입력하십시오";
/// A fault.
pub const A_REFERENCE: &str = "기준과 그 밖의 수준을 하나 이상 입력하십시오";
/// A fault.
pub const TWO_LEVELS: &str = "수준을 두 개 이상 쉼표로 구분하여 입력하십시오";
/// A fault.
pub const AT_LEAST_ONE: &str = "하나 이상 선택하십시오";
/// A fault.
pub const UNKNOWN_CODE: &str = "목록에서 선택하십시오";

/// A fault.
#[must_use]
pub fn unknown(code: &str) -> String {
    format!("‘{code}’: 사건이 아닙니다. 사건은 relapse, death, second_malignancy, induction_failure입니다")
}
