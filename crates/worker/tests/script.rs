//! The script in R that the page gives, run by R, and the page's own numbers.
//!
//! `tests/reference/workbench/scripts/<case>.R` is what the page gives today; `<case>.csv` is what R says when it runs it
//! (tests/reference/workbench/run_scripts.R). A script that differs fails: renew all with
//! `COTSIDE_RENEW=1 cargo test -p cotside-worker --test script`, run the scripts again, and commit both.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

const REGISTRY: &str = "www/samples/synthetic-registry.csv";
const SEVERANCE: &str = "www/samples/severance-follow-up.csv";
const AWKWARD: &str = "tests/reference/workbench/awkward_file.csv";

const VISITS: &str = "tests/reference/workbench/visits_file.csv";
const ADTTE: &str = "tests/reference/workbench/adtte_file.csv";
const DAYS: &str = "tests/reference/workbench/days_file.csv";
const MODELS: &str = "tests/reference/workbench/models_file.csv";
const CENSORED: &str = "tests/reference/workbench/censored_file.csv";
const TRANSPLANT: &str = "tests/reference/workbench/transplant_file.csv";
const FIRST_EVENT: &str = "tests/reference/workbench/first_event_file.csv";
const WRITTEN: &str = "tests/reference/workbench/written_file.csv";

