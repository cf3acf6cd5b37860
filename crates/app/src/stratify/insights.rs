//! What all answers say together: the headline, the strip below it, and the parts below the rows.

use cotside_core::protocols::{OutcomeOverview, RiskOverview, disagreements, worth_knowing_next};
use cotside_views::{letter_of, overview};
use cotside_words::lang::{self, page};
use leptos::prelude::*;

use super::{Case, field};
use crate::worker_pages::{WorkerPage, WorkerPart};

/// How many missing findings are named.
const NAMED: usize = 3;

/// In how many protocols which level: read out after each change.
#[component]
pub fn Headline() -> impl IntoView {
    let case = Case::here();
    let risk = Memo::new(move |_| case.assessments.with(|all| RiskOverview::of(all)));
    view! {
        <div class="headline" role="status" aria-live="polite" data-testid="tally">
            <h2 id="answers-title">{move || risk.with(lang::headline)}</h2>
            <p>{move || risk.with(lang::beside_headline)}</p>
        </div>
    }
}

/// The bar at the foot of a phone: the counts, and the way between findings and answers.
#[component]
pub fn Bar(
    /// Whether the answers are shown, on a phone.
    answers: RwSignal<bool>,
) -> impl IntoView {
    let case = Case::here();
    let counts = move || {
        let risk = case.assessments.with(|all| RiskOverview::of(all));
        let letters = risk
            .levels
            .iter()
            .map(|(level, protocols)| format!("{} {}", letter_of(*level), protocols.len()));
        let open = (!risk.undetermined.is_empty()).then(|| format!("? {}", risk.undetermined.len()));
        letters.chain(open).collect::<Vec<_>>().join(" · ")
    };
    let toggle = move |_| {
        answers.update(|answers| *answers = !*answers);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    };
    view! {
        <div class="jump">
            <button type="button" data-testid="to-answers" on:click=toggle>
                {move || if answers.get() { format!("◂ {}", page::TO_FINDINGS) } else { format!("{} ▴{}", counts(), page::TO_ANSWERS) }}
            </button>
        </div>
    }
}

/// Transplant, published outcome and missing findings, side by side.
#[component]
pub fn Strip() -> impl IntoView {
    let case = Case::here();
    let transplant = move || {
        let counts = case.assessments.with(|all| lang::transplant_counts(all));
        counts
            .into_iter()
            .enumerate()
            .map(|(at, (_, text))| {
                let text = if at == 0 { text } else { format!(" · {text}") };
                view! { <span class:first=at == 0>{text}</span> }
            })
            .collect_view()
    };
    let outcome = move || {
        let [own, wider, none] = case
            .assessments
            .with(|all| lang::outcome_counts(&OutcomeOverview::of(all)));
        view! { <span class="first">{own}</span>{format!(" · {wider} · {none}")} }
    };
    let next = Memo::new(move |_| case.assessments.with(|all| worth_knowing_next(all)));
    let missing = move || {
        let all = next.get();
        if all.is_empty() {
            return view! { <span>{page::STRIP_MISSING_NONE}</span> }.into_any();
        }
        let rest = all.len().saturating_sub(NAMED);
        let named = all.into_iter().take(NAMED).enumerate().map(|(at, each)| {
            let field = each.field;
            let counts = [
                (page::DECIDES, each.decides.len()),
                (page::MAY_DECIDE, each.may_decide.len()),
                (page::NARROWS, each.narrows.len()),
            ];
            let counts: Vec<String> = counts
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .map(|(word, count)| format!("{word} {count}"))
                .collect();
            view! {
                {(at > 0).then_some(" · ")}
                <button type="button" class="link" on:click=move |_| field::focus(field)>{lang::field_label(field)}</button>
                " "<span class="quiet">{counts.join(", ")}</span>
            }
        });
        view! {
            {named.collect_view()}
            {(rest > 0).then(|| view! { " · "<span class="quiet">{page::more(rest)}</span> })}
        }
        .into_any()
    };
    view! {
        <dl class="strip">
            <div><dt>{page::STRIP_TRANSPLANT}</dt><dd data-testid="transplant-counts">{transplant}</dd></div>
            <div><dt>{page::STRIP_OUTCOME}</dt><dd data-testid="outcome-counts">{outcome}</dd></div>
            <div><dt>{page::STRIP_MISSING}</dt><dd data-testid="next-findings">{missing}</dd></div>
        </dl>
    }
}

