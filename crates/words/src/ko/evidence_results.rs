//! The words of the results of the page of published evidence: heads of tables, lines of answers, captions of figures.

use cotside_core::cohort::TimeUnit;

use crate::decimal;
pub use crate::en::evidence_results::{
    CURVE_READ, KEY, N, NOT_REPORTED_SHORT, ONE_TIME, P, PERCENT, POOL_AXIS, POOL_TITLE, SE, STUDY_AND_POPULATION,
    SURVIVAL, diamond, pool_description, pooled_row, published_description, published_title, reconstructed_description,
    reconstructed_title, short_forms, standard_error, time_axis, without_time,
};

/// In place of what was not reported.
pub const NOT_REPORTED: &str = "보고 없음";

// ---- Heads of tables and names of lines

/// The fold of the pairs of children whom a rule and others rank in opposite order.
#[must_use]
pub fn opposite_pairs(protocol: &str, count: usize) -> String {
    format!("{protocol} 및 다른 프로토콜 {count}개가 서로 반대 순서로 놓는 영아(영어)")
}
/// What the pairs are.
pub const OPPOSITE_PAIRS: &str = "이들 프로토콜마다, 가능한 영아 가운데 소견 차이가 가장 적은 두 영아입니다: 이 프로토콜의 규칙은 첫째를 둘째보다 \
     높은 위험에 두고, 다른 프로토콜의 규칙은 더 낮은 위험에 둡니다.";

/// Of a table.
pub const STUDY: &str = "연구";
/// Of a table.
pub const ENROLLED: &str = "등록 연도";
/// Of a table.
pub const ENDPOINT: &str = "평가변수";
/// Of a table.
pub const POPULATION: &str = "대상 집단";
/// Of a table.
pub const YEARS: &str = "년";
/// Of a table.
pub const ESTIMATE: &str = "추정치";
/// Of a table.
pub const ESTIMATE_PERCENT: &str = "추정치(%)";
/// Of a table: its uncertainty as printed.
pub const SPREAD: &str = "SE 또는 95% 신뢰구간";
/// Of a table.
pub const SOURCE: &str = "출처";
/// Of a table.
pub const CI: &str = "95% 신뢰구간";
/// Of a table.
pub const ID: &str = "ID";
/// The unit behind an estimate.
pub const UNIT: &str = "%";

// ---- The consistency check

/// Of a table: of which number of the study a check is.
pub const OF: &str = "대상";
/// Of a table: what was checked.
pub const CHECKED: &str = "확인 항목";
/// Of a table.
pub const RESULT: &str = "결과";
/// Of a table.
pub const ARITHMETIC: &str = "계산";

/// A percentage of a study that was checked, by the name of its column.
#[must_use]
pub fn checked_column(column: &str) -> String {
    match column {
        "complete_remission" => REMISSION.to_owned(),
        "induction_death" => INDUCTION_DEATH.to_owned(),
        "death_in_remission" => DEATH_IN_REMISSION.to_owned(),
        "transplanted" => TRANSPLANTED.to_owned(),
        other => other.replace('_', " "),
    }
}

// ---- Studies

/// Of a table: rearranged infants of those tested.
pub const KMT2A: &str = "KMT2A-r";
/// Of a table.
pub const AGE: &str = "연령";
/// Which infants a study takes.
pub const ELIGIBLE: &str = "KMT2A에 따른 적격 기준";
/// Of a table: how many there are.
pub const ESTIMATES: &str = "추정치";
/// The number of infants of a study.
pub const INFANTS: &str = "영아 수";
/// Rearranged infants of those tested.
pub const REARRANGED: &str = "검사한 영아 중 KMT2A 재배열 있음";
/// The age limit of a study.
pub const AGE_LIMIT: &str = "연령 경계(원문)";
/// A rate of a study.
pub const REMISSION: &str = "완전관해";
/// A rate of a study.
pub const INDUCTION_DEATH: &str = "관해유도 중 사망";
/// A rate of a study.
pub const DEATH_IN_REMISSION: &str = "관해 중 사망";
/// A rate of a study.
pub const TRANSPLANTED: &str = "이식 시행";
/// From when time counts.
pub const TIME_ORIGIN: &str = "시간의 기점";
/// What counts as an event.
pub const EVENT_DEFINITION: &str = "사건의 정의";
/// Leads back to the list.
pub const ALL_STUDIES: &str = "모든 연구";
/// Heading.
pub const SOURCES: &str = "출처와 확인 방법";
/// Before a protocol's rule for transplant.
pub const TRANSPLANT: &str = "이식: ";
/// A source in which none of the numbers was read.
pub const UNREAD_SOURCE: &str = " 연구 자체의 논문이며, 이 수치 가운데 여기에서 확인한 것은 없음";

