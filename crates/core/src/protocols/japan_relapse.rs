//! Relapsed or refractory infant ALL of MLL96 and MLL98 (1995–2001): a series, not a protocol.
//!
//! 39 KMT2A-rearranged infants with a recurrence or a failed induction. The two groups here are by what decided their
//! outcome: second remission after salvage therapy, or none. They allocated nothing.

use super::rule::{Clause, clause, group, once, required};
use super::rule::{Condition::*, Family, Handling, HsctRule, Outcome, Protocol, Test};
use crate::evidence::shared_sources::ISOYAMA_2002;
use crate::evidence::{PublishedEndpoint::*, Source, Spread::*, fact};
use crate::infant::{AgeLimit::*, Kmt2a};

static TOMIZAWA_2009: Source = Source {
    short: "Tomizawa 2009",
    reference: "Tomizawa D et al., Pediatr Blood Cancer 2009;52:808–13",
    identifier: "doi:10.1002/pbc.21975",
};

static RELAPSED: Clause = clause(
    "relapsed-or-refractory",
    Test::Relapsed,
    TOMIZAWA_2009.in_abstract("abstract"),
)
.note("A recurrence, or an induction that failed. The series does not apply before either is reported.");
static REARRANGED: Clause = clause(
    "kmt2a-rearranged",
    Test::Kmt2aIs(Kmt2a::Rearranged),
    TOMIZAWA_2009.in_abstract("abstract"),
);
static INFANT: Clause = clause(
    "younger-than-13-months",
    Test::YoungerThan(Months(13)),
    ISOYAMA_2002.secondary("eligibility of MLL96"),
)
.note(
    "Age at first diagnosis. The abstract gives no limit; this is that of MLL96, while MLL98 took infants younger \
         than 12 months.",
);
static SECOND_REMISSION: Clause = clause(
    "second-remission",
    Test::SecondRemission,
    TOMIZAWA_2009.in_abstract("abstract"),
)
.note("After salvage chemotherapy. The abstract does not define remission.");

/// Relapsed or refractory infants of MLL96 and MLL98.
pub static JAPAN_RELAPSE: Protocol = Protocol {
    id: "japan-relapse",
    name: "MLL96 and MLL98, relapsed or refractory",
    organisation: "Japan Infant Leukemia Study Group",
    family: Family::Series,
    era: fact(
        "Infants registered in MLL96 and MLL98 between 1995 and 2001.",
        TOMIZAWA_2009.in_abstract("abstract"),
    ),
    summary: "After recurrence or failed induction, rearranged infants are told apart by whether salvage therapy led to a \
              second remission.",
    eligible: &[once(&RELAPSED), required(&REARRANGED), required(&INFANT)],
    groups: &[
        group("second-remission", "second remission", None, Is(&SECOND_REMISSION)),
        group("no-second-remission", "no second remission", None, Always),
    ],
    ptd: Handling::NotStated,
    undetermined_kmt2a: Handling::NotStated,
    unknown_response_is_not_poor: None,
    hsct: HsctRule::not_specified(
        "No rule: 23 of the 39 were transplanted afterwards, 9 in remission, 12 without remission and 2 with \
               unknown status.",
        TOMIZAWA_2009.in_abstract("abstract"),
    ),
    outcomes: &[
        Outcome {
            population: "all relapsed or refractory infants, from second-line treatment",
            applies: Always,
            endpoint: OverallSurvival,
            years: Some(5.0),
            n: Some(39),
            estimate: 25.6,
            spread: StandardError(6.9),
            cite: TOMIZAWA_2009.in_abstract("abstract"),
            note: "Printed with ±; 10 of 39 has a standard error of 6.99, so it is read as one. Median follow-up 5.5 years.",
        },
        Outcome {
            population: "all relapsed or refractory infants with salvage chemotherapy",
            applies: Always,
            endpoint: CrudeSecondRemission,
            years: None,
            n: Some(37),
            estimate: 40.5,
            spread: NotStated,
            cite: TOMIZAWA_2009.in_abstract("abstract"),
            note: "15 of 37; how the other 2 of 39 responded is not said.",
        },
    ],
    facts: &[
        fact(
            "80 rearranged infants had 34 recurrences and 5 failed inductions. First remission lasted 5 months in the \
             median (0–28).",
            TOMIZAWA_2009.in_abstract("abstract"),
        ),
        fact(
            "No second remission after salvage therapy was the only independent adverse factor (P = .01). Age younger \
             than 3 months and CNS disease, both at first diagnosis, were adverse in univariable analysis.",
            TOMIZAWA_2009.in_abstract("abstract"),
        ),
    ],
    pitfalls: &[
        fact(
            "An infant whose induction failed had no first remission: the range from 0 months does not say whether these \
             5 are counted in it.",
            TOMIZAWA_2009.in_abstract("abstract"),
        ),
        fact(
            "Survival is counted from second-line treatment and not from diagnosis; it cannot be set beside the survival \
             of the protocols here.",
            TOMIZAWA_2009.in_abstract("abstract"),
        ),
        fact(
            "Age younger than 3 months is a factor of this series; it is 89–92 days and no cut-off in days is printed.",
            TOMIZAWA_2009.in_abstract("abstract"),
        ),
    ],
    open_questions: &[
        "Survival of each group apart: the full report would give it.",
        "How 2 of the 39 infants responded, and how remission was defined: the full report would say.",
        "Whether infants of 12 months, whom only MLL96 took, are among the 39: the full report would say.",
    ],
};
