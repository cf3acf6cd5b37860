//! Firth's penalised likelihood: finite estimates also where a covariate separates.
//!
//! Firth 1993 (Biometrika 80:27); Heinze & Schemper 2001 (Biometrics 57:114): ℓ*(β) = ℓ(β) + ½ ln |I(β)|, intervals and
//! p values from the profile of ℓ*, as R's `coxphf`.

mod graded;

use core::cell::Cell;

use super::fit::{CoxFit, Start};
use super::matrix::{Factored, Symmetric};
use super::newton::DEPENDENT;
use super::partial::Moments;
use super::risk_order::RiskOrder;
use super::separation::{ranges, reach};
use super::sweep::{Met, RiskSums, sweep};
use super::{CoxError, CoxWarning, Estimate, Model, Test, Ties};
use crate::survival::{chi_square_upper, normal_quantile};

/// Most steps of one maximisation.
const MOST_STEPS: u32 = 400;
/// Most elementary steps of one iteration of each maximisation; a fit takes some hundreds of iterations.
const MOST_WORK: f64 = 2e8;
/// Steps by the information before the curvature of ℓ* is used.
const FISHER_STEPS: u32 = 4;
/// Convergence: no linear predictor moves by more than this.
const STILL: f64 = 1e-10;
/// An expected gain below this, relative to ℓ*, is below rounding error.
const NOTHING_GAINED: f64 = 1e-13;
/// Most evaluations of ℓ* in a fit, and fewer where each is long: [`MOST_SUMS`] elementary steps in all.
const MOST_EVALUATIONS: f64 = 400_000.0;
const MOST_SUMS: f64 = 2e10;
/// Longest step, in units of the linear predictor.
const LONGEST: f64 = 4.0;
/// An interval's end is not sought beyond this.
const FARTHEST: f64 = 300.0;

/// Sums over those at risk up to risk · x ⊗ x ⊗ x.
#[derive(Clone)]
struct ThirdMoments {
    lower: Moments,
    /// Elements i ≥ j ≥ k.
    third: Vec<f64>,
}

impl ThirdMoments {
    fn zero(p: usize) -> Self {
        Self {
            lower: Moments::zero(p),
            third: vec![0.0; p * (p + 1) * (p + 2) / 6],
        }
    }
}

impl RiskSums for ThirdMoments {
    fn clear(&mut self) {
        self.lower.clear();
        self.third.fill(0.0);
    }

    fn add(&mut self, x: &[f64], risk: f64) {
        self.lower.add(x, risk);
        let mut index = 0;
        for i in 0..x.len() {
            for j in 0..=i {
                let product = risk * x[i] * x[j];
                for &value in &x[..=j] {
                    self.third[index] += product * value;
                    index += 1;
                }
            }
        }
    }

    fn rescale(&mut self, factor: f64) {
        self.lower.rescale(factor);
        self.third.iter_mut().for_each(|sum| *sum *= factor);
    }

    fn total(&self) -> f64 {
        self.lower.total
    }
}

/// ℓ*, its gradient, and the information of ℓ.
#[derive(Debug, Clone)]
struct Penalised {
    loglik: f64,
    score: Vec<f64>,
    information: Symmetric,
}

/// Evaluates ℓ* at β. `None` where it is not finite. O(n p³), or as [`graded::penalised`] where predictors are far
/// apart.
fn penalised(order: &RiskOrder, ties: Ties, beta: &[f64]) -> Option<Penalised> {
    let mut eta = Vec::with_capacity(order.row.len());
    order.linear_predictor(beta, &mut eta);
    if graded::is_needed(&eta) && graded::is_feasible(order) {
        return graded::penalised(order, ties, &eta);
    }
    evaluated(order, ties, &eta)
}

