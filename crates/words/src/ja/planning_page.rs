//! The words of the page on which a study is planned.

pub use crate::en::planning_page::{FIGURE, NONE, figure, formula};

/// What the page does, and that it does not advise.
pub const LEAD: &str = "計画する研究のイベント数、患者数、検出力。数値は以下の仮定から導かれるものにすぎず、研究デザインについての助言ではない。\
     何も送信しない。";
/// The heading of the form.
pub const ASSUMPTIONS: &str = "仮定";
/// The heading of the answer.
pub const ANSWER: &str = "結果";
/// A setting.
pub const DESIGN: &str = "デザイン";
/// A setting.
pub const SOUGHT: &str = "計算するもの";
/// A setting.
pub const EFFECT: &str = "効果の与え方";
/// A setting.
pub const SIZE: &str = "規模の与え方";
/// A setting.
pub const DIRECTION: &str = "効果の方向";
/// A setting.
pub const SIDES: &str = "検定";
/// A setting.
pub const FORMULA: &str = "イベント数の計算式";
/// A group of fields.
pub const FIRST_GROUP: &str = "第1群";
/// The same for one group.
pub const FIXED: &str = "固定した生存率";
/// A group of fields.
pub const COMPARISON: &str = "比較";
/// A group of fields.
pub const RECRUITMENT: &str = "登録と追跡";
/// A list: a study of the catalogue.
pub const BASELINE_STUDY: &str = "公表された推定値：研究";
/// A list: an estimate of that study.
pub const BASELINE: &str = "推定値";
/// No published estimate is taken.
pub const NO_BASELINE: &str = "なし：値を自分で入力";
/// The name of a field that may be empty.
#[must_use]
pub fn optional(name: &str) -> String {
    format!("{name}（任意）")
}
/// Instead of an answer.
pub const CORRECT: &str = "結果なし：印の付いた欄を訂正する。";
/// Over the sentences.
pub const SENTENCE: &str = "研究計画書に記す文（英語）";
/// Over the table.
pub const NEARBY: &str = "近い仮定での結果";
/// Over the formulas.
pub const METHOD: &str = "計算式と出典";
/// Over the code.
pub const R_CODE: &str = "Rコード";
/// What the code does.
pub const R_NOTE: &str = "パッケージを使わない基本のR。結果を計算し直し、異なる場合は停止する。";
/// Unfolds the code.
pub const SHOW_R: &str = "コードを表示";
/// Saves the code.
pub const SAVE_R: &str = "Rコードを保存";
/// Saves the table.
pub const SAVE_NEARBY: &str = "表を保存（CSV）";
/// Copies a text.
pub const COPY: &str = "コピー";

/// Numbers over the sentence.
pub mod number {
    /// Events.
    pub const EVENTS: &str = "イベント数";
    /// Events where patients are given.
    pub const EVENTS_EXPECTED: &str = "予想されるイベント数";
    /// Patients.
    pub const PATIENTS: &str = "患者数";
    /// Power.
    pub const POWER: &str = "検出力";
    /// Hazard ratio.
    pub const HAZARD_RATIO: &str = "ハザード比";
    /// Survival of one group that is detected.
    pub const DETECTED: &str = "検出する生存率";
    /// Years of recruitment.
    pub const RECRUITMENT: &str = "登録期間";
}

/// A design by its code.
#[must_use]
pub fn design(code: &str) -> &'static str {
    match code {
        "one-group" => "1群、固定した生存率との比較",
        _ => "2群、ログランク検定",
    }
}

/// What is sought by its code.
#[must_use]
pub fn sought(code: &str) -> &'static str {
    match code {
        "power" => "検出力",
        "effect" => "検出できる効果",
        _ => "必要症例数",
    }
}

/// How the effect is given, by its code.
#[must_use]
pub fn effect(code: &str) -> &'static str {
    match code {
        "survival" => "第2群の生存率",
        _ => "ハザード比",
    }
}

/// What the size counts, by its code.
#[must_use]
pub fn size(code: &str) -> &'static str {
    match code {
        "events" => "イベント数",
        _ => "患者数",
    }
}

/// A direction by its code.
#[must_use]
pub fn direction(code: &str) -> &'static str {
    match code {
        "worse" => "生存率が低くなる",
        _ => "生存率が高くなる",
    }
}

/// Sides of the test by their code.
#[must_use]
pub fn sides(code: &str) -> &'static str {
    match code {
        "one" => "片側",
        _ => "両側",
    }
}

