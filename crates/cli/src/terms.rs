//! The terms of a regression model: numeric covariates, and factors as one column a level.

use cotside_core::cohort::{CellError, Cells, Expected, Texts, Wanted};
use cotside_core::survival::cox::{Design, OneLevel};

use clap::Args;

use crate::Refusal;
use crate::analysis::{Common, Complete, File, Rows};
use crate::flags::present;
use crate::grouping::labels_of_model;

/// The most columns of a model.
const MOST_TERMS: usize = 100;

/// `--covariates` and `--factor`, as given. A column may be in both lists: then it is a factor.
#[derive(Debug, Args)]
pub struct Terms {
    /// Columns of numbers
    #[arg(long, value_name = "COLUMN", num_args = 1.., value_parser = present)]
    covariates: Vec<String>,
    /// Columns of levels; the first level in sorted order is the reference, or the first of --levels, or that of --reference
    #[arg(long = "factor", value_name = "COLUMN", num_args = 1.., value_parser = present)]
    factors: Vec<String>,
}

/// Columns of the terms, before the rows are known that are used.
pub struct ChosenTerms {
    covariates: Vec<(String, Vec<f64>)>,
    factors: Vec<(String, Texts)>,
}

impl Terms {
    /// Returns the terms with lists split by the names of the file's columns.
    pub fn resolved(&self, file: &File) -> Self {
        Self {
            covariates: file.names(&self.covariates),
            factors: file.names(&self.factors),
        }
    }

    /// The columns that are factors.
    pub fn factors(&self) -> &[String] {
        &self.factors
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.covariates.is_empty() && self.factors.is_empty()
    }

    /// Returns the covariates that are not factors.
    fn numeric(&self) -> impl Iterator<Item = &String> {
        self.covariates.iter().filter(|name| !self.factors.contains(name))
    }

    /// The columns that the flags name.
    pub fn wanted(&self) -> impl Iterator<Item = Wanted<'_>> {
        let numbers = self.numeric().map(|name| (name, Cells::Numbers(Expected::Number)));
        let all = numbers.chain(self.factors.iter().map(|name| (name, Cells::Texts)));
        all.map(|(name, cells)| Wanted { name, cells })
    }

    /// Takes the columns that the flags name.
    pub fn read(&self, common: &Common, rows: &mut Rows<'_>) -> Result<ChosenTerms, Refusal> {
        for (flag, list) in [("covariates", &self.covariates), ("factor", &self.factors)] {
            let mut names: Vec<&String> = list.iter().collect();
            names.sort();
            if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
                return Err(common.refusal(&format!("--{flag} names “{}” twice; name it once", twice[0])));
            }
        }
        if self.covariates.len() + self.factors.len() > MOST_TERMS {
            return Err(common.refusal(&format!("a model has at most {MOST_TERMS} columns")));
        }
        let mut chosen = ChosenTerms {
            covariates: Vec::new(),
            factors: Vec::new(),
        };
        for name in self.numeric() {
            let values = rows.numbers_or_error(name, Expected::Number).map_err(|error| {
                let Refusal(line) = rows.refusal(&error);
                match error {
                    // A column of words is a factor.
                    CellError::BadCell { .. } => Refusal(format!("{line}; or name the column with --factor")),
                    CellError::NoColumn { .. } | CellError::TwoColumns(_) | CellError::Comma { .. } => Refusal(line),
                }
            })?;
            chosen.covariates.push((name.clone(), values));
        }
        for name in &self.factors {
            chosen.factors.push((name.clone(), rows.texts(name)?));
        }
        Ok(chosen)
    }
}

impl ChosenTerms {
    /// The model's columns in the complete rows. The first level of a factor, in sorted order, is the reference, where no
    /// `--reference` names another.
    pub fn design(self, complete: &Complete<'_>) -> Result<Design, Refusal> {
        let mut design = Design::new();
        for (name, column) in self.covariates {
            design = design.numeric(&name, complete.pick(column));
        }
        for (name, column) in &self.factors {
            let labels = labels_of_model(complete, name, column);
            let levels = labels.len();
            if design.len() + levels > MOST_TERMS {
                return Err(complete.table.refusal(&format!(
                    "--factor {name} has {levels} levels; a model has at most {MOST_TERMS} columns"
                )));
            }
            design = design.factor(name, &labels).map_err(|OneLevel| {
                complete
                    .table
                    .refusal(&format!("--factor {name} has one level only; leave it out"))
            })?;
        }
        Ok(design)
    }
}
