//! The groups compared: the rank test of choice, pairs, fixed times, restricted means.

use cotside_core::survival::{
    ChiSquare, Difference, MeanRatio, NoRankTest, NotFollowed, Pair, PermutationMethod, RankTest, RestrictedMean,
    SurvivalCurve, difference_at, log_rank, pairwise_log_rank, permutation_test, restricted_mean_difference,
    restricted_mean_ratio,
};
use cotside_views::{Columns, list, notice};
use cotside_words::lang::cox_results::ratio_with;
use cotside_words::lang::curve_results;
use cotside_words::lang::survival_results as words;
use cotside_words::{decimal, fixed, lang, signed};
use maud::{Markup, html};

use crate::analysis::curves;
use crate::analysis::hazards::p_or_dash;
use crate::analysis::selection::Analysis;

/// Up to this many patients the permutation P is given beside the asymptotic one.
const SMALL: usize = 40;
/// Drawn assignments where there are too many to try all.
const REPLICATES: u64 = 100_000;

/// The rank tests of the groups.
pub struct RankTests {
    /// Of all groups.
    pub test: ChiSquare,
    /// For trend, where more than two groups have an order and its variance is not 0.
    pub trend: Option<ChiSquare>,
    /// Of pairs, where there are more than two groups.
    pub pairs: Vec<Pair>,
}

/// The rank tests, where there is one.
pub fn rank_tests(analysis: &Analysis<'_>) -> Option<RankTests> {
    let follow_up = analysis.follow_up().filter(|_| analysis.compares())?;
    let weight = analysis.settings.test.weight();
    let found = log_rank(follow_up, &analysis.groups, None, weight).ok()?;
    let many = analysis.groups.len() > 2;
    Some(RankTests {
        test: found.tested().ok()?,
        trend: trend(analysis, &found).filter(|_| many && analysis.is_ordered),
        pairs: if many {
            pairwise_log_rank(follow_up, &analysis.groups, None, weight).unwrap_or_default()
        } else {
            Vec::new()
        },
    })
}

/// The test for trend over the order of the groups.
fn trend(analysis: &Analysis<'_>, found: &RankTest) -> Option<ChiSquare> {
    let scores: Vec<f64> = (0..analysis.groups.len()).map(|group| group as f64).collect();
    found.trend(&scores)
}

/// The part: the estimates in full, and where there are several groups their tests.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    html! {
        h2 { (words::ESTIMATES) }
        (curves::at_times(analysis))
        @if analysis.compares() {
            h2 { (words::COMPARISON) }
            (ranks(analysis))
            (differences(analysis))
            (means(analysis))
            @if lacks_variance(analysis) { (notice(words::NO_VARIANCE)) }
        }
    }
}

/// The rank test with what was observed and expected.
fn ranks(analysis: &Analysis<'_>) -> Markup {
    let Some(follow_up) = analysis.follow_up() else {
        return Markup::default();
    };
    let weight = analysis.settings.test.weight();
    let found = match log_rank(follow_up, &analysis.groups, None, weight) {
        Ok(found) => found,
        Err(error) => return notice(words::no_test(&lang::rank_test_error(error))),
    };
    let test = match found.tested() {
        Ok(test) => test,
        Err(why) => return notice(words::no_test(lang::no_rank_test(why))),
    };
    let mut line = words::rank_test(
        weight,
        analysis.endpoint(),
        (follow_up.len(), analysis.events()),
        (
            analysis.left_out.iter().map(|(_, count)| count).sum(),
            analysis.without_group,
        ),
        &words::chi_square(test.chi2, test.df as usize, Some(test.p)),
    );
    if analysis.is_ordered && analysis.groups.len() > 2 {
        let trend = match trend(analysis, &found) {
            Some(trend) => words::chi_square(trend.chi2, 1, Some(trend.p)),
            None => words::no_test_cell(lang::no_rank_test(NoRankTest::NoVariance)),
        };
        line.push_str(&words::trend(&trend));
    }
    if follow_up.len() <= SMALL
        && let Ok(Some(exact)) = permutation_test(follow_up, &analysis.groups, None, weight, REPLICATES, 1)
    {
        let drawn = matches!(exact.method, PermutationMethod::MonteCarlo { .. });
        line.push_str(&words::permutation(exact.p, exact.assignments, drawn));
    }
    html! {
        p.reason { (line) }
        (counts(analysis, &found))
        (pairs(analysis))
    }
}

fn counts(analysis: &Analysis<'_>, found: &RankTest) -> Markup {
    let columns =
        Columns::new(words::GROUP).numbers([words::PATIENTS, words::EVENTS, words::OBSERVED, words::EXPECTED]);
    let rows = analysis.groups.names.iter().zip(&found.groups).map(|(name, group)| {
        let cells = [
            group.rows.to_string(),
            group.events.to_string(),
            fixed(group.observed, 2),
            fixed(group.expected, 2),
        ];
        columns.row(name, cells)
    });
    columns.table("ranks", rows)
}

