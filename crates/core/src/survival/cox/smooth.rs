//! A smooth line through scaled Schoenfeld residuals: how a coefficient changes with time.

use super::residuals::Fitted;
use super::zph::{TimeScale, on_scale};
use super::{CoxError, Schoenfeld};
use crate::survival::linear::Cholesky;
use crate::survival::{quantile, sorted_by};

/// Functions of the natural cubic spline: those of R's `ns(g, df = 4, intercept = TRUE)`.
const FUNCTIONS: usize = 4;

/// A coefficient at one event time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AtEvent {
    /// Time of the event.
    pub time: f64,
    /// Value of the smooth line: the coefficient at that time.
    pub coefficient: f64,
    /// Its standard error if the coefficient is constant.
    pub std_err: f64,
}

/// Scaled Schoenfeld residuals, ascending in time, with a smooth line for each term.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OverTime {
    /// For each term, the time of each event with its scaled residual plus the coefficient.
    pub residuals: Vec<Vec<(f64, f64)>>,
    /// For each term, the line at each event time; empty with fewer than four distinct times.
    pub smooth: Vec<Vec<AtEvent>>,
}

impl Fitted<'_> {
    /// Returns the line that R's `plot.cox.zph` draws: least squares of the residuals on a natural cubic spline of g(t)
    /// with four functions and knots at its ends and thirds (here of the events' own g(t)); standard errors from β's
    /// variance times the events (Grambsch & Therneau 1994, Biometrika 81:515). Without strata. O(events).
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::{Design, Fitted, Model, TimeScale, fit}};
    ///
    /// // R: z <- cox.zph(coxph(Surv(time, event) ~ x), transform = "identity")
    /// //    fitted(lm(z$y ~ splines::ns(z$x, df = 4, intercept = TRUE) - 1))[1]
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let design = Design::new().numeric("x", vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0]);
    /// let model = Model::new(&follow_up, &design);
    /// let found = fit(&model).unwrap();
    /// let fitted = Fitted::new(&model, &found).unwrap();
    /// let over_time = fitted.over_time(TimeScale::Identity).unwrap();
    /// assert_eq!((over_time.smooth[0].len(), over_time.smooth[0][0].time), (7, 1.0));
    /// assert!((over_time.smooth[0][0].coefficient - 0.884_705_368).abs() < 1e-8);
    /// ```
    ///
    /// # Errors
    /// As [`Self::scaled_schoenfeld`]; [`CoxError::NoEstimate`] where a coefficient has none.
    pub fn over_time(&self, scale: TimeScale) -> Result<OverTime, CoxError> {
        if !self.fit.has_all_estimates() {
            return Err(CoxError::NoEstimate);
        }
        let residuals: Vec<Schoenfeld> = self.scaled_schoenfeld()?;
        let times: Vec<f64> = residuals.iter().map(|each| each.time).collect();
        let order: Vec<usize> = sorted_by(&times).into_iter().map(|place| place as usize).collect();
        let time: Vec<f64> = order.iter().map(|&place| times[place]).collect();
        let basis = basis(&on_scale(self.model.follow_up, &time, scale)?);
        let events = self.fit.n_events as f64;
        let mut found = OverTime::default();
        for term in 0..self.model.design.len() {
            let values: Vec<f64> = order.iter().map(|&place| residuals[place].values[term]).collect();
            let variance = self.fit.naive_variance.at(term, term) * events;
            let line = basis.as_deref().and_then(|basis| line(&time, basis, &values, variance));
            found.smooth.push(line.unwrap_or_default());
            found.residuals.push(time.iter().copied().zip(values).collect());
        }
        Ok(found)
    }
}

/// Returns the natural cubic spline functions at ascending times; `None` where knots coincide.
fn basis(places: &[f64]) -> Option<Vec<[f64; FUNCTIONS]>> {
    let (first, last) = (*places.first()?, *places.last()?);
    let range = last - first;
    if range <= 0.0 {
        return None;
    }
    let unit: Vec<f64> = places.iter().map(|place| (place - first) / range).collect();
    let knots = [0.0, quantile(&unit, 1.0 / 3.0)?, quantile(&unit, 2.0 / 3.0)?, 1.0];
    if !knots.windows(2).all(|two| two[1] - two[0] > 1e-9) {
        return None;
    }
    let cubed = |value: f64| value.max(0.0) * value.max(0.0) * value.max(0.0);
    let row = |&x: &f64| {
        let bend = |knot: usize| (cubed(x - knots[knot]) - cubed(x - knots[3])) / (knots[3] - knots[knot]);
        [1.0, x, bend(0) - bend(2), bend(1) - bend(2)]
    };
    Some(unit.iter().map(row).collect())
}

/// Returns the least-squares line at each distinct time.
fn line(time: &[f64], basis: &[[f64; FUNCTIONS]], values: &[f64], variance: f64) -> Option<Vec<AtEvent>> {
    let mut normal = vec![0.0; FUNCTIONS * FUNCTIONS];
    let mut right = vec![0.0; FUNCTIONS];
    for (row, value) in basis.iter().zip(values) {
        for (i, x) in row.iter().enumerate() {
            right[i] += x * value;
            for (j, y) in row.iter().enumerate() {
                normal[i * FUNCTIONS + j] += x * y;
            }
        }
    }
    let factor = Cholesky::of(&normal, FUNCTIONS).ok()?;
    let weights = factor.solve(&right);
    let at = |(&time, row): (&f64, &[f64; FUNCTIONS])| AtEvent {
        time,
        coefficient: row.iter().zip(&weights).map(|(x, weight)| x * weight).sum(),
        std_err: (variance * factor.quadratic_form(row)).max(0.0).sqrt(),
    };
    let mut found: Vec<AtEvent> = time.iter().zip(basis).map(at).collect();
    found.dedup_by(|next, before| next.time == before.time);
    let is_finite = |at: &AtEvent| at.coefficient.is_finite() && at.std_err.is_finite();
    found.iter().all(is_finite).then_some(found)
}
