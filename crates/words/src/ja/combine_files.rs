//! The words of the files of pooled analyses: what is open, what a plan asks, what a hospital's sums hold.

use cotside_core::federated::log::LogFault;
use cotside_core::federated::{Fault, FileFault, Limits, Plan, Sharing, Why};

use super::refusals;
use crate::decimal;

/// A refusal: the file, the field, what is wrong, what helps.
#[must_use]
pub fn fault(fault: &Fault) -> String {
    format!(
        "{}：{}：{}",
        refusals::of_file(&fault.file),
        fault.field,
        why(&fault.why)
    )
}

/// What is wrong and what helps, without the file and the field.
#[must_use]
pub fn why(why: &Why) -> String {
    stopped(&refusals::why(why))
}

/// Why a text is no file of the program, as a part of a sentence.
#[must_use]
pub fn file_fault(fault: &FileFault) -> String {
    refusals::file(fault)
}

/// Why a log cannot be continued, as a part of a sentence.
#[must_use]
pub fn log_fault(fault: &LogFault) -> String {
    refusals::log(fault)
}

/// A warning of the core as a sentence of its own.
#[must_use]
pub fn sentence(text: &str) -> String {
    stopped(&refusals::of_core(text.trim_end_matches('.')))
}

fn stopped(text: &str) -> String {
    format!("{}。", text.trim_end_matches('。'))
}

/// A file that is not text.
#[must_use]
pub fn not_utf8(name: &str) -> String {
    format!("{name}：UTF-8のテキストではない。ファイルを改めて入手のこと。")
}

/// A file whose content does not fit its own hash, or that was cut off.
#[must_use]
pub fn broken(name: &str, why: &str) -> String {
    format!("{name}：{why}。ファイルを改めて入手のこと。")
}

/// A file of Cotside that has no place here.
#[must_use]
pub fn other_kind(name: &str, kind: &str) -> String {
    format!("{name}：種類「{kind}」のファイルはこのページでは開けない。開けるのは計画書、合計値、鍵、ログ。")
}

/// A plan.
#[must_use]
pub fn plan_file(study: &str, round: u32, is_used: bool) -> String {
    let used = if is_used {
        ""
    } else {
        "（不使用：より後のラウンドの別の計画書が開かれている）"
    };
    format!("{study}の計画書、ラウンド{round}{used}")
}

/// A log.
pub const LOG_FILE: &str = "施設から出たファイルのログ";
/// A key before its plan.
pub const KEY_FILE: &str = "鍵。対応する計画書を開くこと";

/// A key.
#[must_use]
pub fn key_file(from: &str, to: &str) -> String {
    format!("{from}から{to}への鍵")
}

/// Sums before their plan.
#[must_use]
pub fn sums_without_plan(site: &str, round: u64) -> String {
    format!("{site}の合計値、ラウンド{round}。対応する計画書を開くこと")
}

/// Sums of this round.
#[must_use]
pub fn sums_file(site: &str, round: u64) -> String {
    format!("{site}の合計値、ラウンド{round}")
}

/// Sums of another round.
#[must_use]
pub fn sums_of_another_round(site: &str, round: u64) -> String {
    format!("{site}の合計値、ラウンド{round}（不使用：計画書は別のラウンドのもの）")
}

/// Sums of another plan.
#[must_use]
pub fn sums_of_another_plan(site: &str) -> String {
    format!("別の計画書に対する{site}の合計値。この計画書のファイルを入手のこと")
}

/// Settings of a file of patients.
#[must_use]
pub fn settings_taken(name: &str) -> String {
    format!("{name}：患者ファイルの設定を適用した。")
}

// ---- The plan

/// What a plan asks for: names.
pub const STUDY: &str = "研究";
/// Of a plan.
pub const SITES: &str = "施設";
/// Of a plan.
pub const SHARING: &str = "取りまとめ役に見える範囲";
/// Of a plan.
pub const ENDPOINT: &str = "エンドポイント";
/// Of a plan.
pub const WHO: &str = "患者";
/// Of a plan.
pub const GROUPS: &str = "群";
/// Of a plan.
pub const STRATA: &str = "施設以外の層";
/// Of a plan.
pub const MERGES: &str = "施設がまとめてよい水準";
/// Of a plan.
pub const MODEL: &str = "Coxモデル";
/// Of a plan.
pub const CELLS: &str = "時間区間の終点";
/// Of a plan.
pub const ANALYSES: &str = "解析";
/// Of a plan.
pub const LIMITS: &str = "制限";
/// Of a plan.
pub const PROTOCOLS: &str = "群を数えるプロトコール";
/// Of a plan: everybody.
pub const EVERYBODY: &str = "ファイルの全員";
/// Between several things of one kind.
pub const BETWEEN: &str = "；";

