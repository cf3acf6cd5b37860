//! The scale on which a number enters a model: what one unit of its hazard ratio is.

/// From the numbers of a covariate to the column of a model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CovariateScale {
    /// Divided by this number, which is above 0: a ratio per so many units.
    Per(f64),
    /// Logarithm to the base 2: a ratio per doubling.
    Log2,
    /// Logarithm to the base 10: a ratio per tenfold.
    Log10,
    /// Divided by the standard deviation of the known numbers.
    Deviation,
}

impl CovariateScale {
    /// Returns the code in files and flags: `per:10`, `log2`, `log10`, `sd`.
    ///
    /// ```
    /// use cotside_core::survival::CovariateScale;
    ///
    /// assert_eq!(CovariateScale::Per(30.4375).code(), "per:30.4375");
    /// assert_eq!(CovariateScale::from_code("per:30.4375"), Some(CovariateScale::Per(30.4375)));
    /// ```
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Per(unit) => format!("per:{unit}"),
            Self::Log2 => "log2".to_owned(),
            Self::Log10 => "log10".to_owned(),
            Self::Deviation => "sd".to_owned(),
        }
    }

    /// Returns the scale of a code; `None` where there is none of it, or a unit is not a number above 0.
    ///
    /// ```
    /// use cotside_core::survival::CovariateScale;
    ///
    /// assert_eq!(CovariateScale::from_code("log2"), Some(CovariateScale::Log2));
    /// assert_eq!(["per:0", "per:inf", "per:", "ln"].map(CovariateScale::from_code), [None; 4]);
    /// ```
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code.trim() {
            "log2" => Some(Self::Log2),
            "log10" => Some(Self::Log10),
            "sd" => Some(Self::Deviation),
            other => {
                let unit: f64 = other.strip_prefix("per:")?.trim().parse().ok()?;
                (unit.is_finite() && unit > 0.0).then_some(Self::Per(unit))
            }
        }
    }

    /// Returns the numbers on this scale; `None` where a number is not known, has no logarithm (0 or below), or where the
    /// standard deviation is 0 or that of fewer than two numbers.
    ///
    /// ```
    /// use cotside_core::survival::CovariateScale;
    ///
    /// // R: log2(c(8, 0)); x <- c(1, 3); x / sd(x)
    /// assert_eq!(CovariateScale::Log2.of(&[Some(8.0), Some(0.0), None]), [Some(3.0), None, None]);
    /// let found = CovariateScale::Deviation.of(&[Some(1.0), Some(3.0)]);
    /// assert!((found[1].unwrap() - 3.0 / 2.0_f64.sqrt()).abs() < 1e-15);
    /// ```
    #[must_use]
    pub fn of(self, values: &[Option<f64>]) -> Vec<Option<f64>> {
        let scaled: &dyn Fn(f64) -> Option<f64> = match self {
            Self::Per(unit) => &move |value| Some(value / unit),
            Self::Log2 => &|value| (value > 0.0).then(|| libm::log2(value)),
            Self::Log10 => &|value| (value > 0.0).then(|| libm::log10(value)),
            Self::Deviation => {
                let deviation = standard_deviation(values);
                &move |value| deviation.map(|deviation| value / deviation)
            }
        };
        values.iter().map(|value| value.and_then(scaled)).collect()
    }
}

/// Returns the standard deviation of the known numbers, with n − 1: R's `sd(x, na.rm = TRUE)`. `None` where it is 0 or that of
/// fewer than two numbers.
///
/// ```
/// use cotside_core::survival::standard_deviation;
///
/// // By hand: the squares of −1, 0 and 1 over 2.
/// assert_eq!(standard_deviation(&[Some(1.0), None, Some(2.0), Some(3.0)]), Some(1.0));
/// assert_eq!(standard_deviation(&[Some(1.0), Some(1.0)]), None);
/// ```
#[must_use]
pub fn standard_deviation(values: &[Option<f64>]) -> Option<f64> {
    let known = || values.iter().flatten();
    let n = known().count() as f64;
    let mean = known().sum::<f64>() / n;
    let squares: f64 = known().map(|value| (value - mean) * (value - mean)).sum();
    let found = (squares / (n - 1.0)).sqrt();
    (found.is_finite() && found > 0.0).then_some(found)
}
