//! The patients of a site as the columns that a plan asks for. What does not fit is refused and named, never guessed.

use super::fault::{Fault, Why};
use super::merges::Merges;
use super::plan::{Covariate, Design, GroupBy, Scaled, Selection};
use super::site::cell_of;
use super::table_columns::{ProtocolColumn, TableColumn};
use crate::cohort::{Endpoint, EventKind, Origin, Study, TimeSettings, TimeUnit, Values};
use crate::decimal;
use crate::infant::{Field, Kind};
use crate::protocols::RULES_VERSION;
use crate::survival::{FollowUp, Labels, cox};

/// The patients of a site who are analysed, column by column; all columns are equally long.
#[derive(Debug, Clone)]
pub struct Rows {
    /// Position of each patient in the study.
    pub patient: Vec<usize>,
    /// Time, number of the cause (0 for none), entry and weight.
    pub follow_up: FollowUp,
    /// The plan's group of each patient; one group where there are none.
    pub groups: Labels,
    /// The plan's stratum of each patient.
    pub strata: Labels,
    /// The plan's covariates, one column a coefficient.
    pub design: cox::Design,
    /// Known part of the linear predictor of each patient.
    pub offset: Option<Vec<f64>>,
    /// The variables of Table 1.
    pub table: Vec<TableColumn>,
    /// Groups of protocols.
    pub protocols: Vec<ProtocolColumn>,
    /// Patients of the selection who are left out: a value that is used is not known.
    pub excluded: u64,
    /// The site ends follow-up here: who is followed on counts as such, not as withdrawn.
    pub end: Option<f64>,
    /// Levels that the site takes together.
    pub merged: Merges,
}

/// A column of numbers with its name; `None` where a value is not known.
type NamedColumn = (String, Vec<Option<f64>>);

/// Where faults are reported.
const PLAN: &str = "plan";

pub(super) fn site(field: &str, why: String) -> Fault {
    Fault::new(PLAN, field, Why::Site(why))
}

impl Rows {
    /// Reads the columns of a plan's design from a study; with the groups of protocols in it, where the plan uses them.
    ///
    /// # Errors
    /// A [`Fault`] that names the variable: no such variable, another unit, a level that the plan does not know, an
    /// event of a kind that it does not count, or nobody left.
    pub fn of(design: &Design, study: &Study) -> Result<Self, Fault> {
        check_catalogue(design)?;
        let source = Source { study };
        let is_in = source.selected(&design.selection)?;
        let followed = source.followed(design)?;
        let n = study.row.len();
        let mut known: Vec<bool> = followed.iter().map(Option::is_some).collect();
        let mut need = |values: Vec<bool>| known.iter_mut().zip(values).for_each(|(known, is)| *known &= is);
        let is_some = |values: &[Option<f64>]| values.iter().map(Option::is_some).collect::<Vec<_>>();
        let mut columns: Vec<NamedColumn> = Vec::new();
        for covariate in &design.covariates {
            let found = source.covariate(covariate)?;
            found.iter().for_each(|(_, values)| need(is_some(values)));
            columns.extend(found);
        }
        let groups = match &design.groups {
            Some(by) => Some(source.levels_of(&by.field, &by.levels, true)?),
            None => None,
        };
        groups
            .iter()
            .for_each(|codes| need(codes.iter().map(Option::is_some).collect()));
        let mut strata = Vec::new();
        for by in &design.strata {
            let codes = source.levels_of(&by.field, &by.levels, true)?;
            need(codes.iter().map(Option::is_some).collect());
            strata.push((by, codes));
        }
        let mut numbers = |field: &Option<String>| -> Result<Option<Vec<Option<f64>>>, Fault> {
            let Some(field) = field else { return Ok(None) };
            let values = source.numbers(field)?;
            need(is_some(&values));
            Ok(Some(values))
        };
        let entry = numbers(&design.entry)?;
        let weight = numbers(&design.weights)?;
        let offset = numbers(&design.offset)?;
        let patient: Vec<usize> = (0..n).filter(|&i| is_in[i] == Some(true) && known[i]).collect();
        let wanted = (0..n).filter(|&i| is_in[i] != Some(false)).count();
        if patient.is_empty() {
            return Err(site(
                "selection",
                "no patient of this file is left; look at the conditions and the variables".into(),
            ));
        }
        let pick = |values: &[Option<f64>]| -> Vec<f64> { patient.iter().filter_map(|&i| values[i]).collect() };
        let mut cox_design = cox::Design::new();
        for (name, values) in &columns {
            cox_design = cox_design.numeric(name, pick(values));
        }
        let (time, cause): (Vec<f64>, Vec<u32>) = patient.iter().filter_map(|&i| followed[i]).unzip();
        let follow_up = match &entry {
            None => FollowUp::new(time, cause),
            Some(entry) => FollowUp::with_entry(pick(entry), time, cause),
        };
        let mut follow_up =
            follow_up.map_err(|error| site("endpoint", format!("{error}; correct the times of this file")))?;
        if let (Some(weight), Some(field)) = (&weight, &design.weights) {
            follow_up = follow_up
                .weighted(pick(weight))
                .map_err(|error| site(field, format!("{error}; correct the weights of this file")))?;
        }
        Ok(Self {
            follow_up,
            groups: labels(design.groups.as_ref(), groups.as_deref(), &patient),
            strata: crossed(&strata, &patient),
            design: cox_design,
            offset: offset.as_deref().map(pick),
            table: source.table(design, &patient)?,
            protocols: source.protocols(&design.protocols, &patient)?,
            excluded: (wanted - patient.len()) as u64,
            end: None,
            merged: Merges::new(),
            patient,
        })
    }

