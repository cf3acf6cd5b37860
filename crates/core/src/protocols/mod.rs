//! The published protocols, one file each, and the engine that reads them.
//!
//! A protocol's definition, boundaries, citations, transplant rule, outcomes and pitfalls are together in its file
//! and are typed data. The engine in [`assess()`] knows no protocol; a protocol knows no engine.

mod assess;
mod case;
mod compare;
mod corrections;
pub mod exchange;
mod limits;
mod overview;
pub mod own;
mod proof;
mod reach;
mod reasons;
mod reclassify;
mod rule;
mod systems;

mod bfm;
mod ccg_1953;
mod cog_aall0631;
mod cog_p9407;
mod interfant_06;
mod interfant_21;
mod interfant_99;
mod interfant_mrd;
mod japan_relapse;
mod mann_2010;
mod mll03;
mod mll96;
mod mll96_98;
mod mll98;
mod mll_10;
mod mll_baby;
mod pui_2002;
mod severance;

pub use assess::{
    Assessment, Change, ClauseResult, Decider, HsctReading, HsctStatus, Notice, OutcomeMatch, Possibility, Status,
    Truth, Why, assess, assess_all, status_of,
};
pub use case::{Edge, Finding, Limit, Span, SpanValue};
pub use compare::{Disagreement, NextFinding, View, disagreements, worth_knowing_next};
pub use corrections::{ChangedAnswer, Correction, RULES, Rules};
pub use limits::{AgeBound, CnsDisease, GroupLimits, is_recruiting};
pub use overview::{
    OutcomeOverview, RiskOverview, Section, grades_risk, place, section, transplant_overview, treatment_protocols,
};
pub use proof::{OppositePair, Proof, ProofChild, opposite, proof};
pub use reclassify::{Classification, classify, placement, protocol_groups};
pub use rule::{
    AtLimit, Clause, Condition, Criterion, Family, Group, Handling, HsctCondition, HsctRule, IfUnknown, Level,
    Operator, Outcome, Outside, Protocol, Role, Test, Threshold, at_least, clause, group, more_than, once, presumed,
    required,
};
pub use systems::{NOTHING_READ, SYSTEMS, System, SystemRule, system};

/// Version of the rules: raised whenever a rule changes what it answers.
pub const RULES_VERSION: &str = "2026.11.2";

/// Date on which the evidence was last read.
pub const EVIDENCE_DATE: &str = "2026-11-29";

/// Every protocol, in the order in which answers list them.
pub static PROTOCOLS: &[&Protocol] = &[
    &bfm::BFM_83_86_90,
    &ccg_1953::CCG_1953,
    &interfant_99::INTERFANT_99,
    &interfant_06::INTERFANT_06,
    &interfant_mrd::INTERFANT_MRD,
    &mll96::MLL96,
    &mll98::MLL98,
    &japan_relapse::JAPAN_RELAPSE,
    &mll03::MLL03,
    &mll_10::MLL_10,
    &mll_baby::MLL_BABY,
    &severance::SEVERANCE,
    &cog_p9407::COG_P9407,
    &cog_aall0631::COG_AALL0631,
    &interfant_21::INTERFANT_21,
    &mann_2010::MANN_2010_SUBGROUP,
    &pui_2002::PUI_2002,
];

/// The protocol with this id.
#[must_use]
pub fn protocol(id: &str) -> Option<&'static Protocol<'static>> {
    PROTOCOLS.iter().copied().find(|protocol| protocol.id == id)
}
