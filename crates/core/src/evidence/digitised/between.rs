//! Groups of a digitised figure compared by their reconstructed patients.

use super::figure::{DigitisedFigure, FigureKind};
use crate::survival::cox::{Design, Estimate, Model, fit};
use crate::survival::{
    FineGrayEstimate, FollowUp, Labels, RankWeight, fine_gray, gray_test, log_rank, normal_quantile,
};

/// A ratio of hazards with its 95 % Wald interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// The ratio.
    pub ratio: f64,
    /// Lower end of its interval.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
    /// Two-sided normal p value.
    pub p: f64,
}

/// A chi-square test of all groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupTest {
    /// The statistic.
    pub chi2: f64,
    /// Degrees of freedom.
    pub df: usize,
    /// Its p value.
    pub p: f64,
}

/// A group against the reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupRatio {
    /// Position of the group.
    pub group: usize,
    /// Hazard ratio by Cox's regression, ties as Efron's; of incidences the cause-specific one. `None` where there is no
    /// finite one.
    pub hazard: Option<Ratio>,
    /// Ratio of the subdistribution hazards by Fine and Gray's regression, of incidences only.
    pub subdistribution: Option<Ratio>,
}

/// Comparison of the groups of a figure. It is of reconstructed patients and no more certain than the figure.
#[derive(Debug, Clone, PartialEq)]
pub struct BetweenGroups {
    /// Position of the reference.
    pub reference: usize,
    /// Log-rank test; of incidences Gray's test. `None` where it does not exist.
    pub test: Option<GroupTest>,
    /// Each group but the reference, in their order.
    pub ratios: Vec<GroupRatio>,
}

/// Why groups are not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotCompared {
    /// One group only.
    #[error("one group")]
    OneGroup,
    /// The figure has no such group.
    #[error("no such group")]
    NoReference,
    /// Competing events of a group are not known.
    #[error("competing events are not known")]
    CompetingUnknown,
    /// The rows cannot be analysed together.
    #[error("the rows are not usable")]
    Rows,
}

/// Compares the groups of a figure with one of them by their reconstructed patients, as R's `survdiff` and `coxph` (ties:
/// Efron), and for incidences `cuminc` and `crr` of cmprsk, do with the same rows.
///
/// ```
/// use cotside_core::evidence::{
///     AtRisk, CurveOf, DigitisedCurve, DigitisedFigure, DigitisedGroup, FigureInput, HeightUnit, between_groups,
/// };
///
/// let group = |name: &str, points: &[(f64, f64)]| DigitisedGroup {
///     name: name.to_owned(),
///     curves: vec![DigitisedCurve { of: CurveOf::Survival, points: points.to_vec(), ..DigitisedCurve::default() }],
///     at_risk: vec![AtRisk::at(0.0, 5)],
/// };
/// let groups = vec![
///     group("a", &[(0.0, 1.0), (1.0, 0.8), (4.0, 0.6), (6.0, 0.4), (9.0, 0.2), (10.0, 0.2)]),
///     group("b", &[(0.0, 1.0), (2.0, 0.8), (3.0, 0.4), (5.0, 0.0)]),
/// ];
/// let input = FigureInput { heights: HeightUnit::Fraction, groups, ..FigureInput::default() };
/// let found = between_groups(&DigitisedFigure::new(input).unwrap(), 0).unwrap();
/// // R: coxph(Surv(c(1, 4, 6, 9, 10, 2, 3, 3, 5, 5), c(1, 1, 1, 1, 0, 1, 1, 1, 1, 1)) ~ rep(0:1, each = 5))
/// assert!((found.ratios[0].hazard.unwrap().ratio - 3.580_848_290_4).abs() < 1e-9);
/// ```
///
/// # Errors
/// [`NotCompared`].
pub fn between_groups(figure: &DigitisedFigure, reference: usize) -> Result<BetweenGroups, NotCompared> {
    let groups = &figure.input().groups;
    if groups.len() < 2 {
        return Err(NotCompared::OneGroup);
    }
    if reference >= groups.len() {
        return Err(NotCompared::NoReference);
    }
    if figure.rebuilt().iter().any(|group| group.competing_unknown()) {
        return Err(NotCompared::CompetingUnknown);
    }
    // The reference comes first.
    let order: Vec<usize> = std::iter::once(reference)
        .chain((0..groups.len()).filter(|&group| group != reference))
        .collect();
    let (mut time, mut event, mut codes) = (Vec::new(), Vec::new(), Vec::new());
    for (code, &group) in order.iter().enumerate() {
        let rows = &figure.rebuilt()[group];
        time.extend_from_slice(rows.time());
        event.extend_from_slice(rows.event());
        codes.extend(std::iter::repeat_n(code as u32, rows.time().len()));
    }
    let labels = Labels {
        codes,
        names: order.iter().map(|&group| groups[group].name.clone()).collect(),
    };
    let incidence = figure.input().kind == FigureKind::Incidence;
    let of_interest: Vec<u32> = event.iter().map(|&event| u32::from(event == 1)).collect();
    let rows = |event: Vec<u32>| FollowUp::new(time.clone(), event).map_err(|_| NotCompared::Rows);
    let (all, single) = (rows(event)?, rows(of_interest)?);
    let test = if incidence {
        let one = Labels::single(all.len(), "all");
        let test = gray_test(&all, &labels, &one, 1).ok();
        test.map(|test| GroupTest {
            chi2: test.chi_square,
            df: test.df,
            p: test.p,
        })
    } else {
        let test = log_rank(&single, &labels, None, RankWeight::LogRank).ok();
        test.and_then(|found| found.test).map(|test| GroupTest {
            chi2: test.chi2,
            df: test.df as usize,
            p: test.p,
        })
    };
    let hazard = hazard_ratios(&single, &labels);
    let subdistribution = if incidence {
        subdistribution_ratios(&all, &labels)
    } else {
        Vec::new()
    };
    let at = |ratios: &[Option<Ratio>], place: usize| ratios.get(place).copied().flatten();
    let ratios = order.iter().skip(1).enumerate().map(|(place, &group)| GroupRatio {
        group,
        hazard: at(&hazard, place),
        subdistribution: at(&subdistribution, place),
    });
    Ok(BetweenGroups {
        reference,
        test,
        ratios: ratios.collect(),
    })
}

fn hazard_ratios(rows: &FollowUp, labels: &Labels) -> Vec<Option<Ratio>> {
    let Ok(design) = Design::new().factor("group", labels) else {
        return Vec::new();
    };
    let Ok(found) = fit(&Model::new(rows, &design)) else {
        return Vec::new();
    };
    let ratio = |estimate: Estimate| {
        Some(Ratio {
            ratio: estimate.hazard_ratio?,
            lower: estimate.lower?,
            upper: estimate.upper?,
            p: estimate.p,
        })
    };
    found.estimates.into_iter().map(|each| each.and_then(ratio)).collect()
}

fn subdistribution_ratios(rows: &FollowUp, labels: &Labels) -> Vec<Option<Ratio>> {
    let Ok(found) = fine_gray(rows, &labels.indicators(), 1) else {
        return Vec::new();
    };
    let z = normal_quantile(0.975);
    let ratio = |estimate: FineGrayEstimate| {
        let [ratio, lower, upper] = estimate.hazard_ratio(z);
        Some(Ratio {
            ratio: ratio?,
            lower: lower?,
            upper: upper?,
            p: estimate.z?.p,
        })
    };
    found.estimates.into_iter().map(|each| each.and_then(ratio)).collect()
}
