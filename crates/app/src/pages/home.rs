//! `/`: the three jobs, each with something that is live: one infant's first findings, the example's curve, published estimates.

use cotside_core::evidence::PublishedEndpoint;
use cotside_core::infant::Field;
use cotside_core::protocols::{Assessment, Outcome, PROTOCOLS, Protocol, Status, protocol};
use cotside_views::{letter, open_letter, original, trusted};
use cotside_words::lang::{self, page, site};
use cotside_words::{capital, decimal, grouped};
use leptos::prelude::*;
use maud::{Markup, html as markup};

use crate::links::{self, href, protocol_href, row_href};
use crate::stratify::field::{AgeInput, Input, WhiteCells};
use crate::stratify::{Case, Origin};

/// Protocols whose answers are shown, the newest first.
const ANSWERED: [&str; 4] = ["interfant-21", "interfant-06", "mll-10", "cog-aall0631"];

/// Studies of which an estimate is shown.
const ESTIMATED: [&str; 3] = ["interfant-06", "mll-10", "mll03"];

/// The curves of the example, as Analyse draws them (`crates/worker/tests/home_picture.rs`).
const PICTURE: &str = include_str!("../../../../www/pictures/registry-efs.svg");

/// The page.
#[component]
pub fn Home() -> impl IntoView {
    links::set_title("");
    view! {
        <div class="home">
            <h1>{site::HOME}</h1>
            <p class="lead">{site::home_lead(PROTOCOLS.len())}</p>
            <div class="jobs">
                <Infant/>
                <section class="job" aria-labelledby="job-cohort" inner_html=cohort().into_string()></section>
                <section class="job" aria-labelledby="job-evidence" inner_html=evidence().into_string()></section>
            </div>
            <div class="proven" inner_html=proven().into_string()></div>
        </div>
    }
}

/// The first fields of the form, on the case that Stratify shows, and what some protocols answer.
#[component]
fn Infant() -> impl IntoView {
    let case = Case::here();
    let answers = move || case.assessments.with(|all| answers(all)).into_string();
    view! {
        <section class="job" aria-labelledby="job-infant">
            <h2 id="job-infant">{site::JOBS[0]}</h2>
            <Whose/>
            <form class="fields" autocomplete="off" on:submit=|event| event.prevent_default()>
                <AgeInput/>
                <WhiteCells/>
                <Input field=Field::Kmt2a/>
            </form>
            <div aria-live="polite" data-testid="home-answers" inner_html=answers></div>
            <p><a class="button primary" href=href("stratify/")>{page::STRATIFY}</a></p>
        </section>
    }
}

/// Whose findings these are, and what else is known of an infant that was not typed here.
#[component]
fn Whose() -> impl IntoView {
    let case = Case::here();
    let is_other = move || case.origin.with(|origin| *origin != Origin::Typed);
    let title = move || match case.origin.get() {
        Origin::Typed | Origin::Example(_) => page::EXAMPLE,
        Origin::Link => page::FROM_LINK,
        Origin::Row(_) => page::FROM_FILE,
    };
    let changed = move || if case.changed.get() { page::CHANGED } else { "" };
    let findings = move || {
        case.reading
            .with(|reading| capital(&site::known_findings(&reading.infant)))
    };
    move || {
        is_other().then(|| {
            view! {
                <div class="whose" data-testid="home-whose">
                    <p><strong>{title}{changed}</strong>{page::STOP}{findings}</p>
                    <button type="button" on:click=move |_| case.clear()>{page::CLEAR_FOR_MINE}</button>
                </div>
            }
        })
    }
}

