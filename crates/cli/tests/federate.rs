//! `cotside federate`: a whole pooled analysis over files, as coordinator and sites run it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use common::{assert_refused, json, schema, text};
use serde_json::Value;

/// A folder for one test, with the sample registry split by centre.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("cotside-federate-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/samples/synthetic-registry.csv");
        let registry = std::fs::read_to_string(file).unwrap();
        let mut lines = registry.lines();
        let header = lines.next().unwrap();
        let centre = header.split(',').position(|name| name == "centre").unwrap();
        let mut centres: BTreeMap<String, String> = BTreeMap::new();
        for line in lines {
            let site = line.split(',').nth(centre).unwrap().to_owned();
            let rows = centres.entry(site).or_insert_with(|| format!("{header}\n"));
            *rows += &format!("{line}\n");
        }
        for (site, rows) in centres {
            std::fs::write(path.join(format!("{site}.csv")), rows).unwrap();
        }
        Self(path)
    }

    fn at(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn document(&self, name: &str) -> Value {
        serde_json::from_slice(&std::fs::read(self.0.join(name)).unwrap()).unwrap()
    }

    /// Every file of the folder is as the schema of its kind says, and each kind's schema notices changes. Returns the kinds.
    fn kinds(&self) -> BTreeSet<&'static str> {
        let mut kinds = BTreeSet::new();
        for entry in std::fs::read_dir(&self.0).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|kind| kind != "json") {
                continue;
            }
            let document: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            let name = match document["kind"].as_str().unwrap() {
                "cotside-federated-plan" => "federated-plan",
                "cotside-federated-key" => "federated-key",
                "cotside-federated-summary" => "federated-summary",
                "cotside-disclosure-log" => "federated-log",
                "cotside-federated-result" => "federated-result",
                other => panic!("{other}"),
            };
            assert_eq!(schema::why_not(name, &document), None, "{}", path.display());
            if kinds.insert(name) {
                schema::notices_changes(name, &document, &[]);
            }
        }
        kinds
    }

    /// Writes the plan of round 1.
    fn plan(&self, flags: &[&str]) {
        let out = self.at("plan-1.json");
        let model = [
            "--covariate",
            "wbc:log10:0.5:3.5:2:1:1e9/L",
            "--covariate",
            "age_days<183:day",
            "--covariate",
            "kmt2a=germline,rearranged",
            "--select",
            "age_days<366",
            "--expected-n",
            "120",
            "--expected-events",
            "75",
        ];
        let mut arguments = vec![
            "federate", "plan", "--study", "pilot", "--sites", "A,B,C,D", "--out", &out,
        ];
        arguments.extend(model);
        arguments.extend(flags);
        text(&arguments, "");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// All rounds; `flags` of the summaries by site. Returns the result.
fn rounds(folder: &Folder, sites: &[&str], flags: impl Fn(&str) -> Vec<String>) -> Value {
    for round in 1..=8 {
        let plan = folder.at(&format!("plan-{round}.json"));
        let mut files = Vec::new();
        for site in sites {
            let (input, out) = (
                folder.at(&format!("{site}.csv")),
                folder.at(&format!("r{round}-{site}.json")),
            );
            let mut arguments = vec![
                "federate", "summary", "--input", &input, "--plan", &plan, "--site", site, "--out", &out,
            ];
            let more = flags(site);
            arguments.extend(more.iter().map(String::as_str));
            text(&arguments, "");
            files.push(out);
        }
        let (next, result) = (folder.at(&format!("plan-{}.json", round + 1)), folder.at("result.json"));
        let mut arguments = vec![
            "federate", "combine", "--plan", &plan, "--out", &next, "--json", "--result", &result, "--input",
        ];
        arguments.extend(files.iter().map(String::as_str));
        let found = json(&arguments, "");
        if found["converged"] == true || !std::path::Path::new(&next).exists() {
            return found;
        }
    }
    panic!("no end of the rounds");
}

#[test]
fn sums_of_each_site() {
    let folder = Folder::new("per-site");
    folder.plan(&[
        "--sharing",
        "per_site",
        "--group",
        "kmt2a=germline,rearranged",
        "--table1",
        "wbc:0,50,300,2000",
    ]);
    let plan = folder.document("plan-1.json");
    assert_eq!(
        (plan["kind"].as_str(), plan["round"].as_u64()),
        (Some("cotside-federated-plan"), Some(1))
    );
    // Shown first: every number with its place, and nothing is written.
    let (plan_path, a) = (folder.at("plan-1.json"), folder.at("A.csv"));
    let shown = text(
        &[
            "federate", "summary", "--input", &a, "--plan", &plan_path, "--site", "A",
        ],
        "",
    );
    for word in ["cox.score ", "Left out", "sha256 ", "Nothing is written"] {
        assert!(shown.contains(word), "{shown}");
    }
    let shown = json(
        &[
            "federate", "summary", "--input", &a, "--plan", &plan_path, "--site", "A", "--json",
        ],
        "",
    );
    assert_eq!(shown["site"], "A");
    // The smallest centre is refused in one line.
    let d = folder.at("D.csv");
    assert_refused(
        &[
            "federate", "summary", "--input", &d, "--plan", &plan_path, "--site", "D",
        ],
        "",
        &["smallest_n", "masked totals"],
    );
    let log = |site: &str| folder.at(&format!("{site}-log.json"));
    let flags = |site: &str| {
        let flag = if std::path::Path::new(&log(site)).exists() {
            "--log"
        } else {
            "--new-log"
        };
        vec![flag.to_owned(), log(site)]
    };
    let found = rounds(&folder, &["A", "B"], flags);
    assert_eq!(found["converged"], true);
    assert!(found["rounds"].as_u64().unwrap() <= 4);
    let because = found["because_not_exact"].as_array().unwrap();
    assert!(because.iter().any(|why| why == "precision_bits"), "{because:?}");
    assert_eq!(found["sites"][3]["because"], "missing");
    let cox = &found["cox"];
    assert_eq!((cox["n"].as_u64(), cox["n_events"].as_u64()), (Some(77), Some(50)));
    // R: coxph(Surv(time, event) ~ x1 + x2 + x3 + strata(centre)) of the two centres, tests/reference/federated.
    for (each, expected) in cox["coefficients"].as_array().unwrap().iter().zip(EXPECTED_OF_A_AND_B) {
        let off = (each["coef"].as_f64().unwrap() - expected[0]).abs() / expected[1];
        assert!(off < 0.02, "{off}");
        assert!((each["std_err"].as_f64().unwrap() / expected[1] - 1.0).abs() < 0.02);
    }
    assert_eq!(folder.document("r2-A.json")["log"], "continued");
    let kinds = [
        "federated-log",
        "federated-plan",
        "federated-result",
        "federated-summary",
    ];
    assert_eq!(folder.kinds(), BTreeSet::from(kinds));
}

#[test]
fn masked_totals() {
    let folder = Folder::new("masked");
    folder.plan(&["--grid", "day:3652", "--analyses", "km,cox"]);
    let sites = ["A", "B", "C", "D"];
    let plan = folder.at("plan-1.json");
    for site in sites {
        let out = folder.at(&format!("key-{site}.json"));
        text(&["federate", "key", "--plan", &plan, "--site", site, "--out", &out], "");
        assert_refused(
            &["federate", "key", "--plan", &plan, "--site", site, "--out", &out],
            "",
            &["made once"],
        );
    }
    let flags = |site: &str| {
        let at = sites.iter().position(|each| *each == site).unwrap();
        let before = sites[(at + 3) % 4];
        vec![
            "--own-key".to_owned(),
            folder.at(&format!("key-{site}.json")),
            "--received-key".to_owned(),
            folder.at(&format!("key-{before}.json")),
        ]
    };
    let found = rounds(&folder, &sites, flags);
    assert_eq!(
        (found["converged"].as_bool(), found["exact"].as_bool()),
        (Some(true), Some(true)),
        "{found}"
    );
    assert_eq!(found["cox"]["n"], 110);
    assert!(folder.document("r1-A.json")["n"].is_null() && folder.document("r1-A.json")["masked"].is_array());
    for (each, expected) in found["cox"]["coefficients"]
        .as_array()
        .unwrap()
        .iter()
        .zip(EXPECTED_OF_ALL)
    {
        assert!((each["coef"].as_f64().unwrap() - expected[0]).abs() < 1e-10);
        assert!((each["std_err"].as_f64().unwrap() - expected[1]).abs() < 1e-10);
    }
    let kinds = [
        "federated-key",
        "federated-plan",
        "federated-result",
        "federated-summary",
    ];
    assert_eq!(folder.kinds(), BTreeSet::from(kinds));
    // A missing site is named, and so is a missing key.
    let file = folder.at("r1-A.json");
    assert_refused(
        &["federate", "combine", "--plan", &plan, "--input", &file],
        "",
        &["no file of site B"],
    );
    let a = folder.at("A.csv");
    assert_refused(
        &["federate", "summary", "--input", &a, "--plan", &plan, "--site", "A"],
        "",
        &["key"],
    );
}

/// Centre C has two patients of one level of CNS; the plan lets it take two levels together.
#[test]
fn a_site_gives_less() {
    let folder = Folder::new("less");
    folder.plan(&[
        "--sharing",
        "per_site",
        "--group",
        "kmt2a_partner=AFF1,MLLT3,MLLT1,MLLT10",
        "--table1",
        "cns",
        "--analyses",
        "table1,km,logrank",
        "--allow-merge",
        "cns=2,3",
        "--allow-merge",
        "kmt2a_partner=MLLT1,MLLT10",
    ]);
    let (plan, input, out) = (folder.at("plan-1.json"), folder.at("B.csv"), folder.at("r1-B.json"));
    let base = ["federate", "summary", "--input", &input, "--plan", &plan, "--site", "B"];
    let with = |more: &[&str]| -> Vec<String> { base.iter().chain(more).map(|&text| text.to_owned()).collect() };
    let shown = |arguments: &[String]| text(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), "");
    let apart = shown(&with(&[]));
    assert!(apart.contains("(--merge kmt2a_partner=MLLT1,MLLT10)"), "{apart}");
    let less = with(&[
        "--merge",
        "kmt2a_partner=MLLT1,MLLT10",
        "--end-follow-up",
        "1461",
        "--out",
        &out,
    ]);
    shown(&less);
    let file = folder.document("r1-B.json");
    assert_eq!(file["merged"]["kmt2a_partner"][0][1], "MLLT10");
    assert_eq!(file["n_by_group"].as_array().unwrap().len(), 3);
    let withheld = file["withheld"].to_string();
    assert!(
        withheld.contains("follow-up after 1461") && withheld.contains("levels of kmt2a_partner apart"),
        "{withheld}"
    );
    let found = text(&["federate", "combine", "--plan", &plan, "--input", &out], "");
    assert!(
        found.contains("MLLT1+MLLT10") && found.contains("taken together at all sites"),
        "{found}"
    );
    for (flag, value, words) in [
        ("--merge", "cns=1,2", ["design.merges", "1 and 2 of cns"]),
        ("--merge", "cns", ["--merge cns", "field and its levels"]),
        ("--end-follow-up", "500", ["cannot end at 500", "1461"]),
    ] {
        let arguments = with(&[flag, value]);
        assert_refused(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), "", &words);
    }
}

