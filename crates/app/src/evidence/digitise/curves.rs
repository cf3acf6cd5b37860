//! The curves of the figure: which one is shown, its points, and what was published with it.

use cotside_core::evidence::{CurveOf, HeightUnit};
use cotside_messages::{CurveNumbers, FigureNumbers};
use cotside_words::lang::digitise_page as digitise;
use cotside_words::lang::evidence_page as words;
use leptos::prelude::*;

use super::{choices, is_incidence};
use crate::evidence::control::{Lines, Select, Text};
use crate::evidence::{Awaited, Page};
use crate::part::FileButton;

const ACCEPTED: &str = ".csv,.tsv,.txt,text/csv";

/// Most curves of a figure: two for each of its groups.
const MOST: usize = 24;

impl Page {
    /// Shows a curve, and marks its points in the picture.
    fn show_curve(self, place: usize) {
        let places = self
            .figure
            .with_untracked(|figure| figure.curves.get(place).map(|curve| curve.places.clone()));
        let marks = self
            .marks
            .with_untracked(|marks| marks.of_curve(place, &places.unwrap_or_default()));
        // What was typed since these points were marked stays.
        self.taken.set_value(Some(marks.clone()));
        self.marks.set(marks);
        self.shown.set(place);
    }

    /// Takes another figure in the place of the one that was typed.
    pub(in crate::evidence) fn replace_figure(self, figure: FigureNumbers) {
        self.figure.set(self.dated(figure));
        self.show_curve(0);
        self.replaced.update(|times| *times += 1);
    }

    /// A text of the curve that is shown.
    fn of_shown(self, of: fn(&CurveNumbers) -> &String) -> Signal<String> {
        Signal::derive(move || {
            let shown = self.shown.get();
            self.figure
                .with(|figure| figure.curves.get(shown).map(of).cloned().unwrap_or_default())
        })
    }

    /// Sets a text of the curve that is shown.
    fn set_shown(self, of: fn(&mut CurveNumbers) -> &mut String) -> Callback<String> {
        Callback::new(move |text: String| {
            let shown = self.shown.get_untracked();
            self.figure.update(|figure| {
                if let Some(curve) = figure.curves.get_mut(shown) {
                    *of(curve) = text;
                }
            });
        })
    }
}

/// The list of curves, and which one is shown.
#[component]
pub fn Curves(page: Page) -> impl IntoView {
    let incidence = is_incidence(page);
    let count = Memo::new(move |_| page.figure.with(|figure| figure.curves.len()));
    let name = move |place: usize| {
        page.figure.with(|figure| {
            let curve = figure.curves.get(place);
            let competing = incidence.get() && curve.is_some_and(|curve| curve.of == CurveOf::Competing);
            digitise::curve_name(place, curve.map_or("", |curve| &curve.group), competing)
        })
    };
    let button = move |place: usize| {
        view! {
            <button
                type="button"
                name=format!("curve.show-{place}")
                aria-pressed=move || (page.shown.get() == place).to_string()
                on:click=move |_| page.show_curve(place)
            >{move || name(place)}</button>
        }
    };
    let add = move |_: leptos::ev::MouseEvent| {
        let place = count.get_untracked();
        page.figure.update(|figure| figure.curves.push(CurveNumbers::default()));
        page.show_curve(place);
    };
    let remove = move |_: leptos::ev::MouseEvent| {
        let shown = page.shown.get_untracked();
        page.figure.update(|figure| {
            if figure.curves.len() > 1 && shown < figure.curves.len() {
                figure.curves.remove(shown);
            }
        });
        page.show_curve(shown.saturating_sub(1));
    };
    view! {
        <div class="labelled" role="group" aria-label=digitise::CURVES>
            <span>{digitise::CURVES}</span>
            <div class="chips" data-testid="curves">
                <For each=move || 0..count.get() key=|place| *place children=button/>
                <button type="button" name="curve.add" disabled=move || { count.get() >= MOST } on:click=add>{digitise::ADD_CURVE}</button>
                <button type="button" name="curve.remove" hidden=move || { count.get() < 2 } on:click=remove>{digitise::REMOVE_CURVE}</button>
            </div>
        </div>
        <Named page/>
    }
}

