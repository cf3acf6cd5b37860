//! Workbooks made of their parts, for contents that no program writes on demand.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // Each test uses some of it.

use std::io::{Cursor, Write};

use cotside_messages::SheetRows;
use cotside_workbooks::Workbook;

/// A part of an archive, with its stated sizes.
pub struct Part {
    pub name: String,
    pub packed: Vec<u8>,
    pub method: u8,
    pub size: u32,
    pub crc: u32,
}

/// A part without compression.
pub fn stored(name: &str, content: &[u8]) -> Part {
    Part {
        name: name.to_owned(),
        packed: content.to_vec(),
        method: 0,
        size: content.len() as u32,
        crc: crc32(content),
    }
}

/// A part that is compressed.
pub fn deflated(name: &str, content: &[u8]) -> Part {
    Part {
        packed: miniz_oxide::deflate::compress_to_vec(content, 6),
        method: 8,
        ..stored(name, content)
    }
}

pub fn zip(parts: &[Part]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for part in parts {
        let offset = file.len() as u32;
        let mut common = vec![20, 0, 0, 0, part.method, 0, 0, 0, 0, 0];
        common.extend(part.crc.to_le_bytes());
        common.extend((part.packed.len() as u32).to_le_bytes());
        common.extend(part.size.to_le_bytes());
        common.extend((part.name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        let name = part.name.as_bytes();
        file.extend([b"PK\x03\x04", &*common, name, &part.packed].concat());
        directory.extend([b"PK\x01\x02\x14\x00", &*common, &[0; 10], &offset.to_le_bytes(), name].concat());
    }
    let (start, count) = (file.len() as u32, (parts.len() as u16).to_le_bytes());
    let size = (directory.len() as u32).to_le_bytes();
    file.extend(directory);
    file.extend(
        [
            &b"PK\x05\x06\0\0\0\0"[..],
            &count,
            &count,
            &size,
            &start.to_le_bytes(),
            &[0, 0],
        ]
        .concat(),
    );
    file
}

fn crc32(bytes: &[u8]) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|index| {
        let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        (0..8).fold(index as u32, step)
    });
    let step = |crc: u32, byte: &u8| crc >> 8 ^ table[((crc ^ u32::from(*byte)) & 0xff) as usize];
    !bytes.iter().fold(u32::MAX, step)
}

/// The parts of a workbook of Excel with one sheet, before they are packed.
#[derive(Clone)]
pub struct Xlsx {
    pub relations: String,
    pub workbook: String,
    pub strings: String,
    pub styles: String,
    pub sheet: String,
}

