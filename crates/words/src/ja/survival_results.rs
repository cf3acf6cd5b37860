//! The words of survival curves and of groups compared, as reporting guidelines ask for them: n, events, estimate, interval,
//! test, P, and what was left out.

use crate::decimal;
use crate::en::p_in_sentence;
use cotside_core::cohort::FailureAt;
use cotside_core::survival::{NoVariance, NotFollowed, NotTested, RankWeight};

// What is printed, and what is of numbers alone.
pub use crate::en::survival_results::{
    CHI_SQUARE, IN_MONTHS, IN_YEARS, NONE, P, chi_square, curves_caption, curves_description, interval, key_test,
    percent_with,
};

// ---- Heads of tables

/// Of a table.
pub const GROUP: &str = "群";
/// Of a table.
pub const PATIENTS: &str = "患者";
/// Of a table.
pub const EVENTS: &str = "イベント";
/// Of a table.
pub const YEARS: &str = "年";
/// Of a table.
pub const AT_RISK: &str = "リスク集合の人数";
/// Of a table.
pub const ESTIMATE: &str = "推定値、%";
/// Of a table.
pub const SE: &str = "標準誤差";
/// Between two sentences.
pub const BETWEEN: &str = "";

// ---- Patients analysed

/// Heading.
pub const PATIENTS_ANALYSED: &str = "解析対象の患者";
/// Before the reasons.
pub const NOT_FOLLOWED_UP: &str = "追跡できない患者：";
/// Heading of a file without follow-up.
pub const NO_SURVIVAL_ANALYSIS: &str = "生存解析なし";
/// Below it.
pub const NOBODY_FOLLOWED: &str = "このファイルには、どのエンドポイントについても追跡できる患者がいない。";
/// No patient is left under the settings.
pub const NO_PATIENT: &str = "このエンドポイントと設定では解析できる患者がいない。上の列を確認するか、設定を変える。";

/// How many of the patients can be followed to the endpoint.
#[must_use]
pub fn with_follow_up(endpoint: &str, followed: usize, all: usize, events: usize) -> String {
    format!("{endpoint}：患者{all}例中{followed}例を追跡、イベント{events}件。")
}

/// Patients who are not in any group.
#[must_use]
pub fn without_group(count: usize) -> String {
    format!("群が不明の{count}例は除外。")
}

/// Patients with the reason why they are not analysed.
#[must_use]
pub fn excluded(count: usize, why: &str) -> String {
    format!("{count}例：{why}")
}

// ---- Curves

/// The group where nothing is compared.
pub const ALL_PATIENTS: &str = "全患者";
/// An estimate beyond the last observation.
pub const TOO_SHORT: &str = "追跡期間が短すぎる";
/// Median follow-up where it does not exist.
pub const NO_MEDIAN_FOLLOW_UP: &str = "追跡期間の中央値（逆カプラン・マイヤー法）は未到達。";

/// Median follow-up.
#[must_use]
pub fn median_follow_up(years: f64) -> String {
    format!("追跡期間の中央値（逆カプラン・マイヤー法） {}年。", decimal(years, 2))
}

/// An interval of times, whose ends may not be reached.
#[must_use]
pub fn from_to(lower: &str, upper: &str) -> String {
    format!("{lower}〜{upper}")
}

/// A time that is not reached.
pub const NOT_REACHED: &str = "未到達";

/// Why there is no interval, in its cell.
#[must_use]
pub fn no_interval(why: &str) -> String {
    format!("なし：{why}")
}

/// Why there is no interval, behind an estimate.
#[must_use]
pub fn no_interval_behind(why: &str) -> String {
    format!("（区間なし：{why}）")
}

/// The interval behind an estimate in a sentence.
#[must_use]
pub fn interval_behind(lower: &str, upper: &str, ci: &str) -> String {
    format!("（{ci} {}）", interval(lower, upper))
}

// ---- Estimates in full, and groups compared

/// Heading.
pub const ESTIMATES: &str = "推定値の詳細";
/// Heading.
pub const COMPARISON: &str = "群の比較";
/// Of a table.
pub const OBSERVED: &str = "観測数、重み付き";
/// Of a table.
pub const EXPECTED: &str = "期待数、重み付き";
/// Of a table.
pub const PAIR: &str = "組";
/// Of a table: corrected for the number of pairs.
pub const P_HOLM: &str = "P（Holm）";
/// Of a table.
#[must_use]
pub fn difference(ci: &str) -> String {
    format!("差（{ci}）、パーセントポイント")
}
/// Of a table.
pub const RMST: &str = "RMST（標準誤差）、年";
/// Of a table.
#[must_use]
pub fn rmst_difference(ci: &str) -> String {
    format!("差（{ci}）、年")
}
/// The group with which the others are compared.
pub const REFERENCE: &str = "基準";
/// A group without follow-up.
pub const NO_FOLLOW_UP: &str = "追跡なし";

/// Why there is no test, as a sentence.
#[must_use]
pub fn no_test(why: &str) -> String {
    format!("検定なし：{why}。")
}

