//! Interfant-06 (2006–2016): three groups by KMT2A, age, white cell count and day-8 prednisone response.
//!
//! The rule, as the study portal numbers it: high risk = KMT2A rearranged, **and** younger than 6 months, **and**
//! (white cells of 300 × 10⁹/L or more **or** a poor prednisone response). Low risk = germline, also with a poor
//! response. Medium risk = all others.

use super::rule::{
    AtLimit, Condition::*, Family, Handling, HsctCondition, HsctRule, Level, Outcome, Outside, Protocol, Test,
};
use super::rule::{Clause, at_least, clause, group, required};
use crate::evidence::shared_sources::{BLOOD_COMMENTARY_2020, MANN_2010, PIETERS_2019};
use crate::evidence::{PublishedEndpoint::*, Source, Spread::*, fact};
use crate::infant::{AgeLimit::*, Kmt2a, MrdPoint, PrednisoneResponse};

pub(super) static PORTAL: Source = Source {
    short: "Interfant-06 study portal",
    reference: "German study portal for paediatric oncology, Interfant-06, revised 2018-09-12",
    identifier: "NCT00550992",
};
pub(super) static REGISTRY: Source = Source {
    short: "Interfant Registry portal",
    reference: "German study portal for paediatric oncology, Interfant Registry, revised 2022-07-14",
    identifier: "",
};
static TRIAL_REGISTER: Source = Source {
    short: "Dutch trial register",
    reference: "Interfant-06, NL-OMON20078",
    identifier: "NL-OMON20078",
};
static ASH_2018: Source = Source {
    short: "Pieters 2018 (ASH 655)",
    reference: "Pieters R et al., Blood 2018;132(Suppl 1):655",
    identifier: "",
};
static STUTTERHEIM_2022: Source = Source {
    short: "Stutterheim 2022",
    reference: "Stutterheim J et al., 2022: KMT2A-germline infants of Interfant-06",
    identifier: "",
};
pub(super) static STUTTERHEIM_2021: Source = Source {
    short: "Stutterheim 2021",
    reference: "Stutterheim J et al., J Clin Oncol 2021;39:652–62",
    identifier: "doi:10.1200/JCO.20.02333",
};

static CLESHAM_2020: Source = Source {
    short: "Clesham 2020",
    reference: "Clesham K et al., Blood 2020;135(17):1501",
    identifier: "",
};

static INFANT: Clause = clause(
    "age-at-most-365-days",
    Test::AtMostAged(Days(365)),
    TRIAL_REGISTER.in_register("eligibility"),
)
.note("The registry portal prints the same limit.");
static GERMLINE: Clause = clause(
    "kmt2a-germline",
    Test::Kmt2aIs(Kmt2a::Germline),
    PORTAL.in_register("risk groups"),
)
.note("Split-signal FISH was mandatory. Germline with a poor prednisone response stays low risk.");
static REARRANGED: Clause = clause(
    "kmt2a-rearranged",
    Test::Kmt2aIs(Kmt2a::Rearranged),
    PORTAL.in_register("risk groups"),
);
static YOUNG: Clause = clause(
    "younger-than-6-months",
    Test::YoungerThan(Months(6)),
    PORTAL.in_register("risk groups"),
)
.note("No source converts 6 months into days: between 181 and 184 days only the dates decide.");
static HIGH_WBC: Clause = clause(
    "wbc-at-least-300",
    Test::Wbc(at_least(300.0).at_limit(AtLimit::Disputed)),
    PORTAL.in_register("risk groups"),
)
.note("Portal, trial report and Mann 2010 say 300 or more; the 2018 abstract prints more than 300.");
static POOR_RESPONSE: Clause = clause(
    "poor-prednisone-response",
    Test::ResponseIs(PrednisoneResponse::Poor),
    PORTAL.in_register("risk groups"),
);
static MRD_BEFORE_OCTADAD: Clause = clause(
    "mrd-before-octadad-at-least-1e-4",
    Test::Mrd(MrdPoint::BeforeOctadad, at_least(1e-4)),
    PORTAL.in_register("objectives"),
)
.note("Printed as 10e-4, meaning 10⁻⁴ (0.01 %). The registry portal drops the ≥ sign.");
static IN_REMISSION: Clause = clause(
    "remission-eoi",
    Test::InRemission,
    BLOOD_COMMENTARY_2020.secondary("text"),
);
static RELAPSED: Clause = clause("relapse", Test::Relapsed, BLOOD_COMMENTARY_2020.secondary("text"));
static TREATED_SO: Clause = clause(
    "treated-so",
    Test::NotAsked(Outside::Treatment),
    BLOOD_COMMENTARY_2020.secondary("text"),
);

