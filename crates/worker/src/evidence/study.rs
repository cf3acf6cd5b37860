//! The list of studies, and one study: whom it enrolled, its rule for transplant, its estimates, what their numbers say
//! about each other, its sources.

use cotside_core::evidence::check::{Finding, check_estimate, check_same_numbers, check_study};
use cotside_core::evidence::{Estimate, Printed, PublishedStudy, Read, Source, published};
use cotside_core::protocols::{Protocol, protocol};
use cotside_words::citing::{cite, source, sure};
use cotside_words::en::evidence_page as words;
use cotside_words::html::{Html, cell, element, head, list as items, note, plain, span, table, text};
use cotside_words::{decimal, en};

use crate::evidence::address;
use crate::evidence::checker::verdict_mark;
use crate::evidence::listing::{NOT_REPORTED, common_cells, enrolled, known, patients, study_link};

fn estimates(study: &PublishedStudy) -> impl Iterator<Item = &'static Estimate> {
    let id = study.id;
    published().estimates.iter().filter(move |row| row.study.id == id)
}

/// The list of studies.
pub fn list() -> Html {
    let each = |study: &PublishedStudy| {
        element(
            "tr",
            &[],
            &[
                element("th", &[("scope", "row")], &[study_link(study)]),
                cell("Enrolled", "number", &[known(&enrolled(study))]),
                cell("n", "number", &[known(&patients(study.n))]),
                cell("KMT2A-r", "number", &[known(&kmt2a(study))]),
                cell("Age", "", &[known(or_not_read(study.age))]),
                cell("Eligible by KMT2A", "", &[text(entry(study.kmt2a))]),
                cell("Estimates", "number", &[text(&estimates(study).count().to_string())]),
            ],
        )
    };
    let head = head(&[
        ("Study", ""),
        ("Enrolled", "number"),
        ("n", "number"),
        ("KMT2A-r", "number"),
        ("Age", ""),
        ("Eligible by KMT2A", ""),
        ("Estimates", "number"),
    ]);
    table("studies", head, published().studies.iter().map(each))
}

fn or_not_read(text: &str) -> &str {
    if text.is_empty() { NOT_REPORTED } else { text }
}

fn entry(kmt2a: &str) -> &str {
    match kmt2a {
        "any" => "any KMT2A",
        "rearranged" => "KMT2A rearranged",
        "germline" => "KMT2A germline",
        other => other,
    }
}

fn kmt2a(study: &PublishedStudy) -> String {
    match (study.kmt2a_rearranged, study.kmt2a_tested, study.kmt2a_share()) {
        (Some(rearranged), Some(tested), Some(share)) => {
            format!("{rearranged} of {tested} ({} %)", decimal(100.0 * share, 1))
        }
        _ => NOT_REPORTED.to_owned(),
    }
}

/// One study.
pub fn html(study: &'static PublishedStudy) -> Html {
    let back = element("a", &[("href", &address("studies"))], &[text("All studies")]);
    let rows: Vec<&'static Estimate> = estimates(study).collect();
    Html::all([
        element("p", &[("class", "quiet")], &[back]),
        span("h3", "lead", study.name),
        note(study.note),
        facts(study),
        Html::all(protocols_of(study).map(rules)),
        element("h4", &[], &[text(&format!("Estimates ({})", rows.len()))]),
        estimate_table(&rows),
        remarks(study, &rows),
        plain("h4", "Sources and how they were read"),
        sources(study, &rows),
    ])
}

fn protocols_of(study: &PublishedStudy) -> impl Iterator<Item = &'static Protocol<'static>> + use<> {
    let ids: &'static str = study.protocols;
    ids.split_whitespace().filter_map(protocol)
}

fn facts(study: &PublishedStudy) -> Html {
    let percent = |number: Option<Printed>| {
        number.map_or_else(
            || NOT_REPORTED.to_owned(),
            |number| format!("{} %", en::printed(number)),
        )
    };
    let rows = [
        ("Enrolled", enrolled(study)),
        ("Infants", patients(study.n)),
        ("KMT2A rearranged of tested", kmt2a(study)),
        ("Age limit as worded", or_not_read(study.age).to_owned()),
        ("Eligible by KMT2A", entry(study.kmt2a).to_owned()),
        ("Complete remission", percent(study.complete_remission)),
        ("Death in induction", percent(study.induction_death)),
        ("Death in remission", percent(study.death_in_remission)),
        ("Transplanted", percent(study.transplanted)),
        ("Time origin", or_not_read(study.time_origin).to_owned()),
        ("Event definition", or_not_read(study.event_definition).to_owned()),
    ];
    let each = |(name, value): &(&str, String)| {
        element(
            "tr",
            &[],
            &[
                element("th", &[("scope", "row")], &[text(name)]),
                element("td", &[], &[known(value)]),
            ],
        )
    };
    table("compact", Html::default(), rows.iter().map(each))
}

