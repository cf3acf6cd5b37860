//! The covariates of a model as columns of numbers.

use crate::survival::{Labels, RestrictedCubic};

/// The meaning of one coefficient: a numeric column, or one level of a factor against the reference level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Name of the variable in the data.
    pub column: String,
    /// The level that is compared with the reference level; `None` for a numeric variable.
    pub level: Option<String>,
}

impl core::fmt::Display for Term {
    /// Writes `column`, or `column=level` for a factor.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match &self.level {
            None => f.write_str(&self.column),
            Some(level) => write!(f, "{}={level}", self.column),
        }
    }
}

/// Covariates of n rows, column by column, in the order in which they were added.
///
/// A factor of k levels takes k − 1 columns of 0 and 1; the first level of its [`Labels`] is the reference.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Design {
    terms: Vec<Term>,
    columns: Vec<Vec<f64>>,
    /// The variable (numeric column or factor) to which each column belongs.
    variable: Vec<usize>,
    /// The two columns of which each column is the product.
    product: Vec<Option<[usize; 2]>>,
    variables: Vec<String>,
}

/// A factor that has fewer than two levels: there is nothing to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a factor of fewer than two levels")]
pub struct OneLevel;

impl Design {
    /// Returns a design without covariates.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a numeric covariate, one value for each row.
    ///
    /// ```
    /// use cotside_core::survival::cox::Design;
    ///
    /// let design = Design::new().numeric("age", vec![30.0, 90.0]).numeric("marrow", vec![1.0, 0.0]);
    /// assert_eq!((design.len(), design.columns()[0].as_slice()), (2, &[30.0, 90.0][..]));
    /// ```
    #[must_use]
    pub fn numeric(mut self, column: &str, values: Vec<f64>) -> Self {
        self.push(column, None, values);
        self.variables.push(column.to_owned());
        self
    }

    /// Adds a factor as indicator columns, one for each level but the first (the reference level).
    ///
    /// ```
    /// use cotside_core::survival::{Labels, cox::Design};
    ///
    /// // The first name, "AFF1", is the reference level.
    /// let partner = Labels::of(&["MLLT1", "AFF1", "MLLT3", "AFF1"]);
    /// let design = Design::new().factor("partner", &partner).unwrap();
    /// assert_eq!(design.terms().iter().map(ToString::to_string).collect::<Vec<_>>(), ["partner=MLLT1", "partner=MLLT3"]);
    /// assert_eq!(design.columns(), [vec![1.0, 0.0, 0.0, 0.0], vec![0.0, 0.0, 1.0, 0.0]]);
    /// ```
    ///
    /// # Errors
    /// [`OneLevel`] where the labels have fewer than two names.
    pub fn factor(mut self, column: &str, labels: &Labels) -> Result<Self, OneLevel> {
        if labels.len() < 2 {
            return Err(OneLevel);
        }
        for (level, indicator) in labels.names.iter().skip(1).zip(labels.indicators()) {
            self.push(column, Some(level), indicator);
        }
        self.variables.push(column.to_owned());
        Ok(self)
    }

    /// Adds a covariate as a restricted cubic spline: one variable of k − 1 columns, `age`, `age'`, `age''` …, the first of
    /// which is the value itself.
    ///
    /// ```
    /// use cotside_core::survival::{RestrictedCubic, cox::Design};
    ///
    /// let spline = RestrictedCubic::new(vec![0.0, 1.0, 2.0]).unwrap();
    /// let design = Design::new().spline("age", &spline, &[0.0, 1.0, 2.0]);
    /// assert_eq!(design.terms().iter().map(ToString::to_string).collect::<Vec<_>>(), ["age", "age'"]);
    /// assert_eq!((design.variables().len(), &design.columns()[1][..]), (1, &[0.0, 0.25, 1.5][..]));
    /// ```
    #[must_use]
    pub fn spline(mut self, column: &str, spline: &RestrictedCubic, values: &[f64]) -> Self {
        let rows: Vec<Vec<f64>> = values.iter().map(|&value| spline.basis(value)).collect();
        let mut name = column.to_owned();
        for function in 0..spline.knots().len() - 1 {
            let values = rows.iter().filter_map(|row| row.get(function).copied());
            self.push(&name, None, values.collect());
            name.push('\'');
        }
        self.variables.push(column.to_owned());
        self
    }

    /// Adds the interaction of two variables of the design (positions in [`Self::variables`]): the product of each pair of
    /// their columns, those of the variable that comes first in the design changing fastest, as R's `a:b`. It is one variable,
    /// named `a:b`; a position that the design does not have, or twice the same, adds nothing.
    ///
    /// ```
    /// use cotside_core::survival::{Labels, cox::Design};
    ///
    /// // R: model.matrix(~ age:sex + age + sex)
    /// let sex = Labels::of(&["male", "female", "male"]);
    /// let design = Design::new().numeric("age", vec![1.0, 2.0, 3.0]).factor("sex", &sex).unwrap().interaction(0, 1);
    /// assert_eq!((design.terms()[2].to_string(), design.variables()[2].as_str()), ("age:sex=male".into(), "age:sex"));
    /// assert_eq!(design.columns()[2], [1.0, 0.0, 3.0]);
    /// ```
    #[must_use]
    pub fn interaction(mut self, first: usize, second: usize) -> Self {
        let (first, second) = (first.min(second), first.max(second));
        let [own, others] = [first, second].map(|variable| self.columns_of(variable));
        if first == second || own.is_empty() || others.is_empty() {
            return self;
        }
        for &other in &others {
            for &own in &own {
                let name = format!("{}:{}", self.terms[own], self.terms[other]);
                let pairs = self.columns[own].iter().zip(&self.columns[other]);
                let products = pairs.map(|(a, b)| a * b).collect();
                self.push(&name, None, products);
                self.product.pop();
                self.product.push(Some([own, other]));
            }
        }
        let name = format!("{}:{}", self.variables[first], self.variables[second]);
        self.variables.push(name);
        self
    }

