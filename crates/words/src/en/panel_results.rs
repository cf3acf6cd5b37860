//! Words of two figures: endpoints in panels, and the difference of survival over time.

/// Heading.
pub const PANELS: &str = "Endpoints in panels";
/// Where there are none.
pub const NO_PANELS: &str =
    "The endpoints need the dates, or the times and kinds, of relapse and death: here they cannot be told apart.";
/// Behind the caption, where deaths are not known.
pub const NO_OVERALL: &str = " Overall survival is not known.";

/// Label of the axis of survival.
#[must_use]
pub fn survival_axis(is_fraction: bool) -> String {
    with_percent("Survival", is_fraction)
}

/// Label of the axis of incidence.
#[must_use]
pub fn incidence_axis(is_fraction: bool) -> String {
    with_percent("Cumulative incidence", is_fraction)
}

fn with_percent(what: &str, is_fraction: bool) -> String {
    if is_fraction {
        what.to_owned()
    } else {
        format!("{what} (%)")
    }
}

/// For those who cannot see the figure.
#[must_use]
pub fn panels_description(titles: &[&str]) -> String {
    format!("Panels: {}.", titles.join(", "))
}

/// Patients and events of an endpoint.
#[must_use]
pub fn number_of(endpoint: &str, patients: usize, events: usize) -> String {
    format!("{endpoint} (n = {patients}, {events} events)")
}

/// Below the panels.
#[must_use]
pub fn panels_caption(endpoints: &[String]) -> String {
    format!(
        "Kaplan–Meier estimates of {}; Aalen–Johansen estimates of the incidence of each cause.",
        endpoints.join(" and ")
    )
}

/// Behind it, where there are bands.
#[must_use]
pub fn with_intervals(ci: &str) -> String {
    format!(" Bands: pointwise {ci}.")
}

/// Heading of the differences.
#[must_use]
pub fn difference_heading(endpoint: &str) -> String {
    format!("Difference in {endpoint} over time")
}

/// Label of their axis.
pub const DIFFERENCE_AXIS: &str = "Difference (percentage points)";

/// Name of a curve.
#[must_use]
pub fn less(group: &str, reference: &str) -> String {
    format!("{group} − {reference}")
}

/// For those who cannot see the figure.
#[must_use]
pub fn difference_description(endpoint: &str, reference: &str) -> String {
    format!("Difference in {endpoint} from {reference} over time.")
}

/// Below the differences.
#[must_use]
pub fn difference_caption(reference: &str, ci: &str, patients: usize, events: usize) -> String {
    format!(
        "Difference of the Kaplan–Meier estimates from {reference} at each time, in percentage points (n = {patients}, \
         {events} events); bands: pointwise {ci} from the two Greenwood variances. They are no simultaneous band: that the \
         interval excludes 0 at some time is no test of the curves."
    )
}
