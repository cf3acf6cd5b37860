//! Files made to fill the memory or to take for ever: refused with a reason, or read right, in seconds and in 1 GB.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod made;

use std::time::{Duration, Instant};

use made::{Part, Xlsx, compound, content, deflated, long_record, ods, peak, read, record, stored, xls, xlsb, zip};

/// Memory that a browser gives a page, in MB.
const MEMORY: usize = 1_000;
/// A test is not optimised and shares its machine.
const SECONDS: u64 = 20;

const HEADER: &str = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>";

/// The required result of reading a file.
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
            Refused("too large: a cell is below row 1,048,576"),
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

/// Row, column and style of a cell of the old format, before its value.
fn old_cell(kind: u16, row: u16, column: u16, value: &[u8]) -> Vec<u8> {
    let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
    record(kind, &[&place, value].concat())
}

#[test]
fn files_of_the_old_format() {
    let label = |row, column| old_cell(0x0204, row, column, b"\x02\0\0id");
    let number = |row, column| old_cell(0x0203, row, column, &5_f64.to_le_bytes());
    let header = [label(0, 0), label(0, 1)].concat();
    let of = |cells: &[u8]| xls(&[], &[&header, cells].concat());
    let strings = |length: u16, number: u32| {
        let text = [&length.to_le_bytes()[..], &[0], &vec![b'A'; usize::from(length)]].concat();
        record(0xfc, &[&1_u32.to_le_bytes()[..], &number.to_le_bytes(), &text].concat())
    };
    let times: Vec<u8> = (1..=20_000)
        .flat_map(|row| [old_cell(0xfd, row, 0, &[0; 4]), old_cell(0xfd, row, 1, &[0; 4])].concat())
        .collect();
    let one_of = |index: u32| [header.clone(), old_cell(0xfd, 1, 0, &index.to_le_bytes()), number(1, 1)].concat();
    let sizes = |last: u32| {
        record(
            0x0200,
            &[&[0; 4][..], &last.to_le_bytes(), &[0, 0, 0xff, 0xff, 0, 0]].concat(),
        )
    };
    let merged = record(
        0xe5,
        &[
            &1000_u16.to_le_bytes()[..],
            &[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff].repeat(1000),
        ]
        .concat(),
    );
    let two = [number(1, 0), number(1, 1)].concat();
    let formula = |value: [u8; 8]| old_cell(0x0006, 1, 1, &[&value[..], &[0xff; 200]].concat());
    let with = |value| of(&[number(1, 0), formula(value)].concat());
    for (what, bytes, wanted) in [
        ("a cell at the end", of(&number(65_535, 255)), lines(65_536, ",,5")),
        ("a column beyond", of(&number(1, 65_535)), Refused("beyond column")),
        (
            "a size of all",
            of(&[sizes(u32::MAX), two.clone()].concat()),
            lines(2, "5,5"),
        ),
        (
            "a size of nothing",
            xls(&[], &[record(0x0200, &[0; 14]), header.clone(), two.clone()].concat()),
            lines(2, "5,5"),
        ),
        (
            "a size that runs back",
            of(&[sizes(0), two.clone()].concat()),
            lines(2, "5,5"),
        ),
        (
            "merged cells of all",
            of(&[two.clone(), merged.repeat(100)].concat()),
            lines(2, "5,5"),
        ),
        (
            "a string as often as the limit",
            xls(&strings(8_000, 1), &[header.clone(), times].concat()),
            Refused("text; leave out"),
        ),
        (
            "more strings than there are",
            xls(&strings(5, u32::MAX), &one_of(0)),
            lines(2, "AAAAA,5"),
        ),
        (
            "a string that is not there",
            xls(&strings(5, 1), &one_of(7)),
            lines(2, "#STRING 7,5"),
        ),
        ("no strings", xls(&[], &one_of(0)), lines(2, "#STRING 0,5")),
        (
            "a string cut off",
            xls(&record(0xfc, b"\0\0\0\0\0\0\0\0\x09\0\x01AA"), &one_of(0)),
            Refused("damaged"),
        ),
        (
            "strings that go on in nothing",
            xls(
                &[record(0xfc, b"\0\0\0\0\0\0\0\0\x09\0\0AA"), record(0x3c, &[])].concat(),
                &one_of(0),
            ),
            Refused("damaged"),
        ),
        (
            "a cell cut off",
            of(&[number(1, 0), record(0x0203, &[1, 0, 1])].concat()),
            Refused("damaged"),
        ),
        (
            "a sheet cut off",
            compound(&{
                let whole = of(&two);
                let mut stream = Vec::new();
                let mut file = cfb::CompoundFile::open(std::io::Cursor::new(whole)).unwrap();
                std::io::Read::read_to_end(&mut file.open_stream("/Workbook").unwrap(), &mut stream).unwrap();
                stream.truncate(stream.len() - 5);
                stream
            }),
            Refused("damaged"),
        ),
        (
            "two cells in one place",
            of(&[number(1, 0), number(1, 0)].concat()),
            Refused("damaged"),
        ),
        (
            "an unknown error",
            of(&[number(1, 0), old_cell(0x0205, 1, 1, &[99, 1])].concat()),
            lines(2, "5,#ERROR 99"),
        ),
        (
            "a formula's text that is not there",
            with([0, 0, 0, 0, 0, 0, 0xff, 0xff]),
            lines(2, "5,#NOVALUE!"),
        ),
        (
            "a formula's error",
            with([2, 0, 0x2a, 0, 0, 0, 0xff, 0xff]),
            lines(2, "5,#N/A"),
        ),
        (
            "a formula that was not computed",
            with([3, 0, 0, 0, 0, 0, 0xff, 0xff]),
            lines(2, "5,#NOVALUE!"),
        ),
        (
            "a 0 that was not computed",
            of(&[record(0x5e, &[0, 0]), number(1, 0), formula([0; 8])].concat()),
            lines(2, "5,#NOVALUE!"),
        ),
        ("a 0", with([0; 8]), lines(2, "5,0")),
        ("a formula's number", with(5_f64.to_le_bytes()), lines(2, "5,5")),
        (
            "no number",
            of(&[number(1, 0), old_cell(0x0203, 1, 1, &f64::NAN.to_le_bytes())].concat()),
            lines(2, "5,NaN"),
        ),
        (
            "no password, a word of it",
            xls(&record(0x2f, &[1, 0]), &two),
            Refused("password"),
        ),
        (
            "cells side by side beyond a sheet",
            of(&record(0xbd, &[&[1, 0, 0xff, 0xff][..], &[0; 12], &[0, 0]].concat())),
            Refused("damaged"),
        ),
    ] {
        check(what, bytes, &wanted);
    }
}