    /// Returns the design without a variable (a position in [`Self::variables`]).
    ///
    /// ```
    /// use cotside_core::survival::cox::Design;
    ///
    /// let design = Design::new().numeric("age", vec![1.0]).numeric("wbc", vec![2.0]);
    /// assert_eq!(design.without(0), Design::new().numeric("wbc", vec![2.0]));
    /// ```
    #[must_use]
    pub fn without(&self, variable: usize) -> Self {
        let kept = || (0..self.columns.len()).filter(|&column| self.variable[column] != variable);
        let later = |of: usize| of - usize::from(of > variable);
        let place = |column: usize| kept().position(|each| each == column);
        let product = |[own, other]: [usize; 2]| Some([place(own)?, place(other)?]);
        let names = self.variables.iter().enumerate();
        Self {
            terms: kept().map(|column| self.terms[column].clone()).collect(),
            columns: kept().map(|column| self.columns[column].clone()).collect(),
            variable: kept().map(|column| later(self.variable[column])).collect(),
            product: kept().map(|column| self.product[column].and_then(product)).collect(),
            variables: names
                .filter(|(place, _)| *place != variable)
                .map(|(_, name)| name.clone())
                .collect(),
        }
    }

    /// Returns the columns of a variable (a position in [`Self::variables`]).
    ///
    /// ```
    /// use cotside_core::survival::{Labels, cox::Design};
    ///
    /// let design = Design::new().numeric("age", vec![1.0; 3]).factor("site", &Labels::of(&["a", "b", "c"])).unwrap();
    /// assert_eq!(design.columns_of(1), [1, 2]);
    /// ```
    #[must_use]
    pub fn columns_of(&self, variable: usize) -> Vec<usize> {
        (0..self.columns.len())
            .filter(|&column| self.variable[column] == variable)
            .collect()
    }

    /// Returns the columns as they were if a factor (a position in [`Self::variables`]) had one level in every row, its
    /// interactions included; a level that has no column is the reference.
    ///
    /// ```
    /// use cotside_core::survival::{Labels, cox::Design};
    ///
    /// let arm = Labels::of(&["a", "b", "a"]);
    /// let design = Design::new().numeric("age", vec![1.0, 2.0, 3.0]).factor("arm", &arm).unwrap().interaction(0, 1);
    /// assert_eq!(design.with_level(1, "b"), [vec![1.0, 2.0, 3.0], vec![1.0; 3], vec![1.0, 2.0, 3.0]]);
    /// assert_eq!(design.with_level(1, "a")[1..], [vec![0.0; 3], vec![0.0; 3]]);
    /// ```
    #[must_use]
    pub fn with_level(&self, factor: usize, level: &str) -> Vec<Vec<f64>> {
        let mut columns = self.columns.clone();
        for column in self.columns_of(factor) {
            let is_level = self.terms[column].level.as_deref() == Some(level);
            columns[column].fill(f64::from(u8::from(is_level)));
        }
        for (column, product) in self.product.iter().enumerate() {
            if let Some([own, other]) = *product {
                let pairs = columns[own].iter().zip(&columns[other]);
                columns[column] = pairs.map(|(a, b)| a * b).collect();
            }
        }
        columns
    }

    fn push(&mut self, column: &str, level: Option<&String>, values: Vec<f64>) {
        self.terms.push(Term {
            column: column.to_owned(),
            level: level.cloned(),
        });
        self.columns.push(values);
        self.product.push(None);
        self.variable.push(self.variables.len());
    }

    /// Returns the meaning of each column.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Returns the columns, each with one value for each row.
    #[must_use]
    pub fn columns(&self) -> &[Vec<f64>] {
        &self.columns
    }

    /// Returns the names of the variables; a factor counts as one.
    #[must_use]
    pub fn variables(&self) -> &[String] {
        &self.variables
    }

    /// Returns for each column the position of its variable in [`Self::variables`].
    #[must_use]
    pub fn variable_of(&self) -> &[usize] {
        &self.variable
    }

    /// Returns the number of columns, which is that of coefficients.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// True if the design has no column.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_is_indicators_against_its_first_level() {
        let arm = Labels::of(&["b", "a", "c", "a"]);
        let design = Design::new()
            .numeric("age", vec![1.0, 2.0, 3.0, 4.0])
            .factor("arm", &arm)
            .unwrap();
        let names: Vec<String> = design.terms().iter().map(ToString::to_string).collect();
        assert_eq!(names, ["age", "arm=b", "arm=c"]);
        assert_eq!(
            design.columns()[1..],
            [vec![1.0, 0.0, 0.0, 0.0], vec![0.0, 0.0, 1.0, 0.0]]
        );
        assert_eq!(design.variable_of(), [0, 1, 1]);
        assert_eq!(
            Design::new().factor("x", &Labels::single(3, "only")).err(),
            Some(OneLevel)
        );
    }
}