/// The protocol's page, and its rule for transplant as the protocol words it.
fn rules(protocol: &'static Protocol) -> Html {
    let page = element(
        "a",
        &[("href", &format!("protocols/{}/", protocol.id))],
        &[text(&format!("The rule of {}, clause by clause", protocol.name))],
    );
    let transplant = [
        text("Transplant: "),
        text(protocol.hsct.text),
        text(" "),
        cite(&protocol.hsct.cite),
    ];
    Html::all([
        element("p", &[], &[page]),
        element("p", &[("class", "prose")], &transplant),
    ])
}

fn estimate_table(rows: &[&'static Estimate]) -> Html {
    let head = head(&[
        ("Id", ""),
        ("Endpoint", ""),
        ("Population", ""),
        ("Years", "number"),
        ("n", "number"),
        ("Estimate, %", "number"),
        ("SE or 95% CI", ""),
        ("Source", ""),
    ]);
    let each = |row: &&'static Estimate| {
        let id = element("th", &[("scope", "row")], &[plain("code", row.id)]);
        element("tr", &[], &[id, common_cells(row)])
    };
    table("estimates", head, rows.iter().map(each))
}

/// What the checker says of the study's numbers, with the arithmetic.
fn remarks(study: &'static PublishedStudy, rows: &[&'static Estimate]) -> Html {
    let mut found: Vec<(String, Finding)> = check_study(study)
        .into_iter()
        .map(|(column, finding)| (column.replace('_', " "), finding))
        .collect();
    for row in rows {
        let of_row = check_estimate(row).into_iter();
        found.extend(of_row.map(|finding| (row.id.to_owned(), finding)));
    }
    let pairs = check_same_numbers(&published().estimates).into_iter();
    let pairs = pairs.filter(|pair| pair.first.study.id == study.id);
    found.extend(pairs.map(|pair| (pair.first.id.to_owned(), Finding::SameNumbers(pair))));
    if found.is_empty() {
        return span("p", "quiet", words::NOTHING_TO_CHECK);
    }
    let each = |(of, finding): &(String, Finding)| {
        element(
            "tr",
            &[],
            &[
                element("th", &[("scope", "row")], &[text(of)]),
                cell("Checked", "", &[text(en::finding_kind(finding))]),
                cell("Result", "", &[verdict_mark(finding)]),
                cell("Arithmetic", "", &[text(&en::finding(finding))]),
            ],
        )
    };
    let head = head(&[("Of", ""), ("Checked", ""), ("Result", ""), ("Arithmetic", "")]);
    Html::all([
        plain("h4", words::CONSISTENCY),
        table("checks", head, found.iter().map(each)),
        span("p", "quiet", words::ROUNDING),
    ])
}

/// Each source once, with the ways in which it was read for this study.
fn sources(study: &PublishedStudy, rows: &[&'static Estimate]) -> Html {
    let mut cited: Vec<(&'static Source, Vec<Read>)> = vec![(study.source, Vec::new())];
    for row in rows {
        let place = cited
            .iter()
            .position(|(source, _)| source.short == row.cite.source.short);
        let place = place.unwrap_or_else(|| {
            cited.push((row.cite.source, Vec::new()));
            cited.len() - 1
        });
        if let Some((_, read)) = cited.get_mut(place)
            && !read.contains(&row.cite.read)
        {
            read.push(row.cite.read);
        }
    }
    let each = |(cited, read): &(&'static Source, Vec<Read>)| {
        let marks = read.iter().map(|read| Html::all([text(" "), sure(*read)]));
        let none = Html::when(read.is_empty(), || {
            span(
                "span",
                "quiet",
                " the study’s own publication; none of these numbers was read in it",
            )
        });
        Html::all([source(cited), Html::all(marks), none])
    };
    items("sources", cited.iter().map(each))
}
