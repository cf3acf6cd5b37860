//! The methods paragraph of a paper, made from what was run, and the sources of the methods.

use cotside_core::cohort::{Endpoint, Nature};
use cotside_core::protocols::RULES_VERSION;
use cotside_core::survival::{FollowUp, Labels, TransplantComparison, causes, gray_test};
use cotside_messages::{CureTimes, ENTRY_REMISSION, ENTRY_TRANSPLANT, GroupAs, GroupTest};
use cotside_views::{copy_button, english};
use cotside_words::en;
use cotside_words::en::adjusted as adjusted_words;
use cotside_words::en::curve_results;
use cotside_words::en::export_results::nature_mark;
use cotside_words::en::methods::{self as words, source};
use cotside_words::en::model_results;
use cotside_words::en::parametric_results;
use cotside_words::en::survival_results::rank_test_name;
use cotside_words::lang::export_results::{COPY, METHODS};
use maud::{Markup, html};

use crate::analysis::estimates::rank_test;
use crate::analysis::hazards::{Alone, penalised_names, strata_names, together};
use crate::analysis::included::printed_reasons;
use crate::analysis::model_data::column_name;
use crate::analysis::selection::Analysis;
use crate::analysis::subgroups::Subgroups;
use crate::analysis::transplant_models::chosen;
use crate::analysis::{
    adjusted as adjusted_curves, by_cause, checks, choices, cure, curve_options, effects, grouping, incidence,
    incidence_comparison, parametric, predicted, spline, transplant,
};

/// The sentences.
pub fn sentences(analysis: &Analysis<'_>) -> String {
    let mut sentences = followed(analysis);
    sentences.extend(grouping::methods(analysis));
    sentences.extend(survival(analysis));
    sentences.extend(competing(analysis));
    sentences.extend(hazards(analysis));
    sentences.extend(compared_within(analysis));
    sentences.extend(adjusted(analysis));
    sentences.extend(cured(analysis));
    sentences.extend(parametric::methods(analysis));
    sentences.extend(transplanted(analysis));
    sentences.extend(computed(analysis));
    sentences.join(" ")
}

/// The sentences of one result, to be copied.
fn part(name: &str, sentences: impl IntoIterator<Item = String>) -> Markup {
    let text = sentences.into_iter().collect::<Vec<_>>().join(" ");
    html! {
        @if !text.is_empty() {
            h3 { (METHODS) }
            p.reason data-testid=(name) lang=[english()] { (text) }
            (copy_button(name, COPY))
        }
    }
}

/// The methods of the curves.
pub fn survival_part(analysis: &Analysis<'_>) -> Markup {
    let sentences = followed(analysis).into_iter().chain(survival(analysis));
    part("survival-methods", sentences.chain([words::P_VALUES.to_owned()]))
}

/// The methods of competing risks.
pub fn competing_part(analysis: &Analysis<'_>) -> Markup {
    part("competing-methods", competing(analysis))
}

/// The methods of transplant as a time-dependent event.
pub fn transplant_part(analysis: &Analysis<'_>) -> Markup {
    part("transplant-methods", transplanted(analysis))
}

/// The methods of the models.
pub fn cox_part(analysis: &Analysis<'_>) -> Markup {
    part("cox-methods", hazards(analysis))
}

/// The methods of subgroups.
pub fn subgroups_part(analysis: &Analysis<'_>) -> Markup {
    part("subgroups-methods", compared_within(analysis))
}

/// The methods of adjusted curves.
pub fn adjusted_part(analysis: &Analysis<'_>) -> Markup {
    part("adjusted-methods", adjusted(analysis))
}

/// The methods of mixture cure models.
pub fn cure_part(analysis: &Analysis<'_>) -> Markup {
    part("cure-methods", cured(analysis))
}

fn compared_within(analysis: &Analysis<'_>) -> Option<String> {
    let found = Subgroups::of(analysis).filter(|found| analysis.events() > 0 && !found.subgroups.is_empty())?;
    let variables: Vec<&str> = found.subgroups.iter().map(|each| each.name.as_str()).collect();
    let [reference, other] = &found.names;
    Some(words::subgroups(other, reference, &variables))
}

fn adjusted(analysis: &Analysis<'_>) -> Option<String> {
    let made = adjusted_curves::adjusted(analysis);
    let found = made.as_ref().as_ref().ok()?;
    let is_stratified = analysis.settings.group_as == GroupAs::Strata;
    Some(adjusted_words::adjusted_method(&found.names, is_stratified))
}

