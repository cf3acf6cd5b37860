//! Findings in words: what does not follow from what, with the arithmetic, and no word of blame.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cotside_core::evidence::check::{
    Finding, PrintedP, check_count, check_estimate, check_hazard_ratio, check_interval, check_median,
    check_same_numbers, check_standard_error, check_study,
};
use cotside_core::evidence::{COMMENTARY, Printed, compare, published};
use cotside_words::en;

fn printed(text: &str) -> Printed {
    Printed::read(text).expect("a number")
}

#[test]
fn sentences_with_their_arithmetic() {
    let error = check_standard_error(115, printed("41.7"), printed("9.2")).unwrap();
    assert_eq!(
        en::finding(&Finding::StandardError(error)),
        "A standard error of 9.2 does not follow from 115 patients unless most were censored early: the least is \
         √(0.417 · 0.583/115) = 4.6 %, and 9.2 is 2 times that, as of 29 patients. 2 times the least is what is often \
         printed for the half-width of an interval."
    );
    let six = check_count(6, 7, printed("66.7")).unwrap();
    assert_eq!(
        en::finding(&Finding::Count(six)),
        "66.7 % does not follow from 6 of 7, which is 85.71 %. 66.7 % is 6 of 9."
    );
    let median = check_median(
        printed("38"),
        (printed("10"), printed("66")),
        &[30.0, 66.0, 29.0, 24.0, 18.0, 10.0],
    );
    assert_eq!(
        en::finding(&Finding::Median(median.unwrap())),
        "A median of 38 does not follow from the 6 values, whose median is 26.5. It is the midpoint of the range, (10 + \
         66)/2 = 38."
    );
    let interval = (printed("0.903"), printed("4.291"));
    let ratio = check_hazard_ratio(printed("1.969"), interval, PrintedP::read(".088"), 0.95).unwrap();
    assert_eq!(
        en::finding(&Finding::HazardRatio(ratio)),
        "1.969 lies at the centre of 0.903–4.291 on the log scale; the interval implies a standard error of 0.398 and z = \
         1.704, so p = 0.0884; p = 0.088 follows."
    );
    let interval = (printed("33.9"), printed("63.7"));
    let plain = check_interval(printed("48.8"), interval, None, None, 0.95).unwrap();
    assert_eq!(
        en::finding(&Finding::Interval(plain)),
        "48.8 (33.9–63.7) % is symmetric on: plain (standard error 7.6), arcsine (standard error 7.72)."
    );
}

/// Every sentence about the table ends, has no gap, and blames nobody.
#[test]
fn no_accusation() {
    let table = published();
    let rows = table.estimates.iter().flat_map(check_estimate);
    let studies = table.studies.iter().flat_map(check_study).map(|(_, finding)| finding);
    let same = check_same_numbers(&table.estimates)
        .into_iter()
        .map(Finding::SameNumbers);
    let mut sentences: Vec<String> = rows
        .chain(studies)
        .chain(same)
        .map(|finding| en::finding(&finding))
        .collect();
    for first in &table.estimates {
        for second in &table.estimates {
            let found = compare(first, second, true, 0.95).unwrap();
            sentences.extend(found.cautions.iter().map(en::caution));
        }
    }
    sentences.sort();
    sentences.dedup();
    for sentence in sentences {
        assert!(sentence.ends_with('.'), "{sentence}");
        assert!(
            !sentence.contains("  ") && !sentence.contains("NaN") && !sentence.contains("–."),
            "{sentence}"
        );
        for word in [
            "wrong",
            "error by",
            "mistake",
            "false",
            "fraud",
            "incorrect",
            "misprint",
        ] {
            assert!(!sentence.to_lowercase().contains(word), "{sentence}");
        }
    }
}

#[test]
fn the_footnote_of_the_commentary() {
    let notes: Vec<&str> = COMMENTARY
        .rows
        .iter()
        .filter_map(|row| row.death_in_remission_note)
        .map(en::footnote)
        .collect();
    assert_eq!(notes, ["Any toxic death including induction therapy."]);
}
