//! The words of the results of pooled analyses by files.

use cotside_core::federated::{Input, Outcome, Sharing};

use super::combine_files::time_unit;
use crate::{decimal, fixed, signed, significant};

// What is printed in a figure, and signs.
pub use crate::en::combine_results::{
    ALL_SITES, CHI2, FOREST_CAPTION, HR_AXIS, I2, P, Q, STD_ERR, TAU2, forest_description, forest_title, group_of,
    incidence_description, range, survival_caption, survival_description, survival_title,
};

/// Without a plan.
pub const COMBINE_NEEDS_PLAN: &str = "計画書と、その施設の合計値のファイルを開く。一度に開いても、順に開いてもよい。";
/// Without sums.
pub const COMBINE_NEEDS_SUMS: &str = "この計画書の合計値のファイルはまだ開かれていない。";
/// Column.
pub const SITE: &str = "施設";
/// Column.
pub const N: &str = "患者";
/// Column.
pub const EVENTS: &str = "イベント";
/// Column.
pub const ROUNDS: &str = "ラウンド";
/// Column.
pub const THIS_ROUND: &str = "このラウンド";
/// In a cell.
pub const USED: &str = "使用";
/// In a cell.
pub const MISSING: &str = "なし";
/// In a cell: not known.
pub const HIDDEN: &str = "非表示";

/// Which sites are missing.
#[must_use]
pub fn missing(sites: &[String], sharing: Sharing) -> String {
    let list = sites.join("、");
    match sharing {
        Sharing::PerSite => format!("{list}のこのラウンドのファイルがない。結果は他の施設のものである。"),
        Sharing::Masked => {
            format!("{list}のこのラウンドのファイルがない。マスクは全施設の総計でのみ打ち消し合う。")
        }
    }
}

/// Where the rounds stand.
#[must_use]
pub fn status(outcome: &Outcome, has_next: bool) -> String {
    let rounds = format!("{}ラウンド完了", outcome.rounds);
    match (outcome.cox.is_some(), outcome.converged, has_next) {
        (false, ..) => format!("{rounds}。これ以上のラウンドは不要である。"),
        (true, true, _) => format!("{rounds}。Coxモデルは収束した。これ以上のラウンドは不要である。"),
        (true, false, true) => {
            format!("{rounds}。Coxモデルには次のラウンドが必要である。次の計画書を保存して各施設に送る。")
        }
        (true, false, false) => {
            format!("{rounds}。Coxモデルは収束しておらず、これ以上のラウンドは計画されていない。")
        }
    }
}

/// Saves the result.
pub const SAVE_RESULT: &str = "結果を保存（JSON）";
/// Saves the script.
pub const SAVE_R: &str = "Rスクリプトを保存";
/// Heading.
pub const COX: &str = "Coxモデル（施設で層別）";
/// Heading.
pub const COX_GRID: &str = "Coxモデル（近似）";
/// Column.
pub const COVARIATE: &str = "共変量";
/// Column.
pub const HAZARD_RATIO: &str = "ハザード比（95%信頼区間）";
/// Column.
pub const COEFFICIENT: &str = "係数";
/// In a cell without a finite estimate.
pub const NO_ESTIMATE: &str = "有限の推定値なし";

/// Patients, events and ties.
#[must_use]
pub fn cox_of(n: Option<u64>, events: Option<u64>, ties: &str, cells: Option<u64>) -> String {
    let known = |count: Option<u64>| count.map_or_else(|| HIDDEN.to_owned(), |count| count.to_string());
    let how = match (ties, cells) {
        (_, Some(cells)) => format!("リスク集合は{cells}区間で平均"),
        ("breslow", _) => "同時刻のイベントはBreslow法".to_owned(),
        _ => "同時刻のイベントはEfron法".to_owned(),
    };
    format!("患者：{}、イベント：{}。{how}。", known(n), known(events))
}

/// How near the estimates are to the fit of all rows together.
#[must_use]
pub fn bound(bound: Option<f64>, rounding: f64) -> String {
    let bound = match bound {
        Some(bound) => format!(
            "各係数と、統合した行への当てはめとの差は、標準誤差の{}倍以内",
            bound_in_words(bound)
        ),
        None => "統合した行への当てはめとの差の上限はまだない".to_owned(),
    };
    if rounding > 0.0 {
        format!("{bound}。丸めによる変動は標準誤差の約{}倍。", small(rounding))
    } else {
        format!("{bound}。丸めた合計値はない。")
    }
}

