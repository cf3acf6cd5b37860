//! One column: what it holds, what it is understood as, the controls, and beside each what is still open.

use cotside_core::cohort::{
    ColumnKind, ColumnUse, DateForm, HighCounts, Meaning, NumberForm, Polarity, Profile, Question, QuestionKind, Role,
    TimeUnit, Understood, is_missing, tells_of_events,
};
use cotside_core::infant::{Field, Kind, MOST_WBC};
use cotside_views::untyped::{Html, cell, element, head, option, plain, select, span, table, text};
use cotside_words::{decimal, en};

use crate::cohort_file::Loaded;
use crate::cohort_file::columns::{needs_answer, roles};

/// Cells that are shown as examples, and rows that are looked at for them.
const EXAMPLES: usize = 3;
const LOOKED_AT: usize = 200;

/// What an open question says beside its control.
pub const OPEN: &str = "remark invalid";

/// The values of controls that choose by position.
const PLACES: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// Whether something about a column is open.
pub fn is_open(file: &Loaded, column: usize) -> bool {
    file.questions.iter().any(|question| question.is_about(column))
}

/// The text that a control of one text stands for: the empty one, a level, or one that may stand for a missing value.
pub fn text_at(profile: &Profile, used: &ColumnUse, place: &str) -> Option<String> {
    if place == "empty" {
        return Some(String::new());
    }
    let (list, place) = match place.strip_prefix('m') {
        Some(place) => (asked_texts(profile, used), place),
        None => (profile.levels.clone(), place),
    };
    list.get(place.parse::<usize>().ok()?).map(|(text, _)| text.clone())
}

/// Texts of a column without codes that may stand for a missing value; of one of dates those that are not dates.
fn asked_texts(profile: &Profile, used: &ColumnUse) -> Vec<(String, usize)> {
    let Role::Milestone(_) = used.role else {
        return profile.missing_like.clone();
    };
    let odd = match profile.kind {
        ColumnKind::Date { .. } | ColumnKind::Number { .. } => &profile.odd,
        _ => &profile.levels,
    };
    let is_date = |text: &str| {
        let orders = [DateForm::DayMonthYear, DateForm::MonthDayYear, used.date];
        used.date.since_diagnosis(text).is_some() || orders.iter().any(|form| form.read(text).is_some())
    };
    let words = odd.iter().filter(|(text, _)| !is_date(text));
    words.chain(&profile.out_of_range).cloned().collect()
}

