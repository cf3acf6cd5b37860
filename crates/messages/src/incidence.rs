//! How cumulative incidence is laid out.

use serde::{Deserialize, Serialize};

choice! {
    /// Causes and groups of the figure of competing risks.
    IncidenceLayout {
        /// A panel for each cause where groups are compared, else all causes in one panel.
        Usual = "usual",
        /// A panel for each cause.
        Panels = "panels",
        /// All causes and groups in one panel.
        Together = "together",
        /// Areas on one another; their top is one minus event-free survival.
        Stacked = "stacked",
    }
}
