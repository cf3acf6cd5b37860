//! The page on which a study is planned: settings in, sentences, a table, a figure and code for R out.
//!
//! It lives in the page's worker and has no browser in it. **Invariant: every number comes from `core`.**

mod nearby;
pub mod r;

use cotside_core::evidence::Estimate;
use cotside_core::survival::{PlanError, Sought, whole_number};
use cotside_messages::{EvidenceRequest, Export, PlanQuestion, PlanSettings, Request};
use cotside_views::{Columns, copy_button, english, export_button, figure, original};
use cotside_words::lang::planning_page::{self as words, number};
use cotside_words::lang::planning_results::{self as results, OneGroupPlan, PlanSource, TwoGroupPlan};
use cotside_words::{decimal, lang, significant};
use maud::{Markup, html};

use crate::Reply;
use crate::dispatch::Page;

use nearby::{Nearby, figure_of};

/// The page: its form as it was said last.
#[derive(Debug, Default)]
pub struct PlanPage {
    settings: PlanSettings,
}

/// A question with its answer.
enum Plan {
    TwoGroups(TwoGroupPlan),
    OneGroup(OneGroupPlan),
}

impl Plan {
    fn of(question: &PlanQuestion) -> Result<Self, PlanError> {
        Ok(match question {
            PlanQuestion::TwoGroups(question, survival) => Self::TwoGroups(TwoGroupPlan {
                question: *question,
                answer: question.answer()?,
                survival: *survival,
            }),
            PlanQuestion::OneGroup(question, time) => Self::OneGroup(OneGroupPlan {
                question: *question,
                answer: question.answer()?,
                time: *time,
            }),
        })
    }

    /// The sentences for a protocol, which are printed.
    fn sentence(&self) -> String {
        match self {
            Self::TwoGroups(plan) => plan.sentence(),
            Self::OneGroup(plan) => plan.sentence(),
        }
    }

    fn remark(&self) -> Option<String> {
        let longer = match self {
            Self::TwoGroups(plan) => plan.longer(),
            Self::OneGroup(plan) => plan.longer(),
        };
        longer.map(|(years, given)| results::longer_than_assumed(years, given))
    }

    fn r(&self) -> String {
        match self {
            Self::TwoGroups(plan) => r::two_groups(plan),
            Self::OneGroup(plan) => r::one_group(plan),
        }
    }

    /// Numbers with their names, what was sought first.
    fn numbers(&self) -> Vec<(&'static str, String)> {
        let mut numbers = match self {
            Self::TwoGroups(plan) => two_group_numbers(plan),
            Self::OneGroup(plan) => one_group_numbers(plan),
        };
        let years = match self {
            Self::TwoGroups(plan) => plan.recruitment(),
            Self::OneGroup(plan) => plan.recruitment(),
        };
        numbers.extend(years.map(|years| (number::RECRUITMENT, results::plan_years(years))));
        numbers
    }

    fn formulas(&self) -> Vec<&'static str> {
        match self {
            Self::TwoGroups(plan) => {
                let subjects = plan.answer.subjects.map(|_| results::SUBJECTS_FORMULA);
                std::iter::once(results::events_formula(plan.question.formula))
                    .chain(subjects)
                    .collect()
            }
            Self::OneGroup(plan) => vec![results::one_group_formula(plan.question.observed.is_some())],
        }
    }

    fn assumptions(&self) -> &'static str {
        match self {
            Self::TwoGroups(_) => results::TWO_GROUPS_ASSUME,
            Self::OneGroup(plan) => results::one_group_assumes(plan.question.observed.is_some()),
        }
    }

    fn sources(&self) -> Vec<PlanSource> {
        match self {
            Self::TwoGroups(plan) => results::two_group_sources(plan.question.formula, plan.answer.subjects.is_some()),
            Self::OneGroup(_) => results::one_group_sources(),
        }
    }

    /// The code of what is sought, whether patients are counted, and whether they enter at a rate.
    fn cells(&self) -> (&'static str, bool, bool) {
        let (sought, patients, rate) = match self {
            Self::TwoGroups(plan) => (
                plan.question.sought,
                plan.answer.subjects.is_some(),
                plan.question.rate.is_some(),
            ),
            Self::OneGroup(plan) => (plan.question.sought, true, plan.question.rate.is_some()),
        };
        let code = match sought {
            Sought::Size { .. } => "size",
            Sought::Power { .. } => "power",
            Sought::Effect { .. } => "effect",
        };
        (code, patients, rate)
    }
}

