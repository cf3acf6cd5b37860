//! What plans must be: a plan that contradicts itself is refused, with the field and the reason.

use super::check::LARGEST;
use super::columns::time_unit;
use super::fault::{Fault, Why};
use super::limits::most_rounds;
use super::merges::merged_levels;
use super::plan::{Analysis, Covariate, Design, Plan, Sharing};
use super::rounds::LARGEST_BETA;
use super::table_columns::TableKind;

/// Most columns of covariates.
const MOST_COLUMNS: usize = 10;

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
    merges(file, design)?;
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
    let most = most_rounds(design.sharing);
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

/// Each list is of levels that a field of the plan has, and two levels are left if all lists are used.
fn merges(file: &str, design: &Design) -> Result<(), Fault> {
    let variables = design.table_variables();
    for (name, lists) in &design.merges {
        let field = format!("design.merges.{name}");
        let wrong = |why: String| Err(Fault::new(file, &field, Why::Plan(why)));
        let known = variables.iter().find(|(known, _)| known == name);
        let Some((_, TableKind::Levels(levels))) = known else {
            return wrong("no groups, strata, covariate or variable of Table 1 with levels has this name".to_owned());
        };
        for list in lists {
            if let Some(unknown) = list.iter().find(|level| !levels.contains(level)) {
                return wrong(format!("the plan has no level “{unknown}” of it"));
            }
            levels_differ(file, &field, list)?;
        }
        if merged_levels(&design.merges, name, levels).len() < 2 {
            return wrong("all levels would be one; leave two apart".to_owned());
        }
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
    let has_offset = design.offset.is_some();
    if has_offset && !design.asks(Analysis::Cox) && !design.asks(Analysis::TwoStage) {
        return wrong("design.offset", "an offset needs Cox's model");
    }
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
        Some(cox)
            if !cox.stratified && (design.grid.is_empty() || !is_plain || has_offset || !design.strata.is_empty()) =>
        {
            wrong(
                "design.cox.stratified",
                "without strata the ends of cells are needed, and neither strata, delayed entry, weights nor an offset",
            )
        }
        Some(cox) if !cox.stratified && design.grid.first() == Some(&0.0) => {
            wrong("design.grid", "a cell of no length has no risk sets; begin after 0")
        }
        _ => Ok(()),
    }
}
