//! All answers for one infant at a glance: the sections in which protocols are listed, and what they say together.

use super::assess::{Assessment, HsctStatus, Status};
use super::rule::{Family, Level, Protocol};
use crate::evidence::PublishedEndpoint;

/// Where a protocol is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// The latest treatment protocol of each study group, and the one before it where the latest has no results yet.
    Recent,
    /// Treatment protocols that another one of the same study group has followed.
    Earlier,
    /// Groupings that describe prognosis, and series: they allocated no treatment.
    Descriptive,
}

impl Section {
    /// Every section, in the order of the list.
    pub const ALL: [Self; 3] = [Self::Recent, Self::Earlier, Self::Descriptive];
}

/// Treatment protocols of [`Section::Recent`] and [`Section::Earlier`], the newest first as far as the years of enrolment
/// were found (`Protocol::era`), else in the order in which their study group ran them.
const RECENT: [&str; 5] = ["interfant-21", "interfant-06", "mll-10", "cog-aall0631", "mll-baby"];
const EARLIER: [&str; 7] = [
    "mll03",
    "interfant-99",
    "mll98",
    "cog-p9407",
    "ccg-1953",
    "mll96",
    "bfm-83-86-90",
];

/// The section of a protocol. A user-defined one is listed among the recent.
#[must_use]
pub fn section(protocol: &Protocol) -> Section {
    match protocol.family {
        Family::Trial if EARLIER.contains(&protocol.id) => Section::Earlier,
        Family::Trial => Section::Recent,
        Family::Series | Family::Prognostic => Section::Descriptive,
    }
}

/// The place of a protocol in the list: its section, and its position there.
#[must_use]
pub fn place(protocol: &Protocol) -> (Section, usize) {
    let section = section(protocol);
    let position = |ids: &[&str]| ids.iter().position(|id| *id == protocol.id).unwrap_or(ids.len());
    match section {
        Section::Recent => (section, position(&RECENT)),
        Section::Earlier => (section, position(&EARLIER)),
        Section::Descriptive => (section, 0),
    }
}

/// What the treatment protocols that grade risk say together.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskOverview<'p> {
    /// Protocols that put the child on this level, by level, the highest first; levels without one are left out.
    pub levels: Vec<(Level, Vec<&'p Protocol<'p>>)>,
    /// Protocols of which the answer is open.
    pub undetermined: Vec<&'p Protocol<'p>>,
    /// Protocols that do not apply to the child.
    pub not_applicable: Vec<&'p Protocol<'p>>,
}

impl<'p> RiskOverview<'p> {
    /// Counts trial protocols of which at least one group has a level.
    #[must_use]
    pub fn of(assessments: &[Assessment<'p>]) -> Self {
        let mut overview = Self {
            levels: Vec::new(),
            undetermined: Vec::new(),
            not_applicable: Vec::new(),
        };
        let mut graded: Vec<&Assessment<'p>> = assessments.iter().filter(|each| grades_risk(each.protocol)).collect();
        graded.sort_by_key(|each| place(each.protocol));
        for level in [Level::High, Level::Intermediate, Level::Low] {
            let on_it = |each: &&&Assessment<'p>| match each.status {
                Status::Assigned(group) => group.level == Some(level),
                _ => false,
            };
            let protocols: Vec<_> = graded.iter().filter(on_it).map(|each| each.protocol).collect();
            if !protocols.is_empty() {
                overview.levels.push((level, protocols));
            }
        }
        for each in graded {
            match each.status {
                Status::Undetermined(_) => overview.undetermined.push(each.protocol),
                Status::NotApplicable(_) => overview.not_applicable.push(each.protocol),
                Status::Assigned(_) => {}
            }
        }
        overview
    }

    /// Protocols that grade risk and apply, or may apply, to the child.
    #[must_use]
    pub fn graded(&self) -> usize {
        self.levels.iter().map(|(_, protocols)| protocols.len()).sum::<usize>() + self.undetermined.len()
    }
}

/// Whether a treatment protocol grades risk: one of its groups, at least, has a level.
#[must_use]
pub fn grades_risk(protocol: &Protocol) -> bool {
    protocol.family == Family::Trial && protocol.groups.iter().any(|group| group.level.is_some())
}

/// The treatment protocols that apply, or may apply, to the child, in the order of the list.
#[must_use]
pub fn treatment_protocols<'a, 'p>(assessments: &'a [Assessment<'p>]) -> Vec<&'a Assessment<'p>> {
    let applies =
        |each: &&Assessment| each.protocol.family == Family::Trial && !matches!(each.status, Status::NotApplicable(_));
    let mut all: Vec<&Assessment> = assessments.iter().filter(applies).collect();
    all.sort_by_key(|each| place(each.protocol));
    all
}

