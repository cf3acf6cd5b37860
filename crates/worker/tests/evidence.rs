//! The page of published evidence as its worker sees it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cotside_core::cohort::{Endpoint, Mapping, Role, Sheet, TimeUnit};
use cotside_core::evidence::{
    CurveOf, FigureKind, OwnColumn, OwnEstimate, PoolMethod, Provenance, PublishedEndpoint, published,
};
use cotside_messages::{
    CHECK_EXAMPLES, CheckField, ComparedEstimates, CurveNumbers, EstimateColumn, EstimateFigure, EstimateList,
    EvidenceEvent, EvidenceRequest, FigureLibrary, FigureNumbers, PictureMarks, PoolSettings, ReportedNumbers,
    TracedPicture,
};
use cotside_worker::Reply;
use cotside_worker::evidence::EvidencePage;
use proptest::prelude::*;

fn part(reply: &Reply, name: &str) -> String {
    reply
        .parts
        .get(name)
        .cloned()
        .unwrap_or_else(|| panic!("no part {name}"))
}

/// The ids of the rows that are listed, in their order.
fn listed(reply: &Reply) -> Vec<String> {
    let mut events = reply.evidence.iter();
    let found = events.find_map(|event| match event {
        EvidenceEvent::Listed { ids, .. } => Some(ids.clone()),
        _ => None,
    });
    found.unwrap()
}

fn list(page: &mut EvidencePage, settings: EstimateList) -> Reply {
    page.ask(EvidenceRequest::List(settings))
}

fn study(page: &mut EvidencePage, id: &str) -> String {
    part(&page.ask(EvidenceRequest::Studies(Some(id.to_owned()))), "studies")
}

fn choose(page: &mut EvidencePage, ids: &[&str]) -> String {
    let ids = ids.iter().map(|id| (*id).to_owned()).collect();
    part(&page.ask(EvidenceRequest::Choose(ids)), "pool")
}

fn pool(page: &mut EvidencePage, settings: PoolSettings) -> String {
    part(&page.ask(EvidenceRequest::Pool(settings)), "pool")
}

fn compare(page: &mut EvidencePage, first: &str, second: &str, binomial: bool) -> String {
    let settings = ComparedEstimates {
        first: Some(first.to_owned()),
        second: Some(second.to_owned()),
        binomial,
    };
    part(&page.ask(EvidenceRequest::Compare(settings)), "compare")
}

fn check(page: &mut EvidencePage, numbers: &ReportedNumbers) -> String {
    part(&page.ask(EvidenceRequest::Check(numbers.clone())), "check")
}

fn curve(page: &mut EvidencePage, points: &str, at_risk: &str) -> String {
    let numbers = CurveNumbers {
        points: points.to_owned(),
        at_risk: at_risk.to_owned(),
        ..CurveNumbers::default()
    };
    part(&page.ask(figure(vec![numbers])), "curve")
}

/// A figure of these curves.
fn figure(curves: Vec<CurveNumbers>) -> EvidenceRequest {
    EvidenceRequest::Reconstruct(Box::new(FigureNumbers {
        curves,
        ..FigureNumbers::default()
    }))
}

fn points(reply: &Reply) -> Option<String> {
    reply.evidence.iter().find_map(|event| match event {
        EvidenceEvent::Points(points) | EvidenceEvent::MarkedPoints { points, .. } => Some(points.clone()),
        _ => None,
    })
}

/// Whether the texts stand in this order.
fn in_order(html: &str, texts: &[&str]) -> bool {
    let places: Option<Vec<usize>> = texts.iter().map(|text| html.find(text)).collect();
    places.is_some_and(|places| places.is_sorted())
}

#[test]
fn the_cells_of_every_estimate_come_first_and_lead_to_its_study() {
    let page = EvidencePage::default();
    let start = page.start();
    assert_eq!(start.parts.keys().collect::<Vec<_>>(), ["five-studies", "history"]);
    let [EvidenceEvent::Rows(rows)] = &start.evidence[..] else {
        panic!("{:?}", start.evidence)
    };
    let all = &published().estimates;
    assert_eq!(rows.len(), all.len());
    for (row, estimate) in rows.iter().zip(all) {
        assert_eq!(row.id, estimate.id);
        assert_eq!(row.cells.len(), EstimateColumn::ALL.len());
        assert!(
            row.cells[0].contains(&format!("evidence/#study/{}", estimate.study.id)),
            "{}",
            row.id
        );
        assert!(row.drawn.contains("<circle"), "{}", row.id);
        let drawn = estimate.interval95().is_some();
        assert_eq!(row.drawn.contains("class=\"interval"), drawn, "{}", row.id);
    }
}

#[test]
fn every_estimate_is_listed() {
    let mut page = EvidencePage::default();
    let reply = list(&mut page, EstimateList::default());
    let all = published().estimates.len();
    assert_eq!(listed(&reply).len(), all);
    let summary = part(&reply, "estimates");
    assert!(
        summary.contains(&format!("{all} of {all} estimates")) && summary.contains("Uncertainty reported: 95% CI ")
    );
}

