//! The words of the page of published evidence: its views, controls, and the sentences around its results.

use cotside_core::evidence::{Estimate, PublishedEndpoint, RowChange, RowKind};

use super::printed;
use crate::decimal;
pub use crate::en::evidence_page::{AT_RISK_HINT, AXIS, PASTE_HINT, POINTS_HINT, View, about_data};

/// The name of the list of views.
pub const VIEWS: &str = "表示";
/// The name of the list of what can be browsed.
pub const BROWSE_VIEWS: &str = "一覧";

/// The first view of the menu, under which estimates, studies and the summary table are.
pub const BROWSE: &str = "一覧";

/// The estimates; the lead counts them.
pub const ESTIMATES: View = View {
    fragment: "estimates",
    name: "推定値",
    title: "公表された推定値",
    lead: "",
};
/// The studies.
pub const STUDIES: View = View {
    fragment: "studies",
    name: "研究",
    title: "研究",
    lead: "",
};
/// The commentary's table.
pub const SUMMARY: View = View {
    fragment: "five-studies",
    name: "研究の要約表",
    title: "研究の要約表",
    lead: "",
};
/// What was added and corrected, and what was searched for.
pub const HISTORY: View = View {
    fragment: "history",
    name: "変更と検索",
    title: "公表成績の変更と検索",
    lead: "どの行にも履歴がある：追加された版と、訂正ごとの前後の文面。",
};
/// Comparison and pooling.
pub const COMPARE: View = View {
    fragment: "compare",
    name: "比較と統合",
    title: "比較と統合",
    lead: "公表された二つの率の比較、または三つ以上の統合。注意すべき理由とともに示す。",
};
/// The consistency check.
pub const CHECK: View = View {
    fragment: "check",
    name: "検算",
    title: "報告された数値の整合性の確認",
    lead: "数値は、小数を含めて記載どおりに入力する。記載された数値は、丸めるとその値になるすべての数を表す。\
           整合しない数値には、記載されていない理由がある場合がある。",
};
/// Digitising.
pub const DIGITISE: View = View {
    fragment: "reconstruct",
    name: "数値化",
    title: "公表された曲線の数値化",
    lead: "公表された図の曲線から患者データを復元する：曲線上の点とリスク集合の人数から、同じ曲線を描く時間とイベントを求める（Guyot et al. \
           2012を改良）。患者のデータそのものではない。",
};

/// What the catalogue holds, and when it was read.
#[must_use]
pub fn held(estimates: usize, studies: usize, date: &str) -> String {
    format!(
        "{studies}件の研究と報告の推定値{estimates}件を記載どおりに収め、それぞれに確認した箇所を添える。表の内容は英語。確認日：{date}。"
    )
}

// ---- Browse

/// The name of the filters.
pub const FILTERS: &str = "絞り込み";
/// A filter.
pub const ENDPOINT: &str = "エンドポイント";
/// A filter: the endpoints of few rows.
pub const OTHER_ENDPOINTS: &str = "ほかのエンドポイント";
/// A filter.
pub const STUDY: &str = "研究";
/// A filter.
pub const SEARCH: &str = "検索";
/// What may be searched.
pub const SEARCH_HINT: &str = "high risk";
/// No filter, in a list or a group of buttons.
pub const ALL: &str = "すべて";
/// The figure above the table.
pub const FIGURE: &str = "図";
/// The order of the rows.
pub const SORT_BY: &str = "並べ替え";
/// Takes the filters back.
pub const CLEAR_FILTERS: &str = "絞り込みを解除";
/// No row is left.
pub const NO_ESTIMATE: &str = "該当する推定値はない。絞り込みを解除するとすべて表示される。";
/// Saves the rows.
pub const SAVE_ROWS: &str = "これらの行を保存 (CSV)";
/// Saves the sources of what is shown, for programs that manage literature.
pub const RIS: &str = "出典 (RIS)";
/// The same.
pub const BIBTEX: &str = "出典 (BibTeX)";
/// Saves what the table is, its version, its terms and how it is cited.
pub const ABOUT_DATA: &str = "このデータについて（英語）";
/// Heading of the searches.
pub const SEARCHES: &str = "検索した内容";
/// Columns of the changes: row, change, what changed.
pub const CHANGE_HEADS: [&str; 3] = ["行", "変更", "変更の内容"];
/// Columns of the searches: date, subject, where, found, left open.
pub const SEARCH_HEADS: [&str; 5] = ["日付", "対象", "検索先", "見つかったもの", "未解決"];

