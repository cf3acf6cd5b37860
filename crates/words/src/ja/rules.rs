//! Rules and outcomes in words; sources keep their own language.

use super::answer::negated;
use super::fields::{finding_label, option_label};
use crate::content::{self, Beside, Verdict};
use crate::en::BoundaryCells;
use crate::numbers::decimal;
use cotside_core::evidence::{IntervalOrigin, PublishedEndpoint, Read, Spread};
use cotside_core::infant::{AgeLimit, Field, Lineage, Partner, PrednisoneResponse};
use cotside_core::protocols::{
    Clause, Condition, Family, Finding, Group, Handling, Level, Operator, Outcome, Outside, Protocol, Role, Test,
};

/// A fraction as a percentage: the sign follows without a space.
pub(super) fn percent(fraction: f64) -> String {
    format!("{}%", decimal(fraction * 100.0, 6))
}

/// What a clause asks.
#[must_use]
pub fn clause(clause: &Clause) -> String {
    test(&clause.test)
}

/// What a clause asks, without its source.
#[must_use]
pub fn test(test: &Test) -> String {
    let text = match *test {
        Test::YoungerThan(limit) | Test::YoungerThanOpen(limit) => return format!("年齢{}未満", age_limit(limit)),
        Test::AtMostAged(limit) => return format!("年齢{}以下", age_limit(limit)),
        Test::Wbc(threshold) => {
            return format!(
                "白血球数 {} {} × 10⁹/L",
                operator(threshold.operator),
                decimal(threshold.limit, 3)
            );
        }
        Test::Mrd(point, threshold) => {
            return format!(
                "{} {} {}",
                finding_label(Finding::Mrd(point)),
                operator(threshold.operator),
                percent(threshold.limit)
            );
        }
        Test::Kmt2aIs(status) => return format!("KMT2A{}", option_label(Field::Kmt2a, status.code())),
        Test::PartnerIs(Partner::Other) => "KMT2Aの融合相手がその他",
        Test::PartnerIs(partner) => return format!("KMT2A::{}", option_label(Field::Kmt2aPartner, partner.code())),
        Test::LineageIn(lineages) => {
            let names: Vec<&str> = lineages
                .iter()
                .map(|&each: &Lineage| option_label(Field::Lineage, each.code()))
                .collect();
            return format!("細胞系列が{}", names.join("または"));
        }
        Test::Kmt2aEstablished => "KMT2Aの状態が確定している",
        Test::CnsDisease | Test::Cns3 => "中枢神経系浸潤あり",
        Test::NoDownSyndrome => "ダウン症候群なし",
        Test::ResponseIs(PrednisoneResponse::Poor) => "プレドニゾロン反応不良",
        Test::ResponseIs(PrednisoneResponse::Good) => "プレドニゾロン反応良好",
        Test::ResponseIs(PrednisoneResponse::NotAssessed) => "プレドニゾロン反応性の評価なし",
        Test::InRemission => "寛解導入終了時に完全寛解",
        Test::Relapsed => "再発または寛解導入不能",
        Test::SecondRemission => "サルベージ療法後の第二寛解",
        Test::NotAsked(Outside::Donor) => "プロトコールの定める期間内に適切なドナーがいる",
        Test::NotAsked(Outside::Treatment) => "この治療を受けた",
    };
    text.to_owned()
}

/// A limit of age.
#[must_use]
pub fn age_limit(limit: AgeLimit) -> String {
    match limit {
        AgeLimit::Days(days) => format!("{days}日"),
        AgeLimit::Months(months) => format!("{months}か月"),
    }
}

fn operator(operator: Operator) -> &'static str {
    match operator {
        Operator::AtLeast => "≥",
        Operator::MoreThan => ">",
    }
}

/// A condition in words, with brackets where they matter.
#[must_use]
pub fn condition(when: &Condition, protocol: &Protocol) -> String {
    match when {
        Condition::Is(clause) => test(&clause.test),
        Condition::Not(inner) => match inner {
            Condition::Is(clause) => negated(clause),
            _ => format!("「{}」でない", condition(inner, protocol)),
        },
        Condition::All(parts) => join(parts, protocol, "、かつ"),
        Condition::Any(parts) => join(parts, protocol, "、または"),
        Condition::InGroup(id) => protocol
            .group(id)
            .map_or_else(|| (*id).to_owned(), |group| group_name(group).to_owned()),
        Condition::Always => "上記以外すべて".to_owned(),
    }
}

fn join(parts: &[Condition], protocol: &Protocol, word: &str) -> String {
    let part = |part: &Condition| match part {
        Condition::All(_) | Condition::Any(_) => format!("（{}）", condition(part, protocol)),
        _ => condition(part, protocol),
    };
    let parts: Vec<String> = parts.iter().map(part).collect();
    parts.join(word)
}

/// A protocol as a sentence names it: one of the reader's own with its mark.
#[must_use]
pub(super) fn named(protocol: &Protocol) -> String {
    content::named(protocol, protocol_name(protocol), super::OWN_MARK)
}

