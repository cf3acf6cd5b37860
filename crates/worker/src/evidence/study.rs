//! The list of studies, and one study: whom it enrolled, its rule for transplant, its estimates, what their numbers say
//! about each other, its sources.

use cotside_core::evidence::check::{Finding, check_estimate, check_same_numbers, check_study};
use cotside_core::evidence::{Estimate, Printed, PublishedStudy, Read, Source, published};
use cotside_core::protocols::{Protocol, protocol};
use cotside_views::citing::{cite, source, sure};
use cotside_views::{Columns, compact_table, named_list, original, original_note, rule};
use cotside_words::lang;
use cotside_words::lang::evidence_page as words;
use cotside_words::lang::evidence_results::{self as results, NOT_REPORTED};
use maud::{Markup, html};

use crate::evidence::address;
use crate::evidence::checker::{said, verdict_mark};
use crate::evidence::listing::{enrolled, known, named, patients, source_buttons, study_link, study_table};

fn estimates(study: &PublishedStudy) -> impl Iterator<Item = &'static Estimate> {
    let id = study.id;
    published().estimates.iter().filter(move |row| row.study.id == id)
}

/// The list of studies.
pub fn list() -> Markup {
    let columns = Columns::new(results::STUDY)
        .number(results::ENROLLED)
        .number(results::N)
        .number(results::KMT2A)
        .text(results::AGE)
        .text(results::ELIGIBLE)
        .number(results::ESTIMATES);
    let row = |study: &PublishedStudy| {
        let cells = [
            known(&enrolled(study)),
            known(&patients(study.n)),
            known(&kmt2a(study)),
            quoted(study.age),
            html! { (results::eligible(study.kmt2a)) },
            html! { (estimates(study).count()) },
        ];
        columns.row(study_link(study), cells)
    };
    columns.table("studies", published().studies.iter().map(row))
}

/// A text of the table, or that it was not reported.
fn quoted(text: &str) -> Markup {
    if text.is_empty() {
        known(NOT_REPORTED)
    } else {
        original(text)
    }
}

fn kmt2a(study: &PublishedStudy) -> String {
    match (study.kmt2a_rearranged, study.kmt2a_tested, study.kmt2a_share()) {
        (Some(rearranged), Some(tested), Some(share)) => results::share_of(rearranged, tested, share),
        _ => NOT_REPORTED.to_owned(),
    }
}

/// One study.
pub fn html(study: &'static PublishedStudy) -> Markup {
    let rows: Vec<&'static Estimate> = estimates(study).collect();
    html! {
        p.quiet { a href=(address("studies")) { (results::ALL_STUDIES) } }
        h3.lead { (named(study)) }
        (original_note(study.note))
        (facts(study))
        @for protocol in protocols_of(study) { (rules(protocol)) }
        h4 { (results::estimates_of_study(rows.len())) }
        (study_table(&rows))
        (remarks(study, &rows))
        h4 { (results::SOURCES) }
        (sources(study, &rows))
        div.tools { (source_buttons(&["study/", study.id].concat())) }
    }
}

/// The sources of a study and of its estimates, each once.
pub fn cited(study: &'static PublishedStudy) -> Vec<&'static Source<'static>> {
    let rows: Vec<&'static Estimate> = estimates(study).collect();
    read_sources(study, &rows)
        .into_iter()
        .map(|(source, _)| source)
        .collect()
}

fn protocols_of(study: &PublishedStudy) -> impl Iterator<Item = &'static Protocol<'static>> + use<> {
    let ids: &'static str = study.protocols;
    ids.split_whitespace().filter_map(protocol)
}

fn facts(study: &PublishedStudy) -> Markup {
    let percent = |number: Option<Printed>| {
        number.map_or_else(
            || NOT_REPORTED.to_owned(),
            |number| [&lang::printed(number), results::UNIT].concat(),
        )
    };
    compact_table([
        (results::ENROLLED, known(&enrolled(study))),
        (results::INFANTS, known(&patients(study.n))),
        (results::REARRANGED, known(&kmt2a(study))),
        (results::AGE_LIMIT, quoted(study.age)),
        (results::ELIGIBLE, known(results::eligible(study.kmt2a))),
        (results::REMISSION, known(&percent(study.complete_remission))),
        (results::INDUCTION_DEATH, known(&percent(study.induction_death))),
        (results::DEATH_IN_REMISSION, known(&percent(study.death_in_remission))),
        (results::TRANSPLANTED, known(&percent(study.transplanted))),
        (results::TIME_ORIGIN, quoted(study.time_origin)),
        (results::EVENT_DEFINITION, quoted(study.event_definition)),
    ])
}

