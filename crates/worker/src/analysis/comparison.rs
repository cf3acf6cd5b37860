//! The groups compared: the rank test of choice, pairs, fixed times, restricted means.

use cotside_core::survival::{
    Confidence, Difference, NoRankTest, NotFollowed, Pair, PermutationMethod, RankTest, SurvivalCurve, difference_at,
    log_rank, pairwise_log_rank, permutation_test, restricted_mean_difference,
};
use cotside_views::untyped::{Html, cell, element, head, list, plain, span, table, text};
use cotside_words::{decimal, en, fixed, signed};

use crate::analysis::hazards::{chi_square, p_cell};
use crate::analysis::selection::Analysis;

/// Up to this many patients the permutation p is given beside the asymptotic one.
const SMALL: usize = 40;
/// Drawn assignments where there are too many to try all.
const REPLICATES: u64 = 100_000;

/// The part; nothing where there is one group.
pub fn html(analysis: &Analysis<'_>) -> Html {
    if !analysis.compares() {
        return Html::default();
    }
    Html::all([
        plain("h2", "The groups compared"),
        ranks(analysis),
        at_times(analysis),
        means(analysis),
        Html::when(lacks_variance(analysis), || span("p", "remark notice", en::NO_VARIANCE)),
    ])
}

/// The rank test with what was observed and expected.
fn ranks(analysis: &Analysis<'_>) -> Html {
    let Some(follow_up) = analysis.follow_up() else {
        return Html::default();
    };
    let weight = analysis.settings.test.weight();
    let found = match log_rank(follow_up, &analysis.groups, None, weight) {
        Ok(found) => found,
        Err(error) => {
            return span(
                "p",
                "remark notice",
                &format!("No test: {}.", en::rank_test_error(error)),
            );
        }
    };
    let test = match found.tested() {
        Ok(test) => test,
        Err(why) => return span("p", "remark notice", &format!("No test: {}.", en::no_rank_test(why))),
    };
    let mut line = en::rank_test(
        weight,
        analysis.endpoint(),
        (follow_up.len(), analysis.events()),
        analysis.without_group,
        &chi_square(test.chi2, test.df as usize, Some(test.p)),
    );
    let scores: Vec<f64> = (0..analysis.groups.len()).map(|group| group as f64).collect();
    let ordered = analysis.is_ordered && analysis.groups.len() > 2;
    if ordered {
        let trend = match found.trend(&scores) {
            Some(trend) => chi_square(trend.chi2, 1, Some(trend.p)),
            None => format!("no test: {}", en::no_rank_test(NoRankTest::NoVariance)),
        };
        line.push_str(&format!(" Trend over the order of the groups: {trend}."));
    }
    if follow_up.len() <= SMALL
        && let Ok(Some(exact)) = permutation_test(follow_up, &analysis.groups, None, weight, REPLICATES, 1)
    {
        let drawn = matches!(exact.method, PermutationMethod::MonteCarlo { .. });
        line.push_str(&en::permutation(exact.p, exact.assignments, drawn));
    }
    Html::all([span("p", "reason", &line), counts(analysis, &found), pairs(analysis)])
}

fn counts(analysis: &Analysis<'_>, found: &RankTest) -> Html {
    let rows = analysis.groups.names.iter().zip(&found.groups).map(|(name, group)| {
        element(
            "tr",
            &[],
            &[
                element("th", &[("scope", "row")], &[text(name)]),
                cell("Patients", "number", &[text(&group.rows.to_string())]),
                cell("Events", "number", &[text(&group.events.to_string())]),
                cell("Observed, weighted", "number", &[text(&fixed(group.observed, 2))]),
                cell("Expected, weighted", "number", &[text(&fixed(group.expected, 2))]),
            ],
        )
    });
    let heads = [
        ("Group", ""),
        ("Patients", "number"),
        ("Events", "number"),
        ("Observed, weighted", "number"),
        ("Expected, weighted", "number"),
    ];
    table("ranks", head(&heads), rows)
}

