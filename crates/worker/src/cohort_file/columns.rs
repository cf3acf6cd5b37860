//! What each column is for: what was guessed, and what a person says.

use cotside_core::cohort::{ColumnUse, Meaning, Question, QuestionKind, Role};
use cotside_messages::{ColumnCounts, ColumnRequest, ColumnView, TextMeaning};

use crate::cohort_file::{Loaded, column};

/// Columns that are not used are shown among the first of a file only: each has a list of roles, and a file of thousands
/// of measurements would take a browser seconds to draw.
const MOST_IGNORED: usize = 300;

/// Takes what a person says of a column: whether the patients may have changed by it; `None` where it does not fit the file.
pub fn set(file: &mut Loaded, column: usize, request: ColumnRequest) -> Option<bool> {
    let mut used = file.mapping.columns.get(column)?.clone();
    let profile = file.profiles.get(column)?;
    let answered = answers(&request);
    let of_dates = matches!(request, ColumnRequest::DateForm(_) | ColumnRequest::MidMonth(_));
    match request {
        ColumnRequest::Confirm => {
            confirm(file, |asked| asked == column);
            return Some(false);
        }
        ColumnRequest::Role(role) => return set_role(file, column, role),
        ColumnRequest::Text { text, meaning } => return set_text(file, column, text, meaning),
        ColumnRequest::DateForm(form) => used.date = form,
        ColumnRequest::MidMonth(is_read) => used.mid_month = is_read,
        ColumnRequest::NumberForm(form) => used.number = form,
        ColumnRequest::Unit(unit) => used.set_unit(unit),
        ColumnRequest::HighCounts(way) => used.high_counts = way,
        ColumnRequest::Direction(polarity) => used.turn(polarity, profile),
        ColumnRequest::Percent(percent) => used.percent = percent,
    }
    file.said.insert(column);
    // One answer counts for all columns of which the same is asked.
    let mut changed = of_dates && share_dates(file, column, &used);
    changed |= replace(file, column, used);
    close(file, column, answered);
    Some(changed)
}

/// Which questions of the column a request answers.
fn answers(request: &ColumnRequest) -> fn(&QuestionKind) -> bool {
    match request {
        ColumnRequest::DateForm(_) => |kind| {
            matches!(
                kind,
                QuestionKind::DateOrder(..)
                    | QuestionKind::Calendar(..)
                    | QuestionKind::PastEra(_)
                    | QuestionKind::ShortYears(_)
                    | QuestionKind::DateOrdersMixed(_)
            )
        },
        ColumnRequest::MidMonth(_) => |kind| matches!(kind, QuestionKind::PartialDates(_)),
        ColumnRequest::NumberForm(_) => |kind| matches!(kind, QuestionKind::NumberForm(..)),
        ColumnRequest::Unit(_) => |kind| matches!(kind, QuestionKind::Unit(_)),
        ColumnRequest::HighCounts(_) => |kind| matches!(kind, QuestionKind::HighCounts(_)),
        ColumnRequest::Direction(_) => |kind| matches!(kind, QuestionKind::Direction(_)),
        ColumnRequest::Percent(_) => |kind| matches!(kind, QuestionKind::Percent(_)),
        ColumnRequest::Role(_) | ColumnRequest::Text { .. } | ColumnRequest::Confirm => |_| false,
    }
}

/// Gives the columns that are asked about together the form of dates of one of them: whether another changed.
fn share_dates(file: &mut Loaded, column: usize, used: &ColumnUse) -> bool {
    let mut changed = false;
    for other in file.together.get(&column).cloned().unwrap_or_default() {
        if let Some(place) = file.mapping.columns.get_mut(other) {
            changed |= (place.date, place.mid_month) != (used.date, used.mid_month);
            (place.date, place.mid_month) = (used.date, used.mid_month);
            file.said.insert(other);
        }
    }
    changed
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

fn set_role(file: &mut Loaded, column: usize, role: Role) -> Option<bool> {
    let (used, open) = ColumnUse::of_role(role, &file.import, column, file.profiles.get(column)?);
    close(file, column, |_| true);
    file.questions
        .extend(open.into_iter().map(|kind| Question::of(column, kind)));
    file.said.insert(column);
    Some(replace(file, column, used))
}

/// Says what a text of a column means.
fn set_text(file: &mut Loaded, column: usize, text: String, meaning: TextMeaning) -> Option<bool> {
    let mut used = file.mapping.columns.get(column)?.clone();
    let codes = used.role.codes();
    let meaning = match meaning {
        TextMeaning::Unsaid => None,
        TextMeaning::Missing => Some(Meaning::Missing),
        TextMeaning::Code(code) => Some(Meaning::Code(codes.iter().find(|known| **known == code)?)),
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

/// Everything that was assumed of these columns is right. What has no proposed answer is still asked.
pub fn confirm(file: &mut Loaded, is_confirmed: impl Fn(usize) -> bool) {
    let asked = file.questions.iter().map(|question| question.column);
    file.said.extend(asked.filter(|column| is_confirmed(*column)));
    file.questions
        .retain(|question| !is_confirmed(question.column) || needs_answer(&question.kind));
}

/// The columns in their order, and how many that are not used are left out.
pub fn views(file: &Loaded) -> (Vec<ColumnView>, usize) {
    let all = file.mapping.columns.iter().zip(&file.profiles).enumerate();
    let (shown, rest): (Vec<_>, Vec<_>) = all.partition(|(column, (used, _))| {
        *column < MOST_IGNORED || used.role != Role::Ignored || column::is_open(file, *column)
    });
    let shown = shown.into_iter();
    let views = shown.map(|(column, (used, profile))| column::view(file, column, used, profile));
    (views.collect(), rest.len())
}

/// How many columns there are of each sort.
pub fn counts(file: &Loaded) -> ColumnCounts {
    let mut counts = ColumnCounts::default();
    for (column, used) in file.mapping.columns.iter().enumerate() {
        if column::is_open(file, column) {
            counts.to_confirm += 1;
        } else if used.role == Role::Ignored {
            counts.ignored += 1;
        } else {
            counts.recognised += 1;
        }
    }
    counts
}
