//! The second part of a script in R that reproduces the run: what was done, as settings, and how, as R's own functions.
//!
//! The first part, which reads the file, is made where the file is read. Here are no numbers of the results: R makes them
//! anew and sets them beside those of the page.

use cotside_core::cohort::{EventKind, FailureAt};
use cotside_core::shortest;
use cotside_words::r_escaped;

use crate::analysis::selection::Analysis;
use crate::analysis::transplant_models::{Timing, TransplantModel, chosen, models};
use crate::analysis::{
    adjusted, comparison, cure, grouping, incidence, incidence_comparison, parametric, script_curves, script_levels,
    script_models, subgroups, transplant,
};

/// The script.
pub fn script(analysis: &Analysis<'_>) -> String {
    let mut script = Script(String::new());
    script.curves(analysis);
    script.0.push_str(&script_models::script(analysis));
    script.subgroups(analysis);
    script.adjusted(analysis);
    script.cured(analysis);
    script.competing(analysis);
    script.parametric(analysis);
    script.transplant(analysis);
    script.0.push_str(include_str!("r/end.R"));
    script.0
}

struct Script(String);

impl Script {
    fn let_be(&mut self, name: &str, value: &str) {
        for part in [name, " <- ", value, "\n"] {
            self.0.push_str(part);
        }
    }

    fn curves(&mut self, analysis: &Analysis<'_>) {
        self.settings(analysis);
        self.0.push_str(include_str!("r/endpoints.R"));
        self.0.push_str(include_str!("r/curves.R"));
        if analysis.compares() {
            self.0.push_str(include_str!("r/log_rank.R"));
            self.rank_tests(analysis);
        }
        self.0.push_str(&script_curves::script(analysis));
    }

    /// The weight of the test of choice, and which of its tests there are.
    fn rank_tests(&mut self, analysis: &Analysis<'_>) {
        let Some(found) = comparison::rank_tests(analysis) else {
            return;
        };
        let name = |group: usize| quoted(analysis.groups.names.get(group).map_or("", String::as_str));
        let tested = found.pairs.iter().filter(|pair| pair.test.is_ok());
        let pairs = tested.map(|pair| format!("c({}, {})", name(pair.first), name(pair.second)));
        self.let_be("\nrank_weight", &quoted(analysis.settings.test.code()));
        self.let_be("trend_is_told", logical(found.trend.is_some()));
        self.let_be(
            "rank_pairs",
            &["list(", &pairs.collect::<Vec<_>>().join(", "), ")"].concat(),
        );
        self.0.push_str(include_str!("r/rank_tests.R"));
    }

    /// The two groups, and the variables of whose levels some have both.
    fn subgroups(&mut self, analysis: &Analysis<'_>) {
        let Some(found) = subgroups::Subgroups::of(analysis).filter(|_| analysis.events() > 0) else {
            return;
        };
        self.let_be("\nsubgroup_pair", &texts(&found.names));
        self.let_be("pair_is_finite", logical(found.all.is_finite()));
        let listed = found.subgroups.iter().filter_map(|subgroup| {
            let sorted = script_levels::sorted(analysis, &subgroup.id)?;
            let finite: Vec<String> = subgroup.finite().map(|level| level.name.clone()).collect();
            let more = [
                ["name = ", &quoted(&subgroup.name)].concat(),
                ["finite = ", &texts(&finite)].concat(),
                ["tested = ", logical(subgroup.told_test().is_some())].concat(),
            ];
            let open = sorted.strip_suffix(')')?;
            Some(format!("{open}, {})", more.join(", ")))
        });
        let listed: Vec<String> = listed.collect();
        self.let_be("subgroups", &["list(\n  ", &listed.join(",\n  "), ")"].concat());
        self.0.push_str(include_str!("r/subgroups.R"));
    }

    fn competing(&mut self, analysis: &Analysis<'_>) {
        if !incidence::competes(analysis) {
            return;
        }
        self.0.push_str(include_str!("r/incidence.R"));
        if analysis.compares() {
            self.0.push_str(include_str!("r/gray.R"));
            self.compared_incidences(analysis);
        }
    }

