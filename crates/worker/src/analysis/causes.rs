//! Regression of competing causes on the groups: hazards of the subdistribution, and of the cause itself.

use cotside_core::survival::cox::{Design, Model, fit};
use cotside_core::survival::{FollowUp, Labels, causes, fine_gray};
use cotside_views::{Columns, list};
use cotside_words::capital;
use cotside_words::lang;
use cotside_words::lang::cox_results::{NO_ESTIMATE, no_cox_model, ratio_with};
use cotside_words::lang::risks_results as words;
use maud::{Markup, html};

use crate::analysis::choices::{cause_name, id_name};
use crate::analysis::hazards::{p_or_dash, ratio, ratio_text};
use crate::analysis::selection::Analysis;

/// The part; nothing where nothing is compared or there is one cause only.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let Some(follow_up) = analysis.with_causes().filter(|_| analysis.compares()) else {
        return Markup::default();
    };
    let all = causes(follow_up);
    let groups = analysis.against_reference();
    let name = id_name(analysis.study, &analysis.settings.group);
    let Ok(design) = Design::new().factor(&name, &groups) else {
        return Markup::default();
    };
    if all.len() < 2 {
        return Markup::default();
    }
    let columns = Columns::new(words::CAUSE).numbers([
        words::PATIENTS_EVENTS,
        words::SUBDISTRIBUTION,
        words::P_SUBDISTRIBUTION,
        words::CAUSE_SPECIFIC,
        words::P_CAUSE_SPECIFIC,
    ]);
    let reference = groups.names.first().map_or("", String::as_str);
    let found = all
        .iter()
        .map(|&cause| of_cause(analysis, &columns, follow_up, &groups, &design, cause));
    let (rows, remarks): (Vec<Markup>, Vec<String>) = found.unzip();
    html! {
        div.in-full {
            h3 { (words::causes_heading(reference)) }
            (columns.table("causes", rows))
            p.quiet.key { (words::TWO_HAZARDS) }
            (list(remarks.into_iter().filter(|remark| !remark.is_empty())))
        }
    }
}

/// A heading and a line a group, and what there is to say of its models.
fn of_cause(
    analysis: &Analysis<'_>,
    columns: &Columns<'_>,
    follow_up: &FollowUp,
    groups: &Labels,
    design: &Design,
    cause: u32,
) -> (Markup, String) {
    // A ratio to a group without the event, or of one, is no number, whatever the iterations end at.
    let has_event = |group: usize| {
        let mut rows = groups.codes.iter().zip(follow_up.event());
        rows.any(|(&code, &event)| code as usize == group && event == cause)
    };
    let names: Vec<String> = design.terms().iter().filter_map(|term| term.level.clone()).collect();
    let events = follow_up.event().iter().filter(|&&event| event == cause).count();
    let (incidence, why) = match fine_gray(follow_up, design.columns(), cause) {
        Ok(found) => {
            let remarks: Vec<String> = found
                .warnings
                .iter()
                .map(|&each| lang::fine_gray_warning(each, &names))
                .collect();
            (found.estimates, remarks.join("; "))
        }
        Err(error) => (Vec::new(), lang::fine_gray_error(error, &names, cause)),
    };
    let own = follow_up
        .event()
        .iter()
        .map(|&event| u32::from(event == cause))
        .collect();
    let confidence = analysis.confidence();
    let rate = FollowUp::new(follow_up.time().to_vec(), own).ok();
    let rate = rate.map(|follow_up| {
        fit(&Model {
            conf_level: confidence.level(),
            ..Model::new(&follow_up, design)
        })
    });
    let of_rate = match &rate {
        Some(Ok(found)) => {
            let warnings = found.warnings.iter();
            warnings.map(|each| lang::cox_warning(each, design.terms())).collect()
        }
        Some(Err(error)) => vec![no_cox_model(error, design.terms())],
        None => Vec::new(),
    };
    let why = [(words::FINE_GRAY, why), (words::COX, of_rate.join("; "))]
        .into_iter()
        .filter(|(_, why)| !why.is_empty())
        .map(|(which, why)| words::named(which, &why))
        .collect::<Vec<_>>()
        .join("; ");
    let rate = rate.and_then(Result::ok);
    let z = confidence.z();
    let patients = words::patients_and_events(follow_up.len(), events);
    let remark = if why.is_empty() {
        why
    } else {
        capital(&words::named(cause_name(analysis, cause), &why))
    };
    let mut rows = vec![columns.row(
        capital(cause_name(analysis, cause)),
        [patients.as_str(), "", "", "", ""],
    )];
    for (place, name) in names.iter().enumerate() {
        let has_both = has_event(0) && has_event(place + 1);
        let incidence = incidence.get(place).copied().flatten().filter(|_| has_both);
        let subdistribution = incidence.and_then(|each| {
            let [ratio, lower, upper] = each.hazard_ratio(z);
            let text = ratio_with(&ratio_text(ratio?), &ratio_text(lower?), &ratio_text(upper?));
            Some((text, each.z?.p))
        });
        let rate = rate.as_ref().and_then(|found| found.estimates.get(place)?.as_ref());
        let lacking = || {
            if has_both {
                NO_ESTIMATE.to_owned()
            } else {
                words::NO_EVENT_IN_GROUP.to_owned()
            }
        };
        let p = subdistribution.as_ref().map(|(_, p)| *p);
        let cells = [
            String::new(),
            subdistribution.map_or_else(lacking, |(text, _)| text),
            p_or_dash(p),
            rate.map_or_else(lacking, ratio),
            p_or_dash(rate.map(|each| each.p)),
        ];
        rows.push(columns.level(name, cells));
    }
    (html! { @for row in rows { (row) } }, remark)
}
