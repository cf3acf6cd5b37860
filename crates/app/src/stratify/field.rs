//! One field of the form: label, input, unit, what was understood, and what is the matter, beside it.

use cotside_core::infant::{Age, Entry, Field, Kind, Question, Severity, same_value, without_unit};
use cotside_words::lang::{self, page};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::Case;

/// Categories with more values than this are a menu; the others are buttons side by side.
const MOST_BUTTONS: usize = 4;

/// A field of the dictionary as its kind wants it.
#[component]
pub fn Input(
    /// The field.
    field: Field,
) -> impl IntoView {
    match field.kind() {
        Kind::Code(codes) if codes.len() > MOST_BUTTONS => view! { <Menu field codes/> }.into_any(),
        Kind::Code(codes) => view! { <Buttons field codes/> }.into_any(),
        Kind::Fraction => view! { <Fraction field/> }.into_any(),
        Kind::Date => view! { <Text field kind="date"/> }.into_any(),
        Kind::Number { unit, .. } => view! { <Text field kind="text" unit=lang::unit(unit)/> }.into_any(),
        Kind::Text => view! { <Text field kind="text"/> }.into_any(),
    }
}

/// Id of the element that takes the focus.
#[must_use]
pub fn control_id(field: Field) -> String {
    format!("in-{}", field.column())
}

/// Opens the stage that holds a field and puts the focus into it; the first of several buttons.
pub fn focus(field: Field) {
    let Some(element) = document().get_element_by_id(&control_id(field)) else {
        return;
    };
    if let Ok(Some(stage)) = element.closest("details.stage") {
        let _ = stage.set_attribute("open", "");
    }
    // Of buttons the one that is chosen takes the focus.
    let chosen = document().query_selector(&format!("[name={}]:checked", field.column()));
    let element = chosen.ok().flatten().unwrap_or(element);
    if let Ok(element) = element.dyn_into::<web_sys::HtmlElement>() {
        let _ = element.focus();
        let near = web_sys::ScrollIntoViewOptions::new();
        near.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&near);
    }
}

/// Puts the focus into a field that the page is about to draw.
fn focus_soon(field: Field) {
    request_animation_frame(move || focus(field));
}

/// The field whose definition is shown: the one that has the focus, or the pointer on its label.
#[derive(Debug, Clone, Copy, Default)]
pub struct Help(RwSignal<Option<Field>>);

/// The definition of the field that is in use, below the form. It moves nothing, and is no stop of the keyboard.
#[component]
pub fn HelpLine() -> impl IntoView {
    let help: Help = expect_context();
    let text = move || help.0.get().map_or("", lang::field_definition);
    // A screen reader hears the definition with the field itself.
    view! { <p class="help-line quiet" aria-hidden="true">{text}</p> }
}

/// The label; the definition is told with the control, and shown while the control is in use.
#[component]
fn Label(field: Field, children: Children) -> impl IntoView {
    let help = use_context::<Help>();
    let show = move |_| {
        if let Some(Help(shown)) = help {
            shown.set(Some(field));
        }
    };
    view! {
        <div class="label" on:pointerenter=show title=lang::field_definition(field)>
            {children()}
            <span class="hidden" id=help_id(field)>{lang::field_definition(field)}</span>
        </div>
    }
}

fn help_id(field: Field) -> String {
    format!("help-{}", field.column())
}

/// What describes a control: the remarks beside it, and its definition.
fn described_by(field: Field) -> String {
    format!("{} {}", remarks_id(field), help_id(field))
}

/// Shows the definition of a field while one of its controls has the focus.
fn in_use(field: Field) -> impl Fn(leptos::ev::FocusEvent) + Clone {
    let help = use_context::<Help>();
    move |_| {
        if let Some(Help(shown)) = help {
            shown.set(Some(field));
        }
    }
}

