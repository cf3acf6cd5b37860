//! Pairs of groups and differences of incidences in `cotside cif`.

use std::fmt::Write as _;

use cotside_core::survival::{
    Confidence, CumulativeIncidence, Labels, Multiplicity, causes, incidence_difference, pairwise_gray,
};
use cotside_words::en;
use serde::Serialize;

use crate::analysis::Data;
use crate::flags::name_of;
use crate::people::{self, name, p_value, shown};

/// Corrections of p values by name.
pub const CORRECTIONS: [(&str, Multiplicity); 3] = [
    ("holm", Multiplicity::Holm),
    ("bonferroni", Multiplicity::Bonferroni),
    ("none", Multiplicity::None),
];

/// Gray's test of a cause in two groups.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Pair {
    cause: u32,
    name: Option<String>,
    groups: [String; 2],
    chi2: Option<f64>,
    p: Option<f64>,
    adjusted_p: Option<f64>,
    correction: &'static str,
    /// Why there is no test.
    no_test: Option<String>,
}

/// The incidence of a group less that of the reference.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Difference {
    cause: u32,
    name: Option<String>,
    time: f64,
    group: String,
    reference: String,
    estimate: Option<f64>,
    std_err: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    p: Option<f64>,
    /// Why there is no difference, or no interval and test.
    no_test: Option<String>,
}

/// Tests each pair of groups; each cause is corrected by itself.
pub fn pairs(data: &Data, groups: &Labels, strata: &Labels, multiplicity: Multiplicity) -> Result<Vec<Pair>, String> {
    let mut found = Vec::new();
    for cause in causes(&data.follow_up) {
        let tests = pairwise_gray(&data.follow_up, groups, strata, cause, multiplicity).map_err(en::gray_error)?;
        found.extend(tests.into_iter().map(|pair| {
            let test = pair.test.ok();
            Pair {
                cause,
                name: word_of(data, cause),
                groups: [pair.first, pair.second].map(|group| groups.names[group].clone()),
                chi2: test.map(|test| test.chi_square),
                p: test.map(|test| test.p),
                adjusted_p: pair.adjusted_p,
                correction: name_of(&CORRECTIONS, multiplicity),
                no_test: pair.test.err().map(en::gray_error),
            }
        }));
    }
    Ok(found)
}

/// Compares each group with the reference at each time, cause by cause.
pub fn differences(
    data: &Data,
    groups: &Labels,
    curves: &[CumulativeIncidence],
    at: &[f64],
    confidence: Confidence,
) -> Vec<Difference> {
    let reference = data.reference_code as usize;
    let others: Vec<usize> = (0..curves.len()).filter(|&group| group != reference).collect();
    let mut found = Vec::new();
    for (index, cause) in causes(&data.follow_up).into_iter().enumerate() {
        for &time in at {
            for &group in &others {
                let difference = incidence_difference(&curves[group], &curves[reference], index, time, confidence);
                let names = [group, reference].map(|group| groups.names[group].as_str());
                let no_test = match &difference {
                    Err(why) => Some(en::survival_results::not_followed(*why, names[0], names[1])),
                    Ok(found) => found.test.err().map(|why| en::not_tested(why, names[0], names[1])),
                };
                let known = difference.ok();
                let test = known.and_then(|found| found.test.ok());
                found.push(Difference {
                    cause,
                    name: word_of(data, cause),
                    time,
                    group: names[0].to_owned(),
                    reference: names[1].to_owned(),
                    estimate: known.map(|found| found.estimate),
                    std_err: test.map(|test| test.std_err),
                    lower: test.map(|test| test.interval.lower),
                    upper: test.map(|test| test.interval.upper),
                    p: test.map(|test| test.p),
                    no_test,
                });
            }
        }
    }
    found
}

/// The word of a cause, where the event column holds words.
pub fn word_of(data: &Data, cause: u32) -> Option<String> {
    let place = usize::try_from(cause).ok()?.checked_sub(1)?;
    data.cause_words.get(place).cloned()
}

/// A cause for people: its word, or its number.
pub fn cause_name(cause: u32, word: Option<&String>) -> String {
    word.map_or_else(|| format!("cause {cause}"), |word| name(word))
}

/// Pairs and differences as lines for people.
pub fn for_people(pairs: &[Pair], differences: &[Difference], level: &str) -> String {
    let mut text = String::new();
    for pair in pairs {
        let cause = cause_name(pair.cause, pair.name.as_ref());
        let [first, second] = pair.groups.each_ref().map(|group| name(group));
        let _ = match (&pair.no_test, pair.correction) {
            (Some(why), _) => writeln!(text, "{cause}, {first} and {second}: no test: {why}"),
            (None, "none") => writeln!(text, "{cause}, {first} and {second}: {}", p_value(pair.p)),
            (None, correction) => writeln!(
                text,
                "{cause}, {first} and {second}: {}, after {} {}",
                p_value(pair.p),
                cotside_words::capital(correction),
                people::p(pair.adjusted_p)
            ),
        };
    }
    for each in differences {
        let cause = cause_name(each.cause, each.name.as_ref());
        let _ = write!(
            text,
            "{cause} at {}, {} less {}: {}",
            people::exact(each.time),
            name(&each.group),
            name(&each.reference),
            shown(each.estimate)
        );
        let _ = match &each.no_test {
            Some(why) => writeln!(text, ", no interval and no p: {why}"),
            None => writeln!(
                text,
                " (plain {level} % interval {} to {}), {}",
                shown(each.lower),
                shown(each.upper),
                p_value(each.p)
            ),
        };
    }
    text
}
