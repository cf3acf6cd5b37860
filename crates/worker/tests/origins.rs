//! Results whose time is counted from first remission, transplantation or relapse.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use std::collections::BTreeMap;

use cotside_messages::{Choices, OriginChoice};
use cotside_worker::analysis::{Reply, Results};
use cotside_worker::cohort_file::CohortFile;

const REGISTRY: &str = include_str!("../../../www/samples/synthetic-registry.csv");
const TRANSPLANT: &str = include_str!("../../../tests/reference/workbench/transplant_file.csv");

/// A file on the page, with what was said of it last.
struct Page {
    bench: Results,
    parts: BTreeMap<&'static str, String>,
}

impl Page {
    fn open(text: &str) -> Self {
        let mut file = CohortFile::default();
        assert_eq!(file.open("cohort.csv", "", text.as_bytes()).refused, None);
        let mut page = Self {
            bench: Results::default(),
            parts: BTreeMap::new(),
        };
        let reply = page.bench.take(file.study().unwrap());
        page.take(reply);
        page
    }

    fn take(&mut self, reply: Reply) {
        let mut reply = reply;
        loop {
            let more = reply.more;
            self.parts.extend(reply.parts);
            if !more {
                break;
            }
            reply = self.bench.next_part();
        }
    }

    fn set(&mut self, name: &str, value: &str) {
        let reply = named::set(&mut self.bench, name, value);
        self.take(reply);
    }

    fn choices(&self) -> &Choices {
        self.bench.choices().expect("choices")
    }

    fn origin(&self, code: &str) -> &OriginChoice {
        let mut origins = self.choices().origins.iter();
        origins.find(|origin| origin.code == code).expect("an origin")
    }

    /// Origin and endpoint that are shown.
    fn shown(&self) -> (&'static str, &'static str) {
        let settings = &self.choices().settings;
        (settings.origin.code(), settings.endpoint.code())
    }

    fn part(&self, name: &str) -> &str {
        self.parts.get(name).map_or("", String::as_str)
    }

    fn export(&mut self, name: &str) -> String {
        self.bench.export(name, "").expect(name).text
    }
}

#[test]
fn only_those_who_reached_the_origin_are_followed_and_the_others_are_counted() {
    let mut page = Page::open(REGISTRY);
    assert_eq!(page.shown(), ("diagnosis", "efs"));
    assert!(page.part("curves").contains("Years since diagnosis"));
    let transplanted = page.origin("transplant").endpoints[0].patients;
    page.set("origin", "transplant");
    assert_eq!(page.shown(), ("transplant", "os"));
    let included = page.part("included");
    assert!(
        included.contains("not transplanted, so not at risk after transplantation"),
        "{included}"
    );
    assert!(
        included.contains(&format!(
            "Overall survival from transplantation: {transplanted} of 120 patients with follow-up"
        )),
        "{included}"
    );
    assert!(included.contains("only transplanted patients"), "{included}");
    assert!(included.contains("Not followed from transplantation:"));
    let curves = page.part("curves");
    assert!(curves.contains("Time from transplantation; only transplanted patients."));
    assert!(curves.contains("Years since transplantation"), "{curves}");
    assert!(curves.contains("Overall survival from transplantation"));
    // Time counts from the transplant, so that it is nothing that happens in time.
    assert!(page.part("transplant").contains("all patients here are transplanted"));
    assert!(
        page.part("outputs").contains("From transplantation to death")
            || page.part("outputs").contains("from transplantation to death")
    );
    page.set("unit", "months");
    assert!(page.part("curves").contains("Months since transplantation"));
    page.set("origin", "relapse");
    assert_eq!(page.shown(), ("relapse", "os"));
    assert!(page.part("curves").contains("Months since relapse"));
    assert!(page.part("included").contains("no relapse, so not at risk after it"));
}

#[test]
fn what_cannot_be_followed_is_not_offered_and_says_why() {
    let page = Page::open(REGISTRY);
    let endpoints = &page.origin("transplant").endpoints;
    let grfs = endpoints.iter().find(|endpoint| endpoint.code == "grfs").unwrap();
    assert_eq!(
        (grfs.patients, grfs.obstacle.as_deref()),
        (0, Some("no column has the date of acute GVHD grade III–IV"))
    );
    let mut page = Page::open("id,os_days,os_event\n1,100,1\n2,200,0\n3,300,1\n");
    for (code, why) in [
        ("first_remission", "no column has the date of first remission"),
        ("transplant", "no column has the date of transplantation"),
        ("relapse", "no column has the date of relapse"),
    ] {
        assert_eq!(page.origin(code).obstacle.as_deref(), Some(why), "{code}");
    }
    // What is asked for all the same gives way to what the file has.
    page.set("origin", "transplant");
    assert_eq!(page.shown(), ("diagnosis", "os"));
    // Times of the file count from where the file counts them.
    assert!(!page.part("curves").contains("Years since"));
}