/// The heading of a version of the evidence.
#[must_use]
pub fn evidence_version(version: &str, date: &str) -> String {
    format!("公表成績 {version} · {date}")
}

/// How many rows a version added, corrected and removed.
#[must_use]
pub fn changed_rows(added: usize, corrected: usize, removed: usize) -> String {
    let removed = if removed == 0 {
        String::new()
    } else {
        format!("、{removed}行を削除")
    };
    format!("{added}行を追加、{corrected}行を訂正{removed}。")
}

/// Why there is no figure over time.
pub const NO_TIMES: &str = "これらの推定値のいずれにも時点がない。";
/// Why there is no figure.
pub const ONE_ENDPOINT: &str = "エンドポイントを一つ選ぶ：一つの軸に示せるエンドポイントは一つである。";
/// A link to the study's page.
pub const CHECKED: &str = "整合性を確認済み";
/// The head of the column of boxes.
pub const CHOOSE: &str = "選択";

/// Figures above the table, by their codes.
#[must_use]
pub fn figure_name(code: &str) -> &'static str {
    match code {
        "forest" => "フォレストプロット",
        "points" => "時点ごとの点",
        _ => "なし",
    }
}

/// The head of a column of estimates by its code, as the table shows it and as its cells are named where they are stacked.
#[must_use]
pub fn column(code: &str) -> &'static str {
    match code {
        "study" => "研究",
        "enrolled" => "登録年",
        "kmt2a" => "KMT2A-r",
        "endpoint" => "エンドポイント",
        "population" => "対象集団",
        "time" => "年",
        "n" => "n",
        "estimate" => "推定値（%）",
        "spread" => "SEまたは95%信頼区間",
        _ => "出典",
    }
}

/// An order of the rows.
#[must_use]
pub fn order(code: &str, descending: bool) -> String {
    let textual = matches!(code, "study" | "endpoint" | "population" | "source");
    let way = match (textual, descending) {
        (true, false) => "A–Z",
        (true, true) => "Z–A",
        (false, false) => "小さい順",
        (false, true) => "大きい順",
    };
    format!("{}、{way}", column(code))
}

/// How many rows are listed.
#[must_use]
pub fn listed(rows: usize, all: usize, studies: usize) -> String {
    format!("推定値{all}件中{rows}件、研究{studies}件。")
}

/// How many of the rows report which uncertainty.
#[must_use]
pub fn uncertainty([interval, standard_error, undefined, none]: [usize; 4]) -> String {
    format!("報告された不確実性：95%信頼区間 {interval} · SE {standard_error} · 定義のない± {undefined} · なし {none}")
}

/// What a row's box is called.
#[must_use]
pub fn chosen_name(study: &str, endpoint: &str, population: &str) -> String {
    format!("{study}の{endpoint}、{population}を選択")
}

/// An estimate in a list of those of its study.
#[must_use]
pub fn estimate_name(estimate: &Estimate) -> String {
    let at = estimate.years.map_or_else(
        || "（時点の報告なし）".to_owned(),
        |years| format!("（{}年）", decimal(years, 1)),
    );
    format!(
        "{} {}%{at}：{}",
        short_endpoint(estimate.endpoint),
        printed(estimate.estimate),
        estimate.population
    )
}

/// An endpoint in a table or a list: its abbreviation where there is one.
#[must_use]
pub fn short_endpoint(endpoint: PublishedEndpoint) -> &'static str {
    match endpoint {
        PublishedEndpoint::EventFreeSurvival
        | PublishedEndpoint::OverallSurvival
        | PublishedEndpoint::DiseaseFreeSurvival
        | PublishedEndpoint::CumulativeIncidenceOfRelapse
        | PublishedEndpoint::RelapseFreeSurvival
        | PublishedEndpoint::NonRelapseMortality
        | PublishedEndpoint::CrudeGraftVersusHost => endpoint.code(),
        PublishedEndpoint::CrudeRelapse => "再発",
        PublishedEndpoint::CrudeSecondRemission => "第二寛解",
        PublishedEndpoint::CrudeAliveInRemission => "寛解生存",
        PublishedEndpoint::CrudeTransplantRelatedDeath => "移植関連死亡",
        PublishedEndpoint::CrudeDeath => "死亡",
        PublishedEndpoint::CrudeMrdResponse => "MRD奏効",
        PublishedEndpoint::CrudeRemission => "完全寛解",
        PublishedEndpoint::CrudeInductionDeath => "寛解導入中の死亡",
        PublishedEndpoint::CrudeDeathInRemission => "寛解中の死亡",
        PublishedEndpoint::CrudeToxicDeath => "治療毒性による死亡",
        PublishedEndpoint::CrudeInfectiousDeath => "感染症関連死亡",
        PublishedEndpoint::CrudeTransplanted => "移植施行",
        PublishedEndpoint::CrudeAlive => "生存",
        PublishedEndpoint::CrudeLateEffect => "晩期合併症",
        PublishedEndpoint::CrudeResponse => "CRまたはCRh",
        PublishedEndpoint::Unnamed => "記載なし",
    }
}

