//! A file whose columns leave things open, until nothing is; and what could not be used.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use cotside_core::cohort::{DateForm, Endpoint, EventKind, Polarity, Repeated, TimeSettings, TimeUnit};
use cotside_messages::{ColumnCounts, ColumnRequest, ColumnState, ColumnView, FileColumns, FileRequest, RowsRequest};
use cotside_worker::cohort_file::{CohortFile, Reply};
use named::{of, role, text};

/// Dates in an open order, a coded event, a time without a unit, percentages, a text for "missing", a bad row.
const OPEN: &str = "id;diagnosis date;first event;date of first event;last contact;MRD end of induction;wbc;centre\n\
    1;01/02/2020;0;;03/04/2022;0,5;33,5;A\n\
    2;02/03/2020;1;04/05/2020;05/06/2021;25;unknown;A\n\
    3;05/06/2020\n\
    4;03/04/2020;9;06/07/2020;07/08/2021;0;12,5;B\n\
    5;04/05/2020;0;;06/07/2021;10;999,5;B\n";

const DATES: [usize; 3] = [1, 3, 4];
const EVENT: usize = 2;
const MRD: usize = 5;
const WBC: usize = 6;

struct Page {
    intake: CohortFile,
    parts: std::collections::BTreeMap<&'static str, String>,
    columns: FileColumns,
}

impl Page {
    fn open(text: &str) -> Self {
        let mut page = Self {
            intake: CohortFile::default(),
            parts: Default::default(),
            columns: Default::default(),
        };
        let reply = page.intake.open("open.csv", "", text.as_bytes());
        assert_eq!(reply.refused, None);
        page.take(reply);
        page
    }

    fn take(&mut self, reply: Reply) -> bool {
        self.parts.extend(reply.parts);
        if let Some(columns) = reply.columns {
            self.columns = *columns;
        }
        reply.changed
    }

    fn say(&mut self, request: FileRequest) -> bool {
        let told = format!("{request:?}");
        let reply = self
            .intake
            .set(request)
            .unwrap_or_else(|| panic!("{told} does not fit the file"));
        self.take(reply)
    }

    /// Everything that is said of columns and rows.
    fn told(&self) -> String {
        format!("{:?}", self.columns)
    }

    /// Columns that are recognised, that are to be confirmed, and that are ignored.
    fn counts(&self) -> [usize; 3] {
        let ColumnCounts {
            recognised,
            to_confirm,
            ignored,
        } = self.columns.counts;
        [recognised, to_confirm, ignored]
    }

    fn column(&self, column: usize) -> &ColumnView {
        &self.columns.columns[column]
    }

    fn times(&self) -> Vec<(usize, f64, EventKind)> {
        let settings = TimeSettings {
            unit: TimeUnit::Days,
            ..TimeSettings::default()
        };
        let followed = self
            .intake
            .study()
            .unwrap()
            .follow(Endpoint::EventFreeSurvival, settings);
        let rows = followed.row.iter().zip(&followed.time).zip(&followed.event);
        rows.map(|((row, time), event)| (*row, *time, *event)).collect()
    }
}

