//! A page of its own for each route, so that a deep link answers on a host that only serves files.

use crate::failure::{Failure, Outcome};
use crate::{policy, shell};
use cotside_core::protocols::{PROTOCOLS, Protocol};
use cotside_words::languages::{Boot, Language, boot};
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

/// Finishes Trunk's single page of a language: the policy, one page per route, the page for unknown addresses.
///
/// `dist` holds the language's pages; `built` are all languages that the site has.
pub fn write(dist: &Path, public_url: &str, language: Language, built: &[Language]) -> Outcome<()> {
    let boot = boot(language.code);
    let template = translate(&shell::read(&dist.join("index.html"))?, language, boot)?;
    let template = policy::insert(&template)?;
    for page in fixed(boot).into_iter().chain(protocols(boot)) {
        let folder = page
            .route
            .split('/')
            .filter(|part| !part.is_empty())
            .fold(dist.to_path_buf(), |a, b| a.join(b));
        let alternates = alternates(public_url, &page.route, built);
        let filled = fill(&template, &page)?.replace("</head>", &format!("{alternates}</head>"));
        shell::write(&folder.join("index.html"), &filled)?;
    }
    let unknown = Page::new("", boot.not_found.0, boot.not_found.1);
    shell::write(&dist.join("404.html"), &fill(&template, &unknown)?)?;
    // GitHub Pages would otherwise pass over some files.
    shell::write(&dist.join(".nojekyll"), "")
}

/// The language of a page, its words before the program has started, and the way to the files that all languages share.
fn translate(page: &str, language: Language, boot: Boot) -> Outcome<String> {
    let page = replace(page, "<html lang=\"", "\">", language.code)?;
    let page = replace(&page, "<p id=\"boot-status\" role=\"status\">", "</p>", boot.loading)?;
    let page = replace(&page, "<p id=\"boot-scripts\">", "</p>", boot.no_script)?;
    if language.folder.is_empty() {
        return Ok(page);
    }
    Ok(["icons/", "js/"].iter().fold(page, |page, shared| {
        page.replace(&format!("href=\"{shared}"), &format!("href=\"../{shared}"))
            .replace(&format!("src=\"{shared}"), &format!("src=\"../{shared}"))
    }))
}

/// Where a route stands in the other languages.
fn alternates(public_url: &str, route: &str, built: &[Language]) -> String {
    let slash = if route.is_empty() { "" } else { "/" };
    let link = |language: &Language| {
        format!(
            "  <link rel=\"alternate\" hreflang=\"{}\" href=\"{public_url}{}{route}{slash}\">\n",
            language.code, language.folder
        )
    };
    if built.len() > 1 {
        built.iter().map(link).collect()
    } else {
        String::new()
    }
}

fn fixed(boot: Boot) -> Vec<Page> {
    let page = |&(route, title, description): &(&str, &str, &str)| Page::new(route, title, description);
    boot.pages.iter().map(page).collect()
}

/// A page for each protocol.
fn protocols(boot: Boot) -> Vec<Page> {
    let page = |protocol: &&Protocol| {
        let description = boot.protocol.replace("{name}", protocol.name);
        Page::new(&format!("protocols/{}", protocol.id), protocol.name, &description)
    };
    PROTOCOLS.iter().map(page).collect()
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
    use cotside_words::languages::LANGUAGES;

    #[test]
    fn a_route_is_linked_in_every_language_that_was_built() {
        let both = alternates("/r/", "stratify", &LANGUAGES[..2]);
        assert!(both.contains("hreflang=\"en\" href=\"/r/stratify/\""));
        assert!(both.contains("hreflang=\"ja\" href=\"/r/ja/stratify/\""));
        assert_eq!(alternates("/r/", "stratify", &LANGUAGES[..1]), "");
    }

    #[test]
    fn every_language_has_the_pages_of_english() {
        let routes = |code| boot(code).pages.iter().map(|page| page.0).collect::<Vec<_>>();
        for language in LANGUAGES {
            assert_eq!(routes(language.code), routes("en"));
        }
    }

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
        for language in LANGUAGES {
            let boot = boot(language.code);
            let page = translate(&source, language, boot).unwrap();
            assert!(page.contains(&format!("<html lang=\"{}\">", language.code)));
            assert_eq!(page.contains("href=\"../icons/"), language.code != "en");
            assert!(fixed(boot).iter().all(|route| fill(&page, route).is_ok()));
        }
    }
}
