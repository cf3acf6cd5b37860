//! The answers: one row a protocol on one common scale, sorted and filtered.

use cotside_core::protocols::{Assessment, Family, Level, PROTOCOLS, Status};
use cotside_views::row;
use cotside_words::lang::page;
use leptos::prelude::*;

use super::{Case, FIRST_ROWS, ROWS_A_STAGE};
use crate::links::protocol_href;

/// The order of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Catalogue,
    HighFirst,
    OpenFirst,
    Name,
}

/// Which rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Show {
    All,
    Assigned,
    Open,
    Applicable,
    Trials,
}

const ORDERS: [(Order, &str); 4] = [
    (Order::Catalogue, "catalogue"),
    (Order::HighFirst, "high"),
    (Order::OpenFirst, "open"),
    (Order::Name, "name"),
];

const SHOWS: [(Show, &str); 5] = [
    (Show::All, "all"),
    (Show::Applicable, "applicable"),
    (Show::Assigned, "assigned"),
    (Show::Open, "open"),
    (Show::Trials, "trials"),
];

impl Order {
    /// What a row is sorted by.
    fn key(self, assessment: &Assessment) -> (u8, String) {
        let level = |level: Option<Level>| match level {
            Some(Level::High) => 0,
            Some(Level::Intermediate) => 1,
            Some(Level::Low) => 2,
            None => 3,
        };
        match (self, assessment.status) {
            (Self::Catalogue, _) => (0, String::new()),
            (Self::Name, _) => (0, assessment.protocol.name.to_ascii_lowercase()),
            (Self::HighFirst, Status::Assigned(group)) => (level(group.level), String::new()),
            (Self::HighFirst, Status::Undetermined(_)) => (4, String::new()),
            (Self::OpenFirst, Status::Undetermined(_)) => (0, String::new()),
            (Self::OpenFirst, Status::Assigned(_)) => (1, String::new()),
            (Self::HighFirst | Self::OpenFirst, Status::NotApplicable(_)) => (5, String::new()),
        }
    }
}

impl Show {
    fn includes(self, assessment: &Assessment) -> bool {
        match self {
            Self::All => true,
            Self::Assigned => matches!(assessment.status, Status::Assigned(_)),
            Self::Open => matches!(assessment.status, Status::Undetermined(_)),
            Self::Applicable => !matches!(assessment.status, Status::NotApplicable(_)),
            Self::Trials => assessment.protocol.family == Family::Trial,
        }
    }
}

fn chosen<T: Copy>(options: &[(T, &str)], value: &str) -> Option<T> {
    options
        .iter()
        .find(|(_, each)| *each == value)
        .map(|(option, _)| *option)
}

/// Sorting, filtering, and the rows.
#[component]
pub fn Rows(
    /// How much of the page is there.
    stage: ReadSignal<usize>,
) -> impl IntoView {
    let case = Case::here();
    let order = RwSignal::new(Order::Catalogue);
    let show = RwSignal::new(Show::All);
    let shown = Memo::new(move |_| {
        case.assessments.with(|all| {
            let mut positions: Vec<usize> = (0..all.len()).filter(|&each| show.get().includes(&all[each])).collect();
            let order = order.get();
            positions.sort_by_key(|&each| order.key(&all[each]));
            positions
        })
    });
    let there = move || {
        shown.with(|shown| {
            shown[..shown
                .len()
                .min(ROWS_A_STAGE * (stage.get() + 1).saturating_sub(FIRST_ROWS))]
                .to_vec()
        })
    };
    let count = move || shown.with(Vec::len);
    let opened = RwSignal::new(vec![false; PROTOCOLS.len()]);
    let all_open = move || opened.with(|opened| shown.with(|shown| shown.iter().all(|&each| opened[each])));
    let toggle_all = move |_| {
        let to = !all_open();
        opened.update(|opened| opened.iter_mut().for_each(|each| *each = to));
    };
    // What changes is marked for a moment, but not what is there from the start.
    let live = RwSignal::new(false);
    Effect::new(move |before: Option<()>| {
        case.entry.track();
        if before.is_some() {
            live.set(true);
        }
    });
    view! {
        <div class="tools">
            <label>
                {page::SORT}
                <select autocomplete="off" data-testid="sort" on:change=move |event| {
                    if let Some(chosen) = chosen(&ORDERS, &event_target_value(&event)) { order.set(chosen); }
                }>
                    {ORDERS.iter().zip(page::ORDERS).map(|((_, value), name)| view! { <option value=*value>{name}</option> }).collect_view()}
                </select>
            </label>
            <label>
                {page::SHOW}
                <select autocomplete="off" data-testid="filter" on:change=move |event| {
                    if let Some(chosen) = chosen(&SHOWS, &event_target_value(&event)) { show.set(chosen); }
                }>
                    {SHOWS.iter().zip(page::SHOWS).map(|((_, value), name)| view! { <option value=*value>{name}</option> }).collect_view()}
                </select>
            </label>
            <button type="button" data-testid="open-all" on:click=toggle_all>
                {move || if all_open() { page::CLOSE_ALL } else { page::OPEN_ALL }}
            </button>
            <span class="quiet">{move || page::shown(count(), PROTOCOLS.len())}</span>
        </div>
        <div class="rows-head" aria-hidden="true">
            <span>{page::ROW_HEADS[0]}</span>
            <span class="scale-head"><span>{page::ROW_HEADS[1]}</span><span>{page::ROW_HEADS[2]}</span><span>{page::ROW_HEADS[3]}</span></span>
            <span>{page::ROW_HEADS[4]}</span>
            <span>{page::ROW_HEADS[5]}</span>
            <span>{page::ROW_HEADS[6]}<span class="axis"><span>"0"</span><span>"50"</span><span>"100 %"</span></span></span>
        </div>
        <div class="rows" data-testid="rows" class:live=live>
            <For each=there key=|position| *position let:position>
                <Row position opened/>
            </For>
            {move || (count() == 0).then_some(view! { <p class="quiet none">{page::NONE_LIKE_THAT}</p> })}
        </div>
    }
}

/// One protocol's answer: a line on the common scale that opens. It is drawn anew only where its own answer changes.
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
    let line = move || assessment.with(|assessment| row::line(assessment, "")).into_string();
    let detail = move || {
        if !open.get() {
            return String::new();
        }
        let address = protocol_href(protocol.id);
        case.reading.with(|reading| {
            assessment.with(|assessment| row::detail(assessment, &reading.infant, Some(&address)).into_string())
        })
    };
    view! {
        <details class="row" data-testid=format!("row-{}", protocol.id) prop:open=open on:toggle=follow>
            <summary inner_html=line></summary>
            <div class="detail" inner_html=detail></div>
        </details>
    }
}
