//! `cotside schema`: the JSON Schemas of what `--json` prints and of the files that are read and written.
//!
//! Those of `schemas/` beside `src/` are published with the site. Most are made from the types that are printed; a test holds
//! each against its type, and writes them again with `COTSIDE_WRITE_SCHEMAS=1`.

use std::fmt::Write as _;

use clap::Args;
use cotside_core::protocols::own;
use cotside_worker::SETTINGS_SCHEMA;

use crate::{Refusal, output};

/// Options of `schema`.
#[derive(Debug, Args)]
#[command(after_help = "\
Without a name the schemas are listed. They are JSON Schema 2020-12, and of this version: later ones may have more keys, and
none is renamed or removed.

Example:
  cotside schema km > km.schema.json")]
pub struct SchemaOptions {
    /// The schema
    #[arg(value_name = "NAME", value_parser = known)]
    name: Option<&'static str>,
}

/// Name, of what it is, and the schema.
type Known = (&'static str, &'static str, &'static str);

/// The schemas in `schemas/`: `[NAME, of what]`.
macro_rules! schemas {
    ($($name:literal $about:literal,)*) => {
        &[$(($name, $about, include_str!(concat!("../schemas/", $name, ".schema.json"))),)*]
    };
}

const SCHEMAS: &[Known] = schemas![
    "stratify" "cotside stratify --json",
    "protocols" "cotside protocols --json",
    "protocols-not-yet" "cotside protocols --not-yet --json",
    "protocols-proof" "cotside protocols --proof --json",
    "km" "cotside km --json",
    "logrank" "cotside logrank --json",
    "cox" "cotside cox --json",
    "adjusted" "cotside adjusted --json",
    "cure" "cotside cure --json",
    "transplant" "cotside transplant --json",
    "subgroups" "cotside subgroups --json",
    "cif" "cotside cif --json",
    "finegray" "cotside finegray --json",
    "parametric" "cotside parametric --json",
    "evidence" "cotside evidence --json",
    "evidence-compare" "cotside evidence --compare --json",
    "evidence-commentary" "cotside evidence --commentary --json",
    "evidence-since" "cotside evidence --since --json",
    "check" "cotside check --json",
    "pool" "cotside pool --json",
    "power" "cotside power --json",
    "reconstruct" "cotside reconstruct --json",
    "import" "cotside import --json",
    "import-codes" "cotside import --codes --json",
    "federated-plan" "the plan of a pooled analysis",
    "federated-key" "the key of a site for the next one",
    "federated-summary" "the summary of a site, also cotside federate summary --json",
    "federated-log" "the log of a site",
    "federated-result" "the result, also cotside federate combine --json",
];

/// The schemas that stand with their readers, with the commands that print them too.
const OF_READERS: [(&str, &str); 2] = [
    ("protocol", "the file of a protocol, also cotside protocols --schema"),
    ("settings", "the file of answers, also cotside import --schema"),
];

fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    let ours = SCHEMAS.iter().map(|&(name, about, _)| (name, about));
    ours.chain(OF_READERS)
}

fn known(text: &str) -> Result<&'static str, String> {
    let found = names().find(|(name, _)| *name == text.trim());
    found.map(|(name, _)| name).ok_or_else(|| {
        let all: Vec<&str> = names().map(|(name, _)| name).collect();
        format!("is not a schema; there are {}", all.join(", "))
    })
}

/// Prints a schema, or the list of them.
pub fn run(options: &SchemaOptions) -> Result<(), Refusal> {
    let Some(wanted) = options.name else {
        let mut text = String::new();
        for (name, about) in names() {
            let _ = writeln!(text, "{name:<22}{about}");
        }
        return output::print(&text);
    };
    if let Some((_, _, text)) = SCHEMAS.iter().find(|(name, ..)| *name == wanted) {
        return output::file(text);
    }
    if wanted == "protocol" {
        return output::json(&own::schema());
    }
    output::file(SETTINGS_SCHEMA)
}

#[cfg(test)]
#[path = "schema_tests.rs"]
mod tests;
