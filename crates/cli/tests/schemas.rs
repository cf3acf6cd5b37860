//! The published schemas: each describes what its command prints, and notices what is not so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;

use common::{assert_refused, json, schema, text};
use serde_json::Value;

const COHORT: &str = "\
time,status,cause,arm,age,sex,hsct
0.4,1,1,a,30,f,
0.9,1,2,a,120,m,0.5
1.3,0,0,a,200,f,
1.7,1,1,a,90,m,0.8
2.2,1,1,a,45,f,
2.8,0,0,a,300,m,1.1
3.1,1,2,a,210,f,
3.6,1,1,a,75,m,0.6
4.4,0,0,a,160,f,1.9
5.2,0,0,a,250,m,
0.6,1,1,b,20,m,
1.1,0,0,b,310,f,0.7
1.5,1,2,b,140,m,
2.1,0,0,b,280,f,
2.6,1,1,b,60,f,0.9
3.3,0,0,b,190,m,
3.9,1,1,b,230,f,1.4
4.8,0,0,b,100,m,
5.5,1,2,b,330,f,2.0
6.1,0,0,b,260,m,
";
const POINTS: &str = "t,s\n0,100\n1,100\n1,80\n3,80\n3,45.714\n5,45.714\n";
const PATIENTS: &str =
    "id,age_days,wbc,kmt2a,prednisone_response,cns\na,100,400,rearranged,,1\nb,10,20,germline,good,2\n";
const REGISTRY: &str = "id,diagnosis_date,death_date,last_follow_up,alive\n\
    A,2018-05-10,2019-08-01,2019-08-01,0\nB,2018-12-03,,2023-04-11,1\nC,2017-01-01,,2016-01-01,1\n";
const STUDIES: &str = "study,y,se\nA,-0.3,0.12\nB,-0.1,0.2\nC,-0.45,0.25\n";

/// Commands with what they read; each schema of a command has at least one.
const RUNS: &[(&str, &str)] = &[
    ("stratify --input -", PATIENTS),
    ("stratify --input - --protocol mll-10", PATIENTS),
    ("protocols", ""),
    ("protocols --not-yet", ""),
    ("protocols --proof mll-10", ""),
    ("km --time time --event status", COHORT),
    (
        "km --time time --event status --group arm --at 1,3,9 --rmst 4 --conditional 1,3 --bands equal-precision \
         --cumulative-hazard nelson-aalen --reference arm=a",
        COHORT,
    ),
    ("logrank --time time --event status --group arm", COHORT),
    (
        "logrank --time time --event status --group arm --exact --trend --strata sex",
        COHORT,
    ),
    (
        "cox --time time --event status --covariates age --factor arm sex --zph km --interaction arm:sex",
        COHORT,
    ),
    ("cox --time time --event status --factor arm --spline age:3", COHORT),
    ("cox --time time --event status --covariates age --firth", COHORT),
    (
        "adjusted --time time --event status --group arm --covariates age --at 1,3",
        COHORT,
    ),
    ("cure --time time --event status --group arm --dist weibull", COHORT),
    (
        "transplant --time time --event status --transplant hsct --landmark 1",
        COHORT,
    ),
    ("subgroups --time time --event status --group arm --by sex", COHORT),
    ("cif --time time --event cause", COHORT),
    (
        "cif --time time --event cause --group arm --pairwise --difference --at 1,3",
        COHORT,
    ),
    (
        "finegray --time time --event cause --cause 1 --covariates age --factor arm --predict age=100,arm=a --at 2",
        COHORT,
    ),
    (
        "parametric --time time --event status --dist weibull --covariates age --predict age=100 --quantiles 0.5 --at 2",
        COHORT,
    ),
    ("evidence --study mll-10", ""),
    ("evidence --compare interfant-06/2,mll-10/4", ""),
    ("evidence --compare interfant-06/2,mll-10/4 --binomial", ""),
    ("evidence --commentary", ""),
    ("check", ""),
    ("check --estimate 41.7 --se 9.2 --n 115", ""),
    (
        "pool --ids interfant-99/2,interfant-06/2,mll03/1,mll-10/4 --leave-one-out",
        "",
    ),
    ("pool --input - --estimate y --std-err se --label study", STUDIES),
    (
        "power two-groups --hazard-ratio 0.6 --survival 0.5 --time 4 --accrual 6 --follow-up 3 --per-year 20",
        "",
    ),
    (
        "power two-groups --baseline interfant-06/2 --n 300 --accrual 6 --follow-up 3",
        "",
    ),
    ("power one-group --reference 0.5 --alternative 0.7 --sides one", ""),
    (
        "reconstruct --input - --time t --survival s --at-risk 0:10,2:7,4:4",
        POINTS,
    ),
    ("import --input -", REGISTRY),
    ("import --codes", ""),
];

/// The arithmetic of a check differs from one kind to the next.
const OPEN: &[&str] = &["/numbers/"];

fn answer(command: &str, input: &str) -> (&'static str, Value) {
    let mut words: Vec<&str> = command.split(' ').collect();
    if !input.is_empty() && !words.contains(&"--input") {
        words.extend(["--input", "-"]);
    }
    words.push("--json");
    (schema::name_of(&words).expect("a schema"), json(&words, input))
}

/// Names in the list that `cotside schema` prints, with what they are of.
fn listed() -> Vec<(String, String)> {
    let list = text(&["schema"], "");
    let pair = |line: &str| {
        let (name, about) = line.split_once(' ').expect("name and about");
        (name.to_owned(), about.trim().to_owned())
    };
    list.lines().map(pair).collect()
}

#[test]
fn every_command_prints_what_its_schema_says_and_no_schema_takes_everything() {
    let mut seen = BTreeSet::new();
    let since = format!("evidence --since {}", first_evidence());
    for &(command, input) in RUNS.iter().chain(&[(since.as_str(), "")]) {
        let (name, document) = answer(command, input);
        schema::notices_changes(name, &document, OPEN);
        seen.insert(name.to_owned());
    }
    let of_commands = listed().into_iter().filter(|(_, about)| about.starts_with("cotside "));
    let of_commands: BTreeSet<String> = of_commands.map(|(name, _)| name).collect();
    assert_eq!(seen, of_commands);
}

fn first_evidence() -> String {
    let versions = cotside_core::evidence::evidence_versions();
    versions.first().expect("a version").0.to_string()
}

#[test]
fn every_schema_is_printed_and_valid_and_has_a_number() {
    for (name, about) in listed() {
        let printed: Value = serde_json::from_str(&text(&["schema", &name], "")).expect("JSON");
        let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
        compiler.add_resource(&name, printed.clone()).expect("a schema");
        assert!(compiler.compile(&name, &mut schemas).is_ok(), "{name}");
        assert!(
            printed["$id"].as_str().is_some_and(|id| id.starts_with("urn:cotside-")),
            "{name}"
        );
        assert!(!about.is_empty(), "{name}");
    }
    assert_refused(&["schema", "kaplan"], "", &["“kaplan”", "km, logrank"]);
}
