//! Two readings of one figure: how far the reconstructed curves, medians and hazard ratios are apart.

use super::between::{Ratio, between_groups};
use super::figure::{CurveOf, DigitisedFigure};

/// Number of even times, from 0 to the earlier end, over which differences are averaged.
pub const TIMES_COMPARED: usize = 101;

/// Standard deviations between the mean difference and a limit of agreement (Bland & Altman, Lancet 1986;1:307).
const LIMITS: f64 = 1.96;

/// Why two figures are not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AgreementError {
    /// One shows survival, the other incidence.
    #[error("the figures show different things")]
    Kind,
    /// The units of time differ.
    #[error("the units of time differ")]
    Unit,
    /// No group of one has the name of a group of the other.
    #[error("no group has the same name in both")]
    NoGroup,
}

/// What of the provenance differs, so that the two may not be readings of one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureDiffers {
    /// The study.
    Study,
    /// The figure.
    Figure,
}

/// Heights of both curves at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The time.
    pub time: f64,
    /// Height of the first, 0 to 1.
    pub first: f64,
    /// Height of the second.
    pub second: f64,
}

impl Difference {
    /// First less second.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.first - self.second
    }
}

/// Agreement of one curve of a group. Heights are of the reconstructed curves, 0 to 1; differences are first less second.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupAgreement {
    /// Name of the group.
    pub group: String,
    /// Which curve.
    pub of: CurveOf,
    /// Patients of both.
    pub patients: [usize; 2],
    /// Events of this curve of both.
    pub events: [usize; 2],
    /// Medians of both, of survival only.
    pub median: [Option<f64>; 2],
    /// The time with the largest difference, until the earlier end.
    pub largest: Difference,
    /// The numbers at risk of the first give the times; until the earlier end.
    pub at: Vec<Difference>,
    /// Both curves at [`TIMES_COMPARED`] even times.
    pub even: Vec<Difference>,
    /// Mean of the differences at the even times.
    pub mean: f64,
    /// Mean ± 1.96 standard deviations of these differences. They describe; the times of one curve are not independent.
    pub limits: (f64, f64),
}

/// The hazard ratio of a group by both readings.
#[derive(Debug, Clone, PartialEq)]
pub struct RatioAgreement {
    /// The group.
    pub group: String,
    /// The reference.
    pub reference: String,
    /// By the first and by the second.
    pub ratios: [Option<Ratio>; 2],
}

impl RatioAgreement {
    /// Second over first.
    #[must_use]
    pub fn ratio_of_ratios(&self) -> Option<f64> {
        let [first, second] = self.ratios;
        Some(second?.ratio / first?.ratio)
    }
}

/// How two readings of a figure agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// What of the provenance differs.
    pub differs: Vec<FigureDiffers>,
    /// Each curve that both have, in the order of the first.
    pub curves: Vec<GroupAgreement>,
    /// Names of groups that only one has.
    pub alone: Vec<String>,
    /// Hazard ratios against the first common group, where both have them.
    pub ratios: Vec<RatioAgreement>,
}

/// Compares two readings of one figure. Groups are matched by name; where each has one group, these are matched whatever
/// they are called.
///
/// ```
/// use cotside_core::evidence::{AtRisk, DigitisedCurve, DigitisedFigure, DigitisedGroup, FigureInput, HeightUnit, agreement};
///
/// let read = |height: f64| {
///     let points = vec![(0.0, 1.0), (2.0, 1.0), (2.0, height), (4.0, height)];
///     let curves = vec![DigitisedCurve { points, ..DigitisedCurve::default() }];
///     let group = DigitisedGroup { curves, at_risk: vec![AtRisk::at(0.0, 10)], ..DigitisedGroup::default() };
///     let input = FigureInput { heights: HeightUnit::Fraction, groups: vec![group], ..FigureInput::default() };
///     DigitisedFigure::new(input).unwrap()
/// };
/// let found = agreement(&read(0.8), &read(0.7)).unwrap();
/// let curve = &found.curves[0];
/// assert_eq!((curve.events, curve.largest.time), ([2, 3], 2.0));
/// assert!((curve.largest.difference() - 0.1).abs() < 1e-12);
/// // From 2 to 4 years, 51 of 101 even times.
/// assert!((curve.mean - 0.1 * 51.0 / 101.0).abs() < 1e-12);
/// ```
///
/// # Errors
/// [`AgreementError`].
pub fn agreement(first: &DigitisedFigure, second: &DigitisedFigure) -> Result<Agreement, AgreementError> {
    let (a, b) = (first.input(), second.input());
    if a.kind != b.kind {
        return Err(AgreementError::Kind);
    }
    if a.unit != b.unit {
        return Err(AgreementError::Unit);
    }
    let single = a.groups.len() == 1 && b.groups.len() == 1;
    let partner = |name: &str| if single { Some(0) } else { second.group(name) };
    let pairs: Vec<(usize, usize)> = a
        .groups
        .iter()
        .enumerate()
        .filter_map(|(place, group)| Some((place, partner(&group.name)?)))
        .collect();
    if pairs.is_empty() {
        return Err(AgreementError::NoGroup);
    }
    let mut curves = Vec::new();
    for &(one, other) in &pairs {
        for of in CurveOf::ALL {
            curves.extend(of_curve((first, one), (second, other), of));
        }
    }
    let is_paired = |name: &str, place: usize, of_first: bool| {
        pairs
            .iter()
            .any(|&(one, other)| place == if of_first { one } else { other })
            || name.is_empty()
    };
    let names = |figure: &DigitisedFigure, of_first: bool| -> Vec<String> {
        let groups = figure.input().groups.iter().enumerate();
        let alone = groups.filter(|(place, group)| !is_paired(&group.name, *place, of_first));
        alone.map(|(_, group)| group.name.clone()).collect()
    };
    let mut alone = names(first, true);
    alone.extend(names(second, false));
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    let (of_first, of_second) = (&first.provenance, &second.provenance);
    let mut differs = Vec::new();
    if !same(&of_first.study, &of_second.study) {
        differs.push(FigureDiffers::Study);
    }
    if !same(&of_first.figure, &of_second.figure) {
        differs.push(FigureDiffers::Figure);
    }
    Ok(Agreement {
        differs,
        curves,
        alone,
        ratios: ratios(first, second, &pairs),
    })
}

