//! One cohort as hospitals of many languages and calendars write it: each file is read as the same patients, without a
//! question where nothing in it is open.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use cotside_core::cohort::{
    Endpoint, EventKind, Mapping, QuestionKind, RowsQuestion, Shape, Sheet, TimeSettings, TimeToEvent,
};

const HEADER: &str =
    "id,birth_date,diagnosis_date,sex,wbc,kmt2a,mrd_eoi,relapse_date,death_date,vital_status,last_follow_up";

/// Made-up patients.
const ROWS: [&str; 6] = [
    "P001,2018-01-05,2018-05-10,m,33.9,rearranged,0.001,2019-02-01,2019-08-01,dead,2019-08-01",
    "P002,2018-03-12,2018-12-03,f,310,rearranged,0.0001,,,alive,2023-04-11",
    "P003,2019-07-01,2019-09-02,f,5.2,germline,0,,,alive,2024-01-09",
    "P004,2017-02-02,2017-04-04,m,850.5,rearranged,0.02,2017-12-24,,alive,2022-06-06",
    "P005,2020-01-01,2020-08-08,m,12,germline,0.0005,,2020-09-30,dead,2020-09-30",
    "P006,2016-05-05,2016-07-07,f,1.1,rearranged,0,,,alive,2021-03-03",
];

/// Columns of dates.
const DATES: [usize; 5] = [1, 2, 7, 8, 10];

/// What is read of a file: days and deaths, days and events, and findings of sex, KMT2A and white cells.
#[derive(Debug, PartialEq)]
struct Read {
    survival: Vec<(f64, bool)>,
    event_free: Vec<(f64, bool)>,
    findings: Vec<String>,
}

fn read(text: &str) -> (Read, Vec<QuestionKind>, Vec<RowsQuestion>) {
    let import = Sheet::read_lenient(text.as_bytes()).unwrap();
    let (shape, rows) = Shape::guess(&import);
    let import = shape.apply(&import);
    let (mapping, questions) = Mapping::guess(&import, &import.profiles());
    let cohort = mapping.read(&import);
    let follow = |endpoint| {
        let settings = TimeSettings {
            as_in_file: cohort.has_own_time(endpoint),
            ..TimeSettings::default()
        };
        let followed = TimeToEvent::of(&cohort, endpoint, settings);
        let events = followed.event.iter().map(|event| *event != EventKind::None);
        followed.time.iter().copied().zip(events).collect()
    };
    let finding = |patient: &cotside_core::cohort::Patient| {
        let infant = &patient.infant;
        format!("{:?} {:?} {:?}", infant.sex, infant.kmt2a, infant.wbc)
    };
    let read = Read {
        survival: follow(Endpoint::OverallSurvival),
        event_free: follow(Endpoint::EventFreeSurvival),
        findings: cohort.patients.iter().map(finding).collect(),
    };
    (
        read,
        questions.into_iter().map(|question| question.kind).collect(),
        rows,
    )
}

fn file(header: &str, write: &dyn Fn(usize, &str) -> String) -> String {
    let row = |row: &&str| {
        let cells = row.split(',').enumerate();
        let cells = cells.map(|(column, cell)| {
            if cell.is_empty() {
                String::new()
            } else {
                write(column, cell)
            }
        });
        cells.collect::<Vec<String>>().join(";")
    };
    let rows: Vec<String> = ROWS.iter().map(row).collect();
    format!("{}\n{}\n", header.replace(',', ";"), rows.join("\n"))
}

fn plain() -> Read {
    let (read, asked, _) = read(&file(HEADER, &|_, cell| cell.to_owned()));
    assert_eq!((asked, read.survival.len(), read.event_free.len()), (vec![], 6, 6));
    read
}

/// A header, and words for male, female, rearranged, germline, dead and alive.
type Language = (&'static str, [&'static str; 6]);

