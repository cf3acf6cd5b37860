//! The reporting checklist.

use crate::decimal;
use crate::en::cohort_page::Result;
use crate::en::reporting as en;

pub use crate::en::reporting::{Ask, COMPLETE, Item, REMARK, State, Statement};

/// The result in the index.
pub const REPORTING: Result = Result {
    route: "reporting",
    name: "報告チェックリスト",
};
/// The heading.
pub const TITLE: &str = "報告チェックリスト：STROBEとREMARK";
/// Below it.
pub const LEAD: &str = "各項目について、この解析がすでに備えている内容と、著者が加える内容。項目は短くまとめたものであり、基準となるのは声明の本文である。\
     一覧は設定とともに変わる。";
/// Saves it.
pub const SAVE: &str = "チェックリストを保存（CSV）";
/// Columns.
pub const HEADS: [&str; 4] = ["項目", "内容", "この解析にあるもの", "著者が加えるもの"];
/// An item of which the analysis holds nothing.
pub const NOTHING: &str = "なし：ファイルからは分からない。";
/// Over the statements.
pub const STATEMENTS: &str = "声明";

/// STROBE, for cohort studies.
pub const STROBE: Statement = Statement {
    name: "STROBE（コホート研究）",
    ..en::STROBE
};
/// Explanation and elaboration of REMARK.
pub const REMARK_EXPLAINED: Statement = Statement {
    name: "REMARK、解説と詳説",
    ..en::REMARK_EXPLAINED
};

const fn item(number: &'static str, topic: &'static str, asks: &'static [Ask], author: &'static str) -> Item {
    Item {
        number,
        topic,
        asks,
        author,
    }
}

/// Items of STROBE for cohort studies.
pub const STROBE_ITEMS: &[Item] = &[
    item(
        "1",
        "表題と抄録",
        &[Ask::Title],
        "表題または抄録での研究デザインの明示、偏りのない要約。",
    ),
    item("2", "背景", &[], "これまでの知見と、研究の理由。"),
    item("3", "目的", &[], "目的、および解析の前に定めた仮説。"),
    item(
        "4",
        "デザイン",
        &[Ask::Data],
        "論文の早い段階で示す研究デザイン、前向きか後ろ向きか。",
    ),
    item(
        "5",
        "研究の場",
        &[Ask::Dates],
        "場所、および登録・治療・追跡・データ収集の期間。",
    ),
    item(
        "6",
        "対象者",
        &[Ask::Numbers],
        "適格条件、患者を見いだした方法と追跡の方法、マッチングを行った場合はその基準。",
    ),
    item(
        "7",
        "変数",
        &[Ask::Endpoint, Ask::Groups, Ask::Model],
        "これらの交絡因子を選んだ理由、診断と再発の定義。",
    ),
    item("8", "測定", &[], "各測定の情報源と方法、すべての群で同じかどうか。"),
    item(
        "9",
        "バイアス",
        &[Ask::Bias],
        "考えられるバイアスの原因と、それへの対処。",
    ),
    item(
        "10",
        "研究の規模",
        &[Ask::Events, Ask::Size],
        "規模をどのように決めたか。",
    ),
    item(
        "11",
        "量的変数",
        &[Ask::Cuts],
        "これらのカットオフ値または尺度を選んだ理由、事前に定めたかどうか。",
    ),
    item("12a", "統計学的方法", &[Ask::Methods], ""),
    item(
        "12b",
        "サブグループと交互作用",
        &[Ask::Subgroups],
        "どのサブグループを計画していたか。",
    ),
    item(
        "12c",
        "欠測値：方法",
        &[Ask::ModelMissing],
        "値が欠測した理由、完全ケースで足りるかどうか。",
    ),
    item(
        "12d",
        "追跡不能",
        &[Ask::FollowUp],
        "追跡不能をどのように扱ったか、およびその理由。",
    ),
    item(
        "12e",
        "感度分析",
        &[],
        "どの感度分析を行ったか。設定ごとにプロジェクトファイルを保存する。",
    ),
    item(
        "13",
        "対象者：人数",
        &[Ask::Numbers, Ask::Reasons],
        "ファイルになる前の人数：スクリーニング、適格、同意。",
    ),
    item("14a", "患者背景", &[Ask::Baseline], "ファイルにない社会的特性と曝露。"),
    item("14b", "欠測値", &[Ask::Missing], ""),
    item("14c", "追跡期間", &[Ask::FollowUp], ""),
    item("15", "アウトカムのイベント", &[Ask::Events], ""),
    item(
        "16a",
        "主な結果",
        &[Ask::Unadjusted, Ask::Adjusted],
        "どの交絡因子で調整したか、およびその理由。",
    ),
    item("16b", "カテゴリーの境界", &[Ask::Cuts], ""),
    item("16c", "絶対リスク", &[Ask::Absolute], ""),
    item(
        "17",
        "そのほかの解析",
        &[Ask::Subgroups, Ask::Proportional, Ask::Competing, Ask::Transplant],
        "このプログラムの外で行った解析。",
    ),
    item("18", "主要な結果", &[], "目的に照らした要約。"),
    item("19", "限界", &[Ask::Bias], "バイアスと精度の不足、その方向と大きさ。"),
    item("20", "解釈", &[], "慎重な全体的解釈。"),
    item("21", "一般化可能性", &[], "結果が誰に当てはまるか。"),
    item("22", "資金", &[], "資金源と、資金提供者の役割。"),
];

