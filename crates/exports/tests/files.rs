//! Files as other programs read them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use std::io::{Cursor, Read as _, Write as _};
use std::process::{Command, Stdio};

use cotside_exports::{Fault, Maker, Picture, pdf, word};
use cotside_figures::{Anchor, Dash, Ink, Mark, Scene, Stroke, mm};
use cotside_messages::{Cell, FileMade, FileOrder, Table, Unmade};
use tiff::decoder::{Decoder, DecodingResult};
use tiff::tags::Tag;

/// A drawing with every kind of mark.
fn scene(words: &[&str]) -> Scene {
    let line = Stroke::solid(1.0, Ink::Series(0));
    let mut marks = vec![
        Mark::Line {
            from: (10.0, 10.0),
            to: (300.0, 10.0),
            stroke: line.dashed(Dash::Long),
        },
        Mark::Path {
            pieces: vec![vec![(10.0, 20.0), (50.0, 20.0), (50.0, 40.0)], vec![(60.0, 60.0)]],
            stroke: line,
        },
        Mark::Area {
            points: vec![(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)],
            ink: Ink::Series(1),
            opacity: 0.2,
        },
        Mark::Shape {
            points: vec![(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)],
            ink: Ink::Strong,
            hollow: true,
        },
        Mark::Disc {
            at: (30.0, 30.0),
            radius: 3.0,
            ink: Ink::Accent,
            hollow: false,
        },
    ];
    for (index, text) in words.iter().enumerate() {
        let down = 20.0 + 12.0 * f64::from(u32::try_from(index).unwrap());
        let anchor = [Anchor::Start, Anchor::Middle, Anchor::End][index % 3];
        marks.push(Mark::Group {
            name: "table",
            marks: vec![Mark::Text {
                at: (160.0, down),
                size: 9.0,
                anchor,
                ink: Ink::Strong,
                bold: index % 2 == 1,
                turned: index % 4 == 3,
                text: (*text).to_owned(),
            }],
        });
    }
    Scene {
        width: mm(89.0),
        height: mm(60.0),
        title: "Überleben".to_owned(),
        description: "Event-free survival".to_owned(),
        caption: Vec::new(),
        marks,
    }
}

const WORDS: [&str; 8] = [
    "At risk",
    "KMT2A-rearranged, WBC ≥ 300 × 10⁹/l",
    "p < 0.001; χ² = 12.3 (−1 to ±2)",
    "Event-free survival (%)",
    "Überleben über 5 Jahre – “Größe”",
    "выживаемость",
    "επιβίωση µ",
    "Straße\u{a0}No.\u{202f}1…",
];

fn holds(file: &[u8], text: &str) -> bool {
    file.windows(text.len()).any(|window| window == text.as_bytes())
}

/// What `pdftotext` of poppler reads; `None` where it is not installed.
fn read_by_poppler(file: &[u8]) -> Option<String> {
    let mut reader = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    reader.stdin.take()?.write_all(file).ok()?;
    let read = reader.wait_with_output().ok()?;
    assert!(read.status.success(), "pdftotext refuses the file");
    String::from_utf8(read.stdout).ok()
}

#[test]
fn a_pdf_has_its_size_vectors_and_text_in_an_embedded_font() {
    let file = pdf(&scene(&WORDS)).unwrap();
    assert!(file.starts_with(b"%PDF-"));
    // 89 mm are 252.28 points.
    assert!(holds(&file, "/MediaBox[0 0 252.28"));
    for part in ["/FontFile2", "/ToUnicode", "Arimo", "/Figure"] {
        assert!(holds(&file, part), "{part}");
    }
    assert!(!holds(&file, "/Subtype/Image"));
    // Only the letters that are used.
    assert!(file.len() < 80_000, "{}", file.len());
    assert_eq!(pdf(&scene(&WORDS)).unwrap(), file, "the same bytes again");
}

#[test]
fn another_program_reads_every_text_of_a_pdf() {
    let file = pdf(&scene(&WORDS)).unwrap();
    let Some(read) = read_by_poppler(&file) else {
        println!("skipped: pdftotext is not installed");
        return;
    };
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let read = spaced(&read);
    // The turned one stands between others.
    for text in WORDS.iter().filter(|text| **text != WORDS[3] && **text != WORDS[7]) {
        assert!(read.contains(&spaced(text)), "{text}: {read}");
    }
}

#[test]
fn letters_that_the_font_has_not_are_told_and_no_file_is_made() {
    let fault = pdf(&scene(&["生存", "고위험", "a"])).unwrap_err();
    assert_eq!(fault, Fault::Letters("生存고위험".to_owned()));
    let made = Maker::default().take(FileOrder::Pdf {
        scene: serde_json::to_string(&scene(&["生"])).unwrap(),
    });
    let fault = Unmade::Letters("生".to_owned());
    assert_eq!(made, Some(FileMade::Not { fault }));
}

#[test]
fn a_scene_that_was_sent_gives_the_same_pdf() {
    let scene_sent = serde_json::to_string(&scene(&WORDS)).unwrap();
    let made = Maker::default().take(FileOrder::Pdf { scene: scene_sent });
    let bytes = pdf(&scene(&WORDS)).unwrap();
    assert!(made == Some(FileMade::File { bytes }));
    let not_a_scene = Maker::default().take(FileOrder::Pdf { scene: "{}".to_owned() });
    assert!(matches!(
        not_a_scene,
        Some(FileMade::Not {
            fault: Unmade::Failed(_)
        })
    ));
}

