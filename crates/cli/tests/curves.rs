//! `cotside km` and `cotside logrank` as scripts see them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{assert_refused, cotside};
use serde_json::{Value, json};

const AML: &str = include_str!("../../../tests/reference/curves/aml.csv");

fn answer(command: &str, flags: &[&str], input: &str) -> Value {
    let all = [
        &[command, "--input", "-", "--time", "time", "--event", "event", "--json"],
        flags,
    ]
    .concat();
    common::json(&all, input)
}

/// The file without the line that names the versions which made it.
fn aml() -> &'static str {
    AML.split_once('\n').expect("lines").1
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

fn close(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{found}"));
    assert!(
        (found - expected).abs() < 1e-12 * expected.abs().max(1.0),
        "{found} {expected}"
    );
}

#[test]
fn km_has_the_keys_of_the_contract() {
    let all = answer("km", &["--group", "group", "--at", "10,20", "--rmst", "50"], aml());
    assert_eq!((&all["n"], &all["n_excluded"]), (&json!(23), &json!(0)));
    let group = &all["groups"][0];
    let expected = [
        "group",
        "n",
        "events",
        "steps",
        "quantiles",
        "at",
        "rmst",
        "median_follow_up",
    ];
    assert!(
        expected.iter().all(|key| keys(group).contains(key)),
        "{:?}",
        keys(group)
    );
    assert_eq!((&group["group"], &group["n"]), (&json!("Maintained"), &json!(11)));
    let step = &group["steps"][0];
    let columns = [
        "time", "at_risk", "events", "censored", "survival", "std_err", "lower", "upper",
    ];
    assert!(columns.iter().all(|key| step[key].is_number()), "{step}");
    // R: summary(survfit(Surv(time, status) ~ x, aml, conf.type = "log-log")).
    close(&group["at"][1]["survival"], 0.715_909_090_909_090_8);
    assert_eq!(group["at"][1]["at_risk"], json!(7.0));
    assert_eq!(group["quantiles"][1]["p"], json!(0.5));
    assert_eq!(group["quantiles"][1]["time"], json!(31.0));
    assert_eq!(group["quantiles"][1]["upper"], Value::Null);
    assert!(group["rmst"]["std_err"].is_number() && group["rmst"]["tau"] == json!(50.0));
    assert_eq!(group["median_follow_up"]["lower"], json!(13.0));
    let difference = &all["rmst_differences"][0];
    assert_eq!(difference["groups"], json!(["Maintained", "Nonmaintained"]));
    let means = |position: usize| all["groups"][position]["rmst"]["estimate"].as_f64().unwrap();
    close(&difference["estimate"], means(0) - means(1));
    let last = all["groups"][1]["steps"]
        .as_array()
        .and_then(|steps| steps.last())
        .expect("steps");
    assert_eq!(
        (&last["survival"], &last["std_err"], &last["lower"]),
        (&json!(0.0), &Value::Null, &Value::Null)
    );
}

#[test]
fn without_groups_or_questions() {
    let all = answer("km", &[], aml());
    let groups = all["groups"].as_array().expect("groups");
    assert_eq!(
        (groups.len(), &groups[0]["rmst"], &groups[0]["at"]),
        (1, &Value::Null, &json!([]))
    );
}