/// Why there is no test, in a cell or a sentence.
#[must_use]
pub fn no_test_cell(why: &str) -> String {
    format!("検定なし：{why}")
}

/// Why pairs were not tested.
#[must_use]
pub fn no_tests_of_pairs(why: &str) -> String {
    format!("組ごとの検定なし：{why}。")
}

/// The test for trend; `test` is its χ², df and P, or why there is none.
#[must_use]
pub fn trend(test: &str) -> String {
    format!("群の順序に沿った傾向検定：{test}。")
}

/// Two groups, the first compared with the second.
#[must_use]
pub fn versus(first: &str, second: &str) -> String {
    format!("{first} 対 {second}")
}

/// An estimate with the ends of its interval, which may be negative.
#[must_use]
pub fn estimate_to(estimate: &str, lower: &str, upper: &str) -> String {
    format!("{estimate} ({lower}〜{upper})")
}

/// Heading of the differences at fixed times.
#[must_use]
pub fn differences_from(first: &str) -> String {
    format!("固定時点における{first}との差")
}

/// Heading of the restricted means.
#[must_use]
pub fn restricted_means(tau: f64, endpoint: &str) -> String {
    format!("{}年までの境界内平均生存時間（RMST）、{endpoint}", decimal(tau, 2))
}

/// A restricted mean with its standard error, or why there is none.
#[must_use]
pub fn mean_with(estimate: &str, std_err: Result<&str, &str>) -> String {
    match std_err {
        Ok(std_err) => format!("{estimate} ({std_err})"),
        Err(why) => format!("{estimate}（標準誤差なし：{why}）"),
    }
}

/// When induction failure counts, and on whose word.
#[must_use]
pub fn failure_at(failure_at: FailureAt) -> &'static str {
    match failure_at {
        FailureAt::TimeZero => {
            "寛解導入不能は時点0のイベントとして数える。これはここで選んだ取り決めであり、このページのために読んだ出典にこれを定めたものはない。設定により、\
             その日付で数えることもできる。2022年の国際コンセンサス（Buchmann et al., Blood 2022;139:1785–93, \
             doi:10.1182/blood.2021012328、抄録を確認）は、各プロトコールが前もって定める時点までに完全寛解が得られないことを治療不成功と定義する。\
             それがどの時点か、いつイベントとして数えるかは、抄録では示されていない。"
        }
        FailureAt::ItsDate => {
            "寛解導入不能は最初のイベントの日付で数える。いつ数えるかを定めた出典は、このページのために読んだものの中にない。もう一つの方法は時点0である。\
             2022年の国際コンセンサス（Buchmann et al., Blood 2022;139:1785–93, doi:10.1182/blood.2021012328、抄録を確認）は、\
             各プロトコールが前もって定める時点までに完全寛解が得られないことを治療不成功と定義する。それがどの時点か、いつイベントとして数えるかは、\
             抄録では示されていない。"
        }
    }
}

/// Name of a rank test, as it stands within a sentence.
#[must_use]
pub fn rank_test_name(weight: RankWeight) -> String {
    match weight {
        RankWeight::LogRank => "ログランク検定".to_owned(),
        RankWeight::Gehan => "Gehan–Breslow検定（一般化Wilcoxon検定）".to_owned(),
        RankWeight::TaroneWare => "Tarone–Ware検定".to_owned(),
        RankWeight::Peto => "Peto–Peto検定".to_owned(),
        RankWeight::FlemingHarrington { rho, gamma } => {
            format!("Fleming–Harrington検定 ({}, {})", decimal(rho, 2), decimal(gamma, 2))
        }
    }
}

/// A rank test: of what, on how many patients and events, and how many had no group; `test` is its χ², df and p.
#[must_use]
pub fn rank_test(
    weight: RankWeight,
    endpoint: &str,
    (patients, events): (usize, usize),
    (by_choice, without_group): (usize, usize),
    test: &str,
) -> String {
    let mut left_out = String::new();
    if by_choice > 0 {
        left_out.push_str(&format!("、選択による除外{by_choice}例"));
    }
    if without_group > 0 {
        left_out.push_str(&format!("、群が不明のため除外{without_group}例"));
    }
    let name = rank_test_name(weight);
    format!("{endpoint}の{name}（患者{patients}例、イベント{events}件{left_out}）：{test}。")
}

/// A permutation P beside an asymptotic one.
#[must_use]
pub fn permutation(p: f64, assignments: u64, drawn: bool) -> String {
    let how = if drawn {
        format!("無作為に抽出した{assignments}通りの割り付け")
    } else {
        format!("{assignments}通りの割り付けすべて")
    };
    format!(
        "患者がこれほど少ないと漸近的なPは信頼できない：並べ替え検定 {}（{how}）。",
        p_in_sentence(p)
    )
}

/// What an estimate lacks that has no variance: of whom, in words that fit behind "区間なし：".
#[must_use]
pub fn no_variance(whom: &str, why: NoVariance) -> String {
    let whom = if whom.is_empty() {
        String::new()
    } else {
        format!("{whom}で")
    };
    match why {
        NoVariance::NoEvent => format!("{whom}まだイベントがない"),
        NoVariance::AllEvents => format!("{whom}リスク集合に残る全員にイベントが起きた"),
    }
}

