//! The page of pooled analyses by files: a coordinator writes a plan, hospitals give sums, the coordinator combines them.
//!
//! It lives in the page's worker and has no browser in it. **Invariant: nothing leaves but files that a person saves, and no
//! sums leave but through the one door of `core` ([`site_file`](cotside_core::federated::site_file)).**

mod combined;
mod drawings;
mod example;
mod give;
mod numbers;
mod opened;
mod plan_form;
mod plan_view;
mod results;

use cotside_core::cohort::Study;
use cotside_core::federated::log::Log;
use cotside_core::federated::{Analysis, Choices, Key, Plan, from_hex};
use cotside_messages::{
    ANALYSES, CombineLess, CombinePlan, CombineRequest, CombineView, Export, FileRequest, PlanForm, Request,
    analyses_of,
};
use cotside_words::lang::combine_files as words;

use crate::cohort_file;
use crate::dispatch::Page;
use crate::file_reader::{FileReader, Tell};
use crate::project_file::ProjectFile;
use crate::reply::Reply;

use combined::Combination;
use example::Example;
use give::{Brought, Given};
use opened::{Files, Found, recognise};

/// The page.
#[derive(Default)]
pub struct CombinePage {
    reader: FileReader,
    /// The patients of the file that is open; made anew where it changes.
    study: Option<Study>,
    has_questions: bool,
    files: Files,
    /// Which hospital the patients are of.
    site: String,
    /// The log: begun here, or with what was saved since.
    log: Option<Log>,
    /// The key that was made here, as digits.
    key_digits: String,
    less: CombineLess,
    declined: bool,
    form: PlanForm,
    /// Hash of the plan that filled in the form.
    filled: String,
    example: Example,
}

impl Page for CombinePage {
    fn first(&mut self) -> Reply {
        self.reply()
    }

    fn answer(&mut self, request: Request, tell: Tell<'_>) -> Reply {
        match request {
            Request::Open { bytes, source, .. } if !source.is_empty() => self.open_example(&bytes),
            Request::Open { name, bytes, .. } if name.to_lowercase().ends_with(".json") => {
                self.open_json(&name, &bytes)
            }
            Request::Open {
                name,
                bytes,
                source,
                together,
            } => {
                let read = self.reader.open(&name, bytes, &source, together, tell);
                self.take(read)
            }
            Request::File { request } => self.set(request, tell),
            Request::Combine { value } => self.ask(value),
            Request::Export { name } => self.export(&name),
            Request::Settings(_)
            | Request::Show { .. }
            | Request::Protocol { .. }
            | Request::Evidence { .. }
            | Request::Trace { .. }
            | Request::Restore { .. } => Reply::default(),
        }
    }
}

impl CombinePage {
    fn open_example(&mut self, bytes: &[u8]) -> Reply {
        match self.example.open(bytes) {
            Ok(()) => self.reply(),
            Err(why) => refused(why),
        }
    }

    fn open_json(&mut self, name: &str, bytes: &[u8]) -> Reply {
        match recognise(name, bytes) {
            Found::Refused(why) => refused(why),
            Found::Settings => match ProjectFile::read(name, bytes) {
                Ok(project) => {
                    let read = self.reader.file.load(&project.columns);
                    self.take(read).part("combine-settings", settings_taken(name))
                }
                Err(why) => refused(why),
            },
            Found::File(file) => {
                let before = self.files.plan().map(|plan| plan.sha256.clone());
                let design = self.files.plan().map(|plan| plan.design_sha256.clone());
                if matches!(file.kind, opened::Kind::Log) {
                    self.log = None;
                }
                self.files.add(*file);
                self.declined = false;
                if let Some(plan) = self.files.plan().filter(|plan| before.as_ref() != Some(&plan.sha256)) {
                    self.form = PlanForm::of(&plan.design);
                    self.filled.clone_from(&plan.sha256);
                    // Choices hold over the rounds of one design.
                    if design.as_ref() != Some(&plan.design_sha256) {
                        self.less = CombineLess::default();
                    }
                    self.fit_site();
                    self.prepare();
                }
                self.reply()
            }
        }
    }

