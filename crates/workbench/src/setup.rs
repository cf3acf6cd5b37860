//! The upper part of the page: how the file was read, what its columns are, and what is asked of it.

use cotside_core::cohort::{Endpoint, EventKind, Milestone, Role};
use cotside_core::infant::Field;
use cotside_core::protocols::PROTOCOLS;
use cotside_words::en;
use cotside_words::html::{Html, cell, element, head, plain, span, table, text};

use crate::Loaded;
use crate::settings::{Grouping, Settings};

/// Columns with more values than this are not offered for grouping.
const MOST_GROUPS: usize = 8;

/// Every role that a column can be given, with its code.
fn roles() -> Vec<(String, Role)> {
    let mut roles = vec![("ignored".to_owned(), Role::Ignored), ("group".to_owned(), Role::Group)];
    let findings = Field::ALL
        .iter()
        .copied()
        .filter(|field| !matches!(field, Field::BirthDate | Field::DiagnosisDate));
    roles.extend(findings.map(|field| (field.column().to_owned(), Role::Finding(field))));
    roles.extend(
        Milestone::ALL
            .iter()
            .map(|&each| (each.code().to_owned(), Role::Milestone(each))),
    );
    roles.push(("first_event".to_owned(), Role::FirstEvent));
    roles.push(("vital_status".to_owned(), Role::VitalStatus));
    for &endpoint in Endpoint::ALL {
        roles.push((format!("time:{}", endpoint.code()), Role::Time(endpoint)));
        roles.push((format!("event:{}", endpoint.code()), Role::Event(endpoint)));
    }
    roles
}

/// Gives a column a role where the control is one of a column; `false` where it is not.
pub fn set_role(file: &mut Loaded, name: &str, value: &str) -> bool {
    let Some(column) = name
        .strip_prefix("role:")
        .and_then(|column| column.parse::<usize>().ok())
    else {
        return false;
    };
    let role = roles()
        .into_iter()
        .find(|(code, _)| code == value)
        .map(|(_, role)| role);
    file.confirming = true;
    if let (Some(used), Some(role)) = (file.mapping.columns.get_mut(column), role) {
        used.role = role;
        file.questions.retain(|question| question.column != column);
    }
    true
}

/// The whole part.
pub fn html(file: &Loaded, settings: &Settings) -> Html {
    let rows = file.import.sheet.rows();
    let report = en::import_report(&file.import).join(" ");
    let asked = file.questions.len();
    let mut attributes = vec![("class", "more"), ("data-testid", "columns")];
    if file.confirming {
        attributes.push(("open", ""));
    }
    let columns = element(
        "details",
        &attributes,
        &[
            plain("summary", &format!("Columns: what each is for ({asked} to confirm)")),
            column_table(file),
        ],
    );
    Html::all([
        span("p", "tally", &format!("{}: {rows} rows.", file.name)),
        span("p", "quiet", &report),
        columns,
        controls(file, settings),
    ])
}

fn column_table(file: &Loaded) -> Html {
    let roles = roles();
    let each = |(column, used): (usize, &cotside_core::cohort::ColumnUse)| {
        let name = file.import.sheet.header().get(column).map_or("", String::as_str);
        let profile = file.profiles.get(column);
        let kind = profile
            .map(|profile| en::column_kind(&profile.kind))
            .unwrap_or_default();
        let missing = profile.map_or(0, |profile| profile.missing);
        let options = roles
            .iter()
            .map(|(code, role)| option(code, &en::role_of_column(*role), *role == used.role));
        let choose = select(
            &format!("role:{column}"),
            &format!("What the column {name} is for"),
            options,
        );
        let open = file.questions.iter().filter(|question| question.column == column);
        let open = open.map(|question| span("span", "note", &en::question(&question.kind)));
        element(
            "tr",
            &[],
            &[
                element("th", &[("scope", "row")], &[text(name)]),
                cell("Seems to hold", "", &[text(&kind)]),
                cell("Missing", "number", &[text(&missing.to_string())]),
                cell("Is", "", &[choose]),
                cell("To confirm", "", &[Html::all(open)]),
            ],
        )
    };
    let head = head(&[
        ("Column", ""),
        ("Seems to hold", ""),
        ("Missing", "number"),
        ("Is", ""),
        ("To confirm", ""),
    ]);
    table("columns", head, file.mapping.columns.iter().enumerate().map(each))
}

