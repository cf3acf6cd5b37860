//! The form of a plan: its texts become a design, or what is wrong is said of each field.

use std::collections::BTreeMap;

use cotside_core::cohort::{Endpoint, EventKind};
use cotside_core::federated::limits::most_rounds;
use cotside_core::federated::{
    Analysis, Covariate, CoxPlan, Design, EndpointPlan, GroupBy, Limits, Merges, Plan, Scaled, Selection, Sharing,
    TiesPlan,
};
use cotside_core::protocols::RULES_VERSION;
use cotside_messages::{ANALYSES, CovariateForm, PlanForm};
use cotside_views::{export_button, list};
use cotside_words::lang::combine_files as words;
use cotside_words::lang::combine_page as page;
use maud::{Markup, html};

use super::plan_view;

/// The bound, in standard errors, at which rounds of rounded sums end.
const STOP: f64 = 0.001;

/// The plan of round 1, or everything that is wrong with the form, each as a sentence.
pub fn plan(form: &PlanForm) -> Result<Plan, Vec<String>> {
    let mut reader = Reader::default();
    let design = reader.design(form);
    if !reader.wrong.is_empty() {
        return Err(reader.wrong);
    }
    Plan::first(design).map_err(|fault| vec![words::fault(&fault)])
}

/// The plan as it will be saved, or what is wrong.
pub fn html(form: &PlanForm) -> Markup {
    match plan(form) {
        Ok(plan) => html! {
            div.tools { (export_button("plan.json", &words::save_next(&plan.file_name()))) }
            (plan_view::html(&plan))
        },
        Err(wrong) => html! {
            p.reason data-testid="plan-wrong" { (page::PLAN_WRONG) }
            (list(wrong))
        },
    }
}