/// ℓ* from sums over those at risk.
fn evaluated(order: &RiskOrder, ties: Ties, eta: &[f64]) -> Option<Penalised> {
    let p = order.p;
    let mut sum = Evaluation {
        loglik: 0.0,
        score: vec![0.0; p],
        information: Symmetric::zero(p),
        third: vec![0.0; p * (p + 1) * (p + 2) / 6],
    };
    let mut tied = ThirdMoments::zero(p);
    let mut x = vec![0.0; p];
    sweep(order, eta, &mut ThirdMoments::zero(p), |sums, met| {
        tied.clear();
        let moment = met.moment;
        let mut weight = 0.0;
        for place in (moment.first..moment.end).filter(|&place| order.is_event[place]) {
            weight += order.weight(place);
            order.read(place, &mut x);
            tied.add(&x, met.risk[place - moment.first]);
            sum.loglik += order.weight(place) * (eta[place] - met.shift);
            let parts = sum.score.iter_mut().zip(&x);
            parts.for_each(|(score, x)| *score += order.weight(place) * x);
        }
        sum.meet(sums, &tied, weight / moment.events as f64, met, ties);
    });
    sum.penalise()
}

struct Evaluation {
    loglik: f64,
    score: Vec<f64>,
    information: Symmetric,
    /// Σ of the third cumulants: the derivative of the information, elements i ≥ j ≥ k.
    third: Vec<f64>,
}

impl Evaluation {
    fn meet(&mut self, sums: &ThirdMoments, tied: &ThirdMoments, weight: f64, met: &Met<'_>, ties: Ties) {
        let d = met.moment.events;
        let p = self.score.len();
        let packed = |i: usize, j: usize| i.max(j) * (i.max(j) + 1) / 2 + i.min(j);
        for k in 0..d {
            let part = if ties == Ties::Efron { k as f64 / d as f64 } else { 0.0 };
            let total = sums.lower.total - part * tied.lower.total;
            let mean = |i: usize| (sums.lower.first[i] - part * tied.lower.first[i]) / total;
            let square = |i: usize, j: usize| {
                let index = packed(i, j);
                (sums.lower.second[index] - part * tied.lower.second[index]) / total
            };
            self.loglik -= weight * libm::log(total);
            let mut index = 0;
            for i in 0..p {
                self.score[i] -= weight * mean(i);
                for j in 0..=i {
                    self.information.add(i, j, weight * (square(i, j) - mean(i) * mean(j)));
                    for k in 0..=j {
                        let cube = (sums.third[index] - part * tied.third[index]) / total;
                        let pairs = square(i, j) * mean(k) + square(i, k) * mean(j) + square(j, k) * mean(i);
                        self.third[index] += weight * (cube - pairs + 2.0 * mean(i) * mean(j) * mean(k));
                        index += 1;
                    }
                }
            }
        }
    }

    /// Adds ½ ln |I|, and to the score ½ tr(I⁻¹ ∂I/∂β).
    fn penalise(mut self) -> Option<Penalised> {
        let p = self.score.len();
        let factored = Factored::new(&self.information, 0.0, 0.0);
        if factored.rank() < p {
            return None;
        }
        let inverse = factored.inverse();
        let third = |i: usize, j: usize, k: usize| {
            let mut order = [i, j, k];
            order.sort_by_key(|&each| each);
            let [low, middle, high] = order;
            self.third[high * (high + 1) * (high + 2) / 6 + middle * (middle + 1) / 2 + low]
        };
        for k in 0..p {
            let trace: f64 = (0..p)
                .flat_map(|i| (0..p).map(move |j| (i, j)))
                .map(|(i, j)| inverse.at(i, j) * third(i, j, k))
                .sum();
            self.score[k] += trace / 2.0;
        }
        let loglik = self.loglik + factored.log_determinant() / 2.0;
        let finite = loglik.is_finite() && self.score.iter().all(|each| each.is_finite());
        finite.then_some(Penalised {
            loglik,
            score: self.score,
            information: self.information,
        })
    }
}

/// Maximises ℓ* over the `free` coefficients from `beta`.
struct Climb<'a> {
    order: &'a RiskOrder<'a>,
    ties: Ties,
    range: &'a [f64],
    /// Evaluations of ℓ* left before the fit gives up.
    left: Cell<u64>,
}

