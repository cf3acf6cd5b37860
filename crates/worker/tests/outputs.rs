//! What leaves the page: report, methods, project file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use cotside_core::infant::Date;
use cotside_messages::FileRequest;
use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

const REGISTRY: &[u8] = include_bytes!("../../../www/samples/synthetic-registry.csv");
const AWKWARD: &[u8] = include_bytes!("../../../tests/reference/workbench/awkward_file.csv");

/// The two modules as the worker's script puts them together.
struct Page {
    intake: CohortFile,
    bench: Results,
}

impl Page {
    fn open(name: &str, bytes: &[u8]) -> Self {
        let mut page = Self {
            intake: CohortFile::on(Date::parse_iso("2026-11-21")),
            bench: Results::default(),
        };
        assert_eq!(page.intake.open(name, "", bytes).refused, None);
        page.take();
        page
    }

    fn take(&mut self) {
        let study = self.intake.study().unwrap();
        let _ = self.bench.take(study);
        let _ = self.bench.take_protocols(self.intake.protocols());
    }

    fn set(&mut self, name: &str, value: &str) {
        let _ = named::set(&mut self.bench, name, value);
    }

    fn say(&mut self, request: FileRequest) {
        assert!(self.intake.set(request).is_some());
        self.take();
    }

    fn export(&mut self, what: &str) -> String {
        let beside = match what {
            "report.html" => self.intake.report().unwrap(),
            "script.R" => self.intake.script().unwrap(),
            _ => String::new(),
        };
        self.bench.export(what, &beside).expect(what).text
    }

    /// What the page would show of a project that another page saved: of columns, then of settings.
    fn load(&mut self, saved: &Self) -> [String; 2] {
        let columns = self.intake.load(&saved.intake.project());
        self.take();
        let settings = self.bench.load(&saved.bench.project().settings);
        [
            columns.parts["project-columns"].clone(),
            settings.parts["project"].clone(),
        ]
    }
}

fn asked() -> Page {
    let mut page = Page::open("registry.csv", REGISTRY);
    let header = std::str::from_utf8(REGISTRY).unwrap().lines().next().unwrap();
    let place = |name: &str| header.split(',').position(|each| each == name).unwrap();
    page.say(named::role(place("hsct_date"), "ignored"));
    for (name, value) in [
        ("endpoint", "os"),
        ("group", &format!("column:{}", place("centre"))),
        ("only", "finding:sex=male"),
        ("at", "2, 4"),
        ("width", "89"),
        ("panel", "C"),
        ("model:finding:age_days", "yes"),
    ] {
        page.set(name, value);
    }
    page
}

#[test]
fn a_project_on_the_same_file_gives_the_same_numbers() {
    let mut saved = asked();
    let mut fresh = Page::open("copy.csv", REGISTRY);
    assert_ne!(fresh.export("numbers.csv"), saved.export("numbers.csv"));
    let told = fresh.load(&saved);
    assert!(told[0].contains("fit the columns"), "{told:?}");
    assert!(told[1].contains("All saved settings"), "{told:?}");
    for what in ["numbers.csv", "values.csv", "curves.svg", "together.svg"] {
        assert!(fresh.export(what) == saved.export(what), "{what}");
    }
    assert_eq!(fresh.intake.project(), saved.intake.project());
    assert_eq!(fresh.bench.project(), saved.bench.project());
}

#[test]
fn columns_are_found_by_name_wherever_they_stand() {
    let mut saved = asked();
    // The last column first.
    let turned: Vec<String> = std::str::from_utf8(REGISTRY)
        .unwrap()
        .lines()
        .map(|line| line.split(',').rev().collect::<Vec<_>>().join(","))
        .collect();
    let mut other = Page::open("turned.csv", turned.join("\n").as_bytes());
    let told = other.load(&saved);
    assert!(
        told[0].contains("fit the columns") && told[1].contains("All saved settings"),
        "{told:?}"
    );
    assert_eq!(other.export("numbers.csv"), saved.export("numbers.csv"));
}

#[test]
fn a_project_on_another_file_says_what_does_not_fit() {
    let saved = asked();
    let mut other = Page::open("other.csv", AWKWARD);
    let [columns, settings] = other.load(&saved);
    for said in [
        "The settings have a column “centre”",
        "do not name “Pat-Nr”",
        "another file",
    ] {
        assert!(columns.contains(said), "{said}: {columns}");
    }
    assert!(settings.contains("group = named:centre"), "{settings}");
    assert!(!settings.contains("endpoint"), "{settings}");
    assert!(other.export("numbers.csv").contains("followed"));
}

