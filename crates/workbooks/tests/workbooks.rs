//! Workbooks of several programs (tests/workbooks/make.py), and damaged files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use cotside_messages::SheetRows;
use cotside_workbooks::Workbook;
use proptest::prelude::*;

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../tests/workbooks/{name}", env!("CARGO_MANIFEST_DIR"))).expect(name)
}

fn rows(name: &str) -> SheetRows {
    let mut book = Workbook::default();
    let reply = book.open(name, bytes(name));
    assert_eq!(reply.refused, None, "{name}");
    book.rows(reply.sheet.unwrap_or(0))
}

fn refused(name: &str, bytes: Vec<u8>) -> String {
    let mut book = Workbook::default();
    let reply = book.open(name, bytes);
    reply.refused.or_else(|| book.rows(0).refused).unwrap_or_default()
}

/// The rows of make.py, by hand: lines of a cell are one line, blanks stay.
const PATIENTS: &str = "\
id,birth date,diagnosis date,sex,WBC,MRD EOI,CR,last seen,note
P1,2020-01-05,2020-03-15,f,33.9,0.0001,TRUE,2024-03-15,\"a \"\"quoted\"\", text\"
P2,2019-12-31,2020-02-29,m,1100,0,FALSE,2021-02-28,two lines
P3,2018-07-01,2018-08-01,f,0.1,1e-6,TRUE,,
P4,2017-07-01,,m,,0.05,,2018-08-01,<b>&amp;
P5,2017-08-01,2018-01-01,f,12.5,0.3,TRUE,2019-01-01,Ä é 漢字 한글
P6,2017-09-01,2018-02-01,m,7,0.25,FALSE,2019-02-01, spaces 
";

#[test]
fn five_programs_give_the_same_rows() {
    for name in [
        "patients.xlsx",
        "inline.xlsx",
        "patients.ods",
        "patients.xls",
        "patients.xlsb",
    ] {
        let found = rows(name);
        assert_eq!(found.rows, PATIENTS, "{name}");
        assert_eq!(found.report, "The first row of the sheet names the columns.", "{name}");
    }
    assert_eq!(rows("inline.xlsx").name, "inline.xlsx, sheet Only");
}

#[test]
fn where_several_sheets_hold_something_a_person_chooses() {
    for name in ["patients.xlsx", "patients.xls", "patients.xlsb"] {
        let mut book = Workbook::default();
        let reply = book.open(name, bytes(name));
        assert_eq!(reply.sheet, None, "{name}");
        assert_eq!(book.sheets(), ["Patients", "Codes"], "{name}");
        // Neither the empty sheet nor the hidden one.
        let names: Vec<&str> = reply.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, ["Patients", "Codes"], "{name}");
        assert_eq!(reply.sheets[0].size, Some((7, 9)), "{name}");
        let codes = book.rows(1);
        assert_eq!(codes.rows, "code,meaning\n1,relapse\n", "{name}");
        assert!(book.rows(9).refused.is_some());
    }
}

#[test]
fn title_merged_header_days_since_1904_formulas_and_their_errors() {
    let found = rows("merged.xlsx");
    let lines: Vec<&str> = found.rows.lines().collect();
    assert_eq!(
        lines,
        [
            "",
            "",
            "",
            "Patient,MRD EOI,MRD EOC,date of diagnosis,WBC",
            "A,0.01,0,2020-03-15,10",
            "B,0.02,0.001,2021-03-15,100",
            "C,0.03,0.1,2022-03-15,1000",
            "D,,,,#DIV/0!"
        ]
    );
    assert_eq!(
        found.report,
        "Rows 3 to 4 of the sheet together name the columns. The text above is omitted: “Cohort, made up”. 1 hidden row, \
         as by a filter: read too. 1 cell is a formula's error."
    );
}

