//! Chromium and its WebDriver, for the tests; Firefox and its driver where both are here already.

use super::packages::{self, Software};
use super::{announce, version_of};
use crate::failure::{Failure, Outcome};
use crate::shell;
use std::path::PathBuf;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The browser that the tests run in.
pub struct Browser {
    /// The program of the browser.
    pub program: PathBuf,
    /// The program of its WebDriver.
    pub driver: PathBuf,
    /// As the browser itself says.
    pub version: String,
}

/// Chromium with a driver of the same version, installed where either is missing.
pub fn chromium() -> Outcome<Browser> {
    if program().is_none() || driver().is_none() {
        announce(
            "Chromium with its driver",
            "The tests run the page in it, without a window.",
        );
        packages::install(Software::Chromium)?;
    }
    let missing = |what: &str, variable: &str| {
        Failure::new(
            format!("{what} is still not found after the installation."),
            format!("install it, or set {variable} to where it is"),
        )
    };
    let program = program().ok_or_else(|| missing("Chromium", "CHROMIUM"))?;
    let driver = driver().ok_or_else(|| missing("chromedriver", "CHROMEDRIVER"))?;
    let version = version_of(&program.to_string_lossy()).unwrap_or_default();
    let driver_version = version_of(&driver.to_string_lossy()).unwrap_or_default();
    if major(&version).is_none() || major(&version) != major(&driver_version) {
        return Err(Failure::new(
            format!("The browser (\"{version}\") and its driver (\"{driver_version}\") are not of one version."),
            "install both from one source, or set CHROMIUM and CHROMEDRIVER to a pair that matches",
        ));
    }
    Ok(Browser {
        program,
        driver,
        version,
    })
}

fn program() -> Option<PathBuf> {
    let mac = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    named("CHROMIUM")
        .or_else(|| shell::find_any(&BROWSERS))
        .or_else(|| mac.is_file().then_some(mac))
}

fn driver() -> Option<PathBuf> {
    named("CHROMEDRIVER").or_else(|| shell::find("chromedriver"))
}

fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.is_file())
}

/// The first number of a version line such as "Chromium 1.2.3".
fn major(line: &str) -> Option<u32> {
    let number = line
        .split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    number.split('.').next()?.parse().ok()
}

/// Firefox's driver, if it and Firefox are here already; else the reason why not.
pub fn firefox() -> Result<PathBuf, &'static str> {
    if shell::find_any(&["firefox", "firefox-esr"]).is_none() {
        return Err("Firefox is not installed");
    }
    named("GECKODRIVER")
        .or_else(|| shell::find("geckodriver"))
        .ok_or("geckodriver is not installed (`cargo install geckodriver` brings it)")
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn versions_are_compared_by_their_first_number() {
        assert_eq!(major("Chromium 142.0.7444.59 built on Debian"), Some(142));
        assert_eq!(major("ChromeDriver 142.0.7444.59 (abc)"), Some(142));
        assert_eq!(major(""), None);
    }
}
