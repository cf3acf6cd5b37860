//! Files whose bytes are not UTF-8: the code page is proposed, asked about, and taken as it is said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use cotside_core::cohort::Encoding;
use cotside_messages::FileRequest;
use cotside_worker::cohort_file::CohortFile as Intake;

/// Letters beyond ASCII from 0x80 on in Mac Roman, which `encoding_rs` reads and does not write.
const MAC_ROMAN: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß";

/// A text in a code page.
fn bytes(label: &str, text: &str) -> Vec<u8> {
    if label == "macintosh" {
        let byte = |c: char| match MAC_ROMAN.chars().position(|known| known == c) {
            Some(at) => 0x80 + u8::try_from(at).unwrap(),
            None => u8::try_from(c).unwrap(),
        };
        return text.chars().map(byte).collect();
    }
    let (bytes, _, unmappable) = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text);
    assert!(!unmappable, "{label}: {text}");
    bytes.into_owned()
}

fn opened(bytes: &[u8]) -> Intake {
    let mut intake = Intake::default();
    assert_eq!(intake.open("patients.csv", "", bytes).refused, None);
    intake
}

/// The question about the code page: what it says and what it proposes.
fn asked(intake: &Intake) -> Option<(String, String)> {
    let questions = intake.understanding("csv", None).unwrap().questions;
    let found = questions.into_iter().find(|question| question.code == "encoding")?;
    assert_eq!(found.column, None);
    Some((found.text, found.proposed.unwrap()))
}

fn header(intake: &Intake) -> Vec<String> {
    let columns = intake.understanding("csv", None).unwrap().columns;
    columns.into_iter().map(|column| column.name).collect()
}

/// A code page, the names of the columns and two rows of a file in it.
const FILES: &[(&str, &str)] = &[
    (
        "shift_jis",
        "番号,性別,診断日,白血球数\n1,男,2020-01-02,33.9\n2,女,2020-03-04,43.5\n",
    ),
    ("shift_jis", "カルテ番号,せいべつ,コメント\n1,男,なし\n2,女,再発あり\n"),
    ("shift_jis", "ｶﾙﾃ,性別,転帰\n1,男,生存\n2,女,死亡\n"),
    (
        "euc-jp",
        "患者番号,性別,診断日,コメント\n1,男,2020-01-02,なし\n2,女,2020-03-04,あり\n",
    ),
    (
        "euc-kr",
        "번호,성별,진단일,백혈구\n1,남,2020-01-02,33.9\n2,여,2020-03-04,43.5\n",
    ),
    ("euc-kr", "등록번호,이름,생존 여부\n1,김철수,생존\n2,이영희,사망\n"),
    (
        "gb18030",
        "编号,性别,诊断日期,白细胞\n1,男,2020-01-02,33.9\n2,女,2020-03-04,43.5\n",
    ),
    (
        "big5",
        "編號,性別,診斷日期,白血球\n1,男,2020-01-02,33.9\n2,女,2020-03-04,43.5\n",
    ),
    (
        "windows-1252",
        "Fallnr;Größe;Geschlecht;Todesursache\n1;3,5;männlich;Rückfall\n2;4,5;weiblich;\n",
    ),
    (
        "windows-1252",
        "numéro;sexe;décès;leucocytes (×10³/µL)\n1;garçon;décédé;33\n2;fille;vivante;44\n",
    ),
    (
        "windows-1250",
        "číslo;věk;pohlaví;úmrtí\n1;3;muž;zemřel\n2;4;žena;žije\n",
    ),
    (
        "windows-1250",
        "numer;płeć;data śmierci\n1;chłopiec;2020-01-02\n2;dziewczynka;\n",
    ),
    (
        "windows-1251",
        "номер;возраст;пол;дата смерти\n1;3;муж;2020-01-02\n2;4;жен;\n",
    ),
    (
        "windows-1251",
        "№;вік;стать;помер\n1;3;хлопчик;ні\n2;4;дівчинка;так, рецидив лейкемії\n",
    ),
    ("windows-1251", "id,sex,status\n1,муж,жив\n2,жен,умер\n"),
    (
        "macintosh",
        "Fallnr;Geschlecht;Leukozyten;Status\n1;männlich;3,5;lebt\n2;weiblich;4,5;Rückfall\n3;männlich;5;lebt\n",
    ),
    (
        "macintosh",
        "numéro;sexe;décès;globules blancs\n1;garçon;décédé;33\n2;fille;vivante;44\n",
    ),
    (
        "koi8-r",
        "номер;пол;дата рождения;дата смерти\n1;муж;2020-01-02;2021-01-02\n2;жен;2020-01-02;\n",
    ),
    ("koi8-r", "id,sex,status\n1,муж,жив\n2,жен,умерла\n"),
    (
        "ibm866",
        "номер;пол;дата рождения;статус\n1;муж;2020-01-02;жив\n2;жен;2020-01-02;умер\n",
    ),
    (
        "iso-8859-2",
        "numer;płeć;data śmierci;źródło\n1;chłopiec;2020-01-02;ścisłe\n2;dziewczynka;;ślad\n",
    ),
    (
        "shift_jis",
        "id,sex,wbc,status\n1,男,33.9,alive\n2,男,43.5,dead\n3,女,13.5,alive\n",
    ),
    ("euc-jp", "id,sex,wbc\n1,男,33.9\n2,女,43.5\n"),
    ("gb18030", "id,sex,wbc\n1,男,33.9\n2,女,43.5\n"),
    ("big5", "id,sex,wbc\n1,男,33.9\n2,女,43.5\n"),
    ("euc-kr", "id,sex,wbc\n1,남,33.9\n2,여,43.5\n"),
    (
        "windows-1252",
        "id;sexe;statut;note\n1;garçon;décédé;rechute à 3 mois\n2;fille;vivante;l’hôpital\n",
    ),
    (
        "windows-1257",
        "nr;dzimšanas datums;nāves datums;ārsts\n1;2020-01-02;;Bērziņš\n2;2020-03-02;;Šķēle\n",
    ),
    ("windows-1253", "αριθμός;ηλικία;φύλο\n1;3;άρρεν\n2;4;θήλυ\n"),
    (
        "windows-1254",
        "no;yaş;cinsiyet;tanı tarihi;ölüm\n1;3;kız;2020-01-02;hayır\n2;4;erkek;2020-03-04;değil\n",
    ),
];

