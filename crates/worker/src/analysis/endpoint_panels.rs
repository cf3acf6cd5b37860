//! The endpoints of the same patients in one figure: the composite endpoint, overall survival, relapse, death without it.

use cotside_core::cohort::{Endpoint, EventKind, Origin};
use cotside_figures::curve::CurveFigure;
use cotside_figures::endpoint_panels::{EndpointPanel, EndpointPanels, PanelContent};
use cotside_figures::incidence::{IncidenceFigure, IncidenceInput};
use cotside_figures::{Followed, Lettering, PlotOptions};
use cotside_messages::Settings;
use cotside_views::notice;
use cotside_words::capital;
use cotside_words::en::panel_results as printed;
use cotside_words::lang::panel_results as words;
use maud::{Markup, html};

use crate::analysis::choices::printed_cause_name;
use crate::analysis::curves::{curve_input, full_name, rank_test_note};
use crate::analysis::drawn::with_data_table;
use crate::analysis::figure_options;
use crate::analysis::incidence;
use crate::analysis::selection::{Analysis, Selection};

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    html! {
        h2 { (words::PANELS) }
        @match figure(analysis) {
            Some(figure) => (with_data_table("panels", &figure.into())),
            None => (notice(words::NO_PANELS)),
        }
    }
}

/// The endpoint that counts relapse and death from an origin; none where relapse is behind the patients.
const fn composite(origin: Origin) -> Option<Endpoint> {
    match origin {
        Origin::Diagnosis => Some(Endpoint::EventFreeSurvival),
        Origin::FirstRemission => Some(Endpoint::DiseaseFreeSurvival),
        Origin::Transplant => Some(Endpoint::LeukaemiaFreeSurvival),
        Origin::Relapse => None,
    }
}

/// The figure; `None` where the endpoints cannot be told apart, as of a file that has times of one of them only.
pub fn figure(analysis: &Analysis<'_>) -> Option<EndpointPanels> {
    let of = |endpoint: Endpoint| Settings {
        endpoint,
        ..analysis.settings.clone()
    };
    let first = of(composite(analysis.settings.origin)?);
    let second = of(Endpoint::OverallSurvival);
    // What is already followed for the chosen endpoint is not followed again.
    let made = [&first, &second].map(|settings| {
        (settings.endpoint != analysis.settings.endpoint).then(|| Selection::new(analysis.study, settings))
    });
    let both = [(&first, &made[0]), (&second, &made[1])].map(|(settings, made)| Analysis {
        settings,
        selection: made.as_ref().unwrap_or(analysis.selection),
        ..*analysis
    });
    let [composite, overall] = &both;
    if both.iter().any(Analysis::is_timed_by_file) || composite.follow_up().is_none() {
        return None;
    }
    let mut options = PlotOptions {
        annotation: Vec::new(),
        style: composite.wide(),
        ..composite.plot(composite.printed_endpoint())
    };
    options.style.panel = None;
    let curves: Vec<CurveFigure> = both.iter().map(|each| survival(each)).collect();
    let first_curves = curves.iter().take(1).flat_map(|figure| &figure.curves);
    let named: Vec<(&str, &Followed)> = first_curves
        .map(|curve| (curve.label.as_str(), &curve.followed))
        .collect();
    let said = figure_options::matured(&mut options, &analysis.settings.figure, &named, None);
    let mut panels: Vec<EndpointPanel> = both
        .iter()
        .zip(&curves)
        .filter(|(each, _)| each.follow_up().is_some())
        .map(|(each, figure)| EndpointPanel {
            title: capital(each.printed_endpoint()),
            value_label: printed::survival_axis(options.fraction),
            note: rank_test_note(each).unwrap_or_default(),
            content: PanelContent::Survival(figure.clone()),
        })
        .collect();
    panels.extend([EventKind::Relapse, EventKind::Death].into_iter().filter_map(|kind| {
        let cause = kind.index() as u32;
        Some(EndpointPanel {
            title: capital(printed_cause_name(composite, cause)),
            value_label: printed::incidence_axis(options.fraction),
            note: composite
                .with_causes()
                .filter(|_| composite.compares())
                .map(|follow_up| incidence::note(composite, follow_up, cause))
                .unwrap_or_default(),
            content: PanelContent::Incidence(of_cause(composite, cause)?),
        })
    }));
    let names = composite.groups.names.iter().zip(composite.curves());
    let names = names.filter(|_| composite.compares());
    let events: Vec<String> = both
        .iter()
        .filter(|each| each.follow_up().is_some())
        .map(|each| printed::number_of(each.printed_endpoint(), each.grouped.len(), each.events()))
        .collect();
    let bands = if options.bands {
        printed::with_intervals(&analysis.printed_ci())
    } else {
        String::new()
    };
    let missing = if overall.follow_up().is_none() {
        printed::NO_OVERALL
    } else {
        ""
    };
    Some(EndpointPanels {
        lettering: Lettering {
            title: printed::PANELS.to_owned(),
            description: printed::panels_description(
                &panels.iter().map(|panel| panel.title.as_str()).collect::<Vec<_>>(),
            ),
            caption: vec![printed::panels_caption(&events) + &bands + missing + &said + &composite.origin_in_caption()],
        },
        groups: names
            .map(|(name, curve)| full_name(composite, name, curve.rows()))
            .collect(),
        panels,
        options,
    })
}

/// The curves of one endpoint.
fn survival(analysis: &Analysis<'_>) -> CurveFigure {
    let named = analysis.groups.names.iter().zip(analysis.curves());
    let curves = named.map(|(name, curve)| {
        let label = if analysis.compares() { name } else { "" };
        curve_input(label, 0.0, curve, Vec::new(), analysis.confidence())
    });
    CurveFigure {
        curves: curves.collect(),
        ..CurveFigure::default()
    }
}

/// The incidence of one cause; `None` where nobody had it.
fn of_cause(analysis: &Analysis<'_>, cause: u32) -> Option<IncidenceFigure> {
    let groups = incidence::estimates(analysis)?;
    let named = analysis.groups.names.iter().zip(groups.iter().zip(analysis.curves()));
    let inputs: Vec<IncidenceInput> = named
        .map(|(name, (group, curve))| {
            let mut of_group = incidence::input(analysis, name, group, curve);
            let place = group.causes.iter().position(|each| each.cause == cause);
            of_group.end_label.clear();
            of_group.causes = place
                .and_then(|place| of_group.causes.get(place).cloned())
                .into_iter()
                .collect();
            of_group
        })
        .collect();
    inputs
        .iter()
        .any(|input| !input.causes.is_empty())
        .then_some(IncidenceFigure {
            groups: inputs,
            ..IncidenceFigure::default()
        })
}