    /// Returns the number of patients.
    #[must_use]
    pub fn len(&self) -> usize {
        self.patient.len()
    }

    /// The cell of a patient's time among the ends of cells; the number of cells where it is later, or where the patient is
    /// followed on at the end that the site chose.
    pub(super) fn cell(&self, ends: &[f64], row: usize) -> usize {
        let (time, event) = (self.follow_up.time()[row], self.follow_up.event()[row]);
        if event == 0 && self.end.is_some_and(|end| time >= end) {
            return ends.len();
        }
        cell_of(ends, time)
    }

    /// Never true: a site without patients is refused.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.patient.is_empty()
    }
}

fn check_catalogue(design: &Design) -> Result<(), Fault> {
    let fields = design.groups.iter().chain(&design.strata).map(|by| by.field.as_str());
    let uses_rules = !design.protocols.is_empty() || fields.into_iter().any(|field| field.starts_with("protocol:"));
    if uses_rules && design.catalogue != RULES_VERSION {
        let why = format!(
            "the plan has rules {}, this program {RULES_VERSION}; use the program with the plan's rules, or ask for a plan with these",
            design.catalogue
        );
        return Err(site("catalogue", why));
    }
    Ok(())
}

fn labels(by: Option<&GroupBy>, codes: Option<&[Option<u32>]>, patient: &[usize]) -> Labels {
    match (by, codes) {
        (Some(by), Some(codes)) => Labels {
            names: by.levels.clone(),
            codes: patient.iter().filter_map(|&i| codes[i]).collect(),
        },
        _ => Labels::single(patient.len(), "all"),
    }
}

/// One stratum for each combination of levels.
fn crossed(strata: &[(&GroupBy, Vec<Option<u32>>)], patient: &[usize]) -> Labels {
    let mut all = Labels::single(patient.len(), "");
    for (by, codes) in strata {
        let levels = by.levels.len() as u32;
        for (code, &i) in all.codes.iter_mut().zip(patient) {
            *code = *code * levels + codes[i].unwrap_or_default();
        }
        let names = all.names.iter();
        all.names = names
            .flat_map(|name| by.levels.iter().map(move |level| format!("{name}/{level}")))
            .collect();
    }
    all
}

pub(super) struct Source<'a> {
    pub(super) study: &'a Study,
}

