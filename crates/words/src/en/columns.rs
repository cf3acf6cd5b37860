//! The columns of a file in words, as a person confirms them.

use super::cohort::{column_name, count, date_form, remedy, row_fault, spoken};
use super::{event_kind, issue, option_label, understood, vital};
use crate::numbers::{decimal, grouped};
use cotside_core::cohort::{
    ColumnUse, Endpoint, EventKind, Meaning, Polarity, Problem, Profile, Role, Trouble, Understood, Vital,
};
use cotside_core::infant::{Date, Field, Kind, Severity, Stage};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A date that cannot be read in another order.
#[must_use]
pub fn in_words(date: Date) -> String {
    let (year, month, day) = date.parts();
    let month = MONTHS.get(usize::from(month).saturating_sub(1)).copied();
    format!("{day} {} {year}", month.unwrap_or_default())
}

/// What a code of a role means.
#[must_use]
pub fn code_meaning(role: Role, code: &str) -> String {
    let name = match role {
        Role::Finding(field) => option_label(field, code),
        Role::VitalStatus => Vital::from_code(code).map_or("", vital),
        _ => EventKind::from_code(code).map_or("", event_kind),
    };
    if name.is_empty() {
        code.to_owned()
    } else {
        name.to_owned()
    }
}

/// What a cell is understood as.
#[must_use]
pub fn understood_cell(role: Role, found: &Understood) -> String {
    match found {
        Understood::Missing => "missing".to_owned(),
        Understood::Nothing => "cannot be used".to_owned(),
        Understood::Text => "as it stands".to_owned(),
        Understood::Date(date) => in_words(*date),
        Understood::Days(days) => format!("{} days = {} years", decimal(*days, 1), decimal(*days / 365.25, 2)),
        Understood::Code(code) => code_meaning(role, code),
        Understood::Finding(field, read) => {
            let (entry, reading) = (&read.0, &read.1);
            let plain = entry.get(*field);
            understood(*field, entry, reading).unwrap_or_else(|| match field.kind() {
                Kind::Code(_) => code_meaning(role, plain),
                Kind::Number { unit, .. } => format!("{plain} {unit}"),
                Kind::Text | Kind::Date | Kind::Fraction => plain.to_owned(),
            })
        }
    }
}

/// Under which heading a role stands in the list of roles.
#[must_use]
pub fn role_family(role: Role) -> &'static str {
    match role {
        Role::Ignored | Role::Group | Role::Finding(Field::Id) => "General",
        Role::Finding(Field::BirthDate | Field::DiagnosisDate) | Role::Milestone(_) => "Dates",
        Role::Finding(field) => match field.stage() {
            Stage::Diagnosis => "Findings at diagnosis",
            Stage::Day8 | Stage::EndOfInduction | Stage::Consolidation => "Response and residual disease",
            Stage::Relapse => "Relapse",
        },
        Role::FirstEvent | Role::VitalStatus => "Event and vital status",
        Role::Time(_) | Role::Event(_) => "Times to endpoints",
    }
}

/// How many columns there are of each sort, and how many questions about rows are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ColumnsTally {
    /// With a role and nothing open.
    pub recognised: usize,
    /// With an open question.
    pub to_confirm: usize,
    /// Without a role.
    pub ignored: usize,
    /// Open questions about rows.
    pub of_rows: usize,
}

/// How far the columns are understood.
#[must_use]
pub fn columns_tally(tally: ColumnsTally) -> String {
    let mut text = format!("{} recognised", count(tally.recognised, "column"));
    for (number, what) in [(tally.to_confirm, "to confirm"), (tally.ignored, "ignored")] {
        if number > 0 {
            text.push_str(&format!(" · {number} {what}"));
        }
    }
    if tally.of_rows > 0 {
        text.push_str(&format!(" · {} about rows", count(tally.of_rows, "question")));
    }
    text
}

/// A number of rows with thousands grouped.
#[must_use]
pub fn grouped_count(rows: usize) -> String {
    grouped(rows as f64)
}

/// How many problems there are.
#[must_use]
pub fn problems_tally(problems: usize) -> String {
    match problems {
        1 => "1 cell to check".to_owned(),
        more => format!("{} cells to check", grouped_count(more)),
    }
}

/// How many problems are not listed.
#[must_use]
pub fn problems_rest(rest: usize) -> String {
    format!("And {} more, all in the list that can be saved.", grouped_count(rest))
}

/// The two directions in which a column of death, event or censoring can be read, each with what it implies: yes and 1 as the
/// event, and as the opposite.
#[must_use]
pub fn directions(role: Role, profile: &Profile, used: &ColumnUse) -> [String; 2] {
    [Polarity::AsNamed, Polarity::Reversed].map(|polarity| {
        let mut turned = used.clone();
        turned.turn(polarity, profile);
        direction(role, profile, &turned)
    })
}

/// `“1” = dead, “0” = alive: 14 of 40 died`.
fn direction(role: Role, profile: &Profile, used: &ColumnUse) -> String {
    let of_death = matches!(role, Role::VitalStatus | Role::Event(Endpoint::OverallSurvival));
    let mut texts: Vec<(String, Vec<String>)> = Vec::new();
    let (mut events, mut total) = (0, 0);
    for (text, cells) in &profile.levels {
        let Some(Meaning::Code(code)) = used.said(text) else {
            continue;
        };
        let is_event =
            Vital::from_code(code) != Some(Vital::Alive) && EventKind::from_code(code) != Some(EventKind::None);
        total += cells;
        events += if is_event { *cells } else { 0 };
        let word = match (of_death, is_event) {
            (true, true) => "dead".to_owned(),
            (true, false) => "alive".to_owned(),
            (false, true) if EventKind::from_code(code) == Some(EventKind::Event) => "event".to_owned(),
            (false, true) => code_meaning(role, code),
            (false, false) => "censored".to_owned(),
        };
        let quoted = format!("“{text}”");
        match texts.iter_mut().find(|(known, _)| *known == word) {
            Some((_, same)) => same.push(quoted),
            None => texts.push((word, vec![quoted])),
        }
    }
    let said: Vec<String> = texts
        .iter()
        .map(|(word, texts)| format!("{} = {word}", texts.join(", ")))
        .collect();
    let implied = if of_death { "died" } else { "had the event" };
    format!("{}: {events} of {total} {implied}", said.join(", "))
}