#[test]
fn each_question_stands_beside_its_control_and_closes_when_it_is_answered() {
    let mut page = Page::open(OPEN);
    assert_eq!(page.counts(), [2, 6, 0]);
    // Month first: one answer for all dates.
    assert_eq!(page.column(DATES[0]).state, ColumnState::ToConfirm);
    assert_eq!(page.column(DATES[1]).asked_at.as_deref(), Some("diagnosis date"));
    assert!(page.say(of(DATES[0], ColumnRequest::DateForm(DateForm::MonthDayYear))));
    assert_eq!(page.column(DATES[0]).cells[0].read_as, "2 Jan 2020");
    assert_eq!(page.counts(), [5, 3, 0]);
    assert_eq!(page.column(DATES[0]).state, ColumnState::Read);
    assert!(
        !page.say(of(DATES[0], ColumnRequest::Confirm)),
        "nothing changes by saying that it is right"
    );

    assert!(
        page.told()
            .contains("“0” = censored, “1” = event: 1 of 3 had the event")
    );
    assert!(page.told().contains("What does “9” mean?"));
    assert!(page.columns.blocks() && page.column(EVENT).state == ColumnState::ToAnswer);
    assert!(page.say(text(EVENT, "9", "death")));
    assert!(!page.told().contains("What does “9” mean?"));
    assert!(page.say(text(EVENT, "1", "relapse")));
    assert!(!page.say(text(EVENT, "0", "none")), "read so already");
    assert_eq!(page.counts(), [6, 2, 0]);
    assert!(!page.say(FileRequest::ConfirmColumns));
    assert_eq!(page.counts(), [8, 0, 0]);
    assert!(!page.columns.blocks());
    // 2 Jan 2020 to 4 Mar 2022: 731 days to 2 Jan 2022, 61 more. Row 3 does not fit the header.
    assert_eq!(
        page.times(),
        [
            (0, 792.0, EventKind::None),
            (1, 62.0, EventKind::Relapse),
            (3, 95.0, EventKind::Death),
            (4, 428.0, EventKind::None)
        ]
    );
}

#[test]
fn a_text_is_given_back_its_question_when_its_meaning_is_taken_back() {
    let mut page = Page::open(OPEN);
    let _ = page.say(text(EVENT, "9", "death"));
    assert!(page.say(text(EVENT, "9", "")));
    assert!(page.told().contains("What does “9” mean?"));
    // Saying that all is right says nothing of it.
    let _ = page.say(FileRequest::ConfirmColumns);
    assert_eq!(page.column(EVENT).state, ColumnState::ToAnswer);
    assert!(!page.column(EVENT).can_confirm);
    assert_eq!(page.counts(), [7, 1, 0]);
}

#[test]
fn per_cent_and_missing_texts_change_what_is_read() {
    let mut page = Page::open(OPEN);
    assert!(page.told().contains("0.5 % = 5e-3"), "{}", page.told());
    assert!(page.say(of(MRD, ColumnRequest::Percent(false))));
    assert!(page.told().contains("cannot be used"), "25 is no fraction");
    assert!(
        !page.parts["problems"].contains("“unknown” is not accepted"),
        "read as missing"
    );
    assert!(page.say(text(WBC, "unknown", "")));
    assert!(page.parts["problems"].contains("“unknown” is not accepted"));
    assert!(page.say(text(WBC, "unknown", "missing")));
    assert!(!page.parts["problems"].contains("“unknown” is not accepted"));
}

#[test]
fn a_role_brings_its_own_controls() {
    let mut page = Page::open("a,b\n1.5,0\n2.5,1\n0.7,0\n");
    assert_eq!(page.counts(), [0, 0, 2]);
    assert!(page.say(role(0, "time:os")));
    let settings = |page: &Page| -> Vec<String> {
        let settings = page.column(0).settings.iter();
        settings.map(|setting| setting.name.clone()).collect()
    };
    assert_eq!(settings(&page), ["unit:0", "number:0"]);
    assert!(page.told().contains("does not give the unit"));
    assert!(
        !page.say(of(0, ColumnRequest::Unit(TimeUnit::Years))),
        "years were assumed"
    );
    assert!(!page.told().contains("does not give the unit"));
    assert!(page.say(role(1, "event:os")));
    let _ = page.say(of(1, ColumnRequest::Confirm));
    let study = page.intake.study().unwrap();
    let settings = TimeSettings {
        as_in_file: true,
        unit: TimeUnit::Years,
        ..TimeSettings::default()
    };
    let followed = study.follow(Endpoint::OverallSurvival, settings);
    assert_eq!(followed.time, [1.5, 2.5, 0.7]);
    assert_eq!(followed.event, [EventKind::None, EventKind::Death, EventKind::None]);
}

