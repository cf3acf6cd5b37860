//! The text of each kind of cell: its value, or a mark that it cannot be read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod made;

use made::{Xlsx, content, deflated, ods, read, stored, zip};

/// Styles by number: 0 none, 1 a built-in day, 2 percent, 3 a percent sign as text, 4 a year of an era, 5 built-in
/// percent, 6 a time of day or a day by the language, 7 a time of day.
const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0.00%\"/>\
    <numFmt numFmtId=\"165\" formatCode=\"0.0\\%\"/><numFmt numFmtId=\"166\" formatCode=\"[$-411]ge\"/></numFmts>\
    <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>\
    <xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"9\"/><xf numFmtId=\"55\"/><xf numFmtId=\"20\"/></cellXfs>\
    <dxfs><dxf><numFmt numFmtId=\"0\" formatCode=\"yyyy\"/></dxf></dxfs></styleSheet>";

/// Attributes and content of a cell of Excel, and its text.
const CELLS: &[(&str, &str, &str)] = &[
    ("", "", ""),
    ("", "<v>33.899999999999999</v>", "33.9"),
    ("t=\"n\"", "<v></v>", ""),
    ("t=\"s\"", "<v>1</v>", "x"),
    ("t=\"s\"", "<v>7</v>", "#STRING 7"),
    // Days, in all that shows a day.
    ("s=\"1\"", "<v>43105</v>", "2018-01-05"),
    ("s=\"1\"", "<v>43105.5</v>", "2018-01-05 12:00:00"),
    ("s=\"1\"", "<v>43105.99999999537</v>", "2018-01-05 23:59:59"),
    ("s=\"4\"", "<v>43105</v>", "2018-01-05"),
    ("s=\"6\"", "<v>43105</v>", "2018-01-05"),
    ("s=\"6\"", "<v>0.25</v>", "0.25"),
    ("s=\"7\"", "<v>0.25</v>", "0.25"),
    ("s=\"1\" t=\"d\"", "<v>2018-01-05</v>", "2018-01-05"),
    ("s=\"1\" t=\"d\"", "<v>2018-01-05T00:00:00</v>", "2018-01-05"),
    ("t=\"d\"", "<v>2018-01-05T23:59:59.9996</v>", "2018-01-05 23:59:59"),
    // Percentages, counted once whatever the column is called.
    ("s=\"2\"", "<v>0.001</v>", "0.1%"),
    ("s=\"5\"", "<v>7.0000000000000007E-2</v>", "7%"),
    ("s=\"2\"", "<f>A1</f><v>2.0000000000000002E-5</v>", "0.002%"),
    ("s=\"3\"", "<v>0.1</v>", "0.1%"),
    // Truth values, as numbers and as words.
    ("t=\"b\"", "<v>1</v>", "TRUE"),
    ("t=\"b\"", "<v>0</v>", "FALSE"),
    ("t=\"b\"", "<v>true</v>", "TRUE"),
    ("t=\"b\"", "<v>False</v>", "FALSE"),
    ("t=\"b\"", "<v>maybe</v>", "maybe"),
    ("t=\"b\"", "<v/>", "#NOVALUE!"),
    // Errors are their text.
    ("t=\"e\"", "<f>NA()</f><v>#N/A</v>", "#N/A"),
    ("t=\"e\"", "<v>#REF!</v>", "#REF!"),
    ("t=\"e\"", "<f>1/0</f><v></v>", "#NOVALUE!"),
    // A formula without a value is neither an empty cell nor 0; one whose value is an empty text is an empty cell.
    ("", "<f>DATE(2023,1,2)</f><v></v>", "#NOVALUE!"),
    ("s=\"1\"", "<f>DATE(2023,1,2)</f><v/>", "#NOVALUE!"),
    ("s=\"2\"", "<f>A1</f>", "#NOVALUE!"),
    ("t=\"str\"", "<f>A1</f>", "#NOVALUE!"),
    ("t=\"str\"", "<f>\"\"</f><v></v>", ""),
    ("t=\"str\"", "<f>A1</f><v>a_x000D_b</v>", "a b"),
    ("", "<f t=\"shared\" si=\"0\"/><v>0</v>", "0"),
    // Lines are spaces, phonetic readings are omitted.
    ("t=\"inlineStr\"", "<is><t>a\nb</t></is>", "a b"),
    (
        "t=\"inlineStr\"",
        "<is><r><t>漢</t></r><rPh><t>かん</t></rPh></is>",
        "漢",
    ),
    // Extensions of a program are not content.
    ("", "<v>5</v><extLst><ext><v>6</v></ext></extLst>", "5"),
    // No number where there should be one: it is seen.
    ("", "<v>NaN</v>", "NaN"),
    ("s=\"1\"", "<v>-3</v>", "-3"),
    ("", "<v>INF</v>", "INF"),
    ("t=\"n\"", "<v>abc</v>", "abc"),
    // Numbers as XML may hold them.
    ("", "<v>&#53;</v>", "5"),
    ("", "<v><![CDATA[5]]></v>", "5"),
    ("", "<v><!-- 4 -->5</v>", "5"),
    ("s=\"1\"", "<v> 43105 </v>", "2018-01-05"),
    ("t=\"s\"", "<v> 1 </v>", "x"),
    ("t=\"s\"", "<v>x</v>", "#STRING x"),
    // Errors of later versions, and an unknown type.
    ("t=\"e\"", "<v>#SPILL!</v>", "#SPILL!"),
    ("t=\"z\"", "<v>5</v>", "5"),
];

