//! Relapse with death as a competing cause: cumulative incidences, Gray's test, Fine and Gray's model.
//!
//! `cargo run -p cotside-core --example competing_risks`

use cotside_core::survival::{
    Confidence, FollowUp, IncidenceVariance, Labels, cumulative_incidence, fine_gray, gray_test,
};

/// The causes of an event; 0 is none.
const CAUSES: [&str; 2] = ["relapse", "death without relapse"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let years = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    let cause = vec![1, 2, 1, 0, 1, 2, 0, 1, 2, 0];
    let arm = ["a", "b", "a", "a", "a", "b", "a", "b", "b", "b"];

    let follow_up = FollowUp::new(years, cause)?;
    let groups = Labels::of(&arm);
    let curves = cumulative_incidence(&follow_up, &groups, IncidenceVariance::Jackknife)?;
    for (name, curve) in groups.names.iter().zip(&curves) {
        for (place, what) in CAUSES.iter().enumerate() {
            if let Some(found) = curve.at(place, 6.0) {
                println!(
                    "{name}, {what} by 6 years: {:.3}, {:?}",
                    found.estimate,
                    found.spread(Confidence::default())
                );
            }
        }
    }
    let strata = Labels::single(follow_up.len(), "all");
    let test = gray_test(&follow_up, &groups, &strata, 1)?;
    println!(
        "Gray's test of relapse: chi-square {:.3}, P = {:.4}",
        test.chi_square, test.p
    );

    let model = fine_gray(&follow_up, &groups.indicators(), 1)?;
    let z = Confidence::default().z();
    for estimate in model.estimates.iter().flatten() {
        println!("subdistribution hazard ratio of b: {:?}", estimate.hazard_ratio(z));
    }
    Ok(())
}
