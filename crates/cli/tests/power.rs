//! `cotside power`: every direction against R, refusals, and the code for R that computes the answer again.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod common;

use common::{assert_refused, json, refusal, text};
use serde_json::Value;

fn ask(words: &str) -> Value {
    let arguments: Vec<&str> = words.split(' ').chain(["--json"]).collect();
    json(&[&["power"], &arguments[..]].concat(), "")
}

/// A number of tests/reference/planning, to six digits.
#[track_caller]
fn close(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!((found / expected - 1.0).abs() < 1e-8, "{found} {expected}");
}

const SIZE: &str = "two-groups --hazard-ratio 0.6 --survival 0.5 --time 4 --accrual 4 --follow-up 2";

#[test]
fn every_direction_for_two_groups() {
    let size = ask(SIZE);
    close(&size["events"], 120.315_704_377_499);
    close(&size["subjects"], 291.529_087_564_625);
    assert_eq!((&size["n"], &size["n_first"]), (&292.into(), &146.into()));
    assert_eq!((&size["sought"], &size["events_whole"]), (&"n".into(), &121.into()));
    close(&size["event_probability"]["first"], 0.489_930_276_701);
    let power = ask(&format!("{SIZE} --n 200"));
    close(&power["power"], 0.640_769_476_432);
    let better = ask("two-groups --survival 0.5 --time 4 --accrual 4 --follow-up 2 --n 200");
    close(&better["hazard_ratio"], 0.533_452_343_384);
    let worse = ask("two-groups --survival 0.5 --time 4 --accrual 4 --follow-up 2 --n 200 --direction worse");
    close(&worse["hazard_ratio"], 1.682_287_803_583);
    let rate = ask("two-groups --hazard-ratio 0.6 --survival 0.5 --time 4 --follow-up 2 --per-year 40");
    close(&rate["accrual"], 6.211_031_244_973);
    close(&rate["recruitment_years"], 250.0 / 40.0);
    let freedman = ask(&format!("{SIZE} --formula freedman"));
    close(&freedman["subjects"], 304.289_686_430_952);
    let events = ask("two-groups --hazard-ratio 0.6 --events 100");
    close(&events["power"], 0.723_798_830_684);
    assert_eq!(
        (&events["n"], &events["event_probability"]),
        (&Value::Null, &Value::Null)
    );
    let effect = ask("two-groups --events 100");
    close(&effect["hazard_ratio"], 0.571_027_994_362);
}

#[test]
fn two_proportions_give_the_ratio_and_follow_up_defaults_to_their_time() {
    let two = ask("two-groups --survival 0.5 --second-survival 0.7 --time 4");
    close(&two["hazard_ratio"], 0.514_573_172_829);
    assert_eq!((&two["accrual"], &two["follow_up"]), (&0.0.into(), &4.0.into()));
    close(&two["event_probability"]["second"], 0.3);
    let lost = ask(
        "two-groups --survival 0.36 --time 6 --hazard-ratio 0.7 --accrual 6 --follow-up 3 --loss 0.0198013266932447 --power 0.9",
    );
    close(&lost["subjects"], 619.070_247_880_606);
}

#[test]
fn one_group_in_every_direction() {
    let size = ask("one-group --reference 0.5 --alternative 0.7 --sides one --per-year 12");
    close(&size["subjects"], 47.180_660_318_586);
    assert_eq!((&size["n"], &size["recruitment_years"]), (&48.into(), &4.0.into()));
    let power = ask("one-group --reference 0.5 --alternative 0.7 --sides one --n 40");
    close(&power["power"], 0.740_407_140_757);
    let better = ask("one-group --reference 0.5 --sides one --n 40");
    close(&better["alternative"], 0.719_872_949_123);
    let worse = ask("one-group --reference 0.5 --sides one --n 40 --direction worse");
    close(&worse["alternative"], 0.318_001_371_793);
}

