//! Browse: the estimates with their filters, and the tray of those that are chosen.

use cotside_core::evidence::{PublishedEndpoint, published};
use cotside_messages::{EstimateColumn as Column, EstimateFigure, EstimateList, EvidenceView, OwnName};
use cotside_views::english;
use cotside_words::lang::evidence_page as words;
use leptos::prelude::*;

use super::Page;
use super::control::{Buttons, Choice, Select};
use super::own::Own;
use crate::part::Part;

/// Filters beside the listed estimates.
#[component]
pub fn Browse(page: Page) -> impl IntoView {
    view! {
        <div class="browse">
            <Filters page/>
            <div>
                <Own page/>
                <Part link=page.link name="estimates" testid="estimates-summary"/>
                <Table page/>
            </div>
        </div>
    }
}

/// Endpoints in the order of the table, with the number of their estimates, the reader's own among them.
fn endpoints(own: &[OwnName]) -> Vec<(PublishedEndpoint, usize)> {
    let mut found: Vec<(PublishedEndpoint, usize)> = Vec::new();
    let own = own.iter().filter_map(|row| PublishedEndpoint::with_code(&row.endpoint));
    for row in published().estimates.iter().map(|row| row.endpoint).chain(own) {
        match found.iter_mut().find(|(endpoint, _)| *endpoint == row) {
            Some((_, count)) => *count += 1,
            None => found.push((row, 1)),
        }
    }
    // The sort is stable: of endpoints with as many rows the one of the first row comes first.
    found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    found
}

/// Fewest rows of an endpoint that has a button of its own; the others are in a list.
const ROWS_FOR_A_BUTTON: usize = 4;

/// The name of an endpoint on a button: its abbreviation where there is one.
fn endpoint_choice((endpoint, count): (PublishedEndpoint, usize)) -> Choice {
    let name = words::short_endpoint(endpoint);
    (endpoint.code().to_owned(), format!("{name} {count}"))
}

#[component]
fn Filters(page: Page) -> impl IntoView {
    let list = page.list;
    let of_endpoints = move |first: Option<&'static str>, is_offered: fn(usize) -> bool| {
        page.own_names.with(|own| {
            let all = published().estimates.len() + own.len();
            let first = first.map_or_else(|| format!("{} {all}", words::ALL), str::to_owned);
            let endpoints = endpoints(own).into_iter().filter(|(_, count)| is_offered(*count));
            let endpoints = endpoints.map(endpoint_choice);
            std::iter::once((String::new(), first))
                .chain(endpoints)
                .collect::<Vec<Choice>>()
        })
    };
    let choices = Signal::derive(move || of_endpoints(None, |count| count >= ROWS_FOR_A_BUTTON));
    let others = Signal::derive(move || of_endpoints(Some(words::CHOOSE_ONE), |count| count < ROWS_FOR_A_BUTTON));
    let endpoint = Signal::derive(move || {
        let endpoint = list.with(|list| list.endpoint);
        endpoint.map_or("", PublishedEndpoint::code).to_owned()
    });
    let set_endpoint = Callback::new(move |code: String| {
        list.update(|list| list.endpoint = PublishedEndpoint::with_code(&code));
    });
    let every = (String::new(), words::ALL.to_owned());
    let studies = Signal::derive(move || {
        let every = std::iter::once(every.clone());
        every.chain(page.studies()).collect::<Vec<Choice>>()
    });
    let study = Signal::derive(move || list.with(|list| list.study.clone().unwrap_or_default()));
    let set_study = Callback::new(move |id: String| {
        list.update(|list| list.study = (!id.is_empty()).then_some(id));
    });
    let figures = EstimateFigure::ALL.iter();
    let figures: Vec<Choice> = figures
        .map(|figure| (figure.code().to_owned(), words::figure_name(figure.code()).to_owned()))
        .collect();
    let figure = Signal::derive(move || list.with(|list| list.figure.code().to_owned()));
    let set_figure = Callback::new(move |code: String| {
        list.update(|list| list.figure = EstimateFigure::from_code(&code).unwrap_or_default());
    });
    view! {
        <div class="filters" role="group" aria-label=words::FILTERS>
            <Buttons name="endpoint" label=words::ENDPOINT choices value=endpoint set=set_endpoint/>
            <Select name="list.endpoint" label=words::OTHER_ENDPOINTS choices=others value=endpoint set=set_endpoint/>
            <Select name="list.study" label=words::STUDY choices=studies value=study set=set_study quoted=true/>
            <label class="labelled">
                <span>{words::SEARCH}</span>
                <input
                    type="search"
                    autocomplete="off"
                    name="list.words"
                    placeholder=words::SEARCH_HINT
                    prop:value=move || list.with(|list| list.words.clone())
                    on:input=move |event| list.update(|list| list.words = event_target_value(&event))
                />
            </label>
            <Buttons name="figure" label=words::FIGURE choices=Signal::stored(figures) value=figure set=set_figure/>
            <Order page/>
            <button type="button" data-testid="clear-filters" on:click=move |_| list.set(EstimateList::default())>
                {words::CLEAR_FILTERS}
            </button>
        </div>
    }
}

