//! Survival of the groups adjusted for the variables of the model: predictions of Cox's regression, averaged over all patients.

use std::rc::Rc;

use cotside_core::cohort::Values;
use cotside_core::survival::cox::{
    AdjustedAt, AdjustedSurvival, CoxError, CoxFit, Fitted, GroupsAs, NoBaseline, Population,
};
use cotside_core::survival::{Confidence, Difference, FollowUp, Labels, SurvivalCurve, kaplan_meier_by};
use cotside_figures::curve::{CurveFigure, CurveInput};
use cotside_figures::{Followed, Lettering};
use cotside_messages::GroupAs;
use cotside_views::{Columns, list, notice, original};
use cotside_words::en;
use cotside_words::en::adjusted as printed;
use cotside_words::lang::adjusted as words;
use cotside_words::lang::cox_results as cox;
use cotside_words::lang::survival_results::{GROUP, NONE, P, TOO_SHORT, YEARS, interval};
use cotside_words::{capital, decimal};
use maud::{Markup, html};

use crate::analysis::comparison::{points, with_interval};
use crate::analysis::covariates::{Covariate, Fit, Parts};
use crate::analysis::curves::{full_name, percent};
use crate::analysis::drawn::with_data_table;
use crate::analysis::figure_options;
use crate::analysis::hazards::{Alone, chosen, interactions, p_or_dash, remarks};
use crate::analysis::model_data::{RowLabels, strata};
use crate::analysis::numbers::all_finite;
use crate::analysis::script_models::sorted;
use crate::analysis::selection::Analysis;

/// Most times at which adjusted curves are computed; of more, these are regularly spaced among them.
pub const MOST_TIMES: usize = 1_000;

/// Adjusted curves with what they were made from.
pub struct Adjusted {
    /// The model: the groups last, or as strata.
    pub fit: Fit,
    /// The variables beside the groups that are in the model.
    pub names: Vec<String>,
    /// The groups, that of the reference first.
    pub groups: Vec<String>,
    /// Pairs of variables that interact, by their places, the groups being the last.
    pub pairs: Vec<[usize; 2]>,
    /// Scale and level of its intervals.
    confidence: Confidence,
    /// Averages, one population a group.
    pub survival: AdjustedSurvival,
    /// Curves of the same patients without a model, in the same order.
    pub observed: Vec<SurvivalCurve>,
    /// Whether the curves are drawn at some of their times only.
    pub thinned: bool,
    times: Vec<f64>,
}

/// The curves, or a sentence with what they need.
pub type AdjustedOrWhy = Rc<Result<Adjusted, String>>;

/// The curves of this analysis, made once.
pub fn adjusted(analysis: &Analysis<'_>) -> AdjustedOrWhy {
    let settings = analysis.settings;
    let key = format!(
        "{:?} {:?} {:?} {:?}",
        settings.model, settings.model_options, settings.group_as, settings.at
    );
    let cache = &analysis.selection.adjusted;
    if let Some((known, made)) = cache.borrow().as_ref()
        && *known == key
    {
        return Rc::clone(made);
    }
    let made = Rc::new(make(analysis));
    *cache.borrow_mut() = Some((key, Rc::clone(&made)));
    made
}

/// The groups as a covariate.
fn of_groups(analysis: &Analysis<'_>, name: String) -> Covariate {
    let groups = &analysis.groups;
    Covariate {
        id: analysis.settings.group.clone(),
        name,
        r_scale: String::new(),
        values: Values::Levels {
            names: groups.names.clone(),
            codes: groups.codes.iter().copied().map(Some).collect(),
        },
        reference: groups.names.get(analysis.reference as usize).cloned(),
    }
}

/// The variables beside the groups.
pub fn others<'a>(analysis: &Analysis<'a>) -> Vec<&'a Covariate> {
    let id = &analysis.settings.group;
    chosen(analysis).into_iter().filter(|each| each.id != *id).collect()
}

