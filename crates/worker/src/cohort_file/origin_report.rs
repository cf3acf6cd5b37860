//! Times from a chosen day, for a program: what `cotside import --origin` adds to each patient.

use cotside_core::cohort::{Endpoint, EventKind, Origin, TimeSettings, TimeToEvent};
use cotside_words::en;
use serde::Serialize;
use std::collections::BTreeMap;

use crate::cohort_file::{CohortFile, Report};

/// Times of a patient from a day, to each endpoint that is counted from it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FromOrigin {
    /// The code of the day.
    pub origin: &'static str,
    /// By the code of the endpoint.
    pub endpoints: BTreeMap<&'static str, Followed>,
}

/// A time and how it ended, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Followed {
    /// Days from the origin.
    pub days: Option<f64>,
    /// Whether there was an event.
    pub event: Option<bool>,
    /// The code of the event.
    pub cause: Option<&'static str>,
    /// Why the patient cannot be followed.
    pub not_followed_because: Option<String>,
}

impl CohortFile {
    /// Adds the times from a day to each patient of a report. Times of the file's own count from where the file says and
    /// are not taken.
    pub fn add_times_from(&self, origin: Origin, report: &mut Report) {
        let Some(study) = self.study() else {
            return;
        };
        let dated = origin
            .endpoints()
            .iter()
            .filter(|&&endpoint| endpoint != Endpoint::AsInFile);
        for patient in &mut report.patients {
            patient.from = Some(FromOrigin {
                origin: origin.code(),
                endpoints: BTreeMap::new(),
            });
        }
        for &endpoint in dated {
            let settings = TimeSettings {
                origin: Some(origin),
                ..TimeSettings::default()
            };
            let found = study.follow(endpoint, settings);
            for patient in &mut report.patients {
                let followed = one(&found, patient.row - 1);
                if let Some(from) = &mut patient.from {
                    from.endpoints.insert(endpoint.code(), followed);
                }
            }
        }
    }
}

/// The time of the patient in a row, or why there is none.
fn one(found: &TimeToEvent, row: usize) -> Followed {
    match found.row.binary_search(&row) {
        Ok(place) => {
            let event = found.event.get(place).copied().unwrap_or(EventKind::None);
            Followed {
                days: found.time.get(place).copied(),
                event: Some(event != EventKind::None),
                cause: (event != EventKind::None).then(|| event.code()),
                not_followed_because: None,
            }
        }
        Err(_) => Followed {
            days: None,
            event: None,
            cause: None,
            not_followed_because: found
                .excluded
                .iter()
                .find(|excluded| excluded.row == row)
                .map(|excluded| en::unusable(excluded.why)),
        },
    }
}
