//! Fine and Gray's model as a weighted Cox model of intervals: delayed entry, strata, clusters, case weights.

use super::cox::{CoxError, CoxFit, CoxWarning, Design, Fitted, Model, Ties, fit};
use super::fine_gray::Moment;
use super::wald::Z;
use super::{ChiSquare, FineGray, FineGrayError, FineGrayEstimate, FineGrayWarning, FollowUp, Labels};

/// The most rows of intervals of a model.
pub const MOST_FINE_GRAY_ROWS: usize = 5_000_000;

/// A model of the subdistribution hazard of one cause.
#[derive(Debug, Clone, Copy)]
pub struct FineGrayModel<'a> {
    /// Times, causes, entries and case weights, one row a subject.
    pub follow_up: &'a FollowUp,
    /// Covariates, as columns.
    pub covariates: &'a [Vec<f64>],
    /// The cause of interest.
    pub cause: u32,
    /// Strata, each with a baseline of its own.
    pub strata: Option<&'a Labels>,
    /// True if censoring and entry are estimated over all strata together, else within each.
    pub pools_censoring: bool,
    /// Clusters of dependent subjects for the robust variance; without them each subject is one.
    pub cluster: Option<&'a Labels>,
    /// Treatment of tied events.
    pub ties: Ties,
}

/// Rows of intervals with weights: R's `finegray`.
#[derive(Debug, Clone, PartialEq)]
pub struct FineGrayRows {
    /// The intervals; the event is 1 where one ends with the cause of interest.
    pub follow_up: FollowUp,
    /// The subject of each interval, as a row of the follow-up it was made from.
    pub subject: Vec<usize>,
}

impl<'a> FineGrayModel<'a> {
    /// Returns a model without strata and clusters, with Efron's method for ties.
    #[must_use]
    pub fn new(follow_up: &'a FollowUp, covariates: &'a [Vec<f64>], cause: u32) -> Self {
        Self {
            follow_up,
            covariates,
            cause,
            strata: None,
            pools_censoring: false,
            cluster: None,
            ties: Ties::Efron,
        }
    }

    fn check(&self) -> Result<(), FineGrayError> {
        let n = self.follow_up.len();
        if self.covariates.is_empty() {
            return Err(FineGrayError::NoCovariates);
        }
        let is_bad = |column: &Vec<f64>| column.len() != n || !column.iter().all(|value| value.is_finite());
        if let Some(covariate) = self.covariates.iter().position(is_bad) {
            return Err(FineGrayError::BadCovariate { covariate });
        }
        let labels = [self.strata, self.cluster].into_iter().flatten();
        let fits = |labels: &Labels| {
            labels.codes.len() == n && labels.codes.iter().all(|&code| (code as usize) < labels.len())
        };
        if labels.into_iter().any(|labels| !fits(labels)) {
            return Err(FineGrayError::Labels);
        }
        let is_event = |&event: &u32| event == self.cause && event != 0;
        match self.follow_up.event().iter().any(is_event) {
            true => Ok(()),
            false => Err(FineGrayError::NoEvents),
        }
    }
}

