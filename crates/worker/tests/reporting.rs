//! The reporting checklist: each item changes with what is in the analysis.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use std::collections::BTreeMap;

use cotside_core::infant::Date;
use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

const REGISTRY: &[u8] = include_bytes!("../../../www/samples/synthetic-registry.csv");

struct Page(Results);

impl Page {
    fn open(bytes: &[u8]) -> Self {
        let mut intake = CohortFile::on(Date::parse_iso("2026-11-21"));
        assert_eq!(intake.open("cohort.csv", "", bytes).refused, None);
        let mut results = Results::default();
        let _ = results.take(intake.study().unwrap());
        let _ = results.take_protocols(intake.protocols());
        Self(results)
    }

    fn with(mut self, settings: &[(&str, &str)]) -> Self {
        for (name, value) in settings {
            let _ = named::set(&mut self.0, name, value);
        }
        self
    }

    /// Items by statement and number: state, what the analysis holds, what the author writes.
    fn items(&mut self) -> BTreeMap<(String, String), [String; 3]> {
        let text = self.0.export("reporting.csv", "").expect("a checklist").text;
        let mut reader = text.split("\r\n").filter(|line| !line.is_empty());
        assert_eq!(
            reader.next().unwrap(),
            "statement,item,topic,state,in_this_analysis,by_the_author"
        );
        reader
            .map(cells)
            .map(|[s, item, _, state, held, author]| ((s, item), [state, held, author]))
            .collect()
    }

    fn item(&mut self, statement: &str, number: &str) -> [String; 3] {
        self.items()[&(statement.to_owned(), number.to_owned())].clone()
    }

    fn held(&mut self, number: &str) -> String {
        self.item("STROBE (cohort)", number)[1].clone()
    }

    fn part(&mut self) -> String {
        let mut html = String::new();
        loop {
            let reply = self.0.next_part();
            if let Some(part) = reply.parts.get("reporting") {
                html.clone_from(part);
            }
            if !reply.more {
                return html;
            }
        }
    }
}

/// A row of the file, whose cells may be quoted.
fn cells(line: &str) -> [String; 6] {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            letter => cells.last_mut().unwrap().push(letter),
        }
    }
    cells.try_into().unwrap_or_else(|cells| panic!("{cells:?}"))
}

#[test]
fn every_item_of_both_statements_once() {
    let items = Page::open(REGISTRY).items();
    let count = |name: &str| items.keys().filter(|(statement, _)| statement == name).count();
    assert_eq!((count("STROBE (cohort)"), count("REMARK")), (30, 20));
    let numbers: std::collections::BTreeSet<u32> = items
        .keys()
        .filter(|(statement, _)| statement == "STROBE (cohort)")
        .map(|(_, number)| number.trim_end_matches(char::is_alphabetic).parse().unwrap())
        .collect();
    assert!(numbers.into_iter().eq(1..=22));
    for ((_, number), [state, held, author]) in &items {
        assert!(!held.is_empty() || state == "author", "{number}");
        assert!(
            !author.is_empty() || state != "author",
            "{number} is left to the author, who is told nothing"
        );
        assert!(!held.is_empty() || !author.is_empty(), "{number} says nothing");
    }
}

#[test]
fn without_groups_the_items_on_comparison_say_so() {
    let mut alone = Page::open(REGISTRY).with(&[("group", "")]);
    let [state, held, _] = alone.item("REMARK", "1");
    assert_eq!(state, "lacking");
    assert!(held.contains("No groups are compared"), "{held}");
    assert!(alone.held("12b").contains("no groups are compared"));
    assert!(!alone.held("15").contains("By group"));
    let mut compared = Page::open(REGISTRY).with(&[("group", "finding:kmt2a")]);
    let [state, held, _] = compared.item("REMARK", "1");
    assert_eq!(state, "in part");
    assert!(
        held.starts_with("Compared by ") && held.contains("reference "),
        "{held}"
    );
    assert!(compared.held("15").contains("By group (patients/events): "));
    assert!(compared.held("16a").contains("Hazard ratio "));
}

