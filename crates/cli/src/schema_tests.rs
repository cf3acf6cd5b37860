//! The files in `schemas/` are those of the types that are printed.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use cotside_core::federated::schema::schemas as federated;
use cotside_core::schema::schema_of;
use cotside_words::wire::{PatientAnswer, ProtocolWire, SystemWire};
use cotside_worker::cohort_file::Report;
use schemars::JsonSchema;
use serde_json::Value;

use super::SCHEMAS;
use crate::{adjusted, check, cif, cox, cure, evidence, finegray, km, logrank, parametric, subgroups, transplant};

/// The schema of what a command prints.
fn printed<T: JsonSchema>(name: &'static str) -> (&'static str, Value) {
    let about = SCHEMAS.iter().find(|(known, ..)| *known == name).unwrap().1;
    (name, schema_of::<T>(&format!("urn:cotside-{name}-1"), about))
}

fn of_types() -> Vec<(&'static str, Value)> {
    let mut all = vec![
        printed::<Vec<PatientAnswer<'static>>>("stratify"),
        printed::<Vec<ProtocolWire<'static>>>("protocols"),
        printed::<Vec<SystemWire>>("protocols-not-yet"),
        printed::<km::KaplanMeierAnswer>("km"),
        printed::<logrank::LogRankAnswer>("logrank"),
        printed::<cox::CoxAnswer>("cox"),
        printed::<adjusted::AdjustedAnswer>("adjusted"),
        printed::<cure::CureAnswer>("cure"),
        printed::<transplant::TransplantAnswer>("transplant"),
        printed::<subgroups::SubgroupsAnswer>("subgroups"),
        printed::<cif::IncidenceAnswer>("cif"),
        printed::<finegray::FineGrayAnswer>("finegray"),
        printed::<parametric::ParametricAnswer>("parametric"),
        printed::<evidence::EvidenceAnswer>("evidence"),
        printed::<check::CheckAnswer>("check"),
        printed::<Report>("import"),
    ];
    all.extend(federated());
    all
}

/// A difference changes what others depend on: renew the files with `COTSIDE_WRITE_SCHEMAS=1`, and say so in the changelog.
#[test]
fn published_schemas_are_those_of_the_types() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    for (name, schema) in of_types() {
        let made = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let path = folder.join(format!("{name}.schema.json"));
        if std::env::var_os("COTSIDE_WRITE_SCHEMAS").is_some() {
            std::fs::write(&path, &made).unwrap();
            continue;
        }
        let published = SCHEMAS.iter().find(|(known, ..)| *known == name).unwrap().2;
        assert!(made == published, "{} is not of its type", path.display());
    }
}
