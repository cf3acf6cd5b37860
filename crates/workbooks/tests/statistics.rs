//! Files of statistics programs (tests/workbooks/make_statistics.py and .R), and what they say about their columns.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod made;

use cotside_core::cohort::{ColumnContent, DescribedColumn};
use cotside_messages::SheetRows;
use cotside_workbooks::Workbook;

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../tests/workbooks/{name}", env!("CARGO_MANIFEST_DIR"))).expect(name)
}

/// The rows of a table of a file, whose name tells nothing.
fn table(name: &str, sheet: usize) -> (&'static str, SheetRows) {
    let mut book = Workbook::default();
    let reply = book.open("x", bytes(name));
    assert_eq!(reply.refused, None, "{name}");
    (book.format(), book.rows(sheet))
}

fn refused(bytes: Vec<u8>) -> String {
    let mut book = Workbook::default();
    let reply = book.open("x", bytes);
    reply.refused.unwrap_or_default()
}

fn column(rows: &SheetRows, name: &str) -> DescribedColumn {
    let dictionary = rows.dictionary.as_ref().unwrap();
    let mut columns = dictionary.columns.iter();
    columns.find(|column| column.name == name).cloned().expect(name)
}

/// Codes and labels as `1=dead`.
fn codes(codes: &[cotside_core::cohort::CodeLabel]) -> Vec<String> {
    codes
        .iter()
        .map(|code| format!("{}={}", code.code, code.label))
        .collect()
}

/// The rows of make_statistics.py, by hand; `MISSING` and the remarks differ between formats.
fn expected(kmt2a_5: &str, kmt2a_6: &str, remarks: [&str; 6]) -> String {
    let rows = [
        ["P001,1,2015-03-01,2016-05-22,1,33.9,1", remarks[0]],
        ["P002,2,2015-04-15,2019-08-22,0,310,1", remarks[1]],
        ["P003,1,2016-02-29,2020-07-07,0,5.2,2", remarks[2]],
        ["P004,2,2016-12-31,2022-03-04,1,850.5,1", remarks[3]],
        [&format!("P005,1,2017-01-01,2017-02-23,1,-1,{kmt2a_5}"), remarks[4]],
        [&format!("P006,2,2017-06-30,2022-02-24,9,,{kmt2a_6}"), remarks[5]],
    ];
    let rows: Vec<String> = rows.iter().map(|row| row.join(",") + "\n").collect();
    format!("id,sex,dx,last,dead,wbc,kmt2a,note\n{}", rows.concat())
}

const SAID: &str = "The file names the columns.";

#[test]
fn spss_as_it_is_packed_and_in_blocks() {
    let long = "x".repeat(300);
    let remarks = ["", "früh", "日本", "\"a \"\"b\"\", c\"", &long, " lead"];
    for name in ["statistics.sav", "statistics_rows.sav", "statistics.zsav"] {
        let (format, rows) = table(name, 0);
        assert_eq!(format, "sav");
        assert_eq!(rows.rows, expected("", "8", remarks), "{name}");
        assert_eq!((rows.name.as_str(), rows.report.as_str()), ("x", SAID), "{name}");
        assert_eq!(rows.dictionary.as_ref().unwrap().source, "SPSS");
        let dead = column(&rows, "dead");
        assert_eq!(dead.label.as_deref(), Some("vital status"));
        assert_eq!(codes(&dead.levels), ["0=alive", "1=dead"]);
        assert_eq!(codes(&dead.missing), ["9=unknown"]);
        assert_eq!(dead.content, Some(ColumnContent::Category));
        // A range of values counts as missing: those that occur are named.
        let wbc = column(&rows, "wbc");
        assert_eq!(
            (codes(&wbc.missing), wbc.content),
            (vec!["-1=".to_owned()], Some(ColumnContent::Number))
        );
        assert_eq!(column(&rows, "dx").content, Some(ColumnContent::Date));
        assert_eq!(codes(&column(&rows, "kmt2a").missing), ["8=not done"]);
    }
    let (_, rows) = table("moments.sav", 0);
    assert_eq!(
        rows.rows,
        "at,time,a_long_name_of_a_column_with_ü\n2024-03-15 10:30:00,07:05:00,eins\n2024-03-15,23:59:59,zwei\n"
    );
}

#[test]
fn spss_portable_files() {
    let (format, rows) = table("statistics.por", 0);
    assert_eq!(format, "por");
    let remarks = ["", "early", "x", "y", &"x".repeat(100), "z"];
    // All names are in capitals there.
    let text = expected("", "8", remarks);
    let (header, cells) = text.split_once('\n').unwrap();
    assert_eq!(rows.rows, format!("{}\n{cells}", header.to_uppercase()));
    let dead = column(&rows, "DEAD");
    assert_eq!(
        (dead.label.as_deref(), codes(&dead.levels)),
        (None, vec!["0=alive".into(), "1=dead".into(), "9=unknown".into()])
    );
}

