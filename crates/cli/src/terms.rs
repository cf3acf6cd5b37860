//! The terms of a regression model: numeric covariates, and factors as one column a level.

use cotside_core::cohort::{Cells, Expected, Texts, Wanted};
use cotside_core::survival::cox::{Design, OneLevel};

use lexopt::ValueExt as _;

use crate::Refusal;
use crate::analysis::{Common, Complete, Rows, comma_list};

/// The most columns of a model.
const MOST_TERMS: usize = 100;

/// `--covariates` and `--factor`, as given. A column may stand in both lists: it is a factor then.
#[derive(Debug, Default)]
pub struct Terms {
    covariates: Vec<String>,
    factors: Vec<String>,
}

/// Columns of the terms, before the rows are known that are used.
pub struct ChosenTerms {
    covariates: Vec<(String, Vec<f64>)>,
    factors: Vec<(String, Texts)>,
}

impl Terms {
    /// Reads the value of the long flag `name` where it names terms; `false` where it does not.
    pub fn accept(&mut self, name: &str, parser: &mut lexopt::Parser) -> Result<bool, Refusal> {
        let list = match name {
            "covariates" => &mut self.covariates,
            "factor" => &mut self.factors,
            _ => return Ok(false),
        };
        // Several columns may follow one flag.
        for value in parser.values()? {
            list.extend(comma_list(&value.string()?));
        }
        Ok(true)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.covariates.is_empty() && self.factors.is_empty()
    }

    /// Covariates that are no factors.
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
            let values = rows.numbers(name, Expected::Number).map_err(|Refusal(line)| {
                // A column of words is a factor.
                let remedy = if line.contains("is not accepted") {
                    "; or name the column with --factor"
                } else {
                    ""
                };
                Refusal(format!("{line}{remedy}"))
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
    /// The model's columns in the complete rows. The first level of a factor, in sorted order, is the reference.
    pub fn design(self, complete: &Complete) -> Result<Design, Refusal> {
        let mut design = Design::new();
        for (name, column) in self.covariates {
            design = design.numeric(&name, complete.pick(column));
        }
        for (name, column) in &self.factors {
            let labels = complete.labels(column);
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
