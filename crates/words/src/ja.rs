//! 日本語. What has no words of its own here is said in English: an item of this module stands before one of the same
//! name that comes with the glob.

pub mod adjusted;
mod answer;
mod boot;
mod cohort;
pub mod cohort_file;
pub mod cohort_page;
pub mod cohort_results;
mod columns;
pub mod columns_page;
pub mod combine_example;
pub mod combine_files;
pub mod combine_numbers;
pub mod combine_page;
pub mod combine_results;
mod cox;
pub mod cox_results;
pub mod curve_page;
pub mod curve_results;
pub mod digitise_page;
pub mod digitised;
pub mod digitised_results;
pub mod estimates;
mod evidence;
pub mod evidence_page;
pub mod evidence_results;
pub mod export_results;
pub mod federated;
mod fields;
pub mod figures;
mod follow_up;
mod foreign;
pub mod incidence;
pub mod incidence_comparison;
pub mod levels_page;
pub mod levels_results;
pub mod model_page;
pub mod model_results;
pub mod origin;
mod overview;
mod own;
pub mod own_estimates;
pub mod own_page;
pub mod page;
pub mod panel_results;
pub mod parametric_results;
pub mod planning_page;
pub mod planning_results;
pub mod pooled_files;
pub mod predicted;
mod questions;
pub(crate) mod refusals;
pub mod reporting;
mod risks;
pub mod risks_results;
mod rules;
pub mod site;
mod survival;
pub mod survival_results;
pub mod transplant;
pub mod working;

pub use super::en::*;

pub use answer::{
    change, decided, decider, disagreement, findings, found, hsct_state, next_finding, note_for_records, notice,
    notice_parts, open_on, possibility, reason, why,
};
pub use boot::BOOT;
pub use cohort::{
    column_kind, date_form, date_order, encoding, endpoint_name, endpoint_short, event_kind, import_report, milestone,
    number_form, placement, remedy, role_of_column, time_unit, unusable, vital,
};
pub use columns::{
    ColumnsTally, code_meaning, columns_not_shown, columns_tally, directions, grouped_count, in_words, problem_parts,
    problems_rest, problems_tally, role_family, understood_cell,
};
pub use cox::{cox_error, cox_warning};
pub use curve_results::conditional_no_variance;
pub use evidence::{
    ALL_ALIKE, CENSORING_UNKNOWN, NO_LOG_LOG, RECONSTRUCTED, axes_error, caution, effect_error, error_origin,
    error_origin_code, finding, finding_kind, finding_verdict, footnote, no_difference, no_test, p_value, pool_error,
    pool_method, pool_test, printed, reached, reconstruct_error, reconstruction_miss, scale_name, trace_error, verdict,
};
pub use fields::{
    choice, field_accepts, field_definition, field_label, finding_label, issue, option_label, stage_label, table_error,
    understood, unit, which_reading,
};
pub use follow_up::{GIVE_FOLLOW_UP, events_left_out, followed_longer, needed, not_drawn};
pub use foreign::{foreign, foreign_format};
pub use overview::{
    beside_headline, decided_brief, headline, hsct_brief, needs, outcome_counts, summary, test_brief, transplant_counts,
};
pub use own::{OWN_MARK, asks, at_limit_name, fault, if_unknown_name, operator_name, own_problem, place};
pub use questions::{
    ENCODING_QUESTION, header_preview, question, question_of, rows_answers, rows_question, rows_subject,
};
pub use risks::{
    constant_covariate, cure_error, cure_warning, fine_gray_error, fine_gray_warning, gray_error, immortal_time,
    incidence_error, parametric_error, transplant_error,
};
pub use rules::{
    age_limit, boundary_rows, clause, condition, endpoint, family, group_name, kmt2a_handling, level, outcome,
    outcome_spread, protocol_name, read_mark, role, test,
};
pub use survival::{labels_error, no_rank_test, rank_test_error};
pub use survival_results::{no_variance, not_followed, not_tested};

/// The standing line of intended use.
pub const INTENDED_USE: &str =
    "教育・研究、および公表されたプロトコールの参照を目的とする。医療機器ではない。必ずプロトコール本文で確認のこと。";

/// Code of the language.
pub const CODE: &str = "ja";
