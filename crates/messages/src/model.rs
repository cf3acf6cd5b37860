//! How the models of Cox's regression are built, beside which variables are together in one.
//!
//! In a project file: `scale:ID`, `interaction:ID*ID`, `strata:ID`, and a name for each of the others.

use std::collections::{BTreeMap, BTreeSet};

use cotside_core::cohort::{EventKind, TimeUnit};
use cotside_core::survival::CovariateScale;
use cotside_core::survival::cox::Ties;
use serde::{Deserialize, Serialize};

use crate::{Choice, GivenVariable};

choice! {
    /// How events at one time are treated.
    TieMethod {
        /// Efron's.
        Efron = "efron",
        /// Breslow's.
        Breslow = "breslow",
        /// The exact partial likelihood.
        Exact = "exact",
    }
}

choice! {
    /// The unit of a column of delayed entry.
    EntryUnit {
        /// Days.
        Days = "days",
        /// Months of 30.4375 days.
        Months = "months",
        /// Years of 365.25 days.
        Years = "years",
    }
}

choice! {
    /// The number of knots of a restricted cubic spline.
    Knots {
        /// Four.
        Four = "4",
        /// Three.
        Three = "3",
        /// Five.
        Five = "5",
    }
}

/// First remission as the time of entry.
pub const ENTRY_REMISSION: &str = "first_remission_date";
/// Transplantation as the time of entry.
pub const ENTRY_TRANSPLANT: &str = "hsct_date";

/// Two variables of a model whose effects depend on each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Interaction {
    /// The id of the variable whose hazard ratios are told.
    pub of: String,
    /// The id of the variable within whose levels they are told.
    pub within: String,
}

/// How models are built.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ModelOptions {
    /// Scales of numbers by the ids of their variables, where they are not those of the beginning.
    #[serde(with = "scale_codes")]
    pub scales: BTreeMap<String, CovariateScale>,
    /// Interactions; both variables are in the model.
    pub interactions: BTreeSet<Interaction>,
    /// Ids of what the adjusted model is stratified by; several are crossed.
    pub strata: BTreeSet<String>,
    /// From when on patients are at risk: the id of a column, [`ENTRY_REMISSION`], [`ENTRY_TRANSPLANT`], or nothing.
    pub entry: String,
    /// The unit of a column of entry.
    pub entry_unit: EntryUnit,
    /// The id of the column of clusters, or nothing.
    pub cluster: String,
    /// The id of the column of case weights, or nothing.
    pub weights: String,
    /// How ties are treated.
    pub ties: TieMethod,
    /// The code of the cause whose models are shown, or nothing.
    pub cause: String,
    /// The id of the number that is drawn as a spline, or nothing.
    pub spline: String,
    /// How many knots it has.
    pub knots: Knots,
    /// The value with which others are compared there; `None` for the median.
    pub reference: Option<f64>,
}

impl TieMethod {
    /// The same for the engine.
    #[must_use]
    pub fn ties(self) -> Ties {
        match self {
            Self::Efron => Ties::Efron,
            Self::Breslow => Ties::Breslow,
            Self::Exact => Ties::Exact,
        }
    }
}

impl EntryUnit {
    /// The same for the engine.
    #[must_use]
    pub fn unit(self) -> TimeUnit {
        match self {
            Self::Days => TimeUnit::Days,
            Self::Months => TimeUnit::Months,
            Self::Years => TimeUnit::Years,
        }
    }
}

impl Knots {
    /// As a number.
    #[must_use]
    pub fn count(self) -> usize {
        match self {
            Self::Three => 3,
            Self::Four => 4,
            Self::Five => 5,
        }
    }
}

/// Before the id of a variable in the name of its scale.
const SCALE: &str = "scale:";
/// Before the two ids of an interaction.
const INTERACTION: &str = "interaction:";
/// Between them.
const TIMES: char = '*';
/// Before the id of a stratum.
const STRATA: &str = "strata:";

