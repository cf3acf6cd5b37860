//! Curves drawn from known data, digitised and reconstructed: the accuracy of the recovered results.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cotside_core::evidence::{AtRisk, CurvePoint, ReconstructError, Reconstruction, reconstruct};
use cotside_core::survival::{Confidence, FollowUp, Labels, RankWeight, SurvivalCurve, kaplan_meier, log_rank};
use proptest::prelude::*;

const LUNG: &str = include_str!("../../../tests/reference/curves/lung.csv");
const VETERAN: &str = include_str!("../../../tests/reference/curves/veteran.csv");

/// Returns times and events of two groups of a file: the first one, and all others.
fn groups(csv: &str) -> [(Vec<f64>, Vec<u32>); 2] {
    let mut found = [(Vec::new(), Vec::new()), (Vec::new(), Vec::new())];
    let rows = csv.lines().skip_while(|line| !line.starts_with("time")).skip(1);
    let mut first = None;
    for row in rows {
        let cells: Vec<&str> = row.split(',').collect();
        let first: &str = first.get_or_insert(cells[2]);
        let group = &mut found[usize::from(cells[2] != first)];
        group.0.push(cells[0].parse().unwrap());
        group.1.push(cells[1].parse().unwrap());
    }
    found
}

fn curve(time: &[f64], event: &[u32]) -> SurvivalCurve {
    kaplan_meier(&FollowUp::new(time.to_vec(), event.to_vec()).unwrap())
}

fn survival(curve: &SurvivalCurve, time: f64) -> f64 {
    curve.step_at(time).map_or(1.0, |step| curve.survival()[step])
}

/// A printed figure, `columns` by `lines` pixels, traced column by column.
fn traced(curve: &SurvivalCurve, columns: u32, lines: f64) -> Vec<CurvePoint> {
    let last = *curve.time().last().unwrap();
    let column = |column: u32| {
        let time = last * f64::from(column) / f64::from(columns);
        let survival = (survival(curve, time) * lines).round() / lines;
        CurvePoint { time, survival }
    };
    (0..=columns).map(column).collect()
}

/// A hand that clicks the corners of the steps and misses by up to `slip` of the height.
fn clicked(curve: &SurvivalCurve, slip: f64) -> Vec<CurvePoint> {
    let mut state = 12_345_u64;
    let mut random = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31) * 2.0 - 1.0
    };
    let mut points = vec![CurvePoint {
        time: 0.0,
        survival: 1.0,
    }];
    let mut level = 1.0;
    for (&time, &survival) in curve.time().iter().zip(curve.survival()) {
        let corners = if survival < level {
            [level, survival]
        } else {
            [survival, survival]
        };
        points.extend(corners.map(|corner| CurvePoint {
            time,
            survival: (corner + slip * random()).clamp(0.0, 1.0),
        }));
        level = survival;
    }
    points
}

/// Numbers at risk at `entries` even times.
fn at_risk(time: &[f64], entries: u32) -> Vec<AtRisk> {
    let last = time.iter().copied().fold(0.0, f64::max);
    let step = (last / f64::from(entries)).round().max(1.0);
    (0..entries)
        .map(|entry| {
            let from = f64::from(entry) * step;
            AtRisk::at(from, time.iter().filter(|&&each| each >= from).count() as u32)
        })
        .collect()
}

fn median(time: &[f64], event: &[u32]) -> f64 {
    curve(time, event).quantiles(&[0.5], Confidence::default())[0]
        .time
        .unwrap()
}

/// Two groups as one file of follow-up.
fn both(groups: [(&[f64], &[u32]); 2]) -> (FollowUp, Labels) {
    let time = [groups[0].0, groups[1].0].concat();
    let event = [groups[0].1, groups[1].1].concat();
    let names: Vec<&str> = (0..time.len())
        .map(|row| if row < groups[0].0.len() { "a" } else { "b" })
        .collect();
    (FollowUp::new(time, event).unwrap(), Labels::of(&names))
}

/// Hazard ratio of the second group by Newton's method on Breslow's partial likelihood, and the log-rank statistic.
fn ratio_and_chi2(groups: [(&[f64], &[u32]); 2]) -> (f64, f64) {
    let (follow_up, labels) = both(groups);
    let test = log_rank(&follow_up, &labels, None, RankWeight::LogRank).unwrap();
    let mut beta = 0.0_f64;
    for _ in 0..50 {
        let (mut score, mut information) = (0.0, 0.0);
        for (row, &time) in follow_up.time().iter().enumerate() {
            if follow_up.event()[row] == 0 {
                continue;
            }
            let at_risk = |group: u32| {
                let rows = follow_up.time().iter().zip(&labels.codes);
                rows.filter(|&(&each, &code)| each >= time && code == group).count() as f64
            };
            let second = at_risk(1) * libm::exp(beta);
            let share = second / (at_risk(0) + second);
            score += f64::from(labels.codes[row]) - share;
            information += share * (1.0 - share);
        }
        beta += score / information;
    }
    (libm::exp(beta), test.test.unwrap().chi2)
}

struct Error {
    median: f64,
    events: f64,
    log_ratio: f64,
    chi2: f64,
    root_mean_square: f64,
}

