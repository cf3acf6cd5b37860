//! Writes the script in R for every single choice that the page offers on some files, each in a folder of its own with all
//! that it needs: what `cargo xtask scripts` lets R run (tests/reference/workbench/README.md).
//!
//! `scripts FOLDER [--most N] FILE…`: of a control at most N values are tried (all without it).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A tool of the tests may fail as tests do.

#[path = "../tests/named/mod.rs"]
mod named;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cotside_core::cohort::{Condition, Cut, Filter, Grouping, Join, LevelGroup, Limit, Test};
use cotside_messages::{
    Choice, Choices, CureDistribution, EndpointChoice, FactorChoice, GivenVariable, GroupChoice, GroupTest,
    InductionFailure, IntervalScale, OriginChoice, SimultaneousBand, TimesDistribution,
};
use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

/// What is typed where a control takes a text: none, within and beyond every follow-up, several.
const TYPED: [&str; 5] = ["", "0", "0.3", "60", "0, 0.05, 2.5, 90"];

type Setting = (String, String);

fn main() {
    let mut words = std::env::args().skip(1);
    let folder = PathBuf::from(words.next().expect("a folder"));
    let (mut most, mut files) = (usize::MAX, Vec::new());
    while let Some(word) = words.next() {
        if word == "--most" {
            most = words.next().and_then(|most| most.parse().ok()).expect("a number");
        } else {
            files.push(PathBuf::from(word));
        }
    }
    let mut scripts = 0;
    for (index, file) in files.iter().enumerate() {
        scripts += walk(&folder.join(format!("{index:02}")), file, most);
    }
    println!("{scripts} scripts of {} files", files.len());
}

/// A file as the page opens it; `None` where it is refused.
fn opened(name: &str, bytes: &[u8]) -> Option<CohortFile> {
    let mut intake = CohortFile::default();
    intake.open(name, "", bytes).refused.is_none().then_some(intake)
}

/// A workbench with the patients of a file and some settings.
fn bench(intake: &CohortFile, settings: &[Setting]) -> Results {
    let mut bench = Results::default();
    let _ = bench.take(intake.study().unwrap());
    let _ = bench.take_protocols(intake.protocols());
    for (name, value) in settings {
        let _ = named::set(&mut bench, name, value);
    }
    bench
}

/// Writes the scripts of a file; how many.
fn walk(folder: &Path, file: &Path, most: usize) -> usize {
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let bytes = std::fs::read(file).unwrap();
    let Some(intake) = opened(&name, &bytes) else {
        println!("{name}: refused");
        return 0;
    };
    let mut known = BTreeSet::new();
    let mut written = 0;
    let choices = std::iter::once(Vec::new()).chain(choices(&intake, most));
    for settings in choices {
        let mut bench = bench(&intake, &settings);
        let Some([script, numbers, values]) = files(&intake, &mut bench) else {
            continue;
        };
        // How figures look changes no script.
        if !known.insert([script.clone(), numbers.clone()].concat()) {
            continue;
        }
        let place = folder.join(format!("{written:03}"));
        std::fs::create_dir_all(&place).unwrap();
        let write = |name: &str, text: &[u8]| std::fs::write(place.join(name), text).unwrap();
        write("cotside-script.R", script.as_bytes());
        write("cotside-numbers.csv", numbers.as_bytes());
        write("cotside-values.csv", values.as_bytes());
        write("what.txt", format!("{name}: {settings:?}\n").as_bytes());
        if script.contains("file <- \"cotside-rows.csv\"") {
            write("cotside-rows.csv", intake.export("rows.csv").unwrap().text.as_bytes());
        } else {
            write(&name, &bytes);
        }
        written += 1;
    }
    written
}

/// The script, numbers and values; `None` where nobody is followed.
fn files(intake: &CohortFile, bench: &mut Results) -> Option<[String; 3]> {
    let mut text = |what: &str| Some(bench.export(what, "")?.text);
    let [second, numbers, values] = ["script.R", "numbers.csv", "values.csv"].map(&mut text);
    let numbers = numbers?;
    (numbers.lines().count() > 1).then_some([intake.script()? + &second?, numbers, values?])
}

