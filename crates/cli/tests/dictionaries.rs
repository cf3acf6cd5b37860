//! Files of codes with a dictionary beside them are read as the same file in words, without a question.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod common;

use std::path::PathBuf;

use serde_json::Value;

/// Six patients in words.
const WORDS: &str = "record_id,birth_date,diagnosis_date,sex,wbc,kmt2a,cns,first_event,relapse_date,death_date,vital_status,last_follow_up\n\
    P1,2018-01-05,2018-05-10,male,33.9,rearranged,1,relapse,2019-02-01,2019-08-01,dead,2019-08-01\n\
    P2,2018-03-12,2018-12-03,female,310,rearranged,2,none,,,alive,2023-04-11\n\
    P3,2019-07-01,2019-09-02,female,,germline,1,none,,,alive,2024-01-09\n\
    P4,2017-02-02,2017-04-04,male,850.5,rearranged,3,relapse,2017-12-24,,alive,2022-06-06\n\
    P5,2020-01-01,2020-08-08,male,12,,1,death,,2020-09-30,dead,2020-09-30\n\
    P6,2016-05-05,2016-07-07,female,1.1,rearranged,1,none,,,alive,2021-03-03\n";

/// The same in codes that no custom gives: 1 is alive, KMT2A 1 is germline, CNS 0 is CNS1, -99 is missing.
const CODES: &str = "record_id,dob,dx,sx,leuk,kmt,zns,ev1,rel,dod_date,st,lc\n\
    P1,2018-01-05,2018-05-10,2,33.9,2,0,3,2019-02-01,2019-08-01,0,2019-08-01\n\
    P2,2018-03-12,2018-12-03,1,310,2,1,1,,,1,2023-04-11\n\
    P3,2019-07-01,2019-09-02,1,-99,1,0,1,,,1,2024-01-09\n\
    P4,2017-02-02,2017-04-04,2,850.5,2,2,3,2017-12-24,,1,2022-06-06\n\
    P5,2020-01-01,2020-08-08,2,12,9,0,2,,2020-09-30,0,2020-09-30\n\
    P6,2016-05-05,2016-07-07,1,1.1,2,0,1,,,1,2021-03-03\n";

const LABELS: &[(&str, &str)] = &[
    ("dob", "Date of birth"),
    ("dx", "Date of diagnosis"),
    ("sx", "Sex"),
    ("leuk", "WBC at diagnosis (10^9/L)"),
    ("kmt", "KMT2A status"),
    ("zns", "CNS status"),
    ("ev1", "First event"),
    ("rel", "Date of relapse"),
    ("dod_date", "Date of death"),
    ("st", "Vital status"),
    ("lc", "Date of last contact"),
];

const LEVELS: &[(&str, &[(&str, &str)])] = &[
    ("sx", &[("1", "Female"), ("2", "Male")]),
    ("kmt", &[("1", "Germline"), ("2", "Rearranged"), ("9", "Unknown")]),
    ("zns", &[("0", "CNS1"), ("1", "CNS2"), ("2", "CNS3")]),
    (
        "ev1",
        &[
            ("1", "None"),
            ("2", "Death"),
            ("3", "Relapse"),
            ("4", "Second malignancy"),
        ],
    ),
    ("st", &[("0", "Dead"), ("1", "Alive")]),
];

