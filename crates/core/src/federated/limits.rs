//! The limits of disclosure, each as one function of numbers.
//!
//! A plan states its limits; a site may be stricter and never laxer. What a limit stops is withheld and named in the file; a
//! few stop the whole file ([`Refusal`]).

use super::plan::{Limits, Sharing};
pub use super::refusal::{Limit, Outside, Refusal};

/// The lowest smallest cell that a plan may state; in use elsewhere are 3 to 11.
pub const LOWEST_CELL: u64 = 3;
/// Most columns of covariates.
pub const MOST_COLUMNS: usize = 10;
/// Largest Σ R|β| of the coefficients that are asked for: the log hazard ratio between the two most different patients.
pub const LARGEST_LOG_RATIO: f64 = 6.0;
/// Sums of fewer patients than this are rounded.
pub const FULL_PRECISION_FROM: u64 = 100;
/// Fewest sites of a ring.
pub const FEWEST_MASKED_SITES: usize = 3;
/// Most rounds of one plan with the sums of each site.
pub const MOST_ROUNDS_PER_SITE: u32 = 4;
/// Most rounds of one plan with masked totals.
pub const MOST_ROUNDS_MASKED: u32 = 8;
/// The sum of raw values less the two largest is at least this share of the largest.
pub const REST_SHARE: f64 = 0.15;

/// Checks that something is at least as large as a limit.
fn at_least(limit: Limit, found: u64, least: u64) -> Result<(), Outside> {
    if found >= least {
        return Ok(());
    }
    Err(Outside::new(limit, found as f64, least as f64))
}

/// Checks that something is at most as large as a limit; what is not a number is larger.
fn at_most(limit: Limit, found: f64, most: f64) -> Result<(), Outside> {
    if found <= most {
        return Ok(());
    }
    Err(Outside::new(limit, found, most))
}

/// Returns the stricter of the plan's and the site's limits.
///
/// # Errors
/// The limit of the plan that is laxer than Cotside allows, or that of the site that is laxer than the plan's.
pub fn in_force(plan: &Limits, site: Option<&Limits>) -> Result<Limits, Refusal> {
    let standard = Limits::default();
    let floor = Limits {
        smallest_cell: LOWEST_CELL,
        ..standard
    };
    not_laxer(plan, &floor)?;
    let site = site.unwrap_or(plan);
    not_laxer(site, plan)?;
    Ok(site.clone())
}

fn not_laxer(limits: &Limits, than: &Limits) -> Result<(), Refusal> {
    let field = |name: &'static str| move |outside: Outside| outside.of(format!("limits.{name}"));
    let bits = f64::from(limits.precision_bits);
    let rounds = f64::from(limits.rounds_per_selection);
    at_least(Limit::SmallestCell, limits.smallest_cell, than.smallest_cell).map_err(field("smallest_cell"))?;
    at_least(Limit::SmallestN, limits.smallest_n, than.smallest_n).map_err(field("smallest_n"))?;
    at_least(Limit::SmallestEvents, limits.smallest_events, than.smallest_events).map_err(field("smallest_events"))?;
    at_most(Limit::PrecisionBits, bits, than.precision_bits.into()).map_err(field("precision_bits"))?;
    at_most(Limit::LargestShare, limits.largest_share, than.largest_share).map_err(field("largest_share"))?;
    at_most(Limit::RoundsPerSelection, rounds, than.rounds_per_selection.into()).map_err(field("rounds_per_selection"))
}

/// Patients of a site, for any number to leave it.
///
/// # Errors
/// [`Limit::SmallestN`].
pub fn patients(n: u64, limits: &Limits) -> Result<(), Outside> {
    at_least(Limit::SmallestN, n, limits.smallest_n)
}

/// Patients of a site for score and information of `p` columns: 5(p + 3), so that three rounds number at most 30 % of the
/// covariates' values.
///
/// # Errors
/// [`Limit::PatientsPerColumn`].
pub fn patients_per_column(n: u64, p: usize) -> Result<(), Outside> {
    at_least(Limit::PatientsPerColumn, n, 5 * (p as u64 + 3))
}

/// Patients of a site for sums that leave in full precision.
///
/// # Errors
/// [`Limit::PrecisionBits`].
pub fn many_patients(n: u64) -> Result<(), Outside> {
    at_least(Limit::PrecisionBits, n, FULL_PRECISION_FROM)
}

