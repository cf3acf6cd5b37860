//! What holds for every page that is read.

use cotside_core::protocols::{PROTOCOLS, RULES_VERSION, SYSTEMS};
use cotside_documents::{BUILD, Document, Places, all};
use std::collections::BTreeSet;

fn documents() -> Vec<Document> {
    all(&Places {
        base: "/c/ja".to_owned(),
        root: "/c".to_owned(),
    })
}

#[test]
fn every_protocol_and_system_has_one_page() {
    let documents = documents();
    let routes: BTreeSet<&str> = documents.iter().map(|document| document.route.as_str()).collect();
    assert_eq!(routes.len(), documents.len());
    let ids = PROTOCOLS
        .iter()
        .map(|each| each.id)
        .chain(SYSTEMS.iter().map(|each| each.id));
    for id in ids {
        assert!(routes.contains(format!("protocols/{id}").as_str()), "{id}");
    }
    for route in ["protocols", "changes", "about", "privacy"] {
        assert!(routes.contains(route), "{route}");
    }
}

#[test]
fn every_page_has_one_heading_and_no_place_left_to_fill() {
    for document in documents() {
        assert!(!document.title.is_empty(), "{}", document.route);
        assert_eq!(document.html.matches("<h1").count(), 1, "{}", document.route);
        let filled = document.html.replace(BUILD, "");
        for place in [
            "{base}",
            "{root}",
            "{count}",
            "{intended_use}",
            "{marks}",
            "{versions}",
            "{name}",
        ] {
            assert!(!filled.contains(place), "{}: {place}", document.route);
        }
    }
}

/// Each link stays in the site of its language, leads to the files that all languages share, within the page, or elsewhere.
#[test]
fn every_link_leads_where_something_stands() {
    let documents = documents();
    let routes: BTreeSet<String> = documents
        .iter()
        .map(|document| format!("/c/ja/{}/", document.route))
        .collect();
    let programs = [
        "/c/ja/protocols/own/",
        "/c/ja/stratify/",
        "/c/ja/evidence/",
        "/c/ja/analyse/",
    ];
    for document in &documents {
        for link in document.html.split(" href=\"").skip(1) {
            let link = link.split('"').next().unwrap_or_default();
            let (path, place) = link.split_once('#').map_or((link, ""), |(path, place)| (path, place));
            if path.is_empty() {
                assert!(
                    document.html.contains(&format!("id=\"{place}\"")),
                    "{}: {link}",
                    document.route
                );
            } else if path.starts_with('/') {
                let known = routes.contains(path)
                    || programs.contains(&path)
                    || path.starts_with("/c/rules/")
                    || ["/c/validation/", "/c/ja/"].contains(&path)
                    || path.starts_with("/c/handbook/");
                assert!(known, "{}: {link}", document.route);
            } else {
                let is_report = link.starts_with("mailto:?subject=");
                assert!(link.starts_with("https://") || is_report, "{}: {link}", document.route);
            }
        }
    }
}

/// A report about a rule goes to nobody by itself, and names the rule and the versions.
#[test]
fn an_error_of_each_rule_can_be_reported() {
    for document in documents() {
        let id = document.route.strip_prefix("protocols/").unwrap_or_default();
        if !PROTOCOLS.iter().any(|protocol| protocol.id == id) {
            continue;
        }
        let link = document.html.split(" href=\"mailto:").nth(1).unwrap_or_default();
        let link = link.split('"').next().unwrap_or_default();
        let text = percent_encoding::percent_decode_str(link).decode_utf8_lossy();
        assert!(link.starts_with("?subject=") && link.len() < 1900, "{id}: {link}");
        assert!(
            text.contains(&format!("({id})")) && text.contains(RULES_VERSION),
            "{id}: {text}"
        );
        assert!(text.contains("no data of a real patient"), "{id}: {text}");
    }
}

/// The program hides rows by these attributes (`crates/app/src/pages/protocol_list.rs`).
#[test]
fn the_list_can_be_searched() {
    let documents = documents();
    let list = documents
        .iter()
        .find(|document| document.route == "protocols")
        .expect("the list");
    assert_eq!(list.html.matches("<tr data-kinds=\"").count(), PROTOCOLS.len());
    assert!(
        list.html
            .contains("data-kinds=\"treatment recruiting\" data-words=\"interfant-21 ")
    );
    for kind in ["recruiting", "treatment", "descriptive"] {
        assert!(list.html.contains(&format!("data-filter=\"{kind}\"")), "{kind}");
    }
}
