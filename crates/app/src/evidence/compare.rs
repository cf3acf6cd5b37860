//! Compare and pool: two-step pickers, and how estimates are pooled.

use cotside_core::evidence::published;
use cotside_messages::{EvidenceView, POOL_METHODS, POOL_SCALES, POOL_TESTS, scale_code};
use cotside_views::english;
use cotside_words::lang::{self, evidence_page as words};
use leptos::html::H3;
use leptos::prelude::*;

use super::control::{Choice, Select, Tick};
use super::{Page, address};
use crate::part::Part;

/// Two estimates compared.
#[component]
pub fn Compare(page: Page) -> impl IntoView {
    let compared = page.compared;
    let first = Signal::derive(move || compared.with(|compared| compared.first.clone()));
    let second = Signal::derive(move || compared.with(|compared| compared.second.clone()));
    let set_first = Callback::new(move |id| compared.update(|compared| compared.first = id));
    let set_second = Callback::new(move |id| compared.update(|compared| compared.second = id));
    let binomial = Signal::derive(move || compared.with(|compared| compared.binomial));
    let set_binomial = Callback::new(move |binomial| compared.update(|compared| compared.binomial = binomial));
    view! {
        <h3>{words::COMPARE_TWO}</h3>
        <Picker page names=["compare.first-study", "compare.first"] label=words::FIRST value=first set=set_first/>
        <Picker page names=["compare.second-study", "compare.second"] label=words::SECOND value=second set=set_second/>
        <div class="tools"><Tick name="compare.binomial" label=words::BINOMIAL value=binomial set=set_binomial/></div>
        <Part link=page.link name="compare" testid="compare"/>
    }
}

/// A study, then one of its estimates.
#[component]
fn Picker(
    page: Page,
    /// Names of the two lists.
    names: [&'static str; 2],
    /// What is picked.
    label: &'static str,
    /// The id of the estimate that is picked.
    #[prop(into)]
    value: Signal<Option<String>>,
    /// Takes another one.
    set: Callback<Option<String>>,
) -> impl IntoView {
    let study = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(row) = value.with(|id| page.named(id.as_deref()?)) {
            study.set(row.study_id);
        }
    });
    let none = || (String::new(), words::CHOOSE_ONE.to_owned());
    let studies = Signal::derive(move || std::iter::once(none()).chain(page.studies()).collect::<Vec<Choice>>());
    let estimates = Signal::derive(move || {
        let study = study.get();
        let rows = published().estimates.iter().filter(|row| row.study.id == study);
        let mut rows: Vec<Choice> = rows.map(|row| (row.id.to_owned(), words::estimate_name(row))).collect();
        page.own_names.with(|own| {
            let own = own.iter().filter(|row| row.study_id == study);
            rows.extend(own.map(|row| (row.id.clone(), row.name.clone())));
        });
        std::iter::once(none()).chain(rows).collect::<Vec<Choice>>()
    });
    let set_study = Callback::new(move |id: String| {
        study.set(id);
        set.run(None);
    });
    let set_estimate = Callback::new(move |id: String| set.run((!id.is_empty()).then_some(id)));
    view! {
        <div class="picker two-step" role="group" aria-label=label>
            <Select name=names[0] label=words::pick_study(label) choices=studies value=study set=set_study quoted=true/>
            <Select
                name=names[1]
                label=words::PICK_ESTIMATE
                choices=estimates
                value=Signal::derive(move || value.get().unwrap_or_default())
                set=set_estimate
                quoted=true
            />
        </div>
    }
}

/// Several estimates pooled.
#[component]
pub fn Pool(page: Page) -> impl IntoView {
    let heading = NodeRef::<H3>::new();
    Effect::new(move |_| {
        if page.view.with(|view| *view == EvidenceView::Pool)
            && let Some(heading) = heading.get()
        {
            request_animation_frame(move || {
                let _ = heading.focus();
            });
        }
    });
    let add = Callback::new(move |id: Option<String>| {
        if let Some(id) = id {
            page.choose(&[id], true);
        }
    });
    let add_listed = move |_| page.listed.with_untracked(|listed| page.choose(listed, true));
    view! {
        <h3 node_ref=heading tabindex="-1" id="pool">{words::POOL}</h3>
        <p class="quiet">
            {words::POOL_LEAD[0]}<a href=address("estimates")>{words::POOL_LEAD[1]}</a>{words::POOL_LEAD[2]}
        </p>
        <Picker page names=["pool.add-study", "pool.add"] label=words::ADD value=Signal::stored(None::<String>) set=add/>
        <div class="tools">
            <button type="button" name="pool.all" on:click=add_listed>{words::ADD_LISTED}</button>
            <button
                type="button"
                name="pool.clear"
                hidden=move || page.chosen.with(Vec::is_empty)
                on:click=move |_| page.chosen.set(Vec::new())
            >{words::REMOVE_ALL}</button>
        </div>
        <ul class="facts" data-testid="chosen">
            <For each=move || page.chosen.get() key=Clone::clone children=move |id| view! { <Chosen page id/> }/>
        </ul>
        <Options page/>
        <Part link=page.link name="pool" testid="pool"/>
    }
}

