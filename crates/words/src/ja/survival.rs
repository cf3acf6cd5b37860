//! Why groups are not tested, in words.

use cotside_core::survival::{LabelsError, MOST_GROUPS, NoRankTest, RankTestError};

/// Why there is no rank test and what would be accepted.
#[must_use]
pub fn rank_test_error(error: RankTestError) -> String {
    match error {
        RankTestError::Groups(error) => format!("群：{}", labels_error(error)),
        RankTestError::Strata(error) => format!("層：{}", labels_error(error)),
        RankTestError::OneGroup => "欠測のない行に群が一つしかない。検定には二つ以上が必要".to_owned(),
        RankTestError::TooManyGroups { found } => {
            format!("群が{found}個ある。検定できるのは{MOST_GROUPS}個まで")
        }
        RankTestError::Weighted => "行に重みがある。この検定は重みのない行に用いる".to_owned(),
        RankTestError::TooLongToPermute { groups } => format!(
            "{groups}群でこれほど多くのイベント時点があると、並べ替え検定に数分かかる。群をまとめるか、--exactを除く。カイ二乗検定はこの規模の\
             標本のためのものである"
        ),
        RankTestError::BadExponent => "rhoとgammaは0以上の有限の数値でなければならない".to_owned(),
    }
}

/// Why patients of whom nothing differs have no rank test, in words that fit behind "no test:".
#[must_use]
pub fn no_rank_test(why: NoRankTest) -> &'static str {
    match why {
        NoRankTest::NoEvent => "イベントなし",
        NoRankTest::NoVariance => {
            "どのイベントの時点でも、リスク集合の全員が一つの群に属するか、全員にイベントが起きるか、重みが0である"
        }
    }
}

/// Why labels do not fit the rows.
#[must_use]
pub fn labels_error(error: LabelsError) -> String {
    match error {
        LabelsError::Length { expected, found } => {
            format!("{expected}行に対してラベルが{found}個ある。1行に一つのラベルが必要")
        }
        LabelsError::UnknownCode { row } => format!("{}行目のラベルに名前がない", row + 1),
    }
}
