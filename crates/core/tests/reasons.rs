//! Properties of the statements on a child, over all children of each protocol.

mod children;

use std::collections::{BTreeMap, BTreeSet};

use children::{FINDINGS, all, only};
use cotside_core::infant::Infant;
use cotside_core::protocols::own::{copy_of, read_values};
use cotside_core::protocols::{
    Assessment, Clause, Condition, Finding, HsctStatus, IfUnknown, PROTOCOLS, Protocol, Role, Status, Test, Truth,
    assess, protocol, status_of,
};
use serde_json::{Value, json};

/// Returns the possible group ids of a result, sorted, with "n/a" where the protocol may not apply.
fn answers<'p>(protocol: &Protocol<'p>, status: Status<'p>) -> Vec<&'p str> {
    let mut ids: Vec<&str> = match status {
        Status::Assigned(group) => vec![group.id],
        Status::NotApplicable(_) => vec!["n/a"],
        Status::Undetermined(possible) => {
            let groups = possible.groups(protocol).into_iter().map(|group| group.id);
            groups.chain(possible.may_not_apply().then_some("n/a")).collect()
        }
    };
    ids.sort_unstable();
    ids
}

/// The findings of the clauses that decided.
fn reasons(assessment: &Assessment) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for finding in assessment.decided_by.iter().filter_map(|clause| clause.test.finding()) {
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
    findings
}

/// No reason is unknown, and no reason is given for an open answer.
fn reasons_are_known(child: &Infant, assessment: &Assessment) {
    let id = assessment.protocol.id;
    if matches!(assessment.status, Status::Undetermined(_)) {
        assert!(assessment.decided_by.is_empty(), "{id} {child:?}");
    }
    for clause in &assessment.decided_by {
        let truth = assessment.clause(clause.id).map(|result| result.truth);
        assert!(
            truth.is_some_and(|truth| truth != Truth::Unknown),
            "{id} {}: {child:?}",
            clause.id
        );
    }
}

/// The reasons give the answer alone, and without any of them it is open.
fn reasons_are_fewest(child: &Infant, assessment: &Assessment) {
    let protocol = assessment.protocol;
    let named = reasons(assessment);
    let possible = |findings: &[Finding]| answers(protocol, status_of(protocol, &only(child, findings)));
    match assessment.status {
        Status::Undetermined(_) => {}
        Status::Assigned(group) => {
            assert!(!assessment.decided_by.is_empty(), "{} {child:?}", protocol.id);
            let mut alone = possible(&named);
            // Whether the child may enter at all is another question than its group.
            alone.retain(|id| *id != "n/a");
            assert!(
                alone == [group.id] || (alone.is_empty() && waits(protocol)),
                "{} {named:?} give {alone:?}: {child:?}",
                protocol.id
            );
            for left_out in &named {
                let rest: Vec<Finding> = named.iter().copied().filter(|finding| finding != left_out).collect();
                let open = possible(&rest);
                assert!(
                    open != [group.id],
                    "{} {left_out:?} of {named:?} is idle: {child:?}",
                    protocol.id
                );
            }
        }
        Status::NotApplicable(_) => {
            if let [only_one] = named[..] {
                assert_eq!(possible(&[only_one]), ["n/a"], "{} {child:?}", protocol.id);
            }
        }
    }
}

/// Whether a protocol does not apply before something is reported.
fn waits(protocol: &Protocol) -> bool {
    protocol
        .eligible
        .iter()
        .any(|criterion| criterion.if_unknown == IfUnknown::Wait)
}

/// Whether an answer is given under a condition, which more information may turn out to fail.
fn is_conditional(protocol: &Protocol) -> bool {
    let unless_asked = |if_unknown| if_unknown != IfUnknown::Ask;
    protocol
        .eligible
        .iter()
        .any(|criterion| unless_asked(criterion.if_unknown))
}

/// One more finding never reverses an earlier statement.
fn more_information_narrows(child: &Infant, assessment: &Assessment) {
    let protocol = assessment.protocol;
    let now = answers(protocol, assessment.status);
    for left_out in FINDINGS {
        let rest: Vec<Finding> = FINDINGS.iter().copied().filter(|finding| finding != left_out).collect();
        // A partner is removed with its rearrangement.
        let rest: Vec<Finding> = match left_out {
            Finding::Kmt2a => rest
                .into_iter()
                .filter(|finding| *finding != Finding::Partner)
                .collect(),
            _ => rest,
        };
        let before = only(child, &rest);
        if before == *child {
            continue;
        }
        let wide = answers(protocol, status_of(protocol, &before));
        let narrowed = now
            .iter()
            .all(|id| wide.contains(id) || (*id == "n/a" && is_conditional(protocol)));
        let waited = wide == ["n/a"] && waits(protocol);
        assert!(
            narrowed || waited,
            "{}: {wide:?} became {now:?}: {child:?}",
            protocol.id
        );
    }
}

