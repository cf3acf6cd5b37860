//! The proof sheet of a rule: what it answers over all possible children, and where two rules rank two children in
//! opposite order.
//!
//! A child is one combination of the values of the findings that eligibility and groups use: every category, and for a
//! number one value between, below, at and above its limits. Nothing is unknown about such a child but what cannot be
//! known any more: a KMT2A status that could not be established, a response that was not assessed.

use super::assess::{ReadingOf, Why, advance, readings};
use super::case::{Answer, Axes, Case, Dimension, Finding, SpanValue, case_at};
use super::rule::{Clause, Condition, Group, Level, Protocol, Role, Test};
use crate::infant::{Infant, Kmt2a, Partner, PrednisoneResponse};

/// The results of a rule over all possible children.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof<'p> {
    /// The rule.
    pub protocol: &'p Protocol<'p>,
    /// The findings that eligibility and groups use.
    pub findings: Vec<Finding>,
    /// Number of possible children.
    pub children: usize,
    /// Those to whom the protocol does not apply.
    pub not_eligible: usize,
    /// Children of each group, in the order of evaluation; a group without one cannot be reached.
    pub groups: Vec<(&'p Group<'p>, usize)>,
    /// Children with several answers, by the reasons why their answer is open.
    pub open: Vec<(Vec<Why>, usize)>,
    /// Eligible children in no group: 0 in a rule whose last group is "all others".
    pub no_group: usize,
    /// Pairs of groups whose conditions hold together, with the number of children: the first decides. "All others"
    /// is not counted.
    pub overlaps: Vec<(&'p Group<'p>, &'p Group<'p>, usize)>,
}

/// A child of a pair, by the findings in which the two children differ or that both rules use.
pub type ProofChild = Vec<(Finding, SpanValue)>;

/// Two children whom two rules rank in opposite order, with the fewest findings in which they differ.
#[derive(Debug, Clone, PartialEq)]
pub struct OppositePair<'p> {
    /// The other rule.
    pub other: &'p Protocol<'p>,
    /// The child that this rule places higher, with its groups in both rules.
    pub higher: (ProofChild, [&'p Group<'p>; 2]),
    /// The child that the other rule places higher.
    pub lower: (ProofChild, [&'p Group<'p>; 2]),
    /// The number of findings in which they differ.
    pub differences: usize,
}

impl Proof<'_> {
    /// Children with exactly one answer: a group, or that the protocol does not apply.
    #[must_use]
    pub fn settled(&self) -> usize {
        self.not_eligible + self.groups.iter().map(|(_, children)| children).sum::<usize>()
    }

    /// Children with several answers.
    #[must_use]
    pub fn open(&self) -> usize {
        self.open.iter().map(|(_, children)| children).sum()
    }
}

/// Proves a rule over all possible children.
#[must_use]
pub fn proof<'p>(protocol: &'p Protocol<'p>) -> Proof<'p> {
    let rule = Rule::of(protocol);
    let axes = Axes::of_clauses(rule.clauses.iter().copied());
    let mut found = Proof {
        protocol,
        findings: axes.findings().collect(),
        children: 0,
        not_eligible: 0,
        groups: protocol.groups.iter().map(|group| (group, 0)).collect(),
        open: Vec::new(),
        no_group: 0,
        overlaps: Vec::new(),
    };
    for infant in typed(&axes, Kmt2a::ALL, PrednisoneResponse::ALL) {
        let dimensions = axes.dimensions(protocol, &infant);
        let (fixed, read): (Vec<Dimension>, Vec<Dimension>) = dimensions
            .into_iter()
            .partition(|dimension| !is_read(dimension.finding));
        for_each(&fixed, |indexes| {
            let mut answers = Answers::default();
            for_each(&read, |readings| {
                let all = [fixed.as_slice(), read.as_slice()].concat();
                let case = case_at(&all, &[indexes, readings].concat());
                rule.answer(&case, &mut answers);
            });
            found.children += 1;
            found.count(answers, &infant, &read);
        });
    }
    found
}

