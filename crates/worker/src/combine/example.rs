//! The teaching example: the synthetic registry as four hospitals, from the plan to the result, and what the coordinator saw.

use std::collections::BTreeMap;

use cotside_core::cohort::{Study, Values};
use cotside_core::federated::log::Log;
use cotside_core::federated::{
    Choices, Combined, Design, Fault, GroupBy, Key, Outcome, Plan, Rows, Sharing, SiteFile, SiteInput, combine,
    site_file,
};
use cotside_core::survival::cox::{CoxFit, Model, fit};
use cotside_messages::{Export, PlanForm};
use cotside_views::{Columns, list};
use cotside_words::lang::{self, combine_example as words, combine_files, combine_results, federated};
use maud::{Markup, html};

use super::combined::{exported, hospitals};
use super::numbers::sections;
use super::results::Results;
use super::{plan_form, plan_view};
use crate::cohort_file::CohortFile;

/// Before the names of its figures and files.
pub const PREFIX: &str = "example-";

/// The column of the registry that names the hospital.
const CENTRE: &str = "centre";

/// The example: closed until its file is opened.
#[derive(Default)]
pub struct Example {
    study: Option<Study>,
    sharing: Option<Sharing>,
    story: Option<Result<Story, String>>,
}

/// Everything that happened, round by round.
struct Story {
    /// The plan of each round.
    plans: Vec<Plan>,
    /// What each hospital had, and its file of each round or why there is none.
    sites: Vec<SiteStory>,
    /// What each round gave.
    rounds: Vec<Combined>,
    /// The fit to all rows of the hospitals whose sums are in the model.
    pooled: Option<CoxFit>,
}

struct SiteStory {
    name: String,
    patients: usize,
    events: usize,
    files: Vec<Result<SiteFile, Fault>>,
}

impl Example {
    /// Opens the registry.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn open(&mut self, bytes: &[u8]) -> Result<(), String> {
        let mut file = CohortFile::default();
        if let Some(why) = file.open("", "registry", bytes).refused {
            return Err(why);
        }
        self.study = file.study();
        self.tell();
        Ok(())
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.study.is_some()
    }

    /// Shares sums in another way.
    pub fn share(&mut self, sharing: Sharing) {
        self.sharing = Some(sharing);
        self.tell();
    }

    fn tell(&mut self) {
        let sharing = self.sharing.unwrap_or(Sharing::Masked);
        self.story = self.study.as_ref().map(|study| Story::of(study, sharing));
    }

    /// The story; nothing until it is opened.
    pub fn html(&self) -> Markup {
        match &self.story {
            None => Markup::default(),
            Some(Err(why)) => html! { p.remark.invalid { (why) } },
            Some(Ok(story)) => story.html(),
        }
    }

    /// A file of its result.
    pub fn export(&self, name: &str) -> Option<Export> {
        let story = self.story.as_ref()?.as_ref().ok()?;
        exported(story.plans.last()?, story.rounds.last()?, name)
    }
}

/// The patients of a study at these places.
fn part_of(study: &Study, patients: &[usize]) -> Study {
    fn pick<T: Clone>(all: &[T], patients: &[usize]) -> Vec<T> {
        patients
            .iter()
            .filter_map(|&patient| all.get(patient).cloned())
            .collect()
    }
    let mut part = study.clone();
    part.row = pick(&study.row, patients);
    part.course = pick(&study.course, patients);
    part.age = pick(&study.age, patients);
    part.ids = pick(&study.ids, patients);
    for variable in part.variables.iter_mut().chain(&mut part.labels) {
        match &mut variable.values {
            Values::Numbers(numbers) => *numbers = pick(numbers, patients),
            Values::Levels { codes, .. } => *codes = pick(codes, patients),
        }
    }
    part
}

/// The hospitals of the registry, each with its patients.
fn split(study: &Study) -> BTreeMap<String, Study> {
    let centre = study.variables.iter().find(|variable| variable.name == CENTRE);
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for patient in 0..study.row.len() {
        let name = centre.map(|centre| centre.values.text(patient)).unwrap_or_default();
        places.entry(name).or_default().push(patient);
    }
    places
        .into_iter()
        .map(|(name, patients)| (name, part_of(study, &patients)))
        .collect()
}

fn design(sharing: Sharing, sites: &BTreeMap<String, Study>) -> Result<Design, String> {
    let mut form = PlanForm {
        study: "teaching-example".to_owned(),
        sites: sites.keys().cloned().collect::<Vec<_>>().join(", "),
        // As the registry has them, with all values known.
        expected_n: "110".to_owned(),
        expected_events: "71".to_owned(),
        ..PlanForm::default()
    };
    if sharing == Sharing::PerSite {
        form.sharing = sharing.code().to_owned();
        form.analyses.push("two_stage".to_owned());
    }
    plan_form::plan(&form)
        .map(|plan| plan.design)
        .map_err(|wrong| wrong.join(" "))
}

