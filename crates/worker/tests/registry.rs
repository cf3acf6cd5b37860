//! The synthetic registry from file to page, against R; and any settings on any file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use std::collections::BTreeMap;

use cotside_messages::{Export, FileRequest};
use cotside_words::en::p_cell;
use cotside_words::significant;
use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

const REGISTRY: &[u8] = include_bytes!("../../../www/samples/synthetic-registry.csv");
/// Made by tests/reference/workbench/registry.R.
const EXPECTED: &str = include_str!("../../../tests/reference/workbench/registry_expected.csv");

/// CohortFile and workbench together, as the worker's script puts them.
#[derive(Default)]
struct Page {
    intake: CohortFile,
    bench: Results,
}

/// Parts by name, those of the results also joined as `results`, and why nothing could be done.
#[derive(Debug, Default)]
struct Shown {
    parts: BTreeMap<&'static str, String>,
    refused: Option<String>,
}

impl Shown {
    fn part(&self, name: &str) -> &str {
        self.parts.get(name).expect(name)
    }
}

impl Page {
    fn open(&mut self, name: &str, bytes: &[u8]) -> Shown {
        let reply = self.intake.open(name, "", bytes);
        match reply.refused {
            None => self.taken(reply.parts),
            refused => Shown {
                refused,
                ..Shown::default()
            },
        }
    }

    fn taken(&mut self, mut parts: BTreeMap<&'static str, String>) -> Shown {
        let study = self.intake.study().expect("a study");
        parts.extend(self.bench.take(study).parts);
        self.finished(parts)
    }

    /// With the parts that were waiting.
    fn finished(&mut self, mut parts: BTreeMap<&'static str, String>) -> Shown {
        let mut results = String::new();
        loop {
            if self.bench.wants_protocols() {
                parts.extend(self.bench.take_protocols(self.intake.protocols()).parts);
            }
            let reply = self.bench.next_part();
            for (part, html) in reply.parts {
                results.push_str(&html);
                assert_eq!(parts.insert(part, html), None, "{part} was made twice");
            }
            if !reply.more {
                break;
            }
        }
        parts.insert("results", results);
        Shown { parts, refused: None }
    }

    fn set(&mut self, name: &str, value: &str) -> Shown {
        let parts = named::set(&mut self.bench, name, value).parts.into_iter().collect();
        self.finished(parts)
    }

    fn say(&mut self, request: FileRequest) -> Shown {
        match self.intake.set(request) {
            Some(reply) => self.taken(reply.parts),
            None => self.finished(BTreeMap::new()),
        }
    }

    fn export(&mut self, what: &str) -> Option<Export> {
        self.bench.export(what, "")
    }
}

fn opened() -> (Page, String) {
    let mut page = Page::default();
    let shown = page.open("registry.csv", REGISTRY);
    assert_eq!(shown.refused, None);
    let results = shown.part("results").to_owned();
    (page, results)
}

/// Texts of the cells of the row whose heading is `name`, or begins with it and has `second` in its first cell.
fn row(html: &str, name: &str, second: &str) -> Vec<String> {
    let rows = html.split("<tr").filter(|row| row.contains(&format!(">{name}</th>")));
    let cells = |row: &str| -> Vec<String> {
        let texts = row.split("<td").skip(1).map(|cell| {
            let inner = cell.split_once('>').map_or("", |(_, rest)| rest);
            let inner = inner.split("</td>").next().unwrap_or_default();
            let mut text = String::new();
            let mut inside = false;
            for character in inner.chars() {
                match character {
                    '<' => inside = true,
                    '>' => inside = false,
                    other if !inside => text.push(other),
                    _ => {}
                }
            }
            text.trim().to_owned()
        });
        texts.collect()
    };
    rows.map(cells)
        .find(|cells| cells.first().is_some_and(|first| second.is_empty() || first == second))
        .expect(name)
}

/// Value and interval that R gives.
fn expected(what: &str) -> [Option<f64>; 3] {
    let line = EXPECTED
        .lines()
        .find(|line| line.starts_with(&format!("{what} ")) || line.starts_with(&format!("{what},")));
    let mut numbers = line
        .expect(what)
        .split(',')
        .skip(1)
        .map(|cell| cell.trim().parse().ok());
    std::array::from_fn(|_| numbers.next().flatten())
}

/// As it stands in a column of P values.
fn p_text(value: Option<f64>) -> String {
    p_cell(value.expect("a P"))
}

fn rounded(value: Option<f64>, places: usize) -> String {
    format!("{:.places$}", value.expect("a number"))
}

#[test]
fn survival_at_years_as_r() {
    let (_, html) = opened();
    for year in ["1", "3", "5"] {
        let [value, lower, upper] = expected(&format!("efs_{year}"));
        let cells = row(&html, "all patients", year);
        assert_eq!(cells[2], rounded(value, 1), "{cells:?}");
        assert_eq!(
            cells[4],
            format!("{}–{}", rounded(lower, 1), rounded(upper, 1)),
            "{cells:?}"
        );
    }
}

