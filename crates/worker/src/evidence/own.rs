//! The reader's own estimates: read from a file or from the form, marked, and set beside those of the table.

use cotside_core::evidence::check::check_estimate;
use cotside_core::evidence::{
    Estimate, OwnColumn, OwnEstimate, OwnFileError, OwnRead, add_own, own_csv, own_estimates, published, read_own,
};
use cotside_messages::{EvidenceEvent, OwnName};
use cotside_views::list;
use cotside_words::en::own_estimates as printed;
use cotside_words::lang::evidence_page as page;
use cotside_words::lang::own_estimates as words;
use maud::{Markup, html};

use crate::Reply;
use crate::bibliography::Reference;
use crate::evidence::study::findings;

/// Own estimates, as texts and as rows.
#[derive(Default)]
pub struct OwnRows {
    texts: Vec<OwnEstimate>,
    rows: Vec<&'static Estimate>,
}

/// Whether the first line of a file names the study and the estimate of each row.
pub fn is_own(bytes: &[u8]) -> bool {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default());
    let names: Vec<OwnColumn> = head
        .trim_start_matches('\u{feff}')
        .split([',', ';', '\t', '|'])
        .filter_map(|name| OwnColumn::with_code(name.trim().trim_matches('"')))
        .collect();
    names.contains(&OwnColumn::Study) || names.contains(&OwnColumn::Endpoint)
}

/// The source of an estimate, marked where it is of the reader's own.
pub fn reference(estimate: &Estimate) -> Reference {
    let reference = Reference::of(estimate.cite.source);
    if estimate.is_own() {
        reference.remarked(printed::MARK)
    } else {
        reference
    }
}

impl OwnRows {
    /// Takes the rows that the page keeps. Their mark is that of figures and files; see [`words::study_name`].
    pub fn set(&mut self, texts: Vec<OwnEstimate>) {
        self.rows = own_estimates(&texts, printed::MARK);
        self.texts = texts;
    }

    /// Every estimate: those of the table, then own ones.
    pub fn all(&self) -> impl Iterator<Item = &'static Estimate> {
        published().estimates.iter().chain(self.rows.iter().copied())
    }

    /// The estimate with this id.
    pub fn estimate(&self, id: &str) -> Option<&'static Estimate> {
        let own = || self.rows.iter().find(|row| row.id == id).copied();
        published().estimate(id).or_else(own)
    }

    /// Their names, for lists of the page.
    pub fn names(&self) -> EvidenceEvent {
        let name = |row: &&'static Estimate| OwnName {
            id: row.id.to_owned(),
            study_id: row.study.id.to_owned(),
            study: words::study_name(row.study.name),
            endpoint: row.endpoint.code().to_owned(),
            name: page::estimate_name(row),
        };
        EvidenceEvent::Own(self.rows.iter().map(name).collect())
    }

    /// Reads a file of estimates.
    pub fn open(&mut self, name: &str, bytes: &[u8]) -> Reply {
        match read_own(bytes, &self.texts) {
            Ok(read) => self.take(read),
            Err(why) => refused(name, &why),
        }
    }

    /// Adds a row of the form.
    pub fn add(&mut self, row: OwnEstimate) -> Reply {
        let read = add_own(vec![row], &self.texts);
        self.take(read)
    }

    /// What was read goes to the page, and is here for what is read next.
    fn take(&mut self, read: OwnRead) -> Reply {
        let said = said(&read);
        let mut texts = std::mem::take(&mut self.texts);
        texts.extend(read.rows.iter().cloned());
        self.set(texts);
        if self.rows.len() < self.texts.len() {
            // Nothing is taken that cannot be shown.
            let kept = self.texts.len() - read.rows.len();
            self.set(self.texts.get(..kept).unwrap_or_default().to_vec());
            return Reply::default().part("own-read", html! { p.remark.invalid { (words::TOO_MANY_MADE) } });
        }
        let mut reply = Reply::default().part("own-read", said);
        reply.evidence.push(EvidenceEvent::OwnRead(read.rows));
        reply
    }

    /// The part `own`: what the numbers of the rows say about each other.
    pub fn html(&self) -> Markup {
        let of_row = |row: &&'static Estimate| {
            let found = check_estimate(row).into_iter();
            let id = row.id;
            found.map(move |finding| (id.to_owned(), finding))
        };
        let found: Vec<_> = self.rows.iter().flat_map(of_row).collect();
        html! {
            @if !found.is_empty() {
                h3 { (page::CONSISTENCY) }
                (findings(&found))
            }
        }
    }

    /// The rows as a file.
    pub fn csv(&self) -> String {
        own_csv(&self.texts)
    }
}

fn refused(name: &str, why: &OwnFileError) -> Reply {
    Reply {
        refused: Some(words::unread_file(name, why)),
        ..Reply::default()
    }
}

/// What came of rows that were to be added.
fn said(read: &OwnRead) -> Markup {
    html! {
        p { (words::added(read.rows.len())) }
        @if !read.problems.is_empty() {
            h3 { (words::NOT_ADDED) }
            (list(read.problems.iter().map(words::problem)))
        }
        @if !read.remarks.is_empty() { (list(read.remarks.iter().map(words::remark))) }
    }
}
