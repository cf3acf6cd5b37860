//! `cotside logrank`: rank tests of groups.

use std::fmt::Write as _;

use cotside_core::cohort::Labels;
use cotside_core::survival::{
    ChiSquare, NoRankTest, Pair, Permutation, PermutationMethod, RankTest, RankWeight, log_rank, pairwise_log_rank,
    permutation_test,
};
use cotside_words::en;
use lexopt::prelude::*;
use serde::Serialize;

use crate::analysis::{Common, Data, EventCodes, data, text_value};
use crate::arguments::{Command, HELP};
use crate::{Refusal, output};

/// Options of `logrank`.
pub struct LogRank {
    common: Common,
    weight: RankWeight,
    trend: bool,
    pairwise: bool,
    exact: bool,
    replicates: u64,
    seed: u64,
}

#[derive(Serialize)]
struct Answer {
    n: usize,
    n_excluded: usize,
    chi2: Option<f64>,
    df: Option<u32>,
    p: Option<f64>,
    /// Why there is no test.
    no_test: Option<&'static str>,
    groups: Vec<Group>,
    exact_p: Option<f64>,
    /// How `exact_p` was found.
    exact: Option<Exact>,
    trend: Option<Trend>,
    /// Why the trend that was asked for has no test.
    no_trend: Option<&'static str>,
    pairs: Option<Vec<Two>>,
}

#[derive(Serialize)]
struct Group {
    group: String,
    n: usize,
    events: u64,
    observed: f64,
    expected: f64,
}

#[derive(Serialize)]
struct Exact {
    method: &'static str,
    assignments: u64,
    /// Whether fewer were drawn than asked for, since more would take too long.
    held_down: bool,
    reached: u64,
    seed: Option<u64>,
    lower: Option<f64>,
    upper: Option<f64>,
}

#[derive(Serialize)]
struct Trend {
    chi2: f64,
    p: f64,
}

#[derive(Serialize)]
struct Two {
    groups: [String; 2],
    chi2: Option<f64>,
    p: Option<f64>,
    /// Why there is no test.
    no_test: Option<&'static str>,
    holm_p: Option<f64>,
}

/// Reads the flags.
pub fn parse(parser: &mut lexopt::Parser) -> Result<Command, Refusal> {
    let mut options = LogRank {
        common: Common::new("logrank"),
        weight: RankWeight::LogRank,
        trend: false,
        pairwise: false,
        exact: false,
        replicates: 100_000,
        seed: 1,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("weight") => options.weight = weight_named(&options.common, &text_value(parser)?)?,
            Long("trend") => options.trend = true,
            Long("pairwise") => options.pairwise = true,
            Long("exact") => options.exact = true,
            Long("replicates") => {
                options.replicates = whole(&options.common, "replicates", &text_value(parser)?)?.max(1)
            }
            Long("seed") => options.seed = whole(&options.common, "seed", &text_value(parser)?)?,
            Short('h') | Long("help") => return Ok(Command::Help(HELP)),
            Long(name) => {
                let name = name.to_owned();
                if !options.common.accept(&name, &["entry", "group", "strata"], parser)? {
                    return Err(Long(&name).unexpected().into());
                }
            }
            other => return Err(other.unexpected().into()),
        }
    }
    options.common.check()?;
    if options.common.group.is_none() {
        return Err(options.common.refusal("--group COLUMN is needed"));
    }
    Ok(Command::LogRank(options))
}

fn whole(common: &Common, flag: &str, text: &str) -> Result<u64, Refusal> {
    let number = text.trim().parse();
    number.map_err(|_| {
        common.refusal(&format!(
            "--{flag} “{text}” is not a whole number; give one such as 1000"
        ))
    })
}

fn weight_named(common: &Common, text: &str) -> Result<RankWeight, Refusal> {
    if let Some(exponents) = text.strip_prefix("fh:") {
        return match common.numbers("weight", exponents)?[..] {
            [rho, gamma] if rho >= 0.0 && gamma >= 0.0 => Ok(RankWeight::FlemingHarrington { rho, gamma }),
            _ => Err(common.refusal(&format!(
                "--weight “{text}” is not accepted; give two numbers that are 0 or more, such as fh:1,0"
            ))),
        };
    }
    match text {
        "logrank" => Ok(RankWeight::LogRank),
        "gehan" => Ok(RankWeight::Gehan),
        "tarone-ware" => Ok(RankWeight::TaroneWare),
        "peto" => Ok(RankWeight::Peto),
        _ => Err(common.refusal(&format!(
            "--weight “{text}” is not known; there are logrank, gehan, tarone-ware, peto, fh:RHO,GAMMA"
        ))),
    }
}

/// Reads the file and prints the tests.
pub fn run(options: &LogRank) -> Result<(), Refusal> {
    let data = data(&options.common, EventCodes::Values)?;
    let refused = |error| options.common.refusal(&en::rank_test_error(error));
    let groups = data
        .group
        .clone()
        .unwrap_or_else(|| Labels::single(data.follow_up.len(), "all"));
    let (strata, weight) = (data.strata.as_ref(), options.weight);
    let test = log_rank(&data.follow_up, &groups, strata, weight).map_err(refused)?;
    let exact = if options.exact {
        permutation_test(
            &data.follow_up,
            &groups,
            strata,
            weight,
            options.replicates,
            options.seed,
        )
        .map_err(refused)?
    } else {
        None
    };
    let pairs = if options.pairwise {
        Some(pairwise_log_rank(&data.follow_up, &groups, strata, weight).map_err(refused)?)
    } else {
        None
    };
    let scores: Vec<f64> = (0..groups.len()).map(|group| group as f64 + 1.0).collect();
    let trend = options.trend.then(|| test.trend(&scores));
    let answer = answer(&data, &groups, &test, exact, trend, pairs);
    data.say_note();
    if options.common.json {
        output::json(&answer)
    } else {
        output::print(&table(&answer))
    }
}

