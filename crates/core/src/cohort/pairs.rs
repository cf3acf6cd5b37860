//! Times and events that belong together: a column of events that names no endpoint, beside a time that has none.

use super::course::{Endpoint, Milestone};
use super::role::Role;

/// The one column of events that names no endpoint, and the endpoint of the time in the column next to it, where a file has
/// several times and that one has no event of its own.
pub(super) fn event_beside_time(roles: &[Role]) -> Option<(usize, Endpoint)> {
    let has = |role: Role| roles.contains(&role);
    let is_time = |role: &&Role| matches!(role, Role::Time(_));
    if roles.iter().filter(is_time).count() < 2 || has(Role::Time(Endpoint::AsInFile)) {
        return None;
    }
    let column = roles.iter().position(|role| *role == Role::Event(Endpoint::AsInFile))?;
    let is_told = |endpoint| match endpoint {
        Endpoint::OverallSurvival => has(Role::VitalStatus) || has(Role::Milestone(Milestone::Death)),
        _ => has(Role::FirstEvent),
    };
    let time_at = |place: Option<usize>| match roles.get(place?)? {
        Role::Time(endpoint) => Some(*endpoint),
        _ => None,
    };
    // A time stands before its event more often than behind it.
    let beside = time_at(column.checked_sub(1)).or_else(|| time_at(Some(column + 1)))?;
    (!has(Role::Event(beside)) && !is_told(beside)).then_some((column, beside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_of_no_endpoint_is_that_of_the_time_beside_it() {
        use Endpoint::{AsInFile, EventFreeSurvival, OverallSurvival};
        let (efs, os, event) = (
            Role::Time(EventFreeSurvival),
            Role::Time(OverallSurvival),
            Role::Event(AsInFile),
        );
        let of = Role::Event;
        for (roles, expected) in [
            ([efs, event, os, Role::VitalStatus], of(EventFreeSurvival)),
            ([os, event, efs, of(EventFreeSurvival)], of(OverallSurvival)),
            ([os, event, efs, Role::Ignored], of(OverallSurvival)),
            // The time beside it has its event, or there is one time only, which takes any event later on.
            ([os, event, Role::VitalStatus, efs], event),
            ([efs, event, Role::VitalStatus, Role::Ignored], event),
            ([efs, event, os, Role::FirstEvent], event),
            ([efs, os, Role::Ignored, event], event),
        ] {
            let at = roles.iter().position(|role| *role == event).unwrap();
            let found = event_beside_time(&roles);
            assert!(found.is_none_or(|(column, _)| column == at), "{roles:?}");
            assert_eq!(found.map_or(event, |(_, endpoint)| of(endpoint)), expected, "{roles:?}");
        }
    }
}
