//! The table of Cox's regression as journals print it: each variable alone and in the adjusted model.

use cotside_core::cohort::{Endpoint, Origin, Values};
use cotside_core::infant::{Field, Stage};
use cotside_core::shortest;
use cotside_core::survival::cox::{CoxFit, Estimate};
use cotside_figures::DataTable;
use cotside_views::{Columns, note};
use cotside_words::lang::cox_results as words;
use cotside_words::lang::model_results;
use maud::{Markup, html};

use crate::analysis::covariates::{Covariate, Fit};
use crate::analysis::effects::variable_p;
use crate::analysis::hazards::{Alone, Together, p_or_dash, remarks, together, told_ratio};
use crate::analysis::selection::Analysis;

/// A row: a variable, or a level of the one above it.
struct Line {
    name: String,
    is_level: bool,
    is_reference: bool,
    /// Patients and events; `None` where there is no model.
    counted: Option<(usize, usize)>,
    /// What it is alone, and in the adjusted model.
    sides: [Side; 2],
    p_proportional: Option<f64>,
    remark: String,
    missing: usize,
}

/// An estimate, as a model has it.
#[derive(Default)]
struct Side {
    /// Whether the variable is in this model.
    is_in: bool,
    told: String,
    estimate: Option<Estimate>,
    p: Option<f64>,
}

/// The table; nothing where no variable has a model.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let joint = together(analysis);
    let lines = lines(analysis, joint.as_deref());
    let ci = analysis.ci();
    let (unadjusted, adjusted) = (words::unadjusted(&ci), words::adjusted(&ci));
    let columns = Columns::new(words::VARIABLE).numbers([model_results::N_EVENTS, &unadjusted, words::P_UNADJUSTED]);
    let columns = if joint.is_some() {
        columns.numbers([adjusted.as_str(), words::P_ADJUSTED])
    } else {
        columns
    };
    let columns = columns.number(model_results::P_PROPORTIONAL);
    let rows = lines.iter().map(|line| {
        let [alone, adjusted] = &line.sides;
        let cells = |side: &Side| {
            let is_estimate = side.is_in && !side.told.is_empty() && !line.is_reference;
            let p = side.p.map(|p| p_or_dash(Some(p)));
            let none = || {
                if is_estimate {
                    words::NONE.to_owned()
                } else {
                    String::new()
                }
            };
            [line.ratio(side), p.unwrap_or_else(none)]
        };
        let counted = line
            .counted
            .map_or_else(String::new, |(n, events)| format!("{n} / {events}"));
        let mut texts = vec![counted];
        texts.extend(cells(alone));
        if joint.is_some() {
            texts.extend(cells(adjusted));
        }
        texts.push(line.p_proportional.map_or_else(String::new, |p| p_or_dash(Some(p))));
        if line.is_level {
            columns.level(&line.name, texts)
        } else {
            let heading = html! { (line.name) " " (note(&words::missing(line.missing))) (note(&line.remark)) };
            columns.row(heading, texts)
        }
    });
    columns.table("cox", rows)
}

/// The table as a file: numbers with all their digits.
pub fn data(analysis: &Analysis<'_>) -> DataTable {
    let joint = together(analysis);
    let mut table = DataTable::new(&[
        "variable",
        "level",
        "n",
        "events",
        "unadjusted_hazard_ratio",
        "unadjusted_lower",
        "unadjusted_upper",
        "unadjusted_p",
        "adjusted_hazard_ratio",
        "adjusted_lower",
        "adjusted_upper",
        "adjusted_p",
        "proportional_hazards_p",
    ]);
    let mut variable = String::new();
    for line in lines(analysis, joint.as_deref()) {
        if !line.is_level {
            variable.clone_from(&line.name);
        }
        let mut row = vec![
            variable.clone(),
            if line.is_level {
                line.name.clone()
            } else {
                String::new()
            },
        ];
        let (n, events) = line.counted.unzip();
        row.extend([n, events].map(|count| count.map_or_else(String::new, |count| count.to_string())));
        for side in &line.sides {
            let number = |value: Option<f64>| value.map(shortest).unwrap_or_default();
            if line.is_reference && side.is_in {
                row.extend([
                    cotside_words::en::model_results::REFERENCE.to_owned(),
                    String::new(),
                    String::new(),
                    String::new(),
                ]);
            } else {
                let of = |pick: fn(&Estimate) -> Option<f64>| number(side.estimate.as_ref().and_then(pick));
                row.extend([
                    of(|each| each.hazard_ratio),
                    of(|each| each.lower),
                    of(|each| each.upper),
                ]);
                row.push(number(side.p));
            }
        }
        row.push(line.p_proportional.map(shortest).unwrap_or_default());
        table.rows.push(row);
    }
    table
}

impl Line {
    fn ratio(&self, side: &Side) -> String {
        if self.is_reference && side.is_in {
            model_results::REFERENCE.to_owned()
        } else {
            side.told.clone()
        }
    }
}

fn lines(analysis: &Analysis<'_>, joint: Option<&Together>) -> Vec<Line> {
    let alone = Alone::of(analysis);
    let reported = alone
        .reported(analysis)
        .filter_map(|(covariate, fit)| Some((covariate, fit?)));
    let table = Table { analysis, joint };
    reported
        .flat_map(|(covariate, fit)| table.of_variable(covariate, fit))
        .collect()
}

/// The analysis with its adjusted model.
struct Table<'a> {
    analysis: &'a Analysis<'a>,
    joint: Option<&'a Together>,
}

