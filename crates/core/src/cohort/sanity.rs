//! Whether follow-up looks like follow-up: a status column that is read the wrong way round gives times that are possible
//! and results that are wrong.

use super::describe::quantile;
use crate::survival::sorted_by;

/// Patients with the event were followed longer than those without it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FollowedLonger {
    /// Median time of those with the event, in the unit of the times.
    pub median_event: f64,
    /// Median time of those without it.
    pub median_censored: f64,
    /// The share of pairs of one patient with the event and one without in which the first has the longer time; a tie
    /// counts as half (Mann & Whitney 1947).
    pub share: f64,
}

/// Compares the times of those with the event with the times of those without it.
///
/// Returns a result only where a patient with the event was followed longer in more than half of the pairs, and each group
/// has at least two patients. In a cohort the opposite is usual: an event ends follow-up, the others are seen until the
/// study closes. Times that are not finite are left out.
#[must_use]
pub fn followed_longer(time: &[f64], event: &[bool]) -> Option<FollowedLonger> {
    let known = time.iter().zip(event).filter(|(time, _)| time.is_finite());
    let (time, event): (Vec<f64>, Vec<bool>) = known.unzip();
    let ascending: Vec<(f64, bool)> = sorted_by(&time)
        .into_iter()
        .map(|place| (time[place as usize], event[place as usize]))
        .collect();
    let of = |wanted: bool| -> Vec<f64> {
        let times = ascending.iter().filter(|(_, event)| *event == wanted);
        times.map(|(time, _)| *time).collect()
    };
    let (events, censored) = (of(true), of(false));
    if events.len() < 2 || censored.len() < 2 {
        return None;
    }
    let (mut longer, mut shorter_censored) = (0.0, 0.0);
    for tied in ascending.chunk_by(|(one, _), (other, _)| one == other) {
        let with_event = tied.iter().filter(|(_, event)| *event).count() as f64;
        let without = tied.len() as f64 - with_event;
        longer += with_event * (shorter_censored + without / 2.0);
        shorter_censored += without;
    }
    let share = longer / (events.len() as f64 * censored.len() as f64);
    (share > 0.5).then_some(FollowedLonger {
        median_event: quantile(&events, 0.5)?,
        median_censored: quantile(&censored, 0.5)?,
        share,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pairs_by_hand() {
        // Events at 3, 5 and 9, censored at 2 and 5: 3 > 2, 3 < 5, 5 > 2, 5 = 5, 9 > 2, 9 > 5.
        let found = followed_longer(&[3.0, 2.0, 5.0, 5.0, 9.0], &[true, false, true, false, true]);
        let share = 4.5 / 6.0;
        assert_eq!(
            found,
            Some(FollowedLonger {
                median_event: 5.0,
                median_censored: 3.5,
                share
            })
        );
    }

    #[test]
    fn early_events_and_small_groups_give_nothing() {
        let usual = followed_longer(&[0.5, 1.0, 6.0, 7.0], &[true, true, false, false]);
        assert_eq!(usual, None);
        let equal = followed_longer(&[1.0, 1.0, 1.0, 1.0], &[true, true, false, false]);
        assert_eq!(equal, None, "exactly half of the pairs");
        let one = followed_longer(&[5.0, 1.0, 2.0], &[true, false, false]);
        assert_eq!(one, None, "one patient with the event");
        let unknown = followed_longer(&[5.0, f64::NAN, 1.0, 2.0], &[true, true, false, false]);
        assert_eq!(unknown, None, "a time that is not finite is left out");
        assert_eq!(followed_longer(&[], &[]), None);
    }

    proptest! {
        #[test]
        fn the_share_is_that_of_all_pairs(rows in prop::collection::vec((0_u8..20, any::<bool>()), 0..80)) {
            let (time, event): (Vec<f64>, Vec<bool>) = rows.iter().map(|&(time, event)| (f64::from(time), event)).unzip();
            let (mut longer, mut pairs) = (0.0, 0.0);
            for &(one, _) in rows.iter().filter(|(_, event)| *event) {
                for &(other, _) in rows.iter().filter(|(_, event)| !*event) {
                    pairs += 1.0;
                    longer += f64::from(u8::from(one > other)) + 0.5 * f64::from(u8::from(one == other));
                }
            }
            let groups = [true, false].map(|wanted| event.iter().filter(|event| **event == wanted).count());
            let expected = Some(longer / pairs).filter(|share| *share > 0.5 && groups.iter().all(|&size| size >= 2));
            prop_assert_eq!(followed_longer(&time, &event).map(|found| found.share), expected);
        }
    }
}
