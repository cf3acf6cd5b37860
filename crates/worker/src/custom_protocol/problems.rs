//! What is wrong with a definition, as the page takes it and as a list.

use cotside_core::protocols::own::{Gravity, Problem};
use cotside_messages::{PlacedProblem, ProblemGravity};
use cotside_words::en;
use cotside_words::html::{Html, list, text};

/// The problems for the page, in their order.
pub fn placed(problems: &[Problem]) -> Vec<PlacedProblem> {
    let each = |problem: &Problem| PlacedProblem {
        place: problem.place.clone(),
        name: en::place(&problem.place),
        gravity: gravity(problem),
        sentence: en::fault(&problem.fault),
    };
    problems.iter().map(each).collect()
}

fn gravity(problem: &Problem) -> ProblemGravity {
    match problem.fault.gravity() {
        Gravity::Remark => ProblemGravity::Remark,
        Gravity::Error if problem.fault.is_missing() => ProblemGravity::Missing,
        Gravity::Error => ProblemGravity::Error,
    }
}

/// The problems of a file that is not in a form.
pub fn html(problems: &[Problem]) -> Html {
    let each = |problem: &Problem| {
        let sentence = format!("{}: {}", en::place(&problem.place), en::fault(&problem.fault));
        text(&sentence)
    };
    list("own-problems", problems.iter().map(each))
}
