//! Any file, any command: a result, or one line with the reason. Never a panic, a hang or a partial result.
//!
//! `cargo xtask fuzz` tests longer and other files; a failure prints the command and the file. Past findings are in
//! [`FOUND`].
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../../tests/fuzz/random.rs"]
mod random;

mod common;

use common::run as run_with;
use cotside_core::evidence::{AtRisk, DigitisedCurve, DigitisedFigure, DigitisedGroup, FigureInput};
use random::{Random, fuzz};
use std::process::Output;
use std::time::{Duration, Instant};

/// Files on which a command once printed more than one line, nothing, or a number that does not exist.
const FOUND: &[(&str, &str)] = &[
    ("km --weights w", "time,event,w\n1,1,1e308\n2,0,1e308\n3,1,1e308\n"),
    ("km --rmst 1e308", "time,event\n1,1\n2,0\n"),
    (
        "km --bands hall-wellner --conf-level 0.999999999",
        "time,event\n1,1\n1,1\n2,0\n",
    ),
    ("km --bands equal-precision --band-from 1e308", "time,event\n1,1\n2,0\n"),
    (
        "km --conditional 0,1e308 --cumulative-hazard fleming-harrington",
        "time,event\n1,1\n1,1\n",
    ),
    ("km", "time,event\n1,dead\n2,alive\n"),
    ("km --group g", "time,event,g\n,,\n"),
    ("cox --covariates x", "time,event,x\n1,1,0\n2,1,0\n3,1,1\n4,1,1\n"),
    (
        "cox --covariates x,y --firth",
        "time,event,x,y\n1,1,0,0\n2,1,0,1\n3,1,1,1\n4,0,1,0\n",
    ),
    (
        "finegray --cause 1 --covariates x",
        "time,event,x\n0,2,1\n0,0,0\n1,1,1\n2,1,0\n",
    ),
    ("parametric --dist exponential", "time,event\n0,1\n0,1\n"),
];

/// Cells from which files are made.
const CELLS: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "5",
    "8",
    "1.5",
    "0.1",
    "0,5",
    "-1",
    "1e-300",
    "1e308",
    "",
    "NA",
    ".",
    "nan",
    "inf",
    "x",
    "a",
    "b",
    "dead",
    "é",
    "\"1\"",
    "\"",
    " ",
    "\"1,096\"",
    "\"0,5\"",
    "01",
    "1.0",
    "\"a, b\"",
    "\u{1b}[31m",
    "\"a\nb\"",
];

/// Commands with flags that go with the columns below.
const COMMANDS: &[&str] = &[
    "km --group g",
    "km --entry w --at 1,2 --rmst 2",
    "km --weights w --conf-type logit --conf-level 0.9",
    "km --group g --quantiles 0.01,0.5,0.99 --conditional 0.5,2 --conf-type arcsin",
    "km --bands equal-precision --band-from 1 --conf-type plain",
    "km --group g --bands hall-wellner --cumulative-hazard nelson-aalen --at 0,1,9",
    "km --weights w --cumulative-hazard fleming-harrington --rmst 3 --group g --at 2",
    "logrank --group g",
    "logrank --group g --strata x --weight fh:1,0.5 --exact",
    "logrank --group x --trend --weight peto",
    "logrank --group g --trend --levels a,b",
    "km --event-value a,b --group x",
    "km --group g --levels g=a+b:c,1",
    "km --group x --cut x=1,2:lower --filter x<2|y!=a",
    "km --filter x<1.5 --at 1,2",
    "logrank --group x --cut x=median --trend",
    "cox --factor g,x --levels g=b,a --reference x=1",
    "cif --group g --levels g=a,b --filter x>=0",
    "cox --covariates x,w",
    "cox --covariates x --factor g --ties exact --zph km",
    "cox --covariates x,w --strata g --ties breslow --cluster g",
    "cox --covariates x --firth --weights w",
    "cox --covariates x --entry w",
    "cox --covariates x,w --factor g --interaction x:g --scale w=log2",
    "cox --covariates x,w --interaction w:x --scale x=sd --scale w=per:0.5",
    "cox --factor g --spline x:2 --ties exact",
    "cox --covariates w --spline x --cluster g",
    "finegray --cause 1 --covariates w --factor g --interaction g:w --spline x:2",
    "cif --group g --at 1,2",
    "finegray --cause 1 --covariates x,w",
    "parametric --dist weibull --covariates x",
    "parametric --dist lognormal",
    "parametric --dist loglogistic --covariates w",
    "cox --covariates x --strata g --predict x=1 --at 1,2",
    "adjusted --group g --covariates x,w --at 1,2",
    "adjusted --group g --factor x --group-as strata --entry w --conf-type plain",
    "cure --group g --dist lognormal",
    "cure --covariates x --incidence-only --weights w --dist loglogistic",
    "transplant --transplant w --landmark 1 --at 1,2",
    "transplant --transplant w --covariates x --factor g",
    "subgroups --group g --by x --cut x=1,2",
];