/// Four with deaths in A, two survivors in B, two dead in C: numbers as in R, each with the reason why it is
/// meaningless.
#[test]
fn what_has_no_variance_has_no_test() {
    let csv = "time,event,arm\n1,1,A\n2,0,A\n3,1,A\n9,0,A\n8,0,B\n9,0,B\n1,1,C\n2,1,C\n";
    let all = answer("km", &["--group", "arm", "--at", "5", "--rmst", "5"], csv);
    let at = |group: usize| &all["groups"][group]["at"][0];
    assert_eq!(at(0)["no_interval"], Value::Null);
    // R: summary(survfit(...), times = 5, extend = TRUE).
    assert_eq!((&at(1)["lower"], &at(1)["upper"]), (&json!(1.0), &json!(1.0)));
    assert_eq!(at(1)["no_interval"], json!("no event so far"));
    assert_eq!((&at(2)["survival"], &at(2)["carried_on"]), (&json!(0.0), &json!(false)));
    assert_eq!(at(2)["no_interval"], json!("everybody still at risk had the event"));
    let difference = |pair: usize| &all["rmst_differences"][pair];
    let none = ["std_err", "lower", "upper", "p"];
    assert!(none.iter().all(|key| difference(0)[key].is_null()), "{}", difference(0));
    assert_eq!(difference(0)["no_test"], json!("no event in B so far"));
    assert!(
        none.iter().all(|key| difference(1)[key].is_number()),
        "{}",
        difference(1)
    );
    let flags = [
        "km", "--input", "-", "--time", "time", "--event", "event", "--group", "arm", "--at", "5", "--rmst", "5",
    ];
    let text = String::from_utf8(cotside(&flags, csv).stdout).unwrap();
    for line in [
        "at 5: 1.0000, no interval: no event so far, at risk 2",
        "at 5: 0.0000, no interval: everybody still at risk had the event, at risk 0",
        "mean to 5: 5.0000, no standard error: no event so far",
        "no interval and no p: no event in B so far",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let flags = ["--group", "arm", "--pairwise", "--trend", "--levels", "A,B,C"];
    let tests = answer("logrank", &flags, csv);
    assert!(tests["p"].is_number() && tests["no_test"].is_null() && tests["no_trend"].is_null());
    let alive = "time,event,arm\n1,0,A\n2,0,A\n3,0,B\n9,0,B\n1,1,C\n";
    let pairs = &answer("logrank", &["--group", "arm", "--pairwise"], alive)["pairs"];
    assert_eq!(
        (&pairs[0]["p"], &pairs[0]["no_test"]),
        (&Value::Null, &json!("no event"))
    );
}

/// Delimiters, a byte order mark, missing marks, quoted names, several event values as numbers and as text.
#[test]
fn files_as_they_come() {
    let plain = answer("km", &[], "time,event\n1,1\n2,0\n3,1\n");
    let steps = |all: &Value| all["groups"][0]["steps"].clone();
    let odd = "\u{feff}\"time\";event;other\r\n1,0;relapse;\r\n2;alive;x\r\n3;\"death\";\r\nNA;death;\r\n4;.;\r\n";
    let all = answer("km", &["--event-value", "relapse,death"], odd);
    assert_eq!((steps(&all), &all["n_excluded"]), (steps(&plain), &json!(2)));
    let all = answer(
        "km",
        &["--event-value", "2", "--event-value", "3.0"],
        "time\tevent\n1\t2\n2\t1\n3\t3\n",
    );
    assert_eq!(steps(&all), steps(&plain));
    // Only columns in use exclude rows.
    let all = answer("km", &["--group", "g"], "time,event,g\n1,1,a\n2,0,\n3,1,b\n");
    assert_eq!((&all["n"], &all["n_excluded"]), (&json!(2), &json!(1)));
}

#[test]
fn entries_and_weights() {
    let all = answer(
        "km",
        &["--entry", "from", "--weights", "w"],
        "from,time,event,w\n0,2,1,0.5\n1,3,0,2\n2,4,1,1\n",
    );
    let steps = &all["groups"][0]["steps"];
    assert_eq!((&steps[0]["at_risk"], &steps[1]["at_risk"]), (&json!(2.5), &json!(3.0)));
    close(&steps[0]["survival"], 0.8);
}

/// R: survfit(Surv(time, event) ~ 1, weights = w, conf.type = "log-log") has the robust variance where a weight has a
/// fraction, whatever the unit of the weights; of whole ones Greenwood's.
#[test]
fn fractional_weights_have_the_robust_variance() {
    let file = "time,event,w,w10,whole\n1,1,0.25,2.5,1\n2,1,1.25,12.5,2\n2,0,2,20,1\n3,1,0.75,7.5,1\n5,0,3,30,4\n";
    let of = |weights: &str| answer("km", &["--weights", weights, "--at", "2,3", "--rmst", "4"], file);
    let (small, large) = (of("w"), of("w10"));
    assert_eq!(
        (&small["variance"], &of("whole")["variance"]),
        (&json!("robust"), &json!("greenwood"))
    );
    for group in [&small["groups"][0], &large["groups"][0]] {
        let expected = [
            [
                0.174_617_917_554_984_1,
                0.225_047_460_456_781_84,
                0.964_614_418_904_244_6,
            ],
            [0.254_473_325_742_576, 0.077_248_153_224_423_72, 0.922_353_678_312_821_8],
        ];
        for (at, [std_err, lower, upper]) in expected.iter().enumerate() {
            let found = &group["at"][at];
            close(&found["std_err"], *std_err);
            close(&found["lower"], *lower);
            close(&found["upper"], *upper);
        }
        close(&group["rmst"]["std_err"], 0.414_095_528_229_172);
    }
}

/// A difference of means beyond the last time of a group names that group.
#[test]
fn a_difference_of_means_past_a_last_time_is_marked() {
    let file = "time,event,g\n1,1,a\n2,1,a\n9,0,a\n1,1,b\n3,1,b\n4,0,b\n";
    let marked =
        |tau: &str| answer("km", &["--group", "g", "--rmst", tau], file)["rmst_differences"][0]["carried_on"].clone();
    assert_eq!(marked("4"), json!([]));
    assert_eq!(marked("6"), json!(["b"]));
    assert_eq!(marked("10"), json!(["a", "b"]));
}

#[test]
fn an_event_column_coded_otherwise_is_pointed_out() {
    let flags = ["km", "--input", "-", "--time", "time", "--event", "event", "--json"];
    let output = cotside(&flags, "time,event\n1,2\n2,1\n");
    let note = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        note.contains("--event-value") && note.contains("column event"),
        "{note}"
    );
}

