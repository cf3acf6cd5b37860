//! The form: names, sources, criteria, eligibility, groups, unclear results, transplant, outcomes.

use cotside_core::evidence::Read;
use cotside_core::infant::{Field, Kmt2a, Lineage, MrdPoint, Partner, PrednisoneResponse};
use cotside_core::protocols::own::{Asks, Draft};
use cotside_core::protocols::{AtLimit, Family, IfUnknown, Level, Operator};
use cotside_words::lang;
use cotside_words::lang::own_page as words;
use leptos::prelude::*;

use super::condition::{Of, condition};
use super::controls::{Entries, MenuField, Options, RemoveButton, SmallButton, TextField, Tick, coded, fixed};
use super::editor::{self, Editor};
use super::outcomes::outcome;

/// The whole form.
#[component]
pub fn Form() -> impl IntoView {
    view! {
        <div class="own-form" data-testid="own-form">
            <Contents/>
            <Section place="/name" section=words::ABOUT><Names/></Section>
            <Section place="/sources" section=words::SOURCES><Entries list="/sources" entry=source/></Section>
            <Section place="/clauses" section=words::CLAUSES><Entries list="/clauses" entry=clause/></Section>
            <Section place="/eligible" section=words::ELIGIBILITY><Entries list="/eligible" entry=requirement/></Section>
            <Section place="/groups" section=words::GROUPS><Entries list="/groups" entry=group/></Section>
            <Section place="/ptd" section=words::UNCLEAR>
                {words::STATEMENTS.map(|(place, stated)| view! { <Statement place stated/> })}
            </Section>
            <Section place="/hsct" section=words::TRANSPLANT><Transplant/></Section>
            <Section place="/outcomes" section=words::OUTCOMES><Entries list="/outcomes" entry=outcome/></Section>
            <Further/>
        </div>
    }
}

/// Leads to the sections.
#[component]
fn Contents() -> impl IntoView {
    let sections = [
        ("/sources", words::SOURCES),
        ("/clauses", words::CLAUSES),
        ("/eligible", words::ELIGIBILITY),
        ("/groups", words::GROUPS),
        ("/ptd", words::UNCLEAR),
        ("/hsct", words::TRANSPLANT),
        ("/outcomes", words::OUTCOMES),
    ];
    let each = |(place, (name, _)): (&'static str, words::Section)| {
        view! { <button type="button" class="link" on:click=move |_| editor::focus_section(place)>{name}</button> }
    };
    view! { <div class="own-contents">{sections.map(each)}</div> }
}

/// A section with its heading and what it is.
#[component]
fn Section(
    /// The place of what it holds.
    place: &'static str,
    /// Its words.
    section: words::Section,
    /// Its controls.
    children: Children,
) -> impl IntoView {
    let (title, about) = section;
    view! {
        <section class="own-section">
            <h2 tabindex="-1" data-section=place>{title}</h2>
            {(!about.is_empty()).then(|| view! { <p class="quiet">{about}</p> })}
            {children()}
        </section>
    }
}

#[component]
fn Names() -> impl IntoView {
    let families = [Family::Trial, Family::Series, Family::Prognostic];
    let families = fixed(coded(&families, Family::code, lang::family));
    view! {
        <div class="own-line">
            <TextField place="/name" label=words::NAME class="broad"/>
            <TextField place="/id" label=words::CODE class="narrow"/>
        </div>
        <div class="own-line">
            <TextField place="/organisation" label=words::STUDY_GROUP class="broad"/>
            <MenuField place="/family" label=words::TYPE options=families/>
        </div>
        <TextField place="/summary" label=words::SUMMARY class="broad"/>
        <TextField place="/era/text" label=words::ENROLMENT class="broad"/>
        {citation("/era/cite".to_owned(), ().into_any())}
    }
}

