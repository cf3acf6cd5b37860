//! Comparison of protocols: which missing finding is most informative, and on what they disagree for this child.

use super::assess::{Assessment, ClauseResult, Status, Truth};
use super::case::Finding;
use super::rule::{AtLimit, Clause, Level, Protocol, Role, Test};
use crate::infant::Field;

/// A missing finding, and the protocols that it would decide.
#[derive(Debug, Clone, PartialEq)]
pub struct NextFinding<'p> {
    /// The field to fill in.
    pub field: Field,
    /// Protocols that it settles, whatever it turns out to be.
    pub decides: Vec<&'p Protocol<'p>>,
    /// Protocols that some value of it settles.
    pub may_decide: Vec<&'p Protocol<'p>>,
    /// Protocols whose undetermined answer depends on it among others.
    pub narrows: Vec<&'p Protocol<'p>>,
}

/// The missing findings, the one that decides most first.
#[must_use]
pub fn worth_knowing_next<'p>(assessments: &[Assessment<'p>]) -> Vec<NextFinding<'p>> {
    let mut next: Vec<NextFinding<'p>> = Vec::new();
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
    next.sort_by_key(|known| {
        let counts = (known.decides.len(), known.may_decide.len(), known.narrows.len());
        (std::cmp::Reverse(counts), known.field)
    });
    next
}

/// A clause by which some protocols decide: as the first of them words it, and whether it holds for this child.
#[derive(Debug, Clone, PartialEq)]
pub struct View<'p> {
    /// The clause that decides.
    pub clause: &'p Clause<'p>,
    /// Whether it holds for this child.
    pub truth: Truth,
    /// The protocols that decide by it.
    pub protocols: Vec<&'p Protocol<'p>>,
}

/// A finding that decides in some protocols and, in others that put the child on another level, not at all or by
/// another question.
#[derive(Debug, Clone, PartialEq)]
pub struct Disagreement<'p> {
    /// The finding that it uses.
    pub finding: Finding,
    /// The questions by which it decides.
    pub views: Vec<View<'p>>,
    /// Protocols that place this child and in which it decides nothing.
    pub decides_nothing_in: Vec<&'p Protocol<'p>>,
}

/// The findings on which protocols disagree for this child; empty where all that place it agree on the level.
#[must_use]
pub fn disagreements<'p>(assessments: &[Assessment<'p>]) -> Vec<Disagreement<'p>> {
    let placed: Vec<(&Assessment<'p>, Level)> = assessments
        .iter()
        .filter_map(|assessment| match assessment.status {
            Status::Assigned(group) => group.level.map(|level| (assessment, level)),
            _ => None,
        })
        .collect();
    let mut found: Vec<Disagreement<'p>> = Vec::new();
    for (assessment, _) in &placed {
        let decided = |result: &&ClauseResult| {
            result.role == Role::Group && assessment.decided_by.iter().any(|clause| clause.id == result.clause.id)
        };
        for result in assessment.clauses.iter().filter(decided) {
            let Some(finding) = result.clause.test.finding() else {
                continue;
            };
            let position = found
                .iter()
                .position(|known| known.finding == finding)
                .unwrap_or_else(|| {
                    found.push(Disagreement {
                        finding,
                        views: Vec::new(),
                        decides_nothing_in: Vec::new(),
                    });
                    found.len() - 1
                });
            let views = &mut found[position].views;
            match views
                .iter_mut()
                .find(|view| same_question(&view.clause.test, &result.clause.test))
            {
                Some(view) => view.protocols.push(assessment.protocol),
                None => views.push(View {
                    clause: result.clause,
                    truth: result.truth,
                    protocols: vec![assessment.protocol],
                }),
            }
        }
    }
    found.retain_mut(|disagreement| {
        let asks = |view: &View, protocol: &Protocol| view.protocols.iter().any(|known| known.id == protocol.id);
        // Which of its questions decide in a protocol, and the level that follows.
        let by_protocol: Vec<(Vec<bool>, Level)> = placed
            .iter()
            .map(|(assessment, level)| {
                let views = disagreement.views.iter();
                (views.map(|view| asks(view, assessment.protocol)).collect(), *level)
            })
            .collect();
        let protocols = placed.iter().zip(&by_protocol);
        disagreement.decides_nothing_in = protocols
            .filter(|(_, (questions, _))| !questions.contains(&true))
            .map(|((assessment, _), _)| assessment.protocol)
            .collect();
        by_protocol.iter().any(|(questions, level)| {
            let differs = |other: &&(Vec<bool>, Level)| other.0 != *questions && other.1 != *level;
            by_protocol.iter().any(|other| differs(&other))
        })
    });
    found.sort_by_key(|disagreement| disagreement.finding);
    found
}

/// True if two tests are the same question; how sources treat the limit itself does not matter.
fn same_question<'p>(a: &Test<'p>, b: &Test<'p>) -> bool {
    let apart_from_the_limit = |test: &Test<'p>| match *test {
        Test::Wbc(threshold) => Test::Wbc(threshold.at_limit(AtLimit::Stated)),
        Test::Mrd(point, threshold) => Test::Mrd(point, threshold.at_limit(AtLimit::Stated)),
        other => other,
    };
    apart_from_the_limit(a) == apart_from_the_limit(b)
}
