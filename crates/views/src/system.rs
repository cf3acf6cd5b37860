//! A system of which no rule could be evaluated: what is known, from which source, how it was read, and what is missing.

use cotside_core::evidence::published;
use cotside_core::protocols::{NOTHING_READ, PROTOCOLS, SYSTEMS, System, SystemRule, protocol};
use cotside_words::lang::{self, page, site};
use maud::{Markup, html};

use crate::citing::source;
use crate::parts::facts;
use crate::{Columns, list, named_list, original};

/// The page of a system; `catalogue` is the address of the list, `study` makes that of a study of the evidence.
#[must_use]
pub fn page(system: &'static System, catalogue: &str, study: &dyn Fn(&str) -> String) -> Markup {
    let [rule, further, missing, outcomes] = site::SYSTEM_SECTIONS;
    html! {
        div.rule-page {
            header.rule-head {
                p.crumb { a href=(catalogue) { (page::PROTOCOLS) } }
                div.title-line { h1 { (original(system.name)) } }
                p.lead { (original(system.summary)) }
                p.quiet { (original(system.organisation)) ". " strong { (site::SYSTEM_NO_ANSWER) } }
            }
            h2 #rule { (rule) }
            p { (read_of(system, catalogue)) }
            (facts(system.rule_facts()))
            @if !system.facts.is_empty() { h2 #further { (further) } (facts(system.facts)) }
            h2 #missing { (missing) }
            (list(system.missing.iter().map(|each| original(each))))
            @if !system.studies.is_empty() { h2 #outcomes { (outcomes) } (studies(system, study)) }
            h2 #sources { (page::SOURCES) }
            (named_list("sources", system.sources().into_iter().map(source)))
        }
    }
}

/// The systems below the list of protocols, and in a line what is in the catalogue and what is not yet.
#[must_use]
pub fn table(catalogue: &str) -> Markup {
    let [name, read, missing] = site::SYSTEM_HEADS;
    let columns = Columns::new(name).text(read).text(missing);
    let row = |system: &'static System| {
        let heading = html! {
            a href={ (catalogue) (system.id) "/" } { (original(system.name)) }
            " " span.by { (original(system.organisation)) }
        };
        let cells = [
            read_of(system, catalogue),
            list(system.missing.iter().map(|each| original(each))),
        ];
        columns.row(heading, cells)
    };
    html! {
        section #not-yet data-testid="not-yet" {
            h2 { (site::SYSTEMS) }
            p.prose { (site::SYSTEMS_LEAD) }
            p.quiet data-testid="in-catalogue" { (in_catalogue()) }
            (columns.table("systems", SYSTEMS.iter().map(row)))
            p.quiet { (site::NOTHING_READ) " " (original(&NOTHING_READ.join("; "))) }
        }
    }
}

/// Which protocols answer, and which systems do not yet.
fn in_catalogue() -> Markup {
    let here: Vec<&str> = PROTOCOLS.iter().map(|each| lang::protocol_name(each)).collect();
    let not_yet = SYSTEMS.iter().map(|each| each.name).chain(NOTHING_READ);
    let not_yet: Vec<&str> = not_yet.collect();
    let [before, between, after] = site::IN_CATALOGUE;
    html! { (before) (here.join("; ")) (between) (original(&not_yet.join("; "))) (after) }
}

/// What could be read of its rule, with a link to the protocol that answers by it.
fn read_of(system: &System, catalogue: &str) -> Markup {
    match system.rule {
        SystemRule::SameAs(id, _) => {
            let name = protocol(id).map_or(id, lang::protocol_name);
            html! { a href={ (catalogue) (id) "/" } { (site::system_same_as(name)) } }
        }
        SystemRule::InPart(_) => html! { (site::SYSTEM_IN_PART) },
        SystemRule::NotRead => html! { (site::SYSTEM_NOT_READ) },
    }
}

fn studies(system: &System, address: &dyn Fn(&str) -> String) -> Markup {
    let found = system.studies.iter().filter_map(|id| published().study(id));
    list(found.map(|study| html! { a href=(address(study.id)) { (original(study.name)) } }))
}
