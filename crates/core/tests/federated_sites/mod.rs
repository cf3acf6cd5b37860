//! Reference data split into sites, and a whole pooled analysis over files for tests.
#![allow(dead_code)] // Not every test needs all of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use cotside_core::cohort::{Cell, Course, Endpoint, EventKind, Expected, Sheet, Study, Values, Variable};
use cotside_core::federated::log::Log;
use cotside_core::federated::mask::{MaskKey, MaskUse, masked};
use cotside_core::federated::{
    Analysis, Choices, Combined, Covariate, CoxPlan, Design, EndpointPlan, GroupBy, Limits, Outcome, Plan, Rows,
    Scaled, Sharing, SiteInput, Summary, TiesPlan, combine, leaves, plain_summary, site_file,
};
use serde_json::Value;

const DIRECTORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/reference/federated/");

pub fn expected() -> &'static Value {
    static ALL: OnceLock<Value> = OnceLock::new();
    ALL.get_or_init(|| serde_json::from_slice(&std::fs::read(format!("{DIRECTORY}cases.json")).unwrap()).unwrap())
}

/// A data set split by one of its columns.
pub struct Sites {
    pub names: Vec<String>,
    pub studies: Vec<Study>,
    pub levels: Vec<String>,
    /// Lowest and highest value of each covariate.
    pub ranges: Vec<(String, f64, f64)>,
    pub causes: usize,
    times: Vec<f64>,
}

/// Kinds of events by the number of the cause in the data.
const KINDS: [EventKind; 5] = [
    EventKind::None,
    EventKind::Relapse,
    EventKind::Death,
    EventKind::SecondMalignancy,
    EventKind::InductionFailure,
];

impl Sites {
    pub fn read(data: &str, split: &str) -> Self {
        let sheet = Sheet::read(&std::fs::read(format!("{DIRECTORY}{data}.csv")).unwrap()).unwrap();
        let texts = |name: &str| -> Vec<String> {
            sheet
                .texts(name)
                .unwrap()
                .into_iter()
                .map(|text| text.unwrap().to_owned())
                .collect()
        };
        let numbers = |name: &str| -> Vec<f64> {
            sheet
                .numbers(name, Expected::Number)
                .unwrap()
                .into_iter()
                .map(Option::unwrap)
                .collect()
        };
        let (site, time, group) = (texts(split), numbers("time"), texts("group"));
        let cause: Vec<usize> = numbers("cause").into_iter().map(|cause| cause as usize).collect();
        let covariates: Vec<String> = (1..=9)
            .map(|j| format!("x{j}"))
            .filter(|name| sheet.texts(name).is_ok())
            .collect();
        let columns: Vec<(String, Vec<f64>)> = covariates
            .iter()
            .cloned()
            .chain(["entry".to_owned(), "weight".to_owned(), "offset".to_owned()])
            .map(|name| (name.clone(), numbers(&name)))
            .collect();
        let names: BTreeSet<String> = site.iter().cloned().collect();
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort_by_key(|name| (name.len(), name.clone()));
        let levels: BTreeSet<String> = group.iter().cloned().collect();
        let levels: Vec<String> = levels.into_iter().collect();
        let study = |name: &String| {
            let rows: Vec<usize> = (0..site.len()).filter(|&row| site[row] == *name).collect();
            let course = |&row: &usize| {
                let mut course = Course::default();
                course.set_time(Endpoint::AsInFile, Cell::Value(time[row]));
                course.set_event(Endpoint::AsInFile, Cell::Value(KINDS[cause[row]]));
                course
            };
            let mut variables: Vec<Variable> = columns
                .iter()
                .map(|(name, values)| Variable {
                    id: format!("column:{name}"),
                    name: name.clone(),
                    values: Values::Numbers(rows.iter().map(|&row| Some(values[row])).collect()),
                })
                .collect();
            let code = |row: &usize| {
                levels
                    .iter()
                    .position(|level| *level == group[*row])
                    .map(|code| code as u32)
            };
            variables.push(Variable {
                id: "column:group".to_owned(),
                name: "group".to_owned(),
                values: Values::Levels {
                    names: levels.clone(),
                    codes: rows.iter().map(code).collect(),
                },
            });
            Study {
                name: format!("{name}.csv"),
                rows: rows.len(),
                course: rows.iter().map(course).collect(),
                row: rows,
                variables,
                ..Study::default()
            }
        };
        let range = |(name, values): &(String, Vec<f64>)| {
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            (
                name.clone(),
                low,
                values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            )
        };
        Self {
            studies: names.iter().map(study).collect(),
            ranges: columns[..covariates.len()].iter().map(range).collect(),
            causes: cause.iter().copied().max().unwrap(),
            names,
            levels,
            times: time,
        }
    }

    /// Two sites of rows of time, cause and group, taken in turn.
    pub fn of_rows(rows: impl Iterator<Item = (f64, usize, usize)>) -> Self {
        let rows: Vec<(f64, usize, usize)> = rows.collect();
        let levels = ["a".to_owned(), "b".to_owned()];
        let study = |site: usize| {
            let own: Vec<&(f64, usize, usize)> = rows.iter().skip(site).step_by(2).collect();
            let course = |row: &&(f64, usize, usize)| {
                let mut course = Course::default();
                course.set_time(Endpoint::AsInFile, Cell::Value(row.0));
                course.set_event(Endpoint::AsInFile, Cell::Value(KINDS[row.1]));
                course
            };
            Study {
                name: "random".to_owned(),
                rows: own.len(),
                row: (0..own.len()).collect(),
                course: own.iter().map(course).collect(),
                variables: vec![Variable {
                    id: "column:group".to_owned(),
                    name: "group".to_owned(),
                    values: Values::Levels {
                        names: levels.to_vec(),
                        codes: own.iter().map(|row| Some(row.2 as u32)).collect(),
                    },
                }],
                ..Study::default()
            }
        };
        Self {
            names: vec!["A".to_owned(), "B".to_owned()],
            studies: vec![study(0), study(1)],
            levels: levels.to_vec(),
            ranges: Vec::new(),
            causes: 2,
            times: rows.iter().map(|row| row.0).collect(),
        }
    }

