//! The link between a page and its worker (crates/worker).
//!
//! Script and modules are loaded first; then the worker is made from the script's text, so that it lives under the page's
//! own policy. Before the first file is opened everything is loaded and the page is sealed, which ends the workers made
//! before: a new one takes the place and is told what the first one was told. The same happens where work is cancelled or
//! the worker stops, for want of memory or through a fault: the file, which the page keeps, and what was said since are
//! put back.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::time::Duration;

use cotside_messages::{
    Choices, CombineView, Event, EvidenceEvent, Export, FileColumns, FileRequest, Patient, ProtocolEvent, Request,
    Step, WorkbookSheets,
};
use cotside_words::lang::working::{self as words, Cancelled, step};
use js_sys::{ArrayBuffer, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, MessageEvent, Url, Worker};

use crate::{download, file_maker, leaving, site_files};

#[wasm_bindgen]
extern "C" {
    /// `www/scripts/seal.js`.
    #[wasm_bindgen(js_namespace = cotsideSeal, js_name = seal, catch)]
    fn seal_page() -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = cotsideSeal, catch)]
    fn sealed() -> Result<bool, JsValue>;
    #[wasm_bindgen(js_namespace = cotsideSeal, js_name = onSeal, catch)]
    fn on_seal(back: &Function) -> Result<Function, JsValue>;
}

/// Whether the page is sealed.
#[must_use]
pub fn is_sealed() -> bool {
    sealed().unwrap_or(false)
}

/// A file of the reader's own is in memory only: the browser asks before it is dropped.
fn ask_before_leaving(source: &str) {
    thread_local! {
        static ASKED: Cell<bool> = const { Cell::new(false) };
    }
    if source.is_empty() && !ASKED.replace(true) {
        leaving::ask_when(|| true);
    }
}

fn is_narrow() -> bool {
    let list = window().match_media("(max-width: 32rem)").ok().flatten();
    list.is_some_and(|list| list.matches())
}

/// Work that is done before this is not spoken of.
const SHORT: Duration = Duration::from_millis(250);

/// Pixels to the inch of a picture in the clipboard.
const CLIPBOARD_DPI: u32 = 300;

/// After so many failures without an answer in between the worker is given up.
const MOST_FAILURES: u32 = 3;

/// What a page asks its link for.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    /// The page, as the worker knows it.
    pub page: &'static str,
    /// The modules of its worker; the first answers, and its script is the worker's.
    pub modules: &'static [&'static str],
    /// Files of this site that a sealed page may still be asked for.
    pub samples: &'static [&'static str],
    /// Whether the worker is made only when a file is opened.
    pub late: bool,
    /// Whether everything that was set is told again in its order; else the last value of each setting.
    pub ordered: bool,
    /// Whether its results leave it as files of other programs (`file_maker.rs`).
    pub makes_files: bool,
    /// Whether files that describe others can be opened with them.
    pub several: bool,
    /// Whether other files stay when a file of patients is opened.
    pub keeps: bool,
    /// What a narrow screen asks for before the first file.
    pub narrow: Option<fn() -> Request>,
}

/// What is said of the work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The sentence; empty where nothing is done.
    pub text: String,
    /// Whether it stays until something else is asked for.
    pub stays: bool,
    /// Whether something was refused.
    pub refused: bool,
    /// Whether the work can be cancelled.
    pub can_cancel: bool,
    /// Whether the file can be tried again.
    pub can_retry: bool,
    /// Whether the page must be loaded anew.
    pub leave_seal: bool,
}

/// A file that was opened. Its bytes stay the browser's.
#[derive(Debug, Clone)]
struct Opened {
    name: String,
    bytes: ArrayBuffer,
    /// The code of a sample of this site, or empty.
    source: String,
    /// The number of the choice of files that it is of.
    choice: u32,
    /// Whether it is not the first of its choice.
    together: bool,
}

/// A message that is not answered yet, or that may have to be told again.
#[derive(Debug, Clone)]
enum Message {
    Plain(Request),
    Open(Opened),
    Restore(Opened, Vec<Message>),
    /// A picture that is followed: `{ width, height, pixels, marks, x, y }`.
    Trace(JsValue),
}

/// What was told the worker and answered.
#[derive(Debug, Clone)]
struct Told {
    message: Message,
    /// Whether it holds for the file alone.
    of_file: bool,
    /// Whether it is a project file, or another that stands beside the file.
    project: bool,
}

/// A file that was chosen alone, as the number of its choice and whether others were chosen before it.
const ALONE: (u32, bool) = (0, false);

/// What the page does with a file that it asked for.
#[derive(Debug, Clone)]
enum Then {
    /// It is saved as it is.
    Save,
    /// The drawing is painted, at so many pixels to the inch, and saved as PNG.
    Png(u32),
    /// The same as TIFF.
    Tiff(u32),
    /// The scene is saved as PDF.
    Pdf,
    /// The drawing is given to who waits for it.
    Give(Function),
}

/// A message with what the page does with its answer.
#[derive(Debug, Clone)]
struct Asked {
    message: Message,
    then: Then,
}