/// Whether a condition holds for a child in a group; `None` where a clause is unknown.
fn holds(condition: &Condition, assessment: &Assessment, group: &str) -> Option<bool> {
    let clause = |clause: &Clause| assessment.clause(clause.id).and_then(|result| result.truth.known());
    match condition {
        Condition::Is(each) => clause(each),
        Condition::Not(inner) => holds(inner, assessment, group).map(|holds| !holds),
        Condition::All(parts) => {
            let parts: Vec<Option<bool>> = parts.iter().map(|part| holds(part, assessment, group)).collect();
            if parts.contains(&Some(false)) {
                return Some(false);
            }
            parts.iter().all(|part| *part == Some(true)).then_some(true)
        }
        Condition::Any(parts) => {
            let parts: Vec<Option<bool>> = parts.iter().map(|part| holds(part, assessment, group)).collect();
            if parts.contains(&Some(true)) {
                return Some(true);
            }
            parts.iter().all(|part| *part == Some(false)).then_some(false)
        }
        Condition::InGroup(id) => Some(group == *id),
        Condition::Always => Some(true),
    }
}

/// The transplant rule is never reported as met, or as waiting, before that is known.
fn transplant_is_known(child: &Infant, assessment: &Assessment) {
    let (protocol, reading) = (assessment.protocol, &assessment.hsct);
    let told = format!("{} {:?}: {child:?}", protocol.id, reading);
    let rule = &protocol.hsct;
    // In every group that is left.
    let indicated: Vec<Option<bool>> = answers(protocol, assessment.status)
        .into_iter()
        .filter_map(|group| Some(holds(rule.when.as_ref()?, assessment, group)))
        .collect();
    let indicated = match &indicated[..] {
        [first, rest @ ..] if rest.iter().all(|each| each == first) => *first,
        _ => None,
    };
    let further: Vec<Option<bool>> = rule
        .conditions
        .iter()
        .map(|each| holds(&each.when, assessment, ""))
        .collect();
    let said: Vec<Option<bool>> = reading.conditions.iter().map(|(_, truth)| truth.known()).collect();
    let for_relapse = protocol.id == "japan-relapse";
    match reading.status {
        HsctStatus::Met => {
            assert!(
                indicated == Some(true) && further.iter().all(|holds| *holds == Some(true)),
                "{told}"
            );
            // Every rule that can be met is for first remission.
            assert!(child.relapse == Some(false), "{told}");
            let in_remission = child.remission_eoi == Some(true);
            let by_mrd = protocol.id == "interfant-21" && child.mrd[3].is_some_and(|fraction| fraction < 1e-4);
            assert!(in_remission || by_mrd, "{told}");
        }
        HsctStatus::Depends | HsctStatus::Waiting => {
            assert!(
                indicated == Some(true) && further.iter().any(|holds| *holds != Some(true)),
                "{told}"
            );
            assert!(child.relapse != Some(true), "{told}");
            assert_eq!(said, further, "{told}");
        }
        HsctStatus::Undetermined => assert!(indicated.is_none(), "{told}"),
        HsctStatus::NotMet => assert!(indicated != Some(true), "{told}"),
        HsctStatus::NotSpecified | HsctStatus::NoneByProtocol => assert!(rule.when.is_none(), "{told}"),
        HsctStatus::NotApplicable => {
            let not_for_it = matches!(assessment.status, Status::NotApplicable(_));
            assert!(not_for_it || (child.relapse == Some(true) && !for_relapse), "{told}");
        }
    }
    let relapsed = child.relapse == Some(true) && !for_relapse;
    let not_for_it = matches!(assessment.status, Status::NotApplicable(_));
    assert_eq!(
        reading.status == HsctStatus::NotApplicable,
        relapsed || not_for_it,
        "{told}"
    );
}

/// No population is drawn as the child's own that the child is not known to belong to, none that is chosen by what came
/// after diagnosis before that is known, and nothing but survival leads.
fn outcomes_are_of_such_children(child: &Infant, assessment: &Assessment) {
    let told = |population: &str| format!("{} {population}: {child:?}", assessment.protocol.id);
    for matched in &assessment.outcomes {
        let (mut not_asked, mut open) = (false, false);
        matched.outcome.applies.visit(&mut |clause| match clause.test {
            Test::NotAsked(_) => not_asked = true,
            Test::InRemission => open |= child.remission_eoi.is_none(),
            Test::Relapsed => open |= child.relapse.is_none(),
            Test::SecondRemission => open |= child.salvage_remission.is_none(),
            _ => {}
        });
        assert!(!open, "{}", told(matched.outcome.population));
        assert!(
            !(not_asked && matched.truth == Truth::True),
            "{}",
            told(matched.outcome.population)
        );
    }
    for leading in assessment.leading_outcomes() {
        assert!(
            leading.outcome.endpoint.is_survival(),
            "{}",
            told(leading.outcome.population)
        );
    }
}

/// The groups of the children who certainly belong to each population, and of whom it was said to be wider.
#[derive(Default)]
struct Shown<'p>(BTreeMap<&'p str, Population<'p>>);

#[derive(Default)]
struct Population<'p> {
    groups: BTreeSet<&'p str>,
    said: BTreeSet<(&'p str, bool)>,
}

