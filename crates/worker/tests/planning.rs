//! The page on which a study is planned: what it says in every state, and its code for R.
//!
//! `tests/reference/planning/scripts/<case>.R` is what the page gives today; each computes the page's numbers again and stops
//! where they differ (`Rscript tests/reference/planning/run_scripts.R`). A script that differs fails here: renew all with
//! `COTSIDE_RENEW=1 cargo test -p cotside-worker --test planning`, run them, and commit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use std::path::PathBuf;

use cotside_messages::{
    PlanDesign, PlanDirection, PlanEffect, PlanField as F, PlanFormula, PlanSettings, PlanSides, PlanSize, PlanSought,
    plan_baselines,
};
use cotside_worker::planning::PlanPage;

fn with(mut settings: PlanSettings, fields: &[(F, &str)]) -> PlanSettings {
    for (field, text) in fields {
        settings.set(*field, text);
    }
    settings
}

fn one_group() -> PlanSettings {
    PlanSettings {
        design: PlanDesign::OneGroup,
        sides: PlanSides::One,
        ..PlanSettings::default()
    }
}

/// Every kind of question: what is sought, with and without survival, rate, accrual and loss.
fn cases() -> Vec<(&'static str, PlanSettings)> {
    let two = PlanSettings::default;
    let sought = |sought, size| PlanSettings { sought, size, ..two() };
    let (power, effect) = (PlanSought::Power, PlanSought::Effect);
    let (patients, events) = (PlanSize::Patients, PlanSize::Events);
    let bare = [(F::Survival, ""), (F::Time, ""), (F::PerYear, ""), (F::FollowUp, "")];
    let freedman = |settings: PlanSettings| PlanSettings {
        formula: PlanFormula::Freedman,
        ..settings
    };
    let worse = |settings: PlanSettings| PlanSettings {
        direction: PlanDirection::Worse,
        ..settings
    };
    vec![
        ("two-size", two()),
        (
            "two-size-accrual-loss",
            with(two(), &[(F::Accrual, "5"), (F::Loss, "3"), (F::Second, "66.7")]),
        ),
        ("two-size-followed", with(two(), &[(F::PerYear, ""), (F::FollowUp, "")])),
        ("two-size-events", with(two(), &bare)),
        ("two-size-freedman", freedman(with(two(), &[(F::HazardRatio, "1.7")]))),
        (
            "two-size-survival",
            PlanSettings {
                effect: PlanEffect::Survival,
                ..two()
            },
        ),
        ("two-power", sought(power, patients)),
        ("two-power-events", with(sought(power, events), &bare)),
        ("two-power-events-survival", sought(power, events)),
        ("two-effect", sought(effect, patients)),
        (
            "two-effect-worse",
            worse(with(sought(effect, patients), &[(F::Accrual, "4")])),
        ),
        ("two-effect-events", freedman(with(sought(effect, events), &bare))),
        ("one-size", with(one_group(), &[(F::FollowUp, "")])),
        ("one-size-rate", one_group()),
        (
            "one-size-accrual-loss",
            with(one_group(), &[(F::Accrual, "5"), (F::FollowUp, "1"), (F::Loss, "3")]),
        ),
        (
            "one-power",
            PlanSettings {
                sought: power,
                ..with(one_group(), &[(F::FollowUp, "")])
            },
        ),
        (
            "one-power-accrual",
            PlanSettings {
                sought: power,
                ..with(one_group(), &[(F::Accrual, "4"), (F::FollowUp, "0.5")])
            },
        ),
        (
            "one-effect",
            PlanSettings {
                sought: effect,
                ..with(one_group(), &[(F::FollowUp, "")])
            },
        ),
        (
            "one-effect-rate",
            PlanSettings {
                sought: effect,
                ..with(one_group(), &[(F::Loss, "5")])
            },
        ),
        (
            "one-effect-worse",
            worse(PlanSettings {
                sought: effect,
                ..one_group()
            }),
        ),
    ]
}

fn page(settings: PlanSettings) -> (PlanPage, String) {
    let mut page = PlanPage::default();
    let reply = page.set(settings);
    let html = reply.parts.get("plan").cloned().unwrap();
    (page, html)
}

fn export(page: &PlanPage, what: &str) -> String {
    page.export(what).unwrap_or_else(|| panic!("no {what}")).text
}

#[test]
fn scripts_are_those_that_r_has_run() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference/planning/scripts");
    let renew = std::env::var_os("COTSIDE_RENEW").is_some();
    for (name, settings) in cases() {
        let script = export(&page(settings).0, "plan.R");
        let path = folder.join(format!("{name}.R"));
        if renew {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &script).unwrap();
        }
        let known = std::fs::read_to_string(&path).unwrap_or_default();
        // The version of the program is in the first line.
        let without_version = |text: &str| text.split_once('\n').unwrap_or_default().1.to_owned();
        assert!(
            without_version(&known) == without_version(&script),
            "{name}: renew the scripts and run them"
        );
    }
}

