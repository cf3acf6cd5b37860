//! Conditions as menus within each other: a clause, its opposite, all of, any of.

use cotside_words::html::{Html, element, text};
use serde_json::Value;

use crate::custom_protocol::controls::{bare_menu, button};
use crate::custom_protocol::draft::Draft;

/// Where a condition stands, and what may be chosen there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Of a group: no groups can be named, all others can be.
    Group,
    /// Of the transplant rule: groups can be named, and there may be none.
    Hsct,
}

/// How deep menus are drawn; deeper conditions are in the file alone.
const MOST_DEPTH: usize = 10;

/// The condition at a pointer.
pub fn html(draft: &Draft, pointer: &str, place: Place) -> Html {
    node(draft, pointer, place, 0)
}

fn node(draft: &Draft, pointer: &str, place: Place, depth: usize) -> Html {
    if depth > MOST_DEPTH {
        return text("deeper than can be shown here");
    }
    let value = draft.at(pointer);
    let list = ["all", "any"].into_iter().find(|key| value[*key].is_array());
    let name = format!("when:{pointer}");
    let label = if depth == 0 {
        "Condition"
    } else {
        "Part of the condition"
    };
    let options = options(draft, place, depth, value);
    let menu = bare_menu(
        draft,
        label,
        (&name, &place_of(pointer, value)),
        &choice_of(value, depth),
        &options,
    );
    let removal = Html::when(depth > 0 && !pointer.ends_with("/not"), || {
        button("remove", pointer, "×", "Remove this part")
    });
    let below = match list {
        Some(key) => parts(draft, &format!("{pointer}/{key}"), place, depth),
        None if choice_of(value, depth) == "not" => {
            let inner = node(draft, &format!("{pointer}/not"), place, depth + 1);
            element("div", &[("class", "parts")], &[inner])
        }
        None => Html::default(),
    };
    element("div", &[("class", "condition")], &[menu, removal, below])
}

/// Where a fault of the menu's own choice would be reported.
fn place_of(pointer: &str, value: &Value) -> String {
    let key = value.as_object().and_then(|object| object.keys().next());
    match key.map(String::as_str) {
        Some("not") => place_of(&format!("{pointer}/not"), &value["not"]),
        Some(key) => format!("{pointer}/{key}"),
        None => pointer.to_owned(),
    }
}

fn parts(draft: &Draft, list: &str, place: Place, depth: usize) -> Html {
    let parts = (0..draft.count(list)).map(|index| node(draft, &format!("{list}/{index}"), place, depth + 1));
    let more = button("add", list, "+ part", "Add a part to this condition");
    element("div", &[("class", "parts")], &[Html::all(parts), more])
}

/// The choice that a condition is.
fn choice_of(value: &Value, depth: usize) -> String {
    if value == "always" {
        return "always".to_owned();
    }
    let named = |key: &str, word: &str, value: &Value| value[key].as_str().map(|id| format!("{word}:{id}"));
    let opposite = &value["not"];
    let found = named("is", "is", value)
        .or_else(|| named("in_group", "group", value))
        .or_else(|| named("is", "not-is", opposite))
        .or_else(|| named("in_group", "not-group", opposite));
    let plain = || match value {
        Value::Object(object) => ["all", "any", "not"].into_iter().find(|key| object.contains_key(*key)),
        Value::Null if depth == 0 => Some("none"),
        _ => None,
    };
    let found = found.or_else(|| plain().map(str::to_owned)).unwrap_or_default();
    // A clause that is still to be chosen.
    if found == "is:" || found == "group:" {
        String::new()
    } else {
        found
    }
}

fn options(draft: &Draft, place: Place, depth: usize, value: &Value) -> Vec<(String, String)> {
    let clauses: Vec<(String, String)> = (0..draft.count("/clauses"))
        .map(|index| {
            let id = draft.text(&format!("/clauses/{index}/id")).to_owned();
            (id, draft.clause_words(index).to_owned())
        })
        .collect();
    let groups = (0..draft.count("/groups"))
        .filter(|_| place == Place::Hsct)
        .map(|index| {
            let id = draft.text(&format!("/groups/{index}/id")).to_owned();
            let name = format!("group {id}");
            (id, name)
        });
    let mut options = Vec::new();
    if depth == 0 {
        match place {
            Place::Group => options.push(("always".to_owned(), "all others".to_owned())),
            Place::Hsct => options.push(("none".to_owned(), "no rule that could be read".to_owned())),
        }
    }
    for (is, is_not, named) in [
        ("group", "not-group", groups.collect::<Vec<_>>()),
        ("is", "not-is", clauses),
    ] {
        for (id, words) in &named {
            options.push((format!("{is}:{id}"), words.clone()));
        }
        for (id, words) in &named {
            options.push((format!("{is_not}:{id}"), format!("not: {words}")));
        }
    }
    options.push(("all".to_owned(), "all of …".to_owned()));
    options.push(("any".to_owned(), "any of …".to_owned()));
    options.push(("not".to_owned(), "not (…)".to_owned()));
    if choice_of(value, depth) == "not" {
        options.push(("unwrap".to_owned(), "without the “not”".to_owned()));
    }
    options
}
