//! What is wrong with a definition, as the page takes it and as a list.

use cotside_core::protocols::own::{Gravity, Problem};
use cotside_messages::{PlacedProblem, ProblemGravity};
use cotside_views::named_list;
use cotside_words::lang;
use cotside_words::lang::own_page as words;
use maud::Markup;

/// The problems for the page, in their order.
pub fn placed(problems: &[Problem]) -> Vec<PlacedProblem> {
    let each = |problem: &Problem| PlacedProblem {
        place: problem.place.clone(),
        name: lang::place(&problem.place),
        gravity: gravity(problem),
        sentence: lang::fault(&problem.fault),
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
pub fn html(problems: &[Problem]) -> Markup {
    let each = |problem: &Problem| [&lang::place(&problem.place), words::COLON, &lang::fault(&problem.fault)].concat();
    named_list("own-problems", problems.iter().map(each))
}
