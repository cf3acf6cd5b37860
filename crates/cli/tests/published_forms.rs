//! What is published for other programs: the schemas of files, and answers as FHIR Observations with codes that were read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use boon::{Compiler, Schemas};
use common::{assert_refused, json, text};
use serde_json::Value;

const PATIENTS: &str = "id,age_days,wbc,kmt2a,kmt2a_partner,cns,prednisone_response\n\
    one,30,400,rearranged,AFF1,1,poor\ntwo,200,20,germline,,1,good\nthree,100,,,,,\n";

/// Why a file is not valid; a validator that is not ours reads the schema.
fn why(schema: &Value, file: &Value) -> Option<String> {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("schema.json", schema.clone()).unwrap();
    let index = compiler.compile("schema.json", &mut schemas).unwrap();
    schemas.validate(file, index).err().map(|error| error.to_string())
}

#[test]
fn schemas_are_those_of_the_files() {
    let schema = json(&["protocols", "--schema"], "");
    let file: Value = serde_json::from_str(&text(&["protocols", "--as-file", "interfant-06"], "")).unwrap();
    assert_eq!(why(&schema, &file), None);
    let mut wrong = file;
    wrong["groups"][0]["level"] = "severe".into();
    assert!(why(&schema, &wrong).is_some());
    let schema = json(&["import", "--schema"], "");
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("published-forms");
    std::fs::create_dir_all(&folder).unwrap();
    let answers = folder.join("answers.json");
    let answers = answers.to_str().unwrap();
    let csv =
        "id,diagnosis_date,death_date,last_follow_up\nA,2018-05-10,2019-08-01,2019-08-01\nB,2018-12-03,,2023-04-11\n";
    let printed = common::run(&["import", "--input", "-", "--mapping-out", answers], csv.as_bytes());
    assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
    let file: Value = serde_json::from_slice(&std::fs::read(answers).unwrap()).unwrap();
    assert_eq!(why(&schema, &file), None);
    assert_refused(&["protocols", "--schema", "--json"], "", &["--schema"]);
}

/// No list and no object of FHIR is empty, and no value is null.
fn is_full(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(entries) => !entries.is_empty() && entries.iter().all(is_full),
        Value::Object(entries) => !entries.is_empty() && entries.values().all(is_full),
        Value::String(text) => !text.trim().is_empty(),
        _ => true,
    }
}

/// The rules of FHIR R4 for an `Observation`: status and code are there, and a value or the reason why there is none.
#[test]
fn answers_are_observations() {
    let bundle = json(&["stratify", "--input", "-", "--fhir"], PATIENTS);
    assert_eq!(
        (&bundle["resourceType"], &bundle["type"]),
        (&"Bundle".into(), &"collection".into())
    );
    assert!(is_full(&bundle));
    let protocols = json(&["protocols", "--json"], "").as_array().unwrap().len();
    let entries = bundle["entry"].as_array().unwrap();
    assert_eq!(entries.len(), 3 * protocols);
    let known = [
        "resourceType",
        "status",
        "code",
        "subject",
        "method",
        "note",
        "valueCodeableConcept",
        "dataAbsentReason",
    ];
    for entry in entries {
        let resource = entry["resource"].as_object().unwrap();
        assert!(resource.keys().all(|key| known.contains(&key.as_str())), "{resource:?}");
        assert_eq!(
            (&resource["resourceType"], &resource["status"]),
            (&"Observation".into(), &"preliminary".into())
        );
        assert_eq!(resource["code"]["coding"][0]["code"], "C167435");
        assert!(
            resource["code"]["text"]
                .as_str()
                .unwrap()
                .starts_with("Risk group by the rule of")
        );
        assert_ne!(
            resource.contains_key("valueCodeableConcept"),
            resource.contains_key("dataAbsentReason"),
            "{resource:?}"
        );
    }
    // What was recalled and not verified is in no resource.
    let printed = bundle.to_string();
    let codes = text(&["protocols", "--codes"], "");
    let recalled: Vec<&str> = codes.lines().filter(|line| line.contains(",recalled,")).collect();
    assert!(!recalled.is_empty() && codes.lines().count() > 10);
    for line in recalled {
        let code = line.split(',').nth(3).unwrap();
        assert!(!printed.contains(code), "{code}");
    }
}

/// A group has a code only where a value set has one for what the protocol calls it; an open answer has a reason.
#[test]
fn no_code_is_chosen_that_only_comes_near() {
    let answers = |protocol: &str| {
        let bundle = json(
            &["stratify", "--input", "-", "--fhir", "--protocol", protocol],
            PATIENTS,
        );
        let entries = bundle["entry"].as_array().unwrap().clone();
        entries
            .into_iter()
            .map(|entry| entry["resource"].clone())
            .collect::<Vec<Value>>()
    };
    let interfant = answers("interfant-06");
    assert_eq!(interfant[0]["subject"]["identifier"]["value"], "one");
    assert_eq!(interfant[0]["valueCodeableConcept"]["coding"][0]["code"], "C122458");
    assert_eq!(interfant[0]["valueCodeableConcept"]["text"], "high risk (HR)");
    let low = &interfant[1]["valueCodeableConcept"];
    assert_eq!((&low["coding"], &low["text"]), (&Value::Null, &"low risk (LR)".into()));
    assert!(interfant[1]["note"].to_string().contains("No code of the value sets"));
    assert_eq!(interfant[2]["dataAbsentReason"]["coding"][0]["code"], "unknown");
    assert!(
        interfant[2]["note"][0]["text"]
            .as_str()
            .unwrap()
            .contains("Interfant-06")
    );
    let relapse = answers("japan-relapse");
    assert_eq!(relapse[0]["dataAbsentReason"]["coding"][0]["code"], "not-applicable");
}
