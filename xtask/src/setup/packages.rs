//! Software from the system's package manager.

use crate::failure::{Failure, Outcome};
use crate::shell;
use std::process::Command;

/// Software that may have to be installed from the system's packages.
#[derive(Clone, Copy)]
pub enum Software {
    /// Node and npm.
    Node,
    /// Chromium and its WebDriver.
    Chromium,
    /// Firefox.
    Firefox,
    /// The engine of Safari as GNOME builds it, its WebDriver, and a virtual screen.
    WebKit,
}

impl Software {
    fn name(self) -> &'static str {
        match self {
            Self::Node => "Node 18 or newer with npm",
            Self::Chromium => "Chromium and chromedriver of the same version",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKitWebDriver and xvfb-run",
        }
    }
}

struct Manager {
    program: &'static str,
    /// Run once before installing, so that a fresh machine has its package lists.
    refresh: Option<&'static [&'static str]>,
    install: &'static [&'static str],
    node: &'static [&'static str],
    chromium: &'static [&'static str],
    /// Empty where the manager is not known to have it.
    firefox: &'static [&'static str],
    webkit: &'static [&'static str],
    as_root: bool,
}

const MANAGERS: [Manager; 5] = [
    Manager {
        program: "apt-get",
        refresh: Some(&["update"]),
        install: &["install", "--yes", "--no-install-recommends"],
        node: &["nodejs", "npm"],
        chromium: &["chromium", "chromium-driver"],
        firefox: &["firefox-esr"],
        webkit: &["webkit2gtk-driver", "xvfb"],
        as_root: true,
    },
    Manager {
        program: "dnf",
        refresh: None,
        install: &["install", "--assumeyes"],
        node: &["nodejs", "npm"],
        chromium: &["chromium", "chromedriver"],
        firefox: &["firefox"],
        webkit: &[],
        as_root: true,
    },
    Manager {
        program: "pacman",
        refresh: None,
        install: &["-Sy", "--noconfirm"],
        node: &["nodejs", "npm"],
        chromium: &["chromium"],
        firefox: &["firefox"],
        webkit: &[],
        as_root: true,
    },
    Manager {
        program: "apk",
        refresh: None,
        install: &["add", "--no-cache"],
        node: &["nodejs", "npm"],
        chromium: &["chromium", "chromium-chromedriver"],
        firefox: &["firefox"],
        webkit: &[],
        as_root: true,
    },
    Manager {
        program: "brew",
        refresh: None,
        install: &["install"],
        node: &["node"],
        chromium: &["chromium", "chromedriver"],
        firefox: &[],
        webkit: &[],
        as_root: false,
    },
];

/// Installs with the first package manager that is here, after saying which command will run.
pub fn install(software: Software) -> Outcome<()> {
    let names = software.name();
    let Some(manager) = MANAGERS.iter().find(|manager| shell::find(manager.program).is_some()) else {
        return Err(Failure::new(
            "No package manager that this script knows is here (apt-get, dnf, pacman, apk, brew).",
            format!("install {names} yourself and run this again"),
        ));
    };
    let packages = match software {
        Software::Node => manager.node,
        Software::Chromium => manager.chromium,
        Software::Firefox => manager.firefox,
        Software::WebKit => manager.webkit,
    };
    if packages.is_empty() {
        return Err(Failure::new(
            format!("{} is not known to have {names}.", manager.program),
            format!("install {names} yourself and run this again"),
        ));
    }
    let remedy = format!("install {names} yourself ({}) and run this again", packages.join(", "));
    if let Some(refresh) = manager.refresh {
        let mut command = privileged(manager)?;
        command.args(refresh);
        println!("Running {}.", words(&command));
        // An old list is often sufficient, so a failure here is ignored.
        let _ = command.status();
    }
    let mut command = privileged(manager)?;
    command.args(manager.install).args(packages);
    println!("Running {}.", words(&command));
    shell::run(&mut command, &format!("Installing {}", packages.join(", ")), &remedy)
}

/// The package manager's command, through sudo where the user is not root.
fn privileged(manager: &Manager) -> Outcome<Command> {
    let root = shell::output(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    let mut command = if root || !manager.as_root {
        shell::command(manager.program)
    } else if shell::find("sudo").is_some() {
        let mut command = shell::command("sudo");
        command.arg(manager.program);
        command
    } else {
        return Err(Failure::new(
            format!("{} needs root, and sudo is not here.", manager.program),
            format!(
                "as root, run: {} {} …, or run this script as root",
                manager.program,
                manager.install.join(" ")
            ),
        ));
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    Ok(command)
}

fn words(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program())
        .file_name()
        .unwrap_or_default();
    let mut words = vec![program.to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    format!("`{}`", words.join(" "))
}
