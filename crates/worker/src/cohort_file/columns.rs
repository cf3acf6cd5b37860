//! What each column is for: what was guessed, and what a person says.

use cotside_core::cohort::{
    ColumnUse, DateForm, Endpoint, HighCounts, Meaning, Milestone, NumberForm, Polarity, Question, QuestionKind, Role,
    TimeUnit,
};
use cotside_core::infant::Field;
use cotside_views::untyped::{Html, element, plain, span, text};
use cotside_words::en;

use crate::cohort_file::{Loaded, column};

/// Every role that a column can be given, with its code.
pub fn roles() -> Vec<(String, Role)> {
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

/// Takes what a person says of a column: whether the patients may have changed by it, or `None` where the control is none
/// of a column.
pub fn set(file: &mut Loaded, name: &str, value: &str) -> Option<bool> {
    match name {
        "confirm" => {
            confirm(file, value.parse().ok());
            return Some(false);
        }
        "change" => {
            file.looking = true;
            file.open.extend(value.parse::<usize>().ok());
            return Some(false);
        }
        _ => {}
    }
    let (control, place) = name.split_once(':')?;
    let (column, level) = place.split_once(':').unwrap_or((place, ""));
    let column: usize = column.parse().ok()?;
    let mut used = file.mapping.columns.get(column)?.clone();
    match control {
        "role" => return Some(set_role(file, column, value)),
        "date" => used.date = choice(DateForm::ALL, value)?,
        "number" => used.number = choice(NumberForm::ALL, value)?,
        "unit" => used.set_unit(choice(TimeUnit::ALL, value)?),
        "day" => used.mid_month = value == "yes",
        "high" => used.high_counts = choice(HighCounts::ALL, value)?,
        "direction" => {
            let wanted = if value == "reversed" {
                Polarity::Reversed
            } else {
                Polarity::AsNamed
            };
            used.turn(wanted, file.profiles.get(column)?);
        }
        "percent" => used.percent = value == "yes",
        "value" => return set_value(file, column, level, value),
        _ => return None,
    }
    file.said.insert(column);
    // One answer counts for all columns of which the same is asked.
    let mut changed = false;
    if matches!(control, "date" | "day") {
        for other in file.together.get(&column).cloned().unwrap_or_default() {
            if let Some(place) = file.mapping.columns.get_mut(other) {
                changed |= (place.date, place.mid_month) != (used.date, used.mid_month);
                (place.date, place.mid_month) = (used.date, used.mid_month);
                file.said.insert(other);
            }
        }
    }
    changed |= replace(file, column, used);
    close(file, column, |kind| match kind {
        QuestionKind::DateOrder(..) | QuestionKind::ShortYears(_) | QuestionKind::DateOrdersMixed(_) => {
            control == "date"
        }
        QuestionKind::PartialDates(_) => control == "day",
        QuestionKind::HighCounts(_) => control == "high",
        QuestionKind::Direction(_) => control == "direction",
        QuestionKind::NumberForm(..) => control == "number",
        QuestionKind::Unit(_) => control == "unit",
        QuestionKind::Percent(_) => control == "percent",
        _ => false,
    });
    Some(changed)
}

/// The member of a list at the position that a control gives.
fn choice<T: Copy>(all: &[T], value: &str) -> Option<T> {
    all.get(value.parse::<usize>().ok()?).copied()
}

fn replace(file: &mut Loaded, column: usize, used: ColumnUse) -> bool {
    let Some(place) = file.mapping.columns.get_mut(column) else {
        return false;
    };
    let changed = *place != used;
    *place = used;
    changed
}

fn close(file: &mut Loaded, column: usize, answered: impl Fn(&QuestionKind) -> bool) {
    file.questions
        .retain(|question| question.column != column || !answered(&question.kind));
}

fn set_role(file: &mut Loaded, column: usize, code: &str) -> bool {
    let role = roles().into_iter().find(|(known, _)| known == code);
    let Some((role, profile)) = role.map(|(_, role)| role).zip(file.profiles.get(column)) else {
        return false;
    };
    let name = file.import.sheet.header().get(column).map_or("", String::as_str);
    let (used, open) = ColumnUse::of_role(role, name, profile);
    close(file, column, |_| true);
    file.questions
        .extend(open.into_iter().map(|kind| Question::of(column, kind)));
    file.open.insert(column);
    file.said.insert(column);
    replace(file, column, used)
}

/// Says what the text at a place of a column means.
fn set_value(file: &mut Loaded, column: usize, level: &str, value: &str) -> Option<bool> {
    let text = column::text_at(file.profiles.get(column)?, file.mapping.columns.get(column)?, level)?;
    let mut used = file.mapping.columns.get(column)?.clone();
    let codes = used.role.codes();
    let meaning = match value {
        "" => None,
        "missing" => Some(Meaning::Missing),
        code => Some(Meaning::Code(codes.iter().find(|known| **known == code)?)),
    };
    let changed = used.said(&text) != meaning;
    used.say(&text, meaning);
    let _ = replace(file, column, used);
    file.said.insert(column);
    close(file, column, |kind| match kind {
        QuestionKind::Assumed(asked, _) | QuestionKind::NoMeaning(asked) | QuestionKind::MayBeMissing(asked) => {
            *asked == text
        }
        QuestionKind::Direction(direction) => direction.yes.contains(&text) || direction.no.contains(&text),
        QuestionKind::NoDate(texts) | QuestionKind::OutOfRangeDates(texts) => {
            matches!(&texts[..], [(asked, _)] if *asked == text)
        }
        _ => false,
    });
    if meaning.is_none() && !codes.is_empty() && !text.is_empty() {
        file.questions.push(Question::of(column, QuestionKind::NoMeaning(text)));
    }
    Some(changed)
}

/// Whether a question has no proposed answer that could be confirmed.
pub fn needs_answer(kind: &QuestionKind) -> bool {
    match kind {
        QuestionKind::NoMeaning(_) | QuestionKind::HighCounts(_) => true,
        QuestionKind::Direction(direction) => !direction.proposed,
        _ => false,
    }
}

/// Everything that was assumed of a column, or of all, is right. What has no proposed answer is still asked; the controls of
/// one column close where nothing else was confirmed by it.
fn confirm(file: &mut Loaded, column: Option<usize>) {
    let confirmed = |asked: usize| column.is_none_or(|column| column == asked);
    let before: Vec<usize> = file.questions.iter().map(|question| question.column).collect();
    file.questions
        .retain(|question| !confirmed(question.column) || needs_answer(&question.kind));
    let after: Vec<usize> = file.questions.iter().map(|question| question.column).collect();
    let count = |columns: &[usize], wanted: usize| columns.iter().filter(|column| **column == wanted).count();
    file.said.extend(before.iter().filter(|asked| confirmed(**asked)));
    file.open.retain(|&open| {
        let left = count(&after, open);
        !confirmed(open) || (left > 0 && (column.is_none() || left < count(&before, open)))
    });
}

/// The columns: those with something to confirm, then all in a list that is folded away.
pub fn html(file: &Loaded) -> Html {
    let counts = counts(file);
    let tally = span("p", "tally", &en::columns_tally(counts));
    let cards = file.open.iter().map(|&column| column::card(file, column));
    let cards = Html::when(!file.open.is_empty(), || {
        let all = element(
            "button",
            &[("type", "button"), ("data-set", "confirm:all"), ("name", "confirm-all")],
            &[text("Confirm all as shown")],
        );
        element(
            "div",
            &[("data-testid", "confirm")],
            &[
                Html::all(cards),
                Html::when(file.open.len() > 1 && counts.to_confirm > 0, || {
                    element("p", &[], &[all])
                }),
            ],
        )
    });
    let mut attributes = vec![("class", "more"), ("data-testid", "columns")];
    if file.looking {
        attributes.push(("open", ""));
    }
    let list = element(
        "details",
        &attributes,
        &[plain("summary", "All columns and how each is used"), column::list(file)],
    );
    Html::all([plain("h2", "Columns"), tally, cards, list])
}

fn counts(file: &Loaded) -> en::ColumnCounts {
    let mut counts = en::ColumnCounts {
        of_rows: file.rows_open.len(),
        ..en::ColumnCounts::default()
    };
    for (column, used) in file.mapping.columns.iter().enumerate() {
        if column::is_open(file, column) {
            counts.to_confirm += 1;
        } else if used.role == Role::Ignored {
            counts.unused += 1;
        } else {
            counts.understood += 1;
        }
    }
    counts
}