/// A protocol; one whose name has no words as it is called.
#[must_use]
pub fn protocol_name<'p>(protocol: &Protocol<'p>) -> &'p str {
    match protocol.name {
        "ALL-BFM 83, 86 and 90" => "ALL-BFM 83・86・90",
        "MLL96 and MLL98, relapsed or refractory" => "MLL96・MLL98（再発・難治例）",
        "Pui 2002 (11q23 abnormalities)" => "Pui 2002（11q23異常）",
        "MLL-Baby (rule as worded in 2007)" => "MLL-Baby（2007年に記された規則）",
        "Interfant-99 MRD groups (van der Velden 2009)" => "Interfant-99 MRD分類（van der Velden 2009）",
        "Mann 2010 (Interfant-99 transplant analysis)" => "Mann 2010（Interfant-99の移植解析）",
        as_called => as_called,
    }
}

/// A group; one that has no words here as its protocol calls it.
#[must_use]
pub fn group_name<'p>(group: &Group<'p>) -> &'p str {
    match group.name {
        "KMT2A germline" => "KMT2A再構成なし",
        "KMT2A germline (MLL−)" => "KMT2A再構成なし（MLL−）",
        "KMT2A rearranged" => "KMT2A再構成あり",
        "KMT2A rearranged (MLL+)" => "KMT2A再構成あり（MLL+）",
        "prednisone good response (PGR)" => "プレドニゾロン反応良好（PGR）",
        "prednisone poor response (PPR)" => "プレドニゾロン反応不良（PPR）",
        "high risk" => "高リスク",
        "high risk (HR)" => "高リスク（HR）",
        "high risk (HRG)" => "高リスク（HRG）",
        "intermediate risk (IR)" => "中間リスク（IR）",
        "intermediate risk (IRG)" => "中間リスク（IRG）",
        "medium risk (MR)" => "中間リスク（MR）",
        "low risk (LR)" => "低リスク（LR）",
        "standard risk (SR)" => "標準リスク（SR）",
        "MRD high risk (MRD-HR)" => "MRD高リスク（MRD-HR）",
        "MRD medium risk (MRD-MR)" => "MRD中間リスク（MRD-MR）",
        "MRD low risk (MRD-LR)" => "MRD低リスク（MRD-LR）",
        "no second remission" => "第二寛解なし",
        "second remission" => "第二寛解",
        "not high risk" => "高リスク以外",
        "other 11q23 abnormality" => "その他の11q23異常",
        "remaining infants" => "それ以外の乳児",
        "single arm" => "単群",
        "poor prognostic subgroup" => "予後不良サブグループ",
        "no risk groups" => "リスク群の設定なし",
        as_called => as_called,
    }
}

/// A place on the common scale.
#[must_use]
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Low => "低・標準",
        Level::Intermediate => "中間",
        Level::High => "高",
    }
}

/// What kind of classification it is.
#[must_use]
pub fn family(family: Family) -> &'static str {
    match family {
        Family::Trial => "治療プロトコール",
        Family::Series => "後方視的症例集積",
        Family::Prognostic => "予後分類（治療の割り付けには用いない）",
    }
}

/// The part that a clause plays.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Eligibility => "適格性",
        Role::Group => "群",
        Role::Hsct => "移植",
        Role::Outcome => "成績",
    }
}

/// How sure we are: a short label, and what it means.
#[must_use]
pub fn read_mark(read: Read) -> (&'static str, &'static str) {
    match read {
        Read::Paper => ("論文", "研究自身の論文全文またはプロトコール本文で確認した。"),
        Read::Abstract => (
            "抄録",
            "研究自身の論文の抄録または学会抄録で確認した。論文全文は読んでいない。",
        ),
        Read::Register => (
            "登録情報",
            "臨床試験登録、研究グループのページ、または参加施設のページで確認した。",
        ),
        Read::Secondary => (
            "二次資料",
            "解説、総説、後の論文など他者の記述による。研究自身の論文で確認できる。",
        ),
        Read::News => ("報道", "報道記事による。研究自身の論文で確認できる。"),
        Read::Derived => ("算出", "印刷された数値から算出した。閲覧できた出典に記載はない。"),
        Read::Unchecked => (
            "利用者の入力、未確認",
            "このページで入力または読み込まれた。出典と照合していない。",
        ),
        Read::Unverified => (
            "未確認",
            "閲覧できた出典に見つからないか、出典間で食い違う。プロトコール本文で確認できる。",
        ),
    }
}

