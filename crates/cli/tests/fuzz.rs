//! Any file, any command: an answer, or one line that says why not. Never a panic, a hang or half an answer.
//!
//! `COTSIDE_FUZZ_SECONDS=600 COTSIDE_FUZZ_SEED=7 cargo test -p cotside-cli --test fuzz` looks longer and elsewhere; a
//! failure prints the command and the file. What was found stays in [`FOUND`].
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Files on which a command once printed more than one line, nothing, or a number that does not exist.
const FOUND: &[(&str, &str)] = &[
    ("km --weights w", "time,event,w\n1,1,1e308\n2,0,1e308\n3,1,1e308\n"),
    ("km --rmst 1e308", "time,event\n1,1\n2,0\n"),
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
    "0", "1", "2", "3", "5", "8", "1.5", "0.1", "0,5", "-1", "1e-300", "1e308", "", "NA", ".", "nan", "inf", "x", "a",
    "b", "dead", "é", "\"1\"", "\"", " ",
];

/// Commands with flags that go with the columns below.
const COMMANDS: &[&str] = &[
    "km --group g",
    "km --entry w --at 1,2 --rmst 2",
    "km --weights w --conf-type logit --conf-level 0.9",
    "logrank --group g",
    "logrank --group g --strata x --weight fh:1,0.5 --exact",
    "logrank --group x --trend --weight peto",
    "cox --covariates x,w",
    "cox --covariates x --factor g --ties exact --zph km",
    "cox --covariates x,w --strata g --ties breslow --cluster g",
    "cox --covariates x --firth --weights w",
    "cox --covariates x --entry w",
    "cif --group g --at 1,2",
    "finegray --cause 1 --covariates x,w",
    "parametric --dist weibull --covariates x",
    "parametric --dist lognormal",
    "parametric --dist loglogistic --covariates w",
];

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    /// A file: mostly plausible cells, some of any kind, sometimes a row too short or a strange delimiter.
    fn file(&mut self) -> String {
        let delimiter = [",", ",", ",", ";", "\t"][self.below(5)];
        let mut text = ["time", "event", "g", "x", "w"].join(delimiter) + "\n";
        let tame = self.below(3) > 0;
        for _ in 0..self.below(14) {
            let cells: Vec<&str> = (0..5)
                .map(|_| {
                    if tame {
                        CELLS[self.below(7)]
                    } else {
                        CELLS[self.below(CELLS.len())]
                    }
                })
                .collect();
            let count = if self.below(40) == 0 { self.below(7).min(5) } else { 5 };
            text += &(cells[..count].join(delimiter) + "\n");
        }
        text
    }
}

fn run(command: &str, file: &str) -> Output {
    let mut words = command.split(' ');
    let mut child = Command::new(env!("CARGO_BIN_EXE_cotside"))
        .args(words.next())
        .args(["--input", "-", "--time", "time", "--event", "event", "--json"])
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let _ = child.stdin.take().expect("piped").write_all(file.as_bytes());
    child.wait_with_output().expect("ends")
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
        // What is JSON has no NaN and no infinity.
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
    let number = |name: &str, default: u64| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(default)
    };
    let budget = Duration::from_secs(number("COTSIDE_FUZZ_SECONDS", 10));
    let mut random = Random(number("COTSIDE_FUZZ_SEED", 1));
    let (start, mut files) = (Instant::now(), 0);
    // The first files are the same in every run; how many more there are depends on the time.
    while files < 200 || start.elapsed() < budget {
        let file = random.file();
        check(COMMANDS[files % COMMANDS.len()], &file);
        files += 1;
    }
}
