//! Each rule of the catalogue as files for other programs, in the folder `rules` of the site.

use crate::failure::Outcome;
use crate::shell;
use cotside_core::protocols::exchange::{bundle, library, test_document};
use cotside_core::protocols::own::{text, values};
use cotside_core::protocols::{PROTOCOLS, Protocol};
use std::path::Path;

/// Their folder below the root of the site.
pub const FOLDER: &str = "rules";
/// At most this many infants with the answer; the command line gives more.
const INFANTS: usize = 100;

/// Writes the files of every protocol.
pub fn write(dist: &Path) -> Outcome<()> {
    let folder = dist.join(FOLDER);
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
