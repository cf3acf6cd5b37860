//! The site's pages `/handbook/`: short chapters from `docs/handbook/`, and one page with all of them and a search. They
//! are in English and need no program.

use crate::failure::{Explain as _, Failure, Outcome};
use crate::shell;
use crate::validation::page_head;
use cotside_words::en;
use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::path::Path;

/// Where the handbook stands below the site's root.
pub const ROUTE: &str = "handbook";
/// What it is, for the head of its pages.
const NAME: &str = "Handbook";
/// The route of the page with all chapters, below [`ROUTE`].
const WHOLE: &str = "search";
/// Its title.
const WHOLE_TITLE: &str = "Search the handbook";
/// The rows of the exercise, beside its page.
const ROWS: &str = "severance-transplant.csv";

/// The chapters in their order: the file in `docs/handbook/`, and what the chapter has, in a sentence.
const CHAPTERS: [(&str, &str); 13] = [
    (
        "start",
        "What Cotside does, and how to begin: one infant, a cohort, published results.",
    ),
    (
        "files",
        "What a file of patients needs, which questions are asked of it, and what happens with rows that cannot be used.",
    ),
    (
        "endpoints",
        "Event-free, overall and disease-free survival, relapse with competing deaths; from when time is counted.",
    ),
    (
        "results",
        "How to read a curve, an interval, a hazard ratio and a P; what “not estimable” means; what to report.",
    ),
    (
        "exercise",
        "A guided exercise: immortal time in nine published infants, seen by moving a landmark.",
    ),
    ("methods", "The methods with their formulas and references."),
    (
        "pooled",
        "Several hospitals analyse their patients together by files of sums: roles, steps, what each one learns, and what the limits do.",
    ),
    (
        "privacy",
        "What happens with what you enter, and what you can do for privacy.",
    ),
    (
        "adding",
        "A protocol of your own, and how it becomes one for everybody.",
    ),
    (
        "programs",
        "The command line, and packages for JavaScript, Python, R and Rust.",
    ),
    ("citing", "How to cite Cotside, a rule, an estimate and an analysis."),
    (
        "errors",
        "How to report a wrong rule, a wrong number or a file that is read wrongly, without data of patients.",
    ),
    (
        "accessibility",
        "What is tested for accessibility, what is not good yet, and how to tell us of a barrier.",
    ),
];

/// A page of the handbook.
pub struct Chapter {
    /// Below the site's root, without slashes at the ends.
    pub route: String,
    pub title: String,
    pub description: &'static str,
    /// The body of the page.
    pub body: String,
}

/// Everything that a chapter is made of.
struct Source {
    route: String,
    title: String,
    description: &'static str,
    events: Vec<Event<'static>>,
}

/// The pages of the handbook; `script` is where the script of the search is, below the site's root.
pub fn pages(script: &str) -> Outcome<Vec<Chapter>> {
    let sources = CHAPTERS.iter().map(|&(name, description)| source(name, description));
    let sources = sources.collect::<Outcome<Vec<Source>>>()?;
    let titles: Vec<(String, String)> = sources
        .iter()
        .map(|one| (one.route.clone(), one.title.clone()))
        .collect();
    let mut pages: Vec<Chapter> = sources
        .iter()
        .map(|one| Chapter {
            route: one.route.clone(),
            title: one.title.clone(),
            description: one.description,
            body: whole_page(&one.route, &titles, &rendered(one.events.clone())).into_string(),
        })
        .collect();
    let route = format!("{ROUTE}/{WHOLE}");
    pages.push(Chapter {
        body: whole_page(&route, &titles, &search(&sources, script)).into_string(),
        route,
        title: WHOLE_TITLE.to_owned(),
        description: "All chapters of the handbook on one page, with a search.",
    });
    Ok(pages)
}

/// Writes the files beside the pages.
pub fn files(dist: &Path) -> Outcome<()> {
    let text = shell::read(&folder().join(ROWS))?;
    shell::write(&dist.join(ROUTE).join(ROWS), &text)
}

/// The script of the search as the build named it.
pub fn script(dist: &Path) -> Outcome<String> {
    let folder = dist.join("js");
    let entries = std::fs::read_dir(&folder).explain(format_args!("read {}", shell::shown(&folder)))?;
    let names = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    let found = names
        .into_iter()
        .find(|name| name.starts_with("handbook.") && name.ends_with(".js"));
    found.map(|name| format!("js/{name}")).ok_or_else(|| {
        Failure::new(
            "The built site has no script of the handbook.",
            "put `handbook` back into SCRIPTS in xtask/src/build.rs",
        )
    })
}