#[test]
fn every_question_has_numbers_a_sentence_a_figure_and_a_table() {
    for (name, settings) in cases() {
        let (page, html) = page(settings);
        for part in [
            "plan-numbers",
            "plan-sentence",
            "<svg",
            "class=\"nearby\"",
            "doi.org",
            "plan.R",
        ] {
            assert!(html.contains(part), "{name} has no {part}");
        }
        assert!(!html.contains("NaN") && !html.contains("inf "), "{name}");
        assert!(
            html.matches("<strong>").count() >= 3,
            "{name}: the planned study is marked in the table"
        );
        assert!(export(&page, "power.svg").contains("<svg"));
        let points = export(&page, "power.csv");
        assert!(points.lines().count() > 80 && points.contains("planned"), "{name}");
        let table = export(&page, "nearby.csv");
        assert!(table.lines().count() > 3, "{name}: {table}");
    }
}

/// The table holds the answer itself at the planned assumptions, and another one around it.
#[test]
fn nearby_assumptions() {
    let (page, html) = page(PlanSettings::default());
    let table = export(&page, "nearby.csv");
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(
        rows[0],
        [
            "Hazard ratio",
            "First 40%",
            "First 45%",
            "First 50%",
            "First 55%",
            "First 60%"
        ]
    );
    let heads: Vec<&str> = rows[1..].iter().map(|row| row[0]).collect();
    assert_eq!(heads, ["0.5", "0.55", "0.6", "0.65", "0.7"]);
    let planned = rows[3][3];
    assert!(
        html.contains(&format!("<dd><strong>{planned}</strong></dd>")),
        "{planned}"
    );
    let number = |row: usize, column: usize| rows[row][column].parse::<f64>().unwrap();
    assert!(number(1, 3) < number(3, 3) && number(3, 3) < number(5, 3));
    assert!(number(3, 1) < number(3, 5), "more events with a lower survival");
}

/// In one group an effect in the other direction has no number.
#[test]
fn a_table_of_one_group_keeps_to_the_direction() {
    let settings = with(one_group(), &[(F::SecondSurvival, "60")]);
    let table = export(&page(settings).0, "nearby.csv");
    // Survival of 55% against a fixed 60%.
    let row = table.lines().find(|line| line.starts_with("55%")).unwrap();
    assert!(row.ends_with(",,"), "{row}");
}

#[test]
fn a_form_with_faults_has_no_result() {
    let (page, html) = page(with(PlanSettings::default(), &[(F::HazardRatio, "1")]));
    assert!(html.contains("correct the marked fields"), "{html}");
    assert!(page.export("plan.R").is_none() && page.export("power.svg").is_none());
}

#[test]
fn what_no_study_can_detect_is_said() {
    let few = PlanSettings {
        sought: PlanSought::Effect,
        size: PlanSize::Events,
        formula: PlanFormula::Freedman,
        ..with(PlanSettings::default(), &[(F::Events, "3"), (F::PerYear, "")])
    };
    let (page, html) = page(few);
    assert!(html.contains("No effect of that direction is detected"), "{html}");
    assert!(page.export("nearby.csv").is_none());
    let nobody = with(PlanSettings::default(), &[(F::FollowUp, "0"), (F::Accrual, "0")]);
    assert!(self::page(nobody).1.contains("No event can be expected"));
}

/// Follow-up that ends before the time of the survival is a refusal where nobody is followed to it, and a number where some are.
#[test]
fn one_group_with_entry_and_follow_up() {
    let entered = |follow_up: &str| {
        with(
            one_group(),
            &[(F::Accrual, "2"), (F::FollowUp, follow_up), (F::PerYear, "")],
        )
    };
    assert!(page(entered("2")).1.contains("No patient is followed beyond the time"));
    let (_, some) = page(entered("3"));
    for part in [
        "Followed to that time",
        "<strong>50%</strong>",
        "uniform entry over 2 years",
        "Nagashima",
        "constant hazard",
    ] {
        assert!(some.contains(part), "{part}: {some}");
    }
    let (_, all) = page(with(one_group(), &[(F::FollowUp, ""), (F::PerYear, "")]));
    assert!(!all.contains("Followed to that time") && all.contains("every patient is followed"));
}

#[test]
fn a_published_estimate_is_cited_beside_the_result() {
    let mut settings = PlanSettings::default();
    let estimate = plan_baselines().find(|each| each.study.id == "interfant-06").unwrap();
    settings.take(estimate);
    let (_, html) = page(settings.clone());
    assert!(html.contains("plan-baseline") && html.contains("<cite"), "{html}");
    settings.set(F::Survival, "40");
    assert!(!page(settings).1.contains("plan-baseline"));
}

#[test]
fn recruitment_that_takes_longer_than_assumed_is_said() {
    let settings = with(PlanSettings::default(), &[(F::Accrual, "2"), (F::PerYear, "12")]);
    let (_, html) = page(settings);
    assert!(html.contains("longer than the 2 years of entry"), "{html}");
}
