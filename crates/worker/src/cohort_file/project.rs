//! What a person said of the columns, to be said again of the same file or of another.
//!
//! Columns are known by their headers; lines about rows have none. It holds texts of cells only where they stand for codes
//! (`1` for male) or choose rows (`visit = baseline`), and no row.

use cotside_core::cohort::{
    ColumnUse, DateForm, HighCounts, Meaning, NumberForm, Polarity, Question, QuestionKind, Role, TimeUnit, Understood,
    tells_of_events,
};
use cotside_core::infant::{Field, MOST_WBC};
use cotside_views::list;
use cotside_words::lang::cohort_file as words;
use maud::{Markup, html};

use crate::cohort_file::columns::needs_answer;
use crate::cohort_file::{Loaded, code_page, rows, script};

/// A header, what is said of its column, and the saying.
pub type Line = [String; 3];

/// Everything that is said of the rows and columns.
pub fn lines(file: &Loaded) -> Vec<Line> {
    let of_rows = rows::lines(file)
        .into_iter()
        .map(|(what, how)| [String::new(), what, how]);
    let named = file.import.sheet.header().iter().zip(&file.mapping.columns).enumerate();
    let of_columns = named.flat_map(|(column, (header, used))| {
        let mut said = said(header, used);
        // That high counts are not used is an answer too.
        let asks =
            |question: &Question| question.column == column && matches!(question.kind, QuestionKind::HighCounts(_));
        let has_high = file
            .profiles
            .get(column)
            .is_some_and(|profile| profile.numbers_above(MOST_WBC) > 0);
        if used.role == Role::Finding(Field::Wbc)
            && used.high_counts == HighCounts::default()
            && has_high
            && !file.questions.iter().any(asks)
        {
            said.push([
                header.clone(),
                "high_counts".to_owned(),
                high_counts(used.high_counts).to_owned(),
            ]);
        }
        said
    });
    code_page::line(file)
        .into_iter()
        .chain(of_rows)
        .chain(of_columns)
        .collect()
}

fn said(header: &str, used: &ColumnUse) -> Vec<Line> {
    let mut said = vec![("role".to_owned(), used.role.code().into_owned())];
    let own = ColumnUse {
        role: used.role,
        ..ColumnUse::default()
    };
    if used.number != own.number {
        said.push(("number".to_owned(), script::number_form(used.number).to_owned()));
    }
    if used.date != own.date {
        said.push(("date".to_owned(), script::date_form(used.date).to_owned()));
    }
    if used.unit != own.unit {
        said.push(("unit".to_owned(), used.unit.code().to_owned()));
    }
    if used.percent {
        said.push(("percent".to_owned(), "yes".to_owned()));
    }
    if used.mid_month {
        said.push(("day".to_owned(), "15".to_owned()));
    }
    if used.high_counts != own.high_counts {
        said.push(("high_counts".to_owned(), high_counts(used.high_counts).to_owned()));
    }
    if let Some(polarity) = used.polarity.filter(|_| tells_of_events(used.role)) {
        let reversed = polarity == Polarity::Reversed;
        said.push((
            "polarity".to_owned(),
            if reversed { "reversed" } else { "as_named" }.to_owned(),
        ));
    }
    for rule in &used.values {
        let meaning = match rule.meaning {
            Meaning::Missing => script::MISSING,
            Meaning::Code(code) => code,
        };
        said.push((["value:", &rule.text].concat(), meaning.to_owned()));
    }
    said.into_iter()
        .map(|(what, how)| [header.to_owned(), what, how])
        .collect()
}

/// Says it all again; what does not fit this file is named and left as it was guessed.
pub fn load(file: &mut Loaded, lines: &[Line]) -> Vec<String> {
    let of_rows = lines
        .iter()
        .filter(|[header, what, _]| header.is_empty() && rows::is_line(what));
    let mut unfit = rows::load(file, of_rows.map(|[_, what, how]| (what.as_str(), how.as_str())));
    let lines: Vec<&Line> = lines
        .iter()
        .filter(|[header, what, _]| !header.is_empty() || !rows::is_line(what))
        .collect();
    let header = file.import.sheet.header().to_vec();
    let mut wanted: Vec<&str> = lines.iter().map(|[name, ..]| name.as_str()).collect();
    wanted.dedup();
    let mut taken: Vec<usize> = Vec::new();
    for name in wanted {
        let of_this: Vec<&Line> = lines.iter().copied().filter(|line| line[0] == name).collect();
        let Some(column) = (0..header.len()).find(|column| header[*column] == name && !taken.contains(column)) else {
            unfit.push(words::missing_column(name));
            continue;
        };
        taken.push(column);
        let Some(used) = read(&of_this) else {
            unfit.push(words::unknown_setting(name));
            continue;
        };
        if file
            .profiles
            .get(column)
            .is_none_or(|profile| !used.role.suits(profile))
        {
            unfit.push(words::other_content(name));
            continue;
        }
        let answers_counts = of_this.iter().any(|[_, what, _]| what == "high_counts");
        settle(file, column, used, answers_counts);
    }
    let new: Vec<&str> = (0..header.len())
        .filter(|column| !taken.contains(column))
        .map(|column| header[column].as_str())
        .collect();
    if !new.is_empty() {
        unfit.push(words::new_columns(&new));
    }
    unfit
}

