//! Files of pooled analyses: each refusal with its sentence, and laws of the combination.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod federated_sites;

use std::sync::OnceLock;

use cotside_core::federated::{
    Analysis, Combined, Design, GroupBy, Key, Plan, Rows, Sharing, Summary, combine, document_hash, plain_summary,
    sealed,
};
use federated_sites::{Sites, base, combined, cox_plan, files, round, run};
use proptest::prelude::*;
use serde_json::{Value, json};

fn sites() -> &'static Sites {
    static ALL: OnceLock<Sites> = OnceLock::new();
    ALL.get_or_init(|| Sites::read("lung", "s3"))
}

/// All analyses of one plan.
fn design(sharing: Sharing) -> Design {
    let mut design = base(sites());
    cox_plan(&mut design, sites());
    design.sharing = sharing;
    design.groups = base(sites()).groups;
    design.grid = vec![100.0, 200.0, 400.0, 800.0, 1100.0];
    design.table1.insert("x1".to_owned(), vec![-10.0, 0.0, 1.0, 10.0]);
    design.analyses = vec![
        Analysis::Table1,
        Analysis::Logrank,
        Analysis::Gray,
        Analysis::Km,
        Analysis::Cif,
        Analysis::Rmst,
        Analysis::Cox,
    ];
    if sharing == Sharing::PerSite {
        design.analyses.push(Analysis::TwoStage);
    }
    design
}

fn plan() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(|| Plan::first(design(Sharing::PerSite)).unwrap())
}

fn texts() -> &'static Vec<(String, String)> {
    static TEXTS: OnceLock<Vec<(String, String)>> = OnceLock::new();
    TEXTS.get_or_init(|| files(plan(), sites()))
}

fn combine_texts(plan: &Plan, files: &[(String, String)]) -> Result<Combined, String> {
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    combine(plan, &files).map_err(|fault| fault.to_string())
}

/// The refusal of the first file after a change of its fields, sealed again.
fn after(change: impl Fn(&mut Value)) -> String {
    let mut files = texts().clone();
    let mut value: Value = serde_json::from_str(&files[0].1).unwrap();
    change(&mut value);
    files[0].1 = sealed(value);
    combine_texts(plan(), &files).expect_err("refused")
}

/// The refusal of the first file with another text.
fn with_text(text: String) -> String {
    let mut files = texts().clone();
    files[0].1 = text;
    combine_texts(plan(), &files).expect_err("refused")
}

fn names(line: &str, words: &[&str]) {
    for word in words.iter().chain(&["test-r1-S1.json"]) {
        assert!(line.contains(word), "{line:?} does not name {word:?}");
    }
}

#[test]
fn another_plan_round_or_program_is_refused() {
    let put = |field: &'static str, value: Value| move |file: &mut Value| file[field] = value.clone();
    for (field, value) in [
        ("kind", json!("cotside-federated-plan")),
        ("version", json!(2)),
        ("sharing", json!("masked")),
        ("design_sha256", json!("0".repeat(64))),
        ("plan_sha256", json!("0".repeat(64))),
        ("round", json!(2)),
        ("attempt", json!(2)),
    ] {
        names(
            &after(put(field, value)),
            &[field, "expected", "ask for a file of this plan and round"],
        );
    }
    names(&after(put("site", json!("S9"))), &["site", "no site S9"]);
}

#[test]
fn a_site_counts_once() {
    let mut all = texts().clone();
    all.push(("copy.json".to_owned(), all[0].1.clone()));
    let once = combine_texts(plan(), texts()).unwrap();
    assert_eq!(combine_texts(plan(), &all).unwrap(), once, "the same file twice");
    // The file of one site under the name of another.
    let line = after(|file| file["site"] = json!("S2"));
    assert!(line.contains("a second file of site S2"), "{line}");
    assert!(combine_texts(plan(), &[]).unwrap_err().contains("no summary"));
}

