//! One column: what it holds, what it is understood as, the controls, and beside each what is still open.

use cotside_core::cohort::{
    ColumnUse, DateForm, HighCounts, Meaning, NumberForm, Polarity, Profile, QuestionKind, Role, TimeUnit, is_missing,
    tells_of_events,
};
use cotside_core::infant::{Field, Kind};
use cotside_words::en;
use cotside_words::html::{Html, cell, element, head, option, plain, select, span, table, text};

use crate::Loaded;
use crate::columns::roles;

/// Cells that are shown as examples, and rows that are looked at for them.
const EXAMPLES: usize = 3;
const LOOKED_AT: usize = 200;

/// What an open question says beside its control.
const OPEN: &str = "remark invalid";

/// Whether something about a column is open.
pub fn is_open(file: &Loaded, column: usize) -> bool {
    file.questions.iter().any(|question| question.is_about(column))
}

/// The text that a control of one text stands for: the empty one, a level, or one that may stand for a missing value.
pub fn text_at(profile: &Profile, role: Role, place: &str) -> Option<String> {
    if place == "empty" {
        return Some(String::new());
    }
    let (list, place) = match place.strip_prefix('m') {
        Some(place) => (asked_texts(profile, role), place),
        None => (profile.levels.clone(), place),
    };
    list.get(place.parse::<usize>().ok()?).map(|(text, _)| text.clone())
}

