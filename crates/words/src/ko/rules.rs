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
        Test::YoungerThan(limit) | Test::YoungerThanOpen(limit) => return format!("연령 {} 미만", age_limit(limit)),
        Test::AtMostAged(limit) => return format!("연령 {} 이하", age_limit(limit)),
        Test::Wbc(threshold) => {
            return format!(
                "백혈구 수 {} {} × 10⁹/L",
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
        Test::Kmt2aIs(status) => return format!("KMT2A {}", option_label(Field::Kmt2a, status.code())),
        Test::PartnerIs(Partner::Other) => "KMT2A의 다른 융합 상대",
        Test::PartnerIs(partner) => return format!("KMT2A::{}", option_label(Field::Kmt2aPartner, partner.code())),
        Test::LineageIn(lineages) => {
            let names: Vec<&str> = lineages
                .iter()
                .map(|&each: &Lineage| option_label(Field::Lineage, each.code()))
                .collect();
            return format!("세포 계열 {}", names.join(" 또는 "));
        }
        Test::Kmt2aEstablished => "KMT2A 상태가 확정됨",
        Test::CnsDisease | Test::Cns3 => "중추신경계 침범",
        Test::NoDownSyndrome => "다운증후군 없음",
        Test::ResponseIs(PrednisoneResponse::Poor) => "프레드니손 반응 불량",
        Test::ResponseIs(PrednisoneResponse::Good) => "프레드니손 반응 양호",
        Test::ResponseIs(PrednisoneResponse::NotAssessed) => "프레드니손 반응 평가하지 않음",
        Test::InRemission => "관해유도 종료 시 완전관해",
        Test::Relapsed => "재발 또는 관해유도 실패",
        Test::SecondRemission => "구제요법 후 2차 관해",
        Test::NotAsked(Outside::Donor) => "프로토콜이 정한 기간 안에 적합한 공여자가 있음",
        Test::NotAsked(Outside::Treatment) => "이 치료를 받음",
    };
    text.to_owned()
}

/// A limit of age.
#[must_use]
pub fn age_limit(limit: AgeLimit) -> String {
    match limit {
        AgeLimit::Days(days) => format!("{days}일"),
        AgeLimit::Months(months) => format!("{months}개월"),
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
            _ => format!("‘{}’ 아님", condition(inner, protocol)),
        },
        Condition::All(parts) => join(parts, protocol, ", 그리고 "),
        Condition::Any(parts) => join(parts, protocol, " 또는 "),
        Condition::InGroup(id) => protocol
            .group(id)
            .map_or_else(|| (*id).to_owned(), |group| group_name(group).to_owned()),
        Condition::Always => "그 밖의 모든 경우".to_owned(),
    }
}

fn join(parts: &[Condition], protocol: &Protocol, word: &str) -> String {
    let part = |part: &Condition| match part {
        Condition::All(_) | Condition::Any(_) => format!("({})", condition(part, protocol)),
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
        "ALL-BFM 83, 86 and 90" => "ALL-BFM 83·86·90",
        "MLL96 and MLL98, relapsed or refractory" => "MLL96·MLL98 (재발·불응)",
        "Pui 2002 (11q23 abnormalities)" => "Pui 2002 (11q23 이상)",
        "MLL-Baby (rule as worded in 2007)" => "MLL-Baby (2007년에 기술된 규칙)",
        "Interfant-99 MRD groups (van der Velden 2009)" => "Interfant-99 MRD 분류 (van der Velden 2009)",
        "Mann 2010 (Interfant-99 transplant analysis)" => "Mann 2010 (Interfant-99 이식 분석)",
        as_called => as_called,
    }
}