#[derive(Clone)]
struct Top {
    beta: Vec<f64>,
    at: Penalised,
    steps: u32,
    converged: bool,
}

/// Where the profile of a coefficient falls by a given depth.
#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    /// At this value of the coefficient.
    At(f64),
    /// Nowhere: the profile stays above for all values of the coefficient.
    Infinite,
    /// Not found: a maximisation did not converge, or there were too many evaluations.
    Unknown,
}

impl Climb<'_> {
    fn at(&self, beta: &[f64]) -> Option<Penalised> {
        self.left.set(self.left.get().checked_sub(1)?);
        penalised(self.order, self.ties, beta)
    }

    fn run(&self, beta: Vec<f64>, free: &[usize]) -> Option<Top> {
        let at = self.at(&beta)?;
        let mut top = Top {
            beta,
            at,
            steps: 0,
            converged: free.is_empty(),
        };
        while top.steps < MOST_STEPS && !top.converged {
            top.steps += 1;
            let mut far = f64::INFINITY;
            let mut gain = f64::INFINITY;
            let mut moved = false;
            for direction in [Direction::Curvature, Direction::Information, Direction::Gradient] {
                let Some(step) = self.step(&top, free, direction) else {
                    continue;
                };
                far = reach(&step, self.range);
                gain = step.iter().zip(&top.at.score).map(|(step, score)| step * score).sum();
                if far <= STILL {
                    top.converged = true;
                    break;
                }
                moved = self.take(&mut top, &step, far);
                // A Newton step whose gain is below rounding error has reached the maximum.
                if moved || gain <= NOTHING_GAINED * (1.0 + top.at.loglik.abs()) {
                    break;
                }
            }
            if !moved && !top.converged {
                // No point along any step is higher: this is the maximum up to rounding.
                top.converged = far <= 1e-6 || gain <= NOTHING_GAINED * (1.0 + top.at.loglik.abs());
                break;
            }
        }
        Some(top)
    }

    /// Returns the step in a direction, 0 for fixed coefficients; `None` where there is none.
    fn step(&self, top: &Top, free: &[usize], direction: Direction) -> Option<Vec<f64>> {
        let score: Vec<f64> = free.iter().map(|&j| top.at.score[j]).collect();
        let solved = match direction {
            Direction::Curvature => self.curvature(top, free)?.solve(&score),
            Direction::Information => Factored::new(&top.at.information.part(free), 0.0, 0.0).solve(&score),
            Direction::Gradient => {
                let parts = free.iter().zip(&score);
                parts
                    .map(|(&j, score)| score / (self.range[j] * self.range[j]))
                    .collect()
            }
        };
        let mut step = vec![0.0; self.order.p];
        free.iter().zip(&solved).for_each(|(&j, part)| step[j] = *part);
        let far = reach(&step, self.range);
        (far.is_finite() && (far > 0.0 || direction == Direction::Curvature)).then_some(step)
    }

    /// Takes the step, shortened until ℓ* does not fall; returns whether it could be taken.
    fn take(&self, top: &mut Top, step: &[f64], far: f64) -> bool {
        let mut length = (LONGEST / far).min(1.0);
        let slack = 1e-13 * (1.0 + top.at.loglik.abs());
        for _ in 0..40 {
            let parts = top.beta.iter().zip(step);
            let beta: Vec<f64> = parts.map(|(beta, step)| beta + length * step).collect();
            match self.at(&beta) {
                Some(at) if at.loglik >= top.at.loglik - slack => {
                    top.beta = beta;
                    top.at = at;
                    return true;
                }
                _ => length /= 2.0,
            }
        }
        false
    }

    /// The curvature of ℓ* itself, from differences of its score, where it is concave; not in the first steps, in which
    /// dividing by the information (as Heinze & Schemper do) gets nearer. With the information alone convergence is
    /// slow in tiny samples.
    fn curvature(&self, top: &Top, free: &[usize]) -> Option<Factored> {
        if top.steps <= FISHER_STEPS {
            return None;
        }
        let mut curvature = Symmetric::zero(free.len());
        for (i, &row) in free.iter().enumerate() {
            let width = 1e-4 / self.range[row];
            let beside = |width: f64| {
                let mut beta = top.beta.clone();
                beta[row] += width;
                self.at(&beta)
            };
            let (above, below) = (beside(width)?, beside(-width)?);
            for (j, &column) in free.iter().enumerate() {
                let slope = (below.score[column] - above.score[column]) / (2.0 * width);
                // Both halves are estimates of one number.
                curvature.add(i, j, if i == j { slope } else { slope / 2.0 });
            }
        }
        let factored = Factored::new(&curvature, 1e-9, 0.0);
        (factored.rank() == free.len()).then_some(factored)
    }

    /// Returns the highest maximum of ℓ* reached from the starts with coefficient j fixed at `value`.
    fn profile(&self, starts: &[&[f64]], j: usize, value: f64) -> Option<Top> {
        let free: Vec<usize> = (0..self.order.p).filter(|&other| other != j).collect();
        let starts = if free.is_empty() { &starts[..1] } else { starts };
        let climbs = starts.iter().filter_map(|start| {
            let mut beta = start.to_vec();
            beta[j] = value;
            self.run(beta, &free).filter(|top| top.converged)
        });
        climbs.max_by(|a, b| a.at.loglik.total_cmp(&b.at.loglik))
    }

    /// Returns the profile maximum with coefficient j fixed at 0.
    fn at_zero(&self, top: &Top, j: usize) -> Option<Top> {
        // In steps of bounded length, each started from the one before.
        let steps = (top.beta[j].abs() * self.range[j] / LONGEST).ceil().clamp(1.0, 100.0);
        let mut from = top.beta.clone();
        for part in 1..=steps as u32 {
            let value = top.beta[j] * (1.0 - f64::from(part) / steps);
            if let Some(there) = self.profile(&[&from], j, value) {
                from = there.beta;
            }
        }
        self.profile(&[&from, &top.beta, &vec![0.0; self.order.p]], j, 0.0)
    }

    /// Returns where the profile of coefficient j is `depth` below its maximum, in the direction of `step`. The others
    /// start on the line of their last move; a step that is too long for them is shortened.
    fn end_of_interval(&self, top: &Top, j: usize, step: f64, depth: f64) -> End {
        let goal = top.at.loglik - depth;
        let unit = 1.0 / self.range[j];
        let mut step = step.clamp(-LONGEST * unit, LONGEST * unit);
        let (mut before, mut inner) = (top.clone(), top.clone());
        loop {
            if (inner.beta[j] - top.beta[j]).abs() > FARTHEST * unit {
                return End::Infinite;
            }
            if step.abs() < 1e-6 * unit {
                return End::Unknown;
            }
            let value = inner.beta[j] + step;
            let ahead = on_line(&before.beta, &inner.beta, j, value);
            let Some(there) = self.profile(&[&ahead, &inner.beta], j, value) else {
                if self.left.get() == 0 {
                    return End::Unknown;
                }
                step /= 2.0;
                continue;
            };
            if there.at.loglik <= goal {
                return self.between(inner, there, j, goal, depth);
            }
            before = std::mem::replace(&mut inner, there);
            step *= 1.5;
        }
    }

    /// The place between two points of the profile, above and below the goal, at which it is reached: regula falsi with
    /// the Illinois modification, and bisection where the maximisation does not converge.
    fn between(&self, mut inner: Top, mut outer: Top, j: usize, goal: f64, depth: f64) -> End {
        let (mut inner_gap, mut outer_gap) = (inner.at.loglik - goal, outer.at.loglik - goal);
        let mut last_side = 0;
        for _ in 0..200 {
            let (low, high) = (inner.beta[j], outer.beta[j]);
            let next = (low * outer_gap - high * inner_gap) / (outer_gap - inner_gap);
            let middle = f64::midpoint(low, high);
            let at = |value: f64| {
                let start = on_line(&inner.beta, &outer.beta, j, value);
                self.profile(&[&start, &inner.beta], j, value)
            };
            let Some(there) = at(next).or_else(|| at(middle)) else {
                return End::Unknown;
            };
            let gap = there.at.loglik - goal;
            let value = there.beta[j];
            let side = if gap > 0.0 { 1 } else { -1 };
            if gap > 0.0 {
                (inner, inner_gap) = (there, gap);
                outer_gap *= if last_side == side { 0.5 } else { 1.0 };
            } else {
                (outer, outer_gap) = (there, gap);
                inner_gap *= if last_side == side { 0.5 } else { 1.0 };
            }
            last_side = side;
            let width = (inner.beta[j] - outer.beta[j]).abs() * self.range[j];
            if gap.abs() < 1e-11 * (1.0 + depth) || width < 1e-11 {
                return End::At(value);
            }
        }
        End::Unknown
    }
}