/// An endpoint spelled out.
#[must_use]
pub fn endpoint(endpoint: PublishedEndpoint) -> &'static str {
    match endpoint {
        PublishedEndpoint::EventFreeSurvival => "無イベント生存率",
        PublishedEndpoint::OverallSurvival => "全生存率",
        PublishedEndpoint::DiseaseFreeSurvival => "無病生存率",
        PublishedEndpoint::CumulativeIncidenceOfRelapse => "累積再発率",
        PublishedEndpoint::CrudeRelapse => "再発（粗割合）",
        PublishedEndpoint::CrudeSecondRemission => "第二寛解（粗割合）",
        PublishedEndpoint::CrudeAliveInRemission => "寛解生存（粗割合）",
        PublishedEndpoint::CrudeTransplantRelatedDeath => "移植関連死亡（粗割合）",
        PublishedEndpoint::CrudeDeath => "死亡（粗割合）",
        PublishedEndpoint::CrudeMrdResponse => "微小残存病変による奏効（粗割合）",
        PublishedEndpoint::RelapseFreeSurvival => "無再発生存率",
        PublishedEndpoint::NonRelapseMortality => "非再発死亡の累積発生率",
        PublishedEndpoint::CrudeRemission => "完全寛解（粗割合）",
        PublishedEndpoint::CrudeInductionDeath => "寛解導入中の死亡（粗割合）",
        PublishedEndpoint::CrudeDeathInRemission => "寛解中の死亡（粗割合）",
        PublishedEndpoint::CrudeToxicDeath => "治療毒性による死亡（粗割合）",
        PublishedEndpoint::CrudeInfectiousDeath => "感染症関連死亡（粗割合）",
        PublishedEndpoint::CrudeTransplanted => "移植施行（粗割合）",
        PublishedEndpoint::CrudeGraftVersusHost => "移植片対宿主病（粗割合）",
        PublishedEndpoint::CrudeAlive => "生存（粗割合）",
        PublishedEndpoint::CrudeLateEffect => "晩期合併症（粗割合）",
        PublishedEndpoint::CrudeResponse => "再発治療後の寛解（粗割合）",
        PublishedEndpoint::Unnamed => "エンドポイントの記載なし",
    }
}

/// The uncertainty of an outcome as printed, and what is drawn.
#[must_use]
pub fn outcome_spread(outcome: &Outcome) -> String {
    let interval = outcome.interval95();
    match (outcome.spread, interval) {
        (Spread::Interval95(low, high), _) => format!("95%信頼区間 {}–{}", decimal(low, 1), decimal(high, 1)),
        (Spread::StandardError(se), Some(interval)) if interval.origin == IntervalOrigin::FromStandardError => format!(
            "SE {}、そこから計算した95%区間 {}–{}",
            decimal(se, 1),
            decimal(interval.low, 1),
            decimal(interval.high, 1)
        ),
        (Spread::StandardError(se), _) => format!("SE {}", decimal(se, 1)),
        (Spread::Unclear(spread), _) => format!(
            "「± {}」と記載。標準誤差とは限らないため区間は描かない",
            decimal(spread, 1)
        ),
        (Spread::NotStated, _) => "ばらつきの記載なし".to_owned(),
    }
}

/// An outcome in one line; its population is named in English.
#[must_use]
pub fn outcome(outcome: &Outcome) -> String {
    let years = outcome.years.map_or_else(
        || "時点の記載なし：".to_owned(),
        |years| format!("{}年", decimal(years, 1)),
    );
    let n = outcome
        .n
        .map_or_else(|| "n の記載なし".to_owned(), |n| format!("n = {n}"));
    format!(
        "{years}{} {}%（{}）、{n}：{}",
        outcome.endpoint.code(),
        decimal(outcome.estimate, 1),
        outcome_spread(outcome),
        outcome.population
    )
}

/// What a protocol makes of a KMT2A result that is neither rearranged nor germline.
#[must_use]
pub fn kmt2a_handling<'p>(handling: &Handling<'p>) -> &'p str {
    match handling {
        Handling::Stated(fact) => fact.text,
        Handling::NotStated => "出典に記載がないため、どちらの解釈も残す。",
        Handling::NotStatedNeitherToo => {
            "出典に記載がないため、再構成あり・なし・どちらでもない、のいずれの解釈も残す。"
        }
    }
}

/// The boundaries of a protocol: each clause with a limit, and what it says below, at and above it.
#[must_use]
pub fn boundary_rows<'p>(protocol: &Protocol<'p>) -> Vec<(&'p Clause<'p>, BoundaryCells)> {
    protocol
        .clauses()
        .into_iter()
        .filter_map(|(_, clause)| Some((clause, boundary_cells(&clause.test)?)))
        .collect()
}

fn boundary_cells(test: &Test) -> Option<BoundaryCells> {
    let show = |value: f64| match test {
        Test::Mrd(..) => percent(value),
        _ => format!("{} × 10⁹/L ", decimal(value, 3)),
    };
    let words = |(beside, verdict)| {
        let value = match beside {
            Beside::Days(days) => format!("{days}日"),
            Beside::MonthsDay(..0, _) => "前日".to_owned(),
            Beside::MonthsDay(0, months) => format!("満{months}か月の当日"),
            Beside::MonthsDay(1.., _) => "翌日".to_owned(),
            Beside::Number(..0, limit) => format!("{}未満", show(limit)),
            Beside::Number(0, limit) => show(limit),
            Beside::Number(1.., limit) => format!("{}超", show(limit)),
        };
        let verdict = match verdict {
            Verdict::Holds => "該当",
            Verdict::Fails => "非該当",
            Verdict::HoldsDisputed => "該当（出典により異なる）",
            Verdict::FailsDisputed => "非該当（出典により異なる）",
            Verdict::Undefined => "定義なし",
        };
        (value, verdict)
    };
    content::boundary(test).map(|cells| cells.map(words))
}
