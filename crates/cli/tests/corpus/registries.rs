//! The registries: every layout and coding in every language, and the exports of programs, each with its twin in which the
//! codes mean the opposite.

use super::files::{Cell, Days, Format, Table, Text};
use super::languages::{LANGUAGES, Language};
use super::patients::Patient;

/// A file and what it is.
pub struct Registry {
    pub layout: &'static str,
    pub language: &'static str,
    pub coding: &'static str,
    /// Whether this is the twin, in which yes or 1 is alive or censored.
    pub flipped: bool,
    pub format: String,
    pub ending: &'static str,
    pub bytes: Vec<u8>,
    /// Whether the file says which of its codes is which; otherwise only a question is right.
    pub says: bool,
    /// Findings that it holds, by their codes.
    pub findings: &'static [&'static str],
}

impl Registry {
    pub fn name(&self) -> String {
        let twin = if self.flipped { ", twin" } else { "" };
        format!(
            "{} | {} | {}{twin} | {}",
            self.layout, self.language, self.coding, self.format
        )
    }
}

/// How the end of follow-up is written.
#[derive(Clone, Copy, PartialEq)]
enum Coding {
    /// Words for dead and alive; in the twin under a header that says alive.
    Words,
    /// Yes and no, under a header that says which is which; no date of death.
    Answers,
    /// The same with single letters.
    Letters,
    /// The same with the cells of spreadsheets for true and false.
    Truths,
    /// 0 and 1 under such a header.
    Named,
    /// 0 and 1 under a header that says nothing, with dates of death.
    Dated,
    /// 1 and 2 under such a header, with dates of death.
    OneTwo,
    /// 0 and 1 under a header that gives their meanings in brackets.
    Legend,
    /// 0 and 1 of which nothing in the file says what they mean.
    Silent,
}

impl Coding {
    fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Answers => "yes and no",
            Self::Letters => "letters for yes and no",
            Self::Truths => "TRUE and FALSE",
            Self::Named => "0 and 1, the header says which",
            Self::Dated => "0 and 1, the dates of death say which",
            Self::OneTwo => "1 and 2, the dates of death say which",
            Self::Legend => "codes with their meanings in the header",
            Self::Silent => "0 and 1, nothing says which",
        }
    }

    /// Whether dates of death stand beside it.
    fn has_dates(self) -> bool {
        matches!(self, Self::Words | Self::Dated | Self::OneTwo)
    }

    fn header(self, language: &Language, flipped: bool) -> String {
        let [dead, alive] = language.ends;
        let name = match self {
            Self::Legend if flipped => return format!("{} (0={dead}, 1={alive})", language.status),
            Self::Legend => return format!("{} (0={alive}, 1={dead})", language.status),
            Self::Dated | Self::OneTwo | Self::Silent => language.status,
            Self::Words if !flipped => language.vital,
            _ if flipped => language.alive,
            _ => language.died,
        };
        name.to_owned()
    }

    fn cell(self, language: &Language, dead: bool, flipped: bool) -> Cell {
        let yes = dead != flipped;
        let of = |words: [&str; 2], first: bool| text(words[usize::from(!first)]);
        match self {
            Self::Words => of(language.ends, dead),
            Self::Answers => of(language.answers, yes),
            Self::Letters => of(language.letters, yes),
            Self::Truths => Cell::Truth(yes),
            Self::Named | Self::Dated | Self::Legend | Self::Silent => number(u32::from(yes)),
            Self::OneTwo => number(if yes { 1 } else { 2 }),
        }
    }
}

/// A column: its header, the unit below it, and a cell for each patient.
struct Column {
    name: String,
    unit: &'static str,
    cells: Vec<Cell>,
}

fn column(name: &str, patients: &[Patient], cell: impl Fn(&Patient) -> Cell) -> Column {
    Column {
        name: name.to_owned(),
        unit: "",
        cells: patients.iter().map(cell).collect(),
    }
}

fn text(text: &str) -> Cell {
    if text.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(text.to_owned())
    }
}

fn number(number: u32) -> Cell {
    Cell::Number(f64::from(number))
}

/// Days as months with two decimals.
fn months(days: u32) -> Cell {
    Cell::Number((f64::from(days) / 30.4375 * 100.0).round() / 100.0)
}

fn pick(words: [&str; 2], first: bool) -> Cell {
    text(words[usize::from(!first)])
}

fn date(patient: &Patient, days: Option<u32>) -> Cell {
    days.map_or(Cell::Empty, |days| Cell::Day(patient.day(days)))
}

