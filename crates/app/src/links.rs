//! Addresses: everything that knows where the site stands, and moving between its pages without loading them anew.

use cotside_words::lang;
use cotside_words::languages::LANGUAGES;
use leptos::prelude::*;
use maud::html as markup;
use wasm_bindgen::JsCast as _;

/// Path under which the site stands, without a slash at its end: empty at the root, `/repo` on a project page.
#[must_use]
pub fn base() -> String {
    let uri = document().base_uri().ok().flatten().unwrap_or_default();
    let path = web_sys::Url::new(&uri).map(|url| url.pathname()).unwrap_or_default();
    // The base is a folder: what stands behind the last slash is a file.
    path.rsplit_once('/')
        .map_or_else(String::new, |(folder, _)| folder.to_owned())
}

/// Path of the site's root, where English stands: the other languages stand in a folder of it.
fn root() -> String {
    let mut base = base();
    if lang::CODE != "en" && base.ends_with(lang::CODE) {
        base.truncate(base.len() - lang::CODE.len() - 1);
    }
    base
}

/// A route in the languages that were built with this one. Findings go along where the address already holds them.
#[must_use]
pub fn languages(route: &str) -> String {
    let hash = window().location().hash().unwrap_or_default();
    let slash = if route.is_empty() { "" } else { "/" };
    let each = LANGUAGES.iter().filter(|each| is_built(each.code)).map(|each| {
        let to = format!("{}/{}{route}{slash}{hash}", root(), each.folder);
        let current = each.code == lang::CODE;
        markup! { a href=(to) hreflang=(each.code) lang=(each.code) aria-current=(current) { (each.name) } }
    });
    markup! { @for link in each { (link) } }.into_string()
}

/// Whether the site has this language, and others besides.
#[must_use]
pub fn is_built(code: &str) -> bool {
    option_env!("COTSIDE_LANGUAGES").unwrap_or_default().contains(code)
}

/// Address of the page of comparisons with R: a document of its own, in English, which is made by the build.
#[must_use]
pub fn validation() -> String {
    format!("{}/validation/", root())
}

/// Address of a route (`stratify/`) or file (`samples/severance.csv`) of the site in this language; empty for the first page.
#[must_use]
pub fn href(route: &str) -> String {
    format!("{}/{route}", base())
}

/// Address of a protocol's page.
#[must_use]
pub fn protocol_href(id: &str) -> String {
    href(&format!("protocols/{id}/"))
}

/// Address of the page for one infant with the row of a protocol opened.
#[must_use]
pub fn row_href(id: &str) -> String {
    href(&format!("stratify/#row-{id}"))
}

/// Which rules, evidence and program this is.
#[must_use]
pub fn versions() -> String {
    cotside_words::versions(&build())
}

/// The number of this build.
#[must_use]
pub fn build() -> String {
    let tag = document().query_selector("meta[name=build]").ok().flatten();
    tag.and_then(|tag| tag.get_attribute("content")).unwrap_or_default()
}

/// The route of a path: what stands below the site's root, without slashes at its ends (`protocols/mll-10`).
fn route_of(path: &str) -> String {
    let below = path.strip_prefix(&base()).unwrap_or(path);
    below.trim_matches('/').to_owned()
}

/// The route that is shown. Following a link to another page of the site, and the browser's back and forward, change
/// it; everything else that is clicked is left to the browser.
///
/// (A router crate would add about 50 kB to the first load; there are six routes and one parameter.)
#[must_use]
pub fn current_route() -> ReadSignal<String> {
    let here = || route_of(&window().location().pathname().unwrap_or_default());
    let (route, set_route) = signal(here());
    let follow = move |event: leptos::ev::MouseEvent| {
        let Some(path) = page_link(&event) else { return };
        event.prevent_default();
        let address = format!("{}{}", path.0, path.1);
        let pushed = window()
            .history()
            .and_then(|history| history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address)));
        if pushed.is_ok() {
            set_route.set(route_of(&path.0));
            window().scroll_to_with_x_and_y(0.0, 0.0);
            focus_main();
            show_fragment(&path.1);
        }
    };
    let _ = window_event_listener(leptos::ev::click, follow);
    show_fragment(&window().location().hash().unwrap_or_default());
    let _ = window_event_listener(leptos::ev::popstate, move |_| {
        let now = here();
        if route.with_untracked(|route| *route != now) {
            set_route.set(now);
        }
    });
    route
}

