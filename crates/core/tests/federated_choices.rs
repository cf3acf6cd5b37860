//! What a site gives less by choice: levels that it takes together, an earlier end of follow-up. Against R, and through the
//! door of a site.
#![allow(clippy::disallowed_methods, clippy::panic)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests may fail as tests do"
)]

#[path = "federated_sites/mod.rs"]
mod federated_sites;
#[path = "federated_attacks/registry.rs"]
#[allow(dead_code)]
mod registry;

use cotside_core::cohort::{Study, Values};
use cotside_core::federated::log::Log;
use cotside_core::federated::{
    Analysis, Choices, Combined, Design, GroupBy, Merges, Outcome, Plan, Range, Rows, Sharing, SiteFile, SiteInput,
    Summary, TablePart, combine, merged_levels, plain_summary, site_file,
};
use federated_sites::{Sites, base, expected};
use registry::{Site, design};
use serde_json::Value;

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|&text| text.to_owned()).collect()
}

fn merges(field: &str, levels: &[String]) -> Merges {
    [(field.to_owned(), vec![levels.to_vec()])].into()
}

fn case() -> Value {
    let all = expected()["cases"].as_array().unwrap();
    all.iter().find(|case| case["kind"] == "merged").unwrap().clone()
}

fn strings(value: &Value) -> Vec<String> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|number| number.as_f64().unwrap())
        .collect()
}

/// The study with some of its groups as one, as a site sees it that takes them together.
fn with_merged_groups(study: &Study, merges: &Merges) -> Study {
    let mut study = study.clone();
    let group = study
        .variables
        .iter_mut()
        .find(|variable| variable.name == "group")
        .unwrap();
    let Values::Levels { names, codes } = &mut group.values else {
        panic!()
    };
    let coarse = merged_levels(merges, "group", names);
    let place = |code: u32| {
        let fine = &names[code as usize];
        coarse
            .iter()
            .position(|level| level.split('+').any(|part| part == fine))
            .unwrap() as u32
    };
    *codes = codes.iter().map(|code| code.map(place)).collect();
    *names = coarse;
    study
}

fn combined(plan: &Plan, summaries: &[Summary]) -> Outcome {
    let texts: Vec<(String, String)> = summaries.iter().map(|sums| (sums.site.clone(), sums.text())).collect();
    let files: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    combine(plan, &files).unwrap().outcome
}

fn of_days(sites: &Sites, pair: &[String], last: u32) -> Plan {
    let mut design: Design = base(sites);
    design.analyses = vec![Analysis::Table1, Analysis::Km, Analysis::Logrank, Analysis::Gray];
    design.merges = merges("group", pair);
    design.grid = (0..=last).map(f64::from).collect();
    design.table1.insert("x1".to_owned(), vec![0.0, 0.5, 1.0]);
    Plan::first(design).unwrap()
}

#[test]
fn groups_together_at_one_site_are_together_at_all() {
    let case = case();
    let (pair, last) = (strings(&case["pair"]), case["end"].as_f64().unwrap());
    let sites = Sites::read("veteran", "s3");
    let plan = of_days(&sites, &pair, 1000);
    let coarse = Plan {
        design: plan.design.merged(&plan.design.merges),
        ..plan.clone()
    };
    let summary = |at: usize, together: bool| {
        let (name, study) = (&sites.names[at], &sites.studies[at]);
        if !together {
            return plain_summary(&plan, name, &Rows::of(&plan.design, study).unwrap()).unwrap();
        }
        let study = with_merged_groups(study, &plan.design.merges);
        let mut sums = plain_summary(&coarse, name, &Rows::of(&coarse.design, &study).unwrap()).unwrap();
        sums.gray = None;
        sums.merged = plan.design.merges.clone();
        sums
    };
    // One site has them together; then all do, in any order.
    for coarse_site in 0..3 {
        let summaries: Vec<Summary> = (0..3).map(|at| summary(at, at == coarse_site)).collect();
        let found = combined(&plan, &summaries);
        assert_eq!(found.merged, plan.design.merges);
        let test = found.logrank.as_ref().unwrap().stratified.as_ref().unwrap();
        assert_eq!(f64::from(test.df), case["df"].as_f64().unwrap());
        let chi2 = case["chi2"].as_f64().unwrap();
        assert!((test.chi2 - chi2).abs() < 1e-9 * chi2, "{} {chi2}", test.chi2);
        let table = &found.table1.as_ref().unwrap()["group"];
        let levels = strings(&case["levels"]);
        let exact = |count: f64| Range {
            at_least: count as u64,
            at_most: count as u64,
        };
        for (level, count) in levels.iter().zip(numbers(&case["counts"])) {
            assert_eq!(table[level], TablePart::Count(exact(count)), "{level}");
        }
        let by_x1 = &found.table1.as_ref().unwrap()["x1"];
        for (level, count) in levels.iter().zip(numbers(&case["by_x1"])) {
            assert_eq!(
                by_x1[&format!("0.5–1 | {level}")],
                TablePart::Count(exact(count)),
                "{level}"
            );
        }
        let curves = &found.km.as_ref().unwrap().groups;
        let curve = curves
            .iter()
            .find(|curve| curve.group.as_ref() == Some(&levels[0]))
            .unwrap();
        assert_eq!(curves.len(), 4);
        for (at, survival) in curve.at[1..=last as usize].iter().zip(numbers(&case["survival"])) {
            assert!(at.exact && (at.survival - survival).abs() < 1e-12, "{at:?} {survival}");
        }
    }
    // With finer groups at all sites nothing changes.
    let fine = combined(&plan, &[summary(0, false), summary(1, false), summary(2, false)]);
    assert!(fine.merged.is_empty() && fine.logrank.unwrap().stratified.unwrap().df == 3);
}

