//! `cotside import`: the interpretation of a file as JSON, questions, refusals, and answers given and written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod common;

use std::path::PathBuf;

use common::run;
use serde_json::Value;

fn json(arguments: &[&str], input: &str) -> Value {
    common::json(&[&["import", "--input", "-", "--json"], arguments].concat(), input)
}

fn refusal(arguments: &[&str], input: &[u8]) -> String {
    common::refusal(&[&["import", "--input", "-", "--json"], arguments].concat(), input)
}

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

const BASE: &str = "id,birth_date,diagnosis_date,sex,wbc,kmt2a,mrd_eoi,relapse_date,death_date,vital_status,last_follow_up\n\
    P001,2018-01-05,2018-05-10,m,33.9,rearranged,0.001,2019-02-01,2019-08-01,dead,2019-08-01\n\
    P002,2018-03-12,2018-12-03,f,310,rearranged,0.0001,,,alive,2023-04-11\n\
    P003,2019-07-01,2019-09-02,f,5.2,germline,0.0,,,alive,2024-01-09\n\
    P004,2017-02-02,2017-04-04,m,850.5,rearranged,0.02,2017-12-24,,alive,2022-06-06\n\
    P005,2020-01-01,2020-08-08,m,12,germline,0.0005,,2020-09-30,dead,2020-09-30\n\
    P006,2016-05-05,2016-07-07,f,1.1,rearranged,0.0,,,alive,2021-03-03\n";

const ALIVE: &str = "id,diagnosis_date,last_follow_up_date,alive\n1,2015-06-29,2016-10-08,0\n2,2016-06-16,2024-06-17,1\n\
    3,2016-02-24,2022-05-28,1\n4,2012-02-29,2019-10-19,1\n5,2017-04-15,2017-09-15,0\n";

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn column<'a>(report: &'a Value, name: &str) -> &'a Value {
    report["columns"]
        .as_array()
        .unwrap()
        .iter()
        .find(|column| column["name"] == name)
        .unwrap()
}

#[test]
fn a_plain_file_is_read_without_a_question() {
    let report = json(&[], BASE);
    assert_eq!(
        keys(&report),
        [
            "format",
            "encoding",
            "sheet",
            "n_rows",
            "columns",
            "questions",
            "problems",
            "set_aside",
            "patients"
        ]
    );
    assert_eq!((&report["format"], &report["n_rows"]), (&"csv".into(), &6.into()));
    assert_eq!(report["questions"], serde_json::json!([]));
    assert_eq!(
        keys(&report["columns"][0]),
        ["name", "role", "unit", "form", "polarity", "sure", "not_used_because"]
    );
    let first = &report["patients"][0];
    assert_eq!(first["efs"], serde_json::json!({ "days": 267.0, "event": true }));
    assert_eq!(first["os"], serde_json::json!({ "days": 448.0, "event": true }));
    assert_eq!((&first["id"], &first["row"]), (&"P001".into(), &1.into()));
    let findings = serde_json::json!({
        "age_days": 125.0, "sex": "male", "wbc": 33.9, "kmt2a": "rearranged", "mrd_eoi": 0.001
    });
    assert_eq!(first["findings"], findings);
}

