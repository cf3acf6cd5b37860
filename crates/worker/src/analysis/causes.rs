//! Regression of competing causes on the groups: hazards of the subdistribution, and of the cause itself.

use cotside_core::survival::cox::{Design, Model, fit};
use cotside_core::survival::{Confidence, FollowUp, Labels, causes, fine_gray};
use cotside_views::untyped::{Html, cell, element, head, plain, span, table, text};
use cotside_words::en;

use crate::analysis::choices::cause_name;
use crate::analysis::hazards::{p_cell, ratio, ratio_text};
use crate::analysis::selection::Analysis;

const HEADS: [&str; 5] = [
    "Patients (events)",
    "Incidence: subdistribution hazard ratio",
    "p of incidence",
    "Rate: cause-specific hazard ratio",
    "p of rate",
];

/// The part; nothing where nothing is compared or there is one cause only.
pub fn html(analysis: &Analysis<'_>) -> Html {
    let Some(follow_up) = analysis.with_causes().filter(|_| analysis.compares()) else {
        return Html::default();
    };
    let all = causes(follow_up);
    let Ok(design) = Design::new().factor("group", &analysis.groups) else {
        return Html::default();
    };
    if all.len() < 2 {
        return Html::default();
    }
    let reference = analysis.groups.names.first().map_or("", String::as_str);
    let rows = all
        .iter()
        .map(|&cause| of_cause(follow_up, &analysis.groups, &design, cause));
    let heads: Vec<(&str, &str)> = std::iter::once(("Cause", ""))
        .chain(HEADS.iter().map(|name| (*name, "number")))
        .collect();
    Html::all([
        plain("h3", &format!("Causes by group, against {reference}")),
        table("causes", head(&heads), rows),
        span("p", "quiet key", en::TWO_HAZARDS),
    ])
}

/// A heading and a line a group.
fn of_cause(follow_up: &FollowUp, groups: &Labels, design: &Design, cause: u32) -> Html {
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
                .map(|&each| en::fine_gray_warning(each, &names))
                .collect();
            (found.estimates, remarks.join("; "))
        }
        Err(error) => (Vec::new(), en::fine_gray_error(error, &names, cause)),
    };
    let own = follow_up
        .event()
        .iter()
        .map(|&event| u32::from(event == cause))
        .collect();
    let rate = FollowUp::new(follow_up.time().to_vec(), own).ok();
    let rate = rate.map(|follow_up| fit(&Model::new(&follow_up, design)));
    let of_rate = match &rate {
        Some(Ok(found)) => {
            let warnings = found.warnings.iter();
            warnings.map(|each| en::cox_warning(each, design.terms())).collect()
        }
        Some(Err(error)) => vec![en::no_cox_model(error, design.terms())],
        None => Vec::new(),
    };
    let why = [("incidence", why), ("rate", of_rate.join("; "))]
        .into_iter()
        .filter(|(_, why)| !why.is_empty())
        .map(|(which, why)| format!("{which}: {why}"))
        .collect::<Vec<_>>()
        .join("; ");
    let rate = rate.and_then(Result::ok);
    let z = Confidence::default().z();
    let mut rows = vec![row(
        element(
            "th",
            &[("scope", "row")],
            &[text(cause_name(cause)), text(" "), span("span", "note", &why)],
        ),
        [
            format!("{} ({events})", follow_up.len()),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
        ],
    )];
    for (place, name) in names.iter().enumerate() {
        let is_told = has_event(0) && has_event(place + 1);
        let incidence = incidence.get(place).copied().flatten().filter(|_| is_told);
        let shown = incidence.and_then(|each| {
            let [ratio, lower, upper] = each.hazard_ratio(z);
            let text = format!("{} ({}–{})", ratio_text(ratio?), ratio_text(lower?), ratio_text(upper?));
            Some((text, each.z?.p))
        });
        let rate = rate.as_ref().and_then(|found| found.estimates.get(place)?.as_ref());
        let lacking = || {
            if is_told {
                en::NO_ESTIMATE.to_owned()
            } else {
                "no event in one of the groups".to_owned()
            }
        };
        let p = shown.as_ref().map(|(_, p)| *p);
        rows.push(row(
            element("th", &[("scope", "row"), ("class", "level")], &[text(name)]),
            [
                String::new(),
                shown.map_or_else(lacking, |(text, _)| text),
                p_cell(p),
                rate.map_or_else(lacking, ratio),
                p_cell(rate.map(|each| each.p)),
            ],
        ));
    }
    Html::all(rows)
}

fn row(heading: Html, texts: [String; 5]) -> Html {
    let cells = HEADS.iter().zip(&texts);
    let cells = cells.map(|(name, content)| cell(name, "number", &[text(content)]));
    element("tr", &[], &[heading, Html::all(cells)])
}
