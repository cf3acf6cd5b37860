//! Cox's regression: each variable alone, and those that were chosen together.

use std::cell::OnceCell;
use std::rc::Rc;

use cotside_core::cohort::{Endpoint, Values};
use cotside_core::infant::{Field, Stage};
use cotside_core::survival::cox::{CoxFit, Estimate, Fitted};
use cotside_core::survival::{Concordance, concordance};
use cotside_figures::Lettering;
use cotside_figures::forest::{ForestColumn, ForestFigure, ForestRow};
use cotside_views::untyped::{Html, cell, element, head, list, note, plain, span, table, text};
use cotside_words::{capital, decimal, en, fixed};

use crate::analysis::checks;
use crate::analysis::covariates::{Covariate, Fit, covariates, is_separated};
use crate::analysis::drawn::shown;
use crate::analysis::selection::Analysis;

/// Every covariate with the model of it alone.
pub struct Alone {
    /// The covariates.
    pub covariates: Vec<Covariate>,
    /// Their models by the plain likelihood; `None` where nothing is known or nothing differs.
    pub fits: Vec<Option<Fit>>,
    /// The same with Firth's penalty, made where they are asked for.
    penalised: Vec<OnceCell<Option<Fit>>>,
}

impl Alone {
    fn new(analysis: &Analysis<'_>) -> Self {
        let covariates = covariates(analysis);
        let fit = |each: &Covariate| Fit::new(analysis.follow_up()?, &[each], false);
        Self {
            fits: covariates.iter().map(fit).collect(),
            penalised: covariates.iter().map(|_| OnceCell::new()).collect(),
            covariates,
        }
    }

    /// Each covariate with the model that is shown: with Firth's penalty where that is set and the plain likelihood has no
    /// finite maximum.
    pub fn shown<'a>(&'a self, analysis: &'a Analysis<'_>) -> impl Iterator<Item = (&'a Covariate, Option<&'a Fit>)> {
        let kept = self.fits.iter().zip(&self.penalised);
        self.covariates.iter().zip(kept).map(|(covariate, (plain, penalised))| {
            let wanted = |fit: &&Fit| analysis.settings.firth && fit.found.as_ref().is_ok_and(is_separated);
            let firth = plain.as_ref().filter(wanted).and_then(|_| {
                let made = penalised.get_or_init(|| Fit::new(analysis.follow_up()?, &[covariate], true));
                made.as_ref()
            });
            (covariate, firth.or(plain.as_ref()))
        })
    }

    /// Those of this analysis, which are made once.
    pub fn of<'a>(analysis: &Analysis<'a>) -> &'a Self {
        analysis.selection.alone.get_or_init(|| Self::new(analysis))
    }
}

/// The model of the chosen variables together, with what was asked of it.
pub struct Together {
    /// The model.
    pub fit: Fit,
    /// Names of the variables that are in it.
    pub names: Vec<String>,
    concordance: Option<Concordance>,
}