#[test]
fn a_direction_is_asked_with_what_it_implies() {
    let report = json(&[], ALIVE);
    let asked = &report["questions"][0];
    assert_eq!(
        (&asked["column"], &asked["code"], &asked["proposed"]),
        (&"alive".into(), &"direction".into(), &"0 = dead".into())
    );
    assert!(asked["text"].as_str().unwrap().contains("2 of 5 died"), "{asked}");
    let alive = column(&report, "alive");
    assert_eq!(
        (&alive["polarity"], &alive["sure"], &alive["role"]),
        (&"reversed".into(), &false.into(), &"vital_status".into())
    );
    let died: Vec<bool> = report["patients"]
        .as_array()
        .unwrap()
        .iter()
        .map(|patient| patient["os"]["event"] == true)
        .collect();
    assert_eq!(died, [true, false, false, false, true]);
    // Where the header gives one direction and the times the other, none is proposed.
    let report = json(
        &[],
        "id,time,censor\nA,267,1\nB,1590,0\nC,1600,0\nD,264,1\nE,53,1\nF,1700,0\n",
    );
    let asked = report["questions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|asked| asked["code"] == "direction")
        .unwrap();
    assert_eq!(asked["proposed"], Value::Null);
    assert_eq!(report["patients"][0]["as_in_file"], Value::Null);
}

#[test]
fn answers_are_written_and_taken() {
    let settings = file("answers.json");
    let path = settings.to_str().unwrap();
    let asked = json(&["--mapping-out", path], ALIVE);
    assert_eq!(asked["questions"].as_array().unwrap().len(), 1);
    let answered = json(&["--mapping", path], ALIVE);
    assert_eq!(answered["questions"], serde_json::json!([]), "the answers were given");
    assert_eq!(answered["patients"], asked["patients"]);
    // The other direction, as a person may choose.
    let turned = serde_json::json!({ "version": 1, "columns": [
        ["alive", "role", "vital_status"], ["alive", "polarity", "as_named"], ["alive", "value:0", "alive"], ["alive", "value:1", "dead"]
    ] });
    std::fs::write(&settings, turned.to_string()).unwrap();
    let turned = json(&["--mapping", path], ALIVE);
    assert_eq!(
        (&turned["questions"], &column(&turned, "alive")["polarity"]),
        (&serde_json::json!([]), &"as_named".into())
    );
    assert_eq!(turned["patients"][0]["os"]["event"], false);
    std::fs::write(&settings, "{\"version\": 99, \"columns\": []}").unwrap();
    assert!(refusal(&["--mapping", path], ALIVE.as_bytes()).contains("later version"));
    std::fs::write(&settings, "[1]").unwrap();
    assert!(refusal(&["--mapping", path], ALIVE.as_bytes()).contains("settings"));
}

#[test]
fn files_that_are_not_tables_are_refused_by_name_and_in_one_line() {
    for (bytes, name) in [
        (&b"$FL2@(#) SPSS DATA FILE\x02\0\0\0"[..], "SPSS"),
        (b"PAR1\x15\x04\x15\x10\x15\x14L\x15\x02", "Parquet"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "compressed"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"", "empty"),
    ] {
        let line = refusal(&[], bytes);
        assert!(line.contains(name), "{line}");
    }
    assert!(run(&["import", "--input", "/nowhere.csv"], b"").status.code() == Some(2));
    assert!(run(&["import"], b"").status.code() == Some(2));
}

/// Files are known by their bytes: standard input has no name.
#[test]
fn files_of_statistics_programs_are_read_by_their_bytes() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/workbooks");
    for (name, format, rows) in [
        ("statistics.sav", "sav", 6),
        ("statistics.zsav", "sav", 6),
        ("statistics.por", "por", 6),
        ("statistics.dta", "dta", 6),
        ("statistics_8.xpt", "xpt", 6),
        ("statistics.sas7bdat", "sas7bdat", 6),
        ("statistics.rds", "rds", 6),
        ("statistics.RData", "rdata", 6),
        ("statistics.omv", "omv", 6),
    ] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let output = run(&["import", "--input", "-", "--json"], &bytes);
        let report: Value = serde_json::from_slice(&output.stdout).expect(name);
        assert_eq!(
            (&report["format"], &report["n_rows"]),
            (&format.into(), &rows.into()),
            "{name}"
        );
        assert_eq!(report["patients"][0]["id"], "P001", "{name}");
        if !["statistics.omv", "statistics.por"].contains(&name) {
            assert_eq!(column(&report, "dx")["role"], "diagnosis_date", "{name}");
        }
    }
    let html = "<table><tr><th>id<th>dx<tr><td>1<td>2015-03-01<tr><td>2<td>2016-02-29</table>";
    assert_eq!(json(&[], html)["format"], "html");
    // A table of text keeps being one under the name of a workbook.
    let named = file("text.xls");
    std::fs::write(&named, BASE.replace(',', "\t")).unwrap();
    let output = run(&["import", "--input", named.to_str().unwrap(), "--json"], b"");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["format"], &report["n_rows"]), (&"csv".into(), &6.into()));
}

