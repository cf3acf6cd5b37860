//! The samples of this site, and the banner that stands while one is shown.

use cotside_core::cohort::Nature;
use cotside_words::en;
use cotside_words::lang::cohort_file as words;
use maud::{Markup, html};

/// A sample of this site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// The nine published infants of Severance Hospital.
    Severance,
    /// 120 simulated infants.
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

    /// What it is called in place of a file's name, on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Severance => words::SEVERANCE,
            Self::Registry => words::REGISTRY,
        }
    }

    /// What it is called in files that are saved.
    pub fn printed_name(self) -> &'static str {
        match self {
            Self::Severance => en::cohort_file::SEVERANCE,
            Self::Registry => en::cohort_file::REGISTRY,
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
            Self::Severance => words::SEVERANCE_IS,
            Self::Registry => words::REGISTRY_IS,
        }
    }
}

/// The banner; nothing where a person's own file is shown.
pub fn html(sample: Option<Sample>) -> Markup {
    html! {
        @if let Some(sample) = sample {
            div.banner data-testid="example" { p { strong { (words::EXAMPLE) } (words::EXAMPLE_IS) (sample.banner()) } }
        }
    }
}
