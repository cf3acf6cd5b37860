//! What is asked of a cohort.

use std::collections::BTreeSet;

use cotside_core::cohort::{Endpoint, FailureAt};
use cotside_core::survival::RankWeight;
use cotside_figures::curve::Shown;

use cotside_figures::{PlotOptions, Style, TableForm, TimeUnit};

use crate::comparison::TESTS;

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
    /// `model:<id of a variable>`: variables that are together in Cox's regression.
    pub model: BTreeSet<String>,
    /// `published:<id>`: published estimates over the curve.
    pub published: BTreeSet<String>,
    /// `firth`: whether Firth's penalty is used where the plain likelihood has no finite maximum.
    pub firth: bool,
    /// `residuals`: the term whose residuals are drawn.
    pub residuals: String,
    /// `from`, `to`: codes of the protocols that are set side by side.
    pub from: String,
    /// See `from`.
    pub to: String,
    /// `test`: the rank test between groups.
    pub test: RankWeight,
    /// `tau`: years to which mean times are restricted; `None` leaves it to the data.
    pub tau: Option<f64>,
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
            model: BTreeSet::new(),
            published: BTreeSet::new(),
            firth: false,
            residuals: String::new(),
            from: "interfant-06".to_owned(),
            to: "mll-10".to_owned(),
            test: RankWeight::LogRank,
            tau: None,
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

/// A number of years.
fn years(text: &str) -> Option<f64> {
    let years: f64 = text.trim().parse().ok()?;
    (years.is_finite() && years >= 0.0).then_some(years)
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
            "from" | "to" => Concern::Part("protocols"),
            "test" | "tau" => Concern::Part("comparison"),
            "landmark" => Concern::Part("transplant"),
            "firth" | "residuals" => Concern::Part("models"),
            _ if name.starts_with("published:") => Concern::Part("curves"),
            _ if name.starts_with("model:") => Concern::Part("models"),
            _ => Concern::Drawing,
        }
    }

    /// Takes a setting by the name of its control; what is not understood leaves it as it is.
    pub fn set(&mut self, name: &str, value: &str) {
        for (prefix, chosen) in [("model:", &mut self.model), ("published:", &mut self.published)] {
            if let Some(id) = name.strip_prefix(prefix) {
                if value == "yes" {
                    chosen.insert(id.to_owned());
                } else {
                    chosen.remove(id);
                }
            }
        }
        match name {
            "endpoint" => self.endpoint = Endpoint::from_code(value).unwrap_or(self.endpoint),
            "group" => value.clone_into(&mut self.group),
            "only" => value.clone_into(&mut self.only),
            "from" => value.clone_into(&mut self.from),
            "test" => {
                let test = TESTS.iter().find(|(code, _)| *code == value);
                self.test = test.map_or(self.test, |(_, weight)| *weight);
            }
            "tau" => self.tau = years(value).filter(|years| *years > 0.0),
            "to" => value.clone_into(&mut self.to),
            "firth" => self.firth = value == "yes",
            "residuals" => value.clone_into(&mut self.residuals),
            "failure" => {
                self.failure_at = if value == "date" {
                    FailureAt::ItsDate
                } else {
                    FailureAt::TimeZero
                }
            }
            "at" => {
                self.at = value.split([',', ';', ' ']).filter_map(years).take(8).collect();
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
                self.landmark = years(value).unwrap_or(self.landmark);
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

    /// The width of figures with columns of numbers, which do not fit beside their labels in a narrow one: that of two
    /// columns of a page, unless one column is asked for.
    pub fn wide(&self) -> Style {
        if self.style == Style::ONE_COLUMN {
            self.style
        } else {
            Style::TWO_COLUMNS
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
