//! Summaries and results of pooled analyses as tables for people.

use std::fmt::Write as _;

use cotside_core::federated::{LogState, Outcome, Plan, Range, SiteFile, TablePart};
use cotside_words::en::federated;
use serde_json::Value;

use crate::people::{NONE, number, p_value, ratio, shown};

/// Every number of a summary that leaves, each with its place, and what was left out.
pub fn summary(plan: &Plan, made: &SiteFile) -> String {
    let mut text = format!(
        "{}: round {} of {}, site {}\n\n",
        made.name, made.shown.round, plan.design.study, made.shown.site
    );
    let mut lines = Vec::new();
    numbers(
        &serde_json::to_value(&made.shown).unwrap_or_default(),
        String::new(),
        &mut lines,
    );
    let width = lines.iter().map(|(place, _)| place.chars().count()).max().unwrap_or(0);
    for (place, value) in lines {
        let _ = writeln!(text, "  {place:<width$}  {value}");
    }
    if !made.shown.withheld.is_empty() {
        text += "\nLeft out\n";
    }
    for each in &made.shown.withheld {
        let _ = writeln!(
            text,
            "  {}: {}",
            each.what,
            federated::because(&each.because, each.limit)
        );
    }
    for (field, lists) in &made.may_merge {
        for levels in lists {
            let _ = writeln!(
                text,
                "  {} (--merge {field}={})",
                federated::may_merge(field, levels),
                levels.join(",")
            );
        }
    }
    let _ = writeln!(text, "\n{}", federated::before_saving(plan, made));
    if made.shown.log == Some(LogState::New) {
        let _ = writeln!(text, "\n{}", federated::NEW_LOG);
    }
    let _ = writeln!(
        text,
        "\nsha256 {}\nNothing is written; --out FILE writes these numbers.",
        made.sha256
    );
    text
}