/// Texts of a column without codes that may stand for a missing value; of one of dates those that are no date.
fn asked_texts(profile: &Profile, role: Role) -> Vec<(String, usize)> {
    match role {
        Role::Milestone(_) => {
            let odd = if profile.odd.is_empty() {
                &profile.levels
            } else {
                &profile.odd
            };
            odd.iter().chain(&profile.out_of_range).cloned().collect()
        }
        _ => profile.missing_like.clone(),
    }
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
            cell("Is", "", &[text(&en::role_of_column(used.role))]),
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
        ("Is", ""),
        ("Seems to hold", ""),
        ("Missing", "number"),
        ("As understood", ""),
        ("Change", ""),
    ]);
    let columns = file.mapping.columns.iter().enumerate();
    table("columns", head, columns.map(|(column, used)| row(file, column, used)))
}

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
    let said = if is_open(file, column) {
        "Right as shown"
    } else {
        "Done"
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
    let mut texts: Vec<&str> = Vec::new();
    for row in 0..sheet.rows().min(LOOKED_AT) {
        let cell = sheet.cell(row, column).trim();
        if texts.len() < most && !is_missing(cell) && !texts.contains(&cell) {
            texts.push(cell);
        }
    }
    let misfits = file.profiles.get(column).map_or(&[][..], |profile| &profile.examples);
    if most > 1 && !matches!(used.role, Role::Ignored | Role::Group) {
        let others = misfits.iter().map(|misfit| misfit.text.as_str());
        texts.extend(others.filter(|cell| !texts.contains(cell)).take(2).collect::<Vec<_>>());
    }
    let line = |cell: &&str| {
        let found = en::understood_cell(used.role, &used.understood(cell));
        element("li", &[], &[span("span", "cell-text", cell), text(" → "), text(&found)])
    };
    element("ul", &[("class", "understood")], &[Html::all(texts.iter().map(line))])
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
            &[span("span", "quiet", label), select(&name, &spoken, options), open],
        )
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
            matches!(
                kind,
                QuestionKind::Role
                    | QuestionKind::Unsuited(_)
                    | QuestionKind::NotNumbers(_)
                    | QuestionKind::NotUnderstood(_)
            )
        });
        self.line("role", "Is", groups, open)
    }

    fn dates(&self) -> Html {
        let forms = DateForm::ALL.iter().enumerate();
        let options =
            forms.map(|(place, &form)| option(&place.to_string(), en::date_form(form), form == self.used.date));
        let open = self.open(|kind| {
            matches!(
                kind,
                QuestionKind::DateOrder(..)
                    | QuestionKind::ShortYears(_)
                    | QuestionKind::DateOrdersMixed(_)
                    | QuestionKind::NoDate(_)
                    | QuestionKind::OutOfRangeDates(_)
            )
        });
        let is_partial = |kind: &QuestionKind| matches!(kind, QuestionKind::PartialDates(_));
        let partial = self.open(is_partial);
        let has_partial = self.used.mid_month || self.is_asked(is_partial);
        let choices = [("yes", "the 15th of the month"), ("no", "not used")];
        let days = choices.map(|(code, name)| option(code, name, (code == "yes") == self.used.mid_month));
        Html::all([
            self.line("date", "Dates written as", options, open),
            Html::when(has_partial, || {
                self.line("day", "Dates without a day are", days.into_iter(), partial)
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
        let proposed = !self.used.values.is_empty();
        let options = [
            ("as_named", named, Polarity::AsNamed),
            ("reversed", reversed, Polarity::Reversed),
        ]
        .map(|(code, name, each)| option(code, &name, proposed && each == polarity));
        let nothing = (!proposed).then(|| option("", "choose", true));
        self.line("direction", "Means", nothing.into_iter().chain(options), open)
    }

    fn high_counts(&self) -> Html {
        let is_high = |kind: &QuestionKind| matches!(kind, QuestionKind::HighCounts(_));
        let open = self.open(is_high);
        if !self.is_asked(is_high) && self.used.high_counts == HighCounts::Held {
            return open;
        }
        let names = ["not used", "per µL", "10⁹/L, as written"];
        let options = HighCounts::ALL
            .iter()
            .zip(names)
            .enumerate()
            .map(|(place, (&way, name))| option(&place.to_string(), name, way == self.used.high_counts));
        self.line("high", "Counts above 3,000 are", options, open)
    }

    fn numbers(&self) -> Html {
        let forms = NumberForm::ALL.iter().enumerate();
        let options =
            forms.map(|(place, &form)| option(&place.to_string(), en::number_form(form), form == self.used.number));
        let open = self.open(|kind| matches!(kind, QuestionKind::NumberForm(..)));
        self.line("number", "Numbers written", options, open)
    }

    fn units(&self) -> Html {
        let units = TimeUnit::ALL.iter().enumerate();
        let options =
            units.map(|(place, &unit)| option(&place.to_string(), en::time_unit(unit), unit == self.used.unit));
        let open = self.open(|kind| matches!(kind, QuestionKind::Unit(_)));
        self.line("unit", "In", options, open)
    }

    fn percent(&self) -> Html {
        let choices = [
            ("no", "fractions of cells (0.01 is 1 %)"),
            ("yes", "per cent (0.01 is 0.01 %)"),
        ];
        let options = choices.map(|(code, name)| option(code, name, (code == "yes") == self.used.percent));
        let open = self.open(|kind| matches!(kind, QuestionKind::Percent(_) | QuestionKind::TenE(_)));
        self.line("percent", "Values are", options.into_iter(), open)
    }

    /// The texts of a column with codes, each with its meaning; of others those that may stand for a missing value.
    fn values(&self) -> Html {
        let codes = self.used.role.codes();
        let of_codes = !codes.is_empty();
        let is_text = matches!(self.used.role, Role::Group | Role::Finding(Field::Id));
        let mut rows = Vec::new();
        if of_codes {
            let levels = self.profile.levels.iter().enumerate();
            rows.extend(levels.map(|(place, (level, count))| self.value(&place.to_string(), level, *count)));
            if self.profile.missing > 0 {
                rows.push(self.value("empty", "", self.profile.missing));
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
        let head = head(&[
            ("Text in the file", ""),
            ("Rows", "number"),
            ("Means", ""),
            ("To confirm", ""),
        ]);
        Html::all([
            Html::when(!rows.is_empty(), || table("values", head, rows)),
            Html::when(of_codes && self.profile.more_levels, || {
                span(
                    "p",
                    OPEN,
                    "The column has too many different texts to say what each means.",
                )
            }),
        ])
    }

    /// Texts that may stand for a missing value or for no date.
    fn asked_texts(&self) -> Vec<(String, usize)> {
        asked_texts(self.profile, self.used.role)
    }

    /// One text with its meaning.
    fn value(&self, place: &str, level: &str, count: usize) -> Html {
        let codes = self.used.role.codes();
        let said = self.used.said(level);
        let shown = if place == "empty" { "(empty)" } else { level };
        let nothing = match (place, codes.is_empty()) {
            ("empty", _) => "a missing value",
            (_, true) => "what it says",
            (_, false) => "not said: the cell cannot be used",
        };
        let mut options = vec![option("", nothing, said.is_none())];
        if place != "empty" {
            options.push(option("missing", "a missing value", said == Some(Meaning::Missing)));
        }
        for code in codes {
            let name = en::code_meaning(self.used.role, code);
            options.push(option(code, &name, said == Some(Meaning::Code(code))));
        }
        let open = self.open(|kind| match kind {
            QuestionKind::Assumed(asked, _) | QuestionKind::NoMeaning(asked) | QuestionKind::MayBeMissing(asked) => {
                asked == level && place != "empty"
            }
            _ => false,
        });
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
                cell("To confirm", "", &[open]),
            ],
        )
    }
}