#[test]
fn a_project_holds_no_cell_but_codes() {
    let mut page = Page::open("awkward.csv", AWKWARD);
    page.set("group", "finding:sex");
    let all = format!("{:?}{:?}", page.intake.project(), page.bench.project());
    for cell in ["1.234,5", "03.01.2010", "Graz", "Süd", "12,5"] {
        assert!(!all.contains(cell), "{cell}: {all}");
    }
    assert!(
        all.contains("\"value:2\", \"female\"") && all.contains("Leukozyten /nl"),
        "{all}"
    );
}

#[test]
fn broken_projects_change_nothing_that_matters() {
    let mut page = Page::open("registry.csv", REGISTRY);
    let line = |header: &str, what: &str, how: &str| [header, what, how].map(str::to_owned);
    let before = page.intake.project();
    let reply = page.intake.load(&[
        line("sex", "role", "relapse_date"),
        line("wbc", "role", "no such role"),
        line("cns", "value:1", "1"),
        line("kmt2a", "role", "kmt2a"),
        line("kmt2a", "value:germline", "no such code"),
        line("centre", "role", "group"),
        line("centre", "nothing", "x"),
    ]);
    assert_eq!(reply.parts["project-columns"].matches("as guessed").count(), 6);
    assert_eq!(page.intake.project(), before);
    let told = page.bench.load(&[
        ("group".to_owned(), "named:x".to_owned()),
        ("only".to_owned(), "finding:sex=<b>".to_owned()),
        ("width".to_owned(), "1e9".to_owned()),
    ]);
    assert!(told.parts["project"].contains("finding:sex=&lt;b&gt;"), "{told:?}");
    assert!(page.export("curves.svg").contains("width=\"120mm\""));
}

#[test]
fn the_report_stands_alone() {
    let mut page = asked();
    let report = page.export("report.html");
    for outside in [
        "<script",
        "<button",
        "<select",
        "<input",
        "data-export",
        "url(",
        "src=",
        "href=",
        "@import",
    ] {
        assert!(!report.contains(outside), "{outside}");
    }
    assert!(!report.replace("http://www.w3.org/2000/svg", "").contains("http://"));
    for part in [
        "registry.csv: 120 rows",
        "Made on 2026-11-21",
        "Simulated data: no row is a patient",
        "cells or rows could not be used",
        "Cox regression",
        "Methods",
        "Kaplan EL, Meier P",
        "Overall survival: from diagnosis to death of any cause",
        "</html>",
    ] {
        assert!(report.contains(part), "{part}");
    }
    assert!(report.matches("<svg").count() >= 4);
    assert_eq!(report.matches("<details").count(), report.matches("</details>").count());
    assert_eq!(report.matches("<div").count(), report.matches("</div>").count());
}

#[test]
fn the_methods_are_those_that_were_run() {
    let mut page = Page::open("registry.csv", REGISTRY);
    let methods = |page: &mut Page| {
        let report = page.export("report.html");
        let (_, methods) = report.rsplit_once("<h2>Methods</h2>").unwrap();
        methods.split("</p>").next().unwrap().to_owned()
    };
    let first = methods(&mut page);
    for said in [
        "Induction failure counted as an event at time 0",
        "Aalen–Johansen",
        "landmark at 0.5 years",
        "120 patients",
    ] {
        assert!(first.contains(said), "{said}: {first}");
    }
    for not_run in ["Gray", "were compared", "One model", "Firth", "rule would call"] {
        assert!(!first.contains(not_run), "{not_run}: {first}");
    }
    for (name, value) in [
        ("endpoint", "os"),
        ("group", "protocol:interfant-06"),
        ("test", "peto"),
        ("firth", "yes"),
        ("model:finding:sex", "yes"),
    ] {
        page.set(name, value);
    }
    let second = methods(&mut page);
    for said in [
        "Overall survival: from diagnosis",
        "rule would call",
        "The adjusted model included Sex.",
        "Peto",
    ] {
        assert!(second.contains(said), "{said}: {second}");
    }
    // The penalty was allowed, and nothing needed it.
    assert!(!second.contains("Firth"), "{second}");
    assert!(!second.contains("Induction failure"), "{second}");
}
