//! Why a method of competing risks, parametric models or transplant analyses gives no answer, in words.

use cotside_core::decimal::fixed;
use cotside_core::survival::{
    CureError, CureWarning, FineGrayError, FineGrayWarning, GrayError, ImmortalTime, IncidenceError, MOST_CAUSES,
    MOST_FINE_GRAY_ROWS, MOST_GRAY_GROUPS, ParametricError, TransplantError,
};

/// Why there is no cumulative incidence, and what would be accepted.
#[must_use]
pub fn incidence_error(error: IncidenceError) -> String {
    match error {
        IncidenceError::Groups => "群と行の数が一致しない".to_owned(),
        IncidenceError::AalenNeedsPlainRows => {
            "Aalenの分散は重みにも遅延組入れにも対応しない。--variance jackknifeを使う".to_owned()
        }
        IncidenceError::TooManyCauses { found } => {
            format!("イベントの列に原因が{found}個ある。{MOST_CAUSES}個以下とする")
        }
    }
}

/// Why there is no Gray's test.
#[must_use]
pub fn gray_error(error: GrayError) -> String {
    match error {
        GrayError::Labels => "群または層と行の数が一致しない".to_owned(),
        GrayError::OneGroup => "Gray検定には2つ以上の群が必要である".to_owned(),
        GrayError::TooManyGroups { found } => {
            format!("Gray検定で比べられるのは{MOST_GRAY_GROUPS}群までで、ここには{found}群ある")
        }
        GrayError::NeedsPlainRows => "Gray検定は重みにも遅延組入れにも対応しない".to_owned(),
        GrayError::NoVariance => {
            "Gray検定の分散がない。この原因のイベントがないか、このイベントの起こりえない群がある".to_owned()
        }
    }
}

/// Why there is no model of the subdistribution hazard; `names` are those of the covariates.
#[must_use]
pub fn fine_gray_error(error: FineGrayError, names: &[String], cause: u32) -> String {
    let name = |covariate: usize| names.get(covariate).map_or("?", String::as_str);
    match error {
        FineGrayError::NoCovariates => "--covariatesまたは--factorで少なくとも1つの共変量を指定する".to_owned(),
        FineGrayError::BadCovariate { covariate } => not_finite(name(covariate)),
        FineGrayError::NeedsPlainRows => "重みと遅延組入れには、区間によるモデルが必要である".to_owned(),
        FineGrayError::Labels => "層またはクラスターと行の数が一致しない".to_owned(),
        FineGrayError::NoWeight => {
            "ある時点でリスク集合の全員が組み入れられた直後か打ち切りであり、それより前に別のイベントのあった患者に重みがない。その時点より前の行を除くか、\
             --entryを外す"
                .to_owned()
        }
        FineGrayError::TooManyRows { .. } => {
            format!("別のイベントのあった患者の区間が{MOST_FINE_GRAY_ROWS}個を超える。行を減らす")
        }
        FineGrayError::NoEvents => format!("原因{cause}の行がない。実際にある原因を--causeで指定する"),
        FineGrayError::Singular { covariate } => singular(name(covariate)),
        FineGrayError::NoConvergence => NO_CONVERGENCE.to_owned(),
    }
}

/// What is doubtful about a model of the subdistribution hazard.
#[must_use]
pub fn fine_gray_warning(warning: FineGrayWarning, names: &[String]) -> String {
    let name = |covariate: usize| names.get(covariate).map_or("?", String::as_str);
    match warning {
        FineGrayWarning::Constant { covariate } => constant_covariate(name(covariate)),
        FineGrayWarning::NoContrast { covariate } => format!(
            "{}は、どのイベントの時点でもリスク集合の中で値に差がなく、係数がない",
            name(covariate)
        ),
        FineGrayWarning::MayBeInfinite { covariate } => format!(
            "{}の係数は無限大の可能性がある。イベントのない値か、イベントしかない値がある",
            name(covariate)
        ),
        FineGrayWarning::FewClusters => {
            "クラスターの数が係数の数以下のため、ロバスト標準誤差は不確かである。クラスターが1つの場合、標準誤差はない"
                .to_owned()
        }
        FineGrayWarning::FewEvents => "共変量1個あたりのイベントが10件未満で、推定値は不確かである".to_owned(),
    }
}

/// A covariate that was left out of a model because it is constant.
#[must_use]
pub fn constant_covariate(name: &str) -> String {
    format!("{name}はすべての行で同じ値であり、係数がない")
}

