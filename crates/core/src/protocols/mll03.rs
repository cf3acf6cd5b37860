//! MLL03: one arm, KMT2A rearranged only, early transplant for all.
//!
//! Short intensive chemotherapy, then allogeneic transplant within 4 months of the initial induction. Nothing else
//! allocates. Germline infants are not in this report.

use super::rule::{Clause, clause, group, required};
use super::rule::{Condition::*, Family, Handling, HsctCondition, HsctRule, Outcome, Protocol, Test};
use crate::evidence::{PublishedEndpoint::*, Source, Spread::*, fact};
use crate::infant::{AgeLimit::*, Kmt2a};

static KOH_2015: Source = Source {
    short: "Koh 2015",
    reference: "Koh K et al., Leukemia 2015",
    identifier: "doi:10.1038/leu.2014.172",
};

static INFANT: Clause = clause(
    "younger-than-12-months",
    Test::YoungerThan(Months(12)),
    KOH_2015.unverified("abstract: “infants” only"),
)
.note("The abstract says “infants” and prints no limit: 12 months is our reading, not the protocol's wording.");
static REARRANGED: Clause = clause(
    "kmt2a-rearranged",
    Test::Kmt2aIs(Kmt2a::Rearranged),
    KOH_2015.in_abstract("abstract"),
);
static IN_REMISSION: Clause = clause("remission-eoi", Test::InRemission, KOH_2015.in_abstract("abstract"));
static RELAPSED: Clause = clause("relapse", Test::Relapsed, KOH_2015.in_abstract("abstract"));

/// Definition of MLL03 as data; the top of this file describes it.
pub static MLL03: Protocol = Protocol {
    id: "mll03",
    name: "MLL03",
    organisation: "Japanese Pediatric Leukemia/Lymphoma Study Group (JPLSG)",
    family: Family::Trial,
    era: fact("Years of enrolment were not found.", KOH_2015.unverified("abstract")),
    summary: "Every KMT2A-rearranged infant was allocated to short intensive chemotherapy and early transplant; there are \
              no risk groups.",
    eligible: &[required(&REARRANGED), required(&INFANT)],
    groups: &[group("single-arm", "single arm", None, Always)],
    ptd: Handling::NotStated,
    undetermined_kmt2a: Handling::NotStated,
    unknown_response_is_not_poor: None,
    hsct: HsctRule::rule(
        InGroup("single-arm"),
        &[HsctCondition {
            id: "first-remission",
            when: All(&[Is(&IN_REMISSION), Not(&Is(&RELAPSED))]),
            cite: KOH_2015.in_abstract("abstract"),
        }],
        "All infants, within 4 months of the initial induction.",
        KOH_2015.in_abstract("abstract"),
    ),
    outcomes: &[
        Outcome {
            population: "all infants (KMT2A rearranged)",
            applies: Always,
            endpoint: EventFreeSurvival,
            years: Some(4.0),
            n: Some(62),
            estimate: 43.2,
            spread: Interval95(30.7, 55.1),
            cite: KOH_2015.in_abstract("abstract"),
            note: "",
        },
        Outcome {
            population: "all infants (KMT2A rearranged)",
            applies: Always,
            endpoint: OverallSurvival,
            years: Some(4.0),
            n: Some(62),
            estimate: 67.2,
            spread: Interval95(53.8, 77.4),
            cite: KOH_2015.in_abstract("abstract"),
            note: "",
        },
    ],
    facts: &[
        fact(
            "Adverse in univariable analysis: age younger than 90 days, CNS disease, poor response to initial \
             prednisolone.",
            KOH_2015.in_abstract("abstract"),
        ),
        fact(
            "In the multivariable model younger age had a hazard ratio of 1.969 (0.903–4.291; P = .088).",
            KOH_2015.in_abstract("abstract"),
        ),
        fact(
            "The report found early relapse prevented while many infants relapsed after transplant; it concludes that \
             its indications should be limited to subgroups with poor risk factors.",
            KOH_2015.in_abstract("abstract"),
        ),
        fact(
            "Each of the three univariable factors had P < .05; the abstract prints no estimates.",
            KOH_2015.in_abstract("abstract"),
        ),
        fact(
            "The acknowledgements name a study of the pharmacokinetics of busulfan; the conditioning itself is not in what was read.",
            KOH_2015.in_abstract("acknowledgements"),
        ),
        fact(
            "At least one late effect in 62 of 68 survivors of MLL96, MLL98 and MLL03 (91 %), at a median age of 13.5 years: underweight 69 %, hypogonadism 56 %, dental maldevelopment 52 %, short stature 52 %, bone abnormalities 28 %.",
            super::mll96_98::ASH_2019_LATE_EFFECTS.in_abstract("abstract"),
        ),
    ],
    pitfalls: &[
        fact(
            "The 4 months are counted from the initial induction, not from diagnosis and not from remission.",
            KOH_2015.in_abstract("abstract"),
        ),
        fact(
            "Day 90 is not adverse here (younger than 90 days); it is in COG P9407.",
            KOH_2015.in_abstract("abstract"),
        ),
        fact(
            "The prephase was prednisolone, and the abstract prints no cut-off for a poor response: 1,000 blasts per µL \
             does not follow from it.",
            KOH_2015.in_abstract("abstract"),
        ),
    ],
    open_questions: &[
        "The age limit and the years of enrolment: the full report would give them.",
        "What CNS disease and a poor response to prednisolone mean: the full report would say.",
        "How germline infants were treated in these years: the full report or the register would say.",
        "What a partial tandem duplication and a KMT2A status that could not be established count as: the full report \
         would say.",
    ],
};
