//! Cox's model from the sums of a round: estimates, tests, heterogeneity between sites.

use super::combine::{Part, Round};
use super::plan::{Design, Round as RoundTotals, Sharing, TiesPlan};
use super::precision::Precision;
use super::result::{
    Approximate, Chi2, Coefficient, CoxResult, HeterogeneityResult, LikelihoodRatio, OneRound, SiteEstimate,
};
use super::rounds::{NoStep, Pooled, Step, dot};
use super::site::OneStep;
use super::summary::{Cells, CoxSums};
use crate::survival::cox::{DEPENDENT, Factored, Symmetric};
use crate::survival::{chi_square_upper, normal_quantile, normal_two_sided};

/// Level of the intervals.
const LEVEL: f64 = 0.95;

/// Cox's model after a round.
pub(super) struct Model {
    pub result: CoxResult,
    pub heterogeneity: Option<HeterogeneityResult>,
    pub site_estimates: Option<Vec<SiteEstimate>>,
    pub converged: bool,
    pub because_not_exact: Vec<&'static str>,
    /// The pooled sums of this round; `None` where no site gave any.
    pub round: Option<RoundTotals>,
    /// The coefficients of the next round, where one is needed.
    pub next: Option<Vec<f64>>,
}

/// The pooled sums of a round, with those who gave them.
struct Sums<'a> {
    pooled: Pooled,
    loglik: Option<f64>,
    parts: Vec<&'a Part>,
    is_rounded: bool,
}

/// Pools the sums of a round and takes Newton's step.
pub(super) fn pooled_cox(round: &Round<'_>) -> Model {
    let design = &round.plan.design;
    let stratified = design.cox.as_ref().is_none_or(|cox| cox.stratified);
    let sums = if stratified {
        stratified_sums(round)
    } else {
        averaged_sums(round)
    };
    let mut because_not_exact = Vec::new();
    if !stratified {
        because_not_exact.push("time_averaged");
    }
    if sums.as_ref().is_some_and(|sums| sums.is_rounded) {
        because_not_exact.push("precision_bits");
    }
    let Some(sums) = sums else {
        let mut result = empty(design, stratified);
        result.warnings.push("no site gave sums of Cox's model".to_owned());
        return Model {
            result,
            heterogeneity: None,
            site_estimates: None,
            converged: false,
            because_not_exact,
            round: None,
            next: None,
        };
    };
    let sites = round.sites(&sums.parts);
    if sites.len() < design.sites.len() {
        because_not_exact.push("sites");
    }
    let before = round
        .plan
        .totals
        .as_ref()
        .map(|totals| totals.rounds.as_slice())
        .unwrap_or_default();
    // A step from other sites' sums says nothing of these.
    let same_sites = before.last().filter(|before| before.sites == sites);
    let stop = design.cox.as_ref().map_or(0.0, |cox| cox.stop);
    let step = sums.pooled.step(same_sites, stop);
    let mut result = empty(design, stratified);
    result.n = sums.parts.iter().map(|part| part.sums.n).sum();
    result.n_events = sums.parts.iter().map(|part| part.sums.events).sum();
    result.decrement = before.iter().map(|round| round.decrement).collect();
    result.decrement.push(step.as_ref().ok().map(|step| step.decrement));
    if before.iter().any(|round| round.sites != sites) {
        result
            .warnings
            .push("the sites changed between rounds; the estimates are those of this round's sites".to_owned());
    }
    let now = RoundTotals {
        round: round.plan.round,
        sites,
        beta: sums.pooled.beta.clone(),
        score: sums.pooled.score.clone(),
        information_lower: sums.pooled.information.lower().to_vec(),
        loglik: sums.loglik,
        decrement: step.as_ref().ok().map(|step| step.decrement),
    };
    let mut rounds = before.to_vec();
    rounds.push(now.clone());
    let null = rounds
        .first()
        .filter(|first| first.beta.iter().all(|&beta| beta == 0.0) && first.sites == now.sites);
    result.score = null.and_then(score_test);
    let mut model = Model {
        heterogeneity: None,
        site_estimates: None,
        converged: false,
        because_not_exact,
        next: None,
        round: Some(now),
        result,
    };
    match step {
        Ok(step) => {
            estimates(&mut model.result, &sums.pooled, &step);
            model.result.loglik = sums.loglik;
            model.result.loglik_null = null.and_then(|first| first.loglik);
            model.result.one_round = one_round(&rounds, &sums.pooled, &step);
            if step.converged {
                model.result.lr = null.and_then(|_| likelihood_ratio(&rounds, &sums, &step));
            }
            if stratified {
                model.heterogeneity = heterogeneity(round, &sums, &step);
                model.site_estimates = site_estimates(round, &sums, &step);
            }
            model.converged = step.converged;
            let is_last = design
                .cox
                .as_ref()
                .is_some_and(|cox| round.plan.round >= cox.rounds_max);
            if !step.converged && is_last {
                model
                    .result
                    .warnings
                    .push("the rounds of the plan ended before the estimates settled".to_owned());
            }
            model.next = (!step.converged).then_some(step.next);
        }
        Err(NoStep::Singular { column }) => {
            let name = design.coefficients().get(column).cloned().unwrap_or_default();
            let why = format!("{name}: no information on this coefficient beside the others; there are no estimates");
            model.result.warnings.push(why);
        }
        Err(NoStep::Unbounded) => {
            let why = "the coefficients grow beyond what is asked of a site; there are no finite estimates".to_owned();
            model.result.warnings.push(why);
        }
    }
    model
}

