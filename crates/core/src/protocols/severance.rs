//! Severance Hospital, Yonsei (1998–2008): high risk by any one of three criteria, transplant for all high risk.
//!
//! High risk = younger than 6 months **or** white cells of 50 × 10⁹/L or more **or** a KMT2A translocation. A
//! duplication at 11q23 (dupMLL) does not count as a rearrangement. Not high risk = all others.

use super::rule::{
    AtLimit, Condition::*, Family, Handling, HsctCondition, HsctRule, Level, Outcome, Outside, Protocol, Test,
};
use super::rule::{Clause, at_least, clause, group, required};
use crate::evidence::shared_sources::LEE_2011;
use crate::evidence::{PublishedEndpoint::*, Spread::*, fact};
use crate::infant::{AgeLimit::*, Kmt2a};

static INFANT: Clause = clause(
    "younger-than-12-months",
    Test::YoungerThan(Months(12)),
    LEE_2011.in_paper("introduction"),
)
.note("Infant ALL is described as beginning before 12 months.");
static YOUNG: Clause = clause(
    "younger-than-6-months",
    Test::YoungerThan(Months(6)),
    LEE_2011.in_paper("methods"),
)
.note("Ages are printed in months: “6M” was counted as not younger than 6 months.");
static HIGH_WBC: Clause = clause(
    "wbc-at-least-50",
    Test::Wbc(at_least(50.0).at_limit(AtLimit::Disputed)),
    LEE_2011.in_paper("methods"),
)
.note("The Korean text says 50,000/µL or more; the English abstract says over 50,000/µL.");
static REARRANGED: Clause = clause(
    "kmt2a-rearranged",
    Test::Kmt2aIs(Kmt2a::Rearranged),
    LEE_2011.in_paper("methods"),
)
.note("A translocation. A duplication at 11q23 does not count.");
static IN_REMISSION: Clause = clause(
    "remission-eoi",
    Test::InRemission,
    LEE_2011.unverified("not worded; table 2 gives the response to induction"),
);
static RELAPSED: Clause = clause(
    "relapse",
    Test::Relapsed,
    LEE_2011.unverified("not worded; table 2 gives the response to induction"),
);
static TREATED_SO: Clause = clause(
    "treated-so",
    Test::NotAsked(Outside::Treatment),
    LEE_2011.in_paper("methods"),
);

