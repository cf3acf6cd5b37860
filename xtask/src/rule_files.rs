//! Each rule of the catalogue as files for other programs, in the folder `rules` of the site; with them the codes of public
//! terminologies, and the JSON Schemas of such a file, of a file of settings, of the files of pooled analyses and of what
//! the command line prints.

use crate::failure::Outcome;
use crate::shell;
use cotside_core::protocols::exchange::{CODES_CSV, bundle, library, test_document};
use cotside_core::protocols::own::{schema, text, values};
use cotside_core::protocols::{PROTOCOLS, Protocol};
use std::path::Path;

/// Their folder below the root of the site.
pub const FOLDER: &str = "rules";
/// The schema of a file of settings, beside its reader.
const SETTINGS_SCHEMA: &str = include_str!("../../crates/worker/src/settings.schema.json");
/// The other schemas, beside the command line that prints them.
const SCHEMAS: &str = "crates/cli/schemas";
/// At most this many infants with the answer; the command line gives more.
const INFANTS: usize = 100;

/// Writes the files of every protocol.
pub fn write(dist: &Path) -> Outcome<()> {
    let folder = dist.join(FOLDER);
    for (name, content) in [
        ("protocol.schema.json", text(&schema())),
        ("settings.schema.json", SETTINGS_SCHEMA.to_owned()),
        ("codes.csv", CODES_CSV.to_owned()),
    ] {
        shell::write(&folder.join(name), &content)?;
    }
    for path in shell::files_under(&shell::root().join(SCHEMAS)) {
        let name = path.file_name().unwrap_or_default();
        shell::write(&folder.join(name), &shell::read(&path)?)?;
    }
    for protocol in PROTOCOLS {
        for (ending, content) in files(protocol) {
            shell::write(&folder.join(format!("{}.{ending}", protocol.id)), &content)?;
        }
    }
    Ok(())
}

fn files(protocol: &Protocol) -> [(&'static str, String); 4] {
    [
        ("json", text(&values(protocol))),
        ("cql", library(protocol)),
        ("fhir.json", text(&bundle(protocol))),
        ("tests.json", text(&test_document(protocol, INFANTS))),
    ]
}