fn empty(design: &Design, stratified: bool) -> CoxResult {
    let coefficient = |name: String| Coefficient {
        name,
        coef: None,
        hr: None,
        std_err: None,
        robust_std_err: None,
        z: None,
        p: None,
        lower: None,
        upper: None,
    };
    let ties = match design.ties {
        _ if !stratified => "time_averaged",
        TiesPlan::Efron => "efron",
        TiesPlan::Breslow => "breslow",
    };
    CoxResult {
        n: None,
        n_events: None,
        ties: ties.to_owned(),
        cells: (!stratified).then_some(design.grid.len() as u64),
        loglik: None,
        loglik_null: None,
        coefficients: design.coefficients().into_iter().map(coefficient).collect(),
        covariance_lower: None,
        bound_se: None,
        rounding_se: 0.0,
        decrement: Vec::new(),
        one_round: None,
        score: None,
        wald: None,
        lr: None,
        concordance: None,
        zph: None,
        warnings: match design.weights {
            Some(_) => vec!["standard errors are the naive ones: with weights they are not robust".to_owned()],
            None => Vec::new(),
        },
    }
}

/// The sums of the model that is stratified by site.
fn stratified_sums<'a>(round: &'a Round<'_>) -> Option<Sums<'a>> {
    let design = &round.plan.design;
    let ranges = design.ranges();
    let p = ranges.len();
    let found: Vec<(&Part, &CoxSums)> = round.with(|sums| sums.cox.as_ref());
    if found.is_empty() {
        return None;
    }
    let mut sums = Sums {
        pooled: Pooled {
            beta: round.plan.beta.clone(),
            score: vec![0.0; p],
            information: Symmetric::zero(p),
            rounding: vec![0.0; p],
            ranges,
        },
        loglik: Some(0.0),
        parts: found.iter().map(|(part, _)| *part).collect(),
        is_rounded: false,
    };
    for (_, cox) in &found {
        let pooled = &mut sums.pooled;
        pooled
            .score
            .iter_mut()
            .zip(&cox.score)
            .for_each(|(sum, value)| *sum += value);
        add_lower(&mut pooled.information, &cox.information_lower);
        sums.loglik = sums.loglik.zip(cox.loglik).map(|(a, b)| a + b);
        for (sum, unit) in pooled.rounding.iter_mut().zip(cox.score_unit.iter().flatten()) {
            *sum += unit * unit / 12.0;
            sums.is_rounded = true;
        }
    }
    if let Some(precision) = masked_precision(design) {
        let sites = design.sites.len() as f64;
        sums.is_rounded = true;
        for (sum, unit) in sums.pooled.rounding.iter_mut().zip(&precision.score_unit) {
            *sum += sites * unit * unit / 12.0;
        }
    }
    Some(sums)
}

/// The units to which masked sites round, which follow from the plan alone; `None` in full precision.
pub(super) fn masked_precision(design: &Design) -> Option<Precision> {
    if design.sharing != Sharing::Masked {
        return None;
    }
    Precision::of(
        &design.ranges(),
        design.expected_n,
        design.expected_events,
        design.limits.precision_bits,
    )
}

fn add_lower(sum: &mut Symmetric, lower: &[f64]) {
    let mut next = lower.iter();
    for i in 0..sum.size() {
        for j in 0..=i {
            sum.add(i, j, next.next().copied().unwrap_or_default());
        }
    }
}