#[test]
fn the_patients_by_sex_as_r() {
    let (mut bench, _) = opened();
    let html = bench.set("group", "finding:sex").part("describe").to_owned();
    let ages = row(&html, "Age in days", "");
    let shares = row(&html, "rearranged", "");
    let unknown = row(&html, "KMT2A (MLL)", "");
    assert_eq!(ages.len(), 3);
    for (column, who) in ["all", "female", "male"].into_iter().enumerate() {
        let five = expected(&format!("age_{who}")).map(|value| significant(value.unwrap()));
        let shown = format!("{} ({}–{}) range ", five[0], five[1], five[2]);
        assert!(ages[column].starts_with(&shown), "{shown} {ages:?}");
        let [count, percent, missing] = expected(&format!("rearranged_{who}"));
        assert_eq!(
            shares[column],
            format!("{} ({})", rounded(count, 0), rounded(percent, 1))
        );
        let missing = missing.unwrap();
        let told = if missing > 0.0 {
            format!("missing {missing}")
        } else {
            String::new()
        };
        assert_eq!(unknown[column], told);
    }
}

#[test]
fn a_setting_touches_only_the_parts_that_read_it() {
    let (mut bench, before) = opened();
    let names =
        |shown: &Shown| -> Vec<&str> { shown.parts.keys().copied().filter(|part| *part != "results").collect() };
    assert_eq!(
        names(&bench.set("landmark", "1")),
        ["outputs", "reporting", "transplant", "transplant_methods"]
    );
    assert_eq!(names(&bench.set("landmark", "1")), Vec::<&str>::new());
    let drawn = bench.set("unit", "months");
    assert!(drawn.parts.contains_key("curves") && !drawn.parts.contains_key("describe"));
    let few = bench.set("only", "finding:sex=male");
    assert!(few.part("included").contains("Restricted to Sex male: "));
    assert_ne!(few.part("describe"), before);
    let nobody = bench.set("only", "finding:sex=none");
    assert!(
        nobody
            .part("included")
            .contains("Restricted to Sex none: 120 others are excluded.")
            && nobody.part("included").contains("invalid"),
        "nobody is of a level that does not exist"
    );
}

#[test]
fn beside_the_curves_stand_the_numbers_of_the_tables() {
    let (mut bench, _) = opened();
    let shown = bench.set("group", "finding:sex");
    let beside = shown.part("estimates");
    let ratio = ratio_of(expected("hazard_ratio_male"));
    assert!(
        beside.contains("HR, male vs female") && beside.contains(&ratio),
        "{beside}"
    );
    let chi2 = format!("χ² = {}, df = 1", rounded(expected("log_rank_sex")[0], 2));
    assert!(beside.contains(&chi2), "{beside}");
    let sentence = beside
        .split("data-testid=\"sentence\">")
        .nth(1)
        .unwrap()
        .split("</p>")
        .next()
        .unwrap();
    assert!(sentence.starts_with("5-year event-free survival was "), "{sentence}");
    assert!(
        sentence.contains(" in female (n = ") && sentence.contains("; log-rank P"),
        "{sentence}"
    );
    let ratio = ratio.replacen('(', "(95% CI ", 1);
    assert!(sentence.contains(&format!("HR, male vs female {ratio}")), "{sentence}");
    // Without groups there is neither ratio nor test; with many each has a row.
    let alone = bench.set("group", "");
    assert!(!alone.part("estimates").contains("HR, ") && alone.part("estimates").contains("RMST to 5 years"));
    let many = bench.set("group", "finding:kmt2a_partner");
    assert!(
        many.part("estimates").contains("data-group=\"3\""),
        "{}",
        many.part("estimates")
    );
}

#[test]
fn of_a_large_cohort_what_is_shown_is_made_and_nothing_outdated_stays() {
    let sample = include_str!("../../../www/samples/synthetic-registry.csv");
    let (header, rows) = sample.split_once('\n').unwrap();
    let rows = rows.lines().cycle().take(6_000).enumerate();
    let rows: Vec<String> = rows
        .map(|(at, row)| row.replacen(",S", &format!(",S{at}x"), 1))
        .collect();
    let mut bench = Page::default();
    let file = format!("{header}\n{}\n", rows.join("\n"));
    let opened = bench.open("large.csv", file.as_bytes());
    assert!(opened.part("curves").contains("<svg") && opened.part("models").is_empty());
    let described = bench.bench.show(&["describe".to_owned()]);
    assert_eq!(described.waiting, ["describe"]);
    assert!(bench.finished(described.parts).part("describe").contains("6000"));
    // A change empties what is not shown: it would tell of other patients.
    let changed = bench.set("only", "finding:sex=male");
    assert_eq!(changed.part("curves"), "");
    assert!(changed.part("describe").contains("<table"));
    assert!(
        bench
            .export("report.html")
            .expect("a report")
            .text
            .contains("Cox regression")
    );
}

