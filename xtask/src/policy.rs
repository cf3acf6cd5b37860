//! The content-security policy, and the check that the built pages keep to it.

use crate::failure::{Failure, Outcome};
use crate::shell;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};
use std::path::Path;

/// Returns the policy for a page with these inline scripts, which are allowed by their hashes; no other inline script
/// may run.
pub fn policy(inline_scripts: &[&str]) -> String {
    let hashes: String = inline_scripts
        .iter()
        .map(|script| format!(" 'sha256-{}'", hash(script)))
        .collect();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; img-src 'self' data: blob:; \
         font-src 'none'; connect-src 'self' data:; base-uri 'self'; form-action 'none'; object-src 'none'; frame-src 'none'; \
         worker-src 'self' blob:; manifest-src 'self'"
    )
}

/// Where the site's links to sources lead; `crates/views/src/citing.rs` makes them.
const LINKED: [&str; 4] = [
    "https://doi.org",
    "https://pubmed.ncbi.nlm.nih.gov",
    "https://clinicaltrials.gov",
    "https://pmc.ncbi.nlm.nih.gov",
];

/// Headers for a built page, which bind more than a policy in it can. The service worker adds them; a server of one's
/// own can send them with the first visit too.
pub fn headers(page: &str) -> [(&'static str, String); 7] {
    let linked: String = LINKED.iter().map(|host| format!(" \"{host}\"")).collect();
    [
        // Not to be shown inside another site.
        (
            "Content-Security-Policy",
            format!("{}; frame-ancestors 'none'", policy(&inline_scripts(page))),
        ),
        // Where it is known (Chromium), the page can connect to no other host than these: no early connection, no
        // WebRTC. Publishers are reached by redirections of doi.org.
        (
            "Connection-Allowlist",
            format!("(response-origin{linked});redirects=allow"),
        ),
        // A page of another site that opened this one has no hold of it.
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("X-DNS-Prefetch-Control", "off".to_owned()),
    ]
}

fn hash(script: &str) -> String {
    BASE64.encode(Sha256::digest(script.as_bytes()))
}

/// Writes the policy into a page, before everything that it has to govern.
pub fn insert(page: &str) -> Outcome<String> {
    let tag = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
        policy(&inline_scripts(page))
    );
    match page.split_once("<head>") {
        Some((before, after)) => Ok(format!("{before}<head>\n    {tag}{after}")),
        None => Err(Failure::new(
            "www/index.html has no <head>, so the policy has no place.",
            "",
        )),
    }
}

/// The text of each `<script>` that has no `src`.
fn inline_scripts(page: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find("<script") {
        let Some(tag_end) = rest[start..].find('>').map(|at| start + at) else {
            break;
        };
        let Some(end) = rest[tag_end..].find("</script>").map(|at| tag_end + at) else {
            break;
        };
        if !rest[start..tag_end].contains(" src=") {
            found.push(&rest[tag_end + 1..end]);
        }
        rest = &rest[end..];
    }
    found
}

/// Fails unless every built page and style sheet loads from its own site only and names each inline script.
pub fn check_site(dist: &Path) -> Outcome<()> {
    for file in shell::files_under(dist) {
        let kind = file.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        let fault = match kind {
            "html" => page_fault(&shell::read(&file)?),
            "css" => style_fault(&shell::read(&file)?),
            _ => None,
        };
        if let Some(fault) = fault {
            let what = format!("{}: {fault}.", shell::shown(&file));
            return Err(Failure::new(
                what,
                "mend it in www/ or in the page's source; the policy would block it",
            ));
        }
    }
    Ok(())
}

