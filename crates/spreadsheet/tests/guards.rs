//! Files made to fill the memory or to take for ever: refused with a reason, or read right, in seconds and in 1 GB.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod made;

use std::time::{Duration, Instant};

use made::{Part, Xlsx, content, deflated, ods, peak, read, stored, zip};

/// Memory that a browser gives a page, in MB.
const MEMORY: usize = 1_000;
/// A test is not optimised and shares its machine.
const SECONDS: u64 = 20;

const HEADER: &str = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>";

/// What must come of a file.
enum Wanted {
    /// A refusal with these words.
    Refused(&'static str),
    /// So many lines, the last of which is this.
    Lines(usize, String),
}

use Wanted::{Lines, Refused};

fn lines(count: usize, last: &str) -> Wanted {
    Lines(count, last.to_owned())
}

fn check(what: &str, bytes: Vec<u8>, wanted: &Wanted) {
    let start = Instant::now();
    let found = read(bytes);
    let took = start.elapsed();
    match (found, wanted) {
        (Err(why), Refused(words)) => {
            assert!(why.contains(words) && why.contains(';'), "{what}: {why}");
        }
        (Ok(found), Lines(count, last)) => {
            let found: Vec<&str> = found.rows.lines().collect();
            assert_eq!(found.len(), *count, "{what}");
            assert_eq!(found.last(), Some(&last.as_str()), "{what}");
        }
        (Err(why), Lines(..)) => panic!("{what}: {why}"),
        (Ok(found), Refused(words)) => panic!("{what}: {words}, {} bytes of rows", found.rows.len()),
    }
    assert!(took < Duration::from_secs(SECONDS), "{what}: {took:?}");
    if let Some(peak) = peak() {
        assert!(peak < MEMORY, "{what}: {peak} MB");
    }
}

fn xlsx(rows: &str) -> Vec<u8> {
    Xlsx::of(&format!("{HEADER}{rows}")).bytes()
}

fn letters(column: usize) -> String {
    let (before, letter) = (column / 26, (b'A' + (column % 26) as u8) as char);
    match before {
        0 => letter.to_string(),
        _ => format!("{}{letter}", letters(before - 1)),
    }
}

/// One cell in each row, each one column further.
fn diagonal(rows: usize) -> String {
    let row = |row: usize| {
        format!(
            "<row r=\"{}\"><c r=\"{}{}\"><v>1</v></c></row>",
            row + 1,
            letters(row),
            row + 1
        )
    };
    (1..rows).map(row).collect()
}

#[test]
fn files_of_excel() {
    let none = "<row r=\"2\"><c><v>1</v></c><c><v>2</v></c></row>";
    let merged = |range: &str, times: usize| {
        let cells = format!("<mergeCell ref=\"{range}\"/>").repeat(times);
        let mut book = Xlsx::of(&format!("{HEADER}{none}"));
        book.sheet = book
            .sheet
            .replace("</sheetData>", &format!("</sheetData><mergeCells>{cells}</mergeCells>"));
        book.bytes()
    };
    let doctype = |doctype: &str, text: &str| {
        let mut book = Xlsx::of(&format!(
            "{HEADER}<row><c t=\"inlineStr\"><is><t>{text}</t></is></c><c><v>2</v></c></row>"
        ));
        book.sheet = format!("<!DOCTYPE w [{doctype}]>{}", book.sheet);
        book.bytes()
    };
    let laughs = "<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">";
    let mut long = Xlsx::of(&format!(
        "{HEADER}{}",
        "<row><c t=\"s\"><v>2</v></c><c t=\"s\"><v>2</v></c></row>".repeat(2_000)
    ));
    long.strings = format!(
        "<sst><si><t>id</t></si><si><t>w</t></si><si><t>{}</t></si></sst>",
        "A".repeat(100_000)
    );
    let named = |number: usize| {
        let mut book = Xlsx::of(&format!("{HEADER}{none}"));
        let sheet = "<sheet name=\"P\" r:id=\"r1\"/>";
        book.workbook = book.workbook.replace(sheet, &sheet.repeat(number));
        book.bytes()
    };
    let mut styled = Xlsx::of(&format!("{HEADER}{none}"));
    let formats: String = (200..30_000)
        .map(|id| format!("<numFmt numFmtId=\"{id}\" formatCode=\"0\"/>"))
        .collect();
    let used: String = (200..30_000).map(|id| format!("<xf numFmtId=\"{id}\"/>")).collect();
    styled.styles = format!("<styleSheet><numFmts>{formats}</numFmts><cellXfs>{used}</cellXfs></styleSheet>");
    let deep = format!("<row><c>{}<v>1</v></c><c><v>2</v></c></row>", "<a>".repeat(300_000));
    for (what, bytes, wanted) in [
        (
            "the last row",
            xlsx("<row r=\"1048576\"><c r=\"A1048576\"><v>5</v></c></row>"),
            lines(1_048_576, "5,"),
        ),
        (
            "below it",
            xlsx("<row r=\"1048577\"><c r=\"A1048577\"><v>5</v></c></row>"),
            Refused("below row 1,048,576"),
        ),
        (
            "the largest number of a row",
            xlsx("<row r=\"4294967295\"><c r=\"A4294967295\"><v>5</v></c></row>"),
            Refused("too large: a cell stands below row 1,048,576"),
        ),
        (
            "a number above it",
            xlsx("<row r=\"4294967296\"><c><v>5</v></c></row>"),
            Refused("damaged"),
        ),
        (
            "no place",
            xlsx("<row r=\"2\"><c r=\"A0\"><v>5</v></c></row>"),
            Refused("damaged"),
        ),
        (
            "empty cells below",
            xlsx(&format!("{none}<row r=\"4294967295\"><c r=\"A4294967295\"/></row>")),
            lines(2, "1,2"),
        ),
        (
            "the last column",
            xlsx("<row r=\"2\"><c r=\"XFD2\"><v>5</v></c></row>"),
            lines(2, ",,5"),
        ),
        (
            "beyond it",
            xlsx("<row r=\"2\"><c r=\"XFE2\"><v>5</v></c></row>"),
            Refused("beyond column 16,384"),
        ),
        (
            "a narrow diagonal",
            xlsx(&diagonal(500)),
            lines(500, &format!("{}1", ",".repeat(499))),
        ),
        (
            "a wide diagonal",
            xlsx(&diagonal(16_384)),
            Refused("too large: its cells stand so far apart"),
        ),
        ("a wider one", xlsx(&diagonal(16_385)), Refused("beyond column")),
        (
            "a string as often as the limit",
            long.bytes(),
            Refused("text; leave out"),
        ),
        ("merged cells of one cell", merged("A2:A2", 50_000), lines(2, "1,2")),
        ("merged cells of all", merged("A1:XFD1048576", 50_000), lines(2, "1,2")),
        ("merged cells of the header", merged("A1:XFD1", 50_000), lines(2, "1,2")),
        (
            "a file's text",
            doctype("<!ENTITY x SYSTEM \"file:///etc/passwd\">", "&x;"),
            lines(2, "&x;,2"),
        ),
        ("text in text", doctype(laughs, "&c;"), lines(2, "&c;,2")),
        ("all sheets", named(1_000), lines(2, "1,2")),
        ("a sheet more", named(1_001), Refused("more than 1,000 sheets")),
        ("styles", styled.bytes(), lines(2, "1,2")),
        ("deep in a cell", xlsx(&deep), lines(2, "1,2")),
    ] {
        check(what, bytes, &wanted);
    }
}

#[test]
fn parts_that_are_larger_than_they_say() {
    let book = Xlsx::of(HEADER);
    let zeros = deflated("xl/sheet.xml", &vec![0; 30_000_000]);
    for (what, size, wanted) in [
        ("less than it is", 1_000, Refused("damaged")),
        ("what it is", 30_000_000, Refused("damaged")),
        ("the limit", 200_000_000, Refused("damaged")),
        (
            "above the limit",
            200_000_001,
            Refused("too large: a part of it holds more than 200 MB"),
        ),
        (
            "as much as can be said",
            u32::MAX - 1,
            Refused("too large: a part of it"),
        ),
    ] {
        let part = Part {
            name: zeros.name.clone(),
            packed: zeros.packed.clone(),
            size,
            ..zeros
        };
        check(what, book.packed(part), &wanted);
    }
}

#[test]
fn files_of_open_document() {
    let cell = |text: &str, times: u32| {
        format!(
            "<table:table-cell table:number-columns-repeated=\"{times}\" office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |times: u32, cells: &str| {
        format!("<table:table-row table:number-rows-repeated=\"{times}\">{cells}</table:table-row>")
    };
    let header = row(1, &format!("{}{}", cell("time", 1), cell("event", 1)));
    let of = |times: u32, columns: u32| format!("{header}{}", row(times, &cell("5", columns)));
    let deep = format!("{}5{}", "<text:span>".repeat(200_000), "</text:span>".repeat(200_000));
    let empty = row(1_048_576, "<table:table-cell table:number-columns-repeated=\"16384\"/>");
    for (what, rows, wanted) in [
        ("rows that are meant", format!("{}{}", of(15_000, 2), row(1, &cell("7", 2))), lines(15_002, "7,7")),
        ("all rows", of(1_048_575, 1), lines(1_048_576, "5,")),
        ("a row more", of(1_048_576, 2), Refused("below row 1,048,576")),
        ("all columns", of(1, 16_384), lines(2, &vec!["5"; 16_384].join(","))),
        ("a column more", of(1, 16_385), Refused("beyond column 16,384")),
        ("cells above the limit", of(1_000_000, 5), Refused("too large: more than 5,000,000 cells")),
        ("enormous numbers", of(999_999_999, 999_999_999), Refused("too large")),
        ("numbers that are none", of(1, 2).replace("\"2\"", "\"99999999999999\""), lines(2, "5,")),
        ("empty rows to the end", format!("{}{}", of(1, 2), empty.repeat(2_000)), lines(2, "5,5")),
        (
            "long text as often as columns are",
            row(100, &cell(&"A".repeat(100_000), 16_384)),
            Refused("text; leave out"),
        ),
        (
            "spaces as often as they are",
            format!("{header}{}", row(1, &cell(&"<text:s text:c=\"4294967295\"/>".repeat(7_000), 1))),
            Refused("text; leave out"),
        ),
        (
            "merged cells of any size",
            of(1, 2).replace(
                "office:value-type",
                "table:number-columns-spanned=\"4294967295\" table:number-rows-spanned=\"4294967295\" office:value-type",
            ),
            lines(2, "5,5"),
        ),
        (
            "deep in a cell",
            format!("{header}{}", row(1, &cell(&deep, 2))),
            lines(2, "5,5"),
        ),
    ] {
        check(what, ods(&rows), &wanted);
    }
    check(
        "flat",
        content(&of(999_999_999, 2), true).into_bytes(),
        &Refused("below row"),
    );
}

/// Archives whose directory says what is not there.
#[test]
fn archives_that_lie() {
    let parts = || [stored("content.xml", content("", false).as_bytes())];
    let whole = zip(&parts());
    for at in whole.len() - 22..whole.len() {
        for value in [0, 1, 0x7f, 0xff] {
            let mut changed = whole.clone();
            changed[at] = value;
            let start = Instant::now();
            let _ = read(changed);
            assert!(start.elapsed() < Duration::from_secs(2), "{at} {value}");
        }
    }
}
