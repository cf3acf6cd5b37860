//! Every number of the results with all its digits: a file of its own, and what a script in R is held against.
//!
//! `quantity` names what it is, `of` the group, cause or term, `at` the time in years.

use cotside_core::cohort::EventKind;
use cotside_core::shortest;
use cotside_core::survival::cox::{Estimate, Test};
use cotside_core::survival::{
    Interval, Labels, Parametric, RankWeight, TransplantComparison, gray_test, kaplan_meier, log_rank,
    reverse_kaplan_meier,
};
use cotside_figures::{DataTable, rows_csv};
use cotside_words::en;

use crate::analysis::by_cause::ByCause;
use crate::analysis::covariates::Fit;
use crate::analysis::cure::Cured;
use crate::analysis::hazards::{Alone, together};
use crate::analysis::parametric::Sample;
use crate::analysis::selection::Analysis;
use crate::analysis::spline::Splined;
use crate::analysis::transplant_models::{Timing, TransplantModel, models};
use crate::analysis::{
    adjusted, by_cause, comparison, cure, curve_numbers, effects, incidence, incidence_comparison, parametric,
    predicted, spline, subgroups, transplant,
};

/// The file.
pub fn numbers(analysis: &Analysis<'_>) -> String {
    let mut list = List(Vec::new());
    list.curves(analysis);
    if analysis.follow_up().is_some() {
        curve_numbers::tell(&mut list, analysis);
    }
    list.competing(analysis);
    list.hazards(analysis);
    list.subgroups(analysis);
    list.predicted(analysis);
    list.adjusted(analysis);
    list.cured(analysis);
    list.parametric(analysis);
    list.transplant(analysis);
    ["quantity,of,at,value\r\n", &rows_csv(&list.0)].concat()
}

/// What is known of each patient and what each protocol makes of it, by row of the file; a script cannot apply protocols.
pub fn values(analysis: &Analysis<'_>) -> DataTable {
    let study = analysis.study;
    let mut head = vec!["row".to_owned()];
    head.extend(study.variables.iter().map(|variable| variable.id.clone()));
    head.extend(
        study
            .protocols
            .iter()
            .map(|protocol| ["protocol:", &protocol.id].concat()),
    );
    let cells = |(patient, row): (usize, &usize)| {
        let variables = study.variables.iter().map(|variable| variable.values.text(patient));
        let groups = study
            .protocols
            .iter()
            .map(|protocol| protocol.group(patient).unwrap_or_default().to_owned());
        std::iter::once((row + 1).to_string())
            .chain(variables)
            .chain(groups)
            .collect()
    };
    DataTable {
        head,
        rows: study.row.iter().enumerate().map(cells).collect(),
    }
}

/// The rows of the file.
pub struct List(Vec<Vec<String>>);

impl List {
    /// Adds a number; nothing where it is not finite.
    pub fn tell(&mut self, quantity: &str, of: &str, at: Option<f64>, value: f64) {
        if value.is_finite() {
            let at = at.map_or_else(String::new, shortest);
            self.0
                .push(vec![quantity.to_owned(), of.to_owned(), at, shortest(value)]);
        }
    }

    /// Adds the two ends of an interval.
    pub fn interval(&mut self, quantity: &str, of: &str, at: f64, interval: Interval) {
        self.tell(&[quantity, "_lower"].concat(), of, Some(at), interval.lower);
        self.tell(&[quantity, "_upper"].concat(), of, Some(at), interval.upper);
    }