/// A field by its code; `two` where the design has two groups.
#[must_use]
pub fn field(code: &str, two: bool) -> &'static str {
    match (code, two) {
        ("survival", true) => "第1群の生存率、%",
        ("survival", false) => "固定した生存率、%",
        ("time", _) => "時点、年",
        ("hazard-ratio", _) => "第1群に対する第2群のハザード比",
        ("second-survival", true) => "同じ時点での第2群の生存率、%",
        ("second-survival", false) => "検出する生存率、%",
        ("power", _) => "検出力、%",
        ("patients", _) => "全体の患者数",
        ("events", _) => "両群のイベント数",
        ("alpha", _) => "有意水準α",
        ("second", _) => "第2群の患者の割合、%",
        ("per-year", _) => "1年あたりの患者数",
        ("accrual", _) => "登録期間、年",
        ("follow-up", _) => "最後の登録からの追跡期間、年",
        _ => "1年あたりの追跡不能、%",
    }
}

/// What follows where an optional field is empty.
#[must_use]
pub fn hint(code: &str) -> &'static str {
    match code {
        "accrual" => "空欄の場合：患者数を1年あたりの患者数で割った値。これらがなければ登録期間なし。",
        "follow-up" => "空欄の場合：生存率の時点。",
        _ => "",
    }
}

/// What a field takes.
#[must_use]
pub fn accepts(code: &str) -> &'static str {
    match code {
        "survival" | "second-survival" | "second" => "0より大きく100より小さい数（例：50）",
        "power" => "0より大きく100より小さい数（例：80）",
        "hazard-ratio" => "0より大きく1以外の数（例：0.6）",
        "patients" | "events" => "1以上の整数（例：200）",
        "alpha" => "0より大きく1より小さい数（例：0.05）",
        "loss" => "0以上100未満の数（例：5）",
        "accrual" | "follow-up" => "0以上の数（例：3）",
        _ => "0より大きい数（例：4）",
    }
}

/// A field that is needed is empty.
#[must_use]
pub fn missing(code: &str) -> String {
    format!("入力が必要：{}。", accepts(code))
}

/// A field holds something else; with a decimal point.
#[must_use]
pub fn not_a_number(code: &str) -> String {
    format!("数ではない。{}を入力する。小数点には「.」を用いる。", accepts(code))
}

/// A number is out of range.
#[must_use]
pub fn out_of_range(code: &str) -> String {
    format!("範囲外。{}を入力する。", accepts(code))
}

/// Both survival proportions are one.
pub const SAME: &str = "もう一方の生存率と同じであり、検出する効果がない。別の値を入力する。";
/// The power is not above the level.
pub const BELOW_ALPHA: &str = "有意水準を上回っていない。より高い検出力を入力する（例：80）。";

/// The published estimate that was taken, with its numbers as printed: before and behind the name of its population.
#[must_use]
pub fn taken(study: &str, endpoint: &str, printed: &str) -> [String; 2] {
    [format!("{study}、"), format!("：{endpoint} {printed}。")]
}

/// The numbers of a published estimate: the estimate with its interval or standard error, the time, the patients.
#[must_use]
pub fn printed(estimate: &str, spread: &str, years: Option<&str>, n: Option<u32>) -> String {
    let years = years.map_or_else(String::new, |years| format!("、{years}"));
    let n = n.map_or_else(String::new, |n| format!("、n = {n}"));
    format!("{estimate}%{spread}{years}{n}")
}

/// Heads of the table of nearby assumptions.
pub mod nearby {
    /// Rows of hazard ratios.
    pub const HAZARD_RATIO: &str = "ハザード比";
    /// Rows of patients.
    pub const PATIENTS: &str = "患者数";
    /// Rows of events.
    pub const EVENTS: &str = "イベント数";
    /// Rows of survival to detect.
    pub const DETECT: &str = "検出する生存率";
    /// A column where no survival is given.
    pub const RESULT: &str = "結果";

    /// A column of survival in the first group.
    #[must_use]
    pub fn first(percent: &str) -> String {
        format!("第1群 {percent}")
    }

    /// A column of fixed survival.
    #[must_use]
    pub fn fixed(percent: &str) -> String {
        format!("固定 {percent}")
    }

    /// What the columns are where two groups are compared.
    pub const FIRST_COLUMNS: &str = "列：第1群の生存率。";
    /// What they are for one group.
    pub const FIXED_COLUMNS: &str = "列：固定した生存率。";

    /// What the cells hold.
    #[must_use]
    pub fn holds(sought: &str, patients: bool, years: bool) -> &'static str {
        match (sought, patients, years) {
            ("size", true, true) => "セル：患者数と、入力した1年あたりの患者数での登録期間（年）。",
            ("size", true, false) => "セル：患者数。",
            ("size", false, _) => "セル：イベント数。",
            ("power", _, _) => "セル：検出力。",
            _ => "セル：検出される効果。",
        }
    }

    /// Patients with years of recruitment.
    #[must_use]
    pub fn with_years(patients: &str, years: &str) -> String {
        format!("{patients}（{years}年）")
    }
}

/// A number over the sentence: the probability that follow-up lasts to the time of the survival.
pub const FOLLOWED: &str = "その時点まで追跡";
