//! The reporting checklist.

use crate::decimal;
use crate::en::cohort_page::Result;
use crate::en::reporting as en;

pub use crate::en::reporting::{Ask, COMPLETE, Item, REMARK, State, Statement};

/// The result in the index.
pub const REPORTING: Result = Result {
    route: "reporting",
    name: "보고 점검표",
};
/// The heading.
pub const TITLE: &str = "보고 점검표: STROBE와 REMARK";
/// Below it.
pub const LEAD: &str = "각 항목에 대해 이 분석이 이미 갖추고 있는 내용과 저자가 더하는 내용입니다. 항목은 짧게 줄인 것이며, 기준이 되는 것은 지침의 본문입니다. 목록은 \
     설정에 따라 바뀝니다.";
/// Saves it.
pub const SAVE: &str = "점검표 저장(CSV)";
/// Columns.
pub const HEADS: [&str; 4] = ["항목", "내용", "이 분석에 있는 것", "저자가 더하는 것"];
/// An item of which the analysis holds nothing.
pub const NOTHING: &str = "없음: 파일에서는 알 수 없습니다.";
/// Over the statements.
pub const STATEMENTS: &str = "지침";

/// STROBE, for cohort studies.
pub const STROBE: Statement = Statement {
    name: "STROBE(코호트 연구)",
    ..en::STROBE
};
/// Explanation and elaboration of REMARK.
pub const REMARK_EXPLAINED: Statement = Statement {
    name: "REMARK, 해설과 상술",
    ..en::REMARK_EXPLAINED
};

const fn item(number: &'static str, topic: &'static str, asks: &'static [Ask], author: &'static str) -> Item {
    Item {
        number,
        topic,
        asks,
        author,
    }
}

/// Items of STROBE for cohort studies.
pub const STROBE_ITEMS: &[Item] = &[
    item(
        "1",
        "제목과 초록",
        &[Ask::Title],
        "제목이나 초록에 연구 설계 명시, 균형 잡힌 요약.",
    ),
    item("2", "배경", &[], "기존의 지식과 연구의 이유."),
    item("3", "목적", &[], "목적과 분석 전에 정한 가설."),
    item(
        "4",
        "설계",
        &[Ask::Data],
        "논문 앞부분에 밝힌 연구 설계, 전향적인지 후향적인지.",
    ),
    item("5", "연구 환경", &[Ask::Dates], "장소와 등록·치료·추적·자료 수집 기간."),
    item(
        "6",
        "대상자",
        &[Ask::Numbers],
        "적격 기준, 환자를 찾은 방법과 추적한 방법, 짝짓기를 한 경우 그 기준.",
    ),
    item(
        "7",
        "변수",
        &[Ask::Endpoint, Ask::Groups, Ask::Model],
        "이 교란 요인들을 고른 이유, 진단과 재발의 정의.",
    ),
    item("8", "측정", &[], "각 측정의 출처와 방법, 모든 군에서 같은지 여부."),
    item("9", "비뚤림", &[Ask::Bias], "예상되는 비뚤림의 원인과 그에 대한 조치."),
    item("10", "연구 규모", &[Ask::Events, Ask::Size], "규모를 어떻게 정했는지."),
    item(
        "11",
        "양적 변수",
        &[Ask::Cuts],
        "이 절단값이나 척도를 고른 이유, 사전에 정했는지 여부.",
    ),
    item("12a", "통계 방법", &[Ask::Methods], ""),
    item(
        "12b",
        "하위군과 상호작용",
        &[Ask::Subgroups],
        "어떤 하위군을 계획했는지.",
    ),
    item(
        "12c",
        "결측값: 방법",
        &[Ask::ModelMissing],
        "값이 결측된 이유, 완전 사례로 충분한지 여부.",
    ),
    item(
        "12d",
        "추적 소실",
        &[Ask::FollowUp],
        "추적 소실을 어떻게 다루었는지, 그리고 그 이유.",
    ),
    item(
        "12e",
        "민감도 분석",
        &[],
        "어떤 민감도 분석을 했는지. 설정마다 프로젝트 파일을 저장합니다.",
    ),
    item(
        "13",
        "대상자: 인원",
        &[Ask::Numbers, Ask::Reasons],
        "파일 이전 단계의 인원: 선별, 적격, 동의.",
    ),
    item("14a", "환자 특성", &[Ask::Baseline], "파일에 없는 사회적 특성과 노출."),
    item("14b", "결측값", &[Ask::Missing], ""),
    item("14c", "추적 기간", &[Ask::FollowUp], ""),
    item("15", "결과 사건", &[Ask::Events], ""),
    item(
        "16a",
        "주된 결과",
        &[Ask::Unadjusted, Ask::Adjusted],
        "어떤 교란 요인으로 보정했는지, 그리고 그 이유.",
    ),
    item("16b", "범주의 경계", &[Ask::Cuts], ""),
    item("16c", "절대 위험", &[Ask::Absolute], ""),
    item(
        "17",
        "그 밖의 분석",
        &[Ask::Subgroups, Ask::Proportional, Ask::Competing, Ask::Transplant],
        "이 프로그램 밖에서 한 분석.",
    ),
    item("18", "핵심 결과", &[], "목적에 비춘 요약."),
    item("19", "한계", &[Ask::Bias], "비뚤림과 부정확성, 그 방향과 크기."),
    item("20", "해석", &[], "신중한 전반적 해석."),
    item("21", "일반화 가능성", &[], "결과가 누구에게 해당하는지."),
    item("22", "연구비", &[], "연구비의 출처와 제공자의 역할."),
];

