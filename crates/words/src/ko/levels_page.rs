//! What the controls of groups and subsets are called.

use cotside_core::cohort::Join;

pub use crate::en::levels_page::MERGE_NONE;

/// The list of groups below “Group by”.
#[must_use]
pub fn levels_of(variable: &str) -> String {
    format!("{variable}의 군")
}

/// Patients whose value is not known.
#[must_use]
pub fn missing(count: usize) -> String {
    format!("결측 {count}명")
}

/// The mark of the group with which others are compared.
pub const REFERENCE: &str = "기준";
/// What the mark means.
pub const REFERENCE_MEANING: &str = "기준: 비와 차이는 이 군에 대한 것";

/// The name of the fold with the controls of one group.
#[must_use]
pub fn edit(group: &str) -> String {
    format!("{group} 편집")
}

/// The sign on that fold.
pub const EDIT: &str = "편집";
/// The name of a group.
pub const NAME: &str = "이름";
/// Buttons of one group.
pub const UP: &str = "위로";
/// See [`UP`].
pub const DOWN: &str = "아래로";
/// See [`UP`].
pub const MAKE_REFERENCE: &str = "기준으로 지정";
/// See [`UP`].
pub const SPLIT: &str = "나누기";
/// The list of the groups that one can be merged with.
pub const MERGE: &str = "합칠 군";
/// The button that puts everything back.
pub const RESET: &str = "군을 처음대로";

/// The fold of cut-points, with those that hold.
#[must_use]
pub fn cut_points(at: &str, source: &str) -> String {
    if source.is_empty() {
        format!("절단값: {at}")
    } else {
        format!("절단값: {at}({source})")
    }
}

/// The text field of cut-points.
pub const CUT_POINTS: &str = "절단값";
/// The buttons of usual cut-points.
pub const USUAL: &str = "통상적인 절단값";
/// Where a value at a limit belongs.
pub const AT_LIMIT: &str = "경계값과 같은 값";
/// It belongs to the upper group.
pub const UPPER: &str = "위 군에 포함(≥)";
/// It belongs to the lower group.
pub const LOWER: &str = "아래 군에 포함(≤)";
/// What is wrong with cut-points.
pub const NO_CUT: &str =
    "숫자를 쉼표로 구분하여 입력하십시오(예: 90, 180). 연령은 개월도 됩니다(예: 6 months). 또는 median(중앙값).";
/// The fold with the levels of variables that are not compared.
pub const OTHERS: &str = "다른 변수의 군";
/// The list of them.
pub const VARIABLE: &str = "변수";
/// No variable.
pub const CHOOSE: &str = "선택";

/// The conditions of the subset.
pub const SUBSET: &str = "대상 한정";
/// Without a condition.
pub const ALL_PATIENTS: &str = "모든 환자";
/// The button that opens the form of a condition.
pub const ADD_FILTER: &str = "+ 조건";
/// How conditions are joined.
pub const JOIN: &str = "다음 조건에 맞는 환자";
/// All of them.
pub const ALL_OF: &str = "모두 충족";
/// One of them.
pub const ANY_OF: &str = "하나 이상 충족";

/// The word between two conditions that are joined.
#[must_use]
pub const fn joined_by(join: Join) -> &'static str {
    match join {
        Join::All => "그리고",
        Join::Any => "또는",
    }
}

/// Takes a condition away.
#[must_use]
pub fn remove(condition: &str) -> String {
    format!("{condition} 빼기")
}

/// What is asked of a variable.
pub const TEST: &str = "조건";
/// Codes and words of what can be asked: of levels the first two, of numbers the others.
pub const TESTS: [(&str, &str); 6] = [
    ("is", "다음 중 하나"),
    ("is_not", "다음 중 어느 것도 아님"),
    ("below", "미만(<)"),
    ("at_least", "이상(≥)"),
    ("at_most", "이하(≤)"),
    ("above", "초과(>)"),
];
/// The levels that are asked for.
pub const VALUES: &str = "값";
/// The number that is asked for.
pub const NUMBER: &str = "값";
/// Where a new condition goes.
pub const COMBINE: &str = "조합 방법";

/// It goes beside the others.
#[must_use]
pub fn beside(word: &str) -> String {
    format!("{word}: 조건 추가")
}

/// It goes into a bracket with one of them.
#[must_use]
pub fn within(word: &str, condition: &str) -> String {
    format!("{word}: ‘{condition}’ 안에 추가")
}

/// The button that adds the condition.
pub const ADD: &str = "조건 추가";
/// The button that closes the form.
pub const CANCEL: &str = "취소";
/// Why nothing can be added.
pub const NO_VALUE: &str = "값을 하나 이상 선택하십시오.";
/// Why nothing can be added.
pub const NO_NUMBER: &str = "숫자를 입력하십시오(예: 90). 연령은 < 또는 ≥이면 개월도 됩니다(예: 6 months).";

/// Label.
pub const COLOUR: &str = "색";

/// Names of the colours of a palette, in their order.
#[must_use]
pub const fn colours(is_second: bool) -> &'static [&'static str; 8] {
    if is_second {
        &[
            "보라",
            "주황",
            "청록",
            "짙은 갈색",
            "적갈색",
            "연보라",
            "분홍",
            "짙은 남색",
        ]
    } else {
        &[
            "파랑",
            "주홍",
            "짙은 초록",
            "연자주",
            "하늘색",
            "황토색",
            "갈색",
            "남색",
        ]
    }
}
