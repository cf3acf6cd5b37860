//! `/protocols`: every rule in a line, filtered and searched; `/protocols/:id`: one rule as a reviewer reads it.

use cotside_core::protocols::{
    AgeBound, CnsDisease, Family, GroupLimits, Operator, PROTOCOLS, Protocol, Section, System, Threshold,
    is_recruiting, place, protocol, section, system,
};
use cotside_views::citing::sure;
use cotside_views::rule::{self, Addresses};
use cotside_views::system as not_yet;
use cotside_views::{Columns, letter, note, original, original_note};
use cotside_words::decimal;
use cotside_words::lang::{self, page, site};
use leptos::prelude::*;
use maud::{Markup, html as markup};

use super::NotFound;
use crate::links::{self, href, protocol_href, row_href};

/// Which protocols are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    All,
    Recruiting,
    Treatment,
    Descriptive,
}

impl Filter {
    const ALL: [Self; 4] = [Self::All, Self::Recruiting, Self::Treatment, Self::Descriptive];

    fn includes(self, protocol: &Protocol) -> bool {
        match self {
            Self::All => true,
            Self::Recruiting => is_recruiting(protocol),
            Self::Treatment => protocol.family == Family::Trial,
            Self::Descriptive => protocol.family != Family::Trial,
        }
    }
}

/// The list of protocols.
#[component]
pub fn Protocols() -> impl IntoView {
    links::set_title(page::PROTOCOLS);
    let filter = RwSignal::new(Filter::All);
    let search = RwSignal::new(String::new());
    let chip = move |(each, name): (Filter, &'static str)| {
        let pressed = move || (filter.get() == each).to_string();
        view! { <button type="button" aria-pressed=pressed on:click=move |_| filter.set(each)>{name}</button> }
    };
    let list = move || search.with(|search| table(filter.get(), search)).into_string();
    view! {
        <div class="title-line">
            <h1>{page::PROTOCOLS}</h1>
            <a class="button" href=href("protocols/own/")>{site::OWN_BUTTON}</a>
        </div>
        <p class="prose">{page::PROTOCOLS_LEAD}</p>
        <div class="list-tools">
            <div class="chips" role="group" aria-label=site::FILTERS data-testid="filters">
                {Filter::ALL.iter().copied().zip(site::FILTER_NAMES).map(chip).collect_view()}
            </div>
            <label>
                <span>{site::SEARCH}</span>
                <input
                    type="search"
                    autocomplete="off"
                    data-testid="search"
                    on:input=move |event| search.set(event_target_value(&event))
                />
            </label>
        </div>
        <div data-testid="protocol-list" aria-live="polite" inner_html=list></div>
        <div inner_html=not_yet::table(&href("protocols/")).into_string()></div>
    }
}

/// True if each word of a search is in the name, study group, era or summary of a protocol.
fn is_found(protocol: &Protocol, search: &str) -> bool {
    let groups = protocol.groups.iter().map(|group| lang::group_name(group));
    let mut text = [
        protocol.id,
        lang::protocol_name(protocol),
        protocol.organisation,
        protocol.era.text,
        protocol.summary,
    ]
    .join(" ");
    for group in groups {
        text.push(' ');
        text.push_str(group);
    }
    let text = text.to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// The protocols that are listed, in their sections, the newest first.
fn listed(filter: Filter, search: &str) -> Vec<&'static Protocol<'static>> {
    let mut listed: Vec<_> = PROTOCOLS
        .iter()
        .copied()
        .filter(|protocol| filter.includes(protocol) && is_found(protocol, search))
        .collect();
    listed.sort_by_key(|protocol| place(protocol));
    listed
}

fn table(filter: Filter, search: &str) -> Markup {
    let all = listed(filter, search);
    let [name, heads @ ..] = site::LIST_HEADS;
    let columns = heads.into_iter().fold(Columns::new(name), Columns::text);
    let sections = Section::ALL.into_iter().zip(page::SECTIONS);
    markup! {
        @if all.is_empty() {
            p.quiet { (site::NONE_FOUND) }
        } @else {
            div.wide {
                table.catalogue {
                    (columns.head())
                    @for (part, title) in sections {
                        @if all.iter().any(|protocol| section(protocol) == part) {
                            tbody {
                                tr.section { th scope="rowgroup" colspan=(site::LIST_HEADS.len()) { (title) } }
                                @for protocol in all.iter().filter(|protocol| section(protocol) == part) {
                                    (row(&columns, protocol))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn row(columns: &Columns<'_>, protocol: &'static Protocol) -> Markup {
    let name = lang::protocol_name(protocol);
    let limits = GroupLimits::of(protocol);
    let heading = markup! {
        a href=(protocol_href(protocol.id)) { (name) }
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
        markup! {
            @if let Some(read) = least { (sure(read)) }
            a.try href=(row_href(protocol.id)) { (site::TRY) span.hidden { " · " (name) } }
        },
    ];
    columns.row(heading, cells)
}

fn groups(protocol: &Protocol) -> Markup {
    markup! {
        @for group in protocol.groups { span.group-name { (letter(group.level)) (lang::group_name(group)) } }
    }
}

/// Each text on a line of its own, a sign where there is none.
fn lines(texts: impl Iterator<Item = String>) -> Markup {
    let texts: Vec<String> = texts.collect();
    markup! {
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
        Some(when) => markup! { (lang::condition(when, protocol)) (note(&besides.join("; "))) },
        None if rule.none_by_protocol => markup! { span.quiet { (site::NO_TRANSPLANT) } },
        None => markup! { span.quiet { (site::TRANSPLANT_NOT_FOUND) } },
    }
}

/// The page of the protocol with this id.
#[component]
pub fn ProtocolPage(
    /// The id, as the address has it.
    id: String,
) -> impl IntoView {
    let Some(protocol) = protocol(&id) else {
        return system(&id).map_or_else(|| NotFound().into_any(), system_page);
    };
    links::set_title(lang::protocol_name(protocol));
    let addresses = Addresses {
        catalogue: &href("protocols/"),
        trial: &row_href(protocol.id),
        files: &links::rule_files(),
    };
    let all = listed(Filter::All, "");
    view! { <article class="rule" inner_html=rule::page(protocol, &addresses, &all).into_string()></article> }
        .into_any()
}

/// The page of a system of which no rule could be evaluated.
fn system_page(system: &'static System) -> AnyView {
    links::set_title(system.name);
    let study = |id: &str| href(&format!("evidence/#study/{id}"));
    let page = not_yet::page(system, &href("protocols/"), &study);
    view! { <article class="rule" inner_html=page.into_string()></article> }.into_any()
}