/// A chosen estimate, with the button that takes it out.
#[component]
fn Chosen(page: Page, id: String) -> impl IntoView {
    let row = page.named(&id)?;
    // Where the page is not in English, the texts beside the button are part of its name, each in its language.
    let label = english().is_none().then(|| words::remove_name(&row.study, &row.name));
    let ids = english().map(|_| ["study", "name", "remove"].map(|part| format!("chosen-{part}:{id}")));
    let labelled_by = ids.as_ref().map(|ids| ids.join(" "));
    let [study_id, name_id, remove_id] = ids.map_or([None, None, None], |ids| ids.map(Some));
    // What its source calls the patients is in English; own estimates are in the reader's words.
    let of_table = published().estimate(&id);
    let language = of_table.and_then(|_| english());
    let name = if english().is_none() {
        row.name.clone().into_any()
    } else {
        let population = of_table.map_or("", |estimate| estimate.population);
        let before = row.name.strip_suffix(population).unwrap_or_default().to_owned();
        view! { <span id=name_id>{before}<span lang=language>{population}</span></span> }.into_any()
    };
    let remove = move |_| page.choose(std::slice::from_ref(&id), false);
    Some(view! {
        <li>
            <strong id=study_id lang=language>{row.study}</strong>", "{name}" "
            <button id=remove_id type="button" class="link" aria-label=label aria-labelledby=labelled_by on:click=remove>{words::REMOVE}</button>
        </li>
    })
}

/// How they are pooled.
#[component]
fn Options(page: Page) -> impl IntoView {
    let pool = page.pool;
    let methods: Vec<Choice> = POOL_METHODS
        .iter()
        .map(|method| (method.code().to_owned(), lang::pool_method(*method).to_owned()))
        .collect();
    let tests: Vec<Choice> = POOL_TESTS
        .iter()
        .map(|test| (test.code().to_owned(), lang::pool_test(*test).to_owned()))
        .collect();
    let scales: Vec<Choice> = POOL_SCALES
        .iter()
        .map(|scale| (scale_code(*scale).to_owned(), lang::scale_name(*scale).to_owned()))
        .collect();
    let method = Signal::derive(move || pool.with(|pool| pool.method.code().to_owned()));
    let set_method = Callback::new(move |code: String| {
        if let Some(found) = POOL_METHODS.into_iter().find(|method| method.code() == code) {
            pool.update(|pool| pool.method = found);
        }
    });
    let test = Signal::derive(move || pool.with(|pool| pool.test.code().to_owned()));
    let set_test = Callback::new(move |code: String| {
        if let Some(found) = POOL_TESTS.into_iter().find(|test| test.code() == code) {
            pool.update(|pool| pool.test = found);
        }
    });
    let scale = Signal::derive(move || pool.with(|pool| scale_code(pool.scale).to_owned()));
    let set_scale = Callback::new(move |code: String| {
        if let Some(found) = POOL_SCALES.into_iter().find(|scale| scale_code(*scale) == code) {
            pool.update(|pool| pool.scale = found);
        }
    });
    let binomial = Signal::derive(move || pool.with(|pool| pool.binomial));
    let set_binomial = Callback::new(move |binomial| pool.update(|pool| pool.binomial = binomial));
    view! {
        <div class="picker">
            <Select name="pool.method" label=words::METHOD choices=Signal::stored(methods) value=method set=set_method/>
            <Select name="pool.test" label=words::INTERVAL choices=Signal::stored(tests) value=test set=set_test/>
            <Select name="pool.scale" label=words::SCALE choices=Signal::stored(scales) value=scale set=set_scale/>
        </div>
        <div class="tools"><Tick name="pool.binomial" label=words::BINOMIAL value=binomial set=set_binomial/></div>
    }
}