/// A line of answers side by side under a question, all of them to be seen.
pub fn choices_line(
    name: &str,
    label: &str,
    spoken: &str,
    choices: impl Iterator<Item = (&'static str, String, bool)>,
    open: Html,
) -> Html {
    let choices = choices.map(|(code, shown, chosen)| {
        let mut attributes = vec![("type", "radio"), ("name", name), ("value", code)];
        if chosen {
            attributes.push(("checked", ""));
        }
        element(
            "label",
            &[],
            &[element("input", &attributes, &[]), plain("span", &shown)],
        )
    });
    element(
        "div",
        &[("class", "line")],
        &[
            span("span", "quiet", label),
            open,
            element(
                "div",
                &[("class", "choices"), ("role", "radiogroup"), ("aria-label", spoken)],
                &[Html::all(choices)],
            ),
        ],
    )
}

/// Whether cells are times or ages.
fn is_timed(role: Role) -> bool {
    matches!(role, Role::Time(_) | Role::Finding(Field::AgeDays | Field::AgeMonths))
}

/// A column as a line of the list.
fn row(file: &Loaded, column: usize, used: &ColumnUse) -> Html {
    let name = name_of(file, column);
    let kind = file.profiles.get(column).map(|profile| en::column_kind(&profile.kind));
    let missing = file.profiles.get(column).map_or(0, |profile| profile.missing);
    let place = column.to_string();
    let change = element(
        "button",
        &[
            ("type", "button"),
            ("class", "link"),
            ("data-set", &format!("change:{place}")),
            ("aria-label", &format!("Change what the column {name} is for")),
        ],
        &[text("Change")],
    );
    let example = match used.role {
        Role::Ignored | Role::Group => Html::default(),
        _ => examples(file, column, used, 1),
    };
    element(
        "tr",
        &[],
        &[
            element("th", &[("scope", "row")], &[text(&name)]),
            cell("Used as", "", &[text(&en::role_of_column(used.role))]),
            cell("Seems to hold", "", &[text(&kind.unwrap_or_default())]),
            cell("Missing", "number", &[text(&missing.to_string())]),
            cell("As understood", "", &[example]),
            cell("Change", "", &[change]),
        ],
    )
}

/// All columns.
pub fn list(file: &Loaded) -> Html {
    let head = head(&[
        ("Column", ""),
        ("Used as", ""),
        ("Seems to hold", ""),
        ("Missing", "number"),
        ("As understood", ""),
        ("Change", ""),
    ]);
    let all = file.mapping.columns.iter().enumerate();
    let (shown, rest): (Vec<_>, Vec<_>) =
        all.partition(|(column, used)| *column < MOST_UNUSED || used.role != Role::Ignored || is_open(file, *column));
    let rest = Html::when(!rest.is_empty(), || {
        span("p", "remark", &en::columns_not_shown(rest.len(), MOST_UNUSED))
    });
    let shown = shown.into_iter().map(|(column, used)| row(file, column, used));
    Html::all([table("columns", head, shown), rest])
}

/// Columns that are not used are shown among the first of a file only: each has a list of roles, and a file of thousands
/// of measurements would take a browser seconds to draw.
const MOST_UNUSED: usize = 300;

/// A column with its controls.
pub fn card(file: &Loaded, column: usize) -> Html {
    let (Some(used), Some(profile)) = (file.mapping.columns.get(column), file.profiles.get(column)) else {
        return Html::default();
    };
    let card = Card {
        file,
        column,
        used,
        profile,
        name: name_of(file, column),
    };
    let place = column.to_string();
    let mut open = file
        .questions
        .iter()
        .filter(|question| question.column == column)
        .peekable();
    let said = if open.peek().is_none() {
        "Done"
    } else if open.all(|question| needs_answer(&question.kind)) {
        "Leave open"
    } else {
        "Right as shown"
    };
    let done = element(
        "button",
        &[
            ("type", "button"),
            ("data-set", &format!("confirm:{place}")),
            ("aria-label", &format!("{said}: {}", card.name)),
        ],
        &[text(said)],
    );
    let missing = match profile.missing {
        0 => String::new(),
        some => format!(", {some} missing"),
    };
    let holds = format!("{} cells: {}{missing}", profile.filled, en::column_kind(&profile.kind));
    element(
        "section",
        &[("class", "asked"), ("data-testid", &format!("column-{place}"))],
        &[
            element(
                "div",
                &[],
                &[
                    plain("h3", &card.name),
                    span("p", "quiet", &holds),
                    examples(file, column, used, EXAMPLES),
                ],
            ),
            element("div", &[], &[card.controls(), element("p", &[], &[done])]),
        ],
    )
}

fn name_of(file: &Loaded, column: usize) -> String {
    match file.import.sheet.header().get(column).map(String::as_str) {
        None | Some("") => format!("Column {} (without a name)", column + 1),
        Some(name) => name.to_owned(),
    }
}

/// The first different cells, each with what it is understood as, and cells that cannot be used.
fn examples(file: &Loaded, column: usize, used: &ColumnUse, most: usize) -> Html {
    let sheet = &file.import.sheet;
    let mut cells: Vec<(&str, Option<usize>)> = Vec::new();
    for row in file.cohort.patients.iter().map(|patient| patient.row).take(LOOKED_AT) {
        let cell = sheet.cell(row, column).trim();
        if cells.len() < most && !is_missing(cell) && cells.iter().all(|(known, _)| *known != cell) {
            cells.push((cell, Some(row)));
        }
    }
    let profile = file.profiles.get(column);
    if most > 1 && !matches!(used.role, Role::Ignored | Role::Group) {
        let misfits = profile.map_or(&[][..], |profile| &profile.examples).iter();
        let misfits = misfits.map(|misfit| (misfit.text.as_str(), Some(misfit.row)));
        let high = high_count(file, column, used).map(|cell| (cell, None));
        let others = high.into_iter().chain(misfits);
        cells.extend(
            others
                .filter(|(cell, _)| cells.iter().all(|(known, _)| known != cell))
                .take(2)
                .collect::<Vec<_>>(),
        );
    }
    let awaits_answer = file
        .questions
        .iter()
        .any(|question| question.column == column && needs_answer(&question.kind));
    let line = |(cell, row): &(&str, Option<usize>)| {
        let by_row = row.and_then(|row| date_in_row(file, row, used));
        let found = by_row.unwrap_or_else(|| match used.understood(cell) {
            Understood::Nothing if awaits_answer => "not used until you choose".to_owned(),
            understood => en::understood_cell(used.role, &understood),
        });
        element("li", &[], &[span("span", "cell-text", cell), text(" → "), text(&found)])
    };
    element("ul", &[("class", "understood")], &[Html::all(cells.iter().map(line))])
}

/// A date that is read in the order of the other dates of its row.
fn date_in_row(file: &Loaded, row: usize, used: &ColumnUse) -> Option<String> {
    let Role::Milestone(milestone) = used.role else {
        return None;
    };
    let patients = &file.cohort.patients;
    let place = patients.binary_search_by_key(&row, |patient| patient.row).ok()?;
    let date = patients.get(place)?.course.date(milestone).value()?;
    (used.date == DateForm::EitherOrder).then(|| en::in_words(date))
}

/// The first white cell count that is too high for the unit of its column.
fn high_count<'a>(file: &'a Loaded, column: usize, used: &ColumnUse) -> Option<&'a str> {
    let has_high = used.role == Role::Finding(Field::Wbc)
        && file
            .profiles
            .get(column)
            .is_some_and(|profile| profile.numbers_above(MOST_WBC) > 0);
    let cells = file
        .cohort
        .patients
        .iter()
        .map(|patient| file.import.sheet.cell(patient.row, column).trim());
    let mut high = cells.filter(|cell| used.number.read(cell).is_some_and(|count| count > MOST_WBC));
    has_high.then(|| high.next()).flatten()
}