    fn curves(&mut self, analysis: &Analysis<'_>) {
        let Some(follow_up) = analysis.follow_up() else { return };
        let confidence = analysis.confidence();
        self.tell("followed", "", None, follow_up.len() as f64);
        self.tell("events", "", None, analysis.events() as f64);
        let left_out: usize = analysis.left_out.iter().map(|(_, count)| count).sum();
        for (quantity, count) in [
            ("outside_subset", analysis.outside),
            ("outside_subset_unknown", analysis.outside_unknown),
            ("left_out_by_choice", left_out),
            ("without_group", analysis.without_group),
        ] {
            self.tell(quantity, "", None, count as f64);
        }
        for (name, curve) in analysis.groups.names.iter().zip(analysis.curves()) {
            for &year in analysis.settings.at.iter().filter(|&&year| curve.is_known_at(year)) {
                let Some(at) = curve.at(year, confidence) else { continue };
                self.tell("at_risk", name, Some(year), at.at_risk);
                self.tell("survival", name, Some(year), at.survival);
                if let Ok((std_err, interval)) = at.spread() {
                    self.tell("survival_se", name, Some(year), std_err);
                    self.interval("survival", name, year, interval);
                }
            }
        }
        let median = reverse_kaplan_meier(follow_up).quantiles(&[0.5], confidence);
        if let Some(median) = median.first().and_then(|found| found.time) {
            self.tell("median_follow_up", "", None, median);
        }
        if !analysis.compares() {
            return;
        }
        let found = log_rank(follow_up, &analysis.groups, None, RankWeight::LogRank);
        if let Some(test) = found.ok().and_then(|found| found.test) {
            self.tell("log_rank_chi2", "", None, test.chi2);
            self.tell("log_rank_df", "", None, test.df as f64);
            self.tell("log_rank_p", "", None, test.p);
        }
        self.rank_tests(analysis);
    }

    /// The rank test of choice, for trend and of pairs.
    fn rank_tests(&mut self, analysis: &Analysis<'_>) {
        let Some(found) = comparison::rank_tests(analysis) else {
            return;
        };
        let weight = analysis.settings.test.code();
        self.tell("rank_test_chi2", weight, None, found.test.chi2);
        self.tell("rank_test_df", weight, None, f64::from(found.test.df));
        self.tell("rank_test_p", weight, None, found.test.p);
        if let Some(trend) = found.trend {
            self.tell("trend_chi2", weight, None, trend.chi2);
            self.tell("trend_p", weight, None, trend.p);
        }
        let name = |group: usize| analysis.groups.names.get(group).map_or("", String::as_str);
        for pair in &found.pairs {
            if let (Ok(test), Some(p)) = (pair.test, pair.holm_p) {
                let of = [name(pair.first), " | ", name(pair.second)].concat();
                self.tell("rank_pair_chi2", &of, None, test.chi2);
                self.tell("rank_pair_p", &of, None, test.p);
                self.tell("rank_pair_p_holm", &of, None, p);
            }
        }
    }

    fn competing(&mut self, analysis: &Analysis<'_>) {
        let Some(follow_up) = analysis.with_causes().filter(|_| incidence::competes(analysis)) else {
            return;
        };
        let confidence = analysis.confidence();
        let groups = incidence::estimates(analysis).unwrap_or_default();
        for (name, group) in analysis.groups.names.iter().zip(groups) {
            for (index, cause) in group.causes.iter().enumerate().filter(|(_, cause)| cause.events > 0) {
                let of = [name, ", ", code(cause.cause)].concat();
                for &year in analysis.settings.at.iter().filter(|&&year| group.is_known_at(year)) {
                    let Some(at) = group.at(index, year) else { continue };
                    self.tell("incidence", &of, Some(year), at.estimate);
                    if let Ok((std_err, interval)) = at.spread(confidence) {
                        self.tell("incidence_se", &of, Some(year), std_err);
                        self.interval("incidence", &of, year, interval);
                    }
                }
            }
        }
        if analysis.compares() {
            let strata = Labels::single(follow_up.len(), "");
            for cause in cotside_core::survival::causes(follow_up) {
                if let Ok(test) = gray_test(follow_up, &analysis.groups, &strata, cause) {
                    self.tell("gray_chi2", code(cause), None, test.chi_square);
                    self.tell("gray_p", code(cause), None, test.p);
                }
            }
            self.compared_incidences(analysis);
        }
    }

