//! `cotside adjusted`, `cure`, `transplant` and `subgroups` against R (tests/reference/cox/adjusted.R, risks/cure.R,
//! command-line/methods.R), and what they refuse.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

mod common;

use serde_json::Value;

const REFERENCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/reference/");

fn data(name: &str) -> String {
    let text = std::fs::read_to_string(format!("{REFERENCE}{name}")).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    lines.join("\n") + "\n"
}

/// A number of R in a table whose last column is the value.
fn r(table: &str, key: &[&str]) -> f64 {
    let quoted: Vec<String> = key.iter().map(|part| format!("\"{part}\"")).collect();
    let all = data(table).replace('"', "");
    let wanted = quoted.join(",").replace('"', "") + ",";
    let line = all.lines().find_map(|line| line.strip_prefix(&wanted)).expect(&wanted);
    line.parse().unwrap()
}

fn answer(command: &str, file: &str, arguments: &[&str]) -> Value {
    let columns = [command, "--input", "-", "--time", "time", "--json"];
    common::json(&[&columns[..], arguments].concat(), &data(file))
}

#[track_caller]
fn close(found: &Value, expected: f64) {
    let found = found.as_f64().expect("a number");
    assert!(
        (found - expected).abs() <= 1e-7 * expected.abs().max(1e-3),
        "{found} {expected}"
    );
}

const VETERAN: [&str; 4] = ["--event", "status", "--group", "trt"];

#[test]
fn adjusted_survival_is_that_of_r() {
    for (case, role) in [("arms, efron", "covariate"), ("arms as strata", "strata")] {
        let arguments = [
            &VETERAN[..],
            &["--covariates", "karno,age", "--group-as", role, "--at", "30,90,180,365"],
        ]
        .concat();
        let found = answer("adjusted", "cox/veteran.csv", &arguments);
        for (group, name) in ["1", "2"].into_iter().enumerate() {
            let group = &found["groups"][group];
            assert_eq!(group["group"], name);
            for at in group["at"].as_array().unwrap() {
                let time = at["time"].as_f64().unwrap().to_string();
                close(&at["survival"], r("cox/adjusted.csv", &[case, "survival", name, &time]));
                close(&at["std_err"], r("cox/adjusted.csv", &[case, "std_err", name, &time]));
            }
        }
        for difference in found["differences"].as_array().unwrap() {
            let time = difference["time"].as_f64().unwrap().to_string();
            assert_eq!(difference["groups"], Value::from(vec!["2", "1"]));
            let estimate = -r("cox/adjusted.csv", &[case, "difference", "1 - 2", &time]);
            close(&difference["estimate"], estimate);
            close(
                &difference["p"],
                r("cox/adjusted.csv", &[case, "difference p", "1 - 2", &time]),
            );
        }
        assert_eq!(found["adjusted_for"], Value::from(vec!["karno", "age"]));
    }
    // The other reference turns the differences around.
    let arguments = [
        &VETERAN[..],
        &["--covariates", "karno,age", "--at", "90", "--reference", "trt=2"],
    ]
    .concat();
    let found = answer("adjusted", "cox/veteran.csv", &arguments);
    close(
        &found["differences"][0]["estimate"],
        r("cox/adjusted.csv", &["arms, efron", "difference", "1 - 2", "90"]),
    );
}

#[test]
fn adjusted_refuses_what_has_no_answer() {
    let refused = |arguments: &[&str], input: &str, words: &[&str]| {
        let columns = [
            "adjusted", "--input", "-", "--time", "t", "--event", "e", "--group", "g",
        ];
        common::assert_refused(&[&columns[..], arguments].concat(), input, words);
    };
    let table = "t,e,g,x\n1,1,a,1\n2,1,a,2\n3,0,b,1\n4,1,b,3\n5,0,a,2\n";
    refused(&[], table, &["--covariates"]);
    refused(&["--factor", "g"], table, &["beside the column of --group"]);
    refused(&["--covariates", "x,g"], table, &["--factor"]);
    refused(
        &["--covariates", "x", "--factor", "g", "--group-as", "strata"],
        table,
        &["leave it out of --factor"],
    );
    refused(
        &["--covariates", "x"],
        "t,e,g,x\n1,1,a,1\n2,0,a,2\n",
        &["one level only"],
    );
    // Nobody of b has the event: no finite estimate.
    refused(
        &["--covariates", "x"],
        "t,e,g,x\n1,1,a,1\n2,1,a,2\n3,1,a,1\n3,0,b,1\n4,0,b,3\n5,0,a,2\n",
        &["g=b", "no finite estimate"],
    );
}

