//! Writes the script in R for every single choice that the page offers on some files, each in a folder of its own with all
//! that it needs: what `cargo xtask scripts` lets R run (tests/reference/workbench/README.md).
//!
//! `scripts FOLDER [--most N] FILE…`: of a control at most N values are tried (all without it).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A tool of the tests may fail as tests do.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

/// What is typed where a control takes a text: none, within and beyond every follow-up, several.
const TYPED: [&str; 5] = ["", "0", "0.3", "60", "0, 0.05, 2.5, 90"];

type Setting = (String, String);

fn main() {
    let mut words = std::env::args().skip(1);
    let folder = PathBuf::from(words.next().expect("a folder"));
    let (mut most, mut files) = (usize::MAX, Vec::new());
    while let Some(word) = words.next() {
        if word == "--most" {
            most = words.next().and_then(|most| most.parse().ok()).expect("a number");
        } else {
            files.push(PathBuf::from(word));
        }
    }
    let mut scripts = 0;
    for (index, file) in files.iter().enumerate() {
        scripts += walk(&folder.join(format!("{index:02}")), file, most);
    }
    println!("{scripts} scripts of {} files", files.len());
}

/// A file as the page opens it; `None` where it is refused.
fn opened(name: &str, bytes: &[u8]) -> Option<CohortFile> {
    let mut intake = CohortFile::default();
    intake.open(name, "", bytes).refused.is_none().then_some(intake)
}

/// A workbench with the patients of a file and some settings.
fn bench(intake: &CohortFile, settings: &[Setting]) -> Results {
    let mut bench = Results::default();
    let _ = bench.take(intake.study().unwrap());
    let _ = bench.take_protocols(intake.protocols());
    for (name, value) in settings {
        let _ = bench.set(name, value);
    }
    bench
}

/// Writes the scripts of a file; how many.
fn walk(folder: &Path, file: &Path, most: usize) -> usize {
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let bytes = std::fs::read(file).unwrap();
    let Some(intake) = opened(&name, &bytes) else {
        println!("{name}: refused");
        return 0;
    };
    let mut known = BTreeSet::new();
    let mut written = 0;
    let choices = std::iter::once(Vec::new()).chain(choices(&intake, most));
    for settings in choices {
        let mut bench = bench(&intake, &settings);
        let Some([script, numbers, values]) = files(&intake, &mut bench) else {
            continue;
        };
        // How figures look changes no script.
        if !known.insert([script.clone(), numbers.clone()].concat()) {
            continue;
        }
        let place = folder.join(format!("{written:03}"));
        std::fs::create_dir_all(&place).unwrap();
        let write = |name: &str, text: &[u8]| std::fs::write(place.join(name), text).unwrap();
        write("cotside-script.R", script.as_bytes());
        write("cotside-numbers.csv", numbers.as_bytes());
        write("cotside-values.csv", values.as_bytes());
        write("what.txt", format!("{name}: {settings:?}\n").as_bytes());
        if script.contains("file <- \"cotside-rows.csv\"") {
            write("cotside-rows.csv", intake.export("rows.csv").unwrap().text.as_bytes());
        } else {
            write(&name, &bytes);
        }
        written += 1;
    }
    written
}

/// The script, numbers and values; `None` where nobody is followed.
fn files(intake: &CohortFile, bench: &mut Results) -> Option<[String; 3]> {
    let mut text = |what: &str| Some(bench.export(what, "")?.text);
    let [second, numbers, values] = ["script.R", "numbers.csv", "values.csv"].map(&mut text);
    let numbers = numbers?;
    (numbers.lines().count() > 1).then_some([intake.script()? + &second?, numbers, values?])
}

/// Every value of every control that the page shows at first, one at a time; and every endpoint with every comparison.
fn choices(intake: &CohortFile, most: usize) -> Vec<Vec<Setting>> {
    let mut bench = bench(intake, &[]);
    let study = intake.study().unwrap();
    let mut parts = bench.take(study).parts.values().cloned().collect::<Vec<_>>();
    let _ = bench.take_protocols(intake.protocols());
    loop {
        let reply = bench.next_part();
        parts.extend(reply.parts.values().cloned());
        if !reply.more {
            break;
        }
    }
    parts.extend(bench.take_protocols(intake.protocols()).parts.values().cloned());
    let controls = controls(&parts.concat(), most);
    let of = |wanted: &'static str| controls.iter().filter(move |(name, _)| name == wanted);
    let pairs = of("endpoint").flat_map(|endpoint| of("group").map(move |group| vec![endpoint.clone(), group.clone()]));
    let pairs: Vec<_> = pairs.collect();
    let model: Vec<Setting> = controls
        .iter()
        .filter(|(name, _)| name.starts_with("model:"))
        .take(4)
        .cloned()
        .collect();
    controls
        .iter()
        .map(|each| vec![each.clone()])
        .chain(pairs)
        .chain([model])
        .collect()
}

/// Names of controls in HTML with the values that they can have.
fn controls(html: &str, most: usize) -> BTreeSet<Setting> {
    let mut found = BTreeSet::new();
    let (mut select, mut tried) = (String::new(), 0);
    for tag in html
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .map(|(tag, _)| tag)
    {
        let name = attribute(tag, "name").unwrap_or_default();
        if tag.starts_with("select") {
            (select, tried) = (name, 0);
        } else if tag.starts_with("option") && !tag.contains(" disabled") {
            tried += 1;
            if tried <= most
                && let Some(value) = attribute(tag, "value")
            {
                found.insert((select.clone(), value));
            }
        } else if tag.starts_with("input") && attribute(tag, "type").as_deref() == Some("checkbox") {
            found.insert((name, "yes".to_owned()));
        } else if tag.starts_with("input") {
            found.extend(TYPED.map(|typed| (name.clone(), typed.to_owned())));
        }
    }
    found
}

/// The value of an attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    let plain = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    Some(
        plain
            .iter()
            .fold(value.to_owned(), |text, (from, to)| text.replace(from, to)),
    )
}
