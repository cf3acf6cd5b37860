//! Residuals of a fitted model.
//!
//! Barlow & Prentice 1988 (Biometrika 75:65), Therneau, Grambsch & Fleming 1990 (Biometrika 77:147); as R's
//! `residuals.coxph`, Efron's corrections included.

use super::fit::CoxFit;
use super::increments::{Exposure, Increments};
use super::matrix::Symmetric;
use super::risk_order::RiskOrder;
use super::robust::score_residuals;
use super::{CoxError, Model, Ties};

/// A fitted model together with its sorted rows, for residuals, tests and predicted curves.
///
/// Rows of results are in the order of the file, columns in that of the design.
#[derive(Debug)]
pub struct Fitted<'a> {
    pub(super) model: Model<'a>,
    pub(super) fit: &'a CoxFit,
    pub(super) order: RiskOrder<'a>,
    /// Linear predictors at each place, less those at the mean covariates.
    pub(super) eta: Vec<f64>,
}

/// The Schoenfeld residuals of one event.
#[derive(Debug, Clone, PartialEq)]
pub struct Schoenfeld {
    /// Index of the row with the event, from 0.
    pub row: usize,
    /// Time of the event.
    pub time: f64,
    /// One value for each term; 0 where the term has no coefficient.
    pub values: Vec<f64>,
}

