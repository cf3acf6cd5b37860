//! Answers in words.

use std::fmt::Write as _;

use super::fields::{field_label, finding_label, option_label};
use super::rules::{age_limit, citation, clause, named, outcome, read_mark, test};
use crate::capital;
use crate::content::{self, Decided, Gap, Note, Value};
use crate::numbers::{decimal, grouped, percent_of_fraction};
use cotside_core::evidence::{Citation, Read};
use cotside_core::infant::{Field, Infant, Kmt2a};
use cotside_core::protocols::{
    Assessment, Change, Clause, ClauseResult, Decider, Disagreement, Edge, Family, Finding, HsctStatus, Limit,
    NextFinding, Notice, Possibility, Protocol, SpanValue, Status, Test, Threshold, Truth, Why,
};

/// The answer in a sentence: what the protocol assigns, why not, or what is missing; of a relapsed child, for diagnosis.
#[must_use]
pub fn reason(assessment: &Assessment) -> String {
    let sentence = answer(assessment);
    if content::is_of_diagnosis(assessment) {
        format!("At diagnosis, {sentence}")
    } else {
        sentence
    }
}

fn answer(assessment: &Assessment) -> String {
    let protocol = assessment.protocol;
    let name = named(protocol);
    match assessment.status {
        Status::Assigned(group) => {
            let why = decided(assessment);
            let verb = match (protocol.groups, protocol.family) {
                ([_], _) => return format!("{name} applies ({why}): {}.", group.name),
                (_, Family::Prognostic | Family::Series) => "counts this child as",
                (_, Family::Trial) => "assigns",
            };
            // A group that is called by what decides it.
            if group.name.starts_with(&why) || why.ends_with(group.name) {
                return format!("{name} {verb} {}.", group.name);
            }
            format!("{name} {verb} {}: {why}.", group.name)
        }
        Status::NotApplicable(criterion) => {
            let doubt = match criterion.clause.cite.read {
                Read::Unverified => " (not verified)",
                _ => "",
            };
            format!(
                "{name} does not apply: it asks for {}{doubt}.",
                clause(criterion.clause)
            )
        }
        Status::Undetermined(possible) => {
            let deciders = deciding_findings(assessment);
            let mut sentence = format!("{name} may be {}", possibility(possible, protocol));
            match &deciders[..] {
                [] => {}
                [one] => {
                    let _ = write!(sentence, "; it depends on {one}");
                }
                several => {
                    let _ = write!(sentence, "; it depends on {}", list(several, "and"));
                }
            }
            sentence.push('.');
            for each in content::left_open(assessment, why) {
                let _ = write!(sentence, " {}.", capital(&each));
            }
            sentence
        }
    }
}

/// The findings on which an undetermined answer depends.
pub(super) fn deciding_findings(assessment: &Assessment) -> Vec<String> {
    let names = assessment
        .deciders
        .iter()
        .map(|each| finding_label(each.finding).to_owned());
    names.collect()
}

/// What an undetermined answer waits for, in a few words: "prednisone response and age", or what the sources leave open.
#[must_use]
pub fn open_on(assessment: &Assessment) -> String {
    let deciders = deciding_findings(assessment);
    if deciders.is_empty() {
        content::left_open(assessment, why).join("; ")
    } else {
        format!("depends on {}", list(&deciders, "and"))
    }
}

/// The clauses that decided: "KMT2A rearranged, not younger than 6 months".
#[must_use]
pub fn decided(assessment: &Assessment) -> String {
    let mut parts: Vec<String> = Vec::new();
    for each in content::decided(assessment) {
        let part = match each {
            Decided::By(each) => clause(each),
            Decided::Against(each) => negated(each),
            Decided::Found(has) => test(&has),
            Decided::Cns2 => "CNS2, which does not count as CNS disease".to_owned(),
            Decided::ResponseCounted => "an unknown response counts as not poor".to_owned(),
        };
        content::add(&mut parts, part);
    }
    if parts.is_empty() {
        "every child who is eligible".to_owned()
    } else {
        parts.join(", ")
    }
}

/// A clause that does not hold, as a statement about the child.
pub(super) fn negated(each: &Clause) -> String {
    match each.test {
        Test::YoungerThan(limit) => format!("{} old or older", age_limit(limit)),
        Test::YoungerThanOpen(limit) => format!("older than {}", age_limit(limit)),
        Test::NoDownSyndrome => "Down syndrome".to_owned(),
        Test::AtMostAged(limit) => format!("older than {}", age_limit(limit)),
        Test::Wbc(threshold) => format!(
            "white cells {} {} × 10⁹/L",
            not_above(threshold),
            decimal(threshold.limit, 3)
        ),
        Test::Mrd(point, threshold) => format!(
            "{} {} {}",
            finding_label(Finding::Mrd(point)),
            not_above(threshold),
            percent_of_fraction(threshold.limit)
        ),
        Test::Kmt2aIs(status) => format!("KMT2A not {}", option_label(Field::Kmt2a, status.code())),
        Test::CnsDisease | Test::Cns3 | Test::InRemission | Test::SecondRemission | Test::Relapsed => {
            format!("no {}", clause(each))
        }
        _ => format!("not {}", clause(each)),
    }
}