/// Every value of every setting that can be chosen at first, one at a time; and every endpoint with every comparison.
fn choices(intake: &CohortFile, most: usize) -> Vec<Vec<Setting>> {
    let mut bench = bench(intake, &[]);
    while bench.next_part().more {}
    let controls = bench
        .choices()
        .map(|choices| controls(choices, most))
        .unwrap_or_default();
    let of = |wanted: &'static str| controls.iter().filter(move |(name, _)| name == wanted);
    let timed = bench.choices().map(timed).unwrap_or_default();
    let pairs = timed.iter().flat_map(|timed| {
        let with = move |group: &Setting| [timed.clone(), vec![group.clone()]].concat();
        of("group").map(with)
    });
    let pairs: Vec<_> = pairs.collect();
    let model: Vec<Setting> = controls
        .iter()
        .filter(|(name, _)| name.starts_with("model:"))
        .take(4)
        .cloned()
        .collect();
    controls
        .iter()
        .map(|each| vec![each.clone()])
        .chain(pairs)
        .chain(of("group").flat_map(compared))
        .chain([model.clone()])
        .chain(models(&controls, &model))
        .chain(adjusted_and_cured(&controls, &model, most))
        .chain(predicted(intake, &controls, &model))
        .chain(curves(&controls))
        .chain(
            bench
                .choices()
                .map(|choices| groupings(choices, most))
                .unwrap_or_default(),
        )
        .collect()
}

/// A comparison with the other corrections of its pairs, and with other distributions of its parametric model.
fn compared(group: &Setting) -> [Vec<Setting>; 2] {
    [("none", "lognormal"), ("bonferroni", "loglogistic")].map(|(correction, distribution)| {
        let setting = |name: &str, code: &str| (name.to_owned(), code.to_owned());
        vec![
            group.clone(),
            setting("correction", correction),
            setting("distribution", distribution),
        ]
    })
}

/// Every origin with each of its endpoints to which anybody can be followed.
fn timed(choices: &Choices) -> Vec<Vec<Setting>> {
    let setting = |name: &str, code: &str| (name.to_owned(), code.to_owned());
    let of = |origin: &OriginChoice| {
        let endpoints = origin.endpoints.iter().filter(|endpoint| endpoint.patients > 0);
        let pair =
            |endpoint: &EndpointChoice| vec![setting("origin", &origin.code), setting("endpoint", &endpoint.code)];
        endpoints.map(pair).collect::<Vec<_>>()
    };
    choices.origins.iter().flat_map(of).collect()
}

/// Comparisons by everything that can be grouped, grouped in other ways; and subsets by their values, alone and joined.
fn groupings(choices: &Choices, most: usize) -> Vec<Vec<Setting>> {
    let setting = |name: &str, value: String| (name.to_owned(), value);
    let is = |factor: &FactorChoice, group: &GroupChoice| Condition::is(&factor.id, &group.name);
    let mut found = Vec::new();
    for factor in &choices.factors {
        let grouped = grouped(factor).into_iter().take(most);
        found.extend(grouped.map(|grouping| {
            let compared = setting("group", factor.id.clone());
            vec![compared, setting(&format!("levels:{}", factor.id), grouping.text())]
        }));
        let conditions = factor.groups.iter().map(|group| is(factor, group));
        let limits = factor.numbers.iter().flat_map(|numbers| &numbers.usual);
        let limits = limits.filter_map(|limit| Limit::parse(&limit.id).ok());
        let limits = limits.flat_map(|limit| [Test::Below(limit), Test::AtLeast(limit), Test::Above(limit)]);
        let compared = limits.map(|test| Condition {
            variable: factor.id.clone(),
            test,
        });
        found.extend(conditions.chain(compared).take(most).map(|condition| {
            let filter = Filter::one(condition).to_string();
            vec![setting("filter", filter)]
        }));
    }
    let each: Vec<Vec<Condition>> = choices
        .factors
        .iter()
        .filter_map(|factor| Some(vec![is(factor, factor.groups.first()?)]))
        .collect();
    for two in each.windows(2) {
        for join in [Join::All, Join::Any] {
            let parts = two.to_vec();
            let filter = Filter { join, parts };
            found.push(vec![setting("filter", filter.to_string())]);
        }
    }
    found
}

