//! What does not change: the views and where their parts stand.

use cotside_core::evidence::published;
use cotside_core::protocols::EVIDENCE_DATE;
use cotside_words::html::{Html, element, plain, span, text};

/// Sections with the names of their views.
const VIEWS: [(&str, &str); 6] = [
    ("estimates", "Estimates"),
    ("studies", "Studies"),
    ("five-studies", "Five studies"),
    ("check", "Check numbers"),
    ("compare", "Compare and pool"),
    ("reconstruct", "Take a curve back"),
];

/// The address of a view of this page.
pub fn address(fragment: &str) -> String {
    format!("evidence/#{fragment}")
}

/// Links to the views, the one that is shown marked.
pub fn menu(shown: &str) -> Html {
    let link = |&(fragment, name): &(&str, &str)| {
        let address = address(fragment);
        let mut attributes = vec![("href", address.as_str())];
        if fragment == shown {
            attributes.push(("aria-current", "true"));
        }
        element("a", &attributes, &[text(name)])
    };
    Html::all(VIEWS.iter().map(link))
}

fn part(name: &str) -> Html {
    element("div", &[("data-part", name), ("data-testid", name)], &[])
}

fn view(name: &str, title: &str, lead: &str, content: &[Html]) -> Html {
    let id = format!("view-{name}");
    let mut inside = vec![element("h2", &[("id", &id)], &[text(title)]), span("p", "prose", lead)];
    inside.extend_from_slice(content);
    element(
        "section",
        &[
            ("data-view", name),
            ("tabindex", "-1"),
            ("aria-labelledby", &id),
            ("hidden", ""),
        ],
        &inside,
    )
}

/// The views with places for their parts.
pub fn html() -> Html {
    let table = published();
    let lead = format!(
        "{} estimates of {} studies and reports, as printed, each with the place where it was read. Read {EVIDENCE_DATE}.",
        table.estimates.len(),
        table.studies.len()
    );
    let digitiser = element(
        "cotside-digitiser",
        &[("name", "curve.marks"), ("data-testid", "digitiser")],
        &[],
    );
    let seal = element("cotside-seal", &[("class", "seal"), ("data-testid", "seal")], &[]);
    Html::all([
        element(
            "nav",
            &[("class", "views"), ("aria-label", "Views"), ("data-part", "menu")],
            &[],
        ),
        view(
            "estimates",
            "Published estimates",
            &lead,
            &[part("estimates-controls"), part("estimates")],
        ),
        view("studies", "Studies", "", &[part("studies")]),
        view("five-studies", "Five studies side by side", "", &[part("five-studies")]),
        view(
            "check",
            "Do published numbers follow from each other?",
            "Type numbers as they are printed, with all their decimals. A printed number stands for every number that rounds \
             to it. What does not follow may have a reason that is not printed.",
            &[part("check-controls"), part("check")],
        ),
        view(
            "compare",
            "Compare and pool",
            "Two published rates side by side, or three and more pooled, with what speaks against it.",
            &[
                part("compare-controls"),
                part("compare"),
                plain("h3", "Pool"),
                part("pool-controls"),
                part("pool"),
            ],
        ),
        view(
            "reconstruct",
            "Take a published curve back to times",
            "From the points of a Kaplan–Meier curve and the numbers at risk under it: times and events that draw the same \
             curve (Guyot et al. 2012, refined). They are not data of patients.",
            &[seal, digitiser, part("curve-controls"), part("curve")],
        ),
    ])
}
