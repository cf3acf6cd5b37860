//! Pooled analyses by files: what the page asks for, and what it is told beside its parts.

use cotside_core::cohort::Endpoint;
use cotside_core::federated::{
    Analysis, Covariate, Design, GroupBy, Limits, Merges, STANDARD_CELLS, Sharing, causes_of,
};
use serde::{Deserialize, Serialize};

/// What the page of pooled analyses asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", content = "of", rename_all = "snake_case")]
pub enum CombineRequest {
    /// The form of a plan, as it is filled in.
    Plan(Box<PlanForm>),
    /// Which site of the plan the file of patients is of.
    Site(String),
    /// Begins a new log; its salt as 64 random hexadecimal digits.
    NewLog(String),
    /// Makes the key that the site passes on; 64 random hexadecimal digits.
    NewKey(String),
    /// What the site gives less.
    Less(CombineLess),
    /// The log was saved: those that were opened before are out of date.
    LogSaved,
    /// The sums are not saved.
    Decline,
    /// Takes an opened file away, by its name.
    TakeAway(String),
    /// How sums are shared in the teaching example.
    ExampleSharing(Sharing),
}

impl CombineRequest {
    /// Whether a worker that takes the place of another one is told it again. A log that was begun is not: what left since
    /// would be missing in it.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        !matches!(self, Self::NewLog(_) | Self::Decline)
    }

    /// Whether a later request takes the place of this one.
    #[must_use]
    pub fn replaces(&self, earlier: &Self) -> bool {
        match (self, earlier) {
            (Self::TakeAway(name), Self::TakeAway(other)) => name == other,
            _ => std::mem::discriminant(self) == std::mem::discriminant(earlier),
        }
    }
}

/// What the page is told beside its parts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CombineView {
    /// The files that are open, in the order of their kinds and names.
    pub files: Vec<CombineFile>,
    /// The plan that is used.
    pub plan: Option<CombinePlan>,
    /// The site that was chosen; empty for none.
    pub site: String,
    /// What the site gives less.
    pub less: CombineLess,
    /// Whether a log was opened or begun.
    pub has_log: bool,
    /// Whether the own key was opened or made.
    pub has_own_key: bool,
    /// Whether the key of the site before was opened.
    pub has_received_key: bool,
    /// Whether there is a file of patients.
    pub has_patients: bool,
    /// Whether there are sums that may be saved.
    pub may_save: bool,
    /// Whether sums of hospitals are open.
    pub has_sums: bool,
    /// Whether the teaching example is open.
    pub has_example: bool,
    /// The form of the plan, where an opened plan filled it in.
    pub form: Option<Box<PlanForm>>,
    /// Hash of the plan that filled it in; empty for none.
    pub filled: String,
}

/// What a site gives less than the plan asks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CombineLess {
    /// Codes of the analyses that it leaves out.
    pub without: Vec<String>,
    /// Levels that it takes together, by field: each list one of the plan's.
    pub merges: Merges,
    /// Its follow-up ends here, in the plan's unit of time.
    pub end_follow_up: Option<f64>,
}

/// A file that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CombineFile {
    /// Its name.
    pub name: String,
    /// What it is and whether it is used, in words.
    pub text: String,
    /// Whether it is refused.
    pub refused: bool,
}

/// The plan that is used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CombinePlan {
    /// Name of the study.
    pub study: String,
    /// The round.
    pub round: u32,
    /// How sums are shared.
    pub sharing: Sharing,
    /// Names of the sites.
    pub sites: Vec<String>,
    /// Codes of the analyses.
    pub analyses: Vec<String>,
    /// Levels that a site may take together, by field.
    pub merges: Merges,
    /// Ends of the intervals of time, in its unit.
    pub ends: Vec<f64>,
    /// The unit of time.
    pub time_unit: String,
}

