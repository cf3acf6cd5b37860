//! The browser's program and the native one give the same numbers, to the last bit; of pooled files all but a P of three or more
//! degrees of freedom, to 1e-15.
//!
//! `tests/reference/bits/` holds every number of the results with all its digits, as the native program gives them; both
//! programs are held against it. `COTSIDE_RENEW=1 cargo test -p cotside-worker --test same_bits` writes it anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use cotside_core::federated::Sharing;
use cotside_messages::{CombineRequest, Request, Settings};
use cotside_worker::dispatch::Page;
use cotside_worker::{CohortPage, CombinePage, Reply};

const REGISTRY: &[u8] = include_bytes!("../../../www/samples/synthetic-registry.csv");
const SEVERANCE: &[u8] = include_bytes!("../../../www/samples/severance-follow-up.csv");

/// Settings under which everything that the page computes is computed.
const REGISTRY_SETTINGS: [(&str, &str); 26] = [
    ("group", "finding:kmt2a"),
    ("at", "0.5, 2, 4.25"),
    ("model:finding:sex", "yes"),
    ("model:finding:age_days", "yes"),
    ("landmark", "1"),
    ("firth", "yes"),
    ("test", "gehan"),
    ("origin", "transplant"),
    ("endpoint", "lfs"),
    ("origin", "relapse"),
    ("interaction:finding:age_days*finding:sex", "yes"),
    ("scale:finding:wbc", "sd"),
    ("spline", "finding:wbc"),
    ("scale:finding:wbc", "log10"),
    ("cause", "relapse"),
    ("cluster", "column:12"),
    ("ties", "breslow"),
    ("strata:finding:kmt2a", "yes"),
    ("conditional", "1; 2"),
    ("simultaneous", "hall-wellner"),
    ("simultaneous", "equal-precision"),
    ("interval", "arcsin"),
    ("hazard", "fleming-harrington"),
    ("predict:1:finding:sex", "male"),
    ("predict:1:finding:age_days", "90"),
    ("predict:1:strata:finding:kmt2a", "rearranged"),
];

fn numbers(file: &[u8], settings: &[(&str, &str)]) -> String {
    let mut page = CohortPage::default();
    let mut ask = |request| {
        let reply = page.answer(request, &mut |_| ());
        assert_eq!(reply.refused, None);
        reply
    };
    let open = Request::Open {
        name: "file.csv".to_owned(),
        bytes: file.to_vec(),
        source: String::new(),
        together: false,
    };
    let _: Reply = ask(open);
    let (mut made, mut asked) = (String::new(), Settings::default());
    for (name, value) in std::iter::once(&("", "")).chain(settings) {
        made.push_str(&format!("# {name} = {value}\n"));
        asked.read(name, value);
        let _ = ask(Request::Settings(Box::new(asked.clone())));
        let export = Request::Export {
            name: "numbers.csv".to_owned(),
        };
        made.push_str(&ask(export).file.expect("numbers").text.replace("\r\n", "\n"));
    }
    made
}

/// The result of the example of pooled analyses, a number a line, made of the files of all hospitals and
/// rounds. The hashes of these files, which name the program's version, are left out.
fn pooled(sharing: Sharing) -> String {
    let mut page = CombinePage::default();
    let mut ask = |request| {
        let reply = page.answer(request, &mut |_| ());
        assert_eq!(reply.refused, None);
        reply
    };
    let _: Reply = ask(Request::Open {
        name: "synthetic-registry.csv".to_owned(),
        bytes: REGISTRY.to_vec(),
        source: "registry".to_owned(),
        together: false,
    });
    let _ = ask(Request::Combine {
        value: CombineRequest::ExampleSharing(sharing),
    });
    let result = ask(Request::Export {
        name: "example-result.json".to_owned(),
    });
    let mut result: serde_json::Value = serde_json::from_str(&result.file.expect("result").text).unwrap();
    for of_files in ["inputs", "sha256"] {
        assert!(result.as_object_mut().unwrap().remove(of_files).is_some());
    }
    serde_json::to_string_pretty(&result).unwrap() + "\n"
}

/// Whether two lines of JSON are one P that differs in its last digit: for three or more degrees of freedom `statrs` takes the
/// logarithm and the powers of the platform (`chi_square_upper`).
fn is_p_of_many_degrees(now: &str, known: &str) -> bool {
    let p = |line: &str| {
        let number = line.trim().strip_prefix("\"p\": ")?.trim_end_matches(',');
        number.parse::<f64>().ok()
    };
    p(now)
        .zip(p(known))
        .is_some_and(|(now, known)| (now - known).abs() <= 1e-15 * known)
}

fn held(name: &str, known: &str, now: String) {
    #[cfg(not(target_family = "wasm"))]
    if std::env::var_os("COTSIDE_RENEW").is_some() {
        let path = format!("{}/../../tests/reference/bits/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(path, now).unwrap();
        return;
    }
    assert_eq!(now.lines().count(), known.lines().count(), "{name}");
    assert!(now.lines().count() > 100, "{name}");
    let differing: Vec<_> = now
        .lines()
        .zip(known.lines())
        .filter(|(now, known)| now != known && !is_p_of_many_degrees(now, known))
        .collect();
    assert!(
        differing.is_empty(),
        "{name}: {} differ: {:#?}",
        differing.len(),
        differing
    );
}

#[cfg_attr(not(target_family = "wasm"), test)]
#[cfg_attr(target_family = "wasm", wasm_bindgen_test::wasm_bindgen_test)]
fn the_registry_gives_the_same_bits() {
    let known = include_str!("../../../tests/reference/bits/registry.csv");
    held("registry.csv", known, numbers(REGISTRY, &REGISTRY_SETTINGS));
}

#[cfg_attr(not(target_family = "wasm"), test)]
#[cfg_attr(target_family = "wasm", wasm_bindgen_test::wasm_bindgen_test)]
fn the_published_infants_give_the_same_bits() {
    let known = include_str!("../../../tests/reference/bits/severance.csv");
    held("severance.csv", known, numbers(SEVERANCE, &[("group", "finding:sex")]));
}

#[cfg_attr(not(target_family = "wasm"), test)]
#[cfg_attr(target_family = "wasm", wasm_bindgen_test::wasm_bindgen_test)]
fn pooled_files_give_the_same_bits() {
    let masked = include_str!("../../../tests/reference/bits/pooled-masked.json");
    held("pooled-masked.json", masked, pooled(Sharing::Masked));
    let per_site = include_str!("../../../tests/reference/bits/pooled-per-site.json");
    held("pooled-per-site.json", per_site, pooled(Sharing::PerSite));
}
