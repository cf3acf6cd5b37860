//! Weighted log-rank tests.

use cotside_core::survival::{RankWeight, log_rank as test};
use cotside_words::en;
use serde::{Deserialize, Serialize};

use crate::columns::{Asked, Cell, Event, Numbers, Refused, named};

/// Times, events, groups and the weights of the test.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogRankRequest {
    time: Numbers,
    event: Vec<Option<Event>>,
    group: Vec<Option<Cell>>,
    entry: Option<Numbers>,
    strata: Option<Vec<Option<Cell>>>,
    #[serde(default = "plain")]
    weight: String,
    /// Exponents ρ and γ of Fleming and Harrington's weights.
    exponents: Option<[f64; 2]>,
}

fn plain() -> String {
    "logrank".to_owned()
}

/// The test, with what was observed and expected in each group.
#[derive(Debug, Clone, Serialize)]
pub struct LogRankAnswer {
    n: usize,
    n_excluded: usize,
    chi2: Option<f64>,
    df: Option<u32>,
    p: Option<f64>,
    /// Why there is no test.
    no_test: Option<&'static str>,
    groups: Vec<Group>,
}

#[derive(Debug, Clone, Serialize)]
struct Group {
    group: String,
    n: usize,
    events: u64,
    observed: f64,
    expected: f64,
}

const WEIGHTS: [(&str, RankWeight); 4] = [
    ("logrank", RankWeight::LogRank),
    ("gehan", RankWeight::Gehan),
    ("tarone-ware", RankWeight::TaroneWare),
    ("peto", RankWeight::Peto),
];

/// Returns the test of equal survival in all groups, as R's `survdiff`.
///
/// # Errors
/// [`Refused`] with the column and position that cannot be used.
pub fn log_rank(request: &LogRankRequest) -> Result<LogRankAnswer, Refused> {
    let weight = match request.exponents {
        Some([rho, gamma]) => RankWeight::FlemingHarrington { rho, gamma },
        None => named(&WEIGHTS, "weight", &request.weight)?,
    };
    let asked = Asked {
        time: &request.time,
        event: &request.event,
        entry: request.entry.as_ref(),
        weights: None,
    };
    let mut rows = asked.rows()?;
    rows.cells("group", Some(&request.group))?;
    rows.cells("strata", request.strata.as_ref())?;
    let follow_up = rows.follow_up(&asked, false)?;
    let groups = rows.labels(&request.group);
    let strata = request.strata.as_ref().map(|strata| rows.labels(strata));
    let found = test(&follow_up, &groups, strata.as_ref(), weight);
    let found = found.map_err(|error| Refused::new(en::rank_test_error(error)))?;
    let tested = found.tested();
    let counts = groups.names.iter().zip(&found.groups);
    Ok(LogRankAnswer {
        n: follow_up.len(),
        n_excluded: rows.excluded(),
        chi2: tested.ok().map(|test| test.chi2),
        df: tested.ok().map(|test| test.df),
        p: tested.ok().map(|test| test.p),
        no_test: tested.err().map(en::no_rank_test),
        groups: counts
            .map(|(name, count)| Group {
                group: name.clone(),
                n: count.rows,
                events: count.events,
                observed: count.observed,
                expected: count.expected,
            })
            .collect(),
    })
}