impl Source<'_> {
    fn variable(&self, field: &str) -> Result<&Values, Fault> {
        let found = self.study.variables.iter().find(|variable| variable.name == field);
        found.map(|variable| &variable.values).ok_or_else(|| {
            site(
                field,
                "this file has no such variable, or none with a known value; give it a column of this name or meaning"
                    .into(),
            )
        })
    }

    /// The numbers of a variable, one a patient.
    pub(super) fn numbers(&self, field: &str) -> Result<Vec<Option<f64>>, Fault> {
        match self.variable(field)? {
            Values::Numbers(numbers) => Ok(numbers.clone()),
            values @ Values::Levels { .. } => (0..self.study.row.len())
                .map(|patient| {
                    let text = values.text(patient);
                    match decimal::parse(&text) {
                        _ if text.is_empty() => Ok(None),
                        Some(number) => Ok(Some(number)),
                        None => Err(site(
                            field,
                            format!("“{text}” is not a number; the plan takes it as one"),
                        )),
                    }
                })
                .collect(),
        }
    }

    /// Positions among the plan's levels. A level that the plan does not know is left out (`None`) where the data dictionary
    /// has it, and refused in a column of the file.
    pub(super) fn levels_of(&self, field: &str, levels: &[String], is_whole: bool) -> Result<Vec<Option<u32>>, Fault> {
        let position = |text: &str| levels.iter().position(|level| level == text).map(|at| at as u32);
        let n = self.study.row.len();
        if let Some(id) = field.strip_prefix("protocol:") {
            let groups = self.study.protocol(id).ok_or_else(|| {
                site(
                    field,
                    "the catalogue has no such protocol; `cotside protocols` lists them".into(),
                )
            })?;
            if let Some(level) = levels.iter().find(|level| !groups.groups.contains(level)) {
                return Err(site(field, format!("the protocol has no group {level}")));
            }
            return Ok((0..n).map(|patient| position(groups.group(patient)?)).collect());
        }
        let known = dictionary_codes(field);
        if let Some(level) = levels
            .iter()
            .find(|level| known.is_some_and(|known| !known.contains(&level.as_str())))
        {
            return Err(site(
                field,
                format!("the data dictionary has no level {level}; correct the plan"),
            ));
        }
        let values = self.variable(field)?;
        let mut codes = Vec::with_capacity(n);
        for patient in 0..n {
            let text = values.text(patient);
            let code = position(&text);
            if code.is_none() && !text.is_empty() && known.is_none() && is_whole {
                let why = format!(
                    "this file has “{text}”, the plan knows {}; use the plan's words in the file, or ask for a plan with this level",
                    levels.join(", ")
                );
                return Err(site(field, why));
            }
            codes.push(code);
        }
        Ok(codes)
    }

    fn selected(&self, selection: &[Selection]) -> Result<Vec<Option<bool>>, Fault> {
        let n = self.study.row.len();
        let mut is_in = vec![Some(true); n];
        // Kleene: one condition that is not met decides, whatever the others are.
        let mut and = |answers: Vec<Option<bool>>| {
            for (all, one) in is_in.iter_mut().zip(answers) {
                *all = match (*all, one) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                };
            }
        };
        for condition in selection {
            if condition.at_least.is_some() || condition.below.is_some() {
                let numbers = self.numbers(&condition.field)?;
                let answer = |number: &Option<f64>| {
                    let number = (*number)?;
                    let above = condition.at_least.is_none_or(|limit| number >= limit);
                    Some(above && condition.below.is_none_or(|limit| number < limit))
                };
                and(numbers.iter().map(answer).collect());
            }
            if let Some(levels) = &condition.is {
                let values = self.variable(&condition.field)?;
                let answer = |patient: usize| {
                    let text = values.text(patient);
                    (!text.is_empty()).then(|| levels.contains(&text))
                };
                and((0..n).map(answer).collect());
            }
        }
        Ok(is_in)
    }

    /// Time and number of the cause of each patient, cut off at the plan's horizon; `None` without a time.
    fn followed(&self, design: &Design) -> Result<Vec<Option<(f64, u32)>>, Fault> {
        let plan = &design.endpoint;
        let wrong = |field: &str, what: &str| site(field, format!("no such code: {what}; correct the plan"));
        let endpoint = Endpoint::from_code(&plan.id).ok_or_else(|| wrong("endpoint.id", &plan.id))?;
        let origin = Origin::from_code(&design.origin).ok_or_else(|| wrong("origin", &design.origin))?;
        if !origin.offers(endpoint) {
            return Err(site(
                "endpoint.id",
                format!("{} is not counted from {}; correct the plan", plan.id, design.origin),
            ));
        }
        let unit = time_unit(&design.time_unit).ok_or_else(|| wrong("time_unit", &design.time_unit))?;
        let kinds: Option<Vec<EventKind>> = plan.causes.iter().map(|code| EventKind::from_code(code)).collect();
        let kinds = kinds.ok_or_else(|| wrong("endpoint.causes", &plan.causes.join(", ")))?;
        let settings = TimeSettings {
            unit,
            origin: Some(origin),
            ..TimeSettings::default()
        };
        let found = self.study.follow(endpoint, settings);
        let mut followed = vec![None; self.study.row.len()];
        for ((&patient, &time), &event) in found.patient.iter().zip(&found.time).zip(&found.event) {
            let is_cut = plan.horizon.is_some_and(|horizon| time > horizon);
            let cause = match kinds.iter().position(|&kind| kind == event) {
                _ if is_cut || event == EventKind::None => 0,
                Some(position) => position as u32 + 1,
                None => {
                    let why = format!(
                        "this file has events of the kind {}, which the plan does not count; ask for a plan with this cause",
                        event.code()
                    );
                    return Err(site("endpoint.causes", why));
                }
            };
            let time = plan.horizon.map_or(time, |horizon| time.min(horizon));
            followed[patient] = Some((time, cause));
        }
        if followed.iter().all(Option::is_none) {
            return Err(site(
                "endpoint",
                format!("no patient of this file has a time to {}", plan.id),
            ));
        }
        Ok(followed)
    }

    fn covariate(&self, covariate: &Covariate) -> Result<Vec<NamedColumn>, Fault> {
        let names = covariate.columns();
        let values = match covariate {
            Covariate::Identity(scaled) | Covariate::Log10(scaled) => {
                check_unit(&scaled.name, scaled.unit.as_deref())?;
                let log = matches!(covariate, Covariate::Log10(_));
                vec![coded(&self.numbers(&scaled.name)?, scaled, log)?]
            }
            Covariate::Below { name, cut, unit } => {
                check_unit(name, unit.as_deref())?;
                let numbers = self.numbers(name)?;
                let below = |number: &Option<f64>| number.map(|number| f64::from(u8::from(number < *cut)));
                vec![numbers.iter().map(below).collect()]
            }
            Covariate::Level {
                name,
                reference,
                levels,
            } => {
                let all: Vec<String> = [reference].into_iter().chain(levels).cloned().collect();
                let codes = self.levels_of(name, &all, true)?;
                let column = |level: usize| {
                    let is = |code: &Option<u32>| code.map(|code| f64::from(u8::from(code as usize == level)));
                    codes.iter().map(is).collect()
                };
                (1..=levels.len()).map(column).collect()
            }
        };
        Ok(names.into_iter().zip(values).collect())
    }
}

