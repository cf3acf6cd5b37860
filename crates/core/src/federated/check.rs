//! What plans and summaries must be: a file that breaks a rule is refused, with the field and the reason.

use super::columns::{TableKind, time_unit};
use super::fault::{Fault, Why};
use super::layout::leaves;
use super::plan::{Analysis, Covariate, Design, Plan, Sharing};
use super::read::same;
use super::rounds::LARGEST_BETA;
use super::summary::{CoxSums, Summary, TableSums};
use crate::shortest;
use crate::survival::cox::Symmetric;

/// No number is larger than this.
const LARGEST: f64 = 1e12;
/// An eigenvalue may be this part of the largest below 0.
const NEGATIVE: f64 = 1e-8;
/// Sums of full precision are off by less than this.
const ROUNDING: f64 = 1e-9;
/// Most columns of covariates.
const MOST_COLUMNS: usize = 10;
/// Most rounds by way of sharing: the sums of each site, masked totals.
const MOST_ROUNDS: [u32; 2] = [4, 8];

/// Checks that a plan can be carried out.
pub fn plan(file: &str, plan: &Plan) -> Result<(), Fault> {
    let wrong = |field: &str, why: &str| Err(Fault::new(file, field, Why::Plan(why.to_owned())));
    let design = &plan.design;
    let p = design.ranges().len();
    let is_name = |name: &str| {
        !name.is_empty()
            && name.chars().count() <= 40
            && name
                .chars()
                .all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.'))
            && !name.starts_with('.')
    };
    if !is_name(&design.study) {
        return wrong(
            "design.study",
            "a name of letters, digits, - and _, at most 40, is needed",
        );
    }
    if let Some(site) = design.sites.iter().find(|site| !is_name(site)) {
        return wrong(
            "design.sites",
            &format!("“{site}” is no name of letters, digits, - and _"),
        );
    }
    let distinct: std::collections::BTreeSet<&String> = design.sites.iter().collect();
    if distinct.len() < design.sites.len() {
        return wrong("design.sites", "a site is there twice");
    }
    match (design.sharing, design.sites.len()) {
        (_, 0 | 1) => return wrong("design.sites", "at least two sites are needed"),
        (Sharing::Masked, 2) => {
            return wrong(
                "design.sharing",
                "masks need three sites: of two, each learns the other's sums",
            );
        }
        _ => {}
    }
    if time_unit(&design.time_unit).is_none() {
        return wrong("design.time_unit", "the unit is day, week, month or year");
    }
    if design.endpoint.causes.is_empty() {
        return wrong("design.endpoint.causes", "at least one cause is needed");
    }
    ascending(file, "design.grid", &design.grid, 0)?;
    for (name, cuts) in &design.table1 {
        ascending(file, &format!("design.table1.{name}"), cuts, 2)?;
    }
    for (name, kind) in design.table_variables() {
        if let TableKind::Levels(levels) = kind {
            levels_differ(file, &name, &levels)?;
        }
    }
    if !design.merges.is_empty() {
        return wrong(
            "design.merges",
            "this version takes no coarser levels of a site's choice; name the coarser levels in the groups",
        );
    }
    covariates(file, design)?;
    asked(file, design)?;
    if p > MOST_COLUMNS {
        return wrong("design.covariates", "at most 10 columns");
    }
    let Some(cox) = design.cox.as_ref() else {
        return if plan.beta.is_empty() {
            Ok(())
        } else {
            wrong("beta", "there is no model")
        };
    };
    for (field, beta) in [("design.cox.start", &cox.start), ("beta", &plan.beta)] {
        if beta.len() != p {
            return wrong(field, &format!("{p} coefficients are needed, one a column"));
        }
        let size: f64 = beta
            .iter()
            .zip(design.ranges())
            .map(|(beta, range)| beta.abs() * range)
            .sum();
        if size > LARGEST_BETA || !size.is_finite() {
            return wrong(
                field,
                "the coefficients lie beyond what is asked of a site (Σ R|β| above 6)",
            );
        }
    }
    let most = MOST_ROUNDS[usize::from(design.sharing == Sharing::Masked)];
    if cox.rounds_max == 0 || cox.rounds_max > most {
        return wrong("design.cox.rounds_max", &format!("from 1 to {most} rounds"));
    }
    if plan.round == 0 || plan.round > cox.rounds_max {
        return wrong("round", "beyond design.cox.rounds_max");
    }
    if plan.attempt == 0 {
        return wrong("attempt", "counts from 1");
    }
    if !(cox.stop > 0.0 && cox.stop <= 1.0) {
        return wrong("design.cox.stop", "a bound between 0 and 1 standard errors");
    }
    if (plan.round == 1) != plan.totals.is_none() || (plan.round == 1) != plan.previous_plan_sha256.is_none() {
        return wrong("totals", "only round 1 has none");
    }
    Ok(())
}