fn make(analysis: &Analysis<'_>) -> Result<Adjusted, String> {
    if !analysis.compares() {
        return Err(words::NEEDS_GROUPS.to_owned());
    }
    let id = &analysis.settings.group;
    let others = others(analysis);
    if others.is_empty() {
        return Err(words::NEEDS_COVARIATES.to_owned());
    }
    let all = Alone::of(analysis);
    let data = all.data.as_ref().map_err(String::clone)?;
    let named = all.covariates.iter().find(|each| each.id == *id);
    let name = named.map_or_else(|| en::survival_results::GROUP.to_owned(), |each| each.name.clone());
    let groups = of_groups(analysis, name.clone());
    let is_stratified = analysis.settings.group_as == GroupAs::Strata;
    let own = RowLabels {
        names: analysis.groups.names.clone(),
        codes: analysis.groups.codes.iter().copied().map(Some).collect(),
    };
    let base = strata(analysis)?;
    let strata = match (base.clone(), is_stratified) {
        (Some(strata), true) => Some(strata.crossed(&own)),
        (None, true) => Some(own.clone()),
        (strata, false) => strata,
    };
    let mut covariates = others;
    if !is_stratified {
        covariates.push(&groups);
    }
    let parts = Parts {
        interactions: interactions(analysis, &covariates),
        covariates,
        strata: strata.as_ref(),
        ..Parts::default()
    };
    let follow_up = analysis.follow_up().ok_or(words::NOTHING_DIFFERS)?;
    let fit = Fit::new(data, follow_up, &parts).ok_or(words::NOTHING_DIFFERS)?;
    if let Err(error) = &fit.found {
        return Err(words::no_adjusted(&cox::no_cox_model(error, fit.design.terms())));
    }
    let is_in = |place: usize| !fit.left_out.contains(&parts.covariates[place].name);
    let mut pairs = sorted(&parts.interactions);
    pairs.retain(|pair| pair.iter().all(|&place| is_in(place)));
    let labels = Labels::present(&analysis.groups.names, &codes_of(&analysis.groups.codes, &fit.rows));
    let names: Vec<String> = parts
        .covariates
        .iter()
        .map(|each| each.name.clone())
        .filter(|each| *each != name && !fit.left_out.contains(each))
        .collect();
    if labels.len() < 2 || names.is_empty() {
        return Err(words::NOTHING_DIFFERS.to_owned());
    }
    if !all_finite(&fit) {
        return Err(words::not_finite(&without_estimate(&fit)));
    }
    let reference = labels
        .names
        .iter()
        .position(|each| Some(each) == groups.reference.as_ref());
    let labels = labels.with_reference(reference.and_then(|place| u32::try_from(place).ok()).unwrap_or(0));
    let (times, thinned) = times_of(&fit.follow_up, &analysis.settings.at);
    let base = base.map(|base| base.of(&fit.rows));
    let place = fit.design.variables().iter().position(|each| *each == name);
    let place = match place {
        Some(place) if !is_stratified => GroupsAs::Factor(place),
        _ => GroupsAs::Strata(base.as_ref()),
    };
    let no_baseline = |found: NoBaseline| words::no_stratum(labels.names.get(found.group).map_or("", String::as_str));
    let populations = Population::of_groups(&fit.model(), &labels, place).map_err(no_baseline)?;
    let survival = averages(&fit, &populations, &times);
    let survival = survival.map_err(|error| words::no_adjusted(&cox::no_cox_model(&error, fit.design.terms())))?;
    let observed = kaplan_meier_by(&fit.follow_up, &labels).unwrap_or_default();
    Ok(Adjusted {
        names,
        pairs,
        confidence: analysis.confidence(),
        groups: labels.names,
        survival,
        observed,
        thinned,
        times,
        fit,
    })
}

fn codes_of(codes: &[u32], rows: &[usize]) -> Vec<u32> {
    rows.iter().filter_map(|&row| codes.get(row).copied()).collect()
}

/// The terms of a model that have no finite estimate.
pub fn without_estimate(fit: &Fit) -> Vec<String> {
    let lacking = fit
        .found
        .as_ref()
        .map(CoxFit::without_ratio)
        .unwrap_or_default()
        .into_iter();
    lacking.map(|term| fit.design.terms()[term].to_string()).collect()
}

/// The times of curves: those of events, and the years of the setting.
pub fn times_of(follow_up: &FollowUp, at: &[f64]) -> (Vec<f64>, bool) {
    let mut events = follow_up.event_times();
    let thinned = events.len() > MOST_TIMES;
    if thinned {
        let last = events.len() - 1;
        events = (0..MOST_TIMES)
            .map(|place| events[place * last / (MOST_TIMES - 1)])
            .collect();
    }
    let longest = follow_up.time().iter().copied().fold(0.0, f64::max);
    events.push(0.0);
    events.extend(at.iter().copied().filter(|&year| year <= longest));
    events.push(longest);
    events.sort_by(f64::total_cmp);
    events.dedup();
    (events, thinned)
}

