//! The words of the results of the page of published evidence: heads of tables, lines of answers, captions of figures.

use cotside_core::cohort::TimeUnit;

use crate::decimal;
pub use crate::en::evidence_results::{
    CURVE_READ, KEY, N, NOT_REPORTED_SHORT, ONE_TIME, P, PERCENT, POOL_AXIS, POOL_TITLE, SE, STUDY_AND_POPULATION,
    SURVIVAL, diamond, pool_description, pooled_row, published_description, published_title, reconstructed_description,
    reconstructed_title, short_forms, standard_error, time_axis, without_time,
};

/// In place of what was not reported.
pub const NOT_REPORTED: &str = "報告なし";

// ---- Heads of tables and names of lines

/// The fold of the pairs of children whom a rule and others rank in opposite order.
#[must_use]
pub fn opposite_pairs(protocol: &str, count: usize) -> String {
    format!("{protocol}とほかの{count}のプロトコールが逆の順に並べる乳児（英語）")
}
/// What the pairs are.
pub const OPPOSITE_PAIRS: &str = "これらのプロトコールのそれぞれについて、可能な乳児のうち所見の違いが最も少ない二人：このプロトコールの規則は第一の\
     乳児を第二の乳児より高いリスクとし、他方のプロトコールの規則は低いリスクとする。";

/// Of a table.
pub const STUDY: &str = "研究";
/// Of a table.
pub const ENROLLED: &str = "登録年";
/// Of a table.
pub const ENDPOINT: &str = "エンドポイント";
/// Of a table.
pub const POPULATION: &str = "対象集団";
/// Of a table.
pub const YEARS: &str = "年";
/// Of a table.
pub const ESTIMATE: &str = "推定値";
/// Of a table.
pub const ESTIMATE_PERCENT: &str = "推定値（%）";
/// Of a table: its uncertainty as printed.
pub const SPREAD: &str = "SEまたは95%信頼区間";
/// Of a table.
pub const SOURCE: &str = "出典";
/// Of a table.
pub const CI: &str = "95%信頼区間";
/// Of a table.
pub const ID: &str = "ID";
/// The unit behind an estimate.
pub const UNIT: &str = "%";

// ---- The consistency check

/// Of a table: of which number of the study a check is.
pub const OF: &str = "対象";
/// Of a table: what was checked.
pub const CHECKED: &str = "確認した項目";
/// Of a table.
pub const RESULT: &str = "結果";
/// Of a table.
pub const ARITHMETIC: &str = "計算";

/// A percentage of a study that was checked, by the name of its column.
#[must_use]
pub fn checked_column(column: &str) -> String {
    match column {
        "complete_remission" => REMISSION.to_owned(),
        "induction_death" => INDUCTION_DEATH.to_owned(),
        "death_in_remission" => DEATH_IN_REMISSION.to_owned(),
        "transplanted" => TRANSPLANTED.to_owned(),
        other => other.replace('_', " "),
    }
}

// ---- Studies

/// Of a table: rearranged infants of those tested.
pub const KMT2A: &str = "KMT2A-r";
/// Of a table.
pub const AGE: &str = "年齢";
/// Which infants a study takes.
pub const ELIGIBLE: &str = "KMT2Aによる適格条件";
/// Of a table: how many there are.
pub const ESTIMATES: &str = "推定値";
/// The number of infants of a study.
pub const INFANTS: &str = "乳児数";
/// Rearranged infants of those tested.
pub const REARRANGED: &str = "検査例中のKMT2A再構成あり";
/// The age limit of a study.
pub const AGE_LIMIT: &str = "年齢の境界（原文）";
/// A rate of a study.
pub const REMISSION: &str = "完全寛解";
/// A rate of a study.
pub const INDUCTION_DEATH: &str = "寛解導入中の死亡";
/// A rate of a study.
pub const DEATH_IN_REMISSION: &str = "寛解中の死亡";
/// A rate of a study.
pub const TRANSPLANTED: &str = "移植施行";
/// From when time counts.
pub const TIME_ORIGIN: &str = "時間の起点";
/// What counts as an event.
pub const EVENT_DEFINITION: &str = "イベントの定義";
/// Leads back to the list.
pub const ALL_STUDIES: &str = "すべての研究";
/// Heading.
pub const SOURCES: &str = "出典とその確認方法";
/// Before a protocol's rule for transplant.
pub const TRANSPLANT: &str = "移植：";
/// A source in which none of the numbers was read.
pub const UNREAD_SOURCE: &str = " 研究自身の論文。これらの数値はいずれも、この論文では確認していない";