/// That model, made again only where it is another; `None` where no variable is chosen.
pub fn together(analysis: &Analysis<'_>) -> Option<Rc<Together>> {
    let alone = Alone::of(analysis);
    let chosen: Vec<&Covariate> = alone
        .covariates
        .iter()
        .filter(|each| analysis.settings.model.contains(&each.id))
        .collect();
    let key: Vec<&str> = chosen.iter().map(|each| each.id.as_str()).collect();
    let key = format!("{} {}", analysis.settings.firth, key.join(" "));
    let kept = &analysis.selection.together;
    if let Some((known, made)) = kept.borrow().as_ref()
        && *known == key
    {
        return made.clone();
    }
    let make = || {
        let fit = Fit::new(analysis.follow_up()?, &chosen, analysis.settings.firth)?;
        let complete = fit.found.as_ref().ok().filter(|found| found.has_all_estimates());
        let concordance = complete.and_then(|found| {
            let score = Fitted::new(&fit.model(), found).ok()?.linear_predictors();
            concordance(&fit.follow_up, &score, None, None)
        });
        let names = chosen.iter().map(|each| &each.name);
        Some(Rc::new(Together {
            names: names.filter(|name| !fit.left_out.contains(name)).cloned().collect(),
            concordance,
            fit,
        }))
    };
    let made = if chosen.is_empty() { None } else { make() };
    *kept.borrow_mut() = Some((key, made.clone()));
    made
}

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Html {
    let alone = Alone::of(analysis);
    if analysis.events() == 0 {
        return Html::all([
            plain("h2", HEADING),
            span("p", "remark notice", "Nobody has an event: there is nothing to fit."),
        ]);
    }
    let together = together(analysis);
    let both = Both {
        analysis,
        together: together.as_deref(),
    };
    let rows = alone.shown(analysis).map(|(covariate, fit)| both.rows(covariate, fit));
    let mut heads = vec![
        ("Variable", ""),
        ("n (events)", "number"),
        (ALONE, "number"),
        (P_ALONE, "number"),
    ];
    if together.is_some() {
        heads.extend([(TOGETHER, "number"), (P_TOGETHER, "number")]);
    }
    let drawn = |name: &str| figure(analysis, name).map_or_else(Html::default, |figure| shown(name, &figure.into()));
    Html::all([
        plain("h2", HEADING),
        table("cox", head(&heads), rows),
        span(
            "p",
            "quiet key",
            "Cox’s regression, Efron’s treatment of ties; patients whose value is not known are left out. Interval and p of \
             a level are Wald’s (where it says Firth, of the penalised profile likelihood), p of a variable with several \
             levels is that of the likelihood ratio. Tick variables to put them into one \
             model. Where every event of a group precedes, or there is none, no finite ratio exists and none is printed.",
        ),
        not_listed(alone),
        penalty(analysis),
        drawn("alone"),
        told(analysis, together.as_deref()),
        drawn("together"),
        checks::html(analysis),
    ])
}

const HEADING: &str = "Hazards";
const ALONE: &str = "Alone: hazard ratio (95 % interval)";
const P_ALONE: &str = "p alone";
const TOGETHER: &str = "Together: hazard ratio (95 % interval)";
const P_TOGETHER: &str = "p together";

/// The variables that have no model, and so no row.
fn not_listed(alone: &Alone) -> Html {
    let pairs = alone.covariates.iter().zip(&alone.fits);
    let names: Vec<&str> = pairs
        .filter(|(_, fit)| fit.is_none())
        .map(|(covariate, _)| covariate.name.as_str())
        .collect();
    Html::when(!names.is_empty(), || {
        let line = format!(
            "Not listed, because nothing differs among those of whom it is known: {}.",
            names.join(", ")
        );
        span("p", "quiet key", &line)
    })
}

/// Whether a plain likelihood has no finite maximum, so that Firth's penalty changes an estimate.
pub fn can_penalise(analysis: &Analysis<'_>) -> bool {
    let separated = |fit: &Fit| {
        fit.found
            .as_ref()
            .is_ok_and(|found| is_separated(found) || found.is_penalised)
    };
    let alone = Alone::of(analysis);
    alone.fits.iter().flatten().any(separated) || together(analysis).is_some_and(|each| separated(&each.fit))
}

/// What is to be known of Firth's penalty where it matters.
fn penalty(analysis: &Analysis<'_>) -> Html {
    Html::when(can_penalise(analysis), || {
        span("p", "remark", en::penalty(analysis.settings.firth))
    })
}

/// What the model of several variables found, in a sentence.
fn told(analysis: &Analysis<'_>, together: Option<&Together>) -> Html {
    let Some(together) = together else {
        let mut chosen = Alone::of(analysis).covariates.iter();
        let any = chosen.any(|each| analysis.settings.model.contains(&each.id));
        return Html::when(any, || {
            Html::all([plain("h3", "Together"), span("p", "reason", en::NOTHING_DIFFERS)])
        });
    };
    let left_out = analysis.grouped.len() - together.fit.rows.len();
    let line = match &together.fit.found {
        Ok(found) => {
            let terms = together.fit.design.terms().iter().zip(&found.estimates);
            let ratios = terms.filter_map(|(term, estimate)| {
                let estimate = estimate.as_ref()?;
                Some(en::ratio_of(&term.to_string(), &ratio(estimate), estimate.p))
            });
            let ratios: Vec<String> = ratios.collect();
            let model = en::cox_model(
                analysis.endpoint(),
                &together.names,
                found,
                left_out,
                together.concordance,
            );
            if ratios.is_empty() {
                model
            } else {
                format!("{model} Hazard ratios (95 % interval): {}.", ratios.join("; "))
            }
        }
        Err(error) => format!("No model: {}.", en::no_cox_model(error, together.fit.design.terms())),
    };
    Html::all([
        plain("h3", "Together"),
        span("p", "reason", &line),
        list(
            "told",
            remarks(&together.fit).iter().map(|remark| text(&capital(remark))),
        ),
    ])
}