struct Card<'a> {
    file: &'a Loaded,
    column: usize,
    used: &'a ColumnUse,
    profile: &'a Profile,
    name: String,
}

impl Card<'_> {
    fn controls(&self) -> Html {
        let role = self.used.role;
        let is_fraction = matches!(role, Role::Finding(field) if field.kind() == Kind::Fraction);
        Html::all([
            self.role(),
            self.direction(),
            Html::when(matches!(role, Role::Milestone(_)), || self.dates()),
            Html::when(role.is_number(), || self.numbers()),
            Html::when(is_timed(role), || self.units()),
            Html::when(is_fraction, || self.percent()),
            Html::when(role == Role::Finding(Field::Wbc), || self.high_counts()),
            self.values(),
        ])
    }

    /// What is open and is answered by one control.
    fn open(&self, answered_here: impl Fn(&QuestionKind) -> bool) -> Html {
        let open = self.file.questions.iter();
        let open = open.filter(|question| question.column == self.column && answered_here(&question.kind));
        let header = self.file.import.sheet.header();
        Html::all(open.map(|question| span("p", OPEN, &en::question_of(question, header))))
    }

    /// Whether something of this kind is open.
    fn is_asked(&self, wanted: impl Fn(&QuestionKind) -> bool) -> bool {
        let mut open = self
            .file
            .questions
            .iter()
            .filter(|question| question.column == self.column);
        open.any(|question| wanted(&question.kind))
    }

    /// A labelled list of choices, with what is open about it.
    fn line(&self, control: &str, label: &str, options: impl Iterator<Item = Html>, open: Html) -> Html {
        let name = format!("{control}:{}", self.column);
        let spoken = format!("{label}: {}", self.name);
        element(
            "div",
            &[("class", "line")],
            &[span("span", "quiet", label), open, select(&name, &spoken, options)],
        )
    }

    /// The same with all choices to be seen.
    fn choices(
        &self,
        control: &str,
        label: &str,
        choices: impl Iterator<Item = (&'static str, String, bool)>,
        open: Html,
    ) -> Html {
        let name = format!("{control}:{}", self.column);
        choices_line(&name, label, &format!("{label}: {}", self.name), choices, open)
    }

    fn role(&self) -> Html {
        let mut families: Vec<(&str, Vec<Html>)> = Vec::new();
        for (code, role) in roles() {
            let choice = option(&code, &en::role_of_column(role), role == self.used.role);
            let family = en::role_family(role);
            match families.iter_mut().find(|(known, _)| *known == family) {
                Some((_, choices)) => choices.push(choice),
                None => families.push((family, vec![choice])),
            }
        }
        let groups = families
            .into_iter()
            .map(|(family, choices)| element("optgroup", &[("label", family)], &choices));
        let open = self.open(|kind| {
            kind.is_of_follow_up()
                || matches!(
                    kind,
                    QuestionKind::Role
                        | QuestionKind::Unsuited(_)
                        | QuestionKind::NotNumbers(_)
                        | QuestionKind::NotUnderstood(_)
                )
        });
        self.line("role", "Holds", groups, open)
    }

    fn dates(&self) -> Html {
        let open = self.open(|kind| {
            matches!(
                kind,
                QuestionKind::DateOrder(..) | QuestionKind::ShortYears(_) | QuestionKind::DateOrdersMixed(_)
            )
        });
        let is_partial = |kind: &QuestionKind| matches!(kind, QuestionKind::PartialDates(_));
        let partial = self.open(is_partial);
        let has_partial = matches!(self.profile.kind, ColumnKind::Date { months: 1.., .. });
        let choices = [("yes", "the 15th of the month"), ("no", "not used")]
            .map(|(code, name)| (code, name.to_owned(), (code == "yes") == self.used.mid_month));
        let of_order = match self.profile.kind {
            ColumnKind::Date { form, or: Some(or), .. } => vec![form, or],
            ColumnKind::Date { mixed: Some(_), .. } => {
                vec![DateForm::EitherOrder, DateForm::DayMonthYear, DateForm::MonthDayYear]
            }
            _ => Vec::new(),
        };
        let forms = DateForm::ALL.iter().zip(PLACES);
        let written = if of_order.contains(&self.used.date) {
            let forms = forms.filter(|(form, _)| of_order.contains(form));
            let cell = self.cell_that_differs(|cell| {
                [DateForm::DayMonthYear, DateForm::MonthDayYear].map(|form| form.read(cell).map(|date| date.parts()))
            });
            let choices = forms.map(|(&form, place)| {
                let example = cell.and_then(|cell| Some((cell, en::in_words(form.read(cell)?))));
                (place, en::date_order(form, example), form == self.used.date)
            });
            self.choices("date", "Dates are", choices, open)
        } else {
            let options = forms.map(|(&form, place)| option(place, en::date_form(form), form == self.used.date));
            self.line("date", "Dates written as", options, open)
        };
        Html::all([
            written,
            Html::when(has_partial, || {
                self.choices("day", "Dates without a day", choices.into_iter(), partial)
            }),
        ])
    }

    /// Which way round a column of death, event or censoring is read.
    fn direction(&self) -> Html {
        let Some(polarity) = self.used.polarity.filter(|_| tells_of_events(self.used.role)) else {
            return Html::default();
        };
        let open = self.open(|kind| matches!(kind, QuestionKind::Direction(_)));
        let [named, reversed] = en::directions(self.used.role, self.profile, self.used);
        let is_unanswered = self.is_asked(|kind| matches!(kind, QuestionKind::Direction(_)) && needs_answer(kind));
        let choices = [
            ("as_named", named, Polarity::AsNamed),
            ("reversed", reversed, Polarity::Reversed),
        ]
        .map(|(code, name, each)| (code, name, !is_unanswered && each == polarity));
        self.choices("direction", "Values mean", choices.into_iter(), open)
    }

    fn high_counts(&self) -> Html {
        let Some(cell) = high_count(self.file, self.column, self.used) else {
            return Html::default();
        };
        let is_high = |kind: &QuestionKind| matches!(kind, QuestionKind::HighCounts(_));
        let is_asked = self.is_asked(is_high);
        let count = self.used.number.read(cell).unwrap_or_default();
        let per_litre = decimal(count / 1_000.0, 1);
        let names = [
            "leave out".to_owned(),
            format!("{cell} per µL ({per_litre} × 10⁹/L)"),
            format!("{cell} × 10⁹/L"),
        ];
        let ways = HighCounts::ALL.iter().zip(PLACES).zip(names);
        let choices = ways.map(|((&way, place), name)| (place, name, !is_asked && way == self.used.high_counts));
        self.choices("high", "Counts above 3,000", choices, self.open(is_high))
    }

    fn numbers(&self) -> Html {
        let open = self.open(|kind| matches!(kind, QuestionKind::NumberForm(..)));
        let possible = match &self.profile.kind {
            ColumnKind::Number { form, or } if !or.is_empty() => or.iter().chain([form]).copied().collect::<Vec<_>>(),
            _ => Vec::new(),
        };
        let forms = NumberForm::ALL.iter().zip(PLACES);
        if possible.contains(&self.used.number) {
            let cell = self.cell_that_differs(|cell| [possible[0].read(cell), possible[1].read(cell)]);
            let forms = forms.filter(|(form, _)| possible.contains(form));
            let choices = forms.map(|(&form, place)| {
                let example = cell.and_then(|cell| Some(format!("{cell} = {}", form.plain(cell)?)));
                let name = example.unwrap_or_else(|| en::number_form(form).to_owned());
                (place, name, form == self.used.number)
            });
            return self.choices("number", "Numbers written", choices, open);
        }
        let options = forms.map(|(&form, place)| option(place, en::number_form(form), form == self.used.number));
        self.line("number", "Numbers written", options, open)
    }

    /// The first cell that two forms read as different values.
    fn cell_that_differs<T: PartialEq>(&self, read: impl Fn(&str) -> [Option<T>; 2]) -> Option<&str> {
        let rows = self.file.cohort.patients.iter().map(|patient| patient.row);
        let mut cells = rows.map(|row| self.file.import.sheet.cell(row, self.column).trim());
        cells.find(|cell| matches!(read(cell), [Some(one), Some(other)] if one != other))
    }

    fn units(&self) -> Html {
        let units = TimeUnit::ALL.iter().enumerate();
        let options =
            units.map(|(place, &unit)| option(&place.to_string(), en::time_unit(unit), unit == self.used.unit));
        let open = self.open(|kind| matches!(kind, QuestionKind::Unit(_)));
        self.line("unit", "Unit", options, open)
    }

    fn percent(&self) -> Html {
        let choices = [
            ("no", "fractions (0.01 means 1 %)"),
            ("yes", "per cent (0.01 means 0.01 %)"),
        ]
        .map(|(code, name)| (code, name.to_owned(), (code == "yes") == self.used.percent));
        let open = self.open(|kind| matches!(kind, QuestionKind::Percent(_) | QuestionKind::TenE(_)));
        self.choices("percent", "Values are", choices.into_iter(), open)
    }

    /// The texts of a column with codes, each with its meaning; of others those that may stand for a missing value. Those of
    /// which the direction tells the meaning are folded away.
    fn values(&self) -> Html {
        let codes = self.used.role.codes();
        let of_codes = !codes.is_empty();
        let is_text = matches!(self.used.role, Role::Group | Role::Finding(Field::Id));
        let has_direction = self.used.polarity.is_some() && tells_of_events(self.used.role);
        let mut rows = Vec::new();
        let mut folded = Vec::new();
        if of_codes {
            for (place, (level, count)) in self.profile.levels.iter().enumerate() {
                let by_direction = has_direction && self.open_value(level).is_none();
                let list = if by_direction { &mut folded } else { &mut rows };
                list.push(self.value(&place.to_string(), level, *count));
            }
            if self.profile.missing > 0 {
                let list = if has_direction { &mut folded } else { &mut rows };
                list.push(self.value("empty", "", self.profile.missing));
            }
        } else if !is_text {
            let asked = self.asked_texts();
            rows.extend(
                asked
                    .iter()
                    .enumerate()
                    .map(|(place, (level, count))| self.value(&format!("m{place}"), level, *count)),
            );
        }
        let listed = |rows: Vec<Html>| {
            let head = head(&[("Value", ""), ("Rows", "number"), ("Means", ""), ("To confirm", "")]);
            table("values", head, rows)
        };
        let all = format!("values-{}", self.column);
        let no_date = self.open(|kind| matches!(kind, QuestionKind::NoDate(_) | QuestionKind::OutOfRangeDates(_)));
        Html::all([
            no_date,
            Html::when(!rows.is_empty(), || listed(rows)),
            Html::when(!folded.is_empty(), || {
                element(
                    "details",
                    &[("class", "more"), ("data-testid", &all)],
                    &[plain("summary", "Meaning of each value"), listed(folded)],
                )
            }),
            Html::when(of_codes && self.profile.more_levels, || {
                span(
                    "p",
                    OPEN,
                    "The column has too many different values to say what each means.",
                )
            }),
        ])
    }

    /// What is open about one text.
    fn open_value(&self, level: &str) -> Option<&Question> {
        self.file.questions.iter().find(|question| {
            question.column == self.column
                && matches!(
                    &question.kind,
                    QuestionKind::Assumed(asked, _) | QuestionKind::NoMeaning(asked) | QuestionKind::MayBeMissing(asked)
                        if asked == level
                )
        })
    }

    /// Texts that may stand for a missing value or for no date.
    fn asked_texts(&self) -> Vec<(String, usize)> {
        asked_texts(self.profile, self.used)
    }

    /// One text with its meaning.
    fn value(&self, place: &str, level: &str, count: usize) -> Html {
        let codes = self.used.role.codes();
        let said = self.used.said(level);
        let shown = if place == "empty" { "(empty)" } else { level };
        let of_dates = matches!(self.used.role, Role::Milestone(_));
        let missing = if of_dates { "no date" } else { "a missing value" };
        let nothing = match (place, codes.is_empty()) {
            ("empty", _) => "a missing value",
            (_, true) if of_dates => "a date that cannot be read",
            (_, true) => "what it says",
            (_, false) => "choose (not used until then)",
        };
        let mut options = vec![option("", nothing, said.is_none())];
        if place != "empty" {
            options.push(option("missing", missing, said == Some(Meaning::Missing)));
        }
        for code in codes {
            let name = en::code_meaning(self.used.role, code);
            options.push(option(code, &name, said == Some(Meaning::Code(code))));
        }
        let open = self.open_value(level).filter(|_| place != "empty");
        let open = open.map(|question| span("p", OPEN, &en::question(&question.kind)));
        let choose = select(
            &format!("value:{}:{place}", self.column),
            &format!("What “{shown}” means in {}", self.name),
            options.into_iter(),
        );
        element(
            "tr",
            &[],
            &[
                element("th", &[("scope", "row")], &[span("span", "cell-text", shown)]),
                cell("Rows", "number", &[text(&count.to_string())]),
                cell("Means", "", &[choose]),
                cell("To confirm", "", open.as_slice()),
            ],
        )
    }
}
