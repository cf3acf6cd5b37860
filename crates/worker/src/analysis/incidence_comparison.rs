//! Groups compared by the incidences of each cause: Gray's test of pairs, differences at fixed times.

use cotside_core::survival::{
    CumulativeIncidence, Difference, GrayPair, Labels, NotFollowed, causes, incidence_difference, pairwise_gray,
};
use cotside_views::Columns;
use cotside_words::lang;
use cotside_words::lang::incidence_comparison as words;
use cotside_words::lang::survival_results as survival;
use cotside_words::{capital, fixed};
use maud::{Markup, html};

use crate::analysis::choices::cause_name;
use crate::analysis::comparison::{difference_text, points};
use crate::analysis::hazards::p_or_dash;
use crate::analysis::incidence::{competes, estimates};
use crate::analysis::selection::Analysis;

/// The pairs of each cause; none where there are fewer than three groups, whose test is that of all.
pub fn pairs(analysis: &Analysis<'_>) -> Vec<(u32, Vec<GrayPair>)> {
    let Some(follow_up) = analysis
        .with_causes()
        .filter(|_| analysis.groups.len() > 2 && competes(analysis))
    else {
        return Vec::new();
    };
    let strata = Labels::single(follow_up.len(), "");
    let multiplicity = analysis.settings.risks.correction.multiplicity();
    let of = |cause: u32| {
        let pairs = pairwise_gray(follow_up, &analysis.groups, &strata, cause, multiplicity).ok()?;
        Some((cause, pairs))
    };
    causes(follow_up).into_iter().filter_map(of).collect()
}

/// A difference of a group to the reference.
pub struct ToReference {
    /// The cause.
    pub cause: u32,
    /// The position of the group.
    pub group: usize,
    /// Years.
    pub year: f64,
    /// What was found.
    pub found: Result<Difference, NotFollowed>,
}

/// The differences at the years of the setting, cause by cause; none where nothing is compared.
pub fn differences(analysis: &Analysis<'_>) -> Vec<ToReference> {
    let curves = estimates(analysis).filter(|_| analysis.compares() && competes(analysis));
    let curves: &[CumulativeIncidence] = curves.unwrap_or_default();
    let reference = analysis.reference as usize;
    let Some(first) = curves.get(reference) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (index, cause) in first.causes.iter().enumerate() {
        for (group, curve) in curves.iter().enumerate().filter(|(group, _)| *group != reference) {
            found.extend(analysis.settings.at.iter().map(|&year| ToReference {
                cause: cause.cause,
                group,
                year,
                found: incidence_difference(curve, first, index, year, analysis.confidence()),
            }));
        }
    }
    found
}

/// The part of the result; nothing where nothing is compared.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    html! {
        div.in-full {
            (differences_html(analysis))
            (pairs_html(analysis))
        }
    }
}

fn differences_html(analysis: &Analysis<'_>) -> Markup {
    let found = differences(analysis);
    if found.is_empty() {
        return Markup::default();
    }
    let name = |group: usize| analysis.groups.names.get(group).map_or("", String::as_str);
    let reference = name(analysis.reference as usize);
    let years: Vec<String> = analysis
        .settings
        .at
        .iter()
        .map(|&year| words::points_at(year, &analysis.ci()))
        .collect();
    let columns = Columns::new(lang::risks_results::CAUSE).numbers(years.iter().map(String::as_str));
    let cell = |each: &ToReference| match each.found {
        // The reasons stand below the table.
        Ok(Difference { estimate, test: Err(_) }) => words::without_interval(&points(estimate)),
        Ok(Difference { test: Ok(test), .. }) => {
            words::with_p(&difference_text([name(each.group), reference], each.found), test.p)
        }
        Err(_) => difference_text([name(each.group), reference], each.found),
    };
    let mut reasons: Vec<String> = Vec::new();
    for each in &found {
        if let Ok(Difference { test: Err(why), .. }) = each.found {
            let why = lang::not_tested(why, name(each.group), reference);
            let reason = capital(&words::of_cause(cause_name(analysis, each.cause), &why));
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
    }
    // A cause, then a line a group.
    let by_cause = found.chunk_by(|a, b| a.cause == b.cause);
    let rows = by_cause.flat_map(|of_cause| {
        let (columns, cell) = (&columns, &cell);
        let cause = capital(cause_name(analysis, of_cause[0].cause));
        let heading = columns.row(cause, years.iter().map(|_| ""));
        let groups = of_cause.chunk_by(|a, b| a.group == b.group);
        let lines = groups.map(move |own| columns.level(name(own[0].group), own.iter().map(cell)));
        std::iter::once(heading).chain(lines).collect::<Vec<_>>()
    });
    html! {
        h3 { (words::differences_from(reference)) }
        (columns.table("incidence-differences", rows))
        @if !reasons.is_empty() { p.quiet.key { (words::no_intervals(&reasons)) } }
        p.quiet.key { (words::DIFFERENCES_KEY) }
    }
}

fn pairs_html(analysis: &Analysis<'_>) -> Markup {
    let found = pairs(analysis);
    if found.is_empty() {
        return Markup::default();
    }
    let name = |group: usize| analysis.groups.names.get(group).map_or("", String::as_str);
    let columns = Columns::new(survival::PAIR).numbers([survival::CHI_SQUARE, survival::P, words::P_CORRECTED]);
    let rows = found.iter().flat_map(|(cause, pairs)| {
        let columns = &columns;
        let heading = columns.row(capital(cause_name(analysis, *cause)), ["", "", ""]);
        let lines = pairs.iter().map(move |pair| {
            let chi2 = match pair.test {
                Ok(test) => fixed(test.chi_square, 2),
                Err(why) => survival::no_test_cell(&lang::gray_error(why)),
            };
            let p = p_or_dash(pair.test.ok().map(|test| test.p));
            let heading = words::pair(name(pair.first), name(pair.second));
            columns.level(heading, [chi2, p, p_or_dash(pair.adjusted_p)])
        });
        std::iter::once(heading).chain(lines).collect::<Vec<_>>()
    });
    html! {
        h3 { (words::PAIRS) }
        (columns.table("gray-pairs", rows))
        p.quiet.key { (words::pairs_key(analysis.settings.risks.correction.code())) }
    }
}

/// The sentences for the methods.
pub fn methods(analysis: &Analysis<'_>) -> Vec<String> {
    let tested = pairs(analysis)
        .iter()
        .any(|(_, pairs)| pairs.iter().any(|pair| pair.test.is_ok()));
    let compared = differences(analysis)
        .iter()
        .any(|each| each.found.is_ok_and(|found| found.test.is_ok()));
    cotside_words::en::incidence_comparison::methods(tested, analysis.settings.risks.correction.code(), compared)
}
