//! The coordinator's part: the summaries of one round become a result, and where Cox's model needs it the plan of the
//! next round.

use super::canonical::document_hash;
use super::fault::{Fault, Why};
use super::layout::{ALL_SITES, leaves, of_totals};
use super::limits::FULL_PRECISION_FROM;
use super::mask::totals;
use super::merges::{Merges, between, together};
use super::plan::{Analysis, Design, Incidence, Plan, Sharing, Totals, VERSION};
use super::pooled_cox::{Model, pooled_cox};
use super::result::{CumulativeGroup, Incidences, Input, KIND_RESULT, Outcome, SiteUse};
use super::summary::Summary;
use super::{counts, tables, tests_of_groups, two_stage};

/// What the files of a round give.
#[derive(Debug, Clone, PartialEq)]
pub struct Combined {
    /// The result so far.
    pub outcome: Outcome,
    /// The plan of the next round; `None` where none is needed, or none would help.
    pub next: Option<Plan>,
    /// Sites of the plan without a file, in its order.
    pub missing: Vec<String>,
}

/// The sums of a site, or of all sites where they are masked.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub site: String,
    pub sums: Summary,
}

/// The sums of a round.
pub(super) struct Round<'a> {
    pub plan: &'a Plan,
    /// Levels that are taken together, since a site gave them so.
    pub merged: Merges,
    /// The plan's design with these levels.
    pub design: Design,
    /// In the order of the plan's sites.
    pub parts: Vec<Part>,
}

impl Round<'_> {
    /// Returns the parts of which `pick` finds something, each with it.
    pub fn with<'b, T: ?Sized>(&'b self, pick: impl Fn(&'b Summary) -> Option<&'b T>) -> Vec<(&'b Part, &'b T)> {
        let parts = self.parts.iter();
        parts.filter_map(|part| Some((part, pick(&part.sums)?))).collect()
    }

    /// The group of the design that each group of a part belongs to.
    pub fn group_of(&self, part: &Part) -> Vec<usize> {
        let by = self.plan.design.groups.as_ref();
        by.map_or_else(
            || vec![0],
            |by| between(&part.sums.merged, &self.merged, &by.field, &by.levels),
        )
    }

    /// Names of the sites in a part: all of the plan where sums are masked.
    pub fn sites(&self, parts: &[&Part]) -> Vec<String> {
        match self.plan.design.sharing {
            Sharing::Masked if !parts.is_empty() => self.plan.design.sites.clone(),
            _ => parts.iter().map(|part| part.site.clone()).collect(),
        }
    }
}

/// Combines the summaries of a plan's round; each file is its name and its text. The order of the files changes nothing.
///
/// # Errors
/// A [`Fault`] with the file and the field: one bad file stops the whole round.
pub fn combine(plan: &Plan, files: &[(&str, &str)]) -> Result<Combined, Fault> {
    let given = read_all(plan, files)?;
    let sites = &plan.design.sites;
    let missing: Vec<String> = sites
        .iter()
        .filter(|site| !given.iter().any(|part| part.site == **site))
        .cloned()
        .collect();
    let inputs = given.iter().map(|part| Input {
        site: part.site.clone(),
        round: plan.round,
        sha256: part.sums.sha256.clone(),
    });
    let earlier = plan
        .totals
        .as_ref()
        .map(|totals| totals.inputs.clone())
        .unwrap_or_default();
    let inputs: Vec<Input> = earlier.into_iter().chain(inputs).collect();
    let parts = match plan.design.sharing {
        Sharing::PerSite => given.clone(),
        Sharing::Masked => vec![unmasked(plan, &given, &missing)?],
    };
    let merged = together(parts.iter().map(|part| &part.sums.merged));
    let round = Round {
        plan,
        design: plan.design.merged(&merged),
        merged,
        parts,
    };
    let first = match &plan.totals {
        None => first_round(&round),
        Some(totals) => again(totals),
    };
    let cox = plan.design.asks(Analysis::Cox).then(|| pooled_cox(&round));
    let mut outcome = Outcome {
        rounds: plan.round,
        sites: uses(&round, &given, &inputs),
        inputs: inputs.clone(),
        ..first.clone()
    };
    let mut next = None;
    if let Some(model) = cox {
        next = next_plan(&round, &model, &first, &inputs)?;
        fill(&mut outcome, model);
    }
    if !missing.is_empty() && !outcome.because_not_exact.iter().any(|why| why == "sites") {
        outcome.because_not_exact.push("sites".to_owned());
    }
    two_stage::compare(&mut outcome);
    outcome.exact = outcome.because_not_exact.is_empty();
    outcome.sha256 = document_hash(&serde_json::to_value(&outcome).unwrap_or_default());
    Ok(Combined { outcome, next, missing })
}

