//! `--predict`: values of covariates, and the row of a model's design that they give.

use clap::Args;
use cotside_core::decimal;
use cotside_core::survival::{CovariateScale, RestrictedCubic, cox::Product};

use crate::Refusal;
use crate::analysis::{Common, File};
use crate::flags::present;

/// The flag, as given.
#[derive(Debug, Args)]
pub struct PredictFlag {
    /// Covariates for which to predict: "age=3,wbc=50", in the units of the file; give the flag again for further patients
    #[arg(long, value_name = "COLUMN=VALUE,...", value_parser = present)]
    predict: Vec<String>,
}

/// Values of columns, in the order given.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile(pub Vec<(String, String)>);

impl PredictFlag {
    /// True if nothing is to be predicted.
    pub fn is_empty(&self) -> bool {
        self.predict.is_empty()
    }

    /// Reads the flag with the columns of a file.
    pub fn profiles(&self, common: &Common, file: &File) -> Result<Vec<Profile>, Refusal> {
        let profile = |text: &String| {
            profile(text, |column| file.has(column))
                .map_err(|why| common.refusal(&format!("--predict “{text}”: {why}")))
        };
        self.predict.iter().map(profile).collect()
    }
}

/// Splits a text at its commas; a part that begins with no column belongs to the value before it.
fn profile(text: &str, has: impl Fn(&str) -> bool) -> Result<Profile, String> {
    let mut values: Vec<(String, String)> = Vec::new();
    for part in text.split(',') {
        let mut places = part.match_indices('=').map(|(place, _)| place);
        let place = places.find(|&place| has(part[..place].trim()));
        match (place, values.last_mut()) {
            (Some(place), _) => {
                let (column, value) = (part[..place].trim(), part[place + 1..].trim());
                if values.iter().any(|(known, _)| known == column) {
                    return Err(format!("{column} has two values; give one"));
                }
                values.push((column.to_owned(), value.to_owned()));
            }
            (None, Some((_, value))) => *value = format!("{value},{part}"),
            (None, None) => {
                return Err("it begins with no column of the file and =; give values such as age=3,wbc=50".into());
            }
        }
    }
    match values.iter().find(|(_, value)| value.trim().is_empty()) {
        Some((column, _)) => Err(format!("{column} has no value; give one")),
        None => Ok(Profile(values)),
    }
}

/// What makes the columns of one variable of a design.
#[derive(Debug, Clone)]
pub enum Maker {
    /// A number on a scale; `deviation` is the standard deviation by which it is divided, where it is.
    Number {
        /// Column of the file.
        column: String,
        /// The scale, where there is one.
        scale: Option<CovariateScale>,
        /// The standard deviation of the values used.
        deviation: f64,
    },
    /// A number as a restricted cubic spline.
    Spline {
        /// The number.
        of: Box<Maker>,
        /// Its spline.
        spline: RestrictedCubic,
    },
    /// A level, the first being the reference.
    Level {
        /// Column of the file.
        column: String,
        /// The levels in their order.
        levels: Vec<String>,
    },
}

impl Maker {
    /// The column of the file.
    fn column(&self) -> &str {
        match self {
            Self::Number { column, .. } | Self::Level { column, .. } => column,
            Self::Spline { of, .. } => of.column(),
        }
    }

    /// The values of the variable's columns.
    fn values(&self, value: &str) -> Result<Vec<f64>, String> {
        match self {
            Self::Number {
                column,
                scale,
                deviation,
            } => {
                let number = decimal::parse(value).filter(|number| number.is_finite());
                let number =
                    number.ok_or_else(|| format!("“{value}” of {column} is no number; give one such as 1.5"))?;
                let scaled = match scale {
                    None => Some(number),
                    Some(CovariateScale::Deviation) => Some(number / deviation),
                    Some(scale) => scale.of(&[Some(number)])[0],
                };
                let scaled =
                    scaled.ok_or_else(|| format!("{value} of {column} has no logarithm; give a number above 0"))?;
                Ok(vec![scaled])
            }
            Self::Spline { of, spline } => Ok(spline.basis(of.values(value)?[0])),
            Self::Level { column, levels } => {
                let is_it = |level: &&String| {
                    *level == value || decimal::parse(level).is_some_and(|number| decimal::parse(value) == Some(number))
                };
                if !levels.iter().any(|level| is_it(&level)) {
                    let levels: Vec<String> = levels.iter().map(|level| format!("“{level}”")).collect();
                    return Err(format!(
                        "{column} has no level “{value}”; there are {}",
                        levels.join(", ")
                    ));
                }
                Ok(levels
                    .iter()
                    .skip(1)
                    .map(|level| f64::from(u8::from(is_it(&level))))
                    .collect())
            }
        }
    }
}

