//! The variables of Table 1 and the groups of protocols: what a plan counts, and a site's columns of it.

use super::columns::{Source, coded, dictionary_codes, site};
use super::fault::Fault;
use super::plan::{Covariate, Design};
use crate::shortest;

/// A variable of Table 1.
#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    /// Its name.
    pub name: String,
    /// The cell or level of each patient; `None` where it is not known.
    pub cell: Vec<Option<usize>>,
    /// Number of cells or levels.
    pub cells: usize,
    /// The number of each patient, as the plan codes it; `None` for a variable with levels.
    pub coded: Option<Vec<Option<f64>>>,
    /// True if the numbers are coded by a covariate's constants, so that no value stands out.
    pub is_clipped: bool,
}

/// The groups of a protocol.
#[derive(Debug, Clone, PartialEq)]
pub struct ProtocolColumn {
    /// Code of the protocol.
    pub id: String,
    /// Number of its groups.
    pub groups: usize,
    /// Position among its groups of each patient; `None` for undetermined and not applicable.
    pub group: Vec<Option<usize>>,
}

/// How a variable of Table 1 is counted.
#[derive(Debug, Clone, PartialEq)]
pub enum TableKind {
    /// Between these cuts: from one on to below the next; the last cell has its end.
    Cuts(Vec<f64>),
    /// By these levels.
    Levels(Vec<String>),
}

impl Design {
    /// Returns the variables of Table 1 by name: those of `table1`, the groups, and covariates with levels.
    #[must_use]
    pub fn table_variables(&self) -> Vec<(String, TableKind)> {
        let mut found = std::collections::BTreeMap::new();
        for covariate in &self.covariates {
            if let Covariate::Level {
                name,
                reference,
                levels,
            } = covariate
            {
                let all = [reference].into_iter().chain(levels).cloned().collect();
                found.insert(name.clone(), TableKind::Levels(all));
            }
        }
        for by in self.groups.iter().chain(&self.strata) {
            found.insert(by.field.clone(), TableKind::Levels(by.levels.clone()));
        }
        for (name, cuts) in &self.table1 {
            if !cuts.is_empty() {
                found.insert(name.clone(), TableKind::Cuts(cuts.clone()));
            } else if let (false, Some(codes)) = (found.contains_key(name), dictionary_codes(name)) {
                let codes = codes.iter().map(|&code| code.to_owned()).collect();
                found.insert(name.clone(), TableKind::Levels(codes));
            }
        }
        found.into_iter().collect()
    }
}

impl Source<'_> {
    pub(super) fn table(&self, design: &Design, patient: &[usize]) -> Result<Vec<TableColumn>, Fault> {
        design
            .table_variables()
            .iter()
            .map(|(name, kind)| match kind {
                TableKind::Cuts(cuts) => self.measured(design, name, cuts, patient),
                TableKind::Levels(levels) => {
                    let codes = self.levels_of(name, levels, false)?;
                    Ok(TableColumn {
                        name: name.clone(),
                        cell: patient.iter().map(|&i| codes[i].map(|code| code as usize)).collect(),
                        cells: levels.len(),
                        coded: None,
                        is_clipped: false,
                    })
                }
            })
            .collect()
    }

    fn measured(&self, design: &Design, name: &str, cuts: &[f64], patient: &[usize]) -> Result<TableColumn, Fault> {
        let numbers = self.numbers(name)?;
        let (first, last) = (
            cuts.first().copied().unwrap_or(0.0),
            cuts.last().copied().unwrap_or(0.0),
        );
        let cell = |&i: &usize| {
            let Some(number) = numbers[i] else { return Ok(None) };
            if number < first || number > last {
                let why = format!(
                    "a value lies outside {} to {}; ask for a plan with wider cuts",
                    shortest(first),
                    shortest(last)
                );
                return Err(site(&format!("table1.{name}"), why));
            }
            let position = cuts.iter().rposition(|&cut| cut <= number).unwrap_or_default();
            Ok(Some(position.min(cuts.len().saturating_sub(2))))
        };
        let cell: Result<Vec<_>, Fault> = patient.iter().map(cell).collect();
        let scaled = design.scaled(name);
        let all = match scaled {
            Some((scaled, log)) => coded(&numbers, scaled, log)?,
            None => numbers.clone(),
        };
        Ok(TableColumn {
            name: name.to_owned(),
            cell: cell?,
            cells: cuts.len().saturating_sub(1),
            coded: Some(patient.iter().map(|&i| all[i]).collect()),
            is_clipped: scaled.is_some(),
        })
    }

    pub(super) fn protocols(&self, ids: &[String], patient: &[usize]) -> Result<Vec<ProtocolColumn>, Fault> {
        let one = |id: &String| {
            let found = self.study.protocol(id).ok_or_else(|| {
                site(
                    "protocols",
                    format!("the catalogue has no protocol {id}; correct the plan"),
                )
            })?;
            let group = |&i: &usize| found.position(i).map(|at| at as usize);
            Ok(ProtocolColumn {
                id: id.clone(),
                groups: found.groups.len(),
                group: patient.iter().map(group).collect(),
            })
        };
        ids.iter().map(one).collect()
    }
}
