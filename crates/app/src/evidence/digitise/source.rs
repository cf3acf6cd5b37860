//! The hazard ratio printed with a figure, and where the figure was published and who read it.

use cotside_messages::{EvidenceRequest, FigureNumbers};
use cotside_words::lang::digitise_page as digitise;
use leptos::prelude::*;

use crate::evidence::Page;
use crate::evidence::control::{Choice, Select, Text};

/// A text of the figure.
type Field = fn(&mut FigureNumbers) -> &mut String;

impl Page {
    fn text_of(self, of: Field) -> (Signal<String>, Callback<String>) {
        let value = Signal::derive(move || of(&mut self.figure.get()).clone());
        let set = Callback::new(move |text: String| {
            self.figure.update(|figure| text.trim().clone_into(of(figure)));
        });
        (value, set)
    }
}

/// Texts of the source, the date and who digitised it; and the button that puts the figure into the library.
#[component]
pub fn Source(page: Page) -> impl IntoView {
    let fields: [(&'static str, &'static str, &'static str, u8, Field); 6] = [
        ("source.study", digitise::STUDY, "MLL03", 18, |figure| {
            &mut figure.source.study
        }),
        ("source.figure", digitise::FIGURE, "Figure 2A", 10, |figure| {
            &mut figure.source.figure
        }),
        ("source.page", digitise::PAGE, "612", 5, |figure| {
            &mut figure.source.page
        }),
        ("source.by", digitise::BY, "A. Reader", 14, |figure| {
            &mut figure.source.digitised_by
        }),
        ("source.date", digitise::DATE, "2026-01-31", 10, |figure| {
            &mut figure.source.date
        }),
        ("source.note", digitise::NOTE, "", 24, |figure| &mut figure.source.note),
    ];
    let field = move |(name, label, hint, size, of): (&'static str, &'static str, &'static str, u8, Field)| {
        let (value, set) = page.text_of(of);
        view! { <Text name=name.to_owned() label value set hint size/> }
    };
    let shelve = move |_| {
        page.awaits_figures.set_value(true);
        page.ask(EvidenceRequest::Shelve);
    };
    view! {
        <Printed page/>
        <div class="picker">{fields.map(field)}</div>
        <div class="tools">
            <button type="button" name="library.add" on:click=shelve>{digitise::TO_LIBRARY}</button>
        </div>
    }
}

/// The printed ratio, once there are two groups.
#[component]
fn Printed(page: Page) -> impl IntoView {
    let groups = Memo::new(move |_| {
        page.figure.with(|figure| {
            let mut names: Vec<String> = Vec::new();
            for curve in &figure.curves {
                let name = curve.group.trim().to_owned();
                if !name.is_empty() && !names.contains(&name) {
                    names.push(name);
                }
            }
            names
        })
    });
    let listed =
        Signal::derive(move || -> Vec<Choice> { groups.get().into_iter().map(|name| (name.clone(), name)).collect() });
    let chosen = move |of: Field, place: usize| {
        let (value, set) = page.text_of(of);
        let value = Signal::derive(move || {
            let named = value.get();
            let names = groups.get();
            if names.contains(&named) {
                named
            } else {
                names.get(place).cloned().unwrap_or_default()
            }
        });
        (value, set)
    };
    let (group, set_group) = chosen(|figure| &mut figure.printed.group, 1);
    let (reference, set_reference) = chosen(|figure| &mut figure.printed.reference, 0);
    let (ratio, set_ratio) = page.text_of(|figure| &mut figure.printed.ratio);
    let (interval, set_interval) = page.text_of(|figure| &mut figure.printed.interval);
    view! {
        <Show when=move || { groups.with(Vec::len) > 1 }>
            <fieldset class="group">
                <legend>{digitise::PRINTED}</legend>
                <div class="picker">
                    <Select name="printed.group" label=digitise::RATIO_GROUP choices=listed value=group set=set_group/>
                    <Select name="printed.reference" label=digitise::RATIO_REFERENCE choices=listed value=reference set=set_reference/>
                    <Text name="printed.ratio".to_owned() label=digitise::RATIO value=ratio set=set_ratio hint="0.62" size=5/>
                    <Text name="printed.interval".to_owned() label=digitise::RATIO_INTERVAL value=interval set=set_interval hint="0.40–0.95" size=10/>
                </div>
            </fieldset>
        </Show>
    }
}
