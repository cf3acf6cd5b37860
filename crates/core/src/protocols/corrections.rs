//! Versions of the rules: what was corrected since the first one, with each earlier definition kept as data.
//!
//! A correction is one entry of [`CORRECTIONS`]: the version that brought it, the protocol, the change with its source,
//! and the file of the earlier definition (`earlier/<protocol>@<version>.json`, as `cotside protocols --definition ID`
//! printed it). From these, each earlier version of the whole catalogue can be evaluated, and the effect of a
//! correction on a child is computed, not stated.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::own::read_earlier;
use super::{Assessment, PROTOCOLS, Protocol, Status, assess, status_of};
use super::{cog_aall0631, interfant_06, interfant_21};
use crate::evidence::shared_sources::BLOOD_COMMENTARY_2020;
use crate::evidence::{Fact, fact};
use crate::infant::Infant;

/// A change of a rule that changes its results.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correction {
    /// The version of the rules that brought it.
    pub version: &'static str,
    /// Its date, YYYY-MM-DD.
    pub date: &'static str,
    /// Id of the protocol.
    pub protocol: &'static str,
    /// The change and its reason, with the source that decided it.
    pub changed: Fact<'static>,
    /// The definition before, as a file.
    pub before: &'static str,
}

/// The first version of the rules.
const FIRST: &str = "2026.11.1";

/// Every correction since the first version, in the order in which they came.
static CORRECTIONS: &[Correction] = &[
    Correction {
        version: "2026.11.2",
        date: "2026-11-29",
        protocol: "interfant-06",
        changed: fact(
            "A partial tandem duplication may also be neither germline nor rearranged, and then medium risk: medium risk is \
             “all others”.",
            interfant_06::PORTAL.in_register("risk groups"),
        ),
        before: include_str!("earlier/interfant-06@2026.11.1.json"),
    },
    Correction {
        version: "2026.11.2",
        date: "2026-11-29",
        protocol: "mll-10",
        changed: fact(
            "CNS2 is not CNS disease: a commentary counts 5 or more white cells per µL with blasts. It left intermediate and \
             high risk open.",
            BLOOD_COMMENTARY_2020.secondary("text"),
        ),
        before: include_str!("earlier/mll-10@2026.11.1.json"),
    },
    Correction {
        version: "2026.11.2",
        date: "2026-11-29",
        protocol: "cog-aall0631",
        changed: fact(
            "Down syndrome was excluded; it was not read.",
            cog_aall0631::YALE_PAGE.in_register("eligibility"),
        ),
        before: include_str!("earlier/cog-aall0631@2026.11.1.json"),
    },
    Correction {
        version: "2026.11.2",
        date: "2026-11-29",
        protocol: "interfant-21",
        changed: fact(
            "The very day on which 6 months are complete is in neither group's wording and leaves the age open; it was read as \
             6 months old or older. In every version a prednisone response that is not known yet now leaves medium and high risk \
             open: only one that was not assessed is the response that the text calls unknown.",
            interfant_21::PORTAL.in_register("risk groups"),
        ),
        before: include_str!("earlier/interfant-21@2026.11.1.json"),
    },
];

/// The versions of the rules.
pub static RULES: Rules = Rules {
    first: FIRST,
    corrections: CORRECTIONS,
};

/// A first version and what was corrected since.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// The first version.
    pub first: &'static str,
    /// The corrections, in the order in which they came.
    pub corrections: &'static [Correction],
}

/// An answer that a correction changed.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedAnswer {
    /// By the earlier definition.
    pub before: Assessment<'static>,
    /// By the present one.
    pub after: Assessment<'static>,
}

impl Rules {
    /// Every version, the first one first.
    #[must_use]
    pub fn versions(&self) -> Vec<&'static str> {
        let mut versions = vec![self.first];
        for correction in self.corrections {
            if versions.last() != Some(&correction.version) {
                versions.push(correction.version);
            }
        }
        versions
    }

    /// Returns the corrections made after a version; `None` where there is no such version.
    #[must_use]
    pub fn since(&self, version: &str) -> Option<&'static [Correction]> {
        if version == self.first {
            return Some(self.corrections);
        }
        let last = self.corrections.iter().rposition(|each| each.version == version)?;
        self.corrections.get(last + 1..)
    }

    /// Returns every protocol as in a version of the rules, in the order of the catalogue; `None` where there is no
    /// such version.
    #[must_use]
    pub fn catalogue(&self, version: &str) -> Option<Vec<&'static Protocol<'static>>> {
        let undone = self.since(version)?;
        let as_it_was = |protocol: &&'static Protocol<'static>| {
            // The first of several corrections has the oldest definition.
            match undone.iter().find(|each| each.protocol == protocol.id) {
                Some(correction) => earlier(correction.before),
                None => Some(*protocol),
            }
        };
        PROTOCOLS.iter().map(as_it_was).collect()
    }

    /// Returns the results for an infant that differ from those of a version of the rules; `None` where there is no
    /// such version.
    #[must_use]
    pub fn changed_answers(&self, version: &str, infant: &Infant) -> Option<Vec<ChangedAnswer>> {
        let catalogue = self.catalogue(version)?;
        let changed = catalogue.into_iter().zip(PROTOCOLS).filter(|(before, after)| {
            !std::ptr::eq(*before, **after)
                && answer(before, status_of(before, infant)) != answer(after, status_of(after, infant))
        });
        let assessed = changed.map(|(before, after)| ChangedAnswer {
            before: assess(before, infant),
            after: assess(after, infant),
        });
        Some(assessed.collect())
    }
}

