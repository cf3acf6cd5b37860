//! The words of results that describe the cohort: baseline characteristics, risk groups by protocol and how well they
//! discriminate, published estimates over the curve.

use crate::decimal;
use cotside_core::evidence::{OwnCaution, Reached};
use cotside_core::survival::NoPercentiles;

// Names of variables and labels in figures are printed; published estimates are quoted.
pub use crate::en::cohort_results::{
    AGE_PER_MONTH, NONE, WBC_PER_DOUBLING, count_with, per_doubling, published_heading, published_name,
    published_point, quartiles,
};

// ---- Baseline characteristics

/// Heading.
pub const BASELINE: &str = "환자 특성";
/// Of a table.
pub const CHARACTERISTIC: &str = "항목";
/// Of a table.
pub const ALL: &str = "전체";
/// The number of patients.
pub const PATIENTS: &str = "환자";
/// The unit of measurable residual disease.
pub const FRACTION_OF_CELLS: &str = "세포의 비율";
/// Below the table.
pub const BASELINE_KEY: &str = "숫자: 중앙값(사분위수)과 범위; 사분위수는 R의 type 7. 수준: 환자 수(미상을 뺀 백분율). 특성의 차이는 검정하지 않습니다.";

/// Patients whose value is missing.
#[must_use]
pub fn missing(count: usize) -> String {
    format!("결측 {count}")
}

/// The lowest and the highest number.
#[must_use]
pub fn range(lowest: &str, highest: &str) -> String {
    format!("범위 {lowest}–{highest}")
}

// ---- Variables

/// Groups of a protocol in a list of variables.
#[must_use]
pub fn groups_of(protocol: &str) -> String {
    format!("{protocol}의 군")
}

/// A column that cannot be a variable, with why; `levels` is its number of different texts where they were counted.
#[must_use]
pub fn too_many_levels(column: &str, levels: Option<usize>, [most_groups, most_levels]: [usize; 2]) -> String {
    match levels {
        Some(levels) => {
            format!("{column}(수준 {levels}개, {most_groups}개 초과: 사용하려면 ‘열’에서 군이라고 지정)")
        }
        None => format!("{column}(수준 {most_levels}개 초과)"),
    }
}

// ---- Risk groups by protocol

/// Heading.
pub const BY_PROTOCOL: &str = "프로토콜별 위험군";
/// Of a table.
pub const PROTOCOL: &str = "프로토콜";
/// Of a table.
pub const GROUPS: &str = "군";
/// Patients of whom too little is known for a group.
pub const UNDECIDED: &str = "미확정";
/// Patients to whom the protocol does not apply.
pub const NOT_APPLICABLE: &str = "적용 외";
/// Below the table.
pub const GROUP_BY: &str = "‘군 나누기’에서 프로토콜의 군을 선택하면 그 군의 곡선을 그립니다.";
/// Heading.
pub const RECLASSIFICATION: &str = "재분류";
/// Below the table.
pub const RECLASSIFICATION_KEY: &str = "추적 여부와 관계없이 파일에서 읽을 수 있었던 모든 환자.";

/// Rows and columns of the table of two protocols.
#[must_use]
pub fn rows_and_columns(rows: &str, columns: &str) -> String {
    format!("{rows}(행), {columns}(열)")
}

// ---- Discrimination

/// Heading.
pub const DISCRIMINATION: &str = "프로토콜 군의 판별력";
/// The name of the table.
pub const DISCRIMINATION_TABLE: &str = "프로토콜별 판별력";
/// Of a table.
pub const N_EVENTS: &str = "n(사건)";
/// Of a table.
pub const WITHOUT_GROUP: &str = "군 없음";
/// Of a table.
#[must_use]
pub fn concordance(ci: &str) -> String {
    format!("일치지수({ci})")
}
/// Of a table.
pub const LOG_RANK_P: &str = "로그순위 검정의 P";
/// Of a table where no time is set.
pub const DIFFERENCE: &str = "차이";
/// Followed patients without a group, and those whose group is left out by choice.
#[must_use]
pub fn without_group_cell(without: usize, left_out: usize) -> String {
    match left_out {
        0 => without.to_string(),
        _ => format!("{without} + 선택에 따라 제외 {left_out}"),
    }
}

/// Why there is no concordance.
pub const NO_PAIR: &str = "비교할 수 있는 쌍 없음";
/// Why there is no concordance and no difference.
pub const NOT_ORDERED: &str = "군에 순서 없음";
/// There is no test.
pub const NO_TEST: &str = "검정 없음";

/// Of a table.
#[must_use]
pub fn lowest_minus_highest(years: f64, ci: &str) -> String {
    format!("{}년 시점의 최저 − 최고 위험군({ci}), 퍼센트포인트", decimal(years, 2))
}

/// Protocols that have no row.
#[must_use]
pub fn one_group(names: &[&str]) -> String {
    format!(
        "환자가 한 군에 속하거나 어느 군에도 속하지 않아 싣지 않은 것: {}.",
        names.join(", ")
    )
}

// ---- Sentences

