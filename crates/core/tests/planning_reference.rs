//! Planning of studies against base R: tests/reference/planning/planning.R.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ledger;
#[path = "risks_reference/table.rs"]
#[allow(dead_code)]
mod table;

use cotside_core::survival::{
    Demand, Detectable, EventsFormula, OneGroup, OneGroupStudy, Schedule, Sides, TwoGroupStudy, TwoGroups,
    constant_hazard,
};
use table::{Line, Table};

/// R's searches end within 1e-13 of the argument; its integrals have a relative error of 1e-13.
const WITHIN: f64 = 1e-10;

fn demand(table: &Table, row: usize) -> Demand {
    let number = |column| table.number(row, column).unwrap();
    Demand {
        alpha: number("alpha"),
        power: number("power"),
        sides: if number("sides") == 1.0 { Sides::One } else { Sides::Two },
    }
}

#[test]
fn two_groups_as_in_r() {
    let table = Table::read("planning/two_groups.csv");
    for row in 0..table.rows() {
        let number = |column| table.number(row, column).unwrap();
        let formula = match table.text(row, "formula") {
            "schoenfeld" => EventsFormula::Schoenfeld,
            _ => EventsFormula::Freedman,
        };
        let trial = TwoGroups {
            hazard_ratio: number("hr"),
            second: number("second"),
            formula,
        };
        let study = TwoGroupStudy {
            trial,
            hazard: constant_hazard(number("survival"), number("time")).unwrap(),
            schedule: Schedule {
                accrual: number("accrual"),
                follow_up: number("follow_up"),
                loss: number("loss"),
            },
        };
        let (demand, n) = (demand(&table, row), number("n"));
        let at = format!(
            "{}, design {}",
            table.text(row, "formula"),
            row % (table.rows() / 2) + 1
        );
        let line = Line {
            topic: "planning",
            table: &table,
            row,
            data: "two groups",
            at: &at,
        };
        let (first, second) = study.event_probabilities().unwrap();
        line.agree("first_fails", Some(first), WITHIN);
        line.agree("second_fails", Some(second), WITHIN);
        line.agree("events", trial.events_needed(demand), WITHIN);
        line.agree("subjects", study.subjects_needed(demand), WITHIN);
        line.agree("power_of_n", study.power(n, demand.alpha, demand.sides), WITHIN);
        line.agree("power_of_events", trial.power(n, demand.alpha, demand.sides), WITHIN);
        for (side, name) in [(Detectable::Better, "better"), (Detectable::Worse, "worse")] {
            line.agree(&format!("{name}_of_n"), study.detectable(n, demand, side), WITHIN);
            line.agree(&format!("{name}_of_events"), trial.detectable(n, demand, side), WITHIN);
        }
        line.agree("recruitment", study.accrual_needed(number("rate"), demand), WITHIN);
    }
}

#[test]
fn one_group_as_in_r() {
    let table = Table::read("planning/one_group.csv");
    for row in 0..table.rows() {
        let number = |column| table.number(row, column).unwrap();
        let trial = OneGroup {
            reference: number("reference"),
            alternative: number("alternative"),
        };
        let (demand, n) = (demand(&table, row), number("n"));
        let at = format!("design {}", row + 1);
        let line = Line {
            topic: "planning",
            table: &table,
            row,
            data: "one group",
            at: &at,
        };
        line.agree("subjects", trial.subjects_needed(demand), WITHIN);
        line.agree("power_of_n", trial.power(n, demand.alpha, demand.sides), WITHIN);
        line.agree("better_of_n", trial.detectable(n, demand, Detectable::Better), WITHIN);
        line.agree("worse_of_n", trial.detectable(n, demand, Detectable::Worse), WITHIN);
    }
}

/// Entry, follow-up and loss; the last two designs follow everybody to the time, as in `one_group.csv`.
#[test]
fn one_group_entered_as_in_r() {
    let table = Table::read("planning/one_group_entered.csv");
    for row in 0..table.rows() {
        let number = |column| table.number(row, column).unwrap();
        let trial = OneGroup {
            reference: number("reference"),
            alternative: number("alternative"),
        };
        let study = OneGroupStudy {
            trial,
            time: number("time"),
            schedule: Schedule {
                accrual: number("accrual"),
                follow_up: number("follow_up"),
                loss: number("loss"),
            },
        };
        let (demand, n) = (demand(&table, row), number("n"));
        let at = format!("design {}", row + 1);
        let line = Line {
            topic: "planning",
            table: &table,
            row,
            data: "one group with entry and loss",
            at: &at,
        };
        line.agree("subjects", study.subjects_needed(demand), WITHIN);
        line.agree("power_of_n", study.power(n, demand.alpha, demand.sides), WITHIN);
        line.agree("better_of_n", study.detectable(n, demand, Detectable::Better), WITHIN);
        line.agree("worse_of_n", study.detectable(n, demand, Detectable::Worse), WITHIN);
        line.agree("recruitment", study.accrual_needed(number("rate"), demand), WITHIN);
        if row + 2 >= table.rows() {
            assert_eq!(study.subjects_needed(demand), trial.subjects_needed(demand));
        }
    }
}