fn answer(
    data: &Data,
    groups: &Labels,
    test: &RankTest,
    exact: Option<Permutation>,
    trend: Option<Option<ChiSquare>>,
    pairs: Option<Vec<Pair>>,
) -> Answer {
    let name = |group: usize| groups.names.get(group).cloned().unwrap_or_default();
    let two = |pair: &Pair| Two {
        groups: [name(pair.first), name(pair.second)],
        chi2: pair.test.ok().map(|test| test.chi2),
        p: pair.test.ok().map(|test| test.p),
        no_test: pair.test.err().map(en::no_rank_test),
        holm_p: pair.holm_p,
    };
    Answer {
        n: data.follow_up.len(),
        n_excluded: data.n_excluded,
        chi2: test.test.map(|test| test.chi2),
        df: test.test.map(|test| test.df),
        p: test.test.map(|test| test.p),
        no_test: test.tested().err().map(en::no_rank_test),
        groups: test
            .groups
            .iter()
            .enumerate()
            .map(|(group, count)| Group {
                group: name(group),
                n: count.rows,
                events: count.events,
                observed: count.observed,
                expected: count.expected,
            })
            .collect(),
        exact_p: exact.map(|exact| exact.p),
        exact: exact.map(how),
        trend: trend.flatten().map(|trend| Trend {
            chi2: trend.chi2,
            p: trend.p,
        }),
        no_trend: (trend == Some(None))
            .then(|| en::no_rank_test(test.tested().err().unwrap_or(NoRankTest::NoVariance))),
        pairs: pairs.map(|pairs| pairs.iter().map(two).collect()),
    }
}

fn how(exact: Permutation) -> Exact {
    let (method, seed, interval) = match exact.method {
        PermutationMethod::Enumeration => ("enumeration", None, None),
        PermutationMethod::MonteCarlo { seed, interval } => ("monte-carlo", Some(seed), Some(interval)),
    };
    Exact {
        method,
        assignments: exact.assignments,
        held_down: exact.held_down,
        reached: exact.reached,
        seed,
        lower: interval.map(|each| each.lower),
        upper: interval.map(|each| each.upper),
    }
}

fn table(answer: &Answer) -> String {
    let mut text = format!(
        "n = {}, left out for a missing value: {}\n",
        answer.n, answer.n_excluded
    );
    let _ = writeln!(
        text,
        "{:<20} {:>7} {:>7} {:>12} {:>12}",
        "group", "n", "events", "observed", "expected"
    );
    for group in &answer.groups {
        let _ = writeln!(
            text,
            "{:<20} {:>7} {:>7} {:>12.4} {:>12.4}",
            group.group, group.n, group.events, group.observed, group.expected
        );
    }
    match (answer.chi2, answer.df, answer.p) {
        (Some(chi2), Some(df), Some(p)) => {
            let _ = writeln!(text, "chi2 = {chi2:.4} on {df} df, p = {}", p_shown(p));
        }
        _ => {
            let _ = writeln!(text, "no test: {}", answer.no_test.unwrap_or_default());
        }
    }
    if let Some(trend) = &answer.trend {
        let _ = writeln!(
            text,
            "trend: chi2 = {:.4} on 1 df, p = {}",
            trend.chi2,
            p_shown(trend.p)
        );
    }
    if let Some(why) = answer.no_trend {
        let _ = writeln!(text, "no test for trend: {why}");
    }
    if let (Some(p), Some(exact)) = (answer.exact_p, &answer.exact) {
        let _ = write!(text, "permutation p = {}", p_shown(p));
        let _ = match (exact.lower, exact.upper) {
            (Some(lower), Some(upper)) => writeln!(
                text,
                ", from {} drawn assignments{} (95 % interval {} to {})",
                exact.assignments,
                if exact.held_down {
                    ", fewer than asked for: more would take too long"
                } else {
                    ""
                },
                p_shown(lower),
                p_shown(upper)
            ),
            _ => writeln!(text, ", {} of all {} assignments", exact.reached, exact.assignments),
        };
    }
    for pair in answer.pairs.iter().flatten() {
        let [first, second] = &pair.groups;
        if let Some(why) = pair.no_test {
            let _ = writeln!(text, "{first} and {second}: no test: {why}");
            continue;
        }
        let shown = |p: Option<f64>| p.map_or_else(|| "–".to_owned(), p_shown);
        let _ = writeln!(
            text,
            "{first} and {second}: p = {}, after Holm {}",
            shown(pair.p),
            shown(pair.holm_p)
        );
    }
    text
}

/// A p value for people.
fn p_shown(p: f64) -> String {
    if p < 0.0001 {
        format!("{p:.2e}")
    } else {
        format!("{p:.4}")
    }
}