/// A worker and what hears it.
struct Live {
    worker: Worker,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut(JsValue)>,
}

impl Drop for Live {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.terminate();
    }
}

/// While a worker is told what another one was told: how many answers are to come, and the parts that they make.
struct Renewal {
    left: usize,
    parts: BTreeMap<String, String>,
}

#[derive(Default)]
struct State {
    live: Option<Live>,
    /// Counts the workers, so that one that was ended is not heard any more.
    generation: u32,
    /// Whether the worker has said that it takes requests.
    started: bool,
    restores: bool,
    modules: Option<Object>,
    queue: VecDeque<Asked>,
    given_up: bool,
    /// Files that are being loaded for or read.
    opening: u32,
    /// Whether parts of the last answer are still to come.
    more: bool,
    file: Option<Opened>,
    told: Vec<Told>,
    failures: u32,
    renewal: Option<Renewal>,
    /// Parts that wait until what is pressed is let go, so that it is still there.
    held: Option<BTreeMap<String, String>>,
    retry: Option<Opened>,
    /// How many times files were chosen.
    choices: u32,
}

/// Takes what the worker says of custom protocols.
type HearsProtocol = Rc<dyn Fn(ProtocolEvent)>;

struct Inner {
    work: Work,
    hears_protocol: RefCell<Option<HearsProtocol>>,
    state: RefCell<State>,
    parts: RefCell<BTreeMap<String, ArcRwSignal<String>>>,
    speaking: Cell<Option<TimeoutHandle>>,
    unsealed: RefCell<Option<Function>>,
}

/// The link of a page; a copy is the same link.
#[derive(Clone, Copy)]
pub struct Link {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    /// What is said of the work.
    pub said: RwSignal<Said>,
    /// Whether something is being done.
    pub busy: RwSignal<bool>,
    /// Parts that are still to come, the next one first.
    pub waiting: RwSignal<Vec<String>>,
    /// The name of the file and its patients.
    pub patients: RwSignal<Option<(String, Vec<Patient>)>>,
    /// The sheets of the workbook that is open.
    pub sheets: RwSignal<WorkbookSheets>,
    /// How the columns of the file are read; nothing without a file.
    pub columns: RwSignal<Option<FileColumns>>,
    /// What can be chosen for the cohort.
    pub choices: RwSignal<Option<Choices>>,
    /// What the page of pooled analyses was told.
    pub combine: RwSignal<Option<CombineView>>,
    /// The code of the sample that is open, empty for a file of the reader; nothing without a file.
    pub source: RwSignal<Option<String>>,
    /// How often pasted rows were read.
    pub pasted: RwSignal<u32>,
    /// What the page of published evidence was told and has not taken yet, in its order.
    pub evidence: RwSignal<Vec<EvidenceEvent>>,
}

impl Link {
    /// A link that lives as long as the component that makes it.
    #[must_use]
    pub fn new(work: Work) -> Self {
        let inner = Rc::new(Inner {
            work,
            hears_protocol: RefCell::default(),
            state: RefCell::default(),
            parts: RefCell::default(),
            speaking: Cell::default(),
            unsealed: RefCell::default(),
        });
        let link = Self {
            inner: StoredValue::new_local(inner),
            said: RwSignal::default(),
            busy: RwSignal::default(),
            waiting: RwSignal::default(),
            patients: RwSignal::default(),
            sheets: RwSignal::default(),
            columns: RwSignal::default(),
            choices: RwSignal::default(),
            combine: RwSignal::default(),
            source: RwSignal::default(),
            pasted: RwSignal::default(),
            evidence: RwSignal::default(),
        };
        let renew = Closure::<dyn FnMut()>::new(move || link.renew());
        link.with(|inner| inner.unsealed.replace(on_seal(renew.as_ref().unchecked_ref()).ok()));
        renew.forget();
        on_cleanup(move || link.end());
        spawn_local(async move {
            match link.load().await {
                Ok(modules) if !work.late => link.employ(&modules).await,
                Ok(_) => {}
                Err(_) => link.give_up(),
            }
        });
        link
    }

    /// The link's own state; nothing where its page is gone.
    fn with<T>(&self, act: impl FnOnce(&Rc<Inner>) -> T) -> Option<T> {
        self.inner.try_with_value(|inner| act(inner))
    }