/// What was understood, which reading is asked for, and what is the matter.
#[component]
fn Remarks(field: Field) -> impl IntoView {
    let case = Case::here();
    let echo = Memo::new(move |_| {
        case.reading.with(|reading| {
            case.form.with(|form| {
                let mut fields = same_value(field).iter();
                fields.find_map(|&field| lang::understood(field, &form.entry, reading))
            })
        })
    });
    let question = Memo::new(move |_| {
        case.form.with(|form| {
            let mut questions = form.questions.iter();
            questions
                .find(|question| same_value(field).contains(&question.field))
                .cloned()
        })
    });
    let issues = Memo::new(move |_| issues_of(case, field));
    view! {
        <div class="remarks" id=remarks_id(field)>
            {move || echo.get().map(|text| view! { <p class="echo">{text}</p> })}
            {move || question.get().map(|question| view! { <Readings question/> })}
            {move || issues.get().into_iter().map(|(severity, text)| {
                let class = match severity {
                    Severity::Notice => "remark notice",
                    Severity::Contradiction => "remark contradiction",
                    Severity::Invalid => "remark invalid",
                };
                let word = page::severity(severity);
                view! { <p class=class><strong>{word}</strong>{text}</p> }
            }).collect_view()}
        </div>
    }
}

/// The readings of a held text, to choose from.
#[component]
fn Readings(question: Question) -> impl IntoView {
    let case = Case::here();
    let text = lang::which_reading(&question);
    let test_id = format!("readings-{}", question.field.column());
    let button = move |choice: cotside_core::infant::Choice| {
        let name = lang::choice(&choice);
        let choose = move |_| {
            case.choose(&choice);
            focus_soon(choice.field);
        };
        view! { <button type="button" on:click=choose>{name}</button> }
    };
    view! {
        <div class="readings" role="group" aria-label=text data-testid=test_id>
            <p>{text}</p>
            {question.choices.into_iter().map(button).collect_view()}
        </div>
    }
}

fn remarks_id(field: Field) -> String {
    format!("re-{}", field.column())
}

/// The issues that are shown beside a field: those of which it is the first.
fn issues_of(case: Case, field: Field) -> Vec<(Severity, String)> {
    case.reading.with(|reading| {
        let mine = reading.issues.iter().filter(|issue| {
            issue
                .fields
                .first()
                .is_some_and(|first| same_value(field).contains(first))
        });
        mine.map(|issue| (issue.kind.severity(), lang::issue(issue))).collect()
    })
}

/// Whether something is wrong with a field.
fn is_wrong(case: Case, field: Field) -> bool {
    case.reading.with(|reading| {
        let concerns = |issue: &&cotside_core::infant::Issue| {
            issue
                .fields
                .iter()
                .any(|concerned| same_value(field).contains(concerned))
        };
        reading
            .issues
            .iter()
            .filter(concerns)
            .any(|issue| issue.kind.severity() != Severity::Notice)
    })
}

/// A text, number or date.
#[component]
pub fn Text(
    /// The field.
    field: Field,
    /// Type of the input element.
    kind: &'static str,
    /// The unit behind it.
    #[prop(optional)]
    unit: &'static str,
    /// A switch of units in its place.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let case = Case::here();
    let typed = case.typed(field);
    let wrong = Memo::new(move |_| is_wrong(case, field));
    // A unit in the text is the unit of the value.
    let label = Memo::new(move |_| {
        case.form.with(|form| {
            let given = same_value(field)
                .iter()
                .find(|&&field| !form.entry.get(field).is_empty());
            lang::field_label(given.copied().unwrap_or(field))
        })
    });
    let mode = if matches!(field.kind(), Kind::Number { .. }) {
        "decimal"
    } else {
        "text"
    };
    view! {
        <div class="field" data-testid=format!("field-{}", field.column()) on:focusin=in_use(field) class:wrong=wrong class:unknown=move || typed.with(String::is_empty)>
            <Label field><label for=control_id(field)>{label}</label></Label>
            <div class="control">
                <input
                    id=control_id(field)
                    name=field.column()
                    type=kind
                    inputmode=mode
                    autocomplete="off"
                    placeholder=page::UNKNOWN
                    title=lang::field_accepts(field)
                    aria-describedby=described_by(field)
                    aria-invalid=move || wrong.get().to_string()
                    prop:value=typed
                    on:input=move |event| case.set(field, &event_target_value(&event))
                />
                {match children {
                    Some(children) => children().into_any(),
                    None => view! { <span class="unit">{unit}</span> }.into_any(),
                }}
            </div>
            <Remarks field/>
        </div>
    }
}

