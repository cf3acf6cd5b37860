//! Tests of the log and of what it decides.

use super::audit::{Allowed, Asked, AuditError, decide};
use super::limits::{Limit, Refusal};
use super::log::{Log, LogFault};
use super::plan::{CoxPlan, Design, EndpointPlan, Limits, Plan, Sharing, TiesPlan};
use super::summary::LogState;
use super::{FileFault, sealed, sha256_hex};

fn plan(name: &str, sharing: Sharing, sites: &[&str]) -> Plan {
    let design = Design {
        study: name.to_owned(),
        sharing,
        sites: sites.iter().map(|&site| site.to_owned()).collect(),
        catalogue: String::new(),
        origin: "diagnosis".to_owned(),
        time_unit: "day".to_owned(),
        endpoint: EndpointPlan {
            id: "efs".to_owned(),
            causes: vec!["relapse".to_owned()],
            horizon: None,
        },
        selection: Vec::new(),
        groups: None,
        strata: Vec::new(),
        merges: Default::default(),
        covariates: Vec::new(),
        ties: TiesPlan::Efron,
        entry: None,
        weights: None,
        offset: None,
        grid: Vec::new(),
        table1: Default::default(),
        protocols: Vec::new(),
        analyses: Vec::new(),
        cox: None::<CoxPlan>,
        limits: Limits::default(),
        expected_n: 100,
        expected_events: 50,
        publish_sites: false,
    };
    Plan {
        kind: super::KIND_PLAN.to_owned(),
        version: 1,
        round: 1,
        attempt: 1,
        beta: Vec::new(),
        totals: None,
        design_sha256: sha256_hex(name.as_bytes()),
        previous_plan_sha256: None,
        sha256: sha256_hex(format!("{name} {sites:?}").as_bytes()),
        design,
    }
}

fn per_site(name: &str) -> Plan {
    plan(name, Sharing::PerSite, &["A", "B"])
}

/// A file about some patients, whose values are their numbers.
struct File {
    plan: Plan,
    ids: Vec<String>,
    values: Vec<String>,
    sets: Vec<(String, Vec<bool>)>,
    numbers: u64,
}

impl File {
    fn of(plan: Plan, patients: impl IntoIterator<Item = usize>) -> Self {
        let ids: Vec<String> = patients.into_iter().map(|patient| format!("P{patient}")).collect();
        Self {
            values: ids.iter().map(|id| format!("values of {id}")).collect(),
            ids,
            plan,
            sets: Vec::new(),
            numbers: 10,
        }
    }

    fn decided(&self, log: &Log) -> Result<Allowed, AuditError> {
        let asked = Asked {
            plan: &self.plan,
            ids: &self.ids,
            values: &self.values,
            sets: self.sets.clone(),
            numbers: self.numbers,
            variables: ["efs", "wbc", "kmt2a"].map(str::to_owned).to_vec(),
        };
        decide(log, &asked, &Limits::default())
    }

    fn sent(&self, log: &Log) -> Log {
        let hash = sha256_hex(format!("{} {}", self.plan.sha256, self.plan.round).as_bytes());
        self.decided(log).unwrap().saved(&hash).unwrap()
    }

