//! The answers: one line a protocol, in sections or in another order, each opening into its criteria.

use cotside_core::protocols::{Assessment, Level, PROTOCOLS, Section, Status, place};
use cotside_views::row;
use cotside_words::lang::page;
use leptos::prelude::*;

use super::{Case, FIRST_ROWS, ROWS_A_STAGE};
use crate::links::protocol_href;

/// The order of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// In sections, the most recent first.
    Sections,
    HighFirst,
    OpenFirst,
    Name,
}

const ORDERS: [(Order, &str); 4] = [
    (Order::Sections, "sections"),
    (Order::HighFirst, "high"),
    (Order::OpenFirst, "open"),
    (Order::Name, "name"),
];

impl Order {
    /// What a row is sorted by where there are no sections.
    fn key(self, assessment: &Assessment) -> (u8, String, (Section, usize)) {
        let level = |level: Option<Level>| match level {
            Some(Level::High) => 0,
            Some(Level::Intermediate) => 1,
            Some(Level::Low) => 2,
            None => 3,
        };
        let first = match (self, assessment.status) {
            (Self::Sections | Self::Name, _) => 0,
            (Self::HighFirst, Status::Assigned(group)) => level(group.level),
            (Self::HighFirst, Status::Undetermined(_)) => 4,
            (Self::OpenFirst, Status::Undetermined(_)) => 0,
            (Self::OpenFirst, Status::Assigned(_)) => 1,
            (Self::HighFirst | Self::OpenFirst, Status::NotApplicable(_)) => 5,
        };
        let name = match self {
            Self::Name => assessment.protocol.name.to_ascii_lowercase(),
            _ => String::new(),
        };
        (first, name, place(assessment.protocol))
    }
}

/// A part of the list: its heading, whether it is folded, and the positions of its protocols in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    heading: &'static str,
    folded: bool,
    positions: Vec<usize>,
}

/// The parts of the list in an order. What does not apply comes last, folded.
fn parts(order: Order, all: &[Assessment]) -> Vec<Part> {
    let mut positions: Vec<usize> = (0..all.len()).collect();
    positions.sort_by_cached_key(|&each| order.key(&all[each]));
    if order != Order::Sections {
        return vec![Part {
            heading: "",
            folded: false,
            positions,
        }];
    }
    let applies = |each: &usize| !matches!(all[*each].status, Status::NotApplicable(_));
    let section = |section: Section| {
        let mine = positions
            .iter()
            .copied()
            .filter(|&each| applies(&each) && place(all[each].protocol).0 == section);
        mine.collect::<Vec<usize>>()
    };
    let mut parts: Vec<Part> = Section::ALL
        .into_iter()
        .zip(page::SECTIONS)
        .map(|(each, heading)| Part {
            heading,
            folded: each == Section::Descriptive,
            positions: section(each),
        })
        .collect();
    parts.push(Part {
        heading: page::NOT_APPLICABLE_SECTION,
        folded: true,
        positions: positions.iter().copied().filter(|each| !applies(each)).collect(),
    });
    parts
}

