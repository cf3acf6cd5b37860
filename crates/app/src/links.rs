//! Addresses: everything that knows where the site stands.

use cotside_core::protocols::{EVIDENCE_DATE, RULES_VERSION};
use leptos::prelude::*;

/// Path under which the site stands, without a slash at its end: empty at the root, `/repo` on a project page.
#[must_use]
pub fn base() -> String {
    let uri = document().base_uri().ok().flatten().unwrap_or_default();
    let path = web_sys::Url::new(&uri).map(|url| url.pathname()).unwrap_or_default();
    // The base is a folder: what stands behind the last slash is a file.
    path.rsplit_once('/')
        .map_or_else(String::new, |(folder, _)| folder.to_owned())
}

/// Address of a route (`stratify/`) or file (`samples/severance.csv`) of the site; empty for the first page.
#[must_use]
pub fn href(route: &str) -> String {
    format!("{}/{route}", base())
}

/// Address of a protocol's page.
#[must_use]
pub fn protocol_href(id: &str) -> String {
    href(&format!("protocols/{id}/"))
}

/// Which rules, evidence and program this is.
#[must_use]
pub fn versions() -> String {
    format!(
        "Rules {RULES_VERSION}, evidence read {EVIDENCE_DATE}, Cotside {}.",
        env!("CARGO_PKG_VERSION")
    )
}

/// Names the page in the browser's tab and history.
pub fn set_title(title: &str) {
    document().set_title(&if title.is_empty() {
        "Cotside".to_owned()
    } else {
        format!("{title} · Cotside")
    });
}
