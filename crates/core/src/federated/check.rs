//! What summaries must be: a file that breaks a rule is refused, with the field and the reason.

use super::fault::{Fault, Why};
use super::layout::leaves;
use super::merges::not_allowed;
use super::plan::{Design, Plan};
use super::read::same;
use super::summary::{CoxSums, GroupSums, Summary, TableSums};
use super::table_columns::TableKind;
use crate::shortest;
use crate::survival::cox::Symmetric;

/// No number is larger than this.
pub(super) const LARGEST: f64 = 1e12;
/// An eigenvalue may be this part of the largest below 0.
const NEGATIVE: f64 = 1e-8;
/// Sums of full precision are off by less than this.
const ROUNDING: f64 = 1e-9;

/// Checks the masked file of a site: every number is in `masked`.
pub fn masked(file: &str, plan: &Plan, summary: &Summary) -> Result<(), Fault> {
    let Some(numbers) = &summary.masked else {
        return Err(Fault::new(file, "masked", Why::Shape("missing".to_owned())));
    };
    let expected = super::layout::size(plan);
    if numbers.len() != expected {
        let why = Why::Length {
            found: numbers.len(),
            expected,
        };
        return Err(Fault::new(file, "masked", why));
    }
    let open = Summary {
        masked: None,
        ..summary.clone()
    };
    let has_open = !open.merged.is_empty()
        || !leaves(&open).is_empty()
        || open.two_stage.is_some()
        || open.cox.is_some()
        || open.grid.is_some();
    if has_open {
        return Err(Fault::new(file, "n", Why::Shape("a number without a mask".to_owned())));
    }
    Ok(())
}

/// Checks the summary of a site, or the total of masked ones, against the plan and against itself.
pub fn summary(file: &str, plan: &Plan, summary: &Summary) -> Result<(), Fault> {
    if summary.masked.is_some() {
        return Err(Fault::new(
            file,
            "masked",
            Why::Shape("a mask in a plan without masks".to_owned()),
        ));
    }
    if let Some(leaf) = leaves(summary)
        .iter()
        .find(|leaf| leaf.value.abs() > LARGEST || !leaf.value.is_finite())
    {
        return Err(Fault::new(file, "file", Why::Number(shortest(leaf.value))));
    }
    if let Some((field, levels)) = not_allowed(&summary.merged, &plan.design.merges) {
        let why = format!("the plan does not take {} of {field} together", levels.join(" and "));
        return Err(Fault::new(file, "merged", Why::Shape(why)));
    }
    let design = &plan.design.merged(&summary.merged);
    let count = |field: &str, why: String| Err(Fault::new(file, field, Why::Counts(why)));
    if let (Some(n), Some(events)) = (summary.n, summary.events)
        && events > n
    {
        return count("events", format!("{events} events of {n} patients"));
    }
    if let Some(groups) = &summary.n_by_group {
        length(file, "n_by_group", groups.len(), design.group_count())?;
        adds_up(file, "n_by_group", groups, summary.n)?;
    }
    if let Some(cox) = &summary.cox {
        cox_sums(file, plan, cox, summary.events)?;
    }
    cells(file, plan, summary)?;
    tests(file, design, summary)?;
    grid(file, design, summary)?;
    tables(file, design, summary)?;
    let p = design.ranges().len();
    if let Some(fit) = &summary.two_stage {
        length(file, "two_stage.coef", fit.coef.len(), p)?;
        matrix(file, "two_stage.covariance_lower", p, &fit.covariance_lower, 0.0)?;
    }
    Ok(())
}

fn length(file: &str, field: &str, found: usize, expected: usize) -> Result<(), Fault> {
    if found == expected {
        return Ok(());
    }
    Err(Fault::new(file, field, Why::Length { found, expected }))
}

/// Counts without gaps add to the total; with gaps they stay below it.
fn adds_up(file: &str, field: &str, counts: &[Option<u64>], total: Option<u64>) -> Result<(), Fault> {
    let Some(total) = total else { return Ok(()) };
    let sum: u64 = counts.iter().flatten().sum();
    let is_whole = counts.iter().all(Option::is_some);
    if sum > total || is_whole && sum != total {
        let why = format!("{sum} in the parts, {total} in all");
        return Err(Fault::new(file, field, Why::Counts(why)));
    }
    Ok(())
}