/// Items of REMARK.
pub const REMARK_ITEMS: &[Item] = &[
    item(
        "1",
        "マーカー、目的、仮説",
        &[Ask::Groups],
        "このマーカーを選んだ理由、事前に定めた目的と仮説。",
    ),
    item(
        "2",
        "患者",
        &[Ask::Data, Ask::Numbers],
        "患者をどこから得たか、組入れ基準と除外基準。",
    ),
    item("3", "治療", &[Ask::Transplant], "治療と、その選択の方法。"),
    item("4", "検体", &[], "材料、対照、保存と保管の方法。"),
    item(
        "5",
        "測定法",
        &[],
        "方法、手順書、精度管理、検出限界。転帰に対する盲検化。",
    ),
    item(
        "6",
        "デザインと追跡",
        &[Ask::Dates, Ask::FollowUp],
        "症例をどのように選んだか、追跡の終了時点。",
    ),
    item("7", "エンドポイント", &[Ask::Endpoint], ""),
    item("8", "候補とした変数", &[Ask::Model], "最初に検討したすべての変数。"),
    item(
        "9",
        "症例数",
        &[Ask::Events, Ask::Size],
        "根拠、目標とする効果がある場合はその検出力。",
    ),
    item(
        "10",
        "統計学的方法",
        &[Ask::Methods, Ask::ModelMissing],
        "モデルの変数をどのように選んだか。",
    ),
    item(
        "11",
        "マーカーの値とカットオフ値",
        &[Ask::Cuts],
        "カットオフ値をどのように決めたか。",
    ),
    item(
        "12",
        "患者の流れ",
        &[Ask::Numbers, Ask::Reasons, Ask::Events],
        "ファイルになる前の人数。",
    ),
    item("13", "分布", &[Ask::Baseline, Ask::Missing], ""),
    item("14", "マーカーと標準的な変数", &[Ask::Groups, Ask::Baseline], ""),
    item("15", "マーカー単独と転帰", &[Ask::Unadjusted, Ask::Absolute], ""),
    item("16", "多変量の結果", &[Ask::Adjusted], ""),
    item(
        "17",
        "標準的な変数を加えたマーカー",
        &[Ask::Adjusted],
        "有意かどうかにかかわらず、標準的な変数をすべて含むモデル。",
    ),
    item(
        "18",
        "さらなる検討",
        &[Ask::Proportional, Ask::Subgroups, Ask::Competing],
        "感度分析、検証。",
    ),
    item("19", "解釈", &[], "仮説とほかの研究を踏まえた解釈、限界。"),
    item("20", "意義", &[], "診療と研究にとっての価値。"),
];

/// How much of an item the analysis holds, with a mark that is not colour.
#[must_use]
pub const fn told(state: State) -> &'static str {
    match state {
        State::Whole => "✓ あり",
        State::Part => "– 一部あり",
        State::Lacking => "✗ なし",
        State::Author => "✎ 著者",
    }
}