    /// Pairs of groups and differences of incidences.
    fn compared_incidences(&mut self, analysis: &Analysis<'_>) {
        let name = |group: usize| analysis.groups.names.get(group).map_or("", String::as_str);
        for (cause, pairs) in incidence_comparison::pairs(analysis) {
            for pair in pairs {
                let of = [code(cause), ": ", name(pair.first), " | ", name(pair.second)].concat();
                if let (Ok(test), Some(p)) = (pair.test, pair.adjusted_p) {
                    self.tell("gray_pair_chi2", &of, None, test.chi_square);
                    self.tell("gray_pair_p", &of, None, test.p);
                    self.tell("gray_pair_p_corrected", &of, None, p);
                }
            }
        }
        for each in incidence_comparison::differences(analysis) {
            let Ok(found) = each.found else { continue };
            let of = [name(each.group), ", ", code(each.cause)].concat();
            self.tell("incidence_difference", &of, Some(each.year), found.estimate);
            if let Ok(test) = found.test {
                self.tell("incidence_difference_se", &of, Some(each.year), test.std_err);
                self.interval("incidence_difference", &of, each.year, test.interval);
                self.tell("incidence_difference_p", &of, Some(each.year), test.p);
            }
        }
    }

    /// The parametric models: of the groups, of the variables together, and the distributions.
    fn parametric(&mut self, analysis: &Analysis<'_>) {
        if analysis.events() == 0 {
            return;
        }
        let of = parametric::chosen(analysis);
        let adjusted = parametric::told_adjusted(analysis);
        if let Some((sample, model)) = parametric::told_groups(analysis) {
            self.parametric_model("parametric_group", &sample, &model, analysis.confidence().z());
            let z = analysis.confidence().z();
            for (name, values) in parametric::profiles(analysis, &sample, &model) {
                for &year in analysis.settings.at.iter().filter(|&&year| year > 0.0) {
                    if let Some(at) = model.survival_with_interval(year, &values, z) {
                        self.tell("parametric_estimate", &name, Some(year), at.survival);
                        self.tell("parametric_estimate_se", &name, Some(year), at.std_err);
                        self.interval("parametric_estimate", &name, year, at.interval);
                    }
                }
            }
            if adjusted.is_none() {
                self.distributions(&sample);
            }
        }
        if let Some(sample) = adjusted {
            if let Ok(model) = sample.fit(of) {
                self.parametric_model("parametric", &sample, &model, analysis.confidence().z());
                self.predicted_times(analysis, &model);
            }
            self.distributions(&sample);
        }
    }

    fn distributions(&mut self, sample: &Sample) {
        for each in parametric::DISTRIBUTIONS {
            if let Ok(model) = sample.fit(each) {
                let of = parametric::code(each);
                self.tell("parametric_loglik", of, None, model.loglik);
                self.tell("parametric_aic", of, None, model.aic);
                self.tell("parametric_bic", of, None, model.bic);
            }
        }
    }

    fn parametric_model(&mut self, prefix: &str, sample: &Sample, model: &Parametric, z: f64) {
        let named = |quantity: &str| [prefix, quantity].concat();
        self.tell(&named("_coef"), "(Intercept)", None, model.coefficients[0]);
        if let Some(log_scale) = model.log_scale {
            self.tell(&named("_coef"), "log_scale", None, log_scale);
        }
        for (term, place) in parametric::terms(sample, model) {
            let ratios = [
                ("_time_ratio", model.time_ratio(place)),
                ("_hazard_ratio", model.hazard_ratio(place)),
            ];
            for (quantity, ratio) in ratios {
                let ends = ratio.map(|ratio| ratio.ratio(z)).unwrap_or_default();
                for (end, value) in ["", "_lower", "_upper"].into_iter().zip(ends) {
                    self.tell(
                        &[&named(quantity), end].concat(),
                        &term,
                        None,
                        value.unwrap_or(f64::NAN),
                    );
                }
            }
            let p = parametric::p_of(model, place).unwrap_or(f64::NAN);
            self.tell(&named("_wald_p"), &term, None, p);
        }
    }

