//! One column: what it holds, how it is read, and what is open about it.

use cotside_core::cohort::{
    ColumnKind, ColumnUse, DateForm, HighCounts, Meaning, NumberForm, Polarity, Profile, Question, QuestionKind, Role,
    TimeUnit, Understood, is_missing, tells_of_events,
};
use cotside_core::infant::{Field, Kind, MOST_WBC};
use cotside_messages::{
    CellView, ColumnRequest, ColumnState, ColumnView, FileRequest, FileSetting, SettingOption, SettingPlace,
    TextMeaning, TextView,
};
use cotside_words::lang::columns_page::{self as words, choice, label};
use cotside_words::{decimal, lang};

use crate::cohort_file::Loaded;
use crate::cohort_file::columns::needs_answer;

/// Cells that are shown as examples, and rows that are looked at for them.
const EXAMPLES: usize = 3;
const LOOKED_AT: usize = 200;
/// Examples of cells that do not fit the others.
const MISFITS: usize = 2;

/// Whether something about a column is open.
pub fn is_open(file: &Loaded, column: usize) -> bool {
    file.questions.iter().any(|question| question.is_about(column))
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

/// Whether cells are times or ages.
fn is_timed(role: Role) -> bool {
    matches!(role, Role::Time(_) | Role::Finding(Field::AgeDays | Field::AgeMonths))
}

/// A column as it is shown.
pub fn view(file: &Loaded, column: usize, used: &ColumnUse, profile: &Profile) -> ColumnView {
    let shown = Column {
        file,
        column,
        used,
        profile,
    };
    ColumnView {
        column,
        name: name_of(file, column),
        label: shown.label(),
        notes: shown.notes(),
        kind: words::content(&profile.kind).to_owned(),
        filled: profile.filled,
        missing: profile.missing,
        cells: shown.cells(),
        role: used.role,
        state: shown.state(),
        questions: shown.open(of_role),
        asked_at: shown.asked_at(),
        can_confirm: shown.questions().any(|question| !needs_answer(&question.kind)),
        settings: shown.settings(),
        texts: shown.texts(),
        more_texts: !used.role.codes().is_empty() && profile.more_levels,
    }
}

fn name_of(file: &Loaded, column: usize) -> String {
    match file.import.sheet.header().get(column).map(String::as_str) {
        None | Some("") => words::without_name(column),
        Some(name) => name.to_owned(),
    }
}

/// Whether a question is answered by the role, or by a setting of no other kind.
fn of_role(kind: &QuestionKind) -> bool {
    kind.is_of_follow_up()
        || matches!(
            kind,
            QuestionKind::Role
                | QuestionKind::Grades(_)
                | QuestionKind::Unsuited(_)
                | QuestionKind::NotNumbers(_)
                | QuestionKind::NotUnderstood(_)
                | QuestionKind::NoDate(_)
                | QuestionKind::OutOfRangeDates(_)
        )
}

/// A column with what is said of it.
struct Column<'a> {
    file: &'a Loaded,
    column: usize,
    used: &'a ColumnUse,
    profile: &'a Profile,
}

impl<'a> Column<'a> {
    /// What is open about it, and is asked here.
    fn questions(&self) -> impl Iterator<Item = &'a Question> + use<'a> {
        let column = self.column;
        let questions = self.file.questions.iter();
        questions.filter(move |question| question.column == column)
    }

    /// What a dictionary calls the column, where that is not its name.
    fn label(&self) -> Option<String> {
        let label = self.file.import.description(self.column)?.label.clone()?;
        (label != name_of(self.file, self.column)).then_some(label)
    }

    /// What a dictionary makes of cells that are not read: codes of missing values, cells that are not among its levels.
    fn notes(&self) -> Vec<String> {
        let Some(described) = self.file.import.description(self.column) else {
            return Vec::new();
        };
        let missing = described.missing.iter();
        let missing = missing.map(|(code, cells)| words::missing_code(&code.code, &code.label, *cells));
        let others = (!described.undescribed.is_empty()).then(|| words::not_described(&described.undescribed));
        missing.chain(others).collect()
    }

    /// What is open and is answered by one control.
    fn open(&self, answered_here: impl Fn(&QuestionKind) -> bool) -> Vec<String> {
        let header = self.file.import.sheet.header();
        let open = self.questions().filter(|question| answered_here(&question.kind));
        open.map(|question| lang::question_of(question, header)).collect()
    }

    fn state(&self) -> ColumnState {
        if self.questions().any(|question| needs_answer(&question.kind)) {
            ColumnState::ToAnswer
        } else if is_open(self.file, self.column) {
            ColumnState::ToConfirm
        } else if self.used.role == Role::Ignored {
            ColumnState::Ignored
        } else {
            ColumnState::Read
        }
    }

