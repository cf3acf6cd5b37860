//! What each column is for: what was guessed, and what a person says.

use cotside_core::cohort::{Endpoint, Milestone, Role};
use cotside_core::infant::Field;
use cotside_words::en;
use cotside_words::html::{Html, cell, element, head, option, plain, select, span, table, text};

use crate::Loaded;

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
pub fn set(file: &mut Loaded, name: &str, value: &str) -> bool {
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

/// The columns, folded away unless somebody is looking at them.
pub fn html(file: &Loaded) -> Html {
    let mut attributes = vec![("class", "more"), ("data-testid", "columns")];
    if file.confirming {
        attributes.push(("open", ""));
    }
    let asked = file.questions.len();
    element(
        "details",
        &attributes,
        &[
            plain("summary", &format!("Columns: what each is for ({asked} to confirm)")),
            column_table(file),
        ],
    )
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