#[test]
fn test_and_hazard_ratio_of_a_column_as_r() {
    let (mut bench, _) = opened();
    let html = bench.set("group", "finding:sex").part("results").to_owned();
    let chi2 = format!(
        "patients, 79 events): χ² = {}, df = 1",
        rounded(expected("log_rank_sex")[0], 2)
    );
    assert!(html.contains(&chi2), "{chi2}");
    let [ratio, lower, upper] = expected("hazard_ratio_male");
    let models = bench.set("endpoint", "os").part("models").to_owned();
    assert_ne!(models, bench.set("endpoint", "efs").part("models"));
    let cells = row(bench.set("group", "").part("models"), "male", "");
    assert_eq!(cells[1], ratio_of([ratio, lower, upper]));
}

#[test]
fn key_numbers_are_those_of_the_tables() {
    let (mut bench, _) = opened();
    let alone = bench.set("endpoint", "os").part("key_numbers").to_owned();
    let _ = bench.set("endpoint", "efs");
    assert!(alone.contains("data-testid=\"key-numbers\"") && !alone.contains("Hazard ratio (95% CI)"));
    let shown = bench.set("group", "finding:sex");
    let strip = shown.part("key_numbers").split("</dl>").next().unwrap().to_owned();
    assert!(strip.contains("Hazard ratio (95% CI), male vs female"), "{strip}");
    assert!(strip.contains(&ratio_of(expected("hazard_ratio_male"))), "{strip}");
    let p = strip.split("log-rank ").nth(1).unwrap().split([' ', '<']);
    let p = p.take(3).collect::<Vec<_>>().join(" ");
    assert!(p.starts_with("P = ") && shown.part("comparison").contains(&p), "{p}");
    assert_eq!(strip.matches("median ").count(), 2, "{strip}");
    // Another test changes the P of the strip too.
    let other = bench.set("test", "gehan");
    assert!(
        other.part("key_numbers").contains("Gehan–Breslow"),
        "{:?}",
        other.parts.keys()
    );
    // Of many groups the strip has counts and the test only.
    let many = bench.set("group", "protocol:mll-10").part("key_numbers").to_owned();
    assert!(many.contains("Patients / events"));
}

fn ratio_of(numbers: [Option<f64>; 3]) -> String {
    let [ratio, lower, upper] = numbers.map(|number| format!("{:.2}", number.unwrap()));
    format!("{ratio} ({lower}–{upper})")
}

#[test]
fn variables_together_as_r() {
    let (mut bench, _) = opened();
    for id in ["age_days", "wbc"] {
        let _ = bench.set(&format!("model:finding:{id}"), "yes");
    }
    let html = bench.set("model:finding:cns", "yes").part("models").to_owned();
    for (name, what) in [("2", "joint_cns2"), ("3", "joint_cns3")] {
        assert_eq!(row(&html, name, "")[3], ratio_of(expected(what)), "{what}");
    }
    for (name, what) in [
        ("Age, per month", "joint_age"),
        ("White cells, per doubling", "joint_wbc"),
    ] {
        let table = html.split("<table").nth(1).unwrap();
        let after = table.split(name).nth(1).unwrap();
        assert!(after.contains(&ratio_of(expected(what))), "{what}");
    }
    let [n, events, _] = expected("joint_n_events").map(|value| value.map(|value| value as u32));
    let left_out = 120 - n.unwrap();
    let [chi2, p, _] = expected("joint_lr");
    let told = format!(
        "{} patients, {} events; {left_out} left out because a value is missing. Likelihood ratio χ² = {}, df = 4, P = {}.",
        n.unwrap(),
        events.unwrap(),
        rounded(chi2, 2),
        p_text(p)
    );
    assert!(html.contains(&told), "{told}");
    let [c, std_err, _] = expected("joint_concordance");
    let told = format!("Concordance {} (SE {})", rounded(c, 3), rounded(std_err, 3));
    assert!(html.contains(&told), "{told}");
    let [chi2, p, _] = expected("joint_zph");
    let told = format!("χ² = {}, df = 4, P = {}", rounded(chi2, 2), p_text(p));
    assert!(html.contains(&told), "{told}");
    let [chi2, p, _] = expected("joint_zph_cns");
    let zph = html.split("class=\"zph\"").nth(1).unwrap();
    let cells = row(zph, "CNS status", "");
    assert_eq!(cells, [format!("{:.2}", chi2.unwrap()), "2".to_owned(), p_text(p)]);
    for figure in ["alone", "together", "schoenfeld"] {
        let csv = bench.export(&format!("{figure}.csv")).expect(figure);
        assert!(csv.text.lines().count() > 5, "{figure}");
    }
    assert_eq!(bench.export("loglog.svg"), None, "nothing is compared");
    let _ = bench.set("group", "finding:sex");
    assert!(bench.export("loglog.svg").is_some());
}