impl<'p> Shown<'p> {
    fn add(&mut self, assessment: &Assessment<'p>) {
        let Status::Assigned(group) = assessment.status else {
            assert!(assessment.outcomes.iter().all(|matched| matched.wider));
            return;
        };
        for matched in &assessment.outcomes {
            let Population { groups, said } = self.0.entry(matched.outcome.population).or_default();
            if matched.truth == Truth::True {
                groups.insert(group.id);
            }
            said.insert((group.id, matched.wider));
        }
    }

    /// A population is wider than a group exactly where children of another group belong to it.
    fn judge(&self, protocol: &str) {
        for (population, Population { groups, said }) in &self.0 {
            for (group, wider) in said {
                let others = groups.iter().any(|other| other != group);
                // Treatment is never known, so that no child certainly belongs to a population selected by it.
                if !groups.is_empty() {
                    assert_eq!(*wider, others, "{protocol}: {population}, {group}");
                }
            }
        }
    }
}

#[test]
fn reasons_over_all_children() {
    let decides = |role| matches!(role, Role::Eligibility | Role::Group);
    let counted: Vec<(&str, usize)> = PROTOCOLS
        .iter()
        .map(|protocol| {
            let count = all(protocol, decides, |child| {
                let assessment = assess(protocol, child);
                reasons_are_known(child, &assessment);
                reasons_are_fewest(child, &assessment);
                more_information_narrows(child, &assessment);
            });
            (protocol.id, count)
        })
        .collect();
    println!("{counted:?}");
    assert!(
        counted.iter().map(|(_, count)| count).sum::<usize>() > 5_000,
        "{counted:?}"
    );
}

#[test]
fn transplant_and_outcomes_over_all_children() {
    let counted: Vec<(&str, usize)> = PROTOCOLS
        .iter()
        .map(|protocol| {
            let asked = |(_, clause): &(_, &Clause)| clause.test.finding() == Some(Finding::Relapse);
            let reads_relapse = protocol.clauses().iter().any(asked);
            let mut shown = Shown::default();
            let count = all(
                protocol,
                |role| role != Role::Outcome,
                |child| {
                    let assessment = assess(protocol, child);
                    transplant_is_known(child, &assessment);
                    outcomes_are_of_such_children(child, &assessment);
                    shown.add(&assessment);
                    // The effect of a relapse where no clause uses one.
                    for relapse in [true, false].into_iter().filter(|_| !reads_relapse) {
                        let child = Infant {
                            relapse: Some(relapse),
                            ..child.clone()
                        };
                        transplant_is_known(&child, &assess(protocol, &child));
                    }
                },
            );
            shown.judge(protocol.id);
            (protocol.id, count)
        })
        .collect();
    println!("{counted:?}");
    assert!(
        counted.iter().map(|(_, count)| count).sum::<usize>() > 50_000,
        "{counted:?}"
    );
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

/// A condition of some clauses.
fn condition(dice: &mut Dice, clauses: &[String], depth: usize) -> Value {
    let parts = |dice: &mut Dice| -> Vec<Value> {
        (0..2 + dice.below(2))
            .map(|_| condition(dice, clauses, depth - 1))
            .collect()
    };
    match dice.below(if depth == 0 { 2 } else { 5 }) {
        0 => json!({ "not": { "is": clauses[dice.below(clauses.len())] } }),
        2 => json!({ "all": parts(dice) }),
        3 => json!({ "any": parts(dice) }),
        _ => json!({ "is": clauses[dice.below(clauses.len())] }),
    }
}

#[test]
fn reasons_over_all_children_of_generated_protocols() {
    let mut dice = Dice(12);
    let (mut protocols, mut children) = (0, 0);
    for id in ["interfant-06", "interfant-21", "mll-10", "severance"] {
        let base = protocol(id).map(copy_of).unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let eligible: Vec<String> = base["eligible"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|each| text(&each["clause"]))
            .collect();
        let ids = base["clauses"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|clause| text(&clause["id"]));
        let clauses: Vec<String> = ids.filter(|id| !eligible.contains(id) && !id.contains("mrd")).collect();
        for _ in 0..12 {
            let mut values = base.clone();
            values["outcomes"] = json!([]);
            values["hsct"]["when"] = Value::Null;
            for group in values["groups"].as_array_mut().into_iter().flatten() {
                if group["when"] != json!("always") {
                    group["when"] = condition(&mut dice, &clauses, 2);
                }
            }
            let Some(generated) = read_values(&values).kept else {
                continue;
            };
            let generated = generated.protocol();
            protocols += 1;
            let decides = |role| matches!(role, Role::Eligibility | Role::Group);
            children += all(generated, decides, |child| {
                let assessment = assess(generated, child);
                reasons_are_known(child, &assessment);
                reasons_are_fewest(child, &assessment);
                more_information_narrows(child, &assessment);
            });
        }
    }
    println!("{children} children of {protocols} generated protocols");
    assert!(protocols > 20, "{protocols}");
}