impl Story {
    fn of(study: &Study, sharing: Sharing) -> Result<Self, String> {
        let said = |fault: Fault| combine_files::fault(&fault);
        let sites = split(study);
        let mut plan = Plan::first(design(sharing, &sites)?).map_err(said)?;
        let keys: BTreeMap<String, Key> = match sharing {
            Sharing::PerSite => BTreeMap::new(),
            Sharing::Masked => sites
                .keys()
                .enumerate()
                .map(|(at, site)| Ok((site.clone(), Key::of(&plan, site, &format!("{:064x}", at + 1))?)))
                .collect::<Result<_, Fault>>()
                .map_err(said)?,
        };
        let mut logs: BTreeMap<&String, Log> = sites.keys().map(|site| (site, Log::new(site, [7; 32]))).collect();
        let mut told: Vec<SiteStory> = Vec::new();
        for (name, study) in &sites {
            let rows = Rows::of(&plan.design, study).map_err(said)?;
            told.push(SiteStory {
                name: name.clone(),
                patients: rows.len(),
                events: rows.follow_up.n_events(),
                files: Vec::new(),
            });
        }
        let (mut plans, mut rounds) = (vec![plan.clone()], Vec::new());
        loop {
            let mut files: Vec<(String, String)> = Vec::new();
            for site in &mut told {
                let (Some(study), Some(log)) = (sites.get(&site.name), logs.get_mut(&site.name)) else {
                    continue;
                };
                let before = plan
                    .design
                    .neighbours(&site.name)
                    .and_then(|(before, _)| keys.get(before));
                let input = SiteInput {
                    site: &site.name,
                    study,
                    limits: None,
                    choices: &Choices::default(),
                    log,
                    keys: keys.get(&site.name).zip(before),
                };
                let file = site_file(&plan, &input);
                if let Ok(file) = &file {
                    *log = file.log.clone();
                    files.push((file.name.clone(), file.text.clone()));
                }
                site.files.push(file);
            }
            let files: Vec<(&str, &str)> = files
                .iter()
                .map(|(name, text)| (name.as_str(), text.as_str()))
                .collect();
            let combined = combine(&plan, &files).map_err(said)?;
            let next = combined.next.clone();
            rounds.push(combined);
            match next {
                Some(next) => {
                    plans.push(next.clone());
                    plan = next;
                }
                None => break,
            }
        }
        let mut story = Self {
            plans,
            sites: told,
            rounds,
            pooled: None,
        };
        story.pooled = story.fit_of_all_rows(study);
        Ok(story)
    }

    fn outcome(&self) -> Option<&Outcome> {
        self.rounds.last().map(|round| &round.outcome)
    }

    /// The hospitals whose sums are in the model.
    fn in_model(&self) -> Vec<String> {
        let gave = |site: &&SiteStory| {
            let first = site.files.first().and_then(|file| file.as_ref().ok());
            first.is_some_and(|file| file.shown.cox.is_some())
        };
        self.sites.iter().filter(gave).map(|site| site.name.clone()).collect()
    }

    /// The same model fitted to the rows of these hospitals in one table, with the hospital as stratum.
    fn fit_of_all_rows(&self, study: &Study) -> Option<CoxFit> {
        let sites = self.in_model();
        let centre = study.variables.iter().find(|variable| variable.name == CENTRE)?;
        let is_in = |patient: &usize| sites.contains(&centre.values.text(*patient));
        let patients: Vec<usize> = (0..study.row.len()).filter(is_in).collect();
        let plan = self.plans.first()?;
        let design = Design {
            strata: vec![GroupBy {
                field: CENTRE.to_owned(),
                levels: plan.design.sites.clone(),
            }],
            ..plan.design.clone()
        };
        let rows = Rows::of(&design, &part_of(study, &patients)).ok()?;
        let model = Model {
            strata: Some(&rows.strata),
            ..Model::new(&rows.follow_up, &rows.design)
        };
        fit(&model).ok()
    }

    /// The largest distance of coefficients to those of the fit to all rows, in its standard errors.
    fn distance(&self, outcome: &Outcome) -> Option<f64> {
        let (cox, pooled) = (outcome.cox.as_ref()?, self.pooled.as_ref()?);
        let each = cox.coefficients.iter().zip(&pooled.estimates).map(|(found, pooled)| {
            let pooled = pooled.as_ref()?;
            Some((found.coef? - pooled.coef).abs() / pooled.std_err)
        });
        each.collect::<Option<Vec<f64>>>()
            .map(|all| all.into_iter().fold(0.0, f64::max))
    }

