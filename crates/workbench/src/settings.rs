//! What is asked of a cohort.

use cotside_core::cohort::{Endpoint, FailureAt};
use cotside_figures::curve::Shown;
use cotside_figures::{PlotOptions, Style, TableForm, TimeUnit};

/// The settings, each with the name of its control.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// `endpoint`: what is timed.
    pub endpoint: Endpoint,
    /// `group`: by what patients are compared: the id of a variable, `protocol:` and the code of one, or nothing.
    pub group: String,
    /// `only`: the level to which the analysis is restricted, `finding:sex=male`, or nothing.
    pub only: String,
    /// `failure`: when induction failure counts.
    pub failure_at: FailureAt,
    /// `at`: years at which survival is told.
    pub at: Vec<f64>,
    /// `unit`: of the time axis.
    pub unit: TimeUnit,
    /// `shown`: which way curves run.
    pub shown: Shown,
    /// `table`: what stands under the axis.
    pub table: TableForm,
    /// `width`: printed size.
    pub style: Style,
    /// `bands`: intervals around curves.
    pub bands: bool,
    /// `landmark`: years, for the analysis of transplants.
    pub landmark: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            endpoint: Endpoint::EventFreeSurvival,
            group: String::new(),
            only: String::new(),
            failure_at: FailureAt::default(),
            at: vec![1.0, 3.0, 5.0],
            unit: TimeUnit::Years,
            shown: Shown::Survival,
            table: TableForm::Kmunicate,
            style: Style::MIDDLE,
            bands: true,
            landmark: 0.5,
        }
    }
}

/// What a setting changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// Who is followed, for how long, in which group: everything.
    Patients,
    /// The parts that tell of these things.
    Times,
    /// The part of this name.
    Part(&'static str),
    /// How figures are drawn.
    Drawing,
}

impl Settings {
    /// What the setting with this name changes.
    pub fn concern(name: &str) -> Concern {
        match name {
            "endpoint" | "group" | "only" | "failure" => Concern::Patients,
            "at" => Concern::Times,
            "landmark" => Concern::Part("transplant"),
            _ => Concern::Drawing,
        }
    }

    /// Takes a setting by the name of its control; what is not understood leaves it as it is.
    pub fn set(&mut self, name: &str, value: &str) {
        match name {
            "endpoint" => self.endpoint = Endpoint::from_code(value).unwrap_or(self.endpoint),
            "group" => value.clone_into(&mut self.group),
            "only" => value.clone_into(&mut self.only),
            "failure" => {
                self.failure_at = if value == "date" {
                    FailureAt::ItsDate
                } else {
                    FailureAt::TimeZero
                }
            }
            "at" => {
                let years: Vec<f64> = value
                    .split([',', ';', ' '])
                    .filter_map(|each| each.trim().parse().ok())
                    .collect();
                self.at = years
                    .into_iter()
                    .filter(|year: &f64| year.is_finite() && *year >= 0.0)
                    .take(8)
                    .collect();
            }
            "unit" => {
                self.unit = if value == "months" {
                    TimeUnit::Months
                } else {
                    TimeUnit::Years
                }
            }
            "shown" => {
                self.shown = if value == "incidence" {
                    Shown::Incidence
                } else {
                    Shown::Survival
                }
            }
            "table" => {
                self.table = match value {
                    "none" => TableForm::None,
                    "at-risk" => TableForm::AtRisk,
                    "events" => TableForm::Events,
                    _ => TableForm::Kmunicate,
                }
            }
            "width" => {
                self.style = match value {
                    "89" => Style::ONE_COLUMN,
                    "183" => Style::TWO_COLUMNS,
                    _ => Style::MIDDLE,
                }
            }
            "bands" => self.bands = value == "yes",
            "landmark" => {
                if let Some(years) = value
                    .trim()
                    .parse()
                    .ok()
                    .filter(|years: &f64| years.is_finite() && *years >= 0.0)
                {
                    self.landmark = years;
                }
            }
            _ => {}
        }
    }

    /// The value that the control with this name shows.
    pub fn shown_value(&self, name: &str) -> &'static str {
        match name {
            "failure" => match self.failure_at {
                FailureAt::TimeZero => "zero",
                FailureAt::ItsDate => "date",
            },
            "unit" => match self.unit {
                TimeUnit::Months => "months",
                TimeUnit::Years => "years",
            },
            "shown" => match self.shown {
                Shown::Incidence => "incidence",
                Shown::Survival => "survival",
            },
            "table" => match self.table {
                TableForm::None => "none",
                TableForm::AtRisk => "at-risk",
                TableForm::Events => "events",
                TableForm::Kmunicate => "kmunicate",
            },
            "width" if self.style == Style::ONE_COLUMN => "89",
            "width" if self.style == Style::TWO_COLUMNS => "183",
            "width" => "120",
            "bands" if self.bands => "yes",
            _ => "no",
        }
    }

    /// How curves are drawn.
    pub fn plot(&self, value_label: &str) -> PlotOptions {
        PlotOptions {
            style: self.style,
            unit: self.unit,
            time_label: match self.unit {
                TimeUnit::Months => "Months",
                TimeUnit::Years => "Years",
            }
            .to_owned(),
            value_label: value_label.to_owned(),
            bands: self.bands,
            table: self.table,
            ..PlotOptions::default()
        }
    }
}
