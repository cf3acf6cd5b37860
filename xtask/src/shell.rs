//! Running other programs, and the folders they work in.

use crate::failure::{Explain, Failure, Outcome};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of the project.
pub fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let from_cargo = manifest.and_then(|folder| folder.parent().map(Path::to_path_buf));
    from_cargo
        .filter(|folder| is_root(folder))
        .or_else(|| {
            let here = std::env::current_dir().ok()?;
            here.ancestors().find(|folder| is_root(folder)).map(Path::to_path_buf)
        })
        .unwrap_or_else(|| PathBuf::from("."))
}

fn is_root(folder: &Path) -> bool {
    folder.join("Trunk.toml").is_file() && folder.join("xtask").is_dir()
}

/// Returns the target folder of cargo.
pub fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// Cargo's own folder (registry, installed programs).
pub fn cargo_home() -> Option<PathBuf> {
    let home = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os(home).map(|home| PathBuf::from(home).join(".cargo")))
}

/// The search path for programs: the project's npm tools, then cargo's, then the user's own.
pub fn search_path() -> OsString {
    let mut folders = vec![root().join("node_modules").join(".bin")];
    let installed = std::env::var_os("CARGO_INSTALL_ROOT")
        .map(PathBuf::from)
        .or_else(cargo_home);
    folders.extend(installed.map(|folder| folder.join("bin")));
    folders.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    std::env::join_paths(folders).unwrap_or_default()
}

/// Where a program is, if it is anywhere on the search path.
pub fn find(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&search_path())
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

/// The first of several names that is installed.
pub fn find_any(programs: &[&str]) -> Option<PathBuf> {
    programs.iter().find_map(|program| find(program))
}

/// A command in the project's folder with the project's tools first on its path.
pub fn command(program: &str) -> Command {
    let path = find(program).unwrap_or_else(|| PathBuf::from(program));
    let mut command = Command::new(path);
    command.current_dir(root()).env("PATH", search_path());
    command
}

/// Cargo, the same one that started this script.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).env("PATH", search_path());
    command
}

/// Runs a command to its end, its output going to the terminal.
pub fn run(command: &mut Command, what: &str, remedy: &str) -> Outcome<()> {
    let status = command
        .status()
        .map_err(|error| Failure::new(format!("{what} did not start: {error}."), remedy))?;
    if status.success() {
        return Ok(());
    }
    let code = status
        .code()
        .map_or("a signal".to_owned(), |code| format!("exit status {code}"));
    Err(Failure::new(
        format!("{what} failed ({code}); its message is above."),
        remedy,
    ))
}

/// Returns the output of a command, if it runs and succeeds. Its error output is discarded.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Reads a text file.
pub fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).explain(format_args!("read {}", shown(path)))
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, content: &str) -> Outcome<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).explain(format_args!("make the folder {}", shown(folder)))?;
    }
    std::fs::write(path, content).explain(format_args!("write {}", shown(path)))
}

/// Returns a path relative to the project's folder.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// All files under a folder, in a fixed order.
pub fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path)
            } else {
                found.push(path)
            }
        }
    }
    found.sort();
    found
}