#[test]
fn graft_versus_host_disease_where_the_file_has_it() {
    let mut page = Page::open(TRANSPLANT);
    page.set("endpoint", "grfs");
    assert_eq!(page.shown(), ("transplant", "grfs"));
    assert!(page.part("curves").contains("GVHD-free, relapse-free survival"));
    let competing = page.part("competing");
    assert!(competing.contains("acute GVHD grade III–IV"), "{competing}");
    let numbers = page.export("numbers.csv");
    assert!(numbers.contains("incidence,\"all, chronic_gvhd\",1,"), "{numbers}");
    page.set("endpoint", "relapse");
    assert_eq!(page.shown(), ("transplant", "relapse"));
    assert!(page.part("included").contains("non-relapse mortality"));
}

/// A file of transplants alone, without a day of diagnosis, opens on them.
#[test]
fn a_transplant_registry_opens_on_transplantation() {
    let text = "id,hsct_date,relapse_date,death_date,last_follow_up_date\n\
                1,2010-01-01,2010-05-01,2010-08-01,2010-08-01\n2,2010-02-01,,,2012-08-01\n3,2010-03-01,,2010-04-01,2010-04-01\n";
    let page = Page::open(text);
    assert_eq!(page.shown(), ("transplant", "os"));
    assert!(page.part("included").contains("3 of 3 patients"));
}

/// Nobody transplanted, everybody censored, one patient only, two levels of which one is empty: sentences, and no panic.
#[test]
fn edges_are_sentences() {
    let head = "id,diagnosis_date,first_remission_date,hsct_date,relapse_date,death_date,last_follow_up_date,sex\n";
    let rows = |hsct: &[&str]| -> String {
        let row = |(place, hsct): (usize, &&str)| {
            let sex = ["male", "female"][place % 2];
            format!("{place},2010-01-0{},2010-02-01,{hsct},,,2012-01-01,{sex}\n", place + 1)
        };
        head.to_owned() + &hsct.iter().enumerate().map(row).collect::<String>()
    };
    let nobody = Page::open(
        &(head.to_owned() + "1,2010-01-01,2010-02-01,,,,2012-01-01,male\n2,2010-01-02,,,,,2012-01-01,female\n"),
    );
    assert!(nobody.origin("transplant").obstacle.is_some());
    for hsct in [
        &["2010-05-01", "2010-05-02", "2010-05-03", "2010-05-04"][..],
        &["2010-05-01", "", "", ""],
        &["2010-05-01", "", "2010-05-02", ""],
        &["", "", "soon", "2010-05-02"],
    ] {
        let mut page = Page::open(&rows(hsct));
        for (name, value) in [
            ("origin", "transplant"),
            ("endpoint", "lfs"),
            ("group", "finding:sex"),
            ("endpoint", "relapse"),
            ("origin", "relapse"),
            ("origin", "first_remission"),
            ("endpoint", "relapse"),
        ] {
            page.set(name, value);
            assert!(!page.part("included").is_empty(), "{hsct:?} {name} {value}");
            let _ = page.export("numbers.csv");
            let _ = page.export("script.R");
        }
    }
}

/// Transplants after relapse do not count for event-free survival, and no longer keep the others from being analysed.
#[test]
fn only_transplants_before_the_event_count() {
    let mut page = Page::open(TRANSPLANT);
    let transplant = page.part("transplant");
    assert!(
        transplant.contains("Only transplants before the first event count"),
        "{transplant}"
    );
    assert!(transplant.contains("choose them under Cox regression"));
    page.set("model:finding:wbc", "yes");
    let adjusted = page.part("transplant").to_owned();
    assert!(adjusted.contains("transplant (time-dependent)"), "{adjusted}");
    assert!(adjusted.contains("Adjusted for the variables chosen under Cox regression: White cells"));
    assert!(
        page.part("outputs")
            .contains("The time-dependent and the landmark model of transplant were also adjusted for")
    );
    page.set("endpoint", "os");
    assert!(
        page.part("transplant")
            .contains("All transplants during follow-up count")
    );
    let head = "id,diagnosis_date,relapse_date,hsct_date,death_date,last_follow_up_date,sex\n";
    let late = "1,2010-01-01,2010-03-01,2010-05-01,,2012-01-01,male\n2,2010-01-02,2010-06-01,,,2012-01-01,female\n\
                3,2010-01-03,,,,2012-01-01,male\n";
    let mut page = Page::open(&(head.to_owned() + late));
    assert!(
        page.part("transplant")
            .contains("Nobody was transplanted before the event")
    );
    // Death before the transplant is a contradiction of the file.
    let dead = "1,2010-01-01,,2010-05-01,2010-03-01,2010-03-01,male\n2,2010-01-02,,2010-05-01,,2012-01-01,female\n\
                3,2010-01-03,,,2010-08-01,2010-08-01,male\n4,2010-01-03,,2010-02-01,2010-09-01,2010-09-01,female\n";
    page = Page::open(&(head.to_owned() + dead));
    page.set("endpoint", "os");
    assert!(
        page.part("transplant")
            .contains("1 with a date of transplantation after death are left out"),
        "{}",
        page.part("transplant")
    );
    // One level, an empty group, all censored.
    for (name, value) in [
        ("model:finding:sex", "yes"),
        ("only", "finding:sex=male"),
        ("endpoint", "efs"),
        ("only", ""),
        ("landmark", "9"),
        ("group", "finding:sex"),
    ] {
        page.set(name, value);
        let _ = page.export("numbers.csv");
        let _ = page.export("script.R");
    }
}