/// One patient's prediction is the average over that patient; R's survfit() is held against it in cox/adjusted.R.
#[test]
fn cox_predicts_survival() {
    let terms = ["--event", "status", "--covariates", "karno,age", "--factor", "trt"];
    let at = [
        "--predict",
        "karno=60,age=69,trt=1",
        "--predict",
        "karno=40,age=50,trt=2",
        "--at",
        "90",
    ];
    let found = answer("cox", "cox/veteran.csv", &[&terms[..], &at].concat());
    // R: summary(survfit(coxph(Surv(time, status) ~ karno + age + factor(trt), veteran), data.frame(karno = c(60, 40),
    //    age = c(69, 50), trt = c(1, 2)), conf.type = "log-log"), times = 90)[c("surv", "std.err", "lower", "upper")]
    for (place, expected) in [
        [
            0.505_948_169_143,
            0.066_632_638_499,
            0.369_668_412_017,
            0.627_217_919_948,
        ],
        [
            0.171_194_044_268,
            0.064_691_900_981,
            0.068_205_772_038,
            0.313_461_305_082,
        ],
    ]
    .into_iter()
    .enumerate()
    {
        let at = &found["predictions"][place]["at"][0];
        for (key, expected) in ["survival", "std_err", "lower", "upper"].into_iter().zip(expected) {
            close(&at[key], expected);
        }
    }
    assert_eq!(found["predictions"][1]["covariates"]["trt"], "2");
    // Of strata each has its curve, at every time of an event where none is named.
    let strata = [
        "--event",
        "status",
        "--covariates",
        "karno",
        "--strata",
        "trt",
        "--predict",
        "karno=60",
    ];
    let found = answer("cox", "cox/veteran.csv", &strata);
    assert_eq!(found["predictions"].as_array().unwrap().len(), 2);
    assert!(found["predictions"][0]["at"].as_array().unwrap().len() > 30);
    let refused = |arguments: &[&str], words: &[&str]| {
        let flags = ["cox", "--input", "-", "--time", "time"];
        common::assert_refused(
            &[&flags[..], &terms, arguments].concat(),
            &data("cox/veteran.csv"),
            words,
        );
    };
    refused(&["--at", "90"], &["--at needs --predict"]);
    refused(&["--predict", "karno=60"], &["--predict", "age"]);
    refused(&["--predict", "karno=60,age=x,trt=1"], &["--predict", "no number"]);
    refused(&["--predict", "karno=60,age=50,trt=3"], &["no level"]);
}

#[test]
fn cure_is_that_of_r() {
    let found = answer(
        "cure",
        "risks/cure_colon.csv",
        &["--event", "event", "--dist", "weibull"],
    );
    // That table has two values a line.
    let line = |name: &str| {
        let all = data("risks/cure_coefficients.csv");
        let wanted = format!("colon,weibull,intercept,{name},");
        let line = all
            .lines()
            .find_map(|line| line.strip_prefix(&wanted).map(str::to_owned))
            .unwrap();
        let (coef, std_err) = line.split_once(',').unwrap();
        [coef.parse::<f64>().unwrap(), std_err.parse::<f64>().unwrap()]
    };
    let [g0, se] = line("g0");
    close(&found["incidence"][0]["coef"], g0);
    close(&found["incidence"][0]["std_err"], se);
    close(&found["latency"][0]["coef"], line("b0")[0]);
    close(&found["scale"], line("s")[0].exp());
    close(&found["cured"][0]["fraction"], 1.0 / (1.0 + g0.exp()));
    close(
        &found["cured"][0]["lower"],
        1.0 / (1.0 + (g0 + 1.959_963_984_540_054 * se).exp()),
    );
    assert_eq!(found["plateau"][0]["group"], "all");
    // Of two groups each has its fraction; with the times the same for both there is one coefficient of the latency.
    let arguments = ["--event", "event", "--group", "z", "--incidence-only"];
    let found = answer("cure", "risks/cure_colon.csv", &arguments);
    assert_eq!(found["cured"].as_array().unwrap().len(), 2);
    assert_eq!(found["latency"].as_array().unwrap().len(), 1);
    assert!(found["incidence"][1]["odds_ratio"].as_f64().is_some());
    assert_eq!(found["plateau"].as_array().unwrap().len(), 3);
}