#[test]
fn stata_of_today_and_of_before_utf_8() {
    let long = "x".repeat(300);
    let remarks = ["", "früh", "日本", "\"a \"\"b\"\", c\"", &long, " lead"];
    let (format, rows) = table("statistics.dta", 0);
    assert_eq!(format, "dta");
    assert_eq!(rows.rows, expected(".a", ".h", remarks));
    assert_eq!(rows.report, SAID);
    let kmt2a = column(&rows, "kmt2a");
    assert_eq!(codes(&kmt2a.levels), ["1=rearranged", "2=germline"]);
    assert_eq!(codes(&kmt2a.missing), [".h=not done", ".a="]);
    assert_eq!(kmt2a.content, Some(ColumnContent::Category));
    // Days of two kinds, numbers of four bytes, and texts in an encoding that the file does not name.
    let (_, rows) = table("statistics_114.dta", 0);
    assert_eq!(
        rows.rows,
        expected("", "8", ["", "früh", "männlich", "größer", "x", "é"])
    );
    assert_eq!(
        rows.report,
        "The file names the columns. The file does not say in which encoding its texts are: they were read as windows-1252."
    );
    assert_eq!(codes(&column(&rows, "dead").levels), ["0=alive", "1=dead", "9=unknown"]);
    // Months, and texts of any length.
    let (_, rows) = table("months.dta", 0);
    assert_eq!(rows.rows, format!("m,_long\n2024-03,{}\n2024-12,b\n", "a".repeat(3000)));
}

#[test]
fn sas_transport_of_both_versions_and_several_tables() {
    let long = "x".repeat(100);
    let remarks = ["", "early", "x", "y", &long, "z"];
    for name in ["statistics_5.xpt", "statistics_8.xpt", "two.xpt"] {
        let (format, rows) = table(name, 0);
        assert_eq!(format, "xpt");
        assert_eq!(rows.rows, expected("", "8", remarks), "{name}");
        assert_eq!(column(&rows, "dx").label.as_deref(), Some("date of diagnosis"));
    }
    let mut book = Workbook::default();
    let reply = book.open("two.xpt", bytes("two.xpt"));
    assert_eq!(
        (reply.sheet, book.sheets()),
        (None, vec!["COHORT".to_owned(), "CODES".to_owned()])
    );
    let rows = book.rows(1);
    assert_eq!(
        (rows.name.as_str(), rows.rows.as_str()),
        ("two.xpt, table CODES", "code,meaning\n1,alive\n2,dead\n")
    );
}

#[test]
fn sas_data_sets_however_they_are_packed() {
    let header = "id,dx,seen,wbc,n,dead,note\n";
    let rows = [
        "P001,2015-03-01,2016-05-22,33.9,0,1,\n",
        "P002,2015-04-15,2019-08-22 01:00:00,310,1000,0,früh\n",
        "P003,2016-02-29,2020-07-07 02:00:00,5.2,2000,0,日本\n",
        "P004,2016-12-31,2022-03-04 03:00:00,850.5,3000,1,\"a note, a note, a note\"\n",
        &format!("P005,2017-01-01,2017-02-23 04:00:00,.A,4000,1,{}\n", "x".repeat(40)),
        "P006,2017-06-30,2022-02-24 05:00:00,,5000,9,last\n",
    ];
    let catalog = "Formats that SAS keeps in a catalog, not in this file: dead (DEADF); the codes in these columns have no labels here.";
    for name in ["statistics", "statistics_64", "statistics_runs", "statistics_repeats"] {
        let (format, found) = table(&format!("{name}.sas7bdat"), 0);
        assert_eq!(
            (format, found.rows),
            ("sas7bdat", format!("{header}{}", rows.concat())),
            "{name}"
        );
        assert_eq!(found.report, format!("{SAID} {catalog}"), "{name}");
    }
    let (_, found) = table("statistics.sas7bdat", 0);
    assert_eq!(column(&found, "dead").label.as_deref(), Some("vital status"));
    assert_eq!(codes(&column(&found, "wbc").missing), [".A="]);
    // Rows that were deleted are still in the file.
    let (_, found) = table("deleted.sas7bdat", 0);
    let kept: Vec<&str> = [0, 2, 3, 5].iter().map(|&row| rows[row]).collect();
    assert_eq!(found.rows, format!("{header}{}", kept.concat()));
    assert!(
        found.report.ends_with("2 rows marked as deleted: left out."),
        "{}",
        found.report
    );
}