/// The nearest two children whom this rule and another one rank in opposite order on the common scale; `None` where
/// there are none, or where one of the rules does not grade.
#[must_use]
pub fn opposite<'p>(protocol: &'p Protocol<'p>, other: &'p Protocol<'p>) -> Option<OppositePair<'p>> {
    let rules = [Rule::of(protocol), Rule::of(other)];
    let clauses = rules.iter().flat_map(|rule| rule.clauses.iter().copied());
    let axes = Axes::of_clauses(clauses);
    let mut graded: Vec<Graded> = Vec::new();
    let mut places: Vec<Vec<Dimension>> = Vec::new();
    for infant in typed(
        &axes,
        &[Kmt2a::Rearranged, Kmt2a::Germline],
        PrednisoneResponse::ASSESSED,
    ) {
        let dimensions = axes.dimensions(protocol, &infant);
        for_each(&dimensions, |indexes| {
            let case = case_at(&dimensions, indexes);
            let groups = [0, 1].map(|which| rules[which].only_group(&case));
            let ([Some(first), Some(second)], place) = (groups, places.len()) else {
                return;
            };
            if let (Some(one), Some(two)) = (first.level, second.level) {
                graded.push(Graded {
                    place,
                    indexes: indexes.to_vec(),
                    values: values(&dimensions, indexes),
                    groups: [first, second],
                    levels: [one, two],
                });
            }
        });
        places.push(dimensions);
    }
    let mut nearest: Option<(usize, &Graded, &Graded)> = None;
    for higher in &graded {
        for lower in &graded {
            let is_opposite = higher.levels[0] > lower.levels[0] && higher.levels[1] < lower.levels[1];
            if !is_opposite {
                continue;
            }
            let differ = higher.values.iter().zip(&lower.values).filter(|(a, b)| a != b).count();
            if nearest.is_none_or(|(fewest, ..)| differ < fewest) {
                nearest = Some((differ, higher, lower));
            }
        }
    }
    let (differences, higher, lower) = nearest?;
    Some(OppositePair {
        other,
        higher: higher.described(&places),
        lower: lower.described(&places),
        differences,
    })
}

/// A child with one group in both rules, each with a level.
struct Graded<'p> {
    /// Which dimensions it is of.
    place: usize,
    indexes: Vec<usize>,
    values: Vec<Place>,
    groups: [&'p Group<'p>; 2],
    levels: [Level; 2],
}

impl<'p> Graded<'p> {
    fn described(&self, places: &[Vec<Dimension>]) -> (ProofChild, [&'p Group<'p>; 2]) {
        let dimensions = places.get(self.place).map_or(&[][..], Vec::as_slice);
        (described(dimensions, &self.indexes), self.groups)
    }
}

/// Where a value lies: its position among the limits, or its category.
type Place = (Option<usize>, Option<&'static str>);

/// What decides who may enter and who is in which group.
struct Rule<'p> {
    protocol: &'p Protocol<'p>,
    clauses: Vec<&'p Clause<'p>>,
}

/// The answers of a child under every reading of what the sources leave open.
#[derive(Default)]
struct Answers {
    groups: Vec<usize>,
    not_eligible: bool,
    none: bool,
    overlaps: Vec<(usize, usize)>,
    why: Vec<Why>,
}

impl<'p> Rule<'p> {
    fn of(protocol: &'p Protocol<'p>) -> Self {
        let decides = |(role, _): &(Role, &'p Clause<'p>)| matches!(role, Role::Eligibility | Role::Group);
        let clauses = protocol.clauses().into_iter().filter(decides);
        Self {
            protocol,
            clauses: clauses.map(|(_, clause)| clause).collect(),
        }
    }