/// The header and the rows below it.
fn plain(columns: &[Column]) -> Table {
    let header = columns.iter().map(|column| text(&column.name)).collect();
    let rows = columns.first().map_or(0, |column| column.cells.len());
    let row = |row: usize| columns.iter().map(|column| column.cells[row].clone()).collect();
    Table {
        rows: std::iter::once(header).chain((0..rows).map(row)).collect(),
        merged: Vec::new(),
    }
}

/// Two lines of title and an empty one above the header.
fn titled(title: &str, columns: &[Column]) -> Table {
    let mut table = plain(columns);
    let width = columns.len();
    let line = |content: &str| {
        let mut cells = vec![Cell::Empty; width];
        cells[0] = text(content);
        cells
    };
    table.rows.splice(0..0, [line(title), line("v1.2"), line("")]);
    table
}

/// A row of units below the header, where units stand in the headers otherwise.
fn with_units(columns: &[Column]) -> Table {
    let mut table = plain(columns);
    table.rows[0] = columns
        .iter()
        .map(|column| match column.unit {
            "" => text(&column.name),
            _ => text(column.name.split('(').next().unwrap_or_default().trim()),
        })
        .collect();
    table
        .rows
        .insert(1, columns.iter().map(|column| text(column.unit)).collect());
    table
}

/// A row with the names of groups above the header; the second group begins at a column.
fn grouped(groups: [&str; 2], second: usize, columns: &[Column]) -> Table {
    let mut table = plain(columns);
    let mut above = vec![Cell::Empty; columns.len()];
    above[0] = text(groups[0]);
    above[second] = text(groups[1]);
    table.rows.insert(0, above);
    let column = |index: usize| u16::try_from(index).unwrap();
    table.merged = vec![(0, column(second - 1)), (column(second), column(columns.len() - 1))];
    table
}

/// A last row with the sum of each column of numbers.
fn totalled(word: &str, columns: &[Column]) -> Table {
    let mut table = plain(columns);
    let sum = |column: &Column| {
        let numbers = column.cells.iter().filter_map(|cell| match cell {
            Cell::Number(number) => Some(*number),
            _ => None,
        });
        let sum: f64 = numbers.sum();
        if sum > 0.0 {
            Cell::Number((sum * 10.0).round() / 10.0)
        } else {
            Cell::Empty
        }
    };
    let mut last: Vec<Cell> = columns.iter().map(sum).collect();
    last[0] = text(word);
    table.rows.push(last);
    table
}

/// The first columns: the patient and the disease.
fn baseline(language: &Language, patients: &[Patient], dates: bool) -> Vec<Column> {
    let mut columns = vec![column(language.id, patients, |patient| text(&patient.id))];
    if dates {
        columns.push(column(language.birth, patients, |patient| Cell::Day(patient.birth)));
        columns.push(column(language.diagnosis, patients, |patient| {
            Cell::Day(patient.diagnosis)
        }));
    }
    columns.push(column(language.sex, patients, |patient| {
        pick(language.sexes, !patient.female)
    }));
    let counts = column(language.wbc, patients, |patient| Cell::Number(patient.wbc));
    columns.push(Column {
        unit: language.count,
        ..counts
    });
    columns.push(column(language.kmt2a, patients, |patient| {
        pick(language.findings, patient.rearranged)
    }));
    columns
}

/// One row for each patient, with dates.
fn dated(language: &Language, patients: &[Patient], coding: Coding, flipped: bool) -> Vec<Column> {
    let mut columns = baseline(language, patients, true);
    columns.push(column(language.relapse, patients, |patient| {
        date(patient, patient.relapse)
    }));
    if coding.has_dates() {
        columns.push(column(language.death, patients, |patient| date(patient, patient.death)));
    }
    columns.push(column(&coding.header(language, flipped), patients, |patient| {
        coding.cell(language, patient.death.is_some(), flipped)
    }));
    columns.push(column(language.last, patients, |patient| {
        date(patient, Some(patient.last))
    }));
    columns
}

