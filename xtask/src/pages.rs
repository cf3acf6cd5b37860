//! A separate page for each route, so that a deep link works on a host that only serves files.

use crate::documents::Documents;
use crate::failure::{Failure, Outcome};
use crate::validation::{self, Comparisons};
use crate::{handbook, policy, shell};
use cotside_documents::Document;
use cotside_words::languages::{Boot, LANGUAGES, Language, boot};
use std::path::Path;

/// The text of a route's page before the program has started, and for search engines and link previews.
struct Page {
    /// Below the site's root; empty for the first page.
    route: String,
    title: String,
    description: String,
    /// The whole content as HTML, where the page is one that is read: title and description do not stand in it then.
    content: String,
}

impl Page {
    fn new(route: &str, title: &str, description: &str) -> Self {
        Self {
            route: route.to_owned(),
            title: title.to_owned(),
            description: description.to_owned(),
            content: String::new(),
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

/// The pages of every language that is built.
pub struct Pages {
    /// The public address of the site, where it is known.
    site_url: Option<String>,
    languages: Vec<Language>,
    comparisons: Comparisons,
}

impl Pages {
    /// Collects the texts of the pages; runs the reference tests for the page of validation.
    pub fn new(site_url: Option<String>, languages: &[Language]) -> Outcome<Self> {
        Ok(Self {
            site_url,
            languages: languages.to_vec(),
            comparisons: Comparisons::run()?,
        })
    }

    /// Finishes Trunk's single page of a language: the policy, the build's number, one page per route, the page for
    /// unknown addresses; and, where the public address is known, the data for search engines.
    pub fn write(&self, dist: &Path, language: Language, build: &str, documents: &Documents) -> Outcome<()> {
        let boot = boot(language.code);
        let template = translate(&shell::read(&dist.join("index.html"))?, language, boot)?;
        let template = without_ignored_integrity(&template);
        let template = replace(&template, "<meta name=\"build\" content=\"", "\">", build)?;
        let template = replace(
            &template,
            "<meta name=\"validation\" content=\"",
            "\">",
            &self.comparisons.counts(),
        )?;
        let without_program = template.clone();
        let template = policy::insert(&template)?;
        let mut pages = all(boot, &documents.all, build);
        for page in &pages {
            let folder = page
                .route
                .split('/')
                .filter(|part| !part.is_empty())
                .fold(dist.to_path_buf(), |a, b| a.join(b));
            let tags = format!(
                "</title>\n{}{}",
                self.alternates(page),
                self.own_address(language, page)
            );
            let text = fill(&template, page)?.replacen("</title>", tags.trim_end(), 1);
            shell::write(&folder.join("index.html"), &text)?;
        }
        if language.folder.is_empty() {
            pages.push(self.validation(dist, &without_program)?);
            pages.extend(self.handbook(dist, &without_program)?);
        }
        self.for_engines(dist, language, &pages)?;
        let unknown = Page::new("", boot.not_found.0, boot.not_found.1);
        shell::write(&dist.join("404.html"), &fill(&template, &unknown)?)?;
        // GitHub Pages would otherwise pass over some files.
        shell::write(&dist.join(".nojekyll"), "")
    }

    /// The page of validation, in English alone: it needs no program, so it has none.
    fn validation(&self, dist: &Path, template: &str) -> Outcome<Page> {
        let page = Page::new(validation::ROUTE, validation::TITLE, validation::DESCRIPTION);
        let body = validation::body(dist, &self.comparisons)?;
        self.without_program(dist, template, &page, &body)?;
        Ok(page)
    }

    /// The pages of the handbook, in English alone.
    fn handbook(&self, dist: &Path, template: &str) -> Outcome<Vec<Page>> {
        handbook::files(dist)?;
        let chapters = handbook::pages(&handbook::script(dist)?)?;
        let write = |chapter: handbook::Chapter| {
            let page = Page::new(&chapter.route, &chapter.title, chapter.description);
            self.without_program(dist, template, &page, &chapter.body)?;
            Ok(page)
        };
        chapters.into_iter().map(write).collect()
    }

    /// Writes a page that needs no program.
    fn without_program(&self, dist: &Path, template: &str, page: &Page, body: &str) -> Outcome<()> {
        let text = policy::insert(&without_program(template)?)?;
        let text = describe(&text, page)?;
        let tags = format!("</title>\n{}", self.own_address(LANGUAGES[0], page));
        let text = text.replacen("</title>", tags.trim_end(), 1);
        let (head, _) = text.split_once("<body>").unwrap_or((&text, ""));
        let whole = format!("{head}<body>\n{body}\n</body>\n</html>\n");
        let folder = page
            .route
            .split('/')
            .fold(dist.to_path_buf(), |folder, part| folder.join(part));
        shell::write(&folder.join("index.html"), &whole)
    }

    /// Returns the addresses of a page in every language, for search engines, which need absolute addresses.
    fn alternates(&self, page: &Page) -> String {
        let Some(root) = &self.site_url else {
            return String::new();
        };
        let link = |language: &Language| {
            format!(
                "    <link rel=\"alternate\" hreflang=\"{}\" href=\"{}\">\n",
                language.code,
                escape(&format!("{root}{}{}", language.folder, page.address()))
            )
        };
        if self.languages.len() > 1 {
            self.languages.iter().map(link).collect()
        } else {
            String::new()
        }
    }

    /// The page's own address for search engines and previews.
    fn own_address(&self, language: Language, page: &Page) -> String {
        let Some(site) = &self.site_url else {
            return String::new();
        };
        let address = escape(&format!("{site}{}{}", language.folder, page.address()));
        format!(
            "    <link rel=\"canonical\" href=\"{address}\">\n    <meta property=\"og:url\" content=\"{address}\">\n    \
             <meta property=\"og:title\" content=\"{}\">\n    <meta property=\"og:description\" content=\"{}\">",
            escape(&page.title),
            escape(&page.description)
        )
    }

    /// Each language has its list of pages; the root's robots.txt names them.
    fn for_engines(&self, dist: &Path, language: Language, pages: &[Page]) -> Outcome<()> {
        let mut robots = "User-agent: *\nAllow: /\n".to_owned();
        if let Some(site) = &self.site_url {
            let own = format!("{site}{}", language.folder);
            shell::write(&dist.join("sitemap.xml"), &sitemap(&own, pages))?;
            for language in &self.languages {
                robots.push_str(&format!("Sitemap: {site}{}sitemap.xml\n", language.folder));
            }
        }
        if language.folder.is_empty() {
            shell::write(&dist.join("robots.txt"), &robots)?;
        }
        Ok(())
    }
}

/// The language of a page, and its words before the program has started.
fn translate(page: &str, language: Language, boot: Boot) -> Outcome<String> {
    let page = replace(page, "<html lang=\"", "\">", language.code)?;
    let page = replace(&page, "<p id=\"boot-status\" role=\"status\">", "</p>", boot.loading)?;
    let page = replace(&page, "data-framed=\"", "\"", boot.framed.0)?;
    let page = replace(&page, "data-open=\"", "\"", boot.framed.1)?;
    replace(&page, "<p id=\"boot-scripts\">", "</p>", boot.no_script)
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

/// Every page of a language: those with words of their own until the program has started, and those that are read.
fn all(boot: Boot, documents: &[Document], build: &str) -> Vec<Page> {
    let content = |route: &str| {
        let document = documents.iter().find(|document| document.route == route);
        document.map_or_else(String::new, |document| document.of_build(build))
    };
    let fixed = boot.pages.iter().map(|&(route, title, description)| Page {
        content: content(route),
        ..Page::new(route, title, description)
    });
    let others = documents
        .iter()
        .filter(|document| boot.pages.iter().all(|(route, ..)| *route != document.route));
    let others = others.map(|document| Page {
        content: document.of_build(build),
        ..Page::new(
            &document.route,
            &document.title,
            &boot.protocol.replace("{name}", &document.title),
        )
    });
    fixed.chain(others).collect()
}

/// Puts a route's words into the places that www/index.html has for them, or its content, from which the program takes it.
fn fill(template: &str, page: &Page) -> Outcome<String> {
    let text = describe(template, page)?;
    if page.content.is_empty() {
        let text = replace(&text, "<h1 id=\"boot-title\">", "</h1>", &page.title)?;
        return replace(&text, "<p id=\"boot-text\">", "</p>", &page.description);
    }
    let (before, rest) = between(&text, "<h1 id=\"boot-title\">", "</h1>")?;
    let (middle, rest) = between(rest, "<p id=\"boot-text\">", "</p>")?;
    let (after, rest) = rest.split_once(MORE).ok_or_else(|| missing(MORE))?;
    Ok(format!(
        "{before}{middle}{after}<div id=\"boot-more\" data-document=\"{}\">{}</div>{rest}",
        escape(&page.route),
        page.content
    ))
}

/// A page's title and description in its head.
fn describe(template: &str, page: &Page) -> Outcome<String> {
    let title = if page.title == "Cotside" {
        page.title.clone()
    } else {
        format!("{} · Cotside", page.title)
    };
    let text = replace(template, "<title>", "</title>", &title)?;
    replace(&text, "<meta name=\"description\" content=\"", "\">", &page.description)
}

/// Removes the checksums of preloaded files: browsers ignore them there and warn on every page. The service worker
/// checks every file.
fn without_ignored_integrity(html: &str) -> String {
    const START: &str = "<link rel=\"preload\"";
    let mut parts = html.split(START);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (link, after) = part.split_once('>').unwrap_or((part, ""));
        let link = match link.split_once(" integrity=\"") {
            Some((before, rest)) => format!("{before}{}", rest.split_once('"').map_or("", |(_, behind)| behind)),
            None => link.to_owned(),
        };
        text.push_str(&format!("{START}{link}>{after}"));
    }
    text
}

/// Returns the template without the program: without its inline script, the files it loads, and the scripts of pages
/// with files.
fn without_program(template: &str) -> Outcome<String> {
    let mut text = template.to_owned();
    for (start, end) in [
        ("<script type=\"module\" src=", "</script>"),
        ("<script type=\"module\">", "</script>"),
        ("<link rel=\"modulepreload\"", ">"),
        ("<link rel=\"preload\"", ">"),
        ("<meta name=\"files\"", ">"),
    ] {
        while let Some((before, rest)) = text.split_once(start) {
            let Some((_, after)) = rest.split_once(end) else { break };
            text = format!("{before}{after}");
        }
    }
    if text.contains(".wasm") {
        return Err(Failure::new(
            "A page without the program would load it.",
            "see what Trunk writes into the page's head now, and correct `without_program` in xtask/src/pages.rs",
        ));
    }
    Ok(text)
}

/// The place for more to read in www/index.html.
const MORE: &str = "<div id=\"boot-more\"></div>";

fn replace(text: &str, before: &str, after: &str, words: &str) -> Outcome<String> {
    let (head, tail) = between(text, before, after)?;
    Ok(format!("{head}{before}{}{after}{tail}", escape(words)))
}

/// What stands before an element and behind it.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Outcome<(&'a str, &'a str)> {
    let split = text
        .split_once(start)
        .and_then(|(head, rest)| Some((head, rest.split_once(end)?.1)));
    split.ok_or_else(|| missing(start))
}

fn missing(part: &str) -> Failure {
    Failure::new(
        format!("The built page has no `{part}`."),
        "put it back into www/index.html",
    )
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
    fn a_route_is_linked_in_every_language_that_was_built() {
        let mut pages = Pages {
            site_url: None,
            languages: LANGUAGES[..2].to_vec(),
            comparisons: Comparisons::default(),
        };
        let stratify = Page::new("stratify", "", "");
        assert_eq!(pages.alternates(&stratify), "");
        pages.site_url = Some("https://x.example/r/".to_owned());
        let both = pages.alternates(&stratify);
        assert!(both.contains("hreflang=\"en\" href=\"https://x.example/r/stratify/\""));
        assert!(both.contains("hreflang=\"ja\" href=\"https://x.example/r/ja/stratify/\""));
        pages.languages.truncate(1);
        assert_eq!(pages.alternates(&stratify), "");
    }

    #[test]
    fn every_language_has_the_pages_of_english() {
        let routes = |code| boot(code).pages.iter().map(|page| page.0).collect::<Vec<_>>();
        for language in LANGUAGES {
            assert_eq!(routes(language.code), routes("en"));
        }
    }

    #[test]
    fn a_page_without_the_program_loads_none_of_it() {
        let template = "<head><script src=\"js/boot.js\" defer></script><script type=\"module\" src=\"js/seal.js\"></script>\
            <script type=\"module\">\nawait init('a.wasm');\n</script><link rel=\"modulepreload\" href=\"a.js\">\
            <link rel=\"preload\" href=\"a.wasm\"></head>";
        let kept = "<head><script src=\"js/boot.js\" defer></script></head>";
        assert_eq!(without_program(template).unwrap(), kept);
        assert!(without_program("<link rel=\"prefetch\" href=\"a.wasm\">").is_err());
    }

    #[test]
    fn a_checksum_that_browsers_ignore_is_left_out() {
        let page = "<link rel=\"modulepreload\" integrity=\"a\"><link rel=\"preload\" href=\"b\" integrity=\"c\" as=\"fetch\"><p>";
        assert_eq!(
            without_ignored_integrity(page),
            "<link rel=\"modulepreload\" integrity=\"a\"><link rel=\"preload\" href=\"b\" as=\"fetch\"><p>"
        );
    }

    #[test]
    fn a_page_gets_its_own_words_escaped() {
        let template = "<title>a</title><meta name=\"description\" content=\"b\"><h1 id=\"boot-title\">c</h1>\
            <p id=\"boot-text\">d</p>";
        let page = fill(template, &Page::new("x", "A & B", "less < \"more\"")).unwrap();
        assert!(page.starts_with("<title>A &amp; B · Cotside</title>"));
        assert!(page.contains("content=\"less &lt; &quot;more&quot;\""));
        assert!(fill("<title>a</title>", &Page::new("x", "A", "B")).is_err());
        let template = format!("{template}{MORE}<p>");
        let read = Page {
            content: "<h1>E</h1>".to_owned(),
            ..Page::new("protocols/e", "E", "F")
        };
        let page = fill(&template, &read).unwrap();
        assert!(
            page.ends_with("\"F\"><div id=\"boot-more\" data-document=\"protocols/e\"><h1>E</h1></div><p>"),
            "{page}"
        );
    }

    #[test]
    fn a_page_that_is_read_has_its_content_and_an_address() {
        let document = |route: &str, title: &str, html: &str| {
            let [route, title, html] = [route, title, html].map(str::to_owned);
            Document { route, title, html }
        };
        let documents = [
            document("protocols/a-1", "A & B", "<h1>A &amp; B</h1>"),
            document("about", "About", "<p>Build {build}</p>"),
        ];
        let pages = all(boot("en"), &documents, "0123");
        let of = |route: &str| pages.iter().find(|page| page.route == route).unwrap();
        assert_eq!(pages.len(), boot("en").pages.len() + 1);
        assert_eq!(of("about").content, "<p>Build 0123</p>");
        assert_eq!(of("stratify").content, "");
        assert!(of("protocols/a-1").description.contains("A & B"));
        let map = sitemap("https://x.example/c/", &pages);
        assert!(map.contains("<loc>https://x.example/c/protocols/a-1/</loc>"));
    }

    #[test]
    fn the_source_page_has_every_place() {
        let source = shell::read(&shell::root().join("www").join("index.html")).unwrap();
        for language in LANGUAGES {
            let boot = boot(language.code);
            let page = translate(&source, language, boot).unwrap();
            assert!(page.contains(&format!("<html lang=\"{}\">", language.code)));
            assert!(all(boot, &[], "").iter().all(|route| fill(&page, route).is_ok()));
        }
        assert!(source.contains(MORE) && source.contains("<meta name=\"build\" content=\"\">"));
        assert!(source.contains("<meta name=\"validation\" content=\"\">"));
    }
}
