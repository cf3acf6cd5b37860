//! The drawing of the example on the first page is what Analyse draws of the sample.
//!
//! Where it is not, look at what Analyse draws now; to take it over, run
//! `COTSIDE_PICTURES=renew cargo test -p cotside-worker --test home_picture`, and commit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use std::path::Path;

use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

/// Two groups, the first eight years, no bands: what can be read in a third of a page.
const SETTINGS: [(&str, &str); 6] = [
    ("group", "finding:kmt2a"),
    ("width", "120"),
    ("table", "at-risk"),
    ("bands", "no"),
    ("lines", "colour"),
    ("time-to", "8"),
];

/// The sample without the three patients whose KMT2A status could not be established.
fn sample() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/samples/synthetic-registry.csv");
    let text = std::fs::read_to_string(file).unwrap();
    let lines = text.lines().filter(|line| !line.contains(",undetermined,"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The curves of the sample as Analyse puts them into the page.
fn drawn() -> String {
    let mut file = CohortFile::default();
    assert_eq!(file.open("registry.csv", "", sample().as_bytes()).refused, None);
    let mut results = Results::default();
    let _ = results.take(file.study().unwrap());
    for (name, value) in SETTINGS {
        let _ = named::set(&mut results, name, value);
    }
    loop {
        let reply = results.next_part();
        if let Some(html) = reply.parts.get("curves") {
            let from = html.find("<svg").unwrap();
            let to = html.find("</svg>").unwrap() + "</svg>".len();
            return html[from..to].replace("><", ">\n<") + "\n";
        }
        assert!(reply.more, "no curves");
    }
}

#[test]
fn the_curve_of_the_first_page_is_what_analyse_draws() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/pictures/registry-efs.svg");
    let drawn = drawn();
    if std::env::var_os("COTSIDE_PICTURES").is_some() {
        std::fs::write(&file, &drawn).unwrap();
    }
    assert!(drawn.contains("<svg") && drawn.contains("class="));
    assert_eq!(std::fs::read_to_string(&file).unwrap_or_default(), drawn);
}
