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
mod own;

use cotside_core::evidence::{OwnColumn, OwnEstimate, published};
use cotside_core::protocols::EVIDENCE_DATE;
use cotside_messages::{
    ComparedEstimates, EstimateList, EstimateRow, EvidenceEvent, EvidenceRequest, EvidenceView, FigureLibrary,
    FigureNumbers, LibraryRow, OwnName, PictureMarks, PoolSettings, ReportedNumbers, Request,
};
use cotside_words::lang::evidence_page::{self as words, View};
use cotside_words::lang::own_estimates;
use cotside_words::lang::page;
use leptos::html::Section;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::part::{Part, Worked, Working};
use crate::site_files;
use crate::worker_link::{Link, Work, is_sealed};
use crate::worker_pages::{self, WorkerPage, is_shown};

use browse::{Browse, Tray};
use check::Check;
use compare::{Compare, Pool};
use control::Choice;
use digitise::Digitise;

const WORK: Work = Work {
    page: "evidence",
    modules: &["evidence"],
    samples: &[],
    late: false,
    ordered: false,
    makes_files: true,
    several: true,
    keeps: false,
    narrow: None,
};

/// The sections that can be browsed.
const BROWSED: [View; 4] = [words::ESTIMATES, words::STUDIES, words::SUMMARY, words::HISTORY];