/// One row for each patient, with times in months and what ended them.
fn timed(language: &Language, patients: &[Patient], coding: Coding, flipped: bool) -> Vec<Column> {
    let event = if flipped { language.censored } else { language.event };
    let time = |name: &str, days: fn(&Patient) -> u32| Column {
        unit: language.months,
        ..column(name, patients, |patient| months(days(patient)))
    };
    let mut columns = baseline(language, patients, false);
    columns.push(time(language.efs, |patient| patient.efs().0));
    // Words of dead and alive are none of events.
    let of_event = if coding == Coding::Words { Coding::Named } else { coding };
    columns.push(column(event, patients, |patient| {
        of_event.cell(language, patient.efs().1, flipped)
    }));
    columns.push(time(language.os, |patient| patient.os().0));
    columns.push(column(&coding.header(language, flipped), patients, |patient| {
        coding.cell(language, patient.death.is_some(), flipped)
    }));
    columns
}

/// Times and the kind of the first event: words, or codes with their meanings in the header, which the twin turns round.
fn of_kinds(language: &Language, patients: &[Patient], coding: Coding, flipped: bool) -> Vec<Column> {
    let [relapse, death, none] = language.kinds;
    let name = match (coding, flipped) {
        (Coding::Legend, false) => format!("{} (0={none}, 1={relapse}, 2={death})", language.first_event),
        (Coding::Legend, true) => format!("{} (0={death}, 1={relapse}, 2={none})", language.first_event),
        _ => language.first_event.to_owned(),
    };
    let kind = |patient: &Patient| match (patient.relapse, patient.death) {
        (Some(_), _) => (relapse, 1),
        (None, Some(_)) => (death, if flipped { 0 } else { 2 }),
        (None, None) => (none, if flipped { 2 } else { 0 }),
    };
    let mut columns = timed(language, patients, Coding::Words, false);
    let event = columns.len() - 3;
    columns[event] = column(&name, patients, |patient| match (coding, kind(patient)) {
        (Coding::Legend, (_, code)) => number(code),
        (_, (word, _)) => text(word),
    });
    columns
}

/// Times without their unit in the header: years, in the twin months.
fn of_unknown_unit(language: &Language, patients: &[Patient], flipped: bool) -> Vec<Column> {
    let mut columns = timed(language, patients, Coding::Words, false);
    let end = columns.len();
    let years = |days: u32| Cell::Number((f64::from(days) / 365.25 * 1000.0).round() / 1000.0);
    let of: [fn(&Patient) -> u32; 2] = [|patient| patient.efs().0, |patient| patient.os().0];
    for (place, days) in [end - 4, end - 2].into_iter().zip(of) {
        let bare = columns[place]
            .name
            .split('(')
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned();
        columns[place] = column(&bare, patients, |patient| {
            let days = days(patient);
            if flipped { months(days) } else { years(days) }
        });
    }
    columns
}

const WITH_AGE: &[&str] = &["age_days", "sex", "wbc", "kmt2a"];
const WITHOUT_AGE: &[&str] = &["sex", "wbc", "kmt2a"];

/// A layout of a hospital's own file, and how its outcomes are coded.
const LAYOUTS: &[(&str, Coding)] = &[
    (DATES, Coding::Words),
    (DATES, Coding::Answers),
    (DATES, Coding::Dated),
    (DATES, Coding::OneTwo),
    (DATES, Coding::Silent),
    (DATES, Coding::Legend),
    (TIMES, Coding::Named),
    (KINDS, Coding::Words),
    (KINDS, Coding::Legend),
    (NO_UNIT, Coding::Words),
    (TITLES, Coding::Letters),
    (UNITS, Coding::Truths),
    (GROUPS, Coding::Words),
    (TOTALS, Coding::Answers),
];
const DATES: &str = "one row per patient, dates";
const TIMES: &str = "one row per patient, times and events";
const KINDS: &str = "one row per patient, times and kinds of events";
const NO_UNIT: &str = "times without their unit";
const TITLES: &str = "lines of title above the header";
const UNITS: &str = "a row of units below the header";
const GROUPS: &str = "two rows of headers";
const TOTALS: &str = "a total below the last patient";

fn of_language(
    language: &'static Language,
    place: usize,
    patients: &[Patient],
    flipped: bool,
) -> impl Iterator<Item = Registry> {
    LAYOUTS.iter().enumerate().map(move |(index, &(layout, coding))| {
        let dated = || dated(language, patients, coding, flipped);
        let timed = || timed(language, patients, coding, flipped);
        let table = match layout {
            TIMES => plain(&timed()),
            KINDS => plain(&of_kinds(language, patients, coding, flipped)),
            NO_UNIT => plain(&of_unknown_unit(language, patients, flipped)),
            TITLES => titled(language.title, &dated()),
            UNITS => with_units(&timed()),
            GROUPS => grouped(language.groups, 6, &dated()),
            TOTALS => totalled(language.total, &dated()),
            _ => plain(&dated()),
        };
        let format = language.formats[(place + index) % language.formats.len()];
        let findings = if matches!(layout, TIMES | KINDS | NO_UNIT | UNITS) {
            WITHOUT_AGE
        } else {
            WITH_AGE
        };
        Registry {
            layout,
            language: language.code,
            coding: coding.name(),
            flipped,
            format: format.name(),
            ending: format.ending(),
            bytes: format.bytes(&[("Data", table)]),
            says: coding != Coding::Silent,
            findings,
        }
    })
}

