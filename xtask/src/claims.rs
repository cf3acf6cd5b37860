//! Checks the page Privacy against the tests: each of its claims has a test of the built site, which names it in its
//! title as `[claims: …]`; limits without a claim come first.

use crate::shell;
use cotside_words::languages::LANGUAGES;
use std::collections::BTreeSet;

/// The page in a language.
fn page(code: &str) -> String {
    let path = format!("crates/words/src/{code}/prose/privacy.html");
    shell::read(&shell::root().join(path)).unwrap()
}

/// The claims of a page, in their order.
fn claimed(page: &str) -> Vec<&str> {
    let pieces = page.split("data-claim=\"").skip(1);
    pieces
        .map(|piece| piece.split('"').next().unwrap_or_default())
        .collect()
}

/// The claims that titles of tests name.
fn tested() -> BTreeSet<String> {
    let mut files = shell::files_under(&shell::root().join("tests").join("browser"));
    files.retain(|file| file.extension().is_some_and(|kind| kind == "mjs"));
    let texts = files.iter().map(|file| shell::read(file).unwrap());
    texts.flat_map(|text| named(&text)).collect()
}

fn named(text: &str) -> Vec<String> {
    let lists = text
        .split("[claims: ")
        .skip(1)
        .filter_map(|rest| rest.split(']').next());
    lists.flat_map(|list| list.split(", ")).map(str::to_owned).collect()
}

#[test]
fn every_claim_of_the_page_privacy_is_held_by_a_test() {
    let page = page("en");
    let claims: BTreeSet<String> = claimed(&page).into_iter().map(str::to_owned).collect();
    assert!(claims.len() > 10);
    assert_eq!(claims, tested());
}

#[test]
fn every_language_makes_the_same_claims_in_the_same_order() {
    let english = page("en");
    for language in LANGUAGES {
        assert_eq!(claimed(&page(language.code)), claimed(&english), "{}", language.code);
    }
}

/// In each language the first list is of things that are not claimed: it has a reason in every item, and no claim.
#[test]
fn limits_without_a_claim_come_first() {
    for language in LANGUAGES {
        let page = page(language.code);
        let lists: Vec<&str> = page.split("<ul>").skip(1).collect();
        let (first, others) = lists.split_first().unwrap();
        assert!(first.matches("<li><strong>").count() > 5, "{}", language.code);
        assert!(!first.contains("data-claim"), "{}", language.code);
        let items = others.concat();
        let items = items.split("</ul>").filter(|list| list.contains("data-claim"));
        for list in items {
            assert_eq!(list.matches("<li").count(), list.matches("data-claim").count());
        }
    }
}

#[test]
fn claims_are_read_from_titles() {
    assert_eq!(named("test('a [claims: x, y-z]', () => {});"), ["x", "y-z"]);
}
