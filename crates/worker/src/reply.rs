//! What a page's answer consists of, before it goes out as events.

use std::borrow::Cow;
use std::collections::BTreeMap;

use cotside_messages::{
    Choices, CombineView, Event, EvidenceEvent, Export, FileColumns, Patient, ProtocolEvent, WorkbookSheets,
};

/// What a worker says at once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply {
    /// HTML by the place in the page that it is for; a part that did not change is left out.
    pub parts: BTreeMap<String, String>,
    /// What is being done.
    pub step: Option<Cow<'static, str>>,
    /// Whether work is left; `None` where that did not change.
    pub more: Option<bool>,
    /// Which parts these are, the next one first; `None` where that did not change.
    pub waiting: Option<Vec<String>>,
    /// What the page of published evidence is told beside its parts.
    pub evidence: Vec<EvidenceEvent>,
    /// The sheets of the workbook that is open, where that changed.
    pub sheets: Option<WorkbookSheets>,
    /// How columns and rows of the file are read, where that changed.
    pub columns: Option<Box<FileColumns>>,
    /// What can be chosen for the cohort, where that changed.
    pub choices: Option<Box<Choices>>,
    /// The name of a file and its patients, where they may have changed.
    pub patients: Option<(String, Vec<Patient>)>,
    /// What there is to say of custom protocols.
    pub protocol: Option<ProtocolEvent>,
    /// What the page of pooled analyses is told beside its parts.
    pub combine: Option<Box<CombineView>>,
    /// Why nothing could be done, with the remedy.
    pub refused: Option<String>,
    /// The file that was asked for.
    pub file: Option<Export>,
    /// Whether what was set is said of the file, and does not hold for another one.
    pub of_file: bool,
    /// Whether a file was put back.
    pub restored: bool,
    /// Whether the file that was opened stands beside the one of patients.
    pub beside: bool,
}

impl Reply {
    /// With a part of the page.
    #[must_use]
    pub fn part(mut self, name: &str, html: impl Into<String>) -> Self {
        self.parts.insert(name.to_owned(), html.into());
        self
    }

    /// With the file that was asked for, if there is one.
    #[must_use]
    pub fn file(file: Option<Export>) -> Self {
        Self {
            file,
            ..Self::default()
        }
    }

    /// The same as events: outer parts first, then what depends on them.
    #[must_use]
    pub fn events(self) -> Vec<Event> {
        let parts = self.parts.into_iter().map(|(name, html)| Event::Part { name, html });
        let evidence = self.evidence.into_iter().map(Event::Evidence);
        let more = [
            self.sheets.map(Event::Sheets),
            self.columns.map(Event::Columns),
            self.choices.map(Event::Choices),
            self.patients.map(|(file, patients)| Event::Patients { file, patients }),
            self.protocol.map(Event::Protocol),
            self.combine.map(Event::Combine),
            self.file.map(Event::File),
            self.waiting.map(Event::Waiting),
            self.more.map(Event::More),
            self.step.map(Event::Progress),
            self.refused.map(Event::Refused),
        ];
        parts.chain(evidence).chain(more.into_iter().flatten()).collect()
    }
}
