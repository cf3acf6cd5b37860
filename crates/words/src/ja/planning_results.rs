//! Sentences of planning. The sentences for a protocol are printed in English and are said by the plans themselves.

use cotside_core::survival::{EventsFormula, PlanError};

use crate::decimal;

pub use crate::en::planning_results::{
    ONE_GROUP_FORMULA, OneGroupPlan, PlanSource, TwoGroupPlan, one_group_sources, two_group_sources,
};

/// What an answer on two groups assumes.
pub const TWO_GROUPS_ASSUME: &str = "仮定：比例ハザード、両群で一定のハザード、一様な登録、イベントと独立で両群に等しい追跡不能。検出力は、効果の方向での棄却を数える。\
     乳児ALLの生存はしばしばプラトーに達し、その場合、後期のイベントは一定のハザードから得られる数より少ない。";
/// What an answer on one group assumes.
pub const ONE_GROUP_ASSUMES: &str = "仮定：すべての患者を生存率の時点まで追跡するか、その前にイベントが起こる。固定した値は誤差なく分かっているものとするが、\
     公表された推定値には区間があり、その患者は異なることがある。検出力は、効果の方向での棄却を数える。";

/// What an answer on one group assumes where entry, follow-up or loss is given.
pub const ONE_GROUP_OBSERVED_ASSUMES: &str = "仮定：生存率の時点まで一定のハザード、一様な登録、イベントと独立な追跡不能。乳児ALLでしばしばあるように多くのイベントが早期に起こる場合、\
     必要な患者は一定のハザードの場合より少ない。固定した値は誤差なく分かっているものとするが、公表された推定値には区間があり、その患者は異なることがある。\
     検出力は、効果の方向での棄却を数える。";
/// One group with entry, follow-up and loss: Greenwood's integral.
pub const ONE_GROUP_OBSERVED_FORMULA: &str = "n = (z₁₋α + z₁₋β)²·V / (θ₁ − θ₀)²、θ = log(−log S)、V = ∫₀ᵗ λe^(λu)/G(u) du / (log S₁)²、\
     λ = −log S₁/t。G(u) = e^(−ηu)·min(1, (a + f − u)/a)は追跡がuまで続く確率（追跡不能η、登録期間a、追跡期間f）。f ≥ tで追跡不能がなければ、\
     積分はハザードによらず(1 − S₁)/S₁となる";
/// What an answer on one group assumes; `observed` where entry, follow-up or loss is given.
#[must_use]
pub const fn one_group_assumes(observed: bool) -> &'static str {
    if observed {
        ONE_GROUP_OBSERVED_ASSUMES
    } else {
        ONE_GROUP_ASSUMES
    }
}

/// The formula for one group; `observed` as in [`one_group_assumes`].
#[must_use]
pub const fn one_group_formula(observed: bool) -> &'static str {
    if observed {
        ONE_GROUP_OBSERVED_FORMULA
    } else {
        ONE_GROUP_FORMULA
    }
}

/// The formula of the number of events.
#[must_use]
pub const fn events_formula(formula: EventsFormula) -> &'static str {
    match formula {
        EventsFormula::Schoenfeld => "Schoenfeld：イベント数 = (z₁₋α + z₁₋β)² / (p(1 − p)(log HR)²)、pは第2群の割合",
        EventsFormula::Freedman => {
            "Freedman：イベント数 = (z₁₋α + z₁₋β)²(1 + r·HR)² / (r(1 − HR)²)、rは第1群に対する第2群の患者数の比"
        }
    }
}

/// From events to patients.
pub const SUBJECTS_FORMULA: &str = "患者数 = イベント数 / 観察されるイベントの平均確率。この確率は、ハザードλ、追跡不能η、登録期間a、追跡期間fのとき \
     λ/(λ + η)·[1 − e^(−(λ + η)f)(1 − e^(−(λ + η)a))/((λ + η)a)]";

/// Why a question has no answer, with the remedy.
#[must_use]
pub const fn plan_error(error: PlanError) -> &'static str {
    match error {
        PlanError::NotFollowed => {
            "生存率の時点より後まで追跡される患者がいない。登録期間と追跡期間の和をその時点より長くする"
        }
        PlanError::Alpha => "有意水準は0と1の間の値とする（例：0.05）",
        PlanError::Power => "検出力は有意水準と1（100%）の間の値とする（例：0.8（80%））",
        PlanError::HazardRatio => "ハザード比は0より大きく1以外の値とする（例：0.6）",
        PlanError::Allocation => "第2群の割合は0と1の間の値とする（例：0.5）",
        PlanError::Size => "数は0より大きい値とする",
        PlanError::Survival => "二つの生存率は0と1の間の異なる値とする",
        PlanError::Schedule => {
            "この期間ではイベントが見込めない。0より大きい追跡期間か登録期間、またはより多い1年あたりの患者数を入力する"
        }
        PlanError::Rate => "1年あたりの患者数は0より大きい値とする",
        PlanError::NoSurvival => {
            "患者数を求めるには、第1群のある時点での生存率が必要である。1群の場合は、イベント数の代わりに患者数を入力する"
        }
        PlanError::NotDetected => {
            "この規模と検出力では、その方向の効果は検出されない。より大きい数、またはより低い検出力を入力する"
        }
    }
}

/// The same as a sentence of its own.
#[must_use]
pub fn refused(error: PlanError) -> String {
    format!("{}。", plan_error(error))
}

/// A proportion in per cent; one so near to 0 or 100% that it would be rounded there is below 0.1% or above 99.9%.
#[must_use]
pub fn plan_percent(share: f64) -> String {
    if share > 0.9995 && share < 1.0 {
        return "99.9%超".to_owned();
    }
    if share < 0.0005 && share > 0.0 {
        return "0.1%未満".to_owned();
    }
    format!("{}%", decimal(100.0 * share, 1))
}

/// Years.
#[must_use]
pub fn plan_years(years: f64) -> String {
    format!("{}年", decimal(years, 1))
}

/// That recruitment takes longer than the years of entry that are assumed.
#[must_use]
pub fn longer_than_assumed(years: f64, given: f64) -> String {
    format!(
        "この1年あたりの患者数では登録に{}かかり、仮定した登録期間の{}より長い。登録期間を空欄にすると、1年あたりの患者数から定まる。",
        plan_years(years),
        plan_years(given)
    )
}