/// Definition of The Severance series as data; the top of this file describes it.
pub static SEVERANCE: Protocol = Protocol {
    id: "severance",
    name: "Severance",
    organisation: "Severance Hospital, Yonsei University",
    family: Family::Series,
    era: fact(
        "Diagnosed January 1998 – January 2008, analysed February 2011.",
        LEE_2011.in_paper("methods"),
    ),
    summary: "Younger than 6 months, a white cell count of 50 × 10⁹/L or more, or a KMT2A translocation: any one is high \
              risk.",
    eligible: &[required(&INFANT)],
    groups: &[
        group(
            "high",
            "high risk",
            Some(Level::High),
            Any(&[Is(&YOUNG), Is(&HIGH_WBC), Is(&REARRANGED)]),
        ),
        group("not-high", "not high risk", Some(Level::Low), Always),
    ],
    ptd: Handling::Stated(fact(
        "A duplication (dupMLL, 11q23) did not put an infant into the high-risk group.",
        LEE_2011.in_paper("methods"),
    )),
    undetermined_kmt2a: Handling::NotStated,
    unknown_response_is_not_poor: None,
    hsct: HsctRule::rule(
        InGroup("high"),
        &[HsctCondition {
            id: "first-remission",
            when: All(&[Is(&IN_REMISSION), Not(&Is(&RELAPSED))]),
            cite: LEE_2011.unverified("not worded; table 2 gives the response to induction"),
        }],
        "All high-risk infants were to be transplanted after chemotherapy; 6 of 7 were.",
        LEE_2011.in_paper("methods and table 2"),
    ),
    outcomes: &[
        Outcome {
            population: "high risk, transplanted",
            applies: All(&[InGroup("high"), Is(&IN_REMISSION), Is(&TREATED_SO)]),
            endpoint: EventFreeSurvival,
            years: Some(3.0),
            n: Some(6),
            estimate: 60.0,
            spread: StandardError(21.9),
            cite: LEE_2011.in_paper("results"),
            note: "Does not follow from 4 of 6 (66.7 %, standard error 19.2); 3 of 5 gives both printed figures.",
        },
        Outcome {
            population: "high risk",
            applies: InGroup("high"),
            endpoint: EventFreeSurvival,
            years: Some(3.0),
            n: Some(7),
            estimate: 57.1,
            spread: StandardError(18.7),
            cite: LEE_2011.in_paper("results"),
            note: "4 of 7.",
        },
        Outcome {
            population: "6 months or older",
            applies: Not(&Is(&YOUNG)),
            endpoint: EventFreeSurvival,
            years: Some(3.0),
            n: Some(7),
            estimate: 85.7,
            spread: StandardError(13.2),
            cite: LEE_2011.in_paper("results"),
            note: "6 of 7. P = .021 against younger; both infants younger than 6 months died.",
        },
        Outcome {
            population: "all infants",
            applies: Always,
            endpoint: EventFreeSurvival,
            years: Some(3.0),
            n: Some(9),
            estimate: 66.7,
            spread: StandardError(15.7),
            cite: LEE_2011.in_paper("results"),
            note: "6 of 9. Events are relapse and death only.",
        },
    ],
    facts: &[
        fact(
            "9 infants, treated by POG 9407 (5) or Interfant-06 (4) chemotherapy; 7 high risk, 6 of them transplanted \
             after busulfan and cyclophosphamide without total body irradiation.",
            LEE_2011.in_paper("methods and tables 1 and 2"),
        ),
        fact(
            "Both infants younger than 6 months died after transplant (2 of 2). 7 of 9 infants were alive; the paper \
             prints no overall survival.",
            LEE_2011.in_paper("results"),
        ),
        fact(
            "KMT2A translocation in 3 of 9, duplication in 4, neither in 2. The paper holds that changes other than \
             translocations mostly have a good prognosis, citing Chowdhury 2008.",
            LEE_2011.in_paper("methods and table 1"),
        ),
        fact(
            "None of the nine meets the high-risk rule of Interfant-06, as long as the duplications do not count there.",
            LEE_2011.in_paper("table 1"),
        ),
        fact(
            "2 of 6 transplanted infants died of transplant: one 6 months after it of cytomegalovirus infection and acute respiratory distress syndrome, one 9 months after it of chronic graft-versus-host disease. No one relapsed after transplant.",
            LEE_2011.in_paper("results"),
        ),
        fact(
            "Graft-versus-host disease in 4 of 6: acute in 3 (grade 1 in 1, grade 2 in 2), chronic in 1.",
            LEE_2011.in_paper("results"),
        ),
        fact(
            "Late effects of the 7 survivors: hypothyroidism 3, short stature 2, chronic graft-versus-host disease 1, bronchiolitis obliterans 1.",
            LEE_2011.in_paper("results"),
        ),
        fact(
            "Conditioning: busulfan 0.9 mg/kg (12 kg or less) or 1.1 mg/kg (more than 12 kg) four times a day from day −7 to −4, cyclophosphamide 60 mg/kg on two days.",
            LEE_2011.in_paper("methods"),
        ),
    ],
    pitfalls: &[
        fact(
            "Event-free survival of 60 ± 21.9 % does not follow from six transplanted infants of whom four lived: that \
             would be 66.7 ± 19.2 %. It follows from 3 of 5.",
            LEE_2011.in_paper("results and table 2"),
        ),
        fact(
            "White cells of exactly 50 × 10⁹/L: “50,000/µL or more” in the text, “over 50,000/µL” in the abstract. Table 1 \
             heads the column “/mL”; only per µL fits the counts.",
            LEE_2011.in_paper("abstract, methods and table 1"),
        ),
        fact(
            "Transplanted share of high risk: the printed 66.7 % does not follow from 6 of 7 (85.7 %); it is 6 of 9.",
            LEE_2011.in_paper("results"),
        ),
        fact(
            "The conclusion on high risk quotes 66.7 %, the figure of all nine; that of the high-risk group is 57.1 %.",
            LEE_2011.in_paper("discussion"),
        ),
        fact(
            "Both infants younger than 6 months carried a duplication: that youth is adverse and that a duplication is \
             benign rest on the same two infants, who died.",
            LEE_2011.in_paper("tables 1 and 2"),
        ),
        fact(
            "P = .021 for age is the Breslow (Gehan) test of the tables; the log-rank test would give .018.",
            LEE_2011.in_paper("results"),
        ),
        fact(
            "t(11;19)(q23;q13) of patient 8: the recurrent bands on chromosome 19 are p13.3 (MLLT1) and p13.1 (ELL), so \
             the partner does not follow from the print.",
            LEE_2011.in_paper("table 1"),
        ),
        fact(
            "The discussion gives the white cell limit of Interfant-06 as 30,000/µL; that protocol says 300 × 10⁹/L, \
             300,000/µL.",
            LEE_2011.in_paper("discussion"),
        ),
        fact(
            "The one high-risk infant without transplant is the one who relapsed (patient 1); he was alive, so he counts \
             as an event and as a survivor.",
            LEE_2011.in_paper("tables 1 and 2, results"),
        ),
    ],
    open_questions: &[
        "What a KMT2A status that could not be established counts as: the authors would know.",
        "How 6 months were counted in days: the paper prints whole months; the authors would know.",
        "Whether the duplications were seen in the karyotype, by FISH or as a molecular partial tandem duplication: the \
         authors would know.",
        "Which five infants stand behind 60 ± 21.9 %: the authors' data would say.",
    ],
};
