//! The page of published evidence as its worker sees it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cotside_core::cohort::{Endpoint, Mapping, Role, Sheet};
use cotside_core::evidence::published;
use cotside_messages::TracedPicture;
use cotside_worker::Reply;
use cotside_worker::evidence::EvidencePage;
use proptest::prelude::*;

fn begun() -> EvidencePage {
    let mut explorer = EvidencePage::default();
    explorer.set("fragment", "");
    explorer
}

fn part(reply: &Reply, name: &str) -> String {
    reply
        .parts
        .get(name)
        .cloned()
        .unwrap_or_else(|| panic!("no part {name}"))
}

/// The ids of the rows that a table shows, in their order.
fn ids(html: &str) -> Vec<String> {
    html.split("data-id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_first_fragment_brings_every_part_and_later_ones_only_their_own() {
    let mut explorer = EvidencePage::default();
    let first = explorer.set("fragment", "study/mll-10");
    assert_eq!(first.view.as_deref(), Some("studies"));
    // With places in crates/app/src/evidence.rs.
    for name in [
        "estimates-controls",
        "estimates",
        "check-controls",
        "check",
        "pool-controls",
        "pool",
        "curve",
    ] {
        assert!(!part(&first, name).is_empty(), "{name}");
    }
    assert!(part(&first, "studies").contains("MLL-10"));
    let later = explorer.set("fragment", "check");
    assert_eq!(later.parts.len(), 0);
    assert_eq!(later.view.as_deref(), Some("check"));
    assert_eq!(
        explorer.set("fragment", "study/no such").view.as_deref(),
        Some("estimates")
    );
}

#[test]
fn every_estimate_is_a_row_that_leads_to_its_study() {
    let mut explorer = EvidencePage::default();
    let table = part(&explorer.set("fragment", ""), "estimates");
    let all: Vec<&str> = published().estimates.iter().map(|row| row.id).collect();
    assert_eq!(ids(&table).len(), all.len());
    for row in &published().estimates {
        assert!(
            table.contains(&format!("evidence/#study/{}", row.study.id)),
            "{}",
            row.id
        );
    }
    assert!(table.contains(&format!("{0} of {0} estimates", all.len())));
}

#[test]
fn rows_are_filtered_by_endpoint_study_and_words() {
    let mut explorer = begun();
    let os = ids(&part(&explorer.set("list.endpoint", "OS"), "estimates"));
    let expected = published()
        .estimates
        .iter()
        .filter(|row| row.endpoint.code() == "OS")
        .count();
    assert_eq!(os.len(), expected);
    let both = ids(&part(&explorer.set("list.study", "bfm"), "estimates"));
    assert_eq!(both, ["bfm/2"]);
    explorer.set("list.endpoint", "");
    let young = ids(&part(&explorer.set("list.words", "YOUNGER 6 months"), "estimates"));
    assert_eq!(young, ["bfm/7"]);
    let none = part(&explorer.set("list.words", "no such words"), "estimates");
    assert!(none.contains("No estimate fits") && none.contains("0 of "));
    let all = explorer.set("list.anew", "");
    assert_eq!(ids(&part(&all, "estimates")).len(), published().estimates.len());
}

#[test]
fn rows_are_sorted_and_what_is_not_reported_comes_last_both_ways() {
    let mut explorer = begun();
    for (value, falling) in [("n:no", false), ("n:yes", true)] {
        let reply = explorer.set("list.sort", value);
        let table = part(&reply, "estimates");
        assert!(table.contains(if falling {
            "aria-sort=\"descending\""
        } else {
            "aria-sort=\"ascending\""
        }));
        let n: Vec<Option<u32>> = ids(&table)
            .iter()
            .map(|id| published().estimate(id).unwrap().n)
            .collect();
        let known: Vec<u32> = n.iter().copied().flatten().collect();
        assert!(
            n.iter().take(known.len()).all(Option::is_some),
            "unknown rows come last"
        );
        assert!(known.windows(2).all(|pair| if falling {
            pair[0] >= pair[1]
        } else {
            pair[0] <= pair[1]
        }));
        assert!(known.len() < n.len(), "some rows have no n");
    }
}

#[test]
fn missing_is_said_and_never_zero() {
    let mut explorer = begun();
    let table = part(&explorer.set("list.study", "interfant-99"), "estimates");
    assert!(table.contains("not reported"), "{table}");
    let csv = explorer.export("estimates.csv").unwrap();
    let mut rows = csv.text.lines();
    let header: Vec<&str> = rows.next().unwrap().split(',').collect();
    let column = |name: &str| header.iter().position(|each| *each == name).unwrap();
    let row = rows.find(|row| row.starts_with("interfant-99/4,")).unwrap();
    let cells: Vec<&str> = row.split(',').collect();
    for name in ["years", "n", "standard_error"] {
        assert_eq!(cells[column(name)], "", "{name}");
    }
    assert_eq!(csv.text.lines().count(), 1 + 5, "only what is shown");
}

#[test]
fn figures_need_one_endpoint() {
    let mut explorer = begun();
    let refused = part(&explorer.set("list.shown", "forest"), "estimates");
    assert!(refused.contains("One axis holds one endpoint") && refused.contains("data-set=\"list.only:EFS\""));
    assert!(explorer.export("forest.svg").is_none());
    let drawn = explorer.set("list.only", "EFS");
    assert!(part(&drawn, "estimates").contains("<svg") && drawn.parts.contains_key("estimates-controls"));
    let csv = explorer.export("forest.csv").unwrap().text;
    let rows = published()
        .estimates
        .iter()
        .filter(|row| row.endpoint.code() == "EFS")
        .count();
    let drawn = csv
        .lines()
        .skip(1)
        .filter(|line| line.contains("%") || line.split(',').count() > 5);
    assert!(drawn.count() >= rows);
    let svg = explorer.export("forest.svg").unwrap();
    assert!(svg.text.starts_with("<?xml") && svg.media_type == "image/svg+xml");
    let points = part(&explorer.set("list.shown", "points"), "estimates");
    assert!(points.contains("data-figure=\"points\""));
    let timed = published()
        .estimates
        .iter()
        .filter(|row| row.endpoint.code() == "EFS" && row.years.is_some());
    assert_eq!(
        explorer.export("points.csv").unwrap().text.lines().count(),
        1 + timed.count()
    );
}

#[test]
fn a_study_shows_its_arithmetic_without_accusing() {
    let mut explorer = begun();
    for study in published().studies {
        let html = part(&explorer.set("fragment", &format!("study/{}", study.id)), "studies");
        assert!(html.contains("Sources and how they were read"), "{}", study.id);
        for word in ["wrong", "mistake", "false"] {
            assert!(!html.to_lowercase().contains(word), "{}: {word}", study.id);
        }
        let first = study.protocols.split_whitespace().next();
        assert_eq!(first.is_some(), html.contains("href=\"protocols/"), "{}", study.id);
    }
    let html = part(&explorer.set("fragment", "study/ccg-1953"), "studies");
    assert!(html.contains("√(0.417 · 0.583/115) = 4.6 %"), "{html}");
    let html = part(&explorer.set("fragment", "study/mll-10"), "studies");
    assert!(html.contains("A rate of 5 years does not follow from one of 3."));
}

#[test]
fn the_commentary_is_whole() {
    let mut explorer = EvidencePage::default();
    let html = part(&explorer.set("fragment", "five-studies"), "five-studies");
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

/// The five findings of the seed papers and two that follow.
#[test]
fn examples_of_the_checker() {
    let mut explorer = begun();
    for (example, verdict, text) in [
        ("0", "conditional", "9.2 is 2 times that"),
        ("1", "conditional", "3 of 5 is 60 %"),
        ("2", "does_not_follow", "6 of 9"),
        ("3", "does_not_follow", "(10 + 23)/2 = 16.5"),
        ("4", "does_not_follow", "called 5-year"),
        ("5", "follows", "log-log scale"),
        ("6", "follows", "p = .088 follows"),
    ] {
        let reply = explorer.set("check.example", example);
        let html = part(&reply, "check");
        let html = html.replace("0.088", ".088");
        assert!(
            html.contains(&format!("data-verdict=\"{verdict}\"")),
            "{example}: {html}"
        );
        assert!(html.contains(text), "{example}: {html}");
        assert!(
            reply.parts.contains_key("check-controls"),
            "the fields show the example"
        );
    }
    let typed = part(&explorer.set("check.clear", ""), "check");
    assert_eq!(typed, "");
    explorer.set("check.estimate", "41.7");
    assert!(part(&explorer.set("check.n", "115"), "check").contains("do not determine each other yet"));
    assert!(part(&explorer.set("check.se", "nine"), "check").contains("“nine” is not accepted"));
    assert!(part(&explorer.set("check.se", "9.2"), "check").contains("data-verdict=\"conditional\""));
    assert!(part(&explorer.set("check.estimate", "141.7"), "check").contains("no rates, counts, ratios"));
}

#[test]
fn two_are_compared_with_their_cautions() {
    let mut explorer = begun();
    assert!(part(&explorer.set("compare.first", "interfant-06/2"), "compare").contains("Choose two"));
    let html = part(&explorer.set("compare.second", "mll-10/4"), "compare");
    for text in ["−29.8", "2.45", "not two arms of a trial", "Times: 6 and 3 years"] {
        assert!(html.contains(text), "{text}: {html}");
    }
    let html = part(&explorer.set("compare.second", "ccg-1953/2"), "compare");
    assert!(html.contains("No difference can be given"));
    let html = part(&explorer.set("compare.binomial", "yes"), "compare");
    assert!(html.contains("the least that so many patients can give"));
}

#[test]
fn pooling_is_refused_below_three() {
    let mut explorer = begun();
    for id in ["interfant-99/2", "interfant-06/2"] {
        let reply = explorer.set(&format!("choose:{id}"), "yes");
        assert!(part(&reply, "pool").contains("too few to pool"), "{id}");
    }
    assert!(explorer.export("pool.svg").is_none());
    let pooled = part(&explorer.set("pool.add", "mll-10/4"), "pool");
    for text in [
        "Hartung–Knapp",
        "A further study, predicted",
        "I² = ",
        "<svg",
        "Not done",
    ] {
        assert!(pooled.contains(text), "{text}");
    }
    let without = part(&explorer.set("choose:mll03/1", "yes"), "pool");
    assert_eq!(without.matches(">without ").count(), 4);
    let fixed = part(&explorer.set("pool.method", "fixed"), "pool");
    assert!(fixed.contains("not estimable with a fixed effect"));
    explorer.set("pool.method", "reml");
    let unclear = part(&explorer.set("pool.add", "ccg-1953/1"), "pool");
    assert!(unclear.contains("Not pooled: ccg-1953/1 has no standard error"));
    let least = part(&explorer.set("pool.binomial", "yes"), "pool");
    assert!(least.contains("so the interval is too narrow"));
    explorer.set("pool.clear", "");
    assert!(
        part(&explorer.set("list.sort", "n:no"), "estimates")
            .matches(" checked=\"\"")
            .count()
            == 0
    );
}

/// The same numbers as the command line gives, which agree with metafor.
#[test]
fn pooled_numbers() {
    let mut explorer = begun();
    for id in ["interfant-99/2", "interfant-06/2", "mll-10/4"] {
        explorer.set(&format!("choose:{id}"), "yes");
    }
    let csv = explorer.export("pool.csv").unwrap().text;
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
fn a_curve_is_taken_back_and_marked_for_good() {
    let mut explorer = begun();
    assert!(part(&explorer.set("curve.points", "0, 100\n1, 80"), "curve").contains("Now the numbers at risk"));
    assert!(part(&explorer.set("curve.at-risk", "0: ten"), "curve").contains("“0: ten” is not accepted"));
    assert!(part(&explorer.set("curve.at-risk", "0: 10.5"), "curve").contains("whole number of patients"));
    assert!(part(&explorer.set("curve.at-risk", "1: 10"), "curve").contains("must be at time 0"));
    let html = part(&explorer.set("curve.example", ""), "curve");
    for text in ["Reconstructed", "not data of patients", "Error of the fit", "<svg"] {
        assert!(html.contains(text), "{text}");
    }
    for (unit, header) in [
        ("years", "follow_up_years,event_status,group,origin"),
        ("months", "follow_up_months,event_status,group,origin"),
        ("days", "follow_up_days,event_status,group,origin"),
    ] {
        explorer.set("curve.unit", unit);
        let csv = explorer.export("reconstructed.csv").unwrap();
        let mut rows = csv.text.lines();
        assert_eq!(rows.next(), Some(header));
        assert_eq!(rows.clone().count(), 40);
        assert!(rows.all(|row| row.ends_with(",\"made up\",reconstructed")));
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
        assert_eq!(cohort.patients.len(), 40, "{unit}");
    }
    let opened = explorer.open("points.csv", b"time,survival\n0,1\n1,0.8\n1,0.7\n");
    assert!(part(&opened, "curve-controls").contains("1,0.8"));
    assert!(
        explorer
            .open("picture.png", &[137, 80, 78, 71])
            .refused
            .unwrap()
            .contains("opened in the digitiser")
    );
}

const MARKS: &str = "corner 10 90\nalong 190 90\nup 10 10";

#[test]
fn marked_points_become_points_of_the_curve() {
    let mut explorer = begun();
    explorer.set(
        "curve.marks",
        &format!("{MARKS}\npoint 10 10\npoint 100 50\npoint 55 50"),
    );
    let unread = part(&explorer.set("curve.height1", "100"), "curve");
    assert!(unread.contains("give two different numbers for each axis"), "{unread}");
    let reply = explorer.set("curve.time1", "6");
    assert_eq!(reply.values["curve.points"], "0, 100\n1.5, 50\n3, 50");
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
    let mut explorer = begun();
    let traced = |marks: &str| TracedPicture {
        width,
        height,
        pixels: pixels.clone(),
        marks: marks.to_owned(),
        x: 150.0,
        y: 51.0,
    };
    explorer.set("curve.time1", "6");
    assert!(
        explorer
            .trace(&traced(""))
            .refused
            .unwrap()
            .contains("mark the axes first")
    );
    assert!(
        explorer
            .trace(&TracedPicture {
                width: 3,
                ..traced(MARKS)
            })
            .refused
            .is_some()
    );
    let reply = explorer.trace(&traced(MARKS));
    let marks = &reply.values["curve.marks"];
    assert!(
        marks.lines().count() >= 2 && marks.lines().all(|line| line.starts_with("point ")),
        "{marks}"
    );
    let reply = explorer.set("curve.marks", &format!("{MARKS}\n{marks}"));
    assert!(
        reply.values["curve.points"].lines().last().unwrap().starts_with("5.6"),
        "{reply:?}"
    );
}

proptest! {
    /// Nothing that a page can send makes it fail, and nothing typed becomes markup.
    #[test]
    fn any_setting_is_taken(
        settings in prop::collection::vec(
            (
                prop::sample::select(vec![
                    "list.words", "list.sort", "list.endpoint", "list.shown", "check.estimate", "check.ci", "check.values",
                    "check.parts", "check.count", "compare.first", "pool.add", "pool.scale", "curve.points", "curve.at-risk",
                    "curve.events", "curve.marks", "curve.time1", "fragment", "choose:mll03/1", "nothing",
                ]),
                prop_oneof!["\\PC{0,20}", "[0-9.,: \n-]{0,30}", Just("<script>".to_owned()), Just("mll-10/4".to_owned())],
            ),
            1..12,
        ),
    ) {
        let mut explorer = begun();
        for (name, value) in settings {
            let reply = explorer.set(name, &value);
            for html in reply.parts.values() {
                prop_assert!(!html.contains("<script>") && !html.contains("NaN"));
            }
            for file in ["estimates.csv", "forest.csv", "points.svg", "pool.csv", "curve.svg", "reconstructed.csv", "x"] {
                prop_assert!(explorer.export(file).is_none_or(|export| !export.text.contains("NaN")));
            }
        }
    }
}