    /// The column at which a question stands that is about this one too.
    fn asked_at(&self) -> Option<String> {
        let asked = self.file.questions.iter();
        let mut elsewhere = asked.filter(|question| question.also.contains(&self.column));
        elsewhere.next().map(|question| name_of(self.file, question.column))
    }

    /// The first different cells, then cells that do not fit the others.
    fn cells(&self) -> Vec<CellView> {
        let sheet = &self.file.import.sheet;
        let mut cells: Vec<(&str, Option<usize>)> = Vec::new();
        let patients = self.file.cohort.patients.iter();
        for row in patients.map(|patient| patient.row).take(LOOKED_AT) {
            let cell = sheet.cell(row, self.column).trim();
            if cells.len() < EXAMPLES && !is_missing(cell) && cells.iter().all(|(known, _)| *known != cell) {
                cells.push((cell, Some(row)));
            }
        }
        let regular = cells.len();
        if !matches!(self.used.role, Role::Ignored | Role::Group) {
            let misfits = self.profile.examples.iter();
            let misfits = misfits.map(|misfit| (misfit.text.as_str(), Some(misfit.row)));
            let others = self.high_count().map(|cell| (cell, None)).into_iter().chain(misfits);
            let is_new = |(cell, _): &(&str, Option<usize>)| cells.iter().all(|(known, _)| known != cell);
            let others: Vec<_> = others.filter(is_new).take(MISFITS).collect();
            cells.extend(others);
        }
        let view = |(place, (cell, row)): (usize, (&str, Option<usize>))| CellView {
            text: match self.file.import.description(self.column) {
                Some(described) => described.with_code(cell),
                None => cell.to_owned(),
            },
            read_as: self.read_as(cell, row),
            odd: place >= regular,
        };
        cells.into_iter().enumerate().map(view).collect()
    }

    /// What a cell is read as; nothing in a column that is not read.
    fn read_as(&self, cell: &str, row: Option<usize>) -> String {
        if matches!(self.used.role, Role::Ignored | Role::Group) {
            return String::new();
        }
        let awaits_answer = || self.questions().any(|question| needs_answer(&question.kind));
        row.and_then(|row| self.date_in_row(row))
            .unwrap_or_else(|| match self.used.understood(cell) {
                Understood::Nothing if awaits_answer() => words::AWAITS_ANSWER.to_owned(),
                understood => lang::understood_cell(self.used.role, &understood),
            })
    }

    /// A date that is read in the order of the other dates of its row.
    fn date_in_row(&self, row: usize) -> Option<String> {
        let Role::Milestone(milestone) = self.used.role else {
            return None;
        };
        let patients = &self.file.cohort.patients;
        let place = patients.binary_search_by_key(&row, |patient| patient.row).ok()?;
        let date = patients.get(place)?.course.date(milestone).value()?;
        (self.used.date == DateForm::EitherOrder).then(|| lang::in_words(date))
    }

