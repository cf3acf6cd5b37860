//! The words of the results of pooled analyses by files.

use cotside_core::federated::{Input, Outcome, Sharing};

use super::combine_files::time_unit;
use crate::{decimal, fixed, signed, significant};

// What is printed in a figure, and signs.
pub use crate::en::combine_results::{
    ALL_SITES, CHI2, FOREST_CAPTION, HR_AXIS, I2, P, Q, STD_ERR, TAU2, forest_description, forest_title, group_of,
    incidence_description, range, survival_caption, survival_description, survival_title,
};

/// Without a plan.
pub const COMBINE_NEEDS_PLAN: &str =
    "계획서와 그 기관들의 합계 파일을 여십시오. 한꺼번에 열어도 되고 차례로 열어도 됩니다.";
/// Without sums.
pub const COMBINE_NEEDS_SUMS: &str = "이 계획서의 합계 파일이 아직 열려 있지 않습니다.";
/// Column.
pub const SITE: &str = "기관";
/// Column.
pub const N: &str = "환자";
/// Column.
pub const EVENTS: &str = "사건";
/// Column.
pub const ROUNDS: &str = "라운드";
/// Column.
pub const THIS_ROUND: &str = "이번 라운드";
/// In a cell.
pub const USED: &str = "사용";
/// In a cell.
pub const MISSING: &str = "없음";
/// In a cell: not known.
pub const HIDDEN: &str = "표시 안 함";

/// Which sites are missing.
#[must_use]
pub fn missing(sites: &[String], sharing: Sharing) -> String {
    let list = sites.join(", ");
    match sharing {
        Sharing::PerSite => format!("이번 라운드의 파일이 없는 기관: {list}. 결과는 나머지 기관의 것입니다."),
        Sharing::Masked => {
            format!("이번 라운드의 파일이 없는 기관: {list}. 마스크는 모든 기관의 총계에서만 상쇄됩니다.")
        }
    }
}

/// Where the rounds stand.
#[must_use]
pub fn status(outcome: &Outcome, has_next: bool) -> String {
    let rounds = format!("{}개 라운드 완료", outcome.rounds);
    match (outcome.cox.is_some(), outcome.converged, has_next) {
        (false, ..) => format!("{rounds}. 라운드가 더 필요하지 않습니다."),
        (true, true, _) => format!("{rounds}. Cox 모형이 수렴했습니다. 라운드가 더 필요하지 않습니다."),
        (true, false, true) => {
            format!("{rounds}. Cox 모형에 다음 라운드가 필요합니다. 다음 계획서를 저장하여 각 기관에 보냅니다.")
        }
        (true, false, false) => {
            format!("{rounds}. Cox 모형이 수렴하지 않았고 더 계획된 라운드가 없습니다.")
        }
    }
}

/// Saves the result.
pub const SAVE_RESULT: &str = "결과 저장(JSON)";
/// Saves the script.
pub const SAVE_R: &str = "R 스크립트 저장";
/// Heading.
pub const COX: &str = "Cox 모형(기관별 층화)";
/// Heading.
pub const COX_GRID: &str = "Cox 모형(근사)";
/// Column.
pub const COVARIATE: &str = "공변량";
/// Column.
pub const HAZARD_RATIO: &str = "위험비(95% 신뢰구간)";
/// Column.
pub const COEFFICIENT: &str = "계수";
/// In a cell without a finite estimate.
pub const NO_ESTIMATE: &str = "유한한 추정치 없음";

/// Patients, events and ties.
#[must_use]
pub fn cox_of(n: Option<u64>, events: Option<u64>, ties: &str, cells: Option<u64>) -> String {
    let known = |count: Option<u64>| count.map_or_else(|| HIDDEN.to_owned(), |count| count.to_string());
    let how = match (ties, cells) {
        (_, Some(cells)) => format!("위험 집합을 {cells}개 구간에서 평균함"),
        ("breslow", _) => "동시 사건은 Breslow 방법으로 처리".to_owned(),
        _ => "동시 사건은 Efron 방법으로 처리".to_owned(),
    };
    format!("환자: {}, 사건: {}. {how}.", known(n), known(events))
}

/// How near the estimates are to the fit of all rows together.
#[must_use]
pub fn bound(bound: Option<f64>, rounding: f64) -> String {
    let bound = match bound {
        Some(bound) => format!(
            "각 계수와 통합한 행에 대한 적합의 차이는 표준오차의 {}배 이내입니다",
            bound_in_words(bound)
        ),
        None => "통합한 행에 대한 적합과의 차이에 아직 상한이 없습니다".to_owned(),
    };
    if rounding > 0.0 {
        format!(
            "{bound}. 반올림에 의한 변동은 표준오차의 약 {}배입니다.",
            small(rounding)
        )
    } else {
        format!("{bound}. 반올림한 합계는 없습니다.")
    }
}

