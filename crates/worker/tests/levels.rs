//! Groups of levels, cut-points and filters from settings to results. Numbers are R's (tests/reference/workbench/scripts, the
//! cases of script.rs); here is what is said of them, and where nothing can be compared.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use std::collections::BTreeMap;

use cotside_messages::FactorChoice;
use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

const REGISTRY: &[u8] = include_bytes!("../../../www/samples/synthetic-registry.csv");

struct Page {
    file: CohortFile,
    results: Results,
}

impl Page {
    fn of(bytes: &[u8]) -> Self {
        let mut file = CohortFile::default();
        assert_eq!(file.open("file.csv", "", bytes).refused, None);
        let mut results = Results::default();
        let _ = results.take(file.study().unwrap());
        let _ = results.take_protocols(file.protocols());
        Self { file, results }
    }

    fn parts(&mut self) -> BTreeMap<&'static str, String> {
        let mut parts = BTreeMap::new();
        loop {
            let reply = self.results.next_part();
            parts.extend(reply.parts);
            if !reply.more {
                return parts;
            }
        }
    }

    fn set(&mut self, settings: &[(&str, &str)]) -> BTreeMap<&'static str, String> {
        for (name, value) in settings {
            let _ = named::set(&mut self.results, name, value);
        }
        self.parts()
    }

    fn factor(&self, id: &str) -> FactorChoice {
        let choices = self.results.choices().unwrap();
        choices.factors.iter().find(|factor| factor.id == id).unwrap().clone()
    }

    fn number(&mut self, quantity: &str) -> Option<f64> {
        let csv = self.results.export("numbers.csv", "").unwrap().text;
        let line = csv.lines().find(|line| line.starts_with(&format!("{quantity},")))?;
        line.rsplit(',').next()?.parse().ok()
    }

    fn report(&mut self) -> String {
        self.results.export("report.html", "").unwrap().text
    }
}

/// KMT2A without the undetermined.
const KNOWN: (&str, &str) = (
    "levels:finding:kmt2a",
    r#"{"groups":[{"name":"undetermined","of":["undetermined"],"left_out":true}]}"#,
);
const BY_KMT2A: (&str, &str) = ("group", "finding:kmt2a");

#[test]
fn a_level_left_out_by_choice_is_told_apart_from_missing_values() {
    let mut page = Page::of(REGISTRY);
    let parts = page.set(&[BY_KMT2A, KNOWN]);
    let curves = &parts["key_numbers"];
    assert!(curves.contains("9 left out: 3 undetermined, 6 unknown"), "{curves}");
    assert!(curves.contains("Hazard ratio (95% CI), rearranged vs germline") && curves.contains("2.75 (1.36–5.56)"));
    let included = &parts["included"];
    assert!(included.contains("Left out by choice: 3 undetermined.") && included.contains("6 without a known group"));
    assert!(parts["comparison"].contains("3 left out by choice; 6 without a known group left out"));
    assert_eq!(page.number("left_out_by_choice"), Some(3.0));
    assert_eq!(page.number("without_group"), Some(6.0));
    // Of the settings on the page: the counts are of the patients of the analysis.
    let factor = page.factor("finding:kmt2a");
    let shown: Vec<_> = factor
        .groups
        .iter()
        .map(|group| (group.name.as_str(), group.patients))
        .collect();
    assert_eq!(shown, [("undetermined", 3), ("germline", 24), ("rearranged", 87)]);
    assert!(factor.groups[0].is_left_out && factor.groups[1].is_reference && factor.unknown == 6);
    // Table 1 of another comparison still shows them, marked.
    let by_sex = page.set(&[("group", "finding:sex")]);
    assert!(by_sex["describe"].contains("left out of comparisons by choice"));
}

#[test]
fn the_reference_is_the_denominator_everywhere() {
    let mut page = Page::of(REGISTRY);
    let turned =
        r#"{"groups":[{"name":"undetermined","of":["undetermined"],"left_out":true}],"reference":"rearranged"}"#;
    let parts = page.set(&[BY_KMT2A, ("levels:finding:kmt2a", turned)]);
    assert!(
        parts["key_numbers"].contains("germline vs rearranged") && parts["key_numbers"].contains("0.36 (0.18–0.73)")
    );
    // The difference of the estimates beside the curves has the same sign.
    assert!(
        parts["estimates"].contains("Difference from rearranged")
            && parts["estimates"].contains("HR, germline vs rearranged")
    );
    assert!(parts["comparison"].contains("Difference from rearranged at fixed times"));
    assert!(parts["causes"].contains("reference rearranged"));
    assert!(parts["subgroups"].contains("Hazard ratio of germline vs rearranged"));
    let models = &parts["models"];
    let of_kmt2a = models.split("KMT2A (MLL)").nth(1).unwrap();
    let rows: Vec<&str> = of_kmt2a.split("<tr").collect();
    // The order is that of the groups, whichever is the reference.
    assert!(
        rows[1].contains("germline") && rows[1].contains("0.36 (0.18–0.73)"),
        "{}",
        rows[1]
    );
    assert!(
        rows[2].contains("rearranged") && rows[2].contains("reference"),
        "{}",
        rows[2]
    );
    assert!(
        page.report()
            .contains("Ratios and differences are relative to rearranged.")
    );
}