    fn hazards(&mut self, analysis: &Analysis<'_>) {
        for fit in Alone::of(analysis).fits.iter().flatten() {
            self.ratios("hazard_ratio", "wald_p", fit);
        }
        if let Some(joint) = together(analysis) {
            self.ratios("adjusted_hazard_ratio", "adjusted_wald_p", &joint.fit);
            self.effects(&joint.fit);
        }
        if let Some(Ok(splined)) = spline::splined(analysis) {
            self.spline(&splined);
        }
        if let Some(Ok(found)) = by_cause::by_cause(analysis) {
            self.ratios("cause_specific_hazard_ratio", "cause_specific_wald_p", &found.own);
            self.joint_of_cause(&found);
            for (term, estimate) in found.subdistribution_estimates() {
                let ends = estimate.hazard_ratio(analysis.confidence().z());
                for (end, value) in ["", "_lower", "_upper"].into_iter().zip(ends) {
                    self.tell(
                        &["subdistribution_hazard_ratio", end].concat(),
                        &term,
                        None,
                        value.unwrap_or(f64::NAN),
                    );
                }
                self.tell(
                    "subdistribution_wald_p",
                    &term,
                    None,
                    estimate.z.map_or(f64::NAN, |z| z.p),
                );
            }
        }
    }

    /// Two groups within the levels of each variable.
    fn subgroups(&mut self, analysis: &Analysis<'_>) {
        let Some(found) = subgroups::Subgroups::of(analysis).filter(|_| analysis.events() > 0) else {
            return;
        };
        if let Some(estimate) = found.all.found.estimate.filter(|_| found.all.is_finite()) {
            self.ratio("subgroup_hazard_ratio", "subgroup_wald_p", "all", &estimate);
        }
        for subgroup in &found.subgroups {
            for level in subgroup.finite() {
                let of = [&subgroup.name, ": ", &level.name].concat();
                if let Some(estimate) = &level.found.estimate {
                    self.ratio("subgroup_hazard_ratio", "subgroup_wald_p", &of, estimate);
                }
            }
            if let Some(test) = subgroup.told_test() {
                self.tell("interaction_chi2", &subgroup.name, None, test.chi2);
                self.tell("interaction_p", &subgroup.name, None, test.p);
            }
        }
    }

    /// Tests of the variables of several terms, where every coefficient has a finite estimate.
    fn joint_of_cause(&mut self, found: &ByCause<'_>) {
        let design = &found.own.design;
        let several = (0..design.variables().len()).map(|place| (place, design.columns_of(place)));
        let several: Vec<(usize, Vec<usize>)> = several.filter(|(_, columns)| columns.len() > 1).collect();
        let own = found.own.found.as_ref().ok().filter(|_| all_finite(&found.own));
        let other = found.subdistribution.as_ref().ok();
        let other = other.filter(|_| found.subdistribution_estimates().len() == design.len());
        for (place, columns) in &several {
            let name = effects::name_of_variable(&found.own, *place);
            self.test(
                "cause_specific_joint_wald",
                &name,
                own.and_then(|own| own.wald_of(columns)),
            );
            if let Some(test) = other.and_then(|other| other.wald_of(columns)) {
                self.tell("subdistribution_joint_wald_chi2", &name, None, test.chi2);
                self.tell("subdistribution_joint_wald_p", &name, None, test.p);
            }
        }
    }