/// A group; one that has no words here as its protocol calls it.
#[must_use]
pub fn group_name<'p>(group: &Group<'p>) -> &'p str {
    match group.name {
        "KMT2A germline" => "KMT2A 재배열 없음",
        "KMT2A germline (MLL−)" => "KMT2A 재배열 없음(MLL−)",
        "KMT2A rearranged" => "KMT2A 재배열 있음",
        "KMT2A rearranged (MLL+)" => "KMT2A 재배열 있음(MLL+)",
        "prednisone good response (PGR)" => "프레드니손 반응 양호(PGR)",
        "prednisone poor response (PPR)" => "프레드니손 반응 불량(PPR)",
        "high risk" => "고위험",
        "high risk (HR)" => "고위험(HR)",
        "high risk (HRG)" => "고위험(HRG)",
        "intermediate risk (IR)" => "중간위험(IR)",
        "intermediate risk (IRG)" => "중간위험(IRG)",
        "medium risk (MR)" => "중간위험(MR)",
        "low risk (LR)" => "저위험(LR)",
        "standard risk (SR)" => "표준위험(SR)",
        "MRD high risk (MRD-HR)" => "MRD 고위험(MRD-HR)",
        "MRD medium risk (MRD-MR)" => "MRD 중간위험(MRD-MR)",
        "MRD low risk (MRD-LR)" => "MRD 저위험(MRD-LR)",
        "no second remission" => "2차 관해 없음",
        "second remission" => "2차 관해",
        "not high risk" => "고위험 외",
        "other 11q23 abnormality" => "그 밖의 11q23 이상",
        "remaining infants" => "나머지 영아",
        "single arm" => "단일군",
        "poor prognostic subgroup" => "예후 불량 하위군",
        "no risk groups" => "위험군 구분 없음",
        as_called => as_called,
    }
}

/// A place on the common scale.
#[must_use]
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Low => "저위험·표준위험",
        Level::Intermediate => "중간위험",
        Level::High => "고위험",
    }
}

/// What kind of classification it is.
#[must_use]
pub fn family(family: Family) -> &'static str {
    match family {
        Family::Trial => "치료 프로토콜",
        Family::Series => "후향적 증례군",
        Family::Prognostic => "예후 분류(치료 배정에는 사용하지 않음)",
    }
}

/// The part that a clause plays.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Eligibility => "적격성",
        Role::Group => "군",
        Role::Hsct => "이식",
        Role::Outcome => "성적",
    }
}

/// How sure we are: a short label, and what it means.
#[must_use]
pub fn read_mark(read: Read) -> (&'static str, &'static str) {
    match read {
        Read::Paper => ("논문", "연구 자체의 논문 전문 또는 프로토콜 원문에서 확인했습니다."),
        Read::Abstract => (
            "초록",
            "연구 자체의 논문 초록 또는 학회 초록에서 확인했습니다. 논문 전문은 읽지 않았습니다.",
        ),
        Read::Register => (
            "등록 정보",
            "임상시험 등록부, 연구 그룹의 페이지 또는 참여 병원의 페이지에서 확인했습니다.",
        ),
        Read::Secondary => (
            "2차 자료",
            "논평, 종설, 이후 논문 등 다른 저자의 기술에 따릅니다. 연구 자체의 논문으로 확인할 수 있습니다.",
        ),
        Read::News => (
            "보도",
            "보도 기사에서 읽었습니다. 연구 자체의 논문으로 확인할 수 있습니다.",
        ),
        Read::Derived => (
            "계산값",
            "인쇄된 수치에서 계산했습니다. 확인할 수 있었던 출처에는 기재되어 있지 않습니다.",
        ),
        Read::Unchecked => (
            "사용자 입력, 미확인",
            "이 페이지에서 입력하거나 파일에서 읽었습니다. 출처와 대조하지 않았습니다.",
        ),
        Read::Unverified => (
            "미확인",
            "열람한 출처에서 찾지 못했거나 출처가 서로 다릅니다. 프로토콜 원문으로 확인할 수 있습니다.",
        ),
    }
}

