//! Rank tests against R: tests/reference/curves/log_rank_expected.csv, made by log_rank.R there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "curves_reference/cases.rs"]
mod cases;
mod ledger;

use cases::{input, read};
use cotside_core::survival::{FollowUp, RankWeight, log_rank, pairwise_log_rank, permutation_test};
use ledger::{Close, Place, number as compare};

/// The case without its weights, which these tests do not take.
fn unweighted(follow_up: &FollowUp) -> FollowUp {
    let (time, event) = (follow_up.time().to_vec(), follow_up.event().to_vec());
    match follow_up.entry() {
        Some(entry) => FollowUp::with_entry(entry.to_vec(), time, event),
        None => FollowUp::new(time, event),
    }
    .unwrap()
}

fn weight(name: &str) -> RankWeight {
    match name {
        "logrank" => RankWeight::LogRank,
        "gehan" => RankWeight::Gehan,
        "tarone-ware" => RankWeight::TaroneWare,
        "peto" => RankWeight::Peto,
        other => {
            let parts: Vec<&str> = other.split(':').collect();
            let (rho, gamma) = (parts[1].parse().unwrap(), parts[2].parse().unwrap());
            RankWeight::FlemingHarrington { rho, gamma }
        }
    }
}

#[test]
fn rank_tests_equal_r() {
    let sheet = read("log_rank_expected.csv");
    for row in 0..sheet.rows() {
        let text = |column| sheet.cell(row, column);
        let number = |column| text(column).parse::<f64>().ok();
        let strata_used = if text(3) == "1" { ", stratified" } else { "" };
        let place = format!("{}{strata_used} {}", text(2), text(4));
        let close = |quantity: &str, found: Option<f64>, expected: Option<f64>| {
            let place = Place {
                topic: "rank-tests",
                data: text(0),
                quantity: &format!("{} {quantity}", text(1)),
                at: place.trim(),
            };
            let close = Close {
                unit: 1e-6,
                tolerance: 1e-10,
            };
            compare(place, found, expected, close);
        };
        let (follow_up, groups, strata) = input(text(0));
        let (follow_up, groups) = (unweighted(&follow_up), groups.unwrap());
        let strata = strata.filter(|_| text(3) == "1");
        let weight = weight(text(2));
        let test = log_rank(&follow_up, &groups, strata.as_ref(), weight).unwrap();
        match text(1) {
            "group" => {
                let position = groups.names.iter().position(|name| name == text(4)).unwrap();
                close("observed", Some(test.groups[position].observed), number(5));
                close("expected", Some(test.groups[position].expected), number(6));
            }
            "test" => {
                close("chi-square", test.test.map(|test| test.chi2), number(5));
                close("p", test.test.map(|test| test.p), number(7));
                if let Some(test) = test.test {
                    assert_eq!(Some(f64::from(test.df)), number(6), "{place}");
                }
            }
            "trend" => {
                let scores: Vec<f64> = (1..=groups.len()).map(|score| score as f64).collect();
                let trend = test.trend(&scores);
                close("chi-square", trend.map(|trend| trend.chi2), number(5));
                close("p", trend.map(|trend| trend.p), number(7));
            }
            "pair" => {
                let pairs = pairwise_log_rank(&follow_up, &groups, None, weight).unwrap();
                let name = |at: usize| groups.names[at].as_str();
                let pair = pairs
                    .iter()
                    .find(|pair| format!("{}:{}", name(pair.first), name(pair.second)) == text(4))
                    .unwrap();
                close("p", pair.test.ok().map(|test| test.p), number(5));
                close("p by Holm", pair.holm_p, number(6));
            }
            "exact" => {
                let exact = permutation_test(&follow_up, &groups, None, weight, 1, 1).unwrap();
                close("p", exact.map(|exact| exact.p), number(5));
                close("assignments", exact.map(|exact| exact.assignments as f64), number(6));
            }
            other => panic!("{other}"),
        }
    }
}
