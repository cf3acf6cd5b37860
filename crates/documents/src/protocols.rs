//! `/protocols`: every rule in a line; `/protocols/ID`: one rule as a reviewer reads it, or what is known of a system without one.

use cotside_core::protocols::{
    AgeBound, CnsDisease, Family, GroupLimits, Operator, PROTOCOLS, Protocol, RULES_VERSION, Section, System,
    Threshold, is_recruiting, place, section,
};
use cotside_views::citing::sure;
use cotside_views::rule::{self, Addresses};
use cotside_views::system as not_yet;
use cotside_views::{Columns, letter, note, original, original_note};
use cotside_words::decimal;
use cotside_words::en;
use cotside_words::lang::{self, page, site};
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{Document, Places};

/// The chips above the list, with what a row must hold in `data-kinds` for each; the program filters by them.
const CHIPS: [&str; 4] = ["", "recruiting", "treatment", "descriptive"];

/// The list of protocols. Its chips and its search work once the program has started.
pub(crate) fn list(places: &Places) -> Document {
    let page = html! {
        div.title-line {
            h1 { (page::PROTOCOLS) }
            a.button href=(places.href("protocols/own/")) { (site::OWN_BUTTON) }
        }
        p.prose { (page::PROTOCOLS_LEAD) }
        div.list-tools {
            div.chips role="group" aria-label=(site::FILTERS) data-testid="filters" {
                @for (kind, name) in CHIPS.into_iter().zip(site::FILTER_NAMES) {
                    button type="button" data-filter=(kind) aria-pressed=(kind.is_empty()) { (name) }
                }
            }
            label {
                span { (site::SEARCH) }
                input type="search" autocomplete="off" data-testid="search";
            }
        }
        div data-testid="protocol-list" aria-live="polite" { (table(places)) }
        (not_yet::table(&places.href("protocols/")))
    };
    Document {
        route: "protocols".to_owned(),
        title: page::PROTOCOLS.to_owned(),
        html: page.into_string(),
    }
}

/// The protocols in their sections, the newest first.
fn in_order() -> Vec<&'static Protocol<'static>> {
    let mut all = PROTOCOLS.to_vec();
    all.sort_by_key(|protocol| place(protocol));
    all
}

