//! The words of the page of pooled analyses by files: its controls and headings.

pub use crate::en::combine_page::View;

use super::combine_files::time_unit;
use crate::decimal;

/// What the page does.
pub const LEAD: &str = "各施設の患者の行を一切共有せずに、複数施設で共同解析を行う。各施設が合計値のファイルを保存し、取りまとめ役がそれらを統合する。\
     ファイルは利用者自身が送る。このページからは何も送信されない。";

/// A view.
pub const PLAN: View = View {
    route: "plan",
    name: "計画書の作成",
    lead: "取りまとめ役用。計画書は、すべての施設が同じ方法で計算する内容を定める。保存して各施設に送る。",
};
/// A view.
pub const SUMS: View = View {
    route: "sums",
    name: "合計値の提供",
    lead: "各施設用。計画書と自施設の患者ファイルを開き、外に出る数値をすべて読んでから、合計値のファイルを保存して取りまとめ役に送る。",
};
/// A view.
pub const COMBINE: View = View {
    route: "combine",
    name: "統合",
    lead: "取りまとめ役用。計画書と合計値のファイルを開く。Coxモデルには数回のラウンドを要し、それ以外は最初のラウンドで終わる。",
};
/// A view.
pub const EXAMPLE: View = View {
    route: "example",
    name: "学習用の例",
    lead: "4施設、乳児120人の模擬データ。計画書から結果までをワンクリックで示す。",
};

/// Leads to the page from the page for cohorts.
pub const FROM_ANALYSE: &str = "複数施設の統合";
/// The views.
pub const VIEWS: &str = "手順";
/// Chooses files.
pub const CHOOSE_FILES: &str = "ファイルを開く";
/// What can be opened.
pub const DROP: &str =
    "計画書、合計値、鍵、ログ、自施設の患者ファイル：複数を同時に、順序を問わず開ける。ここへドロップしてもよい。";
/// Heading.
pub const FILES: &str = "開いているファイル";
/// Takes a file away.
pub const TAKE_AWAY: &str = "取り除く";

/// The same with the name of the file.
#[must_use]
pub fn take_away(name: &str) -> String {
    format!("{name}を取り除く")
}

/// Heading.
pub const THE_PLAN: &str = "計画書";
/// Heading.
pub const YOUR_PATIENTS: &str = "自施設の患者";
/// Heading.
pub const YOUR_SUMS: &str = "自施設の合計値";
/// Heading.
pub const RESULT: &str = "結果";
/// A list.
pub const WHICH_SITE: &str = "計画書の中の自施設";
/// No hospital is chosen.
pub const CHOOSE: &str = "選択";
/// Begins a log.
pub const NEW_LOG: &str = "新しいログを始める";
/// What follows from that.
pub const NEW_LOG_MEANS: &str =
    "これまでにファイルを出していない場合に限る。新しいログでは以前のファイルを照合できない。";
/// Makes a key.
pub const NEW_KEY: &str = "自施設の鍵を作る";
/// Saves a key.
pub const SAVE_KEY: &str = "自施設の鍵を保存";
/// What to do with it.
pub const KEY_MEANS: &str =
    "すべてのラウンドで使うため保管し、計画書で次の施設に、取りまとめ役を通さない別の方法で渡す。";
/// Analyses that are left out.
pub const LEAVE_OUT: &str = "提供を減らす";
/// Analyses that are left out.
pub const WITHOUT: &str = "提供しない解析";
/// Levels that are taken together.
pub const TAKE_TOGETHER: &str = "まとめる水準";

/// A list of levels of a variable.
#[must_use]
pub fn levels_together(field: &str, levels: &[String]) -> String {
    format!("{field}：{}", levels.join("、"))
}

/// Follow-up ends earlier.
pub const END_FOLLOW_UP: &str = "追跡の終了時点";
/// Follow-up does not end earlier.
pub const WHOLE_FOLLOW_UP: &str = "計画書のとおり";
/// What follows from it.
pub const END_FOLLOW_UP_MEANS: &str = "それ以降のイベントと離脱は数えない。どのラウンドでも同じ時点を選ぶ。別の時点は拒否される。すべての制限が改めて確認される。";

/// An end of follow-up.
#[must_use]
pub fn time_of(end: f64, unit: &str) -> String {
    format!("{}{}", decimal(end, 2), time_unit(unit))
}

/// Saves the log again.
pub const SAVE_LOG: &str = "ログを再度保存";
/// Opens the example.
pub const OPEN_EXAMPLE: &str = "例を開く";
/// A choice in the example.
pub const EXAMPLE_SHARING: &str = "取りまとめ役に見せる範囲";
/// A way of sharing.
pub const MASKED: &str = "総計のみ（マスクあり）";
/// A way of sharing.
pub const PER_SITE: &str = "各施設の合計値";

// ---- The form of a plan