fn folder() -> std::path::PathBuf {
    shell::root().join("docs").join("handbook")
}

fn source(name: &str, description: &'static str) -> Outcome<Source> {
    let text = shell::read(&folder().join(format!("{name}.md")))?;
    let route = if name == "start" {
        ROUTE.to_owned()
    } else {
        format!("{ROUTE}/{name}")
    };
    let options = Options::ENABLE_TABLES;
    let events: Vec<Event<'static>> = Parser::new_ext(&text, options).map(Event::into_static).collect();
    let title = text.lines().next().and_then(|line| line.strip_prefix("# "));
    let title = title.ok_or_else(|| {
        Failure::new(
            format!("docs/handbook/{name}.md has no title."),
            "begin it with a line such as `# Start`",
        )
    })?;
    Ok(Source {
        events: with_places(&route, events),
        title: title.to_owned(),
        route,
        description,
    })
}

/// Gives each heading an id, and makes links lead from the site's root, from which its pages count.
fn with_places(route: &str, events: Vec<Event<'static>>) -> Vec<Event<'static>> {
    let text_after = |place: usize| {
        let rest = events[place + 1..].iter();
        let inside = rest.take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
        let words = inside.filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(&**text),
            _ => None,
        });
        slug(&words.collect::<String>())
    };
    let mut placed = events.clone();
    for (place, event) in placed.iter_mut().enumerate() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) if *level != HeadingLevel::H1 => {
                *id = Some(CowStr::from(text_after(place)));
            }
            Event::Start(Tag::Link { dest_url, .. }) => *dest_url = CowStr::from(from_root(route, dest_url)),
            _ => {}
        }
    }
    placed
}

/// The target of a link that counts from `/handbook/<chapter>/`, counted from the site's root.
fn from_root(route: &str, target: &str) -> String {
    if target.contains("://") {
        return target.to_owned();
    }
    if target.starts_with('#') {
        return format!("{route}/{target}");
    }
    match (target.strip_prefix("../../"), target.strip_prefix("../")) {
        (Some(rest), _) => rest.to_owned(),
        (None, Some(rest)) => format!("{ROUTE}/{rest}"),
        (None, None) => format!("{ROUTE}/{target}"),
    }
}

/// A heading as part of an address.
fn slug(heading: &str) -> String {
    let plain = heading
        .to_lowercase()
        .replace(|sign: char| !sign.is_alphanumeric(), "-");
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    words.join("-")
}

fn rendered(events: Vec<Event<'static>>) -> Markup {
    let mut text = String::new();
    pulldown_cmark::html::push_html(&mut text, events.into_iter());
    // Wide tables and blocks of code move in a frame of their own, which the keyboard reaches.
    let text = text
        .replace("<table>", "<div class=\"wide\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>")
        .replace("<pre>", "<pre tabindex=\"0\">");
    PreEscaped(text)
}

/// A page of the handbook: head, chapters, text, foot.
fn whole_page(route: &str, titles: &[(String, String)], text: &Markup) -> Markup {
    let address = format!("{route}/");
    let search = format!("{ROUTE}/{WHOLE}/");
    let place = titles.iter().position(|(one, _)| one == route);
    let beside = |step: isize| titles.get(place?.checked_add_signed(step)?);
    html! {
        a.skip href={ (address) "#main" } { (en::page::SKIP) }
        (page_head(&address))
        div.handbook {
            nav.chapters aria-label=(NAME) {
                ol {
                    @for (to, title) in titles {
                        li { a href={ (to) "/" } aria-current=[(to == route).then_some("page")] { (title) } }
                    }
                }
                a href=(search) aria-current=[(search == address).then_some("page")] { (WHOLE_TITLE) }
            }
            main #main tabindex="-1" {
                div.prose {
                    (text)
                    p.neighbours {
                        @if let Some((to, title)) = beside(-1) { a href={ (to) "/" } rel="prev" { "← " (title) } " " }
                        @if let Some((to, title)) = beside(1) { a href={ (to) "/" } rel="next" { (title) " →" } }
                    }
                }
            }
        }
        footer.foot { p { (en::INTENDED_USE) } }
    }
}

