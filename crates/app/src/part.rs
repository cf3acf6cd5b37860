//! Parts of a page that its worker makes: HTML of results, placed by [`Part`], and what can be pressed in them.

use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlDetailsElement, HtmlElement, HtmlInputElement};

use cotside_words::lang::working as words;

use crate::result_table;
use crate::worker_link::{Link, Said};

/// What is being done, or why nothing could be done, with a way to stop it or to try again.
#[component]
pub fn Working(
    /// Whose work.
    link: Link,
) -> impl IntoView {
    let line = move || {
        let said = link.said.get();
        (!said.text.is_empty()).then(|| {
            let cancel = said.can_cancel.then(|| {
                view! { " "<button type="button" data-testid="cancel" on:click=move |_| link.cancel()>{words::CANCEL}</button> }
            });
            let retry = said.can_retry.then(|| {
                view! { " "<button type="button" data-testid="again" on:click=move |_| link.retry()>{words::TRY_AGAIN}</button> }
            });
            // A link with a target is left to the browser.
            let leave = said.leave_seal.then(|| {
                let here = window().location().pathname().unwrap_or_default();
                view! { " "<a href=here target="_self">{words::RELOAD}</a>{words::RELOAD_END} }
            });
            view! {
                <p
                    class=if said.refused { "remark invalid" } else { "" }
                    data-testid=said.refused.then_some("refused")
                >{said.text}{cancel}{retry}{leave}</p>
            }
        })
    };
    view! { <div role="status" aria-live="polite">{line}</div> }
}

/// A place for a part of the page.
///
/// When the part is replaced, open folds stay open, and the focus stays on the control that had it, with what was typed since.
#[component]
pub fn Part(
    /// Whose part.
    link: Link,
    /// Its name.
    name: &'static str,
    /// Its name for tests.
    #[prop(optional)]
    testid: &'static str,
    /// Whether it holds words of a file, which no browser should translate.
    #[prop(optional)]
    of_file: bool,
) -> impl IntoView {
    let html = link.part(name);
    let place = NodeRef::<Div>::new();
    Effect::new(move |_| {
        let html = html.get();
        if let Some(place) = place.get() {
            write(&place, &html);
        }
    });
    let waits = move || {
        link.waiting
            .with(|waiting| waiting.iter().any(|each| each == name))
            .then_some("")
    };
    view! {
        <div
            node_ref=place
            data-part=name
            data-testid=(!testid.is_empty()).then_some(testid)
            data-waiting=waits
            translate=of_file.then_some("no")
        ></div>
    }
}

/// A button that chooses a file, or several where the page takes them.
#[component]
pub fn FileButton(
    /// Who opens it.
    link: Link,
    /// Which kinds the browser offers.
    accept: &'static str,
    /// The name of the input for tests.
    testid: &'static str,
    /// The button's words.
    label: &'static str,
) -> impl IntoView {
    let chosen = move |event: leptos::ev::Event| choose(link, event_target(&event));
    view! {
        <label class="button">
            <input
                type="file"
                autocomplete="off"
                accept=accept
                multiple=link.takes_several()
                data-testid=testid
                on:change=chosen
            />
            <span>{label}</span>
        </label>
    }
}

/// Opens the file that was chosen.
fn choose(link: Link, input: HtmlInputElement) {
    if let Some(files) = input.files() {
        // The same file can be chosen again.
        link.open_files(&files, move || input.set_value(""));
    }
}

/// A region of the page in which parts stand: what is pressed in them is taken here.
///
/// In a part a button with `data-export="curves.svg"` asks for a file (`.png` and `.tiff` are painted here, at `data-dpi`), one
/// with `data-copy-figure="curves"` puts that figure into the clipboard, one with `data-print="curves"` prints it alone, one
/// with `data-table` makes a file of the table before it, or copies it, one with `data-copy` copies the text of that test id,
/// one with `data-focus="name"` leads to a control.
#[component]
pub fn Worked(
    /// Whose parts.
    link: Link,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let pressed = move |_| {
        link.hold();
        let released = Closure::once_into_js(move || link.release());
        let once = web_sys::AddEventListenerOptions::new();
        once.set_once(true);
        for event in ["pointerup", "pointercancel"] {
            let _ = window().add_event_listener_with_callback_and_add_event_listener_options(
                event,
                released.unchecked_ref(),
                &once,
            );
        }
    };
    let region = NodeRef::<Div>::new();
    let clicked = move |event: leptos::ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let button = target.and_then(|target| target.closest("button").ok().flatten());
        if let (Some(button), Some(region)) = (button, region.get_untracked()) {
            press(link, &region, &button);
        }
    };
    let keyed = move |event: leptos::ev::KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(target) = target.filter(|_| event.key() == "Escape") {
            fold(&target);
        }
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
            link.open_files(&files, || ());
        }
    };
    view! {
        <div
            node_ref=region
            class="worked"
            class:busy=link.busy
            on:pointerdown=pressed
            on:click=clicked
            on:keydown=keyed
            on:dragover=|event| event.prevent_default()
            on:drop=dropped
        >{children()}</div>
    }
}

fn press(link: Link, region: &Element, button: &Element) {
    let data = |name: &str| button.get_attribute(&format!("data-{name}"));
    if let Some(figure) = data("print") {
        if let Some(figure) = find(region, "data-figure", &figure) {
            print_one(&figure);
        }
    } else if let Some(of) = data("copy") {
        if let Some(text) = find(region, "data-testid", &of).and_then(|text| text.dyn_into::<HtmlElement>().ok()) {
            spawn_local(async move { copy(link, text).await });
        }
    } else if let Some(figure) = data("copy-figure") {
        link.copy_figure(&figure);
    } else if let (Some(file), Some(form)) = (data("table"), data("as")) {
        let button = button.clone();
        spawn_local(async move { result_table::take(link, button, file, form).await });
    } else if let Some(file) = data("export") {
        link.export(&file, data("dpi").and_then(|dpi| dpi.parse().ok()).unwrap_or(600));
        fold(button);
    } else if let Some(name) = data("focus") {
        lead(region, &name);
    }
}

