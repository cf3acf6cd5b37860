//! The words before a site's file of a pooled analysis is saved: what it tells, to whom, and what the program does not
//! decide.

use cotside_core::federated::{Plan, Sharing, SiteFile};

use crate::exchanged::{count_of_numbers, neighbours};

/// The button that unfolds all numbers.
pub const SHOW_EVERY_NUMBER: &str = "すべての数値を表示";
/// The button that saves.
pub const SAVE_FILE: &str = "ファイルを保存";
/// The button that does not.
pub const DO_NOT_SAVE: &str = "保存しない";

/// What the file of a site holds, what its receiver learns, and what to ask before it goes.
#[must_use]
pub fn before_saving(plan: &Plan, made: &SiteFile) -> String {
    let shown = &made.shown;
    let n = shown.n.unwrap_or_default();
    let m = plan.design.limits.smallest_cell;
    let numbers = count_of_numbers(plan, shown);
    let mut text =
        format!("このファイルは、患者ファイルの乳児{n}人に関する{numbers}個の数値を含む。行、日付、氏名は含まない。");
    if plan.design.sharing == Sharing::Masked {
        text += "どの数値にもマスクがかかっている。取りまとめ役に分かるのは全施設の総計である";
        text += &match neighbours(plan, &shown.site) {
            Some((before, after)) => {
                format!("が、{before}と{after}の両方と協力すれば、この施設のマスクを外しうる。")
            }
            None => "。".to_owned(),
        };
    } else {
        text += &format!(
            "印のある数値は{m}人未満の児によるため提供しない。受け取った人には、児とイベントの数、列挙した人数と平均、各共変量と転帰との\
             この施設における関係が分かる。この施設の患者の大半を知る人は、残りも割り出せる可能性がある。"
        );
    }
    text += "このファイルが個人データに当たるかどうかを、このプログラムは判断しない。それは受け取る人が何を知り、何を入手できるかによる。\
             データ保護責任者に確認のこと：個人の特定を禁じる取り決めはあるか。誰がファイルを受け取るか。これらの児に関する別のファイルを\
             以前に出したことがあるか。";
    text
}

/// That earlier files could not be checked.
pub const NEW_LOG: &str = "このファイルから新しいログが始まる。それ以前に出したファイルをこれと照合することはできない。ログは、誰がどの群にいたかを示すため、\
     データと同じく慎重に保管のこと。";

/// That many numbers were sent.
#[must_use]
pub fn many_numbers(sent: u64, values: u64) -> String {
    format!(
        "このファイルを含め、これらの児に関する{sent}個の数値が外に出たことになる。これらの児の値は{values}個である。{values}個に達すると、\
         それ以上は何も出せない。"
    )
}

/// Levels that a site may take together, so that fewer counts are left out.
#[must_use]
pub fn may_merge(field: &str, levels: &[String]) -> String {
    format!(
        "計画書では、{field}の{}をまとめることができる。まとめれば、提供しない人数が減る。",
        levels.join("と")
    )
}

/// Levels that are together in the result.
#[must_use]
pub fn taken_together(field: &str, levels: &[String]) -> String {
    format!(
        "{field}の{}は、1施設がまとめて提供したため、全施設でまとめて扱う。",
        levels.join("と")
    )
}

/// Why something is left out, by its code in the file.
#[must_use]
pub fn because(code: &str, limit: Option<f64>) -> String {
    let limit = limit.map(cotside_core::shortest).unwrap_or_default();
    match code {
        "smallest_cell" => format!("{limit}未満の人数、またはそれを推定させる人数"),
        "smallest_n" => format!("患者が{limit}人未満"),
        "patients_per_column" => format!("共変量の列の数に対して患者が{limit}人未満"),
        "smallest_events" => format!("イベントが{limit}件未満"),
        "largest_share" => "1人の児が共変量のばらつきの半分を超える".to_owned(),
        "largest_value" => "1つの値が合計のほとんどを占める".to_owned(),
        "precision_bits" => format!("患者が{limit}人未満の場合としては精度が高すぎる"),
        "columns" => format!("患者数が少ないのに共変量の列が{limit}を超える"),
        "difference" => "既知の他の数値と合わせると、少数の児の合計が分かる".to_owned(),
        "numbers" => "これらの児の値より多くの数値が外に出ることになる".to_owned(),
        "merges" => "群をまとめたため、粗い群のこの検定は細かい群の検定と合算できない".to_owned(),
        "site" => "この施設の選択により提供しない".to_owned(),
        other => other.to_owned(),
    }
}
