//! What `cotside km` is asked beside the contract: quantiles, bands, hazard, conditional survival, comparisons, CSV. Numbers of R
//! are those of tests/reference/curves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{assert_refused, cotside, text};
use serde_json::{Value, json};

/// A file without the line that names the versions which made it.
fn lines(file: &'static str) -> &'static str {
    file.split_once('\n').expect("lines").1
}

fn aml() -> &'static str {
    lines(include_str!("../../../tests/reference/curves/aml.csv"))
}

fn with(flags: &[&'static str]) -> Vec<&'static str> {
    [&["km", "--input", "-", "--time", "time", "--event", "event"], flags].concat()
}

fn answer(flags: &[&'static str], input: &str) -> Value {
    common::json(&with(&[flags, &["--json"]].concat()), input)
}

fn close(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{found}"));
    assert!(
        (found - expected).abs() < 1e-10 * expected.abs().max(1.0),
        "{found} {expected}"
    );
}

/// R: quantile(survfit(...), c(0.1, 0.33, 0.5, 0.9)) at a level of 0.5.
#[test]
fn chosen_quantiles() {
    let flags = ["--group", "group", "--quantiles", "0.1,0.33,0.9", "--conf-level", "0.5"];
    let all = answer(&flags, aml());
    let quantiles = &all["groups"][0]["quantiles"];
    let of = |at: usize| ["p", "time", "lower", "upper"].map(|key| quantiles[at][key].clone());
    assert_eq!(of(0), [json!(0.1), json!(13.0), json!(9.0), json!(13.0)]);
    assert_eq!(of(1), [json!(0.33), json!(23.0), json!(18.0), json!(31.0)]);
    assert_eq!(quantiles.as_array().map(Vec::len), Some(3));
    // The median stands in the table also where it is not among them.
    assert_eq!(all["groups"][0]["median"]["time"], json!(31.0));
    assert_eq!(answer(&[], aml())["groups"][0]["quantiles"][1]["p"], json!(0.5));
}

/// R: summary(survfit(Surv(from, time, event) ~ 1, late, conf.int = 0.9), times = 28.4), of those who pass 13.
#[test]
fn conditional_survival() {
    let flags = ["--group", "group", "--conditional", "13,28.4", "--conditional=200,300"];
    let flags = [&flags[..], &["--conf-level", "0.9"]].concat();
    let all = answer(&flags, aml());
    let found = &all["groups"][0]["conditional"][0];
    close(&found["survival"], 0.75);
    close(&found["lower"], 0.396_837_943_707_841_9);
    close(&found["upper"], 0.914_346_087_049_986_1);
    assert_eq!(found["carried_on"], json!(false));
    let behind = &all["groups"][0]["conditional"][1];
    assert_eq!(behind["survival"], Value::Null);
    let why = behind["no_interval"].as_str().unwrap();
    assert!(why.contains("nobody is known to be without the event at 200"), "{why}");
    // Nobody has the event between 50 and 100: no variance.
    let flat = answer(&["--group", "group", "--conditional", "50,100"], aml());
    let found = &flat["groups"][0]["conditional"][0];
    assert_eq!((&found["survival"], &found["lower"]), (&json!(1.0), &Value::Null));
    assert_eq!(found["no_interval"], json!("no event between the two times"));
}

/// R: survfit(..., stype = 2, ctype = 1), conf.type = "log-log", conf.int = 0.9, at 28.
#[test]
fn cumulative_hazard() {
    let flags = [
        "--group",
        "group",
        "--cumulative-hazard",
        "nelson-aalen",
        "--at",
        "28,1",
        "--conf-level",
        "0.9",
    ];
    let all = answer(&flags, aml());
    let found = &all["groups"][0]["cumulative_hazard"];
    assert_eq!(found["estimate"], json!("nelson-aalen"));
    let at = &found["at"][0];
    close(&at["hazard"], 0.458_766_233_766_233_77);
    close(&at["std_err"], 0.233_018_510_155_788_87);
    close(&at["lower"], 0.198_955_202_692_954_25);
    close(&at["upper"], 1.057_858_524_910_582_7);
    // Before the first event there is no hazard and no error.
    let early = &found["at"][1];
    assert_eq!((&early["hazard"], &early["lower"]), (&json!(0.0), &Value::Null));
    // One event of two, then the last: 1/2 + 1, or the same one after the other.
    let tied = "time,event\n1,1\n1,1\n2,0\n";
    let of = |ties| answer(&["--cumulative-hazard", ties], tied)["groups"][0]["cumulative_hazard"]["steps"][0].clone();
    close(&of("nelson-aalen")["hazard"], 2.0 / 3.0);
    close(&of("fleming-harrington")["hazard"], 1.0 / 3.0 + 0.5);
    let weighted = "time,event,w\n1,1,0.5\n2,0,1\n3,1,2\n";
    let all = answer(&["--weights", "w", "--cumulative-hazard", "nelson-aalen"], weighted);
    assert_eq!(
        all["groups"][0]["cumulative_hazard"]["steps"][0]["std_err"],
        Value::Null
    );
    assert!(all["warnings"][0].as_str().unwrap().contains("no standard error"));
}

/// tests/reference/curves/bands.R: the veteran set from 10 to 300.
#[test]
fn bands_are_those_of_r() {
    let veteran = lines(include_str!("../../../tests/reference/curves/veteran.csv"));
    let expected = lines(include_str!("../../../tests/reference/curves/bands_expected.csv"));
    for kind in ["equal-precision", "hall-wellner"] {
        let flags = ["--bands", kind, "--band-from", "10", "--band-to", "300"];
        let all = answer(&flags, veteran);
        let found = &all["groups"][0]["bands"];
        assert_eq!((&found["kind"], &found["from"]), (&json!(kind), &json!(10.0)));
        let of = expected
            .lines()
            .filter(|line| line.starts_with(&format!("{kind},log-log,")));
        let mut compared = 0;
        for (line, step) in of.zip(found["steps"].as_array().unwrap()) {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(step["time"].as_f64(), cells[3].parse().ok());
            for (key, cell) in [("lower", cells[5]), ("upper", cells[6])] {
                let expected: f64 = cell.parse().unwrap();
                assert!((step[key].as_f64().unwrap() - expected).abs() < 1e-9, "{line}");
            }
            compared += 1;
        }
        assert!(compared > 50, "{compared}");
    }
    let censored = "time,event\n1,0\n2,0\n";
    let all = answer(&["--bands", "hall-wellner"], censored);
    assert_eq!(all["groups"][0]["bands"], Value::Null);
    assert!(all["groups"][0]["no_bands"].is_string());
    assert!(text(&with(&["--bands", "hall-wellner"]), censored).contains("no band: "));
}

/// Each group with the reference, else every pair; R: tests/reference/curves/curve_options.R and comparison.R.
#[test]
fn groups_are_compared() {
    let flags = ["--group", "group", "--at", "13", "--rmst", "13"];
    let all = answer(&flags, aml());
    let difference = &all["differences"][0];
    assert_eq!(difference["groups"], json!(["Maintained", "Nonmaintained"]));
    // R: 13 months, plain and log-log: chi2 1.6328180308666596 and 1.3816490078251602.
    close(&difference["p"], 0.201_313_717_954_609_9);
    close(&difference["scale_test"]["chi2"], 1.381_649_007_825_160_2);
    close(&difference["scale_test"]["p"], 0.239_820_460_941_864_74);
    let ratio = &all["rmst_ratios"][0];
    close(&ratio["estimate"], 1.175_475_687_103_594);
    close(&ratio["lower"], 0.987_995_267_822_367_2);
    close(&ratio["upper"], 1.398_532_094_204_414_4);
    close(&ratio["p"], 0.068_193_353_315_903_23);
    let turned = answer(&[&flags[..], &["--reference", "group=Maintained"]].concat(), aml());
    assert_eq!(
        turned["differences"][0]["groups"],
        json!(["Nonmaintained", "Maintained"])
    );
    close(&turned["rmst_ratios"][0]["estimate"], 1.0 / 1.175_475_687_103_594);
    close(
        &turned["rmst_differences"][0]["estimate"],
        -all["rmst_differences"][0]["estimate"].as_f64().unwrap(),
    );
    let three = "time,event,g\n1,1,a\n5,0,a\n2,1,b\n6,0,b\n3,1,c\n7,0,c\n";
    let pairs = |flags: &[&'static str]| {
        let flags = [&["--group", "g", "--at", "4", "--rmst", "4"], flags].concat();
        let all = answer(&flags, three);
        ["differences", "rmst_differences", "rmst_ratios"].map(|key| all[key].as_array().unwrap().len())
    };
    assert_eq!((pairs(&[]), pairs(&["--reference", "g=b"])), ([3; 3], [2; 3]));
}

/// A side without a variance, a curve that ends before, a mean of 0: a reason in place of numbers.
#[test]
fn what_cannot_be_compared_says_why() {
    let file = "time,event,g\n1,1,a\n3,1,a\n9,0,a\n2,0,b\n9,0,b\n0,1,c\n0,1,c\n";
    let all = answer(&["--group", "g", "--at", "4", "--rmst", "4"], file);
    let of = |list: &str, at: usize| all[list][at].clone();
    assert_eq!(of("differences", 0)["no_test"], json!("no event in b so far"));
    assert!(of("differences", 0)["estimate"].is_number() && of("differences", 0)["scale_test"].is_null());
    assert_eq!(of("rmst_ratios", 0)["no_test"], json!("no event in b so far"));
    let of_nothing = of("rmst_ratios", 1);
    assert_eq!(
        (&of_nothing["estimate"], &of_nothing["no_test"]),
        (&Value::Null, &json!("a mean is not above 0"))
    );
    let late = answer(&["--group", "g", "--at", "20"], file);
    let difference = &late["differences"][0];
    assert_eq!(difference["estimate"], Value::Null);
    assert_eq!(difference["no_test"], json!("follow-up of a and b ends before"));
    let said = text(&with(&["--group", "g", "--at", "4,20", "--rmst", "4"]), file);
    for line in [
        "survival at 4, a less b: -0.6667, no interval and no p: no event in b so far",
        "survival at 20, a less b: –, no interval and no p: follow-up of a and b ends before",
        "mean of a by that of c: –, no interval and no p: a mean is not above 0",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
}

/// An identifier as a group: no flood of pairs, and a reference brings them back.
#[test]
fn many_groups_are_not_compared_in_every_pair() {
    let rows: String = (1..=200).map(|row| format!("{row},{},{row}\n", row % 2)).collect();
    let file = format!("time,event,g\n{rows}");
    let said = text(&with(&["--group", "g", "--at", "5"]), &file);
    assert!(
        said.contains("19900 comparisons of pairs of groups: --json has all"),
        "{said}"
    );
    let times = ["--group", "g", "--at", "1,2,3,4,5,6,7,8"];
    let all = answer(&times, &file);
    assert_eq!(all["differences"], json!([]));
    assert!(all["warnings"][0].as_str().unwrap().contains("--reference"));
    let all = answer(&[&times[..], &["--reference", "g=7"]].concat(), &file);
    assert_eq!(all["differences"].as_array().map(Vec::len), Some(199 * 8));
}

/// First a table of n, events and medians; steps where they are asked for.
#[test]
fn the_text_is_short_and_begins_with_medians() {
    let short = text(&with(&["--group", "group"]), aml());
    let rows: Vec<&str> = short.lines().collect();
    assert_eq!(rows[3], "group               n   events  median (95 % interval)");
    assert_eq!(rows[4], "Maintained         11        7  31 (13 to not reached)");
    assert!(!short.contains("survival  std. err."));
    let long = text(&with(&["--group", "group", "--steps", "--at", "10"]), aml());
    assert!(
        long.contains("survival std. err.") && long.contains("at 10: 0.9091"),
        "{long}"
    );
    let censored = text(&with(&[]), "time,event\n1,0\n2,0\n");
    assert!(
        censored.contains("not reached (not reached to not reached)"),
        "{censored}"
    );
}

/// Every step of every group with all digits; what does not exist is empty.
#[test]
fn csv_has_every_step() {
    let flags = [
        "--group",
        "group",
        "--bands",
        "hall-wellner",
        "--cumulative-hazard",
        "nelson-aalen",
    ];
    let csv = text(&with(&[&flags[..], &["--csv"]].concat()), aml());
    let all = answer(&flags, aml());
    let mut rows = csv.lines();
    assert_eq!(
        rows.next(),
        Some(
            "group,time,at_risk,events,censored,survival,std_err,lower,upper,band_lower,band_upper,cumulative_hazard,\
             hazard_std_err,hazard_lower,hazard_upper"
        )
    );
    let groups = all["groups"].as_array().unwrap();
    let steps = groups.iter().flat_map(|group| group["steps"].as_array().unwrap());
    let keys = [
        "time", "at_risk", "events", "censored", "survival", "std_err", "lower", "upper",
    ];
    let mut compared = 0;
    for step in steps {
        let cells: Vec<&str> = rows.next().unwrap().split(',').collect();
        assert_eq!(cells.len(), 15);
        for (key, cell) in keys.iter().zip(&cells[1..]) {
            match cell.parse::<f64>() {
                Ok(cell) => assert!(
                    (step[key].as_f64().unwrap() - cell).abs() <= 1e-15 * cell.abs(),
                    "{key}"
                ),
                Err(_) => assert!(cell.is_empty() && step[key].is_null(), "{key}"),
            }
        }
        compared += 1;
    }
    assert_eq!((rows.next(), compared > 15), (None, true));
    // The last step of the second group has survival 0: neither interval nor band.
    let last: Vec<&str> = csv.lines().last().unwrap().split(',').collect();
    assert_eq!((last[5], last[7], last[9]), ("0", "", ""));
    // A name that a spreadsheet would compute, and what the CSV does not hold.
    let output = cotside(
        &with(&["--csv", "--group", "g", "--at", "1"]),
        "time,event,g\n1,1,\"=1,2\"\n",
    );
    assert!(String::from_utf8_lossy(&output.stdout).contains("\n\"'=1,2\",1,1,1,0,0,"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--at is not in the CSV"));
}

#[test]
fn flags_that_do_not_fit_are_refused_with_the_remedy() {
    let good = "time,event,g\n1,1,a\n2,0,b\n3,1,a\n";
    for (flags, words) in [
        (&["--csv", "--json"][..], &["--csv", "--json", "exclude"][..]),
        (&["--quantiles", "50"], &["“50”", "0.5"]),
        (&["--quantiles", "0"], &["“0”", "0.5"]),
        (&["--conditional", "5,1"], &["5,1", "earlier time first"]),
        (&["--conditional", "5"], &["two times", "1,5"]),
        (&["--bands", "pointwise"], &["pointwise", "hall-wellner"]),
        (&["--band-from", "1"], &["--bands"]),
        (
            &["--bands", "hall-wellner", "--band-from", "3", "--band-to", "1"],
            &["--band-from 3", "--band-to 1"],
        ),
        (
            &["--bands", "hall-wellner", "--conf-level", "0.3"],
            &["--conf-level", "0.5 or more"],
        ),
        (&["--cumulative-hazard", "breslow"], &["breslow", "nelson-aalen"]),
        (&["--group", "g", "--reference", "g=c"], &["g=c", "“a”"]),
        (
            &["--group", "g", "--reference", "g=b", "--filter", "g!=b"],
            &["--reference b", "no row"],
        ),
    ] {
        assert_refused(&with(flags), good, words);
    }
    let weighted = "time,event,w\n1,1,0.5\n2,0,1\n";
    assert_refused(
        &with(&["--weights", "w", "--bands", "hall-wellner"]),
        weighted,
        &["whole numbers", "--bands"],
    );
}

/// R: quantile(survfit(Surv(time, 1 - event) ~ 1, weights = w, conf.type = "log-log"), 0.5): 5, from 2.5 to 6. The unit of the weights has
/// no influence.
#[test]
fn the_median_follow_up_of_fractional_weights_has_a_robust_interval() {
    let rows = [
        (1.0, 0, 0.7),
        (2.0, 1, 1.3),
        (2.5, 0, 0.4),
        (3.0, 1, 2.1),
        (4.0, 0, 1.6),
        (5.0, 0, 0.9),
        (6.0, 0, 1.1),
        (7.0, 1, 0.5),
    ];
    let file = |factor: f64| {
        let lines = rows.map(|(time, event, weight)| format!("{time},{event},{}\n", weight * factor));
        "time,event,w\n".to_owned() + &lines.concat()
    };
    let median = |factor: f64| answer(&["--weights", "w"], &file(factor))["groups"][0]["median_follow_up"].clone();
    let found = median(1.0);
    assert_eq!(
        (&found["time"], &found["lower"], &found["upper"]),
        (&5.0.into(), &2.5.into(), &6.0.into())
    );
    for factor in [0.3, 7.1, 113.7] {
        assert_eq!(median(factor), found);
    }
}

/// Whole weights stand for rows: the band is that of the rows.
#[test]
fn whole_weights_have_the_band_of_their_rows() {
    let weighted = "time,event,w\n1,1,2\n2,0,1\n3,1,1\n5,0,2\n";
    let rows = "time,event\n1,1\n1,1\n2,0\n3,1\n5,0\n5,0\n";
    let band = |flags: &[&'static str], file: &str| answer(flags, file)["groups"][0]["bands"].clone();
    let flags = ["--bands", "equal-precision"];
    assert_eq!(
        band(&["--bands", "equal-precision", "--weights", "w"], weighted),
        band(&flags, rows)
    );
}

/// One wording of the level for all commands that take one.
#[test]
fn a_level_in_per_cent_is_refused_alike() {
    let file = "time,event,x\n1,1,1\n2,0,2\n3,1,4\n";
    let wanted = "--conf-level “95” is not between 0 and 1; give one such as 0.95";
    for command in ["km", "cif", "cox", "finegray", "parametric"] {
        let help = text(&[command, "--help"], "");
        assert!(help.contains("[default: 0.95]"), "{command}");
        let mut flags = vec![
            command,
            "--input",
            "-",
            "--time",
            "time",
            "--event",
            "event",
            "--conf-level",
            "95",
        ];
        match command {
            "cox" | "finegray" => flags.extend(["--covariates", "x"]),
            "parametric" => flags.extend(["--dist", "weibull"]),
            _ => {}
        }
        assert_refused(&flags, file, &[wanted]);
    }
}