/// A covariate with one value has no coefficient, a warning, and no influence.
#[test]
fn a_constant_covariate_of_cure_is_left_out() {
    let text = data("risks/cure_colon.csv");
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    let rows: String = lines.map(|line| format!("{line},1\n")).collect();
    let file = format!("{header},one\n{rows}");
    let flags = [
        "cure",
        "--input",
        "-",
        "--time",
        "time",
        "--event",
        "event",
        "--json",
        "--covariates",
    ];
    let fit = |covariates: &str| common::json(&[&flags[..], &[covariates]].concat(), &file);
    let (with, without) = (fit("one,z"), fit("z"));
    for part in ["incidence", "latency"] {
        let row = &with[part][1];
        assert_eq!(
            (&row["name"], &row["coef"], &row["lower"]),
            (&"one".into(), &Value::Null, &Value::Null)
        );
        assert_eq!(with[part][2], without[part][1]);
    }
    assert_eq!(with["aic"], without["aic"]);
    let warnings = with["warnings"].to_string();
    assert!(warnings.contains("one has one value in all rows"), "{warnings}");
    assert_eq!(warnings.matches("one has one value").count(), 1);
    // Where nothing else varies, the fraction is that of all patients.
    let only = fit("one");
    assert_eq!(
        only["cured"][0]["fraction"],
        common::json(&flags[..8], &file)["cured"][0]["fraction"]
    );
}

/// Group a has a plateau, group b has events to the end.
fn two_ends() -> String {
    let a = (1..=30).map(|k| {
        if k <= 18 {
            format!("{},1,a\n", f64::from(k) / 10.0)
        } else {
            "30,0,a\n".to_owned()
        }
    });
    let b = (1..=30).map(|k| {
        let time = -2.5 * (1.0 - f64::from(k) / 31.0).ln();
        format!("{time},{},b\n", u32::from(k != 4))
    });
    "t,e,g\n".to_owned() + &a.chain(b).collect::<String>()
}