    /// The first white cell count that is too high for the unit of its column.
    fn high_count(&self) -> Option<&'a str> {
        if self.used.role != Role::Finding(Field::Wbc) || self.profile.numbers_above(MOST_WBC) == 0 {
            return None;
        }
        let is_high = |cell: &&str| self.used.number.read(cell).is_some_and(|count| count > MOST_WBC);
        self.patients_cells().find(is_high)
    }

    /// The cells of the patients.
    fn patients_cells(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let (file, column) = (self.file, self.column);
        let rows = file.cohort.patients.iter().map(|patient| patient.row);
        rows.map(move |row| file.import.sheet.cell(row, column).trim())
    }

    /// The first cell that two forms read as different values.
    fn cell_that_differs<T: PartialEq>(&self, read: impl Fn(&str) -> [Option<T>; 2]) -> Option<&'a str> {
        let differs = |cell: &&str| matches!(read(cell), [Some(one), Some(other)] if one != other);
        self.patients_cells().find(differs)
    }

    /// How it is read, as far as there is a choice.
    fn settings(&self) -> Vec<FileSetting> {
        let role = self.used.role;
        let is_fraction = matches!(role, Role::Finding(field) if field.kind() == Kind::Fraction);
        let dates = matches!(role, Role::Milestone(_));
        let settings = [
            self.direction(),
            dates.then(|| self.date_form()),
            dates.then(|| self.mid_month()).flatten(),
            is_timed(role).then(|| self.unit()),
            is_fraction.then(|| self.percent()),
            self.high_counts(),
            role.is_number().then(|| self.number_form()),
        ];
        settings.into_iter().flatten().collect()
    }

    /// A setting; `options` are what each choice says, its words, and whether it holds now.
    fn setting(
        &self,
        code: &str,
        label: &str,
        place: SettingPlace,
        options: impl Iterator<Item = (ColumnRequest, String, bool)>,
        questions: Vec<String>,
    ) -> FileSetting {
        let (options, chosen): (Vec<_>, Vec<_>) = options
            .map(|(request, name, is_chosen)| {
                let column = self.column;
                let request = FileRequest::Column { column, request };
                (SettingOption { name, request }, is_chosen)
            })
            .unzip();
        FileSetting {
            name: format!("{code}:{}", self.column),
            label: label.to_owned(),
            options,
            chosen: chosen.into_iter().position(|is_chosen| is_chosen),
            questions,
            place,
        }
    }

    /// How dates are written: where two orders fit all cells, both with a cell that tells them apart.
    fn date_form(&self) -> FileSetting {
        let questions = self.open(|kind| {
            matches!(
                kind,
                QuestionKind::DateOrder(..)
                    | QuestionKind::Calendar(..)
                    | QuestionKind::PastEra(_)
                    | QuestionKind::ShortYears(_)
                    | QuestionKind::DateOrdersMixed(_)
            )
        });
        let orders = match self.profile.kind {
            ColumnKind::Date { form, or: Some(or), .. } => vec![form, or],
            ColumnKind::Date { mixed: Some(_), .. } => {
                vec![DateForm::EitherOrder, DateForm::DayMonthYear, DateForm::MonthDayYear]
            }
            _ => Vec::new(),
        };
        let option = |form: DateForm, name: String| (ColumnRequest::DateForm(form), name, form == self.used.date);
        if !orders.contains(&self.used.date) {
            let options = DateForm::ALL
                .iter()
                .map(|&form| option(form, lang::date_form(form).to_owned()));
            return self.setting("date", label::DATE_FORM, SettingPlace::Row, options, questions);
        }
        let cell = self.cell_that_differs(|cell| {
            [DateForm::DayMonthYear, DateForm::MonthDayYear].map(|form| form.read(cell).map(|date| date.parts()))
        });
        let options = DateForm::ALL.iter().filter(|form| orders.contains(form)).map(|&form| {
            let example = cell.and_then(|cell| Some((cell, lang::in_words(form.read(cell)?))));
            option(form, lang::date_order(form, example))
        });
        self.setting("date", label::DATE_ORDER, SettingPlace::BelowOpen, options, questions)
    }

    /// What becomes of dates with year and month alone, where there are some.
    fn mid_month(&self) -> Option<FileSetting> {
        let ColumnKind::Date { months: 1.., .. } = self.profile.kind else {
            return None;
        };
        let options = [true, false].into_iter().zip(choice::MID_MONTH).map(|(is_read, name)| {
            let is_chosen = is_read == self.used.mid_month;
            (ColumnRequest::MidMonth(is_read), name.to_owned(), is_chosen)
        });
        let questions = self.open(|kind| matches!(kind, QuestionKind::PartialDates(_)));
        Some(self.setting("day", label::MID_MONTH, SettingPlace::BelowOpen, options, questions))
    }

    /// Which way round a column of death, event or censoring is read.
    fn direction(&self) -> Option<FileSetting> {
        let polarity = self.used.polarity.filter(|_| tells_of_events(self.used.role))?;
        let is_direction = |kind: &QuestionKind| matches!(kind, QuestionKind::Direction(_));
        let is_unanswered = self
            .questions()
            .any(|question| is_direction(&question.kind) && needs_answer(&question.kind));
        let names = lang::directions(self.used.role, self.profile, self.used);
        let ways = [Polarity::AsNamed, Polarity::Reversed].into_iter().zip(names);
        let options = ways.map(|(way, name)| (ColumnRequest::Direction(way), name, !is_unanswered && way == polarity));
        let questions = self.open(is_direction);
        Some(self.setting(
            "direction",
            label::DIRECTION,
            SettingPlace::BelowOpen,
            options,
            questions,
        ))
    }

    /// How white cell counts are read that are too high for the unit, where there are some.
    fn high_counts(&self) -> Option<FileSetting> {
        let cell = self.high_count()?;
        let is_high = |kind: &QuestionKind| matches!(kind, QuestionKind::HighCounts(_));
        let is_asked = self.questions().any(|question| is_high(&question.kind));
        let count = self.used.number.read(cell).unwrap_or_default();
        let [per_ul, as_written] = words::high_counts(cell, &decimal(count / 1_000.0, 1));
        let names = [choice::HIGH_NOT_USED.to_owned(), per_ul, as_written];
        let options = HighCounts::ALL.iter().zip(names).map(|(&way, name)| {
            let is_chosen = !is_asked && way == self.used.high_counts;
            (ColumnRequest::HighCounts(way), name, is_chosen)
        });
        Some(self.setting(
            "high",
            label::HIGH_COUNTS,
            SettingPlace::BelowOpen,
            options,
            self.open(is_high),
        ))
    }

    /// How numbers are written: where several forms fit all cells, those with a cell that tells them apart.
    fn number_form(&self) -> FileSetting {
        let questions = self.open(|kind| matches!(kind, QuestionKind::NumberForm(..)));
        let possible = match &self.profile.kind {
            ColumnKind::Number { form, or } if !or.is_empty() => or.iter().chain([form]).copied().collect::<Vec<_>>(),
            _ => Vec::new(),
        };
        let option = |form: NumberForm, name: String| (ColumnRequest::NumberForm(form), name, form == self.used.number);
        if !possible.contains(&self.used.number) {
            let options = NumberForm::ALL
                .iter()
                .map(|&form| option(form, lang::number_form(form).to_owned()));
            return self.setting("number", label::NUMBER_FORM, SettingPlace::Below, options, questions);
        }
        let cell = self.cell_that_differs(|cell| [possible[0].read(cell), possible[1].read(cell)]);
        let options = NumberForm::ALL
            .iter()
            .filter(|form| possible.contains(form))
            .map(|&form| {
                let example = cell.and_then(|cell| Some(format!("{cell} = {}", form.plain(cell)?)));
                option(form, example.unwrap_or_else(|| lang::number_form(form).to_owned()))
            });
        self.setting(
            "number",
            label::NUMBER_FORM,
            SettingPlace::BelowOpen,
            options,
            questions,
        )
    }

    fn unit(&self) -> FileSetting {
        let options = TimeUnit::ALL.iter().map(|&unit| {
            let is_chosen = unit == self.used.unit;
            (ColumnRequest::Unit(unit), lang::time_unit(unit).to_owned(), is_chosen)
        });
        let questions = self.open(|kind| matches!(kind, QuestionKind::Unit(_)));
        self.setting("unit", label::UNIT, SettingPlace::Row, options, questions)
    }

    fn percent(&self) -> FileSetting {
        let options = [false, true].into_iter().zip(choice::PERCENT).map(|(percent, name)| {
            let is_chosen = percent == self.used.percent;
            (ColumnRequest::Percent(percent), name.to_owned(), is_chosen)
        });
        let questions = self.open(|kind| matches!(kind, QuestionKind::Percent(_) | QuestionKind::TenE(_)));
        self.setting("percent", label::PERCENT, SettingPlace::BelowOpen, options, questions)
    }

    /// The texts of a column with codes, each with its meaning; of others those that may stand for a missing value.
    fn texts(&self) -> Vec<TextView> {
        let role = self.used.role;
        if !role.codes().is_empty() {
            let has_direction = self.used.polarity.is_some() && tells_of_events(role);
            let levels = self.profile.levels.iter();
            let texts = levels.map(|(level, cells)| self.text(level, *cells, has_direction));
            let empty = (self.profile.missing > 0).then(|| self.text("", self.profile.missing, has_direction));
            return texts.chain(empty).collect();
        }
        if matches!(role, Role::Group | Role::Finding(Field::Id)) {
            return Vec::new();
        }
        let asked = asked_texts(self.profile, self.used);
        asked
            .iter()
            .map(|(text, cells)| self.text(text, *cells, false))
            .collect()
    }

    /// One text with its meaning.
    fn text(&self, text: &str, cells: usize, has_direction: bool) -> TextView {
        let is_open = |question: &&Question| match &question.kind {
            QuestionKind::Assumed(asked, _) | QuestionKind::NoMeaning(asked) | QuestionKind::MayBeMissing(asked) => {
                asked == text
            }
            _ => false,
        };
        let open = self.questions().find(is_open).filter(|_| !text.is_empty());
        TextView {
            text: text.to_owned(),
            cells,
            meaning: match self.used.said(text) {
                None => TextMeaning::Unsaid,
                Some(Meaning::Missing) => TextMeaning::Missing,
                Some(Meaning::Code(code)) => TextMeaning::Code(code.to_owned()),
            },
            question: open.map(|question| lang::question(&question.kind)),
            follows: has_direction && open.is_none(),
        }
    }
}