    /// Which pairs have a test, and the reference of the differences.
    fn compared_incidences(&mut self, analysis: &Analysis<'_>) {
        let names = &analysis.groups.names;
        let name = |group: usize| names.get(group).map(|name| quoted(name)).unwrap_or_default();
        let tested = incidence_comparison::pairs(analysis)
            .into_iter()
            .flat_map(|(cause, pairs)| {
                let code = quoted(EventKind::ALL.get(cause as usize).map_or("", |kind| kind.code()));
                let pairs = pairs.into_iter().filter(|pair| pair.test.is_ok());
                pairs
                    .map(move |pair| (code.clone(), pair.first, pair.second))
                    .collect::<Vec<_>>()
            });
        let pairs: Vec<String> = tested
            .map(|(cause, first, second)| format!("c({cause}, {}, {})", name(first), name(second)))
            .collect();
        self.let_be("\ntested_pairs", &["list(", &pairs.join(",\n  "), ")"].concat());
        self.let_be("correction", &quoted(analysis.settings.risks.correction.code()));
        self.let_be("reference_group", &name(analysis.reference as usize));
        self.0.push_str(include_str!("r/incidence_comparison.R"));
    }

    /// The parametric models that exist.
    fn parametric(&mut self, analysis: &Analysis<'_>) {
        if analysis.events() == 0 {
            return;
        }
        let groups = parametric::told_groups(analysis);
        let adjusted = parametric::told_adjusted(analysis);
        if groups.is_none() && adjusted.is_none() {
            return;
        }
        let of = parametric::chosen(analysis);
        self.0.push('\n');
        self.let_be("distribution", &quoted(parametric::code(of)));
        let compared = adjusted.as_ref().or(groups.as_ref().map(|(sample, _)| sample));
        let found = parametric::DISTRIBUTIONS.into_iter().filter(|&each| {
            let model = compared.map(|sample| sample.fit(each));
            model.is_some_and(|model| model.is_ok())
        });
        let found: Vec<String> = found.map(|each| parametric::code(each).to_owned()).collect();
        self.let_be("distributions", &texts(&found));
        self.0.push_str(include_str!("r/parametric.R"));
        if let Some((sample, _)) = &groups {
            let names = parametric::groups_of(analysis, &sample.rows).map(|groups| groups.names);
            self.let_be("\ndistributions_by_groups", logical(adjusted.is_none()));
            self.let_be(
                "parametric_groups",
                &names.map_or_else(|| "NULL".to_owned(), |names| texts(&names)),
            );
            self.0.push_str(include_str!("r/parametric_groups.R"));
        }
        if let Some(sample) = &adjusted {
            self.let_be("\nadjusted_is_found", logical(sample.fit(of).is_ok()));
            self.0.push_str(include_str!("r/parametric_adjusted.R"));
            if let Ok(model) = sample.fit(of)
                && !parametric::predicted_by(analysis, &model).0.is_empty()
            {
                self.0.push_str(include_str!("r/predicted_times.R"));
            }
        }
    }

    fn reference(&mut self, analysis: &Analysis<'_>) {
        let reference = analysis.groups.names.get(analysis.reference as usize);
        self.let_be("\ngroup_reference", &quoted(reference.map_or("all", String::as_str)));
    }

    /// The variables of adjusted curves, and which of their pairs interact; the groups count as the last of them.
    fn adjusted(&mut self, analysis: &Analysis<'_>) {
        let made = adjusted::adjusted(analysis);
        let Ok(found) = made.as_ref() else {
            return;
        };
        self.reference(analysis);
        self.let_be("group_as", &quoted(analysis.settings.group_as.code()));
        let others = adjusted::others(analysis);
        let listed = others.iter().map(|each| {
            let left_out = found
                .fit
                .left_out
                .contains(&each.name)
                .then(|| "left_out = TRUE".to_owned());
            script_models::listed(analysis, each, &left_out.into_iter().collect::<Vec<_>>())
        });
        self.let_be(
            "adjusted_for",
            &["list(\n  ", &listed.collect::<Vec<_>>().join(",\n  "), ")"].concat(),
        );
        self.let_be("adjusted_interactions", &script_models::pairs(&found.pairs));
        self.0.push_str(include_str!("r/adjusted.R"));
    }