#[test]
fn km_refuses_with_one_line() {
    let km = |flags: &[&'static str]| [&["km", "--input", "-", "--time", "time", "--event", "event"], flags].concat();
    let good = "time,event,g\n1,1,a\n2,0,b\n";
    assert_refused(&["km"], good, &["--input"]);
    assert_refused(&["km", "--input", "-", "--time", "time"], good, &["--event"]);
    assert_refused(
        &["km", "--input", "/no/such/file", "--time", "t", "--event", "e"],
        "",
        &["/no/such/file"],
    );
    assert_refused(
        &km(&["--group", "x"]),
        good,
        &["standard input", "no column “x”", "“g”"],
    );
    assert_refused(&km(&["--conf-type", "normal"]), good, &["normal", "log-log"]);
    assert_refused(&km(&["--conf-level", "95"]), good, &["0.95"]);
    assert_refused(&km(&["--at", "1,x"]), good, &["“x”"]);
    assert_refused(&km(&["--rmst", "0"]), good, &["above 0"]);
    assert_refused(&km(&["--rmst", "inf"]), good, &["not a number"]);
    assert_refused(&km(&["--strata", "g"]), good, &["strata"]);
    assert_refused(&km(&[]), "", &["empty"]);
    assert_refused(&km(&[]), "time,event\n", &["no rows"]);
    assert_refused(&km(&[]), "time,event\nNA,1\n2,\n", &["complete"]);
    assert_refused(
        &km(&[]),
        "time,event\n1,1\n-2,1\n",
        &["row 2 (line 3)", "column time", "“-2”"],
    );
    assert_refused(&km(&[]), "time,event\n1,1\n2,1,3\n", &["row 2 (line 3)"]);
    assert_refused(&km(&[]), "time,time,event\n1,1,1\n", &["twice"]);
    assert_refused(
        &km(&["--entry", "from"]),
        "from,time,event\n,1,1\n0,2,1\n3,3,1\n",
        &["row 3 (line 4)", "columns from, time"],
    );
    assert_refused(
        &km(&["--weights", "w"]),
        "w,time,event\n0,1,1\n",
        &["row 1", "column w", "above 0"],
    );
}

/// R: survdiff(Surv(time, status) ~ x, aml).
#[test]
fn logrank_has_the_keys_of_the_contract() {
    let all = answer("logrank", &["--group", "group"], aml());
    close(&all["chi2"], 3.396_388_698_977_601);
    close(&all["p"], 0.065_339_322_040_505_13);
    assert_eq!(
        (&all["df"], &all["exact_p"], &all["trend"]),
        (&json!(1), &Value::Null, &Value::Null)
    );
    let group = &all["groups"][0];
    assert_eq!(
        (&group["group"], &group["n"], &group["observed"]),
        (&json!("Maintained"), &json!(11), &json!(7.0))
    );
    assert!(group["expected"].is_number());
}

/// Nine infants (Lee 2011), younger than 6 months against older: Breslow's p as printed, and how few ways there are.
#[test]
fn the_severance_ages() {
    let csv = "time,event,age\n12,1,<6\n15,1,6+\n22,1,<6\n36,0,6+\n36,0,6+\n36,0,6+\n36,0,6+\n36,0,6+\n36,0,6+\n";
    let all = answer(
        "logrank",
        &["--group", "age", "--weight", "gehan", "--exact", "--trend"],
        csv,
    );
    let shown = format!("{:.3}", all["p"].as_f64().unwrap());
    assert_eq!(shown, "0.021");
    // 36 ways to choose two of nine.
    assert_eq!(
        (&all["exact"]["assignments"], &all["exact"]["method"]),
        (&json!(36), &json!("enumeration"))
    );
    close(&all["trend"]["chi2"], all["chi2"].as_f64().unwrap());
    assert!(all["exact_p"].is_number());
}

#[test]
fn what_does_not_exist_is_null() {
    let all = answer(
        "logrank",
        &["--group", "g", "--exact", "--trend"],
        "time,event,g\n1,0,a\n2,0,b\n",
    );
    for key in ["chi2", "df", "p", "exact_p", "trend"] {
        assert_eq!(all[key], Value::Null, "{key}");
    }
}

#[test]
fn drawn_assignments_say_so() {
    let rows = (0..60).map(|row| format!("{row},1,{}\n", if row % 3 == 0 { "a" } else { "b" }));
    let csv = format!("time,event,g\n{}", rows.collect::<String>());
    let flags = ["--group", "g", "--exact", "--replicates", "500", "--seed", "3"];
    let all = answer("logrank", &flags, &csv);
    assert_eq!(
        (&all["exact"]["method"], &all["exact"]["assignments"]),
        (&json!("monte-carlo"), &json!(500))
    );
    assert!(all["exact"]["lower"].as_f64() < all["exact_p"].as_f64());
    assert_eq!(answer("logrank", &flags, &csv), all);
}

#[test]
fn logrank_refuses_with_one_line() {
    let logrank = |flags: &[&'static str]| {
        [
            &["logrank", "--input", "-", "--time", "time", "--event", "event"],
            flags,
        ]
        .concat()
    };
    let good = "time,event,g\n1,1,a\n2,0,b\n";
    assert_refused(&logrank(&[]), good, &["--group"]);
    assert_refused(
        &logrank(&["--group", "g", "--weight", "wilcoxon"]),
        good,
        &["wilcoxon", "gehan"],
    );
    assert_refused(&logrank(&["--group", "g", "--weight", "fh:1"]), good, &["fh:1,0"]);
    assert_refused(&logrank(&["--group", "g", "--weight", "fh:-1,0"]), good, &["0 or more"]);
    assert_refused(&logrank(&["--group", "g", "--weights", "time"]), good, &["weights"]);
    assert_refused(
        &logrank(&["--group", "g"]),
        "time,event,g\n1,1,a\n2,0,a\n",
        &["one group"],
    );
    assert_refused(&logrank(&["--group", "g", "--seed", "x"]), good, &["“x”"]);
    let many: String = (0..300).map(|row| format!("{row},1,{row}\n")).collect();
    assert_refused(
        &logrank(&["--group", "g"]),
        &format!("time,event,g\n{many}"),
        &["300", "200"],
    );
}

#[test]
fn tables_for_people() {
    let flags = ["--input", "-", "--time", "time", "--event", "event", "--group", "group"];
    let km = cotside(&[&["km", "--at", "20"], &flags[..]].concat(), aml());
    assert!(String::from_utf8_lossy(&km.stdout).contains("at 20: 0.7159"));
    let logrank = cotside(&[&["logrank", "--pairwise"], &flags[..]].concat(), aml());
    assert!(String::from_utf8_lossy(&logrank.stdout).contains("chi2 = 3.3964 on 1 df, p = 0.0653"));
}