    fn answer(&self, case: &Case, answers: &mut Answers) {
        let open = self
            .clauses
            .iter()
            .filter(|clause| case.answer(&clause.test) == Answer::Open && !clause.test.is_treatment());
        let open: Vec<&Clause> = open.copied().collect();
        let ids: Vec<&str> = open.iter().map(|clause| clause.id).collect();
        for met in readings(&ids) {
            let reading = ReadingOf::new(case, &met);
            let eligible = self.protocol.eligible.iter();
            if !eligible
                .map(|criterion| criterion.clause)
                .all(|clause| reading.clause(clause))
            {
                answers.not_eligible = true;
                continue;
            }
            let holds: Vec<usize> = (0..self.protocol.groups.len())
                .filter(|&group| reading.holds(&self.protocol.groups[group].when))
                .collect();
            match holds.split_first() {
                Some((first, later)) => {
                    push(&mut answers.groups, *first);
                    for &later in later
                        .iter()
                        .filter(|&&later| self.protocol.groups[later].when != Condition::Always)
                    {
                        push(&mut answers.overlaps, (*first, later));
                    }
                }
                None => answers.none = true,
            }
        }
        for clause in open {
            let why = match clause.test {
                Test::CnsDisease => Why::Cns2NotStated,
                Test::NotAsked(_) => Why::NotAsked,
                _ => Why::UndefinedAtLimit,
            };
            push(&mut answers.why, why);
        }
    }

    /// The group of a child, where it has exactly one answer and that is a group.
    fn only_group(&self, case: &Case) -> Option<&'p Group<'p>> {
        let mut answers = Answers::default();
        self.answer(case, &mut answers);
        match answers.groups[..] {
            [group] if !answers.not_eligible && !answers.none => self.protocol.groups.get(group),
            _ => None,
        }
    }
}

impl Proof<'_> {
    fn count(&mut self, answers: Answers, infant: &Infant, read: &[Dimension]) {
        let several = answers.groups.len() + usize::from(answers.not_eligible) + usize::from(answers.none) > 1;
        if several {
            let mut why = answers.why;
            for dimension in read.iter().filter(|dimension| dimension.values.len() > 1) {
                why.push(match (dimension.finding, infant.kmt2a) {
                    (Finding::Kmt2a, Some(kmt2a)) => Why::Kmt2aNotStated(kmt2a),
                    _ => Why::ResponseNotAssessed,
                });
            }
            match self.open.iter_mut().find(|(known, _)| *known == why) {
                Some((_, children)) => *children += 1,
                None => self.open.push((why, 1)),
            }
        } else if answers.not_eligible {
            self.not_eligible += 1;
        } else if let [group] = answers.groups[..] {
            self.groups[group].1 += 1;
        } else {
            self.no_group += 1;
        }
        for (first, later) in answers.overlaps {
            let pair = (self.protocol.groups.get(first), self.protocol.groups.get(later));
            let (Some(first), Some(later)) = pair else { continue };
            let known = self
                .overlaps
                .iter_mut()
                .find(|(a, b, _)| (a.id, b.id) == (first.id, later.id));
            match known {
                Some((_, _, children)) => *children += 1,
                None => self.overlaps.push((first, later, 1)),
            }
        }
    }
}

fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// Findings of which some values are read in several ways.
fn is_read(finding: Finding) -> bool {
    matches!(finding, Finding::Kmt2a | Finding::Response)
}

/// Every value where the finding is used, else that it is not known.
fn each_or_none<T: Copy>(all: &[T], is_used: bool) -> Vec<Option<T>> {
    if is_used {
        all.iter().copied().map(Some).collect()
    } else {
        vec![None]
    }
}

/// An infant for each value of the findings that can be read in several ways, where a rule uses them.
fn typed(axes: &Axes, kmt2a: &[Kmt2a], responses: &[PrednisoneResponse]) -> Vec<Infant> {
    let uses = |wanted| axes.findings().any(|finding| finding == wanted);
    let kmt2a = each_or_none(kmt2a, uses(Finding::Kmt2a));
    let responses = each_or_none(responses, uses(Finding::Response));
    // Only a rearranged gene has a partner.
    let partner = |kmt2a: Option<Kmt2a>| {
        kmt2a
            .is_some_and(|kmt2a| kmt2a != Kmt2a::Rearranged)
            .then_some(Partner::Other)
    };
    let infant = |kmt2a, prednisone_response| Infant {
        kmt2a_partner: partner(kmt2a),
        kmt2a,
        prednisone_response,
        ..Infant::default()
    };
    let each = |kmt2a| {
        responses
            .iter()
            .map(move |&response| infant(kmt2a, response))
            .collect::<Vec<_>>()
    };
    kmt2a.into_iter().flat_map(each).collect()
}

