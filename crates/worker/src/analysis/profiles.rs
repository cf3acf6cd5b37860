//! Values for which a model predicts, as they were asked for: each profile as a row of the model's design.

use std::collections::BTreeMap;

use cotside_core::cohort::Values;
use cotside_core::infant::{Field, Kind};
use cotside_core::survival::{CovariateScale, standard_deviation};
use cotside_core::{decimal, shortest};
use cotside_messages::{GivenVariable, STRATUM};
use cotside_words::en;
use cotside_words::lang::predicted as words;

use crate::analysis::choices::name_of;
use crate::analysis::covariates::{Covariate, Fit, NumberScale};
use crate::analysis::hazards::chosen;
use crate::analysis::model_data::{column_name, labels};
use crate::analysis::script::quoted;
use crate::analysis::selection::Analysis;

/// A set of values as a model takes it.
pub struct Profile {
    /// Its number, from 1.
    pub number: usize,
    /// The variables and strata with their values, in words.
    pub values: Vec<(String, String)>,
    /// Its row in the design of the model.
    pub row: Vec<f64>,
    /// The code of its stratum, 0 in a model without strata; or why it has none.
    pub stratum: Result<u32, String>,
    /// The numbers outside the range of the patients of the model.
    pub beyond: Vec<Beyond>,
    /// The places of its variables among the chosen ones, with the values as R takes them.
    pub in_r: Vec<(usize, String)>,
    /// The levels of its strata.
    pub strata: Vec<String>,
}

/// A number outside the range of the patients of the model.
pub struct Beyond {
    /// The variable.
    pub name: String,
    /// The number.
    pub value: String,
    /// The least and the largest number of the patients.
    pub range: [String; 2],
}

/// A value of one variable.
struct Given {
    /// The variable's own columns of the design.
    columns: Vec<f64>,
    /// The value in words.
    told: String,
    /// The value as R takes it.
    in_r: String,
    /// The range of the patients of the model, where the number is outside it.
    beyond: Option<[f64; 2]>,
}

impl Profile {
    /// Its numbers outside the range of the patients of the model, in sentences for the page.
    pub fn extrapolated(&self) -> Vec<String> {
        let told = |each: &Beyond| words::beyond(self.number, &each.name, &each.value, &each.range);
        self.beyond.iter().map(told).collect()
    }

    /// The same in print.
    pub fn extrapolated_in_print(&self) -> Vec<String> {
        let told = |each: &Beyond| en::predicted::beyond(self.number, &each.name, &each.value, &each.range);
        self.beyond.iter().map(told).collect()
    }
}

/// The profiles that have values, each with its row, or with what is to be given in a sentence.
pub fn of(analysis: &Analysis<'_>, fit: &Fit) -> Vec<Result<Profile, String>> {
    let asked = analysis.settings.predictions.asked();
    let made = asked
        .map(|(number, values)| profile(analysis, fit, number, values).map_err(|why| words::of_profile(number, &why)));
    made.collect()
}

fn profile(
    analysis: &Analysis<'_>,
    fit: &Fit,
    number: usize,
    values: &BTreeMap<String, String>,
) -> Result<Profile, String> {
    let all = chosen(analysis).into_iter().enumerate();
    let in_model: Vec<(usize, &Covariate)> = all.filter(|(_, each)| !fit.left_out.contains(&each.name)).collect();
    let missing = in_model.iter().filter(|(_, each)| !values.contains_key(&each.id));
    let missing: Vec<String> = missing.map(|(_, each)| full_name(analysis, &each.id)).collect();
    if !missing.is_empty() {
        return Err(words::missing(&missing));
    }
    let mut found = Profile {
        number,
        values: Vec::new(),
        row: Vec::new(),
        stratum: Ok(0),
        beyond: Vec::new(),
        in_r: Vec::new(),
        strata: Vec::new(),
    };
    let mut variables: Vec<Vec<f64>> = Vec::new();
    for (variable, (place, covariate)) in in_model.into_iter().enumerate() {
        let text = values.get(&covariate.id).map_or("", String::as_str);
        let given = given(analysis, fit, (variable, covariate), text)?;
        let name = full_name(analysis, &covariate.id);
        found.beyond.extend(given.beyond.map(|range| Beyond {
            name: name.clone(),
            value: given.told.clone(),
            range: range.map(shortest),
        }));
        found.in_r.push((place, given.in_r));
        found.values.push((name, given.told));
        variables.push(given.columns);
    }
    found.row = variables.concat();
    // As the design has its interactions: of two variables the columns of the first change fastest.
    for product in &fit.products {
        let (first, second) = (product.of.min(product.within), product.of.max(product.within));
        for other in &variables[second] {
            found.row.extend(variables[first].iter().map(|own| own * other));
        }
    }
    found.stratum = stratum(analysis, fit, values, &mut found);
    Ok(found)
}

