//! Checks of a definition that could be read, by evaluating all possible children.

use super::super::reach::{reach, ways};
use super::super::rule::{Condition, Level, Protocol};
use super::MOST_WAYS;
use super::node::Problems;
use super::problem::Fault;

/// Reports problems visible in the definition itself.
pub(super) fn written(protocol: &Protocol, problems: &mut Problems) {
    if protocol.eligible.is_empty() {
        problems.at("/eligible", Fault::NoEligibility);
    }
    if protocol.groups.is_empty() {
        problems.at("/groups", Fault::NoGroups);
    }
    for (index, group) in protocol.groups.iter().enumerate() {
        let last = index + 1 == protocol.groups.len();
        if group.when == Condition::Always && !last {
            problems.at(&format!("/groups/{index}/when"), Fault::OthersNotLast);
        }
        if let (Some(level), Some(named)) = (group.level, level_named(group.id))
            && level != named
        {
            problems.at(&format!("/groups/{index}/level"), Fault::LevelUnlikeName);
        }
    }
}

/// Returns the level of risk that an id names.
fn level_named(id: &str) -> Option<Level> {
    Some(match id {
        "low" | "standard" => Level::Low,
        "intermediate" | "medium" => Level::Intermediate,
        "high" => Level::High,
        _ => return None,
    })
}

/// Reports problems found by evaluating all possible children.
pub(super) fn tried(protocol: &Protocol, problems: &mut Problems) {
    let ways = ways(protocol);
    if ways > MOST_WAYS {
        let most = MOST_WAYS;
        problems.at("/clauses", Fault::TooManyWays { ways, most });
        return;
    }
    let reach = reach(protocol);
    if !reach.anybody {
        problems.at("/eligible", Fault::NobodyEnters);
        return;
    }
    for (index, reached) in reach.groups.iter().enumerate() {
        if !reached {
            problems.at(&format!("/groups/{index}/when"), Fault::GroupNeverReached);
        }
    }
    if reach.left_over {
        problems.at("/groups", Fault::SomeInNoGroup);
    }
}