/// Where something was read, folded, with what else is seldom changed.
pub fn citation(place: String, further: AnyView) -> AnyView {
    let editor = Editor::here();
    let sources = Signal::derive(move || editor.named("/sources", "short"));
    let reads = fixed(coded(&Read::ALL, Read::code, |read| lang::read_mark(read).0));
    let at = |key: &str| format!("{place}/{key}");
    let (source, section) = (editor.shown(&at("source")), editor.shown(&at("place")));
    let summary = move || {
        let chosen = source.get();
        let name = sources.with(|sources| {
            let named = sources.iter().find(|(id, _)| *id == chosen);
            named.map_or(words::CHOOSE.to_owned(), |(_, name)| name.clone())
        });
        words::cited(&name, &section.get())
    };
    view! {
        <details class="own-details">
            <summary>{summary}</summary>
            <div class="own-line">
                <MenuField place=at("source") label=words::SOURCE options=sources/>
                <TextField place=at("place") label=words::PLACE/>
                <MenuField place=at("read") label=words::READ options=reads/>
            </div>
            {further}
        </details>
    }
    .into_any()
}

fn source(index: usize) -> AnyView {
    let place = format!("/sources/{index}");
    view! {
        <div class="own-line">
            <TextField place=format!("{place}/short") label=words::SHORT/>
            <TextField place=format!("{place}/reference") label=words::REFERENCE class="broad"/>
        </div>
        <div class="own-line">
            <TextField place=format!("{place}/identifier") label=words::IDENTIFIER class="broad"/>
            <TextField place=format!("{place}/id") label=words::CODE class="narrow" id=true/>
            <RemoveButton place number=index + 1/>
        </div>
    }
    .into_any()
}

fn clause(index: usize) -> AnyView {
    let editor = Editor::here();
    let place = format!("/clauses/{index}");
    let asked: Options = Asks::ALL
        .iter()
        .map(|(asks, code)| ((*code).to_owned(), lang::asks(*asks).to_owned()))
        .collect();
    let ask = {
        let place = place.clone();
        Callback::new(move |code: String| editor.change(|draft| draft.ask(&place, &code)))
    };
    let asks = {
        let place = place.clone();
        editor.now(move |draft| draft.asks(&place))
    };
    let compared = place.clone();
    let is_older = move || editor.clause(index).is_some_and(|clause| clause.takes_older_children);
    let further = view! {
        <div class="own-line">
            <TextField place=format!("{place}/note") label=words::NOTE class="broad"/>
            <TextField place=format!("{place}/id") label=words::CODE class="narrow" id=true/>
        </div>
    };
    view! {
        <p class="own-entry-title">{move || editor.clause_words(index)}</p>
        <div class="own-line">
            <MenuField place=format!("{place}/test") label=words::ASKS options=fixed(asked) choose=ask/>
            {move || boundary(asks.get(), &compared)}
            <RemoveButton place=place.clone() number=index + 1/>
        </div>
        {move || is_older().then(|| view! { <p class="remark notice">{words::OLDER_CHILDREN}</p> })}
        {citation(format!("{place}/cite"), further.into_any())}
    }
    .into_any()
}

/// A menu for a key of a clause.
fn menu(clause: &str, label: &'static str, key: &str, options: Options) -> AnyView {
    view! { <MenuField place=format!("{clause}/{key}") label options=fixed(options)/> }.into_any()
}

fn limit(clause: &str, label: &'static str) -> AnyView {
    view! { <TextField place=format!("{clause}/limit") label class="narrow"/> }.into_any()
}