/// The words before a limit for what lies outside it.
fn not_above(threshold: Threshold) -> &'static str {
    if content::strictly_below(threshold) {
        "below"
    } else {
        "at most"
    }
}

/// The finding that a clause looked at, and for a number how far the child is from the limit.
#[must_use]
pub fn found(result: &ClauseResult, infant: &Infant) -> String {
    let Some(finding) = result.clause.test.finding() else {
        return "not asked here".to_owned();
    };
    let value = value(&content::value(finding, infant));
    let gap = match content::gap(result, infant) {
        None => return value,
        Some(Gap::Days(0) | Gap::Wbc(0.0)) => "at the limit".to_owned(),
        Some(Gap::Days(gap)) => format!("{} {} the limit", days_text(gap.unsigned_abs()), side(gap > 0)),
        Some(Gap::Wbc(gap)) => format!("{} × 10⁹/L {} the limit", decimal(gap.abs(), 3), side(gap > 0.0)),
    };
    format!("{value}; {gap}")
}

fn side(above: bool) -> &'static str {
    if above { "above" } else { "below" }
}

fn days_text(days: u64) -> String {
    if days == 1 {
        "1 day".to_owned()
    } else {
        format!("{days} days")
    }
}

/// A finding of this child.
fn value(value: &Value) -> String {
    match *value {
        Value::Unknown => "not known".to_owned(),
        Value::Weeks(weeks) => format!("{weeks} completed weeks"),
        Value::Months(months) => format!("{months} completed months"),
        Value::Days(days, Some(months)) => format!("{} ({months} completed months)", days_text(days.into())),
        Value::Days(days, None) => days_text(days.into()),
        Value::Wbc(wbc) => format!("{} × 10⁹/L", grouped(wbc)),
        Value::Germline => "KMT2A germline".to_owned(),
        Value::Code(field, code) => option_label(field, code).to_owned(),
        Value::Measured(field, code, per_ul) => format!("{} ({}/µL)", option_label(field, code), grouped(per_ul)),
        Value::YesNo(yes) => if yes { "yes" } else { "no" }.to_owned(),
        Value::Mrd(0.0) => "negative".to_owned(),
        Value::Mrd(fraction) => percent_of_fraction(fraction),
    }
}

/// Why a clause is unknown.
#[must_use]
pub fn why(why: Why) -> String {
    match why {
        Why::Missing(field) => format!("{} is not known yet", lower_first(field_label(field))),
        Why::AgeImprecise(Field::BirthDate) => "only the dates of birth and diagnosis decide at this age".to_owned(),
        Why::AgeImprecise(_) => "the age in days decides; completed weeks or months are not precise enough".to_owned(),
        Why::Kmt2aNotStated(Kmt2a::Ptd) => {
            "its sources do not say whether a partial tandem duplication counts as a rearrangement".to_owned()
        }
        Why::Kmt2aNotStated(_) => {
            "its sources do not say what a KMT2A status that could not be established counts as".to_owned()
        }
        Why::Cns2NotStated => "its sources do not say whether CNS2 counts as CNS disease".to_owned(),
        Why::ResponseNotAssessed => {
            "the prednisone response was not assessed, and its sources do not say what that counts as".to_owned()
        }
        Why::UndefinedAtLimit => "its sources do not define the value exactly at the limit".to_owned(),
        Why::NotAsked => "this is not asked here".to_owned(),
    }
}

/// Groups that are possible: "high risk (HR) or medium risk (MR)".
#[must_use]
pub fn possibility(possible: Possibility, protocol: &Protocol) -> String {
    let mut names: Vec<String> = possible
        .groups(protocol)
        .iter()
        .map(|group| group.name.to_owned())
        .collect();
    if possible.may_not_apply() {
        names.push("not applicable".to_owned());
    }
    list(&names, "or")
}

/// What each value of a missing finding would lead to: "if prednisone response is poor: high risk; if good: medium risk".
#[must_use]
pub fn decider(decider: &Decider, protocol: &Protocol) -> String {
    let cases: Vec<String> = decider
        .cases
        .iter()
        .map(|(values, possible)| {
            format!(
                "{} → {}",
                span(decider.finding, values),
                possibility(*possible, protocol)
            )
        })
        .collect();
    format!("{}: {}", capital(finding_label(decider.finding)), cases.join("; "))
}