#[test]
fn numbers_are_cut_at_the_limit_of_a_protocol_and_said_to_be() {
    let mut page = Page::of(REGISTRY);
    let parts = page.set(&[("group", "finding:age_days")]);
    assert!(parts["curves"].contains("&lt; 6 months"));
    let numbers = page.factor("finding:age_days").numbers.unwrap();
    assert_eq!(
        (numbers.shown.as_str(), numbers.source.as_str(), numbers.can_choose_side),
        ("6 months", "the limit of Interfant-06", false)
    );
    let usual: Vec<&str> = numbers.usual.iter().map(|limit| limit.id.as_str()).collect();
    assert_eq!(usual, ["90", "180", "6 months", "12 months", "median"]);
    assert!(
        page.report()
            .contains("Age in days was grouped as &lt; 6 months, ≥ 6 months (the limit of Interfant-06).")
    );
    // Table 1 has the numbers and the groups; the model has the groups.
    assert!(parts["describe"].matches("6 months").count() >= 2 && parts["models"].contains("≥ 6 months"));
    let parts = page.set(&[(
        "levels:finding:age_days",
        r#"{"cut":{"at":["90","180"],"limit_is_lower":true}}"#,
    )]);
    assert!(parts["curves"].contains("&gt; 90 days to ≤ 180 days"));
    assert!(page.factor("finding:age_days").numbers.unwrap().can_choose_side);
    let parts = page.set(&[("group", ""), ("levels:finding:age_days", "{}")]);
    assert!(parts["models"].contains("Age, per month"));
}

#[test]
fn a_filter_is_written_as_it_is_meant() {
    let mut page = Page::of(REGISTRY);
    let parts = page.set(&[(
        "filter",
        "finding:age_days<90 and (finding:kmt2a=rearranged or finding:wbc>=300)",
    )]);
    let words = "age &lt; 90 days and (KMT2A rearranged or WBC ≥ 300)";
    let told = format!("Restricted to {words}: ");
    assert!(parts["included"].contains(&told), "{}", parts["included"]);
    assert!(page.report().contains(&format!("restricting the analysis to {words}")));
    let script = page.results.export("script.R", "").unwrap().text;
    assert!(
        script.contains("# age < 90 days and (KMT2A rearranged or WBC ≥ 300)"),
        "{script}"
    );
    let by_unknown = page.set(&[("filter", "finding:kmt2a=rearranged")]);
    assert!(by_unknown["included"].contains("33 others are excluded (6 of them because a value is not known)"));
    assert_eq!(page.number("outside_subset_unknown"), Some(6.0));
}