/// The top of the stacked areas is one minus event-free survival; causes that nobody had are named and not drawn.
#[test]
fn stacked_areas_end_at_one_minus_survival() {
    let mut page = Page::open(REGISTRY);
    page.set("incidence", "stacked");
    let stacked = page.export("incidence.csv");
    let head: Vec<&str> = stacked.lines().next().unwrap().split(',').collect();
    let place = |name: &str| head.iter().position(|each| *each == name).unwrap();
    let curve = page.export("curves.csv");
    let curve_head: Vec<&str> = curve.lines().next().unwrap().split(',').collect();
    let curve_place = |name: &str| curve_head.iter().position(|each| *each == name).unwrap();
    let survival: BTreeMap<&str, f64> = curve
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (
                cells[curve_place("time_years")],
                cells[curve_place("survival")].parse().unwrap(),
            )
        })
        .collect();
    let mut compared = 0;
    for line in stacked.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if cells[place("cause")] == "Induction failure" {
            let top: f64 = cells[place("stacked_to")].trim().parse().unwrap();
            assert!(
                (top - (1.0 - survival[cells[place("time_years")]])).abs() < 1e-12,
                "{line}"
            );
            compared += 1;
        }
    }
    assert!(compared > 50, "{compared}");
    page.set("incidence", "panels");
    assert!(page.part("competing").contains("Death without relapse"));
    page.set("only", "finding:kmt2a=germline");
    page.set("group", "finding:sex");
    for layout in ["usual", "panels", "together", "stacked"] {
        page.set("incidence", layout);
        assert!(!page.part("competing").is_empty());
    }
    // Nobody has a second malignancy, and nobody failed induction.
    let text = "id,diagnosis_date,relapse_date,second_malignancy_date,death_date,last_follow_up_date\n\
                1,2010-01-01,2010-05-01,,,2012-01-01\n2,2010-01-01,,,2010-06-01,2010-06-01\n3,2010-01-01,,,,2012-01-01\n";
    let page = Page::open(text);
    assert!(
        page.part("competing")
            .contains("No patient had as first event: second malignancy, induction failure.")
    );
    // One kind of event, none at all.
    let text = "id,diagnosis_date,relapse_date,death_date,last_follow_up_date\n\
                1,2010-01-01,2010-05-01,,2012-01-01\n2,2010-01-01,,,2012-01-01\n3,2010-01-01,2010-06-01,,2012-01-01\n";
    assert!(
        Page::open(text)
            .part("competing")
            .contains("The only kind of event is relapse")
    );
    let text = "id,diagnosis_date,relapse_date,death_date,last_follow_up_date\n1,2010-01-01,,,2012-01-01\n2,2010-01-01,,,2012-01-01\n";
    assert_eq!(Page::open(text).part("competing"), "");
}

/// Origin and endpoint are in the project, and come back.
#[test]
fn a_project_keeps_the_origin() {
    let mut page = Page::open(TRANSPLANT);
    page.set("endpoint", "lfs");
    let project = page.bench.project().settings;
    assert!(
        project.contains(&("origin".to_owned(), "transplant".to_owned())),
        "{project:?}"
    );
    let mut other = Page::open(REGISTRY);
    let reply = other.bench.load(&project);
    other.take(reply);
    assert_eq!(other.shown(), ("transplant", "lfs"));
    // A file without transplants says what does not fit.
    let mut third = Page::open("id,os_days,os_event\n1,100,1\n2,200,0\n3,300,1\n");
    let reply = third.bench.load(&project);
    assert!(reply.parts["project"].contains("origin = transplant"));
    third.take(reply);
    assert_eq!(third.shown(), ("diagnosis", "os"));
}
