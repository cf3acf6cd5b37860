//! The words of pairs of groups and of differences between their cumulative incidences.

use crate::decimal;
use crate::en::p_in_sentence;

// What is printed.
pub use crate::en::incidence_comparison::methods;

/// Heading.
pub const PAIRS: &str = "群の組合せ、Gray検定";
/// Name of the setting.
pub const CORRECTION: &str = "組合せのPの補正";
/// Of a table.
pub const P_CORRECTED: &str = "補正後のP";
/// Below the differences.
pub const DIFFERENCES_KEY: &str = "Aalen–Johansen推定値の差、パーセントポイント。分散は2群の分散の和、区間とPは変換しない尺度による。曲線を見た後に\
     時点を選ぶと、Pは小さくなりすぎる。";

/// A correction by its code in files.
#[must_use]
pub fn correction(code: &str) -> &'static str {
    match code {
        "holm" => "Holm",
        "bonferroni" => "Bonferroni",
        "none" => "なし",
        _ => "",
    }
}

/// Below the table of pairs.
#[must_use]
pub fn pairs_key(correction: &str) -> String {
    let corrected = match correction {
        "none" => "P値は組合せの数について補正していない",
        "bonferroni" => "P値は組合せの数について、原因ごとにBonferroni法で補正した",
        _ => "P値は組合せの数について、原因ごとにHolm法で補正した",
    };
    format!("各組合せは、その2群の患者だけで検定する。{corrected}。")
}

/// Heading of the differences.
#[must_use]
pub fn differences_from(reference: &str) -> String {
    format!("累積発生率の差、各群 − {reference}")
}

/// Two groups.
#[must_use]
pub fn pair(first: &str, second: &str) -> String {
    format!("{first}と{second}")
}

/// Head of the differences at a time.
#[must_use]
pub fn points_at(years: f64, ci: &str) -> String {
    format!("{}年、ポイント（{ci}）", decimal(years, 2))
}

/// A difference with its P.
#[must_use]
pub fn with_p(difference: &str, p: f64) -> String {
    format!("{difference}、{}", p_in_sentence(p))
}

/// A difference without a variance.
#[must_use]
pub fn without_interval(points: &str) -> String {
    format!("{points}（区間なし）")
}

/// Something about one cause.
#[must_use]
pub fn of_cause(cause: &str, what: &str) -> String {
    format!("{cause}：{what}")
}

/// Why there are no intervals.
#[must_use]
pub fn no_intervals(reasons: &[String]) -> String {
    format!("区間もPもない：{}。", reasons.join("。"))
}
