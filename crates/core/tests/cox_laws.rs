//! Properties of Cox regression, and detection of separation compared with brute force.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cotside_core::survival::cox::{CoxError, CoxFit, CoxWarning, Design, Model, Ties, fit, fit_firth};
use cotside_core::survival::{FollowUp, Labels, RankWeight, concordance, log_rank};
use proptest::prelude::*;

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0)
}

fn same(a: &CoxFit, b: &CoxFit) -> bool {
    let coefs = |fit: &CoxFit| {
        fit.estimates
            .iter()
            .map(|each| each.map(|each| each.coef))
            .collect::<Vec<_>>()
    };
    let agree = |(a, b): (Option<f64>, Option<f64>)| match (a, b) {
        (Some(a), Some(b)) => close(a, b, 1e-7),
        (a, b) => a == b,
    };
    close(a.loglik, b.loglik, 1e-9)
        && close(a.loglik_null, b.loglik_null, 1e-9)
        && close(a.score.chi2, b.score.chi2, 1e-7)
        && coefs(a).into_iter().zip(coefs(b)).all(agree)
}

/// Rows of (time, event, covariates).
type Row = (f64, bool, [f64; 2]);

fn parts(rows: &[Row]) -> (FollowUp, Design) {
    let time = rows.iter().map(|row| row.0).collect();
    let event = rows.iter().map(|row| u32::from(row.1)).collect();
    let design = Design::new()
        .numeric("a", rows.iter().map(|row| row.2[0]).collect())
        .numeric("b", rows.iter().map(|row| row.2[1]).collect());
    (FollowUp::new(time, event).unwrap(), design)
}

fn fitted(rows: &[Row], ties: Ties) -> Result<CoxFit, CoxError> {
    let (follow_up, design) = parts(rows);
    fit(&Model {
        ties,
        ..Model::new(&follow_up, &design)
    })
}

fn tied_rows(n: core::ops::Range<usize>) -> impl Strategy<Value = Vec<Row>> {
    let row = (1..9_u8, any::<bool>(), 0..3_u8, 0..2_u8);
    prop::collection::vec(
        row.prop_map(|(time, event, a, b)| (f64::from(time), event, [f64::from(a), f64::from(b)])),
        n,
    )
}

/// A row with all that a model can take.
#[derive(Debug, Clone)]
struct FullRow {
    time: f64,
    event: bool,
    x: [f64; 3],
    weight: f64,
    offset: f64,
    stratum: bool,
}

fn full_rows() -> impl Strategy<Value = Vec<FullRow>> {
    let x = [-1.0..1.0_f64, -1.0..1.0_f64, -1.0..1.0_f64];
    let row = (
        0.0..1.0_f64,
        any::<bool>(),
        x,
        0.2..3.0_f64,
        -2.0..2.0_f64,
        any::<bool>(),
    );
    let row = row.prop_map(|(time, event, x, weight, offset, stratum)| FullRow {
        // The later, the larger: risk sets whose means are far from that of all.
        x: [x[0], x[1] + 3.0 * time, x[2]],
        time,
        event,
        weight,
        offset,
        stratum,
    });
    prop::collection::vec(row, 10..700)
}

/// Equal to 1e-9 (where there is a maximum), standard errors and tests included.
fn equal(one: &CoxFit, two: &CoxFit) -> bool {
    let numbers = |fit: &CoxFit| {
        let estimates = fit
            .estimates
            .iter()
            .flatten()
            .flat_map(|each| [each.coef, each.std_err]);
        let tests = [Some(fit.score), fit.wald, Some(fit.likelihood_ratio)]
            .into_iter()
            .flatten();
        let tests = tests.map(|test| test.chi2);
        estimates
            .chain(tests)
            .chain([fit.loglik, fit.loglik_null])
            .collect::<Vec<f64>>()
    };
    let (a, b) = (numbers(one), numbers(two));
    // Where the likelihood has no maximum the iterations stop before its limit. Many iterations mean a nearly flat one:
    // the inverse of its information magnifies the last bits.
    let within = if one.has_all_estimates() && one.iterations < 10 {
        1e-9
    } else {
        1e-7
    };
    one.warnings == two.warnings
        && one.iterations == two.iterations
        && a.len() == b.len()
        && a.iter().zip(&b).all(|(&a, &b)| close(a, b, within))
}

