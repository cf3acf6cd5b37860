//! Lighthouse's marks for the built site, as on a phone.

use crate::failure::{Explain, Failure, Outcome};
use crate::{setup, shell, test};

/// Installed where builds go, not among the project's own tools: it is large, and only this command needs it.
/// (Lighthouse 13 needs Node 22.)
const VERSION: &str = "12.8.2";

/// `cargo xtask lighthouse`.
pub fn command(site: &test::Ready) -> Outcome<()> {
    let browser = setup::for_test()?;
    let place = shell::target_dir().join("lighthouse");
    if !place.join("node_modules").join("lighthouse").is_dir() {
        std::fs::create_dir_all(&place).explain("make a folder for Lighthouse")?;
        println!("Lighthouse {VERSION} is not here. It judges the pages; nothing of it is in them. Running npm.");
        let mut npm = shell::command("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--no-save", "--prefix"])
            .arg(&place);
        npm.arg(format!("lighthouse@{VERSION}"));
        shell::run(
            &mut npm,
            "Installing Lighthouse",
            "check that this computer reaches the npm registry",
        )?;
    }
    if !site.no_build {
        test::build_tested_site()?;
    }
    let program = place.join("node_modules").join(".bin").join("lighthouse");
    if !program.is_file() {
        return Err(Failure::new("Lighthouse has no program where npm put it.", ""));
    }
    let mut node = test::node(&browser)?;
    node.env("COTSIDE_LIGHTHOUSE", program);
    node.arg(shell::root().join("tests").join("browser").join("lighthouse.mjs"));
    shell::run(&mut node, "The judgement of the pages", "")
}