#[test]
fn the_codes_are_listed_and_those_that_occur_are_among_them() {
    let output = run(&["import", "--codes", "--json"], b"");
    let codes: Value = serde_json::from_slice(&output.stdout).unwrap();
    for text in [
        ALIVE,
        "id,death_date,wbc,ldh\n1,alive,33.9,9999\n1,2019-01-01,850500,1\n2,9999-12-31,high,9999\nMean,,,\n",
        "id,dx,death_date\n1,01/02/2015,13/14/2015\n2,03/04/16,2015-03\n",
    ] {
        let report = json(&[], text);
        let listed = |list: &str, from: &Value| {
            for each in report[list].as_array().unwrap() {
                assert!(from.get(each["code"].as_str().unwrap()).is_some(), "{each}");
            }
        };
        listed("questions", &codes["questions"]);
        listed("problems", &codes["problems"]);
    }
    assert!(String::from_utf8_lossy(&run(&["import", "--codes"], b"").stdout).contains("direction"));
}

#[test]
fn rows_that_are_not_patients_are_set_aside_with_the_reason() {
    let report = json(
        &[],
        &format!("{BASE}{}Mean,,,,202.1,,0.0036,,,,\n", BASE.split_once('\n').unwrap().1),
    );
    assert_eq!(report["patients"].as_array().unwrap().len(), 6);
    assert_eq!(report["set_aside"].as_array().unwrap().len(), 7);
    let reasons: Vec<&str> = report["set_aside"]
        .as_array()
        .unwrap()
        .iter()
        .map(|aside| aside["reason"].as_str().unwrap())
        .collect();
    assert!(
        reasons[0].contains("row 1") && reasons[6].contains("not a patient"),
        "{reasons:?}"
    );
    let codes: Vec<&Value> = report["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|asked| &asked["code"])
        .collect();
    assert_eq!(codes, ["not_patients", "repeated_ids"]);
}

#[test]
fn a_table_for_people() {
    let output = run(&["import", "--input", "-"], ALIVE.as_bytes());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.starts_with("-: 5 rows, 5 patients\n") && text.contains("2 of 5 died. Is that right?"),
        "{text}"
    );
}

/// The same six rows in five formats are understood alike, also from standard input, without a name.
#[test]
fn workbooks_of_each_format_are_understood_alike() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/workbooks");
    let read = |input: &str, bytes: &[u8]| -> Value {
        let output = run(&["import", "--input", input, "--sheet", "Patients", "--json"], bytes);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let wanted = read(folder.join("patients.xlsx").to_str().unwrap(), b"");
    assert_eq!((&wanted["format"], &wanted["n_rows"]), (&"xlsx".into(), &6.into()));
    for format in ["xls", "xlsb", "ods"] {
        let path = folder.join(format!("patients.{format}"));
        let named = read(path.to_str().unwrap(), b"");
        assert_eq!(named["format"], format);
        for key in ["sheet", "n_rows", "columns", "problems", "patients"] {
            assert_eq!(named[key], wanted[key], "{format} {key}");
        }
        assert_eq!(
            read("-", &std::fs::read(path).unwrap())["patients"],
            wanted["patients"],
            "{format}"
        );
    }
}