/// A workbook with a cell of each kind below a header.
fn workbook(cells: &[(&str, &str, &str)]) -> Xlsx {
    let row = |(attributes, inside, _): &(&str, &str, &str)| {
        format!("<row><c t=\"s\"><v>0</v></c><c {attributes}>{inside}</c></row>")
    };
    let rows: String = cells.iter().map(row).collect();
    let header = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>";
    Xlsx {
        styles: STYLES.to_owned(),
        ..Xlsx::of(&format!("{header}{rows}"))
    }
}

/// The texts of the second column.
fn texts(bytes: Vec<u8>) -> Vec<String> {
    let rows = read(bytes).unwrap().rows;
    let second = |line: &str| line.split_once(',').unwrap().1.to_owned();
    rows.lines().skip(1).map(second).collect()
}

#[test]
fn cells_of_excel() {
    let found = texts(workbook(CELLS).bytes());
    assert_eq!(found.len(), CELLS.len());
    for ((attributes, inside, wanted), found) in CELLS.iter().zip(found) {
        assert_eq!(found, *wanted, "<c {attributes}>{inside}</c>");
    }
    let report = read(workbook(CELLS).bytes()).unwrap().report;
    assert!(report.contains("4 cells are a formula's error"), "{report}");
    assert!(report.contains("6 cells have a formula and no value"), "{report}");
}

/// A workbook for each kind of cell into the folder `COTSIDE_KINDS`, for `src/comparison.rs`.
#[test]
#[ignore = "writes files"]
fn kinds_as_files() {
    let folder = std::env::var("COTSIDE_KINDS").expect("a folder");
    for (at, cell) in CELLS.iter().enumerate() {
        std::fs::write(format!("{folder}/{at}.xlsx"), workbook(&[*cell]).bytes()).unwrap();
    }
    for (at, (attributes, inside, _)) in ODS_CELLS.iter().enumerate() {
        let id = "<table:table-cell office:value-type=\"string\"><text:p>id</text:p></table:table-cell>";
        let row = format!(
            "<table:table-row>{id}<table:table-cell {attributes}>{inside}</table:table-cell></table:table-row>"
        );
        std::fs::write(format!("{folder}/{at}.ods"), ods(&row)).unwrap();
    }
}

/// Elements may have any prefix, and the names of the strict standard.
#[test]
fn prefixes_and_the_strict_standard_change_nothing() {
    let plain = workbook(CELLS);
    let wanted = texts(plain.bytes());
    let prefixed = |text: &str| {
        let mut out = String::new();
        for (index, piece) in text.split('<').enumerate() {
            let (start, piece) = piece.strip_prefix('/').map_or(("<", piece), |name| ("</", name));
            // Comments and character data have no names.
            let name = match index {
                0 => String::new(),
                _ if piece.starts_with('!') => start.to_owned(),
                _ => format!("{start}x:"),
            };
            out.push_str(&name);
            out.push_str(piece);
        }
        out
    };
    assert_eq!(texts(plain.clone().map(prefixed).bytes()), wanted);
    let strict = |text: &str| {
        text.replace(
            "http://schemas.openxmlformats.org/officeDocument/2006",
            "http://purl.oclc.org/ooxml/officeDocument",
        )
    };
    assert_eq!(texts(plain.map(strict).bytes()), wanted);
}