/// What a row of the changes is.
#[must_use]
pub fn row_kind(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Source => "出典",
        RowKind::Study => "研究",
        RowKind::Estimate => "推定値",
    }
}

/// What happened to it.
#[must_use]
pub fn row_change(change: RowChange) -> &'static str {
    match change {
        RowChange::Added => "追加",
        RowChange::Corrected => "訂正",
        RowChange::Removed => "削除",
    }
}

// ---- The tray

/// The name of the tray.
pub const TRAY: &str = "選択した推定値";
/// Leads to the comparison.
pub const TRAY_COMPARE: &str = "比較";
/// Leads to pooling.
pub const TRAY_POOL: &str = "統合";
/// Empties the set.
pub const REMOVE_ALL: &str = "すべて外す";
/// Takes one out of the set.
pub const REMOVE: &str = "外す";

/// How many are chosen.
#[must_use]
pub fn chosen(count: usize) -> String {
    format!("{count}件を選択 →")
}

/// What the button that takes one out is called.
#[must_use]
pub fn remove_name(study: &str, estimate: &str) -> String {
    format!("{study}、{estimate}を外す")
}

// ---- Compare and pool

/// Heading.
pub const COMPARE_TWO: &str = "二つの比較";
/// Heading.
pub const POOL: &str = "統合";
/// A picker.
pub const FIRST: &str = "第一";
/// A picker.
pub const SECOND: &str = "第二";
/// The estimate of a picker.
pub const PICK_ESTIMATE: &str = "推定値";
/// Nothing is picked yet.
pub const CHOOSE_ONE: &str = "選択する";
/// What else may be used as a standard error.
pub const BINOMIAL: &str = "SEの報告がない場合は二項分布による最小値を用いる";
/// A picker.
pub const ADD: &str = "追加";
/// Adds what Browse lists.
pub const ADD_LISTED: &str = "「一覧」に表示中のすべての行を追加";
/// How estimates are pooled.
pub const METHOD: &str = "モデル";
/// The interval of the pooled estimate.
pub const INTERVAL: &str = "区間";
/// The scale on which they are pooled.
pub const SCALE: &str = "尺度";
/// Where estimates can be chosen.
pub const POOL_LEAD: [&str; 3] = ["推定値はここで追加するか、「", "一覧", "」で行を選択する。"];
/// Heading.
pub const CAUTIONS: &str = "注意すべき理由";
/// Nothing is compared yet.
pub const CHOOSE_TWO: &str = "推定値を二つ選択する。";
/// A line of the comparison.
pub const DIFFERENCE: &str = "差（第一 − 第二、パーセントポイント）";
/// A line of the comparison.
pub const DIFFERENCE_LOG_LOG: &str = "差（第一 − 第二、log(−log)尺度）";
/// A line of the comparison.
pub const HAZARD_RATIO: &str = "累積ハザードの比（第一 / 第二）";
/// What may help where there is no difference.
pub const MINIMUM_HELPS: &str = "二項分布による標準誤差の最小値を用いることができる。";
/// Why there is no P.
pub const SAME_ESTIMATE: &str = "同じ推定値である";
/// Why there is no P.
pub const OTHER_ENDPOINT: &str = "エンドポイントが異なるか明示されていない";
/// Why there is no P.
pub const OTHER_TIME: &str = "時点が異なる";
/// Why there is no P.
pub const TIME_NOT_STATED: &str = "時点の報告がないものがある";
/// Why there is no P.
pub const OTHER_ERA: &str = "両者に共通の登録年がない";
/// Why there is no P.
pub const ERA_NOT_STATED: &str = "登録年の報告がない";
/// A line of pooling.
pub const PREDICTION: &str = "95%予測区間";
/// Heading.
pub const LEAVE_ONE_OUT: &str = "一つずつ除いた結果";
/// Why it is not done.
pub const LEAVE_ONE_OUT_NEEDS: &str = "推定値が4件必要である。";