#[test]
fn rows_are_filtered_by_endpoint_study_and_words() {
    let mut page = EvidencePage::default();
    let os = EstimateList {
        endpoint: Some(PublishedEndpoint::OverallSurvival),
        ..EstimateList::default()
    };
    let found = listed(&list(&mut page, os.clone()));
    let expected = published().estimates.iter().filter(|row| row.endpoint.code() == "OS");
    assert_eq!(found.len(), expected.count());
    let both = EstimateList {
        study: Some("bfm".to_owned()),
        ..os
    };
    assert_eq!(listed(&list(&mut page, both)), ["bfm/2"]);
    let young = EstimateList {
        study: Some("bfm".to_owned()),
        words: "YOUNGER 6 months".to_owned(),
        ..EstimateList::default()
    };
    assert_eq!(listed(&list(&mut page, young)), ["bfm/7"]);
    let none = EstimateList {
        words: "no such words".to_owned(),
        ..EstimateList::default()
    };
    let summary = part(&list(&mut page, none), "estimates");
    assert!(summary.contains("No estimate matches") && summary.contains("0 of "));
}

#[test]
fn rows_are_sorted_and_what_is_not_reported_comes_last_both_ways() {
    let mut page = EvidencePage::default();
    for descending in [false, true] {
        let settings = EstimateList {
            sort: EstimateColumn::N,
            descending,
            ..EstimateList::default()
        };
        let ids = listed(&list(&mut page, settings));
        let n: Vec<Option<u32>> = ids.iter().map(|id| published().estimate(id).unwrap().n).collect();
        let known: Vec<u32> = n.iter().copied().flatten().collect();
        assert!(
            n.iter().take(known.len()).all(Option::is_some),
            "unknown rows come last"
        );
        assert!(known.windows(2).all(|pair| if descending {
            pair[0] >= pair[1]
        } else {
            pair[0] <= pair[1]
        }));
        assert!(known.len() < n.len(), "some rows have no n");
    }
}

#[test]
fn missing_is_said_and_never_zero() {
    let mut page = EvidencePage::default();
    let settings = EstimateList {
        study: Some("interfant-99".to_owned()),
        ..EstimateList::default()
    };
    list(&mut page, settings);
    let [EvidenceEvent::Rows(rows)] = &page.start().evidence[..] else {
        panic!()
    };
    let row = rows.iter().find(|row| row.id == "interfant-99/4").unwrap();
    assert!(row.cells.iter().filter(|cell| cell.contains("not reported")).count() >= 3);
    let csv = page.export("estimates.csv").unwrap();
    let mut rows = csv.text.lines();
    let header: Vec<&str> = rows.next().unwrap().split(',').collect();
    let column = |name: &str| header.iter().position(|each| *each == name).unwrap();
    let row = rows.find(|row| row.starts_with("interfant-99/4,")).unwrap();
    let cells: Vec<&str> = row.split(',').collect();
    for name in ["years", "n", "standard_error"] {
        assert_eq!(cells[column(name)], "", "{name}");
    }
    let rows = published()
        .estimates
        .iter()
        .filter(|row| row.study.id == "interfant-99");
    assert_eq!(csv.text.lines().count(), 1 + rows.count(), "only what is listed");
}

#[test]
fn figures_need_one_endpoint() {
    let mut page = EvidencePage::default();
    let all = EstimateList {
        figure: EstimateFigure::Forest,
        ..EstimateList::default()
    };
    let reply = list(&mut page, all.clone());
    assert!(part(&reply, "estimates").contains("one axis holds one endpoint"));
    assert!(
        reply
            .evidence
            .iter()
            .any(|event| matches!(event, EvidenceEvent::Listed { one_axis: false, .. }))
    );
    assert!(page.export("forest.svg").is_none());
    let efs = EstimateList {
        endpoint: Some(PublishedEndpoint::EventFreeSurvival),
        ..all
    };
    let reply = list(&mut page, efs.clone());
    assert!(part(&reply, "estimates").contains("<svg"));
    assert!(
        reply
            .evidence
            .iter()
            .any(|event| matches!(event, EvidenceEvent::Listed { one_axis: true, .. }))
    );
    let csv = page.export("forest.csv").unwrap().text;
    let rows = published().estimates.iter().filter(|row| row.endpoint.code() == "EFS");
    let drawn = csv
        .lines()
        .skip(1)
        .filter(|line| line.contains("%") || line.split(',').count() > 5);
    assert!(drawn.count() >= rows.count());
    let svg = page.export("forest.svg").unwrap();
    assert!(svg.text.starts_with("<?xml") && svg.media_type == "image/svg+xml");
    let over_time = EstimateList {
        figure: EstimateFigure::Points,
        ..efs
    };
    let drawn = part(&list(&mut page, over_time), "estimates");
    assert!(drawn.contains("data-figure=\"points\""));
    let timed = published()
        .estimates
        .iter()
        .filter(|row| row.endpoint.code() == "EFS" && row.years.is_some());
    assert_eq!(
        page.export("points.csv").unwrap().text.lines().count(),
        1 + timed.count()
    );
}

#[test]
fn a_study_shows_its_arithmetic_without_accusing() {
    let mut page = EvidencePage::default();
    for each in published().studies {
        let html = study(&mut page, each.id);
        assert!(html.contains("Sources and how they were read"), "{}", each.id);
        for word in ["wrong", "mistake", "false"] {
            assert!(!html.to_lowercase().contains(word), "{}: {word}", each.id);
        }
        let first = each.protocols.split_whitespace().next();
        assert_eq!(first.is_some(), html.contains("href=\"protocols/"), "{}", each.id);
    }
    let html = study(&mut page, "ccg-1953");
    assert!(html.contains("√(0.417 · 0.583/115) = 4.6 %"), "{html}");
    let html = study(&mut page, "mll-10");
    assert!(html.contains("A rate of 5 years does not follow from one of 3."));
    let all = part(&page.ask(EvidenceRequest::Studies(None)), "studies");
    assert!(published().studies.iter().all(|each| all.contains(each.name)));
}