    fn state<T: Default>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        self.with(|inner| act(&mut inner.state.borrow_mut()))
            .unwrap_or_default()
    }

    /// The HTML of a part of the page; empty until it comes.
    #[must_use]
    pub fn part(&self, name: &str) -> ArcRwSignal<String> {
        let part = self.with(|inner| {
            let mut parts = inner.parts.borrow_mut();
            parts.entry(name.to_owned()).or_default().clone()
        });
        part.unwrap_or_default()
    }

    /// `hear` takes what the worker says of custom protocols from now on.
    pub fn on_protocol(&self, hear: impl Fn(ProtocolEvent) + 'static) {
        self.with(|inner| inner.hears_protocol.replace(Some(Rc::new(hear))));
    }

    fn end(&self) {
        self.with(|inner| {
            inner.hears_protocol.take();
            if let Some(unsealed) = inner.unsealed.take() {
                let _ = unsealed.call0(&JsValue::NULL);
            }
            inner.state.borrow_mut().live = None;
        });
    }

    // ---- Loading and making a worker

    /// What the worker is made of: its modules by name.
    async fn load(&self) -> Result<Object, JsValue> {
        let names = self.with(|inner| inner.work.modules).unwrap_or_default();
        let modules = Object::new();
        // Asked for together, awaited one after the other; with them what paints and prints figures.
        let picture = wasm_bindgen_futures::future_to_promise(async {
            site_files::run("picture").await.map(|()| JsValue::UNDEFINED)
        });
        let script = names
            .first()
            .map(|first| wasm_bindgen_futures::future_to_promise(text_of(first)));
        let promises: Vec<_> = names
            .iter()
            .map(|name| wasm_bindgen_futures::future_to_promise(site_files::module(name)))
            .collect();
        for (name, promise) in names.iter().zip(promises) {
            Reflect::set(&modules, &(*name).into(), &JsFuture::from(promise).await?)?;
        }
        if let Some(script) = script {
            JsFuture::from(script).await?;
        }
        JsFuture::from(picture).await?;
        Ok(modules)
    }

    /// Makes the worker, under the policy that the page has now.
    async fn employ(&self, modules: &Object) {
        let Some(work) = self.with(|inner| inner.work) else {
            return;
        };
        let name = work.modules.first().copied().unwrap_or_default();
        let Ok(text) = site_files::script(name).await else {
            return self.give_up();
        };
        if self.make(work.page, &text, modules).is_err() {
            self.give_up();
        }
    }

    fn make(&self, page: &str, text: &str, modules: &Object) -> Result<(), JsValue> {
        let (worker, address) = worker_of(text)?;
        let link = *self;
        let generation = self.state(|state| {
            state.generation += 1;
            state.started = false;
            state.generation
        });
        let address = Cell::new(Some(address));
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(address) = address.take() {
                let _ = Url::revoke_object_url(&address);
            }
            if link.state(|state| state.generation) == generation {
                link.hear(event.data());
            }
        });
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        let failed = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            if link.state(|state| state.generation) == generation {
                let why = event
                    .dyn_ref::<ErrorEvent>()
                    .map(ErrorEvent::message)
                    .unwrap_or_default();
                link.stopped(Some(&why));
            }
        });
        for event in ["error", "messageerror"] {
            worker.add_event_listener_with_callback(event, failed.as_ref().unchecked_ref())?;
        }
        let first = Object::new();
        Reflect::set(&first, &"page".into(), &page.into())?;
        Reflect::set(&first, &"modules".into(), modules)?;
        worker.post_message(&first)?;
        let queued = self.state(|state| {
            state.modules = Some(modules.clone());
            state.live = Some(Live {
                worker: worker.clone(),
                _heard: heard,
                _failed: failed,
            });
            state
                .queue
                .iter()
                .map(|asked| asked.message.clone())
                .collect::<Vec<_>>()
        });
        queued
            .iter()
            .try_for_each(|message| worker.post_message(&message.value()?))
    }

    /// The seal has ended the worker: one that lives under it is told the same.
    fn renew(&self) {
        let modules = self.state(|state| {
            let modules = state.live.take().and(state.modules.clone())?;
            state.generation += 1;
            let told = std::mem::take(&mut state.told);
            state.renewal = Some(Renewal {
                left: told.len() + usize::from(state.file.is_some()),
                parts: BTreeMap::new(),
            });
            for told in told.into_iter().rev() {
                state.queue.push_front(told.message.asked());
            }
            // A sample that was shown before the seal.
            if let Some(file) = state.file.clone() {
                state.queue.push_front(Message::Open(file).asked());
            }
            Some(modules)
        });
        let link = *self;
        if let Some(modules) = modules {
            spawn_local(async move { link.employ(&modules).await });
        }
    }

    /// Before a file is opened: loads what it needs, seals the page, and makes the worker.
    async fn prepare(&self) -> Result<(), JsValue> {
        let makes_files = self.with(|inner| inner.work.makes_files).unwrap_or(false) && !is_sealed();
        let maker = makes_files.then(|| {
            wasm_bindgen_futures::future_to_promise(async { file_maker::load().await.map(|_| JsValue::UNDEFINED) })
        });
        let modules = self.load().await?;
        if !is_sealed() {
            // Without it everything else can be done; it is said where it is needed.
            if let Some(maker) = maker {
                let _ = JsFuture::from(maker).await;
            }
            // What is asked for next cannot be loaded then.
            for sample in self.with(|inner| inner.work.samples).unwrap_or_default() {
                let _ = site_files::bytes(sample).await;
            }
            JsFuture::from(seal_page()?).await?;
        }
        if self.state(|state| state.live.is_none()) {
            self.employ(&modules).await;
        }
        Ok(())
    }

    fn give_up(&self) {
        self.state(|state| state.given_up = true);
        self.lacking(words::MISSING_WHEN_SEALED, words::MISSING);
    }

    /// Whether files that describe others can be opened with them.
    #[must_use]
    pub fn takes_several(&self) -> bool {
        self.with(|inner| inner.work.several).unwrap_or(false)
    }

    // ---- Asking

    /// Asks the worker.
    pub fn send(&self, request: Request) {
        self.ask(Message::Plain(request).asked());
    }

    /// Says something of the file that is open.
    pub fn say_of_file(&self, request: FileRequest) {
        self.send(Request::File { request });
    }

    /// Whether settings of the cohort were asked for that are not answered yet.
    #[must_use]
    pub fn is_asked_for_settings(&self) -> bool {
        self.state(|state| {
            let is_it = |asked: &Asked| matches!(asked.message, Message::Plain(Request::Settings(_)));
            // The first of the queue is being answered.
            state.queue.iter().skip(1).any(is_it)
        })
    }

    /// Has a curve followed in a picture, `{ width, height, pixels, marks, x, y }`.
    pub fn trace(&self, picture: JsValue) {
        self.ask(Message::Trace(picture).asked());
    }

    /// Asks for a file: the worker of the page gives a drawing (`.svg`) or its scene, of which pictures (`.png`, `.tiff`) and
    /// PDF are made here.
    pub fn export(&self, name: &str, dpi: u32) {
        let (drawing, kind) = name.rsplit_once('.').unwrap_or((name, ""));
        let (kind, then) = match kind {
            "png" => ("svg", Then::Png(dpi)),
            "tiff" => ("svg", Then::Tiff(dpi)),
            "pdf" => ("scene", Then::Pdf),
            kind => (kind, Then::Save),
        };
        self.ask(Asked {
            message: Message::Plain(Request::Export {
                name: format!("{drawing}.{kind}"),
            }),
            then,
        });
    }

    /// Puts a figure into the clipboard.
    pub fn copy_figure(&self, figure: &str) {
        let svg = Promise::new(&mut |resolve, _| {
            self.ask(Asked {
                message: Message::Plain(Request::Export {
                    name: format!("{figure}.svg"),
                }),
                then: Then::Give(resolve),
            });
        });
        let link = *self;
        spawn_local(async move {
            let copied = download::copy_picture(svg, CLIPBOARD_DPI).await.is_ok();
            link.tell(if copied {
                words::FIGURE_COPIED
            } else {
                words::CLIPBOARD_REFUSED
            });
        });
    }

    /// Says what was done, or why it was not.
    pub fn tell(&self, text: &str) {
        self.say(Said {
            text: text.to_owned(),
            ..Said::default()
        });
    }

    /// Hands over a file that is being made, or says why there is none.
    pub async fn hand_over(&self, name: &str, file: impl Future<Output = Result<Uint8Array, String>>) {
        self.tell(&format!("{} …", step::EXPORTING));
        let saved = file
            .await
            .and_then(|bytes| download::bytes(name, &bytes).map_err(|_| words::NOT_MADE.to_owned()));
        match saved {
            Ok(()) => self.tell(""),
            Err(why) => self.refuse(&why),
        }
    }

    fn ask(&self, asked: Asked) {
        if self.state(|state| state.given_up) {
            return;
        }
        self.forget();
        let doing = if matches!(asked.message, Message::Plain(Request::Export { .. })) {
            step::EXPORTING
        } else {
            step::COMPUTING
        };
        let value = asked.message.value();
        let worker = self.state(|state| {
            state.queue.push_back(asked);
            state.live.as_ref().map(|live| live.worker.clone())
        });
        if let (Some(worker), Ok(value)) = (worker, value) {
            let _ = worker.post_message(&value);
        }
        self.speak(doing);
    }

    /// Opens files of the reader, one after the other, where the page takes several; else the first. `then` is called once
    /// they were handed over, or could not be.
    pub fn open_files(&self, files: &web_sys::FileList, then: impl FnOnce() + 'static) {
        let several = self.with(|inner| inner.work.several).unwrap_or(false);
        let most = if several { files.length() } else { 1 };
        let files: Vec<web_sys::File> = (0..most).filter_map(|place| files.get(place)).collect();
        let choice = self.state(|state| {
            state.choices += 1;
            state.choices
        });
        let link = *self;
        spawn_local(async move {
            for (place, file) in files.into_iter().enumerate() {
                let (name, buffer) = (file.name(), file.array_buffer());
                let bytes = async move { JsFuture::from(buffer).await?.dyn_into() };
                link.open(name, String::new(), (choice, place > 0), bytes).await;
            }
            then();
        });
    }

    /// Opens a sample of this site.
    pub fn open_sample(&self, path: &'static str, source: &'static str) {
        let link = *self;
        spawn_local(async move {
            match site_files::bytes(path).await {
                Ok(bytes) => {
                    link.open(source.to_owned(), source.to_owned(), ALONE, async { Ok(bytes) })
                        .await
                }
                Err(_) => link.lacking(words::NO_SAMPLE_WHEN_SEALED, words::NO_SAMPLE),
            }
        });
    }

    /// Shows a sample of this site if no file is open. A sample holds no patient's data, so the page is not sealed.
    pub fn show_sample(&self, path: &'static str, source: &'static str) {
        let link = *self;
        spawn_local(async move {
            let Ok(bytes) = site_files::bytes(path).await else {
                return;
            };
            let Ok(modules) = link.load().await else {
                return;
            };
            // Meanwhile a file may have been opened.
            let is_free = || link.state(|state| state.opening == 0 && state.file.is_none() && state.queue.is_empty());
            if !is_free() {
                return;
            }
            if link.state(|state| state.live.is_none()) {
                link.employ(&modules).await;
            }
            if is_free() {
                link.first();
                let (name, source) = (source.to_owned(), source.to_owned());
                let opened = Opened {
                    name,
                    bytes,
                    source,
                    choice: ALONE.0,
                    together: ALONE.1,
                };
                link.ask(Message::Open(opened).asked());
            }
        });
    }

    /// Opens rows that are text already; those of the name [`words::PASTED`] were pasted.
    pub fn open_text(&self, name: &'static str, text: &str) {
        let (link, bytes) = (*self, js_sys::Uint8Array::from(text.as_bytes()).buffer());
        spawn_local(async move {
            link.open(name.to_owned(), String::new(), ALONE, async { Ok(bytes) })
                .await
        });
    }

    /// Seals the page before rows are typed or pasted into it.
    pub fn seal(&self) {
        let link = *self;
        if !is_sealed() {
            spawn_local(async move {
                let _ = link.prepare().await;
            });
        }
    }

    async fn open(
        &self,
        name: String,
        source: String,
        (choice, together): (u32, bool),
        bytes: impl Future<Output = Result<ArrayBuffer, JsValue>>,
    ) {
        self.state(|state| state.opening += 1);
        self.forget();
        self.speak(step::LOADING);
        let prepared = self.prepare().await;
        self.speak(step::READING);
        let bytes = bytes.await;
        self.state(|state| state.opening -= 1);
        if prepared.is_err() {
            return self.lacking(words::NO_READER_WHEN_SEALED, words::NO_READER);
        }
        match bytes {
            Ok(bytes) => {
                self.first();
                ask_before_leaving(&source);
                let opened = Opened {
                    name,
                    bytes,
                    source,
                    choice,
                    together,
                };
                self.ask(Message::Open(opened).asked());
            }
            Err(_) => self.refuse(&words::unreadable(&name)),
        }
    }

    /// On a narrow screen what the page says of it is set before the first file.
    fn first(&self) {
        let narrow = self.with(|inner| inner.work.narrow).flatten();
        let untouched = self.state(|state| state.file.is_none() && state.told.is_empty());
        if let (Some(narrow), true) = (narrow, untouched)
            && is_narrow()
        {
            self.send(narrow());
        }
    }

    // ---- Hearing

    fn hear(&self, data: JsValue) {
        let Ok(events) = serde_wasm_bindgen::from_value::<Vec<Event>>(data) else {
            return self.stopped(Some(words::UNREADABLE_MESSAGE));
        };
        if self.state(|state| state.renewal.is_some()) {
            return self.hear_again(events);
        }
        let mut doing = None;
        let mut refused = None;
        // What is handed over is the page's from now on: no other worker needs to be told how it came.
        let handed_over = events
            .iter()
            .any(|event| matches!(event, Event::Protocol(ProtocolEvent::Draft(_))));
        let restored = events
            .iter()
            .any(|event| matches!(event, Event::Done { restored: true, .. }));
        for event in events {
            match event {
                Event::Ready { restores } => self.state(|state| {
                    state.started = true;
                    state.restores = restores;
                }),
                Event::Progress(text) => doing = Some(text),
                Event::Part { name, html } => self.write(&name, html),
                Event::Evidence(event) => self.evidence.update(|events| events.push(event)),
                Event::Sheets(sheets) => self.sheets.set(sheets),
                Event::Columns(columns) => self.columns.set(Some(*columns)),
                Event::Choices(choices) => self.choices.set(Some(*choices)),
                Event::Combine(view) => self.combine.set(Some(*view)),
                Event::Patients { file, patients } => self.patients.set(Some((file, patients))),
                Event::Protocol(event) => {
                    let hears = self.with(|inner| inner.hears_protocol.borrow().clone()).flatten();
                    if let Some(hears) = hears {
                        hears(event);
                    }
                }
                Event::Waiting(waiting) if !restored => self.waiting.set(waiting),
                Event::Waiting(_) => {}
                Event::File(file) => self.keep(file),
                Event::Refused(why) => {
                    self.state(|state| state.more = false);
                    refused = Some(why);
                }
                Event::More(more) => self.state(|state| state.more = more),
                Event::Done { of_file, beside, .. } => {
                    let asked = self.state(|state| state.queue.pop_front());
                    if let Some(asked) = asked {
                        self.answered(asked.message, refused.is_some() || handed_over, of_file, beside);
                    }
                }
            }
        }
        self.speak(doing.as_deref().unwrap_or(step::COMPUTING));
        if let Some(why) = refused {
            self.say(Said {
                text: why,
                stays: true,
                refused: true,
                ..Said::default()
            });
        }
    }

    /// An answer to what the worker before was told already: what it changed stands in the page, with what was typed since.
    fn hear_again(&self, events: Vec<Event>) {
        let evidence = events.iter().filter_map(|event| match event {
            Event::Evidence(event) => Some(event.clone()),
            _ => None,
        });
        let evidence: Vec<EvidenceEvent> = evidence.collect();
        if !evidence.is_empty() {
            self.evidence.update(|events| events.extend(evidence));
        }
        let made = self.state(|state| {
            for event in events {
                match event {
                    Event::Part { name, html } => {
                        if let Some(renewal) = &mut state.renewal {
                            renewal.parts.insert(name, html);
                        }
                    }
                    Event::Ready { restores } => {
                        state.started = true;
                        state.restores = restores;
                    }
                    Event::Done { of_file, beside, .. } => {
                        let asked = state.queue.pop_front();
                        // The file itself is kept elsewhere.
                        let is_beside = |asked: &Asked| beside || asked.message.is_project();
                        let asked =
                            asked.filter(|asked| !matches!(asked.message, Message::Open(_)) || is_beside(asked));
                        state.told.extend(asked.map(|asked| Told {
                            project: is_beside(&asked),
                            message: asked.message,
                            of_file,
                        }));
                        if let Some(renewal) = &mut state.renewal {
                            renewal.left = renewal.left.saturating_sub(1);
                        }
                    }
                    _ => {}
                }
            }
            let is_over = state.started && state.renewal.as_ref().is_some_and(|renewal| renewal.left == 0);
            is_over.then(|| state.renewal.take()).flatten()
        });
        for (name, html) in made.map(|renewal| renewal.parts).unwrap_or_default() {
            self.write(&name, html);
        }
        self.speak(step::COMPUTING);
    }

    /// Remembers what the worker has been told, for one that may have to take its place.
    fn answered(&self, message: Message, refused: bool, of_file: bool, beside: bool) {
        let (ordered, keeps) = self
            .with(|inner| (inner.work.ordered, inner.work.keeps))
            .unwrap_or_default();
        if !refused && matches!(&message, Message::Open(file) if file.name == words::PASTED) {
            self.pasted.update(|pasted| *pasted += 1);
        }
        if let Message::Open(file) = &message
            && !refused
            && !beside
            && !message.is_project()
        {
            self.source.set(Some(file.source.clone()));
        }
        self.state(|state| {
            state.failures = 0;
            if refused {
                return;
            }
            let project = beside || message.is_project();
            match &message {
                Message::Open(file) if !project => {
                    // What was said of another file's columns does not hold for this one; a project may have waited for it,
                    // a dictionary may have been chosen with it.
                    let first = state.file.is_none();
                    let with_it = |told: &Told| matches!(&told.message, Message::Open(other) if file.together && other.choice == file.choice);
                    state.told.retain(|told| {
                        if told.project {
                            keeps || first || with_it(told)
                        } else {
                            !told.of_file
                        }
                    });
                    state.file = Some(file.clone());
                }
                Message::Plain(Request::Evidence { value }) if !value.is_kept() => {}
                Message::Open(_)
                | Message::Plain(
                    Request::File { .. } | Request::Settings(_) | Request::Show { .. } | Request::Evidence { .. },
                ) => {
                    if !of_file && !project && !ordered {
                        state
                            .told
                            .retain(|told| told.of_file || !told.message.sets_the_same(&message));
                    }
                    state.told.push(Told {
                        message,
                        of_file,
                        project,
                    });
                }
                _ if message.is_kept_request() => {
                    state.told.retain(|told| !told.message.sets_the_same(&message));
                    state.told.push(Told {
                        message,
                        of_file,
                        project,
                    });
                }
                _ => {}
            }
        });
    }

    fn write(&self, name: &str, html: String) {
        let held = self.state(|state| {
            let held = state.held.as_mut()?;
            held.insert(name.to_owned(), html.clone());
            Some(())
        });
        let part = self.part(name);
        if held.is_none() && part.with_untracked(|before| *before != html) {
            part.set(html);
        }
    }

    /// What is pressed stays where it is until it is let go.
    pub fn hold(&self) {
        self.state(|state| {
            state.held.get_or_insert_default();
        });
    }

    /// It was let go: what came in between is shown, behind the click that follows.
    pub fn release(&self) {
        let link = *self;
        set_timeout(
            move || {
                let held = link.state(|state| state.held.take()).unwrap_or_default();
                for (name, html) in held {
                    link.write(&name, html);
                }
            },
            Duration::ZERO,
        );
    }

    fn keep(&self, file: Export) {
        let then = self.with(|inner| inner.state.borrow().queue.front().map(|asked| asked.then.clone()));
        let link = *self;
        let stem = file
            .name
            .rsplit_once('.')
            .map_or(&*file.name, |(stem, _)| stem)
            .to_owned();
        match then.flatten().unwrap_or(Then::Save) {
            Then::Save => download::text(&file.name, &file.text),
            Then::Png(dpi) => spawn_local(async move {
                let name = format!("{stem}-{dpi}dpi.png");
                if download::picture(&file.text, &name, dpi).await.is_err() {
                    link.refuse(words::NOT_PAINTED);
                }
            }),
            Then::Tiff(dpi) => spawn_local(async move {
                let name = format!("{stem}-{dpi}dpi.tiff");
                link.hand_over(&name, file_maker::tiff(&file.text, dpi)).await;
            }),
            Then::Pdf => spawn_local(async move {
                link.hand_over(&format!("{stem}.pdf"), file_maker::pdf(file.text)).await;
            }),
            Then::Give(take) => {
                let _ = take.call1(&JsValue::UNDEFINED, &file.text.into());
            }
        }
    }

    // ---- Stopping

    /// Cancels what is being done.
    pub fn cancel(&self) {
        self.stopped(None);
    }

    /// Opens the file again that was being opened when the worker stopped.
    pub fn retry(&self) {
        let link = *self;
        if let Some(file) = self.state(|state| state.retry.take()) {
            spawn_local(async move {
                link.open(file.name, file.source, (file.choice, file.together), async {
                    Ok(file.bytes)
                })
                .await
            });
        }
    }

    /// The worker is to stop, or has stopped (`why`): another takes its place.
    fn stopped(&self, why: Option<&str>) {
        let (asked, file, modules, given_up) = self.state(|state| {
            state.live = None;
            state.generation += 1;
            let asked = state.queue.pop_front().map(|asked| asked.message);
            state.queue.clear();
            state.renewal = None;
            state.more = false;
            state.failures += u32::from(why.is_some());
            if matches!(asked, Some(Message::Restore(..))) {
                // What was put back may be what stops it.
                state.file = None;
                state.told.clear();
            }
            state.put_back();
            state.given_up = state.failures > MOST_FAILURES;
            state.retry = match &asked {
                Some(Message::Open(file) | Message::Restore(file, _)) => Some(file.clone()),
                _ => None,
            };
            (asked, state.file.clone(), state.modules.clone(), state.given_up)
        });
        for name in self.waiting.get_untracked() {
            let text = match why {
                None => words::NOT_COMPUTED_CANCELLED,
                Some(_) => words::NOT_COMPUTED,
            };
            self.part(&name).set(text.to_owned());
        }
        self.waiting.set(Vec::new());
        if given_up {
            return self.refuse(words::NOT_HERE);
        }
        let kept = file.map(|file| {
            if file.source.is_empty() {
                file.name
            } else {
                String::new()
            }
        });
        let can_retry = self.state(|state| state.retry.is_some());
        let text = match why {
            None => words::cancelled(cancelled_work(asked.as_ref()), kept.as_deref()),
            Some(why) => words::stopped(why, kept.as_deref()),
        };
        let said = Said {
            text,
            stays: true,
            refused: why.is_some(),
            can_retry,
            ..Said::default()
        };
        let link = *self;
        spawn_local(async move {
            if let Some(modules) = modules {
                link.employ(&modules).await;
            }
            link.speak(step::RESTORING);
            link.say(said);
        });
    }

    // ---- Saying

    /// Says what is being done, once it lasts, with a way to stop it.
    fn speak(&self, step: &str) {
        let (busy, can_cancel, restoring) = self.state(|state| {
            let busy = !state.queue.is_empty() || state.opening > 0 || state.more;
            let restoring = state
                .queue
                .front()
                .is_some_and(|asked| matches!(asked.message, Message::Restore(..)));
            (busy, state.live.is_some() && state.opening == 0, restoring)
        });
        self.busy.set(busy);
        self.hush();
        // Why something was refused or stopped stays until something else is asked for.
        if self.said.with_untracked(|said| said.stays) {
            return;
        }
        if !busy {
            return self.say(Said::default());
        }
        if restoring {
            return;
        }
        let said = Said {
            text: format!("{step} …"),
            can_cancel,
            ..Said::default()
        };
        if self.said.with_untracked(|said| !said.text.is_empty()) {
            return self.say(said);
        }
        let link = *self;
        let handle = set_timeout_with_handle(move || link.say(said), SHORT).ok();
        self.with(|inner| inner.speaking.set(handle));
    }

    fn hush(&self) {
        if let Some(speaking) = self.with(|inner| inner.speaking.take()).flatten() {
            speaking.clear();
        }
    }

    fn forget(&self) {
        if self.said.with_untracked(|said| said.stays) {
            self.say(Said::default());
        }
    }

    /// Says something.
    pub fn say(&self, said: Said) {
        self.hush();
        if self.said.with_untracked(|before| *before != said) {
            self.said.set(said);
        }
    }

    fn refuse(&self, why: &str) {
        self.state(|state| state.more = false);
        self.speak("");
        self.say(Said {
            text: why.to_owned(),
            stays: true,
            refused: true,
            ..Said::default()
        });
    }

    /// Something could not be loaded, on a sealed page or on another.
    fn lacking(&self, when_sealed: &str, otherwise: &str) {
        let leave_seal = is_sealed();
        self.refuse(if leave_seal { when_sealed } else { otherwise });
        self.said.update(|said| said.leave_seal = leave_seal);
    }
}