/// What a reader of a fit must know: what is not in it, what has no estimate, whose estimates they are.
fn remarks(fit: &Fit) -> Vec<String> {
    let terms = fit.design.terms();
    let mut remarks: Vec<String> = fit
        .left_out
        .iter()
        .map(|name| en::one_value(name, fit.rows.len()))
        .collect();
    if let Ok(found) = &fit.found {
        remarks.extend(found.warnings.iter().map(|each| en::cox_warning(each, terms)));
        if found.is_penalised {
            remarks.push(en::FIRTH_ESTIMATES.to_owned());
        }
    }
    remarks.extend(fit.firth_refused.iter().map(|error| en::firth_refused(error, terms)));
    remarks
}

/// An estimate of a fit with its interval, marked where it is Firth's, or that there is none.
fn told_ratio(found: &CoxFit, estimate: Option<&Estimate>) -> String {
    match estimate.filter(|estimate| estimate.hazard_ratio.is_some()) {
        None => en::NO_ESTIMATE.to_owned(),
        Some(estimate) if found.is_penalised => format!("{} {}", ratio(estimate), en::FIRTH),
        Some(estimate) => ratio(estimate),
    }
}

/// Alone and together side by side.
struct Both<'a> {
    analysis: &'a Analysis<'a>,
    together: Option<&'a Together>,
}

/// The estimate of a level of a variable, or of a number.
fn estimate<'a>(fit: &'a Fit, found: &'a CoxFit, name: &str, level: Option<&str>) -> Option<&'a Estimate> {
    let mut terms = fit.design.terms().iter();
    let place = terms.position(|term| term.column == name && term.level.as_deref() == level)?;
    found.estimates.get(place)?.as_ref()
}

/// "2.93 (1.57–5.47)".
pub fn ratio(estimate: &Estimate) -> String {
    let Some(ratio) = estimate.hazard_ratio else {
        return "–".to_owned();
    };
    let end = |end: Option<f64>| end.map_or_else(|| "not found".to_owned(), ratio_text);
    format!(
        "{} ({}–{})",
        ratio_text(ratio),
        end(estimate.lower),
        end(estimate.upper)
    )
}

/// A ratio with two decimals, or three where it is small.
pub fn ratio_text(ratio: f64) -> String {
    fixed(ratio, if ratio < 0.095 { 3 } else { 2 })
}

/// A p value in a column of p values.
pub fn p_cell(p: Option<f64>) -> String {
    match p {
        None => "–".to_owned(),
        Some(p) if p < 0.0001 => "< 0.0001".to_owned(),
        Some(p) => fixed(p, 4),
    }
}

/// Patients and events of a variable, or of one of its levels, among the rows of a fit.
fn counted(fit: &Fit, covariate: &Covariate, level: Option<&str>) -> String {
    let (mut patients, mut events) = (0, 0);
    for (&row, &event) in fit.rows.iter().zip(fit.follow_up.event()) {
        if level.is_none() || covariate.values.level(row) == level {
            patients += 1;
            events += usize::from(event != 0);
        }
    }
    format!("{patients} ({events})")
}

