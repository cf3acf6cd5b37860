//! What the controls of groups and subsets are called.

use cotside_core::cohort::Join;

pub use crate::en::levels_page::MERGE_NONE;

/// The list of groups below “Group by”.
#[must_use]
pub fn levels_of(variable: &str) -> String {
    format!("{variable}の群")
}

/// Patients whose value is not known.
#[must_use]
pub fn missing(count: usize) -> String {
    format!("欠測 {count}例")
}

/// The mark of the group with which others are compared.
pub const REFERENCE: &str = "基準";
/// What the mark means.
pub const REFERENCE_MEANING: &str = "基準：比と差はこの群に対するもの";

/// The name of the fold with the controls of one group.
#[must_use]
pub fn edit(group: &str) -> String {
    format!("{group}を編集")
}

/// The sign on that fold.
pub const EDIT: &str = "編集";
/// The name of a group.
pub const NAME: &str = "名称";
/// Buttons of one group.
pub const UP: &str = "上へ";
/// See [`UP`].
pub const DOWN: &str = "下へ";
/// See [`UP`].
pub const MAKE_REFERENCE: &str = "基準にする";
/// See [`UP`].
pub const SPLIT: &str = "分ける";
/// The list of the groups that one can be merged with.
pub const MERGE: &str = "まとめる相手";
/// The button that puts everything back.
pub const RESET: &str = "群を元に戻す";

/// The fold of cut-points, with those that hold.
#[must_use]
pub fn cut_points(at: &str, source: &str) -> String {
    if source.is_empty() {
        format!("カットオフ値：{at}")
    } else {
        format!("カットオフ値：{at}（{source}）")
    }
}

/// The text field of cut-points.
pub const CUT_POINTS: &str = "カットオフ値";
/// The buttons of usual cut-points.
pub const USUAL: &str = "通常のカットオフ値";
/// Where a value at a limit belongs.
pub const AT_LIMIT: &str = "境界値ちょうどの値";
/// It belongs to the upper group.
pub const UPPER: &str = "上の群に含める（≥）";
/// It belongs to the lower group.
pub const LOWER: &str = "下の群に含める（≤）";
/// What is wrong with cut-points.
pub const NO_CUT: &str =
    "数値をコンマで区切って入力する（例：90, 180）。年齢は月でもよい（例：6 months）。または median（中央値）。";
/// The fold with the levels of variables that are not compared.
pub const OTHERS: &str = "ほかの変数の群";
/// The list of them.
pub const VARIABLE: &str = "変数";
/// No variable.
pub const CHOOSE: &str = "選択";

/// The conditions of the subset.
pub const SUBSET: &str = "対象の限定";
/// Without a condition.
pub const ALL_PATIENTS: &str = "全患者";
/// The button that opens the form of a condition.
pub const ADD_FILTER: &str = "+ 条件";
/// How conditions are joined.
pub const JOIN: &str = "次の条件に合う患者";
/// All of them.
pub const ALL_OF: &str = "すべてを満たす";
/// One of them.
pub const ANY_OF: &str = "いずれかを満たす";

/// The word between two conditions that are joined.
#[must_use]
pub const fn joined_by(join: Join) -> &'static str {
    match join {
        Join::All => "かつ",
        Join::Any => "または",
    }
}

/// Takes a condition away.
#[must_use]
pub fn remove(condition: &str) -> String {
    format!("{condition}を外す")
}

/// What is asked of a variable.
pub const TEST: &str = "条件";
/// Codes and words of what can be asked: of levels the first two, of numbers the others.
pub const TESTS: [(&str, &str); 6] = [
    ("is", "次のいずれか"),
    ("is_not", "次のいずれでもない"),
    ("below", "未満（<）"),
    ("at_least", "以上（≥）"),
    ("at_most", "以下（≤）"),
    ("above", "超（>）"),
];
/// The levels that are asked for.
pub const VALUES: &str = "値";
/// The number that is asked for.
pub const NUMBER: &str = "値";
/// Where a new condition goes.
pub const COMBINE: &str = "組み合わせ方";

/// It goes beside the others.
#[must_use]
pub fn beside(word: &str) -> String {
    format!("{word}：条件を追加")
}

/// It goes into a bracket with one of them.
#[must_use]
pub fn within(word: &str, condition: &str) -> String {
    format!("{word}：「{condition}」の中に追加")
}

/// The button that adds the condition.
pub const ADD: &str = "条件を追加";
/// The button that closes the form.
pub const CANCEL: &str = "取り消し";
/// Why nothing can be added.
pub const NO_VALUE: &str = "値を一つ以上選ぶ。";
/// Why nothing can be added.
pub const NO_NUMBER: &str = "数値を入力する（例：90）。年齢は<または≥であれば月でもよい（例：6 months）。";

/// Label.
pub const COLOUR: &str = "色";

/// Names of the colours of a palette, in their order.
#[must_use]
pub const fn colours(is_second: bool) -> &'static [&'static str; 8] {
    if is_second {
        &["紫", "橙", "青緑", "こげ茶", "赤さび色", "薄青紫", "桃色", "濃紺"]
    } else {
        &["青", "朱色", "濃い緑", "藤色", "空色", "黄土色", "茶色", "紺"]
    }
}
