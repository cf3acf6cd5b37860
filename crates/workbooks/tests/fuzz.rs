//! Workbooks and files of statistics programs with faults in their bytes and in their XML: rows, or why not. Never a panic or a hang.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod made;
#[path = "../../../tests/fuzz/random.rs"]
mod random;

use std::io::{Cursor, Read};
use std::time::{Duration, Instant};

use cotside_workbooks::Workbook;
use made::{content, peak, stored};
use random::{Random, fuzz};

/// The parts of a workbook, as tests/workbooks/make.py writes them.
const PARTS: [(&str, &str); 6] = [
    (
        "_rels/.rels",
        r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/xl/book.xml"/></Relationships>"#,
    ),
    (
        "xl/book.xml",
        r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/><sheets><sheet name="Only" sheetId="1" r:id="rId9"/><sheet name="Two" state="hidden" sheetId="2" r:id="rId9"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/book.xml.rels",
        r#"<Relationships><Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="sheets/one.xml"/><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="t" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="strings.xml"/></Relationships>"#,
    ),
    (
        "xl/styles.xml",
        r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd.mm.yyyy hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#,
    ),
    (
        "xl/strings.xml",
        r#"<sst><si><t>id</t></si><si><r><t>born</t></r></si><si><t xml:space="preserve"> a &amp; b </t></si></sst>"#,
    ),
    (
        "xl/sheets/one.xml",
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>WBC</t></is></c></row><row r="2" hidden="1"><c r="A2"><v>1</v></c><c r="B2" s="1"><v>43905.5</v></c><c r="C2"><f>1/0</f><v>#DIV/0!</v></c></row><row r="3"><c t="b"><v>1</v></c><c s="2"><v>0.25</v></c><c t="d"><v>2020-02-30</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells><autoFilter ref="A1:C3"/></worksheet>"#,
    ),
];

const TOKENS: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "&",
    "&#x110000;",
    "&#0;",
    "&amp;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "\"",
    "'",
    "r=\"XFD1048576\"",
    "r=\"ZZZZZZZ1\"",
    "r=\"A99999999999\"",
    "A1:XFD1048576",
    "s=\"99999\"",
    "t=\"s\"",
    "<v>-1</v>",
    "<v>1e308</v>",
    "<v>2958466</v>",
    "<row>",
    "</row>",
    "<c/>",
    "numFmtId=\"14\"",
    "date1904=\"0\"",
    "\0",
    "ü",
    "spans=\"1:16384\"",
    "<row r=\"1048576\">",
    "<row r=\"4294967295\">",
    "<extLst>",
    "</extLst>",
    "<f>",
    "table:number-rows-repeated=\"1048576\" ",
    "table:number-rows-repeated=\"4294967295\" ",
    "table:number-columns-repeated=\"16384\" ",
    "table:number-columns-repeated=\"999999999\" ",
    "table:number-columns-spanned=\"4294967295\" ",
    "<text:s text:c=\"99999999\"/>",
    "<table:table-row ",
    "</table:table-row>",
    "<table:table-cell ",
    "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
];

/// The rows of a document, with all elements that its reader uses.
const ODS: &str = r#"<table:table-row><table:table-cell><text:p>id</text:p></table:table-cell><table:table-cell table:number-columns-spanned="2"><text:p>WBC</text:p></table:table-cell><table:covered-table-cell/></table:table-row><table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="date" office:date-value="2020-01-05"><office:annotation><text:p>n</text:p></office:annotation><text:p>05<text:s text:c="2"/>.</text:p></table:table-cell></table:table-row><table:table-row table:visibility="filter"><table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0" calcext:value-type="error"><text:p>Err:502</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;

/// Largest memory for a small file, whatever it claims, in MB.
const MEMORY: usize = 1_000;

/// An archive without compression.
fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let parts: Vec<_> = parts.iter().map(|(name, content)| stored(name, content)).collect();
    made::zip(&parts)
}

fn parts_with_faults(random: &mut Random) -> Vec<(String, Vec<u8>)> {
    let faulty = random.below(PARTS.len() + 3).min(PARTS.len() - 1);
    let part = |(at, (name, content)): (usize, &(&str, &str))| {
        let content = if at == faulty {
            random.faulty(content.as_bytes(), TOKENS)
        } else {
            content.as_bytes().to_vec()
        };
        ((*name).to_owned(), content)
    };
    PARTS.iter().enumerate().map(part).collect()
}