/// 1462 days are between the two systems, and a day is the same day in both; whatever stands beside.
#[test]
fn days_since_1904() {
    for own in [
        "",
        "<extLst><ext><x15:workbookPr chartTrackingRefBase=\"1\"/></ext></extLst>",
        "<extLst><ext><x15:workbookPr date1904=\"0\"/></ext></extLst>",
    ] {
        for (date_1904, moved) in [("1", 1462), ("true", 1462), ("0", 0), ("false", 0)] {
            for (day, wanted) in [(43105, "2018-01-05"), (36585, "2000-02-29"), (2_000, "1905-06-22")] {
                let cell = format!("<v>{}</v>", day - moved);
                let book = Xlsx {
                    workbook: format!(
                        "<workbook><workbookPr date1904=\"{date_1904}\"/><sheets><sheet name=\"P\" r:id=\"r1\"/></sheets>{own}</workbook>"
                    ),
                    ..workbook(&[("s=\"1\"", &cell, "")])
                };
                assert_eq!(texts(book.bytes()), [wanted], "{date_1904} {own}");
            }
        }
    }
}

/// A program that cannot compute writes 0 with each formula and asks the next one to compute; others mean their 0.
#[test]
fn zeros_that_were_never_computed() {
    let zero = ("", "<f>A1</f><v>0</v>", "");
    let one = ("", "<f>A1</f><v>1</v>", "");
    let plain = ("", "<v>0</v>", "");
    for (to_compute, cells, wanted) in [
        ("<calcPr fullCalcOnLoad=\"1\"/>", [zero, plain], ["#NOVALUE!", "0"]),
        (
            "<calcPr fullCalcOnLoad=\"1\"/>",
            [zero, zero],
            ["#NOVALUE!", "#NOVALUE!"],
        ),
        ("<calcPr fullCalcOnLoad=\"1\"/>", [zero, one], ["0", "1"]),
        ("<calcPr fullCalcOnLoad=\"1\"/>", [plain, plain], ["0", "0"]),
        ("<calcPr fullCalcOnLoad=\"0\"/>", [zero, plain], ["0", "0"]),
        ("", [zero, zero], ["0", "0"]),
    ] {
        let mut book = workbook(&cells);
        book.workbook = book.workbook.replace("</sheets>", &format!("</sheets>{to_compute}"));
        assert_eq!(texts(book.bytes()), wanted, "{to_compute} {cells:?}");
    }
}

/// Colours may mean something; those of all rows, of the header, or of rows without anything do not.
#[test]
fn coloured_rows_are_reported() {
    let styles = "<styleSheet><fills><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"solid\"/>\
        </fill></fills><cellXfs><xf/><xf fillId=\"1\"/></cellXfs><dxfs><dxf><fill><patternFill/></fill></dxf></dxfs></styleSheet>";
    for (coloured, words) in [
        ("0000", ""),
        ("1000", ""),
        ("0111", ""),
        ("0001", "1 row has coloured cells"),
        ("1101", "2 rows have coloured cells"),
    ] {
        let row = |style: char| format!("<row><c s=\"{style}\"><v>1</v></c><c s=\"{style}\"><v>2</v></c></row>");
        let rows: String = coloured.chars().map(row).collect();
        let book = Xlsx {
            styles: styles.to_owned(),
            ..Xlsx::of(&format!("{rows}<row r=\"9\"><c s=\"1\"/></row>"))
        };
        let read = read(book.bytes()).unwrap();
        let report = read.report;
        let reported = report.contains("coloured");
        // The column is there where colours are told, and says which rows have them.
        let column: Vec<&str> = read.rows.lines().filter_map(|line| line.split(',').nth(2)).collect();
        if reported {
            let below = coloured.chars().skip(1);
            let expected = below.map(|style| if style == '1' { "yes" } else { "no" });
            assert_eq!(
                column,
                std::iter::once("Coloured row").chain(expected).collect::<Vec<_>>(),
                "{coloured}"
            );
        } else {
            assert!(column.is_empty(), "{column:?}");
        }
        assert!(
            report.contains(words) && reported != words.is_empty(),
            "{coloured}: {report}"
        );
    }
}

