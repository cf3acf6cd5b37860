//! A file whose columns leave things open, until nothing is; and what could not be used.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use cotside_core::cohort::{Endpoint, EventKind, TimeSettings, TimeUnit};
use cotside_worker::cohort_file::{CohortFile, Reply};

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
}

impl Page {
    fn open(text: &str) -> Self {
        let mut page = Self {
            intake: CohortFile::default(),
            parts: Default::default(),
        };
        let reply = page.intake.open("open.csv", "", text.as_bytes());
        assert_eq!(reply.refused, None);
        page.take(reply);
        page
    }

    fn take(&mut self, reply: Reply) -> bool {
        self.parts.extend(reply.parts);
        reply.changed
    }

    fn set(&mut self, name: &str, value: &str) -> bool {
        let reply = self
            .intake
            .set(name, value)
            .unwrap_or_else(|| panic!("{name} is no control"));
        self.take(reply)
    }

    fn columns(&self) -> &str {
        &self.parts["columns"]
    }

    fn tally(&self) -> &str {
        self.columns().split("</p>").next().unwrap().rsplit('>').next().unwrap()
    }

    fn is_open(&self, column: usize) -> bool {
        self.columns().contains(&format!("data-testid=\"column-{column}\""))
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
    assert_eq!(page.tally(), "2 columns understood, 6 to confirm, 0 not used.");
    // Month first: one answer for all dates.
    assert!(page.is_open(DATES[0]));
    assert!(page.set(&format!("date:{}", DATES[0]), "2"));
    assert!(page.columns().contains("2 Jan 2020"), "the first date as understood");
    assert_eq!(page.tally(), "5 columns understood, 3 to confirm, 0 not used.");
    assert!(page.is_open(DATES[0]), "a column stays where it is until it is done");
    assert!(!page.set("confirm", "1"), "nothing changes by saying that it is right");
    assert!(!page.is_open(DATES[0]));

    assert!(
        page.columns()
            .contains("“0” = censored, “1” = event: 1 of 3 had the event")
    );
    assert!(page.columns().contains("What does “9” mean?"));
    assert!(page.set(&format!("value:{EVENT}:2"), "death"));
    assert!(!page.columns().contains("What does “9” mean?"));
    assert!(page.set(&format!("value:{EVENT}:1"), "relapse"));
    assert!(!page.set(&format!("value:{EVENT}:0"), "none"), "read so already");
    assert_eq!(page.tally(), "6 columns understood, 2 to confirm, 0 not used.");
    assert!(!page.set("confirm", "all"));
    assert_eq!(page.tally(), "8 columns understood, nothing to confirm, 0 not used.");
    assert!((0..8).all(|column| !page.is_open(column)));
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
    let _ = page.set(&format!("value:{EVENT}:2"), "death");
    assert!(page.set(&format!("value:{EVENT}:2"), ""));
    assert!(page.columns().contains("What does “9” mean?"));
    // Saying that all is right says nothing of it.
    let _ = page.set("confirm", "all");
    assert!(page.is_open(EVENT));
    assert_eq!(page.tally(), "7 columns understood, 1 to confirm, 0 not used.");
}

#[test]
fn per_cent_and_missing_texts_change_what_is_read() {
    let mut page = Page::open(OPEN);
    assert!(page.columns().contains("0.5 % = 5e-3"), "{}", page.columns());
    assert!(page.set(&format!("percent:{MRD}"), "no"));
    assert!(page.columns().contains("cannot be used"), "25 is no fraction");
    assert!(
        !page.parts["problems"].contains("“unknown” is not accepted"),
        "read as missing"
    );
    assert!(page.set(&format!("value:{WBC}:m0"), ""));
    assert!(page.parts["problems"].contains("“unknown” is not accepted"));
    assert!(page.set(&format!("value:{WBC}:m0"), "missing"));
    assert!(!page.parts["problems"].contains("“unknown” is not accepted"));
}

#[test]
fn a_role_brings_its_own_controls() {
    let mut page = Page::open("a,b\n1.5,0\n2.5,1\n0.7,0\n");
    assert_eq!(page.tally(), "0 columns understood, nothing to confirm, 2 not used.");
    assert!(!page.set("change", "0"));
    assert!(page.is_open(0));
    assert!(page.set("role:0", "time:os"));
    assert!(page.columns().contains("name=\"unit:0\"") && page.columns().contains("does not give the unit"));
    assert!(!page.set("unit:0", "3"), "years were assumed");
    assert!(!page.columns().contains("does not give the unit"));
    assert!(page.set("role:1", "event:os"));
    let _ = page.set("confirm", "1");
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
    let reply = intake.set("change", "1").unwrap();
    assert_eq!(reply.parts.keys().collect::<Vec<_>>(), [&"columns"]);
    let reply = intake.open("own.csv", "", b"id,wbc\n1,5.5\n");
    assert_eq!(reply.parts["example"], "");
    assert!(intake.set("endpoint", "os").is_none());
    assert!(intake.set("role:99", "wbc").is_none());
}

/// Three patients, the first with a second visit, and a row of means; 1 is dead.
const VISITS: &str = "id,visit,diagnosis_date,last_follow_up_date,dead\n1,base,2015-01-01,2015-06-01,0\n2,base,2015-01-01,2016-01-01,1\n\
    1,last,2015-01-01,2017-01-01,0\n3,base,2015-03-01,2016-03-01,0\nMean,,,,0.25\n";

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
    assert!(page.columns().contains("5 rows, 3 patients"));
    assert!(
        page.columns()
            .contains("1 id occurs in more than one row (2 rows in all)")
    );
    assert!(page.columns().contains("2 questions about rows to answer"));
    assert!(page.set("rows:repeated", "separate"));
    assert_eq!(page.patients(), 4);
    assert!(page.columns().contains("1 question about rows to answer"));
    assert!(page.columns().contains("“0” = alive, “1” = dead: 1 of 4 died"));
    assert!(page.set("rows:chosen", "1:base"));
    assert_eq!(page.patients(), 3);
    assert!(!page.set("rows", "confirm"));
    assert!(!page.columns().contains("about rows to answer"));
}