/// All sheets of a workbook; how many lines of rows came out.
fn read_all(name: &str, bytes: Vec<u8>) -> usize {
    let said = format!("{name}: {:?}", String::from_utf8_lossy(&bytes));
    let start = Instant::now();
    let mut book = Workbook::default();
    let mut lines = 0;
    if book.open(name, bytes).refused.is_none() {
        for sheet in 0..3 {
            let found = book.rows(sheet);
            assert!(
                found.refused.is_some() || !found.rows.is_empty(),
                "neither rows nor a reason: {said}"
            );
            lines += found.rows.lines().count();
        }
    }
    assert!(start.elapsed() < Duration::from_secs(20), "slow: {said}");
    lines
}

/// Without faults the parts are a readable workbook, on which the other tests are based.
#[test]
fn the_workbook_without_faults_is_read() {
    let parts = PARTS.map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec()));
    assert!(read_all("x.xlsx", packed(&parts)) >= 3);
    assert!(read_all("x.fods", content(ODS, true).into_bytes()) >= 3);
}

/// The parts of an archive.
fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let number = archive.len();
    let mut part = |at| {
        let mut part = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        (part.name().unwrap().into_owned(), content)
    };
    (0..number).map(&mut part).collect()
}

/// The records of a workbook of the old format.
fn stream(bytes: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).unwrap();
    let mut stream = Vec::new();
    file.open_stream("/Workbook").unwrap().read_to_end(&mut stream).unwrap();
    stream
}

