//! What `cotside import` makes of a registry, held against what is known of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

use super::binary::BinaryFile;
use super::common;
use super::patients::Patient;
use super::registries::Registry;

/// What became of a registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything is right, and nothing was asked.
    Unasked,
    /// Everything is right as proposed; there are questions.
    Asked,
    /// The file does not say which of its codes is which, and that is asked.
    Open,
    /// Something is missing or wrong as proposed, and it was asked or reported.
    Partly,
    /// Refused, with the reason.
    Refused,
    /// Something is wrong, and nothing says so.
    Silent,
}

impl Outcome {
    pub fn code(self) -> &'static str {
        match self {
            Self::Unasked => "unasked",
            Self::Asked => "asked",
            Self::Open => "open",
            Self::Partly => "partly",
            Self::Refused => "refused",
            Self::Silent => "silent",
        }
    }
}

/// A registry as it was read.
pub struct Reading {
    pub layout: String,
    pub language: String,
    pub coding: String,
    pub format: String,
    pub outcome: Outcome,
    /// The first differences from the truth, and the questions.
    pub why: String,
}

impl Reading {
    pub fn name(&self) -> String {
        format!(
            "{} | {} | {} | {}",
            self.layout, self.language, self.coding, self.format
        )
    }
}

/// What is known of a patient.
#[derive(Debug, Clone, Deserialize)]
pub struct Truth {
    pub id: String,
    /// Days and whether it was an event; none where the file does not hold it.
    pub efs: Option<(f64, bool)>,
    pub os: Option<(f64, bool)>,
    /// Findings by their codes, of those that the file holds.
    pub findings: BTreeMap<String, Value>,
}

/// Reads a registry that was made here.
pub fn of_registry(registry: &Registry, patients: &[Patient]) -> Reading {
    let truth: Vec<Truth> = patients.iter().map(|patient| truth(registry, patient)).collect();
    let name = format!("registry.{}", registry.ending);
    let (outcome, why) = judge(&import(&name, &registry.bytes), &truth, registry.says);
    let twin = if registry.flipped { ", twin" } else { "" };
    Reading {
        layout: registry.layout.to_owned(),
        language: registry.language.to_owned(),
        coding: format!("{}{twin}", registry.coding),
        format: registry.format.clone(),
        outcome,
        why,
    }
}

/// Reads a file that was made by another program.
pub fn of_file(file: &BinaryFile) -> Reading {
    let (outcome, why) = judge(&import(&file.name, &file.bytes), &file.truth, file.says);
    Reading {
        layout: file.layout.clone(),
        language: file.language.clone(),
        coding: file.coding.clone(),
        format: file.format.clone(),
        outcome,
        why,
    }
}

fn truth(registry: &Registry, patient: &Patient) -> Truth {
    let time = |(days, event): (u32, bool)| Some((f64::from(days), event));
    let finding = |code: &&str| {
        let value = match *code {
            "age_days" => patient.age_days().into(),
            "sex" => if patient.female { "female" } else { "male" }.into(),
            "wbc" => patient.wbc.into(),
            "kmt2a" => if patient.rearranged { "rearranged" } else { "germline" }.into(),
            other => panic!("{other} is no finding of the corpus"),
        };
        ((*code).to_owned(), value)
    };
    Truth {
        id: patient.id.clone(),
        efs: time(patient.efs()),
        os: time(patient.os()),
        findings: registry.findings.iter().map(finding).collect(),
    }
}

