//! The reasons of a result: the smallest set of clauses that determines it.

use super::assess::{ClauseResult, ReadingOf, Status, Truth, advance, readings};
use super::case::{Answer, Axes, Dimension, Finding, case_at};
use super::rule::{Clause, IfUnknown, Protocol, Role};
use crate::infant::Infant;

/// Returns the deciding clauses.
///
/// For a group: clauses whose truth is known, such that every child who may enter and of whom the same is true comes
/// into that group, and that without any of them another group is possible. Where every child who may enter comes into
/// it, the criteria of entry.
pub(super) fn decided_by<'p>(
    protocol: &'p Protocol<'p>,
    status: Status<'p>,
    dimensions: &[Dimension],
    results: &[ClauseResult<'p>],
) -> Vec<&'p Clause<'p>> {
    let truth = |clause: &Clause| {
        let result = results.iter().find(|result| result.clause.id == clause.id);
        result.map_or(Truth::Unknown, |result| result.truth)
    };
    match status {
        Status::Undetermined(_) => Vec::new(),
        Status::NotApplicable(criterion) => {
            let known = (truth(criterion.clause) != Truth::Unknown).then_some(criterion.clause);
            known.into_iter().collect()
        }
        Status::Assigned(group) => {
            let group = protocol.groups.iter().position(|each| each.id == group.id);
            let known: Vec<(&'p Clause<'p>, bool)> = deciding(protocol)
                .into_iter()
                .filter_map(|clause| Some((clause, truth(clause).known()?)))
                .collect();
            let decided = group.map(|group| Children::of(protocol, dimensions, &known).fewest(&known, group));
            let decided = decided.unwrap_or_default();
            if !decided.is_empty() {
                return decided;
            }
            let entry = protocol.eligible.iter();
            let entry = entry.filter(|criterion| criterion.if_unknown != IfUnknown::SayCondition);
            entry.map(|criterion| criterion.clause).collect()
        }
    }
}

/// The clauses of eligibility and of groups, those of the groups first.
fn deciding<'p>(protocol: &'p Protocol<'p>) -> Vec<&'p Clause<'p>> {
    let mut clauses: Vec<&'p Clause<'p>> = Vec::new();
    let mut push = |clause: &'p Clause<'p>| {
        if clauses.iter().all(|known| known.id != clause.id) {
            clauses.push(clause);
        }
    };
    for group in protocol.groups {
        group.when.visit(&mut push);
    }
    for (role, clause) in protocol.clauses() {
        if role == Role::Eligibility {
            push(clause);
        }
    }
    clauses
}

/// All eligible children: which of some clauses hold, and the group.
struct Children {
    rows: Vec<(Vec<bool>, usize)>,
}

impl Children {
    /// For a finding on which no clause is known, only the values possible for this child are tried: partial knowledge
    /// decides no clause, but may exclude a combination.
    fn of(protocol: &Protocol, dimensions: &[Dimension], known: &[(&Clause, bool)]) -> Self {
        let clauses = deciding(protocol);
        let axes = Axes::of_clauses(clauses.iter().copied());
        let mut all = axes.dimensions(protocol, &Infant::default());
        for dimension in &mut all {
            let on_it = |clause: &&Clause| clause.test.finding() == Some(dimension.finding);
            let says_nothing = |clause: &&Clause| known.iter().all(|(each, _)| each.id != clause.id);
            let mut clauses = clauses.iter().copied().filter(on_it).peekable();
            let all_unknown = clauses.peek().is_some() && clauses.all(|clause| says_nothing(&clause));
            let own = dimensions.iter().find(|each| each.finding == dimension.finding);
            if let Some(own) = own.filter(|own| !own.is_missing && all_unknown) {
                dimension.values.clone_from(&own.values);
            }
        }
        let mut rows: Vec<(Vec<bool>, usize)> = Vec::new();
        let total: usize = all.iter().map(|dimension| dimension.values.len()).product();
        let mut indexes = vec![0; all.len()];
        for _ in 0..total {
            let case = case_at(&all, &indexes);
            let open = clauses
                .iter()
                .filter(|clause| case.answer(&clause.test) == Answer::Open);
            let open: Vec<&str> = open.map(|clause| clause.id).collect();
            for met in readings(&open) {
                let reading = ReadingOf::new(&case, &met);
                let enters = protocol
                    .eligible
                    .iter()
                    .all(|criterion| reading.clause(criterion.clause));
                let group = protocol.groups.iter().position(|group| reading.holds(&group.when));
                let Some(group) = group.filter(|_| enters) else {
                    continue;
                };
                let row = (known.iter().map(|(clause, _)| reading.clause(clause)).collect(), group);
                if !rows.contains(&row) {
                    rows.push(row);
                }
            }
            advance(&mut indexes, &all);
        }
        Self { rows }
    }

    /// True if the chosen clauses alone lead to a group.
    fn all_in(&self, group: usize, known: &[(&Clause, bool)], chosen: &[usize]) -> bool {
        let agrees = |truths: &[bool]| chosen.iter().all(|&clause| truths[clause] == known[clause].1);
        self.rows
            .iter()
            .all(|(truths, leads_to)| *leads_to == group || !agrees(truths))
    }

    /// Returns the smallest set of the known clauses, in the order of the rule: whole findings are omitted first, the
    /// last ones of the rule before the others, then clauses, those that do not hold before those that do.
    fn fewest<'p>(&self, known: &[(&'p Clause<'p>, bool)], group: usize) -> Vec<&'p Clause<'p>> {
        let mut chosen: Vec<usize> = (0..known.len()).collect();
        let finding = |clause: usize| known[clause].0.test.finding();
        let mut findings: Vec<Option<Finding>> = Vec::new();
        for &clause in &chosen {
            if !findings.contains(&finding(clause)) {
                findings.push(finding(clause));
            }
        }
        let mut leave_out = |left_out: &dyn Fn(usize) -> bool| {
            let rest: Vec<usize> = chosen.iter().copied().filter(|&clause| !left_out(clause)).collect();
            if self.all_in(group, known, &rest) {
                chosen = rest;
            }
        };
        for &last in findings.iter().rev() {
            leave_out(&|clause| finding(clause) == last);
        }
        for holds in [false, true] {
            for last in (0..known.len()).rev().filter(|&clause| known[clause].1 == holds) {
                leave_out(&|clause| clause == last);
            }
        }
        chosen.into_iter().map(|clause| known[clause].0).collect()
    }
}