/// A few codes side by side; "unknown" is the last and the default.
#[component]
fn Buttons(field: Field, codes: &'static [&'static str]) -> impl IntoView {
    let case = Case::here();
    let typed = case.typed(field);
    let wrong = Memo::new(move |_| is_wrong(case, field));
    let button = move |code: &'static str, label: &'static str, first: bool| {
        let chosen = move || typed.with(|text| text.trim().eq_ignore_ascii_case(code));
        view! {
            <label class:unset=code.is_empty() title=code.is_empty().then_some(page::UNKNOWN)>
                <input
                    type="radio"
                    autocomplete="off"
                    id=first.then(|| control_id(field))
                    name=field.column()
                    value=code
                    // Firefox writes to disk every tick that is not the page's own (`checked` as an attribute), whatever
                    // `autocomplete` says.
                    checked=chosen
                    prop:checked=chosen
                    aria-label=code.is_empty().then_some(page::UNKNOWN)
                    aria-describedby=described_by(field)
                    on:change=move |_| case.set(field, code)
                />
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field" data-testid=format!("field-{}", field.column()) on:focusin=in_use(field) class:wrong=wrong class:unknown=move || typed.with(String::is_empty)>
            <legend class="hidden">{lang::field_label(field)}</legend>
            <Label field><span aria-hidden="true">{lang::field_label(field)}</span></Label>
            <div class="choices">
                {codes.iter().enumerate().map(|(at, code)| button(code, lang::option_label(field, code), at == 0)).collect_view()}
                {button("", page::UNKNOWN_MARK, false)}
            </div>
            <Remarks field/>
        </fieldset>
    }
}

/// Many codes as a menu.
#[component]
fn Menu(field: Field, codes: &'static [&'static str]) -> impl IntoView {
    let case = Case::here();
    let typed = case.typed(field);
    let wrong = Memo::new(move |_| is_wrong(case, field));
    let option = move |code: &'static str, label: &'static str| {
        let chosen = move || typed.with(|text| text.trim().eq_ignore_ascii_case(code));
        view! { <option value=code prop:selected=chosen>{label}</option> }
    };
    view! {
        <div class="field" data-testid=format!("field-{}", field.column()) on:focusin=in_use(field) class:wrong=wrong class:unknown=move || typed.with(String::is_empty)>
            <Label field><label for=control_id(field)>{lang::field_label(field)}</label></Label>
            <div class="control">
                <select
                    id=control_id(field)
                    name=field.column()
                    autocomplete="off"
                    aria-describedby=described_by(field)
                    on:change=move |event| case.set(field, &event_target_value(&event))
                >
                    {option("", page::UNKNOWN)}
                    {codes.iter().map(|code| option(code, lang::option_label(field, code))).collect_view()}
                </select>
            </div>
            <Remarks field/>
        </div>
    }
}

/// A fraction of cells, typed in per cent or as it is.
#[component]
fn Fraction(field: Field) -> impl IntoView {
    let case = Case::here();
    let typed = case.typed(field);
    let wrong = Memo::new(move |_| is_wrong(case, field));
    // A bare number is read as a fraction; in per cent the sign is put behind it for the reader.
    let percent = RwSignal::new(true);
    Effect::new(move |_| {
        let text = typed.get();
        if !text.trim().is_empty() {
            percent.set(text.trim_end().ends_with('%'));
        }
    });
    let shown = Memo::new(move |_| without_percent(&typed.get()).to_owned());
    let set = move |text: &str, percent: bool| {
        let bare = without_percent(text);
        let sign = if percent && !bare.trim().is_empty() { "%" } else { "" };
        case.set(field, &format!("{bare}{sign}"));
    };
    let switch = move |to_percent: bool| {
        percent.set(to_percent);
        set(&typed.get_untracked(), to_percent);
    };
    view! {
        <div class="field" data-testid=format!("field-{}", field.column()) on:focusin=in_use(field) class:wrong=wrong class:unknown=move || typed.with(String::is_empty)>
            <Label field><label for=control_id(field)>{lang::field_label(field)}</label></Label>
            <div class="control">
                <input
                    id=control_id(field)
                    name=field.column()
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    placeholder=page::UNKNOWN
                    title=lang::field_accepts(field)
                    aria-describedby=described_by(field)
                    aria-invalid=move || wrong.get().to_string()
                    prop:value=shown
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        let typed_percent = text.trim_end().ends_with('%');
                        set(&text, typed_percent || percent.get_untracked());
                    }
                />
                <Units label=page::unit_of(lang::field_label(field)) units=vec![
                    Unit { name: "%", chosen: Signal::derive(move || percent.get()), choose: Callback::new(move |()| switch(true)) },
                    Unit { name: page::FRACTION, chosen: Signal::derive(move || !percent.get()), choose: Callback::new(move |()| switch(false)) },
                ]/>
            </div>
            <Remarks field/>
        </div>
    }
}

