//! All answers together, in words: headline, counts, short forms of clauses, and the summary to copy.

use cotside_core::infant::Infant;
use cotside_core::protocols::{
    Assessment, Finding, HsctStatus, Level, OutcomeOverview, Protocol, RiskOverview, Test, transplant_overview,
};

use super::answer::{deciding_findings, findings_known, list};
use super::fields::finding_label;
use super::rules::{named, protocol_name, test};
use crate::brief::Brief;
use crate::capital;
use crate::content::{self, Summary};

const BRIEF: Brief = Brief {
    days: " d",
    months: " mo",
    germline: "KMT2A germline",
    established: ["KMT2A established", "KMT2A not established"],
    other_partner: ["another KMT2A partner", "no other KMT2A partner"],
    not: "not ",
    lineages: ["B", "T", "MPAL"],
    cns_disease: ["CNS disease", "no CNS disease"],
    cns2: "CNS2 not counted",
    no_down_syndrome: ["no Down syndrome", "Down syndrome"],
    poor: ["poor response", "no poor response"],
    good: ["good response", "no good response"],
    not_assessed: ["response not assessed", "response assessed"],
    response_counted: "unknown response counted as not poor",
    remission: ["remission", "no remission"],
    relapse: ["relapse or refractory", "no relapse"],
    second_remission: ["second remission", "no second remission"],
    mrd: ["MRD EOI", "MRD EOC", "MRD TP4", "MRD post-blina"],
    everyone: "all eligible infants",
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
        format!("needs {}", list(&names, "and"))
    }
}

/// A finding, as short as records name it.
fn short_label(finding: Finding) -> &'static str {
    match finding {
        Finding::Wbc => "WBC",
        Finding::Kmt2a => "KMT2A",
        Finding::Partner => "partner",
        Finding::Cns => "CNS",
        Finding::Remission => "remission at EOI",
        Finding::Mrd(point) => BRIEF.mrd.get(point as usize).copied().unwrap_or("MRD"),
        other => finding_label(other),
    }
}

/// A level of risk.
const fn level_name(level: Level) -> &'static str {
    match level {
        Level::Low => "low",
        Level::Intermediate => "intermediate",
        Level::High => "high",
    }
}

/// The headline: "High risk in 8 of 9 treatment protocols that grade risk".
#[must_use]
pub fn headline(overview: &RiskOverview) -> String {
    let graded = overview.graded();
    match overview.levels.first() {
        Some((level, protocols)) => format!(
            "{} risk in {} of {graded} treatment protocols that grade risk",
            capital(level_name(*level)),
            protocols.len()
        ),
        None if graded == 0 => "No treatment protocol that grades risk applies".to_owned(),
        None => format!("Undecided in all {graded} treatment protocols that grade risk"),
    }
}

/// What the headline leaves out: "COG AALL0631: intermediate · 1 undecided · 1 not applicable".
#[must_use]
pub fn beside_headline(overview: &RiskOverview) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (level, protocols) in overview.levels.iter().skip(1) {
        parts.push(match protocols.len() {
            1 | 2 => format!("{}: {}", names(protocols), level_name(*level)),
            several => format!("{} in {several}", level_name(*level)),
        });
    }
    if !overview.levels.is_empty() && !overview.undetermined.is_empty() {
        parts.push(format!("{} undecided", overview.undetermined.len()));
    }
    if !overview.not_applicable.is_empty() {
        parts.push(format!("{} not applicable", overview.not_applicable.len()));
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
        HsctStatus::Met => "criteria met",
        HsctStatus::Waiting => "waiting",
        HsctStatus::Depends => "if donor",
        HsctStatus::Undetermined => "undecided",
        HsctStatus::NotMet => "not indicated",
        HsctStatus::NotSpecified => "rule not found",
        HsctStatus::NoneByProtocol => "none by protocol",
        HsctStatus::NotApplicable => "not for a relapse",
    }
}

/// How often each state occurs: "criteria met in 3 · if donor in 2".
#[must_use]
pub fn transplant_counts(assessments: &[Assessment]) -> Vec<(HsctStatus, String)> {
    let counts = transplant_overview(assessments).into_iter();
    counts
        .map(|(status, count)| (status, format!("{} in {count}", hsct_word(status))))
        .collect()
}

/// Of how many protocols an outcome was published: "own group in 8, wider group in 3, none in 1".
#[must_use]
pub fn outcome_counts(overview: &OutcomeOverview) -> [String; 3] {
    [
        format!("own group in {}", overview.own),
        format!("wider group in {}", overview.wider),
        format!("none in {}", overview.none),
    ]
}

/// The answers of the treatment protocols as text to copy, at most 1,000 characters.
#[must_use]
pub fn summary(infant: &Infant, assessments: &[Assessment], date: &str, versions: &str) -> String {
    let words = Summary {
        title: "Infant ALL",
        findings: findings_known(infant, short_label),
        headline: headline(&RiskOverview::of(assessments)),
        level: level_name,
        undecided: "undecided",
        no_groups: "no risk groups",
        not_applicable: "not applicable",
        transplant: "Transplant in first remission",
        state: hsct_word,
        name: protocol_name,
        intended_use: "Published rules, not advice; not a medical device.",
        versions,
    };
    content::summary(&words, assessments, date)
}
