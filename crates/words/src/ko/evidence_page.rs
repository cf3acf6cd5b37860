//! The words of the page of published evidence: its views, controls, and the sentences around its results.

use cotside_core::evidence::{Estimate, PublishedEndpoint, RowChange, RowKind};

use super::printed;
use crate::decimal;
pub use crate::en::evidence_page::{AT_RISK_HINT, AXIS, PASTE_HINT, POINTS_HINT, View, about_data};

/// The name of the list of views.
pub const VIEWS: &str = "보기";
/// The name of the list of what can be browsed.
pub const BROWSE_VIEWS: &str = "목록";

/// The first view of the menu, under which estimates, studies and the summary table are.
pub const BROWSE: &str = "목록";

/// The estimates; the lead counts them.
pub const ESTIMATES: View = View {
    fragment: "estimates",
    name: "추정치",
    title: "발표된 추정치",
    lead: "",
};
/// The studies.
pub const STUDIES: View = View {
    fragment: "studies",
    name: "연구",
    title: "연구",
    lead: "",
};
/// The commentary's table.
pub const SUMMARY: View = View {
    fragment: "five-studies",
    name: "연구 요약표",
    title: "연구 요약표",
    lead: "",
};
/// What was added and corrected, and what was searched for.
pub const HISTORY: View = View {
    fragment: "history",
    name: "변경과 검색",
    title: "발표 성적의 변경과 검색",
    lead: "모든 행에는 이력이 있습니다: 그 행을 추가한 판과, 정정마다 앞뒤의 문구.",
};
/// Comparison and pooling.
pub const COMPARE: View = View {
    fragment: "compare",
    name: "비교와 통합",
    title: "비교와 통합",
    lead: "발표된 비율 둘을 나란히 놓거나 셋 이상을 통합하고, 주의할 이유를 함께 제시합니다.",
};
/// The consistency check.
pub const CHECK: View = View {
    fragment: "check",
    name: "검산",
    title: "보고된 수치의 일관성 확인",
    lead: "수치를 소수까지 기재된 그대로 입력합니다. 기재된 수치는 반올림하여 그 값이 되는 모든 수를 나타냅니다. \
           맞지 않는 수치에는 기재되지 않은 이유가 있을 수 있습니다.",
};
/// Digitising.
pub const DIGITISE: View = View {
    fragment: "reconstruct",
    name: "수치화",
    title: "발표된 곡선의 수치화",
    lead: "발표된 그림의 곡선에서 환자 데이터를 복원합니다: 곡선의 점과 위험 대상자 수로부터, 같은 곡선을 그리는 시간과 사건을 구합니다\
           (Guyot et al. 2012, 개선). 실제 환자의 데이터는 아닙니다.",
};

/// What the catalogue holds, and when it was read.
#[must_use]
pub fn held(estimates: usize, studies: usize, date: &str) -> String {
    format!(
        "연구와 보고 {studies}건의 추정치 {estimates}개를 기재된 그대로, 각각 확인한 위치와 함께 실었습니다. 표의 내용은 영어입니다. 확인일: {date}."
    )
}

// ---- Browse

