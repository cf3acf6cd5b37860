//! `/evidence`: published outcomes to browse, compare and pool, check and digitise. The view is in the fragment of the
//! address.
//!
//! The page owns every setting ([`Page`]) and sends each group of them to the worker when it changes; results are HTML of
//! the worker, placed by `Part`.

mod browse;
mod check;
mod compare;
mod control;
mod digitise;

use cotside_core::evidence::{Estimate, published};
use cotside_core::protocols::EVIDENCE_DATE;
use cotside_messages::{
    ComparedEstimates, CurveNumbers, EstimateList, EstimateRow, EvidenceEvent, EvidenceRequest, EvidenceView,
    PictureMarks, PoolSettings, ReportedNumbers, Request,
};
use cotside_words::en::evidence_page::{self as words, View};
use cotside_words::lang::page;
use leptos::html::Section;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::part::{Part, Worked, Working};
use crate::site_files;
use crate::worker_link::{Link, Work, is_sealed};
use crate::worker_pages::{WorkerPage, is_shown};

use browse::{Browse, Tray};
use check::Check;
use compare::{Compare, Pool};
use digitise::Digitise;

const WORK: Work = Work {
    page: "evidence",
    modules: &["evidence"],
    samples: &[],
    late: false,
    ordered: false,
    makes_files: true,
    several: false,
    keeps: false,
    narrow: None,
};

/// The sections that can be browsed.
const BROWSED: [View; 4] = [words::ESTIMATES, words::STUDIES, words::SUMMARY, words::HISTORY];

/// What the page holds. A copy is the same page.
#[derive(Clone, Copy)]
struct Page {
    link: Link,
    view: RwSignal<EvidenceView>,
    list: RwSignal<EstimateList>,
    /// Every estimate's cells; empty until the worker has made them.
    rows: RwSignal<Vec<EstimateRow>>,
    /// Ids of the estimates that are listed, in their order.
    listed: RwSignal<Vec<String>>,
    /// Whether those share an endpoint.
    one_axis: RwSignal<bool>,
    /// Ids of the chosen estimates, in the order of the table.
    chosen: RwSignal<Vec<String>>,
    compared: RwSignal<ComparedEstimates>,
    pool: RwSignal<PoolSettings>,
    numbers: RwSignal<ReportedNumbers>,
    /// What of a pasted sentence was not understood.
    unread: RwSignal<Vec<String>>,
    curve: RwSignal<CurveNumbers>,
    marks: RwSignal<PictureMarks>,
    /// Marks that the worker found, for the digitiser.
    followed: RwSignal<Option<String>>,
    /// The reconstructed curve, for the digitiser.
    overlay: RwSignal<String>,
    /// Whether a file is to give the points. A worker that takes the place of another one reads file and marks again, which
    /// must not undo what was typed since.
    awaits_file: StoredValue<bool>,
    /// The marks of which points were taken last.
    taken: StoredValue<Option<PictureMarks>>,
}

impl Page {
    fn new() -> Self {
        let page = Self {
            link: Link::new(WORK),
            view: RwSignal::new(EvidenceView::of(&fragment())),
            list: RwSignal::default(),
            rows: RwSignal::default(),
            listed: RwSignal::default(),
            one_axis: RwSignal::default(),
            chosen: RwSignal::default(),
            compared: RwSignal::default(),
            pool: RwSignal::default(),
            numbers: RwSignal::default(),
            unread: RwSignal::default(),
            curve: RwSignal::default(),
            marks: RwSignal::default(),
            followed: RwSignal::default(),
            overlay: RwSignal::default(),
            awaits_file: StoredValue::default(),
            taken: StoredValue::default(),
        };
        page.follow(page.list, EvidenceRequest::List);
        page.follow(page.chosen, EvidenceRequest::Choose);
        page.follow(page.compared, EvidenceRequest::Compare);
        page.follow(page.pool, EvidenceRequest::Pool);
        page.follow(page.numbers, EvidenceRequest::Check);
        page.follow(page.marks, EvidenceRequest::Marks);
        page.follow(page.curve, EvidenceRequest::Reconstruct);
        page.follow_studies();
        Effect::new(move |_| page.hear());
        page
    }

    fn ask(self, value: EvidenceRequest) {
        self.link.send(Request::Evidence { value });
    }

