//! Custom protocols: the page on which one is written, and files of them beside the catalogue on Stratify.
//!
//! The draft is the page's ([`editor`]); every change of it goes to the worker, which says what is wrong with it and makes
//! what it answers.

mod beside;
mod check;
mod condition;
mod controls;
mod editor;
mod form;
mod outcomes;
mod trial;

use cotside_core::protocols::PROTOCOLS;
use cotside_core::protocols::own::{Draft, slug};
use cotside_messages::{ProtocolEvent, ProtocolRequest, Request};
use cotside_words::lang;
use cotside_words::lang::own_page as words;
use cotside_words::lang::page;
use leptos::prelude::*;

use crate::download;
use crate::part::{FileButton, Part, Worked, Working};
use crate::seal::Seal;
use crate::worker_link::{Link, Work};

pub use beside::Beside;
use check::Check;
use controls::options_of;
use editor::{Editor, Start};
use form::Form;
use trial::Trial;

const WORK: Work = Work {
    page: "own",
    modules: &["evidence"],
    samples: &[],
    late: false,
    ordered: true,
    makes_files: false,
    several: false,
    keeps: false,
    narrow: None,
};

const ACCEPTED: &str = ".json,application/json";

fn ask(link: Link, request: ProtocolRequest) {
    link.send(Request::Protocol { request });
}

/// `/protocols/own`: a protocol is written, checked at every change, tried, and saved as a file.
#[component]
pub fn Own() -> impl IntoView {
    let link = Link::new(WORK);
    let editor = Editor::default();
    provide_context(editor);
    link.on_protocol(move |event| match event {
        ProtocolEvent::Read(read) => editor.take_reading(read),
        ProtocolEvent::Draft(values) => editor.take_over(&values),
        ProtocolEvent::Examples(examples) => editor.examples.set(examples),
        ProtocolEvent::Beside(_) => {}
    });
    ask(link, ProtocolRequest::Examples);
    Effect::new(move |_| ask(link, ProtocolRequest::Draft(editor.values())));
    let save = move |_| {
        let (name, text) = editor
            .draft
            .with_untracked(|draft| (slug(draft.text("/id")), draft.file()));
        download::text(&format!("{name}.json"), &text);
    };
    view! {
        <p class="crumb"><a href="protocols/">{page::NAV_PROTOCOLS}</a></p>
        <h1>{words::TITLE}</h1>
        <p class="lead">{words::LEAD}</p>
        <Worked link>
            <div class="own-start">
                <StartMenu link/>
                <FileButton link accept=ACCEPTED testid="own-input" label=words::OPEN/>
                <button type="button" class="primary" data-testid="own-save" on:click=save>{words::SAVE}</button>
                <Seal/>
            </div>
            <p class="quiet">{words::LIVES}</p>
            <Working link/>
            <div class="own-work">
                <div class="own-side">
                    <Check/>
                    <Trial link/>
                </div>
                <Form/>
            </div>
            <Part link name="examples" testid="own-examples"/>
            <Part link name="beside"/>
            <article class="rule"><Part link name="rule" testid="own-rule"/></article>
        </Worked>
    }
}

/// The template's value in the menu; that of the empty form is empty, that of a copy its id.
const TEMPLATE: &str = "template";
/// The value in the menu of a file that was opened.
const FILE: &str = "file";

/// What the draft starts from.
#[component]
fn StartMenu(link: Link) -> impl IntoView {
    let editor = Editor::here();
    let chosen = Signal::derive(move || match editor.start.get() {
        Start::Template => TEMPLATE.to_owned(),
        Start::Empty => String::new(),
        Start::File => FILE.to_owned(),
        Start::CopyOf(id) => id,
    });
    let options = Signal::derive(move || {
        let mut options = vec![
            (TEMPLATE.to_owned(), words::START_TEMPLATE.to_owned()),
            (String::new(), words::START_EMPTY.to_owned()),
        ];
        if editor.start.get() == Start::File {
            options.push((FILE.to_owned(), words::START_FILE.to_owned()));
        }
        let copies = PROTOCOLS.iter();
        options.extend(copies.map(|protocol| (protocol.id.to_owned(), words::copy_of(lang::protocol_name(protocol)))));
        options
    });
    let choose = move |event: leptos::ev::Event| match event_target_value(&event).as_str() {
        TEMPLATE => editor.begin(Start::Template, Draft::template()),
        "" => editor.begin(Start::Empty, Draft::empty()),
        FILE => {}
        id => ask(link, ProtocolRequest::CopyOf(id.to_owned())),
    };
    view! {
        <label>
            <span>{words::START}</span>
            <select name="copy" autocomplete="off" on:change=choose>{options_of(options, chosen)}</select>
        </label>
    }
}
