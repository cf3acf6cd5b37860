//! Every number of what is asked of curves beside survival at some times, for `numbers.csv`.

use cotside_core::shortest;
use cotside_core::survival::{
    Difference, DifferenceTest, SurvivalCurve, difference_at, restricted_mean_difference, restricted_mean_ratio,
};

use crate::analysis::comparison::{horizon, others};
use crate::analysis::curve_options::{band_of, conditional, conditional_times, hazard_interval, hazard_of, quantiles};
use crate::analysis::numbers::List;
use crate::analysis::selection::Analysis;

/// Quantiles, conditional survival, cumulative hazards, bands; differences and ratios of the groups.
pub fn tell(list: &mut List, analysis: &Analysis<'_>) {
    for (name, curve) in analysis.groups.names.iter().zip(analysis.curves()) {
        of_quantiles(list, analysis, name, curve);
        of_conditional(list, analysis, name, curve);
        of_hazard(list, analysis, name, curve);
        of_band(list, analysis, name, curve);
    }
    differences(list, analysis);
    means(list, analysis);
}

/// The name of a quantity with a part behind it.
fn part(quantity: &str, of: &str) -> String {
    [quantity, of].concat()
}

fn of_quantiles(list: &mut List, analysis: &Analysis<'_>, name: &str, curve: &SurvivalCurve) {
    let percents = &analysis.settings.curve_options.quantiles;
    for (found, &percent) in quantiles(analysis, curve).iter().zip(percents) {
        let values = [("", found.time), ("_lower", found.lower), ("_upper", found.upper)];
        for (end, value) in values.into_iter().filter_map(|(end, value)| Some((end, value?))) {
            list.tell(&part("quantile", end), name, Some(percent), value);
        }
    }
}

fn of_conditional(list: &mut List, analysis: &Analysis<'_>, name: &str, curve: &SurvivalCurve) {
    for (from, to) in conditional_times(analysis) {
        let Some(found) = conditional(analysis, curve, (from, to)) else {
            continue;
        };
        let of = format!("{name} | {}", shortest(from));
        list.tell("conditional_survival", &of, Some(to), found.survival);
        if let Ok((std_err, interval)) = found.spread() {
            list.tell("conditional_survival_se", &of, Some(to), std_err);
            list.interval("conditional_survival", &of, to, interval);
        }
    }
}

fn of_hazard(list: &mut List, analysis: &Analysis<'_>, name: &str, curve: &SurvivalCurve) {
    let steps = hazard_of(analysis, curve);
    for &year in analysis.settings.at.iter().filter(|&&year| curve.is_known_at(year)) {
        let Some(step) = curve.step_at(year).and_then(|step| steps.get(step)) else {
            list.tell("cumulative_hazard", name, Some(year), 0.0);
            continue;
        };
        list.tell("cumulative_hazard", name, Some(year), step.hazard);
        if step.std_err > 0.0 {
            list.tell("cumulative_hazard_se", name, Some(year), step.std_err);
        }
        if let Some((lower, upper)) = hazard_interval(step) {
            list.tell("cumulative_hazard_lower", name, Some(year), lower);
            list.tell("cumulative_hazard_upper", name, Some(year), upper);
        }
    }
}

fn of_band(list: &mut List, analysis: &Analysis<'_>, name: &str, curve: &SurvivalCurve) {
    let Some(band) = band_of(analysis, curve) else {
        return;
    };
    list.tell("band_quantile", name, None, band.quantile);
    for &year in analysis.settings.at.iter().filter(|&&year| curve.is_known_at(year)) {
        let place = curve.step_at(year).and_then(|step| step.checked_sub(band.first));
        if let Some(Some(interval)) = place.and_then(|place| band.intervals.get(place)) {
            list.interval("band", name, year, *interval);
        }
    }
}

fn test(list: &mut List, quantity: &str, of: &str, at: f64, test: DifferenceTest) {
    list.interval(quantity, of, at, test.interval);
    list.tell(&part(quantity, "_p"), of, Some(at), test.p);
}

fn difference(list: &mut List, quantity: &str, of: &str, at: f64, found: &Difference) {
    // What rounding leaves between two equal estimates is no difference.
    let is_rounding = found.estimate.abs() < 1e-12;
    list.tell(quantity, of, Some(at), if is_rounding { 0.0 } else { found.estimate });
    if let Ok(found) = found.test {
        test(list, quantity, of, at, found);
    }
}

/// Differences of survival at the years, from the reference.
fn differences(list: &mut List, analysis: &Analysis<'_>) {
    let Some((_, first)) = others(analysis).next() else {
        return;
    };
    for (name, curve) in others(analysis).skip(1) {
        for &year in &analysis.settings.at {
            if let Ok(found) = difference_at(curve, first, year, analysis.confidence()) {
                difference(list, "survival_difference", name, year, &found);
            }
        }
    }
}

/// Restricted means, with their differences from the reference and ratios to it.
fn means(list: &mut List, analysis: &Analysis<'_>) {
    let Some(tau) = horizon(analysis) else { return };
    let mut reference = None;
    for (place, (name, curve)) in others(analysis).enumerate() {
        let mean = curve.restricted_mean(tau);
        if place == 0 {
            reference = mean;
        }
        let Some(mean) = mean else { continue };
        list.tell("rmst", name, Some(tau), mean.estimate);
        if mean.no_variance.is_none() {
            list.tell("rmst_se", name, Some(tau), mean.std_err);
        }
        let Some(first) = reference.filter(|_| place > 0) else {
            continue;
        };
        let found = restricted_mean_difference(mean, first, analysis.confidence());
        difference(list, "rmst_difference", name, tau, &found);
        if let Some(ratio) = restricted_mean_ratio(mean, first, analysis.confidence()) {
            list.tell("rmst_ratio", name, Some(tau), ratio.estimate);
            if let Ok(found) = ratio.test {
                test(list, "rmst_ratio", name, tau, found);
            }
        }
    }
}