/// Rows of tests/reference/planning/one_group_entered.csv; with a follow-up of the very time the answer is that without entry.
#[test]
fn one_group_with_entry_follow_up_and_loss() {
    let entered = "one-group --reference 0.5 --alternative 0.7 --sides one --time 2 --accrual 3 --follow-up 1";
    let size = ask(entered);
    close(&size["subjects"], 52.927_613_870_135);
    assert_eq!((&size["n"], &size["accrual"]), (&53.into(), &3.0.into()));
    close(&size["followed"], 2.0 / 3.0);
    close(&ask(&format!("{entered} --n 40"))["power"], 0.697_329_183_783);
    let better = ask("one-group --reference 0.5 --sides one --time 2 --accrual 3 --follow-up 1 --n 40");
    close(&better["alternative"], 0.734_961_590_776);
    let rate = ask("one-group --reference 0.5 --alternative 0.7 --sides one --time 2 --follow-up 1 --per-year 12");
    close(&rate["accrual"], 4.242_100_230_807);
    let lost = ask(
        "one-group --reference 0.36 --alternative 0.5 --time 5 --accrual 4 --follow-up 2 --loss 0.0198013266932447",
    );
    close(&lost["subjects"], 190.145_078_043_306);
    let all = ask("one-group --reference 0.5 --alternative 0.7 --sides one");
    for follow_up in ["2", "2.5"] {
        let followed = ask(&format!(
            "one-group --reference 0.5 --alternative 0.7 --sides one --time 2 --accrual 3 --follow-up {follow_up}"
        ));
        assert_eq!(followed["subjects"], all["subjects"]);
        assert_eq!(followed["followed"], 1.0);
    }
    assert_eq!((&all["followed"], &all["accrual"]), (&Value::Null, &Value::Null));
    let words: Vec<&str> = entered.split(' ').collect();
    let shown = text(&[&["power"], &words[..]].concat(), "");
    assert!(
        shown.contains("followed to the time") && shown.contains("constant hazard up to the time"),
        "{shown}"
    );
}

#[test]
fn a_published_estimate_as_baseline_keeps_its_source() {
    let plan = ask("two-groups --baseline interfant-06/2 --hazard-ratio 0.7");
    assert!(plan["baseline"]["source"].as_str().unwrap().contains("Tomizawa"));
    close(
        &plan["survival"],
        plan["baseline"]["estimate"].as_f64().unwrap() / 100.0,
    );
    assert_eq!(plan["time"], plan["baseline"]["years"]);
    let shown = text(&["power", "one-group", "--baseline", "interfant-06/2", "--n", "60"], "");
    assert!(
        shown.contains("Baseline interfant-06/2") && shown.contains("doi:10.1002/pst.2090"),
        "{shown}"
    );
}

#[test]
fn what_does_not_go_together_is_refused_in_one_line() {
    let refused = |words: &str, needles: &[&str]| {
        let arguments: Vec<&str> = words.split(' ').collect();
        assert_refused(&[&["power"], &arguments[..]].concat(), "", needles);
    };
    refused("two-groups", &["--hazard-ratio", "--n"]);
    refused("one-group --reference 0.5", &["--alternative", "--n"]);
    refused("one-group --alternative 0.5", &["--reference", "--baseline"]);
    refused("one-group --reference 0.5 --alternative 0.5", &["another one"]);
    refused(
        "one-group --reference 0 --alternative 0.5",
        &["--reference", "between 0 and 1"],
    );
    refused(
        "one-group --reference 0.5 --alternative 1",
        &["--alternative", "between 0 and 1"],
    );
    let one = "one-group --reference 0.5 --alternative 0.7";
    refused(&format!("{one} --accrual 3"), &["--accrual", "--time"]);
    refused(&format!("{one} --loss 0.1"), &["--loss", "--time"]);
    refused(&format!("{one} --time 2 --accrual 3"), &["--follow-up"]);
    refused(
        &format!("{one} --time 2 --accrual 1 --follow-up 1"),
        &["accrual and follow-up together"],
    );
    refused(&format!("{one} --time 2 --follow-up 1"), &["followed beyond the time"]);
    refused("two-groups --hazard-ratio 1", &["--hazard-ratio", "0.6"]);
    refused("two-groups --hazard-ratio 0", &["--hazard-ratio"]);
    refused(
        "two-groups --hazard-ratio 0.6 --survival 50 --time 4",
        &["--survival", "0.5 for 50%"],
    );
    refused("two-groups --hazard-ratio 0.6 --survival 0.5", &["--time"]);
    refused(
        "two-groups --hazard-ratio 0.6 --accrual 3",
        &["--accrual", "--survival"],
    );
    refused(
        "two-groups --hazard-ratio 0.6 --per-year 12",
        &["--per-year", "--survival"],
    );
    refused(
        "two-groups --hazard-ratio 0.6 --n 100",
        &["survival of the first group"],
    );
    refused("two-groups --hazard-ratio 0.6 --n 10.5", &["--n", "whole number"]);
    refused(
        "two-groups --hazard-ratio 0.6 --n 100 --events 50",
        &["--n", "--events"],
    );
    refused("two-groups --hazard-ratio 0.6 --events 50 --power 0.8", &["leave out"]);
    refused(
        "two-groups --hazard-ratio 0.6 --second-survival 0.5",
        &["--second-survival"],
    );
    refused(
        "two-groups --survival 0.5 --time 4 --second-survival 0.5",
        &["another one"],
    );
    refused("two-groups --hazard-ratio 0.6 --alpha 0", &["--alpha"]);
    refused("two-groups --hazard-ratio 0.6 --alpha 0.05 --power 0.04", &["power"]);
    refused("two-groups --hazard-ratio 0.6 --alpha 0.05 --power 1", &["--power"]);
    refused("two-groups --hazard-ratio 0.6 --second 1", &["--second"]);
    refused(
        "two-groups --hazard-ratio 0.6 --survival 0.5 --time 4 --accrual 3",
        &["--follow-up"],
    );
    refused(
        "two-groups --hazard-ratio 0.6 --survival 0.5 --time 4 --accrual 0 --follow-up 0",
        &["follow-up"],
    );
    refused("two-groups --events 3 --formula freedman", &["no effect"]);
    refused(
        "two-groups --hazard-ratio 0.6 --baseline nowhere/1",
        &["--baseline", "cotside evidence"],
    );
    refused(
        "two-groups --hazard-ratio 0.6 --baseline interfant-06/2 --time 2",
        &["--time"],
    );
    refused("two-groups --hazard-ratio nan", &["--hazard-ratio"]);
    refused("two-groups --hazard-ratio 0.6 --sides three", &["--sides", "one, two"]);
    assert!(refusal(&["power"], b"").contains("power"));
    assert!(refusal(&["power", "three-groups"], b"").contains("three-groups"));
}

