//! 한국어. What has no words of its own here is said in English: an item of this module stands before one of the same
//! name that comes with the glob.

pub mod adjusted;
mod answer;
mod boot;
pub mod cohort_file;
pub mod cohort_page;
pub mod cohort_results;
pub mod columns_page;
pub mod combine_example;
pub mod combine_files;
pub mod combine_numbers;
pub mod combine_page;
pub mod combine_results;
pub mod cox_results;
pub mod curve_page;
pub mod curve_results;
pub mod digitise_page;
pub mod digitised;
pub mod digitised_results;
pub mod estimates;
pub mod evidence_page;
pub mod evidence_results;
pub mod export_results;
pub mod federated;
mod fields;
pub mod figures;
mod follow_up;
pub mod incidence;
pub mod incidence_comparison;
pub mod levels_page;
pub mod levels_results;
pub mod model_page;
pub mod model_results;
pub mod origin;
mod overview;
pub mod own_estimates;
pub mod own_page;
pub mod page;
pub mod panel_results;
pub mod parametric_results;
pub mod planning_page;
pub mod planning_results;
pub mod pooled_files;
pub mod reporting;
pub mod risks_results;
mod rules;
pub mod site;
pub mod survival_results;
pub mod transplant;
pub mod working;

pub use super::en::*;

pub use answer::{
    change, decided, decider, disagreement, findings, found, hsct_state, next_finding, note_for_records, notice,
    notice_parts, open_on, possibility, reason, why,
};
pub use boot::BOOT;
pub use curve_results::conditional_no_variance;
pub use fields::{
    choice, field_accepts, field_definition, field_label, finding_label, issue, option_label, stage_label, table_error,
    understood, unit, which_reading,
};
pub use follow_up::{GIVE_FOLLOW_UP, events_left_out, followed_longer, needed, not_drawn};
pub use overview::{
    beside_headline, decided_brief, headline, hsct_brief, needs, outcome_counts, summary, test_brief, transplant_counts,
};
pub use rules::{
    age_limit, boundary_rows, clause, condition, endpoint, family, group_name, kmt2a_handling, level, outcome,
    outcome_spread, protocol_name, read_mark, role,
};
pub use survival_results::{no_variance, not_followed, not_tested};

/// The standing line of intended use.
pub const INTENDED_USE: &str =
    "교육, 연구 및 공개된 프로토콜의 참조를 위한 것입니다. 의료기기가 아닙니다. 반드시 프로토콜 원문에서 확인하십시오.";

/// Code of the language.
pub const CODE: &str = "ko";