/// The sums of the model with risk sets averaged over cells: U = Σ_events x − Σ d E1/E0 and
/// I = Σ d(E2/E0 − (E1/E0)(E1/E0)ᵀ), E over all sites.
fn averaged_sums<'a>(round: &'a Round<'_>) -> Option<Sums<'a>> {
    let ranges = round.plan.design.ranges();
    let p = ranges.len();
    let found: Vec<(&Part, &Cells)> = round.with(|sums| sums.cells.as_ref());
    if found.is_empty() {
        return None;
    }
    let mut score = vec![0.0; p];
    let mut information = Symmetric::zero(p);
    for (_, cells) in &found {
        score
            .iter_mut()
            .zip(&cells.event_sum)
            .for_each(|(sum, value)| *sum += value);
    }
    for cell in 0..round.plan.design.grid.len() {
        let (mut events, mut e0) = (0.0, 0.0);
        let (mut e1, mut e2) = (vec![0.0; p], Symmetric::zero(p));
        for cell in found.iter().filter_map(|(_, cells)| cells.cells.get(cell)) {
            events += cell.events as f64;
            e0 += cell.e0;
            e1.iter_mut().zip(&cell.e1).for_each(|(sum, value)| *sum += value);
            add_lower(&mut e2, &cell.e2_lower);
        }
        if events == 0.0 || e0 <= 0.0 {
            continue;
        }
        for i in 0..p {
            score[i] -= events * e1[i] / e0;
            for j in 0..=i {
                information.add(i, j, events * (e2.at(i, j) / e0 - e1[i] / e0 * (e1[j] / e0)));
            }
        }
    }
    Some(Sums {
        pooled: Pooled {
            beta: round.plan.beta.clone(),
            score,
            information,
            rounding: vec![0.0; p],
            ranges,
        },
        loglik: None,
        parts: found.iter().map(|(part, _)| *part).collect(),
        is_rounded: false,
    })
}

fn estimates(result: &mut CoxResult, pooled: &Pooled, step: &Step) {
    let reach = normal_quantile(1.0 - (1.0 - LEVEL) / 2.0);
    for (j, coefficient) in result.coefficients.iter_mut().enumerate() {
        let (coef, std_err) = (step.estimate[j], step.covariance.at(j, j).sqrt());
        let ratio = |log: f64| Some(libm::exp(log)).filter(|ratio| ratio.is_finite());
        coefficient.coef = Some(coef);
        coefficient.hr = ratio(coef);
        coefficient.std_err = Some(std_err);
        coefficient.z = Some(coef / std_err);
        coefficient.p = Some(normal_two_sided(coef / std_err));
        coefficient.lower = ratio(coef - reach * std_err);
        coefficient.upper = ratio(coef + reach * std_err);
    }
    result.covariance_lower = Some(step.covariance.lower().to_vec());
    result.bound_se = step.bound;
    result.rounding_se = step.rounding_se;
    result.wald = Some(chi2(pooled.information.quadratic(&step.estimate), pooled.beta.len()));
}

fn chi2(value: f64, df: usize) -> Chi2 {
    let chi2 = value.max(0.0);
    Chi2 {
        chi2,
        df: df as u32,
        p: chi_square_upper(chi2, df as f64),
    }
}

/// The information of a round, factored.
fn factored(round: &RoundTotals) -> Option<Factored> {
    let information = Symmetric::of_lower(round.beta.len(), &round.information_lower)?;
    Some(Factored::new(&information, DEPENDENT, 0.0))
}

/// sᵀU: what the step from the coefficients of the round to the estimates adds, to the first order.
fn gain(pooled: &Pooled, step: &Step) -> f64 {
    let to_and_from = step.estimate.iter().zip(&pooled.beta);
    to_and_from
        .zip(&pooled.score)
        .map(|((to, from), u)| (to - from) * u)
        .sum()
}

/// UᵀI⁻U of the round at 0.
fn score_test(first: &RoundTotals) -> Option<Chi2> {
    let factored = factored(first)?;
    let rank = factored.rank();
    (rank > 0).then(|| chi2(dot(&factored.solve(&first.score), &first.score), rank))
}

/// Likelihoods where they are known; else the sum over steps of sᵀ(U_a + U_b) + sᵀ(I_b − I_a)s/6, and sᵀU of the last one.
fn likelihood_ratio(rounds: &[RoundTotals], sums: &Sums<'_>, step: &Step) -> Option<LikelihoodRatio> {
    let p = sums.pooled.beta.len();
    let last = gain(&sums.pooled, step);
    let known = rounds.first().and_then(|first| first.loglik).zip(sums.loglik);
    let value = match known {
        Some((null, here)) => 2.0 * (here - null) + last,
        None => {
            let mut sum = last;
            for pair in rounds.windows(2) {
                let [a, b] = pair else { continue };
                if a.sites != b.sites {
                    return None;
                }
                let s: Vec<f64> = b.beta.iter().zip(&a.beta).map(|(b, a)| b - a).collect();
                let bend = |round: &RoundTotals| Some(Symmetric::of_lower(p, &round.information_lower)?.quadratic(&s));
                sum += dot(&s, &a.score) + dot(&s, &b.score) + (bend(b)? - bend(a)?) / 6.0;
            }
            sum
        }
    };
    let test = chi2(value, p);
    Some(LikelihoodRatio {
        chi2: test.chi2,
        df: test.df,
        p: test.p,
        approximate: known.is_none(),
    })
}