/// A file: mostly plausible cells, some of any kind, sometimes a row too short or a strange delimiter.
fn file(random: &mut Random) -> String {
    let delimiter = [",", ",", ",", ";", "\t"][random.below(5)];
    let mut text = ["time", "event", "g", "x", "w"].join(delimiter) + "\n";
    let tame = random.below(3) > 0;
    for _ in 0..random.below(14) {
        let cells: Vec<&str> = (0..5)
            .map(|_| {
                if tame {
                    CELLS[random.below(7)]
                } else {
                    CELLS[random.below(CELLS.len())]
                }
            })
            .collect();
        let count = if random.below(40) == 0 {
            random.below(7).min(5)
        } else {
            5
        };
        text += &(cells[..count].join(delimiter) + "\n");
    }
    text
}

fn run(command: &str, file: &str) -> Output {
    let (name, rest) = command.split_once(' ').unwrap_or((command, ""));
    let columns = ["--input", "-", "--time", "time", "--event", "event", "--json"];
    let words: Vec<&str> = [name]
        .into_iter()
        .chain(columns)
        .chain(rest.split_whitespace())
        .collect();
    run_with(&words, file.as_bytes())
}

fn check(command: &str, file: &str) {
    let start = Instant::now();
    let output = run(command, file);
    let (out, error) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    let said = format!("cotside {command}\n{file:?}\n{out}\n{error}");
    assert!(start.elapsed() < Duration::from_secs(20), "slow: {said}");
    match output.status.code() {
        // JSON has no NaN and no infinity.
        Some(0) => assert!(serde_json::from_str::<serde_json::Value>(&out).is_ok(), "{said}"),
        Some(2) => {
            assert!(out.is_empty(), "{said}");
            assert_eq!(error.trim_end().lines().count(), 1, "{said}");
            assert!(!error.contains("panicked"), "{said}");
        }
        other => panic!("status {other:?}: {said}"),
    }
}

#[test]
fn what_was_found_stays_mended() {
    for (command, file) in FOUND {
        check(command, file);
    }
}

#[test]
fn any_file_and_any_command() {
    fuzz(200, |tried, random| {
        let file = file(random);
        check(COMMANDS[tried % COMMANDS.len()], &file);
        true
    });
}

/// A digitised figure of one curve as its file.
fn figure_file() -> String {
    let curve = DigitisedCurve {
        points: vec![(0.0, 100.0), (2.0, 80.0), (4.0, 55.0), (6.0, 40.0)],
        ..DigitisedCurve::default()
    };
    let group = DigitisedGroup {
        curves: vec![curve],
        at_risk: vec![AtRisk::at(0.0, 20), AtRisk::at(3.0, 14)],
        ..DigitisedGroup::default()
    };
    let mut figure = DigitisedFigure::new(FigureInput {
        groups: vec![group],
        ..FigureInput::default()
    })
    .expect("a curve");
    for text in [
        &mut figure.provenance.study,
        &mut figure.provenance.figure,
        &mut figure.provenance.digitised_by,
    ] {
        "some".clone_into(text);
    }
    "2026-11-30".clone_into(&mut figure.provenance.date);
    figure.to_file().expect("a file")
}

