//! Endpoints in panels, the difference of survival over time, and colours of groups: what they draw is what the other results say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use std::collections::BTreeMap;

use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

const REGISTRY: &[u8] = include_bytes!("../../../www/samples/synthetic-registry.csv");
const TIMES_ONLY: &[u8] = include_bytes!("../../../www/samples/severance-follow-up.csv");

fn bench(file: &[u8], settings: &[(&str, &str)]) -> Results {
    let mut intake = CohortFile::default();
    assert_eq!(intake.open("file.csv", "", file).refused, None);
    let mut bench = Results::default();
    let _ = bench.take(intake.study().unwrap());
    let _ = bench.take_protocols(intake.protocols());
    for (name, value) in settings {
        let _ = named::set(&mut bench, name, value);
    }
    bench
}

/// The rows of a file of a figure, by the names of its columns.
fn rows(bench: &mut Results, figure: &str) -> Vec<BTreeMap<String, String>> {
    let text = bench.export(&format!("{figure}.csv"), "").unwrap().text;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = head.iter().zip(record.iter());
        cells.map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The columns of a row that a panel has in common with a figure of one endpoint.
fn shared(row: &BTreeMap<String, String>, estimate: &str, events: &str) -> [String; 8] {
    [
        "group",
        "time_years",
        "at_risk",
        events,
        "censored",
        estimate,
        "lower",
        "upper",
    ]
    .map(|name| row[name].clone())
}

#[test]
fn a_panel_has_the_numbers_of_its_endpoint() {
    for group in ["", "finding:sex", "finding:kmt2a"] {
        let mut both = bench(REGISTRY, &[("group", group), ("interval", "log"), ("level", "90")]);
        let panels = rows(&mut both, "panels");
        let of = |title: &str| -> Vec<[String; 8]> {
            let own = panels.iter().filter(|row| row["panel"] == title);
            own.map(|row| shared(row, "estimate", "events")).collect()
        };
        for (code, title) in [("efs", "Event-free survival"), ("os", "Overall survival")] {
            let mut alone = bench(
                REGISTRY,
                &[
                    ("group", group),
                    ("interval", "log"),
                    ("level", "90"),
                    ("endpoint", code),
                ],
            );
            let own: Vec<_> = rows(&mut alone, "curves")
                .iter()
                .map(|row| shared(row, "survival", "events"))
                .collect();
            assert_eq!(of(title), own, "{group} {title}");
        }
        let incidence = rows(&mut both, "incidence");
        for title in ["Relapse", "Death without relapse"] {
            let own = incidence.iter().filter(|row| row["cause"].eq_ignore_ascii_case(title));
            let own: Vec<_> = own.map(|row| shared(row, "incidence", "events_any_cause")).collect();
            assert!(!own.is_empty());
            assert_eq!(of(title), own, "{group} {title}");
        }
    }
}

#[test]
fn panels_do_not_depend_on_the_endpoint_that_is_chosen_but_on_the_origin() {
    let mut one = bench(REGISTRY, &[("group", "finding:sex")]);
    let mut other = bench(REGISTRY, &[("group", "finding:sex"), ("endpoint", "os")]);
    assert_eq!(rows(&mut one, "panels"), rows(&mut other, "panels"));
    let mut transplant = bench(REGISTRY, &[("origin", "transplant")]);
    let titles: Vec<String> = rows(&mut transplant, "panels")
        .iter()
        .map(|row| row["panel"].clone())
        .collect();
    assert!(
        titles.iter().any(|title| title == "Non-relapse mortality"),
        "{titles:?}"
    );
    // A file with times of one endpoint, and the course after a relapse, have no panels, and this is said.
    for mut none in [bench(TIMES_ONLY, &[]), bench(REGISTRY, &[("origin", "relapse")])] {
        assert!(none.export("panels.csv", "").is_none());
        let report = none.export("report.html", "").unwrap().text;
        assert!(
            !report.contains("Endpoints in panels"),
            "what there is not is not reported"
        );
    }
}

#[test]
fn the_difference_is_that_of_the_curves() {
    let mut bench = bench(REGISTRY, &[("group", "finding:sex"), ("at", "2, 5")]);
    let curves = rows(&mut bench, "curves");
    let at = |group: &str, time: f64| {
        let own = curves.iter().filter(|row| row["group"] == group);
        let mut before = own.filter(|row| row["time_years"].parse::<f64>().unwrap() <= time);
        before.next_back().map_or(1.0, |row| row["survival"].parse().unwrap())
    };
    let differences = rows(&mut bench, "difference");
    assert!(differences.len() > 40);
    for row in &differences {
        let time: f64 = row["time_years"].parse().unwrap();
        let expected: f64 = at("male", time) - at("female", time);
        let found: f64 = row["difference"].parse().unwrap();
        assert!((found - expected).abs() < 1e-12, "{time}: {found} {expected}");
    }
    // At the fixed times, which are held against R, the interval is the same.
    let numbers = bench.export("numbers.csv", "").unwrap().text;
    let mut held = 0;
    for year in [2.0, 5.0] {
        let row = differences
            .iter()
            .rfind(|row| row["time_years"].parse::<f64>().unwrap() <= year)
            .unwrap();
        for (name, quantity) in [
            ("difference", "survival_difference"),
            ("lower", "survival_difference_lower"),
            ("upper", "survival_difference_upper"),
        ] {
            let line = numbers
                .lines()
                .find(|line| line.starts_with(&format!("{quantity},")) && line.contains(&format!(",{year},")));
            if let Some(value) = line.and_then(|line| line.rsplit(',').next()?.parse::<f64>().ok()) {
                let found: f64 = row[name].parse().unwrap();
                assert!((found - value).abs() < 1e-12, "{quantity} at {year}: {found} {value}");
                held += 1;
            }
        }
    }
    assert_eq!(held, 6);
}

#[test]
fn nothing_is_compared_where_there_is_one_group() {
    let mut alone = bench(REGISTRY, &[]);
    assert!(alone.export("difference.csv", "").is_none());
    assert!(alone.export("panels.csv", "").is_some());
}

/// The classes of the colours of the curves of a figure, in the order of their groups.
fn inks(bench: &mut Results, figure: &str) -> Vec<String> {
    let svg = bench.export(&format!("{figure}.scene"), "").unwrap().text;
    let scene: serde_json::Value = serde_json::from_str(&svg).unwrap();
    let mut found = Vec::new();
    collect(&scene, &mut found);
    found.dedup();
    found
}

fn collect(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(map) => {
            if let Some(stroke) = map.get("stroke").filter(|_| map.contains_key("pieces")) {
                found.push(stroke["ink"].to_string());
            }
            map.values().for_each(|each| collect(each, found));
        }
        serde_json::Value::Array(all) => all.iter().for_each(|each| collect(each, found)),
        _ => {}
    }
}

/// A colour that was given to a group is the group's in every figure, also where the others come in another order.
#[test]
fn a_group_keeps_its_colour_in_every_figure() {
    let settings = [
        ("group", "finding:sex"),
        ("model:finding:wbc", "yes"),
        ("colour:finding:sex#male", "5"),
        ("censored", "no"),
        ("lines", "colour"),
        ("incidence", "panels"),
    ];
    let mut bench = bench(REGISTRY, &settings);
    for figure in ["curves", "panels", "incidence", "adjusted", "loglog"] {
        let inks = inks(&mut bench, figure);
        let has = |place: usize| {
            inks.iter()
                .any(|ink| ink.contains("Series") && ink.contains(&place.to_string()))
        };
        assert!(has(4) && has(0) && !has(1), "{figure}: {inks:?}");
    }
    let difference = inks(&mut bench, "difference");
    assert!(
        difference.iter().any(|ink| ink.contains('4')) && !difference.iter().any(|ink| ink.contains('1')),
        "{difference:?}"
    );
}