/// The name of the filters.
pub const FILTERS: &str = "필터";
/// A filter.
pub const ENDPOINT: &str = "평가변수";
/// A filter: the endpoints of few rows.
pub const OTHER_ENDPOINTS: &str = "다른 평가변수";
/// A filter.
pub const STUDY: &str = "연구";
/// A filter.
pub const SEARCH: &str = "검색";
/// What may be searched.
pub const SEARCH_HINT: &str = "high risk";
/// No filter, in a list or a group of buttons.
pub const ALL: &str = "전체";
/// The figure above the table.
pub const FIGURE: &str = "그림";
/// The order of the rows.
pub const SORT_BY: &str = "정렬";
/// Takes the filters back.
pub const CLEAR_FILTERS: &str = "필터 해제";
/// No row is left.
pub const NO_ESTIMATE: &str = "해당하는 추정치가 없습니다. 필터를 해제하면 모두 표시됩니다.";
/// Saves the rows.
pub const SAVE_ROWS: &str = "이 행들을 저장 (CSV)";
/// Saves the sources of what is shown, for programs that manage literature.
pub const RIS: &str = "출처 (RIS)";
/// The same.
pub const BIBTEX: &str = "출처 (BibTeX)";
/// Saves what the table is, its version, its terms and how it is cited.
pub const ABOUT_DATA: &str = "이 데이터에 대하여 (영어)";
/// Heading of the searches.
pub const SEARCHES: &str = "검색한 내용";
/// Columns of the changes: row, change, what changed.
pub const CHANGE_HEADS: [&str; 3] = ["행", "변경", "변경된 내용"];
/// Columns of the searches: date, subject, where, found, left open.
pub const SEARCH_HEADS: [&str; 5] = ["날짜", "주제", "검색한 곳", "찾은 것", "남은 과제"];

/// The heading of a version of the evidence.
#[must_use]
pub fn evidence_version(version: &str, date: &str) -> String {
    format!("발표 성적 {version} · {date}")
}

/// How many rows a version added, corrected and removed.
#[must_use]
pub fn changed_rows(added: usize, corrected: usize, removed: usize) -> String {
    let removed = if removed == 0 {
        String::new()
    } else {
        format!(", {removed}행 삭제")
    };
    format!("{added}행 추가, {corrected}행 정정{removed}.")
}

/// Why there is no figure over time.
pub const NO_TIMES: &str = "이 추정치 가운데 시점이 있는 것이 없습니다.";
/// Why there is no figure.
pub const ONE_ENDPOINT: &str = "평가변수를 하나 선택합니다: 한 축에는 평가변수 하나만 표시합니다.";
/// A link to the study's page.
pub const CHECKED: &str = "일관성 확인됨";
/// The head of the column of boxes.
pub const CHOOSE: &str = "선택";

/// Figures above the table, by their codes.
#[must_use]
pub fn figure_name(code: &str) -> &'static str {
    match code {
        "forest" => "숲 그림",
        "points" => "시점별 점",
        _ => "없음",
    }
}

/// The head of a column of estimates by its code, as the table shows it and as its cells are named where they are stacked.
#[must_use]
pub fn column(code: &str) -> &'static str {
    match code {
        "study" => "연구",
        "enrolled" => "등록 연도",
        "kmt2a" => "KMT2A-r",
        "endpoint" => "평가변수",
        "population" => "대상 집단",
        "time" => "년",
        "n" => "n",
        "estimate" => "추정치(%)",
        "spread" => "SE 또는 95% 신뢰구간",
        _ => "출처",
    }
}

/// An order of the rows.
#[must_use]
pub fn order(code: &str, descending: bool) -> String {
    let textual = matches!(code, "study" | "endpoint" | "population" | "source");
    let way = match (textual, descending) {
        (true, false) => "A–Z",
        (true, true) => "Z–A",
        (false, false) => "작은 순",
        (false, true) => "큰 순",
    };
    format!("{}, {way}", column(code))
}

/// How many rows are listed.
#[must_use]
pub fn listed(rows: usize, all: usize, studies: usize) -> String {
    format!("추정치 {all}개 중 {rows}개, 연구 {studies}건.")
}

/// How many of the rows report which uncertainty.
#[must_use]
pub fn uncertainty([interval, standard_error, undefined, none]: [usize; 4]) -> String {
    format!(
        "보고된 불확실성: 95% 신뢰구간 {interval} · SE {standard_error} · 정의되지 않은 ± {undefined} · 없음 {none}"
    )
}

/// What a row's box is called.
#[must_use]
pub fn chosen_name(study: &str, endpoint: &str, population: &str) -> String {
    format!("선택: {study} {endpoint}, {population}")
}

