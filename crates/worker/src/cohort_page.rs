//! The page for cohorts: a file, what is said of its columns, and the analyses of its patients.

use crate::Reply;
use cotside_messages::{Export, FileRequest, Request, Step};
use cotside_words::lang::working::step as words;

use crate::analysis::{self, Results};
use crate::cohort_file;
use crate::dispatch::Page;
use crate::file_reader::{FileReader, Tell, step};
use crate::project_file::ProjectFile;

/// A file of patients and its analyses.
#[derive(Default)]
pub struct CohortPage {
    reader: FileReader,
    results: Results,
    /// Settings of a project file that wait for the file that they are for.
    waiting_project: Option<ProjectFile>,
}

impl Page for CohortPage {
    fn restores(&self) -> bool {
        true
    }

    fn answer(&mut self, request: Request, tell: Tell<'_>) -> Reply {
        match request {
            Request::Open {
                name,
                bytes,
                source,
                together,
            } => self.open(&name, bytes, &source, together, tell),
            Request::File { request } => self.set(request, tell),
            Request::Settings(settings) => self.results.change(*settings).into(),
            Request::Show { parts } => self.results.show(&parts).into(),
            Request::Export { name } => self.export(&name, tell),
            Request::Restore {
                name,
                bytes,
                source,
                steps,
            } => self.restore(&name, bytes, &source, steps, tell),
            Request::Protocol { .. } | Request::Evidence { .. } | Request::Combine { .. } | Request::Trace { .. } => {
                Reply::default()
            }
        }
    }

    fn proceed(&mut self, tell: Tell<'_>) -> Reply {
        if self.results.wants_protocols() {
            self.apply_protocols(tell).into()
        } else {
            self.results.next_part().into()
        }
    }
}

impl CohortPage {
    fn open(&mut self, name: &str, bytes: Vec<u8>, source: &str, together: bool, tell: Tell<'_>) -> Reply {
        if is_project(name) {
            return match ProjectFile::read(name, &bytes) {
                Err(why) => refused(why),
                Ok(project) if self.reader.file.has_own_file() => {
                    self.waiting_project = None;
                    self.apply(&project, tell)
                }
                Ok(project) => {
                    self.waiting_project = Some(project);
                    self.reader.file.kept_for_a_file().into()
                }
            };
        }
        let read = self.reader.open(name, bytes, source, together, tell);
        let changed = read.changed;
        let reply = self.take_if_changed(read, tell);
        self.with_waiting_project(reply, changed, tell)
    }

    fn set(&mut self, request: FileRequest, tell: Tell<'_>) -> Reply {
        let Some(read) = self.reader.set(request, tell) else {
            return Reply::default();
        };
        let changed = read.changed;
        let reply = self.take_if_changed(read, tell);
        Reply {
            of_file: true,
            ..self.with_waiting_project(reply, changed, tell)
        }
    }

    /// What was read, with what the analyses make of its patients.
    fn take_if_changed(&mut self, read: cohort_file::Reply, tell: Tell<'_>) -> Reply {
        let changed = read.changed;
        let reply = Reply::from(read);
        if !changed {
            return reply;
        }
        tell(Reply {
            step: Some(words::FOLLOWING.into()),
            parts: reply.parts.clone(),
            sheets: reply.sheets.clone(),
            columns: reply.columns.clone(),
            ..Reply::default()
        });
        self.take(reply)
    }

    /// Hands the patients over to the analyses.
    fn take(&mut self, mut reply: Reply) -> Reply {
        if let Some(study) = self.reader.file.study() {
            join(&mut reply, self.results.take(study));
        }
        reply
    }

    /// The settings of a project go to the columns, then to the analyses.
    fn apply(&mut self, project: &ProjectFile, tell: Tell<'_>) -> Reply {
        let read = self.reader.file.load(&project.columns);
        let mut reply = self.take_if_changed(read, tell);
        join(&mut reply, self.results.load(&project.settings));
        reply
    }

    /// A reply with a project that was waiting for a file.
    fn with_waiting_project(&mut self, mut reply: Reply, changed: bool, tell: Tell<'_>) -> Reply {
        let Some(project) = self.waiting_project.take_if(|_| changed) else {
            return reply;
        };
        let applied = self.apply(&project, tell);
        reply.parts.extend(applied.parts);
        Reply {
            parts: reply.parts,
            sheets: reply.sheets,
            columns: applied.columns.or(reply.columns),
            ..applied
        }
    }