#[test]
fn the_commentary_is_whole() {
    let html = part(&EvidencePage::default().start(), "five-studies");
    for text in [
        "34.8*",
        "* Any toxic death including induction therapy.",
        "<div>PGR: 41 (12) (6-y)</div><div>PPR: 9 (9) (6-y)</div>",
        "476/643 (74.0)",
        "33.6 (NA) (5-y)",
        "PPR, prednisone poor response",
    ] {
        assert!(html.contains(text), "{text}");
    }
    assert_eq!(html.matches("<tr>").count(), 6);
}

/// The five findings of the seed papers and two that are consistent.
#[test]
fn examples_of_the_check() {
    let mut page = EvidencePage::default();
    for (example, verdict, words, text) in [
        (
            0,
            "conditional",
            "implausible unless most were censored early",
            "9.2 is 2 times that",
        ),
        (
            1,
            "conditional",
            "consistent only with fewer patients",
            "3 of 5 is 60 %",
        ),
        (2, "does_not_follow", "inconsistent", "6 of 9"),
        (3, "does_not_follow", "inconsistent", "(10 + 23)/2 = 16.5"),
        (4, "does_not_follow", "inconsistent", "called 5-year"),
        (5, "follows", "consistent", "log-log scale"),
        (6, "follows", "consistent", "p = .088 follows"),
    ] {
        let html = check(&mut page, &ReportedNumbers::example(&CHECK_EXAMPLES[example]));
        let html = html.replace("0.088", ".088");
        for wanted in [&format!("data-verdict=\"{verdict}\""), words, text] {
            assert!(html.contains(wanted), "{example}: {wanted}: {html}");
        }
    }
    let mut numbers = ReportedNumbers::default();
    assert_eq!(check(&mut page, &numbers), "");
    numbers.set(CheckField::Rate, "41.7");
    numbers.set(CheckField::Patients, "115");
    assert!(check(&mut page, &numbers).contains("More numbers are needed"));
    numbers.set(CheckField::StandardError, "nine");
    assert!(check(&mut page, &numbers).contains("“nine” is not accepted"));
    numbers.set(CheckField::StandardError, "9.2");
    assert!(check(&mut page, &numbers).contains("data-verdict=\"conditional\""));
    numbers.set(CheckField::Rate, "141.7");
    assert!(check(&mut page, &numbers).contains("outside their range"));
}

#[test]
fn a_pasted_result_becomes_the_fields_of_the_check() {
    let mut page = EvidencePage::default();
    let reply = page.ask(EvidenceRequest::Read("41.7 (SE 9.2), n=115; 38.2".to_owned()));
    let [EvidenceEvent::Numbers { numbers, unread, .. }] = &reply.evidence[..] else {
        panic!("{:?}", reply.evidence)
    };
    assert_eq!(unread, &["38.2"], "what is not used is said");
    assert!(check(&mut page, numbers).contains("9.2 is 2 times that"));
}

#[test]
fn two_are_compared_with_their_cautions_first() {
    let mut page = EvidencePage::default();
    let one = ComparedEstimates {
        first: Some("interfant-06/2".to_owned()),
        ..ComparedEstimates::default()
    };
    let html = part(&page.ask(EvidenceRequest::Compare(one)), "compare");
    assert!(html.contains("Choose two"));
    let html = compare(&mut page, "interfant-06/2", "mll-10/4", false);
    let texts = ["not two arms of a trial", "Times: 6 and 3 years", "−29.8", "2.45"];
    assert!(in_order(&html, &texts), "{html}");
    let html = compare(&mut page, "interfant-06/2", "ccg-1953/2", false);
    assert!(html.contains("No difference can be given"));
    let html = compare(&mut page, "interfant-06/2", "ccg-1953/2", true);
    assert!(html.contains("the least that so many patients can give"));
}

/// A test of the difference is given only where endpoint, time and era of both are known and the same; the core's law
/// looks at every pair, this one at what the page shows of every third row.
#[test]
fn no_p_for_unlike_estimates() {
    let mut page = EvidencePage::default();
    let (mut with, mut without) = (0, 0);
    let all = &published().estimates;
    for first in all.iter().step_by(3) {
        for second in all {
            let html = compare(&mut page, first.id, second.id, true);
            let found = cotside_core::evidence::compare(first, second, true, 0.95).unwrap();
            let tested = html.contains("data-label=\"P\"");
            let has_difference = html.contains("Difference (first");
            let alike = found.no_test().next().is_none();
            assert_eq!(has_difference, found.plain.is_some(), "{} and {}", first.id, second.id);
            assert_eq!(
                tested,
                alike && has_difference,
                "{} and {}: {html}",
                first.id,
                second.id
            );
            assert_eq!(
                has_difference && !tested,
                html.contains("No P value: "),
                "{} and {}",
                first.id,
                second.id
            );
            with += usize::from(tested);
            without += usize::from(!tested);
        }
    }
    assert!(with > 30 && without > 100, "{with} and {without}");
}