/// The study of a picker.
#[must_use]
pub fn pick_study(picker: &str) -> String {
    format!("{picker}：研究")
}

/// Why no P is given.
#[must_use]
pub fn not_tested(why: &[&str]) -> String {
    format!("P値なし：{}。", why.join("、"))
}

/// How many are needed.
#[must_use]
pub fn fewest_pooled(fewest: usize) -> String {
    format!("少なくとも{fewest}件の推定値が必要である。")
}

// ---- Check

/// The field into which results are pasted.
pub const PASTE: &str = "報告された結果（英語）を1行に一つ貼り付ける";
/// What happens with it.
pub const PASTE_LEAD: &str =
    "1行であれば下の欄に分けて入り、そこで訂正できる。複数行であれば、それぞれの答えを表に示す。";
/// Column of what was pasted.
pub const LINE: &str = "行";
/// Column of what was understood of it.
pub const UNDERSTOOD: &str = "読み取った内容";
/// No number of a line was understood.
pub const NOTHING_UNDERSTOOD: &str = "なし";

/// A number of a line, by the code of its field; `level` is that of intervals.
#[must_use]
pub fn understood_field(code: &str, text: &str, level: &str) -> String {
    match code {
        "estimate" => format!("率 {text}%"),
        "se" => format!("SE {text}"),
        "ci" | "hr-ci" => format!("{level}%信頼区間 {text}"),
        "percent" => format!("{text}%"),
        "p" => match text.strip_prefix('<') {
            Some(text) => format!("P < {text}"),
            None => format!("P = {text}"),
        },
        "n" | "total" => format!("n = {text}"),
        "hr" => format!("ハザード比 {text}"),
        "parts" => format!("部分 {text}"),
        "count" => format!("例数 {text}"),
        "median" => format!("中央値 {text}"),
        "range" => format!("範囲 {text}"),
        "values" => format!("値 {text}"),
        other => format!("{other} {text}"),
    }
}

/// A fraction that was read as a percentage.
#[must_use]
pub fn read_as_fraction(fraction: &str, percent: &str) -> String {
    format!("{fraction}を割合とみなし、{percent}%と読んだ。1%未満の率は0.4%のように書く。")
}

/// Lines that were not read.
#[must_use]
pub fn more_lines(count: usize) -> String {
    format!("さらに{count}行は読まなかった。別に貼り付ける。")
}

/// Before the examples.
pub const EXAMPLES_LEAD: &str = "例";
/// Empties the fields.
pub const CLEAR: &str = "消去";
/// The level of intervals.
pub const LEVEL: &str = "区間の水準";
/// Heading of a study's findings.
pub const CONSISTENCY: &str = "整合性の確認";
/// Below a study's findings.
pub const ROUNDING: &str = "丸めは考慮してある。整合しない数値には、記載されていない理由がある場合がある。";
/// A study without findings.
pub const NOTHING_TO_CHECK: &str = "この研究には、ほかの数値と照らして確認できる数値がない。";
/// Names of the examples.
pub const EXAMPLES: [&str; 7] = [
    "CCG-1953：115例の41.7 (9.2) %",
    "Severance：移植6例の60 ± 21.9 %",
    "Severance：「6 of 7 (66.7 %)」",
    "Severance：好中球、中央値16.5日",
    "MLL-10：66.2%、5年の率とも3年の率とも記載",
    "MLL03：62例の43.2 (30.7–55.1) %",
    "MLL03：ハザード比1.969 (0.903–4.291)、p = .088",
];
/// Numbers outside their range.
pub const IMPOSSIBLE: &str =
    "範囲の外にある数値がある：率は0から100%、比とその区間は0より大きく、下端が先、例数は全体以下でなければならない。";
/// Too few numbers.
pub const UNDETERMINED: &str = "数値がさらに必要である：率にはSEとn、区間、または各部分。ハザード比には区間。百分率には例数またはn。\
     中央値には範囲。";

