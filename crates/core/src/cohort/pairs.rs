//! Times and events that belong together: a column of events that names no endpoint, beside a time that has none.

use super::course::{Endpoint, Milestone};
use super::role::Role;
use super::role_guess::RoleGuess;

/// Gives the one event that names no endpoint to the time in the column next to it, where a file has several times and
/// that one has no event of its own. A person is asked.
pub(super) fn pair_events(guesses: &mut [RoleGuess]) {
    let has = |role: Role| guesses.iter().any(|guess| guess.role == role);
    let is_time = |guess: &&RoleGuess| matches!(guess.role, Role::Time(_));
    if guesses.iter().filter(is_time).count() < 2 || has(Role::Time(Endpoint::AsInFile)) {
        return;
    }
    let of_none = Role::Event(Endpoint::AsInFile);
    let Some(column) = guesses.iter().position(|guess| guess.role == of_none) else {
        return;
    };
    let is_told = |endpoint| match endpoint {
        Endpoint::OverallSurvival => has(Role::VitalStatus) || has(Role::Milestone(Milestone::Death)),
        _ => has(Role::FirstEvent),
    };
    let time_at = |place: Option<usize>| match guesses.get(place?)?.role {
        Role::Time(endpoint) => Some(endpoint),
        _ => None,
    };
    // A time stands before its event more often than behind it.
    let beside = time_at(column.checked_sub(1)).or_else(|| time_at(Some(column + 1)));
    if let Some(endpoint) = beside.filter(|&endpoint| !has(Role::Event(endpoint)) && !is_told(endpoint)) {
        guesses[column].role = Role::Event(endpoint);
        guesses[column].exact = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paired(roles: &[Role]) -> Vec<Role> {
        let guess = |role: &Role| RoleGuess {
            role: *role,
            exact: true,
            ..RoleGuess::default()
        };
        let mut guesses: Vec<RoleGuess> = roles.iter().map(guess).collect();
        pair_events(&mut guesses);
        for (guess, role) in guesses.iter().zip(roles) {
            assert_eq!(guess.exact, guess.role == *role, "what is paired is asked");
        }
        guesses.into_iter().map(|guess| guess.role).collect()
    }

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
            assert_eq!(paired(&roles)[at], expected, "{roles:?}");
        }
    }
}