/// Fits Fine and Gray's model by intervals: a subject with an event of another cause at time s stays at risk with the weight
/// G(t−)·H(t−)/(G(s−)·H(s−)) times its own, G being the Kaplan–Meier estimate of being uncensored and H, where entry is
/// delayed, that of having entered (Geskus, Biometrics 2011;67:39). Case weights are not in G and H. The variance is the
/// robust one, summed over the intervals of a subject or of a cluster.
///
/// Equal to R's `coxph(Surv(fgstart, fgstop, fgstatus) ~ x + strata(s), weights = fgwt, cluster = id)` on the rows of
/// `survival::finegray`, made stratum by stratum unless the censoring is pooled: with `strata(s)` in its own formula
/// `finegray` of survival 3.5-3 gives other rows' case weights to the later strata. Intervals that differ in nothing at an
/// event are one here, which changes no number.
///
/// Without entries, weights, strata and clusters [`super::fine_gray`] is the other estimate of the same model: Breslow's
/// ties as `cmprsk::crr`, and a variance that allows for the estimation of G. Where somebody is censored at the time of an
/// event the two differ in G: here who has the event is no longer at risk of being censored, in `crr` still.
///
/// ```
/// use cotside_core::survival::{FineGrayModel, FollowUp, fine_gray_by_rows};
///
/// // R: d <- finegray(Surv(time, factor(cause, 0:2)) ~ x + id, etype = 1)
/// //    coxph(Surv(fgstart, fgstop, fgstatus) ~ x, d, weights = fgwt, cluster = id)
/// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
/// let follow_up = FollowUp::new(time, vec![1, 2, 1, 0, 1, 2, 0, 1, 2, 0]).unwrap();
/// let x = [vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0]];
/// let model = fine_gray_by_rows(&FineGrayModel::new(&follow_up, &x, 1)).unwrap();
/// let estimate = model.estimates[0].unwrap();
/// assert!((estimate.coef - 0.427_773_336).abs() < 1e-8 && (estimate.std_err - 0.363_228_176).abs() < 1e-8);
/// ```
///
/// # Errors
/// [`FineGrayError`].
pub fn fine_gray_by_rows(model: &FineGrayModel<'_>) -> Result<FineGray, FineGrayError> {
    model.check()?;
    let rows = fine_gray_rows(
        model.follow_up,
        model.strata.filter(|_| !model.pools_censoring),
        model.strata,
        model.cause,
    )?;
    let pick = |column: &Vec<f64>| rows.subject.iter().map(|&subject| column[subject]).collect();
    let mut design = Design::new();
    for (covariate, column) in model.covariates.iter().enumerate() {
        design = design.numeric(&covariate.to_string(), pick(column));
    }
    let codes = |of: &dyn Fn(usize) -> u32| rows.subject.iter().map(|&subject| of(subject)).collect();
    let strata = model.strata.map(|strata| Labels {
        codes: codes(&|subject| strata.codes[subject]),
        names: strata.names.clone(),
    });
    let cluster = Labels {
        codes: match model.cluster {
            Some(cluster) => codes(&|subject| cluster.codes[subject]),
            None => codes(&|subject| subject as u32),
        },
        names: match model.cluster {
            Some(cluster) => cluster.names.clone(),
            None => vec![String::new(); model.follow_up.len()],
        },
    };
    let cox = Model {
        strata: strata.as_ref(),
        cluster: Some(&cluster),
        ties: model.ties,
        ..Model::new(&rows.follow_up, &design)
    };
    let found = fit(&cox).map_err(of_cox)?;
    let (mean, moments) = Fitted::new(&cox, &found).map_err(of_cox)?.moments();
    result(model, &found, mean, moments)
}

/// What a Cox model of the intervals says of the model of the subdistribution.
fn result(
    model: &FineGrayModel<'_>,
    fit: &CoxFit,
    mean: Vec<f64>,
    strata: Vec<(u32, Vec<Moment>)>,
) -> Result<FineGray, FineGrayError> {
    let p = model.covariates.len();
    let mut warnings = Vec::new();
    for warning in &fit.warnings {
        warnings.push(match *warning {
            CoxWarning::Constant { covariate } => FineGrayWarning::Constant { covariate },
            CoxWarning::NoContrast { covariate } => FineGrayWarning::NoContrast { covariate },
            CoxWarning::Collinear { covariate } => return Err(FineGrayError::Singular { covariate }),
            CoxWarning::Separated { covariate, .. } | CoxWarning::Undetermined { covariate } => {
                FineGrayWarning::MayBeInfinite { covariate }
            }
            CoxWarning::FewClusters { .. } => FineGrayWarning::FewClusters,
            CoxWarning::NotConverged { .. } => return Err(FineGrayError::NoConvergence),
            CoxWarning::FewEvents { .. }
            | CoxWarning::InfiniteLimit { .. }
            | CoxWarning::NoLimit { .. }
            | CoxWarning::NoProfile { .. } => continue,
        });
    }
    let is_left_out = |each: &&FineGrayWarning| {
        matches!(
            each,
            FineGrayWarning::Constant { .. } | FineGrayWarning::NoContrast { .. }
        )
    };
    if warnings.iter().filter(is_left_out).count() == p {
        return Err(FineGrayError::Singular { covariate: 0 });
    }
    let events = model.follow_up.event();
    let n_events = events.iter().filter(|&&event| event == model.cause).count();
    if n_events < 10 * p {
        warnings.push(FineGrayWarning::FewEvents);
    }
    let estimates = fit.estimates.iter().map(|estimate| {
        let estimate = (*estimate)?;
        let std_err = estimate.robust_std_err?;
        Some(FineGrayEstimate {
            coef: estimate.coef,
            std_err,
            model_std_err: estimate.std_err,
            z: Z::new(estimate.coef, std_err),
        })
    });
    let test = |test: super::cox::Test| ChiSquare::new(test.chi2, test.df as u32);
    Ok(FineGray {
        n: model.follow_up.len(),
        n_events,
        n_competing: events
            .iter()
            .filter(|&&event| event != 0 && event != model.cause)
            .count(),
        estimates: estimates.collect(),
        variance: (0..p * p).map(|cell| fit.variance.at(cell / p, cell % p)).collect(),
        loglik_null: fit.loglik_null,
        loglik: fit.loglik,
        score: test(fit.score),
        wald: fit.wald.map(test),
        likelihood_ratio: test(fit.likelihood_ratio),
        warnings,
        beta: fit.coefficients(),
        mean,
        strata,
    })
}