/// A variable without its first group, with the last as the reference, with two groups merged and named; cut at its usual
/// limits.
fn grouped(factor: &FactorChoice) -> Vec<Grouping> {
    let plain = factor.grouping(None);
    let mut all = Vec::new();
    if let [first, second, ..] = &plain.groups[..] {
        let merged = LevelGroup {
            name: "both “a”".to_owned(),
            of: [&first.of[..], &second.of].concat(),
            is_left_out: false,
        };
        let mut without = plain.clone();
        without.groups[0].is_left_out = true;
        let mut turned = plain.clone();
        turned.groups.reverse();
        all.extend([
            without,
            Grouping {
                reference: plain.groups.last().map(|group| group.name.clone()),
                ..plain.clone()
            },
            Grouping {
                groups: vec![merged],
                ..Grouping::default()
            },
            turned,
        ]);
    }
    let usual = factor.numbers.iter().flat_map(|numbers| &numbers.usual);
    let usual: Vec<Limit> = usual.filter_map(|limit| Limit::parse(&limit.id).ok()).collect();
    let cut = |at: &[Limit], limit_is_lower: bool| Grouping {
        cut: Some(Cut {
            at: at.to_vec(),
            limit_is_lower,
        }),
        ..Grouping::default()
    };
    for limit in &usual {
        all.extend([cut(&[*limit], false), cut(&[*limit], true)]);
    }
    let numbers: Vec<Limit> = usual.into_iter().filter(|limit| *limit != Limit::Median).collect();
    if numbers.len() > 1 {
        all.push(cut(&numbers, false));
    }
    all
}

/// The model of several variables with every value of every control of the models; and all at once.
fn models(controls: &BTreeSet<Setting>, model: &[Setting]) -> Vec<Vec<Setting>> {
    let with = |more: Vec<Setting>| model.iter().cloned().chain(more).collect::<Vec<_>>();
    let ids: Vec<&str> = model
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("model:"))
        .collect();
    let pairs = ids.iter().flat_map(|of| ids.iter().map(move |within| (of, within)));
    let pairs = pairs.filter(|(of, within)| of != within);
    let interactions = pairs.map(|(of, within)| (format!("interaction:{of}*{within}"), "yes".to_owned()));
    let of_models = |name: &str| {
        let begins = ["scale:", "strata:"].iter().any(|begin| name.starts_with(begin));
        begins
            || [
                "entry",
                "cluster",
                "weights",
                "ties",
                "cause",
                "spline",
                "knots",
                "distribution",
            ]
            .contains(&name)
    };
    let each: Vec<Setting> = controls.iter().filter(|(name, _)| of_models(name)).cloned().collect();
    let first = |wanted: &str| each.iter().find(|(name, _)| name.starts_with(wanted)).cloned();
    let all = ["entry", "cluster", "weights", "spline", "strata:", "cause"]
        .iter()
        .filter_map(|name| first(name));
    let all = with(all.collect());
    let single = each
        .iter()
        .cloned()
        .chain(interactions)
        .map(|setting| with(vec![setting]));
    single.chain([all]).collect()
}

/// Adjusted curves of every group in both roles, alone and with what models take; cure models of every group.
fn adjusted_and_cured(controls: &BTreeSet<Setting>, model: &[Setting], most: usize) -> Vec<Vec<Setting>> {
    let setting = |name: &str, code: &str| (name.to_owned(), code.to_owned());
    let groups = || controls.iter().filter(|(name, _)| name == "group");
    let first = |wanted: &str| controls.iter().find(|(name, _)| name.starts_with(wanted)).cloned();
    let mut found = Vec::new();
    for group in groups().filter(|(_, group)| !group.is_empty()) {
        for role in ["covariate", "strata"] {
            let plain = [model, &[group.clone(), setting("group-as", role)]].concat();
            let more = ["entry", "weights", "strata:", "cluster"]
                .iter()
                .filter_map(|name| first(name));
            found.extend(more.take(most).map(|each| [&plain[..], &[each]].concat()));
            found.push(plain);
        }
    }
    for group in groups() {
        for distribution in CureDistribution::ALL.iter().skip(1).take(most) {
            let plain = vec![group.clone(), setting("cure-distribution", distribution.code())];
            found.push([&plain[..], &[setting("cure-times", "same")]].concat());
            found.push(plain);
        }
    }
    found
}

/// Values for the model of several variables, in two profiles: with each cause, with strata, with what models take, and with every
/// distribution.
fn predicted(intake: &CohortFile, controls: &BTreeSet<Setting>, model: &[Setting]) -> Vec<Vec<Setting>> {
    let wanted = [
        "cause",
        "strata:",
        "entry",
        "cluster",
        "weights",
        "distribution",
        "scale:",
        "ties",
    ];
    let more = controls
        .iter()
        .filter(|(name, _)| wanted.iter().any(|begin| name.starts_with(begin)));
    let cause = controls.iter().find(|(name, _)| name == "cause");
    let all = std::iter::once(Vec::new()).chain(more.map(|each| vec![each.clone()]));
    let with_values = |more: Vec<Setting>| {
        let asked = [model, &more, &cause.cloned().into_iter().collect::<Vec<_>>()].concat();
        let mut bench = bench(intake, &asked);
        while bench.next_part().more {}
        let given = bench
            .choices()
            .map(|choices| choices.model.given.clone())
            .unwrap_or_default();
        let value = |number: usize, each: &GivenVariable| {
            let level = each.levels.get((number - 1).min(each.levels.len().saturating_sub(1)));
            let value = level.cloned().unwrap_or_else(|| (20 * number).to_string());
            (format!("predict:{number}:{}", each.id), value)
        };
        let values = [1, 2]
            .into_iter()
            .flat_map(|number| given.iter().map(move |each| value(number, each)));
        asked.iter().cloned().chain(values).collect()
    };
    all.map(with_values).collect()
}

