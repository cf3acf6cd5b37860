//! What is open about a file of patients, as questions with the answer that is assumed.

use super::cohort::{column_name, count, date_form, number_form, role_of_column, spoken, time_unit};
use cotside_core::cohort::{
    CodePage, Direction, Doubt, EventKind, Import, LONGEST_FOLLOW_UP, Percent, Question, QuestionKind, Repeated,
    RowsQuestion, Vital,
};

/// A question for a program: its code, its text, and the answer that is proposed; none where no reading is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The kind of the question.
    pub code: &'static str,
    /// The question.
    pub text: String,
    /// The proposed answer.
    pub proposed: Option<String>,
}

/// The codes of questions, with what each is about.
pub const QUESTION_CODES: &[(&str, &str)] = &[
    ("role", "what the column is was guessed from its name"),
    (
        "grades",
        "whether dates are only of the grades of graft-versus-host disease that count",
    ),
    (
        "unsuited",
        "the name of the column says one thing and its cells another",
    ),
    ("calendar", "years of another calendar than that of the common era"),
    ("past_era", "dates of a Japanese era that had ended by then"),
    ("date_order", "all dates can be read day first and month first"),
    (
        "date_orders_mixed",
        "some dates are written day first and some month first",
    ),
    ("short_years", "years have two digits"),
    ("partial_dates", "dates have no day"),
    ("no_date", "words in a column of dates that mean that there is none"),
    (
        "out_of_range_dates",
        "dates that cannot be of a patient, such as 9999-12-31",
    ),
    ("future_dates", "dates after today"),
    ("long_follow_up", "follow-up of more than 50 years"),
    (
        "number_form",
        "numbers can be read with a decimal comma or with thousands",
    ),
    ("unit", "the unit of a time"),
    ("percent", "fractions of cells or per cent"),
    ("ten_e", "10e-4 is 0.001 to programs and 10⁻⁴ in some texts"),
    ("high_counts", "white cell counts above 3,000 × 10⁹/L"),
    ("coding", "numbers or letters that stand for codes"),
    ("direction", "which of two texts means dead, or an event"),
    ("no_meaning", "a text without a known meaning"),
    ("missing_value", "a text or number that may stand for a missing value"),
    (
        "not_numbers",
        "texts in a column of numbers that is not used for findings",
    ),
    ("not_understood", "many cells are not what the name of the column says"),
    ("repeated_ids", "several rows have the same id"),
    ("not_patients", "rows of means, totals, legends, notes or another table"),
    ("endpoint_rows", "one row for each patient and endpoint"),
    ("encoding", "the code page of a file that is not UTF-8"),
    ("sheet", "which sheet of the workbook holds the patients"),
];