/// Definition of Interfant-06 as data; the top of this file describes it.
pub static INTERFANT_06: Protocol = Protocol {
    id: "interfant-06",
    name: "Interfant-06",
    organisation: "Interfant network",
    family: Family::Trial,
    era: fact("Enrolled 2006–2016.", BLOOD_COMMENTARY_2020.secondary("table")),
    summary: "KMT2A germline is low risk; rearranged, younger than 6 months and with either a white cell count of \
              300 × 10⁹/L or more or a poor prednisone response is high risk; all others are medium risk.",
    eligible: &[required(&INFANT)],
    groups: &[
        group("low", "low risk (LR)", Some(Level::Low), Is(&GERMLINE)),
        group(
            "high",
            "high risk (HR)",
            Some(Level::High),
            All(&[Is(&REARRANGED), Is(&YOUNG), Any(&[Is(&HIGH_WBC), Is(&POOR_RESPONSE)])]),
        ),
        group("medium", "medium risk (MR)", Some(Level::Intermediate), Always),
    ],
    ptd: Handling::NotStatedNeitherToo,
    undetermined_kmt2a: Handling::Stated(fact(
        "Medium risk is worded as “all others” than low and high risk: a status that could not be established falls there by \
         these words.",
        PORTAL.in_register("risk groups"),
    )),
    unknown_response_is_not_poor: None,
    hsct: HsctRule::rule(
        Any(&[InGroup("high"), All(&[InGroup("medium"), Is(&MRD_BEFORE_OCTADAD)])]),
        &[HsctCondition {
            id: "first-remission",
            when: All(&[Is(&IN_REMISSION), Not(&Is(&RELAPSED))]),
            cite: BLOOD_COMMENTARY_2020.secondary("text"),
        }],
        "All high-risk infants; medium-risk infants with MRD of 10⁻⁴ (0.01 %) or more at the start of OCTADA(D), \
               from June 2009. Timed after MARMA, before or during OCTADA(D).",
        PORTAL.in_register("objectives; ASH 2018 abstract 655"),
    ),
    outcomes: &[
        Outcome {
            population: "low risk (KMT2A germline)",
            applies: InGroup("low"),
            endpoint: EventFreeSurvival,
            years: Some(6.0),
            n: Some(167),
            estimate: 73.9,
            spread: StandardError(3.6),
            cite: STUTTERHEIM_2022.in_abstract("abstract"),
            note: "",
        },
        Outcome {
            population: "low risk (KMT2A germline)",
            applies: InGroup("low"),
            endpoint: OverallSurvival,
            years: Some(6.0),
            n: Some(167),
            estimate: 87.2,
            spread: StandardError(2.7),
            cite: STUTTERHEIM_2022.in_abstract("abstract"),
            note: "",
        },
        Outcome {
            population: "high risk",
            applies: InGroup("high"),
            endpoint: EventFreeSurvival,
            years: Some(6.0),
            n: None,
            estimate: 20.9,
            spread: NotStated,
            cite: CLESHAM_2020.secondary("text"),
            note: "Quoted by a letter, which prints neither the number of infants nor a standard error.",
        },
        Outcome {
            population: "high risk",
            applies: InGroup("high"),
            endpoint: OverallSurvival,
            years: Some(6.0),
            n: None,
            estimate: 29.9,
            spread: NotStated,
            cite: CLESHAM_2020.secondary("text"),
            note: "Quoted by a letter, which prints neither the number of infants nor a standard error.",
        },
        Outcome {
            population: "high risk, transplanted",
            applies: All(&[InGroup("high"), Is(&IN_REMISSION), Is(&TREATED_SO)]),
            endpoint: DiseaseFreeSurvival,
            years: Some(4.0),
            n: Some(76),
            estimate: 44.0,
            spread: NotStated,
            cite: BLOOD_COMMENTARY_2020.secondary("text"),
            note: "76 of 143 high-risk infants in remission; only those who lived to transplant are counted.",
        },
        Outcome {
            population: "KMT2A rearranged",
            applies: Is(&REARRANGED),
            endpoint: EventFreeSurvival,
            years: Some(6.0),
            n: Some(476),
            estimate: 36.4,
            spread: StandardError(2.3),
            cite: BLOOD_COMMENTARY_2020.secondary("table"),
            note: "Medium and high risk together; the estimate of medium risk could not be read in a source.",
        },
        Outcome {
            population: "all infants",
            applies: Always,
            endpoint: EventFreeSurvival,
            years: Some(6.0),
            n: Some(651),
            estimate: 46.1,
            spread: StandardError(2.1),
            cite: BLOOD_COMMENTARY_2020.secondary("table"),
            note: "",
        },
        Outcome {
            population: "all infants",
            applies: Always,
            endpoint: OverallSurvival,
            years: Some(6.0),
            n: Some(651),
            estimate: 58.2,
            spread: StandardError(2.0),
            cite: BLOOD_COMMENTARY_2020.secondary("table"),
            note: "",
        },
    ],
    facts: &[
        fact(
            "651 infants; KMT2A rearranged in 476 of 643 tested; complete remission 92.9 %, induction death 3.7 %, \
             death in remission 7.1 %; 111 (17.1 %) transplanted, transplant-related death 14.4 %.",
            BLOOD_COMMENTARY_2020.secondary("table and text"),
        ),
        fact(
            "The 8 infants whose KMT2A status stayed unknown were not counted as low risk: low risk 167 = 643 tested − 476 \
             rearranged.",
            BLOOD_COMMENTARY_2020.derived("table"),
        ),
        fact(
            "Predictors of event-free survival, in order: KMT2A rearrangement, age, white cell count, prednisone \
             response. Hazard ratios were not found.",
            PIETERS_2019.secondary("abstract, as reported in news"),
        ),
        fact(
            "In germline infants the effect of age is reversed: younger than 6 months was favourable (6-year DFS 91 (9.0) \
             against 71.7 (4.2) %, P = .04).",
            STUTTERHEIM_2022.in_abstract("abstract"),
        ),
        fact(
            "MRD at the end of induction and of consolidation separates outcome in KMT2A-rearranged infants; the \
             estimates were not found in a source that could be read.",
            STUTTERHEIM_2021.in_abstract("abstract"),
        ),
        fact(
            "After closure the registry keeps the same definition and the same transplant rule.",
            REGISTRY.in_register("risk groups"),
        ),
        fact(
            "76 of 143 high-risk infants in remission (53.1 %) were transplanted; 54 had an early event.",
            BLOOD_COMMENTARY_2020.secondary("text"),
        ),
        fact(
            "Overall survival was 62.1 % in the groups of Western Europe and North America that began the study, 49.7 % in those that joined later; the commentary names deaths in induction, refractory disease and deaths in remission as the cause.",
            BLOOD_COMMENTARY_2020.secondary("text"),
        ),
        fact(
            "Medium- and high-risk infants were randomised after induction to early intensification of the myeloid or the lymphoid type: no significant improvement.",
            PIETERS_2019.in_news("abstract, as reported in news"),
        ),
        fact(
            "Not eligible: mature B-cell leukaemia, t(9;22) or BCR-ABL, a relapse, systemic corticosteroids in the 4 weeks before.",
            TRIAL_REGISTER.in_register("eligibility"),
        ),
    ],
    pitfalls: &[
        fact(
            "Copies of the journal abstract print “older than 6 months” for high risk. Portal, registry, the 2018 \
             abstract, Mann 2010 and the commentary all say younger.",
            PIETERS_2019.in_abstract("abstract"),
        ),
        fact(
            "White cells of exactly 300: “300 or more” in most sources, “>300” in the 2018 abstract.",
            ASH_2018.in_abstract("abstract"),
        ),
        fact(
            "The same words without brackets could be read as “(rearranged and young and WBC) or poor response”. The \
             portal numbers the conditions, and Mann's subgroup has the brackets.",
            MANN_2010.in_abstract("abstract"),
        ),
        fact(
            "“10e-4” on the portals means 10⁻⁴ = 0.01 %; a computer reads 10e-4 as 0.001.",
            PORTAL.in_register("objectives"),
        ),
    ],
    open_questions: &[
        "Event-free survival of medium risk, and the numbers behind that of high risk: the full trial report would give them.",
        "How 6 months are counted in days: the protocol document would say.",
        "What a partial tandem duplication counts as: the protocol document would say.",
        "Transplant of medium-risk infants whose MRD is missing: the protocol document would say.",
    ],
};
