//! Rules, sources and outcomes in words.

use crate::content::{self, Beside, Verdict};
use crate::numbers::{decimal, percent_of_fraction};
use cotside_core::evidence::{Citation, IntervalOrigin, PublishedEndpoint, Read, Source, Spread};
use cotside_core::infant::{AgeLimit, Field, Lineage, MrdPoint, Partner, PrednisoneResponse};
use cotside_core::protocols::{
    Clause, Condition, Family, Group, Handling, Level, Operator, Outcome, Outside, Protocol, Role, Test, Threshold,
};

use super::answer::negated;
use super::fields::{finding_label, option_label};

/// What a clause asks: "younger than 6 months".
#[must_use]
pub fn clause(clause: &Clause) -> String {
    test(&clause.test)
}

/// What a test asks: "younger than 6 months".
#[must_use]
pub fn test(test: &Test) -> String {
    match *test {
        Test::YoungerThan(limit) | Test::YoungerThanOpen(limit) => format!("younger than {}", age_limit(limit)),
        Test::AtMostAged(limit) => format!("{} old or younger", age_limit(limit)),
        Test::Wbc(threshold) => format!("white cells {}", wbc_threshold(threshold)),
        Test::Kmt2aIs(status) => format!("KMT2A {}", option_label(Field::Kmt2a, status.code())),
        Test::Kmt2aEstablished => "KMT2A status established".to_owned(),
        Test::PartnerIs(Partner::Other) => "KMT2A fused to another partner".to_owned(),
        Test::PartnerIs(partner) => format!("KMT2A::{}", option_label(Field::Kmt2aPartner, partner.code())),
        Test::LineageIn(lineages) => {
            let names: Vec<&str> = lineages
                .iter()
                .map(|&each: &Lineage| option_label(Field::Lineage, each.code()))
                .collect();
            format!("lineage {}", names.join(" or "))
        }
        Test::CnsDisease | Test::Cns3 => "CNS disease".to_owned(),
        Test::NoDownSyndrome => "no Down syndrome".to_owned(),
        Test::ResponseIs(PrednisoneResponse::Poor) => "poor prednisone response".to_owned(),
        Test::ResponseIs(PrednisoneResponse::Good) => "good prednisone response".to_owned(),
        Test::ResponseIs(PrednisoneResponse::NotAssessed) => "prednisone response not assessed".to_owned(),
        Test::InRemission => "complete remission at the end of induction".to_owned(),
        Test::Mrd(point, threshold) => {
            format!(
                "{} {}",
                finding_label(cotside_core::protocols::Finding::Mrd(point)),
                mrd_threshold(point, threshold)
            )
        }
        Test::Relapsed => "relapse or induction failure".to_owned(),
        Test::SecondRemission => "second remission after salvage therapy".to_owned(),
        Test::NotAsked(Outside::Donor) => "suitable donor within the protocol's time".to_owned(),
        Test::NotAsked(Outside::Treatment) => "treated in this way".to_owned(),
    }
}

/// A limit of age: "6 months", "180 days".
#[must_use]
pub fn age_limit(limit: AgeLimit) -> String {
    match limit {
        AgeLimit::Days(days) => format!("{days} days"),
        AgeLimit::Months(months) => format!("{months} months"),
    }
}

fn wbc_threshold(threshold: Threshold) -> String {
    format!(
        "{} {} × 10⁹/L",
        operator(threshold.operator),
        decimal(threshold.limit, 3)
    )
}

fn mrd_threshold(_: MrdPoint, threshold: Threshold) -> String {
    format!(
        "{} {}",
        operator(threshold.operator),
        percent_of_fraction(threshold.limit)
    )
}

fn operator(operator: Operator) -> &'static str {
    match operator {
        Operator::AtLeast => "≥",
        Operator::MoreThan => ">",
    }
}

/// A condition in words, with brackets where they matter.
#[must_use]
pub fn condition(when: &Condition, protocol: &Protocol) -> String {
    match when {
        Condition::Is(clause) => test(&clause.test),
        Condition::Not(inner) => match inner {
            Condition::Is(clause) => negated(clause),
            _ => format!("not ({})", condition(inner, protocol)),
        },
        Condition::All(parts) => join(parts, protocol, " and "),
        Condition::Any(parts) => join(parts, protocol, " or "),
        Condition::InGroup(id) => protocol
            .group(id)
            .map_or_else(|| (*id).to_owned(), |group| group.name.to_owned()),
        Condition::Always => "all others".to_owned(),
    }
}

