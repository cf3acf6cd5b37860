//! What is asked of a cohort.

use cotside_core::cohort::{Endpoint, FailureAt};
use cotside_core::decimal;
use cotside_core::survival::RankWeight;
use std::collections::BTreeMap;

use crate::analysis::comparison::TESTS;
use crate::analysis::look::Look;

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
    pub model: BTreeMap<String, bool>,
    /// `published:<id>`: published estimates over the curve.
    pub published: BTreeMap<String, bool>,
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
    /// Everything else: how figures look.
    pub look: Look,
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
            model: BTreeMap::default(),
            published: BTreeMap::default(),
            firth: false,
            residuals: String::new(),
            from: "interfant-06".to_owned(),
            to: "mll-10".to_owned(),
            test: RankWeight::LogRank,
            tau: None,
            at: vec![1.0, 3.0, 5.0],
            look: Look::default(),
            landmark: 0.5,
        }
    }
}

/// A number of years.
fn years(text: &str) -> Option<f64> {
    let years = decimal::parse(text.trim())?;
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

    /// Whether a variable is in the model of several.
    pub fn is_in_model(&self, id: &str) -> bool {
        self.model.get(id) == Some(&true)
    }

    /// Whether a published estimate stands over the curve.
    pub fn is_over_curve(&self, id: &str) -> bool {
        self.published.get(id) == Some(&true)
    }

    /// Takes a setting by the name of its control; what is not understood leaves it as it is.
    pub fn set(&mut self, name: &str, value: &str) {
        for (prefix, chosen) in [("model:", &mut self.model), ("published:", &mut self.published)] {
            if let Some(id) = name.strip_prefix(prefix)
                && (chosen.get(id).is_some() || value == "yes")
            {
                chosen.insert(id.to_owned(), value == "yes");
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
            "landmark" => {
                self.landmark = years(value).unwrap_or(self.landmark);
            }
            _ => self.look.set(name, value),
        }
    }

    /// The value that the control with this name shows.
    pub fn shown_value(&self, name: &str) -> &'static str {
        match name {
            "failure" => match self.failure_at {
                FailureAt::TimeZero => "zero",
                FailureAt::ItsDate => "date",
            },
            _ => "",
        }
    }
}