/// What must be known wherever patients are sorted by the rule of a protocol.
pub const NOT_TREATED_ON_IT: &str = "이 환자들은 이 프로토콜로 치료받지 않았거나, 모두가 그렇게 치료받지는 않았습니다. 군은 프로토콜의 규칙이 그 환자를 무엇이라 부르는지이며, 군의 \
     경과는 프로토콜의 치료에 대해 아무것도 말하지 않습니다.";

/// Why a concordance has no interval from so many resamples.
#[must_use]
pub fn no_percentiles(why: NoPercentiles, resamples: usize) -> String {
    match why {
        NoPercentiles::WithoutPairs(count) => {
            format!("구간 없음: 재추출 {resamples}회 중 {count}회에 비교할 쌍이 없음")
        }
        NoPercentiles::AllAlike => "구간 없음: 모든 재추출이 이 값임".to_owned(),
    }
}

/// How the table of discrimination was made; `None` where no protocol's groups have an order, 0 resamples where the
/// interval is asymptotic.
#[must_use]
pub fn discrimination(resamples: Option<usize>, seed: u64, ci: &str) -> String {
    let interval = match resamples {
        None => String::new(),
        Some(0) => format!("; 점근적 {ci}(무한소 잭나이프)"),
        Some(resamples) => format!("; 부트스트랩 재추출 {resamples}회의 백분위수 구간(난수 시드 {seed})"),
    };
    format!(
        "추적된 환자입니다. 프로토콜이 군을 주지 않는 환자(미확정 또는 적용 외)는 세되 그 행에서 제외하므로, 행마다 환자가 다릅니다. 군의 순서와 사건의 순서의 \
         일치지수: 0.5는 우연, 1은 완전한 일치{interval}. 나중 소견(8일째, 잔존질환)에 근거한 군도 같은 시작점부터 추적합니다: 그 전에 사망한 환자는 군이 \
         없습니다. 로그순위 검정은 모든 군 사이에서 하며, 차이는 최저 위험군과 최고 위험군의 카플란–마이어 추정치의 차이로 구간은 Greenwood를 따릅니다. \
         프로토콜의 수에 대한 보정은 하지 않으며, 규칙이 만들어진 코호트에서는 그 규칙이 좋게 보입니다."
    )
}

/// What published estimates over an own curve are.
pub const OVER_CURVE: &str = "같은 평가변수의 추정치로, 발표 성적 페이지에 실린 보고에 인쇄된 그대로입니다: 해당 시점의 점과, 있으면 그 95% 신뢰구간(인쇄된 표준오차에서 계산한 \
     것은 파선)이며, 곡선으로 그리지 않습니다.";

/// A reason not to read the distance of an own curve from a published point as one of treatments: our words, and between them
/// what is quoted of the report.
#[must_use]
pub fn own_caution(caution: OwnCaution<'_>) -> (String, &str, &'static str) {
    let report = |word: &str, text| match text {
        "" => (format!("보고의 {word}: 읽을 수 없었습니다."), text, ""),
        _ => (format!("보고의 {word}: "), text, "."),
    };
    let told = match caution {
        OwnCaution::EventDefinition(text) => return report("사건 정의", text),
        OwnCaution::TimeOrigin(text) => return report("시간 기점", text),
        OwnCaution::AgeLimit(text) => return report("연령 상한", text),
        OwnCaution::NotRandomised => {
            "보고와 코호트이며 한 임상시험의 두 군이 아닙니다: 차이는 환자, 진료, 시대의 차이일 수 있습니다.".to_owned()
        }
        OwnCaution::Era(report, own) => format!(
            "시대: 보고의 등록 {}–{}년, 이 환자들의 진단 {}–{}년.",
            report.0, report.1, own.0, own.1
        ),
        OwnCaution::EraNotStated => "보고의 등록 연도 또는 여기의 진단 연도를 알 수 없습니다.".to_owned(),
        OwnCaution::Kmt2aShare(report, own) => format!(
            "KMT2A 재배열 있음: 보고에서 {}%, 여기서 {}%.",
            decimal(100.0 * report, 1),
            decimal(100.0 * own, 1)
        ),
        OwnCaution::Kmt2aShareNotStated => {
            "보고 또는 여기에서 KMT2A 재배열이 있는 영아의 비율을 알 수 없습니다.".to_owned()
        }
        OwnCaution::Selected(Reached::Remission) => "보고는 관해에 도달한 영아만 셉니다.".to_owned(),
        OwnCaution::Selected(Reached::Transplant) => "보고는 이식에 도달한 영아만 셉니다.".to_owned(),
        OwnCaution::Selected(Reached::Entry) => "보고는 등록한 모든 환자를 셉니다.".to_owned(),
        OwnCaution::Few(n) => format!("보고의 환자가 적음: {n}명."),
        OwnCaution::NumberNotStated => "보고의 환자 수가 적혀 있지 않습니다.".to_owned(),
        OwnCaution::UnclearSpread => "보고의 ±가 표준오차인지 확실하지 않으므로 구간을 그리지 않습니다.".to_owned(),
        OwnCaution::SecondHand => "이차 자료에서 읽었습니다.".to_owned(),
        OwnCaution::Unchecked => super::own_estimates::CAUTION_ONE.to_owned(),
    };
    (told, "", "")
}
