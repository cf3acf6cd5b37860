//! The words before a site's file of a pooled analysis is saved: what it tells, to whom, and what the program does not
//! decide.

use cotside_core::federated::{Plan, Sharing, SiteFile};

use crate::exchanged::{count_of_numbers, neighbours};

/// The button that unfolds all numbers.
pub const SHOW_EVERY_NUMBER: &str = "모든 수치 보기";
/// The button that saves.
pub const SAVE_FILE: &str = "파일 저장";
/// The button that does not.
pub const DO_NOT_SAVE: &str = "저장하지 않음";

/// What the file of a site holds, what its receiver learns, and what to ask before it goes.
#[must_use]
pub fn before_saving(plan: &Plan, made: &SiteFile) -> String {
    let shown = &made.shown;
    let n = shown.n.unwrap_or_default();
    let m = plan.design.limits.smallest_cell;
    let numbers = count_of_numbers(plan, shown);
    let mut text = format!(
        "이 파일에는 환자 파일의 영아 {n}명에 관한 수치 {numbers}개가 들어 있습니다. 행, 날짜, 이름은 들어 있지 않습니다."
    );
    if plan.design.sharing == Sharing::Masked {
        text += " 모든 수치에 마스크가 적용됩니다. 총괄 담당자가 알게 되는 것은 모든 기관의 총계입니다.";
        if let Some((before, after)) = neighbours(plan, &shown.site) {
            text += &format!(" 다만 두 기관({before}, {after})과 함께라면 이 기관의 마스크를 벗길 수 있습니다.");
        }
    } else {
        text += &format!(
            " 표시된 수치는 {m}명 미만의 환아에 근거하므로 제공하지 않습니다. 파일을 받는 사람은 환아와 사건의 수, 나열된 인원과 평균, 이 기관에서 \
             각 공변량과 결과의 관계를 알게 됩니다. 이 기관의 환자 대부분을 아는 사람은 나머지도 알아낼 수 있습니다."
        );
    }
    text += " 이 파일이 개인정보인지는 이 프로그램이 판단하지 않습니다. 그것은 받는 사람이 무엇을 알고 무엇을 얻을 수 있는지에 달려 있습니다. 개인정보 보호 \
             책임자에게 확인하십시오: 개인 식별을 금지하는 합의가 있습니까? 누가 파일을 받습니까? 이 환아들에 관한 다른 파일이 이전에 나간 적이 있습니까?";
    text
}

/// That earlier files could not be checked.
pub const NEW_LOG: &str = "이 파일부터 새 로그가 시작됩니다. 그 이전에 나간 파일은 이 파일과 대조할 수 없습니다. 로그는 누가 어느 군에 있었는지 알려 주므로 데이터만큼 \
     주의하여 보관하십시오.";

/// That many numbers were sent.
#[must_use]
pub fn many_numbers(sent: u64, values: u64) -> String {
    format!(
        "이 파일을 포함하여 이 환아들에 관한 수치가 모두 {sent}개 나갔습니다. 이 환아들의 값은 {values}개입니다. {values}개부터는 더 이상 아무것도 \
         나가지 않습니다."
    )
}

/// Levels that a site may take together, so that fewer counts are left out.
#[must_use]
pub fn may_merge(field: &str, levels: &[String]) -> String {
    format!(
        "계획서는 {field}의 수준({})을 합치는 것을 허용합니다. 합치면 제공하지 않는 인원이 줄어듭니다.",
        levels.join(", ")
    )
}

/// Levels that are together in the result.
#[must_use]
pub fn taken_together(field: &str, levels: &[String]) -> String {
    format!(
        "한 기관이 합쳐서 제공했으므로 {field}의 수준({})은 모든 기관에서 합쳐 다룹니다.",
        levels.join(", ")
    )
}

/// Why something is left out, by its code in the file.
#[must_use]
pub fn because(code: &str, limit: Option<f64>) -> String {
    let limit = limit.map(cotside_core::shortest).unwrap_or_default();
    match code {
        "smallest_cell" => format!("{limit} 미만의 인원, 또는 그것을 드러내는 인원"),
        "smallest_n" => format!("환자 {limit}명 미만"),
        "patients_per_column" => format!("공변량 열의 수에 비해 환자가 {limit}명 미만"),
        "smallest_events" => format!("사건 {limit}건 미만"),
        "largest_share" => "한 환아가 공변량 변동의 절반을 넘게 차지함".to_owned(),
        "largest_value" => "한 값이 합계의 거의 전부를 차지함".to_owned(),
        "precision_bits" => format!("환자가 {limit}명 미만인 경우로는 정밀도가 지나치게 높음"),
        "columns" => format!("환자 수가 적은데 공변량 열이 {limit}개를 초과함"),
        "difference" => "이미 알려진 다른 수치와 합치면 소수 환아의 합계가 드러남".to_owned(),
        "numbers" => "이 환아들의 값보다 많은 수치가 나가게 됨".to_owned(),
        "merges" => "군을 합쳤으므로 더 넓은 군의 이 검정은 더 세분된 군의 검정과 합산되지 않음".to_owned(),
        "site" => "이 기관의 선택으로 제공하지 않음".to_owned(),
        other => other.to_owned(),
    }
}