    /// A file and what was said of it and set, as it was before the worker was replaced; nothing is computed before it is
    /// asked for. Settings of a project are made on the patients that its columns give.
    fn restore(&mut self, name: &str, bytes: Vec<u8>, source: &str, steps: Vec<Step>, tell: Tell<'_>) -> Reply {
        let mut reply = Reply::from(self.reader.open(name, bytes, source, false, tell));
        for each in steps {
            match each {
                Step::Open { name, bytes } if !is_project(&name) => {
                    again(&mut reply, self.reader.open(&name, bytes, "", true, tell));
                }
                Step::Open { name, bytes } => {
                    let project = ProjectFile::read(&name, &bytes).unwrap_or_default();
                    again(&mut reply, self.reader.file.load(&project.columns));
                    reply = self.take(reply);
                    join(&mut reply, self.results.load(&project.settings));
                }
                Step::File { request } => again(&mut reply, self.reader.set(request, tell).unwrap_or_default()),
                Step::Settings(settings) => join(&mut reply, self.results.change(*settings)),
                Step::Show { parts } => join(&mut reply, self.results.show(&parts)),
            }
        }
        if self.reader.file.has_file() {
            reply = self.take(reply);
        }
        Reply {
            restored: true,
            more: Some(false),
            ..reply
        }
    }

    /// What protocols make of the patients, which takes longest.
    fn apply_protocols(&mut self, tell: Tell<'_>) -> analysis::Reply {
        step(tell, words::APPLYING_PROTOCOLS);
        self.results.take_protocols(self.reader.file.protocols())
    }

    /// A file: of what was read, of the analyses, or of both.
    fn export(&mut self, name: &str, tell: Tell<'_>) -> Reply {
        if self.results.wants_protocols_for(name) {
            let _ = self.apply_protocols(tell);
        }
        let file = match name {
            "project.json" => Some(Export {
                name: "cotside-project.json".to_owned(),
                media_type: "application/json".into(),
                text: ProjectFile::text(&self.reader.file.project(), &self.results.project()),
            }),
            "script.R" | "script.qmd" => {
                let begin = self.reader.file.script().unwrap_or_default();
                self.results.export(name, &begin)
            }
            "report.html" => {
                self.finish(tell);
                let beside = self.reader.file.report().unwrap_or_default();
                self.results.export(name, &beside)
            }
            _ => self.reader.file.export(name).or_else(|| self.results.export(name, "")),
        };
        Reply::file(file)
    }

    /// Makes all parts that are waiting, each told as it is made.
    fn finish(&mut self, tell: Tell<'_>) {
        loop {
            let made = self.results.next_of_all();
            let more = self.results.has_waiting();
            tell(Reply {
                step: Some(words::EXPORTING.into()),
                parts: Reply::from(made).parts,
                ..Reply::default()
            });
            if !more {
                return;
            }
        }
    }
}

/// Whether a file is opened as settings.
fn is_project(name: &str) -> bool {
    name.to_lowercase().ends_with(".json")
}

/// A reply with what was read again.
fn again(reply: &mut Reply, read: cohort_file::Reply) {
    let read = Reply::from(read);
    reply.parts.extend(read.parts);
    reply.columns = read.columns.or(reply.columns.take());
    reply.sheets = read.sheets.or(reply.sheets.take());
}

fn refused(why: String) -> Reply {
    Reply {
        refused: Some(why),
        ..Reply::default()
    }
}

/// A reply with what the analyses add to it.
fn join(reply: &mut Reply, added: analysis::Reply) {
    let added = Reply::from(added);
    reply.parts.extend(added.parts);
    reply.more = added.more;
    reply.choices = added.choices.or(reply.choices.take());
    reply.waiting = added.waiting;
}

impl From<cohort_file::Reply> for Reply {
    fn from(read: cohort_file::Reply) -> Self {
        let parts = read.parts.into_iter().map(|(part, html)| (part.to_owned(), html));
        Self {
            parts: parts.collect(),
            columns: read.columns,
            sheets: read.sheets,
            refused: read.refused,
            beside: read.beside,
            ..Self::default()
        }
    }
}

impl From<analysis::Reply> for Reply {
    fn from(made: analysis::Reply) -> Self {
        let parts = made.parts.into_iter().map(|(part, html)| (part.to_owned(), html));
        Self {
            parts: parts.collect(),
            more: Some(made.more),
            waiting: Some(made.waiting.into_iter().map(str::to_owned).collect()),
            choices: made.choices,
            refused: made.refused,
            ..Self::default()
        }
    }
}