const LANGUAGES: &[Language] = &[
    (
        "症例番号,生年月日,診断日,性別,初診時白血球数(×10^9/L),KMT2A再構成,寛解導入後MRD,再発日,死亡日,転帰,最終確認日",
        ["男", "女", "再構成あり", "再構成なし", "死亡", "生存"],
    ),
    (
        "患者ID,生年月日,発症日,性別,白血球数,MLL遺伝子再構成,MRD,再発年月日,死亡年月日,生死,最終観察日",
        ["男性", "女性", "陽性", "陰性", "死亡", "生存中"],
    ),
    (
        "ID,生年月日,診断日,ｾｲﾍﾞﾂ,白血球数,KMT2A再構成,MRD,再発日,死亡日,転帰,最終生存確認日",
        ["男", "女", "あり", "なし", "死亡", "生存"],
    ),
    (
        "kanja bango,seinengappi,shindanbi,seibetsu,hakkekkyu,kmt2a saikosei,mrd,saihatsubi,shibobi,tenki,saishu kakuninbi",
        ["otoko", "onna", "ari", "nashi", "shibo", "seizon"],
    ),
    (
        "환자번호,생년월일,진단일,성별,진단시 백혈구수,KMT2A 재배열,관해유도후 MRD,재발일,사망일,생존상태,최종추적일",
        ["남", "여", "양성", "음성", "사망", "생존"],
    ),
    (
        "등록번호,출생일,진단날짜,성별,백혈구,MLL재배열여부,미세잔존질환,재발 날짜,사망 날짜,최종상태,최종 관찰일",
        ["남자", "여자", "있음", "없음", "사망", "생존중"],
    ),
    (
        "病历号,出生日期,确诊日期,性别,初诊白细胞,KMT2A重排,诱导后MRD,复发日期,死亡日期,生存状态,末次随访日期",
        ["男", "女", "阳性", "阴性", "死亡", "存活"],
    ),
    (
        "病歷號,出生日期,診斷日期,性別,白血球數,KMT2A重組,誘導後MRD,復發日期,死亡日期,存活狀態,最後追蹤日期",
        ["男", "女", "陽性", "陰性", "死亡", "存活"],
    ),
    (
        "Pat.-Nr.,Geburtsdatum,Datum Erstdiagnose,Geschlecht,Leukozyten bei Diagnose (G/l),KMT2A-Rearrangement,MRD Ende Induktion,Rezidivdatum,Todesdatum,Vitalstatus,Letzter Kontakt",
        [
            "männlich",
            "weiblich",
            "nachweisbar",
            "nicht nachweisbar",
            "verstorben",
            "lebend",
        ],
    ),
    (
        "N° patient,Date de naissance,Date du diagnostic,Sexe,Leucocytes au diagnostic (G/L),Réarrangement KMT2A,MRD fin d'induction,Date de rechute,Date de décès,Statut vital,Date des dernières nouvelles",
        ["garçon", "fille", "réarrangé", "non réarrangé", "décédé(e)", "vivant"],
    ),
    (
        "Nº historia,Fecha de nacimiento,Fecha de diagnóstico,Sexo,Leucocitos al diagnóstico,Reordenamiento KMT2A,EMR fin de inducción,Fecha de recaída,Fecha de éxitus,Estado vital,Último seguimiento",
        ["varón", "mujer", "reordenado", "germinal", "éxitus", "vivo"],
    ),
    (
        "Prontuário,Data de nascimento,Data do diagnóstico,Sexo,Leucócitos ao diagnóstico,Rearranjo KMT2A,DRM fim da indução,Data da recaída,Data do óbito,Status vital,Data do último contato",
        ["masculino", "feminino", "rearranjado", "germinativo", "óbito", "vivo"],
    ),
    (
        "Codice paziente,Data di nascita,Data di diagnosi,Sesso,Globuli bianchi alla diagnosi,Riarrangiamento KMT2A,MRD fine induzione,Data di recidiva,Data di decesso,Stato vitale,Data ultimo follow-up",
        ["maschio", "femmina", "riarrangiato", "germinale", "deceduto", "vivo"],
    ),
    (
        "Patiëntnummer,Geboortedatum,Datum diagnose,Geslacht,Leukocyten bij diagnose,KMT2A-herschikking,MRD einde inductie,Datum recidief,Datum overlijden,Vitale status,Datum laatste controle",
        ["man", "vrouw", "herschikt", "kiembaan", "overleden", "in leven"],
    ),
    (
        "Nr pacjenta,Data urodzenia,Data rozpoznania,Płeć,Leukocytoza przy rozpoznaniu,Rearanżacja KMT2A,MRD koniec indukcji,Data wznowy,Data zgonu,Status życiowy,Data ostatniej wizyty",
        ["chłopiec", "dziewczynka", "obecna", "nieobecna", "zgon", "żyje"],
    ),
    (
        "Номер пациента,Дата рождения,Дата диагноза,Пол,Инициальный лейкоцитоз,Перестройка KMT2A,МОБ на 36 день,Дата рецидива,Дата смерти,Статус,Дата последнего наблюдения",
        ["мальчик", "девочка", "есть", "нет", "умер", "жив"],
    ),
];

