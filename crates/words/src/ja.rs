//! 日本語. What has no words of its own here is said in English: an item of this module stands before one of the same
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
    "教育・研究、および公表されたプロトコールの参照を目的とする。医療機器ではない。必ずプロトコール本文で確認のこと。";

/// Code of the language.
pub const CODE: &str = "ja";
