//! Files that are read as they stand although something about them is odd.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use cotside_core::cohort::{Endpoint, TimeSettings};
use cotside_core::export::unguarded;
use cotside_core::infant::Date;
use cotside_messages::ColumnRequest;
use cotside_worker::cohort_file::CohortFile;

fn opened(name: &str, text: &str) -> (CohortFile, String) {
    let mut intake = CohortFile::on(Date::parse_iso("2026-11-29"));
    let reply = intake.open(name, "", text.as_bytes());
    assert_eq!(reply.refused, None);
    (intake, format!("{:?}{}", reply.columns, reply.parts["file"]))
}

const ARMS: &str = "id,os_days,os_event,arm\n1,400,1,=1+1\n2,500,0,B\n3,600,1,=1+1\n4,700,0,B\n";

#[test]
fn pasted_rows_are_saved_and_the_script_reads_them() {
    let (intake, page) = opened("Pasted rows", ARMS);
    assert!(page.contains("data-export=\"rows.csv\""));
    let script = intake.script().unwrap();
    assert!(script.contains("file <- \"cotside-rows.csv\""), "{script}");
    assert!(script.contains("The rows were pasted"));
    let rows = intake.export("rows.csv").unwrap().text;
    assert!(rows.contains("\"1\",\"400\",\"1\",\"'=1+1\"\n"), "{rows}");
    let cells = rows
        .lines()
        .nth(1)
        .unwrap()
        .split(',')
        .map(|cell| unguarded(cell.trim_matches('"')));
    assert_eq!(cells.collect::<Vec<_>>(), ["1", "400", "1", "=1+1"]);
}

#[test]
fn a_script_reads_the_file_itself_where_r_can() {
    let (intake, page) = opened("stdin", ARMS);
    assert!(!page.contains("rows.csv"));
    let script = intake.script().unwrap();
    assert!(script.contains("file <- \"stdin\""));
    assert!(
        script.contains("file <- file.path(\".\", file)"),
        "else R waits for the keyboard"
    );
    let open_quote = ARMS.replace("\n2,500", "\n2,\"500");
    assert!(
        opened("a.csv", &open_quote)
            .0
            .script()
            .unwrap()
            .contains("file <- \"cotside-rows.csv\"")
    );
}

#[test]
fn names_that_turn_the_writing_stand_as_escapes() {
    let text = ARMS
        .replace("=1+1", "\u{202b}א\u{202c}")
        .replace("arm", "a\u{b}rm\u{2066}");
    let (intake, _) = opened("b\u{202e}\n.csv", &text);
    let script = intake.script().unwrap();
    let refused = |letter: char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{b}');
    assert!(!script.contains(refused));
    assert!(
        script.contains("b\\u202e\\n.csv") && script.contains("a\\u000brm\\u2066"),
        "{script}"
    );
}

#[test]
fn days_in_the_future_are_asked_about_until_somebody_answers() {
    let dates = "id,diagnosis_date,death_date,last_follow_up_date\n1,2015-01-01,,2031-02-03\n2,2016-01-01,2020-11-29,2020-11-29\n";
    let (mut intake, page) = opened("a.csv", dates);
    assert!(
        page.contains("1 date lies after today (2026-11-29), the last on 2031-02-03"),
        "{page}"
    );
    let mut said = |request| format!("{:?}", intake.set(request).unwrap().columns);
    assert!(!said(named::of(3, ColumnRequest::Confirm)).contains("after today"));
    assert!(
        !said(named::role(2, "ignored")).contains("after today"),
        "it was answered"
    );
    said(named::role(3, "ignored"));
    assert!(
        said(named::role(3, "last_follow_up_date")).contains("after today"),
        "the column is read again"
    );
}

#[test]
fn a_hundred_years_are_asked_about() {
    let (_, page) = opened("a.csv", "id,os_months,os_event\n1,1200,0\n2,40,1\n3,50,1\n");
    assert!(
        page.contains("1 patient is followed for more than 50 years by this column, the longest for 100"),
        "{page}"
    );
}

