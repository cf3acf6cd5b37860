//! A page of its own for each route, so that a deep link answers on a host that only serves files.

use crate::failure::{Failure, Outcome};
use crate::{policy, shell};
use serde_json::Value;
use std::path::Path;

/// What a route's page says before the program has started, and to search engines and link previews.
struct Page {
    /// Below the site's root; empty for the first page.
    route: String,
    title: String,
    description: String,
}

impl Page {
    fn new(route: &str, title: &str, description: &str) -> Self {
        Self {
            route: route.to_owned(),
            title: title.to_owned(),
            description: description.to_owned(),
        }
    }
}

/// Finishes Trunk's single page: the policy, one page per route, the page for unknown addresses.
pub fn write(dist: &Path) -> Outcome<()> {
    let template = policy::insert(&shell::read(&dist.join("index.html"))?)?;
    for page in fixed().into_iter().chain(protocols()) {
        let folder = page
            .route
            .split('/')
            .filter(|part| !part.is_empty())
            .fold(dist.to_path_buf(), |a, b| a.join(b));
        shell::write(&folder.join("index.html"), &fill(&template, &page)?)?;
    }
    let unknown = Page::new("", "Page not found", "There is no page at this address of Cotside.");
    shell::write(&dist.join("404.html"), &fill(&template, &unknown)?)?;
    // GitHub Pages would otherwise pass over some files.
    shell::write(&dist.join(".nojekyll"), "")
}

fn fixed() -> [Page; 8] {
    [
        Page::new(
            "",
            "Cotside",
            "What each published infant leukaemia protocol would call this child, clause by clause, with sources. \
             Runs in the browser: nothing is sent.",
        ),
        Page::new(
            "stratify",
            "Stratify an infant",
            "Enter an infant's findings and read the risk group that each published protocol assigns, the clause that \
             decided it, and what would change it.",
        ),
        Page::new(
            "analyse",
            "Analyse a cohort",
            "Drop a file of patients: survival curves, tests, hazards, competing causes, transplant as an event in time, \
             figures to print. The file stays in the browser.",
        ),
        Page::new(
            "protocols",
            "Protocols",
            "The risk rules of the published infant leukaemia protocols: clauses, boundaries, sources, outcomes.",
        ),
        Page::new(
            "protocols/own",
            "A protocol of your own",
            "Write a protocol from the same clauses as the published ones, see what is wrong with it, try it on an infant, \
             see it beside the others and save it as a file. Nothing is sent.",
        ),
        Page::new(
            "evidence",
            "Published evidence",
            "Published outcomes of infant leukaemia with their sources: filtered, drawn, checked against themselves, \
             compared, pooled, and curves taken back to times. Everything is computed in the browser.",
        ),
        Page::new(
            "about",
            "About and intended use",
            "What Cotside is for, who it is for, and what it is not: education, research and reference, not a medical \
             device.",
        ),
        Page::new(
            "privacy",
            "Privacy",
            "Nothing that you enter leaves your device: what the page loads, what it stores, and how to check it.",
        ),
    ]
}

/// A page for each protocol that the command-line program knows.
fn protocols() -> Vec<Page> {
    let known = known_protocols();
    if known.is_empty() {
        println!("note: `cotside protocols --json` lists no protocol, so no protocol has a page of its own.");
    }
    known
        .iter()
        .map(|(id, name)| {
            let description =
                format!("The rule of {name}: clauses, boundaries, transplant rule, published outcomes, sources.");
            Page {
                route: format!("protocols/{id}"),
                title: name.clone(),
                description,
            }
        })
        .collect()
}

fn known_protocols() -> Vec<(String, String)> {
    let mut cotside = shell::cargo();
    cotside.args([
        "run",
        "--quiet",
        "--package",
        "cotside-cli",
        "--",
        "protocols",
        "--json",
    ]);
    let listed = shell::output(&mut cotside).and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let entries = listed.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |entry: &Value, key: &str| entry[key].as_str().map(str::to_owned);
    entries
        .iter()
        .filter_map(|entry| {
            let id = text(entry, "id").or_else(|| text(entry, "protocol"))?;
            let plain = id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
            plain.then(|| (id.clone(), text(entry, "name").unwrap_or(id)))
        })
        .collect()
}

/// Puts a route's words into the places that www/index.html has for them.
fn fill(template: &str, page: &Page) -> Outcome<String> {
    let title = if page.title == "Cotside" {
        page.title.clone()
    } else {
        format!("{} · Cotside", page.title)
    };
    let places = [
        ("<title>", "</title>", &title),
        ("<meta name=\"description\" content=\"", "\">", &page.description),
        ("<h1 id=\"boot-title\">", "</h1>", &page.title),
        ("<p id=\"boot-text\">", "</p>", &page.description),
    ];
    places
        .iter()
        .try_fold(template.to_owned(), |text, (before, after, words)| {
            replace(&text, before, after, words)
        })
}

fn replace(text: &str, before: &str, after: &str, words: &str) -> Outcome<String> {
    let split = text
        .split_once(before)
        .and_then(|(head, rest)| Some((head, rest.split_once(after)?.1)));
    match split {
        Some((head, tail)) => Ok(format!("{head}{before}{}{after}{tail}", escape(words))),
        None => Err(Failure::new(
            format!("The built page has no `{before}`."),
            "put it back into www/index.html",
        )),
    }
}

fn escape(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gets_its_own_words_escaped() {
        let template = "<title>a</title><meta name=\"description\" content=\"b\"><h1 id=\"boot-title\">c</h1>\
            <p id=\"boot-text\">d</p>";
        let page = fill(template, &Page::new("x", "A & B", "less < \"more\"")).unwrap();
        assert!(page.starts_with("<title>A &amp; B · Cotside</title>"));
        assert!(page.contains("content=\"less &lt; &quot;more&quot;\""));
        assert!(fill("<title>a</title>", &Page::new("x", "A", "B")).is_err());
    }

    #[test]
    fn the_source_page_has_every_place() {
        let source = shell::read(&shell::root().join("www").join("index.html")).unwrap();
        assert!(fixed().iter().all(|page| fill(&source, page).is_ok()));
    }
}