/// The matrix by which a step divides the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    /// The negative second derivatives of ℓ*.
    Curvature,
    /// The information of ℓ.
    Information,
    /// The squared ranges of the covariates.
    Gradient,
}

/// Returns the point with coefficient j at `value` on the line through two points; the second where they agree in j.
fn on_line(one: &[f64], two: &[f64], j: usize, value: f64) -> Vec<f64> {
    let part = (value - two[j]) / (two[j] - one[j]);
    let part = if part.is_finite() { part } else { 0.0 };
    let parts = one.iter().zip(two);
    let mut beta: Vec<f64> = parts.map(|(one, two)| two + part * (two - one)).collect();
    beta[j] = value;
    beta
}

/// Returns the elementary steps of one iteration of each maximisation: rows and events, third moments, covariates.
fn steps(order: &RiskOrder) -> f64 {
    let p = order.p as f64;
    order.row.len() as f64 * (p + 1.0) * (p + 2.0) * (p + 3.0) / 6.0 * p
}

/// Fits the model by Firth's penalised likelihood, with Efron's or Breslow's treatment of ties.
///
/// `loglik`, `loglik_null` and their test are those of ℓ*; the score test is of its gradient at 0. `std_err` is from
/// the inverse information; `lower` and `upper` are where the profile of ℓ* falls by half a chi-square quantile; `p` is
/// that of the profile likelihood ratio against 0, and `z` its signed root. O(n p³) an iteration.
///
/// ```
/// use cotside_core::survival::{FollowUp, cox::{Design, Model, fit_firth}};
///
/// // Two patients, and the event is that of x = 1: the hazard ratio h has no finite maximum of h/(1 + h). By hand, with
/// // p = h/(1 + h) the penalised log-likelihood is ln p + ½ ln(p(1 − p)): highest at p = 3/4, where h is 3.
/// let follow_up = FollowUp::new(vec![1.0, 2.0], vec![1, 0]).unwrap();
/// let design = Design::new().numeric("x", vec![1.0, 0.0]);
/// let found = fit_firth(&Model::new(&follow_up, &design)).unwrap();
/// assert!((found.estimates[0].unwrap().coef - 3.0_f64.ln()).abs() < 1e-6);
/// ```
///
/// # Errors
/// [`CoxError`]; [`CoxError::NotForExact`] for exact ties, [`CoxError::RobustWithFirth`] with clusters,
/// [`CoxError::TooLargeForFirth`].
pub fn fit_firth(model: &Model<'_>) -> Result<CoxFit, CoxError> {
    model.check()?;
    if model.ties == Ties::Exact {
        return Err(CoxError::NotForExact);
    }
    if model.robust || model.cluster.is_some() {
        return Err(CoxError::RobustWithFirth);
    }
    let Start {
        order,
        kept,
        events,
        mut warnings,
        ..
    } = Start::new(model)?;
    if steps(&order) > MOST_WORK {
        return Err(CoxError::TooLargeForFirth);
    }
    let range = ranges(&order);
    let climb = Climb {
        order: &order,
        ties: model.ties,
        range: &range,
        left: Cell::new((MOST_SUMS / steps(&order)).clamp(2_000.0, MOST_EVALUATIONS) as u64),
    };
    let null = penalised(&order, model.ties, &vec![0.0; order.p]).ok_or(CoxError::Overflow)?;
    let all: Vec<usize> = (0..order.p).collect();
    let top = climb.run(vec![0.0; order.p], &all).ok_or(CoxError::Overflow)?;
    if !top.converged {
        warnings.push(CoxWarning::NotConverged { iterations: top.steps });
    }
    let inverse = Factored::new(&top.at.information, DEPENDENT, 0.0).inverse();
    let solved = Factored::new(&null.information, DEPENDENT, 0.0).solve(&null.score);
    let score = solved.iter().zip(&null.score).map(|(a, u)| a * u).sum();
    let size = model.design.len();
    let (mut estimates, mut beta) = (vec![None; size], vec![0.0; size]);
    for (j, &term) in kept.iter().enumerate() {
        beta[term] = top.beta[j] / order.spread[j];
        if top.converged {
            let (found, missing) = estimate(&climb, &top, j, term, inverse.at(j, j).sqrt(), model.conf_level);
            estimates[term] = found;
            warnings.extend(missing);
        }
    }
    let naive_variance = super::fit::in_units(&inverse, &order, &kept, size);
    // ½ ln |I| is in the units of the covariates.
    let unit: f64 = order.spread.iter().map(|&spread| libm::log(spread)).sum();
    let wald = top.at.information.quadratic(&top.beta);
    Ok(CoxFit {
        n: model.follow_up.len(),
        n_events: events,
        loglik_null: null.loglik + unit,
        loglik: top.at.loglik + unit,
        likelihood_ratio: Test::new(2.0 * (top.at.loglik - null.loglik), kept.len()),
        wald: (top.converged && !kept.is_empty()).then(|| Test::new(wald, kept.len())),
        score: Test::new(score, kept.len()),
        estimates,
        beta,
        kept,
        variance: naive_variance.clone(),
        naive_variance,
        is_penalised: true,
        iterations: top.steps,
        warnings,
    })
}