/// The exports of programs, in English.
fn exports(patients: &[Patient], flipped: bool) -> Vec<Registry> {
    let comma = Format::Text(Text {
        encoding: "utf-8",
        separator: ',',
        days: Days::Iso,
        comma: false,
    });
    let made = |layout, coding, format: Format, table: Table, findings| Registry {
        layout,
        language: "en",
        coding,
        flipped,
        format: format.name(),
        ending: format.ending(),
        bytes: format.bytes(&[("Data", table)]),
        says: true,
        findings,
    };
    let sheets = Registry {
        bytes: Format::Xlsx.bytes(&two_sheets(patients, flipped)),
        ..made(
            "two sheets, joined by the number of the patient",
            "yes and no",
            Format::Xlsx,
            Table::default(),
            &[],
        )
    };
    vec![
        made(
            "short names and codes",
            "0 and 1, the header says which",
            comma,
            short(patients, flipped),
            &["wbc"],
        ),
        made(
            "short names and codes",
            "0 and 1, the header says which",
            Format::Xlsx,
            short(patients, flipped),
            &["wbc"],
        ),
        made(
            "REDCap, longitudinal, codes",
            "0 and 1, the header says which",
            comma,
            redcap_raw(patients, flipped),
            &["age_days", "wbc"],
        ),
        made(
            "REDCap, labels",
            "yes and no",
            comma,
            redcap_labels(patients, flipped),
            WITH_AGE,
        ),
        made(
            "ADTTE, a row for each endpoint",
            "censoring",
            comma,
            adtte(patients, flipped),
            &[],
        ),
        made(
            "days from diagnosis",
            "days of events",
            comma,
            days(patients, flipped),
            &["age_days", "sex", "wbc", "kmt2a"],
        ),
        sheets,
    ]
}

/// Names of eight letters and codes, as of a file of SPSS without its labels.
fn short(patients: &[Patient], flipped: bool) -> Table {
    let coded = |yes: bool| number(u32::from(yes != flipped));
    let (event, death) = if flipped {
        ("EFSCENS", "ALIVE")
    } else {
        ("EFSEVENT", "DEATH")
    };
    plain(&[
        column("PATID", patients, |patient| text(&patient.id)),
        column("SEX", patients, |patient| number(1 + u32::from(patient.female))),
        column("WBC", patients, |patient| Cell::Number(patient.wbc)),
        column("MLL", patients, |patient| number(u32::from(patient.rearranged))),
        column("EFSDAYS", patients, |patient| number(patient.efs().0)),
        column(event, patients, |patient| coded(patient.efs().1)),
        column("OSDAYS", patients, |patient| number(patient.os().0)),
        column(death, patients, |patient| coded(patient.os().1)),
    ])
}

/// Two events for each patient, as REDCap exports a longitudinal project raw.
fn redcap_raw(patients: &[Patient], flipped: bool) -> Table {
    let end = if flipped { "alive" } else { "dead" };
    let names = [
        "record_id",
        "redcap_event_name",
        "birth_date",
        "diagnosis_date",
        "wbc",
        "relapse_date",
        end,
        "last_fu_date",
        "followup_complete",
    ];
    let mut rows = vec![names.map(text).to_vec()];
    for patient in patients {
        rows.push(vec![
            text(&patient.id),
            text("baseline_arm_1"),
            Cell::Day(patient.birth),
            Cell::Day(patient.diagnosis),
            Cell::Number(patient.wbc),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            number(2),
        ]);
        rows.push(vec![
            text(&patient.id),
            text("followup_arm_1"),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            date(patient, patient.relapse),
            number(u32::from(patient.death.is_some() != flipped)),
            date(patient, Some(patient.last)),
            number(2),
        ]);
    }
    Table {
        rows,
        merged: Vec::new(),
    }
}