/// Names between commas.
fn names(text: &str) -> Vec<String> {
    let each = text.split([',', ';', '\n']).map(str::trim);
    each.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[derive(Default)]
struct Reader {
    wrong: Vec<String>,
}

impl Reader {
    fn wrong(&mut self, field: &str, why: &str) {
        self.wrong.push(page::wrong(field, why));
    }

    fn number(&mut self, field: &str, text: &str) -> f64 {
        match cotside_core::decimal::parse(text.trim()).filter(|number| number.is_finite()) {
            Some(number) => number,
            None => {
                self.wrong(field, page::A_NUMBER);
                0.0
            }
        }
    }

    fn optional(&mut self, field: &str, text: &str) -> Option<f64> {
        (!text.trim().is_empty()).then(|| self.number(field, text))
    }

    fn count(&mut self, field: &str, text: &str) -> u64 {
        text.trim().parse().unwrap_or_else(|_| {
            self.wrong(field, page::A_COUNT);
            0
        })
    }

    fn numbers(&mut self, field: &str, text: &str) -> Vec<f64> {
        names(text).iter().map(|each| self.number(field, each)).collect()
    }

    fn design(&mut self, form: &PlanForm) -> Design {
        let sharing = Sharing::from_code(&form.sharing).unwrap_or(Sharing::Masked);
        let covariates: Vec<Covariate> = form.covariates.iter().map(|each| self.covariate(each)).collect();
        let analyses: Vec<Analysis> = ANALYSES
            .iter()
            .copied()
            .filter(|analysis| form.analyses.iter().any(|code| code == analysis.code()))
            .collect();
        if analyses.is_empty() {
            self.wrong(page::ANALYSES, page::AT_LEAST_ONE);
        }
        let columns = covariates.iter().map(|each| each.columns().len()).sum();
        let cox = analyses.contains(&Analysis::Cox).then(|| CoxPlan {
            stratified: true,
            start: vec![0.0; columns],
            rounds_max: most_rounds(sharing),
            stop: STOP,
        });
        let age = self.optional(page::AGE_BELOW, &form.age_below);
        let selection = age.map(|below| Selection {
            field: "age_days".to_owned(),
            at_least: Some(0.0),
            below: Some(below),
            is: None,
        });
        Design {
            study: form.study.trim().to_owned(),
            sharing,
            sites: names(&form.sites),
            catalogue: RULES_VERSION.to_owned(),
            origin: form.origin.clone(),
            time_unit: "day".to_owned(),
            endpoint: self.endpoint(form),
            selection: selection.into_iter().collect(),
            groups: self.by(page::GROUPS, &form.groups, &form.group_levels),
            strata: self
                .by(page::STRATA, &form.strata, &form.strata_levels)
                .into_iter()
                .collect(),
            merges: self.merges(&form.merges),
            covariates,
            ties: TiesPlan::Efron,
            entry: None,
            weights: None,
            offset: None,
            grid: self.numbers(page::GRID, &form.grid),
            table1: self.table1(&form.table1),
            protocols: names(&form.protocols),
            analyses,
            cox,
            limits: Limits {
                smallest_cell: self.count(page::SMALLEST_CELL, &form.smallest_cell),
                smallest_n: self.count(page::SMALLEST_N, &form.smallest_n),
                smallest_events: self.count(page::SMALLEST_EVENTS, &form.smallest_events),
                ..Limits::default()
            },
            expected_n: self.count(page::EXPECTED_N, &form.expected_n),
            expected_events: self.count(page::EXPECTED_EVENTS, &form.expected_events),
            publish_sites: form.publish_sites,
        }
    }

    fn endpoint(&mut self, form: &PlanForm) -> EndpointPlan {
        let causes = names(&form.causes);
        if Endpoint::from_code(&form.endpoint).is_none() {
            self.wrong(page::ENDPOINT, page::UNKNOWN_CODE);
        }
        if let Some(unknown) = causes.iter().find(|code| EventKind::from_code(code).is_none()) {
            self.wrong(page::CAUSES, &page::unknown(unknown));
        }
        EndpointPlan {
            id: form.endpoint.clone(),
            causes,
            horizon: self.optional(page::HORIZON, &form.horizon),
        }
    }

    fn by(&mut self, label: &str, field: &str, levels: &str) -> Option<GroupBy> {
        let field = field.trim();
        if field.is_empty() {
            return None;
        }
        let levels = names(levels);
        if levels.len() < 2 {
            self.wrong(label, page::TWO_LEVELS);
        }
        Some(GroupBy {
            field: field.to_owned(),
            levels,
        })
    }

    fn merges(&mut self, text: &str) -> Merges {
        let mut found = Merges::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match line.split_once(':') {
                Some((field, levels)) => found.entry(field.trim().to_owned()).or_default().push(names(levels)),
                None => self.wrong(page::MERGES, page::A_FIELD_AND_LEVELS),
            }
        }
        found
    }

    fn covariate(&mut self, form: &CovariateForm) -> Covariate {
        let name = form.name.trim().to_owned();
        if name.is_empty() {
            self.wrong(page::COVARIATES, page::A_NAME);
        }
        let label = page::of_covariate(&name);
        let unit = Some(form.unit.trim())
            .filter(|unit| !unit.is_empty())
            .map(str::to_owned);
        match form.form.as_str() {
            "below" => Covariate::Below {
                cut: self.number(&label, &form.cut),
                name,
                unit,
            },
            "level" => {
                let levels = names(&form.levels);
                if levels.is_empty() || form.reference.trim().is_empty() {
                    self.wrong(&label, page::A_REFERENCE);
                }
                Covariate::Level {
                    name,
                    reference: form.reference.trim().to_owned(),
                    levels,
                }
            }
            kind => {
                let scaled = Scaled {
                    name,
                    unit,
                    lo: self.number(&page::of_setting(&label, page::LO), &form.lo),
                    hi: self.number(&page::of_setting(&label, page::HI), &form.hi),
                    centre: self.number(&page::of_setting(&label, page::CENTRE), &form.centre),
                    scale: self.number(&page::of_setting(&label, page::SCALE), &form.scale),
                };
                if kind == "log10" {
                    Covariate::Log10(scaled)
                } else {
                    Covariate::Identity(scaled)
                }
            }
        }
    }

    fn table1(&mut self, text: &str) -> BTreeMap<String, Vec<f64>> {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        lines
            .into_iter()
            .map(|line| {
                let (name, cuts) = line.split_once(':').unwrap_or((line, ""));
                (name.trim().to_owned(), self.numbers(page::TABLE1, cuts))
            })
            .collect()
    }
}
