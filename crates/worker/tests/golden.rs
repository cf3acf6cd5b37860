//! Every figure of the samples as it was when someone last looked at it.
//!
//! A figure that differs fails. Look at the new one (it is left beside the old one, as `<name>.snap.new.svg`); if it is
//! better, renew all with `INSTA_UPDATE=always cargo test -p cotside-worker --test golden`, and commit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use std::path::Path;

use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

const FIGURES: &[&str] = &[
    "curves",
    "difference",
    "panels",
    "incidence",
    "transplant",
    "alone",
    "together",
    "schoenfeld",
    "loglog",
    "subgroups",
    "spline",
    "parametric",
];

/// A sample: its file, the code of the button that opens it, the settings under which its figures are drawn.
struct Sample {
    name: &'static str,
    file: &'static str,
    settings: &'static [(&'static str, &'static str)],
    figures: usize,
}

const SAMPLES: &[Sample] = &[
    Sample {
        name: "registry",
        file: "synthetic-registry.csv",
        settings: &[
            ("group", "finding:sex"),
            ("model:finding:sex", "yes"),
            ("model:finding:age_days", "yes"),
            ("model:finding:kmt2a", "yes"),
            ("spline", "finding:wbc"),
        ],
        figures: 12,
    },
    Sample {
        name: "severance",
        file: "severance-follow-up.csv",
        settings: &[("group", "finding:sex"), ("unit", "months"), ("table", "at-risk")],
        figures: 8,
    },
    Sample {
        name: "registry-protocol",
        file: "synthetic-registry.csv",
        settings: &[
            ("group", "protocol:interfant-06"),
            ("width", "183"),
            ("table", "at-risk"),
            ("time-to", "10"),
        ],
        figures: 10,
    },
];

/// Curves of the registry under settings that change them.
const CURVES: &[(&str, &[(&str, &str)])] = &[
    (
        "registry-band",
        &[
            ("group", "finding:sex"),
            ("simultaneous", "hall-wellner"),
            ("level", "90"),
            ("band-to", "6"),
            ("caption", "yes"),
        ],
    ),
    ("registry-journal", &[("group", "finding:kmt2a"), ("caption", "yes")]),
    (
        "registry-kmunicate",
        &[("preset", "kmunicate"), ("group", "finding:kmt2a"), ("caption", "yes")],
    ),
    ("registry-slide", &[("preset", "slide"), ("group", "finding:kmt2a")]),
    (
        "registry-grey",
        &[("preset", "grey"), ("group", "finding:kmt2a"), ("width", "89")],
    ),
    (
        "registry-hazard",
        &[("group", "finding:sex"), ("shown", "hazard"), ("caption", "yes")],
    ),
];

fn page(sample: &Sample) -> Results {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/samples");
    let mut intake = CohortFile::default();
    let bytes = std::fs::read(folder.join(sample.file)).unwrap();
    assert_eq!(intake.open(sample.file, "", &bytes).refused, None);
    let mut bench = Results::default();
    let _ = bench.take(intake.study().unwrap());
    let _ = bench.take_protocols(intake.protocols());
    for (name, value) in sample.settings {
        let _ = named::set(&mut bench, name, value);
    }
    bench
}

fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("golden");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn curves_under_settings_that_change_them() {
    for &(name, settings) in CURVES {
        let mut bench = page(&Sample {
            name,
            file: "synthetic-registry.csv",
            settings,
            figures: 1,
        });
        let svg = bench.export("curves.svg", "").unwrap();
        let drawn = svg.text.replace("><", ">\n<") + "\n";
        let name = format!("{name}-curves.svg");
        snapshots().bind(|| insta::assert_binary_snapshot!(&name, drawn.into_bytes()));
    }
}

#[test]
fn figures_of_the_samples() {
    let settings = snapshots();
    for sample in SAMPLES {
        let mut bench = page(sample);
        let mut found = 0;
        for figure in FIGURES {
            let Some(svg) = bench.export(&format!("{figure}.svg"), "") else {
                continue;
            };
            found += 1;
            let drawn = svg.text.replace("><", ">\n<") + "\n";
            // Kept as a file of its own, so that a browser shows it.
            let name = format!("{}-{figure}.svg", sample.name);
            settings.bind(|| insta::assert_binary_snapshot!(&name, drawn.into_bytes()));
        }
        assert_eq!(found, sample.figures, "figures of {}", sample.name);
    }
}
