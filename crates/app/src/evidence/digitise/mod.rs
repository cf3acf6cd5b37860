//! Digitise: a picture with marks, the curves of its figure and what was published with them, in four steps; and the library.

mod curves;
mod library;
mod source;

use cotside_core::cohort::TimeUnit;
use cotside_core::evidence::FigureKind;
use cotside_messages::{FigureNumbers, PictureMarks};
use cotside_words::lang::digitise_page as digitise;
use cotside_words::lang::evidence_page as words;
use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::Element;

use super::control::{Choice, Select, Text};
use super::{Awaited, Page};
use crate::part::Part;
use crate::seal::Seal;
use curves::{AtRisk, Curves, Points};
use library::Library;
use source::Source;

impl Page {
    /// A file was dropped: it may be points, or figures.
    fn awaits_files(self) {
        self.awaits.set_value(Some(Awaited::Points));
        self.awaits_figures.set_value(true);
    }

    /// A figure with the day of today, where it has none.
    fn dated(self, mut figure: FigureNumbers) -> FigureNumbers {
        if figure.source.date.is_empty() {
            let now = js_sys::Date::new_0();
            let (year, month, day) = (now.get_full_year(), now.get_month() + 1, now.get_date());
            figure.source.date = format!("{year:04}-{month:02}-{day:02}");
        }
        figure
    }
}

/// The picture with the reconstruction below it left, the steps right, and the library under both.
#[component]
pub fn Digitise(page: Page) -> impl IntoView {
    page.figure
        .update_untracked(|figure| *figure = page.dated(std::mem::take(figure)));
    view! {
        <Seal/>
        <div class="digitise" on:drop=move |_| page.awaits_files()>
            <div>
                <Picture page/>
                <Part link=page.link name="curve" testid="curve"/>
            </div>
            <ol class="steps">
                <li><h3>{words::STEPS[0]}</h3><p class="quiet">{words::STEP_AXES}</p><Axes page/></li>
                <li>
                    <h3>{words::STEPS[1]}</h3><p class="quiet">{words::STEP_POINTS}</p>
                    <Curves page/>
                    <Points page/>
                </li>
                <li><h3>{words::STEPS[2]}</h3><p class="quiet">{words::STEP_AT_RISK}</p><AtRisk page/></li>
                <li><h3>{digitise::PROVENANCE}</h3><p class="quiet">{digitise::PROVENANCE_LEAD}</p><Source page/></li>
            </ol>
        </div>
        <Library page/>
    }
}

/// A picture with marks (`www/scripts/digitiser.js`): marks go to the worker, marks that it found come back, and the
/// reconstructed curves are drawn over the picture.
#[component]
fn Picture(page: Page) -> impl IntoView {
    const MARKS: &str = "curve.marks";
    let place = NodeRef::<leptos::html::Div>::new();
    let digitiser = move || {
        place
            .get_untracked()?
            .query_selector("cotside-digitiser")
            .ok()
            .flatten()
    };
    let changed = move |event: leptos::ev::Event| {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        let value = Reflect::get(&target, &"value".into()).unwrap_or_default();
        match value.as_string() {
            Some(marks) => {
                let curve = page.shown.get_untracked();
                page.marks.update(|all| {
                    all.marks = marks;
                    all.curve = curve;
                });
            }
            None => page.link.trace(value),
        }
    };
    let give = move |name: &str, value: String| {
        if let Some(digitiser) = digitiser() {
            let _ = Reflect::set(&digitiser, &name.into(), &value.into());
        }
    };
    Effect::new(move |_| {
        if let Some(marks) = page.followed.get() {
            give("value", marks);
        }
    });
    Effect::new(move |_| give("overlay", page.overlay.get()));
    // The points of the curve that is shown, and those of the others.
    Effect::new(move |before: Option<usize>| {
        let shown = page.shown.get();
        page.replaced.track();
        if before.is_some() {
            give("points", page.marks.with_untracked(PictureMarks::places));
        }
        shown
    });
    Effect::new(move |_| {
        let shown = page.shown.get();
        let others = page.figure.with(|figure| {
            let curves = figure.curves.iter().enumerate().filter(|(place, _)| *place != shown);
            let places = curves
                .map(|(_, curve)| curve.places.clone())
                .filter(|places| !places.is_empty());
            places.collect::<Vec<_>>().join("\n\n")
        });
        give("others", others);
    });
    view! {
        <div node_ref=place class="picture" on:change=changed>
            <cotside-digitiser name=MARKS words=spoken() data-testid="digitiser"></cotside-digitiser>
        </div>
    }
}

/// What the element of the picture says, as JSON.
fn spoken() -> String {
    let words: std::collections::BTreeMap<&str, &str> = digitise::ELEMENT.into_iter().collect();
    serde_json::to_string(&words).unwrap_or_default()
}

/// The choices of a list of codes and names.
fn choices(of: &[(&str, &str)]) -> Vec<Choice> {
    of.iter()
        .map(|(code, name)| ((*code).to_owned(), (*name).to_owned()))
        .collect()
}

/// Whether the figure shows incidences.
fn is_incidence(page: Page) -> Memo<bool> {
    Memo::new(move |_| page.figure.with(|figure| figure.kind == FigureKind::Incidence))
}

/// What the axes say at the marks, and what the curves show.
#[component]
fn Axes(page: Page) -> impl IntoView {
    type Field = fn(&mut PictureMarks) -> &mut String;
    let fields: [(&'static str, &'static str, &'static str, Field); 4] = [
        ("curve.time0", words::X_AT_ORIGIN, "0", |marks| {
            &mut marks.time_at_origin
        }),
        ("curve.time1", words::X_AT_MARK, "12", |marks| &mut marks.time_at_mark),
        ("curve.height0", words::Y_AT_ORIGIN, "0", |marks| {
            &mut marks.survival_at_origin
        }),
        ("curve.height1", words::Y_AT_MARK, "100", |marks| {
            &mut marks.survival_at_mark
        }),
    ];
    let field = move |(name, label, hint, of): (&'static str, &'static str, &'static str, Field)| {
        let value = Signal::derive(move || of(&mut page.marks.get()).clone());
        let set = Callback::new(move |text: String| {
            page.marks.update(|marks| text.trim().clone_into(of(marks)));
        });
        view! { <Text name=name.to_owned() label value set hint size=5/> }
    };
    let units: Vec<Choice> = TimeUnit::ALL
        .iter()
        .map(|unit| (unit.code().to_owned(), digitise::unit(*unit).to_owned()))
        .collect();
    let unit = Signal::derive(move || page.figure.with(|figure| figure.unit.code().to_owned()));
    let set_unit = Callback::new(move |code: String| {
        if let Some(unit) = TimeUnit::from_code(&code) {
            page.figure.update(|figure| figure.unit = unit);
        }
    });
    let kind = Signal::derive(move || page.figure.with(|figure| figure.kind.code().to_owned()));
    let set_kind = Callback::new(move |code: String| {
        if let Some(kind) = FigureKind::from_code(&code) {
            page.figure.update(|figure| figure.kind = kind);
        }
    });
    view! {
        <div class="picker">
            <Select name="curve.kind" label=digitise::KIND choices=Signal::stored(choices(&digitise::KINDS)) value=kind set=set_kind/>
            {fields.map(field)}
            <Select name="curve.unit" label=words::TIME_UNIT choices=Signal::stored(units) value=unit set=set_unit/>
        </div>
    }
}
