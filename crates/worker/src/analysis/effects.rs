//! What coefficients of the adjusted model say together: tests of variables, hazard ratios within levels.

use cotside_core::survival::cox::{CoxFit, Estimate, LevelAt, Product, Test, likelihood_ratio_of};
use cotside_views::Columns;
use cotside_words::fixed;
use cotside_words::lang::cox_results as cox;
use cotside_words::lang::model_results as words;
use maud::{Markup, html};

use crate::analysis::covariates::Fit;
use crate::analysis::hazards::{Together, p_or_dash, ratio};

/// The tests of one variable, or of an interaction.
pub struct Joint {
    /// Its name.
    pub name: String,
    /// Wald's test; `None` where a coefficient has no finite estimate.
    pub wald: Option<Test>,
    /// The likelihood-ratio test; `None` where there is none of it.
    pub likelihood_ratio: Option<Test>,
}

/// The tests of every variable of a model that does not interact, and of every interaction.
pub fn joint(fit: &Fit) -> Vec<Joint> {
    let Ok(found) = &fit.found else {
        return Vec::new();
    };
    let interacts = |place: &usize| {
        fit.products
            .iter()
            .any(|each| each.of == *place || each.within == *place)
    };
    let tested = (0..fit.design.variables().len()).filter(|place| !interacts(place));
    tested.map(|place| of_variable(fit, found, place)).collect()
}

fn of_variable(fit: &Fit, found: &CoxFit, place: usize) -> Joint {
    let product = fit.products.iter().find(|each| each.product == place);
    Joint {
        name: product.map_or_else(
            || fit.design.variables()[place].clone(),
            |product| product_name(fit, product),
        ),
        wald: found.wald_of(&fit.design.columns_of(place)),
        likelihood_ratio: likelihood_ratio_of(&fit.model(), found, place).ok(),
    }
}

/// The name of a variable of a design, or of an interaction.
pub fn name_of_variable(fit: &Fit, place: usize) -> String {
    let product = fit.products.iter().find(|each| each.product == place);
    product.map_or_else(
        || fit.design.variables()[place].clone(),
        |product| product_name(fit, product),
    )
}

/// The name of an interaction.
fn product_name(fit: &Fit, product: &Product) -> String {
    let (first, second) = (product.of.min(product.within), product.of.max(product.within));
    let variables = fit.design.variables();
    words::interaction(&variables[first], &variables[second])
}

/// P of a variable with several coefficients, by the likelihood ratio where there is one, else by Wald's test; `None` where it
/// has one coefficient, or interacts.
pub fn variable_p(fit: &Fit, name: &str) -> Option<f64> {
    let found = fit.found.as_ref().ok()?;
    let place = fit.design.variables().iter().position(|each| each == name)?;
    let interacts = fit.products.iter().any(|each| each.of == place || each.within == place);
    if interacts || fit.design.columns_of(place).len() < 2 {
        return None;
    }
    // Of a model of one variable the test of all coefficients is that of the variable, also with Firth's penalty.
    if fit.design.variables().len() == 1 && !fit.is_robust() {
        return found.likelihood_ratio.p;
    }
    let tested = of_variable(fit, found, place);
    tested.likelihood_ratio.or(tested.wald)?.p
}

/// A hazard ratio within a level of an interacting variable.
pub struct Within {
    /// Whose ratio.
    pub of: String,
    /// The variable within whose levels.
    pub variable: String,
    /// Within which level, or at which number.
    pub at: Place,
    /// The ratio; `None` where it is not finite.
    pub estimate: Option<Estimate>,
}

/// Where a hazard ratio holds.
pub enum Place {
    /// Within a level.
    Level(String),
    /// At a number.
    Number(f64),
}

impl Within {
    /// Where, in words.
    fn told(&self) -> String {
        match &self.at {
            Place::Level(level) => words::at_level(&self.variable, level),
            Place::Number(number) => words::at_level(&self.variable, &words::value(*number)),
        }
    }
}

/// The hazard ratios within levels of every interaction. Of a factor and a number the levels are the factor's; of two numbers
/// the second is set to its quartiles.
pub fn within(fit: &Fit) -> Vec<Within> {
    let Ok(found) = &fit.found else {
        return Vec::new();
    };
    let ratios = fit
        .products
        .iter()
        .flat_map(|&product| found.within(&fit.design, product, fit.level()));
    let told = ratios.map(|ratio| {
        let variable = fit.design.variables()[ratio.variable].clone();
        Within {
            of: fit.design.terms()[ratio.term].to_string(),
            at: match ratio.at {
                LevelAt::Reference => Place::Level(reference_of(fit, &variable)),
                LevelAt::Level(term) => Place::Level(fit.design.terms()[term].level.clone().unwrap_or_default()),
                LevelAt::Number(number) => Place::Number(number),
            },
            variable,
            estimate: ratio.estimate,
        }
    });
    told.collect()
}

/// The reference level of a factor, which has no column.
fn reference_of(fit: &Fit, variable: &str) -> String {
    fit.references
        .iter()
        .find(|(name, _)| name == variable)
        .map(|(_, level)| level.clone())
        .unwrap_or_default()
}

/// Both as tables; nothing where the model has one coefficient.
pub fn html(together: &Together, ci: &str) -> Markup {
    let fit = &together.fit;
    if fit.found.is_err() || fit.design.len() < 2 {
        return Markup::default();
    }
    let tests = joint(fit);
    let has_ratio = tests.iter().any(|each| each.likelihood_ratio.is_some());
    let columns = Columns::new(cox::VARIABLE).numbers([cox::DF, words::WALD, words::P_WALD]);
    let columns = if has_ratio {
        columns.numbers([words::LIKELIHOOD_RATIO, words::P_LIKELIHOOD_RATIO])
    } else {
        columns
    };
    let rows = tests.iter().map(|each| {
        let df = each.likelihood_ratio.or(each.wald).map(|test| test.df);
        let cells = |test: Option<Test>| match test {
            Some(test) => [fixed(test.chi2, 2), p_or_dash(test.p)],
            None => [cox::NONE.to_owned(), cox::NONE.to_owned()],
        };
        let df = df.map_or_else(|| cox::NONE.to_owned(), |df| df.to_string());
        let all = std::iter::once(df).chain(cells(each.wald));
        columns.row(
            &each.name,
            all.chain(cells(each.likelihood_ratio).into_iter().filter(|_| has_ratio)),
        )
    });
    let ratios = within(fit);
    let hr = cox::hr(ci);
    let own = Columns::new(words::OF)
        .text(words::WITHIN_LEVEL)
        .numbers([hr.as_str(), cox::P]);
    let ratio_rows = ratios.iter().map(|each| {
        let told = each
            .estimate
            .as_ref()
            .map_or_else(|| cox::NO_ESTIMATE.to_owned(), ratio);
        own.row(
            &each.of,
            [each.told(), told, p_or_dash(each.estimate.map(|each| each.p))],
        )
    });
    html! {
        h3 { (words::JOINT) }
        (columns.table("joint", rows))
        p.quiet.key { (words::JOINT_KEY) @if !has_ratio { " " (words::NO_LIKELIHOOD_RATIO) } }
        @if !ratios.is_empty() {
            h3 { (words::WITHIN) }
            (own.table("within", ratio_rows))
            p.quiet.key { (words::WITHIN_KEY) }
        }
    }
}