/// Calls `each` with the indexes of every combination; once with none where there is no dimension.
fn for_each(dimensions: &[Dimension], mut each: impl FnMut(&[usize])) {
    let total: usize = dimensions.iter().map(|dimension| dimension.values.len()).product();
    let mut indexes = vec![0; dimensions.len()];
    for _ in 0..total {
        each(&indexes);
        advance(&mut indexes, dimensions);
    }
}

/// The values of a child, to tell two children apart.
fn values(dimensions: &[Dimension], indexes: &[usize]) -> Vec<Place> {
    let value = |(dimension, &index): (&Dimension, &usize)| {
        let value = dimension.values[index];
        (value.position(&dimension.limits), value.code())
    };
    dimensions.iter().zip(indexes).map(value).collect()
}

/// A child by its findings; without a partner where the gene is not rearranged.
fn described(dimensions: &[Dimension], indexes: &[usize]) -> ProofChild {
    let value = |(dimension, &index): (&Dimension, &usize)| (dimension.finding, dimension.span_at(index));
    let mut child: ProofChild = dimensions.iter().zip(indexes).map(value).collect();
    let rearranged = (Finding::Kmt2a, SpanValue::Codes(vec![Kmt2a::Rearranged.code()]));
    if !child.contains(&rearranged) {
        child.retain(|(finding, _)| *finding != Finding::Partner);
    }
    child
}

#[cfg(test)]
mod tests {
    use super::super::{PROTOCOLS, protocol};
    use super::*;

    #[test]
    fn every_child_has_an_answer_or_a_reason() {
        for protocol in PROTOCOLS {
            let proof = proof(protocol);
            assert_eq!(
                proof.children,
                proof.settled() + proof.open() + proof.no_group,
                "{}",
                protocol.id
            );
            assert_eq!(proof.no_group, 0, "{}", protocol.id);
            assert!(
                proof.groups.iter().all(|(_, children)| *children > 0),
                "{}",
                protocol.id
            );
            assert!(proof.open.iter().all(|(why, _)| !why.is_empty()), "{}", protocol.id);
        }
    }

    /// Interfant-06 by hand: ages below 6 months, from 6 months to day 365 and older; white cells below, at and above 300;
    /// a response that is good, poor or was not assessed.
    #[test]
    fn by_hand() {
        let proof = proof(protocol("interfant-06").unwrap());
        let count = |id: &str| proof.groups.iter().find(|(group, _)| group.id == id).unwrap().1;
        assert!(count("high") > 0 && count("low") > count("high"));
        assert!(proof.not_eligible > 0);
        let why: Vec<&Why> = proof.open.iter().flat_map(|(why, _)| why).collect();
        assert!(why.contains(&&Why::Kmt2aNotStated(Kmt2a::Ptd)) && why.contains(&&Why::ResponseNotAssessed));
        assert_eq!(proof.overlaps, []);
    }

    /// A rearranged infant of 6 months with white cells above 300, and one of 175 days: MLL-10 ranks them by age alone.
    #[test]
    fn opposite_order() {
        let [interfant, mll] = ["interfant-06", "mll-10"].map(|id| protocol(id).unwrap());
        let pair = opposite(interfant, mll).unwrap();
        let [[first, second], [third, fourth]] = [pair.higher.1, pair.lower.1];
        assert!(first.level > third.level && second.level < fourth.level);
        assert!(pair.differences >= 1 && pair.higher.0.len() == pair.lower.0.len());
        let differ = pair.higher.0.iter().zip(&pair.lower.0).filter(|(a, b)| a != b).count();
        assert_eq!(differ, pair.differences);
        assert_eq!(opposite(interfant, interfant), None);
        // A germline child has no partner.
        let pair = opposite(interfant, protocol("mll-baby").unwrap()).unwrap();
        let germline = (Finding::Kmt2a, SpanValue::Codes(vec!["germline"]));
        for (child, _) in [&pair.higher, &pair.lower] {
            let has_partner = child.iter().any(|(finding, _)| *finding == Finding::Partner);
            assert_ne!(has_partner, child.contains(&germline));
        }
    }
}