#[test]
fn a_damaged_file_is_refused() {
    let text = &texts()[0].1;
    let changed = text.replacen("\"events\":", "\"events\": ", 1);
    names(&with_text(changed), &["not in canonical form"]);
    let value: Value = serde_json::from_str(text).unwrap();
    let n = format!("\"n\":{}", value["n"]);
    names(&with_text(text.replacen(&n, "\"n\":99", 1)), &["sha256"]);
    names(&with_text(text[..text.len() / 2].to_owned()), &["not JSON"]);
    names(
        &with_text(text.replacen(&n, &format!("{n},{n}"), 1)),
        &["n is there twice"],
    );
    names(&with_text(text.replacen(&n, "\"n\":NaN", 1)), &["not JSON"]);
    names(
        &with_text(format!("{{\"a\":\"{}\"}}", "x".repeat(6_000_000))),
        &["bytes"],
    );
    names(
        &with_text(format!("{}{}", "[".repeat(100), "]".repeat(100))),
        &["deeper"],
    );
    names(&after(|file| file["extra"] = json!(1)), &["extra"]);
    names(
        &after(|file| drop(file.as_object_mut().unwrap().remove("withheld"))),
        &["withheld"],
    );
    names(&after(|file| file["cox"]["score"][0] = json!("NaN")), &["file"]);
}

#[test]
fn impossible_numbers_are_refused() {
    names(
        &after(|file| file["cox"]["score"][0] = json!(1e300)),
        &["not a possible number"],
    );
    names(&after(|file| file["n"] = json!(-1)), &["file"]);
    names(&after(|file| file["n"] = json!(1.5)), &["file"]);
    names(
        &after(|file| file["events"] = json!(1000)),
        &["events", "1000 events of"],
    );
    names(
        &after(|file| file["n_by_group"] = json!([1, 2])),
        &["n_by_group", "in the parts"],
    );
    names(
        &after(|file| file["n_by_group"] = json!([1])),
        &["n_by_group", "numbers, the plan asks for 2"],
    );
    names(
        &after(|file| file["cox"]["score"] = json!([1.0])),
        &["cox.score", "the plan asks for 3"],
    );
    names(&after(|file| file["cox"]["beta"][0] = json!(0.25)), &["cox.beta"]);
    names(
        &after(|file| file["cox"]["score"][1] = json!(1e6)),
        &["cox.score", "more than any rows"],
    );
    names(
        &after(|file| file["cox"]["information_lower"] = json!([1, 0])),
        &["cox.information_lower"],
    );
    names(
        &after(|file| file["cox"]["information_lower"][2] = json!(1e5)),
        &["cox.information_lower", "more than any rows"],
    );
    names(
        &after(|file| file["cox"]["information_lower"][1] = json!(50.0)),
        &["negative eigenvalue"],
    );
    names(
        &after(|file| file["cox"]["score_unit"] = json!([100.0, 0.0, 0.0])),
        &["cox.score_unit"],
    );
    names(
        &after(|file| file["logrank"]["difference"][0] = json!(5000.0)),
        &["logrank.difference"],
    );
    names(
        &after(|file| file["logrank"]["covariance_lower"][0] = json!(-5.0)),
        &["logrank.covariance_lower"],
    );
    names(&after(|file| file["gray"][0]["cause"] = json!(7)), &["gray.cause"]);
    names(
        &after(|file| file["grid"]["boundaries"][0] = json!(101.0)),
        &["grid.boundaries"],
    );
    names(
        &after(|file| file["grid"]["groups"][0]["left"][0] = json!(5000)),
        &["grid", "more leave"],
    );
    names(
        &after(|file| file["grid"]["groups"][0]["group"] = json!("other")),
        &["grid.groups"],
    );
    names(
        &after(|file| file["grid"]["groups"][0]["n"] = json!(500)),
        &["grid.groups.n"],
    );
    names(
        &after(|file| file["table1"]["x1"]["cells"] = json!([1, 2])),
        &["table1.x1"],
    );
    names(
        &after(|file| file["table1"]["x1"]["cells"][0] = json!(5000)),
        &["table1.x1"],
    );
    names(
        &after(|file| file["table1"]["other"] = file["table1"]["x1"].clone()),
        &["table1.other"],
    );
    names(
        &after(|file| file["two_stage"]["coef"] = json!([1.0])),
        &["two_stage.coef"],
    );
}

