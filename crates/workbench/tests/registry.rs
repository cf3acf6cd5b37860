//! The synthetic registry from file to page, against R; and any settings on any file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use std::collections::BTreeMap;

use cotside_core::cohort::Study;
use cotside_intake::Intake;
use cotside_words::significant;
use cotside_workbench::{Export, Workbench};

const REGISTRY: &[u8] = include_bytes!("../../../www/samples/synthetic-registry.csv");
/// Made by tests/reference/workbench/registry.R.
const EXPECTED: &str = include_str!("../../../tests/reference/workbench/registry_expected.csv");

/// Intake and workbench together, as the worker's script puts them.
#[derive(Default)]
struct Page {
    intake: Intake,
    bench: Workbench,
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
        let reply = self.intake.open(name, bytes);
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
        let handed_over = Study::from_bytes(&study.to_bytes()).expect("bytes of a study");
        assert_eq!(study, handed_over);
        parts.extend(self.bench.take(handed_over).parts);
        self.finished(parts)
    }

    /// With the parts that were waiting.
    fn finished(&mut self, mut parts: BTreeMap<&'static str, String>) -> Shown {
        let mut results = String::new();
        loop {
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
        match self.intake.set(name, value) {
            Some(reply) => self.taken(reply.parts),
            None => {
                let parts = self.bench.set(name, value).parts;
                self.finished(parts)
            }
        }
    }

    fn export(&mut self, what: &str) -> Option<Export> {
        self.bench.export(what)
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

fn rounded(value: Option<f64>, places: usize) -> String {
    let text = format!("{:.places$}", value.expect("a number"));
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
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
        let shown = format!("{} ({}–{}; ", five[0], five[1], five[2]);
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
    assert_eq!(names(&bench.set("landmark", "1")), ["transplant"]);
    assert_eq!(names(&bench.set("landmark", "1")), Vec::<&str>::new());
    let drawn = bench.set("unit", "months");
    assert!(drawn.parts.contains_key("curves") && !drawn.parts.contains_key("describe"));
    let few = bench.set("only", "finding:sex=male");
    assert!(few.part("included").contains("Restricted to Sex male: "));
    assert_ne!(few.part("describe"), before);
    let nobody = bench.set("only", "finding:sex=none");
    assert!(
        !nobody.part("included").contains("invalid"),
        "an unknown level restricts nothing"
    );
}

#[test]
fn test_and_hazard_ratio_of_a_column_as_r() {
    let (mut bench, _) = opened();
    let html = bench.set("group", "finding:sex").part("results").to_owned();
    let chi2 = format!("Log-rank χ² = {}, df = 1", rounded(expected("log_rank_sex")[0], 2));
    assert!(html.contains(&chi2), "{chi2}");
    let [ratio, lower, upper] = expected("hazard_ratio_male");
    let cells = row(&html, "Sex=male", "");
    assert_eq!(cells[1], rounded(ratio, 2));
    assert_eq!(cells[2], format!("{}–{}", rounded(lower, 2), rounded(upper, 2)));
}

#[test]
fn a_role_that_is_changed_changes_the_answer_and_the_columns_stay_open() {
    let (mut bench, before) = opened();
    let header: Vec<&str> = std::str::from_utf8(REGISTRY)
        .unwrap()
        .lines()
        .next()
        .unwrap()
        .split(',')
        .collect();
    let relapse = header.iter().position(|name| *name == "relapse_date").unwrap();
    let reply = bench.set(&format!("role:{relapse}"), "ignored");
    assert!(reply.part("file").contains(" open=\"\""));
    assert_ne!(reply.part("results"), before);
}

#[test]
fn exports_are_files_of_their_own() {
    let (mut bench, _) = opened();
    let _ = bench.set("group", "protocol:interfant-06");
    for figure in ["curves", "incidence", "transplant"] {
        let svg = bench.export(&format!("{figure}.svg")).expect(figure);
        assert!(svg.text.contains("</svg>") && !svg.text.contains("class="), "{figure}");
        let csv = bench.export(&format!("{figure}.csv")).expect(figure);
        assert!(csv.text.lines().count() > 10, "{figure}");
    }
    assert_eq!(bench.export("curves.exe"), None);
    assert_eq!(bench.export("nothing.svg"), None);
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
        ("role:4", "ignored"),
        ("role:99", "wbc"),
        ("role:9", "time:os"),
        ("nothing", "x"),
        ("only", "finding:sex=male"),
        ("only", "protocol:mll-10=high"),
        ("only", "finding:wbc=≤ 12"),
        ("only", "="),
        ("only", ""),
        ("failure", "date"),
    ];
    for _ in 0..120 {
        let mut file = header.to_owned();
        for _ in 0..below(12) {
            let row: Vec<&str> = (0..10).map(|_| cells[below(cells.len())]).collect();
            file.push('\n');
            file.push_str(&row.join(","));
        }
        let mut bench = Page::default();
        let _ = bench.open("any.csv", file.as_bytes());
        for _ in 0..6 {
            let (name, value) = settings[below(settings.len())];
            let reply = bench.set(name, value);
            let html = format!("{:?}", reply.parts.get("results"));
            assert!(
                !html.contains("NaN") && !html.contains(">inf"),
                "{file}\n{name}={value}\n{html}"
            );
            let _ = bench.export("curves.svg");
            let _ = bench.export("incidence.csv");
        }
    }
}
