//! The browsers of the tests with their drivers: Chromium, which the tests require; Firefox and WebKit, which are
//! optional.

use super::packages::{self, Software};
use super::{announce, rust, version_of};
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
    /// As reported by the browser.
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

/// Another browser than Chromium, and the program that drives it.
pub struct Engine {
    /// The program of the browser.
    pub program: PathBuf,
    /// The program of its WebDriver.
    pub driver: PathBuf,
}

/// Firefox with geckodriver, installed where either is missing; else the reason why it cannot be had.
pub fn firefox() -> Outcome<Engine> {
    let program = || named("FIREFOX").or_else(|| shell::find_any(&["firefox", "firefox-esr"]));
    let driver = || named("GECKODRIVER").or_else(|| shell::find("geckodriver"));
    if program().is_none() {
        announce(
            "Firefox",
            "The tests run the page in a second engine, without a window.",
        );
        packages::install(Software::Firefox)?;
    }
    if driver().is_none() {
        rust::geckodriver()?;
    }
    pair("Firefox", program(), driver())
}

/// The engine of Safari: GNOME's build of WebKit with its driver and a virtual screen; else the reason why it is not
/// available.
pub fn webkit() -> Outcome<Engine> {
    let driver = || named("WEBKITDRIVER").or_else(|| shell::find("WebKitWebDriver"));
    if driver().is_none() || shell::find("xvfb-run").is_none() {
        announce(
            "WebKit's driver with a virtual screen",
            "The tests run the page in the engine of Safari, which has no mode without a window.",
        );
        packages::install(Software::WebKit)?;
    }
    pair("WebKit", named("WEBKIT").or_else(mini_browser), driver())
}

fn pair(name: &str, program: Option<PathBuf>, driver: Option<PathBuf>) -> Outcome<Engine> {
    match (program, driver) {
        (Some(program), Some(driver)) => Ok(Engine { program, driver }),
        _ => Err(Failure::new(
            format!("{name} or its driver is not found, even after the installation."),
            "",
        )),
    }
}

/// Finds the window around WebKit that its driver starts; distributions install it next to the library.
fn mini_browser() -> Option<PathBuf> {
    let libraries = std::fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let folders = libraries
        .map(|entry| entry.path())
        .chain(["/usr/lib", "/usr/libexec"].map(PathBuf::from));
    let mut found: Vec<_> = folders
        .flat_map(|folder| ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"].map(|name| folder.join(name)))
        .map(|folder| folder.join("MiniBrowser"))
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found.into_iter().next()
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