/// The parts below the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Differences,
    Outcomes,
    Patients,
    Custom,
}

/// The parts in their order, each with the fragment of the address that opens it.
const TABS: [(Tab, &str); 4] = [
    (Tab::Differences, "differences"),
    (Tab::Outcomes, "outcomes"),
    (Tab::Patients, "patients"),
    (Tab::Custom, "custom"),
];

/// Where protocols differ, all outcomes, several patients, custom protocols: one at a time. The last two are loaded when they
/// are opened, and stay.
#[component]
pub fn Tabs() -> impl IntoView {
    let named = || {
        let hash = window().location().hash().unwrap_or_default();
        let found = TABS.iter().find(|(_, name)| hash.strip_prefix('#') == Some(name));
        found.map(|(tab, _)| *tab)
    };
    let shown = RwSignal::new(named().unwrap_or(Tab::Differences));
    let moved = window_event_listener(leptos::ev::hashchange, move |_| {
        if let Some(tab) = named() {
            shown.set(tab);
        }
    });
    on_cleanup(move || moved.remove());
    let seen = RwSignal::new(Vec::<Tab>::new());
    Effect::new(move |_| {
        let now = shown.get();
        seen.update(|seen| {
            if !seen.contains(&now) {
                seen.push(now);
            }
        });
    });
    let tab = move |((tab, name), label): ((Tab, &'static str), &'static str)| {
        let selected = move || shown.get() == tab;
        let arrow = move |event: leptos::ev::KeyboardEvent| {
            let step = match event.key().as_str() {
                "ArrowRight" => 1,
                "ArrowLeft" => TABS.len() - 1,
                _ => return,
            };
            event.prevent_default();
            let at = TABS.iter().position(|(each, _)| *each == tab).unwrap_or_default();
            let (next, name) = TABS[(at + step) % TABS.len()];
            shown.set(next);
            crate::links::focus_id(&format!("tab-{name}"));
        };
        view! {
            <button
                type="button"
                role="tab"
                id=format!("tab-{name}")
                data-testid=format!("tab-{name}")
                aria-controls=format!("panel-{name}")
                aria-selected=move || selected().to_string()
                tabindex=move || if selected() { "0" } else { "-1" }
                on:click=move |_| shown.set(tab)
                on:keydown=arrow
            >{label}</button>
        }
    };
    let panel = move |(tab, name): (Tab, &'static str)| {
        let there = Memo::new(move |_| seen.with(|seen| seen.contains(&tab)));
        view! {
            <div
                role="tabpanel"
                id=format!("panel-{name}")
                aria-labelledby=format!("tab-{name}")
                hidden=move || shown.get() != tab
            >
                {move || there.get().then(|| content(tab))}
            </div>
        }
    };
    view! {
        <section class="tabs" data-testid="tabs">
            <div class="tablist" role="tablist" aria-label=page::TABS_NAME>
                {TABS.into_iter().zip(page::TABS).map(tab).collect_view()}
            </div>
            {TABS.map(panel)}
        </section>
    }
}

fn content(tab: Tab) -> AnyView {
    let case = Case::here();
    match tab {
        Tab::Differences => {
            let agree = move || case.assessments.with(|all| disagreements(all).is_empty());
            let table = Memo::new(move |_| case.assessments.with(|all| overview::criteria(all)).into_string());
            view! {
                <p class="quiet">{move || agree().then_some(page::CRITERIA_AGREE)}</p>
                <div data-testid="disagreements" inner_html=move || table.get()></div>
            }
            .into_any()
        }
        Tab::Outcomes => {
            let table = Memo::new(move |_| case.assessments.with(|all| overview::all_outcomes(all)).into_string());
            view! { <div data-testid="all-outcomes" inner_html=move || table.get()></div> }.into_any()
        }
        Tab::Patients => {
            let open = move |(entry, label)| {
                case.load(entry, super::Origin::Row(label));
                window().scroll_to_with_x_and_y(0.0, 0.0);
                crate::links::focus_id("findings-title");
            };
            view! { <WorkerPart part=WorkerPage::Patients on_patient=Callback::new(open)/> }.into_any()
        }
        Tab::Custom => view! {
            <WorkerPart
                part=WorkerPage::Beside
                findings=Signal::derive(move || case.form.with(|form| form.entry.lines()))
            />
        }
        .into_any(),
    }
}
