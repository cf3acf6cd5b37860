//! The files of the folder `js` by names with the hash of their content: a page and its parts are always of one
//! version, also while a newer one is being put in place.

use crate::failure::{Explain, Outcome};
use crate::shell;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};
use std::path::Path;

/// The file that other pages load by its plain name: the module for JavaScript, and types.
const FOR_OTHERS: &str = "cotside";

/// A file of the folder `js`.
struct Part {
    /// Its plain name.
    name: String,
    /// Its name with the hash.
    hashed: String,
    /// The whole hash, as a page says it of a script.
    integrity: String,
}

/// Files of the folder `js`.
pub struct Parts(Vec<Part>);

/// Gives each file of `<dist>/js` its name, also inside the scripts that import it.
pub fn name(dist: &Path) -> Outcome<Parts> {
    let folder = dist.join("js");
    let mut files = Vec::new();
    for path in shell::files_under(&folder) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with(FOR_OTHERS) || name.ends_with(".d.ts") {
            continue;
        }
        let content = std::fs::read(&path).explain(format_args!("read {}", shell::shown(&path)))?;
        files.push((path, name, content));
    }
    // A file that imports others contains their names, so it comes after them.
    let imports = |content: &[u8]| String::from_utf8_lossy(content).contains(" from './");
    files.sort_by_key(|(_, name, content)| (imports(content), name.clone()));
    let mut parts = Parts(Vec::new());
    for (path, name, content) in files {
        let content = match String::from_utf8(content) {
            Ok(text) if name.ends_with(".js") => parts.inside_script(&text).into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(other) => other.into_bytes(),
        };
        let hashed = hashed(&name, &content);
        let integrity = format!("sha256-{}", BASE64.encode(Sha256::digest(&content)));
        std::fs::write(folder.join(&hashed), content).explain(format_args!("write js/{hashed}"))?;
        std::fs::remove_file(&path).explain(format_args!("remove {}", shell::shown(&path)))?;
        parts.0.push(Part {
            name,
            hashed,
            integrity,
        });
    }
    Ok(parts)
}

impl Parts {
    /// A page that names its parts. Browsers refuse a script of other content than its page says.
    pub fn inside_page(&self, page: &str) -> String {
        let list: Vec<&str> = self.0.iter().map(|part| part.hashed.as_str()).collect();
        let page = page.replacen(
            "<meta name=\"files\" content=\"\">",
            &format!("<meta name=\"files\" content=\"{}\">", list.join(" ")),
            1,
        );
        self.0.iter().fold(page, |page, part| {
            let Part {
                name,
                hashed,
                integrity,
            } = part;
            page.replace(
                &format!(" src=\"js/{name}\""),
                &format!(" src=\"js/{hashed}\" integrity=\"{integrity}\""),
            )
        })
    }

    fn inside_script(&self, script: &str) -> String {
        self.0.iter().fold(script.to_owned(), |script, part| {
            script.replace(&format!("from './{}'", part.name), &format!("from './{}'", part.hashed))
        })
    }
}

/// `name.0123456789abcdef.js`: `www/scripts/sw.js` compares served files with the hash in the name.
fn hashed(name: &str, content: &[u8]) -> String {
    let hash: String = Sha256::digest(content)
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    match name.rsplit_once('.') {
        Some((stem, kind)) => format!("{stem}.{hash}.{kind}"),
        None => format!("{name}.{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_by_their_content_and_by_that_of_what_they_import() {
        let dist = std::env::temp_dir().join(format!("cotside-parts-{}", std::process::id()));
        let made = |seal: &str| {
            for (name, content) in [
                ("seal.js", seal),
                ("remote.js", "import { seal } from './seal.js';"),
                ("own.wasm", "\0asm"),
                ("cotside.js", "x"),
            ] {
                shell::write(&dist.join("js").join(name), content).unwrap();
            }
            let parts = name(&dist).unwrap();
            let page = parts.inside_page("<meta name=\"files\" content=\"\"><script src=\"js/seal.js\"></script>");
            std::fs::remove_dir_all(dist.join("js")).unwrap();
            page
        };
        let first = made("a");
        let seal = hashed("seal.js", b"a");
        // printf a | openssl dgst -sha256 -binary | base64
        let integrity = "sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=";
        let script = format!("<script src=\"js/{seal}\" integrity=\"{integrity}\">");
        assert!(first.contains(&script), "{first}");
        assert!(first.contains("own.") && !first.contains("cotside.js"), "{first}");
        let remote = hashed("remote.js", format!("import {{ seal }} from './{seal}';").as_bytes());
        assert!(first.contains(&remote), "{first}");
        assert_eq!(made("a"), first);
        assert!(!made("b").contains(&remote), "what it imports has changed");
        std::fs::remove_dir_all(&dist).unwrap();
    }
}