    /// What Cox's and Fine and Gray's adjusted models predict, where every coefficient has a finite estimate.
    fn predicted(&mut self, analysis: &Analysis<'_>) {
        let Some(Ok(found)) = predicted::predicted(analysis) else {
            return;
        };
        let asked = &found.asked;
        if all_finite(&asked.joint.fit) {
            for (place, profile) in asked.profiles.iter().enumerate() {
                let of = en::predicted::profile(profile.number);
                for &year in &analysis.settings.at {
                    let Some(at) = found.at(analysis, place, year) else {
                        continue;
                    };
                    self.tell("predicted_survival", &of, Some(year), at.survival);
                    if let Some(interval) = at.interval {
                        self.tell("predicted_survival_se", &of, Some(year), at.std_err);
                        self.interval("predicted_survival", &of, year, interval);
                    }
                }
            }
        }
        let Some((model, made)) = predicted::told_incidences(analysis, asked) else {
            return;
        };
        for (profile, made) in asked.profiles.iter().zip(&made) {
            let of = [&en::predicted::profile(profile.number), ", ", model.cause.code()].concat();
            for at in made.iter().flat_map(|made| &made.at) {
                self.tell("predicted_incidence", &of, Some(at.time), at.estimate);
                if let Some(interval) = at.interval {
                    self.tell("predicted_incidence_se", &of, Some(at.time), at.std_err);
                    self.interval("predicted_incidence", &of, at.time, interval);
                }
            }
        }
    }

    /// What the parametric model of the variables together predicts.
    fn predicted_times(&mut self, analysis: &Analysis<'_>, model: &Parametric) {
        for (profile, prediction) in parametric::predicted_by(analysis, model).0 {
            let of = en::predicted::profile(profile.number);
            for (year, at) in prediction.survival {
                let Some(at) = at else { continue };
                self.tell("parametric_predicted", &of, Some(year), at.survival);
                self.tell("parametric_predicted_se", &of, Some(year), at.std_err);
                self.interval("parametric_predicted", &of, year, at.interval);
            }
            for (percent, at) in prediction.quantiles {
                let Some(at) = at else { continue };
                self.tell("parametric_predicted_quantile", &of, Some(percent), at.time);
                self.tell("parametric_predicted_quantile_se", &of, Some(percent), at.std_err);
                self.interval("parametric_predicted_quantile", &of, percent, at.interval);
            }
        }
    }

    fn adjusted(&mut self, analysis: &Analysis<'_>) {
        let made = adjusted::adjusted(analysis);
        let Ok(found) = made.as_ref() else {
            return;
        };
        for (group, name) in found.groups.iter().enumerate() {
            for &year in &analysis.settings.at {
                let Some(at) = found.at(group, year) else { continue };
                self.tell("adjusted_survival", name, Some(year), at.survival);
                if let Some(interval) = at.interval {
                    self.tell("adjusted_survival_se", name, Some(year), at.std_err);
                    self.interval("adjusted_survival", name, year, interval);
                }
                let difference = found.difference(group, year).filter(|_| group > 0);
                if let Some((difference, test)) = difference.and_then(|each| Some((each.estimate, each.test.ok()?))) {
                    self.tell("adjusted_difference", name, Some(year), difference);
                    self.interval("adjusted_difference", name, year, test.interval);
                    self.tell("adjusted_difference_p", name, Some(year), test.p);
                }
            }
        }
    }