/// An estimate in a list of those of its study.
#[must_use]
pub fn estimate_name(estimate: &Estimate) -> String {
    let at = estimate.years.map_or_else(
        || "(시점 보고 없음)".to_owned(),
        |years| format!("({}년)", decimal(years, 1)),
    );
    format!(
        "{} {}%{at}: {}",
        short_endpoint(estimate.endpoint),
        printed(estimate.estimate),
        estimate.population
    )
}

/// An endpoint in a table or a list: its abbreviation where there is one.
#[must_use]
pub fn short_endpoint(endpoint: PublishedEndpoint) -> &'static str {
    match endpoint {
        PublishedEndpoint::EventFreeSurvival
        | PublishedEndpoint::OverallSurvival
        | PublishedEndpoint::DiseaseFreeSurvival
        | PublishedEndpoint::CumulativeIncidenceOfRelapse
        | PublishedEndpoint::RelapseFreeSurvival
        | PublishedEndpoint::NonRelapseMortality
        | PublishedEndpoint::CrudeGraftVersusHost => endpoint.code(),
        PublishedEndpoint::CrudeRelapse => "재발",
        PublishedEndpoint::CrudeSecondRemission => "2차 관해",
        PublishedEndpoint::CrudeAliveInRemission => "관해 생존",
        PublishedEndpoint::CrudeTransplantRelatedDeath => "이식 관련 사망",
        PublishedEndpoint::CrudeDeath => "사망",
        PublishedEndpoint::CrudeMrdResponse => "MRD 반응",
        PublishedEndpoint::CrudeRemission => "완전관해",
        PublishedEndpoint::CrudeInductionDeath => "관해유도 중 사망",
        PublishedEndpoint::CrudeDeathInRemission => "관해 중 사망",
        PublishedEndpoint::CrudeToxicDeath => "치료 독성 사망",
        PublishedEndpoint::CrudeInfectiousDeath => "감염 관련 사망",
        PublishedEndpoint::CrudeTransplanted => "이식 시행",
        PublishedEndpoint::CrudeAlive => "생존",
        PublishedEndpoint::CrudeLateEffect => "만기 합병증",
        PublishedEndpoint::CrudeResponse => "CR 또는 CRh",
        PublishedEndpoint::Unnamed => "기재 없음",
    }
}

/// What a row of the changes is.
#[must_use]
pub fn row_kind(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Source => "출처",
        RowKind::Study => "연구",
        RowKind::Estimate => "추정치",
    }
}

/// What happened to it.
#[must_use]
pub fn row_change(change: RowChange) -> &'static str {
    match change {
        RowChange::Added => "추가",
        RowChange::Corrected => "정정",
        RowChange::Removed => "삭제",
    }
}

// ---- The tray

/// The name of the tray.
pub const TRAY: &str = "선택한 추정치";
/// Leads to the comparison.
pub const TRAY_COMPARE: &str = "비교";
/// Leads to pooling.
pub const TRAY_POOL: &str = "통합";
/// Empties the set.
pub const REMOVE_ALL: &str = "모두 제외";
/// Takes one out of the set.
pub const REMOVE: &str = "제외";

/// How many are chosen.
#[must_use]
pub fn chosen(count: usize) -> String {
    format!("{count}개 선택 →")
}

/// What the button that takes one out is called.
#[must_use]
pub fn remove_name(study: &str, estimate: &str) -> String {
    format!("제외: {study}, {estimate}")
}

// ---- Compare and pool