/// A bound, in standard errors; below 1e-10 it is of the arithmetic rather than of the method.
#[must_use]
pub fn bound_in_words(bound: f64) -> String {
    small(bound.max(1e-10))
}

/// A hazard ratio with its interval.
#[must_use]
pub fn ratio(ratio: f64, interval: Option<(f64, f64)>) -> String {
    let shown = |value: f64| fixed(value, 2);
    match interval {
        Some((low, high)) => format!("{} ({}–{})", shown(ratio), shown(low), shown(high)),
        None => shown(ratio),
    }
}

/// Under a table that is copied or saved.
#[must_use]
pub fn source(study: &str, design: &str) -> String {
    format!("통합 분석 {study}, 설계 {design}")
}

/// A small number: three digits, or a power of ten.
#[must_use]
pub fn small(value: f64) -> String {
    match value {
        value if value < 1e-10 => "1e-10 미만".to_owned(),
        value if value < 1e-4 => format!("{value:.1e}"),
        value => significant(value),
    }
}

/// The distance after one round.
#[must_use]
pub fn one_round(distance: f64) -> String {
    format!(
        "한 라운드 뒤의 추정치와 이 추정치의 차이는 표준오차의 {}배였습니다.",
        significant(distance)
    )
}

/// The Newton decrement of each round.
#[must_use]
pub fn decrements(all: &[Option<f64>]) -> String {
    let each: Vec<String> = all
        .iter()
        .map(|each| each.map_or_else(|| "없음".to_owned(), small))
        .collect();
    format!("라운드별 Newton 감소량: {}.", each.join(", "))
}

/// A chi-square test: "Wald: χ² 7.90, 3 df, P = 0.048".
#[must_use]
pub fn chi2(name: &str, chi2: f64, df: u32, p: &str) -> String {
    format!("{name}: χ² {}, 자유도 {df}, {p}", decimal(chi2, 2))
}

/// A test.
pub const SCORE_TEST: &str = "스코어 검정";
/// A test.
pub const WALD_TEST: &str = "Wald 검정";
/// A test.
pub const LR_TEST: &str = "가능도비 검정";
/// A test computed along the rounds.
pub const LR_TEST_APPROXIMATE: &str = "가능도비 검정(근사)";
/// Heading.
pub const HETEROGENEITY: &str = "기관 간 차이";

/// Cochran's Q.
#[must_use]
pub fn q(q: f64, df: u32, p: &str) -> String {
    format!(
        "Cochran Q {}, 자유도 {df}, {p}: 계수가 모든 기관에서 같은지에 대한 검정.",
        decimal(q, 2)
    )
}

/// Heading.
pub const TWO_STAGE: &str = "비교를 위한 2단계 통합";
/// With two hospitals.
pub const TWO_STAGE_NEEDS: &str = "계수별 통합에는 적어도 세 기관의 적합이 필요합니다.";
/// Column.
pub const METHOD: &str = "방법";
/// Column.
pub const ONE_MODEL: &str = "모든 기관의 단일 모형";

/// A method of pooling.
#[must_use]
pub fn pooling(method: &str, test: &str) -> String {
    let method = match method {
        "fixed" => "고정효과",
        "dl" => "변량효과(DerSimonian–Laird)",
        "reml" => "변량효과(REML)",
        other => other,
    };
    match test {
        "knha" => format!("{method}, Hartung–Knapp 구간"),
        _ => method.to_owned(),
    }
}

/// How far the two-stage estimates are.
#[must_use]
pub fn two_stage_distance(distance: f64) -> String {
    format!(
        "모든 기관의 모형과의 차이는 최대 표준오차의 {}배입니다(다변량, 고정효과).",
        significant(distance)
    )
}

/// Sites without an own fit.
#[must_use]
pub fn two_stage_dropped(sites: &[String]) -> String {
    format!("자체 적합이 없는 기관: {}.", sites.join(", "))
}