/// What would change the answer: "age of 180 days or more → intermediate risk (1 day away)".
#[must_use]
pub fn change(change: &Change, protocol: &Protocol) -> String {
    let groups = change.leads_to.groups(protocol);
    let leads_to = if groups.is_empty() {
        "not applicable".to_owned()
    } else {
        possibility(change.leads_to, protocol)
    };
    let away = change
        .distance
        .map_or_else(String::new, |distance| match change.finding {
            Finding::Age => format!(" ({} away)", days_text(distance as u64)),
            Finding::Wbc => format!(" ({} × 10⁹/L away)", decimal(distance, 3)),
            _ => String::new(),
        });
    format!(
        "{} {} → {leads_to}{away}",
        finding_label(change.finding),
        span(change.finding, &change.when)
    )
}

/// Some values of a finding: "poor", "180 days or more", "from 0.01 %".
pub(super) fn span(finding: Finding, values: &SpanValue) -> String {
    match values {
        SpanValue::Codes(codes) => {
            let names: Vec<String> = codes
                .iter()
                .map(|code| option_label(finding.field(), code).to_owned())
                .collect();
            list(&names, "or")
        }
        SpanValue::Stretch(span) => match (span.from, span.to) {
            (None, None) => "any value".to_owned(),
            (Some(from), None) => lower_edge(finding, from),
            (None, Some(to)) => upper_edge(finding, to),
            (Some(from), Some(to)) if from == to => format!("exactly {}", limit(finding, from.limit)),
            (Some(from), Some(to)) => format!("{}, {}", lower_edge(finding, from), upper_edge(finding, to)),
        },
    }
}

fn lower_edge(finding: Finding, edge: Edge) -> String {
    match (finding, edge.inclusive) {
        (Finding::Age, true) => format!("{} or more", limit(finding, edge.limit)),
        (Finding::Age, false) => format!("more than {}", limit(finding, edge.limit)),
        (_, true) => format!("≥ {}", limit(finding, edge.limit)),
        (_, false) => format!("> {}", limit(finding, edge.limit)),
    }
}

fn upper_edge(finding: Finding, edge: Edge) -> String {
    match (finding, edge.inclusive) {
        (Finding::Age, true) => format!("{} or less", limit(finding, edge.limit)),
        (Finding::Age, false) => format!("below {}", limit(finding, edge.limit)),
        (_, true) => format!("≤ {}", limit(finding, edge.limit)),
        (_, false) => format!("< {}", limit(finding, edge.limit)),
    }
}

fn limit(finding: Finding, limit: Limit) -> String {
    match (finding, limit) {
        (_, Limit::Age(limit)) => age_limit(limit),
        (Finding::Wbc, Limit::Number(number)) => format!("{} × 10⁹/L", decimal(number, 3)),
        (_, Limit::Number(number)) => percent_of_fraction(number),
    }
}

/// What the transplant rule reads for a child.
#[must_use]
pub fn hsct_state(assessment: &Assessment) -> String {
    match assessment.hsct.status {
        HsctStatus::Met => "criteria met",
        HsctStatus::Depends => "depends on a donor",
        HsctStatus::Waiting => return waiting(assessment),
        HsctStatus::Undetermined if content::hsct_at_open_limit(assessment) => {
            "undecided, exactly at a limit that is not defined"
        }
        HsctStatus::Undetermined => "undecided",
        HsctStatus::NotMet => "not indicated",
        HsctStatus::NotSpecified => "rule not found",
        HsctStatus::NoneByProtocol => "none by protocol",
        HsctStatus::NotApplicable => match assessment.status {
            Status::NotApplicable(_) => "the protocol does not apply",
            _ => "not for a relapse",
        },
    }
    .to_owned()
}

/// For what a transplant that is indicated waits, alone.
pub(super) fn waiting_for(assessment: &Assessment) -> String {
    let names = waited_for(assessment);
    if names.is_empty() {
        "if no relapse".to_owned()
    } else {
        format!("waiting for {}", list(&names, "and"))
    }
}

fn waited_for(assessment: &Assessment) -> Vec<String> {
    content::waits_for(assessment)
        .into_iter()
        .filter_map(|finding| match finding {
            Finding::Relapse => None,
            Finding::Remission => Some("remission".to_owned()),
            Finding::Mrd(_) => Some("MRD".to_owned()),
            other => Some(finding_label(other).to_owned()),
        })
        .collect()
}

/// For what a transplant that is indicated waits; of a relapse it is said only where nothing else is open.
fn waiting(assessment: &Assessment) -> String {
    let names = waited_for(assessment);
    if names.is_empty() {
        "indicated if there was no relapse".to_owned()
    } else {
        format!("indicated, waiting for {}", list(&names, "and"))
    }
}

/// Something to say with an answer.
#[must_use]
pub fn notice(each: &Notice) -> String {
    let (own, quoted) = notice_parts(each);
    format!("{own}{quoted}")
}

