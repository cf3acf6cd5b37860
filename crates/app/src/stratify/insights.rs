//! What is worth knowing next, and on what the protocols disagree.

use cotside_core::protocols::{Protocol, disagreements, worth_knowing_next};
use cotside_words::lang::{self, page};
use leptos::prelude::*;

use super::{Case, field};
use cotside_views::list;
use maud::html as markup;

/// How many missing findings are shown before the rest is folded.
const SHOWN: usize = 3;

/// The missing findings, the one that decides most first.
#[component]
pub fn Next() -> impl IntoView {
    let case = Case::here();
    let next = Memo::new(move |_| case.assessments.with(|all| worth_knowing_next(all)));
    let names = |label: &'static str, protocols: &[&'static Protocol<'static>]| {
        (!protocols.is_empty()).then(|| {
            let names: Vec<&str> = protocols.iter().map(|protocol| lang::protocol_name(protocol)).collect();
            view! { " " <span class="part"><span class="quiet">{label}</span>" "{names.join(", ")}</span> }
        })
    };
    let item = move |each: cotside_core::protocols::NextFinding<'static>| {
        let field = each.field;
        view! {
            <li>
                <button type="button" class="link" on:click=move |_| field::focus(field)>{lang::field_label(field)}</button>
                {names(page::DECIDES, &each.decides)}
                {names(page::MAY_DECIDE, &each.may_decide)}
                {names(page::NARROWS, &each.narrows)}
            </li>
        }
    };
    view! {
        <section class="next" aria-labelledby="next-title" data-testid="next-findings">
            <h3 id="next-title">{page::NEXT}</h3>
            {move || {
                let mut all = next.get();
                if all.is_empty() {
                    return view! { <p class="quiet">{page::NEXT_NONE}</p> }.into_any();
                }
                let rest = all.split_off(all.len().min(SHOWN));
                view! {
                    <ol>{all.into_iter().map(item).collect_view()}</ol>
                    {(!rest.is_empty()).then(|| view! {
                        <details class="more">
                            <summary>{page::more(rest.len())}</summary>
                            <ol start=SHOWN + 1>{rest.into_iter().map(item).collect_view()}</ol>
                        </details>
                    })}
                }.into_any()
            }}
        </section>
    }
}

/// The findings on which protocols that place this child differently do not agree.
#[component]
pub fn Disagreements() -> impl IntoView {
    let case = Case::here();
    let found = move || {
        let all = case.assessments.with(|all| disagreements(all));
        if all.is_empty() {
            return markup! { p.quiet { (page::DISAGREEMENTS_NONE) } }.into_string();
        }
        list(all.iter().map(lang::disagreement)).into_string()
    };
    view! {
        <section class="disagreements" aria-labelledby="disagreements-title" data-testid="disagreements">
            <h3 id="disagreements-title">{page::DISAGREEMENTS}</h3>
            <div inner_html=found></div>
        </section>
    }
}