/// A name, a file, and what is asked of it, in order.
type Case = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const CASES: &[Case] = &[
    ("registry", REGISTRY, &[]),
    (
        "written",
        WRITTEN,
        &[
            ("group", "finding:sex"),
            ("model:finding:wbc", "yes"),
            ("model:finding:age_days", "yes"),
        ],
    ),
    (
        "registry-sex-model",
        REGISTRY,
        &[
            ("group", "finding:sex"),
            ("at", "0.5, 2, 4.25"),
            ("model:finding:sex", "yes"),
            ("model:finding:age_days", "yes"),
            ("model:finding:wbc", "yes"),
            ("model:finding:kmt2a", "yes"),
        ],
    ),
    (
        "registry-protocol",
        REGISTRY,
        &[
            ("group", "protocol:interfant-06"),
            ("failure", "date"),
            ("landmark", "1"),
        ],
    ),
    (
        "registry-relapse-halves",
        REGISTRY,
        &[
            ("endpoint", "relapse"),
            ("group", "finding:wbc"),
            ("only", "finding:kmt2a=rearranged"),
        ],
    ),
    (
        "registry-survival",
        REGISTRY,
        &[("endpoint", "os"), ("group", "column:12")],
    ),
    (
        "registry-dfs",
        REGISTRY,
        &[("endpoint", "dfs"), ("group", "finding:cns")],
    ),
    (
        "registry-levels",
        REGISTRY,
        &[
            ("group", "finding:kmt2a"),
            (
                "levels:finding:kmt2a",
                r#"{"groups":[{"name":"KMT2A-r","of":["rearranged"]},{"name":"germline","of":["germline"]},
                   {"name":"undetermined","of":["undetermined"],"left_out":true}],"reference":"germline"}"#,
            ),
            (
                "levels:finding:cns",
                r#"{"groups":[{"name":"CNS2 or 3","of":["2","3"]}],"reference":"1"}"#,
            ),
            ("model:finding:kmt2a", "yes"),
            ("model:finding:cns", "yes"),
        ],
    ),
    (
        "registry-age-cut",
        REGISTRY,
        &[
            ("group", "finding:age_days"),
            (
                "levels:finding:age_days",
                r#"{"cut":{"at":["90","6 months"]},"reference":"≥ 6 months"}"#,
            ),
            (
                "levels:finding:wbc",
                r#"{"cut":{"at":["100","300"],"limit_is_lower":true}}"#,
            ),
            (
                "filter",
                "(finding:kmt2a=rearranged or finding:wbc>=300) and finding:sex!=gone",
            ),
            ("model:finding:age_days", "yes"),
            ("model:finding:wbc", "yes"),
        ],
    ),
    (
        "registry-filter",
        REGISTRY,
        &[
            ("endpoint", "os"),
            ("group", "protocol:interfant-06"),
            (
                "levels:protocol:interfant-06",
                r#"{"groups":[{"name":"not low","of":["medium","high"]}],"reference":"not low"}"#,
            ),
            (
                "filter",
                "(finding:age_days<6 months and finding:wbc<100) or (finding:mrd_eoi>1e-4 and protocol:mll-10!=low) or finding:cns<2",
            ),
        ],
    ),
    (
        "registry-median",
        REGISTRY,
        &[
            ("group", "finding:wbc"),
            ("levels:finding:wbc", r#"{"cut":{"at":["median"]}}"#),
        ],
    ),
    (
        "registry-level",
        REGISTRY,
        &[
            ("group", "finding:sex"),
            ("at", "0.5, 2, 4"),
            ("level", "90"),
            ("interval", "arcsin"),
            ("quantiles", "10, 40, 90"),
            ("conditional", "1, 3"),
            ("simultaneous", "equal-precision"),
            ("band-from", "0.25"),
            ("band-to", "5"),
            ("tau", "3.5"),
            ("model:finding:sex", "yes"),
            ("model:finding:wbc", "yes"),
            ("spline", "finding:age_days"),
            ("cause", "relapse"),
        ],
    ),
    (
        "registry-rank-tests",
        REGISTRY,
        &[
            ("group", "finding:age_days"),
            ("levels:finding:age_days", r#"{"cut":{"at":["90","180"]}}"#),
            ("test", "peto"),
        ],
    ),
    (
        "registry-late-differences",
        REGISTRY,
        &[("group", "finding:kmt2a_partner"), ("test", "fh-0-1")],
    ),
    (
        "registry-gehan",
        REGISTRY,
        &[
            ("endpoint", "os"),
            ("group", "finding:cns"),
            ("test", "gehan"),
            ("level", "90"),
        ],
    ),
    (
        "registry-bands",
        REGISTRY,
        &[
            ("group", "finding:kmt2a"),
            ("level", "99"),
            ("interval", "plain"),
            ("quantiles", ""),
            ("conditional", "0.5"),
            ("simultaneous", "hall-wellner"),
            ("endpoint", "os"),
        ],
    ),
    (
        "severance-logit",
        SEVERANCE,
        &[
            ("group", "finding:sex"),
            ("at", "1, 1.5, 2"),
            ("level", "80"),
            ("interval", "logit"),
            ("conditional", "1"),
            ("simultaneous", "hall-wellner"),
        ],
    ),
    ("severance", SEVERANCE, &[("at", "1, 2, 3")]),
    (
        "severance-sex",
        SEVERANCE,
        &[("group", "finding:sex"), ("at", "1, 2, 3"), ("table", "at-risk")],
    ),
    ("awkward", AWKWARD, &[("group", "finding:sex")]),
    ("awkward-survival", AWKWARD, &[("endpoint", "os"), ("at", "1")]),
    ("visits", VISITS, &[("group", "finding:kmt2a"), ("at", "1, 2")]),
    (
        "visits-survival",
        VISITS,
        &[("endpoint", "os"), ("group", "finding:mrd_eoi"), ("at", "1")],
    ),
    ("adtte", ADTTE, &[("group", "column:6"), ("at", "1, 2")]),
    ("adtte-survival", ADTTE, &[("endpoint", "os"), ("at", "1")]),
    ("days", DAYS, &[("group", "finding:sex"), ("at", "1")]),
    ("censored", CENSORED, &[("group", "finding:sex"), ("at", "1")]),
    (
        "registry-remission-survival",
        REGISTRY,
        &[
            ("origin", "first_remission"),
            ("endpoint", "os"),
            ("group", "finding:kmt2a"),
        ],
    ),
    (
        "registry-relapse-survival",
        REGISTRY,
        &[("origin", "relapse"), ("group", "finding:kmt2a"), ("at", "1, 2")],
    ),
    (
        "registry-transplant",
        REGISTRY,
        &[("origin", "transplant"), ("at", "1, 2")],
    ),
    ("transplant-efs", TRANSPLANT, &[("group", "finding:sex")]),
    (
        "transplant-efs-model",
        TRANSPLANT,
        &[
            ("landmark", "1"),
            ("model:finding:wbc", "yes"),
            ("model:finding:sex", "yes"),
            ("model:column:5", "yes"),
        ],
    ),
    (
        "transplant-os-model",
        TRANSPLANT,
        &[
            ("endpoint", "os"),
            ("only", "finding:sex=male"),
            ("model:finding:wbc", "yes"),
            ("model:finding:sex", "yes"),
            ("model:column:5", "yes"),
        ],
    ),
    (
        "transplant-survival",
        TRANSPLANT,
        &[("origin", "transplant"), ("endpoint", "os"), ("group", "column:5")],
    ),
    (
        "transplant-lfs",
        TRANSPLANT,
        &[("origin", "transplant"), ("endpoint", "lfs"), ("group", "finding:sex")],
    ),
    (
        "transplant-relapse",
        TRANSPLANT,
        &[("origin", "transplant"), ("endpoint", "relapse"), ("group", "column:5")],
    ),
    (
        "transplant-grfs",
        TRANSPLANT,
        &[("origin", "transplant"), ("endpoint", "grfs"), ("at", "0.25, 0.5, 1")],
    ),
    (
        "transplant-after-relapse",
        TRANSPLANT,
        &[("origin", "relapse"), ("at", "0.5, 1")],
    ),
    (
        "first-event-lfs",
        FIRST_EVENT,
        &[("endpoint", "lfs"), ("group", "finding:sex")],
    ),
    (
        "first-event-relapse",
        FIRST_EVENT,
        &[("origin", "relapse"), ("at", "1")],
    ),
    (
        "models-scales",
        MODELS,
        &[
            ("model:finding:age_days", "yes"),
            ("model:finding:wbc", "yes"),
            ("model:column:8", "yes"),
            ("model:column:6", "yes"),
            ("scale:finding:age_days", "per:10"),
            ("scale:finding:wbc", "log10"),
            ("scale:column:8", "sd"),
            ("ties", "breslow"),
        ],
    ),
    (
        "models-interactions",
        MODELS,
        &[
            ("model:finding:sex", "yes"),
            ("model:finding:kmt2a", "yes"),
            ("model:finding:wbc", "yes"),
            ("model:finding:age_days", "yes"),
            ("model:column:6", "yes"),
            ("interaction:finding:sex*column:6", "yes"),
            ("interaction:finding:kmt2a*finding:wbc", "yes"),
            ("interaction:finding:age_days*finding:wbc", "yes"),
            ("strata:column:7", "yes"),
            ("spline", "finding:age_days"),
            ("cause", "relapse"),
        ],
    ),
    (
        "models-cause",
        MODELS,
        &[
            ("model:finding:sex", "yes"),
            ("model:finding:age_days", "yes"),
            ("model:column:6", "yes"),
            ("interaction:column:6*finding:sex", "yes"),
            ("spline", "finding:wbc"),
            ("knots", "5"),
            ("reference", "100"),
            ("cause", "relapse"),
        ],
    ),
    (
        "models-robust",
        MODELS,
        &[
            ("model:finding:kmt2a", "yes"),
            ("model:finding:wbc", "yes"),
            ("model:column:6", "yes"),
            ("entry", "column:10"),
            ("cluster", "column:7"),
            ("weights", "column:9"),
            ("spline", "column:8"),
            ("knots", "3"),
            ("cause", "death"),
        ],
    ),
    (
        "models-weights",
        MODELS,
        &[
            ("model:finding:kmt2a", "yes"),
            ("model:finding:age_days", "yes"),
            ("entry", "first_remission_date"),
            ("weights", "column:9"),
            ("strata:finding:sex", "yes"),
            ("strata:column:6", "yes"),
        ],
    ),
    (
        "models-labels",
        MODELS,
        &[
            ("model:finding:kmt2a", "yes"),
            ("model:finding:wbc", "yes"),
            ("cluster", "column:16"),
            ("ties", "breslow"),
        ],
    ),
    (
        "models-cause-strata",
        MODELS,
        &[
            ("model:finding:kmt2a", "yes"),
            ("model:finding:wbc", "yes"),
            ("strata:finding:sex", "yes"),
            ("weights", "column:9"),
            ("cause", "relapse"),
            ("ties", "breslow"),
            ("distribution", "exponential"),
        ],
    ),
    (
        "models-cause-cluster",
        MODELS,
        &[
            ("group", "column:6"),
            ("model:finding:wbc", "yes"),
            ("model:column:6", "yes"),
            ("interaction:finding:wbc*column:6", "yes"),
            ("cluster", "column:7"),
            ("entry", "column:10"),
            ("cause", "relapse"),
            ("distribution", "loglogistic"),
        ],
    ),
    (
        "registry-parametric",
        REGISTRY,
        &[
            ("group", "finding:cns"),
            ("failure", "date"),
            ("model:finding:age_days", "yes"),
            ("model:finding:kmt2a", "yes"),
            ("distribution", "lognormal"),
            ("correction", "bonferroni"),
        ],
    ),
    (
        "registry-parametric-groups",
        REGISTRY,
        &[
            ("endpoint", "os"),
            ("group", "finding:cns"),
            ("levels:finding:cns", r#"{"reference":"3"}"#),
            ("distribution", "exponential"),
            ("correction", "none"),
        ],
    ),
    (
        "models-exact",
        MODELS,
        &[
            ("endpoint", "os"),
            ("model:finding:wbc", "yes"),
            ("model:column:6", "yes"),
            ("entry", "hsct_date"),
            ("ties", "exact"),
        ],
    ),
    (
        "registry-adjusted",
        REGISTRY,
        &[
            ("group", "finding:kmt2a"),
            ("model:finding:age_days", "yes"),
            ("model:finding:wbc", "yes"),
            ("model:finding:cns", "yes"),
            ("cure-distribution", "weibull"),
        ],
    ),
    (
        "models-adjusted",
        MODELS,
        &[
            ("group", "column:6"),
            ("model:finding:sex", "yes"),
            ("model:finding:wbc", "yes"),
            ("model:column:6", "yes"),
            ("interaction:finding:wbc*column:6", "yes"),
            ("strata:finding:kmt2a", "yes"),
            ("entry", "column:10"),
            ("weights", "column:9"),
            ("at", "0.5, 1, 2"),
        ],
    ),
    (
        "models-adjusted-strata",
        MODELS,
        &[
            ("group", "finding:sex"),
            ("group-as", "strata"),
            ("model:finding:age_days", "yes"),
            ("model:finding:wbc", "yes"),
            ("interaction:finding:age_days*finding:wbc", "yes"),
            ("strata:column:6", "yes"),
            ("ties", "breslow"),
            ("cure-distribution", "lognormal"),
        ],
    ),
    (
        "registry-predicted",
        REGISTRY,
        &[
            ("at", "0.5, 1, 3, 5"),
            ("interval", "logit"),
            ("level", "90"),
            ("quantiles", "25, 50"),
            ("model:finding:sex", "yes"),
            ("model:finding:age_days", "yes"),
            ("model:finding:wbc", "yes"),
            ("model:finding:kmt2a", "yes"),
            ("interaction:finding:age_days*finding:kmt2a", "yes"),
            ("cause", "relapse"),
            ("distribution", "lognormal"),
            ("predict:1:finding:sex", "male"),
            ("predict:1:finding:age_days", "60"),
            ("predict:1:finding:wbc", "412,5"),
            ("predict:1:finding:kmt2a", "rearranged"),
            ("predict:3:finding:sex", "female"),
            ("predict:3:finding:age_days", "900"),
            ("predict:3:finding:wbc", "20"),
            ("predict:3:finding:kmt2a", "germline"),
            ("predict:4:finding:sex", "female"),
        ],
    ),
    (
        "models-predicted-strata",
        MODELS,
        &[
            ("at", "0.25, 1, 2, 30"),
            ("model:finding:age_days", "yes"),
            ("model:finding:wbc", "yes"),
            ("model:column:8", "yes"),
            ("scale:column:8", "sd"),
            ("scale:finding:wbc", "per:10"),
            ("strata:finding:sex", "yes"),
            ("strata:column:6", "yes"),
            ("entry", "column:10"),
            ("cause", "relapse"),
            ("distribution", "weibull"),
            ("predict:1:finding:age_days", "100"),
            ("predict:1:finding:wbc", "50"),
            ("predict:1:column:8", "80"),
            ("predict:1:strata:finding:sex", "male"),
            ("predict:1:strata:column:6", "B"),
            ("predict:2:finding:age_days", "300"),
            ("predict:2:finding:wbc", "150"),
            ("predict:2:column:8", "95.5"),
            ("predict:2:strata:finding:sex", "female"),
            ("predict:2:strata:column:6", "A"),
            ("predict:3:finding:age_days", "200"),
            ("predict:3:finding:wbc", "100"),
            ("predict:3:column:8", "70"),
        ],
    ),
    (
        "models-predicted-robust",
        MODELS,
        &[
            ("model:finding:kmt2a", "yes"),
            ("model:finding:wbc", "yes"),
            ("model:column:6", "yes"),
            ("interaction:finding:wbc*column:6", "yes"),
            ("cluster", "column:7"),
            ("weights", "column:9"),
            ("ties", "breslow"),
            ("cause", "death"),
            ("predict:1:finding:kmt2a", "germline"),
            ("predict:1:finding:wbc", "50"),
            ("predict:1:column:6", "C"),
        ],
    ),
    (
        "models-predicted-cause",
        MODELS,
        &[
            ("at", "0.1, 1, 2"),
            ("interval", "plain"),
            ("model:finding:sex", "yes"),
            ("model:finding:wbc", "yes"),
            ("model:column:6", "yes"),
            ("interaction:column:6*finding:sex", "yes"),
            ("cause", "relapse"),
            ("distribution", "loglogistic"),
            ("predict:1:finding:sex", "male"),
            ("predict:1:finding:wbc", "50"),
            ("predict:1:column:6", "C"),
            ("predict:2:finding:sex", "female"),
            ("predict:2:finding:wbc", "300"),
            ("predict:2:column:6", "A"),
        ],
    ),
    (
        "models-predicted-exact",
        MODELS,
        &[
            ("endpoint", "os"),
            ("model:finding:wbc", "yes"),
            ("ties", "exact"),
            ("distribution", "exponential"),
            ("predict:1:finding:wbc", "50"),
        ],
    ),
    (
        "registry-hazard",
        REGISTRY,
        &[("group", "finding:sex"), ("hazard", "fleming-harrington")],
    ),
    (
        "registry-cure",
        REGISTRY,
        &[
            ("endpoint", "os"),
            ("group", "finding:kmt2a"),
            ("cure-distribution", "loglogistic"),
            ("cure-times", "same"),
        ],
    ),
    (
        "registry-cure-exponential",
        REGISTRY,
        &[("cure-distribution", "exponential")],
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn kept(name: &str) -> PathBuf {
    root().join("tests/reference/workbench/scripts").join(name)
}

/// The page's script, numbers and values.
fn page(file: &str, settings: &[(&str, &str)]) -> [String; 3] {
    let mut intake = CohortFile::default();
    let bytes = std::fs::read(root().join(file)).unwrap();
    let name = file.rsplit('/').next().unwrap();
    assert_eq!(intake.open(name, "", &bytes).refused, None);
    let mut bench = Results::default();
    let _ = bench.take(intake.study().unwrap());
    let _ = bench.take_protocols(intake.protocols());
    for (name, value) in settings {
        let _ = named::set(&mut bench, name, value);
    }
    let mut text = |what: &str| bench.export(what, "").expect(what).text;
    let [second, numbers, values] = ["script.R", "numbers.csv", "values.csv"].map(&mut text);
    [intake.script().unwrap() + &second, numbers, values]
}

/// Numbers by what they are.
fn by_name(csv: &str) -> BTreeMap<String, f64> {
    let lines = csv
        .lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with("quantity"));
    let pairs = lines.filter_map(|line| {
        let (name, value) = line.rsplit_once(',')?;
        // Times, and values of a spline, to nine digits.
        let (name, at) = name.rsplit_once(',')?;
        let at = at
            .parse::<f64>()
            .map_or_else(|_| at.to_owned(), |at| format!("{at:.8e}"));
        Some((format!("{},{at}", name.replace('"', "")), value.parse().ok()?))
    });
    pairs.collect()
}

/// A value under the name of a function hides it: what calls the function later stops.
#[test]
fn no_value_of_the_script_has_the_name_of_a_function() {
    for (name, file, settings) in CASES {
        let [script, _, _] = page(file, settings);
        let assigned = |line: &'_ str| {
            line.split_once(" <- ")
                .map(|(left, right)| (left.to_owned(), right.to_owned()))
        };
        let is_function = |(_, right): &(String, String)| right.starts_with("function(");
        let at_top = script.lines().filter(|line| !line.starts_with(' '));
        let functions: Vec<_> = at_top.filter_map(assigned).filter(is_function).collect();
        // What stands in a loop or behind a condition is assigned at the top too.
        let mut is_at_top = true;
        let values = script.lines().filter(|line| {
            if !line.starts_with([' ', '}']) {
                is_at_top = line.starts_with("for (") || line.starts_with("if (");
            }
            is_at_top || !line.starts_with(' ')
        });
        let values = values.map(str::trim_start).filter_map(assigned);
        let values = values.filter(|each| !is_function(each));
        for (value, _) in values {
            assert!(
                functions.iter().all(|(function, _)| *function != value),
                "{name}: {value}"
            );
        }
    }
}

#[test]
fn the_script_is_the_one_that_was_run_and_r_says_what_the_page_says() {
    let renew = std::env::var_os("COTSIDE_RENEW").is_some();
    let (mut compared, mut worst) = (0, (0.0_f64, 0.0_f64));
    for (name, file, settings) in CASES {
        let [script, numbers, values] = page(file, settings);
        let of_file = format!(
            "{}-values.csv",
            file.rsplit('/').next().unwrap().trim_end_matches(".csv")
        );
        if renew {
            std::fs::write(kept(&format!("{name}.R")), &script).unwrap();
            std::fs::write(kept(&format!("{name}.file")), format!("{file}\n")).unwrap();
            std::fs::write(kept(&of_file), &values).unwrap();
            continue;
        }
        let golden = |file: &str| {
            std::fs::read_to_string(kept(file))
                .unwrap_or_default()
                .replace('\r', "")
        };
        assert!(
            golden(&format!("{name}.R")) == script,
            "{name}: the script is another; renew it and run it in R"
        );
        assert!(golden(&of_file) == values.replace('\r', ""), "{name}: other values");
        let (page, r) = (
            by_name(&numbers.replace('\r', "")),
            by_name(&golden(&format!("{name}.csv"))),
        );
        assert!(page.len() > 12, "{name}: only {} numbers", page.len());
        assert_eq!(
            r.get("values_read_otherwise,,"),
            Some(&0.0),
            "{name}: R reads findings otherwise"
        );
        for (what, value) in &page {
            let by_r = r.get(what).unwrap_or_else(|| panic!("{name}: R has no {what}"));
            // Both stop iterating where the log-likelihood changes by less than 1e-9 of itself, and then each is as far as
            // 5e-9 from where it would end; without iterations all digits that matter are the same.
            let is_iterated = [
                "hazard_ratio",
                "wald_",
                "joint_",
                "zph_",
                "adjusted_",
                "cure",
                "parametric_",
                "predicted_",
            ];
            let iterated = is_iterated.iter().any(|of| what.contains(of));
            // A difference of two log-likelihoods that nearly agree has the digits of these.
            let unit = if what.starts_with("interaction_") { 1.0 } else { 1e-12 };
            let off = (value - by_r).abs() / by_r.abs().max(unit);
            let most = if iterated { 1e-8 } else { 1e-9 };
            assert!(
                value == by_r || off <= most,
                "{name}: {what} is {value} here, {by_r} in R"
            );
            let worst = if iterated { &mut worst.1 } else { &mut worst.0 };
            *worst = worst.max(off);
        }
        compared += page.len();
    }
    println!(
        "{compared} numbers; largest relative difference {:.1e}, of iterated ones {:.1e}",
        worst.0, worst.1
    );
}