/// The form of a plan: texts as they are typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanForm {
    /// Name of the study.
    pub study: String,
    /// `masked` or `per_site`.
    pub sharing: String,
    /// Names of the sites, separated by commas.
    pub sites: String,
    /// Code of the origin of time.
    pub origin: String,
    /// Code of the endpoint.
    pub endpoint: String,
    /// Codes of its events, separated by commas; each is a cause.
    pub causes: String,
    /// Later follow-up is cut off here, in days; may be empty.
    pub horizon: String,
    /// Age at diagnosis below which patients are taken, in days; may be empty.
    pub age_below: String,
    /// The variable of the groups; empty for none.
    pub groups: String,
    /// Its levels, separated by commas.
    pub group_levels: String,
    /// A variable of strata besides the site; empty for none.
    pub strata: String,
    /// Its levels.
    pub strata_levels: String,
    /// Levels that a site may take together, one list a line: a name, a colon and levels separated by commas.
    pub merges: String,
    /// Covariates of Cox's model.
    pub covariates: Vec<CovariateForm>,
    /// Ends of the intervals of time in days, separated by commas.
    pub grid: String,
    /// Variables of Table 1, one a line: a name, a colon and cut points for a number; a name alone for levels.
    pub table1: String,
    /// Codes of protocols, separated by commas.
    pub protocols: String,
    /// Codes of the analyses.
    pub analyses: Vec<String>,
    /// The smallest count that may leave.
    pub smallest_cell: String,
    /// Fewest patients of a site.
    pub smallest_n: String,
    /// Fewest events of a site.
    pub smallest_events: String,
    /// Patients expected at all sites.
    pub expected_n: String,
    /// Events expected at all sites.
    pub expected_events: String,
    /// Whether numbers of single sites may be in the result.
    pub publish_sites: bool,
}

/// A covariate of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CovariateForm {
    /// The variable.
    pub name: String,
    /// `log10`, `identity`, `below` or `level`.
    pub form: String,
    /// Unit; may be empty.
    pub unit: String,
    /// Lowest value after the function.
    pub lo: String,
    /// Highest value after the function.
    pub hi: String,
    /// Subtracted.
    pub centre: String,
    /// Divided by.
    pub scale: String,
    /// The cut of `below`.
    pub cut: String,
    /// The reference level of `level`.
    pub reference: String,
    /// Its other levels, separated by commas.
    pub levels: String,
}

/// Forms of a covariate, by their codes in a plan.
pub const COVARIATE_FORMS: [&str; 4] = ["log10", "identity", "below", "level"];

/// Analyses of a plan, in the order of the page.
pub const ANALYSES: [Analysis; 8] = [
    Analysis::Table1,
    Analysis::Km,
    Analysis::Cif,
    Analysis::Rmst,
    Analysis::Logrank,
    Analysis::Gray,
    Analysis::Cox,
    Analysis::TwoStage,
];

/// The analyses of a design, in the order of the page.
pub fn analyses_of(design: &Design) -> impl Iterator<Item = Analysis> {
    ANALYSES.into_iter().filter(|analysis| design.asks(*analysis))
}

/// Codes of analyses, in the order of the page.
fn codes(analyses: impl Iterator<Item = Analysis>) -> Vec<String> {
    analyses.map(|analysis| analysis.code().to_owned()).collect()
}

/// The events of an endpoint, as the form proposes them; none for an unknown one.
#[must_use]
pub fn events_of(endpoint: &str) -> String {
    let endpoint = Endpoint::from_code(endpoint);
    endpoint.map(causes_of).unwrap_or_default().join(", ")
}

impl CovariateForm {
    /// The usual form of a variable of the data dictionary; a number as it is for another one.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let form = |form: &str, unit: &str| Self {
            name: name.to_owned(),
            form: form.to_owned(),
            unit: unit.to_owned(),
            centre: "0".to_owned(),
            scale: "1".to_owned(),
            ..Self::default()
        };
        match name {
            "wbc" => Self {
                lo: "0.5".to_owned(),
                hi: "3.5".to_owned(),
                centre: "2".to_owned(),
                ..form("log10", "1e9/L")
            },
            "age_days" => Self {
                cut: "183".to_owned(),
                ..form("below", "day")
            },
            "kmt2a" => Self {
                reference: "germline".to_owned(),
                levels: "rearranged".to_owned(),
                ..form("level", "")
            },
            "sex" => Self {
                reference: "female".to_owned(),
                levels: "male".to_owned(),
                ..form("level", "")
            },
            _ => form("identity", ""),
        }
    }

    fn from_plan(covariate: &Covariate) -> Self {
        let scaled = |form: &str, scaled: &cotside_core::federated::Scaled| Self {
            name: scaled.name.clone(),
            form: form.to_owned(),
            unit: scaled.unit.clone().unwrap_or_default(),
            lo: number(scaled.lo),
            hi: number(scaled.hi),
            centre: number(scaled.centre),
            scale: number(scaled.scale),
            ..Self::default()
        };
        match covariate {
            Covariate::Identity(each) => scaled("identity", each),
            Covariate::Log10(each) => scaled("log10", each),
            Covariate::Below { name, cut, unit } => Self {
                name: name.clone(),
                form: "below".to_owned(),
                unit: unit.clone().unwrap_or_default(),
                cut: number(*cut),
                ..Self::default()
            },
            Covariate::Level {
                name,
                reference,
                levels,
            } => Self {
                name: name.clone(),
                form: "level".to_owned(),
                reference: reference.clone(),
                levels: levels.join(", "),
                ..Self::default()
            },
        }
    }
}

