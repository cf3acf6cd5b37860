//! All answers together, in words.

use cotside_core::infant::Infant;
use cotside_core::protocols::{
    Assessment, HsctStatus, Level, OutcomeOverview, Protocol, RiskOverview, Test, transplant_overview,
};

use super::answer::{deciding_findings, findings_known};
use super::rules::{named, protocol_name, test};
use crate::brief::Brief;
use crate::content::{self, Summary};

const BRIEF: Brief = Brief {
    days: "일",
    months: "개월",
    germline: "KMT2A 재배열 없음",
    established: ["KMT2A 확정", "KMT2A 미확정"],
    other_partner: ["다른 KMT2A 짝", "다른 짝 아님"],
    not: "아님: ",
    lineages: ["B", "T", "MPAL"],
    cns_disease: ["CNS 침범", "CNS 침범 없음"],
    cns2: "CNS2 제외",
    no_down_syndrome: ["다운증후군 없음", "다운증후군"],
    poor: ["반응 불량", "반응 불량 아님"],
    good: ["반응 양호", "반응 양호 아님"],
    not_assessed: ["반응 미평가", "반응 평가됨"],
    response_counted: "반응 미상은 불량으로 보지 않음",
    remission: ["관해", "비관해"],
    relapse: ["재발·불응", "재발 없음"],
    second_remission: ["2차 관해", "2차 관해 없음"],
    mrd: ["MRD EOI", "MRD EOC", "MRD TP4", "blina 후 MRD"],
    everyone: "적격한 모든 영아",
    long: test,
};

/// The clauses that decided, in a few signs: "< 6 mo, poor response".
#[must_use]
pub fn decided_brief(assessment: &Assessment) -> String {
    BRIEF.decided(assessment)
}

/// A clause in a few signs, as it holds for a child or does not.
#[must_use]
pub fn test_brief(test: &Test, holds: bool) -> String {
    BRIEF.test(test, holds)
}

/// What an undetermined answer needs, in a few words.
#[must_use]
pub fn needs(assessment: &Assessment) -> String {
    let names = deciding_findings(assessment);
    if names.is_empty() {
        content::left_open(assessment, super::answer::why).join("; ")
    } else {
        format!("필요: {}", names.join(", "))
    }
}

/// A level of risk.
const fn level_name(level: Level) -> &'static str {
    match level {
        Level::Low => "저위험",
        Level::Intermediate => "중간위험",
        Level::High => "고위험",
    }
}

/// The headline: "High risk in 8 of 9 treatment protocols that grade risk".
#[must_use]
pub fn headline(overview: &RiskOverview) -> String {
    let graded = overview.graded();
    match overview.levels.first() {
        Some((level, protocols)) => format!(
            "위험군을 나누는 치료 프로토콜 {graded}개 중 {}개에서 {}",
            protocols.len(),
            level_name(*level)
        ),
        None if graded == 0 => "적용되는 위험군 분류 치료 프로토콜 없음".to_owned(),
        None => format!("위험군을 나누는 치료 프로토콜 {graded}개 모두에서 미확정"),
    }
}

/// What the headline leaves out: "COG AALL0631: intermediate · 1 undecided · 1 not applicable".
#[must_use]
pub fn beside_headline(overview: &RiskOverview) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (level, protocols) in overview.levels.iter().skip(1) {
        parts.push(match protocols.len() {
            1 | 2 => format!("{}: {}", names(protocols), level_name(*level)),
            several => format!("{several}개에서 {}", level_name(*level)),
        });
    }
    if !overview.levels.is_empty() && !overview.undetermined.is_empty() {
        parts.push(format!("미확정 {}개", overview.undetermined.len()));
    }
    if !overview.not_applicable.is_empty() {
        parts.push(format!("적용 외 {}개", overview.not_applicable.len()));
    }
    parts.join(" · ")
}

fn names(protocols: &[&Protocol]) -> String {
    let names: Vec<String> = protocols.iter().map(|protocol| named(protocol)).collect();
    names.join(", ")
}

/// What a transplant rule reads, in a word or two.
#[must_use]
pub fn hsct_brief(assessment: &Assessment) -> String {
    if assessment.hsct.status == HsctStatus::Waiting {
        return super::answer::waiting_for(assessment);
    }
    hsct_word(assessment.hsct.status).to_owned()
}

/// A state of the transplant rule.
const fn hsct_word(status: HsctStatus) -> &'static str {
    match status {
        HsctStatus::Met => "기준 충족",
        HsctStatus::Waiting => "대기",
        HsctStatus::Depends => "공여자에 따라",
        HsctStatus::Undetermined => "미확정",
        HsctStatus::NotMet => "적응 아님",
        HsctStatus::NotSpecified => "규칙 못 찾음",
        HsctStatus::NoneByProtocol => "규칙 없음",
        HsctStatus::NotApplicable => "재발에는 해당 없음",
    }
}

/// How often each state occurs: "criteria met in 3 · if donor in 2".
#[must_use]
pub fn transplant_counts(assessments: &[Assessment]) -> Vec<(HsctStatus, String)> {
    let counts = transplant_overview(assessments).into_iter();
    counts
        .map(|(status, count)| (status, format!("{} {count}개", hsct_word(status))))
        .collect()
}

/// Of how many protocols an outcome was published: "own group in 8, wider group in 3, none in 1".
#[must_use]
pub fn outcome_counts(overview: &OutcomeOverview) -> [String; 3] {
    [
        format!("같은 군 {}개", overview.own),
        format!("더 넓은 군 {}개", overview.wider),
        format!("없음 {}개", overview.none),
    ]
}

/// The answers of the treatment protocols as text to copy, at most 1,000 characters.
#[must_use]
pub fn summary(infant: &Infant, assessments: &[Assessment], date: &str, versions: &str) -> String {
    let words = Summary {
        title: "영아 ALL",
        findings: findings_known(infant),
        headline: headline(&RiskOverview::of(assessments)),
        level: level_name,
        undecided: "미확정",
        no_groups: "위험군 구분 없음",
        not_applicable: "적용 외",
        transplant: "1차 관해기 이식",
        state: hsct_word,
        name: protocol_name,
        intended_use: "공표된 규칙이며 조언이 아님. 의료기기 아님.",
        versions,
    };
    content::summary(&words, assessments, date)
}
