//! The answer of `cotside km` as text for people: first a table of all groups with their medians, as R prints a curve.

use std::fmt::Write as _;

use crate::km::{Bands, ConditionalSurvival, Group, Hazard, KaplanMeierAnswer, Quartile, Step};
use crate::km_pairs::{RmstDifference, RmstRatio, SurvivalDifference};
use crate::people::{self, count, exact, name, p_value, shown, time};

/// Text after a value beyond the end of a curve.
pub const CARRIED_ON: &str = "; the curve ends earlier, its last value was carried on";

/// More comparisons than this are not in the text.
const MOST_LINES: usize = 100;

/// Columns of a group's name have at most this width.
const WIDEST: usize = 40;

/// Behind a difference: whose curves end before the horizon.
fn carried_on_in(groups: &[String]) -> String {
    match groups {
        [] => String::new(),
        _ => format!("; the last value of {} was carried on", groups.join(" and ")),
    }
}

/// All of the answer; every step where `with_steps` says so.
pub fn table(answer: &KaplanMeierAnswer, with_steps: bool) -> String {
    let mut text = format!(
        "n = {}, left out for a missing value: {}\n",
        answer.n, answer.n_excluded
    );
    text.push_str(&answer.not_chosen.line());
    let level = people::level(answer.conf_level);
    let _ = writeln!(text, "Kaplan–Meier, {} intervals of {level} %", answer.conf_type);
    if answer.variance == "robust" {
        text.push_str("a weight has a fraction: robust variance (infinitesimal jackknife), each row one subject\n");
    }
    summary(&mut text, answer, &level);
    for group in &answer.groups {
        of_group(&mut text, group, with_steps);
    }
    comparisons(&mut text, answer, &level);
    text
}

/// Differences and ratios of the groups.
fn comparisons(text: &mut String, answer: &KaplanMeierAnswer, level: &str) {
    let (differences, means) = (&answer.differences, &answer.rmst_differences);
    let lines = differences.len() + means.len();
    if lines > 0 {
        text.push('\n');
    }
    if lines > MOST_LINES {
        let _ = writeln!(
            text,
            "{lines} comparisons of pairs of groups: --json has all, --reference those with one group"
        );
        return;
    }
    for difference in differences {
        survival_difference(text, difference, level);
    }
    for (difference, ratio) in means.iter().zip(&answer.rmst_ratios) {
        mean_difference(text, difference, level);
        mean_ratio(text, ratio, level);
    }
}

/// A row for each group: n, events, median with its interval.
fn summary(text: &mut String, answer: &KaplanMeierAnswer, level: &str) {
    let names: Vec<String> = answer.groups.iter().map(|group| name(&group.group)).collect();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let width = width.clamp(5, WIDEST);
    let _ = writeln!(
        text,
        "\n{:<width$} {:>7} {:>8}  median ({level} % interval)",
        "group", "n", "events"
    );
    for (group, name) in answer.groups.iter().zip(names) {
        let events = count(group.events);
        let median = with_interval(&group.median);
        let _ = writeln!(text, "{name:<width$} {:>7} {events:>8}  {median}", group.n);
    }
}

/// A quantile with its interval.
fn with_interval(found: &Quartile) -> String {
    let reached = |value: Option<f64>| value.map_or_else(|| "not reached".to_owned(), |value| time(Some(value)));
    format!(
        "{} ({} to {})",
        reached(found.time),
        reached(found.lower),
        reached(found.upper)
    )
}

fn of_group(text: &mut String, group: &Group, with_steps: bool) {
    let _ = writeln!(
        text,
        "\n{}: n = {}, events = {}",
        name(&group.group),
        group.n,
        count(group.events)
    );
    if with_steps {
        steps(text, &group.steps);
    }
    at_times(text, group);
    for quantile in &group.quantiles {
        let what = if quantile.p == 0.5 {
            "median".to_owned()
        } else {
            format!("time by which {} % had the event", people::level(quantile.p))
        };
        let _ = writeln!(text, "{what}: {}", with_interval(quantile));
    }
    group.conditional.iter().for_each(|found| conditional(text, found));
    if let Some(mean) = &group.rmst {
        let carried_on = if mean.carried_on { CARRIED_ON } else { "" };
        let std_err = match &mean.no_interval {
            Some(why) => format!("no standard error: {why}"),
            None => format!("std. err. {}", people::number(mean.std_err)),
        };
        let _ = writeln!(
            text,
            "mean to {}: {}, {std_err}{carried_on}",
            exact(mean.tau),
            people::number(mean.estimate)
        );
    }
    if let Some(found) = &group.bands {
        bands(text, found, with_steps);
    }
    if let Some(why) = group.no_bands {
        let _ = writeln!(text, "no band: {why}");
    }
    if let Some(found) = &group.cumulative_hazard {
        hazard(text, found, with_steps);
    }
    let _ = writeln!(text, "median follow-up (reverse Kaplan–Meier): {}", follow_up(group));
}

fn follow_up(group: &Group) -> String {
    let median = &group.median_follow_up;
    with_interval(&Quartile {
        p: 0.5,
        time: median.time,
        lower: median.lower,
        upper: median.upper,
    })
}

fn at_times(text: &mut String, group: &Group) {
    for at in &group.at {
        let interval = match &at.no_interval {
            Some(why) => format!("no interval: {why}"),
            None => format!(
                "std. err. {} ({} to {})",
                shown(at.std_err),
                shown(at.lower),
                shown(at.upper)
            ),
        };
        let carried_on = if at.carried_on { CARRIED_ON } else { "" };
        let _ = writeln!(
            text,
            "at {}: {}, {interval}, at risk {}{carried_on}",
            exact(at.time),
            people::number(at.survival),
            count(at.at_risk)
        );
    }
}

