//! The adjusted model for one of competing causes: the hazard of the cause alone, and that of its subdistribution.

use cotside_core::cohort::{EventKind, Values};
use cotside_core::survival::cox::Ties;
use cotside_core::survival::{
    self, FineGray, FineGrayEstimate, FineGrayModel, FineGrayWarning, FollowUp, fine_gray, fine_gray_by_rows,
};
use cotside_views::{Columns, list, notice};
use cotside_words::lang;
use cotside_words::lang::cox_results as cox;
use cotside_words::lang::model_results as words;
use cotside_words::lang::risks_results as risks;
use maud::{Markup, html};

use crate::analysis::covariates::{Covariate, Fit, Parts};
use crate::analysis::effects::variable_p;
use crate::analysis::hazards::{Alone, chosen, interactions, p_or_dash, ratio_text, remarks, told_ratio};
use crate::analysis::model_data::strata;
use crate::analysis::selection::Analysis;

/// Both models of a cause.
pub struct ByCause<'a> {
    /// The cause.
    pub cause: EventKind,
    /// Cox's model of its hazard.
    pub own: Fit,
    /// Fine and Gray's, or why there is none.
    pub subdistribution: Result<FineGray, String>,
    /// Whether that is fitted by intervals, with the entry, weights, clusters and strata of Cox's model.
    pub is_by_rows: bool,
    covariates: Vec<&'a Covariate>,
    /// The normal quantile of the level of intervals.
    z: f64,
    /// The event of each row of the model, by its cause.
    events: FollowUp,
}

/// The models; `None` where no cause is chosen, nobody is followed, or there is one cause only.
///
/// # Errors
/// A sentence with the remedy.
pub fn by_cause<'a>(analysis: &Analysis<'a>) -> Option<Result<ByCause<'a>, String>> {
    let cause = EventKind::from_code(&analysis.settings.model_options.cause)?;
    let data = Alone::of(analysis).data.as_ref().ok()?;
    let causes = analysis.with_causes().filter(|all| survival::causes(all).len() > 1)?;
    let covariates = chosen(analysis);
    if covariates.is_empty() {
        return Some(Err(words::CAUSE_NEEDS_VARIABLES.to_owned()));
    }
    let strata = match strata(analysis) {
        Ok(strata) => strata,
        Err(why) => return Some(Err(why)),
    };
    let code = cause.index() as u32;
    let events = causes.event().iter().map(|&event| u32::from(event == code)).collect();
    let own = FollowUp::new(causes.time().to_vec(), events).ok()?;
    let parts = Parts {
        interactions: interactions(analysis, &covariates),
        strata: strata.as_ref(),
        firth: analysis.settings.firth,
        spline: None,
        covariates,
    };
    let Some(own) = Fit::new(data, &own, &parts) else {
        return Some(Err(cox::NOTHING_DIFFERS.to_owned()));
    };
    let events = causes.subset(&own.rows)?;
    if !events.event().contains(&code) {
        return Some(Err(words::no_such_cause(lang::event_kind(cause))));
    }
    let names: Vec<String> = own.design.terms().iter().map(ToString::to_string).collect();
    let is_by_rows = !data.is_plain() || strata.is_some();
    let refused = |error| lang::fine_gray_error(error, &names, code);
    let subdistribution = if !is_by_rows {
        fine_gray(&events, own.design.columns(), code).map_err(refused)
    } else if data.ties == Ties::Exact {
        Err(words::FINE_GRAY_TIES.to_owned())
    } else {
        let (_, events) = data.follow_up(causes, own.rows.clone())?;
        fine_gray_by_rows(&FineGrayModel {
            strata: own.strata.as_ref(),
            cluster: own.cluster.as_ref(),
            ties: data.ties,
            ..FineGrayModel::new(&events, own.design.columns(), code)
        })
        .map_err(refused)
    };
    Some(Ok(ByCause {
        cause,
        own,
        subdistribution,
        is_by_rows,
        covariates: chosen(analysis),
        z: analysis.confidence().z(),
        events,
    }))
}

