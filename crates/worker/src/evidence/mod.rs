//! Published evidence on the page: the estimates, studies, figures, the consistency check, comparison and pooling, and
//! patient data reconstructed from published curves.
//!
//! It lives in the page's worker and has no browser in it: settings in, HTML and figures out. The page owns the settings.
//! **Invariant: nothing here sends or stores anything, and every number comes from `core`.**

mod changes;
mod checker;
mod commentary;
mod comparing;
mod drawing;
mod figure_input;
mod figure_results;
mod library;
mod listing;
mod own;
mod pooling;
mod rebuilding;
mod sentence;
mod study;

use crate::Reply;
use crate::bibliography::{Reference, entries};
use crate::table_tools::with_tools;
use cotside_core::evidence::{Estimate, FigureKind, OwnEstimate, own_template, published};
use cotside_messages::{EvidenceRequest, Export, TracedPicture};
use cotside_views::original;
use cotside_words::lang::evidence_results as results;
use maud::{Markup, html};

use checker::Checker;
use comparing::Comparing;
use library::Library;
use listing::Listing;
use own::OwnRows;
use pooling::Pooling;
use rebuilding::Rebuilding;

/// The page of published evidence: its settings as the page said them last.
#[derive(Default)]
pub struct EvidencePage {
    listing: Listing,
    own: OwnRows,
    /// Ids of the chosen estimates, in the order of the page.
    chosen: Vec<String>,
    comparing: Comparing,
    pooling: Pooling,
    checker: Checker,
    rebuilding: Rebuilding,
    library: Library,
}

/// A sentence in which texts of the table stand in this order: they are in English.
fn quoting(sentence: &str, quotes: &[&str]) -> Markup {
    let (mut rest, mut pieces) = (sentence, Vec::new());
    for quote in quotes.iter().filter(|quote| !quote.is_empty()) {
        if let Some((before, behind)) = rest.split_once(quote) {
            pieces.push(html! { (before) (original(quote)) });
            rest = behind;
        }
    }
    html! { @for piece in &pieces { (piece) } (rest) }
}

/// The address of a view of this page.
fn address(fragment: &str) -> String {
    format!("evidence/#{fragment}")
}

/// An answer whose tables have files; the list of estimates has one of its own.
fn with_files(mut reply: Reply) -> Reply {
    let source = results::table_source(env!("CARGO_PKG_VERSION"));
    for (part, html) in reply.parts.iter_mut().filter(|(part, _)| *part != "estimates") {
        let file = |table: &str| {
            let table = if table == "compact" { "numbers" } else { table };
            Some(format!("cotside-published-{part}-{table}"))
        };
        *html = with_tools(html, &source, results::TABLE_TITLE, file);
    }
    reply
}

impl EvidencePage {
    /// Returns what never changes: the rows of the estimates and the study summary table.
    #[must_use]
    pub fn start(&self) -> Reply {
        let mut reply = Reply::default()
            .part("five-studies", commentary::html())
            .part("history", changes::html());
        reply.evidence.push(listing::rows(&self.own));
        with_files(reply)
    }

    /// Answers a request.
    pub fn ask(&mut self, request: EvidenceRequest) -> Reply {
        with_files(self.answer(request))
    }

    fn answer(&mut self, request: EvidenceRequest) -> Reply {
        match request {
            EvidenceRequest::Studies(id) => {
                let study = id.and_then(|id| published().study(&id));
                Reply::default().part("studies", study.map_or_else(study::list, study::html))
            }
            EvidenceRequest::List(settings) => {
                self.listing.set(settings);
                self.listing.reply(&self.own)
            }
            EvidenceRequest::Choose(ids) => {
                self.chosen = ids;
                self.pooled()
            }
            EvidenceRequest::Compare(settings) => {
                self.comparing.set(settings);
                Reply::default().part("compare", self.comparing.html(&self.own))
            }
            EvidenceRequest::Pool(settings) => {
                self.pooling.set(settings);
                self.pooled()
            }
            EvidenceRequest::Read(text) => checker::read(&text),
            EvidenceRequest::Check(numbers) => {
                self.checker.set(numbers);
                Reply::default().part("check", self.checker.html())
            }
            EvidenceRequest::AddOwn(row) => self.own.add(row),
            EvidenceRequest::Own(rows) => {
                self.take_own(rows);
                self.with_own()
            }
            EvidenceRequest::Marks(marks) => self.rebuilding.mark(marks),
            EvidenceRequest::Reconstruct(numbers) => self.rebuilding.set(*numbers),
            EvidenceRequest::Library(library) => self.library.set(library),
            EvidenceRequest::Shelve => match self.rebuilding.file() {
                Ok(file) => library::opened("", file.as_bytes()),
                Err(why) => Reply {
                    refused: Some(why),
                    ..Reply::default()
                },
            },
            EvidenceRequest::Edit(file) => library::edited(&file),
            // Of the page of planning, which has a worker of its own.
            EvidenceRequest::Plan(_) => Reply::default(),
        }
    }

