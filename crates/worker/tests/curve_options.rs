//! What is asked of curves: one scale and level of intervals for every result, quantiles, conditional survival, bands, the
//! cumulative hazard. The numbers themselves are held against R in `script.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

const REGISTRY: &[u8] = include_bytes!("../../../www/samples/synthetic-registry.csv");

/// A file with settings.
fn bench(file: &[u8], settings: &[(&str, &str)]) -> Results {
    let mut intake = CohortFile::default();
    assert_eq!(intake.open("file.csv", "", file).refused, None);
    let mut bench = Results::default();
    let _ = bench.take(intake.study().unwrap());
    let _ = bench.take_protocols(intake.protocols());
    for (name, value) in settings {
        let _ = named::set(&mut bench, name, value);
    }
    bench
}

/// Every part of the results, and the report, which has them with methods and sources.
fn all(bench: &mut Results) -> String {
    bench.export("report.html", "").unwrap().text
}

/// A part that is made from the settings.
fn part(bench: &mut Results, name: &str) -> String {
    let mut found = String::new();
    loop {
        let mut reply = bench.next_of_all();
        if let Some(html) = reply.parts.remove(name) {
            found = html;
        }
        if !bench.has_waiting() {
            return found;
        }
    }
}

fn numbers(bench: &mut Results, quantity: &str) -> Vec<String> {
    let text = bench.export("numbers.csv", "").unwrap().text;
    let lines = text.lines().filter(|line| line.starts_with(&format!("{quantity},")));
    lines.map(str::to_owned).collect()
}

/// The level that is set stands behind every interval of every result, and nowhere another one.
#[test]
fn one_level_for_every_result() {
    let settings = [
        ("group", "finding:sex"),
        ("model:finding:sex", "yes"),
        ("model:finding:wbc", "yes"),
        ("interaction:finding:sex*finding:wbc", "yes"),
        ("spline", "finding:age_days"),
        ("cause", "relapse"),
        ("cure-distribution", "weibull"),
        ("level", "90"),
        ("bands", "yes"),
        ("interval", "logit"),
    ];
    let mut bench = bench(REGISTRY, &settings);
    let report = all(&mut bench);
    for wrong in ["95%", "95 %"] {
        let around = report
            .find(wrong)
            .map(|at| report[at.saturating_sub(80)..].chars().take(120).collect::<String>());
        assert_eq!(around, None);
    }
    for said in [
        "90% CI",
        "HR (90% CI)",
        "Concordance (90% CI)",
        "pointwise 90% confidence intervals (CIs) on the logit scale",
        "all other CIs have the same level",
        "with pointwise 90% CIs (logit scale)",
    ] {
        assert!(report.contains(said), "{said}");
    }
    // R: summary(coxph(Surv(time, status) ~ sex, d), conf.int = 0.9) in script.rs; here only that the ratio has another interval.
    let narrow = numbers(&mut bench, "hazard_ratio_lower");
    let mut usual = self::bench(REGISTRY, &settings[..7]);
    assert!(narrow != numbers(&mut usual, "hazard_ratio_lower") && !narrow.is_empty());
    assert!(all(&mut usual).contains("HR (95% CI)"));
}

#[test]
fn chosen_quantiles_stand_beside_the_curves() {
    let mut bench = bench(REGISTRY, &[("group", "finding:sex")]);
    let html = part(&mut bench, "estimates");
    for said in [
        "With event",
        ">y (95% CI)<",
        ">25%<",
        "50% (median)",
        ">75%<",
        "NR: not reached.",
    ] {
        assert!(html.contains(said), "{said}: {html}");
    }
    assert!(!html.contains("open"), "folded as long as nothing else is asked for");
    let report = all(&mut bench);
    assert!(report.contains("<h3>Quantiles of the time to the event</h3>") && report.contains("to not reached"));
    let _ = named::set(&mut bench, "quantiles", "10");
    let html = part(&mut bench, "estimates");
    assert!(html.contains(">10%<") && !html.contains(">25%<"), "{html}");
    let _ = named::set(&mut bench, "quantiles", "");
    assert!(!part(&mut bench, "estimates").contains("With event"));
    // Many groups: a row for each.
    let _ = named::set(&mut bench, "quantiles", "50");
    let _ = named::set(&mut bench, "group", "column:12");
    assert!(part(&mut bench, "estimates").contains("data-testid=\"quantiles\""));
}