/// How many items of a statement are whole, in part, lacking, and the author’s alone.
#[must_use]
pub fn tally(name: &str, [whole, part, lacking, author]: [usize; 4]) -> String {
    format!("{name}：あり{whole}項目、一部あり{part}項目、なし{lacking}項目、著者のみ{author}項目。")
}

/// What the analysis is about.
#[must_use]
pub fn about(title: &str) -> String {
    format!("解析：{title}。")
}

/// The file.
#[must_use]
pub fn data(rows: usize, patients: usize, file: &str) -> String {
    format!("ファイル{file}の{rows}行、患者{patients}人のコホート。")
}

/// What is not known: prospective or retrospective.
pub const DESIGN_UNKNOWN: &str = "前向きか後ろ向きかは、ファイルからは分からない。";

/// First and last day of diagnosis.
#[must_use]
pub fn dates(first: &str, last: &str, patients: usize) -> String {
    format!("診断日は{first}から{last}まで（日付のある患者{patients}人）。")
}

/// No dates.
pub const NO_DATES: &str = "ファイルに診断日がない。";

/// Who is analysed.
#[must_use]
pub fn analysed(n: usize, events: usize, endpoint: &str) -> String {
    format!("{endpoint}の解析対象は患者{n}人、イベント{events}件。")
}

/// Who is not.
#[must_use]
pub fn not_followed(count: usize) -> String {
    format!("追跡のない患者{count}人。")
}

/// Who is not, with the reasons.
#[must_use]
pub fn not_followed_for(count: usize, reasons: &[String]) -> String {
    format!("{}{}", not_followed(count), reasons.join("；"))
}

/// No patient is without follow-up.
pub const ALL_FOLLOWED: &str = "ファイルのすべての患者を追跡できる。";

/// Patients of unknown group.
#[must_use]
pub fn without_group(count: usize) -> String {
    format!("群が不明の患者{count}人。")
}

/// What the endpoint counts, and from when.
#[must_use]
pub fn defined(endpoint: &str, definition: &str) -> String {
    format!("{endpoint}：{definition}")
}

/// Groups that are compared.
#[must_use]
pub fn groups(name: &str, levels: &[String], reference: &str) -> String {
    format!("{name}による比較：{}。基準は{reference}。", levels.join("、"))
}

/// No groups.
pub const NO_GROUPS: &str = "群を比較していない：「群分け」を選ぶ。";
/// No cut.
pub const NO_CUTS: &str = "まとめたり区切ったりした変数はない。";
/// A cut, of which the page cannot know when it was chosen.
pub const CUTS_UNKNOWN: &str = "カットオフ値をデータを見る前に定めたかどうかは、ここでは分からない。";

/// Variables of the model.
#[must_use]
pub fn model(names: &[String]) -> String {
    format!("調整モデルの変数：{}。", names.join("、"))
}

/// No model.
pub const NO_MODEL: &str = "調整モデルなし：「Cox回帰」で変数を選ぶ。";
/// A model without estimates.
pub const MODEL_FAILED: &str = "調整モデルに推定値がない。";
/// The methods paragraph.
pub const METHODS: &str = "実行した解析の方法の文章（出典付き）、すべての数値を再現するRスクリプト。";

/// Missing values of a variable.
#[must_use]
pub fn missing(name: &str, count: usize, of: usize) -> String {
    let percent = decimal(100.0 * count as f64 / of.max(1) as f64, 1);
    format!("{name} {count}人（{percent}%）")
}

/// Missing values of variables.
#[must_use]
pub fn missing_values(of: usize, each: &[String]) -> String {
    format!("{of}人中の欠測：{}。", each.join("、"))
}

/// No value is missing.
pub const NONE_MISSING: &str = "解析した患者では、変数の欠測値はない。";
/// The file has no variable.
pub const NO_VARIABLES: &str = "ファイルには、追跡のほかに変数がない。";

/// Patients of the model.
#[must_use]
pub fn complete_cases(n: usize, of: usize) -> String {
    format!("完全ケース：調整モデルの患者は{of}人中{n}人。補完は行わない。")
}

/// Without a model.
pub const COMPLETE_ONLY: &str = "値が欠測した患者は、その値が必要な解析で除く。補完は行わない。";