/// (clip(f(v), lo, hi) − centre)/scale.
pub(super) fn coded(numbers: &[Option<f64>], scaled: &Scaled, log: bool) -> Result<Vec<Option<f64>>, Fault> {
    let code = |number: &Option<f64>| {
        let Some(number) = *number else { return Ok(None) };
        if log && number < 0.0 {
            return Err(site(
                &scaled.name,
                "a value below 0 has no logarithm; correct the file".into(),
            ));
        }
        // The logarithm of 0 is −∞, which is set to the lowest value.
        let value = if log { libm::log10(number) } else { number };
        Ok(Some((value.clamp(scaled.lo, scaled.hi) - scaled.centre) / scaled.scale))
    };
    numbers.iter().map(code).collect()
}

/// The codes of a field of the data dictionary; `None` for a column of the file.
pub(super) fn dictionary_codes(field: &str) -> Option<&'static [&'static str]> {
    let found = Field::ALL.iter().find(|known| known.column() == field)?;
    match found.kind() {
        Kind::Code(codes) => Some(codes),
        _ => None,
    }
}

/// Refuses another unit than the data dictionary's; of a column of the file the unit is not known.
fn check_unit(field: &str, unit: Option<&str>) -> Result<(), Fault> {
    let Some(unit) = unit else { return Ok(()) };
    let Some(known) = Field::ALL.iter().find(|known| known.column() == field) else {
        return Ok(());
    };
    let own = match known.kind() {
        Kind::Number { unit, .. } => unit,
        Kind::Fraction => "fraction",
        _ => return Ok(()),
    };
    // A plan is plain text: `1e9/L`, `day`, `/uL`.
    let plain = |unit: &str| {
        unit.replace("10⁹", "1e9")
            .replace('µ', "u")
            .trim_end_matches('s')
            .to_owned()
    };
    if plain(unit) == plain(own) {
        return Ok(());
    }
    Err(site(
        field,
        format!("the plan has the unit {unit}, the data dictionary {own}; ask for a plan in this unit"),
    ))
}

/// The unit of time with a plan's code.
pub(super) fn time_unit(code: &str) -> Option<TimeUnit> {
    match code {
        "day" => Some(TimeUnit::Days),
        "week" => Some(TimeUnit::Weeks),
        "month" => Some(TimeUnit::Months),
        "year" => Some(TimeUnit::Years),
        _ => None,
    }
}