/// Patients of all other sites, where totals are masked.
///
/// # Errors
/// [`Limit::OtherSites`].
pub fn other_sites(total: u64, own: u64, limits: &Limits) -> Result<(), Outside> {
    at_least(Limit::OtherSites, total.saturating_sub(own), limits.smallest_n)
}

/// Events of a site for Cox's model: none, or enough.
///
/// # Errors
/// [`Limit::SmallestEvents`].
pub fn events_for_cox(events: u64, limits: &Limits) -> Result<(), Outside> {
    none_or(Limit::SmallestEvents, events, limits.smallest_events)
}

/// A count: none, or enough.
///
/// # Errors
/// [`Limit::SmallestCell`].
pub fn count(count: u64, limits: &Limits) -> Result<(), Outside> {
    none_or(Limit::SmallestCell, count, limits.smallest_cell)
}

fn none_or(limit: Limit, found: u64, least: u64) -> Result<(), Outside> {
    if found == 0 {
        Ok(())
    } else {
        at_least(limit, found, least)
    }
}

/// Patients with and without a level: each none, or enough.
///
/// # Errors
/// [`Limit::SmallestCell`].
pub fn ones_and_zeros(ones: u64, n: u64, limits: &Limits) -> Result<(), Outside> {
    count(ones, limits)?;
    count(n.saturating_sub(ones), limits)
}

/// Returns the largest share of one patient in Σ(z − z̄)²; `None` where all are equal, or there is none.
///
/// ```
/// use cotside_core::federated::limits::share_of_spread;
///
/// // Mean 1: squares 1, 1, 0, 4.
/// assert_eq!(share_of_spread(&[0.0, 0.0, 1.0, 3.0]), Some(4.0 / 6.0));
/// assert_eq!(share_of_spread(&[2.0, 2.0]), None);
/// ```
pub fn share_of_spread(z: &[f64]) -> Option<f64> {
    let mean = z.iter().sum::<f64>() / z.len() as f64;
    let squares = || z.iter().map(|value| (value - mean) * (value - mean));
    let (total, largest) = (squares().sum::<f64>(), squares().fold(0.0, f64::max));
    (total > 0.0).then(|| largest / total)
}

/// Share of one patient in the spread of a measured covariate; a covariate that all have alike is outside.
///
/// # Errors
/// [`Limit::LargestShare`].
pub fn measured_column(z: &[f64], limits: &Limits) -> Result<(), Outside> {
    at_most(
        Limit::LargestShare,
        share_of_spread(z).unwrap_or(1.0),
        limits.largest_share,
    )
}

/// Returns how large a sum of raw values less the two largest is, as a share of the largest (the p % rule); values count by
/// their size. 0 where there is no value but zeros.
///
/// ```
/// use cotside_core::federated::limits::rest_share;
///
/// assert_eq!(rest_share(&[10.0, 4.0, 1.0, 1.0]), 0.2);
/// ```
pub fn rest_share(values: &[f64]) -> f64 {
    let mut sizes: Vec<f64> = values.iter().map(|value| value.abs()).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    let rest: f64 = sizes.iter().skip(2).sum();
    sizes
        .first()
        .filter(|&&largest| largest > 0.0)
        .map_or(0.0, |largest| rest / largest)
}

/// A sum of raw values, and one of their squares.
///
/// # Errors
/// [`Limit::LargestValue`].
pub fn raw_sums(values: &[f64]) -> Result<(), Outside> {
    let squares: Vec<f64> = values.iter().map(|value| value * value).collect();
    let found = rest_share(values).min(rest_share(&squares));
    if found >= REST_SHARE {
        return Ok(());
    }
    Err(Outside::new(Limit::LargestValue, found, REST_SHARE))
}

/// Columns of covariates: at most 10 and at most a tenth of the patients; of one site, or where totals are masked of all.
///
/// # Errors
/// [`Limit::Columns`].
pub fn columns(p: usize, n: u64) -> Result<(), Outside> {
    at_most(Limit::Columns, p as f64, (n / 10).min(MOST_COLUMNS as u64) as f64)
}

/// The coefficients asked for: Σ R|β| ≤ 6.
///
/// # Errors
/// [`Limit::Coefficients`].
pub fn coefficients(beta: &[f64], ranges: &[f64]) -> Result<(), Outside> {
    let size = beta.iter().zip(ranges).map(|(beta, range)| range * beta.abs()).sum();
    at_most(Limit::Coefficients, size, LARGEST_LOG_RATIO)
}

