//! Scripts and style sheets without comments and indentation: some kilobytes less to load, and still to be read.

use crate::failure::{Failure, Outcome};
use crate::shell;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha384};
use std::path::Path;

/// Removes comments of whole lines and indentation from a script or style sheet. Neither ours nor wasm-bindgen's have
/// quoted text of several lines.
pub fn text(source: &str) -> String {
    let mut comment = false;
    let mut lines = String::new();
    for line in source.lines().map(str::trim) {
        comment |= line.starts_with("/*");
        if !(comment || line.is_empty() || line.starts_with("//")) {
            lines.push_str(line);
            lines.push('\n');
        }
        comment &= !line.ends_with("*/");
    }
    lines
}

/// Shortens the script and the style sheets that Trunk wrote next to the page, which names them with their hashes.
pub fn site(dist: &Path) -> Outcome<()> {
    let page = dist.join("index.html");
    let mut html = shell::read(&page)?;
    for file in shell::files_under(dist) {
        let kind = file.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        if file.parent() != Some(dist) || !matches!(kind, "js" | "css") {
            continue;
        }
        let long = shell::read(&file)?;
        let short = text(&long);
        let (before, after) = (integrity(&long), integrity(&short));
        if !html.contains(&before) {
            return Err(Failure::new(
                format!("The page does not name {} with its hash.", shell::shown(&file)),
                "see how Trunk writes `integrity` now, and correct xtask/src/short.rs",
            ));
        }
        html = html.replace(&before, &after);
        shell::write(&file, &short)?;
    }
    shell::write(&page, &html)
}

fn integrity(content: &str) -> String {
    format!("sha384-{}", BASE64.encode(Sha384::digest(content.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shortened_keeps_its_words() {
        let script = "// What it is.\n/** One. */\nlet a = 1; // stays\n  /**\n   * Two.\n   */\n  f('//');\n\n";
        assert_eq!(text(script), "let a = 1; // stays\nf('//');\n");
        assert_eq!(text("/* Tokens. */\n:root {\n  --a: 1;\n}\n"), ":root {\n--a: 1;\n}\n");
    }

    #[test]
    fn the_page_names_the_shortened_file() {
        let dist = std::env::temp_dir().join(format!("cotside-short-{}", std::process::id()));
        let style = "/* x */\na { b: c }\n";
        shell::write(&dist.join("a.css"), style).unwrap();
        shell::write(
            &dist.join("index.html"),
            &format!("<link integrity=\"{}\">", integrity(style)),
        )
        .unwrap();
        site(&dist).unwrap();
        assert_eq!(shell::read(&dist.join("a.css")).unwrap(), "a { b: c }\n");
        assert!(
            shell::read(&dist.join("index.html"))
                .unwrap()
                .contains(&integrity("a { b: c }\n"))
        );
        shell::write(&dist.join("b.css"), "a { }").unwrap();
        assert!(site(&dist).is_err(), "a style sheet without its hash");
        std::fs::remove_dir_all(&dist).unwrap();
    }
}
