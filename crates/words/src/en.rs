//! English.

mod answer;
mod boot;
mod cohort;
mod cox;
mod evidence;
mod fields;
pub mod page;
mod results;
mod risks;
mod rules;
mod survival;

pub use answer::{
    change, decided, decider, disagreement, findings, found, hsct_status, next_finding, note_for_records, notice,
    notice_parts, open_on, possibility, reason, why,
};
pub use boot::BOOT;
pub use cohort::{
    column_kind, date_form, encoding, endpoint_definition, endpoint_name, event_kind, import_report, milestone,
    number_form, placement, problem, question, remedy, role_of_column, time_unit, unusable, vital,
};
pub use cox::{cox_error, cox_warning};
pub use evidence::{
    CENSORING_UNKNOWN, RECONSTRUCTED, caution, error_origin, error_origin_code, finding, footnote, p_value, pool_error,
    pool_method, pool_test, printed, reconstruct_error, scale_name, verdict,
};
pub use fields::{
    field_accepts, field_definition, field_label, finding_label, issue, option_label, stage_label, table_error,
    understood, unit,
};
pub use results::failure_at;
pub use risks::{
    cure_error, cure_warning, fine_gray_error, fine_gray_warning, gray_error, immortal_time, incidence_error,
    parametric_error, transplant_error,
};
pub use rules::{
    BoundaryCells, boundary_rows, citation, clause, condition, endpoint, family, group_name, kmt2a_handling, level,
    outcome, outcome_spread, read_mark, role, source,
};
pub use survival::{cell_error, expected_cell, follow_up_error, labels_error, rank_test_error};

/// The standing line of intended use.
pub const INTENDED_USE: &str = "For education, research and reference to published protocols. Not a medical device. \
     Verify in the protocol.";

/// Code of the language.
pub const CODE: &str = "en";