/// Estimates of two endpoints are neither compared nor pooled, and the reason is said.
#[test]
fn endpoints_are_not_mixed() {
    let mut page = EvidencePage::default();
    let html = compare(&mut page, "interfant-06/1", "interfant-06/3", false);
    assert!(
        html.contains("EFS and OS are not one endpoint") && !html.contains("Difference (first"),
        "{html}"
    );
    let html = compare(&mut page, "mll-late-effects/2", "mll-late-effects/3", true);
    assert!(html.contains("not one endpoint"), "{html}");
    let pooled = choose(&mut page, &["interfant-99/2", "interfant-06/2", "interfant-06/3"]);
    assert!(pooled.contains("is of another endpoint than"), "{pooled}");
}

#[test]
fn changes_and_searches_are_shown_and_the_table_is_released_with_its_terms() {
    let page = EvidencePage::default();
    let html = part(&page.start(), "history");
    for text in [
        "Evidence 2026.11.3",
        "Evidence 2026.11.1",
        "blinatumomab-pilot/4",
        "is now",
        "What was searched for",
        "COG AALL2321",
    ] {
        assert!(html.contains(text), "{text}");
    }
    let readme = page.export("readme.txt").unwrap().text;
    for text in ["Evidence version 2026.11.3", "MIT OR Apache-2.0", "How to cite"] {
        assert!(readme.contains(text), "{text}: {readme}");
    }
    let csv = EvidencePage::default().export("estimates.csv").unwrap().text;
    assert!(
        csv.lines()
            .next()
            .unwrap()
            .trim_end()
            .ends_with("evidence_version,licence")
    );
    assert!(csv.contains("no identifier found") && csv.contains("2026.11.3,MIT OR Apache-2.0"));
}

#[test]
fn pooling_is_refused_below_three() {
    let mut page = EvidencePage::default();
    let three = ["interfant-99/2", "interfant-06/2", "mll-10/4"];
    assert!(choose(&mut page, &[]).contains("At least 3"));
    assert!(choose(&mut page, &three[..1]).contains("too few to pool"));
    assert!(choose(&mut page, &three[..2]).contains("too few to pool"));
    assert!(page.export("pool.svg").is_none());
    let pooled = choose(&mut page, &three);
    let texts = [
        "Reasons for caution",
        "Hartung–Knapp",
        "95% prediction interval",
        "I² = ",
        "<svg",
        "Needs 4 estimates",
    ];
    assert!(in_order(&pooled, &texts), "{pooled}");
    assert!(!pooled.contains("too few"), "nothing contradicts the pooled estimate");
    assert!(
        pooled.contains("(Interfant-99, Interfant-06)") && !pooled.contains("interfant-99/2"),
        "{pooled}"
    );
    let four = [&three[..], &["mll03/1"]].concat();
    let without = choose(&mut page, &four);
    let (_, left_out) = without.split_once("Leave-one-out").unwrap();
    assert!(
        left_out.contains("Study left out") && left_out.contains(">MLL03<"),
        "{left_out}"
    );
    let fixed = PoolSettings {
        method: PoolMethod::Fixed,
        ..PoolSettings::default()
    };
    assert!(pool(&mut page, fixed).contains("not estimable with a fixed effect"));
    pool(&mut page, PoolSettings::default());
    let unclear = choose(&mut page, &[&four[..], &["ccg-1953/1"]].concat());
    assert!(unclear.contains("Not pooled: ccg-1953/1 has no standard error"));
    let binomial = PoolSettings {
        binomial: true,
        ..PoolSettings::default()
    };
    assert!(pool(&mut page, binomial).contains("so the interval is too narrow"));
}

/// The same numbers as the command line gives, which agree with metafor.
#[test]
fn pooled_numbers() {
    let mut page = EvidencePage::default();
    choose(&mut page, &["interfant-99/2", "interfant-06/2", "mll-10/4"]);
    let csv = page.export("pool.csv").unwrap().text;
    let last = csv.lines().last().unwrap();
    let cells: Vec<f64> = last
        .split(',')
        .rev()
        .take(3)
        .map(|cell| cell.parse().unwrap())
        .collect();
    let [upper, lower, estimate] = cells[..] else {
        panic!("{last}")
    };
    assert!(
        lower < estimate && estimate < upper && (36.0..66.0).contains(&estimate),
        "{last}"
    );
}