#[test]
fn what_is_missing_for_follow_up_is_said_while_a_column_could_hold_it() {
    let missing = |page: &Page| {
        let missing = page.columns.missing.clone();
        missing.map(|missing| (missing.endpoint, missing.columns))
    };
    let mut page = Page::open("Fall,Beginn,Ende\n1,2015-01-02,2016-01-02\n2,2015-02-03,2019-03-04\n");
    let (endpoint, columns) = missing(&page).unwrap();
    assert_eq!(endpoint, "event-free survival");
    assert_eq!(columns[..2], ["date of diagnosis", "date of last follow-up"]);
    assert!(page.columns.blocks());
    let mut times = Page::open("id,os_days,b\n1,100,0\n2,200,1\n3,300,0\n");
    assert_eq!(
        missing(&times).unwrap(),
        (
            "overall survival".to_owned(),
            vec!["how that time ended (event or censored)".to_owned()]
        )
    );
    let _ = times.say(role(2, "event:os"));
    assert_eq!(missing(&times), None);
    for (column, code) in [(1, "diagnosis_date"), (2, "last_follow_up_date")] {
        let _ = page.say(role(column, code));
    }
    let nearly = vec!["date of death or vital status".to_owned()];
    assert_eq!(missing(&page).unwrap(), ("overall survival".to_owned(), nearly));
}

#[test]
fn problems_by_row_and_column_as_a_file() {
    let page = Page::open(
        "id,diagnosis_date,wbc\n=1+1,2020-01-01,high\n2,2020-13-01,5\n\n4,2020-01-02\n5,2020-01-03,7\n\
        6,2020-01-03,7.5\n7,2020-01-03,8.5\n8,2020-01-03,9.5\n",
    );
    let csv = page.intake.export("problems.csv").unwrap();
    assert_eq!(csv.media_type, "text/csv");
    let lines: Vec<&str> = csv.text.lines().collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(
        lines[1].starts_with("1,2,wbc,high,\"“high” is not accepted"),
        "{}",
        lines[1]
    );
    assert!(
        lines[2].starts_with("2,3,diagnosis_date,2020-13-01,not a date written as"),
        "{}",
        lines[2]
    );
    assert!(
        lines[3].starts_with("3,5,,,2 cells where the header has 3,"),
        "{}",
        lines[3]
    );
    assert_eq!(page.intake.export("other.csv"), None);
    assert_eq!(page.intake.study().unwrap().row.len(), 6);
}

#[test]
fn only_parts_that_changed_are_sent_and_samples_say_that_they_are() {
    let mut intake = CohortFile::default();
    let reply = intake.open("x", "registry", b"id,wbc\n1,5.5\n2,6.5\n");
    assert!(reply.parts["example"].contains("120 simulated infants"));
    assert!(reply.parts["file"].contains("Synthetic registry: 2 rows."));
    let number = reply.columns.unwrap().number;
    let reply = intake.set(role(1, "group")).unwrap();
    assert!(reply.columns.is_some() && reply.parts.is_empty());
    let reply = intake.set(role(1, "group")).unwrap();
    assert_eq!(reply.columns, None);
    let reply = intake.open("own.csv", "", b"id,wbc\n1,5.5\n");
    assert_eq!(reply.parts["example"], "");
    assert_eq!(reply.columns.unwrap().number, number + 1, "another file");
    assert!(intake.set(FileRequest::Sheet(0)).is_none());
    assert!(intake.set(role(99, "wbc")).is_none());
    assert!(
        intake.set(text(1, "5.5", "no such code")).is_none(),
        "a code that the role does not have"
    );
}

/// Three patients, the first with a second visit, and a row of means; 1 is dead.
const VISITS: &str = "id,visit,diagnosis_date,last_follow_up_date,dead\n1,base,2015-01-01,2015-06-01,0\n2,base,2015-01-01,2016-01-01,1\n\
    1,last,2015-01-01,2017-01-01,0\n3,base,2015-03-01,2016-03-01,0\nMean,,,,0.25\n";

