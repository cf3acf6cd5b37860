//! Curves of `cotside km` in pairs: survival at a time, restricted means.

use cotside_core::survival::{
    Confidence, DifferenceTest, Labels, MOST_GROUPS, NotTested, RestrictedMean, SurvivalCurve, compare_at,
    difference_at, restricted_mean_difference, restricted_mean_ratio,
};
use cotside_words::en;
use serde::Serialize;

use crate::km::scale_code;

/// More differences of survival than this are not computed: an identifier used as a group would fill the memory.
const MOST_DIFFERENCES: usize = 100_000;

/// What is asked of the pairs.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// Scale and level of intervals.
    pub confidence: Confidence,
    /// Times at which survival is compared.
    pub at: &'a [f64],
    /// To which restricted means are compared.
    pub tau: Option<f64>,
}

/// A difference of survival at a time.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SurvivalDifference {
    pub time: f64,
    pub groups: [String; 2],
    pub estimate: Option<f64>,
    pub std_err: Option<f64>,
    pub lower: Option<f64>,
    pub upper: Option<f64>,
    /// On the plain scale, as the interval.
    pub p: Option<f64>,
    /// Why there is neither interval nor p, or no difference.
    pub no_test: Option<String>,
    /// The test on the scale of `--conf-type`.
    pub scale_test: Option<ScaleTest>,
}

/// A test of two curves at a time on a scale (Klein and others 2007).
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScaleTest {
    pub scale: &'static str,
    pub chi2: f64,
    pub p: f64,
}

/// A difference of restricted means.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RmstDifference {
    pub groups: [String; 2],
    pub estimate: f64,
    pub std_err: Option<f64>,
    pub lower: Option<f64>,
    pub upper: Option<f64>,
    pub p: Option<f64>,
    /// Why there is neither interval nor p.
    pub no_test: Option<String>,
    /// Groups whose curve ends before τ with some patients event-free, so that the last value is carried forward.
    pub carried_on: Vec<String>,
}

/// A ratio of restricted means.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RmstRatio {
    pub groups: [String; 2],
    /// None where a mean is not above 0.
    pub estimate: Option<f64>,
    /// Of the logarithm of the ratio.
    pub log_std_err: Option<f64>,
    pub lower: Option<f64>,
    pub upper: Option<f64>,
    pub p: Option<f64>,
    /// Why there is neither interval nor p, or no ratio.
    pub no_test: Option<String>,
    /// As of the difference.
    pub carried_on: Vec<String>,
}

/// A curve with the name of its group.
type Named<'a> = (&'a String, &'a SurvivalCurve);

/// The curves that are compared, in pairs.
pub struct Pairs<'a> {
    pairs: Vec<[Named<'a>; 2]>,
}

impl<'a> Pairs<'a> {
    /// Every pair in its order; with a reference every other group with it.
    pub fn new(labels: &'a Labels, curves: &'a [SurvivalCurve], reference: Option<&str>) -> Result<Self, String> {
        let named: Vec<Named<'a>> = labels.names.iter().zip(curves).collect();
        let Some(reference) = reference else {
            // The pairs of an identifier used as a group would fill the memory.
            let most = &named[..named.len().min(MOST_GROUPS)];
            let of = |(place, first): (usize, &Named<'a>)| {
                let first = *first;
                most[place + 1..].iter().map(move |&second| [first, second])
            };
            let pairs = most.iter().enumerate().flat_map(of).collect();
            return Ok(Self { pairs });
        };
        let Some(&second) = named.iter().find(|(name, _)| *name == reference) else {
            return Err(format!(
                "--reference {reference}: no row that is used has this group; name another one"
            ));
        };
        let others = named.iter().filter(|(name, _)| *name != reference);
        Ok(Self {
            pairs: others.map(|&first| [first, second]).collect(),
        })
    }

    /// Whether there are more differences of survival than are computed.
    pub fn are_too_many(&self, asked: Asked<'_>) -> bool {
        self.pairs.len().saturating_mul(asked.at.len()) > MOST_DIFFERENCES
    }