/// Attributes and content of a cell of OpenDocument, and its text.
const ODS_CELLS: &[(&str, &str, &str)] = &[
    ("", "", ""),
    (
        "office:value-type=\"float\" office:value=\"33.9\"",
        "<text:p>34</text:p>",
        "33.9",
    ),
    (
        "office:value-type=\"float\" office:value=\"0\"",
        "<text:p>0</text:p>",
        "0",
    ),
    ("office:value-type=\"float\"", "", "#NOVALUE!"),
    (
        "office:value-type=\"currency\" office:value=\"5\"",
        "<text:p>5 €</text:p>",
        "5",
    ),
    (
        "office:value-type=\"percentage\" office:value=\"0.001\"",
        "<text:p>0%</text:p>",
        "0.1%",
    ),
    (
        "office:value-type=\"date\" office:date-value=\"2018-01-05\"",
        "<text:p>05.01.18</text:p>",
        "2018-01-05",
    ),
    (
        "office:value-type=\"date\" office:date-value=\"2018-01-05T12:30:00.5\"",
        "<text:p>05.01.18</text:p>",
        "2018-01-05 12:30:00",
    ),
    (
        "office:value-type=\"boolean\" office:boolean-value=\"true\"",
        "<text:p>WAHR</text:p>",
        "TRUE",
    ),
    ("office:value-type=\"string\" office:string-value=\"text\"", "", "text"),
    // Errors, of programs that say so and of those that write 0, in several languages.
    (
        "table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"",
        "<text:p>#DIV/0!</text:p>",
        "#DIV/0!",
    ),
    (
        "calcext:value-type=\"error\" table:formula=\"of:=1/0\" office:value-type=\"float\" office:value=\"0\"",
        "<text:p>#DIV/0!</text:p>",
        "#DIV/0!",
    ),
    (
        "table:formula=\"of:=1/0\" office:value-type=\"float\" office:value=\"0\"",
        "<text:p>#BEZUG!</text:p>",
        "#BEZUG!",
    ),
    (
        "table:formula=\"of:=A1\" office:value-type=\"float\" office:value=\"0\"",
        "<text:p>Err:502</text:p>",
        "Err:502",
    ),
    (
        "table:formula=\"of:=A1\" office:value-type=\"date\" office:date-value=\"1899-12-30\"",
        "<text:p>Err :522</text:p>",
        "Err :522",
    ),
    (
        "table:formula=\"of:=A1\" office:value-type=\"float\" office:value=\"0\" calcext:value-type=\"error\"",
        "",
        "#NOVALUE!",
    ),
    // Not errors.
    (
        "table:formula=\"of:=A1\" office:value-type=\"float\" office:value=\"0\"",
        "<text:p>-</text:p>",
        "0",
    ),
    (
        "table:formula=\"of:=A1\" office:value-type=\"float\" office:value=\"0\"",
        "<text:p>No: 0</text:p>",
        "0",
    ),
    (
        "table:formula=\"of:=A1\" office:value-type=\"float\" office:value=\"3\"",
        "<text:p># 3</text:p>",
        "3",
    ),
    // A formula that was never computed, and one whose value is an empty text.
    ("table:formula=\"of:=A1\"", "", "#NOVALUE!"),
    (
        "table:formula=\"of:=A1\" office:value-type=\"string\" office:string-value=\"\"",
        "",
        "",
    ),
    // Lines, tabs and spaces of a text are spaces; lines of the XML are none.
    (
        "office:value-type=\"string\"",
        "<text:p>dead<text:line-break/>(relapse)</text:p>",
        "dead (relapse)",
    ),
    (
        "office:value-type=\"string\"",
        "<text:p>alive<text:tab/>CR1</text:p>",
        "alive CR1",
    ),
    (
        "office:value-type=\"string\"",
        "<text:p>a<text:s text:c=\"2\"/>b<text:s/>c</text:p>",
        "a  b c",
    ),
    (
        "office:value-type=\"string\"",
        "<text:p>two</text:p><text:p>lines</text:p>",
        "two lines",
    ),
    (
        "office:value-type=\"string\"",
        "\n   <text:p>a\n   <text:span>b</text:span></text:p>\n  ",
        "a b",
    ),
    (
        "office:value-type=\"string\"",
        "<office:annotation><text:p>note</text:p></office:annotation><text:p>P1</text:p>",
        "P1",
    ),
    (
        "office:value-type=\"string\"",
        "<text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>かん</text:ruby-text></text:ruby></text:p>",
        "漢",
    ),
];

#[test]
fn cells_of_open_document() {
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |(attributes, inside, _): &(&str, &str, &str)| {
        format!(
            "<table:table-row>{}<table:table-cell {attributes}>{inside}</table:table-cell></table:table-row>",
            text("id")
        )
    };
    let header = format!("<table:table-row>{}{}</table:table-row>", text("id"), text("x"));
    let rows: String = std::iter::once(header).chain(ODS_CELLS.iter().map(row)).collect();
    // In an archive and flat, and with the lines and indents of a flat document.
    for bytes in [
        ods(&rows),
        content(&rows, true).into_bytes(),
        content(&rows.replace("<table:", "\n  <table:"), true).into_bytes(),
    ] {
        let found = texts(bytes);
        assert_eq!(found.len(), ODS_CELLS.len());
        for ((attributes, inside, wanted), found) in ODS_CELLS.iter().zip(found) {
            assert_eq!(found, *wanted, "<table-cell {attributes}>{inside}");
        }
    }
}