/// What is awaited of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Awaited {
    /// The points of a curve.
    Points,
    /// Own estimates.
    Estimates,
}

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
    /// The reader's own estimates, which Analyse knows too.
    own: RwSignal<Vec<OwnEstimate>>,
    /// Their names, as the worker made them.
    own_names: RwSignal<Vec<OwnName>>,
    compared: RwSignal<ComparedEstimates>,
    pool: RwSignal<PoolSettings>,
    numbers: RwSignal<ReportedNumbers>,
    /// What of a pasted sentence was not understood.
    unread: RwSignal<Vec<String>>,
    /// What had to be assumed of it.
    assumed: RwSignal<Vec<String>>,
    /// The figure that is digitised.
    figure: RwSignal<FigureNumbers>,
    /// Position of the curve that is shown.
    shown: RwSignal<usize>,
    /// How often another figure took the place of the one before.
    replaced: RwSignal<u32>,
    marks: RwSignal<PictureMarks>,
    /// Marks that the worker found, for the digitiser.
    followed: RwSignal<Option<String>>,
    /// The reconstructed curve, for the digitiser.
    overlay: RwSignal<String>,
    /// What a file that was chosen is to give. A worker that takes the place of another one reads file and marks again, which
    /// must not undo what was typed since.
    awaits: StoredValue<Option<Awaited>>,
    /// Digitised figures of this session.
    library: RwSignal<FigureLibrary>,
    /// What the list of them shows.
    shelf: RwSignal<Vec<LibraryRow>>,
    /// Whether figures that come are to go into the library.
    awaits_figures: StoredValue<bool>,
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
            own: worker_pages::own_estimates().into(),
            own_names: RwSignal::default(),
            compared: RwSignal::default(),
            pool: RwSignal::default(),
            numbers: RwSignal::default(),
            unread: RwSignal::default(),
            assumed: RwSignal::default(),
            figure: RwSignal::default(),
            shown: RwSignal::default(),
            replaced: RwSignal::default(),
            library: RwSignal::default(),
            shelf: RwSignal::default(),
            awaits_figures: StoredValue::default(),
            marks: RwSignal::default(),
            followed: RwSignal::default(),
            overlay: RwSignal::default(),
            awaits: StoredValue::default(),
            taken: StoredValue::default(),
        };
        page.follow(page.list, EvidenceRequest::List);
        page.follow(page.chosen, EvidenceRequest::Choose);
        page.follow(page.compared, EvidenceRequest::Compare);
        page.follow(page.pool, EvidenceRequest::Pool);
        page.follow(page.numbers, EvidenceRequest::Check);
        page.follow(page.marks, EvidenceRequest::Marks);
        page.follow(page.figure, |figure| EvidenceRequest::Reconstruct(Box::new(figure)));
        page.follow(page.library, EvidenceRequest::Library);
        page.follow_own();
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

    /// Tells the worker the reader's own estimates, where there are or were any.
    fn follow_own(self) {
        Effect::new(move |before: Option<usize>| {
            let rows = self.own.get();
            let count = rows.len();
            if count > 0 || before.unwrap_or_default() > 0 {
                self.ask(EvidenceRequest::Own(rows));
            }
            count
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
                EvidenceEvent::Numbers {
                    numbers,
                    unread,
                    assumed,
                } => {
                    self.numbers.set(numbers);
                    self.unread.set(unread);
                    self.assumed.set(assumed);
                }
                EvidenceEvent::Own(names) => self.own_names.set(names),
                EvidenceEvent::OwnRead(rows) => {
                    if self.takes(Awaited::Estimates, own_estimates::NOT_POINTS) && !rows.is_empty() {
                        self.own.update(|own| own.extend(rows));
                    }
                }
                EvidenceEvent::Points(points) => {
                    if self.takes(Awaited::Points, own_estimates::NOT_ESTIMATES) {
                        self.set_points(self.shown.get_untracked(), points, String::new());
                    }
                }
                EvidenceEvent::MarkedPoints { marks, points } => {
                    if self.taken.with_value(|taken| taken.as_ref() != Some(&marks)) {
                        let (curve, places) = (marks.curve, marks.places());
                        self.taken.set_value(Some(marks));
                        self.set_points(curve, points, places);
                    }
                }
                EvidenceEvent::Marks(marks) => self.followed.set(Some(marks)),
                EvidenceEvent::Overlay(curves) => self.overlay.set(curves),
                EvidenceEvent::Shelved(files) => {
                    self.awaits.set_value(None);
                    if self.awaits_figures.get_value() {
                        self.shelve(files);
                    }
                }
                EvidenceEvent::Library(rows) => self.shelf.set(rows),
                EvidenceEvent::Edited { numbers, marks } => {
                    if let Some(marks) = marks {
                        self.marks.set(marks);
                    }
                    self.replace_figure(*numbers);
                }
            }
        }
    }

    /// Whether something that was read is what was awaited; where another thing was, `otherwise` is said.
    fn takes(self, read: Awaited, otherwise: &str) -> bool {
        let awaited = self.awaits.get_value();
        self.awaits.set_value(None);
        if awaited.is_some_and(|awaited| awaited != read) {
            self.link.tell(otherwise);
        }
        awaited == Some(read)
    }

    /// Ids and names of the studies that have estimates, the reader's own behind those of the table.
    fn studies(self) -> Vec<Choice> {
        let all = published().studies.iter();
        let mut studies: Vec<Choice> = all.map(|study| (study.id.to_owned(), study.name.to_owned())).collect();
        self.own_names.with(|own| {
            for row in own {
                if studies.iter().all(|(id, _)| *id != row.study_id) {
                    studies.push((row.study_id.clone(), row.study.clone()));
                }
            }
        });
        studies
    }

    /// The estimate of an id, with its names.
    fn named(self, id: &str) -> Option<OwnName> {
        let of_table = published().estimate(id).map(|row| OwnName {
            id: row.id.to_owned(),
            study_id: row.study.id.to_owned(),
            study: row.study.name.to_owned(),
            endpoint: row.endpoint.code().to_owned(),
            name: words::estimate_name(row),
        });
        let own = || self.own_names.with(|own| own.iter().find(|row| row.id == id).cloned());
        of_table.or_else(own)
    }

    /// Takes own estimates out, wherever they were chosen.
    fn remove_own(self, gone: impl Fn(&str) -> bool) {
        self.chosen.update(|all| all.retain(|id| !gone(id)));
        self.compared.update(|compared| {
            for place in [&mut compared.first, &mut compared.second] {
                place.take_if(|id| gone(id));
            }
        });
        self.own.update(|own| own.retain(|row| !gone(row.text(OwnColumn::Id))));
    }

    /// Takes points of a curve, with their places in the picture.
    fn set_points(self, curve: usize, points: String, places: String) {
        self.figure.update(|figure| {
            if let Some(curve) = figure.curves.get_mut(curve) {
                (curve.points, curve.places) = (points, places);
            }
        });
    }

    /// Chooses estimates, or takes them out.
    fn choose(self, ids: &[String], chosen: bool) {
        // Own ones come last, in their order.
        let place = |id: &String| {
            let of_table = published().estimates.iter().position(|each| each.id == id);
            let own = self
                .own_names
                .with_untracked(|own| own.iter().position(|row| row.id == *id));
            (of_table.is_none(), of_table.or(own))
        };
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