fn cox_sums(file: &str, plan: &Plan, cox: &CoxSums, events: Option<u64>) -> Result<(), Fault> {
    let design = &plan.design;
    let ranges = design.ranges();
    let p = ranges.len();
    if design.cox.as_ref().is_none_or(|cox| !cox.stratified) {
        return Err(Fault::new(
            file,
            "cox",
            Why::Shape("the plan does not ask for it".to_owned()),
        ));
    }
    same_numbers(file, "cox.beta", &cox.beta, &plan.beta)?;
    length(file, "cox.score", cox.score.len(), p)?;
    let units = cox.score_unit.clone().unwrap_or_else(|| vec![0.0; p]);
    length(file, "cox.score_unit", units.len(), p)?;
    let is_small = |(unit, range): (&f64, &f64)| *unit >= 0.0 && unit <= range;
    if !units.iter().zip(&ranges).all(is_small) {
        return Err(Fault::new(
            file,
            "cox.score_unit",
            Why::Number("a unit below 0 or above the range of its column".to_owned()),
        ));
    }
    // Masked sums of few patients are rounded to units that follow from the plan.
    let masked = super::pooled_cox::masked_precision(design).map_or_else(Vec::new, |precision| precision.score_unit);
    let unit = units.iter().copied().fold(0.0, f64::max);
    let unit = masked.iter().copied().fold(unit, f64::max) * design.sites.len() as f64;
    let slack = 32.0 * unit * unit * p as f64;
    let information = matrix(file, "cox.information_lower", p, &cox.information_lower, slack)?;
    // With weights the sums have no law in the number of events.
    let Some(events) = events.filter(|_| design.weights.is_none()) else {
        return Ok(());
    };
    let events = events as f64;
    for (j, &range) in ranges.iter().enumerate() {
        let impossible = |field: &str, value: f64| {
            let why = Why::Impossible(format!("{} for column {}", shortest(value), j + 1));
            Err(Fault::new(file, field, why))
        };
        let nearly = |limit: f64| limit * (1.0 + 1e-9) + 1e-9;
        if cox.score[j].abs() > nearly(range * events + unit) {
            return impossible("cox.score", cox.score[j]);
        }
        if information.at(j, j) > nearly(range * range * events / 4.0 + 64.0 * unit * unit) {
            return impossible("cox.information_lower", information.at(j, j));
        }
    }
    Ok(())
}

fn same_numbers(file: &str, field: &str, found: &[f64], expected: &[f64]) -> Result<(), Fault> {
    let text = |numbers: &[f64]| {
        numbers
            .iter()
            .map(|&number| shortest(number))
            .collect::<Vec<_>>()
            .join(", ")
    };
    same(file, field, &text(found), &text(expected))
}

/// A symmetric matrix without a negative eigenvalue beyond rounding.
fn matrix(file: &str, field: &str, size: usize, lower: &[f64], slack: f64) -> Result<Symmetric, Fault> {
    let Some(found) = Symmetric::of_lower(size, lower) else {
        let expected = size * (size + 1) / 2;
        return Err(Fault::new(
            file,
            field,
            Why::Length {
                found: lower.len(),
                expected,
            },
        ));
    };
    let largest = (0..size).map(|j| found.at(j, j).abs()).fold(0.0, f64::max);
    let shift = size as f64 * NEGATIVE * largest + slack + ROUNDING;
    // M + shift·1 is positive semidefinite where elimination finds no pivot below 0.
    let mut rest: Vec<Vec<f64>> = (0..size)
        .map(|i| {
            (0..size)
                .map(|j| found.at(i, j) + if i == j { shift } else { 0.0 })
                .collect()
        })
        .collect();
    for pivot in 0..size {
        let diagonal = rest[pivot][pivot];
        if diagonal < 0.0 {
            let why = Why::Counts("the matrix has a negative eigenvalue".to_owned());
            return Err(Fault::new(file, field, why));
        }
        for i in pivot + 1..size {
            let factor = if diagonal > 0.0 { rest[i][pivot] / diagonal } else { 0.0 };
            let (above, below) = rest.split_at_mut(i);
            for (own, first) in below[0].iter_mut().zip(&above[pivot]).skip(pivot + 1) {
                *own -= factor * first;
            }
        }
    }
    Ok(found)
}

