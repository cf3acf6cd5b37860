//! Two groups compared within the levels of a variable, and whether the ratios differ between the levels.

use super::{CoxError, CoxWarning, Design, Estimate, Model, fit, likelihood_ratio_of};
use crate::survival::{FollowUp, Labels};

/// Two groups to be compared within levels; rows that are in neither are not among the follow-up.
#[derive(Debug, Clone, Copy)]
pub struct TwoGroups<'a> {
    follow_up: &'a FollowUp,
    is_other: &'a [bool],
    conf_level: f64,
}

/// The comparison of two groups among some rows.
#[derive(Debug, Clone, PartialEq)]
pub struct WithinLevel {
    /// Patients of the reference and of the other group.
    pub patients: [usize; 2],
    /// Their events.
    pub events: [usize; 2],
    /// The other group against the reference; `None` where there is no model of these rows.
    pub estimate: Option<Estimate>,
}

impl WithinLevel {
    /// Returns whether each of the groups has a patient.
    #[must_use]
    pub fn has_both(&self) -> bool {
        self.patients.iter().all(|&count| count > 0)
    }

    /// Returns whether anyone had the event.
    #[must_use]
    pub fn has_event(&self) -> bool {
        self.events.iter().any(|&count| count > 0)
    }
}

/// The likelihood-ratio test of whether the ratio of two groups is the same in all levels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InteractionTest {
    /// Twice the log-likelihood that is lost without the interaction.
    pub chi2: f64,
    /// As many degrees of freedom as coefficients are lost.
    pub df: usize,
    /// The upper tail of the chi-square distribution.
    pub p: f64,
    /// Whether a coefficient has no finite estimate, so that the test is that of its limit.
    pub at_limit: bool,
}

/// Why an interaction has no test.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NoInteraction {
    /// The rows have one level only, or none.
    #[error("the rows have one level only")]
    OneLevel,
    /// No more events than coefficients.
    #[error("there are no more events than coefficients")]
    FewEvents,
    /// The iterations of a model did not end.
    #[error("a model did not converge")]
    NotConverged,
    /// No level has both groups.
    #[error("no level has both groups")]
    NoLevelWithBoth,
    /// A model cannot be fitted.
    #[error(transparent)]
    NotFitted(#[from] CoxError),
}

impl<'a> TwoGroups<'a> {
    /// Takes rows of two groups; `is_other` has one value a row and is false for the reference, whose hazard divides that of the other.
    /// A row beyond its values is of the reference. `conf_level` is the level of the intervals, between 0 and 1.
    #[must_use]
    pub const fn new(follow_up: &'a FollowUp, is_other: &'a [bool], conf_level: f64) -> Self {
        Self {
            follow_up,
            is_other,
            conf_level,
        }
    }

    /// Compares the groups among some rows (R: `coxph(Surv(time, event) ~ other)`, ties by Efron).
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::TwoGroups};
    ///
    /// let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 9.0], vec![1, 1, 1, 0]).unwrap();
    /// let two = TwoGroups::new(&follow_up, &[false, true, false, true], 0.95);
    /// // By hand: of the first three the hazard ratio h maximises 1/(2 + h) · h/(1 + h), so h² = 2.
    /// let found = two.within(&[0, 1, 2]);
    /// assert_eq!((found.patients, found.events), ([2, 1], [2, 1]));
    /// let ratio = found.estimate.unwrap().hazard_ratio.unwrap();
    /// assert!((ratio - 2.0_f64.sqrt()).abs() < 1e-8);
    /// ```
    #[must_use]
    pub fn within(&self, rows: &[usize]) -> WithinLevel {
        let (mut patients, mut events) = ([0; 2], [0; 2]);
        for &row in rows {
            let group = usize::from(self.is_other(row));
            patients[group] += 1;
            events[group] += usize::from(self.follow_up.event()[row] != 0);
        }
        let estimate = self.follow_up.subset(rows).and_then(|follow_up| {
            let design = Design::new().numeric("group", self.column(rows));
            let model = Model {
                conf_level: self.conf_level,
                ..Model::new(&follow_up, &design)
            };
            *fit(&model).ok()?.estimates.first()?
        });
        WithinLevel {
            patients,
            events,
            estimate,
        }
    }

    /// Tests whether the ratio is the same in all levels of `labels`, which label these rows (R: `anova(coxph(… ~ other + level),
    /// coxph(… ~ other * level))`, ties by Efron).
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, Labels, cox::TwoGroups};
    ///
    /// let time = vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
    /// let follow_up = FollowUp::new(time, vec![1; 8]).unwrap();
    /// let is_other = [false, true, true, false, false, true, false, true];
    /// let sex = Labels::of(&["f", "m", "f", "f", "m", "m", "f", "m"]);
    /// let rows: Vec<usize> = (0..8).collect();
    /// let test = TwoGroups::new(&follow_up, &is_other, 0.95).interaction(&rows, &sex).unwrap();
    /// // R 4.2, survival 3.5: twice the difference of the two models' loglik.
    /// assert_eq!(test.df, 1);
    /// assert!((test.chi2 - 0.599491614943812).abs() < 1e-9);
    /// ```
    ///
    /// # Errors
    /// [`NoInteraction`].
    pub fn interaction(&self, rows: &[usize], labels: &Labels) -> Result<InteractionTest, NoInteraction> {
        let design = Design::new().numeric("group", self.column(rows));
        let design = design.factor("level", labels).map_err(|_| NoInteraction::OneLevel)?;
        let design = design.interaction(0, 1);
        let follow_up = self.follow_up.subset(rows).ok_or(NoInteraction::OneLevel)?;
        let model = Model::new(&follow_up, &design);
        let found = fit(&model)?;
        let has = |which: fn(&CoxWarning) -> bool| found.warnings.iter().any(which);
        if has(|warning| matches!(warning, CoxWarning::FewEvents { .. })) {
            return Err(NoInteraction::FewEvents);
        }
        if has(|warning| matches!(warning, CoxWarning::NotConverged { .. })) {
            return Err(NoInteraction::NotConverged);
        }
        let test = likelihood_ratio_of(&model, &found, 2)?;
        if test.df == 0 {
            return Err(NoInteraction::NoLevelWithBoth);
        }
        Ok(InteractionTest {
            // Below 0 by rounding alone, since both are maxima.
            chi2: test.chi2.max(0.0),
            df: test.df,
            p: test.p.ok_or(NoInteraction::NotConverged)?,
            at_limit: has(|warning| matches!(warning, CoxWarning::Separated { .. } | CoxWarning::Undetermined { .. })),
        })
    }

    fn is_other(&self, row: usize) -> bool {
        self.is_other.get(row) == Some(&true)
    }

    /// The groups of some rows as a covariate: 1 for the other one.
    fn column(&self, rows: &[usize]) -> Vec<f64> {
        rows.iter()
            .map(|&row| f64::from(u8::from(self.is_other(row))))
            .collect()
    }
}
