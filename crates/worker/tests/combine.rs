//! The page of pooled analyses by files: from a plan to the pooled model, as four hospitals would do it; what is refused, and
//! what is said of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use cotside_core::federated::{Outcome, Plan, Sharing};
use cotside_messages::{CombineLess, CombineRequest, CombineView, CovariateForm, PlanForm, Request};
use cotside_worker::dispatch::Page;
use cotside_worker::{CombinePage, Reply};

const REGISTRY: &str = include_str!("../../../www/samples/synthetic-registry.csv");
const SITES: [&str; 4] = ["A", "B", "C", "D"];

fn ask(page: &mut CombinePage, request: Request) -> Reply {
    page.answer(request, &mut |_| ())
}

fn say(page: &mut CombinePage, value: CombineRequest) -> Reply {
    ask(page, Request::Combine { value })
}

fn open(page: &mut CombinePage, name: &str, text: &str) -> Reply {
    let request = Request::Open {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
        source: String::new(),
        together: false,
    };
    ask(page, request)
}

fn export(page: &mut CombinePage, name: &str) -> Option<(String, String)> {
    let request = Request::Export { name: name.to_owned() };
    ask(page, request).file.map(|file| (file.name, file.text))
}

fn view(reply: &Reply) -> &CombineView {
    reply.combine.as_deref().unwrap()
}

/// The rows of one centre.
fn rows_of(site: &str) -> String {
    let mut lines = REGISTRY.lines();
    let header = lines.next().unwrap();
    let centre = header.split(',').position(|name| name == "centre").unwrap();
    let own = lines.filter(|line| line.split(',').nth(centre) == Some(site));
    let mut text = format!("{header}\n");
    own.for_each(|line| text += &format!("{line}\n"));
    text
}

fn form(sharing: &str) -> PlanForm {
    PlanForm {
        sites: SITES.join(", "),
        sharing: sharing.to_owned(),
        expected_n: "110".to_owned(),
        expected_events: "71".to_owned(),
        ..PlanForm::default()
    }
}

/// The plan that the form gives, as a file.
fn plan(form: PlanForm) -> (String, String) {
    let mut page = CombinePage::default();
    let reply = say(&mut page, CombineRequest::Plan(Box::new(form)));
    export(&mut page, "plan.json").unwrap_or_else(|| panic!("{}", reply.parts["plan-made"]))
}

fn digits(seed: usize) -> String {
    format!("{seed:064x}")
}

/// The page of a hospital, with its file and its log.
fn hospital(site: usize) -> CombinePage {
    let mut page = CombinePage::default();
    let name = SITES[site];
    let reply = open(&mut page, &format!("{name}.csv"), &rows_of(name));
    assert_eq!(reply.refused, None);
    assert!(view(&reply).has_patients);
    page
}

/// All rounds with pages of their own for each hospital and the coordinator.
fn run(form: PlanForm) -> Outcome {
    let sharing = form.sharing.clone();
    let (mut plan_name, mut plan_text) = plan(form);
    let mut hospitals: Vec<CombinePage> = (0..SITES.len()).map(hospital).collect();
    let mut keys = Vec::new();
    for (at, page) in hospitals.iter_mut().enumerate() {
        open(page, &plan_name, &plan_text);
        say(page, CombineRequest::Site(SITES[at].to_owned()));
        say(page, CombineRequest::NewLog(digits(40 + at)));
        if sharing == "masked" {
            say(page, CombineRequest::NewKey(digits(1 + at)));
            keys.push(export(page, "key.json").unwrap());
        }
    }
    for (at, page) in hospitals.iter_mut().enumerate() {
        if let Some((name, text)) = keys.get((at + SITES.len() - 1) % SITES.len()) {
            open(page, name, text);
        }
    }
    loop {
        let mut coordinator = CombinePage::default();
        for page in &mut hospitals {
            let reply = open(page, &plan_name, &plan_text);
            if !view(&reply).may_save {
                continue;
            }
            let (name, text) = export(page, "sums.json").unwrap();
            let (log_name, log) = export(page, "site-log.json").unwrap();
            assert!(log_name.ends_with("-log.json") && log.contains("cotside-disclosure-log"));
            // In any order, the plan last.
            let reply = open(&mut coordinator, &name, &text);
            assert_eq!(reply.refused, None);
        }
        let reply = open(&mut coordinator, &plan_name, &plan_text);
        let html = &reply.parts["combined"];
        assert!(html.contains("combine-status"), "{html}");
        match export(&mut coordinator, "next-plan.json") {
            Some(next) => (plan_name, plan_text) = next,
            None => {
                let (name, text) = export(&mut coordinator, "result.json").unwrap();
                let figures =
                    ["survival.svg", "survival.csv", "survival.scene"].map(|name| export(&mut coordinator, name));
                assert!(sharing == "per_site" || figures.iter().all(Option::is_some));
                assert!(export(&mut coordinator, "combine.R").unwrap().1.contains("jsonlite"));
                return Outcome::read(&name, &text).unwrap();
            }
        }
    }
}

