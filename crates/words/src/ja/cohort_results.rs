//! The words of results that describe the cohort: baseline characteristics, risk groups by protocol and how well they
//! discriminate, published estimates over the curve.

use crate::decimal;
use cotside_core::evidence::{OwnCaution, Reached};
use cotside_core::survival::NoPercentiles;

// Names of variables and labels in figures are printed; published estimates are quoted.
pub use crate::en::cohort_results::{
    AGE_PER_MONTH, NONE, WBC_PER_DOUBLING, count_with, per_doubling, published_heading, published_name,
    published_point, quartiles,
};

// ---- Baseline characteristics

/// Heading.
pub const BASELINE: &str = "患者背景";
/// Of a table.
pub const CHARACTERISTIC: &str = "項目";
/// Of a table.
pub const ALL: &str = "全体";
/// The number of patients.
pub const PATIENTS: &str = "患者";
/// The unit of measurable residual disease.
pub const FRACTION_OF_CELLS: &str = "細胞の割合";
/// Below the table.
pub const BASELINE_KEY: &str =
    "数値：中央値（四分位数）と範囲。四分位数はRのtype 7。水準：人数（不明を除く割合、%）。背景の差の検定は行わない。";

/// Patients whose value is missing.
#[must_use]
pub fn missing(count: usize) -> String {
    format!("欠測 {count}")
}

/// The lowest and the highest number.
#[must_use]
pub fn range(lowest: &str, highest: &str) -> String {
    format!("範囲 {lowest}–{highest}")
}

// ---- Variables

/// Groups of a protocol in a list of variables.
#[must_use]
pub fn groups_of(protocol: &str) -> String {
    format!("{protocol}の群")
}

/// A column that cannot be a variable, with why; `levels` is its number of different texts where they were counted.
#[must_use]
pub fn too_many_levels(column: &str, levels: Option<usize>, [most_groups, most_levels]: [usize; 2]) -> String {
    match levels {
        Some(levels) => {
            format!("{column}（{levels}水準、{most_groups}を超える：用いるには「列」で群であると指定する）")
        }
        None => format!("{column}（{most_levels}を超える水準）"),
    }
}

// ---- Risk groups by protocol

/// Heading.
pub const BY_PROTOCOL: &str = "プロトコール別のリスク群";
/// Of a table.
pub const PROTOCOL: &str = "プロトコール";
/// Of a table.
pub const GROUPS: &str = "群";
/// Patients of whom too little is known for a group.
pub const UNDECIDED: &str = "未確定";
/// Patients to whom the protocol does not apply.
pub const NOT_APPLICABLE: &str = "適用外";
/// Below the table.
pub const GROUP_BY: &str = "「群分け」でプロトコールの群を選ぶと、その群の曲線を描く。";
/// Heading.
pub const RECLASSIFICATION: &str = "再分類";
/// Below the table.
pub const RECLASSIFICATION_KEY: &str = "ファイルの患者のうち読めた全員（追跡の有無を問わない）。";

/// Rows and columns of the table of two protocols.
#[must_use]
pub fn rows_and_columns(rows: &str, columns: &str) -> String {
    format!("{rows}（行）、{columns}（列）")
}

// ---- Discrimination

/// Heading.
pub const DISCRIMINATION: &str = "プロトコールの群の識別能";
/// The name of the table.
pub const DISCRIMINATION_TABLE: &str = "プロトコール別の識別能";
/// Of a table.
pub const N_EVENTS: &str = "n（イベント）";
/// Of a table.
pub const WITHOUT_GROUP: &str = "群なし";
/// Of a table.
#[must_use]
pub fn concordance(ci: &str) -> String {
    format!("一致指数（{ci}）")
}
/// Of a table.
pub const LOG_RANK_P: &str = "ログランク検定のP";
/// Of a table where no time is set.
pub const DIFFERENCE: &str = "差";
/// Followed patients without a group, and those whose group is left out by choice.
#[must_use]
pub fn without_group_cell(without: usize, left_out: usize) -> String {
    match left_out {
        0 => without.to_string(),
        _ => format!("{without} + 選択による除外{left_out}"),
    }
}

/// Why there is no concordance.
pub const NO_PAIR: &str = "比較できる組なし";
/// Why there is no concordance and no difference.
pub const NOT_ORDERED: &str = "群に順序なし";
/// There is no test.
pub const NO_TEST: &str = "検定なし";

/// Of a table.
#[must_use]
pub fn lowest_minus_highest(years: f64, ci: &str) -> String {
    format!(
        "{}年における最低 − 最高リスク群（{ci}）、パーセントポイント",
        decimal(years, 2)
    )
}

/// Protocols that have no row.
#[must_use]
pub fn one_group(names: &[&str]) -> String {
    format!(
        "患者が一つの群に入るか、どの群にも入らないため示さないもの：{}。",
        names.join("、")
    )
}