/// Reads all files; the same file twice counts once.
fn read_all(plan: &Plan, files: &[(&str, &str)]) -> Result<Vec<Part>, Fault> {
    if files.is_empty() {
        return Err(Fault::new("input", "file", Why::NoFile));
    }
    let mut given: Vec<Part> = Vec::new();
    // By name, so that the first fault is the same in any order.
    let mut files = files.to_vec();
    files.sort_unstable();
    for (file, text) in files {
        let sums = Summary::read(plan, file, text)?;
        match given.iter().find(|part| part.site == sums.site) {
            Some(other) if other.sums.sha256 == sums.sha256 => {}
            Some(_) => return Err(Fault::new(file, "site", Why::Twice(sums.site))),
            None => given.push(Part {
                site: sums.site.clone(),
                sums,
            }),
        }
    }
    given.sort_by_key(|part| plan.design.sites.iter().position(|site| *site == part.site));
    Ok(given)
}

/// Adds masked numbers up.
fn unmasked(plan: &Plan, given: &[Part], missing: &[String]) -> Result<Part, Fault> {
    if let Some(site) = missing.first() {
        return Err(Fault::new("input", "site", Why::Missing(site.clone())));
    }
    let lists: Vec<Vec<String>> = given.iter().filter_map(|part| part.sums.masked.clone()).collect();
    let noise = |field: &str| {
        let why = "the masks do not cancel: a site used another plan or another key".to_owned();
        Fault::new("total", field, Why::Counts(why))
    };
    let found = totals(&lists).map_err(|fault| Fault::new("total", "masked", Why::Counts(fault.to_string())))?;
    let sums = of_totals(plan, &found).ok_or_else(|| noise("masked"))?;
    // Counts are whole to 2^-32.
    let is_whole = |value: f64| (value - value.round()).abs() <= WHOLE && value > -0.5;
    let exact = leaves(&sums).into_iter().zip(&found);
    if exact
        .filter(|(leaf, _)| leaf.is_count)
        .any(|(_, &value)| !is_whole(value))
    {
        return Err(noise("masked"));
    }
    super::check::summary("total", plan, &sums)?;
    Ok(Part {
        site: ALL_SITES.to_owned(),
        sums,
    })
}

/// A count of masked numbers is this near to a whole number.
const WHOLE: f64 = 1.0 / 4_294_967_296.0;

/// What is final after round 1.
fn first_round(round: &Round<'_>) -> Outcome {
    let plan = round.plan;
    let mut outcome = Outcome {
        kind: KIND_RESULT.to_owned(),
        version: VERSION,
        rounds: plan.round,
        converged: true,
        sharing: plan.design.sharing,
        exact: true,
        because_not_exact: Vec::new(),
        merged: round.merged.clone(),
        sites: Vec::new(),
        cox: None,
        heterogeneity: None,
        site_estimates: None,
        two_stage: two_stage::pooled(round),
        logrank: tests_of_groups::log_rank(round),
        km: counts::curves(round),
        cif: None,
        table1: tables::table1(round),
        protocols: tables::protocols(round),
        reclassified: tables::reclassified(round),
        inputs: Vec::new(),
        design_sha256: plan.design_sha256.clone(),
        sha256: String::new(),
    };
    let gray = tests_of_groups::gray(round);
    let gray_grid = counts::gray(round);
    let groups = counts::incidences(round);
    if gray.is_some() || gray_grid.is_some() || groups.is_some() {
        outcome.cif = Some(Incidences {
            groups: groups.unwrap_or_default(),
            gray,
            gray_grid,
        });
    }
    let grid = outcome.logrank.as_ref().and_then(|test| test.grid.as_ref());
    let curves = outcome.km.iter().flat_map(|km| &km.groups).flat_map(|group| &group.at);
    if curves.clone().any(|at| !at.exact) || grid.is_some_and(|grid| !grid.exact) {
        outcome.because_not_exact.push("grid".to_owned());
    }
    // Tests of a site with few patients come from rounded sums.
    let is_rounded = |part: &Part| {
        let has_test = part.sums.logrank.is_some() || part.sums.gray.is_some();
        has_test && part.sums.n.is_some_and(|n| n < FULL_PRECISION_FROM)
    };
    let is_any_rounded = match plan.design.sharing {
        Sharing::PerSite => round.parts.iter().any(is_rounded),
        // Sites round what they mask by the total that the plan expects.
        Sharing::Masked => {
            let asks_test = plan.design.asks(Analysis::Logrank) || plan.design.asks(Analysis::Gray);
            asks_test && plan.design.expected_n < FULL_PRECISION_FROM
        }
    };
    if is_any_rounded {
        outcome.because_not_exact.push("precision_bits".to_owned());
    }
    outcome
}