/// The code of what is the matter.
#[must_use]
pub fn problem_code(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::Row(_) => "row",
        Trouble::NotADate(_) => "not_a_date",
        Trouble::NotATime => "not_a_time",
        Trouble::NoMeaning(_) => "no_meaning",
        Trouble::OtherRow { .. } => "other_row",
        Trouble::RoleTwice(_) => "role_twice",
        Trouble::HighCount => "high_count",
        Trouble::AgeTooCoarse => "age_too_coarse",
        Trouble::Finding(issue) => match issue.kind.severity() {
            Severity::Invalid => "invalid",
            Severity::Contradiction => "contradiction",
            Severity::Notice => "notice",
        },
    }
}

/// The codes of problems, with what each is about.
pub const PROBLEM_CODES: &[(&str, &str)] = &[
    ("row", "the row does not fit the header, or is no patient"),
    ("not_a_date", "no date in the form of the column"),
    ("not_a_time", "no time of 0 or more"),
    ("no_meaning", "a text without a meaning"),
    ("role_twice", "an earlier column has the same role"),
    (
        "other_row",
        "another row of the same patient has another value, which is used",
    ),
    (
        "high_count",
        "a white cell count that is too high for the unit of the column",
    ),
    (
        "age_too_coarse",
        "an age in weeks or years that leaves the completed months open",
    ),
    ("invalid", "a finding that is not a value of its field"),
    ("contradiction", "findings that contradict each other"),
    ("notice", "a finding worth a second look"),
];

/// What is the matter with a cell or row, and what to do about it.
#[must_use]
pub fn problem_parts(problem: &Problem, header: &[String]) -> (String, String) {
    let matter = match &problem.trouble {
        Trouble::Finding(found) => issue(found),
        Trouble::Row(fault) => row_fault(*fault, header.len()),
        Trouble::NotADate(form) => format!("not a date written as {}", date_form(*form)),
        Trouble::HighCount => "a count above 3,000 × 10⁹/L".to_owned(),
        Trouble::AgeTooCoarse => "an age in weeks or years that can be two numbers of completed months".to_owned(),
        Trouble::NotATime => "not a time of 0 or more".to_owned(),
        Trouble::NoMeaning(codes) => {
            let codes: Vec<String> = codes.iter().map(|code| spoken(code)).collect();
            format!("not one of {}", codes.join(", "))
        }
        Trouble::OtherRow { used, value } => {
            format!("row {} of the same patient has “{value}”, which is used", used + 1)
        }
        Trouble::RoleTwice(first) => format!("column {} has the same role", column_name(header, *first)),
    };
    (matter, remedy(problem.trouble.remedy()).to_owned())
}

/// What is said of columns that the list leaves out.
#[must_use]
pub fn columns_not_shown(count: usize, first: usize) -> String {
    let (noun, verb) = if count == 1 {
        ("column", "is")
    } else {
        ("columns", "are")
    };
    format!(
        "{} further {noun} {verb} not used and not shown. To use one of them, move it among the first {first} columns of the file.",
        grouped(count as f64)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotside_core::cohort::Sheet;

    fn told(file: &str, role: Role, cell: &str) -> String {
        let import = Sheet::read_lenient(file.as_bytes()).unwrap();
        let (used, _) = ColumnUse::of_role(role, &import, 0, &import.profiles()[0]);
        understood_cell(role, &used.understood(cell))
    }

    #[test]
    fn cells_as_they_are_understood() {
        use cotside_core::cohort::Milestone;
        let day = Role::Milestone(Milestone::Relapse);
        assert_eq!(told("x;y\n13/02/2020;1\n", day, "13/02/2020"), "13 Feb 2020");
        assert_eq!(told("x;y\n13/02/2020;1\n", day, "33/02/2020"), "cannot be used");
        let wbc = Role::Finding(Field::Wbc);
        assert_eq!(told("wbc;y\n33,9;1\n", wbc, "33,9"), "33.9 × 10⁹/L = 33,900/µL");
        assert_eq!(
            told("cns;y\n1;1\n2;1\n1;1\n2;1\n", Role::Finding(Field::Cns), "2"),
            "CNS2"
        );
        let time = Role::Time(Endpoint::OverallSurvival);
        assert_eq!(told("os_years;y\n2;1\n3;1\n", time, "2"), "730.5 days = 2 years");
        assert_eq!(told("os_years;y\n2;1\n3;1\n", time, "NA"), "missing");
        assert_eq!(told("e;y\nDead;1\nAlive;1\n", Role::VitalStatus, "Dead"), "dead");
        assert_eq!(told("e;y\na;1\nb;1\n", Role::Group, "a"), "as it stands");
    }

    #[test]
    fn the_tally_counts_columns() {
        let tally = ColumnsTally {
            recognised: 1,
            ignored: 2,
            ..ColumnsTally::default()
        };
        assert_eq!(columns_tally(tally), "1 column recognised · 2 ignored");
        let open = ColumnsTally {
            to_confirm: 3,
            ignored: 0,
            of_rows: 1,
            ..tally
        };
        assert_eq!(
            columns_tally(open),
            "1 column recognised · 3 to confirm · 1 question about rows"
        );
    }
}