/// What is open about a column, as a question with the answer that is assumed.
#[must_use]
pub fn question(kind: &QuestionKind) -> String {
    match kind {
        QuestionKind::Role => {
            "The header is only partly recognised. Is this what the column holds, in this unit and at this time point?"
                .to_owned()
        }
        QuestionKind::Grades(role) => format!(
            "Read as “{}”. Does it hold dates of these grades only, and none of milder disease? GVHD-free, relapse-free \
             survival counts every date as an event.",
            role_of_column(*role)
        ),
        QuestionKind::Unsuited(role) => format!(
            "The header suggests “{}”, but the cells hold something else, so the column is not used. What does it hold?",
            role_of_column(*role)
        ),
        QuestionKind::DateOrder(form, _) => format!(
            "Every date could be day first or month first. Assumed: {}. Is that right?",
            date_form(*form)
        ),
        QuestionKind::PastEra(cells) => format!(
            "{} in a Japanese era that had ended by then (Heisei ended on 30 April 2019, Shōwa on 7 January 1989). Read as \
             if it had gone on: H35 is 2023. Is that right?",
            are(*cells, "date")
        ),
        QuestionKind::Calendar(form, cells) => format!(
            "{} read with {}. Is that right?",
            are(*cells, "date"),
            date_form(*form)
        ),
        QuestionKind::DateOrdersMixed([day_first, month_first, either]) => format!(
            "{} can only be day first, {month_first} only month first; {either} could be either. A date that could be \
             either is read in the order of the other dates in its row, and is not used where they do not settle it. Is that \
             right?",
            count(*day_first, "date")
        ),
        QuestionKind::ShortYears(cells) => format!(
            "{} a year of two digits: 70 to 99 are read as 1970 to 1999, 00 to 69 as 2000 to 2069. Is that right?",
            have(*cells, "date")
        ),
        QuestionKind::PartialDates(cells) => format!(
            "{} no day: the 15th of the month is assumed. Is that right? Leaving such dates out can leave out patients with an \
             event.",
            have(*cells, "date")
        ),
        QuestionKind::NoDate(texts) => format!(
            "{}. Read as no date: the event did not happen, or its date is not recorded. Is that right?",
            are_not(texts, "a date", "dates")
        ),
        QuestionKind::OutOfRangeDates(texts) => format!(
            "{}. Read as no date. Is that right?",
            are_not(texts, "a plausible date of a patient", "plausible dates of patients")
        ),
        QuestionKind::FutureDates { cells, latest, today } => format!(
            "{} after today ({today}), the last on {latest}. Read as written, which makes follow-up too long if it is a slip. Is \
             that right?",
            lie(*cells, "date")
        ),
        QuestionKind::LongFollowUp { patients, years } => format!(
            "{} followed for more than {LONGEST_FOLLOW_UP} years by this column, the longest for {years:.0}. Read as written. Is \
             that right, and in this unit?",
            are(*patients, "patient")
        ),
        QuestionKind::NumberForm(form, _) => format!(
            "Every number can be read in more than one way. Assumed: {}. Is that right?",
            number_form(*form)
        ),
        QuestionKind::Unit(unit) => format!(
            "The header does not give the unit. Assumed from the size of the numbers: {}. Is that right?",
            time_unit(*unit)
        ),
        QuestionKind::Percent(Percent::SomeAboveOne) => {
            "Some values are above 1, so not all of them can be fractions of cells. Are the values fractions or per cent?"
                .to_owned()
        }
        QuestionKind::Percent(Percent::NamedButSmall) => {
            "The header says per cent, but no value is above 1. Assumed: per cent (0.1 means 0.1 %), not fractions (0.1 means \
             10 %). Is that right?"
                .to_owned()
        }
        QuestionKind::Percent(Percent::Either) => {
            "The header does not say whether the values are fractions of cells (0.01 means 1 %) or per cent (0.01 means \
             0.01 %). Assumed: fractions. Is that right?"
                .to_owned()
        }
        QuestionKind::TenE(cells) => format!(
            "{} written like 10e-4 and read as 0.001, as programs read it. Is that right? If 10⁻⁴ (0.0001) is meant, write \
             1e-4 in the file.",
            are(*cells, "value")
        ),
        QuestionKind::HighCounts(cells) => format!(
            "{} above 3,000 × 10⁹/L. Per µL, or really that high? Until you choose, {} not used.",
            are(*cells, "count"),
            if *cells == 1 { "it is" } else { "they are" }
        ),
        QuestionKind::Assumed(text, code) => format!("“{text}” is assumed to mean {}. Is that right?", spoken(code)),
        QuestionKind::Direction(direction) => self::direction(direction),
        QuestionKind::NoMeaning(text) => format!("What does “{text}” mean?"),
        QuestionKind::MayBeMissing(text) => format!("“{text}” is read as a missing value. Is that right?"),
        QuestionKind::NotUnderstood(texts) => match texts.is_empty() {
            true => "Most cells cannot be read as what the header suggests. What does the column hold?".to_owned(),
            false => format!(
                "{} cannot be read. What does the column hold, or how are its values written?",
                listed(texts)
            ),
        },
        QuestionKind::NotNumbers(texts) => format!(
            "{}. Read as missing; limits such as “>300” are not read as numbers. Is that right?",
            are_not(texts, "a number", "numbers")
        ),
    }
}

/// The same with the other columns that it is about.
#[must_use]
pub fn question_of(asked: &Question, header: &[String]) -> String {
    let others: Vec<String> = asked.also.iter().map(|&column| column_name(header, column)).collect();
    if others.is_empty() {
        return question(&asked.kind);
    }
    format!(
        "{} The answer also applies to {}.",
        question(&asked.kind),
        others.join(", ")
    )
}