fn ascending(file: &str, field: &str, ends: &[f64], least: usize) -> Result<(), Fault> {
    let is_ascending = ends.windows(2).all(|pair| pair[0] < pair[1]);
    let is_possible = ends.iter().all(|end| end.is_finite() && end.abs() <= LARGEST);
    let is_from_0 = field != "design.grid" || ends.first().is_none_or(|&first| first >= 0.0);
    let is_long = ends.is_empty() || ends.len() >= least;
    if is_ascending && is_possible && is_from_0 && is_long {
        return Ok(());
    }
    let why = "ascending numbers are needed, at least two cuts".to_owned();
    Err(Fault::new(file, field, Why::Plan(why)))
}

fn levels_differ(file: &str, field: &str, levels: &[String]) -> Result<(), Fault> {
    let distinct: std::collections::BTreeSet<&String> = levels.iter().collect();
    if distinct.len() == levels.len() && levels.len() > 1 && levels.iter().all(|level| !level.is_empty()) {
        return Ok(());
    }
    let why = "at least two different levels are needed".to_owned();
    Err(Fault::new(file, field, Why::Plan(why)))
}

fn covariates(file: &str, design: &Design) -> Result<(), Fault> {
    for covariate in &design.covariates {
        let field = format!("design.covariates.{}", covariate.name());
        let is_fine = match covariate {
            Covariate::Identity(scaled) | Covariate::Log10(scaled) => {
                let numbers = [scaled.lo, scaled.hi, scaled.centre, scaled.scale];
                numbers
                    .iter()
                    .all(|number| number.is_finite() && number.abs() <= LARGEST)
                    && scaled.lo < scaled.hi
                    && scaled.scale != 0.0
                    && covariate.ranges()[0] <= LARGEST
            }
            Covariate::Below { cut, .. } => cut.is_finite(),
            Covariate::Level { .. } => true,
        };
        if !is_fine {
            let why = "finite lo below hi, and a scale other than 0, are needed".to_owned();
            return Err(Fault::new(file, &field, Why::Plan(why)));
        }
    }
    let columns = design.coefficients();
    let distinct: std::collections::BTreeSet<&String> = columns.iter().collect();
    if distinct.len() < columns.len() {
        let why = "a covariate is there twice".to_owned();
        return Err(Fault::new(file, "design.covariates", Why::Plan(why)));
    }
    Ok(())
}

/// What each analysis needs.
fn asked(file: &str, design: &Design) -> Result<(), Fault> {
    let wrong = |field: &str, why: &str| Err(Fault::new(file, field, Why::Plan(why.to_owned())));
    let asks = |analysis: Analysis| design.asks(analysis);
    let is_counted = asks(Analysis::Km) || asks(Analysis::Cif) || asks(Analysis::Rmst);
    let is_plain = design.entry.is_none() && design.weights.is_none();
    if (asks(Analysis::Logrank) || asks(Analysis::Gray)) && design.groups.is_none() {
        return wrong("design.groups", "a test of groups needs groups");
    }
    if is_counted && design.grid.is_empty() {
        return wrong("design.grid", "curves need the ends of cells of time");
    }
    if (is_counted || asks(Analysis::Gray)) && !is_plain {
        return wrong(
            "design.analyses",
            "curves and Gray's test take neither delayed entry nor weights",
        );
    }
    if asks(Analysis::Logrank) && design.weights.is_some() {
        return wrong("design.analyses", "the log-rank test takes no weights");
    }
    if asks(Analysis::TwoStage) && design.sharing == Sharing::Masked {
        return wrong("design.analyses", "fits of single sites cannot be masked");
    }
    if (asks(Analysis::Cox) || asks(Analysis::TwoStage)) && design.covariates.is_empty() {
        return wrong("design.covariates", "Cox's model needs a covariate");
    }
    match &design.cox {
        None if asks(Analysis::Cox) => wrong("design.cox", "the analysis cox needs its settings"),
        Some(cox) if !cox.stratified && (design.grid.is_empty() || !is_plain || !design.strata.is_empty()) => wrong(
            "design.cox.stratified",
            "without strata the ends of cells are needed, and neither strata, delayed entry nor weights",
        ),
        Some(cox) if !cox.stratified && design.grid.first() == Some(&0.0) => {
            wrong("design.grid", "a cell of no length has no risk sets; begin after 0")
        }
        _ => Ok(()),
    }
}

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
    let has_open = !leaves(&open).is_empty() || open.two_stage.is_some() || open.cox.is_some() || open.grid.is_some();
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
    let design = &plan.design;
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
    let variables = design.table_variables();
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