/// Returns the estimate of coefficient j; adds a warning for each part of it that does not exist.
fn estimate(
    climb: &Climb<'_>,
    top: &Top,
    j: usize,
    covariate: usize,
    std_err: f64,
    conf_level: f64,
) -> (Option<Estimate>, Vec<CoxWarning>) {
    let spread = climb.order.spread[j];
    let quantile = normal_quantile(0.5 + conf_level / 2.0);
    let depth = quantile * quantile / 2.0;
    let coef = top.beta[j] / spread;
    let Some(at_zero) = climb
        .at_zero(top, j)
        .filter(|_| coef.is_finite() && std_err.is_finite())
    else {
        return (None, vec![CoxWarning::NoProfile { covariate }]);
    };
    let chi2 = (2.0 * (top.at.loglik - at_zero.at.loglik)).max(0.0);
    let exp = |beta: f64| Some(libm::exp(beta / spread)).filter(|ratio| ratio.is_finite());
    let mut warnings = Vec::new();
    let mut end = |upwards: bool| {
        let step = if upwards {
            quantile * std_err
        } else {
            -quantile * std_err
        };
        let limit = match climb.end_of_interval(top, j, step, depth) {
            End::At(beta) => exp(beta).ok_or(End::Infinite),
            none => Err(none),
        };
        limit
            .map_err(|why| {
                warnings.push(if why == End::Infinite {
                    CoxWarning::InfiniteLimit { covariate, upwards }
                } else {
                    CoxWarning::NoLimit { covariate, upwards }
                });
            })
            .ok()
    };
    let (lower, upper) = (end(false), end(true));
    let estimate = Estimate {
        coef,
        hazard_ratio: exp(top.beta[j]),
        std_err: std_err / spread,
        robust_std_err: None,
        z: chi2.sqrt().copysign(coef),
        p: chi_square_upper(chi2, 1.0),
        lower,
        upper,
    };
    (Some(estimate), warnings)
}