/// An earlier definition of the catalogue, which is read once and belongs to the program as the present ones do.
fn earlier(text: &'static str) -> Option<&'static Protocol<'static>> {
    static READ: Mutex<BTreeMap<&str, Option<&Protocol>>> = Mutex::new(BTreeMap::new());
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    *read.entry(text).or_insert_with(|| {
        let definition = read_earlier(text.as_bytes()).kept?;
        let kept: &'static _ = Box::leak(Box::new(definition));
        Some(kept.protocol())
    })
}

/// Describes a result by names, so that two definitions can be compared: the possible groups, whether several results
/// are possible, and whether the protocol may not apply.
fn answer<'p>(protocol: &Protocol<'p>, status: Status<'p>) -> (Vec<&'p str>, bool) {
    match status {
        Status::Assigned(group) => (vec![group.id], false),
        Status::NotApplicable(_) => (Vec::new(), true),
        Status::Undetermined(possible) => {
            let mut ids: Vec<&'p str> = possible.groups(protocol).iter().map(|group| group.id).collect();
            ids.sort_by_key(|id| *id);
            (ids, possible.may_not_apply())
        }
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::super::{RULES_VERSION, own, protocol};
    use super::*;
    use crate::evidence::Source;
    use crate::infant::{Age, Kmt2a};
    use serde_json::json;

    static NOWHERE: Source = Source {
        short: "made up",
        reference: "Made up for this test",
        identifier: "",
    };

    #[test]
    fn the_present_version_is_the_last_and_every_earlier_definition_reads() {
        assert_eq!(RULES.versions().last(), Some(&RULES_VERSION));
        for version in RULES.versions() {
            assert_eq!(
                RULES.catalogue(version).map(|all| all.len()),
                Some(PROTOCOLS.len()),
                "{version}"
            );
        }
        for pair in RULES.corrections.windows(2) {
            assert!(pair[0].date <= pair[1].date, "in the order in which they came");
        }
        let now = RULES.catalogue(RULES_VERSION).expect("the present version");
        assert!(now.iter().zip(PROTOCOLS).all(|(a, b)| std::ptr::eq(*a, *b)));
        assert_eq!(RULES.catalogue("1999.1.1"), None);
    }

    /// Interfant-06 as if its white-cell limit had been 100 in the first version and 200 in the second.
    fn made_up() -> Rules {
        let with_limit = |limit: u32| {
            let mut values = own::values(protocol("interfant-06").expect("a protocol"));
            let clauses = values["clauses"].as_array_mut().expect("a list");
            let wbc = clauses
                .iter_mut()
                .find(|clause| clause["test"] == "wbc")
                .expect("a count");
            wbc["limit"] = json!(limit);
            own::text(&values)
        };
        let correction = |version, limit| Correction {
            version,
            date: "2026-12-01",
            protocol: "interfant-06",
            changed: fact("The limit was read wrongly.", NOWHERE.in_paper("")),
            before: with_limit(limit).leak(),
        };
        Rules {
            first: "1",
            corrections: vec![correction("2", 100), correction("3", 200)].leak(),
        }
    }

    #[test]
    fn earlier_versions_answer_as_they_did_and_what_changed_is_computed() {
        let rules = made_up();
        assert_eq!(rules.versions(), ["1", "2", "3"]);
        let young = |wbc: f64| Infant {
            age: Some(Age::Days(100)),
            kmt2a: Some(Kmt2a::Rearranged),
            prednisone_response: Some(crate::infant::PrednisoneResponse::Good),
            wbc: Some(wbc),
            ..Infant::default()
        };
        // White cells of 150 were high by the first version alone, 250 by the first two, 350 always.
        for (wbc, changed) in [
            (50.0, [false, false, false]),
            (150.0, [true, false, false]),
            (250.0, [true, true, false]),
            (350.0, [false, false, false]),
        ] {
            for (version, changed) in ["1", "2", "3"].into_iter().zip(changed) {
                let answers = rules.changed_answers(version, &young(wbc)).expect("a version");
                assert_eq!(answers.len(), usize::from(changed), "{wbc} in version {version}");
                for answer in answers {
                    assert_eq!(answer.before.protocol.id, "interfant-06");
                    let ids =
                        |each: &Assessment<'static>| each.possible().iter().map(|group| group.id).collect::<Vec<_>>();
                    assert_eq!(
                        (ids(&answer.before), ids(&answer.after)),
                        (vec!["high"], vec!["medium"])
                    );
                }
            }
        }
        // Where the count is unknown, no result changes.
        let unknown = Infant {
            wbc: None,
            ..young(1.0)
        };
        assert_eq!(rules.changed_answers("1", &unknown), Some(Vec::new()));
    }
}