#[test]
fn a_curve_is_reconstructed_and_marked_for_good() {
    let mut page = EvidencePage::default();
    let steep = "0, 100\n1, 80";
    assert!(curve(&mut page, steep, "").contains("Give the numbers at risk"));
    assert!(curve(&mut page, steep, "0: ten").contains("“0: ten” is not accepted"));
    assert!(curve(&mut page, steep, "0: 10.5").contains("whole number of patients"));
    assert!(curve(&mut page, steep, "1: 10").contains("must be at time 0"));
    let html = part(&page.ask(figure(vec![CurveNumbers::example()])), "curve");
    for text in [
        "Reconstructed",
        "not data of patients",
        "Error of the fit",
        "Maximum deviation",
        "<svg",
    ] {
        assert!(html.contains(text), "{text}");
    }
    for (unit, header) in [
        (TimeUnit::Years, "follow_up_years,event_status,group,origin"),
        (TimeUnit::Months, "follow_up_months,event_status,group,origin"),
        (TimeUnit::Days, "follow_up_days,event_status,group,origin"),
    ] {
        page.ask(EvidenceRequest::Reconstruct(Box::new(FigureNumbers {
            unit,
            ..FigureNumbers::example()
        })));
        let csv = page.export("reconstructed.csv").unwrap();
        let mut rows = csv.text.lines();
        assert_eq!(rows.next(), Some(header));
        assert_eq!(rows.clone().count(), 40);
        assert!(
            rows.all(|row| row.ends_with(",simulated,reconstructed") || row.ends_with(",\"simulated\",reconstructed"))
        );
        // The page for cohorts knows the columns and the unit.
        let import = Sheet::read_lenient(csv.text.as_bytes()).unwrap();
        let (mapping, _) = Mapping::guess(&import, &import.profiles());
        let roles: Vec<Role> = mapping.columns.iter().map(|column| column.role).collect();
        assert_eq!(
            roles[..3],
            [
                Role::Time(Endpoint::AsInFile),
                Role::Event(Endpoint::AsInFile),
                Role::Group
            ]
        );
        let cohort = mapping.read(&import);
        assert_eq!(cohort.patients.len(), 40, "{unit:?}");
    }
    let opened = page.open("points.csv", b"time,survival\n0,1\n1,0.8\n1,0.7\n");
    assert_eq!(points(&opened).unwrap(), "0,1\n1,0.8\n1,0.7");
    assert!(
        page.open("picture.png", &[137, 80, 78, 71])
            .refused
            .unwrap()
            .contains("Open a picture in the digitiser")
    );
}

/// Two groups of survival with a printed ratio and their source.
fn two_groups(by: &str, last: &str) -> FigureNumbers {
    let curve = |group: &str, points: &str, at_risk: &str| CurveNumbers {
        group: group.to_owned(),
        points: points.to_owned(),
        at_risk: at_risk.to_owned(),
        ..CurveNumbers::default()
    };
    let mut numbers = FigureNumbers {
        curves: vec![
            curve(
                "standard",
                "0, 100\n1, 100\n1, 80\n3, 80\n3, 60\n5, 60",
                "0: 20\n2: 14\n4: 8",
            ),
            curve(
                "high",
                &format!("0, 100\n0.5, 100\n0.5, 70\n2, 70\n2, {last}\n5, {last}"),
                "0: 20\n2: 12\n4: 5",
            ),
            // Not yet read.
            CurveNumbers::default(),
        ],
        source: Provenance {
            study: "MLL03".to_owned(),
            figure: "Figure 2A".to_owned(),
            digitised_by: by.to_owned(),
            date: "2026-11-30".to_owned(),
            ..Provenance::default()
        },
        ..FigureNumbers::default()
    };
    numbers.printed.ratio = "2.5".to_owned();
    numbers.printed.interval = "1.0–6.0".to_owned();
    numbers
}

fn shelved(reply: &Reply) -> Vec<String> {
    let files = reply.evidence.iter().find_map(|event| match event {
        EvidenceEvent::Shelved(files) => Some(files.clone()),
        _ => None,
    });
    files.unwrap_or_default()
}

#[test]
fn curves_of_one_figure_are_compared_saved_and_opened_again() {
    let mut page = EvidencePage::default();
    let ask = |numbers: &FigureNumbers| EvidenceRequest::Reconstruct(Box::new(numbers.clone()));
    let numbers = two_groups("A. Reader", "30");
    let html = part(&page.ask(ask(&numbers)), "curve");
    for text in [
        "Of reconstructed patients",
        "Log-rank test",
        "high against standard",
        "printed 2.5 (1–6)",
        "figure.json",
    ] {
        assert!(html.contains(text), "{text}\n{html}");
    }
    let csv = page.export("reconstructed.csv").unwrap().text;
    assert_eq!(csv.lines().filter(|row| row.contains("standard")).count(), 20);
    assert!(page.export("curve.svg").unwrap().text.contains("as read"));
    let file = page.export("figure.json").unwrap();
    assert_eq!(file.name, "cotside-digitised-figure.json");
    let first = shelved(&page.ask(EvidenceRequest::Shelve));
    assert_eq!(first, std::slice::from_ref(&file.text));
    assert_eq!(shelved(&page.open("mll03.json", file.text.as_bytes())), first);
    let changed = file.text.replacen("[2.0, 14]", "[2.0, 11]", 1);
    let refused = page.open("mll03.json", changed.as_bytes()).refused.unwrap();
    assert!(
        refused.contains("mll03.json: standard: the reconstructed rows are not those"),
        "{refused}"
    );
    // What is typed again is the same figure.
    let edited = page.ask(EvidenceRequest::Edit(file.text.clone()));
    let again = edited.evidence.iter().find_map(|event| match event {
        EvidenceEvent::Edited { numbers, .. } => Some(numbers.clone()),
        _ => None,
    });
    page.ask(EvidenceRequest::Reconstruct(again.unwrap()));
    assert_eq!(page.export("figure.json").unwrap().text, file.text);
    // A second reading.
    page.ask(ask(&two_groups("B. Reader", "40")));
    let second = shelved(&page.ask(EvidenceRequest::Shelve));
    let library = FigureLibrary {
        figures: [first, second].concat(),
        chosen: vec![0, 1],
    };
    let reply = page.ask(EvidenceRequest::Library(library));
    let html = part(&reply, "library");
    for text in [
        "Agreement of two readings",
        "Limits of agreement",
        "high against standard",
        "Drawn together",
    ] {
        assert!(html.contains(text), "{text}\n{html}");
    }
    let rows = reply.evidence.iter().find_map(|event| match event {
        EvidenceEvent::Library(rows) => Some(rows.clone()),
        _ => None,
    });
    let rows = rows.unwrap();
    assert_eq!(
        (rows.len(), rows[0].patients.as_str(), rows[0].groups.as_str()),
        (2, "40", "standard, high")
    );
    for drawing in ["together.svg", "agreement.svg", "agreement.csv"] {
        assert!(page.export(drawing).is_some(), "{drawing}");
    }
    assert!(page.export("together-incidence.svg").is_none());
    let all = page.export("library.json").unwrap().text;
    assert_eq!(shelved(&page.open("library.json", all.as_bytes())).len(), 2);
    // Without its source a figure has no file.
    page.ask(ask(&FigureNumbers {
        source: Provenance::default(),
        ..numbers
    }));
    assert!(page.export("figure.json").is_none());
    assert!(page.ask(EvidenceRequest::Shelve).refused.unwrap().contains("study"));
}