/// Rows whose times are all different.
fn untied_rows(n: core::ops::Range<usize>) -> impl Strategy<Value = Vec<Row>> {
    let row = (any::<bool>(), -20..20_i8, 0..2_u8);
    prop::collection::vec(row, n).prop_map(|rows| {
        let row =
            |(index, (event, a, b)): (usize, (bool, i8, u8))| (index as f64 + 1.0, event, [f64::from(a), f64::from(b)]);
        rows.into_iter().enumerate().map(row).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn without_ties_all_treatments_are_one(rows in untied_rows(5..40)) {
        let all = [Ties::Efron, Ties::Breslow, Ties::Exact].map(|ties| fitted(&rows, ties));
        if let [Ok(efron), Ok(breslow), Ok(exact)] = all {
            prop_assert!(same(&efron, &breslow));
            prop_assert!(same(&efron, &exact), "{:?}\n{:?}", efron.estimates, exact.estimates);
        }
    }

    #[test]
    fn a_row_twice_is_a_weight_of_two(rows in tied_rows(5..30)) {
        let doubled: Vec<Row> = rows.iter().flat_map(|row| [*row, *row]).collect();
        let (follow_up, design) = parts(&rows);
        let follow_up = follow_up.weighted(vec![2.0; rows.len()]).unwrap();
        let weighted = fit(&Model { ties: Ties::Breslow, ..Model::new(&follow_up, &design) });
        if let (Ok(doubled), Ok(weighted)) = (fitted(&doubled, Ties::Breslow), weighted) {
            prop_assert!(same(&doubled, &weighted));
        }
    }

    #[test]
    fn time_has_no_unit_and_rows_no_order(rows in tied_rows(5..40), seed in 0..1000_usize) {
        let mut other: Vec<Row> = rows.iter().map(|&(time, event, x)| (time * 365.25, event, x)).collect();
        let by = seed % other.len();
        other.rotate_left(by);
        other.reverse();
        for ties in [Ties::Efron, Ties::Breslow, Ties::Exact] {
            match (fitted(&rows, ties), fitted(&other, ties)) {
                (Ok(one), Ok(two)) => prop_assert!(same(&one, &two)),
                (one, two) => prop_assert_eq!(one.err(), two.err()),
            }
        }
    }

    #[test]
    fn entry_before_everything_changes_nothing(rows in full_rows(), wholly in any::<bool>(), far in any::<bool>(),
        with in any::<[bool; 3]>()) {
        // Without entry the same likelihood is evaluated by another method.
        let time: Vec<f64> = rows.iter().map(|row| if wholly { (row.time * 30.0).floor() } else { row.time }).collect();
        let event: Vec<u32> = rows.iter().map(|row| u32::from(row.event)).collect();
        let x = |j: usize| rows.iter().map(move |row| if far { libm::exp(3.0 * row.x[j]) } else { row.x[j] });
        let design = (0..3).fold(Design::new(), |design, j| design.numeric("x", x(j).collect()));
        let strata = Labels::of(&rows.iter().map(|row| ["a", "b"][usize::from(row.stratum)]).collect::<Vec<_>>());
        let offset: Vec<f64> = rows.iter().map(|row| row.offset).collect();
        let follow_ups = [
            FollowUp::new(time.clone(), event.clone()).unwrap(),
            FollowUp::with_entry(vec![-1.0; rows.len()], time, event).unwrap(),
        ];
        for ties in [Ties::Efron, Ties::Breslow] {
            let fits = follow_ups.each_ref().map(|follow_up| {
                let weight = rows.iter().map(|row| row.weight).collect();
                let follow_up = follow_up.clone();
                let follow_up = if with[0] { follow_up.weighted(weight).unwrap() } else { follow_up };
                fit(&Model {
                    ties,
                    strata: with[1].then_some(&strata),
                    offset: with[2].then_some(&offset),
                    ..Model::new(&follow_up, &design)
                })
            });
            match fits {
                [Ok(one), Ok(two)] => prop_assert!(equal(&one, &two), "{one:?}\n{two:?}"),
                [one, two] => prop_assert_eq!(one.err(), two.err()),
            }
        }
    }

    #[test]
    fn the_exact_score_test_is_the_log_rank_test(rows in tied_rows(5..40)) {
        let (follow_up, _) = parts(&rows);
        let b: Vec<f64> = rows.iter().map(|row| row.2[1]).collect();
        let texts: Vec<&str> = b.iter().map(|&b| if b == 0.0 { "0" } else { "1" }).collect();
        let design = Design::new().numeric("b", b.clone());
        let fit = fit(&Model { ties: Ties::Exact, ..Model::new(&follow_up, &design) });
        let test = log_rank(&follow_up, &Labels::of(&texts), None, RankWeight::LogRank);
        if let (Ok(fit), Ok(test)) = (fit, test) && fit.score.df == 1 {
            prop_assert!(close(fit.score.chi2, test.test.unwrap().chi2, 1e-9), "{} {}", fit.score.chi2, test.test.unwrap().chi2);
        }
    }

    #[test]
    fn separation_is_what_brute_force_finds(rows in tied_rows(3..14), which in 0..3_usize) {
        let ties = [Ties::Efron, Ties::Breslow, Ties::Exact][which];
        let Ok(fit) = fitted(&rows, ties) else { return Ok(()); };
        let dependent = |warning: &CoxWarning| matches!(warning,
            CoxWarning::Constant { .. } | CoxWarning::NoContrast { .. } | CoxWarning::Collinear { .. });
        if fit.warnings.iter().any(dependent) { return Ok(()); }
        let separated: Vec<usize> = fit.warnings.iter().filter_map(|warning| match warning {
            CoxWarning::Separated { covariate, .. } | CoxWarning::Undetermined { covariate } => Some(*covariate),
            _ => None,
        }).collect();
        let directions = receding_directions(&rows, ties);
        prop_assert_eq!(separated.is_empty(), directions.is_empty(), "{:?} {:?}", fit.warnings, directions);
        for j in 0..2 {
            let diverges = directions.iter().any(|d| d[j] != 0.0);
            prop_assert_eq!(separated.contains(&j), diverges, "{} {:?} {:?}", j, fit.warnings, directions);
            prop_assert_eq!(fit.estimates[j].is_none(), diverges);
        }
        let stuck = fit.warnings.iter().any(|warning| matches!(warning, CoxWarning::NotConverged { .. }));
        prop_assert!(!stuck);
    }

    #[test]
    fn firth_always_has_an_estimate(rows in tied_rows(4..14)) {
        let (follow_up, design) = parts(&rows);
        if let Ok(fit) = fit_firth(&Model::new(&follow_up, &design)) {
            for (covariate, estimate) in fit.estimates.iter().enumerate() {
                let named = fit.warnings.iter().any(|warning| match *warning {
                    CoxWarning::Constant { covariate: it } | CoxWarning::NoContrast { covariate: it }
                        | CoxWarning::Collinear { covariate: it } => it == covariate,
                    CoxWarning::NoProfile { covariate: it } => it == covariate && estimate.is_none(),
                    CoxWarning::NotConverged { .. } => estimate.is_none(),
                    _ => false,
                });
                prop_assert!(estimate.is_some() != named, "{covariate}: {:?}", fit.warnings);
            }
            let estimates = fit.estimates.iter().flatten();
            for each in estimates {
                prop_assert!(each.lower.is_none_or(|lower| lower <= each.hazard_ratio.unwrap_or(f64::INFINITY)));
                prop_assert!(each.upper.is_none_or(|upper| Some(upper) >= each.hazard_ratio));
            }
        }
    }

    #[test]
    fn concordance_counts_pairs(rows in tied_rows(2..25), entries in prop::collection::vec(0..8_u8, 25)) {
        let (time, event): (Vec<f64>, Vec<u32>) = rows.iter().map(|row| (row.0, u32::from(row.1))).unzip();
        let score: Vec<f64> = rows.iter().map(|row| row.2[0]).collect();
        let entry: Vec<f64> = time.iter().zip(&entries).map(|(&time, &entry)| f64::from(entry).min(time - 1.0)).collect();
        let weight: Vec<f64> = entries.iter().take(time.len()).map(|&each| 1.0 + f64::from(each)).collect();
        let follow_up = FollowUp::with_entry(entry.clone(), time.clone(), event.clone()).unwrap().weighted(weight.clone()).unwrap();
        let found = concordance(&follow_up, &score, None, None).unwrap();
        let (mut concordant, mut discordant, mut tied) = (0.0, 0.0, 0.0);
        for i in 0..time.len() {
            for j in 0..time.len() {
                let later = time[j] > time[i] || (time[j] == time[i] && event[j] == 0);
                if i != j && event[i] != 0 && later && entry[j] < time[i] {
                    let pair = weight[i] * weight[j];
                    if score[i] > score[j] { concordant += pair } else if score[i] < score[j] { discordant += pair } else { tied += pair }
                }
            }
        }
        prop_assert_eq!((found.concordant, found.discordant, found.tied), (concordant, discordant, tied));
    }
}

/// Directions of recession in the plane among all that matter: along and across every difference between an event (or
/// for the exact likelihood: each event) and another at risk.
fn receding_directions(rows: &[Row], ties: Ties) -> Vec<[f64; 2]> {
    let mut differences: Vec<[f64; 2]> = Vec::new();
    for (i, one) in rows.iter().enumerate().filter(|(_, row)| row.1) {
        for (j, other) in rows.iter().enumerate() {
            let tied_event = other.0 == one.0 && other.1;
            if i != j && other.0 >= one.0 && !(ties == Ties::Exact && tied_event) {
                differences.push([one.2[0] - other.2[0], one.2[1] - other.2[1]]);
            }
        }
    }
    let candidates = differences
        .iter()
        .flat_map(|[a, b]| [[*a, *b], [-a, -b], [-b, *a], [*b, -a]]);
    let along = |d: &[f64; 2]| {
        differences
            .iter()
            .map(|v| v[0] * d[0] + v[1] * d[1])
            .collect::<Vec<f64>>()
    };
    let recedes = |d: &[f64; 2]| along(d).iter().all(|&v| v >= 0.0) && along(d).iter().any(|&v| v > 0.0);
    candidates.filter(|d| recedes(d)).collect()
}

fn one_covariate(time: &[f64], event: &[u32], x: &[f64]) -> CoxFit {
    let follow_up = FollowUp::new(time.to_vec(), event.to_vec()).unwrap();
    let design = Design::new().numeric("x", x.to_vec());
    fit(&Model::new(&follow_up, &design)).unwrap()
}

#[test]
fn separated_in_time_though_both_groups_have_events() {
    let time = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    let x = [1.0, 1.0, 1.0, 0.0, 0.0, 0.0];
    // All of the first group are gone before the second has an event.
    let fit = one_covariate(&time, &[1, 1, 1, 1, 1, 0], &x);
    assert!(fit.estimates[0].is_none());
    assert!(fit.warnings.contains(&CoxWarning::Separated {
        covariate: 0,
        upwards: true
    }));
    assert!(fit.wald.is_none() && fit.likelihood_ratio.chi2 > 0.0);
    // One of them outlives an event of the second: an ordinary estimate.
    let fit = one_covariate(&[1.0, 2.0, 4.5, 4.0, 5.0, 6.0], &[1, 1, 1, 1, 1, 0], &x);
    assert!(
        fit.estimates[0].is_some() && fit.warnings.is_empty(),
        "{:?}",
        fit.warnings
    );
    // The other way round.
    let fit = one_covariate(&time, &[1, 1, 0, 0, 0, 0], &[0.0, 0.0, 1.0, 1.0, 1.0, 1.0]);
    assert!(fit.warnings.contains(&CoxWarning::Separated {
        covariate: 0,
        upwards: false
    }));
}

#[test]
fn separation_is_found_whatever_rounding_leaves_of_the_score() {
    // Two patients have the event at once, before anybody of the other group: R warns of each of these.
    for others in 3..150_u32 {
        let time: Vec<f64> = (0..others + 2)
            .map(|row| f64::from(row.saturating_sub(1)) * 0.37)
            .collect();
        let event: Vec<u32> = (0..others + 2).map(|row| u32::from(row < 2 || row % 4 != 0)).collect();
        let x: Vec<f64> = (0..others + 2).map(|row| f64::from(u8::from(row > 1))).collect();
        let fit = one_covariate(&time, &event, &x);
        assert_eq!(
            fit.warnings,
            [CoxWarning::Separated {
                covariate: 0,
                upwards: false
            }],
            "{others}"
        );
    }
}

#[test]
fn large_effects_are_not_separation() {
    // A hazard ratio of about e^6, and a covariate in tiny units.
    let n = 400;
    let x: Vec<f64> = (0..n).map(|i| f64::from(i % 2)).collect();
    let mut seed = 1_u64;
    let mut uniform = || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((seed >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    };
    for (effect, unit) in [(6.0, 1.0), (3.0, 1e-9), (-5.0, 1e9), (2.0, 1e-200)] {
        let time: Vec<f64> = x
            .iter()
            .map(|&x| -libm::log(uniform()) / libm::exp(effect * x))
            .collect();
        let scaled: Vec<f64> = x.iter().map(|x| x * unit).collect();
        let fit = one_covariate(&time, &vec![1; n as usize], &scaled);
        if unit > 1e-100 {
            assert!(fit.warnings.is_empty(), "{effect}: {:?}", fit.warnings);
            assert!(
                close(fit.estimates[0].unwrap().coef * unit, effect, 0.3),
                "{:?}",
                fit.estimates
            );
        }
    }
}

#[test]
fn what_has_no_estimate_is_named() {
    let time = vec![1.0, 2.0, 3.0, 4.0];
    let follow_up = FollowUp::new(time.clone(), vec![1, 1, 1, 0]).unwrap();
    let design = Design::new()
        .numeric("c", vec![0.1; 4])
        .numeric("x", vec![1.0, 3.0, 2.0, 5.0])
        .numeric("y", vec![2.0, 6.0, 4.0, 10.0]);
    let found = fit(&Model::new(&follow_up, &design)).unwrap();
    assert!(found.warnings.contains(&CoxWarning::Constant { covariate: 0 }));
    assert!(found.warnings.contains(&CoxWarning::Collinear { covariate: 2 }));
    // Within strata of its own values a covariate has no information.
    let strata = Labels::of(&["a", "b", "a", "b"]);
    let design = Design::new().numeric("x", vec![1.0, 2.0, 1.0, 2.0]);
    let model = Model {
        strata: Some(&strata),
        ..Model::new(&follow_up, &design)
    };
    let found = fit(&model).unwrap();
    assert_eq!(found.warnings, [CoxWarning::NoContrast { covariate: 0 }]);
    assert_eq!((found.estimates[0], found.score.df, found.score.p), (None, 0, None));
    let censored = FollowUp::new(time, vec![0; 4]).unwrap();
    assert_eq!(fit(&Model::new(&censored, &design)).err(), Some(CoxError::NoEvents));
    let one = FollowUp::new(vec![0.0], vec![1]).unwrap();
    let design = Design::new().numeric("x", vec![3.0]);
    assert!(fit(&Model::new(&one, &design)).unwrap().estimates[0].is_none());
    for bad in [f64::NAN, f64::INFINITY, 1e300] {
        let design = Design::new().numeric("x", vec![1.0, bad, 2.0, 5.0]);
        let error = fit(&Model::new(&follow_up, &design)).err();
        assert_eq!(error, Some(CoxError::BadCovariate { covariate: 0, row: 1 }), "{bad}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// A row that is at risk at no event, by time, entry or stratum, has no influence, whatever its values.
    #[test]
    fn a_row_at_risk_at_no_event_does_not_matter(
        rows in full_rows(), entered: bool, stratified: bool, firth: bool,
        huge in prop_oneof![Just(99_999.0), Just(-1e8), Just(1e15), Just(1e200)], offset in prop_oneof![Just(0.0), Just(1e6)],
    ) {
        let rows = &rows[..rows.len().min(if firth { 40 } else { 300 })];
        // There is no event in the first tenth: rows that end, or are only observed, there are at risk at none.
        let event = |row: &FullRow| row.event && row.time > 0.1 && !(stratified && row.stratum);
        let entry = |row: &FullRow| if row.weight > 2.0 { row.time / 2.0 } else { -1.0 };
        let never = |row: &FullRow| {
            let mut events = rows.iter().filter(|other| event(other) && (!stratified || other.stratum == row.stratum));
            !events.any(|other| other.time <= row.time && (!entered || other.time > entry(row)))
        };
        let fit_with = |value: f64, offset: f64| {
            let column = |j: usize| -> Vec<f64> {
                rows.iter().map(|row| if never(row) { value + row.x[j] } else { row.x[j] }).collect()
            };
            let time = rows.iter().map(|row| row.time).collect();
            let events = rows.iter().map(|row| u32::from(event(row))).collect();
            let follow_up = if entered {
                FollowUp::with_entry(rows.iter().map(entry).collect(), time, events)
            } else {
                FollowUp::new(time, events)
            }.unwrap();
            let design = Design::new().numeric("a", column(0)).numeric("b", column(1));
            let offsets: Vec<f64> = rows.iter().map(|row| if never(row) { offset } else { row.offset }).collect();
            let names = ["with events", "without"].map(str::to_owned).to_vec();
            let strata = Labels { codes: rows.iter().map(|row| u32::from(row.stratum)).collect(), names };
            let model = Model {
                strata: stratified.then_some(&strata),
                offset: Some(&offsets),
                ..Model::new(&follow_up, &design)
            };
            if firth { fit_firth(&model) } else { fit(&model) }
        };
        match (fit_with(0.0, 0.0), fit_with(huge, offset)) {
            (Ok(plain), Ok(other)) => prop_assert!(equal(&plain, &other), "{plain:?} {other:?}"),
            (plain, other) => prop_assert_eq!(plain.err(), other.err()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// In tiny samples, weighted or not: every missing part of Firth's estimates has a warning for its covariate.
    #[test]
    fn nothing_of_firths_estimates_is_missing_unsaid(
        rows in prop::collection::vec((1..12_u8, any::<bool>(), 0..2_u8, -20..20_i8, 0..2_u8, 0..3_u8), 5..12), weighted: bool,
    ) {
        let time = rows.iter().map(|row| f64::from(row.0)).collect();
        let follow_up = FollowUp::new(time, rows.iter().map(|row| u32::from(row.1)).collect()).unwrap();
        let weights = rows.iter().map(|row| if weighted { [0.5, 1.0, 2.0][usize::from(row.5)] } else { 1.0 });
        let follow_up = follow_up.weighted(weights.collect()).unwrap();
        let design = Design::new()
            .numeric("a", rows.iter().map(|row| f64::from(row.2)).collect())
            .numeric("b", rows.iter().map(|row| f64::from(row.3) / 10.0).collect())
            .numeric("c", rows.iter().map(|row| f64::from(row.4)).collect());
        let Ok(fit) = fit_firth(&Model::new(&follow_up, &design)) else { return Ok(()); };
        if fit.warnings.iter().any(|warning| matches!(warning, CoxWarning::NotConverged { .. })) { return Ok(()); }
        for (j, estimate) in fit.estimates.iter().enumerate() {
            let said = |end: bool| fit.warnings.iter().any(|warning| match *warning {
                CoxWarning::InfiniteLimit { covariate, upwards } | CoxWarning::NoLimit { covariate, upwards } =>
                    covariate == j && upwards == end,
                _ => false,
            });
            let left_out = fit.warnings.iter().any(|warning| match *warning {
                CoxWarning::Constant { covariate } | CoxWarning::NoContrast { covariate }
                    | CoxWarning::Collinear { covariate } | CoxWarning::NoProfile { covariate } => covariate == j,
                _ => false,
            });
            match estimate {
                Some(found) => {
                    prop_assert_eq!(found.lower.is_none(), said(false), "{:?}", fit);
                    prop_assert_eq!(found.upper.is_none(), said(true), "{:?}", fit);
                }
                None => prop_assert!(left_out, "{fit:?}"),
            }
        }
    }
}