/// A bound, in standard errors; below 1e-10 it is of the arithmetic rather than of the method.
#[must_use]
pub fn bound_in_words(bound: f64) -> String {
    small(bound.max(1e-10))
}

/// A hazard ratio with its interval.
#[must_use]
pub fn ratio(ratio: f64, interval: Option<(f64, f64)>) -> String {
    let shown = |value: f64| fixed(value, 2);
    match interval {
        Some((low, high)) => format!("{}（{}–{}）", shown(ratio), shown(low), shown(high)),
        None => shown(ratio),
    }
}

/// Under a table that is copied or saved.
#[must_use]
pub fn source(study: &str, design: &str) -> String {
    format!("統合解析 {study}、設計 {design}")
}

/// A small number: three digits, or a power of ten.
#[must_use]
pub fn small(value: f64) -> String {
    match value {
        value if value < 1e-10 => "1e-10未満".to_owned(),
        value if value < 1e-4 => format!("{value:.1e}"),
        value => significant(value),
    }
}

/// The distance after one round.
#[must_use]
pub fn one_round(distance: f64) -> String {
    format!(
        "1ラウンド後の推定値とこの推定値との差は、標準誤差の{}倍であった。",
        significant(distance)
    )
}

/// The Newton decrement of each round.
#[must_use]
pub fn decrements(all: &[Option<f64>]) -> String {
    let each: Vec<String> = all
        .iter()
        .map(|each| each.map_or_else(|| "なし".to_owned(), small))
        .collect();
    format!("ラウンドごとのNewton減少量：{}。", each.join("、"))
}

/// A chi-square test: "Wald: χ² 7.90, 3 df, P = 0.048".
#[must_use]
pub fn chi2(name: &str, chi2: f64, df: u32, p: &str) -> String {
    format!("{name}：χ² {}、自由度{df}、{p}", decimal(chi2, 2))
}

/// A test.
pub const SCORE_TEST: &str = "スコア検定";
/// A test.
pub const WALD_TEST: &str = "Wald検定";
/// A test.
pub const LR_TEST: &str = "尤度比検定";
/// A test computed along the rounds.
pub const LR_TEST_APPROXIMATE: &str = "尤度比検定（近似）";
/// Heading.
pub const HETEROGENEITY: &str = "施設間の差";

/// Cochran's Q.
#[must_use]
pub fn q(q: f64, df: u32, p: &str) -> String {
    format!(
        "CochranのQ {}、自由度{df}、{p}：係数が全施設で等しいことの検定。",
        decimal(q, 2)
    )
}

/// Heading.
pub const TWO_STAGE: &str = "比較のための2段階統合";
/// With two hospitals.
pub const TWO_STAGE_NEEDS: &str = "係数ごとの統合には、少なくとも3施設の当てはめが必要である。";
/// Column.
pub const METHOD: &str = "方法";
/// Column.
pub const ONE_MODEL: &str = "全施設の1つのモデル";

/// A method of pooling.
#[must_use]
pub fn pooling(method: &str, test: &str) -> String {
    let method = match method {
        "fixed" => "固定効果",
        "dl" => "変量効果（DerSimonian–Laird）",
        "reml" => "変量効果（REML）",
        other => other,
    };
    match test {
        "knha" => format!("{method}、Hartung–Knapp区間"),
        _ => method.to_owned(),
    }
}

/// How far the two-stage estimates are.
#[must_use]
pub fn two_stage_distance(distance: f64) -> String {
    format!(
        "全施設のモデルとの差は最大で標準誤差の{}倍（多変量、固定効果）。",
        significant(distance)
    )
}

/// Sites without an own fit.
#[must_use]
pub fn two_stage_dropped(sites: &[String]) -> String {
    format!("独自の当てはめがない施設：{}。", sites.join("、"))
}

/// Heading.
pub const SURVIVAL: &str = "生存";
/// Unfolds a table.
pub const SHOW_TIMES: &str = "各区間の終点での数値";
/// Column.
pub const PROTOCOL: &str = "プロトコール";
/// Column.
pub const GROUP: &str = "群";
/// Column.
pub const YEARS: &str = "年";
/// Column.
pub const AT_RISK: &str = "リスク集合の人数";
/// Column.
pub const SURVIVAL_PERCENT: &str = "生存率（%）";
/// Column.
pub const INCIDENCE_PERCENT: &str = "発生率（%）";
/// Column.
pub const BOUNDS: &str = "上下限（%）";
/// Column.
pub const CI_PERCENT: &str = "95%信頼区間（%）";
/// In a cell: the bounds meet.
pub const EXACT: &str = "正確";
/// Everybody.
pub const ALL_PATIENTS: &str = "全患者";
/// Between two numbers.
#[must_use]
pub fn between(low: &str, high: &str) -> String {
    format!("{low}–{high}")
}
/// Heading.
pub const RMST: &str = "境界内平均生存時間";

