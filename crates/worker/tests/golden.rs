//! Every figure of the samples as it was when someone last looked at it.
//!
//! A figure that differs fails. Look at the new one (it is left beside the old one, as `<name>.new.svg`); if it is better,
//! renew all with `COTSIDE_RENEW=1 cargo test -p cotside-workbench --test golden`, and commit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use std::path::Path;

use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

const FIGURES: &[&str] = &[
    "curves",
    "incidence",
    "transplant",
    "alone",
    "together",
    "schoenfeld",
    "loglog",
    "subgroups",
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
        ],
        figures: 8,
    },
    Sample {
        name: "severance",
        file: "severance-follow-up.csv",
        settings: &[("group", "finding:sex"), ("unit", "months"), ("table", "at-risk")],
        figures: 6,
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
        figures: 7,
    },
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
        let _ = bench.set(name, value);
    }
    bench
}

#[test]
fn figures_of_the_samples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut others = Vec::new();
    for sample in SAMPLES {
        let mut bench = page(sample);
        let mut found = 0;
        for figure in FIGURES {
            let Some(svg) = bench.export(&format!("{figure}.svg"), "") else {
                continue;
            };
            found += 1;
            let drawn = svg.text.replace("><", ">\n<") + "\n";
            let name = format!("{}-{figure}", sample.name);
            let (old, new) = (
                folder.join(format!("{name}.svg")),
                folder.join(format!("{name}.new.svg")),
            );
            if std::env::var_os("COTSIDE_RENEW").is_some() {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&old, drawn).unwrap();
                let _ = std::fs::remove_file(new);
            } else if std::fs::read_to_string(&old).unwrap_or_default().replace('\r', "") != drawn {
                std::fs::write(&new, drawn).unwrap();
                others.push(name);
            }
        }
        assert_eq!(found, sample.figures, "figures of {}", sample.name);
    }
    assert!(others.is_empty(), "drawn otherwise than before: {others:?}");
}