/// Sizes that no study has: an answer or one line, never a number that does not exist.
#[test]
fn extremes_have_an_answer_or_a_reason() {
    for words in [
        "two-groups --hazard-ratio 1e-300 --survival 0.5 --time 4",
        "two-groups --hazard-ratio 1e300 --survival 0.5 --time 4",
        "two-groups --hazard-ratio 0.999999999 --survival 0.5 --time 4",
        "two-groups --hazard-ratio 0.6 --survival 1e-300 --time 1e300",
        "two-groups --hazard-ratio 0.6 --survival 0.9999999999999999 --time 1e300 --per-year 1e-300 --follow-up 0",
        "two-groups --hazard-ratio 0.6 --survival 0.5 --time 4 --accrual 1e300 --follow-up 1e300 --loss 0.999999",
        "one-group --reference 1e-300 --alternative 0.9999999999999999",
        "one-group --reference 0.5 --n 999999999 --alpha 1e-300",
        "one-group --reference 0.5 --n 1",
        "one-group --reference 0.5 --alternative 0.7 --time 1e300 --accrual 1e300 --follow-up 1e300",
        "one-group --reference 0.5 --time 4 --accrual 1e9 --follow-up 0 --n 10 --loss 0.999999",
        "one-group --reference 0.5 --alternative 0.7 --time 4 --follow-up 0 --per-year 1e-300",
        "one-group --reference 0.5 --alternative 1e-300 --time 4 --accrual 4.0000000001 --follow-up 0",
        "two-groups --n 1 --survival 0.5 --time 4",
    ] {
        let arguments: Vec<&str> = words.split(' ').chain(["--json"]).collect();
        let output = common::cotside(&[&["power"], &arguments[..]].concat(), "");
        match output.status.code() {
            Some(0) => {
                let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
                let power = answer["power"].as_f64().unwrap();
                assert!((0.0..=1.0).contains(&power), "{words}: {power}");
                let sentence = answer["sentence"].as_str().unwrap();
                assert!(
                    !sentence.contains("NaN") && !sentence.contains("inf"),
                    "{words}: {sentence}"
                );
            }
            status => {
                assert_eq!(status, Some(2), "{words}");
                assert_eq!(
                    String::from_utf8_lossy(&output.stderr).trim_end().lines().count(),
                    1,
                    "{words}"
                );
            }
        }
    }
}
