//! Custom protocols: the page on which one is written, and those beside the catalogue on the page that stratifies.

use cotside_messages::Request;
use cotside_words::en::own_page as words;
use cotside_words::lang::page;
use leptos::prelude::*;

use crate::links;
use crate::part::{FileButton, Part, Worked, Working};
use crate::worker_link::{Link, Work};

const WORK: Work = Work {
    page: "own",
    modules: &["evidence"],
    samples: &[],
    late: false,
    ordered: true,
    narrow: None,
};

const ACCEPTED: &str = ".json,application/json";

/// `/protocols/own`: a protocol is written, checked at every change, tried, and saved as a file.
#[component]
pub fn Own() -> impl IntoView {
    links::set_title(page::OWN);
    let link = Link::new(WORK);
    view! {
        <div lang="en">
            <p class="crumb"><a href="protocols/">{page::NAV_PROTOCOLS}</a></p>
            <h1>{words::TITLE}</h1>
            <p class="lead">{words::LEAD}</p>
            <Worked link>
                <div class="own-start">
                    <Part link name="start"/>
                    <FileButton link accept=ACCEPTED testid="own-input" label=words::OPEN/>
                    <button
                        type="button"
                        class="primary"
                        data-testid="own-save"
                        on:click=move |_| link.export("protocol.json", 0)
                    >{words::SAVE}</button>
                    <cotside-seal class="seal" data-testid="seal"></cotside-seal>
                </div>
                <p class="quiet">{words::LIVES}</p>
                <Working link/>
                <div class="own-work">
                    <div class="own-side">
                        <Part link name="problems" testid="own-problems"/>
                        <Part link name="trial" testid="own-trial"/>
                    </div>
                    <Part link name="form" testid="own-form"/>
                </div>
                <Part link name="examples" testid="own-examples"/>
                <Part link name="beside"/>
                <article class="rule"><Part link name="rule" testid="own-rule"/></article>
            </Worked>
        </div>
    }
}

/// Files of custom protocols, and earlier versions of the rules, beside the catalogue's answers for these findings.
#[component]
pub fn Beside(
    /// The findings, as lines of texts.
    #[prop(into)]
    findings: Signal<String>,
) -> impl IntoView {
    let link = Link::new(WORK);
    Effect::new(move |_| {
        link.send(Request::Set {
            name: "findings".to_owned(),
            value: findings.get(),
        });
    });
    view! {
        <div lang="en">
            <Worked link>
                <div class="drop">
                    <p>{words::BESIDE[0]}<a href="protocols/own/">{words::BESIDE[1]}</a>{words::BESIDE[2]}</p>
                    <FileButton link accept=ACCEPTED testid="own-input" label=words::BESIDE_OPEN/>
                </div>
                <Working link/>
                <Part link name="problems" testid="own-problems"/>
                <Part link name="rows"/>
                <Part link name="versions"/>
            </Worked>
        </div>
    }
}
