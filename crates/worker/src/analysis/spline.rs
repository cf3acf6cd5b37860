//! One number of the adjusted model as a restricted cubic spline, with the figure of its hazard ratio.

use cotside_core::cohort::Values;
use cotside_core::infant::{Field, Kind};
use cotside_core::shortest;
use cotside_core::survival::cox::{Estimate, Test};
use cotside_core::survival::{CovariateScale, RestrictedCubic, quantile};
use cotside_figures::Lettering;
use cotside_figures::spline::{SplineFigure, SplinePoint};
use cotside_views::{Columns, list, notice};
use cotside_words::capital;
use cotside_words::en::model_results as printed;
use cotside_words::lang::cox_results as cox;
use cotside_words::lang::model_results as words;
use cotside_words::lang::survival_results::chi_square;
use maud::{Markup, html};

use crate::analysis::choices::name_of;
use crate::analysis::covariates::{Covariate, Fit, NumberScale, Parts};
use crate::analysis::drawn::with_data_table;
use crate::analysis::grouping::is_fraction;
use crate::analysis::hazards::{Alone, chosen, interactions, p_or_dash, ratio, remarks};
use crate::analysis::model_data::strata;
use crate::analysis::selection::Analysis;

/// Points of the curve.
const POINTS: u32 = 120;
/// Where its ratios are told in a table.
const TOLD: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.9];

/// From values of the file to the scale of the spline, and back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Axis {
    /// The values themselves.
    Plain,
    /// Their logarithm to the base 2; the axis is one of ratios.
    Log2,
    /// Their logarithm to the base 10; the axis is one of ratios.
    Log10,
    /// The logarithm to the base 2 of counts with zeros, plus 1; the axis shows the logarithm.
    Log2OfCount,
}

impl Axis {
    fn of(scale: NumberScale) -> Self {
        match scale {
            NumberScale::Own | NumberScale::Scaled(CovariateScale::Per(_) | CovariateScale::Deviation) => Self::Plain,
            NumberScale::Scaled(CovariateScale::Log2) => Self::Log2,
            NumberScale::Scaled(CovariateScale::Log10) => Self::Log10,
            NumberScale::Log2OfCount => Self::Log2OfCount,
        }
    }

    /// From the scale of the spline to the axis of the figure.
    fn shown(self, x: f64) -> f64 {
        match self {
            Self::Plain | Self::Log2OfCount => x,
            Self::Log2 => libm::exp2(x),
            Self::Log10 => libm::exp10(x),
        }
    }

    /// From the axis of the figure to the scale of the spline; `None` where there is no such value.
    fn scaled(self, shown: f64) -> Option<f64> {
        match self {
            Self::Plain | Self::Log2OfCount => Some(shown),
            Self::Log2 => (shown > 0.0).then(|| libm::log2(shown)),
            Self::Log10 => (shown > 0.0).then(|| libm::log10(shown)),
        }
    }

    /// The scale of the numbers of the spline.
    fn scale(self) -> NumberScale {
        match self {
            Self::Plain => NumberScale::Own,
            Self::Log2 => NumberScale::Scaled(CovariateScale::Log2),
            Self::Log10 => NumberScale::Scaled(CovariateScale::Log10),
            Self::Log2OfCount => NumberScale::Log2OfCount,
        }
    }
}

/// The model with the spline.
pub struct Splined {
    /// The id of the variable.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The model.
    pub fit: Fit,
    /// The spline, on its scale.
    pub spline: RestrictedCubic,
    /// How numbers of the variable are brought to that scale.
    pub axis: Axis,
    /// The value with which others are compared, as on the axis.
    pub reference: f64,
    /// Names of the variables for which it is adjusted.
    pub others: Vec<String>,
    /// The values in the model on the scale of the spline, ascending.
    values: Vec<f64>,
}

/// A hazard ratio at a value.
pub struct At {
    /// The value, as on the axis.
    pub value: f64,
    /// The ratio; `None` where a coefficient has no finite estimate, or at the reference.
    pub estimate: Option<Estimate>,
}

