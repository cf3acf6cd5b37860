//! Measures the time from a keystroke to updated rows on the stratify page, in Chromium on this computer.

use crate::failure::Outcome;
use crate::{setup, shell, test};

/// `cargo xtask bench`.
pub fn command(site: &test::Ready) -> Outcome<()> {
    let browser = setup::for_test()?;
    if !site.no_build {
        test::build_tested_site()?;
    }
    let mut node = test::node(&browser)?;
    node.arg(shell::root().join("tests").join("browser").join("bench.mjs"));
    shell::run(&mut node, "The measurement", "")
}