    fn cured(&mut self, analysis: &Analysis<'_>) {
        let Some(found) = cure::cured(analysis).filter(|_| analysis.events() > 0) else {
            return;
        };
        let Ok(model) = found.model(analysis.settings.cure_distribution) else {
            return;
        };
        let follow_up = &found.follow_up;
        for (group, name) in found.groups.names.iter().enumerate() {
            if let Some(end) = cure::plateau_of(follow_up, &found.groups, group) {
                self.tell("plateau_alpha", name, None, end.alpha);
                self.tell("plateau_censored_beyond", name, None, end.censored_beyond as f64);
            }
        }
        if !cure::is_told(model) {
            return;
        }
        self.tell("cure_loglik", "", None, model.loglik);
        for (group, name) in found.groups.names.iter().enumerate() {
            let Some(of_group) = Cured::of_group(model, group, analysis.confidence().z()) else {
                continue;
            };
            let (fraction, limits) = of_group.fraction;
            self.tell("cured", name, None, fraction);
            self.tell("cure_median_time", name, None, of_group.median);
            if let Some((lower, upper)) = limits {
                self.tell("cured_lower", name, None, lower);
                self.tell("cured_upper", name, None, upper);
            }
            if let Some(ratio) = of_group.ratio {
                self.tell("not_cured_odds_ratio", name, None, ratio.ratio);
            }
        }
    }

    /// Tests of variables and ratios within levels, where every coefficient has a finite estimate.
    fn effects(&mut self, fit: &Fit) {
        if !all_finite(fit) {
            return;
        }
        for each in effects::joint(fit) {
            self.test("joint_wald", &each.name, each.wald);
            self.test("joint_lr", &each.name, each.likelihood_ratio);
        }
        for each in effects::within(fit) {
            let (of, at) = match &each.at {
                effects::Place::Level(level) => (format!("{} | {}: {level}", each.of, each.variable), None),
                effects::Place::Number(number) => (format!("{} | {}", each.of, each.variable), Some(*number)),
            };
            if let Some(estimate) = &each.estimate {
                self.ratio_at("within_hazard_ratio", "within_wald_p", &of, at, estimate);
            }
        }
        if let Ok(test) = fit.proportionality() {
            for (variable, test) in &test.variables {
                self.test("zph", &effects::name_of_variable(fit, *variable), Some(*test));
            }
            self.test("zph", "GLOBAL", Some(test.global));
        }
    }

    fn spline(&mut self, splined: &Splined) {
        let Some([overall, curved]) = splined.tests().filter(|_| all_finite(&splined.fit)) else {
            return;
        };
        for (place, knot) in splined.knots().into_iter().enumerate() {
            self.tell("spline_knot", &splined.name, Some((place + 1) as f64), knot);
        }
        self.test("spline_wald", &splined.name, Some(overall));
        self.test("spline_wald", &[&splined.name, ", not linear"].concat(), Some(curved));
        for at in splined.told() {
            if let Some(estimate) = &at.estimate {
                self.ratio_at(
                    "spline_hazard_ratio",
                    "spline_hazard_wald_p",
                    &splined.name,
                    Some(at.value),
                    estimate,
                );
            }
        }
    }

    fn test(&mut self, quantity: &str, of: &str, test: Option<Test>) {
        if let Some((test, p)) = test.and_then(|test| Some((test, test.p?))) {
            self.tell(&[quantity, "_chi2"].concat(), of, None, test.chi2);
            self.tell(&[quantity, "_p"].concat(), of, None, p);
        }
    }

    fn ratios(&mut self, quantity: &str, p: &str, fit: &Fit) {
        for (term, estimate) in finite(fit) {
            self.ratio(quantity, p, &term, &estimate);
        }
    }

    /// The models of transplant beside other covariates, and those from the landmark on.
    fn transplant_models(&mut self, analysis: &Analysis<'_>) {
        let Some(waiting) = transplant::waiting(analysis) else {
            return;
        };
        let landmark = Some(analysis.settings.landmark);
        let (_, adjusted) = models(analysis, &waiting, Timing::TimeDependent);
        for (term, estimate) in adjusted.iter().flat_map(TransplantModel::finite) {
            let names = ["transplant_adjusted_hazard_ratio", "transplant_adjusted_wald_p"];
            self.ratio(names[0], names[1], &term, &estimate);
        }
        let (alone, adjusted) = models(analysis, &waiting, Timing::Landmark);
        for (_, estimate) in alone.iter().flat_map(TransplantModel::finite) {
            self.ratio_at("landmark_hazard_ratio", "landmark_wald_p", "", landmark, &estimate);
        }
        for (term, estimate) in adjusted.iter().flat_map(TransplantModel::finite) {
            let names = ["landmark_adjusted_hazard_ratio", "landmark_adjusted_wald_p"];
            self.ratio_at(names[0], names[1], &term, landmark, &estimate);
        }
    }