/// Returns what a Cox model of the intervals could not do, as an error of the model of the subdistribution.
fn of_cox(error: CoxError) -> FineGrayError {
    match error {
        CoxError::BadCovariate { covariate, .. } => FineGrayError::BadCovariate { covariate },
        CoxError::NoCovariate => FineGrayError::NoCovariates,
        CoxError::NoEvents => FineGrayError::NoEvents,
        CoxError::Length { .. } => FineGrayError::Labels,
        CoxError::BadOffset { .. }
        | CoxError::BadLevel
        | CoxError::WeightsWithExact
        | CoxError::RobustWithExact
        | CoxError::NotForExact
        | CoxError::RobustWithFirth
        | CoxError::NotForFirth
        | CoxError::NotForRobust
        | CoxError::TooLargeForFirth
        | CoxError::NoEstimate
        | CoxError::LogOfZero
        | CoxError::TooManyTies
        | CoxError::Overflow => FineGrayError::NoConvergence,
    }
}

/// Returns the intervals of each subject with their weights. Weights are estimated within `weighted_by`; an interval ends
/// where the weight changes between two events of the cause in the same stratum of `compared_by`.
///
/// ```
/// use cotside_core::survival::{FollowUp, fine_gray_rows};
///
/// // Death at 1, censored at 2, relapse at 3. R: finegray(Surv(time, factor(cause, 0:2)) ~ 1, etype = 1)
/// // has a second row of the first subject, from 2 to 3, with the weight G(3−)/G(1−) = 1/2.
/// let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0], vec![2, 0, 1]).unwrap();
/// let rows = fine_gray_rows(&follow_up, None, None, 1).unwrap();
/// assert_eq!(rows.subject, [0, 0, 1, 2]);
/// assert_eq!(rows.follow_up.time(), [1.0, 3.0, 2.0, 3.0]);
/// assert_eq!(rows.follow_up.weight(), Some(&[1.0, 0.5, 1.0, 1.0][..]));
/// ```
///
/// # Errors
/// [`FineGrayError::NoWeight`], [`FineGrayError::TooManyRows`]; [`FineGrayError::Labels`] where labels do not fit.
pub fn fine_gray_rows(
    follow_up: &FollowUp,
    weighted_by: Option<&Labels>,
    compared_by: Option<&Labels>,
    cause: u32,
) -> Result<FineGrayRows, FineGrayError> {
    let n = follow_up.len();
    let single = Labels::single(n, "");
    let (weighted_by, compared_by) = (weighted_by.unwrap_or(&single), compared_by.unwrap_or(&single));
    if weighted_by.codes.len() != n || compared_by.codes.len() != n {
        return Err(FineGrayError::Labels);
    }
    let start = starts(follow_up);
    let (time, event) = (follow_up.time(), follow_up.event());
    let weights: Vec<Weights> = members(weighted_by)
        .iter()
        .map(|rows| Weights::new(follow_up, &start, rows))
        .collect();
    let events: Vec<Vec<f64>> = members(compared_by)
        .iter()
        .map(|rows| {
            let of_cause = rows.iter().filter(|&&row| event[row] == cause && cause != 0);
            let mut times: Vec<f64> = of_cause.map(|&row| time[row]).collect();
            times.sort_by(f64::total_cmp);
            times.dedup();
            times
        })
        .collect();
    let mut intervals = Intervals::default();
    for row in 0..n {
        let own = follow_up.weight().map_or(1.0, |weight| weight[row]);
        let is_event = event[row] == cause && cause != 0;
        if event[row] == 0 || is_event {
            intervals.push(row, start[row], time[row], is_event, own)?;
            continue;
        }
        let weights = &weights[weighted_by.codes[row] as usize];
        let at_end = weights.before(time[row]);
        if !(at_end > 0.0 && at_end.is_finite()) {
            return Err(FineGrayError::NoWeight);
        }
        let times = &events[compared_by.codes[row] as usize];
        let later = &times[times.partition_point(|&each| each <= time[row])..];
        // The part of the time at risk that has one weight.
        let (mut since, mut until, mut weight) = (start[row], time[row], 1.0);
        for &each in later {
            let next = weights.before(each) / at_end;
            if next != weight {
                if weight > 0.0 {
                    intervals.push(row, since, until, false, own * weight)?;
                }
                (since, weight) = (until, next);
            }
            until = each;
        }
        if weight > 0.0 && until > since {
            intervals.push(row, since, until, false, own * weight)?;
        }
    }
    intervals.finish()
}

