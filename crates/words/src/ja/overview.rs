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
    days: "日",
    months: "か月",
    germline: "KMT2A再構成なし",
    established: ["KMT2A確定", "KMT2A未確定"],
    other_partner: ["KMT2Aその他の相手", "その他の相手でない"],
    not: "非",
    lineages: ["B", "T", "MPAL"],
    cns_disease: ["CNS浸潤", "CNS浸潤なし"],
    cns2: "CNS2は含まない",
    no_down_syndrome: ["ダウン症候群なし", "ダウン症候群"],
    poor: ["反応不良", "反応不良でない"],
    good: ["反応良好", "反応良好でない"],
    not_assessed: ["反応未評価", "反応評価済み"],
    response_counted: "反応不明は不良としない",
    remission: ["寛解", "非寛解"],
    relapse: ["再発・不応", "再発なし"],
    second_remission: ["第二寛解", "第二寛解なし"],
    mrd: ["MRD EOI", "MRD EOC", "MRD TP4", "MRD blina後"],
    everyone: "適格な全乳児",
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
        content::left_open(assessment, super::answer::why).join("、")
    } else {
        format!("{}が必要", names.join("、"))
    }
}

/// A level of risk.
const fn level_name(level: Level) -> &'static str {
    match level {
        Level::Low => "低リスク",
        Level::Intermediate => "中間リスク",
        Level::High => "高リスク",
    }
}

/// The headline: "High risk in 8 of 9 treatment protocols that grade risk".
#[must_use]
pub fn headline(overview: &RiskOverview) -> String {
    let graded = overview.graded();
    match overview.levels.first() {
        Some((level, protocols)) => format!(
            "リスク分類のある治療プロトコール{graded}件中{}件で{}",
            protocols.len(),
            level_name(*level)
        ),
        None if graded == 0 => "適用されるリスク分類のある治療プロトコールなし".to_owned(),
        None => format!("リスク分類のある治療プロトコール{graded}件すべてで未確定"),
    }
}

/// What the headline leaves out: "COG AALL0631: intermediate · 1 undecided · 1 not applicable".
#[must_use]
pub fn beside_headline(overview: &RiskOverview) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (level, protocols) in overview.levels.iter().skip(1) {
        parts.push(match protocols.len() {
            1 | 2 => format!("{}：{}", names(protocols), level_name(*level)),
            several => format!("{several}件で{}", level_name(*level)),
        });
    }
    if !overview.levels.is_empty() && !overview.undetermined.is_empty() {
        parts.push(format!("未確定{}件", overview.undetermined.len()));
    }
    if !overview.not_applicable.is_empty() {
        parts.push(format!("適用外{}件", overview.not_applicable.len()));
    }
    parts.join(" · ")
}

fn names(protocols: &[&Protocol]) -> String {
    let names: Vec<String> = protocols.iter().map(|protocol| named(protocol)).collect();
    names.join("、")
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
        HsctStatus::Met => "条件を満たす",
        HsctStatus::Waiting => "待機",
        HsctStatus::Depends => "ドナーによる",
        HsctStatus::Undetermined => "未確定",
        HsctStatus::NotMet => "適応なし",
        HsctStatus::NotSpecified => "規則不明",
        HsctStatus::NoneByProtocol => "規則なし",
        HsctStatus::NotApplicable => "再発例は対象外",
    }
}

/// How often each state occurs: "criteria met in 3 · if donor in 2".
#[must_use]
pub fn transplant_counts(assessments: &[Assessment]) -> Vec<(HsctStatus, String)> {
    let counts = transplant_overview(assessments).into_iter();
    counts
        .map(|(status, count)| (status, format!("{}{count}件", hsct_word(status))))
        .collect()
}

/// Of how many protocols an outcome was published: "own group in 8, wider group in 3, none in 1".
#[must_use]
pub fn outcome_counts(overview: &OutcomeOverview) -> [String; 3] {
    [
        format!("同じ群{}件", overview.own),
        format!("より広い群{}件", overview.wider),
        format!("なし{}件", overview.none),
    ]
}

/// The answers of the treatment protocols as text to copy, at most 1,000 characters.
#[must_use]
pub fn summary(infant: &Infant, assessments: &[Assessment], date: &str, versions: &str) -> String {
    let words = Summary {
        title: "乳児ALL",
        findings: findings_known(infant),
        headline: headline(&RiskOverview::of(assessments)),
        level: level_name,
        undecided: "未確定",
        no_groups: "リスク群分類なし",
        not_applicable: "適用外",
        transplant: "第一寛解期移植",
        state: hsct_word,
        name: protocol_name,
        intended_use: "公表された規則であり助言ではない。医療機器ではない。",
        versions,
    };
    content::summary(&words, assessments, date)
}