/// Hazard ratios of the matched groups against the first of them.
fn ratios(first: &DigitisedFigure, second: &DigitisedFigure, pairs: &[(usize, usize)]) -> Vec<RatioAgreement> {
    let Some(&(one, other)) = pairs.first() else {
        return Vec::new();
    };
    let (Ok(found), Ok(again)) = (between_groups(first, one), between_groups(second, other)) else {
        return Vec::new();
    };
    let groups = &first.input().groups;
    let ratio = |&(one, other): &(usize, usize)| {
        let of = |found: &super::between::BetweenGroups, place| {
            let ratio = found.ratios.iter().find(|ratio| ratio.group == place);
            ratio.and_then(|ratio| ratio.hazard)
        };
        RatioAgreement {
            group: groups[one].name.clone(),
            reference: groups[pairs[0].0].name.clone(),
            ratios: [of(&found, one), of(&again, other)],
        }
    };
    pairs.iter().skip(1).map(ratio).collect()
}

fn of_curve(
    (first, one): (&DigitisedFigure, usize),
    (second, other): (&DigitisedFigure, usize),
    of: CurveOf,
) -> Option<GroupAgreement> {
    let both = [&first.rebuilt()[one], &second.rebuilt()[other]];
    let steps = both.map(|group| group.steps(of));
    if steps.iter().any(Vec::is_empty) {
        return None;
    }
    let ends = both.map(|group| group.time().last().copied().unwrap_or(0.0));
    let end = ends[0].min(ends[1]);
    let start = if of == CurveOf::Survival { 1.0 } else { 0.0 };
    let height = |steps: &[(f64, f64)], time: f64| {
        let position = steps.partition_point(|step| step.0 <= time).checked_sub(1);
        position.map_or(start, |position| steps[position].1)
    };
    let at = |time: f64| Difference {
        time,
        first: height(&steps[0], time),
        second: height(&steps[1], time),
    };
    let times = steps.iter().flatten().map(|step| step.0).filter(|&time| time <= end);
    let mut largest = at(0.0);
    for time in times {
        let found = at(time);
        let is_later = found.difference().abs() == largest.difference().abs() && time < largest.time;
        if found.difference().abs() > largest.difference().abs() || is_later {
            largest = found;
        }
    }
    let last = (TIMES_COMPARED - 1) as f64;
    let even: Vec<Difference> = (0..TIMES_COMPARED).map(|place| at(end * place as f64 / last)).collect();
    let count = even.len() as f64;
    let mean = even.iter().map(Difference::difference).sum::<f64>() / count;
    let squares = even
        .iter()
        .map(|each| (each.difference() - mean) * (each.difference() - mean));
    let deviation = (squares.sum::<f64>() / (count - 1.0)).sqrt();
    let code = if of == CurveOf::Competing { 2 } else { 1 };
    Some(GroupAgreement {
        group: first.input().groups[one].name.clone(),
        of,
        patients: both.map(|group| group.time().len()),
        events: both.map(|group| group.events(code)),
        median: both.map(|group| group.median()),
        largest,
        at: first.input().groups[one]
            .at_risk
            .iter()
            .map(|entry| entry.time())
            .filter(|&time| time <= end)
            .map(at)
            .collect(),
        even,
        mean,
        limits: (mean - LIMITS * deviation, mean + LIMITS * deviation),
    })
}