fn without_percent(text: &str) -> &str {
    text.trim_end().trim_end_matches('%')
}

/// One of several units.
#[derive(Clone)]
pub struct Unit {
    /// Its name.
    pub name: &'static str,
    /// Whether it is the one in use.
    pub chosen: Signal<bool>,
    /// Makes it the one in use.
    pub choose: Callback<()>,
}

/// A menu of units.
#[component]
pub fn Units(
    /// The name of the menu.
    label: String,
    /// The units, in their order.
    units: Vec<Unit>,
) -> impl IntoView {
    let choices: Vec<(Callback<()>, Signal<bool>)> = units.iter().map(|unit| (unit.choose, unit.chosen)).collect();
    let none = {
        let choices = choices.clone();
        move || !choices.iter().any(|(_, chosen)| chosen.get())
    };
    let choose = move |event: leptos::ev::Event| {
        let at = event_target_value(&event).parse::<usize>();
        if let Some((choose, _)) = at.ok().and_then(|at| choices.get(at)) {
            choose.run(());
        }
    };
    let option = |(at, unit): (usize, Unit)| {
        view! { <option value=at.to_string() prop:selected=move || unit.chosen.get()>{unit.name}</option> }
    };
    view! {
        <select class="units" autocomplete="off" aria-label=label on:change=choose>
            // The unit is in the text, and is not one of these.
            {move || none().then(|| view! { <option value="" prop:selected=true>"–"</option> })}
            {units.into_iter().enumerate().map(option).collect_view()}
        </select>
    }
}

/// White cells per nanolitre or microlitre: the digits stay, their unit changes.
#[component]
pub fn WhiteCells() -> impl IntoView {
    let case = Case::here();
    let per_ul = RwSignal::new(case.entry.with_untracked(is_per_ul));
    Effect::new(move |_| {
        let both_empty = case
            .entry
            .with(|entry| entry.get(Field::Wbc).is_empty() && entry.get(Field::WbcPerUl).is_empty());
        if !both_empty {
            per_ul.set(case.entry.with(is_per_ul));
        }
    });
    let switch = move |to_per_ul: bool| {
        let (from, to) = if to_per_ul {
            (Field::Wbc, Field::WbcPerUl)
        } else {
            (Field::WbcPerUl, Field::Wbc)
        };
        let text = case.entry.with_untracked(|entry| {
            let typed = [from, to].map(|field| entry.typed(field));
            let text = typed.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
            without_unit(to, text).unwrap_or_else(|| text.to_owned())
        });
        case.set(from, "");
        case.set(to, &text);
        per_ul.set(to_per_ul);
        focus_soon(to);
    };
    let in_use = Memo::new(move |_| {
        case.form.with(|form| {
            let entry = &form.entry;
            let is_held = entry.get(Field::Wbc).is_empty() && entry.get(Field::WbcPerUl).is_empty();
            if is_held { per_ul.get() } else { is_per_ul(entry) }
        })
    });
    let units = move || {
        view! {
            <Units label=page::WBC_UNIT.to_owned() units=vec![
                Unit { name: "10⁹/L", chosen: Signal::derive(move || !in_use.get()), choose: Callback::new(move |()| switch(false)) },
                Unit { name: "/µL", chosen: Signal::derive(move || in_use.get()), choose: Callback::new(move |()| switch(true)) },
            ]/>
        }
    };
    view! {
        {move || if per_ul.get() {
            view! { <Text field=Field::WbcPerUl kind="text">{units()}</Text> }.into_any()
        } else {
            view! { <Text field=Field::Wbc kind="text">{units()}</Text> }.into_any()
        }}
    }
}