/// Pairs of more than two groups.
fn pairs(analysis: &Analysis<'_>) -> Html {
    let names = &analysis.groups.names;
    let Some(follow_up) = analysis.follow_up().filter(|_| names.len() > 2) else {
        return Html::default();
    };
    let pairs = match pairwise_log_rank(follow_up, &analysis.groups, None, analysis.settings.test.weight()) {
        Ok(pairs) => pairs,
        Err(error) => {
            let why = format!("No tests of pairs: {}.", en::rank_test_error(error));
            return span("p", "remark notice", &why);
        }
    };
    let name = |group: usize| names.get(group).map_or("", String::as_str);
    let row = |pair: &Pair| {
        let chi2 = match pair.test {
            Ok(test) => fixed(test.chi2, 2),
            Err(why) => format!("no test: {}", en::no_rank_test(why)),
        };
        element(
            "tr",
            &[],
            &[
                element(
                    "th",
                    &[("scope", "row")],
                    &[text(&format!("{} against {}", name(pair.first), name(pair.second)))],
                ),
                cell("χ²", "number", &[text(&chi2)]),
                cell("p", "number", &[text(&p_cell(pair.test.ok().map(|test| test.p)))]),
                cell("p by Holm", "number", &[text(&p_cell(pair.holm_p))]),
            ],
        )
    };
    let heads = [("Pair", ""), ("χ²", "number"), ("p", "number"), ("p by Holm", "number")];
    table("pairs", head(&heads), pairs.iter().map(row))
}

/// "−2.3 (−4 to −0.6)", or the estimate with why it has no interval; `names` are those of the two sides.
pub fn with_interval(found: &Difference, [first, second]: [&str; 2], shown: fn(f64) -> String) -> String {
    let estimate = shown(found.estimate);
    match found.test {
        Ok(test) => {
            let [lower, upper] = [test.interval.lower, test.interval.upper].map(shown);
            format!("{estimate} ({lower} to {upper})")
        }
        Err(why) => format!("{estimate} (no interval: {})", en::not_tested(why, first, second)),
    }
}

/// The difference of two curves at a time in percentage points, with its interval or why there is none.
pub fn difference_text(names: [&str; 2], found: Result<Difference, NotFollowed>) -> String {
    match found {
        Ok(found) => with_interval(&found, names, points),
        Err(why) => en::not_followed(why, names[0], names[1]),
    }
}

/// A difference of shares in percentage points.
pub fn points(share: f64) -> String {
    signed(100.0 * share, 1)
}

/// A row of a difference from the first group.
fn difference_row(labels: [&str; 3], heading: &str, texts: [String; 3]) -> Html {
    let cells = labels
        .iter()
        .zip(&texts)
        .map(|(label, content)| cell(label, "number", &[text(content)]));
    element(
        "tr",
        &[],
        &[element("th", &[("scope", "row")], &[text(heading)]), Html::all(cells)],
    )
}

/// Each group against the first.
fn others<'a>(analysis: &'a Analysis<'_>) -> impl Iterator<Item = (&'a str, &'a SurvivalCurve)> {
    analysis.groups.names.iter().map(String::as_str).zip(analysis.curves())
}

/// Differences of survival at the years that are told.
fn at_times(analysis: &Analysis<'_>) -> Html {
    let confidence = Confidence::default();
    let Some((first_name, first)) = others(analysis).next() else {
        return Html::default();
    };
    let labels = ["Years", "Difference, %", "p"];
    let mut rows = Vec::new();
    for (name, curve) in others(analysis).skip(1) {
        for &year in &analysis.settings.at {
            let found = difference_at(curve, first, year, confidence);
            let p = found.ok().and_then(|found| found.test.ok()).map(|test| test.p);
            let difference = difference_text([name, first_name], found);
            rows.push(difference_row(labels, name, [decimal(year, 2), difference, p_cell(p)]));
        }
    }
    let heads = [
        ("Group", ""),
        ("Years", "number"),
        ("Difference, %", "number"),
        ("p", "number"),
    ];
    Html::all([
        plain("h3", &format!("Less {first_name}, at fixed times")),
        table("fixed", head(&heads), rows),
        list("told", last_differences(analysis, first_name, first)),
        span("p", "quiet key", en::FIXED_TIME),
    ])
}

