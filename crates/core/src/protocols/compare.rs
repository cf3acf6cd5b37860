//! Protocols beside each other: which finding is worth knowing next, and on what they disagree for this child.

use super::assess::{Assessment, Status, Truth};
use super::case::Finding;
use super::rule::{AtLimit, Clause, Level, Protocol, Role, Test};
use crate::few;
use crate::infant::Field;

/// A missing finding, and the protocols that it would decide.
#[derive(Debug, Clone, PartialEq)]
pub struct NextFinding {
    /// The field to fill in.
    pub field: Field,
    /// Protocols that it settles, whatever it turns out to be.
    pub decides: Vec<&'static Protocol>,
    /// Protocols that some value of it settles.
    pub may_decide: Vec<&'static Protocol>,
    /// Protocols whose undetermined answer depends on it among others.
    pub narrows: Vec<&'static Protocol>,
}

/// The missing findings, the one that decides most first.
#[must_use]
pub fn worth_knowing_next(assessments: &[Assessment]) -> Vec<NextFinding> {
    let mut next: Vec<NextFinding> = Vec::new();
    for assessment in assessments {
        for decider in &assessment.deciders {
            let field = decider.field;
            let position = next.iter().position(|known| known.field == field).unwrap_or_else(|| {
                next.push(NextFinding {
                    field,
                    decides: Vec::new(),
                    may_decide: Vec::new(),
                    narrows: Vec::new(),
                });
                next.len() - 1
            });
            let known = &mut next[position];
            if decider.settles() {
                known.decides.push(assessment.protocol);
            } else if decider.may_settle() {
                known.may_decide.push(assessment.protocol);
            } else {
                known.narrows.push(assessment.protocol);
            }
        }
    }
    few::sort_by_key(&mut next, |known| {
        let counts = (known.decides.len(), known.may_decide.len(), known.narrows.len());
        (std::cmp::Reverse(counts), known.field)
    });
    next
}

/// How some protocols look at a finding: the clause as each words it, and whether it holds for this child.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The question, as the first of the protocols puts it.
    pub clause: &'static Clause,
    /// Whether it holds for this child.
    pub truth: Truth,
    /// The protocols that put it so, and whether it decided there.
    pub protocols: Vec<(&'static Protocol, bool)>,
}

/// A finding on which protocols that assign different levels do not agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Disagreement {
    /// The finding.
    pub finding: Finding,
    /// The different ways to look at it.
    pub views: Vec<View>,
    /// Protocols with a group for this child that do not look at it.
    pub not_used_by: Vec<&'static Protocol>,
}

/// The findings on which protocols disagree for this child; empty where all that place it agree on the level.
///
/// A finding counts if it decided in at least one protocol, and others look at it in another way or not at all.
#[must_use]
pub fn disagreements(assessments: &[Assessment]) -> Vec<Disagreement> {
    let placed: Vec<(&Assessment, Level)> = assessments
        .iter()
        .filter_map(|assessment| match assessment.status {
            Status::Assigned(group) => group.level.map(|level| (assessment, level)),
            _ => None,
        })
        .collect();
    let Some((_, first)) = placed.first() else {
        return Vec::new();
    };
    if placed.iter().all(|(_, level)| level == first) {
        return Vec::new();
    }
    let mut found: Vec<Disagreement> = Vec::new();
    for (assessment, _) in &placed {
        for result in assessment.clauses.iter().filter(|result| result.role == Role::Group) {
            let Some(finding) = result.clause.test.finding() else {
                continue;
            };
            let decided = assessment.decided_by.iter().any(|clause| clause.id == result.clause.id);
            let position = found
                .iter()
                .position(|known| known.finding == finding)
                .unwrap_or_else(|| {
                    found.push(Disagreement {
                        finding,
                        views: Vec::new(),
                        not_used_by: Vec::new(),
                    });
                    found.len() - 1
                });
            let views = &mut found[position].views;
            match views
                .iter_mut()
                .find(|view| same_question(&view.clause.test, &result.clause.test))
            {
                Some(view) => view.protocols.push((assessment.protocol, decided)),
                None => views.push(View {
                    clause: result.clause,
                    truth: result.truth,
                    protocols: vec![(assessment.protocol, decided)],
                }),
            }
        }
    }
    for disagreement in &mut found {
        let uses = |protocol: &Protocol| {
            disagreement
                .views
                .iter()
                .any(|view| view.protocols.iter().any(|(known, _)| known.id == protocol.id))
        };
        disagreement.not_used_by = placed
            .iter()
            .map(|(assessment, _)| assessment.protocol)
            .filter(|protocol| !uses(protocol))
            .collect();
    }
    found.retain(|disagreement| {
        let decided = disagreement
            .views
            .iter()
            .any(|view| view.protocols.iter().any(|(_, decided)| *decided));
        decided && (disagreement.views.len() > 1 || !disagreement.not_used_by.is_empty())
    });
    few::sort_by_key(&mut found, |disagreement| disagreement.finding);
    found
}

/// Whether two tests ask the same of a child; what sources say of the limit itself does not matter.
fn same_question(a: &Test, b: &Test) -> bool {
    let apart_from_the_limit = |test: &Test| match *test {
        Test::Wbc(threshold) => Test::Wbc(threshold.at_limit(AtLimit::Stated)),
        Test::Mrd(point, threshold) => Test::Mrd(point, threshold.at_limit(AtLimit::Stated)),
        other => other,
    };
    apart_from_the_limit(a) == apart_from_the_limit(b)
}
