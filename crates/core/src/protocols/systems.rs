//! Systems that a reader would look for and that no child is answered by: of each, what is known, from which source, how
//! it was read, and what is missing for a rule.
//!
//! **Invariant: a system says nothing about a child.** It is no [`super::Protocol`] and never among the answers.

use super::{cog_aall0631, interfant_06, mll_baby};
use crate::evidence::{Fact, Source, fact};

/// What could be read of the rule of a system.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SystemRule {
    /// It is the rule of this protocol of the catalogue (id), which answers by it.
    SameAs(&'static str, Fact<'static>),
    /// Parts of a rule were read; they do not sort every child.
    InPart(&'static [Fact<'static>]),
    /// No part of a rule was read.
    NotRead,
}

/// A treatment protocol or grouping without a rule in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct System {
    /// Its name in addresses, unlike that of any protocol: "aall2321".
    pub id: &'static str,
    /// As it is called.
    pub name: &'static str,
    /// The group or organisation that runs or ran it.
    pub organisation: &'static str,
    /// One sentence: what it is, and why it answers nothing.
    pub summary: &'static str,
    /// What could be read of its rule.
    pub rule: SystemRule,
    /// What else is known, with sources.
    pub facts: &'static [Fact<'static>],
    /// What is missing, and what would give it.
    pub missing: &'static [&'static str],
    /// Ids of studies of the table of published outcomes.
    pub studies: &'static [&'static str],
}

impl System {
    /// Facts of its rule, as far as it was read.
    #[must_use]
    pub const fn rule_facts(&'static self) -> &'static [Fact<'static>] {
        match &self.rule {
            SystemRule::SameAs(_, fact) => std::slice::from_ref(fact),
            SystemRule::InPart(facts) => facts,
            SystemRule::NotRead => &[],
        }
    }

    /// Every cited source once, in the order of citation.
    #[must_use]
    pub fn sources(&'static self) -> Vec<&'static Source<'static>> {
        let mut sources: Vec<&'static Source<'static>> = Vec::new();
        for fact in self.rule_facts().iter().chain(self.facts) {
            if !sources.contains(&fact.cite.source) {
                sources.push(fact.cite.source);
            }
        }
        sources
    }
}

/// The system with this id.
#[must_use]
pub fn system(id: &str) -> Option<&'static System> {
    SYSTEMS.iter().find(|system| system.id == id)
}

/// Systems that are cited or running and of which nothing that could be used was read.
pub const NOTHING_READ: [&str; 7] = [
    "MLL-17 (JPLSG)",
    "CCG-107 and CCG-1883",
    "POG 8493",
    "DFCI infant protocol",
    "EORTC infants",
    "ZIFTO-PED",
    "MLL-Baby residual disease (Popov, Tsaur)",
];

static AALL2321_REGISTER: Source = Source {
    short: "AALL2321 register entry",
    reference: "Trial registers, COG AALL2321",
    identifier: "NCT06317662",
};
static AALL2121_REGISTER: Source = Source {
    short: "AALL2121 register entry",
    reference: "Trial registers, COG AALL2121",
    identifier: "NCT05761171",
};
static TINI_REGISTER: Source = Source {
    short: "TINI register entry",
    reference: "Trial registers, TINI (St. Jude)",
    identifier: "NCT02553460",
};
static TINI_ASH_2023: Source = Source {
    short: "TINI 2023 (ASH 823)",
    reference: "TINI, ASH annual meeting 2023, abstract 823",
    identifier: "",
};
static AIEOP_2002: Source = Source {
    short: "AIEOP-ALL95, 2002",
    reference: "AIEOP-ALL95, high-risk patients, Blood 2002;100:420",
    identifier: "",
};
static CHESSELLS_2002: Source = Source {
    short: "Chessells 2002",
    reference: "Chessells JM et al., Br J Haematol 2002;117:306–14",
    identifier: "",
};
static STUTTERHEIM_2020: Source = Source {
    short: "Stutterheim 2020 (ASH 41)",
    reference: "Stutterheim J et al., Blood 2020;136(S1):41",
    identifier: "",
};