impl Table<'_> {
    fn of_variable(&self, covariate: &Covariate, fit: &Fit) -> Vec<Line> {
        let missing = Alone::of(self.analysis).usable() - fit.rows.len();
        let found = match &fit.found {
            Ok(found) => found,
            Err(error) => {
                return vec![Line {
                    remark: words::no_cox_model(error, fit.design.terms()),
                    missing,
                    ..Line::named(&covariate.name)
                }];
            }
        };
        let later = self.is_known_later(covariate).then(|| words::KNOWN_LATER.to_owned());
        let interacts = self.interacts(covariate).then(|| model_results::INTERACTS.to_owned());
        let remark: Vec<String> = remarks(fit).into_iter().chain(later).chain(interacts).collect();
        let is_number = matches!(covariate.values, Values::Numbers(_));
        let variable = Line {
            counted: Some(counted(fit, covariate, None)),
            sides: if is_number {
                self.sides(covariate, fit, found, None)
            } else {
                self.over_all(covariate, fit)
            },
            p_proportional: self.proportional(covariate, fit),
            remark: remark.join("; "),
            missing,
            ..Line::named(&covariate.name)
        };
        if is_number {
            return vec![variable];
        }
        let level = |level: &str, is_reference: bool| Line {
            is_level: true,
            is_reference,
            counted: Some(counted(fit, covariate, Some(level))),
            sides: self.sides(covariate, fit, found, Some(level)),
            ..Line::named(level)
        };
        let reference = covariate.reference_among(&fit.rows);
        let levels = covariate.levels_among(&fit.rows).into_iter();
        let levels = levels.map(|name| level(name, Some(name) == reference));
        std::iter::once(variable).chain(levels).collect()
    }

    /// A level, or a number, alone and in the adjusted model.
    fn sides(&self, covariate: &Covariate, fit: &Fit, found: &CoxFit, level: Option<&str>) -> [Side; 2] {
        let of = |fit: &Fit, found: &CoxFit| {
            let own = estimate(fit, found, &covariate.name, level);
            Side {
                is_in: true,
                told: told_ratio(found, own),
                estimate: own.copied(),
                p: own.map(|each| each.p),
            }
        };
        let joint = self.joint.filter(|_| self.is_in_model(covariate));
        let joint = joint.map(|each| match &each.fit.found {
            Ok(found) => of(&each.fit, found),
            Err(_) => Side {
                is_in: true,
                told: words::NO_ESTIMATE.to_owned(),
                ..Side::default()
            },
        });
        [of(fit, found), joint.unwrap_or_default()]
    }

    /// P of a factor as a whole where it has several coefficients.
    fn over_all(&self, covariate: &Covariate, fit: &Fit) -> [Side; 2] {
        let of = |fit: &Fit| Side {
            is_in: true,
            p: variable_p(fit, &covariate.name),
            ..Side::default()
        };
        let joint = self.joint.filter(|_| self.is_in_model(covariate));
        [of(fit), joint.map(|each| of(&each.fit)).unwrap_or_default()]
    }

    /// P of the test of proportional hazards of a variable, in the adjusted model where there is one.
    fn proportional(&self, covariate: &Covariate, fit: &Fit) -> Option<f64> {
        let fit = match self.joint {
            Some(joint) if self.is_in_model(covariate) => &joint.fit,
            Some(_) => return None,
            None => fit,
        };
        let place = fit.design.variables().iter().position(|name| *name == covariate.name)?;
        let test = fit.proportionality().ok()?;
        test.variables.iter().find(|(variable, _)| *variable == place)?.1.p
    }

    /// Whether the finding comes after the start of follow-up.
    fn is_known_later(&self, covariate: &Covariate) -> bool {
        let field = covariate.id.strip_prefix("finding:").and_then(Field::from_column);
        let from_diagnosis = matches!(
            self.analysis.settings.endpoint,
            Endpoint::EventFreeSurvival | Endpoint::OverallSurvival
        );
        let from_diagnosis = from_diagnosis && self.analysis.settings.origin == Origin::Diagnosis;
        from_diagnosis && field.is_some_and(|field| field.stage() != Stage::Diagnosis)
    }

    /// Whether the adjusted model has a product with it.
    fn interacts(&self, covariate: &Covariate) -> bool {
        self.joint.is_some_and(|joint| {
            let place = joint
                .fit
                .design
                .variables()
                .iter()
                .position(|name| *name == covariate.name);
            let mut products = joint.fit.products.iter();
            products.any(|product| place == Some(product.of) || place == Some(product.within))
        })
    }

    fn is_in_model(&self, covariate: &Covariate) -> bool {
        self.analysis.settings.model.contains(&covariate.id)
    }
}

impl Line {
    fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            is_level: false,
            is_reference: false,
            counted: None,
            sides: [Side::default(), Side::default()],
            p_proportional: None,
            remark: String::new(),
            missing: 0,
        }
    }
}

/// The estimate of a level of a variable, or of a number.
pub fn estimate<'a>(fit: &'a Fit, found: &'a CoxFit, name: &str, level: Option<&str>) -> Option<&'a Estimate> {
    let mut terms = fit.design.terms().iter();
    let place = terms.position(|term| term.column == name && term.level.as_deref() == level)?;
    found.estimates.get(place)?.as_ref()
}

/// Patients and events of a variable, or of one of its levels, among the rows of a fit.
pub fn counted(fit: &Fit, covariate: &Covariate, level: Option<&str>) -> (usize, usize) {
    let (mut patients, mut events) = (0, 0);
    for (&row, &event) in fit.rows.iter().zip(fit.follow_up.event()) {
        if level.is_none() || covariate.values.level(row) == level {
            patients += 1;
            events += usize::from(event != 0);
        }
    }
    (patients, events)
}