#[test]
fn masks_that_do_not_cancel_are_noticed() {
    let plan = Plan::first(design(Sharing::Masked)).unwrap();
    let all = files(&plan, sites());
    assert!(
        combine_texts(&plan, &all[..2])
            .unwrap_err()
            .contains("no file of site S3")
    );
    let change = |change: &dyn Fn(&mut Value)| {
        let mut files = all.clone();
        let mut value: Value = serde_json::from_str(&files[0].1).unwrap();
        change(&mut value);
        files[0].1 = sealed(value);
        combine_texts(&plan, &files).unwrap_err()
    };
    let short = change(&|file| drop(file["masked"].as_array_mut().unwrap().pop()));
    assert!(
        short.contains("masked") && short.contains("the plan asks for"),
        "{short}"
    );
    let open = change(&|file| file["n"] = json!(30));
    assert!(open.contains("a number without a mask"), "{open}");
    // A site that worked on another plan leaves noise.
    let mut other = design(Sharing::Masked);
    other.study = "other".to_owned();
    let other = Plan::first(other).unwrap();
    let noise: Value = serde_json::from_str(&files(&other, sites())[0].1).unwrap();
    let line = change(&|file| file["masked"] = noise["masked"].clone());
    assert!(line.contains("total") && line.contains("masked"), "{line}");
}

#[test]
fn a_plan_that_contradicts_itself_is_refused() {
    let refused = |change: &dyn Fn(&mut Design), words: &[&str]| {
        let mut design = design(Sharing::PerSite);
        change(&mut design);
        let line = Plan::first(design).unwrap_err().to_string();
        for word in words.iter().chain(&["correct the plan"]) {
            assert!(line.contains(word), "{line:?} does not name {word:?}");
        }
    };
    refused(
        &|design| design.sites = vec!["A".into(), "A".into()],
        &["design.sites", "twice"],
    );
    refused(&|design| design.sites = vec!["A".into()], &["at least two sites"]);
    refused(&|design| design.sites[0] = "a/b".into(), &["design.sites", "a/b"]);
    refused(&|design| design.study = String::new(), &["design.study"]);
    refused(&|design| design.grid.reverse(), &["design.grid", "ascending"]);
    refused(&|design| design.groups = None, &["design.groups"]);
    refused(&|design| design.entry = Some("entry".into()), &["delayed entry"]);
    refused(&|design| design.covariates.clear(), &["covariate"]);
    refused(&|design| design.time_unit = "minute".into(), &["design.time_unit"]);
    refused(&|design| design.cox.as_mut().unwrap().rounds_max = 5, &["rounds_max"]);
    refused(
        &|design| design.cox.as_mut().unwrap().start = vec![9.0, 0.0, 0.0],
        &["design.cox.start"],
    );
    refused(
        &|design| design.covariates.push(design.covariates[0].clone()),
        &["design.covariates"],
    );
    let mut two = design(Sharing::Masked);
    two.sites.pop();
    assert!(
        Plan::first(two)
            .unwrap_err()
            .to_string()
            .contains("masks need three sites")
    );
}

#[test]
fn what_does_not_fit_the_site_is_named() {
    let study = &sites().studies[0];
    let refused = |change: &dyn Fn(&mut Design), words: &[&str]| {
        let mut design = design(Sharing::PerSite);
        change(&mut design);
        let line = Rows::of(&design, study).unwrap_err().to_string();
        for word in words {
            assert!(line.contains(word), "{line:?} does not name {word:?}");
        }
    };
    let by = |levels: &[&str]| {
        Some(GroupBy {
            field: "group".into(),
            levels: levels.iter().map(|&level| level.to_owned()).collect(),
        })
    };
    refused(
        &|design| design.groups = by(&["female", "other"]),
        &["group", "male", "plan knows female, other"],
    );
    refused(
        &|design| design.endpoint.causes = vec!["relapse".into()],
        &["endpoint.causes", "death"],
    );
    refused(&|design| design.endpoint.id = "efs".into(), &["endpoint"]);
    refused(
        &|design| design.origin = "relapse".into(),
        &["endpoint.id", "not counted from"],
    );
    refused(
        &|design| drop(design.table1.insert("x1".into(), vec![0.0, 1.0])),
        &["table1.x1", "wider cuts"],
    );
    refused(
        &|design| design.weights = Some("absent".into()),
        &["absent", "no such variable"],
    );
    refused(
        &|design| {
            design.protocols = vec!["mll-10".into()];
            design.catalogue = "2001.1".into();
        },
        &["catalogue", "2001.1"],
    );
    assert!(plain_summary(plan(), "S9", &Rows::of(&plan().design, study).unwrap()).is_err());
}

