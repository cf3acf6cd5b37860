//! Several patients on the page that stratifies: a file of any kind that the page for cohorts reads, its patients as findings.

use cotside_messages::{Request, Step};

use crate::cohort_file;
use crate::dispatch::Page;
use crate::file_reader::{FileReader, Tell};
use crate::project_file::ProjectFile;
use crate::reply::Reply;

/// A file of patients whose findings are told.
#[derive(Default)]
pub struct PatientsPage(FileReader);

impl Page for PatientsPage {
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
            Request::File { request } => {
                let read = self.0.set(request, tell);
                Reply {
                    of_file: true,
                    ..self.told(read.unwrap_or_default())
                }
            }
            Request::Export { name } => Reply::file(self.0.file.export(&name)),
            Request::Restore {
                name,
                bytes,
                source,
                steps,
            } => {
                let mut reply = self.open(&name, bytes, &source, false, tell);
                for each in steps {
                    let answer = match each {
                        Step::Open { name, bytes } => self.open(&name, bytes, "", true, tell),
                        Step::Settings(_) | Step::Show { .. } => Reply::default(),
                        Step::File { request } => {
                            let read = self.0.set(request, tell).unwrap_or_default();
                            self.told(read)
                        }
                    };
                    reply.parts.extend(answer.parts);
                    reply.columns = answer.columns.or(reply.columns);
                    reply.sheets = answer.sheets.or(reply.sheets);
                    reply.patients = answer.patients.or(reply.patients);
                }
                Reply {
                    restored: true,
                    ..reply
                }
            }
            Request::Settings(_)
            | Request::Show { .. }
            | Request::Protocol { .. }
            | Request::Evidence { .. }
            | Request::Combine { .. }
            | Request::Trace { .. } => Reply::default(),
        }
    }
}

impl PatientsPage {
    fn open(&mut self, name: &str, bytes: Vec<u8>, source: &str, together: bool, tell: Tell<'_>) -> Reply {
        if !name.to_lowercase().ends_with(".json") {
            let read = self.0.open(name, bytes, source, together, tell);
            return self.told(read);
        }
        match ProjectFile::read(name, &bytes) {
            Ok(project) => {
                let read = self.0.file.load(&project.columns);
                self.told(read)
            }
            Err(why) => Reply {
                refused: Some(why),
                ..Reply::default()
            },
        }
    }

    /// What was read, with the patients where they may have changed.
    fn told(&self, read: cohort_file::Reply) -> Reply {
        let patients = read.changed.then(|| self.0.file.patients()).flatten();
        Reply {
            patients,
            ..read.into()
        }
    }
}