/// Over the faults.
pub const PLAN_WRONG: &str = "次の欄を入力または訂正すると、ここに計画書が表示される：";
/// A field.
pub const STUDY: &str = "研究の名称";
/// A field.
pub const SHARING: &str = "取りまとめ役に見える範囲";
/// A field.
pub const SITES: &str = "施設（鍵を渡す順）";
/// A group of fields.
pub const WHO_AND_WHAT: &str = "患者とエンドポイント";
/// A field.
pub const AGE_BELOW: &str = "診断時の年齢（この日数未満）";
/// A field.
pub const ORIGIN: &str = "時間の起点";
/// A field.
pub const ENDPOINT: &str = "エンドポイント";
/// A field.
pub const CAUSES: &str = "数えるイベント";
/// A field.
pub const HORIZON: &str = "追跡の終了時点（日）";
/// A field.
pub const GROUPS: &str = "群分けの変数";
/// A field.
pub const GROUP_LEVELS: &str = "群（順に）";
/// A field.
pub const STRATA: &str = "施設以外の層";
/// A field.
pub const STRATA_LEVELS: &str = "層（順に）";
/// A field.
pub const MERGES: &str = "人数が少ないとき施設がまとめてよい水準：1行に1変数とその水準";
/// What is wrong with it.
pub const A_FIELD_AND_LEVELS: &str = "変数、コロン、水準が必要（例 cns: 2, 3）";
/// A group of fields.
pub const COVARIATES: &str = "Coxモデルの共変量";
/// A field.
pub const VARIABLE: &str = "変数";
/// A field.
pub const FORM: &str = "扱い方";
/// A field.
pub const UNIT: &str = "単位";
/// A field.
pub const LO: &str = "最小値";
/// A field.
pub const HI: &str = "最大値";
/// A field.
pub const CENTRE: &str = "引く値";
/// A field.
pub const SCALE: &str = "割る値";
/// A field.
pub const CUT: &str = "境界（未満）";
/// A field.
pub const REFERENCE: &str = "基準";
/// A field.
pub const LEVELS: &str = "その他の水準";
/// Adds a covariate.
pub const ADD: &str = "共変量を追加";

/// Takes a covariate away.
#[must_use]
pub fn without_covariate(name: &str) -> String {
    format!("共変量{name}を取り除く")
}

/// A group of fields.
pub const ANALYSES: &str = "解析";
/// A field.
pub const GRID: &str = "時間区間の終点（日）";
/// A field.
pub const TABLE1: &str = "表1：1行に1変数と区切り値";
/// A field.
pub const PROTOCOLS: &str = "群を数えるプロトコール（コード）";
/// A group of fields.
pub const LIMITS: &str = "制限";
/// A field.
pub const SMALLEST_CELL: &str = "共有する最小の人数";
/// A field.
pub const SMALLEST_N: &str = "1施設の最少患者数";
/// A field.
pub const SMALLEST_EVENTS: &str = "1施設の最少イベント数";
/// A field.
pub const EXPECTED_N: &str = "全施設の見込み患者数";
/// A field.
pub const EXPECTED_EVENTS: &str = "全施設の見込みイベント数";
/// A field.
pub const PUBLISH_SITES: &str = "結果に施設ごとの数値を示してよい";
/// Efron.
pub const TIES: &str = "同時刻のイベントはEfron法で扱う。Coxモデルは施設で層別する。";

/// How a covariate is taken.
#[must_use]
pub fn form(code: &str) -> &'static str {
    match code {
        "log10" => "数値の常用対数（log10）",
        "below" => "区切り値未満",
        "level" => "水準",
        _ => "数値",
    }
}

/// What is wrong with a field.
#[must_use]
pub fn wrong(field: &str, why: &str) -> String {
    format!("{field}：{why}。")
}

/// A covariate.
#[must_use]
pub fn of_covariate(name: &str) -> String {
    format!("共変量{name}")
}

/// A setting of a covariate.
#[must_use]
pub fn of_setting(covariate: &str, setting: &str) -> String {
    format!("{covariate}、{setting}")
}

/// A fault.
pub const A_NUMBER: &str = "数値を入力";
/// A fault.
pub const A_COUNT: &str = "整数を入力";
/// A fault.
pub const A_NAME: &str = "各変数の名称を入力";
/// A fault.
pub const A_REFERENCE: &str = "基準と、その他の水準を少なくとも1つ入力";
/// A fault.
pub const TWO_LEVELS: &str = "少なくとも2つの水準をコンマで区切って入力";
/// A fault.
pub const AT_LEAST_ONE: &str = "少なくとも1つを選択";
/// A fault.
pub const UNKNOWN_CODE: &str = "一覧から選択";

/// A fault.
#[must_use]
pub fn unknown(code: &str) -> String {
    format!("「{code}」はイベントではない。イベントは relapse、death、second_malignancy、induction_failure")
}