fn option(value: &str, name: &str, chosen: bool) -> Html {
    if chosen {
        element("option", &[("value", value), ("selected", "")], &[text(name)])
    } else {
        element("option", &[("value", value)], &[text(name)])
    }
}

fn select(name: &str, label: &str, options: impl Iterator<Item = Html>) -> Html {
    element(
        "select",
        &[("name", name), ("aria-label", label)],
        &[Html::all(options)],
    )
}

fn labelled(label: &str, control: Html) -> Html {
    element("label", &[], &[text(label), text(" "), control])
}

fn controls(file: &Loaded, settings: &Settings) -> Html {
    let endpoints = Endpoint::ALL
        .iter()
        .map(|each| option(each.code(), en::endpoint_name(*each), *each == settings.endpoint));
    let years: Vec<String> = settings.at.iter().map(ToString::to_string).collect();
    let at = element(
        "input",
        &[
            ("type", "text"),
            ("name", "at"),
            ("value", &years.join(", ")),
            ("size", "8"),
        ],
        &[],
    );
    let landmark = element(
        "input",
        &[
            ("type", "text"),
            ("name", "landmark"),
            ("value", &settings.landmark.to_string()),
            ("size", "4"),
        ],
        &[],
    );
    let named = |name: &str, label: &str, options: &[(&str, &str)]| {
        let chosen = settings.shown_value(name);
        let options = options
            .iter()
            .map(|(value, name)| option(value, name, *value == chosen));
        labelled(label, select(name, label, options))
    };
    let parts = [
        labelled("Endpoint", select("endpoint", "Endpoint", endpoints)),
        labelled(
            "Compare by",
            select("group", "Compare by", groups(file, settings).into_iter()),
        ),
        labelled("Told at (years)", at),
        named("unit", "Axis in", &[("years", "years"), ("months", "months")]),
        named(
            "shown",
            "Curves show",
            &[("survival", "survival"), ("incidence", "1 − survival")],
        ),
        named(
            "table",
            "Under the axis",
            &[
                ("kmunicate", "at risk, censored, events"),
                ("at-risk", "at risk"),
                ("events", "at risk (events)"),
                ("none", "nothing"),
            ],
        ),
        named(
            "width",
            "Width",
            &[("120", "120 mm"), ("89", "89 mm"), ("183", "183 mm")],
        ),
        named("bands", "Bands", &[("yes", "yes"), ("no", "no")]),
        labelled("Landmark (years)", landmark),
    ];
    element("div", &[("class", "tools")], &[Html::all(parts)])
}

/// Columns with few values, and the protocols.
fn groups(file: &Loaded, settings: &Settings) -> Vec<Html> {
    let mut options = vec![option("", "nothing", settings.group == Grouping::None)];
    for (column, name) in file.import.sheet.header().iter().enumerate() {
        let Some(profile) = file.profiles.get(column) else {
            continue;
        };
        let levels = profile.levels.len();
        if (2..=MOST_GROUPS).contains(&levels) && !profile.more_levels {
            let chosen = settings.group == Grouping::Column(column);
            options.push(option(&format!("column:{column}"), name, chosen));
        }
    }
    for protocol in PROTOCOLS.iter().filter(|protocol| protocol.groups.len() > 1) {
        let chosen = settings.group == Grouping::Protocol(protocol.id.to_owned());
        options.push(option(
            &format!("protocol:{}", protocol.id),
            &format!("groups of {}", protocol.name),
            chosen,
        ));
    }
    options
}

/// A name of an event for a legend.
pub fn cause_name(cause: u32) -> &'static str {
    EventKind::ALL
        .get(cause as usize)
        .map_or("event", |kind| en::event_kind(*kind))
}