/// An endpoint spelled out.
#[must_use]
pub fn endpoint(endpoint: PublishedEndpoint) -> &'static str {
    match endpoint {
        PublishedEndpoint::EventFreeSurvival => "무사건 생존율",
        PublishedEndpoint::OverallSurvival => "전체 생존율",
        PublishedEndpoint::DiseaseFreeSurvival => "무병 생존율",
        PublishedEndpoint::CumulativeIncidenceOfRelapse => "누적 재발률",
        PublishedEndpoint::CrudeRelapse => "재발(조비율)",
        PublishedEndpoint::CrudeSecondRemission => "2차 관해(조비율)",
        PublishedEndpoint::CrudeAliveInRemission => "관해 생존(조비율)",
        PublishedEndpoint::CrudeTransplantRelatedDeath => "이식 관련 사망(조비율)",
        PublishedEndpoint::CrudeDeath => "사망(조비율)",
        PublishedEndpoint::CrudeMrdResponse => "미세잔존질환 반응(조비율)",
        PublishedEndpoint::RelapseFreeSurvival => "무재발 생존율",
        PublishedEndpoint::NonRelapseMortality => "비재발 사망 누적 발생률",
        PublishedEndpoint::CrudeRemission => "완전 관해(조비율)",
        PublishedEndpoint::CrudeInductionDeath => "관해 유도 중 사망(조비율)",
        PublishedEndpoint::CrudeDeathInRemission => "관해 중 사망(조비율)",
        PublishedEndpoint::CrudeToxicDeath => "치료 독성 사망(조비율)",
        PublishedEndpoint::CrudeInfectiousDeath => "감염 관련 사망(조비율)",
        PublishedEndpoint::CrudeTransplanted => "이식 시행(조비율)",
        PublishedEndpoint::CrudeGraftVersusHost => "이식편대숙주병(조비율)",
        PublishedEndpoint::CrudeAlive => "생존(조비율)",
        PublishedEndpoint::CrudeLateEffect => "만기 합병증(조비율)",
        PublishedEndpoint::CrudeResponse => "재발 치료 후 관해(조비율)",
        PublishedEndpoint::Unnamed => "평가변수 기재 없음",
    }
}

/// The uncertainty of an outcome as printed, and what is drawn.
#[must_use]
pub fn outcome_spread(outcome: &Outcome) -> String {
    let interval = outcome.interval95();
    match (outcome.spread, interval) {
        (Spread::Interval95(low, high), _) => format!("95% 신뢰구간 {}–{}", decimal(low, 1), decimal(high, 1)),
        (Spread::StandardError(se), Some(interval)) if interval.origin == IntervalOrigin::FromStandardError => format!(
            "SE {}, 여기서 계산한 95% 구간 {}–{}",
            decimal(se, 1),
            decimal(interval.low, 1),
            decimal(interval.high, 1)
        ),
        (Spread::StandardError(se), _) => format!("SE {}", decimal(se, 1)),
        (Spread::Unclear(spread), _) => format!(
            "‘± {}’로 기재됨. 표준오차인지 확실하지 않아 구간을 그리지 않음",
            decimal(spread, 1)
        ),
        (Spread::NotStated, _) => "불확실성 기재 없음".to_owned(),
    }
}

/// An outcome in one line; its population is named in English.
#[must_use]
pub fn outcome(outcome: &Outcome) -> String {
    let years = outcome.years.map_or_else(
        || "시점 기재 없음: ".to_owned(),
        |years| format!("{}년 ", decimal(years, 1)),
    );
    let n = outcome
        .n
        .map_or_else(|| "n 기재 없음".to_owned(), |n| format!("n = {n}"));
    format!(
        "{years}{} {}% ({}), {n}: {}",
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
        Handling::NotStated => "출처에 기재되어 있지 않아 두 해석을 모두 남겨 둡니다.",
        Handling::NotStatedNeitherToo => {
            "출처에 기재되어 있지 않아 재배열 있음·없음·어느 쪽도 아님을 모두 열어 둡니다."
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
        _ => format!("{} × 10⁹/L", decimal(value, 3)),
    };
    let words = |(beside, verdict)| {
        let value = match beside {
            Beside::Days(days) => format!("{days}일"),
            Beside::MonthsDay(..0, _) => "전날".to_owned(),
            Beside::MonthsDay(0, months) => format!("만 {months}개월 되는 날"),
            Beside::MonthsDay(1.., _) => "다음 날".to_owned(),
            Beside::Number(..0, limit) => format!("{} 미만", show(limit)),
            Beside::Number(0, limit) => show(limit),
            Beside::Number(1.., limit) => format!("{} 초과", show(limit)),
        };
        let verdict = match verdict {
            Verdict::Holds => "해당",
            Verdict::Fails => "비해당",
            Verdict::HoldsDisputed => "해당(출처마다 다름)",
            Verdict::FailsDisputed => "비해당(출처마다 다름)",
            Verdict::Undefined => "정의 없음",
        };
        (value, verdict)
    };
    content::boundary(test).map(|cells| cells.map(words))
}