#[test]
fn the_model_its_patients_and_its_test_of_proportionality() {
    let mut none = Page::open(REGISTRY);
    assert!(none.held("7").contains("No adjusted model"));
    assert!(none.held("16a").contains("No adjusted model"));
    assert!(none.held("12c").contains("nothing is imputed"));
    let mut adjusted = Page::open(REGISTRY).with(&[("model:finding:age_days", "yes"), ("model:finding:wbc", "yes")]);
    assert!(adjusted.held("7").contains("Variables of the adjusted model: "));
    assert!(adjusted.held("12c").contains("Complete cases: the adjusted model has "));
    let [state, held, author] = adjusted.item("REMARK", "16");
    assert!(
        held.contains("adjusted for each other (") && author.is_empty(),
        "{held}"
    );
    assert_eq!(state, "contained");
    assert!(adjusted.held("17").contains("Proportional hazards were tested"));
}

#[test]
fn cut_points_are_named_and_when_they_were_chosen_is_not_known() {
    let mut plain = Page::open(REGISTRY).with(&[("group", "")]);
    assert_eq!(plain.held("11"), "No variable is grouped or cut.");
    let mut cut = Page::open(REGISTRY).with(&[("group", "finding:wbc")]);
    let held = cut.held("11");
    assert!(held.contains("is not known here") && held.len() > 60, "{held}");
}

#[test]
fn a_subset_and_its_numbers() {
    let mut all = Page::open(REGISTRY);
    let mut some = Page::open(REGISTRY).with(&[("only", "finding:sex=male")]);
    assert!(!all.held("6").contains("Restricted") && some.held("6").contains("Restricted to Sex male"));
    assert_ne!(all.held("14c"), some.held("14c"));
    assert_ne!(all.held("10"), some.held("10"));
}

#[test]
fn missing_values_by_variable() {
    let held = Page::open(REGISTRY).held("14b");
    assert!(held.starts_with("Missing of ") && held.contains('%'), "{held}");
    let file = "id,sex,years,death\n1,male,1,1\n2,female,2,0\n3,male,3,1\n4,female,4,0\n5,male,5,1\n";
    let full = Page::open(file.as_bytes()).held("14b");
    assert_eq!(full, "No value of the variables is missing in the patients analysed.");
}

#[test]
fn the_endpoint_and_the_times() {
    let mut event_free = Page::open(REGISTRY);
    let mut overall = Page::open(REGISTRY).with(&[("endpoint", "os"), ("at", "2")]);
    assert!(event_free.held("7").starts_with("Event-free survival: "));
    assert!(overall.held("7").starts_with("Overall survival: "));
    assert_eq!(overall.held("16c"), "Overall survival with 95% CI at 2 years.");
}

/// Nobody has an event: ratios are lacking, and nothing is invented.
#[test]
fn all_censored() {
    let file = "id,sex,years,death\n1,male,1,0\n2,female,2,0\n3,male,3,0\n4,female,4,0\n";
    let mut page = Page::open(file.as_bytes()).with(&[("group", "finding:sex")]);
    assert!(page.held("10").contains("4 patients, 0 events"), "{}", page.held("10"));
    assert!(
        page.held("16a").contains("No unadjusted hazard ratio"),
        "{}",
        page.held("16a")
    );
    for [_, held, _] in page.items().values() {
        assert!(!held.contains("NaN") && !held.contains("inf "), "{held}");
    }
}

#[test]
fn the_part_has_links_and_the_report_has_none() {
    let mut page = Page::open(REGISTRY);
    let html = page.part();
    for part in [
        "href=\"plan/\"",
        "analyse/#cox",
        "analyse/#export",
        "10.1371/journal.pmed.0040296",
        "reporting.csv",
    ] {
        assert!(html.contains(part), "{part}");
    }
    let report = page.0.export("report.html", "").unwrap().text;
    assert!(report.contains("STROBE (cohort)") && report.contains("10.1038/sj.bjc.6602678"));
    assert!(!report.contains("analyse/#") && !report.contains("reporting.csv"));
}