/// The order of the rows: where the heads of the columns are not shown, this is the only control of it.
#[component]
fn Order(page: Page) -> impl IntoView {
    let list = page.list;
    let code = |column: Column, descending: bool| format!("{}{}", if descending { "-" } else { "" }, column.code());
    let orders = Column::ALL.iter().flat_map(|&column| {
        [false, true].map(|descending| (code(column, descending), words::order(column.code(), descending)))
    });
    let orders: Vec<Choice> = orders.collect();
    let value = Signal::derive(move || list.with(|list| code(list.sort, list.descending)));
    let set = Callback::new(move |chosen: String| {
        let column = Column::from_code(chosen.trim_start_matches('-')).unwrap_or_default();
        list.update(|list| (list.sort, list.descending) = (column, chosen.starts_with('-')));
    });
    view! { <Select name="list.sort" label=words::SORT_BY choices=Signal::stored(orders) value set/> }
}

/// Whether a column holds numbers.
fn class(column: Column) -> &'static str {
    match column {
        Column::Enrolled | Column::Kmt2a | Column::Time | Column::N | Column::Estimate => "number",
        Column::Study | Column::Endpoint | Column::Population | Column::Spread | Column::Source => "",
    }
}

/// The estimates. A row stays the same element while it is listed, wherever it is moved to.
#[component]
fn Table(page: Page) -> impl IntoView {
    let axis = view! {
        <th scope="col" class="drawn" aria-label=words::INTERVAL>
            <span class="axis-ends">{words::AXIS.map(|end| view! { <span>{end}</span> })}</span>
        </th>
    };
    let heads = Column::ALL
        .iter()
        .map(|&column| view! { <Head page column/> }.into_any());
    let mut heads: Vec<AnyView> = heads.collect();
    heads.insert(Column::ALL.len() - 1, axis.into_any());
    view! {
        <div class="wide" data-testid="estimates" hidden=move || page.listed.with(Vec::is_empty)>
            <table class="estimates" class:one-axis=page.one_axis>
                <thead><tr><th scope="col" id=english().map(|_| CHOOSE_ID)>{words::CHOOSE}</th>{heads}</tr></thead>
                <tbody>
                    <For each=move || page.listed.get() key=Clone::clone children=move |id| view! { <Row page id/> }/>
                </tbody>
            </table>
        </div>
    }
}

/// The head of a column, which sorts by it.
#[component]
fn Head(page: Page, column: Column) -> impl IntoView {
    let list = page.list;
    let sorted = move || list.with(|list| (list.sort == column).then_some(list.descending));
    let state = move || match sorted() {
        None => "none",
        Some(false) => "ascending",
        Some(true) => "descending",
    };
    let mark = move || match sorted() {
        None => "",
        Some(false) => " ↑",
        Some(true) => " ↓",
    };
    let sort = move |_| {
        list.update(|list| {
            list.descending = list.sort == column && !list.descending;
            list.sort = column;
        })
    };
    view! {
        <th scope="col" class=class(column) aria-sort=state>
            <button type="button" class="link" name=format!("sort-{}", column.code()) on:click=sort>
                {words::column(column.code())}<span aria-hidden="true">{mark}</span>
            </button>
        </th>
    }
}

