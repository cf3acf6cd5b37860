//! A table of the results as it stands on the page: into the clipboard, as CSV, for Word.

use cotside_messages::{Cell, Table};
use cotside_words::lang::working as words;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, HtmlTableCellElement, HtmlTableElement, HtmlTableRowElement};

use crate::worker_link::Link;
use crate::{download, file_maker};

/// Does what a button of a table asks for: `file` is the name of its files, `form` what is wanted of it.
pub async fn take(link: Link, button: Element, file: String, form: String) {
    let Some(table) = of_button(&button) else {
        return;
    };
    match form.as_str() {
        "copy" => {
            let copied = download::copy_cells(&table.to_html(), &table.to_tabs()).await;
            link.tell(if copied.is_ok() {
                words::TABLE_COPIED
            } else {
                words::CLIPBOARD_REFUSED
            });
        }
        "csv" => download::text(&format!("{file}.csv"), &table.to_csv()),
        _ => link.hand_over(&format!("{file}.docx"), file_maker::word(table)).await,
    }
}

/// The table before the buttons, with the paragraphs behind them.
fn of_button(button: &Element) -> Option<Table> {
    let tools = button.closest(".of-table").ok().flatten()?;
    let place = tools.previous_element_sibling()?;
    let table = match place.clone().dyn_into::<HtmlTableElement>() {
        Ok(table) => table,
        Err(place) => place.query_selector("table").ok().flatten()?.dyn_into().ok()?,
    };
    let attribute = |name: &str| tools.get_attribute(name).unwrap_or_default();
    let (mut head, mut body) = (Vec::new(), Vec::new());
    let rows = table.rows();
    for row in (0..rows.length()).filter_map(|at| rows.item(at)?.dyn_into::<HtmlTableRowElement>().ok()) {
        let in_head = row.parent_element().is_some_and(|parent| parent.tag_name() == "THEAD");
        let cells = row.cells();
        let cells = (0..cells.length()).filter_map(|at| cells.item(at)?.dyn_into::<HtmlTableCellElement>().ok());
        if in_head { &mut head } else { &mut body }.push(cells.map(|cell| of_cell(&cell)).collect());
    }
    Some(Table {
        title: attribute("data-title"),
        head,
        body,
        notes: notes(&tools),
        source: attribute("data-source"),
    })
}

fn of_cell(cell: &HtmlTableCellElement) -> Cell {
    let has = |class: &str| cell.class_list().contains(class);
    Cell {
        text: cell.inner_text().trim().to_owned(),
        columns: cell.col_span() as usize,
        rows: cell.row_span() as usize,
        heads: cell.tag_name() == "TH",
        inset: has("level"),
        number: has("number"),
    }
}

/// The paragraphs directly behind the buttons of a table.
fn notes(tools: &Element) -> Vec<String> {
    let mut notes = Vec::new();
    let mut next = tools.next_element_sibling();
    while let Some(paragraph) = next.filter(|element| element.tag_name() == "P") {
        if let Some(text) = paragraph.dyn_ref::<HtmlElement>().map(HtmlElement::inner_text) {
            notes.push(text.trim().to_owned());
        }
        next = paragraph.next_element_sibling();
    }
    notes
}