/// The path of the site's page to which a plain click on a link goes, and the fragment behind it.
fn page_link(event: &leptos::ev::MouseEvent) -> Option<(String, String)> {
    if event.default_prevented() || event.button() != 0 {
        return None;
    }
    if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
        return None;
    }
    let clicked = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = clicked
        .closest("a[href]")
        .ok()??
        .dyn_into::<web_sys::HtmlAnchorElement>()
        .ok()?;
    let inside =
        link.origin() == window().location().origin().ok()? && link.pathname().starts_with(&format!("{}/", base()));
    // Another language is another program.
    let plain = !link.has_attribute("download") && !link.has_attribute("hreflang") && link.target().is_empty();
    // Within a page a fragment is the browser's.
    let elsewhere = link.hash().is_empty() || link.pathname() != window().location().pathname().ok()?;
    (inside && plain && elsewhere && link.pathname().ends_with('/')).then(|| (link.pathname(), link.hash()))
}

/// How often, and how many milliseconds apart, a row is looked for that a fragment names: the page comes in stages.
const ATTEMPTS: (u32, u64) = (60, 50);

/// Tells the page that was gone to what its fragment names; opens the row of a protocol (`#row-mll-10`).
fn show_fragment(fragment: &str) {
    if fragment.is_empty() {
        return;
    }
    // Parts that are shown again hear of the fragment as they do within a page.
    request_animation_frame(|| {
        if let Ok(event) = web_sys::Event::new("hashchange") {
            let _ = window().dispatch_event(&event);
        }
    });
    if let Some(row) = fragment.strip_prefix('#').filter(|name| name.starts_with("row-")) {
        open_row(row.to_owned(), ATTEMPTS.0);
    }
}

/// Brings what the address names behind `#` into view, where it came into the page only now.
pub fn show_place() {
    request_animation_frame(|| {
        let hash = window().location().hash().unwrap_or_default();
        let named = hash.strip_prefix('#').and_then(|id| document().get_element_by_id(id));
        if let Some(named) = named {
            named.scroll_into_view();
        }
    });
}

/// Opens the section of rows that holds a row, where it is folded.
fn unfold(row: &web_sys::Element) {
    let fold = row
        .closest("[hidden]")
        .ok()
        .flatten()
        .and_then(|hidden| hidden.parent_element());
    let button = fold.and_then(|part| part.query_selector("button[aria-expanded=\"false\"]").ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok()) {
        button.click();
    }
}

/// Opens the row with this test id once it is there, with the folds that hold it, and brings it into view.
fn open_row(name: String, attempts: u32) {
    let found = document().query_selector(&format!("details[data-testid=\"{}\"]", name.replace(['"', '\\'], "")));
    match found {
        Ok(Some(row)) => {
            let mut around = Some(row.clone());
            while let Some(fold) = around {
                let _ = fold.set_attribute("open", "");
                let parent = fold.parent_element();
                around = parent.and_then(|parent| parent.closest("details").ok().flatten());
            }
            unfold(&row);
            row.scroll_into_view();
            if let Ok(Some(summary)) = row.query_selector("summary")
                && let Ok(summary) = summary.dyn_into::<web_sys::HtmlElement>()
            {
                let _ = summary.focus();
            }
        }
        _ if attempts > 0 => {
            set_timeout(
                move || open_row(name, attempts - 1),
                std::time::Duration::from_millis(ATTEMPTS.1),
            );
        }
        _ => {}
    }
}

/// Puts the focus where the content begins, so that Tab and a screen reader go on from there.
pub fn focus_main() {
    focus_id("main");
}

/// Puts the focus on the element with this id.
pub fn focus_id(id: &str) {
    if let Some(element) = document().get_element_by_id(id)
        && let Ok(element) = element.dyn_into::<web_sys::HtmlElement>()
    {
        let _ = element.focus();
    }
}

/// Names the page in the browser's tab and history.
pub fn set_title(title: &str) {
    document().set_title(&if title.is_empty() {
        "Cotside".to_owned()
    } else {
        format!("{title} · Cotside")
    });
}