fn table(places: &Places) -> Markup {
    let all = in_order();
    let [name, heads @ ..] = site::LIST_HEADS;
    let columns = heads.into_iter().fold(Columns::new(name), Columns::text);
    let sections = Section::ALL.into_iter().zip(page::SECTIONS);
    html! {
        p.quiet data-none hidden { (site::NONE_FOUND) }
        div.wide {
            table.catalogue {
                (columns.head())
                @for (part, title) in sections {
                    @if all.iter().any(|protocol| section(protocol) == part) {
                        tbody {
                            tr.section { th scope="rowgroup" colspan=(site::LIST_HEADS.len()) { (title) } }
                            @for protocol in all.iter().filter(|protocol| section(protocol) == part) {
                                (row(&columns, protocol, places))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What the search looks at: name, study group, era, summary and groups of a protocol, in small letters.
fn words(protocol: &Protocol) -> String {
    let mut words = vec![
        protocol.id,
        lang::protocol_name(protocol),
        protocol.organisation,
        protocol.era.text,
        protocol.summary,
    ];
    words.extend(protocol.groups.iter().map(|group| lang::group_name(group)));
    words.join(" ").to_lowercase()
}

/// What the chips look at.
fn kinds(protocol: &Protocol) -> String {
    let family = if protocol.family == Family::Trial {
        "treatment"
    } else {
        "descriptive"
    };
    if is_recruiting(protocol) {
        format!("{family} recruiting")
    } else {
        family.to_owned()
    }
}

fn row(columns: &Columns<'_>, protocol: &'static Protocol, places: &Places) -> Markup {
    let name = lang::protocol_name(protocol);
    let limits = GroupLimits::of(protocol);
    let heading = html! {
        a href=(places.protocol(protocol.id)) { (name) }
        " " span.by { (original(protocol.organisation)) }
        (original_note(protocol.era.text))
    };
    // A protocol is as sure as the least sure of the clauses that sort a child.
    let least = protocol.clauses().iter().map(|(_, clause)| clause.cite.read).min();
    let cells = [
        groups(protocol),
        lines(limits.age.into_iter().map(age)),
        lines(limits.white_cells.into_iter().map(white_cells)),
        lines(limits.cns.into_iter().map(cns)),
        transplant(protocol),
        html! {
            @if let Some(read) = least { (sure(read)) }
            a.try href=(places.row(protocol.id)) { (site::TRY) span.hidden { " · " (name) } }
        },
    ];
    html! {
        tr data-kinds=(kinds(protocol)) data-words=(words(protocol)) {
            th scope="row" { (heading) }
            (columns.cells(cells))
        }
    }
}

fn groups(protocol: &Protocol) -> Markup {
    html! {
        @for group in protocol.groups { span.group-name { (letter(group.level)) (lang::group_name(group)) } }
    }
}

/// Each text on a line of its own, a sign where there is none.
fn lines(texts: impl Iterator<Item = String>) -> Markup {
    let texts: Vec<String> = texts.collect();
    html! {
        @if texts.is_empty() { span.quiet { (site::NO_LIMIT) } }
        @for text in texts { span.limit { (text) } }
    }
}

fn age(bound: AgeBound) -> String {
    match bound {
        AgeBound::YoungerThan(limit) => format!("< {}", lang::age_limit(limit)),
        AgeBound::AtMost(limit) => format!("≤ {}", lang::age_limit(limit)),
    }
}

fn white_cells(threshold: Threshold) -> String {
    let operator = match threshold.operator {
        Operator::AtLeast => "≥",
        Operator::MoreThan => ">",
    };
    format!("{operator} {}", decimal(threshold.limit, 3))
}

fn cns(disease: CnsDisease) -> String {
    match disease {
        CnsDisease::Cns3 => site::CNS_USED,
        CnsDisease::Cns2Open => site::CNS_OPEN,
    }
    .to_owned()
}

/// Whom the transplant rule is for, with what must hold besides that is not among the findings: a donor.
fn transplant(protocol: &Protocol) -> Markup {
    let rule = &protocol.hsct;
    let besides: Vec<String> = rule
        .conditions
        .iter()
        .filter(|condition| condition.is_outside())
        .map(|condition| lang::condition(&condition.when, protocol))
        .collect();
    match &rule.when {
        Some(when) => html! { (lang::condition(when, protocol)) (note(&besides.join("; "))) },
        None if rule.none_by_protocol => html! { span.quiet { (site::NO_TRANSPLANT) } },
        None => html! { span.quiet { (site::TRANSPLANT_NOT_FOUND) } },
    }
}

/// The page of a protocol.
pub(crate) fn rule(protocol: &'static Protocol, places: &Places) -> Document {
    let addresses = Addresses {
        catalogue: &places.href("protocols/"),
        trial: &places.row(protocol.id),
        files: &places.rule_files(),
        report: &report(protocol),
    };
    article(
        protocol.id,
        lang::protocol_name(protocol),
        &rule::page(protocol, &addresses, &in_order()),
    )
}

/// Opens the reader's own mail program with a text to fill in. It names the rule and the versions, and nothing that was
/// entered: this page is made before anything is.
fn report(protocol: &Protocol) -> String {
    let name = lang::protocol_name(protocol);
    let parts = en::page::rule_report(name, protocol.id, RULES_VERSION, env!("CARGO_PKG_VERSION"));
    let [subject, body] = parts.map(|text| utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string());
    format!("mailto:?subject={subject}&body={body}")
}

/// The page of a system of which no rule could be evaluated.
pub(crate) fn system(system: &'static System, places: &Places) -> Document {
    let study = |id: &str| places.href(&format!("evidence/#study/{id}"));
    let page = not_yet::page(system, &places.href("protocols/"), &study);
    article(system.id, system.name, &page)
}

fn article(id: &str, title: &str, page: &Markup) -> Document {
    Document {
        route: format!("protocols/{id}"),
        title: title.to_owned(),
        html: html! { article.rule { (page) } }.into_string(),
    }
}