/// Items of REMARK.
pub const REMARK_ITEMS: &[Item] = &[
    item(
        "1",
        "표지자, 목적, 가설",
        &[Ask::Groups],
        "이 표지자를 고른 이유, 사전에 정한 목적과 가설.",
    ),
    item(
        "2",
        "환자",
        &[Ask::Data, Ask::Numbers],
        "환자의 출처, 선정 기준과 제외 기준.",
    ),
    item("3", "치료", &[Ask::Transplant], "치료와 그 선택 방법."),
    item("4", "검체", &[], "재료, 대조, 보존과 보관 방법."),
    item(
        "5",
        "검사법",
        &[],
        "방법, 절차서, 정도 관리, 검출 한계. 결과에 대한 눈가림.",
    ),
    item(
        "6",
        "설계와 추적",
        &[Ask::Dates, Ask::FollowUp],
        "증례를 어떻게 골랐는지, 추적의 종료 시점.",
    ),
    item("7", "평가변수", &[Ask::Endpoint], ""),
    item("8", "후보 변수", &[Ask::Model], "처음에 검토한 모든 변수."),
    item(
        "9",
        "표본 크기",
        &[Ask::Events, Ask::Size],
        "근거, 목표 효과가 있으면 그 검정력.",
    ),
    item(
        "10",
        "통계 방법",
        &[Ask::Methods, Ask::ModelMissing],
        "모형의 변수를 어떻게 골랐는지.",
    ),
    item("11", "표지자 값과 절단값", &[Ask::Cuts], "절단값을 어떻게 정했는지."),
    item(
        "12",
        "환자 흐름",
        &[Ask::Numbers, Ask::Reasons, Ask::Events],
        "파일 이전 단계의 인원.",
    ),
    item("13", "분포", &[Ask::Baseline, Ask::Missing], ""),
    item("14", "표지자와 표준 변수", &[Ask::Groups, Ask::Baseline], ""),
    item("15", "표지자 단독과 결과", &[Ask::Unadjusted, Ask::Absolute], ""),
    item("16", "다변량 결과", &[Ask::Adjusted], ""),
    item(
        "17",
        "표준 변수와 함께 본 표지자",
        &[Ask::Adjusted],
        "유의한지와 관계없이 모든 표준 변수를 포함한 모형.",
    ),
    item(
        "18",
        "추가 검토",
        &[Ask::Proportional, Ask::Subgroups, Ask::Competing],
        "민감도 분석, 검증.",
    ),
    item("19", "해석", &[], "가설과 다른 연구에 비춘 해석, 한계."),
    item("20", "의의", &[], "진료와 연구에 대한 가치."),
];

/// How much of an item the analysis holds, with a mark that is not colour.
#[must_use]
pub const fn told(state: State) -> &'static str {
    match state {
        State::Whole => "✓ 있음",
        State::Part => "– 일부 있음",
        State::Lacking => "✗ 없음",
        State::Author => "✎ 저자",
    }
}

/// How many items of a statement are whole, in part, lacking, and the author’s alone.
#[must_use]
pub fn tally(name: &str, [whole, part, lacking, author]: [usize; 4]) -> String {
    format!("{name}: 있음 {whole}항목, 일부 있음 {part}항목, 없음 {lacking}항목, 저자만 {author}항목.")
}