fn two_group_numbers(plan: &TwoGroupPlan) -> Vec<(&'static str, String)> {
    let answer = &plan.answer;
    let (events, event_count) = if plan.are_patients_given() {
        (number::EVENTS_EXPECTED, decimal(answer.events, 1))
    } else {
        (number::EVENTS, decimal(whole_number(answer.events), 0))
    };
    let patients = plan.patients();
    let patients = patients.map(|patients| (number::PATIENTS, decimal(patients, 0)));
    let ratio = (number::HAZARD_RATIO, significant(answer.hazard_ratio));
    let power = (number::POWER, results::plan_percent(answer.power));
    let size = std::iter::once((events, event_count)).chain(patients);
    match plan.question.sought {
        Sought::Size { .. } => size.chain([power, ratio]).collect(),
        Sought::Power { .. } => std::iter::once(power).chain(size).chain([ratio]).collect(),
        Sought::Effect { .. } => std::iter::once(ratio).chain(size).chain([power]).collect(),
    }
}

fn one_group_numbers(plan: &OneGroupPlan) -> Vec<(&'static str, String)> {
    let patients = (number::PATIENTS, decimal(whole_number(plan.answer.subjects), 0));
    let power = (number::POWER, results::plan_percent(plan.answer.power));
    let detected = (number::DETECTED, results::plan_percent(plan.answer.alternative));
    let mut numbers = match plan.question.sought {
        Sought::Size { .. } => vec![patients, power, detected],
        Sought::Power { .. } => vec![power, patients, detected],
        Sought::Effect { .. } => vec![detected, patients, power],
    };
    let followed = plan.followed();
    numbers.extend(followed.map(|share| (words::FOLLOWED, results::plan_percent(share))));
    numbers
}

impl PlanPage {
    /// Takes the form.
    pub fn set(&mut self, settings: PlanSettings) -> Reply {
        self.settings = settings;
        Reply::default().part("plan", self.html().into_string())
    }

    fn question(&self) -> Option<PlanQuestion> {
        self.settings.read().ok()
    }

    fn html(&self) -> Markup {
        let Some(question) = self.question() else {
            return html! { p.remark.invalid { (words::CORRECT) } };
        };
        match Plan::of(&question) {
            Err(error) => html! { p.remark.invalid data-testid="plan-refused" { (results::refused(error)) } },
            Ok(plan) => answered(&plan, &question, self.settings.published()),
        }
    }

    /// A file: the figure (`power.svg`, `power.csv`), the table of nearby assumptions (`nearby.csv`), the code (`plan.R`).
    #[must_use]
    pub fn export(&self, what: &str) -> Option<Export> {
        let question = self.question()?;
        let plan = Plan::of(&question).ok()?;
        let (name, kind) = what.split_once('.')?;
        let (file, text) = match (name, kind) {
            ("plan", "R") => (what.to_owned(), plan.r()),
            ("nearby", "csv") => (what.to_owned(), Nearby::of(&question).data().to_csv()),
            ("power", _) => {
                let drawn = figure_of(&question)?;
                let scene = drawn.scene();
                let file = match kind {
                    "csv" => "power-data.csv".to_owned(),
                    _ => format!("power-{:.0}mm.{kind}", scene.width * 25.4 / 96.0),
                };
                (file, cotside_figures::export(&scene, &drawn.data(), kind)?)
            }
            _ => return None,
        };
        Some(Export {
            name: ["cotside-", &file].concat(),
            media_type: if kind == "R" {
                "text/plain"
            } else {
                crate::media_type(kind)
            }
            .into(),
            text,
        })
    }
}

