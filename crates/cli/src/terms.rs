//! The terms of a regression model: numeric covariates on their scales, factors as one column a level, interactions, a spline.

use std::collections::BTreeMap;

use cotside_core::cohort::{CellError, Cells, Expected, Texts, Wanted};
use cotside_core::survival::cox::{Design, OneLevel, Product};
use cotside_core::survival::{CovariateScale, RestrictedCubic, quantile, standard_deviation};
use cotside_words::en::model_results::no_spline;

use clap::Args;

use crate::Refusal;
use crate::analysis::{Common, Complete, File, Rows};
use crate::flags::present;
use crate::grouping::labels_of_model;
use crate::people::{name, number};
use crate::predict::{Maker, Profile, design_row};

/// The most columns of a model.
const MOST_TERMS: usize = 100;

/// Degrees of freedom of a spline that names none.
const USUAL_DF: usize = 3;

/// `--covariates`, `--factor`, `--scale`, `--interaction` and `--spline`, as given. A column may be in the first two lists:
/// then it is a factor.
#[derive(Debug, Args)]
pub struct Terms {
    /// Columns of numbers
    #[arg(long, value_name = "COLUMN", num_args = 1.., value_parser = present)]
    covariates: Vec<String>,
    /// Columns of levels; the first level in sorted order is the reference, or the first of --levels, or that of --reference
    #[arg(long = "factor", value_name = "COLUMN", num_args = 1.., value_parser = present)]
    factors: Vec<String>,
    /// What one unit of a covariate is: COLUMN=per:10, =log2 (doubling), =log10, or =sd (of the complete rows)
    #[arg(long = "scale", value_name = "COLUMN=SCALE", value_parser = present)]
    scales: Vec<String>,
    /// Two covariates or factors whose effects depend on each other
    #[arg(long = "interaction", value_name = "COLUMN:COLUMN", value_parser = present)]
    interactions: Vec<String>,
    /// A covariate as a restricted cubic spline of DF + 1 knots at Harrell's quantiles; DF is 2, 3 (the default) or 4
    #[arg(long, value_name = "COLUMN[:DF]", value_parser = present)]
    spline: Option<String>,
}

/// The terms with the names of the file's columns.
#[derive(Debug)]
pub struct Resolved {
    covariates: Vec<String>,
    factors: Vec<String>,
    scales: Vec<(String, CovariateScale)>,
    interactions: Vec<[String; 2]>,
    spline: Option<(String, usize)>,
}

/// Columns of the terms, before the rows are known that are used.
pub struct ChosenTerms {
    covariates: Vec<(String, Vec<f64>)>,
    factors: Vec<(String, Texts)>,
    terms: Resolved,
}

/// A spline of a design.
pub struct Splined {
    /// The column.
    pub column: String,
    /// The spline.
    pub spline: RestrictedCubic,
    /// The median of the values, which is the reference of its ratios.
    pub median: f64,
    /// The smallest and the largest value.
    pub range: [f64; 2],
    /// Its position among the variables of the design.
    pub variable: usize,
}

/// The columns of a model with what was asked of them.
pub struct TermDesign {
    /// The columns.
    pub design: Design,
    /// The interactions.
    pub products: Vec<Product>,
    /// The spline.
    pub spline: Option<Splined>,
    /// Reference levels of the factors, by their positions among the variables of the design.
    pub references: BTreeMap<usize, String>,
    /// What makes the columns of each variable but the interactions.
    makers: Vec<Maker>,
}

impl TermDesign {
    /// Returns the row of the design for values of the covariates, or what is wrong with them.
    pub fn row_of(&self, profile: &Profile) -> Result<Vec<f64>, String> {
        design_row(&self.makers, &self.products, profile)
    }
}

/// The knots of a spline, for an answer.
#[derive(Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Knots {
    column: String,
    knots: Vec<f64>,
}

impl Splined {
    /// Its knots.
    pub fn knots(&self) -> Knots {
        Knots {
            column: self.column.clone(),
            knots: self.spline.knots().to_vec(),
        }
    }
}

impl Knots {
    /// The knots as a line.
    pub fn line(&self) -> String {
        let knots: Vec<String> = self.knots.iter().copied().map(number).collect();
        format!("spline of {}: knots {}\n", name(&self.column), knots.join(", "))
    }
}

