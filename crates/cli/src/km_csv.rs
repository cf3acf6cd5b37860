//! The steps of the curves of `cotside km` as CSV.

use crate::csv::Csv;
use crate::km::{BandStep, Bands, Group, HazardAt, KaplanMeierAnswer, Step};

/// A row for each step of each curve; what does not exist is empty. The columns of bands and of the cumulative hazard are there
/// where these were asked for.
pub fn steps(answer: &KaplanMeierAnswer) -> String {
    let has_bands = answer.groups.iter().any(|group| group.bands.is_some());
    let has_hazard = answer.groups.iter().any(|group| group.cumulative_hazard.is_some());
    let steps = "group,time,at_risk,events,censored,survival,std_err,lower,upper";
    let bands = has_bands.then_some("band_lower,band_upper");
    let hazard = has_hazard.then_some("cumulative_hazard,hazard_std_err,hazard_lower,hazard_upper");
    let columns = [Some(steps), bands, hazard].into_iter().flatten();
    let mut csv = Csv::new(columns.flat_map(|columns| columns.split(',')));
    for group in &answer.groups {
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
            csv.row(&[&group.group], &cells);
        }
    }
    csv.text()
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