fn cells(file: &str, plan: &Plan, summary: &Summary) -> Result<(), Fault> {
    let Some(cells) = &summary.cells else { return Ok(()) };
    let p = plan.design.ranges().len();
    same_numbers(file, "cells.beta", &cells.beta, &plan.beta)?;
    length(file, "cells.event_sum", cells.event_sum.len(), p)?;
    length(file, "cells.cells", cells.cells.len(), plan.design.grid.len())?;
    let events: u64 = cells.cells.iter().map(|cell| cell.events).sum();
    if summary.events.is_some_and(|all| events > all) {
        let why = Why::Counts("more events in the cells than in all".to_owned());
        return Err(Fault::new(file, "cells.cells", why));
    }
    for cell in &cells.cells {
        length(file, "cells.cells.e1", cell.e1.len(), p)?;
        matrix(file, "cells.cells.e2_lower", p, &cell.e2_lower, 0.0)?;
        if cell.e0 < 0.0 {
            return Err(Fault::new(file, "cells.cells.e0", Why::Number(shortest(cell.e0))));
        }
    }
    Ok(())
}

fn tests(file: &str, design: &Design, summary: &Summary) -> Result<(), Fault> {
    let df = design.group_count() - 1;
    // The unit of a rounded score of d events is at most √d/4/2^6, that of its variance 64 times its square.
    let events = summary.events.unwrap_or(design.expected_events).max(1) as f64;
    let unit = events.sqrt() / 4.0 / 64.0;
    let slack = 32.0 * unit * unit * df as f64;
    if let Some(sums) = &summary.logrank {
        length(file, "logrank.difference", sums.difference.len(), df)?;
        matrix(file, "logrank.covariance_lower", df, &sums.covariance_lower, slack)?;
        let most = summary.events.map_or(f64::INFINITY, |events| events as f64) + unit;
        if let Some(value) = sums.difference.iter().find(|value| value.abs() > most) {
            return Err(Fault::new(
                file,
                "logrank.difference",
                Why::Impossible(shortest(*value)),
            ));
        }
    }
    for (at, sums) in summary.gray.iter().flatten().enumerate() {
        if sums.cause as usize != at + 1 || at >= design.endpoint.causes.len() {
            let why = Why::Counts("the causes are not those of the plan".to_owned());
            return Err(Fault::new(file, "gray.cause", why));
        }
        length(file, "gray.score", sums.score.len(), df)?;
        matrix(file, "gray.variance_lower", df, &sums.variance_lower, slack)?;
    }
    Ok(())
}

fn grid(file: &str, design: &Design, summary: &Summary) -> Result<(), Fault> {
    let Some(grid) = &summary.grid else { return Ok(()) };
    let wrong = |field: &str, why: &str| Err(Fault::new(file, field, Why::Counts(why.to_owned())));
    let is_plans = grid.boundaries.iter().all(|end| design.grid.contains(end));
    if !is_plans || grid.boundaries.windows(2).any(|pair| pair[0] >= pair[1]) {
        return wrong(
            "grid.boundaries",
            "the ends of the cells are not ends of the plan in their order",
        );
    }
    let cells = grid.boundaries.len();
    let levels = design.groups.as_ref().map(|by| by.levels.clone()).unwrap_or_default();
    let names: Vec<Option<&String>> = grid.groups.iter().map(|group| group.group.as_ref()).collect();
    let by_group: Vec<Option<&String>> = levels.iter().map(Some).collect();
    if names != [None] && names != by_group {
        return wrong("grid.groups", "the groups are not those of the plan");
    }
    let mut all = 0;
    for group in &grid.groups {
        if group.events.len() != 1 && group.events.len() != design.endpoint.causes.len() {
            return wrong("grid.groups.events", "the causes are not those of the plan");
        }
        for counts in group.events.iter().chain([&group.left]) {
            length(file, "grid.groups.left", counts.len(), cells)?;
        }
        let leaving: u64 = group.events.iter().flatten().chain(&group.left).sum();
        if leaving > group.n {
            return wrong("grid.groups.left", "more leave than there are");
        }
        all += group.n;
    }
    if summary.n.is_some_and(|n| n != all) {
        return wrong("grid.groups.n", "the groups do not add to n");
    }
    Ok(())
}