/// The numbers of a document with their places; a list of numbers is one line.
fn numbers(value: &Value, place: String, lines: &mut Vec<(String, String)>) {
    const LEFT_OUT: [&str; 5] = ["kind", "withheld", "sha256", "plan_sha256", "design_sha256"];
    match value {
        Value::Object(fields) => {
            for (key, value) in fields.iter().filter(|(key, _)| !LEFT_OUT.contains(&key.as_str())) {
                let dot = if place.is_empty() { "" } else { "." };
                numbers(value, format!("{place}{dot}{key}"), lines);
            }
        }
        Value::Array(values) if values.iter().any(|value| value.is_object() || value.is_array()) => {
            for (at, value) in values.iter().enumerate() {
                numbers(value, format!("{place}[{}]", at + 1), lines);
            }
        }
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(plain).collect();
            lines.push((place, values.join("  ")));
        }
        Value::Null => {}
        value => lines.push((place, plain(value))),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => NONE.to_owned(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

fn range(range: &Range) -> String {
    match (range.at_least, range.at_most) {
        (least, most) if least == most => least.to_string(),
        (least, most) => format!("{least}–{most}"),
    }
}

/// The result with its bounds, and the paragraph for a methods section.
pub fn outcome(plan: &Plan, outcome: &Outcome, has_next: bool, methods: &str) -> String {
    let mut text = format!(
        "{}: round {} ({})\n\nSites\n",
        plan.design.study,
        outcome.rounds,
        if outcome.converged {
            "no further round is needed"
        } else if has_next {
            "a further round is needed"
        } else {
            "the rounds ended without convergence"
        }
    );
    for site in &outcome.sites {
        let count = |count: Option<u64>| count.map_or_else(|| NONE.to_owned(), |count| count.to_string());
        let state = site.because.as_deref().unwrap_or("used");
        let _ = writeln!(
            text,
            "  {}  n {}  events {}  {state}",
            site.site,
            count(site.n),
            count(site.events)
        );
        for each in &site.withheld {
            let _ = writeln!(text, "    left out: {each}");
        }
    }
    for (field, lists) in &outcome.merged {
        for levels in lists {
            let _ = writeln!(text, "  {}", federated::taken_together(field, levels));
        }
    }
    cox(&mut text, outcome);
    tests(&mut text, outcome);
    curves(&mut text, outcome);
    tables(&mut text, outcome);
    let _ = writeln!(text, "\nMethods\n  {methods}");
    text
}

fn cox(text: &mut String, outcome: &Outcome) {
    let Some(cox) = &outcome.cox else { return };
    let _ = writeln!(text, "\nCox's model ({})", cox.ties);
    for each in &cox.coefficients {
        let _ = writeln!(
            text,
            "  {}  HR {} ({} to {})  coef {}  SE {}  {}",
            each.name,
            ratio(each.hr),
            ratio(each.lower),
            ratio(each.upper),
            shown(each.coef),
            shown(each.std_err),
            p_value(each.p)
        );
    }
    match cox.bound_se {
        Some(bound) => {
            let _ = writeln!(
                text,
                "  within {} standard errors of the fit to all rows",
                number(bound)
            );
        }
        None => text.push_str("  no bound on the distance to the fit to all rows yet\n"),
    }
    if cox.rounding_se > 0.0 {
        let _ = writeln!(
            text,
            "  rounding: a standard deviation of at most {} standard errors",
            number(cox.rounding_se)
        );
    }
    if let Some(test) = &outcome.heterogeneity {
        let _ = writeln!(
            text,
            "  heterogeneity between sites: Q {} on {}, {}",
            number(test.q),
            test.df,
            p_value(Some(test.p))
        );
    }
    for warning in &cox.warnings {
        let _ = writeln!(text, "  {warning}");
    }
    for site in outcome.site_estimates.iter().flatten() {
        let coef: Vec<String> = site
            .coef
            .iter()
            .zip(&site.std_err)
            .map(|(b, s)| format!("{} (SE {})", shown(*b), shown(*s)))
            .collect();
        let _ = writeln!(text, "  one-step estimate of {}: {}", site.site, coef.join(", "));
    }
    if let Some(pooled) = &outcome.two_stage {
        let list = |values: &Option<Vec<f64>>| {
            values
                .iter()
                .flatten()
                .map(|&value| number(value))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let _ = writeln!(
            text,
            "  own fits of the sites pooled: {} (SE {})",
            list(&pooled.coef),
            list(&pooled.std_err)
        );
    }
}

fn tests(text: &mut String, outcome: &Outcome) {
    if let Some(test) = outcome.logrank.as_ref().and_then(|test| test.stratified.as_ref()) {
        let _ = writeln!(
            text,
            "\nLog-rank test, stratified by site\n  chi-square {} on {}, {}",
            number(test.chi2),
            test.df,
            p_value(Some(test.p))
        );
    }
    if let Some(test) = outcome.logrank.as_ref().and_then(|test| test.grid.as_ref()) {
        let _ = writeln!(
            text,
            "  from {} cells of time: chi-square {} on {}, {}",
            test.cells,
            number(test.chi2),
            test.df,
            p_value(Some(test.p))
        );
    }
    for test in outcome.cif.iter().flat_map(|cif| cif.gray.iter().flatten()) {
        let _ = writeln!(
            text,
            "\nGray's test of {}, stratified by site\n  chi-square {} on {}, {}",
            test.cause,
            number(test.chi2),
            test.df,
            p_value(Some(test.p))
        );
    }
}

fn curves(text: &mut String, outcome: &Outcome) {
    for group in outcome.km.iter().flat_map(|km| &km.groups) {
        let _ = writeln!(
            text,
            "\nSurvival, {} (n {}, {})",
            group.group.as_deref().unwrap_or("all"),
            group.n,
            group.sites.join(" ")
        );
        for at in &group.at {
            let bounds = if at.exact {
                String::new()
            } else {
                format!("  between {} and {}", number(at.lower_bound), number(at.upper_bound))
            };
            let _ = writeln!(
                text,
                "  {}  {}  at risk {}{bounds}",
                number(at.time),
                number(at.survival),
                at.at_risk
            );
        }
        if let Some(mean) = &group.rmst {
            let _ = writeln!(
                text,
                "  mean to {}: {} (between {} and {})",
                number(mean.tau),
                number(mean.estimate),
                number(mean.lower_bound),
                number(mean.upper_bound)
            );
        }
    }
    for group in outcome.cif.iter().flat_map(|cif| &cif.groups) {
        for cause in &group.causes {
            let _ = writeln!(
                text,
                "\nIncidence of {}, {}",
                cause.cause,
                group.group.as_deref().unwrap_or("all")
            );
            for at in &cause.at {
                let bounds = if at.exact {
                    String::new()
                } else {
                    format!("  between {} and {}", number(at.lower_bound), number(at.upper_bound))
                };
                let _ = writeln!(text, "  {}  {}{bounds}", number(at.time), number(at.estimate));
            }
        }
    }
}

fn tables(text: &mut String, outcome: &Outcome) {
    for (name, parts) in outcome.table1.iter().flatten() {
        let _ = writeln!(text, "\n{name}");
        for (label, part) in parts {
            match part {
                TablePart::Count(count) => {
                    let _ = writeln!(text, "  {label}  {}", range(count));
                }
                TablePart::Moments(moments) => {
                    let _ = writeln!(
                        text,
                        "  {label}: mean {}  variance {}  median {} ({} to {})",
                        number(moments.mean),
                        shown(moments.variance),
                        shown(moments.median),
                        shown(moments.median_from),
                        shown(moments.median_to)
                    );
                }
            }
        }
    }
    for (id, groups) in outcome.protocols.iter().flatten() {
        let _ = writeln!(text, "\n{id}");
        for (name, count) in groups {
            let _ = writeln!(text, "  {name}  {}", range(count));
        }
    }
    for table in outcome.reclassified.iter().flatten() {
        let _ = writeln!(text, "\n{} by {}", table.first, table.second);
        for (row, counts) in table.rows.iter().zip(&table.counts) {
            let cells = table
                .columns
                .iter()
                .zip(counts)
                .map(|(name, count)| format!("{name} {}", range(count)));
            let _ = writeln!(text, "  {row}: {}", cells.collect::<Vec<_>>().join(", "));
        }
    }
}