fn averages(fit: &Fit, populations: &[Population<'_>], times: &[f64]) -> Result<AdjustedSurvival, CoxError> {
    let model = fit.model();
    let fitted = Fitted::new(&model, fit.found.as_ref().map_err(|error| *error)?)?;
    fitted.adjusted(populations, times)
}

impl Adjusted {
    /// Survival of a group at a year; `None` beyond its follow-up.
    pub fn at(&self, group: usize, year: f64) -> Option<AdjustedAt> {
        let known = self.survival.last(group).is_some_and(|last| year <= last);
        self.survival.at(group, year, self.confidence).filter(|_| known)
    }

    /// Survival of a group less that of the reference at a year; `None` beyond the follow-up of either.
    pub fn difference(&self, group: usize, year: f64) -> Option<Difference> {
        let known = |group: usize| self.survival.last(group).is_some_and(|last| year <= last);
        let found = self.survival.difference(group, 0, year, self.confidence);
        found.filter(|_| known(group) && known(0))
    }

    fn events(&self) -> usize {
        self.fit.follow_up.n_events()
    }
}

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let made = adjusted(analysis);
    let found = match made.as_ref() {
        Ok(found) => found,
        Err(why) => return html! { h2 { (words::ADJUSTED) } (notice(why)) },
    };
    let left_out = analysis.grouped.len() - found.fit.rows.len();
    let said: Vec<String> = remarks(&found.fit).iter().map(|remark| capital(remark)).collect();
    html! {
        h2 { (words::ADJUSTED) }
        p.quiet.key { (words::included(found.fit.rows.len(), found.events(), left_out)) }
        @if !said.is_empty() { (list(&said)) }
        (with_data_table("adjusted", &drawn(analysis, found).into()))
        (table(analysis, found))
        p.quiet.key { (words::ADJUSTED_KEY) }
        (list(sentences(analysis, found).iter().map(|sentence| original(sentence))))
    }
}

fn table(analysis: &Analysis<'_>, found: &Adjusted) -> Markup {
    let ci = analysis.ci();
    let (estimates, differences) = (words::adjusted_estimate(&ci), words::adjusted_difference(&ci));
    let columns = Columns::new(GROUP).numbers([YEARS, words::UNADJUSTED, &estimates, &differences, P]);
    let rows = found.groups.iter().enumerate().flat_map(|(group, name)| {
        let columns = &columns;
        analysis.settings.at.iter().map(move |&year| {
            let difference = (group > 0).then(|| found.difference(group, year)).flatten();
            let told = match difference {
                Some(difference) => with_interval(&difference, [name, &found.groups[0]], points),
                None if group == 0 => words::REFERENCE.to_owned(),
                None => String::new(),
            };
            let p = difference
                .and_then(|difference| difference.test.ok())
                .map(|test| test.p);
            let p = if difference.is_some() {
                p_or_dash(p)
            } else {
                String::new()
            };
            columns.row(
                name,
                [
                    decimal(year, 2),
                    observed(found, group, year),
                    estimate(found, group, year),
                    told,
                    p,
                ],
            )
        })
    });
    columns.table("adjusted", rows)
}

fn observed(found: &Adjusted, group: usize, year: f64) -> String {
    let curve = found.observed.get(group).filter(|curve| curve.is_known_at(year));
    let at = curve.and_then(|curve| curve.at(year, found.confidence));
    at.map_or_else(|| NONE.to_owned(), |at| percent(at.survival))
}

fn estimate(found: &Adjusted, group: usize, year: f64) -> String {
    let Some(at) = found.at(group, year) else {
        return TOO_SHORT.to_owned();
    };
    let ends = at
        .interval
        .map(|ends| interval(&percent(ends.lower), &percent(ends.upper)));
    percent(at.survival) + &ends.map_or_else(String::new, |ends| format!(" ({ends})"))
}