impl ByCause<'_> {
    /// Terms with an estimate of the subdistribution hazard; none where one of them may be infinite.
    pub fn subdistribution_estimates(&self) -> Vec<(String, FineGrayEstimate)> {
        let is_infinite = |warning: &FineGrayWarning| matches!(warning, FineGrayWarning::MayBeInfinite { .. });
        if self
            .subdistribution
            .as_ref()
            .is_ok_and(|model| model.warnings.iter().any(is_infinite))
        {
            return Vec::new();
        }
        let estimates = self
            .subdistribution
            .as_ref()
            .map(|model| model.estimates.as_slice())
            .unwrap_or_default();
        let terms = self.own.design.terms().iter().zip(estimates);
        terms
            .filter_map(|(term, estimate)| Some((term.to_string(), (*estimate)?)))
            .collect()
    }

    fn cells(&self, place: usize) -> [String; 4] {
        let none = || cox::NO_ESTIMATE.to_owned();
        let own = self.own.found.as_ref().ok();
        let estimate = own.and_then(|found| found.estimates.get(place)?.as_ref());
        let model = self.subdistribution.as_ref().ok();
        let other = model.and_then(|model| model.estimates.get(place).copied().flatten());
        let told = other.and_then(|each| {
            let [ratio, lower, upper] = each.hazard_ratio(self.z);
            Some(cox::ratio_with(
                &ratio_text(ratio?),
                &ratio_text(lower?),
                &ratio_text(upper?),
            ))
        });
        [
            own.map_or_else(none, |found| told_ratio(found, estimate)),
            p_or_dash(estimate.map(|each| each.p)),
            told.unwrap_or_else(|| if model.is_some() { none() } else { cox::NONE.to_owned() }),
            p_or_dash(other.and_then(|each| each.z).map(|z| z.p)),
        ]
    }

    fn rows(&self, columns: &Columns<'_>) -> Vec<Markup> {
        let mut rows = Vec::new();
        let code = self.cause.index() as u32;
        let design = &self.own.design;
        for (variable, name) in design.variables().iter().enumerate() {
            let own = design.columns_of(variable);
            let covariate = self.covariates.iter().find(|each| each.name == *name);
            let counted = |level: Option<&str>| {
                let pairs = self.own.rows.iter().zip(self.events.event());
                let level_of = |row: usize| covariate.and_then(|covariate| covariate.values.level(row));
                let inside: Vec<u32> = pairs
                    .filter(|(row, _)| level.is_none() || level_of(**row) == level)
                    .map(|(_, event)| *event)
                    .collect();
                format!(
                    "{} / {}",
                    inside.len(),
                    inside.iter().filter(|&&event| event == code).count()
                )
            };
            let has_levels = covariate.is_some_and(|covariate| matches!(covariate.values, Values::Levels { .. }));
            if !has_levels {
                for &column in &own {
                    let cells = std::iter::once(if covariate.is_some() {
                        counted(None)
                    } else {
                        String::new()
                    });
                    rows.push(columns.row(design.terms()[column].to_string(), cells.chain(self.cells(column))));
                }
                continue;
            }
            let several = |p: Option<f64>| p.map_or_else(String::new, |p| p_or_dash(Some(p)));
            let model = self.subdistribution.as_ref().ok().filter(|_| own.len() > 1);
            let joint = model.and_then(|model| model.wald_of(&own)).map(|test| test.p);
            let over_all = [
                counted(None),
                String::new(),
                several(variable_p(&self.own, name)),
                String::new(),
                several(joint),
            ];
            rows.push(columns.row(name, over_all));
            if let Some(level) = covariate.and_then(|covariate| covariate.reference_among(&self.own.rows)) {
                let told = words::REFERENCE.to_owned();
                let cells = [counted(Some(level)), told.clone(), String::new(), told, String::new()];
                rows.push(columns.level(level, cells));
            }
            for &column in &own {
                let level = design.terms()[column].level.as_deref().unwrap_or_default();
                let cells = std::iter::once(counted(Some(level))).chain(self.cells(column));
                rows.push(columns.level(level, cells));
            }
        }
        rows
    }
}

/// The part; nothing where no cause is chosen.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let Some(found) = by_cause(analysis) else {
        return Markup::default();
    };
    let name = EventKind::from_code(&analysis.settings.model_options.cause).map_or("", lang::event_kind);
    let heading = html! { h3 { (words::cause_heading(name)) } };
    let found = match found {
        Ok(found) => found,
        Err(why) => return html! { (heading) (notice(why)) },
    };
    let code = found.cause.index() as u32;
    let events = found.events.event();
    let of_cause = events.iter().filter(|&&event| event == code).count();
    let competing = events.iter().filter(|&&event| event != 0 && event != code).count();
    let columns = Columns::new(cox::VARIABLE).numbers([
        words::N_EVENTS,
        risks::CAUSE_SPECIFIC,
        risks::P_CAUSE_SPECIFIC,
        risks::SUBDISTRIBUTION,
        risks::P_SUBDISTRIBUTION,
    ]);
    let names: Vec<String> = found.own.design.terms().iter().map(ToString::to_string).collect();
    let mut said: Vec<String> = remarks(&found.own)
        .iter()
        .map(|each| risks::named(risks::COX, each))
        .collect();
    if let Err(error) = &found.own.found {
        said.push(risks::named(
            risks::COX,
            &cox::no_cox_model(error, found.own.design.terms()),
        ));
    }
    match &found.subdistribution {
        Err(why) => said.push(risks::named(risks::FINE_GRAY, why)),
        Ok(model) => {
            if found.is_by_rows {
                said.push(risks::named(risks::FINE_GRAY, words::FINE_GRAY_BY_ROWS));
            }
            let warnings = model.warnings.iter();
            let warnings = warnings.map(|&each| lang::fine_gray_warning(each, &names));
            said.extend(warnings.map(|each| risks::named(risks::FINE_GRAY, &each)));
        }
    }
    html! {
        (heading)
        p.reason { (words::cause_counts(events.len(), of_cause, competing)) }
        (columns.table("by-cause", found.rows(&columns)))
        @if !said.is_empty() { (list(&said)) }
        p.quiet.key { (risks::TWO_HAZARDS) }
    }
}