/// Coefficients and standard errors of cases.json in tests/reference/federated: registry by centre, Efron; A and B, and all.
const EXPECTED_OF_A_AND_B: [[f64; 2]; 3] = [
    [0.35457215596080516, 0.3958778219069397],
    [0.34503123895500937, 0.3299493092619715],
    [0.6956901752527253, 0.44364265123931884],
];
const EXPECTED_OF_ALL: [[f64; 2]; 3] = [
    [0.3115185116435436, 0.3091278115072625],
    [0.3720174912135682, 0.2717291688663639],
    [0.7259799675936279, 0.4051906673260579],
];

#[test]
fn refusals_are_one_line() {
    let folder = Folder::new("refusals");
    folder.plan(&["--sharing", "per_site"]);
    let (plan, a) = (folder.at("plan-1.json"), folder.at("A.csv"));
    let summary =
        |site: &'static str| ["federate", "summary", "--input", &a, "--plan", &plan, "--site", site].map(str::to_owned);
    let refused = |arguments: &[String], words: &[&str]| {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        assert_refused(&arguments, "", words);
    };
    refused(&summary("Z"), &["design.sites", "no site Z"]);
    assert_refused(
        &["federate", "combine", "--plan", &plan],
        "",
        &["no summary has been given"],
    );
    assert_refused(
        &["federate", "combine", "--plan", &a, "--input", &a],
        "",
        &["A.csv", "not JSON"],
    );
    assert_refused(&["federate", "plan"], "", &["--study is required"]);
    assert_refused(
        &["federate", "plan", "--study", "s", "--sites", "A,B,C"],
        "",
        &["--expected-n"],
    );
    let base = ["federate", "plan", "--study", "s", "--sites", "A,B"];
    for (flag, value, word) in [
        ("--covariate", "wbc:log10:1:2", "wbc:log10:0.5:3.5:2:1"),
        ("--grid", "day:0", "last day"),
        ("--grid", "3,2", "design.grid"),
        ("--endpoint", "pfs", "give one of efs"),
        ("--group", "kmt2a", "field and its levels"),
        ("--select", "age_days<x", "not a number"),
    ] {
        let mut arguments = base.to_vec();
        arguments.extend([flag, value]);
        assert_refused(&arguments, "", &[word]);
    }
}
