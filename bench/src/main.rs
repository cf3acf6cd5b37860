//! Times of the survival methods at 10³ to 10⁶ rows, beside two other crates and R, in one run.
//!
//! `cargo run --release --manifest-path bench/Cargo.toml` prints a table; `-- 1000 10000` chooses the sizes. Each time is
//! the best of several runs and starts from plain columns: checking, sorting and fitting are all in it.
//! `-- csv FILE 1000000 days` (or `continuous`) writes such columns to a file instead.

mod data;
mod peers;
mod r;

use std::time::Instant;
use std::{env, fs};

use cotside_core::survival::{FollowUp, Labels, RankWeight, concordance, kaplan_meier, log_rank};
use cotside_core::survival::cox::{Design, Model, fit};
use data::Columns;

const SEED: u64 = 20_261_121;

/// The methods that are timed, in the order of the table.
pub const METHODS: [&str; 4] = ["Kaplan–Meier", "log-rank", "Cox, 5 covariates, Efron", "concordance"];

/// Seconds of each method; `None` where it was not run.
pub type Times = [Option<f64>; METHODS.len()];

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [csv, file, rows, times] = arguments.as_slice()
        && csv == "csv"
    {
        let columns = Columns::simulated(rows.parse().expect("a number of rows"), SEED, times == "days");
        return r::write(&columns, file.as_ref()).expect("a file that can be written");
    }
    let sizes: Vec<usize> = env::args().skip(1).filter_map(|size| size.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000, 100_000, 1_000_000] } else { sizes };
    println!("| method | times | rows | cotside | crate survival | crate solow-duration | R survival | fastest peer / cotside |");
    println!("|---|---|---:|---:|---:|---:|---:|---:|");
    for whole_days in [true, false] {
        for &rows in &sizes {
            compare(&Columns::simulated(rows, SEED, whole_days), if whole_days { "days" } else { "continuous" });
        }
    }
}

/// Prints a line for each method.
fn compare(columns: &Columns, times: &str) {
    let (ours, rows) = (ours(columns), columns.time.len());
    let survival = peers::survival(columns);
    let solow = peers::solow(columns);
    let r = r::times(columns);
    for (method, name) in METHODS.iter().enumerate() {
        let peers = [survival[method], solow[method], r[method]];
        let fastest = peers.iter().flatten().copied().reduce(f64::min);
        let ratio = ours[method].zip(fastest).map(|(ours, fastest)| fastest / ours);
        let [survival, solow, r] = peers.map(seconds);
        let ratio = ratio.map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.1}"));
        println!("| {name} | {times} | {rows} | {} | {survival} | {solow} | {r} | {ratio} |", seconds(ours[method]));
    }
}

fn seconds(time: Option<f64>) -> String {
    time.map_or_else(|| "–".to_owned(), |time| format!("{time:.5} s"))
}

/// Best time of some runs: at least three, for half a second. With `COTSIDE_BENCH_CLOCK=cpu` the mean of
/// [`processor_seconds`].
pub fn best<T>(mut run: impl FnMut() -> T) -> Option<f64> {
    if env::var("COTSIDE_BENCH_CLOCK").is_ok_and(|clock| clock == "cpu") {
        return processor_seconds(run);
    }
    let (mut best, mut spent, mut runs) = (f64::INFINITY, 0.0, 0);
    while runs < 3 || (spent < 0.5 && runs < 200) {
        let start = Instant::now();
        std::hint::black_box(run());
        let time = start.elapsed().as_secs_f64();
        best = best.min(time);
        spent += time;
        runs += 1;
    }
    Some(best)
}

/// Mean time that this thread was on a processor (Linux), for a computer that has other work. What a peer does in other
/// threads is not counted. The kernel counts in steps of some milliseconds, hence the mean.
fn processor_seconds<T>(mut run: impl FnMut() -> T) -> Option<f64> {
    let now = || {
        let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    };
    let (start, mut spent, mut runs) = (now()?, 0.0, 0);
    while runs < 3 || spent < 1e9 {
        std::hint::black_box(run());
        spent = now()? - start;
        runs += 1;
    }
    Some(spent / f64::from(runs) / 1e9)
}

fn ours(columns: &Columns) -> Times {
    let follow_up = || FollowUp::new(columns.time.clone(), columns.event.clone()).expect("valid columns");
    let groups = Labels {
        codes: columns.group.clone(),
        names: vec!["0".to_owned(), "1".to_owned()],
    };
    let design = || {
        let named = columns.covariates.iter().enumerate();
        named.fold(Design::new(), |design, (index, values)| design.numeric(&format!("x{index}"), values.clone()))
    };
    [
        best(|| kaplan_meier(&follow_up())),
        best(|| log_rank(&follow_up(), &groups, None, RankWeight::LogRank).expect("two groups")),
        best(|| {
            let (follow_up, design) = (follow_up(), design());
            fit(&Model::new(&follow_up, &design)).expect("a fit")
        }),
        best(|| concordance(&follow_up(), &columns.covariates[0], None, None).expect("comparable pairs")),
    ]
}
