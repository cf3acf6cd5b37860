//! All answers for one infant beside each other: the table of criteria, and every published outcome.

use cotside_core::protocols::{Assessment, ClauseResult, Finding, Role, Truth, treatment_protocols};
use cotside_words::lang::{self, page};
use maud::{Markup, html};

use crate::citing::cite;
use crate::parts::{drawing, outcome_cells};
use crate::row::{answer, is_drawn, mark_of};

/// Width of a drawn outcome in CSS pixels.
const STRIP: f64 = 140.0;

/// Each criterion against each treatment protocol: its own limit, and whether it holds for this child.
#[must_use]
pub fn criteria(assessments: &[Assessment]) -> Markup {
    let all = treatment_protocols(assessments);
    let mut findings: Vec<Finding> = all.iter().flat_map(|each| group_findings(each)).collect();
    findings.sort_unstable();
    findings.dedup();
    let row = |finding: Finding| {
        html! {
            tr {
                th scope="row" { (lang::finding_label(finding)) }
                @for each in &all { td { (criterion(each, finding)) } }
            }
        }
    };
    html! {
        div.wide tabindex="0" role="group" aria-label=(page::TABS[0]) {
            table.criteria.csv {
                thead {
                    tr {
                        th scope="col" { (page::CRITERION) }
                        @for each in &all { th scope="col" { (lang::protocol_name(each.protocol)) } }
                    }
                }
                tbody {
                    tr {
                        th scope="row" { (page::CRITERIA_GROUP) }
                        @for each in &all { (group_cell(each)) }
                    }
                    @for finding in findings { (row(finding)) }
                }
            }
        }
        p.quiet { (page::CRITERIA_KEY) }
    }
}

/// The findings by which a protocol tells its groups apart.
fn group_findings(assessment: &Assessment) -> Vec<Finding> {
    let groups = assessment.clauses.iter().filter(|result| result.role == Role::Group);
    groups.filter_map(|result| result.clause.test.finding()).collect()
}

/// The clauses of a protocol on a finding, each with its mark.
fn criterion(assessment: &Assessment, finding: Finding) -> Markup {
    let on_it = |result: &&ClauseResult| result.role == Role::Group && result.clause.test.finding() == Some(finding);
    let clauses: Vec<&ClauseResult> = assessment.clauses.iter().filter(on_it).collect();
    html! {
        @if clauses.is_empty() { span.quiet { "–" } }
        @for result in clauses {
            @let (mark, class) = mark_of(result.truth);
            span class={ "criterion " (class) } {
                span aria-hidden="true" { (mark) " " }
                (lang::test_brief(&result.clause.test, true))
                span.hidden { ": " (page::truth(result.truth)) }
            }
        }
    }
}

fn group_cell(assessment: &Assessment) -> Markup {
    let (class, text) = answer(assessment);
    html! { td class=(class) { (text) } }
}

/// Every published outcome of populations to which the child belongs, or may belong, protocol by protocol.
#[must_use]
pub fn all_outcomes(assessments: &[Assessment]) -> Markup {
    let all = treatment_protocols(assessments);
    html! {
        div.wide {
            table.outcomes {
                thead {
                    tr {
                        th scope="col" { (page::ROW_HEADS[0]) }
                        th scope="col" { (page::POPULATION) }
                        th scope="col" { (page::ENDPOINT) }
                        th.number scope="col" { (page::TIME) }
                        th.number scope="col" { "n" }
                        th.number scope="col" { (page::ESTIMATE) }
                        td.axis aria-hidden="true" { span { "0" } span { "50" } span { "100 %" } }
                        th scope="col" { (page::UNCERTAINTY) }
                        th scope="col" { (page::SOURCE) }
                    }
                }
                tbody {
                    @for each in all {
                        @for matched in &each.outcomes {
                            tr class=[(matched.truth == Truth::Unknown).then_some("open")] {
                                th scope="row" { (lang::protocol_name(each.protocol)) }
                                (outcome_cells(matched))
                                td.drawn { @if is_drawn(matched) { (drawing(&[*matched], STRIP)) } }
                                td data-label=(page::UNCERTAINTY) { (lang::outcome_spread(matched.outcome)) }
                                td data-label=(page::SOURCE) { (cite(&matched.outcome.cite)) }
                            }
                        }
                    }
                }
            }
        }
        p.quiet.key { (page::OUTCOMES_KEY) }
    }
}
