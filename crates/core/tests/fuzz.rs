//! Files of patients and files of protocols with faults: results are consistent, and nothing panics or hangs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../../tests/fuzz/random.rs"]
mod random;
#[allow(dead_code)] // Plans of the attacks.
#[path = "federated_attacks/registry.rs"]
mod registry;

use std::time::{Duration, Instant};

use cotside_core::cohort::{Endpoint, Mapping, Shape, Sheet, Study, TimeSettings, TimeToEvent, read_table};
use cotside_core::federated::log::Log;
use cotside_core::federated::{Design, Key, Plan, Sharing, Summary, combine, sealed};
use cotside_core::infant::{Entry, Field, read as read_infant};
use cotside_core::protocols::own::{MOST_BYTES, copy_of, read, text};
use cotside_core::protocols::{PROTOCOLS, assess};
use random::fuzz;
use registry::{Site, design, per_site};

const SAMPLES: [&[u8]; 6] = [
    include_bytes!("../../../tests/reference/workbench/visits_file.csv"),
    include_bytes!("../../../tests/reference/workbench/adtte_file.csv"),
    include_bytes!("../../../www/samples/synthetic-registry.csv"),
    include_bytes!("../../../www/samples/severance-follow-up.csv"),
    include_bytes!("../../../www/samples/severance.csv"),
    b"Patient;Geburtsdatum;Diagnose;WBC /\xb5l;KMT2A\n1;01.02.2020;3.4.2020;12.500,5;ja\n2;1/2/20;;1e5;\n",
];

/// Typical and invalid cells of registries.
const CELLS: &[&str] = &[
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    "\"",
    "\0",
    "\u{feff}",
    "NA",
    "-",
    "31.02.2020",
    "2020-13-01",
    "1/2/03",
    "99999-01-01",
    "1e308",
    "-1",
    "0",
    "0,5",
    "1.000,5",
    "inf",
    "nan",
    "date_of_birth",
    "id",
    "id",
    "=1+1",
    "9999-12-31",
    "00/00/0000",
    "alive",
    "NED",
    "2015-03",
    "H30.1.5",
    "10^-3",
    "250 000 /µL",
    "Mean",
    "#",
    " \"",
    "1=dead",
    "3w",
    "<b>",
    "ü",
    "漢",
    "\u{202e}",
    "\r\n\r\n",
    ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,",
];

fn not_slow(start: Instant, bytes: &[u8]) {
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "slow: {:?}",
        String::from_utf8_lossy(bytes)
    );
}

/// No row is lost, and no time is one that does not exist, whatever the file.
#[test]
fn any_file_of_patients() {
    fuzz(300, |tried, random| {
        let sample = SAMPLES[tried % SAMPLES.len()];
        // Whole files are slow; the head and some rows find as much.
        let most = if tried % 10 == 0 { sample.len() } else { 2000 };
        let mut bytes = random.faulty(&sample[..most.min(sample.len())], CELLS);
        if random.below(12) == 0 {
            let wide = bytes.iter().flat_map(|&byte| [byte, 0]).collect::<Vec<u8>>();
            bytes = [b"\xff\xfe".as_slice(), &wide].concat();
        }
        let start = Instant::now();
        let _ = read_table(&bytes);
        let _ = Sheet::read(&bytes);
        if let Ok(raw) = Sheet::read_lenient(&bytes) {
            let import = Shape::guess(&raw).0.apply(&raw);
            assert_eq!(import.sheet.rows(), raw.sheet.rows());
            let profiles = import.profiles();
            let (mapping, _) = Mapping::guess(&import, &profiles);
            let cohort = mapping.read(&import);
            let said = || String::from_utf8_lossy(&bytes).into_owned();
            assert_eq!(
                cohort.patients.len() + cohort.set_aside.len(),
                import.sheet.rows(),
                "{}",
                said()
            );
            let _ = Study::of("file", &import, &profiles, &mapping, &cohort);
            for endpoint in [
                Endpoint::EventFreeSurvival,
                Endpoint::OverallSurvival,
                Endpoint::TimeToRelapse,
            ] {
                let times = TimeToEvent::of(&cohort, endpoint, TimeSettings::default());
                assert_eq!(
                    times.time.len() + times.excluded.len(),
                    import.sheet.rows(),
                    "{}",
                    said()
                );
                assert!(
                    times.time.iter().all(|time| time.is_finite() && *time >= 0.0),
                    "{}",
                    said()
                );
            }
        }
        not_slow(start, &bytes);
        true
    });
}

const JSON: &[&str] = &[
    "null",
    "true",
    "-1",
    "1e999",
    "0",
    "\"\"",
    "[]",
    "{}",
    "\"age_days\"",
    "\"kmt2a\"",
    "\"wbc\"",
    "[[[[[[[[",
    "\"all\"",
    "\"any\"",
    "\"not\"",
    "{\"id\":\"mll-10\"}",
    "\"primary\"",
    ",",
    ":",
    "\"",
    "}",
    "]",
    "\\u0000",
    "ü",
    "6",
    "300",
    "\"months\"",
];