/// The row of a design for the values of a profile.
pub fn design_row(makers: &[Maker], products: &[Product], profile: &Profile) -> Result<Vec<f64>, String> {
    let value_of = |column: &str| profile.0.iter().find(|(known, _)| known == column);
    let missing: Vec<&str> = makers
        .iter()
        .map(Maker::column)
        .filter(|column| value_of(column).is_none())
        .collect();
    if !missing.is_empty() {
        return Err(format!("a value is missing for {}; give one", missing.join(", ")));
    }
    let is_used = |column: &String| makers.iter().any(|maker| maker.column() == column);
    if let Some((column, _)) = profile.0.iter().find(|(column, _)| !is_used(column)) {
        return Err(format!("{column} is no covariate of the model; leave it out"));
    }
    let mut variables = Vec::new();
    for maker in makers {
        let (_, value) = value_of(maker.column()).ok_or_else(String::new)?;
        variables.push(maker.values(value)?);
    }
    let mut row: Vec<f64> = variables.concat();
    for product in products {
        let (first, second) = (product.of.min(product.within), product.of.max(product.within));
        for other in &variables[second] {
            row.extend(variables[first].iter().map(|own| own * other));
        }
    }
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(String, String)>, String> {
        profile(text, |column| ["age", "arm", "a=b"].contains(&column)).map(|profile| profile.0)
    }

    #[test]
    fn a_value_may_hold_commas_and_a_column_an_equals_sign() {
        let pairs = |found: &[(&str, &str)]| -> Vec<(String, String)> {
            found.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
        };
        assert_eq!(
            read("age=3, arm=x, y,a=b=2"),
            Ok(pairs(&[("age", "3"), ("arm", "x, y"), ("a=b", "2")]))
        );
        assert!(read("sex=1").is_err_and(|why| why.contains("age=3")));
        assert!(read("age=1,age=2").is_err_and(|why| why.contains("two values")));
        assert!(read("age=").is_err_and(|why| why.contains("no value")));
    }

    #[test]
    fn a_row_is_as_the_design_has_it() {
        let number = |column: &str, scale| Maker::Number {
            column: column.to_owned(),
            scale,
            deviation: 2.0,
        };
        let makers = [
            number("age", Some(CovariateScale::Deviation)),
            Maker::Level {
                column: "arm".to_owned(),
                levels: ["1", "2", "10"].map(str::to_owned).to_vec(),
            },
            number("wbc", Some(CovariateScale::Log2)),
        ];
        let product = Product {
            of: 1,
            within: 0,
            product: 3,
        };
        let profile = |wbc: &str, arm: &str| {
            Profile(vec![
                ("age".to_owned(), "3".to_owned()),
                ("arm".to_owned(), arm.to_owned()),
                ("wbc".to_owned(), wbc.to_owned()),
            ])
        };
        let row = |profile| design_row(&makers, &[product], &profile);
        assert_eq!(row(profile("8", "10.0")), Ok(vec![1.5, 0.0, 1.0, 3.0, 0.0, 1.5]));
        assert!(row(profile("0", "2")).is_err_and(|why| why.contains("above 0")));
        assert!(row(profile("8", "3")).is_err_and(|why| why.contains("“10”")));
        assert!(row(Profile(Vec::new())).is_err_and(|why| why.contains("age, arm, wbc")));
        let mut more = profile("8", "1");
        more.0.push(("sex".to_owned(), "f".to_owned()));
        assert!(row(more).is_err_and(|why| why.contains("sex")));
    }
}