fn conditional(text: &mut String, found: &ConditionalSurvival) {
    let carried_on = if found.carried_on { CARRIED_ON } else { "" };
    let interval = match &found.no_interval {
        Some(why) => format!("no interval: {why}"),
        None => format!(
            "std. err. {} ({} to {})",
            shown(found.std_err),
            shown(found.lower),
            shown(found.upper)
        ),
    };
    let _ = writeln!(
        text,
        "to {} of those without the event at {}: {}, {interval}{carried_on}",
        exact(found.to),
        exact(found.from),
        shown(found.survival)
    );
}

fn bands(text: &mut String, found: &Bands, with_steps: bool) {
    let _ = writeln!(
        text,
        "{} band from {} to {} (quantile {})",
        found.kind,
        exact(found.from),
        exact(found.to),
        people::number(found.quantile)
    );
    if with_steps {
        let _ = writeln!(text, "{:>12} {:>9} {:>9}", "time", "lower", "upper");
        for step in &found.steps {
            let _ = writeln!(
                text,
                "{:>12} {:>9} {:>9}",
                exact(step.time),
                shown(step.lower),
                shown(step.upper)
            );
        }
    } else {
        text.push_str("(its steps: --steps, --json or --csv)\n");
    }
}

fn hazard(text: &mut String, found: &Hazard, with_steps: bool) {
    let estimate = found.estimate;
    for at in &found.at {
        let _ = writeln!(
            text,
            "cumulative hazard ({estimate}) at {}: {}, std. err. {} ({} to {})",
            exact(at.time),
            people::number(at.hazard),
            shown(at.std_err),
            shown(at.lower),
            shown(at.upper)
        );
    }
    if with_steps {
        let _ = writeln!(
            text,
            "cumulative hazard ({estimate})\n{:>12} {:>9} {:>9} {:>9} {:>9}",
            "time", "hazard", "std. err.", "lower", "upper"
        );
        for step in &found.steps {
            let _ = writeln!(
                text,
                "{:>12} {:>9} {:>9} {:>9} {:>9}",
                exact(step.time),
                people::number(step.hazard),
                shown(step.std_err),
                shown(step.lower),
                shown(step.upper)
            );
        }
    } else if found.at.is_empty() {
        let last = found.steps.last().map(|step| step.hazard);
        let _ = writeln!(
            text,
            "cumulative hazard ({estimate}) at the end: {} (its steps: --steps, --json or --csv)",
            shown(last)
        );
    }
}

fn survival_difference(text: &mut String, found: &SurvivalDifference, level: &str) {
    let [first, second] = found.groups.each_ref().map(|group| name(group));
    let at = exact(found.time);
    let _ = match &found.no_test {
        Some(why) => writeln!(
            text,
            "survival at {at}, {first} less {second}: {}, no interval and no p: {}",
            shown(found.estimate),
            name(why)
        ),
        None => {
            let test = found.scale_test.as_ref().map_or_else(String::new, |test| {
                format!("; {} test {}", test.scale, p_value(Some(test.p)))
            });
            writeln!(
                text,
                "survival at {at}, {first} less {second}: {} (plain {level} % interval {} to {}), {}{test}",
                shown(found.estimate),
                shown(found.lower),
                shown(found.upper),
                p_value(found.p)
            )
        }
    };
}

fn mean_difference(text: &mut String, difference: &RmstDifference, level: &str) {
    let [first, second] = difference.groups.each_ref().map(|group| name(group));
    let test = match &difference.no_test {
        Some(why) => format!(", no interval and no p: {}", name(why)),
        None => format!(
            " (plain {level} % interval {} to {}), {} (normal)",
            shown(difference.lower),
            shown(difference.upper),
            p_value(difference.p)
        ),
    };
    let _ = writeln!(
        text,
        "mean of {first} less that of {second}: {}{test}{}",
        people::number(difference.estimate),
        carried_on_in(&difference.carried_on)
    );
}

fn mean_ratio(text: &mut String, ratio: &RmstRatio, level: &str) {
    let [first, second] = ratio.groups.each_ref().map(|group| name(group));
    let test = match &ratio.no_test {
        Some(why) => format!(", no interval and no p: {}", name(why)),
        None => format!(
            " (log {level} % interval {} to {}), {} (normal)",
            people::ratio(ratio.lower),
            people::ratio(ratio.upper),
            p_value(ratio.p)
        ),
    };
    let _ = writeln!(
        text,
        "mean of {first} by that of {second}: {}{test}{}",
        people::ratio(ratio.estimate),
        carried_on_in(&ratio.carried_on)
    );
}

fn steps(text: &mut String, steps: &[Step]) {
    let _ = writeln!(
        text,
        "{:>12} {:>9} {:>8} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "time", "at risk", "events", "censored", "survival", "std. err.", "lower", "upper"
    );
    for step in steps {
        let _ = writeln!(
            text,
            "{:>12} {:>9} {:>8} {:>9} {:>9} {:>9} {:>9} {:>9}",
            exact(step.time),
            count(step.at_risk),
            count(step.events),
            count(step.censored),
            people::number(step.survival),
            shown(step.std_err),
            shown(step.lower),
            shown(step.upper)
        );
    }
}
