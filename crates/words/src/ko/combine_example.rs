//! The words of the teaching example of pooled analyses.

use cotside_core::federated::Sharing;

use super::combine_results::small;

/// What the example is.
pub const EXAMPLE_IS: &str = "학습용 예: 4개 기관(A부터 D까지) 영아 120명의 모의 데이터. 각 단계를 네 기관에서 하는 것처럼 여기서 수행합니다. 아무것도 이 페이지 밖으로 나가지 않습니다.";
/// Heading of a step.
pub const STEP_PLAN: &str = "1. 총괄 담당자가 계획서를 작성";
/// Heading of a step.
pub const STEP_SITES: &str = "2. 각 기관이 합계를 제공";
/// Heading of a step.
pub const STEP_ROUNDS: &str = "3. 총괄 담당자가 라운드마다 통합";
/// Heading of a step.
pub const STEP_RESULT: &str = "4. 결과와 모든 행에 대한 적합의 비교";
/// Heading of what the coordinator saw.
pub const COORDINATOR_SAW: &str = "총괄 담당자가 본 각 기관의 내용";
/// The plan of the example.
pub const EXAMPLE_PLAN: &str = "무사건 생존. 백혈구 수의 상용로그(log10), 진단 시 연령 183일 미만, KMT2A를 기관별로 층화한 하나의 Cox 모형에 넣습니다. 계획서는 네 기관 모두에 보내집니다.";
/// Sharing of the example.
pub const EXAMPLE_PER_SITE: &str = "총괄 담당자가 각 기관의 합계를 보므로 기관마다 엄격한 제한이 적용됩니다.";
/// Sharing of the example.
pub const EXAMPLE_MASKED: &str = "모든 수치에 마스크가 적용됩니다: 각 기관은 자기 키의 수치를 더하고 바로 앞 기관 키의 수치를 빼므로 총계에서는 상쇄됩니다. 영아 10명인 기관도 참여할 수 있습니다.";

/// How sums are shared in the example.
#[must_use]
pub fn example_sharing(sharing: Sharing) -> &'static str {
    match sharing {
        Sharing::Masked => EXAMPLE_MASKED,
        Sharing::PerSite => EXAMPLE_PER_SITE,
    }
}

/// A hospital that gave sums, and why it has no part in the Cox model.
#[must_use]
pub fn example_gave(
    site: &str,
    (n, events): (usize, usize),
    numbers: usize,
    withheld: usize,
    why: Option<&str>,
) -> String {
    let left_out = match withheld {
        0 => String::new(),
        many => format!(", 미제공 {many}항목"),
    };
    let why = why
        .map(|why| format!(" Cox 모형에 참여하지 않음: {why}."))
        .unwrap_or_default();
    format!("{site}: 영아 {n}명, 사건 {events}건. 수치 {numbers}개 저장{left_out}.{why}")
}

/// A hospital without a file.
#[must_use]
pub fn example_refused(site: &str, (n, events): (usize, usize), why: &str) -> String {
    format!("{site}: 영아 {n}명, 사건 {events}건. 파일 없음: {why}")
}

/// Unfolds the plan.
pub const SHOW_PLAN: &str = "계획서 보기";

/// Column.
pub const ROUND: &str = "라운드";
/// Column.
pub const DECREMENT: &str = "Newton 감소량";
/// Column: the distance to the fit to all rows.
pub const DISTANCE: &str = "모든 행에 대한 적합과의 차이(SE)";
/// Column.
pub const BOUND: &str = "차이의 상한(SE)";
/// In a cell.
pub const NO_BOUND: &str = "아직 없음";
/// Column.
pub const COMBINED_HR: &str = "파일에 의한 통합";
/// Column.
pub const POOLED_HR: &str = "이 기관들의 모든 행에 대한 적합";

/// Patients and events of the example's result.
#[must_use]
pub fn example_result(n: u64, events: u64, sites: usize) -> String {
    format!("{sites}개 기관의 영아 {n}명, 사건 {events}건.")
}

/// Where both are equal.
#[must_use]
pub fn example_distance(distance: f64) -> String {
    format!(
        "둘 사이의 가장 큰 차이는 표준오차의 {}배입니다. 모든 행에 대한 적합은 R과 마찬가지로 한 번 더 반복해도 약 1e-9만 달라지는 곳에서 멈춥니다.",
        small(distance)
    )
}
