//! Unlikely follow-up: days in the future, and follow-up longer than is possible.

use super::course::Milestone;
use super::mapping::{Cohort, Mapping, Patient};
use super::question::{Question, QuestionKind};
use super::role::Role;
use crate::infant::Date;

/// Follow-up longer than this, in years, raises a question: the first cohorts of treated infants are younger.
pub const LONGEST_FOLLOW_UP: f64 = 50.0;

const DAYS_PER_YEAR: f64 = 365.25;

/// Returns questions for a person: for each column its days after `today`, where that is known, and its follow-up
/// longer than [`LONGEST_FOLLOW_UP`] since diagnosis.
#[must_use]
pub fn unlikely_follow_up(mapping: &Mapping, cohort: &Cohort, today: Option<Date>) -> Vec<Question> {
    let columns = mapping.columns.iter().enumerate();
    let asked = columns.flat_map(|(column, used)| {
        let future = match used.role {
            Role::Milestone(milestone) if !used.date.counts_from_diagnosis() => {
                today.and_then(|today| future(cohort, milestone, today))
            }
            _ => None,
        };
        let long = long(cohort, used.role);
        [future, long].map(move |kind| kind.map(|kind| Question::of(column, kind)))
    });
    asked.flatten().collect()
}

/// Dates of a milestone after today.
fn future(cohort: &Cohort, milestone: Milestone, today: Date) -> Option<QuestionKind> {
    let dates = cohort.patients.iter();
    let dates = dates.filter_map(|patient| patient.course.date(milestone).value());
    let late: Vec<Date> = dates.filter(|date| date.day_number() > today.day_number()).collect();
    let latest = late.iter().copied().max_by_key(|date| date.day_number())?;
    Some(QuestionKind::FutureDates {
        cells: late.len(),
        latest,
        today,
    })
}

/// Returns the follow-up of a column that is longer than possible.
fn long(cohort: &Cohort, role: Role) -> Option<QuestionKind> {
    let years = |patient: &Patient| {
        let days = match role {
            Role::Milestone(Milestone::Birth | Milestone::Diagnosis) => return None,
            Role::Milestone(milestone) => {
                let since = patient.course.date(Milestone::Diagnosis).value()?.day_number();
                (patient.course.date(milestone).value()?.day_number() - since) as f64
            }
            Role::Time(endpoint) => patient.course.time(endpoint).value()?,
            _ => return None,
        };
        Some(days / DAYS_PER_YEAR)
    };
    let long: Vec<f64> = cohort
        .patients
        .iter()
        .filter_map(years)
        .filter(|years| *years > LONGEST_FOLLOW_UP)
        .collect();
    let longest = long.iter().copied().max_by(f64::total_cmp)?;
    Some(QuestionKind::LongFollowUp {
        patients: long.len(),
        years: longest,
    })
}

#[cfg(test)]
mod tests {
    use super::super::lenient::Import;
    use super::super::sheet::Sheet;
    use super::*;

    fn asked(text: &str) -> Vec<(usize, QuestionKind)> {
        let import: Import = Sheet::read_lenient(text.as_bytes()).unwrap();
        let (mapping, _) = Mapping::guess(&import, &import.profiles());
        let cohort = mapping.read(&import);
        let found = unlikely_follow_up(&mapping, &cohort, Date::new(2026, 11, 29));
        found
            .into_iter()
            .map(|question| (question.column, question.kind))
            .collect()
    }

    #[test]
    fn days_in_the_future_are_asked_about() {
        let dates = "id,diagnosis_date,death_date,last_follow_up_date\n1,2015-01-01,,2031-02-03\n2,2016-01-01,2026-11-29,2026-11-29\n\
                     3,2016-01-01,2026-11-30,2030-01-01\n";
        let future = |cells, latest| QuestionKind::FutureDates {
            cells,
            latest,
            today: Date::new(2026, 11, 29).unwrap(),
        };
        assert_eq!(
            asked(dates),
            [
                (2, future(1, Date::new(2026, 11, 30).unwrap())),
                (3, future(2, Date::new(2031, 2, 3).unwrap()))
            ]
        );
    }

    #[test]
    fn follow_up_of_a_century_is_asked_about() {
        let long = |patients, years| QuestionKind::LongFollowUp { patients, years };
        let times = "id,os_days,os_event\n1,36525,0\n2,18262,1\n3,400,0\n";
        assert_eq!(asked(times), [(1, long(1, 100.0))]);
        let months = "id,os_months,os_event\n1,1200,0\n2,601,1\n3,40,0\n";
        assert_eq!(asked(months).len(), 1);
        let dates =
            "id,diagnosis_date,death_date,last_follow_up_date\n1,1945-01-01,,2020-01-01\n2,2016-01-01,,2020-01-01\n";
        let days = f64::from(75 * 365 + 18);
        assert_eq!(asked(dates), [(3, long(1, days / 365.25))]);
    }

    #[test]
    fn ordinary_follow_up_is_not() {
        assert_eq!(asked("id,os_days,os_event\n1,3000,0\n2,200,1\n3,18262,0\n"), []);
        assert_eq!(
            asked("id,diagnosis_date,relapse_day,last_fu_day\n1,2015-01-01,40,400\n2,2016-01-01,,1000\n"),
            []
        );
    }
}