/// The start of observation of each row. Without entries it is 0, or before the first time, as `finegray` has it.
fn starts(follow_up: &FollowUp) -> Vec<f64> {
    if let Some(entry) = follow_up.entry() {
        return entry.to_vec();
    }
    let first = follow_up.time().iter().copied().fold(f64::INFINITY, f64::min);
    let zero = if first > 0.0 { 0.0 } else { 2.0 * first - 1.0 };
    vec![zero; follow_up.len()]
}

/// The rows of each label.
fn members(labels: &Labels) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); labels.len()];
    for (row, &code) in labels.codes.iter().enumerate() {
        if let Some(rows) = members.get_mut(code as usize) {
            rows.push(row);
        }
    }
    members
}

/// G(t−)·H(t−) as a step function: the value after each time, and before the first.
struct Weights {
    time: Vec<f64>,
    value: Vec<f64>,
}

impl Weights {
    fn new(follow_up: &FollowUp, start: &[f64], rows: &[usize]) -> Self {
        let censoring = censoring(follow_up, start, rows);
        let last_entry = start.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let first_time = follow_up.time().iter().copied().fold(f64::INFINITY, f64::min);
        if last_entry <= first_time {
            return censoring;
        }
        let entry = entries(follow_up, start, rows);
        let mut time: Vec<f64> = censoring.time.iter().chain(&entry.time).copied().collect();
        time.sort_by(f64::total_cmp);
        time.dedup();
        let value = |step: &Self, at: f64| step.value[step.time.partition_point(|&each| each <= at)];
        let mut values = vec![censoring.value[0] * entry.value[0]];
        values.extend(time.iter().map(|&at| value(&censoring, at) * value(&entry, at)));
        Self { time, value: values }
    }

    /// The value just before a time.
    fn before(&self, time: f64) -> f64 {
        self.value[self.time.partition_point(|&each| each < time)]
    }
}