/// A worker of a script's text, so that it lives under the page's own policy, and the address of that text.
fn worker_of(text: &str) -> Result<(Worker, String), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    Ok((Worker::new(&address)?, address))
}

/// The same of a worker that does one thing and ends.
///
/// # Errors
/// Where the browser makes no worker.
pub fn made_of(text: &str) -> Result<Worker, JsValue> {
    let (worker, address) = worker_of(text)?;
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&address);
        },
        Duration::from_secs(10),
    );
    Ok(worker)
}

async fn text_of(script: &'static str) -> Result<JsValue, JsValue> {
    site_files::script(script).await.map(Into::into)
}

/// What was being done.
fn cancelled_work(asked: Option<&Message>) -> Cancelled {
    match asked {
        None => Cancelled::Parts,
        Some(Message::Plain(
            Request::File { .. }
            | Request::Settings(_)
            | Request::Show { .. }
            | Request::Protocol { .. }
            | Request::Combine { .. }
            | Request::Evidence { .. },
        )) => Cancelled::Change,
        Some(Message::Plain(Request::Export { .. })) => Cancelled::Export,
        Some(_) => Cancelled::Opening,
    }
}

impl State {
    /// Puts the file and what was said of it at the front of what the next worker is told.
    fn put_back(&mut self) {
        let steps: Vec<Message> = self.told.iter().map(|told| told.message.clone()).collect();
        match &self.file {
            Some(file) if self.restores => self.queue.push_back(Message::Restore(file.clone(), steps).asked()),
            file => {
                self.queue.extend(file.clone().map(|file| Message::Open(file).asked()));
                self.queue.extend(steps.into_iter().map(Message::asked));
                // They are remembered again when they are answered.
                self.told.clear();
            }
        }
    }
}

