//! `cotside logrank`: rank tests of groups.

use std::fmt::Write as _;

use clap::Args;
use cotside_core::decimal;
use cotside_core::survival::{
    ChiSquare, Labels, NoRankTest, Pair, Permutation, PermutationMethod, RankTest, RankWeight, log_rank,
    pairwise_log_rank, permutation_test,
};
use cotside_words::en;
use serde::Serialize;

use crate::analysis::{Common, Data, EventCodes, EventValues, NotChosen, Source, data};
use crate::flags::{names, number, present, whole};
use crate::grouping::GroupingFlags;
use crate::people::{name, p, p_value};
use crate::{Refusal, output, people};

/// Options of `logrank`.
#[derive(Debug, Args)]
#[command(after_help = "\
The p of chi2 is that of many patients. --exact adds the fraction of all assignments of the patients to groups of the same
sizes, within strata, whose chi2 is at least as large: all of them up to two million, else as many as --replicates draws at
random from --seed; a drawn p has its own interval. It holds for few patients too, where times of censoring are alike in the
groups. --trend tests on one degree of freedom whether events become more frequent from the first group to the last.

Examples:
  cotside logrank --input cohort.csv --time years --event death --group arm --exact
  cotside logrank --input cohort.csv --time years --event death --group arm --strata site
  cotside logrank --input cohort.csv --time years --event death --group risk --trend --levels low,medium,high
  cotside logrank --input cohort.csv --time years --event death --group kmt2a --levels kmt2a=germline,rearranged")]