/// Pairs of more than two groups.
fn pairs(analysis: &Analysis<'_>) -> Markup {
    let names = &analysis.groups.names;
    let Some(follow_up) = analysis.follow_up().filter(|_| names.len() > 2) else {
        return Markup::default();
    };
    let pairs = match pairwise_log_rank(follow_up, &analysis.groups, None, analysis.settings.test.weight()) {
        Ok(pairs) => pairs,
        Err(error) => return notice(words::no_tests_of_pairs(&lang::rank_test_error(error))),
    };
    let columns = Columns::new(words::PAIR).numbers([words::CHI_SQUARE, words::P, words::P_HOLM]);
    let name = |group: usize| names.get(group).map_or("", String::as_str);
    let row = |pair: &Pair| {
        let chi2 = match pair.test {
            Ok(test) => fixed(test.chi2, 2),
            Err(why) => words::no_test_cell(lang::no_rank_test(why)),
        };
        let p = p_or_dash(pair.test.ok().map(|test| test.p));
        columns.row(
            words::versus(name(pair.first), name(pair.second)),
            [chi2, p, p_or_dash(pair.holm_p)],
        )
    };
    columns.table("pairs", pairs.iter().map(row))
}

/// "−2.3 (−4 to −0.6)", or the estimate with why it has no interval; `names` are those of the two sides.
pub fn with_interval(found: &Difference, [first, second]: [&str; 2], written: fn(f64) -> String) -> String {
    let estimate = written(found.estimate);
    match found.test {
        Ok(test) => {
            let [lower, upper] = [test.interval.lower, test.interval.upper].map(written);
            words::estimate_to(&estimate, &lower, &upper)
        }
        Err(why) => estimate + &words::no_interval_behind(&lang::not_tested(why, first, second)),
    }
}

/// The difference of two curves at a time in percentage points, with its interval or why there is none.
pub fn difference_text(names: [&str; 2], found: Result<Difference, NotFollowed>) -> String {
    match found {
        Ok(found) => with_interval(&found, names, points),
        Err(why) => words::not_followed(why, names[0], names[1]),
    }
}

/// A difference of shares in percentage points.
pub fn points(share: f64) -> String {
    signed(100.0 * share, 1)
}

/// The reference, then the other groups in their order.
pub fn others<'a>(analysis: &'a Analysis<'_>) -> impl Iterator<Item = (&'a str, &'a SurvivalCurve)> {
    let all = || analysis.groups.names.iter().map(String::as_str).zip(analysis.curves());
    let reference = analysis.reference as usize;
    let others = all().enumerate().filter(move |(place, _)| *place != reference);
    all().skip(reference).take(1).chain(others.map(|(_, group)| group))
}

/// Differences of survival at the years of the setting.
fn differences(analysis: &Analysis<'_>) -> Markup {
    let Some((first_name, first)) = others(analysis).next() else {
        return Markup::default();
    };
    let difference_head = words::difference(&analysis.ci());
    let columns = Columns::new(words::GROUP).numbers([words::YEARS, &difference_head, words::P]);
    let rows = others(analysis).skip(1).flat_map(|(name, curve)| {
        let columns = &columns;
        analysis.settings.at.iter().map(move |&year| {
            let found = difference_at(curve, first, year, analysis.confidence());
            let p = found.ok().and_then(|found| found.test.ok()).map(|test| test.p);
            let difference = difference_text([name, first_name], found);
            columns.row(name, [decimal(year, 2), difference, p_or_dash(p)])
        })
    });
    html! {
        h3 { (words::differences_from(first_name)) }
        (columns.table("fixed", rows))
        (list(last_differences(analysis, first_name, first)))
        p.quiet.key { (words::FIXED_TIME) }
    }
}

/// Whether a group has no variance at one of the years, or to the horizon of the restricted means.
fn lacks_variance(analysis: &Analysis<'_>) -> bool {
    let tau = horizon(analysis);
    analysis.curves().iter().any(|curve| {
        let at = analysis.settings.at.iter().filter(|&&year| curve.is_known_at(year));
        let mut at = at.filter_map(|&year| curve.at(year, analysis.confidence()));
        let mean = tau.and_then(|tau| curve.restricted_mean(tau));
        at.any(|at| at.no_variance.is_some()) || mean.is_some_and(|mean| mean.no_variance.is_some())
    })
}