#[test]
fn masked_sums_of_four_hospitals_give_the_pooled_model() {
    let outcome = run(form("masked"));
    let cox = outcome.cox.unwrap();
    assert_eq!((cox.n, cox.n_events), (Some(110), Some(71)));
    assert!(outcome.converged);
    assert!(cox.bound_se.unwrap() < 1e-6);
    // R 4.2.2, survival 3.5-3, the rows of tests/reference/federated/registry.csv:
    // coxph(Surv(time, cause > 0) ~ x1 + x2 + x3 + strata(centre), eps = 1e-12)
    let of_r = [
        (0.311_518_511_644, 0.309_127_811_5),
        (0.372_017_491_214, 0.271_729_168_9),
        (0.725_979_967_594, 0.405_190_667_3),
    ];
    for (found, (coef, std_err)) in cox.coefficients.iter().zip(of_r) {
        assert!((found.coef.unwrap() - coef).abs() < 1e-8, "{found:?}");
        assert!((found.std_err.unwrap() - std_err).abs() < 1e-8, "{found:?}");
    }
    let logrank = outcome.logrank.unwrap().stratified.unwrap();
    assert!((logrank.chi2 - 7.875_969_583).abs() < 1e-8);
}

#[test]
fn sums_of_each_hospital_leave_out_small_ones() {
    let mut form = form("per_site");
    form.analyses.push("two_stage".to_owned());
    let outcome = run(form);
    let cox = outcome.cox.unwrap();
    assert_eq!((cox.n, cox.n_events), (Some(77), Some(50)));
    let used: Vec<bool> = outcome.sites.iter().map(|site| site.used).collect();
    assert_eq!(used, [true, true, true, false]);
}

#[test]
fn the_example_tells_both_ways() {
    let mut page = CombinePage::default();
    let request = Request::Open {
        name: "registry".to_owned(),
        bytes: REGISTRY.as_bytes().to_vec(),
        source: "registry".to_owned(),
        together: false,
    };
    let reply = ask(&mut page, request);
    let masked = &reply.parts["example-story"];
    assert!(view(&reply).has_example);
    assert!(
        masked.contains("110 infants with 71 events at 4 hospitals."),
        "{masked}"
    );
    assert!(export(&mut page, "example-survival.svg").is_some());
    let reply = say(&mut page, CombineRequest::ExampleSharing(Sharing::PerSite));
    let per_site = &reply.parts["example-story"];
    assert!(
        per_site.contains("77 infants with 50 events at 2 hospitals."),
        "{per_site}"
    );
    assert!(per_site.contains("D: 10 infants, 6 events. No file"));
    assert!(per_site.contains("C: 23 infants, 15 events."));
}

#[test]
fn a_hospital_is_told_what_is_missing_and_reads_every_number() {
    let (name, text) = plan(form("per_site"));
    let mut page = hospital(0);
    let reply = open(&mut page, &name, &text);
    let sums = &reply.parts["sums"];
    assert!(sums.contains("Which hospital") && sums.contains("new log"), "{sums}");
    assert_eq!(view(&reply).plan.as_ref().unwrap().sites, SITES);
    say(&mut page, CombineRequest::Site("A".to_owned()));
    let reply = say(&mut page, CombineRequest::NewLog(digits(1)));
    let sums = &reply.parts["sums"];
    assert!(view(&reply).may_save, "{sums}");
    assert!(sums.contains("about the 45 infants in your file"), "{sums}");
    assert!(
        sums.contains("Show every number") && sums.contains("data protection officer"),
        "{sums}"
    );
    // Nothing of a row is in the file.
    let (_, file) = export(&mut page, "sums.json").unwrap();
    assert!(!file.contains("S001") && !file.contains("2014-"));
    let reply = say(
        &mut page,
        CombineRequest::Less(CombineLess {
            without: vec!["gray".to_owned()],
            ..CombineLess::default()
        }),
    );
    assert!(
        reply.parts["sums"].contains("by choice of this site"),
        "{}",
        reply.parts["sums"]
    );
    let reply = say(&mut page, CombineRequest::Decline);
    assert!(!view(&reply).may_save);
}