/// The estimates after round 1, and how far they were from the present ones.
fn one_round(rounds: &[RoundTotals], pooled: &Pooled, step: &Step) -> Option<OneRound> {
    let first = rounds.first()?;
    let factored = factored(first)?;
    if factored.rank() < pooled.beta.len() {
        return None;
    }
    let coef: Vec<f64> = factored
        .solve(&first.score)
        .iter()
        .zip(&first.beta)
        .map(|(s, beta)| beta + s)
        .collect();
    let distance = distance_se(&coef, &step.estimate, &step.covariance);
    Some(OneRound {
        coef,
        distance_se: (rounds.len() > 1).then_some(distance),
    })
}

/// The largest difference of two estimates in standard errors.
fn distance_se(a: &[f64], b: &[f64], covariance: &Symmetric) -> f64 {
    let off = |j: usize| (a[j] - b[j]).abs() / covariance.at(j, j).sqrt();
    (0..a.len()).map(off).fold(0.0, f64::max)
}

/// Q = Σ U_kᵀI_k⁻U_k at the estimates on Σ rank(I_k) − p degrees of freedom.
fn heterogeneity(round: &Round<'_>, sums: &Sums<'_>, step: &Step) -> Option<HeterogeneityResult> {
    let design = &round.plan.design;
    let p = sums.pooled.beta.len();
    let names = design.coefficients();
    let (q, rank, moments, known) = if design.sharing == Sharing::Masked {
        let spread = sums.parts.first()?.sums.cox.as_ref()?.spread.as_ref()?;
        // From β to the estimates Q falls by sᵀU.
        (
            spread.q - gain(&sums.pooled, step),
            spread.rank as usize,
            spread.moments.clone(),
            None,
        )
    } else {
        let (mut q, mut rank, mut moments, mut known) = (0.0, 0, vec![[0.0; 4]; p], vec![0_u64; p]);
        for part in &sums.parts {
            let one = site_step(part, &sums.pooled, step)?;
            q += one.q;
            rank += one.rank;
            for j in 0..p {
                let (Some(y), Some(std_err)) = (one.coef[j], one.std_err[j]) else {
                    continue;
                };
                let w = 1.0 / (std_err * std_err);
                for (sum, value) in moments[j].iter_mut().zip([w, w * w, w * y, w * y * y]) {
                    *sum += value;
                }
                known[j] += 1;
            }
        }
        (q, rank, moments, Some(known))
    };
    let df = rank.checked_sub(p).filter(|&df| df > 0)?;
    let test = chi2(q, df);
    let one = |j: usize| {
        let [w, w2, wy, wy2] = moments[j];
        let sites = known.as_ref().map(|known| known[j]);
        let q = if w > 0.0 { (wy2 - wy * wy / w).max(0.0) } else { 0.0 };
        // Masked: how many sites have one is known only where all have.
        let df = (sites.unwrap_or(design.sites.len() as u64) as f64) - 1.0;
        let scale = w - w2 / w;
        let is_known = sites.is_some() || rank == p * design.sites.len();
        let has = is_known && df > 0.0 && w > 0.0 && scale > 0.0;
        Approximate {
            name: names[j].clone(),
            q,
            sites,
            tau2: has.then(|| ((q - df) / scale).max(0.0)),
            i2: (has && q > 0.0).then(|| (100.0 * (q - df) / q).max(0.0)),
        }
    };
    Some(HeterogeneityResult {
        q: test.chi2,
        df: test.df,
        p: test.p,
        coefficients: (0..p).map(one).collect(),
    })
}

/// A site's step from the estimates, its score carried there by its information.
fn site_step(part: &Part, pooled: &Pooled, step: &Step) -> Option<OneStep> {
    let cox = part.sums.cox.as_ref()?;
    let information = Symmetric::of_lower(pooled.beta.len(), &cox.information_lower)?;
    let moved: Vec<f64> = step
        .estimate
        .iter()
        .zip(&pooled.beta)
        .map(|(to, from)| to - from)
        .collect();
    let change = information.times(&moved);
    let score: Vec<f64> = cox.score.iter().zip(&change).map(|(u, change)| u - change).collect();
    Some(OneStep::of(&step.estimate, &score, &information, &pooled.ranges))
}

fn site_estimates(round: &Round<'_>, sums: &Sums<'_>, step: &Step) -> Option<Vec<SiteEstimate>> {
    let design = &round.plan.design;
    if design.sharing == Sharing::Masked || !design.publish_sites {
        return None;
    }
    let one = |part: &&Part| {
        let found = site_step(part, &sums.pooled, step)?;
        Some(SiteEstimate {
            site: part.site.clone(),
            coef: found.coef,
            std_err: found.std_err,
            one_step: true,
        })
    };
    sums.parts.iter().map(one).collect()
}
