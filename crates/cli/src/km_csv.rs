//! The steps of the curves of `cotside km` as CSV.

use cotside_core::export::quoted_cell;

use crate::km::{BandStep, Bands, Group, HazardAt, KaplanMeierAnswer, Step};
use crate::people::exact;

/// A row for each step of each curve; what does not exist is empty. The columns of bands and of the cumulative hazard are there
/// where these were asked for.
pub fn steps(answer: &KaplanMeierAnswer) -> String {
    let has_bands = answer.groups.iter().any(|group| group.bands.is_some());
    let has_hazard = answer.groups.iter().any(|group| group.cumulative_hazard.is_some());
    let mut text = "group,time,at_risk,events,censored,survival,std_err,lower,upper".to_owned();
    if has_bands {
        text.push_str(",band_lower,band_upper");
    }
    if has_hazard {
        text.push_str(",cumulative_hazard,hazard_std_err,hazard_lower,hazard_upper");
    }
    text.push('\n');
    for group in &answer.groups {
        let name = quoted_cell(&group.group);
        for (place, step) in group.steps.iter().enumerate() {
            let mut cells = of_step(step);
            if has_bands {
                cells.extend(of_band(group, place));
            }
            if has_hazard {
                let hazard = group
                    .cumulative_hazard
                    .as_ref()
                    .and_then(|hazard| hazard.steps.get(place));
                cells.extend(of_hazard(hazard));
            }
            text.push_str(&name);
            for cell in cells {
                text.push(',');
                text.push_str(&cell.map(exact).unwrap_or_default());
            }
            text.push('\n');
        }
    }
    text
}

fn of_step(step: &Step) -> Vec<Option<f64>> {
    let known = [step.time, step.at_risk, step.events, step.censored, step.survival].map(Some);
    known
        .into_iter()
        .chain([step.std_err, step.lower, step.upper])
        .collect()
}

fn of_band(group: &Group, place: usize) -> [Option<f64>; 2] {
    let of = |bands: &Bands| bands.steps.get(place.checked_sub(bands.first)?).copied();
    let found: Option<BandStep> = group.bands.as_ref().and_then(of);
    [found.and_then(|step| step.lower), found.and_then(|step| step.upper)]
}

fn of_hazard(hazard: Option<&HazardAt>) -> [Option<f64>; 4] {
    let of = |value: fn(&HazardAt) -> Option<f64>| hazard.and_then(value);
    [
        of(|step| Some(step.hazard)),
        of(|step| step.std_err),
        of(|step| step.lower),
        of(|step| step.upper),
    ]
}