/// Curves end where the first site ends; tests take the site's patients as censored there.
#[test]
fn a_site_may_end_follow_up_earlier() {
    let case = case();
    let (pair, end) = (strings(&case["pair"]), case["end"].as_f64().unwrap());
    let sites = Sites::read("veteran", "s3");
    let plan = of_days(&sites, &pair, 1000);
    let early = |study: &Study| {
        let mut design = plan.design.clone();
        design.endpoint.horizon = Some(end);
        let mut rows = Rows::of(&design, study).unwrap();
        rows.end = Some(end);
        rows
    };
    let summaries: Vec<Summary> = sites
        .names
        .iter()
        .zip(&sites.studies)
        .map(|(name, study)| {
            let rows = if name == "S1" {
                early(study)
            } else {
                Rows::of(&plan.design, study).unwrap()
            };
            let mut sums = plain_summary(&plan, name, &rows).unwrap();
            // To test the coarse groups of R, one site takes them together.
            if name == "S2" {
                let study = with_merged_groups(study, &plan.design.merges);
                let design = plan.design.merged(&plan.design.merges);
                let coarse = Plan {
                    design: design.clone(),
                    ..plan.clone()
                };
                sums = plain_summary(&coarse, name, &Rows::of(&design, &study).unwrap()).unwrap();
                sums.gray = None;
                sums.merged = plan.design.merges.clone();
            }
            sums
        })
        .collect();
    let found = combined(&plan, &summaries);
    let test = found.logrank.unwrap().stratified.unwrap();
    let chi2 = case["chi2_early"].as_f64().unwrap();
    assert!((test.chi2 - chi2).abs() < 1e-9 * chi2, "{} {chi2}", test.chi2);
    let curve = &found.km.unwrap().groups[1];
    assert_eq!(curve.at.last().unwrap().time, end);
    for (at, survival) in curve.at[1..].iter().zip(numbers(&case["survival"])) {
        assert!((at.survival - survival).abs() < 1e-12, "{at:?} {survival}");
    }
}

/// Centre B has small groups of fusion partners.
fn partners() -> Plan {
    let mut design = design();
    design.groups = Some(GroupBy {
        field: "kmt2a_partner".to_owned(),
        levels: texts(&["AFF1", "MLLT3", "MLLT1", "MLLT10"]),
    });
    design.table1.insert("cns".to_owned(), Vec::new());
    design.covariates.truncate(1);
    design.cox.as_mut().unwrap().start = vec![0.0];
    design.selection.clear();
    design.merges = merges("kmt2a_partner", &texts(&["MLLT1", "MLLT10"]));
    design.merges.insert("cns".to_owned(), vec![texts(&["2", "3"])]);
    Plan::first(design).unwrap()
}

fn door(site: &Site, plan: &Plan, choices: &Choices) -> Result<SiteFile, String> {
    door_after(&Log::new("B", [3; 32]), site, plan, choices)
}

/// The same after what left before.
fn door_after(log: &Log, site: &Site, plan: &Plan, choices: &Choices) -> Result<SiteFile, String> {
    let input = SiteInput {
        site: "B",
        study: &site.study,
        limits: None,
        choices,
        log,
        keys: None,
    };
    site_file(plan, &input).map_err(|fault| fault.to_string())
}

fn names(file: &SiteFile) -> Vec<(String, String)> {
    let each = file.shown.withheld.iter();
    each.map(|each| (each.what.clone(), each.because.clone())).collect()
}

