//! Why groups are not tested, in words.

use cotside_core::survival::{LabelsError, MOST_GROUPS, NoRankTest, RankTestError};

/// Why there is no rank test and what would be accepted.
#[must_use]
pub fn rank_test_error(error: RankTestError) -> String {
    match error {
        RankTestError::Groups(error) => format!("군: {}", labels_error(error)),
        RankTestError::Strata(error) => format!("층: {}", labels_error(error)),
        RankTestError::OneGroup => "결측이 없는 행에 군이 하나뿐임(검정에는 둘 이상이 필요)".to_owned(),
        RankTestError::TooManyGroups { found } => {
            format!("군이 {found}개임(검정은 {MOST_GROUPS}개까지 가능)")
        }
        RankTestError::Weighted => "행에 가중치가 있음(이 검정은 가중치가 없는 행에 사용)".to_owned(),
        RankTestError::TooLongToPermute { groups } => format!(
            "군이 {groups}개이고 사건 시점이 이렇게 많으면 순열 검정에 몇 분이 걸림, 군을 합치거나 --exact를 뺌(카이제곱 검정은 이만한 크기의 \
             표본을 위한 것임)"
        ),
        RankTestError::BadExponent => "rho와 gamma는 0 이상의 유한한 수여야 함".to_owned(),
    }
}

/// Why patients of whom nothing differs have no rank test, in words that fit behind "no test:".
#[must_use]
pub fn no_rank_test(why: NoRankTest) -> &'static str {
    match why {
        NoRankTest::NoEvent => "사건 없음",
        NoRankTest::NoVariance => {
            "어느 사건 시점에서나 위험 대상자가 모두 한 군에 속하거나, 모두에게 사건이 일어나거나, 가중치가 0임"
        }
    }
}

/// Why labels do not fit the rows.
#[must_use]
pub fn labels_error(error: LabelsError) -> String {
    match error {
        LabelsError::Length { expected, found } => {
            format!("행 {expected}개에 라벨이 {found}개임(행마다 라벨 하나가 필요)")
        }
        LabelsError::UnknownCode { row } => format!("{}행의 라벨에 이름이 없음", row + 1),
    }
}