/// A comparison with every scale of intervals, under each band, with the other settings of curves.
fn curves(controls: &BTreeSet<Setting>) -> Vec<Vec<Setting>> {
    let group = controls
        .iter()
        .find(|(name, value)| name == "group" && !value.is_empty());
    let setting = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let scales = IntervalScale::ALL.iter().map(|each| each.code());
    let bands = || SimultaneousBand::ALL.iter().map(|each| each.code());
    let pairs = scales.flat_map(|scale| bands().map(move |band| (scale, band)));
    let all = pairs.map(|(scale, band)| {
        let own = [
            setting("interval", scale),
            setting("simultaneous", band),
            setting("level", "80"),
            setting("quantiles", "5; 60"),
            setting("conditional", "0.2; 1"),
            setting("at", "0.3; 1; 2.5"),
            setting("band-from", "0.1"),
        ];
        group.cloned().into_iter().chain(own).collect()
    });
    all.collect()
}

/// Names of settings with the values that they can have. How figures look changes no script.
fn controls(choices: &Choices, most: usize) -> BTreeSet<Setting> {
    let ids = |list: &[Choice]| list.iter().map(|choice| choice.id.clone()).collect::<Vec<_>>();
    let codes = |codes: &[&str]| codes.iter().map(|&code| code.to_owned()).collect::<Vec<_>>();
    let none = || vec![String::new()];
    let tests: Vec<&str> = GroupTest::ALL.iter().map(|test| test.code()).collect();
    let failures: Vec<&str> = InductionFailure::ALL.iter().map(|each| each.code()).collect();
    let distributions: Vec<&str> = TimesDistribution::ALL.iter().map(|each| each.code()).collect();
    let numbers = choices.model.variables.iter().filter(|each| each.scale.is_some());
    let scales = numbers.clone().flat_map(|each| {
        let name = format!("scale:{}", each.id);
        ["per:7", "log2", "log10", "sd"].map(|code| (name.clone(), code.to_owned()))
    });
    let scales: Vec<Setting> = scales.collect();
    let lists = [
        ("group", [none(), ids(&choices.groups)].concat()),
        ("failure", codes(&failures)),
        ("test", codes(&tests)),
        ("from", ids(&choices.protocols)),
        ("to", ids(&choices.protocols)),
        ("residuals", choices.terms.clone()),
        ("entry", ids(&choices.model.entries)),
        ("cluster", ids(&choices.model.clusters)),
        ("weights", ids(&choices.model.weights)),
        ("cause", ids(&choices.model.causes)),
        ("ties", codes(&["breslow", "exact"])),
        ("level", codes(&["50", "99.9"])),
        ("quantiles", codes(&["", "1; 99"])),
        ("conditional", codes(&["0.5", "0.05; 2"])),
        ("simultaneous", codes(&["hall-wellner", "equal-precision"])),
        ("hazard", codes(&["fleming-harrington"])),
        ("spline", numbers.map(|each| each.id.clone()).collect()),
        ("distribution", codes(&distributions)),
    ];
    let mut found = BTreeSet::new();
    for (name, values) in lists {
        found.extend(values.into_iter().take(most).map(|value| (name.to_owned(), value)));
    }
    found.extend(scales);
    let strata = choices.model.strata.iter().take(most);
    found.extend(strata.map(|choice| (format!("strata:{}", choice.id), "yes".to_owned())));
    for name in ["at", "landmark", "tau"] {
        found.extend(TYPED.map(|typed| (name.to_owned(), typed.to_owned())));
    }
    let ticks = choices.variables.iter().map(|choice| format!("model:{}", choice.id));
    let published = choices.published.iter().flat_map(|study| &study.estimates);
    let ticks = ticks.chain(published.map(|choice| format!("published:{}", choice.id)));
    found.extend(ticks.chain(["firth".to_owned()]).map(|name| (name, "yes".to_owned())));
    found
}