#[test]
fn conditional_survival_in_full_and_why_it_has_no_interval() {
    let file = b"id,sex,efs_months,efs_event\na,male,12,relapse\nb,male,24,relapse\nc,male,72,none\nd,female,84,none\ne,female,96,none\nf,female,6,relapse\n";
    let mut bench = bench(
        file,
        &[("group", "finding:sex"), ("at", "3, 5, 9"), ("conditional", "1, 4")],
    );
    let html = part(&mut bench, "comparison");
    assert!(
        html.contains("Conditional") && html.contains("Event-free at (years)"),
        "{html}"
    );
    assert!(html.contains("none: no event between the two times"), "{html}");
    assert!(html.contains("follow-up too short"), "{html}");
    assert!(html.contains("Its variance is the part of Greenwood’s sum between the two times"));
    // Of three males one has the event by 1 and one of the other two by 3: 1/2.
    let found = numbers(&mut bench, "conditional_survival");
    assert!(
        found.contains(&"conditional_survival,male | 1,3,0.5".to_owned()),
        "{found:?}"
    );
    assert!(numbers(&mut bench, "conditional_survival_lower").len() == 2);
    let _ = named::set(&mut bench, "conditional", "20");
    assert!(part(&mut bench, "comparison").contains("Report estimates at later times too"));
    let _ = named::set(&mut bench, "conditional", "");
    assert!(!part(&mut bench, "comparison").contains("Conditional"));
}

#[test]
fn bands_and_hazards_are_told_in_caption_data_and_methods() {
    let mut bench = bench(REGISTRY, &[("group", "finding:sex"), ("simultaneous", "hall-wellner")]);
    let _ = named::set(&mut bench, "band-to", "5");
    let html = part(&mut bench, "curves");
    assert!(html.contains("simultaneous 95% Hall–Wellner bands (log(−log) scale) from the first event to 5 years"));
    assert!(!html.contains("No band"));
    let _ = named::set(&mut bench, "band-from", "30");
    assert!(part(&mut bench, "curves").contains("No band: no time in its range has survival between 0 and 1"));
    let _ = named::set(&mut bench, "band-from", "");
    let report = all(&mut bench);
    assert!(report.contains("Hall WJ, Wellner JA"), "sources");
    assert!(report.contains("The figure has simultaneous 95% Hall–Wellner bands"));
    let data = bench.export("curves.csv", "").unwrap().text;
    assert!(
        data.lines()
            .next()
            .unwrap()
            .ends_with("published,band_lower,band_upper")
    );
    let _ = named::set(&mut bench, "shown", "hazard");
    let _ = named::set(&mut bench, "bands", "yes");
    let html = part(&mut bench, "curves");
    assert!(
        html.contains("Nelson–Aalen estimates of the cumulative hazard, with pointwise 95% CIs"),
        "{html}"
    );
    assert!(!all(&mut bench).contains("Hall–Wellner bands"));
    assert!(all(&mut bench).contains("Aalen O. Ann Stat 1978"));
    let nelson_aalen = bench.export("curves.csv", "").unwrap().text;
    let _ = named::set(&mut bench, "hazard", "fleming-harrington");
    let html = part(&mut bench, "curves");
    assert!(
        html.contains("Fleming–Harrington estimates of the cumulative hazard"),
        "{html}"
    );
    let report = all(&mut bench);
    assert!(report.contains("the method of Fleming and Harrington") && !report.contains("Aalen O. Ann Stat 1978"));
    assert!(report.contains("Fleming TR, Harrington DP."), "sources");
    // Events are tied, and one after the other they are more.
    assert_ne!(bench.export("curves.csv", "").unwrap().text, nelson_aalen);
    let _ = named::set(&mut bench, "hazard", "nelson-aalen");
    assert_eq!(bench.export("curves.csv", "").unwrap().text, nelson_aalen);
    let data = bench.export("curves.csv", "").unwrap().text;
    assert!(
        data.lines()
            .next()
            .unwrap()
            .ends_with("cumulative_hazard,hazard_lower,hazard_upper")
    );
    assert!(
        bench
            .export("curves.svg", "")
            .unwrap()
            .text
            .contains("Cumulative hazard")
    );
    // Without the tick there is neither.
    let _ = named::set(&mut bench, "bands", "no");
    let html = part(&mut bench, "curves");
    assert!(html.contains("cumulative hazard; ticks mark censoring"), "{html}");
}