/// Every system, those that recruit or are given today first.
pub static SYSTEMS: &[System] = &[
    System {
        id: "aall2321",
        name: "AALL2321",
        organisation: "Children’s Oncology Group (COG)",
        summary: "The current North American trial: blinatumomab for all infants, venetoclax at random in KMT2A-rearranged \
                  leukaemia. Of its groups only KMT2A could be read.",
        rule: SystemRule::InPart(&[
            fact(
                "Eligible: aged 365 days or less, of more than 36 weeks’ gestation; B-cell leukaemia, or leukaemia of \
                 ambiguous lineage with at least 50 % B lymphoblasts. Down syndrome is excluded.",
                AALL2321_REGISTER.in_register("eligibility"),
            ),
            fact(
                "Arms by KMT2A: venetoclax is randomised in rearranged infants only.",
                AALL2321_REGISTER.in_register("arms"),
            ),
        ]),
        facts: &[fact(
            "Phase 2; started 5 June 2025, recruiting; 153 infants planned; two cycles of blinatumomab for all.",
            AALL2321_REGISTER.in_register("design"),
        )],
        missing: &[
            "Risk groups within rearranged infants, if there are any: the protocol document would say.",
            "Transplant in first remission: the protocol document would say.",
            "Outcomes: none are published.",
        ],
        studies: &[],
    },
    System {
        id: "interfant-registry",
        name: "Interfant Registry with blinatumomab",
        organisation: "Interfant network",
        summary: "Treatment outside trials, after Interfant-06 was closed: its risk groups and transplant rule are those of \
                  Interfant-06, which answers by them.",
        rule: SystemRule::SameAs(
            "interfant-06",
            fact(
                "The registry repeats the definition of the risk groups and the transplant rule of Interfant-06, and its age \
                 limit of 365 days or less.",
                interfant_06::REGISTRY.in_register("risk groups"),
            ),
        ),
        facts: &[fact(
            "Transplant is aimed for after MARMA, before or during OCTADA(D); donor, conditioning and prophylaxis of \
             graft-versus-host disease follow ALL SCTped Forum 2012.",
            interfant_06::REGISTRY.in_register("transplant"),
        )],
        missing: &[
            "How blinatumomab changes groups, residual disease or transplant: the portal’s page that was read is of 2022.",
            "Outcomes: the registry has published none that could be read.",
        ],
        studies: &["blinatumomab-pilot", "blinatumomab-control"],
    },
    System {
        id: "aall15p1",
        name: "AALL15P1",
        organisation: "Children’s Oncology Group (COG)",
        summary: "A pilot of azacitidine in one arm of KMT2A-rearranged infants; there are no risk groups to answer with.",
        rule: SystemRule::InPart(&[
            fact(
                "Eligible: younger than 1 year; B-cell leukaemia, or leukaemia of ambiguous lineage or mixed phenotype with at \
                 least 50 % B lymphoblasts.",
                cog_aall0631::AALL15P1_REGISTRY.in_register("eligibility"),
            ),
            fact(
                "One arm of rearranged infants; germline infants left after induction.",
                cog_aall0631::GUEST_2024.in_abstract("abstract"),
            ),
        ]),
        facts: &[
            fact(
                "Azacitidine before each of four courses after induction; 78 infants enrolled; dose-limiting toxicity in 2 of \
                 31 (6.5 %).",
                cog_aall0631::GUEST_2024.in_abstract("abstract"),
            ),
            fact(
                "Event-free survival was similar to that of earlier trials, and azacitidine did not influence survival; no \
                 number is in what could be read.",
                cog_aall0631::GUEST_2024.in_abstract("abstract"),
            ),
        ],
        missing: &[
            "Whether day 365 is in or out: the protocol document would say.",
            "Event-free survival: the full report would give it.",
            "Transplant in first remission: the protocol document would say.",
        ],
        studies: &[],
    },
    System {
        id: "tini",
        name: "TINI",
        organisation: "St. Jude Children’s Research Hospital",
        summary: "A trial of 50 infants with transplant in first remission for high risk; which infants are high risk could not \
                  be read.",
        rule: SystemRule::InPart(&[fact(
            "High-risk infants get a re-intensification before transplant in first remission.",
            TINI_REGISTER.in_register("arms"),
        )]),
        facts: &[
            fact("50 infants, 2017 to 2021.", TINI_REGISTER.in_register("design")),
            fact(
                "Median follow-up 3.4 years; the results are cut off in every copy that was found.",
                TINI_ASH_2023.unverified("abstract, cut off"),
            ),
        ],
        missing: &[
            "Who is high risk: the protocol document or the full report would say.",
            "Event-free and overall survival: the abstract of 2023 or the full report would give them.",
        ],
        studies: &[],
    },
    System {
        id: "aall2121",
        name: "AALL2121",
        organisation: "Children’s Oncology Group (COG)",
        summary: "Revumenib with chemotherapy after relapse or in refractory disease; it does not sort newly diagnosed infants.",
        rule: SystemRule::InPart(&[fact(
            "Eligible: relapsed or refractory KMT2A-rearranged leukaemia, 1 month to younger than 6 years, diagnosed before the \
             age of 2 years.",
            AALL2121_REGISTER.in_register("eligibility"),
        )]),
        facts: &[],
        missing: &["Results: none could be read. Revumenib alone in 13 children: see the study."],
        studies: &["augment-101-children"],
    },
    System {
        id: "all-mb-2002",
        name: "ALL-MB 2002, infants",
        organisation: "Russian and Belarusian study group",
        summary: "The arm beside MLL-Baby: its infants were sorted by the rule of MLL-Baby as worded in 2007, which answers by it.",
        rule: SystemRule::SameAs(
            "mll-baby",
            fact(
                "The rule of 2007 sorted the infants of both arms, MLL-Baby and ALL-MB 2002; the treating physician chose the \
                 arm.",
                mll_baby::FECHINA_2007.in_abstract("abstract"),
            ),
        ),
        facts: &[],
        missing: &["Outcomes of this arm: the report of 2007 or a later one would give them."],
        studies: &[],
    },
    System {
        id: "uk-infant",
        name: "UK Infant 87 and 92",
        organisation: "Medical Research Council (United Kingdom)",
        summary: "Two protocols of the years 1987 to 1999; no risk groups could be read.",
        rule: SystemRule::NotRead,
        facts: &[
            fact(
                "40 infants in Infant 87, 86 in Infant 92. In Infant 92 12 infants were transplanted in first remission, and \
                 their survival was no better.",
                CHESSELLS_2002.in_abstract("abstract"),
            ),
            fact(
                "Adverse: younger age, CNS disease, high white cell count; CD10 was not. 11q23 was rearranged in 67 % of those \
                 with cytogenetics.",
                CHESSELLS_2002.in_abstract("abstract"),
            ),
        ],
        missing: &[
            "Whether anything allocated treatment: the full report would say.",
            "The years of each of the two protocols: the full report would say.",
        ],
        studies: &["uk-infant-87", "uk-infant-92", "ukall-infants-1994"],
    },
    System {
        id: "aieop-all95",
        name: "AIEOP-ALL95, infants of the high-risk group",
        organisation: "Italian association of paediatric haematology and oncology (AIEOP)",
        summary: "A trial of all ages whose high-risk group names infants by the fusion partner and by CD10; what the other infants \
                  were was not read, and a sign is lost in the copy.",
        rule: SystemRule::InPart(&[
            fact(
                "High risk: poor prednisone response, resistance to induction, t(9;22), or infants with t(4;11) or CD10 ALL.",
                AIEOP_2002.in_abstract("abstract"),
            ),
            fact(
                "The copy prints “CD10 ALL” of infants; that a minus sign was lost, and CD10-negative is meant, is inferred.",
                AIEOP_2002.unverified("abstract"),
            ),
        ]),
        facts: &[],
        missing: &[
            "The sign behind CD10: the printed abstract would show it.",
            "The groups of infants who are not high risk, and the age limit of an infant: the full report would say.",
        ],
        studies: &[],
    },
    System {
        id: "stutterheim-mrd",
        name: "Stutterheim: residual disease in Interfant-06",
        organisation: "Interfant network",
        summary: "Three bands of residual disease at three time points in rearranged infants of Interfant-06: they describe \
                  prognosis, and their estimates could not be read.",
        rule: SystemRule::InPart(&[
            fact(
                "Residual disease was classified as negative, intermediate or high; the bands of the companion report on \
                 germline infants are negative, below 5 × 10⁻⁴, and 5 × 10⁻⁴ or more.",
                STUTTERHEIM_2020.unverified("abstract, cut off; bands of the companion report"),
            ),
            fact(
                "Measured at the end of induction (210 infants), at the end of consolidation (173) and after MARMA (164).",
                STUTTERHEIM_2020.in_abstract("abstract, cut off"),
            ),
        ]),
        facts: &[fact(
            "Of 439 rearranged infants in first remission 249 had residual disease measured by PCR. High values at the end of \
             induction did better with consolidation of the myeloid type, low ones with that of the lymphoid type; positive at \
             the end of consolidation had a poor outcome.",
            interfant_06::STUTTERHEIM_2021.in_abstract("abstract"),
        )],
        missing: &[
            "The limits of the bands as the report on rearranged infants prints them: the full report would say.",
            "Disease-free survival of each band: the full report would give it.",
        ],
        studies: &[],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::published;
    use crate::infant::{Entry, Field, read};
    use crate::protocols::{PROTOCOLS, assess_all, protocol};

    #[test]
    fn ids_are_unlike_those_of_protocols_and_lead_to_what_exists() {
        for (position, each) in SYSTEMS.iter().enumerate() {
            assert!(protocol(each.id).is_none(), "{}", each.id);
            assert_eq!(SYSTEMS.iter().position(|other| other.id == each.id), Some(position));
            assert!(
                each.id
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
            );
            assert!(
                each.studies.iter().all(|id| published().study(id).is_some()),
                "{}",
                each.id
            );
            if let SystemRule::SameAs(id, _) = each.rule {
                assert!(protocol(id).is_some(), "{}", each.id);
            }
            assert!(!each.missing.is_empty(), "{}", each.id);
            assert!(!each.sources().is_empty(), "{}", each.id);
        }
    }

    /// A system says nothing about a child.
    #[test]
    fn no_system_is_among_the_answers() {
        let entry = Entry::from_pairs([
            (Field::AgeDays, "100"),
            (Field::Kmt2a, "rearranged"),
            (Field::Wbc, "400"),
        ]);
        let answers = assess_all(&read(&entry).infant);
        assert_eq!(answers.len(), PROTOCOLS.len());
        for each in SYSTEMS {
            assert!(
                answers.iter().all(|answer| answer.protocol.id != each.id),
                "{}",
                each.id
            );
        }
    }

    /// A source that protocols or the table cite too has the same reference everywhere.
    #[test]
    fn sources_agree() {
        for source in SYSTEMS.iter().flat_map(|each| each.sources()) {
            let of_protocols = PROTOCOLS.iter().flat_map(|each| each.sources());
            let of_table = published().estimates.iter().map(|each| each.cite.source);
            for other in of_protocols.chain(of_table).filter(|other| other.short == source.short) {
                assert_eq!(other, source);
            }
        }
    }
}
