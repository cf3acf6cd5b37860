//! From when time is counted, as a setting, and which endpoints go with it.

use cotside_core::cohort::{Endpoint, Origin};

use crate::Settings;

impl Settings {
    /// Counts time from another day; an endpoint that is not counted from there gives way to the usual one.
    pub fn set_origin(&mut self, origin: Origin) {
        self.origin = origin;
        if !origin.offers(self.endpoint) {
            self.endpoint = origin.endpoints().first().copied().unwrap_or(self.endpoint);
        }
    }

    /// Chooses another endpoint; where it is not counted from the present origin, its usual one is taken. Project files
    /// without an origin are read so.
    pub fn set_endpoint(&mut self, endpoint: Endpoint) {
        self.endpoint = endpoint;
        if !self.origin.offers(endpoint) {
            self.origin = Origin::of(endpoint);
        }
    }
}

/// An origin as its code.
pub(crate) mod code {
    use cotside_core::cohort::Origin;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(origin: &Origin, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(origin.code())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Origin, D::Error> {
        let code = String::deserialize(deserializer)?;
        Origin::from_code(&code).ok_or_else(|| serde::de::Error::custom("no origin of this code"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_project_reads_as_it_was_meant() {
        let mut settings = Settings::default();
        settings.read("endpoint", "dfs");
        assert_eq!(
            (settings.origin, settings.endpoint),
            (Origin::FirstRemission, Endpoint::DiseaseFreeSurvival)
        );
        let named: Vec<_> = settings.named();
        let mut again = Settings::default();
        for (name, value) in &named {
            again.read(name, value);
        }
        assert_eq!(again, settings);
    }

    #[test]
    fn origin_and_endpoint_fit_each_other_in_any_order() {
        for (origin, endpoint) in Origin::with_endpoints() {
            let mut settings = Settings::default();
            settings.read("origin", origin.code());
            settings.read("endpoint", endpoint.code());
            assert_eq!((settings.origin, settings.endpoint), (origin, endpoint));
            for other in Origin::ALL {
                settings.set_origin(*other);
                assert!(settings.origin.offers(settings.endpoint));
            }
        }
        let mut settings = Settings::default();
        settings.read("origin", "birth");
        assert_eq!(settings, Settings::default());
    }
}