    /// What was said of the file of patients.
    fn set(&mut self, request: FileRequest, tell: Tell<'_>) -> Reply {
        let read = self.reader.set(request, tell).unwrap_or_default();
        Reply {
            of_file: true,
            ..self.take(read)
        }
    }

    fn take(&mut self, read: cohort_file::Reply) -> Reply {
        if let Some(columns) = &read.columns {
            self.has_questions = columns.blocks();
        }
        if read.changed {
            self.study = self.reader.file.study();
            self.declined = false;
            self.prepare();
        }
        let mut reply = Reply::from(read);
        let made = self.reply();
        reply.parts.extend(made.parts);
        reply.combine = made.combine;
        reply
    }

    /// Applies the protocols, where the plan uses them.
    fn prepare(&mut self) {
        let uses_protocols = self.files.plan().is_some_and(|plan| plan.design.uses_protocols());
        if let Some(study) = self
            .study
            .as_mut()
            .filter(|study| uses_protocols && study.protocols.is_empty())
        {
            study.protocols = self.reader.file.protocols();
        }
    }

    /// A site that the plan does not have is none.
    fn fit_site(&mut self) {
        let is_known = self
            .files
            .plan()
            .is_some_and(|plan| plan.design.sites.contains(&self.site));
        if !is_known {
            self.site.clear();
        }
    }

    fn ask(&mut self, request: CombineRequest) -> Reply {
        match request {
            CombineRequest::Plan(form) => {
                self.form = *form;
                return Reply::default().part("plan-made", plan_form::html(&self.form).into_string());
            }
            CombineRequest::ExampleSharing(sharing) => self.example.share(sharing),
            CombineRequest::Decline => self.declined = true,
            request => {
                self.declined = false;
                match request {
                    CombineRequest::Site(site) => {
                        // A log and a key are of one hospital.
                        self.log = None;
                        self.key_digits.clear();
                        self.site = site;
                        self.fit_site();
                    }
                    CombineRequest::NewLog(salt) => self.log = new_log(&self.site, &salt),
                    CombineRequest::NewKey(digits) => self.key_digits = digits,
                    CombineRequest::Less(less) => self.less = less,
                    CombineRequest::TakeAway(name) => {
                        self.files.remove(&name);
                        self.fit_site();
                    }
                    CombineRequest::LogSaved => self.files.drop_logs(),
                    CombineRequest::Plan(_) | CombineRequest::ExampleSharing(_) | CombineRequest::Decline => {}
                }
            }
        }
        self.reply()
    }

    /// Acts with what a hospital has brought.
    fn with_brought<T>(&self, act: impl FnOnce(&Brought<'_>) -> T) -> T {
        let plan = self.files.plan();
        let keys: Vec<Key> = plan
            .map(|plan| self.files.keys(plan).filter_map(Result::ok).collect())
            .unwrap_or_default();
        let made = self.made_key();
        let read;
        let log = match (&self.log, self.files.log()) {
            (Some(log), _) => Some(Ok(log)),
            (None, Some((name, text))) if !self.site.is_empty() => {
                read = Log::read(text, &self.site).map_err(|fault| words::broken(name, &words::log_fault(&fault)));
                Some(read.as_ref().map_err(Clone::clone))
            }
            (None, _) => None,
        };
        act(&Brought {
            plan,
            study: self.study.as_ref(),
            has_questions: self.has_questions,
            site: &self.site,
            log,
            own_key: made.as_ref().or_else(|| keys.iter().find(|key| key.from == self.site)),
            received_key: keys.iter().find(|key| key.to == self.site),
            choices: self.choices(),
        })
    }

    fn choices(&self) -> Choices {
        let is_out = |analysis: &Analysis| self.less.without.iter().any(|code| code == analysis.code());
        Choices {
            without: ANALYSES.into_iter().filter(is_out).collect(),
            merges: self.less.merges.clone(),
            end_follow_up: self.less.end_follow_up,
        }
    }

    /// The key that was made here.
    fn made_key(&self) -> Option<Key> {
        let plan = self.files.plan()?;
        let is_made = !self.key_digits.is_empty() && !self.site.is_empty();
        is_made
            .then(|| Key::of(plan, &self.site, &self.key_digits).ok())
            .flatten()
    }

    fn combination(&self) -> Combination<'_> {
        Combination::of(self.files.plan(), &self.files)
    }

