//! The form's controls: each with its label, named by the place of its value.

use cotside_core::protocols::own::Problem;
use cotside_words::en;
use cotside_words::html::{Html, element, list, option, text};

use crate::custom_protocol::draft::Draft;

/// Whether something is wrong at this place itself.
fn is_wrong(draft: &Draft, place: &str) -> bool {
    draft.definition.problems.iter().any(|problem| problem.place == place)
}

/// A label over a control.
pub fn labelled(label: &str, class: &str, control: Html) -> Html {
    element(
        "label",
        &[("class", class)],
        &[element("span", &[], &[text(label)]), control],
    )
}

/// An input of text for the value at a place; `name` is its place, or what is done with it there.
fn input(draft: &Draft, name: &str, place: &str) -> Html {
    let shown = draft.shown(place);
    let mut attributes = vec![("type", "text"), ("name", name), ("value", shown.as_str())];
    if is_wrong(draft, place) {
        attributes.push(("aria-invalid", "true"));
    }
    element("input", &attributes, &[])
}

/// A text.
pub fn text_at(draft: &Draft, label: &str, class: &str, place: &str) -> Html {
    labelled(label, class, input(draft, place, place))
}

/// An id: where it changes, what names it follows.
pub fn id_at(draft: &Draft, place: &str) -> Html {
    labelled("Name in files", "narrow", input(draft, &format!("id:{place}"), place))
}

/// A menu: value, name, whether it is chosen.
pub fn menu(
    draft: &Draft,
    label: &str,
    class: &str,
    (name, place): (&str, &str),
    options: &[(String, String)],
) -> Html {
    labelled(
        label,
        class,
        bare_menu(draft, "", (name, place), &draft.shown(place), options),
    )
}

/// A menu without a visible label; what is chosen and is no option is shown as such.
pub fn bare_menu(
    draft: &Draft,
    label: &str,
    (name, place): (&str, &str),
    chosen: &str,
    options: &[(String, String)],
) -> Html {
    let known = options.iter().any(|(value, _)| value == chosen);
    let strange = if chosen.is_empty() { "choose …" } else { chosen };
    let first = Html::when(!known, || option(chosen, strange, true));
    let rest = options.iter().map(|(value, name)| option(value, name, value == chosen));
    let mut attributes = vec![("name", name)];
    if !label.is_empty() {
        attributes.push(("aria-label", label));
    }
    if is_wrong(draft, place) {
        attributes.push(("aria-invalid", "true"));
    }
    element("select", &attributes, &[first, Html::all(rest)])
}

/// A button that does something at a place; `what` says it to those who do not see where it stands.
pub fn button(does: &str, place: &str, label: &str, what: &str) -> Html {
    let set = format!("{does}:{place}");
    let mut attributes = vec![
        ("type", "button"),
        ("class", "small"),
        ("name", set.as_str()),
        ("data-set", set.as_str()),
    ];
    if !what.is_empty() {
        attributes.push(("aria-label", what));
    }
    element("button", &attributes, &[text(label)])
}

/// A tick.
pub fn tick(name: &str, label: &str, ticked: bool) -> Html {
    let mut attributes = vec![("type", "checkbox"), ("name", name)];
    if ticked {
        attributes.push(("checked", ""));
    }
    element(
        "label",
        &[("class", "tick")],
        &[element("input", &attributes, &[]), text(label)],
    )
}

/// What is wrong, each with a way to its control where there is a form.
pub fn problems(problems: &[Problem], with_form: bool) -> Html {
    let each = |problem: &Problem| {
        let place = en::place(&problem.place);
        let named = if with_form && !problem.place.is_empty() {
            element(
                "button",
                &[("type", "button"), ("class", "link"), ("data-focus", &problem.place)],
                &[text(&place)],
            )
        } else {
            text(&place)
        };
        Html::all([named, text(": "), text(&en::fault(&problem.fault))])
    };
    list("own-problems", problems.iter().map(each))
}