/// The result of round 1 from the totals of a later plan.
fn again(totals: &Totals) -> Outcome {
    let mut outcome = (*totals.first).clone();
    let mut groups: Vec<CumulativeGroup> = Vec::new();
    for each in totals.incidence.iter().flatten() {
        match groups.iter_mut().find(|group| group.group == each.group) {
            Some(group) => group.causes.push(each.cause.clone()),
            None => groups.push(CumulativeGroup {
                group: each.group.clone(),
                n: each.n,
                causes: vec![each.cause.clone()],
            }),
        }
    }
    if totals.incidence.is_some() || totals.gray.is_some() || totals.gray_grid.is_some() {
        outcome.cif = Some(Incidences {
            groups,
            gray: totals.gray.clone(),
            gray_grid: totals.gray_grid.clone(),
        });
    }
    outcome
}

fn fill(outcome: &mut Outcome, model: Model) {
    outcome.converged = model.converged;
    for why in model.because_not_exact {
        if !outcome.because_not_exact.iter().any(|known| known == why) {
            outcome.because_not_exact.push(why.to_owned());
        }
    }
    outcome.cox = Some(model.result);
    outcome.heterogeneity = model.heterogeneity;
    outcome.site_estimates = model.site_estimates;
}

/// What each site of the plan gave.
fn uses(round: &Round<'_>, given: &[Part], inputs: &[Input]) -> Vec<SiteUse> {
    let is_shown = round.plan.design.publish_sites && round.plan.design.sharing == Sharing::PerSite;
    let one = |site: &String| {
        let part = given.iter().find(|part| part.site == *site);
        let rounds = inputs
            .iter()
            .filter(|input| input.site == *site)
            .map(|input| input.round);
        let withheld = part.map(|part| part.sums.withheld.as_slice()).unwrap_or_default();
        SiteUse {
            site: site.clone(),
            n: part.and_then(|part| part.sums.n).filter(|_| is_shown),
            events: part.and_then(|part| part.sums.events).filter(|_| is_shown),
            rounds: rounds.collect(),
            used: part.is_some(),
            because: part.is_none().then(|| "missing".to_owned()),
            withheld: withheld
                .iter()
                .map(|each| format!("{}: {}", each.what, each.because))
                .collect(),
        }
    };
    round.plan.design.sites.iter().map(one).collect()
}

/// The plan of the next round, at the step's coefficients.
fn next_plan(round: &Round<'_>, model: &Model, first: &Outcome, inputs: &[Input]) -> Result<Option<Plan>, Fault> {
    let plan = round.plan;
    let most = plan.design.cox.as_ref().map_or(0, |cox| cox.rounds_max);
    let Some(beta) = model.next.clone().filter(|_| plan.round < most) else {
        return Ok(None);
    };
    let earlier = plan
        .totals
        .as_ref()
        .map(|totals| totals.rounds.clone())
        .unwrap_or_default();
    let total =
        |pick: fn(&Summary) -> Option<u64>| round.parts.iter().map(|part| pick(&part.sums)).sum::<Option<u64>>();
    let cif = first.cif.as_ref();
    let flat = |groups: &[CumulativeGroup]| {
        let causes = |group: &CumulativeGroup| {
            let (name, n) = (group.group.clone(), group.n);
            let one = move |cause: &super::result::CumulativeCause| Incidence {
                group: name.clone(),
                n,
                cause: cause.clone(),
            };
            group.causes.iter().map(one).collect::<Vec<_>>()
        };
        groups.iter().flat_map(causes).collect::<Vec<_>>()
    };
    let totals = Totals {
        n: total(|sums| sums.n),
        events: total(|sums| sums.events),
        rounds: earlier.into_iter().chain(model.round.clone()).collect(),
        inputs: inputs.to_vec(),
        first: Box::new(Outcome {
            cif: None,
            ..first.clone()
        }),
        incidence: cif.map(|cif| flat(&cif.groups)),
        gray: cif.and_then(|cif| cif.gray.clone()),
        gray_grid: cif.and_then(|cif| cif.gray_grid.clone()),
    };
    let next = Plan {
        round: plan.round + 1,
        beta,
        totals: Some(Box::new(totals)),
        previous_plan_sha256: Some(plan.sha256.clone()),
        ..plan.clone()
    };
    next.finished().map(Some)
}