/// The parts of the form, with the codes of their fields.
pub const CHECK_GROUPS: [(&str, &[&str]); 4] = [
    ("率", &["estimate", "se", "n", "ci", "parts"]),
    ("ハザード比", &["hr", "hr-ci", "p"]),
    ("例数と百分率", &["count", "percent", "total"]),
    ("中央値と範囲", &["median", "range", "values"]),
];

/// Label, an example and the width of a field.
#[must_use]
pub fn check_label(code: &str) -> (&'static str, &'static str, u8) {
    match code {
        "estimate" => ("率（%）", "41.7", 6),
        "se" => ("SEまたは±", "9.2", 6),
        "n" => ("n", "115", 6),
        "ci" => ("信頼区間", "30.7–55.1", 12),
        "parts" => ("各部分のn:率", "19:94.4, 56:56.6", 20),
        "hr" => ("ハザード比", "1.969", 6),
        "hr-ci" => ("信頼区間", "0.903–4.291", 12),
        "p" => ("P", ".088または<.001", 12),
        "count" => ("例数", "6/7", 8),
        "percent" => ("百分率（%）", "66.7", 6),
        "total" => ("またはnのみ", "115", 6),
        "median" => ("中央値", "16.5", 6),
        "range" => ("範囲", "10–23", 10),
        _ => ("値", "12, 15, 23, 11, 12, 10", 24),
    }
}

/// A text that is not what its field takes.
#[must_use]
pub fn not_accepted((label, hint, _): (&str, &str, u8), typed: &str) -> String {
    format!("{label}：「{typed}」は受け付けられない。記載どおりに入力する（例：{hint}）。")
}

/// What of a pasted sentence was not understood.
#[must_use]
pub fn not_used(unread: &[String]) -> String {
    format!("使わなかった部分：{}。", unread.join("、"))
}

// ---- Digitise

/// The steps beside the picture.
pub const STEPS: [&str; 3] = ["軸を指定", "点を設定", "リスク集合の人数を追加"];
/// How the first step is done.
pub const STEP_AXES: &str = "画像を開く。原点、x軸上の点、y軸上の点をクリックし、それぞれの値を入力する。";
/// How the second step is done.
pub const STEP_POINTS: &str =
    "曲線を一度クリックして色でたどるか、点を手で加える。点は入力、貼り付け、ファイルからの読み込みもできる。";
/// How the third step is done.
pub const STEP_AT_RISK: &str = "曲線の下に記載されたとおりに入力する。少なくとも時間0の人数が必要である。";
/// A value at a mark.
pub const X_AT_ORIGIN: &str = "原点のx";
/// A value at a mark.
pub const X_AT_MARK: &str = "点2のx";
/// A value at a mark.
pub const Y_AT_ORIGIN: &str = "原点のy";
/// A value at a mark.
pub const Y_AT_MARK: &str = "点3のy";
/// The unit of the x axis.
pub const TIME_UNIT: &str = "時間の単位";
/// The points.
pub const POINTS: &str = "点：時間, 生存率（0から1、または%）";
/// The numbers at risk.
pub const AT_RISK: &str = "リスク集合の人数：時間: 人数";
/// The published number of events.
pub const EVENTS: &str = "イベント数（公表されている場合）";
/// The group.
pub const GROUP: &str = "群の名前";
/// Opens a file of points.
pub const OPEN_POINTS: &str = "点を開く (CSV)";
/// Fills in a simulated curve.
pub const LOAD_EXAMPLE: &str = "例を読み込む";
/// Nothing is given yet.
pub const GIVE_POINTS: &str = "曲線の点を与える：画像に印を付けるか、入力するか、ファイルを開く。";
/// The points are there.
pub const GIVE_AT_RISK: &str =
    "リスク集合の人数を、曲線の下に記載されたとおりに入力する。少なくとも時間0の人数が必要である。";
/// A line of the fit.
pub const FIT_ERROR: &str = "当てはめの誤差（二乗平均平方根）";
/// A line of the fit.
pub const MAXIMUM_DEVIATION: &str = "最大のずれ";
/// A line of the fit.
pub const POINTS_ADJUSTED: &str = "曲線が上昇しないように調整した点";
/// Saves what was reconstructed.
pub const SAVE_PATIENTS: &str = "復元した患者データ (CSV)";

/// A file without points.
#[must_use]
pub fn no_points(name: &str) -> String {
    format!(
        "{name}：曲線の点がない。時間と生存率の2列を用意する。画像は数値化の画面で開く。自分の推定値には列study、endpoint、population、\
         estimate、sourceが必要である。"
    )
}