#[test]
fn merges_are_suggested_applied_and_checked_again() {
    let site = Site::of(Some("B"));
    let plan = partners();
    let apart = door(&site, &plan, &Choices::default()).unwrap();
    assert!(apart.shown.logrank.is_none() && apart.shown.merged.is_empty());
    assert_eq!(
        apart.may_merge["kmt2a_partner"],
        [texts(&["MLLT1", "MLLT10"])],
        "{:?}",
        apart.shown.withheld
    );
    let choices = Choices {
        merges: merges("kmt2a_partner", &texts(&["MLLT10", "MLLT1"])),
        ..Choices::default()
    };
    let together = door(&site, &plan, &choices).unwrap();
    assert!(together.shown.logrank.is_some(), "{:?}", together.shown.withheld);
    assert_eq!(
        together.shown.merged,
        merges("kmt2a_partner", &texts(&["MLLT1", "MLLT10"]))
    );
    assert!(!together.may_merge.contains_key("kmt2a_partner"));
    let groups = together.shown.n_by_group.clone().unwrap();
    assert_eq!(
        (groups.len(), groups.iter().flatten().sum::<u64>()),
        (3, together.shown.n.unwrap())
    );
    let said = names(&together);
    for (what, because) in [("gray", "merges"), ("levels of kmt2a_partner apart", "site")] {
        assert!(said.contains(&(what.to_owned(), because.to_owned())), "{said:?}");
    }
    // The file is one of the plan, and combines.
    let Combined { outcome, .. } = combine(&plan, &[("B", &together.text)]).unwrap();
    assert_eq!(outcome.merged, together.shown.merged);
    assert!(outcome.table1.unwrap()["kmt2a_partner"].contains_key("MLLT1+MLLT10"));
    // Other levels than the plan's lists are refused, at the site and in a file.
    let other = Choices {
        merges: merges("kmt2a_partner", &texts(&["AFF1", "MLLT3"])),
        ..Choices::default()
    };
    let line = door(&site, &plan, &other).unwrap_err();
    assert!(
        line.contains("design.merges") && line.contains("AFF1 and MLLT3") && line.contains("ask for a plan"),
        "{line}"
    );
    let mut forged = together.shown.clone();
    forged.merged = other.merges;
    let line = combine(&plan, &[("B", &forged.text())]).unwrap_err().to_string();
    assert!(line.contains("merged"), "{line}");
}

#[test]
fn an_earlier_end_is_applied_and_checked_again() {
    let site = Site::of(Some("A"));
    let mut of_a = design();
    of_a.study = "ends".to_owned();
    let plan = Plan::first(of_a).unwrap();
    let of = |site: &Site, end: f64| {
        let choices = Choices {
            end_follow_up: Some(end),
            ..Choices::default()
        };
        door(site, &plan, &choices)
    };
    let file = |end: f64| of(&site, end);
    let whole = door(&site, &plan, &Choices::default()).unwrap().shown;
    let early = file(731.0).unwrap();
    let grid = early.shown.grid.as_ref().unwrap();
    assert!(grid.boundaries.iter().all(|&end| end <= 731.0) && grid.cut_at.is_some_and(|at| at <= 731.0));
    assert!(early.shown.events.unwrap() < whole.events.unwrap());
    assert!(names(&early).contains(&("follow-up after 731".to_owned(), "site".to_owned())));
    // Nobody withdraws at the chosen end: they are followed on.
    let left: u64 = grid.groups.iter().flat_map(|group| &group.left).sum();
    assert!(left < early.shown.n.unwrap() / 3, "{grid:?}");
    // All limits again: until day 91 there are too few events for the model.
    let short = of(&Site::of(Some("B")), 91.0).unwrap();
    assert!(short.shown.cox.is_none(), "{:?}", short.shown.events);
    for (end, word) in [(100.0, "100"), (-1.0, "-1"), (f64::NAN, "")] {
        let line = file(end).unwrap_err();
        assert!(
            line.contains("follow-up cannot end at") && line.contains(word) && line.contains("731"),
            "{line}"
        );
    }
    // Of masked totals nothing is left out at one site.
    let mut masked = design();
    masked.sharing = Sharing::Masked;
    masked.cox.as_mut().unwrap().rounds_max = 8;
    let choices = Choices {
        end_follow_up: Some(731.0),
        ..Choices::default()
    };
    let line = door(&site, &Plan::first(masked).unwrap(), &choices).unwrap_err();
    assert!(
        line.contains("end_follow_up") && line.contains("all or nothing"),
        "{line}"
    );
}