/// The Kaplan–Meier estimate of being uncensored; events go before censoring at the same time.
fn censoring(follow_up: &FollowUp, start: &[f64], rows: &[usize]) -> Weights {
    let (time, event) = (follow_up.time(), follow_up.event());
    let mut steps = Weights {
        time: Vec::new(),
        value: vec![1.0],
    };
    let (mut ends, mut begins): (Vec<f64>, Vec<f64>) = rows.iter().map(|&row| (time[row], start[row])).unzip();
    let mut censored: Vec<f64> = rows
        .iter()
        .filter(|&&row| event[row] == 0)
        .map(|&row| time[row])
        .collect();
    let mut failed: Vec<f64> = rows
        .iter()
        .filter(|&&row| event[row] != 0)
        .map(|&row| time[row])
        .collect();
    for list in [&mut ends, &mut begins, &mut censored, &mut failed] {
        list.sort_by(f64::total_cmp);
    }
    let count = |list: &[f64], below: &dyn Fn(f64) -> bool| list.partition_point(|&each| below(each)) as f64;
    let mut free = 1.0;
    for tied in censored.chunk_by(|a, b| a == b) {
        let now = tied[0];
        // At risk: entered before, and neither ended before nor failed now.
        let entered = count(&begins, &|each| each < now);
        let ended = count(&ends, &|each| each < now);
        let fails = count(&failed, &|each| each <= now) - count(&failed, &|each| each < now);
        free *= 1.0 - tied.len() as f64 / (entered - ended - fails);
        steps.time.push(now);
        steps.value.push(free);
    }
    steps
}

/// The Kaplan–Meier estimate of having entered, in reversed time.
fn entries(follow_up: &FollowUp, start: &[f64], rows: &[usize]) -> Weights {
    let mut begins: Vec<f64> = rows.iter().map(|&row| start[row]).collect();
    let mut ends: Vec<f64> = rows.iter().map(|&row| follow_up.time()[row]).collect();
    begins.sort_by(f64::total_cmp);
    ends.sort_by(f64::total_cmp);
    let mut found = Weights {
        time: Vec::new(),
        value: Vec::new(),
    };
    let mut entered = 1.0;
    let ties: Vec<&[f64]> = begins.chunk_by(|a, b| a == b).collect();
    for tied in ties.iter().rev() {
        let now = tied[0];
        found.time.push(now);
        found.value.push(entered);
        let begun = begins.partition_point(|&each| each <= now);
        let ended = ends.partition_point(|&each| each <= now);
        entered *= 1.0 - tied.len() as f64 / (begun - ended) as f64;
    }
    // Before the first entry nobody is at risk.
    found.value.push(1.0);
    found.time.reverse();
    found.value.reverse();
    found
}

/// The intervals as they are collected.
#[derive(Default)]
struct Intervals {
    start: Vec<f64>,
    stop: Vec<f64>,
    event: Vec<u32>,
    weight: Vec<f64>,
    subject: Vec<usize>,
}

impl Intervals {
    fn push(
        &mut self,
        subject: usize,
        start: f64,
        stop: f64,
        is_event: bool,
        weight: f64,
    ) -> Result<(), FineGrayError> {
        if self.subject.len() >= MOST_FINE_GRAY_ROWS {
            let found = self.subject.len() + 1;
            return Err(FineGrayError::TooManyRows { found });
        }
        self.start.push(start);
        self.stop.push(stop);
        self.event.push(u32::from(is_event));
        self.weight.push(weight);
        self.subject.push(subject);
        Ok(())
    }