/// The binary formats: percentages and days since 1904 by their formats, errors, truth values, texts of formulas and of
/// runs, cells that leave out their column, a shared string that is not there, a formula without a value, colours,
/// hidden rows.
#[test]
fn cells_of_the_binary_formats() {
    for (name, wanted, reported) in [
        (
            "merged.xlsb",
            "\n\n\nPatient,MRD EOI,MRD EOC,date of diagnosis,WBC,status,alive,blasts,Coloured row
A,1%,0%,2020-03-15,10,relapse,FALSE,5%,no
B,2%,0.1%,2021-03-15,100,,TRUE,5%,yes
C,3%,10%,2022-03-15,1000,,FALSE,5%,no
D,#N/A,,,#DIV/0!,lost,#STRING 999,,no
",
            "1 hidden row, as by a filter: read too. 1 row has coloured cells: the column “Coloured row” says which, to be used \
             where the colour means something. 2 cells are a formula's error.",
        ),
        (
            "merged.xls",
            "\n\n\nPatient,MRD EOI,MRD EOC,date of diagnosis,WBC,,Coloured row
A,1%,0%,2020-03-15,#NOVALUE!,,no
B,2%,0.1%,2021-03-15,#NOVALUE!,,yes
C,3%,10%,2022-03-15,#NOVALUE!,,no
D,,,,#DIV/0!,,no
",
            "1 hidden row, as by a filter: read too. 1 row has coloured cells: the column “Coloured row” says which, to be used \
             where the colour means something. 1 cell is a formula's error. 3 cells have a formula and no value (#NOVALUE!); open the workbook in a \
             spreadsheet program and save it.",
        ),
        (
            "old.xls",
            "番号,診断日,MRD,生存\nあ1,1996-02-29,0.1%,TRUE\nあ2,1996-03-01,,\nあ3,不明,,\nあ4,#N/A,,\n",
            "The first row of the sheet names the columns. 1 cell is a formula's error.",
        ),
    ] {
        let found = rows(name);
        let until = found.rows.find("\n\n\n\n\n\n").map_or(found.rows.len(), |at| at + 1);
        assert_eq!(found.rows[..until], *wanted, "{name}");
        assert!(found.report.ends_with(reported), "{name}: {}", found.report);
    }
    let far = rows("merged.xls").rows;
    assert_eq!((far.lines().count(), far.lines().last()), (65_536, Some(",,,,,last,")));
    assert_eq!(rows("old.xls").name, "old.xls, sheet 患者");
}

/// The strings that sheets share go on in several records, within a word too.
#[test]
fn long_shared_strings_of_the_old_format() {
    let found = rows("long.xls").rows;
    assert_eq!(found.lines().count(), 301);
    for (row, line) in (1..).zip(found.lines().skip(1)) {
        let start = if row % 3 == 0 { "漢é" } else { "é" };
        assert_eq!(line, format!("P{row},{start}{}{row}", "x".repeat(row % 90)));
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    for (name, words) in [
        ("broken.xlsx", "is damaged"),
        ("password.xlsx", "protected by a password"),
        ("locked.xls", "protected by a password"),
        ("archive.xlsx", "not a workbook"),
    ] {
        let why = refused(name, bytes(name));
        assert!(why.starts_with(&format!("{name}: ")) && why.contains(words), "{why}");
    }
    // One damaged sheet does not take the others with it.
    let mut book = Workbook::default();
    assert_eq!(book.open("broken.xlsx", bytes("broken.xlsx")).refused, None);
    assert_eq!(book.rows(1).rows, "code,meaning\n1,relapse\n");
    assert!(refused("x.xls", b"\xd0\xcf\x11\xe0rest".to_vec()).contains("is damaged"));
    assert!(refused("x.xlsx", b"id,wbc\n1,2\n".to_vec()).contains("not a valid workbook"));
    assert!(refused("x.xls", b"<table><tr><td>id".to_vec()).contains("no rows"));
    assert!(refused("x.xlsx", Vec::new()).contains("not a valid workbook"));
}

const FILES: [&str; 9] = [
    "patients.xlsx",
    "inline.xlsx",
    "patients.ods",
    "merged.xlsx",
    "patients.xls",
    "merged.xls",
    "old.xls",
    "patients.xlsb",
    "merged.xlsb",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_changed_byte_makes_it_fail(at in 0.0..1.0_f64, byte: u8, cut in 0.0..1.0_f64, name in 0..FILES.len()) {
        let name = FILES[name];
        let mut changed = bytes(name);
        let place = (at * changed.len() as f64) as usize;
        changed[place] = byte;
        if cut < 0.3 {
            changed.truncate(place);
        }
        let mut book = Workbook::default();
        let reply = book.open(name, changed);
        if reply.refused.is_none() {
            let found = book.rows(0);
            prop_assert!(found.refused.is_some() || !found.rows.is_empty());
        }
    }
}