/// Over the plan.
#[must_use]
pub fn plan_title(plan: &Plan) -> String {
    format!("計画書 {}、ラウンド{}", plan.design.study, plan.round)
}

/// How sums are shared.
#[must_use]
pub fn sharing(sharing: Sharing) -> &'static str {
    match sharing {
        Sharing::Masked => "全施設の総計のみ：すべての数値にマスクがかかる",
        Sharing::PerSite => "制限の範囲内で各施設の合計値",
    }
}

/// An analysis by its code in a plan.
#[must_use]
pub fn analysis(code: &str) -> &'static str {
    match code {
        "table1" => "患者背景（表1）",
        "km" => "生存",
        "cif" => "累積発生率",
        "rmst" => "境界内平均生存時間",
        "logrank" => "ログランク検定",
        "gray" => "Gray検定",
        "cox" => "Coxモデル",
        _ => "各施設の当てはめの2段階統合",
    }
}

/// The limits of a plan.
#[must_use]
pub fn limits(limits: &Limits) -> String {
    format!(
        "1から{}までの人数は示さない。患者{}人以上、イベント{}件以上。合計値は単位の1/{}に丸める",
        limits.smallest_cell.saturating_sub(1),
        limits.smallest_n,
        limits.smallest_events,
        1_u64 << limits.precision_bits.min(60)
    )
}

/// A unit of time by its code in a plan, behind a number.
pub(super) fn time_unit(code: &str) -> &str {
    match code {
        "day" => "日",
        "week" => "週",
        "month" => "か月",
        "year" => "年",
        other => other,
    }
}

/// The ends of intervals.
#[must_use]
pub fn cells_of(ends: &[f64], unit: &str) -> String {
    let ends: Vec<String> = ends.iter().map(|end| decimal(*end, 2)).collect();
    format!("{}{}", ends.join("、"), time_unit(unit))
}

/// An endpoint and what counts as its events.
#[must_use]
pub fn counted(endpoint: &str, causes: &[String]) -> String {
    format!("{endpoint}（イベント：{}）", causes.join("、"))
}

/// What a hospital left out, as the result lists it: "cox: smallest_n".
#[must_use]
pub fn withheld_list(each: &[String]) -> String {
    const SHOWN: usize = 4;
    let said: Vec<String> = each
        .iter()
        .take(SHOWN)
        .map(|each| {
            each.split_once(": ")
                .map_or_else(|| each.clone(), |(what, _)| withheld_part(what))
        })
        .collect();
    let more = each.len().saturating_sub(SHOWN);
    match more {
        0 => said.join("、"),
        more => format!("{}、ほか{more}件", said.join("、")),
    }
}

/// Levels of a variable.
#[must_use]
pub fn levels_of(field: &str, levels: &[String]) -> String {
    format!("{field}：{}", levels.join("、"))
}

/// A condition of the selection.
#[must_use]
pub fn condition(field: &str, at_least: Option<f64>, below: Option<f64>, is: Option<&[String]>) -> String {
    match (at_least, below, is) {
        (_, _, Some(levels)) => format!("{field}が{}", levels.join("または")),
        (Some(low), Some(high), _) => format!("{field}が{}以上{}未満", decimal(low, 4), decimal(high, 4)),
        (Some(low), None, _) => format!("{field}が{}以上", decimal(low, 4)),
        (None, Some(high), _) => format!("{field}が{}未満", decimal(high, 4)),
        (None, None, None) => field.to_owned(),
    }
}

/// A measured covariate: "log10 wbc (0.5 to 3.5, less 2)".
#[must_use]
pub fn scaled(name: &str, is_log: bool, (lo, hi): (f64, f64), centre: f64, scale: f64) -> String {
    let function = if is_log { "log10 " } else { "" };
    let centre = if centre == 0.0 {
        String::new()
    } else {
        format!("、{}を引く", decimal(centre, 4))
    };
    let scale = if scale == 1.0 {
        String::new()
    } else {
        format!("、{}当たり", decimal(scale, 4))
    };
    format!(
        "{function}{name}（{}から{}まで{centre}{scale}）",
        decimal(lo, 4),
        decimal(hi, 4)
    )
}

/// A level against its reference.
#[must_use]
pub fn against(name: &str, levels: &[String], reference: &str) -> String {
    format!("{name}：{}（基準 {reference}）", levels.join("、"))
}