impl Terms {
    /// Returns the terms with lists split by the names of the file's columns.
    pub fn resolved(&self, common: &Common, file: &File) -> Result<Resolved, Refusal> {
        let (covariates, factors) = (file.names(&self.covariates), file.names(&self.factors));
        let refuse = |what: String| Err(common.refusal(&what));
        let spline = match &self.spline {
            None => None,
            Some(given) => match spline_of(given, file) {
                Ok(spline) => Some(spline),
                Err(what) => return refuse(what),
            },
        };
        let is_number = |name: &String| covariates.contains(name) && !factors.contains(name);
        let mut scales = Vec::new();
        for given in self.scales.iter().flat_map(|given| listed(given, is_scale)) {
            let Some((column, code)) = given.rsplit_once('=') else {
                return refuse(format!(
                    "--scale {given} names no scale; give one such as --scale wbc=log2"
                ));
            };
            let column = column.trim().to_owned();
            let Some(scale) = CovariateScale::from_code(code) else {
                return refuse(format!(
                    "--scale {given}: “{code}” is no scale; give per: with a number above 0, log2, log10 or sd"
                ));
            };
            if !is_number(&column) {
                return refuse(format!(
                    "--scale {given}: name “{column}” with --covariates too, as it has numbers"
                ));
            }
            if scales.iter().any(|(known, _)| *known == column) {
                return refuse(format!("--scale names “{column}” twice; name it once"));
            }
            scales.push((column, scale));
        }
        let is_term = |name: &str| covariates.iter().chain(&factors).any(|each| each == name);
        let mut interactions: Vec<[String; 2]> = Vec::new();
        let is_pair = |part: &str| pair_of(part, &is_term).is_some();
        for given in self.interactions.iter().flat_map(|given| listed(given, is_pair)) {
            let Some((first, second)) = pair_of(given, &is_term) else {
                return refuse(format!(
                    "--interaction {given}: give two columns of --covariates or --factor, such as --interaction age:arm"
                ));
            };
            if first == second {
                return refuse(format!(
                    "--interaction {given}: a column does not interact with itself; name two"
                ));
            }
            if spline
                .as_ref()
                .is_some_and(|(column, _)| [first, second].contains(&column.as_str()))
            {
                return refuse(format!(
                    "--interaction {given}: a spline has no one ratio to tell; leave --spline or --interaction out"
                ));
            }
            let pair = [first.to_owned(), second.to_owned()];
            let swapped = [second.to_owned(), first.to_owned()];
            if interactions.contains(&pair) || interactions.contains(&swapped) {
                return refuse(format!("--interaction names “{given}” twice; name it once"));
            }
            interactions.push(pair);
        }
        if let Some((column, _)) = spline.as_ref().filter(|(column, _)| factors.contains(column)) {
            return refuse(format!(
                "--spline {column}: the column is a factor; a spline needs numbers"
            ));
        }
        Ok(Resolved {
            covariates,
            factors,
            scales,
            interactions,
            spline,
        })
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.covariates.is_empty() && self.factors.is_empty() && self.spline.is_none()
    }
}

/// Whether a text is a column with a scale.
fn is_scale(text: &str) -> bool {
    text.rsplit_once('=')
        .is_some_and(|(_, code)| CovariateScale::from_code(code).is_some())
}

/// Two columns with a colon between; a name may have one too.
fn pair_of<'a>(text: &'a str, is_term: &impl Fn(&str) -> bool) -> Option<(&'a str, &'a str)> {
    let splits = text
        .match_indices(':')
        .map(|(at, _)| (text[..at].trim(), text[at + 1..].trim()));
    splits
        .into_iter()
        .find(|(first, second)| is_term(first) && is_term(second))
}

/// The parts of a list with commas where each is of the kind, else the whole: a comma may belong to a name.
fn listed(text: &str, is_of_kind: impl Fn(&str) -> bool) -> Vec<&str> {
    let parts: Vec<&str> = text.split(',').collect();
    if parts.iter().all(|part| is_of_kind(part)) {
        parts
    } else {
        vec![text]
    }
}

/// A column with degrees of freedom. A name that the header has is never split.
fn spline_of(given: &str, file: &File) -> Result<(String, usize), String> {
    let split = given.rsplit_once(':').filter(|_| !file.has(given));
    let Some((column, df)) = split else {
        return Ok((given.trim().to_owned(), USUAL_DF));
    };
    match df.trim().parse() {
        Ok(df) if (2..=4).contains(&df) => Ok((column.trim().to_owned(), df)),
        _ => Err(format!(
            "--spline {given}: “{df}” is not accepted; give 2, 3 or 4 degrees of freedom, such as --spline age:3"
        )),
    }
}

impl Resolved {
    /// All columns.
    pub fn columns(&self) -> impl Iterator<Item = &String> {
        self.numeric().chain(&self.factors)
    }

    /// Whether a column enters as a number.
    pub fn is_number(&self, column: &str) -> bool {
        self.numeric().any(|each| each == column)
    }

    /// The columns that are factors.
    pub fn factors(&self) -> &[String] {
        &self.factors
    }

    /// Returns the columns of numbers: the covariates that are not factors, and that of the spline.
    fn numeric(&self) -> impl Iterator<Item = &String> {
        let splined = self.spline.iter().map(|(column, _)| column);
        let splined = splined.filter(|column| !self.covariates.contains(column));
        self.covariates
            .iter()
            .filter(|name| !self.factors.contains(name))
            .chain(splined)
    }