    fn finish(self) -> Result<FineGrayRows, FineGrayError> {
        let follow_up = FollowUp::with_entry(self.start, self.stop, self.event);
        let follow_up = follow_up.and_then(|follow_up| follow_up.weighted(self.weight));
        Ok(FineGrayRows {
            follow_up: follow_up.map_err(|_| FineGrayError::NoWeight)?,
            subject: self.subject,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follow_up() -> FollowUp {
        let entry = vec![0.0, 0.5, 0.0, 2.0, 1.0, 0.0, 3.5, 0.0, 2.5, 1.0];
        let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
        FollowUp::with_entry(entry, time, vec![1, 2, 1, 0, 1, 2, 0, 1, 2, 0]).unwrap()
    }

    #[test]
    fn what_has_no_model_is_named() {
        use FineGrayError as E;
        let follow_up = follow_up();
        let x = [(0..10).map(f64::from).collect::<Vec<f64>>()];
        let model = FineGrayModel::new(&follow_up, &x, 1);
        let error = |model: FineGrayModel<'_>| fine_gray_by_rows(&model).err();
        assert_eq!(error(model), None);
        assert_eq!(error(FineGrayModel { cause: 3, ..model }), Some(E::NoEvents));
        assert_eq!(error(FineGrayModel { cause: 0, ..model }), Some(E::NoEvents));
        assert_eq!(
            error(FineGrayModel {
                covariates: &[],
                ..model
            }),
            Some(E::NoCovariates)
        );
        let constant = [vec![1.0; 10]];
        let alone = FineGrayModel {
            covariates: &constant,
            ..model
        };
        assert_eq!(error(alone), Some(E::Singular { covariate: 0 }));
        let twice = [x[0].clone(), x[0].iter().map(|x| 2.0 * x).collect()];
        assert_eq!(
            error(FineGrayModel {
                covariates: &twice,
                ..model
            }),
            Some(E::Singular { covariate: 1 })
        );
        let short = [vec![1.0; 9]];
        let short = FineGrayModel {
            covariates: &short,
            ..model
        };
        assert_eq!(error(short), Some(E::BadCovariate { covariate: 0 }));
        let labels = Labels::single(9, "");
        assert_eq!(
            error(FineGrayModel {
                strata: Some(&labels),
                ..model
            }),
            Some(E::Labels)
        );
        assert_eq!(
            error(FineGrayModel {
                cluster: Some(&labels),
                ..model
            }),
            Some(E::Labels)
        );
        // All at risk at 3 have just entered: nobody knows how many would have come before the death at 2.
        let emptied =
            FollowUp::with_entry(vec![0.0, 0.0, 3.0, 3.0], vec![1.0, 2.0, 4.0, 5.0], vec![1, 2, 1, 1]).unwrap();
        let x = [vec![0.0, 1.0, 0.0, 1.0]];
        assert_eq!(error(FineGrayModel::new(&emptied, &x, 1)), Some(E::NoWeight));
    }

    #[test]
    fn one_cluster_has_no_estimates_and_a_constant_none() {
        let follow_up = follow_up();
        let x = [
            (0..10).map(|row| f64::from(row % 4)).collect::<Vec<f64>>(),
            vec![1.0; 10],
        ];
        let one = Labels::single(10, "");
        let model = FineGrayModel {
            cluster: Some(&one),
            ..FineGrayModel::new(&follow_up, &x, 1)
        };
        let found = fine_gray_by_rows(&model).unwrap();
        assert_eq!(found.estimates, [None, None]);
        assert!(found.warnings.contains(&FineGrayWarning::FewClusters));
        let found = fine_gray_by_rows(&FineGrayModel { cluster: None, ..model }).unwrap();
        assert!(found.estimates[0].is_some() && found.estimates[1].is_none());
        assert!(found.warnings.contains(&FineGrayWarning::Constant { covariate: 1 }));
        assert!(
            found
                .predicted(0, &[1.0, 1.0], crate::survival::Confidence::default())
                .is_some()
        );
    }

    /// With Breslow's ties and without entries the coefficients are those of `fine_gray`.
    #[test]
    fn the_same_coefficients_as_without_intervals() {
        // Nobody is censored at the time of an event, where the two weights differ.
        let time = vec![1.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
        let follow_up = FollowUp::new(time, vec![1, 2, 1, 0, 1, 2, 0, 1, 2, 0]).unwrap();
        let x = [vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0]];
        let plain = super::super::fine_gray(&follow_up, &x, 1).unwrap();
        let model = FineGrayModel {
            ties: Ties::Breslow,
            ..FineGrayModel::new(&follow_up, &x, 1)
        };
        let found = fine_gray_by_rows(&model).unwrap();
        let [one, other] = [&plain, &found].map(|model| model.estimates[0].unwrap());
        assert!((one.coef - other.coef).abs() < 1e-7);
        assert!((one.model_std_err - other.model_std_err).abs() < 1e-7);
        let confidence = crate::survival::Confidence::default();
        let [one, other] = [&plain, &found].map(|model| model.predicted(0, &[1.0], confidence).unwrap());
        for (one, other) in one.iter().zip(&other) {
            assert!(one.time == other.time && (one.estimate - other.estimate).abs() < 1e-7);
        }
    }
}
