//! The words of the teaching example of pooled analyses.

use cotside_core::federated::Sharing;

use super::combine_results::small;

/// What the example is.
pub const EXAMPLE_IS: &str = "Teaching example: 120 simulated infants of four hospitals, A to D. Each step is done here as it would be at \
     four hospitals; nothing leaves this page.";
/// Heading of a step.
pub const STEP_PLAN: &str = "1. The coordinator writes a plan";
/// Heading of a step.
pub const STEP_SITES: &str = "2. Each hospital gives sums";
/// Heading of a step.
pub const STEP_ROUNDS: &str = "3. The coordinator combines, round by round";
/// Heading of a step.
pub const STEP_RESULT: &str = "4. The result beside the fit to all rows";
/// Heading of what the coordinator saw.
pub const COORDINATOR_SAW: &str = "What the coordinator saw of each hospital";
/// The plan of the example.
pub const EXAMPLE_PLAN: &str = "Event-free survival; log10 white cell count, age below 183 days and KMT2A in one Cox model, stratified by \
     hospital. The plan goes to all four hospitals.";
/// Sharing of the example.
pub const EXAMPLE_PER_SITE: &str = "The coordinator sees the sums of each hospital, so strict limits hold at each one.";
/// Sharing of the example.
pub const EXAMPLE_MASKED: &str = "Every number is masked: each hospital adds its own key’s numbers and takes off those of the hospital before, \
     so that they cancel in the total. Even 10 infants can take part.";

/// How sums are shared in the example.
#[must_use]
pub fn example_sharing(sharing: Sharing) -> &'static str {
    match sharing {
        Sharing::Masked => EXAMPLE_MASKED,
        Sharing::PerSite => EXAMPLE_PER_SITE,
    }
}

/// A hospital that gave sums, and why it has no part in the Cox model.
#[must_use]
pub fn example_gave(
    site: &str,
    (n, events): (usize, usize),
    numbers: usize,
    withheld: usize,
    why: Option<&str>,
) -> String {
    let left_out = match withheld {
        0 => String::new(),
        1 => ", 1 item left out".to_owned(),
        many => format!(", {many} items left out"),
    };
    let why = why
        .map(|why| format!(" No part in the Cox model: {why}."))
        .unwrap_or_default();
    format!("{site}: {n} infants, {events} events. Saves {numbers} numbers{left_out}.{why}")
}

/// A hospital without a file.
#[must_use]
pub fn example_refused(site: &str, (n, events): (usize, usize), why: &str) -> String {
    format!("{site}: {n} infants, {events} events. No file: {why}")
}

/// Unfolds the plan.
pub const SHOW_PLAN: &str = "Show the plan";

/// Column.
pub const ROUND: &str = "Round";
/// Column.
pub const DECREMENT: &str = "Newton decrement";
/// Column: the distance to the fit to all rows.
pub const DISTANCE: &str = "Distance to the fit to all rows (SE)";
/// Column.
pub const BOUND: &str = "Bound (SE)";
/// In a cell.
pub const NO_BOUND: &str = "none yet";
/// Column.
pub const COMBINED_HR: &str = "Combined by files";
/// Column.
pub const POOLED_HR: &str = "Fit to all rows of these hospitals";

/// Patients and events of the example's result.
#[must_use]
pub fn example_result(n: u64, events: u64, sites: usize) -> String {
    format!("{n} infants with {events} events at {sites} hospitals.")
}

/// Where both are equal.
#[must_use]
pub fn example_distance(distance: f64) -> String {
    format!(
        "The largest difference between the two is {} standard errors. The fit to all rows stops, as R does, where another round \
         would change it by about 1e-9.",
        small(distance)
    )
}
