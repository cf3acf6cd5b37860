//! What is missing for follow-up, and what looks wrong with it.

use super::{endpoint_name, milestone, unusable};
use cotside_core::cohort::{Endpoint, LeftOut, Milestone, Unusable};

/// What is needed where this keeps everybody from being followed; `None` where it is not a column.
#[must_use]
pub fn needed(why: Unusable) -> Option<&'static str> {
    match why {
        Unusable::NoColumn(Milestone::Death) => Some("사망일 또는 생사 여부"),
        Unusable::NoColumn(Milestone::Relapse) => Some("재발일 또는 첫 사건의 종류"),
        Unusable::NoColumn(day) => Some(milestone(day)),
        Unusable::NoTimeColumn => Some("평가변수까지의 시간"),
        Unusable::NoEventColumn => Some("그 시간이 끝난 방식(사건 또는 중도절단)"),
        _ => None,
    }
}

/// Why nobody can be followed to an endpoint: the columns that are missing, or the reasons with their numbers of rows.
#[must_use]
pub fn not_drawn(endpoint: Endpoint, obstacles: &[(Unusable, usize)]) -> String {
    let name = endpoint_name(endpoint);
    let columns: Vec<&str> = obstacles.iter().filter_map(|(why, _)| needed(*why)).collect();
    if columns.is_empty() {
        let reasons = obstacles
            .iter()
            .map(|(why, rows)| format!("{rows}명: {}", unusable(*why)));
        let reasons: Vec<String> = reasons.collect();
        return format!("{name} 곡선에 쓸 수 있는 환자가 없습니다({}).", reasons.join("; "));
    }
    format!("{name} 곡선에 부족한 열: {}.", columns.join(", "))
}

/// What to do where nobody can be followed.
pub const GIVE_FOLLOW_UP: &str = "확인할 질문에 답하거나, ‘열’에서 추적 정보가 있는 열을 지정하십시오. 날짜 대신 평가변수까지의 시간과, 사건인지 중도절단인지 나타내는 열도 \
     됩니다.";

/// That the patients left out of an analysis had more or fewer events than those in it.
#[must_use]
pub fn events_left_out(found: LeftOut) -> String {
    let LeftOut {
        out,
        events_out,
        followed,
        events_followed,
    } = found;
    let had = match (out, events_out) {
        (_, 0) => format!("제외된 {out}명에게는 사건이 없었습니다"),
        _ => format!("제외된 {out}명 중 {events_out}명에게 사건이 있었습니다"),
    };
    format!("{had}(분석에 포함된 {followed}명 중에는 {events_followed}명). 제외하면 결과가 달라집니다.")
}

/// That those with an event were followed longer than the others; `medians` are those of both in years.
#[must_use]
pub fn followed_longer(endpoint: Endpoint, medians: &[String; 2]) -> String {
    let who = match endpoint {
        Endpoint::OverallSurvival => "사망한 환자가 생존 환자보다 더 오래 추적되었습니다",
        _ => "사건이 있는 환자가 없는 환자보다 더 오래 추적되었습니다",
    };
    let [with, without] = medians;
    format!("{who}(중앙값 {with}년과 {without}년). 상태를 나타내는 열이 반대로 읽히지 않았는지 확인하십시오.")
}
