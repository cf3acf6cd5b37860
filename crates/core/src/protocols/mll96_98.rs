//! What MLL96 and MLL98 reported together: outcomes that both protocols show.

use super::rule::{Condition::*, Outcome};
use crate::evidence::shared_sources::{LEE_2011, MANN_2010};
use crate::evidence::{PublishedEndpoint::*, Source, Spread::*};

/// The preliminary report of both trials; it alone words the age limit.
pub static ASH_2006: Source = Source {
    short: "ASH 2006 abstract 148",
    reference: "Japan Infant Leukemia Study Group, Blood 2006;108(11):148",
    identifier: "",
};

/// The report of the germline infants of both trials.
pub static GERMLINE_2006: Source = Source {
    short: "Blood 2006;107:4663",
    reference: "Japan Infant Leukemia Study Group, Blood 2006;107:4663",
    identifier: "",
};

/// The survey of survivors of MLL96, MLL98 and MLL03.
pub static ASH_2019_LATE_EFFECTS: Source = Source {
    short: "ASH 2019 abstract 4559",
    reference: "Late Effects in Survivors of Infant ALL, Blood 2019;134(Suppl 1):4559",
    identifier: "",
};

/// Note of the estimates of the preliminary report.
const EARLIER_CUT: &str =
    "An earlier data cut of 101 infants; the final report of 2007 has 102 and is to be preferred.";

/// Germline infants of both trials.
pub const GERMLINE: Outcome = Outcome {
    population: "KMT2A germline (MLL96 and MLL98 together)",
    applies: InGroup("germline"),
    endpoint: EventFreeSurvival,
    years: Some(5.0),
    n: Some(22),
    estimate: 95.5,
    spread: Interval95(86.9, 100.0),
    cite: GERMLINE_2006.in_abstract("abstract"),
    note: "21 of 22, chemotherapy alone. The printed interval is a plain one, cut at 100.",
};

/// Germline infants of both trials, preliminary report.
pub const GERMLINE_EARLIER_CUT: Outcome = Outcome {
    population: "KMT2A germline (MLL96 and MLL98 together, preliminary report)",
    applies: InGroup("germline"),
    endpoint: EventFreeSurvival,
    years: Some(5.0),
    n: Some(22),
    estimate: 95.5,
    spread: NotStated,
    cite: ASH_2006.in_abstract("abstract"),
    note: EARLIER_CUT,
};

/// Rearranged infants of both trials.
pub const REARRANGED: Outcome = Outcome {
    population: "KMT2A rearranged (MLL96 and MLL98 together)",
    applies: InGroup("rearranged"),
    endpoint: EventFreeSurvival,
    years: Some(5.0),
    n: Some(80),
    estimate: 38.6,
    spread: NotStated,
    cite: MANN_2010.secondary("discussion of the final report"),
    note: "Read at second hand. With 95.5 % of 22 germline infants it averages to the 50.9 % of all 102.",
};

/// Rearranged infants of both trials, preliminary report.
pub const REARRANGED_EARLIER_CUT: Outcome = Outcome {
    population: "KMT2A rearranged (MLL96 and MLL98 together, preliminary report)",
    applies: InGroup("rearranged"),
    endpoint: EventFreeSurvival,
    years: Some(5.0),
    n: Some(79),
    estimate: 39.7,
    spread: NotStated,
    cite: ASH_2006.in_abstract("abstract"),
    note: EARLIER_CUT,
};

/// All infants of both trials.
pub const ALL: Outcome = Outcome {
    population: "all infants (MLL96 and MLL98 together)",
    applies: Always,
    endpoint: EventFreeSurvival,
    years: Some(5.0),
    n: Some(102),
    estimate: 50.9,
    spread: NotStated,
    cite: LEE_2011.secondary("discussion of the final report"),
    note: "All infants, germline included; it has been quoted beside transplant of rearranged infants.",
};

/// All infants of both trials, preliminary report.
pub const ALL_EARLIER_CUT: Outcome = Outcome {
    population: "all infants (MLL96 and MLL98 together, preliminary report)",
    applies: Always,
    endpoint: EventFreeSurvival,
    years: Some(5.0),
    n: Some(101),
    estimate: 52.0,
    spread: NotStated,
    cite: ASH_2006.in_abstract("abstract"),
    note: EARLIER_CUT,
};
