//! Scale and level of the intervals: one setting for every result.

use cotside_core::survival::Confidence;
use cotside_words::lang::curve_results as words;

use crate::analysis::selection::Analysis;

impl Analysis<'_> {
    /// Scale and level of intervals of probabilities; every other interval has the same level.
    pub fn confidence(&self) -> Confidence {
        self.settings.curve_options.confidence()
    }

    /// What an interval is called: "95% CI".
    pub fn ci(&self) -> String {
        words::ci(self.settings.curve_options.level)
    }
}