#[test]
fn a_direction_can_be_turned_round_and_back() {
    let mut page = Page::open(VISITS);
    assert!(
        page.columns()
            .contains("“1” is read as dead, “0” as alive: 1 of 3 died. Is that right?")
    );
    assert_eq!(page.deaths(), 1);
    assert!(page.set("direction:4", "reversed"));
    assert_eq!(page.deaths(), 2);
    assert!(!page.columns().contains("1 of 3 died. Is that right?"));
    assert!(page.set("direction:4", "as_named"));
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
    assert!(page.set("date:1", "2"));
    assert_ne!(dates(&page), first);
    assert!(page.set("date:1", "1"));
    assert_eq!(dates(&page), first);
}

#[test]
fn answers_about_rows_are_saved_and_made_again() {
    let mut page = Page::open(VISITS);
    let _ = page.set("rows:repeated", "first");
    let _ = page.set("rows:patients", "yes");
    let _ = page.set("rows:chosen", "1:base");
    let _ = page.set("direction:4", "reversed");
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
    assert!(old.columns().contains("2 questions about rows to answer"));

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
    assert!(page.columns().contains("Until you choose, the column is not used"));
    let saved = page.intake.project();
    let mut again = Page::open(text);
    let reply = again.intake.load(&saved);
    again.take(reply);
    assert!(again.columns().contains("Until you choose, the column is not used"));
    assert!(!again.columns().contains("What does “0” mean?"));
    let _ = again.set("direction:2", "as_named");
    let answered = again.intake.project();
    let mut third = Page::open(text);
    let reply = third.intake.load(&answered);
    third.take(reply);
    assert!(!third.columns().contains("Until you choose"));
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