#[test]
fn keys_go_round_the_ring() {
    let plan = Plan::first(design(Sharing::Masked)).unwrap();
    let digits = "ab".repeat(32);
    let key = Key::of(&plan, "S3", &digits).unwrap();
    assert_eq!((key.from.as_str(), key.to.as_str()), ("S3", "S1"));
    assert_eq!(Key::read(&plan, "key.json", &key.text()).unwrap(), key);
    let line = Key::read(&plan, "key.json", &key.text().replace("abab", "xyzz"))
        .unwrap_err()
        .to_string();
    assert!(line.contains("key.json") && !line.contains("xyzz"), "{line}");
    let of_other = Plan::first(design(Sharing::PerSite)).unwrap();
    assert!(
        Key::read(&of_other, "key.json", &key.text())
            .unwrap_err()
            .to_string()
            .contains("design_sha256")
    );
    assert!(Key::of(&of_other, "S1", &digits).is_err() && Key::of(&plan, "S9", &digits).is_err());
}

#[test]
fn the_order_of_the_files_changes_nothing() {
    for sharing in [Sharing::PerSite, Sharing::Masked] {
        let plan = Plan::first(design(sharing)).unwrap();
        let mut all = files(&plan, sites());
        let first = combine_texts(&plan, &all).unwrap();
        let text = first.outcome.text();
        assert_eq!(
            document_hash(&serde_json::from_str(&text).unwrap()),
            first.outcome.sha256
        );
        for _ in 0..2 {
            all.rotate_left(1);
            let again = combine_texts(&plan, &all).unwrap();
            assert_eq!(again.outcome.text(), text);
            assert_eq!(again.next.map(|plan| plan.text()), first.next.as_ref().map(Plan::text));
        }
        assert_eq!(
            files(&plan, sites()),
            files(&plan, sites()),
            "two runs give the same bytes"
        );
    }
}

/// Sites round the tests' masked sums where the plan expects fewer than 100 patients; the result says so.
#[test]
fn masked_tests_of_few_patients_are_said_to_be_rounded() {
    for (expected, rounded) in [(99, true), (100, false)] {
        let mut few = base(sites());
        few.sharing = Sharing::Masked;
        few.analyses = vec![Analysis::Logrank];
        few.expected_n = expected;
        let found = combined(few, sites());
        assert_eq!(
            found.because_not_exact == ["precision_bits"],
            rounded,
            "{:?}",
            found.because_not_exact
        );
        assert_eq!(found.exact, !rounded);
    }
}

#[test]
fn masked_totals_are_plain_totals() {
    let masked = combined(design(Sharing::Masked), sites());
    let plain = combined(design(Sharing::PerSite), sites());
    let (one, other) = (masked.cox.unwrap(), plain.cox.unwrap());
    for (a, b) in one.coefficients.iter().zip(&other.coefficients) {
        assert!((a.coef.unwrap() - b.coef.unwrap()).abs() < 1e-14);
    }
    let spread = (masked.heterogeneity.unwrap(), plain.heterogeneity.unwrap());
    assert!((spread.0.q - spread.1.q).abs() < 1e-9 && spread.0.df == spread.1.df);
    assert_eq!(
        masked.km,
        plain.km.map(|mut km| {
            for group in &mut km.groups {
                group.sites = sites().names.clone();
            }
            km
        })
    );
    assert!(masked.site_estimates.is_none() && masked.sites.iter().all(|site| site.n.is_none()));
}

