//! Scale and level of the intervals: one setting for every result.

use cotside_core::survival::Confidence;
use cotside_words::{en, lang};

use crate::analysis::selection::Analysis;

impl Analysis<'_> {
    /// Scale and level of intervals of probabilities; every other interval has the same level.
    pub fn confidence(&self) -> Confidence {
        self.settings.curve_options.confidence()
    }

    /// What an interval is called on the page: "95% CI".
    pub fn ci(&self) -> String {
        lang::curve_results::ci(self.settings.curve_options.level)
    }

    /// What an interval is called in print: in figures, their captions, the methods.
    pub fn printed_ci(&self) -> String {
        en::curve_results::ci(self.settings.curve_options.level)
    }
}