/// The model; `None` where no variable is chosen or nobody is followed.
///
/// # Errors
/// A sentence with the remedy.
pub fn splined(analysis: &Analysis<'_>) -> Option<Result<Splined, String>> {
    let options = &analysis.settings.model_options;
    if options.spline.is_empty() || analysis.events() == 0 {
        return None;
    }
    let alone = Alone::of(analysis);
    let data = alone.data.as_ref().ok()?;
    let needs_numbers = || Some(Err(words::SPLINE_NEEDS_NUMBERS.to_owned()));
    let Some(variable) = analysis.study.variable(&options.spline) else {
        return needs_numbers();
    };
    let Values::Numbers(numbers) = &variable.values else {
        return needs_numbers();
    };
    if is_fraction(variable) {
        return needs_numbers();
    }
    let axis = Axis::of(NumberScale::of(analysis, variable));
    let patients = analysis.patients();
    let own: Vec<Option<f64>> = patients
        .iter()
        .map(|&patient| numbers.get(patient).copied().flatten())
        .collect();
    let covariate = Covariate {
        id: variable.id.clone(),
        name: name_of(&variable.name),
        r_scale: String::new(),
        values: Values::Numbers(axis.scale().apply(&own)),
        reference: None,
    };
    let strata = match strata(analysis) {
        Ok(strata) => strata,
        Err(why) => return Some(Err(why)),
    };
    let mut covariates = vec![&covariate];
    covariates.extend(chosen(analysis).into_iter().filter(|each| each.id != covariate.id));
    // The product of a spline has no one coefficient to tell.
    let pairs = interactions(analysis, &covariates);
    let mut parts = Parts {
        interactions: pairs.into_iter().filter(|pair| !pair.contains(&0)).collect(),
        strata: strata.as_ref(),
        firth: analysis.settings.firth,
        covariates,
        spline: None,
    };
    let Some((rows, _)) = data.follow_up(analysis.follow_up()?, parts.rows(data)) else {
        return Some(Err(words::SPLINE_OF_NOBODY.to_owned()));
    };
    let mut values = covariate.numbers_of(&rows);
    let spline = match RestrictedCubic::at_quantiles(&values, options.knots.count()) {
        Ok(spline) => spline,
        Err(error) => return Some(Err(words::no_spline(error).to_owned())),
    };
    parts.spline = Some((0, &spline));
    let fit = Fit::new(data, analysis.follow_up()?, &parts)?;
    let others = parts.covariates.iter().skip(1).map(|each| &each.name);
    let others = others.filter(|name| !fit.left_out.contains(name)).cloned().collect();
    values.sort_by(f64::total_cmp);
    let (low, high) = (*values.first()?, *values.last()?);
    let middle = quantile(&values, 0.5)?;
    let reference = match options.reference {
        None => axis.shown(middle),
        Some(wanted) => match axis.scaled(wanted).filter(|x| (low..=high).contains(x)) {
            Some(_) => wanted,
            None => {
                let [low, high] = [low, high].map(|x| words::value(axis.shown(x)));
                return Some(Err(words::reference_outside(&low, &high)));
            }
        },
    };
    Some(Ok(Splined {
        id: variable.id.clone(),
        name: covariate.name.clone(),
        fit,
        axis,
        reference,
        others,
        values,
        spline,
    }))
}

impl Splined {
    /// The hazard ratio at a value on the scale of the spline, against the reference.
    fn at(&self, x: f64) -> At {
        let value = self.axis.shown(x);
        let reference = self.axis.scaled(self.reference).unwrap_or(x);
        let own = self.spline.basis(x).into_iter().zip(self.spline.basis(reference));
        let mut weights: Vec<f64> = own.map(|(at, reference)| at - reference).collect();
        weights.resize(self.fit.design.len(), 0.0);
        let found = self.fit.found.as_ref().ok();
        let estimate = found.and_then(|found| found.combination(&weights, self.fit.level()));
        At { value, estimate }
    }

    /// The ratios of the table: at quantiles of the values.
    pub fn told(&self) -> Vec<At> {
        let mut at: Vec<f64> = TOLD.iter().filter_map(|&p| quantile(&self.values, p)).collect();
        at.dedup();
        at.into_iter().map(|x| self.at(x)).collect()
    }

    /// The knots, as on the axis.
    pub fn knots(&self) -> Vec<f64> {
        self.spline.knots().iter().map(|&knot| self.axis.shown(knot)).collect()
    }

    /// Wald's tests: of any effect, and of a departure from a straight line.
    pub fn tests(&self) -> Option<[Test; 2]> {
        let found = self.fit.found.as_ref().ok()?;
        let own = self.fit.design.columns_of(0);
        Some([found.wald_of(&own)?, found.wald_of(own.get(1..)?)?])
    }

    /// The scale of the numbers of the spline, for R.
    pub fn in_r(&self) -> String {
        self.axis.scale().in_r()
    }

    /// From the scale of the spline to the axis, for R.
    pub fn back_in_r(&self) -> &'static str {
        match self.axis {
            Axis::Plain | Axis::Log2OfCount => "function(x) x",
            Axis::Log2 => "function(x) 2^x",
            Axis::Log10 => "function(x) 10^x",
        }
    }

    /// The reference that was asked for on the scale of the spline, for R; `NULL` for the median.
    pub fn asked_reference(&self, analysis: &Analysis<'_>) -> String {
        let asked = analysis.settings.model_options.reference;
        let scaled = asked.and_then(|shown| self.axis.scaled(shown));
        scaled.map_or_else(|| "NULL".to_owned(), shortest)
    }

    /// What its numbers are called, with their scale where the axis shows it.
    fn axis_name(&self) -> String {
        if self.axis == Axis::Log2OfCount {
            return words::logarithm_of_count(&self.name);
        }
        match self.id.strip_prefix("finding:").and_then(Field::from_column) {
            // The name of an age has its unit.
            Some(Field::AgeDays) | None => self.name.clone(),
            Some(field) => match field.kind() {
                Kind::Number { unit, .. } => words::with_unit(&self.name, unit),
                _ => self.name.clone(),
            },
        }
    }
}