/// A compound file whose sectors follow each other in a circle, or point nowhere.
#[test]
fn compound_files_that_lie() {
    let whole = compound(&[0; 20_000]);
    for at in (0..512).chain((512..whole.len()).step_by(67)) {
        for value in [1, 0xfd] {
            let mut changed = whole.clone();
            changed[at] = value;
            assert!(read(changed).is_err(), "{at} {value}");
        }
    }
}

#[test]
fn files_of_the_binary_format() {
    let row = |row: u32| long_record(0x00, &[&row.to_le_bytes()[..], &[0; 13]].concat());
    let cell =
        |kind: u16, column: u32, value: &[u8]| long_record(kind, &[&column.to_le_bytes()[..], &[0; 4], value].concat());
    let number = |column| cell(0x05, column, &5_f64.to_le_bytes());
    let header = [row(0), cell(0x07, 0, &[0; 4]), cell(0x07, 1, &[0; 4])].concat();
    let of = |cells: Vec<u8>| xlsb(&["id"], &[header.clone(), cells].concat());
    let long = "A".repeat(100_000);
    let times: Vec<u8> = (1..2_000)
        .flat_map(|at| [row(at), cell(0x07, 0, &[1, 0, 0, 0]), cell(0x07, 1, &[1, 0, 0, 0])].concat())
        .collect();
    let two = [row(1), number(0), number(1)].concat();
    for (what, bytes, wanted) in [
        ("two cells", of(two.clone()), lines(2, "5,5")),
        (
            "the last row",
            of([row(1_048_575), number(0)].concat()),
            lines(1_048_576, "5,"),
        ),
        (
            "below it",
            of([row(1_048_576), number(0)].concat()),
            Refused("below row 1,048,576"),
        ),
        (
            "the largest number of a row",
            of([row(u32::MAX), number(0)].concat()),
            Refused("below row"),
        ),
        (
            "the last column",
            of([row(1), number(16_383)].concat()),
            lines(2, ",,5"),
        ),
        (
            "beyond it",
            of([row(1), number(16_384)].concat()),
            Refused("beyond column"),
        ),
        (
            "a string as often as the limit",
            xlsb(&["id", &long], &[header.clone(), times].concat()),
            Refused("text; leave out"),
        ),
        (
            "a string that is not there",
            of([row(1), cell(0x07, 0, &[9, 0, 0, 0]), number(1)].concat()),
            lines(2, "#STRING 9,5"),
        ),
        (
            "a text longer than its record",
            of([row(1), cell(0x06, 0, &[0xff; 4])].concat()),
            Refused("damaged"),
        ),
        (
            "a number cut off",
            of([row(1), cell(0x05, 0, &[0; 7])].concat()),
            Refused("damaged"),
        ),
        (
            "a cell cut off",
            of([row(1), long_record(0x05, &[0; 3])].concat()),
            Refused("damaged"),
        ),
        (
            "a record longer than the sheet",
            of([two.clone(), vec![0x05, 0xff, 0xff, 0xff, 0x7f]].concat()),
            Refused("damaged"),
        ),
        (
            "an unknown error",
            of([row(1), number(0), cell(0x03, 1, &[99])].concat()),
            lines(2, "5,#ERROR 99"),
        ),
        (
            "a formula's error",
            of([row(1), number(0), cell(0x0b, 1, &[0x2a, 0, 0])].concat()),
            lines(2, "5,#N/A"),
        ),
        (
            "records that nobody knows",
            of([long_record(0x3fff, &[0; 9]), two].concat()),
            lines(2, "5,5"),
        ),
    ] {
        check(what, bytes, &wanted);
    }
}

/// Archives with a false directory.
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