const AGES: [&str; 4] = ["", "0", "181", "365"];

/// The result is a protocol that works for every child, or problems with their places.
#[test]
fn any_file_of_a_protocol() {
    // Definitions that are read are kept in memory: not much more than this fits.
    let mut kept = 0;
    let files: Vec<String> = PROTOCOLS.iter().map(|protocol| text(&copy_of(protocol))).collect();
    fuzz(300, |tried, random| {
        let bytes = random.faulty(files[tried % files.len()].as_bytes(), JSON);
        let start = Instant::now();
        let definition = read(&bytes);
        assert!(bytes.len() <= MOST_BYTES);
        let Some(protocol) = definition.protocol() else {
            assert!(!definition.problems.is_empty(), "{:?}", String::from_utf8_lossy(&bytes));
            not_slow(start, &bytes);
            return true;
        };
        kept += 1;
        for age in AGES {
            let entry = Entry::from_pairs([(Field::AgeDays, age), (Field::Kmt2a, "rearranged"), (Field::Wbc, "300")]);
            let _ = assess(protocol, &read_infant(&entry).infant).possible();
        }
        not_slow(start, &bytes);
        kept < 5000
    });
}

/// Pieces of plans, summaries, keys and logs that a fault may put anywhere.
const OF_POOLED_FILES: &[&str] = &[
    "null",
    "0",
    "-1",
    "1e300",
    "1e-300",
    "4294967296",
    "[]",
    "{}",
    "[[]]",
    "\"\"",
    "\"B\"",
    "true",
    "0.5",
    "1",
    "\"masked\"",
    "\"per_site\"",
    "\"level\"",
    "\"log10\"",
    "\"kmt2a\"",
    "\"wbc\"",
    ",",
    "\"cox\":null,",
    "\"groups\":null,",
    "ff",
    "\"ffffffffffffffff\"",
    "[0,0,0]",
    "\"day\"",
    "\"efs\"",
    "\"relapse\"",
    "99",
];

/// A document with one to three other values, and with hashes that are right, so that what comes after them is tried too.
fn with_other_values(text: &str, random: &mut random::Random) -> String {
    let mut document: serde_json::Value = serde_json::from_str(text).unwrap();
    for _ in 0..=random.below(3) {
        let mut place = &mut document;
        loop {
            let parts = match place {
                serde_json::Value::Object(fields) => fields.len(),
                serde_json::Value::Array(values) => values.len(),
                _ => 0,
            };
            // Mostly down to single values.
            if parts == 0 || random.below(12) == 0 {
                break;
            }
            let at = random.below(parts);
            place = match place {
                serde_json::Value::Object(fields) => fields.values_mut().nth(at).unwrap(),
                serde_json::Value::Array(values) => &mut values[at],
                _ => unreachable!(),
            };
        }
        let other = random.of(OF_POOLED_FILES);
        *place = serde_json::from_str(other).unwrap_or_else(|_| other.into());
    }
    if let Some(design) = document.get("design") {
        let hash = cotside_core::federated::sha256_hex(cotside_core::federated::canonical(design).as_bytes());
        document["design_sha256"] = hash.into();
    }
    sealed(document)
}

/// Whatever a file of a pooled analysis holds, it is read or refused; a plan that is read is also answered.
#[test]
fn any_file_of_a_pooled_analysis() {
    let plan = per_site("fuzzed");
    let masked = Plan::first(Design {
        sharing: Sharing::Masked,
        ..design()
    })
    .unwrap();
    let site = Site::of(Some("B"));
    let file = site.file(&plan).unwrap();
    let key = Key::of(&masked, "A", &"0f".repeat(32)).unwrap();
    assert!(Key::read(&masked, "key", &key.text()).is_ok());
    let texts = [plan.text(), masked.text(), file.text, file.log.text(), key.text()];
    let mut answered = 0;
    fuzz(1000, |case, random| {
        let text = &texts[case % texts.len()];
        let (bytes, text) = if random.below(2) == 0 {
            let bytes = random.faulty(text.as_bytes(), OF_POOLED_FILES);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            (bytes, text)
        } else {
            let text = with_other_values(text, random);
            (text.clone().into_bytes(), text)
        };
        let start = Instant::now();
        for of in [&plan, &masked] {
            let _ = Summary::read(of, "summary", &text);
            let _ = Key::read(of, "key", &text);
            let _ = combine(of, &[("summary", &text)]);
        }
        let _ = Log::read(&text, "B");
        if let Ok(read) = Plan::read("plan", &text) {
            answered += 1;
            let _ = site.file(&read);
            let _ = combine(&read, &[("summary", &texts[2])]);
            assert_eq!(read.text(), text.trim_end().to_owned() + "\n");
        }
        not_slow(start, &bytes);
        true
    });
    println!("{answered} plans were read");
    assert!(answered > 10);
}