/// Texts with the number of their cells: `“alive” (26 cells), “NED” (1 cell)`.
fn listed(texts: &[(String, usize)]) -> String {
    const SHOWN: usize = 4;
    let mut shown: Vec<String> = texts
        .iter()
        .take(SHOWN)
        .map(|(text, cells)| format!("“{text}” ({})", count(*cells, "cell")))
        .collect();
    if texts.len() > SHOWN {
        shown.push(format!("{} more", texts.len() - SHOWN));
    }
    shown.join(", ")
}

/// `“NED” (4 cells) is not a date`.
fn are_not(texts: &[(String, usize)], one: &str, several: &str) -> String {
    match texts.len() {
        1 => format!("{} is not {one}", listed(texts)),
        _ => format!("{} are not {several}", listed(texts)),
    }
}

fn have(number: usize, word: &str) -> String {
    format!("{} {}", count(number, word), if number == 1 { "has" } else { "have" })
}

fn lie(number: usize, word: &str) -> String {
    format!("{} {}", count(number, word), if number == 1 { "lies" } else { "lie" })
}

fn are(number: usize, word: &str) -> String {
    format!("{} {}", count(number, word), if number == 1 { "is" } else { "are" })
}

fn quoted(texts: &[String]) -> String {
    texts
        .iter()
        .map(|text| format!("“{text}”"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn direction(direction: &Direction) -> String {
    let Direction {
        yes, no, events, total, ..
    } = direction;
    let (dead, alive) = if direction.of_death {
        ("dead", "alive")
    } else {
        ("an event", "censored")
    };
    let implied = if direction.of_death {
        format!("{events} of {total} died")
    } else {
        format!("{events} of {total} had the event")
    };
    let doubt = direction.doubt.map(|doubt| match doubt {
        Doubt::FollowedLonger(longer) => format!(
            "Read this way, patients with the event were followed longer than those without (median {} and {} days).",
            crate::numbers::decimal(longer.median_event, 0),
            crate::numbers::decimal(longer.median_censored, 0)
        ),
        Doubt::DatesOfDeath { alive, dead } => {
            format!("Read this way, {alive} of the patients alive and {dead} of the dead have a date of death.")
        }
    });
    if direction.proposed {
        let mut text = format!(
            "{} {} read as {dead}, {} as {alive}: {implied}. Is that right?",
            quoted(yes),
            if yes.len() == 1 { "is" } else { "are" },
            quoted(no)
        );
        if let Some(doubt) = doubt {
            text.push(' ');
            text.push_str(&doubt);
        }
        text
    } else {
        format!(
            "If {} stands for {dead} and {} for {alive}, {implied}. {} Which is right? Until you choose, the column is not used.",
            quoted(yes),
            quoted(no),
            doubt.unwrap_or_default()
        )
    }
}

/// What is open about the rows, as a question with the answer that is assumed.
#[must_use]
pub fn rows_question(question: &RowsQuestion, repeated: Repeated) -> String {
    match question {
        RowsQuestion::Repeated { ids, rows, differ } => {
            let share = if *ids == 1 {
                "1 id occurs"
            } else {
                &format!("{ids} ids occur")
            };
            let differing = match differ {
                0 => "Rows with the same id agree.".to_owned(),
                1 => "1 value differs between rows of the same id.".to_owned(),
                values => format!("{values} values differ between rows of the same id."),
            };
            let assumed = match repeated {
                Repeated::Merge => {
                    "Assumed: one patient per id, with the first value of each finding and the last of follow-up."
                }
                Repeated::First => "Assumed: one patient per id, of whom only the first row is used.",
                Repeated::Separate => "Assumed: each row is a patient, as the rows seem to be of different people.",
            };
            format!("{share} in more than one row ({rows} rows in all). {differing} {assumed} Is that right?")
        }
        RowsQuestion::NotPatients(texts) => {
            let shown = shortened(texts);
            match texts.len() {
                1 => format!(
                    "1 row looks like a total, a note or another table ({shown}), not like a patient. It is left out. Is that \
                     right?"
                ),
                rows => format!(
                    "{rows} rows look like totals, notes or another table ({shown}), not like patients. They are left out. Is \
                     that right?"
                ),
            }
        }
        RowsQuestion::Endpoints(names) => format!(
            "The file has one row per patient and endpoint ({}). Each endpoint is read as a time and an event of one patient; \
             CNSR 0 is the event, anything else censored. Is that right?",
            names.join(", ")
        ),
    }
}

/// What a question about rows is about, once it is answered.
#[must_use]
pub fn rows_subject(question: &RowsQuestion) -> String {
    match question {
        RowsQuestion::Repeated { rows, .. } => format!("{rows} rows with repeated ids"),
        RowsQuestion::NotPatients(texts) => format!("Totals or notes ({})", shortened(texts)),
        RowsQuestion::Endpoints(names) => format!("One row per endpoint ({})", names.join(", ")),
    }
}

/// The answers to a question about rows, by their codes in settings.
#[must_use]
pub fn rows_answers(question: &RowsQuestion) -> &'static [(&'static str, &'static str)] {
    match question {
        RowsQuestion::Repeated { .. } => &[
            ("merge", "one patient per id, rows merged"),
            ("first", "one patient per id, first row only"),
            ("separate", "different patients"),
        ],
        RowsQuestion::NotPatients(texts) if texts.len() == 1 => &[("no", "left out"), ("yes", "a patient")],
        RowsQuestion::NotPatients(_) => &[("no", "left out"), ("yes", "patients")],
        RowsQuestion::Endpoints(_) => &[
            ("merge", "one patient, several endpoints"),
            ("separate", "each row is a patient"),
        ],
    }
}

/// The first texts of rows: `“Mean”, “SD”, 3 more`.
fn shortened(texts: &[String]) -> String {
    const SHOWN: usize = 4;
    let mut shown: Vec<String> = texts.iter().take(SHOWN).map(|text| format!("“{text}”")).collect();
    if texts.len() > SHOWN {
        shown.push(format!("{} more", texts.len() - SHOWN));
    }
    shown.join(", ")
}

/// What is open about the rows, for a program.
#[must_use]
pub fn rows_asked(question: &RowsQuestion, repeated: Repeated) -> Asked {
    let (code, proposed) = match question {
        RowsQuestion::Repeated { .. } => ("repeated_ids", repeated.code()),
        RowsQuestion::NotPatients(_) => ("not_patients", "set aside"),
        RowsQuestion::Endpoints(_) => ("endpoint_rows", "one patient"),
    };
    Asked {
        code,
        text: rows_question(question, repeated),
        proposed: Some(proposed.to_owned()),
    }
}

/// What is asked of a file whose bytes are not UTF-8.
pub const ENCODING_QUESTION: &str = "The file is not UTF-8. In which of these are its names and letters right?";

/// What is open about the characters of a file, for a program; `pages` are the code pages in which it can be read.
#[must_use]
pub fn encoding_asked(import: &Import, pages: &[CodePage]) -> Asked {
    let shown = |page: &CodePage| {
        format!(
            "{} ({}): {}",
            page.encoding.label(),
            super::cohort::encoding(page.encoding),
            header_preview(&page.preview())
        )
    };
    let shown: Vec<String> = pages.iter().map(shown).collect();
    Asked {
        code: "encoding",
        text: if pages.is_empty() {
            super::cohort::import_report(import).join(" ")
        } else {
            format!("{ENCODING_QUESTION} {}", shown.join("; "))
        },
        proposed: Some(import.encoding.label().to_owned()),
    }
}

/// The first names of columns, those with letters beyond ASCII before the others, as a person looks at them.
#[must_use]
pub fn header_preview(header: &[String]) -> String {
    const SHOWN: usize = 6;
    let (plain, others): (Vec<&String>, Vec<&String>) = header.iter().partition(|name| name.is_ascii());
    let shown = others.into_iter().chain(plain).take(SHOWN);
    let shown: Vec<String> = shown.map(|name| name.chars().take(30).collect()).collect();
    shown.join(", ")
}

/// What is open about one column, for a program: each kind once.
#[must_use]
pub fn asked(questions: &[&Question], header: &[String]) -> Vec<Asked> {
    let mut found: Vec<Asked> = Vec::new();
    for question in questions {
        let (code, proposed) = code_and_proposal(&question.kind);
        match found.iter_mut().find(|known| known.code == code) {
            Some(known) => {
                known.text = format!("{} {}", known.text, question_of(question, header));
                known.proposed = known
                    .proposed
                    .take()
                    .zip(proposed)
                    .map(|(one, other)| format!("{one}, {other}"));
            }
            None => found.push(Asked {
                code,
                text: question_of(question, header),
                proposed,
            }),
        }
    }
    found
}

fn code_and_proposal(kind: &QuestionKind) -> (&'static str, Option<String>) {
    let some = |text: &str| Some(text.to_owned());
    match kind {
        QuestionKind::Role => ("role", some("as shown")),
        QuestionKind::Grades(_) => ("grades", some("as shown")),
        QuestionKind::Unsuited(_) => ("unsuited", some("not used")),
        QuestionKind::DateOrder(form, _) => ("date_order", some(date_form(*form))),
        QuestionKind::PastEra(_) => ("past_era", some("as if the era had gone on")),
        QuestionKind::Calendar(form, _) => ("calendar", some(date_form(*form))),
        QuestionKind::DateOrdersMixed(_) => ("date_orders_mixed", some("the order of the other dates in the row")),
        QuestionKind::ShortYears(_) => ("short_years", some("1970 to 2069")),
        QuestionKind::PartialDates(_) => ("partial_dates", some("15th of the month")),
        QuestionKind::NoDate(_) => ("no_date", some("no such date")),
        QuestionKind::OutOfRangeDates(_) => ("out_of_range_dates", some("no such date")),
        QuestionKind::FutureDates { .. } => ("future_dates", some("as written")),
        QuestionKind::LongFollowUp { .. } => ("long_follow_up", some("as written")),
        QuestionKind::NumberForm(form, _) => ("number_form", some(number_form(*form))),
        QuestionKind::Unit(unit) => ("unit", some(time_unit(*unit))),
        QuestionKind::Percent(why) => (
            "percent",
            match why {
                Percent::SomeAboveOne => None,
                Percent::NamedButSmall => some("per cent"),
                Percent::Either => some("fractions"),
            },
        ),
        QuestionKind::TenE(_) => ("ten_e", some("0.001")),
        QuestionKind::HighCounts(_) => ("high_counts", None),
        QuestionKind::Assumed(text, code) => ("coding", Some(format!("{text} = {}", spoken(code)))),
        QuestionKind::Direction(direction) => (
            "direction",
            direction.proposed.then(|| {
                let event = if direction.of_death {
                    Vital::Dead.code()
                } else {
                    EventKind::Event.code()
                };
                format!("{} = {event}", direction.yes.join(", "))
            }),
        ),
        QuestionKind::NoMeaning(_) => ("no_meaning", None),
        QuestionKind::MayBeMissing(text) => ("missing_value", Some(format!("{text} = missing"))),
        QuestionKind::NotNumbers(_) => ("not_numbers", some("missing")),
        QuestionKind::NotUnderstood(_) => ("not_understood", some("missing")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_say_what_was_assumed_and_what_it_implies() {
        let of_death = Direction {
            yes: vec!["1".to_owned()],
            no: vec!["0".to_owned()],
            events: 26,
            total: 40,
            of_death: true,
            proposed: true,
            doubt: None,
        };
        assert_eq!(
            question(&QuestionKind::Direction(of_death)),
            "“1” is read as dead, “0” as alive: 26 of 40 died. Is that right?"
        );
        assert_eq!(
            question(&QuestionKind::NoDate(vec![
                ("alive".to_owned(), 26),
                ("NED".to_owned(), 1)
            ])),
            "“alive” (26 cells), “NED” (1 cell) are not dates. Read as no date: the event did not happen, or its date is not \
             recorded. Is that right?"
        );
        assert_eq!(
            question(&QuestionKind::Assumed("1".to_owned(), "none")),
            "“1” is assumed to mean no event. Is that right?"
        );
        let questions = [("1", "male"), ("2", "female")]
            .map(|(text, code)| Question::of(0, QuestionKind::Assumed(text.to_owned(), code)));
        let found = asked(&questions.iter().collect::<Vec<_>>(), &[]);
        assert_eq!(
            (found.len(), found[0].proposed.as_deref()),
            (1, Some("1 = male, 2 = female"))
        );
    }

    #[test]
    fn every_code_is_listed() {
        let codes: Vec<&str> = QUESTION_CODES.iter().map(|(code, _)| *code).collect();
        for kind in [
            QuestionKind::Role,
            QuestionKind::Grades(cotside_core::cohort::Role::Ignored),
            QuestionKind::TenE(1),
            QuestionKind::NoMeaning(String::new()),
            QuestionKind::Percent(Percent::Either),
        ] {
            assert!(codes.contains(&code_and_proposal(&kind).0), "{kind:?}");
        }
    }
}