    /// Tells the worker a group of settings now and whenever it changes.
    fn follow<T>(self, settings: RwSignal<T>, request: fn(T) -> EvidenceRequest)
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        Effect::new(move |before: Option<T>| {
            let now = settings.get();
            if before.as_ref() != Some(&now) {
                self.ask(request(now.clone()));
            }
            now
        });
    }

    /// Asks for the study that is shown, or for the list of studies.
    fn follow_studies(self) {
        Effect::new(move |before: Option<Option<EvidenceView>>| {
            let before = before.flatten();
            let shown = self.view.get();
            let id = match &shown {
                EvidenceView::Studies => None,
                EvidenceView::Study(id) => Some(id.clone()),
                _ => return before,
            };
            if before.as_ref() != Some(&shown) {
                // The study before is not that of this address.
                self.link.part("studies").set(String::new());
                self.ask(EvidenceRequest::Studies(id));
            }
            Some(shown)
        });
    }

    /// Takes what the worker said.
    fn hear(self) {
        if self.link.evidence.with(Vec::is_empty) {
            return;
        }
        for event in self.link.evidence.try_update(std::mem::take).unwrap_or_default() {
            match event {
                EvidenceEvent::Rows(rows) => self.rows.set(rows),
                EvidenceEvent::Listed { ids, one_axis } => {
                    self.listed.set(ids);
                    self.one_axis.set(one_axis);
                }
                EvidenceEvent::Numbers { numbers, unread } => {
                    self.numbers.set(numbers);
                    self.unread.set(unread);
                }
                EvidenceEvent::Points(points) => {
                    if self.awaits_file.get_value() {
                        self.awaits_file.set_value(false);
                        self.curve.update(|curve| curve.points = points);
                    }
                }
                EvidenceEvent::MarkedPoints { marks, points } => {
                    if self.taken.with_value(|taken| taken.as_ref() != Some(&marks)) {
                        self.taken.set_value(Some(marks));
                        self.curve.update(|curve| curve.points = points);
                    }
                }
                EvidenceEvent::Marks(marks) => self.followed.set(Some(marks)),
                EvidenceEvent::Overlay(curve) => self.overlay.set(curve),
            }
        }
    }

    /// Chooses estimates, or takes them out.
    fn choose(self, ids: &[String], chosen: bool) {
        let place = |id: &String| published().estimates.iter().position(|each| each.id == id);
        self.chosen.update(|all| {
            all.retain(|each| !ids.contains(each));
            if chosen {
                all.extend(ids.iter().cloned());
                all.sort_by_key(place);
            }
        });
    }
}

/// The page.
#[component]
pub fn Evidence() -> impl IntoView {
    spawn_local(async {
        // A sealed page can load nothing; what is not there is told by the page's own line.
        if !is_sealed() {
            let _ = site_files::run("digitiser").await;
        }
    });
    let page = Page::new();
    let link = page.link;
    let go = move |_| {
        if is_shown(WorkerPage::Evidence) {
            page.view.set(EvidenceView::of(&fragment()));
        }
    };
    let moved = window_event_listener(leptos::ev::hashchange, go);
    on_cleanup(move || moved.remove());
    let part = move |name: &'static str| view! { <Part link name testid=name/> };
    let table = published();
    let held = words::held(table.estimates.len(), table.studies.len(), EVIDENCE_DATE);
    view! {
        <div lang="en">
            <h1>{page::EVIDENCE}</h1>
            <Worked link>
                <Working link/>
                <Menu page/>
                <Shown page view=words::ESTIMATES lead=held><Browse page/></Shown>
                <Shown page view=words::STUDIES>{part("studies").into_any()}</Shown>
                <Shown page view=words::SUMMARY>{part("five-studies").into_any()}</Shown>
                <Shown page view=words::HISTORY>{part("history").into_any()}</Shown>
                <Shown page view=words::COMPARE><Compare page/><Pool page/></Shown>
                <Shown page view=words::CHECK><Check page/></Shown>
                <Shown page view=words::DIGITISE><Digitise page/></Shown>
                <Tray page/>
            </Worked>
        </div>
    }
}

/// The fragment of the address; as it is where it cannot be decoded, as in a link that was cut.
fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    let text = hash.trim_start_matches('#');
    js_sys::decode_uri_component(text).map_or_else(|_| text.to_owned(), String::from)
}

/// The address of a view.
fn address(fragment: &str) -> String {
    format!("evidence/#{fragment}")
}

/// The views, and below them what can be browsed.
#[component]
fn Menu(page: Page) -> impl IntoView {
    let section = Memo::new(move |_| page.view.with(EvidenceView::section));
    let is_browsed = move || BROWSED.iter().any(|view| view.fragment == section.get());
    let link = move |view: View| {
        let current = move || (section.get() == view.fragment).then_some("true");
        view! { <a href=address(view.fragment) aria-current=current>{view.name}</a> }
    };
    view! {
        <nav class="views" aria-label=words::VIEWS data-part="menu">
            <a href=address(words::ESTIMATES.fragment) aria-current=move || is_browsed().then_some("true")>{words::BROWSE}</a>
            {[words::COMPARE, words::CHECK, words::DIGITISE].map(link)}
        </nav>
        <nav class="views browsed" aria-label=words::BROWSE_VIEWS hidden=move || !is_browsed()>{BROWSED.map(link)}</nav>
    }
}

/// A section, visible while its view is shown. It takes the focus when the reader comes from another one.
#[component]
fn Shown(page: Page, view: View, #[prop(optional)] lead: String, children: Children) -> impl IntoView {
    let section = NodeRef::<Section>::new();
    let shown = Memo::new(move |_| page.view.with(EvidenceView::section));
    Effect::new(move |before: Option<&'static str>| {
        let shown = shown.get();
        if before.is_some_and(|before| before != shown)
            && shown == view.fragment
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
            hidden=move || shown.get() != view.fragment
        >
            <h2 id=id>{view.title}</h2>
            {(!lead.is_empty()).then(|| view! { <p class="prose">{lead}</p> })}
            {children()}
        </section>
    }
}

/// The estimate of an id.
fn estimate(id: &str) -> Option<&'static Estimate> {
    published().estimate(id)
}