    fn html(&self) -> Markup {
        let (Some(plan), Some(last), Some(outcome)) = (self.plans.first(), self.plans.last(), self.outcome()) else {
            return Markup::default();
        };
        let results = Results {
            plan: last,
            outcome,
            prefix: PREFIX,
        };
        html! {
            p { (words::EXAMPLE_IS) }
            section data-testid="example-plan" {
                h3 { (words::STEP_PLAN) }
                p { (words::EXAMPLE_PLAN) " " (words::example_sharing(plan.design.sharing)) }
                details.more data-testid="example-plan-more" { summary { (words::SHOW_PLAN) } (plan_view::html(plan)) }
            }
            section data-testid="example-sites" {
                h3 { (words::STEP_SITES) }
                (list(self.sites.iter().map(|site| site.sentence(plan))))
                (self.coordinator_saw())
            }
            section data-testid="example-rounds" { h3 { (words::STEP_ROUNDS) } (self.rounds_table()) }
            section data-testid="example-result" {
                h3 { (words::STEP_RESULT) }
                (self.beside(outcome))
                (hospitals(last, outcome))
                (results.files(None))
                (results.html())
            }
        }
    }

    /// Each hospital's file of the first round, as it stands.
    fn coordinator_saw(&self) -> Markup {
        let files = self.sites.iter().filter_map(|site| site.files.first()?.as_ref().ok());
        html! {
            details.more data-testid="coordinator-saw" {
                summary.button { (words::COORDINATOR_SAW) }
                @for file in files {
                    h4 { (file.name) }
                    pre.code.file tabindex="0" { (file.text) }
                }
            }
        }
    }

    /// The estimates after each round, with the bound and the true distance.
    fn rounds_table(&self) -> Markup {
        let columns = Columns::numbered(words::ROUND).numbers([words::DECREMENT, words::BOUND, words::DISTANCE]);
        let rows = self.rounds.iter().enumerate().map(|(at, round)| {
            let cox = round.outcome.cox.as_ref();
            let small = |value: Option<f64>| value.map_or_else(|| words::NO_BOUND.to_owned(), combine_results::small);
            let cells = [
                small(cox.and_then(|cox| cox.decrement.last().copied().flatten())),
                small(cox.and_then(|cox| cox.bound_se)),
                small(self.distance(&round.outcome)),
            ];
            columns.row(at + 1, cells)
        });
        columns.table("rounds", rows)
    }

    /// The estimates by files beside those of the fit to all rows.
    fn beside(&self, outcome: &Outcome) -> Markup {
        let (Some(cox), Some(pooled)) = (&outcome.cox, &self.pooled) else {
            return Markup::default();
        };
        let columns = Columns::new(combine_results::COVARIATE).numbers([
            words::COMBINED_HR,
            words::POOLED_HR,
            combine_results::P,
        ]);
        let rows = cox.coefficients.iter().zip(&pooled.estimates).map(|(found, pooled)| {
            let own = found
                .hr
                .map(|ratio| combine_results::ratio(ratio, found.lower.zip(found.upper)));
            let pooled = pooled.as_ref();
            let all = pooled.and_then(|fit| Some(combine_results::ratio(fit.hazard_ratio?, fit.lower.zip(fit.upper))));
            let p = found.p.map(lang::p_cell);
            columns.row(
                &found.name,
                [own, all, p].map(|text| text.unwrap_or_else(|| combine_results::NO_ESTIMATE.to_owned())),
            )
        });
        html! {
            p.reason data-testid="example-n" {
                (words::example_result(cox.n.unwrap_or_default(), cox.n_events.unwrap_or_default(), self.in_model().len()))
            }
            (columns.table("distance", rows))
            @if let Some(distance) = self.distance(outcome) {
                p data-testid="example-distance" { (words::example_distance(distance)) }
            }
        }
    }
}

impl SiteStory {
    /// What the hospital gave in the first round.
    fn sentence(&self, plan: &Plan) -> String {
        match self.files.first() {
            Some(Ok(file)) => {
                let count = sections(plan, &file.shown)
                    .iter()
                    .map(|section| section.counts().0)
                    .sum();
                let why = file.shown.withheld.iter().find(|each| each.what == "cox");
                let why = why.map(|each| federated::because(&each.because, each.limit));
                words::example_gave(
                    &self.name,
                    (self.patients, self.events),
                    count,
                    file.shown.withheld.len(),
                    why.as_deref(),
                )
            }
            Some(Err(fault)) => words::example_refused(
                &self.name,
                (self.patients, self.events),
                &combine_files::why(&fault.why),
            ),
            None => String::new(),
        }
    }
}