/// The protocol's page, and its rule for transplant as the protocol words it.
fn rules(protocol: &'static Protocol) -> Markup {
    html! {
        p { a href={ "protocols/" (protocol.id) "/" } { (results::rule_of(lang::protocol_name(protocol))) } }
        p.prose { (results::TRANSPLANT) (original(protocol.hsct.text)) " " (cite(&protocol.hsct.cite)) }
        (opposite_pairs(protocol))
    }
}

/// The nearest two children whom this rule and another one rank in opposite order, for each other rule that has such.
fn opposite_pairs(protocol: &'static Protocol) -> Markup {
    let pairs = rule::opposite_pairs(protocol);
    html! {
        @if !pairs.is_empty() {
            details data-testid="opposite" {
                summary { (results::opposite_pairs(lang::protocol_name(protocol), pairs.len())) }
                p.quiet { (results::OPPOSITE_PAIRS) }
                (named_list("facts", pairs.iter().map(|pair| original(pair))))
            }
        }
    }
}

/// What the checker says of the study's numbers, with the arithmetic.
fn remarks(study: &'static PublishedStudy, rows: &[&'static Estimate]) -> Markup {
    let mut found: Vec<(String, Finding)> = check_study(study)
        .into_iter()
        .map(|(column, finding)| (results::checked_column(column), finding))
        .collect();
    for row in rows {
        let of_row = check_estimate(row).into_iter();
        found.extend(of_row.map(|finding| (row.id.to_owned(), finding)));
    }
    let pairs = check_same_numbers(&published().estimates).into_iter();
    let pairs = pairs.filter(|pair| pair.first.study.id == study.id);
    found.extend(pairs.map(|pair| (pair.first.id.to_owned(), Finding::SameNumbers(pair))));
    if found.is_empty() {
        return html! { p.quiet { (words::NOTHING_TO_CHECK) } };
    }
    html! {
        h4 { (words::CONSISTENCY) }
        (findings(&found))
        p.quiet { (words::ROUNDING) }
    }
}

/// Findings, each with the id or the column that it is of.
pub fn findings(found: &[(String, Finding)]) -> Markup {
    let columns = Columns::new(results::OF)
        .text(results::CHECKED)
        .text(results::RESULT)
        .text(results::ARITHMETIC);
    let row = |(of, finding): &(String, Finding)| {
        let cells = [
            html! { (lang::finding_kind(finding)) },
            verdict_mark(finding),
            said(finding),
        ];
        columns.row(of, cells)
    };
    columns.table("checks", found.iter().map(row))
}

/// Each source once, with the ways in which it was read for this study.
fn read_sources(study: &PublishedStudy, rows: &[&'static Estimate]) -> Vec<(&'static Source<'static>, Vec<Read>)> {
    let mut cited: Vec<(&'static Source, Vec<Read>)> = vec![(study.source, Vec::new())];
    for row in rows {
        let place = cited
            .iter()
            .position(|(source, _)| source.short == row.cite.source.short);
        let place = place.unwrap_or_else(|| {
            cited.push((row.cite.source, Vec::new()));
            cited.len() - 1
        });
        if let Some((_, read)) = cited.get_mut(place)
            && !read.contains(&row.cite.read)
        {
            read.push(row.cite.read);
        }
    }
    cited
}

fn sources(study: &PublishedStudy, rows: &[&'static Estimate]) -> Markup {
    let cited = read_sources(study, rows);
    let item = |(cited, read): &(&'static Source, Vec<Read>)| {
        html! {
            (source(cited))
            @for read in read { " " (sure(*read)) }
            @if read.is_empty() { span.quiet { (results::UNREAD_SOURCE) } }
        }
    };
    named_list("sources", cited.iter().map(item))
}