#[test]
fn a_few_bytes_that_are_not_utf_8_do_not_make_it_another_code_page() {
    let text = "Fallnr;Geschlecht;Leukozyten;Größe\n1;männlich;3,5;50\n2;weiblich;4,5;51\n3;";
    for odd in [&b"m\xe4nnlich;5;52\n"[..], b"m\xe4nnlich;5;52\n4;m\xe4nnlich;5;52\n"] {
        let intake = opened(&[text.as_bytes(), odd].concat());
        let (question, proposed) = asked(&intake).expect("a question");
        assert_eq!(proposed, "utf-8", "{question}");
        assert_eq!(header(&intake), ["Fallnr", "Geschlecht", "Leukozyten", "Größe"]);
        let read = intake.understanding("csv", None).unwrap();
        let sexes = read.patients.iter().map(|patient| patient.findings["sex"].clone());
        let males = sexes.filter(|sex| serde_json::to_value(sex).unwrap() == "male").count();
        assert_eq!(males, read.patients.len() - 1, "{:?}", read.problems.len());
    }
}

#[test]
fn escape_sequences_of_iso_2022_jp_leave_no_question() {
    let text = "番号,性別,診断日\n1,男,2020-01-02\n2,女,2020-03-04\n";
    let (bytes, ..) = encoding_rs::ISO_2022_JP.encode(text);
    let intake = opened(&bytes);
    assert_eq!(asked(&intake), None);
    assert_eq!(header(&intake), ["番号", "性別", "診断日"]);
}