/// What the analysis is about.
#[must_use]
pub fn about(title: &str) -> String {
    format!("분석: {title}.")
}

/// The file.
#[must_use]
pub fn data(rows: usize, patients: usize, file: &str) -> String {
    format!("파일 {file}의 {rows}행, 환자 {patients}명의 코호트.")
}

/// What is not known: prospective or retrospective.
pub const DESIGN_UNKNOWN: &str = "전향적인지 후향적인지는 파일에서 알 수 없습니다.";

/// First and last day of diagnosis.
#[must_use]
pub fn dates(first: &str, last: &str, patients: usize) -> String {
    format!("진단일 {first}부터 {last}까지(날짜가 있는 환자 {patients}명).")
}

/// No dates.
pub const NO_DATES: &str = "파일에 진단일이 없습니다.";

/// Who is analysed.
#[must_use]
pub fn analysed(n: usize, events: usize, endpoint: &str) -> String {
    format!("{endpoint} 분석 대상: 환자 {n}명, 사건 {events}건.")
}

/// Who is not.
#[must_use]
pub fn not_followed(count: usize) -> String {
    format!("추적이 없는 환자 {count}명.")
}

/// Who is not, with the reasons.
#[must_use]
pub fn not_followed_for(count: usize, reasons: &[String]) -> String {
    format!("{} {}", not_followed(count), reasons.join("; "))
}

/// No patient is without follow-up.
pub const ALL_FOLLOWED: &str = "파일의 모든 환자를 추적할 수 있습니다.";

/// Patients of unknown group.
#[must_use]
pub fn without_group(count: usize) -> String {
    format!("군을 모르는 환자 {count}명.")
}

/// What the endpoint counts, and from when.
#[must_use]
pub fn defined(endpoint: &str, definition: &str) -> String {
    format!("{endpoint}: {definition}")
}

/// Groups that are compared.
#[must_use]
pub fn groups(name: &str, levels: &[String], reference: &str) -> String {
    format!("{name}에 따른 비교: {}. 기준 {reference}.", levels.join(", "))
}

/// No groups.
pub const NO_GROUPS: &str = "군을 비교하지 않습니다. ‘군 나누기’를 고릅니다.";
/// No cut.
pub const NO_CUTS: &str = "묶거나 나눈 변수가 없습니다.";
/// A cut, of which the page cannot know when it was chosen.
pub const CUTS_UNKNOWN: &str = "절단값을 자료를 보기 전에 정했는지는 여기에서 알 수 없습니다.";

/// Variables of the model.
#[must_use]
pub fn model(names: &[String]) -> String {
    format!("보정 모형의 변수: {}.", names.join(", "))
}

/// No model.
pub const NO_MODEL: &str = "보정 모형 없음: ‘Cox 회귀’에서 변수를 고릅니다.";
/// A model without estimates.
pub const MODEL_FAILED: &str = "보정 모형에 추정치가 없습니다.";
/// The methods paragraph.
pub const METHODS: &str = "수행한 분석의 방법 문단(출처 포함), 모든 수치를 재현하는 R 스크립트.";

/// Missing values of a variable.
#[must_use]
pub fn missing(name: &str, count: usize, of: usize) -> String {
    let percent = decimal(100.0 * count as f64 / of.max(1) as f64, 1);
    format!("{name} {count}명({percent}%)")
}

/// Missing values of variables.
#[must_use]
pub fn missing_values(of: usize, each: &[String]) -> String {
    format!("{of}명 중 결측: {}.", each.join(", "))
}

/// No value is missing.
pub const NONE_MISSING: &str = "분석한 환자에서 변수의 결측값이 없습니다.";
/// The file has no variable.
pub const NO_VARIABLES: &str = "파일에 추적 외에는 변수가 없습니다.";

/// Patients of the model.
#[must_use]
pub fn complete_cases(n: usize, of: usize) -> String {
    format!("완전 사례: 보정 모형의 환자는 {of}명 중 {n}명입니다. 결측값을 대체하지 않습니다.")
}

/// Without a model.
pub const COMPLETE_ONLY: &str = "값이 결측된 환자는 그 값이 필요한 곳에서 제외합니다. 결측값을 대체하지 않습니다.";