/// The part; nothing where no variable is chosen.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let Some(splined) = splined(analysis) else {
        return Markup::default();
    };
    let splined = match splined {
        Ok(splined) => splined,
        Err(why) => {
            let name = analysis.study.variable(&analysis.settings.model_options.spline);
            let name = name.map_or_else(String::new, |variable| name_of(&variable.name));
            return html! { h3 { (words::spline_heading(&name)) } (notice(why)) };
        }
    };
    let heading = html! { h3 { (words::spline_heading(&splined.name)) } };
    if let Err(error) = &splined.fit.found {
        let why = cox::no_model(&cox::no_cox_model(error, splined.fit.design.terms()));
        return html! { (heading) (notice(why)) };
    }
    let reference = words::value(splined.reference);
    let against = words::against(&reference, &analysis.ci());
    let axis = splined.axis_name();
    let columns = Columns::numbered(&axis).numbers([against.as_str(), cox::P]);
    let rows = splined.told();
    let rows = rows.iter().map(|at| {
        // At the reference there is nothing to estimate.
        let told = at.estimate.as_ref().map_or_else(|| words::REFERENCE.to_owned(), ratio);
        let p = at.estimate.map(|each| p_or_dash(Some(each.p)));
        columns.row(words::value(at.value), [told, p.unwrap_or_default()])
    });
    let said: Vec<String> = remarks(&splined.fit).iter().map(|remark| capital(remark)).collect();
    let knots: Vec<String> = splined.knots().into_iter().map(words::value).collect();
    let tested = splined
        .tests()
        .map(|tests| tests.map(|test| chi_square(test.chi2, test.df, test.p)));
    html! {
        (heading)
        @match &tested {
            Some([overall, curved]) => {
                p.reason data-testid="spline-sentence" {
                    (words::spline_sentence(&knots, &splined.others, overall, curved))
                }
            }
            None => { p.reason { (words::SPLINE_NOT_ESTIMABLE) } }
        }
        @if !said.is_empty() { (list(&said)) }
        @if let Some(figure) = drawn(analysis, &splined) { (with_data_table("spline", &figure.into())) }
        @if tested.is_some() { (columns.table("spline", rows)) }
    }
}

/// The figure.
pub fn figure(analysis: &Analysis<'_>) -> Option<SplineFigure> {
    drawn(analysis, &splined(analysis)?.ok()?)
}

fn drawn(analysis: &Analysis<'_>, splined: &Splined) -> Option<SplineFigure> {
    splined.tests()?;
    let (low, high) = (*splined.values.first()?, *splined.values.last()?);
    let reference = splined.axis.scaled(splined.reference)?;
    // The reference is one of the points, so that the curve goes through 1 there.
    let mut at: Vec<f64> = (0..=POINTS)
        .map(|point| low + (high - low) * f64::from(point) / f64::from(POINTS))
        .chain([reference])
        .collect();
    at.sort_by(f64::total_cmp);
    at.dedup();
    let point = |x: f64| {
        let found = splined.at(x);
        let estimate = found.estimate;
        match estimate {
            None => Some(SplinePoint {
                value: found.value,
                ratio: 1.0,
                interval: Some((1.0, 1.0)),
            }),
            Some(estimate) => Some(SplinePoint {
                value: found.value,
                ratio: estimate.hazard_ratio?,
                interval: estimate.lower.zip(estimate.upper),
            }),
        }
    };
    let reference = words::value(splined.reference);
    Some(SplineFigure {
        lettering: Lettering {
            title: printed::spline_title(analysis.printed_endpoint(), &splined.name),
            description: printed::spline_description(&analysis.printed_ci()),
            caption: vec![printed::spline_caption(
                &reference,
                splined.spline.knots().len(),
                &splined.others,
                &analysis.printed_ci(),
            )],
        },
        style: analysis.style(),
        value_label: splined.axis_name(),
        ratio_label: printed::spline_axis(&reference),
        logarithmic: matches!(splined.axis, Axis::Log2 | Axis::Log10),
        curve: at.into_iter().filter_map(point).collect(),
        reference: splined.reference,
        patients: splined.values.iter().map(|&x| splined.axis.shown(x)).collect(),
    })
}