fn join(parts: &[Condition], protocol: &Protocol, word: &str) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Condition::All(_) | Condition::Any(_) => format!("({})", condition(part, protocol)),
            _ => condition(part, protocol),
        })
        .collect();
    parts.join(word)
}

/// A protocol as a sentence names it: one of the reader's own with its mark.
#[must_use]
pub(super) fn named(protocol: &Protocol) -> String {
    content::named(protocol, protocol_name(protocol), super::own::OWN_MARK)
}

/// A protocol as it is called.
#[must_use]
pub fn protocol_name<'p>(protocol: &Protocol<'p>) -> &'p str {
    protocol.name
}

/// A group as its protocol calls it.
#[must_use]
pub fn group_name<'p>(group: &Group<'p>) -> &'p str {
    group.name
}

/// A place on the common scale.
#[must_use]
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Low => "low or standard",
        Level::Intermediate => "medium or intermediate",
        Level::High => "high",
    }
}

/// What kind of classification it is.
#[must_use]
pub fn family(family: Family) -> &'static str {
    match family {
        Family::Trial => "treatment protocol",
        Family::Series => "retrospective series",
        Family::Prognostic => "prognostic groups, not used to allocate treatment",
    }
}

/// The part that a clause plays.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Eligibility => "eligibility",
        Role::Group => "group",
        Role::Hsct => "transplant",
        Role::Outcome => "outcome",
    }
}

/// How sure we are: a short label, and what it means.
#[must_use]
pub fn read_mark(read: Read) -> (&'static str, &'static str) {
    match read {
        Read::Paper => ("paper", "Read in the study's own full paper or protocol document."),
        Read::Abstract => (
            "abstract",
            "Read in the abstract of the study's own publication or in its meeting abstract; the paper itself was not read.",
        ),
        Read::Register => (
            "register",
            "Read in a trial register, or on a page of the study group or of a hospital that took part.",
        ),
        Read::Secondary => (
            "secondary source",
            "Read in somebody else's account: a commentary, a review or a later paper. The study's own paper would \
             verify it.",
        ),
        Read::News => (
            "news report",
            "Read in a news report. The study's own publication would verify it.",
        ),
        Read::Derived => (
            "derived",
            "Computed from printed numbers; no source that could be read prints it.",
        ),
        Read::Unchecked => (
            super::own_estimates::MARK,
            "Typed or read from a file on this page; not checked against its source.",
        ),
        Read::Unverified => (
            "not verified",
            "Not found in a source that could be read, or sources conflict. The protocol document would verify it.",
        ),
    }
}

/// A source with the place in it.
#[must_use]
pub fn citation(cite: &Citation) -> String {
    let place = if cite.place.is_empty() {
        String::new()
    } else {
        format!(", {}", cite.place)
    };
    format!("{}{place}", source(cite.source))
}

/// A source with its identifier, or that none was found.
#[must_use]
pub fn source(source: &Source) -> String {
    let identifier = if source.identifier.is_empty() {
        super::site::NO_IDENTIFIER
    } else {
        source.identifier
    };
    format!("{} [{identifier}]", source.reference)
}

/// An endpoint spelled out.
#[must_use]
pub fn endpoint(endpoint: PublishedEndpoint) -> &'static str {
    match endpoint {
        PublishedEndpoint::EventFreeSurvival => "event-free survival",
        PublishedEndpoint::OverallSurvival => "overall survival",
        PublishedEndpoint::DiseaseFreeSurvival => "disease-free survival",
        PublishedEndpoint::CumulativeIncidenceOfRelapse => "cumulative incidence of relapse",
        PublishedEndpoint::CrudeRelapse => "relapse (crude proportion)",
        PublishedEndpoint::CrudeSecondRemission => "second remission (crude proportion)",
        PublishedEndpoint::CrudeAliveInRemission => "alive in remission (crude proportion)",
        PublishedEndpoint::CrudeTransplantRelatedDeath => "transplant-related death (crude proportion)",
        PublishedEndpoint::CrudeDeath => "death (crude proportion)",
        PublishedEndpoint::CrudeMrdResponse => "response by residual disease (crude proportion)",
        PublishedEndpoint::RelapseFreeSurvival => "relapse-free survival",
        PublishedEndpoint::NonRelapseMortality => "non-relapse mortality (cumulative incidence)",
        PublishedEndpoint::CrudeRemission => "complete remission (crude proportion)",
        PublishedEndpoint::CrudeInductionDeath => "death in induction (crude proportion)",
        PublishedEndpoint::CrudeDeathInRemission => "death in remission (crude proportion)",
        PublishedEndpoint::CrudeToxicDeath => "toxic death (crude proportion)",
        PublishedEndpoint::CrudeInfectiousDeath => "infection-related death (crude proportion)",
        PublishedEndpoint::CrudeTransplanted => "transplanted (crude proportion)",
        PublishedEndpoint::CrudeGraftVersusHost => "graft-versus-host disease (crude proportion)",
        PublishedEndpoint::CrudeAlive => "alive (crude proportion)",
        PublishedEndpoint::CrudeLateEffect => "late effect (crude proportion)",
        PublishedEndpoint::CrudeResponse => "remission after treatment of a relapse (crude proportion)",
        PublishedEndpoint::Unnamed => "endpoint not stated",
    }
}

