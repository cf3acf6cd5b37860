//! Curves as CSV: a row for each point, with all digits; what does not exist is empty.

use std::collections::BTreeMap;

use cotside_core::export::{quoted_cell, row};

use crate::people::exact;

/// A table of curves.
pub struct Csv(String);

impl Csv {
    /// A table with this header.
    pub fn new<T: AsRef<str>>(header: impl IntoIterator<Item = T>) -> Self {
        Self(row(header) + "\n")
    }

    /// A row: names, which are quoted so that none is read as a missing value, then numbers.
    pub fn row(&mut self, names: &[&str], numbers: &[Option<f64>]) {
        let names = names.iter().map(|name| quoted_cell(name));
        let numbers = numbers.iter().map(|number| number.map(exact).unwrap_or_default());
        let cells: Vec<String> = names.chain(numbers).collect();
        self.0.push_str(&cells.join(","));
        self.0.push('\n');
    }

    /// The text of the table.
    pub fn text(self) -> String {
        self.0
    }
}

/// A curve that a model predicts: for whom, in which stratum, and its points.
pub struct PredictedCurve<'a> {
    /// Values of the covariates by their columns.
    pub covariates: &'a BTreeMap<String, String>,
    /// The stratum, of a model with strata.
    pub stratum: Option<&'a str>,
    /// Points.
    pub points: Vec<PredictedPoint>,
}

/// A point of a predicted curve: time, estimate, standard error and limits; and 1 where follow-up ends earlier, so that the last
/// value is carried forward, else 0.
pub type PredictedPoint = [Option<f64>; 6];

/// Predicted curves, with a column for each covariate, and one for the stratum where there are strata.
pub fn predictions(estimate: &str, curves: &[PredictedCurve<'_>]) -> String {
    let covariates = curves
        .iter()
        .flat_map(|curve| curve.covariates.keys().map(String::as_str));
    let mut columns: Vec<&str> = covariates.collect();
    columns.sort_unstable();
    columns.dedup();
    let has_strata = curves.iter().any(|curve| curve.stratum.is_some());
    let stratum = has_strata.then_some("stratum");
    let numbers = ["time", estimate, "std_err", "lower", "upper", "carried_on"];
    let mut csv = Csv::new(columns.iter().copied().chain(stratum).chain(numbers));
    for curve in curves {
        let values = columns
            .iter()
            .map(|column| curve.covariates.get(*column).map_or("", String::as_str));
        let stratum = has_strata.then(|| curve.stratum.unwrap_or_default());
        let names: Vec<&str> = values.chain(stratum).collect();
        curve.points.iter().for_each(|point| csv.row(&names, point));
    }
    csv.text()
}

/// 1 or 0, as a column of a table has yes and no.
pub fn flag(is: bool) -> Option<f64> {
    Some(f64::from(u8::from(is)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_and_numbers_have_all_digits() {
        let covariates = |age: &str| BTreeMap::from([("age, years".to_owned(), age.to_owned())]);
        let (young, old) = (covariates("0.5"), covariates("NA"));
        let point = [Some(1.0 / 3.0), Some(1e-7), Some(0.0), None, Some(1.0), flag(true)];
        let curve = |covariates, stratum| PredictedCurve {
            covariates,
            stratum,
            points: vec![point],
        };
        assert_eq!(
            predictions("survival", &[curve(&young, Some("a\"b")), curve(&old, None)]),
            "\"age, years\",stratum,time,survival,std_err,lower,upper,carried_on\n\
             \"0.5\",\"a\"\"b\",0.3333333333333333,1e-7,0,,1,1\n\
             \"NA\",\"\",0.3333333333333333,1e-7,0,,1,1\n"
        );
    }
}