impl<'a> Fitted<'a> {
    /// Sorts the rows of the model that gave `fit`. O(np).
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::{Design, Fitted, Model, fit}};
    ///
    /// let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0], vec![1, 1, 1]).unwrap();
    /// let design = Design::new().numeric("marrow", vec![0.0, 1.0, 0.0]);
    /// let model = Model::new(&follow_up, &design);
    /// let found = fit(&model).unwrap();
    /// // Martingale residuals sum to 0, whatever the data.
    /// let residuals = Fitted::new(&model, &found).unwrap().martingale();
    /// assert!(residuals.iter().sum::<f64>().abs() < 1e-9);
    /// ```
    ///
    /// # Errors
    /// [`CoxError`] as [`super::fit()`].
    pub fn new(model: &Model<'a>, fit: &'a CoxFit) -> Result<Self, CoxError> {
        model.check()?;
        if fit.beta.len() != model.design.len() {
            return Err(CoxError::Length {
                expected: model.design.len(),
                found: fit.beta.len(),
            });
        }
        let mut order = RiskOrder::new(model)?;
        order.keep(&fit.kept);
        let beta: Vec<f64> = fit
            .kept
            .iter()
            .zip(&order.spread)
            .map(|(&j, spread)| fit.beta[j] * spread)
            .collect();
        let mut eta = Vec::with_capacity(order.row.len());
        order.linear_predictor(&beta, &mut eta);
        Ok(Self {
            model: *model,
            fit,
            order,
            eta,
        })
    }

    /// Returns the linear predictor β·x + offset of each row, not centred; terms without a coefficient add 0.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::{Design, Fitted, Model, fit}};
    ///
    /// // R: predict(coxph(Surv(time, event) ~ x), type = "lp", reference = "zero")
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let design = Design::new().numeric("x", vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0]);
    /// let model = Model::new(&follow_up, &design);
    /// let found = fit(&model).unwrap();
    /// let fitted = Fitted::new(&model, &found).unwrap();
    /// assert!((fitted.linear_predictors()[0] - 0.566_053_553_598).abs() < 1e-10);
    /// assert_eq!(fitted.linear_predictors()[1], 0.0);
    /// ```
    #[must_use]
    pub fn linear_predictors(&self) -> Vec<f64> {
        let centre: f64 = self
            .fit
            .kept
            .iter()
            .zip(&self.order.mean)
            .map(|(&j, mean)| self.fit.beta[j] * mean)
            .sum();
        let offset = |row: usize| self.model.offset.map_or(0.0, |offset| offset[row]);
        let parts = |row: usize| {
            let columns = self.model.design.columns();
            let kept = self.fit.kept.iter();
            kept.map(move |&j| self.fit.beta[j] * columns[j][row]).sum::<f64>()
        };
        let places = self.eta.iter().zip(&self.order.at_risk).zip(&self.order.row);
        // Rows that are at risk at no event have the mean covariates in the order.
        self.by_row(places.map(|((eta, &at_risk), &row)| {
            if at_risk {
                eta + centre
            } else {
                parts(row as usize) + offset(row as usize)
            }
        }))
    }

    /// Returns the martingale residual of each row: event less expected events.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::{Design, Fitted, Model, fit}};
    ///
    /// // R: residuals(coxph(Surv(time, event) ~ x))[c(1, 4)]
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let design = Design::new().numeric("x", vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0]);
    /// let model = Model::new(&follow_up, &design);
    /// let found = fit(&model).unwrap();
    /// let fitted = Fitted::new(&model, &found).unwrap();
    /// let residuals = fitted.martingale();
    /// assert!((residuals[0] - 0.872_752_267).abs() < 1e-8 && (residuals[3] + 0.573_334_600).abs() < 1e-8);
    /// ```
    #[must_use]
    pub fn martingale(&self) -> Vec<f64> {
        let increments = Increments::new(&self.order, self.model.ties, &self.eta);
        let mut residuals = vec![0.0; self.order.row.len()];
        Exposure::new(&self.order, &increments).for_each(|exposed| {
            let place = exposed.place;
            let expected = libm::exp(self.eta[place]) * exposed.hazard;
            residuals[self.order.row[place] as usize] = f64::from(self.order.is_event[place]) - expected;
        });
        residuals
    }

    /// Returns the deviance residual of each row: sign(m) √(−2 (m + δ ln(δ − m))), with m the martingale residual and δ
    /// the event.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::{Design, Fitted, Model, fit}};
    ///
    /// // R: residuals(coxph(Surv(time, event) ~ x), "deviance")[c(1, 4)]
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let design = Design::new().numeric("x", vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0]);
    /// let model = Model::new(&follow_up, &design);
    /// let found = fit(&model).unwrap();
    /// let fitted = Fitted::new(&model, &found).unwrap();
    /// let residuals = fitted.deviance();
    /// assert!((residuals[0] - 1.541_990_385).abs() < 1e-8 && (residuals[3] + 1.070_826_410).abs() < 1e-8);
    /// ```
    #[must_use]
    pub fn deviance(&self) -> Vec<f64> {
        let events = self.model.follow_up.event();
        let deviance = |(martingale, &event): (f64, &u32)| {
            let log = if event == 0 { 0.0 } else { libm::log(1.0 - martingale) };
            let square = (-2.0 * (martingale + log)).max(0.0);
            if martingale < 0.0 {
                -square.sqrt()
            } else {
                square.sqrt()
            }
        };
        self.martingale().into_iter().zip(events).map(deviance).collect()
    }

    /// Returns the score residuals, one column for each term: each row's part of the score, without its weight.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::{Design, Fitted, Model, fit}};
    ///
    /// // R: residuals(coxph(Surv(time, event) ~ x), "score")[c(1, 2)]
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let design = Design::new().numeric("x", vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0]);
    /// let model = Model::new(&follow_up, &design);
    /// let found = fit(&model).unwrap();
    /// let fitted = Fitted::new(&model, &found).unwrap();
    /// let x = &fitted.score().unwrap()[0];
    /// assert!((x[0] - 0.608_080_352).abs() < 1e-8 && (x[1] + 1.008_045_729).abs() < 1e-8);
    /// ```
    ///
    /// # Errors
    /// [`CoxError::NotForExact`].
    pub fn score(&self) -> Result<Vec<Vec<f64>>, CoxError> {
        let residuals = self.score_by_place()?;
        Ok(self.by_term(&residuals, |j| self.order.spread[j]))
    }

    /// Returns the approximate change of each coefficient when a row is omitted, one column for each term: score
    /// residuals times the variance, times weights.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::{Design, Fitted, Model, fit}};
    ///
    /// // R: residuals(coxph(Surv(time, event) ~ x), "dfbeta")[c(1, 2)]
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let design = Design::new().numeric("x", vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0]);
    /// let model = Model::new(&follow_up, &design);
    /// let found = fit(&model).unwrap();
    /// let fitted = Fitted::new(&model, &found).unwrap();
    /// let x = &fitted.dfbeta().unwrap()[0];
    /// assert!((x[0] - 0.119_101_690).abs() < 1e-8 && (x[1] + 0.197_440_929).abs() < 1e-8);
    /// ```
    ///
    /// # Errors
    /// [`CoxError::NotForExact`].
    pub fn dfbeta(&self) -> Result<Vec<Vec<f64>>, CoxError> {
        let p = self.order.p;
        let mut residuals = self.score_by_place()?;
        let variance = standardised(&self.fit.naive_variance, self.fit, &self.order);
        for (place, row) in residuals.chunks_exact_mut(p.max(1)).enumerate() {
            let weight = self.order.weight(place);
            let solved = variance.times(row);
            row.iter_mut()
                .zip(solved)
                .for_each(|(row, solved)| *row = weight * solved);
        }
        Ok(self.by_term(&residuals, |j| 1.0 / self.order.spread[j]))
    }

    /// Returns the Schoenfeld residuals, one for each event by stratum and time: its covariates less their mean over
    /// the risk set.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::{Design, Fitted, Model, fit}};
    ///
    /// // R: residuals(coxph(Surv(time, event) ~ x), "schoenfeld")[1]
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let design = Design::new().numeric("x", vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0]);
    /// let model = Model::new(&follow_up, &design);
    /// let found = fit(&model).unwrap();
    /// let fitted = Fitted::new(&model, &found).unwrap();
    /// let residuals = fitted.schoenfeld().unwrap();
    /// assert_eq!((residuals.len(), residuals[0].row, residuals[0].time), (7, 0, 1.0));
    /// assert!((residuals[0].values[0] - 0.696_738_783).abs() < 1e-8);
    /// ```
    ///
    /// # Errors
    /// [`CoxError::NotForExact`].
    pub fn schoenfeld(&self) -> Result<Vec<Schoenfeld>, CoxError> {
        not_exact(self.model.ties)?;
        let increments = Increments::new(&self.order, self.model.ties, &self.eta);
        let mut residuals = Vec::with_capacity(self.fit.n_events);
        for stratum in self.order.strata() {
            for index in stratum.moments.clone().rev() {
                let moment = self.order.moments()[index];
                for place in (moment.first..moment.end)
                    .rev()
                    .filter(|&place| self.order.is_event[place])
                {
                    let mut values = vec![0.0; self.model.design.len()];
                    let parts = self.order.x(place).zip(increments.mean(index)).zip(&self.order.spread);
                    for (&j, ((x, mean), spread)) in self.fit.kept.iter().zip(parts) {
                        values[j] = (x - mean) * spread;
                    }
                    residuals.push(Schoenfeld {
                        row: self.order.row[place] as usize,
                        time: moment.time,
                        values,
                    });
                }
            }
        }
        Ok(residuals)
    }

    /// Returns the scaled Schoenfeld residuals (Grambsch & Therneau 1994): residual · V · events + β. Their trend over
    /// time is that of the coefficient.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::{Design, Fitted, Model, fit}};
    ///
    /// // R: residuals(coxph(Surv(time, event) ~ x), "scaledsch")[1]
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let design = Design::new().numeric("x", vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0]);
    /// let model = Model::new(&follow_up, &design);
    /// let found = fit(&model).unwrap();
    /// let fitted = Fitted::new(&model, &found).unwrap();
    /// assert!((fitted.scaled_schoenfeld().unwrap()[0].values[0] - 1.238_294_222).abs() < 1e-8);
    /// ```
    ///
    /// # Errors
    /// [`CoxError::NotForExact`].
    pub fn scaled_schoenfeld(&self) -> Result<Vec<Schoenfeld>, CoxError> {
        let mut residuals = self.schoenfeld()?;
        let events = self.fit.n_events as f64;
        for residual in &mut residuals {
            let scaled = self.fit.naive_variance.times(&residual.values);
            residual.values = scaled
                .iter()
                .zip(&self.fit.beta)
                .map(|(scaled, beta)| scaled * events + beta)
                .collect();
        }
        Ok(residuals)
    }

    fn score_by_place(&self) -> Result<Vec<f64>, CoxError> {
        not_exact(self.model.ties)?;
        Ok(score_residuals(&self.order, self.model.ties, &self.eta))
    }

    fn by_row(&self, values: impl Iterator<Item = f64>) -> Vec<f64> {
        let mut rows = vec![0.0; self.order.row.len()];
        for (value, &row) in values.zip(&self.order.row) {
            rows[row as usize] = value;
        }
        rows
    }

    fn by_term(&self, values: &[f64], unit: impl Fn(usize) -> f64) -> Vec<Vec<f64>> {
        let mut columns = vec![vec![0.0; self.order.row.len()]; self.model.design.len()];
        for (j, &term) in self.fit.kept.iter().enumerate() {
            let values = values.chunks_exact(self.order.p).map(|row| row[j] * unit(j));
            columns[term] = self.by_row(values);
        }
        columns
    }
}

fn not_exact(ties: Ties) -> Result<(), CoxError> {
    if ties == Ties::Exact {
        Err(CoxError::NotForExact)
    } else {
        Ok(())
    }
}

/// Converts a variance of the coefficients to the units of the standardised covariates.
pub(super) fn standardised(variance: &Symmetric, fit: &CoxFit, order: &RiskOrder) -> Symmetric {
    let mut variance = variance.part(&fit.kept);
    for i in 0..order.p {
        for j in 0..=i {
            variance.set(i, j, variance.at(i, j) * order.spread[i] * order.spread[j]);
        }
    }
    variance
}