    /// Reads a file: digitised figures, own estimates where its header has their columns, else points of a curve.
    pub fn open(&mut self, name: &str, bytes: &[u8]) -> Reply {
        let bare = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        with_files(if bare.trim_ascii_start().starts_with(b"{") {
            library::opened(name, bytes)
        } else if own::is_own(bytes) {
            self.own.open(name, bytes)
        } else {
            self.rebuilding.open(name, bytes)
        })
    }

    /// Takes the reader's own estimates.
    pub fn take_own(&mut self, rows: Vec<OwnEstimate>) {
        self.own.set(rows);
    }

    /// What the reader's own estimates are part of.
    fn with_own(&self) -> Reply {
        let mut reply = self.listing.reply(&self.own);
        // The rows first: a list names them.
        reply
            .evidence
            .splice(0..0, [listing::rows(&self.own), self.own.names()]);
        reply.parts.extend(self.pooled().parts);
        reply
            .part("compare", self.comparing.html(&self.own))
            .part("own", self.own.html())
    }

    fn chosen(&self) -> Vec<&'static Estimate> {
        self.chosen.iter().filter_map(|id| self.own.estimate(id)).collect()
    }

    /// Follows a curve in a picture.
    pub fn trace(&self, picture: &TracedPicture) -> Reply {
        with_files(self.rebuilding.trace(picture))
    }

    fn pooled(&self) -> Reply {
        Reply::default().part("pool", self.pooling.html(&self.chosen()))
    }

    /// The sources of the listed estimates (`references`), of the chosen ones (`chosen`), or of a study and its estimates
    /// (`study/interfant-06`).
    fn references(&self, of: &str) -> Option<Vec<Reference>> {
        let of_rows = |rows: &[&'static Estimate]| rows.iter().map(|row| own::reference(row)).collect();
        match of {
            "references" => Some(of_rows(&self.listing.estimates(&self.own))),
            "chosen" => Some(of_rows(&self.chosen())),
            _ => {
                let study = published().study(of.strip_prefix("study/")?)?;
                Some(study::cited(study).into_iter().map(Reference::of).collect())
            }
        }
    }

    /// A file: `estimates.csv`, the reader's own and a file to begin with (`own-estimates.csv`, `own-template.csv`), what it is and
    /// its terms (`readme.txt`), a figure as SVG, its marks or its numbers as CSV (`forest.svg`, `points.csv`, `pool.scene`,
    /// `curve.svg` …), the patients of a curve (`reconstructed.csv`), a digitised figure or all of the library (`figure.json`,
    /// `library.json`), sources as RIS or BibTeX (`references.ris`, `study/….bib`).
    #[must_use]
    pub fn export(&self, what: &str) -> Option<Export> {
        let (figure, kind) = what.split_once('.')?;
        let drawn = match figure {
            "forest" => drawing::forest(&self.listing.estimates(&self.own)),
            "points" => drawing::points(&self.listing.estimates(&self.own)),
            "pool" => self.pooling.figure(&self.chosen()),
            "curve" => self.rebuilding.drawn(),
            "together" => self.library.together(FigureKind::Survival),
            "together-incidence" => self.library.together(FigureKind::Incidence),
            "agreement" => self.library.differences(),
            _ => None,
        };
        if let Some(references) = self.references(figure) {
            return Some(Export {
                name: format!("cotside-{}", what.replace('/', "-")),
                media_type: "application/octet-stream".into(),
                text: entries(references, kind)?,
            });
        }
        let (name, text) = match (drawn, what) {
            (Some(drawn), _) => (drawn.file_name(figure, kind), drawn.export(kind)?),
            (None, "estimates.csv") => (format!("cotside-{what}"), self.listing.csv(&self.own)),
            (None, "own-estimates.csv") => (format!("cotside-{what}"), self.own.csv()),
            (None, "own-template.csv") => ("cotside-own-estimates-template.csv".to_owned(), own_template()),
            (None, "readme.txt") => ("cotside-published-README.txt".to_owned(), changes::about()),
            (None, "figure.json") => (format!("cotside-digitised-{what}"), self.rebuilding.file().ok()?),
            (None, "library.json") => (format!("cotside-digitised-{what}"), self.library.file()?),
            (None, "reconstructed.csv") => (format!("cotside-{what}"), self.rebuilding.csv()?),
            _ => return None,
        };
        Some(Export {
            name,
            media_type: crate::media_type(kind).into(),
            text,
        })
    }
}