#[test]
fn the_empty_one_of_two_columns_with_a_name_has_no_role() {
    let full = "id,diagnosis_date,death_date,last_follow_up_date,kmt2a,kmt2a,death_date\n";
    let rows = "1,2015-01-01,2016-01-01,2016-01-01,rearranged,,\n2,2016-01-01,,2020-01-01,germline,,\n";
    let before = "id,diagnosis_date,death_date,last_follow_up_date,death_date\n";
    let rows_before = "1,2015-01-01,,2016-01-01,2016-01-01\n2,2016-01-01,,2020-01-01,\n";
    for text in [[full, rows].concat(), [before, rows_before].concat()] {
        let study = opened("a.csv", &text).0.study().unwrap();
        let followed = study.follow(Endpoint::OverallSurvival, TimeSettings::default());
        assert_eq!(followed.time.len(), 2, "{text}");
        let events = followed.event.iter().filter(|event| event.code() == "death").count();
        assert_eq!(events, 1, "{text}");
    }
}

/// Texts of what spreadsheets run and leave out, in every order, the same in every run.
fn texts() -> Vec<String> {
    let pieces = [
        "=", "+", "-", "@", ";", ",", "\t", "\n", "\"", "'", " ", "a", "1", ".", "e", "#", "\u{a0}", "\u{202e}",
        "\u{feff}", "\u{b}", "\u{ff1d}", "é",
    ];
    let mut state = 20_261_129_u64;
    let mut next = |most: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % most
    };
    let mut text = || (0..=next(7)).map(|_| pieces[next(pieces.len())]).collect::<String>();
    (0..600).map(|_| text()).collect()
}

/// `guard_cells.csv` is what the page writes today; R reads it (tests/reference/workbench/guard.R).
/// `COTSIDE_RENEW=1 cargo test -p cotside-worker --test awkward` renews it.
#[test]
fn r_reads_every_text_as_it_was() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference/workbench");
    let texts = texts();
    let mut csv = "row,text,again\n".to_owned();
    for (row, text) in texts.iter().enumerate() {
        let cells = [
            cotside_core::export::cell(&row.to_string()),
            cotside_core::export::cell(text),
            cotside_core::export::quoted_cell(text),
        ];
        csv.push_str(&(cells.join(",") + "\n"));
    }
    if std::env::var_os("COTSIDE_RENEW").is_some() {
        std::fs::write(folder.join("guard_cells.csv"), &csv).unwrap();
        return;
    }
    let kept = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    assert!(
        kept("guard_cells.csv") == csv,
        "the cells are written otherwise; renew them and run R"
    );
    let expected = kept("guard_expected.csv");
    let by_r: Vec<&str> = expected.lines().skip(2).collect();
    assert_eq!(by_r.len(), texts.len());
    for ((row, text), line) in texts.iter().enumerate().zip(by_r) {
        let bytes: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(line, format!("{row},{bytes},{bytes}"), "{text:?}");
    }
}

#[test]
fn of_thousands_of_columns_those_that_matter_are_listed() {
    let measured: Vec<String> = (0..2_000).map(|number| format!("probe_{number}")).collect();
    let header = format!("id,{},os_days,os_event\n", measured.join(","));
    let row = |id: u32, days: u32, died: u32| format!("{id},{},{days},{died}\n", vec!["x"; 2_000].join(","));
    let file = [header, row(1, 400, 1), row(2, 500, 0), row(3, 600, 1)].concat();
    let reply = CohortFile::default().open("wide.csv", "", file.as_bytes());
    let columns = reply.columns.unwrap();
    let shows = |name: &str| columns.columns.iter().any(|column| column.name == name);
    assert!(shows("probe_10") && !shows("probe_1999"), "the first are shown");
    assert!(shows("os_days"), "those in use are shown");
    assert_eq!(columns.columns.len() + columns.not_shown, 2_003);
}
