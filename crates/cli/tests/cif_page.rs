//! `cotside cif` and the page give the same incidences and the same tests of the same patients.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use cotside_core::cohort::{Endpoint, Origin, TimeSettings, TimeUnit};
use cotside_core::shortest;
use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

/// The page's number of a quantity.
fn on_page(numbers: &str, quantity: &str, of: &str, at: &str) -> f64 {
    let quoted = if of.contains(',') {
        format!("\"{of}\"")
    } else {
        of.to_owned()
    };
    let wanted = format!("{quantity},{quoted},{at},");
    let found = numbers.lines().find_map(|line| line.strip_prefix(&wanted));
    let found = found.unwrap_or_else(|| panic!("{wanted} is not in {numbers}"));
    found.trim().parse().unwrap()
}

#[test]
fn the_command_says_what_the_page_shows() {
    for (name, file, origin, endpoint) in [
        (
            "registry",
            "www/samples/synthetic-registry.csv",
            Origin::Diagnosis,
            Endpoint::EventFreeSurvival,
        ),
        (
            "transplant",
            "tests/reference/workbench/transplant_file.csv",
            Origin::Transplant,
            Endpoint::GvhdFreeRelapseFreeSurvival,
        ),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file);
        let mut intake = CohortFile::default();
        assert_eq!(intake.open(name, "", &std::fs::read(path).unwrap()).refused, None);
        let study = intake.study().unwrap();
        let times = TimeSettings {
            unit: TimeUnit::Years,
            origin: Some(origin),
            ..TimeSettings::default()
        };
        let followed = study.follow(endpoint, times);
        let sex = study.variable("finding:sex").unwrap().values.clone();
        let mut results = Results::default();
        let _ = results.take(study);
        let mut settings = results.requested().clone();
        settings.read("origin", origin.code());
        settings.read("endpoint", endpoint.code());
        settings.read("group", "finding:sex");
        let _ = results.change(settings);
        let numbers = results.export("numbers.csv", "").unwrap().text;
        // The same patients as the command reads them.
        let mut rows = "time,event,sex\n".to_owned();
        for (place, &patient) in followed.patient.iter().enumerate() {
            let (time, event) = (shortest(followed.time[place]), followed.event[place].index());
            rows.push_str(&format!("{time},{event},{}\n", sex.text(patient)));
        }
        let path = std::env::temp_dir().join(format!("cotside-cif-page-{name}-{}.csv", std::process::id()));
        std::fs::write(&path, rows).unwrap();
        let said = Command::new(env!("CARGO_BIN_EXE_cotside"))
            .args([
                "cif", "--time", "time", "--event", "event", "--group", "sex", "--at", "1,3,5", "--json", "--input",
            ])
            .arg(&path)
            .output()
            .unwrap();
        let _ = std::fs::remove_file(&path);
        let answer: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
        let code = |cause: &serde_json::Value| {
            let kinds = [
                "none",
                "relapse",
                "death",
                "second_malignancy",
                "induction_failure",
                "event",
                "acute_gvhd",
                "chronic_gvhd",
            ];
            kinds[usize::try_from(cause.as_u64().unwrap()).unwrap()]
        };
        let mut compared = 0;
        for group in answer["groups"].as_array().unwrap() {
            for cause in group["causes"].as_array().unwrap() {
                if cause["events"] == 0 {
                    continue;
                }
                let of = format!("{}, {}", group["group"].as_str().unwrap(), code(&cause["cause"]));
                for at in cause["at"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|at| at["carried_on"] == false)
                {
                    let year = shortest(at["time"].as_f64().unwrap());
                    let page = on_page(&numbers, "incidence", &of, &year);
                    assert!(
                        (page - at["estimate"].as_f64().unwrap()).abs() < 1e-14,
                        "{name} {of} {year}"
                    );
                    if at["lower"].is_number() {
                        let page = on_page(&numbers, "incidence_lower", &of, &year);
                        assert!(
                            (page - at["lower"].as_f64().unwrap()).abs() < 1e-14,
                            "{name} {of} {year}"
                        );
                    }
                    compared += 1;
                }
            }
        }
        for test in answer["gray"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|test| test["p"].is_number())
        {
            let page = on_page(&numbers, "gray_p", code(&test["cause"]), "");
            assert!((page - test["p"].as_f64().unwrap()).abs() < 1e-14, "{name}");
            compared += 1;
        }
        assert!(compared > 15, "{name}: {compared}");
    }
}
