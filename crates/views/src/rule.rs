//! One rule as a reviewer reads it.

use cotside_core::protocols::{
    Clause, Criterion, Group, Handling, OutcomeMatch, PROTOCOLS, Protocol, Role, Truth, opposite, proof,
};
use cotside_words::lang::{self, page, site};
use cotside_words::{capital, en};
use maud::{Markup, html};

use crate::citing::cite;
use crate::parts::{fact, facts, outcomes, sources};
use crate::{Columns, list, original, original_note};

/// Where a protocol's page leads.
#[derive(Debug, Clone, Copy)]
pub struct Addresses<'a> {
    /// The list of protocols, with a slash at its end.
    pub catalogue: &'a str,
    /// The page for one infant with the protocol's row opened.
    pub trial: &'a str,
    /// The folder with the rule as files for other programs, with a slash at its end.
    pub files: &'a str,
    /// Opens a prefilled report about the rule.
    pub report: &'a str,
}

/// The page of a protocol of the catalogue; `all` are the protocols in the order of the list.
#[must_use]
pub fn page(protocol: &Protocol, addresses: &Addresses<'_>, all: &[&Protocol]) -> Markup {
    let name = lang::protocol_name(protocol);
    html! {
        div.rule-page {
            header.rule-head {
                p.crumb { a href=(addresses.catalogue) { (page::PROTOCOLS) } }
                div.title-line {
                    h1 { (name) }
                    a.button.primary href=(addresses.trial) { (site::TRY) }
                }
                p.lead { (original(protocol.summary)) }
                p.quiet {
                    (original(protocol.organisation)) " · " (lang::family(protocol.family)) ". " (fact(&protocol.era))
                    " " (page::NOT_REVIEWED)
                }
            }
            (contents(protocol, addresses.catalogue))
            (body(protocol))
            (files(protocol, addresses))
            (neighbours(protocol, addresses.catalogue, all))
        }
    }
}

/// The sections that a protocol has: the name in the address, and the heading.
fn sections(protocol: &Protocol) -> Vec<(&'static str, &'static str)> {
    let all = [
        ("eligibility", page::WHO, true),
        ("groups", page::GROUPS, true),
        ("criteria", page::CLAUSES, true),
        ("unclear-kmt2a", page::KMT2A_READINGS, true),
        ("proof", site::PROOF, true),
        ("transplant", page::TRANSPLANT, true),
        ("outcomes", page::OUTCOMES, true),
        ("cautions", page::PITFALLS, !protocol.pitfalls.is_empty()),
        ("further-results", page::FACTS, !protocol.facts.is_empty()),
        ("not-found", page::OPEN_QUESTIONS, !protocol.open_questions.is_empty()),
        ("sources", page::SOURCES, true),
    ];
    let there = all.into_iter().filter(|(_, _, there)| *there);
    there.map(|(id, title, _)| (id, title)).collect()
}

/// Leads to the sections of the page.
fn contents(protocol: &Protocol, catalogue: &str) -> Markup {
    html! {
        nav.contents aria-label=(site::CONTENTS) {
            ul {
                @for (id, title) in sections(protocol) {
                    li { a href={ (catalogue) (protocol.id) "/#" (id) } { (title) } }
                }
            }
        }
    }
}

/// The rule as files for other programs, and how to report an error in it.
fn files(protocol: &Protocol, addresses: &Addresses<'_>) -> Markup {
    let forms = [
        ("json", page::RULE_FILE),
        ("cql", "CQL"),
        ("fhir.json", "FHIR (Library, PlanDefinition)"),
        ("tests.json", page::RULE_TESTS),
    ];
    html! {
        p.quiet.rule-files {
            (page::RULE_FILES) ": "
            @for (place, (ending, name)) in forms.into_iter().enumerate() {
                @if place > 0 { " · " }
                a href={ (addresses.files) (protocol.id) "." (ending) } download { (name) }
            }
        }
        p.quiet { a href=(addresses.report) { (page::REPORT_RULE) } }
    }
}