/// Questions as headers, as REDCap exports labels.
fn redcap_labels(patients: &[Patient], flipped: bool) -> Table {
    let end = if flipped {
        "Is the patient alive?"
    } else {
        "Has the patient died?"
    };
    let answer = |yes: bool| text(if yes { "Yes" } else { "No" });
    plain(&[
        column("Record ID", patients, |patient| text(&patient.id)),
        column("Date of birth", patients, |patient| Cell::Day(patient.birth)),
        column("Date of diagnosis", patients, |patient| Cell::Day(patient.diagnosis)),
        column("Sex", patients, |patient| pick(["Male", "Female"], !patient.female)),
        column("White blood cell count at diagnosis (x10^9/L)", patients, |patient| {
            Cell::Number(patient.wbc)
        }),
        column("Was a KMT2A rearrangement found?", patients, |patient| {
            answer(patient.rearranged)
        }),
        column("Date of first relapse", patients, |patient| {
            date(patient, patient.relapse)
        }),
        column(end, patients, |patient| answer(patient.death.is_some() != flipped)),
        column("Date of last contact", patients, |patient| {
            date(patient, Some(patient.last))
        }),
        column("Complete?", patients, |_| text("Complete")),
    ])
}

/// A row for each endpoint, as in the analysis data sets of trials; the twin has a flag of events instead.
fn adtte(patients: &[Patient], flipped: bool) -> Table {
    let flag = if flipped { "EVENT" } else { "CNSR" };
    let names = ["STUDYID", "USUBJID", "PARAMCD", "PARAM", "AVAL", "AVALU", flag];
    let mut rows = vec![names.map(text).to_vec()];
    for patient in patients {
        for (code, name, (days, event)) in [
            ("OS", "Overall survival (days)", patient.os()),
            ("EFS", "Event-free survival (days)", patient.efs()),
        ] {
            rows.push(vec![
                text("INF"),
                text(&patient.id),
                text(code),
                text(name),
                number(days),
                text("DAYS"),
                number(u32::from(event == flipped)),
            ]);
        }
    }
    Table {
        rows,
        merged: Vec::new(),
    }
}

/// Days from diagnosis instead of dates; the twin counts events in other columns' order.
fn days(patients: &[Patient], flipped: bool) -> Table {
    let optional = |days: Option<u32>| days.map_or(Cell::Empty, number);
    let mut columns = vec![
        column("id", patients, |patient| text(&patient.id)),
        column("age_days", patients, |patient| {
            number(u32::try_from(patient.age_days()).unwrap())
        }),
        column("sex", patients, |patient| pick(["m", "f"], !patient.female)),
        column("wbc", patients, |patient| Cell::Number(patient.wbc)),
        column("kmt2a", patients, |patient| {
            pick(["rearranged", "germline"], patient.rearranged)
        }),
        column("relapse_day", patients, |patient| optional(patient.relapse)),
        column("death_day", patients, |patient| optional(patient.death)),
        column("last_fu_day", patients, |patient| number(patient.last)),
    ];
    if flipped {
        columns.swap(5, 7);
    }
    plain(&columns)
}

/// What was found at diagnosis in one sheet, the course in another.
fn two_sheets(patients: &[Patient], flipped: bool) -> [(&'static str, Table); 2] {
    let end = if flipped { "Alive" } else { "Died" };
    let findings = plain(&[
        column("Patient ID", patients, |patient| text(&patient.id)),
        column("Sex", patients, |patient| pick(["male", "female"], !patient.female)),
        column("WBC (10^9/L)", patients, |patient| Cell::Number(patient.wbc)),
    ]);
    let course = plain(&[
        column("Patient ID", patients, |patient| text(&patient.id)),
        column("Date of diagnosis", patients, |patient| Cell::Day(patient.diagnosis)),
        column("Date of relapse", patients, |patient| date(patient, patient.relapse)),
        column(end, patients, |patient| {
            text(if patient.death.is_some() == flipped {
                "no"
            } else {
                "yes"
            })
        }),
        column("Date of last follow-up", patients, |patient| {
            date(patient, Some(patient.last))
        }),
    ]);
    [("Findings", findings), ("Follow-up", course)]
}

/// All of them.
pub fn all(patients: &[Patient]) -> Vec<Registry> {
    [false, true]
        .into_iter()
        .flat_map(|flipped| {
            let own = LANGUAGES
                .iter()
                .enumerate()
                .flat_map(move |(place, language)| of_language(language, place, patients, flipped));
            own.chain(exports(patients, flipped))
        })
        .collect()
}