/// What the page says of a cure model, the command says as well.
#[test]
fn cure_says_what_the_page_says() {
    let flags = ["cure", "--input", "-", "--time", "t", "--event", "e", "--group", "g"];
    let rows = two_ends();
    let found = common::json(&[&flags[..], &["--json"]].concat(), &rows);
    let warnings: Vec<&str> = found["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| each.as_str().unwrap())
        .collect();
    assert!(
        warnings[0].starts_with("A cure model assumes that a fraction"),
        "{warnings:?}"
    );
    // Over all patients follow-up is long enough; in one group it is not.
    let ends = &found["plateau"];
    assert_eq!(
        [0, 1, 2].map(|end: usize| ends[end]["insufficient"].as_bool()),
        [Some(false), Some(false), Some(true)],
        "{ends}"
    );
    assert_eq!((&ends[2]["group"], &ends[2]["alpha"]), (&"b".into(), &1.0.into()));
    assert!(
        warnings
            .iter()
            .any(|each| each.starts_with("In b follow-up may be too short")),
        "{warnings:?}"
    );
    assert!(
        !warnings
            .iter()
            .any(|each| each.starts_with("follow-up may be too short")),
        "{warnings:?}"
    );
    // The fraction of the other group is not determined.
    let cured = &found["cured"];
    assert_eq!(
        (&cured[0]["determined"], &cured[1]["determined"]),
        (&true.into(), &false.into()),
        "{cured}"
    );
    let text = common::text(&flags, &rows);
    assert!(text.contains("(95 % interval not determined)"), "{text}");
    // Alone, that group is described as well without cure.
    let alone = common::json(&[&flags[..], &["--json", "--filter", "g=b"]].concat(), &rows);
    let said = alone["warnings"].to_string();
    assert!(
        said.contains("Without a cured fraction this distribution describes the data at least as well"),
        "{said}"
    );
    assert!(alone["aic_without_cure"].as_f64() <= alone["aic"].as_f64());
    let long = common::json(&[&flags[..], &["--json", "--filter", "g=a"]].concat(), &rows);
    assert!(!long["warnings"].to_string().contains("Without a cured fraction"));
    assert!(long["aic_without_cure"].as_f64() > long["aic"].as_f64());
}

/// Curves as CSV are those of the JSON, with all digits.
#[test]
fn curves_are_csv() {
    let same = |csv: &str, header: &str, names: usize, rows: &[(Vec<String>, &Value)]| {
        let mut lines = csv.lines();
        assert_eq!(lines.next(), Some(header));
        let keys: Vec<&str> = header.split(',').skip(names).collect();
        let lines: Vec<&str> = lines.collect();
        assert_eq!(lines.len(), rows.len());
        for (line, (known, row)) in lines.iter().zip(rows) {
            let cells: Vec<&str> = line.split(',').collect();
            let quoted: Vec<String> = known.iter().map(|name| format!("\"{name}\"")).collect();
            assert_eq!(&cells[..names], &quoted[..]);
            for (cell, key) in cells[names..].iter().zip(&keys) {
                let expected = match &row[*key] {
                    Value::Bool(is) => Some(f64::from(u8::from(*is))),
                    value => value.as_f64(),
                };
                assert_eq!(cell.parse::<f64>().ok(), expected, "{key} of {line}");
            }
        }
    };
    let of =
        |curves: &'static str, name: &'static str, steps: &'static str, found: &Value| -> Vec<(Vec<String>, Value)> {
            let curves = found[curves].as_array().unwrap().iter();
            let rows = curves.flat_map(|curve| {
                let name = curve[name].as_str().map(str::to_owned);
                let steps = curve[steps].as_array().unwrap().clone();
                steps
                    .into_iter()
                    .map(move |step| (name.clone().into_iter().collect(), step))
            });
            rows.collect()
        };
    let check =
        |command: &str, file: &str, arguments: &[&str], header: &str, names: usize, parts: [&'static str; 3]| {
            let found = answer(command, file, arguments);
            let [curves, name, steps] = parts;
            let rows = of(curves, name, steps, &found);
            let rows: Vec<(Vec<String>, &Value)> = rows.iter().map(|(name, row)| (name.clone(), row)).collect();
            let columns = [command, "--input", "-", "--time", "time", "--csv"];
            let csv = common::text(&[&columns[..], arguments].concat(), &data(file));
            same(&csv, header, names, &rows);
            assert!(rows.len() > 3);
            let both = [&columns[..], arguments, &["--json"]].concat();
            common::assert_refused(&both, &data(file), &["--csv", "--json"]);
        };
    let adjusted = [&VETERAN[..], &["--covariates", "karno,age"]].concat();
    let columns = "group,time,survival,std_err,lower,upper";
    check(
        "adjusted",
        "cox/veteran.csv",
        &adjusted,
        columns,
        1,
        ["groups", "group", "steps"],
    );
    let transplant = ["--event", "event", "--transplant", "transplant"];
    let columns = "state,time,at_risk,survival,std_err,lower,upper";
    check(
        "transplant",
        "command-line/transplanted.csv",
        &transplant,
        columns,
        1,
        ["curves", "state", "steps"],
    );
    let cox = [
        "--event",
        "status",
        "--covariates",
        "karno",
        "--strata",
        "trt",
        "--predict",
        "karno=60",
    ];
    let columns = "stratum,time,survival,std_err,lower,upper,carried_on";
    let found = answer("cox", "cox/veteran.csv", &cox);
    let csv = common::text(
        &[&["cox", "--input", "-", "--time", "time", "--csv"][..], &cox].concat(),
        &data("cox/veteran.csv"),
    );
    assert!(csv.starts_with(&format!("karno,{columns}\n")), "{csv}");
    let rows = of("predictions", "stratum", "at", &found);
    let rows: Vec<(Vec<String>, &Value)> = rows
        .iter()
        .map(|(stratum, row)| ([vec!["60".to_owned()], stratum.clone()].concat(), row))
        .collect();
    same(&csv, &format!("karno,{columns}"), 2, &rows);
    let bare = [
        "cox",
        "--input",
        "-",
        "--time",
        "time",
        "--event",
        "status",
        "--covariates",
        "karno",
        "--csv",
    ];
    common::assert_refused(&bare, &data("cox/veteran.csv"), &["--csv", "--predict"]);
}