#[test]
fn incidences_of_one_figure() {
    let curve = |of, points: &str, at_risk: &str| CurveNumbers {
        of,
        points: points.to_owned(),
        at_risk: at_risk.to_owned(),
        ..CurveNumbers::default()
    };
    let event = curve(
        CurveOf::Event,
        "0, 0\n1, 0\n1, 20\n3, 20\n3, 35\n5, 35",
        "0: 20\n2: 8\n4: 3",
    );
    let competing = curve(CurveOf::Competing, "0, 0\n2, 0\n2, 10\n5, 10", "");
    let mut page = EvidencePage::default();
    let mut ask = |curves: Vec<CurveNumbers>| {
        let numbers = FigureNumbers {
            kind: FigureKind::Incidence,
            curves,
            ..FigureNumbers::default()
        };
        part(&page.ask(EvidenceRequest::Reconstruct(Box::new(numbers))), "curve")
    };
    let both = ask(vec![competing.clone(), event.clone()]);
    assert!(
        both.contains("Aalen–Johansen") && both.contains("Cumulative incidence (%)"),
        "{both}"
    );
    let alone = ask(vec![event.clone()]);
    assert!(alone.contains("Competing events cannot be told from"), "{alone}");
    assert!(alone.contains("up to 7 if everybody who left had one"), "{alone}");
    assert!(ask(vec![competing.clone()]).contains("none of the event"));
    let table = CurveNumbers {
        at_risk: "0: 19".to_owned(),
        ..competing
    };
    assert!(ask(vec![event, table]).contains("they differ"));
}

const MARKS: &str = "corner 10 90\nalong 190 90\nup 10 10";

fn marks(text: &str, time_at_mark: &str) -> EvidenceRequest {
    EvidenceRequest::Marks(PictureMarks {
        marks: text.to_owned(),
        time_at_mark: time_at_mark.to_owned(),
        ..PictureMarks::default()
    })
}

#[test]
fn marked_points_become_points_of_the_curve() {
    let mut page = EvidencePage::default();
    let places = format!("{MARKS}\npoint 10 10\npoint 100 50\npoint 55 50");
    let unread = page.ask(marks(&places, ""));
    assert!(part(&unread, "curve").contains("give two different numbers for each axis"));
    assert_eq!(points(&unread), None);
    let reply = page.ask(marks(&places, "6"));
    assert_eq!(points(&reply).unwrap(), "0, 100\n1.5, 50\n3, 50");
    // A curve that is reconstructed from them is drawn over the picture, from the top of the y axis down.
    let numbers = CurveNumbers {
        points: points(&reply).unwrap(),
        at_risk: "0: 10".to_owned(),
        ..CurveNumbers::default()
    };
    let reply = page.ask(figure(vec![numbers]));
    let overlay = reply.evidence.iter().find_map(|event| match event {
        EvidenceEvent::Overlay(overlay) => Some(overlay.clone()),
        _ => None,
    });
    let overlay = overlay.unwrap();
    let places: Vec<&str> = overlay.lines().collect();
    assert_eq!(places[..3], ["10.0 10.0", "55.0 10.0", "55.0 50.0"], "{overlay}");
}

#[test]
fn a_coloured_line_is_followed() {
    let (width, height) = (200_usize, 100_usize);
    let mut pixels = vec![255_u8; width * height * 4];
    for x in 10..180 {
        let top = if x < 100 { 20 } else { 50 };
        for y in top..top + 2 {
            pixels[(y * width + x) * 4] = 0;
        }
    }
    let mut page = EvidencePage::default();
    let traced = |marks: &str| TracedPicture {
        width,
        height,
        pixels: pixels.clone(),
        marks: marks.to_owned(),
        x: 150.0,
        y: 51.0,
    };
    page.ask(marks("", "6"));
    let refused = page.trace(&traced("")).refused.unwrap();
    assert!(refused.contains("mark the axes first"));
    let narrow = TracedPicture {
        width: 3,
        ..traced(MARKS)
    };
    assert!(page.trace(&narrow).refused.is_some());
    let reply = page.trace(&traced(MARKS));
    let [EvidenceEvent::Marks(found)] = &reply.evidence[..] else {
        panic!("{reply:?}")
    };
    assert!(
        found.lines().count() >= 2 && found.lines().all(|line| line.starts_with("point ")),
        "{found}"
    );
    let reply = page.ask(marks(&format!("{MARKS}\n{found}"), "6"));
    assert!(
        points(&reply).unwrap().lines().last().unwrap().starts_with("5.6"),
        "{reply:?}"
    );
}

