//! Survival of two groups: curves, medians, survival at a time, the log-rank test.
//!
//! `cargo run -p cotside-core --example kaplan_meier`

use cotside_core::survival::{Confidence, FollowUp, Labels, RankWeight, kaplan_meier_by, log_rank};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Years from diagnosis, and whether there was an event (1) or the infant was last seen without one (0).
    let years = vec![0.4, 0.9, 1.3, 2.1, 3.0, 3.2, 0.2, 0.5, 0.7, 1.1, 2.4, 4.0];
    let event = vec![1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0];
    let kmt2a = ["germline"; 6].into_iter().chain(["rearranged"; 6]).collect::<Vec<_>>();

    let follow_up = FollowUp::new(years, event)?;
    let groups = Labels::of(&kmt2a);
    // Intervals as in R's survfit(conf.type = "log-log").
    let confidence = Confidence::default();
    for (name, curve) in groups.names.iter().zip(kaplan_meier_by(&follow_up, &groups)?) {
        let median = curve.quantiles(&[0.5], confidence);
        println!("{name}: median {:?}", median.first().and_then(|found| found.time));
        if let Some(found) = curve.at(2.0, confidence) {
            // Standard error and interval, or the reason why there is no variance.
            println!("  at 2 years {:.3}, {:?}", found.survival, found.spread());
        }
    }
    let test = log_rank(&follow_up, &groups, None, RankWeight::LogRank)?;
    match test.tested() {
        Ok(found) => println!("log-rank: chi-square {:.3}, P = {:.4}", found.chi2, found.p),
        Err(why) => println!("no test: {why:?}"),
    }
    Ok(())
}
