//! Check: numbers as they were printed, pasted in one line or typed field by field.

use cotside_messages::{CHECK_EXAMPLES, CheckField, EvidenceRequest, IntervalLevel, ReportedNumbers};
use cotside_words::lang::evidence_page as words;
use leptos::prelude::*;

use super::Page;
use super::control::{Buttons, Choice, Text};
use crate::part::Part;

/// The form and its findings.
#[component]
pub fn Check(page: Page) -> impl IntoView {
    let numbers = page.numbers;
    let sentence = RwSignal::new(String::new());
    let forget = move || {
        sentence.set(String::new());
        page.unread.set(Vec::new());
        page.assumed.set(Vec::new());
        page.link.part("check-lines").set(String::new());
    };
    let examples = CHECK_EXAMPLES
        .iter()
        .zip(words::EXAMPLES)
        .enumerate()
        .map(|(number, (example, name))| {
            let load = move |_| {
                forget();
                numbers.set(ReportedNumbers::example(example));
            };
            view! { <button type="button" name=format!("example-{number}") on:click=load>{name}</button> }
        });
    let pasted = move |event| {
        sentence.set(event_target_value(&event));
        page.ask(EvidenceRequest::Read(sentence.get_untracked()));
    };
    let levels = IntervalLevel::ALL.iter();
    let levels: Vec<Choice> = levels
        .map(|level| (level.code().to_owned(), format!("{}%", level.code())))
        .collect();
    let level = Signal::derive(move || numbers.with(|numbers| numbers.level.code().to_owned()));
    let set_level = Callback::new(move |code: String| {
        numbers.update(|numbers| numbers.level = IntervalLevel::from_code(&code).unwrap_or_default());
    });
    let not_used = move || {
        page.unread
            .with(|unread| (!unread.is_empty()).then(|| words::not_used(unread)))
            .map(|text| view! { <p class="remark notice" data-testid="not-used">{text}</p> })
    };
    let assumed = move || {
        let said = page.assumed.get().into_iter();
        said.map(|text| view! { <p class="quiet" data-testid="assumed">{text}</p> })
            .collect_view()
    };
    view! {
        <div class="check">
            <div>
                <label class="labelled paste">
                    <span>{words::PASTE}</span>
                    <textarea
                        autocomplete="off"
                        spellcheck="false"
                        rows="3"
                        name="check.paste"
                        placeholder=words::PASTE_HINT
                        prop:value=sentence
                        on:input=pasted
                    ></textarea>
                </label>
                <p class="quiet">{words::PASTE_LEAD}</p>
                <div role="status">{assumed}{not_used}</div>
                {words::CHECK_GROUPS.map(|(title, codes)| view! { <Group page title codes/> })}
                <div class="picker">
                    <Buttons name="level" label=words::LEVEL choices=Signal::stored(levels) value=level set=set_level/>
                    <button
                        type="button"
                        name="check.clear"
                        on:click=move |_| {
                            forget();
                            numbers.set(ReportedNumbers::default());
                        }
                    >{words::CLEAR}</button>
                </div>
            </div>
            <div>
                <Part link=page.link name="check-lines" testid="check-lines"/>
                <Part link=page.link name="check" testid="check"/>
                <h3>{words::EXAMPLES_LEAD}</h3>
                <div class="chips">{examples.collect_view()}</div>
            </div>
        </div>
    }
}

/// Fields that belong together.
#[component]
fn Group(page: Page, title: &'static str, codes: &'static [&'static str]) -> impl IntoView {
    let numbers = page.numbers;
    let field = move |field: CheckField| {
        let (label, hint, size) = words::check_label(field.code());
        let value = Signal::derive(move || numbers.with(|numbers| numbers.text(field).to_owned()));
        let set = Callback::new(move |text: String| numbers.update(|numbers| numbers.set(field, &text)));
        view! { <Text name=format!("check.{}", field.code()) label value set hint size/> }
    };
    let fields = codes.iter().filter_map(|code| CheckField::from_code(code));
    view! {
        <fieldset class="group">
            <legend>{title}</legend>
            <div class="picker">{fields.map(field).collect_view()}</div>
        </fieldset>
    }
}