/// Whether the count was given per microlitre alone.
fn is_per_ul(entry: &Entry) -> bool {
    entry.get(Field::Wbc).is_empty() && !entry.get(Field::WbcPerUl).is_empty()
}

/// How the age is given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AgeAs {
    Days,
    Months,
    Dates,
}

impl AgeAs {
    const fn fields(self) -> &'static [Field] {
        match self {
            Self::Days => &[Field::AgeDays],
            Self::Months => &[Field::AgeMonths],
            Self::Dates => &[Field::BirthDate, Field::DiagnosisDate],
        }
    }

    /// The way in which an entry gives the age, where it gives one.
    fn of(entry: &Entry) -> Option<Self> {
        [Self::Days, Self::Dates, Self::Months]
            .into_iter()
            .find(|way| way.fields().iter().any(|&field| !entry.get(field).is_empty()))
    }
}

/// Age in days, completed months, or from two dates. What was typed in another way comes back when it is chosen again.
#[component]
pub fn AgeInput() -> impl IntoView {
    let case = Case::here();
    let way = RwSignal::new(case.entry.with_untracked(AgeAs::of).unwrap_or(AgeAs::Days));
    let aside = StoredValue::new(Entry::default());
    Effect::new(move |_| {
        if let Some(given) = case.entry.with(AgeAs::of) {
            way.set(given);
        }
    });
    let switch = move |to: AgeAs| {
        let from = way.get_untracked();
        let number = number_of(case, from);
        if to != AgeAs::Dates {
            case.choose_age_unit();
        }
        match (number, to.fields()) {
            // A number whose unit is open, or stands in the text, takes this unit.
            (Some(number), &[field]) => {
                for &field in from.fields() {
                    case.set(field, "");
                }
                case.set(field, &number);
            }
            _ if from == to => return,
            _ => {
                case.entry.update(|entry| {
                    for &field in from.fields() {
                        aside.update_value(|aside| aside.set(field, entry.typed(field)));
                        entry.set(field, "");
                    }
                    for &field in to.fields() {
                        aside.with_value(|aside| entry.set(field, aside.typed(field)));
                    }
                });
                case.changed.set(true);
            }
        }
        way.set(to);
        if let Some(&first) = to.fields().first() {
            focus_soon(first);
        }
    };
    let in_use = Memo::new(move |_| {
        let is_weeks = case
            .reading
            .with(|reading| matches!(reading.infant.age, Some(Age::CompletedWeeks(_))));
        let given = case.form.with(|form| AgeAs::of(&form.entry));
        (!is_weeks).then(|| given.unwrap_or_else(|| way.get()))
    });
    let unit = move |name, to| Unit {
        name,
        chosen: Signal::derive(move || in_use.get() == Some(to)),
        choose: Callback::new(move |()| switch(to)),
    };
    let units = move || {
        view! {
            <Units label=page::AGE_WAYS.to_owned() units=vec![
                unit(page::DAYS, AgeAs::Days),
                unit(page::MONTHS, AgeAs::Months),
                unit(page::DATES, AgeAs::Dates),
            ]/>
        }
    };
    view! {
        {move || match way.get() {
            AgeAs::Days => view! { <Text field=Field::AgeDays kind="text">{units()}</Text> }.into_any(),
            AgeAs::Months => view! { <Text field=Field::AgeMonths kind="text">{units()}</Text> }.into_any(),
            AgeAs::Dates => view! {
                <Text field=Field::BirthDate kind="date">{units()}</Text>
                <Text field=Field::DiagnosisDate kind="date"/>
            }.into_any(),
        }}
    }
}

/// The number of an age that has no unit yet, or names it in its text.
fn number_of(case: Case, way: AgeAs) -> Option<String> {
    let &[field] = way.fields() else { return None };
    let held = case.form.with_untracked(|form| {
        let mut questions = form.questions.iter();
        let question = questions.find(|question| question.field == field)?;
        question.choices.first().map(|choice| choice.text.clone())
    });
    held.or_else(|| {
        case.entry
            .with_untracked(|entry| without_unit(field, entry.typed(field)))
    })
}