/// Faults in the records of the binary formats, which no checksum and no chain of sectors reveals.
#[test]
fn any_records() {
    let read =
        |name: &str| std::fs::read(format!("{}/../../tests/workbooks/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let archives = ["patients.xlsb", "merged.xlsb"].map(|name| unpacked(&read(name)));
    let streams = ["patients.xls", "merged.xls", "long.xls", "old.xls"].map(|name| stream(&read(name)));
    fuzz(800, |tried, random| {
        if tried % 2 == 0 {
            let mut parts = archives[tried / 2 % archives.len()].clone();
            let at = random.below(parts.len());
            parts[at].1 = random.faulty(&parts[at].1, TOKENS);
            read_all("x.xlsb", packed(&parts));
        } else {
            let faulty = random.faulty(&streams[tried / 2 % streams.len()], TOKENS);
            read_all("x.xls", made::compound(&faulty));
        }
        if let Some(peak) = peak() {
            assert!(peak < MEMORY, "{peak} MB at {tried}");
        }
        true
    });
}

#[test]
fn any_workbook() {
    let files = [
        "patients.xlsx",
        "inline.xlsx",
        "patients.ods",
        "merged.xlsx",
        "patients.xls",
        "merged.xls",
        "long.xls",
        "old.xls",
    ];
    let read =
        |name: &&str| std::fs::read(format!("{}/../../tests/workbooks/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let whole: Vec<Vec<u8>> = files.iter().map(read).collect();
    fuzz(400, |tried, random| {
        let at = tried % files.len();
        let bytes = match tried % 3 {
            0 => random.faulty(&whole[at], TOKENS),
            1 => random.faulty(content(ODS, true).as_bytes(), TOKENS),
            _ => packed(&parts_with_faults(random)),
        };
        read_all(files[at], bytes);
        if let Some(peak) = peak() {
            assert!(peak < MEMORY, "{peak} MB at {tried}");
        }
        true
    });
}

const HTML: &str = "<html><meta charset=\"utf-8\"><style>td{a:b}</style><table><tr><th rowspan=2>id<th colspan=2>MRD<tr><th>EOI<th>EOC\
                    <tr><td>P&amp;1</td><td>0.1<br>x</td><td>&nbsp;</td></tr></table><table><tr><td>a<td>b<tr><td>1<td>2</table>";

const XML_2003: &str = r#"<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="s"><NumberFormat ss:Format="0%"/></Style></Styles><Worksheet ss:Name="P"><Table><Row><Cell ss:MergeAcross="1"><Data ss:Type="String">id</Data></Cell><Cell><Data ss:Type="String">x</Data></Cell></Row><Row ss:Index="4"><Cell ss:Index="2" ss:StyleID="s"><Data ss:Type="Number">0.5</Data></Cell><Cell ss:Formula="=1"><Data ss:Type="DateTime">2020-01-05T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>"#;

/// Files of statistics programs, HTML and XML of Excel 2003, and what they hold once they are unpacked.
#[test]
fn any_statistics_file() {
    let files = [
        "statistics.sav",
        "statistics_rows.sav",
        "statistics.zsav",
        "statistics.por",
        "statistics.dta",
        "statistics_114.dta",
        "months.dta",
        "statistics_5.xpt",
        "statistics_8.xpt",
        "two.xpt",
        "statistics.sas7bdat",
        "statistics_64.sas7bdat",
        "statistics_runs.sas7bdat",
        "statistics_repeats.sas7bdat",
        "deleted.sas7bdat",
        "statistics.rds",
        "statistics_2.rds",
        "statistics_ascii.rds",
        "statistics.RData",
        "no_table.RData",
        "statistics.omv",
    ];
    let read =
        |name: &&str| std::fs::read(format!("{}/../../tests/workbooks/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut whole: Vec<Vec<u8>> = files.iter().map(read).collect();
    // What R packed, as it is: faults in it pass no checksum.
    for name in ["statistics.rds", "statistics.RData"] {
        whole.push(unpacked_by_r(&read(&name)));
    }
    whole.push(HTML.as_bytes().to_vec());
    whole.push(XML_2003.as_bytes().to_vec());
    let document = unpacked(&read(&"statistics.omv"));
    let numbers = [
        "\u{0}\u{0}\u{0}\u{7f}",
        "\u{7f}\u{7f}\u{7f}\u{7f}",
        "\u{0}\u{0}\u{0}\u{0}",
        "\u{1}\u{0}\u{0}\u{0}",
        "99999999",
        "-1",
    ];
    let tokens: Vec<&str> = TOKENS.iter().copied().chain(numbers).collect();
    fuzz(3_000, |tried, random| {
        let at = tried % (whole.len() + 1);
        let bytes = match whole.get(at) {
            Some(bytes) if tried % 3 == 0 => bits_changed(bytes, random),
            Some(bytes) => random.faulty(bytes, &tokens),
            None => {
                let mut parts = document.clone();
                let part = random.below(parts.len());
                parts[part].1 = random.faulty(&parts[part].1, &tokens);
                packed(&parts)
            }
        };
        read_all("x", bytes);
        if let Some(peak) = peak() {
            assert!(peak < MEMORY, "{peak} MB at {tried}");
        }
        true
    });
}

/// The bytes with some of them, near the start more often, set to others: lengths and counts that the file does not have.
fn bits_changed(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let most = [64, 600, bytes.len()][random.below(3)].min(bytes.len());
        let at = random.below(most);
        bytes[at] = [0, 1, 0x7f, 0x80, 0xff, random.below(256) as u8][random.below(6)];
    }
    bytes
}

fn unpacked_by_r(bytes: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    match bytes {
        [0x1f, 0x8b, ..] => flate2::read::GzDecoder::new(bytes).read_to_end(&mut all).unwrap(),
        _ => lzma_rust2::XzReader::new(bytes, true).read_to_end(&mut all).unwrap(),
    };
    all
}

/// What R writes before the objects of a file.
const HEADER_OF_R: &[u8] = b"X\n\0\0\0\x03\0\x04\x02\x02\0\x03\x05\0\0\0\0\x05UTF-8";

/// Small files that claim or unpack to much more than they hold: refused, and no memory is taken for the claim.
#[test]
fn files_that_claim_more_than_they_hold() {
    // A file of many members, each of a megabyte of zeros.
    let member = |content: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut packed, content).unwrap();
        packed.finish().unwrap()
    };
    let zeros = member(&vec![0; 1 << 20]);
    let bomb = [member(HEADER_OF_R), zeros.repeat(250)].concat();
    assert!(bomb.len() < 500_000);
    let mut book = Workbook::default();
    let refused = book.open("x", bomb).refused.unwrap();
    assert!(refused.contains("too large"), "{refused}");
    // Lists in lists, a billion of each.
    for object in [
        &b"\0\0\0\x13\x7f\xff\xff\xff"[..],
        b"\0\0\0\x10\x7f\xff\xff\xff",
        b"\0\0\0\x02",
        b"\0\0\0\x13\0\0\0\x01",
    ] {
        let bytes = [HEADER_OF_R, &object.repeat(200_000)].concat();
        let mut book = Workbook::default();
        assert!(book.open("x", bytes).refused.is_some());
    }
    if let Some(peak) = peak() {
        assert!(peak < MEMORY, "{peak} MB");
    }
}