/// Heading of a study's estimates.
#[must_use]
pub fn estimates_of_study(count: usize) -> String {
    format!("{ESTIMATES}（{count}件）")
}

/// Leads to a protocol's page.
#[must_use]
pub fn rule_of(protocol: &str) -> String {
    format!("{protocol}の規則（条項ごと）")
}

/// Which infants a study takes, by the code of its table.
#[must_use]
pub fn eligible(kmt2a: &str) -> &str {
    match kmt2a {
        "any" => "KMT2Aを問わない",
        "rearranged" => "KMT2A再構成あり",
        "germline" => "KMT2A再構成なし",
        other => other,
    }
}

/// Rearranged infants of those tested.
#[must_use]
pub fn share_of(rearranged: u32, tested: u32, share: f64) -> String {
    format!("{}（{}%）", of_tested(rearranged, tested), decimal(100.0 * share, 1))
}

/// Rearranged infants of those tested, without their share.
#[must_use]
pub fn of_tested(rearranged: u32, tested: u32) -> String {
    format!("{rearranged}/{tested}")
}

/// An estimate of rearranged infants alone.
pub const ALL_REARRANGED: &str = "全例";
/// An estimate of germline infants alone.
pub const NONE_REARRANGED: &str = "なし";

/// A printed ± that is not certainly a standard error.
#[must_use]
pub fn undefined_spread(error: &str) -> String {
    format!("± {error}（定義なし）")
}

// ---- The study summary table

/// Heads of its columns.
pub const SUMMARY_HEADS: [&str; 10] = [
    YEARS,
    "N",
    "KMT2Ar/検査例（%）",
    "完全寛解（%）",
    "寛解導入中の死亡（%）",
    "寛解中の死亡（%）",
    "EFS（SE）（年）、全例",
    "EFS（SE）（年）、KMT2Ar",
    "OS（SE）（年）、全例",
    "HCT（%）",
];
/// Below it.
pub const SUMMARY_AS_PRINTED: &str = "記載のとおりに示す。MLL-10の抄録は66.2 (5.6) %を3年の率とし、CCG-1953自身の抄録は9.2を標準偏差とする：\
     各研究のページに計算を示す。";

/// The time of a rate of the table, in years.
#[must_use]
pub fn summary_time(years: u8) -> String {
    format!("({years}年)")
}

// ---- Comparison

/// Of a table: from what the difference is computed.
pub const SE_USED: &str = "用いた標準誤差";
/// A rate without one.
pub const NO_SE: &str = "なし：標準誤差がない";
/// Of a table.
pub const DIFFERENCE: &str = "差";

/// A standard error and where it comes from.
#[must_use]
pub fn se_used(error: &str, origin: &str) -> String {
    format!("{error}（{origin}）")
}

// ---- Pooling

/// A line.
pub const POOLED: &str = "統合した推定値";
/// A line.
pub const METHOD: &str = "方法";
/// A line.
pub const HETEROGENEITY: &str = "異質性";
/// Heading.
pub const WEIGHTS: &str = "重み";
/// Of a table: an estimate on the scale on which it is pooled.
pub const ON_SCALE: &str = "尺度上の値";
/// Of a table.
pub const SE_ORIGIN: &str = "SEの由来";
/// Of a table.
pub const WEIGHT: &str = "重み（%）";
/// Of a table.
pub const LEFT_OUT: &str = "除いた研究";
/// Of a table.
pub const I2: &str = "I²（%）";
/// Why there is no prediction interval.
pub const NO_PREDICTION: &str = "固定効果では推定できない";
/// Why there is no prediction interval.
pub const NO_PREDICTION_WITHOUT_INTERVAL: &str = "なし（区間がないため）";

/// Why nothing was pooled.
#[must_use]
pub fn not_pooled(why: &str) -> String {
    format!("統合していない：{why}。")
}

/// Why no estimate was left out in turn.
#[must_use]
pub fn not_done(why: &str) -> String {
    format!("行っていない：{why}。")
}

/// A percentage with what stands behind it: its interval, or why there is none.
#[must_use]
pub fn pooled_percent(estimate: &str, behind: &str) -> String {
    format!("{estimate}%（{behind}）")
}

/// The ends of an interval.
#[must_use]
pub fn ends(lower: &str, upper: &str) -> String {
    format!("{lower}～{upper}")
}

/// How estimates were pooled.
#[must_use]
pub fn pooled_how(estimates: usize, method: &str, test: &str, scale: &str) -> String {
    format!("推定値{estimates}件、{method}、{test}、尺度：{scale}")
}