#[test]
fn how_well_a_protocol_discriminates_as_r() {
    let (mut bench, _) = opened();
    let html = bench.set("at", "1, 5").part("discrimination").to_owned();
    let line = html.split("<tr").find(|row| row.contains(">MLL98 ")).expect("MLL98");
    let cells = row(&line.replace(" <span", "</th><span"), "MLL98", "");
    let [n, events, _] = expected("mll98_n_events");
    assert_eq!(cells[0], format!("{} ({})", n.unwrap(), events.unwrap()));
    assert_eq!(cells[1], (120.0 - n.unwrap()).to_string());
    let c = format!("{:.2} (0.", expected("mll98_concordance")[0].unwrap());
    assert!(cells[2].starts_with(&c), "{cells:?}");
    assert_eq!(cells[3], p_text(expected("mll98_log_rank")[1]));
    let [gap, lower, upper] = expected("mll98_gap").map(|value| format!("{:.1}", value.unwrap()));
    assert_eq!(cells[4], format!("{gap} ({lower} to {upper})"));
    assert!(html.contains("1000 bootstrap resamples (seed 1)") && html.contains("were not treated by these protocols"));
}

#[test]
fn two_protocols_side_by_side_count_everybody() {
    let (mut bench, _) = opened();
    let html = bench.set("from", "mll98").part("protocols").to_owned();
    let table = html.split("class=\"reclassified\"").nth(1).unwrap();
    let names = ["KMT2A germline", "KMT2A rearranged", "Undecided"];
    let counts = names.map(|name| {
        row(table, name, "")
            .iter()
            .map(|cell| cell.parse::<u32>().unwrap())
            .sum::<u32>()
    });
    assert_eq!(counts, [24, 87, 9]);
    assert_eq!(
        row(table, "KMT2A germline", "")[0],
        "24",
        "germline is low risk in both"
    );
}

#[test]
fn the_sexes_compared_as_r() {
    let (mut bench, _) = opened();
    let _ = bench.set("group", "finding:sex");
    let shown = bench.set("test", "fh-1-0");
    let [chi2, p, _] = expected("fh_sex");
    let told = format!(
        "Fleming–Harrington (1, 0) test of event-free survival (120 patients, 79 events): χ² = {}, df = 1, P = {}.",
        rounded(chi2, 2),
        p_text(p)
    );
    let html = shown.part("comparison");
    assert!(html.contains(&told), "{told}");
    let table = |class: &str| {
        html.split(&format!("class=\"{class}\""))
            .nth(1)
            .expect("a table")
            .to_owned()
    };
    let to = |numbers: [Option<f64>; 3], places: usize| {
        let [value, lower, upper] = numbers.map(|number| format!("{:.places$}", number.unwrap()).replace('-', "−"));
        format!("{value} ({lower} to {upper})")
    };
    let cells = row(&table("fixed"), "male", "5");
    let p = p_text(expected("gap_sex_p")[0]);
    assert_eq!(cells[1..], [to(expected("gap_sex"), 1), p]);
    let [mean, std_err, _] = expected("mean_female").map(|value| format!("{:.2}", value.unwrap_or_default()));
    assert_eq!(row(&table("means"), "female", "")[0], format!("{mean} ({std_err})"));
    let cells = row(&table("means"), "male", "");
    let p = p_text(expected("mean_sex_p")[0]);
    assert_eq!(cells[1..3], [to(expected("mean_sex"), 2), p]);
    let ratio = to(expected("mean_ratio_sex"), 2).replace(" to ", "–");
    assert_eq!(cells[3..], [ratio, p_text(expected("mean_ratio_sex_p")[0])]);
    let shown = bench.set("at", "5");
    assert!(shown.part("comparison").contains("(RMST) to 5 years") && !shown.parts.contains_key("describe"));
}

