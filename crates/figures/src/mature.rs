//! Where the time axis ends that is not told: curves are not shown where few remain.

use crate::table::Followed;

/// Fewer than this many at risk are too few, and fewer than this share of the group.
const LEAST: f64 = 5.0;
const SHARE: f64 = 0.1;

/// Distance of the ticks at which an axis of this length may end.
fn step(length: f64, in_a_year: f64) -> f64 {
    let steps: &[(f64, f64)] = if in_a_year > 1.0 {
        &[(3.0, 1.0), (18.0, 3.0), (60.0, 6.0), (f64::INFINITY, 12.0)]
    } else {
        &[(0.5, 0.1), (2.0, 0.5), (10.0, 1.0), (20.0, 2.0), (f64::INFINITY, 5.0)]
    };
    steps
        .iter()
        .find(|(limit, _)| length <= *limit)
        .map_or(1.0, |(_, step)| *step)
}

/// The last tick, in years, at which at least 10 % and at least five patients of the largest group are at risk; `None` where
/// the curves end before the next one, or no tick is such.
///
/// The axis has `in_a_year` units a year. At a tick those are at risk whose event or censoring is not before it.
#[must_use]
pub fn mature_end(groups: &[&Followed], in_a_year: f64) -> Option<f64> {
    let last = groups
        .iter()
        .filter_map(|group| group.time.last())
        .copied()
        .filter(|time| time.is_finite());
    let last = last.fold(0.0, f64::max) * in_a_year;
    let largest = groups.iter().max_by(|a, b| a.number().total_cmp(&b.number()))?;
    let least = (SHARE * largest.number()).max(LEAST);
    let enough = |tick: f64| largest.before(tick / in_a_year).at_risk >= least;
    let last_of = |step: f64| {
        let ticks = (1..=200).map(|count| f64::from(count) * step);
        ticks
            .take_while(|tick| *tick <= last)
            .filter(|tick| enough(*tick))
            .last()
    };
    // The length of the axis decides how far apart its ticks are: of a shorter one they may be nearer.
    let wide = step(last, in_a_year);
    let coarse = last_of(wide).or_else(|| last_of(step(0.0, in_a_year)))?;
    let near = step(coarse, in_a_year);
    let fine = last_of(near).unwrap_or(coarse);
    let end = if step(fine, in_a_year) > near { coarse } else { fine };
    (end < last).then_some(end / in_a_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A group of which one patient is censored at each of these times.
    fn censored_at(times: impl Iterator<Item = f64>) -> Followed {
        let time: Vec<f64> = times.collect();
        let number = time.len();
        Followed {
            at_risk: (0..number).map(|place| (number - place) as f64).collect(),
            events: vec![0.0; number],
            censored: vec![1.0; number],
            time,
            entered: Vec::new(),
        }
    }

    #[test]
    fn the_axis_ends_at_the_last_tick_with_enough_of_the_largest_group() {
        // 100 patients, one leaving each tenth of a year: ten are at risk just before 9.1 years.
        let large = censored_at((1..=100).map(|place| f64::from(place) / 10.0));
        let small = censored_at([30.0].into_iter());
        assert_eq!(mature_end(&[&large], 1.0), Some(9.0));
        assert_eq!(mature_end(&[&small, &large], 1.0), Some(9.0));
        assert_eq!(mature_end(&[&large], 12.0), Some(9.0));
        let at = large.before(9.0).at_risk;
        assert!(at >= 10.0 && large.before(10.0).at_risk < 10.0, "{at}");
    }

    #[test]
    fn five_patients_at_least() {
        let few = censored_at((1..=20).map(f64::from));
        assert_eq!(mature_end(&[&few], 1.0), Some(16.0));
        assert_eq!(mature_end(&[&censored_at((1..=4).map(f64::from))], 1.0), None);
        assert_eq!(mature_end(&[], 1.0), None);
    }
}