fn number(value: f64) -> String {
    cotside_core::shortest(value)
}

fn list(numbers: &[f64]) -> String {
    let numbers: Vec<String> = numbers.iter().copied().map(number).collect();
    numbers.join(", ")
}

impl Default for PlanForm {
    fn default() -> Self {
        let text = |text: &str| text.to_owned();
        Self {
            study: text("infant-all"),
            sharing: text(Sharing::Masked.code()),
            sites: text("A, B, C"),
            origin: text("diagnosis"),
            endpoint: text("efs"),
            causes: events_of("efs"),
            horizon: String::new(),
            age_below: text("366"),
            groups: text("kmt2a"),
            group_levels: text("germline, rearranged"),
            strata: String::new(),
            strata_levels: String::new(),
            merges: String::new(),
            covariates: ["wbc", "age_days", "kmt2a"].map(CovariateForm::of).to_vec(),
            grid: list(&STANDARD_CELLS),
            table1: text("wbc: 0, 10, 20, 50, 100, 200, 300, 500, 2000\nage_days: 0, 30, 90, 183, 366"),
            protocols: String::new(),
            analyses: codes(ANALYSES.into_iter().filter(|analysis| *analysis != Analysis::TwoStage)),
            smallest_cell: Limits::STANDARD.smallest_cell.to_string(),
            smallest_n: Limits::STANDARD.smallest_n.to_string(),
            smallest_events: Limits::STANDARD.smallest_events.to_string(),
            expected_n: String::new(),
            expected_events: String::new(),
            publish_sites: true,
        }
    }
}

impl PlanForm {
    /// The form of an opened plan; what the form has no field for is not in it.
    #[must_use]
    pub fn of(design: &Design) -> Self {
        let by = |by: Option<&GroupBy>| {
            by.map(|by| (by.field.clone(), by.levels.join(", ")))
                .unwrap_or_default()
        };
        let (groups, group_levels) = by(design.groups.as_ref());
        let (strata, strata_levels) = by(design.strata.first());
        let table1 = design.table1.iter().map(|(name, cuts)| {
            if cuts.is_empty() {
                name.clone()
            } else {
                format!("{name}: {}", list(cuts))
            }
        });
        let merges = design.merges.iter().flat_map(|(field, lists)| {
            let line = move |levels: &Vec<String>| format!("{field}: {}", levels.join(", "));
            lists.iter().map(line)
        });
        let age = design.selection.iter().find(|each| each.field == "age_days");
        Self {
            study: design.study.clone(),
            sharing: design.sharing.code().to_owned(),
            sites: design.sites.join(", "),
            origin: design.origin.clone(),
            endpoint: design.endpoint.id.clone(),
            causes: design.endpoint.causes.join(", "),
            horizon: design.endpoint.horizon.map(number).unwrap_or_default(),
            age_below: age.and_then(|each| each.below).map(number).unwrap_or_default(),
            groups,
            group_levels,
            strata,
            strata_levels,
            merges: merges.collect::<Vec<_>>().join("\n"),
            covariates: design.covariates.iter().map(CovariateForm::from_plan).collect(),
            grid: list(&design.grid),
            table1: table1.collect::<Vec<_>>().join("\n"),
            protocols: design.protocols.join(", "),
            analyses: codes(analyses_of(design)),
            smallest_cell: design.limits.smallest_cell.to_string(),
            smallest_n: design.limits.smallest_n.to_string(),
            smallest_events: design.limits.smallest_events.to_string(),
            expected_n: design.expected_n.to_string(),
            expected_events: design.expected_events.to_string(),
            publish_sites: design.publish_sites,
        }
    }
}