/// The group of the curve that is shown, and what it shows.
#[component]
fn Named(page: Page) -> impl IntoView {
    let incidence = is_incidence(page);
    let group = page.of_shown(|curve| &curve.group);
    let set_group = page.set_shown(|curve| &mut curve.group);
    let of = Signal::derive(move || {
        let shown = page.shown.get();
        let of = page
            .figure
            .with(|figure| figure.curves.get(shown).map(|curve| curve.of).unwrap_or_default());
        let of = if of == CurveOf::Competing { of } else { CurveOf::Event };
        of.code().to_owned()
    });
    let set_of = Callback::new(move |code: String| {
        let shown = page.shown.get_untracked();
        page.figure.update(|figure| {
            if let (Some(curve), Some(of)) = (figure.curves.get_mut(shown), CurveOf::from_code(&code)) {
                curve.of = of;
            }
        });
    });
    let heights = Signal::derive(move || page.figure.with(|figure| figure.heights.code().to_owned()));
    let set_heights = Callback::new(move |code: String| {
        if let Some(heights) = HeightUnit::from_code(&code) {
            page.figure.update(|figure| figure.heights = heights);
        }
    });
    view! {
        <div class="picker">
            <Text name="curve.group".to_owned() label=words::GROUP value=group set=set_group hint="MLL03" size=14/>
            <Show when=move || incidence.get()>
                <Select name="curve.shows" label=digitise::CURVE_SHOWS choices=Signal::stored(choices(&digitise::CURVES_SHOW)) value=of set=set_of/>
                <Select name="curve.heights" label=digitise::HEIGHTS choices=Signal::stored(choices(&digitise::HEIGHT_UNITS)) value=heights set=set_heights/>
            </Show>
        </div>
    }
}

/// The points, and where else they may come from.
#[component]
pub fn Points(page: Page) -> impl IntoView {
    let incidence = is_incidence(page);
    let value = page.of_shown(|curve| &curve.points);
    let set = page.set_shown(|curve| &mut curve.points);
    let lines = move || {
        let (label, hint) = if incidence.get() {
            (digitise::INCIDENCE_POINTS, digitise::INCIDENCE_HINT)
        } else {
            (words::POINTS, words::POINTS_HINT)
        };
        view! { <Lines name="curve.points" label value set hint/> }
    };
    let clear = move |_| {
        page.marks.update(|marks| *marks = marks.of_curve(0, ""));
        page.replace_figure(FigureNumbers::default());
    };
    view! {
        {lines}
        <div class="tools" on:change=move |_| page.awaits.set_value(Some(Awaited::Points))>
            <FileButton link=page.link accept=ACCEPTED testid="points-input" label=words::OPEN_POINTS/>
            <button type="button" name="curve.example" on:click=move |_| page.replace_figure(FigureNumbers::example())>
                {words::LOAD_EXAMPLE}
            </button>
            <button type="button" name="curve.clear" on:click=clear>
                {words::CLEAR}
            </button>
        </div>
    }
}

/// What was published with the curve.
#[component]
pub fn AtRisk(page: Page) -> impl IntoView {
    let incidence = is_incidence(page);
    let at_risk = page.of_shown(|curve| &curve.at_risk);
    let set_at_risk = page.set_shown(|curve| &mut curve.at_risk);
    let events = page.of_shown(|curve| &curve.events);
    let set_events = page.set_shown(|curve| &mut curve.events);
    let of_event = Memo::new(move |_| {
        let shown = page.shown.get();
        let competing = page.figure.with(|figure| {
            figure
                .curves
                .get(shown)
                .is_some_and(|curve| curve.of == CurveOf::Competing)
        });
        incidence.get() && competing
    });
    let lines = move || {
        if of_event.get() {
            view! { <p class="quiet">{digitise::AT_RISK_OF_EVENT}</p> }.into_any()
        } else {
            view! { <Lines name="curve.at-risk" label=words::AT_RISK value=at_risk set=set_at_risk hint=words::AT_RISK_HINT/> }
                .into_any()
        }
    };
    view! {
        {lines}
        <div class="picker">
            <Text name="curve.events".to_owned() label=words::EVENTS value=events set=set_events hint="35" size=5/>
        </div>
    }
}