    pub fn last_time(&self) -> f64 {
        self.times.iter().copied().fold(0.0, f64::max)
    }

    pub fn n(&self) -> usize {
        self.times.len()
    }
}

/// A design without analyses.
pub fn base(sites: &Sites) -> Design {
    Design {
        study: "test".to_owned(),
        sharing: Sharing::PerSite,
        sites: sites.names.clone(),
        catalogue: String::new(),
        origin: "diagnosis".to_owned(),
        time_unit: "day".to_owned(),
        endpoint: EndpointPlan {
            id: "as_in_file".to_owned(),
            causes: KINDS[1..=sites.causes]
                .iter()
                .map(|kind| kind.code().to_owned())
                .collect(),
            horizon: None,
        },
        selection: Vec::new(),
        groups: Some(GroupBy {
            field: "group".to_owned(),
            levels: sites.levels.clone(),
        }),
        strata: Vec::new(),
        merges: BTreeMap::new(),
        covariates: Vec::new(),
        ties: TiesPlan::Efron,
        entry: None,
        weights: None,
        offset: None,
        grid: Vec::new(),
        table1: BTreeMap::new(),
        protocols: Vec::new(),
        analyses: Vec::new(),
        cox: None,
        limits: Limits::default(),
        expected_n: 1000,
        expected_events: 500,
        publish_sites: true,
    }
}

/// Adds Cox's model of all covariates.
pub fn cox_plan(design: &mut Design, sites: &Sites) {
    let covariate = |(name, lo, hi): &(String, f64, f64)| {
        Covariate::Identity(Scaled {
            name: name.clone(),
            unit: None,
            lo: *lo,
            hi: *hi,
            centre: 0.0,
            scale: 1.0,
        })
    };
    design.covariates = sites.ranges.iter().map(covariate).collect();
    design.analyses.push(Analysis::Cox);
    design.groups = None;
    design.cox = Some(CoxPlan {
        stratified: true,
        start: vec![0.0; sites.ranges.len()],
        rounds_max: 4,
        stop: 1e-3,
    });
}

fn key(site: usize) -> MaskKey {
    MaskKey::new([site as u8 + 1; 32])
}

/// The files of all sites, without limits of disclosure.
pub fn files(plan: &Plan, sites: &Sites) -> Vec<(String, String)> {
    let count = sites.names.len();
    let file = |(at, (name, study)): (usize, (&String, &Study))| {
        let rows = Rows::of(&plan.design, study).unwrap();
        let summary = plain_summary(plan, name, &rows).unwrap();
        let summary = match plan.design.sharing {
            Sharing::PerSite => summary,
            Sharing::Masked => with_masks(plan, &summary, &key(at), &key((at + count - 1) % count)),
        };
        (summary.file_name(plan), summary.text())
    };
    sites.names.iter().zip(&sites.studies).enumerate().map(file).collect()
}

fn with_masks(plan: &Plan, summary: &Summary, own: &MaskKey, received: &MaskKey) -> Summary {
    let values: Vec<f64> = leaves(summary).iter().map(|leaf| leaf.value).collect();
    let of = MaskUse::new(&plan.sha256, plan.round, plan.attempt).unwrap();
    summary.under_masks(masked(&values, own, received, &of).unwrap())
}

pub fn round(plan: &Plan, sites: &Sites) -> Combined {
    let files = files(plan, sites);
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    combine(plan, &files).unwrap()
}

/// The files of the sites that the limits leave.
pub fn limited_files(plan: &Plan, sites: &Sites) -> Vec<(String, String)> {
    let file = |(name, study): (&String, &Study)| {
        let input = SiteInput {
            site: name,
            study,
            limits: None,
            choices: &Choices::default(),
            log: &Log::new(name, [7; 32]),
            keys: None,
        };
        let made = site_file(plan, &input).ok()?;
        Some((made.name, made.text))
    };
    sites.names.iter().zip(&sites.studies).filter_map(file).collect()
}

/// All rounds of a design, without limits.
pub fn run(design: Design, sites: &Sites) -> Vec<Combined> {
    run_by(design, sites, files)
}

/// All rounds of a design, with these files.
pub fn run_by(design: Design, sites: &Sites, files: fn(&Plan, &Sites) -> Vec<(String, String)>) -> Vec<Combined> {
    let mut plan = Plan::first(design).unwrap();
    let mut rounds = Vec::new();
    loop {
        let given = files(&plan, sites);
        let given: Vec<(&str, &str)> = given
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let found = combine(&plan, &given).unwrap();
        let next = found.next.clone();
        rounds.push(found);
        match next {
            Some(next) => plan = next,
            None => return rounds,
        }
    }
}

/// The result of the first round.
pub fn combined(design: Design, sites: &Sites) -> Outcome {
    round(&Plan::first(design).unwrap(), sites).outcome
}