/// A title, rows without anything, rows that are repeated and a mean at the end: each line is a row of the sheet.
#[test]
fn rows_keep_their_positions_in_the_sheet() {
    let cell = |place: &str, text: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |number: u32, first: &str, second: &str| {
        let cells = [cell(&format!("A{number}"), first), cell(&format!("B{number}"), second)];
        format!("<row r=\"{number}\">{}</row>", cells.concat())
    };
    let title = format!("<row r=\"1\">{}</row>", cell("A1", "Cohort"));
    let rows = [
        title,
        row(3, "id", "x"),
        row(4, "P1", "1"),
        row(7, "P2", "2"),
        row(8, "Mean", "1.5"),
        row(11, "id", "x"),
        row(12, "C1", "3"),
    ];
    let wanted = "\n\nid,x\nP1,1\n\n\nP2,2\nMean,1.5\n\n\nid,x\nC1,3\n";
    assert_eq!(read(Xlsx::of(&rows.concat()).bytes()).unwrap().rows, wanted);
    let mut backwards = rows.clone();
    backwards.reverse();
    assert_eq!(read(Xlsx::of(&backwards.concat()).bytes()).unwrap().rows, wanted);

    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |first: &str, second: &str| format!("<table:table-row>{}{}</table:table-row>", cell(first), cell(second));
    let none = |times: u32| {
        format!(
            "<table:table-row table:number-rows-repeated=\"{times}\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
        )
    };
    let rows = [
        format!("<table:table-row>{}</table:table-row>", cell("Cohort")),
        none(1),
        row("id", "x"),
        row("P1", "1"),
        none(2),
        row("P2", "2"),
        row("Mean", "1.5"),
        none(2),
        row("id", "x"),
        row("C1", "3"),
        none(1_048_564),
    ];
    assert_eq!(read(ods(&rows.concat())).unwrap().rows, wanted);
}

/// Where the XML of a part ends too early, rows would be missed: it is refused, or nothing is missing.
#[test]
fn a_part_that_is_cut_off_is_refused() {
    let whole = workbook(&[("", "<v>1</v>", ""), ("t=\"s\"", "<v>1</v>", "")]);
    let rows = read(whole.bytes()).unwrap().rows;
    let mut refused = 0;
    for end in 0..whole.sheet.len() {
        let sheet = whole.sheet[..end].to_owned();
        match read(Xlsx { sheet, ..whole.clone() }.bytes()) {
            Ok(found) => assert_eq!(found.rows, rows, "{end}"),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > whole.sheet.len() - 30, "{refused}");
    for end in 0..whole.strings.len() {
        let strings = whole.strings[..end].to_owned();
        let found = read(
            Xlsx {
                strings,
                ..whole.clone()
            }
            .bytes(),
        );
        assert!(found.is_err(), "{end}");
    }
    let row = "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>";
    let flat = content(&row.repeat(3), true);
    let rows = read(flat.clone().into_bytes()).unwrap().rows;
    for end in 0..flat.len() {
        if let Ok(found) = read(flat.as_bytes()[..end].to_vec()) {
            assert_eq!(found.rows, rows, "{end}");
        }
    }
}

/// A byte that is not UTF-8 would become another letter: it is refused, unless the part declares its encoding.
#[test]
fn letters_that_are_not_written_as_the_part_says() {
    let header = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>";
    let row = "<row><c t=\"inlineStr\"><is><t>M?ller</t></is></c><c><v>1</v></c></row>";
    let book = Xlsx::of(&format!("{header}{row}"));
    for (declared, fits) in [
        ("", false),
        ("<?xml version=\"1.0\"?>", false),
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", false),
        ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", true),
    ] {
        let mut bytes = format!("{declared}{}", book.sheet).into_bytes();
        let at = bytes.windows(3).position(|three| three == b"M?l").unwrap() + 1;
        bytes[at] = 0xfc;
        let found = read(book.packed(stored("xl/sheet.xml", &bytes)));
        match found {
            Ok(found) => assert!(fits && found.rows == "id,x\nMüller,1\n", "{declared}: {}", found.rows),
            Err(why) => assert!(!fits && why.contains("damaged"), "{declared}: {why}"),
        }
    }
}

#[test]
fn a_document_with_a_password() {
    let manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let encrypted = |manifest: &str| {
        read(zip(&[
            deflated("META-INF/manifest.xml", manifest.as_bytes()),
            stored("content.xml", &[0x9c, 3, 0xff, 8, b'<']),
        ]))
    };
    assert!(encrypted(manifest).unwrap_err().contains("protected by a password"));
    assert!(!encrypted("<manifest:manifest/>").unwrap_err().contains("password"));
}