/// All sections of all chapters, which the script filters by words.
fn search(sources: &[Source], script: &str) -> Markup {
    html! {
        h1 { (WHOLE_TITLE) }
        p data-search-box hidden {
            label { "Words " input type="search" autocomplete="off"; }
            " " span role="status" {}
        }
        p.quiet { "Everything is on this page: your browser’s own search finds it too." }
        @for one in sources {
            @for section in sections(&one.events) {
                section.section data-section {
                    h2 { a href={ (one.route) "/" } { (one.title) } }
                    (rendered(section))
                }
            }
        }
        script src=(script) defer {}
    }
}

/// The parts of a chapter: what stands before its first heading, and each heading with what stands below it. Headings are
/// one step lower than in the chapter, and have no ids: the chapter has them.
fn sections(events: &[Event<'static>]) -> Vec<Vec<Event<'static>>> {
    let mut parts: Vec<Vec<Event<'static>>> = vec![Vec::new()];
    let mut in_title = false;
    for event in events {
        match event {
            Event::Start(Tag::Heading {
                level: HeadingLevel::H1,
                ..
            }) => in_title = true,
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => in_title = false,
            _ if in_title => {}
            Event::Start(Tag::Heading { .. }) => parts.push(vec![Event::Start(Tag::Heading {
                level: HeadingLevel::H3,
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            })]),
            Event::End(TagEnd::Heading(_)) => push(&mut parts, Event::End(TagEnd::Heading(HeadingLevel::H3))),
            other => push(&mut parts, other.clone()),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn push(parts: &mut [Vec<Event<'static>>], event: Event<'static>) {
    if let Some(part) = parts.last_mut() {
        part.push(event);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn all() -> Vec<Chapter> {
        pages("js/handbook.x.js").unwrap()
    }

    #[test]
    fn every_chapter_of_the_folder_is_a_page() {
        let files = shell::files_under(&folder());
        let named = files
            .iter()
            .filter(|file| file.extension().is_some_and(|kind| kind == "md"));
        let named: BTreeSet<String> = named
            .map(|file| file.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(named, CHAPTERS.iter().map(|(name, _)| (*name).to_owned()).collect());
        let routes: BTreeSet<String> = all().into_iter().map(|page| page.route).collect();
        assert_eq!(routes.len(), CHAPTERS.len() + 1);
        assert!(folder().join(ROWS).is_file());
    }

    /// The targets of the links of a page, below the site's root.
    fn links(body: &str) -> Vec<&str> {
        let targets = body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        targets.filter(|target| !target.contains("://")).collect()
    }

    #[test]
    fn every_link_leads_to_a_page_or_a_heading() {
        let pages = all();
        let boot = cotside_words::languages::boot("en");
        let mut known: BTreeSet<String> = boot.pages.iter().map(|page| format!("{}/", page.0)).collect();
        known.extend(["validation/", "./", "handbook/severance-transplant.csv"].map(str::to_owned));
        for page in &pages {
            known.insert(format!("{}/", page.route));
            for id in page
                .body
                .split(" id=\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
            {
                known.insert(format!("{}/#{id}", page.route));
            }
        }
        for page in &pages {
            for link in links(&page.body) {
                assert!(known.contains(link), "{}: {link}", page.route);
            }
        }
    }

    #[test]
    fn a_section_can_be_found_with_its_chapter() {
        let search = all().pop().unwrap();
        assert!(
            search
                .body
                .contains("<h2><a href=\"handbook/methods/\">Methods</a></h2><h3>Competing risks</h3>")
        );
        assert!(!search.body.contains("<h1>Methods"), "one title on a page");
        let sections = search.body.matches("data-section").count();
        assert!(sections > 2 * CHAPTERS.len(), "{sections}");
    }

    #[test]
    fn links_count_from_the_root_of_the_site() {
        for (target, wanted) in [
            ("../../stratify/", "stratify/"),
            ("../files/", "handbook/files/"),
            ("#x", "handbook/methods/#x"),
            ("rows.csv", "handbook/rows.csv"),
            ("https://x.example/", "https://x.example/"),
        ] {
            assert_eq!(from_root("handbook/methods", target), wanted);
        }
        assert_eq!(slug("A hazard ratio, again"), "a-hazard-ratio-again");
    }
}
