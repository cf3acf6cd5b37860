//! What is asked of the cohort: the state of all controls, and those that hold for every result.

use cotside_core::cohort::Endpoint;
use cotside_messages::{
    Choice, Choices, FigureOptions, InductionFailure, Preset, Request, Settings, number, panel, years,
};
use cotside_words::lang::cohort_page::{self as words, heading, label};
use leptos::prelude::*;

use super::control::{Select, Text, Tick};
use super::filters::Filters;
use super::levels::{Levels, OtherLevels};
use super::origin::OriginSelect;
use crate::worker_link::Link;

/// The settings of the page, and what can be chosen; a copy is the same.
#[derive(Clone, Copy)]
pub struct Asked {
    link: Link,
    /// The settings.
    pub settings: RwSignal<Settings>,
    /// What can be chosen; nothing without a file.
    pub choices: RwSignal<Option<Choices>>,
}

impl Asked {
    /// The settings of a page's worker.
    pub fn of(link: Link) -> Self {
        let asked = Self {
            link,
            settings: RwSignal::default(),
            choices: RwSignal::default(),
        };
        Effect::new(move |_| {
            let Some(choices) = link.choices.get() else {
                return;
            };
            // What was asked for since is not undone.
            if !link.is_asked_for_settings() && asked.settings.with_untracked(|now| *now != choices.settings) {
                asked.settings.set(choices.settings.clone());
            }
            asked.choices.set(Some(choices));
        });
        asked
    }

    /// Changes the settings, and asks the worker for what follows.
    pub fn change(&self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.settings.get_untracked();
        change(&mut settings);
        if self.settings.with_untracked(|before| *before != settings) {
            self.settings.set(settings.clone());
            self.link.send(Request::Settings(Box::new(settings)));
        }
    }

    /// Changes how figures look.
    fn draw(&self, change: impl FnOnce(&mut FigureOptions)) {
        self.change(|settings| change(&mut settings.figure));
    }

    /// A value of the settings, as text.
    pub fn text(&self, value: impl Fn(&Settings) -> String + Send + Sync + 'static) -> Signal<String> {
        let settings = self.settings;
        Signal::derive(move || settings.with(&value))
    }

    /// A value of the settings that is true or false.
    pub fn truth(&self, value: impl Fn(&Settings) -> bool + Send + Sync + 'static) -> Signal<bool> {
        let settings = self.settings;
        Signal::derive(move || settings.with(&value))
    }

    /// A list of what can be chosen.
    pub fn list<T: Clone + PartialEq + Send + Sync + 'static>(
        &self,
        list: impl Fn(&Choices) -> Vec<T> + Send + Sync + 'static,
    ) -> Memo<Vec<T>> {
        let choices = self.choices;
        Memo::new(move |_| choices.with(|choices| choices.as_ref().map(&list).unwrap_or_default()))
    }
}

/// Options of a select, the first of which is none of the choices.
pub fn options(first: Option<&str>, choices: Vec<Choice>) -> Vec<(String, String, bool)> {
    let first = first.map(|words| (String::new(), words.to_owned(), true));
    let choices = choices.into_iter().map(|choice| (choice.id, choice.name, true));
    first.into_iter().chain(choices).collect()
}

/// Codes of a setting with their words.
pub fn codes(codes: impl IntoIterator<Item = &'static str>) -> Vec<(String, String, bool)> {
    let with_words = |code: &'static str| (code.to_owned(), words::value(code).to_owned(), true);
    codes.into_iter().map(with_words).collect()
}

/// Endpoint, groups, subset, times.
#[component]
pub fn AnalysisSettings(asked: Asked) -> impl IntoView {
    let endpoints = asked.list(|choices| {
        let option = |each: &cotside_messages::EndpointChoice| {
            let name = words::endpoint(&each.name, each.patients, each.obstacle.as_deref());
            (each.code.clone(), name, each.patients > 0)
        };
        choices.endpoints.iter().map(option).collect()
    });
    let follows = Memo::new(move |_| endpoints.with(|endpoints| !endpoints.is_empty()));
    let groups = asked.list(|choices| options(Some(label::NO_GROUP), choices.groups.clone()));
    let not_offered = asked.list(|choices| choices.not_offered.clone());
    let of_follow_up = move || {
        follows.get().then(|| {
            view! {
                <Select
                    name="failure"
                    label=label::INDUCTION_FAILURE
                    options=codes(InductionFailure::ALL.iter().map(|each| each.code()))
                    value=asked.text(|settings| settings.induction_failure.code().to_owned())
                    choose=move |code| asked.change(|settings| {
                        settings.induction_failure = InductionFailure::from_code(&code).unwrap_or_default();
                    })
                />
                <Text
                    name="at"
                    label=label::AT
                    value=asked.text(|settings| listed(&settings.at))
                    choose=move |text| asked.change(|settings| settings.at = years(&text))
                />
            }
        })
    };
    view! {
        <OriginSelect asked/>
        {move || follows.get().then(|| view! {
            <Select
                name="endpoint"
                label=label::ENDPOINT
                options=endpoints
                value=asked.text(|settings| settings.endpoint.code().to_owned())
                choose=move |code| {
                    if let Some(endpoint) = Endpoint::from_code(&code) {
                        asked.change(|settings| settings.set_endpoint(endpoint));
                    }
                }
            />
        })}
        <Select
            name="group"
            label=label::GROUP
            options=groups
            value=asked.text(|settings| settings.group.clone())
            choose=move |id| asked.change(|settings| settings.group = id)
        />
        <Levels asked id=asked.text(|settings| settings.group.clone())/>
        <OtherLevels asked/>
        <Filters asked/>
        {move || {
            let names = not_offered.get();
            (!names.is_empty()).then(|| view! {
                <details class="more" data-testid="not-offered">
                    <summary>{words::NOT_OFFERED}</summary>
                    <ul>{names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}</ul>
                </details>
            })
        }}
        {of_follow_up}
    }
}

