//! The samples of this site, and the banner that stands while one is shown.

use cotside_core::cohort::Nature;
use cotside_views::untyped::{Html, element, plain, text};

/// A sample of this site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// The nine published infants of Severance Hospital.
    Severance,
    /// 120 made-up infants.
    Registry,
}

impl Sample {
    /// The sample with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "severance" => Some(Self::Severance),
            "registry" => Some(Self::Registry),
            _ => None,
        }
    }

    /// What it is called in place of a file's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Severance => "Severance series",
            Self::Registry => "Synthetic registry",
        }
    }

    /// The file that it is.
    pub fn file(self) -> &'static str {
        match self {
            Self::Severance => "severance-follow-up.csv",
            Self::Registry => "synthetic-registry.csv",
        }
    }

    /// What its rows are.
    pub fn nature(self) -> Nature {
        match self {
            Self::Severance => Nature::Example,
            Self::Registry => Nature::Synthetic,
        }
    }

    /// What it is.
    fn banner(self) -> &'static str {
        match self {
            Self::Severance => {
                "nine published infants (Lee et al., Clin Pediatr Hematol Oncol 2011;18:86–91). Months of follow-up are not \
                 printed there: they are computed from the printed ages, and one is placed; the sample's notes say which."
            }
            Self::Registry => {
                "120 infants who do not exist, made by a script from stated parameters. Nothing here is a result."
            }
        }
    }
}

/// The banner; nothing where a person's own file is shown.
pub fn html(sample: Option<Sample>) -> Html {
    let banner = |sample: Sample| {
        let said = element(
            "p",
            &[],
            &[plain("strong", "Example data"), text(&format!(": {}", sample.banner()))],
        );
        element("div", &[("class", "banner"), ("data-testid", "example")], &[said])
    };
    sample.map(banner).unwrap_or_default()
}
