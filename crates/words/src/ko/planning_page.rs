//! The words of the page on which a study is planned.

pub use crate::en::planning_page::{FIGURE, NONE, figure, formula, printed, taken};

/// What the page does, and that it does not advise.
pub const LEAD: &str = "계획하는 연구의 사건 수, 환자 수, 검정력입니다. 수치는 아래의 가정에서 나온 것일 뿐이며, 연구 설계에 대한 조언이 아닙니다. 아무것도 \
     전송하지 않습니다.";
/// The heading of the form.
pub const ASSUMPTIONS: &str = "가정";
/// The heading of the answer.
pub const ANSWER: &str = "결과";
/// A setting.
pub const DESIGN: &str = "설계";
/// A setting.
pub const SOUGHT: &str = "계산할 것";
/// A setting.
pub const EFFECT: &str = "효과를 주는 방식";
/// A setting.
pub const SIZE: &str = "규모를 주는 방식";
/// A setting.
pub const DIRECTION: &str = "효과의 방향";
/// A setting.
pub const SIDES: &str = "검정";
/// A setting.
pub const FORMULA: &str = "사건 수의 계산식";
/// A group of fields.
pub const FIRST_GROUP: &str = "첫째 군";
/// The same for one group.
pub const FIXED: &str = "고정된 생존율";
/// A group of fields.
pub const COMPARISON: &str = "비교";
/// A group of fields.
pub const RECRUITMENT: &str = "등록과 추적";
/// A list: a study of the catalogue.
pub const BASELINE_STUDY: &str = "발표된 추정치: 연구";
/// A list: an estimate of that study.
pub const BASELINE: &str = "추정치";
/// No published estimate is taken.
pub const NO_BASELINE: &str = "없음: 값을 직접 입력";
/// The name of a field that may be empty.
#[must_use]
pub fn optional(name: &str) -> String {
    format!("{name}(선택)")
}
/// Instead of an answer.
pub const CORRECT: &str = "결과 없음: 표시된 항목을 고칩니다.";
/// Over the sentences.
pub const SENTENCE: &str = "연구계획서에 쓸 문장(영어)";
/// Over the table.
pub const NEARBY: &str = "가까운 가정에서의 결과";
/// Over the formulas.
pub const METHOD: &str = "계산식과 출처";
/// Over the code.
pub const R_CODE: &str = "R 코드";
/// What the code does.
pub const R_NOTE: &str = "패키지 없는 기본 R입니다. 결과를 다시 계산하고 다르면 멈춥니다.";
/// Unfolds the code.
pub const SHOW_R: &str = "코드 보기";
/// Saves the code.
pub const SAVE_R: &str = "R 코드 저장";
/// Saves the table.
pub const SAVE_NEARBY: &str = "표 저장(CSV)";
/// Copies a text.
pub const COPY: &str = "복사";

/// Numbers over the sentence.
pub mod number {
    /// Events.
    pub const EVENTS: &str = "사건 수";
    /// Events where patients are given.
    pub const EVENTS_EXPECTED: &str = "예상 사건 수";
    /// Patients.
    pub const PATIENTS: &str = "환자 수";
    /// Power.
    pub const POWER: &str = "검정력";
    /// Hazard ratio.
    pub const HAZARD_RATIO: &str = "위험비";
    /// Survival of one group that is detected.
    pub const DETECTED: &str = "검출할 생존율";
    /// Years of recruitment.
    pub const RECRUITMENT: &str = "등록 기간";
}

/// A design by its code.
#[must_use]
pub fn design(code: &str) -> &'static str {
    match code {
        "one-group" => "한 군, 고정된 생존율과 비교",
        _ => "두 군, 로그순위 검정",
    }
}

/// What is sought by its code.
#[must_use]
pub fn sought(code: &str) -> &'static str {
    match code {
        "power" => "검정력",
        "effect" => "검출할 수 있는 효과",
        _ => "필요 환자 수",
    }
}

/// How the effect is given, by its code.
#[must_use]
pub fn effect(code: &str) -> &'static str {
    match code {
        "survival" => "둘째 군의 생존율",
        _ => "위험비",
    }
}

/// What the size counts, by its code.
#[must_use]
pub fn size(code: &str) -> &'static str {
    match code {
        "events" => "사건 수",
        _ => "환자 수",
    }
}

/// A direction by its code.
#[must_use]
pub fn direction(code: &str) -> &'static str {
    match code {
        "worse" => "더 낮은 생존율",
        _ => "더 높은 생존율",
    }
}

/// Sides of the test by their code.
#[must_use]
pub fn sides(code: &str) -> &'static str {
    match code {
        "one" => "단측",
        _ => "양측",
    }
}