/// Only rows with this text in the second column.
fn only(visit: &str) -> FileRequest {
    FileRequest::Rows(RowsRequest::Only(Some((1, visit.to_owned()))))
}

impl Page {
    fn patients(&self) -> usize {
        self.intake.understanding("csv", None).unwrap().patients.len()
    }

    fn deaths(&self) -> usize {
        let report = self.intake.understanding("csv", None).unwrap();
        let followed = report.patients.iter().filter_map(|patient| patient.os);
        followed.filter(|os| os.event).count()
    }
}

#[test]
fn rows_are_asked_about_and_counted_among_what_is_open() {
    let mut page = Page::open(VISITS);
    assert_eq!(page.patients(), 3);
    let rows = page.columns.rows.as_ref().unwrap();
    assert_eq!((rows.rows, rows.patients), (5, 3));
    assert!(page.told().contains("1 id occurs in more than one row (2 rows in all)"));
    assert_eq!(page.columns.rows_open(), 2);
    assert!(page.say(FileRequest::Rows(RowsRequest::Repeated(Repeated::Separate))));
    assert_eq!(page.patients(), 4);
    assert_eq!(page.columns.rows_open(), 1);
    assert!(page.told().contains("“0” = alive, “1” = dead: 1 of 4 died"));
    assert!(page.say(only("base")));
    assert_eq!(page.patients(), 3);
    assert!(!page.say(FileRequest::ConfirmRows));
    assert_eq!(page.columns.rows_open(), 0);
}

#[test]
fn a_direction_can_be_turned_round_and_back() {
    let mut page = Page::open(VISITS);
    assert!(
        page.told()
            .contains("“1” is read as dead, “0” as alive: 1 of 3 died. Is that right?")
    );
    assert_eq!(page.deaths(), 1);
    assert!(page.say(of(4, ColumnRequest::Direction(Polarity::Reversed))));
    assert_eq!(page.deaths(), 2);
    assert!(!page.told().contains("1 of 3 died. Is that right?"));
    assert!(page.say(of(4, ColumnRequest::Direction(Polarity::AsNamed))));
    assert_eq!(page.deaths(), 1);
}

#[test]
fn dates_of_several_columns_are_turned_together_as_often_as_wanted() {
    let mut page = Page::open(OPEN);
    let dates = |page: &Page| -> Vec<String> {
        let report = page.intake.understanding("csv", None).unwrap();
        DATES
            .iter()
            .filter_map(|&column| report.columns[column].form.clone())
            .collect()
    };
    let first = dates(&page);
    assert!(page.say(of(1, ColumnRequest::DateForm(DateForm::MonthDayYear))));
    assert_ne!(dates(&page), first);
    assert!(page.say(of(1, ColumnRequest::DateForm(DateForm::DayMonthYear))));
    assert_eq!(dates(&page), first);
}