/// The code of the stratum whose levels are given; adds them to the profile.
fn stratum(
    analysis: &Analysis<'_>,
    fit: &Fit,
    values: &BTreeMap<String, String>,
    profile: &mut Profile,
) -> Result<u32, String> {
    let Some(strata) = &fit.strata else {
        return Ok(0);
    };
    let mut missing = Vec::new();
    for id in &analysis.settings.model_options.strata {
        let name = en::predicted::stratum_of(&column_name(analysis.study, id));
        match values.get(&[STRATUM, id].concat()) {
            None => missing.push(name),
            Some(level) => {
                profile.values.push((name, level.clone()));
                profile.strata.push(level.clone());
            }
        }
    }
    if !missing.is_empty() {
        return Err(words::of_profile(profile.number, &words::missing(&missing)));
    }
    let crossed = profile.strata.join(", ");
    let code = strata.names.iter().position(|each| *each == crossed);
    let code = code.and_then(|code| u32::try_from(code).ok());
    code.ok_or_else(|| words::of_profile(profile.number, &words::no_stratum(&crossed)))
}

/// A text as a value of a covariate, which is the variable of the design at a position.
fn given(
    analysis: &Analysis<'_>,
    fit: &Fit,
    (variable, covariate): (usize, &Covariate),
    text: &str,
) -> Result<Given, String> {
    let name = full_name(analysis, &covariate.id);
    let own = analysis.study.variable(&covariate.id);
    if let (Values::Numbers(_), Some(own)) = (&covariate.values, own)
        && let Values::Numbers(numbers) = &own.values
    {
        let number = decimal::parse(&text.replace(',', ".").replace('−', "-")).filter(|number| number.is_finite());
        let number = number.ok_or_else(|| words::no_number(&name, text))?;
        let patients = analysis.patients();
        let raw = |row: usize| numbers.get(*patients.get(row)?).copied().flatten();
        let scaled = match NumberScale::of(analysis, own) {
            NumberScale::Scaled(CovariateScale::Deviation) => {
                let all: Vec<Option<f64>> = (0..patients.len()).map(raw).collect();
                standard_deviation(&all).map(|deviation| number / deviation)
            }
            scale => scale.apply(&[Some(number)])[0],
        };
        let scaled = scaled.ok_or_else(|| words::no_logarithm(&name, text))?;
        let known = || fit.rows.iter().filter_map(|&row| raw(row));
        let least = known().fold(f64::INFINITY, f64::min);
        let most = known().fold(f64::NEG_INFINITY, f64::max);
        return Ok(Given {
            columns: vec![scaled],
            told: shortest(number),
            in_r: shortest(number),
            beyond: (number < least || number > most).then_some([least, most]),
        });
    }
    let levels = covariate.levels_among(&fit.rows);
    if !levels.contains(&text) {
        return Err(words::no_level(&name, text, &levels));
    }
    let columns = fit.design.columns_of(variable).into_iter();
    let is_it = |column: usize| fit.design.terms()[column].level.as_deref() == Some(text);
    Ok(Given {
        columns: columns.map(|column| f64::from(u8::from(is_it(column)))).collect(),
        told: text.to_owned(),
        in_r: quoted(text),
        beyond: None,
    })
}

/// The name of a variable without the scale of the model, a number with its unit.
fn full_name(analysis: &Analysis<'_>, id: &str) -> String {
    let Some(own) = analysis.study.variable(id) else {
        let covariates = chosen(analysis).into_iter();
        let mut named = covariates.filter(|each| each.id == id);
        return named.next().map_or_else(|| id.to_owned(), |each| each.name.clone());
    };
    named(&own.name, &own.values)
}

fn named(name: &str, values: &Values) -> String {
    let unit = Field::from_column(name).map(Field::kind);
    match (unit, values) {
        (Some(Kind::Number { unit, .. }), Values::Numbers(_)) => {
            en::predicted::with_unit(&name_of(name), en::unit(unit))
        }
        _ => name_of(name),
    }
}

/// The variables of the adjusted model and its strata, for the controls; `all` are the variables of models.
pub fn variables(analysis: &Analysis<'_>, all: &[Covariate]) -> Vec<GivenVariable> {
    let in_model = all.iter().filter(|each| analysis.settings.model.contains(&each.id));
    let rows: Vec<usize> = (0..analysis.grouped.len()).collect();
    let variable = |covariate: &Covariate| {
        let own = analysis.study.variable(&covariate.id);
        let levels = covariate.levels_among(&rows);
        GivenVariable {
            id: covariate.id.clone(),
            name: own.map_or_else(|| covariate.name.clone(), |own| named(&own.name, &covariate.values)),
            levels: levels.into_iter().map(str::to_owned).collect(),
        }
    };
    let stratum = |id: &String| {
        let levels = labels(analysis, id, false).ok()?.of_known();
        (!levels.is_empty()).then(|| GivenVariable {
            id: [STRATUM, id].concat(),
            name: words::stratum_of(&column_name(analysis.study, id)),
            levels,
        })
    };
    let strata = analysis.settings.model_options.strata.iter().filter_map(stratum);
    in_model.map(variable).chain(strata).collect()
}
