//! From when time is counted: the name of the day, and what an endpoint means from there.

use cotside_core::cohort::{Endpoint, Origin};

use super::cohort::endpoint_name;

/// Name of the setting.
pub const LABEL: &str = "Time from";

/// The day, as it stands after "since" and "from".
#[must_use]
pub const fn name(origin: Origin) -> &'static str {
    match origin {
        Origin::Diagnosis => "diagnosis",
        Origin::FirstRemission => "first remission",
        Origin::Transplant => "transplantation",
        Origin::Relapse => "relapse",
    }
}

/// The time axis; `unit` is a capitalised plural: "Years".
#[must_use]
pub fn time_axis(unit: &str, origin: Origin) -> String {
    format!("{unit} since {}", name(origin))
}

/// Name of an endpoint within a sentence, with the day from which it is counted where that is not the usual one.
#[must_use]
pub const fn endpoint(origin: Origin, endpoint: Endpoint) -> &'static str {
    match (origin, endpoint) {
        (Origin::FirstRemission, Endpoint::OverallSurvival) => "overall survival from first remission",
        (Origin::Transplant, Endpoint::OverallSurvival) => "overall survival from transplantation",
        (Origin::Relapse, Endpoint::OverallSurvival) => "overall survival from relapse",
        (Origin::Transplant, Endpoint::TimeToRelapse) => "survival free of relapse",
        (_, usual) => endpoint_name(usual),
    }
}

/// Name of an endpoint in the list of those of one origin.
#[must_use]
pub const fn listed(origin: Origin, endpoint: Endpoint) -> &'static str {
    match (origin, endpoint) {
        (Origin::FirstRemission, Endpoint::TimeToRelapse) => "relapse and death in remission (competing risks)",
        (Origin::Transplant, Endpoint::TimeToRelapse) => "relapse and non-relapse mortality (competing risks)",
        (_, other) => endpoint_name(other),
    }
}

/// What an endpoint counts, and from when.
#[must_use]
pub const fn definition(origin: Origin, endpoint: Endpoint) -> &'static str {
    match (endpoint, origin) {
        (Endpoint::EventFreeSurvival, _) => {
            "From diagnosis to induction failure, relapse, second malignancy or death of any cause, whichever came first; \
             patients without an event are censored when last seen."
        }
        (Endpoint::OverallSurvival, Origin::Diagnosis) => {
            "From diagnosis to death of any cause; patients alive are censored when last seen."
        }
        (Endpoint::OverallSurvival, Origin::FirstRemission) => {
            "From first remission to death of any cause; patients alive are censored when last seen; only patients in \
             remission."
        }
        (Endpoint::OverallSurvival, Origin::Transplant) => {
            "From transplantation to death of any cause; patients alive are censored when last seen; only transplanted \
             patients."
        }
        (Endpoint::OverallSurvival, Origin::Relapse) => {
            "From first relapse to death of any cause; patients alive are censored when last seen; only patients with a \
             relapse."
        }
        (Endpoint::DiseaseFreeSurvival, _) => {
            "From first remission to relapse, second malignancy or death of any cause, whichever came first; only \
             patients in remission."
        }
        (Endpoint::TimeToRelapse, Origin::Transplant) => {
            "From transplantation to relapse; death without relapse (non-relapse mortality) is the competing event; \
             second malignancy is no event; only transplanted patients."
        }
        (Endpoint::TimeToRelapse, _) => {
            "From first remission to relapse; death in remission and second malignancy are competing events; only \
             patients in remission."
        }
        (Endpoint::AsInFile, _) => "Time and event as the file has them.",
        (Endpoint::LeukaemiaFreeSurvival, _) => {
            "From transplantation to relapse or death of any cause, whichever came first; second malignancy is no event; \
             patients without an event are censored when last seen; only transplanted patients."
        }
        (Endpoint::GvhdFreeRelapseFreeSurvival, _) => {
            "From transplantation to acute GVHD grade III–IV, chronic GVHD that is extensive or requires systemic \
             treatment, relapse or death of any cause, whichever came first; patients without an event are censored when \
             last seen; only transplanted patients."
        }
    }
}

/// Over the reasons why patients are not followed.
#[must_use]
pub fn not_followed(origin: Origin) -> String {
    format!("Not followed from {}:", name(origin))
}

/// Behind the caption of a figure.
#[must_use]
pub fn caption(origin: Origin) -> String {
    let only = match origin {
        Origin::Diagnosis => "",
        Origin::FirstRemission => "; only patients in remission",
        Origin::Transplant => "; only transplanted patients",
        Origin::Relapse => "; only patients with a relapse",
    };
    format!(" Time from {}{only}.", name(origin))
}

/// Why nobody can be followed from a day, in the list of days.
#[must_use]
pub fn not_offered(name: &str, why: &str) -> String {
    format!("{name} (nobody: {why})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_definition_says_from_when() {
        for (origin, endpoint) in Origin::with_endpoints() {
            let told = definition(origin, endpoint);
            let expected = match (origin, endpoint) {
                (_, Endpoint::AsInFile) => "Time and event".to_owned(),
                (Origin::Relapse, _) => "From first relapse".to_owned(),
                _ => format!("From {}", name(origin)),
            };
            assert!(told.starts_with(&expected), "{told}");
        }
        assert_eq!(time_axis("Years", Origin::Transplant), "Years since transplantation");
        assert_eq!(
            endpoint(Origin::Transplant, Endpoint::OverallSurvival),
            "overall survival from transplantation"
        );
        assert_eq!(
            endpoint(Origin::Diagnosis, Endpoint::OverallSurvival),
            "overall survival"
        );
    }
}