    fn refused(&self, log: &Log) -> Refusal {
        match self.decided(log) {
            Err(AuditError::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        }
    }
}

fn empty() -> Log {
    Log::new("B", [9; 32])
}

fn again(log: &Log) -> Log {
    Log::read(&log.text(), "B").unwrap()
}

#[test]
fn log_comes_back_and_names_no_one() {
    let mut file = File::of(per_site("one"), 0..33);
    file.sets
        .push(("kmt2a rearranged".to_owned(), (0..33).map(|at| at % 3 == 0).collect()));
    assert_eq!(file.decided(&empty()).unwrap().state, LogState::New);
    let log = file.sent(&empty());
    assert_eq!(again(&log), log);
    let text = log.text();
    assert!(!text.contains("P1") && !text.contains("values of"));
    // The same patients in another order, in a later file.
    let later = File::of(per_site("two"), (0..33).rev());
    let allowed = later.decided(&log).unwrap();
    assert_eq!(allowed.state, LogState::Continued);
    let both = allowed.saved(&sha256_hex(b"two")).unwrap();
    assert_eq!(both.releases()[1].selection(), both.releases()[0].selection());
    assert_eq!(both.releases()[1].values, both.releases()[0].values);
}

/// Another salt gives other prints: two logs cannot be compared.
#[test]
fn prints_need_the_salt() {
    let file = File::of(per_site("one"), 0..33);
    let prints = |salt| file.sent(&Log::new("B", salt)).releases()[0].values.clone();
    assert_eq!(prints([1; 32]), prints([1; 32]));
    assert!(
        prints([1; 32])
            .iter()
            .zip(prints([2; 32]))
            .all(|(one, other)| *one != other)
    );
}

#[test]
fn foreign_and_cut_logs_are_refused() {
    let log = File::of(per_site("one"), 0..33).sent(&empty());
    let text = log.text();
    assert!(matches!(
        Log::read(&text[..200], "B"),
        Err(LogFault::File(FileFault::NotJson { .. }))
    ));
    let changed = text.replacen("\"round\":1", "\"round\":2", 1);
    assert!(matches!(
        Log::read(&changed, "B"),
        Err(LogFault::File(FileFault::WrongHash { .. }))
    ));
    assert!(matches!(Log::read(&text, "A"), Err(LogFault::OtherSite { .. })));
    let sealed_with = |from: &str, to: &str| {
        let changed: serde_json::Value = serde_json::from_str(&text.replacen(from, to, 1)).unwrap();
        Log::read(&sealed(changed), "B").unwrap_err()
    };
    assert_eq!(sealed_with("disclosure", "other"), LogFault::OtherKind);
    assert_eq!(sealed_with("\"version\":1", "\"version\":2"), LogFault::OtherKind);
    assert!(matches!(sealed_with("\"study\"", "\"name\""), LogFault::Shape(_)));
    assert!(matches!(
        sealed_with("\"ffffffff01\"", "\"ffffffff03\""),
        LogFault::Inconsistent { .. }
    ));
    let salt = "09".repeat(32);
    assert!(matches!(sealed_with(&salt, "09"), LogFault::Inconsistent { .. }));
    // The log of other patients.
    let strangers = File::of(per_site("two"), 100..133).decided(&log);
    assert_eq!(strangers, Err(AuditError::Log(LogFault::OtherPatients)));
}

/// On the same design 1 to 4 patients more, fewer or changed are refused; 5 are not.
#[test]
fn changed_rows_below_and_at_the_limit() {
    let log = again(&File::of(per_site("one"), 0..33).sent(&empty()));
    let mut next = per_site("one");
    next.attempt = 2;
    for (patients, limit) in [
        (34, Some(1)),
        (37, Some(4)),
        (38, None),
        (29, Some(4)),
        (28, None),
        (33, None),
    ] {
        let file = File::of(next.clone(), 0..patients);
        match limit {
            Some(found) => {
                let refusal = file.refused(&log);
                assert_eq!((refusal.limit, refusal.found), (Limit::ChangedRows, f64::from(found)));
                assert_eq!(refusal.earlier, ["one-r1-B.json, attempt 1"]);
            }
            None => assert!(file.decided(&log).is_ok(), "{patients}"),
        }
    }
    let mut file = File::of(next, 0..33);
    file.values[7] = "corrected".to_owned();
    assert_eq!(file.refused(&log).limit, Limit::ChangedRows);
    (8..12).for_each(|at| file.values[at] = "corrected".to_owned());
    assert!(file.decided(&log).is_ok());
}

/// Within an attempt all rounds are of the same patients and values, however many change.
#[test]
fn rounds_of_an_attempt_are_of_the_same_data() {
    let log = again(&File::of(per_site("one"), 0..33).sent(&empty()));
    let mut next = per_site("one");
    next.round = 2;
    assert!(File::of(next.clone(), 0..33).decided(&log).is_ok());
    let refusal = File::of(next.clone(), 0..38).refused(&log);
    assert_eq!((refusal.limit, refusal.found), (Limit::OtherData, 5.0));
    assert_eq!(refusal.earlier, ["one-r1-B.json, attempt 1"]);
    next.attempt = 2;
    assert!(File::of(next, 0..38).decided(&log).is_ok());
}

/// Two selections that differ by one child, on different designs.
#[test]
fn selections_that_differ_by_few_are_refused() {
    let log = again(&File::of(per_site("one"), 0..33).sent(&empty()));
    let refusal = File::of(per_site("two"), 1..33).refused(&log);
    assert_eq!((refusal.limit, refusal.found), (Limit::Difference, 1.0));
    assert_eq!(refusal.earlier, ["one-r1-B.json, attempt 1"]);
    assert!(refusal.to_string().contains("difference") && !refusal.to_string().contains("P0"));
    assert!(File::of(per_site("two"), 5..33).decided(&log).is_ok());
}

/// The earlier files without which nothing follows are named, and no others.
#[test]
fn trackers_name_the_files_that_matter() {
    let both = |one: std::ops::Range<usize>, other: std::ops::Range<usize>| one.chain(other).collect::<Vec<_>>();
    let mut log = File::of(per_site("ab"), both(0..12, 12..24)).sent(&empty());
    log = File::of(per_site("bc"), both(12..24, 24..36)).sent(&log);
    log = File::of(per_site("far"), both(0..6, 50..70)).sent(&log);
    log = File::of(per_site("ac"), both(0..12, 24..36)).sent(&log);
    let refusal = File::of(per_site("all"), 0..38).refused(&log);
    assert_eq!((refusal.limit, refusal.found), (Limit::Difference, 2.0));
    assert_eq!(refusal.earlier.len(), 3);
    assert!(refusal.earlier.iter().all(|name| !name.starts_with("far")));
}

/// A set of the file itself may be too small.
#[test]
fn sets_of_the_file_itself() {
    let mut file = File::of(per_site("one"), 0..33);
    file.sets.push(("level".to_owned(), (0..33).map(|at| at < 4).collect()));
    let refusal = file.refused(&empty());
    assert_eq!((refusal.limit, refusal.earlier.len()), (Limit::Difference, 0));
    file.sets[0].1[4] = true;
    assert!(file.decided(&empty()).is_ok());
}

#[test]
fn one_round_has_one_file() {
    let file = File::of(per_site("one"), 0..33);
    let log = again(&file.sent(&empty()));
    let allowed = file.decided(&log).unwrap();
    // Its own copy does not make it a continued log.
    assert_eq!(allowed.state, LogState::New);
    let refusal = allowed.clone().saved(&sha256_hex(b"other")).unwrap_err();
    assert_eq!(refusal.limit, Limit::SameRound);
    let hash = log.releases()[0].file_sha256.clone();
    assert_eq!(allowed.saved(&hash).unwrap(), log);
}

#[test]
fn rounds_of_a_selection_at_and_above() {
    let mut log = empty();
    for round in 1..=8 {
        let mut plan = per_site("one");
        plan.round = round;
        let mut file = File::of(plan, 0..33);
        file.numbers = 2;
        log = file.sent(&log);
    }
    let mut file = File::of(per_site("two"), 0..33);
    file.numbers = 2;
    let refusal = file.refused(&log);
    assert_eq!((refusal.limit, refusal.found), (Limit::RoundsPerSelection, 9.0));
    // Another selection is counted for itself.
    let mut file = File::of(per_site("three"), 0..50);
    file.numbers = 2;
    assert!(file.decided(&log).is_ok());
}

#[test]
fn numbers_against_values() {
    // 33 patients with 3 variables: 99 values.
    let asked = |numbers| File {
        numbers,
        ..File::of(per_site("one"), 0..33)
    };
    assert_eq!(asked(49).decided(&empty()).unwrap().many_numbers, None);
    assert_eq!(asked(50).decided(&empty()).unwrap().many_numbers, Some((50, 99)));
    assert!(asked(99).decided(&empty()).is_ok());
    assert_eq!(asked(100).refused(&empty()).limit, Limit::Numbers);
    let log = asked(60).sent(&empty());
    let next = |numbers| File {
        numbers,
        ..File::of(per_site("two"), 0..33)
    };
    assert!(next(39).decided(&log).is_ok());
    let refusal = next(40).refused(&log);
    assert_eq!(
        (refusal.limit, refusal.found, refusal.limit_value),
        (Limit::Numbers, 100.0, 99.0)
    );
}

/// Masked: site lists that differ by one, and selections that differ by few. A site's own sets may be small.
#[test]
fn masked_totals_over_files() {
    let masked = |name: &str, sites: &[&str], patients: std::ops::Range<usize>| {
        let mut file = File::of(plan(name, Sharing::Masked, sites), patients);
        file.sets
            .push(("level".to_owned(), (0..file.ids.len()).map(|at| at < 2).collect()));
        file
    };
    let all = ["A", "B", "C", "D"];
    let log = again(&masked("one", &all, 0..12).sent(&empty()));
    let refusal = masked("two", &all[..3], 0..12).refused(&log);
    assert_eq!(refusal.limit, Limit::SiteList);
    assert_eq!(
        masked("two", &["A", "B", "C", "D", "E"], 0..12).refused(&log).limit,
        Limit::SiteList
    );
    assert!(masked("two", &["A", "B", "E"], 0..12).decided(&log).is_ok());
    assert!(masked("two", &all, 0..12).decided(&log).is_ok());
    assert_eq!(masked("two", &all, 0..11).refused(&log).limit, Limit::Difference);
    assert!(masked("two", &all[..3], 0..7).decided(&log).is_ok());
}
