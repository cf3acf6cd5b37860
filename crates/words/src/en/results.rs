//! Results of a cohort in the words of reporting guidelines: n, events, estimate, interval, test, p, what was left out.

use cotside_core::cohort::FailureAt;

/// When induction failure counts, and on whose word.
#[must_use]
pub fn failure_at(failure_at: FailureAt) -> &'static str {
    match failure_at {
        FailureAt::TimeZero => {
            "Induction failure counts as an event at time 0. That is a convention chosen here: no source that was read for \
             this page prescribes it. The setting above counts it on its date instead."
        }
        FailureAt::ItsDate => {
            "Induction failure counts on the date of the first event. No source that was read for this page prescribes when \
             it counts; time 0 is the other way."
        }
    }
}