/// Any request, with any text in it.
fn any_request() -> impl Strategy<Value = EvidenceRequest> {
    let text = || {
        prop_oneof![
            "\\PC{0,20}",
            "[0-9.,: ()%=±\n-]{0,30}",
            Just("<script>".to_owned()),
            Just("mll-10/4".to_owned()),
            Just("interfant-06/2".to_owned()),
        ]
    };
    let id = move || prop::option::of(text());
    prop_oneof![
        id().prop_map(EvidenceRequest::Studies),
        (
            id(),
            text(),
            prop::sample::select(EstimateColumn::ALL),
            any::<bool>(),
            prop::sample::select(EstimateFigure::ALL),
            any::<bool>(),
        )
            .prop_map(
                |(study, words, sort, descending, figure, efs)| EvidenceRequest::List(EstimateList {
                    endpoint: efs.then_some(PublishedEndpoint::EventFreeSurvival),
                    study,
                    words,
                    sort,
                    descending,
                    figure,
                })
            ),
        prop::collection::vec(text(), 0..4).prop_map(EvidenceRequest::Choose),
        (id(), id(), any::<bool>()).prop_map(|(first, second, binomial)| EvidenceRequest::Compare(ComparedEstimates {
            first,
            second,
            binomial,
        })),
        text().prop_map(EvidenceRequest::Read),
        prop::collection::vec((prop::sample::select(CheckField::ALL), text()), 0..6).prop_map(|fields| {
            EvidenceRequest::Check(ReportedNumbers {
                fields,
                ..ReportedNumbers::default()
            })
        }),
        (text(), text()).prop_map(|(places, time)| marks(&format!("{MARKS}\npoint {places}"), &time)),
        (
            prop::collection::vec((text(), text(), text(), text(), any::<bool>()), 0..3),
            any::<bool>(),
            text(),
            text(),
        )
            .prop_map(|(curves, incidence, ratio, study)| {
                let curve = |(points, at_risk, events, group, competing): (String, String, String, String, bool)| {
                    CurveNumbers {
                        of: if competing { CurveOf::Competing } else { CurveOf::Event },
                        points,
                        at_risk,
                        events,
                        group,
                        places: String::new(),
                    }
                };
                let mut numbers = FigureNumbers {
                    kind: if incidence {
                        FigureKind::Incidence
                    } else {
                        FigureKind::Survival
                    },
                    curves: curves.into_iter().map(curve).collect(),
                    ..FigureNumbers::default()
                };
                (numbers.printed.ratio, numbers.source.study) = (ratio, study);
                EvidenceRequest::Reconstruct(Box::new(numbers))
            }),
        prop::collection::vec((text(), 0_usize..3), 0..3).prop_map(|all| {
            let (figures, chosen) = all.into_iter().unzip();
            EvidenceRequest::Library(FigureLibrary { figures, chosen })
        }),
        Just(EvidenceRequest::Shelve),
        text().prop_map(EvidenceRequest::Edit),
    ]
}

proptest! {
    /// Nothing that a page can send makes it fail, nothing typed becomes markup, and what a sentence says can be checked.
    #[test]
    fn any_request_is_taken(requests in prop::collection::vec(any_request(), 1..12)) {
        let mut page = EvidencePage::default();
        for request in requests {
            let mut reply = page.ask(request);
            for event in std::mem::take(&mut reply.evidence) {
                if let EvidenceEvent::Numbers { numbers, .. } = event {
                    reply.parts.extend(page.ask(EvidenceRequest::Check(numbers)).parts);
                }
            }
            for html in reply.parts.values() {
                prop_assert!(!html.contains("<script>") && !html.contains("NaN"));
            }
            for file in ["estimates.csv", "readme.txt", "forest.csv", "points.svg", "pool.csv", "curve.svg", "reconstructed.csv", "x"] {
                prop_assert!(page.export(file).is_none_or(|export| !export.text.contains("NaN")));
            }
        }
    }
}

const OWN: &str = "study,enrolled_from,enrolled_to,endpoint,population,years,n,estimate,standard_error,source\n\
    Registry A,2006,2014,EFS,<b>all</b>,6,60,45.0,6.4,Report 2016\n\
    Registry B,1990,1995,EFS,all infants,6,50,30.0,6.5,Report 1998\n\
    Registry B,1990,1995,EFS,all infants,6,50,0.3,6.5,Report 1998\n";

/// The rows that were read.
fn read(reply: &Reply) -> Vec<OwnEstimate> {
    let mut events = reply.evidence.iter();
    let found = events.find_map(|event| match event {
        EvidenceEvent::OwnRead(rows) => Some(rows.clone()),
        _ => None,
    });
    found.unwrap()
}