/// The rows, and the order in which they are listed.
#[component]
pub fn Rows(
    /// How much of the page is there.
    stage: ReadSignal<usize>,
) -> impl IntoView {
    let case = Case::here();
    let order = RwSignal::new(Order::Sections);
    let listed = Memo::new(move |_| case.assessments.with(|all| parts(order.get(), all)));
    let there = move || ROWS_A_STAGE * (stage.get() + 1).saturating_sub(FIRST_ROWS);
    let opened = RwSignal::new(vec![false; PROTOCOLS.len()]);
    let all_open = move || opened.with(|opened| opened.iter().all(|&open| open));
    // The folds of the parts, by their position in the list.
    let unfolded = RwSignal::new([true, true, false, false]);
    let toggle_all = move |_| {
        let to = !all_open();
        opened.update(|opened| opened.fill(to));
        unfolded.set([true, true, to, to]);
    };
    // What changes is marked for a moment, but not what is there from the start.
    let live = RwSignal::new(false);
    Effect::new(move |before: Option<()>| {
        case.entry.track();
        if before.is_some() {
            live.set(true);
        }
    });
    let part = move |at: usize| {
        let mine = Memo::new(move |_| listed.with(|parts| parts.get(at).cloned()));
        let heading = move || mine.with(|part| part.as_ref().map_or("", |part| part.heading));
        let count = move || mine.with(|part| part.as_ref().map_or(0, |part| part.positions.len()));
        let folds = move || mine.with(|part| part.as_ref().is_some_and(|part| part.folded));
        let open = move || !folds() || unfolded.with(|unfolded| unfolded[at.min(3)]);
        let first = move || {
            listed.with(|parts| {
                parts
                    .iter()
                    .take(at)
                    .filter(|part| !part.folded)
                    .map(|part| part.positions.len())
                    .sum::<usize>()
            })
        };
        let shown = move || {
            let there = if folds() {
                usize::MAX
            } else {
                there().saturating_sub(first())
            };
            mine.with(|part| {
                let positions = part.as_ref().map(|part| part.positions.as_slice()).unwrap_or_default();
                positions.iter().copied().take(there).collect::<Vec<usize>>()
            })
        };
        let toggle = move |_| unfolded.update(|unfolded| unfolded[at.min(3)] = !unfolded[at.min(3)]);
        view! {
            <div class="rows-part" hidden=move || count() == 0>
                {move || {
                    let heading = heading();
                    if heading.is_empty() {
                        ().into_any()
                    } else if folds() {
                        view! {
                            <h3 class="rows-heading">
                                <button type="button" class="fold" aria-expanded=move || open().to_string() on:click=toggle>
                                    {heading}" ("{count}")"
                                </button>
                            </h3>
                        }
                        .into_any()
                    } else {
                        view! { <h3 class="rows-heading">{heading}</h3> }.into_any()
                    }
                }}
                <div hidden=move || !open()>
                    <For each=shown key=|position| *position let:position>
                        <Row position opened/>
                    </For>
                </div>
            </div>
        }
    };
    view! {
        <div class="rows-head" aria-hidden="true">
            {page::ROW_HEADS.map(|head| view! { <span>{head}</span> })}
            <span class="axis"><span>"0"</span><span>"50"</span><span>"100 %"</span></span>
        </div>
        <div class="rows" data-testid="rows" class:live=live>{(0..4).map(part).collect_view()}</div>
        <div class="rows-foot">
            <p class="quiet">{page::ROWS_KEY}</p>
            <label>
                {page::SORT}
                <select autocomplete="off" data-testid="sort" on:change=move |event| {
                    let value = event_target_value(&event);
                    if let Some((chosen, _)) = ORDERS.iter().find(|(_, each)| *each == value) { order.set(*chosen); }
                }>
                    {ORDERS.iter().zip(page::ORDERS).map(|((_, value), name)| view! { <option value=*value>{name}</option> }).collect_view()}
                </select>
            </label>
            <button type="button" class="small" data-testid="open-all" on:click=toggle_all>
                {move || if all_open() { page::CLOSE_ALL } else { page::OPEN_ALL }}
            </button>
        </div>
    }
}

/// One protocol's answer: a line that opens. It is drawn again only where its own answer changes.
#[component]
fn Row(
    /// Position of the protocol in the catalogue.
    position: usize,
    /// Which rows are open.
    opened: RwSignal<Vec<bool>>,
) -> impl IntoView {
    let case = Case::here();
    let protocol = PROTOCOLS[position];
    let assessment = Memo::new(move |_| case.assessments.with(|all| all[position].clone()));
    let open = Memo::new(move |_| opened.with(|opened| opened[position]));
    let follow = move |event: leptos::ev::Event| {
        let now = event_target::<web_sys::HtmlDetailsElement>(&event).open();
        if open.get_untracked() != now {
            opened.update(|opened| opened[position] = now);
        }
    };
    // A text that stays as it was is not parsed again by the browser.
    let line = Memo::new(move |_| assessment.with(|assessment| row::line(assessment, "")).into_string());
    let detail = Memo::new(move |_| {
        if !open.get() {
            return String::new();
        }
        let address = protocol_href(protocol.id);
        case.reading.with(|reading| {
            assessment.with(|assessment| row::detail(assessment, &reading.infant, Some(&address)).into_string())
        })
    });
    view! {
        <details class="row" data-testid=format!("row-{}", protocol.id) prop:open=open on:toggle=follow>
            <summary inner_html=move || line.get()></summary>
            <div class="detail" inner_html=move || detail.get()></div>
        </details>
    }
}