/// The code page of a file that is not UTF-8 is a question; its answer in the mapping file is used before the columns
/// are read.
#[test]
fn the_code_page_of_a_file_is_asked_and_answered() {
    let text = "번호,성별,진단일,생존 여부\n1,남,2020-01-02,생존\n2,여,2020-03-04,사망\n";
    let (bytes, ..) = encoding_rs::EUC_KR.encode(text);
    let folder = std::env::temp_dir().join(format!("cotside-code-page-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.join(name).to_string_lossy().into_owned();
        std::fs::write(&path, content).unwrap();
        path
    };
    let input = file("patients.csv", &bytes);
    let out = file("answers.json", b"");
    let report = common::json(&["import", "--input", &input, "--mapping-out", &out, "--json"], "");
    assert_eq!(report["encoding"], "EUC-KR (Korean)");
    assert_eq!(report["columns"][1]["name"], "성별");
    let questions = report["questions"].as_array().unwrap();
    let asked: Vec<_> = questions
        .iter()
        .filter(|question| question["code"] == "encoding")
        .collect();
    assert_eq!(
        (asked.len(), &asked[0]["column"], &asked[0]["proposed"]),
        (1, &Value::Null, &"euc-kr".into())
    );
    let shown = asked[0]["text"].as_str().unwrap();
    assert!(shown.contains("번호") && shown.contains("windows-1252"), "{shown}");

    let answers = std::fs::read_to_string(&out).unwrap();
    for (label, name) in [("euc-kr", "번호"), ("windows-1252", "¹øÈ£")] {
        let mapping = file("mapping.json", answers.replace("euc-kr", label).as_bytes());
        let report = common::json(&["import", "--input", &input, "--mapping", &mapping, "--json"], "");
        assert_eq!(report["columns"][0]["name"], name);
        let questions = report["questions"].as_array().unwrap();
        assert!(
            questions.iter().all(|question| question["code"] != "encoding"),
            "{label}"
        );
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Times from another day are added only where they are asked for, each with the event or the reason why there is none.
#[test]
fn times_from_another_day() {
    let input = "id,diagnosis_date,first_remission_date,hsct_date,relapse_date,death_date,last_follow_up_date\n\
        1,2018-05-10,2018-06-10,2018-09-10,2018-10-10,2019-08-01,2019-08-01\n2,2018-12-03,2019-01-03,,,,2023-04-11\n\
        3,2019-09-02,2019-10-02,2020-01-02,,2020-02-01,2020-02-01\n4,2019-09-03,2019-10-02,2020-01-02,2019-12-01,,2021-02-01\n";
    let plain = json(&[], input);
    assert!(plain["patients"][0].get("from").is_none());
    let report = json(&["--origin", "transplant"], input);
    assert_eq!(report["patients"][0]["os"], plain["patients"][0]["os"]);
    let of = |patient: usize, endpoint: &str| report["patients"][patient]["from"]["endpoints"][endpoint].clone();
    assert_eq!(report["patients"][0]["from"]["origin"], "transplant");
    assert_eq!(
        of(0, "os"),
        serde_json::json!({"days": 325.0, "event": true, "cause": "death", "not_followed_because": null})
    );
    assert_eq!(of(0, "lfs")["days"], 30.0);
    assert_eq!(of(0, "relapse")["cause"], "relapse");
    assert_eq!(of(2, "relapse")["cause"], "death");
    assert_eq!(
        of(1, "os")["not_followed_because"],
        "not transplanted, so not at risk after transplantation"
    );
    assert_eq!(
        of(3, "lfs")["not_followed_because"],
        "relapsed before transplantation, and no column has the date of a relapse after it"
    );
    assert_eq!(
        of(0, "grfs")["not_followed_because"],
        "no column has the date of acute GVHD grade III–IV"
    );
    let told = common::text(&["import", "--input", "-", "--origin", "relapse"], input);
    assert!(
        told.contains("Time from relapse\n  overall survival: 2 patients, 1 event; not followed: 2: no relapse"),
        "{told}"
    );
    assert!(refusal(&["--origin", "birth"], input.as_bytes()).contains("first-remission"));
}