/// Why there is no parametric model; `names` are those of the covariates.
#[must_use]
pub fn parametric_error(error: ParametricError, names: &[String]) -> String {
    let name = |covariate: usize| names.get(covariate).map_or("?", String::as_str);
    match error {
        ParametricError::BadCovariate { covariate } => not_finite(name(covariate)),
        ParametricError::ZeroTime { .. } => ZERO_TIME.to_owned(),
        ParametricError::EntryBeforeOrigin { .. } => {
            "組入れが0より前、すなわち時間の起点より前である。0以上とするか、より早い日から時間を数える".to_owned()
        }
        ParametricError::NoEvents => NO_EVENTS.to_owned(),
        ParametricError::Singular { covariate } => singular(name(covariate)),
        ParametricError::Separation { covariate } => format!(
            "{}の係数が無限大である。イベントのない値がある。その列を外すか、値をまとめる",
            name(covariate)
        ),
        ParametricError::NoMaximum => {
            "尤度に最大値がない。モデルがすべてのイベントに完全に一致する。共変量を減らす".to_owned()
        }
        ParametricError::NoConvergence => NO_CONVERGENCE.to_owned(),
    }
}

/// Why transplanted and other patients cannot be compared so.
#[must_use]
pub fn transplant_error(error: TransplantError) -> String {
    match error {
        TransplantError::NoRows => "十分な期間追跡された患者がいない",
        TransplantError::Length => "列の長さが異なる",
        TransplantError::BadTime { .. } => "時間を受け付けられない。0以上の有限の数を与える",
        TransplantError::BadTransplant { .. } => "移植の時点を受け付けられない。0以上の数を与えるか、空欄とする",
        TransplantError::TransplantAfterEnd { .. } => "移植が追跡終了より後である。どちらかを訂正する",
        TransplantError::BadLandmark => "ランドマークを受け付けられない。0以上の有限の数を与える",
        TransplantError::NothingToCompare => {
            "イベントのある患者がいないか、イベントの時点で2群の一方のリスク集合に患者がおらず、比べるものがない"
        }
        TransplantError::ImmortalTime(cost) => return immortal_time(cost),
    }
    .to_owned()
}

/// Why grouping by “ever transplanted” is not offered.
#[must_use]
pub fn immortal_time(cost: ImmortalTime) -> String {
    format!(
        "「移植を受けたことがあるか」による群分けは提供しない（不死時間バイアス：その追跡期間の{}%にあたる{}例の待機期間には、イベントが起こりえない）。\
         Mantel–Byar検定、時間依存性共変量、ランドマークのいずれかを用いる。",
        fixed(100.0 * cost.share, 0),
        cost.patients
    )
}

/// Why there is no cure model; names are those of the covariates of the incidence and of the latency.
#[must_use]
pub fn cure_error(error: CureError, incidence: &[String], latency: &[String]) -> String {
    let bad = |names: &[String], covariate: usize| not_finite(names.get(covariate).map_or("?", String::as_str));
    match error {
        CureError::BadIncidenceCovariate { covariate } => bad(incidence, covariate),
        CureError::BadLatencyCovariate { covariate } => bad(latency, covariate),
        CureError::ZeroTime { .. } => ZERO_TIME.to_owned(),
        CureError::DelayedEntry => "治癒モデルは遅延組入れに対応しない".to_owned(),
        CureError::NoEvents => NO_EVENTS.to_owned(),
        CureError::NobodyCensored => "打ち切りの患者がいないため、治癒しうる患者がいない".to_owned(),
        CureError::NoConvergence => NO_CONVERGENCE.to_owned(),
    }
}

/// What is doubtful about a cure model.
#[must_use]
pub fn cure_warning(warning: CureWarning) -> &'static str {
    match warning {
        CureWarning::InsufficientFollowUp => {
            "治癒した患者と遅いイベントを区別するには追跡が短すぎる可能性がある（MallerとZhouのαが0.05を超える）"
        }
        CureWarning::NoPlateau => "最後の時間がイベントであり、曲線にプラトーがない",
        CureWarning::NoCuredFraction => "最終的に全員にイベントが起こると推定され、治癒の徴候がない",
        CureWarning::MayBeInfinite => "係数が無限大の可能性がある。イベントのない値か、イベントしかない値がある",
        CureWarning::NotIdentified => "データからは治癒と遅いイベントを区別できず、標準誤差が存在しない",
        CureWarning::FewEvents => "パラメータ1個あたりのイベントが10件未満で、推定値は不確かである",
    }
}

fn not_finite(name: &str) -> String {
    format!("列{name}に、大きすぎる値または有限でない値がある")
}

fn singular(name: &str) -> String {
    format!("列{name}は一定であるか、それより前の列の組合せである。この列を外す")
}

const NO_CONVERGENCE: &str = "モデルが収束しなかった。共変量を減らすか、極端な値を探す";

const ZERO_TIME: &str = "時間が0で、その対数がない。0より大きい時間を与えるか、その行を除く";

const NO_EVENTS: &str = "イベントのある行がない。イベントを表す値が1でなければ、--event-valueで指定する";
