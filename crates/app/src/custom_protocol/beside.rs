//! Files of custom protocols, and earlier versions of the rules, beside the catalogue's answers.

use cotside_messages::{BesideCatalogue, ProtocolEvent, ProtocolRequest};
use cotside_words::lang::own_page as words;
use leptos::prelude::*;

use super::controls::{Options, options_of};
use super::{ACCEPTED, WORK, ask};
use crate::part::{FileButton, Part, Worked, Working};
use crate::seal::Seal;
use crate::worker_link::Link;

/// Files of custom protocols, and earlier versions of the rules, beside the catalogue's answers for these findings.
#[component]
pub fn Beside(
    /// The findings, as lines of texts.
    #[prop(into)]
    findings: Signal<String>,
) -> impl IntoView {
    let link = Link::new(WORK);
    let beside = RwSignal::new(BesideCatalogue::default());
    link.on_protocol(move |event| {
        if let ProtocolEvent::Beside(now) = event
            && beside.with_untracked(|before| *before != now)
        {
            beside.set(now);
        }
    });
    Effect::new(move |_| ask(link, ProtocolRequest::Findings(findings.get())));
    view! {
        <Worked link>
            <div class="drop">
                <p>{words::BESIDE[0]}<a href="protocols/own/">{words::BESIDE[1]}</a>{words::BESIDE[2]}</p>
                <FileButton link accept=ACCEPTED testid="own-input" label=words::BESIDE_OPEN/>
                <Seal/>
            </div>
            <Working link/>
            <Part link name="problems" testid="own-problems"/>
            <Files link beside/>
            <Part link name="rows"/>
            <h3>{words::VERSIONS}</h3>
            <Versions link beside/>
            <Part link name="versions"/>
        </Worked>
    }
}

/// The files, each with a button that takes it out.
#[component]
fn Files(link: Link, beside: RwSignal<BesideCatalogue>) -> impl IntoView {
    let files = Memo::new(move |_| beside.with(|beside| beside.files.clone()));
    let file = move |(id, name): (String, String)| {
        let testid = format!("remove:{id}");
        let remove = move |_| ask(link, ProtocolRequest::Remove(id.clone()));
        view! {
            <button type="button" class="small" data-testid=testid on:click=remove>{words::remove_file(&name)}</button>
        }
    };
    view! { <div class="own-files"><For each=move || files.get() key=Clone::clone children=file/></div> }
}

/// The version of the rules that the present one is compared with.
#[component]
fn Versions(link: Link, beside: RwSignal<BesideCatalogue>) -> impl IntoView {
    let chosen = Signal::derive(move || beside.with(|beside| beside.compared.clone()));
    let options: Signal<Options> = Signal::derive(move || {
        beside.with(|beside| {
            let each = beside.versions.iter().enumerate().map(|(position, version)| {
                let name = if position == 0 {
                    words::present(version)
                } else {
                    version.clone()
                };
                (version.clone(), name)
            });
            each.collect()
        })
    });
    let several = Memo::new(move |_| beside.with(|beside| beside.versions.len() > 1));
    let choose = move |event: leptos::ev::Event| ask(link, ProtocolRequest::Rules(event_target_value(&event)));
    move || {
        several.get().then(|| {
            view! {
                <label class="own-versions">
                    <span>{words::COMPARE_WITH}</span>
                    <select name="rules" autocomplete="off" on:change=choose>{options_of(options, chosen)}</select>
                </label>
            }
        })
    }
}