/// Nobody has the event, everybody has, one patient, a group of one, nobody followed: every setting gives something, and no number
/// that does not exist.
#[test]
fn curves_at_their_limits() {
    let files: [&[u8]; 5] = [
        b"id,sex,efs_months,efs_event\na,male,12,none\nb,male,24,none\nc,female,72,none\n",
        b"id,sex,efs_months,efs_event\na,male,12,relapse\nb,male,24,relapse\nc,female,36,relapse\n",
        b"id,sex,efs_months,efs_event\na,male,12,relapse\n",
        b"id,sex,efs_months,efs_event\na,male,12,relapse\nb,male,12,relapse\nc,,48,none\n",
        b"id,sex,efs_months,efs_event\na,male,,\nb,female,,\n",
    ];
    let asked = [
        ("conditional", "0.5, 1.5"),
        ("quantiles", "1, 50, 99"),
        ("at", "1, 2, 5"),
        ("tau", "2"),
    ];
    for (place, file) in files.into_iter().enumerate() {
        for band in ["equal-precision", "hall-wellner"] {
            for scale in ["log-log", "log", "plain", "logit", "arcsin"] {
                for shown in ["survival", "hazard"] {
                    let mut settings = asked.to_vec();
                    settings.extend([("simultaneous", band), ("interval", scale), ("shown", shown)]);
                    settings.extend([("group", "finding:sex"), ("level", "99.9")]);
                    let mut bench = bench(file, &settings);
                    let report = all(&mut bench);
                    assert!(
                        !report.contains("NaN") && !report.contains(">inf"),
                        "{place} {band} {scale}"
                    );
                    let told = bench
                        .export("numbers.csv", "")
                        .map(|file| file.text)
                        .unwrap_or_default();
                    assert!(
                        !told.contains("NaN") && !told.contains("inf"),
                        "{place} {band} {scale}: {told}"
                    );
                    let script = bench.export("script.R", "").map(|file| file.text).unwrap_or_default();
                    assert!(!script.contains("NaN") && !script.contains(" inf"), "{place}");
                }
            }
        }
    }
}

/// A level changes every result; quantiles change what tells of them.
#[test]
fn only_what_a_setting_touches_is_made_again() {
    let mut bench = bench(REGISTRY, &[("group", "finding:sex")]);
    while bench.has_waiting() {
        let _ = bench.next_of_all();
    }
    let quantiles = named::set(&mut bench, "quantiles", "10").waiting;
    for (name, is_made) in [
        ("estimates", true),
        ("survival_methods", true),
        ("models", false),
        ("competing", false),
    ] {
        assert_eq!(quantiles.contains(&name), is_made, "{name}: {quantiles:?}");
    }
    while bench.has_waiting() {
        let _ = bench.next_of_all();
    }
    let band = named::set(&mut bench, "simultaneous", "hall-wellner").waiting;
    assert!(band.contains(&"curves") && !band.contains(&"models"), "{band:?}");
    let level = named::set(&mut bench, "level", "80").waiting;
    for name in [
        "curves",
        "estimates",
        "competing",
        "transplant",
        "models",
        "subgroups",
        "discrimination",
    ] {
        assert!(level.contains(&name), "{name}: {level:?}");
    }
}