/// Heading.
pub const SURVIVAL: &str = "생존";
/// Unfolds a table.
pub const SHOW_TIMES: &str = "각 구간 끝에서의 수치";
/// Column.
pub const PROTOCOL: &str = "프로토콜";
/// Column.
pub const GROUP: &str = "군";
/// Column.
pub const YEARS: &str = "년";
/// Column.
pub const AT_RISK: &str = "위험 대상자 수";
/// Column.
pub const SURVIVAL_PERCENT: &str = "생존율(%)";
/// Column.
pub const INCIDENCE_PERCENT: &str = "발생률(%)";
/// Column.
pub const BOUNDS: &str = "상하한(%)";
/// Column.
pub const CI_PERCENT: &str = "95% 신뢰구간(%)";
/// In a cell: the bounds meet.
pub const EXACT: &str = "정확";
/// Everybody.
pub const ALL_PATIENTS: &str = "전체 환자";
/// Between two numbers.
#[must_use]
pub fn between(low: &str, high: &str) -> String {
    format!("{low}–{high}")
}
/// Heading.
pub const RMST: &str = "제한평균생존시간";

/// A restricted mean.
#[must_use]
pub fn rmst(group: &str, tau: f64, estimate: f64, low: f64, high: f64, unit: &str) -> String {
    let unit = time_unit(unit);
    format!(
        "{group}: {}{unit}까지 {}{unit}, 상하한 {}–{}",
        decimal(tau, 1),
        decimal(estimate, 1),
        decimal(low, 1),
        decimal(high, 1)
    )
}

/// Heading.
pub const TESTS: &str = "군의 검정";
/// Column.
pub const TEST: &str = "검정";
/// Column.
pub const OVER: &str = "계산 근거";
/// Column.
pub const DF: &str = "자유도";
/// A test.
pub const LOGRANK: &str = "로그순위 검정";

/// Gray's test of a cause.
#[must_use]
pub fn gray(cause: &str) -> String {
    format!("Gray 검정, {}", cause.replace('_', " "))
}

/// From what a test of the groups is computed.
#[must_use]
pub fn computed_from(is_counts: bool) -> &'static str {
    if is_counts {
        "구간별 인원, 층화 없음"
    } else {
        "합계, 기관별 층화"
    }
}

/// Where τ² and I² are not known.
pub const SPREAD_UNKNOWN: &str = "τ²와 I²에는 계수의 추정치가 있는 기관의 수가 필요합니다. 모든 기관에 추정치가 있는 것이 아니면 그 수는 마스크 때문에 알 수 없습니다.";

/// Above the bounds of observed less expected events.
pub const OBSERVED_LESS_EXPECTED: &str = "사건의 관찰수−기대수(인원에서 계산):";

/// Bounds of observed less expected events.
#[must_use]
pub fn grid_bounds(group: &str, difference: f64, low: f64, high: f64) -> String {
    format!(
        "{group}: {}, 확실한 범위는 {}부터 {}까지",
        signed(difference, 2),
        signed(low, 2),
        signed(high, 2)
    )
}

/// Heading.
pub const INCIDENCE: &str = "누적발생률";
/// Column.
pub const CAUSE: &str = "원인";
/// Heading.
pub const TABLE1: &str = "환자 특성";
/// Column.
pub const VARIABLE: &str = "변수";
/// Column.
pub const LEVEL: &str = "수준 또는 구간";

/// Mean and SD.
#[must_use]
pub fn mean(mean: f64, sd: Option<f64>) -> String {
    let sd = sd.map(|sd| format!(" (SD {})", significant(sd))).unwrap_or_default();
    format!("평균 {}{sd}", significant(mean))
}

/// Geometric mean, and the factor by which one standard deviation multiplies it.
#[must_use]
pub fn geometric_mean(mean: f64, factor: Option<f64>) -> String {
    let factor = factor
        .map(|factor| format!(" (SD에 해당하는 배수 {})", significant(factor)))
        .unwrap_or_default();
    format!("기하평균 {}{factor}", significant(mean))
}

/// How many, their mean, and their median.
#[must_use]
pub fn moments(n: u64, mean: &str, median: Option<(f64, f64, f64)>) -> String {
    let median = median
        .map(|(median, low, high)| {
            format!(
                ", 중앙값 {}, {}부터 {}까지 사이",
                significant(median),
                significant(low),
                significant(high)
            )
        })
        .unwrap_or_default();
    format!("n {n}, {mean}{median}")
}

/// Under the table.
pub const MOMENTS: &str =
    "계획서가 정한 공변량의 상하한을 벗어난 값은 그 상하한으로 셉니다. 중앙값은 그것이 속한 구간까지만 알 수 있습니다.";
/// Heading.
pub const PROTOCOLS: &str = "프로토콜의 군";
/// Heading.
pub const METHODS: &str = "방법 문단";
/// Copies it.
pub const COPY: &str = "복사";
/// Heading.
pub const FILES_BEHIND: &str = "결과의 바탕이 된 파일";

/// A file behind the result.
#[must_use]
pub fn input(input: &Input) -> String {
    format!("{}, 라운드 {}: {}", input.site, input.round, input.sha256)
}
