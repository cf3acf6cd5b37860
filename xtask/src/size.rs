//! Measures the bytes of the first load of the stratify page and of files loaded on demand, as a static host sends
//! them.

use crate::build::{self, Folder};
use crate::failure::{Explain, Failure, Outcome};
use crate::{serve, shell};
use cotside_words::languages::LANGUAGES;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Gzip bytes that the first load may have (DESIGN.md has the measurement).
const BUDGET: usize = 416_000;

/// Files loaded before the first curve of a text file, in addition to the page.
const COHORT: [&str; 2] = ["cohort.js", "cohort.wasm"];

/// `cargo xtask size`.
pub fn command(folder: &Folder) -> Outcome<()> {
    check(&folder.dist())
}

/// Prints the sizes and fails over the budget.
pub fn check(dist: &Path) -> Outcome<()> {
    let folders = LANGUAGES
        .iter()
        .map(|language| (language.code, dist.join(language.folder)));
    for (code, folder) in folders.filter(|(_, folder)| folder.join("index.html").is_file()) {
        check_language(code, &folder)?;
    }
    Ok(())
}

fn check_language(code: &str, dist: &Path) -> Outcome<()> {
    let base = build::public_url_of(dist)?;
    let page = dist.join("stratify").join("index.html");
    println!("First load of the stratify page ({code}){:>11} {:>9}", "bytes", "gzip");
    let mut total = (0, 0);
    for file in loaded_files(dist, &base, &page)? {
        let content = std::fs::read(&file).explain(format_args!("read {}", shell::shown(&file)))?;
        let packed = serve::gzip(&content).len();
        total = (total.0 + content.len(), total.1 + packed);
        let name = file.strip_prefix(dist).unwrap_or(&file).display().to_string();
        println!("  {name:<38} {:>9} {packed:>9}", content.len());
    }
    println!("  {:<38} {:>9} {:>9}  (budget {BUDGET})", "together", total.0, total.1);
    if total.1 > BUDGET {
        return Err(Failure::new(
            format!(
                "The first load ({code}) is {} bytes over its budget of {BUDGET}.",
                total.1 - BUDGET
            ),
            "find what grew (`git log`, `twiggy top` on the wasm file) and load it later or leave it out",
        ));
    }
    modules(dist)
}

/// Measures the modules loaded on demand.
fn modules(dist: &Path) -> Outcome<()> {
    println!("\nLoaded on demand");
    let mut cohort = 0;
    for file in shell::files_under(&dist.join("js")) {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".d.ts") || name.starts_with("cotside") {
            continue;
        }
        let content = std::fs::read(&file).explain(format_args!("read {}", shell::shown(&file)))?;
        let packed = serve::gzip(&content).len();
        println!("  js/{name:<35} {:>9} {packed:>9}", content.len());
        if COHORT.contains(&plain(&name).as_str()) {
            cohort += packed;
        }
    }
    println!("  {:<38} {cohort:>19}", "before the first curve");
    Ok(())
}

/// A file's name without the hash of its content.
fn plain(name: &str) -> String {
    let parts: Vec<&str> = name.split('.').collect();
    match parts.as_slice() {
        [stem, _, kind] => format!("{stem}.{kind}"),
        _ => name.to_owned(),
    }
}

/// Returns the page and the files that its tags and scripts load at once; icons for home screens are not loaded.
fn loaded_files(dist: &Path, base: &str, page: &Path) -> Outcome<BTreeSet<PathBuf>> {
    let mut files = BTreeSet::from([page.to_path_buf()]);
    let text = shell::read(page)?;
    let tags = text
        .split('<')
        .filter(|tag| tag.starts_with("link ") || tag.starts_with("script"));
    for tag in tags.filter(|tag| !tag.contains("apple-touch-icon")) {
        for address in attributes(tag) {
            let inside = address.strip_prefix(base).unwrap_or(address);
            files.insert(dist.join(inside));
        }
    }
    // Modules that Trunk's script imports on its own.
    files.extend(shell::files_under(&dist.join("snippets")));
    files.retain(|file| file.is_file());
    Ok(files)
}

fn attributes(tag: &str) -> impl Iterator<Item = &str> {
    ["href=\"", "src=\""]
        .into_iter()
        .filter_map(|name| tag.split_once(name)?.1.split('"').next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_the_page_loads_is_counted() {
        let dist = std::env::temp_dir().join(format!("cotside-size-{}", std::process::id()));
        let page = dist.join("stratify").join("index.html");
        let html = "<base href=\"/r/\"><link rel=\"stylesheet\" href=\"/r/a.css\"><link rel=\"modulepreload\" \
            href=\"/r/a.js\"><link rel=\"icon\" href=\"i.svg\"><link rel=\"apple-touch-icon\" href=\"t.png\">";
        shell::write(&page, html).unwrap();
        for file in ["a.css", "a.js", "i.svg", "t.png", "snippets/b.js", "other.js"] {
            shell::write(&dist.join(file), "x").unwrap();
        }
        let found: Vec<_> = loaded_files(&dist, "/r/", &page).unwrap().into_iter().collect();
        let wanted = ["a.css", "a.js", "i.svg", "snippets/b.js", "stratify/index.html"];
        assert_eq!(found, wanted.map(|file| dist.join(file)));
        assert_eq!(plain("cohort.0123456789abcdef.wasm"), "cohort.wasm");
        std::fs::remove_dir_all(&dist).unwrap();
    }
}