impl Both<'_> {
    /// The model of a variable alone, and its part in that of several.
    fn rows(&self, covariate: &Covariate, fit: Option<&Fit>) -> Html {
        let Some(fit) = fit else {
            return Html::default();
        };
        let found = match &fit.found {
            Ok(found) => found,
            Err(error) => {
                return self.row(
                    self.heading(covariate, fit, &en::no_cox_model(error, fit.design.terms())),
                    [const { String::new() }; 5],
                );
            }
        };
        let later = self.is_known_later(covariate).then(|| en::KNOWN_LATER.to_owned());
        let remarks: Vec<String> = remarks(fit).into_iter().chain(later).collect();
        let heading = self.heading(covariate, fit, &remarks.join("; "));
        let texts = |level: Option<&str>| {
            let own = estimate(fit, found, &covariate.name, level);
            let joint = self.together.filter(|_| self.is_in_model(covariate));
            let joint = joint.map(|each| {
                let found = each.fit.found.as_ref().ok();
                let own = found.and_then(|found| estimate(&each.fit, found, &covariate.name, level));
                let ratio = found.map_or_else(|| en::NO_ESTIMATE.to_owned(), |found| told_ratio(found, own));
                (ratio, p_cell(own.map(|each| each.p)))
            });
            let (joint, joint_p) = joint.unwrap_or_default();
            [
                counted(fit, covariate, level),
                told_ratio(found, own),
                p_cell(own.map(|each| each.p)),
                joint,
                joint_p,
            ]
        };
        let Values::Levels { .. } = &covariate.values else {
            return self.row(heading, texts(None));
        };
        let several = found.likelihood_ratio.p.filter(|_| found.likelihood_ratio.df > 1);
        let over_all = several.map_or_else(String::new, |p| p_cell(Some(p)));
        let first = [
            counted(fit, covariate, None),
            String::new(),
            over_all,
            String::new(),
            String::new(),
        ];
        let reference = reference(covariate, fit).map(|level| {
            let own = "1 (reference)".to_owned();
            let joint = if self.is_in_model(covariate) {
                own.clone()
            } else {
                String::new()
            };
            let texts = [
                counted(fit, covariate, Some(level)),
                own,
                String::new(),
                joint,
                String::new(),
            ];
            self.row(level_heading(level), texts)
        });
        let levels = fit.design.terms().iter().filter_map(|term| term.level.as_deref());
        let levels = levels.map(|level| self.row(level_heading(level), texts(Some(level))));
        Html::all(std::iter::once(self.row(heading, first)).chain(reference).chain(levels))
    }

    /// Whether the finding comes after the start of follow-up.
    fn is_known_later(&self, covariate: &Covariate) -> bool {
        let field = covariate.id.strip_prefix("finding:").and_then(Field::from_column);
        let from_diagnosis = matches!(
            self.analysis.settings.endpoint,
            Endpoint::EventFreeSurvival | Endpoint::OverallSurvival
        );
        from_diagnosis && field.is_some_and(|field| field.stage() != Stage::Diagnosis)
    }

    fn is_in_model(&self, covariate: &Covariate) -> bool {
        self.analysis.settings.model.contains(&covariate.id)
    }

    /// The name of a variable with its tick and what to know.
    fn heading(&self, covariate: &Covariate, fit: &Fit, remark: &str) -> Html {
        let label = text(&covariate.name);
        let missing = self.analysis.grouped.len() - fit.rows.len();
        let missing = if missing > 0 {
            format!("missing {missing}")
        } else {
            String::new()
        };
        element(
            "th",
            &[("scope", "row")],
            &[label, text(" "), note(&missing), note(remark)],
        )
    }

    /// A row of n, hazard ratio and p alone, and the same together.
    fn row(&self, heading: Html, texts: [String; 5]) -> Html {
        let names = ["n (events)", ALONE, P_ALONE, TOGETHER, P_TOGETHER];
        let shown = if self.together.is_some() { 5 } else { 3 };
        let cells = names.iter().zip(&texts).take(shown);
        let cells = cells.map(|(name, content)| cell(name, "number", &[text(content)]));
        element("tr", &[], &[heading, Html::all(cells)])
    }
}

fn level_heading(level: &str) -> Html {
    element("th", &[("scope", "row"), ("class", "level")], &[text(level)])
}

/// Names of the variables that have estimates by Firth's penalised likelihood, alone or together.
pub fn penalised_names(analysis: &Analysis<'_>) -> Vec<String> {
    let is_penalised = |fit: &Fit| fit.found.as_ref().is_ok_and(|found| found.is_penalised);
    let own = Alone::of(analysis).shown(analysis);
    let own = own.filter(|(_, fit)| fit.is_some_and(is_penalised));
    let mut names: Vec<String> = own.map(|(covariate, _)| format!("{} alone", covariate.name)).collect();
    if let Some(joint) = together(analysis).filter(|joint| is_penalised(&joint.fit)) {
        names.push(format!("{} together", joint.names.join(", ")));
    }
    names
}