#[test]
fn a_stratum_of_the_plan_is_a_site() {
    let one = run(
        {
            let mut design = base(sites());
            cox_plan(&mut design, sites());
            design.sharing = Sharing::Masked;
            design.cox.as_mut().unwrap().rounds_max = 8;
            design.strata = vec![GroupBy {
                field: "group".into(),
                levels: sites().levels.clone(),
            }];
            // The column that tells the strata apart has no information within them.
            design.covariates.remove(1);
            design.cox.as_mut().unwrap().start.pop();
            design
        },
        sites(),
    );
    // The same strata as sites: each site's rows of one group.
    let mut apart = Sites::read("lung", "s3");
    let (mut names, mut studies) = (Vec::new(), Vec::new());
    for (name, study) in apart.names.iter().zip(&apart.studies) {
        for level in &apart.levels {
            let group = &study.variables.last().unwrap().values;
            let rows: Vec<usize> = (0..study.row.len()).filter(|&row| group.text(row) == *level).collect();
            let mut part = study.clone();
            part.course = rows.iter().map(|&row| study.course[row].clone()).collect();
            part.row = rows.iter().map(|&row| study.row[row]).collect();
            for variable in &mut part.variables {
                match &mut variable.values {
                    cotside_core::cohort::Values::Numbers(values) => {
                        *values = rows.iter().map(|&row| values[row]).collect()
                    }
                    cotside_core::cohort::Values::Levels { codes, .. } => {
                        *codes = rows.iter().map(|&row| codes[row]).collect()
                    }
                }
            }
            names.push(format!("{name}-{level}"));
            studies.push(part);
        }
    }
    (apart.names, apart.studies) = (names, studies);
    let mut design = base(&apart);
    cox_plan(&mut design, &apart);
    design.sharing = Sharing::Masked;
    design.covariates.remove(1);
    let cox = design.cox.as_mut().unwrap();
    cox.rounds_max = 8;
    cox.start.pop();
    let other = run(design, &apart);
    let last = |rounds: &[Combined]| rounds.last().unwrap().outcome.cox.clone().unwrap();
    for (a, b) in last(&one).coefficients.iter().zip(last(&other).coefficients) {
        assert!((a.coef.unwrap() - b.coef.unwrap()).abs() < 1e-12);
        assert!((a.std_err.unwrap() - b.std_err.unwrap()).abs() < 1e-12);
    }
}

#[test]
fn a_column_without_information_has_no_number() {
    let mut design = base(sites());
    cox_plan(&mut design, sites());
    design.covariates = vec![design.covariates[1].clone()];
    design.cox.as_mut().unwrap().start = vec![0.0];
    design.strata = vec![GroupBy {
        field: "group".into(),
        levels: sites().levels.clone(),
    }];
    let found = round(&Plan::first(design).unwrap(), sites());
    let cox = found.outcome.cox.unwrap();
    assert!(cox.coefficients[0].coef.is_none() && found.next.is_none());
    assert!(cox.warnings[0].contains("x2: no information"), "{:?}", cox.warnings);
}

#[test]
fn a_missing_site_is_said_and_left_out() {
    let two = combine_texts(plan(), &texts()[..2]).unwrap();
    assert_eq!(two.missing, ["S3"]);
    let site = &two.outcome.sites[2];
    assert_eq!((site.used, site.because.as_deref()), (false, Some("missing")));
    assert!(two.outcome.because_not_exact.contains(&"sites".to_owned()));
    // It joins in round 2: the estimates are those of round 2's sites.
    let next = two.next.unwrap();
    let three = round(&next, sites());
    assert!(
        three
            .outcome
            .cox
            .unwrap()
            .warnings
            .iter()
            .any(|warning| warning.contains("sites changed"))
    );
    assert_eq!(three.outcome.km, two.outcome.km);
    assert_eq!(three.outcome.cif, two.outcome.cif);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn readers_never_panic(place in 0..10_000_usize, byte in any::<u8>(), cut in 0..10_000_usize) {
        let text = &texts()[0].1;
        let mut bytes = text.clone().into_bytes();
        let at = place % bytes.len();
        bytes[at] = byte;
        bytes.truncate(bytes.len() - cut % 7);
        let changed = String::from_utf8_lossy(&bytes).into_owned();
        if changed != *text {
            let _ = Summary::read(plan(), "changed", &changed);
            let _ = Plan::read("changed", &changed);
        }
        // The same with a hash that fits.
        if let Ok(value) = serde_json::from_str::<Value>(&changed) {
            let _ = Summary::read(plan(), "changed", &sealed(value));
        }
    }
}
