//! What is missing for follow-up, and what looks wrong with it.

use super::cohort::{endpoint_name, milestone, unusable};
use cotside_core::cohort::{Endpoint, LeftOut, Milestone, Unusable};

/// What is needed where this keeps everybody from being followed; `None` where it is not a column.
#[must_use]
pub fn needed(why: Unusable) -> Option<&'static str> {
    match why {
        Unusable::NoColumn(Milestone::Death) => Some("date of death or vital status"),
        Unusable::NoColumn(Milestone::Relapse) => Some("date of relapse or kind of the first event"),
        Unusable::NoColumn(day) => Some(milestone(day)),
        Unusable::NoTimeColumn => Some("time to the endpoint"),
        Unusable::NoEventColumn => Some("how that time ended (event or censored)"),
        _ => None,
    }
}

/// Why nobody can be followed to an endpoint: the columns that are missing, or the reasons with their numbers of rows.
#[must_use]
pub fn not_drawn(endpoint: Endpoint, obstacles: &[(Unusable, usize)]) -> String {
    let name = endpoint_name(endpoint);
    let columns: Vec<&str> = obstacles.iter().filter_map(|(why, _)| needed(*why)).collect();
    match columns.len() {
        0 => {
            let reasons = obstacles
                .iter()
                .map(|(why, rows)| format!("{rows}: {}", unusable(*why)));
            let reasons: Vec<String> = reasons.collect();
            format!("To draw {name} no patient can be used ({}).", reasons.join("; "))
        }
        1 => format!("To draw {name} one column is missing: {}.", columns.concat()),
        _ => format!("To draw {name} these columns are missing: {}.", columns.join(", ")),
    }
}

/// What to do where nobody can be followed.
pub const GIVE_FOLLOW_UP: &str = "Answer what is to be confirmed, or choose under Columns which of them hold \
     follow-up. Instead of dates, a time to the endpoint and a column that says event or censored will do.";

/// That the patients left out of an analysis had more or fewer events than those in it.
#[must_use]
pub fn events_left_out(found: LeftOut) -> String {
    let LeftOut {
        out,
        events_out,
        followed,
        events_followed,
    } = found;
    let had = match (out, events_out) {
        (_, 0) => format!("None of the {out} patients left out had an event"),
        (1, _) => "The patient left out had an event".to_owned(),
        _ => format!("{events_out} of the {out} patients left out had an event"),
    };
    format!("{had}, against {events_followed} of {followed} included: leaving them out changes the result.")
}

/// That those with an event were followed longer than the others; `medians` are those of both in years.
#[must_use]
pub fn followed_longer(endpoint: Endpoint, medians: &[String; 2]) -> String {
    let who = match endpoint {
        Endpoint::OverallSurvival => "Those who died were followed longer than the living",
        _ => "Those with an event were followed longer than those without",
    };
    let [with, without] = medians;
    format!(
        "{who} (median {with} against {without} years): check that the status column is not read the wrong way round."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_follow_up_says_what_it_lacks() {
        let lacks = |day| (Unusable::NoColumn(day), 9);
        assert_eq!(
            not_drawn(
                Endpoint::EventFreeSurvival,
                &[lacks(Milestone::Diagnosis), lacks(Milestone::LastFollowUp)]
            ),
            "To draw event-free survival these columns are missing: date of diagnosis, date of last follow-up."
        );
        assert_eq!(
            not_drawn(Endpoint::OverallSurvival, &[(Unusable::NoEventColumn, 9)]),
            "To draw overall survival one column is missing: how that time ended (event or censored)."
        );
        let unread = (Unusable::UnreadableDate(Milestone::Diagnosis), 7);
        assert_eq!(
            not_drawn(Endpoint::OverallSurvival, &[unread, (Unusable::SetAside, 2)]),
            "To draw overall survival no patient can be used (7: the date of diagnosis cannot be read; 2: the row is set \
             aside)."
        );
    }

    #[test]
    fn what_looks_wrong_is_one_sentence() {
        let found = LeftOut {
            out: 5,
            events_out: 3,
            followed: 35,
            events_followed: 9,
        };
        assert_eq!(
            events_left_out(found),
            "3 of the 5 patients left out had an event, against 9 of 35 included: leaving them out changes the result."
        );
        let one = LeftOut {
            out: 1,
            events_out: 1,
            ..found
        };
        assert!(events_left_out(one).starts_with("The patient left out had an event, against 9 of 35"));
        let none = LeftOut { events_out: 0, ..found };
        assert!(events_left_out(none).starts_with("None of the 5 patients left out had an event, against"));
        let medians = ["5.1".to_owned(), "1.2".to_owned()];
        assert_eq!(
            followed_longer(Endpoint::OverallSurvival, &medians),
            "Those who died were followed longer than the living (median 5.1 against 1.2 years): check that the status \
             column is not read the wrong way round."
        );
    }
}
