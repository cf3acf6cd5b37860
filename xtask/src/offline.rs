//! The service worker, made from the files that were built: it keeps them for use without a network, and serves them
//! only with the content that they have here.

use crate::failure::{Explain, Outcome};
use crate::{policy, shell};
use cotside_words::languages::LANGUAGES;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Files for other programs than the page, which are not cached.
const NOT_KEPT: [&str; 7] = [
    ".nojekyll",
    "robots.txt",
    "sitemap.xml",
    "sw.js",
    "js/cotside.js",
    "js/cotside_bg.wasm",
    ".d.ts",
];

/// Returns the build number: the first digits of a hash over names and contents, before it is written to the pages.
pub fn build_number(dist: &Path) -> Outcome<String> {
    let mut hash = Sha256::new();
    for (name, path) in files(dist) {
        let made_later = name.ends_with(".html") && name != "index.html" || NOT_KEPT[..4].contains(&name.as_str());
        if made_later {
            continue;
        }
        let content = std::fs::read(&path).explain(format_args!("read {}", shell::shown(&path)))?;
        hash.update(name.as_bytes());
        hash.update((content.len() as u64).to_le_bytes());
        hash.update(&content);
    }
    Ok(hex(&hash.finalize()[..5]))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// True if a file is kept for use without a network.
fn is_kept(name: &str) -> bool {
    let for_others = NOT_KEPT.iter().any(|other| name.ends_with(other));
    let is_rule = name.starts_with(crate::rule_files::FOLDER) && !name.ends_with(".html");
    // Of the numbers compared with R the page is kept, not its tables and scripts to download.
    !for_others && !is_rule && (!name.starts_with("validation/") || name.ends_with(".html"))
}

/// Writes `sw.js`: the files with their hashes, the headers, and `www/scripts/sw.js`.
pub fn write(dist: &Path, number: &str) -> Outcome<()> {
    let languages = LANGUAGES.iter().map(|language| language.folder);
    let inside_another = |name: &str| {
        languages
            .clone()
            .any(|folder| !folder.is_empty() && name.starts_with(folder))
    };
    let (mut kept, mut others) = (Map::new(), Map::new());
    for (name, path) in files(dist) {
        if name == "sw.js" || name == ".nojekyll" || inside_another(&name) {
            continue;
        }
        let content = std::fs::read(&path).explain(format_args!("read {}", shell::shown(&path)))?;
        let list = if is_kept(&name) { &mut kept } else { &mut others };
        list.insert(name, hex(&Sha256::digest(&content)).into());
    }
    let page = shell::read(&dist.join("index.html"))?;
    let headers: Map<String, Value> = policy::headers(&page)
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
    let folders: Vec<&str> = LANGUAGES
        .iter()
        .map(|language| language.folder)
        .filter(|folder| !folder.is_empty())
        .collect();
    let text = |value: Value| value.to_string();
    let script = format!(
        "const BUILD = {};\nconst FILES = {};\nconst OTHERS = {};\nconst HEADERS = {};\nconst LANGUAGES = {};\n{}",
        text(number.into()),
        text(kept.into()),
        text(others.into()),
        text(headers.into()),
        text(folders.into()),
        shell::read(&shell::root().join("www").join("scripts").join("sw.js"))?
    );
    shell::write(&dist.join("sw.js"), &script)
}

/// The files of a site with their names below it, in a fixed order.
pub fn files(dist: &Path) -> Vec<(String, std::path::PathBuf)> {
    let name = |path: &Path| {
        let inside = path.strip_prefix(dist).unwrap_or(path);
        inside.to_string_lossy().replace('\\', "/")
    };
    let mut all: Vec<_> = shell::files_under(dist)
        .into_iter()
        .map(|path| (name(&path), path))
        .collect();
    all.sort();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_loads_is_kept_and_the_number_follows_the_content() {
        let dist = std::env::temp_dir().join(format!("cotside-offline-{}", std::process::id()));
        let page = policy::insert("<html><head></head><body></body></html>").unwrap();
        for (name, content) in [
            ("index.html", page.as_str()),
            ("a.css", "x"),
            ("js/cotside.d.ts", "x"),
            (".nojekyll", ""),
        ] {
            shell::write(&dist.join(name), content).unwrap();
        }
        let first = build_number(&dist).unwrap();
        write(&dist, &first).unwrap();
        let script = shell::read(&dist.join("sw.js")).unwrap();
        assert!(script.starts_with(&format!(
            "const BUILD = \"{first}\";\nconst FILES = {{\"a.css\":\"{}\",\"index.html\":\"",
            hex(&Sha256::digest(b"x"))
        )));
        assert!(script.contains("OTHERS = {\"js/cotside.d.ts\":"));
        assert!(script.contains("frame-ancestors 'none'") && script.contains("Connection-Allowlist"));
        assert_eq!(build_number(&dist).unwrap(), first, "sw.js does not change it");
        shell::write(&dist.join("a.css"), "y").unwrap();
        assert_ne!(build_number(&dist).unwrap(), first);
        std::fs::remove_dir_all(&dist).unwrap();
    }
}
