//! Pages that are read: the list of protocols, each rule, what was corrected, what the program is, privacy.
//!
//! They depend on the catalogue and the language alone, so they are made as HTML when the site is built
//! (`cargo run -p cotside-documents -- BASE ROOT`): each stands in its own page, readable before the program has started and
//! without it, and all of them in `js/documents.json`, from which the program shows them (`crates/app/src/pages/document.rs`).
//! So the program itself holds none of them.

mod changes;
mod prose;
mod protocols;

use cotside_core::protocols::{PROTOCOLS, SYSTEMS};
use serde::{Deserialize, Serialize};

pub use cotside_words::languages::BUILD;

/// Where the site stands on its server, without a slash at the end.
#[derive(Debug, Clone)]
pub struct Places {
    /// The site in this language: `/cotside/ja`.
    pub base: String,
    /// The site's root, where English stands: `/cotside`.
    pub root: String,
}

impl Places {
    fn href(&self, route: &str) -> String {
        format!("{}/{route}", self.base)
    }

    fn protocol(&self, id: &str) -> String {
        self.href(&format!("protocols/{id}/"))
    }

    /// The page for one infant with the row of a protocol opened.
    fn row(&self, id: &str) -> String {
        self.href(&format!("stratify/#row-{id}"))
    }

    /// The folder with each rule as files for other programs, which all languages share.
    fn rule_files(&self) -> String {
        format!("{}/rules/", self.root)
    }
}

/// A page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Document {
    /// Below the root of the site, without slashes at its ends: `protocols/mll-10`.
    pub route: String,
    /// For the tab and the history of the browser.
    pub title: String,
    /// Its content. [`BUILD`] stands in it where it names the build.
    pub html: String,
}

/// Every page in the language of this build.
#[must_use]
pub fn all(places: &Places) -> Vec<Document> {
    let mut all = vec![protocols::list(places)];
    all.extend(PROTOCOLS.iter().map(|protocol| protocols::rule(protocol, places)));
    all.extend(SYSTEMS.iter().map(|system| protocols::system(system, places)));
    all.extend([changes::document(places), prose::about(places), prose::privacy(places)]);
    all
}

impl Document {
    /// Its content in a build.
    #[must_use]
    pub fn of_build(&self, build: &str) -> String {
        self.html.replace(BUILD, build)
    }
}