/// Heading of a study's estimates.
#[must_use]
pub fn estimates_of_study(count: usize) -> String {
    format!("{ESTIMATES}({count}개)")
}

/// Leads to a protocol's page.
#[must_use]
pub fn rule_of(protocol: &str) -> String {
    format!("{protocol} 규칙(조항별)")
}

/// Which infants a study takes, by the code of its table.
#[must_use]
pub fn eligible(kmt2a: &str) -> &str {
    match kmt2a {
        "any" => "KMT2A 상태와 무관",
        "rearranged" => "KMT2A 재배열 있음",
        "germline" => "KMT2A 재배열 없음",
        other => other,
    }
}

/// Rearranged infants of those tested.
#[must_use]
pub fn share_of(rearranged: u32, tested: u32, share: f64) -> String {
    format!("{}({}%)", of_tested(rearranged, tested), decimal(100.0 * share, 1))
}

/// Rearranged infants of those tested, without their share.
#[must_use]
pub fn of_tested(rearranged: u32, tested: u32) -> String {
    format!("{rearranged}/{tested}")
}

/// An estimate of rearranged infants alone.
pub const ALL_REARRANGED: &str = "전체";
/// An estimate of germline infants alone.
pub const NONE_REARRANGED: &str = "없음";

/// A printed ± that is not certainly a standard error.
#[must_use]
pub fn undefined_spread(error: &str) -> String {
    format!("± {error}(정의되지 않음)")
}

// ---- The study summary table

/// Heads of its columns.
pub const SUMMARY_HEADS: [&str; 10] = [
    "연도",
    "N",
    "KMT2Ar/검사(%)",
    "완전관해(%)",
    "관해유도 중 사망(%)",
    "관해 중 사망(%)",
    "EFS(SE)(년), 전체",
    "EFS(SE)(년), KMT2Ar",
    "OS(SE)(년), 전체",
    "HCT(%)",
];
/// Below it.
pub const SUMMARY_AS_PRINTED: &str = "기재된 그대로입니다. MLL-10의 초록은 66.2 (5.6) %를 3년의 비율로, CCG-1953 자체의 초록은 9.2를 표준편차로 \
     기재합니다: 각 연구의 페이지에 계산이 있습니다.";

/// The time of a rate of the table, in years.
#[must_use]
pub fn summary_time(years: u8) -> String {
    format!("({years}년)")
}

// ---- Comparison

/// Of a table: from what the difference is computed.
pub const SE_USED: &str = "사용한 표준오차";
/// A rate without one.
pub const NO_SE: &str = "없음: 표준오차가 없음";
/// Of a table.
pub const DIFFERENCE: &str = "차이";

/// A standard error and where it comes from.
#[must_use]
pub fn se_used(error: &str, origin: &str) -> String {
    format!("{error}({origin})")
}

// ---- Pooling

/// A line.
pub const POOLED: &str = "통합 추정치";
/// A line.
pub const METHOD: &str = "방법";
/// A line.
pub const HETEROGENEITY: &str = "이질성";
/// Heading.
pub const WEIGHTS: &str = "가중치";
/// Of a table: an estimate on the scale on which it is pooled.
pub const ON_SCALE: &str = "척도에서의 값";
/// Of a table.
pub const SE_ORIGIN: &str = "SE의 유래";
/// Of a table.
pub const WEIGHT: &str = "가중치(%)";
/// Of a table.
pub const LEFT_OUT: &str = "제외한 연구";
/// Of a table.
pub const I2: &str = "I²(%)";
/// Why there is no prediction interval.
pub const NO_PREDICTION: &str = "고정효과에서는 추정할 수 없음";
/// Why there is no prediction interval.
pub const NO_PREDICTION_WITHOUT_INTERVAL: &str = "없음(신뢰구간이 없으므로)";

/// Why nothing was pooled.
#[must_use]
pub fn not_pooled(why: &str) -> String {
    format!("통합하지 않았습니다. {why}.")
}

/// Why no estimate was left out in turn.
#[must_use]
pub fn not_done(why: &str) -> String {
    format!("수행하지 않았습니다. {why}.")
}

/// A percentage with what stands behind it: its interval, or why there is none.
#[must_use]
pub fn pooled_percent(estimate: &str, behind: &str) -> String {
    format!("{estimate}%({behind})")
}

/// The ends of an interval.
#[must_use]
pub fn ends(lower: &str, upper: &str) -> String {
    format!("{lower}~{upper}")
}

/// How estimates were pooled.
#[must_use]
pub fn pooled_how(estimates: usize, method: &str, test: &str, scale: &str) -> String {
    format!("추정치 {estimates}개, {method}, {test}, 척도: {scale}")
}

