//! Centres of the synthetic registry as sites, and plans for them.

use cotside_core::cohort::{Mapping, Sheet, Study};
use cotside_core::federated::log::Log;
use cotside_core::federated::{
    Analysis, Choices, Covariate, CoxPlan, Design, EndpointPlan, Fault, GroupBy, Limits, Plan, Scaled, Selection,
    Sharing, SiteFile, SiteInput, TiesPlan, site_file,
};

const REGISTRY: &str = include_str!("../../../../www/samples/synthetic-registry.csv");
const CENTRE: usize = 12;

/// A site with its file of patients.
pub struct Site {
    name: String,
    lines: Vec<String>,
    pub study: Study,
}

impl Site {
    /// A centre of the registry, or all of it as one site.
    pub fn of(centre: Option<&str>) -> Self {
        let mut lines = REGISTRY.lines();
        let header = lines.next().unwrap();
        assert_eq!(header.split(',').nth(CENTRE), Some("centre"));
        let own = lines.filter(|line| centre.is_none_or(|centre| line.split(',').nth(CENTRE) == Some(centre)));
        let lines = std::iter::once(header).chain(own).map(str::to_owned).collect();
        Self::of_lines(centre.unwrap_or("B"), lines)
    }

    /// A site with a file of these lines.
    pub fn of_lines(name: &str, lines: Vec<String>) -> Self {
        let import = Sheet::read_lenient(lines.join("\n").as_bytes()).unwrap();
        let profiles = import.profiles();
        let (mapping, _) = Mapping::guess(&import, &profiles);
        let cohort = mapping.read(&import);
        Self {
            name: name.to_owned(),
            study: Study::of("registry", &import, &profiles, &mapping, &cohort),
            lines,
        }
    }

    /// The same without the patient at a position of its study.
    pub fn without(&self, patient: usize) -> Self {
        let mut lines = self.lines.clone();
        lines.remove(1 + self.study.row[patient]);
        Self::of_lines(&self.name, lines)
    }

    /// Its file with a new log.
    pub fn file(&self, plan: &Plan) -> Result<SiteFile, Fault> {
        self.file_after(plan, &Log::new(&self.name, [3; 32]))
    }

    /// Its file after those of a log.
    pub fn file_after(&self, plan: &Plan, log: &Log) -> Result<SiteFile, Fault> {
        let input = SiteInput {
            site: &self.name,
            study: &self.study,
            limits: None,
            choices: &Choices::default(),
            log,
            keys: None,
        };
        site_file(plan, &input)
    }
}

fn wbc(form: fn(Scaled) -> Covariate, scaled: [f64; 4]) -> Covariate {
    let [lo, hi, centre, scale] = scaled;
    form(Scaled {
        name: "wbc".to_owned(),
        unit: None,
        lo,
        hi,
        centre,
        scale,
    })
}

/// The plan of the brief's example: three columns, groups by KMT2A, a grid of eleven cells.
pub fn design() -> Design {
    let texts = |all: &[&str]| all.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    let age = |at_least, below| Selection {
        field: "age_days".to_owned(),
        at_least,
        below,
        is: None,
    };
    Design {
        study: "attacked".to_owned(),
        sharing: Sharing::PerSite,
        sites: texts(&["A", "B", "C", "D"]),
        catalogue: String::new(),
        origin: "diagnosis".to_owned(),
        time_unit: "day".to_owned(),
        endpoint: EndpointPlan {
            id: "efs".to_owned(),
            causes: texts(&["induction_failure", "relapse", "death", "second_malignancy"]),
            horizon: None,
        },
        selection: vec![age(Some(0.0), Some(366.0))],
        groups: Some(GroupBy {
            field: "kmt2a".to_owned(),
            levels: texts(&["germline", "rearranged"]),
        }),
        strata: Vec::new(),
        merges: Default::default(),
        covariates: vec![
            wbc(Covariate::Log10, [0.5, 3.5, 2.0, 1.0]),
            Covariate::Below {
                name: "age_days".to_owned(),
                cut: 183.0,
                unit: None,
            },
            Covariate::Level {
                name: "kmt2a".to_owned(),
                reference: "germline".to_owned(),
                levels: texts(&["rearranged"]),
            },
        ],
        ties: TiesPlan::Efron,
        entry: None,
        weights: None,
        offset: None,
        grid: [91, 183, 274, 365, 548, 731, 1096, 1461, 1826, 2557, 3652]
            .map(f64::from)
            .to_vec(),
        table1: [
            (
                "wbc".to_owned(),
                [0, 10, 20, 50, 100, 200, 300, 500, 2000].map(f64::from).to_vec(),
            ),
            ("age_days".to_owned(), [0, 30, 90, 183, 366].map(f64::from).to_vec()),
        ]
        .into(),
        protocols: Vec::new(),
        analyses: vec![
            Analysis::Table1,
            Analysis::Logrank,
            Analysis::Gray,
            Analysis::Km,
            Analysis::Cif,
            Analysis::Cox,
        ],
        cox: Some(CoxPlan {
            stratified: true,
            start: vec![0.0; 3],
            rounds_max: 4,
            stop: 0.001,
        }),
        limits: Limits::default(),
        expected_n: 120,
        expected_events: 75,
        publish_sites: true,
    }
}

/// That plan under another name.
pub fn per_site(study: &str) -> Plan {
    Plan::first(Design {
        study: study.to_owned(),
        ..design()
    })
    .unwrap()
}

/// Logarithm of the count, alone.
pub fn log10_wbc(study: &str) -> Plan {
    alone(study, wbc(Covariate::Log10, [0.5, 3.5, 2.0, 1.0]))
}

/// The count itself, alone.
pub fn raw_wbc(study: &str) -> Plan {
    alone(study, wbc(Covariate::Identity, [0.0, 3000.0, 0.0, 1.0]))
}

fn alone(study: &str, covariate: Covariate) -> Plan {
    let mut design = design();
    design.study = study.to_owned();
    design.covariates = vec![covariate];
    design.cox.as_mut().unwrap().start = vec![0.0];
    Plan::first(design).unwrap()
}
