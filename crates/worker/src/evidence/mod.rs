//! Published evidence on the page: the table of estimates, studies, figures, a checker, comparison and pooling, and
//! curves taken back to times of patients.
//!
//! It lives in the page's worker and has no browser in it: names and values of controls in, HTML and figures out.
//! **Invariant: nothing here sends or stores anything, and every number comes from `core`.**

mod checker;
mod commentary;
mod comparing;
mod drawing;
mod listing;
mod pooling;
mod rebuilding;
mod study;

use crate::Reply;
use cotside_core::evidence::{Estimate, Study, published};
use cotside_messages::{Export, TracedPicture};

use checker::Checker;
use comparing::Comparing;
use listing::Listing;
use pooling::Pooling;
use rebuilding::Rebuilding;

/// The page of published evidence: what is looked at and what was typed.
#[derive(Default)]
pub struct EvidencePage {
    /// Whether the frame of the page was given out.
    begun: bool,
    view: View,
    listing: Listing,
    /// Rows chosen for pooling, in the order of the table.
    chosen: Vec<&'static Estimate>,
    comparing: Comparing,
    pooling: Pooling,
    checker: Checker,
    rebuilding: Rebuilding,
}

/// The address of a view of this page.
fn address(fragment: &str) -> String {
    format!("evidence/#{fragment}")
}

/// What is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum View {
    /// The table of estimates.
    #[default]
    Estimates,
    /// The list of studies.
    Studies,
    /// One study.
    Study(&'static Study),
    /// The commentary's table.
    Commentary,
    /// The checker.
    Check,
    /// Two estimates compared, several pooled.
    Compare,
    /// A curve taken back to times.
    Reconstruct,
}

impl View {
    /// What stands behind # in the address.
    fn of(fragment: &str) -> Self {
        match fragment {
            "studies" => Self::Studies,
            "five-studies" => Self::Commentary,
            "check" => Self::Check,
            "compare" => Self::Compare,
            "reconstruct" => Self::Reconstruct,
            _ => fragment
                .strip_prefix("study/")
                .and_then(|id| published().study(id))
                .map_or(Self::Estimates, Self::Study),
        }
    }

    /// The section of the page.
    fn section(self) -> &'static str {
        match self {
            Self::Estimates => "estimates",
            Self::Studies | Self::Study(_) => "studies",
            Self::Commentary => "five-studies",
            Self::Check => "check",
            Self::Compare => "compare",
            Self::Reconstruct => "reconstruct",
        }
    }
}

impl EvidencePage {
    /// Takes a setting by the name of its control. `fragment` is what stands behind # in the address; the first one
    /// brings the whole page.
    pub fn set(&mut self, name: &str, value: &str) -> Reply {
        if name == "fragment" {
            return self.go(value);
        }
        if let Some(id) = name.strip_prefix("choose:") {
            return self.choose(id, value == "yes");
        }
        let Some((section, setting)) = name.split_once('.') else {
            return Reply::default();
        };
        match section {
            "list" => {
                let controls = self.listing.set(setting, value);
                let reply = self.estimates();
                if controls {
                    reply.part("estimates-controls", self.listing.controls())
                } else {
                    reply
                }
            }
            "check" => {
                let controls = self.checker.set(setting, value);
                let reply = Reply::default().part("check", self.checker.html());
                if controls {
                    reply.part("check-controls", self.checker.controls())
                } else {
                    reply
                }
            }
            "compare" => {
                self.comparing.set(setting, value);
                Reply::default().part("compare", self.comparing.html())
            }
            "pool" => match setting {
                "clear" => {
                    self.chosen.clear();
                    self.pooled()
                }
                "add" => self.choose(value, true),
                "remove" => self.choose(value, false),
                "all" => {
                    self.choose_shown();
                    self.pooled()
                }
                _ => {
                    self.pooling.set(setting, value);
                    self.pooled()
                }
            },
            "curve" => self.rebuilding.set(setting, value),
            _ => Reply::default(),
        }
    }

    /// Reads a file of points of a curve.
    pub fn open(&mut self, name: &str, bytes: &[u8]) -> Reply {
        self.rebuilding.open(name, bytes)
    }

    /// Follows a curve in a picture.
    pub fn trace(&mut self, picture: &TracedPicture) -> Reply {
        self.rebuilding.trace(picture)
    }

    /// A file: `estimates.csv`, a figure as SVG or its numbers as CSV (`forest.svg`, `points.csv`, `pool.svg`,
    /// `curve.svg` …), the patients of a curve (`reconstructed.csv`).
    #[must_use]
    pub fn export(&self, what: &str) -> Option<Export> {
        let (figure, kind) = what.split_once('.')?;
        let text = match (figure, kind) {
            ("estimates", "csv") => self.listing.csv(),
            ("forest", _) => drawing::forest(&self.listing.estimates())?.export(kind)?,
            ("points", _) => drawing::points(&self.listing.estimates())?.export(kind)?,
            ("pool", _) => self.pooling.figure(&self.chosen)?.export(kind)?,
            ("curve", _) => self.rebuilding.figure()?.export(kind)?,
            ("reconstructed", "csv") => self.rebuilding.csv()?,
            _ => return None,
        };
        Some(Export {
            name: format!("cotside-{what}"),
            media_type: if kind == "svg" { "image/svg+xml" } else { "text/csv" }.into(),
            text,
        })
    }

    fn go(&mut self, fragment: &str) -> Reply {
        self.view = View::of(fragment);
        let mut reply = if self.begun { Reply::default() } else { self.begin() };
        self.begun = true;
        reply.view = Some(self.view.section().to_owned());
        let studies = match self.view {
            View::Study(study) => Some(study::html(study)),
            View::Studies => Some(study::list()),
            _ => None,
        };
        match studies {
            Some(html) => reply.part("studies", html),
            None => reply,
        }
    }

    /// Every part.
    fn begin(&self) -> Reply {
        let mut reply = self.estimates();
        reply.parts.extend(self.pooled().parts);
        reply
            .part("estimates-controls", self.listing.controls())
            .part("five-studies", commentary::html())
            .part("check-controls", self.checker.controls())
            .part("check", self.checker.html())
            .part("compare-controls", self.comparing.controls())
            .part("compare", self.comparing.html())
            .part("curve-controls", self.rebuilding.controls())
            .part("curve", self.rebuilding.html())
    }

    fn estimates(&self) -> Reply {
        Reply::default().part("estimates", self.listing.html(&self.chosen))
    }

    fn pooled(&self) -> Reply {
        self.estimates()
            .part("pool-controls", self.pooling.controls(&self.chosen))
            .part("pool", self.pooling.html(&self.chosen))
    }

    /// Takes a row into the set for pooling, or out of it.
    fn choose(&mut self, id: &str, chosen: bool) -> Reply {
        self.chosen.retain(|estimate| estimate.id != id);
        if let Some(estimate) = published().estimate(id).filter(|_| chosen) {
            self.chosen.push(estimate);
            self.in_order();
        }
        self.pooled()
    }

    /// All rows that are shown.
    fn choose_shown(&mut self) {
        for estimate in self.listing.estimates() {
            if !self.chosen.iter().any(|each| each.id == estimate.id) {
                self.chosen.push(estimate);
            }
        }
        self.in_order();
    }

    fn in_order(&mut self) {
        let place = |id: &str| published().estimates.iter().position(|each| each.id == id);
        self.chosen.sort_by_key(|estimate| place(estimate.id));
    }
}