/// The protocols before and after this one in the list.
fn neighbours(protocol: &Protocol, catalogue: &str, all: &[&Protocol]) -> Markup {
    let here = all.iter().position(|each| each.id == protocol.id);
    let before = here
        .and_then(|here| here.checked_sub(1))
        .and_then(|place| all.get(place));
    let after = here.and_then(|here| all.get(here + 1));
    let link = |sign: [&str; 2], each: &Protocol| {
        html! { a href={ (catalogue) (each.id) "/" } { (sign[0]) (lang::protocol_name(each)) (sign[1]) } }
    };
    html! {
        nav.neighbours aria-label=(site::NEIGHBOURS) {
            @if let Some(before) = before { (link(["← ", ""], before)) }
            @if let Some(after) = after { (link(["", " →"], after)) }
        }
    }
}

/// The rule itself in two columns: who may enter, groups and criteria; transplant, outcomes, cautions and sources.
#[must_use]
pub fn body(protocol: &Protocol) -> Markup {
    html! {
        div.rule-columns {
            div.rule-left {
                h2 #eligibility { (page::WHO) }
                (list(protocol.eligible.iter().map(criterion)))
                h2 #groups { (page::GROUPS) }
                p.quiet { (page::GROUPS_ORDER) }
                (groups(protocol))
                h2 #criteria { (page::CLAUSES) }
                (clauses(protocol))
                h2 #unclear-kmt2a { (page::KMT2A_READINGS) }
                (readings(protocol))
                h2 #proof { (site::PROOF) }
                (proof_sheet(protocol))
            }
            div.rule-right {
                h2 #transplant { (page::TRANSPLANT) }
                (transplant(protocol))
                h2 #outcomes { (page::OUTCOMES) }
                (published(protocol))
                @if !protocol.pitfalls.is_empty() { h2 #cautions { (page::PITFALLS) } (facts(protocol.pitfalls)) }
                @if !protocol.facts.is_empty() { h2 #further-results { (page::FACTS) } (facts(protocol.facts)) }
                @if !protocol.open_questions.is_empty() {
                    h2 #not-found { (page::OPEN_QUESTIONS) }
                    (list(protocol.open_questions.iter().map(|question| original(question))))
                }
                h2 #sources { (page::SOURCES) }
                (sources(protocol))
            }
        }
    }
}

/// What the rule answers over all possible children: how many have one answer, which stay open and why, overlaps.
fn proof_sheet(protocol: &Protocol) -> Markup {
    let proof = proof(protocol);
    let columns = named_columns(&site::PROOF_HEADS);
    let counted = |children: usize| match children {
        0 => html! { (site::PROOF_UNREACHED) },
        children => html! { (children) },
    };
    let groups = proof
        .groups
        .iter()
        .map(|(group, children)| (lang::group_name(group), counted(*children)));
    let not_eligible = (site::PROOF_NOT_ELIGIBLE, html! { (proof.not_eligible) });
    let rows = groups
        .chain([not_eligible])
        .map(|(name, children)| columns.row(name, [children]));
    let open = proof.open.iter().map(|(why, children)| {
        let why: Vec<String> = why.iter().map(|why| lang::why(*why)).collect();
        html! { (why.join(site::PROOF_AND)) " (" (children) ")" }
    });
    let overlaps = proof.overlaps.iter().map(|(first, later, children)| {
        site::proof_overlap(lang::group_name(first), lang::group_name(later), *children)
    });
    let opposite = opposite_pairs(protocol);
    html! {
        p.quiet { (site::PROOF_LEAD) }
        p { (site::proof_counts(proof.children, proof.settled(), proof.open())) }
        @if proof.no_group > 0 { p { (site::proof_no_group(proof.no_group)) } }
        (columns.table("", rows))
        @if !proof.open.is_empty() { p { (site::PROOF_OPEN) } (list(open)) }
        @if proof.overlaps.is_empty() { p.quiet { (site::PROOF_NO_OVERLAP) } } @else { (list(overlaps)) }
        @if !opposite.is_empty() {
            p { (site::PROOF_OPPOSITE) }
            (list(opposite.iter().map(|pair| original(pair))))
        }
    }
}

/// For each rule that ranks two children in the opposite order, the pair that differs least, as the command line prints it:
/// in English.
#[must_use]
pub fn opposite_pairs(protocol: &Protocol) -> Vec<String> {
    let others = PROTOCOLS.iter().filter(|other| other.id != protocol.id);
    others
        .filter_map(|other| opposite(protocol, other))
        .map(|pair| capital(&en::opposite_line(&pair)))
        .collect()
}

/// The outcomes of every population: a protocol's own page draws each for itself.
fn published(protocol: &Protocol) -> Markup {
    let all = protocol.outcomes.iter().map(|outcome| OutcomeMatch {
        outcome,
        truth: Truth::True,
        wider: false,
    });
    let all: Vec<OutcomeMatch> = all.collect();
    html! { @if all.is_empty() { p.quiet { (page::OUTCOMES_NONE) } } @else { (outcomes(&all)) } }
}

fn transplant(protocol: &Protocol) -> Markup {
    let rule = &protocol.hsct;
    let conditions = rule.conditions.iter().map(|condition| {
        html! { (capital(&lang::condition(&condition.when, protocol))) " " (cite(&condition.cite)) }
    });
    html! {
        p { (original(rule.text)) " " (cite(&rule.cite)) }
        @if let Some(when) = &rule.when {
            p.quiet { (page::transplant_if(&lang::condition(when, protocol))) }
        }
        (list(conditions))
    }
}

fn criterion(criterion: &Criterion) -> Markup {
    html! {
        (lang::clause(criterion.clause)) ". "
        span.quiet { (page::if_unknown(criterion.if_unknown)) }
        (cite(&criterion.clause.cite)) (original_note(criterion.clause.note))
    }
}

fn groups(protocol: &Protocol) -> Markup {
    let columns = named_columns(&page::GROUP_HEADS);
    let row = |group: &Group| {
        let cells = [
            html! { (lang::condition(&group.when, protocol)) },
            html! { (group.level.map_or(page::NO_LEVEL, lang::level)) },
            html! { code { (group.id) } },
        ];
        columns.row(lang::group_name(group), cells)
    };
    columns.table("", protocol.groups.iter().map(row))
}

/// Columns of texts.
fn named_columns<'a>(names: &[&'a str]) -> Columns<'a> {
    let (first, rest) = names
        .split_first()
        .map_or(("", &[][..]), |(first, rest)| (*first, rest));
    rest.iter()
        .fold(Columns::new(first), |columns, name| columns.text(name))
}