/// Why a difference of two groups has neither interval nor p, in words that fit behind "区間なし：".
#[must_use]
pub fn not_tested(why: NotTested, first: &str, second: &str) -> String {
    let sides = [(first, why.first), (second, why.second)];
    let lacks = sides
        .into_iter()
        .filter_map(|(whom, why)| Some(no_variance(whom, why?)));
    lacks.collect::<Vec<_>>().join("；")
}

/// Why two groups have no difference at a time.
#[must_use]
pub fn not_followed(why: NotFollowed, first: &str, second: &str) -> String {
    let sides = [(first, why.first), (second, why.second)];
    let missing: Vec<&str> = sides.into_iter().filter(|(_, is)| *is).map(|(whom, _)| whom).collect();
    format!("{}の追跡がそれより前に終わる", missing.join("と"))
}

/// What a reader must know where groups have no variance.
pub const NO_VARIANCE: &str = "ある群で誰にもイベントが起きていない、またはリスク集合に残る全員に起きた場合、その分散は0か、存在しない。区間やP値はもう一方の群だけに\
     基づくことになるため、示さない。全追跡期間についての上の検定には、この分散は必要ない。";

/// Why there are no restricted means.
pub const NO_HORIZON: &str =
    "境界内平均生存時間なし：時点0までしか追跡されていない群がある。境界となる時点を指定する。";

/// How survival at fixed times is compared.
pub const FIXED_TIME: &str = "カプラン・マイヤー推定値の差、分散はGreenwoodによる。区間とPは、一致するように同じ尺度（変換なし）による。曲線を見てから選んだ\
     時点ではPが小さくなりすぎる。";

/// What a restricted mean is.
pub const RESTRICTED_MEAN: &str = "その時点までのカプラン・マイヤー曲線の下の面積。比例ハザードを必要としない。最初の群が基準である。差の区間とPは、年の尺度での正規近似\
     による。";

/// A restricted mean beyond the last observation.
pub const CARRIED_ON: &str = "イベントのない患者が残るまま、その時点より前に終わる曲線がある。最後の値を延長したため、そこから先の平均に寄与する患者はいない。";

/// A Kaplan–Meier estimate at one time; shares are in per cent, `whom` is empty where there is one group.
#[must_use]
pub fn survival_at(
    endpoint: &str,
    whom: &str,
    years: f64,
    estimate: &str,
    (patients, events): (f64, f64),
    at_risk: f64,
) -> String {
    let of = if whom.is_empty() {
        String::new()
    } else {
        format!("（{whom}）")
    };
    format!(
        "{}における{endpoint}{of}：{estimate}。全追跡期間で患者{}例、イベント{}件、この時点のリスク集合は{}人。",
        in_years(years),
        decimal(patients, 1),
        decimal(events, 1),
        decimal(at_risk, 1)
    )
}

/// A difference from the first group; `found` is the difference with its interval, `test` its p or why there is neither.
#[must_use]
pub fn difference_from(group: &str, first: &str, years: f64, found: &str, test: Result<f64, NotTested>) -> String {
    let test = match test {
        Ok(p) => format!("、{}", p_in_sentence(p)),
        Err(why) => format!("、区間とPなし（{}）", not_tested(why, group, first)),
    };
    format!(
        "{}、{group} − {first}：{found}パーセントポイント{test}。",
        in_years(years)
    )
}

pub(super) fn in_years(years: f64) -> String {
    format!("{}年", decimal(years, 2))
}

// The strip of key numbers over the curves.

/// Patients and events.
pub const PATIENTS_EVENTS: &str = "患者 / イベント";

/// Survival of a group at a time: "5年EFS、germline".
#[must_use]
pub fn at_year(year: &str, endpoint: &str, group: &str) -> String {
    let of = if group.is_empty() {
        String::new()
    } else {
        format!("、{group}")
    };
    format!("{year}年{endpoint}{of}")
}

/// An interval below a number.
#[must_use]
pub fn key_interval(interval: &str, ci: &str) -> String {
    format!("{ci} {interval}")
}

/// The median in years with its interval; its upper end may not be reached, nor the median itself.
#[must_use]
pub fn median(median: Option<String>, lower: Option<String>, upper: Option<String>) -> String {
    match (median, lower, upper) {
        (None, ..) => "中央値 未到達".to_owned(),
        (Some(median), Some(lower), Some(upper)) => format!("中央値 {median}年 ({lower}–{upper})"),
        (Some(median), Some(lower), None) => format!("中央値 {median}年 ({lower}–未到達)"),
        (Some(median), None, _) => format!("中央値 {median}年"),
    }
}

/// Of which groups a hazard ratio is.
#[must_use]
pub fn ratio_of_groups(group: &str, reference: &str) -> String {
    versus(group, reference)
}

/// Over a hazard ratio.
#[must_use]
pub fn key_ratio(which: &str, ci: &str) -> String {
    format!("ハザード比（{ci}）、{which}")
}

/// Before the P of the test of proportional hazards.
pub const PROPORTIONAL: &str = "比例ハザード性";