/// The report of a file, or why it was refused.
fn import(name: &str, bytes: &[u8]) -> Result<Value, String> {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("corpus-{}-{name}", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    let output = common::run(&["import", "--input", path.to_str().unwrap(), "--json"], b"");
    let _ = std::fs::remove_file(&path);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    match output.status.code() {
        Some(0) => Ok(serde_json::from_slice(&output.stdout).expect("JSON")),
        Some(2) => Err(error),
        other => panic!("{name}: status {other:?}: {error}"),
    }
}

/// What was found of the endpoints or of one finding.
#[derive(Default)]
struct Found {
    missing: usize,
    wrong: usize,
    first: String,
}

impl Found {
    fn compare(&mut self, what: &str, found: Option<&str>, expected: Option<&str>) {
        match (found, expected) {
            (None, Some(_)) => self.missing += 1,
            (found, expected) if found != expected => self.wrong += 1,
            _ => return,
        }
        if self.first.is_empty() {
            self.first = format!("{what} is {found:?}, in truth {expected:?}");
        }
    }

    fn is_right(&self) -> bool {
        self.missing + self.wrong == 0
    }
}

fn judge(report: &Result<Value, String>, truth: &[Truth], says: bool) -> (Outcome, String) {
    let report = match report {
        Ok(report) => report,
        Err(why) => return (Outcome::Refused, why.trim().to_owned()),
    };
    let asked = |field: &str| -> Vec<Value> { report[field].as_array().cloned().unwrap_or_default() };
    let (questions, problems) = (asked("questions"), asked("problems"));
    let role = |question: &Value| role_of(report, question["column"].as_str());
    let of_course = |each: &Value| role(each).is_none_or(|role| !is_finding(&role));
    let of_finding = |each: &Value, code: &str| role(each).is_none_or(|role| role == code);
    let told = || questions.iter().chain(&problems);

    let found = compare(report, truth);
    let mut why: Vec<String> = found
        .values()
        .filter(|found| !found.is_right())
        .map(|found| format!("{} ({} missing, {} wrong)", found.first, found.missing, found.wrong))
        .collect();
    why.extend(questions.iter().map(|question| {
        format!(
            "asked {} {}: {}",
            question["column"], question["code"], question["proposed"]
        )
    }));
    let silent = found.iter().any(|(code, found)| {
        found.wrong > 0
            && !match code.as_str() {
                "course" => told().any(of_course),
                code => told().any(|each| of_finding(each, code)),
            }
    });
    let is_followed = found["course"].missing < 2 * truth.len();
    let is_asked = questions.iter().any(of_course);
    let outcome = if silent || (!says && is_followed && !is_asked) {
        Outcome::Silent
    } else if !says && is_asked {
        Outcome::Open
    } else if found.values().any(|found| !found.is_right()) {
        Outcome::Partly
    } else if questions.is_empty() {
        Outcome::Unasked
    } else {
        Outcome::Asked
    };
    (outcome, why.join("; "))
}

/// The role of the column that a question or problem names.
fn role_of(report: &Value, column: Option<&str>) -> Option<String> {
    let columns = report["columns"].as_array()?;
    let found = columns.iter().find(|each| each["name"].as_str() == column)?;
    found["role"].as_str().map(str::to_owned)
}

fn is_finding(role: &str) -> bool {
    cotside_core::infant::Field::ALL
        .iter()
        .any(|field| field.column() == role)
}

/// Differences of the course, and of each finding.
fn compare(report: &Value, truth: &[Truth]) -> BTreeMap<String, Found> {
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    let patients = report["patients"].as_array().cloned().unwrap_or_default();
    let course = found.entry("course".to_owned()).or_default();
    if patients.len() != truth.len() {
        let (number, expected) = (patients.len().to_string(), truth.len().to_string());
        course.compare("the number of patients", Some(&number), Some(&expected));
    }
    let by_id: BTreeMap<&str, &Value> = patients
        .iter()
        .filter_map(|patient| Some((patient["id"].as_str()?, patient)))
        .collect();
    let held: BTreeSet<&String> = truth.iter().flat_map(|expected| expected.findings.keys()).collect();
    for expected in truth {
        let patient = by_id.get(expected.id.as_str()).copied().unwrap_or(&Value::Null);
        for (name, expected_time) in [("efs", expected.efs), ("os", expected.os)] {
            let what = format!("{} {name}", expected.id);
            let time = time(&patient[name]);
            // Months with two decimals are as good as the day.
            let near = |days: f64| expected_time.is_some_and(|(expected, _)| (days - expected).abs() <= 0.5);
            let shown = |(days, event): (f64, bool)| {
                let days = if near(days) {
                    expected_time.map_or(days, |(days, _)| days)
                } else {
                    days
                };
                format!("{days}{}", if event { "" } else { "+" })
            };
            let course = found.entry("course".to_owned()).or_default();
            course.compare(&what, time.map(shown).as_deref(), expected_time.map(shown).as_deref());
        }
        for code in &held {
            let value = expected.findings.get(*code).unwrap_or(&Value::Null);
            let got = &patient["findings"][code];
            let same = match (got.as_f64(), value.as_f64()) {
                (Some(got), Some(value)) => (got - value).abs() <= 1e-9 * value.abs(),
                _ => got == value,
            };
            let expected_text = value.to_string();
            let text = if same { expected_text.clone() } else { got.to_string() };
            found.entry((*code).clone()).or_default().compare(
                &format!("{} {code}", expected.id),
                (!got.is_null()).then_some(text.as_str()),
                (!value.is_null()).then_some(expected_text.as_str()),
            );
        }
    }
    found
}

fn time(value: &Value) -> Option<(f64, bool)> {
    Some((value["days"].as_f64()?, value["event"].as_bool()?))
}
