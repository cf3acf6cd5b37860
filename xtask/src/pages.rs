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
    /// More to read, as HTML; it stands below the description until the program has started.
    more: String,
}

impl Page {
    fn new(route: &str, title: &str, description: &str) -> Self {
        Self {
            route: route.to_owned(),
            title: title.to_owned(),
            description: description.to_owned(),
            more: String::new(),
        }
    }

    /// The address below the site's root, as the site's links have it.
    fn address(&self) -> String {
        if self.route.is_empty() {
            String::new()
        } else {
            format!("{}/", self.route)
        }
    }
}

/// Finishes Trunk's single page: the policy, the build's number, one page per route, the page for unknown addresses; where
/// it is known at which address the site will stand, what search engines want to know.
pub fn write(dist: &Path, build: &str, site_url: Option<&str>) -> Outcome<()> {
    let template = policy::insert(&shell::read(&dist.join("index.html"))?)?;
    let template = replace(&template, "<meta name=\"build\" content=\"", "\">", build)?;
    let protocols = protocols();
    let pages: Vec<Page> = fixed(&protocols)
        .into_iter()
        .chain(protocols.into_iter().map(Protocol::page))
        .collect();
    for page in &pages {
        let folder = page
            .route
            .split('/')
            .filter(|part| !part.is_empty())
            .fold(dist.to_path_buf(), |a, b| a.join(b));
        let mut text = fill(&template, page)?;
        if let Some(site) = site_url {
            let address = escape(&format!("{site}{}", page.address()));
            let tags = format!(
                "</title>\n    <link rel=\"canonical\" href=\"{address}\">\n    <meta property=\"og:url\" content=\"{address}\">\n    \
                 <meta property=\"og:title\" content=\"{}\">\n    <meta property=\"og:description\" content=\"{}\">",
                escape(&page.title),
                escape(&page.description)
            );
            text = text.replacen("</title>", &tags, 1);
        }
        shell::write(&folder.join("index.html"), &text)?;
    }
    if let Some(site) = site_url {
        shell::write(&dist.join("sitemap.xml"), &sitemap(site, &pages))?;
        shell::write(
            &dist.join("robots.txt"),
            &format!("User-agent: *\nAllow: /\nSitemap: {site}sitemap.xml\n"),
        )?;
    } else {
        shell::write(&dist.join("robots.txt"), "User-agent: *\nAllow: /\n")?;
    }
    let unknown = Page::new("", "Page not found", "There is no page at this address of Cotside.");
    shell::write(&dist.join("404.html"), &fill(&template, &unknown)?)?;
    // GitHub Pages would otherwise pass over some files.
    shell::write(&dist.join(".nojekyll"), "")
}

fn sitemap(site: &str, pages: &[Page]) -> String {
    let each = |page: &Page| {
        format!(
            "  <url><loc>{}</loc></url>\n",
            escape(&format!("{site}{}", page.address()))
        )
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{}</urlset>\n",
        pages.iter().map(each).collect::<String>()
    )
}

fn fixed(protocols: &[Protocol]) -> [Page; 8] {
    let names = protocols
        .iter()
        .map(|protocol| format!("<li>{}</li>", escape(&protocol.name)));
    let named = format!("<ul>{}</ul>", names.collect::<String>());
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
        Page {
            more: named,
            ..Page::new(
                "protocols",
                "Protocols",
                "The risk rules of the published infant leukaemia protocols: clauses, boundaries, sources, outcomes.",
            )
        },
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

/// A protocol as the command-line program knows it.
struct Protocol {
    id: String,
    name: String,
    /// Its groups and its rule for transplantation, as HTML.
    rule: String,
}

impl Protocol {
    /// `None` where the entry has no name that can stand in an address.
    fn read(entry: &Value) -> Option<Self> {
        let text = |entry: &Value, key: &str| entry[key].as_str().map(str::to_owned);
        let id = text(entry, "id")?;
        let plain = id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let each = |group: &Value| {
            let name = text(group, "name")?;
            let when = text(group, "when").filter(|when| !when.is_empty());
            let words = when.map_or_else(|| name.clone(), |when| format!("{name}: {when}"));
            Some(format!("<li>{}</li>", escape(&words)))
        };
        let groups = entry["groups"].as_array().into_iter().flatten().filter_map(each);
        let hsct = text(&entry["hsct"], "text").map(|rule| format!("<p>Transplantation: {}</p>", escape(&rule)));
        let summary = text(entry, "summary").map(|words| format!("<p>{}</p>", escape(&words)));
        let rule = format!(
            "{}<ul>{}</ul>{}",
            summary.unwrap_or_default(),
            groups.collect::<String>(),
            hsct.unwrap_or_default()
        );
        plain.then(|| Self {
            name: text(entry, "name").unwrap_or_else(|| id.clone()),
            id,
            rule,
        })
    }

    fn page(self) -> Page {
        let description = format!(
            "The rule of {}: clauses, boundaries, transplant rule, published outcomes, sources.",
            self.name
        );
        Page {
            more: self.rule,
            ..Page::new(&format!("protocols/{}", self.id), &self.name, &description)
        }
    }
}

/// The protocols that the command-line program knows; each has a page.
fn protocols() -> Vec<Protocol> {
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
    let known: Vec<_> = entries.iter().filter_map(Protocol::read).collect();
    if known.is_empty() {
        println!("note: `cotside protocols --json` lists no protocol, so no protocol has a page of its own.");
    }
    known
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
    let text = places
        .iter()
        .try_fold(template.to_owned(), |text, (before, after, words)| {
            replace(&text, before, after, words)
        })?;
    Ok(text.replacen(
        MORE,
        &format!("{}{}</div>", MORE.trim_end_matches("</div>"), page.more),
        1,
    ))
}

/// The place for more to read in www/index.html.
const MORE: &str = "<div id=\"boot-more\"></div>";

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
    fn a_protocol_can_be_read_before_the_program_starts() {
        let entry = serde_json::json!({
            "id": "a-1", "name": "A & B", "groups": [{ "name": "high", "when": "age < 6 months" }],
            "hsct": { "text": "High risk." },
        });
        let page = Protocol::read(&entry).unwrap().page();
        assert_eq!(page.address(), "protocols/a-1/");
        assert_eq!(
            page.more,
            "<ul><li>high: age &lt; 6 months</li></ul><p>Transplantation: High risk.</p>"
        );
        assert!(sitemap("https://x.example/c/", &[page]).contains("<loc>https://x.example/c/protocols/a-1/</loc>"));
        assert!(Protocol::read(&serde_json::json!({ "id": "../x" })).is_none());
    }

    #[test]
    fn the_source_page_has_every_place() {
        let source = shell::read(&shell::root().join("www").join("index.html")).unwrap();
        assert!(fixed(&[]).iter().all(|page| fill(&source, page).is_ok()));
        assert!(source.contains(MORE) && source.contains("<meta name=\"build\" content=\"\">"));
    }
}