/// A number below a cut.
#[must_use]
pub fn below(name: &str, cut: f64) -> String {
    format!("{name} {}未満", decimal(cut, 4))
}

// ---- The sums of a site

/// Heading: what is still missing before there are sums.
pub const NEEDS: &str = "まだ必要なもの";
/// Without a plan.
pub const NEEDS_PLAN: &str = "取りまとめ役の計画書（STUDY-plan-r1.json）。";
/// Without data.
pub const NEEDS_DATA: &str = "自施設の患者ファイル。このページから外に出ない。";
/// Without a site.
pub const NEEDS_SITE: &str = "ファイルが計画書のどの施設のものか。";
/// Without a log.
pub const NEEDS_LOG: &str = "これまでに自施設から出たファイルのログ、または新しいログ。";
/// Without the own key.
pub const NEEDS_OWN_KEY: &str =
    "自施設の鍵：一度作って保管し、計画書で次の施設に渡す。取りまとめ役には決して渡さない。";

/// Without the key of the site before.
#[must_use]
pub fn needs_received_key(from: &str) -> String {
    format!("{from}の鍵。取りまとめ役を通さない別の方法でその施設から届く。")
}

/// Columns of the file are not understood yet.
pub const NEEDS_COLUMNS: &str = "ファイルの列についての質問への回答。";

/// The earlier files were checked.
pub const LOG_CONTINUED: &str = "ログを引き継いだ：以前のファイルとこのファイルを照合した。";
/// A file that may not leave.
pub const REFUSED: &str = "ファイルなし：制限を満たさない";
/// Heading of the table of numbers.
pub const NUMBERS: &str = "ファイルに含まれる数値";
/// Heading of what was left out.
pub const WITHHELD: &str = "非提供の項目";
/// Nothing is kept.
pub const NOT_SAVED: &str = "何も保存されておらず、何も残らない。ファイルを取り除くか、ページを閉じる。";

/// What to do with the log.
#[must_use]
pub fn log_beside(name: &str) -> String {
    format!(
        "ファイルとともに{name}が保存される。施設内に保管し、次のラウンドの前に開く。値も氏名も含まないが、誰がどの群にいたかを示すため、\
         データと同じく機微である。"
    )
}

/// The hash of the file.
#[must_use]
pub fn hash(name: &str, sha256: &str) -> String {
    format!("{name}、SHA-256 {sha256}")
}

/// What was left out, and why.
#[must_use]
pub fn withheld(what: &str, why: &str) -> String {
    format!("{}：{why}", withheld_part(what))
}

/// A part of a file of sums, by its name there.
#[must_use]
pub fn withheld_part(what: &str) -> String {
    let parts = [
        (" sum by group", "の合計（群別）"),
        (" by group", "（群別）"),
        (" by cause", "（原因別）"),
        (" sum", "の合計"),
    ];
    for (ending, said) in parts {
        if let Some(rest) = what.strip_suffix(ending) {
            return format!("{}{said}", withheld_part(rest));
        }
    }
    if let Some(name) = what.strip_prefix("table1.") {
        return format!("患者背景：{name}");
    }
    if let Some(id) = what.strip_prefix("protocols.") {
        return format!("{id}の群");
    }
    if let Some(two) = what.strip_prefix("reclassified ") {
        return format!("2つのプロトコールの群の対比：{two}");
    }
    if let Some(field) = what
        .strip_prefix("levels of ")
        .and_then(|rest| rest.strip_suffix(" apart"))
    {
        return format!("{field}の水準の区別");
    }
    match what {
        "cox" | "logrank" | "gray" | "two_stage" | "table1" => analysis(what),
        "grid" => "区間ごとの人数",
        "cells" => "区間ごとの合計値（Coxモデル）",
        "events" => "イベント",
        "n_by_group" => "群の人数",
        "protocols" => "プロトコールの群",
        "reclassified" => "2つのプロトコールの群の対比",
        other => other,
    }
    .to_owned()
}

/// In place of a number that is left out.
pub const CELL_WITHHELD: &str = "非提供";
/// Column of a table.
pub const NUMBER: &str = "数値の名称";
/// Column of a table.
pub const VALUE: &str = "値";
/// Where a number stands in the file.
pub const PLACE: &str = "ファイルのフィールド";
/// Of sums under masks.
pub const UNMASKED_TABLE: &str = "マスクをかける前の自施設の数値。外に出ない";
/// Of the file.
pub const MASKED_TABLE: &str = "ファイルに記載されるとおり";

/// Saves a plan.
#[must_use]
pub fn save_next(name: &str) -> String {
    format!("{name}を保存")
}