/// Digitises both groups by `digitise`, reconstructs them and compares: the median relative to the last time, events
/// relative, the log hazard ratio and the log-rank statistic (relative).
fn error(csv: &str, entries: u32, digitise: impl Fn(&SurvivalCurve) -> Vec<CurvePoint>) -> Error {
    let truth = groups(csv);
    let found = truth
        .clone()
        .map(|(time, event)| reconstruct(&digitise(&curve(&time, &event)), &at_risk(&time, entries), None).unwrap());
    let (mut worst_median, mut worst_events, mut rms) = (0.0_f64, 0.0_f64, 0.0_f64);
    for ((time, event), found) in truth.iter().zip(&found) {
        let last = time.iter().copied().fold(0.0, f64::max);
        worst_median = worst_median.max((median(&found.time, &found.event) - median(time, event)).abs() / last);
        let events = f64::from(event.iter().sum::<u32>());
        worst_events = worst_events.max((f64::from(found.events()) / events - 1.0).abs());
        rms = rms.max(found.fit.root_mean_square);
        assert_eq!(found.time.len(), time.len());
    }
    let pair = |group: usize| (&truth[group].0[..], &truth[group].1[..]);
    let again = |group: usize| (&found[group].time[..], &found[group].event[..]);
    let (ratio, chi2) = ratio_and_chi2([pair(0), pair(1)]);
    let (found_ratio, found_chi2) = ratio_and_chi2([again(0), again(1)]);
    Error {
        median: worst_median,
        events: worst_events,
        log_ratio: (libm::log(found_ratio) - libm::log(ratio)).abs(),
        chi2: (found_chi2 - chi2).abs() / chi2.max(1.0),
        root_mean_square: rms,
    }
}

fn assert_within(error: &Error, median: f64, events: f64, log_ratio: f64, chi2: f64, fit: f64) {
    let found = format!(
        "median {:.5}, events {:.4}, log HR {:.4}, chi2 {:.4}, fit {:.5}",
        error.median, error.events, error.log_ratio, error.chi2, error.root_mean_square
    );
    println!("{found}");
    assert!(error.median <= median && error.events <= events, "{found}");
    assert!(error.log_ratio <= log_ratio && error.chi2 <= chi2, "{found}");
    assert!(error.root_mean_square <= fit, "{found}");
}

/// A figure of 800 by 600 pixels with seven numbers at risk.
#[test]
fn a_traced_figure() {
    for csv in [LUNG, VETERAN] {
        let error = error(csv, 7, |curve| traced(curve, 800, 600.0));
        assert_within(&error, 0.004, 0.02, 0.02, 0.06, 0.005);
    }
}

/// Corners of the steps clicked with a slip of up to half a per cent of the height.
#[test]
fn a_clicked_figure() {
    for csv in [LUNG, VETERAN] {
        let error = error(csv, 7, |curve| clicked(curve, 0.005));
        assert_within(&error, 0.01, 0.02, 0.02, 0.06, 0.006);
    }
}

/// A small figure, 300 by 200 pixels, and only four numbers at risk.
#[test]
fn a_small_figure() {
    for csv in [LUNG, VETERAN] {
        let error = error(csv, 4, |curve| traced(curve, 300, 200.0));
        assert_within(&error, 0.01, 0.05, 0.02, 0.06, 0.006);
    }
}

fn whole(found: &Reconstruction, patients: u32) -> bool {
    found.time.len() == patients as usize
        && found.time.len() == found.event.len()
        && found.time.is_sorted()
        && found.time.iter().all(|time| time.is_finite() && *time >= 0.0)
        && found.fit.root_mean_square.is_finite()
}

proptest! {
    /// Any points and any table either are refused or give as many patients as there were at the start.
    #[test]
    fn nobody_is_lost(
        raw in prop::collection::vec((0.0..50.0_f64, -0.02..1.02_f64), 2..60),
        first in 1_u32..300,
        later in prop::collection::vec((0.1..20.0_f64, 0_u32..80), 0..6),
        events in prop::option::of(0_u32..300),
        falls in prop::bool::weighted(0.8),
    ) {
        let (mut times, mut heights): (Vec<f64>, Vec<f64>) = raw.into_iter().unzip();
        if falls {
            times.sort_by(f64::total_cmp);
            // Neighbours change places where they differ by less than a slip.
            heights.sort_by(|a, b| b.total_cmp(a));
            for pair in heights.chunks_exact_mut(2).filter(|pair| pair[0] - pair[1] < 0.02) {
                pair.swap(0, 1);
            }
        }
        let raw: Vec<(f64, f64)> = times.into_iter().zip(heights).collect();
        let points: Vec<CurvePoint> = raw.iter().map(|&(time, survival)| CurvePoint { time, survival }).collect();
        let (mut time, mut patients) = (0.0, first);
        let mut table = vec![AtRisk::at(0.0, first)];
        for (step, fewer) in later {
            time += step;
            patients = patients.saturating_sub(fewer);
            table.push(AtRisk::at(time, patients));
        }
        match reconstruct(&points, &table, events) {
            Ok(found) => prop_assert!(whole(&found, first), "{found:?}"),
            Err(ReconstructError::Rises { .. }) => prop_assert!(!falls),
            Err(_) => prop_assert!(events.is_some_and(|events| events > first)),
        }
    }

    /// A curve without censoring comes back exactly.
    #[test]
    fn without_censoring_it_is_exact(times in prop::collection::vec(1_u32..400, 2..60)) {
        let mut time: Vec<f64> = times.into_iter().map(f64::from).collect();
        time.sort_by(f64::total_cmp);
        let event = vec![1; time.len()];
        let points = clicked(&curve(&time, &event), 0.0);
        let found = reconstruct(&points, &[AtRisk::at(0.0, time.len() as u32)], None).unwrap();
        prop_assert_eq!(&found.time, &time);
        prop_assert_eq!(&found.event, &event);
    }
}