/// The id of the head of the boxes.
const CHOOSE_ID: &str = "choose-estimate";

/// The id of a cell that is part of the name of its row's box.
fn cell_id(id: &str, column: Column) -> String {
    format!("{}:{id}", column.code())
}

#[component]
fn Row(page: Page, id: String) -> impl IntoView {
    let row = page
        .rows
        .with_untracked(|rows| rows.iter().find(|row| row.id == id).cloned());
    let row = row?;
    let (known, sent) = (id.clone(), id.clone());
    let checked = Memo::new(move |_| page.chosen.with(|chosen| chosen.contains(&known)));
    let choose = move |event| page.choose(std::slice::from_ref(&sent), event_target_checked(&event));
    let cells = row
        .cells
        .iter()
        .cloned()
        .zip(Column::ALL.iter())
        .map(|(html, &column)| {
            let name = words::column(column.code());
            match column {
                Column::Study => {
                    let id = english().map(|_| cell_id(&row.id, column));
                    view! { <th id=id scope="row" inner_html=html></th> }.into_any()
                }
                Column::Endpoint | Column::Population => {
                    let id = english().map(|_| cell_id(&row.id, column));
                    view! { <td id=id data-label=name class=class(column) inner_html=html></td> }.into_any()
                }
                _ => view! { <td data-label=name class=class(column) inner_html=html></td> }.into_any(),
            }
        });
    let mut cells: Vec<AnyView> = cells.collect();
    // Where the page is not in English, cells in two languages name the box.
    let label = english().is_none().then_some(row.name);
    let labelled_by = english().map(|_| {
        let cells = [Column::Study, Column::Endpoint, Column::Population].map(|column| cell_id(&row.id, column));
        format!("{CHOOSE_ID} {}", cells.join(" "))
    });
    let drawn = view! { <td class="drawn" inner_html=row.drawn></td> };
    cells.insert(Column::ALL.len() - 1, drawn.into_any());
    Some(view! {
        <tr data-id=id>
            <td data-label=words::CHOOSE>
                <input
                    type="checkbox"
                    autocomplete="off"
                    name=format!("choose:{}", row.id)
                    aria-label=label
                    aria-labelledby=labelled_by
                    prop:checked=checked
                    prop:defaultChecked=checked
                    on:change=choose
                />
            </td>
            {cells}
        </tr>
    })
}

/// How many estimates are chosen, and what can be done with them; below what is browsed.
#[component]
pub fn Tray(page: Page) -> impl IntoView {
    let count = Memo::new(move |_| page.chosen.with(Vec::len));
    let is_browsed = move || {
        page.view
            .with(|view| !matches!(view.section(), "compare" | "check" | "reconstruct"))
    };
    let go = |view: EvidenceView| {
        let fragment = if view == EvidenceView::Pool {
            "pool"
        } else {
            view.section()
        };
        let _ = window().location().set_hash(fragment);
    };
    let compare = move |_| {
        page.chosen.with_untracked(|chosen| {
            page.compared.update(|compared| {
                compared.first = chosen.first().cloned();
                compared.second = chosen.get(1).cloned();
            });
        });
        go(EvidenceView::Compare);
    };
    view! {
        <div class="tray" role="region" aria-label=words::TRAY data-testid="tray" hidden=move || count.get() == 0 || !is_browsed()>
            <strong role="status">{move || words::chosen(count.get())}</strong>
            <button type="button" name="tray-compare" disabled=move || count.get() < 2 on:click=compare>{words::TRAY_COMPARE}</button>
            <button type="button" name="tray-pool" on:click=move |_| go(EvidenceView::Pool)>{words::TRAY_POOL}</button>
            <button type="button" class="link" name="tray-clear" on:click=move |_| page.chosen.set(Vec::new())>{words::REMOVE_ALL}</button>
        </div>
    }
}