/// Own estimates are marked in table, figure, comparison, pool and files, and can be taken out.
#[test]
fn own_estimates_are_marked_everywhere() {
    const MARK: &str = "yours, not checked";
    let mut page = EvidencePage::default();
    let opened = page.open("own.csv", OWN.as_bytes());
    let said = part(&opened, "own-read");
    assert!(
        said.contains("2 rows were added") && said.contains("Row 3, column estimate"),
        "{said}"
    );
    let rows = read(&opened);
    let reply = page.ask(EvidenceRequest::Own(rows.clone()));
    assert!(part(&reply, "own").contains("own/1"));
    let cells = reply.evidence.iter().find_map(|event| match event {
        EvidenceEvent::Rows(rows) => rows.iter().find(|row| row.id == "own/1").cloned(),
        _ => None,
    });
    let cells = cells.unwrap();
    assert!(
        cells.cells[0].contains(MARK) && !cells.cells[0].contains("href"),
        "{:?}",
        cells.cells
    );
    assert!(cells.cells.concat().contains("&lt;b&gt;all") && cells.cells[9].contains("yours-not-checked"));
    let forest = EstimateList {
        endpoint: Some(PublishedEndpoint::EventFreeSurvival),
        figure: EstimateFigure::Forest,
        words: "registry report".to_owned(),
        ..EstimateList::default()
    };
    let reply = list(&mut page, forest);
    assert_eq!(listed(&reply), ["own/1", "own/2"]);
    assert!(part(&reply, "estimates").contains(&format!("Registry A ({MARK})")));
    let csv = page.export("estimates.csv").unwrap().text;
    assert!(
        csv.contains(MARK) && csv.lines().skip(1).all(|row| row.ends_with(",,")),
        "{csv}"
    );
    assert!(page.export("references.ris").unwrap().text.contains(MARK));
    let compared = compare(&mut page, "own/2", "interfant-06/1", false);
    assert!(compared.contains("No P value") && compared.contains(MARK), "{compared}");
    let pooled = choose(&mut page, &["own/1", "own/2", "interfant-06/1"]);
    assert!(
        pooled.contains(&format!("Registry A ({MARK})")) && pooled.contains("were not checked"),
        "{pooled}"
    );
    // Of what is exported the same rows come again.
    let saved = page.export("own-estimates.csv").unwrap().text;
    let mut other = EvidencePage::default();
    assert_eq!(read(&other.open("again.csv", saved.as_bytes())), rows);
    assert!(page.export("own-template.csv").unwrap().text.starts_with("id,study,"));
    let without = page.ask(EvidenceRequest::Own(rows[..1].to_vec()));
    assert_eq!(listed(&without), ["own/1"]);
    assert!(!part(&without, "pool").contains("Registry B"));
}

#[test]
fn an_own_estimate_is_typed() {
    let mut page = EvidencePage::default();
    let mut row = OwnEstimate::default();
    row.set(OwnColumn::Study, "Registry A");
    let refused = page.ask(EvidenceRequest::AddOwn(row.clone()));
    assert_eq!(read(&refused), []);
    assert!(part(&refused, "own-read").contains("column endpoint"));
    for (column, text) in [
        (OwnColumn::Endpoint, "EFS"),
        (OwnColumn::Population, "all infants"),
        (OwnColumn::Estimate, "41,7"),
        (OwnColumn::Source, "Report"),
    ] {
        row.set(column, text);
    }
    assert_eq!(read(&page.ask(EvidenceRequest::AddOwn(row.clone()))).len(), 1);
    let again = page.ask(EvidenceRequest::AddOwn(row));
    assert!(part(&again, "own-read").contains("is there already as own/1"));
    assert!(
        page.open("points.csv", b"a,b\nx,y\n")
            .refused
            .unwrap()
            .contains("endpoint")
    );
}

/// Several lines are each answered, with what was not understood.
#[test]
fn several_lines_are_checked() {
    let mut page = EvidencePage::default();
    let reply = page.ask(EvidenceRequest::Read(
        "41.7 (SE 9.2), n = 115\n\n0,417 (0,092)\nHR 1.42 (1.01–2.0), P=0.04\n41.7 (SD 9.2)\n<i>nothing</i>".to_owned(),
    ));
    assert!(reply.evidence.is_empty(), "the fields stay as they are");
    let lines = part(&reply, "check-lines");
    assert_eq!(lines.matches("<th scope=\"row\">").count(), 5, "{lines}");
    for text in [
        "rate 41.7%",
        "SE 9.2",
        "n = 115",
        "implausible unless",
        "0.417 is read as a fraction, 41.7%",
        "hazard ratio 1.42",
        "95% CI 1.01–2.0",
        "P = 0.04",
        "Not used: sd 9.2",
        "&lt;i&gt;nothing",
    ] {
        assert!(lines.contains(text), "{text} is not in {lines}");
    }
    let one = page.ask(EvidenceRequest::Read("43 (30,55)\n".to_owned()));
    assert_eq!(part(&one, "check-lines"), "");
    assert!(
        matches!(&one.evidence[..], [EvidenceEvent::Numbers { unread, .. }] if unread == &["30,55"]),
        "{:?}",
        one.evidence
    );
}

/// A study's page tells which children its rule and another one rank in opposite order.
#[test]
fn children_ranked_in_opposite_order() {
    let html = study(&mut EvidencePage::default(), "interfant-06");
    assert!(html.contains("data-testid=\"opposite\""), "{html}");
    assert!(
        html.contains("Opposite order in MLL-10, two children who differ in 2 findings"),
        "{html}"
    );
}