/// How far the estimates differ: Q with its P, I², and τ² with its interval.
#[must_use]
pub fn heterogeneity(q: f64, df: u32, p: &str, i2: f64, [tau2, lower, upper]: [f64; 3]) -> String {
    format!(
        "Q = {}（自由度{df}）、{p}；I² = {}%；τ² = {}（{}）",
        decimal(q, 2),
        decimal(i2, 1),
        decimal(tau2, 4),
        ends(&decimal(lower, 4), &decimal(upper, 4))
    )
}

// ---- Reconstruction

/// A line.
pub const PATIENTS: &str = "患者";
/// A line.
pub const EVENTS: &str = "イベント";
/// A line.
pub const MEDIAN: &str = "中央値";
/// A median that the curve does not reach.
pub const NOT_REACHED: &str = "未到達";
/// No points were adjusted.
pub const NONE_ADJUSTED: &str = "なし";
/// Of a table.
pub const AT_RISK_AT: &str = "リスク集合の時点";
/// Of a table.
pub const PUBLISHED: &str = "公表値";
/// Of a table.
pub const RECONSTRUCTED: &str = "復元値";
/// What the file holds, before and behind the link to the page for cohorts.
pub const FILE_NOTE: [&str; 3] = [
    "列「origin」はどの行でもreconstructedである。このファイルは「",
    "コホートの解析",
    "」で開くことができる。",
];
/// The reconstructed curve of a group without a name.
pub const CURVE_RECONSTRUCTED: &str = "復元";
/// What the lines of points hold.
pub const POINT_LINES: (&str, &str) = ("点", "時間と生存率（例：0.3, 95）");
/// What the lines of numbers at risk hold.
pub const AT_RISK_LINES: (&str, &str) = ("リスク集合の人数", "時間と人数（例：1: 40）");
/// The same where the number is not whole.
pub const AT_RISK_WHOLE: (&str, &str) = ("リスク集合の人数", "整数の人数（例：1: 40）");
/// What the field of events takes.
pub const EVENTS_WHOLE: (&str, &str) = ("イベント数", "整数（例：35）");
/// A curve cannot be traced before the axes are marked.
pub const MARK_AXES_FIRST: &str = "先に軸を指定する";
/// A picture that cannot be traced.
pub const PICTURE_TOO_LARGE: &str = "画像が大きすぎる";

/// Why a curve was not traced.
#[must_use]
pub fn not_traced(why: &str) -> String {
    format!("曲線をたどれなかった：{why}。")
}

/// Why marks are not read.
#[must_use]
pub fn marks_not_read(why: &str) -> String {
    format!("印を読み取れない：{why}。")
}

/// A line that is not what it should be; `of` is the list and what its lines hold.
#[must_use]
pub fn line_not_accepted((of, accepted): (&str, &str), line: &str) -> String {
    format!("{of}：「{line}」は受け付けられない。必要な入力：{accepted}。")
}

/// Why nothing was reconstructed.
#[must_use]
pub fn not_reconstructed(why: &str) -> String {
    format!("復元していない：{why}。")
}

/// What is said of one of several groups or curves.
#[must_use]
pub fn of_group(group: &str, text: &str) -> String {
    format!("{group}：{text}")
}

/// The events of the reconstruction, beside the published number where there is one.
#[must_use]
pub fn events(found: u32, published: Option<u32>) -> String {
    published.map_or_else(
        || found.to_string(),
        |published| format!("{found}（公表値{published}）"),
    )
}

/// A unit of time behind a number.
#[must_use]
pub fn unit(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Days => "日",
        TimeUnit::Weeks => "週",
        TimeUnit::Months => "か月",
        TimeUnit::Years => "年",
    }
}

/// A time with its unit.
#[must_use]
pub fn time_in(time: &str, unit: TimeUnit) -> String {
    format!("{time}{}", self::unit(unit))
}

/// How close the fit is, in per cent of survival.
#[must_use]
pub fn fit_error(percent: &str, points: usize) -> String {
    format!("生存率で{percent}、{points}点について")
}

/// How many points were adjusted.
#[must_use]
pub fn points_adjusted(count: usize, most: &str) -> String {
    match count {
        0 => NONE_ADJUSTED.to_owned(),
        count => format!("{count}点、最大{most}"),
    }
}

/// Title of a table without a heading, in a document.
pub const TABLE_TITLE: &str = "公表された推定値";

/// The last line under a table in a document.
#[must_use]
pub fn table_source(version: &str) -> String {
    format!("公表された推定値はCotside {version}の収載による。各行に出典を示す。")
}