/// Returns the effective number of patients (Σr)²/Σr² of relative risks r.
///
/// ```
/// use cotside_core::federated::limits::effective_number;
///
/// assert_eq!(effective_number(&[1.0, 1.0, 1.0]), 3.0);
/// assert!(effective_number(&[1e6, 1.0, 1.0]) < 1.00001);
/// ```
pub fn effective_number(risks: &[f64]) -> f64 {
    // Divided by the largest, so that no square overflows.
    let largest = risks.iter().copied().fold(0.0, f64::max);
    let (sum, squares) = risks.iter().fold((0.0, 0.0), |(sum, squares), risk| {
        let part = risk / largest;
        (sum + part, squares + part * part)
    });
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

/// The effective number of patients at the coefficients asked for: at least the smallest cell and a quarter of them.
///
/// # Errors
/// [`Limit::EffectiveN`].
pub fn effective_n(risks: &[f64], limits: &Limits) -> Result<(), Outside> {
    let least = (limits.smallest_cell as f64).max(risks.len() as f64 / 4.0);
    let found = effective_number(risks);
    if found >= least {
        return Ok(());
    }
    Err(Outside::new(Limit::EffectiveN, found, least))
}

/// Returns the most rounds of one plan.
#[must_use]
pub const fn most_rounds(sharing: Sharing) -> u32 {
    match sharing {
        Sharing::PerSite => MOST_ROUNDS_PER_SITE,
        Sharing::Masked => MOST_ROUNDS_MASKED,
    }
}

/// The round of a plan, and the most that it plans: 4, masked 8.
///
/// # Errors
/// [`Limit::RoundsMax`].
pub fn rounds(round: u32, rounds_max: u32, sharing: Sharing) -> Result<(), Outside> {
    let most = most_rounds(sharing);
    at_most(Limit::RoundsMax, rounds_max.into(), most.into())?;
    at_most(Limit::RoundsMax, round.into(), rounds_max.into())
}

/// Sites of a plan with masked totals: at least 3.
///
/// # Errors
/// [`Limit::Sites`].
pub fn sites(count: usize, sharing: Sharing) -> Result<(), Outside> {
    match sharing {
        Sharing::PerSite => Ok(()),
        Sharing::Masked => at_least(Limit::Sites, count as u64, FEWEST_MASKED_SITES as u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANDARD: Limits = Limits::STANDARD;

    /// Below, at and above each limit in whole numbers.
    #[test]
    fn counts_below_at_and_above() {
        let n = |n| patients(n, &STANDARD).is_ok();
        assert_eq!([19, 20, 21].map(n), [false, true, true]);
        // 5(3 + 3) = 30.
        assert_eq!(
            [29, 30, 31].map(|n| patients_per_column(n, 3).is_ok()),
            [false, true, true]
        );
        let others = |total| other_sites(total, 10, &STANDARD).is_ok();
        assert_eq!([9, 29, 30, 31].map(others), [false, false, true, true]);
        let events = |events| events_for_cox(events, &STANDARD).is_ok();
        assert_eq!([0, 1, 9, 10, 11].map(events), [true, false, false, true, true]);
        let cell = |found| count(found, &STANDARD).is_ok();
        assert_eq!([0, 1, 4, 5, 6].map(cell), [true, false, false, true, true]);
        let ones = |ones| ones_and_zeros(ones, 20, &STANDARD).is_ok();
        assert_eq!([0, 4, 5, 15, 16, 20].map(ones), [true, false, true, true, false, true]);
        // At most 10, and at most n/10.
        assert_eq!([2, 3, 4].map(|p| columns(p, 39).is_ok()), [true, true, false]);
        assert_eq!([10, 11].map(|p| columns(p, 1000).is_ok()), [true, false]);
        assert_eq!([2, 3].map(|count| sites(count, Sharing::Masked).is_ok()), [false, true]);
        assert!(sites(2, Sharing::PerSite).is_ok());
    }

    #[test]
    fn rounds_below_at_and_above() {
        let most = |most, sharing| rounds(1, most, sharing).is_ok();
        assert_eq!([3, 4, 5].map(|n| most(n, Sharing::PerSite)), [true, true, false]);
        assert_eq!([7, 8, 9].map(|n| most(n, Sharing::Masked)), [true, true, false]);
        assert_eq!(
            [3, 4].map(|round| rounds(round, 3, Sharing::PerSite).is_ok()),
            [true, false]
        );
    }

    #[test]
    fn shares_below_at_and_above() {
        // Mean 0; shares 0.5 (twice), and 2/3.
        assert!(measured_column(&[1.0, -1.0], &STANDARD).is_ok());
        assert!(measured_column(&[1.0, -1.0, 0.1, -0.1], &STANDARD).is_ok());
        let outside = measured_column(&[2.0, -1.0, -1.0], &STANDARD).unwrap_err();
        assert_eq!((outside.limit, outside.allowed), (Limit::LargestShare, 0.5));
        assert!((outside.found - 2.0 / 3.0).abs() < 1e-15);
        assert!(measured_column(&[3.0, 3.0], &STANDARD).is_err());
        assert!(measured_column(&[], &STANDARD).is_err());
        assert!(measured_column(&[f64::NAN], &STANDARD).is_err());
    }

    /// Three values 1, and rests of 0.10, 0.15 and 0.2 of the largest squared.
    #[test]
    fn raw_sums_below_at_and_above() {
        let values = |rest: f64| [1.0, 1.0, rest.sqrt()];
        assert_eq!(
            [0.1, 0.150_001, 0.2].map(|rest| raw_sums(&values(rest)).is_ok()),
            [false, true, true]
        );
        assert_eq!(rest_share(&[1.0, 1.0, 0.15]), 0.15);
        assert!(raw_sums(&[0.0, 0.0]).is_err() && raw_sums(&[]).is_err() && raw_sums(&[f64::NAN; 4]).is_err());
        assert_eq!(rest_share(&[-10.0, 4.0, -2.0]), 0.2);
    }

    #[test]
    fn coefficients_below_at_and_above() {
        let fits = |beta: f64| coefficients(&[beta, -1.0], &[2.0, 1.0]).is_ok();
        assert_eq!([2.4, 2.5, 2.6].map(fits), [true, true, false]);
        assert!(coefficients(&[f64::NAN], &[1.0]).is_err());
    }

    /// One patient against many: the effective number falls from all to 1.
    #[test]
    fn effective_number_below_at_and_above() {
        assert!(effective_n(&[1.0; 5], &STANDARD).is_ok());
        assert!(effective_n(&[1.0; 4], &STANDARD).is_err());
        // 40 patients, 10 of them with risk 1 and the others almost 0: exactly a quarter counts.
        let mut risks = vec![0.0; 40];
        risks[..10].fill(1.0);
        assert!(effective_n(&risks, &STANDARD).is_ok());
        risks[9] = 0.9;
        assert!(effective_n(&risks, &STANDARD).is_err());
        assert_eq!(effective_number(&[1e300, 1e300]), 2.0);
        assert_eq!(effective_number(&[]), 0.0);
        assert!(effective_n(&[f64::NAN; 30], &STANDARD).is_err());
        assert!(effective_n(&[f64::INFINITY; 30], &STANDARD).is_err());
    }

    /// A site may be stricter than the plan, and a plan than the program; neither may be laxer. Only the smallest cell goes
    /// down to 3.
    #[test]
    fn limits_are_never_lowered() {
        let field = |plan: &Limits, site: Option<&Limits>| in_force(plan, site).map_err(|refusal| refusal.field);
        assert_eq!(Limits::default(), STANDARD);
        assert_eq!(field(&STANDARD, None), Ok(STANDARD));
        type Change = (fn(&mut Limits), &'static str);
        let laxer: [Change; 6] = [
            (|limits| limits.smallest_cell -= 1, "limits.smallest_cell"),
            (|limits| limits.smallest_n -= 1, "limits.smallest_n"),
            (|limits| limits.smallest_events -= 1, "limits.smallest_events"),
            (|limits| limits.precision_bits += 1, "limits.precision_bits"),
            (|limits| limits.largest_share += 0.01, "limits.largest_share"),
            (|limits| limits.rounds_per_selection += 1, "limits.rounds_per_selection"),
        ];
        for (change, name) in laxer {
            let mut changed = STANDARD;
            change(&mut changed);
            assert_eq!(field(&STANDARD, Some(&changed)), Err(name.to_owned()));
            // The other way round the site is the stricter one.
            if name == "limits.smallest_cell" {
                assert_eq!(field(&changed, Some(&STANDARD)), Ok(STANDARD));
            } else {
                assert_eq!(field(&changed, None), Err(name.to_owned()));
            }
        }
        let cell = |smallest_cell| Limits {
            smallest_cell,
            ..STANDARD
        };
        assert_eq!(
            [2, 3, 11].map(|m| in_force(&cell(m), None).is_ok()),
            [false, true, true]
        );
        let nan = Limits {
            largest_share: f64::NAN,
            ..STANDARD
        };
        assert!(in_force(&nan, None).is_err());
    }
}
