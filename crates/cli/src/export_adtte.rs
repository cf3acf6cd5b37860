//! `cotside export-adtte`: a cohort's file as a table of times to events like ADTTE, with the definition of its variables.

use std::path::Path;

use clap::Args;

use crate::flags::present;
use crate::import::{Input, opened};
use crate::{Refusal, output};

/// Options of `export-adtte`.
#[derive(Debug, Args)]
#[command(after_help = "\
It writes adtte.csv (one row a patient and endpoint: AVAL in days, CNSR 0 for the event) and adtte-define.csv (its variables).
Patients are those that `cotside import` of the same flags lists.

Example:
  cotside export-adtte --input registry.csv --mapping answers.json --out adam")]
pub struct ExportAdtte {
    #[command(flatten)]
    input: Input,
    /// Folder for the two files; it is made where there is none
    #[arg(long, value_name = "DIR", value_parser = present)]
    out: String,
}

/// Writes the two files and prints their names.
pub fn run(options: &ExportAdtte) -> Result<(), Refusal> {
    let read = opened(&options.input)?;
    let folder = Path::new(&options.out);
    let failed = |path: &Path, error: &std::io::Error| Refusal(format!("{}: {error}", path.display()));
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    let mut written = String::new();
    for name in ["adtte.csv", "adtte-define.csv"] {
        let Some(file) = read.file().export(name) else {
            return Err(Refusal(format!("{}: nothing was read", options.out)));
        };
        let path = folder.join(name);
        std::fs::write(&path, file.text).map_err(|error| failed(&path, &error))?;
        written += &format!("{}\n", path.display());
    }
    output::print(&written)
}
