//! The words of the teaching example of pooled analyses.

use cotside_core::federated::Sharing;

use super::combine_results::small;

/// What the example is.
pub const EXAMPLE_IS: &str = "学習用の例：4施設（AからD）の乳児120人の模擬データ。各手順を4施設で行うとおりにここで行う。何もこのページの外に出ない。";
/// Heading of a step.
pub const STEP_PLAN: &str = "1. 取りまとめ役が計画書を作成する";
/// Heading of a step.
pub const STEP_SITES: &str = "2. 各施設が合計値を提供する";
/// Heading of a step.
pub const STEP_ROUNDS: &str = "3. 取りまとめ役がラウンドごとに統合する";
/// Heading of a step.
pub const STEP_RESULT: &str = "4. 結果と、全行への当てはめとの比較";
/// Heading of what the coordinator saw.
pub const COORDINATOR_SAW: &str = "取りまとめ役に見えた各施設の内容";
/// The plan of the example.
pub const EXAMPLE_PLAN: &str = "無イベント生存。白血球数の常用対数（log10）、診断時年齢183日未満、KMT2Aを、施設で層別した1つのCoxモデルに入れる。計画書は4施設すべてに送られる。";
/// Sharing of the example.
pub const EXAMPLE_PER_SITE: &str = "取りまとめ役には各施設の合計値が見えるため、施設ごとに厳しい制限がかかる。";
/// Sharing of the example.
pub const EXAMPLE_MASKED: &str = "すべての数値にマスクがかかる：各施設は自施設の鍵の数値を足し、1つ前の施設の鍵の数値を引くため、総計では打ち消し合う。乳児10人でも参加できる。";

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
        many => format!("、非提供{many}項目"),
    };
    let why = why
        .map(|why| format!("Coxモデルには加わらない：{why}。"))
        .unwrap_or_default();
    format!("{site}：乳児{n}人、イベント{events}件。数値{numbers}個を保存{left_out}。{why}")
}

/// A hospital without a file.
#[must_use]
pub fn example_refused(site: &str, (n, events): (usize, usize), why: &str) -> String {
    format!("{site}：乳児{n}人、イベント{events}件。ファイルなし：{why}")
}

/// Unfolds the plan.
pub const SHOW_PLAN: &str = "計画書を表示";

/// Column.
pub const ROUND: &str = "ラウンド";
/// Column.
pub const DECREMENT: &str = "Newton減少量";
/// Column: the distance to the fit to all rows.
pub const DISTANCE: &str = "全行への当てはめとの差（SE）";
/// Column.
pub const BOUND: &str = "差の上限（SE）";
/// In a cell.
pub const NO_BOUND: &str = "まだない";
/// Column.
pub const COMBINED_HR: &str = "ファイルによる統合";
/// Column.
pub const POOLED_HR: &str = "これらの施設の全行への当てはめ";

/// Patients and events of the example's result.
#[must_use]
pub fn example_result(n: u64, events: u64, sites: usize) -> String {
    format!("{sites}施設の乳児{n}人、イベント{events}件。")
}

/// Where both are equal.
#[must_use]
pub fn example_distance(distance: f64) -> String {
    format!(
        "両者の差は最大で標準誤差の{}倍。全行への当てはめは、Rと同じく、次の反復で約1e-9しか変わらないところで終わる。",
        small(distance)
    )
}