// ---- Sentences

/// What must be known wherever patients are sorted by the rule of a protocol.
pub const NOT_TREATED_ON_IT: &str = "これらの患者は、これらのプロトコールで治療されていないか、その全員が治療されたわけではない。群はプロトコールの規則がその患者をどう分類するかを示す\
     もので、群の経過はプロトコールの治療について何も示さない。";

/// Why a concordance has no interval from so many resamples.
#[must_use]
pub fn no_percentiles(why: NoPercentiles, resamples: usize) -> String {
    match why {
        NoPercentiles::WithoutPairs(count) => {
            format!("区間なし：{resamples}回の再抽出のうち{count}回に比較できる組がない")
        }
        NoPercentiles::AllAlike => "区間なし：すべての再抽出がこの値になる".to_owned(),
    }
}

/// How the table of discrimination was made; `None` where no protocol's groups have an order, 0 resamples where the
/// interval is asymptotic.
#[must_use]
pub fn discrimination(resamples: Option<usize>, seed: u64, ci: &str) -> String {
    let interval = match resamples {
        None => String::new(),
        Some(0) => format!("。漸近的な{ci}（無限小ジャックナイフ）"),
        Some(resamples) => {
            format!("。区間は{resamples}回のブートストラップ再抽出によるパーセンタイル区間（乱数の種{seed}）")
        }
    };
    format!(
        "追跡された患者。プロトコールで群が得られない患者（未確定または適用外）は数えるが、その行から除くため、行ごとに患者が異なる。群の順序とイベントの順序の\
         一致指数：0.5は偶然、1は完全な一致{interval}。後の所見（8日目、残存病変）による群も同じ起点から追跡する：それより前に死亡した患者には群が\
         ない。ログランク検定は全群の間、差は最低リスク群と最高リスク群のカプラン・マイヤー推定値の差で、区間はGreenwoodによる。プロトコールの数に対する補正は\
         行わない。規則が作られたコホートでは、その規則がよく見える。"
    )
}

/// What published estimates over an own curve are.
pub const OVER_CURVE: &str = "同じエンドポイントの推定値（公表成績のページに載せた報告の記載どおり）：その時点の点と、あればその95%信頼区間（記載された標準誤差から計算したものは\
     破線）。曲線にはしない。";

/// A reason not to read the distance of an own curve from a published point as one of treatments: our words, and between them
/// what is quoted of the report.
#[must_use]
pub fn own_caution(caution: OwnCaution<'_>) -> (String, &str, &'static str) {
    let report = |word: &str, text| match text {
        "" => (format!("報告における{word}：読み取れなかった。"), text, ""),
        _ => (format!("報告における{word}："), text, "。"),
    };
    let told = match caution {
        OwnCaution::EventDefinition(text) => return report("イベントの定義", text),
        OwnCaution::TimeOrigin(text) => return report("時間の起点", text),
        OwnCaution::AgeLimit(text) => return report("年齢の上限", text),
        OwnCaution::NotRandomised => {
            "報告とコホートであり、一つの試験の二つの群ではない：隔たりは患者、診療、時代の違いによるかもしれない。"
                .to_owned()
        }
        OwnCaution::Era(report, own) => format!(
            "時代：報告の登録は{}–{}年、ここの患者の診断は{}–{}年。",
            report.0, report.1, own.0, own.1
        ),
        OwnCaution::EraNotStated => "報告の登録年、またはここでの診断年が不明。".to_owned(),
        OwnCaution::Kmt2aShare(report, own) => format!(
            "KMT2A再構成あり：報告では{}%、ここでは{}%。",
            decimal(100.0 * report, 1),
            decimal(100.0 * own, 1)
        ),
        OwnCaution::Kmt2aShareNotStated => "KMT2A再構成のある乳児の割合が、報告またはここで不明。".to_owned(),
        OwnCaution::Selected(Reached::Remission) => "報告は寛解に到達した乳児だけを数える。".to_owned(),
        OwnCaution::Selected(Reached::Transplant) => "報告は移植に到達した乳児だけを数える。".to_owned(),
        OwnCaution::Selected(Reached::Entry) => "報告は登録した全員を数える。".to_owned(),
        OwnCaution::Few(n) => format!("報告の患者が少ない：{n}例。"),
        OwnCaution::NumberNotStated => "報告の患者数の記載がない。".to_owned(),
        OwnCaution::UnclearSpread => "報告の±が標準誤差であるか確かでないため、区間を描かない。".to_owned(),
        OwnCaution::SecondHand => "二次資料から読み取った。".to_owned(),
        OwnCaution::Unchecked => super::own_estimates::CAUTION_ONE.to_owned(),
    };
    (told, "", "")
}