/// What is said of one column; `None` where a word of it is not understood.
fn read(lines: &[&Line]) -> Option<ColumnUse> {
    let mut used = ColumnUse::default();
    let of = |what: &str| lines.iter().find(|line| line[1] == what).map(|line| line[2].as_str());
    let code = of("role")?;
    used.role = Role::from_code(code)?;
    for [_, what, how] in lines {
        match what.as_str() {
            "role" => {}
            "number" => used.number = *NumberForm::ALL.iter().find(|form| script::number_form(**form) == how)?,
            "date" => used.date = *DateForm::ALL.iter().find(|form| script::date_form(**form) == how)?,
            "unit" => used.unit = TimeUnit::from_code(how)?,
            "percent" => used.percent = how == "yes",
            "day" => used.mid_month = how == "15",
            "high_counts" => used.high_counts = *HighCounts::ALL.iter().find(|way| high_counts(**way) == how)?,
            "polarity" => {
                used.polarity = Some(if how == "reversed" {
                    Polarity::Reversed
                } else {
                    Polarity::AsNamed
                })
            }
            other => {
                let level = other.strip_prefix("value:")?;
                let meaning = if how == script::MISSING {
                    Meaning::Missing
                } else {
                    Meaning::Code(used.role.codes().iter().find(|code| *code == how)?)
                };
                used.say(level, Some(meaning));
            }
        }
    }
    // Earlier settings name no unit of an age in months.
    if used.role == Role::Finding(Field::AgeMonths) && of("unit").is_none() {
        used.unit = TimeUnit::Months;
    }
    // Said last goes first; as they were saved, the first goes first.
    used.values.reverse();
    Some(used)
}

/// Takes it for a column. What had no proposed answer and was not answered is still asked, as are texts without a meaning.
fn settle(file: &mut Loaded, column: usize, used: ColumnUse, answers_counts: bool) {
    let before = file.mapping.columns.get(column).cloned().unwrap_or_default();
    let is_unanswered = same_reading(&before, &used) && !answers_counts;
    file.questions
        .retain(|question| question.column != column || (is_unanswered && needs_answer(&question.kind)));
    let asked = |text: &String| {
        file.questions.iter().any(|question| match &question.kind {
            QuestionKind::NoMeaning(known) => question.column == column && known == text,
            QuestionKind::Direction(direction) => {
                question.column == column && (direction.yes.contains(text) || direction.no.contains(text))
            }
            _ => false,
        })
    };
    let coded = !used.role.codes().is_empty();
    let levels = file.profiles.get(column).map_or(&[][..], |profile| &profile.levels);
    let unknown: Vec<String> = levels
        .iter()
        .map(|(level, _)| level)
        .filter(|level| coded && used.understood(level) == Understood::Nothing && !asked(level))
        .cloned()
        .collect();
    file.questions.extend(
        unknown
            .into_iter()
            .map(|level| Question::of(column, QuestionKind::NoMeaning(level))),
    );
    file.said.insert(column);
    if let Some(place) = file.mapping.columns.get_mut(column) {
        *place = used;
    }
}

/// Whether two uses read all cells alike.
fn same_reading(one: &ColumnUse, other: &ColumnUse) -> bool {
    let mut one = one.clone();
    let mut other = other.clone();
    for used in [&mut one, &mut other] {
        used.values.iter_mut().for_each(|rule| rule.sure = true);
    }
    one == other
}

/// The name of a way of reading high counts in settings.
pub const fn high_counts(way: HighCounts) -> &'static str {
    match way {
        HighCounts::Held => "held",
        HighCounts::PerUl => "per_ul",
        HighCounts::AsWritten => "as_written",
    }
}

/// What does not fit, on the page.
pub fn html(unfit: &[String]) -> Markup {
    let heading = if unfit.is_empty() {
        words::PROJECT_FITS
    } else {
        words::PROJECT_OF_OTHER_FILE
    };
    html! { p { (heading) } @if !unfit.is_empty() { (list(unfit)) } }
}