/// A restricted mean.
#[must_use]
pub fn rmst(group: &str, tau: f64, estimate: f64, low: f64, high: f64, unit: &str) -> String {
    let unit = time_unit(unit);
    format!(
        "{group}：{}{unit}までで{}{unit}、上下限 {}–{}",
        decimal(tau, 1),
        decimal(estimate, 1),
        decimal(low, 1),
        decimal(high, 1)
    )
}

/// Heading.
pub const TESTS: &str = "群の検定";
/// Column.
pub const TEST: &str = "検定";
/// Column.
pub const OVER: &str = "計算の基礎";
/// Column.
pub const DF: &str = "自由度";
/// A test.
pub const LOGRANK: &str = "ログランク検定";

/// Gray's test of a cause.
#[must_use]
pub fn gray(cause: &str) -> String {
    format!("Gray検定、{}", cause.replace('_', " "))
}

/// From what a test of the groups is computed.
#[must_use]
pub fn computed_from(is_counts: bool) -> &'static str {
    if is_counts {
        "区間ごとの人数、層別なし"
    } else {
        "合計値、施設で層別"
    }
}

/// Where τ² and I² are not known.
pub const SPREAD_UNKNOWN: &str = "τ²とI²には、係数の推定値をもつ施設の数が必要である。すべての施設に推定値があるのでなければ、その数はマスクのため分からない。";

/// Above the bounds of observed less expected events.
pub const OBSERVED_LESS_EXPECTED: &str = "イベントの観測数−期待数（人数から計算）：";

/// Bounds of observed less expected events.
#[must_use]
pub fn grid_bounds(group: &str, difference: f64, low: f64, high: f64) -> String {
    format!(
        "{group}：{}、確かな範囲は{}から{}まで",
        signed(difference, 2),
        signed(low, 2),
        signed(high, 2)
    )
}

/// Heading.
pub const INCIDENCE: &str = "累積発生率";
/// Column.
pub const CAUSE: &str = "原因";
/// Heading.
pub const TABLE1: &str = "患者背景";
/// Column.
pub const VARIABLE: &str = "変数";
/// Column.
pub const LEVEL: &str = "水準または区間";

/// Mean and SD.
#[must_use]
pub fn mean(mean: f64, sd: Option<f64>) -> String {
    let sd = sd.map(|sd| format!("（SD {}）", significant(sd))).unwrap_or_default();
    format!("平均 {}{sd}", significant(mean))
}

/// Geometric mean, and the factor by which one standard deviation multiplies it.
#[must_use]
pub fn geometric_mean(mean: f64, factor: Option<f64>) -> String {
    let factor = factor
        .map(|factor| format!("（SDに当たる倍率 {}）", significant(factor)))
        .unwrap_or_default();
    format!("幾何平均 {}{factor}", significant(mean))
}

/// How many, their mean, and their median.
#[must_use]
pub fn moments(n: u64, mean: &str, median: Option<(f64, f64, f64)>) -> String {
    let median = median
        .map(|(median, low, high)| {
            format!(
                "、中央値 {}、{}から{}までの間",
                significant(median),
                significant(low),
                significant(high)
            )
        })
        .unwrap_or_default();
    format!("n {n}、{mean}{median}")
}

/// Under the table.
pub const MOMENTS: &str =
    "計画書の定める共変量の上下限を超える値は、その上下限として数える。中央値は、それが入る区間までしか分からない。";
/// Heading.
pub const PROTOCOLS: &str = "プロトコールの群";
/// Heading.
pub const METHODS: &str = "方法の文章";
/// Copies it.
pub const COPY: &str = "コピー";
/// Heading.
pub const FILES_BEHIND: &str = "結果のもとになったファイル";

/// A file behind the result.
#[must_use]
pub fn input(input: &Input) -> String {
    format!("{}、ラウンド{}：{}", input.site, input.round, input.sha256)
}