/// Median follow-up.
#[must_use]
pub fn median_follow_up(median: Option<f64>, interval: Option<(f64, f64)>, ci: &str) -> String {
    let Some(median) = median else {
        return "추적 기간의 중앙값(역 카플란–마이어)에 도달하지 않았습니다.".to_owned();
    };
    let interval = interval.map(|(low, high)| format!("({ci} {}–{})", decimal(low, 2), decimal(high, 2)));
    format!(
        "추적 기간의 중앙값(역 카플란–마이어) {}년{}.",
        decimal(median, 2),
        interval.unwrap_or_default()
    )
}

/// Patient-years and censored.
#[must_use]
pub fn observed(years: f64, censored: usize, n: usize) -> String {
    format!("{}인년. {n}명 중 {censored}명 중도절단.", decimal(years, 1))
}

/// Nothing was noticed.
pub const NO_REMARKS: &str = "특기 사항 없음: 제외된 환자도, 가장 오래 추적된 환자도 사건 면에서 두드러지지 않습니다.";

/// Patients and events.
#[must_use]
pub fn events(n: usize, events: usize) -> String {
    format!("환자 {n}명, 사건 {events}건.")
}

/// The same of a group.
#[must_use]
pub fn events_of(group: &str, n: usize, events: usize) -> String {
    format!("{group} {n}/{events}")
}

/// Patients and events of the groups.
#[must_use]
pub fn by_group(each: &[String]) -> String {
    format!("군별(환자 수/사건 수): {}.", each.join(", "))
}

/// That a size was planned is not known; what an assumed effect needs is computed elsewhere.
pub const SIZE_UNKNOWN: &str = "규모를 계획했는지는 알 수 없습니다. 가정한 효과에 필요한 규모:";
/// The page for that: its route and its name.
pub const PLAN: (&str, &str) = (en::PLAN.0, super::page::PLAN);

/// Table 1.
#[must_use]
pub fn baseline(variables: usize, by_group: bool) -> String {
    let by = if by_group { "군별 " } else { "" };
    format!("변수 {variables}개의 {by}표.")
}

/// Survival at times.
#[must_use]
pub fn absolute(endpoint: &str, years: &[String], ci: &str) -> String {
    format!("{}년 시점의 {endpoint}, {ci}.", years.join(", "))
}

/// No times.
pub const NO_TIMES: &str = "추정치를 구할 시점이 설정되어 있지 않습니다.";

/// The hazard ratio of groups.
#[must_use]
pub fn ratio(group: &str, reference: &str, shown: &str) -> String {
    format!("위험비({reference} 대비 {group}): {shown}.")
}

/// Variables alone.
#[must_use]
pub fn alone(count: usize) -> String {
    format!("변수 {count}개의 비보정 위험비.")
}

/// No ratio.
pub const NO_RATIO: &str = "비보정 위험비를 추정할 수 없습니다.";

/// The adjusted model.
#[must_use]
pub fn adjusted(names: &[String], n: usize, events: usize, ci: &str) -> String {
    format!(
        "서로 보정한 위험비와 {ci}: {}(환자 {n}명, 사건 {events}건).",
        names.join(", ")
    )
}

/// Adjusted curves.
#[must_use]
pub fn adjusted_curves(names: &[String]) -> String {
    format!("다음 변수로 보정한 군별 생존곡선: {}.", names.join("; "))
}

/// Proportional hazards were tested.
pub const TESTED: &str = "비례위험을 검정하고 잔차를 그렸습니다.";
/// They were not.
pub const NOT_TESTED: &str = "비례위험을 검정하지 않았습니다. 추정치가 있는 모형이 없습니다.";
/// Effects within subgroups.
pub const SUBGROUPS: &str = "하위군 내 효과와 상호작용 검정.";
/// No subgroups.
pub const NO_SUBGROUPS: &str = "하위군 내 효과 없음: 군을 비교하지 않습니다.";

/// Interactions of the model.
#[must_use]
pub fn interactions(count: usize) -> String {
    format!("보정 모형의 상호작용 {count}개.")
}

/// Competing risks.
pub const COMPETING: &str = "경쟁하는 원인의 누적발생률.";
/// None.
pub const NO_COMPETING: &str = "경쟁하는 원인 없음: 파일이 원인을 구별하지 않거나 평가변수의 원인이 하나입니다.";
/// Transplantation.
pub const TRANSPLANT: &str = "시간의존 사건으로서의 이식.";
/// None.
pub const NO_TRANSPLANT: &str = "파일에 분석할 수 있는 이식이 없습니다.";