fn tables(file: &str, design: &Design, summary: &Summary) -> Result<(), Fault> {
    let variables = design.table_of(&summary.merged);
    for (name, sums) in summary.table1.iter().flatten() {
        let field = format!("table1.{name}");
        let known = variables.iter().find(|(known, _)| known == name);
        let Some((_, kind)) = known else {
            return Err(Fault::new(
                file,
                &field,
                Why::Shape("the plan does not ask for it".to_owned()),
            ));
        };
        let size = match kind {
            TableKind::Cuts(cuts) => cuts.len() - 1,
            TableKind::Levels(levels) => levels.len(),
        };
        table(file, &field, size, sums, summary.n, design.group_count())?;
    }
    let groups = |id: &String| {
        let known = design
            .protocols
            .contains(id)
            .then(|| crate::protocols::protocol(id))
            .flatten();
        known.map_or(0, |known| known.groups.len())
    };
    for table in summary.reclassified.iter().flatten() {
        length(file, "reclassified", table.counts.len(), groups(&table.first))?;
        for row in &table.counts {
            length(file, "reclassified", row.len(), groups(&table.second))?;
        }
        let sum: u64 = table.counts.iter().flatten().flatten().sum();
        if summary.n.is_some_and(|n| sum > n) {
            let why = Why::Counts("more than the patients".to_owned());
            return Err(Fault::new(file, "reclassified", why));
        }
    }
    for (id, counts) in summary.protocols.iter().flatten() {
        let field = format!("protocols.{id}");
        let known = design
            .protocols
            .contains(id)
            .then(|| crate::protocols::protocol(id))
            .flatten();
        length(file, &field, counts.len(), known.map_or(0, |known| known.groups.len()))?;
        let sum: u64 = counts.iter().flatten().sum();
        if summary.n.is_some_and(|n| sum > n) {
            return Err(Fault::new(
                file,
                &field,
                Why::Counts("more than the patients".to_owned()),
            ));
        }
    }
    Ok(())
}

fn table(file: &str, field: &str, size: usize, sums: &TableSums, n: Option<u64>, groups: usize) -> Result<(), Fault> {
    length(file, field, sums.cells.len(), size)?;
    let missing = sums.missing.parse::<u64>().ok();
    if missing.is_none() && sums.missing.split_once('-').is_none() {
        return Err(Fault::new(file, field, Why::Number(sums.missing.clone())));
    }
    let Some(n) = n else { return Ok(()) };
    let known = missing.map(|missing| n.saturating_sub(missing));
    let is_over = sums.cells.iter().flatten().sum::<u64>() > n;
    match known {
        Some(known) => adds_up(file, field, &sums.cells, Some(known))?,
        None if is_over => {
            return Err(Fault::new(
                file,
                field,
                Why::Counts("more than the patients".to_owned()),
            ));
        }
        None => {}
    }
    if let Some(own) = &sums.moments_by_group {
        length(file, field, own.len(), groups)?;
        if own.iter().map(|own| own.n).sum::<u64>() > known.unwrap_or(n) {
            let why = Why::Counts("more values in the groups than in all".to_owned());
            return Err(Fault::new(file, field, why));
        }
        // (Σz)² is never above n·Σz².
        let is_law = |own: &GroupSums| own.sum * own.sum <= own.n as f64 * own.squares * (1.0 + ROUNDING) + ROUNDING;
        if !own.iter().all(is_law) {
            let why = Why::Impossible("a sum of squares that is too small".to_owned());
            return Err(Fault::new(file, field, why));
        }
    }
    for rows in sums.by_group.iter() {
        length(file, field, rows.len(), groups)?;
        for row in rows {
            length(file, field, row.len(), size)?;
        }
        for (cell, &all) in sums.cells.iter().enumerate() {
            let column: Vec<Option<u64>> = rows.iter().map(|row| row[cell]).collect();
            adds_up(file, field, &column, all)?;
        }
    }
    Ok(())
}