    fn ratio(&mut self, quantity: &str, p: &str, of: &str, estimate: &Estimate) {
        self.ratio_at(quantity, p, of, None, estimate);
    }

    fn ratio_at(&mut self, quantity: &str, p: &str, of: &str, at: Option<f64>, estimate: &Estimate) {
        let ends = [
            ("", estimate.hazard_ratio),
            ("_lower", estimate.lower),
            ("_upper", estimate.upper),
        ];
        for (end, value) in ends {
            if let Some(value) = value {
                self.tell(&[quantity, end].concat(), of, at, value);
            }
        }
        self.tell(p, of, at, estimate.p);
    }

    fn transplant(&mut self, analysis: &Analysis<'_>) {
        let Some(Ok(patients)) = transplant::transplants(analysis) else {
            return;
        };
        let landmark = analysis.settings.landmark;
        for (name, at, comparison) in [
            ("mantel_byar", None, TransplantComparison::MantelByar),
            ("landmark", Some(landmark), TransplantComparison::Landmark(landmark)),
        ] {
            if let Ok(test) = patients.compare(comparison) {
                self.tell(&[name, "_observed"].concat(), "", at, test.observed[1]);
                self.tell(&[name, "_expected"].concat(), "", at, test.expected[1]);
                self.tell(&[name, "_p"].concat(), "", at, test.p);
            }
        }
        if let Ok(found) = patients.landmark(landmark) {
            self.tell(
                "landmark_left_out_events",
                "",
                Some(landmark),
                found.excluded_events as f64,
            );
            self.tell(
                "landmark_left_out_censored",
                "",
                Some(landmark),
                found.excluded_censored as f64,
            );
        }
        if let Some(estimate) = transplant::hazard_ratio_of(&patients, analysis.confidence().level()) {
            self.ratio("transplant_hazard_ratio", "transplant_wald_p", "", &estimate);
        }
        self.transplant_models(analysis);
        let Ok(rows) = patients.counting_rows() else { return };
        for (follow_up, name) in rows.by_state().iter().zip(["before", "after"]) {
            let Some(curve) = follow_up.as_ref().map(kaplan_meier) else {
                continue;
            };
            let last = curve.time().last().copied().unwrap_or(0.0);
            for &year in analysis.settings.at.iter().filter(|&&year| year <= last) {
                if let Some(at) = curve.at(year, analysis.confidence()) {
                    self.tell("simon_makuch", name, Some(year), at.survival);
                    if let Ok((_, interval)) = at.spread() {
                        self.interval("simon_makuch", name, year, interval);
                    }
                }
            }
        }
    }
}

/// Terms of a model without a penalty that have a finite estimate, with it.
pub fn finite(fit: &Fit) -> Vec<(String, Estimate)> {
    let found = fit.found.as_ref().ok().filter(|found| !found.is_penalised);
    let estimates = found.map(|found| found.estimates.as_slice()).unwrap_or_default();
    let terms = fit.design.terms().iter().zip(estimates);
    let finite = terms.filter_map(|(term, estimate)| Some((term.to_string(), (*estimate)?)));
    finite.filter(|(_, estimate)| estimate.hazard_ratio.is_some()).collect()
}

/// Whether every coefficient of a model without a penalty has a finite estimate.
pub fn all_finite(fit: &Fit) -> bool {
    finite(fit).len() == fit.design.len()
}

/// The code of a cause.
fn code(cause: u32) -> &'static str {
    EventKind::ALL.get(cause as usize).map_or("event", |kind| kind.code())
}