/// Heading.
pub const COMPARE_TWO: &str = "둘의 비교";
/// Heading.
pub const POOL: &str = "통합";
/// A picker.
pub const FIRST: &str = "첫째";
/// A picker.
pub const SECOND: &str = "둘째";
/// The estimate of a picker.
pub const PICK_ESTIMATE: &str = "추정치";
/// Nothing is picked yet.
pub const CHOOSE_ONE: &str = "선택";
/// What else may be used as a standard error.
pub const BINOMIAL: &str = "보고된 SE가 없으면 이항분포의 최솟값 사용";
/// A picker.
pub const ADD: &str = "추가";
/// Adds what Browse lists.
pub const ADD_LISTED: &str = "‘목록’에 표시된 모든 행 추가";
/// How estimates are pooled.
pub const METHOD: &str = "모형";
/// The interval of the pooled estimate.
pub const INTERVAL: &str = "구간";
/// The scale on which they are pooled.
pub const SCALE: &str = "척도";
/// Where estimates can be chosen.
pub const POOL_LEAD: [&str; 3] = ["추정치를 여기에서 추가하거나 ‘", "목록", "’에서 행을 선택합니다."];
/// Heading.
pub const CAUTIONS: &str = "주의할 이유";
/// Nothing is compared yet.
pub const CHOOSE_TWO: &str = "추정치 두 개를 선택합니다.";
/// A line of the comparison.
pub const DIFFERENCE: &str = "차이(첫째 − 둘째, 퍼센트포인트)";
/// A line of the comparison.
pub const DIFFERENCE_LOG_LOG: &str = "차이(첫째 − 둘째, log(−log) 척도)";
/// A line of the comparison.
pub const HAZARD_RATIO: &str = "누적위험의 비(첫째 / 둘째)";
/// What may help where there is no difference.
pub const MINIMUM_HELPS: &str = " 이항분포에 따른 표준오차의 최솟값을 사용할 수 있습니다.";
/// Why there is no P.
pub const SAME_ESTIMATE: &str = "같은 추정치임";
/// Why there is no P.
pub const OTHER_ENDPOINT: &str = "평가변수가 다르거나 명시되어 있지 않음";
/// Why there is no P.
pub const OTHER_TIME: &str = "시점이 다름";
/// Why there is no P.
pub const TIME_NOT_STATED: &str = "시점이 보고되지 않은 것이 있음";
/// Why there is no P.
pub const OTHER_ERA: &str = "둘에 공통된 등록 연도가 없음";
/// Why there is no P.
pub const ERA_NOT_STATED: &str = "등록 연도가 보고되지 않음";
/// A line of pooling.
pub const PREDICTION: &str = "95% 예측구간";
/// Heading.
pub const LEAVE_ONE_OUT: &str = "하나씩 제외한 결과";
/// Why it is not done.
pub const LEAVE_ONE_OUT_NEEDS: &str = "추정치 4개가 필요합니다.";

/// The study of a picker.
#[must_use]
pub fn pick_study(picker: &str) -> String {
    format!("{picker}: 연구")
}

/// Why no P is given.
#[must_use]
pub fn not_tested(why: &[&str]) -> String {
    format!("P값 없음: {}.", why.join(", "))
}

/// How many are needed.
#[must_use]
pub fn fewest_pooled(fewest: usize) -> String {
    format!("추정치가 적어도 {fewest}개 필요합니다.")
}

// ---- Check

/// The field into which results are pasted.
pub const PASTE: &str = "보고된 결과(영어)를 한 줄에 하나씩 붙여 넣기";
/// What happens with it.
pub const PASTE_LEAD: &str =
    "한 줄이면 아래 칸으로 나뉘어 들어가며 거기에서 고칠 수 있습니다. 여러 줄이면 줄마다 표에 답합니다.";
/// Column of what was pasted.
pub const LINE: &str = "줄";
/// Column of what was understood of it.
pub const UNDERSTOOD: &str = "읽은 내용";
/// No number of a line was understood.
pub const NOTHING_UNDERSTOOD: &str = "없음";