    /// The columns that the flags name.
    pub fn wanted(&self) -> impl Iterator<Item = Wanted<'_>> {
        let numbers = self.numeric().map(|name| (name, Cells::Numbers(Expected::Number)));
        let all = numbers.chain(self.factors.iter().map(|name| (name, Cells::Texts)));
        all.map(|(name, cells)| Wanted { name, cells })
    }

    /// Takes the columns that the flags name.
    pub fn read(self, common: &Common, rows: &mut Rows<'_>) -> Result<ChosenTerms, Refusal> {
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
        let (mut covariates, mut factors) = (Vec::new(), Vec::new());
        for name in self.numeric() {
            let values = rows.numbers_or_error(name, Expected::Number).map_err(|error| {
                let Refusal(line) = rows.refusal(&error);
                match error {
                    // A column of words is a factor.
                    CellError::BadCell { .. } => Refusal(format!("{line}; or name the column with --factor")),
                    CellError::NoColumn { .. } | CellError::TwoColumns(_) | CellError::Comma { .. } => Refusal(line),
                }
            })?;
            covariates.push((name.clone(), values));
        }
        for name in &self.factors {
            factors.push((name.clone(), rows.texts(name)?));
        }
        Ok(ChosenTerms {
            covariates,
            factors,
            terms: self,
        })
    }
}

impl ChosenTerms {
    /// The model's columns in the complete rows. The first level of a factor, in sorted order, is the reference, where no
    /// `--reference` names another.
    pub fn design(self, complete: &Complete<'_>) -> Result<TermDesign, Refusal> {
        let (mut design, mut spline, mut references) = (Design::new(), None, BTreeMap::new());
        // The variables of the design by their columns of the file.
        let mut known: Vec<String> = Vec::new();
        let mut makers: Vec<Maker> = Vec::new();
        for (name, column) in self.covariates {
            let values = complete.pick(column);
            let scale = self.terms.scales.iter().find(|(column, _)| *column == name);
            let all: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
            let maker = Maker::Number {
                column: name.clone(),
                scale: scale.map(|(_, scale)| *scale),
                deviation: standard_deviation(&all).unwrap_or(1.0),
            };
            let (shown, values) = match scale {
                Some((_, scale)) => (scaled_name(&name, *scale), scaled(complete, &name, values, *scale)?),
                None => (name.clone(), values),
            };
            let splined = self.terms.spline.as_ref().filter(|(column, _)| *column == name);
            design = match splined {
                None => {
                    makers.push(maker);
                    design.numeric(&shown, values)
                }
                Some((_, df)) => {
                    let refuse = |error| {
                        complete
                            .table
                            .refusal(&format!("--spline {name}: {}", no_spline(error)))
                    };
                    let knots = RestrictedCubic::at_quantiles(&values, df + 1).map_err(refuse)?;
                    let added = design.spline(&shown, &knots, &values);
                    makers.push(Maker::Spline {
                        of: Box::new(maker),
                        spline: knots.clone(),
                    });
                    let mut ascending = values;
                    ascending.sort_by(f64::total_cmp);
                    spline = Some(Splined {
                        column: shown.clone(),
                        spline: knots,
                        median: quantile(&ascending, 0.5).unwrap_or_default(),
                        range: [ascending.first(), ascending.last()].map(|end| end.copied().unwrap_or_default()),
                        variable: known.len(),
                    });
                    added
                }
            };
            known.push(name);
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
            references.extend(labels.names.first().map(|first| (known.len(), first.clone())));
            makers.push(Maker::Level {
                column: name.clone(),
                levels: labels.names.clone(),
            });
            known.push(name.clone());
        }
        let mut products = Vec::new();
        for pair in &self.terms.interactions {
            let place = |name: &String| known.iter().position(|each| each == name);
            if let [Some(of), Some(within)] = [&pair[0], &pair[1]].map(place) {
                products.push(Product {
                    of,
                    within,
                    product: design.variables().len(),
                });
                design = design.interaction(of, within);
            }
            if design.len() > MOST_TERMS {
                return Err(complete.table.refusal(&format!(
                    "--interaction {}:{}: a model has at most {MOST_TERMS} columns",
                    pair[0], pair[1]
                )));
            }
        }
        Ok(TermDesign {
            design,
            products,
            spline,
            references,
            makers,
        })
    }
}

/// The name of a covariate on a scale: `log2(wbc)`, `age_days per 30.4375`.
fn scaled_name(name: &str, scale: CovariateScale) -> String {
    match scale {
        CovariateScale::Per(unit) => format!("{name} per {unit}"),
        CovariateScale::Log2 => format!("log2({name})"),
        CovariateScale::Log10 => format!("log10({name})"),
        CovariateScale::Deviation => format!("{name} per SD"),
    }
}

/// The values on a scale; a value without a logarithm is refused, and not left out in silence.
fn scaled(complete: &Complete, name: &str, values: Vec<f64>, scale: CovariateScale) -> Result<Vec<f64>, Refusal> {
    let known: Vec<Option<f64>> = values.into_iter().map(Some).collect();
    let found = scale.of(&known);
    match found.iter().position(Option::is_none) {
        None => Ok(found.into_iter().flatten().collect()),
        Some(_) if scale == CovariateScale::Deviation => Err(complete.table.refusal(&format!(
            "--scale {name}=sd: all values are the same; leave the column out"
        ))),
        Some(row) => {
            let why = format!(
                "--scale {name}={}: a number that is not above 0 has no logarithm; use per:1 or leave the row's cell empty",
                scale.code()
            );
            Err(complete.table.row_refusal(complete.row(row), name, &why))
        }
    }
}