/// The words of figures in all languages of Europe that the font is cut for, and its signs.
#[test]
fn the_font_has_the_signs_of_figures() {
    let signs = "≥≤−×±χ²³¹⁰⁴⁵⁶⁷⁸⁹⁻κσλβµγρθ·–—’‘“”…→†‡§¶‰½∞√≈≠∑∂●▲■○□ñçßøåéŁšž";
    assert!(pdf(&scene(&[signs])).is_ok());
}

fn cell(text: &str) -> Cell {
    Cell {
        text: text.to_owned(),
        ..Cell::default()
    }
}

fn table() -> Table {
    let head = |text: &str, columns, rows| Cell {
        columns,
        rows,
        heads: true,
        ..cell(text)
    };
    let number = |text: &str| Cell {
        number: true,
        ..cell(text)
    };
    Table {
        title: "Table 1. Characteristics".to_owned(),
        head: vec![
            vec![head("", 1, 2), head("KMT2A", 2, 1)],
            vec![head("germline", 1, 1), head("<rearranged> & \"x\"", 1, 1)],
        ],
        body: vec![
            vec![head("Age, days", 1, 1), number("200\n(100–300)"), number("90")],
            vec![
                Cell {
                    inset: true,
                    ..cell("younger\u{1}")
                },
                number("3 (12%)"),
            ],
        ],
        notes: vec!["Median (quartiles).".to_owned()],
        source: "Cotside; simulated data".to_owned(),
    }
}

/// A part of a document.
fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_table_for_word_has_its_cells_three_lines_and_notes() {
    let file = word(&table()).unwrap();
    let document = part(&file, "word/document.xml");
    // Well-formed, with every text in its order.
    let mut reader = quick_xml::Reader::from_str(&document);
    let mut texts = String::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Text(text) => texts.push_str(&text),
            quick_xml::events::Event::GeneralRef(sign) => texts.push_str(match sign.as_ref() {
                "lt" => "<",
                "gt" => ">",
                "amp" => "&",
                _ => "\"",
            }),
            quick_xml::events::Event::End(end) if end.name().as_ref() == "w:p" => texts.push('|'),
            _ => {}
        }
    }
    assert_eq!(
        texts,
        "Table 1. Characteristics||KMT2A||germline|<rearranged> & \"x\"|Age, days|200|(100–300)|90|younger|3 (12%)||Median \
         (quartiles).|Cotside; simulated data|"
    );
    assert_eq!(document.matches("<w:gridSpan w:val=\"2\"").count(), 1);
    assert_eq!(document.matches("<w:vMerge").count(), 2);
    // A line over the head (2 cells), under it (3), under the last row (3), and none at the sides.
    let thick = |side: &str, width: usize| {
        let drawn = format!("<w:{side} w:val=\"single\" w:sz=\"{width}\"");
        document.matches(&drawn).count()
    };
    assert_eq!(
        [thick("top", 8), thick("bottom", 4), thick("bottom", 8)],
        [2, 3, 3],
        "{document}"
    );
    assert_eq!(document.matches("w:val=\"single\"").count(), 8);
    assert!(part(&file, "word/styles.xml").contains("Arial"));
    assert_eq!(word(&table()).unwrap(), file, "the same bytes again");
    assert_eq!(word(&Table::default()), Err(Fault::Incomplete));
}

#[test]
fn a_wide_table_is_on_a_turned_page() {
    let wide = Table {
        body: vec![vec![cell("x"); 9]],
        ..Table::default()
    };
    assert!(part(&word(&wide).unwrap(), "word/document.xml").contains("w:orient=\"landscape\""));
    assert!(!part(&word(&table()).unwrap(), "word/document.xml").contains("landscape"));
}

#[test]
fn a_tiff_has_every_pixel_and_its_resolution() {
    for dpi in [300, 600, 1200] {
        let mut maker = Maker::default();
        assert_eq!(maker.take(FileOrder::Tiff { width: 3, dpi }), None);
        let pixels = |from: u8| (from..from + 12).map(|at| if at % 4 == 3 { 255 } else { at }).collect();
        for from in [0, 12] {
            assert_eq!(maker.take(FileOrder::Rows { pixels: pixels(from) }), None);
        }
        let Some(FileMade::File { bytes }) = maker.take(FileOrder::End) else {
            panic!("no file");
        };
        let mut decoder = Decoder::new(Cursor::new(bytes)).unwrap();
        assert_eq!(decoder.dimensions().unwrap(), (3, 2));
        assert_eq!(decoder.get_tag_u32(Tag::ResolutionUnit).unwrap(), 2);
        for tag in [Tag::XResolution, Tag::YResolution] {
            assert_eq!(decoder.get_tag_u32_vec(tag).unwrap(), [dpi, 1]);
        }
        // Of LZW.
        assert_eq!(decoder.get_tag_u32(Tag::Compression).unwrap(), 5);
        let DecodingResult::U8(read) = decoder.read_image().unwrap() else {
            panic!("not bytes");
        };
        assert_eq!(read, [0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16, 17, 18, 20, 21, 22]);
    }
    let order = Maker::default().take(FileOrder::End);
    assert!(matches!(order, Some(FileMade::Not { .. })));
    assert_eq!(Picture::new(3, 300).tiff(), Err(Fault::Incomplete));
}
