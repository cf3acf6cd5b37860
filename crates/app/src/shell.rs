//! The frame of every page: its head, one line with the pages and two menus, and its foot.

use cotside_words::lang::{self, page, site};
use cotside_words::languages::LANGUAGES;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::links::{self, href};

/// The pages of the head: route and name.
const PAGES: [(&str, &str); 5] = [
    ("stratify", page::NAV_STRATIFY),
    ("analyse", page::NAV_ANALYSE),
    ("protocols", page::NAV_PROTOCOLS),
    ("evidence", page::NAV_EVIDENCE),
    ("plan", page::NAV_PLAN),
];

/// The pages of the menu "About".
const ABOUT: [(&str, &str); 3] = [
    ("about", page::NAV_ABOUT),
    ("privacy", page::NAV_PRIVACY),
    ("changes", site::NAV_CHANGES),
];

/// The first part of a route, which names the page in the head: `protocols` of `protocols/mll-10`. Pooled analyses belong to
/// those of a cohort.
fn first_part(route: &str) -> &str {
    match route.split('/').next() {
        Some("combine") => "analyse",
        part => part.unwrap_or_default(),
    }
}

/// The brand, the pages with the current one marked, the badge of the seal, the languages, and what is known of the program.
#[component]
pub fn Head(
    /// The route that is shown.
    route: ReadSignal<String>,
) -> impl IntoView {
    // On a narrow screen the pages are a menu.
    let pages = Disclosure::new("pages", route);
    let here = move || {
        let name = route.with(|route| {
            let mut all = PAGES.iter().chain(&ABOUT);
            all.find(|(to, _)| *to == first_part(route)).map(|(_, name)| *name)
        });
        name.map(|name| view! { <span class="here" aria-hidden="true">"· "{name}</span> })
    };
    view! {
        <header class="head">
            <button
                type="button"
                class="menu-pages"
                data-disclosure="pages"
                aria-controls="pages"
                aria-expanded=move || pages.open.get().to_string()
                on:click=move |_| pages.toggle()
            >
                <span class="hidden">{site::MENU}</span>
            </button>
            <a class="brand" href=href("")>"Cotside"</a>
            {here}
            <nav id="pages" data-disclosure="pages" class:open=pages.open aria-label=page::PAGES>
                {PAGES.map(|(to, name)| page_link(route, to, name, ""))}
                <a href=links::validation() hreflang="en" target="_blank" rel="noopener">
                    {site::NAV_VALIDATION}<span aria-hidden="true">" ↗"</span><span class="hidden">{site::NEW_TAB}</span>
                </a>
                {ABOUT.map(|(to, name)| page_link(route, to, name, "narrow"))}
            </nav>
            <cotside-seal short="" says-open=site::SEAL_OPEN says-sealed=site::SEAL_SEALED says-broken=site::SEAL_BROKEN></cotside-seal>
            <Languages route/>
            <Menu route id="about" name=site::ABOUT_MENU>
                {ABOUT.map(|(to, name)| page_link(route, to, name, ""))}
                <p class="quiet">{links::versions()}</p>
            </Menu>
        </header>
    }
}

/// A link of the head, marked where its page is shown.
fn page_link(
    route: ReadSignal<String>,
    to: &'static str,
    name: &'static str,
    class: &'static str,
) -> impl IntoView + use<> {
    let current = move || route.with(|route| first_part(route) == to).then_some("page");
    let class = Some(class).filter(|class| !class.is_empty());
    view! { <a href=href(&format!("{to}/")) class=class aria-current=current>{name}</a> }
}

/// The languages that were built with this one; nothing where it is the only one.
#[component]
fn Languages(route: ReadSignal<String>) -> impl IntoView {
    let several = LANGUAGES.iter().any(|language| links::is_built(language.code));
    let code = match lang::CODE {
        "ja" => "JA",
        "ko" => "KO",
        _ => "EN",
    };
    several.then(|| {
        view! {
            <Menu route id="languages" name=code label=page::LANGUAGES>
                <div inner_html=route.with_untracked(|route| links::languages(route))></div>
            </Menu>
        }
    })
}

/// A menu of the head: a button, and the links that it opens.
#[component]
fn Menu(
    /// The route that is shown.
    route: ReadSignal<String>,
    /// What the menu is called in the page.
    id: &'static str,
    /// The text of the button.
    name: &'static str,
    /// What stands before it for screen readers.
    #[prop(optional)]
    label: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let menu = Disclosure::new(id, route);
    view! {
        <div class="menu" data-disclosure=id>
            <button
                type="button"
                data-testid=format!("menu-{id}")
                aria-controls=id
                aria-expanded=move || menu.open.get().to_string()
                on:click=move |_| menu.toggle()
            >
                {(!label.is_empty()).then(|| view! { <span class="hidden">{label}" "</span> })}
                <span>{name}</span>
            </button>
            <div class="menu-list" id=id hidden=move || !menu.open.get()>
                {move || menu.open.get().then(|| children())}
            </div>
        </div>
    }
}

/// Something that a button opens and closes. Escape closes it, as do leaving it and going to another page.
#[derive(Clone, Copy)]
struct Disclosure {
    open: RwSignal<bool>,
}

impl Disclosure {
    /// One whose button and links are in elements with this `data-disclosure`.
    fn new(id: &'static str, route: ReadSignal<String>) -> Self {
        let this = Self {
            open: RwSignal::new(false),
        };
        Effect::new(move |_| {
            route.track();
            this.open.set(false);
        });
        let left = move |target: Option<web_sys::EventTarget>| {
            if this.open.get_untracked() && !is_inside(target, id) {
                this.open.set(false);
            }
        };
        let clicked = window_event_listener(ev::click, move |event| left(event.target()));
        let focused = window_event_listener(ev::focusin, move |event| left(event.target()));
        let pressed = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" && this.open.get_untracked() {
                this.open.set(false);
                focus_button(id);
            }
        });
        on_cleanup(move || {
            clicked.remove();
            focused.remove();
            pressed.remove();
        });
        this
    }

    fn toggle(self) {
        self.open.update(|open| *open = !*open);
    }
}

/// Selects what belongs to a disclosure.
fn selector(id: &str) -> String {
    format!("[data-disclosure=\"{id}\"]")
}

fn is_inside(target: Option<web_sys::EventTarget>, id: &str) -> bool {
    let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| matches!(element.closest(&selector(id)), Ok(Some(_))))
}

/// Puts the focus back on the button that opened what is closed.
fn focus_button(id: &str) {
    let button = document().query_selector(&format!("button[aria-controls=\"{id}\"]"));
    if let Ok(Some(button)) = button
        && let Ok(button) = button.dyn_into::<web_sys::HtmlElement>()
    {
        let _ = button.focus();
    }
}

/// Intended use, and which rules, evidence and program this is.
#[component]
pub fn Foot() -> impl IntoView {
    view! {
        <footer class="foot">
            <p>{lang::INTENDED_USE}</p>
            <p class="quiet">{links::versions()}</p>
        </footer>
    }
}
