//! `/evidence`: published outcomes, in views that stand behind # in the address.

use cotside_core::evidence::published;
use cotside_core::protocols::EVIDENCE_DATE;
use cotside_messages::Request;
use cotside_words::en::evidence_page::{self as words, View};
use cotside_words::lang::page;
use js_sys::Reflect;
use leptos::html::Section;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;
use web_sys::Element;

use crate::part::{Part, Worked, Working};
use crate::worker_link::{Link, Work};
use crate::{links, site_files};

const WORK: Work = Work {
    page: "evidence",
    modules: &["evidence"],
    samples: &[],
    late: false,
    ordered: false,
    narrow: None,
};

const VIEWS: [View; 6] = [
    words::ESTIMATES,
    words::STUDIES,
    words::FIVE_STUDIES,
    words::CHECK,
    words::COMPARE,
    words::RECONSTRUCT,
];

/// The page.
#[component]
pub fn Evidence() -> impl IntoView {
    links::set_title(page::EVIDENCE);
    let link = Link::new(WORK);
    spawn_local(async {
        let _ = site_files::run("digitiser").await;
    });
    let go = move || {
        link.send(Request::Set {
            name: "fragment".to_owned(),
            value: fragment(),
        });
    };
    go();
    let moved = window_event_listener(leptos::ev::hashchange, move |_| go());
    on_cleanup(move || moved.remove());
    let menu = VIEWS.map(|view| {
        let current = move || {
            link.view
                .with(|shown| shown.as_deref() == Some(view.fragment))
                .then_some("true")
        };
        view! { <a href=format!("evidence/#{}", view.fragment) aria-current=current>{view.name}</a> }
    });
    let part = move |name: &'static str| view! { <Part link name testid=name/> }.into_any();
    let parts = move |names: &[&'static str]| names.iter().map(|name| part(name)).collect_view().into_any();
    let table = published();
    let held = words::held(table.estimates.len(), table.studies.len(), EVIDENCE_DATE);
    view! {
        <div lang="en">
            <h1>{page::EVIDENCE}</h1>
            <Worked link>
                <Working link/>
                <nav class="views" aria-label=words::VIEWS data-part="menu">{menu}</nav>
                <Shown link view=words::ESTIMATES lead=held>{parts(&["estimates-controls", "estimates"])}</Shown>
                <Shown link view=words::STUDIES>{part("studies")}</Shown>
                <Shown link view=words::FIVE_STUDIES>{part("five-studies")}</Shown>
                <Shown link view=words::CHECK>{parts(&["check-controls", "check"])}</Shown>
                <Shown link view=words::COMPARE>
                    {parts(&["compare-controls", "compare"])}
                    <h3>{words::POOL}</h3>
                    {parts(&["pool-controls", "pool"])}
                </Shown>
                <Shown link view=words::RECONSTRUCT>
                    <cotside-seal class="seal" data-testid="seal"></cotside-seal>
                    <Digitiser link/>
                    {parts(&["curve-controls", "curve"])}
                </Shown>
            </Worked>
        </div>
    }
}

/// What stands behind # in the address; as it stands where it cannot be decoded, as in a link that was cut.
fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    let text = hash.trim_start_matches('#');
    js_sys::decode_uri_component(text).map_or_else(|_| text.to_owned(), String::from)
}

/// A view, which is there while it is shown; who came from another one stands at its beginning.
#[component]
fn Shown(link: Link, view: View, #[prop(optional)] lead: String, children: Children) -> impl IntoView {
    let section = NodeRef::<Section>::new();
    let hidden = Memo::new(move |_| link.view.with(|shown| shown.as_deref() != Some(view.fragment)));
    Effect::new(move |before: Option<Option<String>>| {
        let shown = link.view.get();
        let came = before
            .flatten()
            .is_some_and(|before| Some(before.as_str()) != shown.as_deref());
        if came
            && shown.as_deref() == Some(view.fragment)
            && let Some(section) = section.get_untracked()
        {
            let _ = section.focus();
        }
        shown
    });
    let id = format!("view-{}", view.fragment);
    let labelled_by = id.clone();
    let lead = if lead.is_empty() { view.lead.to_owned() } else { lead };
    view! {
        <section
            node_ref=section
            data-view=view.fragment
            tabindex="-1"
            aria-labelledby=labelled_by
            hidden=hidden
        >
            <h2 id=id>{view.title}</h2>
            {(!lead.is_empty()).then(|| view! { <p class="prose">{lead}</p> })}
            {children()}
        </section>
    }
}

/// A picture of a curve with marks (`www/scripts/digitiser.js`): what is marked goes to the worker, and points that it finds
/// come back.
#[component]
fn Digitiser(link: Link) -> impl IntoView {
    const MARKS: &str = "curve.marks";
    let place = NodeRef::<leptos::html::Div>::new();
    let changed = move |event: leptos::ev::Event| {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        let get = |name: &str| Reflect::get(&target, &name.into()).unwrap_or_default();
        let (Some(name), value) = (get("name").as_string(), get("value")) else {
            return;
        };
        match value.as_string() {
            _ if name.is_empty() => {}
            Some(value) => link.send(Request::Set { name, value }),
            None => link.trace(value),
        }
    };
    // The points that the worker found; of other controls what it says.
    Effect::new(move |_| {
        link.controls.with(|controls| {
            for (name, value) in controls {
                let control = place
                    .get_untracked()
                    .and_then(|place| place.closest("section").ok().flatten())
                    .and_then(|section| section.query_selector(&format!("[name=\"{name}\"]")).ok().flatten());
                if let Some(control) = control {
                    let _ = Reflect::set(&control, &"value".into(), &value.into());
                }
            }
        });
    });
    view! {
        <div node_ref=place on:change=changed>
            <cotside-digitiser name=MARKS data-testid="digitiser"></cotside-digitiser>
        </div>
    }
}
