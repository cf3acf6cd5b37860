//! Whatever a public function refuses with is an error that `?` passes on, also to another thread.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};

use cotside_core::{cohort, evidence, federated, protocols, survival};

/// The name of a type that is an error.
fn name_of<E: Error + Send + Sync + 'static>() -> &'static str {
    let path = std::any::type_name::<E>();
    path.rsplit("::").next().unwrap_or(path)
}

/// Every public error type of the crate. A new one is added here, or the test below names it.
fn public() -> BTreeSet<&'static str> {
    BTreeSet::from([
        name_of::<cohort::CellError>(),
        name_of::<cohort::FilterError>(),
        name_of::<cohort::NotALimit>(),
        name_of::<cohort::ReadError>(),
        name_of::<cohort::TableError>(),
        name_of::<evidence::digitise::AxesError>(),
        name_of::<evidence::EffectError>(),
        name_of::<evidence::NoEffect>(),
        name_of::<evidence::OwnFault>(),
        name_of::<evidence::OwnFileError>(),
        name_of::<evidence::OwnProblem>(),
        name_of::<evidence::PoolError>(),
        name_of::<evidence::PublishedError>(),
        name_of::<evidence::ReconstructError>(),
        name_of::<evidence::digitise::TraceError>(),
        name_of::<evidence::AgreementError>(),
        name_of::<evidence::FigureError>(),
        name_of::<evidence::FileError>(),
        name_of::<evidence::IncidenceCurveError>(),
        name_of::<evidence::NotCompared>(),
        name_of::<federated::Fault>(),
        name_of::<federated::FileFault>(),
        name_of::<federated::limits::Refusal>(),
        name_of::<federated::Why>(),
        name_of::<federated::audit::AuditError>(),
        name_of::<federated::log::LogFault>(),
        name_of::<federated::mask::MaskFault>(),
        name_of::<protocols::own::Problem>(),
        name_of::<survival::CureError>(),
        name_of::<survival::FineGrayError>(),
        name_of::<survival::FollowUpError>(),
        name_of::<survival::GrayError>(),
        name_of::<survival::IncidenceError>(),
        name_of::<survival::LabelsError>(),
        name_of::<survival::NoPercentiles>(),
        name_of::<survival::NoRankTest>(),
        name_of::<survival::NoVariance>(),
        name_of::<survival::NotFollowed>(),
        name_of::<survival::NotTested>(),
        name_of::<survival::ParametricError>(),
        name_of::<survival::PlanError>(),
        name_of::<survival::RankTestError>(),
        name_of::<survival::SplineError>(),
        name_of::<survival::TransplantError>(),
        name_of::<survival::cox::CoxError>(),
        name_of::<survival::cox::NoBaseline>(),
        name_of::<survival::cox::NoInteraction>(),
        name_of::<survival::cox::OneLevel>(),
    ])
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_public_error_is_in_the_list() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let known = public();
    let mut seen = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        // What follows the derive: attributes, then the type.
        for rest in text.split("thiserror::Error").skip(1) {
            let line = rest
                .lines()
                .find(|line| !line.starts_with('#') && line.contains(" enum ") || line.contains(" struct "));
            let words: Vec<&str> = line.unwrap_or_default().split([' ', '(', ';', '<', '{']).collect();
            if let ["pub", "enum" | "struct", name, ..] = words[..] {
                assert!(known.contains(name), "{}: {name}", file.display());
                seen.insert(name.to_owned());
            }
        }
    }
    let known: BTreeSet<String> = known.into_iter().map(str::to_owned).collect();
    assert_eq!(seen, known);
}
