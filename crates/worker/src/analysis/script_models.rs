//! The models of Cox's regression in the script in R.

use cotside_core::cohort::Values;
use cotside_core::shortest;
use cotside_core::survival::CovariateScale;
use cotside_words::en;

use crate::analysis::by_cause::by_cause;
use crate::analysis::covariates::Covariate;
use crate::analysis::hazards::{Alone, Together, chosen, interactions, together};
use crate::analysis::numbers::{all_finite, finite};
use crate::analysis::predicted;
use crate::analysis::profiles::Profile;
use crate::analysis::script::{quoted, texts, vector};
use crate::analysis::script_levels;
use crate::analysis::selection::Analysis;
use crate::analysis::spline::splined;

/// The part of the script.
pub fn script(analysis: &Analysis<'_>) -> String {
    let mut script = Models(String::new());
    script.rows(analysis);
    script.0.push_str(include_str!("r/models.R"));
    script.covariates(analysis);
    script.0.push_str(include_str!("r/cox.R"));
    let joint = together(analysis);
    script.chosen(analysis, joint.as_deref());
    if let Some(joint) = joint.filter(|joint| !finite(&joint.fit).is_empty()) {
        script.let_be("model_is_finite", &texts(&terms(finite(&joint.fit))));
        script.0.push_str(include_str!("r/model.R"));
        script.profiles(analysis);
        script.cause(analysis);
    }
    script.spline(analysis);
    script.0
}

fn terms<T>(estimates: Vec<(String, T)>) -> Vec<String> {
    estimates.into_iter().map(|(term, _)| term).collect()
}

/// A list, one part a line.
fn lines(parts: &[String]) -> String {
    if parts.is_empty() {
        "list()".to_owned()
    } else {
        ["list(\n  ", &parts.join(",\n  "), ")"].concat()
    }
}

/// Pairs of positions, which count from 1.
pub fn pairs(pairs: &[[usize; 2]]) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .map(|[a, b]| format!("c({}L, {}L)", a + 1, b + 1))
        .collect();
    ["list(", &pairs.join(", "), ")"].concat()
}

pub fn sorted(pairs: &[[usize; 2]]) -> Vec<[usize; 2]> {
    pairs.iter().map(|&[a, b]| [a.min(b), a.max(b)]).collect()
}

struct Models(String);

impl Models {
    fn let_be(&mut self, name: &str, value: &str) {
        for part in [name, " <- ", value, "\n"] {
            self.0.push_str(part);
        }
    }

    /// Entry, weights, clusters, strata, ties.
    fn rows(&mut self, analysis: &Analysis<'_>) {
        let options = &analysis.settings.model_options;
        let named = |id: &str| if id.is_empty() { "NULL".to_owned() } else { quoted(id) };
        let entry = if options.entry.is_empty() {
            "NULL".to_owned()
        } else {
            let days = shortest(options.entry_unit.unit().days());
            format!("list(id = {}, days = {days})", quoted(&options.entry))
        };
        self.0.push('\n');
        self.let_be("entry_of", &entry);
        self.let_be("weights_of", &named(&options.weights));
        self.let_be("cluster_of", &named(&options.cluster));
        self.let_be("cox_ties", &quoted(options.ties.code()));
        let strata = options.strata.iter().map(|id| {
            let sorted = script_levels::sorted(analysis, id);
            sorted.unwrap_or_else(|| format!("list(id = {})", quoted(id)))
        });
        self.let_be(
            "strata_of",
            &["list(", &strata.collect::<Vec<_>>().join(", "), ")"].concat(),
        );
    }

    /// The variables, each with the terms that have a finite estimate.
    fn covariates(&mut self, analysis: &Analysis<'_>) {
        let alone = Alone::of(analysis);
        let each = alone.covariates.iter().zip(&alone.fits);
        let listed: Vec<String> = each
            .filter_map(|(covariate, fit)| {
                let finite = terms(finite(fit.as_ref()?));
                (!finite.is_empty()).then(|| listed(analysis, covariate, &[["finite = ", &texts(&finite)].concat()]))
            })
            .collect();
        self.let_be("\ncovariates", &lines(&listed));
    }

    /// The variables that were chosen, and how they interact in the model.
    fn chosen(&mut self, analysis: &Analysis<'_>, joint: Option<&Together>) {
        let chosen = chosen(analysis);
        let is_in = |covariate: &Covariate| joint.is_none_or(|joint| joint.names.contains(&covariate.name));
        let each = chosen.iter().map(|covariate| {
            let out = (!is_in(covariate)).then(|| "left_out = TRUE".to_owned());
            listed(analysis, covariate, &out.into_iter().collect::<Vec<_>>())
        });
        self.let_be("\nmodel", &lines(&each.collect::<Vec<_>>()));
        let mut own = interactions(analysis, &chosen);
        own.retain(|pair| pair.iter().all(|&place| is_in(chosen[place])));
        self.let_be("interactions", &pairs(&sorted(&own)));
        self.let_be("told_within", &pairs(&own));
    }