impl Xlsx {
    /// A workbook whose sheet has these rows.
    pub fn of(rows: &str) -> Self {
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        Self {
            relations: format!(
                "<Relationships><Relationship Id=\"r1\" Type=\"{kind}/worksheet\" Target=\"sheet.xml\"/>\
                 <Relationship Id=\"r2\" Type=\"{kind}/styles\" Target=\"styles.xml\"/>\
                 <Relationship Id=\"r3\" Type=\"{kind}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            ),
            workbook:
                "<workbook xmlns:r=\"r\"><workbookPr/><sheets><sheet name=\"P\" r:id=\"r1\"/></sheets></workbook>"
                    .to_owned(),
            strings: "<sst><si><t>id</t></si><si><t>x</t></si></sst>".to_owned(),
            styles: "<styleSheet/>".to_owned(),
            sheet: format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        }
    }

    /// With every part changed by `change`.
    pub fn map(self, change: impl Fn(&str) -> String) -> Self {
        Self {
            relations: change(&self.relations),
            workbook: change(&self.workbook),
            strings: change(&self.strings),
            styles: change(&self.styles),
            sheet: change(&self.sheet),
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.packed(deflated("xl/sheet.xml", self.sheet.as_bytes()))
    }

    /// The workbook with this part as its sheet.
    pub fn packed(&self, sheet: Part) -> Vec<u8> {
        let main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
        let root = format!(
            "<Relationships><Relationship Id=\"r\" Type=\"{main}\" Target=\"xl/workbook.xml\"/></Relationships>"
        );
        zip(&[
            stored("_rels/.rels", root.as_bytes()),
            stored("xl/_rels/workbook.xml.rels", self.relations.as_bytes()),
            deflated("xl/workbook.xml", self.workbook.as_bytes()),
            deflated("xl/sharedStrings.xml", self.strings.as_bytes()),
            deflated("xl/styles.xml", self.styles.as_bytes()),
            sheet,
        ])
    }
}

/// The XML of a document of OpenDocument whose sheet has these rows; `flat`: as a document without an archive.
pub fn content(rows: &str, flat: bool) -> String {
    let root = if flat {
        "office:document"
    } else {
        "office:document-content"
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><{root}><office:body><office:spreadsheet><table:table table:name=\"P\">\
         {rows}</table:table></office:spreadsheet></office:body></{root}>"
    )
}

pub fn ods(rows: &str) -> Vec<u8> {
    zip(&[
        stored("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        deflated("content.xml", content(rows, false).as_bytes()),
        stored("META-INF/manifest.xml", b"<manifest:manifest></manifest:manifest>"),
    ])
}

/// A record of the old format.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
}

/// A workbook of the old format: records that its one sheet shares, and those of the sheet.
pub fn xls(shared: &[u8], sheet: &[u8]) -> Vec<u8> {
    let bof = |of: u8| record(0x0809, &[&[0, 6, of, 0][..], &[0; 12]].concat());
    let bound = |start: usize| record(0x0085, &[&(start as u32).to_le_bytes()[..], b"\0\0\x01\0P"].concat());
    let before = |start| [bof(5), bound(start), shared.to_vec(), record(0x0a, &[])].concat();
    let start = before(0).len();
    compound(&[before(start), bof(0x10), sheet.to_vec(), record(0x0a, &[])].concat())
}

/// A compound file with a stream of records.
pub fn compound(stream: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// A record of the binary format.
pub fn long_record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut out = match kind {
        ..0x80 => vec![kind as u8],
        _ => vec![(kind & 0x7f | 0x80) as u8, (kind >> 7) as u8],
    };
    let mut length = data.len();
    while length >= 0x80 {
        out.push((length & 0x7f | 0x80) as u8);
        length >>= 7;
    }
    out.push(length as u8);
    [out, data.to_vec()].concat()
}

/// A workbook of the binary format: its shared strings, and the records between the start and the end of its sheet's
/// cells.
pub fn xlsb(strings: &[&str], cells: &[u8]) -> Vec<u8> {
    let wide = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&(units.len() as u32 / 2).to_le_bytes()[..], &units].concat()
    };
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let root = format!(
        "<Relationships><Relationship Id=\"r\" Type=\"{kind}/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>"
    );
    let relations = format!(
        "<Relationships><Relationship Id=\"r\" Type=\"{kind}/worksheet\" Target=\"s.bin\"/>\
         <Relationship Id=\"t\" Type=\"{kind}/sharedStrings\" Target=\"t.bin\"/></Relationships>"
    );
    let items = strings
        .iter()
        .map(|text| long_record(0x13, &[&[0][..], &wide(text)].concat()));
    let strings = [
        long_record(0x9f, &[0; 8]),
        items.collect::<Vec<_>>().concat(),
        long_record(0xa0, &[]),
    ]
    .concat();
    let workbook = long_record(0x9c, &[&[0; 8][..], &wide("r"), &wide("P")].concat());
    let sheet = [long_record(0x91, &[]), cells.to_vec(), long_record(0x92, &[])].concat();
    zip(&[
        stored("_rels/.rels", root.as_bytes()),
        stored("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        stored("xl/workbook.bin", &workbook),
        deflated("xl/t.bin", &strings),
        deflated("xl/s.bin", &sheet),
    ])
}

/// The rows of the first sheet, or why there are none.
pub fn read(bytes: Vec<u8>) -> Result<SheetRows, String> {
    let mut book = Workbook::default();
    if let Some(why) = book.open("x", bytes).refused {
        return Err(why);
    }
    let rows = book.rows(0);
    match rows.refused.clone() {
        Some(why) => Err(why),
        None => Ok(rows),
    }
}

/// Returns the peak memory of this process in MB, where the system reports it.
pub fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<usize>().ok()? / 1000)
}