#[test]
fn answers_about_rows_are_saved_and_made_again() {
    let mut page = Page::open(VISITS);
    let _ = page.say(FileRequest::Rows(RowsRequest::Repeated(Repeated::First)));
    let _ = page.say(FileRequest::Rows(RowsRequest::TotalsArePatients(true)));
    let _ = page.say(only("base"));
    let _ = page.say(of(4, ColumnRequest::Direction(Polarity::Reversed)));
    let saved = page.intake.project();
    for line in [
        ["", "rows:repeated", "first"],
        ["", "rows:patients", "yes"],
        ["", "rows:chosen:visit", "base"],
    ] {
        assert!(saved.iter().any(|known| known == &line), "{line:?}");
    }
    let before = page.intake.understanding("csv", None).unwrap();
    let mut again = Page::open(VISITS);
    let reply = again.intake.load(&saved);
    assert!(
        reply.parts["project-columns"].contains("The settings fit the columns"),
        "{reply:?}"
    );
    again.take(reply);
    let after = again.intake.understanding("csv", None).unwrap();
    assert_eq!(after.patients, before.patients);
    assert_eq!(after.questions, []);
    assert_eq!(again.intake.project(), saved);

    // Settings without lines about rows leave what was guessed, and its questions.
    let older: Vec<[String; 3]> = saved.iter().filter(|line| !line[0].is_empty()).cloned().collect();
    let mut old = Page::open(VISITS);
    let reply = old.intake.load(&older);
    old.take(reply);
    assert_eq!(old.patients(), 3);
    assert_eq!(old.columns.rows_open(), 2);

    let mut other = Page::open(OPEN);
    let reply = other
        .intake
        .load(&[["".to_owned(), "rows:chosen:visit".to_owned(), "base".to_owned()]]);
    assert!(reply.parts["project-columns"].contains("rows does not fit this file"));
}

#[test]
fn what_was_not_answered_is_asked_again_with_a_project() {
    let text = "id,time,censor\n1,267,1\n2,1590,0\n3,1590,0\n4,264,1\n5,53,1\n6,1600,0\n";
    let page = Page::open(text);
    assert!(page.told().contains("Until you choose, the column is not used"));
    let saved = page.intake.project();
    let mut again = Page::open(text);
    let reply = again.intake.load(&saved);
    again.take(reply);
    assert!(again.told().contains("Until you choose, the column is not used"));
    assert!(!again.told().contains("What does “0” mean?"));
    let _ = again.say(of(2, ColumnRequest::Direction(Polarity::AsNamed)));
    let answered = again.intake.project();
    let mut third = Page::open(text);
    let reply = third.intake.load(&answered);
    third.take(reply);
    assert!(!third.told().contains("Until you choose"));
}

#[test]
fn other_formats_are_named() {
    for (bytes, word) in [
        (&b"PK\x03\x04 xl/workbook.xml"[..], "ends in .xlsx"),
        (b"\xd0\xcf\x11\xe0rest", "ends in .xls."),
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xfe\0\0i\0\0\0d\0\0\0", "UTF-32"),
    ] {
        let refused = CohortFile::default().open("x.csv", "", bytes).refused.unwrap();
        assert!(refused.starts_with("x.csv: ") && refused.contains(word), "{refused}");
    }
    let one_nul = CohortFile::default().open("x.csv", "", b"id,sex\nP\x001,f\n");
    assert_eq!(one_nul.refused, None);
}

/// A dictionary that comes after the file is told to the page with all that it changes, and when it is taken away.
#[test]
fn a_dictionary_after_the_file_is_told() {
    let rows = "id,v1,v2,st\nP1,2018-05-10,2019-08-01,0\nP2,2018-12-03,2023-04-11,1\nP3,2019-09-02,2024-01-09,1\n";
    let mut page = Page::open(rows);
    assert!(page.columns.beside.is_empty());
    let before = page.columns.clone();
    let syntax = "VARIABLE LABELS v1 'Date of diagnosis' /v2 'Date of last contact' /st 'Vital status'.\n\
        VALUE LABELS st 0 'Dead' 1 'Alive'.\n";
    let book = cotside_worker::cohort_file::codebook(syntax.as_bytes()).unwrap();
    let reply = page.intake.put_beside("labels.sps", book);
    assert!(page.take(reply));
    assert_eq!(page.columns.beside.len(), 1);
    assert!(
        page.columns
            .columns
            .iter()
            .all(|column| column.state == ColumnState::Read),
        "{:?}",
        page.columns
    );
    let removed = page.intake.set(FileRequest::WithoutBeside(0)).unwrap();
    assert!(page.take(removed));
    let again = FileColumns {
        number: before.number,
        ..page.columns
    };
    assert_eq!(again, before);
}