    /// The values for which the models predict, and the survival that Cox's model predicts for them.
    fn profiles(&mut self, analysis: &Analysis<'_>) {
        let Some(Ok(asked)) =
            predicted::asked(analysis).filter(|asked| asked.as_ref().is_ok_and(|asked| !asked.profiles.is_empty()))
        else {
            return;
        };
        let profiles: Vec<String> = asked.profiles.iter().map(profile).collect();
        self.let_be("\nprofiles", &lines(&profiles));
        let scales = &analysis.settings.model_options.scales;
        let by_deviation = chosen(analysis).into_iter().enumerate();
        let by_deviation = by_deviation.filter(|(_, each)| scales.get(&each.id) == Some(&CovariateScale::Deviation));
        let by_deviation = by_deviation.map(|(place, _)| format!("{}L", place + 1)).collect();
        self.let_be("by_deviation", &vector(by_deviation));
        self.0.push_str(include_str!("r/profiles.R"));
        if let Some(Ok(_)) = predicted::predicted(analysis).filter(|_| all_finite(&asked.joint.fit)) {
            self.0.push_str(include_str!("r/predicted.R"));
        }
    }

    fn cause(&mut self, analysis: &Analysis<'_>) {
        let Some(Ok(found)) = by_cause(analysis) else {
            return;
        };
        let (own, other) = (terms(finite(&found.own)), terms(found.subdistribution_estimates()));
        if own.is_empty() && other.is_empty() {
            return;
        }
        self.let_be("\ncause", &quoted(found.cause.code()));
        self.let_be("cause_is_finite", &texts(&own));
        self.0.push_str(include_str!("r/cause.R"));
        if !other.is_empty() {
            self.let_be("subdistribution_is_finite", &texts(&other));
            self.0.push_str(if found.is_by_rows {
                include_str!("r/fine_gray_rows.R")
            } else {
                include_str!("r/fine_gray.R")
            });
            self.predicted_incidence(analysis, found.is_by_rows);
        }
    }

    fn predicted_incidence(&mut self, analysis: &Analysis<'_>, is_by_rows: bool) {
        let Some(Ok(found)) = predicted::predicted(analysis) else {
            return;
        };
        if predicted::told_incidences(analysis, &found.asked).is_some_and(|(_, made)| made.iter().any(Option::is_some))
        {
            self.0.push_str(if is_by_rows {
                include_str!("r/predicted_incidence.R")
            } else {
                include_str!("r/predicted_incidence_crr.R")
            });
        }
    }

    fn spline(&mut self, analysis: &Analysis<'_>) {
        let Some(Ok(found)) = splined(analysis) else {
            return;
        };
        if !all_finite(&found.fit) || found.tests().is_none() {
            return;
        }
        let chosen = chosen(analysis);
        let places = |wanted: &dyn Fn(&Covariate) -> bool| {
            let places = chosen.iter().enumerate().filter(|(_, each)| wanted(each));
            places.map(|(place, _)| format!("{}L", place + 1)).collect::<Vec<_>>()
        };
        let is_other = |each: &Covariate| each.id != found.id;
        let others = places(&is_other);
        let kept = places(&|each| is_other(each) && found.others.contains(&each.name));
        let mut own = sorted(&interactions(analysis, &chosen));
        own.retain(|pair| pair.iter().all(|&place| kept.contains(&format!("{}L", place + 1))));
        let scale = found.in_r();
        let mut parts = vec![
            ["id = ", &quoted(&found.id)].concat(),
            ["name = ", &quoted(&found.name)].concat(),
            format!("knots = {}L", found.spline.knots().len()),
            ["back = ", found.back_in_r()].concat(),
            ["reference = ", &found.asked_reference(analysis)].concat(),
            ["others = ", &vector(others)].concat(),
            ["kept = ", &vector(kept)].concat(),
            ["interactions = ", &pairs(&own)].concat(),
        ];
        if !scale.is_empty() {
            parts.push(["scale = ", &scale].concat());
        }
        self.let_be("\nspline", &["list(", &parts.join(", "), ")"].concat());
        self.0.push_str(include_str!("r/spline.R"));
    }
}

/// Values for which a model predicts, by the columns of the model.
fn profile(profile: &Profile) -> String {
    let values = profile
        .in_r
        .iter()
        .map(|(place, value)| format!("x{} = {value}", place + 1));
    let mut parts = vec![
        ["name = ", &quoted(&en::predicted::profile(profile.number))].concat(),
        ["values = list(", &values.collect::<Vec<_>>().join(", "), ")"].concat(),
    ];
    if profile.stratum.is_ok() && !profile.strata.is_empty() {
        parts.push(["stratum = ", &texts(&profile.strata)].concat());
    }
    ["list(", &parts.join(", "), ")"].concat()
}

/// A variable as R takes it.
pub fn listed(analysis: &Analysis<'_>, covariate: &Covariate, more: &[String]) -> String {
    let mut parts = vec![
        ["id = ", &quoted(&covariate.id)].concat(),
        ["name = ", &quoted(&covariate.name)].concat(),
    ];
    if let Values::Levels { names, .. } = &covariate.values {
        // R's reference is the first.
        let is_reference = |name: &&String| Some(*name) == covariate.reference.as_ref();
        let others = names.iter().filter(|name| !is_reference(name));
        let names: Vec<String> = names.iter().filter(is_reference).chain(others).cloned().collect();
        parts.push(["names = ", &texts(&names)].concat());
        parts.extend(script_levels::how(analysis, &covariate.id));
    }
    if !covariate.r_scale.is_empty() {
        parts.push(["scale = ", &covariate.r_scale].concat());
    }
    parts.extend(more.iter().cloned());
    ["list(", &parts.join(", "), ")"].concat()
}