/// Median follow-up.
#[must_use]
pub fn median_follow_up(median: Option<f64>, interval: Option<(f64, f64)>, ci: &str) -> String {
    let Some(median) = median else {
        return "追跡期間の中央値（逆カプラン・マイヤー法）には到達していない。".to_owned();
    };
    let interval = interval.map(|(low, high)| format!("（{ci} {}–{}）", decimal(low, 2), decimal(high, 2)));
    format!(
        "追跡期間の中央値（逆カプラン・マイヤー法）は{}年{}。",
        decimal(median, 2),
        interval.unwrap_or_default()
    )
}

/// Patient-years and censored.
#[must_use]
pub fn observed(years: f64, censored: usize, n: usize) -> String {
    format!("{}人年。{n}人中{censored}人が打ち切り。", decimal(years, 1))
}

/// Nothing was noticed.
pub const NO_REMARKS: &str = "特記事項なし：除かれた患者も、最も長く追跡された患者も、イベントの点で目立たない。";

/// Patients and events.
#[must_use]
pub fn events(n: usize, events: usize) -> String {
    format!("患者{n}人、イベント{events}件。")
}

/// The same of a group.
#[must_use]
pub fn events_of(group: &str, n: usize, events: usize) -> String {
    format!("{group} {n}/{events}")
}

/// Patients and events of the groups.
#[must_use]
pub fn by_group(each: &[String]) -> String {
    format!("群ごと（患者数/イベント数）：{}。", each.join("、"))
}

/// That a size was planned is not known; what an assumed effect needs is computed elsewhere.
pub const SIZE_UNKNOWN: &str = "規模を計画していたかどうかは分からない。仮定した効果に必要な規模：";
/// The page for that: its route and its name.
pub const PLAN: (&str, &str) = (en::PLAN.0, super::page::PLAN);

/// Table 1.
#[must_use]
pub fn baseline(variables: usize, by_group: bool) -> String {
    let by = if by_group { "群ごとの" } else { "" };
    format!("{variables}個の変数の{by}表。")
}

/// Survival at times.
#[must_use]
pub fn absolute(endpoint: &str, years: &[String], ci: &str) -> String {
    format!("{}年時点の{endpoint}と{ci}。", years.join("、"))
}

/// No times.
pub const NO_TIMES: &str = "推定値を求める時点が設定されていない。";

/// The hazard ratio of groups.
#[must_use]
pub fn ratio(group: &str, reference: &str, shown: &str) -> String {
    format!("ハザード比（{reference}に対する{group}）：{shown}。")
}

/// Variables alone.
#[must_use]
pub fn alone(count: usize) -> String {
    format!("{count}個の変数の未調整ハザード比。")
}

/// No ratio.
pub const NO_RATIO: &str = "未調整ハザード比を推定できない。";

/// The adjusted model.
#[must_use]
pub fn adjusted(names: &[String], n: usize, events: usize, ci: &str) -> String {
    format!(
        "互いに調整したハザード比と{ci}：{}（患者{n}人、イベント{events}件）。",
        names.join("、")
    )
}

/// Adjusted curves.
#[must_use]
pub fn adjusted_curves(names: &[String]) -> String {
    format!("群ごとの生存曲線、次の変数で調整：{}。", names.join("；"))
}

/// Proportional hazards were tested.
pub const TESTED: &str = "比例ハザードを検定し、残差を描いた。";
/// They were not.
pub const NOT_TESTED: &str = "比例ハザードは検定していない：推定値のあるモデルがない。";
/// Effects within subgroups.
pub const SUBGROUPS: &str = "サブグループ内の効果と、交互作用の検定。";
/// No subgroups.
pub const NO_SUBGROUPS: &str = "サブグループ内の効果なし：群を比較していない。";

/// Interactions of the model.
#[must_use]
pub fn interactions(count: usize) -> String {
    format!("調整モデルの交互作用{count}個。")
}

/// Competing risks.
pub const COMPETING: &str = "競合する原因の累積発生率。";
/// None.
pub const NO_COMPETING: &str = "競合する原因なし：ファイルが原因を区別していないか、エンドポイントの原因が一つである。";
/// Transplantation.
pub const TRANSPLANT: &str = "時間依存性のイベントとしての移植。";
/// None.
pub const NO_TRANSPLANT: &str = "ファイルに解析できる移植がない。";