fn codes(field: Field, codes: &[&'static str]) -> Options {
    let each = codes
        .iter()
        .map(|code| ((*code).to_owned(), lang::option_label(field, code).to_owned()));
    each.collect()
}

fn operators(clause: &str) -> AnyView {
    let code = |operator| match operator {
        Operator::AtLeast => "at_least",
        Operator::MoreThan => "more_than",
    };
    let all = [Operator::AtLeast, Operator::MoreThan];
    menu(
        clause,
        words::COMPARED,
        "operator",
        coded(&all, code, lang::operator_name),
    )
}

fn at_limits(clause: &str) -> AnyView {
    let code = |at_limit| match at_limit {
        AtLimit::Stated => "stated",
        AtLimit::Disputed => "disputed",
        AtLimit::Undefined => "undefined",
    };
    let all = [AtLimit::Stated, AtLimit::Disputed, AtLimit::Undefined];
    menu(
        clause,
        words::AT_LIMIT,
        "at_limit",
        coded(&all, code, lang::at_limit_name),
    )
}

/// The controls of what a clause compares with.
fn boundary(asks: Option<Asks>, clause: &str) -> Vec<AnyView> {
    match asks {
        Some(Asks::YoungerThan | Asks::AtMostAged) => {
            let units = [("days", words::DAYS), ("months", words::MONTHS)];
            let units = units.map(|(code, name)| (code.to_owned(), name.to_owned()));
            vec![
                limit(clause, words::LIMIT),
                menu(clause, words::UNIT, "unit", units.to_vec()),
            ]
        }
        Some(Asks::Wbc) => vec![operators(clause), limit(clause, words::WHITE_CELLS), at_limits(clause)],
        Some(Asks::Mrd) => {
            let point = |code: &&'static str| {
                let field = MrdPoint::from_code(code).map(Field::of_mrd);
                ((*code).to_owned(), field.map_or(*code, lang::field_label).to_owned())
            };
            let points = MrdPoint::CODES.iter().map(point).collect();
            vec![
                menu(clause, words::MEASURED, "point", points),
                operators(clause),
                limit(clause, words::FRACTION),
                at_limits(clause),
            ]
        }
        Some(Asks::Kmt2aIs) => vec![menu(clause, words::RESULT, "value", codes(Field::Kmt2a, Kmt2a::CODES))],
        Some(Asks::PartnerIs) => {
            let all = codes(Field::Kmt2aPartner, Partner::CODES);
            vec![menu(clause, words::RESULT, "value", all)]
        }
        Some(Asks::ResponseIs) => {
            let all = codes(Field::PrednisoneResponse, PrednisoneResponse::CODES);
            vec![menu(clause, words::RESULT, "value", all)]
        }
        Some(Asks::LineageIn) => Lineage::CODES.iter().map(|code| lineage(clause, code)).collect(),
        _ => Vec::new(),
    }
}

fn lineage(clause: &str, code: &'static str) -> AnyView {
    let editor = Editor::here();
    let list = format!("{clause}/values");
    let label = lang::option_label(Field::Lineage, code);
    let ticked = {
        let list = list.clone();
        editor.now(move |draft| draft.has(&list, code))
    };
    let name = format!("{list}/{code}");
    let tick = Callback::new(move |ticked| editor.change(|draft| draft.tick(&list, code, ticked)));
    view! { <Tick name label ticked tick/> }.into_any()
}

fn requirement(index: usize) -> AnyView {
    let editor = Editor::here();
    let place = format!("/eligible/{index}");
    let code = |if_unknown| match if_unknown {
        IfUnknown::Ask => "ask",
        IfUnknown::SayCondition => "say_condition",
        IfUnknown::Wait => "wait",
    };
    let all = [IfUnknown::Ask, IfUnknown::SayCondition, IfUnknown::Wait];
    let if_unknown = fixed(coded(&all, code, lang::if_unknown_name));
    let clauses = Signal::derive(move || editor.clauses());
    view! {
        <div class="own-line">
            <MenuField place=format!("{place}/clause") label=words::REQUIRED class="broad" options=clauses/>
            <MenuField place=format!("{place}/if_unknown") label=words::IF_UNKNOWN class="broad" options=if_unknown/>
            <RemoveButton place number=index + 1/>
        </div>
    }
    .into_any()
}