fn file(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

fn joined<T>(parts: &[T], separator: &str, write: impl Fn(&T) -> String) -> String {
    parts.iter().map(write).collect::<Vec<_>>().join(separator)
}

fn import(input: &str, dictionaries: &[String]) -> Value {
    let mut arguments = vec!["import", "--json", "--input", input];
    for dictionary in dictionaries {
        arguments.extend(["--dictionary", dictionary]);
    }
    common::json(&arguments, "")
}

fn redcap() -> String {
    let mut text = "\"Variable / Field Name\",\"Form Name\",\"Section Header\",\"Field Type\",\"Field Label\",\"Choices, Calculations, OR Slider Labels\",\
        \"Field Note\",\"Text Validation Type OR Show Slider Number\"\nrecord_id,base,,text,Record ID,,,\n"
        .to_owned();
    for (name, label) in LABELS {
        let levels = LEVELS.iter().find(|(of, _)| of == name);
        let choices = levels.map_or(String::new(), |(_, levels)| {
            joined(levels, " | ", |(code, label)| format!("{code}, {label}"))
        });
        let kind = if levels.is_some() { "radio" } else { "text" };
        let date = if label.starts_with("Date") { "date_dmy" } else { "" };
        text += &format!("{name},base,,{kind},{label},\"{choices}\",,{date}\n");
    }
    text
}

fn spss() -> String {
    let labels = joined(LABELS, "\n/", |(name, label)| format!("{name} '{label}'"));
    let levels = joined(LEVELS, "\n/", |(name, levels)| {
        format!(
            "{name} {}",
            joined(levels, " ", |(code, label)| format!("{code} '{label}'"))
        )
    });
    format!("VARIABLE LABELS\n{labels}.\nVALUE LABELS\n{levels}.\nMISSING VALUES leuk (-99).\nEXECUTE.\n")
}

fn stata() -> String {
    let labels = joined(LABELS, "\n", |(name, label)| {
        format!("label variable {name} \"{label}\"")
    });
    let levels = joined(LEVELS, "\n", |(name, levels)| {
        let pairs = joined(levels, " ", |(code, label)| format!("{code} \"{label}\""));
        format!("label define {name}_ {pairs}\nlabel values {name} {name}_")
    });
    format!("clear\n{labels}\n{levels}\nmvdecode leuk, mv(-99)\n")
}

fn sas() -> String {
    let labels = joined(LABELS, "\n", |(name, label)| format!("label {name}='{label}';"));
    let formats = joined(LEVELS, "\n", |(name, levels)| {
        let pairs = joined(levels, " ", |(code, label)| format!("{code}='{label}'"));
        format!("value {name}_ {pairs};")
    });
    let uses = joined(LEVELS, "\n", |(name, _)| format!("format {name} {name}_.;"));
    format!(
        "proc format;\n{formats}\nvalue leuk_ -99='Missing';\nrun;\ndata a; set a;\n{labels}\n{uses}\nformat leuk leuk_.;\nrun;\n"
    )
}

fn r() -> String {
    let labels = joined(LABELS, "\n", |(name, label)| format!("label(data${name})=\"{label}\""));
    let levels = joined(LEVELS, "\n", |(name, levels)| {
        let codes = joined(levels, ",", |(code, _)| format!("\"{code}\""));
        let labels = joined(levels, ",", |(_, label)| format!("\"{label}\""));
        format!("data${name}.factor = factor(data${name},levels=c({codes}))\nlevels(data${name}.factor)=c({labels})")
    });
    format!(
        "data=read.csv('x.csv')\n{labels}\n{levels}\ndata$leuk <- factor(data$leuk, levels=c(-99), labels=c(\"missing\"))\n"
    )
}

fn castor() -> [String; 2] {
    let variables = joined(LABELS, "\n", |(name, label)| {
        let group = if *name == "leuk" || LEVELS.iter().any(|(of, _)| of == name) {
            *name
        } else {
            ""
        };
        format!("Study;Base;{name};{label};ID;radio;{group}")
    });
    let options = joined(LEVELS, "\n", |(name, levels)| {
        joined(levels, "\n", |(code, label)| format!("{name};X;{label};{code}"))
    });
    [
        format!(
            "Form Type;Form Name;Field Variable Name;Field Label;Field ID;Field Type;Optiongroup name\n{variables}\n"
        ),
        format!("Optiongroup name;Optiongroup ID;Option name;Option value\n{options}\nleuk;X;missing;-99\n"),
    ]
}

fn codebook() -> String {
    let rows = joined(LEVELS, "\n", |(name, levels)| {
        joined(levels, "\n", |(code, label)| format!("{name},{code},{label}"))
    });
    let labels = joined(LABELS, "\n", |(name, label)| format!("{name},,{label}"));
    format!("variable,code,label\n{labels}\n{rows}\nleuk,-99,missing\n")
}

/// What is analysed: times, events and findings by patient.
fn patients(report: &Value) -> &Value {
    &report["patients"]
}

#[test]
fn codes_with_a_dictionary_are_read_as_words_without_a_question() {
    let wanted = import(&file("words.csv", WORDS), &[]);
    assert_eq!(wanted["questions"], serde_json::json!([]));
    let codes = file("codes.csv", CODES);
    for (name, texts) in [
        ("spss.sps", vec![spss()]),
        ("stata.do", vec![stata()]),
        ("sas.sas", vec![sas()]),
        ("r.txt", vec![r()]),
        ("castor.csv", castor().to_vec()),
        ("codebook.csv", vec![codebook()]),
    ] {
        let paths: Vec<String> = texts
            .iter()
            .enumerate()
            .map(|(place, text)| file(&format!("{place}-{name}"), text))
            .collect();
        let found = import(&codes, &paths);
        assert_eq!(found["questions"], serde_json::json!([]), "{name}");
        assert_eq!(patients(&found), patients(&wanted), "{name}");
        assert_eq!(found["problems"], serde_json::json!([]), "{name}");
        assert!(
            found["dictionaries"][0]["text"].as_str().unwrap().contains("describes"),
            "{name}"
        );
    }
    // REDCap's dictionary has no codes for missing values.
    let plain = CODES.replace("-99", "");
    let found = import(&file("redcap.csv", &plain), &[file("dictionary.csv", &redcap())]);
    assert_eq!(
        (&found["questions"], patients(&found)),
        (&serde_json::json!([]), patients(&wanted))
    );
    let column = |name: &str| {
        let columns = found["columns"].as_array().unwrap();
        columns.iter().find(|column| column["name"] == name).unwrap().clone()
    };
    assert_eq!(column("lc")["label"], "Date of last contact");
}

#[test]
fn one_code_outside_the_dictionary_is_asked_about_and_is_nobody_s_status() {
    let codes = file("odd.csv", &CODES.replace(",1,2024-01-09", ",2,2024-01-09"));
    let found = import(&codes, &[file("odd.sps", &spss())]);
    let asked = found["questions"].as_array().unwrap();
    assert_eq!((asked.len(), &asked[0]["column"]), (1, &"st".into()), "{asked:?}");
    assert!(
        asked[0]["text"].as_str().unwrap().contains("2 (not in the dictionary)"),
        "{asked:?}"
    );
    assert_eq!(found["patients"][2]["os"], Value::Null);
}

#[test]
fn visits_of_a_longitudinal_project_become_one_patient_with_conflicts_reported() {
    let text = "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,dob,dx,sx,leuk,zns___0,zns___1,zns___2,ev1,rel,dod_date,st,lc,base_complete\n\
        1,base_arm_1,,,2018-01-05,2018-05-10,2,33.9,1,0,0,,,,,,2\n\
        1,fu_arm_1,,,,,,,0,0,0,1,,,1,2019-01-01,2\n\
        1,fu_arm_1,mrd,1,,,,,,,,,,,,,\n\
        1,fu2_arm_1,,,,,1,,0,0,0,3,2019-02-01,2019-08-01,0,2019-08-01,2\n\
        1,fu3_arm_1,,,,,,,0,0,0,2,2019-06-01,2019-08-01,0,2018-08-01,2\n\
        2,base_arm_1,,,2018-03-12,2018-12-03,1,310,0,1,0,,,,,,2\n\
        2,fu_arm_1,,,,,,,0,0,0,1,,,1,2023-04-11,2\n";
    let dictionary = file(
        "visits-dictionary.csv",
        &redcap().replace("zns,base,,radio", "zns,base,,checkbox"),
    );
    let found = import(&file("visits.csv", text), &[dictionary]);
    assert_eq!(found["questions"], serde_json::json!([]));
    let patients = found["patients"].as_array().unwrap();
    let follow = |at: usize, endpoint: &str| {
        (
            patients[at][endpoint]["days"].as_f64(),
            patients[at][endpoint]["event"].as_bool(),
        )
    };
    assert_eq!(
        (follow(0, "efs"), follow(0, "os")),
        ((Some(267.0), Some(true)), (Some(448.0), Some(true)))
    );
    assert_eq!(
        (follow(1, "efs"), follow(1, "os")),
        ((Some(1590.0), Some(false)), (Some(1590.0), Some(false)))
    );
    assert_eq!(
        (&patients[0]["findings"]["sex"], &patients[0]["findings"]["cns"]),
        (&"male".into(), &"1".into())
    );
    assert_eq!(patients[1]["findings"]["cns"], "2");
    let problems: Vec<&Value> = found["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|problem| problem["code"] == "other_row")
        .collect();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(
        (&problems[0]["row"], &problems[0]["column"], &problems[0]["value"]),
        (&4.into(), &"sx".into(), &"Female".into())
    );
}

#[test]
fn subjects_are_joined_to_their_endpoints() {
    let endpoints = "STUDYID,USUBJID,PARAMCD,PARAM,AVAL,AVALU,CNSR,STARTDT\nS,S-1,OS,Overall Survival,448,DAYS,0,2018-05-10\nS,S-1,EFS,Event-Free Survival,267,DAYS,0,2018-05-10\n\
        S,S-2,OS,Overall Survival,52.238,MONTHS,1,2018-12-03\nS,S-2,EFS,Event-Free Survival,52.238,MONTHS,2,2018-12-03\n";
    let subjects = "STUDYID,USUBJID,SEX,WBC\nS,S-1,M,33.9\nS,S-2,F,310\nS,S-3,F,5\n";
    let (endpoints, subjects) = (file("adtte.csv", endpoints), file("adsl.csv", subjects));
    for (input, beside) in [(&endpoints, &subjects), (&subjects, &endpoints)] {
        let found = import(input, std::slice::from_ref(beside));
        assert_eq!(found["questions"], serde_json::json!([]));
        let patients = found["patients"].as_array().unwrap();
        assert_eq!((patients.len(), &patients[0]["id"]), (2, &"S-1".into()));
        assert_eq!(patients[0]["os"], serde_json::json!({ "days": 448.0, "event": true }));
        assert_eq!(patients[0]["efs"], serde_json::json!({ "days": 267.0, "event": true }));
        let censored = &patients[1]["efs"];
        assert!((censored["days"].as_f64().unwrap() - 52.238 * 30.4375).abs() < 1e-9 && censored["event"] == false);
        assert_eq!(
            (&patients[1]["findings"]["sex"], &patients[1]["findings"]["wbc"]),
            (&"female".into(), &310.0.into())
        );
        assert!(
            found["dictionaries"][0]["text"]
                .as_str()
                .unwrap()
                .contains("1 of it have no endpoint")
        );
    }
}

#[test]
fn a_file_that_is_no_dictionary_is_refused_with_what_it_is_not() {
    let (words, other) = (file("w.csv", WORDS), file("o.csv", "id,wbc,sex\n1,2,m\n2,3,f\n"));
    let line = common::refusal(&["import", "--input", &words, "--dictionary", &other, "--json"], b"");
    assert!(
        line.contains("no dictionary") && line.contains("id, wbc, sex"),
        "{line}"
    );
}
