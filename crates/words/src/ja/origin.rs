//! From when time is counted: the name of the day, and what an endpoint means from there.

use super::endpoint_name;
use cotside_core::cohort::{Endpoint, Origin};

pub use crate::en::origin::{caption, time_axis};

/// Name of the setting.
pub const LABEL: &str = "時間の起点";

/// The day, in a list and before "から".
#[must_use]
pub const fn name(origin: Origin) -> &'static str {
    match origin {
        Origin::Diagnosis => "診断",
        Origin::FirstRemission => "第一寛解",
        Origin::Transplant => "移植",
        Origin::Relapse => "再発",
    }
}

/// Name of an endpoint within a sentence, with the day from which it is counted where that is not the usual one.
#[must_use]
pub const fn endpoint(origin: Origin, endpoint: Endpoint) -> &'static str {
    match (origin, endpoint) {
        (Origin::FirstRemission, Endpoint::OverallSurvival) => "第一寛解からの全生存",
        (Origin::Transplant, Endpoint::OverallSurvival) => "移植からの全生存",
        (Origin::Relapse, Endpoint::OverallSurvival) => "再発からの全生存",
        (Origin::Transplant, Endpoint::TimeToRelapse) => "再発のない生存",
        (_, usual) => endpoint_name(usual),
    }
}

/// Name of an endpoint in the list of those of one origin.
#[must_use]
pub const fn listed(origin: Origin, endpoint: Endpoint) -> &'static str {
    match (origin, endpoint) {
        (Origin::FirstRemission, Endpoint::TimeToRelapse) => "再発と寛解中の死亡（競合リスク）",
        (Origin::Transplant, Endpoint::TimeToRelapse) => "再発と非再発死亡（競合リスク）",
        (_, other) => endpoint_name(other),
    }
}

/// What an endpoint counts, and from when.
#[must_use]
pub const fn definition(origin: Origin, endpoint: Endpoint) -> &'static str {
    match (endpoint, origin) {
        (Endpoint::EventFreeSurvival, _) => {
            "診断から、寛解導入不能・再発・二次がん・あらゆる原因による死亡のうち最初に起きたものまで。イベントのない患者は最終確認時に打ち切りとする。"
        }
        (Endpoint::OverallSurvival, Origin::Diagnosis) => {
            "診断から、あらゆる原因による死亡まで。生存患者は最終確認時に打ち切りとする。"
        }
        (Endpoint::OverallSurvival, Origin::FirstRemission) => {
            "第一寛解から、あらゆる原因による死亡まで。生存患者は最終確認時に打ち切りとする。寛解に入った患者のみ。"
        }
        (Endpoint::OverallSurvival, Origin::Transplant) => {
            "移植から、あらゆる原因による死亡まで。生存患者は最終確認時に打ち切りとする。移植を受けた患者のみ。"
        }
        (Endpoint::OverallSurvival, Origin::Relapse) => {
            "最初の再発から、あらゆる原因による死亡まで。生存患者は最終確認時に打ち切りとする。再発した患者のみ。"
        }
        (Endpoint::DiseaseFreeSurvival, _) => {
            "第一寛解から、再発・二次がん・あらゆる原因による死亡のうち最初に起きたものまで。寛解に入った患者のみ。"
        }
        (Endpoint::TimeToRelapse, Origin::Transplant) => {
            "移植から再発まで。再発のない死亡（非再発死亡）は競合するイベントとする。二次がんはイベントとしない。移植を受けた患者のみ。"
        }
        (Endpoint::TimeToRelapse, _) => {
            "第一寛解から再発まで。寛解中の死亡と二次がんは競合するイベントとする。寛解に入った患者のみ。"
        }
        (Endpoint::AsInFile, _) => "時間とイベントはファイルの値のまま。",
        (Endpoint::LeukaemiaFreeSurvival, _) => {
            "移植から、再発・あらゆる原因による死亡のうち最初に起きたものまで。二次がんはイベントとしない。イベントのない患者は最終確認時に打ち切りとする。\
             移植を受けた患者のみ。"
        }
        (Endpoint::GvhdFreeRelapseFreeSurvival, _) => {
            "移植から、グレードIII–IVの急性GVHD・広範型または全身治療を要する慢性GVHD・再発・あらゆる原因による死亡のうち最初に起きたものまで。\
             イベントのない患者は最終確認時に打ち切りとする。移植を受けた患者のみ。"
        }
    }
}

/// Over the reasons why patients are not followed.
#[must_use]
pub fn not_followed(origin: Origin) -> String {
    format!("{}から追跡できない患者：", name(origin))
}

/// Why nobody can be followed from a day, in the list of days.
#[must_use]
pub fn not_offered(name: &str, why: &str) -> String {
    format!("{name}（該当者なし：{why}）")
}