#[test]
fn the_code_page_is_proposed_with_the_names_of_the_columns_and_asked_about() {
    let mut wrong = Vec::new();
    for (label, text) in FILES {
        let intake = opened(&bytes(label, text));
        let (question, proposed) = asked(&intake).expect(label);
        let names = text.lines().next().unwrap();
        let names: Vec<&str> = names.split([',', ';']).collect();
        if proposed != *label || header(&intake) != names {
            wrong.push((label, question));
            continue;
        }
        let cells = || text.split([',', ';', '\n']).find(|cell| !cell.is_ascii());
        let first = names
            .iter()
            .find(|name| !name.is_ascii())
            .copied()
            .or_else(cells)
            .unwrap();
        assert!(question.contains(first), "{question}");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn another_code_page_is_taken_as_it_is_said_and_kept_in_the_settings() {
    let (label, text) = FILES[0];
    let file = bytes(label, text);
    let mut intake = opened(&file);
    let wrong = intake.set(FileRequest::Encoding(Encoding::EucJp)).unwrap();
    assert!(wrong.changed);
    assert_ne!(header(&intake)[0], "番号");
    assert_eq!(asked(&intake), None, "it is said");
    assert!(intake.set(FileRequest::Encoding(Encoding::ShiftJis)).unwrap().changed);
    assert_eq!(header(&intake)[0], "番号");
    let lines = intake.project();
    assert!(
        lines.contains(&["".into(), "encoding".into(), "shift_jis".into()]),
        "{lines:?}"
    );

    let mut again = opened(&file);
    let _ = again.set(FileRequest::Encoding(Encoding::EucJp));
    let told = again.load(&lines).parts["project-columns"].clone();
    assert!(told.contains("The settings fit"), "{told}");
    assert_eq!((header(&again)[0].as_str(), asked(&again)), ("番号", None));
    let other = intake.load(&[["".into(), "encoding".into(), "utf-7".into()]]);
    assert!(other.parts["project-columns"].contains("does not fit this file"));
}

#[test]
fn what_is_proposed_can_be_confirmed_and_the_columns_keep_their_answers() {
    let mut intake = opened(&bytes(FILES[4].0, FILES[4].1));
    let _ = intake.set(named::role(0, "ignored"));
    let before = intake.project();
    assert!(!intake.set(FileRequest::Encoding(Encoding::EucKr)).unwrap().changed);
    assert_eq!((asked(&intake), intake.project()), (None, before));
}

#[test]
fn bytes_that_say_how_they_are_read_raise_no_question_and_take_no_other_answer() {
    let text = "번호,성별\n1,남\n2,여\n";
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let wide: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [text.as_bytes().to_vec(), marked, wide, b"id,sex\n1,m\n".to_vec()] {
        let mut intake = opened(&bytes);
        assert_eq!(asked(&intake), None);
        assert_eq!(intake.set(FileRequest::Encoding(Encoding::ShiftJis)), None);
        let told = intake.load(&[["".into(), "encoding".into(), "shift_jis".into()]]);
        assert!(
            told.parts["project-columns"].contains("does not fit this file"),
            "{told:?}"
        );
    }
}

/// On the page: a choice of code pages, each with the names as they read in it; what cannot be is named as such.
#[test]
fn the_page_shows_the_names_in_each_code_page() {
    let mut intake = Intake::default();
    let reply = intake.open("patients.csv", "", &bytes(FILES[4].0, FILES[4].1));
    let setting = reply.columns.unwrap().encoding.expect("a choice");
    let names: Vec<&str> = setting.options.iter().map(|option| option.name.as_str()).collect();
    assert_eq!(setting.chosen, Some(0));
    assert!(names[0].starts_with("EUC-KR (Korean): 번호, 성별"), "{names:?}");
    let starts = |begin: &str| names.iter().any(|name| name.starts_with(begin));
    assert!(starts("Windows-1252 (Latin-1): ¹øÈ£"), "{names:?}");
    assert_eq!(setting.questions.len(), 1);
    let now = setting.options[0].request.clone();
    let confirmed = intake.set(now).unwrap().columns.unwrap().encoding.unwrap();
    assert_eq!(confirmed.questions, Vec::<String>::new(), "confirmed");
}