impl ModelOptions {
    /// Takes a setting by its name and value in a project file; whether it is one of these. What is not understood leaves it
    /// as it is.
    #[must_use]
    pub fn takes(&mut self, name: &str, value: &str) -> bool {
        if let Some(id) = name.strip_prefix(SCALE) {
            match CovariateScale::from_code(value) {
                Some(scale) => self.scales.insert(id.to_owned(), scale),
                None => self.scales.remove(id),
            };
        } else if let Some((of, within)) = name.strip_prefix(INTERACTION).and_then(|ids| ids.split_once(TIMES)) {
            let [of, within] = [of, within].map(str::to_owned);
            put(&mut self.interactions, Interaction { of, within }, value == "yes");
        } else if let Some(id) = name.strip_prefix(STRATA) {
            put(&mut self.strata, id.to_owned(), value == "yes");
        } else {
            match name {
                "entry" => value.clone_into(&mut self.entry),
                "entry-unit" => take(&mut self.entry_unit, EntryUnit::from_code(value)),
                "cluster" => value.clone_into(&mut self.cluster),
                "weights" => value.clone_into(&mut self.weights),
                "ties" => take(&mut self.ties, TieMethod::from_code(value)),
                "cause" => {
                    let cause = EventKind::from_code(value).filter(|cause| *cause != EventKind::None);
                    self.cause = cause.map_or_else(String::new, |cause| cause.code().to_owned());
                }
                "spline" => value.clone_into(&mut self.spline),
                "knots" => take(&mut self.knots, Knots::from_code(value)),
                "reference" => self.reference = value.trim().parse().ok().filter(|number: &f64| number.is_finite()),
                _ => return false,
            }
        }
        true
    }

    /// The options that are not as at the beginning, by their names in a project file.
    pub(crate) fn named(&self) -> Vec<(String, String)> {
        let own = Self::default();
        let scales = self
            .scales
            .iter()
            .map(|(id, scale)| ([SCALE, id].concat(), scale.code()));
        let interactions = self.interactions.iter();
        let interactions = interactions.map(|each| format!("{INTERACTION}{}{TIMES}{}", each.of, each.within));
        let strata = self.strata.iter().map(|id| [STRATA, id].concat());
        let ticks = interactions.chain(strata).map(|name| (name, "yes".to_owned()));
        let texts = [
            ("entry", &self.entry),
            ("cluster", &self.cluster),
            ("weights", &self.weights),
            ("cause", &self.cause),
            ("spline", &self.spline),
        ];
        let texts = texts.into_iter().filter(|(_, id)| !id.is_empty());
        let codes = [
            ("entry-unit", self.entry_unit.code(), self.entry_unit != own.entry_unit),
            ("ties", self.ties.code(), self.ties != own.ties),
            ("knots", self.knots.code(), self.knots != own.knots),
        ];
        let codes = codes.into_iter().filter(|(_, _, differs)| *differs);
        let reference = self
            .reference
            .map(|number| ("reference".to_owned(), number.to_string()));
        scales
            .chain(ticks)
            .chain(texts.map(|(name, id)| (name.to_owned(), id.clone())))
            .chain(codes.map(|(name, code, _)| (name.to_owned(), code.to_owned())))
            .chain(reference)
            .collect()
    }

    /// Whether the model of each variable alone is the same with other options: the same rows, weights and scales.
    #[must_use]
    pub fn has_same_rows(&self, other: &Self) -> bool {
        let of = |each: &Self| {
            let own = each.clone();
            (
                own.scales,
                own.entry,
                own.entry_unit,
                own.cluster,
                own.weights,
                own.ties,
            )
        };
        of(self) == of(other)
    }

    /// Leaves out what names a column or variable that is not known.
    pub fn keep(&mut self, is_known: impl Fn(&str) -> bool) {
        self.scales.retain(|id, _| is_known(id));
        self.interactions
            .retain(|pair| is_known(&pair.of) && is_known(&pair.within));
        self.strata.retain(|id| is_known(id));
        let dates = [ENTRY_REMISSION, ENTRY_TRANSPLANT];
        let entry_is_date = dates.contains(&self.entry.as_str());
        let own = [
            (&mut self.entry, entry_is_date),
            (&mut self.cluster, false),
            (&mut self.weights, false),
            (&mut self.spline, false),
        ];
        for (id, stays) in own {
            if !stays && !is_known(id) {
                id.clear();
            }
        }
    }