    fn cured(&mut self, analysis: &Analysis<'_>) {
        let Some(found) = cure::cured(analysis).filter(|_| analysis.events() > 0) else {
            return;
        };
        let Ok(model) = found.model(analysis.settings.cure_distribution) else {
            return;
        };
        self.reference(analysis);
        self.let_be("cure_distribution", &quoted(analysis.settings.cure_distribution.code()));
        self.let_be("cure_times", &quoted(analysis.settings.cure_times.code()));
        self.let_be("cure_is_told", logical(cure::is_told(model)));
        self.0.push_str(include_str!("r/cure.R"));
    }

    fn transplant(&mut self, analysis: &Analysis<'_>) {
        let Some(Ok(patients)) = transplant::transplants(analysis) else {
            return;
        };
        let finite = transplant::hazard_ratio_of(&patients, analysis.confidence().level()).is_some();
        self.let_be("transplant_ratio_is_finite", logical(finite));
        self.let_be("landmark", &shortest(analysis.settings.landmark));
        self.transplant_models(analysis);
        self.0.push_str(include_str!("r/transplant.R"));
    }

    /// The covariates beside transplant, and which terms have a finite estimate.
    fn transplant_models(&mut self, analysis: &Analysis<'_>) {
        let Some(waiting) = transplant::waiting(analysis) else {
            return;
        };
        let finite = |model: &Option<TransplantModel>| {
            let terms = model.iter().flat_map(TransplantModel::finite);
            texts(&terms.map(|(term, _)| term).collect::<Vec<_>>())
        };
        let used = |model: &Option<TransplantModel>| {
            let used = model.iter().flat_map(|model| &model.used);
            vector(used.map(|&used| logical(used).to_owned()).collect())
        };
        let (_, time_dependent) = models(analysis, &waiting, Timing::TimeDependent);
        let (alone, landmark) = models(analysis, &waiting, Timing::Landmark);
        let ratio = alone.is_some_and(|model| !model.finite().is_empty());
        self.let_be("landmark_ratio_is_finite", logical(ratio));
        let covariates: Vec<String> = chosen(analysis)
            .into_iter()
            .map(|each| script_models::listed(analysis, each, &[]))
            .collect();
        self.let_be("adjusted_for", &["list(\n  ", &covariates.join(",\n  "), ")"].concat());
        self.let_be("adjusted_used", &used(&time_dependent));
        self.let_be("adjusted_is_finite", &finite(&time_dependent));
        self.let_be("landmark_used", &used(&landmark));
        self.let_be("landmark_is_finite", &finite(&landmark));
    }

    fn settings(&mut self, analysis: &Analysis<'_>) {
        let settings = analysis.settings;
        self.0.push_str("\nlibrary(survival)\n\n");
        self.0.push_str("# ---- What was asked on the page ");
        self.0
            .push_str("------------------------------------------------------------------------------------\n\n");
        self.let_be("origin", &quoted(settings.origin.code()));
        self.let_be("endpoint", &quoted(settings.endpoint.code()));
        let at: Vec<String> = settings.at.iter().copied().map(shortest).collect();
        self.let_be("at", &vector(at));
        let of_file = analysis.is_timed_by_file();
        self.let_be("times_of_file", logical(of_file));
        if !of_file {
            let zero = settings.induction_failure.at() == FailureAt::TimeZero;
            self.let_be("failure_at_zero", logical(zero));
        }
        self.let_be("conf_type", &quoted(settings.curve_options.scale.code()));
        self.let_be("conf_level", &shortest(settings.curve_options.fraction()));
        self.let_be("conf_z", "qnorm(1 - (1 - conf_level) / 2)");
        let group = script_levels::sorted(analysis, &settings.group);
        self.let_be("group_by", group.as_deref().unwrap_or("NULL"));
        if !settings.only.is_empty() {
            let told = grouping::printed_filter(analysis.study, &settings.only);
            self.0.push_str(&format!("# {}\n", r_escaped(&told)));
        }
        let only = script_levels::filter(analysis);
        self.let_be("only", only.as_deref().unwrap_or("NULL"));
        self.0.push('\n');
        self.0.push_str(include_str!("r/begin.R"));
    }
}

pub const fn logical(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

pub fn vector(values: Vec<String>) -> String {
    ["c(", &values.join(", "), ")"].concat()
}

pub fn texts(texts: &[String]) -> String {
    vector(texts.iter().map(|text| quoted(text)).collect())
}

/// A text as R writes it.
pub fn quoted(text: &str) -> String {
    cotside_words::r_text(text)
}