fn answered(plan: &Plan, question: &PlanQuestion, published: Option<&'static Estimate>) -> Markup {
    html! {
        dl.key-numbers data-testid="plan-numbers" {
            @for (name, value) in plan.numbers() { div { dt { (name) } dd { strong { (value) } } } }
        }
        h3 { (words::SENTENCE) }
        p.reason data-testid="plan-sentence" lang=[english()] { (plan.sentence()) }
        div.tools { (copy_button("plan-sentence", words::COPY)) }
        @if let Some(remark) = plan.remark() { p.remark.notice { (remark) } }
        @if let Some(estimate) = published { (cited(estimate)) }
        p.quiet { (plan.assumptions()) }
        div.plan-beside {
            @if let Some(drawn) = figure_of(question) {
                (figure("power", drawn.scene().to_svg(), &[], &Markup::default()))
            }
            div { (nearby_table(plan, &Nearby::of(question))) }
        }
        h3 { (words::METHOD) }
        @for formula in plan.formulas() { p { (formula) } }
        ul.facts {
            @for (reference, doi) in plan.sources() {
                li { (original(reference)) ". " a href={ "https://doi.org/" (doi) } rel="noreferrer" { "doi:" (doi) } }
            }
        }
        h3 { (words::R_CODE) }
        p.quiet { (words::R_NOTE) }
        details data-testid="plan-r" {
            summary { (words::SHOW_R) }
            pre.code tabindex="0" lang=[english()] data-testid="plan-r-code" { (plan.r()) }
            (copy_button("plan-r-code", words::COPY))
        }
        div.tools { (export_button("plan.R", words::SAVE_R)) }
    }
}

/// The published estimate that was taken, as printed, with its source.
fn cited(estimate: &Estimate) -> Markup {
    let spread = match (estimate.interval, estimate.standard_error) {
        (Some((lower, upper)), _) => format!(" ({}–{})", lang::printed(lower), lang::printed(upper)),
        (None, Some(error)) => format!(" (SE {})", lang::printed(error)),
        (None, None) => String::new(),
    };
    let years = estimate.years.map(results::plan_years);
    let printed = words::printed(&lang::printed(estimate.estimate), &spread, years.as_deref(), estimate.n);
    let [before, behind] = words::taken(estimate.study.name, lang::endpoint(estimate.endpoint), &printed);
    html! {
        p data-testid="plan-baseline" {
            (before) (original(estimate.population)) (behind) " " (cotside_views::citing::cite(&estimate.cite))
        }
    }
}

fn nearby_table(plan: &Plan, table: &Nearby) -> Markup {
    let names = table.columns.iter().map(|name| name.shown.as_str());
    let columns = Columns::new(&table.head.shown).numbers(names);
    let cell = |row: usize, column: usize, value: Option<f64>| {
        let text = table.written(value);
        if (row, column) == table.planned {
            html! { strong { (text) } }
        } else {
            html! { (text) }
        }
    };
    let rows = table.rows.iter().zip(&table.cells).enumerate();
    let rows = rows.map(|(row, (name, cells))| {
        let cells = cells.iter().enumerate();
        columns.row(&name.shown, cells.map(|(column, value)| cell(row, column, *value)))
    });
    let (sought, patients, rate) = plan.cells();
    let what = match plan {
        Plan::TwoGroups(plan) => plan.survival.map_or("", |_| words::nearby::FIRST_COLUMNS),
        Plan::OneGroup(_) => words::nearby::FIXED_COLUMNS,
    };
    html! {
        h3 { (words::NEARBY) }
        p.quiet { (what) " " (words::nearby::holds(sought, patients, rate)) }
        (columns.wide_table("nearby", words::NEARBY, rows))
        div.tools { (export_button("nearby.csv", words::SAVE_NEARBY)) }
    }
}

impl Page for PlanPage {
    fn answer(&mut self, request: Request, _: &mut dyn FnMut(Reply)) -> Reply {
        match request {
            Request::Evidence {
                value: EvidenceRequest::Plan(settings),
            } => self.set(*settings),
            Request::Export { name } => Reply::file(self.export(&name)),
            Request::Open { .. }
            | Request::File { .. }
            | Request::Settings(_)
            | Request::Show { .. }
            | Request::Protocol { .. }
            | Request::Evidence { .. }
            | Request::Combine { .. }
            | Request::Trace { .. }
            | Request::Restore { .. } => Reply::default(),
        }
    }
}
