//! The teaching example: opened in one click, told in two ways.

use cotside_core::federated::Sharing;
use cotside_messages::CombineRequest;
use cotside_words::lang::combine_page as words;
use leptos::prelude::*;

use super::{Held, REGISTRY};
use crate::part::Part;

/// The example, or the button that opens it.
#[component]
pub(super) fn Example(held: Held) -> impl IntoView {
    let is_open = held.of(|view| view.has_example);
    let sharing = RwSignal::new(Sharing::Masked);
    let choice = move |each: Sharing, name: &'static str| {
        let choose = move |_| {
            sharing.set(each);
            held.ask(CombineRequest::ExampleSharing(each));
        };
        view! {
            <label class="tick">
                <input
                    type="radio"
                    name="example.sharing"
                    value=each.code()
                    autocomplete="off"
                    prop:checked=move || sharing.get() == each
                    on:change=choose
                />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        {move || if is_open.get() {
            view! {
                <fieldset class="group example-sharing" data-testid="example-sharing">
                    <legend>{words::EXAMPLE_SHARING}</legend>
                    {choice(Sharing::Masked, words::MASKED)}
                    {choice(Sharing::PerSite, words::PER_SITE)}
                </fieldset>
            }.into_any()
        } else {
            view! {
                <p><button
                    type="button"
                    class="primary"
                    data-testid="open-example"
                    on:click=move |_| held.link.open_sample(REGISTRY, "registry")
                >{words::OPEN_EXAMPLE}</button></p>
            }.into_any()
        }}
        <Part link=held.link name="example-story" testid="example-story"/>
    }
}