fn group(index: usize) -> AnyView {
    let editor = Editor::here();
    let place = format!("/groups/{index}");
    let mut levels = vec![(String::new(), words::NO_LEVEL.to_owned())];
    levels.extend(coded(
        &[Level::Low, Level::Intermediate, Level::High],
        Level::code,
        lang::level,
    ));
    let earlier = (index > 0).then(|| {
        let moved = place.clone();
        let act = Callback::new(move |()| editor.change_list("/groups", |draft| draft.move_up(&moved)));
        let testid = format!("up:{place}");
        view! { <SmallButton label=words::EARLIER what=words::earlier(index + 1) testid act/> }
    });
    view! {
        <div class="own-line">
            <TextField place=format!("{place}/name") label=words::GROUP_NAME class="broad"/>
            <MenuField place=format!("{place}/level") label=words::RISK_LEVEL options=fixed(levels)/>
            <TextField place=format!("{place}/id") label=words::CODE class="narrow" id=true/>
            {earlier}
            <RemoveButton place=place.clone() number=index + 1/>
        </div>
        <p class="quiet">{words::GROUP_IF}</p>
        {condition(format!("{place}/when"), Of::Group)}
    }
    .into_any()
}

/// What the sources say of an unclear result.
#[component]
fn Statement(
    /// Its place.
    place: &'static str,
    /// What is stated.
    stated: &'static str,
) -> impl IntoView {
    let editor = Editor::here();
    let is_stated = editor.now(move |draft| !draft.at(place).is_null());
    let has_text = editor.now(move |draft| draft.at(place).is_object());
    let tick = Callback::new(move |ticked| editor.change(|draft| draft.state(place, ticked)));
    let text = move || {
        has_text.get().then(|| {
            view! {
                <TextField place=format!("{place}/text") label=words::STATEMENT class="broad"/>
                {citation(format!("{place}/cite"), ().into_any())}
            }
        })
    };
    view! { <div class="own-entry"><Tick name=place label=stated ticked=is_stated tick/>{text}</div> }
}

#[component]
fn Transplant() -> impl IntoView {
    let editor = Editor::here();
    let has_rule = editor.now(|draft| !draft.at("/hsct/when").is_null());
    let is_none = editor.now(|draft| draft.at("/hsct/none_by_protocol").as_bool() == Some(true));
    let tick = Callback::new(move |none| editor.change(|draft| draft.set_none_by_protocol(none)));
    let further = move || {
        if has_rule.get() {
            view! {
                <p class="quiet">{words::TRANSPLANT_CONDITIONS}</p>
                <Entries list="/hsct/conditions" entry=transplant_condition/>
            }
            .into_any()
        } else {
            view! { <Tick name="/hsct/none_by_protocol" label=words::NO_TRANSPLANT ticked=is_none tick/> }.into_any()
        }
    };
    view! {
        <TextField place="/hsct/text" label=words::RULE_TEXT class="broad"/>
        {citation("/hsct/cite".to_owned(), ().into_any())}
        <p class="quiet">{words::TRANSPLANT_IF}</p>
        {condition("/hsct/when".to_owned(), Of::Transplant)}
        {further}
    }
}

fn transplant_condition(index: usize) -> AnyView {
    let place = format!("/hsct/conditions/{index}");
    let code = view! { <TextField place=format!("{place}/id") label=words::CODE class="narrow"/> };
    view! {
        {condition(format!("{place}/when"), Of::TransplantCondition)}
        {citation(format!("{place}/cite"), code.into_any())}
        <RemoveButton place number=index + 1/>
    }
    .into_any()
}

/// What the form has no controls for.
#[component]
fn Further() -> impl IntoView {
    let editor = Editor::here();
    let counted = |draft: &Draft| words::LISTS.map(|(list, _)| draft.count(list));
    let counts = editor.now(counted);
    let shown = move || {
        let counts = counts.get();
        counts.iter().any(|count| *count > 0).then(|| {
            let kept = words::LISTS.into_iter().zip(counts).filter(|(_, count)| *count > 0);
            let each = kept.map(|((list, name), count)| {
                let act = Callback::new(move |()| editor.change_list(list, |draft| draft.clear(list)));
                let what = [words::REMOVE_ALL, words::COLON, name].concat();
                view! {
                    <p>{words::entries(count, name)}<SmallButton label=words::REMOVE_ALL what testid=format!("clear:{list}") act/></p>
                }
            });
            let lists = each.collect_view();
            view! { <Section place="/facts" section=words::FURTHER>{lists}</Section> }
        })
    };
    view! { {shown} }
}