/// A number of a line, by the code of its field; `level` is that of intervals.
#[must_use]
pub fn understood_field(code: &str, text: &str, level: &str) -> String {
    match code {
        "estimate" => format!("비율 {text}%"),
        "se" => format!("SE {text}"),
        "ci" | "hr-ci" => format!("{level}% 신뢰구간 {text}"),
        "percent" => format!("{text}%"),
        "p" => match text.strip_prefix('<') {
            Some(text) => format!("P < {text}"),
            None => format!("P = {text}"),
        },
        "n" | "total" => format!("n = {text}"),
        "hr" => format!("위험비 {text}"),
        "parts" => format!("부분 {text}"),
        "count" => format!("환자 수 {text}"),
        "median" => format!("중앙값 {text}"),
        "range" => format!("범위 {text}"),
        "values" => format!("값 {text}"),
        other => format!("{other} {text}"),
    }
}

/// A fraction that was read as a percentage.
#[must_use]
pub fn read_as_fraction(fraction: &str, percent: &str) -> String {
    format!("{fraction}: 분수로 보아 {percent}%로 읽었습니다. 1%보다 작은 비율은 0.4%와 같이 씁니다.")
}

/// Lines that were not read.
#[must_use]
pub fn more_lines(count: usize) -> String {
    format!("나머지 {count}줄은 읽지 않았습니다. 따로 붙여 넣습니다.")
}

/// Before the examples.
pub const EXAMPLES_LEAD: &str = "예";
/// Empties the fields.
pub const CLEAR: &str = "지우기";
/// The level of intervals.
pub const LEVEL: &str = "구간의 수준";
/// Heading of a study's findings.
pub const CONSISTENCY: &str = "일관성 확인";
/// Below a study's findings.
pub const ROUNDING: &str = "반올림을 고려했습니다. 맞지 않는 수치에는 기재되지 않은 이유가 있을 수 있습니다.";
/// A study without findings.
pub const NOTHING_TO_CHECK: &str = "이 연구에는 다른 수치와 대조하여 확인할 수 있는 수치가 없습니다.";
/// Names of the examples.
pub const EXAMPLES: [&str; 7] = [
    "CCG-1953: 115명의 41.7 (9.2) %",
    "Severance: 이식 6명의 60 ± 21.9 %",
    "Severance: ‘6 of 7 (66.7 %)’",
    "Severance: 호중구, 중앙값 16.5일",
    "MLL-10: 66.2%, 5년과 3년으로 기재",
    "MLL03: 62명의 43.2 (30.7–55.1) %",
    "MLL03: 위험비 1.969 (0.903–4.291), p = .088",
];
/// Numbers outside their range.
pub const IMPOSSIBLE: &str = "범위를 벗어난 수치가 있습니다: 비율은 0~100%, 비와 그 구간은 0보다 크고, 하한이 먼저 오며, 환자 수는 전체 이하입니다.";
/// Too few numbers.
pub const UNDETERMINED: &str = "수치가 더 필요합니다: 비율에는 SE와 n, 구간, 또는 각 부분이, 위험비에는 구간이, 백분율에는 환자 수 또는 n이, \
     중앙값에는 범위가 필요합니다.";

/// The parts of the form, with the codes of their fields.
pub const CHECK_GROUPS: [(&str, &[&str]); 4] = [
    ("비율", &["estimate", "se", "n", "ci", "parts"]),
    ("위험비", &["hr", "hr-ci", "p"]),
    ("환자 수와 백분율", &["count", "percent", "total"]),
    ("중앙값과 범위", &["median", "range", "values"]),
];

/// Label, an example and the width of a field.
#[must_use]
pub fn check_label(code: &str) -> (&'static str, &'static str, u8) {
    match code {
        "estimate" => ("비율(%)", "41.7", 6),
        "se" => ("SE 또는 ±", "9.2", 6),
        "n" => ("n", "115", 6),
        "ci" => ("신뢰구간", "30.7–55.1", 12),
        "parts" => ("각 부분의 n:비율", "19:94.4, 56:56.6", 20),
        "hr" => ("위험비", "1.969", 6),
        "hr-ci" => ("신뢰구간", "0.903–4.291", 12),
        "p" => ("P", ".088 또는 <.001", 12),
        "count" => ("환자 수", "6/7", 8),
        "percent" => ("백분율(%)", "66.7", 6),
        "total" => ("또는 n만", "115", 6),
        "median" => ("중앙값", "16.5", 6),
        "range" => ("범위", "10–23", 10),
        _ => ("값", "12, 15, 23, 11, 12, 10", 24),
    }
}