/// Adjusted curves show their steps to people only where these are asked for.
#[test]
fn adjusted_steps_are_asked_for() {
    let columns = ["adjusted", "--input", "-", "--time", "time", "--covariates", "karno"];
    let text = |more: &[&str]| common::text(&[&columns[..], &VETERAN, more].concat(), &data("cox/veteran.csv"));
    let (plain, steps) = (text(&[]), text(&["--steps"]));
    assert!(
        plain.lines().count() < 12 && plain.matches("at the last event, ").count() == 2,
        "{plain}"
    );
    assert!(plain.contains("--steps") && !plain.contains("std. err."), "{plain}");
    assert!(steps.lines().count() > 100 && !steps.contains("at the last event"));
    let at = text(&["--at", "90"]);
    assert!(at.contains("std. err.") && !at.contains("at the last event"), "{at}");
}

#[test]
fn cure_refuses_and_warns() {
    let flags = ["cure", "--input", "-", "--time", "t", "--event", "e"];
    common::assert_refused(&flags, "t,e\n0,1\n2,1\n3,0\n", &["row 1", "column t", "above 0"]);
    common::assert_refused(&flags, "t,e\n1,1\n2,1\n", &["nobody is censored"]);
    common::assert_refused(&flags, "t,e\n1,0\n2,0\n", &["no row has the event"]);
    let found = common::json(&[&flags[..], &["--json"]].concat(), "t,e\n1,1\n2,0\n3,1\n4,1\n");
    let warnings = found["warnings"].to_string();
    assert!(
        warnings.contains("plateau") && warnings.contains("fewer than 10 events"),
        "{warnings}"
    );
}

fn ratio(found: &Value, case: &str, name: &str) {
    for key in ["hr", "lower", "upper", "p"] {
        close(&found[key], r("command-line/methods.csv", &[case, key, name]));
    }
}

#[test]
fn transplant_is_that_of_r() {
    let table = "command-line/transplanted.csv";
    let flags = [
        "--event",
        "event",
        "--transplant",
        "transplant",
        "--landmark",
        "60",
        "--at",
        "90,365",
    ];
    let found = answer("transplant", table, &flags);
    ratio(
        &found["time_dependent"]["coefficients"][0],
        "time-dependent",
        "transplant",
    );
    let landmark = &found["landmark"];
    ratio(&landmark["regression"]["coefficients"][0], "landmark", "done");
    let of = |quantity: &str| r("command-line/methods.csv", &["landmark", quantity, ""]);
    close(&landmark["observed"][1], of("observed"));
    close(&landmark["expected"][1], of("expected"));
    close(&landmark["chi2"], of("chi2"));
    close(&landmark["excluded_events"], of("excluded events"));
    close(&landmark["excluded_censored"], of("excluded censored"));
    for (state, curve) in found["curves"].as_array().unwrap().iter().enumerate() {
        for at in curve["at"].as_array().unwrap() {
            let place = format!("{state} {}", at["time"].as_f64().unwrap());
            for key in ["survival", "lower", "upper"] {
                close(&at[key], r("command-line/methods.csv", &["curves", key, &place]));
            }
        }
    }
    let found = answer("transplant", table, &[&flags[..], &["--covariates", "age"]].concat());
    let rows = &found["time_dependent"]["coefficients"];
    ratio(&rows[0], "time-dependent, adjusted", "transplant");
    ratio(&rows[1], "time-dependent, adjusted", "age");
    ratio(
        &found["landmark"]["regression"]["coefficients"][1],
        "landmark, adjusted",
        "age",
    );
    // The same data as those of the engine's own reference, without covariates.
    let found = answer(
        "transplant",
        "risks/transplant.csv",
        &["--event", "event", "--transplant", "transplant"],
    );
    let line = data("risks/transplant_tests.csv").lines().nth(1).unwrap().to_owned();
    let numbers: Vec<f64> = line.split(',').skip(1).map(|cell| cell.parse().unwrap()).collect();
    close(&found["mantel_byar"]["observed"][1], numbers[0]);
    close(&found["mantel_byar"]["expected"][1], numbers[1]);
    close(&found["mantel_byar"]["p"], numbers[3]);
}