#[test]
fn r_however_it_is_written() {
    let rows = |tagged: [&str; 2]| {
        format!(
            "id,sex,dx,last,seen,dead,wbc,kmt2a,remission,followed,os.time,os.status,number,text,note\n\
             P001,male,2015-03-01,2016-05-22,2016-05-22,1,33.9,1,TRUE,448,448,1,1,1,\n\
             P002,female,2015-04-15,2019-08-22,2019-08-22,0,310,1,FALSE,1590,1590,0,2,2,früh\n\
             P003,male,2016-02-29,2020-07-07,2020-07-07,0,5.2,2,,1590,1590,0,3,3,日本\n\
             P004,female,2016-12-31,2022-03-04,2022-03-04,1,850.5,1,TRUE,1889,1889,1,4,4,\"a \"\"b\"\", c\"\n\
             P005,male,2017-01-01,2017-02-23,2017-02-23,1,-1,{},TRUE,53,53,1,5,5,\n\
             P006,,2017-06-30,2022-02-24,2022-02-24,9,,{},TRUE,1700,1700,0,6,6, lead\n",
            tagged[0], tagged[1]
        )
    };
    let said = "The file names the columns. “seen” has midnights of a time zone that the file does not name: they were read as \
                days. “visits” is not read: its cells are lists or other objects of R.";
    for (name, format, sheet, tagged) in [
        ("statistics.rds", "rds", 0, [".a", ".h"]),
        ("statistics_2.rds", "rds", 0, [".a", ".h"]),
        // Texts have no letters for missing values.
        ("statistics_ascii.rds", "rds", 0, ["", ""]),
        ("statistics.RData", "rdata", 1, [".a", ".h"]),
    ] {
        let (found, table) = table(name, sheet);
        assert_eq!((found, table.rows.as_str()), (format, rows(tagged).as_str()), "{name}");
        assert!(table.report.starts_with(said), "{}", table.report);
        let dead = column(&table, "dead");
        assert_eq!(dead.label.as_deref(), Some("vital status"));
        assert_eq!(
            (codes(&dead.levels), codes(&dead.missing)),
            (vec!["0=alive".into(), "1=dead".into()], vec!["9=unknown".into()])
        );
        assert_eq!(codes(&column(&table, "wbc").missing), ["-1="]);
        assert_eq!(codes(&column(&table, "kmt2a").levels), ["1=rearranged", "2=germline"]);
        assert_eq!(column(&table, "followed").label.as_deref(), Some("followed (days)"));
        assert_eq!(column(&table, "sex").content, Some(ColumnContent::Category));
    }
    let (_, codes) = table("statistics.RData", 0);
    assert_eq!(
        (codes.name.as_str(), codes.rows.as_str()),
        ("x, table codes", "code,meaning\n0,alive\n1,dead\n")
    );
    assert!(
        codes
            .report
            .ends_with("Not read, because no data frame: plus (function), model (lm), place (environment).")
    );
    let why = refused(bytes("no_table.RData"));
    assert_eq!(
        why,
        "x: the R file holds no data frame, but plus (function), place (environment); save the table alone in R: \
         saveRDS(as.data.frame(x), \"table.rds\")."
    );
}

#[test]
fn jamovi_documents() {
    let (format, rows) = table("statistics.omv", 0);
    assert_eq!(format, "omv");
    let text = format!(
        "id,sex,dead,kmt2a,wbc,note\nP001,1,1,rearranged,33.9,\nP002,2,0,rearranged,310,früh\nP003,1,0,germline,5.2,日本\n\
         P004,2,1,rearranged,850.5,\"a \"\"b\"\", c\"\nP005,1,1,,-1,{}\nP006,2,9,not done,, lead\n",
        "x".repeat(300)
    );
    assert_eq!(rows.rows, text);
    let dead = column(&rows, "dead");
    assert_eq!(
        (codes(&dead.levels), codes(&dead.missing)),
        (vec!["0=alive".into(), "1=dead".into()], vec!["9=unknown".into()])
    );
}

/// A file that is cut off is refused, or all that is lost is behind the rows: never fewer rows.
#[test]
fn a_file_that_is_cut_off_is_never_read_in_part() {
    for name in [
        "statistics.sav",
        "statistics.zsav",
        "statistics_rows.sav",
        "statistics.por",
        "statistics.dta",
        "statistics_114.dta",
        "statistics_8.xpt",
        "statistics.sas7bdat",
        "statistics_repeats.sas7bdat",
        "statistics_ascii.rds",
        "no_table.RData",
        "statistics_2.rds",
        "statistics.omv",
    ] {
        let whole = bytes(name);
        let mut book = Workbook::default();
        book.open("x", whole.clone());
        let rows = book.rows(0).rows;
        for end in (0..whole.len()).step_by(1 + whole.len() / 200) {
            let mut book = Workbook::default();
            let reply = book.open("x", whole[..end].to_vec());
            if reply.refused.is_none() {
                let found = book.rows(0).rows;
                assert_eq!(found.lines().count(), rows.lines().count(), "{name} {end}");
            }
        }
    }
}

#[test]
fn other_packed_files_and_pages_are_refused_by_name() {
    let packed = [
        &b"\x1f\x8b\x08\0\0\0\0\0\0\x03"[..],
        &miniz_oxide::deflate::compress_to_vec(b"id,wbc\n1,2\n", 6),
    ]
    .concat();
    let checksum = [packed, vec![0; 8]].concat();
    // Without a right checksum it is damaged.
    assert!(refused(checksum).contains("compressed file (.rds or .RData of R, or another) that is damaged"));
    assert!(refused(b"MIME-Version: 1.0\r\nX: Y\r\n\r\n<table><tr><td>".to_vec()).contains("HTML"));
    assert!(refused(b"<html><body><p>nothing</p></body></html>".to_vec()).contains("empty"));
    let empty = made::zip(&[made::stored("metadata.json", b"{}"), made::stored("data.bin", b"")]);
    assert!(refused(empty).contains("jamovi"));
}
