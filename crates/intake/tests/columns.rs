//! A file whose columns leave things open, until nothing is; and what could not be used.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use cotside_core::cohort::{Endpoint, EventKind, TimeSettings, TimeUnit};
use cotside_intake::{Intake, Reply};

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
    intake: Intake,
    parts: std::collections::BTreeMap<&'static str, String>,
}

impl Page {
    fn open(text: &str) -> Self {
        let mut page = Self {
            intake: Intake::default(),
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

    // Beside “9” nothing is assumed of “0” and “1”.
    assert!(page.columns().contains("What does “9” mean?"));
    assert!(page.set(&format!("value:{EVENT}:2"), "death"));
    assert!(!page.columns().contains("What does “9” mean?"));
    assert!(page.set(&format!("value:{EVENT}:1"), "relapse"));
    assert!(page.set(&format!("value:{EVENT}:0"), "none"));
    assert!(!page.set(&format!("value:{EVENT}:0"), "none"), "said already");
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
    assert!(page.columns().contains("name=\"unit:0\"") && page.columns().contains("The name does not tell the unit"));
    assert!(!page.set("unit:0", "3"), "years were assumed");
    assert!(!page.columns().contains("The name does not tell the unit"));
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
        lines[2].starts_with("2,3,diagnosis_date,2020-13-01,no date written as"),
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
    let mut intake = Intake::default();
    let reply = intake.open("x", "registry", b"id,wbc\n1,5.5\n2,6.5\n");
    assert!(reply.parts["example"].contains("do not exist") || reply.parts["example"].contains("who do not exist"));
    assert!(reply.parts["file"].contains("Synthetic registry: 2 rows."));
    let reply = intake.set("change", "1").unwrap();
    assert_eq!(reply.parts.keys().collect::<Vec<_>>(), [&"columns"]);
    let reply = intake.open("own.csv", "", b"id,wbc\n1,5.5\n");
    assert_eq!(reply.parts["example"], "");
    assert!(intake.set("endpoint", "os").is_none());
    assert!(intake.set("role:99", "wbc").is_none());
}

#[test]
fn other_formats_are_named() {
    for (bytes, word) in [
        (&b"PK\x03\x04 xl/workbook.xml"[..], "ends in .xlsx"),
        (b"\xd0\xcf\x11\xe0rest", "Excel (.xls)"),
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xfe\0\0i\0\0\0d\0\0\0", "UTF-32"),
    ] {
        let refused = Intake::default().open("x.csv", "", bytes).refused.unwrap();
        assert!(refused.starts_with("x.csv: ") && refused.contains(word), "{refused}");
    }
    let one_nul = Intake::default().open("x.csv", "", b"id,sex\nP\x001,f\n");
    assert_eq!(one_nul.refused, None);
}