/// The other commands that read a file: patients, protocols, points of a curve, estimates to pool.
#[test]
fn any_other_file() {
    let severance = include_str!("../../../www/samples/severance.csv");
    let protocol = run_with(&["protocols", "--as-file", "mll-10"], &[]).stdout;
    let points = "t,s\n0,1\n6,0.8\n12,0.6\n24,0.4\n";
    let estimates = "study,est,se\na,43.2,6.3\nb,46.4,2.1\nc,49,5.4\nd,60,12\n";
    let visits = include_str!("../../../tests/reference/workbench/visits_file.csv");
    let adtte = include_str!("../../../tests/reference/workbench/adtte_file.csv");
    let figure = figure_file();
    let groups = "arm,t,s\na,0,100\na,2,80\na,4,60\na,6,40\n";
    let causes = "t,f,c\n0,0,event\n2,20,event\n5,30,event\n0,0,competing\n3,10,competing\n5,10,competing\n";
    let files: [(&[&str], &[u8]); 11] = [
        (&["reconstruct", "--open", "-", "--json"], figure.as_bytes()),
        (
            &[
                "reconstruct",
                "--input",
                "-",
                "--time",
                "t",
                "--survival",
                "s",
                "--groups",
                "arm",
                "--at-risk",
                "0:20,3:14",
                "--json",
            ],
            groups.as_bytes(),
        ),
        (
            &[
                "reconstruct",
                "--input",
                "-",
                "--time",
                "t",
                "--incidence",
                "f",
                "--height-unit",
                "percent",
                "--cause",
                "c",
                "--at-risk",
                "0:20,3:14",
                "--json",
            ],
            causes.as_bytes(),
        ),
        (&["import", "--input", "-", "--json"], visits.as_bytes()),
        (&["import", "--input", "-", "--json"], adtte.as_bytes()),
        (&["import", "--input", "-", "--json"], severance.as_bytes()),
        (&["stratify", "--input", "-", "--json"], severance.as_bytes()),
        (
            &["stratify", "--input", "-", "--keep-going", "--json"],
            severance.as_bytes(),
        ),
        (&["protocols", "--check", "-"], &protocol),
        (
            &[
                "reconstruct",
                "--input",
                "-",
                "--time",
                "t",
                "--survival",
                "s",
                "--at-risk",
                "0:62,12:40,24:31",
                "--json",
            ],
            points.as_bytes(),
        ),
        (
            &[
                "pool",
                "--input",
                "-",
                "--estimate",
                "est",
                "--std-err",
                "se",
                "--label",
                "study",
                "--leave-one-out",
                "--json",
            ],
            estimates.as_bytes(),
        ),
    ];
    for (words, file) in files {
        assert_eq!(run_with(words, file).status.code(), Some(0), "{words:?} without faults");
    }
    fuzz(100, |tried, random| {
        let (words, file) = files[tried % files.len()];
        let file = random.faulty(file, CELLS);
        let output = run_with(words, &file);
        let said = format!("cotside {words:?}\n{:?}\n{output:?}", String::from_utf8_lossy(&file));
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(
            matches!(output.status.code(), Some(0 | 2)) && !error.contains("panicked"),
            "{said}"
        );
        assert!(output.status.success() || !error.trim().is_empty(), "{said}");
        if output.status.success() && words.contains(&"--json") {
            assert!(
                serde_json::from_slice::<serde_json::Value>(&output.stdout).is_ok(),
                "{said}"
            );
        }
        true
    });
}