/// Numbers in a text field.
pub fn listed(numbers: &[f64]) -> String {
    let texts: Vec<String> = numbers.iter().map(f64::to_string).collect();
    texts.join(", ")
}

fn shown(number: Option<f64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// A number, or none where nothing is typed; what is not understood is none of both.
fn typed(text: &str) -> Option<Option<f64>> {
    if text.trim().is_empty() {
        Some(None)
    } else {
        number(text).map(Some)
    }
}

/// A select of a setting of figures.
macro_rules! figure_select {
    ($asked:ident, $name:literal, $label:expr, $field:ident: $kind:ident) => {
        view! {
            <Select
                name=$name
                label=$label
                options=codes(cotside_messages::$kind::ALL.iter().map(|each| each.code()))
                value=$asked.text(|settings| settings.figure.$field.code().to_owned())
                choose=move |code| $asked.draw(|figure| {
                    figure.$field = cotside_messages::$kind::from_code(&code).unwrap_or_default();
                })
            />
        }
    };
}

/// A number of a setting of figures, which may be left to the drawing.
macro_rules! figure_number {
    ($asked:ident, $name:literal, $label:expr, $field:ident) => {
        view! {
            <Text
                name=$name
                label=$label
                value=$asked.text(|settings| shown(settings.figure.$field))
                choose=move |text| {
                    if let Some(number) = typed(&text) {
                        $asked.draw(|figure| figure.$field = number);
                    }
                }
            />
        }
    };
}

/// A tick of a setting of figures.
macro_rules! figure_tick {
    ($asked:ident, $name:literal, $label:expr, $field:ident) => {
        view! {
            <Tick
                name=$name
                label=$label
                value=$asked.truth(|settings| settings.figure.$field)
                choose=move |set| $asked.draw(|figure| figure.$field = set)
            />
        }
    };
}

/// How figures look.
#[component]
pub fn FigureSettings(asked: Asked) -> impl IntoView {
    view! {
        <h2>{heading::FIGURE}</h2>
        <Select
            name="preset"
            label=label::PRESET
            options=codes(Preset::ALL.iter().map(|each| each.code()))
            value=asked.text(|settings| settings.figure.preset.code().to_owned())
            choose=move |code| asked.draw(|figure| figure.prepare(Preset::from_code(&code).unwrap_or_default()))
        />
        {figure_select!(asked, "shown", label::DIRECTION, direction: Direction)}
        {figure_select!(asked, "width", label::WIDTH, width: Width)}
        {figure_select!(asked, "table", label::TABLE, table: RiskTable)}
        {figure_select!(asked, "unit", label::UNIT, unit: TimeAxisUnit)}
        <div class="pair">
            {figure_number!(asked, "time-from", label::TIME_FROM, time_from)}
            {figure_number!(asked, "time-to", label::TIME_TO, time_to)}
        </div>
        {figure_select!(asked, "time-end", label::TIME_END, time_end: TimeEnd)}
        {figure_tick!(asked, "bands", label::BANDS, bands)}
        {figure_tick!(asked, "annotation", label::ANNOTATION, annotation)}
        {figure_tick!(asked, "censored", label::CENSORING, censoring_marks)}
        <details class="more" data-testid="look">
            <summary>{heading::MORE_OPTIONS}</summary>
            {figure_select!(asked, "text", label::FONT_SIZE, font_size: FontSize)}
            <Text
                name="panel"
                label=label::PANEL
                value=asked.text(|settings| settings.figure.panel.map(String::from).unwrap_or_default())
                choose=move |text| {
                    if let Some(letter) = panel(&text) {
                        asked.draw(|figure| figure.panel = letter);
                    }
                }
            />
            {figure_tick!(asked, "title", label::TITLE, title)}
            {figure_tick!(asked, "caption", label::CAPTION, caption)}
            {figure_select!(asked, "values", label::SCALE, scale: ValueScale)}
            {figure_number!(asked, "time-step", label::TIME_STEP, time_step)}
            <div class="pair">
                {figure_number!(asked, "low", label::VALUE_FROM, value_from)}
                {figure_number!(asked, "high", label::VALUE_TO, value_to)}
            </div>
            {figure_number!(asked, "value-step", label::VALUE_STEP, value_step)}
            {figure_select!(asked, "lines", label::LINES, lines: LineStyle)}
            {figure_select!(asked, "colours", label::COLOURS, colours: Colours)}
            {figure_select!(asked, "weight", label::WEIGHT, weight: CurveWeight)}
            {figure_select!(asked, "shape", label::SHAPE, shape: Shape)}
            {figure_select!(asked, "names", label::NAMES, names: CurveNames)}
            {figure_select!(asked, "few", label::LOW_NUMBER, low_number: LowNumber)}
            {figure_select!(asked, "where-few", label::LOW_NUMBER_CURVE, low_number_curve: LowNumberCurve)}
        </details>
    }
}