/// The differences at the last of the years, in sentences.
fn last_differences(analysis: &Analysis<'_>, first_name: &str, first: &SurvivalCurve) -> Vec<String> {
    let line = |(name, curve): (&str, &SurvivalCurve)| {
        let year = analysis.settings.at.last().copied()?;
        let found = difference_at(curve, first, year, analysis.confidence()).ok()?;
        // Where there is no interval the sentence says why.
        let difference = match found.test {
            Ok(_) => with_interval(&found, [name, first_name], points),
            Err(_) => points(found.estimate),
        };
        let test = found.test.map(|test| test.p);
        Some(words::difference_from(name, first_name, year, &difference, test))
    };
    others(analysis).skip(1).filter_map(line).collect()
}

/// The horizon of restricted means: as set, else the last of the years of the setting, at most as long as every group was
/// followed.
pub fn horizon(analysis: &Analysis<'_>) -> Option<f64> {
    let last = |curve: &SurvivalCurve| curve.time().last().copied().unwrap_or_default();
    // A curve that has come to 0 is known from there on.
    let is_open = |curve: &&SurvivalCurve| !curve.is_known_at(f64::INFINITY);
    let open = analysis.curves().iter().filter(is_open).map(last);
    let shortest = open.fold(f64::INFINITY, f64::min);
    let longest = analysis.curves().iter().map(last).fold(0.0, f64::max);
    let wanted = analysis.settings.at.iter().copied().fold(0.0, f64::max);
    let default = if wanted > 0.0 { wanted } else { longest }.min(shortest);
    Some(analysis.settings.tau.unwrap_or(default)).filter(|tau| tau.is_finite() && *tau > 0.0)
}

fn means(analysis: &Analysis<'_>) -> Markup {
    let Some(tau) = horizon(analysis) else {
        return notice(words::NO_HORIZON);
    };
    let means: Vec<_> = others(analysis)
        .map(|(name, curve)| (name, curve.restricted_mean(tau)))
        .collect();
    let (first_name, first) = means.first().map_or(("", None), |(name, mean)| (*name, *mean));
    let ci = analysis.ci();
    let (difference, ratio) = (words::rmst_difference(&ci), curve_results::ratio(&ci));
    let columns =
        Columns::new(words::GROUP).numbers([words::RMST, &difference, words::P, &ratio, curve_results::P_RATIO]);
    let rows = means.iter().enumerate().map(|(index, (name, mean))| {
        let value = mean.map_or_else(|| words::NO_FOLLOW_UP.to_owned(), mean_text);
        if index == 0 {
            let reference = || words::REFERENCE.to_owned();
            return columns.row(name, [value, reference(), String::new(), reference(), String::new()]);
        }
        let found = mean
            .zip(first)
            .map(|(mean, first)| restricted_mean_difference(mean, first, analysis.confidence()));
        let difference = found.map_or_else(String::new, |found| {
            with_interval(&found, [name, first_name], |value| signed(value, 2))
        });
        let p = found.and_then(|found| found.test.ok()).map(|test| test.p);
        let ratio = mean
            .zip(first)
            .and_then(|(mean, first)| restricted_mean_ratio(mean, first, analysis.confidence()));
        let told = ratio.map_or_else(
            || words::NONE.to_owned(),
            |ratio| ratio_text(&ratio, [name, first_name]),
        );
        let p_ratio = ratio.and_then(|ratio| ratio.test.ok()).map(|test| test.p);
        columns.row(name, [value, difference, p_or_dash(p), told, p_or_dash(p_ratio)])
    });
    let carried = means.iter().any(|(_, mean)| mean.is_some_and(|mean| mean.carried_on));
    html! {
        h3 { (words::restricted_means(tau, analysis.endpoint())) }
        (columns.table("means", rows))
        p.quiet.key { (words::RESTRICTED_MEAN) (words::BETWEEN) (curve_results::RATIO) }
        @if carried { (notice(words::CARRIED_ON)) }
    }
}

/// "1.21 (1.02–1.44)", or the ratio with why it has no interval.
fn ratio_text(found: &MeanRatio, [first, second]: [&str; 2]) -> String {
    let why = found.test.err().map(|why| lang::not_tested(why, first, second));
    let behind = why.map_or_else(String::new, |why| words::no_interval_behind(&why));
    mean_ratio_text(found) + &behind
}

/// A ratio of means with its interval, where it has one.
fn mean_ratio_text(found: &MeanRatio) -> String {
    let written = |value: f64| fixed(value, 2);
    let Ok(test) = found.test else {
        return written(found.estimate);
    };
    let [lower, upper] = [test.interval.lower, test.interval.upper].map(written);
    ratio_with(&written(found.estimate), &lower, &upper)
}

/// "3.21 (0.12)", or the mean with why it has no standard error.
fn mean_text(mean: RestrictedMean) -> String {
    let estimate = fixed(mean.estimate, 2);
    match mean.no_variance {
        None => words::mean_with(&estimate, Ok(&fixed(mean.std_err, 2))),
        Some(why) => words::mean_with(&estimate, Err(&lang::no_variance("", why))),
    }
}