/// Closes the list of files in which a button stands, and leads back to it.
fn fold(inside: &Element) {
    let list = inside.closest("details.files").ok().flatten();
    if let Some(list) = list.and_then(|list| list.dyn_into::<HtmlDetailsElement>().ok()) {
        list.set_open(false);
        let head = list.query_selector("summary").ok().flatten();
        if let Some(head) = head.and_then(|head| head.dyn_into::<HtmlElement>().ok()) {
            let _ = head.focus();
        }
    }
}

fn find(region: &Element, attribute: &str, value: &str) -> Option<Element> {
    let value = js_sys::JSON::stringify(&value.into()).ok()?;
    region
        .query_selector(&format!("[{attribute}={}]", String::from(value)))
        .ok()
        .flatten()
}

/// Prints one figure alone.
fn print_one(figure: &Element) {
    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = cotsidePicture, js_name = printOne, catch)]
        fn print(figure: &Element) -> Result<(), JsValue>;
    }
    let figure = figure.clone();
    spawn_local(async move {
        if crate::site_files::run("picture").await.is_ok() {
            let _ = print(&figure);
        }
    });
}

/// Puts a text into the clipboard, or selects it where the browser does not let it.
async fn copy(link: Link, element: HtmlElement) {
    let clipboard = window().navigator().clipboard();
    let copied = JsFuture::from(clipboard.write_text(&element.inner_text())).await;
    let text = if copied.is_ok() {
        words::COPIED
    } else {
        if let Ok(Some(selection)) = window().get_selection() {
            let _ = selection.select_all_children(&element);
        }
        words::SELECTED
    };
    link.say(Said {
        text: text.to_owned(),
        ..Said::default()
    });
}

/// To the control of this name, or to the first one of what stands under it.
fn lead(region: &Element, name: &str) {
    let Ok(controls) = region.query_selector_all("[name]") else {
        return;
    };
    let under = format!("{name}/");
    let controls = (0..controls.length()).filter_map(|at| controls.get(at)?.dyn_into::<HtmlElement>().ok());
    let is_it = |control: &HtmlElement| {
        let named = control.get_attribute("name").unwrap_or_default();
        let place = match named.split_once(':') {
            Some((kind, place)) if kind.bytes().all(|letter| letter.is_ascii_lowercase()) => place,
            _ => &named,
        };
        place == name || place.starts_with(&under)
    };
    if let Some(control) = controls.into_iter().find(is_it) {
        let middle = web_sys::ScrollIntoViewOptions::new();
        middle.set_block(web_sys::ScrollLogicalPosition::Center);
        control.scroll_into_view_with_scroll_into_view_options(&middle);
        let _ = control.focus();
    }
}

/// Replaces the HTML of a part.
fn write(place: &Element, html: &str) {
    let active = document()
        .active_element()
        .filter(|active| place.contains(Some(active)));
    let before = active.as_ref().and_then(Known::of);
    let open = opened(place);
    place.set_inner_html(html);
    for details in folds(place) {
        if details
            .get_attribute("data-testid")
            .is_some_and(|name| open.contains(&name))
        {
            details.set_open(true);
        }
    }
    if let Some(before) = before {
        before.restore(place);
    }
}

fn folds(place: &Element) -> Vec<HtmlDetailsElement> {
    let Ok(found) = place.query_selector_all("details[data-testid]") else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into().ok())
        .collect()
}

fn opened(place: &Element) -> Vec<String> {
    let open = folds(place).into_iter().filter(HtmlDetailsElement::open);
    open.filter_map(|details| details.get_attribute("data-testid"))
        .collect()
}

/// The control that has the focus, as it is found again when its part is replaced.
struct Known {
    /// A selector that finds it.
    selector: String,
    /// What was typed and not sent yet.
    typed: Option<String>,
}

impl Known {
    fn of(control: &Element) -> Option<Self> {
        let quoted = |text: &str| {
            let quoted = js_sys::JSON::stringify(&text.into()).ok()?;
            Some(String::from(quoted))
        };
        // Buttons are known by what they do.
        let attribute = [
            "name",
            "data-export",
            "data-print",
            "data-copy",
            "data-copy-figure",
            "data-table",
        ]
        .into_iter()
        .find(|name| control.has_attribute(name))?;
        let mut selector = format!("[{attribute}={}]", quoted(&control.get_attribute(attribute)?)?);
        for more in ["data-dpi", "data-as"] {
            if let Some(value) = control.get_attribute(more) {
                selector.push_str(&format!("[{more}={}]", quoted(&value)?));
            }
        }
        let input = control.dyn_ref::<HtmlInputElement>();
        if let Some(radio) = input.filter(|input| input.type_() == "radio") {
            selector.push_str(&format!("[value={}]", quoted(&radio.value())?));
        }
        let typed = input.filter(|input| input.type_() == "text" && input.value() != input.default_value());
        Some(Self {
            selector,
            typed: typed.map(HtmlInputElement::value),
        })
    }

    fn restore(&self, place: &Element) {
        let found = place.query_selector(&self.selector).ok().flatten();
        let Some(control) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        let still = web_sys::FocusOptions::new();
        still.set_prevent_scroll(true);
        let _ = control.focus_with_options(&still);
        if let (Some(typed), Some(input)) = (&self.typed, control.dyn_ref::<HtmlInputElement>()) {
            input.set_value(typed);
        }
    }
}