/// The estimates at the last of the years, in sentences for the paper: in English.
fn sentences(analysis: &Analysis<'_>, found: &Adjusted) -> Vec<String> {
    let Some(&year) = analysis.settings.at.last() else {
        return Vec::new();
    };
    let sentence = |group: usize| {
        let own = found.at(group, year)?;
        let reference = found.at(0, year)?;
        let difference = found.difference(group, year)?;
        let test = difference.test.ok()?;
        let shares = [own.survival, reference.survival].map(|share| format!("{}%", percent(share)));
        let names = [found.groups[group].as_str(), found.groups[0].as_str()];
        let endpoint = analysis.printed_endpoint();
        let told = printed::sentence(endpoint, &found.names, year, names, [&shares[0], &shares[1]]);
        let [lower, upper] = [test.interval.lower, test.interval.upper].map(points);
        let difference = en::survival_results::estimate_to(&points(difference.estimate), &lower, &upper);
        Some(told + &printed::with_difference(&difference, test.p) + ".")
    };
    (1..found.groups.len()).filter_map(sentence).collect()
}

/// The figure.
pub fn figure(analysis: &Analysis<'_>) -> Option<CurveFigure> {
    Some(drawn(analysis, adjusted(analysis).as_ref().as_ref().ok()?))
}

fn drawn(analysis: &Analysis<'_>, found: &Adjusted) -> CurveFigure {
    let strata = analysis.settings.group_as == GroupAs::Strata;
    let mut options = analysis.plot(analysis.printed_endpoint());
    options.colours = analysis.colours(&found.groups);
    let curves: Vec<CurveInput> = (0..found.groups.len())
        .map(|group| curve(analysis, found, group))
        .collect();
    let groups: Vec<(&str, &Followed)> = curves
        .iter()
        .map(|curve| (curve.label.as_str(), &curve.followed))
        .collect();
    let said = figure_options::matured(&mut options, &analysis.settings.figure, &groups, None);
    let shaded = options.bands.then(|| analysis.printed_ci());
    let few = found.thinned.then_some(MOST_TIMES);
    let size = [found.fit.rows.len(), found.events()];
    CurveFigure {
        lettering: Lettering {
            title: printed::title(&capital(analysis.printed_endpoint()), &found.names),
            description: printed::DESCRIPTION.to_owned(),
            caption: vec![
                printed::caption(&found.names, size, strata, shaded.as_deref(), few)
                    + &said
                    + &analysis.origin_in_caption(),
            ],
        },
        curves,
        shown: figure_options::shown_probability(&analysis.settings.figure),
        options,
        ..CurveFigure::default()
    }
}

/// The adjusted curve of a group; under the axis are its patients as they were observed.
fn curve(analysis: &Analysis<'_>, found: &Adjusted, group: usize) -> CurveInput {
    let last = found.survival.last(group).unwrap_or(0.0);
    let times: Vec<f64> = found.times.iter().copied().filter(|&time| time <= last).collect();
    let step = |at: usize| found.survival.step(group, at, found.confidence);
    let steps: Vec<AdjustedAt> = (0..times.len()).filter_map(step).collect();
    let observed = found.observed.get(group);
    CurveInput {
        label: found.groups[group].clone(),
        full_name: observed.map_or_else(String::new, |curve| {
            full_name(analysis, &found.groups[group], curve.rows())
        }),
        start: 0.0,
        followed: observed.map_or_else(Followed::default, |curve| followed(curve, &times)),
        survival: steps.iter().map(|step| step.survival).collect(),
        interval: steps
            .iter()
            .map(|step| step.interval.map(|interval| (interval.lower, interval.upper)))
            .collect(),
        ..CurveInput::default()
    }
}

/// A group at other times than its own: at risk just before each, events and censored from it to before the next.
pub fn followed(curve: &SurvivalCurve, times: &[f64]) -> Followed {
    let before = |time: f64| curve.time().partition_point(|&own| own < time);
    let mut found = Followed {
        time: times.to_vec(),
        ..Followed::default()
    };
    for (place, &time) in times.iter().enumerate() {
        let from = before(time);
        let to = times.get(place + 1).map_or(curve.len(), |&next| before(next));
        found.at_risk.push(curve.at_risk().get(from).copied().unwrap_or(0.0));
        found.events.push(curve.events()[from..to].iter().sum());
        found.censored.push(curve.censored()[from..to].iter().sum());
    }
    found
}