pub struct LogRank {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    events: EventValues,
    /// Column of delayed entry
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    entry: Option<String>,
    /// Column of groups
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    group: String,
    #[command(flatten)]
    grouping: GroupingFlags,
    /// Columns of strata; several are crossed
    #[arg(long, value_name = "COLUMN", num_args = 1.., value_parser = present)]
    strata: Vec<String>,
    /// Weight of the times: logrank (all alike), gehan, tarone-ware, peto (early events count more), or Fleming and Harrington's
    /// fh:RHO,GAMMA (fh:1,0 early events, fh:0,1 late ones)
    #[arg(long, value_name = "WEIGHT", default_value = "logrank", value_parser = weight)]
    weight: RankWeight,
    /// Add a test for trend; groups that are numbers are scored by them, cut-points and groups that --levels puts in order by
    /// 1, 2, …; --levels low,medium,high (without a column) gives the order of the groups alone, the lowest first
    #[arg(long)]
    trend: bool,
    /// Add the test of each pair of groups, with p as it is and with Holm's correction for the number of pairs
    #[arg(long)]
    pairwise: bool,
    /// Add the permutation p, for few patients
    #[arg(long)]
    exact: bool,
    /// Assignments that --exact draws where there are more than two million
    #[arg(long, value_name = "N", default_value = "100000", value_parser = whole)]
    replicates: u64,
    /// Seed of the drawn assignments: the same seed gives the same p
    #[arg(long, value_name = "N", default_value = "1", value_parser = whole)]
    seed: u64,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LogRankAnswer {
    n: usize,
    n_excluded: usize,
    #[serde(flatten)]
    not_chosen: NotChosen,
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
    /// Why the requested test for trend does not exist.
    no_trend: Option<&'static str>,
    pairs: Option<Vec<Two>>,
    /// Warnings to print with the numbers.
    warnings: Vec<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Group {
    group: String,
    n: usize,
    events: u64,
    observed: f64,
    expected: f64,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Exact {
    method: &'static str,
    assignments: u64,
    /// True if fewer were drawn than requested, as more would take too long.
    held_down: bool,
    reached: u64,
    seed: Option<u64>,
    lower: Option<f64>,
    upper: Option<f64>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Trend {
    chi2: f64,
    p: f64,
    /// Of each group.
    scores: Vec<Score>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Score {
    group: String,
    score: f64,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Two {
    groups: [String; 2],
    chi2: Option<f64>,
    p: Option<f64>,
    /// Why there is no test.
    no_test: Option<&'static str>,
    holm_p: Option<f64>,
}

/// The weight that `--weight` names.
fn weight(text: &str) -> Result<RankWeight, String> {
    if let Some(exponents) = text.strip_prefix("fh:") {
        let exponents: Vec<f64> = exponents.split(',').filter_map(|each| number(each).ok()).collect();
        return match exponents[..] {
            [rho, gamma] if rho >= 0.0 && gamma >= 0.0 => Ok(RankWeight::FlemingHarrington { rho, gamma }),
            _ => Err("is not accepted; give two numbers that are 0 or more, such as fh:1,0".into()),
        };
    }
    match text {
        "logrank" => Ok(RankWeight::LogRank),
        "gehan" => Ok(RankWeight::Gehan),
        "tarone-ware" => Ok(RankWeight::TaroneWare),
        "peto" => Ok(RankWeight::Peto),
        _ => Err("is not known; there are logrank, gehan, tarone-ware, peto, fh:RHO,GAMMA".into()),
    }
}

/// The scores of groups in a test for trend: their places in `--levels`, or as `--levels` and `--cut` grouped the column; else,
/// where all are numbers, the numbers; two groups have one test whatever their order.
fn scores(data: &Data, groups: &[String], common: &Common) -> Result<Vec<f64>, Refusal> {
    let order = names(&data.order, |level| groups.iter().any(|group| group == level));
    if order.is_empty() && data.is_grouped {
        return Ok((1..).map(f64::from).take(groups.len()).collect());
    }
    if order.is_empty() {
        let numbers: Option<Vec<f64>> = groups.iter().map(|group| decimal::parse(group)).collect();
        return match numbers {
            Some(numbers) => Ok(numbers),
            None if groups.len() <= 2 => Ok((1..).map(f64::from).take(groups.len()).collect()),
            None => Err(common.refusal(&format!(
                "--trend needs the order of groups that are not numbers; give --levels with {}, the lowest first",
                listed(groups)
            ))),
        };
    }
    let place = |group: &String| order.iter().position(|level| level == group);
    let places: Option<Vec<usize>> = groups.iter().map(place).collect();
    match places {
        Some(places) if order.len() == groups.len() => Ok(places.into_iter().map(|place| place as f64 + 1.0).collect()),
        _ => Err(common.refusal(&format!(
            "--levels {} is not accepted; name each group once, the lowest first: {}",
            order.join(","),
            listed(groups)
        ))),
    }
}

fn listed(groups: &[String]) -> String {
    let quoted: Vec<String> = groups.iter().map(|group| format!("“{group}”")).collect();
    quoted.join(", ")
}

impl LogRank {
    fn common(&self) -> Common {
        Common {
            entry: self.entry.clone(),
            group: Some(self.group.clone()),
            grouping: self.grouping.clone(),
            orders_groups: self.trend,
            strata: self.strata.clone(),
            ..Common::new("logrank", &self.source).with_events(&self.events)
        }
    }
}

/// Reads the file and prints the tests.
pub fn run(options: &LogRank) -> Result<(), Refusal> {
    let common = options.common();
    let data = data(&common, EventCodes::Values)?;
    let refused = |error| common.refusal(&en::rank_test_error(error));
    let groups = data
        .group
        .clone()
        .unwrap_or_else(|| Labels::single(data.follow_up.len(), "all"));
    let (strata, weight) = (data.strata.as_ref(), options.weight);
    let scores = if options.trend {
        Some(scores(&data, &groups.names, &common)?)
    } else {
        None
    };
    let test = log_rank(&data.follow_up, &groups, strata, weight).map_err(refused)?;
    let exact = if options.exact {
        permutation_test(
            &data.follow_up,
            &groups,
            strata,
            weight,
            options.replicates.max(1),
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
    let trend = scores.map(|scores| (test.trend(&scores), scores));
    let answer = answer(&data, &groups, &test, exact, trend, pairs);
    data.say_notes();
    if options.source.json {
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
    trend: Option<(Option<ChiSquare>, Vec<f64>)>,
    pairs: Option<Vec<Pair>>,
) -> LogRankAnswer {
    let name = |group: usize| groups.names.get(group).cloned().unwrap_or_default();
    let two = |pair: &Pair| Two {
        groups: [name(pair.first), name(pair.second)],
        chi2: pair.test.ok().map(|test| test.chi2),
        p: pair.test.ok().map(|test| test.p),
        no_test: pair.test.err().map(en::no_rank_test),
        holm_p: pair.holm_p,
    };
    LogRankAnswer {
        n: data.follow_up.len(),
        n_excluded: data.n_excluded,
        not_chosen: data.not_chosen,
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
        no_trend: matches!(trend, Some((None, _)))
            .then(|| en::no_rank_test(test.tested().err().unwrap_or(NoRankTest::NoVariance))),
        trend: trend.and_then(|(trend, scores)| {
            let scores = scores.into_iter().enumerate().map(|(group, score)| Score {
                group: name(group),
                score,
            });
            trend.map(|trend| Trend {
                chi2: trend.chi2,
                p: trend.p,
                scores: scores.collect(),
            })
        }),
        pairs: pairs.map(|pairs| pairs.iter().map(two).collect()),
        warnings: data.warnings(),
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

fn table(answer: &LogRankAnswer) -> String {
    let mut text = format!(
        "n = {}, left out for a missing value: {}\n",
        answer.n, answer.n_excluded
    );
    text.push_str(&answer.not_chosen.line());
    let _ = writeln!(
        text,
        "{:<20} {:>7} {:>7} {:>12} {:>12}",
        "group", "n", "events", "observed", "expected"
    );
    for group in &answer.groups {
        let _ = writeln!(
            text,
            "{:<20} {:>7} {:>7} {:>12} {:>12}",
            name(&group.group),
            group.n,
            group.events,
            people::number(group.observed),
            people::number(group.expected)
        );
    }
    match (answer.chi2, answer.df, answer.p) {
        (Some(chi2), Some(df), Some(p)) => {
            let _ = writeln!(text, "chi2 = {} on {df} df, {}", people::number(chi2), p_value(Some(p)));
        }
        _ => {
            let _ = writeln!(text, "no test: {}", answer.no_test.unwrap_or_default());
        }
    }
    if let Some(trend) = &answer.trend {
        let scores = trend
            .scores
            .iter()
            .map(|each| format!("{} = {}", name(&each.group), people::exact(each.score)));
        let _ = writeln!(
            text,
            "trend: chi2 = {} on 1 df, {}, scores {}",
            people::number(trend.chi2),
            p_value(Some(trend.p)),
            scores.collect::<Vec<_>>().join(", ")
        );
    }
    if let Some(why) = answer.no_trend {
        let _ = writeln!(text, "no test for trend: {why}");
    }
    if let Some(exact) = &answer.exact {
        let _ = write!(text, "permutation {}", p_value(answer.exact_p));
        let _ = match (exact.lower, exact.upper) {
            (Some(_), Some(_)) => writeln!(
                text,
                ", from {} drawn assignments{} (95 % interval {} to {})",
                exact.assignments,
                if exact.held_down {
                    ", fewer than requested: more would take too long"
                } else {
                    ""
                },
                p(exact.lower),
                p(exact.upper)
            ),
            _ => writeln!(text, ", {} of all {} assignments", exact.reached, exact.assignments),
        };
    }
    for pair in answer.pairs.iter().flatten() {
        let [first, second] = pair.groups.each_ref().map(|group| name(group));
        let _ = match pair.no_test {
            Some(why) => writeln!(text, "{first} and {second}: no test: {why}"),
            None => writeln!(
                text,
                "{first} and {second}: {}, after Holm {}",
                p_value(pair.p),
                p(pair.holm_p)
            ),
        };
    }
    text
}