/// Flags with their values, for the commands that read no file.
const FLAGS: &[&str] = &[
    "check",
    "evidence",
    "pool",
    "protocols",
    "stratify",
    "--estimate",
    "--se",
    "--n",
    "--ci",
    "--hr",
    "--p",
    "--percent",
    "--count",
    "--median",
    "--range",
    "--values",
    "--parts",
    "--level",
    "--study",
    "--endpoint",
    "--compare",
    "--ids",
    "--id",
    "--binomial",
    "--method",
    "--scale",
    "--interaction",
    "--spline",
    "--test",
    "--json",
    "--as-file",
    "--rules",
    "--protocol",
    "--corrections",
    "41.7",
    "9.2",
    "115",
    "0",
    "-1",
    "100",
    "1e308",
    "nan",
    "",
    "0.903,4.291",
    ".088",
    "<0.001",
    "3/5",
    "5/3",
    "1,2",
    "2,1",
    "10:50,5:40",
    "mll-10",
    "EFS",
    "0.95",
    "1",
    "interfant-06/2,mll-10/4",
    "interfant-99/2,interfant-06/2,mll03/1",
    "reml",
    "fixed",
    "log-log",
    "hartung-knapp",
    "2026.11.1",
    "é",
];

#[test]
fn any_flags() {
    fuzz(150, |_, random| {
        let mut words = vec![FLAGS[random.below(5)]];
        let count = random.below(8);
        words.extend((0..count).map(|_| random.of(FLAGS)));
        let output = run_with(&words, &[]);
        let said = format!("cotside {words:?}\n{output:?}");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(
            matches!(output.status.code(), Some(0 | 2)) && !error.contains("panicked"),
            "{said}"
        );
        assert!(output.status.success() != output.stdout.is_empty(), "{said}");
        true
    });
}

/// Flags of planning, and values for them.
const PLAN: [(&[&str], &[&str]); 3] = [
    (
        &[
            "--hazard-ratio",
            "--survival",
            "--second-survival",
            "--reference",
            "--alternative",
            "--second",
            "--alpha",
            "--power",
            "--loss",
        ],
        &[
            "0.5",
            "0.6",
            "0.999999999",
            "1e-9",
            "1e-300",
            "0",
            "1",
            "2",
            "-1",
            "50",
            "nan",
            "1e308",
            "",
            "x",
        ],
    ),
    (
        &["--time", "--accrual", "--follow-up", "--per-year", "--n", "--events"],
        &[
            "0",
            "1",
            "4",
            "12",
            "200",
            "1e-300",
            "1e308",
            "999999999",
            "-1",
            "0.5",
            "inf",
            "",
        ],
    ),
    (
        &["--formula", "--sides", "--direction", "--baseline"],
        &[
            "freedman",
            "schoenfeld",
            "one",
            "two",
            "better",
            "worse",
            "interfant-06/2",
            "x",
        ],
    ),
];

#[test]
fn any_plan() {
    fuzz(300, |_, random| {
        let mut words = vec!["power", ["two-groups", "one-group"][random.below(2)]];
        for _ in 0..random.below(7) {
            let (flags, values) = PLAN[[0, 0, 0, 1, 1, 2][random.below(6)]];
            words.extend([random.of(flags), random.of(values)]);
        }
        words.push(["--json", "--r", "--json"][random.below(3)]);
        let output = run_with(&words, &[]);
        let said = format!("cotside {words:?}\n{output:?}");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(
            matches!(output.status.code(), Some(0 | 2)) && !error.contains("panicked"),
            "{said}"
        );
        assert!(output.status.success() != output.stdout.is_empty(), "{said}");
        if output.status.success() && words.ends_with(&["--json"]) {
            let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            let power = answer["power"].as_f64().expect("a power");
            let sentence = answer["sentence"].as_str().unwrap();
            assert!((0.0..=1.0).contains(&power) && !sentence.contains("NaN"), "{said}");
        }
        true
    });
}
