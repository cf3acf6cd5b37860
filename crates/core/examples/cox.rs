//! Cox's regression with a number and a factor, and the test of proportional hazards.
//!
//! `cargo run -p cotside-core --example cox`

use cotside_core::survival::cox::{Design, Fitted, Model, Ties, TimeScale, fit};
use cotside_core::survival::{FollowUp, Labels};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let years = vec![0.4, 0.9, 1.3, 2.1, 3.0, 3.2, 0.2, 0.5, 0.7, 1.1, 2.4, 4.0];
    let event = vec![1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0];
    let age_months = vec![7.0, 3.0, 5.0, 9.0, 11.0, 8.0, 2.0, 6.0, 1.0, 4.0, 10.0, 3.5];
    let kmt2a = ["germline"; 6].into_iter().chain(["rearranged"; 6]).collect::<Vec<_>>();

    let follow_up = FollowUp::new(years, event)?;
    // The first level, "germline", is the reference.
    let design = Design::new()
        .numeric("age_months", age_months)
        .factor("kmt2a", &Labels::of(&kmt2a))?;
    let model = Model {
        ties: Ties::Efron,
        ..Model::new(&follow_up, &design)
    };
    let found = fit(&model)?;
    for (term, estimate) in design.terms().iter().zip(&found.estimates) {
        match estimate {
            Some(estimate) => println!(
                "{term}: hazard ratio {:?} ({:?} to {:?}), P = {:.3}",
                estimate.hazard_ratio, estimate.lower, estimate.upper, estimate.p
            ),
            // A coefficient that is not finite is never a number; `found.warnings` says why.
            None => println!("{term}: not estimable, {:?}", found.warnings),
        }
    }
    let tested = Fitted::new(&model, &found)?.proportionality(TimeScale::KaplanMeier)?;
    println!("proportional hazards, all variables: P = {:?}", tested.global.p);
    Ok(())
}