/// Levels taken together in round 1 are no change of the data in round 2; another end of follow-up is.
#[test]
fn later_rounds_are_of_the_same_data() {
    let site = Site::of(Some("B"));
    let plan = partners();
    let together = Choices {
        merges: merges("kmt2a_partner", &texts(&["MLLT1", "MLLT10"])),
        ..Choices::default()
    };
    let first = door(&site, &plan, &together).unwrap();
    let next = combine(&plan, &[("B", &first.text)]).unwrap().next.unwrap();
    assert_eq!(next.round, 2);
    let second = door_after(&first.log, &site, &next, &together).unwrap();
    assert!(second.shown.cox.is_some());
    let earlier = Choices {
        end_follow_up: Some(731.0),
        ..together
    };
    let line = door_after(&first.log, &site, &next, &earlier).unwrap_err();
    assert!(line.contains("other_data") && line.contains("r1-B.json"), "{line}");
}

#[test]
fn a_plan_allows_merges_of_its_own_levels() {
    let refused = |field: &str, lists: &[&[&str]], word: &str| {
        let mut design = design();
        design.merges = [(field.to_owned(), lists.iter().map(|list| texts(list)).collect())].into();
        let line = Plan::first(design).unwrap_err().to_string();
        assert!(
            line.contains(&format!("design.merges.{field}"))
                && line.contains(word)
                && line.contains("correct the plan"),
            "{line}"
        );
    };
    refused("absent", &[&["a", "b"]], "no groups");
    refused("wbc", &[&["a", "b"]], "with levels");
    refused("kmt2a", &[&["germline", "other"]], "other");
    refused("kmt2a", &[&["germline"]], "two different levels");
    refused("kmt2a", &[&["germline", "rearranged"]], "leave two apart");
}

/// Ranges of withheld counts end, also where the number of unknown values is withheld, and hold the count of all rows.
#[test]
fn ranges_of_withheld_counts_hold_the_count() {
    let mut wide = design();
    wide.table1.insert("cns".to_owned(), Vec::new());
    wide.table1.insert("lineage".to_owned(), Vec::new());
    wide.merges = merges("cns", &texts(&["2", "3"]));
    let plan = Plan::first(wide).unwrap();
    for together in [false, true] {
        let (mut files, mut plain, mut hidden) = (Vec::new(), Vec::new(), 0);
        for centre in ["A", "B", "C"] {
            let site = Site::of(Some(centre));
            let mut choices = Choices::default();
            if together && centre == "A" {
                choices.merges = plan.design.merges.clone();
            }
            let input = SiteInput {
                site: centre,
                study: &site.study,
                limits: None,
                choices: &choices,
                log: &Log::new(centre, [3; 32]),
                keys: None,
            };
            let file = site_file(&plan, &input).unwrap();
            let missing = file.shown.table1.as_ref().unwrap().values();
            hidden += missing.filter(|sums| sums.missing.contains('-')).count();
            files.push((centre, file.text));
            let rows = Rows::of(&plan.design, &site.study).unwrap();
            plain.push(plain_summary(&plan, centre, &rows).unwrap());
        }
        assert!(hidden > 0, "a number of unknown values is withheld");
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let found = combine(&plan, &files).unwrap().outcome.table1.unwrap();
        let true_table = combined(&plan, &plain).table1.unwrap();
        let all: u64 = plain.iter().map(|sums| sums.n.unwrap()).sum();
        let mut ranges = 0;
        for (name, parts) in &found {
            for (label, part) in parts {
                let TablePart::Count(range) = part else { continue };
                assert!(
                    range.at_least <= range.at_most && range.at_most <= all,
                    "{name} {label} {range:?}"
                );
                ranges += usize::from(range.at_least < range.at_most);
                // A merged level is the sum of its own.
                let (level, group) = label
                    .split_once(" | ")
                    .map_or((label.as_str(), ""), |(level, group)| (level, group));
                let count: u64 = level
                    .split('+')
                    .map(|own| {
                        if group.is_empty() {
                            own.to_owned()
                        } else {
                            format!("{own} | {group}")
                        }
                    })
                    .map(|key| match true_table[name][&key] {
                        TablePart::Count(range) => {
                            // A total of which one part leaves a small rest is a range by itself.
                            if range.at_least == range.at_most {
                                range.at_least
                            } else {
                                u64::MAX
                            }
                        }
                        TablePart::Moments(_) => panic!(),
                    })
                    .fold(0, u64::saturating_add);
                assert!(
                    count == u64::MAX || (range.at_least..=range.at_most).contains(&count),
                    "{name} {label}: {count} is not in {range:?}"
                );
            }
        }
        assert!(ranges > 0);
    }
}