    /// The ids of columns and variables that the options name.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let pairs = self.interactions.iter().flat_map(|each| [&each.of, &each.within]);
        let one = [&self.entry, &self.cluster, &self.weights, &self.spline];
        let all = self.scales.keys().chain(pairs).chain(&self.strata).chain(one);
        all.map(String::as_str).filter(|id| !id.is_empty())
    }
}

/// Puts a value into a set, or takes it out.
fn put<T: Ord>(set: &mut BTreeSet<T>, value: T, is_in: bool) {
    if is_in {
        set.insert(value);
    } else {
        set.remove(&value);
    }
}

fn take<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// A variable of the models.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelVariable {
    /// Its id.
    pub id: String,
    /// Its name without a scale.
    pub name: String,
    /// The scale of the beginning in words; nothing where it has levels.
    pub scale: Option<String>,
}

/// What can be chosen for the models.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelChoices {
    /// The variables.
    pub variables: Vec<ModelVariable>,
    /// By what a model can be stratified.
    pub strata: Vec<Choice>,
    /// From when on patients can be at risk.
    pub entries: Vec<Choice>,
    /// Columns that can tell clusters.
    pub clusters: Vec<Choice>,
    /// Columns that can hold weights.
    pub weights: Vec<Choice>,
    /// Causes of the events, where there are several.
    pub causes: Vec<Choice>,
    /// The variables of the adjusted model and its strata, whose values a prediction asks for.
    pub given: Vec<GivenVariable>,
}

mod scale_codes {
    use std::collections::BTreeMap;

    use cotside_core::survival::CovariateScale;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(
        scales: &BTreeMap<String, CovariateScale>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let codes: BTreeMap<&String, String> = scales.iter().map(|(id, scale)| (id, scale.code())).collect();
        codes.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<String, CovariateScale>, D::Error> {
        let codes = BTreeMap::<String, String>::deserialize(deserializer)?;
        let scale = |(id, code): (String, String)| {
            let scale = CovariateScale::from_code(&code);
            Ok((
                id,
                scale.ok_or_else(|| serde::de::Error::custom("no scale of this code"))?,
            ))
        };
        codes.into_iter().map(scale).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_changes_nothing() {
        let mut options = ModelOptions::default();
        for (name, value) in [
            ("scale:finding:wbc", "ln"),
            ("interaction:finding:sex", "yes"),
            ("ties", "x"),
            ("knots", "9"),
            ("cause", "none"),
            ("cause", "x"),
            ("reference", "x"),
            ("entry-unit", ""),
        ] {
            let _ = options.takes(name, value);
        }
        assert_eq!(options, ModelOptions::default());
        assert!(!options.takes("width", "89"));
    }

    #[test]
    fn another_file_keeps_what_it_has() {
        let mut options = ModelOptions::default();
        for (name, value) in [
            ("scale:finding:wbc", "log2"),
            ("interaction:finding:wbc*column:4", "yes"),
            ("strata:column:4", "yes"),
            ("entry", "hsct_date"),
            ("cluster", "column:4"),
            ("spline", "finding:wbc"),
            ("ties", "exact"),
        ] {
            assert!(options.takes(name, value));
        }
        options.keep(|id| id.starts_with("finding:"));
        let names: Vec<String> = options.named().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["scale:finding:wbc", "entry", "spline", "ties"]);
    }

    #[test]
    fn rows_change_with_what_they_depend_on() {
        let plain = ModelOptions::default();
        for (name, value, same) in [
            ("entry", "column:3", false),
            ("scale:finding:wbc", "log10", false),
            ("ties", "exact", false),
            ("strata:finding:sex", "yes", true),
            ("spline", "finding:wbc", true),
        ] {
            let mut changed = plain.clone();
            assert!(changed.takes(name, value));
            assert_eq!(plain.has_same_rows(&changed), same, "{name}");
        }
    }
}