/// The uncertainty of an outcome as printed, and what is drawn: "SE 6.8; 95 % interval 42–69 computed from it".
#[must_use]
pub fn outcome_spread(outcome: &Outcome) -> String {
    let interval = outcome.interval95();
    match (outcome.spread, interval) {
        (Spread::Interval95(low, high), _) => format!("95 % CI {}–{}", decimal(low, 1), decimal(high, 1)),
        (Spread::StandardError(se), Some(interval)) if interval.origin == IntervalOrigin::FromStandardError => format!(
            "SE {}; 95 % interval {}–{}, computed from it",
            decimal(se, 1),
            decimal(interval.low, 1),
            decimal(interval.high, 1)
        ),
        (Spread::StandardError(se), _) => format!("SE {}", decimal(se, 1)),
        (Spread::Unclear(spread), _) => format!(
            "± {} printed, not certainly a standard error; no interval drawn",
            decimal(spread, 1)
        ),
        (Spread::NotStated, _) => "no uncertainty printed".to_owned(),
    }
}

/// An outcome in one line: "6-year EFS 36.4 % (SE 2.3 …), n = 476: KMT2A rearranged".
#[must_use]
pub fn outcome(outcome: &Outcome) -> String {
    let years = outcome.years.map_or_else(
        || "time not stated: ".to_owned(),
        |years| format!("{}-year ", decimal(years, 1)),
    );
    let n = outcome
        .n
        .map_or_else(|| "n not stated".to_owned(), |n| format!("n = {n}"));
    format!(
        "{years}{} {} % ({}), {n}: {}",
        outcome.endpoint.code(),
        decimal(outcome.estimate, 1),
        outcome_spread(outcome),
        outcome.population
    )
}

/// What a protocol makes of a KMT2A result that is neither rearranged nor germline.
#[must_use]
pub fn kmt2a_handling<'p>(handling: &Handling<'p>) -> &'p str {
    match handling {
        Handling::Stated(fact) => fact.text,
        Handling::NotStated => "Its sources do not say; both readings are kept open.",
        Handling::NotStatedNeitherToo => "Its sources do not say; rearranged, germline and neither are kept open.",
    }
}

/// Just below, at and just above a limit: the value, and what the clause says of it.
pub type BoundaryCells = [(String, &'static str); 3];

/// The boundaries of a protocol: each clause with a limit, and what it says below, at and above it.
#[must_use]
pub fn boundary_rows<'p>(protocol: &Protocol<'p>) -> Vec<(&'p Clause<'p>, BoundaryCells)> {
    protocol
        .clauses()
        .into_iter()
        .filter_map(|(_, clause)| Some((clause, boundary_cells(&clause.test)?)))
        .collect()
}

fn boundary_cells(test: &Test) -> Option<BoundaryCells> {
    let show = |value: f64| match test {
        Test::Mrd(..) => percent_of_fraction(value),
        _ => format!("{} × 10⁹/L", decimal(value, 3)),
    };
    let words = |(beside, verdict)| {
        let value = match beside {
            Beside::Days(days) => format!("{days} d"),
            Beside::MonthsDay(..0, _) => "the day before".to_owned(),
            Beside::MonthsDay(0, months) => format!("the day of {months} months"),
            Beside::MonthsDay(1.., _) => "the day after".to_owned(),
            Beside::Number(..0, limit) => format!("below {}", show(limit)),
            Beside::Number(0, limit) => show(limit),
            Beside::Number(1.., limit) => format!("above {}", show(limit)),
        };
        let verdict = match verdict {
            Verdict::Holds => "holds",
            Verdict::Fails => "does not hold",
            Verdict::HoldsDisputed => "holds; sources differ",
            Verdict::FailsDisputed => "does not hold; sources differ",
            Verdict::Undefined => "not defined",
        };
        (value, verdict)
    };
    content::boundary(test).map(|cells| cells.map(words))
}