fn page_fault(page: &str) -> Option<String> {
    let scripts = inline_scripts(page);
    if scripts.len() > 1 {
        return Some(format!(
            "{} inline scripts, where only Trunk's own is allowed",
            scripts.len()
        ));
    }
    let tag = page.find("http-equiv=\"Content-Security-Policy\"");
    if tag.is_none() || tag > page.find("<script").or(Some(usize::MAX)) {
        return Some("the security policy is missing or comes after a script".to_owned());
    }
    if !page.contains(&policy(&scripts)) {
        return Some("the security policy does not name the inline script".to_owned());
    }
    if page.contains(" style=\"") || page.contains("<style") {
        return Some("an inline style".to_owned());
    }
    tags(page).find_map(|tag| tag_fault(tag).map(|fault| format!("{fault} in <{tag}>")))
}

fn tags(page: &str) -> impl Iterator<Item = &str> {
    page.split('<')
        .skip(1)
        .filter_map(|piece| piece.split_once('>').map(|(tag, _)| tag))
}

fn tag_fault(tag: &str) -> Option<&'static str> {
    // A link that is only named is not loaded.
    let named = ["rel=\"canonical\"", "rel=\"alternate\" hreflang="];
    let link = tag.starts_with("a ") || named.iter().any(|name| tag.contains(name));
    let elsewhere = ["http:", "https:", "//"].iter().any(|start| {
        let loads = [format!("src=\"{start}"), format!("href=\"{start}")];
        loads.iter().any(|load| tag.contains(load.as_str()))
    });
    if elsewhere && !link {
        return Some("a resource of another site");
    }
    tag.split_whitespace()
        .any(|word| word.starts_with("on") && word.contains('='))
        .then_some("an inline event handler")
}

fn style_fault(style: &str) -> Option<String> {
    ["url(http", "url(\"http", "url('http", "url(//", "@import"]
        .iter()
        .find(|load| style.contains(**load))
        .map(|load| format!("`{load}` in a style sheet"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><head><meta charset=\"utf-8\"><script type=\"module\">\nlet a = 1;\n</script>\
        <script src=\"/x.js\"></script></head><body></body></html>";

    #[test]
    fn the_policy_names_the_inline_script_and_comes_first() {
        let page = insert(PAGE).unwrap();
        assert_eq!(inline_scripts(&page), ["\nlet a = 1;\n"]);
        assert!(page.contains("'sha256-") && !page.contains("unsafe-inline"));
        assert_eq!(page_fault(&page), None);
    }

    #[test]
    fn the_sites_links_lead_where_the_header_lets_them() {
        let text = shell::read(&shell::root().join("crates/views/src/citing.rs")).unwrap();
        let hosts: Vec<String> = text
            .split("\"https://")
            .skip(1)
            .filter_map(|rest| rest.split('/').next())
            .map(|host| format!("https://{host}"))
            .collect();
        assert_eq!(hosts, LINKED);
    }

    #[test]
    fn a_hash_is_as_browsers_compute_it() {
        // The example of the Content Security Policy specification's own hash section: alert('Hello, world.');
        assert_eq!(
            hash("alert('Hello, world.');"),
            "qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
        );
    }

    #[test]
    fn what_the_policy_would_block_fails_the_build() {
        let bad = [
            "<script>1</script><script>2</script>",
            "<link rel=\"stylesheet\" href=\"https://elsewhere.example/a.css\">",
            "<img src=\"//elsewhere.example/a.png\">",
            "<p style=\"color: red\">",
            "<p onclick=\"go()\">",
        ];
        for piece in bad {
            let page = insert(&format!("<html><head></head><body>{piece}</body></html>")).unwrap();
            assert!(page_fault(&page).is_some(), "{piece}");
        }
        let link = "<html><head></head><body><a href=\"https://doi.org/x\">source</a></body></html>";
        assert_eq!(page_fault(&insert(link).unwrap()), None);
        // As written by xtask/src/pages.rs where the public address is known.
        let named = "<html><head><link rel=\"alternate\" hreflang=\"ja\" href=\"https://x.example/ja/\">\
            <link rel=\"canonical\" href=\"https://x.example/\"></head><body></body></html>";
        assert_eq!(page_fault(&insert(named).unwrap()), None);
        assert!(style_fault("a { background: url(https://x.example/a.png) }").is_some());
    }
}