#[test]
fn one_cohort_in_many_languages() {
    let expected = plain();
    let mut wrong = Vec::new();
    for (header, words) in LANGUAGES {
        let english = ["m", "f", "rearranged", "germline", "dead", "alive"];
        let write = |column: usize, cell: &str| {
            let known = english.iter().position(|word| column > 2 && *word == cell);
            known.map_or(cell, |at| words[at]).to_owned()
        };
        let (found, asked, _) = read(&file(header, &write));
        // Only the time point of residual disease may be open.
        let is_open = asked.iter().any(|kind| *kind != QuestionKind::Role);
        if found != expected || is_open || asked.len() > 1 {
            wrong.push((header, found, asked));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The year, month and day of a date of the cohort.
fn parts(cell: &str) -> [i32; 3] {
    let parts: Vec<i32> = cell.split('-').map(|part| part.parse().unwrap()).collect();
    [parts[0], parts[1], parts[2]]
}

/// A way to write a date.
type Writing = fn([i32; 3]) -> String;

/// The Japanese era of a date, as a letter, with its year.
fn era(date: [i32; 3]) -> (char, i32) {
    if date >= [2019, 5, 1] {
        ('R', date[0] - 2018)
    } else {
        ('H', date[0] - 1988)
    }
}

#[test]
fn one_cohort_in_many_calendars() {
    let certain: &[Writing] = &[
        |date| format!("{}{}/{}/{}", era(date).0, era(date).1, date[1], date[2]),
        |date| format!("{}{:02}.{:02}.{:02}", era(date).0, era(date).1, date[1], date[2]),
        |date| {
            let (letter, year) = era(date);
            let era = if letter == 'R' { "令和" } else { "平成" };
            let year = if year == 1 { "元".to_owned() } else { year.to_string() };
            format!("{era}{year}年{}月{}日", date[1], date[2])
        },
        |[year, month, day]| format!("{year}年{month}月{day}日"),
        |[year, month, day]| format!("{year}년 {month}월 {day}일"),
        |[year, month, day]| format!("{year}. {month}. {day}."),
        |[year, month, day]| format!("民國{}年{month}月{day}日", year - 1911),
    ];
    let open: &[Writing] = &[
        |[year, month, day]| format!("{}/{month:02}/{day:02}", year - 1911),
        |[year, month, day]| format!("{}.{month}.{day}", year - 1911),
        |[year, month, day]| format!("{}{month:02}{day:02}", year - 1911),
        |[year, month, day]| format!("{day}/{month}/{}", year + 543),
        |[year, month, day]| format!("{}-{month:02}-{day:02}", year + 543),
    ];
    let expected = plain();
    let ways = certain
        .iter()
        .map(|way| (way, false))
        .chain(open.iter().map(|way| (way, true)));
    for (way, is_open) in ways {
        let write = |column: usize, cell: &str| {
            if DATES.contains(&column) {
                way(parts(cell))
            } else {
                cell.to_owned()
            }
        };
        let text = file(HEADER, &write);
        let (found, asked, _) = read(&text);
        assert_eq!(found, expected, "{text}");
        let calendar = asked
            .iter()
            .filter(|kind| matches!(kind, QuestionKind::Calendar(..)))
            .count();
        assert_eq!(
            (asked.len(), calendar),
            (usize::from(is_open), usize::from(is_open)),
            "{text} {asked:?}"
        );
    }
}

#[test]
fn an_era_that_had_ended_is_asked_about() {
    let write = |column: usize, cell: &str| match parts_of_date(column, cell) {
        Some([year, month, day]) => format!("H{}.{month}.{day}", year - 1988),
        None => cell.to_owned(),
    };
    let (found, asked, _) = read(&file(HEADER, &write));
    assert_eq!(found, plain());
    assert!(matches!(asked[..], [QuestionKind::PastEra(7..)]), "{asked:?}");
}

fn parts_of_date(column: usize, cell: &str) -> Option<[i32; 3]> {
    DATES.contains(&column).then(|| parts(cell))
}

#[test]
fn units_behind_white_cell_counts() {
    let ways: &[fn(&str) -> String] = &[
        |cell| format!("{cell} G/L"),
        |cell| format!("{cell} ×10⁹/L"),
        |cell| format!("{cell} x10^9/L"),
        |cell| format!("{cell} K/µL"),
        |cell| format!("{cell}/nl"),
        |cell| format!("{}/µL", (cell.parse::<f64>().unwrap() * 1_000.0).round()),
        |cell| format!("{} /mm³", (cell.parse::<f64>().unwrap() * 1_000.0).round()),
    ];
    let expected = plain();
    for way in ways {
        let text = file(HEADER, &|column, cell| {
            if column == 4 { way(cell) } else { cell.to_owned() }
        });
        let (found, asked, _) = read(&text);
        assert_eq!(found.findings, expected.findings, "{text} {asked:?}");
        assert!(asked.iter().all(|kind| *kind == QuestionKind::Role), "{text} {asked:?}");
    }
}

#[test]
fn units_behind_times() {
    let text = "id;OS time;OS event\nA;448 d;dead\nB;52 Monate;alive\nC;4 Jahre;alive\nD;10 Wochen;dead\nE;1700;alive\nF;53 jours;dead\n";
    let (found, ..) = read(text);
    let days: Vec<f64> = found.survival.iter().map(|(days, _)| *days).collect();
    assert_eq!(days, [448.0, 52.0 * 30.4375, 1461.0, 70.0, 1700.0, 53.0]);
}

#[test]
fn what_stands_around_a_table() {
    let table = file(HEADER, &|_, cell| cell.to_owned());
    let empty = ";".repeat(10);
    let nine = ";".repeat(9);
    let headings = "Patient;Base;Base;Base;Lab;Lab;Lab;Outcome;Outcome;Outcome;Outcome";
    let expected = plain();
    for (text, asks) in [
        (format!("SEP=;\n{table}"), false),
        (format!("Registry\nExported;2024{nine}\n\n{table}"), false),
        (format!("// exported\n% twice\n{table}"), false),
        (format!("{empty}\n{empty}\n{table}"), false),
        (format!("{headings}\n{table}"), false),
        (format!(";Base;;;;;;Outcome;;;\n{table}"), false),
        (format!("{table}\nMittelwert;;;;202,1;;;;;;\n"), true),
        (format!("{table}合計;;;6;;;;2;2;;\n"), true),
        (format!("{table}Total de pacientes: 6{empty}\n"), true),
        (
            format!("{table}\nSummary of risk groups{empty}\nrisk;n{nine}\nhigh;3{nine}\nlow;3{nine}\n"),
            true,
        ),
    ] {
        let (found, asked, rows) = read(&text);
        assert_eq!(found, expected, "{text}");
        assert!(asked.is_empty(), "{text} {asked:?}");
        assert_eq!(!rows.is_empty(), asks, "{text} {rows:?}");
    }
}