    /// All parts, and what the page is told beside them.
    fn reply(&self) -> Reply {
        let plan = self.files.plan();
        let (given, view) = self.with_brought(|brought| {
            let given = brought.sums();
            let view = CombineView {
                files: self.files.views(),
                plan: plan.map(plan_told),
                site: self.site.clone(),
                less: self.less.clone(),
                has_log: brought.log.is_some(),
                has_own_key: brought.own_key.is_some(),
                has_received_key: brought.received_key.is_some(),
                has_patients: self.study.is_some(),
                may_save: !self.declined && matches!(given, Given::File(_)),
                has_sums: self.files.has_sums(),
                form: (!self.filled.is_empty()).then(|| Box::new(self.form.clone())),
                filled: self.filled.clone(),
                has_example: self.example.is_open(),
            };
            (given, view)
        });
        let reply = Reply {
            combine: Some(Box::new(view)),
            ..Reply::default()
        };
        reply
            .part(
                "combine-plan",
                plan.map(plan_view::html).unwrap_or_default().into_string(),
            )
            .part("sums", give::html(plan, &given, self.declined).into_string())
            .part("combined", self.combination().html().into_string())
            .part("example-story", self.example.html().into_string())
            .part("plan-made", plan_form::html(&self.form).into_string())
    }

    /// A file by its name: `plan.json`, `next-plan.json`, `result.json`, `sums.json`, `site-log.json`, `key.json`; figures and
    /// their data (`survival.svg`, `forest0.csv` …), those of the example with `example-` before them.
    fn export(&mut self, name: &str) -> Reply {
        let file = match name {
            "plan.json" => plan_form::plan(&self.form)
                .ok()
                .map(|plan| json_file(plan.file_name(), plan.text())),
            "key.json" => {
                let key = self.made_key().zip(self.files.plan());
                key.map(|(key, plan)| json_file(key.file_name(plan), key.text()))
            }
            "sums.json" | "site-log.json" => match self.with_brought(|brought| brought.sums()) {
                Given::File(file) if name == "sums.json" => Some(json_file(file.name, file.text)),
                Given::File(file) => {
                    let log = json_file(file.log.file_name(), file.log.text());
                    // The next round goes on from here.
                    self.log = Some(file.log);
                    Some(log)
                }
                _ => None,
            },
            name => match name.strip_prefix(example::PREFIX) {
                Some(name) => self.example.export(name),
                None => self.combination().export(name),
            },
        };
        Reply::file(file)
    }
}

/// A JSON document as a file.
fn json_file(name: String, text: String) -> Export {
    Export {
        name,
        media_type: crate::media_type("json").into(),
        text,
    }
}

fn settings_taken(name: &str) -> String {
    maud::html! { p { (words::settings_taken(name)) } }.into_string()
}

fn plan_told(plan: &Plan) -> CombinePlan {
    CombinePlan {
        study: plan.design.study.clone(),
        round: plan.round,
        sharing: plan.design.sharing,
        sites: plan.design.sites.clone(),
        analyses: analyses_of(&plan.design)
            .map(|analysis| analysis.code().to_owned())
            .collect(),
        merges: plan.design.merges.clone(),
        ends: plan.design.grid.clone(),
        time_unit: plan.design.time_unit.clone(),
    }
}

/// A log with a salt of 64 hexadecimal digits.
fn new_log(site: &str, salt: &str) -> Option<Log> {
    let salt = from_hex(salt).filter(|_| !site.is_empty())?;
    Some(Log::new(site, salt))
}

fn refused(why: String) -> Reply {
    Reply {
        refused: Some(why),
        ..Reply::default()
    }
}