fn cured(analysis: &Analysis<'_>) -> Option<String> {
    let settings = analysis.settings;
    let found = cure::cured(analysis).filter(|_| analysis.events() > 0)?;
    found.model(settings.cure_distribution).ok()?;
    let distribution = adjusted_words::value(settings.cure_distribution.code());
    let by_group = settings.cure_times == CureTimes::ByGroup;
    Some(adjusted_words::cure_method(distribution, analysis.compares(), by_group))
}

/// The methods of the parametric models.
pub fn parametric_part(analysis: &Analysis<'_>) -> Markup {
    part("parametric-methods", parametric::methods(analysis))
}

fn computed(analysis: &Analysis<'_>) -> Vec<String> {
    let settings = analysis.settings;
    let conditions = settings.only.conditions().map(|condition| &condition.variable);
    let of_protocol = conditions
        .chain([&settings.group])
        .any(|id| id.starts_with("protocol:"));
    let nature = analysis.study.nature;
    let first = of_protocol.then(|| words::PROTOCOL_GROUPS.to_owned());
    let last = (nature != Nature::Patients).then(|| nature_mark(nature).to_owned());
    first
        .into_iter()
        .chain([
            words::P_VALUES.to_owned(),
            words::computed(env!("CARGO_PKG_VERSION"), RULES_VERSION),
        ])
        .chain(last)
        .collect()
}

fn followed(analysis: &Analysis<'_>) -> Vec<String> {
    let settings = analysis.settings;
    let mut sentences = vec![words::endpoint(
        analysis.printed_endpoint(),
        analysis.printed_definition(),
    )];
    if settings.endpoint == Endpoint::EventFreeSurvival && !analysis.is_timed_by_file() {
        sentences.push(words::failure(settings.induction_failure.at()).to_owned());
    }
    sentences.push(words::analysed(&words::Analysed {
        patients: analysis.study.rows,
        followed: analysis.followed.time.len(),
        reasons: &printed_reasons(analysis),
        by_choice: &grouping::excluded_in_methods(analysis),
        without_group: analysis.without_group,
        analysed: (analysis.grouped.len(), analysis.events()),
    }));
    sentences
}

fn survival(analysis: &Analysis<'_>) -> Vec<String> {
    let mut sentences = curve_options::methods(analysis);
    if !analysis.compares() {
        return sentences;
    }
    if rank_test(analysis).is_some() {
        let by = choices::id_name(analysis.study, &analysis.settings.group);
        sentences.push(words::compared(&by, &rank_test_name(analysis.settings.test.weight())));
    }
    sentences.push(words::DIFFERENCES.to_owned());
    sentences.push(curve_results::RATIO_METHOD.to_owned());
    sentences
}

fn competing(analysis: &Analysis<'_>) -> Vec<String> {
    if !incidence::competes(analysis) {
        return Vec::new();
    }
    let strata = |follow_up: &FollowUp| Labels::single(follow_up.len(), "");
    let tested = analysis
        .with_causes()
        .filter(|_| analysis.compares())
        .is_some_and(|follow_up| {
            let mut all = causes(follow_up).into_iter();
            all.any(|cause| gray_test(follow_up, &analysis.groups, &strata(follow_up), cause).is_ok())
        });
    let scale = curve_results::scale(analysis.confidence().scale());
    let mut sentences = vec![words::incidences(tested, scale)];
    sentences.extend(incidence_comparison::methods(analysis));
    sentences
}

fn hazards(analysis: &Analysis<'_>) -> Vec<String> {
    let mut sentences = Vec::new();
    if Alone::of(analysis).fits.iter().flatten().any(|fit| fit.found.is_ok()) {
        sentences.push(words::cox(analysis.settings.model_options.ties.ties()));
    }
    if let Some(joint) = together(analysis).filter(|joint| joint.fit.found.is_ok()) {
        sentences.push(words::adjusted(&joint.names));
        let products = joint.fit.products.iter();
        let products: Vec<String> = products
            .map(|each| effects::name_of_variable(&joint.fit, each.product))
            .collect();
        if !products.is_empty() {
            sentences.push(model_results::with_interactions(&products));
        }
        sentences.push(model_results::joint_method(joint.fit.is_robust()).to_owned());
    }
    sentences.extend(asked_of_models(analysis));
    if let Some(Ok(splined)) = spline::splined(analysis) {
        let knots = splined.spline.knots().len();
        sentences.push(model_results::spline_method(&splined.name, knots));
    }
    if let Some(Ok(found)) = by_cause::by_cause(analysis) {
        let cause = en::event_kind(found.cause);
        sentences.push(model_results::cause_method(
            cause,
            found.subdistribution.is_ok(),
            found.is_by_rows,
        ));
    }
    sentences.extend(predicted::methods(analysis));
    if checks::is_tested(analysis) {
        sentences.push(words::PROPORTIONAL_HAZARDS.to_owned());
    }
    let penalised = penalised_names(analysis);
    if !penalised.is_empty() {
        sentences.push(words::penalised(&penalised));
    }
    sentences
}

