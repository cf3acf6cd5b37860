//! Pui 2002: infants with an 11q23 abnormality, t(4;11) against the others.
//!
//! A retrospective study of 497 patients with an abnormality of 11q23, treated 1983–1995. Its infants are set apart
//! here by t(4;11), for which their outcome with and without transplant was published. It allocated nobody.

use super::rule::{Clause, clause, group, required};
use super::rule::{Condition::*, Family, Handling, HsctRule, Outcome, Outside, Protocol, Test};
use crate::evidence::shared_sources::ASH_EDUCATION_2013;
use crate::evidence::{PublishedEndpoint::*, Source, Spread::*, fact};
use crate::infant::{AgeLimit::*, Kmt2a, Partner};

static PUI_2002_REPORT: Source = Source {
    short: "Pui 2002",
    reference: "Pui CH et al., Lancet 2002;359:1909–15",
    identifier: "PMID 12057554",
};

static INFANT: Clause = clause(
    "younger-than-12-months",
    Test::YoungerThan(Months(12)),
    PUI_2002_REPORT.in_abstract("abstract"),
)
.note("Printed as less than 1 year; no source converts it into days. Older children were studied too.");
static REARRANGED: Clause = clause(
    "kmt2a-rearranged",
    Test::Kmt2aIs(Kmt2a::Rearranged),
    PUI_2002_REPORT.in_abstract("abstract"),
)
.note("Printed as an abnormality of 11q23.");
static AFF1: Clause = clause(
    "kmt2a-aff1",
    Test::PartnerIs(Partner::Aff1),
    PUI_2002_REPORT.in_abstract("abstract"),
)
.note("Printed as t(4;11).");

const NO_HORIZON: &str = "Not randomised; the table does not say at how many years.";
static TREATED_SO: Clause = clause(
    "treated-so",
    Test::NotAsked(Outside::Treatment),
    ASH_EDUCATION_2013.secondary("table 1"),
);

/// Definition of Pui 2002 as data; the top of this file describes it.
pub static PUI_2002: Protocol = Protocol {
    id: "pui-2002",
    name: "Pui 2002 (11q23 abnormalities)",
    organisation: "International collaborative study",
    family: Family::Prognostic,
    era: fact("Treated 1983–1995.", PUI_2002_REPORT.in_abstract("abstract")),
    summary: "Infants with an 11q23 abnormality, by t(4;11) or another one; a description, not an allocation.",
    eligible: &[required(&INFANT), required(&REARRANGED)],
    groups: &[
        group("t-4-11", "t(4;11)", None, Is(&AFF1)),
        group("other-11q23", "other 11q23 abnormality", None, Always),
    ],
    ptd: Handling::NotStated,
    undetermined_kmt2a: Handling::NotStated,
    unknown_response_is_not_poor: None,
    hsct: HsctRule::not_specified(
        "An analysis, not a rule: it allocated nobody. In t(4;11) of any age transplant went with worse disease-free \
               survival (hazard ratio 1.61, 1.10–2.35, P = .014).",
        PUI_2002_REPORT.in_abstract("abstract"),
    ),
    outcomes: &[
        Outcome {
            population: "infants with t(4;11), chemotherapy",
            applies: All(&[InGroup("t-4-11"), Is(&TREATED_SO)]),
            endpoint: EventFreeSurvival,
            years: None,
            n: Some(103),
            estimate: 23.0,
            spread: NotStated,
            cite: ASH_EDUCATION_2013.secondary("table 1"),
            note: NO_HORIZON,
        },
        Outcome {
            population: "infants with t(4;11), chemotherapy",
            applies: All(&[InGroup("t-4-11"), Is(&TREATED_SO)]),
            endpoint: OverallSurvival,
            years: None,
            n: Some(103),
            estimate: 33.0,
            spread: NotStated,
            cite: ASH_EDUCATION_2013.secondary("table 1"),
            note: NO_HORIZON,
        },
        Outcome {
            population: "infants with t(4;11), transplanted",
            applies: All(&[InGroup("t-4-11"), Is(&TREATED_SO)]),
            endpoint: EventFreeSurvival,
            years: None,
            n: Some(28),
            estimate: 18.0,
            spread: NotStated,
            cite: ASH_EDUCATION_2013.secondary("table 1"),
            note: NO_HORIZON,
        },
        Outcome {
            population: "infants with t(4;11), transplanted",
            applies: All(&[InGroup("t-4-11"), Is(&TREATED_SO)]),
            endpoint: OverallSurvival,
            years: None,
            n: Some(28),
            estimate: 25.0,
            spread: NotStated,
            cite: ASH_EDUCATION_2013.secondary("table 1"),
            note: NO_HORIZON,
        },
    ],
    facts: &[
        fact(
            "497 patients of any age with an 11q23 abnormality. Younger than 1 year against older: hazard ratio for \
             event-free survival 1.84 (1.38–2.47); in infants every 11q23 abnormality did badly.",
            PUI_2002_REPORT.in_abstract("abstract"),
        ),
        fact(
            "t(4;11) of any age (n = 256), any transplant against chemotherapy: disease-free survival 1.61 (1.10–2.35), \
             P = .014.",
            PUI_2002_REPORT.in_abstract("abstract"),
        ),
    ],
    pitfalls: &[
        fact(
            "For overall survival the abstract prints a hazard ratio of 1.76 (1.08–2.45), P = .004. The ratio is not the \
             middle of its interval on the log scale (1.63, P = .007): one of the figures is a misprint.",
            PUI_2002_REPORT.in_abstract("abstract"),
        ),
        fact(
            "The hazard ratios of transplant are of t(4;11) at any age; only the outcomes shown here are of infants.",
            PUI_2002_REPORT.in_abstract("abstract"),
        ),
    ],
    open_questions: &[
        "At how many years the infants' survival was estimated, and its uncertainty: the full report would say.",
        "Outcome of infants with another 11q23 abnormality: the full report would give it.",
        "Whether a partial tandem duplication counted as an 11q23 abnormality: the full report would say.",
    ],
};