/// Whether a group has no variance at one of the years, or to the horizon of the restricted means.
fn lacks_variance(analysis: &Analysis<'_>) -> bool {
    let tau = horizon(analysis);
    analysis.curves().iter().any(|curve| {
        let at = analysis.settings.at.iter().filter(|&&year| curve.is_known_at(year));
        let mut at = at.filter_map(|&year| curve.at(year, Confidence::default()));
        let mean = tau.and_then(|tau| curve.restricted_mean(tau));
        at.any(|at| at.no_variance.is_some()) || mean.is_some_and(|mean| mean.no_variance.is_some())
    })
}

/// The differences at the last of the years, in sentences.
fn last_differences(analysis: &Analysis<'_>, first_name: &str, first: &SurvivalCurve) -> Vec<Html> {
    let line = |(name, curve): (&str, &SurvivalCurve)| {
        let year = analysis.settings.at.last().copied()?;
        let found = difference_at(curve, first, year, Confidence::default()).ok()?;
        // Where there is no interval the sentence says why.
        let shown = match found.test {
            Ok(_) => with_interval(&found, [name, first_name], points),
            Err(_) => points(found.estimate),
        };
        let test = found.test.map(|test| test.p);
        Some(text(&en::difference_from(name, first_name, year, &shown, test)))
    };
    others(analysis).skip(1).filter_map(line).collect()
}

/// The horizon of restricted means: as set, else the last of the years that are told, at most as long as every group was
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

fn means(analysis: &Analysis<'_>) -> Html {
    let confidence = Confidence::default();
    let Some(tau) = horizon(analysis) else {
        return span("p", "remark notice", en::NO_HORIZON);
    };
    let means: Vec<_> = others(analysis)
        .map(|(name, curve)| (name, curve.restricted_mean(tau)))
        .collect();
    let (first_name, first) = means.first().map_or(("", None), |(name, mean)| (*name, *mean));
    let labels = ["Mean (SE), years", "Difference, years", "p"];
    let rows = means.iter().enumerate().map(|(index, (name, mean))| {
        let value = mean.map_or_else(
            || "nobody followed".to_owned(),
            |mean| {
                let std_err = match mean.no_variance {
                    None => fixed(mean.std_err, 2),
                    Some(why) => format!("no SE: {}", en::no_variance("", why)),
                };
                format!("{} ({std_err})", fixed(mean.estimate, 2))
            },
        );
        let found = mean.zip(first).filter(|_| index > 0);
        let found = found.map(|(mean, first)| restricted_mean_difference(mean, first, confidence));
        if index == 0 {
            let cells = labels.iter().zip([value.as_str(), "reference", ""]);
            let cells = cells.map(|(label, content)| cell(label, "number", &[text(content)]));
            return element(
                "tr",
                &[],
                &[element("th", &[("scope", "row")], &[text(name)]), Html::all(cells)],
            );
        }
        let difference = found.map_or_else(String::new, |found| {
            with_interval(&found, [name, first_name], |value| signed(value, 2))
        });
        let p = found.and_then(|found| found.test.ok()).map(|test| test.p);
        difference_row(labels, name, [value, difference, p_cell(p)])
    });
    let heads = [
        ("Group", ""),
        (labels[0], "number"),
        (labels[1], "number"),
        (labels[2], "number"),
    ];
    let carried = means.iter().any(|(_, mean)| mean.is_some_and(|mean| mean.carried_on));
    Html::all([
        plain(
            "h3",
            &format!("Mean time without an event in the first {} years", decimal(tau, 2)),
        ),
        table("means", head(&heads), rows),
        span("p", "quiet key", en::RESTRICTED_MEAN),
        Html::when(carried, || span("p", "remark notice", en::CARRIED_ON)),
    ])
}