/// Files of settings of an earlier version know nothing of these.
#[test]
fn earlier_settings_still_read() {
    let mut known = serde_json::to_value(cotside_messages::Settings::default()).unwrap();
    known.as_object_mut().unwrap().remove("curve_options");
    let read: cotside_messages::Settings = serde_json::from_value(known).unwrap();
    assert_eq!(read, cotside_messages::Settings::default());
}

/// The drawing alone.
fn svg(bench: &mut Results) -> String {
    bench.export("curves.svg", "").unwrap().text
}

/// What a journal asks of a figure: the groups with their variable and number, hazard ratio with its interval, P; an axis that
/// ends while enough are at risk.
#[test]
fn a_figure_for_a_journal_says_what_it_shows() {
    let two = "finding:kmt2a=germline or finding:kmt2a=rearranged";
    let mut bench = bench(REGISTRY, &[("group", "finding:kmt2a"), ("filter", two)]);
    let drawn = svg(&mut bench);
    for said in [
        "KMT2A germline (n = 24)",
        "KMT2A rearranged (n = 87)",
        // R: coxph(Surv(time, status) ~ kmt2a) and survdiff of the same, as the page says beside the figure.
        "HR 2.75 (95% CI 1.36–5.56)",
        "rearranged vs germline",
        "Log-rank P = 0.0032",
        "No. at risk",
    ] {
        assert!(drawn.contains(said), "{said}");
    }
    assert!(!drawn.contains("id=\"bands\"") && !drawn.contains("id=\"legend\""));
    let html = part(&mut bench, "curves");
    assert!(
        html.contains(
            "Drawn to 10 years, the last tick with at least 10% and 5 patients of the largest group at risk."
        )
    );
    assert!(!html.contains("95% CIs"), "no interval is drawn, and none is told");
    let _ = named::set(&mut bench, "annotation", "no");
    assert!(!svg(&mut bench).contains("HR 2.75"));
    let _ = named::set(&mut bench, "time-end", "all");
    assert!(svg(&mut bench).contains(">16<") && !part(&mut bench, "curves").contains("Drawn to"));
    let _ = named::set(&mut bench, "names", "legend");
    let drawn = svg(&mut bench);
    assert!(drawn.contains("id=\"legend\"") && drawn.contains("KMT2A germline (n = 24)"));
}

/// Bands are drawn of groups of ten patients or more, and the caption says which have none.
#[test]
fn a_few_patients_have_no_band_and_the_caption_says_so() {
    let mut bench = bench(REGISTRY, &[("group", "finding:kmt2a"), ("preset", "kmunicate")]);
    let html = part(&mut bench, "curves");
    assert!(html.contains("No band below 10 patients (undetermined)."));
    let drawn = svg(&mut bench);
    let bands = drawn
        .split("id=\"bands\"")
        .nth(1)
        .unwrap()
        .split("</g>")
        .next()
        .unwrap();
    assert!(
        bands.contains("#0072b2") && bands.contains("#d55e00") && !bands.contains("#00462f"),
        "{bands}"
    );
    assert!(drawn.contains("censored and events, cumulative"));
    let _ = named::set(&mut bench, "bands", "no");
    assert!(!part(&mut bench, "curves").contains("No band"));
}

/// A slide has its shape whatever stands on it.
#[test]
fn a_slide_is_sixteen_to_nine() {
    let mut bench = bench(REGISTRY, &[("group", "finding:kmt2a"), ("preset", "slide")]);
    for (name, value) in [
        ("caption", "yes"),
        ("title", "yes"),
        ("names", "legend"),
        ("caption", "no"),
        ("table", "at-risk"),
    ] {
        let _ = named::set(&mut bench, name, value);
        let drawn = svg(&mut bench);
        assert!(drawn.contains("width=\"254mm\""), "{name}");
        let box_of = drawn.split("viewBox=\"0 0 ").nth(1).unwrap().split('"').next().unwrap();
        let (width, height) = box_of.split_once(' ').unwrap();
        let shape = height.parse::<f64>().unwrap() / width.parse::<f64>().unwrap();
        assert!((shape - 0.5625).abs() < 0.003, "{name}: {box_of}");
    }
}