/// How far the estimates differ: Q with its P, I², and τ² with its interval.
#[must_use]
pub fn heterogeneity(q: f64, df: u32, p: &str, i2: f64, [tau2, lower, upper]: [f64; 3]) -> String {
    format!(
        "Q = {}(자유도 {df}), {p}; I² = {}%; τ² = {}({})",
        decimal(q, 2),
        decimal(i2, 1),
        decimal(tau2, 4),
        ends(&decimal(lower, 4), &decimal(upper, 4))
    )
}

// ---- Reconstruction

/// A line.
pub const PATIENTS: &str = "환자";
/// A line.
pub const EVENTS: &str = "사건";
/// A line.
pub const MEDIAN: &str = "중앙값";
/// A median that the curve does not reach.
pub const NOT_REACHED: &str = "도달하지 않음";
/// No points were adjusted.
pub const NONE_ADJUSTED: &str = "없음";
/// Of a table.
pub const AT_RISK_AT: &str = "위험 대상자 수의 시점";
/// Of a table.
pub const PUBLISHED: &str = "발표값";
/// Of a table.
pub const RECONSTRUCTED: &str = "복원값";
/// What the file holds, before and behind the link to the page for cohorts.
pub const FILE_NOTE: [&str; 3] = [
    "‘origin’ 열은 모든 행에서 reconstructed입니다. 이 파일은 ‘",
    "코호트 분석",
    "’에서 열 수 있습니다.",
];
/// The reconstructed curve of a group without a name.
pub const CURVE_RECONSTRUCTED: &str = "복원";
/// What the lines of points hold.
pub const POINT_LINES: (&str, &str) = ("점", "시간과 생존율(예: 0.3, 95)");
/// What the lines of numbers at risk hold.
pub const AT_RISK_LINES: (&str, &str) = ("위험 대상자 수", "시간과 환자 수(예: 1: 40)");
/// The same where the number is not whole.
pub const AT_RISK_WHOLE: (&str, &str) = ("위험 대상자 수", "정수인 환자 수(예: 1: 40)");
/// What the field of events takes.
pub const EVENTS_WHOLE: (&str, &str) = ("사건 수", "정수(예: 35)");
/// A curve cannot be traced before the axes are marked.
pub const MARK_AXES_FIRST: &str = "먼저 축을 표시합니다";
/// A picture that cannot be traced.
pub const PICTURE_TOO_LARGE: &str = "그림 파일이 너무 큽니다";

/// Why a curve was not traced.
#[must_use]
pub fn not_traced(why: &str) -> String {
    format!("곡선을 따라가지 못했습니다. {why}.")
}

/// Why marks are not read.
#[must_use]
pub fn marks_not_read(why: &str) -> String {
    format!("표시를 읽을 수 없습니다. {why}.")
}

/// A line that is not what it should be; `of` is the list and what its lines hold.
#[must_use]
pub fn line_not_accepted((of, accepted): (&str, &str), line: &str) -> String {
    format!("{of}: ‘{line}’ 값은 받지 않습니다. 필요한 입력: {accepted}.")
}

/// Why nothing was reconstructed.
#[must_use]
pub fn not_reconstructed(why: &str) -> String {
    format!("복원하지 않았습니다. {why}.")
}

/// What is said of one of several groups or curves.
#[must_use]
pub fn of_group(group: &str, text: &str) -> String {
    format!("{group}: {text}")
}

/// The events of the reconstruction, beside the published number where there is one.
#[must_use]
pub fn events(found: u32, published: Option<u32>) -> String {
    published.map_or_else(|| found.to_string(), |published| format!("{found}(발표값 {published})"))
}

/// A unit of time behind a number.
#[must_use]
pub fn unit(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Days => "일",
        TimeUnit::Weeks => "주",
        TimeUnit::Months => "개월",
        TimeUnit::Years => "년",
    }
}

/// A time with its unit.
#[must_use]
pub fn time_in(time: &str, unit: TimeUnit) -> String {
    format!("{time}{}", self::unit(unit))
}

/// How close the fit is, in per cent of survival.
#[must_use]
pub fn fit_error(percent: &str, points: usize) -> String {
    format!("생존율로 {percent}, 점 {points}개에 대해")
}

/// How many points were adjusted.
#[must_use]
pub fn points_adjusted(count: usize, most: &str) -> String {
    match count {
        0 => NONE_ADJUSTED.to_owned(),
        count => format!("{count}개, 최대 {most}"),
    }
}

/// Title of a table without a heading, in a document.
pub const TABLE_TITLE: &str = "발표된 추정치";

/// The last line under a table in a document.
#[must_use]
pub fn table_source(version: &str) -> String {
    format!("발표된 추정치는 Cotside {version}에 수록된 것입니다. 행마다 출처를 적었습니다.")
}