/// How often each state of the transplant rule occurs among the treatment protocols that apply, or may apply, to the child,
/// in the order of [`HsctStatus`].
#[must_use]
pub fn transplant_overview(assessments: &[Assessment]) -> Vec<(HsctStatus, usize)> {
    const ORDER: [HsctStatus; 7] = [
        HsctStatus::Met,
        HsctStatus::Waiting,
        HsctStatus::Depends,
        HsctStatus::Undetermined,
        HsctStatus::NotMet,
        HsctStatus::NoneByProtocol,
        HsctStatus::NotSpecified,
    ];
    let all = treatment_protocols(assessments);
    let count = |status: HsctStatus| (status, all.iter().filter(|each| each.hsct.status == status).count());
    ORDER.into_iter().map(count).filter(|(_, count)| *count > 0).collect()
}

/// Of how many treatment protocols that apply, or may apply, an event-free survival was published: of the child's own group,
/// of a wider one (or one to which the child may belong), and of none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutcomeOverview {
    /// Of the child's own group.
    pub own: usize,
    /// Of a wider group, or one to which it may belong.
    pub wider: usize,
    /// Of none.
    pub none: usize,
}

impl OutcomeOverview {
    /// Counts the outcomes that lead their rows.
    #[must_use]
    pub fn of(assessments: &[Assessment]) -> Self {
        let mut overview = Self::default();
        for each in treatment_protocols(assessments) {
            let leading = each.leading_outcomes();
            let event_free = leading
                .iter()
                .find(|matched| matched.outcome.endpoint == PublishedEndpoint::EventFreeSurvival);
            match event_free {
                Some(matched) if matched.is_own() => overview.own += 1,
                Some(_) => overview.wider += 1,
                None => overview.none += 1,
            }
        }
        overview
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infant::{Entry, Field, read};
    use crate::protocols::{PROTOCOLS, assess_all};

    fn answers(findings: &[(Field, &str)]) -> Vec<Assessment<'static>> {
        let entry = Entry::from_pairs(findings.iter().copied());
        assess_all(&read(&entry).infant)
    }

    #[test]
    fn every_treatment_protocol_has_a_place_of_its_own() {
        let mut listed: Vec<&str> = RECENT.iter().chain(&EARLIER).copied().collect();
        listed.sort_unstable();
        let mut trials: Vec<&str> = PROTOCOLS
            .iter()
            .filter(|protocol| protocol.family == Family::Trial)
            .map(|protocol| protocol.id)
            .collect();
        trials.sort_unstable();
        assert_eq!(listed, trials);
    }

    #[test]
    fn a_protocol_before_the_latest_is_recent_only_where_the_latest_has_no_results() {
        let has_results = |id: &str| PROTOCOLS.iter().any(|each| each.id == id && !each.outcomes.is_empty());
        let own_results = |id: &str| {
            let protocol = PROTOCOLS.iter().find(|each| each.id == id);
            protocol.is_some_and(|each| {
                let outcomes = each.outcomes.iter();
                outcomes
                    .filter(|outcome| outcome.endpoint == PublishedEndpoint::EventFreeSurvival)
                    .count()
                    > 0
            })
        };
        assert!(
            !own_results("interfant-21"),
            "Interfant-06 moves to the earlier protocols"
        );
        assert!(RECENT.iter().skip(1).all(|id| has_results(id)));
    }

    #[test]
    fn each_protocol_that_grades_risk_is_counted_once() {
        let all = answers(&[
            (Field::AgeMonths, "4"),
            (Field::Wbc, "250"),
            (Field::Kmt2a, "rearranged"),
            (Field::Kmt2aPartner, "AFF1"),
            (Field::Cns, "2"),
            (Field::Day8Blasts, "1200"),
        ]);
        let overview = RiskOverview::of(&all);
        let graded = PROTOCOLS.iter().filter(|protocol| grades_risk(protocol)).count();
        assert_eq!(overview.graded() + overview.not_applicable.len(), graded);
        assert_eq!(overview.levels.first().map(|(level, _)| *level), Some(Level::High));
    }

    #[test]
    fn every_protocol_that_may_apply_has_one_transplant_state_and_one_outcome_count() {
        for findings in [
            &[][..],
            &[(Field::AgeMonths, "4"), (Field::Kmt2a, "rearranged")][..],
            &[(Field::AgeMonths, "14"), (Field::Kmt2a, "germline")][..],
            &[(Field::AgeDays, "100"), (Field::Relapse, "yes")][..],
        ] {
            let all = answers(findings);
            let trials = all.iter().filter(|each| {
                each.protocol.family == Family::Trial && !matches!(each.status, Status::NotApplicable(_))
            });
            let counted: Vec<_> = trials.collect();
            let relapsed = counted
                .iter()
                .filter(|each| each.hsct.status == HsctStatus::NotApplicable)
                .count();
            let states: usize = transplant_overview(&all).iter().map(|(_, count)| count).sum();
            assert_eq!(states + relapsed, counted.len());
            let outcomes = OutcomeOverview::of(&all);
            assert_eq!(outcomes.own + outcomes.wider + outcomes.none, counted.len());
        }
    }
}
