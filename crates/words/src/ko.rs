//! 한국어. What has no words of its own here is said in English: an item of this module stands before one of the same
//! name that comes with the glob.

mod answer;
mod boot;
mod fields;
mod overview;
pub mod page;
mod rules;
pub mod site;

pub use super::en::*;

pub use answer::{
    change, decided, decider, disagreement, findings, found, hsct_state, next_finding, note_for_records, notice,
    notice_parts, open_on, possibility, reason, why,
};
pub use boot::BOOT;
pub use fields::{
    choice, field_accepts, field_definition, field_label, finding_label, issue, option_label, stage_label, table_error,
    understood, unit, which_reading,
};
pub use overview::{
    beside_headline, decided_brief, headline, hsct_brief, needs, outcome_counts, summary, test_brief, transplant_counts,
};
pub use rules::{
    age_limit, boundary_rows, clause, condition, endpoint, family, group_name, kmt2a_handling, level, outcome,
    outcome_spread, protocol_name, read_mark, role,
};

/// The standing line of intended use.
pub const INTENDED_USE: &str =
    "교육, 연구 및 공개된 프로토콜의 참조를 위한 것입니다. 의료기기가 아닙니다. 반드시 프로토콜 원문에서 확인하십시오.";

/// Code of the language.
pub const CODE: &str = "ko";
