//! The files of pooled analyses that are open: known by their kind, whatever their names and order.

use cotside_core::federated::{self, KIND_KEY, KIND_PLAN, KIND_SUMMARY, Key, Plan, Summary};
use cotside_messages::CombineFile;
use cotside_words::lang::combine_files as words;
use serde_json::Value;

/// The kind of a log's file.
const KIND_LOG: &str = "cotside-disclosure-log";
/// Every kind of these files begins so.
const KINDS: &str = "cotside-";

/// A file that is open.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What it is.
    pub kind: Kind,
}

/// What a file is.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A plan.
    Plan(Box<Plan>),
    /// The sums of a site, as their header says: which, of which plan, in which round.
    Summary {
        /// The site.
        site: String,
        /// Hash of the plan.
        plan_sha256: String,
        /// Hash of the design.
        design_sha256: String,
        /// The round.
        round: u64,
    },
    /// A key; of which plan is found out once there is one.
    Key,
    /// A log; its text is read with the site.
    Log,
}

impl Kind {
    fn place(&self) -> u8 {
        match self {
            Self::Plan(_) => 0,
            Self::Log => 1,
            Self::Key => 2,
            Self::Summary { .. } => 3,
        }
    }
}

/// What a JSON file turns out to be.
pub enum Found {
    /// One of these files.
    File(Box<Opened>),
    /// Settings of a file of patients.
    Settings,
    /// Refused, with the reason.
    Refused(String),
}

/// Recognises a file by its content.
pub fn recognise(name: &str, bytes: &[u8]) -> Found {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Found::Refused(words::not_utf8(name));
    };
    let kind_of = |value: &Value| value.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
    let loose: Option<Value> = serde_json::from_str(text).ok();
    let kind = loose.as_ref().map(kind_of).unwrap_or_default();
    if loose.is_some() && !kind.starts_with(KINDS) {
        return Found::Settings;
    }
    let kind = match kind.as_str() {
        KIND_PLAN => match Plan::read(name, text) {
            Ok(plan) => Kind::Plan(Box::new(plan)),
            Err(fault) => return Found::Refused(words::fault(&fault)),
        },
        KIND_KEY => Kind::Key,
        KIND_SUMMARY | KIND_LOG => match federated::open(text) {
            Err(fault) => return Found::Refused(words::broken(name, &words::file_fault(&fault))),
            Ok(_) if kind == KIND_LOG => Kind::Log,
            Ok(value) => header(&value),
        },
        _ if loose.is_none() => {
            let why = federated::open(text).err().map(|fault| words::file_fault(&fault));
            return Found::Refused(words::broken(name, &why.unwrap_or_default()));
        }
        _ => return Found::Refused(words::other_kind(name, &kind)),
    };
    Found::File(Box::new(Opened {
        name: name.to_owned(),
        text: text.to_owned(),
        kind,
    }))
}

fn header(value: &Value) -> Kind {
    let text = |field: &str| value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    Kind::Summary {
        site: text("site"),
        plan_sha256: text("plan_sha256"),
        design_sha256: text("design_sha256"),
        round: value.get("round").and_then(Value::as_u64).unwrap_or_default(),
    }
}

/// All files that are open; two never have one name.
#[derive(Debug, Default)]
pub struct Files(Vec<Opened>);

impl Files {
    /// Adds a file; one of the same name is replaced.
    pub fn add(&mut self, file: Opened) {
        self.0.retain(|known| known.name != file.name);
        self.0.push(file);
        self.0
            .sort_by(|a, b| (a.kind.place(), &a.name).cmp(&(b.kind.place(), &b.name)));
    }

    /// Takes a file away.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|known| known.name != name);
    }

    /// Takes all logs away.
    pub fn drop_logs(&mut self) {
        self.0.retain(|known| !matches!(known.kind, Kind::Log));
    }

    /// The plan that is used: of the latest attempt and round among those that are open.
    pub fn plan(&self) -> Option<&Plan> {
        let plans = self.0.iter().filter_map(|file| match &file.kind {
            Kind::Plan(plan) => Some(&**plan),
            _ => None,
        });
        plans.max_by_key(|plan| (plan.attempt, plan.round))
    }

    /// Name and text of the sums that are of a plan.
    pub fn sums<'a>(&'a self, plan: &Plan) -> Vec<(&'a str, &'a str)> {
        let own = self
            .0
            .iter()
            .filter(|file| matches!(&file.kind, Kind::Summary { plan_sha256, .. } if *plan_sha256 == plan.sha256));
        own.map(|file| (file.name.as_str(), file.text.as_str())).collect()
    }

    /// Whether sums of any plan are open.
    pub fn has_sums(&self) -> bool {
        self.0.iter().any(|file| matches!(file.kind, Kind::Summary { .. }))
    }

    /// Name and text of the log.
    pub fn log(&self) -> Option<(&str, &str)> {
        let mut logs = self.0.iter().filter(|file| matches!(file.kind, Kind::Log));
        logs.next_back().map(|file| (file.name.as_str(), file.text.as_str()))
    }

    /// The keys of a plan's design, each as it was read.
    pub fn keys<'a>(&'a self, plan: &'a Plan) -> impl Iterator<Item = Result<Key, String>> + 'a {
        let keys = self.0.iter().filter(|file| matches!(file.kind, Kind::Key));
        keys.map(|file| Key::read(plan, &file.name, &file.text).map_err(|fault| words::fault(&fault)))
    }

    /// What the page lists.
    pub fn views(&self) -> Vec<CombineFile> {
        let used = self.plan();
        let each = |file: &Opened| {
            let (text, refused) = match (&file.kind, used) {
                (Kind::Plan(plan), used) => {
                    let is_used = used.is_some_and(|used| used.sha256 == plan.sha256);
                    (words::plan_file(&plan.design.study, plan.round, is_used), false)
                }
                (Kind::Log, _) => (words::LOG_FILE.to_owned(), false),
                (Kind::Key, None) => (words::KEY_FILE.to_owned(), false),
                (Kind::Key, Some(plan)) => match Key::read(plan, &file.name, &file.text) {
                    Ok(key) => (words::key_file(&key.from, &key.to), false),
                    Err(fault) => (words::fault(&fault), true),
                },
                (Kind::Summary { site, round, .. }, None) => (words::sums_without_plan(site, *round), false),
                (
                    Kind::Summary {
                        site,
                        round,
                        plan_sha256,
                        design_sha256,
                    },
                    Some(plan),
                ) => {
                    if *plan_sha256 == plan.sha256 {
                        match Summary::read(plan, &file.name, &file.text) {
                            Ok(_) => (words::sums_file(site, *round), false),
                            Err(fault) => (words::fault(&fault), true),
                        }
                    } else if *design_sha256 == plan.design_sha256 {
                        (words::sums_of_another_round(site, *round), false)
                    } else {
                        (words::sums_of_another_plan(site), true)
                    }
                }
            };
            CombineFile {
                name: file.name.clone(),
                text,
                refused,
            }
        };
        self.0.iter().map(each).collect()
    }
}