/// What is said with an answer: our own words, and behind them what is quoted as it stands with the protocol.
#[must_use]
pub fn notice_parts<'p>(notice: &Notice<'p>) -> (String, &'p str) {
    match notice {
        Notice::DisputedLimit(each) => ("Exactly at a limit on which sources differ. ".to_owned(), each.note),
        Notice::OnCondition(criterion) => (
            format!("On the condition of {}, which is not known.", clause(criterion.clause)),
            "",
        ),
        Notice::UnknownResponseCounted(fact) | Notice::Kmt2aHandled(fact) => (String::new(), fact.text),
        Notice::IfRearranged { group, certain: true } => {
            (format!("{} if KMT2A is rearranged.", capital(group.name)), "")
        }
        Notice::IfRearranged { group, certain: false } => {
            (format!("May be {} if KMT2A is rearranged.", group.name), "")
        }
        Notice::ReadAs(each) => (String::new(), each.note),
    }
}

/// A finding worth knowing next: "prednisone response decides Interfant-06 and Interfant-99".
#[must_use]
pub fn next_finding(next: &NextFinding) -> String {
    let names = |protocols: &[&Protocol]| {
        let names: Vec<String> = protocols.iter().map(|protocol| named(protocol)).collect();
        list(&names, "and")
    };
    let mut parts = Vec::new();
    if !next.decides.is_empty() {
        parts.push(format!("decides {}", names(&next.decides)));
    }
    if !next.may_decide.is_empty() {
        parts.push(format!("may decide {}", names(&next.may_decide)));
    }
    if !next.narrows.is_empty() {
        parts.push(format!("also matters to {}", names(&next.narrows)));
    }
    format!("{} {}.", field_label(next.field), parts.join("; "))
}

/// A disagreement: "Age: younger than 90 days (no: AALL0631); younger than 180 days (yes: MLL-10); not used by MLL03".
#[must_use]
pub fn disagreement(disagreement: &Disagreement) -> String {
    let mut parts: Vec<String> = disagreement
        .views
        .iter()
        .map(|view| {
            let names: Vec<String> = view.protocols.iter().map(|protocol| named(protocol)).collect();
            let truth = match view.truth {
                Truth::True => "yes",
                Truth::False => "no",
                Truth::Unknown => "not known",
            };
            format!("{}? {truth} ({})", clause(view.clause), names.join(", "))
        })
        .collect();
    if !disagreement.decides_nothing_in.is_empty() {
        let names: Vec<String> = disagreement
            .decides_nothing_in
            .iter()
            .map(|protocol| named(protocol))
            .collect();
        parts.push(format!("decides nothing in {}", names.join(", ")));
    }
    format!("{}: {}", capital(finding_label(disagreement.finding)), parts.join("; "))
}

/// The findings that are known, as they were measured.
pub(super) fn findings_known(infant: &Infant, label: fn(Finding) -> &'static str) -> String {
    content::findings(infant, label, value).0.join("; ")
}

/// The findings on which rules look, and those of them that are not known.
#[must_use]
pub fn findings(infant: &Infant) -> String {
    let (known, unknown) = content::findings(infant, finding_label, value);
    let known = if known.is_empty() {
        "none".to_owned()
    } else {
        known.join("; ")
    };
    if unknown.is_empty() {
        return format!("Findings: {known}.");
    }
    format!("Findings: {known}. Not known: {}.", unknown.join(", "))
}

/// The answers as plain text for the notes: findings, one line a protocol, sources, and the line of intended use.
#[must_use]
pub fn note_for_records(infant: &Infant, assessments: &[Assessment], versions: &str) -> String {
    let words = Note {
        title: "Infant ALL: published protocol classifications",
        findings,
        reason,
        notice,
        rule: |each| format!("Transplant: {}. {}", hsct_state(each), each.protocol.hsct.text),
        published: |each| format!("Published: {} [{}]", outcome(each), marked(&each.cite)),
        wider: super::page::WIDER_SO,
        intended_use: super::INTENDED_USE,
    };
    content::note(&words, infant, assessments, versions)
}

/// A source with the place in it and how it was read, which a place such as "abstract" says already.
#[must_use]
pub fn marked(cite: &Citation) -> String {
    match cite.place_to_name() {
        "" if !cite.place.is_empty() => citation(cite),
        _ => format!("{}; {}", citation(cite), read_mark(cite.read).0),
    }
}

/// "a, b and c".
pub(super) fn list(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} {word} {last}", rest.join(", ")),
    }
}

fn lower_first(text: &str) -> String {
    let keep = text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.chars().nth(1).is_some_and(|c| c.is_ascii_uppercase());
    if keep {
        return text.to_owned();
    }
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        std::iter::once(first.to_ascii_lowercase()).chain(characters).collect()
    })
}