#[test]
fn transplant_refuses_a_transplant_after_the_end() {
    let flags = [
        "transplant",
        "--input",
        "-",
        "--time",
        "t",
        "--event",
        "e",
        "--transplant",
        "w",
    ];
    common::assert_refused(
        &flags,
        "t,e,w\n1,1,\n2,1,3\n",
        &["row 2", "columns w, t", "later than the end"],
    );
    common::assert_refused(&flags, "t,e,w\n1,1,\n2,1,-1\n", &["row 2", "column w"]);
    common::assert_refused(&flags, "t,e,w\n1,1,soon\n2,1,1\n", &["row 1", "column w"]);
    let nobody = common::json(&[&flags[..], &["--json"]].concat(), "t,e,w\n1,1,\n2,1,\n");
    assert!(nobody["mantel_byar"]["no_test"].as_str().is_some());
    assert_eq!(nobody["n_transplanted"], 0);
}

#[test]
fn subgroups_are_those_of_r() {
    let arguments = [&VETERAN[..], &["--by", "celltype"]].concat();
    let found = answer("subgroups", "cox/veteran.csv", &arguments);
    assert_eq!(found["groups"], Value::from(vec!["1", "2"]));
    let subgroup = &found["subgroups"][0];
    for level in subgroup["levels"].as_array().unwrap() {
        let name = level["level"].as_str().unwrap();
        for key in ["hr", "lower", "upper"] {
            close(&level[key], r("command-line/methods.csv", &["subgroups", key, name]));
        }
    }
    close(
        &subgroup["interaction"]["chi2"],
        r("command-line/methods.csv", &["subgroups", "interaction chi2", ""]),
    );
    close(
        &subgroup["interaction"]["p"],
        r("command-line/methods.csv", &["subgroups", "interaction p", ""]),
    );
    // A number is cut; a missing cell is out of that column alone.
    let table = data("cox/veteran.csv").replacen(",69\n", ",\n", 1);
    let flags = ["subgroups", "--input", "-", "--time", "time", "--json"];
    let flags = [&flags[..], &VETERAN, &["--by", "celltype,age", "--cut", "age=60"]].concat();
    let cut = common::json(&flags, &table);
    assert_eq!((&cut["n"], &cut["subgroups"][1]["n_unknown"]), (&137.into(), &1.into()));
    assert_eq!(cut["subgroups"][1]["levels"].as_array().unwrap().len(), 2);
    assert_eq!(cut["subgroups"][0], found["subgroups"][0]);
}

#[test]
fn subgroups_refuse_more_than_two_groups() {
    let flags = [
        "subgroups",
        "--input",
        "-",
        "--time",
        "t",
        "--event",
        "e",
        "--group",
        "g",
        "--by",
        "x",
    ];
    common::assert_refused(
        &flags,
        "t,e,g,x\n1,1,a,1\n2,1,b,1\n3,1,c,2\n",
        &["3 levels", "--levels"],
    );
    common::assert_refused(&flags, "t,e,g,x\n1,1,a,1\n2,1,a,1\n", &["1 level"]);
    let many: String = (0..40).map(|row| format!("{row},1,{},{row}\n", row % 2)).collect();
    common::assert_refused(&flags, &format!("t,e,g,x\n{many}"), &["40 levels", "--cut x="]);
}