fn answers(all: &[Assessment<'static>]) -> Markup {
    let shown = ANSWERED
        .iter()
        .filter_map(|id| all.iter().find(|each| each.protocol.id == *id));
    let [name, group, transplant] = site::ANSWER_HEADS;
    markup! {
        table.first-answers {
            thead { tr { th scope="col" { (name) } th scope="col" { (group) } th scope="col" { (transplant) } } }
            tbody { @for each in shown { (answer(each)) } }
        }
    }
}

fn answer(assessment: &Assessment<'static>) -> Markup {
    let protocol = assessment.protocol;
    let group = match assessment.status {
        Status::Assigned(group) => markup! { (letter(group.level)) (lang::group_name(group)) },
        Status::Undetermined(_) => markup! { (open_letter()) (lang::needs(assessment)) },
        Status::NotApplicable(_) => markup! { span.quiet { (page::NOT_APPLICABLE) } },
    };
    let applies = !matches!(assessment.status, Status::NotApplicable(_));
    markup! {
        tr {
            th scope="row" { a href=(row_href(protocol.id)) { (lang::protocol_name(protocol)) } }
            td data-testid={ "home-" (protocol.id) } { (group) }
            td { @if applies { (lang::hsct_brief(assessment)) } }
        }
    }
}

fn cohort() -> Markup {
    markup! {
        h2 id="job-cohort" { (site::JOBS[1]) }
        figure.picture lang="en" { (trusted(PICTURE.to_owned())) }
        p.quiet { (site::PICTURE) }
        p { (site::COHORT_ABOUT) }
        p.buttons {
            a.button.primary href=(href("analyse/")) { (site::OPEN_EXAMPLE) }
            a.button href=(href("analyse/")) { (page::CHOOSE_FILE) }
        }
    }
}

/// The event-free survival of the largest population of a protocol.
fn largest(protocol: &Protocol<'static>) -> Option<&'static Outcome<'static>> {
    let event_free = protocol
        .outcomes
        .iter()
        .filter(|outcome| outcome.endpoint == PublishedEndpoint::EventFreeSurvival);
    event_free.max_by_key(|outcome| outcome.n)
}

fn evidence() -> Markup {
    let rows = ESTIMATED
        .iter()
        .filter_map(|id| protocol(id))
        .filter_map(|protocol| Some((protocol, largest(protocol)?)));
    let [study, survival, patients] = site::ESTIMATE_HEADS;
    let tasks = ["check", "compare", "digitise"];
    markup! {
        h2 id="job-evidence" { (site::JOBS[2]) }
        table.estimates-of-home {
            thead { tr { th scope="col" { (study) } th scope="col" { (survival) } th scope="col" { (patients) } } }
            tbody { @for (protocol, outcome) in rows { (estimate(protocol, outcome)) } }
        }
        ul.tasks {
            @for (to, name) in tasks.iter().zip(site::EVIDENCE_TASKS) {
                li { a href=(href(&format!("evidence/#{to}"))) { (name) } }
            }
        }
        p { a.button href=(href("evidence/")) { (site::BROWSE) } }
    }
}

fn estimate(protocol: &Protocol, outcome: &Outcome) -> Markup {
    let years = outcome.years.map(|years| page::years(&decimal(years, 1)));
    let interval = outcome
        .interval95()
        .map(|interval| format!("95% CI {}–{}", decimal(interval.low, 0), decimal(interval.high, 0)));
    markup! {
        tr {
            th scope="row" { a href=(protocol_href(protocol.id)) { (lang::protocol_name(protocol)) } }
            td {
                strong { (decimal(outcome.estimate, 1)) "%" }
                @if let Some(years) = years { " " (site::at(&years)) }
                @if let Some(interval) = interval { span.note { (interval) } }
            }
            td { (original(outcome.population)) @if let Some(n) = outcome.n { span.note { "n = " (n) } } }
        }
    }
}

/// What is proven, and what it is for.
fn proven() -> Markup {
    let counts = validated();
    let [numbers, by_hand, requests, offline] = site::PROVEN;
    let fact = |number: &str, what: &str| markup! { p { strong { (number) } " " (what) } };
    markup! {
        @if let Some((equal, worked)) = counts {
            (fact(&grouped(equal), numbers))
            (fact(&grouped(worked), by_hand))
        }
        (fact("0", requests))
        (fact(site::OFFLINE, offline))
        p.use { (lang::INTENDED_USE) " " (site::NO_RULE_REVIEWED) }
    }
}

/// How many numbers of the validation equal R's, and how many answers were worked by hand; the build writes both.
fn validated() -> Option<(f64, f64)> {
    let tag = document().query_selector("meta[name=validation]").ok().flatten()?;
    let content = tag.get_attribute("content")?;
    let (numbers, by_hand) = content.split_once(' ')?;
    Some((numbers.parse().ok()?, by_hand.parse().ok()?))
}
