//! Digitise: a picture of a curve with marks, the points and what was published with them, in three steps.

use cotside_core::cohort::TimeUnit;
use cotside_messages::{CurveNumbers, PictureMarks};
use cotside_words::en::evidence_page as words;
use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::Element;

use super::control::{Choice, Lines, Select, Text};
use super::{Awaited, Page};
use crate::part::{FileButton, Part};

const ACCEPTED: &str = ".csv,.tsv,.txt,text/csv";

/// The picture with the reconstruction below it left, the steps right.
#[component]
pub fn Digitise(page: Page) -> impl IntoView {
    view! {
        <cotside-seal class="seal" data-testid="seal"></cotside-seal>
        <div class="digitise" on:drop=move |_| page.awaits.set_value(Some(Awaited::Points))>
            <div>
                <Picture page/>
                <Part link=page.link name="curve" testid="curve"/>
            </div>
            <ol class="steps">
                <li><h3>{words::STEPS[0]}</h3><p class="quiet">{words::STEP_AXES}</p><Axes page/></li>
                <li><h3>{words::STEPS[1]}</h3><p class="quiet">{words::STEP_POINTS}</p><Points page/></li>
                <li><h3>{words::STEPS[2]}</h3><p class="quiet">{words::STEP_AT_RISK}</p><AtRisk page/></li>
            </ol>
        </div>
    }
}

/// A picture with marks (`www/scripts/digitiser.js`): marks go to the worker, marks that it found come back, and the
/// reconstructed curve is drawn over the picture.
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
                page.marks.update(|all| all.marks = marks);
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
    view! {
        <div node_ref=place class="picture" on:change=changed>
            <cotside-digitiser name=MARKS data-testid="digitiser"></cotside-digitiser>
        </div>
    }
}

/// What the axes say at the marks.
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
        .map(|unit| (unit.code().to_owned(), unit.code().to_owned()))
        .collect();
    let unit = Signal::derive(move || page.curve.with(|curve| curve.unit.code().to_owned()));
    let set_unit = Callback::new(move |code: String| {
        if let Some(unit) = TimeUnit::from_code(&code) {
            page.curve.update(|curve| curve.unit = unit);
        }
    });
    view! {
        <div class="picker">
            {fields.map(field)}
            <Select name="curve.unit" label=words::TIME_UNIT choices=Signal::stored(units) value=unit set=set_unit/>
        </div>
    }
}

/// The points, and where else they may come from.
#[component]
fn Points(page: Page) -> impl IntoView {
    let curve = page.curve;
    let value = Signal::derive(move || curve.with(|curve| curve.points.clone()));
    let set = Callback::new(move |points| curve.update(|curve| curve.points = points));
    view! {
        <Lines name="curve.points" label=words::POINTS value set hint=words::POINTS_HINT/>
        <div class="tools" on:change=move |_| page.awaits.set_value(Some(Awaited::Points))>
            <FileButton link=page.link accept=ACCEPTED testid="points-input" label=words::OPEN_POINTS/>
            <button type="button" name="curve.example" on:click=move |_| curve.set(CurveNumbers::example())>
                {words::LOAD_EXAMPLE}
            </button>
            <button type="button" name="curve.clear" on:click=move |_| curve.set(CurveNumbers::default())>
                {words::CLEAR}
            </button>
        </div>
    }
}

/// What was published with the curve.
#[component]
fn AtRisk(page: Page) -> impl IntoView {
    let curve = page.curve;
    let at_risk = Signal::derive(move || curve.with(|curve| curve.at_risk.clone()));
    let set_at_risk = Callback::new(move |text| curve.update(|curve| curve.at_risk = text));
    let events = Signal::derive(move || curve.with(|curve| curve.events.clone()));
    let set_events = Callback::new(move |text| curve.update(|curve| curve.events = text));
    let group = Signal::derive(move || curve.with(|curve| curve.group.clone()));
    let set_group = Callback::new(move |text| curve.update(|curve| curve.group = text));
    view! {
        <Lines name="curve.at-risk" label=words::AT_RISK value=at_risk set=set_at_risk hint=words::AT_RISK_HINT/>
        <div class="picker">
            <Text name="curve.events".to_owned() label=words::EVENTS value=events set=set_events hint="35" size=5/>
            <Text name="curve.group".to_owned() label=words::GROUP value=group set=set_group hint="MLL03" size=14/>
        </div>
    }
}