impl Message {
    fn asked(self) -> Asked {
        Asked {
            message: self,
            then: Then::Save,
        }
    }

    /// Whether it opens a project file.
    fn is_project(&self) -> bool {
        matches!(self, Self::Open(file) if file.name.to_lowercase().ends_with(".json"))
    }

    /// Whether it asks for something of a protocol or a pooled analysis that holds from then on.
    fn is_kept_request(&self) -> bool {
        match self {
            Self::Plain(Request::Protocol { request }) => request.is_kept(),
            Self::Plain(Request::Combine { value }) => value.is_kept(),
            _ => false,
        }
    }

    /// Whether both set the same.
    fn sets_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Plain(Request::Protocol { request: told }), Self::Plain(Request::Protocol { request })) => {
                request.replaces(told)
            }
            (Self::Plain(Request::Combine { value: told }), Self::Plain(Request::Combine { value })) => {
                value.replaces(told)
            }
            (Self::Plain(Request::Settings(_)), Self::Plain(Request::Settings(_)))
            | (Self::Plain(Request::Show { .. }), Self::Plain(Request::Show { .. })) => true,
            (Self::Plain(Request::Evidence { value }), Self::Plain(Request::Evidence { value: other })) => {
                std::mem::discriminant(value) == std::mem::discriminant(other)
            }
            _ => false,
        }
    }

    /// What is posted. The bytes of files go as they are.
    fn value(&self) -> Result<JsValue, JsValue> {
        match self {
            Self::Plain(request) => serialized(request),
            Self::Trace(picture) => {
                let message = Object::new();
                Reflect::set(&message, &"kind".into(), &"trace".into())?;
                Reflect::set(&message, &"value".into(), picture)?;
                Ok(message.into())
            }
            Self::Open(file) => {
                let request = Request::Open {
                    name: file.name.clone(),
                    bytes: Vec::new(),
                    source: file.source.clone(),
                    together: file.together,
                };
                with_bytes(serialized(&request)?, &file.bytes)
            }
            Self::Restore(file, steps) => {
                let request = Request::Restore {
                    name: file.name.clone(),
                    bytes: Vec::new(),
                    source: file.source.clone(),
                    steps: Vec::new(),
                };
                let value = with_bytes(serialized(&request)?, &file.bytes)?;
                let list = js_sys::Array::new();
                for step in steps {
                    if let Some(step) = step.step()? {
                        list.push(&step);
                    }
                }
                Reflect::set(&value, &"steps".into(), &list)?;
                Ok(value)
            }
        }
    }

    /// The same as a step of what is put back.
    fn step(&self) -> Result<Option<JsValue>, JsValue> {
        Ok(match self {
            Self::Plain(Request::File { request }) => Some(serialized(&Step::File {
                request: request.clone(),
            })?),
            Self::Plain(Request::Settings(settings)) => Some(serialized(&Step::Settings(settings.clone()))?),
            Self::Plain(Request::Show { parts }) => Some(serialized(&Step::Show { parts: parts.clone() })?),
            Self::Open(file) => {
                let step = Step::Open {
                    name: file.name.clone(),
                    bytes: Vec::new(),
                };
                Some(with_bytes(serialized(&step)?, &file.bytes)?)
            }
            _ => None,
        })
    }
}

/// A value as a message.
///
/// # Errors
/// Where it cannot be one.
pub fn serialized(value: &impl serde::Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::new())?)
}

fn with_bytes(value: JsValue, bytes: &ArrayBuffer) -> Result<JsValue, JsValue> {
    Reflect::set(&value, &"bytes".into(), bytes)?;
    Ok(value)
}
