//! Checks for implausible follow-up although each row can be read: a status column read in the wrong direction, and
//! rows excluded because of their events.

use super::course::{Endpoint, Milestone};
use super::endpoints::{TimeToEvent, Unusable};
use super::study::Study;
use crate::survival::{quantile, sorted_by};

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
/// Returns a result only where a patient with the event was followed longer in more than half of the pairs, and each
/// group has at least two patients. In a cohort the opposite is usual: an event ends follow-up, the others are seen
/// until the study closes. Times that are not finite are ignored.
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

/// Numbers of patients excluded and included, and how many of each had an event according to the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// Number of patients excluded.
    pub out: usize,
    /// Number of them with an event according to the file.
    pub events_out: usize,
    /// Number of patients included.
    pub followed: usize,
    /// Number of them with an event according to the file.
    pub events_followed: usize,
}

/// Compares the patients who cannot be followed with those who can, by [`Course::tells_event`].
///
/// Returns a result where the exclusions change the frequency of events: at least one of them had an event and the
/// shares with an event differ by more than ten percentage points; or none of them had one although three or more are
/// expected by the share of those followed (by chance alone this happens in one of twenty files). Not counted are rows
/// that do not fit the header, which cannot be read, and patients who were never in remission, transplanted or in
/// relapse for an endpoint that starts there: they are not at risk.
///
/// [`Course::tells_event`]: super::Course::tells_event
#[must_use]
pub fn left_out(study: &Study, endpoint: Endpoint, followed: &TimeToEvent) -> Option<LeftOut> {
    let not_at_risk = |why: Unusable| {
        matches!(
            why,
            Unusable::NeverInRemission
                | Unusable::NotTransplanted
                | Unusable::NoRelapse
                | Unusable::NoDate(Milestone::FirstRemission)
        )
    };
    let with_event = |patient: usize| {
        study
            .course
            .get(patient)
            .is_some_and(|course| course.tells_event(endpoint))
    };
    let count = |patients: &[usize]| patients.iter().filter(|&&patient| with_event(patient)).count();
    let excluded = followed.excluded.iter().filter(|excluded| !not_at_risk(excluded.why));
    let out: Vec<usize> = excluded
        .filter_map(|excluded| study.row.binary_search(&excluded.row).ok())
        .collect();
    let found = LeftOut {
        out: out.len(),
        events_out: count(&out),
        followed: followed.patient.len(),
        events_followed: count(&followed.patient),
    };
    // Shares by whole numbers: a / b and c / d differ by more than 1 / 10.
    let (one, other) = (found.events_out * found.followed, found.events_followed * found.out);
    let differs = 10 * one.abs_diff(other) > found.out * found.followed;
    let matters = match found.events_out {
        0 => found.out * found.events_followed >= 3 * found.followed,
        _ => differs,
    };
    (found.out > 0 && found.followed > 0 && matters).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Course, EventKind, Excluded, Vital};
    use super::*;
    use crate::infant::Date;
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

    /// Makes a study of these courses, one for each row, and its follow-up: the rows in `out` are excluded for the
    /// reason.
    fn study(courses: Vec<Course>, out: &[usize], why: Unusable) -> (Study, TimeToEvent) {
        let study = Study {
            row: (0..courses.len()).collect(),
            course: courses,
            ..Study::default()
        };
        let followed = TimeToEvent {
            patient: study.row.iter().copied().filter(|row| !out.contains(row)).collect(),
            excluded: out.iter().map(|&row| Excluded { row, why }).collect(),
            ..TimeToEvent::default()
        };
        (study, followed)
    }

    fn dead() -> Course {
        let mut course = Course::default();
        course.vital = Cell::Value(Vital::Dead);
        course
    }

    #[test]
    fn any_column_can_show_an_event() {
        let with = |milestone, cell| {
            let mut course = Course::default();
            course.set_date(milestone, cell);
            course
        };
        let relapse = with(Milestone::Relapse, Cell::Unreadable);
        let last_seen = with(Milestone::LastFollowUp, Cell::Value(Date::new(2020, 1, 1).unwrap()));
        let first = |kind| {
            let mut course = Course::default();
            course.first_event = Cell::Value(kind);
            course
        };
        let mut timed = Course::default();
        timed.set_event(Endpoint::AsInFile, Cell::Value(EventKind::Event));
        let mut denied = with(Milestone::Death, Cell::Unreadable);
        denied.vital = Cell::Value(Vital::Alive);
        use Endpoint::{AsInFile, EventFreeSurvival, OverallSurvival};
        for (course, expected) in [
            (relapse, [true, false, false]),
            (with(Milestone::Death, Cell::Unreadable), [true, true, false]),
            (last_seen, [false; 3]),
            (dead(), [true, true, false]),
            (first(EventKind::Relapse), [true, false, false]),
            (first(EventKind::Death), [true, true, false]),
            (first(EventKind::None), [false; 3]),
            (timed, [false, false, true]),
            (with(Milestone::Death, Cell::Missing), [false; 3]),
            (denied, [false; 3]),
        ] {
            let found = [EventFreeSurvival, OverallSurvival, AsInFile].map(|endpoint| course.tells_event(endpoint));
            assert_eq!(found, expected, "{course:?}");
        }
    }

    #[test]
    fn excluded_events_are_reported_where_shares_differ() {
        let os = Endpoint::OverallSurvival;
        let why = Unusable::DiedWithoutDate;
        let alive = Course::default;
        // Two of two excluded patients are dead, one of four included.
        let courses = vec![dead(), dead(), dead(), alive(), alive(), alive()];
        let (patients, followed) = study(courses.clone(), &[0, 1], why);
        let found = LeftOut {
            out: 2,
            events_out: 2,
            followed: 4,
            events_followed: 1,
        };
        assert_eq!(left_out(&patients, os, &followed), Some(found));
        // Two living patients are excluded, where one or two deaths are expected; then three, with three expected.
        let (patients, followed) = study(courses.clone(), &[4, 5], why);
        assert_eq!(left_out(&patients, os, &followed), None);
        let (patients, followed) = study(courses.clone(), &[3, 4, 5], why);
        let found = LeftOut {
            out: 3,
            events_out: 0,
            followed: 3,
            events_followed: 3,
        };
        assert_eq!(left_out(&patients, os, &followed), Some(found));
        let (patients, followed) = study(courses.clone(), &[], why);
        assert_eq!(left_out(&patients, os, &followed), None);
        // One of two in either.
        let (patients, followed) = study(courses, &[0, 5], why);
        assert_eq!(left_out(&patients, os, &followed), None);
        // Nobody is included: there is no comparison.
        let (patients, followed) = study(vec![dead(), dead()], &[0, 1], why);
        assert_eq!(left_out(&patients, os, &followed), None);
        // Not at risk.
        let dfs = Endpoint::DiseaseFreeSurvival;
        for why in [Unusable::NeverInRemission, Unusable::NoDate(Milestone::FirstRemission)] {
            let (patients, followed) = study(vec![dead(), dead(), alive(), alive()], &[0, 1], why);
            assert_eq!(left_out(&patients, dfs, &followed), None);
        }
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