/// A text that is not what its field takes.
#[must_use]
pub fn not_accepted((label, hint, _): (&str, &str, u8), typed: &str) -> String {
    format!("{label}: ‘{typed}’ 값은 받지 않습니다. 기재된 그대로 입력합니다(예: {hint}).")
}

/// What of a pasted sentence was not understood.
#[must_use]
pub fn not_used(unread: &[String]) -> String {
    format!("사용하지 않은 부분: {}.", unread.join(", "))
}

// ---- Digitise

/// The steps beside the picture.
pub const STEPS: [&str; 3] = ["축 표시", "점 설정", "위험 대상자 수 추가"];
/// How the first step is done.
pub const STEP_AXES: &str = "그림 파일을 엽니다. 원점, x축의 한 점, y축의 한 점을 클릭하고 각각의 값을 입력합니다.";
/// How the second step is done.
pub const STEP_POINTS: &str = "곡선을 한 번 클릭하여 색으로 따라가거나 점을 직접 추가합니다. 점을 입력하거나 붙여 넣거나 파일로 열 수도 있습니다.";
/// How the third step is done.
pub const STEP_AT_RISK: &str = "곡선 아래에 기재된 그대로 입력합니다. 적어도 시간 0의 환자 수가 필요합니다.";
/// A value at a mark.
pub const X_AT_ORIGIN: &str = "원점의 x";
/// A value at a mark.
pub const X_AT_MARK: &str = "점 2의 x";
/// A value at a mark.
pub const Y_AT_ORIGIN: &str = "원점의 y";
/// A value at a mark.
pub const Y_AT_MARK: &str = "점 3의 y";
/// The unit of the x axis.
pub const TIME_UNIT: &str = "시간 단위";
/// The points.
pub const POINTS: &str = "점: 시간, 생존율(0에서 1, 또는 %)";
/// The numbers at risk.
pub const AT_RISK: &str = "위험 대상자 수: 시간: 환자 수";
/// The published number of events.
pub const EVENTS: &str = "사건 수(발표된 경우)";
/// The group.
pub const GROUP: &str = "군 이름";
/// Opens a file of points.
pub const OPEN_POINTS: &str = "점 열기 (CSV)";
/// Fills in a simulated curve.
pub const LOAD_EXAMPLE: &str = "예 불러오기";
/// Nothing is given yet.
pub const GIVE_POINTS: &str = "곡선의 점이 필요합니다: 그림 파일에 표시하거나, 입력하거나, 파일로 엽니다.";
/// The points are there.
pub const GIVE_AT_RISK: &str =
    "위험 대상자 수를 곡선 아래에 기재된 그대로 입력합니다. 적어도 시간 0의 환자 수가 필요합니다.";
/// A line of the fit.
pub const FIT_ERROR: &str = "적합 오차(제곱평균제곱근)";
/// A line of the fit.
pub const MAXIMUM_DEVIATION: &str = "최대 편차";
/// A line of the fit.
pub const POINTS_ADJUSTED: &str = "곡선이 올라가지 않도록 조정한 점";
/// Saves what was reconstructed.
pub const SAVE_PATIENTS: &str = "복원한 환자 데이터 (CSV)";

/// A file without points.
#[must_use]
pub fn no_points(name: &str) -> String {
    format!(
        "{name}: 곡선의 점이 없습니다. 시간과 생존율 두 열이 필요합니다. 그림 파일은 수치화 화면에서 엽니다. 직접 추가하는 추정치에는 study, \
         endpoint, population, estimate, source 열이 필요합니다."
    )
}