/// A field by its code; `two` where the design has two groups.
#[must_use]
pub fn field(code: &str, two: bool) -> &'static str {
    match (code, two) {
        ("survival", true) => "첫째 군의 생존율, %",
        ("survival", false) => "고정된 생존율, %",
        ("time", _) => "시점, 년",
        ("hazard-ratio", _) => "첫째 군에 대한 둘째 군의 위험비",
        ("second-survival", true) => "같은 시점에서 둘째 군의 생존율, %",
        ("second-survival", false) => "검출할 생존율, %",
        ("power", _) => "검정력, %",
        ("patients", _) => "전체 환자 수",
        ("events", _) => "두 군의 사건 수",
        ("alpha", _) => "유의수준 α",
        ("second", _) => "둘째 군 환자의 비율, %",
        ("per-year", _) => "연간 환자 수",
        ("accrual", _) => "등록 기간, 년",
        ("follow-up", _) => "마지막 등록 후 추적 기간, 년",
        _ => "연간 추적 소실, %",
    }
}

/// What follows where an optional field is empty.
#[must_use]
pub fn hint(code: &str) -> &'static str {
    match code {
        "accrual" => "비워 두면: 환자 수를 연간 환자 수로 나눈 값. 이 값들이 없으면 등록 기간 없음.",
        "follow-up" => "비워 두면: 생존율의 시점.",
        _ => "",
    }
}

/// What a field takes.
#[must_use]
pub fn accepts(code: &str) -> &'static str {
    match code {
        "survival" | "second-survival" | "second" => "0보다 크고 100보다 작은 수(예: 50)",
        "power" => "0보다 크고 100보다 작은 수(예: 80)",
        "hazard-ratio" => "0보다 크고 1이 아닌 수(예: 0.6)",
        "patients" | "events" => "1 이상의 정수(예: 200)",
        "alpha" => "0보다 크고 1보다 작은 수(예: 0.05)",
        "loss" => "0 이상 100 미만의 수(예: 5)",
        "accrual" | "follow-up" => "0 이상의 수(예: 3)",
        _ => "0보다 큰 수(예: 4)",
    }
}

/// A field that is needed is empty.
#[must_use]
pub fn missing(code: &str) -> String {
    format!("입력 필요: {}.", accepts(code))
}

/// A field holds something else; with a decimal point.
#[must_use]
pub fn not_a_number(code: &str) -> String {
    format!(
        "수가 아닙니다. 입력할 수 있는 값: {}. 소수점은 ‘.’으로 씁니다.",
        accepts(code)
    )
}

/// A number is out of range.
#[must_use]
pub fn out_of_range(code: &str) -> String {
    format!("범위를 벗어났습니다. 입력할 수 있는 값: {}.", accepts(code))
}

/// Both survival proportions are one.
pub const SAME: &str = "다른 생존율과 같아 검출할 효과가 없습니다. 다른 값을 입력합니다.";
/// The power is not above the level.
pub const BELOW_ALPHA: &str = "유의수준보다 크지 않습니다. 더 높은 검정력을 입력합니다(예: 80).";

/// Heads of the table of nearby assumptions.
pub mod nearby {
    /// Rows of hazard ratios.
    pub const HAZARD_RATIO: &str = "위험비";
    /// Rows of patients.
    pub const PATIENTS: &str = "환자 수";
    /// Rows of events.
    pub const EVENTS: &str = "사건 수";
    /// Rows of survival to detect.
    pub const DETECT: &str = "검출할 생존율";
    /// A column where no survival is given.
    pub const RESULT: &str = "결과";

    /// A column of survival in the first group.
    #[must_use]
    pub fn first(percent: &str) -> String {
        format!("첫째 {percent}")
    }

    /// A column of fixed survival.
    #[must_use]
    pub fn fixed(percent: &str) -> String {
        format!("고정 {percent}")
    }

    /// What the columns are where two groups are compared.
    pub const FIRST_COLUMNS: &str = "열: 첫째 군의 생존율.";
    /// What they are for one group.
    pub const FIXED_COLUMNS: &str = "열: 고정된 생존율.";

    /// What the cells hold.
    #[must_use]
    pub fn holds(sought: &str, patients: bool, years: bool) -> &'static str {
        match (sought, patients, years) {
            ("size", true, true) => "셀: 환자 수와, 입력한 연간 환자 수에서의 등록 기간(년).",
            ("size", true, false) => "셀: 환자 수.",
            ("size", false, _) => "셀: 사건 수.",
            ("power", _, _) => "셀: 검정력.",
            _ => "셀: 검출되는 효과.",
        }
    }

    /// Patients with years of recruitment.
    #[must_use]
    pub fn with_years(patients: &str, years: &str) -> String {
        format!("{patients}({years}년)")
    }
}

/// A number over the sentence: the probability that follow-up lasts to the time of the survival.
pub const FOLLOWED: &str = "그 시점까지 추적";
