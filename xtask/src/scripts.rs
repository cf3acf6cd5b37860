//! The scripts in R that the page gives, for every choice that it offers, run by R.

use crate::failure::{Failure, Outcome};
use crate::shell;

const FOLDER: &str = "tests/reference/workbench";
const SAMPLES: [&str; 2] = [
    "www/samples/severance-follow-up.csv",
    "www/samples/synthetic-registry.csv",
];
/// Made-up patients with other days from which time is counted.
const MADE_UP: [&str; 2] = [
    "tests/reference/workbench/transplant_file.csv",
    "tests/reference/workbench/first_event_file.csv",
];
/// Number of values tried for each control with an awkward file; with a sample all are.
const MOST: &str = "3";

/// `cargo xtask scripts`.
pub fn command() -> Outcome<()> {
    if shell::find("Rscript").is_none() {
        return Err(Failure::new(
            "Rscript was not found.",
            "install R with the packages survival and cmprsk, then run this again",
        ));
    }
    let place = shell::target_dir().join("scripts");
    let (made, samples, awkward) = (place.join("files"), place.join("samples"), place.join("awkward"));
    // Remove the files of an earlier run.
    let _ = std::fs::remove_dir_all(&place);
    let mut make = shell::command("Rscript");
    make.arg(format!("{FOLDER}/make_awkward.R")).arg(&made);
    shell::run(&mut make, "Making the awkward files", "read what R says above")?;
    let mut write = shell::cargo();
    write.args([
        "run",
        "--quiet",
        "--package",
        "cotside-worker",
        "--example",
        "scripts",
        "--",
    ]);
    write.arg(&samples).args(SAMPLES);
    shell::run(&mut write, "Writing the scripts", "read the error above")?;
    let mut write = shell::cargo();
    write.args([
        "run",
        "--quiet",
        "--package",
        "cotside-worker",
        "--example",
        "scripts",
        "--",
    ]);
    write
        .arg(&awkward)
        .args(["--most", MOST])
        .args(MADE_UP)
        .args(shell::files_under(&made));
    shell::run(
        &mut write,
        "Writing the scripts of the awkward files",
        "read the error above",
    )?;
    let mut plans = shell::command("Rscript");
    plans.arg("tests/reference/planning/run_scripts.R");
    shell::run(&mut plans, "A script of the page of planning", "read what R says above")?;
    let mut walk = shell::command("Rscript");
    walk.arg(format!("{FOLDER}/walk.R")).arg(&place);
    shell::run(
        &mut walk,
        "A script in R",
        "run cotside-script.R in the folder that is named above; said.txt there has what it said",
    )
}