    /// Survival at each time; none where they are too many.
    pub fn differences(&self, asked: Asked<'_>) -> Vec<SurvivalDifference> {
        if self.are_too_many(asked) {
            return Vec::new();
        }
        let of = |&time: &f64| {
            self.pairs
                .iter()
                .map(move |pair| difference(*pair, time, asked.confidence))
        };
        asked.at.iter().flat_map(of).collect()
    }

    /// Differences of the restricted means.
    pub fn rmst_differences(&self, asked: Asked<'_>) -> Vec<RmstDifference> {
        self.of_means(asked, rmst_difference)
    }

    /// Something of the restricted means of each pair.
    pub fn of_means<T>(
        &self,
        asked: Asked<'_>,
        make: impl Fn([(&String, RestrictedMean); 2], Confidence) -> T,
    ) -> Vec<T> {
        let Some(tau) = asked.tau else {
            return Vec::new();
        };
        let mean = |(name, curve): Named<'a>| Some((name, curve.restricted_mean(tau)?));
        let pairs = self.pairs.iter();
        pairs
            .filter_map(|[first, second]| Some(make([mean(*first)?, mean(*second)?], asked.confidence)))
            .collect()
    }
}

fn difference([first, second]: [Named<'_>; 2], time: f64, confidence: Confidence) -> SurvivalDifference {
    let found = difference_at(first.1, second.1, time, confidence);
    let test = found.ok().and_then(|found| found.test.ok());
    let no_test = match found {
        Ok(found) => found.test.err().map(|why| en::not_tested(why, first.0, second.0)),
        Err(why) => Some(en::not_followed(why, first.0, second.0)),
    };
    let on_scale = test.and_then(|_| compare_at(first.1, second.1, time, confidence.scale()).ok());
    SurvivalDifference {
        time,
        groups: [first.0.clone(), second.0.clone()],
        estimate: found.ok().map(|found| found.estimate),
        std_err: test.map(|test| test.std_err),
        lower: test.map(|test| test.interval.lower),
        upper: test.map(|test| test.interval.upper),
        p: test.map(|test| test.p),
        no_test,
        scale_test: on_scale.map(|test| ScaleTest {
            scale: scale_code(confidence.scale()),
            chi2: test.chi2,
            p: test.p,
        }),
    }
}

fn rmst_difference([first, second]: [(&String, RestrictedMean); 2], confidence: Confidence) -> RmstDifference {
    let difference = restricted_mean_difference(first.1, second.1, confidence);
    let test = difference.test.ok();
    RmstDifference {
        groups: [first.0.clone(), second.0.clone()],
        estimate: difference.estimate,
        std_err: test.map(|test| test.std_err),
        lower: test.map(|test| test.interval.lower),
        upper: test.map(|test| test.interval.upper),
        p: test.map(|test| test.p),
        no_test: untested(difference.test, first.0, second.0),
        carried_on: carried_on([first, second]),
    }
}

/// The ratio of two restricted means.
pub fn rmst_ratio([first, second]: [(&String, RestrictedMean); 2], confidence: Confidence) -> RmstRatio {
    let ratio = restricted_mean_ratio(first.1, second.1, confidence);
    let test = ratio.and_then(|ratio| ratio.test.ok());
    RmstRatio {
        groups: [first.0.clone(), second.0.clone()],
        estimate: ratio.map(|ratio| ratio.estimate),
        log_std_err: test.map(|test| test.std_err),
        lower: test.map(|test| test.interval.lower),
        upper: test.map(|test| test.interval.upper),
        p: test.map(|test| test.p),
        no_test: match ratio {
            Some(ratio) => untested(ratio.test, first.0, second.0),
            None => Some("a mean is not above 0".to_owned()),
        },
        carried_on: carried_on([first, second]),
    }
}

fn untested(test: Result<DifferenceTest, NotTested>, first: &str, second: &str) -> Option<String> {
    test.err().map(|why| en::not_tested(why, first, second))
}

fn carried_on(pair: [(&String, RestrictedMean); 2]) -> Vec<String> {
    let carried = pair.into_iter().filter(|(_, mean)| mean.carried_on);
    carried.map(|(name, _)| name.clone()).collect()
}