/// The level against which the others are told.
fn reference<'a>(covariate: &'a Covariate, fit: &Fit) -> Option<&'a str> {
    let Values::Levels { names, .. } = &covariate.values else {
        return None;
    };
    let occurs = |name: &&String| {
        fit.rows
            .iter()
            .any(|&row| covariate.values.level(row) == Some(name.as_str()))
    };
    names.iter().find(occurs).map(String::as_str)
}

/// The forest of the models of each variable (`alone`) or of the variables together (`together`).
pub fn figure(analysis: &Analysis<'_>, name: &str) -> Option<ForestFigure> {
    let joint = together(analysis).filter(|_| name == "together");
    if joint.is_none() && name == "together" {
        return None;
    }
    let alone = Alone::of(analysis);
    let mut rows = Vec::new();
    let mut marked = false;
    for (covariate, own) in alone.shown(analysis) {
        let fit = match &joint {
            Some(_) if !analysis.settings.model.contains(&covariate.id) => None,
            Some(joint) => Some(&joint.fit),
            None => own,
        };
        if let Some((fit, found)) = fit.and_then(|fit| Some((fit, fit.found.as_ref().ok()?))) {
            marked |= found.is_penalised;
            forest_rows(covariate, fit, found, &mut rows);
        }
    }
    let kind = if joint.is_some() {
        "variables together in one model"
    } else {
        "each variable alone"
    };
    (!rows.is_empty()).then(|| ForestFigure {
        lettering: Lettering {
            title: format!("Hazard ratios of {}, {kind}", analysis.endpoint()),
            description: format!("Cox’s regression, {kind}; 95 % intervals; to the right of 1 events come earlier."),
            caption: vec![format!(
                "Cox’s regression, {kind}; 95 % intervals{}; hollow: reference, or an interval that is not closed.",
                if marked { "; Firth: penalised likelihood" } else { "" }
            )],
        },
        style: analysis.wide(),
        label_head: "Variable".to_owned(),
        axis_label: "Hazard ratio".to_owned(),
        sides: Some(("fewer events".to_owned(), "more events".to_owned())),
        columns: vec![
            ForestColumn {
                head: "n (events)".to_owned(),
                after: false,
            },
            ForestColumn {
                head: "HR (95 % interval)".to_owned(),
                after: true,
            },
        ],
        rows,
        ..ForestFigure::default()
    })
}

fn forest_rows(covariate: &Covariate, fit: &Fit, found: &CoxFit, rows: &mut Vec<ForestRow>) {
    let row = |label: &str, level: Option<&str>| {
        let own = estimate(fit, found, &covariate.name, level);
        ForestRow {
            label: label.to_owned(),
            indented: level.is_some(),
            cells: vec![counted(fit, covariate, level), told_ratio(found, own)],
            estimate: own.and_then(|each| each.hazard_ratio),
            interval: own.and_then(|each| each.lower.zip(each.upper)),
            ..ForestRow::default()
        }
    };
    let Some(reference) = reference(covariate, fit) else {
        rows.push(row(&covariate.name, None));
        return;
    };
    rows.push(ForestRow {
        label: covariate.name.clone(),
        heading: true,
        ..ForestRow::default()
    });
    rows.push(ForestRow {
        cells: vec![counted(fit, covariate, Some(reference)), "1".to_owned()],
        estimate: Some(1.0),
        interval: None,
        ..row(reference, Some(reference))
    });
    let terms = fit.design.terms().iter().filter(|term| term.column == covariate.name);
    rows.extend(
        terms
            .filter_map(|term| term.level.as_deref())
            .map(|level| row(level, Some(level))),
    );
}

/// The number of χ² and its p: "χ² = 3.84, df = 1, p = 0.05".
pub fn chi_square(chi2: f64, df: usize, p: Option<f64>) -> String {
    let p = p.map_or_else(String::new, |p| format!(", {}", en::p_value(p)));
    format!("χ² = {}, df = {df}{p}", decimal(chi2, 2))
}