/// Every clause with the part it plays, what holds below, at and above its limit, and its source.
fn clauses(protocol: &Protocol) -> Markup {
    let boundaries = lang::boundary_rows(protocol);
    let columns = Columns::new(page::CLAUSE)
        .text(page::FOR)
        .text(site::AT_BOUNDARY)
        .text(page::SOURCE);
    let row = |(role, clause): (Role, &Clause)| {
        let limit = boundaries.iter().find(|(each, _)| each.id == clause.id);
        let cells = [
            html! { (lang::role(role)) },
            html! { @if let Some((_, cells)) = limit { (boundary(cells)) } },
            html! { (cite(&clause.cite)) (original_note(clause.note)) },
        ];
        columns.row(lang::clause(clause), cells)
    };
    columns.table("criteria", protocol.clauses_with_outcomes().into_iter().map(row))
}

/// A value below, at and above a limit, each with what holds there.
fn boundary(cells: &lang::BoundaryCells) -> Markup {
    html! {
        @for ((value, verdict), label) in cells.iter().zip(page::BOUNDARY_CELLS) {
            span.boundary { span.hidden { (label) ": " } (value) " " span.quiet { (verdict) } }
        }
    }
}

fn readings(protocol: &Protocol) -> Markup {
    let reading = |handling: &Handling| match handling {
        Handling::Stated(stated) => fact(stated),
        Handling::NotStated | Handling::NotStatedNeitherToo => html! { (lang::kmt2a_handling(handling)) },
    };
    html! {
        dl {
            dt { (page::READINGS[0]) } dd { (reading(&protocol.ptd)) }
            dt { (page::READINGS[1]) } dd { (reading(&protocol.undetermined_kmt2a)) }
            @if let Some(stated) = &protocol.unknown_response_is_not_poor {
                dt { (page::READINGS[2]) } dd { (fact(stated)) }
            }
        }
    }
}