#[test]
fn causes_and_subgroups_of_the_sexes_as_r() {
    let (mut bench, _) = opened();
    let shown = bench.set("group", "finding:sex");
    let cells = row(shown.part("causes"), "male", "");
    assert_eq!(cells[1], ratio_of(expected("relapse_subdistribution")), "{cells:?}");
    assert_eq!(cells[2], p_text(expected("relapse_subdistribution_p")[0]));
    assert_eq!(cells[3], ratio_of(expected("relapse_rate")));
    let html = shown.part("subgroups");
    let rearranged = row(html, "rearranged", "");
    assert_eq!(rearranged[2], ratio_of(expected("ratio_in_rearranged")));
    let [p, ..] = expected("interaction_kmt2a");
    // The likelihood has no finite maximum here; R's p is that of its limit.
    assert_eq!(row(html, "KMT2A (MLL)", "")[3], format!("{} *", p_text(p)));
    let csv = bench.export("subgroups.csv").expect("the forest").text;
    assert!(csv.contains("rearranged") && csv.lines().count() > 10);
    let pairs = bench.set("group", "column:12");
    let html = pairs.part("comparison");
    let [p, holm, _] = expected("holm_first");
    let cells = row(html, "A vs B", "");
    assert_eq!(cells[1..], [p_text(p), p_text(holm)]);
    assert!(!html.contains("Trend"), "centres have no order");
    assert!(
        bench
            .set("group", "protocol:interfant-06")
            .part("comparison")
            .contains("Trend over the order")
    );
    let alone = bench.set("group", "");
    assert!(!alone.part("comparison").contains("log-rank"));
    assert_eq!((alone.part("subgroups"), alone.part("causes")), ("", ""));
}

#[test]
fn published_points_stand_over_the_curve_with_the_reasons_for_caution() {
    let (mut bench, _) = opened();
    let before = bench.set("bands", "yes").part("curves").to_owned();
    let offered = |page: &Page, id: &str| {
        let studies = &page.bench.choices().expect("choices").published;
        let mut estimates = studies.iter().flat_map(|study| &study.estimates);
        estimates.any(|estimate| estimate.id == id)
    };
    assert!(
        offered(&bench, "interfant-06/2") && !offered(&bench, "interfant-06/3"),
        "EFS and no OS"
    );
    assert!(!before.contains("not two arms of a trial"));
    let shown = bench.set("published:interfant-06/2", "yes");
    let html = shown.part("curves");
    assert!(html.contains("Interfant-06, KMT2A rearranged") && html.contains("not two arms of a trial"));
    assert!(
        html.contains("KMT2A rearranged: 100% in the report, 78.4% here."),
        "87 of 111 with a known status"
    );
    assert!(!shown.parts.contains_key("models"));
    let csv = bench.export("curves.csv").expect("curves").text;
    let point = csv
        .lines()
        .find(|line| line.ends_with(",yes"))
        .expect("a published point");
    assert!(point.contains(",6,") && point.contains("0.364"), "{point}");
    let os = bench.set("endpoint", "os");
    assert!(!os.part("curves").contains("not two arms of a trial") && !offered(&bench, "interfant-06/2"));
    assert!(!bench.export("curves.csv").expect("curves").text.contains(",yes"));
    let _ = bench.set("endpoint", "relapse");
    assert_eq!(bench.bench.choices().expect("choices").published, []);
}

#[test]
fn a_separating_variable_has_a_ratio_only_with_the_penalty() {
    let mut file = "id,diagnosis_date,relapse_date,death_date,last_follow_up_date,arm\n".to_owned();
    for patient in 0..16 {
        let relapse = if patient % 2 == 0 {
            format!("2020-0{}-11", 1 + patient / 2)
        } else {
            String::new()
        };
        let arm = if patient % 2 == 0 { "A" } else { "B" };
        file.push_str(&format!(
            "{patient},2020-01-01,{relapse},,2022-01-{:02},{arm}\n",
            1 + patient
        ));
    }
    let mut bench = Page::default();
    let html = bench.open("separated.csv", file.as_bytes()).part("models").to_owned();
    assert_eq!(row(&html, "B", "")[1..3], ["not estimable", "–"]);
    assert!(html.contains("not estimable (separation: its coefficient tends to minus infinity)"));
    assert!(bench.bench.choices().expect("choices").can_penalise);
    let html = bench.set("firth", "yes").part("models").to_owned();
    let cells = row(&html, "B", "");
    assert!(cells[1].contains("(0.0") && cells[1].ends_with("Firth"), "{cells:?}");
    assert!(html.contains("profile intervals and P"));
    // Only what was penalised is said to be.
    let report = bench.export("report.html").expect("a report").text;
    assert!(report.contains("no finite maximum (arm, unadjusted)"), "{report}");
}

#[test]
fn a_role_that_is_changed_changes_the_answer() {
    let (mut bench, before) = opened();
    let header: Vec<&str> = std::str::from_utf8(REGISTRY)
        .unwrap()
        .lines()
        .next()
        .unwrap()
        .split(',')
        .collect();
    let relapse = header.iter().position(|name| *name == "relapse_date").unwrap();
    let reply = bench.say(named::role(relapse, "ignored"));
    assert_ne!(reply.part("results"), before);
}