/// Centre B has few patients of two fusion partners: the plan lets it take them together, and end follow-up earlier.
#[test]
fn a_hospital_may_give_less() {
    let wide = PlanForm {
        groups: "kmt2a_partner".to_owned(),
        group_levels: "AFF1, MLLT3, MLLT1, MLLT10".to_owned(),
        merges: "kmt2a_partner: MLLT1, MLLT10".to_owned(),
        covariates: vec![CovariateForm::of("wbc")],
        ..form("per_site")
    };
    let (name, text) = plan(wide);
    let mut page = hospital(1);
    let reply = open(&mut page, &name, &text);
    let told = view(&reply).plan.clone().unwrap();
    assert_eq!((told.merges["kmt2a_partner"].len(), told.ends.len()), (1, 11));
    assert_eq!(
        view(&reply).form.as_ref().unwrap().merges,
        "kmt2a_partner: MLLT1, MLLT10"
    );
    say(&mut page, CombineRequest::Site("B".to_owned()));
    let reply = say(&mut page, CombineRequest::NewLog(digits(1)));
    assert!(
        reply.parts["sums"].contains("lets you take MLLT1 and MLLT10 of kmt2a_partner together"),
        "{}",
        reply.parts["sums"]
    );
    let less = CombineLess {
        merges: told.merges,
        end_follow_up: Some(731.0),
        ..CombineLess::default()
    };
    let reply = say(&mut page, CombineRequest::Less(less.clone()));
    let sums = &reply.parts["sums"];
    assert!(
        sums.contains("follow-up after 731") && sums.contains("MLLT1+MLLT10") && !sums.contains("lets you take"),
        "{sums}"
    );
    // The choices hold for the plan of the next round, and not for another design.
    assert_eq!(view(&open(&mut page, &name, &text)).less, less);
    let (_, other) = plan(form("per_site"));
    assert_eq!(view(&open(&mut page, &name, &other)).less, CombineLess::default());
    let (_, file) = export(&mut page, "sums.json").unwrap();
    assert!(!file.contains("\"merged\""));
}

#[test]
fn files_are_refused_by_name() {
    let (name, text) = plan(form("per_site"));
    let mut page = CombinePage::default();
    let refused = |reply: Reply| reply.refused.unwrap_or_default();
    let why = refused(open(&mut page, "cut.json", &text[..text.len() / 2]));
    assert!(
        why.starts_with("cut.json: ") && why.contains("ask for the file again"),
        "{why}"
    );
    let why = refused(open(
        &mut page,
        "changed.json",
        &text.replace("\"infant-all\"", "\"infant-alk\""),
    ));
    assert!(why.starts_with("changed.json: ") && why.contains("sha256"), "{why}");
    let result = "{\"kind\":\"cotside-federated-result\",\"version\":1}";
    let why = refused(open(&mut page, "result.json", result));
    assert!(
        why.starts_with("result.json: ") && why.contains("does not open"),
        "{why}"
    );
    let why = refused(open(&mut page, "other.json", "{\"a\":1}"));
    assert!(why.contains("other.json"), "{why}");
    assert_eq!(open(&mut page, &name, &text).refused, None);

    // A file of another round is listed and not used.
    let mut site = hospital(1);
    open(&mut site, &name, &text);
    say(&mut site, CombineRequest::Site("B".to_owned()));
    say(&mut site, CombineRequest::NewLog(digits(9)));
    let (sums_name, sums) = export(&mut site, "sums.json").unwrap();
    let (_, other) = plan(PlanForm {
        study: "other".to_owned(),
        ..form("per_site")
    });
    let mut coordinator = CombinePage::default();
    open(&mut coordinator, "other-plan.json", &other);
    let reply = open(&mut coordinator, &sums_name, &sums);
    let file = view(&reply)
        .files
        .iter()
        .find(|file| file.name == sums_name)
        .unwrap()
        .clone();
    assert!(file.refused && file.text.contains("another plan"), "{file:?}");
    let reply = say(&mut coordinator, CombineRequest::TakeAway(sums_name.clone()));
    assert_eq!(view(&reply).files.len(), 1);
    let changed = sums.replace("\"n\":32", "\"n\":34");
    assert_ne!(changed, sums);
    let why = refused(open(&mut page, &sums_name, &changed));
    assert!(why.starts_with(&sums_name) && why.contains("sha256"), "{why}");
}

#[test]
fn a_form_says_what_is_wrong_of_each_field() {
    let mut page = CombinePage::default();
    let mut wrong = form("masked");
    wrong.expected_n.clear();
    wrong.grid = "91, soon".to_owned();
    wrong.covariates.push(CovariateForm::of("ploidy"));
    wrong.causes = "relapse, weather".to_owned();
    let reply = say(&mut page, CombineRequest::Plan(Box::new(wrong)));
    let html = &reply.parts["plan-made"];
    for wanted in [
        "Patients expected in all",
        "end at (days)",
        "Covariate ploidy, lowest",
        "weather",
    ] {
        assert!(html.contains(wanted), "{wanted}: {html}");
    }
    assert!(export(&mut page, "plan.json").is_none());
    let two = PlanForm {
        sites: "A, B".to_owned(),
        ..form("masked")
    };
    let reply = say(&mut page, CombineRequest::Plan(Box::new(two)));
    assert!(
        reply.parts["plan-made"].contains("masks need three sites"),
        "{}",
        reply.parts["plan-made"]
    );
}

#[test]
fn a_plan_that_is_opened_fills_the_form_and_gives_the_same_plan() {
    let (name, text) = plan(form("masked"));
    let mut page = CombinePage::default();
    let reply = open(&mut page, &name, &text);
    let filled = view(&reply).form.clone().unwrap();
    let names = |form: &PlanForm| form.covariates.iter().map(|each| each.name.clone()).collect::<Vec<_>>();
    assert_eq!(
        (names(&filled), &filled.grid),
        (names(&form("masked")), &form("masked").grid)
    );
    assert_eq!(plan(*filled).1, text);
    assert_eq!(Plan::read(&name, &text).unwrap().design.sites, SITES);
}