/// Entry, weights, clusters and strata, where models were fitted with them.
fn asked_of_models(analysis: &Analysis<'_>) -> Vec<String> {
    if Alone::of(analysis).data.is_err() {
        return Vec::new();
    }
    let options = &analysis.settings.model_options;
    let name = |id: &String| (!id.is_empty()).then(|| column_name(analysis.study, id));
    let entry = match options.entry.as_str() {
        ENTRY_REMISSION => Some(model_results::FROM_REMISSION.to_owned()),
        ENTRY_TRANSPLANT => Some(model_results::FROM_TRANSPLANT.to_owned()),
        _ => name(&options.entry),
    };
    let strata = together(analysis).map(|_| strata_names(analysis)).unwrap_or_default();
    let (weights, cluster) = (name(&options.weights), name(&options.cluster));
    model_results::asked(entry.as_deref(), weights.as_deref(), cluster.as_deref(), &strata)
}

fn transplanted(analysis: &Analysis<'_>) -> Option<String> {
    let patients = transplant::transplants(analysis)?.ok()?;
    let landmark = analysis.settings.landmark;
    let mut ways = Vec::new();
    if transplant::hazard_ratio_of(&patients, analysis.confidence().level()).is_some() {
        ways.push(words::TIME_DEPENDENT.to_owned());
    }
    if patients.compare(TransplantComparison::MantelByar).is_ok() {
        ways.push(words::MANTEL_BYAR.to_owned());
    }
    if patients.compare(TransplantComparison::Landmark(landmark)).is_ok() {
        ways.push(words::landmark(landmark));
    }
    ways.push(words::SIMON_MAKUCH.to_owned());
    let names: Vec<&str> = chosen(analysis)
        .iter()
        .map(|covariate| covariate.name.as_str())
        .collect();
    let adjusted = (!names.is_empty()).then(|| en::transplant::methods(&names));
    let sentences = std::iter::once(words::transplant(&ways)).chain(adjusted);
    Some(sentences.collect::<Vec<_>>().join(" "))
}

/// The sources of what was run.
pub fn sources(analysis: &Analysis<'_>) -> Vec<&'static str> {
    let mut sources = source::ALWAYS.to_vec();
    sources.extend(curve_options::sources(analysis));
    if analysis.compares() {
        sources.push(match analysis.settings.test {
            GroupTest::LogRank => source::LOG_RANK,
            GroupTest::Gehan => source::GEHAN,
            GroupTest::TaroneWare => source::TARONE_WARE,
            GroupTest::Peto => source::PETO,
            GroupTest::FlemingHarrington10 | GroupTest::FlemingHarrington01 => source::FLEMING_HARRINGTON,
        });
        if analysis.groups.len() > 2 {
            sources.push(source::HOLM);
        }
        sources.extend(source::DIFFERENCES);
    }
    if incidence::competes(analysis) {
        sources.extend(source::COMPETING_RISKS);
    }
    if together(analysis).is_some() {
        sources.push(source::PROPORTIONAL_HAZARDS);
    }
    if !penalised_names(analysis).is_empty() {
        sources.push(source::FIRTH);
    }
    if adjusted(analysis).is_some() {
        sources.push(source::ADJUSTED);
    }
    if cured(analysis).is_some() {
        sources.extend(source::CURE);
    }
    let options = &analysis.settings.model_options;
    if !options.cluster.is_empty() || !options.weights.is_empty() {
        sources.push(source::ROBUST);
    }
    if let Some(Ok(_)) = spline::splined(analysis) {
        sources.push(source::SPLINE);
    }
    if by_cause::by_cause(analysis).is_some_and(|found| found.is_ok_and(|found| found.subdistribution.is_ok())) {
        sources.push(source::FINE_GRAY);
    }
    if predicted::of_profiles(analysis).is_some() {
        sources.push(en::predicted::SOURCE);
    }
    if parametric::methods(analysis).is_some() {
        sources.push(parametric_results::SOURCE);
    }
    if let Some(Ok(_)) = transplant::transplants(analysis) {
        sources.extend(source::TRANSPLANT);
    }
    sources
}