#[test]
fn exports_are_files_of_their_own() {
    let (mut bench, _) = opened();
    let _ = bench.set("group", "protocol:interfant-06");
    for figure in ["curves", "incidence", "transplant"] {
        let scene = bench.export(&format!("{figure}.scene")).expect(figure);
        let sent: cotside_figures::Scene = serde_json::from_str(&scene.text).expect("a scene");
        assert!(sent.width > 0.0 && !sent.marks.is_empty(), "{figure}");
        let svg = bench.export(&format!("{figure}.svg")).expect(figure);
        assert!(svg.text.contains("</svg>") && !svg.text.contains("class="), "{figure}");
        let csv = bench.export(&format!("{figure}.csv")).expect(figure);
        assert!(csv.text.lines().count() > 10, "{figure}");
    }
    assert_eq!(bench.export("curves.exe"), None);
    assert_eq!(bench.export("nothing.svg"), None);
}

/// Whether a name of a file is of ASCII letters, digits and hyphens, with one ending.
fn is_plain_name(name: &str) -> bool {
    let (stem, kind) = name.rsplit_once('.').unwrap_or((name, "csv"));
    let plain = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
    };
    plain(stem) && plain(kind) && !stem.contains("--") && !stem.ends_with('-')
}

#[test]
fn every_table_of_a_result_has_its_files() {
    let (mut bench, _) = opened();
    let mut shown = Shown::default();
    for (name, value) in [
        ("group", "protocol:interfant-06"),
        ("model:finding:age_days", "yes"),
        ("model:finding:sex", "yes"),
        ("cure-distribution", "weibull"),
        ("pairs", "yes"),
    ] {
        shown.parts.extend(bench.set(name, value).parts);
    }
    let (mut tables, mut files) = (0, std::collections::BTreeSet::new());
    for (part, html) in shown.parts.iter().filter(|(part, _)| **part != "results") {
        // The table of the data of a figure is the first rows of its file.
        let behind: Vec<&str> = html
            .split("<table")
            .skip(1)
            .filter(|table| !table.starts_with(" class=\"csv\""))
            .collect();
        for table in behind {
            let tools = table.split_once("</table>").map_or("", |(_, behind)| behind);
            let tools = tools.strip_prefix("</div>").unwrap_or(tools);
            assert!(
                tools.starts_with("<div class=\"tools of-table\" data-title=\""),
                "{part}: {tools:.200}"
            );
            assert!(
                !tools.starts_with("<div class=\"tools of-table\" data-title=\"\""),
                "{part} has a title"
            );
            let file = tools
                .split("data-table=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .unwrap();
            assert!(is_plain_name(file) && !file.contains("registry"), "{file}");
            assert!(files.insert(file.to_owned()), "{file} is the name of two tables");
            tables += 1;
        }
    }
    assert!(tables > 10, "{tables}: {files:?}");
    for file in ["cotside-table1-by-interfant-06", "cotside-efs-cox-by-interfant-06"] {
        assert!(files.contains(file), "{file}: {files:?}");
    }
    assert!(!bench.export("report.html").unwrap().text.contains("of-table"));
}

#[test]
fn names_of_figures_say_what_they_are_and_nothing_of_the_file() {
    let (mut bench, _) = opened();
    let name = |bench: &mut Page, what: &str| bench.export(what).unwrap().name;
    assert_eq!(name(&mut bench, "curves.svg"), "cotside-efs-120mm.svg");
    let _ = bench.set("group", "finding:sex");
    let _ = bench.set("width", "89");
    assert_eq!(name(&mut bench, "curves.svg"), "cotside-efs-by-sex-89mm.svg");
    assert_eq!(name(&mut bench, "curves.scene"), "cotside-efs-by-sex-89mm.scene");
    assert_eq!(
        name(&mut bench, "incidence.csv"),
        "cotside-efs-incidence-by-sex-data.csv"
    );
    // A header may be an id, a date or in other letters.
    let mut bench = Page::default();
    let file = "id,diagnosis_date,relapse_date,death_date,last_follow_up_date,P-1042 Meier,Group\n\
        a,2020-01-01,,,2022-01-01,x,u\nb,2020-01-01,2020-03-01,,2021-01-01,y,v\n";
    let _ = bench.open("Meier.csv", file.as_bytes());
    for (group, named) in [("column:5", "column-5"), ("column:6", "group")] {
        let _ = bench.set("group", group);
        let name = name(&mut bench, "curves.svg");
        assert_eq!(name, format!("cotside-efs-by-{named}-120mm.svg"));
        assert!(is_plain_name(&name));
    }
}

#[test]
fn a_file_that_cannot_be_read_says_why_and_markup_in_cells_stays_text() {
    let mut bench = Page::default();
    assert_eq!(bench.set("unit", "months").part("results"), "");
    let refused = bench.open("empty.csv", b"").refused.expect("refused");
    assert!(refused.starts_with("empty.csv: the file is empty"), "{refused}");
    let file = b"id,diagnosis_date,relapse_date,death_date,last_follow_up_date,<b>g</b>\n\
        a,2020-01-01,,,2022-01-01,<script>1</script>\nb,2020-01-01,2020-03-01,,2021-01-01,<i>\n";
    let reply = bench.open("x.csv", file);
    let _ = bench.set("group", "column:5");
    let html = format!("{:?}{:?}", reply, bench.set("at", "1"));
    assert!(
        !html.contains("<script>") && !html.contains("<i>") && html.contains("&lt;b&gt;g"),
        "{html}"
    );
}

#[test]
fn any_settings_on_any_file_give_a_reply() {
    let mut seed = 1_u64;
    let mut below = |n: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    let header = "id,birth_date,diagnosis_date,first_remission_date,relapse_date,hsct_date,death_date,last_follow_up_date,sex,wbc";
    let cells = [
        "",
        "2020-01-01",
        "2020-06-01",
        "2021-01-01",
        "01.02.2020",
        "x",
        "male",
        "female",
        "12",
        "-1",
        "NA",
        "\"",
    ];
    let settings = [
        ("endpoint", "os"),
        ("endpoint", "dfs"),
        ("endpoint", "relapse"),
        ("endpoint", "as_in_file"),
        ("endpoint", "efs"),
        ("group", "finding:sex"),
        ("group", "finding:wbc"),
        ("group", "protocol:mll-10"),
        ("group", "protocol:none"),
        ("group", "column:99"),
        ("group", ""),
        ("at", "1,x,-3,1e9"),
        ("at", ""),
        ("unit", "months"),
        ("shown", "incidence"),
        ("table", "none"),
        ("width", "89"),
        ("landmark", "1e300"),
        ("landmark", "-1"),
        ("nothing", "x"),
        ("only", "finding:sex=male"),
        ("only", "protocol:mll-10=high"),
        ("only", "finding:wbc=≤ 12"),
        ("only", "="),
        ("only", ""),
        ("failure", "date"),
        ("model:finding:sex", "yes"),
        ("model:finding:wbc", "yes"),
        ("model:none", "yes"),
        ("firth", "yes"),
        ("residuals", "x"),
        ("from", "mll98"),
        ("to", "x"),
        ("test", "gehan"),
        ("test", "fh-0-1"),
        ("tau", "2"),
        ("published:interfant-06/2", "yes"),
        ("tau", "0"),
        ("level", "99.9"),
        ("level", "50"),
        ("interval", "plain"),
        ("interval", "logit"),
        ("interval", "arcsin"),
        ("quantiles", "1; 99"),
        ("quantiles", ""),
        ("conditional", "0.5; 1; 40"),
        ("simultaneous", "equal-precision"),
        ("simultaneous", "hall-wellner"),
        ("band-from", "2"),
        ("band-to", "1"),
        ("shown", "hazard"),
        ("scale:finding:wbc", "log10"),
        ("scale:finding:wbc", "sd"),
        ("interaction:finding:sex*finding:wbc", "yes"),
        ("strata:finding:sex", "yes"),
        ("strata:column:0", "yes"),
        ("entry", "column:5"),
        ("entry", "first_remission_date"),
        ("entry", "hsct_date"),
        ("weights", "column:2"),
        ("cluster", "column:0"),
        ("ties", "exact"),
        ("spline", "finding:wbc"),
        ("knots", "3"),
        ("reference", "0"),
        ("cause", "relapse"),
        ("cause", "death"),
    ];
    let roles = [
        named::role(4, "ignored"),
        named::role(99, "wbc"),
        named::role(9, "time:os"),
    ];
    for _ in 0..160 {
        let mut file = header.to_owned();
        for _ in 0..below(12) {
            let row: Vec<&str> = (0..10).map(|_| cells[below(cells.len())]).collect();
            file.push('\n');
            file.push_str(&row.join(","));
        }
        let mut bench = Page::default();
        let _ = bench.open("any.csv", file.as_bytes());
        for _ in 0..6 {
            let place = below(settings.len() + roles.len());
            let (name, value) = settings.get(place).copied().unwrap_or_default();
            let reply = match place.checked_sub(settings.len()) {
                Some(place) => bench.say(roles[place].clone()),
                None => bench.set(name, value),
            };
            let html = format!("{:?}", reply.parts.get("results"));
            assert!(
                !html.contains("NaN") && !html.contains(">inf"),
                "{file}\n{name}={value}\n{html}"
            );
            let _ = bench.export("curves.svg");
            let _ = bench.export("incidence.csv");
            let _ = bench.export("spline.svg");
            for file in ["numbers.csv", "cox-table.csv"] {
                let text = bench.export(file).map(|file| file.text).unwrap_or_default();
                assert!(!text.contains("NaN") && !text.contains("inf,"), "{file}: {text}");
            }
        }
    }
}

/// Twenty patients in A, half of whom die; B as said, in days.
fn two_arms(of_b: &[(u32, u8)]) -> Vec<u8> {
    let mut file = "id,os_days,os_event,arm\n".to_owned();
    for patient in 0..20 {
        file.push_str(&format!("a{patient},{},{},A\n", 150 + 130 * patient, patient % 2));
    }
    for (patient, (days, event)) in of_b.iter().enumerate() {
        file.push_str(&format!("b{patient},{days},{event},B\n"));
    }
    file.into_bytes()
}

/// Who had the event in B; the expected text of the row of B at 5 years and of its restricted mean.
type Case = (&'static [(u32, u8)], &'static str, &'static str);

#[test]
fn a_group_without_a_variance_gets_no_interval_and_no_p_anywhere() {
    const CASES: &[Case] = &[
        (
            &[(2500, 0), (2600, 0)],
            "no interval: no event in B so far",
            "no SE: no event so far",
        ),
        (
            &[(900, 0), (2600, 0)],
            "no interval: no event in B so far",
            "no SE: no event so far",
        ),
        (
            &[(2600, 0)],
            "no interval: no event in B so far",
            "no SE: no event so far",
        ),
        (
            &[(2100, 1), (2600, 0)],
            "no interval: no event in B so far",
            "no SE: no event so far",
        ),
        (
            &[(100, 1), (500, 1)],
            "no interval: everybody in B still at risk had the event",
            "(",
        ),
        (
            &[(100, 1)],
            "no interval: everybody in B still at risk had the event",
            "no SE: everybody still at risk had the event",
        ),
        (
            &[(0, 1), (0, 1)],
            "no interval: everybody in B still at risk had the event",
            "no SE: everybody still at risk had the event",
        ),
        (
            &[(300, 0), (400, 0)],
            "follow-up of B ends before",
            "no SE: no event so far",
        ),
    ];
    for (of_b, difference, mean) in CASES {
        let mut page = Page::default();
        let shown = page.open("arms.csv", &two_arms(of_b));
        assert_eq!(shown.refused, None);
        page.set("endpoint", "os");
        let arms = page.set("group", "column:3");
        let html = arms.part("comparison");
        let fixed = html
            .split("class=\"fixed\"")
            .nth(1)
            .unwrap()
            .split("</table>")
            .next()
            .unwrap();
        let means = html
            .split("class=\"means\"")
            .nth(1)
            .unwrap()
            .split("</table>")
            .next()
            .unwrap();
        let at_5 = row(fixed, "B", "5");
        assert!(at_5[1].contains(difference), "{of_b:?}: {at_5:?}");
        assert_eq!(at_5[2], "–", "{of_b:?}: {at_5:?}");
        let cells = row(means, "B", "");
        assert!(cells[0].contains(mean), "{of_b:?}: {cells:?}");
        if mean.starts_with("no SE") {
            assert!(
                cells[1].contains("no interval") && cells[2] == "–",
                "{of_b:?}: {cells:?}"
            );
        }
        // The words name what was used, and give the reason.
        assert!(html.contains("interval and P on one scale"), "{html}");
        assert!(
            difference.starts_with("follow-up") || html.contains("would rest on the other group alone"),
            "{html}"
        );
        // Nor does the table of survival give an interval, or the file of numbers.
        let at = arms.part("comparison").split("class=\"at\"").nth(1).unwrap().to_owned();
        let at = at.split("</table>").next().unwrap();
        let cells = row(at, "B", "5");
        let expected = match difference {
            each if each.contains("no event") => "none: no event so far",
            each if each.contains("everybody") => "none: everybody still at risk had the event",
            _ => "",
        };
        assert_eq!(cells[4], expected, "{of_b:?}: {cells:?}");
        assert!(["–", ""].contains(&cells[3].as_str()), "{of_b:?}: {cells:?}");
        let numbers = page.export("numbers.csv").unwrap().text;
        for quantity in ["survival_se", "survival_lower", "survival_upper"] {
            assert!(!numbers.contains(&format!("{quantity},B,5,")), "{of_b:?}: {numbers}");
        }
    }
    // With an event before and somebody alive after, all of them are there.
    let mut page = Page::default();
    page.open("arms.csv", &two_arms(&[(300, 1), (2600, 0)]));
    page.set("endpoint", "os");
    let arms = page.set("group", "column:3");
    let html = arms.part("comparison");
    let fixed = html.split("class=\"fixed\"").nth(1).unwrap();
    let at_5 = row(fixed, "B", "5");
    assert!(at_5[1].contains(" to ") && at_5[2].starts_with("0."), "{at_5:?}");
    assert!(
        !html.contains("no interval") && !html.contains("would rest on"),
        "{html}"
    );
}