#[test]
fn groups_of_a_protocol_are_merged_for_its_discrimination_too() {
    let mut page = Page::of(REGISTRY);
    let merged = r#"{"groups":[{"name":"not low","of":["Medium risk","High risk","medium","high"]}]}"#;
    let before = page.factor("protocol:interfant-06");
    assert!(before.groups.len() == 3, "{before:?}");
    let names: Vec<String> = before.groups[1..].iter().flat_map(|group| group.of.clone()).collect();
    let merged = merged.replace(r#"["Medium risk","High risk","medium","high"]"#, &format!("{names:?}"));
    let parts = page.set(&[
        ("group", "protocol:interfant-06"),
        ("levels:protocol:interfant-06", &merged),
    ]);
    assert!(parts["comparison"].contains("not low"));
    let line = parts["discrimination"]
        .split("<tr")
        .find(|row| row.contains(">Interfant-06 "))
        .unwrap();
    // However the groups are shown, the order of risk is that of the protocol.
    assert!(line.contains(" vs not low") && line.contains("(0."), "{line}");
}

#[test]
fn a_project_keeps_groups_and_filters_by_the_names_of_columns() {
    let mut page = Page::of(REGISTRY);
    let settings = [
        ("group", "finding:wbc"),
        (
            "levels:column:12",
            r#"{"groups":[{"name":"A or B","of":["A","B"]}],"reference":"A or B"}"#,
        ),
        ("filter", "column:12=\"A or B\" and finding:sex=male"),
    ];
    let before = page.set(&settings);
    let saved = page.results.project().settings;
    let text = format!("{saved:?}");
    assert!(
        text.contains("levels:named:centre") && !text.contains("column:12"),
        "{text}"
    );
    assert!(
        text.contains(r#"{\"cut\":{\"at\":[\"300\"]}}"#),
        "the limit is saved: {text}"
    );
    let mut again = Page::of(REGISTRY);
    let reply = again.results.load(&saved);
    assert!(!reply.parts["project"].contains("<li>"), "{reply:?}");
    assert_eq!(again.parts()["curves"], before["curves"]);
    let mut other = Page::of(b"id,os_days,os_event\na,1,1\nb,2,0\n");
    assert!(other.results.load(&saved).parts["project"].contains("centre"));
}

#[test]
fn settings_of_earlier_versions_give_what_they_gave() {
    let mut page = Page::of(REGISTRY);
    let saved = [("group", "finding:wbc"), ("only", "finding:kmt2a=rearranged")];
    let saved: Vec<(String, String)> = saved.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let reply = page.results.load(&saved);
    assert!(!reply.parts["project"].contains("<li>"), "{reply:?}");
    let parts = page.parts();
    assert!(parts["included"].contains("Restricted to KMT2A rearranged"));
    let factor = page.factor("finding:wbc");
    assert!(
        factor.groups[0].name.starts_with("≤ "),
        "numbers were cut at their median: {factor:?}"
    );
    let half = format!("finding:wbc={}", factor.groups[0].name);
    let parts = page.set(&[("levels:finding:wbc", "{}"), ("group", ""), ("only", &half)]);
    assert!(
        parts["included"].contains("120 patients") && page.number("outside_subset") > Some(40.0),
        "{}",
        parts["included"]
    );
}

#[test]
fn where_nothing_is_left_to_compare_it_is_said() {
    let mut page = Page::of(REGISTRY);
    let only = r#"{"groups":[{"name":"rearranged","of":["rearranged"]}],"others_are_left_out":true}"#;
    let parts = page.set(&[BY_KMT2A, ("levels:finding:kmt2a", only)]);
    assert!(parts["included"].contains("All of them are in one group, rearranged: nothing is compared."));
    assert!(!parts["comparison"].contains("log-rank"));
    assert_eq!(parts["subgroups"].as_str(), "");
    let nobody = r#"{"others_are_left_out":true}"#;
    let parts = page.set(&[("levels:finding:kmt2a", nobody)]);
    assert!(parts["included"].contains("No patient can be analysed") && parts["curves"].is_empty());
    let parts = page.set(&[("levels:finding:kmt2a", "{}"), ("filter", "finding:age_days<1")]);
    assert!(parts["included"].contains("No patient can be analysed"));
    // The reference that was chosen has nobody in the subset.
    let reference = r#"{"reference":"germline"}"#;
    let parts = page.set(&[
        ("levels:finding:kmt2a", reference),
        ("filter", "finding:kmt2a!=germline"),
    ]);
    assert!(
        parts["included"].contains("The chosen reference, germline, has no patient here"),
        "{}",
        parts["included"]
    );
    // A limit above everybody.
    let above = r#"{"cut":{"at":["5000"]}}"#;
    let parts = page.set(&[("filter", ""), ("group", "finding:wbc"), ("levels:finding:wbc", above)]);
    assert!(
        parts["included"].contains("one group, &lt; 5000"),
        "{}",
        parts["included"]
    );
}

#[test]
fn groups_without_events_and_values_that_nobody_has() {
    let mut file = "id,os_days,os_event,g,x\n".to_owned();
    for patient in 0..12 {
        file.push_str(&format!(
            "p{patient},{},0,{},\n",
            100 + patient,
            ["a", "b", "c"][patient % 3]
        ));
    }
    let mut page = Page::of(file.as_bytes());
    let merged = r#"{"groups":[{"name":"a or b","of":["a","b"]}],"reference":"c"}"#;
    let parts = page.set(&[
        ("endpoint", "os"),
        ("group", "column:3"),
        ("levels:column:3", merged),
        ("filter", "column:3!=gone"),
    ]);
    assert!(parts["curves"].contains("a or b"), "{}", parts["curves"]);
    assert!(
        parts
            .values()
            .all(|html| !html.contains("NaN") && !html.contains(">inf"))
    );
    // A variable that is not there is no variable: nobody is known to meet a condition on it.
    let parts = page.set(&[("filter", "column:4>=1")]);
    assert!(parts["included"].contains("12 others are excluded (12 of them because a value is not known)"));
    let _ = page.file;
}
